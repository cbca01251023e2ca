//! Reads a part of a graph: what a query needs and no more.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use petgraph::graph::{EdgeIndex, NodeIndex};
use rusqlite::{Params, Row};

use super::error::StoreError;
use super::open::Store;
use super::read::add_name;
use super::rows::{self, Words};
use crate::graph::{ABOUT, AGREEMENT, Edge, Evidence, Graph, Naming, PARTY};

/// A part of a graph, in the model of the whole; articles and sentences come with [`Store::add_evidence`].
#[derive(Debug, Clone, Default)]
pub struct Part {
    /// The part. Nodes and edges stand in the order of the whole.
    pub graph: Graph,
    /// The number of each node in the file.
    pub nodes: Vec<u32>,
    /// The number of each edge in the file.
    pub edges: Vec<u32>,
    /// How many steps each node is away from the nearest start.
    pub steps: Vec<u32>,
    articles: HashMap<u32, u32>,
    sentences: HashMap<u32, u32>,
}

impl Part {
    /// The node with this number in the file.
    pub fn node(&self, number: u32) -> Option<NodeIndex<u32>> {
        self.nodes.binary_search(&number).ok().map(NodeIndex::new)
    }
}

/// An edge's number, source, target and weight.
type Row4 = (u32, u32, u32, Edge);

impl Store {
    /// The nodes at most `depth` steps away from `start`, with all edges of the nodes that are nearer than `depth`.
    ///
    /// An agreement is no step: its parties are as near as it is. Reads only these rows; the names that texts use
    /// only of `start`.
    ///
    /// # Errors
    /// [`StoreError::Damaged`]
    pub fn around(&self, start: &[u32], depth: u32) -> Result<Part, StoreError> {
        let mut words = Words::default();
        let mut steps: BTreeMap<u32, u32> = start.iter().map(|&node| (node, 0)).collect();
        let mut edges: BTreeMap<u32, Row4> = BTreeMap::new();
        let mut frontier: Vec<u32> = steps.keys().copied().collect();
        for step in 1..=depth {
            let mut reached = BTreeSet::new();
            let mut open = std::mem::take(&mut frontier);
            while let Some(node) = open.pop() {
                for edge in self.edges_of(node, &mut words)? {
                    let forward = edge.1 == node;
                    let other = if forward { edge.2 } else { edge.1 };
                    let signing = &*edge.3.kind == if forward { PARTY } else { ABOUT };
                    edges.insert(edge.0, edge);
                    if steps.contains_key(&other) {
                        continue;
                    }
                    steps.insert(other, step);
                    if signing {
                        open.push(other);
                    } else {
                        reached.insert(other);
                    }
                }
            }
            frontier.extend(reached);
        }
        self.part(&steps, edges.into_values())
    }

    /// Two nodes, the edges between them, and the agreements that they have in common with all their edges.
    ///
    /// # Errors
    /// [`StoreError::Damaged`]
    pub fn between(&self, a: u32, b: u32) -> Result<Part, StoreError> {
        let mut words = Words::default();
        let mut steps = BTreeMap::from([(a, 0), (b, 0)]);
        let mut edges: BTreeMap<u32, Row4> = BTreeMap::new();
        let sql = format!(
            "SELECT {} FROM edges WHERE target = ?2 AND source = ?1",
            rows::EDGE
        );
        for ends in [[a, b], [b, a]] {
            for edge in self.some(&sql, ends, |row| rows::edge(row, &mut words))? {
                edges.insert(edge.0, edge);
            }
        }
        let [of_a, of_b] = [self.signings_of(a)?, self.signings_of(b)?];
        for &signing in of_a.intersection(&of_b) {
            steps.insert(signing, 1);
            for edge in self.edges_of(signing, &mut words)? {
                for end in [edge.1, edge.2] {
                    steps.entry(end).or_insert(1);
                }
                edges.insert(edge.0, edge);
            }
        }
        self.part(&steps, edges.into_values())
    }

    /// The numbers of the agreements that a node is a party or a subject of.
    ///
    /// # Errors
    /// [`StoreError::Damaged`]
    pub fn signings_of(&self, node: u32) -> Result<BTreeSet<u32>, StoreError> {
        let sql = "SELECT target FROM edges WHERE source = ?1 AND kind = ?2 \
                   UNION SELECT source FROM edges WHERE target = ?1 AND kind = ?3";
        let found = self.some(sql, (node, PARTY, ABOUT), |row| row.get(0))?;
        Ok(found.into_iter().collect())
    }

    /// The numbers of the nodes from which one of these relations leads to a node.
    ///
    /// # Errors
    /// [`StoreError::Damaged`]
    pub fn sources_of(&self, node: u32, relations: &[&str]) -> Result<BTreeSet<u32>, StoreError> {
        let sql = "SELECT source FROM edges WHERE target = ?1 AND kind = ?2";
        let mut sources = BTreeSet::new();
        for relation in relations {
            sources.extend(self.some(sql, (node, relation), |row| row.get::<_, u32>(0))?);
        }
        Ok(sources)
    }

