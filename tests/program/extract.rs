use serde_json::{Value, json};

use crate::harness::{ARTICLE, Folder};

#[test]
fn a_record_says_all_that_the_article_says() {
    let folder = Folder::new().with("a.txt", ARTICLE);
    let said = folder.ieum(&["extract", "a.txt"]).succeeds();
    assert_eq!(said.err, "");
    let keys = [
        "source",
        "title",
        "published",
        "outlet",
        "url",
        "text",
        "sentences",
        "entities",
        "relations",
        "agreements",
        "problems",
    ];
    // Keys in this order, as the text of the line has them.
    let mut rest = said.out.as_str();
    for key in keys {
        let at = rest
            .find(&format!("\"{key}\":"))
            .unwrap_or_else(|| panic!("{key} in {rest}"));
        rest = &rest[at..];
    }
    let record: Value = serde_json::from_str(&said.out).unwrap();
    assert_eq!(record["title"], "거제시, 거제공고와 업무협약");
    assert_eq!(record["published"], "2024-03-05");
    let ids: Vec<&Value> = record["entities"]
        .as_array()
        .unwrap()
        .iter()
        .map(|e| &e["id"])
        .collect();
    assert_eq!(
        ids,
        [
            "city:거제시",
            "school:거제공업고등학교",
            "company:삼성중공업",
            "program:마이스터고"
        ]
    );
    assert_eq!(
        record["relations"],
        json!([{"subject": "company:삼성중공업", "relation": "hires_from", "object": "school:거제공업고등학교",
                "status": "planned", "date": null, "sentence": 2}])
    );
    assert_eq!(
        record["agreements"],
        json!([{"parties": ["city:거제시", "school:거제공업고등학교", "company:삼성중공업"],
                "about": ["program:마이스터고"], "status": "done", "date": "2024-03-05", "sentence": 1}])
    );
    // Offsets count characters, and cut out what stands there.
    let text: Vec<char> = record["text"].as_str().unwrap().chars().collect();
    for mention in record["entities"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|e| e["mentions"].as_array().unwrap())
    {
        let place = |key: &str| usize::try_from(mention[key].as_u64().unwrap()).unwrap();
        let cut: String = text[place("start")..place("end")].iter().collect();
        assert_eq!(mention["text"], cut);
    }
}

#[test]
fn standard_input_is_answered_line_by_line_never_by_silence() {
    let folder = Folder::new();
    let lines = "{\"id\": \"첫째\", \"text\": \"거제시가 거제공고를 지원했다.\"}\nthis is no JSON\n\n{\"title\": \"글 없는 기사\"}\n";
    let said = folder.ieum(&["extract", "-"]).stdin(lines).succeeds();
    let records: Vec<Value> = said
        .out
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let sources: Vec<&str> = records
        .iter()
        .map(|r| r["source"].as_str().unwrap())
        .collect();
    assert_eq!(sources, ["첫째", "-#2", "-#4"]);
    assert_eq!(records[0]["problems"], json!([]));
    assert_ne!(records[1]["problems"], json!([]));
    assert_ne!(records[2]["problems"], json!([]));
    said.explains(&["cannot use -#2: ", "cannot use -#4: "]);
}

#[test]
fn an_answer_comes_before_the_next_question() {
    use std::io::{BufRead, BufReader, Write};
    use std::process::{Command, Stdio};
    for threads in ["1", "2"] {
        let mut child = Command::new(assert_cmd::cargo::cargo_bin!("ieum"))
            .args(["extract", "-", "--threads", threads])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut questions = child.stdin.take().unwrap();
        let mut answers = BufReader::new(child.stdout.take().unwrap());
        for id in ["a", "b", "c"] {
            writeln!(questions, "{{\"id\": \"{id}\", \"text\": \"거제시다.\"}}").unwrap();
            let mut answer = String::new();
            answers.read_line(&mut answer).unwrap();
            assert!(
                answer.starts_with(&format!("{{\"source\":\"{id}\"")),
                "{answer}"
            );
        }
        drop(questions);
        assert!(child.wait().unwrap().success());
    }
}

#[test]
fn json_lines_in_a_file_are_articles_of_their_own() {
    let folder = Folder::new().with(
        "many.jsonl",
        "{\"id\": \"ㄱ\", \"date\": \"2024-05-01\", \"text\": \"거제시다.\"}\n{\"text\": \"거제시다.\"}\n",
    );
    let said = folder.ieum(&["extract", "many.jsonl"]).succeeds();
    let sources: Vec<Value> = said
        .out
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap()["source"].take())
        .collect();
    assert_eq!(sources, ["ㄱ", "many.jsonl#2"]);
}
