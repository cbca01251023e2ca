//! Parties that other sentences name than the one that tells of the signing.

use super::actor::Actor;
use super::agreement::{PARTIES, Signing, add, status_of};
use super::complement::Described;
use super::frame::Reader;
use super::predicate::Predicate;
use super::sentence::{Attach, Gap};
use super::trace::Event;
use super::{PARTICIPATES_IN, Status};
use crate::article::Zone;
use crate::dictionary::{Cue, Ending, Form, Mark, Plan, Role, Rule, Scope, Slot, TypeId};
use crate::watch::Watch;

impl<W: Watch<Event>> Reader<'_, W> {
    /// The common noun that a cue ending at `end` in `token` describes: `협약 기관은`, `참여기업은`.
    pub(super) fn attributed(&self, end: usize, token: usize) -> Option<usize> {
        let tokens = &self.sentence.tokens;
        if self
            .rules
            .is_body(&self.article.text[end..tokens[token].end.max(end)])
        {
            return Some(token);
        }
        Some(token + 1).filter(|t| {
            tokens[token].end == end
                && tokens.get(*t).is_some_and(|n| n.mention.is_none())
                && self.rules.is_body(self.text(*t))
        })
    }

    /// Names in the brackets behind the names of a list: `▲A고(가 회사·나 대학) ▲B고(다 회사)`.
    pub(super) fn bracketed(&self, group: usize) -> Vec<usize> {
        let g = &self.sentence.groups[group];
        let tokens = &self.sentence.tokens;
        if !tokens.iter().any(|t| t.gap == Gap::Bullet && !t.aside) {
            return Vec::new();
        }
        let end = tokens[g.last + 1..]
            .iter()
            .position(|t| !t.aside)
            .map_or(tokens.len(), |n| g.last + 1 + n);
        let slot = Slot::of_types(&[TypeId::SCHOOL, TypeId::COMPANY, TypeId::ORGANIZATION]);
        (g.first..end)
            .filter(|t| tokens[*t].aside && !tokens[g.first].aside)
            .filter_map(|t| self.entity(t))
            .filter(|e| slot.takes(self.kind(*e)))
            .collect()
    }

    /// The names in the brackets behind the numbers of a list of sorts, behind `token`: `학교는 서울지역 3개교(A고, B고 등), 대전지역
    /// 2개교(C고, D고)다`. None where not all sorts have theirs.
    fn counted_in_brackets(&self, token: usize) -> Vec<usize> {
        let tokens = &self.sentence.tokens;
        let mut names = Vec::new();
        for at in token + 1..tokens.len() {
            let counts = tokens[at].mention.is_none()
                && !tokens[at].aside
                && self.rules.counts(self.noun(at));
            if !counts {
                continue;
            }
            let inside = (at + 1..tokens.len()).take_while(|t| tokens[*t].aside);
            let own: Vec<usize> = inside
                .filter_map(|t| self.entity(t))
                .filter(|e| self.kind(*e) != TypeId::CITY && self.kind(*e) != TypeId::PROGRAM)
                .collect();
            if own.is_empty() {
                return Vec::new();
            }
            add(&mut names, own);
        }
        names
    }

    /// The largest number of bodies that the sentence gives: `14개 기관`, `기업 10곳`.
    pub(super) fn counted(&self) -> usize {
        let tokens = &self.sentence.tokens;
        (0..tokens.len())
            .filter(|t| tokens[*t].mention.is_none() && !tokens[*t].quoted)
            .filter_map(|t| {
                let word = self.text(t);
                let digits =
                    word.len() - word.trim_start_matches(|c: char| c.is_ascii_digit()).len();
                let body = |at: Option<usize>| {
                    at.and_then(|t| tokens.get(t)).is_some_and(|n| {
                        let word = &self.article.text[n.start..n.end];
                        n.mention.is_none()
                            && (self.rules.is_body(word) || self.rules.ends_in_body(word))
                    })
                };
                let bodies = body(Some(t + 1))
                    || body(t.checked_sub(1))
                    || digits > 0 && self.rules.is_body(word.get(digits + 3..)?);
                bodies.then(|| self.rules.number(word)).flatten()
            })
            .max()
            .unwrap_or(0)
    }

    /// Adds the names of a list of items that makes up the number of parties that the signing's sentence gives.
    pub(super) fn listed_parties(&mut self, signings: &mut [Signing]) {
        let tokens = &self.sentence.tokens;
        let Some(signing) = signings.iter_mut().rfind(|s| !s.earlier && !s.headline) else {
            return;
        };
        let near = signing.sentence < self.index && signing.sentence + 4 >= self.index;
        if !near || signing.parties.len() >= signing.wanted {
            return;
        }
        // `▲바이오 분야 A고는 가 회사·나 대학과 ▲…`: all of them, where they make up the number.
        let slot = Slot::of_types(&PARTIES);
        let bulleted = |t: &super::sentence::Token| t.gap == Gap::Bullet && !t.aside && !t.quoted;
        if tokens.iter().filter(|t| bulleted(t)).count() > 1 {
            let mut all = signing.parties.clone();
            for (group, g) in self.sentence.groups.iter().enumerate() {
                if !tokens[g.first].quoted {
                    self.add_names(&mut all, group, slot, true);
                }
            }
            // One or two of many may be names that nobody recognises.
            let unknown = signing.wanted / 6;
            if all.len() <= signing.wanted && all.len() + unknown >= signing.wanted {
                signing
                    .told
                    .extend(self.told(&all[signing.parties.len()..]));
                signing.parties = all;
                return;
            }
        }
        // `협약식에는 A, B 등 양성기관 10곳의 관계자가 나왔다`: as many as signed.
        let counts = |g: &super::sentence::Group| {
            let behind = (g.last + 1..tokens.len()).take(4);
            behind
                .take_while(|t| tokens[*t].mention.is_none())
                .any(|t| {
                    let number = self.rules.number(self.text(t));
                    number == Some(signing.wanted) && !tokens[t].quoted
                })
        };
        let as_many = self.sentence.groups.iter().position(counts);
        if let Some(group) = as_many {
            let mut names = self.names(group, slot, true);
            names.retain(|n| !signing.parties.contains(n));
            let unknown = signing.wanted / 6;
            if names.len() <= signing.wanted && names.len() + unknown >= signing.wanted {
                signing.told.extend(self.told(&names));
                add(&mut signing.parties, names);
                return;
            }
        }
        let item =
            |t: &super::sentence::Token| t.gap == Gap::Bullet && t.mention.is_some() && !t.aside;
        let items = tokens.iter().filter(|t| item(t)).count();
        if items == 0 || items < 2 && self.sentence.is_full() {
            return;
        }
        let mut parties = Vec::new();
        let mut inside = false;
        for (group, g) in self.sentence.groups.iter().enumerate() {
            let first = &tokens[g.first];
            inside = item(first)
                || inside
                    && !first.aside
                    && matches!(first.gap, Gap::Column | Gap::Dash | Gap::Dot | Gap::Comma);
            if inside {
                parties.extend(self.names(group, slot, true));
                parties.extend(self.bracketed(group));
            }
        }
        signing.told.extend(self.told(&parties));
        add(&mut signing.parties, parties);
    }

    /// Adds the names of a list that a sentence before announced as the parties.
    pub(super) fn list_parties(&mut self, signings: &mut [Signing]) {
        if !self.parties_follow {
            return;
        }
        if self.sentence.is_full() && self.sentence.zone != Zone::List {
            self.parties_follow = false;
            return;
        }
        let Some(signing) = signings.iter_mut().rfind(|s| !s.earlier) else {
            return;
        };
        let every = Slot::of_types(&[TypeId::SCHOOL, TypeId::COMPANY, TypeId::ORGANIZATION]);
        let mut parties = Vec::new();
        for group in 0..self.sentence.groups.len() {
            if !self.sentence.tokens[self.sentence.groups[group].first].aside {
                parties.extend(self.names(group, every, true));
            }
        }
        signing.told.extend(self.told(&parties));
        add(&mut signing.parties, parties);
    }

    /// Adds those whom a later sentence names as parties.
    pub(super) fn extend(&mut self, slot: Slot, signings: &mut Vec<Signing>) {
        if signings.iter().all(|s| s.earlier) {
            let told = self.here.iter().any(|h| h.cue == Some(Cue::Agreement))
                && self.here.iter().any(|h| h.cue == Some(Cue::Joining))
                && !self.sentence.is_headline();
            if !told {
                return;
            }
            signings.push(Signing {
                told: Vec::new(),
                sentence: self.index,
                parties: Vec::new(),
                wanted: self.counted(),
                from_headline: Vec::new(),
                about: Vec::new(),
                status: Status::Done,
                date: self
                    .days
                    .first()
                    .and_then(|d| d.date)
                    .or_else(|| self.day_told(false)),
                earlier: false,
                past: false,
                headline: false,
                besides: false,
            });
        }
        // `당시 A도 협약에 참여했다`: the one just told of.
        let of_old = self.has(Cue::Earlier)
            && signings
                .last()
                .is_some_and(|s| s.earlier && s.sentence + 1 == self.index);
        let Some(index) = signings.iter().rposition(|s| s.earlier == of_old) else {
            return;
        };
        if signings[index].sentence + 6 < self.index {
            return;
        }
        // `이날 협약서에는 14개 기관이 이름을 올렸다`
        if self.has(Cue::Agreement) && self.has(Cue::Joining) {
            signings[index].wanted = signings[index].wanted.max(self.counted());
        }
        let mut parties: Vec<usize> = Vec::new();
        let mut follow = false;
        let tokens = &self.sentence.tokens;
        for hit in &self.here {
            let Some(token) = self.sentence.token_at(hit.start) else {
                continue;
            };
            if tokens[token].quoted {
                continue;
            }
            match hit.cue {
                // 참여 기관은 A, B다
                Some(Cue::Joining)
                    if signings[index].sentence + 3 >= self.index
                        && self.attributed(hit.end, token).is_some() =>
                {
                    // `참여 기업은 다음과 같다`
                    follow |= self.has(Cue::Follows)
                        && !tokens.iter().any(|t| {
                            t.mention.is_some_and(|m| {
                                self.kind(self.mentions.mentions[m].entity) == TypeId::PROGRAM
                            })
                        });
                    let named = self
                        .attributed(hit.end, token)
                        .filter(|w| tokens[*w].role == Some(Role::Topic))
                        .and_then(|w| self.named_at_end(w));
                    let counted = self.counted_in_brackets(token);
                    if !counted.is_empty() {
                        add(&mut parties, counted);
                    } else if let Some(group) = named {
                        self.add_names(&mut parties, group, slot, true);
                        add(&mut parties, self.bracketed(group));
                    }
                }
                // 이날 협약에는 A, B가 참여했다
                Some(Cue::Joining) => {
                    let agreement = self
                        .here
                        .iter()
                        .find(|h| matches!(h.cue, Some(Cue::Agreement)) && h.end <= hit.start);
                    let Some(noun) = agreement.and_then(|h| self.sentence.token_at(h.end - 1))
                    else {
                        add(&mut parties, self.also(token, slot, &signings[index]));
                        continue;
                    };
                    if !matches!(
                        tokens[noun].role,
                        Some(Role::Place | Role::Topic | Role::Also | Role::Object)
                    ) {
                        continue;
                    }
                    if (noun + 1..token).any(|t| matches!(tokens[t].ending, Some(Ending::Final))) {
                        continue;
                    }
                    let Some(p) = self.predicate(hit.start, hit.end, true) else {
                        continue;
                    };
                    if status_of(p.ending) != Some(Status::Done)
                        || self.fails_after(p.last, p.ending)
                    {
                        continue;
                    }
                    let relative = p.ending == Some(Ending::Adnominal);
                    match self.actor(p.first, relative, slot) {
                        // `협약식에는 A와 B도 함께했다`: guests.
                        Actor::Names(names)
                            if self.token_has(token, Cue::Joined)
                                && self.is_ceremony(noun)
                                && self.sentence.groups.iter().enumerate().any(|(i, g)| {
                                    g.role == Some(Role::Also) && self.names(i, slot, true) == names
                                }) => {}
                        Actor::Names(names) => {
                            for (i, g) in self.sentence.groups.iter().enumerate() {
                                if self
                                    .sentence
                                    .members(i)
                                    .iter()
                                    .any(|t| self.entity(*t).is_some_and(|e| names.contains(&e)))
                                    && g.last < p.first
                                {
                                    add(&mut parties, self.bracketed(i));
                                }
                            }
                            add(&mut parties, names);
                        }
                        Actor::Nobody if relative => match self.described(p.last) {
                            Described::Names(g) => self.add_names(&mut parties, g, slot, true),
                            Described::Word(w) if !self.counted_in_brackets(w).is_empty() => {
                                add(&mut parties, self.counted_in_brackets(w));
                            }
                            Described::Word(w) if tokens[w].role == Some(Role::Topic) => {
                                if let Some(g) = self.named_at_end(w) {
                                    self.add_names(&mut parties, g, slot, true);
                                }
                            }
                            _ => {}
                        },
                        _ => {}
                    }
                }
                // 협약 기관은 A, B다
                Some(Cue::Agreement) => {
                    let word = self.attributed(hit.end, token);
                    follow |= word.is_some()
                        && (self.has(Cue::Follows)
                            || !self.sentence.is_full() && word == tokens.len().checked_sub(1));
                    let named = word
                        .filter(|w| tokens[*w].role == Some(Role::Topic))
                        .and_then(|w| self.named_at_end(w));
                    if let Some(group) = named {
                        self.add_names(&mut parties, group, slot, true);
                    }
                }
                // … 참석해 … 약속했다
                Some(Cue::Attending) => {
                    let near =
                        self.has(Cue::Agreement) || signings[index].sentence + 2 >= self.index;
                    let pledged = self.here.iter().any(|h| {
                        h.cue == Some(Cue::Pledge)
                            && h.start > hit.end
                            && self
                                .sentence
                                .token_at(h.start)
                                .is_some_and(|t| !tokens[t].quoted)
                    });
                    if !near || !pledged || tokens[token].ending != Some(Ending::And) {
                        continue;
                    }
                    if let Actor::Names(names) = self.actor(token, false, slot) {
                        add(&mut parties, names);
                    }
                }
                // 협약에 따라 A는 …
                Some(Cue::Accordingly) => {
                    for (i, g) in self.sentence.groups.iter().enumerate() {
                        let own = g.attach != Attach::Modifier
                            && matches!(g.role, Some(Role::Topic | Role::Subject))
                            && g.first > token;
                        let nested = (g.head + 1..tokens.len())
                            .find_map(|t| tokens[t].ending)
                            .is_some_and(|e| {
                                e == Ending::Adnominal && g.role == Some(Role::Subject)
                            });
                        if own && !nested && !tokens[g.first].quoted {
                            self.add_names(&mut parties, i, slot, true);
                        }
                    }
                }
                _ => {}
            }
        }
        self.parties_follow = follow;
        if !parties.is_empty() {
            self.parties_at = self.index;
        }
        let told = self.told(&parties);
        signings[index].told.extend(told);
        add(&mut signings[index].parties, parties);
    }

    /// Notes that those who sign take part in a programme, where the sentence on the signing does not name them yet: `P에
    /// 참여하는 고교, 기업과 업무협약을 맺었다`.
    pub(super) fn note_joiners(&mut self, index: usize, rule: &Rule, p: &Predicate) {
        let takes = *rule.relation == *PARTICIPATES_IN && p.is_relative();
        if !takes || !self.has(Cue::Agreement) || self.sentence.is_headline() {
            return;
        }
        let tokens = &self.sentence.tokens;
        let word = p.last + 1;
        let with = (word..tokens.len().min(word + 4))
            .take_while(|t| tokens[*t].mention.is_none() && tokens[*t].ending.is_none())
            .find(|t| tokens[*t].role == Some(Role::With));
        let body = |t: usize| self.rules.ends_in_body(self.noun(t));
        if !with.is_some_and(|t| (word..=t).all(body)) {
            return;
        }
        let objects = self
            .complement(p.first, rule.object, Scope::Clause)
            .map(|g| self.names(g, rule.object, false));
        if let Some(objects) = objects.filter(|o| !o.is_empty()) {
            self.joiners = Some((self.index, index, objects));
        }
    }

    /// The signing whose parties take part in what [`Self::note_joiners`] noted, told of in a sentence before.
    pub(super) fn joining_signing<'s>(&self, signings: &'s [Signing]) -> Option<&'s Signing> {
        let (at, ..) = self.joiners.as_ref().filter(|(at, ..)| *at < self.index)?;
        signings.iter().find(|s| s.sentence == *at)
    }

    /// States of those whom the sentence has added to the `known` parties that they take part.
    pub(super) fn state_joiners(&mut self, signings: &[Signing], known: &[usize]) {
        let Some((_, rule, objects)) = self.joiners.clone() else {
            return;
        };
        let parties = self.joining_signing(signings).map(|s| s.parties.iter());
        let takes = |e: &&usize| matches!(self.kind(**e), TypeId::SCHOOL | TypeId::COMPANY);
        let added = parties.into_iter().flatten().filter(|e| !known.contains(e));
        let subjects: Vec<usize> = added.filter(takes).copied().collect();
        self.state_bare(rule, &subjects, &objects, (Form::Noun, 0, 0));
    }

    /// Whether the word at `token` is an occasion: `협약식에는`.
    pub(super) fn is_ceremony(&self, token: usize) -> bool {
        self.rules.has_tail(self.noun(token), Mark::Ceremony)
    }

    /// Whether the verb tells of something that goes on from some day: `하반기부터 참여한다`.
    pub(super) fn goes_on(&self, verb: usize) -> bool {
        self.sentence.tokens[..verb]
            .iter()
            .any(|t| t.mention.is_none() && t.role == Some(Role::From))
    }

    /// Whether the sentence begins with a sort of those who joined: `기업으로는 A와 B가 참여했다`.
    pub(super) fn tells_of_a_sort(&self) -> bool {
        let first = self.sentence.tokens.first();
        first.is_some_and(|t| t.mention.is_none())
            && (self.rules.has_tail(self.text(0), Mark::Among)
                || self.rules.has_tail(self.text(0), Mark::There))
            && self.rules.is_body(self.noun(0))
    }

    /// Those who joined in as well, right after a sentence on the signing: `A와 B도 이름을 올렸다`.
    fn also(&self, verb: usize, slot: Slot, signing: &Signing) -> Vec<usize> {
        let told = signing.sentence.max(self.parties_at);
        let near = told < self.index && told + 1 >= self.index;
        let tokens = &self.sentence.tokens;
        if !near || tokens.iter().any(|t| t.quoted) || self.goes_on(verb) {
            return Vec::new();
        }
        let elsewhere = |t: &usize| {
            self.entity(*t)
                .is_some_and(|e| self.kind(e) == TypeId::PROGRAM)
                || tokens[*t].mention.is_none() && tokens[*t].role == Some(Role::Place)
        };
        let sorted = self.tells_of_a_sort();
        if (usize::from(sorted)..verb).any(|t| elsewhere(&t)) {
            return Vec::new();
        }
        let groups = self.sentence.groups.iter().enumerate();
        groups
            .filter(|(_, g)| {
                let more = g.role == Some(Role::Also) || sorted && g.role == Some(Role::Subject);
                more && g.attach != Attach::Modifier && g.last < verb
            })
            .flat_map(|(i, _)| self.names(i, slot, true))
            .collect()
    }

    /// Adds those whom the sentences behind `협약에 따라 …` give their part of the agreement, one after the other.
    pub(super) fn tasks(&mut self, signings: &mut [Signing]) {
        let tokens = &self.sentence.tokens;
        if self.has(Cue::Accordingly) {
            self.accord_at = Some(self.index);
            return;
        }
        let plain = self.sentence.is_full()
            && !self.sentence.is_headline()
            && self.days.is_empty()
            && !self.has(Cue::Earlier)
            && !tokens.iter().any(|t| t.quoted)
            && !self.here.iter().any(|h| {
                h.date.is_some()
                    || h.rule
                        .is_some_and(|r| self.rules.rules()[r].plan == Plan::Nothing)
            });
        let Some(signing) = signings.iter_mut().rfind(|s| !s.earlier && !s.headline) else {
            return;
        };
        if !plain || signing.sentence == self.index {
            return;
        }
        let topics: Vec<usize> = (0..self.sentence.groups.len())
            .filter(|g| {
                let g = &self.sentence.groups[*g];
                g.attach != Attach::Modifier
                    && g.role == Some(Role::Topic)
                    && !tokens[g.first].aside
            })
            .collect();
        let slot = Slot::of_types(&PARTIES);
        let goes_on = self.accord_at.is_some_and(|at| at + 1 == self.index)
            && topics.first().is_some_and(|g| {
                tokens[..self.sentence.groups[*g].first]
                    .iter()
                    .all(|t| t.modifier)
            });
        let missing = signing.parties.len() < signing.wanted
            && signing.sentence + 2 >= self.index
            && topics.len() > 1;
        if !goes_on && !missing {
            return;
        }
        // `학교는` may be any of those named before.
        let named = |g: &usize| {
            self.sentence.members(*g).iter().all(|t| {
                let mention = tokens[*t].mention.map(|m| &self.mentions.mentions[m]);
                mention.is_some_and(|m| !m.reference)
            })
        };
        let parties: Vec<usize> = topics
            .iter()
            .filter(|g| named(g))
            .flat_map(|g| self.names(*g, slot, true))
            .collect();
        if !topics.is_empty() {
            self.accord_at = Some(self.index);
        }
        signing.told.extend(self.told(&parties));
        add(&mut signing.parties, parties);
    }
}
