//! `ieum fold RECORDS…`: records reduced to what a graph needs of them, to be assembled later.

use std::fs::File;
use std::io::{self, IsTerminal, Write};
use std::num::NonZero;
use std::path::PathBuf;

use anyhow::{Context, Result};
use ieum::graph::Builder;

use super::WrongUsage;
use super::print::{self, count};
use super::progress::Progress;
use super::reading;
use super::records::Records;
use super::writing;

/// Reduce records to what a graph needs of them: one file, about a tenth as large, for `ieum assemble`
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  ieum fold records.jsonl -o one.part               records → one.part
  ieum fold one.part two.part more.jsonl -o all.part
  ieum extract - | ieum fold - >part                on each of many machines
  ieum assemble one.part two.part                   the same files as from the records themselves

In any order and any grouping, the same records give the same bytes, and a record that comes twice counts once.")]
pub struct Arguments {
    /// Files of JSON lines, or what `ieum fold` made of them; `-` is standard input
    #[arg(required = true, value_name = "RECORDS")]
    records: Vec<PathBuf>,
    /// The file to write [default: standard output]
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// How many threads to work on [default: one a core]; the result is the same on any number
    #[arg(long, value_name = "N")]
    threads: Option<NonZero<usize>>,
}

/// Runs the command.
pub fn run(typed: &Arguments) -> Result<()> {
    if typed.output.is_none() && io::stdout().is_terminal() {
        return Err(WrongUsage(
            "what fold writes is not for a terminal: name a file with -o".to_owned(),
        )
        .into());
    }
    let records = Records::open(&typed.records)?;
    let mut progress = match typed.output {
        Some(_) => Progress::start(None),
        None => Progress::hidden(),
    };
    let builder = records.gather(
        Builder::new(),
        reading::threads(typed.threads),
        &mut progress,
    )?;
    let Some(file) = &typed.output else {
        let mut out = print::results();
        builder
            .write_partial(&mut out)
            .and_then(|()| out.flush())
            .context("cannot write the folded records to standard output")?;
        return Ok(());
    };
    writing::whole_file(file, |path| {
        let mut out = File::create_new(path)?;
        builder.write_partial(&mut out)?;
        Ok(out.sync_data()?)
    })?;
    progress.finish();
    print::note(format_args!(
        "wrote {}: {}",
        file.display(),
        count(builder.len(), "article", "articles")
    ));
    Ok(())
}
