//! What is written can be read by others.

use std::collections::BTreeMap;

use ieum::export::{Agreements, Articles, Edges, Evidences, Format, GraphMl, Nodes};
use ieum::graph::{Graph, Name, Node};
use proptest::prelude::*;
use quick_xml::Reader;
use quick_xml::events::Event;

use crate::records::{Says, article, graph, iksan};

fn written(format: &dyn Format, graph: &Graph) -> (String, usize) {
    let mut bytes = Vec::new();
    let loss = format.write(graph, &mut bytes).expect("written");
    (String::from_utf8(bytes).expect("UTF-8"), loss.characters)
}

/// Elements with their attributes, and their text.
pub type Element = (String, BTreeMap<String, String>, String);

pub fn parsed(xml: &str) -> Vec<Element> {
    let mut reader = Reader::from_str(xml);
    reader.config_mut().check_end_names = true;
    let mut found: Vec<Element> = Vec::new();
    loop {
        match reader.read_event().expect("well-formed") {
            Event::Start(start) | Event::Empty(start) => {
                let name = start.name().as_ref().to_owned();
                let attributes = start.attributes().map(|attribute| {
                    let attribute = attribute.expect("an attribute");
                    let value = quick_xml::escape::unescape(&attribute.value).expect("escaped");
                    (attribute.key.as_ref().to_owned(), value.into_owned())
                });
                found.push((name, attributes.collect(), String::new()));
            }
            Event::Text(text) => {
                if let Some(last) = found.last_mut() {
                    last.2.push_str(&text);
                }
            }
            Event::GeneralRef(reference) => {
                let text = format!("&{};", &*reference);
                let text = quick_xml::escape::unescape(&text).expect("a reference");
                found.last_mut().expect("inside").2.push_str(&text);
            }
            Event::Eof => return found,
            _ => {}
        }
    }
}

pub fn labelled(label: &str) -> Graph {
    let mut graph = Graph::default();
    graph.net.add_node(Node {
        id: "city:가".to_owned(),
        label: label.to_owned(),
        kind: "city".to_owned(),
        names: vec![Name {
            form: label.to_owned(),
            count: 1,
        }],
        ..Node::default()
    });
    graph
}

pub fn forbidden(c: char) -> bool {
    matches!(c, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}')
}

proptest! {
    #[test]
    fn any_label_is_well_formed_xml(label in prop_oneof![any::<String>(), "[\\u{0}-\\u{20}&<>\"'\\u{7f}\\u{fffd}-\\u{ffff}가=]{0,12}"])
    {
        let (xml, removed) = written(&GraphMl, &labelled(&label));
        let elements = parsed(&xml);
        let data = |key: &str| {
            let found = elements.iter().find(|e| e.1.get("key").is_some_and(|k| k == key));
            found.map(|e| e.2.trim_end_matches('\n').to_owned()).unwrap_or_default()
        };
        let expected: String = label.chars().filter(|&c| !forbidden(c)).collect();
        prop_assert_eq!(data("n_label"), expected.trim_end_matches('\n'));
        prop_assert_eq!(removed, 2 * label.chars().filter(|&c| forbidden(c)).count());
    }

    #[test]
    fn any_label_survives_csv(label in any::<String>()) {
        let (text, _) = written(&Nodes, &labelled(&label));
        let rows = rows(&text);
        let flat: Vec<&str> = label.split(char::is_control).filter(|x| !x.is_empty()).collect();
        let cell = rows[1][1].strip_prefix('\'').filter(|_| !label.starts_with('\'')).unwrap_or(&rows[1][1]);
        if label.contains(char::is_control) {
            prop_assert_eq!(cell, flat.join(" "));
        } else {
            prop_assert_eq!(cell, label);
        }
    }
}

/// The rows of a CSV file as a strict reader sees them.
fn rows(text: &str) -> Vec<Vec<String>> {
    let text = text.strip_prefix('\u{feff}').expect("a byte order mark");
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(text.as_bytes());
    let rows = reader.records().map(|row| row.expect("a row"));
    rows.map(|row| row.iter().map(str::to_owned).collect())
        .collect()
}

#[test]
fn graphml_has_the_profile_that_all_readers_share() {
    let (xml, _) = written(&GraphMl, &graph([&iksan()]));
    assert!(xml.starts_with("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<graphml xmlns="));
    let elements = parsed(&xml);
    let first = elements
        .iter()
        .position(|e| e.0 == "graph")
        .expect("a graph");
    let mut ids = Vec::new();
    for (name, attributes, _) in &elements[1..first] {
        assert_eq!(name, "key", "all keys come first");
        assert!(["node", "edge"].contains(&attributes["for"].as_str()));
        let types = ["boolean", "int", "long", "float", "double", "string"];
        assert!(types.contains(&attributes["attr.type"].as_str()));
        ids.push(attributes["id"].to_lowercase());
    }
    let count = ids.len();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), count, "key ids are unique, whatever their case");
    for (name, attributes, text) in &elements[first..] {
        if name == "data" {
            assert!(ids.contains(&attributes["key"]), "{attributes:?}");
        }
        if name == "edge" {
            assert!(
                attributes["label"]
                    .chars()
                    .all(|c| c.is_ascii_lowercase() || c == '_')
            );
        }
        if attributes.get("key").is_some_and(|key| key == "e_weight") {
            assert!(text.trim().parse::<f64>().is_ok_and(|weight| weight > 0.0));
        }
    }
    assert_eq!(elements.iter().filter(|e| e.0 == "node").count(), 4);
    assert_eq!(elements.iter().filter(|e| e.0 == "edge").count(), 3);
}

