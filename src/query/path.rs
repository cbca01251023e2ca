//! How two entities are connected, in words.

use std::collections::BTreeSet;

use serde::Serialize;

use super::Graph;
use super::error::QueryError;
use super::filter::Filter;
use super::names::{Entity, Named};
use super::neighbors::{Question, neighbors};
use super::route::{Roads, Stride, Wish};
use super::tie::{Cited, Direction, Signed, Tie, cite};

/// How two entities are connected.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Paths {
    /// Where the ways begin.
    pub from: Entity,
    /// Where they end.
    pub to: Entity,
    /// The best first; none where nothing leads there.
    pub paths: Vec<Route>,
    /// Whether what only stands together was followed, since nothing else leads there or because it was asked for.
    pub together: bool,
}

/// One way.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Route {
    /// How many steps; a signing in common is one.
    pub steps: usize,
    /// The weight of its weakest step.
    pub weakest: f64,
    /// The steps.
    pub legs: Vec<Leg>,
}

/// One step.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Leg {
    /// Where it begins.
    pub from: Named,
    /// Where it ends.
    pub to: Named,
    /// The relation; `agreement` for a signing in common, `about` for a signing and its subject.
    pub relation: String,
    /// The relation for people.
    pub label: String,
    /// Which way the relation points.
    pub direction: Direction,
    /// `done`, `planned`, `dictionary`, or both of the former with their days.
    pub status: String,
    /// How many stories state it; a little for a dictionary.
    pub weight: f64,
    /// How many stories state it.
    pub stories: u32,
    /// The signings through which it leads.
    pub agreements: Vec<Signed>,
    /// The articles that state it, the newest first.
    pub articles: Vec<Cited>,
}

impl Graph {
    /// The `many` best ways from one entity to another that visit no entity twice; relations are followed against
    /// their direction too. What only stands together (`co_occurs`) is followed when the filter names it, or when
    /// nothing else leads there. O(edges) to read; then some of them, `many` times.
    ///
    /// # Errors
    /// [`QueryError`]
    pub fn paths(
        &self,
        from: &str,
        to: &str,
        filter: &Filter,
        wish: Wish,
        many: usize,
    ) -> Result<Paths, QueryError> {
        let (from, to) = (self.entity(from)?, self.entity(to)?);
        let named = filter.relations.contains(crate::relation::CO_OCCURS);
        let mut together = named;
        let mut ways = Vec::new();
        if from.number != to.number {
            ways =
                Roads::read(&self.store, filter, wish, named)?.ways(from.number, to.number, many);
            if ways.is_empty() && filter.relations.is_empty() {
                ways = Roads::read(&self.store, filter, wish, true)?.ways(
                    from.number,
                    to.number,
                    many,
                );
                together = !ways.is_empty();
            }
        }
        let paths = ways.iter().map(|way| self.told(from.number, way, filter));
        let paths = paths.collect::<Result<_, _>>()?;
        Ok(Paths {
            from,
            to,
            paths,
            together,
        })
    }

    fn told(&self, start: u32, way: &[Stride], filter: &Filter) -> Result<Route, QueryError> {
        let mut legs = Vec::new();
        let mut at = start;
        for stride in way {
            legs.extend(self.leg(at, stride, filter)?);
            at = stride.to;
        }
        Ok(Route {
            steps: legs.len(),
            weakest: legs
                .iter()
                .map(|leg| leg.weight)
                .fold(f64::INFINITY, f64::min),
            legs,
        })
    }

    fn leg(&self, from: u32, stride: &Stride, filter: &Filter) -> Result<Option<Leg>, QueryError> {
        let mut part = self.store.between(from, stride.to)?;
        let (Some(start), Some(end)) = (part.node(from), part.node(stride.to)) else {
            return Ok(None);
        };
        // The edge that the way takes; it may be one of several between the two.
        let wanted = stride.through.map_or(stride.edge, |(edge, _)| edge);
        let Ok(place) = part.edges.binary_search(&wanted) else {
            return Ok(None);
        };
        let question = Question {
            filter: Filter {
                types: BTreeSet::new(),
                direction: None,
                ..filter.clone()
            },
            ..Question::default()
        };
        let takes = |tie: &Tie| tie.edges.iter().any(|edge| edge.index() == place);
        let mut found = neighbors(&part.graph, &[start], &question);
        found.retain(|near| near.number as usize == end.index());
        let edges = found
            .iter()
            .flat_map(|near| &near.ties)
            .flat_map(|tie| tie.edges.clone());
        let edges: Vec<_> = edges.collect();
        self.store.add_evidence(&mut part, edges)?;
        cite(&part.graph, &mut found);
        let ties = found.into_iter().flat_map(|near| near.ties);
        let graph = &part.graph.net;
        Ok(ties.into_iter().find(takes).map(|tie| Leg {
            from: Named::from(&graph[start]),
            to: Named::from(&graph[end]),
            relation: tie.relation,
            label: tie.label,
            direction: tie.direction,
            status: tie.status,
            weight: tie.weight,
            stories: tie.stories,
            agreements: tie.agreements,
            articles: tie.articles,
        }))
    }
}
