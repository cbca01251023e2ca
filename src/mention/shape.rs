//! Names that no dictionary has, by their shape (`patterns.csv`).

use std::ops::Range;

use crate::dictionary::{
    Dictionary, Mode, NamePattern, Role, Shape, TypeId, has_final_consonant, is_hangul,
};

use super::boundary::{self, Left, Right};

/// A name found by its shape.
pub struct Shaped {
    /// Bytes of the article's text.
    pub span: Range<usize>,
    /// Its type.
    pub kind: TypeId,
    /// The name.
    pub name: String,
    /// What stands after it.
    pub right: Right,
}

/// Tries a pattern around a trigger that was found at `trigger`, inside the sentence `limits`.
///
/// The name is group 1 of the expression, or all that it finds. Where the run of Hangul goes on or ends
/// in a particle, the particle is cut off.
pub fn around(
    text: &str,
    limits: Range<usize>,
    trigger: &Range<usize>,
    pattern: u32,
    dictionary: &Dictionary,
) -> Vec<Shaped> {
    let row = &dictionary.patterns()[pattern as usize];
    let (before, behind) = row.around.reach();
    let mut from = trigger.start.saturating_sub(before).max(limits.start);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    let mut to = (trigger.end + behind).min(limits.end);
    while !text.is_char_boundary(to) {
        to -= 1;
    }
    let window = &text[from..to];
    let regex = match &row.shape {
        Shape::Run(run) => {
            let found = run.start(window).map(|start| from + start..trigger.end);
            let named = |span: Range<usize>| {
                let place = &text[span.clone()];
                named(text, &limits, row, span, place, dictionary)
            };
            return found.and_then(named).into_iter().collect();
        }
        Shape::Regex(expression) => expression.get(),
    };
    let Some(regex) = regex else {
        return Vec::new();
    };
    let mut found = Vec::new();
    for captures in regex.captures_iter(window) {
        let Some(whole) = captures.get(0) else {
            continue;
        };
        if from + whole.end() <= trigger.start || trigger.end <= from + whole.start() {
            continue;
        }
        let name = captures.get(1).unwrap_or(whole);
        let span = from + name.start()..from + name.end();
        let place = captures.name("place").unwrap_or(name).as_str();
        let end = span.end;
        let Some(mut shaped) = named(text, &limits, row, span, place, dictionary) else {
            continue;
        };
        if !row.name.is_empty() && shaped.span.end == end {
            shaped.name.clear();
            captures.expand(&row.name, &mut shaped.name);
        }
        found.push(shaped);
    }
    found
}

/// The name at `span`, by the row that found it, with its particle cut off where the row says so; `place` has to begin
/// with a place's name where that counts.
fn named(
    text: &str,
    limits: &Range<usize>,
    row: &NamePattern,
    mut span: Range<usize>,
    place: &str,
    dictionary: &Dictionary,
) -> Option<Shaped> {
    if boundary::left(text, limits.start, span.start) == Left::Inside
        || row.mode == Mode::Placed && !begins_with_place(place, dictionary)
    {
        return None;
    }
    if row.mode == Mode::Trim {
        span.end = trim_particle(text, &span, limits.end, dictionary);
    }
    let right = boundary::right(text, &span, limits.end, row.kind, dictionary.grammar());
    let name = &text[span.clone()];
    if !right.edge || name.len() < "가가".len() && !name.is_ascii() || row.refuses(name) {
        return None;
    }
    Some(Shaped {
        kind: row.kind,
        name: name.to_owned(),
        right,
        span,
    })
}

/// Whether a name begins with a place's name or short form, and goes on.
fn begins_with_place(name: &str, dictionary: &Dictionary) -> bool {
    let longest = name.chars().count().saturating_sub(1).min(LONGEST_PLACE);
    name.char_indices()
        .map(|(i, _)| &name[..i])
        .skip(2)
        .take(longest)
        .any(|place| {
            dictionary
                .surface(place)
                .is_some_and(|s| dictionary.kind(s.senses[0].entry) == TypeId::CITY)
        })
}

/// The longest name of a place, in syllables: 제주특별자치도, 전북특별자치도.
const LONGEST_PLACE: usize = 7;

/// Whether a form of 이다 that keeps its first syllable stands behind a vowel, where it may as well belong to the name.
pub fn uncontracted(last: char, particle: &str) -> bool {
    particle.starts_with('이') && has_final_consonant(last) == Some(false)
}

/// Where a run ends without its particle. In a list a name stands bare.
fn trim_particle(text: &str, span: &Range<usize>, to: usize, dictionary: &Dictionary) -> usize {
    let name = &text[span.clone()];
    let directly = &text[span.end..to];
    let after = directly.trim_start();
    // A bracket about the name stands directly behind it; behind a space it belongs to the next one.
    let in_list = after.starts_with(['·', ',', '▲', '△', '/', '、', 'ㆍ'])
        || directly.starts_with(['(', '㈜']);
    let starts: Vec<usize> = name.char_indices().map(|(i, _)| i).collect();
    let longest = starts.len().saturating_sub(2).min(4);
    for count in (1..=longest).rev() {
        let cut = starts[starts.len() - count];
        let last = name[..cut].chars().next_back().unwrap_or(' ');
        let Some(role) = dictionary.grammar().particle(last, &name[cut..]) else {
            continue;
        };
        let sure = match role {
            // 제일에프에이다: the syllable is the name's, and the particle the shortened one.
            Role::Copula if uncontracted(last, &name[cut..]) => false,
            _ if role.is_of_body() => !in_list,
            Role::Copula => count > 1 || after.is_empty() || after.starts_with('.'),
            // 도, 만: hardly a name of three syllables and more ends so before a space.
            // One that the dictionaries have ends where they say.
            Role::Also | Role::Only => {
                !in_list && (starts.len() - count > 2 || dictionary.surface(&name[..cut]).is_some())
            }
            Role::To | Role::From | Role::Place => count > 1 || name[cut..].starts_with('에'),
            _ => count > 1,
        };
        if sure && is_hangul(last) | last.is_ascii_alphanumeric() {
            return span.start + cut;
        }
    }
    span.end
}
