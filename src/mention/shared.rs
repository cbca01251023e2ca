//! Names that share the end of the one behind them: `국민·신한·우리은행`, `대구·경북교육청`; or of the word for what a list is
//! of: `국민·신한·우리 등 시중은행`; or one syllable, where nothing but schools can be meant: `건양·경북·한동대`.

use std::ops::Range;

use memchr::memmem;

use crate::article::Article;
use crate::dictionary::{Dictionary, Sense, TypeId, fold_char};
use crate::watch::Watch;

use super::boundary::{self, Left};
use super::candidate::{Candidate, Reading};
use super::trace::{Decision, Event};

/// Types whose names share an end, and the shortest end that they share, in characters: 현대·기아차, but 충남·공주대 is a
/// province and a university.
const SHARING: [(TypeId, usize); 3] = [
    (TypeId::COMPANY, 1),
    (TypeId::ORGANIZATION, 3),
    (TypeId::SCHOOL, 2),
];

/// Dots between names, without spaces.
const DOTS: [char; 5] = ['·', 'ㆍ', '‧', '・', '･'];

/// Adds the names before each known one that have its end in common with it, where the dictionaries have them whole; what was
/// read there before gives way.
///
/// O(candidates + text between the dots before them).
pub fn extend(
    candidates: &mut Vec<Candidate<'_>>,
    article: &Article,
    dictionary: &Dictionary,
    watch: &mut impl Watch<Event>,
) {
    let mut added: Vec<Candidate<'static>> = Vec::new();
    for candidate in candidates.iter() {
        let from = article.sentences[candidate.sentence].span.start;
        let dotted = article.text[from..candidate.span.start].ends_with(DOTS);
        if !dotted || !matches!(candidate.reading, Reading::Known(_)) {
            continue;
        }
        let kind = candidate.kind(dictionary);
        if let Some((_, shortest)) = SHARING.iter().find(|(k, _)| *k == kind) {
            let from = added.len();
            before(candidate, kind, *shortest, article, dictionary, &mut added);
            if kind == TypeId::SCHOOL && added.len() == from {
                by_syllable(candidate, article, dictionary, &mut added);
            }
        }
    }
    // Sentence by sentence the search would begin anew each time.
    for et_cetera in dictionary.rules().et_cetera() {
        for at in memmem::find_iter(article.text.as_bytes(), et_cetera) {
            let number = article.sentences.partition_point(|s| s.span.end <= at);
            let from = at + et_cetera.len();
            let behind = article.sentences.get(number).filter(|s| s.span.start <= at);
            let behind = behind.and_then(|s| article.text.get(from..s.span.end));
            if let Some(ends) = behind.and_then(|text| sort(text, dictionary)) {
                listed(article, number, at, ends, dictionary, &mut added);
            }
        }
    }
    if added.is_empty() {
        return;
    }
    for new in &added {
        watch.see(|| Event {
            span: new.span.clone(),
            entries: Vec::new(),
            what: Decision::Shared,
        });
    }
    let overlaps = |c: &Candidate<'_>| {
        let mut added = added.iter();
        added.any(|new| c.span.start < new.span.end && new.span.start < c.span.end)
    };
    candidates.retain(|c| !overlaps(c));
    candidates.extend(added);
    candidates.sort_by_key(|c| c.span.start);
}

/// Adds the names before `last`, from right to left, for as long as they end as it does.
fn before(
    last: &Candidate<'_>,
    kind: TypeId,
    shortest: usize,
    article: &Article,
    dictionary: &Dictionary,
    added: &mut Vec<Candidate<'static>>,
) {
    let limits = &article.sentences[last.sentence].span;
    let name = &article.text[last.span.clone()];
    let ends: Vec<&str> = name
        .char_indices()
        .skip(1)
        .map(|(i, _)| &name[i..])
        .collect();
    let ends = &ends[..ends.len().saturating_sub(shortest - 1)];
    let mut start = last.span.start;
    while let Some(span) = dotted_before(article, limits.start, start) {
        let word = &article.text[span.clone()];
        let Some(sense) = ends
            .iter()
            .find_map(|tail| whole(word, tail, kind, dictionary))
        else {
            return;
        };
        start = span.start;
        let length = word.chars().count();
        let right = boundary::right(&article.text, &span, limits.end, kind, dictionary.grammar());
        added.push(Candidate::known(span, last.sentence, sense, length, right));
    }
}

/// The word of two letters and more before the dot that stands before byte `start`.
fn dotted_before(article: &Article, from: usize, start: usize) -> Option<Range<usize>> {
    let rest = article.text[from..start].strip_suffix(DOTS)?;
    let word = rest
        .char_indices()
        .rev()
        .take_while(|(_, c)| boundary::is_word(*c) && !DOTS.contains(c))
        .last()
        .map_or(rest.len(), |(i, _)| i);
    let begin = from + word;
    let short = rest[word..].chars().nth(1).is_none();
    (!short && boundary::left(&article.text, from, begin) != Left::Inside)
        .then(|| begin..from + rest.len())
}

