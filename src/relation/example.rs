//! The examples that every rule carries: a sentence that it must find, and one that it must not.

use crate::article::{Article, Sentence, Zone};
use crate::dictionary::{BadRow, Dictionary, EntryId, Finding, Problem, Rule, TypeId, is_hangul};
use crate::mention::{Entity, Mention, Mentions};

/// The rules of `relations.csv` that miss their example or find their counterexample.
///
/// The examples are [`marked`] texts.
pub fn check_examples(dictionary: &Dictionary) -> Vec<Finding> {
    let mut found = Vec::new();
    for rule in dictionary.rules().rules() {
        let wrong = |column: &str, value: &str, problem, expected: String| {
            let row = BadRow::new("relations.csv", rule.line, column, value, expected);
            Finding::warning(problem, row)
        };
        let sides = [
            ("example", &rule.example, rule.states),
            ("counterexample", &rule.counterexample, false),
        ];
        for (column, text, wanted) in sides {
            let problem = if column == "example" {
                Problem::ExampleMissed
            } else {
                Problem::CounterexampleFound
            };
            match finds(rule, text, dictionary) {
                Ok(found) if found == wanted => {}
                Ok(true) => found.push(wrong(
                    column,
                    text,
                    problem,
                    format!(
                        "a sentence in which this rule finds no {}, or a narrower rule",
                        rule.relation
                    ),
                )),
                Ok(false) => found.push(wrong(
                    column,
                    text,
                    problem,
                    format!(
                        "a sentence in which this rule finds {}, or a wider rule",
                        rule.relation
                    ),
                )),
                Err(error) => found.push(wrong(column, text, problem, error.to_string())),
            }
        }
    }
    found
}

/// Whether a rule states something in a marked text.
fn finds(rule: &Rule, text: &str, dictionary: &Dictionary) -> Result<bool, MarkError> {
    let (article, mentions) = marked(text, dictionary)?;
    let found = super::find(&article, &mentions, dictionary);
    Ok(found.relations.iter().any(|r| r.rule == Some(rule.line)))
}

/// What a marked text should have and has not.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MarkError {
    /// A name that does not end.
    #[error("a `]` behind every name that `[` begins")]
    Open,
    /// A name without its type.
    #[error("the type before every name: `[city:익산시]`")]
    Untyped,
    /// A type that the dictionaries do not have.
    #[error("a type in `[{mark}]` that there is: {}", .types.join(", "))]
    Unknown {
        /// What stands in the brackets.
        mark: String,
        /// The types that there are.
        types: Vec<String>,
    },
}

/// A text with marked names, as an article and its mentions; O(text · entries of the dictionary).
///
/// A name is marked so: `[city:익산시]`, with the canonical name behind `=` where it differs, `[~city:시=익산시]` for a
/// back-reference; ` / ` is a line break; a line that begins with `T:` is a headline, with `L:` an item of a list.
///
/// # Errors
/// [`MarkError`]
pub fn marked(text: &str, dictionary: &Dictionary) -> Result<(Article, Mentions), MarkError> {
    let mut article = Article::default();
    let mut mentions = Mentions::default();
    for line in text.split(" / ") {
        let (zone, line) = match line.split_at_checked(2) {
            Some(("T:", rest)) => (Zone::Title, rest.trim_start()),
            Some(("L:", rest)) => (Zone::List, rest.trim_start()),
            Some(("S:", rest)) => (Zone::Subhead, rest.trim_start()),
            _ => (Zone::Body, line),
        };
        if !article.text.is_empty() {
            article.text.push('\n');
        }
        let mut start = article.text.len();
        let mut names = Vec::new();
        let mut rest = line;
        while let Some((before, marked)) = rest.split_once('[') {
            article.text.push_str(before);
            let (mark, after) = marked.split_once(']').ok_or(MarkError::Open)?;
            let (kind, name) = mark.split_once(':').ok_or(MarkError::Untyped)?;
            let types = dictionary.types();
            let kind = types
                .iter()
                .position(|t| t == kind.trim_start_matches('~'))
                .ok_or_else(|| MarkError::Unknown {
                    mark: mark.to_owned(),
                    types: types.to_vec(),
                })?;
            let (surface, canonical) = name.split_once('=').unwrap_or((name, name));
            let from = article.text.len();
            article.text.push_str(surface);
            let reference = mark.starts_with('~');
            names.push((
                from..article.text.len(),
                TypeId(kind as u8),
                canonical,
                reference,
            ));
            rest = after;
        }
        article.text.push_str(rest);
        let first = article.sentences.len();
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
        for (span, kind, name, reference) in names {
            let id = format!("{}:{name}", dictionary.type_name(kind));
            let entity = mentions
                .entities
                .iter()
                .position(|e| *e.id == *id)
                .unwrap_or_else(|| {
                    let own = |e: &crate::dictionary::Entry| *e.name == *name && e.kind == kind;
                    mentions.entities.push(Entity {
                        id: id.into(),
                        name: name.into(),
                        kind,
                        entry: dictionary
                            .entries()
                            .iter()
                            .position(own)
                            .map(|e| EntryId(e as u32)),
                    });
                    mentions.entities.len() - 1
                });
            let sentence = article.sentences[first..]
                .iter()
                .position(|s| span.end <= s.span.end)
                .map_or(first, |at| first + at);
            mentions.mentions.push(mention(
                &article.text,
                span,
                kind,
                dictionary,
                entity,
                sentence,
                reference,
            ));
        }
    }
    Ok((article, mentions))
}

/// A marked name with the title and the particles behind it.
fn mention(
    text: &str,
    span: std::ops::Range<usize>,
    kind: TypeId,
    dictionary: &Dictionary,
    entity: usize,
    sentence: usize,
    reference: bool,
) -> Mention {
    let run = |from: usize| {
        let rest = &text[from..];
        let end = rest.find(|c| !is_hangul(c)).unwrap_or(rest.len());
        &rest[..end]
    };
    let last = text[..span.end].chars().next_back().unwrap_or(' ');
    let own = run(span.end);
    let (end, tail) = if !own.is_empty() {
        (
            span.end + own.len(),
            dictionary.grammar().tail(last, kind, own),
        )
    } else if text[span.end..].starts_with(' ') {
        let next = run(span.end + 1);
        (
            span.end + 1 + next.len(),
            dictionary.grammar().title(kind, next),
        )
    } else {
        (span.end, None)
    };
    Mention {
        entity,
        sentence,
        extent: span.start..if tail.is_some() { end } else { span.end },
        title: tail.and_then(|t| t.title),
        role: tail.and_then(|t| t.role),
        span,
        reference,
    }
}
