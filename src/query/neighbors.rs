//! Who is next to an entity, through what, and which articles say so.

use std::collections::{BTreeMap, BTreeSet};

use super::filter::Filter;
use super::step::{Key, Node, Part, around};
use super::tie::{Neighbor, Tie, tie};
use crate::graph::Graph;

/// What to look for.
#[derive(Debug, Clone, PartialEq)]
pub struct Question {
    /// How many steps away at most. An agreement between two parties is one step.
    pub depth: u32,
    /// Whom to name and what to follow.
    pub filter: Filter,
    /// Only who is near each of several entities.
    pub common: bool,
    /// Nobody whom one of these relations joins to one of the entities, one step away.
    pub without: BTreeSet<String>,
    /// Who comes first.
    pub order: Order,
    /// How many to give at most.
    pub limit: usize,
}

impl Default for Question {
    /// Everybody one step away.
    fn default() -> Self {
        Self {
            depth: 1,
            filter: Filter::default(),
            common: false,
            without: BTreeSet::new(),
            order: Order::default(),
            limit: usize::MAX,
        }
    }
}

/// Who comes first.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Order {
    /// The nearest, then what texts state before what a dictionary states and what only stands together, then the
    /// heaviest.
    #[default]
    Near,
    /// The heaviest.
    Weight,
    /// By name.
    Name,
    /// Of whom something was said last.
    Latest,
    /// Of whom something was said first.
    First,
}

/// Everybody near one of `starts`, or near all of them, in the order that was asked for. Neither `limit` nor the
/// evidence is looked at: see [`super::cite`].
///
/// O(edges around the nodes that are passed).
pub fn neighbors(graph: &Graph, starts: &[Node], question: &Question) -> Vec<Neighbor> {
    let mut found: BTreeMap<u32, (usize, Neighbor)> = BTreeMap::new();
    for &start in starts {
        for near in reach(graph, start, question) {
            let (times, known) = found.entry(near.number).or_insert_with(|| {
                (
                    0,
                    Neighbor {
                        ties: Vec::new(),
                        ..near.clone()
                    },
                )
            });
            *times += 1;
            known.steps = known.steps.min(near.steps);
            for tie in near.ties {
                if !known.ties.contains(&tie) {
                    known.ties.push(tie);
                }
            }
        }
    }
    let barred = barred(graph, starts, &question.without);
    let mut found: Vec<Neighbor> = found
        .into_values()
        .filter(|(_, near)| !barred.contains(&near.number))
        .filter(|(times, _)| !question.common || *times == starts.len())
        .map(|(_, mut near)| {
            near.ties.sort_by(Tie::compare);
            near.weight = near.ties.iter().map(|tie| tie.weight).sum();
            near
        })
        .collect();
    sort(&mut found, question.order);
    found
}

/// Whom one of these relations joins to one of `starts`.
fn barred(graph: &Graph, starts: &[Node], without: &BTreeSet<String>) -> BTreeSet<u32> {
    if without.is_empty() {
        return BTreeSet::new();
    }
    let filter = Filter {
        relations: without.clone(),
        ..Filter::default()
    };
    let next = starts
        .iter()
        .flat_map(|&start| around(graph, start, &filter));
    next.map(|(to, ..)| to.index() as u32).collect()
}

