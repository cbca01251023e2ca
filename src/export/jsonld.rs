//! JSON-LD: what [`super::Turtle`] says, as JSON that is also RDF.

use std::io::{self, Write};

use petgraph::visit::EdgeRef;
use serde_json::{Map, Value, json};

use super::measures::{MEASURES, Read};
use super::table::day;
use super::turtle::{class, iri, sentence};
use super::{Format, Loss};
use crate::graph::{ABOUT, Graph, PARTY, edge_id};

/// The graph as JSON-LD.
#[derive(Debug, Clone, Copy, Default)]
pub struct JsonLd;

impl Format for JsonLd {
    fn file(&self) -> &'static str {
        "graph.jsonld"
    }

    fn name(&self) -> &'static str {
        "jsonld"
    }

    fn write(&self, graph: &Graph, out: &mut dyn Write) -> io::Result<Loss> {
        let context = json!({
            "ieum": "urn:ieum:vocabulary:",
            "oa": "http://www.w3.org/ns/oa#",
            "prov": "http://www.w3.org/ns/prov#",
            "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
            "schema": "https://schema.org/",
            "xsd": "http://www.w3.org/2001/XMLSchema#",
        });
        write!(out, "{{\"@context\":{context},\"@graph\":[")?;
        let mut first = true;
        let mut line = |subject: &Value| {
            out.write_all(if first { b"\n" } else { b",\n" })?;
            first = false;
            serde_json::to_writer(&mut *out, subject).map_err(io::Error::from)
        };
        for at in graph.net.node_indices() {
            line(&node(graph, at))?;
        }
        for edge in graph.net.edge_references() {
            line(&statement(graph, edge))?;
        }
        for (number, quoted) in (0..).zip(&graph.sentences) {
            let article = &graph.articles[quoted.article as usize];
            line(&json!({
                "@id": bare(&sentence(graph, number)),
                "@type": ["prov:Entity", "oa:SpecificResource"],
                "oa:hasSource": link(&iri(&["article", &article.source])),
                "oa:hasSelector": [
                    {"@type": "oa:TextPositionSelector", "oa:start": quoted.start, "oa:end": quoted.end},
                    {"@type": "oa:TextQuoteSelector", "oa:exact": quoted.text.read()?},
                ],
            }))?;
        }
        for article in &graph.articles {
            let mut of = Map::new();
            of.insert(
                "@id".into(),
                bare(&iri(&["article", &article.source])).into(),
            );
            of.insert("@type".into(), json!(["schema:NewsArticle", "prov:Entity"]));
            of.insert("schema:identifier".into(), article.source.clone().into());
            let title = article.title.as_ref().map(|title| korean(title));
            add(&mut of, "schema:headline", title);
            add(
                &mut of,
                "schema:datePublished",
                date(&day(article.published)),
            );
            add(
                &mut of,
                "schema:publisher",
                article.outlet.clone().map(Value::from),
            );
            add(&mut of, "schema:url", article.url.clone().map(Value::from));
            line(&of.into())?;
        }
        out.write_all(b"\n]}\n")?;
        out.flush()?;
        Ok(Loss::default())
    }
}

/// A node with its relations.
fn node(graph: &Graph, at: petgraph::graph::NodeIndex<u32>) -> Value {
    let node = &graph.net[at];
    let mut of = Map::new();
    of.insert("@id".into(), bare(&iri(&["entity", &node.id])).into());
    of.insert("@type".into(), class(node).into());
    of.insert("schema:name".into(), korean(&node.label));
    of.insert("schema:identifier".into(), node.id.clone().into());
    of.insert("ieum:kind".into(), node.kind.clone().into());
    of.insert("ieum:known".into(), node.known.into());
    let forms = node.names.iter().map(|name| &name.form);
    let mut others: Vec<&String> = forms.chain(&node.aliases).collect();
    others.retain(|other| **other != node.label);
    others.sort_unstable();
    others.dedup();
    if !others.is_empty() {
        let others: Vec<Value> = others.into_iter().map(|other| korean(other)).collect();
        of.insert("schema:alternateName".into(), others.into());
    }
    let signed = node.signing.and_then(|signing| signing.date);
    add(&mut of, "schema:startDate", date(&day(signed)));
    add(&mut of, "ieum:firstSeen", date(&day(node.first_seen)));
    add(&mut of, "ieum:lastSeen", date(&day(node.last_seen)));
    for (word, count) in [
        ("ieum:mentions", node.mentions),
        ("ieum:stories", node.stories),
        ("ieum:articles", node.articles),
    ] {
        of.insert(word.into(), count.into());
    }
    for measure in &MEASURES {
        let value = match measure.read {
            Read::Count(read) => read(&node.measures).into(),
            Read::Weight(read) | Read::Share(read) => decimal(read(&node.measures)),
        };
        of.insert(measure.property.into(), value);
    }
    for (edge, other, outgoing) in ties(graph, at) {
        let other = link(&iri(&["entity", &graph.net[other].id]));
        let words = match (edge, outgoing) {
            (PARTY, false) => vec!["schema:participant".to_owned()],
            (ABOUT, true) => vec!["schema:about".to_owned(), bare(&iri(&["vocabulary", edge]))],
            (_, true) => vec![bare(&iri(&["vocabulary", edge]))],
            _ => Vec::new(),
        };
        for word in words {
            let values = of.entry(word).or_insert_with(|| json!([]));
            if let Some(values) = values.as_array_mut() {
                values.push(other.clone());
            }
        }
    }
    of.into()
}

