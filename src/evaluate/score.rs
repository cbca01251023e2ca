//! Counting: records against gold.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use serde::Serialize;

use super::gold::{Day, Gold, GoldArticle, article_name};
use super::interval::{self, Intervals};
use super::key;
use crate::article;
use crate::dictionary::is_letter;
use crate::record::Record;
use crate::relation::{CO_OCCURS, Status};

/// The entity types that always have a row; others have one where they occur.
const TYPES: [&str; 5] = ["city", "company", "organization", "program", "school"];

/// What was reported, what of it is right, and what the gold has.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Reported and in the gold.
    pub right: usize,
    /// Reported.
    pub reported: usize,
    /// In the gold.
    pub gold: usize,
}

impl Counts {
    fn of<T: Ord>(got: &BTreeSet<T>, want: &BTreeSet<T>) -> Self {
        Self {
            right: got.intersection(want).count(),
            reported: got.len(),
            gold: want.len(),
        }
    }

    pub(super) fn add(&mut self, other: Self) {
        self.right += other.right;
        self.reported += other.reported;
        self.gold += other.gold;
    }

    /// How much of what was reported is right; 1 where nothing was.
    pub fn precision(self) -> f64 {
        share(self.right, self.reported)
    }

    /// How much of the gold was reported; 1 where there is none.
    pub fn recall(self) -> f64 {
        share(self.right, self.gold)
    }

    /// The harmonic mean of both.
    pub fn f1(self) -> f64 {
        let (precision, recall) = (self.precision(), self.recall());
        if precision + recall == 0.0 {
            return 0.0;
        }
        2.0 * precision * recall / (precision + recall)
    }
}

fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 {
        return 1.0;
    }
    part as f64 / whole as f64
}

/// What a row of figures is about, in the order of the rows.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Label {
    Entities,
    Type(String),
    Relations,
    Relation(String),
    Parties,
}

/// One row of figures.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Row {
    /// `entities`, `relations`, `parties`, or the type or relation.
    pub name: String,
    /// Of what it is a part: `entities` for a type, `relations` for a relation.
    pub of: Option<&'static str>,
    /// How much of what was reported is right.
    pub precision: f64,
    /// How much of the gold was reported.
    pub recall: f64,
    /// The harmonic mean of both.
    pub f1: f64,
    /// What they are made of.
    #[serde(flatten)]
    pub counts: Counts,
    /// How far they would move with other articles.
    pub intervals: Intervals,
}

/// So many of so many.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Share {
    /// So many.
    pub count: usize,
    /// Of so many.
    pub of: usize,
}

impl Share {
    fn count(&mut self, right: bool) {
        self.count += usize::from(right);
        self.of += 1;
    }
}

/// One thing in which a record and its gold differ.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// The article's name.
    pub article: String,
    /// `extra` for what only the record has, `missed` for what only the gold has.
    pub side: &'static str,
    /// `entity`, `relation`, `party`, `entity (leak)`, `title`, `date`, `sentence`.
    pub what: &'static str,
    /// Its parts: name and type; subject, relation and object.
    pub fact: Vec<String>,
}

impl std::fmt::Display for Difference {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let fact = self.fact.join(" / ");
        write!(f, "{}: {} {}: {fact}", self.article, self.side, self.what)
    }
}

/// Everything that is measured.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Evaluation {
    /// Gold articles.
    pub articles: usize,
    /// The figures, in the order in which they are shown.
    pub rows: Vec<Row>,
    /// Names that stand outside the article and were reported.
    pub leaks: Share,
    /// Headlines that are right, of those that the gold has.
    pub titles: Share,
    /// Days of publication that are right, of those that the gold has.
    pub dates: Share,
    /// Sentences of the main text that the gold's text has, of those that were kept; where the gold has one.
    pub text_precision: Share,
    /// Sentences of the gold's text that were kept.
    pub text_recall: Share,
    /// Gold articles without a record.
    pub missing: Vec<String>,
    /// Where records and gold differ, article by article.
    pub differences: Vec<Difference>,
}

/// What counts of one record.
#[derive(Debug, Default)]
struct Facts {
    entities: BTreeSet<(String, String)>,
    relations: BTreeSet<(String, String, String)>,
    signings: Vec<BTreeSet<String>>,
    title: Option<String>,
    published: Option<String>,
    text: String,
}

/// Takes records and scores them against the gold.
#[derive(Debug)]
pub struct Scorer {
    gold: Gold,
    names: HashSet<String>,
    found: HashMap<String, Record>,
}

impl Scorer {
    /// A scorer that has no record yet.
    pub fn new(gold: Gold) -> Self {
        let names = gold.articles.iter().map(|a| a.name.clone()).collect();
        Self {
            gold,
            names,
            found: HashMap::new(),
        }
    }

    /// Takes a record; it is kept only where there is gold for it. A later one takes an earlier one's place.
    pub fn add(&mut self, record: Record) {
        let name = article_name(&record.source);
        if self.names.contains(&name) {
            self.found.insert(name, record);
        }
    }

