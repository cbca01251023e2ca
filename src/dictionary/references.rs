//! Words that stand for a body named elsewhere in the article: 시, 도교육청, 이 학교.

use super::{BadRow, Table, TypeId};

/// A row of `references.csv`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    /// The word, folded.
    pub form: String,
    /// What type it stands for.
    pub kind: TypeId,
    /// How the names end that it may stand for; any, where empty.
    pub endings: Vec<String>,
    /// Which level of place it belongs to (`province`, `city`); any, where empty.
    pub levels: Vec<String>,
    /// True where the word names the body (도교육청), false where it only points back (도).
    pub names: bool,
    /// Of several it means the one that was the topic last, rather than one that is only named in passing.
    pub prefers_topic: bool,
    /// Of several it rather means one whose name ends so, if that is named as often.
    pub prefers: Vec<String>,
}

/// Reads `references.csv`.
pub fn load(table: &Table, types: &[String], bad: &mut Vec<BadRow>) -> Vec<Reference> {
    let mut references = Vec::new();
    for row in &table.rows {
        let form: String = table
            .cell(row, "form")
            .chars()
            .filter_map(super::fold_char)
            .collect();
        let Some(kind) = types.iter().position(|t| t == table.cell(row, "type")) else {
            bad.push(table.bad(row, "type", format!("one of {}", types.join(", "))));
            continue;
        };
        let names = match table.cell(row, "names") {
            "yes" => true,
            "no" => false,
            _ => {
                bad.push(table.bad(row, "names", "`yes` or `no`"));
                continue;
            }
        };
        let (topic, prefers): (Vec<_>, Vec<_>) = table
            .list(row, "prefers")
            .partition(|value| *value == "topic");
        if form.is_empty() {
            bad.push(table.bad(row, "form", "a word"));
            continue;
        }
        references.push(Reference {
            form,
            kind: TypeId(kind as u8),
            endings: table.list(row, "endings").map(str::to_owned).collect(),
            levels: table.list(row, "levels").map(str::to_owned).collect(),
            names,
            prefers_topic: !topic.is_empty(),
            prefers: prefers.into_iter().map(str::to_owned).collect(),
        });
    }
    references
}
