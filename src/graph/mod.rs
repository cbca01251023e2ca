//! The graph: records merged into nodes, edges, signings and stories.
//!
//! [`Builder`] takes records in any order and on any number of machines; [`Builder::finish`] gives the one
//! [`Graph`] that they make up. Nothing in it depends on the order or the grouping of the records.

mod builder;
mod clean;
mod digest;
mod edges;
mod facts;
mod finish;
mod hash;
mod intern;
pub mod layout;
pub mod measures;
mod model;
mod near;
mod nodes;
mod part;
mod partial;
mod signature;
mod signing;
mod texts;
mod union;

pub use builder::Builder;
pub(crate) use edges::day as event_day;
pub use facts::{Fact, Facts, NoFacts};
pub use model::{
    ABOUT, AGREEMENT, Article, DICTIONARY_WEIGHT, Edge, EdgeStatus, Evidence, Graph, Label, Meta,
    Name, Naming, Net, Node, PARTY, Reading, Sentence, Signing, edge_id,
};
pub use partial::{MAGIC as PARTIAL, PartialError};
pub use texts::Text;
