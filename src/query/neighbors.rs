//! Who is next to an entity, through what, and which articles say so.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use petgraph::Direction::{Incoming, Outgoing};
use petgraph::graph::{EdgeIndex, NodeIndex};
use petgraph::visit::EdgeRef;
use serde::Serialize;

use crate::graph::{ABOUT, AGREEMENT, Edge, EdgeStatus, Graph, PARTY};
use crate::relation::CO_OCCURS;

/// What to look for.
#[derive(Debug, Clone, PartialEq)]
pub struct Question {
    /// How many steps away at most. An agreement between two parties is one step.
    pub depth: u32,
    /// Entity types to name; none names all. Others are still passed through.
    pub types: BTreeSet<String>,
    /// Relations to follow, [`AGREEMENT`] for a signing in common; none follows all.
    pub relations: BTreeSet<String>,
    /// Relations of a smaller weight are not followed.
    pub min_weight: f64,
}

impl Default for Question {
    /// Everybody one step away.
    fn default() -> Self {
        Self {
            depth: 1,
            types: BTreeSet::new(),
            relations: BTreeSet::new(),
            min_weight: 0.0,
        }
    }
}

/// Somebody near.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Neighbor {
    /// `type:name`.
    pub id: String,
    /// The canonical name.
    pub name: String,
    /// The entity type.
    #[serde(rename = "type")]
    pub kind: String,
    /// How many steps away.
    pub steps: u32,
    /// The weights of all ties together.
    pub weight: f64,
    /// What joins it to the entity, or to one that is a step nearer; the heaviest first.
    pub ties: Vec<Tie>,
}

/// One relation between a neighbour and somebody a step nearer.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Tie {
    /// The relation; [`AGREEMENT`] for a signing in common, [`ABOUT`] for a signing and its subject.
    pub relation: String,
    /// The relation for people; through a signing, what the neighbour is in it.
    pub label: String,
    /// Which way it points, seen from the one that is a step nearer.
    pub direction: Direction,
    /// Name of the one that is a step nearer.
    pub from: String,
    /// `done`, `planned`, `dictionary`, or both of the former with their days.
    pub status: String,
    /// How many stories state it; a little for a dictionary.
    pub weight: f64,
    /// How many stories state it.
    pub stories: u32,
    /// The first day that speaks of it.
    pub first: Option<Date>,
    /// The last such day.
    pub last: Option<Date>,
    /// The signings through which it leads.
    pub agreements: Vec<Signed>,
    /// Where it is stated, the newest first; empty until [`cite`] has filled it in.
    pub articles: Vec<Cited>,
    /// The edges that it consists of.
    #[serde(skip)]
    pub edges: Vec<EdgeIndex<u32>>,
}

/// Which way a relation points.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Direction {
    /// From the asked entity to its neighbour.
    Out,
    /// From the neighbour to the asked entity.
    In,
    /// Both alike.
    Both,
}

/// A signing that two entities have in common.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Signed {
    /// The day of the signing, where a text gives it.
    pub date: Option<Date>,
    /// The id of its node.
    pub id: String,
    /// Names of what it is about.
    pub about: Vec<String>,
}

/// An article that states a relation.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Cited {
    /// The day of publication.
    pub published: Option<Date>,
    /// Where it came from.
    pub source: String,
    /// Its headline.
    pub title: Option<String>,
}

type Node = NodeIndex<u32>;

/// Everybody near `start`, the nearest first, then the heaviest; what only a dictionary states and what only
/// stands together come after what texts state. Evidence is not looked at: see [`cite`].
///
/// O(edges around the nodes that are passed).
pub fn neighbors(graph: &Graph, start: Node, question: &Question) -> Vec<Neighbor> {
    let mut steps = BTreeMap::from([(start, 0)]);
    let mut found = Vec::new();
    let mut border = vec![start];
    for step in 1..=question.depth {
        let mut ties: BTreeMap<Node, BTreeMap<Key, Vec<Part>>> = BTreeMap::new();
        for &from in &border {
            for (to, key, part) in around(graph, from, question) {
                if !steps.contains_key(&to) {
                    ties.entry(to)
                        .or_default()
                        .entry(key)
                        .or_default()
                        .push(part);
                }
            }
        }
        border = ties.keys().copied().collect();
        for (to, ties) in ties {
            steps.insert(to, step);
            let node = &graph.net[to];
            if question.types.is_empty() || question.types.contains(&node.kind) {
                found.push(neighbor(graph, to, step, ties));
            }
        }
    }
    found.sort_by(|a, b| {
        let rank = |n: &Neighbor| (n.steps, n.ties.iter().map(Tie::rank).min());
        rank(a)
            .cmp(&rank(b))
            .then(b.weight.total_cmp(&a.weight))
            .then_with(|| a.name.cmp(&b.name))
            .then_with(|| a.id.cmp(&b.id))
    });
    found
}

