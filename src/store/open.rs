//! Opens a graph file, and only one that is ours and whole.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use rusqlite::{Connection, OpenFlags, OptionalExtension, Row};

use super::error::StoreError;
use super::schema::{APPLICATION, FILE, INDEXES, TABLES, VERSION, VIEWS};
use crate::graph::{Label, Meta};

/// A graph file, open for reading.
#[derive(Debug)]
pub struct Store {
    path: PathBuf,
    pub(super) file: Connection,
}

/// How much a graph holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counts {
    /// Entities and signings.
    pub nodes: u64,
    /// Edges.
    pub edges: u64,
    /// Articles, those that could not be read too.
    pub articles: u64,
    /// Stories.
    pub stories: u64,
    /// Signings.
    pub agreements: u64,
}

impl Store {
    /// Opens the graph in a folder that `build` wrote, or a graph file. Reads a few pages.
    ///
    /// # Errors
    /// [`StoreError`] when there is none, when it is something else, of another version, or cut off.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        let path = if path.is_dir() {
            path.join(FILE)
        } else {
            path.to_owned()
        };
        check_header(&path)?;
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY
            | OpenFlags::SQLITE_OPEN_NO_MUTEX
            | OpenFlags::SQLITE_OPEN_URI;
        let opened = Connection::open_with_flags(address(&path), flags);
        let file = opened.map_err(|e| damaged(&path, &e))?;
        let store = Self { path, file };
        store.check_tables()?;
        Ok(store)
    }

    /// The tables have to be as this version makes them: no view in a table's place, no trigger.
    fn check_tables(&self) -> Result<(), StoreError> {
        self.file
            .pragma_update(None, "trusted_schema", false)
            .map_err(|e| self.damaged(&e))?;
        let known = TABLES.iter().chain(&INDEXES).chain(&VIEWS);
        let mut known: BTreeMap<&str, &str> = known.copied().collect();
        let found = self.all(
            "SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL",
            |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?)),
        )?;
        for (name, sql) in found {
            if known.remove(name.as_str()) != Some(sql.as_str()) {
                return Err(self.not_ours(&format!("its `{name}` is not as ieum makes it")));
            }
        }
        match known.keys().next() {
            Some(name) => Err(self.not_ours(&format!("it has no `{name}`"))),
            None => Ok(()),
        }
    }

    /// Where the graph comes from.
    ///
    /// # Errors
    /// [`StoreError::Damaged`]
    pub fn meta(&self) -> Result<Meta, StoreError> {
        Ok(Meta {
            version: self.value("ieum")?,
            dictionaries: self.value("dictionaries")?,
            labels: self.all("SELECT key, ko, en FROM labels", |row| {
                Ok(Label {
                    key: row.get(0)?,
                    korean: row.get(1)?,
                    english: row.get(2)?,
                })
            })?,
            entries: self.all("SELECT kind, entries FROM entries", |row| {
                Ok((row.get(0)?, row.get(1)?))
            })?,
        })
    }

    /// How much the graph holds.
    ///
    /// # Errors
    /// [`StoreError::Damaged`]
    pub fn counts(&self) -> Result<Counts, StoreError> {
        let count = |key: &str| {
            let value = self.value(key)?;
            value
                .parse()
                .map_err(|_| self.broken(&format!("`{key}` is `{value}`, no count")))
        };
        Ok(Counts {
            nodes: count("nodes")?,
            edges: count("edges")?,
            articles: count("articles")?,
            stories: count("stories")?,
            agreements: count("agreements")?,
        })
    }

    fn value(&self, key: &str) -> Result<String, StoreError> {
        let sql = "SELECT value FROM meta WHERE key = ?1";
        let value = self.file.query_row(sql, [key], |row| row.get(0)).optional();
        let value = value.map_err(|e| self.damaged(&e))?;
        value.ok_or_else(|| self.broken(&format!("`meta` has no `{key}`")))
    }

    /// All rows of a query.
    pub(super) fn all<T>(
        &self,
        sql: &str,
        read: impl FnMut(&Row) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>, StoreError> {
        let all = || self.file.prepare(sql)?.query_map([], read)?.collect();
        let all: rusqlite::Result<Vec<T>> = all();
        all.map_err(|e| self.damaged(&e))
    }

    pub(super) fn check(&self, table: &str, holds: bool) -> Result<(), StoreError> {
        if holds {
            Ok(())
        } else {
            Err(self.broken(&format!("a row of `{table}` points nowhere")))
        }
    }

    pub(super) fn damaged(&self, error: &rusqlite::Error) -> StoreError {
        damaged(&self.path, error)
    }

    fn broken(&self, why: &str) -> StoreError {
        StoreError::Damaged {
            path: self.path.clone(),
            why: why.to_owned(),
        }
    }

    fn not_ours(&self, why: &str) -> StoreError {
        StoreError::NotOurs {
            path: self.path.clone(),
            why: why.to_owned(),
        }
    }
}

fn damaged(path: &Path, error: &rusqlite::Error) -> StoreError {
    StoreError::Damaged {
        path: path.to_owned(),
        why: error.to_string(),
    }
}

/// Looks at the first 100 bytes and the length: is it ours, of this version, and all there?
fn check_header(path: &Path) -> Result<(), StoreError> {
    let ours = |why: &str| StoreError::NotOurs {
        path: path.to_owned(),
        why: why.to_owned(),
    };
    let mut header = [0_u8; 100];
    let read = File::open(path).and_then(|mut file| {
        let length = file.metadata()?.len();
        file.read_exact(&mut header).map(|()| length)
    });
    let length = match read {
        Ok(length) => length,
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => {
            return Err(StoreError::Missing {
                path: path.to_owned(),
            });
        }
        Err(e) if e.kind() == std::io::ErrorKind::UnexpectedEof => {
            return Err(ours("it is too short"));
        }
        Err(e) => {
            return Err(StoreError::Damaged {
                path: path.to_owned(),
                why: e.to_string(),
            });
        }
    };
    let number = |at: usize| {
        i64::from(u32::from_be_bytes([
            header[at],
            header[at + 1],
            header[at + 2],
            header[at + 3],
        ]))
    };
    if !header.starts_with(b"SQLite format 3\0") {
        return Err(ours("it is no SQLite file"));
    }
    if number(68) != i64::from(APPLICATION) {
        return Err(ours("another program wrote it"));
    }
    if number(60) != i64::from(VERSION) {
        return Err(StoreError::OtherVersion {
            path: path.to_owned(),
            found: number(60),
            expected: i64::from(VERSION),
        });
    }
    let expected = number(28) * 4096;
    if i64::try_from(length).ok() != Some(expected) {
        let why = format!("it has {length} bytes and should have {expected}");
        return Err(StoreError::Damaged {
            path: path.to_owned(),
            why,
        });
    }
    Ok(())
}

/// The path as an address that tells SQLite that nobody changes the file: a build replaces it as a whole.
#[cfg(unix)]
fn address(path: &Path) -> PathBuf {
    use std::fmt::Write;
    use std::os::unix::ffi::OsStrExt;
    let mut address = "file:".to_owned();
    if path.is_relative() {
        address.push_str("./");
    }
    for &byte in path.as_os_str().as_bytes() {
        if byte.is_ascii_alphanumeric() || b"/._-".contains(&byte) {
            address.push(byte.into());
        } else {
            // Writing to a string cannot fail.
            let _ = write!(address, "%{byte:02x}");
        }
    }
    address.push_str("?immutable=1");
    address.into()
}

#[cfg(not(unix))]
fn address(path: &Path) -> PathBuf {
    path.to_owned()
}
