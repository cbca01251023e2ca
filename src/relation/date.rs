//! The day that a sentence gives: `지난 21일`, `이날`, `오는 8월 3일`, `지난해 11월 20일`.

use jiff::{ToSpan, civil::Date};

use super::cue::Hit;
use crate::dictionary::{DateWord, RelationRules};

/// A day named in a sentence.
#[derive(Debug, Clone, Copy)]
pub(super) struct Day {
    pub(super) end: usize,
    pub(super) date: Option<Date>,
}

/// All days that the sentence `start..end` of `text` names, in order.
pub(super) fn days(
    text: &str,
    range: std::ops::Range<usize>,
    hits: &[Hit],
    rules: &RelationRules,
    published: Option<Date>,
    spoken_of: Option<Date>,
    days: &mut Vec<Day>,
) {
    days.clear();
    let words = hits
        .iter()
        .filter_map(|h| h.date.map(|word| (h.start, h.end, word)));
    for (_, end, word) in words.clone() {
        let date = match word {
            DateWord::SameDay => spoken_of,
            DateWord::Day(n) => published.and_then(|p| p.checked_add(i64::from(n).days()).ok()),
            _ => continue,
        };
        days.push(Day { end, date });
    }
    let bytes = text.as_bytes();
    let mut at = range.start;
    while let Some(digit) = first_digit(&bytes[at..range.end]) {
        at += digit;
        let begin = at;
        let (mut year, mut month, mut day) = (None, None, None);
        // 2024년 7월 31일: as long as numbers and units follow each other.
        let mut end = at;
        loop {
            let digits = bytes[at..range.end]
                .iter()
                .take_while(|b| b.is_ascii_digit())
                .count();
            if digits == 0 || digits > 4 {
                break;
            }
            let number: i16 = text[at..at + digits].parse().unwrap_or(0);
            let after = at + digits;
            if let Some((unit, length)) = rules.date_unit(&text[after..range.end]) {
                let slot = match unit {
                    'y' => &mut year,
                    'm' => &mut month,
                    _ => &mut day,
                };
                if slot.is_some() {
                    break;
                }
                *slot = Some(number);
                at = after + length;
            } else if digits == 4
                && bytes.get(after) == Some(&b'.')
                && text[after + 1..range.end].contains('.')
            {
                year = Some(number);
                at = after + 1;
            } else {
                break;
            }
            end = at;
            while at < range.end && bytes[at] == b' ' {
                at += 1;
            }
        }
        if end == begin || day.is_none() {
            at = at.max(begin + 1);
            while at < range.end && bytes[at].is_ascii_digit() {
                at += 1;
            }
            continue;
        }
        at = end;
        if rules.is_span(&text[end..range.end]) {
            continue;
        }
        // The words right before the number.
        let (mut year_shift, mut month_shift, mut coming) = (None, None, None);
        let mut front = begin;
        for (word_start, word_end, word) in words.clone().collect::<Vec<_>>().into_iter().rev() {
            if word_end > front || !text[word_end..front].trim().is_empty() {
                continue;
            }
            front = word_start;
            match word {
                DateWord::Year(n) => year_shift = Some(n),
                DateWord::Month(n) => month_shift = Some(n),
                DateWord::Past => coming = Some(false),
                DateWord::Coming => coming = Some(true),
                _ => {}
            }
        }
        let date = resolve(
            &Given {
                year,
                month,
                day: day.unwrap_or(1),
                year_shift,
                month_shift,
                coming,
            },
            published,
        );
        days.push(Day { end, date });
    }
    days.sort_by_key(|d| d.end);
}

/// Where the first ASCII digit stands; nearly all text has none, so it is read in blocks that the compiler can look at
/// at once.
fn first_digit(bytes: &[u8]) -> Option<usize> {
    const BLOCK: usize = 32;
    let holds_digit = |b: &[u8]| b.iter().fold(false, |held, b| held | b.is_ascii_digit());
    let block = bytes.chunks(BLOCK).position(holds_digit)?;
    let digit = bytes[block * BLOCK..].iter().position(u8::is_ascii_digit)?;
    Some(block * BLOCK + digit)
}

struct Given {
    year: Option<i16>,
    month: Option<i16>,
    day: i16,
    year_shift: Option<i16>,
    month_shift: Option<i16>,
    coming: Option<bool>,
}

fn resolve(given: &Given, published: Option<Date>) -> Option<Date> {
    let day = i8::try_from(given.day).ok()?;
    let month = given.month.and_then(|m| i8::try_from(m).ok());
    if let (Some(year), Some(month)) = (given.year, month) {
        return Date::new(year, month, day).ok();
    }
    let published = published?;
    if let Some(month) = month {
        if let Some(shift) = given.year_shift {
            return Date::new(published.year() + shift, month, day).ok();
        }
        let this = Date::new(published.year(), month, day).ok();
        return match given.coming {
            Some(true) => this
                .filter(|d| *d >= published)
                .or_else(|| Date::new(published.year() + 1, month, day).ok()),
            Some(false) => this
                .filter(|d| *d <= published)
                .or_else(|| Date::new(published.year() - 1, month, day).ok()),
            // Without a word for it, the nearer year.
            None => [-1, 0, 1]
                .into_iter()
                .filter_map(|y| Date::new(published.year() + y, month, day).ok())
                .min_by_key(|d| d.since(published).map_or(i32::MAX, |s| s.get_days().abs())),
        };
    }
    let first = published.first_of_month();
    if let Some(shift) = given.month_shift {
        let first = first.checked_add(i64::from(shift).months()).ok()?;
        return Date::new(first.year(), first.month(), day).ok();
    }
    let step = if given.coming == Some(true) { 1 } else { -1 };
    (0..3).find_map(|n: i64| {
        let first = first.checked_add((n * step).months()).ok()?;
        Date::new(first.year(), first.month(), day)
            .ok()
            .filter(|d| {
                if step > 0 {
                    *d >= published
                } else {
                    *d <= published
                }
            })
    })
}
