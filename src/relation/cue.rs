//! The cues of a sentence, and which of them a longer one takes in.

use crate::dictionary::{self, Cue, DateWord, RelationRules, Use};

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

/// Lists what the cues `found` in a sentence stand for, by place; O(cues²) where many overlap.
pub(super) fn list(found: &[dictionary::Hit], rules: &RelationRules, hits: &mut Vec<Hit>) {
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
    hits.sort_by_key(|h| (h.start, h.end));
    for i in 0..hits.len() {
        let hit = hits[i];
        hits[i].covered = hits
            .iter()
            .take_while(|other| other.start <= hit.start)
            .any(|other| {
                other.end >= hit.end
                    && (other.cue == Some(Cue::Nothing) || outdoes(other, &hit, rules))
            });
    }
}

/// Whether the longer cue says something else than the one inside it.
fn outdoes(longer: &Hit, hit: &Hit, rules: &RelationRules) -> bool {
    let (Some(a), Some(b)) = (longer.rule, hit.rule) else {
        return false;
    };
    let rules = rules.rules();
    longer.end - longer.start > hit.end - hit.start && rules[a].relation != rules[b].relation
}
