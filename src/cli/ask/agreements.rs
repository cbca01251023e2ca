//! `ieum agreements [NAME]`: the ledger of signings.

use std::io;

use anyhow::Result;
use ieum::query::Ledger;

use super::arguments::StatusArguments;
use super::neighbors::about;
use super::words::{cell, day, latest, names, sources};
use super::{Answer, Limit, Page, PeriodArguments, TypeArguments, ViewArguments};
use crate::cli::print;
use crate::cli::table::Table;

/// How many signings a table shows to people who did not ask for more.
const ENOUGH: usize = 40;

/// The ledger of signings, the newest first: day, parties, subject; of a name, or all
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  ieum agreements                            all signings
  ieum agreements 포항시                     what 포항시 signed, and with whom
  ieum agreements --type company --year 2024 those of 2024 with a company
  ieum agreements 마이스터고 --format csv    those about it, a row for each party")]
pub struct Arguments {
    /// Full name, abbreviation or id of a party or a subject
    #[arg(value_name = "NAME", add = super::names::completer())]
    name: Option<String>,
    #[command(flatten)]
    types: TypeArguments,
    #[command(flatten)]
    status: StatusArguments,
    #[command(flatten)]
    period: PeriodArguments,
    #[command(flatten)]
    limit: Limit,
    #[command(flatten)]
    view: ViewArguments,
}

/// Runs the command.
pub fn run(typed: Arguments) -> Result<()> {
    let limit = typed.limit.or(ENOUGH, typed.view.look.format);
    let filter = typed.period.add(typed.status.add(typed.types.filter()))?;
    let (graph, view) = typed.view.open()?;
    let ledger = graph.agreements(typed.name.as_deref(), &filter, limit)?;
    view.print(&ledger)?;
    view.left_out(ledger.left_out);
    if ledger.agreements.is_empty() {
        print::note(view.say("there is no such signing", "그런 협약이 없음"));
    }
    Ok(())
}

impl Answer for Ledger {
    fn people(&self, page: &mut Page<'_>) -> io::Result<()> {
        if let Some(entity) = &self.entity {
            about(page, entity)?;
            if !self.agreements.is_empty() {
                page.blank()?;
            }
        }
        if self.agreements.is_empty() {
            return Ok(());
        }
        let mut table = Table::new(&[
            "Day|날짜",
            "About|내용",
            "?#Articles|기사",
            "?Latest article|최근 기사",
            "Parties|당사자",
        ])
        .wrapped();
        for pact in &self.agreements {
            let mut date = day(pact.date);
            if date.is_empty() {
                page.say("no date", "날짜 없음").clone_into(&mut date);
            }
            if !pact.status.contains("done") {
                date.push(' ');
                date.push_str(page.say("(planned)", "(예정)"));
            }
            table.push(vec![
                date,
                names(&pact.about, ", "),
                pact.articles.len().to_string(),
                latest(page, &pact.articles, ""),
                names(&pact.parties, ", "),
            ]);
        }
        page.table(&table)
    }

    fn rows(&self) -> Table {
        let mut table = Table::new(&[
            "Agreement",
            "Date",
            "Status",
            "About",
            "Party",
            "PartyType",
            "Stories",
            "Articles",
            "Sources",
        ]);
        for pact in &self.agreements {
            for party in &pact.parties {
                table.push(vec![
                    pact.id.clone(),
                    day(pact.date),
                    pact.status.clone(),
                    cell(pact.about.iter().map(|about| about.id.as_str())),
                    party.id.clone(),
                    party.kind.clone(),
                    pact.stories.to_string(),
                    pact.articles.len().to_string(),
                    sources(&pact.articles),
                ]);
            }
        }
        table
    }
}
