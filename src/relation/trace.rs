//! What `ieum explain` wants to know: which rule stated what, and why a cue stated nothing.

use std::ops::Range;

use super::Status;
use crate::dictionary::{Ending, Form};

/// A decision about a rule or a signing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// What a rule made of its cue.
    Rule {
        /// Line in `relations.csv`.
        rule: u64,
        /// Index into [`Article::sentences`](crate::article::Article::sentences).
        sentence: usize,
        /// Bytes of the article's text: the cue, with what completes it.
        span: Range<usize>,
        /// What was made of it.
        what: Outcome,
    },
    /// A signing, in the order of [`Relations::agreements`](super::Relations::agreements): each party with the
    /// sentence that makes it one.
    Signing(Vec<(usize, usize)>),
    /// A signing that is none, because so few signed: as above.
    Lonely(Vec<(usize, usize)>),
}

/// What a rule made of its cue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It stated that the subject has the relation to the object.
    Stated(usize, usize, Status),
    /// It stated that the subject has it not, or no longer.
    Denied(usize, usize),
    /// Something else that the article states makes what it stated void.
    Void(usize, usize),
    /// It stated nothing.
    Nothing(Unused),
}

/// Why a cue stated nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unused {
    /// It is part of a name.
    InName,
    /// It is part of a phrase of kind `nothing` in `cues.csv`.
    InPhrase,
    /// What follows makes no verb of it.
    NoVerb,
    /// It stands in a form that the rule does not take.
    Form(Form),
    /// It ends in a wish, a condition, a possibility, …
    Ending(Option<Ending>),
    /// No name that fits the object stands where the rule looks for it.
    NoObject,
    /// No name that fits the subject stands where the rule looks for it.
    NoSubject,
}
