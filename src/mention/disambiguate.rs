//! Which of several readings, and whether a word that is also something else is a name at all.
//!
//! Support is a sum of points, each for one piece of evidence in the sentence or the article; nothing is
//! learnt. A word that is also something else needs [`ENOUGH`]; of several entries the best supported one
//! wins, and none where two are equal.

use std::borrow::Cow;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::article::Article;
use crate::dictionary::{Beside, Contexts, Dictionary, EntryId, Meaning, Role, Sense, TypeId};
use crate::watch::Watch;

use super::boundary;
use super::candidate::{Candidate, Reading};
use super::trace::{Decision, Event, Points, Weighed, Why};

// What a piece of evidence is worth, in terms of ENOUGH: what decides alone has 4 or more (the full name
// elsewhere, the province before it, a head behind it, a sure neighbour in a list); what needs another
// one has 3 (a member or a unit behind it, a doubtful neighbour); what only tips has 1 or 2. The district that lies
// in a place named before it has most, 9: nothing else may outweigh 경남 in 경남 고성군.

/// Points that make a word a name which is rather something else.
const ENOUGH: i32 = 4;

/// Points with which a word stays a name that is rather the name than anything else.
const LIKELY: i32 = 0;

/// What a bare name that several places share says for the province, and a neighbour in a list for the town
/// beside it: 광주 is 광주광역시 although 수원 is named, and 경기도 광주시 in 하남·광주·이천.
const SIBLING: i32 = 3;

/// The points that an ambiguous form needs.
fn needed(sense: Sense) -> i32 {
    if sense.likely { LIKELY } else { ENOUGH }
}

/// What the article names beyond doubt.
#[derive(Debug, Default)]
pub struct Evidence {
    /// Entries named by a form that is nothing else.
    named: FxHashSet<EntryId>,
    /// Places that these stand in or belong to, and how often.
    around: FxHashMap<EntryId, i32>,
}

impl Evidence {
    /// Collects what is beyond doubt; O(candidates).
    pub fn new(candidates: &[Candidate<'_>], dictionary: &Dictionary) -> Self {
        let mut evidence = Self::default();
        for candidate in candidates {
            let Reading::Known(senses) = &candidate.reading else {
                continue;
            };
            if let [sense] = **senses
                && (!sense.ambiguous || candidate.is_marked())
            {
                evidence.add(sense.entry, dictionary);
            }
        }
        evidence
    }

    fn add(&mut self, id: EntryId, dictionary: &Dictionary) {
        if self.named.insert(id) {
            for place in places(id, dictionary) {
                *self.around.entry(place).or_default() += 1;
            }
        }
    }
}

/// The places of an entry, the nearest first: its city, the province of that.
fn places(id: EntryId, dictionary: &Dictionary) -> impl Iterator<Item = EntryId> + '_ {
    std::iter::successors(dictionary.around(id), |&p| dictionary.around(p)).take(4)
}

