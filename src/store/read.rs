//! Opens a graph; reads it whole.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use rusqlite::{Connection, OpenFlags, OptionalExtension, Row};

use super::error::StoreError;
use super::fold::fold;
use super::rows::{self, Words};
use super::schema::{APPLICATION, FILE, INDEXES, TABLES, VERSION, VIEWS};
use crate::graph::{Graph, Meta, Name, Naming, Node};

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

/// A name of a node.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NameRow {
    /// The form that [`fold`] makes of it.
    pub folded: String,
    /// The node's number.
    pub node: u32,
    /// The name.
    pub name: String,
    /// How often it stands in the texts; 0 for one that only a dictionary has.
    pub seen: u32,
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

    /// The numbers of the nodes that have this name, however it is spaced and cased; by number. O(log n).
    ///
    /// # Errors
    /// [`StoreError::Damaged`]
    pub fn find(&self, name: &str) -> Result<Vec<u32>, StoreError> {
        let sql = "SELECT DISTINCT node FROM names WHERE folded = ?1 ORDER BY node";
        let mut statement = self
            .file
            .prepare_cached(sql)
            .map_err(|e| self.damaged(&e))?;
        let found = statement.query_map([fold(name)], |row| row.get(0));
        let found = found.and_then(Iterator::collect);
        found.map_err(|e| self.damaged(&e))
    }

    /// The number of the node with this id. O(log n).
    ///
    /// # Errors
    /// [`StoreError::Damaged`]
    pub fn number(&self, id: &str) -> Result<Option<u32>, StoreError> {
        let sql = "SELECT node FROM nodes WHERE id = ?1";
        let found = self.file.query_row(sql, [id], |row| row.get(0)).optional();
        found.map_err(|e| self.damaged(&e))
    }

    /// All names, by folded form. O(n).
    ///
    /// # Errors
    /// [`StoreError::Damaged`]
    pub fn names(&self) -> Result<Vec<NameRow>, StoreError> {
        self.all("SELECT folded, node, name, seen FROM names", |row| {
            Ok(NameRow {
                folded: row.get(0)?,
                node: row.get(1)?,
                name: row.get(2)?,
                seen: row.get(3)?,
            })
        })
    }

    /// The whole graph. O(n).
    ///
    /// # Errors
    /// [`StoreError::Damaged`]
    pub fn load(&self) -> Result<Graph, StoreError> {
        let mut graph = Graph {
            meta: self.meta()?,
            ..Graph::default()
        };
        let sql = format!("SELECT {} FROM nodes ORDER BY node", rows::NODE);
        for (place, (number, node)) in self.all(&sql, rows::node)?.into_iter().enumerate() {
            self.check("nodes", number as usize == place)?;
            graph.net.add_node(node);
        }
        let nodes = graph.net.node_count();
        self.dress(&mut graph)?;
        let mut words = Words::default();
        let sql = format!("SELECT {} FROM edges ORDER BY edge", rows::EDGE);
        let edges = self.all(&sql, |row| rows::edge(row, &mut words))?;
        for (place, (number, source, target, edge)) in edges.into_iter().enumerate() {
            let inside = (source as usize) < nodes && (target as usize) < nodes;
            self.check("edges", inside && number as usize == place)?;
            graph.net.add_edge(source.into(), target.into(), edge);
        }
        let sql = format!("SELECT {} FROM articles ORDER BY article", rows::ARTICLE);
        let articles = self.all(&sql, rows::article)?;
        let sql = format!("SELECT {} FROM sentences ORDER BY sentence", rows::SENTENCE);
        let sentences = self.all(&sql, rows::sentence)?;
        for (place, (number, article)) in articles.iter().enumerate() {
            let inside = (article.story as usize) < articles.len();
            self.check("articles", inside && *number as usize == place)?;
        }
        for (place, (number, sentence)) in sentences.iter().enumerate() {
            let inside = (sentence.article as usize) < articles.len();
            self.check("sentences", inside && *number as usize == place)?;
        }
        graph.articles = articles.into_iter().map(|(_, article)| article).collect();
        graph.sentences = sentences
            .into_iter()
            .map(|(_, sentence)| sentence)
            .collect();
        let sql = "SELECT edge, sentence, status, date FROM evidence";
        for (edge, evidence) in self.all(sql, |row| Ok((row.get(0)?, rows::evidence(row, 1)?)))? {
            let edge: u32 = edge;
            self.check(
                "evidence",
                (evidence.sentence as usize) < graph.sentences.len(),
            )?;
            match graph.net.edge_weight_mut(edge.into()) {
                Some(edge) => edge.evidence.push(evidence),
                None => self.check("evidence", false)?,
            }
        }
        Ok(graph)
    }

    /// Adds names, articles and signings to all nodes.
    fn dress(&self, graph: &mut Graph) -> Result<(), StoreError> {
        let sql = "SELECT node, name, seen FROM names ORDER BY node, place";
        let found = self.all(sql, |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        for (number, name, seen) in found {
            let number: u32 = number;
            match graph.net.node_weight_mut(number.into()) {
                Some(node) => add_name(node, name, seen),
                None => self.check("names", false)?,
            }
        }
        let sql = "SELECT node, article, mentions FROM mentions";
        for (number, seen) in self.all(sql, |row| {
            Ok((
                row.get::<_, u32>(0)?,
                Naming {
                    article: row.get(1)?,
                    mentions: row.get(2)?,
                },
            ))
        })? {
            match graph.net.node_weight_mut(number.into()) {
                Some(node) => node.seen_in.push(seen),
                None => self.check("mentions", false)?,
            }
        }
        let sql = format!("SELECT {} FROM agreements", rows::SIGNING);
        for (number, signing) in self.all(&sql, rows::signing)? {
            match graph.net.node_weight_mut(number.into()) {
                Some(node) => node.signing = Some(signing),
                None => self.check("agreements", false)?,
            }
        }
        Ok(())
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

/// Puts a name where it belongs. Names come in the order of their places.
pub(super) fn add_name(node: &mut Node, name: String, seen: u32) {
    if seen > 0 {
        node.names.push(Name {
            form: name,
            count: seen,
        });
    } else if name != node.label {
        node.aliases.push(name);
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
