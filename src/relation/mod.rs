//! Who does what with whom: typed relations and agreements, each resting on a sentence.

mod about;
mod actor;
mod agreement;
mod apply;
mod complement;
mod cue;
mod date;
mod discourse;
mod example;
mod frame;
mod implied;
mod label;
mod list;
mod parties;
mod place;
mod predicate;
mod sentence;
mod sides;
mod source;
mod stand;
mod table;
mod taken;
mod trace;
mod word;

use std::sync::Arc;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::article::Article;
use crate::dictionary::{Dictionary, Form, Mark, TypeId};
use crate::memo::{Place, Shelf};
use crate::mention::Mentions;
use crate::watch::Watch;

use agreement::Signing;
pub use example::{MarkError, check_examples, marked};
use frame::Reader;
pub use trace::{Event, Outcome, Unused};

/// How certain the text is that something happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// The text states it as a fact.
    Done,
    /// The text announces it.
    Planned,
    /// No text states it; a dictionary does.
    Dictionary,
}

/// The relation that joins two entities of one sentence when no rule does.
pub const CO_OCCURS: &str = "co_occurs";

/// A typed relation between two entities of one article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Relation {
    /// Index into [`Mentions::entities`].
    pub subject: usize,
    /// `selected_for`, `located_in`, …, as named in `relations.csv`, or [`CO_OCCURS`].
    pub kind: Arc<str>,
    /// Index into [`Mentions::entities`].
    pub object: usize,
    /// Fact or plan.
    pub status: Status,
    /// The day the text gives for the event.
    pub date: Option<Date>,
    /// Index into [`Article::sentences`].
    pub sentence: usize,
    /// Line of the rule in `relations.csv`; `None` for [`CO_OCCURS`].
    pub rule: Option<u64>,
}

/// One signing, with all its parties.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Agreement {
    /// Indices into [`Mentions::entities`], in order of mention, at least two.
    pub parties: Vec<usize>,
    /// What the agreement is about: indices of programmes into [`Mentions::entities`].
    pub about: Vec<usize>,
    /// Signed, or only announced.
    pub status: Status,
    /// The day of the signing.
    pub date: Option<Date>,
    /// Index into [`Article::sentences`]: the sentence that says so best.
    pub sentence: usize,
}

/// What one article states.
#[derive(Debug, Clone, Default)]
pub struct Relations {
    /// Typed relations, one per (subject, kind, object, status), by sentence.
    pub relations: Vec<Relation>,
    /// Signings, in order of mention.
    pub agreements: Vec<Agreement>,
}

/// Finds what the article states about the entities it names; O(text + sentences × names²) for `co_occurs`.
pub fn find(article: &Article, mentions: &Mentions, dictionary: &Dictionary) -> Relations {
    find_among(
        article,
        mentions,
        dictionary,
        (&[], &mut Kept::new()),
        &mut (),
    )
}

/// As [`find`], telling `watch` what each rule makes of its cues; with `&mut ()` it is the same code as without.
pub fn find_watched(
    article: &Article,
    mentions: &Mentions,
    dictionary: &Dictionary,
    watch: &mut impl Watch<Event>,
) -> Relations {
    find_among(
        article,
        mentions,
        dictionary,
        (&[], &mut Kept::new()),
        watch,
    )
}

/// What is kept of a sentence.
#[derive(Debug)]
pub(crate) struct Known {
    /// Its cues, by their bytes in it.
    cues: Box<[cue::Hit]>,
    /// How it was taken apart: what a back-reference in it means may differ from article to article.
    readings: Vec<sentence::Reading>,
}

/// How many readings of a sentence are kept.
const READINGS: usize = 4;

/// What is kept of sentences that come again.
pub(crate) type Kept = Shelf<Known>;