/// Leaves each candidate the one reading that the article supports, and drops those without any.
pub fn resolve(
    candidates: &mut Vec<Candidate<'_>>,
    article: &Article,
    dictionary: &Dictionary,
    watch: &mut impl Watch<Event>,
) {
    drop_lent(candidates, article, dictionary, watch);
    let mut evidence = Evidence::new(candidates, dictionary);
    let words = words_beside(candidates, article, dictionary);
    // One sense per article (Gale, Church & Yarowsky 1992): a form that words beside it speak against in one
    // place, and nothing speaks for in another, is refused in all.
    let mut against: FxHashSet<&str> = FxHashSet::default();
    let mut supported: FxHashSet<&str> = FxHashSet::default();
    // What one round makes sure supports the next: `경남 고성군` makes a later bare 고성군 sure.
    for round in 0..2 {
        let mut keep = vec![true; candidates.len()];
        for i in 0..candidates.len() {
            let Reading::Known(senses) = &candidates[i].reading else {
                continue;
            };
            if senses.len() == 1 && !senses[0].ambiguous {
                continue;
            }
            let scored: Vec<(i32, Sense)> = senses
                .iter()
                .map(|&sense| {
                    let words = &words[i];
                    let points = score(sense, i, candidates, article, dictionary, &evidence, words);
                    (points, sense)
                })
                .collect();
            let best = scored.iter().map(|(score, _)| *score).max().unwrap_or(0);
            let mut winners = scored.iter().filter(|(score, _)| *score == best);
            let winner = winners.next().map(|&(_, sense)| sense);
            let alone = winners.next().is_none();
            let form = &article.text[candidates[i].span.clone()];
            if round == 0 && best < 0 {
                against.insert(form);
            } else if round == 0 && best >= ENOUGH {
                supported.insert(form);
            }
            let spoken_against = against.contains(form) && !supported.contains(form);
            let accepted = winner.filter(|sense| {
                alone
                    && if sense.ambiguous {
                        best >= needed(*sense) && (best >= ENOUGH || !spoken_against)
                    } else {
                        senses.len() == 1 || best > 0
                    }
            });
            if round == 1 {
                watch.see(|| {
                    let weigh = |&sense: &Sense| {
                        let points: Vec<(i32, &'static str)> = score(
                            sense, i, candidates, article, dictionary, &evidence, &words[i],
                        );
                        Weighed {
                            entry: sense.entry,
                            sum: points.iter().map(|(points, _)| points).sum(),
                            needed: sense.ambiguous.then(|| needed(sense)),
                            points,
                        }
                    };
                    Event {
                        span: candidates[i].span.clone(),
                        entries: senses.iter().map(|s| s.entry).collect(),
                        what: Decision::Weighed(
                            senses.iter().map(weigh).collect(),
                            accepted.map(|s| s.entry),
                        ),
                    }
                });
            }
            match accepted {
                Some(sense) => {
                    // What only its being likely makes a name is no evidence for anything else.
                    if !sense.ambiguous || best >= ENOUGH {
                        evidence.add(sense.entry, dictionary);
                    }
                    if round == 1 {
                        candidates[i].reading = Reading::Known(Cow::Owned(vec![sense]));
                    }
                }
                None => keep[i] = round == 0,
            }
        }
        let mut kept = keep.iter();
        candidates.retain(|_| *kept.next().unwrap_or(&true));
    }
}

/// Drops the bare names that a word of their sentence gives to somebody else: 전북 and 수원 are clubs where
/// there is a 승점, 삼성 and 두산 where there is an 이닝. What stands as a place (부산에서), with a title or as a full
/// name stays. A business's name that is somebody else's as often as not is so in the whole article.
fn drop_lent(
    candidates: &mut Vec<Candidate<'_>>,
    article: &Article,
    dictionary: &Dictionary,
    watch: &mut impl Watch<Event>,
) {
    let contexts = dictionary.contexts();
    let mut said: (usize, Vec<u32>, Vec<TypeId>) = (usize::MAX, Vec::new(), Vec::new());
    // By form: how often it is lent, how often it is not.
    let mut firms: FxHashMap<&str, (usize, usize)> = FxHashMap::default();
    let lent: Vec<Option<bool>> = candidates
        .iter()
        .map(|candidate| {
            let form = &article.text[candidate.span.clone()];
            let limits = &article.sentences[candidate.sentence].span;
            let kind = candidate.kind(dictionary);
            if candidate.right.title.is_some()
                || candidate.is_marked()
                || !candidate.right.edge
                || !matches!(candidate.reading, Reading::Known(_))
                || !contexts.may_be_lent(kind, form)
                || !stands_as_body(
                    kind,
                    candidate.right.role,
                    &article.text[candidate.right.end..limits.end],
                    contexts,
                )
            {
                return None;
            }
            if said.0 != candidate.sentence {
                let sentence = &article.text[limits.clone()];
                said = (
                    candidate.sentence,
                    contexts.said(sentence),
                    contexts.results(sentence),
                );
            }
            let is_lent = contexts.is_lent(kind, form, &said.1) || said.2.contains(&kind);
            if kind == TypeId::COMPANY {
                let counts = firms.entry(form).or_default();
                if is_lent {
                    counts.0 += 1;
                } else {
                    counts.1 += 1;
                }
            }
            Some(is_lent)
        })
        .collect();
    let mut lent = lent.into_iter();
    candidates.retain(|candidate| {
        let Some(is_lent) = lent.next().flatten() else {
            return true;
        };
        let form = &article.text[candidate.span.clone()];
        let mostly = firms
            .get(form)
            .is_some_and(|&(lent, own)| lent > 0 && lent >= own);
        let is_lent = is_lent || candidate.kind(dictionary) == TypeId::COMPANY && mostly;
        if is_lent {
            watch.see(|| candidate.refused(Why::Lent));
        }
        !is_lent
    });
}

