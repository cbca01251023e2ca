//! Loading: the files of a folder, or the built-in ones, checked and compiled.

use std::collections::BTreeMap;
use std::panic::resume_unwind;
use std::path::Path;
use std::sync::Arc;
use std::thread;

use rustc_hash::FxHashMap;

use super::{
    BadRow, Contexts, DictionaryError, Entry, EntryId, FormExtra, Forms, Furniture, Grammar,
    NamePattern, Reference, RelationRules, Surface, Table, TypeId, entries, fold_char, patterns,
    references,
    rules::{CUE_COLUMNS, RELATION_COLUMNS},
    surfaces::{self, Abbreviations},
};

/// The built-in dictionaries.
const EMBEDDED: [(&str, &str); 17] = [
    (
        "abbreviations.csv",
        include_str!("../../dictionaries/abbreviations.csv"),
    ),
    ("cities.csv", include_str!("../../dictionaries/cities.csv")),
    (
        "common_words.csv",
        include_str!("../../dictionaries/common_words.csv"),
    ),
    ("cues.csv", include_str!("../../dictionaries/cues.csv")),
    (
        "companies.csv",
        include_str!("../../dictionaries/companies.csv"),
    ),
    (
        "contexts.csv",
        include_str!("../../dictionaries/contexts.csv"),
    ),
    (
        "false_friends.csv",
        include_str!("../../dictionaries/false_friends.csv"),
    ),
    (
        "furniture.csv",
        include_str!("../../dictionaries/furniture.csv"),
    ),
    ("labels.csv", include_str!("../../dictionaries/labels.csv")),
    (
        "organizations.csv",
        include_str!("../../dictionaries/organizations.csv"),
    ),
    (
        "particles.csv",
        include_str!("../../dictionaries/particles.csv"),
    ),
    (
        "patterns.csv",
        include_str!("../../dictionaries/patterns.csv"),
    ),
    (
        "programs.csv",
        include_str!("../../dictionaries/programs.csv"),
    ),
    (
        "references.csv",
        include_str!("../../dictionaries/references.csv"),
    ),
    (
        "relations.csv",
        include_str!("../../dictionaries/relations.csv"),
    ),
    (
        "schools.csv",
        include_str!("../../dictionaries/schools.csv"),
    ),
    ("titles.csv", include_str!("../../dictionaries/titles.csv")),
];

/// The name files of the five types, in the order of [`TypeId`].
const NAME_FILES: [(&str, &str); 5] = [
    ("cities.csv", "city"),
    ("schools.csv", "school"),
    ("companies.csv", "company"),
    ("programs.csv", "program"),
    ("organizations.csv", "organization"),
];

/// Files that hold no names, with the columns each must have.
const OTHER_FILES: [(&str, &[&str]); 12] = [
    ("abbreviations.csv", &["type", "ending", "short"]),
    ("common_words.csv", &["word"]),
    (
        "contexts.csv",
        &["word", "where", "type", "names", "points"],
    ),
    ("false_friends.csv", &["surface", "is_not"]),
    ("labels.csv", &["key", "ko", "en"]),
    ("furniture.csv", &["marker", "kind", "match"]),
    ("particles.csv", &["form", "role", "after"]),
    (
        "patterns.csv",
        &["type", "triggers", "regex", "name", "mode"],
    ),
    (
        "references.csv",
        &["form", "type", "endings", "levels", "names"],
    ),
    ("cues.csv", CUE_COLUMNS),
    ("relations.csv", RELATION_COLUMNS),
    ("titles.csv", &["form", "type", "meaning"]),
];

/// What is asked of an entry most: one cache line holds several.
#[derive(Debug, Clone, Copy)]
struct Core {
    kind: TypeId,
    around: EntryId,
}

/// In place of an entry, where there is none.
const NOWHERE: EntryId = EntryId(u32::MAX);

impl From<&Entry> for Core {
    fn from(entry: &Entry) -> Self {
        Self {
            kind: entry.kind,
            around: entry.city.or(entry.parent).unwrap_or(NOWHERE),
        }
    }
}

