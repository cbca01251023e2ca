//! Every export carries the graph: any label through any format and back, parts and projections by hand.

use std::collections::BTreeMap;

use calamine::{Data, Reader as _};
use ieum::export::{
    D3, Dot, Format, Gexf, Html, JsonLd, Mermaid, Neo4jNodes, Neo4jRelationships, NodeLink, Svg,
    Turtle, Xlsx,
};
use ieum::graph::{Graph, Node};
use ieum::query::Filter;
use proptest::prelude::*;
use serde_json::Value;

use crate::formats::{forbidden, labelled, parsed};
use crate::records::{Says, article, graph, iksan};

fn bytes(format: &dyn Format, graph: &Graph) -> (Vec<u8>, usize) {
    let mut bytes = Vec::new();
    let loss = format.write(graph, &mut bytes).expect("written");
    (bytes, loss.characters)
}

fn text(format: &dyn Format, graph: &Graph) -> String {
    String::from_utf8(bytes(format, graph).0).expect("UTF-8")
}

/// The graph in the page's data element.
fn page_data(page: &str) -> Value {
    let start = "<script id=\"data\" type=\"application/json\">";
    let (_, rest) = page.split_once(start).expect("data");
    let (data, _) = rest.split_once("</script>").expect("its end");
    serde_json::from_str(data).expect("JSON")
}

/// What a strict reader of Turtle makes of the string after `word`.
fn unquoted(turtle: &str, word: &str) -> String {
    let (_, rest) = turtle.split_once(&format!("{word} \"")).expect("the word");
    let mut signs = rest.chars();
    let mut found = String::new();
    loop {
        match signs.next().expect("the end of the string") {
            '"' => return found,
            '\n' | '\r' => panic!("a string goes over its line"),
            '\\' => match signs.next().expect("an escape") {
                'n' => found.push('\n'),
                'r' => found.push('\r'),
                't' => found.push('\t'),
                'u' => {
                    let digits: String = signs.by_ref().take(4).collect();
                    let code = u32::from_str_radix(&digits, 16).expect("digits");
                    found.push(char::from_u32(code).expect("a character"));
                }
                c => found.push(c),
            },
            c => found.push(c),
        }
    }
}

fn any_label() -> impl Strategy<Value = String> {
    let hostile = "[\\u{0}-\\u{20}&<>\"'`#;|\\\\{}\\u{7f}-\\u{9f}\\u{2028}\\u{feff}\\u{fffd}-\\u{ffff}가=+@-]{0,16}";
    let known = prop::sample::select(vec![
        "=HYPERLINK(\"http://a.example\")".to_owned(),
        "</script><script>alert(1)</script>".to_owned(),
        "<img src=x onerror=alert(1)>".to_owned(),
        "<!--<script>".to_owned(),
        "]]>".to_owned(),
        "\\N\\G\\".to_owned(),
        "_x0041_".to_owned(),
        "\u{10ffff}\u{d7ff}\u{e000}".to_owned(),
    ]);
    prop_oneof![any::<String>(), hostile, known]
}

