//! One article in every format and encoding that people save it in: the same names, relations and signings.

use std::collections::BTreeSet;

use encoding_rs::EUC_KR;
use serde_json::{Value, json};
use unicode_normalization::UnicodeNormalization;

use crate::harness::{Folder, workbook};

const TITLE: &str = "거제시, 지역 기업과 채용 약속";
const BODY: [&str; 3] = [
    "거제시는 5일 거제공업고등학교, 삼성중공업과 마이스터고 운영을 위한 업무협약을 체결했다고 밝혔다.",
    "삼성중공업은 거제공고 졸업생 10명을 채용하기로 했다.",
    "거제시장은 “㈜미르조선도 실습비를 지원한다”고 말했다.",
];

/// The article in each format of text, with the name of a file of that kind.
fn formats() -> Vec<(&'static str, String)> {
    let text = BODY.join("\n");
    let paragraphs = format!("<p>{}</p>", BODY.join("</p>\n<p>"));
    let object = json!({"title": TITLE, "published": "2024-03-05", "text": text}).to_string();
    let row = |sign: &str| {
        format!("제목{sign}일자{sign}본문\n\"{TITLE}\"{sign}2024-03-05{sign}\"{text}\"\n")
    };
    vec![
        (
            "a.txt",
            format!(
                "{TITLE}\n\n입력 2024.03.05 10:00\n\n{}\n",
                BODY.join("\n\n")
            ),
        ),
        (
            "a.md",
            format!(
                "# {TITLE}\n\n입력 2024.03.05 10:00\n\n{}\n",
                BODY.join("\n\n")
            ),
        ),
        (
            "a.html",
            format!(
                "<!DOCTYPE html><html><head><title>{TITLE}</title></head><body><h1>{TITLE}</h1>\n\
                 <p>입력 2024.03.05 10:00</p>\n<div>{paragraphs}</div></body></html>"
            ),
        ),
        (
            "br.html",
            format!(
                "<html><body><h1>{TITLE}</h1><span>입력 2024.03.05 10:00</span><div>{}</div></body></html>",
                BODY.join("<br><br>")
            ),
        ),
        ("a.json", object.clone()),
        ("array.json", format!("[{object}]")),
        ("a.jsonl", format!("{object}\n")),
        ("a.csv", row(",")),
        ("a.tsv", row("\t")),
    ]
}

fn utf16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    let units = std::iter::once(0xfeff).chain(text.encode_utf16());
    units.flat_map(bytes).collect()
}

/// What a record says, whatever its sentences are counted by.
fn facts(name: &str, record: &str) -> (Value, Value, BTreeSet<String>) {
    let record: Value = serde_json::from_str(record).unwrap();
    assert_eq!(record["problems"], json!([]), "{name}");
    let mut facts = BTreeSet::new();
    for key in ["entities", "relations", "agreements"] {
        for fact in record[key].as_array().unwrap() {
            let mut fact = fact.clone();
            let parts = fact.as_object_mut().unwrap();
            parts.remove("sentence");
            parts.remove("mentions");
            facts.insert(format!("{key} {fact}"));
        }
    }
    (record["title"].clone(), record["published"].clone(), facts)
}

#[test]
fn every_format_in_every_encoding_says_the_same() {
    let folder = Folder::new();
    let mut names = Vec::new();
    for (name, text) in formats() {
        let composed: Vec<(&str, Vec<u8>)> = vec![
            ("utf8", text.clone().into_bytes()),
            ("bom", [b"\xef\xbb\xbf", text.as_bytes()].concat()),
            ("cp949", EUC_KR.encode(&text).0.into_owned()),
            ("utf16le", utf16(&text, u16::to_le_bytes)),
            ("utf16be", utf16(&text, u16::to_be_bytes)),
            ("nfd", text.nfd().collect::<String>().into_bytes()),
            ("crlf", text.replace('\n', "\r\n").into_bytes()),
        ];
        for (encoding, bytes) in composed {
            let name = format!("{encoding}/{name}");
            folder.write(&name, bytes);
            names.push(name);
        }
    }
    for (name, form) in [
        ("a.xlsx", BODY.join("\n")),
        ("nfd/a.xlsx", BODY.join("\n").nfd().collect()),
    ] {
        let rows = [
            vec!["제목".to_owned(), "일자".to_owned(), "본문".to_owned()],
            vec![TITLE.to_owned(), "2024-03-05".to_owned(), form],
        ];
        folder.write(name, workbook(&rows));
        names.push(name.to_owned());
    }
    let mut arguments = vec!["extract"];
    arguments.extend(names.iter().map(String::as_str));
    let said = folder.ieum(&arguments).succeeds();
    let records: Vec<&str> = said.out.lines().collect();
    assert_eq!(records.len(), names.len(), "{}", said.out);
    let first = facts(&names[0], records[0]);
    assert_eq!((&first.0, &first.1), (&json!(TITLE), &json!("2024-03-05")));
    for wanted in [
        "\"id\":\"company:미르조선\"",
        "\"relation\":\"hires_from\"",
        "\"parties\":[\"city:거제시\",\"school:거제공업고등학교\",\"company:삼성중공업\"]",
    ] {
        assert!(
            first.2.iter().any(|f| f.contains(wanted)),
            "{wanted} in {:#?}",
            first.2
        );
    }
    for (name, record) in names.iter().zip(records) {
        assert_eq!(facts(name, record), first, "{name}");
    }
    assert_eq!(names.len(), 9 * 7 + 2);
}
