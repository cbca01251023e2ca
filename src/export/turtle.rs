//! Turtle, with the words of schema.org and PROV-O.
//!
//! Each edge is a triple of its own (`<city> ieum:selected_for <program>`) and an `rdf:Statement` that has its weight,
//! status, days and the sentences that it was derived from.

use std::fmt::Write as _;
use std::io::{self, Write};

use petgraph::visit::EdgeRef;

use super::edges::weight;
use super::measures::MEASURES;
use super::table::day;
use super::{Format, Loss};
use crate::dictionary::is_hangul;
use crate::graph::{ABOUT, AGREEMENT, Graph, Node, PARTY, edge_id};

/// The graph as RDF.
#[derive(Debug, Clone, Copy, Default)]
pub struct Turtle;

const PREFIXES: &str = "\
@prefix ieum: <urn:ieum:vocabulary:> .
@prefix oa: <http://www.w3.org/ns/oa#> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix schema: <https://schema.org/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
";

/// What schema.org calls our types.
pub fn class(node: &Node) -> &'static str {
    match node.kind.as_str() {
        "city" => "schema:AdministrativeArea",
        "school" => "schema:EducationalOrganization",
        "company" => "schema:Corporation",
        "program" => "schema:EducationalOccupationalProgram",
        "organization" => "schema:Organization",
        AGREEMENT => "schema:Event",
        _ => "schema:Thing",
    }
}

impl Format for Turtle {
    fn file(&self) -> &'static str {
        "graph.ttl"
    }

    fn name(&self) -> &'static str {
        "turtle"
    }

    fn write(&self, graph: &Graph, out: &mut dyn Write) -> io::Result<Loss> {
        out.write_all(PREFIXES.as_bytes())?;
        for node in graph.net.node_weights() {
            let mut of = Subject::new(&iri(&["entity", &node.id]));
            of.add("a", class(node));
            of.add("schema:name", &format!("{}@ko", literal(&node.label)));
            of.add("schema:identifier", &literal(&node.id));
            of.add("ieum:kind", &literal(&node.kind));
            of.add("ieum:known", if node.known { "true" } else { "false" });
            let forms = node.names.iter().map(|name| &name.form);
            let mut others: Vec<&String> = forms.chain(&node.aliases).collect();
            others.sort_unstable();
            others.dedup();
            for other in others.into_iter().filter(|other| **other != node.label) {
                of.add("schema:alternateName", &format!("{}@ko", literal(other)));
            }
            if let Some(date) = node.signing.and_then(|signing| signing.date) {
                of.add("schema:startDate", &date_literal(&day(Some(date))));
            }
            of.day("ieum:firstSeen", &day(node.first_seen));
            of.day("ieum:lastSeen", &day(node.last_seen));
            for (word, count) in [
                ("ieum:mentions", node.mentions),
                ("ieum:stories", node.stories),
                ("ieum:articles", node.articles),
            ] {
                of.add(word, &count.to_string());
            }
            for counts in [true, false] {
                for measure in MEASURES.iter().filter(|m| m.is_count() == counts) {
                    of.add(measure.property, &measure.text(&node.measures));
                }
            }
            of.write(out)?;
        }
        for edge in graph.net.edge_references() {
            let (source, target) = (&graph.net[edge.source()].id, &graph.net[edge.target()].id);
            let stated = edge.weight();
            let ends = [iri(&["entity", source]), iri(&["entity", target])];
            let word = iri(&["vocabulary", &stated.kind]);
            writeln!(out, "{} {word} {} .", ends[0], ends[1])?;
            match &*stated.kind {
                PARTY => writeln!(out, "{} schema:participant {} .", ends[1], ends[0])?,
                ABOUT => writeln!(out, "{} schema:about {} .", ends[0], ends[1])?,
                _ => {}
            }
            let mut of = Subject::new(&iri(&["edge", &edge_id(source, &stated.kind, target)]));
            of.add("a", "rdf:Statement, prov:Entity");
            of.add("rdf:subject", &ends[0]);
            of.add("rdf:predicate", &word);
            of.add("rdf:object", &ends[1]);
            of.add("schema:name", &format!("{}@ko", literal(&stated.label)));
            of.add("ieum:weight", &weight(stated.weight));
            of.add("ieum:status", &literal(&stated.status.to_string()));
            of.add("ieum:stories", &stated.stories.to_string());
            of.add("ieum:articles", &stated.articles.to_string());
            of.day("ieum:firstSeen", &day(stated.first_seen));
            of.day("ieum:lastSeen", &day(stated.last_seen));
            for evidence in &stated.evidence {
                of.add("prov:wasDerivedFrom", &sentence(graph, evidence.sentence));
            }
            of.write(out)?;
        }
        for (number, quoted) in (0..).zip(&graph.sentences) {
            let article = &graph.articles[quoted.article as usize];
            let mut of = Subject::new(&sentence(graph, number));
            of.add("a", "prov:Entity, oa:SpecificResource");
            of.add("oa:hasSource", &iri(&["article", &article.source]));
            let place = format!(
                "[ a oa:TextPositionSelector ; oa:start {} ; oa:end {} ], [ a oa:TextQuoteSelector ; oa:exact {} ]",
                quoted.start,
                quoted.end,
                literal(&quoted.text.read()?)
            );
            of.add("oa:hasSelector", &place);
            of.write(out)?;
        }
        for article in &graph.articles {
            let mut of = Subject::new(&iri(&["article", &article.source]));
            of.add("a", "schema:NewsArticle, prov:Entity");
            of.add("schema:identifier", &literal(&article.source));
            if let Some(title) = &article.title {
                of.add("schema:headline", &format!("{}@ko", literal(title)));
            }
            of.day("schema:datePublished", &day(article.published));
            if let Some(outlet) = &article.outlet {
                of.add("schema:publisher", &literal(outlet));
            }
            if let Some(url) = &article.url {
                of.add("schema:url", &literal(url));
            }
            of.write(out)?;
        }
        out.flush()?;
        Ok(Loss::default())
    }
}

