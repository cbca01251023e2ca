//! From an entity to those next to it, seeing through agreements.

use petgraph::Direction::{Incoming, Outgoing};
use petgraph::graph::{EdgeIndex, NodeIndex};
use petgraph::visit::EdgeRef;

use super::filter::Filter;
use super::tie::Direction;
use crate::graph::{ABOUT, AGREEMENT, Edge, EdgeStatus, Graph, PARTY};
use crate::relation::CO_OCCURS;

/// A place in the model.
pub type Node = NodeIndex<u32>;

/// What makes a tie one: from whom, through which relation, which way.
pub type Key = (Node, String, Direction);

/// What one edge, or one signing, adds to a tie.
pub struct Part<'a> {
    pub at: EdgeIndex<u32>,
    pub edge: &'a Edge,
    pub status: EdgeStatus,
    pub signing: Option<Node>,
}

/// The entities next to `from`, seeing through agreements to their parties and subjects.
pub fn around<'a>(graph: &'a Graph, from: Node, filter: &Filter) -> Vec<(Node, Key, Part<'a>)> {
    let mut around = Vec::new();
    for way in [Outgoing, Incoming] {
        for edge in graph.net.edges_directed(from, way) {
            let to = if way == Outgoing {
                edge.target()
            } else {
                edge.source()
            };
            let weight = edge.weight();
            if graph.net[to].kind == AGREEMENT {
                around.extend(through(graph, from, to, filter));
            } else if to != from && filter.wants_relation(&weight.kind) {
                let direction = match way {
                    _ if &*weight.kind == CO_OCCURS => Direction::Both,
                    Outgoing => Direction::Out,
                    Incoming => Direction::In,
                };
                let key = (from, weight.kind.to_string(), direction);
                let part = Part {
                    at: edge.id(),
                    edge: weight,
                    status: weight.status,
                    signing: None,
                };
                around.push((to, key, part));
            }
        }
    }
    around.retain(|(_, (_, _, direction), part)| {
        let day = part
            .signing
            .and_then(|signing| graph.net[signing].signing?.date);
        let (first, last) = (day.or(part.edge.first_seen), day.or(part.edge.last_seen));
        filter.wants_direction(*direction)
            && part.edge.weight >= filter.min_weight
            && filter.wants_status(part.status)
            && filter.wants_days(first, last)
    });
    around
}

/// The entities on the other side of a signing.
fn through<'a>(
    graph: &'a Graph,
    from: Node,
    signing: Node,
    filter: &Filter,
) -> Vec<(Node, Key, Part<'a>)> {
    let edges = || {
        let ends = |way| graph.net.edges_directed(signing, way);
        let parties = ends(Incoming).map(|e| (e.source(), e.id(), e.weight()));
        parties.chain(ends(Outgoing).map(|e| (e.target(), e.id(), e.weight())))
    };
    let is_party = |of: Node| edges().any(|(end, _, edge)| end == of && &*edge.kind == PARTY);
    let signs = is_party(from);
    let status = graph.net[signing]
        .signing
        .map_or_else(EdgeStatus::default, |s| s.status);
    edges()
        .filter(|&(to, ..)| to != from)
        .filter_map(|(to, at, edge)| {
            let (relation, direction) = match (signs, &*edge.kind == PARTY) {
                (true, true) => (AGREEMENT, Direction::Both),
                (true, false) => (ABOUT, Direction::Out),
                (false, true) => (ABOUT, Direction::In),
                // Two subjects of one signing say nothing about each other.
                (false, false) => return None,
            };
            let part = Part {
                at,
                edge,
                status,
                signing: Some(signing),
            };
            filter
                .wants_relation(relation)
                .then(|| (to, (from, relation.to_owned(), direction), part))
        })
        .collect()
}
