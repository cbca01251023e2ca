//! From statements to edges.

use std::collections::HashSet;
use std::hash::BuildHasherDefault;
use std::sync::Arc;

use jiff::civil::Date;

use super::intern::Mixed;
use super::model::{Article, DICTIONARY_WEIGHT, Edge, Evidence};
use crate::relation::{CO_OCCURS, Status};

/// No sentence, or no article.
pub const NONE: u32 = u32::MAX;

/// That one sentence, or a dictionary, states one edge.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Claim {
    /// Number of the source node.
    pub source: u32,
    /// Number of the relation, by name.
    pub kind: u32,
    /// Number of the target node.
    pub target: u32,
    /// Number of the article; [`NONE`] for a dictionary.
    pub article: u32,
    /// Number of the sentence, or [`NONE`].
    pub sentence: u32,
    /// Fact, plan or dictionary.
    pub status: Status,
    /// The day of the event.
    pub date: Option<Date>,
}

/// The day that a statement speaks of: of the event for a fact, of publication for a plan.
pub fn day(status: Status, event: Option<Date>, published: Option<Date>) -> Option<Date> {
    match status {
        Status::Planned => published.or(event),
        Status::Done | Status::Dictionary => event.or(published),
    }
}

/// Widens a span of days.
pub fn widen(first: &mut Option<Date>, last: &mut Option<Date>, day: Option<Date>) {
    if let Some(day) = day {
        *first = Some(first.map_or(day, |known| known.min(day)));
        *last = Some(last.map_or(day, |known| known.max(day)));
    }
}

/// Removes the `co_occurs` claims whose two nodes another relation or a common agreement joins.
///
/// `is_agreement` tells whether a node stands for a signing.
pub fn drop_joined(
    claims: &mut Vec<Claim>,
    kinds: &[Arc<str>],
    is_agreement: impl Fn(u32) -> bool,
) {
    let together = |kind: u32| &*kinds[kind as usize] == CO_OCCURS;
    let pair = |a: u32, b: u32| u64::from(a.min(b)) << 32 | u64::from(a.max(b));
    let mut joined: HashSet<u64, BuildHasherDefault<Mixed>> = HashSet::default();
    let mut signed: Vec<(u32, u32)> = Vec::new();
    for claim in &*claims {
        if claim.status == Status::Dictionary || together(claim.kind) {
            continue;
        }
        joined.insert(pair(claim.source, claim.target));
        if is_agreement(claim.target) {
            signed.push((claim.source, claim.target));
        }
        if is_agreement(claim.source) {
            signed.push((claim.target, claim.source));
        }
    }
    signed.sort_unstable();
    signed.dedup();
    let of = |node: u32| {
        let start = signed.partition_point(|&(other, _)| other < node);
        let count = signed[start..].partition_point(|&(other, _)| other == node);
        &signed[start..start + count]
    };
    claims.retain(|claim| {
        if !together(claim.kind) {
            return true;
        }
        let common = || {
            let (few, many) = (of(claim.source), of(claim.target));
            let (few, many) = if few.len() <= many.len() {
                (few, many)
            } else {
                (many, few)
            };
            let partner = |(_, agreement): &(u32, u32)| {
                many.binary_search_by_key(agreement, |(_, a)| *a).is_ok()
            };
            few.iter().any(partner)
        };
        !joined.contains(&pair(claim.source, claim.target)) && !common()
    });
}

/// One edge from the claims for it: sorted, not empty.
pub fn edge(claims: &[Claim], kind: &Arc<str>, label: &Arc<str>, articles: &[Article]) -> Edge {
    let mut edge = Edge {
        kind: kind.clone(),
        label: label.clone(),
        weight: DICTIONARY_WEIGHT,
        ..Edge::default()
    };
    let mut stories = Vec::new();
    let mut last = NONE;
    for claim in claims {
        let article = match articles.get(claim.article as usize) {
            Some(article) if claim.status != Status::Dictionary => article,
            _ => continue,
        };
        if last != claim.article {
            last = claim.article;
            edge.articles += 1;
            stories.push(article.story);
        }
        let day = day(claim.status, claim.date, article.published);
        edge.status.add(claim.status, day);
        widen(&mut edge.first_seen, &mut edge.last_seen, day);
        if claim.sentence == NONE {
            continue;
        }
        match edge
            .evidence
            .last_mut()
            .filter(|known| known.sentence == claim.sentence)
        {
            Some(known) if known.status == claim.status => known.date = known.date.or(claim.date),
            Some(_) => {}
            None => edge.evidence.push(Evidence {
                sentence: claim.sentence,
                status: claim.status,
                date: claim.date,
            }),
        }
    }
    stories.sort_unstable();
    stories.dedup();
    // Most edges have one sentence; room for four would be half of a large graph's memory.
    edge.evidence.shrink_to_fit();
    edge.stories = stories.len() as u32;
    if edge.stories > 0 {
        edge.weight = f64::from(edge.stories);
    }
    edge
}
