//! `ieum path NAME NAME`: how two are connected.

use std::io;

use anyhow::Result;
use ieum::query::{Direction, Leg, Paths, Wish};

use super::words::{article_line, cell, number, sources, told_apart, way};
use super::{Answer, FilterArguments, Page, ViewArguments};
use crate::cli::print;
use crate::cli::table::Table;

/// Tell how two names are connected: over whom, through which relations, and which articles say so
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  ieum path 익산시 삼성중공업                     the way with the fewest steps
  ieum path 익산시 삼성중공업 --strongest         over the relations that most stories state
  ieum path 익산시 삼성중공업 --k 5               the five best ways
  ieum path 익산시 삼성중공업 --relation agreement,hires_from

A signing in common is one step. Relations are followed in both directions; what only stands
together in a sentence is followed where nothing else leads there. --strongest: a step costs one
over the number of stories that state it, and the cheapest way wins.")]
pub struct Arguments {
    /// Full name, abbreviation or id
    #[arg(value_name = "NAME", add = super::names::completer())]
    from: String,
    /// The other
    #[arg(value_name = "NAME", add = super::names::completer())]
    to: String,
    /// Prefer what many stories state to few steps
    #[arg(long)]
    strongest: bool,
    /// How many ways to show, the best first
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..=100))]
    k: u32,
    #[command(flatten)]
    filter: FilterArguments,
    #[command(flatten)]
    view: ViewArguments,
}

/// Runs the command.
pub fn run(typed: Arguments) -> Result<()> {
    let wish = if typed.strongest {
        Wish::Strongest
    } else {
        Wish::Fewest
    };
    let (graph, view) = typed.view.open()?;
    let paths = graph.paths(
        &typed.from,
        &typed.to,
        &typed.filter.filter()?,
        wish,
        typed.k as usize,
    )?;
    view.print(&paths)?;
    let [from, to] = [&paths.from, &paths.to].map(|entity| told_apart(&entity.id));
    if from == to {
        print::note(format_args!("both names mean {from}"));
    } else if paths.paths.is_empty() {
        print::note(format_args!("nothing connects {from} and {to}"));
    } else if paths.together {
        print::note(view.say(
            "only what stands together in a sentence leads there",
            "한 문장에 함께 나온 관계로만 이어짐",
        ));
    }
    Ok(())
}

/// A step in words: who does what with whom.
fn told(page: &Page<'_>, leg: &Leg) -> String {
    let [from, to] = [&leg.from, &leg.to].map(|end| told_apart(&end.id));
    let signed = leg.agreements.first();
    let mut about: Vec<&str> = signed
        .iter()
        .flat_map(|signed| &signed.about)
        .map(String::as_str)
        .collect();
    about.retain(|subject| *subject != to && *subject != from);
    let day = signed
        .and_then(|signed| signed.date)
        .map(|day| day.to_string());
    let planned = leg.status.starts_with("planned") && !leg.status.contains("done");
    let (subject, object) = match leg.direction {
        Direction::In => (to, from),
        Direction::Out | Direction::Both => (from, to),
    };
    let mut told = match (leg.relation.as_str(), page.korean()) {
        ("agreement", true) => format!("{from} ↔ {to}: 협약"),
        ("agreement", false) => format!("{from} and {to} signed an agreement"),
        ("about", true) => format!("{subject} → {object}: 협약 내용"),
        ("about", false) => format!("{subject} signed an agreement about {object}"),
        (relation, true) if leg.direction == Direction::Both => {
            format!("{from} ↔ {to}: {}", page.spoken(relation))
        }
        (relation, true) => format!("{subject} → {object}: {}", page.spoken(relation)),
        (relation, false) if leg.direction == Direction::Both => {
            format!("{from} and {to}: {}", page.spoken(relation))
        }
        (relation, false) => format!("{subject} {} {object}", page.spoken(relation)),
    };
    if let Some(day) = day {
        told.push_str(page.say(" on ", " "));
        told.push_str(&day);
    }
    if !about.is_empty() {
        let about = about.join(", ");
        told = if page.korean() {
            format!("{told} (내용: {about})")
        } else {
            format!("{told}, about {about}")
        };
    }
    if planned {
        told.push_str(page.say(" (planned)", " (예정)"));
    }
    told
}

impl Answer for Paths {
    fn people(&self, page: &mut Page<'_>) -> io::Result<()> {
        let [from, to] = [&self.from, &self.to].map(|entity| told_apart(&entity.id));
        for (place, path) in self.paths.iter().enumerate() {
            if place > 0 {
                page.blank()?;
            }
            let steps = page.count(path.steps, "step", "steps", "단계");
            let over: Vec<&str> = path
                .legs
                .iter()
                .skip(1)
                .map(|leg| told_apart(&leg.from.id))
                .collect();
            let over = if over.is_empty() {
                String::new()
            } else {
                format!(", {} {}", page.say("over", "경유"), over.join(", "))
            };
            page.heading(&format!("{from} – {to}: {steps}{over}"))?;
            for (step, leg) in path.legs.iter().enumerate() {
                let line = format!("{}. {}", step + 1, told(page, leg));
                page.text(2, &line)?;
                let source = match leg.articles.first() {
                    Some(article) => {
                        let stories = page.count(leg.stories as usize, "story", "stories", "보도");
                        format!("{stories}; {}", article_line(page, article))
                    }
                    None => page.say("a dictionary says so", "사전에 따름").to_owned(),
                };
                page.line(&format!("     {source}"))?;
            }
        }
        Ok(())
    }

    fn rows(&self) -> Table {
        let mut table = Table::new(&[
            "Path",
            "Step",
            "From",
            "Relation",
            "Direction",
            "To",
            "Status",
            "Weight",
            "Agreements",
            "Articles",
            "Sources",
        ]);
        for (place, path) in self.paths.iter().enumerate() {
            for (step, leg) in path.legs.iter().enumerate() {
                table.push(vec![
                    (place + 1).to_string(),
                    (step + 1).to_string(),
                    leg.from.id.clone(),
                    leg.relation.clone(),
                    way(leg.direction).to_owned(),
                    leg.to.id.clone(),
                    leg.status.clone(),
                    number(leg.weight),
                    cell(leg.agreements.iter().map(|signed| signed.id.as_str())),
                    leg.articles.len().to_string(),
                    sources(&leg.articles),
                ]);
            }
        }
        table
    }
}
