//! Candidates: every form and every shape of a name, kept where its boundaries allow, and the best of
//! those that overlap.

use std::borrow::Cow;
use std::ops::Range;

use crate::article::Article;
use crate::dictionary::{
    self, Dictionary, EntryId, Grammar, Mark, Meaning, Role, Sense, Surface, TypeId, fold_char,
};
use crate::memo::{Place, Shelf};
use crate::watch::Watch;

use super::boundary::{self, Left, Right};
use super::shape;
use super::trace::{Decision, Event, Why};

/// What a candidate may be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reading<'d> {
    /// A form of the dictionaries, with the readings that are left.
    Known(Cow<'d, [Sense]>),
    /// A shape of a name: its type and the name.
    Shape(TypeId, String),
    /// A word that stands for a body: index into [`Dictionary::references`].
    Reference(u32),
    /// A short form that the article introduced for the entity of that number.
    Introduced(usize),
}

/// A place where a name may stand.
#[derive(Debug, Clone)]
pub struct Candidate<'d> {
    /// Bytes of the article's text.
    pub span: Range<usize>,
    /// Number of the sentence.
    pub sentence: usize,
    /// Length of the name in characters, spaces left out.
    pub length: usize,
    /// What it may be.
    pub reading: Reading<'d>,
    /// What stands after it.
    pub right: Right,
    /// Byte at which a mark of a business before it begins, if there is one.
    pub mark: Option<usize>,
    left: Left,
}

impl Candidate<'_> {
    /// A short form that the article introduced for the entity of number `entity`.
    pub fn introduced(
        span: Range<usize>,
        sentence: usize,
        length: usize,
        entity: usize,
        right: Right,
        mark: Option<usize>,
    ) -> Self {
        let reading = Reading::Introduced(entity);
        Self {
            mark,
            ..Self::of(span, sentence, length, reading, right)
        }
    }

    /// A form of the dictionaries in a reading that its place makes sure.
    pub fn known(
        span: Range<usize>,
        sentence: usize,
        sense: Sense,
        length: usize,
        right: Right,
    ) -> Self {
        let reading = Reading::Known(Cow::Owned(vec![sense]));
        Self::of(span, sentence, length, reading, right)
    }

    /// A name that nothing but its shape or its place shows to be one.
    pub fn shaped(
        span: Range<usize>,
        sentence: usize,
        kind: TypeId,
        name: String,
        right: Right,
    ) -> Self {
        let length = name.chars().count();
        let reading = Reading::Shape(kind, name);
        Self::of(span, sentence, length, reading, right)
    }

    /// One that begins at an edge.
    fn of(
        span: Range<usize>,
        sentence: usize,
        length: usize,
        reading: Reading<'static>,
        right: Right,
    ) -> Self {
        Self {
            span,
            sentence,
            length,
            reading,
            right,
            mark: None,
            left: Left::Edge,
        }
    }

    /// The same in the sentence of that number, where every byte is what `place` makes of it.
    fn moved(self, sentence: usize, place: impl Fn(usize) -> usize) -> Self {
        let right = Right {
            end: place(self.right.end),
            ..self.right
        };
        Self {
            span: place(self.span.start)..place(self.span.end),
            sentence,
            right,
            mark: self.mark.map(place),
            ..self
        }
    }

    /// Whether a mark of a business stands before or behind it.
    pub fn is_marked(&self) -> bool {
        self.mark.is_some() || self.right.marked
    }

    /// That it is no name.
    pub fn refused(&self, why: Why) -> Event {
        Event {
            span: self.span.clone(),
            entries: match &self.reading {
                Reading::Known(senses) => entries(senses.iter()),
                _ => Vec::new(),
            },
            what: Decision::Refused(why),
        }
    }

    /// The type of its first reading.
    pub fn kind(&self, dictionary: &Dictionary) -> TypeId {
        match &self.reading {
            Reading::Known(senses) => dictionary.kind(senses[0].entry),
            Reading::Shape(kind, _) => *kind,
            Reading::Reference(i) => dictionary.references()[*i as usize].kind,
            Reading::Introduced(_) => TypeId::ORGANIZATION,
        }
    }
}

