//! `ieum man DIR`: a manual page for each command, for who makes a package.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::CommandFactory;

/// Write a manual page for each command into a folder
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The folder; made when it is not there
    folder: PathBuf,
}

/// Runs the command.
pub fn run(typed: &Arguments) -> Result<()> {
    let folder = &typed.folder;
    let shown = || format!("cannot write manual pages into {}", folder.display());
    fs::create_dir_all(folder).with_context(shown)?;
    clap_mangen::generate_to(super::Arguments::command(), folder).with_context(shown)?;
    Ok(())
}
