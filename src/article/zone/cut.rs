//! What is cut off a line that is kept: datelines, names, notices, Markdown's signs.

use super::byline::is_reporter;
use super::caption::{behind_label, behind_picture};
use super::line::pieces;
use crate::dictionary::{Furniture, Marker};

/// Markdown's emphasis and links, without their signs.
pub(super) fn strip_markdown(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("](") {
        let address = |to: &str| {
            to.contains("://")
                || to.starts_with(['/', '#', '.', '?'])
                || to.starts_with("mailto:")
                || to.starts_with("javascript:")
        };
        // `[단독](주)새솔` is no link.
        let to = rest[at + 2..].split(')').next().unwrap_or("");
        let Some(open) = rest[..at].rfind('[').filter(|_| address(to)) else {
            out.push_str(&rest[..at + 2]);
            rest = &rest[at + 2..];
            continue;
        };
        let end = rest[at..].find(')').map_or(rest.len(), |n| at + n + 1);
        out.push_str(rest[..open].trim_end_matches('!'));
        if !rest[..open].ends_with('!') {
            out.push_str(&rest[open + 1..at]);
        }
        rest = &rest[end..];
    }
    out.push_str(rest);
    let mut out = out.replace("**", "");
    // `*word*`: a sign before a letter and one behind the next.
    let mut from = 0;
    while let Some(open) = out[from..].find('*').map(|at| at + from) {
        let Some(close) = out[open + 1..].find('*').map(|at| at + open + 1) else {
            break;
        };
        let inside = &out[open + 1..close];
        if inside.is_empty() || inside.starts_with(' ') || inside.ends_with(' ') {
            from = close;
        } else {
            out.remove(close);
            out.remove(open);
            from = close - 1;
        }
    }
    out
}

/// Byte at which the bracket closes that `text` begins with, other brackets in it left out: `[새벽경제(대구)=김하나 기자]`.
fn closing(text: &str) -> Option<usize> {
    let mut open = 0usize;
    text.char_indices().find_map(|(at, c)| {
        match c {
            '(' | '[' | '【' | '<' | '〔' | '［' | '〈' => open += 1,
            ')' | ']' | '】' | '>' | '〕' | '］' | '〉' => open = open.saturating_sub(1),
            _ => return None,
        }
        (open == 0).then_some(at)
    })
}

/// `text` without a dateline, an outlet or a reporter's name before its first word.
pub(super) fn cut_head<'a>(text: &'a str, furniture: &Furniture) -> &'a str {
    let mut text = text;
    for _ in 0..3 {
        let before = text.len();
        if text.starts_with(['(', '[', '【', '<', '〔', '［', '〈']) {
            let open = text.chars().next().map_or(1, char::len_utf8);
            if let Some(end) = closing(text) {
                let inside = &text[open..end];
                let size = inside.chars().count();
                let reporter = pieces(inside).any(|p| is_reporter(p, furniture));
                let medium = size <= 14
                    && furniture
                        .words(Marker::Outlet)
                        .iter()
                        .any(|w| inside.to_lowercase().contains(w.as_str()));
                if size <= 40 && (inside.contains('=') || reporter || medium) {
                    let close = text[end..].chars().next().map_or(1, char::len_utf8);
                    text = text[end + close..].trim_start_matches([' ', '=', '|', '/', '\u{3000}']);
                }
            }
        }
        let window = text.char_indices().nth(48).map_or(text.len(), |(i, _)| i);
        if let Some(at) = text[..window].find(['=', '|', '┃', 'ㅣ', '│']) {
            let head = &text[..at];
            if pieces(head).any(|p| is_reporter(p, furniture))
                && pieces(head).count() <= 6
                && !head.contains("다.")
            {
                let sign = text[at..].chars().next().map_or(1, char::len_utf8);
                text = text[at + sign..].trim_start();
            }
        }
        if text.len() == before {
            break;
        }
    }
    text
}

