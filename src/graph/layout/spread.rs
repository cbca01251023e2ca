//! The last touch: the right size, nodes that do not overlap, and the middle in the middle.

use std::collections::BTreeMap;

use super::Point;

/// Room around a node, for its label.
const ROOM: f64 = 40.0;
/// Space that stays between two nodes.
const GAP: f64 = 3.0;
const ROUNDS: usize = 200;

/// Scales the places to the sizes of the nodes, moves overlapping ones apart and rounds to hundredths.
pub fn spread(places: &mut [Point], sizes: &[f64]) {
    let (least, most) = bounds(places);
    let [width, height] = [most[0] - least[0], most[1] - least[1]];
    let wanted: f64 = sizes.iter().map(|size| (size + ROOM) * (size + ROOM)).sum();
    let side = width.max(height);
    if side > 0.0 {
        let scale = (wanted / (side * side.min(width.min(height).max(side / 4.0)))).sqrt();
        for place in places.iter_mut() {
            place[0] *= scale;
            place[1] *= scale;
        }
    }
    for _ in 0..ROUNDS {
        if !part(places, sizes) {
            break;
        }
    }
    let (least, most) = bounds(places);
    for place in places {
        for axis in [0, 1] {
            let middle = f64::midpoint(least[axis], most[axis]);
            // Adding 0 makes the negative zero a positive one.
            place[axis] = ((place[axis] - middle) * 100.0).round() / 100.0 + 0.0;
        }
    }
}

fn bounds(places: &[Point]) -> (Point, Point) {
    let (mut least, mut most) = ([f64::MAX; 2], [f64::MIN; 2]);
    for place in places {
        for axis in [0, 1] {
            least[axis] = least[axis].min(place[axis]);
            most[axis] = most[axis].max(place[axis]);
        }
    }
    (least, most)
}

/// Moves every two nodes apart that overlap; was there one?
fn part(places: &mut [Point], sizes: &[f64]) -> bool {
    let cell = sizes.iter().copied().fold(1.0, f64::max) + GAP;
    let square = |place: Point| {
        (
            (place[0] / cell).floor() as i64,
            (place[1] / cell).floor() as i64,
        )
    };
    let mut squares: BTreeMap<(i64, i64), Vec<u32>> = BTreeMap::new();
    for (node, &place) in places.iter().enumerate() {
        squares.entry(square(place)).or_default().push(node as u32);
    }
    let mut moved = false;
    for (&(x, y), nodes) in &squares {
        for (row, column) in [(0, 0), (1, 0), (-1, 1), (0, 1), (1, 1)] {
            let Some(others) = squares.get(&(x + row, y + column)) else {
                continue;
            };
            for (at, &a) in nodes.iter().enumerate() {
                let skip = if (row, column) == (0, 0) { at + 1 } else { 0 };
                for &b in &others[skip..] {
                    moved |= push_apart(places, sizes, a as usize, b as usize);
                }
            }
        }
    }
    moved
}

fn push_apart(places: &mut [Point], sizes: &[f64], a: usize, b: usize) -> bool {
    let [x, y] = [places[b][0] - places[a][0], places[b][1] - places[a][1]];
    let room = f64::midpoint(sizes[a], sizes[b]) + GAP;
    let square = x * x + y * y;
    if square >= room * room {
        return false;
    }
    let distance = square.sqrt();
    // Two on one spot part sideways, each pair in its own direction.
    let away = if distance > 1e-9 {
        [x / distance, y / distance]
    } else {
        [[0.8, 0.6], [-0.6, 0.8], [0.6, -0.8], [-0.8, -0.6]][(a + b) % 4]
    };
    let half = (room - distance) / 2.0 + 0.1;
    for axis in [0, 1] {
        places[a][axis] -= half * away[axis];
        places[b][axis] += half * away[axis];
    }
    true
}
