//! Words that lines share: an article's paragraphs and headlines share some with one another.

use std::collections::HashSet;
use std::hash::{BuildHasherDefault, Hasher};

use crate::dictionary::is_letter;

/// Numbers that are spread already, or nearly: one multiplication hashes them. Only asked, never walked through.
pub(super) type Set = HashSet<u64, BuildHasherDefault<Spread>>;

#[derive(Default)]
pub(super) struct Spread(u64);

impl Hasher for Spread {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, bytes: &[u8]) {
        for &b in bytes {
            self.write_u64(u64::from(b));
        }
    }
    fn write_u64(&mut self, n: u64) {
        let mixed = (self.0 ^ n).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        self.0 = mixed ^ (mixed >> 29);
    }
}

/// A number for the letters and digits of a line; how many bytes they are.
pub(super) fn fingerprint(text: &str) -> (u64, usize) {
    let mut hasher = Spread::default();
    let mut size = 0;
    for c in text.chars().filter(|&c| is_letter(c)) {
        hasher.write_u64(u64::from(u32::from(c)));
        size += c.len_utf8();
    }
    (hasher.0, size)
}

/// The beginnings of words, packed.
#[derive(Debug, Default)]
pub(super) struct Stems {
    pub(super) two: Set,
    three: Set,
}

/// Calls `f` with the first two, or three, letters of every word that has as many.
pub(super) fn stems(text: &str, n: u32, mut f: impl FnMut(u64)) {
    let mut packed = 0_u64;
    let mut length = 0;
    let mut digits = true;
    for c in text.chars().chain([' ']) {
        if is_letter(c) {
            if length < n {
                packed = packed << 21 | u64::from(u32::from(c));
                digits &= c.is_ascii_digit();
                length += 1;
                if length == n && !digits {
                    f(packed);
                }
            }
        } else {
            packed = 0;
            length = 0;
            digits = true;
        }
    }
}

impl Stems {
    pub(super) fn add_two(&mut self, text: &str) {
        stems(text, 2, |s| {
            self.two.insert(s);
        });
    }

    pub(super) fn add(&mut self, text: &str) {
        self.add_two(text);
        stems(text, 3, |s| {
            self.three.insert(s);
        });
    }

    /// How many different beginnings (two letters) of `text` are known.
    pub(super) fn shared(&self, text: &str) -> usize {
        let mut seen = Set::default();
        stems(text, 2, |s| {
            if self.two.contains(&s) {
                seen.insert(s);
            }
        });
        seen.len()
    }

    /// How many different beginnings (three letters) of `text` are known, and how many it has.
    fn kinship(&self, text: &str) -> (usize, usize) {
        let mut seen = Set::default();
        let mut known = 0;
        stems(text, 3, |s| {
            if seen.insert(s) && self.three.contains(&s) {
                known += 1;
            }
        });
        (known, seen.len())
    }

    /// Whether a paragraph is likely to be of the same article. (Of an article's own paragraphs six in ten pass, of
    /// other articles' three in a hundred.)
    pub(super) fn kin(&self, text: &str) -> bool {
        let (known, all) = self.kinship(text);
        known >= 2 && known * 100 >= all * 10
    }
}
