//! A table for people or for programs: aligned text, or CSV.

use std::io::{self, Write};

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// What columns are cut to where there is little room, and the last one: first the one pair, then the next.
const NARROW: [(usize, usize); 4] = [(20, 16), (14, 12), (8, 8), (3, 1)];

/// Rows under a header.
pub struct Table {
    columns: Vec<Column>,
    rows: Vec<Vec<String>>,
    wrapped: bool,
    headless: bool,
}

/// A column, from `?#English|한국어`: `#` holds numbers, which stand to the right; `?` may be left out where there is
/// little room, the rightmost first.
struct Column {
    english: &'static str,
    korean: &'static str,
    number: bool,
    spare: bool,
}

impl Column {
    fn new(told: &'static str) -> Self {
        let name = told.trim_start_matches(['?', '#']);
        let marks = &told[..told.len() - name.len()];
        let (english, korean) = name.split_once('|').unwrap_or((name, name));
        Self {
            english,
            korean,
            number: marks.contains('#'),
            spare: marks.contains('?'),
        }
    }
}

/// How a table for people looks.
#[derive(Debug, Clone, Copy, Default)]
pub struct Look {
    /// How wide a line may be; nothing is cut without a width.
    pub width: Option<usize>,
    /// Whether the header is in Korean.
    pub korean: bool,
    /// Whether the header is emphasised.
    pub color: bool,
}

impl Table {
    /// A table without rows. For the marks of a column see [`Column`].
    pub fn new(columns: &[&'static str]) -> Self {
        Self {
            columns: columns.iter().map(|told| Column::new(told)).collect(),
            rows: Vec::new(),
            wrapped: false,
            headless: false,
        }
    }

    /// Breaks the last column into lines where it would be cut otherwise.
    pub fn wrapped(mut self) -> Self {
        self.wrapped = true;
        self
    }

    /// Shows people no header.
    pub fn without_header(mut self) -> Self {
        self.headless = true;
        self
    }

    /// Adds a row.
    pub fn push(&mut self, row: Vec<String>) {
        debug_assert_eq!(row.len(), self.columns.len());
        self.rows.push(row);
    }

    /// Writes the columns under each other; a Hangul syllable is two columns wide. Gives the headings of the columns
    /// that found no room.
    pub fn write_aligned(
        &self,
        out: &mut (impl Write + ?Sized),
        look: Look,
    ) -> io::Result<Vec<&'static str>> {
        let heading = |column: &Column| {
            if look.korean {
                column.korean
            } else {
                column.english
            }
        };
        let mut widths: Vec<usize> = self.columns.iter().map(|c| heading(c).width()).collect();
        for row in &self.rows {
            for (cell, width) in row.iter().zip(&mut widths) {
                *width = (*width).max(cell.width());
            }
        }
        let mut shown: Vec<usize> = (0..self.columns.len()).collect();
        if let Some(room) = look.width {
            self.fit(&mut shown, &mut widths, room);
        }
        let header: Vec<String> = self.columns.iter().map(|c| heading(c).to_owned()).collect();
        let lines = self.rows.iter().map(|row| (row, false));
        for (row, is_header) in std::iter::once((&header, true))
            .chain(lines)
            .skip(usize::from(self.headless))
        {
            for line in self.lines(row, &shown, &widths, look.width) {
                if is_header && look.color {
                    writeln!(out, "\u{1b}[1m{line}\u{1b}[0m")?;
                } else {
                    writeln!(out, "{line}")?;
                }
            }
        }
        let left_out = (0..self.columns.len()).filter(|place| !shown.contains(place));
        Ok(left_out
            .map(|place| heading(&self.columns[place]))
            .collect())
    }

    /// Makes the lines as narrow as they have to be: spare columns go, then texts are cut, the widest first.
    fn fit(&self, shown: &mut Vec<usize>, widths: &mut [usize], room: usize) {
        let needed = |shown: &[usize], widths: &[usize], least: usize| {
            let (last, rest) = shown.split_last().unwrap_or((&0, &[]));
            let rest: usize = rest.iter().map(|place| widths[*place] + 2).sum();
            rest + widths[*last].min(least)
        };
        while needed(shown, widths, NARROW[0].1) > room {
            let spare = |place: &usize| self.columns[*place].spare;
            let Some(spare) = shown.iter().rposition(spare) else {
                break;
            };
            shown.remove(spare);
        }
        let Some((_, rest)) = shown.split_last() else {
            return;
        };
        for (narrow, last) in NARROW {
            while needed(shown, widths, last) > room {
                let texts = rest.iter().filter(|place| !self.columns[**place].number);
                let Some(widest) = texts.max_by_key(|place| widths[**place]) else {
                    break;
                };
                if widths[*widest] <= narrow {
                    break;
                }
                widths[*widest] -= 1;
            }
        }
    }

