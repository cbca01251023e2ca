//! Many records, one graph.

use std::fs;

use ieum::export;
use ieum::graph::{Builder, Fact, Facts, Graph, NoFacts};
use ieum::record::Record;
use ieum::store;
use petgraph::visit::EdgeRef;
use proptest::prelude::*;

use crate::records::{Says, article, graph};

/// `source kind target: status, weight, articles`.
fn edges(graph: &Graph) -> Vec<String> {
    let edge = |edge: petgraph::graph::EdgeReference<ieum::graph::Edge>| {
        let (from, to) = (
            &graph.net[edge.source()].label,
            &graph.net[edge.target()].label,
        );
        let stated = edge.weight();
        format!(
            "{from} {} {to}: {}, {}",
            stated.kind, stated.status, stated.weight
        )
    };
    graph.net.edge_references().map(edge).collect()
}

const CITY: &str = "city:익산시";
const ZONE: &str = "program:교육발전특구";
const SCHOOL: &str = "school:이리공업고등학교";

#[test]
fn a_plan_that_became_a_fact_says_both() {
    let plan = article("a", "2024-01-02", &["익산시는 교육발전특구를 추진한다."]).plans(
        CITY,
        "selected_for",
        ZONE,
        0,
    );
    let fact = article(
        "b",
        "2024-07-31",
        &["익산시가 교육발전특구로 선정됐다고 밝혔다."],
    )
    .states(CITY, "selected_for", ZONE, 0);
    let both = graph([&fact, &plan]);
    let expected = "익산시 selected_for 교육발전특구: planned 2024-01-02; done 2024-07-31, 2";
    assert_eq!(edges(&both), [expected]);
    let edge = both.net.edge_weights().next().expect("an edge");
    assert_eq!(edge.first_seen, plan.published);
    assert_eq!(edge.last_seen, fact.published);
    assert_eq!(
        edges(&graph([&plan])),
        ["익산시 selected_for 교육발전특구: planned, 1"]
    );
}

#[test]
fn co_occurs_joins_what_nothing_else_joins() {
    let met = article("a", "2024-01-02", &["익산시와 이리공고."])
        .states(SCHOOL, "co_occurs", CITY, 0)
        .states(CITY, "co_occurs", ZONE, 0);
    let expected = [
        "익산시 co_occurs 교육발전특구: done, 1",
        "익산시 co_occurs 이리공업고등학교: done, 1",
    ];
    assert_eq!(edges(&graph([&met])), expected);
    let typed =
        article("b", "2024-01-03", &["익산시는 선정됐다."]).states(CITY, "selected_for", ZONE, 0);
    let signed = article("c", "2024-01-04", &["익산시와 이리공고는 서명했다."]).signs(
        "2024-01-03",
        &[CITY, SCHOOL],
        &[],
    );
    let all = edges(&graph([&met, &typed, &signed]));
    assert!(
        all.iter().all(|edge| !edge.contains("co_occurs")),
        "{all:?}"
    );
}

struct Book;

impl Facts for Book {
    fn facts(&self, id: &str) -> Vec<Fact> {
        let fact = |subject: &str, relation: &str, object: &str| Fact {
            subject: subject.to_owned(),
            relation: relation.to_owned(),
            object: object.to_owned(),
        };
        match id {
            SCHOOL => vec![fact(SCHOOL, "located_in", CITY)],
            ZONE => vec![fact("organization:교육부", "runs", ZONE)],
            _ => Vec::new(),
        }
    }

    fn attributes(&self, id: &str) -> Vec<(String, String)> {
        let city = || vec![("city".to_owned(), "익산시".to_owned())];
        if id == SCHOOL { city() } else { Vec::new() }
    }

    fn aliases(&self, _id: &str) -> Vec<String> {
        Vec::new()
    }

    fn label(&self, kind: &str) -> Option<String> {
        (kind == "located_in").then(|| "소재".to_owned())
    }
}

#[test]
fn a_dictionary_adds_what_it_knows_about_named_entities_only() {
    let record = article("a", "2024-01-02", &["익산시, 이리공고, 교육발전특구"])
        .names(CITY, "익산시")
        .names(SCHOOL, "이리공고")
        .names(ZONE, "교육발전특구");
    let mut builder = Builder::new();
    builder.add(&record);
    let graph = builder.finish(&Book);
    assert_eq!(
        edges(&graph),
        ["이리공업고등학교 located_in 익산시: dictionary, 0.1"]
    );
    let edge = graph.net.edge_weights().next().expect("an edge");
    assert_eq!(
        (&*edge.label, edge.stories, edge.evidence.len()),
        ("소재", 0, 0)
    );
    let school = graph.node(SCHOOL).expect("a node");
    assert_eq!(graph.net[school].attribute("city"), "익산시");
}

/// All files of a graph, one after the other.
pub fn bytes(graph: &Graph) -> Vec<u8> {
    let folder = tempfile::tempdir().expect("a folder");
    let mut all = Vec::new();
    for format in export::all() {
        let path = folder.path().join(format.file());
        format.create(graph, &path).expect("written");
        all.extend(fs::read(path).expect("read"));
    }
    all
}

