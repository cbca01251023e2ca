//! HTML pages: the metadata in their head, their text as lines with hints.

use dom_query::{Document, NodeRef};
use jiff::civil::Date;
use serde_json::Value;

use super::{date, zone::Hint};
use crate::dictionary::{Furniture, Marker, is_letter, key};

/// Elements inside one another, beyond which a page is refused: no page needs it, and building the tree would take
/// time that grows with its square.
const DEPTH_LIMIT: usize = 2_000;

/// What a page's HTML says.
#[derive(Debug, Default)]
pub(super) struct Page {
    pub title: Option<String>,
    pub published: Option<Date>,
    pub outlet: Option<String>,
    pub url: Option<String>,
    /// The text of the body, a line a block.
    pub text: String,
    /// One entry a line of `text`.
    pub hints: Vec<Hint>,
    /// The article as JSON-LD gives it, for pages that a script fills.
    pub article_body: Option<String>,
}

/// Whether the text of a file is HTML.
pub(super) fn is_html(name: &str, text: &str) -> bool {
    let name = name.to_ascii_lowercase();
    if [".html", ".htm", ".xhtml", ".mht"]
        .iter()
        .any(|e| name.ends_with(e))
    {
        return true;
    }
    let start = text.trim_start_matches(['\u{feff}', ' ', '\n', '\r', '\t']);
    if !start.starts_with('<') {
        return false;
    }
    let end = start
        .char_indices()
        .nth(2000)
        .map_or(start.len(), |(i, _)| i);
    let head = start[..end].to_ascii_lowercase();
    [
        "<!doctype html",
        "<html",
        "<head",
        "<body",
        "<div",
        "<article",
        "<meta",
        "<p>",
        "<table",
        "<br",
    ]
    .iter()
    .any(|tag| head.contains(tag))
}

/// The charset that the first bytes of a page declare.
pub(super) fn declared_charset(bytes: &[u8]) -> Option<String> {
    let head: String = bytes
        .iter()
        .take(4096)
        .map(|&b| {
            if b.is_ascii() {
                b.to_ascii_lowercase() as char
            } else {
                ' '
            }
        })
        .collect();
    if !head.contains('<') {
        return None;
    }
    let rest = ["charset=", "encoding="]
        .iter()
        .find_map(|m| head.find(m).map(|i| &head[i + m.len()..]))?;
    let rest = rest.trim_start_matches(['"', '\'', ' ']);
    let end = rest
        .find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_')))
        .unwrap_or(rest.len());
    (end > 0).then(|| rest[..end].to_owned())
}

/// How deep the elements of `html` nest, by a look at its tags.
fn depth(html: &str) -> usize {
    let bytes = html.as_bytes();
    let mut depth = 0_usize;
    let mut most = 0;
    let mut at = 0;
    while let Some(skip) = bytes[at..].iter().position(|&b| b == b'<') {
        at += skip + 1;
        let closing = bytes.get(at) == Some(&b'/');
        let start = at + usize::from(closing);
        let length = bytes[start..]
            .iter()
            .take(12)
            .take_while(|b| b.is_ascii_alphanumeric())
            .count();
        if length == 0 {
            continue;
        }
        let name = html[start..start + length].to_ascii_lowercase();
        let flat = [
            "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param",
            "source", "track", "wbr", "p", "li", "dt", "dd", "option", "tr", "td", "th", "tbody",
            "thead", "tfoot", "colgroup", "rp", "rt",
        ];
        if flat.contains(&name.as_str()) {
            continue;
        }
        if closing {
            depth = depth.saturating_sub(1);
        } else {
            depth += 1;
            most = most.max(depth);
        }
    }
    most
}

/// Reads a page.
///
/// # Errors
/// A sentence that says why the page is refused.
pub(super) fn read(html: &str, furniture: &Furniture) -> Result<Page, String> {
    let deep = depth(html);
    if deep > DEPTH_LIMIT {
        return Err(format!(
            "HTML nested {deep} elements deep; at most {DEPTH_LIMIT} are read"
        ));
    }
    let document = Document::from(html);
    let mut page = Page::default();
    let mut titles = Vec::new();
    head(&document, &mut page, &mut titles);
    Lines::new(&document, furniture).write(&mut page);
    page.title = title(&titles, &page, furniture);
    Ok(page)
}