proptest! {
    #[test]
    fn any_label_survives_every_format(label in any_label()) {
        let graph = labelled(&label);
        let visible: String = label.chars().filter(|&c| !forbidden(c)).collect();

        let gexf = text(&Gexf, &graph);
        let elements = parsed(&gexf);
        let node = elements.iter().find(|e| e.0 == "node").expect("a node");
        prop_assert_eq!(&node.1["label"], &visible);

        let svg = text(&Svg, &graph);
        let titles: Vec<String> = parsed(&svg).into_iter().filter(|e| e.0 == "title").map(|e| e.2).collect();
        prop_assert_eq!(titles[1].trim_end_matches('\n'), visible.trim_end_matches('\n'));

        for (format, edges) in [(&NodeLink as &dyn Format, "edges"), (&D3, "links")] {
            let json: Value = serde_json::from_str(&text(format, &graph)).expect("JSON");
            prop_assert_eq!(json["nodes"][0]["label"].as_str(), Some(label.as_str()));
            prop_assert!(json[edges].as_array().is_some_and(Vec::is_empty));
        }

        let page = text(&Html, &graph);
        let data = page_data(&page);
        prop_assert_eq!(data["nodes"][0]["l"].as_str(), Some(label.as_str()));
        prop_assert_eq!(page.matches("<script").count(), 2);
        prop_assert_eq!(page.matches("</script").count(), 2);

        let neo4j = text(&Neo4jNodes, &graph);
        let mut rows = csv::Reader::from_reader(neo4j.as_bytes());
        let row = rows.records().next().expect("a row").expect("a record");
        prop_assert_eq!(&row[1], label.as_str());

        prop_assert_eq!(unquoted(&text(&Turtle, &graph), "schema:name"), label.clone());

        let json: Value = serde_json::from_str(&text(&JsonLd, &graph)).expect("JSON");
        prop_assert_eq!(json["@graph"][0]["schema:name"]["@value"].as_str(), Some(label.as_str()));

        let dot = text(&Dot, &graph);
        prop_assert_eq!(dot.lines().count(), 6, "{}", dot);
        let line = dot.lines().nth(4).expect("the node");
        let (_, rest) = line.split_once("label=\"").expect("a label");
        let mut back = String::new();
        let mut signs = rest.chars();
        loop {
            match signs.next().expect("the end of the label") {
                '"' => break,
                '\\' => match signs.next().expect("an escape") {
                    'n' => back.push('\n'),
                    c => back.push(c),
                },
                c => back.push(c),
            }
        }
        let printable: String = label.chars().filter(|&c| c == '\n' || !c.is_control()).collect();
        prop_assert_eq!(back.replace("&amp;", "&"), printable);

        let mermaid = text(&Mermaid, &graph);
        prop_assert_eq!(mermaid.lines().count(), 3, "{}", mermaid);
        let line = mermaid.lines().nth(1).expect("the node");
        let inside = line.strip_prefix("  n0[\"").and_then(|rest| rest.strip_suffix("\"]:::t0"));
        prop_assert!(inside.is_some_and(|inside| !inside.contains(['"', '<', '`'])), "{}", line);
    }

    #[test]
    fn any_label_survives_a_workbook(label in any_label()) {
        let graph = labelled(&label);
        let (bytes, _) = bytes(&Xlsx, &graph);
        let mut book = calamine::open_workbook_from_rs::<calamine::Xlsx<_>, _>(std::io::Cursor::new(bytes)).expect("a workbook");
        let sheet = book.worksheet_range("이름").expect("a sheet");
        let cell = sheet.get_value((1, 1)).cloned().unwrap_or(Data::Empty);
        let expected = if label.is_empty() { Data::Empty } else { Data::String(label.clone()) };
        prop_assert_eq!(cell, expected);
        let formulas = book.worksheet_formula("이름").expect("formulas");
        prop_assert!(formulas.used_cells().all(|cell| cell.2.is_empty()));
    }
}

#[test]
fn gexf_is_directed_declared_and_dated() {
    let elements = parsed(&text(&Gexf, &graph([&iksan()])));
    let root = elements.iter().find(|e| e.0 == "graph").expect("a graph");
    for (key, value) in [
        ("mode", "dynamic"),
        ("timeformat", "date"),
        ("timerepresentation", "timestamp"),
    ] {
        assert_eq!(root.1[key], value);
    }
    let mut declared: BTreeMap<&str, usize> = BTreeMap::new();
    let mut class = "";
    for (name, attributes, _) in &elements {
        match name.as_str() {
            "attributes" => class = &attributes["class"],
            "attribute" => *declared.entry(class).or_default() += 1,
            "nodes" => class = "node",
            "edges" => class = "edge",
            "attvalue" => {
                let id: usize = attributes["for"].parse().expect("a number");
                assert!(id < declared[class], "{attributes:?}");
            }
            "edge" => assert_eq!(attributes["type"], "directed"),
            _ => {}
        }
    }
    let spells: Vec<&str> = elements
        .iter()
        .filter(|e| e.0 == "spell")
        .map(|e| e.1["timestamp"].as_str())
        .collect();
    // Four nodes of one article; the two parties signed the day before, the third relation has its day from the article.
    assert_eq!(spells.len(), 7);
    assert_eq!(spells.iter().filter(|day| **day == "2024-07-31").count(), 2);
    assert!(spells.iter().all(|day| day.starts_with("2024-0")));
    let kinds: Vec<&str> = elements
        .iter()
        .filter(|e| e.0 == "edge")
        .map(|e| e.1["kind"].as_str())
        .collect();
    assert_eq!(kinds, ["party", "selected_for", "party"]);
}

