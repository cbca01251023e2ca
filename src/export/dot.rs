//! DOT, for Graphviz.

use std::io::{self, Write};

use petgraph::visit::EdgeRef;

use super::look::color;
use super::{Format, Loss};
use crate::graph::Graph;

/// The graph for Graphviz: `neato -n2` keeps the places, `dot` and `sfdp` find their own.
#[derive(Debug, Clone, Copy, Default)]
pub struct Dot;

impl Format for Dot {
    fn file(&self) -> &'static str {
        "graph.dot"
    }

    fn name(&self) -> &'static str {
        "dot"
    }

    fn write(&self, graph: &Graph, out: &mut dyn Write) -> io::Result<Loss> {
        let mut loss = Loss::default();
        writeln!(
            out,
            "digraph ieum {{\n  graph [charset=\"UTF-8\", overlap=false];\n  \
             node [shape=ellipse, style=filled, fontcolor=\"#111111\", fontname=\"Noto Sans KR, Malgun Gothic\"];\n  \
             edge [color=\"#888888\", fontname=\"Noto Sans KR, Malgun Gothic\"];"
        )?;
        // An id may hold what DOT cannot quote, so the nodes are numbered and the id is an attribute.
        for (at, place) in graph.net.node_indices().zip(graph.layout()) {
            let node = &graph.net[at];
            writeln!(
                out,
                "  n{} [label={}, tooltip={}, class={}, fillcolor=\"{}80\", color=\"{}\", pos=\"{:.2},{:.2}\"];",
                at.index(),
                quoted(&node.label, &mut loss),
                quoted(&node.id, &mut loss),
                quoted(&node.kind, &mut loss),
                color(node),
                color(node),
                place[0],
                -place[1],
            )?;
        }
        for edge in graph.net.edge_references() {
            let stated = edge.weight();
            writeln!(
                out,
                "  n{} -> n{} [label={}, class={}, weight={}, penwidth={:.2}];",
                edge.source().index(),
                edge.target().index(),
                quoted(&stated.label, &mut loss),
                quoted(&stated.kind, &mut loss),
                stated.weight.ceil(),
                stated.weight.sqrt().clamp(0.5, 6.0),
            )?;
        }
        out.write_all(b"}\n")?;
        out.flush()?;
        Ok(loss)
    }
}

/// Text in which Graphviz reads nothing but text: no escape, no character reference.
fn quoted(text: &str, loss: &mut Loss) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for c in text.chars() {
        match c {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '&' => quoted.push_str("&amp;"),
            '\n' => quoted.push_str("\\n"),
            c if c.is_control() => loss.characters += 1,
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}
