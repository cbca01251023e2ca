//! The guide to an output folder.

use std::io::{self, Write};

use super::{Format, Loss};
use crate::graph::Graph;

/// What each file is and how to open it. The repository's `output/README.md` is this text.
pub const README: &str = include_str!("readme.md");

/// `README.md`.
#[derive(Debug, Clone, Copy, Default)]
pub struct Readme;

impl Format for Readme {
    fn file(&self) -> &'static str {
        "README.md"
    }

    fn name(&self) -> &'static str {
        "readme"
    }

    fn write(&self, _graph: &Graph, out: &mut dyn Write) -> io::Result<Loss> {
        out.write_all(README.as_bytes())?;
        Ok(Loss::default())
    }
}
