//! Shapes of names that no dictionary has.

use serde::Deserialize;

use super::around::{self, Around};
use super::expression::Expression;
use super::run::Run;
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
    /// After a list of names; it counts what the list is of, so that none of them need be known.
    Roll,
}

/// A row of `patterns.csv`.
#[derive(Debug, Clone)]
pub struct NamePattern {
    /// The type of what it finds.
    pub kind: TypeId,
    /// Literal parts of which one has to stand in the text before the expression is tried.
    pub triggers: Vec<String>,
    /// The expression, or what it was taken apart into; it is tried on the line around a trigger.
    pub shape: Shape,
    /// What is no name, although the expression finds it.
    pub but_not: Option<Expression>,
    /// The name, with `$1` for groups of the expression.
    pub name: String,
    /// How the expression is used.
    pub mode: Mode,
    /// All that it finds ends with a trigger: then it is searched from there, and only what stands before the trigger's
    /// end may be given to it.
    pub ends_in_trigger: bool,
    /// What has to stand around a trigger for the expression to be worth trying.
    pub around: Around,
    /// Line in `patterns.csv`.
    pub line: u64,
}

/// What finds a name.
#[derive(Debug, Clone)]
pub enum Shape {
    /// A run of characters up to the trigger's end; the name is all of it.
    Run(Run),
    /// An expression; the name is its group 1, or all that it finds.
    Regex(Expression),
}

impl NamePattern {
    /// Whether it is tried after lists and not around triggers.
    pub fn is_list(&self) -> bool {
        matches!(self.mode, Mode::List | Mode::Roll)
    }

    /// Whether `text`, which stands after a list, says what the list is of.
    pub fn says(&self, text: &str) -> bool {
        matches!(&self.shape, Shape::Regex(regex) if regex.is_match(text))
    }

    /// Whether `name` is none, although the expression finds it.
    pub fn refuses(&self, name: &str) -> bool {
        let but_not = self.but_not.as_ref();
        but_not.is_some_and(|but_not| but_not.is_match(name))
    }
}

/// Reads `patterns.csv`; of one that is `tested` no expression is compiled before a text asks for it.
pub fn load(
    table: &Table,
    types: &[String],
    tested: bool,
    bad: &mut Vec<BadRow>,
) -> Vec<NamePattern> {
    let expression = |text: String| {
        if tested {
            Ok(Expression::later(text))
        } else {
            Expression::now(text)
        }
    };
    let mut patterns = Vec::new();
    for row in &table.rows {
        let Some(kind) = types.iter().position(|t| t == table.cell(row, "type")) else {
            bad.push(table.bad(row, "type", format!("one of {}", types.join(", "))));
            continue;
        };
        let triggers: Vec<String> = table.list(row, "triggers").map(str::to_owned).collect();
        let regex = table.cell(row, "regex");
        let parsed = match regex_syntax::parse(regex) {
            Ok(parsed) => parsed,
            Err(error) => {
                bad.push(table.bad(row, "regex", format!("a regular expression ({error})")));
                continue;
            }
        };
        let ends_in_trigger = around::ends_in(&parsed, &triggers);
        let name = table.cell(row, "name");
        let run = Run::of(&parsed).filter(|_| ends_in_trigger && matches!(name, "" | "$1"));
        let compiled = match run {
            Some(run) => Ok(Shape::Run(run)),
            None if ends_in_trigger => expression(format!("(?:{regex})$")).map(Shape::Regex),
            None => expression(regex.to_owned()).map(Shape::Regex),
        };
        let shape = match compiled {
            Ok(shape) => shape,
            Err(error) => {
                bad.push(table.bad(row, "regex", format!("a regular expression ({error})")));
                continue;
            }
        };
        let but_not = match table.cell(row, "but_not") {
            "" => None,
            but_not => match expression(but_not.to_owned()) {
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
            bad.push(table.bad(row, "mode", "exact, placed, trim, list or roll"));
            continue;
        };
        if triggers.is_empty() && !matches!(mode, Mode::List | Mode::Roll) {
            bad.push(table.bad(
                row,
                "triggers",
                "at least one literal part of what the expression finds",
            ));
            continue;
        }
        patterns.push(NamePattern {
            kind: TypeId(kind as u8),
            shape,
            but_not,
            name: name.to_owned(),
            mode,
            ends_in_trigger,
            around: Around::of(&parsed, &triggers),
            triggers,
            line: row.line,
        });
    }
    patterns
}
