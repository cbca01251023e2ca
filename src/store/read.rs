//! Reads a graph whole.

use super::error::StoreError;
use super::open::Store;
use super::rows::{self, Words};
use crate::graph::{Graph, Name, Naming, Node};

impl Store {
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