/// What makes a tie one: from whom, through which relation, which way.
type Key = (Node, String, Direction);

/// What one edge, or one signing, adds to a tie.
struct Part<'a> {
    at: EdgeIndex<u32>,
    edge: &'a Edge,
    status: EdgeStatus,
    signing: Option<Node>,
}

/// The entities next to `from`, seeing through agreements to their parties and subjects.
fn around<'a>(graph: &'a Graph, from: Node, question: &Question) -> Vec<(Node, Key, Part<'a>)> {
    let wanted =
        |relation: &str| question.relations.is_empty() || question.relations.contains(relation);
    let mut around = Vec::new();
    for way in [Outgoing, Incoming] {
        for edge in graph.net.edges_directed(from, way) {
            let to = if way == Outgoing {
                edge.target()
            } else {
                edge.source()
            };
            let weight = edge.weight();
            if graph.net[to].kind == AGREEMENT {
                around.extend(through(graph, from, to, &wanted));
            } else if to != from && wanted(&weight.kind) {
                let direction = match way {
                    _ if &*weight.kind == CO_OCCURS => Direction::Both,
                    Outgoing => Direction::Out,
                    Incoming => Direction::In,
                };
                let key = (from, weight.kind.to_string(), direction);
                let part = Part {
                    at: edge.id(),
                    edge: weight,
                    status: weight.status,
                    signing: None,
                };
                around.push((to, key, part));
            }
        }
    }
    around.retain(|(_, _, part)| part.edge.weight >= question.min_weight);
    around
}

/// The entities on the other side of a signing.
fn through<'a>(
    graph: &'a Graph,
    from: Node,
    signing: Node,
    wanted: &impl Fn(&str) -> bool,
) -> Vec<(Node, Key, Part<'a>)> {
    let edges = || {
        let ends = |way| graph.net.edges_directed(signing, way);
        let parties = ends(Incoming).map(|e| (e.source(), e.id(), e.weight()));
        parties.chain(ends(Outgoing).map(|e| (e.target(), e.id(), e.weight())))
    };
    let is_party = |of: Node| edges().any(|(end, _, edge)| end == of && &*edge.kind == PARTY);
    let signs = is_party(from);
    let status = graph.net[signing]
        .signing
        .map_or_else(EdgeStatus::default, |s| s.status);
    edges()
        .filter(|&(to, ..)| to != from)
        .filter_map(|(to, at, edge)| {
            let (relation, direction) = match (signs, &*edge.kind == PARTY) {
                (true, true) => (AGREEMENT, Direction::Both),
                (true, false) => (ABOUT, Direction::Out),
                (false, true) => (ABOUT, Direction::In),
                // Two subjects of one signing say nothing about each other.
                (false, false) => return None,
            };
            let part = Part {
                at,
                edge,
                status,
                signing: Some(signing),
            };
            wanted(relation).then(|| (to, (from, relation.to_owned(), direction), part))
        })
        .collect()
}

fn neighbor(graph: &Graph, to: Node, steps: u32, ties: BTreeMap<Key, Vec<Part<'_>>>) -> Neighbor {
    let node = &graph.net[to];
    let mut ties: Vec<Tie> = ties
        .into_iter()
        .map(|(key, parts)| tie(graph, key, &parts))
        .collect();
    ties.sort_by(|a, b| {
        a.rank()
            .cmp(&b.rank())
            .then(b.weight.total_cmp(&a.weight))
            .then_with(|| {
                (&a.relation, a.direction, &a.from).cmp(&(&b.relation, b.direction, &b.from))
            })
    });
    Neighbor {
        id: node.id.clone(),
        name: node.label.clone(),
        kind: node.kind.clone(),
        steps,
        weight: ties.iter().map(|tie| tie.weight).sum(),
        ties,
    }
}

