//! Sentences with the relations they state, by relation and by trap: the tables under `tests/relations`, and the
//! examples that every row of `relations.csv` carries.
//!
//! A line of a table is a text, a tab, and what it states, by `;`, in any order; `-` for nothing. A second tab may
//! give the day of publication. In the text names are marked, `[city:익산시]`, with the canonical name behind `=`
//! where it differs, `[~city:시=익산시]` for a back-reference; ` / ` is a line break; a line that begins with `T:` is a
//! headline, with `L:` an item of a list. A line of the file that begins with `#` is a heading.

use ieum::article::{Article, Sentence, Zone};
use ieum::dictionary::{Dictionary, EntryId, Meaning, Role, TypeId};
use ieum::mention::{Entity, Mention, Mentions};
use ieum::relation::{CO_OCCURS, Status, find};

/// A text with marked names, as an article and its mentions.
fn marked(text: &str, published: Option<&str>, dictionary: &Dictionary) -> (Article, Mentions) {
    let mut article = Article {
        published: published.map(|p| p.parse().expect("a day such as 2024-08-01")),
        ..Article::default()
    };
    let mut mentions = Mentions::default();
    let mut titled: Vec<(usize, Option<Meaning>, Option<Role>, usize)> = Vec::new();
    for line in text.split(" / ") {
        let (zone, line) = match line.split_at_checked(2) {
            Some(("T:", rest)) => (Zone::Title, rest.trim_start()),
            Some(("L:", rest)) => (Zone::List, rest.trim_start()),
            _ => (Zone::Body, line),
        };
        if !article.text.is_empty() {
            article.text.push('\n');
        }
        let line_start = article.text.len();
        let mut rest = line;
        let mut spans = Vec::new();
        while let Some(open) = rest.find('[') {
            article.text.push_str(&rest[..open]);
            let close = rest[open..].find(']').expect("a closing bracket") + open;
            let (kind, name) = rest[open + 1..close]
                .split_once(':')
                .expect("a type before the name");
            let reference = kind.starts_with('~');
            let kind = kind.trim_start_matches('~');
            let kind = dictionary
                .types()
                .iter()
                .position(|t| t == kind)
                .expect("a type");
            let kind = TypeId(u8::try_from(kind).expect("few types"));
            let (surface, canonical) = name.split_once('=').unwrap_or((name, name));
            let start = article.text.len();
            article.text.push_str(surface);
            spans.push((
                start..article.text.len(),
                kind,
                canonical.to_owned(),
                reference,
            ));
            rest = &rest[close + 1..];
        }
        article.text.push_str(rest);
        let first = article.sentences.len();
        let mut start = line_start;
        if zone == Zone::Body {
            while let Some(end) = article.text[start..].find("다. ") {
                let end = start + end + "다.".len();
                article.sentences.push(Sentence {
                    span: start..end,
                    zone,
                });
                start = end + 1;
            }
        }
        article.sentences.push(Sentence {
            span: start..article.text.len(),
            zone,
        });
        for (span, kind, name, reference) in spans {
            let id = format!("{}:{name}", dictionary.type_name(kind));
            let entity = mentions
                .entities
                .iter()
                .position(|e| *e.id == *id)
                .unwrap_or_else(|| {
                    let entry = dictionary
                        .entries()
                        .iter()
                        .position(|e| *e.name == *name && e.kind == kind);
                    let entry = entry.map(|e| EntryId(u32::try_from(e).expect("not that many")));
                    mentions.entities.push(Entity {
                        id: id.into(),
                        name: name.into(),
                        kind,
                        entry,
                    });
                    mentions.entities.len() - 1
                });
            let sentence = first
                + article.sentences[first..]
                    .iter()
                    .position(|s| span.end <= s.span.end)
                    .expect("a sentence");
            let (end, title, role) = tail(&article.text, span.end, kind, dictionary);
            titled.push((mentions.mentions.len(), title, role, end));
            mentions.mentions.push(Mention {
                entity,
                sentence,
                extent: span.start..end,
                span,
                title,
                role,
                reference,
            });
        }
    }
    (article, mentions)
}

/// Title and particles behind a name.
fn tail(
    text: &str,
    end: usize,
    kind: TypeId,
    dictionary: &Dictionary,
) -> (usize, Option<Meaning>, Option<Role>) {
    let run = |from: usize| -> &str {
        let rest = &text[from..];
        &rest[..rest
            .find(|c| !('가'..='힣').contains(&c))
            .unwrap_or(rest.len())]
    };
    let last = text[..end].chars().next_back().expect("a name");
    let own = run(end);
    if !own.is_empty() {
        return match dictionary.grammar().tail(last, kind, own) {
            Some(tail) => (end + own.len(), tail.title, tail.role),
            None => (end, None, None),
        };
    }
    if text[end..].starts_with(' ') {
        let next = run(end + 1);
        if let Some(tail) = dictionary.grammar().title(kind, next) {
            return (end + 1 + next.len(), tail.title, tail.role);
        }
    }
    (end, None, None)
}

/// What a marked text states, sorted.
fn stated(text: &str, published: Option<&str>, dictionary: &Dictionary) -> Vec<String> {
    let (article, mentions) = marked(text, published, dictionary);
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
    let mut failures = Vec::new();
    for rule in dictionary.rules().rules() {
        for (text, wanted) in [(&rule.example, rule.states), (&rule.counterexample, false)] {
            let (article, mentions) = marked(text, None, &dictionary);
            let found = find(&article, &mentions, &dictionary)
                .relations
                .iter()
                .any(|r| r.rule == Some(rule.line));
            if found != wanted {
                failures.push(format!(
                    "relations.csv:{} ({}): {} {text}",
                    rule.line,
                    rule.relation,
                    if wanted {
                        "should match"
                    } else {
                        "should not match"
                    }
                ));
            }
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}
