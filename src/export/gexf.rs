//! `graph.gexf`: GEXF 1.3, with the looks, the relations as kinds, and the days on which each thing was written of.

use std::collections::BTreeSet;
use std::io::{self, Write};

use jiff::civil::Date;
use petgraph::visit::EdgeRef;

use super::edges::weight;
use super::graphml::places;
use super::look::{color, rgb};
use super::measures::MEASURES;
use super::table::day;
use super::xml::Xml;
use super::{Format, Loss};
use crate::graph::layout::size;
use crate::graph::{Edge, Graph, Node, edge_id, event_day};

/// The graph for Gephi's timeline.
#[derive(Debug, Clone, Copy, Default)]
pub struct Gexf;

/// Attributes of the nodes before the measures; an attribute's id is its place.
const NODE: [(&str, &str); 10] = [
    ("type", "string"),
    ("known", "boolean"),
    ("names", "liststring"),
    ("city", "string"),
    ("parent", "string"),
    ("mentions", "integer"),
    ("stories", "integer"),
    ("articles", "integer"),
    ("first_seen", "string"),
    ("last_seen", "string"),
];
/// Attributes of the edges.
const EDGE: [(&str, &str); 7] = [
    ("relation", "string"),
    ("status", "string"),
    ("stories", "integer"),
    ("articles", "integer"),
    ("first_seen", "string"),
    ("last_seen", "string"),
    ("evidence", "string"),
];

impl Format for Gexf {
    fn file(&self) -> &'static str {
        "graph.gexf"
    }

    fn name(&self) -> &'static str {
        "gexf"
    }

    fn write(&self, graph: &Graph, out: &mut dyn Write) -> io::Result<Loss> {
        let mut xml = Xml::new(out)?;
        let root = [
            ("xmlns", "http://gexf.net/1.3"),
            ("xmlns:viz", "http://gexf.net/1.3/viz"),
            ("version", "1.3"),
        ];
        xml.open("gexf", &root)?;
        xml.open("meta", &[])?;
        xml.text("creator", &[], "ieum")?;
        xml.close("meta")?;
        let dynamic = [
            ("defaultedgetype", "directed"),
            ("mode", "dynamic"),
            ("timeformat", "date"),
            ("timerepresentation", "timestamp"),
            ("timezone", "Asia/Seoul"),
        ];
        xml.open("graph", &dynamic)?;
        let measures = MEASURES.map(|measure| {
            let kind = if measure.is_count() {
                "integer"
            } else {
                "double"
            };
            (measure.name, kind)
        });
        for (class, attributes) in [
            ("node", &[&NODE[..], &measures].concat()[..]),
            ("edge", &EDGE),
        ] {
            xml.open("attributes", &[("class", class)])?;
            for (id, (title, kind)) in attributes.iter().enumerate() {
                let attributes = [("id", &*id.to_string()), ("title", title), ("type", kind)];
                xml.empty("attribute", &attributes)?;
            }
            xml.close("attributes")?;
        }
        xml.open("nodes", &[])?;
        for (node, place) in graph.net.node_weights().zip(graph.layout()) {
            xml.open("node", &[("id", &node.id), ("label", &node.label)])?;
            let measures = MEASURES.map(|measure| measure.text(&node.measures));
            values(&mut xml, of_node(node).iter().chain(&measures))?;
            let named = node.seen_in.iter();
            spells(
                &mut xml,
                named.filter_map(|seen| graph.articles[seen.article as usize].published),
            )?;
            let [red, green, blue] = rgb(color(node)).map(|part| part.to_string());
            xml.empty("viz:color", &[("r", &red), ("g", &green), ("b", &blue)])?;
            let [x, y] = place.map(|part| format!("{part:.2}"));
            xml.empty("viz:position", &[("x", &x), ("y", &y), ("z", "0.0")])?;
            xml.empty("viz:size", &[("value", &format!("{:.2}", size(node)))])?;
            xml.close("node")?;
        }
        xml.close("nodes")?;
        xml.open("edges", &[])?;
        for edge in graph.net.edge_references() {
            let (source, target) = (&graph.net[edge.source()], &graph.net[edge.target()]);
            let stated = edge.weight();
            let attributes = [
                ("id", &*edge_id(&source.id, &stated.kind, &target.id)),
                ("source", &source.id),
                ("target", &target.id),
                ("type", "directed"),
                ("kind", &stated.kind),
                ("label", &stated.label),
                ("weight", &weight(stated.weight)),
            ];
            xml.open("edge", &attributes)?;
            values(&mut xml, &of_edge(graph, stated))?;
            let days = stated.evidence.iter().filter_map(|evidence| {
                let article = graph.sentences[evidence.sentence as usize].article;
                let published = graph.articles[article as usize].published;
                event_day(evidence.status, evidence.date, published)
            });
            spells(&mut xml, days)?;
            xml.close("edge")?;
        }
        xml.close("edges")?;
        xml.close("graph")?;
        xml.close("gexf")?;
        xml.finish()
    }
}

fn of_node(node: &Node) -> [String; NODE.len()] {
    let names = node.names.iter().map(|name| name.form.as_str());
    [
        node.kind.clone(),
        node.known.to_string(),
        list(names),
        node.attribute("city").to_owned(),
        node.attribute("parent").to_owned(),
        node.mentions.to_string(),
        node.stories.to_string(),
        node.articles.to_string(),
        day(node.first_seen),
        day(node.last_seen),
    ]
}

fn of_edge(graph: &Graph, edge: &Edge) -> [String; EDGE.len()] {
    [
        edge.kind.to_string(),
        edge.status.to_string(),
        edge.stories.to_string(),
        edge.articles.to_string(),
        day(edge.first_seen),
        day(edge.last_seen),
        places(graph, edge),
    ]
}

/// A list as Gephi reads it: `[이리공고, "가, 나"]`; empty for an empty one.
fn list<'a>(items: impl Iterator<Item = &'a str>) -> String {
    let item = |item: &str| {
        let odd = |c: char| matches!(c, ',' | '[' | ']' | '"' | '\'' | '\\');
        if item.contains(odd) || item.trim() != item {
            format!("\"{}\"", item.replace('\\', "\\\\").replace('"', "\\\""))
        } else {
            item.to_owned()
        }
    };
    let items: Vec<String> = items.map(item).collect();
    if items.is_empty() {
        return String::new();
    }
    format!("[{}]", items.join(", "))
}

/// Values by the places of their attributes; empty ones are left out.
fn values<'a>(xml: &mut Xml, values: impl IntoIterator<Item = &'a String>) -> io::Result<()> {
    xml.open("attvalues", &[])?;
    for (id, value) in values.into_iter().enumerate() {
        if !value.is_empty() {
            xml.empty("attvalue", &[("for", &id.to_string()), ("value", value)])?;
        }
    }
    xml.close("attvalues")
}

/// The days, each once.
fn spells(xml: &mut Xml, days: impl Iterator<Item = Date>) -> io::Result<()> {
    let days: BTreeSet<Date> = days.collect();
    if days.is_empty() {
        return Ok(());
    }
    xml.open("spells", &[])?;
    for date in days {
        xml.empty("spell", &[("timestamp", &day(Some(date)))])?;
    }
    xml.close("spells")
}
