//! Rows back into the model.

use std::collections::HashMap;
use std::sync::Arc;

use jiff::civil::Date;
use rusqlite::Row;
use rusqlite::types::Type;

use crate::graph::measures::Measures;
use crate::graph::{Article, Edge, EdgeStatus, Evidence, Node, Reading, Sentence, Signing};
use crate::relation::Status;

/// The columns of [`node`].
pub const NODE: &str = "node, id, label, kind, known, mentions, stories, articles, first_seen, last_seen, attributes, \
     degree, weighted_degree, page_rank, betweenness, component, community, core";
/// The columns of [`edge`].
pub const EDGE: &str = "edge, source, target, kind, label, weight, status, stories, articles, \
     first_seen, last_seen, planned, done";
/// The columns of [`article`].
pub const ARTICLE: &str = "article, source, title, published, outlet, url, story, encoding, \
                           entities, relations, status, problem";
/// The columns of [`sentence`].
pub const SENTENCE: &str = "sentence, article, number, start, \"end\", text";

/// A value that SQLite holds and the model cannot.
fn bad(column: usize, why: impl Into<String>) -> rusqlite::Error {
    rusqlite::Error::FromSqlConversionFailure(column, Type::Text, why.into().into())
}

/// A day, or null.
pub fn day(row: &Row, column: usize) -> rusqlite::Result<Option<Date>> {
    let text = row
        .get_ref(column)?
        .as_str_or_null()
        .map_err(|e| bad(column, e.to_string()))?;
    text.map(|text| {
        text.parse()
            .map_err(|_| bad(column, format!("no day: `{text}`")))
    })
    .transpose()
}

/// Fact, plan, both or neither, from the columns `status`, and `planned, done` that begin at `days`.
fn standing(row: &Row, column: usize, days: usize) -> rusqlite::Result<EdgeStatus> {
    let text = row
        .get_ref(column)?
        .as_str()
        .map_err(|e| bad(column, e.to_string()))?;
    let status: EdgeStatus = text.parse().map_err(|why: String| bad(column, why))?;
    let (planned, done) = (day(row, days)?, day(row, days + 1)?);
    Ok(EdgeStatus {
        planned: status.planned.map(|_| planned),
        done: status.done.map(|_| done),
    })
}

/// The columns of [`signing`].
pub const SIGNING: &str = "node, date, status, planned, done";

/// A signing with its node's number.
pub fn signing(row: &Row) -> rusqlite::Result<(u32, Signing)> {
    Ok((
        row.get(0)?,
        Signing {
            date: day(row, 1)?,
            status: standing(row, 2, 3)?,
        },
    ))
}

/// A node without its names, its articles and its signing.
pub fn node(row: &Row) -> rusqlite::Result<(u32, Node)> {
    let attributes: String = row.get(10)?;
    let node = Node {
        id: row.get(1)?,
        label: row.get(2)?,
        kind: row.get(3)?,
        known: row.get(4)?,
        mentions: row.get(5)?,
        stories: row.get(6)?,
        articles: row.get(7)?,
        first_seen: day(row, 8)?,
        last_seen: day(row, 9)?,
        attributes: serde_json::from_str(&attributes).map_err(|e| bad(10, e.to_string()))?,
        measures: Measures {
            degree: row.get(11)?,
            weighted_degree: row.get(12)?,
            page_rank: row.get(13)?,
            betweenness: row.get(14)?,
            component: row.get(15)?,
            community: row.get(16)?,
            core: row.get(17)?,
        },
        ..Node::default()
    };
    Ok((row.get(0)?, node))
}

/// Relations and their labels, each held once.
#[derive(Debug, Default)]
pub struct Words(HashMap<String, Arc<str>>);

impl Words {
    fn get(&mut self, row: &Row, column: usize) -> rusqlite::Result<Arc<str>> {
        let text = row
            .get_ref(column)?
            .as_str()
            .map_err(|e| bad(column, e.to_string()))?;
        if let Some(known) = self.0.get(text) {
            return Ok(known.clone());
        }
        let word: Arc<str> = text.into();
        self.0.insert(text.to_owned(), word.clone());
        Ok(word)
    }
}

/// An edge with the numbers of itself, its source and its target, without evidence.
pub fn edge(row: &Row, words: &mut Words) -> rusqlite::Result<(u32, u32, u32, Edge)> {
    let weight: f64 = row.get(5)?;
    if !weight.is_finite() || weight <= 0.0 {
        return Err(bad(5, format!("no weight: {weight}")));
    }
    let edge = Edge {
        kind: words.get(row, 3)?,
        label: words.get(row, 4)?,
        weight,
        status: standing(row, 6, 11)?,
        stories: row.get(7)?,
        articles: row.get(8)?,
        first_seen: day(row, 9)?,
        last_seen: day(row, 10)?,
        evidence: Vec::new(),
    };
    Ok((row.get(0)?, row.get(1)?, row.get(2)?, edge))
}

/// An article with its number.
pub fn article(row: &Row) -> rusqlite::Result<(u32, Article)> {
    let status = match row.get::<_, String>(10)?.as_str() {
        "ok" => Reading::Ok,
        "partial" => Reading::Partial,
        "failed" => Reading::Failed,
        other => return Err(bad(10, format!("no status: `{other}`"))),
    };
    let article = Article {
        source: row.get(1)?,
        title: row.get(2)?,
        published: day(row, 3)?,
        outlet: row.get(4)?,
        url: row.get(5)?,
        story: row.get(6)?,
        encoding: row.get(7)?,
        entities: row.get(8)?,
        relations: row.get(9)?,
        status,
        problem: row.get(11)?,
    };
    Ok((row.get(0)?, article))
}

/// A sentence with its number.
pub fn sentence(row: &Row) -> rusqlite::Result<(u32, Sentence)> {
    let sentence = Sentence {
        article: row.get(1)?,
        number: row.get(2)?,
        start: row.get(3)?,
        end: row.get(4)?,
        text: row.get::<_, String>(5)?.into(),
    };
    Ok((row.get(0)?, sentence))
}

/// Evidence from the columns `sentence, status, date` that begin at `first`.
pub fn evidence(row: &Row, first: usize) -> rusqlite::Result<Evidence> {
    let status = match row.get::<_, String>(first + 1)?.as_str() {
        "done" => Status::Done,
        "planned" => Status::Planned,
        "dictionary" => Status::Dictionary,
        other => return Err(bad(first + 1, format!("no status: `{other}`"))),
    };
    Ok(Evidence {
        sentence: row.get(first)?,
        status,
        date: day(row, first + 2)?,
    })
}
