//! What can be wrong with a graph file.

use std::path::PathBuf;

/// Why a graph cannot be read or written.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// There is no graph.
    #[error(
        "there is no graph at {path}: make one with `ieum build`, or name its folder with --graph"
    )]
    Missing {
        /// Where it was looked for.
        path: PathBuf,
    },
    /// The file is something else.
    #[error(
        "{path} is not a graph of ieum ({why}): name the folder that `ieum build` wrote, or build again"
    )]
    NotOurs {
        /// The file.
        path: PathBuf,
        /// How that shows.
        why: String,
    },
    /// Another version wrote it.
    #[error(
        "{path} has the graph format {found}, this ieum reads {expected}: build again with this version"
    )]
    OtherVersion {
        /// The file.
        path: PathBuf,
        /// The format of the file.
        found: i64,
        /// The format that can be read.
        expected: i64,
    },
    /// The file is cut off or changed.
    #[error("the graph {path} is damaged ({why}): build again")]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        why: String,
    },
    /// The file cannot be written.
    #[error("cannot write the graph {path}: {source}")]
    Unwritable {
        /// The file.
        path: PathBuf,
        /// What SQLite says.
        source: rusqlite::Error,
    },
}
