//! From cues to relations: runs the rules, and states what they say.

use jiff::civil::Date;

use super::agreement::status_of;
use super::cue::Hit;
use super::frame::Reader;
use super::predicate::Predicate;
use super::sentence::{Attach, Gap};
use super::trace::{Event, Unused};
use super::{APPLIES_FOR, LOCATED_IN, PARTICIPATES_IN, RUNS, SELECTED_FOR, SUPPORTS, Status};
use crate::dictionary::{Cue, Ending, Form, Mark, Role, Rule, Scope, Slot, TypeId};
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

    fn apply_rule(&mut self, index: usize, hit: &Hit) {
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
        if rule.takes(Form::Partner) {
            self.partners(index, rule, hit);
            return;
        }
        let (predicate, status) = match self.stands(rule, hit) {
            Ok(stands) => stands,
            Err(why) => {
                self.unused(hit, why);
                return;
            }
        };
        let Some((subjects, mut objects)) = self.sides(index, rule, &predicate, status) else {
            self.await_names(index, rule, &predicate, status);
            self.note_joiners(index, rule, &predicate);
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
        if *rule.relation == *SUPPORTS {
            self.leave_out_seats(&subjects, &mut objects);
        }
        // `A와 B는 서울 본사에서`: whose?
        if *rule.relation == *LOCATED_IN && predicate.ending.is_none() && subjects.len() > 1 {
            return;
        }
        if self.reads_otherwise(rule, hit, predicate.form, &objects) {
            return;
        }
        let bare = self.is_bare(rule, &predicate);
        if self.tells_who_chose(rule, &predicate, bare) {
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

    /// States of those with whom somebody works that they take part in what that one was chosen for: `A는 B와, C는 D와 함께
    /// 과정을 꾸린다`.
    fn partners(&mut self, index: usize, rule: &Rule, hit: &Hit) {
        let near = self.program.0.filter(|_| self.program.1 + 4 >= self.index);
        let (Some(program), true) = (near, self.has(Cue::Joined)) else {
            return;
        };
        let Some(p) = self.predicate(hit.start, hit.end, true) else {
            return;
        };
        let Some(status) = status_of(p.ending).filter(|_| !p.failed && !p.is_relative()) else {
            return;
        };
        let holds = |e: &usize| {
            let mut facts = self.facts.iter();
            facts.any(|f| {
                let relation = &*self.rules.rules()[f.rule].relation;
                f.subject == *e && f.object == program && [SELECTED_FOR, RUNS].contains(&relation)
            })
        };
        let every = Slot::of_types(&[TypeId::CITY, TypeId::SCHOOL, TypeId::ORGANIZATION]);
        let (mut held, mut with) = (false, Vec::new());
        for (group, g) in self.sentence.groups.iter().enumerate() {
            let token = &self.sentence.tokens[g.first];
            if g.head >= p.first || token.quoted || token.aside {
                continue;
            }
            if matches!(g.role, Some(Role::Topic | Role::Subject)) {
                held = self.names(group, every, true).iter().any(holds);
            } else if held && g.attach != Attach::Modifier && rule.subject.has(g.role) {
                let together = (g.head + 1..=p.last).any(|t| self.token_has(t, Cue::Joined));
                if together {
                    self.add_names(&mut with, group, rule.subject, true);
                }
            }
        }
        self.state(index, &with, &[program], status, None, false, false, &p);
    }

    /// Takes out the towns in which those who give are said to be: `영주에 본사를 둔 A가 3억 원을 내놓았다`.
    fn leave_out_seats(&self, subjects: &[usize], objects: &mut Vec<usize>) {
        let rules = self.rules;
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

    /// Whether another rule says what the cue means of these: a designation is granted, in anything else one takes part
    /// (`특구에 합류했다`, `과정에 합류했다`).
    fn reads_otherwise(&self, rule: &Rule, hit: &Hit, form: Form, objects: &[usize]) -> bool {
        let joined = self.here.iter().filter(|h| h.start == hit.start);
        let read_as = |relation: &str| {
            let mut rules_here = joined.clone().filter_map(|h| h.rule);
            rules_here.any(|r| {
                let other = &self.rules.rules()[r];
                *other.relation == *relation && !other.takes(Form::Capacity)
            })
        };
        let either = form == Form::Active && *rule.relation == *PARTICIPATES_IN
            || form == Form::Verb && *rule.relation == *SELECTED_FOR;
        either
            && read_as(SELECTED_FOR)
            && read_as(PARTICIPATES_IN)
            && (*rule.relation == *SELECTED_FOR) != self.is_designated(objects)
    }

    /// Whether a headline tells of who selects, and how many: `교육부, … 18곳 선정`.
    fn tells_who_chose(&self, rule: &Rule, p: &Predicate, bare: bool) -> bool {
        let counts = |t: usize| self.rules.counts(self.text(t));
        let counted = || {
            (p.first.saturating_sub(4)..p.first)
                .any(|t| self.sentence.tokens[t].mention.is_none() && counts(t))
        };
        let between = || {
            p.form == Form::Light && self.sentence.is_headline() && (p.first..p.last).any(counts)
        };
        rule.object.takes(TypeId::PROGRAM) && (bare && counted() || between())
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
}
