//! Which entities an article names, and where.

use std::ops::Range;

use crate::article::Article;
use crate::dictionary::{Dictionary, EntryId, Meaning, Role, TypeId};

/// An entity that one article names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entity {
    /// `type:name`, with ` (parent)` after a name that several dictionary entries share.
    pub id: String,
    /// The canonical name.
    pub name: String,
    /// Its type.
    pub kind: TypeId,
    /// The dictionary entry, or `None` for a name that only a pattern found.
    pub entry: Option<EntryId>,
}

/// One place in the text where an entity stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// Index into [`Mentions::entities`].
    pub entity: usize,
    /// Index into [`Article::sentences`].
    pub sentence: usize,
    /// Bytes in [`Article::text`]: the name as it stands, without marks, titles and particles.
    pub span: Range<usize>,
    /// Bytes in [`Article::text`]: the name with its corporate mark, its title and its particles.
    pub extent: Range<usize>,
    /// What a title, office or unit after the name means (`익산시장`: head), if there is one.
    pub title: Option<Meaning>,
    /// The role of the particle that ends the mention, if there is one.
    pub role: Option<Role>,
    /// True for a back-reference (시, 이 학교): it serves the relations and is no evidence that the
    /// entity is named.
    pub reference: bool,
}

/// Everything that one article names.
#[derive(Debug, Clone, Default)]
pub struct Mentions {
    /// Each entity once, in order of its first mention.
    pub entities: Vec<Entity>,
    /// All mentions, by place in the text; they do not overlap.
    pub mentions: Vec<Mention>,
}

/// Finds the entities of an article.
pub fn find(_article: &Article, _dictionary: &Dictionary) -> Mentions {
    Mentions::default()
}
