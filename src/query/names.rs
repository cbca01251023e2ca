//! From a name as people type it to a node.

use serde::Serialize;

use super::search::nearest;
use crate::graph::{AGREEMENT, Node};
use crate::store::{Store, StoreError, fold};

/// How many names are offered for one that is unknown.
const OFFERED: usize = 5;
/// Names that are less near are not offered.
const NEAR_ENOUGH: f64 = 0.5;

/// An entity of the graph, as far as it takes to tell it from others.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Entity {
    /// Its number in the graph file.
    #[serde(skip)]
    pub number: u32,
    /// `type:name`, with ` (parent)` after a name that several share.
    pub id: String,
    /// The canonical name.
    pub name: String,
    /// The entity type.
    #[serde(rename = "type")]
    pub kind: String,
    /// How many stories name it.
    pub stories: u32,
    /// How many articles name it.
    pub articles: u32,
    /// The forms under which texts name it, the most frequent first.
    pub names: Vec<String>,
}

impl Entity {
    /// The forms other than its name, by commas; empty for none.
    pub fn also(&self) -> String {
        let names = self.names.iter().map(String::as_str);
        let others: Vec<&str> = names.filter(|name| *name != self.name).collect();
        others.join(", ")
    }
}

/// Just enough to name an entity.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Named {
    /// `type:name`, with ` (parent)` after a name that several share.
    pub id: String,
    /// The canonical name.
    pub name: String,
    /// The entity type.
    #[serde(rename = "type")]
    pub kind: String,
}

impl From<&Node> for Named {
    fn from(node: &Node) -> Self {
        Self {
            id: node.id.clone(),
            name: node.label.clone(),
            kind: node.kind.clone(),
        }
    }
}

/// What a typed name may mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Meaning {
    /// Just this.
    One(Entity),
    /// Each of these, by id.
    Several(Vec<Entity>),
    /// Nothing in the graph; these are near, the nearest first.
    Unknown(Vec<Entity>),
}

/// What `name` means in the graph: an id, a name or any other form of one; blanks, marks and case do not matter.
///
/// `고성군 (경상남도)` is one of several places that share a name. A canonical name goes before other forms.
/// O(log n); O(n) for an unknown name.
///
/// # Errors
/// [`StoreError::Damaged`]
pub fn resolve(store: &Store, name: &str) -> Result<Meaning, StoreError> {
    let name = name.trim();
    if let Some(number) = store.number(name)? {
        return Ok(one_or_several(entities(store, &[number])?));
    }
    let mut found = entities(store, &store.find(name)?)?;
    if found.is_empty() {
        // `type:name`, `name (parent)` or both, spaced in another way than the id.
        let base = name.split_once(':').map_or(name, |(_, name)| name);
        let base = base.split_once('(').map_or(base, |(base, _)| base);
        found = entities(store, &store.find(base)?)?;
        found.retain(|entity| {
            let (_, untyped) = entity.id.split_once(':').unwrap_or_default();
            [entity.id.as_str(), untyped]
                .map(fold)
                .contains(&fold(name))
        });
    }
    if found.is_empty() {
        return Ok(Meaning::Unknown(nearest(
            store,
            name,
            NEAR_ENOUGH,
            OFFERED,
        )?));
    }
    let wanted = fold(name);
    let is_name = |entity: &Entity| fold(&entity.name) == wanted;
    if found.iter().any(is_name) {
        found.retain(is_name);
    }
    Ok(one_or_several(found))
}

fn one_or_several(mut found: Vec<Entity>) -> Meaning {
    match found.len() {
        1 => Meaning::One(found.remove(0)),
        _ => Meaning::Several(found),
    }
}

/// The entities with these numbers, in their order. A signing is none.
pub(super) fn entities(store: &Store, numbers: &[u32]) -> Result<Vec<Entity>, StoreError> {
    let part = store.around(numbers, 0)?;
    let found = numbers.iter().filter_map(|&number| {
        let node = &part.graph.net[part.node(number)?];
        (node.kind != AGREEMENT).then(|| Entity {
            number,
            id: node.id.clone(),
            name: node.label.clone(),
            kind: node.kind.clone(),
            stories: node.stories,
            articles: node.articles,
            names: node.names.iter().map(|name| name.form.clone()).collect(),
        })
    });
    Ok(found.collect())
}
