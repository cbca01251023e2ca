//! The graph in one SQLite file: written once, read whole or in part.

mod error;
mod find;
mod fold;
mod lean;
mod letters;
mod lookup;
mod open;
mod part;
mod read;
mod rows;
mod schema;
mod spelling;
mod write;

pub use error::StoreError;
pub use fold::fold;
pub use lean::{LeanEdge, LeanNode};
pub use letters::{is_final, is_initial, is_vowel, letters};
pub use lookup::Entry;
pub use open::{Counts, Store};
pub use part::Part;
pub use schema::{FILE, VERSION};
pub use spelling::spelled;
pub use write::write;
