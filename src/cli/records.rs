//! What `assemble` and `evaluate` share: records in, from files of JSON lines.

use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::num::NonZero;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use ieum::record::Record;

use super::parallel;

/// Files of records, opened.
pub struct Records(Vec<Lines>);

impl Records {
    /// Opens the files; `-` is standard input.
    pub fn open(files: &[PathBuf]) -> Result<Self> {
        let lines = files.iter().map(|path| Lines::open(path));
        lines.collect::<Result<_>>().map(Self)
    }

    /// Calls `take` on every record, in the order of the files.
    pub fn each(
        self,
        threads: NonZero<usize>,
        mut take: impl FnMut(Record) -> Result<()>,
    ) -> Result<()> {
        let lines = self.0.into_iter().flatten();
        parallel::in_order(threads, lines, understand, |record| take(record?))
    }
}

/// A line and its place: `records.jsonl, line 7`.
type Line = (String, io::Result<Vec<u8>>);

fn understand((place, line): Line) -> Result<Record> {
    let line = line.with_context(|| format!("cannot read {place}"))?;
    serde_json::from_slice(&line)
        .with_context(|| format!("{place} is no record as `ieum extract` prints it"))
}

/// The lines of a file that are not blank.
struct Lines {
    name: String,
    file: Box<dyn BufRead + Send>,
    number: usize,
}

impl Lines {
    fn open(path: &Path) -> Result<Self> {
        let name = path.display().to_string();
        let file: Box<dyn BufRead + Send> = if name == "-" {
            Box::new(BufReader::new(io::stdin()))
        } else {
            let file =
                File::open(path).with_context(|| format!("cannot read the records in {name}"))?;
            Box::new(BufReader::with_capacity(1 << 16, file))
        };
        Ok(Self {
            name,
            file,
            number: 0,
        })
    }
}

impl Iterator for Lines {
    type Item = Line;

    fn next(&mut self) -> Option<Line> {
        loop {
            let mut line = Vec::new();
            self.number += 1;
            let place = format!("{}, line {}", self.name, self.number);
            match self.file.read_until(b'\n', &mut line) {
                Ok(0) => return None,
                Ok(_) if line.iter().all(u8::is_ascii_whitespace) => {}
                Ok(_) => return Some((place, Ok(line))),
                Err(error) => return Some((place, Err(error))),
            }
        }
    }
}
