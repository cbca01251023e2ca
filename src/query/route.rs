//! Ways through the whole graph, seeing through agreements.

use std::cmp::Reverse;
use std::collections::{BTreeSet, BinaryHeap};

use super::filter::Filter;
use super::top::Wanted;
use crate::graph::{ABOUT, AGREEMENT, PARTY};
use crate::relation::CO_OCCURS;
use crate::store::{Store, StoreError};

/// Which way is the best.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Wish {
    /// The one with the fewest steps, and of those the strongest.
    #[default]
    Fewest,
    /// The one whose relations the most stories state: each costs one over its weight.
    Strongest,
}

/// All edges with little of each, by node.
pub struct Roads {
    /// Where the ends of each node begin in `ends`.
    first: Vec<u32>,
    ends: Vec<End>,
    signing: Vec<bool>,
}

/// An edge as one of its nodes sees it.
#[derive(Debug, Clone, Copy)]
struct End {
    to: u32,
    edge: u32,
    cost: u32,
    about: bool,
}

/// A step from an entity to another, over one edge, or over two and the signing between them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Stride {
    /// Where it leads.
    pub to: u32,
    /// The edge, or the one to the signing.
    pub edge: u32,
    /// The edge from the signing, and the signing.
    pub through: Option<(u32, u32)>,
}

/// What an edge that leads through costs, in millionths.
const STEP: f64 = 1_000_000.0;

impl Roads {
    /// Reads all edges that the filter wants. O(edges).
    pub fn read(
        store: &Store,
        filter: &Filter,
        wish: Wish,
        together: bool,
    ) -> Result<Self, StoreError> {
        let mut signing = Vec::new();
        store.each_node(|node| signing.push(node.kind == AGREEMENT))?;
        let wanted = Wanted::new(filter);
        let mut edges: Vec<(u32, u32, u32, u32, bool)> = Vec::new();
        store.each_edge(|edge| {
            let inside = [edge.source, edge.target]
                .iter()
                .all(|end| (*end as usize) < signing.len());
            if inside && wanted.has(&edge) && (together || edge.kind != CO_OCCURS) {
                // A signing is one step, though two edges lead through it.
                let half = if [PARTY, ABOUT].contains(&edge.kind) {
                    0.5
                } else {
                    1.0
                };
                let cost = match wish {
                    // A thousandth of a step tells the strong from the weak.
                    Wish::Fewest => STEP + STEP / 1000.0 / edge.weight.max(0.1),
                    Wish::Strongest => STEP / edge.weight.max(0.1),
                };
                #[expect(clippy::cast_sign_loss, reason = "no weight is below nothing")]
                let cost = (cost * half) as u32;
                edges.push((
                    edge.source,
                    edge.target,
                    edge.number,
                    cost,
                    edge.kind == ABOUT,
                ));
            }
        })?;
        let mut first = vec![0_u32; signing.len() + 1];
        for (source, target, ..) in &edges {
            first[*source as usize + 1] += 1;
            first[*target as usize + 1] += 1;
        }
        for place in 1..first.len() {
            first[place] += first[place - 1];
        }
        let mut next = first.clone();
        let none = End {
            to: 0,
            edge: 0,
            cost: 0,
            about: false,
        };
        let mut ends = vec![none; edges.len() * 2];
        for (source, target, edge, cost, about) in edges {
            for (from, to) in [(source, target), (target, source)] {
                let place = &mut next[from as usize];
                ends[*place as usize] = End {
                    to,
                    edge,
                    cost,
                    about,
                };
                *place += 1;
            }
        }
        Ok(Self {
            first,
            ends,
            signing,
        })
    }

    fn ends(&self, node: u32) -> &[End] {
        let place = |node: u32| {
            self.first
                .get(node as usize)
                .map_or(0, |place| *place as usize)
        };
        self.ends
            .get(place(node)..place(node + 1))
            .unwrap_or_default()
    }

