//! Measures of the nodes: who is central, who belongs together.
//!
//! All of them look at the graph without directions: which end of `party` or `selected_for` is the source is a matter
//! of grammar and not of rank. One algorithm a file; each gives the same numbers every time.

mod betweenness;
mod chance;
mod communities;
mod components;
mod cores;
mod degrees;
mod pagerank;
mod ties;

use serde::Serialize;

use super::model::Net;
pub(crate) use chance::Chance;
pub(crate) use ties::Ties;

pub use betweenness::Sample;

/// How a node stands in its graph.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct Measures {
    /// The number of edges at the node.
    pub degree: u32,
    /// The sum of their weights.
    pub weighted_degree: f64,
    /// The share of its time that a random walk along heavy edges spends here; all nodes together have 1.
    pub page_rank: f64,
    /// The share of the shortest paths between others that lead through the node, 0 to 1.
    pub betweenness: f64,
    /// The connected part that it lies in; 1 is the largest.
    pub component: u32,
    /// The community that it belongs to; 1 is the largest.
    pub community: u32,
    /// The largest k such that it lies in a part where everybody has k neighbours.
    pub core: u32,
}

/// Measures all nodes of `net`, in their order.
///
/// O(k · (n + m)) for n nodes, m edges and the k sources that [`Sample`] allows.
pub fn measure(net: &Net) -> Vec<Measures> {
    let ties = Ties::of(net);
    let degrees = degrees::degrees(net);
    let page_ranks = pagerank::page_ranks(&ties);
    let betweenness = betweenness::betweenness(&ties);
    let components = components::components(&ties);
    let communities = communities::communities(&ties);
    let cores = cores::cores(&ties);
    let of = |node: usize| Measures {
        degree: degrees[node].0,
        weighted_degree: rounded(degrees[node].1, 10.0),
        page_rank: rounded(page_ranks[node], 1e9),
        betweenness: rounded(betweenness[node], 1e9),
        component: components[node],
        community: communities[node],
        core: cores[node],
    };
    (0..net.node_count()).map(of).collect()
}

/// How exact the betweenness of a graph is.
pub fn sample(net: &Net) -> Sample {
    Sample::of(&Ties::of(net))
}

/// So many digits as the files have.
fn rounded(value: f64, scale: f64) -> f64 {
    (value * scale).round() / scale
}

/// Numbers the groups from 1 by their size, equal ones by their first node.
fn numbered(groups: &[u32]) -> Vec<u32> {
    let count = groups.iter().max().map_or(0, |&last| last as usize + 1);
    let mut sizes: Vec<(usize, usize, usize)> =
        (0..count).map(|group| (0, usize::MAX, group)).collect();
    for (node, &group) in groups.iter().enumerate() {
        let size = &mut sizes[group as usize];
        size.0 += 1;
        size.1 = size.1.min(node);
    }
    sizes.sort_unstable_by_key(|&(size, first, _)| (std::cmp::Reverse(size), first));
    let mut numbers = vec![0; count];
    for (number, &(_, _, group)) in (1..).zip(&sizes) {
        numbers[group] = number;
    }
    groups
        .iter()
        .map(|&group| numbers[group as usize])
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two triangles joined by one edge: 0-1-2 and 3-4-5 with 2-3; 6 is alone.
    pub fn barbell() -> Ties {
        let ties = [(0, 1), (0, 2), (1, 2), (2, 3), (3, 4), (3, 5), (4, 5)];
        Ties::from_pairs(7, ties.map(|(a, b)| (a, b, 1.0)))
    }

    #[test]
    fn a_barbell_is_measured_as_by_hand() {
        let ties = barbell();
        assert_eq!(components::components(&ties), [1, 1, 1, 1, 1, 1, 2]);
        assert_eq!(communities::communities(&ties), [1, 1, 1, 2, 2, 2, 3]);
        assert_eq!(cores::cores(&ties), [2, 2, 2, 2, 2, 2, 0]);
        // 2 lies on the paths from 0 and 1 to 3, 4 and 5: six of the fifteen pairs of others.
        let between = betweenness::betweenness(&ties);
        assert_eq!(between.map_round(), [0.0, 0.0, 0.4, 0.4, 0.0, 0.0, 0.0]);
    }

    trait MapRound {
        fn map_round(&self) -> Vec<f64>;
    }

    impl MapRound for Vec<f64> {
        fn map_round(&self) -> Vec<f64> {
            self.iter().map(|&value| rounded(value, 1e9)).collect()
        }
    }

    #[test]
    fn groups_are_numbered_by_size_and_then_by_their_first_node() {
        assert_eq!(numbered(&[7, 2, 2, 0, 0, 5]), [3, 1, 1, 2, 2, 4]);
        assert!(numbered(&[]).is_empty());
    }

    #[test]
    fn nothing_has_no_measures() {
        assert!(measure(&Net::default()).is_empty());
    }
}
