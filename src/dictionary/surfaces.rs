//! Every form under which an entry may stand in a text: names, aliases, and what the rules shorten.

use rustc_hash::FxHashMap;

use super::affixes::{Prefixes, Suffixes};
use super::{BadRow, Entry, EntryId, Table, TypeId, fold_char};

/// How a form came about; the earlier, the stronger.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Origin {
    /// The canonical name.
    Name,
    /// A row's alias or former name.
    Alias,
    /// Made by a rule of `abbreviations.csv` or by exchanging a place's names.
    Derived,
}

/// One reading of a surface.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Sense {
    /// How the form came about.
    pub origin: Origin,
    /// What it names.
    pub entry: EntryId,
    /// Whether this form is also something else, so that the context has to decide.
    pub ambiguous: bool,
    /// Whether an ambiguous form is rather the name: then the context has to speak against it.
    pub likely: bool,
}

/// A form as it is searched for, and all that it may name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Surface {
    /// The form, folded: without spaces.
    pub text: String,
    /// Its readings, strongest first, each entry once.
    pub senses: Vec<Sense>,
    /// The type of the first of them.
    pub kind: TypeId,
}

/// The rules of `abbreviations.csv`: by which endings names of a type shorten, and how.
#[derive(Debug, Default)]
pub struct Abbreviations {
    /// By type, the endings: each with its place in `short`.
    endings: Vec<Suffixes<usize>>,
    /// The short endings of each rule.
    short: Vec<Vec<String>>,
}

impl Abbreviations {
    /// Reads the rules.
    pub fn load(table: &Table, types: &[String], bad: &mut Vec<BadRow>) -> Self {
        let mut rules = Self {
            endings: vec![Suffixes::default(); types.len()],
            short: Vec::new(),
        };
        for row in &table.rows {
            let Some(kind) = types.iter().position(|t| t == table.cell(row, "type")) else {
                bad.push(table.bad(row, "type", format!("one of {}", types.join(", "))));
                continue;
            };
            let ending = table.cell(row, "ending");
            let short: Vec<String> = table.list(row, "short").map(str::to_owned).collect();
            if ending.is_empty() || short.is_empty() {
                bad.push(table.bad(row, "ending", "an ending and at least one short form"));
                continue;
            }
            rules.endings[kind].add(ending, rules.short.len());
            rules.short.push(short);
        }
        rules.endings.iter_mut().for_each(Suffixes::seal);
        rules
    }

    /// Whether `word` is an ending of that type, or a short one.
    pub fn has(&self, kind: TypeId, word: &str) -> bool {
        let endings = self.endings.get(usize::from(kind.0));
        let rule = endings.and_then(|endings| endings.longest(word));
        rule.is_some_and(|rule| rule.length == word.len())
            || self.short.iter().flatten().any(|short| short == word)
    }

    /// The forms into which a name of type `kind` shortens, by the rule of its longest ending.
    pub fn shorten<'a>(
        &'a self,
        kind: TypeId,
        name: &'a str,
    ) -> impl Iterator<Item = String> + use<'a> {
        // Something has to stand before the ending.
        let first = name.chars().next().map_or(0, char::len_utf8);
        let rule = self
            .endings
            .get(usize::from(kind.0))
            .and_then(|endings| endings.longest(&name[first..]));
        rule.into_iter().flat_map(move |rule| {
            let stem = &name[..name.len() - rule.length];
            self.short[rule.value]
                .iter()
                .map(move |short| format!("{stem}{short}"))
        })
    }
}

/// A form without what does not distinguish names.
fn fold(form: &str) -> String {
    form.chars().filter_map(fold_char).collect()
}

/// The same; most forms have nothing to fold.
fn folded(form: String) -> String {
    if form.chars().all(|c| fold_char(c) == Some(c)) {
        return form;
    }
    fold(&form)
}

/// Makes the forms of an entry.
pub(super) struct Maker<'a> {
    rules: &'a Abbreviations,
    places: PlaceNames,
}

impl<'a> Maker<'a> {
    /// By the rules of `abbreviations.csv` and the places among the entries.
    pub(super) fn new(entries: &[Entry], rules: &'a Abbreviations) -> Self {
        Self {
            rules,
            places: PlaceNames::new(entries),
        }
    }

    /// The name, the aliases, and what the rules make of them, in this order.
    fn forms(&self, entry: &Entry) -> Vec<(Origin, String)> {
        let mut forms: Vec<(Origin, String)> = vec![(Origin::Name, entry.name.to_string())];
        forms.extend(entry.aliases.iter().map(|a| (Origin::Alias, a.clone())));
        if entry.kind != TypeId::CITY {
            for i in 0..forms.len() {
                let variants = self.places.exchange(&forms[i].1, entry.kind);
                forms.extend(variants.into_iter().map(|v| (Origin::Derived, v)));
            }
        }
        for i in 0..forms.len() {
            let short: Vec<String> = self.rules.shorten(entry.kind, &forms[i].1).collect();
            forms.extend(short.into_iter().map(|s| (Origin::Derived, s)));
        }
        forms
    }

    /// Whether the rules make this alias of the entry's name and its other aliases.
    pub(super) fn makes_without(&self, entry: &Entry, alias: &str) -> bool {
        let mut entry = entry.clone();
        entry.aliases.retain(|a| a != alias);
        let folded = fold(alias);
        self.forms(&entry)
            .iter()
            .any(|(origin, form)| *origin == Origin::Derived && fold(form) == folded)
    }
}

