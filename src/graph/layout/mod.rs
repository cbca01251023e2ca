//! Where the nodes stand in a picture: one layout for all pictures, the same bytes every time.
//!
//! The forces are those of Jacomy, Venturini, Heymann and Bastian, "ForceAtlas2, a continuous graph layout algorithm
//! for handy network visualization designed for the Gephi software", PLoS ONE 9(6) (2014): ties pull with the distance,
//! all nodes push each other by their degrees, and a light gravity keeps separate parts in sight. Barnes and Hut's
//! tree ("A hierarchical O(N log N) force-calculation algorithm", Nature 324 (1986)) makes the pushing quick. A large
//! graph starts from the layout of its communities. At the end overlapping nodes move apart.
//!
//! Only +, −, ×, ÷ and √ are used, each sum in a fixed order, so that the threads that share the work never show.

mod forces;
mod spread;
mod tree;

use super::measures::{Chance, Ties};
use super::model::{Net, Node};

/// A place in the plane; the picture is centred on 0, 0 and one unit is a pixel.
pub type Point = [f64; 2];

const SEED: u64 = 0x7069_6374;
/// Pushes between nodes and groups of them that a layout may take, which bounds its time.
const EFFORT: usize = 120_000_000;
/// Fewer rounds would leave knots, more change nothing that one sees.
const ROUNDS: (usize, usize) = (40, 600);
/// From so many nodes on, the communities are placed first.
const LARGE: usize = 400;

/// A node's diameter: its area grows with the stories that name it, up to 100 wide.
pub fn size(node: &Node) -> f64 {
    // A square root is the same on every machine, a logarithm is not.
    (4.0 + 4.0 * f64::from(node.stories).sqrt()).min(100.0)
}

/// Places all nodes of `net`, in their order.
///
/// O(r · (n log n + m)) for r rounds, of which there are fewer in a large graph: 600 up to some 2,000 nodes, 40 above
/// some 20,000.
pub fn layout(net: &Net) -> Vec<Point> {
    let ties = Ties::of(net);
    let groups: Vec<u32> = net
        .node_weights()
        .map(|node| node.measures.community)
        .collect();
    let mut chance = Chance::new(SEED);
    let start = if net.node_count() > LARGE {
        around_communities(&ties, &groups, &mut chance)
    } else {
        scattered(net.node_count(), &mut chance)
    };
    let masses = masses(&ties);
    let mut places = start;
    forces::settle(&ties, &masses, &mut places, rounds(&ties));
    let sizes: Vec<f64> = net.node_weights().map(size).collect();
    spread::spread(&mut places, &sizes);
    places
}

/// How heavy each node is: its neighbours and itself.
fn masses(ties: &Ties) -> Vec<f64> {
    let nodes = 0..ties.nodes() as u32;
    nodes.map(|node| 1.0 + ties.at(node).len() as f64).collect()
}

/// As many rounds as the effort allows.
fn rounds(ties: &Ties) -> usize {
    let nodes = ties.nodes().max(1);
    let round = nodes * (nodes.ilog2() as usize + 1) * 8 + ties.ends();
    (EFFORT / round).clamp(ROUNDS.0, ROUNDS.1)
}

/// Somewhere in a disc, which every node has room in.
fn scattered(count: usize, chance: &mut Chance) -> Vec<Point> {
    let radius = 10.0 * (count as f64).sqrt();
    (0..count)
        .map(|_| in_disc([0.0, 0.0], radius, chance))
        .collect()
}

fn in_disc(middle: Point, radius: f64, chance: &mut Chance) -> Point {
    loop {
        let [x, y] = [2.0 * chance.part() - 1.0, 2.0 * chance.part() - 1.0];
        if x * x + y * y <= 1.0 {
            return [middle[0] + radius * x, middle[1] + radius * y];
        }
    }
}

