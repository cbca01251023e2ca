//! Whom a sentence means and does not name: the school that the page is about, whoever speaks.

use super::agreement::PARTIES;
use super::complement::Described;
use super::frame::Reader;
use super::predicate::Predicate;
use super::sentence::{Attach, Gap};
use super::trace::Event;
use crate::article::{Article, Zone};
use crate::dictionary::{Cue, Ending, Mark, Meaning, Role, Slot, TypeId};
use crate::mention::{Mention, Mentions};
use crate::watch::Watch;

/// How many of the first sentences say whom a page is about.
const LEAD: usize = 2;

/// How many sentences away whoever is quoted may be named.
const NEAR_SPEECH: usize = 2;

/// The one school that a page is about: the headline or the lead names it, and no other one stands beside it.
///
/// Of several it is the one that is named three times or more, and twice as often as any other. O(mentions · schools)
pub(super) fn school_of_page(article: &Article, mentions: &Mentions) -> Option<usize> {
    let is_school = |m: &&Mention| mentions.entities[m.entity].kind == TypeId::SCHOOL;
    let zone = |m: &Mention| article.sentences[m.sentence].zone;
    let headline = |m: &Mention| matches!(zone(m), Zone::Title | Zone::Subhead);
    let mut named: Vec<(usize, usize)> = Vec::new();
    for m in mentions.mentions.iter().filter(is_school) {
        match named.iter_mut().find(|(e, _)| *e == m.entity) {
            Some((_, count)) => *count += 1,
            None => named.push((m.entity, 1)),
        }
    }
    let mut titled = mentions
        .mentions
        .iter()
        .filter(is_school)
        .filter(|m| zone(m) == Zone::Title);
    let in_title = titled.next().map(|m| m.entity);
    // Two in the headline: between them.
    if in_title.is_some() && titled.any(|m| Some(m.entity) != in_title) {
        return None;
    }
    let (school, count) = match in_title {
        Some(e) => *named.iter().find(|(other, _)| *other == e)?,
        None => *named.first()?,
    };
    let body = article
        .sentences
        .iter()
        .position(|s| !matches!(s.zone, Zone::Title | Zone::Subhead))?;
    let leads = |m: &Mention| headline(m) || m.sentence < body + LEAD;
    let led = || {
        mentions
            .mentions
            .iter()
            .any(|m| m.entity == school && leads(m))
    };
    let mut others = named.iter().filter(|(e, _)| *e != school);
    let topical = if named.len() == 1 {
        count > 2 || led()
    } else {
        count > 2 && led() && others.all(|(_, n)| n * 2 <= count)
    };
    topical.then_some(school)
}

/// The programme that a page is about: the only one, or one that is named three times or more, and twice as often as any
/// other. O(mentions · programmes)
pub(super) fn program_of_page(mentions: &Mentions) -> Option<usize> {
    let mut named: Vec<(usize, usize)> = Vec::new();
    let programs = mentions.mentions.iter().map(|m| m.entity);
    for e in programs.filter(|e| mentions.entities[*e].kind == TypeId::PROGRAM) {
        match named.iter_mut().find(|(other, _)| *other == e) {
            Some((_, count)) => *count += 1,
            None => named.push((e, 1)),
        }
    }
    named.sort_by_key(|(_, count)| usize::MAX - count);
    match *named {
        [(one, _)] => Some(one),
        [(most, count), (_, next), ..] => (count > 2 && next * 2 <= count).then_some(most),
        [] => None,
    }
}

