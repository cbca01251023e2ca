//! From bytes to an [`Article`]: formats, encodings, main text, title and date, sentences.

mod archive;
mod clean;
mod date;
mod decode;
mod feed;
mod html;
mod input;
mod json;
mod page;
mod piece;
mod sentence;
mod sheet;
mod zone;

use std::ops::Range;

use jiff::civil::Date;

pub use input::{
    ARTICLE_LIMIT, Input, JSON_LIMIT, JsonLines, ReadError, article_from_json_line, in_bytes,
    inputs,
};
pub use page::{LineReport, read, read_with_lines};
pub use piece::{Piece, line_pieces, pieces};
pub use zone::Fate;

/// One article, read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Article {
    /// Where it came from: a path as given, `file.jsonl#17`, or a JSON article's id.
    pub source: String,
    /// The headline, where the page has one.
    pub title: Option<String>,
    /// The day of publication.
    pub published: Option<Date>,
    /// The medium.
    pub outlet: Option<String>,
    /// The address.
    pub url: Option<String>,
    /// The main text: headline, subheads, body, captions; NFC, without zero-width characters.
    pub text: String,
    /// The sentences of `text`, in order; they do not overlap.
    pub sentences: Vec<Sentence>,
    /// The encoding that the bytes were in, by its WHATWG name.
    pub encoding: &'static str,
    /// What could not be used, and why.
    pub problems: Vec<String>,
}

/// One sentence of the main text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// Bytes in [`Article::text`].
    pub span: Range<usize>,
    /// What the line is that it stands in.
    pub zone: Zone,
}

/// What a line of the main text is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Zone {
    /// The headline.
    Title,
    /// A line above or inside the body that reads like a headline.
    Subhead,
    /// Running text.
    #[default]
    Body,
    /// An item of a list or a cell of a table.
    List,
    /// A photograph's caption.
    Caption,
}

/// The sentences of a text without a page around it, such as a JSON article's.
pub fn sentences(text: &str) -> Vec<Sentence> {
    zone::plain(text, None)
}
