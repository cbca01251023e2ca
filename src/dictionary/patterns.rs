//! Shapes of names that no dictionary has.

use regex::Regex;
use regex_syntax::hir::literal::{ExtractKind, Extractor, Literal, Seq};
use regex_syntax::hir::{Class, Hir, HirKind, Look};
use serde::Deserialize;

use super::{BadRow, Table, TypeId};

/// How the expression of a [`NamePattern`] is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Mode {
    /// Around a trigger; it finds the name exactly.
    Exact,
    /// Around a trigger; it finds a name that begins with a place's, or whose group `place` does.
    Placed,
    /// Around a trigger; it runs on over a particle, which is cut off then.
    Trim,
    /// After a list of names; it says what the list is of.
    List,
}

/// A row of `patterns.csv`.
#[derive(Debug, Clone)]
pub struct NamePattern {
    /// The type of what it finds.
    pub kind: TypeId,
    /// Literal parts of which one has to stand in the text before the expression is tried.
    pub triggers: Vec<String>,
    /// The expression; it is tried on the line around a trigger.
    pub regex: Regex,
    /// What is no name, although the expression finds it.
    pub but_not: Option<Regex>,
    /// The name, with `$1` for groups of the expression.
    pub name: String,
    /// How the expression is used.
    pub mode: Mode,
    /// How far from the trigger what it finds can reach, in bytes.
    pub reach: usize,
    /// All that it finds ends with a trigger: then `regex` asks for the end of what it is given, which it searches from
    /// there, and only what stands before the trigger's end may be given to it.
    pub ends_in_trigger: bool,
    /// What has to stand behind a trigger for the expression to be worth trying.
    pub follow: Follow,
    /// Line in `patterns.csv`.
    pub line: u64,
}

/// How far from a trigger a name reaches at most, in bytes: 30 syllables.
const REACH: usize = 90;

/// The length of the longest text that `expression` finds, in bytes, or [`REACH`] if it is less.
fn reach(expression: &str) -> usize {
    regex_syntax::parse(expression)
        .ok()
        .and_then(|hir| hir.properties().maximum_len())
        .map_or(REACH, |longest| longest.min(REACH))
}

/// What may stand directly behind a trigger.
#[derive(Debug, Clone, Default)]
pub struct Follow {
    /// Ranges of characters.
    chars: Vec<(char, char)>,
    /// The end of the sentence too.
    end: bool,
    /// Anything.
    any: bool,
}

impl Follow {
    /// What `expression` lets stand behind a trigger, where all that it finds goes through one.
    fn behind(expression: &str, triggers: &[String]) -> Self {
        let anything = Self {
            any: true,
            ..Self::default()
        };
        let Ok(hir) = regex_syntax::parse(expression) else {
            return anything;
        };
        let mut parts = Vec::new();
        flatten(&hir, &mut parts);
        // The part that is nothing but words that end in triggers.
        let is_trigger = |part: &&Hir| {
            let ends = Extractor::new().kind(ExtractKind::Suffix).extract(part);
            ends.is_exact() && end_in(&ends, triggers)
        };
        let Some(at) = parts.iter().position(is_trigger) else {
            return anything;
        };
        let mut follow = Self::default();
        follow.any = follow.first(&parts[at + 1..]);
        follow
    }

    /// Adds what may come first in `parts`, and says whether they may be nothing at all.
    fn first(&mut self, parts: &[&Hir]) -> bool {
        parts.iter().all(|part| match part.kind() {
            HirKind::Literal(literal) => {
                let text = std::str::from_utf8(&literal.0).unwrap_or_default();
                match text.chars().next() {
                    Some(c) => self.chars.push((c, c)),
                    None => self.any = true,
                }
                false
            }
            HirKind::Class(Class::Unicode(class)) => {
                let ranges = class.ranges().iter();
                self.chars.extend(ranges.map(|r| (r.start(), r.end())));
                false
            }
            HirKind::Look(Look::End) => {
                self.end = true;
                false
            }
            // Nothing, or what is not looked into: then anything may follow.
            HirKind::Empty | HirKind::Class(Class::Bytes(_)) | HirKind::Look(_) => true,
            HirKind::Repetition(repetition) => {
                self.first(&[&repetition.sub]) || repetition.min == 0
            }
            HirKind::Capture(capture) => self.first(&[&capture.sub]),
            HirKind::Concat(parts) => self.first(&parts.iter().collect::<Vec<_>>()),
            HirKind::Alternation(parts) => {
                let empty: Vec<bool> = parts.iter().map(|part| self.first(&[part])).collect();
                empty.contains(&true)
            }
        })
    }

