//! `ieum evaluate`: a small case, counted by hand.

use predicates::prelude::*;

use super::{ieum, output, write};

/// Two articles with their gold, and the records of a program that makes some mistakes.
///
/// `a`: of four entities three are right, one of the wrong parent; of two relations one is right; two signings, crosswise.
/// `b`: nothing was found; its name stands in the page's furniture.
const GOLD: [(&str, &str); 3] = [
    (
        "gold/a.json",
        r#"{"entities": [{"name": "익산시", "type": "city"}, {"name": "고성군", "type": "city", "in": "경상남도"},
  {"name": "이리 공업고등학교", "type": "school"}, {"name": "마이스터고", "type": "program"}],
 "relations": [{"s": "이리공업고등학교", "r": "applies_for", "o": "마이스터고"},
  {"s": "익산시", "r": "supports", "o": "마이스터고"}],
 "agreements": [["익산시", "이리공업고등학교"], ["고성군", "동우화인켐", "엔켐"]], "absent": ["안성시"],
 "title": "익산시, 협약", "published": "2024-08-01", "text": "익산시, 협약\n익산시가 맺었다."}"#,
    ),
    (
        "gold/b/gold.json",
        r#"{"entities": [{"name": "안산대학교", "type": "school"}], "absent": ["포항시", "안산시"], "published": null}"#,
    ),
    ("gold/pairs.json", r#"[["a", "b"]]"#),
];

const RECORDS: &str = r#"{"source":"x/a.txt","title":"익산시, 협약","published":"2024-08-02","outlet":null,"url":null,"text":"익산시, 협약\n메뉴","sentences":[],"entities":[{"id":"city:익산시","name":"익산시","type":"city","known":true,"mentions":[]},{"id":"city:고성군 (강원특별자치도)","name":"고성군","type":"city","known":true,"mentions":[]},{"id":"school:이리공업고등학교","name":"이리공업고등학교","type":"school","known":true,"mentions":[]},{"id":"program:마이스터고","name":"마이스터고","type":"program","known":true,"mentions":[]},{"id":"company:엔켐","name":"엔켐","type":"company","known":true,"mentions":[]}],"relations":[{"subject":"school:이리공업고등학교","relation":"applies_for","object":"program:마이스터고","status":"done","date":null,"sentence":0},{"subject":"city:익산시","relation":"runs","object":"program:마이스터고","status":"planned","date":null,"sentence":0},{"subject":"city:익산시","relation":"co_occurs","object":"company:엔켐","status":"done","date":null,"sentence":0},{"subject":"city:익산시","relation":"runs","object":"company:엔켐","status":"dictionary","date":null,"sentence":0}],"agreements":[{"parties":["company:엔켐","school:이리공업고등학교"],"about":[],"status":"done","date":null,"sentence":0},{"parties":["city:익산시","company:엔켐"],"about":[],"status":"planned","date":null,"sentence":0}],"problems":[]}
{"source":"b/article.txt","title":null,"published":null,"outlet":null,"url":null,"text":"","sentences":[],"entities":[{"id":"city:포항시","name":"포항시","type":"city","known":true,"mentions":[]}],"relations":[],"agreements":[],"problems":[]}
"#;

fn case() -> (tempfile::TempDir, String, String) {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, text) in GOLD {
        write(folder.path(), name, text);
    }
    let gold = folder.path().join("gold");
    let gold = gold.to_str().expect("UTF-8").to_owned();
    let records = write(folder.path(), "records.jsonl", RECORDS);
    (folder, gold, records)
}

