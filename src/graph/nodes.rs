//! The nodes: entities with what the articles call them, and signings.

use std::collections::HashMap;
use std::mem::take;

use jiff::civil::Date;

use super::builder::{Entry, Form, Named};
use super::edges::{day, widen};
use super::facts::Facts;
use super::hash::Hasher;
use super::intern::Interner;
use super::model::{AGREEMENT, Article, EdgeStatus, Name, Naming, Node, Signing};
use super::signing::{self, Report};

/// All entities, by id; the articles' entities and forms are taken for it.
pub fn entities(
    entries: &mut [Entry],
    articles: &[Article],
    strings: &Interner,
    facts: &dyn Facts,
) -> Vec<Node> {
    // Numbers in place of texts, in the texts' order: a tenth of a large build's memory, and quicker to sort.
    let ranks = strings.ranks();
    let rank = |string: u32| ranks[string as usize];
    let total = |of: fn(&Entry) -> usize| entries.iter().map(of).sum();
    let mut named: Vec<(u32, u32, Named)> = Vec::with_capacity(total(|entry| entry.entities.len()));
    let mut forms: Vec<Form> = Vec::with_capacity(total(|entry| entry.forms.len()));
    for (entry, article) in entries.iter_mut().zip(0..) {
        let (entities, called) = (take(&mut entry.entities), take(&mut entry.forms));
        named.extend(entities.iter().map(|n| (rank(n.id), article, *n)));
        forms.extend(called);
    }
    named.sort_unstable_by_key(|&(id, article, named)| (id, article, named.mentions));
    forms.sort_unstable_by_key(|form| (rank(form.id), rank(form.text)));
    let mut forms = forms.chunk_by(|a, b| a.id == b.id).peekable();
    let mut nodes = Vec::new();
    for same in named.chunk_by(|a, b| a.0 == b.0) {
        let id = strings.get(same[0].2.id);
        let describe = |n: &Named| (n.mentions == 0, strings.get(n.kind), strings.get(n.name));
        let (_, kind, label) = same
            .iter()
            .map(|x| describe(&x.2))
            .min()
            .unwrap_or_default();
        let mut node = Node {
            id: id.to_owned(),
            label: label.to_owned(),
            kind: kind.to_owned(),
            known: same.iter().any(|x| x.2.known),
            aliases: facts.aliases(id),
            attributes: facts.attributes(id),
            ..Node::default()
        };
        for &(_, article, named) in same {
            node.mentions += named.mentions;
            match node
                .seen_in
                .last_mut()
                .filter(|seen| seen.article == article)
            {
                Some(seen) => seen.mentions += named.mentions,
                None => node.seen_in.push(Naming {
                    article,
                    mentions: named.mentions,
                }),
            }
        }
        node.seen_in.shrink_to_fit();
        if let Some(forms) = forms.next_if(|forms| forms[0].id == same[0].2.id) {
            node.names = names(forms, strings);
        }
        // Each other name once, and none that the texts or the label have already.
        let mut aliases = Vec::with_capacity(node.aliases.len());
        for alias in node.aliases.drain(..) {
            let named = alias == label || node.names.iter().any(|name| name.form == alias);
            if !named && !aliases.contains(&alias) {
                aliases.push(alias);
            }
        }
        node.aliases = aliases;
        count(&mut node, articles);
        nodes.push(node);
    }
    nodes
}

/// The forms of one entity, the most frequent first.
fn names(forms: &[Form], strings: &Interner) -> Vec<Name> {
    let mut names: Vec<Name> = forms
        .chunk_by(|a, b| a.text == b.text)
        .map(|same| Name {
            form: strings.get(same[0].text).to_owned(),
            count: same.iter().map(|form| form.count).sum(),
        })
        .collect();
    names.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.form.cmp(&b.form)));
    names
}

/// Counts articles and stories, and takes the first and last day of publication.
fn count(node: &mut Node, articles: &[Article]) {
    let seen = node
        .seen_in
        .iter()
        .map(|seen| &articles[seen.article as usize]);
    let mut stories: Vec<u32> = seen.clone().map(|article| article.story).collect();
    for article in seen {
        widen(&mut node.first_seen, &mut node.last_seen, article.published);
    }
    stories.sort_unstable();
    stories.dedup();
    node.stories = stories.len() as u32;
    node.articles = node.seen_in.len() as u32;
}

/// A signing and the reports of it: article and place among the article's agreements.
#[derive(Debug)]
pub struct Told {
    /// The node's id, also when the node has been taken.
    pub id: String,
    pub node: Node,
    pub reports: Vec<(u32, u32)>,
}