/// Adds all names before `last` where each makes a school with its last syllable and they are no list of places before a
/// school: one before it is no place, or they are several and `last` is none (경북·대구·한동대, but not 포항·한동대).
fn by_syllable(
    last: &Candidate<'_>,
    article: &Article,
    dictionary: &Dictionary,
    added: &mut Vec<Candidate<'static>>,
) {
    let limits = &article.sentences[last.sentence].span;
    let name = &article.text[last.span.clone()];
    let Some((at, _)) = name.char_indices().next_back() else {
        return;
    };
    let (stem, end) = name.split_at(at);
    let is_place = |word: &str| {
        let folded: String = word.chars().filter_map(fold_char).collect();
        let surface = dictionary.surface(&folded);
        surface.is_some_and(|s| {
            s.senses
                .iter()
                .any(|s| dictionary.kind(s.entry) == TypeId::CITY)
        })
    };
    let mut names = Vec::new();
    let mut start = last.span.start;
    let mut places = 0;
    while let Some(span) = dotted_before(article, limits.start, start) {
        let word = &article.text[span.clone()];
        let Some(sense) = whole(word, end, TypeId::SCHOOL, dictionary) else {
            return;
        };
        places += usize::from(is_place(word));
        start = span.start;
        let length = word.chars().count();
        let right = boundary::right(
            &article.text,
            &span,
            limits.end,
            TypeId::SCHOOL,
            dictionary.grammar(),
        );
        names.push(Candidate::known(span, last.sentence, sense, length, right));
    }
    if places < names.len() || names.len() > 1 && !is_place(stem) {
        added.append(&mut names);
    }
}

/// The longest word before what a list is of, in characters: 시중은행.
const SORT: usize = 2;

/// How the names of a list end, if behind it stands a word for a business of a sort: `등 4개 은행이`, `등 시중은행`.
fn sort<'d>(behind: &str, dictionary: &'d Dictionary) -> Option<&'d [String]> {
    let counted = behind.trim_start_matches(|c: char| c.is_ascii_digit());
    let word = if counted.len() < behind.len() {
        counted.strip_prefix(['개', '대'])?.trim_start()
    } else {
        behind
    };
    dictionary
        .references()
        .iter()
        .filter(|r| r.kind == TypeId::COMPANY && !r.endings.is_empty())
        .find(|r| {
            word.char_indices()
                .take(SORT + 1)
                .any(|(at, _)| word[at..].starts_with(r.form.as_str()))
        })
        .map(|r| r.endings.as_slice())
}

/// Adds the names of a list that ends at byte `end`, from right to left, for as long as they are names with one of `ends`;
/// a single one is none.
fn listed(
    article: &Article,
    sentence: usize,
    mut end: usize,
    ends: &[String],
    dictionary: &Dictionary,
    added: &mut Vec<Candidate<'static>>,
) {
    let limits = &article.sentences[sentence].span;
    let kind = TypeId::COMPANY;
    let mut names = Vec::new();
    loop {
        let rest = &article.text[limits.start..end];
        let begin = limits.start
            + rest
                .char_indices()
                .rev()
                .take_while(|(_, c)| boundary::is_word(*c) && !DOTS.contains(c))
                .last()
                .map_or(rest.len(), |(at, _)| at);
        let word = &article.text[begin..end];
        let Some(sense) = ends
            .iter()
            .find_map(|tail| whole(word, tail, kind, dictionary))
            .filter(|_| word.chars().count() >= 2)
        else {
            break;
        };
        let span = begin..end;
        let right = boundary::right(&article.text, &span, limits.end, kind, dictionary.grammar());
        let length = word.chars().count();
        names.push(Candidate::known(span, sentence, sense, length, right));
        let before = &article.text[limits.start..begin];
        let joint = before.trim_end_matches(' ');
        let joint = joint.strip_suffix(',').unwrap_or(joint);
        let joint = joint.strip_suffix(DOTS).unwrap_or(joint);
        if joint.len() == before.len() || joint.is_empty() {
            break;
        }
        end = limits.start + joint.len();
    }
    if names.len() > 1 {
        added.extend(names);
    }
}

/// What the word and the end are the one name of.
fn whole(word: &str, end: &str, kind: TypeId, dictionary: &Dictionary) -> Option<Sense> {
    let folded: String = word
        .chars()
        .chain(end.chars())
        .filter_map(fold_char)
        .collect();
    match *dictionary.surface(&folded)?.senses {
        [sense] if !sense.ambiguous && dictionary.kind(sense.entry) == kind => Some(sense),
        _ => None,
    }
}