/// As [`find_watched`], for one of many articles, with the places of its sentences and what is kept of these.
pub(crate) fn find_among(
    article: &Article,
    mentions: &Mentions,
    dictionary: &Dictionary,
    (places, kept): (&[Option<Place>], &mut Kept),
    watch: &mut impl Watch<Event>,
) -> Relations {
    if mentions.entities.len() < 2 {
        return Relations::default();
    }
    let rules = dictionary.rules();
    let mut reader = Reader::new(article, mentions, rules, (places, kept), watch);
    let mut signings: Vec<Signing> = Vec::new();
    let mut next_mention = 0;
    for index in 0..article.sentences.len() {
        if reader.enter(index, &mut next_mention) {
            reader.apply();
            reader.sign(&mut signings);
            reader.note(&mut signings);
            reader.leave();
        }
    }
    let mut relations = settle(&mut reader, dictionary);
    let agreements: Vec<Agreement> = signings
        .into_iter()
        .filter_map(|mut s| {
            let told = std::mem::take(&mut s.told);
            if s.parties.len() < 2 {
                reader.watch.see(|| Event::Lonely(told));
                return None;
            }
            reader.watch.see(|| Event::Signing(told));
            // A headline cuts a branch's name to that of the body it belongs to.
            let name = |e: usize| &*mentions.entities[e].name;
            let short: Vec<usize> = s
                .from_headline
                .iter()
                .copied()
                .filter(|p| {
                    s.parties.iter().any(|q| {
                        name(*q)
                            .strip_prefix(name(*p))
                            .is_some_and(|rest| rest.starts_with(' '))
                    })
                })
                .collect();
            s.parties.retain(|p| !short.contains(p));
            if s.about.is_empty() && !s.earlier {
                s.about = reader.noted(&s);
            }
            s.about.sort_unstable();
            s.parties.sort_unstable();
            Some(Agreement {
                parties: s.parties,
                about: s.about,
                status: s.status,
                date: s.date,
                sentence: s.sentence,
            })
        })
        .collect();
    co_occurrences(mentions, &agreements, &mut relations);
    relations.sort_by(|a, b| {
        (a.sentence, a.rule.is_none(), a.subject, &a.kind, a.object).cmp(&(
            b.sentence,
            b.rule.is_none(),
            b.subject,
            &b.kind,
            b.object,
        ))
    });
    Relations {
        relations,
        agreements,
    }
}

const SELECTED_FOR: &str = "selected_for";
const APPLIES_FOR: &str = "applies_for";
const RUNS: &str = "runs";
const PARTICIPATES_IN: &str = "participates_in";
const SUPPORTS: &str = "supports";
const LOCATED_IN: &str = "located_in";

/// One relation per pair and kind, without those that others of the article rule out.
fn settle<W: Watch<Event>>(reader: &mut Reader<'_, W>, dictionary: &Dictionary) -> Vec<Relation> {
    let (relations, void) = settled(reader, dictionary);
    for event in void {
        reader.watch.see(|| event);
    }
    relations
}

