//! One reader for every dictionary file: CSV with a header, `#` comments, a welcome BOM, and every bad
//! row reported with its place.

use std::sync::Arc;

use super::BadRow;

/// A dictionary file, read but not yet understood.
#[derive(Debug, Clone)]
pub struct Table {
    /// File name, without its folder: `cities.csv`.
    pub file: String,
    header: Vec<Arc<str>>,
    /// The rows, in file order.
    pub rows: Vec<Row>,
    /// All cells of the rows, one behind the other.
    text: String,
    /// Where each of them has ended.
    ends: Vec<usize>,
}

/// One row of a [`Table`].
#[derive(Debug, Clone)]
pub struct Row {
    /// Line on which the row starts, from 1.
    pub line: u64,
    /// The number of its first cell.
    first: usize,
}

impl Table {
    /// Reads `text`, adding what is wrong with its shape to `bad`.
    ///
    /// `required` columns must be in the header; others may be there.
    pub fn read(file: &str, text: &str, required: &[&str], bad: &mut Vec<BadRow>) -> Self {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let mut reader = csv::ReaderBuilder::new()
            .comment(Some(b'#'))
            .flexible(true)
            .from_reader(text.as_bytes());
        let mut table = Self {
            file: file.to_owned(),
            header: Vec::new(),
            rows: Vec::new(),
            text: String::with_capacity(text.len()),
            ends: Vec::new(),
        };
        match reader.headers() {
            Ok(header) => table.header = header.iter().map(|c| c.trim().into()).collect(),
            Err(error) => bad.push(BadRow::new(
                file,
                1,
                "",
                "",
                format!("a CSV header ({error})"),
            )),
        }
        for column in required {
            if !table.header.iter().any(|c| **c == **column) {
                bad.push(BadRow::new(
                    file,
                    1,
                    column,
                    &table.header.join(","),
                    format!("a header with the column `{column}`"),
                ));
            }
        }
        let mut record = csv::StringRecord::new();
        loop {
            match reader.read_record(&mut record) {
                Ok(false) => return table,
                Ok(true) => {
                    let line = record.position().map_or(0, csv::Position::line);
                    if record.len() != table.header.len() {
                        bad.push(BadRow::new(
                            file,
                            line,
                            "",
                            &record.iter().collect::<Vec<_>>().join(","),
                            format!(
                                "{} cells, as in the header, not {}",
                                table.header.len(),
                                record.len()
                            ),
                        ));
                        continue;
                    }
                    let first = table.ends.len();
                    for cell in &record {
                        table.text.push_str(cell.trim());
                        table.ends.push(table.text.len());
                    }
                    table.rows.push(Row { line, first });
                }
                Err(error) => {
                    let line = error.position().map_or(0, csv::Position::line);
                    bad.push(BadRow::new(
                        file,
                        line,
                        "",
                        "",
                        format!("a row of CSV ({error})"),
                    ));
                }
            }
        }
    }

    /// The column names, in file order.
    pub fn header(&self) -> &[Arc<str>] {
        &self.header
    }

    /// The cell of `row`, a row of this table, in the column with this number.
    fn at(&self, row: &Row, column: usize) -> &str {
        let cell = row.first + column;
        let before = cell.checked_sub(1).and_then(|before| self.ends.get(before));
        let span = before.copied().unwrap_or(0)..self.ends.get(cell).copied().unwrap_or(0);
        self.text.get(span).unwrap_or_default()
    }

    /// The cell of `row` in `column`; empty where there is no such column.
    pub fn cell(&self, row: &Row, column: &str) -> &str {
        let column = self.header.iter().position(|c| **c == *column);
        column.map_or("", |column| self.at(row, column))
    }

    /// All cells of `row`, each with its column.
    pub fn cells(&self, row: &Row) -> impl Iterator<Item = (&str, &str)> + Clone {
        let columns = self.header.iter().enumerate();
        columns.map(|(number, column)| (&**column, self.at(row, number)))
    }

    /// The values of a cell that holds several, separated by `|`.
    pub fn list(&self, row: &Row, column: &str) -> impl Iterator<Item = &str> + Clone {
        self.cell(row, column)
            .split('|')
            .map(str::trim)
            .filter(|v| !v.is_empty())
    }

    /// A complaint about the cell of `row` in `column`.
    pub fn bad(&self, row: &Row, column: &str, expected: impl Into<String>) -> BadRow {
        BadRow::new(
            &self.file,
            row.line,
            column,
            self.cell(row, column),
            expected.into(),
        )
    }
}
