//! Feeds: RSS 2.0, RSS 1.0 and Atom hold many articles in one file.

use std::borrow::Cow;

use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use super::input::unread;
use super::{Article, clean, date, page};
use crate::dictionary::Furniture;

/// How deep the elements of a feed nest at most; one that goes deeper is none.
const DEEPEST: usize = 64;

/// What a feed says of one article.
#[derive(Debug, Default)]
struct Item {
    title: String,
    link: String,
    date: String,
    outlet: String,
    /// All that is said of it as text, the longest; HTML in most feeds.
    body: String,
}

/// Whether a text is a feed: by its first element.
pub(super) fn is_feed(text: &str) -> bool {
    let mut rest = text.trim_start_matches('\u{feff}').trim_start();
    loop {
        let skip = if rest.starts_with("<!--") {
            rest.find("-->").map(|end| end + 3)
        } else if rest.starts_with("<?") || rest.starts_with("<!") {
            rest.find('>').map(|end| end + 1)
        } else {
            break;
        };
        let Some(skip) = skip else { return false };
        rest = rest[skip..].trim_start();
    }
    let name = rest.strip_prefix('<').map(|rest| {
        let end = rest.find([' ', '>', '\n', '\r', '\t', '/']);
        &rest[..end.unwrap_or(rest.len())]
    });
    matches!(name, Some("rss" | "feed" | "rdf:RDF"))
}

/// The articles of a feed called `source`, in its order: `source#1`, `source#2` …; what is wrong with it, as one article
/// that could not be read, behind those that came before. O(text).
pub(super) fn read(
    source: &str,
    text: &str,
    encoding: &'static str,
    furniture: &Furniture,
) -> Vec<Article> {
    let (items, problem) = items(text);
    let name = |n: usize| format!("{source}#{}", n + 1);
    let count = items.len();
    let read = items.into_iter().enumerate();
    let mut articles: Vec<Article> = read
        .map(|(n, item)| article(&name(n), &item, encoding, furniture))
        .collect();
    if let Some(problem) = problem {
        articles.push(unread(&name(count), problem));
    } else if count == 0 {
        articles.push(unread(source, "is a feed without an article"));
    }
    articles
}

/// One article: what the feed says of it is read as a page, which takes out markup and lines that are not the text's.
fn article(source: &str, item: &Item, encoding: &'static str, furniture: &Furniture) -> Article {
    let mut removed = clean::Removed::default();
    let mut line = |text: &str| clean::line(text, &mut removed);
    let (title, url, outlet) = (line(&item.title), line(&item.link), line(&item.outlet));
    let mut article = if item.body.trim().is_empty() && title.is_none() {
        unread(source, "an entry of the feed without title and text")
    } else {
        let heading = title.as_deref().map_or(String::new(), escaped);
        let body = if item.body.contains('<') {
            Cow::Borrowed(item.body.as_str())
        } else {
            escaped(&item.body).replace('\n', "<br>").into()
        };
        let page = format!(
            "<html><head><title>{heading}</title></head><body><article><h1>{heading}</h1><div>{body}</div></article></body></html>"
        );
        page::read(source, page.as_bytes(), furniture)
    };
    if !item.date.trim().is_empty() {
        article.published = date::exact(item.date.trim());
        if article.published.is_none() {
            let shown: String = item.date.trim().chars().take(40).collect();
            let problem = format!("`{shown}` is no date that can be read");
            article.problems.push(problem);
        }
    }
    source.clone_into(&mut article.source);
    article.encoding = encoding;
    article.title = title.or(article.title);
    article.url = url;
    article.outlet = outlet.or(article.outlet);
    removed.problems(&mut article.problems);
    article
}

/// Text as HTML.
fn escaped(text: &str) -> String {
    quick_xml::escape::escape(text).into_owned()
}

