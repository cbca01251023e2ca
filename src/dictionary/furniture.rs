//! `furniture.csv`: what stands on a page and is not the article.

use std::collections::{HashMap, HashSet};

use daachorse::{CharwiseDoubleArrayAhoCorasick, CharwiseDoubleArrayAhoCorasickBuilder, MatchKind};
use rustc_hash::FxHashMap;

use super::{BadRow, Table, is_letter};

/// What a marker says about its line, or about what comes after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Marker {
    /// The line itself is furniture.
    Skip,
    /// Other articles follow.
    Others,
    /// The article is over.
    End,
    /// The link of a box of other articles; above the text it means nothing.
    More,
    /// An advertisement.
    Advert,
    /// A summary made by a machine follows.
    Summary,
    /// A label; a line of nothing but labels is furniture.
    Word,
    /// Follows a reporter's name.
    Reporter,
    /// Stands beside the date of publication.
    Published,
    /// Stands beside the date of the last change.
    Updated,
    /// Names a picture's source.
    Credit,
    /// Says that a line is about a picture.
    Picture,
    /// The end of a picture's caption that a sign begins.
    Caption,
    /// A notice of rights.
    Rights,
    /// What stands behind the marker of a line and belongs to it.
    Appendix,
    /// What a line begins with where it was cut off inside a word or a sentence.
    Cut,
    /// The end of a line whose sentence goes on in the next one.
    GoesOn,
    /// The end of a line of a column whose last word is whole.
    Whole,
    /// A sentence of the page, not of the article.
    Notice,
    /// The readers' comments: below the text they are its end.
    Comments,
    /// The end of a sentence that says that a list follows.
    Announces,
    /// The heading of a table's column.
    Column,
    /// Part of a medium's name.
    Outlet,
    /// Id or class of the HTML element that holds the article.
    Body,
    /// Part of the id or class of an HTML element that holds furniture.
    Drop,
}

const KINDS: [(&str, Marker); 24] = [
    ("skip", Marker::Skip),
    ("others", Marker::Others),
    ("end", Marker::End),
    ("advert", Marker::Advert),
    ("summary", Marker::Summary),
    ("word", Marker::Word),
    ("reporter", Marker::Reporter),
    ("published", Marker::Published),
    ("updated", Marker::Updated),
    ("credit", Marker::Credit),
    ("picture", Marker::Picture),
    ("caption", Marker::Caption),
    ("rights", Marker::Rights),
    ("appendix", Marker::Appendix),
    ("cut", Marker::Cut),
    ("goes_on", Marker::GoesOn),
    ("whole", Marker::Whole),
    ("notice", Marker::Notice),
    ("comments", Marker::Comments),
    ("announces", Marker::Announces),
    ("column", Marker::Column),
    ("outlet", Marker::Outlet),
    ("body", Marker::Body),
    ("drop", Marker::Drop),
];

const MATCHES: [&str; 10] = [
    "line", "prefix", "suffix", "contains", "word", "bracket", "symbol", "figure", "more", "field",
];

/// Kinds that have matches of their own.
const MATCHES_OF: [(Marker, &[&str]); 9] = [
    (Marker::Credit, &["contains", "mark", "suffix"]),
    (Marker::Picture, &["word", "suffix"]),
    (Marker::Caption, &["suffix"]),
    (Marker::Rights, &["contains", "mark", "prefix", "word"]),
    (Marker::Appendix, &["suffix"]),
    (Marker::Cut, &["word", "suffix"]),
    (Marker::GoesOn, &["suffix"]),
    (Marker::Whole, &["suffix"]),
    (Marker::Column, &["line", "word", "suffix"]),
];

/// Whether the rows are compared as they are written.
fn is_verbatim(kind: Marker, how: &str) -> bool {
    let listed = MATCHES_OF.iter().any(|(k, _)| *k == kind);
    listed && (kind, how) != (Marker::Credit, "contains")
        || (kind, how) == (Marker::Published, "suffix")
}

