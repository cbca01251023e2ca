//! The compiled matcher: one pass over a text finds every form of a list, overlapping ones too.
//!
//! The forms stand in a trie that is entered at every character. An automaton after Aho and Corasick (1975) makes one
//! step a character, but each step waits for the one before, and an automaton of so many names lies in no near cache.
//! Here three characters that begin no form are seen in a small table of bits, which is how nearly all places end, and
//! no place waits for another.
//!
//! Names are searched in a folded view: no spaces, full-width forms as ASCII, one kind of middle dot. So a name matches
//! however the article spaces it, and the boundary rules judge the spaces afterwards.

use rustc_hash::FxHashMap;

use super::trie::{Node, Trie};

/// A character as it is compared, or `None` where it does not count (white space in a line).
///
/// A line break stays: no name goes over it.
#[inline]
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

/// A form found in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hit {
    /// Byte at which it begins.
    pub start: usize,
    /// Byte at which it has ended.
    pub end: usize,
    /// Which of the forms.
    pub form: u32,
}

/// Up to three characters, the last in the lowest bits; a character that is not there is NUL.
type Row = u64;

/// How many bits a character takes in a [`Row`].
const CHAR: u32 = 21;

/// A set of [`Row`]s, as bits; others may share a bit with one that is in it.
#[derive(Debug)]
struct Bits(Box<[u64; 1 << (BITS - 6)]>);

/// How many bits a table has, as a power of two: 16 KB, which a first-level cache holds.
const BITS: u32 = 17;

impl Default for Bits {
    fn default() -> Self {
        Self(Box::new([0; 1 << (BITS - 6)]))
    }
}

impl Bits {
    /// The word and the bit of a row's place.
    #[inline]
    fn place(row: Row) -> (usize, u64) {
        // 2^64 / φ, the multiplier of Fibonacci hashing (Knuth, TAOCP 6.4).
        let bit = row.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> (u64::BITS - BITS);
        (bit as usize / 64, 1 << (bit % 64))
    }

    fn insert(&mut self, row: Row) {
        let (word, bit) = Self::place(row);
        self.0[word] |= bit;
    }

    #[inline]
    fn may_hold(&self, row: Row) -> bool {
        let (word, bit) = Self::place(row);
        self.0[word % self.0.len()] & bit != 0
    }
}

/// Stands for a character that is not there.
const NOTHING: char = '\0';

/// How forms begin: their first two characters, their first three, and those that have only one.
#[derive(Default)]
struct Beginnings {
    pairs: Bits,
    triples: Bits,
    /// A bit for the lowest bits of each.
    singles: u64,
}

impl Beginnings {
    /// Adds the first three characters of a form.
    fn insert(&mut self, row: Row) {
        self.pairs.insert(row >> CHAR);
        self.triples.insert(row);
        let first = row >> (2 * CHAR);
        if row == first << (2 * CHAR) {
            self.singles |= 1 << (first % 64);
        }
    }
}

/// Finds all forms at once, overlapping ones too.
#[derive(Default)]
pub struct Matcher {
    all: Beginnings,
    /// Of those that count inside a word too.
    inside: Beginnings,
    /// The forms of one or two characters.
    short: FxHashMap<Row, u32>,
    /// The first three characters of longer forms, and where they lead in the trie.
    long: FxHashMap<Row, Node>,
    trie: Trie,
}

impl std::fmt::Debug for Matcher {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Matcher").finish_non_exhaustive()
    }
}

/// The first three characters of a form.
fn beginning(form: &str) -> Row {
    let mut chars = form.chars();
    (0..3).fold(0, |row, _| {
        row << CHAR | u64::from(u32::from(chars.next().unwrap_or(NOTHING)))
    })
}

/// The Hangul syllable that a text begins with, and the rest of the text; each has three bytes.
#[inline]
fn syllable(text: &[u8]) -> Option<(u32, &[u8])> {
    let [a @ 0xea..=0xed, b, c, rest @ ..] = text else {
        return None;
    };
    let c = u32::from(a & 0xf) << 12 | u32::from(b & 0x3f) << 6 | u32::from(c & 0x3f);
    (c.wrapping_sub('가' as u32) <= '힣' as u32 - '가' as u32).then_some((c, rest))
}

