//! Pages whose lines are not what a reader would call lines: one line that holds everything, columns, cells, and Markdown.

use super::byline::{best_date, is_reporter, name_like};
use super::cut::strip_markdown;
use super::{Rank, Zone, date, sentence};
use crate::dictionary::{Furniture, Marker, is_letter};

/// A page of text in the lines that it would have; `None` where it has them already.
pub(in super::super) fn unfold(page: &str, furniture: &Furniture) -> Option<String> {
    let lines = lines(page, furniture);
    super::grid::gather(lines.as_deref().unwrap_or(page), furniture).or(lines)
}

fn lines(page: &str, furniture: &Furniture) -> Option<String> {
    if page.contains("](") {
        return Some(without_links(page));
    }
    let mut lines = page.lines().map(str::trim).filter(|l| !l.is_empty());
    let only = lines.next()?;
    if lines.next().is_some() {
        return super::wrap::unwrap(page, furniture).or_else(|| super::wrap::mend(page, furniture));
    }
    one_line(only, furniture)
}

/// The lines of a Markdown page without the addresses of links inside text. Lines of nothing but links stay.
fn without_links(page: &str) -> String {
    let mut out = String::with_capacity(page.len());
    for (n, line) in page.split('\n').enumerate() {
        if n > 0 {
            out.push('\n');
        }
        if line.contains("](") && !super::line::markdown_link(line.trim()) {
            out.push_str(&strip_markdown(line));
        } else {
            out.push_str(line);
        }
    }
    out
}

/// `headline, date, text and notice` of a page that is one line: the date stands before the first sentence has ended.
fn one_line(line: &str, furniture: &Furniture) -> Option<String> {
    let first_end = ["다.", "요.", "까?"]
        .iter()
        .filter_map(|e| line.find(e))
        .min()?;
    let mut from = 0;
    let found = loop {
        let found = date::find(line, from).filter(|f| f.span.end <= first_end)?;
        let rank = best_date(&line[from..found.span.end], furniture).map(|d| d.0);
        if rank.is_some_and(|r| r >= Rank::Updated) || bare_day(line, &found) {
            break found;
        }
        from = found.span.end;
    };
    let headline = said_twice(without_labels(&line[..found.span.start], furniture));
    if headline.split_whitespace().count() < 2 {
        return None;
    }
    let header = line[..found.span.start].rfind(headline)? + headline.len();
    let mut body = found.span.end;
    // What else the header holds: another date, labels, who wrote it, an address.
    loop {
        let rest = &line[body..];
        let start = body + (rest.len() - rest.trim_start_matches(|c: char| !is_letter(c)).len());
        let mut words = line[start..].split_inclusive(' ');
        let (one, two) = (words.next().unwrap_or(""), words.next().unwrap_or(""));
        let (word, next) = (trim(one), trim(two));
        if let Some(other) =
            date::find(line, start).filter(|d| d.span.start - start <= 24 && d.time)
            && without_labels(&line[start..other.span.start], furniture).is_empty()
        {
            body = other.span.end;
        } else if is_reporter(next, furniture) && name_like(word) {
            body = start + one.len() + two.trim_end().len();
        } else if word.contains('@') || is_label(word, furniture) {
            body = start + one.trim_end().len();
        } else {
            break;
        }
    }
    let text = line[body..].trim_start_matches([' ', '|', '/', '·', '-', ':']);
    let mut sentences = Vec::new();
    sentence::split(text, 0, Zone::Body, &mut sentences);
    let last = sentences.iter().rev().find(|s| {
        let end = text[s.span.clone()].trim_end_matches(super::line::CLOSERS);
        end.ends_with(['.', '?', '!']) && !end.ends_with("..")
    })?;
    let (text, tail) = text.split_at(last.span.end);
    let mut page = format!("{headline}\n{}\n\n{text}\n\n", &line[header..body].trim());
    for word in tail.split_whitespace() {
        // Short lines, so that each is looked at by its markers.
        let short = page.rfind('\n').is_some_and(|at| page.len() - at < 180);
        page.push(if short { ' ' } else { '\n' });
        page.push_str(word);
    }
    Some(page)
}

/// The headline of `site, section, headline headline`: what stands twice at the end; else all of it.
fn said_twice(text: &str) -> &str {
    let starts = text.match_indices(' ').map(|(at, _)| at + 1);
    starts
        .skip_while(|&at| at * 2 < text.len())
        .take(40)
        .find(|&at| {
            let (before, last) = text.split_at(at);
            last.contains(' ') && before.trim_end().ends_with(last)
        })
        .map_or(text, |at| &text[at..])
}

fn trim(word: &str) -> &str {
    word.trim_matches(|c: char| !is_letter(c) && c != '@')
}

fn is_label(word: &str, furniture: &Furniture) -> bool {
    let dated = |marker| {
        furniture
            .words(marker)
            .iter()
            .any(|w| word.ends_with(w.as_str()))
    };
    !word.is_empty()
        && (furniture.is_label(word)
            || dated(Marker::Published)
            || dated(Marker::Updated)
            || word.bytes().all(|b| b.is_ascii_digit()))
}

/// `2024.07.09` between the headline and the text; not a day inside a sentence (`2024년 7월 9일에`, `2024.07.09.까지`).
fn bare_day(line: &str, found: &date::Found) -> bool {
    let day = &line[found.span.clone()];
    let after = &line[found.span.end..];
    !day.contains('년') && after.starts_with([' ', '|', '/', ')', ']'])
}

/// `text` without labels, names and signs at its end.
fn without_labels<'a>(text: &'a str, furniture: &Furniture) -> &'a str {
    let mut text = text;
    loop {
        text = text.trim_end_matches(|c: char| {
            !is_letter(c)
                && !matches!(
                    c,
                    '”' | '’' | '"' | '\'' | '…' | '!' | '?' | ']' | ')' | '%'
                )
        });
        let last = text.rfind([' ', '|', '/']).map_or(0, |at| at + 1);
        let word = trim(&text[last..]);
        if is_reporter(word, furniture) {
            let before = text[..last].trim_end();
            let name = before.rfind([' ', '|', '/']).map_or(0, |at| at + 1);
            text = if name_like(&before[name..]) {
                &before[..name]
            } else {
                before
            };
        } else if !text.is_empty() && is_label(word, furniture) {
            text = &text[..last];
        } else {
            return text.trim();
        }
    }
}
