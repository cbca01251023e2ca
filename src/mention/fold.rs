//! The folded view of an article in which names are searched: its sentences without spaces.

use crate::article::Article;
use crate::dictionary::fold_char;

/// The sentences of an article, folded, a line break between them, and the way back.
#[derive(Debug, Default)]
pub struct Folded {
    /// What the matcher reads.
    pub text: String,
    /// For each byte of `text`, the byte of the article's text at which its character begins.
    origin: Vec<u32>,
    /// For each sentence, the byte of `text` at which it has ended.
    ends: Vec<usize>,
}

impl Folded {
    /// Folds all sentences; O(text).
    pub fn new(article: &Article) -> Self {
        let mut folded = Self {
            text: String::with_capacity(article.text.len()),
            origin: Vec::with_capacity(article.text.len()),
            ends: Vec::with_capacity(article.sentences.len()),
        };
        for sentence in &article.sentences {
            for (i, c) in article.text[sentence.span.clone()].char_indices() {
                if let Some(c) = fold_char(c) {
                    folded.push(c, sentence.span.start + i);
                }
            }
            folded.ends.push(folded.text.len());
            folded.push('\n', sentence.span.end);
        }
        folded
    }

    fn push(&mut self, c: char, origin: usize) {
        self.text.push(c);
        self.origin.resize(self.text.len(), origin as u32);
    }

    /// The byte of the article's text at which the folded range begins and the one at which it has ended.
    ///
    /// `start < end`, both on character boundaries of [`Self::text`].
    pub fn span(&self, text: &str, start: usize, end: usize) -> std::ops::Range<usize> {
        let last = self.origin[end - 1] as usize;
        let width = text[last..].chars().next().map_or(0, char::len_utf8);
        self.origin[start] as usize..last + width
    }

    /// The first sentence at or after `from` that ends at or after the byte `at` of [`Self::text`].
    pub fn sentence_at(&self, from: usize, at: usize) -> usize {
        let mut sentence = from;
        while sentence + 1 < self.ends.len() && self.ends[sentence] < at {
            sentence += 1;
        }
        sentence
    }
}
