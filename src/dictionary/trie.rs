//! A trie of forms (Fredkin 1960), laid out so that what stands alone below a node lies right behind it.

/// What stands at the end of a way through a [`Trie`].
#[derive(Debug, Clone, Copy)]
pub(super) struct Node {
    /// The value of the form that ends here, or [`NONE`].
    value: u32,
    /// Where the places for its edges begin.
    edges: u32,
    /// How many places there are, less one: a power of two less one, or [`NONE`] where there are no edges.
    mask: u32,
}

/// A character and where it leads; with the node in it a step looks at one place in memory.
#[derive(Debug, Clone, Copy)]
struct Edge {
    c: char,
    node: Node,
}

const NONE: u32 = u32::MAX;

/// The nodes of forms, below nodes that whoever enters the trie knows.
#[derive(Debug, Clone, Default)]
pub(super) struct Trie {
    /// For each node a hash table of its own, with open addressing; one edge alone fills its table.
    edges: Vec<Edge>,
}

/// Stands at a place that no edge has; no form holds it.
const FREE: char = '\0';

/// Where the search for a character begins in a table.
#[inline]
fn slot(c: char, mask: u32) -> u32 {
    // 2^32 / φ, the multiplier of Fibonacci hashing (Knuth, TAOCP 6.4).
    ((c as u32).wrapping_mul(0x9e37_79b9) >> 16) & mask
}

impl Trie {
    /// Makes room for so many edges.
    pub(super) fn reserve(&mut self, edges: usize) {
        self.edges.reserve_exact(edges);
    }

    /// Adds forms that are sorted, distinct and agree in their first `depth` bytes, and their values, none of them
    /// `u32::MAX`: the node below those bytes. O(all their characters).
    pub(super) fn add<S: AsRef<str>>(&mut self, forms: &[(S, u32)], depth: usize) -> Node {
        let ends = forms.first().filter(|f| f.0.as_ref().len() == depth);
        let longer = &forms[usize::from(ends.is_some())..];
        let groups = || longer.chunk_by(|a, b| first(a, depth) == first(b, depth));
        let from = self.edges.len();
        let count = groups().count();
        // At most two thirds full, so that a search soon meets a free place.
        let places = match count {
            0 | 1 => count,
            count => (count + count / 2).next_power_of_two(),
        };
        let node = Node {
            value: ends.map_or(NONE, |f| f.1),
            edges: from as u32,
            mask: (places as u32).wrapping_sub(1),
        };
        let free = Edge { c: FREE, node };
        self.edges.resize(from + places, free);
        for group in groups() {
            let Some(c) = first(&group[0], depth) else {
                continue;
            };
            let mut at = slot(c, node.mask);
            while self.edges[from + at as usize].c != FREE {
                at = (at + 1) & node.mask;
            }
            let below = self.add(group, depth + c.len_utf8());
            self.edges[from + at as usize] = Edge { c, node: below };
        }
        node
    }

    /// Where `c` leads from `node`; O(1) expected.
    #[inline]
    pub(super) fn next(&self, node: Node, c: char) -> Option<Node> {
        if node.is_last() {
            return None;
        }
        let mut at = slot(c, node.mask);
        // A table of one place has no free one.
        for _ in 0..=node.mask {
            let edge = self.edges[(node.edges + at) as usize];
            if edge.c == c {
                return Some(edge.node);
            }
            if edge.c == FREE {
                return None;
            }
            at = (at + 1) & node.mask;
        }
        None
    }
}

impl Node {
    /// Whether no longer form goes on from here.
    #[inline]
    pub(super) fn is_last(self) -> bool {
        self.mask == NONE
    }

    /// The value of the form that ends here.
    #[inline]
    pub(super) fn value(self) -> Option<u32> {
        (self.value != NONE).then_some(self.value)
    }
}

/// The character of a form at a byte.
fn first<S: AsRef<str>>(form: &(S, u32), at: usize) -> Option<char> {
    form.0.as_ref()[at..].chars().next()
}
