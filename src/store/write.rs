//! Writes a graph.

use std::path::Path;

use jiff::civil::Date;
use petgraph::visit::EdgeRef;
use rusqlite::{Connection, params};

use super::error::StoreError;
use super::fold::fold;
use super::lookup;
use super::schema::{APPLICATION, INDEXES, SETTINGS, TABLES, VERSION, VIEWS};
use crate::graph::{Graph, Node, PARTY, measures};
use crate::relation::Status;

/// Writes `graph` to a new file. The same graph gives the same bytes. O(size of the graph).
///
/// # Errors
/// [`StoreError::Unwritable`] when the file exists or the disk is full; what was written then is of no use.
pub fn write(graph: &Graph, path: &Path) -> Result<(), StoreError> {
    fill(graph, path).map_err(|source| StoreError::Unwritable {
        path: path.to_owned(),
        source,
    })
}

fn fill(graph: &Graph, path: &Path) -> rusqlite::Result<()> {
    let mut file = Connection::open(path)?;
    file.execute_batch(SETTINGS)?;
    file.pragma_update(None, "application_id", APPLICATION)?;
    file.pragma_update(None, "user_version", VERSION)?;
    let work = file.transaction()?;
    for (_, table) in TABLES {
        work.execute_batch(table)?;
    }
    meta(&work, graph)?;
    nodes(&work, graph)?;
    names(&work, graph)?;
    lookup::write(&work, graph)?;
    articles(&work, graph)?;
    edges(&work, graph)?;
    sentences(&work, graph)?;
    for (_, made) in INDEXES.iter().chain(&VIEWS) {
        work.execute_batch(made)?;
    }
    work.commit()?;
    file.close().map_err(|(_, error)| error)
}

fn day(date: Option<Date>) -> Option<String> {
    date.map(|date| date.to_string())
}

fn meta(work: &Connection, graph: &Graph) -> rusqlite::Result<()> {
    let agreements = graph
        .net
        .node_weights()
        .filter(|node| node.signing.is_some())
        .count();
    let rows = [
        ("agreements", agreements.to_string()),
        ("articles", graph.articles.len().to_string()),
        ("betweenness", measures::sample(&graph.net).to_string()),
        ("dictionaries", graph.meta.dictionaries.clone()),
        ("edges", graph.net.edge_count().to_string()),
        ("ieum", graph.meta.version.clone()),
        ("nodes", graph.net.node_count().to_string()),
        ("schema", VERSION.to_string()),
        ("sentences", graph.sentences.len().to_string()),
        ("stories", graph.stories().to_string()),
    ];
    let mut insert = work.prepare("INSERT INTO meta VALUES (?1, ?2)")?;
    for (key, value) in rows {
        insert.execute([key, &value])?;
    }
    let mut insert = work.prepare("INSERT INTO labels VALUES (?1, ?2, ?3)")?;
    for label in &graph.meta.labels {
        insert.execute([&label.key, &label.korean, &label.english])?;
    }
    let mut insert = work.prepare("INSERT INTO entries VALUES (?1, ?2)")?;
    for (kind, entries) in &graph.meta.entries {
        insert.execute(params![kind, entries])?;
    }
    Ok(())
}

fn nodes(work: &Connection, graph: &Graph) -> rusqlite::Result<()> {
    let mut insert = work.prepare(
        "INSERT INTO nodes VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, \
         ?16, ?17, ?18, ?19, ?20)",
    )?;
    let mut signing = work.prepare("INSERT INTO agreements VALUES (?1, ?2, ?3, ?4, ?5, ?6)")?;
    let mut mention = work.prepare("INSERT INTO mentions VALUES (?1, ?2, ?3)")?;
    for at in graph.net.node_indices() {
        let (node, number) = (&graph.net[at], at.index() as u32);
        let attribute = |key| Some(node.attribute(key)).filter(|value| !value.is_empty());
        insert.execute(params![
            number,
            node.id,
            node.label,
            node.kind,
            node.known,
            attribute("city"),
            attribute("parent"),
            node.mentions,
            node.stories,
            node.articles,
            day(node.first_seen),
            day(node.last_seen),
            attributes(node),
            node.measures.degree,
            node.measures.weighted_degree,
            node.measures.page_rank,
            node.measures.betweenness,
            node.measures.component,
            node.measures.community,
            node.measures.core,
        ])?;
        if let Some(told) = node.signing {
            let incoming = graph.net.edges_directed(at, petgraph::Incoming);
            let parties = incoming
                .filter(|edge| &*edge.weight().kind == PARTY)
                .count() as u32;
            signing.execute(params![
                number,
                day(told.date),
                told.status.to_string(),
                parties,
                day(told.status.planned.flatten()),
                day(told.status.done.flatten())
            ])?;
        }
        for seen in &node.seen_in {
            mention.execute(params![number, seen.article, seen.mentions])?;
        }
    }
    Ok(())
}

