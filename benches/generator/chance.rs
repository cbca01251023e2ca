//! Numbers for made-up data.

/// Numbers that look like chance and are the same every time (Knuth's MMIX generator).
pub struct Chance(pub u64);

impl Chance {
    /// A number below `limit`; 0 where that is 0.
    pub fn below(&mut self, limit: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % limit.max(1)
    }
}
