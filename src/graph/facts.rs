//! What the graph asks a dictionary.

use std::collections::BTreeMap;

use super::model::Label;
use crate::dictionary::{Dictionary, fold_char};

/// A relation that a dictionary states, not a text.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fact {
    /// Id of the subject.
    pub subject: String,
    /// `located_in`, `part_of` or `runs`.
    pub relation: String,
    /// Id of the object.
    pub object: String,
}

/// What a dictionary knows about entities, by id.
///
/// Every answer has to depend on the id alone, so that a graph does not depend on the order of the questions.
pub trait Facts {
    /// The facts in the row of `id`: `located_in` from its city, `part_of` from its parent, and `runs` from its
    /// owner, who is the subject then.
    fn facts(&self, id: &str) -> Vec<Fact>;

    /// The other columns of its row, empty ones left out, and its `city` and `parent` by name.
    fn attributes(&self, id: &str) -> Vec<(String, String)>;

    /// The other names in its row, and what the rules make of them.
    fn aliases(&self, id: &str) -> Vec<String>;

    /// The word for people for a relation, `party`, `about` or `agreement`; none leaves the identifier.
    fn label(&self, _kind: &str) -> Option<String> {
        None
    }

    /// The words for people for all relations and types, by identifier.
    fn labels(&self) -> Vec<Label> {
        Vec::new()
    }

    /// How many entries there are of each type, by type.
    fn entries(&self) -> Vec<(String, u32)> {
        Vec::new()
    }

    /// A hash of all that these answers rest on; empty for none.
    fn hash(&self) -> String {
        String::new()
    }
}

/// No dictionary.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoFacts;

impl Facts for NoFacts {
    fn facts(&self, _id: &str) -> Vec<Fact> {
        Vec::new()
    }

    fn attributes(&self, _id: &str) -> Vec<(String, String)> {
        Vec::new()
    }

    fn aliases(&self, _id: &str) -> Vec<String> {
        Vec::new()
    }
}

/// Columns of a name file that are facts and stand in the graph as edges.
const FACT_COLUMNS: [&str; 3] = ["city", "parent", "owner"];

fn folded(form: &str) -> String {
    form.chars().filter_map(fold_char).collect()
}

impl Facts for Dictionary {
    fn facts(&self, id: &str) -> Vec<Fact> {
        let Some(entry) = self.by_id(id) else {
            return Vec::new();
        };
        let fact = |subject: &str, relation: &str, object: &str| Fact {
            subject: subject.to_owned(),
            relation: relation.to_owned(),
            object: object.to_owned(),
        };
        let mut facts = Vec::new();
        if let Some(city) = entry.city {
            facts.push(fact(id, "located_in", &self.entry(city).id));
        }
        if let Some(parent) = entry.parent {
            facts.push(fact(id, "part_of", &self.entry(parent).id));
        }
        for &owner in &entry.owners {
            facts.push(fact(&self.entry(owner).id, "runs", id));
        }
        facts
    }

    fn attributes(&self, id: &str) -> Vec<(String, String)> {
        let Some(entry) = self.by_id(id) else {
            return Vec::new();
        };
        let own = entry
            .attributes
            .iter()
            .filter(|(column, _)| !FACT_COLUMNS.contains(&&**column))
            .map(|(column, value)| (column.to_string(), value.to_string()));
        // The nearest city and parent by name: columns of nodes.csv, also where no article names them.
        let named = [("city", entry.city), ("parent", entry.parent)];
        let named = named
            .into_iter()
            .filter_map(|(column, of)| Some((column.to_owned(), self.entry(of?).name.to_string())));
        own.chain(named).collect()
    }

    fn aliases(&self, id: &str) -> Vec<String> {
        let Some(entry) = self.by_id(id) else {
            return Vec::new();
        };
        let mut aliases = entry.aliases.clone();
        // What the rules shorten is asked for too: 이리공고.
        let own: Vec<String> = entry.names().map(folded).collect();
        let made = self
            .forms_of(id)
            .filter(|form| !own.iter().any(|alias| alias == form));
        aliases.extend(made.map(str::to_owned));
        aliases
    }

    fn label(&self, kind: &str) -> Option<String> {
        self.label(kind).map(|(korean, _)| korean.to_owned())
    }

    fn labels(&self) -> Vec<Label> {
        let label = |(key, korean, english): (&str, &str, &str)| Label {
            key: key.to_owned(),
            korean: korean.to_owned(),
            english: english.to_owned(),
        };
        self.labels().map(label).collect()
    }

    fn entries(&self) -> Vec<(String, u32)> {
        let mut counts = BTreeMap::new();
        for entry in self.entries() {
            let kind = self.type_name(entry.kind).to_owned();
            *counts.entry(kind).or_default() += 1;
        }
        counts.into_iter().collect()
    }

    fn hash(&self) -> String {
        self.hash().to_owned()
    }
}
