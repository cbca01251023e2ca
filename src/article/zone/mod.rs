//! The article on its page: what each line is, by its looks, its place and the markers of `furniture.csv`.
//!
//! Three ideas. Markers say where things end, but only the page says whether they mean the article: a "most read" box may
//! stand above it, beside it or inside it. So the page is cut at the markers and the piece with the most running text
//! wins. Then the article is walked through from its headline to where it ends. Where a line could be another article's,
//! the words decide: an article's paragraphs and headlines share words with one another.

mod byline;
mod caption;
mod cut;
mod grid;
mod header;
mod line;
mod unfold;
mod walk;
mod words;
mod wrap;

use jiff::civil::Date;

use super::{Sentence, Zone, date, json, sentence};
use crate::dictionary::Furniture;
pub(super) use unfold::unfold;

use line::{CLOSERS, bullet, classify};
use walk::Walk;

/// What HTML says about a line.
#[expect(
    clippy::struct_excessive_bools,
    reason = "they hold independently of one another"
)]
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Hint {
    /// Level of the heading; 0 for none.
    pub heading: u8,
    /// An item of a list.
    pub list: bool,
    /// Nothing but links.
    pub link: bool,
    /// A caption.
    pub caption: bool,
    /// A cell of a table.
    pub cell: bool,
    /// In an element that holds furniture.
    pub drop: bool,
    /// Named as the headline: `제목: …`.
    pub labelled: bool,
}

/// What is known of the article before its lines are looked at.
#[derive(Debug, Default)]
pub(super) struct Known {
    /// The headline that the page's head gives.
    pub title: Option<String>,
}

/// What became of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// Part of the main text.
    Kept(Zone),
    /// Left out, for this reason.
    Dropped(&'static str),
}

/// The article that was found on a page.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub title: Option<String>,
    pub published: Option<Date>,
    pub outlet: Option<String>,
    pub text: String,
    pub sentences: Vec<Sentence>,
    /// One entry a line of the page.
    pub fates: Vec<Fate>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Skip(&'static str),
    Advert,
    Summary,
    Others,
    /// The link of a box of other articles.
    More,
    End,
    /// The readers' comments: above the text a number, below it the end.
    Comments,
    Byline,
    /// With how sure it is to be the day of publication.
    Date(Rank),
    Head,
    List,
    Caption,
    Prose {
        cut: bool,
    },
}

/// How well a date stands for the day of publication, from the least.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    Day,
    Updated,
    Time,
    Labelled,
}

#[derive(Debug, Clone, Copy)]
struct Row<'a> {
    text: &'a str,
    /// Line of the page, from 0.
    line: usize,
    kind: Kind,
    hint: Hint,
    blank_before: bool,
}

impl Row<'_> {
    fn prose(&self) -> bool {
        matches!(self.kind, Kind::Prose { .. })
    }

    /// How much running text it is, in bytes.
    fn weight(&self) -> usize {
        match self.kind {
            Kind::Prose { cut: false } => self.text.len(),
            Kind::Prose { cut: true } | Kind::List => self.text.len() / 3,
            Kind::Caption => self.text.len() / 8,
            _ => 0,
        }
    }
}

/// Finds the article on a page. `hints` has an entry a line, or none at all.
pub(super) fn find(page: &str, hints: &[Hint], known: &Known, furniture: &Furniture) -> Found {
    let mut found = Found::default();
    let mut rows = Vec::new();
    let mut scratch = String::new();
    let mut blank = true;
    for (line, text) in page.split('\n').enumerate() {
        let text = text.trim();
        let hint = hints.get(line).copied().unwrap_or_default();
        if text.is_empty() {
            found.fates.push(Fate::Dropped("blank"));
            blank = true;
            continue;
        }
        let (kind, text, hint) = classify(text, hint, furniture, &mut scratch);
        found.fates.push(Fate::Dropped(match kind {
            Kind::Skip(reason) => reason,
            Kind::Advert => "advertisement",
            Kind::Summary => "summary made by a machine",
            Kind::Others | Kind::More => "other articles",
            Kind::End => "end of the article",
            Kind::Comments => "comments",
            Kind::Byline => "byline",
            Kind::Date(_) => "date",
            _ => "outside the article",
        }));
        // What stands above a picture's credit is its caption.
        if kind == Kind::Skip("credit")
            && let Some(above) = rows.last_mut().filter(|r: &&mut Row| r.kind == Kind::Head)
        {
            above.kind = Kind::Caption;
        }
        rows.push(Row {
            text,
            line,
            kind,
            hint,
            blank_before: blank,
        });
        blank = false;
    }
    tabulate(&mut rows, furniture);
    enrol(&mut rows, furniture);
    Walk::new(&rows, furniture, known, found).run()
}

