//! `ieum explain`: what was read, dropped, matched, refused, and why.

use ieum::article::{inputs, read_with_lines};
use ieum::dictionary::Dictionary;
use ieum::explain::explain;
use predicates::prelude::*;

use super::{ieum, output, write};

const PAGE: &str = "새벽일보
익산 이리공고, 마이스터고 도전
입력 2024-08-01 10:24

전북 익산시는 지난달 31일 이리공업고등학교, 동우화인켐과 업무협약을 체결했다.

익산시는 교육발전특구로 지정됐다. 배우 안성기도 역량 강화를 강조했다.

김가람 기자
많이 본 뉴스
포항시, 축제 열어
";

fn page(text: &str) -> (tempfile::TempDir, String) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = write(folder.path(), "page.txt", text);
    (folder, path)
}

#[test]
fn a_listener_changes_nothing() {
    let dictionary = Dictionary::embedded().unwrap();
    let mut read = 0;
    for input in inputs(&["tests/articles".into()]).unwrap() {
        let bytes = std::fs::read(input.source()).unwrap();
        let (article, lines) = read_with_lines(input.source(), &bytes, dictionary.furniture());
        let explained = explain(&article, &lines, &dictionary);
        assert_eq!(
            explained.record,
            ieum::extract(&article, &dictionary),
            "{}",
            article.source
        );
        assert_eq!(explained.sentences.len(), article.sentences.len());
        for signing in &explained.agreements {
            assert!(signing.parties.iter().all(|p| !p.sentences.is_empty()));
        }
        let stated = explained.sentences.iter().flat_map(|s| &s.relations);
        for relation in stated.filter(|r| r.relation != "co_occurs") {
            assert!(
                relation.rule.is_some() && relation.cue.is_some(),
                "{relation:?}"
            );
        }
        assert_eq!(
            explained
                .agreements
                .iter()
                .map(|s| s.parties.len())
                .collect::<Vec<_>>(),
            explained
                .record
                .agreements
                .iter()
                .map(|a| a.parties.len())
                .collect::<Vec<_>>(),
            "{}",
            article.source
        );
        read += 1;
    }
    assert!(read >= 18);
}

#[test]
fn every_line_every_name_and_every_relation_says_why() {
    let (_folder, path) = page(PAGE);
    let out = output(&["explain", &path]);
    for wanted in [
        "encoding   UTF-8",
        "published  2024-08-01",
        "+ [title] 익산 이리공고, 마이스터고 도전",
        "- [date] 입력 2024-08-01 10:24",
        "+ [body] 전북 익산시는",
        "does not count: city:포항시",
        "name 이리공업고등학교 → school:이리공업고등학교: the name itself, schools.csv:",
        "name 전북 → city:전북특별자치도: an alias, cities.csv:",
        "(particle: topic)",
        "no name 안성 (city:안성시): ",
        "relation city:익산시 selected_for program:교육발전특구 (done",
        "agreement, done, 2024-07-31",
        "company:동우화인켐  by [1]",
    ] {
        assert!(out.contains(wanted), "{wanted}\n{out}");
    }
    let rule = out
        .lines()
        .find(|l| l.contains("selected_for program:교육발전특구"))
        .unwrap();
    assert!(
        rule.contains("relations.csv:") && rule.contains('`'),
        "{rule}"
    );
}

#[test]
fn a_doubtful_word_shows_its_points() {
    let (_folder, path) = page("교육부, 연수 열어\n\n교육부는 3일 이천에서 연수를 열었다.\n");
    let out = output(&["explain", &path]);
    assert!(
        out.contains(
            "no name 연수 (city:연수구): it is also a common word, and 0 of the 4 points are there"
        ),
        "{out}"
    );
    assert!(out.contains("city:연수구: 0 of 4 points"), "{out}");
    assert!(out.contains("+1 a particle of place follows"), "{out}");
}

#[test]
fn json_is_one_object_and_holds_the_record() {
    let (_folder, path) = page(PAGE);
    let json: serde_json::Value =
        serde_json::from_str(&output(&["explain", &path, "--format", "json"])).unwrap();
    let record: serde_json::Value = serde_json::from_str(&output(&["extract", &path])).unwrap();
    assert_eq!(json["record"], record);
    assert_eq!(json["lines"][0]["number"], 1);
    assert!(json["sentences"][2]["relations"][0]["rule"]["line"].is_u64());
}

#[test]
fn from_standard_input_and_from_json() {
    let done = ieum(&["explain", "-"])
        .write_stdin("{\"id\": \"a7\", \"text\": \"익산시가 이리공고와 협약을 맺었다.\"}\n")
        .assert()
        .success();
    let out = String::from_utf8(done.get_output().stdout.clone()).unwrap();
    assert!(
        out.starts_with("a7\n") && out.contains("[given as the main text]"),
        "{out}"
    );
}

#[test]
fn what_cannot_be_read_is_said() {
    ieum(&["explain", "nowhere.txt"])
        .assert()
        .code(1)
        .stderr(predicate::str::contains(
            "cannot read the article in nowhere.txt",
        ));
    let (_folder, path) = page(" \n");
    ieum(&["explain", &path])
        .assert()
        .code(1)
        .stdout(predicate::str::contains("the file is empty"))
        .stderr(predicate::str::contains("no text was found in 1 article"));
}
