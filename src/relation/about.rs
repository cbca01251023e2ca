//! What a signing is about, and its day, where the sentence that tells of it does not say so.

use super::agreement::{Signing, add};
use super::frame::Reader;
use super::trace::Event;
use crate::article::Zone;
use crate::dictionary::{Cue, Ending, Role, TypeId};
use crate::watch::Watch;

/// Programmes of one sentence that a signing may be about.
#[derive(Debug, Clone)]
pub(super) struct Note {
    sentence: usize,
    programs: Vec<usize>,
    place: Place,
}

/// Where a programme stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// In a sentence on the agreement: `이번 협약은 …`, `… 힘을 합치자는 약속이다`.
    Agreement,
    Headline,
    /// In the sentence that the article begins with.
    Lead,
}

/// How far a sentence on the agreement may be from the one that tells of the signing.
const NEAR: usize = 2;

impl<W: Watch<Event>> Reader<'_, W> {
    /// The programmes that an agreement is for: those named right before it, else elsewhere in its sentence.
    pub(super) fn about(&self, start: usize, end: usize) -> Vec<usize> {
        let tokens = &self.sentence.tokens;
        let clause = (start..end)
            .rev()
            .find(|t| matches!(tokens[*t].ending, Some(Ending::And | Ending::Final)))
            .map_or(start, |t| t + 1);
        let mut about = self.programs(clause..end);
        if about.is_empty() {
            about = self.programs(start..clause);
        }
        if about.is_empty() && !self.sentence.is_headline() {
            about = self.programs(end..tokens.len());
        }
        about
    }

    /// The programmes among these tokens that the sentence does not speak of as of its topic.
    fn programs(&self, range: std::ops::Range<usize>) -> Vec<usize> {
        let tokens = &self.sentence.tokens;
        let named = range.filter_map(|at| {
            let token = &tokens[at];
            self.entity(at).filter(|e| {
                self.kind(*e) == TypeId::PROGRAM
                    && !matches!(token.role, Some(Role::Topic | Role::Subject))
                    && !token.aside
                    && !token.quoted
            })
        });
        let mut unique = Vec::new();
        add(&mut unique, named);
        unique
    }

    /// Notes what the sentence says beside a signing, and gives the last one its day.
    pub(super) fn note(&mut self, signings: &mut [Signing]) {
        let agreed = self.has(Cue::Agreement) || self.has(Cue::Handshake);
        if agreed && !self.has(Cue::Earlier) {
            self.note_day(signings);
        }
        let place = if self.sentence.is_headline() {
            Place::Headline
        } else if agreed || self.has(Cue::Pledge) || self.has(Cue::Accordingly) {
            Place::Agreement
        } else if self.notes.iter().all(|n| n.place == Place::Headline)
            && self.article.sentences[..self.index]
                .iter()
                .all(|s| matches!(s.zone, Zone::Title | Zone::Subhead))
        {
            Place::Lead
        } else {
            return;
        };
        let programs = self.programs(0..self.sentence.tokens.len());
        if !programs.is_empty() {
            self.notes.push(Note {
                sentence: self.index,
                programs,
                place,
            });
        }
    }

    /// The day of a sentence on a signing: before its noun, behind it where the sentence is about it
    /// (`협약식은 8일 열렸다`), or in the fragment before that sets the scene (`전날 오후 제주시의 한 호텔.`).
    fn note_day(&mut self, signings: &mut [Signing]) {
        let noun = self
            .here
            .iter()
            .find(|h| matches!(h.cue, Some(Cue::Agreement | Cue::Handshake)))
            .and_then(|h| self.sentence.token_at(h.end - 1));
        let Some(noun) = noun.filter(|n| !self.sentence.tokens[*n].quoted) else {
            return;
        };
        let token = &self.sentence.tokens[noun];
        // `업무협약 체결식이 5일 열렸다`
        let spoken_of = self.sentence.tokens[noun..]
            .iter()
            .take(2)
            .any(|t| t.mention.is_none() && matches!(t.role, Some(Role::Topic | Role::Subject)));
        let day = self.day_before(token.start).or_else(|| {
            self.days
                .iter()
                .find(|d| spoken_of && d.end > token.start)?
                .date
        });
        let day = day.or_else(|| {
            let (date, at) = self.scene?;
            (self.days.is_empty() && at + 1 == self.index).then_some(date)
        });
        let Some(day) = day else {
            return;
        };
        self.signing_day = Some((day, self.index));
        let near = |s: &&mut Signing| {
            !s.earlier
                && s.date.is_none()
                && s.sentence <= self.index
                && s.sentence + NEAR >= self.index
        };
        if let Some(signing) = signings.iter_mut().rev().find(near)
            && spoken_of
        {
            signing.date = Some(day);
        }
    }

    /// The day that the sentences before gave the signing that this one tells of.
    pub(super) fn day_told(&self, earlier: bool) -> Option<jiff::civil::Date> {
        let (day, at) = self
            .signing_day
            .filter(|_| self.days.is_empty() && !earlier)?;
        let near = at + NEAR >= self.index && !self.sentence.is_headline();
        near.then_some(day)
    }

    /// What a signing is about whose own sentence does not say so.
    pub(super) fn noted(&self, signing: &Signing) -> Vec<usize> {
        let near = self
            .notes
            .iter()
            .filter(|n| n.place == Place::Agreement)
            .map(|n| (n.sentence.abs_diff(signing.sentence), n))
            .filter(|(distance, _)| *distance <= NEAR)
            .min_by_key(|(distance, _)| *distance);
        if let Some((_, note)) = near {
            return note.programs.clone();
        }
        // `한편 시는 하림과도 협약을 맺었다`: not about what the article began with.
        if signing.besides {
            return Vec::new();
        }
        let other = |place| self.notes.iter().find(|n| n.place == place);
        other(Place::Headline)
            .or(other(Place::Lead)
                .filter(|n| n.programs.len() == 1 && n.sentence + NEAR >= signing.sentence))
            .map(|n| n.programs.clone())
            .unwrap_or_default()
    }
}
