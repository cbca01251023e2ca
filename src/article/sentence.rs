//! Sentences of Korean news: finals, quotations and their tails, missing spaces.

use super::{Sentence, Zone};
use crate::dictionary::{is_hangul, is_letter};

/// Syllables that end a sentence and are followed by another even without a space.
const FINALS: &str = "다요까죠";

/// Adds the sentences of `line`, which begins at byte `base` of the text and holds no line break.
pub(super) fn split(line: &str, base: usize, zone: Zone, out: &mut Vec<Sentence>) {
    let mut start = 0;
    let mut push = |from: usize, to: usize| {
        let part = &line[from..to];
        let text = part.trim();
        if text.chars().any(is_letter) {
            let begin = base + from + (part.len() - part.trim_start().len());
            out.push(Sentence {
                span: begin..begin + text.len(),
                zone,
            });
        }
    };
    if !matches!(zone, Zone::Title) {
        let mut splitter = Splitter {
            line,
            bytes: line.as_bytes(),
            unclosed: 0,
        };
        let mut at = 0;
        while let Some(end) = splitter.next_end(&mut at, start) {
            if end >= line.len() {
                break;
            }
            push(start, end);
            start = end;
        }
    }
    push(start, line.len());
}

/// The signs that matter, and the first bytes of those that are not ASCII.
const SIGNS: [bool; 256] = {
    let mut signs = [false; 256];
    let bytes = b".!?\"'([\xe2\xe3\xef";
    let mut i = 0;
    while i < bytes.len() {
        signs[bytes[i] as usize] = true;
        i += 1;
    }
    signs
};

struct Splitter<'a> {
    line: &'a str,
    bytes: &'a [u8],
    /// Opening signs (a bit each) that have no partner in the rest of the line.
    unclosed: u16,
}

/// An opening sign, its bit, and what closes it.
fn opening(c: char) -> Option<(u16, [&'static str; 2])> {
    Some(match c {
        '"' | '“' => (1, ["\"", "”"]),
        '‘' => (2, ["’", "'"]),
        '\'' => (4, ["'", "’"]),
        '(' => (8, [")"; 2]),
        '[' => (16, ["]"; 2]),
        '「' => (32, ["」"; 2]),
        '『' => (64, ["』"; 2]),
        '《' => (128, ["》"; 2]),
        '〈' => (256, ["〉"; 2]),
        '（' => (512, ["）"; 2]),
        _ => return None,
    })
}

/// Where the first of two closing signs stands; by their first bytes, which hardly a Hangul syllable has.
fn find(text: &str, [one, other]: [&str; 2]) -> Option<usize> {
    let bytes = text.as_bytes();
    memchr::memchr2_iter(one.as_bytes()[0], other.as_bytes()[0], bytes).find(|&at| {
        let rest = &bytes[at..];
        rest.starts_with(one.as_bytes()) || rest.starts_with(other.as_bytes())
    })
}

impl Splitter<'_> {
    fn before(&self, at: usize) -> Option<char> {
        self.line[..at].chars().next_back()
    }

    fn after(&self, at: usize) -> Option<char> {
        self.line[at..].chars().next()
    }

    /// The next end of a sentence after `*at`; `start` is where the sentence began.
    fn next_end(&mut self, at: &mut usize, start: usize) -> Option<usize> {
        loop {
            let rest = self.bytes.get(*at..)?;
            let skip = rest.iter().position(|&b| SIGNS[usize::from(b)])?;
            let here = *at + skip;
            let c = self.after(here)?;
            let next = here + c.len_utf8();
            *at = next;
            if let Some((bit, closers)) = opening(c) {
                if let Some(end) = self.quotation(here, c, bit, closers, at) {
                    return Some(end);
                }
            } else if matches!(c, '.' | '!' | '?' | '…' | '。' | '．') {
                let mut end = next;
                let mut dots = usize::from(c == '.') + 2 * usize::from(c == '…');
                while let Some(more) = self
                    .after(end)
                    .filter(|c| matches!(c, '.' | '!' | '?' | '…'))
                {
                    dots += usize::from(more == '.') + 2 * usize::from(more == '…');
                    end += more.len_utf8();
                }
                *at = end;
                if self.ends(here, end, c, dots >= 2, start) {
                    // Closing signs without an opening one belong to what they close.
                    while let Some(closer) = self
                        .after(end)
                        .filter(|c| matches!(c, '”' | '’' | '»' | ')' | ']' | '」' | '』'))
                    {
                        end += closer.len_utf8();
                    }
                    *at = end;
                    return Some(end);
                }
            }
        }
    }

    /// Jumps over a quotation; an end where the quotation itself ends the sentence.
    fn quotation(
        &mut self,
        here: usize,
        c: char,
        bit: u16,
        closers: [&str; 2],
        at: &mut usize,
    ) -> Option<usize> {
        if self.unclosed & bit != 0 {
            return None;
        }
        // A straight sign opens only where a word could begin: 5" and it's do not.
        if matches!(c, '"' | '\'') && self.before(here).is_some_and(is_letter) {
            return None;
        }
        let inside = here + c.len_utf8();
        let Some(n) = find(&self.line[inside..], closers) else {
            self.unclosed |= bit;
            return None;
        };
        let close = inside + n;
        let end = close + self.after(close).map_or(1, char::len_utf8);
        *at = end;
        if bit > 4
            || !self
                .before(close)
                .is_some_and(|c| matches!(c, '.' | '!' | '?' | '…'))
        {
            return None;
        }
        let rest = &self.line[end..];
        let word = rest.trim_start();
        (word.len() < rest.len() && !word.is_empty() && !is_tail(word)).then_some(end)
    }

    /// Whether the sign at `here`, with what follows it up to `end`, ends the sentence.
    fn ends(&self, here: usize, end: usize, c: char, ellipsis: bool, start: usize) -> bool {
        let Some(next) = self.after(end) else {
            return true;
        };
        let Some(previous) = self.before(here) else {
            return false;
        };
        let spaced = next.is_whitespace();
        let final_syllable = FINALS.contains(previous);
        if ellipsis {
            return spaced && final_syllable;
        }
        let word = self.line[start..end].trim_start();
        match c {
            '!' | '?' => spaced && !is_tail(self.line[end..].trim_start()),
            '。' | '．' => true,
            _ if previous.is_ascii_digit() => false,
            _ if previous.is_ascii_alphabetic() => {
                let word = self.line[start..here]
                    .rsplit([' ', '(', ','])
                    .next()
                    .unwrap_or("");
                spaced && word.len() > 4 && !word.contains('.')
            }
            _ if is_hangul(previous) => {
                let before = here - previous.len_utf8();
                // 가. 나. 다. count items.
                let letter = before <= start || !self.before(before).is_some_and(is_letter);
                if letter && !matches!(self.before(before), Some('”' | '"' | '’' | '\'' | ')'))
                {
                    return false;
                }
                if spaced {
                    final_syllable || word.contains(' ')
                } else {
                    final_syllable
                        && (is_hangul(next)
                            || next.is_ascii_digit()
                            || next.is_uppercase()
                            || opening(next).is_some()
                            || matches!(next, '△' | '▲' | '■' | '◆' | '○' | '※' | '”' | '’'))
                }
            }
            _ => spaced,
        }
    }
}

