//! Who takes in a school's people, where these are counted or have left it.

use super::frame::Reader;
use super::predicate::Predicate;
use super::sentence::Gap;
use super::source::Sides;
use super::trace::Event;
use crate::dictionary::{Cue, Mark, Role, Rule, Scope, Slot, TypeId};
use crate::watch::Watch;

impl<W: Watch<Event>> Reader<'_, W> {
    /// Whether the subject nearest to the left of `cue` is a number of people: `3명이`.
    pub(super) fn only_counts(&self, cue: usize) -> bool {
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
                        || self.rules.has_tail(self.text(b), Mark::Aside)
                });
            tokens[t].mention.is_none()
                && (students
                    || self.rules.particle(word).is_some_and(|(form, _)| {
                        self.rules.counts(&word[..word.len() - form.len()])
                    }))
        })
    }

    /// The school that whoever acts has left: `여수공고를 졸업하고 포스코에 입사한 김 씨는`.
    pub(super) fn left_school(&self, cue: usize, slot: Slot) -> Vec<usize> {
        if !slot.takes_modifier() || slot.takes(TypeId::PROGRAM) {
            return Vec::new();
        }
        self.object_of(cue, slot, Mark::Graduated)
    }

    /// What is named before the cue as what somebody does something with: the object of the verb behind it, which is
    /// marked so.
    pub(super) fn object_of(&self, cue: usize, slot: Slot, mark: Mark) -> Vec<usize> {
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
    pub(super) fn counted_hosts(&self, rule: &Rule, p: &Predicate) -> Option<usize> {
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
    pub(super) fn taken_in(&self, rule: &Rule, p: &Predicate) -> Option<Sides> {
        let counted = |g: &usize| {
            let group = &self.sentence.groups[*g];
            group.role == Some(Role::Subject)
                && group.head > group.last
                && self.rules.counts(self.noun(group.head))
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
}
