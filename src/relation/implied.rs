//! What goes without saying, because a sentence or a clause before has said it.

use super::frame::{NEAR_MAIN, Reader};
use super::predicate::Predicate;
use super::sentence::{Attach, Gap, Token};
use super::source::Sides;
use super::trace::Event;
use super::{APPLIES_FOR, SELECTED_FOR, SUPPORTS};
use crate::article::Zone;
use crate::dictionary::{Cue, Ending, Form, Mark, Role, Rule, Scope, TypeId};
use crate::mention::Mention;
use crate::watch::Watch;

impl<W: Watch<Event>> Reader<'_, W> {
    /// What the sentence says at its head that all of it goes into: `P에는 A가 참여하고 B가 3억 원을 댄다`.
    pub(super) fn scene(&self, p: &Predicate, rule: &Rule) -> Vec<usize> {
        let tokens = &self.sentence.tokens;
        let own = (0..p.first)
            .rev()
            .take_while(|t| !matches!(tokens[*t].ending, Some(Ending::Final | Ending::And)))
            .any(|t| self.receives(t));
        if own || p.is_relative() {
            return Vec::new();
        }
        let first = (0..p.first).find(|t| tokens[*t].role.is_some() || tokens[*t].ending.is_some());
        let Some(first) = first.filter(|t| {
            tokens[*t].role == Some(Role::Place)
                && tokens[*t].quoted == tokens[p.first].quoted
                && self.rules.has_tail(self.text(*t), Mark::Scene)
        }) else {
            return Vec::new();
        };
        let named = self.sentence.groups.iter().position(|g| {
            g.head == first && g.role == Some(Role::Place) && g.attach != Attach::Modifier
        });
        match named {
            Some(group) => self.names(group, rule.object, false),
            None if rule.object.takes(TypeId::PROGRAM) && self.points_to_program(first) => {
                self.program.0.into_iter().collect()
            }
            None => Vec::new(),
        }
    }

    /// Whether the headline names the school that was named last.
    fn is_headlined(&self) -> bool {
        let sentences = &self.article.sentences;
        let of_title = |m: &&Mention| sentences[m.sentence].zone == Zone::Title;
        let mut headline = self.mentions.mentions.iter().take_while(of_title);
        headline.any(|m| Some(m.entity) == self.school.0)
    }

    /// Who tells what the sentence says, named at its head: `4일 학교에 따르면`.
    fn told_by(&self, before: usize) -> Option<usize> {
        (1..before)
            .find(|t| self.rules.is_closer(self.text(*t)))
            .map(|t| t - 1)
            .filter(|t| *t < 3 && self.sentence.tokens[*t].role == Some(Role::Place))
            .and_then(|t| self.entity(t))
    }

    /// The programme or school for whose sake something is given: `혁신지구 운영을 위해 5억 원을 지원한다`.
    pub(super) fn benefits(&self, p: &Predicate, rule: &Rule) -> Vec<usize> {
        if !rule.object.has(Some(Role::To)) {
            return Vec::new();
        }
        let tokens = &self.sentence.tokens;
        for at in (1..p.first).rev() {
            if let Some(Ending::Final | Ending::And | Ending::Condition | Ending::Plan) =
                tokens[at].ending
            {
                break;
            }
            // `목포공고가 지정되도록`: whoever is to profit.
            let profits =
                tokens[at].ending == Some(Ending::Purpose) && !self.rules.is_closer(self.text(at));
            // `S의 기숙사를 짓는 데 30억 원을 댄다`
            let toward = tokens[at].mention.is_none()
                && self.rules.has_tail(self.text(at), Mark::Toward)
                && tokens[at - 1].ending.is_some();
            let wanted = if toward || self.rules.bound(self.text(at)) == Some(Ending::Purpose) {
                Role::Object
            } else if profits {
                Role::Subject
            } else {
                continue;
            };
            for before in (0..at - usize::from(toward)).rev() {
                if matches!(tokens[before].ending, Some(Ending::Final | Ending::And)) {
                    break;
                }
                let Some(group) = self.group_at(before) else {
                    continue;
                };
                let g = &self.sentence.groups[group];
                let names = self.names(group, rule.object, false);
                if !names.is_empty()
                    && (g.role == Some(wanted)
                        || wanted == Role::Object && g.role == Some(Role::Genitive))
                {
                    return names;
                }
                if matches!(g.role, Some(Role::Topic | Role::Subject)) {
                    break;
                }
            }
        }
        Vec::new()
    }

    /// Those whom a number takes up: `세 학교에 2억 원씩 지원한다`.
    pub(super) fn counted_before(&self, p: &Predicate, rule: &Rule) -> Vec<usize> {
        let tokens = &self.sentence.tokens;
        if !self.has(Cue::Both) || rule.scope == Scope::Beside {
            return Vec::new();
        }
        for at in (0..p.first).rev() {
            let token = &tokens[at];
            if matches!(
                token.ending,
                Some(Ending::Final | Ending::And | Ending::Condition)
            ) {
                break;
            }
            // `세 학교에`, `세 학교 학생을`
            let student = token.role.is_none()
                && rule.object.takes_modifier()
                && at + 1 < p.first
                && self.token_has(at + 1, Cue::Student);
            let fits = token.mention.is_none()
                && (student || token.role.is_some_and(|r| rule.object.has(Some(r))))
                && !matches!(token.role, Some(Role::Topic | Role::Subject))
                && token.quoted == tokens[p.first].quoted;
            let gives = rule.scope != Scope::Apart
                || tokens[at + 1..p.first]
                    .iter()
                    .any(|t| t.role == Some(Role::Object) || self.is_sum(t));
            if fits && gives && self.both_at(at).is_some() {
                return self.several(at, rule.object);
            }
        }
        Vec::new()
    }

    /// To whom, or of which school, where the clause before said so of somebody else: `시는 1억 원을 학교에 지원했고,
    /// 교육청은 2억 원을 투입했다`.
    pub(super) fn shared(&self, p: &Predicate, rule: &Rule) -> Vec<usize> {
        let tokens = &self.sentence.tokens;
        let people = rule.object.takes_modifier() && !rule.subject.takes(TypeId::CITY);
        let gives = *rule.relation == *SUPPORTS;
        if !(gives || people) || !rule.object.takes(TypeId::SCHOOL) || p.is_relative() {
            return Vec::new();
        }
        let ends = |t: &usize| {
            tokens[*t].ending == Some(Ending::And)
                && tokens[*t + 1].gap == Gap::Comma
                && *t + 1 < p.first
        };
        let Some(from) = (0..p.first).rev().find(ends) else {
            return Vec::new();
        };
        let own = &tokens[from + 1..p.first];
        // One clause of its own, which names whoever acts, says how much and to nobody.
        let acts = |t: &Token| matches!(t.role, Some(Role::Topic | Role::Subject | Role::Also));
        let named = own.iter().any(|t| t.mention.is_some() && acts(t));
        let counted = (from + 1..p.first).any(|t| {
            let token = &tokens[t];
            token.mention.is_none()
                && token.role == Some(Role::Object)
                && (self.is_sum(token) || self.is_amount(t))
        });
        let other = (from + 1..p.first).any(|t| {
            let school = self
                .entity(t)
                .is_some_and(|e| self.kind(e) == TypeId::SCHOOL && !acts(&tokens[t]));
            let goes = matches!(tokens[t].role, Some(Role::Place | Role::To)) && !self.is_when(t);
            school || goes || self.token_has(t, Cue::Student) || tokens[t].quoted
        });
        if !named || !counted || other || tokens[from].quoted {
            return Vec::new();
        }
        let mut same: Vec<usize> = Vec::new();
        for fact in self.facts.iter().rev() {
            if fact.sentence != self.index {
                break;
            }
            let alike = *self.rules.rules()[fact.rule].relation == *rule.relation;
            if alike && self.kind(fact.object) == TypeId::SCHOOL && !same.contains(&fact.object) {
                same.push(fact.object);
            }
        }
        if same.len() > 1 {
            same.clear();
        }
        same
    }

    /// What goes without saying: `올해는 A와 B가 선정됐다`, right after a sentence on the programme;
    /// `졸업생을 채용했다`, right after one on the school.
    pub(super) fn implied(&self, p: &Predicate, rule: &Rule) -> Vec<usize> {
        if rule.scope != Scope::Context || self.sentence.is_headline() {
            return Vec::new();
        }
        let shared = self.shared(p, rule);
        if !shared.is_empty() {
            return shared;
        }
        // What an agreement promises is no gift yet: `협약에 따라 … 장비를 빌려준다`.
        if *rule.relation == *SUPPORTS
            && self.signing_at.is_some_and(|at| at + 2 >= self.index)
            && !self.is_past(p.last)
        {
            return Vec::new();
        }
        // `도내 직업계고 졸업생을 뽑았다`: whichever they are.
        let anywhere = |t: usize| {
            let before = t.checked_sub(1);
            self.token_has(t, Cue::Student)
                && before.is_some_and(|b| {
                    self.sentence.tokens[b].mention.is_none()
                        && self.rules.has_tail(self.text(b), Mark::School)
                })
        };
        let of_school = rule.object.takes(TypeId::SCHOOL);
        let implied = if of_school && (0..p.first).any(anywhere) {
            None
        } else if let Some(object) = self.said_of_others(p, rule) {
            Some(object)
        } else if of_school {
            self.implied_school(p, rule)
        } else {
            self.implied_program(p, rule)
        };
        implied.into_iter().collect()
    }

    /// Whether the sentence is this one or the one before.
    fn is_recent(&self, sentence: usize) -> bool {
        sentence + 1 >= self.index
    }

    /// That of which the sentence before said the same of others.
    fn said_of_others(&self, p: &Predicate, rule: &Rule) -> Option<usize> {
        let near = self.facts.iter().rev();
        let fact = near.take_while(|f| self.is_recent(f.sentence)).find(|f| {
            self.rules.rules()[f.rule].relation == rule.relation
                && f.sentence < self.index
                && rule.object.takes(self.kind(f.object))
        })?;
        let own = (0..p.first)
            .filter_map(|t| self.entity(t))
            .any(|e| rule.object.takes(self.kind(e)));
        // `방안도 준비한다`: something else.
        let other = || {
            self.clause(p.first).any(|t| {
                let token = &self.sentence.tokens[t];
                token.mention.is_none()
                    && matches!(token.role, Some(Role::Object | Role::Also))
                    && !self.is_sum(token)
                    && !self.sentence.groups.iter().any(|g| g.head == t)
            })
        };
        let other = rule.object.has(Some(Role::Object)) && other();
        // `녹색학교로 뽑혔다`: for that.
        let chosen_as = || {
            self.clause(p.first).any(|t| {
                let token = &self.sentence.tokens[t];
                let noun = self.noun(t);
                token.mention.is_none()
                    && token.role == Some(Role::As)
                    && self.rules.has_tail(noun, Mark::Chosen)
                    && !self.rules.has_tail(noun, Mark::Stage)
                    && !self.rules.is_body(noun)
                    && !self.rules.counts(noun)
            })
        };
        let chosen_as = *rule.relation == *SELECTED_FOR && chosen_as();
        (!own && !other && !chosen_as).then_some(fact.object)
    }

    /// The school of which a sentence goes on to tell without naming it: `A사는 9명을 뽑았다`, `B사는 1억 원을 기탁했다`.
    fn implied_school(&self, p: &Predicate, rule: &Rule) -> Option<usize> {
        // `A사는 9명을 뽑았다`, right after a sentence with one school.
        let heads = |t: usize| {
            let noun = self.noun(t);
            let token = &self.sentence.tokens[t];
            token.mention.is_none()
                && (self.is_sum(token) && self.rules.counts(noun)
                    || self.rules.has_tail(noun, Mark::Tally))
        };
        let only = || {
            let mut schools =
                self.mentions.mentions.iter().filter(|m| {
                    m.sentence == self.school.1 && self.kind(m.entity) == TypeId::SCHOOL
                });
            let page = self.page_school.filter(|p| Some(*p) != self.school.0);
            schools.all(|m| Some(m.entity) == self.school.0)
                && (page.is_none() || self.school.0.is_some_and(|s| self.topic.contains(&s)))
        };
        // `B사는 1억 원을 기탁했다`: to whom the sentence before was about.
        let given = rule.subject.takes(TypeId::CITY);
        let quoted = self.sentence.tokens[p.first].quoted;
        let voice = self.said_by(p.first).or(self.speaker);
        let voice = voice.filter(|e| quoted && self.kind(*e) == TypeId::SCHOOL);
        let only = || only() || voice.is_some();
        let receiver =
            self.clause(p.first).any(|t| self.receives(t)) || given && self.for_others(p.first);
        // `P는 … 사업으로, 교육부가 해마다 2억 원을 지원한다`: the programme is spoken of.
        let programme = given
            && self.sentence.groups.iter().any(|g| {
                let of = |e: usize| self.kind(e) == TypeId::PROGRAM;
                g.role == Some(Role::Topic)
                    && g.last < p.first
                    && self.entity(g.last).is_some_and(of)
            });
        if programme {
            return None;
        }
        if self.of_other_schools(p.first) || !given && self.for_a_prize(p.first) {
            return None;
        }
        let told = (0..p.first).any(|t| self.token_has(t, Cue::Student) && self.is_of_no_school(t));
        // `학교에 따르면 A가 500만 원을 기탁했다`
        let teller = self
            .told_by(p.first)
            .filter(|e| given && self.kind(*e) == TypeId::SCHOOL);
        // Whom the sentence before was about, not merely one that it named.
        let page = self.school_still(p.first);
        let about = self.one_school
            || page.is_some()
            || teller.is_some()
            || quoted
            || self.school.0.is_some_and(|s| self.topic.contains(&s));
        let student = given && about && (teller.is_some() || only()) && !receiver
            || !given && told && (only() || about)
            || p.attributive.is_some()
            || !given && (0..p.first).any(heads) && only();
        // `우리 졸업생 5명을`, where somebody answers for a school.
        let ours = !given
            && (1..p.first).any(|t| {
                self.token_has(t, Cue::Student)
                    && self.sentence.tokens[t - 1].mention.is_none()
                    && self.rules.has_tail(self.text(t - 1), Mark::Ours)
            })
            && self.host().is_some();
        // The words of whoever speaks for a school.
        let school = if voice.is_some() {
            voice
        } else if teller.is_some() {
            teller
        } else if ours {
            self.host()
        } else {
            let for_long = if !given && self.is_headlined() {
                NEAR_MAIN
            } else {
                3
            };
            let still = self.one_school && self.school.1 + for_long >= self.index
                || page.is_some() && (!given || self.for_a_school(p.first));
            self.school
                .0
                .filter(|_| self.is_recent(self.school.1) || still)
        };
        school.filter(|_| student || ours)
    }

    /// Whether the word for students at `token` says nothing of which school they are; not `마이스터고 졸업생을`.
    fn is_of_no_school(&self, token: usize) -> bool {
        token.checked_sub(1).is_none_or(|b| {
            let before = &self.sentence.tokens[b];
            // `해마다`, `매년`, `먼저`
            // `전기과 학생`, `도제반 학생`: a part of it.
            let adverb = before.mention.is_none() && self.rules.has_tail(self.text(b), Mark::Aside);
            adverb
                || before.role.is_some()
                || before.ending.is_some()
                || self.is_sum(before)
                || before.gap == Gap::Comma
                || before.mention.is_none()
                    && self
                        .here
                        .iter()
                        .any(|h| h.date.is_some() && h.start == before.start)
        })
    }

    /// The programme of which a sentence goes on to tell without naming it.
    fn implied_program(&self, p: &Predicate, rule: &Rule) -> Option<usize> {
        let tokens = &self.sentence.tokens;
        // `관리지역으로 지정됐다`: what the programme makes of it.
        let stage = |t: usize| {
            *rule.relation == *SELECTED_FOR
                && tokens[t].role == Some(Role::As)
                && tokens[t].mention.is_none()
                && self.rules.has_tail(self.noun(t), Mark::Stage)
        };
        // `A군은 P 심사를 통과했고, B시도 관리지역으로 이름을 올렸다`
        let mut named = (0..p.first).rev().filter_map(|t| self.entity(t));
        let here = named
            .find(|e| self.kind(*e) == TypeId::PROGRAM)
            .filter(|_| self.clause(p.first).any(stage));
        let program = here.or(self.program.0)?;
        let at = here.map_or(self.program.1, |_| self.index);
        // Taking part in a signing is told in the same words.
        let only = self.page_program == Some(program) && *rule.relation == *SELECTED_FOR;
        let main = (self.main_program == Some(program) && at + 4 >= self.index)
            || only && at + 6 >= self.index;
        if !rule.object.takes(TypeId::PROGRAM)
            || !(self.is_recent(at) || main)
            || *rule.relation != *APPLIES_FOR
                && self.signing_at.is_some_and(|at| self.is_recent(at))
                && !self.goes_on(p.first)
        {
            return None;
        }
        // `서산에 2억 원을 보탠다`
        let school = self.school.0.is_some() && self.school.1 >= at
            || (0..p.first)
                .filter_map(|t| self.entity(t))
                .any(|e| self.kind(e) == TypeId::SCHOOL);
        if *rule.relation == *SUPPORTS && (school || (0..p.first).any(|t| self.receives(t))) {
            return None;
        }
        // `간식은 A대가 준비했다`: that is what.
        let topic = |t: usize| {
            tokens[t].mention.is_none()
                && tokens[t].role == Some(Role::Topic)
                && !self.says_when(t)
                && !self.points_to_program(t)
        };
        let object = rule.object.has(Some(Role::Object))
            && !rule.object.has(Some(Role::Place))
            && (0..p.first)
                .find(|t| topic(*t))
                .is_some_and(|t| (t + 1..p.first).any(|s| tokens[s].role == Some(Role::Subject)));
        if object {
            return None;
        }
        let chosen = *rule.relation == *SELECTED_FOR;
        // `신청서를 교육부에 낸다`: to whom.
        let judge = |t: usize| {
            *rule.relation == *APPLIES_FOR
                && self
                    .entity(t)
                    .is_some_and(|e| self.kind(e) == TypeId::ORGANIZATION)
        };
        let part = |t: usize| chosen && tokens[t].role == Some(Role::Place) && self.is_part(t);
        let beside = |t: usize| {
            part(t)
                || stage(t)
                || judge(t)
                || chosen && self.is_embedded(t, p.first)
                || self.only_places(t, p.first)
        };
        let says = self.clause(p.first).any(|t| {
            !beside(t)
                && tokens[t].role.is_some_and(|r| {
                    matches!(r, Role::Place | Role::Object | Role::As | Role::To)
                        && rule.object.has(Some(r))
                        // `방안도 준비한다`
                        || r == Role::Also
                            && rule.object.has(Some(Role::Object))
                            && tokens[t].mention.is_none()
                })
        });
        (!says).then_some(program)
    }

    /// Of what the sentence before said that it was given, and to whom it goes: `A는 장학금 5천만 원을 내놓았다. 3천만 원은 나
    /// 고교에 전달된다`.
    pub(super) fn given_on(&self, rule: &Rule, p: &Predicate) -> Option<Sides> {
        let passive = *rule.relation == *SUPPORTS && p.form == Form::Passive && !p.is_relative();
        if !passive || self.gift_at.is_none_or(|at| at + 1 != self.index) {
            return None;
        }
        let tokens = &self.sentence.tokens;
        let goes = (0..p.first).any(|t| {
            tokens[t].mention.is_none()
                && matches!(tokens[t].role, Some(Role::Topic | Role::Subject))
                && (self.is_sum(&tokens[t]) || self.is_gift(t))
        });
        let object = self.complement(p.first, rule.object, Scope::Clause)?;
        let objects = self.names_shared(object, rule.object, false);
        let subjects = self.carried(rule.subject);
        (goes && !subjects.is_empty() && !objects.is_empty()).then_some((subjects, objects))
    }

    /// Whether the word at `token` names a part of a programme: `반도체 분야(50억 원)에는 A와 B가 선정됐다`.
    fn is_part(&self, token: usize) -> bool {
        let tokens = &self.sentence.tokens;
        let noun = (0..=token).rev().find(|t| !tokens[*t].aside);
        noun.is_some_and(|t| {
            tokens[t].mention.is_none() && self.rules.has_tail(self.noun(t), Mark::Course)
        })
    }

    /// Whether the word at `token`, before `cue`, belongs to a clause that describes something: `산업을 낸 A는`.
    fn is_embedded(&self, token: usize, cue: usize) -> bool {
        let mut behind = self.sentence.tokens[token + 1..cue].iter();
        let ending = behind.find_map(|t| t.ending);
        matches!(ending, Some(Ending::Adnominal | Ending::Future))
    }

    /// Whether the word at `token`, before `cue`, only says where, when or of what sort: `전북에서는`, `기초지자체로는`.
    fn only_places(&self, token: usize, cue: usize) -> bool {
        let tokens = &self.sentence.tokens;
        let t = token;
        // `전북에서는 A와 B가 이름을 올렸다`: where, not for what; whatever 경기 is.
        let city = |t: usize| self.entity(t).is_some_and(|e| self.kind(e) == TypeId::CITY);
        let plain = tokens[t].mention.is_none();
        let before = t + 1 < cue;
        let there = || self.rules.has_tail(self.text(t), Mark::There);
        city(t)
            || self.is_when(t)
            // `기초지자체로는 A, B가 포함됐다`
            || plain && self.rules.has_tail(self.text(t), Mark::Among)
            // `통합을 전제로 선정됐다`
            || before && plain && self.rules.has_tail(self.text(t + 1), Mark::Among)
            || before && plain && tokens[t + 1].mention.is_some() && there()
            // `기업에서는 A와 B가`
            || before
                && (city(t + 1) || plain && self.rules.is_body(self.text(t)))
                && there()
            // `전문대학에서도 5곳이`
            || plain && self.rules.has_tail(self.noun(t), Mark::School) && there()
    }
}