/// `text` without a reporter's name, an e-mail address or a copyright notice after its last sentence.
pub(super) fn cut_tail<'a>(text: &'a str, furniture: &Furniture) -> &'a str {
    let from = text.len().saturating_sub(260);
    let from = (from..=text.len())
        .find(|&i| text.is_char_boundary(i))
        .unwrap_or(0);
    let tail = &text[from..];
    let over = tail.trim_end_matches([' ', '/', '=', ']', ')']);
    let signed = furniture
        .words(Marker::Reporter)
        .iter()
        .any(|w| over.ends_with(w.as_str()));
    let notice = furniture.rights(tail);
    if !signed && notice.is_none() && !tail.contains('@') {
        return text;
    }
    let mail = tail
        .find('@')
        .filter(|_| tail.split([' ', '(', ')', '<', '>', '.', '|']).count() > 0);
    let reporter = furniture
        .words(Marker::Reporter)
        .iter()
        .filter(|w| {
            tail.trim_end_matches([' ', '/', '=', ']', ')'])
                .ends_with(w.as_str())
        })
        .filter_map(|w| tail.rfind(w.as_str()))
        .min();
    let Some(mut mark) = [notice, mail, reporter].into_iter().flatten().min() else {
        return text;
    };
    if Some(mark) == mail {
        // An address inside a sentence stays.
        let after = &tail[mark..];
        if after.contains("다.") || after.contains("요.") {
            return text;
        }
        mark = tail[..mark].rfind([' ', '(', '<', '[', '|']).unwrap_or(0);
    }
    let Some(stop) = tail[..mark].rfind(['.', '!', '?']) else {
        return text;
    };
    let mut end = from + stop + 1;
    while let Some(c) = text[end..]
        .chars()
        .next()
        .filter(|c| matches!(c, '"' | '”' | '’' | '\'' | ')'))
    {
        end += c.len_utf8();
    }
    // Between the last sentence and the mark stands a name, not half an article.
    if text[end..from + mark.max(end - from)].chars().count() > 40 {
        return text;
    }
    &text[..end]
}

/// The medium that a copyright line names.
pub(super) fn outlet(text: &str, furniture: &Furniture) -> Option<String> {
    let at = ["ⓒ", "©", "(c)", "(C)", "&copy;"]
        .iter()
        .filter_map(|m| text.find(m).map(|i| i + m.len()))
        .min()?;
    let rest = text[at..]
        .trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, ' ' | '-' | '.' | ','));
    let end = rest
        .find([',', '.', '|', '>', '(', ']', '·', '/', ':'])
        .unwrap_or(rest.len());
    // Another copyright line's address is not what people call the medium.
    if rest[end..]
        .strip_prefix('.')
        .is_some_and(|r| r.starts_with(|c: char| c.is_ascii_alphabetic()))
    {
        return None;
    }
    let notices = furniture.begins(Marker::Rights).iter();
    let end = notices
        .filter_map(|w| rest[..end].find(w.as_str()))
        .min()
        .unwrap_or(end);
    let name = rest[..end].trim();
    let good = (2..=20).contains(&name.chars().count());
    good.then(|| name.to_owned())
}

/// The agency that a dateline names: `(익산=새벽통신)`, `[익산=새벽통신]`.
pub(super) fn dateline_outlet(text: &str) -> Option<String> {
    let inside = text.strip_prefix(['(', '['])?;
    let (place, name) = inside[..inside.find([')', ']'])?].split_once('=')?;
    let name = name.trim();
    let short = |text: &str, most| (2..=most).contains(&text.chars().count());
    (short(place.trim(), 8) && short(name, 10) && !name.contains(' ')).then(|| name.to_owned())
}

/// A caption without the word that says what it is: `<사진>`, `[사진설명]`, `사진=`.
pub(super) fn cut_caption<'a>(text: &'a str, furniture: &Furniture) -> &'a str {
    let inside = text.trim_start_matches(['<', '[', '(', '【', '〈']);
    let bracket = inside.len() < text.len();
    let Some(rest) = behind_picture(inside, furniture) else {
        return text;
    };
    let rest = rest.trim_start();
    let rest = behind_label(rest, furniture).unwrap_or(rest).trim_start();
    let body = if bracket {
        rest.strip_prefix(['>', ']', ')', '】', '〉'])
    } else {
        rest.strip_prefix(['=', ':', '|'])
    };
    match body.map(str::trim_start) {
        Some(body) if !body.is_empty() => body,
        _ => text,
    }
}
