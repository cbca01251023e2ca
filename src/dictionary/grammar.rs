//! Particles and titles: what may follow a name, and what it says about the name's part in the sentence.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::affixes::Prefixes;
use super::{BadRow, Meaning, Role, Table, TypeId};

/// What a particle wants of the sound before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum After {
    Consonant,
    Vowel,
    Rieul,
    Any,
}

/// A run of Hangul after a name, understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tail {
    /// The role of the particle chain at its end.
    pub role: Option<Role>,
    /// The meaning of the title, office or unit at its beginning.
    pub title: Option<Meaning>,
    /// Bytes of the title, and of suffixes before it.
    pub title_len: usize,
    /// True where a suffix of two syllables or more stands directly after the name (지역, 소재, 관내).
    pub labelled: bool,
}

/// Particles and titles, compiled.
#[derive(Debug, Default)]
pub struct Grammar {
    particles: FxHashMap<String, Vec<(Role, After)>>,
    suffixes: Prefixes<()>,
    titles: Prefixes<u32>,
    /// For each title each type with the meaning for it.
    meanings: Vec<Vec<(TypeId, Meaning)>>,
    /// Words after a person's name.
    person: Prefixes<()>,
    /// Signs of a business or a legal person beside a name, and the type that each speaks of.
    marks: Vec<(TypeId, String)>,
}

/// The number of a Hangul syllable's final consonant: `Some(0)` for none, `None` for other characters.
fn final_consonant(c: char) -> Option<u32> {
    // Hangul Syllables: 28 finals to each pair of initial and vowel (Unicode 3.12).
    is_hangul(c).then(|| (c as u32 - 0xac00) % 28)
}

/// Whether a syllable ends in a consonant; `None` for what is no Hangul syllable.
pub fn has_final_consonant(c: char) -> Option<bool> {
    final_consonant(c).map(|f| f != 0)
}

/// A Hangul syllable.
#[inline]
pub fn is_hangul(c: char) -> bool {
    matches!(c, '가'..='힣')
}

/// A letter or a digit, as [`char::is_alphanumeric`] has it; quick for Hangul, which its tables find last.
#[inline]
pub fn is_letter(c: char) -> bool {
    is_hangul(c)
        || if c.is_ascii() {
            c.is_ascii_alphanumeric()
        } else {
            c.is_alphanumeric()
        }
}

impl After {
    /// Latin letters and digits are read in several ways, so anything may follow them.
    fn agrees(self, last: char) -> bool {
        const RIEUL: u32 = 8;
        match (self, final_consonant(last)) {
            (Self::Any, _) | (_, None) => true,
            (Self::Consonant, Some(f)) => f != 0,
            (Self::Vowel, Some(f)) => f == 0,
            (Self::Rieul, Some(f)) => f == RIEUL,
        }
    }
}

impl Grammar {
    /// Reads `particles.csv` and `titles.csv`.
    pub fn load(
        particles: &Table,
        titles: &Table,
        types: &[String],
        bad: &mut Vec<BadRow>,
    ) -> Self {
        let mut grammar = Self::default();
        for row in &particles.rows {
            let form = particles.cell(row, "form");
            let Ok(role) = serde_json::from_value::<Role>(particles.cell(row, "role").into())
            else {
                bad.push(particles.bad(
                        row,
                        "role",
                        "topic, subject, object, with, genitive, as, place, from, to, until, also, only, copula, list, \
                         suffix or other",
                    ));
                continue;
            };
            let after = match particles.cell(row, "after") {
                "consonant" => After::Consonant,
                "vowel" => After::Vowel,
                "rieul" => After::Rieul,
                "any" => After::Any,
                _ => {
                    bad.push(particles.bad(row, "after", "consonant, vowel, rieul or any"));
                    continue;
                }
            };
            if form.is_empty() {
                bad.push(particles.bad(row, "form", "a particle"));
                continue;
            }
            if role == Role::Suffix {
                grammar.suffixes.add(form, ());
            }
            grammar
                .particles
                .entry(form.to_owned())
                .or_default()
                .push((role, after));
        }
        let mut by_form: BTreeMap<&str, Vec<(TypeId, Meaning)>> = BTreeMap::new();
        for row in &titles.rows {
            let form = titles.cell(row, "form");
            let Ok(meaning) = serde_json::from_value::<Meaning>(titles.cell(row, "meaning").into())
            else {
                bad.push(titles.bad(
                    row,
                    "meaning",
                    "head, deputy, member, staff, office, unit, facility, student, relative, label, mark, person or other",
                ));
                continue;
            };
            if form.is_empty() {
                bad.push(titles.bad(row, "form", "a title"));
                continue;
            }
            for kind in titles.list(row, "type") {
                if kind == "person" {
                    grammar.person.add(form, ());
                } else if let Some(kind) = types.iter().position(|t| t == kind) {
                    let meanings = by_form.entry(form).or_default();
                    let kind = TypeId(kind as u8);
                    meanings.push((kind, meaning));
                    if meaning == Meaning::Mark && !form.starts_with(is_hangul) {
                        grammar.marks.push((kind, form.to_owned()));
                    }
                } else {
                    bad.push(titles.bad(
                        row,
                        "type",
                        format!("person or some of {}", types.join(", ")),
                    ));
                }
            }
        }
        for (form, meanings) in by_form {
            grammar.titles.add(form, grammar.meanings.len() as u32);
            grammar.meanings.push(meanings);
        }
        grammar.suffixes.seal();
        grammar.titles.seal();
        grammar.person.seal();
        grammar
    }

