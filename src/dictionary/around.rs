//! What the expression of a pattern lets stand around the word that has it tried.

use regex_syntax::hir::literal::{ExtractKind, Extractor, Literal, Seq};
use regex_syntax::hir::{Class, Hir, HirKind, Look};

/// How far from a trigger a name reaches at most, in bytes: 30 syllables.
const REACH: usize = 90;

/// What an expression lets stand around a trigger.
#[derive(Debug, Clone)]
pub struct Around {
    /// What may stand directly before it.
    before: Edge,
    /// What may stand directly behind it.
    behind: Edge,
    /// How far what it finds can reach, before the trigger begins and behind where it ends, in bytes.
    reach: (usize, usize),
}

/// What may stand at one side of a trigger.
#[derive(Debug, Clone, Default)]
struct Edge {
    /// Ranges of characters.
    chars: Vec<(char, char)>,
    /// The sentence's begin or end too.
    limit: bool,
    /// Anything.
    any: bool,
}

/// The ways to read an expression's parts: from one on to the right, or to the left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    Right,
    Left,
}

impl Around {
    /// What `expression` asks for, where all that it finds goes through a trigger; else anything.
    pub(super) fn of(expression: &Hir, triggers: &[String]) -> Self {
        let mut parts = Vec::new();
        flatten(expression, &mut parts);
        // The part that is nothing but words that end in triggers.
        let words = |part: &Hir| {
            let ends = Extractor::new().kind(ExtractKind::Suffix).extract(part);
            (ends.is_exact() && end_in(&ends, triggers)).then_some(ends)
        };
        let mut found = parts.iter().enumerate();
        let Some((at, words)) = found.find_map(|(i, part)| Some((i, words(part)?))) else {
            let whole = longest(&[expression]);
            return Self {
                before: Edge::any(),
                behind: Edge::any(),
                reach: (
                    whole,
                    if ends_in(expression, triggers) {
                        0
                    } else {
                        whole
                    },
                ),
            };
        };
        let (before, behind) = (&parts[..at], &parts[at + 1..]);
        let mut words = words.literals().unwrap_or_default().iter();
        // A word that only ends in a trigger has more before it.
        let alone = words.all(|w| triggers.iter().any(|t| t.as_bytes() == w.as_bytes()));
        Self {
            before: if alone {
                Edge::of(before, Way::Left)
            } else {
                Edge::any()
            },
            behind: Edge::of(behind, Way::Right),
            reach: (
                longest(if alone { before } else { &parts[..=at] }),
                longest(behind),
            ),
        }
    }

    /// How far what the expression finds can reach, before the trigger begins and behind where it ends, in bytes.
    pub fn reach(&self) -> (usize, usize) {
        self.reach
    }

    /// Whether a name can be found around a trigger, by what stands before it from the begin of the sentence on, and
    /// behind it up to the end. O(1).
    #[inline]
    pub fn allows(&self, before: &str, behind: &str) -> bool {
        self.behind.allows(behind.chars().next()) && self.before.allows(before.chars().next_back())
    }
}

/// The length of the longest text that some parts find one behind the other, in bytes, or [`REACH`] if it is less.
fn longest(parts: &[&Hir]) -> usize {
    let mut each = parts.iter().map(|part| part.properties().maximum_len());
    let sum = each.try_fold(0, |sum, part| Some(part? + sum));
    sum.map_or(REACH, |longest| longest.min(REACH))
}

impl Edge {
    fn any() -> Self {
        Self {
            any: true,
            ..Self::default()
        }
    }

    fn of(parts: &[&Hir], way: Way) -> Self {
        let mut edge = Self::default();
        edge.any = edge.first(parts, way);
        edge
    }

    /// Adds what may come first in `parts`, and says whether they may be nothing at all.
    fn first(&mut self, parts: &[&Hir], way: Way) -> bool {
        match way {
            Way::Right => parts.iter().all(|part| self.part(part, way)),
            Way::Left => parts.iter().rev().all(|part| self.part(part, way)),
        }
    }

