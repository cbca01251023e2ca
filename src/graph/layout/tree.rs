//! The quadtree that pushes a node by far groups as by one heavy node each.

use super::Point;

/// A group is taken as one node when its width is less than this part of its distance.
const WIDTH: f64 = 1.2;
/// A cell with so few nodes is not divided.
const LEAF: usize = 4;
/// Nodes on one spot are not divided for ever.
const DEEPEST: usize = 32;

/// A square with its nodes.
struct Cell {
    middle: Point,
    mass: f64,
    /// The square of the side, divided by that of [`WIDTH`].
    reach: f64,
    /// The cell to go on with when this one is taken as a whole.
    after: u32,
    /// Its nodes in `order`; only an undivided cell looks at them one by one.
    nodes: (u32, u32),
    divided: bool,
}

/// All nodes, in squares within squares, each square before those in it.
pub struct Tree<'a> {
    places: &'a [Point],
    masses: &'a [f64],
    order: Vec<u32>,
    cells: Vec<Cell>,
}

impl<'a> Tree<'a> {
    /// Puts the nodes into squares. O(n log n).
    pub fn new(places: &'a [Point], masses: &'a [f64]) -> Self {
        let mut tree = Self {
            places,
            masses,
            order: (0..places.len() as u32).collect(),
            cells: Vec::with_capacity(places.len()),
        };
        let (mut least, mut most) = ([f64::MAX; 2], [f64::MIN; 2]);
        for place in places {
            for axis in [0, 1] {
                least[axis] = least[axis].min(place[axis]);
                most[axis] = most[axis].max(place[axis]);
            }
        }
        let side = (most[0] - least[0]).max(most[1] - least[1]);
        if !places.is_empty() {
            tree.fill((0, places.len()), least, side, 0);
        }
        tree
    }

    fn fill(&mut self, nodes: (usize, usize), corner: Point, side: f64, depth: usize) {
        let (mut mass, mut middle) = (0.0, [0.0; 2]);
        for &node in &self.order[nodes.0..nodes.1] {
            let (own, place) = (self.masses[node as usize], self.places[node as usize]);
            mass += own;
            middle[0] += own * place[0];
            middle[1] += own * place[1];
        }
        let number = self.cells.len();
        let divided = nodes.1 - nodes.0 > LEAF && depth < DEEPEST;
        self.cells.push(Cell {
            middle: [middle[0] / mass, middle[1] / mass],
            mass,
            reach: side * side / (WIDTH * WIDTH),
            after: 0,
            nodes: (nodes.0 as u32, nodes.1 as u32),
            divided,
        });
        if divided {
            let half = side / 2.0;
            let line = [corner[0] + half, corner[1] + half];
            let across = self.part(nodes, 1, line[1]);
            for (row, rows) in [(nodes.0, across), (across, nodes.1)]
                .into_iter()
                .enumerate()
            {
                let along = self.part(rows, 0, line[0]);
                for (column, quarter) in [(rows.0, along), (along, rows.1)].into_iter().enumerate()
                {
                    if quarter.0 < quarter.1 {
                        let corner = [
                            corner[0] + half * column as f64,
                            corner[1] + half * row as f64,
                        ];
                        self.fill(quarter, corner, half, depth + 1);
                    }
                }
            }
        }
        self.cells[number].after = self.cells.len() as u32;
    }

    /// Moves the nodes before `line` to the front, and says where the others begin.
    fn part(&mut self, nodes: (usize, usize), axis: usize, line: f64) -> usize {
        let mut front = nodes.0;
        for at in nodes.0..nodes.1 {
            if self.places[self.order[at] as usize][axis] < line {
                self.order.swap(front, at);
                front += 1;
            }
        }
        front
    }

    /// How all others push the node: Σ mass · away / distance². O(log n).
    pub fn push(&self, node: usize) -> Point {
        let place = self.places[node];
        let mut push = [0.0; 2];
        let mut add = |other: Point, mass: f64, square: f64| {
            push[0] += (place[0] - other[0]) * mass / square;
            push[1] += (place[1] - other[1]) * mass / square;
        };
        let mut at = 0;
        while let Some(cell) = self.cells.get(at) {
            let square = distance(place, cell.middle);
            if square > cell.reach {
                add(cell.middle, cell.mass, square);
            } else if cell.divided {
                at += 1;
                continue;
            } else {
                for &other in &self.order[cell.nodes.0 as usize..cell.nodes.1 as usize] {
                    let other = other as usize;
                    let square = distance(place, self.places[other]);
                    if square > 0.0 {
                        add(self.places[other], self.masses[other], square);
                    }
                }
            }
            at = cell.after as usize;
        }
        push
    }
}

fn distance(a: Point, b: Point) -> f64 {
    let [x, y] = [a[0] - b[0], a[1] - b[1]];
    x * x + y * y
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::measures::Chance;

    #[test]
    fn the_tree_pushes_nearly_as_all_others_one_by_one() {
        let mut chance = Chance::new(3);
        let mut places: Vec<Point> = (0..500)
            .map(|_| [chance.part() * 90.0, chance.part() * 70.0])
            .collect();
        places.extend([[1.0, 1.0]; 9]);
        let masses: Vec<f64> = (0..places.len()).map(|_| 1.0 + chance.part()).collect();
        let tree = Tree::new(&places, &masses);
        let (mut off, mut all) = (0.0, 0.0);
        for node in 0..places.len() {
            let mut exact = [0.0; 2];
            for (other, &mass) in masses.iter().enumerate() {
                let square = distance(places[node], places[other]);
                if square > 0.0 {
                    exact[0] += (places[node][0] - places[other][0]) * mass / square;
                    exact[1] += (places[node][1] - places[other][1]) * mass / square;
                }
            }
            off += distance(tree.push(node), exact).sqrt();
            all += distance(exact, [0.0; 2]).sqrt();
        }
        assert!(off < 0.1 * all, "{off} of {all}");
    }
}