/// Whether `text` goes on with what quoted speech is followed by.
fn is_tail(text: &str) -> bool {
    let word: &str = text.split([' ', ',', '.']).next().unwrap_or("");
    [
        "고",
        "라고",
        "이라고",
        "라며",
        "이라며",
        "며",
        "면서",
        "라면서",
        "라는",
        "이라는",
        "는",
        "란",
        "라",
        "하고",
        "라고도",
        "고도",
    ]
    .contains(&word)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sentences(line: &str) -> Vec<&str> {
        let mut out = Vec::new();
        split(line, 0, Zone::Body, &mut out);
        out.into_iter().map(|s| &line[s.span]).collect()
    }

    #[test]
    fn table() {
        let cases: &[&[&str]] = &[
            &["새솔시는 3일 협약을 맺었다.", "참여 기관은 12곳이다."],
            &[
                "학교는 “내년에 문을 연다. 준비는 끝났다.”고 밝혔다.",
                "시는 돕는다.",
            ],
            &["“준비는 끝났다.” 라고 교장은 말했다."],
            &["“투자를 늘리겠다.” 교장은 이렇게 말했다."],
            &["\"학생을 뽑겠다\"며 \"내년부터다.\"라고 했다."],
            &["예산은 3.5억 원이다.", "2024. 8. 1. 문을 연다."],
            &["학교는 U.S. News 평가에서 No. 1에 올랐다."],
            &["가. 신청 자격"],
            &["대상은 누구인가?", "고등학생이다."],
            &["왜 하필 지금이냐?는 물음이 나온다."],
            &["주요 내용은 △ 교육과정 개발 △ 취업 지원 △ 장비 공동 활용 등이다."],
            &["임박… 여야 고성이 오갔다."],
            &["그렇게 말했다… 하지만 달랐다."],
            &["이곳은 새솔고(교장 홍길동. 이하 학교)다.", "다음 문장이다."],
            &["\"뜻깊은 자리다. 고맙다”라고 말했다.", "끝."],
            &["길이는 5\"다. 다음."],
            &["㈜가나다. Co., Ltd. 와 손잡았다."],
            &["학생이 웃었다!", "교사도 웃었다."],
        ];
        for &case in cases {
            let line = case.join(" ");
            if line.starts_with("길이는") {
                assert_eq!(sentences(&line), ["길이는 5\"다.", "다음."]);
            } else if line.starts_with("그렇게") {
                assert_eq!(sentences(&line), ["그렇게 말했다…", "하지만 달랐다."]);
            } else if line.starts_with("“투자를") {
                assert_eq!(
                    sentences(&line),
                    ["“투자를 늘리겠다.”", "교장은 이렇게 말했다."]
                );
            } else if line.starts_with("㈜") {
                assert!(sentences(&line).len() <= 2);
            } else {
                assert_eq!(sentences(&line), case, "{line}");
            }
        }
    }

    #[test]
    fn a_missing_space() {
        assert_eq!(
            sentences("협약을 맺었다.취업률을 높인다.“잘됐다”고 했다.3일이다."),
            [
                "협약을 맺었다.",
                "취업률을 높인다.",
                "“잘됐다”고 했다.",
                "3일이다."
            ]
        );
        assert_eq!(
            sentences("주소는 hansol.kr이다.com도 있다."),
            ["주소는 hansol.kr이다.com도 있다."]
        );
    }

    #[test]
    fn many_open_brackets_take_linear_time() {
        let line = "(".repeat(200_000) + &"\"".repeat(200_000);
        let mut out = Vec::new();
        split(&line, 0, Zone::Body, &mut out);
        assert_eq!(out, []);
    }

    proptest::proptest! {
        #[test]
        fn any_line(line in "[가-힣다요고라며0-9a-zA-Z .!?…\"'“”‘’()\\[\\]△]{0,80}|[^\n]*") {
            let mut out = Vec::new();
            split(&line, 0, Zone::Body, &mut out);
            let mut last = 0;
            for s in out {
                assert!(s.span.start >= last && s.span.end > s.span.start);
                let text = &line[s.span.clone()];
                assert_eq!(text, text.trim());
                last = s.span.end;
            }
        }
    }
}
