//! Lists of names: what stands in a list of companies without a mark is a company too.

use std::ops::Range;

use crate::article::Article;
use crate::dictionary::{Dictionary, Meaning, Mode, Role, TypeId, is_hangul};
use crate::watch::Watch;

use super::boundary;
use super::candidate::{Candidate, Reading};
use super::shape::uncontracted;
use super::trace::{Decision, Event};

/// Types that titles follow.
const TITLED: [TypeId; 4] = [
    TypeId::CITY,
    TypeId::SCHOOL,
    TypeId::COMPANY,
    TypeId::ORGANIZATION,
];

/// An item of a list.
struct Item {
    /// Bytes of the article's text.
    span: Range<usize>,
    /// The candidate that stands there: its place in the list of candidates.
    candidate: Option<usize>,
}

/// What separates items.
#[inline]
fn separates(c: char) -> bool {
    matches!(
        c,
        ',' | '·' | 'ㆍ' | '▲' | '△' | 'Δ' | '▶' | '▷' | '■' | '◆' | '◇' | '/' | '、' | '•'
    )
}

/// Separators that stand before an item.
const BULLETS: [char; 9] = ['▲', '△', 'Δ', '▶', '▷', '■', '◆', '◇', '•'];

/// A list has at least so many items, or [`PAIR`] where a word after it says what they are.
const FEWEST: usize = 3;

/// The shortest name that one before it and a word after it make one, in characters: `두레산업과 협력 등 기업 활동`.
const SHORTEST_JOINED: usize = 3;

/// The fewest items that a list has in any case.
const PAIR: usize = 2;

/// From so many known bodies on, a list is one of bodies and nothing else.
const MIXED: usize = 4;

/// A place where a word that may be a name of that type was refused as too doubtful.
pub struct Doubtful {
    sentence: usize,
    start: usize,
    kind: TypeId,
}

impl Doubtful {
    /// Those among `candidates` whose type some list can tell.
    pub fn among(candidates: &[Candidate<'_>], dictionary: &Dictionary) -> Vec<Self> {
        let rows = dictionary.patterns().iter().filter(|row| row.is_list());
        let listed: Vec<TypeId> = rows.map(|row| row.kind).collect();
        let doubtful = |c: &&Candidate<'_>| match &c.reading {
            Reading::Known(senses) => senses.iter().any(|s| s.ambiguous),
            _ => false,
        };
        candidates
            .iter()
            .filter(doubtful)
            .map(|c| Self {
                sentence: c.sentence,
                start: c.span.start,
                kind: c.kind(dictionary),
            })
            .filter(|d| listed.contains(&d.kind))
            .collect()
    }
}