/// The relations, and what was stated and is void, if somebody listens.
fn settled<W: Watch<Event>>(
    reader: &Reader<'_, W>,
    dictionary: &Dictionary,
) -> (Vec<Relation>, Vec<Event>) {
    let rules = dictionary.rules();
    let kind = |rule: usize| &rules.rules()[rule].relation;
    let stated = |relation: &str, subject: usize, object: usize| {
        reader.facts.iter().any(|f| {
            &**kind(f.rule) == relation
                && f.subject == subject
                && f.object == object
                && f.status == Status::Done
        })
    };
    let denied = |relation: &str, subject: usize, object: usize| {
        reader
            .denied
            .iter()
            .any(|d| &**kind(d.rule) == relation && d.subject == subject && d.object == object)
    };
    // `올해 신청한다. 지난해에는 탈락했다`: what failed then is no matter now.
    let failed = |relation: &str, fact: &frame::Fact| {
        reader.denied.iter().any(|d| {
            &**kind(d.rule) == relation
                && d.subject == fact.subject
                && d.object == fact.object
                && d.past.is_none_or(|at| fact.past || at == fact.sentence)
        })
    };
    let mut relations: Vec<Relation> = Vec::new();
    let mut void = Vec::new();
    let mut drop = |fact: &frame::Fact| {
        if W::LISTENS {
            void.push(Event::Rule {
                rule: rules.rules()[fact.rule].line,
                sentence: fact.sentence,
                span: reader.article.sentences[fact.sentence].span.clone(),
                what: Outcome::Void(fact.subject, fact.object),
            });
        }
    };
    for fact in &reader.facts {
        let relation = kind(fact.rule);
        let (subject, object) = (fact.subject, fact.object);
        let again = reader.facts.iter().any(|f| {
            f.again && kind(f.rule) == relation && f.subject == subject && f.object == object
        });
        // `추진`: of what one holds it is running, of what others grant it is applying.
        let twin = |other: &str| {
            reader.facts.iter().any(|f| {
                &**kind(f.rule) == other
                    && f.subject == subject
                    && f.object == object
                    && f.sentence == fact.sentence
            })
        };
        let held = || {
            stated(SELECTED_FOR, subject, object)
                || reader.facts.iter().any(|f| {
                    f.rule == fact.rule
                        && f.sentence == fact.sentence
                        && f.object == object
                        && stated(SELECTED_FOR, f.subject, object)
                })
                || !granted(reader, object, dictionary)
                || owns(reader, subject, object, dictionary)
        };
        if &**relation == APPLIES_FOR && twin(RUNS) && held()
            || &**relation == RUNS && twin(APPLIES_FOR) && !held()
        {
            drop(fact);
            continue;
        }
        let dropped = match &**relation {
            APPLIES_FOR => {
                !again
                    && (stated(SELECTED_FOR, subject, object)
                        || failed(SELECTED_FOR, fact)
                        || failed(APPLIES_FOR, fact))
            }
            // In a headline `교육부, … 선정` tells who selects.
            SELECTED_FOR => {
                denied(SELECTED_FOR, subject, object)
                    // `교육부는 이번 선정으로 …`: who grants it is not chosen.
                    || reader.mentions.entities[subject].kind == TypeId::ORGANIZATION
                        && owns(reader, subject, object, dictionary)
                    || fact.weak
                        && reader.mentions.entities[subject].kind == TypeId::ORGANIZATION
                        && (stated(RUNS, subject, object)
                            || gives(reader, subject, object, dictionary))
            }
            // The nearest place only.
            LOCATED_IN => {
                let mut elsewhere = reader.facts.iter().filter(|f| {
                    &**kind(f.rule) == LOCATED_IN && f.subject == subject && f.object != object
                });
                // `세종에 있는 A고와 대전의 B고`: what stands beside a name is nearer than a clause before the list.
                let beside = |f: &frame::Fact| rules.rules()[f.rule].takes(Form::Before);
                elsewhere.any(|f| {
                    wide(reader, object, dictionary) && !wide(reader, f.object, dictionary)
                        || beside(f) && !beside(fact) && f.sentence == fact.sentence
                })
            }
            other => denied(other, subject, object),
        };
        if dropped {
            drop(fact);
            continue;
        }
        let same = relations
            .iter_mut()
            .find(|r| r.subject == subject && r.object == object && r.kind == *relation);
        match same {
            Some(old) => {
                if old.status == Status::Planned && fact.status == Status::Done {
                    old.status = Status::Done;
                    old.sentence = fact.sentence;
                    old.date = fact.date.or(old.date);
                    old.rule = Some(rules.rules()[fact.rule].line);
                } else if old.date.is_none() {
                    old.date = fact.date;
                }
            }
            None => relations.push(Relation {
                subject,
                kind: relation.clone(),
                object,
                status: fact.status,
                date: fact.date,
                sentence: fact.sentence,
                rule: Some(rules.rules()[fact.rule].line),
            }),
        }
    }
    (relations, void)
}

