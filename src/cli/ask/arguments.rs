//! Arguments that several questions take.

use std::collections::BTreeSet;
use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::ValueEnum;
use ieum::Graph;
use ieum::query::{Direction, Filter};
use ieum::relation::Status;
use jiff::civil::Date;

use super::view::{Format, Lang, View};
use crate::cli::{WrongUsage, print};

/// Which graph, and how the answer looks.
#[derive(Debug, clap::Args)]
pub struct ViewArguments {
    /// The folder that `ieum build` wrote
    #[arg(long, value_name = "DIR", default_value = "output")]
    pub graph: PathBuf,
    #[command(flatten)]
    pub look: LookArguments,
}

/// How the answer looks.
#[derive(Debug, clap::Args)]
pub struct LookArguments {
    /// What to print
    #[arg(long, value_enum, default_value_t = Format::Table)]
    pub format: Format,
    /// Language of tables [default: the locale's]
    #[arg(long, value_enum, value_name = "LANGUAGE")]
    lang: Option<Lang>,
    /// Columns of a table's lines [default: the terminal's; elsewhere nothing is cut]
    #[arg(long, value_name = "COLUMNS")]
    width: Option<usize>,
}

impl ViewArguments {
    /// The graph, and the way to show answers.
    pub fn open(&self) -> Result<(Graph, View)> {
        let graph = Graph::open(&self.graph)?;
        let view = self.look.view(&graph)?;
        Ok((graph, view))
    }
}

impl LookArguments {
    /// The way to show answers, in the words of this graph.
    pub fn view(&self, graph: &Graph) -> Result<View> {
        let labels = match self.format {
            Format::Table => graph.meta()?.labels,
            _ => Vec::new(),
        };
        Ok(View::new(
            self.format,
            self.lang.unwrap_or_else(Lang::of_the_locale),
            self.width.or_else(print::width),
            print::color(),
            labels,
        ))
    }
}

/// Which types.
#[derive(Debug, clap::Args)]
pub struct TypeArguments {
    /// Only of this type: city, school, company, program, organization …
    #[arg(long = "type", value_name = "TYPE", value_delimiter = ',')]
    types: Vec<String>,
}

impl TypeArguments {
    pub fn filter(self) -> Filter {
        Filter {
            types: BTreeSet::from_iter(self.types),
            ..Filter::default()
        }
    }
}

/// Which time.
#[derive(Debug, clap::Args)]
pub struct PeriodArguments {
    /// Only what texts speak of on this day or later, such as 2024-03-01
    #[arg(long, value_name = "DATE", value_parser = day)]
    since: Option<Date>,
    /// Only what texts speak of on this day or earlier
    #[arg(long, value_name = "DATE", value_parser = day)]
    until: Option<Date>,
    /// Only what texts speak of in this year
    #[arg(long, value_name = "YEAR", conflicts_with_all = ["since", "until"], value_parser = clap::value_parser!(i16).range(1..=9999))]
    year: Option<i16>,
}

fn day(text: &str) -> Result<Date, String> {
    text.parse()
        .map_err(|_| "a day is written as in 2024-03-01".to_owned())
}

impl PeriodArguments {
    pub fn add(self, filter: Filter) -> Result<Filter> {
        let (mut since, mut until) = (self.since, self.until);
        if let Some(year) = self.year {
            since = Some(Date::new(year, 1, 1).context("a year")?);
            until = Some(Date::new(year, 12, 31).context("a year")?);
        }
        if let (Some(since), Some(until)) = (since, until)
            && since > until
        {
            return Err(WrongUsage(format!(
                "nothing is since {since} and until {until}: --since comes after --until"
            ))
            .into());
        }
        Ok(Filter {
            since,
            until,
            ..filter
        })
    }
}

/// How certain.
#[derive(Debug, clap::Args)]
pub struct StatusArguments {
    /// Only what texts state as done, what they announce, or what a dictionary states
    #[arg(long, value_enum, value_name = "STATUS", value_delimiter = ',')]
    status: Vec<Stated>,
}

impl StatusArguments {
    pub fn add(self, filter: Filter) -> Filter {
        let status = |stated| match stated {
            Stated::Done => Status::Done,
            Stated::Planned => Status::Planned,
            Stated::Dictionary => Status::Dictionary,
        };
        Filter {
            statuses: self.status.into_iter().map(status).collect(),
            ..filter
        }
    }
}

/// Which types and relations, how certain, how heavy, when.
#[derive(Debug, clap::Args)]
pub struct PartArguments {
    #[command(flatten)]
    types: TypeArguments,
    /// Only this relation: agreement, about, hires_from, located_in …
    #[arg(long = "relation", value_name = "RELATION", value_delimiter = ',')]
    relations: Vec<String>,
    #[command(flatten)]
    status: StatusArguments,
    #[command(flatten)]
    period: PeriodArguments,
    /// Only relations that at least so many stories state
    #[arg(long, value_name = "N", default_value_t = 0.0)]
    min_weight: f64,
}

/// The same, and which way.
#[derive(Debug, clap::Args)]
pub struct FilterArguments {
    #[command(flatten)]
    part: PartArguments,
    /// Only relations that point this way, seen from the first name
    #[arg(long, value_enum)]
    direction: Option<Way>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Way {
    /// From the name
    Out,
    /// To the name
    In,
    /// Both alike, as a signing in common
    Both,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Stated {
    /// A text states it as a fact
    Done,
    /// A text announces it
    Planned,
    /// Only a dictionary states it
    Dictionary,
}

impl PartArguments {
    pub fn filter(self) -> Result<Filter> {
        if !self.min_weight.is_finite() {
            return Err(WrongUsage(format!(
                "--min-weight {} is no number of stories",
                self.min_weight
            ))
            .into());
        }
        self.period.add(self.status.add(Filter {
            relations: BTreeSet::from_iter(self.relations),
            min_weight: self.min_weight,
            ..self.types.filter()
        }))
    }
}

impl FilterArguments {
    pub fn filter(self) -> Result<Filter> {
        let direction = self.direction.map(|way| match way {
            Way::Out => Direction::Out,
            Way::In => Direction::In,
            Way::Both => Direction::Both,
        });
        Ok(Filter {
            direction,
            ..self.part.filter()?
        })
    }
}

/// How many.
#[derive(Debug, clap::Args)]
pub struct Limit {
    /// Show at most so many, 0 for all [default: what a table has room for; all in csv and json]
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
}

impl Limit {
    /// The limit; `enough` where a table has to be looked over and nothing else was asked for.
    pub fn or(&self, enough: usize, format: Format) -> usize {
        match self.limit {
            Some(0) => usize::MAX,
            Some(limit) => limit,
            None if format == Format::Table => enough,
            None => usize::MAX,
        }
    }
}
