//! Reads little of every row: what counts and paths need.

use jiff::civil::Date;
use rusqlite::types::ValueRef;
use rusqlite::{Params, Row};

use super::error::StoreError;
use super::open::Store;
use super::rows;
use crate::graph::{Article, Signing};

/// An edge, as long as its row is looked at.
#[derive(Debug, Clone, Copy)]
pub struct LeanEdge<'a> {
    /// Its number.
    pub number: u32,
    /// The number of the node that it leads from.
    pub source: u32,
    /// The number of the node that it leads to.
    pub target: u32,
    /// The relation.
    pub kind: &'a str,
    /// Its weight.
    pub weight: f64,
    /// Its status, as in the files.
    pub status: &'a str,
    /// How many stories state it.
    pub stories: u32,
    /// The first day that speaks of it, as in the files; empty for none.
    pub first: &'a str,
    /// The last such day.
    pub last: &'a str,
}

/// A node, as long as its row is looked at.
#[derive(Debug, Clone, Copy)]
pub struct LeanNode<'a> {
    /// Its number.
    pub number: u32,
    /// `type:name`.
    pub id: &'a str,
    /// Its type.
    pub kind: &'a str,
    /// Whether a dictionary has it.
    pub known: bool,
    /// How many stories name it.
    pub stories: u32,
}

/// A column that holds numbers of nodes.
const NO_MEASURE: [&str; 2] = ["node", "known"];

impl Store {
    /// Gives every edge to `look`, by number. O(edges).
    ///
    /// # Errors
    /// [`StoreError::Damaged`]
    pub fn each_edge(&self, mut look: impl FnMut(LeanEdge<'_>)) -> Result<(), StoreError> {
        let sql = "SELECT edge, source, target, kind, weight, status, stories, first_seen, last_seen FROM edges";
        self.each(sql, [], |row| {
            look(LeanEdge {
                number: row.get(0)?,
                source: row.get(1)?,
                target: row.get(2)?,
                kind: text(row, 3)?,
                weight: row.get(4)?,
                status: text(row, 5)?,
                stories: row.get(6)?,
                first: text(row, 7)?,
                last: text(row, 8)?,
            });
            Ok(())
        })
    }

    /// Gives every node to `look`, by number, which is by id. O(nodes).
    ///
    /// # Errors
    /// [`StoreError::Damaged`]
    pub fn each_node(&self, mut look: impl FnMut(LeanNode<'_>)) -> Result<(), StoreError> {
        self.each(
            "SELECT node, id, kind, known, stories FROM nodes",
            [],
            |row| {
                look(LeanNode {
                    number: row.get(0)?,
                    id: text(row, 1)?,
                    kind: text(row, 2)?,
                    known: row.get(3)?,
                    stories: row.get(4)?,
                });
                Ok(())
            },
        )
    }

    /// Gives every article to `look`, by source. O(articles).
    ///
    /// # Errors
    /// [`StoreError::Damaged`]
    pub fn each_article(&self, mut look: impl FnMut(u32, Article)) -> Result<(), StoreError> {
        let sql = format!("SELECT {} FROM articles ORDER BY article", rows::ARTICLE);
        self.each(&sql, [], |row| {
            let (number, article) = rows::article(row)?;
            look(number, article);
            Ok(())
        })
    }

    /// All signings with the numbers of their nodes: the newest first, then by number; those without a day come last.
    ///
    /// # Errors
    /// [`StoreError::Damaged`]
    pub fn signings(&self) -> Result<Vec<(u32, Signing)>, StoreError> {
        let sql = format!(
            "SELECT {} FROM agreements ORDER BY date DESC, node",
            rows::SIGNING
        );
        self.all(&sql, rows::signing)
    }

    /// The newest articles that name a node, at most so many, and how many more there are.
    ///
    /// # Errors
    /// [`StoreError::Damaged`]
    pub fn articles_of(
        &self,
        node: u32,
        limit: usize,
    ) -> Result<(Vec<Article>, usize), StoreError> {
        let columns = rows::ARTICLE.replace("article, source", "a.article, source");
        let sql = format!(
            "SELECT {columns} FROM mentions m JOIN articles a ON a.article = m.article \
             WHERE m.node = ?1 ORDER BY published DESC, source LIMIT ?2"
        );
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let mut articles = Vec::new();
        self.each(&sql, (node, limit), |row| {
            articles.push(rows::article(row)?.1);
            Ok(())
        })?;
        let mut all = 0_u32;
        self.each(
            "SELECT COUNT(*) FROM mentions WHERE node = ?1",
            [node],
            |row| {
                all = row.get(0)?;
                Ok(())
            },
        )?;
        let left_out = (all as usize).saturating_sub(articles.len());
        Ok((articles, left_out))
    }

    /// The names of the columns of `nodes` that hold numbers: what nodes can be ordered by.
    ///
    /// # Errors
    /// [`StoreError::Damaged`]
    pub fn measures(&self) -> Result<Vec<String>, StoreError> {
        let columns = self.all("PRAGMA table_info(nodes)", |row| {
            Ok((row.get::<_, String>(1)?, row.get::<_, String>(2)?))
        })?;
        let measures = columns.into_iter().filter(|(name, kind)| {
            ["INTEGER", "REAL"].contains(&kind.as_str()) && !NO_MEASURE.contains(&name.as_str())
        });
        Ok(measures.map(|(name, _)| name).collect())
    }

    /// What a column of [`Store::measures`] holds, with the nodes' numbers. O(nodes).
    ///
    /// # Errors
    /// [`StoreError::Damaged`], also for another column.
    pub fn measure(&self, column: &str) -> Result<Vec<(u32, f64)>, StoreError> {
        let name = column.replace('"', "\"\"");
        let sql = format!("SELECT node, \"{name}\" FROM nodes WHERE \"{name}\" IS NOT NULL");
        self.all(&sql, |row| Ok((row.get(0)?, row.get(1)?)))
    }

    /// How many articles and how many stories of a time name each node. O(mentions).
    ///
    /// # Errors
    /// [`StoreError::Damaged`]
    pub fn named_in(
        &self,
        since: Option<Date>,
        until: Option<Date>,
    ) -> Result<Vec<(u32, u32, u32)>, StoreError> {
        let sql = "SELECT m.node, COUNT(*), COUNT(DISTINCT a.story) FROM mentions m \
                   JOIN articles a ON a.article = m.article \
                   WHERE a.published BETWEEN ?1 AND ?2 GROUP BY m.node";
        let since = since.map_or_else(String::new, |day| day.to_string());
        let until = until.map_or_else(|| "9999-12-31".to_owned(), |day| day.to_string());
        let mut found = Vec::new();
        self.each(sql, (since, until), |row| {
            found.push((row.get(0)?, row.get(1)?, row.get(2)?));
            Ok(())
        })?;
        Ok(found)
    }

    fn each(
        &self,
        sql: &str,
        params: impl Params,
        mut look: impl FnMut(&Row) -> rusqlite::Result<()>,
    ) -> Result<(), StoreError> {
        let each = || {
            let mut statement = self.file.prepare(sql)?;
            let mut rows = statement.query(params)?;
            while let Some(row) = rows.next()? {
                look(row)?;
            }
            Ok(())
        };
        each().map_err(|e| self.damaged(&e))
    }
}

/// A text, or nothing for null.
fn text<'a>(row: &'a Row, column: usize) -> rusqlite::Result<&'a str> {
    match row.get_ref(column)? {
        ValueRef::Null => Ok(""),
        value => Ok(value.as_str()?),
    }
}
