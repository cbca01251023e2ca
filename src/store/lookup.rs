//! All names in little room, to be looked through from end to end: for mistyped names, parts of names, initials.

use std::collections::BTreeSet;

use rusqlite::{Connection, params};

use super::error::StoreError;
use super::letters::letters;
use super::open::Store;
use super::spelling::spelled;
use crate::graph::{AGREEMENT, Graph, Node};

/// A part is closed when it has so many bytes.
const PART: usize = 1 << 16;

/// A name of an entity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry<'a> {
    /// The entity's number.
    pub node: u32,
    /// How many stories name the entity.
    pub stories: u32,
    /// The name as [`letters`].
    pub letters: &'a [u8],
}

/// Writes the names of all entities, those of one type together, by number.
pub fn write(work: &Connection, graph: &Graph) -> rusqlite::Result<()> {
    let mut insert = work.prepare("INSERT INTO lookup(kind, names) VALUES (?1, ?2)")?;
    let mut part = Vec::new();
    let mut kind = "";
    let mut last = 0;
    for at in graph.net.node_indices() {
        let node = &graph.net[at];
        if node.kind == AGREEMENT {
            continue;
        }
        if node.kind != kind || part.len() >= PART {
            if !part.is_empty() {
                insert.execute(params![kind, part])?;
                part.clear();
            }
            (kind, last) = (&node.kind, 0);
        }
        for letters in forms(node) {
            let number = at.index() as u32;
            put(&mut part, number - last);
            put(&mut part, node.stories);
            put(&mut part, letters.len() as u32);
            part.extend_from_slice(&letters);
            last = number;
        }
    }
    if !part.is_empty() {
        insert.execute(params![kind, part])?;
    }
    Ok(())
}

/// The names of a node, those with Latin letters also as Hangul spells them.
fn forms(node: &Node) -> BTreeSet<Vec<u8>> {
    let seen = node.names.iter().map(|name| &name.form);
    let all = seen.chain(&node.aliases).chain([&node.label]);
    all.flat_map(|form| {
        [
            Some(letters(form)),
            spelled(form).map(|form| letters(&form)),
        ]
    })
    .flatten()
    .collect()
}

/// Seven bits a byte, the lowest first; all but the last have the highest bit set.
fn put(part: &mut Vec<u8>, mut number: u32) {
    while number >= 128 {
        part.push(number as u8 | 128);
        number >>= 7;
    }
    part.push(number as u8);
}

/// Reads what [`put`] wrote; none where the bytes end or make no number.
fn take(bytes: &mut &[u8]) -> Option<u32> {
    let mut number = 0_u32;
    for shift in [0, 7, 14, 21, 28] {
        let (&byte, rest) = bytes.split_first()?;
        *bytes = rest;
        number |= u32::from(byte & 127) << shift;
        if byte < 128 {
            return Some(number);
        }
    }
    None
}

/// The next name of a part.
fn next<'a>(bytes: &mut &'a [u8], last: &mut u32) -> Option<Entry<'a>> {
    *last = last.checked_add(take(bytes)?)?;
    let stories = take(bytes)?;
    let length = take(bytes)? as usize;
    let (letters, rest) = bytes.split_at_checked(length)?;
    *bytes = rest;
    Some(Entry {
        node: *last,
        stories,
        letters,
    })
}

impl Store {
    /// Gives every name of the entities of the wanted types to `look`, by node. O(n), some nanoseconds a name.
    ///
    /// # Errors
    /// [`StoreError::Damaged`]
    pub fn look_through(
        &self,
        wanted: impl Fn(&str) -> bool,
        mut look: impl FnMut(Entry<'_>),
    ) -> Result<(), StoreError> {
        let mut read = || -> rusqlite::Result<bool> {
            let mut statement = self
                .file
                .prepare("SELECT kind, names FROM lookup ORDER BY part")?;
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                if !wanted(row.get_ref(0)?.as_str()?) {
                    continue;
                }
                let mut bytes = row.get_ref(1)?.as_blob()?;
                let mut last = 0;
                while !bytes.is_empty() {
                    match next(&mut bytes, &mut last) {
                        Some(entry) => look(entry),
                        None => return Ok(false),
                    }
                }
            }
            Ok(true)
        };
        let whole = read().map_err(|e| self.damaged(&e))?;
        self.check("lookup", whole)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_every_size_come_back() {
        for number in [0, 1, 127, 128, 16_384, u32::MAX] {
            let mut bytes = Vec::new();
            put(&mut bytes, number);
            assert_eq!(take(&mut bytes.as_slice()), Some(number));
            assert_eq!(take(&mut &bytes[..bytes.len() - 1]), None);
        }
    }
}
