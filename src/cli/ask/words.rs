//! Words and cells that several answers share.

use ieum::query::{Cited, Direction, Named, Signed};
use jiff::civil::Date;

use super::Page;

/// The name, with the parent after one that several share.
pub fn told_apart(id: &str) -> &str {
    id.split_once(':').map_or(id, |(_, name)| name)
}

pub fn arrow(direction: Direction) -> &'static str {
    match direction {
        Direction::Out => "→",
        Direction::In => "←",
        Direction::Both => "↔",
    }
}

/// A direction as a cell for programs.
pub fn way(direction: Direction) -> &'static str {
    match direction {
        Direction::Out => "out",
        Direction::In => "in",
        Direction::Both => "both",
    }
}

/// `← hires_from`, `↔ agreement 2024-02-19 and 2 more`, `→ supports (planned)`.
pub fn relation(
    page: &Page<'_>,
    direction: Direction,
    kind: &str,
    signed: &[Signed],
    status: &str,
) -> String {
    let mut told = vec![arrow(direction).to_owned(), page.word(kind)];
    let last = signed.first().and_then(|signed| signed.date);
    told.extend(last.map(|date| date.to_string()));
    if signed.len() > 1 {
        let more = signed.len() - 1;
        told.push(if page.korean() {
            format!("외 {more}건")
        } else {
            format!("and {more} more")
        });
    }
    if status.starts_with("planned") && !status.contains("done") {
        told.push(page.say("(planned)", "(예정)").to_owned());
    }
    told.join(" ")
}

/// Day and headline of the newest article; of a dictionary's fact, that it is one.
pub fn latest(page: &Page<'_>, articles: &[Cited], status: &str) -> String {
    match articles.first() {
        Some(article) => article_line(page, article),
        None if status == "dictionary" => page.say("(dictionary)", "(사전)").to_owned(),
        None => format!("({status})"),
    }
}

/// Day and headline of an article.
pub fn article_line(page: &Page<'_>, article: &Cited) -> String {
    let day = article.published.map_or_else(
        || page.say("no date", "날짜 없음").to_owned(),
        |day| day.to_string(),
    );
    format!(
        "{day} {}",
        article.title.as_deref().unwrap_or(&article.source)
    )
}

/// A day as a cell; empty for none.
pub fn day(day: Option<Date>) -> String {
    day.map_or_else(String::new, |day| day.to_string())
}

/// A number as a cell: whole ones without a point, others to four places.
pub fn number(value: f64) -> String {
    let rounded = (value * 10_000.0).round() / 10_000.0;
    format!("{rounded}")
}

/// Names in a row.
pub fn names<'a>(named: impl IntoIterator<Item = &'a Named>, between: &str) -> String {
    let told: Vec<&str> = named
        .into_iter()
        .map(|named| told_apart(&named.id))
        .collect();
    told.join(between)
}

/// Several values in a cell for programs.
pub fn cell<'a>(values: impl IntoIterator<Item = &'a str>) -> String {
    Vec::from_iter(values).join("|")
}

/// Where articles came from, in a cell for programs.
pub fn sources(articles: &[Cited]) -> String {
    cell(articles.iter().map(|article| article.source.as_str()))
}