/// Whether a bare name may be a club's by what follows it. A place's needs a particle of who acts or what is acted
/// on, a result (부산에 0-1로) or a list (서울·울산); a business's is a club's with any particle and
/// before a player (한화 류현진), only not before a year: what a season is called after (KB국민은행 2014).
fn stands_as_body(kind: TypeId, role: Option<Role>, behind: &str, contexts: &Contexts) -> bool {
    if kind == TypeId::COMPANY {
        return role.is_some() || !behind.starts_with(' ') || !is_year(&behind[1..]);
    }
    match role {
        Some(Role::Place) => is_score(behind, contexts),
        Some(role) => role.is_of_body() || role == Role::Also,
        None => behind.starts_with([',', '·']),
    }
}

/// Whether a year of four figures stands there.
fn is_year(text: &str) -> bool {
    let figures = text.bytes().take_while(u8::is_ascii_digit).count();
    figures == 4 && (text.starts_with("19") || text.starts_with("20"))
}

/// Whether a result of two figures follows: `부산에 0-1로 졌다`.
fn is_score(behind: &str, contexts: &Contexts) -> bool {
    let Some(rest) = behind.strip_prefix(' ') else {
        return false;
    };
    let figures = rest.trim_start_matches(|c: char| c.is_ascii_digit());
    figures.len() < rest.len()
        && (figures.starts_with(['–', ':']) || contexts.parts_figures(figures))
}

/// For each candidate that is also something else, the points that the words beside it give it, by type.
fn words_beside(
    candidates: &[Candidate],
    article: &Article,
    dictionary: &Dictionary,
) -> Vec<Vec<(TypeId, i32)>> {
    let contexts = dictionary.contexts();
    let mut said: (usize, Vec<u32>) = (usize::MAX, Vec::new());
    let mut form = String::new();
    candidates
        .iter()
        .map(|candidate| {
            let Reading::Known(senses) = &candidate.reading else {
                return Vec::new();
            };
            let mut kinds: Vec<TypeId> = senses
                .iter()
                .filter(|s| s.ambiguous)
                .map(|s| dictionary.kind(s.entry))
                .collect();
            kinds.dedup();
            if kinds.is_empty() {
                return Vec::new();
            }
            let limits = &article.sentences[candidate.sentence].span;
            form.clear();
            let here = &article.text[candidate.span.clone()];
            form.extend(here.chars().filter_map(crate::dictionary::fold_char));
            let run = boundary::hangul_run(&article.text, candidate.span.end, limits.end);
            let after = candidate.span.end + run.len();
            let beside = Beside {
                before: boundary::word_before(&article.text, limits.start, candidate.span.start),
                particle: run,
                behind: boundary::word_behind(&article.text, after, limits.end),
                onward: &article.text[candidate.span.end..limits.end],
            };
            kinds
                .into_iter()
                .map(|kind| {
                    let grammar = dictionary.grammar();
                    let beside = contexts.beside(kind, &form, &beside, grammar);
                    if !contexts.hears(kind, &form) {
                        return (kind, beside);
                    }
                    if said.0 != candidate.sentence {
                        let sentence = &article.text[limits.clone()];
                        said = (candidate.sentence, contexts.said(sentence));
                    }
                    (kind, beside + contexts.around(kind, &form, &said.1))
                })
                .collect()
        })
        .collect()
}

