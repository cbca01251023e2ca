//! `evidence.csv`.

use std::io::{self, Write};

use petgraph::visit::EdgeRef;

use super::cell::text;
use super::table::{Table, day};
use super::{Format, Loss};
use crate::graph::Graph;

/// The sentences that the edges rest on, a row for each edge and sentence, for spreadsheets.
#[derive(Debug, Clone, Copy, Default)]
pub struct Evidences;

const HEADER: [&str; 7] = [
    "Source",
    "Kind",
    "Target",
    "Article",
    "Title",
    "Published",
    "Sentence",
];

impl Format for Evidences {
    fn file(&self) -> &'static str {
        "evidence.csv"
    }

    fn name(&self) -> &'static str {
        "csv"
    }

    fn write(&self, graph: &Graph, out: &mut dyn Write) -> io::Result<Loss> {
        let mut table = Table::new(out, &HEADER)?;
        for edge in graph.net.edge_references() {
            let (source, target) = (&graph.net[edge.source()], &graph.net[edge.target()]);
            for evidence in &edge.weight().evidence {
                let sentence = &graph.sentences[evidence.sentence as usize];
                let article = &graph.articles[sentence.article as usize];
                table.row([
                    source.id.as_str(),
                    &edge.weight().kind,
                    &target.id,
                    &text(&article.source),
                    &text(article.title.as_deref().unwrap_or_default()),
                    &day(article.published),
                    &text(&sentence.text.read()?),
                ])?;
            }
        }
        table.finish()?;
        Ok(Loss::default())
    }
}
