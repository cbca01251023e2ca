//! Which reports tell of the same signing.
//!
//! Two reports tell of one signing when they share at least two parties and three fifths of the shorter list of
//! parties, give the same day, and do not name different subjects. A report without a day joins the dated signing
//! that fits best: published from the day before the signing to a year after it, or up to 60 days before it where
//! the report only announces. Reports without a day join each other when published within 31 days. Two reports of
//! one article never join: an article that tells of a signing twice means two.
//!
//! Pairs are taken from the best to the worst, so the outcome depends on the reports and not on their order.

use std::collections::{BTreeMap, HashSet};

use jiff::civil::Date;

use super::union::Union;
use crate::relation::Status;

/// Days between the publication of two reports that give no day.
const NEAR: i32 = 31;
/// Days from a signing to a report that gives no day.
const AFTER: i32 = 366;
/// Days from an announcement that gives no day to the signing.
const BEFORE: i32 = 60;

/// What one article says about one signing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// The article's number.
    pub article: u32,
    /// The article's day.
    pub published: Option<Date>,
    /// The parties' numbers, sorted.
    pub parties: Vec<u32>,
    /// The programmes' numbers, sorted.
    pub about: Vec<u32>,
    /// Signed or announced.
    pub status: Status,
    /// The day of the signing.
    pub date: Option<Date>,
}

/// Reports that belong together.
#[derive(Debug, Clone)]
struct Group {
    members: Vec<u32>,
    parties: Vec<u32>,
    about: Vec<u32>,
    articles: HashSet<u32>,
    /// The day of the signing, else of publication.
    day: Option<i32>,
    announced: bool,
}

/// The reports of each signing, by number. `reports` have to be in an order that does not depend on chance.
///
/// Close to linear in the number of reports, as long as parties differ.
pub fn groups(reports: &[Report]) -> Vec<Vec<u32>> {
    let dated = distinct(reports, |r| r.date.is_some());
    let mut signings = joined(dated, 0);
    let published = distinct(reports, |r| r.date.is_none() && r.published.is_some());
    let left = attached(published, &mut signings, |signing, report| {
        let (Some(signed), Some(published)) = (signing.day, report.day) else {
            return None;
        };
        let after = published - signed;
        let earliest = if report.announced { -BEFORE } else { -1 };
        (earliest..=AFTER).contains(&after).then_some(after.abs())
    });
    signings.extend(joined(left, NEAR));
    let timeless = distinct(reports, |r| r.date.is_none() && r.published.is_none());
    let left = attached(timeless, &mut signings, |_, _| Some(0));
    signings.extend(joined(left, 0));
    signings.into_iter().map(|group| group.members).collect()
}

/// Days since some day.
fn number(day: Date) -> i32 {
    day.since(Date::constant(1970, 1, 1))
        .map_or(0, |span| span.get_days())
}

/// Equal reports, those of copies above all, as one group.
fn distinct(reports: &[Report], wanted: impl Fn(&Report) -> bool) -> Vec<Group> {
    let mut groups: BTreeMap<_, Group> = BTreeMap::new();
    for (place, report) in reports.iter().enumerate().filter(|(_, r)| wanted(r)) {
        let day = report.date.or(report.published).map(number);
        let announced = report.status == Status::Planned;
        let key = (
            day,
            &report.parties,
            &report.about,
            announced && report.date.is_none(),
        );
        let group = groups.entry(key).or_insert_with(|| Group {
            members: Vec::new(),
            parties: report.parties.clone(),
            about: report.about.clone(),
            articles: HashSet::new(),
            day,
            announced,
        });
        group.members.push(place as u32);
        group.articles.insert(report.article);
    }
    groups.into_values().collect()
}

/// How many numbers two sorted lists share.
fn shared(a: &[u32], b: &[u32]) -> usize {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    short
        .iter()
        .filter(|x| long.binary_search(x).is_ok())
        .count()
}

/// How many parties two groups share, where that is enough to be one signing.
fn overlap(a: &Group, b: &Group) -> Option<usize> {
    let common = shared(&a.parties, &b.parties);
    let least = a.parties.len().min(b.parties.len());
    (common >= 2 && common * 5 >= least * 3).then_some(common)
}

/// Whether two groups may be about the same and are not told by one article.
fn compatible(a: &Group, b: &Group) -> bool {
    let (few, many) = if a.articles.len() <= b.articles.len() {
        (a, b)
    } else {
        (b, a)
    };
    let subjects = a.about.is_empty() || b.about.is_empty() || shared(&a.about, &b.about) > 0;
    subjects && few.articles.is_disjoint(&many.articles)
}

