//! The part of a graph that a filter lets through, as a graph.

use petgraph::graph::NodeIndex;

use super::filter::Filter;
use crate::graph::{ABOUT, AGREEMENT, Edge, Graph, PARTY};

impl Filter {
    /// The part of `graph` that is wanted, measured anew.
    ///
    /// An agreement stays where it joins at least two of those who stay, even if its type is not named. When edges
    /// are chosen, nodes without any go too. [`Filter::direction`] has no meaning here.
    #[must_use]
    pub fn part(&self, graph: &Graph) -> Graph {
        let wanted = |edge: &Edge| {
            let relation = self.wants_relation(&edge.kind)
                || ([PARTY, ABOUT].contains(&&*edge.kind) && self.wants_relation(AGREEMENT));
            relation
                && edge.weight >= self.min_weight
                && self.wants_status(edge.status)
                && self.wants_days(edge.first_seen, edge.last_seen)
        };
        let named = |at: NodeIndex<u32>| self.wants_type(&graph.net[at].kind);
        let stays = |at: NodeIndex<u32>| {
            let joins = || {
                graph
                    .net
                    .neighbors_undirected(at)
                    .filter(|&other| named(other))
                    .count()
                    > 1
            };
            named(at) || (graph.net[at].signing.is_some() && joins())
        };
        let part = graph.part(|at, _| stays(at), wanted);
        let chooses_edges = self.is_dated()
            || !self.relations.is_empty()
            || !self.statuses.is_empty()
            || self.min_weight > 0.0;
        if chooses_edges {
            part.without_lonely()
        } else {
            part
        }
    }
}
