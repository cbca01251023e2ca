//! `graph.graphml`, in the profile that Gephi, Gephi Lite, networkx and igraph all read.

use std::io::{self, Write};

use petgraph::visit::EdgeRef;

use super::edges::weight;
use super::look::color;
use super::measures::MEASURES;
use super::nodes::names;
use super::table::day;
use super::xml::Xml;
use super::{Format, Loss};
use crate::graph::layout::size;
use crate::graph::{Edge, Graph, edge_id};

/// The graph for Gephi and networkx.
#[derive(Debug, Clone, Copy, Default)]
pub struct GraphMl;

/// Keys of the nodes before the measures: the id is `n_` and the name. `label` is what Gephi shows.
const NODE: [(&str, &str); 11] = [
    ("label", "string"),
    ("kind", "string"),
    ("known", "boolean"),
    ("names", "string"),
    ("city", "string"),
    ("parent", "string"),
    ("mentions", "int"),
    ("stories", "int"),
    ("articles", "int"),
    ("first_seen", "string"),
    ("last_seen", "string"),
];
/// Keys of the nodes behind the measures: what Gephi shows them as.
const LOOK: [(&str, &str); 4] = [
    ("color", "string"),
    ("size", "double"),
    ("x", "double"),
    ("y", "double"),
];
/// Keys of the edges: the id is `e_` and the name.
const EDGE: [(&str, &str); 9] = [
    ("label", "string"),
    ("kind", "string"),
    ("weight", "double"),
    ("status", "string"),
    ("stories", "int"),
    ("articles", "int"),
    ("first_seen", "string"),
    ("last_seen", "string"),
    ("evidence", "string"),
];
/// Places that `evidence` names; all of them are in evidence.csv and graph.sqlite.
const PLACES: usize = 3;

impl Format for GraphMl {
    fn file(&self) -> &'static str {
        "graph.graphml"
    }

    fn name(&self) -> &'static str {
        "graphml"
    }

    fn write(&self, graph: &Graph, out: &mut dyn Write) -> io::Result<Loss> {
        let mut xml = Xml::new(out)?;
        xml.open(
            "graphml",
            &[("xmlns", "http://graphml.graphdrawing.org/xmlns")],
        )?;
        let measures = MEASURES.map(|measure| {
            let kind = if measure.is_count() { "int" } else { "double" };
            (measure.name, kind)
        });
        for (of, prefix, keys) in [
            ("node", "n", &[&NODE[..], &measures, &LOOK].concat()[..]),
            ("edge", "e", &EDGE),
        ] {
            for (name, kind) in keys {
                let id = format!("{prefix}_{name}");
                let attributes = [
                    ("id", id.as_str()),
                    ("for", of),
                    ("attr.name", name),
                    ("attr.type", kind),
                ];
                xml.empty("key", &attributes)?;
            }
        }
        xml.open("graph", &[("id", "G"), ("edgedefault", "directed")])?;
        let elements = MEASURES.map(|measure| format!("data key=\"n_{}\"", measure.name));
        for (node, place) in graph.net.node_weights().zip(graph.layout()) {
            xml.open("node", &[("id", &node.id)])?;
            xml.data("data key=\"n_label\"", &node.label)?;
            xml.data("data key=\"n_kind\"", &node.kind)?;
            xml.data(
                "data key=\"n_known\"",
                if node.known { "true" } else { "false" },
            )?;
            xml.data("data key=\"n_names\"", &names(node))?;
            xml.data("data key=\"n_city\"", node.attribute("city"))?;
            xml.data("data key=\"n_parent\"", node.attribute("parent"))?;
            xml.data("data key=\"n_mentions\"", &node.mentions.to_string())?;
            xml.data("data key=\"n_stories\"", &node.stories.to_string())?;
            xml.data("data key=\"n_articles\"", &node.articles.to_string())?;
            xml.data("data key=\"n_first_seen\"", &day(node.first_seen))?;
            xml.data("data key=\"n_last_seen\"", &day(node.last_seen))?;
            for (measure, element) in MEASURES.iter().zip(&elements) {
                xml.data(element, &measure.text(&node.measures))?;
            }
            xml.data("data key=\"n_color\"", color(node))?;
            xml.data("data key=\"n_size\"", &format!("{:.2}", size(node)))?;
            xml.data("data key=\"n_x\"", &format!("{:.2}", place[0]))?;
            xml.data("data key=\"n_y\"", &format!("{:.2}", place[1]))?;
            xml.close("node")?;
        }
        for edge in graph.net.edge_references() {
            let (source, target) = (&graph.net[edge.source()], &graph.net[edge.target()]);
            let stated = edge.weight();
            let id = edge_id(&source.id, &stated.kind, &target.id);
            // Gephi takes the kind of parallel edges from the attribute `label`, other readers from the data.
            xml.open(
                "edge",
                &[
                    ("id", &id),
                    ("source", &source.id),
                    ("target", &target.id),
                    ("label", &stated.kind),
                ],
            )?;
            xml.data("data key=\"e_label\"", &stated.label)?;
            xml.data("data key=\"e_kind\"", &stated.kind)?;
            xml.data("data key=\"e_weight\"", &weight(stated.weight))?;
            xml.data("data key=\"e_status\"", &stated.status.to_string())?;
            xml.data("data key=\"e_stories\"", &stated.stories.to_string())?;
            xml.data("data key=\"e_articles\"", &stated.articles.to_string())?;
            xml.data("data key=\"e_first_seen\"", &day(stated.first_seen))?;
            xml.data("data key=\"e_last_seen\"", &day(stated.last_seen))?;
            xml.data("data key=\"e_evidence\"", &places(graph, stated))?;
            xml.close("edge")?;
        }
        xml.close("graph")?;
        xml.close("graphml")?;
        xml.finish()
    }
}

/// Where an edge is stated: `a.txt:512-640; b.txt:88-140 +7`.
pub fn places(graph: &Graph, edge: &Edge) -> String {
    let place = |evidence: &crate::graph::Evidence| {
        let sentence = &graph.sentences[evidence.sentence as usize];
        let article = &graph.articles[sentence.article as usize];
        format!("{}:{}-{}", article.source, sentence.start, sentence.end)
    };
    let mut places: Vec<String> = edge.evidence.iter().take(PLACES).map(place).collect();
    if edge.evidence.len() > PLACES
        && let Some(last) = places.last_mut()
    {
        last.push_str(" +");
        last.push_str(&(edge.evidence.len() - PLACES).to_string());
    }
    places.join("; ")
}
