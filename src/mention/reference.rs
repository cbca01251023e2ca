//! Words that stand for a body named elsewhere: 도교육청 names it, 시 and 이 학교 point back to it.

use std::ops::Range;

use crate::dictionary::{Dictionary, Entry, EntryId, Mark, Reference, Role, TypeId, is_hangul};

use super::boundary::{self, Right};

/// What an article has named so far, for looking back.
pub struct Named<'a> {
    /// Type, name, entry and number of each entity, by mention.
    pub mentions: Vec<NamedMention<'a>>,
}

/// One mention of an entity, as far as references care.
pub struct NamedMention<'a> {
    /// Byte at which it begins.
    pub start: usize,
    /// Its type.
    pub kind: TypeId,
    /// Its canonical name.
    pub name: &'a str,
    /// Its entry.
    pub entry: Option<EntryId>,
    /// Number of the entity.
    pub entity: usize,
    /// Whether its particle makes it what the sentence is about, or who acts.
    pub topical: bool,
}

/// What a reference stands for.
pub enum Antecedent {
    /// An entity that the article names.
    Entity(usize),
    /// An entry that follows from a place which the article names.
    Entry(EntryId),
}

impl Named<'_> {
    /// Follows a reference at byte `at` to the nearest body before it that fits, else the nearest after; one that
    /// only points back is followed ahead where the speaker says that it is his own. `ours` is where the sentence begins in
    /// which he does: none that another sentence names in passing is his, but the one that the article is about.
    pub fn follow(
        &self,
        reference: &Reference,
        at: usize,
        ours: Option<usize>,
        dictionary: &Dictionary,
    ) -> Option<Antecedent> {
        let fits = |m: &&NamedMention<'_>| {
            m.kind == reference.kind
                && place_fits(m, reference, dictionary)
                && (reference.endings.is_empty()
                    || reference
                        .endings
                        .iter()
                        .any(|e| m.name.ends_with(e.as_str())))
                && (reference.levels.is_empty() || level_fits(m, reference, dictionary))
        };
        let mut nearest = self
            .mentions
            .iter()
            .rev()
            .filter(|m| m.start < at)
            .filter(fits);
        if let Some(m) = nearest.next() {
            let rather = self.rather(reference, m, nearest.clone());
            let m = if ours.is_some_and(|from| m.start < from) {
                self.most_named(m, at, fits)
            } else if let Some(rather) = rather {
                rather
            } else if reference.kind == TypeId::CITY {
                self.main(m, at, fits)
            } else if reference.prefers_topic {
                self.topic(m, nearest)
            } else {
                m
            };
            return Some(Antecedent::Entity(m.entity));
        }
        if (reference.names || ours.is_some())
            && let Some(m) = self.mentions.iter().filter(|m| m.start > at).find(fits)
        {
            return Some(Antecedent::Entity(m.entity));
        }
        if reference.names {
            return self
                .by_place(reference, at, dictionary)
                .map(Antecedent::Entry);
        }
        None
    }

    /// Who is named most often, of those before byte `at`; of two that are named as often the one is `nearest`.
    fn most_named<'m>(
        &'m self,
        nearest: &'m NamedMention<'_>,
        at: usize,
        fits: impl Fn(&&NamedMention<'_>) -> bool,
    ) -> &'m NamedMention<'m> {
        let before = self.mentions.iter().filter(|m| m.start < at).filter(fits);
        // The first of those with the largest number.
        let most = before.rev().max_by_key(|m| self.times(m.entity));
        most.filter(|m| self.times(m.entity) > self.times(nearest.entity))
            .unwrap_or(nearest)
    }

    /// The place that the article is about, where `nearest` is only named in passing.
    fn main<'m>(
        &'m self,
        nearest: &'m NamedMention<'_>,
        at: usize,
        fits: impl Fn(&&NamedMention<'_>) -> bool,
    ) -> &'m NamedMention<'m> {
        let first = self.mentions.iter().filter(|m| m.start < at).find(fits);
        first
            .filter(|f| self.times(nearest.entity) == 1 && self.times(f.entity) > 1)
            .unwrap_or(nearest)
    }

    /// The one of those `before` that was the topic last, where `nearest` is only named in passing: not as a topic and
    /// less often.
    fn topic<'m>(
        &self,
        nearest: &'m NamedMention<'m>,
        mut before: impl Iterator<Item = &'m NamedMention<'m>>,
    ) -> &'m NamedMention<'m> {
        if nearest.topical {
            return nearest;
        }
        let times = self.times(nearest.entity);
        before
            .find(|m| m.topical)
            .filter(|topic| self.times(topic.entity) > times)
            .unwrap_or(nearest)
    }

    /// How often the entity is named.
    fn times(&self, entity: usize) -> usize {
        self.mentions.iter().filter(|m| m.entity == entity).count()
    }

    /// The one of those `before` whose name ends as the reference wants it, where `nearest` is another kind and not
    /// named more often: 학교 is a high school rather than a university.
    fn rather<'m>(
        &self,
        reference: &Reference,
        nearest: &NamedMention<'_>,
        mut before: impl Iterator<Item = &'m NamedMention<'m>>,
    ) -> Option<&'m NamedMention<'m>> {
        let wanted = |m: &NamedMention<'_>| {
            reference
                .prefers
                .iter()
                .any(|e| m.name.ends_with(e.as_str()))
        };
        if reference.prefers.is_empty() || wanted(nearest) {
            return None;
        }
        let other = before.find(|m| wanted(m))?;
        (self.times(other.entity) >= self.times(nearest.entity)).then_some(other)
    }

    /// The body of a place that the article names: 도의회 where it names 제주도.
    fn by_place(
        &self,
        reference: &Reference,
        at: usize,
        dictionary: &Dictionary,
    ) -> Option<EntryId> {
        let (before, after): (Vec<_>, Vec<_>) = self
            .mentions
            .iter()
            .filter(|m| m.kind == TypeId::CITY)
            .partition(|m| m.start < at);
        let main = before
            .last()
            .map(|nearest| self.main(nearest, at, |_| true))
            .filter(|m| m.kind == TypeId::CITY);
        let near = before.iter().rev().chain(&after).copied();
        let mut governing = main.into_iter().chain(near).filter_map(|m| {
            let entry = dictionary.entry(m.entry?);
            std::iter::successors(Some(entry), |e| e.parent.map(|p| dictionary.entry(p)))
                .take(3)
                .filter(|place| {
                    let level = place.attribute("level");
                    (reference.levels.is_empty() || reference.levels.iter().any(|l| l == level))
                        && reference
                            .endings
                            .iter()
                            .any(|e| of_kind(&place.name, &reference.form, e))
                })
                .find_map(|place| {
                    let body = body_of(place, reference, dictionary);
                    // `시의회`: that of the nearest city, also where no list has it.
                    let sole = reference.endings.iter().any(|e| {
                        reference.form.len() > e.len() && reference.form.ends_with(e.as_str())
                    });
                    (body.is_some() || sole).then_some(body)
                })
        });
        governing.next().flatten()
    }
}

