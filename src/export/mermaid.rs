//! Mermaid, for a small part in a page of Markdown.

use std::fmt::Write as _;
use std::io::{self, Write};

use petgraph::visit::EdgeRef;

use super::look::{color_of, kinds};
use super::{Format, Loss};
use crate::graph::Graph;

/// A flowchart for Markdown.
#[derive(Debug, Clone, Copy, Default)]
pub struct Mermaid;

/// As many edges as Mermaid draws.
const MOST: usize = 500;

impl Format for Mermaid {
    fn file(&self) -> &'static str {
        "graph.mmd"
    }

    fn name(&self) -> &'static str {
        "mermaid"
    }

    /// More than 500 edges are an error: Mermaid would not draw them.
    fn write(&self, graph: &Graph, out: &mut dyn Write) -> io::Result<Loss> {
        let edges = graph.net.edge_count();
        if edges > MOST {
            return Err(io::Error::other(format!(
                "Mermaid draws at most {MOST} edges and here are {edges}; take a part with --around NAME or --min-weight N"
            )));
        }
        let mut loss = Loss::default();
        let kinds = kinds(graph);
        writeln!(out, "flowchart LR")?;
        for at in graph.net.node_indices() {
            let node = &graph.net[at];
            let class = kinds.iter().position(|kind| *kind == node.kind);
            let label = escaped(&node.label, &mut loss);
            writeln!(
                out,
                "  n{}[\"{label}\"]:::t{}",
                at.index(),
                class.unwrap_or_default()
            )?;
        }
        for edge in graph.net.edge_references() {
            let label = escaped(&edge.weight().label, &mut loss);
            let (source, target) = (edge.source().index(), edge.target().index());
            writeln!(out, "  n{source} -->|\"{label}\"| n{target}")?;
        }
        for (class, kind) in kinds.iter().enumerate() {
            let color = color_of(kind);
            writeln!(
                out,
                "  classDef t{class} fill:{color}33,stroke:{color},color:#111"
            )?;
        }
        out.flush()?;
        Ok(loss)
    }
}

/// Text with every sign that Mermaid, Markdown or HTML could take for its own as `#number;`.
fn escaped(text: &str, loss: &mut Loss) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' | '\t' => escaped.push(' '),
            ' ' | '-' | '.' | ',' => escaped.push(c),
            c if c.is_ascii_punctuation() => {
                // Writing to a string cannot fail.
                let _ = write!(escaped, "#{};", c as u32);
            }
            c if c.is_control() => loss.characters += 1,
            c => escaped.push(c),
        }
    }
    if escaped.trim().is_empty() {
        escaped.push('·');
    }
    escaped
}
