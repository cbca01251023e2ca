//! A whole output folder, written beside the old one and swapped in.
//!
//! The files are written into `.NAME.ieum-new` beside the folder `NAME`; then the two change places in one step, so
//! that at any moment `NAME` is the old output or the new one, whole. What is not ieum's stays: each such entry has
//! a link in the new folder that leads to it in the old one, and after the swap it changes places with that link, so
//! it can be reached under its own name all the time and is never copied or rewritten. Only then is the old output
//! removed. A build that was killed leaves at most `.NAME.ieum-new`, which the next build puts in order.
//!
//! What is ieum's stands in the folder's `.ieum`: a line that says so, and the names of the files. A file with
//! the name of one of ours that is not in that list is never overwritten; the build refuses before it starts.
//!
//! Two lesser ways. Where the system cannot exchange folders, the old one is moved aside and the new one into its
//! place; a build killed between the two leaves no folder, and the next build moves the old one back. Where the folder
//! itself cannot move (a mount point, the current folder, a parent that cannot be written), the files
//! are written into `NAME/.ieum-new` and moved one by one: each is whole at any moment, and a build killed between
//! two is completed by the next.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use super::Format;
use super::folder::{
    BUILDING, MANIFEST, SIGN, beside, clear, foreign, locate, lock, move_in, must_stay,
    put_in_order, refuse_foreign, retire,
};
use super::swap;

/// Why an output folder cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum OutputError {
    /// The path is a file.
    #[error("{0} is no folder: name another one with -o")]
    NotAFolder(PathBuf),
    /// Nothing can be written there.
    #[error("cannot write into {path}: {source}; name another folder with -o")]
    Unwritable {
        /// The folder.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// There are files with our names that we did not write.
    #[error(
        "{folder} holds files that ieum did not write and would overwrite: {}; move them, or name another folder with -o",
        .files.join(", ")
    )]
    Foreign {
        /// The folder.
        folder: PathBuf,
        /// The files.
        files: Vec<String>,
    },
    /// Another build has the folder.
    #[error("another build is writing into {0}: wait for it, or name another folder with -o")]
    Busy(PathBuf),
    /// The new output is in its place, and something of the old one could not be put in order.
    #[error("the new output is in place, but {path} could not be put in order: {source}")]
    Left {
        /// What is left.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
}

/// An output folder that is being written. Dropped without [`Output::commit`], it leaves everything as it was.
#[derive(Debug)]
pub struct Output {
    folder: PathBuf,
    staging: PathBuf,
    inside: bool,
    files: Vec<&'static str>,
    _lock: Option<File>,
}

impl Output {
    /// Makes ready to write `formats` into `folder`, which may not exist yet; puts in order what a killed build left.
    ///
    /// # Errors
    /// [`OutputError`], before any work is done: no folder, not writable, files that are not ours, another build.
    pub fn prepare(folder: &Path, formats: &[Box<dyn Format>]) -> Result<Self, OutputError> {
        let unwritable = |source| OutputError::Unwritable {
            path: folder.to_owned(),
            source,
        };
        let folder = locate(folder)?;
        let inside = must_stay(&folder);
        let staging = if inside {
            folder.join(".ieum-new")
        } else {
            beside(&folder, "new")
        };
        put_in_order(&folder, &staging, inside)?;
        let files: Vec<&str> = formats.iter().map(|format| format.file()).collect();
        refuse_foreign(&folder, &files)?;
        if folder.exists() && !swap::writable(&folder) {
            return Err(unwritable(io::ErrorKind::PermissionDenied.into()));
        }
        match fs::create_dir(&staging) {
            Err(e) if e.kind() == io::ErrorKind::AlreadyExists => {
                return Err(OutputError::Busy(folder));
            }
            made => made.map_err(unwritable)?,
        }
        let lock = lock(&staging, &folder)?;
        let output = Self {
            folder,
            staging,
            inside,
            files,
            _lock: lock,
        };
        fs::write(output.path(BUILDING), SIGN).map_err(unwritable)?;
        Ok(output)
    }

    /// The folder, with symbolic links resolved.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Where to write the file of this name.
    pub fn path(&self, file: &str) -> PathBuf {
        self.staging.join(file)
    }

    /// Puts what was written in its place.
    ///
    /// # Errors
    /// [`OutputError`]. Everything is as it was, but for [`OutputError::Left`].
    pub fn commit(self) -> Result<(), OutputError> {
        let unwritable = |source| OutputError::Unwritable {
            path: self.folder.clone(),
            source,
        };
        let mut manifest = format!("{SIGN}\n");
        for file in &self.files {
            manifest.extend([file, "\n"]);
        }
        refuse_foreign(&self.folder, &self.files)?;
        fs::write(self.path(MANIFEST), manifest).map_err(unwritable)?;
        if self.inside {
            fs::remove_file(self.path(BUILDING)).map_err(unwritable)?;
            return move_in(&self.staging, &self.folder);
        }
        if !self.folder.exists() {
            fs::remove_file(self.path(BUILDING)).map_err(unwritable)?;
            return fs::rename(&self.staging, &self.folder).map_err(unwritable);
        }
        let _old = lock(&self.folder, &self.folder)?;
        let linked = self.link_foreign().map_err(unwritable);
        let mode = fs::metadata(&self.folder)
            .map_err(unwritable)?
            .permissions();
        fs::set_permissions(&self.staging, mode).map_err(unwritable)?;
        linked?;
        fs::remove_file(self.path(BUILDING)).map_err(unwritable)?;
        match swap::exchange(&self.staging, &self.folder) {
            Ok(()) => retire(&self.staging, &self.folder),
            Err(e) if e.kind() == io::ErrorKind::Unsupported => self.replace(),
            Err(source) => Err(unwritable(source)),
        }
    }

    /// Makes a link in the new folder for each entry that is not ours. It leads to where the entry will be.
    fn link_foreign(&self) -> io::Result<()> {
        let name = self.staging.file_name().unwrap_or_default();
        for entry in foreign(&self.folder)? {
            let target = Path::new("..").join(name).join(&entry);
            match swap::link(&target, &self.staging.join(&entry)) {
                Err(e) if e.kind() == io::ErrorKind::Unsupported => return Ok(()),
                made => made?,
            }
        }
        Ok(())
    }

    /// Moves the old folder aside and the new one into its place: the way without an exchange.
    fn replace(&self) -> Result<(), OutputError> {
        let unwritable = |source| OutputError::Unwritable {
            path: self.folder.clone(),
            source,
        };
        for entry in foreign(&self.folder).map_err(unwritable)? {
            // The links would lead to the wrong place.
            let link = self.staging.join(entry);
            if link.is_symlink() {
                fs::remove_file(link).map_err(unwritable)?;
            }
        }
        let old = beside(&self.folder, "old");
        fs::rename(&self.folder, &old).map_err(unwritable)?;
        if let Err(source) = fs::rename(&self.staging, &self.folder) {
            fs::rename(&old, &self.folder).map_err(unwritable)?;
            return Err(unwritable(source));
        }
        retire(&old, &self.folder)
    }
}

impl Drop for Output {
    fn drop(&mut self) {
        // After a commit it is gone, or it is an old output that the next build puts in order.
        if self.path(BUILDING).exists() {
            let _ = clear(&self.staging, BUILDING);
        }
    }
}
