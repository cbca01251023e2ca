//! Forms that a word begins or ends with, found from the character at that end: most words have none, and to see so
//! costs one look into a table.

use super::trie::{Node, Trie};

/// How many Hangul syllables Unicode has (Unicode 3.12).
const SYLLABLES: usize = 11_172;

/// A trie that is entered by a table of the first characters.
#[derive(Debug, Clone, Default)]
struct Entered {
    trie: Trie,
    nodes: Vec<Node>,
    /// By syllable, from 가 on: into `nodes`, plus one; 0 stands for none.
    hangul: Vec<u16>,
    /// All other first characters, sorted: into `nodes`.
    others: Vec<(char, u16)>,
}

impl Entered {
    /// Compiles forms that are sorted and distinct, and their values.
    fn new(forms: &[(&str, u32)]) -> Self {
        let mut entered = Self::default();
        let first = |form: &(&str, u32)| form.0.chars().next();
        for group in forms.chunk_by(|a, b| first(a) == first(b)) {
            let (Some(c), Ok(number)) = (first(&group[0]), u16::try_from(entered.nodes.len()))
            else {
                continue;
            };
            let syllable = (c as usize).wrapping_sub('가' as usize);
            if syllable < SYLLABLES {
                entered.hangul.resize(SYLLABLES, 0);
                entered.hangul[syllable] = number + 1;
            } else {
                entered.others.push((c, number));
            }
            let node = entered.trie.add(group, c.len_utf8());
            entered.nodes.push(node);
        }
        entered
    }

    #[inline]
    fn first(&self, c: char) -> Option<Node> {
        let syllable = (c as usize).wrapping_sub('가' as usize);
        let number = if let Some(&number) = self.hangul.get(syllable) {
            usize::from(number).checked_sub(1)?
        } else {
            let at = self.others.binary_search_by_key(&c, |(c, _)| *c).ok()?;
            usize::from(self.others[at].1)
        };
        self.nodes.get(number).copied()
    }

    /// Tells `found` the values of the forms that `chars` begins with, the shortest first, each with its length in
    /// bytes; O(longest form).
    #[inline]
    fn each(&self, mut chars: impl Iterator<Item = char>, mut found: impl FnMut(usize, u32)) {
        let mut length = 0;
        let mut next = chars.next().and_then(|c| Some((c, self.first(c)?)));
        while let Some((c, node)) = next {
            length += c.len_utf8();
            if let Some(value) = node.value() {
                found(length, value);
            }
            next = chars
                .next()
                .and_then(|c| Some((c, self.trie.next(node, c)?)));
        }
    }
}

/// Forms before they are compiled: whether each is a whole word, and what is said of it.
type Forms<T> = Vec<(String, bool, T)>;

/// Compiled forms, and what is said of each: of the whole word first, then in the order in which it was said.
#[derive(Debug, Clone)]
struct Said<T> {
    trie: Entered,
    /// For each form where what is said of it begins and has ended.
    ranges: Vec<(u32, u32)>,
    values: Vec<(bool, T)>,
}

impl<T> Default for Said<T> {
    fn default() -> Self {
        Self {
            trie: Entered::default(),
            ranges: Vec::new(),
            values: Vec::new(),
        }
    }
}

impl<T: Copy> Said<T> {
    /// Compiles forms; O(n log n).
    fn new(mut forms: Forms<T>) -> Self {
        forms.sort_by(|a, b| (&a.0, !a.1).cmp(&(&b.0, !b.1)));
        let mut distinct: Vec<(&str, u32)> = Vec::new();
        let mut ranges = Vec::new();
        let mut from = 0;
        for same in forms.chunk_by(|a, b| a.0 == b.0) {
            distinct.push((&same[0].0, ranges.len() as u32));
            let to = from + same.len() as u32;
            ranges.push((from, to));
            from = to;
        }
        Self {
            trie: Entered::new(&distinct),
            ranges,
            values: forms.iter().map(|f| (f.1, f.2)).collect(),
        }
    }

    /// Tells `found` all forms that `chars` begins with, the shortest first: bytes, whether it is one only as a whole
    /// word, what is said of it.
    #[inline]
    fn each(&self, chars: impl Iterator<Item = char>, mut found: impl FnMut(usize, bool, T)) {
        self.trie.each(chars, |length, form| {
            let (from, to) = self.ranges[form as usize];
            for &(whole, value) in &self.values[from as usize..to as usize] {
                found(length, whole, value);
            }
        });
    }
}

/// So many forms that begin a word are kept: no word begins with more.
const MOST: usize = 16;

/// Forms that a word begins with.
#[derive(Debug, Clone)]
pub(super) struct Prefixes<T> {
    forms: Forms<T>,
    said: Said<T>,
}

impl<T> Default for Prefixes<T> {
    fn default() -> Self {
        Self {
            forms: Vec::new(),
            said: Said::default(),
        }
    }
}

impl<T: Copy> Prefixes<T> {
    /// Adds a form; an empty one is left out.
    pub(super) fn add(&mut self, form: &str, value: T) {
        if !form.is_empty() {
            self.forms.push((form.to_owned(), false, value));
        }
    }

    /// Has to follow the last [`Self::add`].
    pub(super) fn seal(&mut self) {
        self.said = Said::new(std::mem::take(&mut self.forms));
    }

    /// Tells `found` all that `word` begins with, the shortest first, with their bytes.
    #[inline]
    pub(super) fn each(&self, word: &str, mut found: impl FnMut(usize, T)) {
        self.said
            .each(word.chars(), |length, _, value| found(length, value));
    }

