//! What remains of an article's text to find its near-identical copies: about one number in eight characters.

use super::hash::{self, mix};

/// Characters that a sample spans, letters and digits only.
const SPAN: usize = 6;
/// One position in this many is sampled, chosen by its hash and thus the same in every copy.
const EVERY: u64 = 8;
/// No more samples than this: the first 4,000 characters or so tell.
const MOST: usize = 512;
const BASE: u64 = 0x0000_0100_0000_01b3;

/// The hashes of the text's sampled character runs, in text order, and one of the whole.
///
/// Blanks, punctuation and case do not count, and neither does a headline that opens the text.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Signature {
    /// The sampled runs: constant memory however long the text is.
    pub samples: Box<[u32]>,
    /// The hash of all letters and digits.
    pub whole: u64,
}

impl Signature {
    /// The signature of a text, or `None` where it has neither letter nor digit. O(length).
    pub fn of(text: &str, title: Option<&str>) -> Option<Self> {
        let text = text.trim_start();
        let body = title
            .filter(|t| !t.is_empty())
            .and_then(|t| text.strip_prefix(t));
        Self::of_body(body.unwrap_or_default()).or_else(|| Self::of_body(text))
    }

    fn of_body(text: &str) -> Option<Self> {
        let leaving = (0..SPAN).fold(1_u64, |power, _| power.wrapping_mul(BASE));
        let (mut run, mut whole, mut count) = (0_u64, 0_u64, 0_usize);
        let mut last = [0_u64; SPAN];
        let mut samples = Vec::new();
        for letter in text.chars().filter_map(letter) {
            let oldest = std::mem::replace(&mut last[count % SPAN], letter);
            run = run.wrapping_mul(BASE).wrapping_add(letter);
            run = run.wrapping_sub(oldest.wrapping_mul(leaving));
            whole = whole.wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(23) ^ letter;
            count += 1;
            if count >= SPAN && samples.len() < MOST {
                let hash = mix(run, 0);
                if hash.is_multiple_of(EVERY) {
                    samples.push((hash >> 32) as u32);
                }
            }
        }
        (count > 0).then(|| Self {
            samples: samples.into(),
            whole: mix(whole, count as u64),
        })
    }

    /// Places of samples that are the smallest around: about one in ten, the same in every copy.
    pub fn anchors(&self) -> impl Iterator<Item = usize> {
        const REACH: usize = 4;
        let samples = &self.samples;
        (0..samples.len()).filter(move |&at| {
            let before = &samples[at.saturating_sub(REACH)..at];
            let after = &samples[at + 1..samples.len().min(at + 1 + REACH)];
            before.iter().all(|x| *x > samples[at]) && after.iter().all(|x| *x >= samples[at])
        })
    }

    /// A hash of the samples up to `reach` before and after `at`.
    pub fn context(&self, at: usize, reach: usize) -> u64 {
        let mut hasher = hash::Hasher::default();
        for place in at..=at + 2 * reach {
            let sample = place.checked_sub(reach).and_then(|p| self.samples.get(p));
            hasher.number(sample.map_or(u64::MAX, |&sample| u64::from(sample)));
        }
        hasher.finish()
    }
}

/// A letter or digit by number, upper and lower case alike.
fn letter(c: char) -> Option<u64> {
    match c {
        '가'..='힣' | 'a'..='z' | '0'..='9' => Some(u64::from(u32::from(c))),
        'A'..='Z' => Some(u64::from(u32::from(c.to_ascii_lowercase()))),
        c if c.is_ascii() || !c.is_alphanumeric() => None,
        c => c.to_lowercase().next().map(|c| u64::from(u32::from(c))),
    }
}
