//! Forms that a word begins or ends with, found by the character at that end: most words have none, and to see so
//! costs one look into a table.

/// How many Hangul syllables Unicode has (Unicode 3.12).
const SYLLABLES: usize = 11_172;

/// A small number for each character that is in use.
#[derive(Debug, Clone, Default)]
struct CharTable {
    /// By syllable, from 가 on; 0 stands for none.
    hangul: Vec<u16>,
    /// All others, by character.
    others: Vec<(char, u16)>,
}

impl CharTable {
    #[inline]
    fn get(&self, c: char) -> Option<usize> {
        let syllable = (c as usize).wrapping_sub('가' as usize);
        let number = if let Some(&number) = self.hangul.get(syllable) {
            number
        } else {
            let at = self.others.binary_search_by_key(&c, |(c, _)| *c).ok()?;
            self.others[at].1
        };
        (number as usize).checked_sub(1)
    }

    /// Gives `c`, which comes after all before it, the number `number`.
    fn push(&mut self, c: char, number: usize) {
        let stored = u16::try_from(number + 1).unwrap_or(u16::MAX);
        let syllable = (c as usize).wrapping_sub('가' as usize);
        if syllable < SYLLABLES {
            self.hangul.resize(SYLLABLES, 0);
            self.hangul[syllable] = stored;
        } else {
            self.others.push((c, stored));
        }
    }
}

/// What is said of a word that begins or ends so, and of one that is nothing more.
#[derive(Debug, Clone, Copy)]
struct Said<T> {
    part: Option<T>,
    whole: Option<T>,
}

#[derive(Debug, Clone)]
struct Node<T> {
    said: Said<T>,
    /// Where its edges begin and have ended.
    edges: (u32, u32),
}

/// A trie of forms, read from either end.
#[derive(Debug, Clone)]
struct Trie<T> {
    nodes: Vec<Node<T>>,
    /// Character and node, sorted by character for each node.
    edges: Vec<(char, u32)>,
    /// The edges of the root.
    first: CharTable,
}

impl<T> Default for Trie<T> {
    fn default() -> Self {
        Self {
            nodes: Vec::new(),
            edges: Vec::new(),
            first: CharTable::default(),
        }
    }
}

impl<T: Copy> Trie<T> {
    /// Of forms and whether each is a whole word; of two that are the same the first counts. O(n log n).
    fn new(mut forms: Vec<(Vec<char>, bool, T)>) -> Self {
        forms.sort_by(|a, b| a.0.cmp(&b.0));
        let mut trie = Self::default();
        if !forms.is_empty() {
            trie.node(&forms, 0);
        }
        let (from, to) = trie.nodes.first().map_or((0, 0), |n| n.edges);
        for at in from..to {
            let c = trie.edges[at as usize].0;
            trie.first.push(c, at as usize);
        }
        trie
    }

    /// Adds the node of forms that agree in their first `depth` characters.
    fn node(&mut self, forms: &[(Vec<char>, bool, T)], depth: usize) -> u32 {
        let ending = forms.partition_point(|(form, ..)| form.len() == depth);
        let (here, longer) = forms.split_at(ending);
        let said = |whole: bool| here.iter().find(|f| f.1 == whole).map(|f| f.2);
        let number = self.nodes.len() as u32;
        self.nodes.push(Node {
            said: Said {
                part: said(false),
                whole: said(true),
            },
            edges: (0, 0),
        });
        let children: Vec<(char, u32)> = longer
            .chunk_by(|a, b| a.0[depth] == b.0[depth])
            .map(|forms| (forms[0].0[depth], self.node(forms, depth + 1)))
            .collect();
        let from = self.edges.len() as u32;
        self.edges.extend(children);
        self.nodes[number as usize].edges = (from, self.edges.len() as u32);
        number
    }

    /// What is said at each character on the way that `chars` leads, with the bytes of the way so far.
    #[inline]
    fn walk(&self, chars: impl Iterator<Item = char>) -> impl Iterator<Item = (usize, Said<T>)> {
        let mut node: Option<&Node<T>> = None;
        let mut length = 0;
        chars.map_while(move |c| {
            let next = match node {
                None => self.edges[self.first.get(c)?].1,
                Some(node) => {
                    let edges = &self.edges[node.edges.0 as usize..node.edges.1 as usize];
                    edges[edges.binary_search_by_key(&c, |(c, _)| *c).ok()?].1
                }
            };
            let next = &self.nodes[next as usize];
            node = Some(next);
            length += c.len_utf8();
            Some((length, next.said))
        })
    }
}

/// Forms that a word begins with.
#[derive(Debug, Clone)]
pub(super) struct Prefixes<T> {
    forms: Vec<(Vec<char>, bool, T)>,
    trie: Trie<T>,
}

impl<T> Default for Prefixes<T> {
    fn default() -> Self {
        Self {
            forms: Vec::new(),
            trie: Trie::default(),
        }
    }
}

impl<T: Copy> Prefixes<T> {
    /// Adds a form; an empty one is left out.
    pub(super) fn add(&mut self, form: &str, value: T) {
        if !form.is_empty() {
            self.forms.push((form.chars().collect(), false, value));
        }
    }

    /// Has to follow the last [`Self::add`].
    pub(super) fn seal(&mut self) {
        self.trie = Trie::new(std::mem::take(&mut self.forms));
    }

    /// All that `word` begins with, the shortest first, with their bytes.
    pub(super) fn all(&self, word: &str) -> impl Iterator<Item = (usize, T)> {
        self.trie
            .walk(word.chars())
            .filter_map(|(length, said)| Some((length, said.part?)))
    }

    /// The longest that `word` begins with.
    pub(super) fn longest(&self, word: &str) -> Option<T> {
        self.all(word).last().map(|(_, t)| t)
    }

    /// What is said of the whole of `word`.
    pub(super) fn exact(&self, word: &str) -> Option<T> {
        self.all(word)
            .find(|(length, _)| *length == word.len())
            .map(|(_, t)| t)
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
    forms: Vec<(Vec<char>, bool, T)>,
    trie: Trie<T>,
}

impl<T> Default for Suffixes<T> {
    fn default() -> Self {
        Self {
            forms: Vec::new(),
            trie: Trie::default(),
        }
    }
}

impl<T: Copy> Suffixes<T> {
    /// Adds a form; an empty one is left out.
    pub(super) fn add(&mut self, form: &str, value: T) {
        let bare = form.strip_prefix('^');
        let chars: Vec<char> = bare.unwrap_or(form).chars().rev().collect();
        if !chars.is_empty() {
            self.forms.push((chars, bare.is_some(), value));
        }
    }

    /// Has to follow the last [`Self::add`].
    pub(super) fn seal(&mut self) {
        self.trie = Trie::new(std::mem::take(&mut self.forms));
    }

    /// The longest form that `word` ends with.
    pub(super) fn longest(&self, word: &str) -> Option<Suffix<T>> {
        let mut longest = None;
        for (length, said) in self.trie.walk(word.chars().rev()) {
            let whole = said.whole.filter(|_| length == word.len());
            if let Some(value) = whole.or(said.part) {
                longest = Some(Suffix {
                    length,
                    whole: whole.is_some(),
                    value,
                });
            }
        }
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
