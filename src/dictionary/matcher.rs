//! The compiled matcher: one overlapping pass over a text finds every form of every list.
//!
//! The search runs on a folded view: no spaces, full-width forms as ASCII, one kind of middle dot. So a
//! name matches however the article spaces it, and the boundary rules judge the spaces afterwards.

use std::iter;

use daachorse::{CharwiseDoubleArrayAhoCorasick, CharwiseDoubleArrayAhoCorasickBuilder};

/// A character as it is compared, or `None` where it does not count (white space in a line).
///
/// A line break stays: no name goes over it.
pub fn fold_char(c: char) -> Option<char> {
    match c {
        // Hangul first: nearly all of the text.
        '\n' | '가'..='힣' => Some(c),
        ' ' | '\t' | '\u{a0}' | '\u{3000}' => None,
        'ㆍ' | '‧' | '・' | '•' | '⋅' | '∙' => Some('·'),
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0),
        c if c.is_whitespace() => None,
        c => Some(c),
    }
}

/// A form found in the folded text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hit {
    /// Byte at which it begins in the folded text.
    pub start: usize,
    /// Byte at which it has ended in the folded text.
    pub end: usize,
    /// Which of the forms.
    pub form: u32,
}

/// Finds all forms at once, overlapping ones too.
#[derive(Default)]
pub struct Matcher {
    automaton: Option<CharwiseDoubleArrayAhoCorasick<u32>>,
}

impl std::fmt::Debug for Matcher {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Matcher").finish_non_exhaustive()
    }
}

impl Matcher {
    /// Compiles distinct, non-empty, folded forms; a form's number is its place in the list.
    ///
    /// # Errors
    ///
    /// Says why where two forms are the same or there are too many for the automaton.
    pub fn new<'a>(forms: impl IntoIterator<Item = &'a str>) -> Result<Self, String> {
        let forms: Vec<&str> = forms.into_iter().collect();
        if forms.is_empty() {
            return Ok(Self { automaton: None });
        }
        CharwiseDoubleArrayAhoCorasickBuilder::new()
            .build(forms)
            .map(|automaton| Self {
                automaton: Some(automaton),
            })
            .map_err(|error| error.to_string())
    }

    /// All hits in `folded`, by their end; O(text + hits).
    pub fn hits<'a>(&'a self, folded: &'a str) -> impl Iterator<Item = Hit> + 'a {
        let automaton = self.automaton.as_ref();
        let mut found = automaton.map(|a| a.find_overlapping_iter(folded));
        iter::from_fn(move || {
            found.as_mut()?.next().map(|m| Hit {
                start: m.start(),
                end: m.end(),
                form: m.value(),
            })
        })
    }
}
