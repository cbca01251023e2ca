//! Sentences with the relations they state, by relation and by trap: the tables under `tests/relations`, and the
//! examples that every row of `relations.csv` carries.
//!
//! A line of a table is a text, a tab, and what it states, by `;`, in any order; `-` for nothing. A second tab may
//! give the day of publication. In the text names are marked, `[city:익산시]`, with the canonical name behind `=`
//! where it differs, `[~city:시=익산시]` for a back-reference; ` / ` is a line break; a line that begins with `T:` is a
//! headline, with `L:` an item of a list, with `S:` a subhead. A line of the file that begins with `#` is a heading.

use ieum::dictionary::Dictionary;
use ieum::relation::{CO_OCCURS, Status, check_examples, find, marked};

/// What a marked text states, sorted.
fn stated(text: &str, published: Option<&str>, dictionary: &Dictionary) -> Vec<String> {
    let (mut article, mentions) = marked(text, dictionary).expect("a marked text");
    article.published = published.map(|p| p.parse().expect("a day such as 2024-08-01"));
    let found = find(&article, &mentions, dictionary);
    let name = |entity: usize| mentions.entities[entity].name.as_ref();
    let names = |list: &[usize]| {
        let mut names: Vec<&str> = list.iter().map(|e| name(*e)).collect();
        names.sort_unstable();
        names.join(", ")
    };
    let planned = |status: Status| {
        if status == Status::Planned {
            " (planned)"
        } else {
            ""
        }
    };
    let mut lines: Vec<String> = found
        .relations
        .iter()
        .filter(|r| &*r.kind != CO_OCCURS)
        .map(|r| {
            format!(
                "{} {} {}{}",
                name(r.subject),
                r.kind,
                name(r.object),
                planned(r.status)
            )
        })
        .collect();
    for a in &found.agreements {
        let about = if a.about.is_empty() {
            String::new()
        } else {
            format!(" about {}", names(&a.about))
        };
        let on = a.date.map(|d| format!(" on {d}")).unwrap_or_default();
        lines.push(format!(
            "agreement {}{about}{on}{}",
            names(&a.parties),
            planned(a.status)
        ));
    }
    lines.sort();
    lines
}

#[test]
fn tables_of_relations() {
    let dictionary = Dictionary::embedded().unwrap();
    let mut failures = Vec::new();
    let mut count = 0;
    let mut files: Vec<_> = std::fs::read_dir("tests/relations")
        .unwrap()
        .map(|f| f.unwrap().path())
        .collect();
    files.sort();
    for file in files {
        for (n, line) in std::fs::read_to_string(&file).unwrap().lines().enumerate() {
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let mut cells = line.split('\t');
            let text = cells.next().unwrap();
            let expected = cells
                .next()
                .unwrap_or_else(|| panic!("{}:{}: no tab", file.display(), n + 1));
            count += 1;
            let mut expected: Vec<String> = expected
                .split(';')
                .map(|e| e.trim().to_owned())
                .filter(|e| e != "-")
                .collect();
            for line in &mut expected {
                sort_parties(line);
            }
            expected.sort();
            let found = stated(text, cells.next(), &dictionary);
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

    assert!(
        failures.is_empty(),
        "{} of {count} sentences differ\n{}",
        failures.len(),
        failures.join("\n")
    );
    assert!(count >= 300, "{count} sentences");
}

/// The names of an agreement in any order.
fn sort_parties(line: &mut String) {
    let Some(rest) = line.strip_prefix("agreement ") else {
        return;
    };
    let cut = [" about ", " on ", " (planned)"]
        .iter()
        .filter_map(|m| rest.find(m))
        .min()
        .unwrap_or(rest.len());
    let mut names: Vec<&str> = rest[..cut].split(", ").collect();
    names.sort_unstable();
    *line = format!("agreement {}{}", names.join(", "), &rest[cut..]);
}

#[test]
fn every_rule_matches_its_example_and_not_its_counterexample() {
    let dictionary = Dictionary::embedded().unwrap();
    assert!(dictionary.rules().rules().len() >= 50);
    let wrong: Vec<String> = check_examples(&dictionary)
        .iter()
        .map(|finding| finding.row.to_string())
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