/// Adds what a list makes a name: its items are of one type by two that are known, or by one that is and a
/// word after the list that says so (`등 기업`; the rows of `patterns.csv` in mode `list`), or by one that was `doubtful` if
/// nothing in it is of another type.
///
/// O(text of sentences with separators).
pub fn extend(
    candidates: &mut Vec<Candidate<'_>>,
    doubtful: &[Doubtful],
    article: &Article,
    dictionary: &Dictionary,
    watch: &mut impl Watch<Event>,
) {
    let mut added = Vec::new();
    let rows = dictionary.patterns().iter().filter(|row| row.is_list());
    let listed: Vec<TypeId> = rows.map(|row| row.kind).collect();
    // Without one that is known no list says what its items are.
    let of_listed = candidates
        .iter()
        .filter(|c| listed.contains(&c.kind(dictionary)))
        .map(|c| c.sentence);
    let mut known: Vec<usize> = of_listed
        .chain(doubtful.iter().map(|d| d.sentence))
        .collect();
    known.sort_unstable();
    let mut known = known.into_iter().peekable();
    for (number, sentence) in article.sentences.iter().enumerate() {
        let text = &article.text[sentence.span.clone()];
        let mut here = false;
        while known.next_if_eq(&number).is_some() {
            here = true;
        }
        if !here {
            continue;
        }
        add_joined(number, candidates, article, dictionary, &mut added, watch);
        if !text.chars().any(separates) {
            continue;
        }
        for list in lists(
            text,
            sentence.span.start,
            number,
            candidates,
            article,
            dictionary,
        ) {
            let after = list.last().map_or(sentence.span.end, |i| i.span.end);
            let after = &article.text[after..sentence.span.end];
            for row in dictionary.patterns().iter().filter(|row| row.is_list()) {
                let of_type = |i: &Item| {
                    i.candidate
                        .is_some_and(|c| candidates[c].kind(dictionary) == row.kind)
                };
                let known = list.iter().filter(|i| of_type(i)).count();
                let other = list
                    .iter()
                    .filter(|i| i.candidate.is_some() && !of_type(i))
                    .count();
                let said = row.says(after);
                if list.len() < FEWEST && !said {
                    continue;
                }
                let may_be = |i: &Item| {
                    let here = |d: &Doubtful| d.start == i.span.start && d.kind == row.kind;
                    i.candidate.is_none() && doubtful.iter().any(here)
                };
                let hinted = said && other == 0 && list.len() >= FEWEST && list.iter().any(may_be);
                // `등 3개사`: what is counted so is a business, known or not.
                let counted = said
                    && row.mode == Mode::Roll
                    && other == 0
                    && list.len() >= FEWEST
                    && list.iter().all(|i| is_whole(i, article));
                let all = known >= 2 && known > other
                    || said && known >= 1 && known >= other
                    || hinted
                    || counted;
                // In a list of bodies of all kinds, what follows a company goes on with companies.
                let mixed = known + other >= MIXED;
                let mut follows = false;
                for item in &list {
                    follows = of_type(item) || follows && item.candidate.is_none();
                    // `도교육청` in a list stands for a body that the article names.
                    let refers = || {
                        let from = candidates.partition_point(|c| c.sentence < number);
                        candidates[from..]
                            .iter()
                            .take_while(|c| c.sentence == number)
                            .any(|c| {
                                matches!(c.reading, Reading::Reference(_))
                                    && c.span.start == item.span.start
                            })
                    };
                    let there = |c: &Candidate<'_>| c.span.start == item.span.start;
                    if item.candidate.is_none()
                        && (all || mixed && follows)
                        && !added.iter().rev().take(list.len()).any(there)
                        && !refers()
                        && !row.refuses(&article.text[item.span.clone()])
                        && let Some(candidate) = name(item, number, row.kind, article, dictionary)
                    {
                        watch.see(|| Event {
                            span: candidate.span.clone(),
                            entries: Vec::new(),
                            what: Decision::Shaped(row.line),
                        });
                        added.push(candidate);
                    }
                }
            }
        }
    }
    candidates.append(&mut added);
    candidates.sort_by_key(|c| c.span.start);
}

