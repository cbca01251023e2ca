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

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use super::Format;
use super::readme::README;
use super::swap;

const MANIFEST: &str = ".ieum";
const SIGN: &str = "ieum output 1";
const BUILDING: &str = ".ieum-building";

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

/// The folder's true path. Makes its parents.
fn locate(folder: &Path) -> Result<PathBuf, OutputError> {
    let unwritable = |source| OutputError::Unwritable {
        path: folder.to_owned(),
        source,
    };
    match fs::metadata(folder) {
        Ok(data) if !data.is_dir() => return Err(OutputError::NotAFolder(folder.to_owned())),
        Ok(_) => return folder.canonicalize().map_err(unwritable),
        Err(e) if e.kind() == io::ErrorKind::NotFound => {}
        Err(source) => return Err(unwritable(source)),
    }
    let absolute = std::path::absolute(folder).map_err(unwritable)?;
    let (Some(parent), Some(name)) = (absolute.parent(), absolute.file_name()) else {
        return Err(OutputError::NotAFolder(absolute));
    };
    fs::create_dir_all(parent).map_err(unwritable)?;
    Ok(parent.canonicalize().map_err(unwritable)?.join(name))
}

/// Whether the folder itself cannot change its place.
fn must_stay(folder: &Path) -> bool {
    let Some(parent) = folder.parent() else {
        return true;
    };
    let current = std::env::current_dir().and_then(|path| path.canonicalize());
    folder.exists()
        && (!swap::same_device(folder, parent)
            || !swap::writable(parent)
            || current.is_ok_and(|path| path.starts_with(folder)))
}

/// `.NAME.ieum-WHAT` beside the folder `NAME`.
fn beside(folder: &Path, what: &str) -> PathBuf {
    let mut name = OsString::from(".");
    name.push(folder.file_name().unwrap_or_default());
    name.push(format!(".ieum-{what}"));
    folder.with_file_name(name)
}

fn lock(path: &Path, folder: &Path) -> Result<Option<File>, OutputError> {
    match swap::lock(path) {
        Ok(lock) if swap::holds(lock.as_ref(), path) => Ok(lock),
        Ok(_) => Err(OutputError::Busy(folder.to_owned())),
        Err(e) if e.kind() == io::ErrorKind::WouldBlock => {
            Err(OutputError::Busy(folder.to_owned()))
        }
        Err(source) => Err(OutputError::Unwritable {
            path: folder.to_owned(),
            source,
        }),
    }
}

/// Ends what a killed build began.
fn put_in_order(folder: &Path, staging: &Path, inside: bool) -> Result<(), OutputError> {
    let old = beside(folder, "old");
    if !inside && old.exists() {
        let _lock = lock(&old, folder)?;
        if folder.exists() {
            retire(&old, folder)?;
        } else {
            let left = |source| OutputError::Left {
                path: old.clone(),
                source,
            };
            fs::rename(&old, folder).map_err(left)?;
        }
    }
    if !staging.exists() {
        return Ok(());
    }
    let _lock = lock(staging, folder)?;
    let left = |source| OutputError::Left {
        path: staging.to_owned(),
        source,
    };
    if staging.join(BUILDING).exists() || fs::read_dir(staging).map_err(left)?.next().is_none() {
        return clear(staging, BUILDING).map_err(left);
    }
    match (inside, folder.exists()) {
        (true, _) => move_in(staging, folder),
        (false, true) => retire(staging, folder),
        // Killed just before a first output came into its place.
        (false, false) => fs::rename(staging, folder).map_err(left),
    }
}

/// The files in a folder that are ours.
fn ours(folder: &Path) -> BTreeSet<OsString> {
    let manifest = fs::read_to_string(folder.join(MANIFEST)).unwrap_or_default();
    let mut lines = manifest.lines();
    let mut ours = BTreeSet::new();
    if lines.next() == Some(SIGN) {
        ours.extend(lines.map(OsString::from));
        ours.insert(MANIFEST.into());
    }
    // The guide lies in the repository too, where no build has been yet.
    let guide = fs::read_to_string(folder.join("README.md")).unwrap_or_default();
    if guide
        .lines()
        .next()
        .is_some_and(|line| Some(line) == README.lines().next())
    {
        ours.insert("README.md".into());
    }
    ours.retain(|name| {
        folder
            .join(name)
            .symlink_metadata()
            .is_ok_and(|data| data.is_file())
    });
    ours
}

