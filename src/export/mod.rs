//! One file a format: graph in, bytes out. And the folder that they go into.

mod agreements;
mod articles;
mod cell;
mod dot;
mod edges;
mod evidence;
mod folder;
mod gexf;
mod graphml;
mod html;
mod jsonld;
mod look;
mod measures;
mod mermaid;
mod neo4j;
mod nodelink;
mod nodes;
mod output;
mod readme;
mod sqlite;
mod svg;
mod swap;
mod table;
mod turtle;
mod xlsx;
mod xml;

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use crate::graph::Graph;

pub use agreements::Agreements;
pub use articles::Articles;
pub use dot::Dot;
pub use edges::Edges;
pub use evidence::Evidences;
pub use gexf::Gexf;
pub use graphml::GraphMl;
pub use html::Html;
pub use jsonld::JsonLd;
pub use mermaid::Mermaid;
pub use neo4j::{Neo4jNodes, Neo4jRelationships};
pub use nodelink::{D3, NodeLink};
pub use nodes::Nodes;
pub use output::{Output, OutputError};
pub use readme::{README, Readme};
pub use sqlite::Sqlite;
pub use svg::Svg;
pub use turtle::Turtle;
pub use xlsx::Xlsx;

/// What a format could not carry.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Loss {
    /// Characters that the format forbids and that were left out.
    pub characters: usize,
}

/// A file that a graph is written as. The same graph gives the same bytes.
pub trait Format: Send + Sync {
    /// The file's name in an output folder.
    fn file(&self) -> &'static str;

    /// What `--formats` calls it; several files may share a name.
    fn name(&self) -> &'static str;

    /// Writes the graph. O(size of the graph), holding little more than it.
    ///
    /// # Errors
    /// Those of `out`.
    fn write(&self, graph: &Graph, out: &mut dyn Write) -> io::Result<Loss>;

    /// Writes the graph to a new file.
    ///
    /// # Errors
    /// Those of the file system, as when the disk is full.
    fn create(&self, graph: &Graph, path: &Path) -> io::Result<Loss> {
        let mut out = BufWriter::with_capacity(1 << 16, File::create_new(path)?);
        let loss = self.write(graph, &mut out)?;
        out.into_inner()?.sync_data()?;
        Ok(loss)
    }
}

/// Why an export failed.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// A file cannot be written.
    #[error("cannot write {path}: {source}; what was there before is unchanged")]
    Unwritable {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// There is no such format.
    #[error("there is no format `{name}`; there are {}", .known.join(", "))]
    Unknown {
        /// What was asked for.
        name: String,
        /// What there is.
        known: Vec<&'static str>,
    },
    /// The output folder.
    #[error(transparent)]
    Output(#[from] OutputError),
}

/// All files of a build, in the order of their names in the guide.
pub fn all() -> Vec<Box<dyn Format>> {
    vec![
        Box::new(GraphMl),
        Box::new(Gexf),
        Box::new(Nodes),
        Box::new(Edges),
        Box::new(Agreements),
        Box::new(Evidences),
        Box::new(Articles),
        Box::new(Sqlite),
        Box::new(Html),
        Box::new(Readme),
    ]
}

/// All formats that there are; several of one name are the files of one format.
pub fn every() -> Vec<Box<dyn Format>> {
    vec![
        Box::new(Xlsx),
        Box::new(Svg),
        Box::new(Html),
        Box::new(Gexf),
        Box::new(GraphMl),
        Box::new(NodeLink),
        Box::new(D3),
        Box::new(Neo4jNodes),
        Box::new(Neo4jRelationships),
        Box::new(Nodes),
        Box::new(Edges),
        Box::new(Agreements),
        Box::new(Evidences),
        Box::new(Articles),
        Box::new(Turtle),
        Box::new(JsonLd),
        Box::new(Dot),
        Box::new(Mermaid),
        Box::new(Sqlite),
    ]
}

/// The formats of these names (`graphml`, `csv`, `sqlite`), and the guide to the folder.
///
/// # Errors
/// [`ExportError::Unknown`]
pub fn chosen<S: AsRef<str>>(names: &[S]) -> Result<Vec<Box<dyn Format>>, ExportError> {
    let guide = Readme.name();
    for name in names {
        let name = name.as_ref();
        if name == guide || all().iter().all(|format| format.name() != name) {
            let mut known: Vec<_> = all().iter().map(|format| format.name()).collect();
            known.dedup();
            known.retain(|known| *known != guide);
            return Err(ExportError::Unknown {
                name: name.to_owned(),
                known,
            });
        }
    }
    let wanted = |format: &dyn Format| {
        format.name() == guide || names.iter().any(|name| name.as_ref() == format.name())
    };
    Ok(all()
        .into_iter()
        .filter(|format| wanted(&**format))
        .collect())
}

/// One file that was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// Its name.
    pub file: &'static str,
    /// What it could not carry.
    pub loss: Loss,
}

/// Writes a whole output folder: all files first, then one swap. The files are written in parallel.
///
/// # Errors
/// [`ExportError`]; the folder then is as it was.
pub fn write(
    graph: &Graph,
    formats: &[Box<dyn Format>],
    output: Output,
) -> Result<Vec<Written>, ExportError> {
    let create = |format: &dyn Format| {
        let path = output.path(format.file());
        match format.create(graph, &path) {
            Ok(loss) => Ok(Written {
                file: format.file(),
                loss,
            }),
            Err(source) => {
                let path = output.folder().join(format.file());
                Err(ExportError::Unwritable { path, source })
            }
        }
    };
    let written: Vec<_> = formats
        .par_iter()
        .map(|format| create(&**format))
        .collect::<Result<_, _>>()?;
    output.commit()?;
    Ok(written)
}
