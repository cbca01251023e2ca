//! `ieum dict`: the dictionaries checked, extended, copied.

use std::path::Path;

use predicates::prelude::*;

use super::{ieum, output, write};

/// The built-in dictionaries in a folder, some rows added.
fn mine(rows: &[(&str, &str)]) -> (tempfile::TempDir, String) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("mine");
    let shown = path.to_str().expect("UTF-8").to_owned();
    output(&["dict", "init", &shown]);
    for (file, row) in rows {
        let text = std::fs::read_to_string(path.join(file)).expect("a file");
        std::fs::write(path.join(file), format!("{text}{row}\n")).expect("a file");
    }
    (folder, shown)
}

/// How many lines a file has.
fn lines(folder: &str, file: &str) -> usize {
    let text = std::fs::read_to_string(Path::new(folder).join(file)).expect("a file");
    text.lines().count()
}

#[test]
fn the_built_in_dictionaries_have_nothing_doubtful() {
    ieum(&["dict", "check"])
        .assert()
        .success()
        .stdout("")
        .stderr(predicate::str::contains("nothing wrong, nothing doubtful"));
}

#[test]
fn every_doubtful_row_is_found_with_its_place() {
    let (_folder, folder) = mine(&[
        (
            "companies.csv",
            "누리정공업,누리정공업은|미래|NURI‐1,,익산시,,,",
        ),
        ("companies.csv", "누리한빛,NURI-1|누리 한빛,,익산시,,,"),
        ("companies.csv", "가온빛나,한은,,익산시,,,"),
        ("companies.csv", "다온빛나,가온빛나,,익산시,,,"),
        (
            "schools.csv",
            "가온공업고등학교,가온공고,,specialized,익산시,,",
        ),
        ("false_friends.csv", "포스코는,포스코,"),
        (
            "relations.csv",
            "supports,몰아주|몰아줬,verb,city|company,topic|subject,program|school,place,done,yes,clause,[city:익산시]는 [school:이리공고]를 칭찬했다.,[city:익산시]는 [school:이리공고]에 예산을 몰아줬다.,",
        ),
    ]);
    let out = output(&["dict", "check", &folder, "--format", "csv"]);
    let found: Vec<&str> = out.lines().skip(1).collect();
    let company = lines(&folder, "companies.csv");
    for (problem, file, line, column, value) in [
        (
            "particle_in_form",
            "companies.csv",
            company - 3,
            "aliases",
            "누리정공업은",
        ),
        (
            "common_word",
            "companies.csv",
            company - 3,
            "aliases",
            "미래",
        ),
        (
            "look_alike",
            "companies.csv",
            company - 3,
            "aliases",
            "누리정공업은|미래|NURI‐1",
        ),
        (
            "nearly_same",
            "companies.csv",
            company - 2,
            "aliases",
            "NURI-1",
        ),
        (
            "repeated",
            "companies.csv",
            company - 2,
            "aliases",
            "누리 한빛",
        ),
        (
            "short_form",
            "companies.csv",
            company - 1,
            "aliases",
            "한은",
        ),
        (
            "shared_form",
            "companies.csv",
            company,
            "aliases",
            "가온빛나",
        ),
        (
            "made_by_rule",
            "schools.csv",
            lines(&folder, "schools.csv"),
            "aliases",
            "가온공고",
        ),
        (
            "friend_hits_name",
            "false_friends.csv",
            lines(&folder, "false_friends.csv"),
            "surface",
            "포스코는",
        ),
        (
            "example_missed",
            "relations.csv",
            lines(&folder, "relations.csv"),
            "example",
            "[city:익산시]는 [school:이리공고]를 칭찬했다.",
        ),
        (
            "counterexample_found",
            "relations.csv",
            lines(&folder, "relations.csv"),
            "counterexample",
            "[city:익산시]는 [school:이리공고]에 예산을 몰아줬다.",
        ),
    ] {
        let wanted = format!("warning,{problem},{file},{line},{column},{value},");
        assert!(
            found.iter().any(|f| f.starts_with(&wanted)),
            "{wanted}\n{out}"
        );
    }
}