    /// The signs of a business or a legal person before or behind a name (㈜), and the type that each speaks of.
    pub fn marks(&self) -> impl Iterator<Item = (TypeId, &str)> {
        self.marks.iter().map(|(kind, mark)| (*kind, mark.as_str()))
    }

    /// The role of `run` where all of it is one particle chain that agrees with `last`.
    pub fn particle(&self, last: char, run: &str) -> Option<Role> {
        self.particles
            .get(run)?
            .iter()
            .find(|(_, after)| after.agrees(last))
            .map(|&(role, _)| role)
    }

    /// Understands all of `run`, the Hangul that follows a name of type `kind` which ends in `last`:
    /// suffixes, a title, suffixes, particles, in this order. `None` if something is left over.
    pub fn tail(&self, last: char, kind: TypeId, run: &str) -> Option<Tail> {
        if run.is_empty() {
            return Some(Tail::default());
        }
        if let Some(role) = self.particle(last, run) {
            let labelled = role == Role::Suffix && run.chars().count() > 1;
            return Some(Tail {
                role: Some(role),
                labelled,
                ..Tail::default()
            });
        }
        self.title(kind, run).or_else(|| {
            self.suffixes.longest_first(run).find_map(|(length, ())| {
                let (suffix, rest) = run.split_at(length);
                let tail = self.tail(suffix.chars().next_back()?, kind, rest)?;
                Some(Tail {
                    title_len: suffix.len() + tail.title_len,
                    labelled: tail.labelled || suffix.chars().count() > 1,
                    ..tail
                })
            })
        })
    }

    /// A tail without a title: suffixes and particles.
    fn plain_tail(&self, last: char, run: &str) -> Option<Tail> {
        if run.is_empty() {
            return Some(Tail::default());
        }
        if let Some(role) = self.particle(last, run) {
            return Some(Tail {
                role: Some(role),
                ..Tail::default()
            });
        }
        self.suffixes.longest_first(run).find_map(|(length, ())| {
            let (suffix, rest) = run.split_at(length);
            self.plain_tail(suffix.chars().next_back()?, rest)
        })
    }

    /// The title for `kind` with which `run` begins and after which only suffixes and particles stand.
    pub fn title(&self, kind: TypeId, run: &str) -> Option<Tail> {
        self.titles.longest_first(run).find_map(|(length, title)| {
            let meanings = &self.meanings[title as usize];
            let &(_, meaning) = meanings.iter().find(|(k, _)| *k == kind)?;
            let (title, rest) = run.split_at(length);
            let tail = self.plain_tail(title.chars().next_back()?, rest)?;
            Some(Tail {
                title: Some(meaning),
                title_len: title.len(),
                ..tail
            })
        })
    }

    /// Whether `run` is the title of a head or a member of staff, which stands behind a person's name too.
    pub fn is_leading(&self, run: &str) -> bool {
        self.titles.longest_first(run).any(|(length, title)| {
            let leads = self.meanings[title as usize].iter().any(|(kind, meaning)| {
                *kind != TypeId::CITY
                    && matches!(meaning, Meaning::Head | Meaning::Deputy | Meaning::Staff)
            });
            let (title, rest) = run.split_at(length);
            leads
                && title
                    .chars()
                    .next_back()
                    .is_some_and(|last| self.plain_tail(last, rest).is_some())
        })
    }

    /// Whether `run` begins with a word that follows a person's name, and nothing but particles after it.
    pub fn is_person_title(&self, run: &str) -> bool {
        self.person.longest_first(run).any(|(length, ())| {
            let (title, rest) = run.split_at(length);
            let last = title.chars().next_back();
            last.is_some_and(|last| self.plain_tail(last, rest).is_some())
        })
    }
}
