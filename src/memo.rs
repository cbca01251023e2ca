//! What was made of sentences that come again.
//!
//! The press repeats itself: releases are printed as they come, agencies are copied, every page of a paper closes in
//! the same line. A step whose answer for a sentence depends on nothing but its words keeps what it made of those it
//! meets twice. What is kept never changes an answer, only when it is ready.

use std::hash::Hasher;

use rustc_hash::FxHasher;

/// How many sentences are remembered to have been met, as marks of four bytes.
const MET: usize = 1 << 16;
/// How many sentences are kept; another in the same place takes it.
const KEPT: usize = 1 << 13;

/// What a step made of sentences; bounded, so that it does not grow with the articles.
#[derive(Debug)]
pub(crate) struct Memo<T> {
    /// A mark for each sentence that was met, by its key.
    met: Box<[u32]>,
    kept: Box<[Option<Kept<T>>]>,
}

#[derive(Debug)]
struct Kept<T> {
    text: Box<str>,
    value: T,
}

/// The hash of a sentence.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Key(u64);

/// Where a [`Memo`] keeps a sentence.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place(usize);

impl<T> Memo<T> {
    /// One that keeps sentences from their second time on.
    pub(crate) fn new() -> Self {
        Self {
            met: vec![0; MET].into(),
            kept: (0..KEPT).map(|_| None).collect(),
        }
    }

    /// One that keeps nothing, for a single article.
    pub(crate) fn none() -> Self {
        Self {
            met: Box::default(),
            kept: Box::default(),
        }
    }

    /// The key of a sentence; O(bytes).
    pub(crate) fn key(&self, text: &str) -> Key {
        let mut hasher = FxHasher::default();
        if !self.kept.is_empty() {
            hasher.write(text.as_bytes());
        }
        Key(hasher.finish())
    }

    /// Where the sentence is kept, until the next is.
    pub(crate) fn find(&self, key: Key, text: &str) -> Option<Place> {
        let place = key.0 as usize % KEPT;
        let kept = self.kept.get(place)?.as_ref()?;
        (*kept.text == *text).then_some(Place(place))
    }

    /// What is kept there.
    pub(crate) fn at(&self, place: Place) -> Option<&T> {
        Some(&self.kept[place.0].as_ref()?.value)
    }

    /// What is kept there, to keep more.
    pub(crate) fn at_mut(&mut self, place: Place) -> Option<&mut T> {
        Some(&mut self.kept[place.0].as_mut()?.value)
    }

    /// Keeps what was made of the sentence if it has been met before, and remembers to have met it.
    pub(crate) fn met(&mut self, key: Key, text: &str, value: impl FnOnce() -> T) {
        // The place comes from the low bits, the mark from the high ones.
        let mark = (key.0 >> u32::BITS) as u32 | 1;
        let Some(met) = self.met.get_mut(key.0 as usize % MET) else {
            return;
        };
        if std::mem::replace(met, mark) == mark
            && let Some(place) = self.kept.get_mut(key.0 as usize % KEPT)
        {
            *place = Some(Kept {
                text: text.into(),
                value: value(),
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_sentence_is_kept_from_its_second_time_on() {
        let mut memo = Memo::new();
        let key = memo.key("가");
        for kept in [None, None, Some(&2)] {
            assert_eq!(memo.find(key, "가").and_then(|p| memo.at(p)), kept);
            memo.met(key, "가", || 2);
        }
        // Another sentence in the same place is told from it.
        assert!(memo.find(key, "나").is_none());
    }

    #[test]
    fn one_that_keeps_nothing_answers_nothing() {
        let mut memo = Memo::none();
        let key = memo.key("가");
        for _ in 0..3 {
            memo.met(key, "가", || 1);
            assert!(memo.find(key, "가").is_none());
        }
    }

    proptest! {
        #[test]
        fn what_is_kept_is_what_was_made_of_that_sentence(
            sentences in proptest::collection::vec("[가-하]{0,2}", 0..200),
        ) {
            let mut memo = Memo::new();
            for text in &sentences {
                let key = memo.key(text);
                if let Some(kept) = memo.find(key, text).and_then(|p| memo.at(p)) {
                    prop_assert_eq!(kept, text);
                }
                memo.met(key, text, || text.clone());
            }
        }
    }
}
