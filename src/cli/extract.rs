//! `ieum extract PATH…`: what each article says, as JSON lines.

use std::io::Write;

use anyhow::{Context, Result};

use super::print;
use super::progress::Progress;
use super::reading::{Reading, ReadingArguments};

/// Print what each article says as a record: one JSON line an article, in order
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  ieum extract articles/ >records.jsonl             one line an article, in the order of the inputs
  ieum extract articles/ | ieum assemble -          the same as ieum build articles/
  echo '{\"text\": \"익산시가 이리공고와 협약을 맺었다.\"}' | ieum extract -
                                                    a filter: one record for each line, as soon as it comes

An article that cannot be read is named on standard error; its record says why under `problems`.")]
pub struct Arguments {
    #[command(flatten)]
    reading: ReadingArguments,
}

/// Runs the command.
pub fn run(typed: Arguments) -> Result<()> {
    let reading = Reading::try_from(typed.reading)?;
    // Results and a bar would run into each other on a terminal.
    let mut progress = Progress::hidden();
    let converses = reading.converses();
    let mut out = print::results();
    let line = |record| {
        let mut line = Vec::with_capacity(LINE);
        serde_json::to_writer(&mut line, &record)?;
        line.push(b'\n');
        Ok(line)
    };
    reading.each(&mut progress, line, |line: serde_json::Result<Vec<u8>>| {
        out.write_all(&line?).context(CANNOT_WRITE)?;
        if converses {
            out.flush().context(CANNOT_WRITE)?;
        }
        Ok(())
    })?;
    out.flush().context(CANNOT_WRITE)
}

/// A usual record's length in bytes.
const LINE: usize = 1 << 13;

const CANNOT_WRITE: &str = "cannot write the records to standard output";
