//! The gold: what a reader found in each article.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::key;

/// Why the gold cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum GoldError {
    /// The folder or a file in it cannot be read.
    #[error("cannot read the gold in {path}: {source}", path = path.display())]
    Unreadable {
        /// The folder or the file.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// A file is no JSON, or has not the keys of a gold article.
    #[error("{path} is no gold article: {source}; it has `entities` and may have `relations`, `agreements`, `absent`, `title`, `published`, `text`", path = path.display())]
    NoGold {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        source: serde_json::Error,
    },
    /// The folder holds no gold.
    #[error("{path}: no gold in this folder; an article's gold is NAME.json or NAME/gold.json", path = path.display())]
    Empty {
        /// The folder.
        path: PathBuf,
    },
}

/// The gold of several articles.
#[derive(Debug, Clone, Default)]
pub struct Gold {
    /// Each article's, by path.
    pub articles: Vec<GoldArticle>,
    /// JSON files in the folder that are no gold article.
    pub passed_over: Vec<PathBuf>,
}

/// What a reader found in one article.
#[derive(Debug, Clone, Default)]
pub struct GoldArticle {
    /// The article's name: the file's stem, or the folder's name for `NAME/gold.json`.
    pub name: String,
    /// The gold's file.
    pub path: PathBuf,
    pub(super) entities: BTreeSet<(String, String)>,
    /// The parent place, by the name of what lies in it.
    pub(super) places: BTreeMap<String, String>,
    pub(super) relations: BTreeSet<(String, String, String)>,
    pub(super) signings: Vec<BTreeSet<String>>,
    pub(super) absent: BTreeSet<String>,
    pub(super) title: Option<String>,
    pub(super) published: Day,
    pub(super) text: Option<String>,
}

#[derive(Deserialize)]
struct File {
    entities: Vec<Entity>,
    #[serde(default)]
    relations: Vec<Relation>,
    #[serde(default)]
    agreements: Vec<Vec<String>>,
    #[serde(default)]
    absent: Vec<String>,
    title: Option<String>,
    #[serde(default)]
    published: Day,
    text: Option<String>,
}

#[derive(Deserialize)]
struct Entity {
    name: String,
    #[serde(rename = "type")]
    kind: String,
    #[serde(rename = "in")]
    place: Option<String>,
}

#[derive(Deserialize)]
struct Relation {
    s: String,
    r: String,
    o: String,
}

/// The day of publication, as far as the gold says.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(from = "Option<String>")]
pub(super) enum Day {
    /// The gold has no such key.
    #[default]
    NotSaid,
    /// The key is null: the page gives no day.
    Nowhere,
    /// The page gives this one.
    On(String),
}

impl From<Option<String>> for Day {
    fn from(day: Option<String>) -> Self {
        day.map_or(Self::Nowhere, Self::On)
    }
}

/// The name under which an article's gold is looked for: the stem of its source, or for `NAME/article.txt` the folder's
/// name.
pub fn article_name(source: &str) -> String {
    let path = Path::new(source);
    let part = |part: Option<&std::ffi::OsStr>| {
        part.map(|p| p.to_string_lossy().into_owned())
            .unwrap_or_default()
    };
    match part(path.file_stem()) {
        stem if stem == "article" => part(path.parent().and_then(Path::file_name)),
        stem => stem,
    }
}

impl Gold {
    /// Reads every JSON object in a folder and the folders in it; arrays, which may list pairs of articles, are passed
    /// over.
    ///
    /// # Errors
    /// A folder that cannot be read or holds no gold, a file that is none.
    pub fn read(folder: &Path) -> Result<Self, GoldError> {
        let unreadable = |path: &Path, source| GoldError::Unreadable {
            path: path.to_owned(),
            source,
        };
        let mut gold = Self::default();
        for item in walkdir::WalkDir::new(folder).sort_by_file_name() {
            let item = item.map_err(|error| {
                let path = error.path().unwrap_or(folder).to_owned();
                let source = error
                    .into_io_error()
                    .unwrap_or_else(|| std::io::Error::other("a link that leads back"));
                unreadable(&path, source)
            })?;
            let path = item.path();
            if item.file_type().is_dir() || path.extension().is_none_or(|e| e != "json") {
                continue;
            }
            let text = std::fs::read_to_string(path).map_err(|e| unreadable(path, e))?;
            let text = text.trim_start_matches('\u{feff}');
            if !text.trim_start().starts_with('{') {
                gold.passed_over.push(path.to_owned());
                continue;
            }
            let file: File = serde_json::from_str(text).map_err(|source| GoldError::NoGold {
                path: path.to_owned(),
                source,
            })?;
            gold.articles.push(GoldArticle::new(path, file));
        }
        if gold.articles.is_empty() {
            return Err(GoldError::Empty {
                path: folder.to_owned(),
            });
        }
        Ok(gold)
    }
}

impl GoldArticle {
    fn new(path: &Path, file: File) -> Self {
        let name = if path.file_name().is_some_and(|n| n == "gold.json") {
            path.parent().and_then(Path::file_name)
        } else {
            path.file_stem()
        };
        let keys = |names: &[String]| names.iter().map(|n| key(n)).collect();
        Self {
            name: name
                .map(|n| n.to_string_lossy().into_owned())
                .unwrap_or_default(),
            path: path.to_owned(),
            places: file
                .entities
                .iter()
                .filter_map(|e| Some((key(&e.name), key(e.place.as_deref()?))))
                .collect(),
            entities: file
                .entities
                .into_iter()
                .map(|e| (key(&e.name), e.kind))
                .collect(),
            relations: file
                .relations
                .into_iter()
                .map(|r| (key(&r.s), r.r, key(&r.o)))
                .collect(),
            signings: file.agreements.iter().map(|a| keys(a)).collect(),
            absent: keys(&file.absent),
            title: file.title,
            published: file.published,
            text: file.text,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_article_is_called_by_its_file_or_its_folder() {
        for (source, name) in [
            ("gold/101/article.txt", "101"),
            ("articles/000_ab.txt", "000_ab"),
            ("a.b.html", "a.b"),
            ("article.txt", ""),
            ("7", "7"),
        ] {
            assert_eq!(article_name(source), name, "{source}");
        }
    }

    #[test]
    fn a_folder_of_gold() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        assert!(matches!(Gold::read(root), Err(GoldError::Empty { .. })));
        std::fs::create_dir(root.join("7")).unwrap();
        std::fs::write(root.join("7/gold.json"), "{\"entities\": []}").unwrap();
        std::fs::write(
            root.join("b.json"),
            "{\"entities\": [{\"name\": \"고성 군\", \"type\": \"city\", \"in\": \"경상남도\"}], \"published\": null}",
        )
        .unwrap();
        std::fs::write(root.join("pairs.json"), "[[\"7\", \"b\"]]").unwrap();
        let gold = Gold::read(root).unwrap();
        assert_eq!(
            gold.articles
                .iter()
                .map(|a| a.name.as_str())
                .collect::<Vec<_>>(),
            ["7", "b"]
        );
        assert_eq!(gold.articles[0].published, Day::NotSaid);
        assert_eq!(gold.articles[1].published, Day::Nowhere);
        assert_eq!(gold.articles[1].places["고성군"], "경상남도");
        std::fs::write(root.join("c.json"), "{\"entities\": [7]}").unwrap();
        let error = Gold::read(root).unwrap_err().to_string();
        assert!(
            error.contains("c.json") && error.contains("line 1"),
            "{error}"
        );
    }
}