/// The entries that a form may stand for.
fn entries<'a>(senses: impl IntoIterator<Item = &'a Sense>) -> Vec<EntryId> {
    senses.into_iter().map(|s| s.entry).collect()
}

/// Whether a business's mark stands directly before a name and begins one: `등 ㈜유성`, but not `한빛정밀㈜ 익산공장`.
fn is_marked_firm(text: &str, from: usize, start: usize, grammar: &Grammar) -> bool {
    grammar.marks().any(|(kind, mark)| {
        kind == TypeId::COMPANY
            && text[from..start]
                .strip_suffix(mark)
                .is_some_and(|before| !before.ends_with(|c: char| c.is_alphanumeric() || c == ')'))
    })
}

/// Length of a name that one more syllable makes a person's.
const SHORT: usize = 2;

/// Length from which a name is itself also inside a word.
const LONG: usize = dictionary::LONG as usize;

/// What is kept of a sentence: its candidates, as if it began the text and was the first.
pub type Kept<'d> = Shelf<Box<[Candidate<'d>]>>;

/// Finds the candidates of an article, by place, none overlapping another.
///
/// What they are depends on their sentence alone, so what is kept may answer for one that came before: `places` has
/// the places of such.
pub fn find<'d, W: Watch<Event>>(
    article: &Article,
    dictionary: &'d Dictionary,
    (places, kept): (&[Option<Place>], &mut Kept<'d>),
    watch: &mut W,
) -> Vec<Candidate<'d>> {
    let mut candidates: Vec<Candidate<'d>> = Vec::new();
    let mut collected = Collected::default();
    for (number, limits) in article.sentences.iter().map(|s| &s.span).enumerate() {
        let place = places.get(number).copied().flatten();
        if let Some(known) = place.and_then(|p| kept.get(p)) {
            let here = |c: &Candidate<'d>| c.clone().moved(number, |at| at + limits.start);
            candidates.extend(known.iter().map(here));
            continue;
        }
        let sentence = Limits {
            number,
            text: &article.text[..limits.end],
            start: limits.start,
        };
        let from = candidates.len();
        collected.collect(sentence, dictionary, watch);
        collected.select(sentence, dictionary, &mut candidates, watch);
        if let Some(place) = place {
            let alone = |c: &Candidate<'d>| c.clone().moved(0, |at| at - limits.start);
            kept.put(place, candidates[from..].iter().map(alone).collect());
        }
    }
    candidates
}

/// A sentence where it stands in its article.
#[derive(Clone, Copy)]
struct Limits<'a> {
    number: usize,
    /// The text of the article up to the end of the sentence.
    text: &'a str,
    /// Byte at which the sentence begins.
    start: usize,
}

impl Limits<'_> {
    fn end(self) -> usize {
        self.text.len()
    }
}

/// Where a form stands.
struct Spot {
    /// Bytes of the article's text.
    span: Range<usize>,
    left: Left,
    /// Of the form, in Unicode scalar values.
    length: usize,
}

/// What is collected in a sentence, and room to work in, used again for the next one.
#[derive(Default)]
struct Collected<'d> {
    hits: Vec<dictionary::Hit>,
    candidates: Vec<Candidate<'d>>,
    false_friends: Vec<(Range<usize>, &'d Vec<EntryId>)>,
    /// Where each pattern has been tried: pattern, byte up to which.
    tried: Vec<(u32, usize)>,
    room: Room,
}

/// What [`Collected::select`] notes of each candidate.
#[derive(Default)]
struct Room {
    programs: Vec<Range<usize>>,
    starts: Vec<usize>,
    ends: Vec<usize>,
    /// By candidate: whether it is sure wherever it stands, then whether it is sure at all, then whether it is kept.
    marks: Vec<bool>,
    order: Vec<usize>,
    taken: Vec<Range<usize>>,
}