/// The entries of a folder that are not ours.
fn foreign(folder: &Path) -> io::Result<Vec<OsString>> {
    let ours = ours(folder);
    let mut foreign = Vec::new();
    for entry in fs::read_dir(folder)? {
        let name = entry?.file_name();
        if !ours.contains(&name) {
            foreign.push(name);
        }
    }
    foreign.sort();
    Ok(foreign)
}

/// Refuses a folder that holds files with our names that are not ours.
fn refuse_foreign(folder: &Path, files: &[&str]) -> Result<(), OutputError> {
    let ours = ours(folder);
    let mut taken = [files, &[MANIFEST]].concat();
    taken.retain(|file| {
        folder.join(file).symlink_metadata().is_ok() && !ours.contains(&OsString::from(file))
    });
    if taken.is_empty() {
        return Ok(());
    }
    let files = taken.into_iter().map(str::to_owned).collect();
    Err(OutputError::Foreign {
        folder: folder.to_owned(),
        files,
    })
}

/// Brings what is not ours from an old output back into the folder, then removes the old output.
fn retire(old: &Path, folder: &Path) -> Result<(), OutputError> {
    let left = |path: PathBuf| move |source| OutputError::Left { path, source };
    let kept = foreign(old).map_err(left(old.to_owned()))?;
    for entry in kept {
        let (from, to) = (old.join(&entry), folder.join(&entry));
        bring_back(&from, &to).map_err(left(from))?;
    }
    clear(old, MANIFEST).map_err(left(old.to_owned()))
}

/// Removes a folder of files, and last the one that tells what the others are: the removal may be cut short.
fn clear(folder: &Path, last: &str) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            fs::remove_dir_all(entry.path())?;
        } else if entry.file_name() != last {
            fs::remove_file(entry.path())?;
        }
    }
    let last = folder.join(last);
    if last.symlink_metadata().is_ok() {
        fs::remove_file(last)?;
    }
    fs::remove_dir(folder)
}

/// Moves `from` to `to`, where nothing is, or the link that stands for it, or already the thing itself.
fn bring_back(from: &Path, to: &Path) -> io::Result<()> {
    let is_bridge = |path: &Path| {
        let target = fs::read_link(path).unwrap_or_default();
        target.file_name() == from.file_name()
            && target.starts_with("..")
            && target.parent().and_then(Path::file_name) == from.parent().and_then(Path::file_name)
    };
    if is_bridge(from) {
        // Exchanged already.
        return fs::remove_file(from);
    }
    if to.symlink_metadata().is_err() {
        return fs::rename(from, to);
    }
    if !is_bridge(to) {
        return Err(io::ErrorKind::AlreadyExists.into());
    }
    swap::exchange(from, to)?;
    fs::remove_file(from)
}

/// Moves all files of a finished staging folder into the folder that it lies in; removes ours that are not new.
fn move_in(staging: &Path, folder: &Path) -> Result<(), OutputError> {
    let left = |source| OutputError::Left {
        path: staging.to_owned(),
        source,
    };
    let new = ours(staging);
    let listed = fs::read_to_string(staging.join(MANIFEST)).unwrap_or_default();
    for name in ours(folder) {
        let stays = listed.lines().any(|line| name == line) || name == MANIFEST;
        if !stays && !new.is_empty() {
            fs::remove_file(folder.join(name)).map_err(left)?;
        }
    }
    for name in new.iter().filter(|name| *name != MANIFEST) {
        fs::rename(staging.join(name), folder.join(name)).map_err(left)?;
    }
    if new.contains(&OsString::from(MANIFEST)) {
        fs::rename(staging.join(MANIFEST), folder.join(MANIFEST)).map_err(left)?;
    }
    fs::remove_dir_all(staging).map_err(left)
}
