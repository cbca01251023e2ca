//! The name files: one entry a row, references between entries resolved.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::{BadRow, EntryId, Row, Table, TypeId, is_hangul};

/// Columns of a name file that are not attributes of the node.
const OWN_COLUMNS: [&str; 5] = ["name", "aliases", "ambiguous", "former_names", "note"];

/// Marks a form in the column `ambiguous` that is rather the name than anything else.
const LIKELY: char = '~';

/// One named thing of a dictionary.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// `type:name`, with ` (parent)` after a name that several entries of the type share.
    pub id: Arc<str>,
    /// The canonical name.
    pub name: Arc<str>,
    /// Its type.
    pub kind: TypeId,
    /// Other names, today's and former ones, in file order.
    pub aliases: Vec<String>,
    /// Forms of the name that are also something else and need support from the context.
    pub ambiguous: Vec<String>,
    /// Those of them that are rather the name: it stands unless the context speaks against it.
    pub likely: Vec<String>,
    /// The columns of its own, in file order, without empty cells.
    pub attributes: Vec<(Arc<str>, Box<str>)>,
    /// The place it stands in.
    pub city: Option<EntryId>,
    /// What it is a part of.
    pub parent: Option<EntryId>,
    /// Who runs it.
    pub owners: Vec<EntryId>,
    /// The file and line that it comes from.
    pub place: (Arc<str>, u64),
}

impl Entry {
    /// The canonical name and the aliases, in file order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        std::iter::once(&*self.name).chain(self.aliases.iter().map(String::as_str))
    }

    /// The value of one of its own columns; empty where there is none.
    pub fn attribute(&self, column: &str) -> &str {
        self.attributes
            .iter()
            .find(|(c, _)| **c == *column)
            .map_or("", |(_, value)| value)
    }
}

/// Reads the rows of one name file; references stay text until [`resolve`].
pub fn read(table: &Table, kind: TypeId, entries: &mut Vec<Entry>, bad: &mut Vec<BadRow>) {
    let file: Arc<str> = table.file.as_str().into();
    for row in &table.rows {
        let name = table.cell(row, "name");
        if name.is_empty() {
            bad.push(table.bad(row, "name", "a name"));
            continue;
        }
        check_text(table, row, bad);
        let aliases = table
            .list(row, "aliases")
            .chain(table.list(row, "former_names"));
        let attributes = table
            .cells(row)
            .zip(table.header())
            .filter(|((column, value), _)| !value.is_empty() && !OWN_COLUMNS.contains(column))
            .map(|((_, value), column)| (column.clone(), value.into()));
        entries.push(Entry {
            id: "".into(),
            name: name.into(),
            kind,
            aliases: exactly(aliases.map(str::to_owned)),
            ambiguous: exactly(
                table
                    .list(row, "ambiguous")
                    .map(|form| form.trim_end_matches(LIKELY).to_owned()),
            ),
            likely: exactly(
                table
                    .list(row, "ambiguous")
                    .filter_map(|form| form.strip_suffix(LIKELY).map(str::to_owned)),
            ),
            attributes: exactly(attributes),
            city: None,
            parent: None,
            owners: Vec::new(),
            place: (file.clone(), row.line),
        });
    }
}

/// A list without room for more: there are tens of thousands of them.
fn exactly<T>(items: impl Iterator<Item = T> + Clone) -> Vec<T> {
    let mut list = Vec::with_capacity(items.clone().count());
    list.extend(items);
    list
}

/// Text that no article can match, or that breaks files further on.
fn check_text(table: &Table, row: &Row, bad: &mut Vec<BadRow>) {
    use unicode_normalization::is_nfc;
    // Nearly all cells are of Hangul and ASCII, which is composed as it stands.
    let plain = |c: char| is_hangul(c) || matches!(c, ' '..='~');
    for (column, cell) in table.cells(row) {
        if cell.chars().all(plain) {
        } else if cell.chars().any(char::is_control) {
            bad.push(table.bad(row, column, "text without control characters"));
        } else if !is_nfc(cell) {
            bad.push(table.bad(row, column, "text in NFC (composed Hangul)"));
        }
    }
    for form in std::iter::once(table.cell(row, "name")).chain(table.list(row, "aliases")) {
        if form.chars().filter(|c| !c.is_whitespace()).count() < 2 {
            bad.push(table.bad(
                row,
                "name",
                format!("names of two characters or more, not `{form}`"),
            ));
        }
    }
}