    /// All that `word` begins with, the longest first, with their bytes; of more than [`MOST`] the shortest are left out.
    #[inline]
    pub(super) fn longest_first(&self, word: &str) -> impl Iterator<Item = (usize, T)> + use<T> {
        let mut found = [None; MOST];
        let mut count = 0;
        self.each(word, |length, value| {
            found[count % MOST] = Some((length, value));
            count += 1;
        });
        (0..count.min(MOST)).filter_map(move |n| found[(count - 1 - n) % MOST])
    }

    /// The longest that `word` begins with; of two that are the same the first counts.
    pub(super) fn longest(&self, word: &str) -> Option<T> {
        let mut longest: Option<(usize, T)> = None;
        self.each(word, |length, value| {
            if longest.is_none_or(|(l, _)| length > l) {
                longest = Some((length, value));
            }
        });
        longest.map(|(_, value)| value)
    }

    /// What is said of the whole of `word`; of two that are the same the first counts.
    pub(super) fn exact(&self, word: &str) -> Option<T> {
        let mut whole = None;
        self.each(word, |length, value| {
            if length == word.len() && whole.is_none() {
                whole = Some(value);
            }
        });
        whole
    }
}

/// A form that a word ends with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Suffix<T> {
    /// Its bytes.
    pub(super) length: usize,
    /// Whether it is a form only as a whole word.
    pub(super) whole: bool,
    /// What is said of it.
    pub(super) value: T,
}

/// Forms that a word ends with; one that begins with `^` is the whole word.
#[derive(Debug, Clone)]
pub(super) struct Suffixes<T> {
    forms: Forms<T>,
    said: Said<T>,
}

impl<T> Default for Suffixes<T> {
    fn default() -> Self {
        Self {
            forms: Vec::new(),
            said: Said::default(),
        }
    }
}

impl<T: Copy> Suffixes<T> {
    /// Adds a form; an empty one is left out.
    pub(super) fn add(&mut self, form: &str, value: T) {
        let bare = form.strip_prefix('^');
        let reversed: String = bare.unwrap_or(form).chars().rev().collect();
        if !reversed.is_empty() {
            self.forms.push((reversed, bare.is_some(), value));
        }
    }

    /// Has to follow the last [`Self::add`].
    pub(super) fn seal(&mut self) {
        self.said = Said::new(std::mem::take(&mut self.forms));
    }

    /// As [`Self::seal`]; the distinct forms, each at the number that [`Self::deepest`] gives it.
    pub(super) fn seal_numbered(&mut self) -> Vec<String> {
        let forms = self.forms.iter().map(|f| f.0.clone());
        let distinct: std::collections::BTreeSet<String> = forms.collect();
        self.seal();
        let forward = |reversed: String| reversed.chars().rev().collect();
        distinct.into_iter().map(forward).collect()
    }

    /// The longest form that `word` ends with, as its number and bytes, whether or not it has to be the whole word.
    #[inline]
    pub(super) fn deepest(&self, word: &str) -> Option<(u32, usize)> {
        let mut deepest = None;
        self.said.trie.each(word.chars().rev(), |length, form| {
            deepest = Some((form, length));
        });
        deepest
    }

    /// Tells `found` all that `word` ends with, the shortest first: bytes, whether it is a form only as a whole word,
    /// what is said of it.
    #[inline]
    pub(super) fn each(&self, word: &str, mut found: impl FnMut(usize, bool, T)) {
        self.said.each(word.chars().rev(), |length, whole, value| {
            if !whole || length == word.len() {
                found(length, whole, value);
            }
        });
    }

    /// The longest form that `word` ends with; of two that are the same the first counts.
    pub(super) fn longest(&self, word: &str) -> Option<Suffix<T>> {
        let mut longest: Option<Suffix<T>> = None;
        self.each(word, |length, whole, value| {
            if longest.as_ref().is_none_or(|l| length > l.length) {
                longest = Some(Suffix {
                    length,
                    whole,
                    value,
                });
            }
        });
        longest
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_longest_form_is_found_as_a_look_at_all_finds_it(
            forms in proptest::collection::vec("[가나다a.]{1,3}", 0..12),
            word in "[가나다라a.]{0,6}",
        ) {
            let (mut prefixes, mut suffixes) = (Prefixes::default(), Suffixes::default());
            for form in &forms {
                prefixes.add(form, form.len());
                suffixes.add(form, form.len());
            }
            prefixes.seal();
            suffixes.seal();
            let longest = |fits: &dyn Fn(&&String) -> bool| forms.iter().filter(fits).map(String::len).max();
            prop_assert_eq!(prefixes.longest(&word), longest(&|f| word.starts_with(f.as_str())));
            prop_assert_eq!(suffixes.longest(&word).map(|s| s.value), longest(&|f| word.ends_with(f.as_str())));
            prop_assert_eq!(prefixes.exact(&word).is_some(), forms.contains(&word));
        }
    }

    #[test]
    fn a_caret_asks_for_the_whole_word() {
        let mut suffixes = Suffixes::default();
        suffixes.add("^등", 1);
        suffixes.add("록", 2);
        suffixes.seal();
        assert_eq!(
            suffixes.longest("등").map(|s| (s.whole, s.value)),
            Some((true, 1))
        );
        assert_eq!(suffixes.longest("균등"), None);
        assert_eq!(
            suffixes.longest("등록").map(|s| (s.length, s.value)),
            Some((3, 2))
        );
    }
}