const IDS: [&str; 8] = [
    "city:익산시",
    "city:포항시",
    "school:이리공업고등학교",
    "school:안산대학교",
    "company:에너지11",
    "program:마이스터고",
    "program:교육발전특구",
    "organization:교육부",
];
const SENTENCES: [&str; 5] = [
    "익산시는 31일 이리공업고등학교에서 이차전지 산업을 이끌 인재를 기르기 위한 업무협약을 맺었다고 밝혔다.",
    "이날 행사에는 지역 기업과 기관 관계자들이 참석해 학생들의 취업과 현장 교육을 돕기로 뜻을 모았다.",
    "학교는 교육과정을 새로 짜고 기업은 실습 장비와 강사를 보내며 시는 예산을 마련할 계획이다.",
    "교육부는 올해 하반기 심사를 거쳐 내년 초에 결과를 발표할 예정이라고 설명했다.",
    "한편 시장은 지역에서 배우고 지역에서 일하는 선순환을 만들겠다고 강조했다.",
];

fn day() -> impl Strategy<Value = String> {
    prop_oneof![
        Just(String::new()),
        (1_u8..5, 1_u8..28).prop_map(|(m, d)| format!("2024-{m:02}-{d:02}"))
    ]
}

fn ids(least: usize) -> impl Strategy<Value = Vec<&'static str>> {
    prop::sample::subsequence(IDS.to_vec(), least..5)
}

pub fn record() -> impl Strategy<Value = Record> {
    let relation = prop::sample::select(vec!["co_occurs", "selected_for", "supports"]);
    let pair = (
        prop::sample::select(IDS.to_vec()),
        relation,
        prop::sample::select(IDS.to_vec()),
        any::<bool>(),
        0..6_usize,
    );
    (
        prop::sample::select(vec!["a", "b", "c", "d", "e", "f", "=g"]),
        day(),
        prop::collection::vec(prop::sample::select(SENTENCES.to_vec()), 0..6),
        ids(0),
        prop::collection::vec(pair, 0..4),
        prop::collection::vec(
            (
                day(),
                ids(2),
                prop::sample::subsequence(vec![IDS[5], IDS[6]], 0..2),
            ),
            0..3,
        ),
    )
        .prop_map(|(source, published, sentences, named, pairs, signings)| {
            let mut record = article(source, &published, &sentences);
            for id in named {
                record = record.names(id, "익산시");
            }
            for (subject, relation, object, plan, sentence) in pairs {
                record = if plan {
                    record.plans(subject, relation, object, sentence)
                } else {
                    record.states(subject, relation, object, sentence)
                };
            }
            for (date, parties, about) in signings {
                record = record.signs(&date, &parties, &about);
            }
            record
        })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_order_and_any_partition_give_the_same_bytes(
        (records, shuffled, cuts) in prop::collection::vec(record(), 0..24).prop_flat_map(|records| {
            let shuffled = Just(records.clone()).prop_shuffle();
            let cuts = prop::collection::vec(0..4_usize, records.len());
            (Just(records), shuffled, cuts)
        })
    ) {
        let whole = bytes(&graph(&records));
        let mut parts = vec![Builder::new(); 4];
        for (record, part) in shuffled.iter().zip(&cuts) {
            parts[*part].add(record);
        }
        let mut parts = parts.into_iter();
        let (mut first, mut second) = (Builder::new(), parts.next().unwrap_or_default());
        for (place, part) in parts.enumerate() {
            if place % 2 == 0 { first.merge(part) } else { second.merge(part) }
        }
        second.merge(first);
        prop_assert_eq!(&whole, &bytes(&second.finish(&NoFacts)));
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join(store::FILE);
        store::write(&graph(&records), &path).expect("written");
        let loaded = store::Store::open(&path).and_then(|store| store.load()).expect("loaded");
        prop_assert_eq!(&whole, &bytes(&loaded));
    }
}

#[test]
fn city_and_parent_come_from_the_dictionary_also_where_no_article_names_them() {
    let dictionary = ieum::dictionary::Dictionary::embedded().expect("the dictionaries");
    let mut builder = Builder::new();
    builder.add(&article("a", "2024-01-02", &["이리공고"]).names(SCHOOL, "이리공고"));
    let school_alone = builder.clone().finish(&dictionary);
    let node = &school_alone.net[school_alone.node(SCHOOL).expect("a node")];
    assert_eq!(node.attribute("city"), "익산시");
    assert_eq!(school_alone.net.edge_count(), 0);
    builder.add(&article("b", "2024-01-02", &["익산시"]).names(CITY, "익산시"));
    let both = builder.finish(&dictionary);
    let city = &both.net[both.node(CITY).expect("a node")];
    assert_eq!(city.attribute("parent"), "전북특별자치도");
    assert_eq!(
        edges(&both),
        ["이리공업고등학교 located_in 익산시: dictionary, 0.1"]
    );
}
