//! One reader for every dictionary file: CSV with a header, `#` comments, a welcome BOM, and every bad
//! row reported with its place.

use super::BadRow;

/// A dictionary file, read but not yet understood.
#[derive(Debug, Clone)]
pub struct Table {
    /// File name, without its folder: `cities.csv`.
    pub file: String,
    header: Vec<String>,
    /// The rows, in file order.
    pub rows: Vec<Row>,
}

/// One row of a [`Table`].
#[derive(Debug, Clone)]
pub struct Row {
    /// Line on which the row starts, from 1.
    pub line: u64,
    cells: csv::StringRecord,
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
        };
        match reader.headers() {
            Ok(header) => table.header = header.iter().map(|c| c.trim().to_owned()).collect(),
            Err(error) => bad.push(BadRow::new(
                file,
                1,
                "",
                "",
                format!("a CSV header ({error})"),
            )),
        }
        for column in required {
            if !table.header.iter().any(|c| c == column) {
                bad.push(BadRow::new(
                    file,
                    1,
                    column,
                    &table.header.join(","),
                    format!("a header with the column `{column}`"),
                ));
            }
        }
        for record in reader.records() {
            match record {
                Ok(record) => {
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
                    table.rows.push(Row {
                        line,
                        cells: record,
                    });
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
        table
    }

    /// The column names, in file order.
    pub fn header(&self) -> &[String] {
        &self.header
    }

    /// The cell of `row` in `column`; empty where there is no such column.
    pub fn cell<'a>(&self, row: &'a Row, column: &str) -> &'a str {
        self.header
            .iter()
            .position(|c| c == column)
            .and_then(|i| row.cells.get(i))
            .map_or("", str::trim)
    }

    /// All cells of `row`, each with its column.
    pub fn cells<'a>(&'a self, row: &'a Row) -> impl Iterator<Item = (&'a str, &'a str)> {
        let columns = self.header.iter().map(String::as_str);
        columns.zip(row.cells.iter().map(str::trim))
    }

    /// The values of a cell that holds several, separated by `|`.
    pub fn list<'a>(&self, row: &'a Row, column: &str) -> impl Iterator<Item = &'a str> {
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
