//! What `assemble`, `fold` and `evaluate` share: records in, from files of JSON lines or reduced by `fold`.

use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::num::NonZero;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use ieum::graph::{self, Builder};
use ieum::record::Record;

use super::parallel;
use super::progress::Progress;

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

    /// Everything added to one builder, be it records or what `fold` made of them.
    pub fn gather(
        self,
        mut builder: Builder,
        threads: NonZero<usize>,
        progress: &mut Progress,
    ) -> Result<Builder> {
        for mut file in self.0 {
            if file.is_partial()? {
                let name = file.name;
                let part = Builder::read_partial(file.file)
                    .with_context(|| format!("cannot use the folded records in {name}"))?;
                (0..part.len()).for_each(|_| progress.advance());
                builder.merge(part);
                continue;
            }
            parallel::in_order(threads, file, understand, |record| {
                builder.add(&record?);
                progress.advance();
                anyhow::Ok(())
            })?;
        }
        Ok(builder)
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

impl Lines {
    /// Whether `fold` wrote the file: its first byte tells, since records are JSON.
    fn is_partial(&mut self) -> Result<bool> {
        let start = self.file.fill_buf();
        let start = start.with_context(|| format!("cannot read {}", self.name))?;
        Ok(start.first() == graph::PARTIAL.first())
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