/// Whether the reference at `span` stands beside a word for all bodies of a sort, and so for none that the article names:
/// `지자체와 교육청이`, `교육청·대학·기업`. A word in which `named` finds a name, or what may point to one, is none.
pub fn is_general(
    text: &str,
    limits: &Range<usize>,
    span: &Range<usize>,
    right: &Right,
    dictionary: &Dictionary,
    named: impl Fn(&Range<usize>) -> bool,
) -> bool {
    let general = |word: Range<usize>| {
        let says = dictionary
            .rules()
            .has_tail(&text[word.clone()], Mark::General);
        says && !named(&word)
    };
    let before = text[limits.start..span.start].trim_end_matches(' ');
    let end = limits.start + before.len();
    let spaced = end < span.start;
    let word_from = |end: usize| {
        let run = text[limits.start..end].char_indices().rev();
        let first = run.take_while(|(_, c)| is_hangul(*c)).last();
        first.map_or(end, |(at, _)| limits.start + at)
    };
    let joined = |end: usize| general(word_from(end)..end);
    let left = match before.chars().next_back() {
        Some(sign @ ('·' | 'ㆍ' | '‧' | ',' | '/')) => joined(end - sign.len_utf8()),
        Some('와' | '과' | '나' | '및') if spaced => {
            let word = &text[word_from(end)..end];
            let joint = ["이나", "와", "과", "나"]
                .iter()
                .find(|j| word.ends_with(**j));
            match joint {
                Some(joint) => joined(end - joint.len()),
                None => joined(text[..word_from(end)].trim_end().len()),
            }
        }
        // `시·도 교육청`, `지역 교육청`
        Some(c) if spaced && is_hangul(c) => {
            let mut start = word_from(end);
            if text[limits.start..start].ends_with('·') {
                start = word_from(start - '·'.len_utf8());
            }
            general(start..end)
        }
        _ => false,
    };
    if left {
        return true;
    }
    let behind = if right.role == Some(Role::With) && right.title.is_none() {
        right.end
    } else {
        span.end
    };
    let rest = &text[behind..limits.end];
    let next = rest
        .strip_prefix(['·', 'ㆍ', '‧', ',', '/'])
        .or_else(|| rest.strip_prefix(" 및"))
        .or_else(|| (behind > span.end).then_some(rest));
    let Some(next) = next.map(|next| next.trim_start_matches(' ')) else {
        return false;
    };
    let start = limits.end - next.len();
    let word = boundary::hangul_run(text, start, limits.end);
    let ends = word.char_indices().map(|(at, c)| at + c.len_utf8());
    ends.skip(1).any(|at| {
        let last = word[..at].chars().next_back().unwrap_or(' ');
        let tail = &word[at..];
        (tail.is_empty() || dictionary.grammar().particle(last, tail).is_some())
            && general(start..start + at)
    })
}

