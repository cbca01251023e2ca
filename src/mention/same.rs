//! Names that the article uses for another one that it has in full: `조교사협회` is the end of `서울경마장조교사협회`, `폴리텍` the
//! campus of which it speaks.

use crate::article::Article;
use crate::dictionary::{Dictionary, TypeId, fold_char};

use super::Entity;
use super::candidate::Candidate;

/// Types whose names are told by their end alone.
const BY_END: [TypeId; 2] = [TypeId::ORGANIZATION, TypeId::PROGRAM];

/// The shortest end that tells a name, in characters.
const SHORTEST: usize = 4;

/// Gives each of `found` the number of the entity that it means; O(entities² + mentions).
pub fn unite(
    found: &mut [(usize, Candidate<'_>)],
    entities: &[Entity],
    article: &Article,
    dictionary: &Dictionary,
) {
    let longer: Vec<Option<usize>> = entities
        .iter()
        .map(|short| ends_of(short, entities, dictionary))
        .collect();
    let branch: Vec<Option<usize>> = entities
        .iter()
        .map(|body| branch_of(body, entities))
        .collect();
    if longer.iter().chain(&branch).all(Option::is_none) {
        return;
    }
    for (number, candidate) in found {
        let said = || fold(&article.text[candidate.span.clone()]);
        if let Some(name) = longer[*number] {
            *number = name;
        } else if let Some(name) = branch[*number]
            && is_mere_alias(&said(), &entities[*number], dictionary)
        {
            *number = name;
        }
    }
}

/// The one name of which a name that no list has is the end.
fn ends_of(short: &Entity, entities: &[Entity], dictionary: &Dictionary) -> Option<usize> {
    if short.entry.is_some() || !BY_END.contains(&short.kind) {
        return None;
    }
    let end = fold(&short.name);
    if end.chars().count() < SHORTEST {
        return None;
    }
    let goes_on = |name: &str| {
        let name = fold(name);
        name.len() > end.len() && name.ends_with(&end)
    };
    only(entities, |long| {
        long.kind == short.kind
            && match long.entry {
                Some(entry) => dictionary.entry(entry).names().any(goes_on),
                None => goes_on(&long.name),
            }
    })
}

/// The one school of the lists whose name is that of `body` and the name of a branch: a campus.
fn branch_of(body: &Entity, entities: &[Entity]) -> Option<usize> {
    if body.kind != TypeId::SCHOOL || body.entry.is_none() {
        return None;
    }
    only(entities, |branch| {
        let rest = branch.name.strip_prefix(&*body.name);
        branch.kind == body.kind && rest.is_some_and(|rest| rest.starts_with(' '))
    })
}

/// The number of the one entity that fits; `None` where several do.
fn only(entities: &[Entity], fits: impl Fn(&Entity) -> bool) -> Option<usize> {
    let mut fitting = (0..entities.len()).filter(|&n| fits(&entities[n]));
    let first = fitting.next()?;
    fitting.next().is_none().then_some(first)
}

/// Whether a form is neither the name of the entity nor what a rule makes of it.
fn is_mere_alias(form: &str, entity: &Entity, dictionary: &Dictionary) -> bool {
    let short = dictionary.shortened(entity.kind, &entity.name);
    fold(&entity.name) != form && short.iter().all(|short| fold(short) != form)
}

fn fold(name: &str) -> String {
    name.chars().filter_map(fold_char).collect()
}
