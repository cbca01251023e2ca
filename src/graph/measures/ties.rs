//! The graph as measures see it: who is tied to whom, and how strongly.

use petgraph::visit::EdgeRef;

use crate::graph::model::Net;

/// Neighbours of all nodes, each pair once, whatever the direction and number of its edges.
#[derive(Debug, Clone, Default)]
pub struct Ties {
    /// Where the neighbours of each node begin; one more at the end.
    start: Vec<u32>,
    /// Neighbours and the sum of the weights, by neighbour.
    ends: Vec<(u32, f64)>,
}

impl Ties {
    /// The ties of a graph. O(m log m).
    pub fn of(net: &Net) -> Self {
        let edges = net.edge_references();
        let pairs = edges.map(|edge| {
            let (source, target) = (edge.source().index(), edge.target().index());
            (source as u32, target as u32, edge.weight().weight)
        });
        Self::from_pairs(net.node_count(), pairs)
    }

    /// The ties of `nodes` nodes. Those of a node to itself are left out.
    pub fn from_pairs(nodes: usize, pairs: impl IntoIterator<Item = (u32, u32, f64)>) -> Self {
        let mut both = Vec::new();
        for (a, b, weight) in pairs {
            if a != b {
                both.extend([(a, b, weight), (b, a, weight)]);
            }
        }
        // Stable, so that weights are always summed in the order of the edges.
        both.sort_by_key(|&(a, b, _)| (a, b));
        let mut ties = Self {
            start: Vec::with_capacity(nodes + 1),
            ends: Vec::with_capacity(both.len()),
        };
        let mut rest = both.chunk_by(|x, y| (x.0, x.1) == (y.0, y.1)).peekable();
        for node in 0..nodes as u32 {
            ties.start.push(ties.ends.len() as u32);
            while let Some(same) = rest.next_if(|same| same[0].0 == node) {
                let weight = same.iter().map(|pair| pair.2).sum();
                ties.ends.push((same[0].1, weight));
            }
        }
        ties.start.push(ties.ends.len() as u32);
        ties
    }

    /// How many nodes there are.
    pub fn nodes(&self) -> usize {
        self.start.len().saturating_sub(1)
    }

    /// How many pairs are tied, each counted at both ends.
    pub fn ends(&self) -> usize {
        self.ends.len()
    }

    /// The neighbours of a node with their weights, by number.
    pub fn at(&self, node: u32) -> &[(u32, f64)] {
        let node = node as usize;
        &self.ends[self.start[node] as usize..self.start[node + 1] as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::Ties;

    #[test]
    fn edges_between_two_nodes_are_one_tie() {
        let pairs = [(2, 0, 1.0), (0, 2, 0.5), (1, 1, 9.0), (0, 1, 2.0)];
        let ties = Ties::from_pairs(4, pairs);
        assert_eq!(ties.at(0), [(1, 2.0), (2, 1.5)]);
        assert_eq!(ties.at(1), [(0, 2.0)]);
        assert_eq!(ties.at(3), []);
        assert_eq!((ties.nodes(), ties.ends()), (4, 4));
    }
}
