//! Records become one graph, whatever their order, and the graph becomes files.

mod merge;
mod output;
mod records;
mod store;
