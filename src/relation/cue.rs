//! The cues of a sentence, and which of them a longer one takes in.

use crate::dictionary::{self, Cue, DateWord, Form, RelationRules, Use};

/// A cue in the text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Hit {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) rule: Option<usize>,
    pub(super) cue: Option<Cue>,
    pub(super) date: Option<DateWord>,
    /// Of several named before: for [`RelationRules::several`].
    pub(super) both: Option<u16>,
    /// Another cue says that it says nothing here, or says something else with more words: `공모에 참여` is applying.
    pub(super) covered: bool,
}

/// Lists what the cues `found` in a sentence stand for, by place; O(n log n), and O(cues²) where many overlap.
pub(super) fn list(found: &mut [dictionary::Hit], rules: &RelationRules, hits: &mut Vec<Hit>) {
    found.sort_unstable_by_key(|f| (f.start, f.end, f.form));
    for found in found {
        for used in rules.uses(found.form) {
            let mut hit = Hit {
                start: found.start,
                end: found.end,
                rule: None,
                cue: None,
                date: None,
                both: None,
                covered: false,
            };
            match *used {
                Use::Rule(rule) => hit.rule = Some(rule),
                Use::Cue(cue) => hit.cue = Some(cue),
                Use::Both(several) => {
                    hit.cue = Some(Cue::Both);
                    hit.both = Some(several);
                }
                Use::Date(date) => hit.date = Some(date),
            }
            hits.push(hit);
        }
    }
    let (mut from, mut reach) = (0, 0);
    while let Some(first) = hits.get(from) {
        let to = from
            + hits[from..]
                .iter()
                .take_while(|h| h.start == first.start)
                .count();
        for i in from..to {
            let hit = hits[i];
            // None of those that begin earlier may reach as far.
            let others = if reach < hit.end { from..to } else { 0..to };
            hits[i].covered = hits[others].iter().any(|other| {
                other.end >= hit.end
                    && (other.cue == Some(Cue::Nothing) || outdoes(other, &hit, rules))
            });
        }
        reach = hits[from..to]
            .iter()
            .fold(reach, |reach, h| reach.max(h.end));
        from = to;
    }
}

/// Whether the longer cue says something else than the one inside it.
fn outdoes(longer: &Hit, hit: &Hit, rules: &RelationRules) -> bool {
    let (Some(a), Some(b)) = (longer.rule, hit.rule) else {
        return false;
    };
    let rules = rules.rules();
    // With whom it is done, or as what, takes nothing from what is done.
    longer.end - longer.start > hit.end - hit.start
        && rules[a].relation != rules[b].relation
        && !rules[a].takes(Form::Partner)
        && !rules[a].takes(Form::Capacity)
}
