//! `edges.csv`.

use std::io::{self, Write};

use petgraph::visit::EdgeRef;

use super::cell::text;
use super::table::{Table, day};
use super::{Format, Loss};
use crate::graph::Graph;

/// The edges, for Gephi and spreadsheets.
#[derive(Debug, Clone, Copy, Default)]
pub struct Edges;

const HEADER: [&str; 13] = [
    "Source",
    "Target",
    "Type",
    "Kind",
    "Label",
    "Weight",
    "SourceLabel",
    "TargetLabel",
    "Status",
    "Stories",
    "Articles",
    "FirstSeen",
    "LastSeen",
];

impl Format for Edges {
    fn file(&self) -> &'static str {
        "edges.csv"
    }

    fn name(&self) -> &'static str {
        "csv"
    }

    fn write(&self, graph: &Graph, out: &mut dyn Write) -> io::Result<Loss> {
        let mut table = Table::new(out, &HEADER)?;
        for edge in graph.net.edge_references() {
            let (source, target) = (&graph.net[edge.source()], &graph.net[edge.target()]);
            let stated = edge.weight();
            table.row([
                source.id.as_str(),
                &target.id,
                "Directed",
                &stated.kind,
                &text(&stated.label),
                &weight(stated.weight),
                &text(&source.label),
                &text(&target.label),
                &stated.status.to_string(),
                &stated.stories.to_string(),
                &stated.articles.to_string(),
                &day(stated.first_seen),
                &day(stated.last_seen),
            ])?;
        }
        table.finish()?;
        Ok(Loss::default())
    }
}

/// A weight with its point, so that Gephi, which looks at the first rows, takes the column for decimals.
pub fn weight(weight: f64) -> String {
    format!("{weight:.1}")
}
