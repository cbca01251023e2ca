//! `ieum neighbors NAME…`: who is next to it.

use std::collections::BTreeSet;
use std::io;

use anyhow::{Result, bail};
use clap::ValueEnum;
use ieum::Graph;
use ieum::query::{Entity, Filter, Near, Order, Question, Tie};

use super::words::{cell, day, latest, number, relation, sources, told_apart, way};
use super::{Answer, FilterArguments, Limit, Page, ViewArguments};
use crate::cli::WrongUsage;
use crate::cli::print;
use crate::cli::table::Table;

/// How many neighbours a table shows to people who did not ask for more.
const ENOUGH: usize = 40;

/// Up to so many names are told about one by one.
const APART: usize = 4;

/// Who is next to a city, a school, a company, a programme or an organisation; through which relation, how
/// often, and in which articles
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  ieum neighbors 이리공고                             everybody next to 이리공업고등학교
  ieum neighbors 익산시 --type company --depth 2      companies up to two steps away
  ieum neighbors 마이스터고 --relation selected_for   who was selected for it
  ieum neighbors 포항시 --relation agreement --sort weight   who signs most often with it
  ieum neighbors 익산시 군산시 --common               who is next to both
  ieum neighbors 익산시 --year 2024 --status done     what texts state of 2024 as done
  ieum neighbors 전북 --inside school --relation hires_from --type company
                                                     companies that hire from schools in 전북
  ieum neighbors 교육발전특구 --relation applies_for --without selected_for
                                                     who applied and was not selected
  ieum neighbors '고성군 (경상남도)'                  one of several that share a name

An arrow tells the direction: `← hires_from` is hired from by the neighbour, `→ located_in`
lies in the neighbour, `↔ agreement` has signed with it, on that day. A programme that a
signing is about stands under `about`. Weight counts stories: near-identical articles are one.")]
pub struct Arguments {
    /// Full names, abbreviations or ids; blanks do not matter
    #[arg(required = true, value_name = "NAME", add = super::names::completer())]
    names: Vec<String>,
    /// How many steps away at most; an agreement in common is one step
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..))]
    depth: u32,
    /// Only who is near each of the names
    #[arg(long)]
    common: bool,
    /// In place of a place, ask for everything of this type that lies in it
    #[arg(long, value_name = "TYPE", value_delimiter = ',')]
    inside: Vec<String>,
    /// Nobody whom this relation joins to the name too
    #[arg(long, value_name = "RELATION", value_delimiter = ',')]
    without: Vec<String>,
    /// Who comes first
    #[arg(long, value_enum, value_name = "ORDER", default_value_t = Sort::Near)]
    sort: Sort,
    #[command(flatten)]
    filter: FilterArguments,
    #[command(flatten)]
    limit: Limit,
    #[command(flatten)]
    view: ViewArguments,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Sort {
    /// The nearest, then what texts state, then the heaviest
    Near,
    /// The heaviest
    Weight,
    /// By name
    Name,
    /// Of whom texts spoke last
    Latest,
    /// Of whom texts spoke first
    First,
}

/// Runs the command.
pub fn run(typed: Arguments) -> Result<()> {
    if typed.names.iter().any(|name| name.trim().is_empty()) {
        return Err(WrongUsage("the name is empty".to_owned()).into());
    }
    let question = Question {
        depth: typed.depth,
        filter: typed.filter.filter()?,
        common: typed.common,
        without: BTreeSet::from_iter(typed.without),
        order: match typed.sort {
            Sort::Near => Order::Near,
            Sort::Weight => Order::Weight,
            Sort::Name => Order::Name,
            Sort::Latest => Order::Latest,
            Sort::First => Order::First,
        },
        limit: typed.limit.or(ENOUGH, typed.view.look.format),
    };
    let (graph, view) = typed.view.open()?;
    let mut names = typed.names;
    if !typed.inside.is_empty() {
        let wanted = BTreeSet::from_iter(typed.inside);
        let mut inside = BTreeSet::new();
        for place in &names {
            let found = graph.inside(place, &wanted)?;
            inside.extend(found.into_iter().map(|entity| entity.id));
        }
        if inside.is_empty() {
            bail!(
                "nothing of the type {} lies in {}",
                Vec::from_iter(wanted).join(" or "),
                names.join(" or ")
            );
        }
        names = inside.into_iter().collect();
    }
    let near = graph.near(&names, &question)?;
    view.print(&near)?;
    view.left_out(near.left_out);
    if near.neighbors.is_empty() {
        explain_nothing(&graph, &near.asked, &question)?;
    }
    Ok(())
}

