//! From cues to relations: runs the rules, and fills the two sides of each.

use jiff::civil::Date;

use super::actor::Actor;
use super::agreement::status_of;
use super::complement::Described;
use super::cue::Hit;
use super::frame::{Pending, Reader};
use super::predicate::Predicate;
use super::sentence::{Attach, Gap, Token};
use super::trace::{Event, Unused};
use super::{APPLIES_FOR, LOCATED_IN, PARTICIPATES_IN, RUNS, SELECTED_FOR, SUPPORTS, Status};
use crate::dictionary::{Cue, Ending, Form, Mark, Meaning, Plan, Role, Rule, Scope, Slot, TypeId};
use crate::watch::Watch;

impl<W: Watch<Event>> Reader<'_, W> {
    /// Runs every rule whose cue stands in the sentence.
    pub(super) fn apply(&mut self) {
        self.fill_list();
        self.fill_count();
        for i in 0..self.here.len() {
            let hit = self.here[i];
            if let Some(rule) = hit.rule {
                self.apply_rule(rule, &hit);
            }
        }
        self.apply_cueless();
        self.read_columns();
    }

    pub(super) fn apply_rule(&mut self, index: usize, hit: &Hit) {
        let rules = self.rules;
        let rule = &rules.rules()[index];
        // What the article names none of, no rule can join.
        if !(W::LISTENS || rule.subject.takes_any(self.types) && rule.object.takes_any(self.types))
        {
            return;
        }
        if rule.takes(Form::Label) {
            self.label(index, rule, hit);
            return;
        }
        // Most cues stand in several rules, one after the other.
        let takes = rule.takes(Form::Gift) || rule.takes(Form::People);
        let lacks = takes && !self.takes_its_object(rule, hit.start)
            || rule.takes(Form::Capacity) && self.capacity(hit.start).is_none();
        if lacks {
            self.unused(hit, Unused::NoObject);
            return;
        }
        let asked = (hit.start, hit.end, rule.takes(Form::Verb));
        if self.predicate.0 != asked {
            self.predicate = (asked, self.predicate(hit.start, hit.end, asked.2));
        }
        let Some(predicate) = self.predicate.1 else {
            self.unused(hit, Unused::NoVerb);
            return;
        };
        let form = predicate.form;
        let bare = form == Form::Noun
            && rule.takes(Form::Headline)
            && self.sentence.is_headline()
            && self.ends_headline(predicate.last);
        let attributive = predicate.attributive.is_some() && rule.scope == Scope::Context;
        if predicate.attributive.is_some() && !attributive
            || !rule.takes(form) && !bare && !attributive
        {
            self.unused(hit, Unused::Form(form));
            return;
        }
        // `P 공동 추진 협약에 서명했다`
        if form == Form::Noun
            && predicate.last + 1 < self.sentence.tokens.len()
            && self.token_has(predicate.last + 1, Cue::Agreement)
        {
            self.unused(hit, Unused::Form(form));
            return;
        }
        let status = match (status_of(predicate.ending), rule.plan) {
            (Some(Status::Planned), Plan::Done) => Some(Status::Done),
            (Some(Status::Planned), Plan::Nothing) => None,
            (status, _) => status,
        };
        let Some(status) = status.filter(|_| !predicate.tried || rule.plan != Plan::Nothing) else {
            self.unused(hit, Unused::Ending(predicate.ending));
            return;
        };
        let own = self.sentence.tokens[predicate.first].role == Some(Role::Object);
        if *rule.relation == *SUPPORTS && !own && self.hands_over_words(predicate.first) {
            self.unused(hit, Unused::NoObject);
            return;
        }
        if self.is_goal(&predicate) {
            self.unused(hit, Unused::Ending(predicate.ending));
            return;
        }
        let mut predicate = predicate;
        // `학교에 실습장을 지어 줄 예산을 지원한다`: what it is for is as good as given.
        if *rule.relation == *SUPPORTS
            && predicate.is_relative()
            && let Described::Word(word) = self.described(predicate.last)
            && self.is_gift(word)
        {
            predicate.ending = Some(Ending::Final);
        }
        if *rule.relation == *SELECTED_FOR && self.joins_signing(predicate.first) {
            self.unused(hit, Unused::Form(form));
            return;
        }
        // `참여기업으로 이름을 올렸다`: nobody chose it.
        if *rule.relation == *SELECTED_FOR && self.joins_as(hit) {
            self.unused(hit, Unused::Form(form));
            return;
        }
        if *rule.relation == *RUNS && self.if_chosen(predicate.first) {
            self.unused(hit, Unused::Ending(Some(Ending::Condition)));
            return;
        }
        let Some((subjects, mut objects)) = self.sides(index, rule, &predicate, status) else {
            self.await_names(index, rule, &predicate, status);
            if W::LISTENS {
                let scope = rule.scope.min(Scope::Sentence);
                let object = self.complement(predicate.first, rule.object, scope);
                self.unused(
                    hit,
                    if object.is_none() {
                        Unused::NoObject
                    } else {
                        Unused::NoSubject
                    },
                );
            }
            return;
        };
        // `영주에 본사를 둔 A가 3억 원을 내놓았다`: not to the city.
        if *rule.relation == *SUPPORTS {
            let lies = |o: &usize| {
                let here = self.facts.iter().rev();
                here.take_while(|f| f.sentence == self.index).any(|f| {
                    f.object == *o
                        && subjects.contains(&f.subject)
                        && *rules.rules()[f.rule].relation == *LOCATED_IN
                })
            };
            // `나주에 본사를 둔 A는 나주시에 1억 원을 냈다`: that is two things of one place.
            let once = |o: &usize| {
                let tokens = 0..self.sentence.tokens.len();
                tokens.filter(|t| self.entity(*t) == Some(*o)).count() < 2
            };
            objects.retain(|o| !(lies(o) && once(o)));
        }
        // `A와 B는 서울 본사에서`: whose?
        if *rule.relation == *LOCATED_IN && predicate.ending.is_none() && subjects.len() > 1 {
            return;
        }
        // `특구에 합류했다`, `과정에 합류했다`: a designation is granted, in anything else one takes part.
        let joined = self.here.iter().filter(|h| h.start == hit.start);
        let read_as = |relation: &str| {
            let mut rules_here = joined.clone().filter_map(|h| h.rule);
            rules_here.any(|r| {
                let other = &rules.rules()[r];
                *other.relation == *relation && !other.takes(Form::Capacity)
            })
        };
        let either = form == Form::Active && *rule.relation == *PARTICIPATES_IN
            || form == Form::Verb && *rule.relation == *SELECTED_FOR;
        if either
            && read_as(SELECTED_FOR)
            && read_as(PARTICIPATES_IN)
            && (*rule.relation == *SELECTED_FOR) != self.is_designated(&objects)
        {
            return;
        }
        // `교육부, … 18곳 선정`: the headline of who selects.
        let counted = (predicate.first.saturating_sub(4)..predicate.first)
            .any(|t| self.sentence.tokens[t].mention.is_none() && self.rules.counts(self.text(t)));
        let between = form == Form::Light
            && self.sentence.is_headline()
            && (predicate.first..predicate.last).any(|t| self.rules.counts(self.text(t)));
        let choice = rule.object.takes(TypeId::PROGRAM);
        if choice && (bare && counted || between) {
            return;
        }
        let grants = [SELECTED_FOR, APPLIES_FOR].contains(&&*rule.relation);
        let granted = *rule.relation == *SELECTED_FOR;
        let grants = grants || self.only_midway(predicate.last);
        let denied =
            predicate.failed || !rule.states || grants && self.fails_then(predicate.last, granted);
        let date = self.day_before(self.sentence.tokens[predicate.first].start);
        if self.in_order(&subjects, &objects, predicate.first) {
            for (subject, object) in subjects.iter().zip(&objects) {
                self.state(
                    index,
                    &[*subject],
                    &[*object],
                    status,
                    date,
                    denied,
                    bare,
                    &predicate,
                );
            }
            return;
        }
        self.state(
            index, &subjects, &objects, status, date, denied, bare, &predicate,
        );
        if denied {
            let owners = self.owners(rule, &predicate);
            self.state(
                index, &owners, &objects, status, date, true, bare, &predicate,
            );
        }
        self.gapped(index, &subjects, &objects, status, date, denied, &predicate);
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

    /// Whether these are designations by their names: `교육발전특구`, `마이스터고`.
    fn is_designated(&self, programs: &[usize]) -> bool {
        let mut names = programs.iter().map(|p| &self.mentions.entities[*p].name);
        names.any(|n| self.rules.has_tail(n, Mark::Chosen))
    }

    /// Whether the first does it to the first and the second to the second: `A와 B는 각각 C와 D에 선정됐다`.
    fn in_order(&self, subjects: &[usize], objects: &[usize], cue: usize) -> bool {
        let tokens = &self.sentence.tokens;
        subjects.len() > 1
            && subjects.len() == objects.len()
            && (0..cue)
                .rev()
                .take_while(|t| !matches!(tokens[*t].ending, Some(Ending::Final | Ending::And)))
                .any(|t| {
                    tokens[t].mention.is_none() && self.rules.has_tail(self.text(t), Mark::Apart)
                })
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

    /// The word at `token` without its particle.
    pub(super) fn noun(&self, token: usize) -> &str {
        let word = self.text(token);
        &word[..word.len() - self.rules.particle(word).map_or(0, |(p, _)| p.len())]
    }

    /// Whether the word at `token` is something to give: `장학금을`, `1억 원을`, `노트북 20대를`.
    pub(super) fn is_gift(&self, token: usize) -> bool {
        let noun = self.noun(token);
        // `실습 장비 열 대를`
        let what = token.checked_sub(2).filter(|_| noun.chars().count() == 1);
        self.rules.has_tail(noun, Mark::Gift)
            || self.is_sum(&self.sentence.tokens[token]) && !self.rules.counts(noun)
            || what.is_some_and(|w| {
                let words = &self.sentence.tokens[w..=token];
                self.rules.has_tail(self.text(w), Mark::Gift)
                    && words
                        .iter()
                        .all(|t| t.mention.is_none() && t.ending.is_none())
                    && words[..2].iter().all(|t| t.role.is_none())
            })
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
        let word = self.text(token);
        let noun = tokens[token].start + word.len()
            - self.rules.particle(word).map_or(0, |(form, _)| form.len());
        self.here
            .iter()
            .any(|h| h.cue == Some(Cue::Message) && h.start >= tokens[token].start && h.end == noun)
    }

    /// Whether something else happened while it was done: `참여하다 빠졌다`.
    fn only_midway(&self, verb: usize) -> bool {
        let ends =
            (verb..self.sentence.tokens.len()).find(|t| self.sentence.tokens[*t].ending.is_some());
        ends.is_some_and(|t| self.rules.has_tail(self.text(t), Mark::Midway))
    }

    /// Whether the next clause says that it came to nothing: `도전장을 냈지만 뽑히지 못했다`.
    fn fails_then(&self, verb: usize, granted: bool) -> bool {
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

    /// Whose application somebody withdraws: `교육청은 이리공고의 마이스터고 지정 신청을 철회했다`.
    fn owners(&self, rule: &Rule, p: &Predicate) -> Vec<usize> {
        let scope = rule.scope.min(Scope::Sentence);
        let object = self.complement(p.first, rule.object, scope);
        let before = object.map_or(0, |g| self.sentence.groups[g].first);
        (0..before)
            .rev()
            .take_while(|t| {
                let token = &self.sentence.tokens[*t];
                token.mention.is_some() || token.role.is_none() && token.ending.is_none()
            })
            .find_map(|t| self.group_at(t))
            .filter(|g| self.sentence.groups[*g].role == Some(Role::Genitive))
            .map(|g| self.names(g, rule.subject, true))
            .unwrap_or_default()
            .into_iter()
            // `교육부의 P 공모`: whoever holds it.
            .filter(|e| self.kind(*e) != TypeId::ORGANIZATION)
            .collect()
    }

    /// Those who share the verb, each with an object of its own: `A는 가 학교에 3억 원, B는 나 학교에 2억 원을 지원했다`.
    #[allow(clippy::too_many_arguments)]
    fn gapped(
        &mut self,
        index: usize,
        subjects: &[usize],
        objects: &[usize],
        status: Status,
        date: Option<Date>,
        denied: bool,
        p: &Predicate,
    ) {
        if p.is_relative() || p.form == Form::Noun || self.sentence.groups.len() < 4 {
            return;
        }
        let rules = self.rules;
        let rule = &rules.rules()[index];
        let acts = rule.subject.is_grammatical_subject();
        let (doing, done_to, who) = if acts {
            (rule.subject, rule.object, subjects)
        } else {
            (rule.object, rule.subject, objects)
        };
        let names = |of: &Self, group: usize, slot: Slot, acting: bool| {
            let g = &of.sentence.groups[group];
            let fits = match g.attach {
                Attach::Modifier => {
                    slot.takes_modifier() && (slot.has(g.role) || slot.has(Some(Role::Other)))
                }
                _ => slot.has(g.role),
            } || g.role.is_none() && group > 0;
            if fits {
                of.names(group, slot, acting)
            } else {
                Vec::new()
            }
        };
        let tops = |of: &Self, group: &usize| {
            let g = &of.sentence.groups[*group];
            matches!(g.role, Some(Role::Topic | Role::Subject | Role::Also))
        };
        let mut right = (0..self.sentence.groups.len()).rev().find(|g| {
            let own = names(self, *g, doing, acts);
            self.sentence.groups[*g].last < p.first
                && tops(self, g)
                && !own.is_empty()
                && own.iter().all(|n| who.contains(n))
        });
        while let Some(group) = right {
            let first = self.sentence.groups[group].first;
            right = (0..group).rev().find(|g| tops(self, g));
            let Some(left) = right.filter(|_| self.sentence.tokens[first].gap == Gap::Comma) else {
                return;
            };
            let head = self.sentence.groups[left].head;
            let between = self.sentence.tokens.get(head + 1..first).unwrap_or(&[]);
            let quoted = self.sentence.tokens[first].quoted;
            if between
                .iter()
                .any(|t| t.ending.is_some() || t.quoted != quoted)
            {
                return;
            }
            let mine = names(self, left, doing, acts);
            let other: Vec<usize> = (left + 1..group)
                .flat_map(|g| names(self, g, done_to, !acts))
                .collect();
            let (subjects, objects) = if acts {
                (&mine, &other)
            } else {
                (&other, &mine)
            };
            self.state(index, subjects, objects, status, date, denied, false, p);
        }
    }

    /// Whether the subject nearest to the left of `cue` is a number of people: `3명이`.
    fn only_counts(&self, cue: usize) -> bool {
        let tokens = &self.sentence.tokens[..cue];
        let acts = |t: &usize| matches!(tokens[*t].role, Some(Role::Topic | Role::Subject));
        (0..cue).rev().find(acts).is_some_and(|t| {
            let word = self.text(t);
            // `졸업생들은 … 취업하고 있다`: those of the school that is spoken of.
            let students = self.token_has(t, Cue::Student)
                && t.checked_sub(1).is_none_or(|b| {
                    tokens[t].gap == Gap::Comma
                        || tokens[b].ending.is_some()
                        || self.rules.is_closer(self.text(b))
                        || self.is_when(b)
                });
            tokens[t].mention.is_none()
                && (students
                    || self.rules.particle(word).is_some_and(|(form, _)| {
                        self.rules.counts(&word[..word.len() - form.len()])
                    }))
        })
    }

    /// The names that a headline sets before its bare noun, and their group: `P에 A·B 선정`.
    fn beside_noun(&self, cue: usize, rule: &Rule) -> Option<(Vec<usize>, usize)> {
        let before = cue.checked_sub(1)?;
        let before = before - usize::from(self.sentence.tokens[before].listing && before > 0);
        let group = self.group_at(before)?;
        let g = &self.sentence.groups[group];
        let names = self.names(group, rule.subject, true);
        (g.role.is_none() && !names.is_empty()).then_some((names, group))
    }

    /// Whether the sentence ends in the noun that the relative clause ending at `last` describes: `… 도시다`.
    fn says_what(&self, last: usize) -> bool {
        let rest = &self.sentence.tokens[last + 1..];
        // `… 특성화고이며 …`, `… 특성화고로, …`
        let is_it = |t: &Token| {
            let word = &self.article.text[t.start..t.end];
            t.role == Some(Role::Copula)
                || t.ending == Some(Ending::And)
                    && self
                        .rules
                        .particle(word)
                        .is_some_and(|(_, r)| r == Role::Copula)
        };
        let ends = |at: usize| {
            let comma = rest.get(at + 1).is_none_or(|t| t.gap == Gap::Comma);
            is_it(&rest[at]) || rest[at].role == Some(Role::As) && comma
        };
        let to = (0..rest.len())
            .find(|at| ends(*at))
            .map_or(rest.len(), |at| at + 1);
        let Some((end, words)) = rest[..to].split_last() else {
            return false;
        };
        let bare = words.iter().all(|t| {
            t.mention.is_none() && t.role.is_none_or(|r| r == Role::Also) && t.ending.is_none()
        });
        let noun = is_it(end) || end.role == Some(Role::As) || end.ending == Some(Ending::Final);
        bare && noun && end.mention.is_none() && words.len() <= 3
    }

    /// Whether nothing weighty follows in a headline.
    pub(super) fn ends_headline(&self, last: usize) -> bool {
        self.sentence
            .tokens
            .get(last + 1)
            .is_none_or(|t| t.gap >= Gap::Comma || t.gap == Gap::Dot)
    }

    pub(super) fn sides(
        &mut self,
        index: usize,
        rule: &Rule,
        p: &Predicate,
        status: Status,
    ) -> Option<(Vec<usize>, Vec<usize>)> {
        if !rule.subject.is_grammatical_subject() {
            let subject = self
                .complement(p.first, rule.subject, rule.scope.min(Scope::Sentence))
                .or_else(|| self.counted_hosts(rule, p));
            let Some(subject) = subject else {
                return self.taken_in(rule, p);
            };
            let head = p.is_relative().then(|| self.described(p.last));
            if let Some(Described::Names(g)) = head
                && rule.object.is_grammatical_subject()
            {
                let (subjects, objects) = (
                    self.names_shared(subject, rule.subject, true),
                    self.names(g, rule.object, false),
                );
                return (!subjects.is_empty() && !objects.is_empty())
                    .then_some((subjects, objects));
            }
            let object = self
                .complement(p.first, rule.object, rule.scope.min(Scope::Sentence))
                // `창원기계공고에서는 현대로템에 9명이 들어갔다`
                .or_else(|| {
                    let of = rule.object.takes_modifier() && self.only_counts(p.first);
                    of.then(|| self.at_school(p.first, rule.object)).flatten()
                })
                // `천안공고 졸업생 14명이 도제반을 거쳐 현대모비스에 입사했다`
                .or_else(|| {
                    let counts = rule.object.takes_modifier() && self.only_counts(p.first);
                    counts
                        .then(|| self.complement(p.first, rule.object, Scope::Sentence))
                        .flatten()
                });
            let objects = match object {
                Some(g) => self.names_shared(g, rule.object, false),
                None => self.pointed(p, rule),
            };
            let objects = if objects.is_empty() {
                self.left_school(p.first, rule.object)
            } else {
                objects
            };
            let of_others = || rule.object.takes_modifier() && self.of_other_schools(p.first);
            let objects = if objects.is_empty() && of_others() {
                objects
            } else if objects.is_empty() && rule.object.is_grammatical_subject() {
                match self.actor(p.first, p.is_relative(), rule.object) {
                    Actor::Names(names) => names,
                    Actor::Other
                        if self.only_counts(p.first)
                            && self.sentence.tokens[p.first].quoted
                            && self.speaks_for_school() =>
                    {
                        self.speaker.into_iter().collect()
                    }
                    // `올해 졸업생은 A에 4명이 채용됐습니다`
                    Actor::Other if self.only_counts(p.first) && self.host().is_some() => {
                        let host = self.host().into_iter();
                        host.filter(|e| rule.object.takes(self.kind(*e))).collect()
                    }
                    Actor::Other if self.only_counts(p.first) => {
                        let carried = self.carried(rule.object);
                        // No school is the topic, but one was spoken of.
                        let near = self.school.0.filter(|_| {
                            carried.is_empty()
                                && rule.object.takes(TypeId::SCHOOL)
                                && (self.school.1 + 1 + 2 * usize::from(self.one.school)
                                    >= self.index
                                    || self.school_still(p.first).is_some())
                        });
                        carried.into_iter().chain(near).collect()
                    }
                    Actor::Other => Vec::new(),
                    Actor::Nobody if p.is_relative() => match self.described(p.last) {
                        Described::Names(g) => self.names(g, rule.object, false),
                        // `이 회사에 들어간 졸업생만 216명이다`
                        Described::Word(w) if self.token_has(w, Cue::Student) => {
                            let near = self.school.0.filter(|_| self.school.1 + 1 >= self.index);
                            self.at_school(p.first, rule.object).map_or_else(
                                || near.into_iter().collect(),
                                |school| self.names(school, rule.object, false),
                            )
                        }
                        _ => Vec::new(),
                    },
                    Actor::Nobody => {
                        let behind = self.subject_behind(p, rule.object);
                        if behind.is_empty() {
                            self.carried(rule.object)
                        } else {
                            behind
                        }
                    }
                }
            } else {
                objects
            };
            // `교육청 예산 40억 원이 들어갔다`, right after a sentence on the school
            let objects = if objects.is_empty()
                && *rule.relation == *SUPPORTS
                && !rule.object.is_grammatical_subject()
                && !p.is_relative()
                && p.ending == Some(Ending::Final)
                && self.school.1 + 2 >= self.index
                && !(0..p.first)
                    .any(|t| self.receives(t) || self.sentence.tokens[t].role == Some(Role::Topic))
                && !self.for_others(p.first)
                && rule.object.takes(TypeId::SCHOOL)
                && !self.sentence.is_headline()
            {
                self.school_still(p.first).into_iter().collect()
            } else {
                objects
            };
            let subjects = self.names_shared(subject, rule.subject, true);
            return (!subjects.is_empty() && !objects.is_empty()).then_some((subjects, objects));
        }
        let object = self.complement(p.first, rule.object, rule.scope.min(Scope::Sentence));
        // `P로 지정된 뒤 학과를 개설했다`: that is what is run.
        let object = object.filter(|g| *rule.relation != *RUNS || !self.has_own_object(*g, p));
        // `P 공모를 맡았다`: that is not the programme.
        let object = object.filter(|g| {
            *rule.relation != *RUNS || rule.scope != Scope::Beside || !self.is_granting(*g)
        });
        // `P 발대식에 참여했다`, `P 지정에 힘을 보탠다`: that is not taking part.
        let object = object.filter(|g| {
            *rule.relation != *PARTICIPATES_IN || !self.is_occasion(*g) && !self.is_granting(*g)
        });
        // `사업비 2억 원을 P에 지원했다`: that is giving.
        let object = object.filter(|g| {
            *rule.relation != *APPLIES_FOR
                || rule.scope != Scope::Beside
                || !self.gives_before(self.sentence.groups[*g].first)
        });
        // `학교에서 특강을 지원했다`: where, and not to whom.
        let object = object.filter(|g| {
            let group = &self.sentence.groups[*g];
            *rule.relation != *SUPPORTS
                || group.role != Some(Role::Place)
                || !self.rules.has_tail(self.text(group.head), Mark::From)
        });
        let mut objects = object
            .map(|g| self.names_shared(g, rule.object, false))
            .unwrap_or_default();
        if let Some(group) = object {
            let before = self.came_before(group, rule.object);
            super::agreement::add(&mut objects, before);
        }
        // `포항지역 직업계고 학생들에게`: not to the city.
        if *rule.relation == *SUPPORTS
            && object.is_some_and(|g| self.sentence.groups[g].attach == Attach::Modifier)
        {
            objects.retain(|o| self.kind(*o) != TypeId::CITY);
        }
        // `이리공고의 마이스터고 지정을 지원했다`: both.
        if rule.object.has(Some(Role::Genitive)) {
            let before = object.and_then(|g| self.sentence.groups[g].first.checked_sub(1));
            if let Some(owner) = before.and_then(|t| self.group_at(t))
                && self.sentence.groups[owner].role == Some(Role::Genitive)
            {
                objects.extend(self.names(owner, rule.object, false));
            }
        }
        if objects.is_empty() {
            objects = self.pointed(p, rule);
        }
        if objects.is_empty() {
            objects = self.counted_before(p, rule);
        }
        // `A는 여수공고를 졸업한 청년 9명을 채용했다`, `A는 여수공고를 찾아 장학금을 건넸다`
        if objects.is_empty() && !p.is_relative() {
            objects = if *rule.relation == *SUPPORTS {
                let school = |e: &usize| self.kind(*e) == TypeId::SCHOOL;
                let mut visited = self.object_of(p.first, rule.object, Mark::Visiting);
                let elsewhere = (0..p.first).any(|t| self.receives(t));
                visited.retain(|e| school(e) && !elsewhere);
                visited
            } else {
                self.left_school(p.first, rule.object)
            };
        }
        // `P 공모에 참여했다`: the programme and what makes it an application are one token.
        if objects.is_empty() {
            let own = self.entity(p.first);
            objects.extend(own.filter(|e| rule.object.takes(self.kind(*e))));
        }
        // `P 참여 기업은 A, B다`
        if objects.is_empty()
            && p.attributive.is_some()
            && let Some(group) = p.first.checked_sub(1).and_then(|t| self.group_at(t))
            && self.sentence.tokens[p.first].gap == Gap::Space
            && (self.sentence.groups[group].attach == Attach::Modifier
                || self.sentence.groups[group].role.is_none()
                // `P의 참여기업은`
                || *rule.relation == *PARTICIPATES_IN
                    && self.sentence.groups[group].role == Some(Role::Genitive))
        {
            objects = self.names(group, rule.object, false);
        }
        if p.is_relative() {
            return self.relative(index, rule, p, status, objects);
        }
        // `이리공고의 마이스터고 도전`, `익산시 교육발전특구 도전`
        let nominal = p.form == Form::Noun || p.form == Form::Verb && p.ending.is_none();
        if nominal && rule.subject.has(Some(Role::Genitive)) {
            let before = object.map_or(p.first, |g| self.sentence.groups[g].first);
            if let Some(group) = before.checked_sub(1).and_then(|t| self.group_at(t)) {
                let g = &self.sentence.groups[group];
                let beside = g.role == Some(Role::Genitive) && g.attach == Attach::Own
                    || g.role.is_none()
                        && g.head == g.last
                        && self.sentence.tokens[before].gap == Gap::Space;
                let names = self.names(group, rule.subject, true);
                let holds = |e: &usize| self.kind(*e) == TypeId::ORGANIZATION;
                if beside && !names.is_empty() && !objects.is_empty() && !names.iter().any(holds) {
                    return Some((names, objects));
                }
            }
        }
        // `시는 이리공고의 마이스터고 지정을 위해 뛴다`: that is the school's application.
        if *rule.relation == *APPLIES_FOR {
            let owners = self.owners(rule, p);
            if !owners.is_empty() {
                return None;
            }
        }
        let mut overt = true;
        let of_seat = *rule.relation == *LOCATED_IN && self.is_of_seat(p.first);
        let mut subjects = match self.actor(p.first, false, rule.subject) {
            _ if of_seat => self.topic_names(p.first, rule.subject),
            Actor::Names(names) => names,
            Actor::Nobody if p.form == Form::Noun && self.sentence.is_headline() => {
                let (names, before) = self.beside_noun(p.first, rule)?;
                objects.retain(|_| object.is_some_and(|o| o < before));
                names
            }
            Actor::Other => return None,
            Actor::Nobody if self.sentence.tokens[p.first].quoted => {
                let said = self.said_by(p.first);
                let speaker = self.speaker.filter(|_| p.ending == Some(Ending::Final));
                let speaker = said.or(speaker).or_else(|| self.host());
                vec![speaker.filter(|e| rule.subject.takes(self.kind(*e)))?]
            }
            Actor::Nobody => {
                overt = false;
                let mut names = self.subject_behind(p, rule.subject);
                if names.is_empty() {
                    names = self.carried(rule.subject);
                }
                if names.is_empty() {
                    let host = self.host().or_else(|| self.left_unsaid(p));
                    names.extend(host.filter(|e| rule.subject.takes(self.kind(*e))));
                }
                names
            }
        };
        // `A는 B와 신청해 B만 선정됐다`
        if p.form == Form::Passive
            && let Some(group) = p.first.checked_sub(1).and_then(|t| self.group_at(t))
            && self.sentence.groups[group].role == Some(Role::Only)
        {
            subjects = self.names(group, rule.subject, true);
        }
        if subjects.is_empty() {
            return None;
        }
        self.join(p.first, rule.subject, &mut subjects);
        if objects.is_empty() {
            objects = self.benefits(p, rule);
            objects.retain(|o| !subjects.contains(o));
        }
        if objects.is_empty() && rule.scope != Scope::Beside {
            // `P는 중기부가 2008년부터 운영하고 있다`
            objects = self.topic_names(p.first, rule.object);
            // `학교는 교과를 짜고, 기업은 자리를 마련한다`: two things done.
            if !rule.object.takes(TypeId::PROGRAM)
                && self.sentence.tokens[..p.first].iter().any(|t| {
                    t.ending == Some(Ending::And)
                        && t.quoted == self.sentence.tokens[p.first].quoted
                })
            {
                objects.clear();
            }
            // `A시는 12억 원을, B는 5억 원을 지원한다`: two who give.
            let topical = |g: &super::sentence::Group| {
                g.role == Some(Role::Topic)
                    && self.sentence.tokens[g.last]
                        .mention
                        .is_some_and(|m| subjects.contains(&self.mentions.mentions[m].entity))
            };
            if *rule.relation == *SUPPORTS && self.sentence.groups.iter().any(topical) {
                objects.clear();
            }
            // `시는 학교에 1억 원을 지원했고, 교육청은 도로에 2억 원을 투입했다`: not to who gave before.
            if *rule.relation == *SUPPORTS {
                let gave = |o: &usize| {
                    let here = self.facts.iter().rev();
                    here.take_while(|f| f.sentence == self.index).any(|f| {
                        f.subject == *o && *self.rules.rules()[f.rule].relation == *SUPPORTS
                    })
                };
                objects.retain(|o| !gave(o));
            }
            if objects.is_empty() && overt {
                objects = self.topic_pointed(p.first, rule.object);
            }
            objects.retain(|o| !subjects.contains(o));
        }
        // `또 졸업생 15명을 채용하기로 했다`
        let of_school = rule.object.takes(TypeId::SCHOOL) && self.has(Cue::Student);
        // `거제공고는 마이스터고다. 2010년 지정됐다`
        let still = p.form == Form::Passive
            && self.topic_at + 1 == self.index
            && self.program.1 == self.topic_at;
        if objects.is_empty() && (overt || of_school || still) {
            objects = self.implied(p, rule);
        }
        if objects.is_empty() && overt {
            objects = self.shared(p, rule);
            objects.retain(|o| !subjects.contains(o));
        }
        // `두 학교에 재료를 제공하고 31명을 채용했다`: of those just named.
        let people = |t: usize| {
            let token = &self.sentence.tokens[t];
            token.role == Some(Role::Object)
                && self.is_sum(token)
                && self.rules.counts(self.noun(t))
        };
        if objects.is_empty()
            && overt
            && !rule.object.takes(TypeId::PROGRAM)
            && !rule.object.takes(TypeId::CITY)
            && (p.first.saturating_sub(2)..p.first).any(people)
        {
            let of = |f: &&super::frame::Fact| {
                f.sentence == self.index
                    && subjects.contains(&f.subject)
                    && rule.object.takes(self.kind(f.object))
            };
            super::agreement::add(&mut objects, self.facts.iter().filter(of).map(|f| f.object));
        }
        // `P에 선정돼 지금까지 운영하고 있다`
        if objects.is_empty()
            && *rule.relation == *RUNS
            && p.form == Form::Active
            && !self.has_object(p.first)
        {
            let rules = self.rules;
            let of = |f: &&super::frame::Fact| {
                f.sentence == self.index
                    && subjects.contains(&f.subject)
                    && *rules.rules()[f.rule].relation == *SELECTED_FOR
                    && rule.object.takes(self.kind(f.object))
            };
            super::agreement::add(&mut objects, self.facts.iter().filter(of).map(|f| f.object));
        }
        // `A고 졸업생 10명을 뽑고 장학금도 전달했다`
        if objects.is_empty() && *rule.relation == *SUPPORTS && self.gives_too(p.first) {
            let of = |f: &&super::frame::Fact| {
                f.sentence == self.index
                    && subjects.contains(&f.subject)
                    && self.kind(f.object) == TypeId::SCHOOL
                    && rule.object.takes(TypeId::SCHOOL)
            };
            super::agreement::add(&mut objects, self.facts.iter().filter(of).map(|f| f.object));
        }
        if objects.is_empty() && overt && *rule.relation == *PARTICIPATES_IN {
            objects = self.named_before(p, rule);
            let does = |o: &usize| {
                let here = self.facts.iter().rev();
                here.take_while(|f| f.sentence == self.index)
                    .any(|f| f.object == *o && subjects.contains(&f.subject))
            };
            objects.retain(|o| !does(o));
        }
        if objects.is_empty() && overt && *rule.relation == *SUPPORTS {
            objects = self.scene(p, rule);
            objects.retain(|o| !subjects.contains(o));
        }
        if objects.is_empty() && overt {
            objects = self.described_by_both(p, rule);
            objects.retain(|o| !subjects.contains(o));
        }
        (!objects.is_empty()).then_some((subjects, objects))
    }

    /// The programme that a clause before names, where no word says in what one takes part: `A가 P를 운영해 B도 참여한다`.
    fn named_before(&self, p: &Predicate, rule: &Rule) -> Vec<usize> {
        let tokens = &self.sentence.tokens;
        let quoted = tokens[p.first].quoted;
        let ends =
            |t: &usize| tokens[*t].ending == Some(Ending::And) && tokens[*t].quoted == quoted;
        let Some(from) = (0..p.first).rev().find(ends) else {
            return Vec::new();
        };
        let own = tokens[from + 1..p.first]
            .iter()
            .any(|t| matches!(t.role, Some(Role::Place | Role::Object | Role::To)));
        let named = (0..from)
            .rev()
            .take_while(|t| tokens[*t].ending != Some(Ending::Final))
            .filter(|t| tokens[*t].quoted == quoted && tokens[*t].role == Some(Role::Object))
            .find_map(|t| self.entity(t))
            .filter(|e| !own && rule.object.takes(self.kind(*e)));
        named.into_iter().collect()
    }

    /// What the next clause describes as well: `A가 주관하고 B가 운영하는 P는`.
    fn described_by_both(&self, p: &Predicate, rule: &Rule) -> Vec<usize> {
        let tokens = &self.sentence.tokens;
        if p.ending != Some(Ending::And) || !rule.object.takes(TypeId::PROGRAM) {
            return Vec::new();
        }
        let Some(next) = (p.last + 1..tokens.len()).find(|t| tokens[*t].ending.is_some()) else {
            return Vec::new();
        };
        let own = tokens[p.last + 1..next].iter().any(|t| {
            matches!(t.role, Some(Role::Object | Role::Topic)) || t.quoted != tokens[p.last].quoted
        });
        match self.described(next) {
            Described::Names(group)
                if !own
                    && matches!(
                        tokens[next].ending,
                        Some(Ending::Adnominal | Ending::Future)
                    ) =>
            {
                self.names(group, rule.object, false)
            }
            _ => Vec::new(),
        }
    }

    /// Whether what the names belong to is an occasion: `P 발대식에`.
    fn is_occasion(&self, group: usize) -> bool {
        let g = &self.sentence.groups[group];
        (g.last..=g.head.max(g.last)).any(|t| self.is_ceremony(t))
    }

    /// Whether the noun that the names describe is about choosing: `P 공모를`, `P 선정을`.
    fn is_granting(&self, group: usize) -> bool {
        let g = &self.sentence.groups[group];
        let last = &self.sentence.tokens[g.last];
        let name = last.mention.map(|m| self.mentions.mentions[m].span.end);
        let (from, to) = (name.unwrap_or(last.end), self.sentence.tokens[g.head].end);
        self.here.iter().any(|h| {
            let rule = h.rule.map(|r| &self.rules.rules()[r]);
            h.start >= from
                && h.start < to
                && rule.is_some_and(|r| {
                    [SELECTED_FOR, APPLIES_FOR].contains(&&*r.relation) || r.takes(Form::Label)
                })
        })
    }

    /// Whether a clause ends behind the names, and the predicate's own clause has an object of its own.
    fn has_own_object(&self, group: usize, p: &Predicate) -> bool {
        let from = self.sentence.groups[group].head + 1;
        let words = self.sentence.tokens.get(from..p.first).unwrap_or(&[]);
        let ends = |t: &Token| matches!(t.ending, Some(Ending::And | Ending::Final));
        words.iter().any(ends)
            && words
                .iter()
                .rev()
                .take_while(|t| !ends(t))
                .any(|t| t.mention.is_none() && t.role == Some(Role::Object))
    }

    /// Whether the clause before `cue` goes on from another one with a gift to nobody else: `…를 뽑고 장학금도`.
    fn gives_too(&self, cue: usize) -> bool {
        let tokens = &self.sentence.tokens;
        let Some(from) = (0..cue).rev().find(|t| {
            tokens[*t]
                .ending
                .is_some_and(|e| !matches!(e, Ending::Adnominal | Ending::Future))
        }) else {
            return false;
        };
        let given = |t: usize| {
            matches!(tokens[t].role, Some(Role::Object | Role::Also))
                && (self.is_of_campus(t) || t > 0 && self.is_gift(t) && self.is_of_campus(t - 1))
        };
        tokens[from].ending == Some(Ending::And)
            && self.rules.has_tail(self.text(from), Mark::Joining)
            && (from + 1..cue).any(given)
            && !(from + 1..cue).any(|t| self.receives(t))
            && !self.for_others(cue)
    }

    /// Whether the clause before `cue` has an object.
    fn has_object(&self, cue: usize) -> bool {
        let tokens = &self.sentence.tokens;
        (0..cue)
            .rev()
            .take_while(|t| {
                !matches!(tokens[*t].ending, Some(Ending::Final | Ending::And)) || *t + 1 == cue
            })
            .any(|t| tokens[t].role == Some(Role::Object))
    }

    /// The school that whoever acts has left: `여수공고를 졸업하고 포스코에 입사한 김 씨는`.
    fn left_school(&self, cue: usize, slot: Slot) -> Vec<usize> {
        if !slot.takes_modifier() || slot.takes(TypeId::PROGRAM) {
            return Vec::new();
        }
        self.object_of(cue, slot, Mark::Graduated)
    }

    /// What is named before the cue as what somebody does something with: the object of the verb behind it, which is
    /// marked so.
    fn object_of(&self, cue: usize, slot: Slot, mark: Mark) -> Vec<usize> {
        let left = |g: &usize| {
            let group = &self.sentence.groups[*g];
            let next = self.sentence.tokens.get(group.head + 1);
            group.role == Some(Role::Object)
                && group.last < cue
                && next.is_some_and(|t| {
                    let word = &self.article.text[t.start..t.end];
                    t.mention.is_none() && self.rules.has_lead(word, mark)
                })
        };
        let group = (0..self.sentence.groups.len()).rev().find(left);
        group.map_or_else(Vec::new, |g| self.names(g, slot, false))
    }

    /// Those who took in so many each: `여수공고에서는 포스코 9명, 현대제철 3명이 합격했다`.
    fn counted_hosts(&self, rule: &Rule, p: &Predicate) -> Option<usize> {
        if !rule.object.takes_modifier() || rule.object.takes(TypeId::PROGRAM) || p.is_relative() {
            return None;
        }
        let counted = |g: &usize| {
            let group = &self.sentence.groups[*g];
            let next = group.last + 1;
            group.last < p.first
                && matches!(group.role, None | Some(Role::Subject))
                && self
                    .sentence
                    .tokens
                    .get(next)
                    .is_some_and(|t| t.mention.is_none())
                && self.rules.counts(self.noun(next))
                && self.sentence.tokens[group.first].quoted == self.sentence.tokens[p.first].quoted
                && !self.names(*g, rule.subject, true).is_empty()
        };
        (0..self.sentence.groups.len()).rev().find(counted)
    }

    /// Those whom the body that the sentence before was about took in: `전형으로는 가 고교 4명, 나 고교 3명이 합격했다`.
    fn taken_in(&self, rule: &Rule, p: &Predicate) -> Option<(Vec<usize>, Vec<usize>)> {
        let counted = |g: &usize| {
            let group = &self.sentence.groups[*g];
            let word = self.text(group.head);
            let particle = self.rules.particle(word).map_or(0, |(form, _)| form.len());
            group.role == Some(Role::Subject)
                && group.head > group.last
                && self.rules.counts(&word[..word.len() - particle])
        };
        let hires = rule.object.takes_modifier() && !rule.object.takes(TypeId::PROGRAM);
        // `지역 기업에 취업했다`: whoever these are.
        let unnamed = (0..p.first).any(|t| {
            let token = &self.sentence.tokens[t];
            token.mention.is_none()
                && matches!(token.role, Some(Role::Place | Role::To))
                && self.rules.is_body(self.text(t))
        });
        if !hires || unnamed || p.is_relative() || self.topic_at + 1 != self.index {
            return None;
        }
        let object = self
            .complement(p.first, rule.object, Scope::Clause)
            .filter(counted)?;
        let objects = self.names_shared(object, rule.object, false);
        let subjects = self.carried(rule.subject);
        (!subjects.is_empty() && !objects.is_empty()).then_some((subjects, objects))
    }

    pub(super) fn relative(
        &mut self,
        index: usize,
        rule: &Rule,
        p: &Predicate,
        status: Status,
        mut objects: Vec<usize>,
    ) -> Option<(Vec<usize>, Vec<usize>)> {
        let described = p
            .attributive
            .map_or_else(|| self.described(p.last), Described::Word);
        // `이천시가 P에 참여하는 기업에 …`: it is the firms that take part.
        let body = |t: usize| {
            let word = self.sentence.tokens.get(t);
            word.is_some_and(|w| w.mention.is_none()) && self.rules.is_body(self.text(t))
        };
        // `P에 참여할 대학 18곳을 확정했다`, `P에 참여할 새 대학 명단을`: so do the universities.
        let end = match described {
            Described::Word(w) => w.max(p.last + 1),
            _ => p.last + 1,
        };
        let theirs = (p.last + 1..=end).any(body) && p.attributive.is_none() && !objects.is_empty();
        let of_seat = *rule.relation == *LOCATED_IN && self.is_of_seat(p.first);
        let actor = if theirs || of_seat {
            Actor::Nobody
        } else {
            self.actor(p.first, true, rule.subject)
        };
        match actor {
            Actor::Names(mut subjects) => {
                self.join(p.first, rule.subject, &mut subjects);
                if rule.scope == Scope::Beside
                    && objects.is_empty()
                    && rule.object.takes(TypeId::PROGRAM)
                {
                    return None;
                }
                if objects.is_empty()
                    && let Described::Names(g) = described
                {
                    objects = self.names(g, rule.object, false);
                }
                if objects.is_empty() {
                    objects = self.topic_names(p.first, rule.object);
                }
                // `교육부가 지원하는 이 사업은`
                if objects.is_empty()
                    && let Described::Word(w) = described
                    && rule.object.takes(TypeId::PROGRAM)
                    && self.points_to_program(w)
                {
                    objects.extend(self.program.0);
                }
                // `교육부가 훈련비를 지원하는 사업으로, …`: the one that the sentence before was about.
                if objects.is_empty()
                    && let Described::Word(w) = described
                    && [RUNS, SUPPORTS].contains(&&*rule.relation)
                    && rule.object.takes(TypeId::PROGRAM)
                    && self.program.1 + 1 == self.index
                    && self.defines(w)
                {
                    objects.extend(self.program.0);
                }
                // `A가 지난해 데려간 졸업생만 14명이다`
                if objects.is_empty()
                    && let Described::Word(w) = described
                    && rule.object.takes_modifier()
                    && !rule.object.takes(TypeId::PROGRAM)
                    && rule.object.takes(TypeId::SCHOOL)
                    && self.token_has(w, Cue::Student)
                {
                    let near = self
                        .school
                        .0
                        .filter(|_| self.one.school && self.school.1 + 1 >= self.index);
                    objects.extend(self.school_still(p.first).or(near));
                }
                // `부트캠프는 교육부가 75억 원을 지원하는 과정이다`
                if objects.is_empty() {
                    objects = self.topic_pointed(p.first, rule.object);
                }
                (!objects.is_empty()).then_some((subjects, objects))
            }
            Actor::Other => None,
            Actor::Nobody => {
                // `1차 때 지정된 충주시를 더하면`: for what goes without saying.
                if objects.is_empty()
                    && *rule.relation == *SELECTED_FOR
                    && matches!(described, Described::Names(_))
                {
                    objects = self.implied(p, rule);
                }
                // `사업 주관대학인 A`: of the programme that is spoken of.
                if objects.is_empty()
                    && rule.scope == Scope::Context
                    && p.form == Form::Verb
                    && [RUNS, PARTICIPATES_IN].contains(&&*rule.relation)
                    && matches!(described, Described::Names(_))
                    && self.program.1 + 2 >= self.index
                {
                    objects.extend(self.program.0);
                }
                if let Described::Names(g) = described {
                    // `구로구에 있는 유한공고 학생들은`
                    let acts = *rule.relation != *LOCATED_IN;
                    let mut subjects = self.names(g, rule.subject, acts);
                    self.join(p.first, rule.subject, &mut subjects);
                    return (!subjects.is_empty() && !objects.is_empty())
                        .then_some((subjects, objects));
                }
                // `A는 P를 운영하는 선도 도시다`
                if !objects.is_empty() && self.says_what(p.last) {
                    let subjects = self.topic_names(p.first, rule.subject);
                    if !subjects.is_empty() {
                        return Some((subjects, objects));
                    }
                }
                let Described::Word(word) = described else {
                    return None;
                };
                if rule.scope == Scope::Context && objects.is_empty() {
                    let last = if rule.object.takes(TypeId::PROGRAM) {
                        self.program
                    } else {
                        self.school
                    };
                    objects.extend(last.0.filter(|e| rule.object.takes(self.kind(*e))));
                }
                if objects.is_empty() {
                    return None;
                }
                // `P 선정 대학(일부)`
                let rest = self.sentence.tokens.get(word + 1..).unwrap_or(&[]);
                let heading =
                    rest.iter().all(|t| t.aside && t.mention.is_none()) && !self.sentence.is_full();
                if self.has(Cue::Follows) || heading {
                    let index_now = self.index;
                    self.pending.retain(|p| p.sentence == index_now);
                    self.pending.push(Pending {
                        sentence: index_now,
                        rule: index,
                        known: objects,
                        known_is_object: true,
                        status,
                        date: self.day_before(self.sentence.tokens[p.first].start),
                        again: false,
                    });
                    return None;
                }
                let group = if self
                    .sentence
                    .tokens
                    .get(word + 1)
                    .is_some_and(|t| t.gap == Gap::Column)
                {
                    self.sentence.tokens[word + 1].group?
                } else if self.sentence.tokens[word].role == Some(Role::Topic) {
                    self.named_at_end(word)?
                } else {
                    self.listed_as(word)?
                };
                let mut subjects = Vec::new();
                for list in self.lists_before(group, word) {
                    self.add_names(&mut subjects, list, rule.subject, true);
                }
                self.add_names(&mut subjects, group, rule.subject, true);
                (!subjects.is_empty()).then_some((subjects, objects))
            }
        }
    }

    /// The list of those who are what the word at `token` says: `참여기관으로는 A와 B가 있다`.
    pub(super) fn listed_as(&self, token: usize) -> Option<usize> {
        let tokens = &self.sentence.tokens;
        let group = tokens.get(token + 1)?.group?;
        let g = &self.sentence.groups[group];
        let next = g.head.max(g.last) + 1;
        let lists = tokens[token].role == Some(Role::As)
            && self.rules.has_tail(self.text(token), Mark::Among)
            && matches!(g.role, Some(Role::Subject | Role::Also))
            && tokens.get(next).is_some_and(|t| t.mention.is_none())
            && self.rules.has_lead(self.text(next), Mark::Lists);
        lists.then_some(group)
    }

    /// Whether the word at `token` says what goes without saying is, at the head of a sentence: `사업으로`, `사업이다`.
    fn defines(&self, token: usize) -> bool {
        let tokens = &self.sentence.tokens;
        let word = &tokens[token];
        let ends = match word.role {
            Some(Role::Copula) => true,
            Some(Role::As) => tokens.get(token + 1).is_some_and(|t| t.gap == Gap::Comma),
            _ => false,
        };
        ends && word.mention.is_none()
            && self.rules.has_tail(self.noun(token), Mark::Course)
            && !self.sentence.is_headline()
            && tokens[..token].iter().all(|t| {
                !t.quoted
                    && !matches!(t.role, Some(Role::Topic | Role::Also | Role::Place))
                    && matches!(t.ending, None | Some(Ending::Adnominal))
            })
    }

    /// `교육부 공모사업인 P`, `P는 교육부 공모사업이다`, `교육부 주관 P`
    pub(super) fn label(&mut self, index: usize, rule: &Rule, hit: &Hit) {
        let Some(first) = self.sentence.token_at(hit.start) else {
            return;
        };
        let Some(last) = self.sentence.token_at(hit.end - 1) else {
            return;
        };
        if let Some((owner, program)) = self.owned_call(rule, first, last) {
            self.label_of(index, &[owner], &[program], first, last);
            return;
        }
        let subject = (first.saturating_sub(2)..first)
            .rev()
            .find_map(|t| self.group_at(t))
            .filter(|g| {
                let g = &self.sentence.groups[*g];
                self.sentence.tokens[g.last].gap <= Gap::Comma
                    && rule.subject.has(self.sentence.tokens[g.last].role)
                    && !self.sentence.tokens[g.last + 1..=first]
                        .iter()
                        .any(|t| t.gap.separates())
                    && !self.sentence.tokens[g.last + 1..first]
                        .iter()
                        .any(|t| t.ending.is_some())
            });
        let Some(subject) = subject else {
            return;
        };
        let subjects = self.names(subject, rule.subject, true);
        let mut objects = Vec::new();
        for at in last + 1..(last + 4).min(self.sentence.tokens.len()) {
            let token = &self.sentence.tokens[at];
            if let Some(g) = token.group {
                objects = self.names(g, rule.object, false);
                break;
            }
            if token.ending.is_some_and(|e| e != Ending::Adnominal)
                || token.role.is_some_and(|r| r != Role::Copula)
            {
                break;
            }
        }
        if objects.is_empty() {
            objects = self.topic_names(first, rule.object);
        }
        if objects.is_empty() {
            // `P(교육부 공모사업)에`, `P 등 교육부 공모사업에`
            let token = &self.sentence.tokens[first];
            let before = self.sentence.groups[subject].first;
            if let Some(g) = (before.saturating_sub(2)..before)
                .rev()
                .find_map(|t| self.sentence.tokens[t].group)
                && (token.aside || self.sentence.groups[g].attach == Attach::Listed)
            {
                objects = self.names(g, rule.object, false);
            }
        }
        if !subjects.is_empty() && !objects.is_empty() {
            self.label_of(index, &subjects, &objects, first, last);
        }
    }

    /// Whose call for applications `first..=last` is, and for which programme: `교육부의 P 공모 사업에 도전한다`.
    fn owned_call(&self, rule: &Rule, first: usize, last: usize) -> Option<(usize, usize)> {
        let tokens = &self.sentence.tokens;
        let program = first.checked_sub(1)?;
        let owner = program.checked_sub(1)?;
        let of_kind = |t: usize, kind| self.entity(t).filter(|e| self.kind(*e) == kind);
        let (p, o) = (
            of_kind(program, TypeId::PROGRAM)?,
            of_kind(owner, TypeId::ORGANIZATION)?,
        );
        let joined = tokens[first].gap <= Gap::Space
            && tokens[program].gap <= Gap::Space
            && tokens[program].role.is_none()
            && matches!(tokens[owner].role, None | Some(Role::Genitive));
        // Somebody else applies.
        let other = self.sentence.groups.iter().any(|g| {
            g.last < owner && matches!(g.role, Some(Role::Topic | Role::Subject | Role::Also))
        });
        let goes_into = (last..tokens.len().min(last + 2))
            .find_map(|t| tokens[t].role)
            .is_some_and(|r| r == Role::Place);
        (joined && other && goes_into && rule.subject.takes(TypeId::ORGANIZATION)).then_some((o, p))
    }

    /// States what a label says.
    fn label_of(
        &mut self,
        index: usize,
        subjects: &[usize],
        objects: &[usize],
        first: usize,
        last: usize,
    ) {
        let predicate = Predicate::bare(Form::Label, first, last);
        self.state(
            index,
            subjects,
            objects,
            Status::Done,
            None,
            false,
            false,
            &predicate,
        );
    }
}