/// The attributes as a JSON list of pairs: their order is the dictionary's.
fn attributes(node: &Node) -> String {
    serde_json::to_string(&node.attributes).unwrap_or_else(|_| "[]".to_owned())
}

/// All names, by their folded form. `place` is the place among the node's forms and aliases.
fn names(work: &Connection, graph: &Graph) -> rusqlite::Result<()> {
    let mut rows = Vec::new();
    for at in graph.net.node_indices() {
        let node = &graph.net[at];
        let forms = node
            .names
            .iter()
            .map(|name| (name.form.as_str(), name.count));
        let aliases = node.aliases.iter().map(|alias| (alias.as_str(), 0));
        let label = std::iter::once((node.label.as_str(), 0));
        for (place, (name, seen)) in forms.chain(aliases).chain(label).enumerate() {
            rows.push((fold(name), at.index() as u32, name, place as u32, seen));
        }
    }
    rows.sort_unstable();
    rows.dedup_by(|a, b| (&a.0, a.1, a.2) == (&b.0, b.1, b.2));
    let mut insert = work.prepare("INSERT INTO names VALUES (?1, ?2, ?3, ?4, ?5)")?;
    for (folded, node, name, place, seen) in rows {
        insert.execute(params![folded, node, name, seen, place])?;
    }
    Ok(())
}

fn articles(work: &Connection, graph: &Graph) -> rusqlite::Result<()> {
    let mut insert = work.prepare(
        "INSERT INTO articles VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
    )?;
    for (number, article) in (0_u32..).zip(&graph.articles) {
        insert.execute(params![
            number,
            article.source,
            article.title,
            day(article.published),
            article.outlet,
            article.url,
            article.story,
            article.encoding,
            article.entities,
            article.relations,
            article.status.as_str(),
            article.problem,
        ])?;
    }
    Ok(())
}

fn edges(work: &Connection, graph: &Graph) -> rusqlite::Result<()> {
    let mut insert = work.prepare(
        "INSERT INTO edges VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
    )?;
    let mut rests = work.prepare("INSERT INTO evidence VALUES (?1, ?2, ?3, ?4)")?;
    for edge in graph.net.edge_references() {
        let (number, stated) = (edge.id().index() as u32, edge.weight());
        insert.execute(params![
            number,
            edge.source().index() as u32,
            &*stated.kind,
            edge.target().index() as u32,
            &*stated.label,
            stated.weight,
            stated.status.to_string(),
            stated.stories,
            stated.articles,
            day(stated.first_seen),
            day(stated.last_seen),
            day(stated.status.planned.flatten()),
            day(stated.status.done.flatten()),
        ])?;
        for evidence in &stated.evidence {
            let status = match evidence.status {
                Status::Done => "done",
                Status::Planned => "planned",
                Status::Dictionary => "dictionary",
            };
            rests.execute(params![
                number,
                evidence.sentence,
                status,
                day(evidence.date)
            ])?;
        }
    }
    Ok(())
}

fn sentences(work: &Connection, graph: &Graph) -> rusqlite::Result<()> {
    let mut insert = work.prepare("INSERT INTO sentences VALUES (?1, ?2, ?3, ?4, ?5, ?6)")?;
    for (number, sentence) in (0_u32..).zip(&graph.sentences) {
        let text = sentence.text.read();
        let text = text.map_err(|error| rusqlite::Error::ToSqlConversionFailure(error.into()))?;
        insert.execute(params![
            number,
            sentence.article,
            sentence.number,
            sentence.start,
            sentence.end,
            &*text,
        ])?;
    }
    Ok(())
}