/// The next character that counts from a byte on, as it is compared, and where it ends; none behind it or at a NUL.
#[inline]
fn next(text: &str, mut at: usize, fold: impl Fn(char) -> Option<char>) -> Option<(u32, usize)> {
    if let Some((c, _)) = text.as_bytes().get(at..).and_then(syllable) {
        return Some((c, at + 3));
    }
    loop {
        let c = text.get(at..)?.chars().next()?;
        at += c.len_utf8();
        if let Some(c) = fold(c) {
            return (c != NOTHING).then_some((u32::from(c), at));
        }
    }
}

impl Matcher {
    /// Compiles distinct, non-empty forms, each with whether it counts inside a word too; a form's number is its place in
    /// the list. O(n log n).
    ///
    /// # Errors
    ///
    /// Says why where two forms are the same, one is empty or there are too many to number.
    pub fn new<'a>(forms: impl IntoIterator<Item = (&'a str, bool)>) -> Result<Self, String> {
        let mut matcher = Self::default();
        let mut forms: Vec<(&str, u32)> = forms
            .into_iter()
            .zip(0..u32::MAX)
            .map(|((form, inside), number)| {
                if inside {
                    matcher.inside.insert(beginning(form));
                }
                (form, number)
            })
            .collect();
        forms.sort_unstable();
        if forms
            .iter()
            .any(|(form, _)| form.is_empty() || form.contains(NOTHING))
        {
            return Err("a form is empty or holds a NUL".to_owned());
        }
        if let Some(twice) = forms.windows(2).find(|w| w[0].0 == w[1].0) {
            return Err(format!("`{}` is there twice", twice[0].0));
        }
        if forms.len() >= u32::MAX as usize {
            return Err(format!("{} forms are too many", forms.len()));
        }
        // A character has three bytes, but for few; two thirds of a table of edges are used at least.
        let bytes = forms.iter().map(|(form, _)| form.len().saturating_sub(9));
        matcher.trie.reserve(bytes.sum::<usize>() / 3);
        for group in forms.chunk_by(|a, b| beginning(a.0) == beginning(b.0)) {
            let (form, number) = group[0];
            let row = beginning(form);
            matcher.all.insert(row);
            match form.char_indices().nth(2) {
                None => {
                    matcher.short.insert(row >> CHAR, number);
                }
                Some((at, c)) => {
                    let node = matcher.trie.add(group, at + c.len_utf8());
                    matcher.long.insert(row, node);
                }
            }
        }
        Ok(matcher)
    }

    /// The number of the form that `text` is, as the forms were given; O(its characters).
    pub fn number(&self, text: &str) -> Option<u32> {
        if text.contains(NOTHING) {
            return None;
        }
        let row = beginning(text);
        let Some((third, c)) = text.char_indices().nth(2) else {
            return self.short.get(&(row >> CHAR)).copied();
        };
        let mut rest = text[third + c.len_utf8()..].chars();
        let beginning = *self.long.get(&row)?;
        rest.try_fold(beginning, |node, c| self.trie.next(node, c))?
            .value()
    }

    /// Adds the hits in `text`, by their end, the longest first; O(text + hits). `fold` says what a character is
    /// compared as, and `None` where it does not count; Hangul syllables stay what they are. Of forms that do not count
    /// inside a word some that stand there are left out, unless `everywhere`.
    pub fn hits(
        &self,
        text: &str,
        fold: impl Fn(char) -> Option<char>,
        everywhere: bool,
        hits: &mut Vec<Hit>,
    ) {
        let old = hits.len();
        let bytes = text.as_bytes();
        // The character before, where it begins, and what the forms that may begin at it begin with.
        let mut before = (Row::from(NOTHING), 0, &self.all);
        let mut in_word = false;
        let mut rest = bytes;
        while !rest.is_empty() {
            let start = bytes.len() - rest.len();
            let (c, forms) = if let Some((c, after)) = syllable(rest) {
                rest = after;
                let inside = std::mem::replace(&mut in_word, !everywhere);
                (c, if inside { &self.inside } else { &self.all })
            } else {
                in_word = false;
                let Some(c) = text.get(start..).and_then(|rest| rest.chars().next()) else {
                    break;
                };
                rest = &rest[c.len_utf8()..];
                let Some(c) = fold(c) else { continue };
                if c == NOTHING {
                    before.0 = Row::from(NOTHING);
                    continue;
                }
                (u32::from(c), &self.all)
            };
            let at = bytes.len() - rest.len();
            let c = Row::from(c);
            let pair = before.0 << CHAR | c;
            if before.2.pairs.may_hold(pair) {
                self.begun(text, (before.1, at), pair, before.2, &fold, hits);
            }
            if forms.singles >> (c % 64) & 1 != 0
                && let Some(&form) = self.short.get(&(c << CHAR))
            {
                let end = at;
                hits.push(Hit { start, end, form });
            }
            before = (c, start, forms);
        }
        hits[old..].sort_unstable_by_key(|h| (h.end, h.start));
    }

    /// Adds the forms that begin with the `pair` of characters that stands at `start..end`. Apart, so that the loop
    /// that calls it for one character in five keeps what it needs in registers.
    #[inline(never)]
    fn begun(
        &self,
        text: &str,
        (start, end): (usize, usize),
        pair: Row,
        forms: &Beginnings,
        fold: impl Fn(char) -> Option<char>,
        hits: &mut Vec<Hit>,
    ) {
        if forms.triples.may_hold(pair << CHAR)
            && let Some(&form) = self.short.get(&pair)
        {
            hits.push(Hit { start, end, form });
        }
        let Some((c, end)) = next(text, end, &fold) else {
            return;
        };
        let row = pair << CHAR | Row::from(c);
        if forms.triples.may_hold(row)
            && let Some(&node) = self.long.get(&row)
        {
            self.longer(text, start, (end, node), &fold, hits);
        }
    }

    /// Adds the forms that begin at `start` and reach to `end` at least, where they are at `node`.
    fn longer(
        &self,
        text: &str,
        start: usize,
        (mut end, mut node): (usize, Node),
        fold: impl Fn(char) -> Option<char>,
        hits: &mut Vec<Hit>,
    ) {
        loop {
            if let Some(form) = node.value() {
                hits.push(Hit { start, end, form });
            }
            if node.is_last() {
                return;
            }
            let Some((c, after)) = next(text, end, &fold) else {
                return;
            };
            let Some(there) = char::from_u32(c).and_then(|c| self.trie.next(node, c)) else {
                return;
            };
            (node, end) = (there, after);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn is_hangul(c: char) -> bool {
        matches!(c, '가'..='힣')
    }

    proptest! {
        #[test]
        fn all_forms_are_found_as_a_look_at_each_finds_them(
            forms in proptest::collection::btree_set("[가나다a·]{1,4}", 0..12),
            text in "[가나다라a· ・\\n\\x00]{0,30}",
        ) {
            let forms: Vec<&str> = forms.iter().map(String::as_str).collect();
            let matcher = Matcher::new(forms.iter().map(|f| (*f, f.len() > 6))).unwrap_or_default();
            let mut found = Vec::new();
            matcher.hits(&text, Some, true, &mut found);
            let mut expected: Vec<Hit> = Vec::new();
            for (form, number) in forms.iter().zip(0..) {
                for (start, _) in text.char_indices().filter(|(i, _)| text[*i..].starts_with(form)) {
                    expected.push(Hit { start, end: start + form.len(), form: number });
                }
            }
            expected.sort_by_key(|h| (h.end, h.start));
            prop_assert_eq!(&found, &expected);

            let place = forms.iter().position(|form| *form == text);
            prop_assert_eq!(matcher.number(&text), place.map(|number| number as u32));
            for (form, number) in forms.iter().zip(0..) {
                prop_assert_eq!(matcher.number(form), Some(number));
            }

            // Short forms inside a word may be left out, nothing else.
            found.clear();
            matcher.hits(&text, Some, false, &mut found);
            let inside = |h: &Hit| {
                let before = text[..h.start].chars().next_back();
                before.is_some_and(is_hangul) && h.end - h.start <= 6
            };
            found.retain(|h| !inside(h));
            expected.retain(|h| !inside(h));
            prop_assert_eq!(&found, &expected);

            found.clear();
            matcher.hits(&text, fold_char, true, &mut found);
            let fold = |text: &str| text.chars().filter_map(fold_char).collect::<String>();
            let whole = fold(&text);
            let mut folded = Vec::new();
            matcher.hits(&whole, Some, true, &mut folded);
            prop_assert_eq!(found.len(), folded.len());
            for (hit, there) in found.iter().zip(folded) {
                prop_assert_eq!(hit.form, there.form);
                prop_assert_eq!(fold(&text[hit.start..hit.end]), forms[hit.form as usize]);
                prop_assert_eq!(fold(&text[..hit.end]).len(), there.end);
            }
        }
    }

    #[test]
    fn what_cannot_be_compiled_is_said() {
        assert!(Matcher::new([("가", true), ("가", true)]).is_err());
        assert!(Matcher::new([("", true)]).is_err());
        assert!(Matcher::new([]).is_ok());
    }
}