impl Room {
    fn clear(&mut self) {
        self.programs.clear();
        self.starts.clear();
        self.ends.clear();
        self.marks.clear();
        self.order.clear();
        self.taken.clear();
    }
}

impl<'d> Collected<'d> {
    /// Collects all that may be a name in the sentence.
    fn collect<W: Watch<Event>>(
        &mut self,
        sentence: Limits<'_>,
        dictionary: &'d Dictionary,
        watch: &mut W,
    ) {
        self.candidates.clear();
        self.false_friends.clear();
        self.tried.clear();
        let forms = dictionary.forms();
        let mut hits = std::mem::take(&mut self.hits);
        hits.clear();
        let text = &sentence.text[sentence.start..];
        forms.matcher().hits(text, fold_char, W::LISTENS, &mut hits);
        for hit in &hits {
            let form = forms.form(hit.form);
            let span = sentence.start + hit.start..sentence.start + hit.end;
            let left = boundary::left(sentence.text, sentence.start, span.start);
            // The most frequent case, before anything else is looked up: a short form inside a word.
            let within = left == Left::Inside && usize::from(form.length) < LONG;
            if within && !form.inside && !W::LISTENS {
                continue;
            }
            let extra = forms.extra(form);
            if let Some(is_not) = extra.and_then(|e| e.false_friend.as_ref()) {
                self.false_friends.push((span.clone(), is_not));
            }
            if let Some(surface) = form.surface() {
                let surface = &dictionary.surfaces()[surface as usize];
                if within {
                    watch.see(|| Event {
                        span: span.clone(),
                        entries: entries(&surface.senses),
                        what: Decision::Refused(Why::InsideWord),
                    });
                } else {
                    let length = usize::from(form.length);
                    let spot = Spot {
                        span: span.clone(),
                        left,
                        length,
                    };
                    self.surface(sentence, dictionary, spot, surface, watch);
                }
            }
            if let Some(extra) = extra {
                if let Some(reference) = extra.reference {
                    self.reference(sentence, dictionary, span.clone(), reference);
                }
                for &pattern in &extra.patterns {
                    self.pattern(sentence, dictionary, &span, pattern, watch);
                }
            }
        }
        self.hits = hits;
    }

    fn surface(
        &mut self,
        sentence: Limits<'_>,
        dictionary: &'d Dictionary,
        spot: Spot,
        surface: &'d Surface,
        watch: &mut impl Watch<Event>,
    ) {
        let (text, to) = (sentence.text, sentence.end());
        let Spot { span, left, length } = spot;
        let kind = surface.kind;
        let mut refuse = |why: Why| {
            watch.see(|| Event {
                span: span.clone(),
                entries: entries(&surface.senses),
                what: Decision::Refused(why),
            });
        };
        let inner = &text[span.clone()];
        let spaced = inner.len() != surface.text.len() && inner.contains(char::is_whitespace);
        if spaced && !may_be_spaced(inner, kind, length, dictionary) {
            refuse(Why::Spaced);
            return;
        }
        let mut right = boundary::right(text, &span, to, kind, dictionary.grammar());
        if spaced && !right.edge && kind != TypeId::PROGRAM {
            refuse(Why::GoesOn);
            return;
        }
        if right.edge && kind == TypeId::CITY {
            right.edge = agrees_with_title(text, &span, to, surface, &right, dictionary);
        }
        if right.edge && length < LONG && is_person(text, &span, to, surface, &right, dictionary) {
            refuse(Why::Person);
            return;
        }
        if right.edge && is_part(sentence, &span, surface, kind, dictionary) {
            refuse(Why::Part);
            return;
        }
        if kind == TypeId::CITY
            && is_marked_firm(text, sentence.start, span.start, dictionary.grammar())
        {
            refuse(Why::Marked);
            return;
        }
        if kind == TypeId::CITY && is_title(sentence, &span, surface, dictionary) {
            refuse(Why::Title);
            return;
        }
        if !right.edge && left == Left::Edge && is_plain_place(surface) {
            for (place, surface) in places_behind(text, &span, to, dictionary) {
                right.edge = true;
                let right = boundary::right(text, &place, to, kind, dictionary.grammar());
                self.candidates.push(Candidate {
                    sentence: sentence.number,
                    length: text[place.clone()].chars().count(),
                    reading: Reading::Known(Cow::Borrowed(&surface.senses)),
                    right: Right {
                        edge: true,
                        ..right
                    },
                    mark: None,
                    left: Left::Edge,
                    span: place,
                });
            }
        }
        let mark = boundary::marked_before(text, sentence.start, span.start, dictionary.grammar());
        self.candidates.push(Candidate {
            span,
            sentence: sentence.number,
            length,
            reading: Reading::Known(Cow::Borrowed(&surface.senses)),
            right,
            mark,
            left,
        });
    }

