//! From a part of a name, or a mistyped one, to entities.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::names::{Entity, entities};
use super::nearness::Nearness;
use crate::store::{Store, StoreError, is_final, is_initial, is_vowel, letters, spelled};

/// Names that are less near are not found.
const NEAR_ENOUGH: f64 = 0.7;
/// With fewer letters, nearly every short name is near.
const LONG_ENOUGH: usize = 4;

/// How a name fits what was looked for, the best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Fit {
    /// It is the name.
    Same,
    /// The name begins with it.
    Begins,
    /// It stands inside the name.
    Inside,
    /// It is the consonants with which the name's syllables begin: ㅇㅅㅅ.
    Initials,
    /// It is the beginning of the name when its last syllable is completed: 이리고 of 이리공고.
    Unfinished,
    /// A letter or two differ.
    Near,
}

/// An entity that was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Hit {
    /// Which.
    #[serde(flatten)]
    pub entity: Entity,
    /// How its best name fits.
    pub fit: Fit,
}

/// What a search gives.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Hits {
    /// What fits best first, then what most stories name.
    pub hits: Vec<Hit>,
    /// How many more there are.
    pub left_out: usize,
}

/// The entities of these types (none: of all) with a name that fits `text`; at most `limit`.
///
/// Blanks, marks and case do not matter; Latin letters may be spelled out (엘지). O(names).
///
/// # Errors
/// [`StoreError::Damaged`]
pub fn search(
    store: &Store,
    text: &str,
    types: &BTreeSet<String>,
    limit: usize,
) -> Result<Hits, StoreError> {
    let wanted = Wanted::new(text);
    let mut best: BTreeMap<u32, (Fit, u32, u32)> = BTreeMap::new();
    // A near name is an answer where there is no better one, and takes longer to find.
    for near in [false, true] {
        if best.values().any(|(fit, ..)| *fit <= Fit::Initials) {
            break;
        }
        store.look_through(
            |kind| types.is_empty() || types.contains(kind),
            |entry| {
                let fit = if near {
                    wanted.near(entry.letters)
                } else {
                    wanted.fit(entry.letters)
                };
                if let Some((fit, far)) = fit {
                    let new = (fit, far, u32::MAX - entry.stories);
                    let old = best.entry(entry.node).or_insert(new);
                    *old = new.min(*old);
                }
            },
        )?;
    }
    let mut best: Vec<((Fit, u32, u32), u32)> = best.into_iter().map(|(n, fit)| (fit, n)).collect();
    best.sort_unstable();
    let left_out = best.len().saturating_sub(limit);
    best.truncate(limit);
    let numbers: Vec<u32> = best.iter().map(|&(_, number)| number).collect();
    let hits = entities(store, &numbers)?
        .into_iter()
        .zip(best)
        .map(|(entity, ((fit, ..), _))| Hit { entity, fit })
        .collect();
    Ok(Hits { hits, left_out })
}

/// What is looked for.
struct Wanted {
    /// The text, and as it is spelled out.
    forms: Vec<Vec<u8>>,
    /// For a text of consonants only.
    initials: bool,
    near: Option<Nearness>,
}

impl Wanted {
    fn new(text: &str) -> Self {
        let mut forms = vec![letters(text)];
        forms.extend(spelled(text).map(|text| letters(&text)));
        let initials = forms[0].len() > 1 && forms[0].iter().all(|l| is_initial(*l));
        let near =
            (forms[0].len() >= LONG_ENOUGH && !initials).then(|| Nearness::to(forms[0].clone()));
        Self {
            forms,
            initials,
            near,
        }
    }

    /// How the name fits, and how far away it is, in thousandths.
    fn fit(&self, name: &[u8]) -> Option<(Fit, u32)> {
        if self.initials {
            let begins: Vec<u8> = name
                .iter()
                .copied()
                .filter(|l| !is_vowel(*l) && !is_final(*l))
                .collect();
            let at = position(&begins, &self.forms[0])?;
            return Some((
                Fit::Initials,
                u32::from(at > 0) + u32::from(begins != self.forms[0]),
            ));
        }
        let fits = self.forms.iter().filter_map(|form| contained(name, form));
        fits.min().map(|fit| (fit, 0))
    }

