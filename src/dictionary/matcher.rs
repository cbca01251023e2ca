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

/// A set of a few characters in a row, as bits; others may share a bit with one that is in it.
#[derive(Debug)]
struct Bits<const N: usize>(Vec<u64>);

/// How many bits a table has, as a power of two: 16 KB, which a first-level cache holds.
const BITS: u32 = 17;

impl<const N: usize> Default for Bits<N> {
    fn default() -> Self {
        Self(vec![0; (1 << BITS) / 64])
    }
}

impl<const N: usize> Bits<N> {
    /// The word and the bit of the characters' place.
    #[inline]
    fn place(chars: [char; N]) -> (usize, u64) {
        // Odd numbers with well-spread bits: 2^32 / φ, and two of MurmurHash3.
        const FACTORS: [u32; 3] = [0x9e37_79b1, 0x85eb_ca6b, 0xc2b2_ae35];
        let mut hash = 0;
        for (c, factor) in chars.into_iter().zip(FACTORS) {
            hash ^= (c as u32).wrapping_mul(factor);
        }
        let bit = hash >> (u32::BITS - BITS);
        (bit as usize / 64, 1 << (bit % 64))
    }

    fn insert(&mut self, chars: [char; N]) {
        let (word, bit) = Self::place(chars);
        self.0[word] |= bit;
    }

    #[inline]
    fn may_hold(&self, chars: [char; N]) -> bool {
        let (word, bit) = Self::place(chars);
        self.0[word] & bit != 0
    }
}

/// Stands for a character that is not there.
const NOTHING: char = '\0';

/// How forms begin.
#[derive(Default)]
struct Beginnings {
    /// The first two characters of all forms, and the first three.
    pairs: Bits<2>,
    triples: Bits<3>,
    /// A bit for the last byte of each form of one character.
    singles: [u64; 4],
}

impl Beginnings {
    fn insert(&mut self, [a, b, c]: [char; 3]) {
        self.pairs.insert([a, b]);
        self.triples.insert([a, b, c]);
        if b == NOTHING {
            self.singles[a as usize / 64 % 4] |= 1 << (a as usize % 64);
        }
    }

    #[inline]
    fn may_be(&self, single: char) -> bool {
        self.singles[single as usize / 64 % 4] >> (single as usize % 64) & 1 != 0
    }
}

/// A character after which a form may go on.
#[derive(Clone, Copy)]
struct Begun<'a> {
    at: usize,
    c: char,
    /// What the forms that may begin at it begin with.
    forms: &'a Beginnings,
}

/// Finds all forms at once, overlapping ones too.
#[derive(Default)]
pub struct Matcher {
    all: Beginnings,
    /// Of those that count inside a word too.
    inside: Beginnings,
    /// The forms of one or two characters.
    short: FxHashMap<[char; 2], u32>,
    /// The first three characters of longer forms, and where they lead in the trie.
    long: FxHashMap<[char; 3], Node>,
    trie: Trie,
}

impl std::fmt::Debug for Matcher {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Matcher").finish_non_exhaustive()
    }
}

#[inline]
fn is_hangul(c: char) -> bool {
    matches!(c, '가'..='힣')
}

/// The first three characters of a form.
fn beginning(form: &str) -> [char; 3] {
    let mut chars = form.chars();
    [(); 3].map(|()| chars.next().unwrap_or(NOTHING))
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
        for group in forms.chunk_by(|a, b| beginning(a.0) == beginning(b.0)) {
            let [a, b, c] = beginning(group[0].0);
            matcher.all.insert([a, b, c]);
            if c == NOTHING {
                matcher.short.insert([a, b], group[0].1);
            } else {
                let depth = a.len_utf8() + b.len_utf8() + c.len_utf8();
                matcher
                    .long
                    .insert([a, b, c], matcher.trie.add(group, depth));
            }
        }
        Ok(matcher)
    }

    /// Adds the hits in `text`, by their end, the longest first; O(text + hits). `fold` says what a character is
    /// compared as, and `None` where it does not count. Of forms that do not count inside a word some that stand there
    /// are left out, unless `everywhere`.
    pub fn hits(
        &self,
        text: &str,
        fold: impl Fn(char) -> Option<char>,
        everywhere: bool,
        hits: &mut Vec<Hit>,
    ) {
        let old = hits.len();
        let nothing = Begun {
            at: 0,
            c: NOTHING,
            forms: &self.all,
        };
        // The two characters before, and whether a form may begin with them.
        let (mut a, mut b) = (nothing, nothing);
        let mut begun = false;
        let mut before = NOTHING;
        for (at, c) in text.char_indices() {
            let inside = is_hangul(before) && is_hangul(c) && !everywhere;
            before = c;
            let Some(folded) = fold(c) else { continue };
            if folded == NOTHING {
                (a, b, begun) = (nothing, nothing, false);
                continue;
            }
            let end = at + c.len_utf8();
            if begun
                && a.forms.triples.may_hold([a.c, b.c, folded])
                && let Some(&node) = self.long.get(&[a.c, b.c, folded])
            {
                self.longer(text, a.at, (end, node), &fold, hits);
            }
            begun = b.forms.pairs.may_hold([b.c, folded]);
            if begun
                && b.forms.triples.may_hold([b.c, folded, NOTHING])
                && let Some(&form) = self.short.get(&[b.c, folded])
            {
                let start = b.at;
                hits.push(Hit { start, end, form });
            }
            let forms = if inside { &self.inside } else { &self.all };
            if forms.may_be(folded)
                && let Some(&form) = self.short.get(&[folded, NOTHING])
            {
                let start = at;
                hits.push(Hit { start, end, form });
            }
            let c = folded;
            a = std::mem::replace(&mut b, Begun { at, c, forms });
        }
        hits[old..].sort_unstable_by_key(|h| (h.end, h.start));
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
        let mut rest = text[end..].chars();
        loop {
            if let Some(form) = node.value() {
                hits.push(Hit { start, end, form });
            }
            if node.is_last() {
                return;
            }
            let mut next = None;
            for c in rest.by_ref() {
                end += c.len_utf8();
                next = fold(c);
                if next.is_some() {
                    break;
                }
            }
            let Some(there) = next.and_then(|c| self.trie.next(node, c)) else {
                return;
            };
            node = there;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

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