/// Whether a reference to the body of one kind of place stands behind another kind of place and a dot, and so for all of
/// them: `시·도교육청`.
pub fn is_of_all(text: &str, limits: &Range<usize>, start: usize, dictionary: &Dictionary) -> bool {
    let Some(before) = text[limits.start..start].strip_suffix(['·', 'ㆍ']) else {
        return false;
    };
    let from = before.trim_end_matches(is_hangul).len();
    let kind = &before[from..];
    let mut references = dictionary.references().iter();
    kind.chars().nth(1).is_none() && references.any(|r| r.kind == TypeId::CITY && r.form == kind)
}

/// Whether a body belongs to a place of the level that the reference wants.
fn level_fits(mention: &NamedMention<'_>, reference: &Reference, dictionary: &Dictionary) -> bool {
    let Some(entry) = mention.entry.map(|e| dictionary.entry(e)) else {
        return false;
    };
    let place = if entry.kind == TypeId::CITY {
        Some(entry)
    } else {
        seat(entry, dictionary)
    };
    place.is_some_and(|p| reference.levels.iter().any(|l| l == p.attribute("level")))
}

/// Whether a form such as 시의회 may stand for the body of a place of this name: 익산시, not 전라북도.
fn of_kind(place: &str, form: &str, ending: &str) -> bool {
    form.strip_suffix(ending)
        .is_none_or(|kind| place.ends_with(kind))
}

/// Whether a body belongs to a place of the kind that the reference's form begins with (도의회, 시의회).
fn place_fits(mention: &NamedMention<'_>, reference: &Reference, dictionary: &Dictionary) -> bool {
    let Some(entry) = mention.entry.map(|e| dictionary.entry(e)) else {
        return true;
    };
    entry.kind == TypeId::CITY
        || seat(entry, dictionary).is_none_or(|place| {
            let ending = reference
                .endings
                .iter()
                .find(|e| entry.name.ends_with(e.as_str()));
            ending.is_none_or(|ending| of_kind(&place.name, &reference.form, ending))
        })
}

/// The place whose name the body's name begins with, which governs it wherever its seat is.
fn seat<'d>(entry: &'d Entry, dictionary: &'d Dictionary) -> Option<&'d Entry> {
    let seat = entry.city.or(entry.parent).map(|c| dictionary.entry(c));
    std::iter::successors(seat, |e| e.parent.map(|p| dictionary.entry(p)))
        .take(3)
        .find(|p| p.names().any(|n| entry.name.starts_with(n)))
}

/// The body that a place's name and one of the reference's endings name: 제주특별자치도 + 의회.
fn body_of(place: &Entry, reference: &Reference, dictionary: &Dictionary) -> Option<EntryId> {
    place.names().find_map(|name| {
        reference.endings.iter().find_map(|ending| {
            let folded: String = name
                .chars()
                .chain(ending.chars())
                .filter_map(crate::dictionary::fold_char)
                .collect();
            let senses = &dictionary.surface(&folded)?.senses;
            senses
                .iter()
                .find(|s| dictionary.kind(s.entry) == reference.kind)
                .map(|s| s.entry)
        })
    })
}