/// Collects metadata; candidates for the title, the best first.
fn head(document: &Document, page: &mut Page, titles: &mut Vec<String>) {
    let mut by_rank: Vec<(u8, String)> = Vec::new();
    for node in document.select("meta").nodes() {
        let Some(content) = node.attr("content") else {
            continue;
        };
        let content = content.trim();
        if content.is_empty() {
            continue;
        }
        let name = node
            .attr("property")
            .or_else(|| node.attr("name"))
            .or_else(|| node.attr("itemprop"));
        let name = name.map(|n| n.to_ascii_lowercase()).unwrap_or_default();
        match name.as_str() {
            "og:title" => by_rank.push((0, content.to_owned())),
            "twitter:title" => by_rank.push((2, content.to_owned())),
            "title" | "dc.title" | "headline" => by_rank.push((3, content.to_owned())),
            "og:site_name" | "application-name" | "dc.publisher" if page.outlet.is_none() => {
                page.outlet = Some(content.to_owned());
            }
            "og:url" => page.url = Some(content.to_owned()),
            "article:published_time"
            | "article:published"
            | "og:article:published_time"
            | "datepublished"
            | "pubdate"
            | "publishdate"
            | "publish_date"
            | "dc.date.issued"
            | "dc.date"
            | "dcterms.created"
            | "dcterms.date"
            | "parsely-pub-date"
            | "sailthru.date"
            | "og:regdate"
            | "article.published"
            | "date"
            | "regdate"
                if page.published.is_none() =>
            {
                page.published = date::exact(content);
            }
            _ => {}
        }
    }
    if let Some(link) = document.select("link[rel=canonical]").nodes().first()
        && let Some(href) = link.attr("href").filter(|h| h.starts_with("http"))
    {
        page.url = Some(href.to_string());
    }
    for script in document
        .select("script[type=\"application/ld+json\"]")
        .nodes()
    {
        if let Ok(value) = serde_json::from_str::<Value>(&script.text()) {
            linked_data(&value, page, &mut by_rank, 0);
        }
    }
    if let Some(node) = document.select("title").nodes().first() {
        by_rank.push((4, node.text().trim().to_owned()));
    }
    if page.published.is_none() {
        let times: Vec<_> = document.select("time[datetime]").nodes().to_vec();
        let stated = times.iter().find(|t| {
            t.attr("itemprop")
                .is_some_and(|i| i.eq_ignore_ascii_case("datepublished"))
                || t.has_attr("pubdate")
        });
        // Of several, most belong to other articles.
        let one = stated.or(if times.len() == 1 {
            times.first()
        } else {
            None
        });
        page.published = one.and_then(|t| date::exact(&t.attr_or("datetime", "")));
    }
    by_rank.sort_by_key(|t| t.0);
    titles.extend(by_rank.into_iter().map(|t| t.1).filter(|t| !t.is_empty()));
}

/// Looks for an article in JSON-LD.
fn linked_data(value: &Value, page: &mut Page, titles: &mut Vec<(u8, String)>, depth: usize) {
    if depth > 4 {
        return;
    }
    match value {
        Value::Array(items) => items
            .iter()
            .for_each(|v| linked_data(v, page, titles, depth + 1)),
        Value::Object(map) => {
            let kind = map
                .get("@type")
                .map(ToString::to_string)
                .unwrap_or_default();
            let text = |k: &str| {
                map.get(k)
                    .and_then(Value::as_str)
                    .map(str::trim)
                    .filter(|s| !s.is_empty())
                    .map(str::to_owned)
            };
            if kind.contains("Article") || kind.contains("BlogPosting") || kind.contains("Report") {
                if let Some(title) = text("headline") {
                    titles.push((1, title));
                }
                if page.published.is_none() {
                    page.published = text("datePublished").and_then(|d| date::exact(&d));
                }
                if page.outlet.is_none() {
                    let name = map
                        .get("publisher")
                        .and_then(|p| p.get("name"))
                        .and_then(Value::as_str);
                    page.outlet = name.map(|n| n.trim().to_owned()).filter(|n| !n.is_empty());
                }
                if page.url.is_none() {
                    page.url = text("url").filter(|u| u.starts_with("http"));
                }
                page.article_body = text("articleBody").or(page.article_body.take());
            }
            if let Some(graph) = map.get("@graph") {
                linked_data(graph, page, titles, depth + 1);
            }
        }
        _ => {}
    }
}

