//! CSV for `neo4j-admin database import`: two files, whose headers have Neo4j's types.

use std::io::{self, Write};

use petgraph::visit::EdgeRef;

use super::edges::weight;
use super::graphml::places;
use super::measures::MEASURES;
use super::table::day;
use super::{Format, Loss};
use crate::graph::{Edge, Graph, Node};

/// The nodes.
#[derive(Debug, Clone, Copy, Default)]
pub struct Neo4jNodes;

/// The relationships.
#[derive(Debug, Clone, Copy, Default)]
pub struct Neo4jRelationships;

/// The columns before the measures; behind them comes [`LABEL`].
const NODES: [&str; 13] = [
    "id:ID(Entity)",
    "label",
    "known:boolean",
    "names:string[]",
    "aliases:string[]",
    "city",
    "parent",
    "mentions:int",
    "stories:int",
    "articles:int",
    "first_seen:date",
    "last_seen:date",
    "date:date",
];
const LABEL: &str = ":LABEL";
const RELATIONSHIPS: [&str; 11] = [
    ":START_ID(Entity)",
    ":END_ID(Entity)",
    "label",
    "weight:double",
    "status",
    "stories:int",
    "articles:int",
    "first_seen:date",
    "last_seen:date",
    "evidence",
    ":TYPE",
];

impl Format for Neo4jNodes {
    fn file(&self) -> &'static str {
        "nodes.csv"
    }

    fn name(&self) -> &'static str {
        "neo4j"
    }

    fn write(&self, graph: &Graph, out: &mut dyn Write) -> io::Result<Loss> {
        let mut loss = Loss::default();
        let mut table = csv::Writer::from_writer(out);
        let measures = MEASURES.map(|measure| {
            let kind = if measure.is_count() { "int" } else { "double" };
            format!("{}:{kind}", measure.name)
        });
        let header = NODES.into_iter().chain(measures.iter().map(String::as_str));
        table
            .write_record(header.chain([LABEL]))
            .map_err(io::Error::other)?;
        for node in graph.net.node_weights() {
            let measures = MEASURES.map(|measure| measure.text(&node.measures));
            let row = of_node(node, &mut loss).into_iter().chain(measures);
            table
                .write_record(row.chain([label(&node.kind)]))
                .map_err(io::Error::other)?;
        }
        table.flush()?;
        Ok(loss)
    }
}

fn of_node(node: &Node, loss: &mut Loss) -> [String; NODES.len()] {
    let names: Vec<&str> = node.names.iter().map(|name| name.form.as_str()).collect();
    let aliases: Vec<&str> = node.aliases.iter().map(String::as_str).collect();
    [
        node.id.clone(),
        node.label.clone(),
        node.known.to_string(),
        array(&names, loss),
        array(&aliases, loss),
        node.attribute("city").to_owned(),
        node.attribute("parent").to_owned(),
        node.mentions.to_string(),
        node.stories.to_string(),
        node.articles.to_string(),
        day(node.first_seen),
        day(node.last_seen),
        day(node.signing.and_then(|signing| signing.date)),
    ]
}

impl Format for Neo4jRelationships {
    fn file(&self) -> &'static str {
        "relationships.csv"
    }

    fn name(&self) -> &'static str {
        "neo4j"
    }

    fn write(&self, graph: &Graph, out: &mut dyn Write) -> io::Result<Loss> {
        let mut table = csv::Writer::from_writer(out);
        table
            .write_record(RELATIONSHIPS)
            .map_err(io::Error::other)?;
        for edge in graph.net.edge_references() {
            let (source, target) = (&graph.net[edge.source()], &graph.net[edge.target()]);
            let row = of_edge(graph, edge.weight(), &source.id, &target.id);
            table.write_record(row).map_err(io::Error::other)?;
        }
        table.flush()?;
        Ok(Loss::default())
    }
}

fn of_edge(
    graph: &Graph,
    edge: &Edge,
    source: &str,
    target: &str,
) -> [String; RELATIONSHIPS.len()] {
    [
        source.to_owned(),
        target.to_owned(),
        edge.label.to_string(),
        weight(edge.weight),
        edge.status.to_string(),
        edge.stories.to_string(),
        edge.articles.to_string(),
        day(edge.first_seen),
        day(edge.last_seen),
        places(graph, edge),
        edge.kind.to_uppercase(),
    ]
}

/// Several values, by `;`, which Neo4j cannot escape: one inside a value becomes a comma, and is counted.
fn array(values: &[&str], loss: &mut Loss) -> String {
    let value = |value: &&str| {
        loss.characters += value.matches(';').count();
        value.replace(';', ",")
    };
    let values: Vec<String> = values.iter().map(value).collect();
    values.join(";")
}

/// `School` for `school`.
fn label(kind: &str) -> String {
    let mut letters = kind.chars();
    let first = letters.next().map(char::to_uppercase);
    first.into_iter().flatten().chain(letters).collect()
}