/// Adds the second of two names that a particle joins where a word after them says what they are: `두레산업과
/// 솔향텍 등 지역 기업`.
fn add_joined(
    sentence: usize,
    candidates: &[Candidate<'_>],
    article: &Article,
    dictionary: &Dictionary,
    added: &mut Vec<Candidate<'_>>,
    watch: &mut impl Watch<Event>,
) {
    let to = article.sentences[sentence].span.end;
    let from = candidates.partition_point(|c| c.sentence < sentence);
    let here = &candidates[from..];
    let here = &here[..here.partition_point(|c| c.sentence == sentence)];
    for first in here.iter().filter(|c| c.right.role == Some(Role::With)) {
        let Some(rest) = article.text[first.right.end..to].strip_prefix(' ') else {
            continue;
        };
        let start = to - rest.len();
        let Some((word, _)) = rest.split_once(' ') else {
            continue;
        };
        let span = start..start + word.len();
        if word.chars().count() < SHORTEST_JOINED {
            continue;
        }
        if here
            .iter()
            .any(|c| c.span.start < span.end && span.start < c.span.end)
        {
            continue;
        }
        let kind = first.kind(dictionary);
        let row = dictionary.patterns().iter().find(|row| {
            let said = || row.says(&article.text[span.end..to]);
            row.is_list() && row.kind == kind && said() && !row.refuses(word)
        });
        let item = Item {
            span,
            candidate: None,
        };
        if let Some(row) = row
            && let Some(candidate) = name(&item, sentence, kind, article, dictionary)
        {
            watch.see(|| Event {
                span: candidate.span.clone(),
                entries: Vec::new(),
                what: Decision::Shaped(row.line),
            });
            added.push(candidate);
        }
    }
}

/// The runs of items between separators, each an item of one word or a candidate.
///
/// The piece before the first separator gives its last word, the one behind the last separator its first.
fn lists(
    text: &str,
    start: usize,
    sentence: usize,
    candidates: &[Candidate<'_>],
    article: &Article,
    dictionary: &Dictionary,
) -> Vec<Vec<Item>> {
    let from = candidates.partition_point(|c| c.sentence < sentence);
    let here: Vec<(usize, &Candidate<'_>)> = candidates
        .iter()
        .enumerate()
        .skip(from)
        .take_while(|(_, c)| c.sentence == sentence)
        .filter(|(_, c)| !matches!(c.reading, Reading::Reference(_)))
        .collect();
    let mut lists = Vec::new();
    let mut list: Vec<Item> = Vec::new();
    let mut opened = false;
    let mut from = start;
    for piece in text.split(separates) {
        let range = from..from + piece.len();
        let separator = text[range.end - start..].chars().next();
        from = range.end + separator.map_or(0, char::len_utf8);
        if piece.trim().is_empty() {
            opened |= separator.is_some_and(|c| BULLETS.contains(&c));
            continue;
        }
        if !list.is_empty() || opened {
            opened = false;
            let (item, whole) = first_of(&range, &here, article, dictionary);
            list.push(item);
            if whole {
                continue;
            }
            lists.push(std::mem::take(&mut list));
        }
        // A comma stands behind the first item, a bullet before it.
        match separator {
            Some(c) if BULLETS.contains(&c) => opened = true,
            Some(_) => list.push(last_of(&range, &here, article)),
            None => {}
        }
    }
    lists.push(list);
    lists.retain(|l| l.len() >= PAIR);
    lists
}

/// The item with which a piece begins, and whether it fills the piece.
fn first_of(
    piece: &Range<usize>,
    here: &[(usize, &Candidate<'_>)],
    article: &Article,
    dictionary: &Dictionary,
) -> (Item, bool) {
    let text = &article.text[piece.clone()];
    let mut begin = piece.start + (text.len() - text.trim_start().len());
    // A mark that is a word of its own: 주식회사 솔향에너지.
    if let Some((mark, rest)) = text.trim_start().split_once(' ')
        && dictionary
            .grammar()
            .title(TypeId::COMPANY, mark)
            .is_some_and(|tail| tail.title == Some(Meaning::Mark))
    {
        begin = piece.start + (text.len() - rest.trim_start().len());
    }
    let end = piece.start + without_bracket(text).len();
    let starts =
        |c: &Candidate<'_>| c.mark.unwrap_or(c.span.start) == begin || c.span.start == begin;
    if let Some(&(i, c)) = here
        .iter()
        .find(|(_, c)| starts(c) && c.span.end <= piece.end)
    {
        let whole = c.span.end >= end || is_one_with_tail(c) && c.right.end >= end;
        return (
            Item {
                span: c.span.clone(),
                candidate: Some(i),
            },
            whole,
        );
    }
    let word = article.text[begin..piece.end]
        .split_whitespace()
        .next()
        .unwrap_or("");
    let word = word[..without_bracket(word).len()].trim_end_matches(['.', '’', '”', '\'', '"']);
    let span = begin..begin + word.len();
    let whole = span.end == end;
    (
        Item {
            span,
            candidate: None,
        },
        whole,
    )
}

/// Whether an item that is no candidate is a word by itself: before it stands no other word of the piece.
fn is_whole(item: &Item, article: &Article) -> bool {
    let before = article.text[..item.span.start].trim_end_matches(' ');
    item.candidate.is_some()
        || before.len() == item.span.start
        || before
            .chars()
            .next_back()
            .is_none_or(|c| separates(c) || c == '는' || c == '은')
}

/// Whether the mark or the title behind a name stands in the item with it: `두레산업㈜`, `강릉시장`.
fn is_one_with_tail(candidate: &Candidate<'_>) -> bool {
    candidate.right.marked || candidate.right.title.is_some()
}

/// The item with which a piece ends.
fn last_of(piece: &Range<usize>, here: &[(usize, &Candidate<'_>)], article: &Article) -> Item {
    let text = without_bracket(&article.text[piece.clone()]);
    let end = piece.start + text.len();
    let ends = |c: &Candidate<'_>| c.span.end == end || is_one_with_tail(c) && c.right.end == end;
    if let Some(&(i, c)) = here
        .iter()
        .find(|(_, c)| ends(c) && c.span.start >= piece.start)
    {
        return Item {
            span: c.span.clone(),
            candidate: Some(i),
        };
    }
    let start = end - text.split_whitespace().next_back().map_or(0, str::len);
    Item {
        span: start..end,
        candidate: None,
    }
}

/// A piece without white space and the brackets at its end: `이랜드(14명)`, `솔향제지(012345)(29.8%)`.
fn without_bracket(piece: &str) -> &str {
    let mut piece = piece.trim_end();
    while let Some(open) = piece.strip_suffix(')').and_then(|p| p.rfind('('))
        && open > 0
    {
        piece = piece[..open].trim_end();
    }
    piece
}

/// The name in an item that nothing else knows.
fn name(
    item: &Item,
    sentence: usize,
    kind: TypeId,
    article: &Article,
    dictionary: &Dictionary,
) -> Option<Candidate<'static>> {
    let limits = &article.sentences[sentence].span;
    let word = &article.text[item.span.clone()];
    let letters = word.chars().count();
    let plain = |c: char| is_hangul(c) || c.is_ascii_alphanumeric() || c == '&';
    if !(2..=14).contains(&letters)
        || !word.chars().all(plain)
        || word.chars().all(|c| c.is_ascii_digit())
        || dictionary.rules().counts(word)
    {
        return None;
    }
    let folded: String = word
        .chars()
        .filter_map(crate::dictionary::fold_char)
        .collect();
    if let Some(surface) = dictionary.surface(&folded) {
        // A word that is doubtful elsewhere is what the list says; another thing is not.
        let sense = *surface
            .senses
            .iter()
            .find(|s| dictionary.kind(s.entry) == kind)?;
        let right = boundary::right(
            &article.text,
            &item.span,
            limits.end,
            kind,
            dictionary.grammar(),
        );
        return Some(Candidate::known(
            item.span.clone(),
            sentence,
            sense,
            letters,
            right,
        ));
    }
    // Heads, members and marks stand in lists of names too: 졸업생, 강릉시장, 주식회사.
    let is_title = |kind: &TypeId| dictionary.grammar().title(*kind, word).is_some();
    if dictionary.is_false_friend(&folded) || TITLED.iter().any(is_title) {
        return None;
    }
    let last = word.chars().next_back()?;
    let cut = word.char_indices().skip(2).find_map(|(i, _)| {
        let before = word[..i].chars().next_back()?;
        let role = dictionary.grammar().particle(before, &word[i..])?;
        let copula = role == Role::Copula && !uncontracted(before, &word[i..]);
        (role.is_of_body() || copula).then_some(i)
    });
    // Before 등 the last one stands bare, as those before separators do: 두레시스, 가온인 등.
    let rest = &article.text[item.span.end..limits.end];
    let mut et_cetera = dictionary.rules().et_cetera().iter();
    let ends_list = !rest.trim_start().starts_with(separates)
        && !et_cetera.any(|word| rest.starts_with(word.trim_end()));
    let end = match cut {
        Some(cut) if ends_list && is_hangul(last) => item.span.start + cut,
        _ => item.span.end,
    };
    let span = item.span.start..end;
    let right = boundary::right(&article.text, &span, limits.end, kind, dictionary.grammar());
    let name = article.text[span.clone()].to_owned();
    Some(Candidate::shaped(span, sentence, kind, name, right))
}
