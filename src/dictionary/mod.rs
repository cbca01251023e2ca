//! The domain: names, particles, titles, cues and markers, read from CSV, checked, compiled.

mod affixes;
mod around;
mod conjugate;
mod contexts;
mod edit;
mod entries;
mod expression;
mod forms;
mod furniture;
mod grammar;
mod lint;
mod load;
mod matcher;
mod patterns;
mod references;
mod rules;
mod run;
mod surfaces;
mod table;
mod trie;

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

pub(crate) use conjugate::is_past;
pub use contexts::{Beside, Contexts, Side};
pub use edit::{EditError, NewRow, add, init};
pub use entries::Entry;
pub use forms::{FormExtra, FormUse, Forms, LONG};
pub use furniture::{Furniture, Marker, key};
pub use grammar::{Grammar, Tail, has_final_consonant, is_hangul, is_letter};
pub use lint::{Finding, Problem, Severity, check};
pub use load::Dictionary;
pub use matcher::{Hit, Matcher, fold_char};
pub use patterns::{Mode, NamePattern, Shape};
pub use references::Reference;
pub use rules::{Cue, DateWord, Ending, Form, Plan, RelationRules, Rule, Scope, Slot};
pub(crate) use rules::{Light, Mark, Use};
pub use surfaces::{Origin, Sense, Surface};
pub use table::{Row, Table};

/// One cell of a dictionary file that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct BadRow {
    /// File name.
    pub file: String,
    /// Line, from 1.
    pub line: u64,
    /// Column name; empty where the whole row is meant.
    pub column: String,
    /// What stands there.
    pub value: String,
    /// What would be right.
    pub expected: String,
}

impl BadRow {
    /// A complaint about one cell.
    pub fn new(
        file: &str,
        line: u64,
        column: &str,
        value: &str,
        expected: impl Into<String>,
    ) -> Self {
        Self {
            file: file.to_owned(),
            line,
            column: column.to_owned(),
            value: value.to_owned(),
            expected: expected.into(),
        }
    }
}

impl std::fmt::Display for BadRow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}", self.file, self.line)?;
        if !self.column.is_empty() {
            write!(f, ", column {}", self.column)?;
        }
        write!(f, ": found `{}`, expected {}", self.value, self.expected)
    }
}

/// Why a dictionary cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum DictionaryError {
    /// A file cannot be read.
    #[error("cannot read the dictionary file {path}: {source}")]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// Rows that cannot be used, all of them.
    #[error("{} bad {} in the dictionaries:\n{}", .0.len(), if .0.len() == 1 { "row" } else { "rows" },
        .0.iter().map(|row| format!("  {row}")).collect::<Vec<_>>().join("\n"))]
    BadRows(Vec<BadRow>),
}

/// An entity type: an index into [`Dictionary::types`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TypeId(pub u8);

impl TypeId {
    /// Provinces, cities, counties, districts.
    pub const CITY: Self = Self(0);
    /// Schools, colleges, universities.
    pub const SCHOOL: Self = Self(1);
    /// Businesses.
    pub const COMPANY: Self = Self(2);
    /// Policy programmes and designations.
    pub const PROGRAM: Self = Self(3);
    /// Ministries, agencies, offices, associations.
    pub const ORGANIZATION: Self = Self(4);
}

/// A dictionary entry: an index into [`Dictionary::entries`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntryId(pub u32);

/// What a noun's particle says about its part in the sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// 은/는, 에서는, 도 …: what the sentence is about.
    Topic,
    /// 이/가, 께서.
    Subject,
    /// 을/를.
    Object,
    /// 와/과, 하고, 랑.
    With,
    /// 의.
    Genitive,
    /// 로/으로, 로서: as what, by what, to where.
    As,
    /// 에, 에서: where.
    Place,
    /// 에게서, 로부터: from whom.
    From,
    /// 에게, 께, 한테: to whom.
    To,
    /// 도.
    Also,
    /// 만, 마다: limits.
    Only,
    /// 까지, 에까지.
    Until,
    /// 이다, 인, 이며, 이라고 …
    Copula,
    /// 이나, 든지 …: one of several.
    List,
    /// 등, 측, 들: no particle, but what may stand between a name and its particle.
    Suffix,
    /// Anything else.
    Other,
}

impl Role {
    /// Whether a body stands so of itself, as one who acts or is acted upon; not a place, a means or a limit.
    pub fn is_of_body(self) -> bool {
        use Role::{Genitive, Object, Subject, Topic, With};
        matches!(self, Topic | Subject | Object | With | Genitive)
    }
}

/// What the word after a name makes of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Meaning {
    /// 시장, 교장, 대표: the head speaks and signs for the body.
    Head,
    /// 부시장, 경제부지사: so does a deputy.
    Deputy,
    /// 의원, 이사, 교수: belongs to it.
    Member,
    /// 관계자, 대변인.
    Staff,
    /// 시청, 본사: the body itself.
    Office,
    /// 공장, 캠퍼스, 지역본부: a part of the body.
    Unit,
    /// 강당, 회의실, 체육관: a place that belongs to the body.
    Facility,
    /// 학생, 졸업생.
    Student,
    /// 의회, 협력사, 동문회: another body that is related to it.
    Relative,
    /// 지역, 관내, 소재: the name with a word that says what it is.
    Label,
    /// ㈜, 주식회사: marks of a legal person.
    Mark,
    /// 기자, 씨: follows a person's name.
    Person,
    /// Anything else.
    Other,
}
