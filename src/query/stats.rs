//! What a graph holds, and what the dictionaries covered.

use std::collections::{BTreeMap, HashSet};

use jiff::civil::Date;
use serde::Serialize;

use super::Graph;
use super::error::QueryError;
use crate::graph::{AGREEMENT, Reading};

/// What a graph holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Stats {
    /// The version of ieum that wrote it.
    pub version: String,
    /// The hash of the dictionaries that it was written with.
    pub dictionaries: String,
    /// All nodes.
    pub nodes: u64,
    /// All edges.
    pub edges: u64,
    /// Signings.
    pub agreements: u64,
    /// Articles that could be used.
    pub articles: u64,
    /// Near-identical articles counted once.
    pub stories: u64,
    /// Articles of which a part could not be used.
    pub partial: u64,
    /// Articles that could not be read.
    pub failed: u64,
    /// Articles that could be read and name nobody, by source.
    pub empty: Vec<String>,
    /// Articles that name somebody and state no relation.
    pub without_relations: u64,
    /// The first day of publication.
    pub first: Option<Date>,
    /// The last day of publication.
    pub last: Option<Date>,
    /// Entities by type.
    pub types: Vec<Types>,
    /// Edges by relation.
    pub relations: Vec<Relations>,
    /// What the dictionaries covered, by type.
    pub coverage: Vec<Coverage>,
}

/// The entities of a type.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Types {
    /// The type.
    #[serde(rename = "type")]
    pub kind: String,
    /// How many there are.
    pub entities: u64,
    /// How many of them no dictionary has: a pattern found them.
    pub by_pattern: u64,
    /// How many stories name each, together.
    pub stories: u64,
}

/// The edges of a relation.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Relations {
    /// The relation.
    pub relation: String,
    /// How many edges.
    pub edges: u64,
    /// How many of them a text states as a fact.
    pub done: u64,
    /// How many are only announced.
    pub planned: u64,
    /// How many only a dictionary states.
    pub dictionary: u64,
}

/// How much of a dictionary the articles name.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Coverage {
    /// The type.
    #[serde(rename = "type")]
    pub kind: String,
    /// How many entries the dictionary has.
    pub entries: u64,
    /// How many of them an article names.
    pub matched: u64,
    /// How many no article names.
    pub unmatched: u64,
}

/// The entries of a type that no article names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Unmatched {
    /// The type.
    #[serde(rename = "type")]
    pub kind: String,
    /// How many entries the dictionary has.
    pub entries: u64,
    /// The identifiers of those that no article names, in the dictionary's order.
    pub unmatched: Vec<String>,
}

impl Graph {
    /// Which of a type's entries, given by their identifiers, the graph does not hold. O(nodes + entries).
    ///
    /// # Errors
    /// [`QueryError::Store`]
    pub fn unmatched<'a>(
        &self,
        kind: &str,
        entries: impl Iterator<Item = &'a str>,
    ) -> Result<Unmatched, QueryError> {
        let mut named: HashSet<String> = HashSet::new();
        self.store.each_node(|node| {
            if node.kind == kind {
                named.insert(node.id.to_owned());
            }
        })?;
        let mut unmatched = Unmatched {
            kind: kind.to_owned(),
            entries: 0,
            unmatched: Vec::new(),
        };
        for id in entries {
            unmatched.entries += 1;
            if !named.contains(id) {
                unmatched.unmatched.push(id.to_owned());
            }
        }
        Ok(unmatched)
    }

    /// What the graph holds. O(nodes + edges + articles).
    ///
    /// # Errors
    /// [`QueryError::Store`]
    pub fn stats(&self) -> Result<Stats, QueryError> {
        let (counts, meta) = (self.store.counts()?, self.store.meta()?);
        let mut types: BTreeMap<String, Types> = BTreeMap::new();
        self.store.each_node(|node| {
            if node.kind == AGREEMENT {
                return;
            }
            if !types.contains_key(node.kind) {
                types.insert(node.kind.to_owned(), Types::default());
            }
            if let Some(of) = types.get_mut(node.kind) {
                of.entities += 1;
                of.by_pattern += u64::from(!node.known);
                of.stories += u64::from(node.stories);
            }
        })?;
        let mut relations: BTreeMap<String, Relations> = BTreeMap::new();
        self.store.each_edge(|edge| {
            if !relations.contains_key(edge.kind) {
                relations.insert(edge.kind.to_owned(), Relations::default());
            }
            if let Some(of) = relations.get_mut(edge.kind) {
                of.edges += 1;
                let slot = match edge.status {
                    "dictionary" => &mut of.dictionary,
                    "planned" => &mut of.planned,
                    _ => &mut of.done,
                };
                *slot += 1;
            }
        })?;
        let mut stats = Stats {
            version: meta.version,
            dictionaries: meta.dictionaries,
            nodes: counts.nodes,
            edges: counts.edges,
            agreements: counts.agreements,
            articles: 0,
            stories: 0,
            partial: 0,
            failed: 0,
            empty: Vec::new(),
            without_relations: 0,
            first: None,
            last: None,
            types: Vec::new(),
            relations: Vec::new(),
            coverage: Vec::new(),
        };
        self.store.each_article(|number, article| {
            if article.status == Reading::Failed {
                stats.failed += 1;
                return;
            }
            stats.articles += 1;
            stats.stories += u64::from(article.story == number);
            stats.partial += u64::from(article.status == Reading::Partial);
            if article.entities == 0 {
                stats.empty.push(article.source);
            } else {
                stats.without_relations += u64::from(article.relations == 0);
            }
            let days = [stats.first, article.published];
            stats.first = days.into_iter().flatten().min();
            stats.last = stats.last.max(article.published);
        })?;
        stats.coverage = meta
            .entries
            .into_iter()
            .map(|(kind, entries)| {
                let matched = types.get(&kind).map_or(0, |of| of.entities - of.by_pattern);
                let entries = u64::from(entries);
                Coverage {
                    kind,
                    entries,
                    matched,
                    unmatched: entries.saturating_sub(matched),
                }
            })
            .collect();
        stats.types = types
            .into_iter()
            .map(|(kind, of)| Types { kind, ..of })
            .collect();
        let named = |(relation, of)| Relations { relation, ..of };
        stats.relations = relations.into_iter().map(named).collect();
        Ok(stats)
    }
}
