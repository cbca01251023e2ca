//! Which entities an article names, and where.

mod boundary;
mod candidate;
mod disambiguate;
mod introduced;
mod list;
mod reference;
mod same;
mod shape;
mod shared;
mod trace;

use std::ops::Range;
use std::sync::Arc;

use memchr::memmem;
use rustc_hash::FxHashMap;

use crate::article::Article;
use crate::dictionary::{Dictionary, EntryId, Mark, Meaning, Role, TypeId, fold_char};
use crate::memo::Place;
use crate::watch::Watch;

use boundary::Left;
pub(crate) use candidate::Kept;
use candidate::{Candidate, Reading};
use reference::{Antecedent, Named, NamedMention};
pub use trace::{Decision, Event, Weighed, Why};

/// An entity that one article names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entity {
    /// `type:name`, with ` (parent)` after a name that several dictionary entries share.
    pub id: Arc<str>,
    /// The canonical name.
    pub name: Arc<str>,
    /// Its type.
    pub kind: TypeId,
    /// The dictionary entry, or `None` for a name that only a pattern found.
    pub entry: Option<EntryId>,
}

/// One place in the text where an entity stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// Index into [`Mentions::entities`].
    pub entity: usize,
    /// Index into [`Article::sentences`].
    pub sentence: usize,
    /// Bytes in [`Article::text`]: the name as it stands, without marks, titles and particles.
    pub span: Range<usize>,
    /// Bytes in [`Article::text`]: the name with its corporate mark, its title and its particles.
    pub extent: Range<usize>,
    /// What a title, office or unit after the name means (`익산시장`: head), if there is one.
    pub title: Option<Meaning>,
    /// The role of the particle that ends the mention, if there is one.
    pub role: Option<Role>,
    /// True for a back-reference (시, 이 학교): it serves the relations and is no evidence that the
    /// entity is named.
    pub reference: bool,
}

/// Everything that one article names.
#[derive(Debug, Clone, Default)]
pub struct Mentions {
    /// Each entity once, in order of its first mention.
    pub entities: Vec<Entity>,
    /// All mentions, by place in the text; they do not overlap.
    pub mentions: Vec<Mention>,
}

/// What an article names, numbered as it is met.
#[derive(Default)]
struct Numbers {
    entities: Vec<Entity>,
    entries: FxHashMap<EntryId, usize>,
    /// By type and folded name, those that no dictionary has.
    unknown: FxHashMap<(TypeId, String), usize>,
}

impl Numbers {
    fn entry(&mut self, entry: EntryId, dictionary: &Dictionary) -> usize {
        *self.entries.entry(entry).or_insert_with(|| {
            let known = dictionary.entry(entry);
            self.entities.push(Entity {
                id: known.id.clone(),
                name: known.name.clone(),
                kind: known.kind,
                entry: Some(entry),
            });
            self.entities.len() - 1
        })
    }

    /// The number of what `name` names, as a shape of type `kind`; under its entry if there is just one.
    fn shape(&mut self, kind: TypeId, name: &str, dictionary: &Dictionary) -> usize {
        let folded: String = name.chars().filter_map(fold_char).collect();
        if let Some(entry) = known(&folded, kind, dictionary) {
            return self.entry(entry, dictionary);
        }
        *self.unknown.entry((kind, folded)).or_insert_with(|| {
            self.entities.push(Entity {
                id: format!("{}:{name}", dictionary.type_name(kind)).into(),
                name: name.into(),
                kind,
                entry: None,
            });
            self.entities.len() - 1
        })
    }
}

/// Finds the entities of an article; O(text + candidates).
pub fn find(article: &Article, dictionary: &Dictionary) -> Mentions {
    find_among(article, dictionary, (&[], &mut Kept::new()), &mut ())
}

/// As [`find`], telling `watch` what is decided on the way; with `&mut ()` it is the same code as without.
pub fn find_watched(
    article: &Article,
    dictionary: &Dictionary,
    watch: &mut impl Watch<Event>,
) -> Mentions {
    find_among(article, dictionary, (&[], &mut Kept::new()), watch)
}

