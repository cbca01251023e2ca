//! Where a name begins and ends: what stands before it and after it.

use std::ops::Range;

use crate::dictionary::{Grammar, Meaning, Role, TypeId, is_hangul, is_letter};

/// What stands directly before a candidate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Left {
    /// Nothing, a space, punctuation, a mark: a name can begin here.
    Edge,
    /// A letter, a digit or a syllable: the candidate begins inside a word.
    Inside,
}

/// What stands after a candidate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Right {
    /// True where a particle, a title or a boundary follows; false inside a word.
    pub edge: bool,
    /// The role of the particle.
    pub role: Option<Role>,
    /// The meaning of the title.
    pub title: Option<Meaning>,
    /// Byte at which mark, bracket, title and particle have ended.
    pub end: usize,
    /// True where a corporate mark follows the name.
    pub marked: bool,
    /// True where a word that says what it is follows the name (지역, 소재).
    pub labelled: bool,
}

/// A letter of a name: Hangul, Latin, a digit.
pub fn is_word(c: char) -> bool {
    is_letter(c) && !matches!(c, '㈜' | '㈔' | '㈶' | 'Δ' | 'ㆍ' | 'ᆞ' | '①'..='⓿')
}

/// Judges the character before byte `start` of `text`, where the sentence begins at `from`.
pub fn left(text: &str, from: usize, start: usize) -> Left {
    let (Some(before), Some(first)) = (
        text[from..start].chars().next_back(),
        text[start..].chars().next(),
    ) else {
        return Left::Edge;
    };
    if !is_word(before) || is_hangul(before) != is_hangul(first) && first.is_ascii_uppercase() {
        return Left::Edge;
    }
    Left::Inside
}

/// Whether a mark of a business stands directly before byte `start`.
pub fn marked_before(text: &str, from: usize, start: usize, grammar: &Grammar) -> Option<usize> {
    let before = text[from..start].trim_end_matches(' ');
    // Nearly always it is a syllable, and no mark ends in one.
    if before.chars().next_back().is_none_or(is_hangul) {
        return None;
    }
    grammar
        .marks()
        .find(|(_, mark)| before.ends_with(mark))
        .map(|(_, mark)| from + before.len() - mark.len())
}

/// The run of Hangul at byte `at`.
pub fn hangul_run(text: &str, at: usize, to: usize) -> &str {
    let rest = &text[at..to];
    let end = rest.find(|c| !is_hangul(c)).unwrap_or(rest.len());
    &rest[..end]
}

/// Signs about the title of a work, or about a word: what opens and what closes.
pub const TITLES: [(char, char); 7] = [
    ('‘', '’'),
    ('\'', '\''),
    ('<', '>'),
    ('《', '》'),
    ('〈', '〉'),
    ('『', '』'),
    ('「', '」'),
];

/// The word directly before byte `start`, in a sentence that begins at `from`; empty where the name begins
/// the sentence or stands in brackets. A quote may open before the name.
pub fn word_before(text: &str, from: usize, start: usize) -> &str {
    let opens = |c| matches!(c, '“' | '"') || TITLES.iter().any(|&(open, _)| open == c);
    let before = text[from..start].trim_end_matches(opens);
    let Some(rest) = before.strip_suffix(' ') else {
        return "";
    };
    let begin = rest
        .char_indices()
        .rev()
        .take_while(|(_, c)| is_word(*c))
        .last()
        .map_or(rest.len(), |(i, _)| i);
    &rest[begin..]
}

/// The word that begins at byte `at` or, behind a space, directly after it.
pub fn word_behind(text: &str, at: usize, to: usize) -> &str {
    let rest = text[at..to].strip_prefix(' ').unwrap_or(&text[at..to]);
    &rest[..rest.find(|c| !is_word(c)).unwrap_or(rest.len())]
}

