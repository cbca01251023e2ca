//! Parts and projections of a graph: graphs again, measured anew.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use petgraph::graph::NodeIndex;
use petgraph::visit::EdgeRef;
use petgraph::{Incoming, Outgoing};

use super::model::{ABOUT, AGREEMENT, Edge, EdgeStatus, Evidence, Graph, Net, Node, PARTY};

impl Graph {
    /// The nodes and edges that `nodes` and `edges` want, with the articles and sentences that these rest on.
    ///
    /// An edge goes with its ends. O(n log n).
    #[must_use]
    pub fn part(
        &self,
        nodes: impl Fn(NodeIndex<u32>, &Node) -> bool,
        edges: impl Fn(&Edge) -> bool,
    ) -> Self {
        let mut net = Net::default();
        let mut places = vec![None; self.net.node_count()];
        for at in self.net.node_indices() {
            if nodes(at, &self.net[at]) {
                places[at.index()] = Some(net.add_node(self.net[at].clone()));
            }
        }
        for edge in self.net.edge_references() {
            let ends = (places[edge.source().index()], places[edge.target().index()]);
            if let (Some(source), Some(target)) = ends
                && edges(edge.weight())
            {
                net.add_edge(source, target, edge.weight().clone());
            }
        }
        self.with(net)
    }

    /// The graph without nodes that no edge joins to another.
    #[must_use]
    pub fn without_lonely(&self) -> Self {
        self.part(
            |at, _| self.net.neighbors_undirected(at).next().is_some(),
            |_| true,
        )
    }

    /// What lies at most `depth` steps around a node. An agreement is no step: its parties are as near as it is.
    #[must_use]
    pub fn around(&self, start: NodeIndex<u32>, depth: u32) -> Self {
        let mut near = BTreeSet::from([start]);
        let mut frontier = vec![start];
        for _ in 0..depth {
            let mut open = std::mem::take(&mut frontier);
            while let Some(at) = open.pop() {
                for other in self.net.neighbors_undirected(at) {
                    if near.insert(other) {
                        if self.net[other].signing.is_some() {
                            open.push(other);
                        } else {
                            frontier.push(other);
                        }
                    }
                }
            }
        }
        self.part(|at, _| near.contains(&at), |_| true)
    }