/// The longest heading of a column, without spaces, in bytes.
const HEADING: usize = 48;

type Finder = CharwiseDoubleArrayAhoCorasick<u32>;

/// Finds the longest of `words`, which are distinct, where the first one stands; `None` where there are none.
fn finder<'a>(words: impl Iterator<Item = &'a String>) -> Option<Finder> {
    let mut words = words.peekable();
    words.peek()?;
    // Distinct, not empty and few: the builder has nothing to refuse.
    CharwiseDoubleArrayAhoCorasickBuilder::new()
        .match_kind(MatchKind::LeftmostLongest)
        .build(words)
        .ok()
}

/// The markers, compiled. All lines are compared by [`key`]: without spaces, signs and case.
#[derive(Default)]
pub struct Furniture {
    lines: HashMap<String, Marker>,
    prefixes: Affixes,
    suffixes: Affixes,
    contains: Option<Finder>,
    contained: Vec<(String, Marker)>,
    brackets: HashMap<String, Marker>,
    symbols: Vec<(char, Marker)>,
    figures: Vec<String>,
    fields: HashMap<String, Marker>,
    /// By kind and match.
    lists: FxHashMap<(Marker, &'static str), Vec<String>>,
    /// What stands before a picture's source, in the order of the rows.
    sources: Vec<String>,
    /// All of `sources` and what stands behind a source.
    credits: Option<Finder>,
    rights: Option<Finder>,
    /// Headings of columns; whether their last word alone says so.
    columns: FxHashMap<String, bool>,
    labels: HashSet<String>,
    bodies: HashSet<String>,
    drops: HashSet<String>,
}

impl std::fmt::Debug for Furniture {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Furniture")
            .field("lines", &self.lines.len())
            .finish_non_exhaustive()
    }
}

#[derive(Debug, Default)]
struct Affixes {
    map: HashMap<String, Marker>,
    /// Lengths that occur, in bytes, longest first.
    lengths: Vec<usize>,
}

impl Affixes {
    fn add(&mut self, key: String, marker: Marker) {
        if !self.lengths.contains(&key.len()) {
            self.lengths.push(key.len());
            self.lengths.sort_unstable_by(|a, b| b.cmp(a));
        }
        self.map.insert(key, marker);
    }
}

/// Letters and digits of `text`, in lower case, appended to `out`.
pub fn key(text: &str, out: &mut String) {
    for c in text.chars() {
        if c.is_ascii_alphanumeric() {
            out.push(c.to_ascii_lowercase());
        } else if !c.is_ascii() && is_letter(c) {
            out.push(c);
        }
    }
}

fn key_of(text: &str) -> String {
    let mut out = String::new();
    key(text, &mut out);
    out
}

