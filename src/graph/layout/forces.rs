//! ForceAtlas2: pull, push, gravity, and a speed that each node earns by not swinging.

use rayon::prelude::*;

use super::Point;
use super::tree::Tree;
use crate::graph::measures::Ties;

/// How strongly nodes push each other.
const PUSH: f64 = 10.0;
/// How strongly all are drawn to the middle, the more the farther, so that separate parts stay in sight.
const GRAVITY: f64 = 0.5;
/// How much swinging is taken for movement.
const TOLERANCE: f64 = 1.0;

/// Moves `places` by the forces for so many rounds.
pub fn settle(ties: &Ties, masses: &[f64], places: &mut [Point], rounds: usize) {
    let mut before = vec![[0.0; 2]; places.len()];
    let (mut speed, mut efficiency) = (1.0, 1.0);
    for _ in 0..rounds {
        let tree = Tree::new(places, masses);
        // Each force is one node's own sum, so the threads cannot change it.
        let forces: Vec<Point> = (0..places.len())
            .into_par_iter()
            .with_min_len(256)
            .map(|node| force(ties, masses, places, &tree, node))
            .collect();
        let (mut swinging, mut moving) = (0.0, 0.0);
        for (node, force) in forces.iter().enumerate() {
            swinging += masses[node] * swing(*force, before[node]);
            let [x, y] = [force[0] + before[node][0], force[1] + before[node][1]];
            moving += masses[node] * (x * x + y * y).sqrt() / 2.0;
        }
        if swinging <= 0.0 || moving <= 0.0 {
            return;
        }
        adapt(
            &mut speed,
            &mut efficiency,
            swinging,
            moving,
            places.len() as f64,
        );
        for (node, force) in forces.iter().enumerate() {
            let swing = masses[node] * swing(*force, before[node]);
            let factor = speed / (1.0 + (speed * swing).sqrt());
            places[node][0] += force[0] * factor;
            places[node][1] += force[1] * factor;
        }
        before = forces;
    }
}

fn swing(force: Point, before: Point) -> f64 {
    let [x, y] = [force[0] - before[0], force[1] - before[1]];
    (x * x + y * y).sqrt()
}

fn force(ties: &Ties, masses: &[f64], places: &[Point], tree: &Tree, node: usize) -> Point {
    let (place, mass) = (places[node], masses[node]);
    let push = tree.push(node);
    let pull = GRAVITY * mass;
    let mut force = [
        PUSH * mass * push[0] - pull * place[0],
        PUSH * mass * push[1] - pull * place[1],
    ];
    for &(other, weight) in ties.at(node as u32) {
        // The root keeps a few very heavy ties from drawing everything into one knot.
        let (other, pull) = (places[other as usize], weight.sqrt());
        force[0] += pull * (other[0] - place[0]);
        force[1] += pull * (other[1] - place[1]);
    }
    force
}

/// The global speed, as Gephi's ForceAtlas2 adapts it.
fn adapt(speed: &mut f64, efficiency: &mut f64, swinging: f64, moving: f64, count: f64) {
    let expected = 0.05 * count.sqrt();
    let jitter = (expected * moving / (count * count)).clamp(expected.sqrt().min(10.0), 10.0);
    let mut jitter = TOLERANCE * jitter;
    if swinging / moving > 2.0 {
        if *efficiency > 0.05 {
            *efficiency *= 0.5;
        }
        jitter = jitter.max(TOLERANCE);
    }
    let target = jitter * *efficiency * moving / swinging;
    if swinging > jitter * moving {
        if *efficiency > 0.05 {
            *efficiency *= 0.7;
        }
    } else if *speed < 1000.0 {
        *efficiency *= 1.3;
    }
    *speed += (target - *speed).min(0.5 * *speed);
}