/// All surfaces of all entries, sorted by text.
pub fn build(entries: &[Entry], rules: &Abbreviations, bad: &mut Vec<BadRow>) -> Vec<Surface> {
    let maker = Maker::new(entries, rules);
    let mut found: Vec<(String, Sense)> = Vec::with_capacity(4 * entries.len());
    for (i, entry) in entries.iter().enumerate() {
        let entry_id = EntryId(i as u32);
        let sense = |origin| Sense {
            origin,
            entry: entry_id,
            ambiguous: false,
            likely: false,
        };
        for (origin, form) in maker.forms(entry) {
            let folded = folded(form);
            if folded.chars().nth(1).is_some() {
                found.push((folded, sense(origin)));
            }
        }
    }
    // Of each entry that has a form the strongest sense.
    found
        .sort_unstable_by(|a, b| (&a.0, a.1.entry, a.1.origin).cmp(&(&b.0, b.1.entry, b.1.origin)));
    found.dedup_by(|b, a| a.0 == b.0 && a.1.entry == b.1.entry);
    for (i, entry) in entries.iter().enumerate() {
        for form in &entry.ambiguous {
            let (folded, id) = (fold(form), EntryId(i as u32));
            let place = found.binary_search_by(|(text, sense)| {
                (text.as_str(), sense.entry).cmp(&(folded.as_str(), id))
            });
            match place {
                Ok(place) => {
                    found[place].1.ambiguous = true;
                    found[place].1.likely = entry.likely.iter().any(|likely| fold(likely) == folded);
                }
                Err(_) => bad.push(BadRow::new(
                    &entry.place.0,
                    entry.place.1,
                    "ambiguous",
                    &folded,
                    "forms that are the row's name, an alias, or made from them by abbreviations.csv",
                )),
            }
        }
    }
    let mut surfaces = Vec::with_capacity(found.len());
    for same in found.chunk_by_mut(|a, b| a.0 == b.0) {
        // A rule that happens to hit another entry's own name does not make it ambiguous.
        let named = same.iter().any(|(_, sense)| sense.origin < Origin::Derived);
        let counts = |sense: &Sense| !named || sense.origin < Origin::Derived;
        let senses = || same.iter().map(|(_, sense)| *sense).filter(counts);
        let mut list = Vec::with_capacity(senses().count());
        list.extend(senses());
        list.sort_unstable();
        surfaces.push(Surface {
            kind: entries[list[0].entry.0 as usize].kind,
            senses: list,
            text: std::mem::take(&mut same[0].0),
        });
    }
    surfaces
}

/// The names of places, for names that begin with one: 전라북도교육청, 전북교육청; 경산시교육지원청.
struct PlaceNames {
    /// Each province's names, its full name first.
    provinces: Vec<Vec<String>>,
    /// The full names of the provinces.
    full: Prefixes<usize>,
    /// Each town's or county's full name and its short one, by their first character.
    towns: FxHashMap<char, Vec<(String, String)>>,
}

impl PlaceNames {
    fn new(entries: &[Entry]) -> Self {
        let cities = || entries.iter().filter(|e| e.kind == TypeId::CITY);
        let provinces: Vec<Vec<String>> = cities()
            .filter(|e| e.attribute("level") == "province")
            .map(|e| e.names().map(str::to_owned).collect())
            .collect();
        let mut full = Prefixes::default();
        for (i, names) in provinces.iter().enumerate() {
            full.add(&names[0], i);
        }
        full.seal();
        let mut towns: FxHashMap<char, Vec<(String, String)>> = FxHashMap::default();
        for entry in cities().filter(|e| matches!(e.attribute("level"), "city" | "county")) {
            let short = entry
                .aliases
                .iter()
                .find(|a| entry.name.starts_with(a.as_str()));
            if let (Some(short), Some(first)) = (short, entry.name.chars().next()) {
                let names = (entry.name.to_string(), short.clone());
                towns.entry(first).or_default().push(names);
            }
        }
        Self {
            provinces,
            full,
            towns,
        }
    }

    /// The form with the place at its beginning under each of its other names.
    fn exchange(&self, form: &str, kind: TypeId) -> Vec<String> {
        let province = self.full.longest(form).and_then(|i| {
            let names = &self.provinces[i];
            let rest = &form[names[0].len()..];
            (!rest.trim().is_empty()).then(|| {
                names[1..]
                    .iter()
                    .map(|other| format!("{other}{rest}"))
                    .collect::<Vec<_>>()
            })
        });
        if kind != TypeId::ORGANIZATION || province.is_some() {
            return province.unwrap_or_default();
        }
        let town = |(full, short): &(String, String)| match form.strip_prefix(full.as_str()) {
            Some(rest) => (rest.chars().count() > 2).then(|| format!("{short}{rest}")),
            None => form
                .strip_prefix(short.as_str())
                .filter(|rest| rest.chars().count() > 2)
                .map(|rest| format!("{full}{rest}")),
        };
        let first = form.chars().next();
        let near = first.and_then(|c| self.towns.get(&c));
        near.into_iter().flatten().filter_map(town).collect()
    }
}