/// The headline: as the page's own heading writes it where one agrees, else without the site's name.
fn title(titles: &[String], page: &Page, furniture: &Furniture) -> Option<String> {
    let mut wanted = String::new();
    let mut have = String::new();
    for title in titles {
        wanted.clear();
        key(title, &mut wanted);
        let mut best: Option<(u8, &str)> = None;
        for (line, hint) in page.text.lines().zip(&page.hints) {
            let line = line.trim();
            if hint.drop || line.len() > title.len() + 16 || line.len() * 2 < title.len() {
                continue;
            }
            have.clear();
            key(line, &mut have);
            let level = if hint.heading == 0 { 9 } else { hint.heading };
            let most = have.chars().count() >= 6 && have.len() * 2 >= wanted.len();
            if most
                && (wanted.starts_with(&have) || wanted.ends_with(&have))
                && best.is_none_or(|b| level < b.0)
            {
                best = Some((level, line));
            }
        }
        if let Some((_, line)) = best {
            return Some(line.to_owned());
        }
    }
    let title = titles.iter().find(|t| !is_medium(t, furniture))?;
    let title: String = title.split_whitespace().collect::<Vec<_>>().join(" ");
    Some(without_site(&title, page.outlet.as_deref(), furniture).to_owned())
        .filter(|t| Some(t.as_str()) != page.outlet.as_deref())
}

/// Whether a title is only the medium's name: one word that ends like one.
fn is_medium(title: &str, furniture: &Furniture) -> bool {
    let name = title.trim_matches(|c: char| !is_letter(c));
    let lower = name.to_lowercase();
    !name.contains(' ')
        && furniture
            .words(Marker::Outlet)
            .iter()
            .any(|w| lower.ends_with(w.as_str()))
}

/// `title` without ` - 새벽일보`.
fn without_site<'a>(title: &'a str, site: Option<&str>, furniture: &Furniture) -> &'a str {
    for sign in [
        " - ", " | ", " : ", " < ", " > ", " :: ", " – ", " — ", "::", "|",
    ] {
        for (rest, name) in [
            title
                .rfind(sign)
                .map(|i| (&title[..i], &title[i + sign.len()..])),
            title
                .find(sign)
                .map(|i| (&title[i + sign.len()..], &title[..i])),
        ]
        .into_iter()
        .flatten()
        {
            let name = name.trim();
            let medium = name.chars().count() <= 14
                && furniture.words(Marker::Outlet).iter().any(|w| {
                    name.to_lowercase().ends_with(w.as_str())
                        || name.to_lowercase().starts_with(w.as_str())
                });
            if Some(name) == site || medium {
                return without_site(rest.trim(), site, furniture);
            }
        }
    }
    title
}

struct Lines<'d, 'f> {
    document: &'d Document,
    furniture: &'f Furniture,
    out: String,
    hints: Vec<Hint>,
    line: String,
    hint: Hint,
    /// Bytes of the line that are inside links.
    linked: usize,
    /// A space is due before the next word.
    space: bool,
    /// Whether the line has begun: its hint is taken from where its first word stands.
    begun: bool,
}

#[derive(Clone, Copy, Default)]
struct Place {
    hint: Hint,
    link: bool,
    keep_breaks: bool,
}

