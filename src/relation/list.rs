//! Lists that fill one side of a rule that a sentence before announced.

use jiff::civil::Date;

use super::actor::Actor;
use super::frame::{Pending, Reader};
use super::predicate::Predicate;
use super::sentence::{Attach, Gap};
use super::trace::Event;
use super::{SUPPORTS, Status};
use crate::article::Zone;
use crate::dictionary::{Cue, Ending, Form, Mark, Meaning, Role, Rule, Scope, Slot, TypeId};
use crate::watch::Watch;

/// A rule that is true of so many: `나머지 7곳은 신청을 준비한다`, named one after the other in what follows.
#[derive(Debug, Clone)]
pub(super) struct Counted {
    rule: usize,
    /// The side that is known, and whether it is the object.
    known: Vec<usize>,
    known_is_object: bool,
    status: Status,
    date: Option<Date>,
    number: usize,
    /// How many people it is said of, whom the names that follow share out.
    heads: Option<usize>,
    found: Vec<usize>,
    /// One sentence has named none of them.
    waited: bool,
    /// The number is that of several sorts: `고교 두 곳과 기업 세 곳`.
    sorts: bool,
    /// The last sentence that named one of them, or that gave the number.
    at: usize,
}

impl<W: Watch<Event>> Reader<'_, W> {
    /// Gives the names of a list to the rule that announced it.
    pub(super) fn fill_list(&mut self) {
        if self.pending.is_empty() {
            return;
        }
        if self.sentence.is_full() && self.sentence.zone != Zone::List {
            self.pending.clear();
            return;
        }
        let rules = self.rules;
        for pending in std::mem::take(&mut self.pending) {
            // A heading above the names, or what stands below a table of them.
            let mut named = (0..self.sentence.tokens.len()).filter_map(|t| self.entity(t));
            let heading = self.sentence.zone != Zone::List
                && named.any(|entity| pending.known.contains(&entity));
            if heading || self.is_below_table(pending.sentence) {
                self.pending.push(pending);
                continue;
            }
            let rule = &rules.rules()[pending.rule];
            if self.is_read_by_column(rule, pending.sentence) {
                self.pending.push(pending);
                continue;
            }
            let slot = if pending.known_is_object {
                rule.subject
            } else {
                rule.object
            };
            let mut found = Vec::new();
            for at in 0..self.sentence.tokens.len() {
                let token = &self.sentence.tokens[at];
                if token.aside || token.modifier {
                    continue;
                }
                if let Some(entity) = self.entity(at).filter(|e| slot.takes(self.kind(*e))) {
                    found.push((at, entity));
                }
            }
            if self.is_row()
                && let Some(table) = &mut self.table
            {
                table.fills |= !found.is_empty();
            }
            // In a list of schools the cities only say where.
            let schools = found.iter().any(|(_, e)| self.kind(*e) != TypeId::CITY);
            for (at, entity) in found {
                if schools && self.kind(entity) == TypeId::CITY {
                    continue;
                }
                let predicate = Predicate::bare(Form::Noun, at, at);
                let (subjects, objects) = if pending.known_is_object {
                    (vec![entity], pending.known.clone())
                } else {
                    (pending.known.clone(), vec![entity])
                };
                self.state(
                    pending.rule,
                    &subjects,
                    &objects,
                    pending.status,
                    pending.date,
                    false,
                    false,
                    &predicate,
                );
                if let Some(fact) = self.facts.last_mut() {
                    fact.again |= pending.again;
                }
            }
            self.pending.push(pending);
        }
    }

    /// How many the word at `token` counts: `7곳은`, `10개 시군이`.
    pub(super) fn count_at(&self, token: usize) -> Option<usize> {
        let word = self.text(token);
        let own = word.starts_with(|c: char| c.is_ascii_digit())
            && self
                .rules
                .particle(word)
                .is_some_and(|(form, _)| self.rules.counts(&word[..word.len() - form.len()]));
        let number = match token.checked_sub(1) {
            _ if own => word,
            Some(before)
                if self.sentence.tokens[before].mention.is_none()
                    && (self.rules.counts(self.text(before))
                        // `기업 일곱 곳이`
                        || self.rules.number(self.text(before)).is_some()
                            && self.rules.is_unit(self.noun(token))) =>
            {
                self.text(before)
            }
            _ => return None,
        };
        self.rules.number(number)
    }

    /// Waits for the names of those of whom the sentence only says how many they are.
    pub(super) fn await_names(&mut self, index: usize, rule: &Rule, p: &Predicate, status: Status) {
        if !rule.states || p.failed || p.is_relative() {
            return;
        }
        if *rule.relation == *SUPPORTS && rule.object.has(Some(Role::To)) {
            self.await_receivers(index, rule, p, status);
            return;
        }
        if self.await_hosts(index, rule, p, status)
            || self.await_schools(index, rule, p, status)
            || self.take_schools(index, rule, p, status)
        {
            return;
        }
        let hires = !rule.object.takes(TypeId::PROGRAM) && rule.subject.is_grammatical_subject();
        if !(rule.object.takes(TypeId::PROGRAM) || hires && rule.object.takes_modifier()) {
            return;
        }
        let tokens = &self.sentence.tokens;
        let chosen = !rule.subject.is_grammatical_subject();
        let mut sorts = false;
        let number = (0..p.first).find_map(|t| {
            let token = &tokens[t];
            let acts = token.mention.is_none()
                && !token.quoted
                && (matches!(token.role, Some(Role::Topic | Role::Subject))
                    // `교육부는 10개교를 선정했다`
                    || token.role == Some(Role::Object) && chosen);
            if !acts {
                return None;
            }
            let number = self.count_at(t)?;
            // `기업 12곳이 졸업생을 채용했다`, not `5명이`
            let body = |t: usize| tokens[t].mention.is_none() && self.rules.is_body(self.text(t));
            if hires && !(body(t) || t > 0 && body(t - 1)) {
                return None;
            }
            // `일반대 3곳과 전문대 2곳이`: all of them.
            let joined = (t.saturating_sub(4)..t)
                .filter(|b| tokens[*b].role == Some(Role::With) && tokens[*b].mention.is_none())
                .filter_map(|b| self.count_at(b));
            let all = number + joined.sum::<usize>();
            sorts |= all > number;
            Some((t, all))
        });
        // `선정 결과를 발표했다`: however many they are.
        let number = number
            .filter(|(_, n)| (2..=30).contains(n))
            .or_else(|| (chosen && p.form == Form::Verb).then_some((p.first, usize::MAX)));
        let Some((counted, number)) = number else {
            return;
        };
        let own = self.complement(p.first, rule.object, rule.scope.min(Scope::Sentence));
        let mut objects = own
            .map(|g| self.names(g, rule.object, false))
            .unwrap_or_default();
        // `협약형 특성화고 10개교를 선정했다`
        if objects.is_empty() && chosen {
            // `P 사업에 참여할 대학 7곳을`
            objects = (counted.saturating_sub(6)..counted)
                .rev()
                .take_while(|t| {
                    matches!(
                        tokens[*t].ending,
                        None | Some(Ending::Adnominal | Ending::Future)
                    ) && !matches!(tokens[*t].role, Some(Role::Topic | Role::Subject))
                })
                .filter_map(|t| self.group_at(t))
                .map(|g| self.names(g, rule.object, false))
                .find(|names| !names.is_empty())
                .unwrap_or_default();
        }
        if objects.is_empty() {
            objects = self.pointed(p, rule);
        }
        if objects.is_empty() {
            objects = self.implied(p, rule);
        }
        if !objects.is_empty() {
            let date = self.day_before(tokens[p.first].start);
            self.counted = Some(Counted {
                rule: index,
                known: objects,
                known_is_object: true,
                status,
                date,
                number,
                heads: None,
                found: Vec::new(),
                waited: false,
                sorts,
                at: self.index,
            });
            self.told.clone_from(&self.counted);
        }
    }

    /// Takes or waits for those who take in a school's people, where the sentence names them at its end or announces
    /// their list: `주요 취업처는 A, B다`, `채용 현황은 다음과 같다`.
    fn await_hosts(&mut self, index: usize, rule: &Rule, p: &Predicate, status: Status) -> bool {
        let hosts = !rule.object.takes(TypeId::PROGRAM)
            && rule.object.takes_modifier()
            && !rule.subject.is_grammatical_subject()
            && !rule.subject.takes(TypeId::CITY);
        if !hosts || self.sentence.tokens[p.last].mention.is_some() {
            return false;
        }
        // `취업 현황: A 12명`, and not whatever else is said of it
        let tokens = &self.sentence.tokens;
        let said = tokens[p.last].role.is_some() || p.ending.is_some();
        if !said && tokens.get(p.last + 1).is_some_and(|t| t.gap != Gap::Column) {
            return false;
        }
        let follows = self.has(Cue::Follows);
        let named = self
            .named_at_end(p.last)
            .filter(|_| !follows && p.ending.is_none())
            .or_else(|| self.listed_as(p.last));
        let mut schools = self
            .complement(p.first, rule.object, Scope::Clause)
            .map(|g| self.names(g, rule.object, false))
            .unwrap_or_default();
        if schools.is_empty() {
            // `학교가 밝힌 채용 현황은`
            let named = (0..p.first).rev().filter_map(|t| self.entity(t));
            schools.extend(named.filter(|e| rule.object.takes(self.kind(*e))).take(1));
        }
        if schools.is_empty() {
            schools = self.carried(rule.object);
        }
        if schools.is_empty() && (self.one_school || self.school.1 + 1 >= self.index) {
            schools.extend(self.school.0);
        }
        if schools.len() != 1 {
            return false;
        }
        let date = self.day_before(self.sentence.tokens[p.first].start);
        if let Some(group) = named {
            let subjects = self.names(group, rule.subject, true);
            self.state(index, &subjects, &schools, status, date, false, false, p);
            return !subjects.is_empty();
        }
        if follows {
            let sentence = self.index;
            self.pending.push(Pending {
                sentence,
                rule: index,
                known: schools,
                known_is_object: true,
                status,
                date,
                again: false,
            });
        }
        follows
    }

    /// Takes the schools that the sentence names at its end, where it says at its head who took in their people: `가 회사 합격자는
    /// 나 고교 3명, 다 고교 2명이다`.
    fn take_schools(&mut self, index: usize, rule: &Rule, p: &Predicate, status: Status) -> bool {
        let takes = rule.object.takes(TypeId::SCHOOL)
            && !rule.object.takes_modifier()
            && !rule.subject.is_grammatical_subject();
        if !takes {
            return false;
        }
        let slot = rule.subject;
        let hosts = self.complement(p.first, slot, Scope::Clause);
        let (Some(hosts), Some(schools)) = (hosts, self.named_at_end(p.last)) else {
            return false;
        };
        let (subjects, objects) = (
            self.names(hosts, slot, true),
            self.names(schools, rule.object, false),
        );
        let date = self.day_before(self.sentence.tokens[p.first].start);
        self.state(index, &subjects, &objects, status, date, false, false, p);
        !subjects.is_empty() && !objects.is_empty()
    }

    /// Waits for the schools of which the sentence only says what sort they are: `마이스터고 졸업생을 채용하기로 했다. 대상 학교는
    /// A, B 등 6곳이다`.
    fn await_schools(&mut self, index: usize, rule: &Rule, p: &Predicate, status: Status) -> bool {
        let hires = rule.object.takes(TypeId::SCHOOL)
            && rule.object.takes_modifier()
            && rule.subject.is_grammatical_subject()
            && !rule.subject.takes(TypeId::CITY);
        if !hires {
            return false;
        }
        let of_sort = (0..p.first).any(|t| {
            self.entity(t)
                .is_some_and(|e| self.kind(e) == TypeId::PROGRAM)
                && matches!(self.title(t), Some(Meaning::Student | Meaning::Member))
        });
        // `학생 23명을 채용했다`, of whatever school
        let heads = (0..p.first).rev().find_map(|t| {
            let named = t > 0 && self.token_has(t - 1, Cue::Student);
            let token = &self.sentence.tokens[t];
            let counted = named && token.mention.is_none() && token.role == Some(Role::Object);
            counted.then(|| self.count_at(t)).flatten()
        });
        let school = |t: usize| {
            self.entity(t)
                .is_some_and(|e| self.kind(e) == TypeId::SCHOOL)
        };
        let heads = heads.filter(|_| !(0..self.sentence.tokens.len()).any(school));
        if !of_sort && heads.is_none() {
            return false;
        }
        let known = match self.actor(p.first, false, rule.subject) {
            Actor::Names(names) => names,
            Actor::Nobody => self.carried(rule.subject),
            Actor::Other => return false,
        };
        if known.is_empty() {
            return false;
        }
        self.counted = Some(Counted {
            rule: index,
            known,
            known_is_object: false,
            status,
            date: self.day_before(self.sentence.tokens[p.first].start),
            number: usize::MAX,
            heads,
            found: Vec::new(),
            waited: false,
            sorts: false,
            at: self.index,
        });
        true
    }

    /// Waits for those to whom something is given: `3개 학교에 장학금을 전달했다. 대상은 A, B, C다`.
    fn await_receivers(&mut self, index: usize, rule: &Rule, p: &Predicate, status: Status) {
        let tokens = &self.sentence.tokens;
        let counted = (0..p.first).find(|t| {
            let token = &tokens[*t];
            let word = self.text(*t);
            token.mention.is_none()
                && !token.quoted
                && token.role.is_some_and(|r| rule.object.has(Some(r)))
                && (self.has(Cue::Both) && self.both_at(*t).is_some()
                    || self.rules.particle(word).is_some_and(|(form, _)| {
                        self.rules.counts(&word[..word.len() - form.len()])
                    }))
        });
        if counted.is_none() {
            return;
        }
        let known = match self.actor(p.first, false, rule.subject) {
            Actor::Names(names) => names,
            Actor::Nobody => self.carried(rule.subject),
            Actor::Other => return,
        };
        if !known.is_empty() {
            self.counted = Some(Counted {
                rule: index,
                known,
                known_is_object: false,
                status,
                date: self.day_before(tokens[p.first].start),
                number: usize::MAX,
                heads: None,
                found: Vec::new(),
                waited: false,
                sorts: false,
                at: self.index,
            });
        }
    }

    /// Takes those whom the sentence is about, until they are as many as was said.
    pub(super) fn fill_count(&mut self) {
        self.recall_count();
        let Some(mut counted) = self.counted.take() else {
            return;
        };
        let rules = self.rules;
        let rule = &rules.rules()[counted.rule];
        let slot = if counted.known_is_object {
            rule.subject
        } else {
            rule.object
        };
        let mut kind = counted.found.first().map(|e| self.kind(*e));
        let lines = self.sentence.zone == Zone::List || self.is_labelled();
        let table = self.is_row() || self.sentence.zone == Zone::Subhead && !lines;
        if table {
            self.fill_count_by_table(counted, slot);
            return;
        }
        if lines && counted.known_is_object {
            self.fill_count_by_lines(counted, slot);
            return;
        }
        if let Some(heads) = counted.heads.filter(|_| counted.at + 1 == self.index) {
            let (names, sum) = self.shared_out(slot);
            if names.len() > 1 && sum == heads {
                self.found(&counted, &names);
                return;
            }
        }
        let mut named = Vec::new();
        if counted.at + 1 == self.index && counted.found.is_empty() {
            let mut these = Vec::new();
            for group in self.listed_after() {
                self.add_names(&mut these, group, slot, true);
            }
            if these.len() > 1 && these.len() <= counted.number {
                self.found(&counted, &these);
                return;
            }
        }
        for (i, g) in self.sentence.groups.iter().enumerate() {
            let first = &self.sentence.tokens[g.first];
            if g.attach == Attach::Modifier
                || g.role != Some(Role::Topic)
                || first.quoted
                || first.aside
            {
                continue;
            }
            for name in self.names(i, slot, true) {
                if *kind.get_or_insert(self.kind(name)) == self.kind(name)
                    && !counted.found.contains(&name)
                {
                    counted.found.push(name);
                    named.push(name);
                }
            }
        }
        // `18곳을 확정했다. 일반대 11곳과 전문대 7곳이다.` and only then their names.
        if named.is_empty()
            && !counted.waited
            && counted.found.is_empty()
            && counted.at + 1 == self.index
            && self.sentence.is_full()
            && !(0..self.sentence.groups.len()).any(|g| {
                let group = &self.sentence.groups[g];
                matches!(
                    group.role,
                    None | Some(Role::Topic | Role::Subject | Role::Copula)
                ) && !self.names(g, slot, true).is_empty()
            })
        {
            counted.at = self.index;
            counted.waited = true;
            self.counted = Some(counted);
            return;
        }
        if named.is_empty() || counted.found.len() > counted.number || counted.at + 1 < self.index {
            return;
        }
        counted.at = self.index;
        if counted.found.len() < counted.number {
            self.counted = Some(counted);
            return;
        }
        self.found(&counted, &counted.found);
    }

    /// The names with a number of people each, and how many these are: `A고가 11명으로 가장 많고 B고 7명, C고 5명이다`.
    fn shared_out(&self, slot: Slot) -> (Vec<usize>, usize) {
        let tokens = &self.sentence.tokens;
        let (mut names, mut sum) = (Vec::new(), 0);
        for at in 0..tokens.len().saturating_sub(1) {
            let number = self.rules.number(self.text(at + 1));
            let plain = tokens[at + 1].mention.is_none() && tokens[at + 1].gap == Gap::Space;
            if let (Some(entity), Some(number), true) = (self.entity(at), number, plain)
                && slot.takes(self.kind(entity))
            {
                names.push(entity);
                sum += number;
            }
        }
        (names, sum)
    }

    /// A caption that names what so many were chosen for: the table below it may say who they are.
    fn recall_count(&mut self) {
        if self.sentence.zone != Zone::Subhead {
            return;
        }
        let mut named = (0..self.sentence.tokens.len()).filter_map(|t| self.entity(t));
        if let Some(told) = &self.told
            && told.known_is_object
            && named.any(|entity| told.known.contains(&entity))
        {
            self.counted = Some(Counted {
                at: self.index,
                ..told.clone()
            });
        }
    }

    /// Takes those whom the rows of a table tell of, directly below what said how many they are; what heads the table
    /// tells of nobody.
    fn fill_count_by_table(&mut self, counted: Counted, slot: Slot) {
        if !self.is_row() {
            self.counted = self
                .only_headings(counted.at, self.index)
                .then_some(counted);
            return;
        }
        if self.is_table_below(counted.at) {
            let names = self.row_names(slot);
            self.take_counted(counted, names);
        }
    }

    /// Takes those whom the lines of a list name, directly below what said how many they are:
    /// `대학: A, B`, `기업: C, D`.
    fn fill_count_by_lines(&mut self, counted: Counted, slot: Slot) {
        if !self.only_headings(counted.at, self.index) {
            return;
        }
        let mut names = Vec::new();
        for group in 0..self.sentence.groups.len() {
            let first = &self.sentence.tokens[self.sentence.groups[group].first];
            let label = self.sentence.groups[group].first == 0 && self.is_common(first);
            if !first.aside && !label {
                self.add_names(&mut names, group, slot, true);
            }
        }
        self.take_counted(counted, names);
    }

    /// Whether the token is a word and no name: 학교 of no particular one too.
    fn is_common(&self, token: &super::sentence::Token) -> bool {
        token
            .mention
            .is_none_or(|m| self.mentions.mentions[m].reference)
    }

    /// Whether the sentence is a line of a list that says of what sort those are whom it names: `기업 | A, B`.
    fn is_labelled(&self) -> bool {
        let tokens = &self.sentence.tokens;
        let parted = (1..tokens.len().min(4)).find(|t| tokens[*t].gap == Gap::Column);
        parted.is_some_and(|at| {
            let label = &tokens[..at];
            label
                .iter()
                .all(|t| self.is_common(t) && t.role.is_none() && t.ending.is_none())
                && tokens[at].group.is_some()
                && !self.sentence.is_full()
        })
    }

    /// Takes these as further ones of those counted, of one sort unless several were counted, as many as were said.
    fn take_counted(&mut self, mut counted: Counted, mut names: Vec<usize>) {
        let kind = counted.found.first().map(|e| self.kind(*e));
        names.retain(|e| !counted.found.contains(e));
        let kind = kind.or_else(|| names.first().map(|e| self.kind(*e)));
        names.retain(|e| counted.sorts || Some(self.kind(*e)) == kind);
        names.truncate(counted.number - counted.found.len());
        self.found(&counted, &names);
        self.told = None;
        counted.found.extend(names);
        counted.at = self.index;
        if counted.found.len() < counted.number {
            self.counted = Some(counted);
        }
    }

    /// The lists that a sentence is which names those announced before: `대상은 A, B 등이다`, `A, B 등 10곳이다`,
    /// `일반대는 A, B 등이며, 전문대는 C, D다`. None where anything else is said.
    fn listed_after(&self) -> Vec<usize> {
        let tokens = &self.sentence.tokens;
        let mut lists = Vec::new();
        let mut from = 0;
        let plain = |t: &super::sentence::Token| t.mention.is_none() && !t.quoted;
        for (group, g) in self.sentence.groups.iter().enumerate() {
            let Some(before) = tokens.get(from..g.first) else {
                return Vec::new();
            };
            // `기업으로는 A, B가 대표적이다`
            let listed = matches!(g.role, Some(Role::Subject | Role::Also))
                && g.attach != Attach::Modifier
                && self.sentence.groups.len() == 1
                && tokens.get(g.head.max(g.last) + 1).is_some_and(|t| {
                    let word = &self.article.text[t.start..t.end];
                    t.mention.is_none() && self.rules.has_lead(word, Mark::Lists)
                });
            if listed && before.len() <= 4 && before.iter().all(plain) {
                lists.push(group);
                from = g.head.max(g.last) + 1;
                continue;
            }
            let announces = before.len() <= 3
                && before.iter().all(|t| plain(t) && t.ending.is_none())
                && if group == 0 {
                    before.last().is_none_or(|t| t.role == Some(Role::Topic))
                } else {
                    // The list before has ended: another one is announced.
                    let ends = tokens.get(from.wrapping_sub(1));
                    let comma = before.first().is_some_and(|t| t.gap == Gap::Comma);
                    (comma
                        || ends.is_some_and(|t| {
                            t.role == Some(Role::Copula) || t.ending == Some(Ending::And)
                        }))
                        && before.last().is_some_and(|t| t.role == Some(Role::Topic))
                };
            // `명단은 A, B 순이다`
            let whole = g.attach != Attach::Modifier
                || g.head + 1 == tokens.len()
                    && self.rules.has_lead(self.text(g.head), Mark::InOrder);
            // `일반대는 A·B, 전문대는 C다`: the topic is that of the next list.
            let next = self.sentence.groups.get(group + 1).map(|n| n.first);
            let runs_on = g.attach == Attach::Listed
                && g.role == Some(Role::Topic)
                && g.head == g.last + 1
                && next == Some(g.head + 1);
            let bare = g.role.is_none() || g.role == Some(Role::Copula) || runs_on;
            if !(announces && whole && bare) {
                return Vec::new();
            }
            lists.push(group);
            from = if runs_on { g.last } else { g.head.max(g.last) } + 1;
        }
        let rest = &tokens[from.min(tokens.len())..];
        if rest.len() > 2 || !rest.iter().all(plain) || self.sentence.is_headline() {
            lists.clear();
        }
        lists
    }

    /// States the counted rule of these.
    fn found(&mut self, counted: &Counted, names: &[usize]) {
        let predicate = Predicate::bare(Form::Noun, 0, 0);
        let (subjects, objects) = if counted.known_is_object {
            (names, counted.known.as_slice())
        } else {
            (counted.known.as_slice(), names)
        };
        self.state(
            counted.rule,
            subjects,
            objects,
            counted.status,
            counted.date,
            false,
            false,
            &predicate,
        );
    }
}
