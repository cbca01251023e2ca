//! What of the inputs can be read apart from the rest, on any thread.

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::iter;

use super::Article;
use super::input::{Input, JsonLines, article_from_json_line};
use crate::dictionary::Furniture;

/// A file, or some lines of a file of JSON lines: cheap to pass on, still to be understood.
#[derive(Debug)]
pub struct Piece(What);

#[derive(Debug)]
enum What {
    File(Input),
    /// Lines, each with its number, and their source.
    Lines(Vec<(Line, u64)>, String),
}

impl Piece {
    /// The articles in it, in order.
    pub fn articles(self, furniture: &Furniture) -> Vec<Article> {
        match self.0 {
            What::File(input) => input.articles(furniture).collect(),
            What::Lines(lines, source) => lines
                .into_iter()
                .map(|(line, number)| match line {
                    Ok(line) => article_from_json_line(&line, &source, number),
                    Err(article) => *article,
                })
                .collect(),
        }
    }
}

/// A line's bytes, or what stands for a line that cannot be read.
type Line = Result<Vec<u8>, Box<Article>>;

/// So many lines are passed on together, or as many as have so many bytes: to pass one on costs as much as a
/// tenth of reading it.
const TOGETHER: (usize, usize) = (32, 1 << 17);

/// The pieces of a file, in order.
pub fn pieces(input: Input) -> Box<dyn Iterator<Item = Piece> + Send> {
    let lines = input
        .is_json_lines()
        .then(|| File::open(input.path()).ok())
        .flatten();
    match lines {
        Some(file) => {
            let file = BufReader::with_capacity(1 << 16, file);
            let source = input.source().to_owned();
            Box::new(lines_together(JsonLines::new(file, source), false))
        }
        // Also a file that cannot be opened: it says so as an article.
        None => Box::new(iter::once(Piece(What::File(input)))),
    }
}

/// The pieces of a stream of JSON lines, in order. Whoever writes them may wait for the answers: a line that has come is
/// never kept back for one that has not.
pub fn line_pieces<R: BufRead>(lines: JsonLines<R>) -> impl Iterator<Item = Piece> {
    lines_together(lines, true)
}

fn lines_together<R: BufRead>(
    mut lines: JsonLines<R>,
    converses: bool,
) -> impl Iterator<Item = Piece> {
    let (most, bytes) = TOGETHER;
    iter::from_fn(move || {
        let mut together = Vec::new();
        let mut length = 0;
        while together.len() < most && length <= bytes {
            if converses && !together.is_empty() && !lines.is_ready() {
                break;
            }
            let Some(line) = lines.next_raw() else { break };
            length += line.as_ref().map_or(0, Vec::len);
            together.push((line, lines.place().1));
        }
        let source = lines.place().0.to_owned();
        (!together.is_empty()).then_some(Piece(What::Lines(together, source)))
    })
}
