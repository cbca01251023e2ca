//! A table for people or for programs: aligned text, or CSV.

use std::io::{self, Write};

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Rows under a header.
pub struct Table {
    header: Vec<&'static str>,
    numbers: Vec<bool>,
    rows: Vec<Vec<String>>,
}

impl Table {
    /// A table without rows. A column whose name begins with `#` holds numbers, which stand to the right.
    pub fn new(columns: &[&'static str]) -> Self {
        Self {
            header: columns.iter().map(|c| c.trim_start_matches('#')).collect(),
            numbers: columns.iter().map(|c| c.starts_with('#')).collect(),
            rows: Vec::new(),
        }
    }

    /// Adds a row.
    pub fn push(&mut self, row: Vec<String>) {
        debug_assert_eq!(row.len(), self.header.len());
        self.rows.push(row);
    }

    /// Writes the columns under each other; a Hangul syllable is two columns wide.
    ///
    /// The last column is cut where the line would be longer than `width`; without a width nothing is cut.
    pub fn write_aligned(&self, out: &mut impl Write, width: Option<usize>) -> io::Result<()> {
        let header: Vec<String> = self.header.iter().map(ToString::to_string).collect();
        let mut widths = vec![0; header.len()];
        for row in std::iter::once(&header).chain(&self.rows) {
            for (cell, width) in row.iter().zip(&mut widths) {
                *width = (*width).max(cell.width());
            }
        }
        for row in std::iter::once(&header).chain(&self.rows) {
            let mut line = String::new();
            for (i, cell) in row.iter().enumerate() {
                if i > 0 {
                    line.push_str("  ");
                }
                if i + 1 == row.len() {
                    match width {
                        Some(width) => {
                            line.push_str(&cut(cell, width.saturating_sub(line.width())));
                        }
                        None => line.push_str(cell),
                    }
                    continue;
                }
                let pad = " ".repeat(widths[i] - cell.width());
                let (before, after) = if self.numbers[i] {
                    (pad.as_str(), "")
                } else {
                    ("", pad.as_str())
                };
                line.push_str(before);
                line.push_str(cell);
                line.push_str(after);
            }
            writeln!(out, "{}", line.trim_end())?;
        }
        Ok(())
    }

    /// Writes CSV with a header; lines end as other programs of a pipe expect it.
    pub fn write_csv(&self, out: &mut impl Write) -> io::Result<()> {
        let mut csv = csv::Writer::from_writer(Vec::new());
        csv.write_record(&self.header)?;
        for row in &self.rows {
            csv.write_record(row)?;
        }
        out.write_all(&csv.into_inner().map_err(csv::IntoInnerError::into_error)?)
    }
}

/// `text` in at most `width` columns, with `…` where something is missing.
pub fn cut(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_owned();
    }
    let mut room = width.saturating_sub(1);
    let mut kept: String = text
        .chars()
        .take_while(|c| {
            let needed = c.width().unwrap_or(0);
            let fits = needed <= room;
            room = room.saturating_sub(needed);
            fits
        })
        .collect();
    if width > 0 {
        kept.push('…');
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table() -> Table {
        let mut table = Table::new(&["Name", "#Weight", "Article"]);
        table.push(vec!["익산시".into(), "12".into(), "이리공고, 선정".into()]);
        table.push(vec!["LG화학".into(), "3".into(), "a, \"b\"".into()]);
        table
    }

    #[test]
    fn a_hangul_syllable_is_two_columns_wide() {
        let mut out = Vec::new();
        table().write_aligned(&mut out, None).unwrap();
        let expected =
            "Name    Weight  Article\n익산시      12  이리공고, 선정\nLG화학       3  a, \"b\"\n";
        assert_eq!(String::from_utf8(out).unwrap(), expected);
    }

    #[test]
    fn the_last_column_is_cut_at_the_terminals_edge() {
        let mut out = Vec::new();
        table().write_aligned(&mut out, Some(22)).unwrap();
        let out = String::from_utf8(out).unwrap();
        assert!(out.lines().all(|line| line.width() <= 22), "{out}");
        assert_eq!(cut("이리공고", 8), "이리공고");
        assert_eq!(cut("이리공고", 7), "이리공…");
        assert_eq!(cut("이리공고", 6), "이리…");
        assert_eq!(cut("이리공고", 0), "");
    }

    #[test]
    fn csv_quotes_what_needs_it() {
        let mut out = Vec::new();
        table().write_csv(&mut out).unwrap();
        let expected =
            "Name,Weight,Article\n익산시,12,\"이리공고, 선정\"\nLG화학,3,\"a, \"\"b\"\"\"\n";
        assert_eq!(String::from_utf8(out).unwrap(), expected);
    }
}
