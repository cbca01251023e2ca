//! CSV as Excel and Gephi read it: UTF-8 with a BOM, `\r\n`, quotes where needed.

use std::io::{self, Write};

use csv::{Terminator, WriterBuilder};
use jiff::civil::Date;

/// Writes a header and rows.
pub struct Table<'a> {
    writer: csv::Writer<&'a mut dyn Write>,
}

impl<'a> Table<'a> {
    /// Writes the BOM and the header.
    pub fn new(out: &'a mut dyn Write, header: &[&str]) -> io::Result<Self> {
        out.write_all("\u{feff}".as_bytes())?;
        let writer = WriterBuilder::new()
            .terminator(Terminator::CRLF)
            .from_writer(out);
        let mut table = Self { writer };
        table.row(header)?;
        Ok(table)
    }

    /// Writes a row.
    pub fn row<T: AsRef<[u8]>>(&mut self, cells: impl IntoIterator<Item = T>) -> io::Result<()> {
        self.writer.write_record(cells).map_err(io::Error::other)
    }

    /// Writes what is held back.
    pub fn finish(mut self) -> io::Result<()> {
        self.writer.flush()
    }
}

/// A day; empty for none.
pub fn day(date: Option<Date>) -> String {
    let Some(date) = date else {
        return String::new();
    };
    let (year, month, day) = (
        date.year(),
        date.month().unsigned_abs(),
        date.day().unsigned_abs(),
    );
    let Ok(year) = u16::try_from(year) else {
        return date.to_string();
    };
    let digit = |value: u16| char::from(b'0' + (value % 10) as u8);
    let (month, day) = (u16::from(month), u16::from(day));
    let mut text = String::with_capacity(10);
    text.extend([year / 1000, year / 100, year / 10, year].map(digit));
    text.push('-');
    text.extend([month / 10, month].map(digit));
    text.push('-');
    text.extend([day / 10, day].map(digit));
    text
}

#[cfg(test)]
mod tests {
    #[test]
    fn days_are_written_as_everywhere() {
        for day in ["2024-07-31", "0001-01-09", "9999-12-31", "-000009-02-03"] {
            assert_eq!(super::day(day.parse().ok()), day);
        }
        assert_eq!(super::day(None), "");
    }
}