#[test]
fn the_figures_of_a_small_case_counted_by_hand() {
    let (_folder, gold, records) = case();
    let out = output(&["evaluate", &gold, "--records", &records]);
    // 엔켐 is shared by the only signing and the gold's second, 이리공업고등학교 by the first: the first of two equals.
    let expected = "                  precision    recall        F1   right  reported    gold
entities              0.500     0.600     0.545       3         6       5
  city                0.333     0.500     0.400       1         3       2
  company             0.000     1.000     0.000       0         1       0
  organization        1.000     1.000     1.000       0         0       0
  program             1.000     1.000     1.000       1         1       1
  school              1.000     0.500     0.667       1         1       2
relations             0.500     0.500     0.500       1         2       2
  applies_for         1.000     1.000     1.000       1         1       1
  runs                0.000     1.000     0.000       0         1       0
  supports            1.000     0.000     0.000       0         0       1
parties               0.500     0.200     0.286       1         2       5
leaks            1 of 3
titles right     1 of 1
dates right      1 of 2
sentences right  1 of 2
sentences found  1 of 2

in 95 of 100 draws of 2 articles
";
    assert!(out.starts_with(expected), "{out}");
    assert_eq!(out, output(&["evaluate", &gold, "--records", &records]));
}

#[test]
fn errors_are_listed_article_by_article() {
    let (_folder, gold, records) = case();
    let out = output(&["evaluate", &gold, "--records", &records, "--errors"]);
    let list: Vec<&str> = out.lines().take_while(|l| !l.starts_with(' ')).collect();
    assert_eq!(
        list,
        [
            "a: extra entity: 고성군(강원특별자치도) / city",
            "a: extra entity: 엔켐 / company",
            "a: missed entity: 고성군 / city",
            "a: extra relation: 익산시 / runs / 마이스터고",
            "a: missed relation: 익산시 / supports / 마이스터고",
            "a: extra party: 엔켐",
            "a: missed party: 익산시",
            "a: missed party: 고성군",
            "a: missed party: 동우화인켐",
            "a: missed party: 엔켐",
            "a: extra date: 2024-08-02",
            "a: missed date: 2024-08-01",
            "a: extra sentence: 메뉴",
            "a: missed sentence: 익산시가 맺었다.",
            "b: extra entity: 포항시 / city",
            "b: missed entity: 안산대학교 / school",
            "b: extra entity (leak): 포항시",
        ]
    );
}

#[test]
fn json_has_the_same_figures_with_their_intervals() {
    let (_folder, gold, records) = case();
    let out = output(&["evaluate", &gold, "--records", &records, "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&out).unwrap();
    let parties = json["rows"].as_array().unwrap().last().unwrap();
    assert_eq!(parties["name"], "parties");
    assert_eq!(parties["recall"], 0.2);
    assert_eq!(json["leaks"], serde_json::json!({"count": 1, "of": 3}));
    let f1 = &json["rows"][0]["intervals"]["f1"];
    assert!(f1["low"].as_f64() <= json["rows"][0]["f1"].as_f64());
    assert!(json["differences"].as_array().unwrap().is_empty());
}

#[test]
fn gold_without_a_record_counts_as_missed_and_is_named() {
    let (folder, gold, _) = case();
    let article = write(
        folder.path(),
        "b/article.txt",
        "안산대, 새 학과 열어\n\n안산대학교가 3일 새 학과를 열었다.\n",
    );
    ieum(&["evaluate", &gold, &article])
        .assert()
        .code(1)
        .stdout(predicate::str::contains(
            "  school              1.000     0.500     0.667",
        ))
        .stderr(predicate::str::contains(
            "1 of 2 gold articles have no record; their gold counts as missed: a",
        ));
}

#[test]
fn gold_beside_its_article_is_no_article() {
    let (folder, _, _) = case();
    write(
        folder.path(),
        "gold/b/article.txt",
        "안산대, 새 학과 열어\n\n안산대학교가 3일 새 학과를 열었다.\n",
    );
    let gold = folder.path().join("gold/b").to_str().unwrap().to_owned();
    ieum(&["evaluate", &gold, &gold])
        .assert()
        .success()
        .stderr("");
}

#[test]
fn wrong_usage() {
    let (folder, gold, _) = case();
    ieum(&["evaluate", &gold])
        .assert()
        .code(2)
        .stderr(predicate::str::contains("PATH"));
    let empty = folder.path().join("empty");
    std::fs::create_dir(&empty).unwrap();
    ieum(&["evaluate", empty.to_str().unwrap(), "-"])
        .assert()
        .code(1)
        .stderr(predicate::str::contains("no gold in this folder"));
}
