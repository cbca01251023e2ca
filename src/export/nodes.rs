//! `nodes.csv`.

use std::io::{self, Write};

use super::cell::text;
use super::edges::weight;
use super::table::{Table, day};
use super::{Format, Loss};
use crate::graph::{Graph, Node};

/// The nodes, for Gephi and spreadsheets.
#[derive(Debug, Clone, Copy, Default)]
pub struct Nodes;

const HEADER: [&str; 19] = [
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
    "Degree",
    "WeightedDegree",
    "PageRank",
    "Betweenness",
    "Component",
    "Community",
    "Core",
];

impl Format for Nodes {
    fn file(&self) -> &'static str {
        "nodes.csv"
    }

    fn name(&self) -> &'static str {
        "csv"
    }

    fn write(&self, graph: &Graph, out: &mut dyn Write) -> io::Result<Loss> {
        let mut table = Table::new(out, &HEADER)?;
        for node in graph.net.node_weights() {
            table.row(&[
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
                &node.measures.degree.to_string(),
                &weight(node.measures.weighted_degree),
                &share(node.measures.page_rank),
                &share(node.measures.betweenness),
                &node.measures.component.to_string(),
                &node.measures.community.to_string(),
                &node.measures.core.to_string(),
            ])?;
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

/// A share of the whole, always with its point: Gephi guesses the type of a column from its first rows.
pub fn share(share: f64) -> String {
    format!("{share:.9}")
}
