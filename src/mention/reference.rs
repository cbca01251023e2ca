//! Words that stand for a body named elsewhere: 도교육청 names it, 시 and 이 학교 point back to it.

use crate::dictionary::{Dictionary, EntryId, Reference, TypeId};

/// What an article has named so far, for looking back.
pub struct Named<'a> {
    /// Type, name, entry and number of each entity, by mention.
    pub mentions: Vec<NamedMention<'a>>,
}

/// One mention of an entity, as far as references care.
pub struct NamedMention<'a> {
    /// Byte at which it begins.
    pub start: usize,
    /// Its type.
    pub kind: TypeId,
    /// Its canonical name.
    pub name: &'a str,
    /// Its entry.
    pub entry: Option<EntryId>,
    /// Number of the entity.
    pub entity: usize,
}

/// What a reference stands for.
pub enum Antecedent {
    /// An entity that the article names.
    Entity(usize),
    /// An entry that follows from a place which the article names.
    Entry(EntryId),
}

impl Named<'_> {
    /// Follows a reference at byte `at` to the nearest body before it that fits, else the nearest after.
    pub fn follow(
        &self,
        reference: &Reference,
        at: usize,
        dictionary: &Dictionary,
    ) -> Option<Antecedent> {
        let fits = |m: &&NamedMention<'_>| {
            m.kind == reference.kind
                && (reference.endings.is_empty()
                    || reference
                        .endings
                        .iter()
                        .any(|e| m.name.ends_with(e.as_str())))
                && (reference.levels.is_empty() || level_fits(m, reference, dictionary))
        };
        let before = self
            .mentions
            .iter()
            .rev()
            .filter(|m| m.start < at)
            .find(fits);
        if let Some(m) = before {
            return Some(Antecedent::Entity(m.entity));
        }
        if reference.names {
            if let Some(m) = self.mentions.iter().filter(|m| m.start > at).find(fits) {
                return Some(Antecedent::Entity(m.entity));
            }
            return self
                .by_place(reference, at, dictionary)
                .map(Antecedent::Entry);
        }
        None
    }

    /// The body of a place that the article names: 도의회 where it names 제주도.
    fn by_place(
        &self,
        reference: &Reference,
        at: usize,
        dictionary: &Dictionary,
    ) -> Option<EntryId> {
        let (before, after): (Vec<_>, Vec<_>) = self
            .mentions
            .iter()
            .filter(|m| m.kind == TypeId::CITY)
            .partition(|m| m.start < at);
        before.iter().rev().chain(&after).find_map(|m| {
            let entry = dictionary.entry(m.entry?);
            let chain =
                std::iter::successors(Some(entry), |e| e.parent.map(|p| dictionary.entry(p)));
            chain.take(3).find_map(|place| {
                let level = place.attribute("level");
                if !reference.levels.is_empty() && !reference.levels.iter().any(|l| l == level) {
                    return None;
                }
                place.names().find_map(|name| {
                    reference.endings.iter().find_map(|ending| {
                        let folded: String = name
                            .chars()
                            .chain(ending.chars())
                            .filter_map(crate::dictionary::fold_char)
                            .collect();
                        let senses = &dictionary.surface(&folded)?.senses;
                        senses
                            .iter()
                            .find(|s| dictionary.kind(s.entry) == reference.kind)
                            .map(|s| s.entry)
                    })
                })
            })
        })
    }
}

/// Whether a body belongs to a place of the level that the reference wants.
fn level_fits(mention: &NamedMention<'_>, reference: &Reference, dictionary: &Dictionary) -> bool {
    let Some(entry) = mention.entry.map(|e| dictionary.entry(e)) else {
        return false;
    };
    let place = if entry.kind == TypeId::CITY {
        Some(entry)
    } else {
        // The place whose name the body's name begins with governs it, wherever its seat is.
        let seat = entry.city.or(entry.parent).map(|c| dictionary.entry(c));
        std::iter::successors(seat, |e| e.parent.map(|p| dictionary.entry(p)))
            .take(3)
            .find(|p| p.names().any(|n| entry.name.starts_with(n)))
    };
    place.is_some_and(|p| reference.levels.iter().any(|l| l == p.attribute("level")))
}