/// Each node near the place that its community has in the layout of the communities.
fn around_communities(ties: &Ties, groups: &[u32], chance: &mut Chance) -> Vec<Point> {
    let count = groups.iter().max().map_or(0, |&last| last as usize + 1);
    let mut pairs = Vec::new();
    for (node, &group) in groups.iter().enumerate() {
        for &(other, weight) in ties.at(node as u32) {
            let others = groups[other as usize];
            if group < others {
                pairs.push((group, others, weight));
            }
        }
    }
    let communities = Ties::from_pairs(count, pairs);
    let mut members = vec![0.0; count];
    for &group in groups {
        members[group as usize] += 1.0;
    }
    let mut middles = scattered(count, chance);
    let rounds = rounds(&communities).min(200);
    forces::settle(&communities, &members, &mut middles, rounds);
    let near = |&group: &u32| {
        let group = group as usize;
        in_disc(middles[group], 4.0 * members[group].sqrt(), chance)
    };
    groups.iter().map(near).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::{DICTIONARY_WEIGHT, Edge, Graph};

    /// Communities of `members` nodes each, every node tied to three of its own and few to others.
    fn towns(count: usize, members: usize) -> Graph {
        let mut graph = Graph::default();
        let mut chance = Chance::new(5);
        for node in 0..count * members {
            graph.net.add_node(Node {
                id: format!("city:{node:06}"),
                stories: (node % 9) as u32,
                ..Node::default()
            });
        }
        for node in 0..count * members {
            let town = node / members * members;
            let far = chance.below(10) == 0;
            for _ in 0..3 {
                let other = town + chance.below(members);
                tie(&mut graph, node, other);
            }
            if far {
                let other = chance.below(count * members);
                tie(&mut graph, node, other);
            }
        }
        graph.measure();
        graph
    }

    fn tie(graph: &mut Graph, a: usize, b: usize) {
        if a != b {
            let edge = Edge {
                kind: "co_occurs".into(),
                weight: DICTIONARY_WEIGHT,
                ..Edge::default()
            };
            graph
                .net
                .add_edge((a as u32).into(), (b as u32).into(), edge);
        }
    }

    fn between(a: Point, b: Point) -> f64 {
        ((a[0] - b[0]).powi(2) + (a[1] - b[1]).powi(2)).sqrt()
    }

    #[test]
    fn who_belongs_together_stands_together_and_nobody_on_another() {
        for (count, members) in [(5, 10), (40, 25)] {
            let graph = towns(count, members);
            let places = layout(&graph.net);
            assert_eq!(layout(&graph.net), places);
            let mean = |distances: &mut dyn Iterator<Item = f64>| {
                let (sum, n) = distances.fold((0.0, 0.0), |(sum, n), x| (sum + x, n + 1.0));
                sum / n
            };
            let all = count * members;
            let town = |node: usize| node / members;
            let pairs = || (0..all).flat_map(move |a| (a + 1..all).map(move |b| (a, b)));
            let far = |&(a, b): &(usize, usize)| town(a) != town(b);
            let inside = mean(
                &mut pairs()
                    .filter(|p| !far(p))
                    .map(|(a, b)| between(places[a], places[b])),
            );
            let outside = mean(
                &mut pairs()
                    .filter(far)
                    .map(|(a, b)| between(places[a], places[b])),
            );
            assert!(2.0 * inside < outside, "{inside} {outside}");
            let sizes: Vec<f64> = graph.net.node_weights().map(size).collect();
            for (a, b) in pairs() {
                let room = f64::midpoint(sizes[a], sizes[b]);
                assert!(between(places[a], places[b]) >= room, "{a} and {b}");
            }
        }
    }

    #[test]
    fn few_nodes_have_a_place() {
        assert!(layout(&Net::default()).is_empty());
        let mut graph = Graph::default();
        graph.net.add_node(Node::default());
        assert_eq!(layout(&graph.net), [[0.0, 0.0]]);
        graph.net.add_node(Node::default());
        let places = layout(&graph.net);
        assert!(places.iter().flatten().all(|x| x.is_finite()));
        assert!(between(places[0], places[1]) > size(&Node::default()));
    }

    #[test]
    fn a_large_graph_gets_fewer_rounds() {
        let ring = |n: u32| Ties::from_pairs(n as usize, (0..n).map(|i| (i, (i + 1) % n, 1.0)));
        assert_eq!(rounds(&ring(50)), 600);
        assert_eq!(rounds(&ring(100_000)), 40);
    }
}
