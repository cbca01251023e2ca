//! What was made of sentences that come again.
//!
//! The press repeats itself: releases are printed as they come, agencies are copied, every page of a paper closes in
//! the same line. A step whose answer for a sentence depends on nothing but its words keeps what it made of those it
//! meets twice. What is kept never changes an answer, only when it is ready.

use std::hash::Hasher;

use rustc_hash::FxHasher;

use crate::article::Article;

/// How many sentences are remembered to have been met, as marks of four bytes.
const MET: usize = 1 << 16;
/// How many sentences are kept; another in the same place takes it.
const KEPT: usize = 1 << 13;

/// The sentences that came again; bounded, so that they do not grow with the articles.
#[derive(Debug)]
pub(crate) struct Sentences {
    /// A mark for each sentence that was met, by its hash.
    met: Box<[u32]>,
    /// The sentence in each place, and how many were there before it.
    texts: Box<[(Box<str>, u32)]>,
}

/// The place of a sentence among [`Sentences`], until another takes it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place {
    at: usize,
    /// How many sentences were there before.
    tenant: u32,
}

impl Sentences {
    /// None met yet.
    pub(crate) fn new() -> Self {
        Self {
            met: vec![0; MET].into(),
            texts: vec![Default::default(); KEPT].into(),
        }
    }

    /// The places of an article's sentences: of those that came before, here or in another article; O(text).
    pub(crate) fn places(&mut self, article: &Article) -> Vec<Option<Place>> {
        let spans = article.sentences.iter().map(|s| s.span.clone());
        spans.map(|span| self.place(&article.text[span])).collect()
    }

    fn place(&mut self, sentence: &str) -> Option<Place> {
        let mut hasher = FxHasher::default();
        hasher.write(sentence.as_bytes());
        let hash = hasher.finish();
        let at = hash as usize % KEPT;
        let (text, tenant) = &mut self.texts[at];
        if **text != *sentence {
            // The places come from the low bits, the mark from the high ones.
            let mark = (hash >> u32::BITS) as u32 | 1;
            if std::mem::replace(&mut self.met[hash as usize % MET], mark) != mark {
                return None;
            }
            *text = sentence.into();
            *tenant = tenant.wrapping_add(1);
        }
        Some(Place {
            at,
            tenant: *tenant,
        })
    }
}

/// What one step keeps of [`Sentences`].
#[derive(Debug)]
pub(crate) struct Shelf<T>(Vec<Option<(u32, T)>>);

impl<T> Shelf<T> {
    /// An empty one.
    pub(crate) const fn new() -> Self {
        Self(Vec::new())
    }

    /// What is kept of the sentence that has the place.
    pub(crate) fn get(&self, place: Place) -> Option<&T> {
        let (tenant, value) = self.0.get(place.at)?.as_ref()?;
        (*tenant == place.tenant).then_some(value)
    }

    /// The same, to keep more.
    pub(crate) fn get_mut(&mut self, place: Place) -> Option<&mut T> {
        let (tenant, value) = self.0.get_mut(place.at)?.as_mut()?;
        (*tenant == place.tenant).then_some(value)
    }

    /// Keeps what was made of the sentence that has the place.
    pub(crate) fn put(&mut self, place: Place, value: T) {
        if self.0.len() <= place.at {
            self.0.resize_with(KEPT, || None);
        }
        self.0[place.at] = Some((place.tenant, value));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_sentence_has_a_place_from_its_second_time_on() {
        let mut sentences = Sentences::new();
        assert!(sentences.place("가").is_none());
        let place = sentences.place("가").unwrap();
        let mut shelf = Shelf::new();
        assert_eq!(shelf.get(place), None);
        shelf.put(place, 2);
        assert_eq!(shelf.get(sentences.place("가").unwrap()), Some(&2));
    }

    #[test]
    fn what_is_kept_is_not_the_next_tenants() {
        let mut shelf = Shelf::new();
        let [old, new] = [1, 2].map(|tenant| Place { at: 7, tenant });
        shelf.put(old, "old");
        assert_eq!(shelf.get(new), None);
        shelf.put(new, "new");
        assert_eq!((shelf.get(old), shelf.get(new)), (None, Some(&"new")));
        assert_eq!(shelf.get_mut(old), None);
    }

    proptest! {
        #[test]
        fn what_is_kept_is_what_was_made_of_that_sentence(
            texts in proptest::collection::vec("[가-하]{0,2}", 0..200),
        ) {
            let (mut sentences, mut shelf) = (Sentences::new(), Shelf::new());
            for text in &texts {
                let Some(place) = sentences.place(text) else { continue };
                if let Some(kept) = shelf.get(place) {
                    prop_assert_eq!(kept, text);
                }
                shelf.put(place, text.clone());
            }
        }
    }
}
