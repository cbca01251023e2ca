//! From all records to the graph.

use std::collections::{BTreeSet, HashSet};
use std::mem::take;
use std::sync::Arc;

use super::builder::{Builder, Entry, Stated};
use super::edges::{self, Claim, NONE};
use super::facts::{Fact, Facts};
use super::intern::Interner;
use super::model::{ABOUT, Article, Graph, Meta, Net, Node, PARTY, Sentence};
use super::near;
use super::nodes::{self, Told};
use super::signature::Signature;
use super::texts::Texts;
use crate::relation::{CO_OCCURS, Status};

/// The graph of all that `builder` holds.
pub fn graph(builder: Builder, facts: &dyn Facts) -> Graph {
    let (mut strings, mut texts, entries, signatures) = builder.into_parts();
    strings.close();
    texts.close();
    let (mut entries, mut articles) = sorted(entries, &strings);
    tell_stories(&entries, signatures, &mut articles);
    let mut nodes = nodes::entities(&mut entries, &articles, &strings, facts);
    let mut told = nodes::signings(&entries, &articles, &strings, facts, &nodes);
    nodes.reserve_exact(told.len());
    nodes.extend(told.iter_mut().map(|signing| take(&mut signing.node)));
    nodes.sort_unstable_by(|a, b| a.id.cmp(&b.id));
    nodes.dedup_by(|a, b| a.id == b.id);

    let known = known_facts(&nodes, facts);
    let kinds = kinds(&entries, &strings, &known);
    let label = |kind: &Arc<str>| facts.label(kind).map_or_else(|| kind.clone(), Into::into);
    let labels: Vec<Arc<str>> = kinds.iter().map(label).collect();
    let (mut sentences, first) = quoted(&entries, &texts);
    drop(texts);
    // They go as they become claims.
    let relations: Vec<Box<[Stated]>> =
        entries.iter_mut().map(|e| take(&mut e.relations)).collect();
    let mut claims = Vec::with_capacity(most_claims(&relations, &entries) + known.len());
    let numbers = Numbers {
        entries: &entries,
        nodes: &nodes,
        kinds: &kinds,
        first,
    };
    numbers.stated(relations, &strings, &mut claims);
    numbers.signed(&told, &strings, &mut claims);
    drop(told);
    let signed = |node: u32| nodes[node as usize].signing.is_some();
    edges::drop_joined(&mut claims, &kinds, signed);
    claims.extend(known.iter().map(|fact| numbers.known(fact)));
    claims.sort_unstable();
    claims.dedup();
    keep_used(&mut claims, &mut sentences);
    drop((entries, strings));

    let edges =
        || claims.chunk_by(|a, b| (a.source, a.kind, a.target) == (b.source, b.kind, b.target));
    let mut net = Net::with_capacity(nodes.len(), edges().count());
    for node in nodes {
        net.add_node(node);
    }
    for same in edges() {
        let kind = same[0].kind as usize;
        let edge = edges::edge(same, &kinds[kind], &labels[kind], &articles);
        net.add_edge(same[0].source.into(), same[0].target.into(), edge);
    }
    drop(claims);
    let meta = Meta {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        dictionaries: facts.hash(),
        labels: facts.labels(),
        entries: facts.entries(),
    };
    let mut graph = Graph {
        net,
        articles,
        sentences,
        meta,
        ..Graph::default()
    };
    graph.measure();
    graph
}

/// The articles by source. Different articles that share one get a number behind it.
fn sorted(mut entries: Vec<Entry>, strings: &Interner) -> (Vec<Entry>, Vec<Article>) {
    let source = |entry: &Entry| strings.get(entry.source);
    entries.sort_unstable_by(|a, b| (source(a), a.digest).cmp(&(source(b), b.digest)));
    let text = |place: Option<u32>| place.map(|place| strings.get(place).to_owned());
    let article = |entry: &Entry| Article {
        source: source(entry).to_owned(),
        title: text(entry.title),
        published: entry.published,
        outlet: text(entry.outlet),
        url: text(entry.url),
        story: 0,
        encoding: strings.get(entry.encoding).to_owned(),
        entities: entry
            .entities
            .iter()
            .filter(|named| named.mentions > 0)
            .count() as u32,
        relations: entry.stated,
        status: entry.status,
        problem: strings.get(entry.problem).to_owned(),
    };
    let mut articles: Vec<Article> = entries.iter().map(article).collect();
    if number_same(&mut articles) {
        let mut both: Vec<(Entry, Article)> = entries.into_iter().zip(articles).collect();
        both.sort_unstable_by(|a, b| a.1.source.cmp(&b.1.source));
        return both.into_iter().unzip();
    }
    (entries, articles)
}

