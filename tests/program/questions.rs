//! Every question in a narrow and in a wide terminal, and as CSV and JSON; wrong questions; the cookbook.

use crate::harness::{ARTICLE, Folder};
use crate::transcript::{check, shown};

#[test]
fn the_answers_are_those_of_the_transcripts() {
    for page in ["tables", "programs", "wrong"] {
        check(&format!("tests/transcripts/{page}.md"));
    }
}

#[test]
fn the_cookbooks_answers_are_those_of_the_program() {
    for cookbook in ["docs/cookbook.md", "docs/cookbook.ko.md"] {
        check(cookbook);
    }
}

#[test]
fn both_cookbooks_ask_the_same() {
    let commands = |page| {
        let shown = shown(page).into_iter();
        // The Korean page shows Korean tables.
        shown
            .map(|(command, _)| command.replace(" --lang ko", ""))
            .collect::<Vec<_>>()
    };
    assert_eq!(
        commands("docs/cookbook.md"),
        commands("docs/cookbook.ko.md")
    );
}

#[test]
fn every_line_of_a_table_keeps_to_the_width() {
    use unicode_width::UnicodeWidthStr;
    let folder = crate::transcript::project();
    for question in [
        &["neighbors", "한림공고"][..],
        &["neighbors", "거제시", "--depth", "2"],
        &["why", "한림공고", "한화시스템"],
        &["show", "한림공고"],
        &["search", "고등"],
        &["timeline", "제주특별자치도"],
        &["agreements"],
        &["path", "한화시스템", "교육부"],
        &["top"],
        &["stats"],
        &["compare", "output", "output"],
    ] {
        for (width, columns) in [("40", 40), ("60", 60), ("120", 120)] {
            for lang in ["ko", "en"] {
                let mut question = question.to_vec();
                question.extend(["--width", width, "--lang", lang]);
                let said = folder.ieum(&question).succeeds();
                for line in said.out.lines() {
                    assert!(line.width() <= columns, "{question:?}: {line}");
                }
            }
        }
    }
}

#[test]
fn the_locale_chooses_the_language() {
    let folder = Folder::new().with("a.txt", ARTICLE);
    folder.ieum(&["build", "a.txt"]).succeeds();
    let english = folder.ieum(&["search", "거제"]).succeeds().out;
    let korean = folder
        .ieum(&["search", "거제"])
        .with("LC_ALL", "ko_KR.UTF-8")
        .succeeds()
        .out;
    assert!(english.starts_with("Name "), "{english}");
    assert!(korean.starts_with("이름 "), "{korean}");
    let asked = folder
        .ieum(&["search", "거제", "--lang", "ko"])
        .succeeds()
        .out;
    assert_eq!(asked, korean);
}

#[test]
fn whoever_stops_reading_is_no_error() {
    let folder = crate::transcript::project();
    let program = assert_cmd::cargo::cargo_bin!("ieum");
    let line = format!(
        "'{}' neighbors 거제시 --depth 3 --format json | head -c 1; echo ${{PIPESTATUS[0]}}",
        program.display()
    );
    let done = std::process::Command::new("bash")
        .args(["-c", &line])
        .current_dir(folder.path(""))
        .output()
        .unwrap();
    assert_eq!(String::from_utf8(done.stdout).unwrap(), "{0\n");
    assert_eq!(String::from_utf8(done.stderr).unwrap(), "");
}

#[test]
fn answers_are_not_coloured_where_no_terminal_is() {
    let folder = Folder::new().with("a.txt", ARTICLE);
    folder.ieum(&["build", "a.txt"]).succeeds();
    let said = folder
        .ieum(&["why", "거제시", "거제공고"])
        .with("TERM", "xterm-256color")
        .succeeds();
    assert!(!said.out.contains('\u{1b}'), "{}", said.out);
}
