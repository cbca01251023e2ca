//! What joins two entities, and which articles say so.

use std::collections::BTreeSet;

use jiff::civil::Date;
use petgraph::Direction::Outgoing;
use petgraph::graph::EdgeIndex;
use petgraph::visit::EdgeRef;
use serde::Serialize;

use super::step::{Key, Node, Part};
use crate::graph::{ABOUT, Article, Graph};
use crate::relation::CO_OCCURS;

/// Somebody near.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Neighbor {
    /// Its number in the graph file.
    #[serde(skip)]
    pub number: u32,
    /// `type:name`.
    pub id: String,
    /// The canonical name.
    pub name: String,
    /// The entity type.
    #[serde(rename = "type")]
    pub kind: String,
    /// How many steps away.
    pub steps: u32,
    /// The weights of all ties together.
    pub weight: f64,
    /// What joins it to the entity, or to one that is a step nearer; the heaviest first.
    pub ties: Vec<Tie>,
}

/// One relation between a neighbour and somebody a step nearer.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Tie {
    /// The relation; [`crate::graph::AGREEMENT`] for a signing in common, [`ABOUT`] for a signing and its subject.
    pub relation: String,
    /// The relation for people; through a signing, what the neighbour is in it.
    pub label: String,
    /// Which way it points, seen from the one that is a step nearer.
    pub direction: Direction,
    /// Name of the one that is a step nearer.
    pub from: String,
    /// `done`, `planned`, `dictionary`, or both of the former with their days.
    pub status: String,
    /// How many stories state it; a little for a dictionary.
    pub weight: f64,
    /// How many stories state it.
    pub stories: u32,
    /// The first day that speaks of it.
    pub first: Option<Date>,
    /// The last such day.
    pub last: Option<Date>,
    /// The signings through which it leads.
    pub agreements: Vec<Signed>,
    /// Where it is stated, the newest first; empty until [`cite`] has filled it in.
    pub articles: Vec<Cited>,
    /// The edges that it consists of.
    #[serde(skip)]
    pub edges: Vec<EdgeIndex<u32>>,
}

/// Which way a relation points.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Direction {
    /// From the asked entity to its neighbour.
    Out,
    /// From the neighbour to the asked entity.
    In,
    /// Both alike.
    Both,
}

/// A signing that two entities have in common.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Signed {
    /// The day of the signing, where a text gives it.
    pub date: Option<Date>,
    /// The id of its node.
    pub id: String,
    /// Names of what it is about.
    pub about: Vec<String>,
}

/// An article that states a relation.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Cited {
    /// The day of publication.
    pub published: Option<Date>,
    /// Where it came from.
    pub source: String,
    /// Its headline.
    pub title: Option<String>,
}

impl From<&Article> for Cited {
    fn from(article: &Article) -> Self {
        Self {
            published: article.published,
            source: article.source.clone(),
            title: article.title.clone(),
        }
    }
}

/// The tie that these edges and signings make up.
pub(super) fn tie(graph: &Graph, (from, relation, direction): Key, parts: &[Part<'_>]) -> Tie {
    let agreements: BTreeSet<Signed> = parts
        .iter()
        .filter_map(|part| part.signing)
        .map(|signing| signed(graph, signing))
        .collect();
    let mut statuses: Vec<String> = parts.iter().map(|part| part.status.to_string()).collect();
    statuses.sort();
    statuses.dedup();
    Tie {
        relation,
        label: parts
            .first()
            .map_or_else(String::new, |part| part.edge.label.to_string()),
        direction,
        from: graph.net[from].label.clone(),
        status: statuses.join("; "),
        weight: parts.iter().map(|part| part.edge.weight).sum(),
        stories: parts.iter().map(|part| part.edge.stories).sum(),
        first: parts.iter().filter_map(|part| part.edge.first_seen).min(),
        last: parts.iter().filter_map(|part| part.edge.last_seen).max(),
        agreements: agreements.into_iter().rev().collect(),
        articles: Vec::new(),
        edges: parts.iter().map(|part| part.at).collect(),
    }
}

/// A signing, from its node.
pub(super) fn signed(graph: &Graph, signing: Node) -> Signed {
    let subjects = graph.net.edges_directed(signing, Outgoing);
    let mut about: Vec<String> = subjects
        .filter(|edge| &*edge.weight().kind == ABOUT)
        .map(|edge| graph.net[edge.target()].label.clone())
        .collect();
    about.sort();
    Signed {
        date: graph.net[signing].signing.and_then(|s| s.date),
        id: graph.net[signing].id.clone(),
        about,
    }
}

/// Fills in the articles that state each tie, from the evidence that the graph holds.
pub fn cite(graph: &Graph, neighbors: &mut [Neighbor]) {
    for tie in neighbors.iter_mut().flat_map(|neighbor| &mut neighbor.ties) {
        let evidence = tie
            .edges
            .iter()
            .filter_map(|&edge| graph.net.edge_weight(edge));
        let articles: BTreeSet<Cited> = evidence
            .flat_map(|edge| &edge.evidence)
            .map(|evidence| {
                let sentence = &graph.sentences[evidence.sentence as usize];
                let article = &graph.articles[sentence.article as usize];
                Cited::from(article)
            })
            .collect();
        tie.articles = articles.into_iter().rev().collect();
    }
}

impl Tie {
    /// What a text states, then what a dictionary states, then what only stands together.
    pub(super) fn rank(&self) -> u8 {
        match (self.relation.as_str(), self.status.as_str()) {
            (CO_OCCURS, _) => 2,
            (_, "dictionary") => 1,
            _ => 0,
        }
    }

    /// What texts state first, then the heaviest.
    pub(super) fn compare(&self, other: &Self) -> std::cmp::Ordering {
        let name = |tie: &Self| (tie.relation.clone(), tie.direction, tie.from.clone());
        self.rank()
            .cmp(&other.rank())
            .then(other.weight.total_cmp(&self.weight))
            .then_with(|| name(self).cmp(&name(other)))
    }
}
