//! What can be used and is likely to be wrong: the warnings of `ieum dict check`, next to the bad rows.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use serde::Serialize;
use unicode_normalization::is_nfc;

use super::surfaces::Maker;
use super::{
    BadRow, Dictionary, DictionaryError, Entry, EntryId, Origin, Role, Table, TypeId, fold_char,
    is_hangul,
};

/// The file of words that are no names.
const COMMON_WORDS: &str = "common_words.csv";

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The dictionaries cannot be used.
    Error,
    /// They can be used, and will go wrong in some texts.
    Warning,
}

/// What a finding is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Problem {
    /// A row that cannot be used.
    BadRow,
    /// Two entries have one form, and nothing tells them apart.
    SharedForm,
    /// A form is a common word, and is not marked as ambiguous.
    CommonWord,
    /// A form ends in a particle.
    ParticleInForm,
    /// A form of two syllables reads like a word with its particle.
    ShortForm,
    /// A form holds a character that only looks like a letter, or one that is not seen.
    LookAlike,
    /// Two forms differ in signs or case only.
    NearlySame,
    /// Text is not in composed form (NFC).
    Decomposed,
    /// A rule makes the form already.
    MadeByRule,
    /// A value stands twice.
    Repeated,
    /// A word of `false_friends.csv` is a name with its particle, or two names beside each other.
    FriendHitsName,
    /// A rule of `relations.csv` does not find its example.
    ExampleMissed,
    /// A rule of `relations.csv` finds its counterexample.
    CounterexampleFound,
}

/// One thing that is wrong or doubtful.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Finding {
    /// How bad it is.
    pub severity: Severity,
    /// What it is about.
    pub problem: Problem,
    /// Where, what stands there and what would be right.
    #[serde(flatten)]
    pub row: BadRow,
}

impl Finding {
    /// A warning.
    pub fn warning(problem: Problem, row: BadRow) -> Self {
        Self {
            severity: Severity::Warning,
            problem,
            row,
        }
    }

    fn error(row: BadRow) -> Self {
        Self {
            severity: Severity::Error,
            problem: Problem::BadRow,
            row,
        }
    }

    /// Whether the dictionaries cannot be used for it.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}

/// Checks dictionaries given as file name and content: bad rows, or where there are none, the dictionaries and what is
/// doubtful in them. Sorted by file and line. O(forms × length).
pub fn check(files: &BTreeMap<String, String>) -> (Vec<Finding>, Option<Dictionary>) {
    let dictionary = match Dictionary::from_files(files) {
        Ok(dictionary) => dictionary,
        Err(DictionaryError::BadRows(bad)) => {
            return (bad.into_iter().map(Finding::error).collect(), None);
        }
        Err(other) => {
            let row = BadRow::new("", 0, "", "", other.to_string());
            return (vec![Finding::error(row)], None);
        }
    };
    let mut check = Check {
        tables: tables(files),
        dictionary: &dictionary,
        forms: BTreeMap::new(),
        found: Vec::new(),
    };
    check.collect();
    check.cells();
    check.names();
    check.shared();
    check.friends();
    let mut found = check.found;
    found.sort_by(|a, b| {
        (&a.row.file, a.row.line, &a.row, a.problem).cmp(&(
            &b.row.file,
            b.row.line,
            &b.row,
            b.problem,
        ))
    });
    found.dedup();
    (found, Some(dictionary))
}

fn tables(files: &BTreeMap<String, String>) -> BTreeMap<String, Table> {
    let mut bad = Vec::new();
    files
        .iter()
        .map(|(file, text)| (file.clone(), Table::read(file, text, &[], &mut bad)))
        .collect()
}

fn fold(form: &str) -> String {
    form.chars().filter_map(fold_char).collect()
}

/// A form without signs and case: what a reader takes for the same.
fn bare(form: &str) -> String {
    form.chars()
        .filter(|c| c.is_alphanumeric() || matches!(c, '&' | '+'))
        .flat_map(char::to_lowercase)
        .collect()
}

struct Check<'a> {
    tables: BTreeMap<String, Table>,
    dictionary: &'a Dictionary,
    /// Names and aliases, folded, with the entries that have them.
    forms: BTreeMap<String, Vec<EntryId>>,
    found: Vec<Finding>,
}