/// The dictionaries, loaded, checked and compiled.
#[derive(Debug)]
pub struct Dictionary {
    types: Vec<String>,
    /// The same, for records to share.
    type_names: Vec<Arc<str>>,
    entries: Vec<Entry>,
    /// What every hit asks of the entries, closely packed.
    cores: Vec<Core>,
    surfaces: Vec<Surface>,
    abbreviations: Abbreviations,
    grammar: Grammar,
    contexts: Contexts,
    patterns: Vec<NamePattern>,
    references: Vec<Reference>,
    rules: RelationRules,
    furniture: Furniture,
    /// Rows of `labels.csv`: key, Korean, English; by key.
    labels: BTreeMap<String, (String, String)>,
    forms: Forms,
    /// The words of `false_friends.csv`, folded, sorted.
    false_friends: Vec<String>,
    /// All entries, sorted by id.
    by_id: Vec<EntryId>,
    /// The surfaces of all entries, by entry: indices into [`Self::surfaces`].
    by_entry: Vec<(EntryId, u32)>,
    /// Entries by the place that they stand in.
    by_city: FxHashMap<EntryId, Vec<EntryId>>,
    hash: String,
}

impl Dictionary {
    /// The built-in dictionaries.
    ///
    /// # Errors
    ///
    /// Where rows are bad; a test keeps the built-in ones good.
    pub fn embedded() -> Result<Self, DictionaryError> {
        Self::from_texts(&EMBEDDED.into(), true)
    }

