//! `ieum timeline NAME`: what happened when.

use std::io;

use anyhow::Result;
use ieum::query::{Dated, Event, Timeline};

use super::neighbors::about;
use super::words::{arrow, cell, day, latest, names, sources, way};
use super::{Answer, FilterArguments, Limit, Page, ViewArguments};
use crate::cli::print;
use crate::cli::table::Table;

/// How many events a table shows to people who did not ask for more.
const ENOUGH: usize = 40;

/// What happened to a name, in the order of the days: relations, signings, plans
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  ieum timeline 익산시                               from the oldest to the newest
  ieum timeline 익산시 --since 2024-01-01 --status done
  ieum timeline 마이스터고 --relation selected_for   who became one when

~ before a day: that of publication, since no text gives the event's own. What only stands
together in a sentence is no event, unless --relation co_occurs asks for it.")]
pub struct Arguments {
    /// Full name, abbreviation or id
    #[arg(value_name = "NAME", add = super::names::completer())]
    name: String,
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
    let timeline = graph.timeline(&typed.name, &typed.filter.filter()?, limit)?;
    view.print(&timeline)?;
    view.left_out(timeline.left_out);
    if timeline.events.is_empty() {
        print::note(view.say(
            "no text tells an event like that",
            "그런 사건을 전하는 기사가 없음",
        ));
    }
    Ok(())
}

/// The events as a table for people.
pub fn events(page: &Page<'_>, events: &[Event]) -> Table {
    let mut table = Table::new(&[
        "Day|날짜",
        "Event|사건",
        "With|상대",
        "?#Articles|기사",
        "Latest article|최근 기사",
    ]);
    for event in events {
        let about = event.relation == "about";
        let mut told = format!("{} {}", arrow(event.direction), page.word(&event.relation));
        if event.status == ieum::relation::Status::Planned {
            told.push(' ');
            told.push_str(page.say("(planned)", "(예정)"));
        }
        let mut with = names(&event.with, ", ");
        if !event.about.is_empty() && !about {
            let subject = event.about.join(", ");
            with = if page.korean() {
                format!("{with} (내용: {subject})")
            } else {
                format!("{with} (about {subject})")
            };
        }
        table.push(vec![
            match event.dated {
                Dated::Event => day(event.date),
                Dated::Published => format!("~{}", day(event.date)),
                Dated::Unknown => page.say("no date", "날짜 없음").to_owned(),
            },
            told,
            with,
            event.articles.len().to_string(),
            latest(page, &event.articles, ""),
        ]);
    }
    table
}

impl Answer for Timeline {
    fn people(&self, page: &mut Page<'_>) -> io::Result<()> {
        about(page, &self.entity)?;
        if self.events.is_empty() {
            return Ok(());
        }
        page.blank()?;
        let table = events(page, &self.events);
        page.table(&table)
    }

    fn rows(&self) -> Table {
        let mut table = Table::new(&[
            "Date",
            "Dated",
            "Relation",
            "Direction",
            "Status",
            "With",
            "About",
            "Articles",
            "Sources",
        ]);
        for event in &self.events {
            table.push(vec![
                day(event.date),
                print::word(&event.dated),
                event.relation.clone(),
                way(event.direction).to_owned(),
                print::word(&event.status),
                cell(event.with.iter().map(|with| with.id.as_str())),
                cell(event.about.iter().map(String::as_str)),
                event.articles.len().to_string(),
                sources(&event.articles),
            ]);
        }
        table
    }
}
