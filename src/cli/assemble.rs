//! `ieum assemble RECORDS…`: records become one graph, in all its files.

use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use ieum::graph::Builder;
use ieum::record::Record;

use super::parallel;
use super::progress::Progress;
use super::reading::Common;
use super::writing::{Writing, WritingArguments};

/// Write one graph of records that `ieum extract` printed, on this machine or on others
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  ieum assemble records.jsonl                       records → output/
  ieum assemble one.jsonl two.jsonl -o graph        from two machines, in any order
  ieum extract articles/ | ieum assemble -

The order of the records makes no difference, and a record that comes twice counts once.")]
pub struct Arguments {
    /// Files of JSON lines; `-` is standard input
    #[arg(required = true, value_name = "RECORDS")]
    records: Vec<PathBuf>,
    #[command(flatten)]
    common: Common,
    #[command(flatten)]
    writing: WritingArguments,
}

/// Runs the command.
pub fn run(typed: Arguments) -> Result<()> {
    let files: Vec<Lines> = typed
        .records
        .iter()
        .map(|path| Lines::open(path))
        .collect::<Result<_>>()?;
    let dictionary = typed.common.dictionary()?;
    let threads = typed.common.threads();
    let writing = Writing::try_from(typed.writing)?;
    let mut progress = Progress::start(None);
    let mut builder = Builder::new();
    let lines = files.into_iter().flatten();
    parallel::in_order(threads, lines, understand, |record| {
        builder.add(&record?);
        progress.advance();
        anyhow::Ok(())
    })?;
    writing.write(builder, &dictionary, progress, "")
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
