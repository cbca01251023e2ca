//! Names that no dictionary has yet, most useful first: `ieum dict suggest`.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::dictionary::{Dictionary, fold_char};
use crate::record::Record;

/// How alike a known name has to be to be named: Jaro-Winkler.
const ALIKE: f64 = 0.9;
/// An example sentence is cut after so many characters.
const LONGEST: usize = 160;

/// A name that articles have and no dictionary does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Suggestion {
    /// As the articles write it.
    pub name: String,
    /// Other spellings and short forms that articles introduce.
    pub aliases: Vec<String>,
    /// Its type, by the pattern that found it.
    #[serde(rename = "type")]
    pub kind: String,
    /// The file that its row belongs in.
    pub file: String,
    /// How often it stands in the articles.
    pub mentions: usize,
    /// In how many articles.
    pub articles: usize,
    /// Relations and signings that it has part in.
    pub facts: usize,
    /// An entry of the type that has nearly this name: perhaps it is an alias of that one.
    pub similar: Option<String>,
    /// A sentence with the name.
    pub sentence: String,
    /// The article of the sentence.
    pub source: String,
}

/// Collects what records name and no dictionary has.
#[derive(Debug, Default)]
pub struct Suggestions {
    found: BTreeMap<(String, String), Found>,
}

#[derive(Debug, Default)]
struct Found {
    forms: BTreeMap<String, usize>,
    articles: BTreeSet<String>,
    mentions: usize,
    facts: usize,
    example: Option<(String, String)>,
}

fn fold(form: &str) -> String {
    form.chars().filter_map(fold_char).collect()
}

impl Suggestions {
    /// Takes a record; O(entities + facts).
    pub fn add(&mut self, record: &Record) {
        for entity in record.entities.iter().filter(|e| !e.known) {
            let key = (entity.kind.to_string(), fold(&entity.name));
            let found = self.found.entry(key).or_default();
            *found.forms.entry(entity.name.to_string()).or_default() += 1;
            for mention in &entity.mentions {
                *found.forms.entry(mention.text.clone()).or_default() += 1;
            }
            found.mentions += entity.mentions.len();
            found.articles.insert(record.source.clone());
            found.facts += record
                .relations
                .iter()
                .filter(|r| *r.relation != *crate::relation::CO_OCCURS)
                .filter(|r| r.subject == entity.id || r.object == entity.id)
                .count();
            let signed = |a: &&crate::record::AgreementRecord| a.parties.contains(&entity.id);
            found.facts += record.agreements.iter().filter(signed).count();
            let sentence = entity
                .mentions
                .first()
                .and_then(|m| record.sentences.get(m.sentence));
            if let Some(sentence) = sentence {
                let length = sentence.end.saturating_sub(sentence.start);
                let text = record.text.chars().skip(sentence.start);
                let mut text: String = text.take(length.min(LONGEST)).collect();
                if length > LONGEST {
                    text.push('…');
                }
                let example = (record.source.clone(), text);
                // The first by source, whatever the order of the records.
                if found.example.as_ref().is_none_or(|old| example < *old) {
                    found.example = Some(example);
                }
            }
        }
    }

    /// The suggestions: those of most articles first, then of most facts, then of most mentions.
    ///
    /// O(suggestions × entries of the type).
    pub fn finish(self, dictionary: &Dictionary) -> Vec<Suggestion> {
        let mut suggestions: Vec<Suggestion> = self
            .found
            .into_iter()
            .map(|((kind, folded), found)| {
                // The spelling used most; of two, the first in the alphabet.
                let most = found
                    .forms
                    .iter()
                    .filter(|(form, _)| fold(form) == folded)
                    .max_by_key(|&(form, n)| (n, std::cmp::Reverse(form)));
                let name = most.map_or(folded.clone(), |(form, _)| form.clone());
                let mut aliases: Vec<String> = Vec::new();
                for form in found.forms.into_keys().filter(|form| fold(form) != folded) {
                    if aliases.iter().all(|a| fold(a) != fold(&form)) {
                        aliases.push(form);
                    }
                }
                let (source, sentence) = found.example.unwrap_or_default();
                Suggestion {
                    similar: similar(&folded, &kind, dictionary),
                    name,
                    aliases,
                    file: file(&kind, dictionary),
                    kind,
                    mentions: found.mentions,
                    articles: found.articles.len(),
                    facts: found.facts,
                    sentence,
                    source,
                }
            })
            .collect();
        suggestions.sort_by(|a, b| {
            let rank = |s: &Suggestion| std::cmp::Reverse((s.articles, s.facts, s.mentions));
            (rank(a), &a.name, &a.kind).cmp(&(rank(b), &b.name, &b.kind))
        });
        suggestions
    }
}

/// The file that entries of a type come from.
fn file(kind: &str, dictionary: &Dictionary) -> String {
    let of_kind = |e: &&crate::dictionary::Entry| dictionary.type_name(e.kind) == kind;
    let entry = dictionary.entries().iter().find(of_kind);
    entry.map_or_else(|| format!("{kind}.csv"), |e| e.place.0.to_string())
}

/// The entry of the type whose name is nearest, if it is near.
fn similar(folded: &str, kind: &str, dictionary: &Dictionary) -> Option<String> {
    let mut best: Option<(f64, &str)> = None;
    for entry in dictionary.entries() {
        if dictionary.type_name(entry.kind) != kind {
            continue;
        }
        for form in entry.names() {
            let near = strsim::jaro_winkler(folded, &fold(form));
            if near >= ALIKE && best.is_none_or(|(score, _)| near > score) {
                best = Some((near, &entry.id));
            }
        }
    }
    best.map(|(_, id)| id.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::{EntityRecord, MentionRecord, SentenceSpan};

    fn record(source: &str, name: &str, known: bool, spelled: &str) -> Record {
        Record {
            source: source.to_owned(),
            text: format!("{spelled}가 문을 열었다."),
            sentences: vec![SentenceSpan { start: 0, end: 9 }],
            entities: vec![EntityRecord {
                id: format!("company:{name}").into(),
                name: name.into(),
                kind: "company".into(),
                known,
                mentions: vec![MentionRecord {
                    start: 0,
                    end: 4,
                    text: spelled.to_owned(),
                    sentence: 0,
                }],
            }],
            ..Record::default()
        }
    }

    #[test]
    fn what_more_articles_name_comes_first_and_what_is_known_not_at_all() {
        let dictionary = Dictionary::embedded().unwrap();
        let mut suggestions = Suggestions::default();
        suggestions.add(&record("1", "가온전산", false, "가온전산"));
        suggestions.add(&record("2", "누리정공업", false, "누리정공업"));
        suggestions.add(&record("3", "누리정공업", false, "누리 정공업"));
        suggestions.add(&record("4", "포스코", true, "포스코"));
        let found = suggestions.finish(&dictionary);
        let names: Vec<&str> = found.iter().map(|s| s.name.as_str()).collect();
        assert_eq!(names, ["누리정공업", "가온전산"]);
        assert_eq!((found[0].articles, found[0].mentions), (2, 2));
        assert_eq!(found[0].file, "companies.csv");
        assert!(found[0].sentence.starts_with("누리정공업"));
    }
}