    /// The built-in files, for users who want to edit them: name and content.
    pub fn embedded_files() -> &'static [(&'static str, &'static str)] {
        &EMBEDDED
    }

    /// [`Self::hash`] of the embedded dictionaries, without compiling them.
    pub fn embedded_hash() -> String {
        hash(&EMBEDDED.into())
    }

    /// The dictionaries of a folder, in place of the built-in ones.
    ///
    /// # Errors
    ///
    /// Where the folder or a file cannot be read, a file is missing or rows are bad: all bad rows at once.
    pub fn load(folder: &Path) -> Result<Self, DictionaryError> {
        Self::from_files(&Self::read_folder(folder)?)
    }

    /// The dictionary files of a folder: name and content.
    ///
    /// # Errors
    ///
    /// Where the folder or a file cannot be read.
    pub fn read_folder(folder: &Path) -> Result<BTreeMap<String, String>, DictionaryError> {
        let unreadable = |path: &Path, source| DictionaryError::Unreadable {
            path: path.to_owned(),
            source,
        };
        let mut files = BTreeMap::new();
        for item in std::fs::read_dir(folder).map_err(|e| unreadable(folder, e))? {
            let path = item.map_err(|e| unreadable(folder, e))?.path();
            let name = path
                .file_name()
                .map(|n| n.to_string_lossy().into_owned())
                .unwrap_or_default();
            let is_csv = path
                .extension()
                .is_some_and(|e| e.eq_ignore_ascii_case("csv"));
            if is_csv && !name.starts_with(['.', '~']) {
                files.insert(
                    name,
                    std::fs::read_to_string(&path).map_err(|e| unreadable(&path, e))?,
                );
            }
        }
        Ok(files)
    }

    /// The dictionaries given as file name and content.
    ///
    /// # Errors
    ///
    /// All bad rows at once.
    pub fn from_files(files: &BTreeMap<String, String>) -> Result<Self, DictionaryError> {
        let texts = files
            .iter()
            .map(|(file, text)| (file.as_str(), text.as_str()));
        Self::from_texts(&texts.collect(), false)
    }

    /// `tested` are texts that a test keeps good: their expressions are compiled when a text asks for them.
    fn from_texts(files: &Texts, tested: bool) -> Result<Self, DictionaryError> {
        let mut bad = Vec::new();
        let mut types: Vec<String> = NAME_FILES
            .iter()
            .map(|&(_, kind)| kind.to_owned())
            .collect();
        let mut name_files: Vec<(&str, TypeId)> = Vec::new();
        let lines = name_lines(files);
        let mut entries = Vec::with_capacity(lines);
        for (i, &(file, _)) in NAME_FILES.iter().enumerate() {
            if files.contains_key(file) {
                name_files.push((file, TypeId(i as u8)));
            }
        }
        for &file in files.keys() {
            let known = NAME_FILES.iter().any(|(f, _)| *f == file)
                || OTHER_FILES.iter().any(|(f, _)| *f == file);
            if !known {
                types.push(file.trim_end_matches(".csv").to_owned());
                name_files.push((file, TypeId((types.len() - 1) as u8)));
            }
        }
        if name_files.is_empty() {
            bad.push(BadRow::new(
                "cities.csv",
                1,
                "",
                "",
                "at least one file of names in the folder",
            ));
        }
        // Names on this thread, all else on another: neither needs the other before the forms are joined.
        let (surfaces, others) = thread::scope(|scope| {
            let load = || Others::load(files, &types, tested);
            let others = thread::Builder::new().spawn_scoped(scope, load);
            for (file, kind) in name_files {
                let table = Table::read(file, files[file], &["name"], &mut bad);
                entries::read(&table, kind, &mut entries, &mut bad);
            }
            entries::resolve(&mut entries, &types, &mut bad);
            let abbreviations = table("abbreviations.csv", files, &mut bad)
                .map(|table| Abbreviations::load(&table, &types, &mut bad));
            let surfaces = abbreviations.map(|abbreviations| {
                let surfaces = surfaces::build(&entries, &abbreviations, &mut bad);
                (abbreviations, surfaces)
            });
            let others = match others {
                Ok(others) => others.join().unwrap_or_else(|panic| resume_unwind(panic)),
                // Too little memory for a thread.
                Err(_) => load(),
            };
            (surfaces, others)
        });
        let (others, mut worse) = others;
        bad.append(&mut worse);
        let (Some((abbreviations, surfaces)), Some(others)) = (surfaces, others) else {
            bad.sort();
            return Err(DictionaryError::BadRows(bad));
        };
        let Others {
            grammar,
            contexts,
            patterns,
            references,
            rules,
            labels,
            furniture,
            false_friends,
            hash,
        } = others;
        let extras = extras(&references, &patterns, &false_friends, &entries, &mut bad);
        let false_friends: Vec<String> = extras
            .iter()
            .filter(|(_, extra)| extra.false_friend.is_some())
            .map(|(form, _)| form.clone())
            .collect();
        let forms = match Forms::new(&surfaces, extras) {
            Ok(forms) => forms,
            Err(error) => {
                bad.push(BadRow::new(
                    "",
                    0,
                    "",
                    "",
                    format!("names that can be compiled ({error})"),
                ));
                return Err(DictionaryError::BadRows(bad));
            }
        };
        if !bad.is_empty() {
            bad.sort();
            return Err(DictionaryError::BadRows(bad));
        }
        let mut by_entry: Vec<(EntryId, u32)> = Vec::with_capacity(surfaces.len());
        for (surface, number) in surfaces.iter().zip(0..) {
            by_entry.extend(surface.senses.iter().map(|sense| (sense.entry, number)));
        }
        by_entry.sort_unstable();
        let mut by_city: FxHashMap<EntryId, Vec<EntryId>> = FxHashMap::default();
        for (i, entry) in entries.iter().enumerate() {
            if let Some(city) = entry.city {
                by_city.entry(city).or_default().push(EntryId(i as u32));
            }
        }
        let mut by_id: Vec<EntryId> = (0..entries.len()).map(|i| EntryId(i as u32)).collect();
        by_id.sort_by(|a, b| entries[a.0 as usize].id.cmp(&entries[b.0 as usize].id));
        Ok(Self {
            by_id,
            by_entry,
            type_names: types.iter().map(|t| t.as_str().into()).collect(),
            types,
            cores: entries.iter().map(Core::from).collect(),
            entries,
            surfaces,
            abbreviations,
            grammar,
            contexts,
            patterns,
            references,
            rules,
            furniture,
            labels,
            forms,
            false_friends,
            by_city,
            hash,
        })
    }

    /// The entity types, the five built-in ones first.
    pub fn types(&self) -> &[String] {
        &self.types
    }

    /// The name of a type.
    pub fn type_name(&self, kind: TypeId) -> &str {
        &self.types[usize::from(kind.0)]
    }

    /// The same, to be shared.
    pub(crate) fn shared_type_name(&self, kind: TypeId) -> &Arc<str> {
        &self.type_names[usize::from(kind.0)]
    }

    /// The type of an entry.
    #[inline]
    pub fn kind(&self, id: EntryId) -> TypeId {
        self.cores[id.0 as usize].kind
    }

    /// The place that an entry stands in or, for want of one, what it is a part of.
    #[inline]
    pub fn around(&self, id: EntryId) -> Option<EntryId> {
        let around = self.cores[id.0 as usize].around;
        (around != NOWHERE).then_some(around)
    }

    /// All entries.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// One entry.
    pub fn entry(&self, id: EntryId) -> &Entry {
        &self.entries[id.0 as usize]
    }

    /// The entry whose id is `id`; O(log n).
    pub fn by_id(&self, id: &str) -> Option<&Entry> {
        let i = self
            .by_id
            .binary_search_by(|&e| self.entry(e).id.as_ref().cmp(id))
            .ok()?;
        Some(self.entry(self.by_id[i]))
    }

    /// Every form under which the entry whose id is `id` is found, without spaces, sorted; O(log n).
    pub fn forms_of(&self, id: &str) -> impl Iterator<Item = &str> {
        let at = self
            .by_id
            .binary_search_by(|&e| self.entry(e).id.as_ref().cmp(id));
        let entry = at.ok().map(|i| self.by_id[i]);
        let from = self.by_entry.partition_point(|(e, _)| Some(*e) < entry);
        let surfaces = self.by_entry[from..].iter();
        surfaces
            .take_while(move |(e, _)| Some(*e) == entry)
            .map(|&(_, surface)| self.surfaces[surface as usize].text.as_str())
    }

    /// The entries that stand in a place, in file order.
    pub fn entries_in(&self, city: EntryId) -> &[EntryId] {
        self.by_city.get(&city).map_or(&[], Vec::as_slice)
    }

    /// All forms of names, sorted.
    pub fn surfaces(&self) -> &[Surface] {
        &self.surfaces
    }

    /// The forms into which a name of type `kind` shortens.
    pub fn shortened(&self, kind: TypeId, name: &str) -> Vec<String> {
        self.abbreviations.shorten(kind, name).collect()
    }

    /// Whether `word` is nothing but an ending or a short ending of names of type `kind` (고등학교, 여상); O(rules).
    pub(crate) fn is_ending(&self, kind: TypeId, word: &str) -> bool {
        self.abbreviations.has(kind, word)
    }

    /// The surface whose folded text is `folded`; O(its characters).
    pub fn surface(&self, folded: &str) -> Option<&Surface> {
        let form = self.forms.matcher().number(folded)?;
        let surface = self.forms.form(form).surface()?;
        Some(&self.surfaces[surface as usize])
    }

    /// Whether `folded` is a row of `false_friends.csv`; O(log n).
    pub fn is_false_friend(&self, folded: &str) -> bool {
        self.false_friends
            .binary_search_by(|f| f.as_str().cmp(folded))
            .is_ok()
    }

    /// Particles and titles.
    pub fn grammar(&self) -> &Grammar {
        &self.grammar
    }

    /// Words beside a name that speak for or against it.
    pub fn contexts(&self) -> &Contexts {
        &self.contexts
    }

    /// Shapes of names that no dictionary has.
    pub fn patterns(&self) -> &[NamePattern] {
        &self.patterns
    }

    /// Words that stand for a body.
    pub fn references(&self) -> &[Reference] {
        &self.references
    }

    /// The rules that find relations.
    pub fn rules(&self) -> &RelationRules {
        &self.rules
    }

    /// The rules of `abbreviations.csv`.
    pub(super) fn abbreviations(&self) -> &Abbreviations {
        &self.abbreviations
    }

    /// What people read in place of a relation's or a type's identifier: in Korean and in English.
    pub fn label(&self, key: &str) -> Option<(&str, &str)> {
        self.labels
            .get(key)
            .map(|(ko, en)| (ko.as_str(), en.as_str()))
    }

    /// All rows of `labels.csv`: key, Korean, English; by key.
    pub fn labels(&self) -> impl Iterator<Item = (&str, &str, &str)> {
        let labels = self.labels.iter();
        labels.map(|(key, (korean, english))| (key.as_str(), korean.as_str(), english.as_str()))
    }

    /// What stands on pages and is no article.
    pub fn furniture(&self) -> &Furniture {
        &self.furniture
    }

    /// Every form of every list, compiled.
    pub fn forms(&self) -> &Forms {
        &self.forms
    }

    /// 16 hexadecimal digits that change with any byte of the dictionaries (FNV-1a, 64 bit).
    pub fn hash(&self) -> &str {
        &self.hash
    }
}

