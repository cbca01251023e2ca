//! How nodes look.

use crate::graph::{AGREEMENT, Node};

/// The colour of each type; other types share the rest.
const TYPES: [(&str, &str); 6] = [
    ("city", "#CC3333"),
    ("school", "#3366CC"),
    ("company", "#E69F00"),
    ("program", "#2E8B57"),
    ("organization", "#8E44AD"),
    (AGREEMENT, "#7F8C8D"),
];
const OTHERS: [&str; 4] = ["#16A2B8", "#8C564B", "#D45087", "#6B8E23"];

/// A node's colour, by its type, as `#RRGGBB`.
pub fn color(node: &Node) -> &'static str {
    let known = TYPES.iter().find(|(kind, _)| *kind == node.kind);
    let other = node.kind.bytes().map(usize::from).sum::<usize>() % OTHERS.len();
    known.map_or(OTHERS[other], |(_, color)| color)
}

/// A node's size: its area grows with the stories that name it, up to 100 wide.
pub fn size(node: &Node) -> f64 {
    // A square root is the same on every machine, a logarithm is not.
    (4.0 + 4.0 * f64::from(node.stories).sqrt()).min(100.0)
}