impl<W: Watch<Event>> Reader<'_, W> {
    /// The school whose head answers in the article, where the sentence is said by somebody: `2008년에 지정됐습니다`.
    pub(super) fn host(&self) -> Option<usize> {
        let tokens = &self.sentence.tokens;
        let last = (0..tokens.len()).rev().find(|t| !tokens[*t].aside)?;
        let polite =
            tokens[last].mention.is_none() && self.rules.has_tail(self.text(last), Mark::Polite);
        let answers = self.first_school.filter(|_| self.answers);
        // Whose words are quoted must be said.
        let page = self.page_school.filter(|_| !tokens[last].quoted);
        answers.or(page).filter(|_| polite)
    }

    /// Whether whoever is quoted speaks for a school.
    pub(super) fn speaks_for_school(&self) -> bool {
        self.speaker.is_some_and(|e| self.kind(e) == TypeId::SCHOOL)
    }

    /// The school that the page is about, unless another one was named since or is named before `cue`.
    pub(super) fn school_still(&self, cue: usize) -> Option<usize> {
        let school = self
            .page_school
            .filter(|_| self.school.0 == self.page_school)?;
        let other = (0..cue)
            .filter_map(|t| self.entity(t))
            .any(|e| e != school && self.kind(e) == TypeId::SCHOOL);
        (!other && !self.of_other_schools(cue)).then_some(school)
    }

    /// Whether what stands before `cue` is about schools that have no name: `이웃 특성화고에서는`.
    pub(super) fn of_other_schools(&self, cue: usize) -> bool {
        let tokens = &self.sentence.tokens;
        (0..cue).any(|t| {
            let token = &tokens[t];
            token.mention.is_none()
                && matches!(
                    token.role,
                    Some(Role::Place | Role::Topic | Role::Subject | Role::To)
                )
                && token.quoted == tokens[cue].quoted
                && self.rules.has_tail(self.noun(t), Mark::School)
        })
    }

    /// Whether the clause before `cue` says what only a school needs: `실습동을 고치는 데`, `후배들에게`.
    pub(super) fn for_a_school(&self, cue: usize) -> bool {
        self.clause(cue).any(|t| {
            self.sentence.tokens[t].mention.is_none()
                && (self.rules.has_tail(self.noun(t), Mark::Campus)
                    || self.token_has(t, Cue::Student))
        })
    }

    /// Whether it goes to others: `불우이웃을 위해`, `도로 정비에`.
    pub(super) fn for_others(&self, cue: usize) -> bool {
        let tokens = &self.sentence.tokens;
        self.clause(cue).any(|t| {
            let token = &tokens[t];
            if token.mention.is_some() {
                return false;
            }
            let stranger = self.rules.has_tail(self.noun(t), Mark::Stranger);
            // `실습동 정비에`, `시설 정비에`; `도로 정비에` is something else.
            let what = t.checked_sub(1).filter(|b| {
                let before = &tokens[*b];
                before.mention.is_none()
                    && matches!(before.role, None | Some(Role::As))
                    && before.ending.is_none()
            });
            let elsewhere = token.role == Some(Role::Place)
                && self.token_has(t, Cue::Project)
                && !self.rules.has_tail(self.noun(t), Mark::Campus)
                && what.is_some_and(|b| {
                    !self.is_sum(&tokens[b])
                        && !self.is_when(b)
                        && !self.token_has(b, Cue::Project)
                        && !self.rules.has_tail(self.text(b), Mark::Campus)
                        && !self.rules.has_tail(self.text(b), Mark::Aside)
                });
            stranger || elsewhere
        })
    }

    /// Whether something of a school is meant at `token`: `기숙사에`, `통학버스 임차에`.
    pub(super) fn is_of_campus(&self, token: usize) -> bool {
        let tokens = &self.sentence.tokens;
        let of = |t: usize| {
            tokens[t].mention.is_none() && self.rules.has_tail(self.noun(t), Mark::Campus)
        };
        tokens[token].mention.is_none()
            && (of(token)
                || token > 0
                    && tokens[token].gap == Gap::Space
                    && tokens[token - 1].role.is_none()
                    && of(token - 1))
    }

    /// The school at which so many were taken in: `A고에서는 B에 9명이 들어갔다`.
    pub(super) fn at_school(&self, cue: usize, slot: Slot) -> Option<usize> {
        (0..self.sentence.groups.len()).rev().find(|g| {
            let group = &self.sentence.groups[*g];
            let word = self.text(group.head.max(group.last));
            group.last < cue
                && group.role == Some(Role::Place)
                && group.attach == Attach::Own
                && (self.rules.has_tail(word, Mark::There) || self.rules.has_tail(word, Mark::From))
                && !self.names(*g, slot, false).is_empty()
        })
    }

    /// Whether people are chosen for a prize: `사내 대회에서 9명을 뽑아`.
    pub(super) fn for_a_prize(&self, cue: usize) -> bool {
        self.clause(cue).any(|t| {
            self.sentence.tokens[t].mention.is_none()
                && self.rules.has_tail(self.text(t), Mark::Contest)
        })
    }

    /// The words of the clause before `cue`, the last one first.
    pub(super) fn clause(&self, cue: usize) -> impl Iterator<Item = usize> + '_ {
        let tokens = &self.sentence.tokens;
        (0..cue)
            .rev()
            .take_while(|t| !matches!(tokens[*t].ending, Some(Ending::Final | Ending::And)))
    }

    /// Whether the word at `token` is whoever speaks: `저희는`.
    pub(super) fn is_speaker(&self, token: usize) -> bool {
        self.sentence.tokens[token].mention.is_none()
            && self.rules.has_tail(self.noun(token), Mark::We)
    }

    /// The school that the page is about, where a whole sentence says of nobody what only a school would be said of:
    /// `기업 20곳과 손잡고 P를 운영한다`.
    pub(super) fn left_unsaid(&self, p: &Predicate) -> Option<usize> {
        let tokens = &self.sentence.tokens;
        let ends = p.ending == Some(Ending::Final) && self.sentence.zone == Zone::Body;
        let plain = (0..p.first).all(|t| {
            let acts = matches!(
                tokens[t].role,
                Some(Role::Topic | Role::Subject | Role::Also)
            );
            !tokens[t].quoted && (!acts || self.says_when(t))
        });
        let of_school = self.topic.iter().all(|e| Some(*e) == self.page_school);
        // `지역 기업들은 회의를 열었다`: they may be meant.
        let before = self
            .index
            .checked_sub(1)
            .map(|i| self.article.sentences[i].span.clone());
        let others = before.is_some_and(|span| {
            self.article.text[span].split(' ').any(|w| {
                let of = self.rules.particle(w);
                of.is_some_and(|(_, r)| matches!(r, Role::Topic | Role::Subject))
                    && (self.rules.is_body(w) || self.rules.has_tail(w, Mark::Trade))
            })
        });
        (ends && plain && of_school && !others)
            .then(|| self.school_still(p.first))
            .flatten()
    }

    /// Whose words are quoted at `cue`, where they are named behind: `“…”라고 A는 말했다`, `“…” A 교장의 말이다.`; or
    /// else in the sentence before.
    pub(super) fn said_by(&self, cue: usize) -> Option<usize> {
        let tokens = &self.sentence.tokens;
        if !tokens[cue].quoted {
            return None;
        }
        let outside = |t: &usize| !tokens[*t].quoted && !tokens[*t].aside;
        if let Some(from) = (cue..tokens.len()).find(outside) {
            return self.named_behind(from);
        }
        if (0..cue).any(|t| outside(&t)) {
            return None;
        }
        let behind = self.index + 1..=self.index + NEAR_SPEECH;
        let before = (self.index.saturating_sub(NEAR_SPEECH)..self.index).rev();
        self.speaks_in(behind).or_else(|| self.speaks_in(before))
    }

    /// Who says what was quoted before the word at `from`.
    fn named_behind(&self, from: usize) -> Option<usize> {
        let tokens = &self.sentence.tokens;
        for (at, token) in tokens.iter().enumerate().skip(from) {
            if token.quoted || token.ending == Some(Ending::Final) {
                return None;
            }
            if let Some(group) = self.group_at(at) {
                let role = self.sentence.groups[group].role;
                // `…”는 것이 A의 설명이다`
                let tells = role == Some(Role::Genitive)
                    && tokens.get(at + 1).is_some_and(|t| {
                        self.rules
                            .has_lead(&self.article.text[t.start..t.end], Mark::Said)
                    });
                if tells || matches!(role, Some(Role::Topic | Role::Subject)) {
                    let names = self.names(group, Slot::of_types(&PARTIES), true);
                    return names.first().copied().filter(|_| names.len() == 1);
                }
            } else if token.mention.is_none()
                && matches!(token.role, Some(Role::Topic | Role::Subject))
                && self.rules.bound(self.text(at)).is_none()
            {
                return None;
            }
        }
        None
    }

    /// Whom the first of these sentences that is not all quoted names as the one who speaks.
    fn speaks_in(&self, sentences: impl Iterator<Item = usize>) -> Option<usize> {
        for index in sentences {
            let sentence = self.article.sentences.get(index)?;
            let text = &self.article.text[sentence.span.clone()];
            if sentence.zone != Zone::Body {
                return None;
            }
            let opened = text.find(['“', '"']);
            if opened == Some(0) {
                continue;
            }
            let plain = &text[..opened.unwrap_or(text.len())];
            let first = self
                .mentions
                .mentions
                .partition_point(|m| m.sentence < index);
            let mention = self
                .mentions
                .mentions
                .get(first)
                .filter(|m| m.sentence == index)?;
            let start = sentence.span.start;
            if mention.span.start >= start + plain.len()
                || self.names_somebody(&text[..mention.span.start - start])
            {
                return None;
            }
            return self.speaks(mention, text, start);
        }
        None
    }

    /// Whether one of the words has the particle of whom a sentence is about.
    fn names_somebody(&self, text: &str) -> bool {
        let of = |w: &str| self.rules.particle(w).map(|(_, r)| r);
        text.split(' ')
            .any(|w| matches!(of(w), Some(Role::Topic | Role::Subject)))
    }

    /// The body that the name in a sentence stands for, if that says something there.
    fn speaks(&self, mention: &Mention, text: &str, start: usize) -> Option<usize> {
        let kind = self.kind(mention.entity);
        if !PARTIES.contains(&kind)
            || matches!(
                mention.title,
                Some(
                    Meaning::Student
                        | Meaning::Member
                        | Meaning::Person
                        | Meaning::Relative
                        | Meaning::Facility
                )
            )
        {
            return None;
        }
        let rest = text.get(mention.extent.end.max(mention.span.end) - start..)?;
        let mut words = rest.split_whitespace();
        let mut role = mention.role;
        // `A고 김 아무개 교장은`
        if role.is_none() {
            for word in words.by_ref().take(3) {
                if let Some((particle, found)) = self.rules.particle(word) {
                    let noun = &word[..word.len() - particle.len()];
                    let speaks =
                        self.rules.is_head(noun) || self.rules.has_tail(noun, Mark::Spokesman);
                    role = Some(found).filter(|_| speaks);
                    break;
                }
            }
        }
        let mut says = words.map(|w| self.rules.has_lead(w, Mark::Said));
        let said = match role {
            Some(Role::Topic | Role::Subject) => says.any(|s| s),
            Some(Role::Genitive) => says.next() == Some(true),
            _ => false,
        };
        said.then_some(mention.entity)
    }

    /// Those named before `에 이어` or `뿐 아니라`, where the group behind them has `도`: `A에 이어 B도 선정됐다`.
    pub(super) fn came_before(&self, group: usize, slot: Slot) -> Vec<usize> {
        let Some(before) = group.checked_sub(1) else {
            return Vec::new();
        };
        let tokens = &self.sentence.tokens;
        let (first, g) = (&self.sentence.groups[before], &self.sentence.groups[group]);
        let Some(next) = tokens.get(first.head.max(first.last) + 1) else {
            return Vec::new();
        };
        let text = self.text(g.head.max(g.last));
        // `A에 이어 B가`, `A뿐 아니라 B도`
        let after = g.role == Some(Role::Subject) && first.role == Some(Role::Place);
        let too = g.role == Some(Role::Also) || text.ends_with('도') || after;
        let follows = matches!(first.role, Some(Role::Place | Role::Only))
            && first.attach != Attach::Modifier
            && next.mention.is_none()
            && self
                .rules
                .has_lead(&self.article.text[next.start..next.end], Mark::Next);
        let near = g.first <= first.head.max(first.last) + 4;
        if too && follows && near && tokens[first.first].quoted == tokens[g.first].quoted {
            self.names(before, slot, true)
        } else {
            Vec::new()
        }
    }

    /// Whether it is a part of a body of which the clause before `cue` says where it is: `A는 본사가 B에 있다`.
    pub(super) fn is_of_seat(&self, cue: usize) -> bool {
        let tokens = &self.sentence.tokens;
        self.clause(cue)
            .find(|t| matches!(tokens[*t].role, Some(Role::Topic | Role::Subject)))
            .is_some_and(|t| {
                tokens[t].mention.is_none()
                    && tokens[t].role == Some(Role::Subject)
                    && self.rules.has_tail(self.noun(t), Mark::Seat)
            })
    }

    /// Whom the clause behind is about, where that of the predicate names nobody: `A의 지원을 받아 B는`.
    pub(super) fn subject_behind(&self, p: &Predicate, slot: Slot) -> Vec<usize> {
        let tokens = &self.sentence.tokens;
        if p.ending != Some(Ending::And) {
            return Vec::new();
        }
        for at in p.last + 1..(p.last + 7).min(tokens.len()) {
            let token = &tokens[at];
            // `지정된 지 1년, A시는`
            let bound = at == p.last + 1 && self.rules.bound(self.text(at)).is_some();
            let ends = token.ending.is_some() && !bound;
            if token.quoted != tokens[p.first].quoted || ends || token.aside {
                break;
            }
            if let Some(group) = self.group_at(at) {
                let g = &self.sentence.groups[group];
                if g.attach != Attach::Modifier
                    && matches!(g.role, Some(Role::Topic | Role::Subject))
                {
                    return self.names(group, slot, true);
                }
                break;
            }
            if token.mention.is_none() && token.role.is_some() && !bound {
                break;
            }
        }
        self.described_next(p, slot)
    }

    /// Those whom the next clause describes: `S에 장학금을 전달하고 졸업생을 채용한 A는`.
    fn described_next(&self, p: &Predicate, slot: Slot) -> Vec<usize> {
        let tokens = &self.sentence.tokens;
        let Some(next) = (p.last + 1..tokens.len()).find(|t| tokens[*t].ending.is_some()) else {
            return Vec::new();
        };
        let own = tokens[p.last + 1..next].iter().any(|t| {
            matches!(t.role, Some(Role::Subject | Role::Topic | Role::Also))
                || t.quoted != tokens[p.last].quoted
        });
        let describes = tokens[next].ending == Some(Ending::Adnominal)
            && self.rules.has_tail(self.text(p.last), Mark::Joining);
        match self.described(next) {
            Described::Names(group) if describes && !own => self.names(group, slot, true),
            _ => Vec::new(),
        }
    }
}
