//! Shapes of names that no dictionary has.

use regex::Regex;
use regex_syntax::hir::literal::{ExtractKind, Extractor, Literal};
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

/// Whether all that `expression` finds ends with one of the triggers.
fn ends_in(expression: &str, triggers: &[String]) -> bool {
    let Ok(hir) = regex_syntax::parse(expression) else {
        return false;
    };
    let ends = Extractor::new().kind(ExtractKind::Suffix).extract(&hir);
    ends.literals().is_some_and(|ends| {
        let trigger = |end: &Literal| {
            triggers
                .iter()
                .any(|t| end.as_bytes().ends_with(t.as_bytes()))
        };
        !ends.is_empty() && ends.iter().all(trigger)
    })
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
        let compiled = match Regex::new(expression) {
            Ok(_) if ends_in_trigger => Regex::new(&format!("(?:{expression})$")),
            compiled => compiled,
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
            triggers,
            regex,
            but_not,
            name: table.cell(row, "name").to_owned(),
            mode,
            reach: reach(expression),
            ends_in_trigger,
            line: row.line,
        });
    }
    patterns
}