/// Puts a number behind the source of an article that another one has too; says whether there are such articles.
fn number_same(articles: &mut [Article]) -> bool {
    if articles
        .windows(2)
        .all(|two| two[0].source != two[1].source)
    {
        return false;
    }
    let sources = articles.iter().map(|article| article.source.clone());
    let mut taken: HashSet<String> = sources.collect();
    let mut before = None;
    for Article { source, .. } in articles {
        if before.as_ref() == Some(source) {
            let numbered = (2_u32..).map(|n| format!("{source} ({n})"));
            let free = numbered.into_iter().find(|name| taken.insert(name.clone()));
            *source = free.unwrap_or_default();
        } else {
            before = Some(source.clone());
        }
    }
    true
}

/// Finds the first article of each one's story.
fn tell_stories(entries: &[Entry], signatures: Vec<Signature>, articles: &mut [Article]) {
    let mut places: Vec<(Signature, u32)> = signatures.into_iter().zip(0..).collect();
    places.sort_unstable();
    let mut rank = vec![0_u32; places.len()];
    for (new, (_, old)) in places.iter().enumerate() {
        rank[*old as usize] = new as u32;
    }
    let sorted: Vec<Signature> = places.into_iter().map(|(signature, _)| signature).collect();
    let groups = near::groups(&sorted);
    let mut first = vec![NONE; sorted.len()];
    for (place, entry) in entries.iter().enumerate() {
        let place = place as u32;
        articles[place as usize].story = entry.signature.map_or(place, |signature| {
            let group = groups[rank[signature as usize] as usize] as usize;
            first[group] = first[group].min(place);
            first[group]
        });
    }
}

/// The dictionary's facts that join two named entities.
fn known_facts(nodes: &[Node], facts: &dyn Facts) -> Vec<Fact> {
    let named = |id: &str| {
        nodes
            .binary_search_by(|node| node.id.as_str().cmp(id))
            .is_ok()
    };
    let entities = nodes.iter().filter(|node| node.signing.is_none());
    let stated = entities.flat_map(|node| facts.facts(&node.id));
    stated
        .filter(|fact| named(&fact.subject) && named(&fact.object))
        .collect()
}

/// All relations, by name.
fn kinds(entries: &[Entry], strings: &Interner, known: &[Fact]) -> Vec<Arc<str>> {
    let stated: HashSet<u32> = entries
        .iter()
        .flat_map(|entry| entry.relations.iter().map(|r| r.kind))
        .collect();
    let mut kinds: BTreeSet<&str> = known.iter().map(|fact| fact.relation.as_str()).collect();
    kinds.extend(stated.into_iter().map(|kind| strings.get(kind)));
    kinds.extend([PARTY, ABOUT]);
    kinds.into_iter().map(Arc::from).collect()
}

/// How many claims all statements of the articles make at most.
fn most_claims(relations: &[Box<[Stated]>], entries: &[Entry]) -> usize {
    let agreements = entries.iter().flat_map(|entry| &entry.agreements);
    let signed = agreements.map(|told| told.parties.len() + told.about.len());
    relations.iter().map(|stated| stated.len()).sum::<usize>() + signed.sum::<usize>()
}

/// All quoted sentences by article and number, and for each article the number of its first one.
fn quoted(entries: &[Entry], texts: &Texts) -> (Vec<Sentence>, Vec<u32>) {
    let count = entries.iter().map(|entry| entry.quotes.len()).sum();
    let mut sentences = Vec::with_capacity(count);
    let mut first = Vec::with_capacity(entries.len());
    for (article, entry) in entries.iter().enumerate() {
        first.push(sentences.len() as u32);
        for quote in &entry.quotes {
            sentences.push(Sentence {
                article: article as u32,
                number: quote.number,
                start: quote.start,
                end: quote.end,
                text: texts.get(quote.text).clone(),
            });
        }
    }
    (sentences, first)
}

