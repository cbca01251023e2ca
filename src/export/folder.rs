//! What lies in and beside an output folder: whose it is, and how it is put in order.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use super::output::OutputError;
use super::readme::README;
use super::swap;

/// The list of our files.
pub const MANIFEST: &str = ".ieum";
/// Its first line.
pub const SIGN: &str = "ieum output 1";
/// Stands in a folder that is being filled.
pub const BUILDING: &str = ".ieum-building";

/// The folder's true path. Makes its parents.
pub fn locate(folder: &Path) -> Result<PathBuf, OutputError> {
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
pub fn must_stay(folder: &Path) -> bool {
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
pub fn beside(folder: &Path, what: &str) -> PathBuf {
    let mut name = OsString::from(".");
    name.push(folder.file_name().unwrap_or_default());
    name.push(format!(".ieum-{what}"));
    folder.with_file_name(name)
}

pub fn lock(path: &Path, folder: &Path) -> Result<Option<File>, OutputError> {
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
pub fn put_in_order(folder: &Path, staging: &Path, inside: bool) -> Result<(), OutputError> {
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
pub fn foreign(folder: &Path) -> io::Result<Vec<OsString>> {
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
pub fn refuse_foreign(folder: &Path, files: &[&str]) -> Result<(), OutputError> {
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
pub fn retire(old: &Path, folder: &Path) -> Result<(), OutputError> {
    let left = |path: PathBuf| move |source| OutputError::Left { path, source };
    let kept = foreign(old).map_err(left(old.to_owned()))?;
    for entry in kept {
        let (from, to) = (old.join(&entry), folder.join(&entry));
        bring_back(&from, &to).map_err(left(from))?;
    }
    clear(old, MANIFEST).map_err(left(old.to_owned()))
}

/// Removes a folder of files, and last the one that tells what the others are: the removal may be cut short.
pub fn clear(folder: &Path, last: &str) -> io::Result<()> {
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
pub fn move_in(staging: &Path, folder: &Path) -> Result<(), OutputError> {
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