/// All signings, by id. `nodes` are the entities, by id.
pub fn signings(
    entries: &[Entry],
    articles: &[Article],
    strings: &Interner,
    facts: &dyn Facts,
    nodes: &[Node],
) -> Vec<Told> {
    let rank = |&id: &u32| {
        let id = strings.get(id);
        nodes.partition_point(|node| node.id.as_str() < id) as u32
    };
    let ranks = |ids: &[u32]| {
        let mut ranks: Vec<u32> = ids.iter().map(rank).collect();
        ranks.sort_unstable();
        ranks.dedup();
        ranks
    };
    let mut reports = Vec::new();
    let mut places = Vec::new();
    for (article, entry) in entries.iter().enumerate() {
        for (place, reported) in entry.agreements.iter().enumerate() {
            places.push((article as u32, place as u32));
            reports.push(Report {
                article: article as u32,
                published: entry.published,
                parties: ranks(&reported.parties),
                about: ranks(&reported.about),
                status: reported.status,
                date: reported.date,
            });
        }
    }
    let word = facts
        .label(AGREEMENT)
        .unwrap_or_else(|| AGREEMENT.to_owned());
    let mut told = Vec::new();
    for group in signing::groups(&reports) {
        let mut order: HashMap<u32, (usize, usize)> = HashMap::new();
        let mut node = Node {
            kind: AGREEMENT.to_owned(),
            known: true,
            ..Node::default()
        };
        let (mut status, mut date) = (EdgeStatus::default(), None);
        let mut of: Vec<(u32, u32)> = Vec::with_capacity(group.len());
        let mut about = Vec::new();
        for &member in &group {
            let report = &reports[member as usize];
            let (article, place) = places[member as usize];
            of.push((article, place));
            date = date.or(report.date);
            status.add(
                report.status,
                day(report.status, report.date, report.published),
            );
            about.extend_from_slice(&report.about);
            let parties = &entries[article as usize].agreements[place as usize].parties;
            for (at, party) in parties.iter().enumerate() {
                let seen = order.entry(rank(party)).or_default();
                *seen = (seen.0 + 1, seen.1 + at);
            }
            if node
                .seen_in
                .last()
                .is_none_or(|seen| seen.article != article)
            {
                node.seen_in.push(Naming {
                    article,
                    mentions: 1,
                });
            }
        }
        about.sort_unstable();
        about.dedup();
        let mut parties: Vec<u32> = order.keys().copied().collect();
        parties.sort_unstable();
        let first = parties.iter().min_by_key(|party| {
            let (count, places) = order.get(party).copied().unwrap_or_default();
            (usize::MAX - count, places, **party)
        });
        let first = first
            .and_then(|&party| nodes.get(party as usize))
            .map(|n| n.label.as_str());
        node.label = title(&word, date, first.unwrap_or_default(), parties.len());
        let id = id(nodes, date, &parties, &about);
        node.signing = Some(Signing { date, status });
        count(&mut node, articles);
        node.mentions = of.len() as u32;
        let reports = of;
        told.push(Told { id, node, reports });
    }
    told.sort_unstable_by(|a, b| (&a.id, &a.reports).cmp(&(&b.id, &b.reports)));
    let mut seen: HashMap<String, u32> = HashMap::new();
    for signing in &mut told {
        let count = seen.entry(signing.id.clone()).or_default();
        *count += 1;
        if *count > 1 {
            signing.id = format!("{}:{count}", signing.id);
        }
        signing.node.id.clone_from(&signing.id);
    }
    told
}

/// `2024-07-31 협약 (익산시 외 12)`.
fn title(word: &str, date: Option<Date>, first: &str, parties: usize) -> String {
    let day = date.map(|date| format!("{date} ")).unwrap_or_default();
    match parties {
        0 | 1 => format!("{day}{word} ({first})"),
        _ => format!("{day}{word} ({first} 외 {})", parties - 1),
    }
}

/// `agreement:2024-07-31:0123abcd`: the day, and a hash of parties and subjects.
fn id(nodes: &[Node], date: Option<Date>, parties: &[u32], about: &[u32]) -> String {
    let mut hasher = Hasher::default();
    for ids in [parties, about] {
        hasher.number(ids.len() as u64);
        for &place in ids {
            hasher.text(nodes.get(place as usize).map_or("", |node| &node.id));
        }
    }
    let hash = (hasher.finish() >> 32) as u32;
    let day = date.map_or_else(|| "-".to_owned(), |date| date.to_string());
    format!("{AGREEMENT}:{day}:{hash:08x}")
}