/// Dictionary files: name and content.
type Texts<'a> = BTreeMap<&'a str, &'a str>;

/// How many lines the files of names have.
fn name_lines(files: &Texts) -> usize {
    let others = |file: &str| OTHER_FILES.iter().any(|(other, _)| *other == file);
    let names = files.iter().filter(|(file, _)| !others(file));
    names
        .map(|(_, text)| text.bytes().filter(|b| *b == b'\n').count())
        .sum()
}

/// One of [`OTHER_FILES`]; a file that is not there is a bad row.
fn table(file: &'static str, files: &Texts, bad: &mut Vec<BadRow>) -> Option<Table> {
    let &(_, columns) = OTHER_FILES.iter().find(|(name, _)| *name == file)?;
    let Some(text) = files.get(file) else {
        bad.push(BadRow::new(
            file,
            1,
            "",
            "",
            format!(
                "this file in the folder, with the columns {}",
                columns.join(",")
            ),
        ));
        return None;
    };
    Some(Table::read(file, text, columns, bad))
}

/// What the files without names hold, compiled.
struct Others {
    grammar: Grammar,
    contexts: Contexts,
    patterns: Vec<NamePattern>,
    references: Vec<Reference>,
    rules: RelationRules,
    labels: BTreeMap<String, (String, String)>,
    furniture: Furniture,
    false_friends: Table,
    hash: String,
}

