//! `ieum evaluate GOLD PATH…`: precision, recall and F1.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use anyhow::{Result, bail};
use clap::ValueEnum;
use ieum::evaluate::{Evaluation, Gold, Interval, Scorer};

use super::print;
use super::progress::Progress;
use super::reading::{Common, Reading};
use super::records::Records;

/// Measure what is found against what a reader found: precision, recall and F1
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  ieum evaluate gold/ articles/                     how well the built-in dictionaries do
  ieum evaluate gold/ articles/ --dictionaries mine how well mine do
  ieum evaluate gold/ articles/ --errors            first every name and relation too many or too few
  ieum evaluate gold/ --records records.jsonl       records that `ieum extract` printed before

GOLD holds one JSON object an article, NAME.json or NAME/gold.json; NAME is the article's file name without its
ending, or the folder's name for NAME/article.txt:
  {\"entities\": [{\"name\": \"익산시\", \"type\": \"city\"}, {\"name\": \"고성군\", \"type\": \"city\", \"in\": \"경상남도\"}],
   \"relations\": [{\"s\": \"익산시\", \"r\": \"selected_for\", \"o\": \"교육발전특구\"}],
   \"agreements\": [[\"익산시\", \"이리공업고등학교\"]], \"absent\": [\"안성시\"],
   \"title\": \"…\", \"published\": \"2024-08-01\", \"text\": \"…\"}
Only `entities` has to be there. `absent` are names that are in no article and still stand on its page; one that is
found is a leak. `text` is the main text, by which the sentences that were kept are measured. Each count is of names and facts per article; spaces do not distinguish names.")]
pub struct Arguments {
    /// The folder of gold
    gold: PathBuf,
    /// The articles: folders and files; `-` reads JSON lines from standard input
    #[arg(
        value_name = "PATH",
        required_unless_present = "records",
        conflicts_with = "records"
    )]
    paths: Vec<PathBuf>,
    /// Score the records in this file and extract nothing; `-` is standard input
    #[arg(long, value_name = "FILE")]
    records: Option<PathBuf>,
    #[command(flatten)]
    common: Common,
    /// List what is extra and what was missed, before the figures
    #[arg(long)]
    errors: bool,
    /// What to print
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Aligned columns, for people
    Table,
    /// One JSON object
    Json,
}

/// Runs the command.
pub fn run(typed: &Arguments) -> Result<()> {
    let gold = Gold::read(&typed.gold)?;
    let gold_files = gold.articles.iter().map(|a| &a.path);
    let files: Vec<PathBuf> = gold_files.chain(&gold.passed_over).cloned().collect();
    let mut scorer = Scorer::new(gold);
    if let Some(records) = &typed.records {
        let records = Records::open(std::slice::from_ref(records))?;
        records.each(typed.common.threads(), |record| {
            scorer.add(record);
            Ok(())
        })?;
    } else {
        let mut reading = Reading::new(&typed.paths, &typed.common, false)?;
        // Gold that lies beside its article is none.
        reading.leave_out(|source| files.iter().any(|file| file == Path::new(source)));
        let mut progress = Progress::start(reading.expected());
        reading.each(
            &mut progress,
            |record| record,
            |record| {
                scorer.add(record);
                Ok(())
            },
        )?;
        progress.finish();
    }
    let mut evaluation = scorer.finish();
    let mut out = print::results();
    match typed.format {
        Format::Table => {
            if typed.errors {
                for difference in &evaluation.differences {
                    writeln!(out, "{difference}")?;
                }
            }
            table(&mut out, &evaluation)?;
        }
        Format::Json => {
            if !typed.errors {
                evaluation.differences.clear();
            }
            serde_json::to_writer(&mut out, &evaluation).map_err(io::Error::from)?;
            writeln!(out)?;
        }
    }
    out.flush()?;
    drop(out);
    if !evaluation.missing.is_empty() {
        bail!(
            "{} of {} no record; their gold counts as missed: {}",
            evaluation.missing.len(),
            print::count(
                evaluation.articles,
                "gold article has",
                "gold articles have"
            ),
            evaluation.missing.join(", ")
        );
    }
    Ok(())
}

/// The figures for people.
fn table(out: &mut impl Write, evaluation: &Evaluation) -> io::Result<()> {
    writeln!(
        out,
        "{:17}{:>10}{:>10}{:>10}{:>8}{:>10}{:>8}",
        "", "precision", "recall", "F1", "right", "reported", "gold"
    )?;
    let name = |name: &str, part: bool| format!("{}{name}", if part { "  " } else { "" });
    for row in &evaluation.rows {
        writeln!(
            out,
            "{:17}{:10.3}{:10.3}{:10.3}{:8}{:10}{:8}",
            name(&row.name, row.of.is_some()),
            row.precision,
            row.recall,
            row.f1,
            row.counts.right,
            row.counts.reported,
            row.counts.gold
        )?;
    }
    writeln!(
        out,
        "{:17}{} of {}",
        "leaks", evaluation.leaks.count, evaluation.leaks.of
    )?;
    for (name, share) in [
        ("titles right", evaluation.titles),
        ("dates right", evaluation.dates),
        ("sentences right", evaluation.text_precision),
        ("sentences found", evaluation.text_recall),
    ] {
        if share.of > 0 {
            writeln!(out, "{name:17}{} of {}", share.count, share.of)?;
        }
    }
    writeln!(
        out,
        "\nin 95 of 100 draws of {}\n{:17}{:>15}{:>15}{:>15}",
        print::count(evaluation.articles, "article", "articles"),
        "",
        "precision",
        "recall",
        "F1"
    )?;
    let between = |i: Interval| format!("{:.3}–{:.3}", i.low, i.high);
    for row in &evaluation.rows {
        writeln!(
            out,
            "{:17}{:>15}{:>15}{:>15}",
            name(&row.name, row.of.is_some()),
            between(row.intervals.precision),
            between(row.intervals.recall),
            between(row.intervals.f1)
        )?;
    }
    Ok(())
}
