//! The commands: one file each, arguments in, library calls, output out.

mod ask;
mod assemble;
mod build;
mod completions;
mod dict;
mod evaluate;
mod explain;
mod export;
mod extract;
mod fold;
mod man;
mod parallel;
pub mod print;
mod progress;
mod reading;
mod records;
mod table;
mod writing;

use std::io::Write;

use anyhow::Result;
use clap::{Parser, Subcommand};
use ieum::dictionary::Dictionary;

/// Reads Korean articles about vocational education and gives back one graph: who takes part in what, who
/// signed what with whom, and the sentence that says so.
#[derive(Debug, Parser)]
#[command(
    name = "ieum",
    version,
    max_term_width = 100,
    subcommand_required = true
)]
#[command(after_help = "\
Examples:
  ieum build articles/                  a folder of articles → output/ (Gephi, CSV, SQLite, a page to look at)
  ieum neighbors 이리공고                who is next to it in output/, and which articles say so
  ieum why 익산시 이리공고               the sentences that join the two
  ieum search ㅇㄹㄱㄱ                   names by their beginning, a part, their initials, or mistyped
  ieum build --help                     all options of a command, with examples

Exit status: 0 done, 1 could not, 2 wrong usage. Results go to standard output, everything else to standard error.")]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Build(build::Arguments),
    Extract(extract::Arguments),
    Assemble(assemble::Arguments),
    Fold(fold::Arguments),
    Neighbors(ask::neighbors::Arguments),
    Path(ask::path::Arguments),
    Why(ask::why::Arguments),
    Show(ask::show::Arguments),
    Search(ask::search::Arguments),
    Agreements(ask::agreements::Arguments),
    Timeline(ask::timeline::Arguments),
    Top(ask::top::Arguments),
    Stats(ask::stats::Arguments),
    Compare(ask::compare::Arguments),
    Export(export::Arguments),
    Explain(explain::Arguments),
    Evaluate(evaluate::Arguments),
    Dict(dict::Arguments),
    Completions(completions::Arguments),
    #[command(hide = true)]
    Man(man::Arguments),
}

/// What was typed is understood and makes no sense.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct WrongUsage(String);

/// `ieum 0.1.0 (dictionaries 0123456789abcdef)`: what decides the output.
pub fn print_version() -> std::io::Result<()> {
    let mut out = print::results();
    writeln!(
        out,
        "ieum {} (dictionaries {})",
        env!("CARGO_PKG_VERSION"),
        Dictionary::embedded_hash()
    )?;
    out.flush()
}

/// Runs the command that was asked for.
pub fn run(arguments: Arguments) -> Result<()> {
    match arguments.command {
        Command::Build(arguments) => build::run(arguments),
        Command::Extract(arguments) => extract::run(arguments),
        Command::Assemble(arguments) => assemble::run(arguments),
        Command::Fold(arguments) => fold::run(&arguments),
        Command::Neighbors(arguments) => ask::neighbors::run(arguments),
        Command::Path(arguments) => ask::path::run(arguments),
        Command::Why(arguments) => ask::why::run(arguments),
        Command::Show(arguments) => ask::show::run(&arguments),
        Command::Search(arguments) => ask::search::run(arguments),
        Command::Agreements(arguments) => ask::agreements::run(arguments),
        Command::Timeline(arguments) => ask::timeline::run(arguments),
        Command::Top(arguments) => ask::top::run(arguments),
        Command::Stats(arguments) => ask::stats::run(&arguments),
        Command::Compare(arguments) => ask::compare::run(arguments),
        Command::Export(arguments) => export::run(arguments),
        Command::Explain(arguments) => explain::run(&arguments),
        Command::Evaluate(arguments) => evaluate::run(&arguments),
        Command::Dict(arguments) => dict::run(arguments),
        Command::Completions(arguments) => completions::run(&arguments),
        Command::Man(arguments) => man::run(&arguments),
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn the_arguments_fit_together() {
        super::Arguments::command().debug_assert();
    }
}
