//! Strings by number, each held once.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::Arc;

use super::hash;

/// Strings by number.
#[derive(Debug, Clone, Default)]
pub struct Interner {
    strings: Vec<Arc<str>>,
    places: HashMap<u64, u32, BuildHasherDefault<Mixed>>,
}

impl Interner {
    /// The number of `text`, which is added if it is new.
    pub fn add(&mut self, text: &str) -> u32 {
        self.place(text, || text.into())
    }

    fn place(&mut self, text: &str, hold: impl FnOnce() -> Arc<str>) -> u32 {
        let mut key = hash::text(text);
        while let Some(&place) = self.places.get(&key) {
            if &*self.strings[place as usize] == text {
                return place;
            }
            key = key.wrapping_add(1);
        }
        let place = self.strings.len() as u32;
        self.strings.push(hold());
        self.places.insert(key, place);
        place
    }

    /// The text with this number.
    pub fn get(&self, place: u32) -> &str {
        &self.strings[place as usize]
    }

    /// The place of each string among all of them, by their bytes.
    pub fn ranks(&self) -> Vec<u32> {
        let mut order: Vec<u32> = (0..self.strings.len() as u32).collect();
        order.sort_unstable_by_key(|place| self.get(*place));
        let mut ranks = vec![0; order.len()];
        for (rank, place) in (0..).zip(order) {
            ranks[place as usize] = rank;
        }
        ranks
    }

    /// Forgets how to find a number by its text: none is added any more.
    pub fn close(&mut self) {
        self.places = HashMap::default();
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.strings.len()
    }

    /// Adds all of `other`; gives the new number of each.
    pub fn merge(&mut self, other: &Self) -> Vec<u32> {
        other
            .strings
            .iter()
            .map(|text| self.place(text, || text.clone()))
            .collect()
    }
}

/// Hashes numbers; quicker than the standard one, which guards against chosen keys.
#[derive(Debug, Clone, Copy, Default)]
pub struct Mixed(u64);

impl Hasher for Mixed {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.write_u64(u64::from(byte));
        }
    }

    fn write_u64(&mut self, value: u64) {
        self.0 = hash::mix(self.0, value);
    }
}
