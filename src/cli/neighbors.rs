//! `ieum neighbors NAME`: who is next to it.

use std::collections::BTreeSet;
use std::io::{self, Write};
use std::path::PathBuf;

use anyhow::{Result, bail};
use clap::ValueEnum;
use ieum::query::{self, Direction, Entity, Meaning, Near, Neighbor, Question, Tie};
use ieum::store::Store;
use serde::Serialize;

use super::WrongUsage;
use super::print;
use super::table::Table;

/// How many neighbours a table shows to people who did not ask for more.
const ENOUGH: usize = 40;

/// Who is next to a city, a school, a company, a programme or an organisation; through which relation, how
/// often, and in which articles
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  ieum neighbors 이리공고                             everybody next to 이리공업고등학교
  ieum neighbors 익산시 --type company --depth 2      companies up to two steps away
  ieum neighbors 마이스터고 --relation selected_for   who was selected for it
  ieum neighbors 포항시 --relation agreement --format csv >pohang.csv
  ieum neighbors '고성군 (경상남도)'                  one of several that share a name

An arrow tells the direction: `← hires_from` is hired from by the neighbour, `→ located_in`
lies in the neighbour, `↔ agreement` has signed with it, on that day. A programme that a
signing is about stands under `about`. Weight counts stories: near-identical articles are one.")]
pub struct Arguments {
    /// Full name, abbreviation or id; blanks do not matter
    name: String,
    /// The folder that `ieum build` wrote
    #[arg(long, value_name = "DIR", default_value = "output")]
    graph: PathBuf,
    /// How many steps away at most; an agreement in common is one step
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..))]
    depth: u32,
    /// Name only neighbours of this type: city, school, company, program, organization …
    #[arg(long = "type", value_name = "TYPE", value_delimiter = ',')]
    types: Vec<String>,
    /// Follow only this relation: agreement, about, hires_from, located_in …
    #[arg(long = "relation", value_name = "RELATION", value_delimiter = ',')]
    relations: Vec<String>,
    /// Follow only relations that at least so many stories state
    #[arg(long, value_name = "N", default_value_t = 0.0)]
    min_weight: f64,
    /// Show at most so many neighbours, 0 for all [default: 40 in a table, all otherwise]
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
    /// What to print
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Aligned columns, for people
    Table,
    /// Comma-separated values with a header
    Csv,
    /// One JSON object
    Json,
}

/// What the command needs.
struct Task {
    name: String,
    graph: PathBuf,
    question: Question,
    limit: usize,
    format: Format,
}

impl TryFrom<Arguments> for Task {
    type Error = WrongUsage;

    fn try_from(typed: Arguments) -> Result<Self, WrongUsage> {
        if typed.name.trim().is_empty() {
            return Err(WrongUsage("the name is empty".to_owned()));
        }
        if !typed.min_weight.is_finite() {
            return Err(WrongUsage(format!(
                "--min-weight {} is no number of stories",
                typed.min_weight
            )));
        }
        let default = if typed.format == Format::Table {
            ENOUGH
        } else {
            usize::MAX
        };
        Ok(Self {
            name: typed.name,
            graph: typed.graph,
            question: Question {
                depth: typed.depth,
                types: BTreeSet::from_iter(typed.types),
                relations: BTreeSet::from_iter(typed.relations),
                min_weight: typed.min_weight,
            },
            limit: match typed.limit {
                Some(0) => usize::MAX,
                limit => limit.unwrap_or(default),
            },
            format: typed.format,
        })
    }
}

/// What is printed as JSON; the keys are stable.
#[derive(Serialize)]
struct Answer<'a> {
    #[serde(flatten)]
    entity: &'a Entity,
    neighbors: &'a [Neighbor],
    /// How many neighbours the limit left out.
    left_out: usize,
}

/// Runs the command.
pub fn run(typed: Arguments) -> Result<()> {
    let task = Task::try_from(typed)?;
    let store = Store::open(&task.graph)?;
    let entity = match query::resolve(&store, &task.name)? {
        Meaning::One(entity) => entity,
        Meaning::Several(several) => bail!(
            "`{}` may be any of these; ask for one by its id:\n{}",
            task.name,
            list(&several)
        ),
        Meaning::Unknown(near) if near.is_empty() => {
            bail!("`{}` is not in the graph, and nothing like it", task.name)
        }
        Meaning::Unknown(near) => bail!(
            "`{}` is not in the graph; the nearest names are:\n{}",
            task.name,
            list(&near)
        ),
    };
    let near = query::near(&store, entity.number, &task.question, task.limit)?;
    let mut out = print::results();
    match task.format {
        Format::Table => people(&mut out, &entity, &near)?,
        Format::Csv => rows(&near.neighbors).write_csv(&mut out)?,
        Format::Json => {
            let answer = Answer {
                entity: &entity,
                neighbors: &near.neighbors,
                left_out: near.left_out,
            };
            serde_json::to_writer(&mut out, &answer).map_err(io::Error::from)?;
            writeln!(out)?;
        }
    }
    out.flush()?;
    drop(out);
    if near.left_out > 0 {
        print::note(format_args!("{} more; --limit 0 shows all", near.left_out));
    }
    if near.neighbors.is_empty() {
        explain_nothing(&store, &entity, &task.question)?;
    }
    Ok(())
}