/// Gives every entry its id and turns references into entry ids.
///
/// A reference is a name, or `name (parent)` where several entries share the name.
pub fn resolve(entries: &mut [Entry], types: &[String], bad: &mut Vec<BadRow>) {
    let mut same: FxHashMap<(TypeId, &str), bool> = FxHashMap::default();
    same.reserve(entries.len());
    for entry in &*entries {
        let shared = same.contains_key(&(entry.kind, &*entry.name));
        same.insert((entry.kind, &entry.name), shared);
    }
    let mut labels: Vec<Arc<str>> = Vec::with_capacity(entries.len());
    for entry in &*entries {
        let place = [entry.attribute("parent"), entry.attribute("city")]
            .into_iter()
            .find(|p| !p.is_empty());
        labels.push(match place {
            Some(place) if same[&(entry.kind, &*entry.name)] => {
                let place = place.split_once(" (").map_or(place, |(name, _)| name);
                format!("{} ({place})", entry.name).into()
            }
            _ => entry.name.clone(),
        });
    }
    drop(same);
    // Two districts of one name in cities of one name: the province tells them apart.
    let mut seen: FxHashMap<(TypeId, Arc<str>), u64> = FxHashMap::default();
    seen.reserve(entries.len());
    let mut id = String::new();
    for (entry, label) in entries.iter_mut().zip(&mut labels) {
        if let Some(&first) = seen.get(&(entry.kind, label.clone())) {
            let outer = [entry.attribute("city"), entry.attribute("parent")]
                .into_iter()
                .find_map(|p| {
                    p.split_once(" (")
                        .map(|(_, outer)| outer.trim_end_matches(')').to_owned())
                });
            match outer {
                Some(outer) => *label = format!("{} ({outer})", entry.name).into(),
                None => bad.push(BadRow::new(
                    &entry.place.0,
                    entry.place.1,
                    "name",
                    &entry.name,
                    format!(
                        "a name of its own, or another parent or city: line {first} has the same name there"
                    ),
                )),
            }
        }
        seen.insert((entry.kind, label.clone()), entry.place.1);
        id.clear();
        id.extend([&types[usize::from(entry.kind.0)], ":", label]);
        entry.id = id.as_str().into();
    }
    drop(seen);
    let mut by_label: FxHashMap<(TypeId, &str), EntryId> = FxHashMap::default();
    by_label.reserve(entries.len());
    for (i, (entry, label)) in entries.iter().zip(&labels).enumerate() {
        by_label.insert((entry.kind, &**label), EntryId(i as u32));
    }
    let find = |reference: &str, kinds: &[TypeId]| {
        kinds
            .iter()
            .find_map(|&kind| by_label.get(&(kind, reference)).copied())
    };
    let all: Vec<TypeId> = (0..types.len()).map(|i| TypeId(i as u8)).collect();
    let mut found = Vec::with_capacity(entries.len());
    let mut own_first = vec![TypeId::CITY];
    for entry in &*entries {
        own_first.truncate(1);
        own_first[0] = entry.kind;
        own_first.extend(&all);
        let mut links = |column, kinds: &[TypeId]| {
            let mut links = Vec::new();
            let references = entry.attribute(column).split('|').map(str::trim);
            for reference in references.filter(|r| !r.is_empty()) {
                match find(reference, kinds) {
                    Some(id) => links.push(id),
                    None => bad.push(BadRow::new(
                        &entry.place.0,
                        entry.place.1,
                        column,
                        reference,
                        "the name of an entry (`name (parent)` where several share the name)",
                    )),
                }
            }
            links
        };
        let city = links("city", &[TypeId::CITY]).first().copied();
        let parent = links("parent", &own_first).first().copied();
        found.push((city, parent, links("owner", &own_first)));
    }
    for (entry, (city, parent, owners)) in entries.iter_mut().zip(found) {
        entry.city = city;
        entry.parent = parent;
        entry.owners = owners;
    }
}
