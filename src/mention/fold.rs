//! The folded view of an article in which names are searched: its sentences without spaces.

use std::ops::Range;

use crate::article::Article;
use crate::dictionary::fold_char;

/// The sentences of an article, folded, a line break between them, and the way back.
#[derive(Debug, Default)]
pub struct Folded {
    /// What the matcher reads.
    pub text: String,
    /// Where a stretch begins that was taken over as it stands: its byte in `text`, its byte in the article.
    stretches: Vec<(usize, usize)>,
    /// For each sentence, the byte of `text` at which it has ended.
    ends: Vec<usize>,
}

impl Folded {
    /// Folds all sentences; O(text).
    pub fn new(article: &Article) -> Self {
        let mut folded = Self {
            text: String::with_capacity(article.text.len()),
            stretches: Vec::with_capacity(article.text.len() / 8),
            ends: Vec::with_capacity(article.sentences.len()),
        };
        for sentence in &article.sentences {
            folded.sentence(&article.text, sentence.span.clone());
            folded.ends.push(folded.text.len());
            folded
                .stretches
                .push((folded.text.len(), sentence.span.end));
            folded.text.push('\n');
        }
        folded
    }

    /// Takes over a sentence stretch by stretch, between the characters that fold to another or to none.
    fn sentence(&mut self, text: &str, span: Range<usize>) {
        let bytes = text.as_bytes();
        let mut from = span.start;
        let mut at = span.start;
        while at < span.end {
            let byte = bytes[at];
            // ASCII stays, but for white space; Hangul syllables begin with one of these bytes and stay.
            if byte > b' ' && byte < 0x80 {
                at += 1;
                continue;
            }
            if (0xea..=0xed).contains(&byte) {
                at += 3;
                continue;
            }
            let Some(c) = text[at..].chars().next() else {
                break;
            };
            let folded = fold_char(c);
            if folded != Some(c) {
                self.stretch(text, from..at);
                if let Some(folded) = folded {
                    self.stretches.push((self.text.len(), at));
                    self.text.push(folded);
                }
                from = at + c.len_utf8();
            }
            at += c.len_utf8();
        }
        self.stretch(text, from..span.end);
    }

    fn stretch(&mut self, text: &str, range: Range<usize>) {
        if !range.is_empty() {
            self.stretches.push((self.text.len(), range.start));
            self.text.push_str(&text[range]);
        }
    }

    /// The byte of the article's text that the byte `at` of `text` comes from; O(log text).
    fn origin(&self, at: usize) -> usize {
        let next = self.stretches.partition_point(|(start, _)| *start <= at);
        let (start, origin) = self.stretches[next - 1];
        origin + (at - start)
    }

    /// The byte of the article's text at which the folded range begins and the one at which it has ended.
    ///
    /// `start < end`, both on character boundaries of [`Self::text`].
    pub fn span(&self, text: &str, start: usize, end: usize) -> Range<usize> {
        let last_width = self.text[..end]
            .chars()
            .next_back()
            .map_or(0, char::len_utf8);
        let last = self.origin(end - last_width);
        let width = text[last..].chars().next().map_or(0, char::len_utf8);
        self.origin(start)..last + width
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

#[cfg(test)]
mod tests {
    use super::Folded;
    use crate::article::{Article, Sentence, Zone};
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_folded_character_leads_back_to_where_it_stood(text in "[가-힣 a-zＡ-Ｚ・·\u{3000}()㈜]{1,40}") {
            let sentence = Sentence { span: 0..text.len(), zone: Zone::Body };
            let article = Article { text: text.clone(), sentences: vec![sentence], ..Article::default() };
            let folded = Folded::new(&article);
            let mut at = 0;
            for c in folded.text.trim_end_matches('\n').chars() {
                let span = folded.span(&text, at, at + c.len_utf8());
                let there = text[span].chars().next().and_then(crate::dictionary::fold_char);
                prop_assert_eq!(there, Some(c));
                at += c.len_utf8();
            }
        }
    }
}