/// The entries of a feed, and what is wrong with it behind them.
fn items(text: &str) -> (Vec<Item>, Option<String>) {
    let mut reader = Reader::from_str(text);
    let mut items: Vec<Item> = Vec::new();
    let mut open: Option<Item> = None;
    let mut outlet = String::new();
    // The names of the elements that are open, and the text of the innermost.
    let mut path: Vec<String> = Vec::new();
    let mut said = String::new();
    let problem = loop {
        match reader.read_event() {
            Ok(Event::Start(tag)) => {
                let name = name(&tag);
                if path.len() == DEEPEST {
                    break Some("a feed whose elements are nested too deeply".to_owned());
                }
                if is_entry(&name) {
                    open = Some(Item::default());
                }
                // Atom's XHTML is markup in markup: its text is kept, its elements part it.
                if inside_content(&path) {
                    said.push_str("<br>");
                } else {
                    said.clear();
                    take_link(&tag, &name, open.as_mut());
                }
                path.push(name);
            }
            Ok(Event::Empty(tag)) => take_link(&tag, &name(&tag), open.as_mut()),
            Ok(Event::Text(text)) => said.push_str(&text.xml10_content()),
            Ok(Event::CData(text)) => said.push_str(&text.xml10_content()),
            Ok(Event::GeneralRef(reference)) => {
                let name: &str = &reference;
                match (
                    reference.resolve_char_ref(),
                    resolve_predefined_entity(name),
                ) {
                    (Ok(Some(c)), _) => said.push(c),
                    (_, Some(text)) => said.push_str(text),
                    // An entity of HTML: the page knows it.
                    _ => said.extend(["&", name, ";"]),
                }
            }
            Ok(Event::End(_)) => {
                let Some(name) = path.pop() else { continue };
                if inside_content(&path) {
                    continue;
                }
                if is_entry(&name) {
                    if let Some(mut item) = open.take() {
                        item.outlet.clone_from(&outlet);
                        items.push(item);
                    }
                } else if let Some(item) = &mut open {
                    take(item, &name, &said);
                } else if name == "title" && outlet.is_empty() {
                    outlet.clone_from(&said);
                }
                said.clear();
            }
            Ok(Event::Eof) => {
                break (open.is_some() || !path.is_empty())
                    .then(|| "the feed is cut off: its last entry is not closed".to_owned());
            }
            Ok(_) => {}
            Err(error) => {
                let at = reader.error_position();
                break Some(format!(
                    "not a feed that can be read: {error}, at byte {at}"
                ));
            }
        }
    };
    (items, problem)
}

/// An element's name; `content:encoded` and `dc:date` with what is before the colon.
fn name(tag: &BytesStart<'_>) -> String {
    tag.name().as_ref().to_owned()
}

fn is_entry(name: &str) -> bool {
    matches!(name, "item" | "entry")
}

/// Whether what is open is an entry's text, so that elements are part of it.
fn inside_content(path: &[String]) -> bool {
    path.iter().any(|name| is_text(name))
}

fn is_text(name: &str) -> bool {
    matches!(
        name,
        "description" | "content:encoded" | "content" | "summary"
    )
}

/// What an element of an entry says.
fn take(item: &mut Item, name: &str, said: &str) {
    let place = match name {
        "title" => &mut item.title,
        "link" | "guid" if said.trim().starts_with("http") => &mut item.link,
        "pubDate" | "dc:date" | "published" | "updated" => &mut item.date,
        name if is_text(name) => {
            if said.trim().len() > item.body.len() {
                said.trim().clone_into(&mut item.body);
            }
            return;
        }
        _ => return,
    };
    // Atom tells the day of publication and, before or behind it, that of the last change.
    if place.is_empty() || name == "published" {
        said.trim().clone_into(place);
    }
}