/// Which groups have a party, by day.
fn index(groups: &[Group]) -> BTreeMap<u32, Vec<(i32, u32)>> {
    let mut index: BTreeMap<u32, Vec<(i32, u32)>> = BTreeMap::new();
    for (place, group) in groups.iter().enumerate() {
        for &party in &group.parties {
            index
                .entry(party)
                .or_default()
                .push((group.day.unwrap_or(0), place as u32));
        }
    }
    for groups in index.values_mut() {
        groups.sort_unstable();
    }
    index
}

/// The groups from `first` to `last` that may share two parties with `group`: those that have one of its parties
/// other than the one that most groups have.
fn candidates(
    group: &Group,
    index: &BTreeMap<u32, Vec<(i32, u32)>>,
    (first, last): (i32, i32),
) -> Vec<u32> {
    let groups = |party: &u32| index.get(party).map_or(&[][..], Vec::as_slice);
    let most = group
        .parties
        .iter()
        .max_by_key(|&party| (groups(party).len(), *party));
    let mut found = Vec::new();
    for party in group.parties.iter().filter(|&party| Some(party) != most) {
        let groups = groups(party);
        let start = groups.partition_point(|&(day, _)| day < first);
        let within = groups[start..].iter().take_while(|&&(day, _)| day <= last);
        found.extend(within.map(|&(_, place)| place));
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// Joins groups whose days are at most `reach` apart, the best fitting first.
fn joined(groups: Vec<Group>, reach: i32) -> Vec<Group> {
    let by_party = index(&groups);
    let mut pairs = Vec::new();
    for (place, group) in groups.iter().enumerate() {
        let place = place as u32;
        let day = group.day.unwrap_or(0);
        for other in candidates(group, &by_party, (day - reach, day + reach)) {
            let different = &groups[other as usize];
            if other == place || !compatible(group, different) {
                continue;
            }
            if let Some(common) = overlap(group, different) {
                let all = group.parties.len() + different.parties.len() - common;
                pairs.push((usize::MAX - common, all, place.min(other), place.max(other)));
            }
        }
    }
    pairs.sort_unstable();
    pairs.dedup();
    let mut union = Union::new(groups.len());
    let mut groups: Vec<Option<Group>> = groups.into_iter().map(Some).collect();
    for (_, _, a, b) in pairs {
        let (a, b) = (union.find(a), union.find(b));
        let (low, high) = (a.min(b) as usize, a.max(b) as usize);
        let fits = low != high
            && matches!((&groups[low], &groups[high]), (Some(a), Some(b)) if compatible(a, b));
        if fits && let Some(other) = groups[high].take() {
            union.join(a, b);
            if let Some(group) = &mut groups[low] {
                group.take(other);
            }
        }
    }
    groups.into_iter().flatten().collect()
}

/// Puts each group into the signing that shares most parties with it and is nearest; gives back those that fit none.
fn attached(
    groups: Vec<Group>,
    signings: &mut [Group],
    distance: impl Fn(&Group, &Group) -> Option<i32>,
) -> Vec<Group> {
    let by_party = index(signings);
    let mut left = Vec::new();
    let mut joining = Vec::new();
    for group in groups {
        let fitting = candidates(&group, &by_party, (i32::MIN, i32::MAX));
        let best = fitting.into_iter().filter_map(|place| {
            let signing = &signings[place as usize];
            let far = distance(signing, &group)?;
            let common = overlap(signing, &group)?;
            compatible(signing, &group).then_some((usize::MAX - common, far, place))
        });
        match best.min() {
            Some((_, _, place)) => joining.push((place, group)),
            None => left.push(group),
        }
    }
    for (place, group) in joining {
        if compatible(&signings[place as usize], &group) {
            signings[place as usize].take(group);
        } else {
            left.push(group);
        }
    }
    left
}

impl Group {
    fn take(&mut self, other: Self) {
        let merge = |into: &mut Vec<u32>, from: Vec<u32>| {
            into.extend(from);
            into.sort_unstable();
            into.dedup();
        };
        merge(&mut self.members, other.members);
        merge(&mut self.parties, other.parties);
        merge(&mut self.about, other.about);
        if self.articles.len() < other.articles.len() {
            let few = std::mem::replace(&mut self.articles, other.articles);
            self.articles.extend(few);
        } else {
            self.articles.extend(other.articles);
        }
    }
}