    fn reference(
        &mut self,
        sentence: Limits<'_>,
        dictionary: &Dictionary,
        span: Range<usize>,
        reference: u32,
    ) {
        let text = sentence.text;
        if boundary::left(text, sentence.start, span.start) == Left::Inside
            || text[span.clone()].contains(char::is_whitespace)
        {
            return;
        }
        let row = &dictionary.references()[reference as usize];
        let right = boundary::right(text, &span, sentence.end(), row.kind, dictionary.grammar());
        // A one-syllable word is itself only with a particle or a title after it.
        let length = row.form.chars().count();
        if !right.edge || length == 1 && right.role.is_none() && right.title.is_none() {
            return;
        }
        self.candidates.push(Candidate {
            span,
            sentence: sentence.number,
            length,
            reading: Reading::Reference(reference),
            right,
            mark: None,
            left: Left::Edge,
        });
    }

    fn pattern(
        &mut self,
        sentence: Limits<'_>,
        dictionary: &Dictionary,
        trigger: &Range<usize>,
        pattern: u32,
        watch: &mut impl Watch<Event>,
    ) {
        // A known name that ends there is the longest that a pattern could find.
        let known = |c: &Candidate<'_>| {
            c.span.end == trigger.end
                && c.left == Left::Edge
                && matches!(c.reading, Reading::Known(_))
        };
        if self.candidates.iter().rev().take(4).any(known) {
            return;
        }
        let (text, limits) = (sentence.text, sentence.start..sentence.end());
        let around = &dictionary.patterns()[pattern as usize].around;
        if !around.allows(&text[limits.start..trigger.start], &text[trigger.end..]) {
            return;
        }
        match self.tried.iter_mut().find(|(p, ..)| *p == pattern) {
            Some((_, up_to)) if trigger.end <= *up_to => return,
            Some(tried) => *tried = (pattern, trigger.end),
            None => self.tried.push((pattern, trigger.end)),
        }
        for found in shape::around(text, limits.clone(), trigger, pattern, dictionary) {
            let length = text[found.span.clone()]
                .chars()
                .filter(|c| !c.is_whitespace())
                .count();
            let same =
                |c: &Candidate| c.span == found.span && matches!(c.reading, Reading::Shape(..));
            if self.candidates.iter().rev().take(40).any(same) {
                continue;
            }
            if self.judged(&found, pattern, dictionary) {
                continue;
            }
            watch.see(|| Event {
                span: found.span.clone(),
                entries: Vec::new(),
                what: Decision::Shaped(dictionary.patterns()[pattern as usize].line),
            });
            self.candidates.push(Candidate {
                sentence: sentence.number,
                length,
                mark: boundary::marked_before(
                    text,
                    limits.start,
                    found.span.start,
                    dictionary.grammar(),
                ),
                span: found.span,
                reading: Reading::Shape(found.kind, found.name),
                right: found.right,
                left: Left::Edge,
            });
        }
    }

    /// Whether a company's shape is a known name that was refused before, or a known one with its title
    /// (한진그룹). One that is also a word stays beside it: the shape speaks for the name.
    fn judged(&self, found: &shape::Shaped, pattern: u32, dictionary: &Dictionary) -> bool {
        if found.kind != TypeId::COMPANY {
            return false;
        }
        let covers = |c: &Candidate<'_>| {
            c.span.start == found.span.start
                && c.right.edge
                && c.right.end >= found.span.end
                && matches!(&c.reading, Reading::Known(senses)
                    if c.span != found.span || senses.iter().any(|s| !s.ambiguous))
        };
        self.candidates.iter().rev().take(4).any(covers)
            || dictionary.patterns()[pattern as usize].ends_in_trigger
                && dictionary
                    .surface(&found.name)
                    .is_some_and(|surface| surface.kind == found.kind)
    }

    /// Where a shape finds what a list has as a name that is also a word, it is rather the name: 건설사인 서한은.
    fn shapes_speak(&mut self, dictionary: &Dictionary) {
        for at in 0..self.candidates.len() {
            let Reading::Shape(kind, _) = self.candidates[at].reading else {
                continue;
            };
            let span = self.candidates[at].span.clone();
            for other in self.candidates.iter_mut().filter(|c| c.span == span) {
                if let Reading::Known(senses) = &mut other.reading {
                    for sense in senses.to_mut() {
                        sense.likely |= dictionary.kind(sense.entry) == kind;
                    }
                }
            }
        }
    }

    /// Keeps what its boundaries allow, then the longest of those that overlap.
    fn select(
        &mut self,
        sentence: Limits<'_>,
        dictionary: &'d Dictionary,
        kept: &mut Vec<Candidate<'d>>,
        watch: &mut impl Watch<Event>,
    ) {
        self.shapes_speak(dictionary);
        let friends = &self.false_friends;
        let room = &mut self.room;
        room.clear();
        for candidate in &mut self.candidates {
            let covering = friends.iter().filter(|(span, _)| {
                span.start <= candidate.span.start && candidate.span.end <= span.end
                    || span.start < candidate.span.end && candidate.span.end < span.end
            });
            match &mut candidate.reading {
                Reading::Known(senses) => {
                    for (span, is_not) in covering {
                        let meant = |s: &Sense| is_not.is_empty() || is_not.contains(&s.entry);
                        // The same word can be the name itself; then the row only asks for support.
                        if *span == candidate.span {
                            for sense in senses.to_mut().iter_mut().filter(|s| meant(s)) {
                                sense.ambiguous = true;
                                sense.likely = false;
                            }
                        } else {
                            if senses.iter().any(meant) {
                                watch.see(|| Event {
                                    span: candidate.span.clone(),
                                    entries: entries(senses.iter().filter(|s| meant(s))),
                                    what: Decision::Refused(Why::FalseFriend(span.clone())),
                                });
                            }
                            senses.to_mut().retain(|s| !meant(s));
                        }
                    }
                }
                Reading::Shape(..) => {
                    if let Some((friend, _)) = covering.into_iter().next() {
                        candidate.length = 0;
                        watch.see(|| Event {
                            span: candidate.span.clone(),
                            entries: Vec::new(),
                            what: Decision::Refused(Why::FalseFriend(friend.clone())),
                        });
                    }
                }
                _ => {}
            }
        }
        // A named instance of a programme counts as the programme.
        let programs = self.candidates.iter().filter(|c| {
            matches!(&c.reading, Reading::Known(senses) if senses.iter().any(|s| !s.ambiguous))
                && c.kind(dictionary) == TypeId::PROGRAM
        });
        room.programs.extend(programs.map(|c| c.span.clone()));
        for candidate in &mut self.candidates {
            if matches!(candidate.reading, Reading::Shape(TypeId::PROGRAM, _))
                && room
                    .programs
                    .iter()
                    .any(|p| candidate.span.start <= p.start && p.end <= candidate.span.end)
            {
                candidate.length = 0;
            }
        }
        self.candidates.retain(|c| c.length > 0);
        self.candidates
            .retain(|c| !matches!(&c.reading, Reading::Known(senses) if senses.is_empty()));

        // A candidate is sure by its own two edges, as a long name inside a compound, or glued to such a
        // one.
        for c in &self.candidates {
            let lenient = is_lenient(c, sentence.text, dictionary);
            room.marks.push(lenient);
            if c.length >= LONG && (c.right.edge || lenient) {
                room.starts.push(c.span.start);
            }
            if c.left == Left::Edge {
                room.ends.push(c.span.end);
            }
        }
        room.starts.sort_unstable();
        room.ends.sort_unstable();
        for (c, sure) in self.candidates.iter().zip(&mut room.marks) {
            *sure |= match (c.left, c.right.edge) {
                (Left::Edge, true) => true,
                (Left::Edge, false) => room.starts.binary_search(&c.span.end).is_ok(),
                (Left::Inside, true) => {
                    c.length >= LONG && room.ends.binary_search(&c.span.start).is_ok()
                }
                (Left::Inside, false) => false,
            };
        }
        for (c, _) in self
            .candidates
            .iter()
            .zip(&room.marks)
            .filter(|(_, sure)| !**sure)
        {
            watch.see(|| {
                let why = if c.left == Left::Inside {
                    Why::InsideWord
                } else {
                    Why::GoesOn
                };
                c.refused(why)
            });
        }
        let order = (0..self.candidates.len()).filter(|&i| room.marks[i]);
        room.order.extend(order);
        let rank = |c: &Candidate| match c.reading {
            Reading::Known(_) => 0,
            Reading::Shape(..) => 1,
            _ => 2,
        };
        room.order.sort_by_key(|&i| {
            let c = &self.candidates[i];
            (std::cmp::Reverse(c.length), rank(c), c.span.start)
        });
        room.marks.fill(false);
        for &i in &room.order {
            let span = self.candidates[i].span.clone();
            let place = room.taken.partition_point(|t| t.end <= span.start);
            if room.taken.get(place).is_none_or(|t| span.end <= t.start) {
                room.taken.insert(place, span);
                room.marks[i] = true;
            } else {
                watch
                    .see(|| self.candidates[i].refused(Why::Overlapped(room.taken[place].clone())));
            }
        }
        let from = kept.len();
        let keep = self.candidates.drain(..).zip(&room.marks);
        kept.extend(keep.filter_map(|(c, keep)| keep.then_some(c)));
        kept[from..].sort_by_key(|c| c.span.start);
    }
}