/// The IRI of a sentence: its article and its number there.
pub fn sentence(graph: &Graph, number: u32) -> String {
    let sentence = &graph.sentences[number as usize];
    let article = &graph.articles[sentence.article as usize];
    iri(&["sentence", &article.source, &sentence.number.to_string()])
}

/// `<urn:ieum:entity:city:익산시>`: letters and digits stay, all else becomes `%` and its bytes.
pub fn iri(parts: &[&str]) -> String {
    let mut iri = String::from("<urn:ieum");
    for part in parts {
        iri.push(':');
        for c in part.chars() {
            let plain = c.is_ascii_alphanumeric() || "-._~:/".contains(c) || is_hangul(c);
            if plain {
                iri.push(c);
                continue;
            }
            let mut bytes = [0; 4];
            for byte in c.encode_utf8(&mut bytes).bytes() {
                // Writing to a string cannot fail.
                let _ = write!(iri, "%{byte:02X}");
            }
        }
    }
    iri.push('>');
    iri
}

/// A string in quotes.
fn literal(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for c in text.chars() {
        match c {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => {
                let _ = write!(quoted, "\\u{:04X}", c as u32);
            }
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

fn date_literal(day: &str) -> String {
    format!("\"{day}\"^^xsd:date")
}

/// What is said of one subject.
struct Subject {
    text: String,
    said: bool,
}

impl Subject {
    fn new(iri: &str) -> Self {
        Self {
            text: iri.to_owned(),
            said: false,
        }
    }

    fn add(&mut self, word: &str, value: &str) {
        self.text.push_str(if self.said { " ;\n  " } else { " " });
        self.said = true;
        self.text.extend([word, " ", value]);
    }

    /// A day, if there is one.
    fn day(&mut self, word: &str, day: &str) {
        if !day.is_empty() {
            self.add(word, &date_literal(day));
        }
    }

    fn write(self, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "{} .", self.text)
    }
}
