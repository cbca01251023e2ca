use std::fs;

use crate::harness::{Folder, samples};

/// The sample articles as arguments of their own.
fn paths() -> Vec<String> {
    let mut paths: Vec<String> = fs::read_dir(samples())
        .unwrap()
        .map(|entry| entry.unwrap().path().to_str().unwrap().to_owned())
        .collect();
    paths.sort();
    paths
}

#[test]
fn every_file_of_a_build_has_the_same_bytes_every_time() {
    let folder = Folder::new();
    let forwards = paths();
    let backwards: Vec<String> = forwards.iter().rev().cloned().collect();
    let build = |output: &str, threads: &str, paths: &[String]| {
        let mut arguments = vec!["build", "-o", output, "--threads", threads];
        arguments.extend(paths.iter().map(String::as_str));
        folder.ieum(&arguments).succeeds();
        folder.files(output)
    };
    let first = build("first", "1", &forwards);
    assert!(first.len() >= 7, "{:?}", first.keys());
    for (what, again) in [
        ("again", build("again", "1", &forwards)),
        ("two threads", build("two", "2", &forwards)),
        ("another order", build("order", "2", &backwards)),
        ("over the old one", build("first", "2", &backwards)),
    ] {
        assert!(again.keys().eq(first.keys()), "{what}");
        for (name, bytes) in &first {
            assert!(&again[name] == bytes, "{what}: {} differs", name.display());
        }
    }
}

#[test]
fn a_build_is_an_extract_and_an_assemble() {
    let folder = Folder::new();
    let samples = samples();
    folder
        .ieum(&["build", samples.to_str().unwrap(), "-o", "built"])
        .succeeds();
    let records = folder
        .ieum(&["extract", samples.to_str().unwrap()])
        .succeeds()
        .out;
    // As two machines would: each extracts a part, one assembles, whichever part comes first.
    let lines: Vec<&str> = records.lines().collect();
    let (one, two) = lines.split_at(7);
    folder.write("one.jsonl", one.join("\n") + "\n");
    folder.write("two.jsonl", two.join("\n"));
    folder
        .ieum(&["assemble", "two.jsonl", "one.jsonl", "-o", "assembled"])
        .succeeds();
    // Or folds what it has extracted; the second one's task was run twice.
    for (records, part) in [("one.jsonl", "one.part"), ("two.jsonl", "two.part")] {
        folder.ieum(&["fold", records, "-o", part]).succeeds();
    }
    folder
        .ieum(&[
            "fold",
            "two.part",
            "one.part",
            "two.jsonl",
            "-o",
            "all.part",
        ])
        .succeeds();
    for (output, parts) in [
        ("folded", &["two.part", "one.part", "two.part"][..]),
        ("mixed", &["one.jsonl", "two.part"]),
        ("all", &["all.part"]),
    ] {
        let arguments = [&["assemble", "-o", output], parts].concat();
        folder.ieum(&arguments).succeeds();
    }
    let built = folder.files("built");
    for output in ["assembled", "folded", "mixed", "all"] {
        let files = folder.files(output);
        assert!(files.keys().eq(built.keys()));
        for (name, bytes) in &built {
            assert!(
                &files[name] == bytes,
                "{output}: {} differs",
                name.display()
            );
        }
    }
}

#[test]
fn records_come_in_the_order_of_the_inputs_on_any_number_of_threads() {
    let folder = Folder::new();
    let paths: Vec<String> = paths().into_iter().rev().collect();
    let extract = |threads: &str| {
        let mut arguments = vec!["extract", "--threads", threads];
        arguments.extend(paths.iter().map(String::as_str));
        folder.ieum(&arguments).succeeds().out
    };
    let one = extract("1");
    let sources: Vec<String> = one
        .lines()
        .map(|line| {
            serde_json::from_str::<serde_json::Value>(line).unwrap()["source"]
                .as_str()
                .unwrap()
                .to_owned()
        })
        .collect();
    assert_eq!(sources, paths);
    assert!(extract("2") == one);
    assert!(extract("5") == one);
}