#[test]
fn tables_have_their_columns_and_rows() {
    let mut record = iksan();
    record.title = Some("=HYPERLINK(\"http://example\")".to_owned());
    record.source = "-#1".to_owned();
    record.problems = vec!["한 가지".to_owned(), "또 하나".to_owned()];
    let failed = article("없는 글", "", &[]);
    let graph = graph([&record, &failed]);
    let id = graph
        .net
        .node_weights()
        .next()
        .map(|n| n.id.clone())
        .expect("a signing");
    let table = |format: &dyn Format| {
        let (text, _) = written(format, &graph);
        assert!(text.ends_with("\r\n"));
        rows(&text)
            .iter()
            .map(|row| row.join(","))
            .collect::<Vec<_>>()
    };
    assert_eq!(
        table(&Nodes),
        [
            "Id,Label,Kind,Known,Names,City,Parent,Mentions,Stories,Articles,FirstSeen,LastSeen,\
             Degree,WeightedDegree,PageRank,Betweenness,Component,Community,Core",
            &format!(
                "{id},2024-07-31 agreement (익산시 외 1),agreement,true,,,,1,1,1,2024-08-01,2024-08-01,\
                 2,2.0,0.324561404,0.666666667,1,1,1"
            ),
            "city:익산시,익산시,city,true,익산시,,,2,1,1,2024-08-01,2024-08-01,\
             2,2.0,0.324561404,0.666666667,1,2,1",
            "program:교육발전특구,교육발전특구,program,true,교육발전특구,,,1,1,1,2024-08-01,2024-08-01,\
             1,1.0,0.175438596,0.000000000,1,2,1",
            "school:이리공업고등학교,이리공업고등학교,school,true,이리공고,,,1,1,1,2024-08-01,2024-08-01,\
             1,1.0,0.175438596,0.000000000,1,1,1",
        ]
    );
    assert_eq!(
        table(&Edges)[..3],
        [
            "Source,Target,Type,Kind,Label,Weight,SourceLabel,TargetLabel,Status,Stories,Articles,FirstSeen,LastSeen",
            &format!(
                "city:익산시,{id},Directed,party,party,1.0,익산시,2024-07-31 agreement (익산시 외 1),done,1,1,2024-07-31,2024-07-31"
            ),
            "city:익산시,program:교육발전특구,Directed,selected_for,selected_for,1.0,익산시,교육발전특구,done,1,1,2024-08-01,2024-08-01",
        ]
    );
    assert_eq!(
        table(&Agreements),
        [
            "Agreement,Date,About,Party,PartyKind,Articles",
            &format!("{id},2024-07-31,,익산시,city,1"),
            &format!("{id},2024-07-31,,이리공업고등학교,school,1"),
        ]
    );
    assert_eq!(
        table(&Evidences)[..3],
        [
            "Source,Kind,Target,Article,Title,Published,Sentence",
            &format!(
                "city:익산시,party,{id},'-#1,'=HYPERLINK(\"http://example\"),2024-08-01,익산시는 이리공고와 협약했다."
            ),
            "city:익산시,selected_for,program:교육발전특구,'-#1,'=HYPERLINK(\"http://example\"),2024-08-01,익산시는 교육발전특구로 선정됐다.",
        ]
    );
    assert_eq!(
        table(&Articles),
        [
            "Article,Title,Published,Story,Encoding,Entities,Relations,Status,Problem",
            "'-#1,'=HYPERLINK(\"http://example\"),2024-08-01,'-#1,,3,2,partial,한 가지; 또 하나",
            "없는 글,,,없는 글,,0,0,failed,",
        ]
    );
}

#[test]
fn ids_are_fit_for_every_file() {
    let hostile = article("a", "2024-08-01", &["=1+1 은 이름이 아니다."])
        .names("=cmd:=1+1", "=1+1")
        .names("city: 새\n솔\u{1}시 ", "은")
        .states("=cmd:=1+1", "supports", "city: 새\n솔\u{1}시 ", 0)
        .states("", "", "\u{ffff}", 9);
    let graph = graph([&hostile]);
    for node in graph.net.node_weights() {
        assert!(
            !node.id.is_empty() && node.id == node.id.trim(),
            "{:?}",
            node.id
        );
        assert!(!node.id.contains(|c: char| c.is_control() || forbidden(c)));
        assert!(!node.id.starts_with(['=', '+', '-', '@']));
    }
    assert_eq!(
        graph.net.edge_count(),
        1,
        "what says nothing of two different things is no edge"
    );
    assert_eq!(written(&GraphMl, &graph).1, 0);
}
