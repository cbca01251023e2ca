//! The sentences behind what joins two entities.

use std::collections::BTreeSet;

use jiff::civil::Date;
use serde::Serialize;

use super::Graph;
use super::error::QueryError;
use super::filter::Filter;
use super::names::Entity;
use super::neighbors::{Question, neighbors};
use super::tie::{Direction, Signed, Tie};
use crate::graph::{Graph as Model, Node};
use crate::relation::Status;

/// What joins two entities, and where it is stated.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Why {
    /// Who was asked for first.
    pub from: Entity,
    /// Who was asked for second.
    pub to: Entity,
    /// One for each relation; what texts state first, then the heaviest.
    pub reasons: Vec<Reason>,
    /// How many sentences the limit left out.
    pub left_out: usize,
}

/// A relation and the sentences that state it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Reason {
    /// The relation; `agreement` for a signing in common, `about` for a signing and its subject.
    pub relation: String,
    /// The relation for people.
    pub label: String,
    /// Which way it points, from the first entity to the second.
    pub direction: Direction,
    /// `done`, `planned`, `dictionary`, or both of the former with their days.
    pub status: String,
    /// How many stories state it; a little for a dictionary.
    pub weight: f64,
    /// How many stories state it.
    pub stories: u32,
    /// The signings through which it leads.
    pub agreements: Vec<Signed>,
    /// The sentences, the newest first.
    pub sentences: Vec<Quote>,
}

/// A sentence and where it stands.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Quote {
    /// The day of publication.
    pub published: Option<Date>,
    /// Where the article came from.
    pub source: String,
    /// The number of the sentence in the article, from 0.
    pub number: u32,
    /// The medium.
    pub outlet: Option<String>,
    /// The headline.
    pub title: Option<String>,
    /// The address.
    pub url: Option<String>,
    /// As a fact or as a plan.
    pub status: Status,
    /// The day the sentence gives for the event.
    pub date: Option<Date>,
    /// The sentence.
    pub sentence: String,
    /// Where the two are named in it.
    pub marks: Vec<Mark>,
}

/// A name in a sentence, from its first to behind its last Unicode scalar value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Mark {
    /// Where it begins.
    pub start: usize,
    /// Where it has ended.
    pub end: usize,
}

impl Graph {
    /// The sentences behind what joins two entities, at most `limit` a relation.
    ///
    /// # Errors
    /// [`QueryError`]
    pub fn why(
        &self,
        from: &str,
        to: &str,
        filter: &Filter,
        limit: usize,
    ) -> Result<Why, QueryError> {
        let (from, to) = (self.entity(from)?, self.entity(to)?);
        let mut part = self.store.between(from.number, to.number)?;
        let mut reasons = Vec::new();
        let mut left_out = 0;
        if let (Some(start), Some(end)) = (part.node(from.number), part.node(to.number)) {
            let question = Question {
                filter: filter.clone(),
                ..Question::default()
            };
            let found = neighbors(&part.graph, &[start], &question);
            let found = found
                .into_iter()
                .find(|near| near.number as usize == end.index());
            // What joins them directly, and what joins either to a signing.
            let edges: Vec<_> = part.graph.net.edge_indices().collect();
            self.store.add_evidence(&mut part, edges)?;
            let names = names([&part.graph.net[start], &part.graph.net[end]]);
            for tie in found.into_iter().flat_map(|near| near.ties) {
                let mut sentences = quotes(&part.graph, &tie, &names);
                left_out += sentences.len().saturating_sub(limit);
                sentences.truncate(limit);
                reasons.push(Reason {
                    relation: tie.relation,
                    label: tie.label,
                    direction: tie.direction,
                    status: tie.status,
                    weight: tie.weight,
                    stories: tie.stories,
                    agreements: tie.agreements,
                    sentences,
                });
            }
        }
        Ok(Why {
            from,
            to,
            reasons,
            left_out,
        })
    }
}

/// The forms under which texts may name these, the longest first.
fn names(nodes: [&Node; 2]) -> Vec<&str> {
    let mut names: Vec<&str> = Vec::new();
    for node in nodes {
        names.push(&node.label);
        names.extend(node.names.iter().map(|name| name.form.as_str()));
    }
    names.sort_by(|a, b| b.len().cmp(&a.len()).then(a.cmp(b)));
    names
}

/// The sentences that state a tie, the newest first.
fn quotes(graph: &Model, tie: &Tie, names: &[&str]) -> Vec<Quote> {
    // A signing is stated by what says that either is a party of it.
    let signings: BTreeSet<&str> = tie
        .agreements
        .iter()
        .map(|signed| signed.id.as_str())
        .collect();
    let edges = graph.net.edge_indices().filter(|&edge| {
        let signs = graph.net.edge_endpoints(edge).is_some_and(|(a, b)| {
            [a, b]
                .iter()
                .any(|end| signings.contains(graph.net[*end].id.as_str()))
        });
        signs || tie.edges.contains(&edge)
    });
    let evidence = edges.flat_map(|edge| &graph.net[edge].evidence);
    let mut quotes: Vec<Quote> = evidence
        .map(|evidence| {
            let sentence = &graph.sentences[evidence.sentence as usize];
            let article = &graph.articles[sentence.article as usize];
            // Of a graph that was loaded: it is held in memory.
            let text = sentence.text.read().unwrap_or_default();
            Quote {
                published: article.published,
                source: article.source.clone(),
                number: sentence.number,
                outlet: article.outlet.clone(),
                title: article.title.clone(),
                url: article.url.clone(),
                status: evidence.status,
                date: evidence.date,
                marks: marks(&text, names),
                sentence: text.into_owned(),
            }
        })
        .collect();
    quotes.sort_by(|a, b| b.published.cmp(&a.published).then_with(|| a.cmp(b)));
    // One sentence may name both as parties.
    quotes.dedup_by(|a, b| (&a.source, a.number) == (&b.source, b.number));
    quotes
}

/// Where the names stand in a text; a longer name goes before one that stands inside it.
fn marks(text: &str, names: &[&str]) -> Vec<Mark> {
    let mut taken: Vec<(usize, usize)> = Vec::new();
    for name in names.iter().filter(|name| !name.is_empty()) {
        for (start, _) in text.match_indices(name) {
            let end = start + name.len();
            if taken.iter().all(|&(from, to)| end <= from || to <= start) {
                taken.push((start, end));
            }
        }
    }
    taken.sort_unstable();
    let place = |byte: usize| text[..byte].chars().count();
    let mark = |(start, end)| Mark {
        start: place(start),
        end: place(end),
    };
    taken.into_iter().map(mark).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_name_is_marked_once() {
        let found = marks(
            "거제시는 거제공고와 거제시청에서",
            &["거제공고", "거제시", "거제"],
        );
        let places: Vec<(usize, usize)> = found.iter().map(|m| (m.start, m.end)).collect();
        assert_eq!(places, [(0, 3), (5, 9), (11, 14)]);
    }
}
