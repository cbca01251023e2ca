//! The two sides of what a predicate says.

use super::actor::Actor;
use super::agreement::PARTIES;
use super::complement::Described;
use super::frame::{Pending, Reader};
use super::predicate::Predicate;
use super::sentence::{Attach, Gap, Group, Token};
use super::source::{Case, Sides, Source};
use super::trace::Event;
use super::{APPLIES_FOR, LOCATED_IN, SELECTED_FOR, SUPPORTS, Status};
use crate::dictionary::{Cue, Ending, Form, Mark, Role, Rule, Scope, Slot, TypeId};
use crate::watch::Watch;

impl<W: Watch<Event>> Reader<'_, W> {
    /// Both sides of what a predicate says: the rule's subjects and objects.
    pub(super) fn sides(
        &mut self,
        index: usize,
        rule: &Rule,
        p: &Predicate,
        status: Status,
    ) -> Option<Sides> {
        if !rule.subject.is_grammatical_subject() {
            return self.undergone(rule, p);
        }
        let mut case = Case::new(rule, p, self.object_group(rule, p));
        let mut objects = self.object_from(&Source::OWN, &case);
        if p.is_relative() {
            return self.relative(index, &mut case, status, objects);
        }
        if let Some(sides) = self.owned(&case, &objects) {
            return Some(sides);
        }
        // `시는 이리공고의 마이스터고 지정을 위해 뛴다`: that is the school's application.
        let purpose = |g: usize| {
            let next = self.sentence.groups[g].head + 1;
            next < p.first && self.rules.is_closer(self.text(next))
        };
        let aids = *rule.relation == *SUPPORTS && case.group.is_none_or(purpose);
        if (aids || *rule.relation == *APPLIES_FOR) && !self.owners(rule, p).is_empty() {
            return None;
        }
        let of_seat = *rule.relation == *LOCATED_IN && self.is_of_seat(p.first);
        case.overt = true;
        case.subjects = match self.actor(p.first, false, rule.subject) {
            _ if of_seat => self.topic_names(p.first, rule.subject),
            Actor::Names(names) => names,
            Actor::Nobody if p.form == Form::Noun && self.sentence.is_headline() => {
                let (names, before) = self.beside_noun(p.first, rule)?;
                objects.retain(|_| case.group.is_some_and(|o| o < before));
                names
            }
            Actor::Other => return self.applicants(&case),
            Actor::Nobody if self.sentence.tokens[p.first].quoted => {
                let said = self.said_by(p.first);
                let speaker = self.speaker.filter(|_| p.ending == Some(Ending::Final));
                let speaker = said.or(speaker).or_else(|| self.host());
                vec![speaker.filter(|e| rule.subject.takes(self.kind(*e)))?]
            }
            Actor::Nobody => {
                case.overt = false;
                self.unsaid(rule, p)
            }
        };
        // `A는 B와 신청해 B만 선정됐다`
        if p.form == Form::Passive
            && let Some(group) = p.first.checked_sub(1).and_then(|t| self.group_at(t))
            && self.sentence.groups[group].role == Some(Role::Only)
        {
            case.subjects = self.names(group, rule.subject, true);
        }
        if case.subjects.is_empty() {
            return None;
        }
        self.join(p.first, rule.subject, &mut case.subjects);
        self.join_beside(&mut case);
        if objects.is_empty() {
            objects = self.object_from(&Source::OTHERWISE, &case);
        }
        (!objects.is_empty()).then_some((case.subjects, objects))
    }

    /// Those of whom the sentence says that they applied for the programme which is told to be granted: `A가 신청한 P가
    /// 최종 승인을 받았다`.
    fn applicants(&self, case: &Case) -> Option<Sides> {
        let before = |g: &&Group| g.last < case.p.first;
        let mut groups = self.sentence.groups.iter().rev().filter(before);
        let granted = groups.find(|g| matches!(g.role, Some(Role::Topic | Role::Subject)))?;
        let program = self.entity(granted.last)?;
        if *case.rule.relation != *SELECTED_FOR || self.kind(program) != TypeId::PROGRAM {
            return None;
        }
        let mut names = Vec::new();
        let applied = self.facts_here().filter(|f| {
            *self.rules.rules()[f.rule].relation == *APPLIES_FOR && f.object == program
        });
        super::agreement::add(&mut names, applied.map(|f| f.subject));
        names.reverse();
        (!names.is_empty()).then_some((names, vec![program]))
    }

    /// Adds those with whom a programme is sought, held or run, named right before it: `A는 B와 P에 도전한다`.
    fn join_beside(&self, case: &mut Case) {
        let before = case
            .group
            .and_then(|g| self.sentence.groups[g].first.checked_sub(1));
        let Some(group) = before.and_then(|t| self.group_at(t)) else {
            return;
        };
        let g = &self.sentence.groups[group];
        let quoted = |t: usize| self.sentence.tokens[t].quoted;
        if case.rule.object.takes(TypeId::PROGRAM)
            && g.role == Some(Role::With)
            && g.attach == Attach::Own
            && quoted(g.first) == quoted(case.p.first)
        {
            self.add_names(&mut case.subjects, group, case.rule.subject, true);
        }
    }

    /// Who acts, where the sentence names nobody before the predicate: whom it names behind, whom it goes on about, who
    /// speaks.
    fn unsaid(&self, rule: &Rule, p: &Predicate) -> Vec<usize> {
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

    /// Whose a noun is that states the rule by itself: `이리공고의 마이스터고 도전`, `익산시 교육발전특구 도전`.
    fn owned(&self, case: &Case, objects: &[usize]) -> Option<Sides> {
        let (rule, p) = (case.rule, case.p);
        // `익산시의 교육발전특구 지정에 발맞춰`
        let closes = p.ending.is_none() || p.ending == Some(Ending::And) && p.last > p.first;
        let nominal = p.form == Form::Noun || p.form == Form::Verb && closes;
        if !nominal || !rule.subject.has(Some(Role::Genitive)) || objects.is_empty() {
            return None;
        }
        let before = case
            .group
            .map_or(p.first, |g| self.sentence.groups[g].first);
        let group = before.checked_sub(1).and_then(|t| self.group_at(t))?;
        let g = &self.sentence.groups[group];
        let beside = g.role == Some(Role::Genitive) && g.attach == Attach::Own
            || g.role.is_none()
                && g.head == g.last
                && self.sentence.tokens[before].gap == Gap::Space;
        let names = self.names(group, rule.subject, true);
        let holds = |e: &usize| self.kind(*e) == TypeId::ORGANIZATION;
        (beside && !names.is_empty() && !names.iter().any(holds)).then(|| (names, objects.to_vec()))
    }

    /// The sides of a rule whose subject is not whom the sentence is about: `A에 B 졸업생 3명이 취업했다`, `A의 지원을 받은 B`.
    fn undergone(&self, rule: &Rule, p: &Predicate) -> Option<Sides> {
        let scope = rule.scope.min(Scope::Sentence);
        let subject = self
            .complement(p.first, rule.subject, scope)
            .or_else(|| self.counted_hosts(rule, p));
        let Some(subject) = subject else {
            return self.taken_in(rule, p).or_else(|| self.given_on(rule, p));
        };
        let head = p.is_relative().then(|| self.described(p.last));
        let objects = match head {
            Some(Described::Names(g)) if rule.object.is_grammatical_subject() => {
                self.names(g, rule.object, false)
            }
            _ => self.object_from(&Source::UNDERGONE, &Case::new(rule, p, None)),
        };
        let subjects = self.names_shared(subject, rule.subject, true);
        (!subjects.is_empty() && !objects.is_empty()).then_some((subjects, objects))
    }

    /// The sides of a predicate that describes a noun: `A가 운영하는 P`, `P에 참여한 A`.
    fn relative(
        &mut self,
        index: usize,
        case: &mut Case,
        status: Status,
        mut objects: Vec<usize>,
    ) -> Option<Sides> {
        let (rule, p) = (case.rule, case.p);
        case.described = p
            .attributive
            .map_or_else(|| self.described(p.last), Described::Word);
        // `이천시가 P에 참여하는 기업에 …`: it is the firms that take part.
        let body = |t: usize| {
            let word = self.sentence.tokens.get(t);
            word.is_some_and(|w| w.mention.is_none()) && self.rules.is_body(self.text(t))
        };
        // `P에 참여할 대학 18곳을 확정했다`, `P에 참여할 새 대학 명단을`: so do the universities.
        let end = match case.described {
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
                if objects.is_empty() {
                    if rule.scope == Scope::Beside && rule.object.takes(TypeId::PROGRAM) {
                        return None;
                    }
                    objects = self.object_from(&Source::DESCRIBED, case);
                }
                (!objects.is_empty()).then_some((subjects, objects))
            }
            Actor::Other => None,
            Actor::Nobody => {
                if objects.is_empty() {
                    objects = self.object_from(&Source::UNSAID, case);
                }
                if let Described::Names(g) = case.described {
                    // `구로구에 있는 유한공고 학생들은`
                    let acts = *rule.relation != *LOCATED_IN;
                    let mut subjects = self.names(g, rule.subject, acts);
                    // `C에 본사를 둔 A를 비롯해 B가`: A alone.
                    if !acts && self.heads_including(g) {
                        subjects.truncate(1);
                    }
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
                self.named_so(index, case, status, objects)
            }
        }
    }

    /// Whether the first of a group's names is the one that the others are told of with: `A를 비롯해 B, C가`.
    fn heads_including(&self, group: usize) -> bool {
        let first = self.sentence.groups[group].first;
        let next = self.sentence.tokens.get(first + 1);
        self.sentence.tokens[first].role == Some(Role::Object) && next.is_some_and(|t| t.listing)
    }

    /// Those whom the sentence, or a list behind it, names as what the predicate describes: `P에 참여한 기업은 A, B다`.
    fn named_so(
        &mut self,
        index: usize,
        case: &Case,
        status: Status,
        mut objects: Vec<usize>,
    ) -> Option<Sides> {
        let (rule, p) = (case.rule, case.p);
        let Described::Word(word) = case.described else {
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

    /// Whose application somebody withdraws: `교육청은 이리공고의 마이스터고 지정 신청을 철회했다`.
    pub(super) fn owners(&self, rule: &Rule, p: &Predicate) -> Vec<usize> {
        let scope = rule.scope.min(Scope::Sentence);
        // `이리공고의 마이스터고 지정을 위해 시가 나선다`
        let named = || {
            let groups = 0..self.sentence.groups.len();
            let mut before = groups
                .rev()
                .filter(|g| self.sentence.groups[*g].last < p.first);
            before.find(|g| self.is_program(*g))
        };
        let object = self.complement(p.first, rule.object, scope).or_else(named);
        let before = object.map_or(0, |g| self.sentence.groups[g].first);
        (0..before)
            .rev()
            .take_while(|t| {
                let token = &self.sentence.tokens[*t];
                token.mention.is_some() || token.role.is_none() && token.ending.is_none()
            })
            .find_map(|t| self.group_at(t))
            .filter(|g| self.sentence.groups[*g].role == Some(Role::Genitive))
            .map(|g| self.names(g, Slot::of_types(&PARTIES), true))
            .unwrap_or_default()
            .into_iter()
            // `교육부의 P 공모`: whoever holds it.
            .filter(|e| self.kind(*e) != TypeId::ORGANIZATION)
            .collect()
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
}
