//! Dates as pages write them.

use std::ops::Range;

use jiff::{Timestamp, civil::Date, tz::Offset};

/// The time that days are told in.
const KOREA: Offset = Offset::constant(9);

/// A date in a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    /// The day, in Korea.
    pub date: Date,
    /// Bytes of the line, with the time of day and the weekday.
    pub span: Range<usize>,
    /// Whether a time of day follows.
    pub time: bool,
}

/// The first date at or after byte `from` of `line`.
pub(super) fn find(line: &str, from: usize) -> Option<Found> {
    let bytes = line.as_bytes();
    let mut at = from;
    while at < bytes.len() {
        if !bytes[at].is_ascii_digit() {
            at += 1;
            continue;
        }
        let run = digits(bytes, at);
        let outside = at < 2
            || !matches!(bytes[at - 1], b'-' | b'.' | b'/' | b':')
            || !bytes[at - 2].is_ascii_digit();
        if (outside || at == from)
            && let Some(found) = parse(line, at, run).or_else(|| english(line, from, at, run))
        {
            return Some(found);
        }
        at += run;
    }
    None
}

/// `text` as nothing but a date (and a time).
pub(super) fn exact(text: &str) -> Option<Date> {
    let text = text.trim();
    // As letters and feeds date themselves: `Fri, 03 May 2024 23:30:00 GMT`.
    if let Ok(time) = jiff::fmt::rfc2822::parse(text) {
        return valid(KOREA.to_datetime(time.timestamp()).date());
    }
    let found = find(text, 0)?;
    (text[..found.span.start].trim().is_empty()).then_some(found.date)
}

fn digits(bytes: &[u8], at: usize) -> usize {
    bytes[at..]
        .iter()
        .take_while(|b| b.is_ascii_digit())
        .count()
}

fn number(bytes: &[u8]) -> i16 {
    bytes.iter().fold(0, |n, b| n * 10 + i16::from(b - b'0'))
}

fn parse(line: &str, at: usize, run: usize) -> Option<Found> {
    let bytes = line.as_bytes();
    if matches!(run, 8 | 12 | 14) {
        let end = at + run;
        // 01100101.20130515100000019 is an id.
        if bytes.get(end) == Some(&b'.') && bytes.get(end + 1).is_some_and(u8::is_ascii_digit) {
            return None;
        }
        let date = day(
            &bytes[at..at + 4],
            &bytes[at + 4..at + 6],
            &bytes[at + 6..at + 8],
        )?;
        let (end, time) = after(line, end);
        return Some(Found {
            date,
            span: at..end,
            time: time || run > 8,
        });
    }
    if run != 4 && run != 2 {
        return None;
    }
    if run == 4 {
        let iso = line[at..]
            .split([' ', ',', ')', '|', '"', '<'])
            .next()
            .unwrap_or("");
        if iso.len() > 16
            && iso.as_bytes().get(10) == Some(&b'T')
            && let Ok(moment) = iso.parse::<Timestamp>()
        {
            let date = KOREA.to_datetime(moment).date();
            return valid(date).map(|date| Found {
                date,
                span: at..at + iso.len(),
                time: true,
            });
        }
    }
    let year = &bytes[at..at + run];
    let (at_month, first) = separator(line, at + run, "년")?;
    let n = digits(bytes, at_month);
    if !(1..=2).contains(&n) || (run == 2 && n != 2) {
        return None;
    }
    let (at_day, second) = separator(line, at_month + n, "월")?;
    let m = digits(bytes, at_day);
    if !(1..=2).contains(&m) || (run == 2 && m != 2) || first != second {
        return None;
    }
    let date = day(
        year,
        &bytes[at_month..at_month + n],
        &bytes[at_day..at_day + m],
    )?;
    let mut end = at_day + m;
    if first == '년' {
        let rest = line[end..].trim_start();
        let rest = rest.strip_prefix('일')?;
        end = line.len() - rest.len();
    } else if bytes.get(end) == Some(&b'.') {
        end += 1;
    }
    let (end, time) = after(line, end);
    Some(Found {
        date,
        span: at..end,
        time,
    })
}

/// `Mar 05. 2024`, `March 5, 2024 10:12`, `5 Mar 2024`: the day is the digits at `at`.
fn english(line: &str, from: usize, at: usize, run: usize) -> Option<Found> {
    if run > 2 {
        return None;
    }
    let bytes = line.as_bytes();
    let before = line[from..at].trim_end_matches([' ', '.']);
    let word = before.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let mut start = from + word.len();
    let (month, rest) = if let Some(month) = month(&before[word.len()..]) {
        (month, &line[at + run..])
    } else {
        let rest = line[at + run..].trim_start_matches(' ');
        let after = rest.trim_start_matches(|c: char| c.is_ascii_alphabetic());
        start = at;
        (month(&rest[..rest.len() - after.len()])?, after)
    };
    let rest = rest.trim_start_matches([' ', '.', ',']);
    let at_year = line.len() - rest.len();
    if digits(bytes, at_year) != 4 {
        return None;
    }
    let day = i8::try_from(number(&bytes[at..at + run])).ok()?;
    let date = valid(Date::new(number(&bytes[at_year..at_year + 4]), month, day).ok()?)?;
    let (end, time) = after(line, at_year + 4);
    Some(Found {
        date,
        span: start..end,
        time,
    })
}