    /// The same for a name that is only nearly the same.
    fn near(&self, name: &[u8]) -> Option<(Fit, u32)> {
        let near = self.near.as_ref()?.of(name, NEAR_ENOUGH)?;
        #[expect(clippy::cast_sign_loss, reason = "no name is nearer than the same")]
        let far = ((1.0 - near) * 1000.0) as u32;
        Some((Fit::Near, far))
    }
}

/// Whether the name holds the form, and where.
fn contained(name: &[u8], form: &[u8]) -> Option<Fit> {
    let finished = |end: usize| {
        // ㄱㅗ is the beginning of 공, and no part of it.
        !name.get(end).is_some_and(|l| is_final(*l))
            && !(form.last().is_some_and(|l| is_initial(*l)))
    };
    if name == form {
        return Some(Fit::Same);
    }
    if name.starts_with(form) {
        return Some(if finished(form.len()) {
            Fit::Begins
        } else {
            Fit::Unfinished
        });
    }
    let mut from = 0;
    while let Some(at) = position(&name[from..], form) {
        let end = from + at + form.len();
        if finished(end) {
            return Some(Fit::Inside);
        }
        from += at + 1;
    }
    None
}

fn position(name: &[u8], form: &[u8]) -> Option<usize> {
    let first = *form.first()?;
    let last = name.len().checked_sub(form.len())?;
    (0..=last).find(|&at| name[at] == first && name[at..].starts_with(form))
}

/// The entities with a name near to `name`, the nearest first; at most `limit`. O(names).
///
/// # Errors
/// [`StoreError::Damaged`]
pub fn nearest(
    store: &Store,
    name: &str,
    least: f64,
    limit: usize,
) -> Result<Vec<Entity>, StoreError> {
    let wanted = Nearness::to(letters(name));
    // The best so far, the worst of them first.
    let mut best: Vec<(f64, u32)> = Vec::new();
    store.look_through(
        |_| true,
        |entry| {
            let floor = if best.len() < limit { least } else { best[0].0 };
            let Some(near) = wanted.of(entry.letters, floor) else {
                return;
            };
            if let Some(known) = best.iter_mut().find(|(_, node)| *node == entry.node) {
                known.0 = known.0.max(near);
            } else {
                best.push((near, entry.node));
            }
            best.sort_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)));
            if best.len() > limit {
                best.remove(0);
            }
        },
    )?;
    let numbers: Vec<u32> = best.iter().rev().map(|&(_, number)| number).collect();
    entities(store, &numbers)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fit(text: &str, name: &str) -> Option<Fit> {
        let (wanted, name) = (Wanted::new(text), letters(name));
        let fit = wanted.fit(&name).or_else(|| wanted.near(&name));
        fit.map(|(fit, _)| fit)
    }

    #[test]
    fn a_name_fits_in_several_ways() {
        assert_eq!(fit("이리공고", "이리공고"), Some(Fit::Same));
        assert_eq!(fit("이리 공", "이리공고"), Some(Fit::Begins));
        assert_eq!(fit("공고", "이리공고"), Some(Fit::Inside));
        assert_eq!(fit("ㅇㄹㄱㄱ", "이리공고"), Some(Fit::Initials));
        assert_eq!(fit("ㄹㄱ", "이리공고"), Some(Fit::Initials));
        assert_eq!(fit("이리고", "이리공고"), Some(Fit::Unfinished));
        assert_eq!(fit("이리곰고", "이리공고"), Some(Fit::Near));
        assert_eq!(fit("익산시", "이리공고"), None);
        assert_eq!(fit("고고", "이리공고"), None);
    }

    #[test]
    fn latin_letters_may_be_spelled_out() {
        assert_eq!(fit("LG화학", "엘지화학"), Some(Fit::Same));
        assert_eq!(fit("lg", "LG화학"), Some(Fit::Begins));
    }
}