#[test]
fn neo4j_has_the_headers_that_its_import_wants() {
    let graph = graph([&iksan()]);
    let nodes = text(&Neo4jNodes, &graph);
    assert!(
        nodes.starts_with("id:ID(Entity),label,"),
        "no mark before the header"
    );
    let types = [
        "",
        "boolean",
        "string[]",
        "int",
        "double",
        "date",
        "ID(Entity)",
        "LABEL",
        "START_ID(Entity)",
        "END_ID(Entity)",
        "TYPE",
    ];
    for table in [&nodes, &text(&Neo4jRelationships, &graph)] {
        let mut rows = csv::Reader::from_reader(table.as_bytes());
        let header = rows.headers().expect("a header").clone();
        for column in &header {
            let (_, kind) = column.split_once(':').unwrap_or((column, ""));
            assert!(types.contains(&kind), "{column}");
        }
        for row in rows.records() {
            let row = row.expect("a row");
            for (column, cell) in header.iter().zip(&row) {
                match column.split_once(':').map_or("", |(_, kind)| kind) {
                    "int" => assert!(cell.parse::<i64>().is_ok(), "{column} {cell}"),
                    "double" => assert!(cell.parse::<f64>().is_ok(), "{column} {cell}"),
                    "boolean" => assert!(["true", "false"].contains(&cell), "{column} {cell}"),
                    "date" => assert!(
                        cell.is_empty() || cell.parse::<jiff::civil::Date>().is_ok(),
                        "{cell}"
                    ),
                    "" => {}
                    _ => assert!(!cell.is_empty() || column.ends_with("[]"), "{column}"),
                }
            }
        }
    }
    assert!(nodes.contains(",School\n") && nodes.contains(",Agreement\n"));
}

#[test]
fn a_workbook_has_real_days_and_numbers_and_the_same_bytes() {
    let graph = graph([&iksan()]);
    let (first, _) = bytes(&Xlsx, &graph);
    assert!(bytes(&Xlsx, &graph).0 == first);
    let mut book =
        calamine::open_workbook_from_rs::<calamine::Xlsx<_>, _>(std::io::Cursor::new(first))
            .expect("a workbook");
    assert_eq!(
        book.sheet_names(),
        ["요약", "이름", "관계", "협약", "근거", "기사"]
    );
    let sheet = book.worksheet_range("관계").expect("a sheet");
    assert_eq!(sheet.height(), 4);
    assert_eq!(
        sheet.get_value((1, 0)),
        Some(&Data::String("익산시".to_owned()))
    );
    assert_eq!(sheet.get_value((1, 3)), Some(&Data::Float(1.0)));
    assert!(
        matches!(sheet.get_value((1, 7)), Some(Data::DateTime(day)) if day.to_ymd_hms_milli().0 == 2024 && (day.as_f64() - 45_504.0).abs() < 0.1)
    );
}

/// Two signings of three parties, one of them about a programme, and a school hired from.
fn two_signings() -> Graph {
    let first = article(
        "a.txt",
        "2024-03-01",
        &["가시, 나고, 다사가 라사업을 위해 협약했다."],
    )
    .names("city:가시", "가시")
    .names("school:나고", "나고")
    .names("company:다사", "다사")
    .names("program:라사업", "라사업")
    .signs(
        "2024-03-01",
        &["city:가시", "school:나고", "company:다사"],
        &["program:라사업"],
    );
    let second = article(
        "b.txt",
        "2024-05-01",
        &["나고와 다사가 또 만났다.", "다사는 나고에서 뽑는다."],
    )
    .names("school:나고", "나고")
    .names("company:다사", "다사")
    .states("company:다사", "hires_from", "school:나고", 1)
    .signs("2024-05-01", &["school:나고", "company:다사"], &[]);
    graph([&first, &second])
}

