//! Copies of printed pages, whose lines end where the column did, often inside a word.

use std::hash::Hasher;

use super::caption::credit_cut;
use super::line::{CLOSERS, bullet};
use super::words::{Set, Spread};
use crate::dictionary::{Furniture, Marker, is_hangul, is_letter};

/// The widest column, in half-width signs. What is longer is a paragraph.
const WIDEST: usize = 130;
/// The narrowest column.
const NARROWEST: usize = 36;
/// How much shorter a line that the next one goes on may be than the longest.
const RAGGED: usize = 14;

fn width(line: &str) -> usize {
    line.chars().map(|c| 1 + usize::from(!c.is_ascii())).sum()
}

fn stops(line: &str) -> bool {
    line.trim_end_matches(CLOSERS)
        .ends_with(['.', '?', '!', '。', '…', ':'])
}

/// Whether a sentence ends inside the line, which itself ends in the middle of one.
fn broken(line: &str, furniture: &Furniture) -> bool {
    !stops(line)
        && credit_cut(line, furniture).len() == line.len()
        && ["다. ", "다.” ", "다.\" "]
            .iter()
            .any(|end| line.contains(end))
}

/// Whether a line goes on inside a word of the line above: it begins with a particle, a comma or the end of a sentence.
fn fragment(line: &str, furniture: &Furniture) -> bool {
    let word = line.split(' ').next().unwrap_or("");
    let end = word.trim_end_matches(',');
    line.starts_with([',', ')', '’', '”'])
        || (word.len() < line.len() && furniture.words(Marker::Cut).iter().any(|w| w == end))
        || word
            .strip_suffix('.')
            .is_some_and(|end| furniture.ends(Marker::Cut).iter().any(|w| w == end))
}

/// A page whose sentences were cut at the words that stood out in them (links, bold type), each on a line for itself, with
/// its sentences whole; `None` where fewer than two are cut.
pub(super) fn mend(page: &str, furniture: &Furniture) -> Option<String> {
    let lines: Vec<&str> = page.split('\n').map(str::trim).collect();
    let cut = |at: usize| {
        at > 0
            && fragment(lines[at], furniture)
            && !lines[at - 1].is_empty()
            && !stops(lines[at - 1])
            && lines[at].chars().nth(3).is_some()
    };
    if (0..lines.len()).filter(|&at| cut(at)).take(2).count() < 2 {
        return None;
    }
    // What the line above a cut-off word ends with when the sentence goes on to it.
    let leads = |at: usize| {
        let before = at.checked_sub(1).map_or("", |at| lines[at]);
        !lines[at].is_empty()
            && !stops(lines[at])
            && (lines[at].ends_with(',')
                || furniture.has_end(Marker::GoesOn, lines[at])
                || (stops(before) && !before.is_empty()))
    };
    let mut out = String::with_capacity(page.len());
    for (at, line) in lines.iter().enumerate() {
        if cut(at) {
        } else if at > 0 && lines.get(at + 1).is_some() && cut(at + 1) && leads(at - 1) {
            out.push(' ');
        } else if at > 0 {
            out.push('\n');
        }
        out.push_str(line);
    }
    Some(out)
}

/// A page with its wrapped lines joined; `None` where none is wrapped.
pub(super) fn unwrap(page: &str, furniture: &Furniture) -> Option<String> {
    let lines: Vec<(&str, usize)> = page
        .split('\n')
        .map(|line| (line.trim(), line))
        .map(|(line, raw)| {
            (
                line,
                if line.len() > 4 * WIDEST {
                    usize::MAX
                } else {
                    width(raw.trim())
                },
            )
        })
        .collect();
    let goes_on = |at: usize| {
        lines.get(at + 1).is_some_and(|(next, _)| {
            next.starts_with(|c: char| {
                is_letter(c) || matches!(c, '“' | '‘' | '"' | '\'' | '(' | '㈜')
            }) && bullet(next).is_none()
        })
    };
    let column = (0..lines.len())
        .filter(|&at| lines[at].1 <= WIDEST && broken(lines[at].0, furniture) && goes_on(at))
        .map(|at| lines[at].1)
        .max()
        .filter(|&width| width >= NARROWEST)?;
    let full = |at: usize| {
        let (line, width) = lines[at];
        (column.saturating_sub(RAGGED)..=column + 4).contains(&width) && !stops(line) && goes_on(at)
    };
    let widths = || {
        (0..lines.len())
            .filter(|&at| full(at))
            .map(|at| lines[at].1)
    };
    let (joined, long) = (
        widths().count(),
        lines.iter().filter(|l| l.1 >= NARROWEST).count(),
    );
    if joined < 3 || joined * 2 < long {
        return None;
    }
    // Words are taken apart where all lines are equally long.
    let apart = widths().max().unwrap_or(0) - widths().min().unwrap_or(0) <= 3;
    let known = if apart {
        beginnings(&lines, full)
    } else {
        Set::default()
    };
    let mut out = String::with_capacity(page.len());
    for (at, raw) in page.split('\n').enumerate() {
        let (line, _) = lines[at];
        if at > 0 && full(at - 1) {
            let before = lines[at - 1].0;
            let spaced = out.ends_with([' ', '\u{3000}']);
            if !spaced && (!apart || between_words(before, line, &known, furniture)) {
                out.push(' ');
            }
            out.push_str(raw.trim_start());
        } else {
            if at > 0 {
                out.push('\n');
            }
            out.push_str(raw);
        }
    }
    Some(out)
}

