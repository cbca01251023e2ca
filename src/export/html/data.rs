//! The graph as the page's script reads it: short keys, numbers in place of names.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use jiff::civil::Date;
use petgraph::visit::EdgeRef;
use serde::Serialize;
use serde::ser::{Error, SerializeSeq, Serializer};

use crate::export::look::{color_of, kinds};
use crate::graph::layout::size;
use crate::graph::{Article, Graph, Sentence};
use crate::relation::CO_OCCURS;

/// What stands in the page's `data` element.
#[derive(Serialize)]
pub struct Data<'a> {
    types: Vec<Word<'a>>,
    relations: Vec<Word<'a>>,
    nodes: Vec<Dot<'a>>,
    edges: Vec<Line>,
    articles: Vec<Source<'a>>,
    /// The number of the article, and the sentence.
    sentences: Quoted<'a>,
}

/// The sentences, each read when its turn comes.
struct Quoted<'a>(&'a [Sentence]);

impl Serialize for Quoted<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut list = serializer.serialize_seq(Some(self.0.len()))?;
        for sentence in self.0 {
            let text = sentence.text.read().map_err(S::Error::custom)?;
            list.serialize_element(&(sentence.article, text))?;
        }
        list.end()
    }
}

/// A type or a relation, for people.
#[derive(Serialize)]
struct Word<'a> {
    key: &'a str,
    ko: &'a str,
    en: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    color: Option<&'a str>,
}

/// A node: label, type, known, names in texts, other names, city, parent, place, size, articles, first and last day,
/// measures.
#[derive(Serialize)]
struct Dot<'a> {
    l: &'a str,
    t: u32,
    k: bool,
    n: Vec<&'a str>,
    o: Vec<&'a str>,
    c: &'a str,
    p: &'a str,
    x: f64,
    y: f64,
    s: f64,
    a: Vec<u32>,
    f: Option<Date>,
    z: Option<Date>,
    m: Numbers,
}

#[derive(Serialize)]
struct Numbers {
    stories: u32,
    articles: u32,
    degree: u32,
    page_rank: f64,
    betweenness: f64,
    community: u32,
}

/// An edge: its ends, relation, weight, status, first and last day, sentences.
#[derive(Serialize)]
struct Line {
    a: u32,
    b: u32,
    r: u32,
    w: f64,
    u: String,
    f: Option<Date>,
    z: Option<Date>,
    e: Vec<u32>,
}

/// An article: source, title, day, outlet, address.
#[derive(Serialize)]
struct Source<'a> {
    s: &'a str,
    t: &'a str,
    d: String,
    o: &'a str,
    u: &'a str,
}

impl<'a> Data<'a> {
    pub fn of(graph: &'a Graph) -> Self {
        let types = kinds(graph);
        let mut relations: BTreeMap<&str, (usize, &str)> = BTreeMap::new();
        for edge in graph.net.edge_weights() {
            let found = relations.entry(&edge.kind).or_insert((0, &edge.label));
            found.0 += 1;
        }
        // The most frequent first; that two are named together says least.
        let mut relations: Vec<(&str, (usize, &str))> = relations.into_iter().collect();
        relations.sort_by_key(|&(key, (count, _))| (key == CO_OCCURS, Reverse(count), key));
        let labels = &graph.meta.labels;
        let english = |key: &'a str| {
            let found = labels.iter().find(|label| label.key == key);
            found.map_or(key, |label| label.english.as_str())
        };
        let korean = |key: &'a str| {
            let found = labels.iter().find(|label| label.key == key);
            found.map_or(key, |label| label.korean.as_str())
        };
        let place = |of: &[&str], key: &str| {
            of.iter()
                .position(|known| *known == key)
                .unwrap_or_default() as u32
        };
        let keys: Vec<&str> = relations.iter().map(|(key, _)| *key).collect();
        let nodes = graph
            .net
            .node_weights()
            .zip(graph.layout())
            .map(|(node, at)| {
                let measures = &node.measures;
                Dot {
                    l: &node.label,
                    t: place(&types, &node.kind),
                    k: node.known,
                    n: node.names.iter().map(|name| name.form.as_str()).collect(),
                    o: node.aliases.iter().map(String::as_str).collect(),
                    c: node.attribute("city"),
                    p: node.attribute("parent"),
                    x: at[0],
                    y: at[1],
                    s: (size(node) * 100.0).round() / 100.0,
                    a: node.seen_in.iter().map(|seen| seen.article).collect(),
                    f: node.first_seen,
                    z: node.last_seen,
                    m: Numbers {
                        stories: node.stories,
                        articles: node.articles,
                        degree: measures.degree,
                        page_rank: measures.page_rank,
                        betweenness: measures.betweenness,
                        community: measures.community,
                    },
                }
            });
        let edges = graph.net.edge_references().map(|edge| {
            let stated = edge.weight();
            Line {
                a: edge.source().index() as u32,
                b: edge.target().index() as u32,
                r: place(&keys, &stated.kind),
                w: stated.weight,
                u: stated.status.to_string(),
                f: stated.first_seen,
                z: stated.last_seen,
                e: stated
                    .evidence
                    .iter()
                    .map(|evidence| evidence.sentence)
                    .collect(),
            }
        });
        Self {
            nodes: nodes.collect(),
            edges: edges.collect(),
            articles: graph.articles.iter().map(source).collect(),
            sentences: Quoted(&graph.sentences),
            types: types
                .iter()
                .map(|&key| Word {
                    key,
                    ko: korean(key),
                    en: english(key),
                    color: Some(color_of(key)),
                })
                .collect(),
            relations: relations
                .iter()
                .map(|&(key, (_, label))| Word {
                    key,
                    ko: label,
                    en: english(key),
                    color: None,
                })
                .collect(),
        }
    }
}

fn source(article: &Article) -> Source<'_> {
    Source {
        s: &article.source,
        t: article.title.as_deref().unwrap_or_default(),
        d: article
            .published
            .map(|day| day.to_string())
            .unwrap_or_default(),
        o: article.outlet.as_deref().unwrap_or_default(),
        u: article.url.as_deref().unwrap_or_default(),
    }
}
