//! What lies inside a place.

use std::collections::BTreeSet;

use super::Graph;
use super::error::QueryError;
use super::names::{Entity, entities};

/// The relations that lead from what is inside to what is around it.
const OUTWARD: [&str; 2] = ["located_in", "part_of"];

impl Graph {
    /// The entities of these types (none: of all) that lie in a place, or in what is a part of it; by id.
    ///
    /// # Errors
    /// [`QueryError`]
    pub fn inside(&self, place: &str, types: &BTreeSet<String>) -> Result<Vec<Entity>, QueryError> {
        let mut reached = BTreeSet::from([self.entity(place)?.number]);
        let mut open: Vec<u32> = reached.iter().copied().collect();
        while let Some(at) = open.pop() {
            for inner in self.store.sources_of(at, &OUTWARD)? {
                if reached.insert(inner) {
                    open.push(inner);
                }
            }
        }
        let mut found = entities(&self.store, &Vec::from_iter(reached))?;
        found.retain(|entity| types.is_empty() || types.contains(&entity.kind));
        Ok(found)
    }
}
