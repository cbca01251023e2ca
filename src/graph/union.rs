//! Disjoint sets.

/// Disjoint sets of numbers; the smallest number of a set stands for it.
#[derive(Debug, Clone)]
pub struct Union(Vec<u32>);

impl Union {
    /// `len` sets of one number each.
    pub fn new(len: usize) -> Self {
        Self((0..len as u32).collect())
    }

    /// The smallest number in the set of `x`.
    pub fn find(&mut self, mut x: u32) -> u32 {
        while self.0[x as usize] != x {
            let up = self.0[self.0[x as usize] as usize];
            self.0[x as usize] = up;
            x = up;
        }
        x
    }

    /// Joins the sets of `x` and `y`; gives the number that stands for both.
    pub fn join(&mut self, x: u32, y: u32) -> u32 {
        let (x, y) = (self.find(x), self.find(y));
        self.0[x.max(y) as usize] = x.min(y);
        x.min(y)
    }
}