    /// All edges of a node.
    fn edges_of(&self, node: u32, words: &mut Words) -> Result<Vec<Row4>, StoreError> {
        let mut found = Vec::new();
        for end in ["source", "target"] {
            let sql = format!("SELECT {} FROM edges WHERE {end} = ?1", rows::EDGE);
            found.extend(self.some(&sql, [node], |row| rows::edge(row, words))?);
        }
        Ok(found)
    }

    fn part(
        &self,
        steps: &BTreeMap<u32, u32>,
        edges: impl Iterator<Item = Row4>,
    ) -> Result<Part, StoreError> {
        let mut part = Part::default();
        let sql = format!("SELECT {} FROM nodes WHERE node = ?1", rows::NODE);
        for (&number, &step) in steps {
            let node = self.some(&sql, [number], rows::node)?.pop();
            self.check("edges", node.is_some())?;
            let Some((_, mut node)) = node else { continue };
            if step == 0 {
                let names = "SELECT name, seen FROM names WHERE node = ?1 ORDER BY place";
                for (name, seen) in
                    self.some(names, [number], |row| Ok((row.get(0)?, row.get(1)?)))?
                {
                    add_name(&mut node, name, seen);
                }
            }
            if node.kind == AGREEMENT {
                let told = format!("SELECT {} FROM agreements WHERE node = ?1", rows::SIGNING);
                node.signing = self
                    .some(&told, [number], rows::signing)?
                    .pop()
                    .map(|row| row.1);
            }
            part.graph.net.add_node(node);
            part.nodes.push(number);
            part.steps.push(step);
        }
        for (number, source, target, edge) in edges {
            if let (Some(source), Some(target)) = (part.node(source), part.node(target)) {
                part.graph.net.add_edge(source, target, edge);
                part.edges.push(number);
            }
        }
        Ok(part)
    }

    /// Adds the sentences that the given edges of a part rest on, with their articles.
    ///
    /// # Errors
    /// [`StoreError::Damaged`]
    pub fn add_evidence(
        &self,
        part: &mut Part,
        edges: impl IntoIterator<Item = EdgeIndex<u32>>,
    ) -> Result<(), StoreError> {
        let sql = "SELECT sentence, status, date FROM evidence WHERE edge = ?1";
        for edge in edges {
            let Some(&number) = part.edges.get(edge.index()) else {
                continue;
            };
            let mut found = Vec::new();
            for evidence in self.some(sql, [number], |row| rows::evidence(row, 0))? {
                let sentence = self.sentence(part, evidence.sentence)?;
                found.push(Evidence {
                    sentence,
                    ..evidence
                });
            }
            if let Some(edge) = part.graph.net.edge_weight_mut(edge) {
                edge.evidence = found;
            }
        }
        Ok(())
    }

    /// Adds the articles that name a node of a part to it.
    ///
    /// # Errors
    /// [`StoreError::Damaged`]
    pub fn add_articles(&self, part: &mut Part, node: NodeIndex<u32>) -> Result<(), StoreError> {
        let Some(&number) = part.nodes.get(node.index()) else {
            return Ok(());
        };
        let sql = "SELECT article, mentions FROM mentions WHERE node = ?1";
        let read = |row: &Row| {
            Ok(Naming {
                article: row.get(0)?,
                mentions: row.get(1)?,
            })
        };
        let mut found = Vec::new();
        for seen in self.some(sql, [number], read)? {
            found.push(Naming {
                article: self.article(part, seen.article)?,
                ..seen
            });
        }
        part.graph.net[node].seen_in = found;
        Ok(())
    }

    /// The place of a sentence in the part; it is read when it is not there.
    fn sentence(&self, part: &mut Part, number: u32) -> Result<u32, StoreError> {
        if let Some(&place) = part.sentences.get(&number) {
            return Ok(place);
        }
        let sql = format!(
            "SELECT {} FROM sentences WHERE sentence = ?1",
            rows::SENTENCE
        );
        let found = self.some(&sql, [number], rows::sentence)?.pop();
        self.check("evidence", found.is_some())?;
        let place = part.graph.sentences.len() as u32;
        if let Some((_, mut sentence)) = found {
            sentence.article = self.article(part, sentence.article)?;
            part.graph.sentences.push(sentence);
            part.sentences.insert(number, place);
        }
        Ok(place)
    }

    /// The place of an article in the part; it is read when it is not there. Its story is its number in the file.
    fn article(&self, part: &mut Part, number: u32) -> Result<u32, StoreError> {
        if let Some(&place) = part.articles.get(&number) {
            return Ok(place);
        }
        let sql = format!("SELECT {} FROM articles WHERE article = ?1", rows::ARTICLE);
        let found = self.some(&sql, [number], rows::article)?.pop();
        self.check("sentences", found.is_some())?;
        let place = part.graph.articles.len() as u32;
        if let Some((_, article)) = found {
            part.graph.articles.push(article);
            part.articles.insert(number, place);
        }
        Ok(place)
    }

    /// The rows of a query that is asked often.
    fn some<T>(
        &self,
        sql: &str,
        params: impl Params,
        read: impl FnMut(&Row) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>, StoreError> {
        let some = || {
            self.file
                .prepare_cached(sql)?
                .query_map(params, read)?
                .collect()
        };
        let some: rusqlite::Result<Vec<T>> = some();
        some.map_err(|e| self.damaged(&e))
    }
}