/// The places that are glued behind the one at `span`, up to a particle or the end of the word: 속초시고성군,
/// 남원순창. Empty where anything else is glued there.
fn places_behind<'d>(
    text: &str,
    span: &Range<usize>,
    to: usize,
    dictionary: &'d Dictionary,
) -> Vec<(Range<usize>, &'d Surface)> {
    const SHORTEST: usize = 2;
    let mut found = Vec::new();
    let mut at = span.end;
    loop {
        let run = boundary::hangul_run(text, at, to);
        let lengths = run.char_indices().map(|(i, c)| i + c.len_utf8());
        let next = lengths
            .skip(SHORTEST - 1)
            .take(LONG)
            .filter_map(|end| Some((end, dictionary.surface(&run[..end])?)))
            .filter(|(_, surface)| is_plain_place(surface))
            .last();
        let Some((end, surface)) = next else {
            return Vec::new();
        };
        let place = at..at + end;
        let last = text[place.clone()].chars().next_back().unwrap_or(' ');
        let behind = text[at + run.len()..to].chars().next();
        let tail = dictionary
            .grammar()
            .tail(last, TypeId::CITY, &run[end..])
            .filter(|_| !behind.is_some_and(|c| c.is_ascii_alphanumeric()));
        at = place.end;
        found.push((place, surface));
        if tail.is_some_and(|tail| tail.title.is_none()) {
            return found;
        }
    }
}

