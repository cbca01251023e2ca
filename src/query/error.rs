//! Why a question has no answer.

use std::fmt::Write;

use super::names::Entity;
use crate::store::StoreError;

/// Why a question has no answer.
#[derive(Debug, thiserror::Error)]
pub enum QueryError {
    /// The graph cannot be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Several entities share the name.
    #[error("`{name}` may be any of these; ask for one by its id:{}", list(.choices))]
    Several {
        /// What was asked for.
        name: String,
        /// Whom it may mean, by id.
        choices: Vec<Entity>,
    },
    /// Nobody has the name.
    #[error("{}", unknown(.name, .near))]
    Unknown {
        /// What was asked for.
        name: String,
        /// Who has nearly this name, the nearest first.
        near: Vec<Entity>,
    },
    /// There is no such measure.
    #[error("there is no measure `{name}`{}; there are {}", if *.dated { " of a part of the time" } else { "" }, .known.join(", "))]
    Measure {
        /// What was asked for.
        name: String,
        /// Whether only a part of the time was asked for.
        dated: bool,
        /// What there is.
        known: Vec<String>,
    },
}

fn unknown(name: &str, near: &[Entity]) -> String {
    if near.is_empty() {
        format!("`{name}` is not in the graph, and nothing like it")
    } else {
        format!(
            "`{name}` is not in the graph; the nearest names are:{}",
            list(near)
        )
    }
}

/// One entity a line: its id, and how often it is named.
fn list(entities: &[Entity]) -> String {
    let mut lines = String::new();
    for entity in entities {
        let articles = if entity.articles == 1 {
            "article"
        } else {
            "articles"
        };
        // Writing to a string cannot fail.
        let _ = write!(lines, "\n  {}  ({} {articles})", entity.id, entity.articles);
    }
    lines
}