impl Others {
    /// Reads all of [`OTHER_FILES`] but the abbreviations; `None` where one is not there.
    fn load(files: &Texts, types: &[String], tested: bool) -> (Option<Self>, Vec<BadRow>) {
        let mut bad = Vec::new();
        let others = Self::load_into(files, types, tested, &mut bad);
        // Of the common words nothing is compiled: only `dict check` reads them.
        table("common_words.csv", files, &mut bad);
        (others, bad)
    }

    fn load_into(
        files: &Texts,
        types: &[String],
        tested: bool,
        bad: &mut Vec<BadRow>,
    ) -> Option<Self> {
        let mut read = |file| table(file, files, bad);
        let [
            particles,
            titles,
            contexts,
            patterns,
            references,
            relations,
            cues,
            labels,
            furniture,
            false_friends,
        ] = [
            "particles.csv",
            "titles.csv",
            "contexts.csv",
            "patterns.csv",
            "references.csv",
            "relations.csv",
            "cues.csv",
            "labels.csv",
            "furniture.csv",
            "false_friends.csv",
        ]
        .map(&mut read);
        let (particles, titles) = (particles?, titles?);
        let (relations, cues) = (relations?, cues?);
        let labels = labels?;
        let label = |row| {
            let text = |column| labels.cell(row, column).to_owned();
            (text("key"), (text("ko"), text("en")))
        };
        Some(Self {
            grammar: Grammar::load(&particles, &titles, types, bad),
            contexts: Contexts::load(&contexts?, types, bad),
            patterns: patterns::load(&patterns?, types, tested, bad),
            references: references::load(&references?, types, bad),
            rules: RelationRules::load(&relations, &cues, types, bad),
            labels: labels.rows.iter().map(label).collect(),
            furniture: Furniture::load(&furniture?, bad),
            false_friends: false_friends?,
            hash: hash(files),
        })
    }
}

/// What forms are besides names: references, triggers of patterns, the rows of `false_friends.csv`.
fn extras(
    references: &[Reference],
    patterns: &[NamePattern],
    false_friends: &Table,
    entries: &[Entry],
    bad: &mut Vec<BadRow>,
) -> BTreeMap<String, FormExtra> {
    let mut extras: BTreeMap<String, FormExtra> = BTreeMap::new();
    for (i, reference) in references.iter().enumerate() {
        extras.entry(reference.form.clone()).or_default().reference = Some(i as u32);
    }
    for (i, pattern) in patterns.iter().enumerate() {
        for trigger in &pattern.triggers {
            extras
                .entry(trigger.chars().filter_map(fold_char).collect())
                .or_default()
                .patterns
                .push(i as u32);
        }
    }
    let mut by_name: FxHashMap<&str, Vec<EntryId>> = FxHashMap::default();
    for (i, entry) in entries.iter().enumerate() {
        by_name
            .entry(&entry.name)
            .or_default()
            .push(EntryId(i as u32));
    }
    for row in &false_friends.rows {
        let surface: String = false_friends
            .cell(row, "surface")
            .chars()
            .filter_map(fold_char)
            .collect();
        if surface.is_empty() {
            bad.push(false_friends.bad(row, "surface", "a word"));
            continue;
        }
        let mut is_not: Vec<EntryId> = Vec::new();
        for name in false_friends.list(row, "is_not") {
            match by_name.get(name) {
                Some(ids) => is_not.extend_from_slice(ids),
                None => {
                    bad.push(false_friends.bad(row, "is_not", "names of entries; empty for any"));
                }
            }
        }
        extras
            .entry(surface)
            .or_default()
            .false_friend
            .get_or_insert_default()
            .extend(is_not);
    }
    extras.remove("");
    extras
}

/// FNV-1a over names and contents: a fixed hash, so that outputs compare across machines and versions.
fn hash(files: &Texts) -> String {
    let mut state: u64 = 0xcbf2_9ce4_8422_2325;
    let mut eat = |bytes: &[u8]| {
        for &byte in bytes {
            state = (state ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    };
    for (name, text) in files {
        eat(name.as_bytes());
        eat(&[0]);
        eat(text.as_bytes());
        eat(&[0]);
    }
    format!("{state:016x}")
}

#[cfg(test)]
mod tests {
    use super::Dictionary;

    #[test]
    fn the_built_in_dictionaries_have_no_bad_row() {
        if let Err(error) = Dictionary::embedded() {
            panic!("{error}");
        }
    }
}
