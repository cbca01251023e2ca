//! Captions and the sources that stand behind them.

use super::line::CLOSERS;

use crate::dictionary::{Furniture, Marker};

/// What follows the word for a picture that `text` begins with.
pub(super) fn behind_picture<'a>(text: &'a str, furniture: &Furniture) -> Option<&'a str> {
    let words = furniture.words(Marker::Picture);
    words.iter().find_map(|w| text.strip_prefix(w.as_str()))
}

/// What follows a word such as 설명 behind the one for a picture.
pub(super) fn behind_label<'a>(text: &'a str, furniture: &Furniture) -> Option<&'a str> {
    let ends = furniture.ends(Marker::Picture);
    ends.iter().find_map(|w| text.strip_prefix(w.as_str()))
}

pub(super) fn is_caption(text: &str, first: char, stops: bool, furniture: &Furniture) -> bool {
    let start = text.trim_start_matches(['[', '<', '(', '【', '/', ' ']);
    if behind_picture(start, furniture).is_some_and(|rest| {
        rest.starts_with(['=', ']', '>', ')', '】', ':', '|', '/'])
            || rest.starts_with(" =")
            || behind_label(rest, furniture).is_some()
    }) {
        return true;
    }
    if matches!(first, '▲' | '△' | '▼' | '◀' | '▶') && text.matches(first).count() == 1 {
        let core = credit_cut(text, furniture)
            .trim_end_matches(CLOSERS)
            .trim_end_matches('.');
        if furniture.has_end(Marker::Caption, core) {
            return true;
        }
    }
    // A sentence and then its source.
    text.len() <= 600
        && credit_cut(text, furniture).len() < text.len()
        && (!stops || text.len() <= 300)
}

/// `text` without a picture's source at its end: `사진=새솔시`, `(사진 제공=…)`, `ⓒ새벽일보`, `새솔시 제공`.
pub(super) fn credit_cut<'a>(text: &'a str, furniture: &Furniture) -> &'a str {
    let tail_from = text.len().saturating_sub(90);
    let tail_from = (tail_from..=text.len())
        .find(|&i| text.is_char_boundary(i))
        .unwrap_or(0);
    let tail = &text[tail_from..];
    if !tail.contains('/') && !furniture.names_source(tail) {
        return text;
    }
    for mark in furniture.sources() {
        if let Some(at) = tail.rfind(mark.as_str()) {
            let rest = &tail[at + mark.len()..];
            // A source is short and is the last thing said, but for a date and an address.
            let rest = without_dates(rest, furniture);
            let over = rest.trim_end_matches(CLOSERS).trim_end_matches('.');
            if over.chars().count() <= 24 && !over.contains("다.") && !over.ends_with("했다") {
                return without_dates(
                    text[..tail_from + at]
                        .trim_end_matches(['[', '(', '<', '【', '/', ' ', '|', '▲', '―', '-']),
                    furniture,
                );
            }
        }
    }
    // "… 협약식. /새솔시"
    if let Some(at) = tail.rfind('/') {
        let over = &tail[at + 1..];
        let apart = tail[..at].ends_with([' ', '.', ')']);
        if apart && over.chars().count() <= 14 && !over.contains(['.', ' ']) && !over.is_empty() {
            return text[..tail_from + at].trim_end();
        }
    }
    // "… 있다. 새솔시 제공"
    let body = text.trim_end_matches(CLOSERS);
    for word in furniture.ends(Marker::Credit) {
        if let Some(before) = body.strip_suffix(word.as_str()) {
            let at = before.rfind(['.', '/', '(', '[', '|']).map(|i| {
                if before[i..].starts_with('.') {
                    i + 1
                } else {
                    i
                }
            });
            if let Some(at) = at.filter(|&at| before[at..].chars().count() <= 24) {
                return before[..at].trim_end();
            }
        }
    }
    text
}

/// `text` without `2024.10.15`, an address and a notice of rights at its end.
fn without_dates<'a>(text: &'a str, furniture: &Furniture) -> &'a str {
    let mut text = text;
    while let Some(at) = text.trim_end().rfind([' ', ')', ']']) {
        let word = text[at + 1..].trim();
        let day = word.len() >= 8
            && word.starts_with("20")
            && word
                .bytes()
                .all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'-' | b'/'));
        let rights = || furniture.words(Marker::Rights).iter().any(|w| w == word);
        if !(day || word.contains('@') || rights()) {
            break;
        }
        text = text[..=at].trim_end();
    }
    text
}
