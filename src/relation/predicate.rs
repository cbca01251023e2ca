//! What becomes of a cue where it stands: its form, its ending, whether it came to nothing.

use super::frame::Reader;
use super::sentence::Gap;
use super::trace::Event;
use crate::dictionary::{Cue, Ending, Form, Light, Mark, Role};
use crate::watch::Watch;

/// What stands at the end of a cue.
#[derive(Debug, Clone, Copy)]
pub(super) struct Predicate {
    pub(super) form: Form,
    pub(super) ending: Option<Ending>,
    /// First and last token.
    pub(super) first: usize,
    pub(super) last: usize,
    pub(super) failed: bool,
    /// Only set out for.
    pub(super) tried: bool,
    /// A bare noun before those whom it describes: `참여 기업은`.
    pub(super) attributive: Option<usize>,
}

impl Predicate {
    /// What stands there as it is, with no ending: a label, a place, a name in a list.
    pub(super) fn bare(form: Form, first: usize, last: usize) -> Self {
        Self {
            form,
            ending: None,
            first,
            last,
            failed: false,
            tried: false,
            attributive: None,
        }
    }

    /// Whether a noun follows that the predicate describes.
    pub(super) fn is_relative(&self) -> bool {
        self.form != Form::Noun && matches!(self.ending, Some(Ending::Adnominal | Ending::Future))
    }
}

impl<W: Watch<Event>> Reader<'_, W> {
    /// What becomes of the words `start..end` where they stand.
    pub(super) fn predicate(&self, start: usize, end: usize, verb: bool) -> Option<Predicate> {
        let first = self.sentence.token_at(start)?;
        let mut last = self.sentence.token_at(end - 1)?;
        let token = &self.sentence.tokens[last];
        let rest = &self.article.text[end..token.end.max(end)];
        // `참여 기업은`, `참여기업:`
        let described = if rest.is_empty() {
            let next = self.sentence.tokens.get(last + 1);
            next.is_some_and(|t| {
                t.mention.is_none()
                    && t.gap == Gap::Space
                    && self.rules.is_body(&self.article.text[t.start..t.end])
            })
        } else {
            self.rules.is_body(rest)
        };
        if described && !verb {
            let word = if rest.is_empty() { last + 1 } else { last };
            return Some(Predicate {
                form: Form::Light,
                ending: Some(Ending::Adnominal),
                first,
                last,
                failed: false,
                tried: false,
                attributive: Some(word),
            });
        }
        let mut ending = token.ending;
        let (mut tried, mut undergone) = (false, false);
        let mut held: Option<Ending> = None;
        let form = if verb {
            // `포항시 소재 에코프로`
            let before_name = self.sentence.tokens.get(last + 1);
            if ending.is_none()
                && !matches!(token.role, Some(Role::Place | Role::Topic))
                && !self.rules.is_closer(self.text(last))
                && before_name.is_some_and(|t| t.mention.is_some() && t.gap == Gap::Space)
            {
                ending = Some(Ending::Adnominal);
            }
            // `보탠 곳은`: a verb in ㄴ or ㄹ that ends with its cue.
            if ending.is_none() && token.role.is_none() && rest.is_empty() {
                ending = self.article.text[..end]
                    .chars()
                    .next_back()
                    .and_then(Ending::drawn);
            }
            Form::Verb
        } else if let role = self.rules.is_particle(rest)
            && (rest.is_empty() || role.is_some())
        {
            ending = None;
            if role.is_none_or(|r| {
                matches!(
                    r,
                    Role::Object
                        | Role::Place
                        | Role::Subject
                        | Role::Genitive
                        | Role::As
                        | Role::Also
                )
            }) {
                for next in last + 1..(last + 5).min(self.sentence.tokens.len()) {
                    let t = &self.sentence.tokens[next];
                    if t.mention.is_some() || t.gap >= Gap::Comma {
                        break;
                    }
                    let closes = t.ending.is_some()
                        || self
                            .sentence
                            .tokens
                            .get(next + 1)
                            .is_none_or(|n| n.gap >= Gap::Comma);
                    let light = self.rules.light(self.text(next));
                    // `지정을 추진 중이다`, `지정을 검토 중이다`
                    match light.filter(|_| !closes) {
                        Some(Light::Tries) => tried = true,
                        Some(Light::Says(end @ (Ending::Wish | Ending::Plan | Ending::Not))) => {
                            held = Some(end);
                        }
                        _ => {}
                    }
                    if let Some(light) = light.filter(|_| closes) {
                        tried |= light == Light::Tries;
                        undergone = light == Light::Undergoes;
                        ending = Some(match light {
                            _ if t.ending == Some(Ending::Not) => Ending::Not,
                            _ if held.is_some() => held.unwrap_or(Ending::Wish),
                            Light::Says(ending) => ending,
                            _ => t.ending.unwrap_or(Ending::Final),
                        });
                        last = next;
                        break;
                    }
                    if t.ending.is_some() {
                        break;
                    }
                }
            }
            // `A는 P에 참여, 용접을 가르친다`: the noun is the verb of its clause.
            let clause = ending.is_none()
                && rest.is_empty()
                && !self.sentence.is_headline()
                && self.sentence.is_full()
                && self.closes_clause(first, last);
            if clause {
                ending = Some(Ending::And);
            }
            match ending {
                None => Form::Noun,
                Some(_) if undergone => Form::Passive,
                Some(_) => Form::Light,
            }
        } else {
            self.rules.voice(rest)?
        };
        let mut failed = ending == Some(Ending::Not);
        if !failed
            && matches!(
                ending,
                None | Some(
                    Ending::Purpose
                        | Ending::Stem
                        | Ending::Nominal
                        | Ending::Plan
                        | Ending::Future
                )
            )
            // `선정됐다는 소문은 사실이 아니다`
            || ending == Some(Ending::Adnominal) && self.rules.has_tail(self.text(last), Mark::Hearsay)
        {
            // `도전한다는 소문`
            let from = self.sentence.tokens[last].start.max(end);
            let within = from..self.sentence.tokens[last].end;
            failed = self.has(Cue::Failed)
                && self
                    .here
                    .iter()
                    .any(|h| h.cue == Some(Cue::Failed) && within.contains(&h.start));
            for next in last + 1..self.sentence.tokens.len() {
                if self.token_has(next, Cue::Failed) {
                    failed = true;
                    break;
                }
                if matches!(
                    self.sentence.tokens[next].ending,
                    Some(Ending::And | Ending::Final | Ending::Condition | Ending::Adnominal)
                ) {
                    break;
                }
            }
        }
        Some(Predicate {
            form,
            ending,
            first,
            last,
            failed,
            tried,
            attributive: None,
        })
    }

    /// Whether the noun `first..=last` stands as the verb of a clause: a complement before it, a comma behind it, and
    /// then no further item of a list.
    fn closes_clause(&self, first: usize, last: usize) -> bool {
        let tokens = &self.sentence.tokens;
        let listed = |t: usize| tokens.get(t).is_some_and(|t| t.gap == Gap::Comma);
        let complement = first.checked_sub(1).is_some_and(|t| {
            matches!(
                tokens[t].role,
                Some(Role::Place | Role::To | Role::Object | Role::As)
            ) && tokens[first].gap == Gap::Space
        });
        complement && listed(last + 1) && !listed(last + 2)
    }
}