/// The number of an English month, written whole or by its first three letters.
fn month(word: &str) -> Option<i8> {
    const NAMES: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let word = word.to_ascii_lowercase();
    let at = NAMES.iter().position(|name| {
        word.len() >= 3
            && (word == *name || word == name[..3] || word == "sept" && name.starts_with("sept"))
    })?;
    i8::try_from(at + 1).ok()
}

/// Past a separator and the spaces around it; which one it is.
fn separator(line: &str, at: usize, word: &str) -> Option<(usize, char)> {
    let rest = line.get(at..)?.trim_start_matches(' ');
    let (rest, sign) = if let Some(rest) = rest.strip_prefix(word) {
        (rest, '년')
    } else {
        let sign = rest
            .chars()
            .next()
            .filter(|c| matches!(c, '-' | '.' | '/'))?;
        (&rest[1..], sign)
    };
    Some((line.len() - rest.trim_start_matches(' ').len(), sign))
}

fn day(year: &[u8], month: &[u8], day: &[u8]) -> Option<Date> {
    let year = match year.len() {
        2 => 2000 + number(year),
        _ => number(year),
    };
    let small = |bytes| i8::try_from(number(bytes)).ok();
    valid(Date::new(year, small(month)?, small(day)?).ok()?)
}

/// Newspapers on the net, not ids and not the distant future.
fn valid(date: Date) -> Option<Date> {
    (1950..=2099).contains(&date.year()).then_some(date)
}

/// Past `(화)`, `화요일`, `오후 3:20`, `T16:40:02`; whether there was a time.
fn after(line: &str, mut at: usize) -> (usize, bool) {
    let bytes = line.as_bytes();
    let mut time = false;
    loop {
        let rest = &line[at..];
        let trimmed = rest.trim_start_matches([' ', '\t', ',', 'T', '(']);
        let start = line.len() - trimmed.len();
        let weekday = trimmed
            .chars()
            .next()
            .filter(|c| "월화수목금토일".contains(*c));
        if let Some(c) = weekday {
            let rest = &trimmed[c.len_utf8()..];
            if let Some(rest) = rest.strip_prefix("요일") {
                at = line.len() - rest.strip_prefix(')').unwrap_or(rest).len();
                continue;
            }
            if let Some(rest) = rest.strip_prefix(')') {
                at = line.len() - rest.len();
                continue;
            }
            return (at, time);
        }
        if let Some(rest) = trimmed
            .strip_prefix("오전")
            .or_else(|| trimmed.strip_prefix("오후"))
        {
            at = line.len() - rest.len();
            continue;
        }
        let hour = digits(bytes, start);
        let colon = bytes.get(start + hour);
        if !time && (1..=2).contains(&hour) && start > at && colon == Some(&b':') {
            let minute = digits(bytes, start + hour + 1);
            if minute == 2 {
                at = start + hour + 3;
                if bytes.get(at) == Some(&b':') && digits(bytes, at + 1) == 2 {
                    at += 3;
                }
                time = true;
                continue;
            }
        }
        return (at, time);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn table() {
        for (line, date, time) in [
            ("입력 2024.02.19 18:40 댓글", Some("2024-02-19"), true),
            ("2024년 2월 20일 화요일", Some("2024-02-20"), false),
            ("등록 2024-08-01 16:40:02", Some("2024-08-01"), true),
            ("2025.06.10 (화)", Some("2025-06-10"), false),
            ("2024. 8. 1. 오후 3:20", Some("2024-08-01"), true),
            ("2024-07-31T20:00:00Z", Some("2024-08-01"), true),
            ("2022-04-28T17:12:00+09:00", Some("2022-04-28"), true),
            ("2024/06/11 16:48 송고", Some("2024-06-11"), true),
            ("20191121", Some("2019-11-21"), false),
            ("20240801164002", Some("2024-08-01"), true),
            ("24.08.01 16:40", Some("2024-08-01"), true),
            ("by하늬Mar 05. 2024", Some("2024-03-05"), false),
            ("Posted September 5, 2024 10:12", Some("2024-09-05"), true),
            ("Tue, 05 Mar 2024", Some("2024-03-05"), false),
            ("Mar 2024", None, false),
            ("Mark 05. 2024", None, false),
            ("2024-13-01", None, false),
            ("01100101.20130515100000019", None, false),
            ("2024.5", None, false),
            ("1.5.2024", None, false),
            ("등록 :2022-11-21 16:05수정 :2022", Some("2022-11-21"), true),
            ("010-1234-5678", None, false),
            ("3-2", None, false),
        ] {
            let found = find(line, 0);
            assert_eq!(
                found.as_ref().map(|f| f.date.to_string()).as_deref(),
                date,
                "{line}"
            );
            assert_eq!(found.is_some_and(|f| f.time), time, "{line}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_line(line in "\\PC*|[0-9년월일.:/T ()가화-]*") {
            let mut from = 0;
            while let Some(found) = find(&line, from) {
                assert!(found.span.start >= from && found.span.end > found.span.start);
                let _ = &line[found.span.clone()];
                from = found.span.end;
            }
            exact(&line);
        }
    }
}
