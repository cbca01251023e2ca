//! How far the figures would move with other articles: bootstrap intervals.

use serde::Serialize;

use super::Counts;

/// How many times the articles are drawn.
const DRAWS: usize = 1000;
/// The share of the draws that an interval leaves out at each end, as one in so many: 95 % stay inside.
const TAIL: usize = 40;
/// Where the draws begin: a fixed number, so that the same counts always give the same intervals.
const SEED: u64 = 0x9e37_79b9_7f4a_7c15;

/// Between which values a figure lies in 95 of 100 draws.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Interval {
    /// The lower end.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

/// The intervals of one row.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Intervals {
    /// Of the precision.
    pub precision: Interval,
    /// Of the recall.
    pub recall: Interval,
    /// Of F1.
    pub f1: Interval,
}

/// The intervals of a figure from its counts in each article.
///
/// As many articles as there are, drawn with replacement, 1,000 times; O(1,000 · articles).
pub(super) fn of(articles: &[Counts]) -> Intervals {
    let mut random = SEED;
    let mut draws: [Vec<f64>; 3] = Default::default();
    for _ in 0..DRAWS {
        let mut sum = Counts::default();
        for _ in articles {
            let at = (u128::from(next(&mut random)) * articles.len() as u128) >> 64;
            sum.add(articles[at as usize]);
        }
        draws[0].push(sum.precision());
        draws[1].push(sum.recall());
        draws[2].push(sum.f1());
    }
    let [precision, recall, f1] = draws.map(|mut values| {
        values.sort_by(f64::total_cmp);
        Interval {
            low: values[DRAWS / TAIL],
            high: values[DRAWS - 1 - DRAWS / TAIL],
        }
    });
    Intervals {
        precision,
        recall,
        f1,
    }
}

/// The next number of a SplitMix64 sequence (Steele, Lea, Flood 2014).
fn next(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut z = *state;
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counts(right: usize, reported: usize, gold: usize) -> Counts {
        Counts {
            right,
            reported,
            gold,
        }
    }

    #[test]
    fn articles_that_are_all_alike_leave_no_room() {
        let all = of(&[counts(3, 4, 4); 9]);
        assert_eq!(
            all.f1,
            Interval {
                low: 0.75,
                high: 0.75
            }
        );
    }

    #[test]
    fn the_figure_lies_inside_and_the_same_counts_give_the_same_interval() {
        let articles: Vec<Counts> = (0..20).map(|i| counts(i % 5, 4, 5)).collect();
        let intervals = of(&articles);
        let mut sum = Counts::default();
        for of in &articles {
            sum.add(*of);
        }
        assert!(intervals.f1.low < sum.f1() && sum.f1() < intervals.f1.high);
        assert_eq!(intervals, of(&articles));
    }
}
