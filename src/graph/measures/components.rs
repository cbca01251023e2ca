//! Connected components.

use super::numbered;
use super::ties::Ties;

/// The connected part of each node, numbered from 1 by size. A search from each node not yet reached, O(n + m).
pub fn components(ties: &Ties) -> Vec<u32> {
    numbered(&parts(ties, |_, _| true))
}

/// The parts that the ties make which `joins` holds of.
pub fn parts(ties: &Ties, joins: impl Fn(u32, u32) -> bool) -> Vec<u32> {
    let mut parts = vec![u32::MAX; ties.nodes()];
    let mut open = Vec::new();
    let mut count = 0;
    for start in 0..ties.nodes() as u32 {
        if parts[start as usize] != u32::MAX {
            continue;
        }
        parts[start as usize] = count;
        open.push(start);
        while let Some(node) = open.pop() {
            for &(other, _) in ties.at(node) {
                if parts[other as usize] == u32::MAX && joins(node, other) {
                    parts[other as usize] = count;
                    open.push(other);
                }
            }
        }
        count += 1;
    }
    parts
}