/// Whether a form is a place's and nothing else.
fn is_plain_place(surface: &Surface) -> bool {
    surface.kind == TypeId::CITY && surface.senses.iter().all(|s| !s.ambiguous)
}

/// Whether a title of one syllable that is glued to a place's name follows the full one: 익산시장, 익산시민,
/// 남구청, but 홍성민 and 원주민 are something else.
fn agrees_with_title(
    text: &str,
    span: &Range<usize>,
    to: usize,
    surface: &Surface,
    right: &Right,
    dictionary: &Dictionary,
) -> bool {
    if matches!(right.title, None | Some(Meaning::Staff)) {
        return true;
    }
    let run = boundary::hangul_run(text, span.end, to);
    let last = text[span.clone()].chars().next_back().unwrap_or(' ');
    let syllable = dictionary
        .grammar()
        .tail(last, TypeId::CITY, run)
        .is_some_and(|tail| tail.title.is_some() && tail.title_len == '가'.len_utf8());
    let ends = |s: &Sense| dictionary.entry(s.entry).name.ends_with(last);
    !syllable || surface.senses.iter().any(ends)
}

/// Whether a short name before a word that follows persons is a person's: `강진 씨`, `문경은 감독`.
fn is_person(
    text: &str,
    span: &Range<usize>,
    to: usize,
    surface: &Surface,
    right: &Right,
    dictionary: &Dictionary,
) -> bool {
    let grammar = dictionary.grammar();
    let glued = boundary::hangul_run(text, span.end, to);
    let Some(rest) = text[span.end + glued.len()..to].strip_prefix(' ') else {
        return false;
    };
    let next = boundary::hangul_run(rest, 0, rest.len());
    match glued.chars().count() {
        // `전주 이씨` is a family.
        0 if right.title.is_none() => {
            let doubtful = surface.senses.iter().all(|s| s.ambiguous);
            next == "씨"
                || next.split_once('씨').is_some_and(|(n, rest)| {
                    n.chars().count() == 1
                        && (rest.is_empty() || grammar.particle('씨', rest).is_some())
                })
                || doubtful && grammar.is_person_title(next)
        }
        // The syllable may be the last of a name of three and no particle, unless it is that of the genitive: 문경은 감독, but
        // 가람홈의 회장.
        1 => {
            let last = text[span.clone()].chars().next_back().unwrap_or(' ');
            let genitive = grammar.particle(last, glued) == Some(Role::Genitive);
            text[span.clone()].chars().count() == SHORT
                && !genitive
                && (grammar.is_person_title(next) || grammar.is_leading(next))
        }
        _ => false,
    }
}

