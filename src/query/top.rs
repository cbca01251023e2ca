//! Who stands in the middle.

use std::collections::BTreeSet;

use serde::Serialize;

use super::Graph;
use super::error::QueryError;
use super::filter::Filter;
use super::names::{Named, entities};
use crate::graph::{AGREEMENT, PARTY};
use crate::store::LeanEdge;

/// The measures that are counted when they are asked for.
const COUNTED: [&str; 2] = ["weight", "degree"];
/// The measures that are known of a part of the time too.
const DATED: [&str; 4] = ["weight", "degree", "articles", "stories"];

/// What to order by.
#[derive(Debug, Clone, PartialEq)]
pub struct Ranking {
    /// `weight` (all relations together), `degree` (their number), or a column of numbers of the `nodes` table.
    pub by: String,
    /// Which types, which relations and which time to count.
    pub filter: Filter,
    /// How many to give at most.
    pub limit: usize,
}

/// Who stands in the middle.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Top {
    /// The measure.
    pub by: String,
    /// The first by it.
    pub entities: Vec<Ranked>,
    /// How many more have the measure.
    pub left_out: usize,
}

/// An entity with its measure.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Ranked {
    /// From 1; who has the same value has the same rank.
    pub rank: usize,
    /// Which.
    #[serde(flatten)]
    pub entity: Named,
    /// The value of the measure.
    pub value: f64,
    /// How many articles name it, whenever.
    pub articles: u32,
}

impl Graph {
    /// What entities can be ordered by.
    ///
    /// # Errors
    /// [`QueryError::Store`]
    pub fn measures(&self) -> Result<Vec<String>, QueryError> {
        let mut known: Vec<String> = COUNTED.map(str::to_owned).into();
        let columns = self.store.measures()?;
        known.extend(
            columns
                .into_iter()
                .filter(|column| !COUNTED.contains(&column.as_str())),
        );
        Ok(known)
    }

    /// The first by a measure; relations and time limits are for measures that are counted (`weight`, `degree`),
    /// time limits for `articles` and `stories` too. O(edges) or O(nodes).
    ///
    /// # Errors
    /// [`QueryError::Measure`] for a measure that the graph has not.
    pub fn top(&self, ranking: &Ranking) -> Result<Top, QueryError> {
        let filter = &ranking.filter;
        let by = ranking.by.as_str();
        let dated = filter.is_dated();
        let known = self.measures()?;
        let fits = |name: &str| !dated || DATED.contains(&name);
        if !known.iter().any(|name| name == by && fits(name)) {
            return Err(QueryError::Measure {
                name: ranking.by.clone(),
                dated: dated && known.iter().any(|name| name == by),
                known: known.into_iter().filter(|name| fits(name)).collect(),
            });
        }
        let mut values: Vec<(u32, f64)> = if COUNTED.contains(&by) {
            self.counted(by == "weight", filter)?
        } else if dated {
            let named = self.store.named_in(filter.since, filter.until)?;
            let value = |(node, articles, stories)| {
                let value = if by == "articles" { articles } else { stories };
                (node, f64::from(value))
            };
            named.into_iter().map(value).collect()
        } else {
            self.store.measure(by)?
        };
        let wanted = self.nodes_of(filter)?;
        values
            .retain(|(node, value)| *value > 0.0 && wanted.get(*node as usize).is_some_and(|w| *w));
        values.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        let left_out = values.len().saturating_sub(ranking.limit);
        values.truncate(ranking.limit);
        let numbers: Vec<u32> = values.iter().map(|&(node, _)| node).collect();
        let mut ranked: Vec<Ranked> = Vec::new();
        for (place, (entity, (_, value))) in entities(&self.store, &numbers)?
            .into_iter()
            .zip(values)
            .enumerate()
        {
            let rank = match ranked.last() {
                Some(before) if before.value.total_cmp(&value).is_eq() => before.rank,
                _ => place + 1,
            };
            ranked.push(Ranked {
                rank,
                value,
                articles: entity.articles,
                entity: Named {
                    id: entity.id,
                    name: entity.name,
                    kind: entity.kind,
                },
            });
        }
        Ok(Top {
            by: ranking.by.clone(),
            entities: ranked,
            left_out,
        })
    }

    /// The number or the weight of the wanted edges of each node.
    fn counted(&self, weight: bool, filter: &Filter) -> Result<Vec<(u32, f64)>, QueryError> {
        let wanted = Wanted::new(filter);
        let mut values: Vec<f64> = Vec::new();
        self.store.each_edge(|edge| {
            if wanted.has(&edge) {
                for end in [edge.source, edge.target] {
                    let end = end as usize;
                    if values.len() <= end {
                        values.resize(end + 1, 0.0);
                    }
                    values[end] += if weight { edge.weight } else { 1.0 };
                }
            }
        })?;
        // Sums of tenths: what a dictionary states.
        let rounded = |value: f64| (value * 10.0).round() / 10.0;
        Ok((0..).zip(values.into_iter().map(rounded)).collect())
    }

    /// For each node, whether it is an entity of a wanted type.
    fn nodes_of(&self, filter: &Filter) -> Result<Vec<bool>, QueryError> {
        let mut wanted = Vec::new();
        self.store.each_node(|node| {
            wanted.push(node.kind != AGREEMENT && filter.wants_type(node.kind));
        })?;
        Ok(wanted)
    }
}

/// A filter as it is asked of rows; days are compared as texts.
pub(super) struct Wanted<'a> {
    filter: &'a Filter,
    relations: BTreeSet<&'a str>,
    since: Option<String>,
    until: Option<String>,
}

impl<'a> Wanted<'a> {
    pub(super) fn new(filter: &'a Filter) -> Self {
        // A signing in common is two edges to its node.
        let edges = |relation: &'a String| match relation.as_str() {
            AGREEMENT => PARTY,
            other => other,
        };
        Self {
            filter,
            relations: filter.relations.iter().map(edges).collect(),
            since: filter.since.map(|day| day.to_string()),
            until: filter.until.map(|day| day.to_string()),
        }
    }

    pub(super) fn has(&self, edge: &LeanEdge<'_>) -> bool {
        let last = if edge.last.is_empty() {
            edge.first
        } else {
            edge.last
        };
        let first = if edge.first.is_empty() {
            edge.last
        } else {
            edge.first
        };
        (self.relations.is_empty() || self.relations.contains(edge.kind))
            && edge.weight >= self.filter.min_weight
            && self.since.as_deref().is_none_or(|since| since <= last)
            && self
                .until
                .as_deref()
                .is_none_or(|until| !first.is_empty() && first <= until)
            && (self.filter.statuses.is_empty()
                || edge
                    .status
                    .parse()
                    .is_ok_and(|status| self.filter.wants_status(status)))
    }
}
