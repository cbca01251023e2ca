use std::path::Path;

use regex::Regex;

use crate::harness::{ARTICLE, Folder};

/// The last line of standard error, without the time.
fn last_line(err: &str) -> String {
    let seconds = Regex::new(r", in [0-9]+\.[0-9]{2} s$").unwrap();
    let last = err.lines().last().unwrap();
    assert!(seconds.is_match(last), "{last}");
    seconds.replace(last, "").into_owned()
}

#[test]
fn an_article_becomes_a_graph_in_all_its_files() {
    let folder = Folder::new().with("articles/a.txt", ARTICLE);
    let said = folder.ieum(&["build", "articles"]).succeeds();
    assert_eq!(said.out, "");
    assert_eq!(
        last_line(&said.err),
        "wrote output: 5 nodes (1 agreement) and 7 edges from 1 article (1 story)"
    );
    assert_eq!(
        folder.names("output"),
        [
            ".ieum",
            "README.md",
            "agreements.csv",
            "articles.csv",
            "edges.csv",
            "evidence.csv",
            "graph.gexf",
            "graph.graphml",
            "graph.html",
            "graph.sqlite",
            "nodes.csv"
        ]
    );
    let files = folder.files("output");
    let text = |name: &str| String::from_utf8(files[Path::new(name)].clone()).unwrap();
    let edges = text("edges.csv");
    let hires = edges
        .lines()
        .find(|line| line.contains("hires_from"))
        .unwrap();
    assert_eq!(
        hires,
        "company:삼성중공업,school:거제공업고등학교,Directed,hires_from,채용,1.0,삼성중공업,거제공업고등학교,\
         planned,1,1,2024-03-05,2024-03-05"
    );
    assert!(text("evidence.csv").contains("삼성중공업은 거제공고 졸업생 10명을 채용하기로 했다."));
    assert!(
        text("nodes.csv").starts_with('\u{feff}'),
        "Excel shows Hangul only behind a BOM"
    );
}

#[test]
fn a_period_leaves_out_what_was_published_outside_it() {
    let folder = Folder::new()
        .with("articles/march.txt", ARTICLE)
        .with(
            "articles/april.txt",
            ARTICLE.replace("2024.03.05", "2024.04.05"),
        )
        .with(
            "articles/undated.txt",
            ARTICLE.replace("입력 2024.03.05 10:00", ""),
        );
    let said = folder
        .ieum(&[
            "build",
            "articles",
            "--since",
            "2024-03-05",
            "--until",
            "2024-03-31",
        ])
        .succeeds();
    assert_eq!(
        last_line(&said.err),
        "wrote output: 5 nodes (1 agreement) and 7 edges from 1 article (1 story); \
         skipped 2 articles (2: not published in the period)"
    );
}

#[test]
fn only_the_formats_that_are_wanted_are_written() {
    let folder = Folder::new().with("a.txt", ARTICLE);
    folder.ieum(&["build", "a.txt"]).succeeds();
    folder
        .ieum(&["build", "a.txt", "--formats", "graphml"])
        .succeeds();
    assert_eq!(
        folder.names("output"),
        [".ieum", "README.md", "graph.graphml"]
    );
    folder
        .ieum(&["build", "a.txt", "--formats", "graphlm"])
        .ends_with(2)
        .explains(&["graphlm", "graphml, gexf, csv, sqlite, html"]);
}

#[test]
fn a_row_in_a_dictionary_of_ones_own_adds_a_name() {
    let folder = Folder::new().with("a.txt", "가온로봇은 6일 거제공고와 업무협약을 맺었다.");
    for entry in std::fs::read_dir(crate::harness::root().join("dictionaries")).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap();
        folder.write(&format!("mine/{name}"), std::fs::read(&path).unwrap());
    }
    let companies = std::fs::read_to_string(folder.path("mine/companies.csv")).unwrap();
    folder.write(
        "mine/companies.csv",
        companies + "가온정밀로봇,가온로봇,,거제시,로봇,,\n",
    );
    let said = folder
        .ieum(&["extract", "a.txt", "--dictionaries", "mine"])
        .succeeds();
    assert!(
        said.out.contains("\"id\":\"company:가온정밀로봇\""),
        "{}",
        said.out
    );
}
