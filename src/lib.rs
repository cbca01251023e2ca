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
mod memo;
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
use memo::Sentences;
use record::Record;

/// What one article says: its entities, its relations, its agreements.
///
/// Pure: the same article and dictionary give the same record. O(text). For many articles an [`Extractor`] is quicker.
pub fn extract(article: &Article, dictionary: &Dictionary) -> Record {
    let mentions = mention::find(article, dictionary);
    let relations = relation::find(article, &mentions, dictionary);
    Record::new(article, &mentions, &relations, dictionary)
}

/// Extracts many articles, one after the other.
///
/// It keeps what it made of sentences that came twice, in bounded memory (some 10 MB), and so is quicker on articles
/// that copy each other. Each record is what [`extract`] gives.
pub struct Extractor<'d> {
    dictionary: &'d Dictionary,
    sentences: Sentences,
    names: mention::Kept<'d>,
    cues: relation::Kept,
}

impl<'d> Extractor<'d> {
    /// One that has met no sentence.
    pub fn new(dictionary: &'d Dictionary) -> Self {
        Self {
            dictionary,
            sentences: Sentences::new(),
            names: mention::Kept::new(),
            cues: relation::Kept::new(),
        }
    }

    /// What one article says.
    pub fn extract(&mut self, article: &Article) -> Record {
        let dictionary = self.dictionary;
        let places = &self.sentences.places(article);
        let mentions = mention::find_among(article, dictionary, (places, &mut self.names), &mut ());
        let kept = (places.as_slice(), &mut self.cues);
        let relations = relation::find_among(article, &mentions, dictionary, kept, &mut ());
        Record::new(article, &mentions, &relations, dictionary)
    }
}
