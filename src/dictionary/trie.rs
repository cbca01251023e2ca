//! A trie of forms (Fredkin 1960), laid out so that what stands alone below a node lies right behind it.

/// What stands at the end of a way through a [`Trie`].
#[derive(Debug, Clone, Copy)]
pub(super) struct Node {
    /// The value of the form that ends here, or [`NONE`].
    value: u32,
    /// Where its edges begin, and how many they are.
    edges: u32,
    count: u32,
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
    /// Sorted by character for each node.
    edges: Vec<Edge>,
}

impl Trie {
    /// Adds forms that are sorted, distinct and agree in their first `depth` bytes, and their values, none of them
    /// `u32::MAX`: the node below those bytes. O(all their characters).
    pub(super) fn add<S: AsRef<str>>(&mut self, forms: &[(S, u32)], depth: usize) -> Node {
        let ends = forms.first().filter(|f| f.0.as_ref().len() == depth);
        let longer = &forms[usize::from(ends.is_some())..];
        let from = self.edges.len();
        let mut node = Node {
            value: ends.map_or(NONE, |f| f.1),
            edges: from as u32,
            count: 0,
        };
        let groups = || longer.chunk_by(|a, b| first(a, depth) == first(b, depth));
        let edges = groups().filter_map(|group| first(&group[0], depth));
        self.edges.extend(edges.map(|c| Edge { c, node }));
        node.count = (self.edges.len() - from) as u32;
        for (group, edge) in groups().zip(from..) {
            let width = self.edges[edge].c.len_utf8();
            self.edges[edge].node = self.add(group, depth + width);
        }
        node
    }

    /// Where `c` leads from `node`; O(log of how many ways there are).
    #[inline]
    pub(super) fn next(&self, node: Node, c: char) -> Option<Node> {
        let from = node.edges as usize;
        let edges = &self.edges[from..from + node.count as usize];
        match edges {
            [only] => (only.c == c).then_some(only.node),
            edges => Some(edges[edges.binary_search_by_key(&c, |e| e.c).ok()?].node),
        }
    }
}

impl Node {
    /// Whether no longer form goes on from here.
    #[inline]
    pub(super) fn is_last(self) -> bool {
        self.count == 0
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
