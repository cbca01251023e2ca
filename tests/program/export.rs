use std::fs;

use crate::harness::{ARTICLE, Folder};

fn built() -> Folder {
    let folder = Folder::new().with("a.txt", ARTICLE);
    folder.ieum(&["build", "a.txt"]).succeeds();
    folder
}

#[test]
fn every_format_is_written_to_a_file_the_same_each_time() {
    let folder = built();
    for format in [
        "xlsx", "svg", "html", "gexf", "graphml", "json", "d3", "turtle", "jsonld", "dot",
        "mermaid", "sqlite",
    ] {
        let write = |file: &str| {
            let said = folder.ieum(&["export", format, "-o", file]).succeeds();
            assert_eq!(said.out, "");
            said.explains(&["5 nodes and 7 edges"]);
            fs::read(folder.path(file)).unwrap()
        };
        let first = write("one");
        assert!(write("two") == first, "{format}");
        assert!(write("one") == first, "{format}: over the old one");
    }
    assert_eq!(
        folder.names("."),
        ["a.txt", "one", "output", "two"],
        "nothing is left beside them"
    );
}

#[test]
fn what_build_writes_is_what_export_writes_of_the_whole() {
    let folder = built();
    for (format, file) in [
        ("gexf", "graph.gexf"),
        ("graphml", "graph.graphml"),
        ("html", "graph.html"),
        ("sqlite", "graph.sqlite"),
    ] {
        folder
            .ieum(&["export", format, "-o", "exported"])
            .succeeds();
        let [mine, theirs] = ["exported", &format!("output/{file}")]
            .map(|file| fs::read(folder.path(file)).unwrap());
        assert!(mine == theirs, "{format}");
    }
}

#[test]
fn several_files_go_into_a_folder() {
    let folder = built();
    folder
        .ieum(&["export", "neo4j"])
        .ends_with(2)
        .explains(&["nodes.csv, relationships.csv", "-o"]);
    folder
        .ieum(&["export", "neo4j", "-o", "deep/neo4j"])
        .succeeds();
    assert_eq!(
        folder.names("deep/neo4j"),
        ["nodes.csv", "relationships.csv"]
    );
    folder.ieum(&["export", "csv", "-o", "csv"]).succeeds();
    assert_eq!(
        folder.names("csv"),
        [
            "agreements.csv",
            "articles.csv",
            "edges.csv",
            "evidence.csv",
            "nodes.csv"
        ]
    );
}

#[test]
fn a_part_is_asked_for_as_in_questions() {
    let folder = built();
    let mermaid = |arguments: &[&str]| {
        let all = [&["export", "mermaid"], arguments].concat();
        folder.ieum(&all).succeeds().out
    };
    let hired = mermaid(&["--relation", "hires_from"]);
    assert!(
        hired.contains("삼성중공업")
            && hired.contains("거제공업고등학교")
            && !hired.contains("거제시"),
        "{hired}"
    );
    let pairs = mermaid(&["--agreements", "pairs", "--relation", "agreement"]);
    assert_eq!(pairs.matches("|\"협약\"|").count(), 3, "{pairs}");
    let two = mermaid(&["--project", "school,company"]);
    assert!(two.contains("채용") && !two.contains("거제시"), "{two}");
    let near = mermaid(&["--around", "거제공고", "--min-weight", "1"]);
    assert!(near.contains("협약 당사자"), "{near}");
    folder
        .ieum(&["export", "dot", "--type", "hospital"])
        .fails()
        .explains(&["nothing to write"]);
    folder
        .ieum(&["export", "dot", "--around", "없는이름"])
        .fails()
        .explains(&["없는이름"]);
    folder
        .ieum(&["export", "dot", "--project", "school"])
        .ends_with(2)
        .explains(&["two types"]);
    folder
        .ieum(&["export", "dot", "--depth", "2"])
        .ends_with(2)
        .explains(&["--around"]);
    folder
        .ieum(&["export", "word"])
        .ends_with(2)
        .explains(&["xlsx"]);
    folder
        .ieum(&["export", "dot", "--graph", "nowhere"])
        .fails()
        .explains(&["nowhere"]);
}
