//! What happened when.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use petgraph::visit::EdgeRef;
use petgraph::{Incoming, Outgoing};
use serde::Serialize;

use super::Graph;
use super::error::QueryError;
use super::filter::Filter;
use super::names::{Entity, Named};
use super::step::{Node, around};
use super::tie::{Cited, Direction, signed};
use crate::graph::{EdgeStatus, Graph as Model, PARTY};
use crate::relation::{CO_OCCURS, Status};
use crate::store::Part;

/// What happened to an entity.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Timeline {
    /// Who was asked for.
    #[serde(flatten)]
    pub entity: Entity,
    /// The oldest first; what has no day comes last.
    pub events: Vec<Event>,
    /// How many older ones the limit left out.
    pub left_out: usize,
}

/// Something that texts say happened, or will happen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Event {
    /// When, as far as texts tell.
    pub date: Option<Date>,
    /// What the day is.
    pub dated: Dated,
    /// The relation; `agreement` for a signing.
    pub relation: String,
    /// The relation for people.
    pub label: String,
    /// Which way it points.
    pub direction: Direction,
    /// With whom; all other parties of a signing.
    pub with: Vec<Named>,
    /// What a signing is about.
    pub about: Vec<String>,
    /// As a fact or as a plan.
    pub status: Status,
    /// Who says so, the newest first.
    pub articles: Vec<Cited>,
}

/// What the day of an event is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Dated {
    /// A text gives the day of the event.
    Event,
    /// The first day on which a text spoke of it.
    Published,
    /// No text has a day.
    Unknown,
}

impl Graph {
    /// What happened to an entity; the newest `limit` events. What only stands together is no event unless
    /// the filter names `co_occurs`.
    ///
    /// # Errors
    /// [`QueryError`]
    pub fn timeline(
        &self,
        name: &str,
        filter: &Filter,
        limit: usize,
    ) -> Result<Timeline, QueryError> {
        let entity = self.entity(name)?;
        let mut part = self.store.around(&[entity.number], 1)?;
        let mut events = self.events(&mut part, entity.number, filter)?;
        let left_out = events.len().saturating_sub(limit);
        events.drain(..left_out);
        Ok(Timeline {
            entity,
            events,
            left_out,
        })
    }

    /// All events of an entity, the oldest first. `part` has to hold what is around it.
    pub(super) fn events(
        &self,
        part: &mut Part,
        number: u32,
        filter: &Filter,
    ) -> Result<Vec<Event>, QueryError> {
        let Some(start) = part.node(number) else {
            return Ok(Vec::new());
        };
        let own: Vec<_> = [Outgoing, Incoming]
            .into_iter()
            .flat_map(|way| part.graph.net.edges_directed(start, way))
            .filter(|edge| {
                &*edge.weight().kind != CO_OCCURS || filter.relations.contains(CO_OCCURS)
            })
            .map(|edge| edge.id())
            .collect();
        self.store.add_evidence(part, own)?;
        Ok(events(&part.graph, start, filter))
    }
}

/// What is one event: the day, the relation, its direction, the signing or the other entity.
type Key = (Option<Date>, Dated, String, Direction, Node, bool);

fn events(graph: &Model, start: Node, filter: &Filter) -> Vec<Event> {
    // Days are looked at event by event.
    let whenever = Filter {
        since: None,
        until: None,
        ..filter.clone()
    };
    let mut found: BTreeMap<Key, (String, BTreeSet<Node>, BTreeSet<Cited>)> = BTreeMap::new();
    for (to, (_, relation, direction), part) in around(graph, start, &whenever) {
        if relation == CO_OCCURS && !filter.relations.contains(CO_OCCURS) {
            continue;
        }
        let said = |edge: &crate::graph::Edge| -> Vec<(Option<Date>, Status, Cited)> {
            let say = |evidence: &crate::graph::Evidence| {
                let sentence = &graph.sentences[evidence.sentence as usize];
                let article = &graph.articles[sentence.article as usize];
                (evidence.date, evidence.status, Cited::from(article))
            };
            edge.evidence.iter().map(say).collect()
        };
        if let Some(signing) = part.signing {
            let told = graph.net[signing].signing;
            let own = graph
                .net
                .edges_connecting(start, signing)
                .chain(graph.net.edges_connecting(signing, start));
            let said: Vec<_> = own.flat_map(|edge| said(edge.weight())).collect();
            let day = told.and_then(|told| told.date);
            let first = said
                .iter()
                .filter_map(|(_, _, article)| article.published)
                .min();
            let planned = told.is_some_and(|told| is_planned(told.status));
            let key = (
                day.or(first),
                dated(day, first),
                relation,
                direction,
                signing,
                planned,
            );
            let (label, with, articles) = found.entry(key).or_default();
            // Its parties; whom an entity met as a subject is no party.
            if &*part.edge.kind == PARTY || with.is_empty() {
                *label = part.edge.label.to_string();
            }
            with.insert(to);
            articles.extend(said.into_iter().map(|(.., article)| article));
        } else {
            for (day, status, article) in said(part.edge) {
                let dated = dated(day, article.published);
                let day = day.or(article.published);
                let planned = status == Status::Planned;
                let key = (day, dated, relation.clone(), direction, to, planned);
                let (label, with, articles) = found.entry(key).or_default();
                *label = part.edge.label.to_string();
                with.insert(to);
                articles.insert(article);
            }
        }
    }
    let mut events: Vec<Event> = found
        .into_iter()
        .filter(|((day, ..), _)| filter.wants_days(*day, *day))
        .filter(|(_, (_, with, _))| {
            with.iter()
                .any(|&to| filter.wants_type(&graph.net[to].kind))
        })
        .map(
            |((date, dated, relation, direction, at, planned), (label, with, articles))| Event {
                date,
                dated,
                relation,
                label,
                direction,
                with: with
                    .into_iter()
                    .map(|to| Named::from(&graph.net[to]))
                    .collect(),
                about: if graph.net[at].signing.is_some() {
                    signed(graph, at).about
                } else {
                    Vec::new()
                },
                status: if planned {
                    Status::Planned
                } else {
                    Status::Done
                },
                articles: articles.into_iter().rev().collect(),
            },
        )
        .collect();
    // What has no day comes last; the order of the keys is kept otherwise.
    events.sort_by_key(|event| (event.date.is_none(), event.date));
    merge(events)
}

/// Several reports of one event on different days of publication are one, unless a text gives another day.
fn merge(events: Vec<Event>) -> Vec<Event> {
    let mut merged: Vec<Event> = Vec::new();
    let mut known: BTreeMap<(String, Direction, Vec<Named>, Status), usize> = BTreeMap::new();
    for event in events {
        if event.dated == Dated::Event || !event.about.is_empty() {
            merged.push(event);
            continue;
        }
        let key = (
            event.relation.clone(),
            event.direction,
            event.with.clone(),
            event.status,
        );
        let place = *known.entry(key).or_insert(merged.len());
        match merged.get_mut(place) {
            Some(old) => {
                let articles: BTreeSet<Cited> =
                    old.articles.drain(..).chain(event.articles).collect();
                old.articles = articles.into_iter().rev().collect();
            }
            None => merged.push(event),
        }
    }
    merged
}

fn is_planned(status: EdgeStatus) -> bool {
    status.planned.is_some() && status.done.is_none()
}

fn dated(event: Option<Date>, published: Option<Date>) -> Dated {
    match (event, published) {
        (Some(_), _) => Dated::Event,
        (None, Some(_)) => Dated::Published,
        (None, None) => Dated::Unknown,
    }
}