    fn part(&mut self, part: &Hir, way: Way) -> bool {
        match part.kind() {
            HirKind::Literal(literal) => {
                let text = std::str::from_utf8(&literal.0).unwrap_or_default();
                let mut chars = text.chars();
                let first = match way {
                    Way::Right => chars.next(),
                    Way::Left => chars.next_back(),
                };
                match first {
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
            HirKind::Look(look) if *look == way.limit() => {
                self.limit = true;
                false
            }
            // Nothing, or what is not looked into: then anything may follow.
            HirKind::Empty | HirKind::Class(Class::Bytes(_)) | HirKind::Look(_) => true,
            HirKind::Repetition(repetition) => {
                self.part(&repetition.sub, way) || repetition.min == 0
            }
            HirKind::Capture(capture) => self.part(&capture.sub, way),
            HirKind::Concat(parts) => self.first(&parts.iter().collect::<Vec<_>>(), way),
            HirKind::Alternation(parts) => {
                let empty: Vec<bool> = parts.iter().map(|part| self.part(part, way)).collect();
                empty.contains(&true)
            }
        }
    }

    /// Whether the character may stand there, or, without one, the limit of the sentence.
    #[inline]
    fn allows(&self, c: Option<char>) -> bool {
        self.any || c.map_or(self.limit, |c| within(&self.chars, c))
    }
}

impl Way {
    /// The limit of a text that it leads to.
    fn limit(self) -> Look {
        match self {
            Self::Right => Look::End,
            Self::Left => Look::Start,
        }
    }
}

/// Whether a character is in one of some ranges.
#[inline]
pub(super) fn within(ranges: &[(char, char)], c: char) -> bool {
    ranges.iter().any(|(from, to)| (from..=to).contains(&&c))
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
pub(super) fn ends_in(expression: &Hir, triggers: &[String]) -> bool {
    let ends = Extractor::new()
        .kind(ExtractKind::Suffix)
        .extract(expression);
    end_in(&ends, triggers)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn around(expression: &str) -> Around {
        let triggers = ["정밀".to_owned(), "테크".to_owned()];
        Around::of(&regex_syntax::parse(expression).unwrap(), &triggers)
    }

    #[test]
    fn what_stands_behind_a_trigger_decides_before_the_expression() {
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
            let around = around(&format!("(?:^|[^가-힣]){names}{rest}"));
            for text in allowed {
                assert!(around.allows("가나", text), "{rest}: {text:?}");
            }
            for text in refused {
                assert!(!around.allows("가나", text), "{rest}: {text:?}");
            }
        }
        // Not every match goes through a trigger.
        assert!(around("([가-힣]{2,9}(?:정밀|공업)),").allows("가나", "노"));
    }

    #[test]
    fn what_stands_before_a_trigger_decides_too() {
        for (before, allowed, refused) in [
            (
                "[가-힣]{2} (?:공동)?",
                vec!["가나 ", "가나 공동"],
                vec!["가나", "", "."],
            ),
            ("(?:^|[ ,])", vec!["", ","], vec!["가", "."]),
            ("(?:^|,) ?", vec!["", ",", " "], vec!["가"]),
        ] {
            let around = around(&format!("{before}(?:정밀|테크)"));
            for text in allowed {
                assert!(around.allows(text, ""), "{before}: {text:?}");
            }
            for text in refused {
                assert!(!around.allows(text, ""), "{before}: {text:?}");
            }
        }
        // A word that ends in the trigger only.
        assert!(around(",(?:새정밀|테크)").allows("새", ""));
    }

    #[test]
    fn a_name_reaches_no_further_than_its_expression() {
        assert_eq!(
            around("(?:^|[ㄱ-ㅎ])[가-힣]{2,3}테크(?:은|에서)?").reach(),
            (12, 6)
        );
        assert_eq!(around(",(?:새정밀|테크)").reach(), (10, 0));
        assert_eq!(around("[가-힣]+테크").reach(), (REACH, 0));
        assert_eq!(around("가[정나]밀").reach(), (9, 9));
        assert_eq!(around("가정[밀]").reach(), (9, 0));
    }
}
