//! One entity: facts, names, relations, time line, articles.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Serialize;

use super::Graph;
use super::error::QueryError;
use super::events::Event;
use super::filter::Filter;
use super::names::Entity;
use super::step::{Node, around};
use super::tie::{Cited, Direction};

/// How many neighbours a relation names.
const NAMED: usize = 3;

/// What the graph knows of an entity.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Portrait {
    /// Who was asked for.
    #[serde(flatten)]
    pub entity: Entity,
    /// Whether a dictionary has it.
    pub known: bool,
    /// How often texts name it.
    pub mentions: u32,
    /// The first day of publication among its articles.
    pub first_seen: Option<Date>,
    /// The last such day.
    pub last_seen: Option<Date>,
    /// The other columns of its dictionary row.
    pub attributes: BTreeMap<String, String>,
    /// How often texts use each name.
    pub named_as: BTreeMap<String, u32>,
    /// Other names that its dictionary gives.
    pub aliases: Vec<String>,
    /// What joins it to others, by relation and direction.
    pub relations: Vec<Group>,
    /// What happened, the oldest first; the newest so many.
    pub events: Vec<Event>,
    /// How many older events the limit left out.
    pub events_left_out: usize,
    /// The articles that name it, the newest first.
    pub sources: Vec<Cited>,
    /// How many older articles the limit left out.
    pub sources_left_out: usize,
}

/// All relations of one kind and direction.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Group {
    /// The relation; `agreement` for signings in common.
    pub relation: String,
    /// The relation for people.
    pub label: String,
    /// Which way it points.
    pub direction: Direction,
    /// How many entities it leads to.
    pub neighbors: usize,
    /// The weights of all together.
    pub weight: f64,
    /// The names of the heaviest.
    pub heaviest: Vec<String>,
}

impl Graph {
    /// What the graph knows of an entity, with at most so many events and articles.
    ///
    /// # Errors
    /// [`QueryError`]
    pub fn show(&self, name: &str, limit: usize) -> Result<Portrait, QueryError> {
        let entity = self.entity(name)?;
        let number = entity.number;
        let mut part = self.store.around(&[number], 1)?;
        let Some(start) = part.node(number) else {
            return Err(QueryError::Unknown {
                name: name.to_owned(),
                near: Vec::new(),
            });
        };
        let relations = groups(&part.graph, start);
        let mut events = self.events(&mut part, number, &Filter::default())?;
        let events_left_out = events.len().saturating_sub(limit);
        events.drain(..events_left_out);
        let (articles, sources_left_out) = self.store.articles_of(number, limit)?;
        let node = &part.graph.net[start];
        Ok(Portrait {
            entity,
            known: node.known,
            mentions: node.mentions,
            first_seen: node.first_seen,
            last_seen: node.last_seen,
            attributes: node.attributes.iter().cloned().collect(),
            named_as: node
                .names
                .iter()
                .map(|name| (name.form.clone(), name.count))
                .collect(),
            aliases: node.aliases.clone(),
            relations,
            events,
            events_left_out,
            sources: articles.iter().map(Cited::from).collect(),
            sources_left_out,
        })
    }
}

fn groups(graph: &crate::graph::Graph, start: Node) -> Vec<Group> {
    let mut found: BTreeMap<(String, Direction), (String, BTreeMap<Node, f64>)> = BTreeMap::new();
    for (to, (_, relation, direction), part) in around(graph, start, &Filter::default()) {
        let (label, ends) = found.entry((relation, direction)).or_default();
        *label = part.edge.label.to_string();
        *ends.entry(to).or_default() += part.edge.weight;
    }
    let mut groups: Vec<Group> = found
        .into_iter()
        .map(|((relation, direction), (label, ends))| {
            let weight = ends.values().sum();
            let neighbors = ends.len();
            let mut ends: Vec<(Node, f64)> = ends.into_iter().collect();
            ends.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
            Group {
                relation,
                label,
                direction,
                neighbors,
                weight,
                heaviest: ends
                    .into_iter()
                    .take(NAMED)
                    .map(|(end, _)| graph.net[end].label.clone())
                    .collect(),
            }
        })
        .collect();
    groups.sort_by(|a, b| {
        b.weight
            .total_cmp(&a.weight)
            .then_with(|| (&a.relation, a.direction).cmp(&(&b.relation, b.direction)))
    });
    groups
}
