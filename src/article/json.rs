//! Articles as JSON objects, and the names of their fields in any table.

use std::borrow::Cow;
use std::fmt;

use jiff::civil::Date;
use serde::de::{Deserializer, IgnoredAny, MapAccess, Visitor};
use unicode_normalization::UnicodeNormalization;

use super::{Article, clean, date, zone};

/// What a field of a JSON object or a column of a table holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Field {
    Id,
    Source,
    Title,
    Published,
    Outlet,
    Url,
    Text,
}

/// The field that a key or a column's header names.
pub(super) fn field(name: &str) -> Option<Field> {
    // Files from a Mac have their headers taken apart, too.
    let name = name.trim().trim_start_matches('\u{feff}');
    let name: Cow<str> = if name.bytes().all(|b| b.is_ascii_lowercase()) {
        name.into()
    } else {
        name.nfc().collect::<String>().to_lowercase().into()
    };
    Some(match &*name {
        "id" => Field::Id,
        "source" | "file" | "파일" => Field::Source,
        "title" | "headline" | "제목" | "기사제목" | "기사 제목" => Field::Title,
        "published" | "date" | "일자" | "날짜" | "작성일" | "등록일" | "게재일" | "발행일"
        | "보도일" | "배포일" | "보도일자" | "배포일자" | "게시일" | "작성일자" | "등록일자"
        | "기사일자" | "입력일" | "일시" => Field::Published,
        "outlet" | "언론사" | "매체" | "매체명" | "신문사" => Field::Outlet,
        "url" | "link" | "주소" | "링크" | "원문" | "원문 url" => Field::Url,
        "text" | "body" | "content" | "본문" | "내용" | "기사내용" | "기사 본문" | "기사본문" => {
            Field::Text
        }
        _ => return None,
    })
}

/// The fields of one article, as given.
#[derive(Debug, Default, Clone)]
pub(super) struct Fields {
    pub id: Option<String>,
    pub source: Option<String>,
    pub title: Option<String>,
    pub published: Option<String>,
    pub outlet: Option<String>,
    pub url: Option<String>,
    pub text: Option<String>,
    pub problems: Vec<String>,
}

impl Fields {
    /// Sets a field unless an earlier one did.
    pub fn set(&mut self, field: Field, value: String) {
        if value.trim().is_empty() {
            if field == Field::Text && self.text.is_none() {
                self.text = Some(String::new());
            }
            return;
        }
        let place = match field {
            Field::Id => &mut self.id,
            Field::Source => &mut self.source,
            Field::Title => &mut self.title,
            Field::Published => &mut self.published,
            Field::Outlet => &mut self.outlet,
            Field::Url => &mut self.url,
            Field::Text => &mut self.text,
        };
        if place.as_ref().is_none_or(String::is_empty) {
            *place = Some(value);
        }
    }

    /// The article: its text is taken as it is. `place` is its source unless it brings one.
    pub fn article(self, place: String, encoding: &'static str) -> Article {
        let mut article = Article {
            source: self
                .id
                .or(self.source)
                .map_or(place, |s| s.trim().to_owned()),
            encoding,
            problems: self.problems,
            ..Article::default()
        };
        let mut removed = clean::Removed::default();
        let mut line = |value: Option<String>| clean::line(&value?, &mut removed);
        article.title = line(self.title);
        article.outlet = line(self.outlet);
        article.url = line(self.url);
        if let Some(text) = self.published {
            article.published = published(&text);
            if article.published.is_none() {
                article
                    .problems
                    .push(format!("`{}` is no date that can be read", short(&text)));
            }
        }
        match self.text {
            None => article
                .problems
                .push("no text: neither `text` nor `body` is there".to_owned()),
            Some(text) => {
                let cleaned = match clean::clean(&text, &mut removed) {
                    Cow::Owned(cleaned) => Some(cleaned),
                    Cow::Borrowed(_) => None,
                };
                article.text = cleaned.unwrap_or(text);
                if article.text.trim().is_empty() {
                    article.problems.push("the text is empty".to_owned());
                }
            }
        }
        removed.problems(&mut article.problems);
        article.sentences = zone::plain(&article.text, article.title.as_deref());
        article
    }
}

