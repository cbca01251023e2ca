//! `ieum compare OLD NEW`: what two builds differ in.

use std::io;
use std::path::PathBuf;

use anyhow::Result;
use ieum::Graph;
use ieum::query::{Changed, Comparison, compare};

use super::arguments::LookArguments;
use super::words::{names, number, told_apart};
use super::{Answer, FilterArguments, Limit, Page};
use crate::cli::print;
use crate::cli::table::Table;

/// How many changes a table shows to people who did not ask for more.
const ENOUGH: usize = 40;

/// What two graphs differ in: relations, signings and names that came or went, or that weigh more or less
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  ieum compare output-2024 output                     what came since
  ieum compare old new --type company                 only what has to do with a company
  ieum compare old new --relation hires_from --format csv

To compare two years: `ieum build articles/ --until 2024-12-31 -o y2024`, then
`ieum build articles/ --since 2025-01-01 -o y2025` and `ieum compare y2024 y2025`.
+ came, - went, ~ has another weight or status. A signing stands once, with its parties.")]
pub struct Arguments {
    /// A folder that `ieum build` wrote
    old: PathBuf,
    /// Another
    new: PathBuf,
    #[command(flatten)]
    filter: FilterArguments,
    #[command(flatten)]
    limit: Limit,
    #[command(flatten)]
    look: LookArguments,
}

/// Runs the command.
pub fn run(typed: Arguments) -> Result<()> {
    let limit = typed.limit.or(ENOUGH, typed.look.format);
    let (old, new) = (Graph::open(&typed.old)?, Graph::open(&typed.new)?);
    let view = typed.look.view(&new)?;
    let comparison = compare(&old, &new, &typed.filter.filter()?, limit)?;
    view.print(&comparison)?;
    view.left_out(comparison.left_out);
    if comparison.changes.is_empty() {
        print::note(view.say("nothing differs", "다른 것이 없음"));
    }
    Ok(())
}

/// `1 → 2`; a dash for nothing.
fn from_to(change: &Changed) -> String {
    let value = |value: Option<f64>| value.map_or("–".to_owned(), number);
    format!("{} → {}", value(change.old), value(change.new))
}

impl Answer for Comparison {
    fn people(&self, page: &mut Page<'_>) -> io::Result<()> {
        let mut table = Table::new(&["|", "#Old|이전", "#New|이후", "#Came|생김", "#Went|사라짐"]);
        for count in &self.counts {
            let of = match (count.of.as_str(), page.korean()) {
                ("articles", true) => "기사".to_owned(),
                (of, _) => page.word(of),
            };
            table.push(vec![
                of,
                count.old.to_string(),
                count.new.to_string(),
                count.added.to_string(),
                count.removed.to_string(),
            ]);
        }
        page.table(&table)?;
        if self.changes.is_empty() {
            return Ok(());
        }
        page.blank()?;
        let mut table =
            Table::new(&["|", "What|무엇", "#Weight|무게", "?Status|상태", "Who|누구"]).wrapped();
        for change in &self.changes {
            let mark = match change.change {
                "added" => "+",
                "removed" => "-",
                _ => "~",
            };
            let status = match (&change.old_status, &change.new_status) {
                (Some(old), Some(new)) if old != new => format!("{old} → {new}"),
                (_, Some(status)) | (Some(status), None) => status.clone(),
                (None, None) => String::new(),
            };
            let what = match change.what.as_str() {
                "entity" => page.word(&change.from.kind),
                other => page.word(other),
            };
            table.push(vec![
                mark.to_owned(),
                what,
                from_to(change),
                status,
                who(change),
            ]);
        }
        page.table(&table)
    }

    fn rows(&self) -> Table {
        let mut table = Table::new(&[
            "Change",
            "What",
            "From",
            "FromType",
            "To",
            "ToType",
            "Parties",
            "OldWeight",
            "NewWeight",
            "OldStatus",
            "NewStatus",
        ]);
        for change in &self.changes {
            let weight = |value: Option<f64>| value.map_or_else(String::new, number);
            let to = change.to.as_ref();
            table.push(vec![
                change.change.to_owned(),
                change.what.clone(),
                change.from.id.clone(),
                change.from.kind.clone(),
                to.map_or_else(String::new, |to| to.id.clone()),
                to.map_or_else(String::new, |to| to.kind.clone()),
                names(&change.parties, "|"),
                weight(change.old),
                weight(change.new),
                change.old_status.clone().unwrap_or_default(),
                change.new_status.clone().unwrap_or_default(),
            ]);
        }
        table
    }
}

/// Who it is about: `A → B`, the parties of a signing, or a name.
fn who(change: &Changed) -> String {
    let name = told_apart(&change.from.id);
    match &change.to {
        Some(to) => format!("{name} → {}", told_apart(&to.id)),
        None if change.parties.is_empty() => name.to_owned(),
        None => names(&change.parties, ", "),
    }
}