/// The support for one reading of candidate `i`.
fn score<P: Points>(
    sense: Sense,
    i: usize,
    candidates: &[Candidate<'_>],
    article: &Article,
    dictionary: &Dictionary,
    evidence: &Evidence,
    words: &[(TypeId, i32)],
) -> P {
    let candidate = &candidates[i];
    let entry = dictionary.entry(sense.entry);
    let text = &article.text;
    let is_sure = |s: Sense| !s.ambiguous || evidence.named.contains(&s.entry);
    let mut points = P::default();
    if sense.ambiguous
        && let Some((_, worth)) = words.iter().find(|(kind, _)| *kind == entry.kind)
    {
        points.add(*worth, "words beside it (contexts.csv)");
    }
    // The article names it by a form that is nothing else.
    if evidence.named.contains(&sense.entry) {
        points.add(6, "the article names it by a form that is nothing else");
    }
    // So does another form, even if each alone were doubtful: 지역혁신사업(RIS).
    let here = &text[candidate.span.clone()];
    let other_form = |c: &Candidate<'_>| {
        matches!(&c.reading, Reading::Known(senses) if senses.iter().any(|s| s.entry == sense.entry))
            && text[c.span.clone()] != *here
    };
    if sense.ambiguous && candidates.iter().any(other_form) {
        points.add(4, "the article has another of its forms");
    }
    match candidate.right.title {
        Some(Meaning::Head | Meaning::Deputy | Meaning::Office) => {
            points.add(5, "a head or an office follows");
        }
        Some(Meaning::Facility | Meaning::Unit | Meaning::Member | Meaning::Staff) => {
            points.add(3, "a member, a unit or a facility follows");
        }
        _ => {}
    }
    if candidate.is_marked() {
        match entry.kind {
            TypeId::COMPANY => points.add(8, "a business's mark stands at it"),
            _ => points.add(-4, "a business's mark stands at it"),
        }
    }
    let beside = |other: &Sense| {
        let above = dictionary.around(sense.entry);
        above.is_some() && other.entry != sense.entry && above == dictionary.around(other.entry)
    };
    // Its province or city stands directly before it: 경남 고성군, 대전 동구.
    if let Some(before) = i.checked_sub(1).map(|j| &candidates[j])
        && before.sentence == candidate.sentence
        && let Reading::Known(before_senses) = &before.reading
    {
        let between = without_bracket(&text[before.span.end..candidate.span.start]);
        let above =
            places(sense.entry, dictionary).any(|p| before_senses.iter().any(|s| s.entry == p));
        if above && between.chars().all(|c| c == ' ') {
            points.add(9, "what it lies in stands before it");
        } else if before_senses
            .iter()
            .any(|s| dictionary.kind(s.entry) == entry.kind)
            && (is_list_joint(between, dictionary) || is_way(before, candidate))
        {
            let sure = |s: &Sense| dictionary.kind(s.entry) == entry.kind && is_sure(*s);
            let worth = if before_senses.iter().any(sure) { 4 } else { 3 };
            points.add(worth, "it stands in a list of its like");
            if !sense.ambiguous && before_senses.iter().any(beside) {
                points.add(SIBLING, "its neighbour in the list lies beside it");
            }
        }
    }
    if let Some(after) = candidates.get(i + 1)
        && after.sentence == candidate.sentence
        && let Reading::Known(after_senses) = &after.reading
    {
        let between = &text[candidate.span.end..after.span.start];
        // Its place stands in a bracket behind it or its title: 학산고(전북), 광주시장(경기).
        if (between == "("
            || candidate.right.end <= after.span.start
                && text[candidate.right.end..after.span.start] == *"(")
            && after_senses
                .iter()
                .any(|s| places(sense.entry, dictionary).any(|p| p == s.entry))
        {
            points.add(5, "what it lies in stands in a bracket behind it");
        }
        let alike = after_senses
            .iter()
            .any(|s| dictionary.kind(s.entry) == entry.kind && is_sure(*s));
        if alike && is_list_joint(between, dictionary) {
            points.add(4, "it stands in a list of its like");
            if !sense.ambiguous && after_senses.iter().any(beside) {
                points.add(SIBLING, "its neighbour in the list lies beside it");
            }
        }
        // A place before what stands in it.
        let inside = after_senses
            .iter()
            .any(|s| places(s.entry, dictionary).any(|p| p == sense.entry));
        if inside && between.chars().all(|c| c == ' ') {
            points.add(5, "what lies in it stands behind it");
        }
    }
    if entry.kind == TypeId::CITY {
        if text[..candidate.span.start].ends_with('(')
            && text[candidate.span.end..].starts_with(')')
        {
            points.add(3, "it stands in a bracket");
        }
        let around = evidence.around.get(&sense.entry).copied().unwrap_or(0);
        points.add(around.min(2) * 2, "the article names what lies in it");
        if entry.attribute("level") == "province" && !sense.ambiguous {
            points.add(SIBLING, "it is a province, which a bare name rather means");
        }
        if candidate.right.labelled {
            points.add(4, "a word for a region follows");
        }
        if candidate.right.role == Some(Role::Place) {
            points.add(1, "a particle of place follows");
        }
    }
    // Its places are named, the nearer the better.
    let mut weight = 3;
    for place in places(sense.entry, dictionary) {
        if evidence.named.contains(&place) {
            points.add(weight, "the article names what it lies in");
            break;
        }
        if evidence.around.contains_key(&place) {
            points.add(weight - 1, "the article names what lies beside it");
            break;
        }
        weight = (weight - 1).max(2);
    }
    if sense.ambiguous && !sense.likely && candidate.right.role == Some(Role::Object) {
        points.add(-1, "a particle of the object follows");
    }
    // Glued to a longer name: 대덕연구개발특구 is not in 대덕구 by that.
    if sense.ambiguous && !candidate.right.edge {
        points.add(-ENOUGH, "it is glued to a longer name");
    }
    points
}

