//! What of the inputs can be read apart from the rest, on any thread.

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::iter;

use super::Article;
use super::input::{Input, JsonLines, article_from_json_line};
use crate::dictionary::Furniture;

/// A file, or a line of a file of JSON lines: cheap to pass on, still to be understood.
#[derive(Debug)]
pub struct Piece(What);

#[derive(Debug)]
enum What {
    File(Input),
    /// A line with its source and number.
    Line(Vec<u8>, String, u64),
    /// What stands for a line that cannot be read.
    Unread(Box<Article>),
}

impl Piece {
    /// The articles in it, in order.
    pub fn articles(self, furniture: &Furniture) -> Vec<Article> {
        match self.0 {
            What::File(input) => input.articles(furniture).collect(),
            What::Line(line, source, number) => {
                vec![article_from_json_line(&line, &source, number)]
            }
            What::Unread(article) => vec![*article],
        }
    }
}

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
            Box::new(line_pieces(JsonLines::new(file, source)))
        }
        // Also a file that cannot be opened: it says so as an article.
        None => Box::new(iter::once(Piece(What::File(input)))),
    }
}

/// The pieces of a stream of JSON lines, in order.
pub fn line_pieces<R: BufRead>(mut lines: JsonLines<R>) -> impl Iterator<Item = Piece> {
    iter::from_fn(move || {
        Some(Piece(match lines.next_raw()? {
            Ok(line) => {
                let (source, number) = lines.place();
                What::Line(line, source.to_owned(), number)
            }
            Err(article) => What::Unread(article),
        }))
    })
}
