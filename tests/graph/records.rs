//! Records to test with.

use ieum::graph::{Builder, Graph, NoFacts};
use ieum::record::{
    AgreementRecord, EntityRecord, MentionRecord, Record, RelationRecord, SentenceSpan,
};
use ieum::relation::Status;

/// A record whose text is `sentences`, one after the other.
pub fn article(source: &str, published: &str, sentences: &[&str]) -> Record {
    let mut record = Record {
        source: source.to_owned(),
        published: published.parse().ok(),
        ..Record::default()
    };
    for sentence in sentences {
        let start = record.text.chars().count();
        record.text.push_str(sentence);
        let end = record.text.chars().count();
        record.text.push(' ');
        record.sentences.push(SentenceSpan { start, end });
    }
    record
}

/// Statements, one after the other.
pub trait Says: Sized {
    /// Names the entity `id` as `form`.
    fn names(self, id: &str, form: &str) -> Self;
    /// States a relation in a sentence.
    fn states(self, subject: &str, relation: &str, object: &str, sentence: usize) -> Self;
    /// States a relation as a plan.
    fn plans(self, subject: &str, relation: &str, object: &str, sentence: usize) -> Self;
    /// Tells of a signing.
    fn signs(self, date: &str, parties: &[&str], about: &[&str]) -> Self;
}

impl Says for Record {
    fn names(mut self, id: &str, form: &str) -> Self {
        let (kind, name) = id.split_once(':').expect("a type");
        let mut mentions = Vec::new();
        for (byte, _) in self.text.match_indices(form) {
            let start = self.text[..byte].chars().count();
            let end = start + form.chars().count();
            let sentence = self
                .sentences
                .iter()
                .position(|s| s.end >= end)
                .unwrap_or(0);
            mentions.push(MentionRecord {
                start,
                end,
                text: form.to_owned(),
                sentence,
            });
        }

        self.entities.push(EntityRecord {
            id: id.into(),
            name: name.into(),
            kind: kind.into(),
            known: true,
            mentions,
        });
        self
    }

    fn states(mut self, subject: &str, relation: &str, object: &str, sentence: usize) -> Self {
        self.relations.push(RelationRecord {
            subject: subject.into(),
            relation: relation.into(),
            object: object.into(),
            status: Status::Done,
            date: None,
            sentence,
        });
        self
    }

    fn plans(self, subject: &str, relation: &str, object: &str, sentence: usize) -> Self {
        let mut record = self.states(subject, relation, object, sentence);
        if let Some(last) = record.relations.last_mut() {
            last.status = Status::Planned;
        }
        record
    }

    fn signs(mut self, date: &str, parties: &[&str], about: &[&str]) -> Self {
        let own = |ids: &[&str]| ids.iter().map(|&id| id.into()).collect();
        self.agreements.push(AgreementRecord {
            parties: own(parties),
            about: own(about),
            status: Status::Done,
            date: date.parse().ok(),
            sentence: 0,
        });
        self
    }
}

/// The graph of records, without a dictionary.
pub fn graph<'a>(records: impl IntoIterator<Item = &'a Record>) -> Graph {
    let mut builder = Builder::new();
    for record in records {
        builder.add(record);
    }
    builder.finish(&NoFacts)
}

/// One article with a bit of everything.
pub fn iksan() -> Record {
    article(
        "a.txt",
        "2024-08-01",
        &[
            "익산시는 이리공고와 협약했다.",
            "익산시는 교육발전특구로 선정됐다.",
        ],
    )
    .names("city:익산시", "익산시")
    .names("school:이리공업고등학교", "이리공고")
    .names("program:교육발전특구", "교육발전특구")
    .states("city:익산시", "selected_for", "program:교육발전특구", 1)
    .states("school:이리공업고등학교", "co_occurs", "city:익산시", 0)
    .signs(
        "2024-07-31",
        &["city:익산시", "school:이리공업고등학교"],
        &[],
    )
}
