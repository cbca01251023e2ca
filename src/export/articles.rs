//! `articles.csv`.

use std::io::{self, Write};

use super::cell::text;
use super::table::{Table, day};
use super::{Format, Loss};
use crate::graph::Graph;

/// The articles, also those that could not be read, for spreadsheets.
#[derive(Debug, Clone, Copy, Default)]
pub struct Articles;

const HEADER: [&str; 9] = [
    "Article",
    "Title",
    "Published",
    "Story",
    "Encoding",
    "Entities",
    "Relations",
    "Status",
    "Problem",
];

impl Format for Articles {
    fn file(&self) -> &'static str {
        "articles.csv"
    }

    fn name(&self) -> &'static str {
        "csv"
    }

    fn write(&self, graph: &Graph, out: &mut dyn Write) -> io::Result<Loss> {
        let mut table = Table::new(out, &HEADER)?;
        for article in &graph.articles {
            table.row([
                &*text(&article.source),
                &text(article.title.as_deref().unwrap_or_default()),
                &day(article.published),
                &text(&graph.articles[article.story as usize].source),
                &text(&article.encoding),
                &article.entities.to_string(),
                &article.relations.to_string(),
                article.status.as_str(),
                &text(&article.problem),
            ])?;
        }
        table.finish()?;
        Ok(Loss::default())
    }
}
