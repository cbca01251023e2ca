//! ieum (이음) reads Korean articles about vocational education and gives back one graph.
//!
//! The flow is the layout, one folder a step: bytes → [`article::Article`] → [`mention::Mentions`] →
//! [`relation::Relations`] → [`record::Record`] → graph → exports and queries
//! ([`Graph`]). Each step is a pure function of the
//! one before and the [`dictionary::Dictionary`].

pub mod article;
pub mod dictionary;
pub mod evaluate;
pub mod explain;
pub mod export;
pub mod graph;
pub mod mention;
pub mod query;
pub mod record;
pub mod relation;
pub mod store;
pub mod suggest;
pub mod watch;

pub use query::Graph;

use article::Article;
use dictionary::Dictionary;
use record::Record;

/// What one article says: its entities, its relations, its agreements.
///
/// Pure: the same article and dictionary give the same record. O(text).
pub fn extract(article: &Article, dictionary: &Dictionary) -> Record {
    let mentions = mention::find(article, dictionary);
    let relations = relation::find(article, &mentions, dictionary);
    Record::new(article, &mentions, &relations, dictionary)
}
