//! Decisions in words: one for programs, a sentence for people.

use std::ops::Range;

use crate::article::Zone;
use crate::mention::{Weighed, Why};
use crate::relation::Unused;

/// What a line of the main text is.
pub(super) fn zone(zone: Zone) -> &'static str {
    match zone {
        Zone::Title => "title",
        Zone::Subhead => "subhead",
        Zone::Body => "body",
        Zone::List => "list",
        Zone::Caption => "caption",
    }
}

/// Why a candidate is no name.
pub(super) fn refused(
    why: &Why,
    quote: impl Fn(&Range<usize>) -> String,
) -> (&'static str, String) {
    match why {
        Why::InsideWord => ("inside_word", "it begins inside a word".to_owned()),
        Why::GoesOn => (
            "goes_on",
            "the word goes on with what is no particle, title or unit".to_owned(),
        ),
        Why::Spaced => (
            "spaced",
            "spaces stand in it where the name has none".to_owned(),
        ),
        Why::Person => (
            "person",
            "a word that follows persons stands behind it".to_owned(),
        ),
        Why::Part => (
            "part",
            "the word beside it makes it part of a longer name (contexts.csv)".to_owned(),
        ),
        Why::Title => (
            "title",
            "it stands alone in quotation marks, as a title does".to_owned(),
        ),
        Why::Lent => (
            "lent",
            "a word of the sentence says that a club or another body of that name is meant (contexts.csv)"
                .to_owned(),
        ),
        Why::Marked => (
            "marked",
            "a business's mark stands before it: a firm has the name of a place".to_owned(),
        ),
        Why::FalseFriend(by) => (
            "false_friend",
            format!("`{}` stands there, a row of false_friends.csv", quote(by)),
        ),
        Why::Overlapped(by) => ("overlapped", format!("`{}` stands there", quote(by))),
        Why::NoAntecedent => (
            "no_antecedent",
            "the article names nothing that it could point to".to_owned(),
        ),
        Why::General => (
            "general",
            "it stands beside a word for all bodies of a sort".to_owned(),
        ),
    }
}

/// Why a form that may be several things, or a common word, is none of them.
pub(super) fn doubtful(weighed: &[Weighed], several: bool) -> (&'static str, String) {
    let best = weighed.iter().map(|w| w.sum).max().unwrap_or(0);
    let first = weighed.iter().filter(|w| w.sum == best).count();
    if several && first > 1 {
        let because = format!(
            "{first} readings are as good as each other, {}",
            worth(best)
        );
        return ("undecided", because);
    }
    let needed = weighed
        .iter()
        .find(|w| w.sum == best)
        .and_then(|w| w.needed);
    let because = match needed {
        Some(needed) => format!(
            "it is also a common word, and {} of the {needed} points are there that make it a name",
            best.max(0)
        ),
        None => format!("nothing says which it is, {}", worth(best)),
    };
    ("ambiguous", because)
}

fn worth(points: i32) -> String {
    format!("{points} {}", if points == 1 { "point" } else { "points" })
}

/// What a rule says is not so.
pub(super) fn denied(subject: &str, object: &str) -> (&'static str, String) {
    (
        "denied",
        format!("it says that {subject} has it not, or no longer, to {object}"),
    )
}

/// What a rule states and other words make void.
pub(super) fn void(subject: &str, object: &str) -> (&'static str, String) {
    (
        "void",
        format!("{subject} → {object} is void by what else the article states of the two"),
    )
}

/// Why a cue states nothing.
pub(super) fn unused(why: Unused) -> (&'static str, String) {
    match why {
        Unused::InName => ("in_name", "it is part of a name".to_owned()),
        Unused::InPhrase => (
            "in_phrase",
            "it is part of a phrase of kind `nothing` in cues.csv".to_owned(),
        ),
        Unused::NoVerb => ("no_verb", "what follows makes no verb of it".to_owned()),
        Unused::Form(form) => (
            "form",
            format!(
                "it stands here as `{}`, a form that the rule does not take",
                written(&form)
            ),
        ),
        Unused::Ending(ending) => (
            "ending",
            format!(
                "it ends as `{}` here, which states nothing by this rule",
                ending.map_or_else(|| "tried".to_owned(), |e| written(&e))
            ),
        ),
        Unused::NoObject => (
            "no_object",
            "no name that fits the object stands where the rule looks for it".to_owned(),
        ),
        Unused::NoSubject => (
            "no_subject",
            "no name that fits the subject stands where the rule looks for it".to_owned(),
        ),
    }
}

/// A form or an ending as the dictionaries write it: its name in small letters.
fn written(value: &impl std::fmt::Debug) -> String {
    format!("{value:?}").to_lowercase()
}
