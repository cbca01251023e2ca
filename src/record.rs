//! The extraction record: what one article says, one JSON line.

use std::sync::Arc;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::article::Article;
use crate::dictionary::Dictionary;
use crate::mention::Mentions;
use crate::relation::{Relations, Status};

/// What `ieum extract` prints for one article. Offsets count Unicode scalar values in `text`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// Where the article came from.
    pub source: String,
    /// Its headline.
    pub title: Option<String>,
    /// The day of publication.
    pub published: Option<Date>,
    /// The medium.
    pub outlet: Option<String>,
    /// The address.
    pub url: Option<String>,
    /// The main text, as recognised (NFC, without zero-width characters).
    pub text: String,
    /// The sentences of `text`.
    pub sentences: Vec<SentenceSpan>,
    /// Each entity once, in order of its first mention.
    pub entities: Vec<EntityRecord>,
    /// What the text states, and `co_occurs` for the rest.
    pub relations: Vec<RelationRecord>,
    /// The signings.
    pub agreements: Vec<AgreementRecord>,
    /// What could not be used, and why.
    pub problems: Vec<String>,
    /// The encoding that the bytes were in; empty where there is no page behind the record.
    #[serde(default)]
    pub encoding: String,
}

/// A sentence's place: Unicode scalar values in [`Record::text`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct SentenceSpan {
    /// Where it begins.
    pub start: usize,
    /// Where it has ended.
    pub end: usize,
}

/// An entity that the article names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntityRecord {
    /// `type:name`, with ` (parent)` after a name that several entities share.
    pub id: Arc<str>,
    /// The canonical name.
    pub name: Arc<str>,
    /// Its type.
    #[serde(rename = "type")]
    pub kind: Arc<str>,
    /// False for a name that no dictionary has.
    pub known: bool,
    /// Where it stands.
    pub mentions: Vec<MentionRecord>,
}

/// One mention: Unicode scalar values in [`Record::text`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MentionRecord {
    /// Where it begins.
    pub start: usize,
    /// Where it has ended.
    pub end: usize,
    /// The text there.
    pub text: String,
    /// Index into [`Record::sentences`].
    pub sentence: usize,
}

/// A relation between two entities, by id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RelationRecord {
    /// Id of the subject.
    pub subject: Arc<str>,
    /// The relation.
    pub relation: Arc<str>,
    /// Id of the object.
    pub object: Arc<str>,
    /// Fact or plan.
    pub status: Status,
    /// The day the text gives for the event.
    pub date: Option<Date>,
    /// Index into [`Record::sentences`].
    pub sentence: usize,
}

/// A signing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgreementRecord {
    /// Ids of the parties.
    pub parties: Vec<Arc<str>>,
    /// Ids of the programmes it is about.
    pub about: Vec<Arc<str>>,
    /// Signed, or only announced.
    pub status: Status,
    /// The day of the signing.
    pub date: Option<Date>,
    /// Index into [`Record::sentences`].
    pub sentence: usize,
}

impl Record {
    /// Puts together what the steps found, with offsets in Unicode scalar values; O(text + mentions).
    pub fn new(
        article: &Article,
        mentions: &Mentions,
        relations: &Relations,
        dictionary: &Dictionary,
    ) -> Self {
        let mut entities: Vec<EntityRecord> = mentions
            .entities
            .iter()
            .map(|e| EntityRecord {
                id: e.id.clone(),
                name: e.name.clone(),
                kind: dictionary.shared_type_name(e.kind).clone(),
                known: e.entry.is_some(),
                mentions: Vec::new(),
            })
            .collect();
        // One walk through the text: the mentions come in order, each within its sentence.
        let mut scalars = Scalars::new(&article.text);
        let mut named = mentions.mentions.iter().filter(|m| !m.reference).peekable();
        let mut sentences = Vec::with_capacity(article.sentences.len());
        for (sentence, place) in article.sentences.iter().enumerate() {
            let start = scalars.at(place.span.start);
            while let Some(mention) = named.next_if(|m| m.sentence == sentence) {
                entities[mention.entity].mentions.push(MentionRecord {
                    start: scalars.at(mention.span.start),
                    end: scalars.at(mention.span.end),
                    text: article.text[mention.span.clone()].to_owned(),
                    sentence,
                });
            }
            let end = scalars.at(place.span.end);
            sentences.push(SentenceSpan { start, end });
        }
        let id = |entity: usize| mentions.entities[entity].id.clone();
        Self {
            source: article.source.clone(),
            title: article.title.clone(),
            published: article.published,
            outlet: article.outlet.clone(),
            url: article.url.clone(),
            text: article.text.clone(),
            sentences,
            entities,
            relations: relations
                .relations
                .iter()
                .map(|r| RelationRecord {
                    subject: id(r.subject),
                    relation: r.kind.clone(),
                    object: id(r.object),
                    status: r.status,
                    date: r.date,
                    sentence: r.sentence,
                })
                .collect(),
            agreements: relations
                .agreements
                .iter()
                .map(|a| AgreementRecord {
                    parties: a.parties.iter().map(|&p| id(p)).collect(),
                    about: a.about.iter().map(|&p| id(p)).collect(),
                    status: a.status,
                    date: a.date,
                    sentence: a.sentence,
                })
                .collect(),
            problems: article.problems.clone(),
            encoding: article.encoding.to_owned(),
        }
    }
}

/// Turns byte offsets into Unicode scalar values; quick where the offsets rise.
struct Scalars<'a> {
    text: &'a str,
    byte: usize,
    scalar: usize,
}

impl<'a> Scalars<'a> {
    fn new(text: &'a str) -> Self {
        Self {
            text,
            byte: 0,
            scalar: 0,
        }
    }

    fn at(&mut self, byte: usize) -> usize {
        if byte < self.byte {
            (self.byte, self.scalar) = (0, 0);
        }
        self.scalar += self.text[self.byte..byte].chars().count();
        self.byte = byte;
        self.scalar
    }
}