/// Everybody near `start`, by node.
fn reach(graph: &Graph, start: Node, question: &Question) -> Vec<Neighbor> {
    let mut steps = BTreeMap::from([(start, 0)]);
    let mut found = Vec::new();
    let mut border = vec![start];
    for step in 1..=question.depth {
        let mut ties: BTreeMap<Node, BTreeMap<Key, Vec<Part>>> = BTreeMap::new();
        for &from in &border {
            for (to, key, part) in around(graph, from, &question.filter) {
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
            if question.filter.wants_type(&graph.net[to].kind) {
                found.push(neighbor(graph, to, step, ties));
            }
        }
    }
    found
}

fn sort(found: &mut [Neighbor], order: Order) {
    let rank = |n: &Neighbor| (n.steps, n.ties.iter().map(Tie::rank).min());
    let last = |n: &Neighbor| n.ties.iter().filter_map(|tie| tie.last).max();
    let first = |n: &Neighbor| n.ties.iter().filter_map(|tie| tie.first).min();
    found.sort_by(|a, b| {
        let wanted = match order {
            Order::Near => rank(a).cmp(&rank(b)),
            Order::Weight | Order::Name => std::cmp::Ordering::Equal,
            Order::Latest => last(b).cmp(&last(a)),
            // Whoever has no day comes last.
            Order::First => (first(a).is_none(), first(a)).cmp(&(first(b).is_none(), first(b))),
        };
        let heavy = match order {
            Order::Name => std::cmp::Ordering::Equal,
            _ => b.weight.total_cmp(&a.weight),
        };
        wanted
            .then(heavy)
            .then_with(|| a.name.cmp(&b.name))
            .then_with(|| a.id.cmp(&b.id))
    });
}

fn neighbor(graph: &Graph, to: Node, steps: u32, ties: BTreeMap<Key, Vec<Part<'_>>>) -> Neighbor {
    let node = &graph.net[to];
    let mut ties: Vec<Tie> = ties
        .into_iter()
        .map(|(key, parts)| tie(graph, key, &parts))
        .collect();
    ties.sort_by(Tie::compare);
    Neighbor {
        number: to.index() as u32,
        id: node.id.clone(),
        name: node.label.clone(),
        kind: node.kind.clone(),
        steps,
        weight: ties.iter().map(|tie| tie.weight).sum(),
        ties,
    }
}

#[cfg(test)]
mod tests {
    use super::super::cite;
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
        let ids_of = |ids: &[&str]| ids.iter().map(|&id| id.into()).collect();
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
                        id: (*id).into(),
                        name: name.into(),
                        kind: kind.into(),
                        known: true,
                        mentions: vec![mention],
                    }
                })
                .collect(),
            relations: split
                .iter()
                .map(|r| RelationRecord {
                    subject: r[0].into(),
                    relation: r[1].into(),
                    object: r[2].into(),
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
        let found = neighbors(&graph, &[graph.node(id).unwrap()], question);
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
        let narrow = |filter| Question {
            filter,
            ..Question::default()
        };
        let relations = narrow(Filter {
            relations: ["agreement".to_owned()].into(),
            ..Filter::default()
        });
        assert_eq!(
            around("school:ㄱ고", &relations),
            ["1 ㄱ시 Both agreement 1x", "1 ㅂ원 Both agreement 1x"]
        );
        let heavy = narrow(Filter {
            min_weight: 2.0,
            ..Filter::default()
        });
        assert_eq!(around("school:ㄱ고", &heavy), ["1 ㄷ In hires_from 2x"]);
        let incoming = narrow(Filter {
            direction: Some(super::super::Direction::In),
            ..Filter::default()
        });
        assert_eq!(around("school:ㄱ고", &incoming), ["1 ㄷ In hires_from 2x"]);
        let types = Question {
            depth: 2,
            ..narrow(Filter {
                types: ["company".to_owned()].into(),
                ..Filter::default()
            })
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
            &[graph.node("school:ㄱ고").unwrap()],
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

    #[test]
    fn near_several_is_near_one_of_them_or_near_all() {
        let graph = graph();
        let starts = ["organization:ㅂ원", "company:ㄷ"].map(|id| graph.node(id).unwrap());
        let names = |common| {
            let question = Question {
                common,
                ..Question::default()
            };
            let found = neighbors(&graph, &starts, &question);
            found.into_iter().map(|n| n.name).collect::<Vec<_>>()
        };
        assert_eq!(names(false), ["ㄱ고", "ㄱ시", "ㅅ사업"]);
        assert_eq!(names(true), ["ㄱ고", "ㄱ시"]);
    }

    #[test]
    fn whom_another_relation_joins_can_be_left_out() {
        let question = Question {
            without: ["located_in".to_owned()].into(),
            ..Question::default()
        };
        let around = around("school:ㄱ고", &question);
        assert!(!around.is_empty());
        assert!(
            around.iter().all(|near| !near.contains("ㄱ시")),
            "{around:?}"
        );
    }
}
