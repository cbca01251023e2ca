use std::io::{BufRead, BufReader};
use std::process::Stdio;

use crate::harness::{ARTICLE, Folder, root, samples};

/// No text in any encoding.
const NOISE: [u8; 7] = [0xff, 0x00, 0xfe, 0x81, 0x20, 0xff, 0xff];

#[test]
fn no_arguments_at_all_is_wrong_usage() {
    let said = Folder::new().ieum(&[]).ends_with(2);
    assert_eq!(said.out, "");
    said.explains(&["Usage: ieum <COMMAND>", "build", "neighbors"]);
}

#[test]
fn the_version_names_the_dictionaries() {
    for option in ["--version", "-V"] {
        let said = Folder::new().ieum(&[option]).succeeds();
        let hash = ieum::dictionary::Dictionary::embedded().unwrap();
        let version = env!("CARGO_PKG_VERSION");
        assert_eq!(
            said.out,
            format!("ieum {version} (dictionaries {})\n", hash.hash())
        );
    }
}

#[test]
fn an_unknown_option_is_wrong_usage() {
    let folder = Folder::new();
    folder
        .ieum(&["build", "--ouput", "x", "articles"])
        .ends_with(2)
        .explains(&["--ouput", "--output"]);
    folder
        .ieum(&["build", "articles", "--since", "spring"])
        .ends_with(2)
        .explains(&["spring", "2024-03-01"]);
    folder
        .ieum(&["build", "articles", "--threads", "0"])
        .ends_with(2)
        .explains(&["--threads"]);
    folder
        .ieum(&[
            "build",
            "articles",
            "--since",
            "2024-02-01",
            "--until",
            "2024-01-01",
        ])
        .ends_with(2)
        .explains(&["2024-02-01", "2024-01-01"]);
}

#[test]
fn a_path_that_does_not_exist_is_named_and_nothing_is_written() {
    let folder = Folder::new().with("good.txt", ARTICLE);
    folder
        .ieum(&["build", "good.txt", "nowhere"])
        .fails()
        .explains(&["error: ", "nowhere", "no such file or folder"]);
    assert_eq!(folder.names(""), ["good.txt"]);
}

#[test]
fn an_empty_folder_is_an_error() {
    let folder = Folder::new();
    std::fs::create_dir(folder.path("empty")).unwrap();
    folder
        .ieum(&["build", "empty"])
        .fails()
        .explains(&["error: ", "empty: no file in this folder"]);
    assert_eq!(folder.names(""), ["empty"]);
}

#[test]
fn one_unreadable_file_among_good_ones_is_named_and_the_others_are_used() {
    let folder = Folder::new()
        .with("articles/good.txt", ARTICLE)
        .with("articles/noise.txt", NOISE);
    let said = folder.ieum(&["build", "articles"]).succeeds();
    said.explains(&[
        "noise.txt",
        "from 1 article (1 story)",
        "skipped 1 article (1: is a binary file)",
    ]);
    let articles =
        String::from_utf8(folder.files("output")[std::path::Path::new("articles.csv")].clone())
            .unwrap();
    let row = articles
        .lines()
        .find(|line| line.contains("noise.txt"))
        .expect("a row of its own");
    assert!(row.contains(",failed,"), "{row}");
}

#[test]
fn nothing_to_make_a_graph_of_is_an_error_and_keeps_the_old_output() {
    let folder = Folder::new().with("articles/good.txt", ARTICLE);
    folder.ieum(&["build", "articles"]).succeeds();
    let before = folder.files("output");
    folder
        .ieum(&["build", "articles", "--since", "2030-01-01"])
        .fails()
        .explains(&[
            "no article",
            "1: not published in the period",
            "output stays as it was",
        ]);
    folder.write("noise/noise.txt", NOISE);
    folder
        .ieum(&["build", "noise"])
        .fails()
        .explains(&["noise.txt", "no article"]);
    folder
        .ieum(&["assemble", "-"])
        .stdin("\n")
        .fails()
        .explains(&["no article"]);
    assert_eq!(folder.files("output"), before);
}

#[test]
fn strict_makes_an_unreadable_file_an_error_and_keeps_the_old_output() {
    let folder = Folder::new().with("articles/good.txt", ARTICLE);
    folder.ieum(&["build", "articles"]).succeeds();
    let before = folder.files("output");
    folder.write("articles/noise.txt", NOISE);
    folder
        .ieum(&["build", "articles", "--strict"])
        .fails()
        .explains(&["noise.txt", "--strict"]);
    assert_eq!(folder.files("output"), before);
}

