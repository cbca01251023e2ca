//! Records become one graph, whatever their order, and the graph becomes files.

mod exports;
mod formats;
mod merge;
mod output;
mod partials;
mod records;
mod signings;
mod store;
mod stories;