/// Whether a programme is a designation, which somebody else grants.
fn granted<W: Watch<Event>>(
    reader: &Reader<'_, W>,
    program: usize,
    dictionary: &Dictionary,
) -> bool {
    reader.mentions.entities[program]
        .entry
        .is_some_and(|e| dictionary.entry(e).attribute("kind") == "designation")
}

/// Whether it is for that body to choose others for the programme, and never to be chosen itself: a ministry, an
/// education office where schools are chosen, whoever owns the programme.
fn gives<W: Watch<Event>>(
    reader: &Reader<'_, W>,
    subject: usize,
    program: usize,
    dictionary: &Dictionary,
) -> bool {
    let entities = &reader.mentions.entities;
    let kind = entities[subject]
        .entry
        .map_or("", |e| dictionary.entry(e).attribute("kind"));
    let of_schools = || {
        let name = &entities[program].name;
        reader.rules.has_tail(name, Mark::Schools)
    };
    kind == "ministry"
        || kind == "office_of_education" && of_schools()
        || owns(reader, subject, program, dictionary)
}

/// Whether the dictionary has the programme as that body's own.
fn owns<W: Watch<Event>>(
    reader: &Reader<'_, W>,
    subject: usize,
    program: usize,
    dictionary: &Dictionary,
) -> bool {
    let entities = &reader.mentions.entities;
    entities[program].entry.is_some_and(|e| {
        let owners = dictionary.entry(e).attribute("owner");
        owners
            .split('|')
            .any(|o| *o.trim() == *entities[subject].name)
    })
}

/// Whether a place is a province.
fn wide<W: Watch<Event>>(reader: &Reader<'_, W>, place: usize, dictionary: &Dictionary) -> bool {
    reader.mentions.entities[place]
        .entry
        .is_some_and(|e| dictionary.entry(e).attribute("level") == "province")
}

/// Joins what stands in one sentence and is not joined otherwise.
fn co_occurrences(mentions: &Mentions, agreements: &[Agreement], relations: &mut Vec<Relation>) {
    let count = mentions.entities.len();
    let mut joined = vec![false; count * count];
    for relation in relations.iter() {
        joined[relation.subject * count + relation.object] = true;
        joined[relation.object * count + relation.subject] = true;
    }
    for agreement in agreements {
        for &a in &agreement.parties {
            for &b in agreement.parties.iter().chain(&agreement.about) {
                joined[a * count + b] = true;
                joined[b * count + a] = true;
            }
        }
    }
    let co_occurs: Arc<str> = CO_OCCURS.into();
    let named = |m: &&crate::mention::Mention| !m.reference;
    let mut from = 0;
    while from < mentions.mentions.len() {
        let sentence = mentions.mentions[from].sentence;
        let to = from
            + mentions.mentions[from..]
                .iter()
                .take_while(|m| m.sentence == sentence)
                .count();
        for (i, a) in mentions.mentions[from..to]
            .iter()
            .enumerate()
            .filter(|(_, m)| named(m))
        {
            for b in mentions.mentions[from + i + 1..to].iter().filter(named) {
                if a.entity == b.entity || joined[a.entity * count + b.entity] {
                    continue;
                }
                joined[a.entity * count + b.entity] = true;
                joined[b.entity * count + a.entity] = true;
                let ordered = mentions.entities[a.entity].id <= mentions.entities[b.entity].id;
                let (subject, object) = if ordered {
                    (a.entity, b.entity)
                } else {
                    (b.entity, a.entity)
                };
                relations.push(Relation {
                    subject,
                    kind: co_occurs.clone(),
                    object,
                    status: Status::Done,
                    date: None,
                    sentence,
                    rule: None,
                });
            }
        }
        from = to;
    }
}