/// Why there is no answer: nobody is near, or the question was too narrow.
fn explain_nothing(graph: &Graph, asked: &[Entity], question: &Question) -> Result<()> {
    let wide = Question {
        filter: Filter::default(),
        limit: usize::MAX,
        ..question.clone()
    };
    let ids: Vec<&str> = asked.iter().map(|entity| entity.id.as_str()).collect();
    let names: Vec<&str> = asked.iter().map(|entity| told_apart(&entity.id)).collect();
    let names = match names.len() {
        0..=APART => names.join(if question.common { " and " } else { " or " }),
        n => format!("these {n}"),
    };
    let all = graph.near(&ids, &wide)?.neighbors;
    if all.is_empty() {
        print::note(format_args!("nothing is next to {names}"));
        return Ok(());
    }
    let types: BTreeSet<&str> = all.iter().map(|n| n.kind.as_str()).collect();
    let ties = all.iter().flat_map(|n| &n.ties);
    let relations: BTreeSet<&str> = ties.map(|t| t.relation.as_str()).collect();
    print::note(format_args!(
        "nothing next to {names} answers that; around it there are the types {} and the relations {}",
        Vec::from_iter(types).join(", "),
        Vec::from_iter(relations).join(", "),
    ));
    Ok(())
}

/// Who an answer is about: name, type, how often it is named, and how else.
pub fn about(page: &mut Page<'_>, entity: &Entity) -> io::Result<()> {
    let named = page.count(entity.articles as usize, "article", "articles", "기사");
    let told = page.count(entity.stories as usize, "story", "stories", "보도");
    let mut also = entity.also();
    if !also.is_empty() {
        also = format!("; {} {also}", page.say("also", "다른 이름"));
    }
    let kind = page.word(&entity.kind);
    let name = told_apart(&entity.id);
    let named_in = page.say("named in ", "");
    page.heading(&format!("{name} ({kind}): {named_in}{named}, {told}{also}"))
}

impl Answer for Near {
    fn people(&self, page: &mut Page<'_>) -> io::Result<()> {
        if self.asked.len() <= APART {
            for entity in &self.asked {
                about(page, entity)?;
            }
        } else {
            let names: Vec<&str> = self
                .asked
                .iter()
                .map(|entity| told_apart(&entity.id))
                .collect();
            let near = page.say("near one of", "다음 중 하나의 이웃:");
            page.heading(&format!("{near} {}", names.join(", ")))?;
        }
        if self.neighbors.is_empty() {
            return Ok(());
        }
        page.blank()?;
        let deep = self.neighbors.iter().any(|n| n.steps > 1);
        let mut columns = vec![
            "Neighbor|이웃",
            "?Type|유형",
            "Relation|관계",
            "#Weight|무게",
            "?#Articles|기사",
            "Latest article|최근 기사",
        ];
        if deep {
            columns.insert(2, "?#Steps|단계");
        }
        let from = deep || self.asked.len() > 1;
        if from {
            columns.insert(2 + usize::from(deep), "From|에서");
        }
        let mut table = Table::new(&columns);
        for neighbor in &self.neighbors {
            for tie in &neighbor.ties {
                let mut row = vec![
                    told_apart(&neighbor.id).to_owned(),
                    page.word(&neighbor.kind),
                    relation(
                        page,
                        tie.direction,
                        &tie.relation,
                        &tie.agreements,
                        &tie.status,
                    ),
                    number(tie.weight),
                    tie.articles.len().to_string(),
                    latest(page, &tie.articles, &tie.status),
                ];
                if deep {
                    row.insert(2, neighbor.steps.to_string());
                }
                if from {
                    row.insert(2 + usize::from(deep), tie.from.clone());
                }
                table.push(row);
            }
        }
        page.table(&table)
    }

    fn rows(&self) -> Table {
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
        let ties = self
            .neighbors
            .iter()
            .flat_map(|n| n.ties.iter().map(move |tie| (n, tie)));
        for (neighbor, tie) in ties {
            table.push(vec![
                neighbor.id.clone(),
                neighbor.name.clone(),
                neighbor.kind.clone(),
                neighbor.steps.to_string(),
                tie.from.clone(),
                tie.relation.clone(),
                way(tie.direction).to_owned(),
                tie.status.clone(),
                number(tie.weight),
                tie.stories.to_string(),
                tie.articles.len().to_string(),
                day(tie.first),
                day(tie.last),
                cell(tie.agreements.iter().map(|a| a.id.as_str())),
                subjects(tie),
                sources(&tie.articles),
            ]);
        }
        table
    }
}

/// What the signings of a tie are about, in a cell for programs.
fn subjects(tie: &Tie) -> String {
    let about: BTreeSet<&str> = tie
        .agreements
        .iter()
        .flat_map(|a| &a.about)
        .map(String::as_str)
        .collect();
    cell(about)
}