impl Furniture {
    /// Compiles a table with the columns `marker`, `kind` and `match`.
    pub fn load(table: &Table, bad: &mut Vec<BadRow>) -> Self {
        let mut new = Self::default();
        let mut rights: Vec<String> = Vec::new();
        for row in &table.rows {
            let marker = table.cell(row, "marker");
            let kind = table.cell(row, "kind");
            let how = table.cell(row, "match");
            let Some(&(_, kind)) = KINDS.iter().find(|(name, _)| *name == kind) else {
                let all: Vec<_> = KINDS.iter().map(|(name, _)| *name).collect();
                bad.push(table.bad(row, "kind", format!("one of {}", all.join(", "))));
                continue;
            };
            let some = MATCHES_OF.iter().find(|(k, _)| *k == kind);
            let all = some.map_or(&MATCHES[..], |(_, some)| some);
            let Some(&how) = all.iter().find(|m| **m == how) else {
                bad.push(table.bad(row, "match", format!("one of {}", all.join(", "))));
                continue;
            };
            if kind == Marker::Column {
                let known = marker
                    .chars()
                    .all(|c| is_letter(c) || matches!(c, '·' | '/'));
                if !known || !(2..=HEADING / 3).contains(&marker.chars().count()) {
                    let expected = "2 to 16 letters without spaces and brackets";
                    bad.push(table.bad(row, "marker", expected));
                } else if how == "suffix" {
                    let ends = new.lists.entry((kind, how)).or_default();
                    ends.push(marker.to_owned());
                } else {
                    *new.columns.entry(marker.to_owned()).or_default() |= how == "word";
                }
                continue;
            }
            if is_verbatim(kind, how) && !marker.is_empty() {
                let words = match (kind, how) {
                    (Marker::Rights, "mark") => &mut rights,
                    (_, "mark") => &mut new.sources,
                    _ => new.lists.entry((kind, how)).or_default(),
                };
                if !words.iter().any(|word| word == marker) {
                    words.push(marker.to_owned());
                }
                continue;
            }
            if how == "symbol" {
                let mut chars = marker.chars();
                match (chars.next(), chars.next()) {
                    (Some(c), None) => new.symbols.push((c, kind)),
                    _ => bad.push(table.bad(row, "marker", "one character")),
                }
                continue;
            }
            let key = key_of(marker);
            if key.is_empty() {
                bad.push(table.bad(row, "marker", "at least one letter or digit"));
                continue;
            }
            match (kind, how) {
                (Marker::Body, _) => {
                    new.bodies.insert(key);
                }
                (Marker::Drop, _) => {
                    new.drops.insert(key);
                }
                (Marker::Word, _) => {
                    new.labels.insert(key);
                }
                (_, "more") => {
                    new.lines.insert(key, Marker::More);
                }
                (_, "line") => {
                    new.lines.insert(key, kind);
                }
                (Marker::Outlet, _) | (_, "word") => {
                    new.lists.entry((kind, "word")).or_default().push(key);
                }
                (_, "prefix") => new.prefixes.add(key, kind),
                (_, "suffix") => new.suffixes.add(key, kind),
                (_, "bracket") => {
                    new.brackets.insert(key, kind);
                }
                (_, "figure") => new.figures.push(key),
                (_, "field") => {
                    new.fields.insert(key, kind);
                }
                _ => {
                    if !new.contained.iter().any(|(k, _)| *k == key) {
                        new.contained.push((key, kind));
                    }
                }
            }
        }
        new.contains = finder(new.contained.iter().map(|(key, _)| key));
        new.credits = finder(new.sources.iter().chain(new.ends(Marker::Credit)));
        new.rights = finder(rights.iter());
        new
    }

    /// What the line with this [`key`] is, by the rows for lines, beginnings, ends and contents, in this order.
    ///
    /// With the length of the marker in bytes.
    pub fn line(&self, key: &str) -> Option<(Marker, usize)> {
        if let Some(&marker) = self.lines.get(key) {
            return Some((marker, key.len()));
        }
        for &n in &self.prefixes.lengths {
            if let Some(&marker) = key.get(..n).and_then(|start| self.prefixes.map.get(start)) {
                return Some((marker, n));
            }
        }
        for &n in &self.suffixes.lengths {
            let end = key.len().checked_sub(n).and_then(|at| key.get(at..));
            if let Some(&marker) = end.and_then(|end| self.suffixes.map.get(end)) {
                return Some((marker, n));
            }
        }
        self.contained(key)
    }

    /// The marker that stands anywhere in `key`.
    pub fn contained(&self, key: &str) -> Option<(Marker, usize)> {
        let found = self.contains.as_ref()?.leftmost_find_iter(key).next()?;
        self.contained
            .get(found.value() as usize)
            .map(|m| (m.1, m.0.len()))
    }

    /// What a line that begins with `[content]` is.
    pub fn bracket(&self, content: &str) -> Option<Marker> {
        self.brackets.get(&key_of(content)).copied()
    }

    /// What a line that begins with `symbol` is.
    pub fn symbol(&self, symbol: char) -> Option<Marker> {
        self.symbols.iter().find(|s| s.0 == symbol).map(|s| s.1)
    }