/// Judges what follows a name of type `kind` that stands at `span`, in a sentence that ends at `to`.
pub fn right(text: &str, span: &Range<usize>, to: usize, kind: TypeId, grammar: &Grammar) -> Right {
    let name_last = text[span.clone()].chars().next_back().unwrap_or(' ');
    let mut at = span.end;
    let mut right = Right {
        edge: true,
        role: None,
        title: None,
        end: at,
        marked: false,
        labelled: false,
    };
    let next = text[at..to].chars().next();
    let may_be_mark = next.is_some_and(|c| !is_hangul(c) && c != ' ');
    if may_be_mark
        && let Some((_, mark)) = grammar.marks().find(|(_, m)| text[at..to].starts_with(m))
    {
        at += mark.len();
        right.marked = true;
        right.end = at;
    }
    // A closing quote or bracket, or a bracket about the name, stands between the name and its particle.
    let mut last = name_last;
    let mut glued = true;
    if !right.marked {
        let skipped = skip_brackets(text, at, to);
        glued = skipped == at;
        if glued && next_is_latin(text, at, to) {
            right.edge = false;
            return right;
        }
        at = skipped;
    }
    let run = hangul_run(text, at, to);
    if !glued || right.marked {
        // After a bracket the sound of what was in it may have decided the particle.
        last = if right.marked { 'A' } else { last };
        if let Some(tail) = grammar
            .tail(last, kind, run)
            .or_else(|| grammar.tail('A', kind, run))
        {
            right.role = tail.role;
            right.title = tail.title;
            right.end = at + run.len();
            if run.is_empty() {
                right.end = if right.marked { right.end } else { span.end };
                spaced_title(text, at, to, kind, grammar, &mut right);
            }
        }
        return right;
    }
    match grammar.tail(last, kind, run) {
        Some(tail) => {
            right.role = tail.role;
            right.title = tail.title;
            right.labelled = tail.labelled;
            right.end = at + run.len();
            if tail.role.is_none() || tail.role == Some(Role::Suffix) {
                let after = skip_brackets(text, right.end, to);
                if tail.title.is_none() || after > right.end {
                    spaced_title(text, after, to, kind, grammar, &mut right);
                }
            }
        }
        None => right.edge = false,
    }
    right
}

/// A title after a space, with a person's name before it or not: `이리공고 교장은`, `안산시 이민근 시장은`.
fn spaced_title(
    text: &str,
    at: usize,
    to: usize,
    kind: TypeId,
    grammar: &Grammar,
    right: &mut Right,
) {
    let Some(rest) = text[at..to].strip_prefix(' ') else {
        // `이리공고(교장 김주영)는`: the bracket was skipped, its particle follows.
        if at > right.end {
            let run = hangul_run(text, at, to);
            if let Some(role) = grammar.particle('A', run) {
                right.role = Some(role);
                right.end = at + run.len();
            }
        }
        return;
    };
    let first = at + (text[at..to].len() - rest.len());
    let word = hangul_run(text, first, to);
    if let Some(tail) = grammar.title(kind, word) {
        take_title(text, first + word.len(), to, kind, grammar, tail, right);
        return;
    }
    let syllables = word.chars().count();
    if (2..=4).contains(&syllables) && text[first + word.len()..to].starts_with(' ') {
        let second = first + word.len() + 1;
        let next = hangul_run(text, second, to);
        if let Some(tail) = grammar.title(kind, next)
            && matches!(
                tail.title,
                Some(Meaning::Head | Meaning::Deputy | Meaning::Member | Meaning::Staff)
            )
            && tail.role.is_some()
        {
            right.title = tail.title;
            right.role = tail.role;
            right.end = second + next.len();
        }
    }
}

/// Takes over a title that was found, and a second one after it (`교육국 관계자는`).
fn take_title(
    text: &str,
    end: usize,
    to: usize,
    kind: TypeId,
    grammar: &Grammar,
    tail: crate::dictionary::Tail,
    right: &mut Right,
) {
    right.title = tail.title;
    right.role = tail.role;
    right.end = end;
    if tail.role.is_none()
        && let Some(rest) = text[end..to].strip_prefix(' ')
    {
        let start = to - rest.len();
        let word = hangul_run(text, start, to);
        if let Some(next) = grammar.title(kind, word) {
            right.title = next.title;
            right.role = next.role;
            right.end = start + word.len();
        }
    }
}

/// Whether a Latin letter or digit goes on with the name.
fn next_is_latin(text: &str, at: usize, to: usize) -> bool {
    text[at..to]
        .chars()
        .next()
        .is_some_and(|c| c.is_ascii_alphanumeric())
}

/// Steps over closing quotes and a short bracket.
fn skip_brackets(text: &str, at: usize, to: usize) -> usize {
    const LONGEST_BRACKET: usize = 90;
    let mut at = at;
    loop {
        let rest = &text[at..to];
        let Some(c) = rest.chars().next() else {
            return at;
        };
        match c {
            '’' | '”' | '\'' | '"' | '」' | '』' | '》' | '〉' | '>' | ')' | ']' => {
                at += c.len_utf8();
            }
            '(' | '（' => match rest.find([')', '）']) {
                Some(close) if close <= LONGEST_BRACKET => {
                    at += close + rest[close..].chars().next().map_or(1, char::len_utf8);
                }
                _ => return at,
            },
            _ => return at,
        }
    }
}
