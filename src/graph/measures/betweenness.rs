//! Betweenness: through whom the shortest paths lead.
//!
//! Brandes, "A faster algorithm for betweenness centrality", Journal of Mathematical Sociology 25 (2001); sampled as
//! in Brandes and Pich, "Centrality estimation in large networks", Int. J. of Bifurcation and Chaos 17 (2007).

use std::fmt;

use super::chance::Chance;
use super::ties::Ties;

/// Steps along an edge that all sources together may take.
const STEPS: usize = 20_000_000;
/// With fewer sources the numbers would say nothing.
const FEWEST: usize = 64;
const SEED: u64 = 0x6965_756d;

/// From how many nodes the shortest paths are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sample {
    /// Nodes that paths are counted from.
    pub sources: usize,
    /// All nodes.
    pub nodes: usize,
}

impl Sample {
    /// All nodes where that takes 20 million steps at most, and as many as fit else, but 64.
    pub fn of(ties: &Ties) -> Self {
        let nodes = ties.nodes();
        let affordable = STEPS / (nodes + ties.ends()).max(1);
        Self {
            sources: affordable.max(FEWEST).min(nodes),
            nodes,
        }
    }

    /// By how much a value may be off, in 19 of 20 graphs for all nodes at once: 0 when all nodes are sources.
    ///
    /// Hoeffding's bound √(ln(2n / 0.05) / 2k) for k sources of n nodes; most values are much nearer.
    pub fn error(self) -> f64 {
        if self.sources == self.nodes {
            return 0.0;
        }
        ((40.0 * self.nodes as f64).ln() / (2.0 * self.sources as f64)).sqrt()
    }
}

impl fmt::Display for Sample {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.sources == self.nodes {
            return f.write_str("exact");
        }
        let Self { sources, nodes } = self;
        write!(
            f,
            "sampled from {sources} of {nodes} nodes, error at most {:.3}",
            self.error()
        )
    }
}

/// The share of the shortest paths between two others that lead through each node, edges counted as one step each.
///
/// O(k · (n + m)) for k sources.
pub fn betweenness(ties: &Ties) -> Vec<f64> {
    let count = ties.nodes();
    let Sample { sources, .. } = Sample::of(ties);
    let mut between = vec![0.0; count];
    if count < 3 {
        return between;
    }
    let mut order = if sources < count {
        Chance::new(SEED).order(count)
    } else {
        (0..count as u32).collect()
    };
    order.truncate(sources);
    let mut search = Search::new(count);
    for source in order {
        search.add(ties, source, &mut between);
    }
    let pairs = (count - 1) as f64 * (count - 2) as f64;
    let scale = count as f64 / sources as f64 / pairs;
    between
        .iter()
        .map(|paths| (paths * scale).min(1.0))
        .collect()
}

/// Breadth-first search from one source, with the number of shortest paths.
struct Search {
    reached: Vec<u32>,
    steps: Vec<u32>,
    paths: Vec<f64>,
    depends: Vec<f64>,
}

impl Search {
    fn new(count: usize) -> Self {
        Self {
            reached: Vec::with_capacity(count),
            steps: vec![u32::MAX; count],
            paths: vec![0.0; count],
            depends: vec![0.0; count],
        }
    }

    /// Adds to `between` what depends on each node for paths from `source`.
    fn add(&mut self, ties: &Ties, source: u32, between: &mut [f64]) {
        self.reached.push(source);
        self.steps[source as usize] = 0;
        self.paths[source as usize] = 1.0;
        let mut at = 0;
        while let Some(&node) = self.reached.get(at) {
            at += 1;
            let next = self.steps[node as usize] + 1;
            for &(other, _) in ties.at(node) {
                let other = other as usize;
                if self.steps[other] == u32::MAX {
                    self.steps[other] = next;
                    self.reached.push(other as u32);
                }
                if self.steps[other] == next {
                    self.paths[other] += self.paths[node as usize];
                }
            }
        }
        for &node in self.reached.iter().rev() {
            let node = node as usize;
            let share = (1.0 + self.depends[node]) / self.paths[node];
            for &(other, _) in ties.at(node as u32) {
                let other = other as usize;
                if self.steps[other] + 1 == self.steps[node] {
                    self.depends[other] += self.paths[other] * share;
                }
            }
            if node != source as usize {
                between[node] += self.depends[node];
            }
        }
        for node in self.reached.drain(..) {
            let node = node as usize;
            self.steps[node] = u32::MAX;
            self.paths[node] = 0.0;
            self.depends[node] = 0.0;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_ways_share_the_paths() {
        // A square: of the two paths between opposite corners, each other corner has one; of three pairs of others, one.
        let square = Ties::from_pairs(4, [(0, 1, 1.0), (1, 2, 5.0), (2, 3, 1.0), (3, 0, 1.0)]);
        for value in betweenness(&square) {
            assert!((value - 1.0 / 6.0).abs() < 1e-12, "{value}");
        }
    }

    #[test]
    fn a_sample_is_as_near_as_it_says() {
        // A wheel: the hub is on nearly every path, the rim on few.
        let count = 6000_u32;
        let rim = (1..count).flat_map(|node| [(0, node, 1.0), (node, node % (count - 1) + 1, 1.0)]);
        let wheel = Ties::from_pairs(count as usize, rim);
        let sample = Sample::of(&wheel);
        assert!(sample.sources < sample.nodes, "{sample}");
        let between = betweenness(&wheel);
        let exact = 1.0 - 3.0 / f64::from(count);
        assert!(
            (between[0] - exact).abs() < sample.error(),
            "{} {sample}",
            between[0]
        );
        assert!(between[1] < sample.error());
        assert_eq!(betweenness(&wheel), between);
    }

    #[test]
    fn the_error_is_stated() {
        let exact = Sample {
            sources: 10,
            nodes: 10,
        };
        assert_eq!(
            (exact.to_string(), exact.error()),
            ("exact".to_owned(), 0.0)
        );
        let sampled = Sample {
            sources: 500,
            nodes: 5000,
        };
        assert_eq!(
            sampled.to_string(),
            "sampled from 500 of 5000 nodes, error at most 0.110"
        );
    }
}
