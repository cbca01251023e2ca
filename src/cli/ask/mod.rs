//! Questions to a graph: what their commands share.

pub mod agreements;
mod arguments;
pub mod compare;
pub mod names;
pub mod neighbors;
pub mod path;
pub mod search;
pub mod show;
pub mod stats;
pub mod timeline;
pub mod top;
mod view;
pub mod why;
mod words;

pub use arguments::{
    FilterArguments, Limit, PartArguments, PeriodArguments, TypeArguments, ViewArguments,
};
pub use view::{Answer, Page};