    /// Agreements as edges: each two parties are joined by one edge of the kind [`AGREEMENT`], from the one whose id
    /// comes first; each party is joined to what the agreement is [`ABOUT`].
    ///
    /// An edge's weight is the number of stories that report one of its agreements. A signing of k parties makes
    /// k · (k − 1) / 2 edges.
    #[must_use]
    pub fn pairs(&self) -> Self {
        let mut joined: BTreeMap<(NodeIndex<u32>, NodeIndex<u32>, &str), Joined> = BTreeMap::new();
        for at in self.net.node_indices() {
            let Some(signing) = self.net[at].signing else {
                continue;
            };
            let ends = |direction, kind: &'static str| {
                let edges = self.net.edges_directed(at, direction);
                let mut ends: Vec<_> = edges.filter(|edge| &*edge.weight().kind == kind).collect();
                ends.sort_unstable_by_key(|edge| (edge.source(), edge.target()));
                ends
            };
            let (parties, subjects) = (ends(Incoming, PARTY), ends(Outgoing, ABOUT));
            for (place, one) in parties.iter().enumerate() {
                for two in &parties[place + 1..] {
                    let key = (one.source(), two.source(), AGREEMENT);
                    let joined = joined.entry(key).or_default();
                    joined.add(&self.net[at], signing.status, [one.weight(), two.weight()]);
                }
                for about in &subjects {
                    let key = (one.source(), about.target(), ABOUT);
                    let joined = joined.entry(key).or_default();
                    joined.add(
                        &self.net[at],
                        signing.status,
                        [one.weight(), about.weight()],
                    );
                }
            }
        }
        let mut whole = self.clone();
        for ((source, target, kind), joined) in joined {
            let label = self.word(kind);
            let edge = joined.edge(self, kind, &label);
            whole.net.add_edge(source, target, edge);
        }
        whole.part(|_, node| node.signing.is_none(), |_| true)
    }

    /// The two-mode network of two types: only nodes of these types, and only edges from one type to the other.
    ///
    /// Agreements are seen as [`Graph::pairs`] sees them. Nodes without an edge are left out.
    #[must_use]
    pub fn two_mode(&self, one: &str, two: &str) -> Self {
        let pairs = self.pairs();
        let both = pairs.part(|_, node| node.kind == one || node.kind == two, |_| true);
        let mut net = both.net.clone();
        net.retain_edges(|net, edge| {
            let ends = net.edge_endpoints(edge);
            ends.is_some_and(|(source, target)| net[source].kind != net[target].kind)
        });
        both.with(net).without_lonely()
    }

    /// What people call a relation or a type: the label of its edges, or the identifier.
    fn word(&self, kind: &str) -> Arc<str> {
        let label = self.meta.labels.iter().find(|label| label.key == kind);
        label.map_or(kind, |label| label.korean.as_str()).into()
    }

    /// A graph of these nodes and edges, with what they need of the articles and sentences of this one.
    fn with(&self, mut net: Net) -> Self {
        let mut sentences = vec![false; self.sentences.len()];
        for edge in net.edge_weights() {
            for evidence in &edge.evidence {
                sentences[evidence.sentence as usize] = true;
            }
        }
        let mut articles = vec![false; self.articles.len()];
        for node in net.node_weights() {
            for seen in &node.seen_in {
                articles[seen.article as usize] = true;
            }
        }
        for (sentence, _) in self.sentences.iter().zip(&sentences).filter(|x| *x.1) {
            articles[sentence.article as usize] = true;
        }
        for place in 0..articles.len() {
            if articles[place] {
                articles[self.articles[place].story as usize] = true;
            }
        }
        let (sentence, article) = (numbers(&sentences), numbers(&articles));
        for edge in net.edge_weights_mut() {
            for evidence in &mut edge.evidence {
                evidence.sentence = sentence[evidence.sentence as usize];
            }
        }
        for node in net.node_weights_mut() {
            for seen in &mut node.seen_in {
                seen.article = article[seen.article as usize];
            }
        }
        let mut graph = Self {
            net,
            meta: self.meta.clone(),
            ..Self::default()
        };
        for (kept, _) in self.articles.iter().zip(&articles).filter(|x| *x.1) {
            let mut kept = kept.clone();
            kept.story = article[kept.story as usize];
            graph.articles.push(kept);
        }
        for (kept, _) in self.sentences.iter().zip(&sentences).filter(|x| *x.1) {
            let mut kept = kept.clone();
            kept.article = article[kept.article as usize];
            graph.sentences.push(kept);
        }
        graph.measure();
        graph
    }
}

/// The new number of each that stays.
fn numbers(stays: &[bool]) -> Vec<u32> {
    let mut next = 0;
    let number = |&stays: &bool| {
        let number = next;
        next += u32::from(stays);
        number
    };
    stays.iter().map(number).collect()
}

/// What joins two nodes through agreements.
#[derive(Default)]
struct Joined {
    status: EdgeStatus,
    evidence: BTreeMap<u32, Evidence>,
    articles: BTreeSet<u32>,
    days: Vec<jiff::civil::Date>,
}

impl Joined {
    fn add(&mut self, agreement: &Node, status: EdgeStatus, edges: [&Edge; 2]) {
        for (mine, theirs) in [
            (&mut self.status.planned, status.planned),
            (&mut self.status.done, status.done),
        ] {
            *mine = match (*mine, theirs) {
                (Some(Some(a)), Some(Some(b))) => Some(Some(a.min(b))),
                (Some(Some(day)), _) | (_, Some(Some(day))) => Some(Some(day)),
                (known, None) => known,
                (_, new) => new,
            };
        }
        for edge in edges {
            for evidence in &edge.evidence {
                self.evidence.insert(evidence.sentence, *evidence);
            }
            self.days.extend(edge.first_seen);
            self.days.extend(edge.last_seen);
        }
        self.articles
            .extend(agreement.seen_in.iter().map(|seen| seen.article));
    }

    fn edge(self, graph: &Graph, kind: &str, label: &Arc<str>) -> Edge {
        let story = |&article: &u32| graph.articles[article as usize].story;
        let stories: BTreeSet<u32> = self.articles.iter().map(story).collect();
        Edge {
            kind: kind.into(),
            label: label.clone(),
            weight: f64::from((stories.len() as u32).max(1)),
            status: self.status,
            stories: stories.len() as u32,
            articles: self.articles.len() as u32,
            first_seen: self.days.iter().min().copied(),
            last_seen: self.days.iter().max().copied(),
            evidence: self.evidence.into_values().collect(),
        }
    }
}