fn tie(graph: &Graph, (from, relation, direction): Key, parts: &[Part<'_>]) -> Tie {
    let about = |signing: Node| {
        let subjects = graph.net.edges_directed(signing, Outgoing);
        let mut about: Vec<String> = subjects
            .filter(|edge| &*edge.weight().kind == ABOUT)
            .map(|edge| graph.net[edge.target()].label.clone())
            .collect();
        about.sort();
        about
    };
    let agreements: BTreeSet<Signed> = parts
        .iter()
        .filter_map(|part| part.signing)
        .map(|signing| Signed {
            date: graph.net[signing].signing.and_then(|s| s.date),
            id: graph.net[signing].id.clone(),
            about: about(signing),
        })
        .collect();
    let mut statuses: Vec<String> = parts.iter().map(|part| part.status.to_string()).collect();
    statuses.sort();
    statuses.dedup();
    Tie {
        relation,
        label: parts
            .first()
            .map_or_else(String::new, |part| part.edge.label.to_string()),
        direction,
        from: graph.net[from].label.clone(),
        status: statuses.join("; "),
        weight: parts.iter().map(|part| part.edge.weight).sum(),
        stories: parts.iter().map(|part| part.edge.stories).sum(),
        first: parts.iter().filter_map(|part| part.edge.first_seen).min(),
        last: parts.iter().filter_map(|part| part.edge.last_seen).max(),
        agreements: agreements.into_iter().rev().collect(),
        articles: Vec::new(),
        edges: parts.iter().map(|part| part.at).collect(),
    }
}

/// Fills in the articles that state each tie, from the evidence that the graph holds.
pub fn cite(graph: &Graph, neighbors: &mut [Neighbor]) {
    for tie in neighbors.iter_mut().flat_map(|neighbor| &mut neighbor.ties) {
        let evidence = tie
            .edges
            .iter()
            .filter_map(|&edge| graph.net.edge_weight(edge));
        let articles: BTreeSet<Cited> = evidence
            .flat_map(|edge| &edge.evidence)
            .map(|evidence| {
                let sentence = &graph.sentences[evidence.sentence as usize];
                let article = &graph.articles[sentence.article as usize];
                Cited {
                    published: article.published,
                    source: article.source.clone(),
                    title: article.title.clone(),
                }
            })
            .collect();
        tie.articles = articles.into_iter().rev().collect();
    }
}

impl Tie {
    /// What a text states, then what a dictionary states, then what only stands together.
    fn rank(&self) -> u8 {
        match (self.relation.as_str(), self.status.as_str()) {
            (CO_OCCURS, _) => 2,
            (_, "dictionary") => 1,
            _ => 0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::{Builder, NoFacts};
    use crate::record::{
        AgreementRecord, EntityRecord, MentionRecord, Record, RelationRecord, SentenceSpan,
    };
    use crate::relation::Status;

    /// A record of one sentence; relations as `subject relation object`.
    fn record(source: &str, relations: &[&str], parties: &[&str], about: &[&str]) -> Record {
        let text = format!("{source}의 문장은 다른 기사의 문장과 같지 않다.");
        let split: Vec<Vec<&str>> = relations.iter().map(|r| r.split(' ').collect()).collect();
        let mut ids: Vec<&str> = split
            .iter()
            .flat_map(|r| [r[0], r[2]])
            .chain(parties.iter().chain(about).copied())
            .collect();
        ids.sort_unstable();
        ids.dedup();
        let ids_of = |ids: &[&str]| ids.iter().map(ToString::to_string).collect();
        Record {
            source: source.to_owned(),
            title: Some(format!("{source}의 제목")),
            published: "2024-03-05".parse().ok(),
            sentences: vec![SentenceSpan {
                start: 0,
                end: text.chars().count(),
            }],
            text,
            entities: ids
                .iter()
                .map(|id| {
                    let (kind, name) = id.split_once(':').unwrap();
                    let mention = MentionRecord {
                        start: 0,
                        end: 1,
                        text: name.to_owned(),
                        sentence: 0,
                    };
                    EntityRecord {
                        id: (*id).to_owned(),
                        name: name.to_owned(),
                        kind: kind.to_owned(),
                        known: true,
                        mentions: vec![mention],
                    }
                })
                .collect(),
            relations: split
                .iter()
                .map(|r| RelationRecord {
                    subject: r[0].to_owned(),
                    relation: r[1].to_owned(),
                    object: r[2].to_owned(),
                    status: Status::Done,
                    date: None,
                    sentence: 0,
                })
                .collect(),
            agreements: (!parties.is_empty())
                .then(|| AgreementRecord {
                    parties: ids_of(parties),
                    about: ids_of(about),
                    status: Status::Done,
                    date: "2024-03-04".parse().ok(),
                    sentence: 0,
                })
                .into_iter()
                .collect(),
            ..Record::default()
        }
    }

    fn graph() -> Graph {
        let mut builder = Builder::new();
        builder.add(&record(
            "하나",
            &[
                "school:ㄱ고 located_in city:ㄱ시",
                "company:ㄷ hires_from school:ㄱ고",
            ],
            &[],
            &[],
        ));
        builder.add(&record(
            "둘",
            &[
                "company:ㄷ hires_from school:ㄱ고",
                "city:ㄱ시 co_occurs company:ㄷ",
            ],
            &[],
            &[],
        ));
        builder.add(&record(
            "셋",
            &[],
            &["school:ㄱ고", "organization:ㅂ원", "city:ㄱ시"],
            &["program:ㅅ사업"],
        ));
        builder.finish(&NoFacts)
    }

    fn around(id: &str, question: &Question) -> Vec<String> {
        let graph = graph();
        let found = neighbors(&graph, graph.node(id).unwrap(), question);
        let tie = |n: &Neighbor, t: &Tie| {
            format!(
                "{} {} {:?} {} {}x",
                n.steps, n.name, t.direction, t.relation, t.weight
            )
        };
        found
            .iter()
            .flat_map(|n| n.ties.iter().map(move |t| tie(n, t)))
            .collect()
    }

    #[test]
    fn relations_have_a_direction_and_agreements_are_seen_through() {
        assert_eq!(
            around("school:ㄱ고", &Question::default()),
            [
                "1 ㄱ시 Both agreement 1x",
                "1 ㄱ시 Out located_in 1x",
                "1 ㄷ In hires_from 2x",
                "1 ㅂ원 Both agreement 1x",
                "1 ㅅ사업 Out about 1x",
            ]
        );
        assert_eq!(
            around("program:ㅅ사업", &Question::default()),
            [
                "1 ㄱ고 In about 1x",
                "1 ㄱ시 In about 1x",
                "1 ㅂ원 In about 1x"
            ]
        );
    }

    #[test]
    fn what_only_stands_together_comes_last() {
        let around = around("city:ㄱ시", &Question::default());
        assert_eq!(around.last().unwrap(), "1 ㄷ Both co_occurs 1x");
    }

    #[test]
    fn a_question_can_be_narrow() {
        let relations = Question {
            relations: ["agreement".to_owned()].into(),
            ..Question::default()
        };
        assert_eq!(
            around("school:ㄱ고", &relations),
            ["1 ㄱ시 Both agreement 1x", "1 ㅂ원 Both agreement 1x"]
        );
        let heavy = Question {
            min_weight: 2.0,
            ..Question::default()
        };
        assert_eq!(around("school:ㄱ고", &heavy), ["1 ㄷ In hires_from 2x"]);
        let types = Question {
            types: ["company".to_owned()].into(),
            depth: 2,
            ..Question::default()
        };
        assert_eq!(
            around("organization:ㅂ원", &types),
            ["2 ㄷ In hires_from 2x", "2 ㄷ Both co_occurs 1x"]
        );
    }

    #[test]
    fn a_tie_cites_its_articles_and_signings() {
        let graph = graph();
        let mut found = neighbors(
            &graph,
            graph.node("school:ㄱ고").unwrap(),
            &Question::default(),
        );
        cite(&graph, &mut found);
        let company = found.iter().find(|n| n.name == "ㄷ").unwrap();
        let sources: Vec<&str> = company.ties[0]
            .articles
            .iter()
            .map(|a| a.source.as_str())
            .collect();
        assert_eq!(sources, ["하나", "둘"]);
        let office = found.iter().find(|n| n.name == "ㅂ원").unwrap();
        let signed = &office.ties[0].agreements[0];
        assert_eq!(
            (signed.date, signed.about.as_slice()),
            ("2024-03-04".parse().ok(), ["ㅅ사업".to_owned()].as_slice())
        );
    }
}