fn hash(letters: impl Iterator<Item = char>) -> u64 {
    let mut hasher = Spread::default();
    for c in letters {
        hasher.write_u64(u64::from(u32::from(c)));
    }
    hasher.finish()
}

/// The beginnings, three to eight letters long, of the words that no break has taken apart.
fn beginnings(lines: &[(&str, usize)], full: impl Fn(usize) -> bool) -> Set {
    let mut set = Set::default();
    for (at, (line, _)) in lines.iter().enumerate() {
        for word in line.split(' ').skip(usize::from(at > 0 && full(at - 1))) {
            let size = word.chars().count();
            for n in 3..=size.min(8) {
                set.insert(hash(word.chars().take(n)));
            }
        }
    }
    set
}

/// Whether the break between two lines is one between two words.
fn between_words(before: &str, next: &str, known: &Set, furniture: &Furniture) -> bool {
    let last = before.rsplit(' ').next().unwrap_or("");
    let first = next.split(' ').next().unwrap_or("");
    let (size, more) = (last.chars().count(), first.chars().count());
    let one_word = (2..8).contains(&size)
        && known.contains(&hash(last.chars().chain(first.chars().take(1)).take(8)));
    if one_word || !first.starts_with(is_hangul) {
        return !one_word && first.starts_with(|c: char| is_letter(c));
    }
    if more >= 3 && known.contains(&hash(first.chars().take(3))) {
        return true;
    }
    size >= 2 && (last.ends_with([',', '.', ')']) || furniture.has_end(Marker::Whole, last))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column() {
        let page = "새솔군, 목공대학 신입생 모집\n\n새솔군은 새솔목공대학 신입생 60명을 모집한다고 29일 밝\n혔다. 모집 분야는 가구, 한옥, 악기 세 가지이며 군에 사\n는 사람이면 누구나 신청할 수 있다. 교육은 새솔공업고\n등학교와 새솔대학교에서 이뤄진다. 신청은 31일까지다.\n새솔공업고등학교는 목공실을 내준다.\n";
        assert_eq!(
            unwrap(page, &Furniture::shipped()).as_deref(),
            Some(
                "새솔군, 목공대학 신입생 모집\n\n새솔군은 새솔목공대학 신입생 60명을 모집한다고 29일 밝혔다. 모집 분야는 가구, 한옥, 악기 세 가지이며 군에 사는 사람이면 누구나 신청할 수 있다. 교육은 새솔공업고등학교와 새솔대학교에서 이뤄진다. 신청은 31일까지다.\n새솔공업고등학교는 목공실을 내준다.\n"
            )
        );
    }

    #[test]
    fn words_on_lines_of_their_own() {
        let page = "이든 기자\n새솔시가\n새솔공업고등학교\n에 실습장을 짓는다.\n시는 20일\n하늘드론\n과 협약을 맺고\n한빛전자\n와도 손을 잡는다.\n\n총사업비는 15억원이다.\n";
        assert_eq!(
            mend(page, &Furniture::shipped()).as_deref(),
            Some(
                "이든 기자\n새솔시가 새솔공업고등학교에 실습장을 짓는다.\n시는 20일 하늘드론과 협약을 맺고\n한빛전자\n와도 손을 잡는다.\n\n총사업비는 15억원이다.\n"
            )
        );
        assert_eq!(
            mend(
                "이 학교는 새솔시에 있다.\n\n가 나 다\n이 일은\n",
                &Furniture::shipped()
            ),
            None
        );
    }

    #[test]
    fn a_page_of_paragraphs() {
        let page = "새솔시, 목공 교육\n\n새솔시는 3일 목공 교육을 시작했다. 60명이 배운다.\n새솔공고가 목공실을 내준다.\n가온군, 축제\n가온군은 축제를 열었다. 지난해보다\n다솜시, 공원\n";
        assert_eq!(unwrap(page, &Furniture::shipped()), None);
    }
}
