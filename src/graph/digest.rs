//! Tells one record from another.

use jiff::civil::Date;

use super::hash::Hasher;
use crate::record::Record;

/// A hash of all that the record says.
pub fn digest(record: &Record, encoding: &str) -> u64 {
    let mut hasher = Hasher::default();
    let date = |hasher: &mut Hasher, date: Option<Date>| {
        let number =
            |d: Date| i64::from(d.year()) * 512 + i64::from(d.month()) * 32 + i64::from(d.day());
        hasher.number(date.map_or(u64::MAX, |d| number(d).cast_unsigned()));
    };
    hasher.text(&record.source);
    hasher.option(record.title.as_deref());
    date(&mut hasher, record.published);
    hasher.option(record.outlet.as_deref());
    hasher.option(record.url.as_deref());
    hasher.text(&record.text);
    hasher.text(encoding);
    hasher.number(record.sentences.len() as u64);
    for span in &record.sentences {
        hasher.number(span.start as u64);
        hasher.number(span.end as u64);
    }
    hasher.number(record.entities.len() as u64);
    for entity in &record.entities {
        hasher.text(&entity.id);
        hasher.text(&entity.name);
        hasher.text(&entity.kind);
        hasher.number(u64::from(entity.known));
        hasher.number(entity.mentions.len() as u64);
        for mention in &entity.mentions {
            hasher.number(mention.start as u64);
            hasher.number(mention.sentence as u64);
            hasher.text(&mention.text);
        }
    }
    hasher.number(record.relations.len() as u64);
    for relation in &record.relations {
        hasher.text(&relation.subject);
        hasher.text(&relation.relation);
        hasher.text(&relation.object);
        hasher.number(relation.status as u64);
        date(&mut hasher, relation.date);
        hasher.number(relation.sentence as u64);
    }
    hasher.number(record.agreements.len() as u64);
    for agreement in &record.agreements {
        for ids in [&agreement.parties, &agreement.about] {
            hasher.number(ids.len() as u64);
            for id in ids {
                hasher.text(id);
            }
        }
        hasher.number(agreement.status as u64);
        date(&mut hasher, agreement.date);
        hasher.number(agreement.sentence as u64);
    }
    hasher.number(record.problems.len() as u64);
    for problem in &record.problems {
        hasher.text(problem);
    }
    hasher.finish()
}