    /// Whether a name can be found where this stands behind a trigger, up to the end of the sentence.
    #[inline]
    pub fn allows(&self, rest: &str) -> bool {
        self.any
            || rest.chars().next().map_or(self.end, |c| {
                self.chars
                    .iter()
                    .any(|(from, to)| (from..=to).contains(&&c))
            })
    }
}

/// The parts of an expression, one behind the other, groups opened.
fn flatten<'h>(hir: &'h Hir, parts: &mut Vec<&'h Hir>) {
    match hir.kind() {
        HirKind::Concat(inner) => inner.iter().for_each(|part| flatten(part, parts)),
        HirKind::Capture(capture) => flatten(&capture.sub, parts),
        _ => parts.push(hir),
    }
}

/// Whether all of some literals end with one of the triggers.
fn end_in(ends: &Seq, triggers: &[String]) -> bool {
    let trigger = |end: &Literal| {
        let mut triggers = triggers.iter();
        triggers.any(|t| end.as_bytes().ends_with(t.as_bytes()))
    };
    let ends = ends.literals().unwrap_or_default();
    !ends.is_empty() && ends.iter().all(trigger)
}

/// Whether all that `expression` finds ends with one of the triggers.
fn ends_in(expression: &str, triggers: &[String]) -> bool {
    let Ok(hir) = regex_syntax::parse(expression) else {
        return false;
    };
    end_in(
        &Extractor::new().kind(ExtractKind::Suffix).extract(&hir),
        triggers,
    )
}

impl NamePattern {
    /// Whether it is tried after lists and not around triggers.
    pub fn is_list(&self) -> bool {
        self.mode == Mode::List
    }
}

/// Reads `patterns.csv`.
pub fn load(table: &Table, types: &[String], bad: &mut Vec<BadRow>) -> Vec<NamePattern> {
    let mut patterns = Vec::new();
    for row in &table.rows {
        let Some(kind) = types.iter().position(|t| t == table.cell(row, "type")) else {
            bad.push(table.bad(row, "type", format!("one of {}", types.join(", "))));
            continue;
        };
        let triggers: Vec<String> = table.list(row, "triggers").map(str::to_owned).collect();
        let expression = table.cell(row, "regex");
        let ends_in_trigger = ends_in(expression, &triggers);
        let compiled = if ends_in_trigger {
            Regex::new(&format!("(?:{expression})$"))
        } else {
            Regex::new(expression)
        };
        let regex = match compiled {
            Ok(regex) => regex,
            Err(error) => {
                bad.push(table.bad(row, "regex", format!("a regular expression ({error})")));
                continue;
            }
        };
        let but_not = match table.cell(row, "but_not") {
            "" => None,
            expression => match Regex::new(expression) {
                Ok(regex) => Some(regex),
                Err(error) => {
                    bad.push(table.bad(
                        row,
                        "but_not",
                        format!("empty, or a regular expression ({error})"),
                    ));
                    continue;
                }
            },
        };
        let Ok(mode) = serde_json::from_value::<Mode>(table.cell(row, "mode").into()) else {
            bad.push(table.bad(row, "mode", "exact, placed, trim or list"));
            continue;
        };
        if triggers.is_empty() && mode != Mode::List {
            bad.push(table.bad(
                row,
                "triggers",
                "at least one literal part of what the expression finds",
            ));
            continue;
        }
        patterns.push(NamePattern {
            kind: TypeId(kind as u8),
            regex,
            but_not,
            name: table.cell(row, "name").to_owned(),
            mode,
            reach: reach(expression),
            ends_in_trigger,
            follow: Follow::behind(expression, &triggers),
            triggers,
            line: row.line,
        });
    }
    patterns
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_behind_a_trigger_decides_before_the_expression() {
        let triggers = ["정밀".to_owned(), "테크".to_owned()];
        let names = "([가-힣]{2,9}(?:정밀|테크))";
        for (rest, allowed, refused) in [
            (
                "(?:[,·]| 등 )",
                vec![", ", "·", " 등 "],
                vec!["노파크", "", "."],
            ),
            (
                "(?:와|과)? (?:공동)?대표",
                vec!["와 대표", " 대표"],
                vec![",", ""],
            ),
            (
                "(?:[은는])?(?:[ ,]|$)",
                vec!["", "은", " "],
                vec!["노", "."],
            ),
            ("", vec!["", "노"], vec![]),
            ("(?:[은는])?", vec!["", "노"], vec![]),
        ] {
            let follow = Follow::behind(&format!("(?:^|[^가-힣]){names}{rest}"), &triggers);
            for text in allowed {
                assert!(follow.allows(text), "{rest}: {text:?}");
            }
            for text in refused {
                assert!(!follow.allows(text), "{rest}: {text:?}");
            }
        }
        // Not every match goes through a trigger.
        let follow = Follow::behind("([가-힣]{2,9}(?:정밀|공업)),", &triggers);
        assert!(follow.allows("노"));
    }
}
