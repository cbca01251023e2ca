//! Captions and the sources that stand behind them.

use super::line::CLOSERS;

pub(super) fn is_caption(text: &str, first: char, stops: bool) -> bool {
    let start = text.trim_start_matches(['[', '<', '(', '【', '/', ' ']);
    if start.len() < text.len() || text.starts_with("사진") {
        let photo = start
            .strip_prefix("사진")
            .or_else(|| start.strip_prefix("그래픽"));
        if photo.is_some_and(|rest| {
            rest.starts_with(['=', ']', '>', ')', '】', ':', '|', '설', '제', '/'])
                || rest.starts_with(" =")
        }) {
            return true;
        }
    }
    if matches!(first, '▲' | '△' | '▼' | '◀' | '▶') && text.matches(first).count() == 1 {
        let core = credit_cut(text)
            .trim_end_matches(CLOSERS)
            .trim_end_matches('.');
        if [
            "있다",
            "모습",
            "전경",
            "있는",
            "했다",
            "장면",
            "조감도",
            "촬영",
        ]
        .iter()
        .any(|e| core.ends_with(e))
        {
            return true;
        }
    }
    // A sentence and then its source.
    text.len() <= 600 && credit_cut(text).len() < text.len() && (!stops || text.len() <= 300)
}

/// Whether one of a few short words stands in a short text; quicker than to search for each.
pub(super) fn has_any(text: &str, words: &[&str]) -> bool {
    let bytes = text.as_bytes();
    (0..bytes.len()).any(|i| {
        words
            .iter()
            .any(|w| bytes[i] == w.as_bytes()[0] && bytes[i..].starts_with(w.as_bytes()))
    })
}

/// `text` without a picture's source at its end: `사진=새솔시`, `(사진 제공=…)`, `ⓒ새벽일보`, `새솔시 제공`.
pub(super) fn credit_cut(text: &str) -> &str {
    let tail_from = text.len().saturating_sub(90);
    let tail_from = (tail_from..=text.len())
        .find(|&i| text.is_char_boundary(i))
        .unwrap_or(0);
    let tail = &text[tail_from..];
    if !has_any(
        tail,
        &["사진", "ⓒ", "©", "/", "그래픽", "자료", "제공", "캡처"],
    ) {
        return text;
    }
    for mark in [
        "사진=",
        "사진 =",
        "사진:",
        "사진 :",
        "사진|",
        "사진제공",
        "사진 제공",
        "사진출처",
        "사진 출처",
        "ⓒ",
        "©",
        "/사진",
        "그래픽=",
        "자료=",
    ] {
        if let Some(at) = tail.rfind(mark) {
            let rest = &tail[at + mark.len()..];
            // A source is short and is the last thing said, but for a date and an address.
            let rest = without_dates(rest);
            let over = rest.trim_end_matches(CLOSERS).trim_end_matches('.');
            if over.chars().count() <= 24 && !over.contains("다.") && !over.ends_with("했다") {
                return without_dates(
                    text[..tail_from + at]
                        .trim_end_matches(['[', '(', '<', '【', '/', ' ', '|', '▲', '―', '-']),
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
    for word in ["제공", "캡처"] {
        if let Some(before) = body.strip_suffix(word) {
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
fn without_dates(text: &str) -> &str {
    let mut text = text;
    while let Some(at) = text.trim_end().rfind([' ', ')', ']']) {
        let word = text[at + 1..].trim();
        let day = word.len() >= 8
            && word.starts_with("20")
            && word
                .bytes()
                .all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'-' | b'/'));
        if !(day || word.contains('@') || ["및", "DB", "금지"].contains(&word) || word == "*재판매")
        {
            break;
        }
        text = text[..=at].trim_end();
    }
    text
}