/// A table has at least so many rows.
const TABLE: usize = 3;

/// Makes the lines of a table under running text rows of a list: several lines on end of short cells between tabs or
/// bars. One such line alone is a menu.
fn tabulate(rows: &mut [Row<'_>], furniture: &Furniture) {
    let is_row = |row: &Row<'_>| {
        matches!(row.kind, Kind::Head | Kind::List | Kind::Skip("menu"))
            && row.hint.heading == 0
            && !row.hint.link
            && line::is_table_row(row.text, furniture)
    };
    let mut running = false;
    let mut at = 0;
    while at < rows.len() {
        running |= rows[at].prose();
        // `|---|---|`
        let ruled = |r: &Row<'_>| r.kind == Kind::Skip("signs only") && r.text.starts_with('|');
        let count = rows[at..]
            .iter()
            .take_while(|r| is_row(r) || ruled(r))
            .count();
        if count >= TABLE && running {
            for row in rows[at..at + count].iter_mut().filter(|r| !ruled(r)) {
                row.kind = Kind::List;
                row.text = row.text.trim_matches(['|', ' ']);
            }
        }
        at += count.max(1);
    }
}

/// Makes names under running text rows of a list: `새솔공고, 한빛여상`, and the short lines below a line that announces them
/// (`명단은 다음과 같다.`, `◇ 공업 계열`).
fn enrol(rows: &mut [Row<'_>], furniture: &Furniture) {
    let mut running = false;
    let mut announced = false;
    let mut at = 0;
    while at < rows.len() {
        let row = &rows[at];
        running |= row.prose();
        if row.kind != Kind::Head {
            announced = match row.kind {
                Kind::Prose { .. } => line::announces(row.text, furniture),
                Kind::List => !row.hint.link && line::bullet(row.text).is_some(),
                _ => false,
            };
            at += 1;
            continue;
        }
        let listed =
            |row: &Row<'_>| row.kind == Kind::Head && row.hint.heading == 0 && !row.hint.link;
        let names = |row: &Row<'_>| listed(row) && line::names(row.text, furniture);
        if running && line::is_roster(row.text, furniture) && listed(row) {
            rows[at].kind = Kind::List;
            announced = true;
            at += 1;
        } else if running && announced {
            let count = rows[at..].iter().take_while(|r| names(r)).count();
            for row in &mut rows[at..at + count] {
                row.kind = Kind::List;
            }
            announced = false;
            at += count.max(1);
        } else {
            announced = row
                .text
                .starts_with(['[', '<', '■', '◆', '□', '◇', '【', '〈']);
            at += 1;
        }
    }
}

/// Adds a line and its sentences to the main text.
fn add(text: &mut String, sentences: &mut Vec<Sentence>, line: &str, zone: Zone) {
    let line = line.trim();
    if line.is_empty() {
        return;
    }
    if !text.is_empty() {
        text.push('\n');
    }
    let base = text.len();
    text.push_str(line);
    sentence::split(line, base, zone, sentences);
}

/// The sentences of a text that comes without a page around it.
pub(super) fn plain(text: &str, title: Option<&str>) -> Vec<Sentence> {
    let mut sentences = Vec::new();
    let mut at = 0;
    for line in text.split('\n') {
        let trimmed = line.trim();
        if !trimmed.is_empty() {
            let stops = trimmed
                .trim_end_matches(CLOSERS)
                .ends_with(['.', '?', '!', '。']);
            let zone = if title == Some(trimmed) {
                Zone::Title
            } else if bullet(trimmed).is_some() && !stops {
                Zone::List
            } else if !stops && trimmed.chars().nth(80).is_none() && !trimmed.contains("다. ") {
                Zone::Subhead
            } else {
                Zone::Body
            };
            sentence::split(line, at, zone, &mut sentences);
        }
        at += line.len() + 1;
    }
    sentences
}
