//! Degree and weighted degree.

use petgraph::visit::EdgeRef;

use crate::graph::model::Net;

/// The number of edges at each node and the sum of their weights, both directions together. O(n + m).
pub fn degrees(net: &Net) -> Vec<(u32, f64)> {
    let mut degrees = vec![(0, 0.0); net.node_count()];
    for edge in net.edge_references() {
        for end in [edge.source(), edge.target()] {
            let degree = &mut degrees[end.index()];
            degree.0 += 1;
            degree.1 += edge.weight().weight;
        }
    }
    degrees
}