/// As [`find_watched`], for one of many articles, with the places of its sentences and what is kept of these.
pub(crate) fn find_among<'d>(
    article: &Article,
    dictionary: &'d Dictionary,
    kept: (&[Option<Place>], &mut Kept<'d>),
    watch: &mut impl Watch<Event>,
) -> Mentions {
    let mut candidates = candidate::find(article, dictionary, kept, watch);
    let doubtful = list::Doubtful::among(&candidates, dictionary);
    disambiguate::resolve(&mut candidates, article, dictionary, watch);
    list::extend(&mut candidates, &doubtful, article, dictionary, watch);
    shared::extend(&mut candidates, article, dictionary, watch);

    let mut named = Numbers::default();
    let mut found: Vec<(usize, Candidate<'_>)> = Vec::with_capacity(candidates.len());
    let mut references: Vec<Candidate<'_>> = Vec::new();
    for candidate in candidates {
        match &candidate.reading {
            Reading::Known(senses) => {
                found.push((named.entry(senses[0].entry, dictionary), candidate));
            }
            Reading::Shape(kind, name) => {
                found.push((named.shape(*kind, name, dictionary), candidate));
            }
            Reading::Reference(_) => references.push(candidate),
            Reading::Introduced(_) => {}
        }
    }
    same::unite(&mut found, &named.entities, article, dictionary);
    add_introduced(
        article,
        dictionary,
        &named.entities,
        &mut found,
        &mut references,
        watch,
    );

    let labels: Vec<Arc<str>> = named.entities.iter().map(|e| e.name.clone()).collect();
    let so_far = Named {
        mentions: found
            .iter()
            .map(|(n, c)| NamedMention {
                start: c.span.start,
                kind: named.entities[*n].kind,
                name: &labels[*n],
                entry: named.entities[*n].entry,
                entity: *n,
                topical: matches!(c.right.role, Some(Role::Topic | Role::Subject | Role::Also)),
            })
            .collect(),
    };
    let mut mentions: Vec<Mention> = found
        .iter()
        .map(|(n, candidate)| mention(*n, candidate, article, false))
        .collect();
    for candidate in &references {
        let Reading::Reference(i) = candidate.reading else {
            continue;
        };
        let row = &dictionary.references()[i as usize];
        let limits = &article.sentences[candidate.sentence].span;
        let start = candidate.span.start;
        let before = boundary::word_before(&article.text, limits.start, start);
        let ours = dictionary.rules().has_tail(before, Mark::Ours);
        let ours = ours.then_some(limits.start);
        let antecedent = so_far.follow(row, start, ours, dictionary);
        // Where the article names the body, the word beside may point back as well: `교육지원청과 학교는`.
        let direct = matches!(antecedent, Some(Antecedent::Entity(_)));
        let is_one = |word: &Range<usize>| {
            let first = found.partition_point(|(_, c)| c.right.end <= word.start);
            let next = found.get(first);
            next.is_some_and(|(_, c)| c.span.start < word.end)
                || direct && references.iter().any(|r| r.span == *word)
        };
        // `시의회` is that of one city wherever it stands, `교육청` need not be.
        let general = if row.endings.contains(&row.form) {
            let (span, right) = (&candidate.span, &candidate.right);
            reference::is_general(&article.text, limits, span, right, dictionary, is_one)
        } else {
            reference::is_of_all(&article.text, limits, start, dictionary)
        };
        if row.names && general {
            watch.see(|| candidate.refused(Why::General));
            continue;
        }
        let entity = match antecedent {
            Some(Antecedent::Entity(entity)) => entity,
            Some(Antecedent::Entry(entry)) => named.entry(entry, dictionary),
            None => {
                watch.see(|| candidate.refused(Why::NoAntecedent));
                continue;
            }
        };
        mentions.push(mention(entity, candidate, article, !row.names));
    }
    mentions.sort_by_key(|m| m.span.start);

    // Entities are numbered anew, in order of their first mention.
    let mut order: Vec<usize> = Vec::new();
    let mut place: Vec<Option<usize>> = vec![None; named.entities.len()];
    for mention in mentions.iter().filter(|m| !m.reference) {
        if place[mention.entity].is_none() {
            place[mention.entity] = Some(order.len());
            order.push(mention.entity);
        }
    }
    let mentions = mentions
        .into_iter()
        .filter_map(|m| {
            Some(Mention {
                entity: place[m.entity]?,
                ..m
            })
        })
        .collect();
    let entities = order.into_iter().map(|n| named.entities[n].clone());
    let entities = entities.collect();
    Mentions { entities, mentions }
}

/// The one entry of type `kind` that `folded` names.
fn known(folded: &str, kind: TypeId, dictionary: &Dictionary) -> Option<EntryId> {
    let senses = &dictionary.surface(folded)?.senses;
    let mut fitting = senses.iter().filter(|s| dictionary.kind(s.entry) == kind);
    let entry = fitting.next()?.entry;
    fitting.next().is_none().then_some(entry)
}

fn mention(
    entity: usize,
    candidate: &Candidate<'_>,
    article: &Article,
    reference: bool,
) -> Mention {
    let start = candidate.mark.unwrap_or(candidate.span.start);
    debug_assert!(start >= article.sentences[candidate.sentence].span.start);
    Mention {
        entity,
        sentence: candidate.sentence,
        span: candidate.span.clone(),
        extent: start..candidate.right.end,
        title: candidate.right.title,
        role: candidate.right.role,
        reference,
    }
}

/// Whether `other` is a known name with which the word `branch`, the last of `name`, begins elsewhere: 경북지사 may be who
/// governs 경북.
fn stands_in_front(
    other: &Candidate<'_>,
    name: &Candidate<'_>,
    branch: &str,
    article: &Article,
) -> bool {
    matches!(other.reading, Reading::Known(_))
        && other.span != name.span
        && article.text[other.span.start..].starts_with(branch)
}

/// Short forms that the article introduces, and names that a corporate mark made clear once, count
/// everywhere in the article.
fn add_introduced(
    article: &Article,
    dictionary: &Dictionary,
    entities: &[Entity],
    found: &mut Vec<(usize, Candidate<'_>)>,
    references: &mut Vec<Candidate<'_>>,
    watch: &mut impl Watch<Event>,
) {
    let mut forms: Vec<(String, usize)> = Vec::new();
    for (n, candidate) in found.iter() {
        let limits = &article.sentences[candidate.sentence].span;
        let after = &article.text[candidate.span.end..limits.end];
        let run = boundary::hangul_run(&article.text, candidate.span.end, limits.end);
        if let Some(inside) = after[run.len()..]
            .strip_prefix('(')
            .and_then(|rest| rest.split_once(')'))
        {
            forms.extend(
                introduced::short_forms(inside.0, dictionary.rules())
                    .into_iter()
                    .map(|f| (f.to_owned(), *n)),
            );
        }
        // `한국폴리텍대학 영주캠퍼스`: 영주캠퍼스 further on.
        if let Reading::Known(senses) = &candidate.reading
            && matches!(
                dictionary.kind(senses[0].entry),
                TypeId::SCHOOL | TypeId::ORGANIZATION
            )
            && let Some((_, branch)) = article.text[candidate.span.clone()].rsplit_once(' ')
            && branch.chars().count() > 3
            && dictionary.surface(branch).is_none()
            && entities[*n].name.ends_with(branch)
            && !found
                .iter()
                .any(|(_, c)| stands_in_front(c, candidate, branch, article))
        {
            forms.push((branch.to_owned(), *n));
        }
        if let Reading::Shape(kind, name) = &candidate.reading {
            forms.push((article.text[candidate.span.clone()].to_owned(), *n));
            // 나래연구원 가온분원 is 가온분원 further on.
            if *kind == TypeId::ORGANIZATION
                && let Some((_, branch)) = name.rsplit_once(' ')
                && branch.chars().count() > 3
                && !found
                    .iter()
                    .any(|(_, c)| stands_in_front(c, candidate, branch, article))
            {
                forms.push((branch.to_owned(), *n));
            }
            // 한들공업고등학교 is 한들공고 further on, as if a list had it.
            let short = dictionary.shortened(*kind, name).into_iter();
            forms.extend(short.filter(|s| s.chars().count() > 2).map(|s| (s, *n)));
        }
    }
    forms.sort();
    forms.dedup();
    let mut taken: Vec<Range<usize>> = Vec::new();
    for (form, n) in &forms {
        let kind = entities[*n].kind;
        for at in memmem::find_iter(article.text.as_bytes(), form) {
            let span = at..at + form.len();
            let sentence = article.sentences.partition_point(|s| s.span.end <= at);
            let Some(s) = article.sentences.get(sentence) else {
                break;
            };
            if span.start < s.span.start || span.end > s.span.end {
                continue;
            }
            if boundary::left(&article.text, s.span.start, span.start) == Left::Inside {
                continue;
            }
            let right =
                boundary::right(&article.text, &span, s.span.end, kind, dictionary.grammar());
            let overlaps = |other: &Range<usize>| span.start < other.end && other.start < span.end;
            // A longer name, or the same place read so already, stays.
            let better = |other: &Range<usize>| overlaps(other) && other.len() > span.len();
            if !right.edge
                || taken.iter().any(overlaps)
                || found
                    .iter()
                    .any(|(m, c)| better(&c.span) || overlaps(&c.span) && m == n)
            {
                continue;
            }
            watch.see(|| Event {
                span: span.clone(),
                entries: entities[*n].entry.into_iter().collect(),
                what: Decision::Introduced,
            });
            found.retain(|(_, c)| !overlaps(&c.span));
            references.retain(|c| !overlaps(&c.span));
            taken.push(span.clone());
            let mark = boundary::marked_before(
                &article.text,
                s.span.start,
                span.start,
                dictionary.grammar(),
            );
            found.push((
                *n,
                Candidate::introduced(span, sentence, form.chars().count(), *n, right, mark),
            ));
        }
    }
    found.sort_by_key(|(_, c)| c.span.start);
}