fn edges(graph: &Graph) -> Vec<String> {
    let net = &graph.net;
    let line = |edge| {
        let (source, target) = net.edge_endpoints(edge).expect("ends");
        let stated = &net[edge];
        format!(
            "{} {} {} {}",
            net[source].label, stated.kind, net[target].label, stated.weight
        )
    };
    let mut lines: Vec<String> = net.edge_indices().map(line).collect();
    lines.sort();
    lines
}

#[test]
fn pairs_join_the_parties() {
    let pairs = two_signings().pairs();
    assert_eq!(
        edges(&pairs),
        [
            "가시 about 라사업 1",
            "가시 agreement 나고 1",
            "가시 agreement 다사 1",
            "나고 about 라사업 1",
            "다사 about 라사업 1",
            "다사 agreement 나고 2",
            "다사 hires_from 나고 1",
        ]
    );
    assert!(pairs.net.node_weights().all(|node| node.signing.is_none()));
    let twice = pairs
        .net
        .edge_weights()
        .find(|edge| edge.stories == 2)
        .expect("the pair");
    assert_eq!(
        twice.first_seen.map(|day| day.to_string()).as_deref(),
        Some("2024-03-01")
    );
    assert_eq!(
        twice.last_seen.map(|day| day.to_string()).as_deref(),
        Some("2024-05-01")
    );
    assert_eq!(twice.evidence.len(), 2);
    for evidence in &twice.evidence {
        let sentence = &pairs.sentences[evidence.sentence as usize];
        assert!(
            sentence.text.read().expect("read").contains("나고")
                && pairs.articles.len() > sentence.article as usize
        );
    }
}

#[test]
fn two_modes_keep_only_what_joins_one_to_the_other() {
    let graph = two_signings().two_mode("school", "company");
    assert_eq!(
        edges(&graph),
        ["다사 agreement 나고 2", "다사 hires_from 나고 1"]
    );
    let kinds: Vec<&str> = graph
        .net
        .node_weights()
        .map(|node: &Node| node.kind.as_str())
        .collect();
    assert_eq!(kinds, ["company", "school"]);
    assert_eq!(
        graph
            .net
            .node_weights()
            .map(|node| node.measures.degree)
            .collect::<Vec<_>>(),
        [2, 2]
    );
}

#[test]
fn a_part_holds_what_the_filter_wants_and_its_evidence() {
    let graph = two_signings();
    let types = |types: &[&str]| Filter {
        types: types.iter().map(|&kind| kind.to_owned()).collect(),
        ..Filter::default()
    };
    let labels = |graph: &Graph| {
        graph
            .net
            .node_weights()
            .filter(|n| n.signing.is_none())
            .count()
    };
    let schools = types(&["school", "company"]).part(&graph);
    assert_eq!(
        (labels(&schools), schools.net.node_count()),
        (2, 4),
        "both agreements join the two"
    );
    assert_eq!(types(&["school"]).part(&graph).net.node_count(), 1);
    let hires = Filter {
        relations: ["hires_from".to_owned()].into(),
        ..Filter::default()
    };
    let hires = hires.part(&graph);
    assert_eq!(edges(&hires), ["다사 hires_from 나고 1"]);
    assert_eq!(hires.sentences.len(), 1);
    assert_eq!(hires.sentences[0].text, "다사는 나고에서 뽑는다.".into());
    assert_eq!(
        hires.articles[hires.sentences[0].article as usize].source,
        "b.txt"
    );
    let spring = Filter {
        until: "2024-03-31".parse().ok(),
        ..Filter::default()
    };
    assert_eq!(spring.part(&graph).net.edge_count(), 4);
    assert_eq!(
        Filter::default().part(&graph).net.edge_count(),
        graph.net.edge_count()
    );
    let city = graph.node("city:가시").expect("the city");
    assert_eq!(
        labels(&graph.around(city, 1)),
        4,
        "all that signed, and what it was about"
    );
}
