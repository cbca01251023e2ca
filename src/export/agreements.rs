//! `agreements.csv`.

use std::io::{self, Write};

use petgraph::visit::EdgeRef;
use petgraph::{Incoming, Outgoing};

use super::cell::text;
use super::table::{Table, day};
use super::{Format, Loss};
use crate::graph::{ABOUT, Graph, PARTY};

/// The signings, a row for each party, for spreadsheets.
#[derive(Debug, Clone, Copy, Default)]
pub struct Agreements;

const HEADER: [&str; 6] = [
    "Agreement",
    "Date",
    "About",
    "Party",
    "PartyKind",
    "Articles",
];

impl Format for Agreements {
    fn file(&self) -> &'static str {
        "agreements.csv"
    }

    fn name(&self) -> &'static str {
        "csv"
    }

    fn write(&self, graph: &Graph, out: &mut dyn Write) -> io::Result<Loss> {
        let mut table = Table::new(out, &HEADER)?;
        for at in graph.net.node_indices() {
            let node = &graph.net[at];
            let Some(signing) = node.signing else {
                continue;
            };
            let subjects = graph.net.edges_directed(at, Outgoing);
            let subjects = subjects.filter(|edge| &*edge.weight().kind == ABOUT);
            let mut about: Vec<_> = subjects.map(|edge| edge.target()).collect();
            about.sort_unstable();
            let about: Vec<&str> = about
                .iter()
                .map(|&at| graph.net[at].label.as_str())
                .collect();
            let parties = graph.net.edges_directed(at, Incoming);
            let parties = parties.filter(|edge| &*edge.weight().kind == PARTY);
            let mut parties: Vec<_> = parties.map(|e| (e.source(), e.weight().articles)).collect();
            parties.sort_unstable();
            for (party, articles) in parties {
                let party = &graph.net[party];
                table.row([
                    node.id.as_str(),
                    &day(signing.date),
                    &text(&about.join("|")),
                    &text(&party.label),
                    &party.kind,
                    &articles.to_string(),
                ])?;
            }
        }
        table.finish()?;
        Ok(Loss::default())
    }
}
