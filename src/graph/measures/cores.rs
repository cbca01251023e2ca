//! k-core.
//!
//! Batagelj and Zaveršnik, "An O(m) algorithm for cores decomposition of networks", arXiv cs/0310049 (2003).

use super::ties::Ties;

/// The core number of each node: who has few neighbours is taken away first, and is none for those who stay. O(n + m).
pub fn cores(ties: &Ties) -> Vec<u32> {
    let count = ties.nodes();
    let mut left: Vec<usize> = (0..count as u32).map(|node| ties.at(node).len()).collect();
    let most = left.iter().copied().max().unwrap_or_default();
    // Nodes by the number of their neighbours, where each such number begins, and where each node stands.
    let mut begins = vec![0; most + 2];
    for &degree in &left {
        begins[degree + 1] += 1;
    }
    for degree in 1..begins.len() {
        begins[degree] += begins[degree - 1];
    }
    let mut free = begins.clone();
    let (mut order, mut place) = (vec![0_u32; count], vec![0; count]);
    for node in 0..count {
        place[node] = free[left[node]];
        order[place[node]] = node as u32;
        free[left[node]] += 1;
    }
    for at in 0..count {
        let node = order[at];
        for &(other, _) in ties.at(node) {
            let other = other as usize;
            if left[other] <= left[node as usize] {
                continue;
            }
            // Moves to the front of those with as many, then their front moves behind it.
            let front = begins[left[other]];
            let first = order[front];
            order.swap(front, place[other]);
            place[first as usize] = place[other];
            place[other] = front;
            begins[left[other]] += 1;
            left[other] -= 1;
        }
    }
    left.into_iter().map(|core| core as u32).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_square_with_diagonals_and_a_tail() {
        let edges = [
            (0, 1),
            (0, 2),
            (0, 3),
            (1, 2),
            (1, 3),
            (2, 3),
            (3, 4),
            (4, 5),
            (3, 6),
            (3, 7),
        ];
        let ties = Ties::from_pairs(9, edges.map(|(a, b)| (a, b, 1.0)));
        assert_eq!(cores(&ties), [3, 3, 3, 3, 1, 1, 1, 1, 0]);
    }
}
