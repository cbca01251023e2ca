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

    /// The way back for places whose ends only grow.
    pub fn origins<'a>(&'a self, article: &'a Article) -> Origins<'a> {
        Origins {
            folded: self,
            text: &article.text,
            stretch: 0,
            sentence: 0,
        }
    }
}

/// Leads from places in the folded text back to the article, one after the other: no place may end before the one
/// asked for last. O(1) on the average, as names are short.
#[derive(Debug)]
pub struct Origins<'a> {
    folded: &'a Folded,
    text: &'a str,
    /// The stretch that the last byte lies in.
    stretch: usize,
    sentence: usize,
}

impl Origins<'_> {
    /// Goes on to the place that has ended at byte `end` of the folded text and gives its sentence.
    pub fn go_to(&mut self, end: usize) -> usize {
        while self.begin(self.stretch + 1).is_some_and(|b| b < end) {
            self.stretch += 1;
        }
        let ends = &self.folded.ends;
        while self.sentence + 1 < ends.len() && ends[self.sentence] < end {
            self.sentence += 1;
        }
        self.sentence
    }

    fn begin(&self, stretch: usize) -> Option<usize> {
        self.folded.stretches.get(stretch).map(|(begin, _)| *begin)
    }

    /// The byte of the article's text that byte `at` of the folded text comes from: a byte of the place that
    /// [`Self::go_to`] led to.
    pub fn start(&self, at: usize) -> usize {
        let mut stretch = self.stretch;
        while stretch > 0 && self.folded.stretches[stretch].0 > at {
            stretch -= 1;
        }
        let (begin, origin) = self.folded.stretches[stretch];
        origin + (at - begin)
    }

    /// The byte of the article's text at which the place has ended, after [`Self::go_to`] the same `end`.
    pub fn end(&self, end: usize) -> usize {
        let last_width = self.folded.text[..end]
            .chars()
            .next_back()
            .map_or(0, char::len_utf8);
        let last = self.start(end - last_width);
        // What folds may be wider than what it folds to.
        last + self.text[last..].chars().next().map_or(0, char::len_utf8)
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
            let mut origins = folded.origins(&article);
            for c in folded.text.trim_end_matches('\n').chars() {
                origins.go_to(at + c.len_utf8());
                let span = origins.start(at)..origins.end(at + c.len_utf8());
                let there = text[span].chars().next().and_then(crate::dictionary::fold_char);
                prop_assert_eq!(there, Some(c));
                at += c.len_utf8();
            }
        }
    }
}