/// The relations of a node, their other ends, and whether they lead out.
fn ties(
    graph: &Graph,
    at: petgraph::graph::NodeIndex<u32>,
) -> Vec<(&str, petgraph::graph::NodeIndex<u32>, bool)> {
    let out = graph.net.edges_directed(at, petgraph::Outgoing);
    let out = out.map(|edge| (&*edge.weight().kind, edge.target(), true));
    let into = graph.net.edges_directed(at, petgraph::Incoming);
    let into = into.map(|edge| (&*edge.weight().kind, edge.source(), false));
    let mut ties: Vec<_> = out.chain(into).collect();
    ties.sort_unstable();
    ties
}

/// An edge as a statement with its weight and its evidence.
fn statement(graph: &Graph, edge: petgraph::graph::EdgeReference<crate::graph::Edge>) -> Value {
    let (source, target) = (&graph.net[edge.source()].id, &graph.net[edge.target()].id);
    let stated = edge.weight();
    let mut of = Map::new();
    let id = iri(&["edge", &edge_id(source, &stated.kind, target)]);
    of.insert("@id".into(), bare(&id).into());
    of.insert("@type".into(), json!(["rdf:Statement", "prov:Entity"]));
    of.insert("rdf:subject".into(), link(&iri(&["entity", source])));
    of.insert(
        "rdf:predicate".into(),
        link(&iri(&["vocabulary", &stated.kind])),
    );
    of.insert("rdf:object".into(), link(&iri(&["entity", target])));
    of.insert("schema:name".into(), korean(&stated.label));
    of.insert("ieum:weight".into(), decimal(stated.weight));
    of.insert("ieum:status".into(), stated.status.to_string().into());
    of.insert("ieum:stories".into(), stated.stories.into());
    of.insert("ieum:articles".into(), stated.articles.into());
    add(&mut of, "ieum:firstSeen", date(&day(stated.first_seen)));
    add(&mut of, "ieum:lastSeen", date(&day(stated.last_seen)));
    let derived = stated
        .evidence
        .iter()
        .map(|evidence| link(&sentence(graph, evidence.sentence)));
    let derived: Vec<Value> = derived.collect();
    if !derived.is_empty() {
        of.insert("prov:wasDerivedFrom".into(), derived.into());
    }
    of.into()
}

/// An IRI without its brackets.
fn bare(iri: &str) -> String {
    iri.trim_matches(['<', '>']).to_owned()
}

fn link(iri: &str) -> Value {
    json!({"@id": bare(iri)})
}

fn korean(text: &str) -> Value {
    json!({"@value": text, "@language": "ko"})
}

/// A decimal, as Turtle has it: JSON-LD would take a number with a fraction for a double.
fn decimal(value: f64) -> Value {
    json!({"@value": super::measures::share(value), "@type": "xsd:decimal"})
}

fn date(day: &str) -> Option<Value> {
    (!day.is_empty()).then(|| json!({"@value": day, "@type": "xsd:date"}))
}

fn add(of: &mut Map<String, Value>, word: &str, value: Option<Value>) {
    if let Some(value) = value {
        of.insert(word.into(), value);
    }
}