    /// What a line is that begins with `name` and a colon, a bar or a tab.
    pub fn field(&self, name: &str) -> Option<Marker> {
        self.fields.get(&key_of(name)).copied()
    }

    /// Whether `token` (any case, signs and all) is a label.
    pub fn is_label(&self, token: &str) -> bool {
        if self.labels.contains(token) {
            return true;
        }
        let key = key_of(token);
        key.is_empty() || self.labels.contains(&key)
    }

    /// Whether a line is the heading of a table's column: `학교명`, `학 교 명`, `모집 인원(명)`.
    ///
    /// Allocates nothing; a line of more than 60 bytes is not looked at.
    pub fn is_column(&self, line: &str) -> bool {
        let word = match line.strip_suffix([')', '）']) {
            Some(noted) => noted.split(['(', '（']).next().unwrap_or(""),
            None => line,
        };
        let word = word.trim_end();
        if word.is_empty() || word.len() > 60 || !word.starts_with(is_letter) {
            return false;
        }
        let named = |word: &str, whole: bool| {
            self.columns.get(word).is_some_and(|last| whole || *last)
                || self.has_end(Marker::Column, word)
        };
        let Some((before, last)) = word.rsplit_once(' ') else {
            return named(word, true);
        };
        // `구 분`
        if word.split(' ').all(|part| part.chars().nth(1).is_none()) {
            let mut letters = [0_u8; HEADING];
            let mut size = 0;
            for byte in word.bytes().filter(|b| *b != b' ') {
                let Some(place) = letters.get_mut(size) else {
                    return false;
                };
                *place = byte;
                size += 1;
            }
            return std::str::from_utf8(&letters[..size]).is_ok_and(|word| named(word, true));
        }
        !before.contains(' ') && named(last, false)
    }

    /// Whether a line that holds figures begins with a word of the weather or of the stock exchange.
    pub fn begins_figures(&self, line: &str) -> bool {
        self.figures.iter().any(|word| line.starts_with(word))
    }

    fn list(&self, kind: Marker, how: &'static str) -> &[String] {
        self.lists.get(&(kind, how)).map_or(&[], Vec::as_slice)
    }

    /// The words of one kind (`match` = word).
    pub fn words(&self, kind: Marker) -> &[String] {
        self.list(kind, "word")
    }

    /// The beginnings of one kind that is compared as it is written (`match` = prefix).
    pub fn begins(&self, kind: Marker) -> &[String] {
        self.list(kind, "prefix")
    }

    /// The ends of one kind that is compared as it is written (`match` = suffix).
    pub fn ends(&self, kind: Marker) -> &[String] {
        self.list(kind, "suffix")
    }

    /// Whether `text` holds something of one kind that is compared as it is written (`match` = contains).
    pub fn holds(&self, kind: Marker, text: &str) -> bool {
        let mut parts = self.list(kind, "contains").iter();
        parts.any(|part| text.contains(part.as_str()))
    }

    /// Whether `text` has one of the [`Self::ends`].
    pub fn has_end(&self, kind: Marker, text: &str) -> bool {
        self.ends(kind)
            .iter()
            .any(|end| text.ends_with(end.as_str()))
    }

    /// What stands before a picture's source, signs and all (`사진=`); of two in one line the first of these counts.
    pub fn sources(&self) -> &[String] {
        &self.sources
    }

    /// Whether something in `text` can stand before or behind a picture's source.
    pub fn names_source(&self, text: &str) -> bool {
        let found = |finder: &Finder| finder.leftmost_find_iter(text).next().is_some();
        self.credits.as_ref().is_some_and(found)
    }

    /// The byte at which a notice of rights begins.
    pub fn rights(&self, text: &str) -> Option<usize> {
        let found = self.rights.as_ref()?.leftmost_find_iter(text).next()?;
        Some(found.start())
    }

