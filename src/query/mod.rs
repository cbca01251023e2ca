//! Questions to a graph file: what a name means, who is near, where it is stated.
//!
//! A question reads just the part of the file that it needs into the graph model and is answered there.

mod jamo;
mod names;
mod neighbors;

pub use names::{Entity, Meaning, resolve};
pub use neighbors::{Cited, Direction, Neighbor, Question, Signed, Tie, cite, neighbors};

use crate::store::{Store, StoreError};

/// Who is near an entity.
#[derive(Debug, Clone, Default)]
pub struct Near {
    /// The nearest first, then the heaviest; each with its evidence.
    pub neighbors: Vec<Neighbor>,
    /// How many more there are.
    pub left_out: usize,
}

/// The first `limit` neighbours of the node with this number in the graph file.
///
/// # Errors
/// [`StoreError::Damaged`]
pub fn near(
    store: &Store,
    number: u32,
    question: &Question,
    limit: usize,
) -> Result<Near, StoreError> {
    let mut part = store.around(&[number], question.depth)?;
    let Some(start) = part.node(number) else {
        return Ok(Near::default());
    };
    let mut found = neighbors(&part.graph, start, question);
    let left_out = found.len().saturating_sub(limit);
    found.truncate(limit);
    let edges = found
        .iter()
        .flat_map(|n| &n.ties)
        .flat_map(|tie| tie.edges.clone());
    store.add_evidence(&mut part, edges.collect::<Vec<_>>())?;
    cite(&part.graph, &mut found);
    Ok(Near {
        neighbors: found,
        left_out,
    })
}
