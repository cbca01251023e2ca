//! What the rules say of a word, an end of one, or a sentence.

use super::super::{Hit, Role, is_hangul};
use super::{DateWord, End, Ending, Ends, Form, Light, Mark, RelationRules, Rule, Slot, Use};

/// Bytes of a Hangul syllable.
const SYLLABLE: usize = 3;

impl RelationRules {
    /// The rules, in file order.
    pub fn rules(&self) -> &[Rule] {
        &self.rules
    }

    /// The rules that need no cue, each with its index.
    pub(crate) fn cueless(&self) -> impl Iterator<Item = (usize, &Rule)> {
        self.cueless.iter().map(|&i| (i, &self.rules[i]))
    }

    /// Adds all cues in `text`, by their end.
    pub(crate) fn scan(&self, text: &str, hits: &mut Vec<Hit>) {
        let old = hits.len();
        self.cues.hits(text, Some, true, hits);
        let mut seen = 0;
        hits.retain_mut(|hit| {
            seen += 1;
            if seen <= old {
                return true;
            }
            // The space that asks for the end of a word is no part of it.
            hit.end -= usize::from(text.as_bytes()[hit.end - 1] == b' ');
            !(self.begins[hit.form as usize] && text[..hit.start].ends_with(is_hangul))
        });
    }

    /// What a cue stands for.
    pub(crate) fn uses(&self, cue: u32) -> &[Use] {
        &self.uses[cue as usize]
    }

    /// What types those have that a [`Use::Both`] points to, and how many it says there are.
    pub(crate) fn several(&self, index: u16) -> (Slot, Option<usize>) {
        self.several[usize::from(index)]
    }

    /// What the end of `word` says, both as a verb's and as a noun's.
    pub(crate) fn ends(&self, word: &str) -> Ends {
        self.ends
            .deepest(word)
            .map(|(form, length)| self.ended[form as usize][usize::from(length == word.len())])
            .unwrap_or_default()
    }

    /// What the end of a word says that ends with `form`, or that is all of it.
    pub(super) fn all_ends(&self, form: &str, all: bool) -> Ends {
        let mut ends = Ends::default();
        // The longest of each kind; of two that are the same the first counts.
        self.ends.each(form, |length, whole, end| {
            let Ok(length) = u16::try_from(length) else {
                return; // Nobody writes such a word.
            };
            match end {
                _ if whole && !all => {}
                End::Ending(ending) => {
                    if ends.ending.is_none_or(|(longest, _)| length > longest) {
                        ends.ending = Some((length, ending));
                    }
                }
                End::Particle(role) => {
                    if ends.particle.is_none_or(|(longest, ..)| length > longest) {
                        ends.particle = Some((length, whole, role));
                    }
                }
            }
        });
        ends
    }

    /// What the end of `word` says.
    pub(crate) fn ending(&self, word: &str) -> Option<Ending> {
        self.ends(word).ending()
    }