    /// Counts; O(gold + records + 1,000 · articles · rows).
    pub fn finish(self) -> Evaluation {
        let mut evaluation = Evaluation {
            articles: self.gold.articles.len(),
            ..Evaluation::default()
        };
        let mut counts: BTreeMap<Label, Vec<Counts>> = BTreeMap::new();
        let articles = self.gold.articles.len();
        for (number, gold) in self.gold.articles.iter().enumerate() {
            let record = self.found.get(&gold.name);
            if record.is_none() {
                evaluation.missing.push(gold.name.clone());
            }
            let facts = record.map(|r| Facts::new(r, gold)).unwrap_or_default();
            let mut count = |label, of: Counts| {
                let row = counts
                    .entry(label)
                    .or_insert_with(|| vec![Counts::default(); articles]);
                row[number].add(of);
            };
            compare(&facts, gold, &mut count, &mut evaluation);
            if record.is_some() {
                page(&facts, gold, &mut evaluation);
            }
        }
        evaluation.rows = counts
            .into_iter()
            .map(|(label, of)| row(label, &of))
            .collect();
        evaluation
    }
}

fn row(label: Label, articles: &[Counts]) -> Row {
    let mut counts = Counts::default();
    for of in articles {
        counts.add(*of);
    }
    let (name, of) = match label {
        Label::Entities => ("entities".to_owned(), None),
        Label::Type(name) => (name, Some("entities")),
        Label::Relations => ("relations".to_owned(), None),
        Label::Relation(name) => (name, Some("relations")),
        Label::Parties => ("parties".to_owned(), None),
    };
    Row {
        name,
        of,
        precision: counts.precision(),
        recall: counts.recall(),
        f1: counts.f1(),
        counts,
        intervals: interval::of(articles),
    }
}

impl Facts {
    fn new(record: &Record, gold: &GoldArticle) -> Self {
        let mut names: HashMap<&str, String> = HashMap::new();
        for entity in &record.entities {
            let mut name = key(&entity.name);
            // `city:고성군 (강원특별자치도)` is another one than the gold's in 경상남도.
            if let Some(parent) = parent(&entity.id).map(key)
                && gold.places.get(&name).is_some_and(|place| *place != parent)
            {
                name = format!("{name}({parent})");
            }
            names.insert(&entity.id, name);
        }
        let name = |id: &str| names.get(id).cloned().unwrap_or_else(|| key(id));
        Self {
            entities: record
                .entities
                .iter()
                .map(|e| (name(&e.id), e.kind.to_string()))
                .collect(),
            relations: record
                .relations
                .iter()
                .filter(|r| *r.relation != *CO_OCCURS && r.status != Status::Dictionary)
                .map(|r| (name(&r.subject), r.relation.to_string(), name(&r.object)))
                .collect(),
            signings: record
                .agreements
                .iter()
                .filter(|a| a.status != Status::Planned)
                .map(|a| a.parties.iter().map(|p| name(p)).collect())
                .collect(),
            title: record.title.clone(),
            published: record.published.map(|day| day.to_string()),
            text: record.text.clone(),
        }
    }
}

/// What stands in the bracket at an id's end.
fn parent(id: &str) -> Option<&str> {
    let (_, rest) = id.split_once(" (")?;
    rest.strip_suffix(')').filter(|parent| !parent.is_empty())
}

/// Pairs of signings, greedily by what they share; one that is left over meets `nobody`.
fn pairs<'a>(
    got: &'a [BTreeSet<String>],
    want: &'a [BTreeSet<String>],
    nobody: &'a BTreeSet<String>,
) -> Vec<(&'a BTreeSet<String>, &'a BTreeSet<String>)> {
    let mut got: Vec<&BTreeSet<String>> = got.iter().collect();
    let mut want: Vec<&BTreeSet<String>> = want.iter().collect();
    let mut pairs = Vec::new();
    loop {
        let mut best = (0, 0, 0);
        for (i, g) in got.iter().enumerate() {
            for (j, w) in want.iter().enumerate() {
                let shared = g.intersection(w).count();
                if shared > best.0 {
                    best = (shared, i, j);
                }
            }
        }
        if best.0 == 0 {
            break;
        }
        pairs.push((got.remove(best.1), want.remove(best.2)));
    }
    pairs.extend(got.into_iter().map(|g| (g, nobody)));
    pairs.extend(want.into_iter().map(|w| (nobody, w)));
    pairs
}

