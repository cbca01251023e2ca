//! How nodes look in every picture.

use crate::graph::{AGREEMENT, Graph, Node};

/// The colour of each type, after Okabe and Ito, "Color Universal Design" (2008), with a lighter purple and a
/// darker grey, so that eyes without red or green tell all of them apart.
/// Other types share the rest.
const TYPES: [(&str, &str); 6] = [
    ("city", "#D55E00"),
    ("school", "#0072B2"),
    ("company", "#E69F00"),
    ("program", "#009E73"),
    ("organization", "#D99BC0"),
    (AGREEMENT, "#555555"),
];
const OTHERS: [&str; 3] = ["#56B4E9", "#B8A900", "#6A3D9A"];

/// A node's colour, by its type, as `#RRGGBB`.
pub fn color(node: &Node) -> &'static str {
    color_of(&node.kind)
}

/// The colour of a type.
pub fn color_of(kind: &str) -> &'static str {
    let known = TYPES.iter().find(|(known, _)| *known == kind);
    let other = kind.bytes().map(usize::from).sum::<usize>() % OTHERS.len();
    known.map_or(OTHERS[other], |(_, color)| color)
}

/// Red, green and blue of `#RRGGBB`, 0 to 255.
pub fn rgb(color: &str) -> [u8; 3] {
    let part = |at: usize| {
        let digits = color.get(at..at + 2).unwrap_or("00");
        u8::from_str_radix(digits, 16).unwrap_or_default()
    };
    [part(1), part(3), part(5)]
}

/// The types of the nodes, those of our own first and in their order, then the others by name.
pub fn kinds(graph: &Graph) -> Vec<&str> {
    counts(graph).into_iter().map(|(kind, _)| kind).collect()
}

/// The same, with the number of nodes of each.
pub fn counts(graph: &Graph) -> Vec<(&str, usize)> {
    let place = |kind: &str| {
        let found = TYPES.iter().position(|(known, _)| *known == kind);
        found.unwrap_or(TYPES.len())
    };
    let nodes = graph.net.node_weights();
    let mut kinds: Vec<&str> = nodes.map(|node| node.kind.as_str()).collect();
    kinds.sort_unstable_by_key(|kind| (place(kind), *kind));
    let same = kinds.chunk_by(|a, b| a == b);
    same.map(|same| (same[0], same.len())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a colour is to an eye without one kind of cones: Viénot, Brettel and Mollon (1999), in linear light.
    fn seen(color: &str, without: &[[f64; 3]; 3]) -> [f64; 3] {
        let light = rgb(color).map(|part| (f64::from(part) / 255.0).powf(2.2));
        let parts = without.map(|row| row.iter().zip(light).map(|(a, b)| a * b).sum::<f64>());
        // Near enough to what the eye takes for steps of equal size.
        parts.map(|part| part.max(0.0).powf(1.0 / 2.2) * 255.0)
    }

    #[test]
    fn types_differ_for_eyes_without_red_or_green() {
        let normal = [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]];
        let no_red = [
            [0.112, 0.888, 0.0],
            [0.112, 0.888, 0.0],
            [0.004, -0.004, 1.0],
        ];
        let no_green = [
            [0.293, 0.707, 0.0],
            [0.293, 0.707, 0.0],
            [-0.021, 0.021, 1.0],
        ];
        for eye in [normal, no_red, no_green] {
            for (at, (a, one)) in TYPES.iter().enumerate() {
                for (b, two) in &TYPES[at + 1..] {
                    let (x, y) = (seen(one, &eye), seen(two, &eye));
                    let apart = x
                        .iter()
                        .zip(y)
                        .map(|(x, y)| (x - y) * (x - y))
                        .sum::<f64>()
                        .sqrt();
                    assert!(apart > 50.0, "{a} and {b}: {apart}");
                }
            }
        }
    }

    #[test]
    fn colours_have_their_parts() {
        assert_eq!(rgb("#D55E00"), [213, 94, 0]);
        assert_eq!(color_of("hospital"), color_of("hospital"));
    }
}