    /// The particle that `word` ends with, and its role, unless nothing would be left.
    pub(crate) fn particle<'a>(&self, word: &'a str) -> Option<(&'a str, Role)> {
        self.ends(word).particle(word)
    }

    /// `word` without the particle that it ends with.
    pub(crate) fn stem<'a>(&self, word: &'a str) -> &'a str {
        let particle = self.particle(word).map_or(0, |(form, _)| form.len());
        &word[..word.len() - particle]
    }

    /// The role of a particle.
    pub(crate) fn is_particle(&self, word: &str) -> Option<Role> {
        self.ends(word).is_particle(word)
    }

    /// Whether what follows a cue makes it a verb, and which.
    pub(crate) fn voice(&self, rest: &str) -> Option<Form> {
        self.voices.longest(rest)
    }

    /// Whether the word is a unit of what is counted (`명`).
    pub(crate) fn is_unit(&self, word: &str) -> bool {
        let mut unit = false;
        self.counters
            .each(word, |length, _, ()| unit |= length == word.len());
        unit
    }

    /// Whether a word only completes the verb before it.
    pub(crate) fn is_auxiliary(&self, word: &str) -> bool {
        self.auxiliaries.longest(word).is_some()
    }

    /// What a noun makes of the verb that describes it.
    pub(crate) fn bound(&self, word: &str) -> Option<Ending> {
        self.bound_whole.exact(word).or_else(|| {
            let (length, ending) = self.bound.longest_first(word).next()?;
            // `운영하는 바이오 과정`, `참여하는 수업`: the beginning of another noun.
            let rest = &word[length..];
            let noun = length == SYLLABLE
                && matches!(ending, Ending::And | Ending::May)
                && !rest.is_empty()
                && self.is_particle(rest).is_none()
                && !self.has_lead(rest, Mark::BehindBound);
            (!noun).then_some(ending)
        })
    }

    /// What a verb makes of the noun that it takes (`신청을 마쳤다`).
    pub(crate) fn light(&self, word: &str) -> Option<Light> {
        self.light.longest(word)
    }

    /// Whether the end of `word` is marked so.
    pub(crate) fn has_tail(&self, word: &str, mark: Mark) -> bool {
        let mut found = false;
        self.tails.each(word, |_, _, m| found |= m == mark);
        found
    }

    /// Whether the beginning of `text` is marked so.
    pub(crate) fn has_lead(&self, text: &str, mark: Mark) -> bool {
        let mut found = false;
        self.leads.each(text, |_, m| found |= m == mark);
        found
    }

    /// Whether the word closes a phrase of its own (`통해`).
    pub(crate) fn is_closer(&self, word: &str) -> bool {
        self.closers.exact(word).is_some()
    }

    /// Whether the word makes what follows the names before it something that is between them (`A와 B 간 협약`).
    pub(crate) fn is_between(&self, word: &str) -> bool {
        self.betweens.exact(word).is_some()
    }

    /// Whether `word` names a part of a business at some place: 대산공장.
    pub(crate) fn is_branch(&self, word: &str) -> bool {
        self.branches.longest(word).is_some()
    }

    /// Whether the word is a common noun for those who take part: 기업, 학교.
    pub(crate) fn is_body(&self, word: &str) -> bool {
        self.bodies.longest(word).is_some()
    }

    /// Whether the word ends in a noun for those who take part (`양성기관`).
    pub(crate) fn ends_in_body(&self, word: &str) -> bool {
        self.body_ends.longest(word).is_some()
    }

    /// Whether the word counts (`18곳`).
    pub(crate) fn counts(&self, word: &str) -> bool {
        word.starts_with(|c: char| c.is_ascii_digit()) && self.counters.longest(word).is_some()
    }

    /// The number that a word is or begins with: `7곳`, `일곱`.
    pub(crate) fn number(&self, word: &str) -> Option<usize> {
        let digits = word.bytes().take_while(u8::is_ascii_digit).count();
        if digits > 0 {
            return word[..digits].parse().ok();
        }
        self.numerals.exact(word)
    }

    /// How many bytes of `text` are the unit of a figure that stands behind a name in a list (`서울 3명`).
    pub(crate) fn measure(&self, text: &str) -> Option<usize> {
        let mut longest = None;
        self.measures
            .each(text, |length, ()| longest = Some(length));
        longest
    }

    /// Whether a programme's name and this word together still mean the programme (`… 신규 지정을`).
    pub(crate) fn heads_programme(&self, word: &str) -> bool {
        self.programme_heads.longest(word).is_some()
    }

    /// Whether the word belongs to the list around it (`비롯해`, `등`); some do only right behind a `bare` name (`같은`).
    pub(crate) fn is_list_word(&self, word: &str, bare: bool) -> bool {
        self.list_words
            .longest(word)
            .is_some_and(|needs| bare || !needs)
    }

    /// What stands between a list and the word for what it is of, with its spaces (` 등 `).
    pub(crate) fn et_cetera(&self) -> &[String] {
        &self.et_cetera
    }

    /// What follows the word by which a text introduces a short form (이하), where `text` begins with one.
    pub(crate) fn introduced<'a>(&self, text: &'a str) -> Option<&'a str> {
        let (length, ()) = self.introducing.longest_first(text).next()?;
        Some(&text[length..])
    }

    /// Whether the word is a person's title.
    pub(crate) fn is_head(&self, word: &str) -> bool {
        self.heads.longest(word).is_some()
    }

    /// Whether the character begins an item of a list.
    pub(crate) fn is_bullet(&self, c: char) -> bool {
        self.bullets.contains(&c)
    }

    /// Whether what follows a day makes it a span or a limit.
    pub(crate) fn is_span(&self, text: &str) -> bool {
        let mut span = false;
        self.dates.each(text, |_, d| span |= d == DateWord::Span);
        span
    }

    /// The unit of a date that `text` begins with, and its length.
    pub(crate) fn date_unit(&self, text: &str) -> Option<(char, usize)> {
        let mut longest = None;
        self.dates.each(text, |length, d| {
            if let DateWord::Unit(unit) = d {
                longest = Some((unit, length));
            }
        });
        longest
    }
}