/// Removes the sentences that no claim rests on.
fn keep_used(claims: &mut [Claim], sentences: &mut Vec<Sentence>) {
    let mut new = vec![NONE; sentences.len()];
    for claim in claims.iter().filter(|claim| claim.sentence != NONE) {
        new[claim.sentence as usize] = 0;
    }
    for (used, place) in new.iter_mut().filter(|place| **place == 0).enumerate() {
        *place = used as u32;
    }
    let mut places = new.iter();
    sentences.retain(|_| places.next().is_some_and(|&place| place != NONE));
    for claim in claims.iter_mut().filter(|claim| claim.sentence != NONE) {
        claim.sentence = new[claim.sentence as usize];
    }
}

/// Names to numbers.
struct Numbers<'a> {
    entries: &'a [Entry],
    nodes: &'a [Node],
    kinds: &'a [Arc<str>],
    first: Vec<u32>,
}

impl Numbers<'_> {
    /// Every id was made a node, and every relation a kind.
    fn node(&self, id: &str) -> u32 {
        let place = self.nodes.binary_search_by(|node| node.id.as_str().cmp(id));
        place.map_or(NONE, |place| place as u32)
    }

    fn kind(&self, kind: &str) -> u32 {
        let place = self.kinds.binary_search_by(|known| (**known).cmp(kind));
        place.map_or(NONE, |place| place as u32)
    }

    fn sentence(&self, article: u32, number: u32) -> u32 {
        let quotes = &self.entries[article as usize].quotes;
        let place = quotes.binary_search_by_key(&number, |quote| quote.number);
        place.map_or(NONE, |place| self.first[article as usize] + place as u32)
    }

    /// Adds what the articles' relations state of two different nodes.
    fn stated(&self, relations: Vec<Box<[Stated]>>, strings: &Interner, claims: &mut Vec<Claim>) {
        let mut nodes = Cached::new(strings, |id| self.node(id));
        let mut kinds = Cached::new(strings, |kind| self.kind(kind));
        let together = self.kind(CO_OCCURS);
        for (article, relations) in (0_u32..).zip(relations) {
            for stated in relations {
                let (mut source, mut target) =
                    (nodes.get(stated.subject), nodes.get(stated.object));
                let kind = kinds.get(stated.kind);
                if source == target {
                    continue;
                }
                if kind == together {
                    (source, target) = (source.min(target), source.max(target));
                }
                let sentence = self.sentence(article, stated.sentence);
                let (status, date) = (stated.status, stated.date);
                claims.push(Claim {
                    source,
                    kind,
                    target,
                    article,
                    sentence,
                    status,
                    date,
                });
            }
        }
    }

    /// Adds who signed, and what about.
    fn signed(&self, told: &[Told], strings: &Interner, claims: &mut Vec<Claim>) {
        let mut nodes = Cached::new(strings, |id| self.node(id));
        let (party, about) = (self.kind(PARTY), self.kind(ABOUT));
        for signing in told {
            let agreement = self.node(&signing.id);
            for &(article, place) in &signing.reports {
                let report = &self.entries[article as usize].agreements[place as usize];
                let sentence = self.sentence(article, report.sentence);
                let (status, date) = (report.status, report.date);
                let mut claim = |source, kind, target| {
                    claims.push(Claim {
                        source,
                        kind,
                        target,
                        article,
                        sentence,
                        status,
                        date,
                    });
                };
                for &id in &report.parties {
                    claim(nodes.get(id), party, agreement);
                }
                for &id in &report.about {
                    claim(agreement, about, nodes.get(id));
                }
            }
        }
    }

    /// What a dictionary states.
    fn known(&self, fact: &Fact) -> Claim {
        Claim {
            source: self.node(&fact.subject),
            kind: self.kind(&fact.relation),
            target: self.node(&fact.object),
            article: NONE,
            sentence: NONE,
            status: Status::Dictionary,
            date: None,
        }
    }
}

/// Looks every string up only once.
struct Cached<'a, F> {
    strings: &'a Interner,
    look_up: F,
    found: Vec<Option<u32>>,
}

impl<'a, F: Fn(&str) -> u32> Cached<'a, F> {
    fn new(strings: &'a Interner, look_up: F) -> Self {
        Self {
            strings,
            look_up,
            found: vec![None; strings.len()],
        }
    }

    fn get(&mut self, string: u32) -> u32 {
        *self.found[string as usize].get_or_insert_with(|| (self.look_up)(self.strings.get(string)))
    }
}