impl<'d, 'f> Lines<'d, 'f> {
    fn new(document: &'d Document, furniture: &'f Furniture) -> Self {
        Self {
            document,
            furniture,
            out: String::new(),
            hints: Vec::new(),
            line: String::new(),
            hint: Hint::default(),
            linked: 0,
            space: false,
            begun: false,
        }
    }

    fn write(mut self, page: &mut Page) {
        let root = self.document.body().unwrap_or_else(|| self.document.root());
        let all = finals(&root);
        let body = self.container(&root, all);
        self.walk(root, body, all);
        page.text = self.out;
        page.hints = self.hints;
    }

    /// The element that holds the article, where the page names one.
    fn container(&self, root: &NodeRef<'d>, all: usize) -> Option<NodeRef<'d>> {
        let mut best: Option<(usize, NodeRef<'d>)> = None;
        for node in root.descendants_it().filter(NodeRef::is_element) {
            let named = node
                .attr("itemprop")
                .is_some_and(|i| i.eq_ignore_ascii_case("articlebody"))
                || node
                    .attr("id")
                    .is_some_and(|id| self.furniture.is_body(&id))
                || node
                    .attr("class")
                    .is_some_and(|c| c.split_whitespace().any(|c| self.furniture.is_body(c)));
            let article = !named && node.has_name("article");
            if !named && !article {
                continue;
            }
            let here = finals(&node);
            // Teasers are <article>s too: only one with most of the text is the article.
            if (named && here > 0) || (article && here * 10 >= all * 6 && here > 0) {
                let better = best.as_ref().is_none_or(|(n, _)| here > *n);
                if better {
                    best = Some((here, node));
                }
            }
        }
        // A little box that happens to have such a name is not it.
        best.filter(|(n, _)| n * 4 >= all).map(|b| b.1)
    }

    fn walk(&mut self, root: NodeRef<'d>, body: Option<NodeRef<'d>>, all: usize) {
        enum Step<'d> {
            Enter(NodeRef<'d>, Place),
            Leave { block: bool, body: bool, link: bool },
        }
        let mut after = false;
        let mut stack = vec![Step::Enter(root, Place::default())];
        while let Some(step) = stack.pop() {
            let (node, mut place) = match step {
                Step::Leave { block, body, link } => {
                    if block {
                        self.end_line();
                    }
                    self.space |= link;
                    after |= body;
                    continue;
                }
                Step::Enter(node, place) => (node, place),
            };
            if node.is_text() {
                place.hint.drop |= after;
                self.text(&node.text(), place);
                continue;
            }
            if !node.is_element() {
                continue;
            }
            let name = node.node_name().unwrap_or_default();
            let name: &str = &name;
            if matches!(
                name,
                "script"
                    | "style"
                    | "noscript"
                    | "iframe"
                    | "svg"
                    | "template"
                    | "textarea"
                    | "select"
                    | "button"
                    | "object"
                    | "head"
                    | "math"
            ) {
                continue;
            }
            if name == "br" {
                self.end_line();
                continue;
            }
            let is_body = body.as_ref().is_some_and(|b| b.id == node.id);
            if !is_body && !place.hint.drop && self.dropped(&node, name) {
                let most = all > 2 && finals(&node) * 2 > all;
                place.hint.drop = !most;
            }
            let mut block = !matches!(
                name,
                "a" | "span"
                    | "b"
                    | "strong"
                    | "i"
                    | "em"
                    | "u"
                    | "font"
                    | "small"
                    | "big"
                    | "sub"
                    | "sup"
                    | "mark"
                    | "abbr"
                    | "time"
                    | "img"
                    | "code"
                    | "label"
                    | "s"
                    | "del"
                    | "ins"
                    | "q"
                    | "cite"
                    | "wbr"
                    | "ruby"
                    | "rt"
                    | "rp"
                    | "input"
                    | "td"
                    | "th"
                    | "tt"
                    | "strike"
                    | "bdi"
                    | "bdo"
                    | "data"
                    | "kbd"
                    | "var"
                    | "samp"
                    | "nobr"
                    | "center_"
            );
            if let Some(class) = node.attr("class") {
                let class = class.to_ascii_lowercase();
                let caption = class.contains("caption")
                    || class.contains("img_desc")
                    || class.contains("photo_desc");
                place.hint.caption |= caption;
                block |= caption;
            }
            if block {
                self.end_line();
            }
            match name {
                "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                    place.hint.heading = name.as_bytes()[1] - b'0';
                }
                "li" | "dd" | "dt" => place.hint.list = true,
                "figcaption" | "caption" => place.hint.caption = true,
                "a" => place.link = true,
                "pre" => place.keep_breaks = true,
                "td" | "th" => self.cell(&node, &mut place),
                _ => {}
            }
            let link = name == "a";
            stack.push(Step::Leave {
                block,
                body: is_body,
                link,
            });
            let at = stack.len();
            let mut child = node.first_child();
            while let Some(next) = child {
                child = next.next_sibling();
                stack.push(Step::Enter(next, place));
            }
            stack[at..].reverse();
        }
        self.end_line();
    }

    /// A cell goes on the line of the cell before it, where both are short.
    fn cell(&mut self, node: &NodeRef<'d>, place: &mut Place) {
        let short = node.text().trim().len() <= 200;
        if short
            && node
                .parent()
                .is_some_and(|row| row.element_children().len() > 1)
        {
            place.hint.cell = true;
        }
        if self.line.trim().is_empty() {
            return;
        }
        if short && self.line.len() <= 400 && self.hint.cell {
            self.line.push_str(" | ");
            self.space = false;
        } else {
            self.end_line();
        }
    }

    fn dropped(&self, node: &NodeRef<'d>, name: &str) -> bool {
        if matches!(name, "nav" | "aside" | "footer") || node.has_attr("hidden") {
            return true;
        }
        if let Some(style) = node.attr("style") {
            let style: String = style.to_ascii_lowercase().split_whitespace().collect();
            if style.contains("display:none") {
                return true;
            }
        }
        let named = |value: &str| {
            value
                .split_whitespace()
                .any(|token| self.furniture.is_drop(token))
        };
        if matches!(
            name,
            "body" | "html" | "main" | "article" | "h1" | "h2" | "p"
        ) {
            return false;
        }
        node.attr("id").is_some_and(|id| named(&id))
            || node.attr("class").is_some_and(|class| named(&class))
    }

    fn text(&mut self, text: &str, place: Place) {
        for c in text.chars() {
            if place.keep_breaks && c == '\n' {
                self.end_line();
            } else if c.is_whitespace() && c != '\u{a0}' {
                self.space = true;
            } else {
                if !self.begun {
                    self.hint = place.hint;
                    self.begun = true;
                    self.space = false;
                }
                if self.space {
                    self.line.push(' ');
                    self.space = false;
                }
                self.line.push(c);
                // Signs between links do not make a sentence.
                if place.link || !is_letter(c) {
                    self.linked += c.len_utf8();
                }
            }
        }
    }

    fn end_line(&mut self) {
        if self.begun {
            let solid: usize = self.line.split(' ').map(str::len).sum();
            let mut hint = self.hint;
            hint.link = self.linked >= solid && self.line.chars().any(is_letter);
            self.out.push_str(&self.line);
            self.out.push('\n');
            self.hints.push(hint);
        } else if !self.out.is_empty() && !self.out.ends_with("\n\n") {
            self.out.push('\n');
            self.hints.push(Hint::default());
        }
        self.line.clear();
        self.hint = Hint::default();
        self.linked = 0;
        self.space = false;
        self.begun = false;
    }
}

/// How many sentence ends stand in an element.
fn finals(node: &NodeRef<'_>) -> usize {
    let mut n = 0;
    for child in node.descendants_it().filter(NodeRef::is_text) {
        let hidden = child
            .parent()
            .and_then(|p| p.node_name())
            .is_some_and(|name| matches!(&*name, "script" | "style" | "noscript"));
        if !hidden {
            n += child.text().matches("다.").count();
        }
    }
    n
}
