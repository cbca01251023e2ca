//! The graph in one SQLite file: written once, read whole or in part.

mod error;
mod fold;
mod part;
mod read;
mod rows;
mod schema;
mod write;

pub use error::StoreError;
pub use fold::fold;
pub use part::Part;
pub use read::{Counts, NameRow, Store};
pub use schema::{FILE, VERSION};
pub use write::write;
