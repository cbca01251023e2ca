//! Folders that change places in one step, and locks on them.

use std::fs::{self, File};
use std::io;
use std::path::Path;

/// Exchanges what two paths name, in one step. [`io::ErrorKind::Unsupported`] where system or file system cannot.
#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
pub fn exchange(a: &Path, b: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    use rustix::io::Errno;
    renameat_with(CWD, a, CWD, b, RenameFlags::EXCHANGE).map_err(|error| match error {
        Errno::INVAL | Errno::NOSYS | Errno::NOTSUP => io::ErrorKind::Unsupported.into(),
        error => error.into(),
    })
}

/// Exchanges what two paths name, in one step. [`io::ErrorKind::Unsupported`] where system or file system cannot.
#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
pub fn exchange(_a: &Path, _b: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

/// Locks a folder until the file that comes back is dropped, or the process ends, however it ends.
/// [`io::ErrorKind::WouldBlock`] when somebody else has.
#[cfg(unix)]
pub fn lock(folder: &Path) -> io::Result<Option<File>> {
    use rustix::fs::{FlockOperation, flock};
    let file = File::open(folder)?;
    match flock(&file, FlockOperation::NonBlockingLockExclusive) {
        Ok(()) => Ok(Some(file)),
        Err(error) if error.kind() == io::ErrorKind::WouldBlock => Err(error.into()),
        // A file system without locks: go on without.
        Err(_) => Ok(None),
    }
}

/// Locks a folder, where the system can.
#[cfg(not(unix))]
pub fn lock(_folder: &Path) -> io::Result<Option<File>> {
    Ok(None)
}

/// Whether the lock holds the folder that `path` names now.
#[cfg(unix)]
pub fn holds(lock: Option<&File>, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let Some(lock) = lock else { return true };
    let same = |a: &fs::Metadata, b: &fs::Metadata| (a.dev(), a.ino()) == (b.dev(), b.ino());
    matches!((lock.metadata(), fs::metadata(path)), (Ok(a), Ok(b)) if same(&a, &b))
}

/// Whether the lock holds the folder that `path` names now.
#[cfg(not(unix))]
pub fn holds(_lock: Option<&File>, _path: &Path) -> bool {
    true
}

/// Whether entries can be made in a folder.
#[cfg(unix)]
pub fn writable(folder: &Path) -> bool {
    use rustix::fs::{Access, access};
    access(folder, Access::WRITE_OK | Access::EXEC_OK).is_ok()
}

/// Whether entries can be made in a folder.
#[cfg(not(unix))]
pub fn writable(folder: &Path) -> bool {
    fs::metadata(folder).is_ok_and(|data| !data.permissions().readonly())
}

/// Whether both are on one file system, so that one can take the other's place.
#[cfg(unix)]
pub fn same_device(a: &Path, b: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    matches!((fs::metadata(a), fs::metadata(b)), (Ok(a), Ok(b)) if a.dev() == b.dev())
}

/// Whether both are on one file system, so that one can take the other's place.
#[cfg(not(unix))]
pub fn same_device(_a: &Path, _b: &Path) -> bool {
    true
}

/// Makes a symbolic link.
#[cfg(unix)]
pub fn link(target: &Path, at: &Path) -> io::Result<()> {
    std::os::unix::fs::symlink(target, at)
}

/// Makes a symbolic link.
#[cfg(not(unix))]
pub fn link(_target: &Path, _at: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}
