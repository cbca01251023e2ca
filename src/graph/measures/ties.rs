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
    ///
    /// O(m log m), in one list of all ends: `pairs` is gone through twice.
    pub fn from_pairs<P>(nodes: usize, pairs: P) -> Self
    where
        P: IntoIterator<Item = (u32, u32, f64), IntoIter: Clone>,
    {
        let pairs = pairs.into_iter().filter(|(a, b, _)| a != b);
        // Where the ends of each node begin, and, once it has been filled, where they have ended.
        let mut at = vec![0_u32; nodes + 1];
        for (a, b, _) in pairs.clone() {
            at[a as usize + 1] += 1;
            at[b as usize + 1] += 1;
        }
        for node in 0..nodes {
            at[node + 1] += at[node];
        }
        let mut ends = vec![(0, 0.0); at[nodes] as usize];
        for (a, b, weight) in pairs {
            for (node, end) in [(a, (b, weight)), (b, (a, weight))] {
                let place = &mut at[node as usize];
                ends[*place as usize] = end;
                *place += 1;
            }
        }
        let mut start = Vec::with_capacity(nodes + 1);
        let (mut from, mut kept) = (0, 0);
        for &to in &at[..nodes] {
            start.push(kept as u32);
            // Stable, so that weights are always summed in the order of the edges.
            ends[from..to as usize].sort_by_key(|end| end.0);
            for place in from..to as usize {
                let (other, weight) = ends[place];
                if kept > start[start.len() - 1] as usize && ends[kept - 1].0 == other {
                    ends[kept - 1].1 += weight;
                } else {
                    ends[kept] = (other, weight);
                    kept += 1;
                }
            }
            from = to as usize;
        }
        start.push(kept as u32);
        ends.truncate(kept);
        Self { start, ends }
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