/// Whether a place's short form stands alone in quotation marks or brackets: 영화 ‘밀양’, <곡성>.
fn is_title(
    sentence: Limits<'_>,
    span: &Range<usize>,
    surface: &Surface,
    dictionary: &Dictionary,
) -> bool {
    let Some(close) = sentence.text[span.end..].chars().next() else {
        return false;
    };
    boundary::TITLES.iter().any(|&(open, end)| {
        end == close && sentence.text[sentence.start..span.start].ends_with(open)
    }) && surface
        .senses
        .iter()
        .map(|s| dictionary.entry(s.entry))
        .all(|entry| entry.name[..] != surface.text[..] && entry.attribute("level") != "province")
}

/// Whether the name is part of a longer one that no list has: `인천 유나이티드`.
fn is_part(
    sentence: Limits<'_>,
    span: &Range<usize>,
    surface: &Surface,
    kind: TypeId,
    dictionary: &Dictionary,
) -> bool {
    dictionary.contexts().joins(kind)
        && dictionary.contexts().is_part(
            kind,
            &surface.text,
            boundary::word_before(sentence.text, sentence.start, span.start),
            boundary::word_behind(sentence.text, span.end, sentence.end()),
            dictionary.grammar(),
        )
}

/// Long names of programmes, schools and organisations are themselves inside a compound too.
///
/// A programme's name is glued to what is done with it on both sides (포항직업교육혁신지구사업단). A school or an
/// organisation goes on only behind (안산대학교산학협력단), and needs one syllable more, as places and
/// companies do not at all: 서울시 and 삼성전자 are the beginning of other bodies' names.
fn is_lenient(candidate: &Candidate, text: &str, dictionary: &Dictionary) -> bool {
    let Reading::Known(senses) = &candidate.reading else {
        return false;
    };
    if candidate.length < LONG || senses.iter().all(|s| s.ambiguous) {
        return false;
    }
    let next = text[candidate.span.end..].chars().next();
    if next.is_some_and(|c| c.is_ascii_alphabetic()) {
        return false;
    }
    match candidate.kind(dictionary) {
        TypeId::PROGRAM => true,
        TypeId::SCHOOL | TypeId::ORGANIZATION => {
            candidate.left == Left::Edge && candidate.length > LONG
        }
        _ => false,
    }
}

