//! Collects records; merges with other collections.

use std::collections::{HashMap, HashSet};
use std::fs::File;

use jiff::civil::Date;

use super::clean::clean;
use super::digest::digest;
use super::facts::Facts;
use super::finish;
use super::intern::Interner;
use super::model::{Graph, Reading};
use super::signature::Signature;
use super::texts::Texts;
use crate::record::Record;
use crate::relation::{CO_OCCURS, Status};

/// Records on their way to a graph. Of a text it keeps the sentences that serve as evidence, not more.
///
/// Adding and merging are associative and commutative: whatever the order and the grouping, the same records give
/// the same [`Graph`]. A record that comes twice counts once.
#[derive(Debug, Clone, Default)]
pub struct Builder {
    pub(super) strings: Interner,
    pub(super) texts: Texts,
    pub(super) articles: Vec<Entry>,
    pub(super) signatures: Vec<Signature>,
    known: HashSet<(u32, u64)>,
    by_whole: HashMap<u64, u32>,
}

/// One article. Numbers are of [`Builder::strings`], where nothing else is said.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    pub source: u32,
    /// The hash of the whole record.
    pub digest: u64,
    pub title: Option<u32>,
    pub published: Option<Date>,
    pub outlet: Option<u32>,
    pub url: Option<u32>,
    pub encoding: u32,
    pub problem: u32,
    pub status: Reading,
    /// How many relations and signings the text states.
    pub stated: u32,
    /// Index into [`Builder::signatures`].
    pub signature: Option<u32>,
    pub entities: Box<[Named]>,
    pub forms: Box<[Form]>,
    pub relations: Box<[Stated]>,
    pub agreements: Box<[Reported]>,
    /// By number.
    pub quotes: Box<[Quote]>,
}

/// An entity that an article names.
#[derive(Debug, Clone, Copy)]
pub(super) struct Named {
    pub id: u32,
    pub name: u32,
    pub kind: u32,
    pub known: bool,
    pub mentions: u32,
}

/// A form under which an article names an entity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Form {
    pub id: u32,
    pub text: u32,
    pub count: u32,
}

#[derive(Debug, Clone, Copy)]
pub(super) struct Stated {
    pub subject: u32,
    pub kind: u32,
    pub object: u32,
    pub status: Status,
    pub date: Option<Date>,
    pub sentence: u32,
}

#[derive(Debug, Clone)]
pub(super) struct Reported {
    pub parties: Box<[u32]>,
    pub about: Box<[u32]>,
    pub status: Status,
    pub date: Option<Date>,
    pub sentence: u32,
}

/// A sentence that serves as evidence; `text` is a number of [`Builder::texts`].
#[derive(Debug, Clone, Copy)]
pub(super) struct Quote {
    pub number: u32,
    pub start: u32,
    pub end: u32,
    pub text: u32,
}

impl Builder {
    /// Nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Keeps no more than about `limit` bytes of the sentences in memory, and the others in `file`, which has to be empty
    /// and nobody else's. The graph is the same; it holds on to the file. Where that cannot be written, memory has to
    /// do. A clone keeps what it adds in memory.
    pub fn overflow_into(&mut self, file: File, limit: usize) {
        self.texts.overflow_into(file, limit);
    }

    /// How many articles there are.
    pub fn len(&self) -> usize {
        self.articles.len()
    }

    /// True before the first article.
    pub fn is_empty(&self) -> bool {
        self.articles.is_empty()
    }

    /// Adds one record. O(length of its text); keeps about a tenth of the text and the sentences that its
    /// relations rest on.
    pub fn add(&mut self, record: &Record) {
        let encoding = record.encoding.as_str();
        let source = self.strings.add(&record.source);
        let digest = digest(record, encoding);
        if !self.known.insert((source, digest)) {
            return;
        }
        let signature = Signature::of(&record.text, record.title.as_deref());
        let strings = &mut self.strings;
        let status = match (record.text.trim().is_empty(), record.problems.is_empty()) {
            (true, _) => Reading::Failed,
            (false, false) => Reading::Partial,
            (false, true) => Reading::Ok,
        };
        let typed = record
            .relations
            .iter()
            .filter(|r| *r.relation != *CO_OCCURS);
        let stated = typed.count() + record.agreements.len();
        let mut entry = Entry {
            source,
            digest,
            title: record.title.as_deref().map(|x| strings.add(x)),
            published: record.published,
            outlet: record.outlet.as_deref().map(|x| strings.add(x)),
            url: record.url.as_deref().map(|x| strings.add(x)),
            encoding: strings.add(encoding),
            problem: strings.add(&record.problems.join("; ")),
            status,
            stated: stated as u32,
            signature: None,
            entities: Box::default(),
            forms: Box::default(),
            relations: Box::default(),
            agreements: Box::default(),
            quotes: Box::default(),
        };
        self.add_names(record, &mut entry);
        self.add_statements(record, &mut entry);
        self.add_quotes(record, &mut entry);
        entry.signature = signature.map(|signature| self.signature(signature));
        self.articles.push(entry);
    }