/// What stands between two names, without a bracket about the first.
fn without_bracket(between: &str) -> &str {
    match (between.starts_with('('), between.find(')')) {
        (true, Some(close)) => &between[close + 1..],
        _ => between,
    }
}

/// The longest text between two members of a list, in bytes.
const LONGEST_JOINT: usize = 30;

/// Whether `between` stands between the members of a list; each may have its figure (서울 3명, 화성 2명).
fn is_list_joint(between: &str, dictionary: &Dictionary) -> bool {
    if between.is_empty() || between.len() > LONGEST_JOINT {
        return false;
    }
    // 태웅은 1.67%, 평산은 2.94%: what moves by how much.
    let joint = match between.strip_prefix(['은', '는', '이', '가']) {
        Some(rest) if rest.contains('%') && rest.starts_with(' ') => rest.trim(),
        _ => without_bracket(between).trim(),
    };
    let figure = joint.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ','));
    if figure.len() < joint.len()
        && joint.starts_with(|c: char| c.is_ascii_digit())
        && let Some(unit) = dictionary.rules().measure(figure)
    {
        return is_list_sign(figure[unit..].trim_start());
    }
    is_list_sign(joint)
}

/// Whether one goes from the first place to the second: `서울에서 화성까지`.
fn is_way(from: &Candidate<'_>, to: &Candidate<'_>) -> bool {
    matches!(from.right.role, Some(Role::From | Role::Place))
        && to.right.role == Some(Role::Until)
        && from.right.end + 1 == to.span.start
}

/// A sign or a particle between the members of a list, or nothing but a space.
fn is_list_sign(joint: &str) -> bool {
    matches!(
        joint,
        "·" | ","
            | "ㆍ"
            | "/"
            | "、"
            | "와"
            | "과"
            | "및"
            | "▲"
            | "△"
            | "Δ"
            | ""
            | "•"
            | "-"
            | "~"
            | "∼"
            | "〜"
            | "～"
            | "–"
            | "→"
            | ", ▲"
            | ", △"
    )
}