/// Whether a firm's name is written with spaces where letters of two kinds meet (`LG 전자`, `오픈 AI`, `LG U+`), or
/// behind a first syllable that is a word of its own (`더 페이스샵`).
fn is_spaced_firm<'a>(first: &str, mut rest: impl Iterator<Item = &'a str>, length: usize) -> bool {
    let (Some(second), None) = (rest.next(), rest.next()) else {
        return false;
    };
    if second.chars().count() < 2 {
        return false;
    }
    let latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphabetic());
    let meets = latin(first.chars().next_back()) || latin(second.chars().next());
    let letters = first.chars().count();
    meets && letters > 1 && length >= LONG || letters == 1 && !meets && length > LONG
}

/// Whether a name of this type may be written with the spaces that stand in `inner`.
fn may_be_spaced(inner: &str, kind: TypeId, length: usize, dictionary: &Dictionary) -> bool {
    let mut pieces = inner.split_whitespace();
    let first = pieces.next().unwrap_or("");
    if kind == TypeId::COMPANY && is_spaced_firm(first, pieces.clone(), length) {
        return true;
    }
    let short = |p: &str| p.chars().count() < 2 && !p.chars().all(|c| c.is_ascii_digit());
    if inner.split_whitespace().any(short) {
        return false;
    }
    if kind == TypeId::PROGRAM {
        return length >= LONG;
    }
    let rest: usize = pieces.map(|p| p.chars().count()).sum();
    let folded = |part: &str| -> String { part.chars().filter_map(fold_char).collect() };
    let is_school = |part: &str| {
        dictionary
            .surface(&folded(part))
            .is_some_and(|s| dictionary.kind(s.senses[0].entry) == TypeId::SCHOOL)
    };
    // `부산 대학교`, `경남 고등학교` are a place and a common noun; `창녕 제일고` is one name.
    if kind == TypeId::SCHOOL
        && rest > 2
        && let Some((_, part)) = inner.split_once(char::is_whitespace)
        && is_school(part)
    {
        return true;
    }
    let place = || {
        dictionary
            .surface(&folded(first))
            .is_some_and(|s| dictionary.kind(s.senses[0].entry) == TypeId::CITY)
    };
    // `춘천 한샘고` is one name too, `경남 과학고` a kind.
    let own = || {
        let part = inner.split_once(char::is_whitespace).map_or("", |p| p.1);
        rest > 2
            && !part.contains(char::is_whitespace)
            && (rest >= LONG || !dictionary.is_ending(kind, part))
            && !dictionary.rules().has_tail(part, Mark::General)
    };
    length > LONG && !(kind == TypeId::SCHOOL && rest <= LONG && place() && !own())
}
