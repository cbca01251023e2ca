//! `ieum top`: who stands in the middle.

use std::io;

use anyhow::Result;
use ieum::query::{QueryError, Ranking, Top};

use super::words::{number, told_apart};
use super::{Answer, FilterArguments, Limit, Page, ViewArguments};
use crate::cli::table::Table;
use crate::cli::{WrongUsage, print};

/// How many a table shows to people who did not ask for more.
const ENOUGH: usize = 20;

/// Who stands in the middle: the entities with the most relations, stories, articles, or any other measure
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  ieum top                                       by the weight of all relations together
  ieum top --type company                        only companies
  ieum top --by articles --year 2024             named in the most articles of 2024
  ieum top --relation hires_from --type school   schools from which is hired most
  ieum top --by degree --format csv

Measures: weight (all relations together), degree (their number), and every column of numbers
that `nodes` in graph.sqlite has. A time narrows weight, degree, articles and stories;
--relation, --status and --min-weight narrow weight and degree.")]
pub struct Arguments {
    /// The measure: weight, degree, articles, stories, mentions …
    #[arg(long, value_name = "MEASURE", default_value = "weight")]
    by: String,
    #[command(flatten)]
    filter: FilterArguments,
    #[command(flatten)]
    limit: Limit,
    #[command(flatten)]
    view: ViewArguments,
}

/// Runs the command.
pub fn run(typed: Arguments) -> Result<()> {
    let ranking = Ranking {
        by: typed.by,
        filter: typed.filter.filter()?,
        limit: typed.limit.or(ENOUGH, typed.view.look.format),
    };
    let (graph, view) = typed.view.open()?;
    let top = graph.top(&ranking).map_err(|error| match error {
        QueryError::Measure { .. } => WrongUsage(error.to_string()).into(),
        other => anyhow::Error::new(other),
    })?;
    view.print(&top)?;
    view.left_out(top.left_out);
    if top.entities.is_empty() {
        print::note(view.say("there is no such entity", "그런 대상이 없음"));
    }
    Ok(())
}

impl Answer for Top {
    fn people(&self, page: &mut Page<'_>) -> io::Result<()> {
        if self.entities.is_empty() {
            return Ok(());
        }
        let by = match (self.by.as_str(), page.korean()) {
            ("weight", true) => "무게",
            ("degree", true) => "관계",
            ("articles", true) => "기사",
            ("stories", true) => "보도",
            ("mentions", true) => "언급",
            _ => &self.by,
        };
        page.heading(&format!("{} {by}", page.say("by", "기준:")))?;
        let mut table = Table::new(&["#Rank|순위", "Name|이름", "Type|유형", "#Value|값"]);
        for ranked in &self.entities {
            table.push(vec![
                ranked.rank.to_string(),
                told_apart(&ranked.entity.id).to_owned(),
                page.word(&ranked.entity.kind),
                number(ranked.value),
            ]);
        }
        page.table(&table)
    }

    fn rows(&self) -> Table {
        let mut table = Table::new(&["Rank", "Id", "Name", "Type", "Measure", "Value", "Articles"]);
        for ranked in &self.entities {
            table.push(vec![
                ranked.rank.to_string(),
                ranked.entity.id.clone(),
                ranked.entity.name.clone(),
                ranked.entity.kind.clone(),
                self.by.clone(),
                number(ranked.value),
                ranked.articles.to_string(),
            ]);
        }
        table
    }
}
