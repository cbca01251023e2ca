//! Communities.
//!
//! Blondel, Guillaume, Lambiotte and Lefebvre, "Fast unfolding of communities in large networks", J. Stat. Mech.
//! (2008) P10008, known as Louvain, with the weights of the edges and resolution 1. A community that does not hang
//! together, which Louvain can leave behind, is parted as in Traag, Waltman and van Eck, "From Louvain to Leiden"
//! (2019): that never makes the modularity smaller.

use super::chance::Chance;
use super::components::parts;
use super::numbered;
use super::ties::Ties;

const SEED: u64 = 0x6c6f_7576;
/// A smaller gain is noise of the arithmetic.
const GAIN: f64 = 1e-10;
/// Rounds through all nodes on one level, and levels.
const ROUNDS: usize = 50;
const LEVELS: usize = 30;

/// The community of each node, numbered from 1 by size. Nearly O(m) in practice, the same every time.
pub fn communities(ties: &Ties) -> Vec<u32> {
    let mut whole: Vec<u32> = (0..ties.nodes() as u32).collect();
    let mut level = Level {
        ties: ties.clone(),
        inside: vec![0.0; ties.nodes()],
    };
    for _ in 0..LEVELS {
        let (groups, count) = level.groups();
        if count == level.ties.nodes() {
            break;
        }
        for group in &mut whole {
            *group = groups[*group as usize];
        }
        level = level.joined(&groups, count);
    }
    numbered(&parts(ties, |a, b| whole[a as usize] == whole[b as usize]))
}

/// A graph whose nodes are communities of the one below.
struct Level {
    ties: Ties,
    /// Twice the weight inside each node.
    inside: Vec<f64>,
}

impl Level {
    /// The groups that the nodes move into, from 0, and their number.
    fn groups(&self) -> (Vec<u32>, usize) {
        let count = self.ties.nodes();
        let strength = |node: usize| {
            let ends = self.ties.at(node as u32).iter();
            self.inside[node] + ends.map(|end| end.1).sum::<f64>()
        };
        let strengths: Vec<f64> = (0..count).map(strength).collect();
        let all: f64 = strengths.iter().sum();
        let mut groups: Vec<u32> = (0..count as u32).collect();
        let mut totals = strengths.clone();
        let mut towards = vec![0.0; count];
        let mut near = Vec::new();
        let order = Chance::new(SEED).order(count);
        for _ in 0..ROUNDS {
            let mut moved = false;
            for &node in &order {
                let own = groups[node as usize];
                let strength = strengths[node as usize];
                totals[own as usize] -= strength;
                near.push(own);
                for &(other, weight) in self.ties.at(node) {
                    let group = groups[other as usize];
                    if towards[group as usize] == 0.0 && group != own {
                        near.push(group);
                    }
                    towards[group as usize] += weight;
                }
                let gain =
                    |group: u32| towards[group as usize] - strength * totals[group as usize] / all;
                let mut best = (gain(own), own);
                near[1..].sort_unstable();
                for &group in &near[1..] {
                    let gain = gain(group);
                    if gain > best.0 + GAIN * all {
                        best = (gain, group);
                    }
                }
                moved |= best.1 != own;
                groups[node as usize] = best.1;
                totals[best.1 as usize] += strength;
                for group in near.drain(..) {
                    towards[group as usize] = 0.0;
                }
            }
            if !moved {
                break;
            }
        }
        let mut numbers = vec![u32::MAX; count];
        let mut next = 0;
        for group in &mut groups {
            let number = &mut numbers[*group as usize];
            if *number == u32::MAX {
                *number = next;
                next += 1;
            }
            *group = *number;
        }
        (groups, next as usize)
    }

    /// The graph of these groups.
    fn joined(&self, groups: &[u32], count: usize) -> Self {
        let mut inside = vec![0.0; count];
        let mut pairs = Vec::new();
        for (node, &group) in groups.iter().enumerate() {
            inside[group as usize] += self.inside[node];
            for &(other, weight) in self.ties.at(node as u32) {
                let others = groups[other as usize];
                if others == group {
                    inside[group as usize] += weight;
                } else if group < others {
                    pairs.push((group, others, weight));
                }
            }
        }
        Self {
            ties: Ties::from_pairs(count, pairs),
            inside,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ring_of_cliques_falls_into_its_cliques() {
        // Eight cliques of five, each joined to the next by one edge.
        let mut pairs = Vec::new();
        for clique in 0..8_u32 {
            for a in 0..5 {
                pairs.extend((a + 1..5).map(|b| (clique * 5 + a, clique * 5 + b, 1.0)));
            }
            pairs.push((clique * 5, (clique * 5 + 6) % 40, 1.0));
        }
        let expected: Vec<u32> = (0..40).map(|node| node / 5 + 1).collect();
        assert_eq!(communities(&Ties::from_pairs(40, pairs)), expected);
    }

    #[test]
    fn weights_decide_who_belongs_together() {
        let square = [(0, 1, 9.0), (1, 2, 1.0), (2, 3, 9.0), (3, 0, 1.0)];
        assert_eq!(communities(&Ties::from_pairs(4, square)), [1, 1, 2, 2]);
    }
}