    /// Whether an HTML element with this id or class holds the article.
    pub fn is_body(&self, token: &str) -> bool {
        self.bodies.contains(&key_of(token))
    }

    /// Whether an HTML element with this id or class holds furniture: one of the words it is made of says so.
    pub fn is_drop(&self, token: &str) -> bool {
        if self.drops.contains(&key_of(token)) {
            return true;
        }
        let mut word = String::new();
        let mut lower = false;
        for c in token.chars().chain(['-']) {
            if !c.is_alphanumeric() || (c.is_uppercase() && lower) {
                if self
                    .drops
                    .contains(word.trim_end_matches(|c: char| c.is_ascii_digit()))
                {
                    return true;
                }
                word.clear();
            }
            if c.is_alphanumeric() {
                word.extend(c.to_lowercase());
            }
            lower = c.is_lowercase();
        }
        false
    }
}

#[cfg(test)]
impl Furniture {
    /// The built-in `furniture.csv`.
    pub(crate) fn shipped() -> Self {
        let mut bad = Vec::new();
        let text = include_str!("../../dictionaries/furniture.csv");
        let table = Table::read(
            "furniture.csv",
            text,
            &["marker", "kind", "match"],
            &mut bad,
        );
        let furniture = Self::load(&table, &mut bad);
        assert_eq!(bad, []);
        furniture
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines() {
        let furniture = Furniture::shipped();
        for (line, marker) in [
            ("많이 본 뉴스", Some(Marker::Others)),
            ("포토뉴스더보기", Some(Marker::Others)),
            (
                "<저작권자 ⓒ 새벽일보, 무단 전재 및 재배포 금지>",
                Some(Marker::End),
            ),
            ("이 시각 주요뉴스", Some(Marker::Others)),
            ("AI 요약", Some(Marker::Summary)),
            ("새솔고, 반도체 학과 신설", None),
        ] {
            assert_eq!(furniture.line(&key_of(line)).map(|m| m.0), marker, "{line}");
        }
    }

    #[test]
    fn headings_of_columns() {
        let furniture = Furniture::shipped();
        for heading in [
            "시도",
            "시·도",
            "학교명",
            "학 교 명",
            "현재 학과",
            "개편학과명",
            "모집 인원(명)",
            "참여기업",
        ] {
            assert!(furniture.is_column(heading), "{heading}");
        }
        for line in [
            "",
            "기계공학과",
            "새솔시 새솔구 학교",
            "□ 선정 학교",
            "[학교]",
            "(명)",
            "새솔공고",
            "가 나",
        ] {
            assert!(!furniture.is_column(line), "{line}");
        }
    }

    #[test]
    fn html_names() {
        let furniture = Furniture::shipped();
        for name in [
            "ad_inline",
            "relatedNews",
            "sns-share",
            "sec_ad1",
            "weather",
        ] {
            assert!(furniture.is_drop(name), "{name}");
        }
        for name in ["header", "reading", "article", "loading", "breadth"] {
            assert!(!furniture.is_drop(name), "{name}");
        }
        assert!(furniture.is_body("article-view-content-div"));
    }

    #[test]
    fn bad_rows_are_all_reported() {
        let mut bad = Vec::new();
        let text = "marker,kind,match\n많이,오류,line\n---,skip,line\n댓글,end,somehow\nⓒⓒ,end,symbol\n\
             사진=,skip,mark\n모습,caption,line\n,goes_on,suffix\n현재 학과,column,line\n학교,column,prefix\n과,column,suffix\n";
        let table = Table::read("furniture.csv", text, &["marker"], &mut bad);
        Furniture::load(&table, &mut bad);
        assert_eq!(
            bad.iter().map(|b| b.line).collect::<Vec<_>>(),
            [2, 3, 4, 5, 6, 7, 8, 9, 10, 11]
        );
        assert_eq!(
            (bad[5].column.as_str(), bad[5].expected.as_str()),
            ("match", "one of suffix")
        );
    }
}
