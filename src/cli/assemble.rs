//! `ieum assemble RECORDS…`: records become one graph, in all its files.

use std::path::PathBuf;

use anyhow::Result;

use super::progress::Progress;
use super::reading::Common;
use super::records::Records;
use super::writing::{Writing, WritingArguments};

/// Write one graph of records that `ieum extract` printed or `ieum fold` reduced, on this machine or on others
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  ieum assemble records.jsonl                       records → output/
  ieum assemble one.jsonl two.jsonl -o graph        from two machines, in any order
  ieum extract articles/ | ieum assemble -
  ieum assemble one.part two.part                   what `ieum fold` made of records elsewhere

The order of the records makes no difference, and a record that comes twice counts once.")]
pub struct Arguments {
    /// Files of JSON lines, or what `ieum fold` made of them; `-` is standard input
    #[arg(required = true, value_name = "RECORDS")]
    records: Vec<PathBuf>,
    #[command(flatten)]
    common: Common,
    #[command(flatten)]
    writing: WritingArguments,
}

/// Runs the command.
pub fn run(typed: Arguments) -> Result<()> {
    let records = Records::open(&typed.records)?;
    let dictionary = typed.common.dictionary()?;
    let threads = typed.common.threads();
    let writing = Writing::try_from(typed.writing)?;
    let mut progress = Progress::start(None);
    let builder = records.gather(writing.builder(), threads, &mut progress)?;
    writing.write(builder, &dictionary, progress, "")
}
