//! Lines that say when, and lines that say who wrote it.

use jiff::civil::Date;

use super::line::pieces;
use super::{Kind, Rank, date};
use crate::dictionary::{Furniture, Marker, is_hangul, is_letter};

/// The rank of the best date in `line`, and the date; whether a reporter's name is in it.
pub(super) fn best_date(line: &str, furniture: &Furniture) -> Option<(Rank, Date)> {
    let mut best: Option<(Rank, Date)> = None;
    let mut from = 0;
    while let Some(found) = date::find(line, from) {
        let before = &line[from..found.span.start];
        let after: &str = line[found.span.end..].trim_start();
        let after = &after[..after.char_indices().nth(9).map_or(after.len(), |(i, _)| i)];
        let near = |marker| {
            let words = furniture.words(marker);
            let label = before.trim_end_matches(|c: char| !is_letter(c));
            let last = label
                .rsplit([' ', '|', '\t', '/', '(', '[', ',', ':'])
                .next()
                .unwrap_or("")
                .to_lowercase();
            let units = furniture.ends(Marker::Published).iter();
            let last = units.fold(last.as_str(), |last, unit| {
                last.trim_end_matches(unit.as_str())
            });
            words.iter().any(|w| {
                // A label behind the date, unless the next date is what it labels.
                let behind = after.to_lowercase();
                let behind = behind
                    .strip_prefix(w.as_str())
                    .map(|rest| rest.trim_start_matches([' ', ':']));
                last.ends_with(w.as_str())
                    || behind.is_some_and(|rest| !rest.starts_with(|c: char| c.is_ascii_digit()))
            })
        };
        let rank = if near(Marker::Updated) {
            Rank::Updated
        } else if near(Marker::Published) {
            Rank::Labelled
        } else if found.time {
            Rank::Time
        } else {
            Rank::Day
        };
        if best.is_none_or(|(r, _)| rank > r) {
            best = Some((rank, found.date));
        }
        from = found.span.end;
    }
    best
}

pub(super) fn date_or_byline(text: &str, stops: bool, furniture: &Furniture) -> Option<Kind> {
    let digits = text.bytes().any(|b| b.is_ascii_digit());
    let mut ranked = None;
    if digits
        && !stops
        && let Some((rank, _)) = best_date(text, furniture)
    {
        // What is left beside dates, labels and names.
        let mut rest = 0;
        let mut from = 0;
        while let Some(found) = date::find(text, from) {
            rest += loose(&text[from..found.span.start], furniture);
            from = found.span.end;
        }
        rest += loose(&text[from..], furniture);
        let room = match rank {
            Rank::Labelled => 24,
            Rank::Time | Rank::Updated => 16,
            Rank::Day => 8,
        };
        if rest <= room {
            ranked = Some(Kind::Date(rank));
        }
    }
    if ranked.is_some() {
        return ranked;
    }
    byline(text, stops, furniture).then_some(Kind::Byline)
}

/// Letters in `text` that are no label and not part of a reporter's byline.
fn loose(text: &str, furniture: &Furniture) -> usize {
    let mut n = 0;
    let mut last = 0;
    for piece in pieces(text) {
        let size = piece.chars().count();
        if is_reporter(piece, furniture) {
            n -= last;
            last = 0;
        } else if furniture.is_label(piece)
            || piece.contains('@')
            || piece.starts_with(|c: char| c.is_ascii_digit()) && piece.is_ascii()
            || furniture
                .words(Marker::Published)
                .iter()
                .any(|w| piece.contains(w.as_str()))
            || furniture
                .words(Marker::Updated)
                .iter()
                .any(|w| piece.contains(w.as_str()))
        {
            last = 0;
        } else {
            n += size;
            last = size;
        }
    }
    n
}

/// `기자`, `기자입니다` no, `기자(전주)` yes: the word that follows a reporter's name.
pub(super) fn is_reporter(piece: &str, furniture: &Furniture) -> bool {
    furniture.words(Marker::Reporter).iter().any(|w| w == piece)
}

pub(super) fn name_like(piece: &str) -> bool {
    (2..=5).contains(&piece.chars().count()) && piece.chars().all(is_hangul)
}

/// A line that says who wrote it, and nothing else.
fn byline(text: &str, stops: bool, furniture: &Furniture) -> bool {
    let size = text.chars().count();
    if size > 90 {
        return false;
    }
    let mail = text.contains('@')
        && text
            .split([' ', '(', ')', '<', '>', '|', '=', ':'])
            .any(is_mail);
    if mail && !text.contains("다.") {
        return loose(text, furniture) <= 40;
    }
    if stops {
        return signs_off(text, furniture);
    }
    let mut before = 0;
    let mut previous = "";
    let mut pieces = pieces(text).flat_map(|p| p.split('='));
    while let Some(piece) = pieces.next() {
        let joined = furniture.words(Marker::Reporter).iter().find_map(|w| {
            piece
                .strip_suffix(w.as_str())
                .filter(|n| name_like(n) && n.chars().count() >= 2)
        });
        if (is_reporter(piece, furniture) && name_like(previous))
            || joined.is_some_and(|_| before <= 3)
        {
            let rest: Vec<&str> = pieces.collect();
            let rest_is_more = rest.iter().enumerate().all(|(i, p)| {
                furniture.is_label(p)
                    || is_reporter(p, furniture)
                    || rest
                        .get(i + 1)
                        .is_some_and(|next| is_reporter(next, furniture))
                    || p.contains('@')
                    || p.bytes().all(|b| b.is_ascii())
            });
            return before <= 4 && rest_is_more;
        }
        before += 1;
        previous = piece;
    }
    false
}

/// `새벽방송 하늬입니다.`, `지금까지 하늬 기자였습니다.`: a broadcast's last line.
fn signs_off(text: &str, furniture: &Furniture) -> bool {
    let core = text.trim_end_matches('.');
    let Some(name) = ["이었습니다", "였습니다", "입니다"]
        .iter()
        .find_map(|end| core.strip_suffix(end))
    else {
        return false;
    };
    let mut words: Vec<&str> = pieces(name).collect();
    let last = words.pop().unwrap_or("");
    let reporter = is_reporter(last, furniture) && words.last().is_some_and(|w| name_like(w));
    let medium = words.last().is_some_and(|word| {
        let word = word.to_lowercase();
        furniture
            .words(Marker::Outlet)
            .iter()
            .any(|w| word.ends_with(w.as_str()))
    });
    words.len() <= 3 && (reporter || (medium && name_like(last)))
}

fn is_mail(token: &str) -> bool {
    token.split_once('@').is_some_and(|(user, host)| {
        !user.is_empty() && host.contains('.') && host.bytes().take_while(u8::is_ascii).count() >= 4
    })
}
