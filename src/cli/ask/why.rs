//! `ieum why NAME NAME`: the sentences behind what joins two.

use std::io;

use anyhow::Result;
use ieum::query::{Quote, Why};

use super::words::{cell, day, number, relation, told_apart, way};
use super::{Answer, FilterArguments, Limit, Page, ViewArguments};
use crate::cli::print;
use crate::cli::table::Table;

/// How many sentences a relation shows to people who did not ask for more.
const ENOUGH: usize = 5;

/// Show the sentences that say what joins two names, the newest first, with outlet, date and file
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  ieum why 거제시 거제공고                          every relation of the two, with its sentences
  ieum why 거제시 거제공고 --relation agreement     only what they signed
  ieum why 거제시 거제공고 --format csv >quotes.csv

The two names stand between « and ». A relation without a sentence comes from a dictionary.")]
pub struct Arguments {
    /// Full name, abbreviation or id
    #[arg(value_name = "NAME", add = super::names::completer())]
    from: String,
    /// The other
    #[arg(value_name = "NAME", add = super::names::completer())]
    to: String,
    #[command(flatten)]
    filter: FilterArguments,
    #[command(flatten)]
    limit: Limit,
    #[command(flatten)]
    view: ViewArguments,
}

/// Runs the command.
pub fn run(typed: Arguments) -> Result<()> {
    let limit = typed.limit.or(ENOUGH, typed.view.look.format);
    let (graph, view) = typed.view.open()?;
    let why = graph.why(&typed.from, &typed.to, &typed.filter.filter()?, limit)?;
    view.print(&why)?;
    view.left_out(why.left_out);
    if why.reasons.is_empty() {
        let [from, to] = [&why.from, &why.to].map(|entity| told_apart(&entity.id));
        print::note(format_args!(
            "nothing joins {from} and {to} directly; `ieum path {from} {to}` shows how they are connected"
        ));
    }
    Ok(())
}

/// The sentence with its names between « and ».
fn marked(quote: &Quote) -> String {
    let mut marked = String::new();
    for (place, c) in quote.sentence.chars().enumerate() {
        if quote.marks.iter().any(|mark| mark.end == place) {
            marked.push('»');
        }
        if quote.marks.iter().any(|mark| mark.start == place) {
            marked.push('«');
        }
        marked.push(c);
    }
    if quote
        .marks
        .last()
        .is_some_and(|mark| mark.end == quote.sentence.chars().count())
    {
        marked.push('»');
    }
    marked
}

impl Answer for Why {
    fn people(&self, page: &mut Page<'_>) -> io::Result<()> {
        for (place, reason) in self.reasons.iter().enumerate() {
            if place > 0 {
                page.blank()?;
            }
            let [from, to] = [&self.from, &self.to].map(|entity| told_apart(&entity.id));
            let arrow = relation(
                page,
                reason.direction,
                &reason.relation,
                &reason.agreements,
                &reason.status,
            );
            let stories = if reason.status == "dictionary" {
                page.say("a dictionary says so", "사전에 따름").to_owned()
            } else {
                page.count(reason.stories as usize, "story", "stories", "보도")
            };
            page.heading(&format!("{from} {arrow} {to} — {stories}"))?;
            for quote in &reason.sentences {
                let day = day(quote.published);
                let day = if day.is_empty() {
                    page.say("no date", "날짜 없음")
                } else {
                    &day
                };
                let told = [
                    quote.outlet.as_deref(),
                    quote.title.as_deref(),
                    Some(&quote.source),
                ];
                let told: Vec<&str> = std::iter::once(day)
                    .chain(told.into_iter().flatten())
                    .collect();
                page.line(&format!("  {}", told.join(" · ")))?;
                page.text(4, &marked(quote))?;
            }
        }
        Ok(())
    }

    fn rows(&self) -> Table {
        let mut table = Table::new(&[
            "From",
            "Relation",
            "Direction",
            "To",
            "Status",
            "Date",
            "Weight",
            "Agreements",
            "Published",
            "Outlet",
            "Source",
            "Title",
            "Url",
            "Number",
            "Sentence",
        ]);
        for reason in &self.reasons {
            let head = |status: String, date: String| {
                vec![
                    self.from.id.clone(),
                    reason.relation.clone(),
                    way(reason.direction).to_owned(),
                    self.to.id.clone(),
                    status,
                    date,
                    number(reason.weight),
                    cell(reason.agreements.iter().map(|signed| signed.id.as_str())),
                ]
            };
            for quote in &reason.sentences {
                let mut row = head(print::word(&quote.status), day(quote.date));
                row.extend([
                    day(quote.published),
                    quote.outlet.clone().unwrap_or_default(),
                    quote.source.clone(),
                    quote.title.clone().unwrap_or_default(),
                    quote.url.clone().unwrap_or_default(),
                    quote.number.to_string(),
                    quote.sentence.clone(),
                ]);
                table.push(row);
            }
            if reason.sentences.is_empty() {
                let mut row = head(reason.status.clone(), String::new());
                row.extend(vec![String::new(); 7]);
                table.push(row);
            }
        }
        table
    }
}
