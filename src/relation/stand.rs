//! Whether a cue says anything where it stands, and how certainly.

use super::Status;
use super::agreement::status_of;
use super::complement::Described;
use super::cue::Hit;
use super::frame::Reader;
use super::predicate::Predicate;
use super::sentence::{Gap, Token};
use super::trace::{Event, Unused};
use super::{PARTICIPATES_IN, RUNS, SELECTED_FOR, SUPPORTS};
use crate::dictionary::{Cue, Ending, Form, Mark, Meaning, Plan, Role, Rule, Scope, TypeId};
use crate::watch::Watch;

impl<W: Watch<Event>> Reader<'_, W> {
    /// What a rule's cue says where it stands, and how certainly; or why it says nothing.
    pub(super) fn stands(&mut self, rule: &Rule, hit: &Hit) -> Result<(Predicate, Status), Unused> {
        // Most cues stand in several rules, one after the other.
        let takes = rule.takes(Form::Gift) || rule.takes(Form::People);
        let lacks = takes && !self.takes_its_object(rule, hit.start)
            || rule.takes(Form::Capacity) && self.capacity(hit.start).is_none()
            || rule.takes(Form::Following) && !self.told_of_others(rule);
        if lacks {
            return Err(Unused::NoObject);
        }
        if rule.takes(Form::Gift) && *rule.relation == *SUPPORTS {
            self.gift_at = Some(self.index);
        }
        let asked = (hit.start, hit.end, rule.takes(Form::Verb));
        if self.predicate.0 != asked {
            self.predicate = (asked, self.predicate(hit.start, hit.end, asked.2));
        }
        let mut predicate = self.predicate.1.ok_or(Unused::NoVerb)?;
        let form = predicate.form;
        let attributive = predicate.attributive.is_some() && rule.scope == Scope::Context;
        if predicate.attributive.is_some() && !attributive
            || !rule.takes(form) && !self.is_bare(rule, &predicate) && !attributive
        {
            return Err(Unused::Form(form));
        }
        // `P 공동 추진 협약에 서명했다`
        if form == Form::Noun
            && predicate.last + 1 < self.sentence.tokens.len()
            && self.token_has(predicate.last + 1, Cue::Agreement)
        {
            return Err(Unused::Form(form));
        }
        let status = match (status_of(predicate.ending), rule.plan) {
            (Some(Status::Planned), Plan::Done) => Some(Status::Done),
            (Some(Status::Planned), Plan::Nothing) => None,
            (status, _) => status,
        };
        let status = status
            .filter(|_| !predicate.tried || rule.plan != Plan::Nothing)
            .ok_or(Unused::Ending(predicate.ending))?;
        let own = self.sentence.tokens[predicate.first].role == Some(Role::Object);
        if *rule.relation == *SUPPORTS && !own && self.hands_over_words(predicate.first) {
            return Err(Unused::NoObject);
        }
        if self.is_goal(&predicate) {
            return Err(Unused::Ending(predicate.ending));
        }
        // `학교에 실습장을 지어 줄 예산을 지원한다`: what it is for is as good as given.
        if *rule.relation == *SUPPORTS
            && predicate.is_relative()
            && let Described::Word(word) = self.described(predicate.last)
            && self.is_gift(word)
        {
            predicate.ending = Some(Ending::Final);
        }
        // `참여기업으로 이름을 올렸다`: nobody chose it.
        let chosen = *rule.relation == *SELECTED_FOR;
        let joins = *rule.relation == *PARTICIPATES_IN;
        if chosen && self.joins_as(hit) || (chosen || joins) && self.joins_signing(predicate.first)
        {
            return Err(Unused::Form(form));
        }
        // `마이스터고로 문을 여는 날까지`: it has not happened yet.
        if chosen
            && form == Form::Verb
            && predicate.is_relative()
            && self
                .rules
                .has_tail(self.text(predicate.last), Mark::Present)
        {
            return Err(Unused::Ending(predicate.ending));
        }
        if (joins || *rule.relation == *RUNS) && self.if_chosen(predicate.first) {
            return Err(Unused::Ending(Some(Ending::Condition)));
        }
        Ok((predicate, status))
    }

    /// Whether the cue is a noun that ends a headline, where the rule takes such a one.
    pub(super) fn is_bare(&self, rule: &Rule, p: &Predicate) -> bool {
        p.form == Form::Noun
            && rule.takes(Form::Headline)
            && self.sentence.is_headline()
            && self.ends_headline(p.last)
    }

    /// Whether nothing weighty follows in a headline.
    fn ends_headline(&self, last: usize) -> bool {
        self.sentence
            .tokens
            .get(last + 1)
            .is_none_or(|t| t.gap >= Gap::Comma || t.gap == Gap::Dot)
    }

    /// Whether a verb that begins at `start` takes what the rule asks it to: a gift (`장학금을 냈다`, `학교에 5억 원을 썼다`) or
    /// people (`졸업생을 받았다`, `A고에서 5명을 데려갔다`).
    fn takes_its_object(&self, rule: &Rule, start: usize) -> bool {
        let tokens = &self.sentence.tokens;
        let Some(verb) = self
            .sentence
            .token_at(start)
            .filter(|t| tokens[*t].start == start)
        else {
            return false;
        };
        let closes = |t: &Token| {
            matches!(
                t.ending,
                Some(
                    Ending::Final
                        | Ending::And
                        | Ending::Condition
                        | Ending::Purpose
                        | Ending::Plan
                )
            )
        };
        let object = (0..verb)
            .rev()
            .take_while(|t| !closes(&tokens[*t]))
            .find(|t| {
                let token = &tokens[*t];
                // `장학금 1억 원 냈다`
                let bare = || {
                    *t + 1 == verb
                        && token.role.is_none()
                        && (self.is_sum(token) || self.rules.has_tail(self.text(*t), Mark::Gift))
                };
                matches!(token.role, Some(Role::Object | Role::Also)) || bare()
            });
        let Some(object) = object else {
            // `학교에 내놓은 장학금은`, `사업비는 시가 낸다`
            let gives = rule.takes(Form::Gift);
            let described = |t: usize| {
                matches!(
                    tokens[verb].ending,
                    Some(Ending::Adnominal | Ending::Future)
                ) && tokens.get(t).is_some_and(|w| w.mention.is_none())
                    && self.is_gift(t)
            };
            let spoken_of = (0..verb)
                .rev()
                .take_while(|t| !matches!(tokens[*t].ending, Some(Ending::Final)))
                .any(|t| {
                    tokens[t].mention.is_none()
                        && tokens[t].role == Some(Role::Topic)
                        && self.rules.has_tail(self.noun(t), Mark::Gift)
                });
            // `A가 데려간 졸업생만 14명이다`, `A가 공채로 뽑은 이리공고 졸업생은`
            let described_people = rule.takes(Form::People)
                && matches!(
                    tokens[verb].ending,
                    Some(Ending::Adnominal | Ending::Future)
                )
                && tokens.get(verb + 1).is_some_and(|w| {
                    if w.mention.is_none() {
                        w.gap == Gap::Space && self.token_has(verb + 1, Cue::Student)
                    } else {
                        matches!(
                            self.title(verb + 1),
                            Some(Meaning::Student | Meaning::Member)
                        )
                    }
                });
            return gives && (described(verb + 1) || spoken_of) || described_people;
        };
        let token = &tokens[object];
        let head = object;
        let student = |t: usize| {
            self.token_has(t, Cue::Student)
                || matches!(self.title(t), Some(Meaning::Student | Meaning::Member))
        };
        if token.mention.is_some() {
            return rule.takes(Form::People) && student(object);
        }
        if rule.takes(Form::Gift) {
            return self.is_gift(object);
        }
        // `다섯 명을`, `셋을`
        let unit = self.rules.is_unit(self.noun(object));
        if self.rules.has_tail(self.noun(object), Mark::Tally) && !unit {
            return true;
        }
        let counted = unit || self.rules.counts(self.noun(object));
        let object = object.saturating_sub(usize::from(unit));
        // `교사 5명을` is somebody else.
        let others = |t: usize| {
            let before = &tokens[t];
            if before.mention.is_some() {
                return self.title(t).is_some() && !student(t);
            }
            before.role.is_none()
                && before.ending.is_none()
                && !student(t)
                && !self.is_sum(before)
                && !self.is_when(t)
                && !self.rules.has_tail(self.text(t), Mark::Apart)
                && !self.rules.has_tail(self.text(t), Mark::Aside)
        };
        student(head) || counted && !object.checked_sub(1).is_some_and(others)
    }

    /// Whether what is handed over is no gift: `의향서를 학교에 전달했다`.
    fn hands_over_words(&self, cue: usize) -> bool {
        let tokens = &self.sentence.tokens;
        let object = (0..cue)
            .rev()
            .take_while(|t| {
                !matches!(
                    tokens[*t].ending,
                    Some(Ending::Final | Ending::And | Ending::Condition | Ending::Purpose)
                )
            })
            .find(|t| tokens[*t].mention.is_none() && tokens[*t].role == Some(Role::Object));
        let Some(token) = object.filter(|_| self.has(Cue::Message)) else {
            return false;
        };
        // The whole noun: `뜻깊은 선물을` is one.
        let noun = tokens[token].start + self.noun(token).len();
        self.here
            .iter()
            .any(|h| h.cue == Some(Cue::Message) && h.start >= tokens[token].start && h.end == noun)
    }

    /// Whether the predicate is one of several that parties of an agreement set themselves: `두 기관은 △P를 함께 운영하고
    /// △인력을 기르며 △서로 돕기로 했다`.
    fn is_goal(&self, p: &Predicate) -> bool {
        let tokens = &self.sentence.tokens;
        let bullet = |t: &usize| {
            let token = &tokens[*t];
            token.gap == Gap::Bullet
                && !token.aside
                && token.mention.is_none_or(|_| {
                    self.entity(*t)
                        .is_some_and(|e| self.kind(e) == TypeId::PROGRAM)
                })
        };
        p.ending == Some(Ending::And)
            && self.signing_at.is_some()
            && (0..=p.first).any(|t| bullet(&t))
            && (p.last + 1..tokens.len()).any(|t| bullet(&t))
            && tokens
                .iter()
                .rev()
                .take(3)
                .any(|t| t.ending == Some(Ending::Plan))
    }

    /// Whether this sentence or the one before has said of others what the rule says.
    fn told_of_others(&self, rule: &Rule) -> bool {
        let near = self.facts.iter().rev();
        let mut near = near.take_while(|f| f.sentence + 1 >= self.index);
        near.any(|f| self.rules.rules()[f.rule].relation == rule.relation)
    }

    /// The word before a verb that begins at `start` that says as what: `참여기업으로 A가 이름을 올렸다`.
    fn capacity(&self, start: usize) -> Option<usize> {
        let tokens = &self.sentence.tokens;
        let verb = self.sentence.token_at(start)?;
        (0..verb)
            .rev()
            .take_while(|t| tokens[*t].ending.is_none() && tokens[*t].quoted == tokens[verb].quoted)
            .find(|t| {
                tokens[*t].mention.is_none()
                    && tokens[*t].role == Some(Role::As)
                    && self.rules.has_tail(self.noun(*t), Mark::Capacity)
            })
    }

    /// Whether a rule on those who take part as something reads the same verb.
    fn joins_as(&self, hit: &Hit) -> bool {
        let reads = |h: &Hit| {
            h.rule
                .is_some_and(|r| self.rules.rules()[r].takes(Form::Capacity))
        };
        self.here.iter().any(|h| h.start == hit.start && reads(h))
            && self.capacity(hit.start).is_some()
    }

    /// Whether what is said at `cue` is done to an agreement: `협약에 이름을 올린 곳은`, `협약에 새로 합류했다`.
    fn joins_signing(&self, cue: usize) -> bool {
        let tokens = &self.sentence.tokens;
        (0..cue)
            .rev()
            .take_while(|t| tokens[*t].ending.is_none() && tokens[*t].mention.is_none())
            .find(|t| tokens[*t].role.is_some())
            .is_some_and(|t| {
                tokens[t].role == Some(Role::Place) && self.token_has(t, Cue::Agreement)
            })
    }

    /// Whether what is said at `cue` asks for a choice first: `뽑히면 3년간 사업을 펼친다`.
    fn if_chosen(&self, cue: usize) -> bool {
        let before = &self.sentence.tokens[..cue];
        let mut conditions = before.iter().filter(|t| {
            t.ending == Some(Ending::Condition) && t.quoted == self.sentence.tokens[cue].quoted
        });
        conditions.any(|t| {
            let mut cues = self
                .here
                .iter()
                .filter(|h| (t.start..t.end).contains(&h.start));
            cues.any(|h| self.grants(h))
        })
    }

    /// Whether something else happened while it was done: `참여하다 빠졌다`.
    pub(super) fn only_midway(&self, verb: usize) -> bool {
        let ends =
            (verb..self.sentence.tokens.len()).find(|t| self.sentence.tokens[*t].ending.is_some());
        ends.is_some_and(|t| self.rules.has_tail(self.text(t), Mark::Midway))
    }

    /// Whether the next clause says that it came to nothing: `도전장을 냈지만 뽑히지 못했다`.
    pub(super) fn fails_then(&self, verb: usize, granted: bool) -> bool {
        let tokens = &self.sentence.tokens;
        let Some(verb) = (verb..tokens.len()).find(|t| tokens[*t].ending.is_some()) else {
            return false;
        };
        let word = self.text(verb);
        let but = tokens[verb].ending == Some(Ending::And) && self.rules.has_tail(word, Mark::But)
            || self.rules.has_tail(word, Mark::Midway);
        but && tokens
            .iter()
            .enumerate()
            .skip(verb + 1)
            .take_while(|(_, t)| {
                // `선정됐으나 참여 기업이 목표의 절반에 그쳤다`: something else did.
                t.quoted == tokens[verb].quoted
                    && !((t.mention.is_some() || granted)
                        && matches!(t.role, Some(Role::Topic | Role::Subject | Role::Also)))
            })
            .any(|(at, _)| self.token_has(at, Cue::Failed))
    }
}