#[test]
fn a_bad_row_is_an_error() {
    let (_folder, folder) = mine(&[("companies.csv", "누리정공업,,,누리누리시,,,")]);
    let line = lines(&folder, "companies.csv");
    let place = format!("error: companies.csv:{line}, column city: found `누리누리시`");
    ieum(&["dict", "check", &folder])
        .assert()
        .code(1)
        .stdout(predicate::str::starts_with(place))
        .stderr(predicate::str::contains("1 row cannot be used"));
    let json: serde_json::Value = serde_json::from_slice(
        &ieum(&["dict", "check", &folder, "--format", "json"])
            .output()
            .unwrap()
            .stdout,
    )
    .unwrap();
    assert_eq!(json[0]["severity"], "error");
    assert_eq!(json[0]["line"], line);
}

#[test]
fn init_overwrites_nothing_unless_told() {
    let (_folder, folder) = mine(&[]);
    let cities = Path::new(&folder).join("cities.csv");
    std::fs::write(&cities, "mine").unwrap();
    ieum(&["dict", "init", &folder])
        .assert()
        .code(1)
        .stderr(predicate::str::contains("already holds").and(predicate::str::contains("--force")));
    assert_eq!(std::fs::read_to_string(&cities).unwrap(), "mine");
    ieum(&["dict", "init", &folder, "--force"])
        .assert()
        .success();
    assert_ne!(std::fs::read_to_string(&cities).unwrap(), "mine");
}

#[test]
fn a_row_is_added_only_where_it_can_be_used() {
    let (_folder, folder) = mine(&[]);
    let file = format!("{folder}/companies.csv");
    let before = std::fs::read_to_string(&file).unwrap();
    ieum(&[
        "dict",
        "add",
        &file,
        "가온전산",
        "--alias",
        "미래",
        "--column",
        "city=익산시",
    ])
    .assert()
    .success()
    .stderr(
        predicate::str::contains("common_word")
            .and(predicate::str::contains("added 가온전산 as line")),
    );
    let after = std::fs::read_to_string(&file).unwrap();
    assert_eq!(after, format!("{before}가온전산,미래,,익산시,,,\n"));
    for (arguments, said) in [
        (
            ["가온", "--column", "city=없는시"],
            "column city: found `없는시`",
        ),
        (["가온", "--column", "town=익산시"], "no column `town`"),
    ] {
        ieum(&[&["dict", "add", &file][..], &arguments].concat())
            .assert()
            .code(1)
            .stderr(predicate::str::contains(said));
    }
    ieum(&["dict", "add", &file, "가온", "--column", "city"])
        .assert()
        .code(2);
    assert_eq!(std::fs::read_to_string(&file).unwrap(), after);
    let article = write(
        Path::new(&folder),
        "../a.txt",
        "가온전산, 새 공장\n\n가온전산은 3일 새 공장을 열었다.\n",
    );
    let record = output(&["extract", &article, "--dictionaries", &folder]);
    assert!(record.contains(
        "\"id\":\"company:가온전산\",\"name\":\"가온전산\",\"type\":\"company\",\"known\":true"
    ));
}

#[test]
fn suggestions_are_what_no_dictionary_has() {
    let folder = tempfile::tempdir().unwrap();
    write(
        folder.path(),
        "a.txt",
        "익산시, ㈜가온빛나와 협약\n\n익산시는 3일 ㈜가온빛나, ㈜엔켐과 협약을 맺었다.\n",
    );
    write(
        folder.path(),
        "b.txt",
        "가온빛나, 공장 열어\n\n㈜가온빛나는 3일 공장을 열었다. ㈜나래울림도 함께했다.\n",
    );
    let path = folder.path().to_str().unwrap();
    let out = output(&["dict", "suggest", path, "--format", "csv"]);
    let rows: Vec<&str> = out.lines().collect();
    assert!(rows[0].starts_with("name,aliases,ambiguous,note,type,file,articles"));
    assert!(
        rows[1].starts_with("가온빛나,,,,company,companies.csv,2,"),
        "{out}"
    );
    assert!(
        rows[2].starts_with("나래울림,,,,company,companies.csv,1,"),
        "{out}"
    );
    assert!(!out.contains("\n엔켐,"), "{out}");
    let out = output(&["dict", "suggest", path, "--min-articles", "2"]);
    assert!(
        out.contains("가온빛나") && !out.contains("\n나래울림"),
        "{out}"
    );
    ieum(&["dict", "suggest", path, "--type", "place"])
        .assert()
        .code(2)
        .stderr(predicate::str::contains("there are city, school"));
}
