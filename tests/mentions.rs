//! Sentences with the entities they name, by class of difficulty: the tables under `tests/mentions`.
//!
//! A line is a text, a tab, and the entities it names as `type:name`, by `;`, in any order; `-` for none. In the text ` / ` is a line
//! break. A line that begins with `#` is a heading.

use ieum::article::{Article, Sentence, Zone};
use ieum::dictionary::Dictionary;

fn article(text: &str) -> Article {
    let text = text.replace(" / ", "\n");
    let mut sentences = Vec::new();
    let mut start = 0;
    for line in text.split('\n') {
        sentences.push(Sentence {
            span: start..start + line.len(),
            zone: Zone::Body,
        });
        start += line.len() + 1;
    }
    Article {
        text,
        sentences,
        ..Article::default()
    }
}

#[test]
fn tables_of_mentions() {
    let dictionary = Dictionary::embedded().unwrap();
    let mut failures = Vec::new();
    let mut lines = 0;
    let mut files: Vec<_> = std::fs::read_dir("tests/mentions")
        .unwrap()
        .map(|f| f.unwrap().path())
        .collect();
    files.sort();
    for file in files {
        for (n, line) in std::fs::read_to_string(&file).unwrap().lines().enumerate() {
            let Some((text, expected)) = line.split_once('\t').filter(|_| !line.starts_with('#'))
            else {
                assert!(
                    line.is_empty() || line.starts_with('#'),
                    "{}:{}: no tab",
                    file.display(),
                    n + 1
                );
                continue;
            };
            lines += 1;
            let article = article(text);
            let mut found: Vec<String> = ieum::mention::find(&article, &dictionary)
                .entities
                .into_iter()
                .map(|e| e.id.to_string())
                .collect();
            found.sort();
            let mut expected: Vec<String> = expected
                .split(';')
                .map(|e| e.trim().to_owned())
                .filter(|e| e != "-")
                .collect();
            expected.sort();
            if found != expected {
                failures.push(format!(
                    "{}:{}: {text}\n    expected {}\n    found    {}",
                    file.display(),
                    n + 1,
                    expected.join("; "),
                    found.join("; ")
                ));
            }
        }
    }
    assert!(lines >= 20, "the tables are where they were");
    assert!(
        failures.is_empty(),
        "{} of {lines} lines differ\n{}",
        failures.len(),
        failures.join("\n")
    );
}