    fn add_names(&mut self, record: &Record, entry: &mut Entry) {
        let mut entities = Vec::with_capacity(record.entities.len());
        let mut forms: Vec<Form> = Vec::new();
        for entity in &record.entities {
            let id = self.strings.add(&clean(&entity.id));
            entities.push(Named {
                id,
                name: self.strings.add(&clean(&entity.name)),
                kind: self.strings.add(&clean(&entity.kind)),
                known: entity.known,
                mentions: entity.mentions.len() as u32,
            });
            for mention in &entity.mentions {
                let text = self.strings.add(&mention.text);
                match forms.iter_mut().find(|f| (f.id, f.text) == (id, text)) {
                    Some(known) => known.count += 1,
                    None => forms.push(Form { id, text, count: 1 }),
                }
            }
        }
        entry.entities = entities.into();
        entry.forms = forms.into();
    }

    fn add_statements(&mut self, record: &Record, entry: &mut Entry) {
        let strings = &mut self.strings;
        let stated = record.relations.iter().map(|relation| Stated {
            subject: strings.add(&clean(&relation.subject)),
            kind: strings.add(&clean(&relation.relation)),
            object: strings.add(&clean(&relation.object)),
            status: relation.status,
            date: relation.date,
            sentence: u32::try_from(relation.sentence).unwrap_or(u32::MAX),
        });
        entry.relations = stated.collect();
        let reported = record.agreements.iter().map(|agreement| Reported {
            parties: agreement
                .parties
                .iter()
                .map(|x| strings.add(&clean(x)))
                .collect(),
            about: agreement
                .about
                .iter()
                .map(|x| strings.add(&clean(x)))
                .collect(),
            status: agreement.status,
            date: agreement.date,
            sentence: u32::try_from(agreement.sentence).unwrap_or(u32::MAX),
        });
        entry.agreements = reported.collect();
        self.add_unnamed(entry);
    }

    /// Makes what a statement speaks of an entity, also where the record does not list it.
    fn add_unnamed(&mut self, entry: &mut Entry) {
        let relations = entry.relations.iter().flat_map(|r| [r.subject, r.object]);
        let agreements = entry
            .agreements
            .iter()
            .flat_map(|a| a.parties.iter().chain(&a.about));
        let mut ids: Vec<u32> = relations.chain(agreements.copied()).collect();
        ids.sort_unstable();
        ids.dedup();
        ids.retain(|id| entry.entities.iter().all(|named| named.id != *id));
        if ids.is_empty() {
            return;
        }
        // By text: numbers depend on what was read before.
        ids.sort_unstable_by(|a, b| self.strings.get(*a).cmp(self.strings.get(*b)));
        let mut entities = std::mem::take(&mut entry.entities).into_vec();
        for id in ids {
            let text = self.strings.get(id).to_owned();
            let (kind, name) = text.split_once(':').unwrap_or(("", &text));
            let name = name.split_once(" (").map_or(name, |(name, _)| name);
            let (name, kind) = (self.strings.add(name), self.strings.add(kind));
            entities.push(Named {
                id,
                name,
                kind,
                known: false,
                mentions: 0,
            });
        }
        entry.entities = entities.into();
    }