    /// A row as lines.
    fn lines(
        &self,
        row: &[String],
        shown: &[usize],
        widths: &[usize],
        room: Option<usize>,
    ) -> Vec<String> {
        let mut line = String::new();
        let Some((last, rest)) = shown.split_last() else {
            return Vec::new();
        };
        for place in rest {
            let cell = cut(&row[*place], widths[*place]);
            let pad = " ".repeat(widths[*place] - cell.width());
            let (before, after) = if self.columns[*place].number {
                (pad.as_str(), "")
            } else {
                ("", pad.as_str())
            };
            line.extend([before, &cell, after, "  "]);
        }
        let cell = &row[*last];
        if self.columns[*last].number {
            line.push_str(&" ".repeat(widths[*last].saturating_sub(cell.width())));
        }
        let begin = line.width();
        let Some(room) = room.map(|room| room.saturating_sub(begin)) else {
            line.push_str(cell);
            return vec![line.trim_end().to_owned()];
        };
        if !self.wrapped {
            line.push_str(&cut(cell, room));
            return vec![line.trim_end().to_owned()];
        }
        let mut lines = Vec::new();
        for piece in wrap(cell, room.max(2)) {
            lines.push(format!("{line}{piece}").trim_end().to_owned());
            line = " ".repeat(begin);
        }
        lines
    }

    /// Writes CSV with a header; lines end as other programs of a pipe expect it.
    pub fn write_csv(&self, out: &mut (impl Write + ?Sized)) -> io::Result<()> {
        let mut csv = csv::Writer::from_writer(Vec::new());
        csv.write_record(self.columns.iter().map(|column| column.english))?;
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

/// `text` in lines of at most `width` columns, broken at blanks; a word that is longer is broken anywhere.
pub fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    for word in text.split_whitespace() {
        let blank = usize::from(!line.is_empty());
        if line.width() + blank + word.width() <= width {
            line.push_str(&" "[..blank]);
            line.push_str(word);
            continue;
        }
        if blank > 0 {
            lines.push(std::mem::take(&mut line));
        }
        for c in word.chars() {
            if !line.is_empty() && line.width() + c.width().unwrap_or(0) > width {
                lines.push(std::mem::take(&mut line));
            }
            line.push(c);
        }
    }
    if !line.is_empty() || lines.is_empty() {
        lines.push(line);
    }
    lines
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
        table().write_aligned(&mut out, Look::default()).unwrap();
        let expected =
            "Name    Weight  Article\n익산시      12  이리공고, 선정\nLG화학       3  a, \"b\"\n";
        assert_eq!(String::from_utf8(out).unwrap(), expected);
    }

    #[test]
    fn the_last_column_is_cut_at_the_terminals_edge() {
        let mut out = Vec::new();
        table()
            .write_aligned(
                &mut out,
                Look {
                    width: Some(22),
                    ..Look::default()
                },
            )
            .unwrap();
        let out = String::from_utf8(out).unwrap();
        assert!(out.lines().all(|line| line.width() <= 22), "{out}");
        assert_eq!(cut("이리공고", 8), "이리공고");
        assert_eq!(cut("이리공고", 7), "이리공…");
        assert_eq!(cut("이리공고", 6), "이리…");
        assert_eq!(cut("이리공고", 0), "");
    }

    #[test]
    fn a_narrow_terminal_gets_fewer_columns_and_is_told() {
        let mut table = Table::new(&["Name|이름", "?Type|유형", "?#Number|수", "Article|기사"]);
        table.push(vec![
            "이리공업고등학교".into(),
            "school".into(),
            "7".into(),
            "이리공고, 협약".into(),
        ]);
        let written = |width, korean| {
            let mut out = Vec::new();
            let look = Look {
                width,
                korean,
                color: false,
            };
            let left_out = table.write_aligned(&mut out, look).unwrap();
            (String::from_utf8(out).unwrap(), left_out)
        };
        let (out, left_out) = written(Some(34), false);
        assert_eq!(
            out,
            "Name              Article\n이리공업고등학교  이리공고, 협약\n"
        );
        assert_eq!(left_out, ["Type", "Number"]);
        let (out, left_out) = written(Some(28), true);
        assert_eq!(out, "이름            기사\n이리공업고등…   이리공고, …\n");
        assert_eq!(left_out, ["유형", "수"]);
        assert_eq!(written(None, true).1, [""; 0]);
    }

    #[test]
    fn a_wrapped_column_goes_on_below() {
        let mut table = Table::new(&["Day", "Parties"]).wrapped();
        table.push(vec![
            "1".into(),
            "거제시, 거제공업고등학교, 삼성중공업".into(),
        ]);
        let mut out = Vec::new();
        let look = Look {
            width: Some(24),
            ..Look::default()
        };
        table.write_aligned(&mut out, look).unwrap();
        let expected = "Day  Parties\n1    거제시,\n     거제공업고등학교,\n     삼성중공업\n";
        assert_eq!(String::from_utf8(out).unwrap(), expected);
        assert_eq!(
            wrap("이리공업고등학교", 5),
            ["이리", "공업", "고등", "학교"]
        );
        assert_eq!(wrap("", 5), [""]);
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
