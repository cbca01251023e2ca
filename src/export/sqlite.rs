//! `graph.sqlite`, by way of the store.

use std::fs::File;
use std::io::{self, Write};
use std::path::Path;

use super::{Format, Loss};
use crate::graph::Graph;
use crate::store;

/// The graph that queries read.
#[derive(Debug, Clone, Copy, Default)]
pub struct Sqlite;

impl Format for Sqlite {
    fn file(&self) -> &'static str {
        store::FILE
    }

    fn name(&self) -> &'static str {
        "sqlite"
    }

    fn write(&self, graph: &Graph, out: &mut dyn Write) -> io::Result<Loss> {
        let folder = tempfile::tempdir()?;
        let path = folder.path().join(self.file());
        let loss = self.create(graph, &path)?;
        io::copy(&mut File::open(&path)?, out)?;
        Ok(loss)
    }

    fn create(&self, graph: &Graph, path: &Path) -> io::Result<Loss> {
        store::write(graph, path).map_err(|error| match error {
            store::StoreError::Unwritable { source, .. } => io::Error::other(source),
            other => io::Error::other(other),
        })?;
        File::open(path)?.sync_data()?;
        Ok(Loss::default())
    }
}
