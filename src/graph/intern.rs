//! Strings by number, each held once.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use super::hash;

/// Strings by number, in one buffer: 4 bytes and a table entry over the text itself.
#[derive(Debug, Clone, Default)]
pub struct Interner {
    buffer: String,
    ends: Vec<usize>,
    places: HashMap<u64, u32, BuildHasherDefault<Hashed>>,
}

impl Interner {
    /// The number of `text`, which is added if it is new.
    pub fn add(&mut self, text: &str) -> u32 {
        let mut key = hash::text(text);
        while let Some(&place) = self.places.get(&key) {
            if self.get(place) == text {
                return place;
            }
            key = key.wrapping_add(1);
        }
        let place = self.ends.len() as u32;
        self.buffer.push_str(text);
        self.ends.push(self.buffer.len());
        self.places.insert(key, place);
        place
    }

    /// The text with this number.
    pub fn get(&self, place: u32) -> &str {
        let place = place as usize;
        let start = place.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.buffer[start..self.ends[place]]
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Adds all of `other`; gives the new number of each.
    pub fn merge(&mut self, other: &Self) -> Vec<u32> {
        (0..other.len() as u32)
            .map(|place| self.add(other.get(place)))
            .collect()
    }
}

/// Keys are hashes already.
#[derive(Debug, Clone, Copy, Default)]
pub struct Hashed(u64);

impl Hasher for Hashed {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.0 = hash::mix(self.0, u64::from(byte));
        }
    }

    fn write_u64(&mut self, value: u64) {
        self.0 = value;
    }
}
