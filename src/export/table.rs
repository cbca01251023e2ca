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
    pub fn row<T: AsRef<[u8]>>(&mut self, cells: &[T]) -> io::Result<()> {
        self.writer.write_record(cells).map_err(io::Error::other)
    }

    /// Writes what is held back.
    pub fn finish(mut self) -> io::Result<()> {
        self.writer.flush()
    }
}

/// A day; empty for none.
pub fn day(date: Option<Date>) -> String {
    date.map(|date| date.to_string()).unwrap_or_default()
}