#[test]
fn many_unreadable_files_are_named_up_to_twenty() {
    let folder = Folder::new().with("articles/good.txt", ARTICLE);
    for i in 0..25 {
        folder.write(&format!("articles/noise{i:02}.txt"), NOISE);
    }
    let said = folder.ieum(&["build", "articles"]).succeeds();
    assert_eq!(
        said.err
            .lines()
            .filter(|line| line.contains("noise"))
            .count(),
        20,
        "{}",
        said.err
    );
    said.explains(&["… and 5 more"]);
}

#[test]
fn an_output_folder_that_cannot_be_written_is_refused_before_the_work() {
    let folder = Folder::new()
        .with("articles/good.txt", ARTICLE)
        .with("taken", "a file");
    folder
        .ieum(&["build", "articles", "-o", "taken"])
        .fails()
        .explains(&["error: ", "taken"]);
    assert_eq!(std::fs::read(folder.path("taken")).unwrap(), b"a file");
    folder
        .ieum(&["build", "articles", "-o", "taken/below"])
        .fails()
        .explains(&["error: ", "taken"]);
    folder
        .ieum(&["build", "articles", "-o", "/proc/ieum"])
        .fails()
        .explains(&["error: ", "/proc/ieum"]);
    assert_eq!(folder.names(""), ["articles", "taken"]);
}

#[test]
fn files_in_the_output_folder_that_are_not_ours_stay() {
    let folder = Folder::new()
        .with("articles/good.txt", ARTICLE)
        .with("output/notes.md", "mine")
        .with("output/more/deep.txt", "mine too");
    folder.ieum(&["build", "articles"]).succeeds();
    folder.ieum(&["build", "articles"]).succeeds();
    let files = folder.files("output");
    assert_eq!(files[std::path::Path::new("notes.md")], b"mine");
    assert_eq!(files[std::path::Path::new("more/deep.txt")], b"mine too");
    assert!(files.contains_key(std::path::Path::new("graph.graphml")));
}

#[test]
fn every_broken_dictionary_row_is_reported_with_its_place() {
    let folder = Folder::new().with("articles/good.txt", ARTICLE);
    for entry in std::fs::read_dir(root().join("dictionaries")).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap();
        folder.write(&format!("mine/{name}"), std::fs::read(&path).unwrap());
    }
    let mut cities = std::fs::read_to_string(folder.path("mine/cities.csv")).unwrap();
    let line = cities.lines().count() + 1;
    cities.push_str("\"only one cell\"\nand,one,too,many,cells,,,,,,,,,,\n");
    folder.write("mine/cities.csv", cities);
    folder
        .ieum(&["build", "articles", "--dictionaries", "mine"])
        .fails()
        .explains(&[
            "2 bad rows",
            &format!("cities.csv:{line}"),
            &format!("cities.csv:{}", line + 1),
            "cells",
        ]);
    assert_eq!(folder.names(""), ["articles", "mine"]);
}

#[test]
fn a_dictionary_folder_that_does_not_exist_is_named() {
    let folder = Folder::new().with("good.txt", ARTICLE);
    folder
        .ieum(&["extract", "good.txt", "--dictionaries", "mine"])
        .fails()
        .explains(&["error: ", "mine"]);
}

#[test]
fn a_folder_without_a_graph_says_how_to_make_one() {
    let folder = Folder::new();
    folder
        .ieum(&["neighbors", "거제시"])
        .fails()
        .explains(&["output", "ieum build"]);
    let folder = Folder::new().with(
        "output/graph.sqlite",
        "this is no database at all, not even a small one",
    );
    folder
        .ieum(&["neighbors", "거제시"])
        .fails()
        .explains(&["output/graph.sqlite"]);
}

#[test]
fn records_that_are_none_are_named_with_their_line() {
    let folder = Folder::new().with("records.jsonl", "\n{\"source\": 1}\n");
    folder
        .ieum(&["assemble", "records.jsonl"])
        .fails()
        .explains(&["records.jsonl", "line 2"]);
    assert_eq!(folder.names(""), ["records.jsonl"]);
}

#[test]
fn a_reader_that_has_seen_enough_is_no_error() {
    let samples = samples();
    for threads in ["1", "2"] {
        let mut child = std::process::Command::new(assert_cmd::cargo::cargo_bin!("ieum"))
            .args(["extract", "--threads", threads])
            .args(std::iter::repeat_n(&samples, 20))
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap())
            .read_line(&mut line)
            .unwrap();
        assert!(line.starts_with("{\"source\":"), "{line}");
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(0));
        assert_eq!(String::from_utf8(output.stderr).unwrap(), "");
    }
}