    /// Keeps the sentences that the article's statements rest on. One walk over the text.
    fn add_quotes(&mut self, record: &Record, entry: &mut Entry) {
        let relations = entry.relations.iter().map(|r| r.sentence);
        let agreements = entry.agreements.iter().map(|a| a.sentence);
        let mut numbers: Vec<u32> = relations.chain(agreements).collect();
        numbers.sort_unstable();
        numbers.dedup();
        let span = |number: u32| record.sentences.get(number as usize).map(|s| (number, s));
        let spans: Vec<_> = numbers.into_iter().filter_map(span).collect();
        let mut wanted: Vec<usize> = spans.iter().flat_map(|(_, s)| [s.start, s.end]).collect();
        wanted.sort_unstable();
        wanted.dedup();
        let mut bytes = Vec::with_capacity(wanted.len());
        let mut starts = record.text.char_indices().map(|(byte, _)| byte);
        let mut passed = 0;
        for &place in &wanted {
            bytes.push(starts.nth(place - passed).unwrap_or(record.text.len()));
            passed = place + 1;
        }
        let byte = |place: usize| wanted.binary_search(&place).map_or(0, |at| bytes[at]);
        let mut quotes = Vec::with_capacity(spans.len());
        for (number, span) in spans {
            let text = record.text.get(byte(span.start)..byte(span.end));
            quotes.push(Quote {
                number,
                start: span.start as u32,
                end: span.end as u32,
                text: self.texts.add(text.unwrap_or_default()),
            });
        }
        entry.quotes = quotes.into();
    }

    /// The number of a signature; equal texts share one.
    fn signature(&mut self, signature: Signature) -> u32 {
        let place = self.signatures.len() as u32;
        match self.by_whole.get(&signature.whole) {
            Some(&known) if self.signatures[known as usize] == signature => known,
            _ => {
                self.push_signature(signature);
                place
            }
        }
    }

    /// Adds a signature that was not there before.
    pub(super) fn push_signature(&mut self, signature: Signature) {
        self.by_whole
            .insert(signature.whole, self.signatures.len() as u32);
        self.signatures.push(signature);
    }

    /// Adds an article whose numbers are this builder's. False where it is there already.
    pub(super) fn push_entry(&mut self, entry: Entry) -> bool {
        let new = self.known.insert((entry.source, entry.digest));
        if new {
            self.articles.push(entry);
        }
        new
    }

    /// Adds all articles of `other`. O(size of `other`).
    pub fn merge(&mut self, other: Self) {
        if self.is_empty() && !self.texts.overflows() {
            *self = other;
            return;
        }
        let strings = self.strings.merge(&other.strings);
        let texts = self.texts.merge(&other.texts);
        let string = |place: &mut u32| *place = strings[*place as usize];
        let mut signatures: Vec<Option<Signature>> =
            other.signatures.into_iter().map(Some).collect();
        let mut places: Vec<u32> = vec![0; signatures.len()];
        for mut entry in other.articles {
            string(&mut entry.source);
            if !self.known.insert((entry.source, entry.digest)) {
                continue;
            }
            if let Some(place) = &mut entry.signature {
                let at = *place as usize;
                if let Some(signature) = signatures[at].take() {
                    places[at] = self.signature(signature);
                }
                *place = places[at];
            }
            let texts_of = [&mut entry.title, &mut entry.outlet, &mut entry.url];
            texts_of.into_iter().flatten().for_each(string);
            string(&mut entry.encoding);
            string(&mut entry.problem);
            for named in &mut entry.entities {
                string(&mut named.id);
                string(&mut named.name);
                string(&mut named.kind);
            }
            for form in &mut entry.forms {
                string(&mut form.id);
                string(&mut form.text);
            }
            for relation in &mut entry.relations {
                string(&mut relation.subject);
                string(&mut relation.kind);
                string(&mut relation.object);
            }
            for agreement in &mut entry.agreements {
                agreement.parties.iter_mut().for_each(string);
                agreement.about.iter_mut().for_each(string);
            }
            for quote in &mut entry.quotes {
                quote.text = texts[quote.text as usize];
            }
            self.articles.push(entry);
        }
    }

    /// What the graph is made of; how to find what is there already goes.
    pub(super) fn into_parts(self) -> (Interner, Texts, Vec<Entry>, Vec<Signature>) {
        (self.strings, self.texts, self.articles, self.signatures)
    }

    /// The graph of all articles, with what `facts` knows about the entities that they name.
    ///
    /// O(n log n) in the number of statements.
    pub fn finish(self, facts: &dyn Facts) -> Graph {
        finish::graph(self, facts)
    }
}