/// A date, or a number that spreadsheets made of one: 20191121, 20191121.0.
fn published(text: &str) -> Option<Date> {
    let text = text.trim();
    date::exact(text.strip_suffix(".0").unwrap_or(text))
}

fn short(text: &str) -> String {
    text.chars().take(40).collect()
}

/// One JSON value of a field that should hold text.
struct Text(Option<String>);

impl<'de> serde::Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct V;
        impl Visitor<'_> for V {
            type Value = Text;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a text, a number or null")
            }
            fn visit_str<E>(self, v: &str) -> Result<Text, E> {
                Ok(Text(Some(v.to_owned())))
            }
            fn visit_string<E>(self, v: String) -> Result<Text, E> {
                Ok(Text(Some(v)))
            }
            fn visit_i64<E>(self, v: i64) -> Result<Text, E> {
                Ok(Text(Some(v.to_string())))
            }
            fn visit_u64<E>(self, v: u64) -> Result<Text, E> {
                Ok(Text(Some(v.to_string())))
            }
            fn visit_f64<E>(self, v: f64) -> Result<Text, E> {
                Ok(Text(Some(v.to_string())))
            }
            fn visit_unit<E>(self) -> Result<Text, E> {
                Ok(Text(None))
            }
        }
        deserializer.deserialize_any(V)
    }
}

impl<'de> serde::Deserialize<'de> for Fields {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct V;
        impl<'de> Visitor<'de> for V {
            type Value = Fields;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an article: a JSON object")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Fields, A::Error> {
                let mut fields = Fields::default();
                while let Some(name) = map.next_key::<Cow<'de, str>>()? {
                    match field(&name) {
                        Some(field) => {
                            if let Text(Some(value)) = map.next_value::<Text>()? {
                                fields.set(field, value);
                            }
                        }
                        None => {
                            map.next_value::<IgnoredAny>()?;
                        }
                    }
                }
                Ok(fields)
            }
        }
        deserializer.deserialize_map(V)
    }
}

/// One article from one JSON object.
pub(super) fn article(json: &str, place: String, encoding: &'static str) -> Article {
    match serde_json::from_str::<Fields>(json) {
        Ok(fields) => fields.article(place, encoding),
        Err(error) => broken(json, &error, place, encoding),
    }
}

/// An article that says why it could not be read, under its own id where that can still be found.
fn broken(json: &str, error: &serde_json::Error, place: String, encoding: &'static str) -> Article {
    let id = serde_json::from_str::<IdOnly>(json)
        .ok()
        .and_then(|i| i.id.0.or(i.source.0));
    Article {
        source: id.unwrap_or(place),
        encoding,
        problems: vec![explain(json, error)],
        ..Article::default()
    }
}

#[derive(serde::Deserialize)]
struct IdOnly {
    #[serde(default = "no_text")]
    id: Text,
    #[serde(default = "no_text")]
    source: Text,
}

fn no_text() -> Text {
    Text(None)
}

/// What is wrong with JSON, in words.
pub(super) fn explain(json: &str, error: &serde_json::Error) -> String {
    match lone_surrogate(json) {
        Some(at) => format!("a lone surrogate in the JSON at byte {at}: half a character"),
        None => format!("not an article as JSON: {error}"),
    }
}

/// Where the first `\u` escape stands that is half of a pair without its other half.
fn lone_surrogate(json: &str) -> Option<usize> {
    let bytes = json.as_bytes();
    let escape = |at: usize| {
        let digits = bytes
            .get(at + 2..at + 6)
            .and_then(|d| std::str::from_utf8(d).ok())?;
        (bytes.get(at) == Some(&b'\\') && bytes.get(at + 1) == Some(&b'u'))
            .then(|| u16::from_str_radix(digits, 16).ok())?
    };
    let mut at = 0;
    while let Some(skip) = bytes.get(at..)?.iter().position(|&b| b == b'\\') {
        at += skip;
        match escape(at) {
            Some(0xd800..=0xdbff) => match escape(at + 6) {
                Some(0xdc00..=0xdfff) => at += 12,
                _ => return Some(at),
            },
            Some(0xdc00..=0xdfff) => return Some(at),
            _ => at += 2,
        }
    }
    None
}
