//! One spelling for every text: NFC, line feeds, plain spaces, no invisible characters, no entities.

use std::borrow::Cow;

use unicode_normalization::{UnicodeNormalization, is_nfc};

/// What [`clean`] took out that a reader would miss.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Removed {
    /// Control characters, how many.
    pub controls: usize,
    /// NUL characters, how many.
    pub nuls: usize,
}

impl Removed {
    /// A sentence for each kind that occurred.
    pub fn problems(&self, out: &mut Vec<String>) {
        for (count, what) in [(self.nuls, "NUL"), (self.controls, "control")] {
            match count {
                0 => {}
                1 => out.push(format!("1 {what} character was removed")),
                _ => out.push(format!("{count} {what} characters were removed")),
            }
        }
    }
}

/// A text that is one line, such as a headline: cleaned, with single spaces; none where nothing is left. O(text).
pub(super) fn line(text: &str, removed: &mut Removed) -> Option<String> {
    let text = clean(text, removed);
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    (!text.is_empty()).then_some(text)
}

/// Characters that are neither seen nor read.
fn invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{115f}' | '\u{1160}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}')
}

/// Spaces other than the plain one.
fn space(c: char) -> bool {
    matches!(
        c,
        '\u{a0}' | '\u{1680}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}'
    )
}

fn line_break(c: char) -> bool {
    matches!(
        c,
        '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}'
    )
}

/// Characters that need no second look: most of Korean text.
fn plain(c: char) -> bool {
    matches!(c, '가'..='힣' | ' '..='%' | '\''..='~' | '\n' | '\t' | '\u{2010}'..='\u{2027}' | '\u{3001}'..='\u{303f}'
        | '\u{3131}'..='\u{3163}' | '\u{3165}'..='\u{318e}' | '\u{4e00}'..='\u{9fff}' | '\u{25a0}'..='\u{25ff}'
        | '\u{b7}' | '\u{2460}'..='\u{24ff}' | '\u{3200}'..='\u{33ff}' | '\u{ff01}'..='\u{ff5e}')
}

/// Whether a byte, seen with the one behind it, begins or goes on with a character that [`plain`] accepts: ASCII and
/// Hangul syllables (U+AC00 to U+D77F); others ask for a look at the whole character.
///
/// No branch, so that the compiler makes it one over many bytes at once.
#[inline]
#[expect(clippy::needless_bitwise_bool, reason = "a lazy operator is a branch")]
fn plain_byte(b: u8, next: u8) -> bool {
    let ascii = (b'\''..=b'~').contains(&b) | (b' '..=b'%').contains(&b);
    let line = (b == b'\n') | (b == b'\t');
    let inside = (0x80..0xc0).contains(&b);
    let hangul =
        (b == 0xeb) | (b == 0xec) | (b == 0xea) & (next >= 0xb0) | (b == 0xed) & (next < 0x9e);
    ascii | line | inside | hangul
}

/// How many bytes are looked at together.
const TOGETHER: usize = 32;

/// Where the first character of `text` stands that is not [`plain`]; its length, if all are. O(text).
fn first_special(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        if let Some(chunk) = bytes.get(at..=at + TOGETHER) {
            let pairs = chunk.iter().zip(&chunk[1..]);
            let all = pairs.fold(true, |all, (&b, &next)| all & plain_byte(b, next));
            if all {
                at += TOGETHER;
                continue;
            }
        }
        // Character by character to the end of these bytes, and on to where a character begins.
        let mut from = at;
        while !text.is_char_boundary(from) {
            from -= 1;
        }
        let to = (at + TOGETHER).min(bytes.len());
        for c in text[from..].chars() {
            if from >= to {
                break;
            }
            if !plain(c) {
                return from;
            }
            from += c.len_utf8();
        }
        at = from;
    }
    bytes.len()
}

/// `text` in the one spelling.
pub(super) fn clean<'a>(text: &'a str, removed: &mut Removed) -> Cow<'a, str> {
    let at = first_special(text);
    if at == text.len() {
        return Cow::Borrowed(text);
    }
    // A character that composes may stand on a plain one before it.
    let safe = text[..at].char_indices().next_back().map_or(0, |(i, _)| i);
    let mut out = String::with_capacity(text.len());
    out.push_str(&text[..safe]);
    let mut rest = text[safe..].char_indices().peekable();
    let mut compose = false;
    while let Some((i, c)) = rest.next() {
        if plain(c) {
            out.push(c);
        } else if c == '&' {
            let here = &text[safe + i..];
            if let Some((decoded, n)) = entity(here) {
                match decoded {
                    '\0'..='\u{8}' | '\u{e}'..='\u{1f}' | '\u{7f}' => removed.controls += 1,
                    c if invisible(c) => {}
                    c if space(c) => out.push(' '),
                    c if line_break(c) => out.push('\n'),
                    c => out.push(c),
                }
                while rest.peek().is_some_and(|&(j, _)| j < i + n) {
                    rest.next();
                }
            } else {
                out.push('&');
            }
        } else if space(c) {
            out.push(' ');
        } else if line_break(c) {
            if c == '\r' && rest.peek().is_some_and(|&(_, next)| next == '\n') {
                continue;
            }
            out.push('\n');
        } else if invisible(c) {
        } else if c == '\0' {
            removed.nuls += 1;
        } else if c.is_control() {
            removed.controls += 1;
        } else {
            compose = true;
            out.push(c);
        }
    }
    if compose && !is_nfc(&out) {
        out = out.nfc().collect();
    }
    Cow::Owned(out)
}

