//! What two graphs differ in.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::Graph;
use super::error::QueryError;
use super::filter::Filter;
use super::names::Named;
use super::top::Wanted;
use crate::graph::AGREEMENT;
use crate::store::Store;

/// What two graphs differ in.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Comparison {
    /// How much of everything both hold.
    pub counts: Vec<Count>,
    /// What differs: relations, signings, and entities that came or went; the heaviest first.
    pub changes: Vec<Changed>,
    /// How many more changes there are.
    pub left_out: usize,
}

/// How much of something two graphs hold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Count {
    /// `articles`, `stories`, `nodes`, `edges`, a type or a relation.
    pub of: String,
    /// In the old one.
    pub old: u64,
    /// In the new one.
    pub new: u64,
    /// How many came.
    pub added: u64,
    /// How many went.
    pub removed: u64,
}

/// An entity, a signing or a relation that only one graph has, or that has another weight or status.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Changed {
    /// `added`, `removed` or `changed`.
    pub change: &'static str,
    /// `entity`, `agreement`, or the relation.
    pub what: String,
    /// The entity, the signing, or the subject of the relation.
    pub from: Named,
    /// The object of the relation.
    pub to: Option<Named>,
    /// The parties of a signing.
    pub parties: Vec<Named>,
    /// Weight in the old graph; for an entity or a signing, how many stories name it.
    pub old: Option<f64>,
    /// Weight in the new graph.
    pub new: Option<f64>,
    /// Status of a relation in the old graph.
    pub old_status: Option<String>,
    /// Status of a relation in the new graph.
    pub new_status: Option<String>,
}

/// A node of either graph: in the order of the ids.
struct Seen {
    named: Named,
    stories: [Option<u32>; 2],
}

type Ends = (u32, String, u32);

/// What differs between two graphs, as far as the filter's types and relations go; the `limit` heaviest changes.
/// O(nodes + edges) of both.
///
/// # Errors
/// [`QueryError::Store`]
pub fn compare(
    old: &Graph,
    new: &Graph,
    filter: &Filter,
    limit: usize,
) -> Result<Comparison, QueryError> {
    let stores = [&old.store, &new.store];
    let (nodes, places) = nodes(stores)?;
    let mut edges: BTreeMap<Ends, [Option<(f64, String)>; 2]> = BTreeMap::new();
    let wanted = Wanted::new(filter);
    for (which, store) in stores.into_iter().enumerate() {
        let place = |number: u32| {
            places[which]
                .get(number as usize)
                .copied()
                .unwrap_or_default()
        };
        store.each_edge(|edge| {
            if wanted.has(&edge) {
                let ends = (place(edge.source), edge.kind.to_owned(), place(edge.target));
                edges.entry(ends).or_default()[which] = Some((edge.weight, edge.status.to_owned()));
            }
        })?;
    }
    let mut counts = totals(stores)?;
    let mut tally: BTreeMap<(u8, &str), [u64; 4]> = BTreeMap::new();
    let mut count = |key, old: bool, new: bool| {
        let row = tally.entry(key).or_default();
        for (cell, holds) in row.iter_mut().zip([old, new, new && !old, old && !new]) {
            *cell += u64::from(holds);
        }
    };
    let mut changes = Vec::new();
    for node in &nodes {
        let [old, new] = node.stories;
        let kind = node.named.kind.as_str();
        count((0, kind), old.is_some(), new.is_some());
        if old.is_some() != new.is_some() && filter.wants_type(kind) && filter.relations.is_empty()
        {
            let what = if kind == AGREEMENT {
                AGREEMENT
            } else {
                "entity"
            };
            changes.push(Changed {
                change: if new.is_some() { "added" } else { "removed" },
                what: what.to_owned(),
                from: node.named.clone(),
                to: None,
                parties: Vec::new(),
                old: old.map(f64::from),
                new: new.map(f64::from),
                old_status: None,
                new_status: None,
            });
        }
    }
    for ((source, relation, target), [old, new]) in &edges {
        count((1, relation), old.is_some(), new.is_some());
        let (from, to) = (&nodes[*source as usize], &nodes[*target as usize]);
        let type_wanted = [from, to]
            .iter()
            .any(|end| filter.wants_type(&end.named.kind));
        // A signing is told once, not with every party.
        let told = [from, to]
            .iter()
            .any(|end| end.named.kind == AGREEMENT && end.stories.iter().any(Option::is_none));
        if old == new || !type_wanted || told {
            continue;
        }
        changes.push(Changed {
            change: match (old, new) {
                (None, _) => "added",
                (_, None) => "removed",
                _ => "changed",
            },
            what: relation.clone(),
            from: from.named.clone(),
            to: Some(to.named.clone()),
            parties: Vec::new(),
            old: old.as_ref().map(|x| x.0),
            new: new.as_ref().map(|x| x.0),
            old_status: old.as_ref().map(|x| x.1.clone()),
            new_status: new.as_ref().map(|x| x.1.clone()),
        });
    }
    counts.extend(
        tally
            .into_iter()
            .map(|((_, of), [old, new, added, removed])| Count {
                of: of.to_owned(),
                old,
                new,
                added,
                removed,
            }),
    );
    // Relations before entities: what happened is asked for first.
    let rank = |change: &Changed| match change.what.as_str() {
        crate::relation::CO_OCCURS => 3,
        "entity" => 2,
        _ => u8::from(
            [&change.old_status, &change.new_status]
                .into_iter()
                .flatten()
                .any(|s| s == "dictionary"),
        ),
    };
    let weight = |change: &Changed| (change.new.unwrap_or(0.0) - change.old.unwrap_or(0.0)).abs();
    changes.sort_by(|a, b| rank(a).cmp(&rank(b)).then(weight(b).total_cmp(&weight(a))));
    let left_out = changes.len().saturating_sub(limit);
    changes.truncate(limit);
    for change in changes.iter_mut().filter(|change| change.what == AGREEMENT) {
        let graph = if change.new.is_some() { new } else { old };
        if let Some(number) = graph.store.number(&change.from.id)? {
            let pact = graph.pacts(&[number])?.pop();
            change.parties = pact.map(|pact| pact.parties).unwrap_or_default();
        }
    }
    Ok(Comparison {
        counts,
        changes,
        left_out,
    })
}

