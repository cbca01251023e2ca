//! Node-link JSON, as networkx 3.6 and D3 read it.

use std::borrow::Cow;
use std::io::{self, Write};

use jiff::civil::Date;
use petgraph::visit::EdgeRef;
use serde::Serialize;

use super::look::color;
use super::{Format, Loss};
use crate::graph::layout::size;
use crate::graph::measures::Measures;
use crate::graph::{Graph, edge_id};

/// For networkx: `networkx.node_link_graph(json.load(file))`.
#[derive(Debug, Clone, Copy, Default)]
pub struct NodeLink;

/// For D3: the same, with `links` in place of `edges`.
#[derive(Debug, Clone, Copy, Default)]
pub struct D3;

#[derive(Serialize)]
struct Row<'a> {
    id: &'a str,
    label: &'a str,
    kind: &'a str,
    known: bool,
    names: Vec<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    aliases: Vec<&'a str>,
    #[serde(skip_serializing_if = "str::is_empty")]
    city: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    parent: &'a str,
    mentions: u32,
    stories: u32,
    articles: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    first_seen: Option<Date>,
    #[serde(skip_serializing_if = "Option::is_none")]
    last_seen: Option<Date>,
    #[serde(flatten)]
    measures: &'a Measures,
    color: &'a str,
    size: f64,
    x: f64,
    y: f64,
}

#[derive(Serialize)]
struct Line<'a> {
    source: &'a str,
    target: &'a str,
    /// networkx's key of parallel edges: the relation.
    key: &'a str,
    id: String,
    kind: &'a str,
    label: &'a str,
    weight: f64,
    status: String,
    stories: u32,
    articles: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    first_seen: Option<Date>,
    #[serde(skip_serializing_if = "Option::is_none")]
    last_seen: Option<Date>,
    evidence: Vec<Quote<'a>>,
}

#[derive(Serialize)]
struct Quote<'a> {
    article: &'a str,
    start: u32,
    end: u32,
    sentence: Cow<'a, str>,
}

impl Format for NodeLink {
    fn file(&self) -> &'static str {
        "graph.json"
    }

    fn name(&self) -> &'static str {
        "json"
    }

    fn write(&self, graph: &Graph, out: &mut dyn Write) -> io::Result<Loss> {
        write(graph, "edges", out)
    }
}

impl Format for D3 {
    fn file(&self) -> &'static str {
        "graph.json"
    }

    fn name(&self) -> &'static str {
        "d3"
    }

    fn write(&self, graph: &Graph, out: &mut dyn Write) -> io::Result<Loss> {
        write(graph, "links", out)
    }
}

/// One node or edge a line.
fn write(graph: &Graph, edges: &str, out: &mut dyn Write) -> io::Result<Loss> {
    let version = serde_json::to_string(&graph.meta.version)?;
    write!(
        out,
        "{{\"directed\":true,\"multigraph\":true,\"graph\":{{\"ieum\":{version}}},\n\"nodes\":["
    )?;
    for (number, (node, place)) in graph.net.node_weights().zip(graph.layout()).enumerate() {
        out.write_all(if number == 0 { b"\n" } else { b",\n" })?;
        let row = Row {
            id: &node.id,
            label: &node.label,
            kind: &node.kind,
            known: node.known,
            names: node.names.iter().map(|name| name.form.as_str()).collect(),
            aliases: node.aliases.iter().map(String::as_str).collect(),
            city: node.attribute("city"),
            parent: node.attribute("parent"),
            mentions: node.mentions,
            stories: node.stories,
            articles: node.articles,
            first_seen: node.first_seen,
            last_seen: node.last_seen,
            measures: &node.measures,
            color: color(node),
            size: (size(node) * 100.0).round() / 100.0,
            x: place[0],
            y: place[1],
        };
        serde_json::to_writer(&mut *out, &row)?;
    }
    write!(out, "\n],\n\"{edges}\":[")?;
    for (number, edge) in graph.net.edge_references().enumerate() {
        out.write_all(if number == 0 { b"\n" } else { b",\n" })?;
        let (source, target) = (&graph.net[edge.source()].id, &graph.net[edge.target()].id);
        let stated = edge.weight();
        let quote = |evidence: &crate::graph::Evidence| {
            let sentence = &graph.sentences[evidence.sentence as usize];
            Ok(Quote {
                article: &graph.articles[sentence.article as usize].source,
                start: sentence.start,
                end: sentence.end,
                sentence: sentence.text.read()?,
            })
        };
        let line = Line {
            source,
            target,
            key: &stated.kind,
            id: edge_id(source, &stated.kind, target),
            kind: &stated.kind,
            label: &stated.label,
            weight: stated.weight,
            status: stated.status.to_string(),
            stories: stated.stories,
            articles: stated.articles,
            first_seen: stated.first_seen,
            last_seen: stated.last_seen,
            evidence: stated
                .evidence
                .iter()
                .map(quote)
                .collect::<io::Result<_>>()?,
        };
        serde_json::to_writer(&mut *out, &line)?;
    }
    out.write_all(b"\n]}\n")?;
    out.flush()?;
    Ok(Loss::default())
}