/// The character that the reference at the start of `text` names, and how many bytes long the reference is.
fn entity(text: &str) -> Option<(char, usize)> {
    let body = text.strip_prefix('&')?;
    let end = body.bytes().take(10).position(|b| b == b';')?;
    let name = body.get(..end)?;
    let c = if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => number.parse().ok()?,
        };
        char::from_u32(code)?
    } else {
        NAMED.iter().find(|(n, _)| *n == name)?.1
    };
    Some((c, end + 2))
}

/// The named references that Korean pages leave in their text.
const NAMED: [(&str, char); 44] = [
    ("nbsp", '\u{a0}'),
    ("amp", '&'),
    ("lt", '<'),
    ("gt", '>'),
    ("quot", '"'),
    ("apos", '\''),
    ("middot", '·'),
    ("hellip", '…'),
    ("lsquo", '‘'),
    ("rsquo", '’'),
    ("ldquo", '“'),
    ("rdquo", '”'),
    ("sbquo", '‚'),
    ("bdquo", '„'),
    ("laquo", '«'),
    ("raquo", '»'),
    ("ndash", '–'),
    ("mdash", '—'),
    ("bull", '•'),
    ("copy", '©'),
    ("reg", '®'),
    ("trade", '™'),
    ("times", '×'),
    ("divide", '÷'),
    ("plusmn", '±'),
    ("deg", '°'),
    ("rarr", '→'),
    ("larr", '←'),
    ("uarr", '↑'),
    ("darr", '↓'),
    ("sim", '∼'),
    ("tilde", '˜'),
    ("prime", '′'),
    ("Prime", '″'),
    ("ensp", '\u{2002}'),
    ("emsp", '\u{2003}'),
    ("thinsp", '\u{2009}'),
    ("zwnj", '\u{200c}'),
    ("zwj", '\u{200d}'),
    ("shy", '\u{ad}'),
    ("cent", '¢'),
    ("euro", '€'),
    ("yen", '¥'),
    ("para", '¶'),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn table() {
        for (from, to) in [
            ("새솔고등학교", "새솔고등학교"),
            ("\u{1109}\u{1162}솔고", "새솔고"),
            ("가\u{11a8}", "각"),
            ("가\r\n나\r다", "가\n나\n다"),
            ("새\u{200b}솔\u{feff}고", "새솔고"),
            ("새솔\u{a0}고", "새솔 고"),
            (
                "산&middot;학&nbsp;협력 &#39;협약&#x27; &amp;",
                "산·학 협력 '협약' &",
            ),
            ("A&B; R&D", "A&B; R&D"),
            ("&", "&"),
            ("&#0;가", "가"),
            ("\u{f90a}", "金"),
        ] {
            assert_eq!(clean(from, &mut Removed::default()), to, "{from:?}");
        }
    }

    #[test]
    fn what_is_removed_is_counted() {
        let mut removed = Removed::default();
        assert_eq!(clean("가\0나\u{1}다\0", &mut removed), "가나다");
        assert_eq!(
            removed,
            Removed {
                controls: 1,
                nuls: 2
            }
        );
    }

    proptest::proptest! {
        #[test]
        fn the_first_special_character_is_found(text in "([가-힣 a-z.,\n“”’·㈜一]{0,40}[\\PC]?){0,4}") {
            let looked_at = text.find(|c| !plain(c)).unwrap_or(text.len());
            proptest::prop_assert_eq!(first_special(&text), looked_at);
        }

        #[test]
        fn any_text(text in "\\PC*|[&#a-z0-9;가-각\u{1100}-\u{11ff}]*") {
            let mut removed = Removed::default();
            let once = clean(&text, &mut removed).into_owned();
            assert!(is_nfc(&once));
            assert!(!once.contains(['\r', '\u{a0}', '\u{200b}', '\0']));
        }
    }
}
