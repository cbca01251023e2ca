//! Who does what with whom: typed relations and agreements, each resting on a sentence.

use std::sync::Arc;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::article::Article;
use crate::dictionary::Dictionary;
use crate::mention::Mentions;

/// How certain the text is that something happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// The text states it as a fact.
    Done,
    /// The text announces it.
    Planned,
    /// No text states it; a dictionary does.
    Dictionary,
}

/// The relation that joins two entities of one sentence when no rule does.
pub const CO_OCCURS: &str = "co_occurs";

/// A typed relation between two entities of one article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Relation {
    /// Index into [`Mentions::entities`].
    pub subject: usize,
    /// `selected_for`, `located_in`, …, as named in `relations.csv`, or [`CO_OCCURS`].
    pub kind: Arc<str>,
    /// Index into [`Mentions::entities`].
    pub object: usize,
    /// Fact or plan.
    pub status: Status,
    /// The day the text gives for the event.
    pub date: Option<Date>,
    /// Index into [`Article::sentences`].
    pub sentence: usize,
    /// Line of the rule in `relations.csv`; `None` for [`CO_OCCURS`].
    pub rule: Option<u64>,
}

/// One signing, with all its parties.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Agreement {
    /// Indices into [`Mentions::entities`], in order of mention, at least two.
    pub parties: Vec<usize>,
    /// What the agreement is about: indices of programmes into [`Mentions::entities`].
    pub about: Vec<usize>,
    /// Signed, or only announced.
    pub status: Status,
    /// The day of the signing.
    pub date: Option<Date>,
    /// Index into [`Article::sentences`]: the sentence that says so best.
    pub sentence: usize,
}

/// What one article states.
#[derive(Debug, Clone, Default)]
pub struct Relations {
    /// Typed relations, one per (subject, kind, object, status), by sentence.
    pub relations: Vec<Relation>,
    /// Signings, in order of mention.
    pub agreements: Vec<Agreement>,
}

/// Finds what the article states about the entities it names.
pub fn find(_article: &Article, _mentions: &Mentions, _dictionary: &Dictionary) -> Relations {
    Relations::default()
}
