//! What a single word says: a day, a number, something to give.

use super::frame::Reader;
use super::sentence::{Gap, Token};
use super::trace::Event;
use crate::dictionary::{Cue, Ending, Mark, Role, TypeId};
use crate::watch::Watch;

impl<W: Watch<Event>> Reader<'_, W> {
    /// The word at `token` without its particle.
    pub(super) fn noun(&self, token: usize) -> &str {
        self.rules.stem(self.text(token))
    }

    /// The name at `token` without its particle.
    pub(super) fn named(&self, token: usize) -> &str {
        let mention = self.sentence.tokens[token].mention;
        mention.map_or("", |m| {
            &self.article.text[self.mentions.mentions[m].span.clone()]
        })
    }

    /// Whether the verb at `token` tells of what is over: `냈다`.
    pub(super) fn is_past(&self, token: usize) -> bool {
        self.text(token).chars().any(crate::dictionary::is_past)
    }

    /// Whether the word says when: `내년에`, `지난 3월에`.
    pub(super) fn is_when(&self, token: usize) -> bool {
        let t = &self.sentence.tokens[token];
        t.mention.is_none() && (self.is_sum(t) || self.says_when(token))
    }

    /// Whether the word is a date: `올해는`, `다음 달`.
    pub(super) fn says_when(&self, token: usize) -> bool {
        let t = &self.sentence.tokens[token];
        t.mention.is_none()
            && self
                .here
                .iter()
                .any(|h| h.date.is_some() && h.end > t.start && h.start < t.end)
    }

    /// Whether the word is a number, such as a sum: `10억 원씩`.
    pub(super) fn is_sum(&self, token: &Token) -> bool {
        token.mention.is_none() && self.article.text.as_bytes()[token.start].is_ascii_digit()
    }

    /// Whether the object at `token` ends a sum: `12억 원을`.
    pub(super) fn is_amount(&self, token: usize) -> bool {
        token > 0
            && self.is_sum(&self.sentence.tokens[token - 1])
            && self.sentence.tokens[token - 1].role.is_none()
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

    /// Whether what is given stands before the receiver at `token`: `6억 원을 이리공고에 지원한다`, `장비를`.
    pub(super) fn gives_before(&self, token: usize) -> bool {
        let ours = |t: usize| {
            let word = &self.sentence.tokens[t];
            word.mention.is_none() && self.rules.has_tail(self.text(t), Mark::Ours)
        };
        // `24억 원을 저희 학교에`
        // `2억 원을 이 학교에`
        let points = |t: usize| {
            let word = &self.sentence.tokens[t];
            word.mention.is_none()
                && word.ending.is_none()
                && word.role.is_none()
                && self.text(t).chars().count() < 3
        };
        let token = token - usize::from(token > 0 && (ours(token - 1) || points(token - 1)));
        // `경북지역 마이스터고에`
        let place = |t: &usize| {
            let bare = self.sentence.tokens[*t].role.is_none();
            bare && self
                .entity(*t)
                .is_some_and(|e| self.kind(e) == TypeId::CITY)
        };
        let token = token - (0..token).rev().take_while(place).count();
        let before = token
            .checked_sub(1)
            .map(|b| &self.sentence.tokens[b])
            .filter(|b| b.mention.is_none() && b.role == Some(Role::Object));
        before.is_some()
            && (self.token_has(token - 1, Cue::Project)
                || self.sentence.tokens[..token]
                    .iter()
                    .rev()
                    .take_while(|t| t.ending.is_none() && t.role.is_none_or(|r| r != Role::Topic))
                    .any(|t| self.is_sum(t)))
    }

    /// Whether what is given is what the verb at `token` describes: `학교에 지원한 예산은`.
    pub(super) fn describes_gift(&self, token: usize) -> bool {
        let next = self.sentence.tokens.get(token + 1);
        matches!(
            self.sentence.tokens[token].ending,
            Some(Ending::Adnominal | Ending::Future)
        ) && next.is_some_and(|n| n.mention.is_none() && n.gap == Gap::Space)
            && self.is_gift(token + 1)
    }

    /// Whether the token is somebody to whom something is given, or may be: not `올해에`, `시청에서`, `학기에 맞춰`.
    pub(super) fn receives(&self, token: usize) -> bool {
        let t = &self.sentence.tokens[token];
        let next = token + 1;
        if self
            .sentence
            .tokens
            .get(next)
            .is_some_and(|n| n.mention.is_none())
            && self.rules.is_closer(self.text(next))
        {
            return false;
        }
        match t.role {
            Some(Role::To) => true,
            Some(Role::Place) => {
                !self.is_when(token)
                    && (t.mention.is_some()
                        || !self.rules.has_tail(self.text(token), Mark::From)
                            && !self.token_has(token, Cue::Project)
                            && !self.is_of_campus(token))
            }
            _ => false,
        }
    }
}