    /// Gives all strides from an entity to `go`, with what they cost.
    fn strides(&self, from: u32, mut go: impl FnMut(Stride, u64)) {
        for near in self.ends(from) {
            if !self.signing[near.to as usize] {
                go(
                    Stride {
                        to: near.to,
                        edge: near.edge,
                        through: None,
                    },
                    u64::from(near.cost),
                );
                continue;
            }
            for far in self.ends(near.to) {
                // Two subjects of one signing say nothing about each other.
                if far.to != from && !(near.about && far.about) && !self.signing[far.to as usize] {
                    let through = Some((far.edge, near.to));
                    go(
                        Stride {
                            to: far.to,
                            edge: near.edge,
                            through,
                        },
                        u64::from(near.cost) + u64::from(far.cost),
                    );
                }
            }
        }
    }

    /// The best way, without these nodes and without these first strides.
    fn best(
        &self,
        from: u32,
        to: u32,
        shut: &BTreeSet<u32>,
        not_first: &BTreeSet<(u32, u32)>,
    ) -> Option<(u64, Vec<Stride>)> {
        const FAR: u64 = u64::MAX;
        let mut cost = vec![FAR; self.signing.len()];
        let mut came: Vec<Option<(u32, Stride)>> = vec![None; self.signing.len()];
        let mut open = BinaryHeap::from([Reverse((0_u64, from))]);
        *cost.get_mut(from as usize)? = 0;
        while let Some(Reverse((so_far, node))) = open.pop() {
            if node == to {
                break;
            }
            if so_far > cost[node as usize] {
                continue;
            }
            self.strides(node, |stride, more| {
                let end = stride.to as usize;
                let new = so_far + more;
                if new < cost[end]
                    && !shut.contains(&stride.to)
                    && (node != from || !not_first.contains(&(stride.to, stride.edge)))
                {
                    cost[end] = new;
                    came[end] = Some((node, stride));
                    open.push(Reverse((new, stride.to)));
                }
            });
        }
        let all = *cost.get(to as usize).filter(|cost| **cost < FAR)?;
        let mut way = Vec::new();
        let mut at = to;
        while at != from {
            let (before, stride) = came[at as usize]?;
            way.push(stride);
            at = before;
        }
        way.reverse();
        Some((all, way))
    }

    /// The `many` best ways that visit no entity twice, the best first (Yen 1971).
    pub fn ways(&self, from: u32, to: u32, many: usize) -> Vec<Vec<Stride>> {
        let mut found: Vec<Vec<Stride>> = Vec::new();
        let mut waiting: BTreeSet<(u64, Vec<Stride>)> = BTreeSet::new();
        waiting.extend(self.best(from, to, &BTreeSet::new(), &BTreeSet::new()));
        while found.len() < many {
            let Some((_, way)) = waiting.pop_first() else {
                break;
            };
            let mut shut = BTreeSet::new();
            let mut at = from;
            let mut spent = 0;
            if found.len() + 1 < many {
                for (place, stride) in way.iter().enumerate() {
                    // The ways that are known turn elsewhere here; over the same nodes is the same way.
                    let known = found
                        .iter()
                        .chain([&way])
                        .filter(|other| other.starts_with(&way[..place]));
                    let mut not_first = BTreeSet::new();
                    for next in known.filter_map(|other| other.get(place)) {
                        self.strides(at, |s, _| {
                            if s.to == next.to {
                                not_first.insert((s.to, s.edge));
                            }
                        });
                    }
                    if let Some((more, rest)) = self.best(at, to, &shut, &not_first) {
                        let whole = way[..place].iter().chain(&rest).copied().collect();
                        waiting.insert((spent + more, whole));
                    }
                    let mut least = None;
                    self.strides(at, |s, cost| {
                        if s == *stride {
                            least = Some(cost);
                        }
                    });
                    spent += least.unwrap_or_default();
                    shut.insert(at);
                    at = stride.to;
                }
            }
            found.push(way);
        }
        found
    }
}