/// Atom's link to the article.
fn take_link(tag: &BytesStart<'_>, name: &str, item: Option<&mut Item>) {
    let Some(item) = item.filter(|item| name == "link" && item.link.is_empty()) else {
        return;
    };
    let attribute = |wanted: &str| {
        let found = tag.try_get_attribute(wanted).ok().flatten()?;
        found
            .normalized_value(XmlVersion::Implicit1_0)
            .ok()
            .map(Cow::into_owned)
    };
    if attribute("rel").is_none_or(|rel| rel == "alternate")
        && let Some(link) = attribute("href")
    {
        item.link = link;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(feed: &str) -> Vec<Article> {
        assert!(is_feed(feed), "{feed}");
        read("a.xml", feed, "UTF-8", &Furniture::shipped())
    }

    const BODY: &str = "새솔시는 3일 새솔공업고와 협약을 맺었다.";

    #[test]
    fn every_entry_is_an_article() {
        let rss = format!(
            r#"<?xml version="1.0"?><!-- 새벽 --><rss version="2.0"><channel><title>새벽일보</title><link>https://a.example</link>
<item><title>새솔시 &amp; 학교 협약</title><link>https://a.example/1</link><pubDate>Thu, 02 May 2024 23:30:00 GMT</pubDate>
<description>짧은 소개</description><content:encoded><![CDATA[<p>{BODY}</p><p>한빛전자도 함께했다.</p>]]></content:encoded></item>
<item><title>가온군 소식</title><guid>https://a.example/2</guid><dc:date>2024-05-04T09:00:00+09:00</dc:date>
<description>&lt;p&gt;가온군은 4일 마을학교를 열었다.&lt;/p&gt;</description></item></channel></rss>"#
        );
        let atom = format!(
            r#"<feed xmlns="http://www.w3.org/2005/Atom"><title>새벽일보</title>
<entry><title>새솔시 &#38; 학교 협약</title><link rel="self" href="https://a.example/x"/><link href="https://a.example/1"/>
<updated>2024-05-09T09:00:00Z</updated><published>2024-05-03T09:00:00Z</published>
<content type="xhtml"><div><p>{BODY}</p><p>한빛전자도 함께했다.</p></div></content></entry>
<entry><title>가온군 소식</title><link href="https://a.example/2"/><updated>2024-05-04T09:00:00Z</updated><summary>가온군은 4일 마을학교를 열었다.</summary></entry></feed>"#
        );
        for feed in [rss, atom] {
            let articles = told(&feed);
            let [first, second] = articles.as_slice() else {
                panic!("{articles:?}")
            };
            assert_eq!(
                (first.source.as_str(), first.title.as_deref()),
                ("a.xml#1", Some("새솔시 & 학교 협약"))
            );
            assert_eq!(
                first.text,
                format!("새솔시 & 학교 협약\n{BODY}\n한빛전자도 함께했다.")
            );
            let of = |a: &Article| {
                let day = a.published.map(|d| d.to_string());
                (day.unwrap_or_default(), a.url.clone().unwrap_or_default())
            };
            assert_eq!(
                [of(first), of(second)],
                [
                    ("2024-05-03", "https://a.example/1"),
                    ("2024-05-04", "https://a.example/2")
                ]
                .map(|(day, url)| (day.to_owned(), url.to_owned()))
            );
            assert_eq!(second.outlet.as_deref(), Some("새벽일보"));
            assert!(second.text.ends_with("가온군은 4일 마을학교를 열었다."));
            assert_eq!(first.problems, [""; 0]);
        }
    }

    #[test]
    fn what_is_wrong_is_told_behind_what_was_read() {
        let good = format!(
            "<rss><channel><item><title>새솔시 협약</title><description>{BODY}</description></item>"
        );
        for (feed, source, problem) in [
            (format!("{good}<item><title>가온"), "a.xml#2", "cut off"),
            (
                format!("{good}<item></channel>"),
                "a.xml#2",
                "not a feed that can be read",
            ),
        ] {
            let articles = told(&feed);
            assert_eq!(articles.len(), 2, "{feed}");
            assert!(articles[0].problems.is_empty());
            assert_eq!(articles[1].source, source);
            assert!(
                articles[1].problems[0].contains(problem),
                "{:?}",
                articles[1]
            );
        }
        let none = told("<rss><channel><title>새벽</title></channel></rss>");
        assert!(none[0].problems[0].contains("without an article"));
        let deep = format!("<rss>{}", "<a>".repeat(1000));
        assert!(told(&deep)[0].problems[0].contains("nested"));
    }

    #[test]
    fn pages_are_no_feeds() {
        for text in [
            "<html><body><rss></body></html>",
            "<!DOCTYPE html><html>",
            "<rssfeed>",
            "rss",
            "<!-- ",
            "",
        ] {
            assert!(!is_feed(text), "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_feed(feed in "(<(item|entry|title|link|content|description|a)>|</(item|entry|title|link|content|description|a)>|<!\\[CDATA\\[|\\]\\]>|&amp;|&x;|&#99999999;|[가-다< ]{1,3}|\\PC){0,30}") {
            let feed = format!("<rss>{feed}");
            for article in read("a.xml", &feed, "UTF-8", &Furniture::shipped()) {
                proptest::prop_assert!(!article.problems.is_empty() || !article.sentences.is_empty());
            }
        }
    }
}