/// Counts entities, relations, parties and leaks of one article.
fn compare(
    got: &Facts,
    want: &GoldArticle,
    count: &mut impl FnMut(Label, Counts),
    evaluation: &mut Evaluation,
) {
    let mut differ = |what, got: &BTreeSet<Vec<String>>, want_these: &BTreeSet<Vec<String>>| {
        for (side, facts) in [
            ("extra", got.difference(want_these)),
            ("missed", want_these.difference(got)),
        ] {
            evaluation.differences.extend(facts.map(|fact| Difference {
                article: want.name.clone(),
                side,
                what,
                fact: fact.clone(),
            }));
        }
    };
    count(Label::Entities, Counts::of(&got.entities, &want.entities));
    let kinds: BTreeSet<&str> = (got.entities.iter().chain(&want.entities))
        .map(|(_, kind)| kind.as_str())
        .chain(TYPES)
        .collect();
    for kind in kinds {
        let of = |facts: &BTreeSet<(String, String)>| -> BTreeSet<String> {
            let these = facts.iter().filter(|(_, k)| k == kind);
            these.map(|(name, _)| name.clone()).collect()
        };
        count(
            Label::Type(kind.to_owned()),
            Counts::of(&of(&got.entities), &of(&want.entities)),
        );
    }
    let pair = |(name, kind): &(String, String)| vec![name.clone(), kind.clone()];
    differ(
        "entity",
        &got.entities.iter().map(pair).collect(),
        &want.entities.iter().map(pair).collect(),
    );
    count(
        Label::Relations,
        Counts::of(&got.relations, &want.relations),
    );
    let kinds: BTreeSet<&str> = (got.relations.iter().chain(&want.relations))
        .map(|(_, kind, _)| kind.as_str())
        .collect();
    for kind in kinds {
        let of = |facts: &BTreeSet<(String, String, String)>| -> BTreeSet<(String, String)> {
            let these = facts.iter().filter(|(_, k, _)| k == kind);
            these.map(|(s, _, o)| (s.clone(), o.clone())).collect()
        };
        count(
            Label::Relation(kind.to_owned()),
            Counts::of(&of(&got.relations), &of(&want.relations)),
        );
    }
    let triple = |(s, r, o): &(String, String, String)| vec![s.clone(), r.clone(), o.clone()];
    differ(
        "relation",
        &got.relations.iter().map(triple).collect(),
        &want.relations.iter().map(triple).collect(),
    );
    let nobody = BTreeSet::new();
    for (g, w) in pairs(&got.signings, &want.signings, &nobody) {
        count(Label::Parties, Counts::of(g, w));
        let one = |names: &BTreeSet<String>| names.iter().map(|n| vec![n.clone()]).collect();
        differ("party", &one(g), &one(w));
    }
    let names: BTreeSet<&String> = got.entities.iter().map(|(name, _)| name).collect();
    let leaked: BTreeSet<Vec<String>> = want
        .absent
        .iter()
        .filter(|name| names.contains(name))
        .map(|name| vec![name.clone()])
        .collect();
    differ("entity (leak)", &leaked, &BTreeSet::new());
    evaluation.leaks.count += leaked.len();
    evaluation.leaks.of += want.absent.len();
}

/// Counts headline, day and main text of one article that has a record.
fn page(got: &Facts, want: &GoldArticle, evaluation: &mut Evaluation) {
    let mut differ = |what, got: Option<&str>, want_this: Option<&str>| {
        for (side, value) in [("extra", got), ("missed", want_this)] {
            evaluation.differences.extend(value.map(|value| Difference {
                article: want.name.clone(),
                side,
                what,
                fact: vec![value.to_owned()],
            }));
        }
    };
    if let Some(title) = &want.title {
        let right = got.title.as_deref().map(key) == Some(key(title));
        evaluation.titles.count(right);
        if !right {
            differ("title", got.title.as_deref(), Some(title));
        }
    }
    let day = match &want.published {
        Day::NotSaid => None,
        Day::Nowhere => Some(None),
        Day::On(day) => Some(Some(day.as_str())),
    };
    if let Some(day) = day {
        let found = got.published.as_deref();
        evaluation.dates.count(found == day);
        if found != day {
            differ("date", found, day);
        }
    }
    if let Some(text) = &want.text {
        let name = &want.name;
        let (got, want) = (sentences(&got.text), sentences(text));
        let (right, missed) = match_up(&got, &want);
        evaluation.text_precision.count += right;
        evaluation.text_precision.of += got.len();
        evaluation.text_recall.count += right;
        evaluation.text_recall.of += want.len();
        let extra = match_up(&want, &got).1;
        for (side, left) in [("extra", extra), ("missed", missed)] {
            evaluation
                .differences
                .extend(left.into_iter().map(|sentence| Difference {
                    article: name.clone(),
                    side,
                    what: "sentence",
                    fact: vec![sentence],
                }));
        }
    }
}

/// The sentences of a text, cut by the same rules on either side.
fn sentences(text: &str) -> Vec<String> {
    article::sentences(text)
        .into_iter()
        .map(|sentence| text[sentence.span].to_owned())
        .collect()
}

/// How many of `wanted` stand in `got`, each as often as there, and those that do not; spaces and signs aside.
fn match_up(got: &[String], wanted: &[String]) -> (usize, Vec<String>) {
    let letters =
        |text: &String| -> String { key(text).chars().filter(|&c| is_letter(c)).collect() };
    let mut left: HashMap<String, usize> = HashMap::new();
    for sentence in got {
        *left.entry(letters(sentence)).or_default() += 1;
    }
    let mut right = 0;
    let mut missed = Vec::new();
    for sentence in wanted {
        match left.get_mut(&letters(sentence)) {
            Some(n) if *n > 0 => {
                *n -= 1;
                right += 1;
            }
            _ => missed.push(sentence.clone()),
        }
    }
    (right, missed)
}
