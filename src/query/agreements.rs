//! The ledger of signings.

use std::collections::BTreeSet;

use jiff::civil::Date;
use petgraph::visit::EdgeRef;
use petgraph::{Incoming, Outgoing};
use serde::Serialize;

use super::Graph;
use super::error::QueryError;
use super::filter::Filter;
use super::names::{Entity, Named};
use super::tie::Cited;
use crate::graph::{ABOUT, PARTY};

/// Signings, the newest first; those without a day come last.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Ledger {
    /// Whose signings; nobody's in particular.
    pub entity: Option<Entity>,
    /// The signings.
    pub agreements: Vec<Pact>,
    /// How many more the limit left out.
    pub left_out: usize,
}

/// A signing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Pact {
    /// The id of its node.
    pub id: String,
    /// The day of the signing, where a text gives it.
    pub date: Option<Date>,
    /// `done`, `planned`, or both with their days.
    pub status: String,
    /// What it is about.
    pub about: Vec<Named>,
    /// Who signed, or is to sign.
    pub parties: Vec<Named>,
    /// How many stories report it.
    pub stories: u32,
    /// The articles that do, the newest first.
    pub articles: Vec<Cited>,
}

impl Graph {
    /// The signings of an entity or all signings; with types, those with a party or a subject of such a type.
    ///
    /// # Errors
    /// [`QueryError`]
    pub fn agreements(
        &self,
        name: Option<&str>,
        filter: &Filter,
        limit: usize,
    ) -> Result<Ledger, QueryError> {
        let entity = name.map(|name| self.entity(name)).transpose()?;
        let own = match &entity {
            Some(entity) => Some(self.store.signings_of(entity.number)?),
            None => None,
        };
        let mut wanted: Vec<u32> = Vec::new();
        for (node, signing) in self.store.signings()? {
            let own = own.as_ref().is_none_or(|own| own.contains(&node));
            if own
                && filter.wants_status(signing.status)
                && filter.wants_days(signing.date, signing.date)
            {
                wanted.push(node);
            }
        }
        let mut left_out = 0;
        // With types, what is left out is known only when the parties are.
        if filter.types.is_empty() {
            left_out = wanted.len().saturating_sub(limit);
            wanted.truncate(limit);
        }
        let mut agreements = self.pacts(&wanted)?;
        if !filter.types.is_empty() {
            agreements.retain(|pact| {
                let mut ends = pact.parties.iter().chain(&pact.about);
                ends.any(|end| {
                    filter.types.contains(&end.kind)
                        && entity.as_ref().is_none_or(|e| e.id != end.id)
                })
            });
            left_out = agreements.len().saturating_sub(limit);
            agreements.truncate(limit);
        }
        Ok(Ledger {
            entity,
            agreements,
            left_out,
        })
    }

    pub(super) fn pacts(&self, wanted: &[u32]) -> Result<Vec<Pact>, QueryError> {
        let mut part = self.store.around(wanted, 1)?;
        for &number in wanted {
            if let Some(node) = part.node(number) {
                self.store.add_articles(&mut part, node)?;
            }
        }
        let graph = &part.graph;
        let read = |&number: &u32| {
            let at = part.node(number)?;
            let node = &graph.net[at];
            let parties = graph.net.edges_directed(at, Incoming);
            let parties = parties.filter(|edge| &*edge.weight().kind == PARTY);
            let about = graph.net.edges_directed(at, Outgoing);
            let about = about.filter(|edge| &*edge.weight().kind == ABOUT);
            let articles: BTreeSet<Cited> = node
                .seen_in
                .iter()
                .map(|seen| Cited::from(&graph.articles[seen.article as usize]))
                .collect();
            let mut told = Pact {
                id: node.id.clone(),
                date: node.signing.and_then(|signing| signing.date),
                status: node
                    .signing
                    .map_or_else(String::new, |signing| signing.status.to_string()),
                about: about
                    .map(|edge| Named::from(&graph.net[edge.target()]))
                    .collect(),
                parties: parties
                    .map(|edge| Named::from(&graph.net[edge.source()]))
                    .collect(),
                stories: node.stories,
                articles: articles.into_iter().rev().collect(),
            };
            told.about.sort();
            told.parties.sort();
            Some(told)
        };
        Ok(wanted.iter().filter_map(read).collect())
    }
}
