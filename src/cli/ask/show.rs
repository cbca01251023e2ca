//! `ieum show NAME`: one entity.

use std::io;

use anyhow::Result;
use ieum::query::Portrait;

use super::neighbors::about;
use super::timeline::events;
use super::words::{arrow, day, number, way};
use super::{Answer, Limit, Page, ViewArguments};
use crate::cli::print;
use crate::cli::table::Table;

/// How many events and articles a table shows to people who did not ask for more.
const ENOUGH: usize = 10;

/// Show what the graph knows of a name: facts, names used in texts, relations, time line, articles
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  ieum show 이리공고                    the newest ten events and articles
  ieum show 이리공고 --limit 0          all of them
  ieum show city:익산시 --format json   for programs

`ieum neighbors` lists who stands behind the relations, `ieum timeline` more of the events.")]
pub struct Arguments {
    /// Full name, abbreviation or id
    #[arg(value_name = "NAME", add = super::names::completer())]
    name: String,
    #[command(flatten)]
    limit: Limit,
    #[command(flatten)]
    view: ViewArguments,
}

/// Runs the command.
pub fn run(typed: &Arguments) -> Result<()> {
    let limit = typed.limit.or(ENOUGH, typed.view.look.format);
    let (graph, view) = typed.view.open()?;
    view.print(&graph.show(&typed.name, limit)?)
}

impl Answer for Portrait {
    fn people(&self, page: &mut Page<'_>) -> io::Result<()> {
        about(page, &self.entity)?;
        let mut facts = Table::new(&["|", "|"]).wrapped().without_header();
        let mut fact = |name: &str, value: String| {
            if !value.is_empty() {
                facts.push(vec![format!("  {name}"), value]);
            }
        };
        fact("id", self.entity.id.clone());
        let times = self.entity.names.iter().filter_map(|name| {
            let times = self.named_as.get(name)?;
            Some(format!("{name} ×{times}"))
        });
        fact(
            page.say("in texts", "기사 속 이름"),
            times.collect::<Vec<_>>().join(", "),
        );
        fact(
            page.say("other names", "다른 이름"),
            self.aliases.join(", "),
        );
        let attributes = self
            .attributes
            .iter()
            .map(|(key, value)| format!("{key} {value}"));
        fact(
            page.say("dictionary", "사전"),
            attributes.collect::<Vec<_>>().join("; "),
        );
        if !self.known {
            fact(
                page.say("dictionary", "사전"),
                page.say("not in it", "없음").to_owned(),
            );
        }
        if let (Some(first), Some(last)) = (self.first_seen, self.last_seen) {
            fact(page.say("seen", "시기"), format!("{first} – {last}"));
        }
        page.table(&facts)?;
        if !self.relations.is_empty() {
            page.blank()?;
            let mut table = Table::new(&[
                "Relation|관계",
                "#Neighbors|이웃",
                "#Weight|무게",
                "Most|주요 이웃",
            ]);
            for group in &self.relations {
                let mut names = group.heaviest.join(", ");
                if group.neighbors > group.heaviest.len() {
                    names.push_str(", …");
                }
                table.push(vec![
                    format!("{} {}", arrow(group.direction), page.word(&group.relation)),
                    group.neighbors.to_string(),
                    number(group.weight),
                    names,
                ]);
            }
            page.table(&table)?;
        }
        if !self.events.is_empty() {
            page.blank()?;
            let table = events(page, &self.events);
            page.table(&table)?;
        }
        if !self.sources.is_empty() {
            page.blank()?;
            let mut table = Table::new(&["Published|날짜", "?Article|기사", "Title|제목"]);
            for article in &self.sources {
                table.push(vec![
                    day(article.published),
                    article.source.clone(),
                    article.title.clone().unwrap_or_default(),
                ]);
            }
            page.table(&table)?;
        }
        let left_out = [
            (self.events_left_out, "event", "events", "사건"),
            (self.sources_left_out, "article", "articles", "기사"),
        ];
        for (n, one, many, korean) in left_out {
            if n > 0 {
                page.note(if page.korean() {
                    format!("{korean} {n}건 더 있음; --limit 0으로 모두 봄")
                } else {
                    format!(
                        "{n} more {}; --limit 0 shows all",
                        if n == 1 { one } else { many }
                    )
                });
            }
        }
        Ok(())
    }

    fn rows(&self) -> Table {
        let mut table = Table::new(&["Section", "Date", "Key", "Value", "Number"]);
        let mut row = |section: &str, date: String, key: &str, value: String, number: String| {
            table.push(vec![
                section.to_owned(),
                date,
                key.to_owned(),
                value,
                number,
            ]);
        };
        let none = String::new;
        row("entity", none(), "id", self.entity.id.clone(), none());
        row("entity", none(), "name", self.entity.name.clone(), none());
        row("entity", none(), "type", self.entity.kind.clone(), none());
        row("entity", none(), "known", self.known.to_string(), none());
        row(
            "entity",
            none(),
            "mentions",
            none(),
            self.mentions.to_string(),
        );
        row(
            "entity",
            none(),
            "stories",
            none(),
            self.entity.stories.to_string(),
        );
        row(
            "entity",
            none(),
            "articles",
            none(),
            self.entity.articles.to_string(),
        );
        for (key, value) in &self.attributes {
            row("dictionary", none(), key, value.clone(), none());
        }
        for name in &self.entity.names {
            let times = self.named_as.get(name).map_or_else(none, u32::to_string);
            row("name", none(), "text", name.clone(), times);
        }
        for name in &self.aliases {
            row("name", none(), "dictionary", name.clone(), none());
        }
        for group in &self.relations {
            let key = format!("{} {}", way(group.direction), group.relation);
            row(
                "relation",
                none(),
                &key,
                group.heaviest.join("|"),
                number(group.weight),
            );
        }
        for event in &self.events {
            let key = format!(
                "{} {} {}",
                way(event.direction),
                event.relation,
                print::word(&event.status)
            );
            let with = event.with.iter().map(|with| with.id.as_str());
            row(
                "event",
                day(event.date),
                &key,
                with.collect::<Vec<_>>().join("|"),
                event.articles.len().to_string(),
            );
        }
        for article in &self.sources {
            let title = article.title.clone().unwrap_or_default();
            row(
                "article",
                day(article.published),
                &article.source,
                title,
                none(),
            );
        }
        table
    }
}
