//! Shapes of names that no dictionary has.

use regex::Regex;

use super::{BadRow, Table, TypeId};

/// A row of `patterns.csv`.
#[derive(Debug, Clone)]
pub struct NamePattern {
    /// The type of what it finds.
    pub kind: TypeId,
    /// Literal parts of which one has to stand in the text before the expression is tried.
    pub triggers: Vec<String>,
    /// The expression; it is tried on the line around a trigger.
    pub regex: Regex,
    /// The name, with `$1` for groups of the expression.
    pub name: String,
    /// True where the expression runs on over a particle, which is cut off then.
    pub trim: bool,
    /// Line in `patterns.csv`.
    pub line: u64,
}

/// Reads `patterns.csv`.
pub fn load(table: &Table, types: &[String], bad: &mut Vec<BadRow>) -> Vec<NamePattern> {
    let mut patterns = Vec::new();
    for row in &table.rows {
        let Some(kind) = types.iter().position(|t| t == table.cell(row, "type")) else {
            bad.push(table.bad(row, "type", format!("one of {}", types.join(", "))));
            continue;
        };
        let regex = match Regex::new(table.cell(row, "regex")) {
            Ok(regex) => regex,
            Err(error) => {
                bad.push(table.bad(row, "regex", format!("a regular expression ({error})")));
                continue;
            }
        };
        let triggers: Vec<String> = table.list(row, "triggers").map(str::to_owned).collect();
        if triggers.is_empty() {
            bad.push(table.bad(
                row,
                "triggers",
                "at least one literal part of what the expression finds",
            ));
            continue;
        }
        let trim = match table.cell(row, "trim") {
            "yes" => true,
            "no" => false,
            _ => {
                bad.push(table.bad(row, "trim", "`yes` or `no`"));
                continue;
            }
        };
        patterns.push(NamePattern {
            kind: TypeId(kind as u8),
            triggers,
            regex,
            name: table.cell(row, "name").to_owned(),
            trim,
            line: row.line,
        });
    }
    patterns
}
