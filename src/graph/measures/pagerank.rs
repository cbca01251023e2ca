//! PageRank, weighted.
//!
//! Brin and Page, "The anatomy of a large-scale hypertextual Web search engine", Computer Networks 30 (1998), by power
//! iteration. Not petgraph's, which ignores weights and takes quadratic time.

use super::ties::Ties;

/// The chance to go on along an edge and not to begin anywhere.
const DAMPING: f64 = 0.85;
/// The iteration ends when all ranks together move less than this.
const STILL: f64 = 1e-10;
const ROUNDS: usize = 200;

/// The rank of each node; all together are 1. Who has no tie passes his rank on to all. O(rounds · (n + m)).
pub fn page_ranks(ties: &Ties) -> Vec<f64> {
    let count = ties.nodes();
    let nodes = 0..count as u32;
    let strength = |node| ties.at(node).iter().map(|end| end.1).sum();
    let strengths: Vec<f64> = nodes.clone().map(strength).collect();
    let mut ranks = vec![1.0 / count as f64; count];
    for _ in 0..ROUNDS {
        let lost: f64 = ranks
            .iter()
            .zip(&strengths)
            .filter(|x| *x.1 <= 0.0)
            .map(|x| x.0)
            .sum();
        let everywhere = (1.0 - DAMPING + DAMPING * lost) / count as f64;
        let next: Vec<f64> = nodes
            .clone()
            .map(|node| {
                // Ties lead both ways, so who leads here is who is led to from here.
                let parts = ties.at(node).iter().map(|&(other, weight)| {
                    ranks[other as usize] * weight / strengths[other as usize]
                });
                everywhere + DAMPING * parts.sum::<f64>()
            })
            .collect();
        let moved: f64 = next.iter().zip(&ranks).map(|(a, b)| (a - b).abs()).sum();
        ranks = next;
        if moved < STILL {
            break;
        }
    }
    ranks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_has_its_rank_in_the_middle() {
        // By hand: middle m = 0.05 + 0.85·2l, leaf l = 0.05 + 0.85·m/2, so m = 0.135/0.2775.
        let ranks = page_ranks(&Ties::from_pairs(3, [(0, 1, 1.0), (0, 2, 1.0)]));
        let middle = 0.135 / 0.2775;
        assert!((ranks[0] - middle).abs() < 1e-9, "{ranks:?}");
        assert!((ranks[1] - (1.0 - middle) / 2.0).abs() < 1e-9, "{ranks:?}");
    }

    #[test]
    fn heavy_edges_carry_more_and_nothing_is_lost() {
        let ranks = page_ranks(&Ties::from_pairs(4, [(0, 1, 9.0), (0, 2, 1.0)]));
        assert!(ranks[1] > 2.0 * ranks[2], "{ranks:?}");
        assert!((ranks.iter().sum::<f64>() - 1.0).abs() < 1e-9);
    }
}