/// One entity a line: its id, and how often it is named.
fn list(entities: &[Entity]) -> String {
    let line = |e: &Entity| {
        format!(
            "  {}  ({})",
            e.id,
            print::count(e.articles as usize, "article", "articles")
        )
    };
    entities.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// Why there is no answer: nobody is near, or the question was too narrow.
fn explain_nothing(store: &Store, entity: &Entity, question: &Question) -> Result<()> {
    let wide = Question {
        depth: question.depth,
        ..Question::default()
    };
    let all = query::near(store, entity.number, &wide, usize::MAX)?.neighbors;
    if all.is_empty() {
        print::note(format_args!("nothing is next to {}", entity.name));
        return Ok(());
    }
    let types: BTreeSet<&str> = all.iter().map(|n| n.kind.as_str()).collect();
    let relations: BTreeSet<&str> = all
        .iter()
        .flat_map(|n| &n.ties)
        .map(|t| t.relation.as_str())
        .collect();
    print::note(format_args!(
        "nothing next to {} answers that; around it there are the types {} and the relations {}",
        entity.name,
        Vec::from_iter(types).join(", "),
        Vec::from_iter(relations).join(", "),
    ));
    Ok(())
}

/// The answer for people: who was asked for, then a line for each tie.
fn people(out: &mut impl Write, entity: &Entity, near: &Near) -> io::Result<()> {
    let named = print::count(entity.articles as usize, "article", "articles");
    let told = print::count(entity.stories as usize, "story", "stories");
    let also: Vec<&str> = entity
        .names
        .iter()
        .map(String::as_str)
        .filter(|n| *n != entity.name)
        .collect();
    let also = if also.is_empty() {
        String::new()
    } else {
        format!("; also {}", also.join(", "))
    };
    writeln!(
        out,
        "{} ({}): named in {named}, {told}{also}",
        told_apart(&entity.id),
        entity.kind
    )?;
    if near.neighbors.is_empty() {
        return Ok(());
    }
    writeln!(out)?;
    let deep = near.neighbors.iter().any(|n| n.steps > 1);
    let mut columns = vec![
        "Neighbor",
        "Type",
        "Relation",
        "#Weight",
        "#Articles",
        "Latest article",
    ];
    if deep {
        columns.insert(2, "#Steps");
        columns.insert(3, "From");
    }
    let mut table = Table::new(&columns);
    for neighbor in &near.neighbors {
        for tie in &neighbor.ties {
            let mut row = vec![
                told_apart(&neighbor.id).to_owned(),
                neighbor.kind.clone(),
                spoken(tie),
                weight(tie.weight),
                tie.articles.len().to_string(),
                latest(tie),
            ];
            if deep {
                row.insert(2, neighbor.steps.to_string());
                row.insert(3, tie.from.clone());
            }
            table.push(row);
        }
    }
    table.write_aligned(out, print::width())
}

/// The name, with the parent after one that several share.
fn told_apart(id: &str) -> &str {
    id.split_once(':').map_or(id, |(_, name)| name)
}

/// `← hires_from`, `↔ agreement 2024-02-19`.
fn spoken(tie: &Tie) -> String {
    let arrow = match tie.direction {
        Direction::Out => "→",
        Direction::In => "←",
        Direction::Both => "↔",
    };
    let mut spoken = vec![arrow.to_owned(), tie.relation.clone()];
    let last = tie.agreements.first().and_then(|signed| signed.date);
    spoken.extend(last.map(|date| date.to_string()));
    if tie.agreements.len() > 1 {
        spoken.push(format!("and {} more", tie.agreements.len() - 1));
    }
    if tie.status.starts_with("planned") && !tie.status.contains("done") {
        spoken.push("(planned)".to_owned());
    }
    spoken.join(" ")
}

/// Whole numbers of stories without a point.
fn weight(weight: f64) -> String {
    format!("{weight}")
}

/// Day and headline of the newest article; of a dictionary's fact, that it is one.
fn latest(tie: &Tie) -> String {
    match tie.articles.first() {
        Some(article) => {
            let day = article
                .published
                .map_or("no date".to_owned(), |day| day.to_string());
            format!(
                "{day} {}",
                article.title.as_deref().unwrap_or(&article.source)
            )
        }
        None => format!("({})", tie.status),
    }
}

/// The answer for programs: a row for each tie; the columns are stable.
fn rows(neighbors: &[Neighbor]) -> Table {
    let mut table = Table::new(&[
        "Id",
        "Name",
        "Type",
        "Steps",
        "From",
        "Relation",
        "Direction",
        "Status",
        "Weight",
        "Stories",
        "Articles",
        "First",
        "Last",
        "Agreements",
        "About",
        "Sources",
    ]);
    for neighbor in neighbors {
        for tie in &neighbor.ties {
            let day = |day: Option<jiff::civil::Date>| {
                day.map_or_else(String::new, |day| day.to_string())
            };
            let direction = match tie.direction {
                Direction::Out => "out",
                Direction::In => "in",
                Direction::Both => "both",
            };
            let about: BTreeSet<&str> = tie
                .agreements
                .iter()
                .flat_map(|a| &a.about)
                .map(String::as_str)
                .collect();
            table.push(vec![
                neighbor.id.clone(),
                neighbor.name.clone(),
                neighbor.kind.clone(),
                neighbor.steps.to_string(),
                tie.from.clone(),
                tie.relation.clone(),
                direction.to_owned(),
                tie.status.clone(),
                weight(tie.weight),
                tie.stories.to_string(),
                tie.articles.len().to_string(),
                day(tie.first),
                day(tie.last),
                tie.agreements
                    .iter()
                    .map(|a| a.id.as_str())
                    .collect::<Vec<_>>()
                    .join("|"),
                Vec::from_iter(about).join("|"),
                tie.articles
                    .iter()
                    .map(|a| a.source.as_str())
                    .collect::<Vec<_>>()
                    .join("|"),
            ]);
        }
    }
    table
}