impl Check<'_> {
    fn entries(&self) -> impl Iterator<Item = (EntryId, &Entry)> {
        let number = |(i, e)| (EntryId(i as u32), e);
        self.dictionary.entries().iter().enumerate().map(number)
    }

    fn collect(&mut self) {
        let mut forms: BTreeMap<String, Vec<EntryId>> = BTreeMap::new();
        for (id, entry) in self.entries() {
            for form in entry.names() {
                let list = forms.entry(fold(form)).or_default();
                if !list.contains(&id) {
                    list.push(id);
                }
            }
        }
        self.forms = forms;
    }

    /// A warning about a form of an entry.
    fn warn(&mut self, problem: Problem, entry: &Entry, column: &str, form: &str, right: String) {
        let (file, line) = &entry.place;
        let row = BadRow::new(file, *line, column, form, right);
        self.found.push(Finding::warning(problem, row));
    }

    /// Every cell of every file: composed text, no letters that only look like some.
    fn cells(&mut self) {
        let mut found = Vec::new();
        for table in self.tables.values() {
            let mut seen: HashMap<Vec<&str>, u64> = HashMap::new();
            for row in &table.rows {
                let said = table.cells(row).filter(|(column, _)| *column != "note");
                let said: Vec<&str> = said.map(|(_, cell)| cell).collect();
                if let Some(first) = seen.insert(said, row.line) {
                    let right = format!("each row once: line {first} says the same");
                    let column = table.header().first().map_or("", |first| first);
                    found.push(Finding::warning(
                        Problem::Repeated,
                        table.bad(row, column, right),
                    ));
                }
                for (column, cell) in table.cells(row) {
                    if column == "note" || column == "regex" {
                        continue;
                    }
                    if !is_nfc(cell) {
                        let bad = table.bad(row, column, "text in NFC (composed Hangul)");
                        found.push(Finding::warning(Problem::Decomposed, bad));
                    }
                    let forms = matches!(column, "name" | "aliases" | "ambiguous");
                    if let Some((c, right)) = cell.chars().find_map(|c| look_alike(c, forms)) {
                        let right = format!("{right} in place of `{c}` (U+{:04X})", u32::from(c));
                        let bad = table.bad(row, column, right);
                        found.push(Finding::warning(Problem::LookAlike, bad));
                    }
                }
            }
        }
        self.found.extend(found);
    }

    /// Each form of each entry by itself.
    fn names(&mut self) {
        let common = self.common_words();
        let maker = Maker::new(self.dictionary.entries(), self.dictionary.abbreviations());
        let dictionary = self.dictionary;
        // Former names are aliases too and stand in a column of their own.
        let mut aliases: HashMap<(Arc<str>, u64), Vec<String>> = HashMap::new();
        for table in self.tables.values() {
            let file: Arc<str> = table.file.as_str().into();
            for row in &table.rows {
                let these = table.list(row, "aliases").map(str::to_owned).collect();
                aliases.insert((file.clone(), row.line), these);
            }
        }
        for (i, entry) in dictionary.entries().iter().enumerate() {
            let id = EntryId(i as u32);
            let ambiguous = |form: &str| {
                let senses = dictionary.surface(form).map_or(&[][..], |s| &s.senses);
                senses.iter().any(|s| s.entry == id && s.ambiguous)
            };
            let mut seen: HashSet<String> = HashSet::new();
            let aliases = aliases.remove(&entry.place).unwrap_or_default();
            let forms = std::iter::once(("name", entry.name.to_string()));
            for (column, form) in forms.chain(aliases.into_iter().map(|a| ("aliases", a))) {
                let form = form.as_str();
                let folded = fold(form);
                if !seen.insert(folded.clone()) {
                    let right = "a form that is not there already: spaces do not distinguish names";
                    self.warn(Problem::Repeated, entry, column, form, right.to_owned());
                    continue;
                }
                if column == "aliases" && maker.makes_without(entry, form) {
                    let right =
                        "no alias: abbreviations.csv or a place's other names make it already";
                    self.warn(Problem::MadeByRule, entry, column, form, right.to_owned());
                }
                if let Some(stem) = self.particle_form(&folded, id) {
                    let right = format!(
                        "`{stem}`, without the particle: particles are found by themselves"
                    );
                    self.warn(Problem::ParticleInForm, entry, column, form, right);
                }
                if ambiguous(&folded) {
                    continue;
                }
                if common.contains(&folded) {
                    let right = "the form under `ambiguous` too: it is a common word";
                    self.warn(Problem::CommonWord, entry, column, form, right.to_owned());
                } else if self.reads_like_a_word(&folded) && entry.kind != TypeId::CITY {
                    let right = "a longer form, or this one under `ambiguous` too: it reads like a word with a particle";
                    self.warn(Problem::ShortForm, entry, column, form, right.to_owned());
                }
            }
        }
    }

    /// Words that name nothing by themselves: the lists' own, and titles and references.
    fn common_words(&self) -> HashSet<String> {
        let mut words = HashSet::new();
        let mut add = |file: &str, column: &str| {
            if let Some(table) = self.tables.get(file) {
                words.extend(table.rows.iter().map(|row| fold(table.cell(row, column))));
            }
        };
        add(COMMON_WORDS, "word");
        add("references.csv", "form");
        if let Some(table) = self.tables.get("titles.csv") {
            // A long title may be a programme's or a body's name elsewhere.
            let short = |form: &String| form.chars().count() <= 3;
            let forms = table.rows.iter().map(|row| fold(table.cell(row, "form")));
            words.extend(forms.filter(short));
        }
        words
    }

    /// The form of the same entry that is left when a particle is cut off.
    fn particle_form<'f>(&self, form: &'f str, id: EntryId) -> Option<&'f str> {
        form.char_indices().skip(2).find_map(|(cut, _)| {
            let (stem, rest) = form.split_at(cut);
            let last = stem.chars().next_back()?;
            let role = self.dictionary.grammar().particle(last, rest)?;
            let own = self
                .dictionary
                .surface(stem)?
                .senses
                .iter()
                .any(|s| s.entry == id);
            let cut_off = role.is_of_body() || matches!(role, Role::Place | Role::As);
            (own && cut_off).then_some(stem)
        })
    }

    /// Two syllables of which the second is a particle of the first.
    fn reads_like_a_word(&self, form: &str) -> bool {
        let mut chars = form.chars();
        let (Some(first), Some(second), None) = (chars.next(), chars.next(), chars.next()) else {
            return false;
        };
        let role = self
            .dictionary
            .grammar()
            .particle(first, second.encode_utf8(&mut [0; 4]));
        is_hangul(first)
            && is_hangul(second)
            && role.is_some_and(|r| r.is_of_body() || matches!(r, Role::Place | Role::Also))
    }

    /// Forms that several entries have, or nearly have.
    fn shared(&mut self) {
        let dictionary = self.dictionary;
        let mut found = Vec::new();
        let place = |e: &Entry| [e.attribute("parent"), e.attribute("city")].join("/");
        for (form, ids) in &self.forms {
            for (i, &id) in ids.iter().enumerate() {
                let entry = dictionary.entry(id);
                let ambiguous = |id| {
                    let senses = dictionary.surface(form).map_or(&[][..], |s| &s.senses);
                    senses.iter().any(|s| s.entry == id && s.ambiguous)
                };
                let twin = ids[..i].iter().find(|&&other| {
                    place(dictionary.entry(other)) == place(entry)
                        && !(ambiguous(id) && ambiguous(other))
                });
                if let Some(&twin) = twin {
                    let twin = dictionary.entry(twin);
                    let right = format!(
                        "a form of this entry alone: {}:{} ({}) has it too, and no city or parent tells them apart",
                        twin.place.0, twin.place.1, twin.name
                    );
                    found.push((entry, form.clone(), right, Problem::SharedForm));
                }
            }
        }
        let mut alike: HashMap<(TypeId, String), (EntryId, &str)> = HashMap::new();
        for (i, entry) in dictionary.entries().iter().enumerate() {
            let id = EntryId(i as u32);
            for form in entry.names() {
                let key = (entry.kind, bare(form));
                let &mut (first, other) = alike.entry(key).or_insert((id, form));
                if first != id && fold(other) != fold(form) {
                    let twin = dictionary.entry(first);
                    let right = format!(
                        "one entry, if both mean the same: `{other}` ({}:{}) differs in signs or case only",
                        twin.place.0, twin.place.1
                    );
                    found.push((entry, form.to_owned(), right, Problem::NearlySame));
                }
            }
        }
        for (entry, form, right, problem) in found {
            let column = if fold(&entry.name) == fold(&form) {
                "name"
            } else {
                "aliases"
            };
            self.warn(problem, entry, column, &form, right);
        }
    }

    /// False friends that stand where a name does.
    fn friends(&mut self) {
        let Some(table) = self.tables.get("false_friends.csv") else {
            return;
        };
        let dictionary = self.dictionary;
        let mut inside: HashMap<String, Vec<(String, EntryId)>> = HashMap::new();
        // A place directly before what lies in it: `경기도 안성`, with what goes over the joint.
        for (id, entry) in self.entries() {
            let places = std::iter::successors(entry.city.or(entry.parent), |&p| {
                dictionary.entry(p).city.or(dictionary.entry(p).parent)
            });
            for place in places
                .take(3)
                .filter(|p| dictionary.entry(*p).kind == TypeId::CITY)
            {
                let before = fold(&dictionary.entry(place).name);
                for form in entry.names() {
                    // What goes over the joint is at least the place's last syllable.
                    if let Some(last) = before.chars().next_back() {
                        let form = fold(form);
                        let joint = format!("{last}{form}");
                        inside
                            .entry(joint)
                            .or_default()
                            .push((format!("{before} {form}"), id));
                    }
                }
            }
        }
        let mut found = Vec::new();
        for row in &table.rows {
            let surface = fold(table.cell(row, "surface"));
            let is_not: Vec<&str> = table.list(row, "is_not").collect();
            let meant =
                |id: EntryId| is_not.is_empty() || is_not.contains(&&*dictionary.entry(id).name);
            let joint = inside
                .get(&surface)
                .into_iter()
                .flatten()
                .find(|(_, id)| meant(*id));
            if let Some((text, _)) = joint {
                found.push(table.bad(
                    row,
                    "surface",
                    format!(
                        "a longer word: spaces do not count, so this one stands in `{text}` too"
                    ),
                ));
                continue;
            }
            let particle = surface.char_indices().skip(2).find_map(|(cut, _)| {
                let (stem, rest) = surface.split_at(cut);
                let senses = &dictionary.surface(stem)?.senses;
                let sure = senses
                    .iter()
                    .find(|s| meant(s.entry) && !s.ambiguous && s.origin <= Origin::Alias)?;
                let role = dictionary
                    .grammar()
                    .particle(stem.chars().next_back()?, rest)?;
                (role.is_of_body() || role == Role::Place)
                    .then(|| (dictionary.entry(sure.entry).name.clone(), rest.to_owned()))
            });
            if let Some((name, rest)) = particle {
                found.push(table.bad(
                    row,
                    "surface",
                    format!("a word that is not {name} with the particle {rest}; put the form under `ambiguous` of {name}"),
                ));
            }
        }
        let warning = |row| Finding::warning(Problem::FriendHitsName, row);
        self.found.extend(found.into_iter().map(warning));
    }
}

/// A character that only looks like a letter, or is not seen, with what to write instead.
fn look_alike(c: char, form: bool) -> Option<(char, &'static str)> {
    let right = match c {
        '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}' => "nothing",
        '\u{a0}' | '\u{3000}' => "an ordinary space",
        'Ѐ'..='ӿ' | 'Ͱ'..='Ͽ' if form => "a Latin letter",
        '\u{ff01}'..='\u{ff5e}' if form => "the ordinary, narrow character",
        'ㄱ'..='ㆎ' | '\u{1100}'..='\u{11ff}' if form => "a whole syllable",
        '‐' | '‑' | '–' | '—' | '−' if form => "a hyphen (-)",
        _ => return None,
    };
    Some((c, right))
}
