//! Labels that say whose a programme is: `교육부 공모사업인 P`.

use super::SELECTED_FOR;
use super::cue::Hit;
use super::frame::Reader;
use super::sentence::{Attach, Gap};
use super::trace::Event;
use crate::dictionary::{Ending, Form, Role, Rule, TypeId};
use crate::watch::Watch;

impl<W: Watch<Event>> Reader<'_, W> {
    /// `교육부 공모사업인 P`, `P는 교육부 공모사업이다`, `교육부 주관 P`
    pub(super) fn label(&mut self, index: usize, rule: &Rule, hit: &Hit) {
        let Some(first) = self.sentence.token_at(hit.start) else {
            return;
        };
        let Some(last) = self.sentence.token_at(hit.end - 1) else {
            return;
        };
        let call = self.named_call(rule, first);
        let covered = hit.covered;
        let call = call.or_else(|| self.owned_call(rule, first, last).filter(|_| !covered));
        if let Some((owner, program)) = call {
            self.label_of(index, &[owner], &[program], first, last);
            return;
        }
        if covered {
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
        for at in last + 1..(last + 6).min(self.sentence.tokens.len()) {
            let token = &self.sentence.tokens[at];
            // `교육부 주관으로 2022년 처음 시행된 P`
            let described = self.sentence.tokens[at - 1].ending == Some(Ending::Adnominal);
            if at > last + 3 && !described {
                continue;
            }
            if let Some(g) = token.group {
                objects = self.names(g, rule.object, false);
                break;
            }
            // `공단이 공모한 ‘2021년도 P’`
            if self.is_when(at) {
                continue;
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
        // `시는 지난해 교육부 공모에 선정됐다`: for the one that is spoken of.
        if objects.is_empty() {
            objects.extend(self.call_spoken_of(last));
        }
        if !subjects.is_empty() && !objects.is_empty() {
            self.label_of(index, &subjects, &objects, first, last);
        }
    }

    /// The programme spoken of, where the word at `token` is the call for it and somebody has been chosen.
    fn call_spoken_of(&self, token: usize) -> Option<usize> {
        let (program, at) = (self.program.0?, self.program.1);
        let near = at + 1 >= self.index;
        let behind = self.sentence.tokens.get(token + 1)?;
        let chosen = self.here.iter().any(|h| {
            let rule = h.rule.map(|r| &self.rules.rules()[r]);
            (behind.start..behind.end).contains(&h.start)
                && rule.is_some_and(|r| r.states && *r.relation == *SELECTED_FOR)
        });
        let place = self.sentence.tokens[token].role == Some(Role::Place);
        (near && place && chosen && !self.sentence.is_headline()).then_some(program)
    }

    /// Whose call for applications the token `first` names with its programme, and which that is: `교육부의 ‘2025년 P’ 공모에
    /// 신청한다`, `교육부 P 공모에`.
    fn named_call(&self, rule: &Rule, first: usize) -> Option<(usize, usize)> {
        let tokens = &self.sentence.tokens;
        let program = self
            .entity(first)
            .filter(|e| self.kind(*e) == TypeId::PROGRAM)?;
        let owner = (first.saturating_sub(2)..first)
            .rev()
            .find(|t| !self.says_when(*t) && !self.is_sum(&tokens[*t]))?;
        let by = self
            .entity(owner)
            .filter(|e| self.kind(*e) == TypeId::ORGANIZATION)?;
        let plain = tokens[first].role == Some(Role::Place)
            && tokens[owner + 1..=first]
                .iter()
                .all(|t| t.gap <= Gap::Space)
            && matches!(tokens[owner].role, None | Some(Role::Genitive));
        (plain && self.others_act(rule, owner)).then_some((by, program))
    }

    /// Whether somebody else than the one named at `owner` acts.
    fn others_act(&self, rule: &Rule, owner: usize) -> bool {
        let acts = |role| matches!(role, Some(Role::Topic | Role::Subject | Role::Also));
        let mut before = self.sentence.groups.iter().filter(|g| g.last < owner);
        let tokens = &self.sentence.tokens[..owner];
        before.any(|g| acts(g.role))
            || tokens.iter().all(|t| !acts(t.role)) && !self.carried(rule.subject).is_empty()
    }

    /// Whose call for applications `first..=last` is, and for which programme: `교육부의 P 공모 사업에 도전한다`.
    fn owned_call(&self, rule: &Rule, first: usize, last: usize) -> Option<(usize, usize)> {
        let tokens = &self.sentence.tokens;
        let program = first.checked_sub(1)?;
        // `교육부의 ‘2024년 P’ 공모`
        let year = program
            .checked_sub(1)
            .is_some_and(|t| self.says_when(t) || self.is_sum(&tokens[t]));
        let owner = program.checked_sub(1 + usize::from(year))?;
        let of_kind = |t: usize, kind| self.entity(t).filter(|e| self.kind(*e) == kind);
        let (p, o) = (
            of_kind(program, TypeId::PROGRAM)?,
            of_kind(owner, TypeId::ORGANIZATION)?,
        );
        let joined = tokens[first].gap <= Gap::Space
            && tokens[program].gap <= Gap::Space
            && tokens[program].role.is_none()
            && matches!(tokens[owner].role, None | Some(Role::Genitive));
        let goes_into = (last..tokens.len().min(last + 2))
            .find_map(|t| tokens[t].role)
            .is_some_and(|r| r == Role::Place);
        (joined
            && self.others_act(rule, owner)
            && goes_into
            && rule.subject.takes(TypeId::ORGANIZATION))
        .then_some((o, p))
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
        self.state_bare(index, subjects, objects, (Form::Label, first, last));
    }
}
