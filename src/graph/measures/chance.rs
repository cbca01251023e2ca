//! Numbers that look like chance and are the same every time, with every release of every crate.

use crate::graph::hash::mix;

/// A seeded row of numbers.
#[derive(Debug, Clone)]
pub struct Chance {
    seed: u64,
    count: u64,
}

impl Chance {
    /// A row of its own for each seed.
    pub fn new(seed: u64) -> Self {
        Self { seed, count: 0 }
    }

    /// The next number below `limit`, which is not 0.
    pub fn below(&mut self, limit: usize) -> usize {
        self.count += 1;
        let wide = u128::from(mix(self.seed, self.count)) * limit as u128;
        (wide >> 64) as usize
    }

    /// The next number from 0 to 1, without 1.
    pub fn part(&mut self) -> f64 {
        self.count += 1;
        (mix(self.seed, self.count) >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// `0..count` in another order.
    pub fn order(&mut self, count: usize) -> Vec<u32> {
        let mut order: Vec<u32> = (0..count as u32).collect();
        for last in (1..count).rev() {
            order.swap(last, self.below(last + 1));
        }
        order
    }
}

#[cfg(test)]
mod tests {
    use super::Chance;

    #[test]
    fn an_order_is_complete_and_mixed() {
        let mut order = Chance::new(1).order(1000);
        assert_eq!(order, Chance::new(1).order(1000));
        let moved = order.iter().zip(0..).filter(|&(&a, b)| a != b).count();
        assert!(moved > 900, "{moved}");
        order.sort_unstable();
        assert!(order.into_iter().eq(0..1000));
    }

    #[test]
    fn parts_fill_the_whole_from_0_to_1() {
        let mut chance = Chance::new(7);
        let mean = (0..10_000).map(|_| chance.part()).sum::<f64>() / 10_000.0;
        assert!((mean - 0.5).abs() < 0.02, "{mean}");
    }
}
