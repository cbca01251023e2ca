//! Dictionaries as files on disk: read a folder, write the built-in ones, add a row.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};

use super::{BadRow, Dictionary, DictionaryError, Finding, Table, lint};

/// What the built-in files are and how to edit them, for people.
const README: &str = include_str!("../../dictionaries/README.md");

/// Why a dictionary file was not changed.
#[derive(Debug, thiserror::Error)]
pub enum EditError {
    /// A file or folder cannot be read or written.
    #[error("cannot write {path}: {source}", path = path.display())]
    Unwritable {
        /// The file or folder.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// Files are there already.
    #[error("{folder} already holds {files}; nothing was written, --force overwrites them", folder = folder.display(), files = files.join(", "))]
    Exists {
        /// The folder.
        folder: PathBuf,
        /// The files in it.
        files: Vec<String>,
    },
    /// The header has no such column.
    #[error("{file} has no column `{column}`; it has {columns}")]
    NoColumn {
        /// The file.
        file: String,
        /// The column that was asked for.
        column: String,
        /// Those it has.
        columns: String,
    },
    /// The row, or one that was there before, cannot be used.
    #[error("the row was not added")]
    Bad(#[source] DictionaryError),
    /// The dictionaries cannot be read.
    #[error(transparent)]
    Dictionary(#[from] DictionaryError),
}

/// Writes the built-in files into a folder, which is made if need be. Gives the names of the files.
///
/// # Errors
/// A file that is there already, unless `force`; then nothing is written. A folder that cannot be written.
pub fn init(folder: &Path, force: bool) -> Result<Vec<&'static str>, EditError> {
    let unwritable = |path: &Path, source| EditError::Unwritable {
        path: path.to_owned(),
        source,
    };
    let mut files: Vec<(&str, &str)> = Dictionary::embedded_files().to_vec();
    files.push(("README.md", README));
    let there = files.iter().filter(|(file, _)| folder.join(file).exists());
    let there: Vec<String> = there.map(|(file, _)| (*file).to_owned()).collect();
    if !there.is_empty() && !force {
        return Err(EditError::Exists {
            folder: folder.to_owned(),
            files: there,
        });
    }
    std::fs::create_dir_all(folder).map_err(|e| unwritable(folder, e))?;
    for (file, text) in &files {
        let path = folder.join(file);
        std::fs::write(&path, text).map_err(|e| unwritable(&path, e))?;
    }
    Ok(files.into_iter().map(|(file, _)| file).collect())
}

/// A row to add: `name` stands in the file's `name` column, or in its first one where it has none.
#[derive(Debug, Clone, Default)]
pub struct NewRow {
    /// The name.
    pub name: String,
    /// What `aliases` holds.
    pub aliases: Vec<String>,
    /// What `ambiguous` holds.
    pub ambiguous: Vec<String>,
    /// Other columns and their values.
    pub columns: Vec<(String, String)>,
}

/// Adds a row to a dictionary file and gives its line and what is doubtful about it.
///
/// The folder's dictionaries are checked with the new row first; where they cannot be used then, the file stays as it is.
///
/// # Errors
/// A column that the file does not have, a row that cannot be used, a file that cannot be read or written.
pub fn add(path: &Path, new: &NewRow) -> Result<(u64, Vec<Finding>), EditError> {
    let folder = match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    let file = path
        .file_name()
        .map(|n| n.to_string_lossy().into_owned())
        .unwrap_or_default();
    let mut files = Dictionary::read_folder(folder)?;
    let old = match files.get(&file) {
        Some(text) => text.clone(),
        None => {
            return Err(DictionaryError::Unreadable {
                path: path.to_owned(),
                source: std::io::ErrorKind::NotFound.into(),
            }
            .into());
        }
    };
    let (text, line) = with_row(&file, &old, new)?;
    files.insert(file.clone(), text.clone());
    let (findings, dictionary) = lint::check(&files);
    let mine = |f: &Finding| f.row.file == file && f.row.line == line;
    if dictionary.is_none() {
        let bad: Vec<BadRow> = findings
            .into_iter()
            .filter(Finding::is_error)
            .map(|f| f.row)
            .collect();
        return Err(EditError::Bad(DictionaryError::BadRows(bad)));
    }
    write_whole(folder, path, &text)?;
    Ok((line, findings.into_iter().filter(mine).collect()))
}

/// The file's text with the row at its end, and the row's line.
fn with_row(file: &str, old: &str, new: &NewRow) -> Result<(String, u64), EditError> {
    let table = Table::read(file, old, &[], &mut Vec::new());
    let header = table.header();
    let mut cells: BTreeMap<usize, String> = BTreeMap::new();
    let mut set = |column: &str, value: String| match header.iter().position(|c| **c == *column) {
        Some(at) => {
            cells.insert(at, value);
            Ok(())
        }
        None => Err(EditError::NoColumn {
            file: file.to_owned(),
            column: column.to_owned(),
            columns: header.join(", "),
        }),
    };
    let first = header.first().map_or("name", |first| first);
    let own = if header.iter().any(|c| **c == *"name") {
        "name"
    } else {
        first
    };
    set(own, new.name.clone())?;
    for (column, values) in [("aliases", &new.aliases), ("ambiguous", &new.ambiguous)] {
        if !values.is_empty() {
            set(column, values.join("|"))?;
        }
    }
    for (column, value) in &new.columns {
        set(column, value.clone())?;
    }
    let crlf = old.contains("\r\n");
    let mut csv = csv::WriterBuilder::new()
        .terminator(if crlf {
            csv::Terminator::CRLF
        } else {
            csv::Terminator::Any(b'\n')
        })
        .from_writer(Vec::new());
    let row = (0..header.len()).map(|at| cells.get(&at).map_or("", String::as_str));
    // Memory does not fail to be written, and what was text stays text.
    let _ = csv.write_record(row);
    let row = String::from_utf8(csv.into_inner().unwrap_or_default()).unwrap_or_default();
    let mut text = old.to_owned();
    if !text.is_empty() && !text.ends_with('\n') {
        text.push_str(if crlf { "\r\n" } else { "\n" });
    }
    let line = text.matches('\n').count() as u64 + 1;
    text.push_str(&row);
    Ok((text, line))
}

/// Puts `text` in the file's place at once: the old file or the new one is there, whole.
fn write_whole(folder: &Path, path: &Path, text: &str) -> Result<(), EditError> {
    let unwritable = |source| EditError::Unwritable {
        path: path.to_owned(),
        source,
    };
    let mut new = tempfile::NamedTempFile::new_in(folder).map_err(unwritable)?;
    new.write_all(text.as_bytes()).map_err(unwritable)?;
    if let Ok(meta) = std::fs::metadata(path) {
        // A file made for one user alone takes the place of one that all may read.
        let _ = new.as_file().set_permissions(meta.permissions());
    }
    new.persist(path).map_err(|e| unwritable(e.error))?;
    Ok(())
}