/// The nodes of both graphs by id, and where the nodes of each have come.
fn nodes(stores: [&Store; 2]) -> Result<(Vec<Seen>, [Vec<u32>; 2]), QueryError> {
    let mut own: [Vec<(String, String, u32)>; 2] = Default::default();
    for (store, own) in stores.into_iter().zip(&mut own) {
        store
            .each_node(|node| own.push((node.id.to_owned(), node.kind.to_owned(), node.stories)))?;
    }
    let ids: BTreeSet<&str> = own.iter().flatten().map(|(id, ..)| id.as_str()).collect();
    let places: BTreeMap<&str, u32> = ids.iter().copied().zip(0..).collect();
    let mut nodes: Vec<Seen> = ids
        .iter()
        .map(|id| Seen {
            named: Named {
                id: (*id).to_owned(),
                name: id.split_once(':').map_or(*id, |(_, name)| name).to_owned(),
                kind: String::new(),
            },
            stories: [None, None],
        })
        .collect();
    let mut of: [Vec<u32>; 2] = Default::default();
    for (which, own) in own.iter().enumerate() {
        for (id, kind, stories) in own {
            let place = places[id.as_str()];
            of[which].push(place);
            let node = &mut nodes[place as usize];
            node.named.kind.clone_from(kind);
            node.stories[which] = Some(*stories);
        }
    }
    Ok((nodes, of))
}

fn totals(stores: [&Store; 2]) -> Result<Vec<Count>, QueryError> {
    let counts = [stores[0].counts()?, stores[1].counts()?];
    let mut sources: [BTreeSet<String>; 2] = Default::default();
    for (store, sources) in stores.into_iter().zip(&mut sources) {
        store.each_article(|_, article| {
            sources.insert(article.source);
        })?;
    }
    let [old, new] = &sources;
    Ok(vec![Count {
        of: "articles".to_owned(),
        old: counts[0].articles,
        new: counts[1].articles,
        added: new.difference(old).count() as u64,
        removed: old.difference(new).count() as u64,
    }])
}
