//! From names to nodes.

use rusqlite::OptionalExtension;

use super::error::StoreError;
use super::fold::fold;
use super::open::Store;

impl Store {
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
}
