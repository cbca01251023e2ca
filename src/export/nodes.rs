//! `nodes.csv`.

use std::io::{self, Write};

use super::cell::text;
use super::measures::MEASURES;
use super::table::{Table, day};
use super::{Format, Loss};
use crate::graph::{Graph, Node};

/// The nodes, for Gephi and spreadsheets.
#[derive(Debug, Clone, Copy, Default)]
pub struct Nodes;

/// The columns before the measures.
const HEADER: [&str; 12] = [
    "Id",
    "Label",
    "Kind",
    "Known",
    "Names",
    "City",
    "Parent",
    "Mentions",
    "Stories",
    "Articles",
    "FirstSeen",
    "LastSeen",
];

impl Format for Nodes {
    fn file(&self) -> &'static str {
        "nodes.csv"
    }

    fn name(&self) -> &'static str {
        "csv"
    }

    fn write(&self, graph: &Graph, out: &mut dyn Write) -> io::Result<Loss> {
        let header = HEADER
            .into_iter()
            .chain(MEASURES.map(|measure| measure.column));
        let mut table = Table::new(out, &header.collect::<Vec<_>>())?;
        for node in graph.net.node_weights() {
            let measures = MEASURES.map(|measure| measure.text(&node.measures));
            table.row(
                [
                    node.id.as_str(),
                    &text(&node.label),
                    &node.kind,
                    if node.known { "true" } else { "false" },
                    &text(&names(node)),
                    &text(node.attribute("city")),
                    &text(node.attribute("parent")),
                    &node.mentions.to_string(),
                    &node.stories.to_string(),
                    &node.articles.to_string(),
                    &day(node.first_seen),
                    &day(node.last_seen),
                ]
                .into_iter()
                .chain(measures.iter().map(String::as_str)),
            )?;
        }
        table.finish()?;
        Ok(Loss::default())
    }
}

/// The forms under which texts name a node, the most frequent first: `이리공고|이리공업고등학교`.
pub fn names(node: &Node) -> String {
    let forms: Vec<&str> = node.names.iter().map(|name| name.form.as_str()).collect();
    forms.join("|")
}
