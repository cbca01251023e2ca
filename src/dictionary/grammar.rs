//! Particles and titles: what may follow a name, and what it says about the name's part in the sentence.

use rustc_hash::{FxHashMap, FxHashSet};

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
    suffixes: FxHashSet<String>,
    /// By form: each type with the meaning for it.
    titles: FxHashMap<String, Vec<(TypeId, Meaning)>>,
    /// Words after a person's name.
    person: FxHashSet<String>,
    longest_title: usize,
    longest_suffix: usize,
}

/// The number of a Hangul syllable's final consonant: `Some(0)` for none, `None` for other characters.
fn final_consonant(c: char) -> Option<u32> {
    // Hangul Syllables: 28 finals to each pair of initial and vowel (Unicode 3.12).
    ('가'..='힣').contains(&c).then(|| (c as u32 - 0xac00) % 28)
}

/// Whether a syllable ends in a consonant; `None` for what is no Hangul syllable.
pub fn has_final_consonant(c: char) -> Option<bool> {
    final_consonant(c).map(|f| f != 0)
}

/// A letter or a digit, as [`char::is_alphanumeric`] has it; quick for Hangul, which its tables find last.
#[inline]
pub fn is_letter(c: char) -> bool {
    matches!(c, '가'..='힣')
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
                grammar.longest_suffix = grammar.longest_suffix.max(form.len());
                grammar.suffixes.insert(form.to_owned());
            }
            grammar
                .particles
                .entry(form.to_owned())
                .or_default()
                .push((role, after));
        }
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
                    grammar.person.insert(form.to_owned());
                } else if let Some(kind) = types.iter().position(|t| t == kind) {
                    grammar.longest_title = grammar.longest_title.max(form.len());
                    grammar
                        .titles
                        .entry(form.to_owned())
                        .or_default()
                        .push((TypeId(kind as u8), meaning));
                } else {
                    bad.push(titles.bad(
                        row,
                        "type",
                        format!("person or some of {}", types.join(", ")),
                    ));
                }
            }
        }
        grammar
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
        let titled = prefixes(run, self.longest_title).find_map(|(title, rest)| {
            let &(_, meaning) = self.titles.get(title)?.iter().find(|(k, _)| *k == kind)?;
            let tail = self.plain_tail(title.chars().next_back()?, rest)?;
            Some(Tail {
                title: Some(meaning),
                title_len: title.len(),
                ..tail
            })
        });
        titled.or_else(|| {
            prefixes(run, self.longest_suffix).find_map(|(suffix, rest)| {
                self.suffixes.get(suffix)?;
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
        prefixes(run, self.longest_suffix).find_map(|(suffix, rest)| {
            self.suffixes.get(suffix)?;
            self.plain_tail(suffix.chars().next_back()?, rest)
        })
    }

    /// The title for `kind` with which `run` begins and after which only suffixes and particles stand.
    pub fn title(&self, kind: TypeId, run: &str) -> Option<Tail> {
        prefixes(run, self.longest_title).find_map(|(title, rest)| {
            let &(_, meaning) = self.titles.get(title)?.iter().find(|(k, _)| *k == kind)?;
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
        prefixes(run, self.longest_title).any(|(title, rest)| {
            self.titles.get(title).is_some_and(|meanings| {
                meanings.iter().any(|(kind, meaning)| {
                    *kind != TypeId::CITY
                        && matches!(meaning, Meaning::Head | Meaning::Deputy | Meaning::Staff)
                })
            }) && title
                .chars()
                .next_back()
                .is_some_and(|last| self.plain_tail(last, rest).is_some())
        })
    }

    /// Whether `run` begins with a word that follows a person's name, and nothing but particles after it.
    pub fn is_person_title(&self, run: &str) -> bool {
        prefixes(run, 24).any(|(title, rest)| {
            self.person.contains(title)
                && title
                    .chars()
                    .next_back()
                    .is_some_and(|last| self.plain_tail(last, rest).is_some())
        })
    }
}

/// Ways to cut `run` in two, longest first part first; the first part at most `longest` bytes.
fn prefixes(run: &str, longest: usize) -> impl Iterator<Item = (&str, &str)> {
    let mut cut = run.len().min(longest);
    while !run.is_char_boundary(cut) {
        cut -= 1;
    }
    let head = &run[..cut];
    head.char_indices()
        .rev()
        .map(move |(i, c)| run.split_at(i + c.len_utf8()))
}
