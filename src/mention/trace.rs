//! What `ieum explain` wants to know: which candidates there were, which were refused, and why.

use std::ops::Range;

use crate::dictionary::EntryId;

/// A decision about one place in the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// Bytes of the article's text.
    pub span: Range<usize>,
    /// The entries that the form there may stand for; none for a shape.
    pub entries: Vec<EntryId>,
    /// What was decided.
    pub what: Decision,
}

/// What was decided about a candidate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Decision {
    /// It is no name.
    Refused(Why),
    /// Its readings were weighed; the winner, if one was good enough.
    Weighed(Vec<Weighed>, Option<EntryId>),
    /// A row of `patterns.csv` made it a name: the row's line.
    Shaped(u64),
    /// The article introduced it as a short form.
    Introduced,
    /// It shares the end of the name behind it.
    Shared,
}

/// Why a candidate is no name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Why {
    /// It begins inside a word.
    InsideWord,
    /// The word goes on with what is no particle, title or unit.
    GoesOn,
    /// Spaces stand in it where the name has none.
    Spaced,
    /// A word that follows persons' names stands behind it.
    Person,
    /// The word beside it makes it part of a longer name (`contexts.csv`).
    Part,
    /// A short name alone in quotation marks or brackets: the title of a film or a book.
    Title,
    /// A word of the sentence says that it is somebody else's name (`contexts.csv`).
    Lent,
    /// A business's mark stands directly before it: a firm has the name of a place.
    Marked,
    /// A word of `false_friends.csv` stands there: its bytes of the article's text.
    FalseFriend(Range<usize>),
    /// A longer or better name stands there: its bytes of the article's text.
    Overlapped(Range<usize>),
    /// A word such as `도교육청` points to nothing that the article names.
    NoAntecedent,
    /// It stands beside a word for all bodies of a sort, and for none of them (`지자체와 교육청이`).
    General,
}

/// One reading of an ambiguous form, with what speaks for it and against it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Weighed {
    /// What it would be.
    pub entry: EntryId,
    /// The sum of `points`.
    pub sum: i32,
    /// How much is wanted; `None` where the best of several only has to be above none.
    pub needed: Option<i32>,
    /// Each piece of evidence.
    pub points: Vec<(i32, &'static str)>,
}

/// A sum of points, with or without its summands.
pub(super) trait Points: Default {
    /// Adds what one piece of evidence is worth; nothing where that is 0.
    fn add(&mut self, points: i32, because: &'static str);
}

impl Points for i32 {
    fn add(&mut self, points: i32, _: &'static str) {
        *self += points;
    }
}

impl Points for Vec<(i32, &'static str)> {
    fn add(&mut self, points: i32, because: &'static str) {
        if points != 0 {
            self.push((points, because));
        }
    }
}
