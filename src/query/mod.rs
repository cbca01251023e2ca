//! Questions to a graph file: what a name means, who is near, how two are connected, where it is stated.
//!
//! A question reads just the part of the file that it needs into the graph model and is answered there. What needs all
//! edges ([`Graph::paths`], [`Graph::top`], [`Graph::stats`], [`compare`]) reads them in one go.
//!
//! ```
//! # use ieum::{article, dictionary::Dictionary, graph::Builder, store};
//! # let output = tempfile::tempdir()?;
//! # let output = output.path();
//! # let dictionary = Dictionary::embedded()?;
//! # let text = "입력 2024.03.05\n\n거제시는 5일 거제공고, 삼성중공업과 업무협약을 맺었다고 밝혔다.\n";
//! # let mut builder = Builder::new();
//! # let article = article::read("a.txt", text.as_bytes(), dictionary.furniture());
//! # builder.add(&ieum::extract(&article, &dictionary));
//! # store::write(&builder.finish(&dictionary), &output.join(store::FILE))?;
//! use ieum::query::{Filter, Ranking, Wish};
//!
//! let graph = ieum::Graph::open(output)?;
//! let near = graph.neighbors("거제공고")?;
//! assert_eq!(near.asked[0].name, "거제공업고등학교");
//! assert_eq!(near.neighbors[0].ties[0].relation, "agreement");
//!
//! // Most questions take a filter: of types, relations, days …
//! let all = Filter::default();
//! let companies = Filter { types: ["company".to_owned()].into(), ..Filter::default() };
//! let why = graph.why("거제공고", "삼성중공업", &all, 10)?;
//! assert!(why.reasons[0].sentences[0].sentence.contains("업무협약을 맺었다"));
//! assert_eq!(graph.search("ㅅㅅㅈㄱㅇ", &companies, 10)?.hits[0].entity.name, "삼성중공업");
//! assert_eq!(graph.show("거제시", 10)?.sources[0].source, "a.txt");
//! assert_eq!(graph.agreements(Some("거제시"), &all, 10)?.agreements[0].parties.len(), 3);
//! assert_eq!(graph.timeline("거제시", &all, 10)?.events[0].relation, "agreement");
//! assert_eq!(graph.paths("거제시", "삼성중공업", &all, Wish::Fewest, 1)?.paths[0].steps, 1);
//! let ranking = Ranking { by: "stories".to_owned(), filter: companies, limit: 1 };
//! assert_eq!(graph.top(&ranking)?.entities[0].entity.id, "company:삼성중공업");
//! assert_eq!(graph.stats()?.agreements, 1);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod agreements;
mod compare;
mod error;
mod events;
mod filter;
mod inside;
mod names;
mod nearness;
mod neighbors;
mod part;
mod path;
mod route;
mod search;
mod show;
mod stats;
mod step;
mod tie;
mod top;
mod why;

use std::collections::BTreeSet;
use std::path::Path;

use serde::Serialize;

pub use agreements::{Ledger, Pact};
pub use compare::{Changed, Comparison, Count, compare};
pub use error::QueryError;
pub use events::{Dated, Event, Timeline};
pub use filter::Filter;
pub use names::{Entity, Meaning, Named};
pub use neighbors::{Order, Question, neighbors};
pub use path::{Leg, Paths, Route};
pub use route::Wish;
pub use search::{Fit, Hit, Hits};
pub use show::{Group, Portrait};
pub use stats::{Coverage, Relations, Stats, Types, Unmatched};
pub use tie::{Cited, Direction, Neighbor, Signed, Tie, cite};
pub use top::{Ranked, Ranking, Top};
pub use why::{Mark, Quote, Reason, Why};

use crate::graph::Meta;
use crate::store::{Store, StoreError};

/// A graph file, open for questions.
///
/// A name is an id, a full name, an abbreviation or another form; blanks, marks and case do not matter.
#[derive(Debug)]
pub struct Graph {
    store: Store,
}

/// Who is near.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Near {
    /// Who was asked for.
    pub asked: Vec<Entity>,
    /// In the order that was asked for, each with its evidence.
    pub neighbors: Vec<Neighbor>,
    /// How many more there are.
    pub left_out: usize,
}

impl Graph {
    /// Opens the graph in a folder that `build` wrote, or a graph file. Reads a few pages.
    ///
    /// # Errors
    /// [`StoreError`] when there is none, when it is something else, of another version, or cut off.
    pub fn open(path: impl AsRef<Path>) -> Result<Self, StoreError> {
        let store = Store::open(path.as_ref())?;
        Ok(Self { store })
    }

    /// Where the graph comes from, with the words for people for relations and types.
    ///
    /// # Errors
    /// [`StoreError::Damaged`]
    pub fn meta(&self) -> Result<Meta, StoreError> {
        self.store.meta()
    }

    /// What a name means; for an unknown one, the nearest.
    ///
    /// # Errors
    /// [`StoreError::Damaged`]
    pub fn meaning(&self, name: &str) -> Result<Meaning, StoreError> {
        names::resolve(&self.store, name)
    }

    /// The one entity that a name means.
    ///
    /// # Errors
    /// [`QueryError::Several`] and [`QueryError::Unknown`], with those to choose from.
    pub fn entity(&self, name: &str) -> Result<Entity, QueryError> {
        match self.meaning(name)? {
            Meaning::One(entity) => Ok(entity),
            Meaning::Several(choices) => Err(QueryError::Several {
                name: name.to_owned(),
                choices,
            }),
            Meaning::Unknown(near) => Err(QueryError::Unknown {
                name: name.to_owned(),
                near,
            }),
        }
    }

    /// The entities with a name that fits `text`: the beginning, a part, the initials (ㅇㄹㄱㄱ), or nearly the same.
    ///
    /// # Errors
    /// [`StoreError::Damaged`]
    pub fn search(&self, text: &str, filter: &Filter, limit: usize) -> Result<Hits, StoreError> {
        search::search(&self.store, text, &filter.types, limit)
    }

    /// Everybody next to an entity.
    ///
    /// # Errors
    /// [`QueryError`]
    pub fn neighbors(&self, name: &str) -> Result<Near, QueryError> {
        self.near(&[name], &Question::default())
    }

    /// Who is near one of several entities, or near all of them.
    ///
    /// # Errors
    /// [`QueryError`]
    pub fn near<T: AsRef<str>>(
        &self,
        names: &[T],
        question: &Question,
    ) -> Result<Near, QueryError> {
        let asked = names.iter().map(|name| self.entity(name.as_ref()));
        let asked: Vec<Entity> = asked.collect::<Result<_, _>>()?;
        let numbers: BTreeSet<u32> = asked.iter().map(|entity| entity.number).collect();
        let numbers = Vec::from_iter(numbers);
        let mut part = self.store.around(&numbers, question.depth)?;
        let starts: Vec<_> = numbers.iter().filter_map(|&n| part.node(n)).collect();
        let mut found = neighbors(&part.graph, &starts, question);
        let left_out = found.len().saturating_sub(question.limit);
        found.truncate(question.limit);
        let ties = found.iter().flat_map(|near| &near.ties);
        let edges: Vec<_> = ties.flat_map(|tie| tie.edges.clone()).collect();
        self.store.add_evidence(&mut part, edges)?;
        cite(&part.graph, &mut found);
        Ok(Near {
            asked,
            neighbors: found,
            left_out,
        })
    }
}
