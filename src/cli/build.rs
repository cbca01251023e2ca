//! `ieum build PATH…`: articles become one graph, in all its files.

use anyhow::Result;
use jiff::civil::Date;

use super::WrongUsage;
use super::print::count;
use super::progress::Progress;
use super::reading::{Reading, ReadingArguments, Tally};
use super::writing::{Writing, WritingArguments};

/// Read articles and write one graph: for Gephi (GraphML), for spreadsheets (CSV), for queries (SQLite)
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  ieum build articles/                              all files below a folder → output/
  ieum build 2024/*.html more.jsonl -o graph        files, into another folder
  ieum build articles/ --since 2024-01-01           only what was published since
  ieum build articles/ --formats graphml,csv        only these files
  ieum build articles/ --dictionaries mine          with names of your own
  scrape | ieum build -                             JSON lines from another program

A JSON article has the keys id, title, date, outlet, url and text; only text is needed.
An article that cannot be read is named with its reason, has a row in articles.csv, and does
not stop the rest. The old output stays whole until the new one is complete.")]
pub struct Arguments {
    #[command(flatten)]
    reading: ReadingArguments,
    #[command(flatten)]
    writing: WritingArguments,
    /// Leave out articles published before this day, such as 2024-03-01, and those without a date
    #[arg(long, value_name = "DATE", value_parser = day)]
    since: Option<Date>,
    /// Leave out articles published after this day, and those without a date
    #[arg(long, value_name = "DATE", value_parser = day)]
    until: Option<Date>,
}

fn day(text: &str) -> Result<Date, String> {
    text.parse()
        .map_err(|_| "a day is written as in 2024-03-01".to_owned())
}

/// The days of publication that are wanted.
struct Period {
    since: Option<Date>,
    until: Option<Date>,
}

impl Period {
    fn new(since: Option<Date>, until: Option<Date>) -> Result<Self, WrongUsage> {
        match (since, until) {
            (Some(since), Some(until)) if since > until => Err(WrongUsage(format!(
                "nothing was published since {since} and until {until}: --since comes after --until"
            ))),
            _ => Ok(Self { since, until }),
        }
    }

    fn has(&self, published: Option<Date>) -> bool {
        let bounded = self.since.is_some() || self.until.is_some();
        published.map_or(!bounded, |day| {
            self.since.is_none_or(|since| since <= day)
                && self.until.is_none_or(|until| day <= until)
        })
    }
}

/// Runs the command.
pub fn run(typed: Arguments) -> Result<()> {
    let period = Period::new(typed.since, typed.until)?;
    let reading = Reading::try_from(typed.reading)?;
    let writing = Writing::try_from(typed.writing)?;
    let mut progress = Progress::start(reading.expected());
    let mut builder = writing.builder();
    let mut outside = 0;
    let (tally, dictionary) = reading.each(
        &mut progress,
        |record| record,
        |record| {
            // What could not be read keeps its row, whenever it may have been published.
            if record.text.is_empty() || period.has(record.published) {
                builder.add(&record);
            } else {
                outside += 1;
            }
            Ok(())
        },
    )?;
    writing.write(builder, dictionary, progress, &skipped(&tally, outside))
}

/// `; skipped 3 (2 the file is empty, 1 not in the period)`.
fn skipped(tally: &Tally, outside: usize) -> String {
    let mut reasons: Vec<String> = tally
        .unusable
        .iter()
        .map(|(reason, n)| format!("{n}: {reason}"))
        .collect();
    if outside > 0 {
        reasons.push(format!("{outside}: not published in the period"));
    }
    match tally.skipped() + outside {
        0 => String::new(),
        n => format!(
            "; skipped {} ({})",
            count(n, "article", "articles"),
            reasons.join(", ")
        ),
    }
}
