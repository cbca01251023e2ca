//! The article on its page: what each line is, by its looks, its place and the markers of `furniture.csv`.
//!
//! Three ideas. Markers say where things end, but only the page says whether they mean the article: a "most read" box may
//! stand above it, beside it or inside it. So the page is cut at the markers and the piece with the most running text
//! wins. Then the article is walked through from its headline to where it ends. Where a line could be another article's,
//! the words decide: an article's paragraphs and headlines share words with one another.

use std::collections::HashSet;
use std::hash::{BuildHasherDefault, Hasher};

use jiff::civil::Date;

use super::{Sentence, Zone, date, json, sentence};
use crate::dictionary::{Furniture, Marker, is_letter, key};

/// What HTML says about a line.
#[expect(
    clippy::struct_excessive_bools,
    reason = "they hold independently of one another"
)]
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Hint {
    /// Level of the heading; 0 for none.
    pub heading: u8,
    /// An item of a list.
    pub list: bool,
    /// Nothing but links.
    pub link: bool,
    /// A caption.
    pub caption: bool,
    /// A cell of a table.
    pub cell: bool,
    /// In an element that holds furniture.
    pub drop: bool,
}

/// What is known of the article before its lines are looked at.
#[derive(Debug, Default)]
pub(super) struct Known {
    /// The headline that the page's head gives.
    pub title: Option<String>,
}

/// What became of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// Part of the main text.
    Kept(Zone),
    /// Left out, for this reason.
    Dropped(&'static str),
}

/// The article that was found on a page.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub title: Option<String>,
    pub published: Option<Date>,
    pub outlet: Option<String>,
    pub text: String,
    pub sentences: Vec<Sentence>,
    /// One entry a line of the page.
    pub fates: Vec<Fate>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Skip(&'static str),
    Advert,
    Summary,
    Others,
    /// The link of a box of other articles.
    More,
    End,
    Byline,
    /// With how sure it is to be the day of publication.
    Date(Rank),
    Head,
    List,
    Caption,
    Prose {
        cut: bool,
    },
}

/// How well a date stands for the day of publication, from the least.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    Day,
    Updated,
    Time,
    Labelled,
}

#[derive(Debug, Clone, Copy)]
struct Row<'a> {
    text: &'a str,
    /// Line of the page, from 0.
    line: usize,
    kind: Kind,
    hint: Hint,
    blank_before: bool,
}

impl Row<'_> {
    fn prose(&self) -> bool {
        matches!(self.kind, Kind::Prose { .. })
    }

    /// How much running text it is, in bytes.
    fn weight(&self) -> usize {
        match self.kind {
            Kind::Prose { cut: false } => self.text.len(),
            Kind::Prose { cut: true } | Kind::List => self.text.len() / 3,
            Kind::Caption => self.text.len() / 8,
            _ => 0,
        }
    }
}

/// Finds the article on a page. `hints` has an entry a line, or none at all.
pub(super) fn find(page: &str, hints: &[Hint], known: &Known, furniture: &Furniture) -> Found {
    let mut found = Found::default();
    let mut rows = Vec::new();
    let mut scratch = String::new();
    let mut blank = true;
    for (line, text) in page.split('\n').enumerate() {
        let text = text.trim();
        let hint = hints.get(line).copied().unwrap_or_default();
        if text.is_empty() {
            found.fates.push(Fate::Dropped("blank"));
            blank = true;
            continue;
        }
        let (kind, text, hint) = classify(text, hint, furniture, &mut scratch);
        found.fates.push(Fate::Dropped(match kind {
            Kind::Skip(reason) => reason,
            Kind::Advert => "advertisement",
            Kind::Summary => "summary made by a machine",
            Kind::Others | Kind::More => "other articles",
            Kind::End => "end of the article",
            Kind::Byline => "byline",
            Kind::Date(_) => "date",
            _ => "outside the article",
        }));
        rows.push(Row {
            text,
            line,
            kind,
            hint,
            blank_before: blank,
        });
        blank = false;
    }
    Walk {
        rows: &rows,
        furniture,
        known,
        core: Stems::default(),
        trusted: Vec::new(),
        about: Stems::default(),
        found,
        kept: Vec::new(),
    }
    .run()
}

// ---------------------------------------------------------------------------------------------------------------------
// What one line looks like.

const CLOSERS: &[char] = &[
    '"', '”', '\'', '’', ')', ']', '」', '』', '>', '》', '〉', ' ', '\u{3000}',
];

fn classify<'a>(
    text: &'a str,
    mut hint: Hint,
    furniture: &Furniture,
    scratch: &mut String,
) -> (Kind, &'a str, Hint) {
    let skip = move |reason, text| (Kind::Skip(reason), text, hint);
    if hint.drop {
        return skip("element of the page", text);
    }
    let mut text = text;
    // Markdown headings.
    let marks = text.bytes().take_while(|&b| b == b'#').count();
    if (1..=6).contains(&marks) && text[marks..].starts_with(' ') {
        hint.heading = marks as u8;
        text = text[marks..].trim();
    }
    let Some(first) = text.chars().next() else {
        return skip("signs only", text);
    };
    if text.contains("](") && markdown_link(text) {
        return skip("link", text);
    }
    match first {
        'h' | 'w'
            if (text.starts_with("http") || text.starts_with("www.")) && !text.contains(' ') =>
        {
            return skip("link", text);
        }
        '#' if text.split_whitespace().all(|t| t.starts_with('#')) => return skip("tags", text),
        _ => {}
    }
    let core = text.trim_end_matches(CLOSERS);
    let stops = stops(core);
    let short = text.len() <= 240;
    if short {
        scratch.clear();
        key(text, scratch);
        if scratch.is_empty() {
            return skip("signs only", text);
        }
        if scratch.len() <= 6 && scratch.bytes().all(|b| b.is_ascii_digit()) {
            return skip("number", text);
        }
        if let Some(kind) = marked(text, first, stops, furniture, scratch) {
            return (kind, text, hint);
        }
        if let Some(kind) = date_or_byline(text, stops, furniture) {
            return (kind, text, hint);
        }
    }
    if let Some((kind, value)) = header_field(text) {
        hint.heading = hint.heading.max(u8::from(kind == Kind::Head));
        return (kind, value, hint);
    }
    if hint.caption || is_caption(text, first, stops) {
        return (Kind::Caption, text, hint);
    }
    if let Some(rest) = bullet(text) {
        let arrow = matches!(first, '▶' | '☞' | '▷' | '►' | '👉');
        if !(stops && (arrow || core.ends_with("다.") || text.chars().nth(24).is_some())) {
            // An arrow before a headline leads to another article; before a label it lists.
            if arrow && !rest.contains(':') && rest.split_whitespace().count() >= 3 && hint.link {
                return (Kind::Skip("link"), text, hint);
            }
            return (Kind::List, text, hint);
        }
    }
    if short && !stops && hint.heading == 0 && menu(text, furniture) {
        return skip("menu", text);
    }
    if hint.cell || (hint.list && !stops) {
        return (Kind::List, text, hint);
    }
    let inner = ["다. ", "다.\"", "다.”", "요. ", "다.<"]
        .iter()
        .any(|f| text.contains(f));
    let spoken = core.ends_with("습니다") || core.ends_with("합니다");
    if hint.heading == 0
        && ((stops && text.chars().nth(9).is_some()) || inner || spoken || text.len() > 330)
    {
        let cut = !stops && !spoken && !text.ends_with(['"', '”', ')', ']', '>']);
        return (Kind::Prose { cut }, text, hint);
    }
    (Kind::Head, text, hint)
}

/// Whether a line ends as a sentence does. A call (`20% 할인!`) is none.
fn stops(core: &str) -> bool {
    if core.ends_with(['?', '!']) {
        return core
            .trim_end_matches(['?', '!'])
            .ends_with(['다', '요', '까', '죠', '나', '가', '냐']);
    }
    core.ends_with(['.', '。']) && !core.ends_with("..")
}

/// `제목: …`, `URL: …`: a line that names a field as a table's header would, and its value.
fn header_field(text: &str) -> Option<(Kind, &str)> {
    let at = text
        .find(':')
        .or_else(|| text.find('：'))
        .filter(|&at| at <= 24)?;
    let sign = text[at..].chars().next().map_or(1, char::len_utf8);
    let value = text[at + sign..].trim();
    let label = text[..at].trim_matches(['[', ']', '*', ' ', '○', '□', '■', '-']);
    Some(match json::field(label)? {
        json::Field::Title if !value.is_empty() => (Kind::Head, value),
        json::Field::Published if label != "일시" && label != "날짜" => {
            (Kind::Date(Rank::Labelled), text)
        }
        json::Field::Url if value.starts_with("http") => (Kind::Skip("link"), text),
        json::Field::Outlet => (Kind::Skip("header"), text),
        json::Field::Text if value.is_empty() => (Kind::Skip("header"), text),
        _ => return None,
    })
}

/// Nothing but Markdown links and images.
fn markdown_link(text: &str) -> bool {
    let mut rest = text.trim_start_matches(['-', '*', ' ', '!']);
    while let Some(inner) = rest.strip_prefix('[') {
        // Titles hold brackets themselves: the link's end is what counts.
        let Some(middle) = inner.find("](") else {
            return false;
        };
        let Some(end) = inner[middle..].find(')') else {
            return false;
        };
        rest = inner[middle + end + 1..].trim_start_matches(['-', '*', ' ', '!', '|', '"', ')']);
    }
    rest.is_empty()
}

/// What a row of `furniture.csv` says about a short line.
fn marked(text: &str, first: char, stops: bool, furniture: &Furniture, key: &str) -> Option<Kind> {
    if matches!(first, '[' | '(' | '<' | '【') {
        let inside = &text[first.len_utf8()..];
        if let Some(end) = inside.find([']', ')', '>', '】'])
            && furniture.bracket(&inside[..end]) == Some(Marker::Advert)
        {
            return Some(Kind::Advert);
        }
    }
    if let Some(marker) = furniture.symbol(first) {
        let notice = text.contains('|')
            || key.chars().filter(|c| !c.is_ascii_digit()).count() > 14
            || key.contains("저작권");
        return Some(if marker == Marker::End && notice {
            Kind::End
        } else {
            Kind::Skip("credit")
        });
    }
    // "많이 본 뉴스 더보기 +", "댓글 0": the label without its appendix.
    let bare = key.trim_end_matches(|c: char| c.is_ascii_digit());
    let bare = bare
        .strip_suffix("더보기")
        .or_else(|| bare.strip_suffix("전체보기"))
        .unwrap_or(bare);
    let marker = furniture.line(key).or_else(|| {
        (bare.len() < key.len())
            .then(|| furniture.line(bare))
            .flatten()
    });
    let rest = marker.map_or(0, |(_, n)| key.len().saturating_sub(n));
    let sentence = stops && key.chars().count() > 20;
    match marker.map(|m| m.0) {
        Some(Marker::End)
            if !sentence || furniture.contained(key).is_some_and(|m| m.0 == Marker::End) =>
        {
            Some(Kind::End)
        }
        _ if sentence => None,
        // With the headlines beside it, the marker is a line for itself.
        Some(Marker::Others) if rest > 14 * 3 || (rest > 4 * 3 && leads_away(text, first)) => {
            Some(Kind::Skip("other articles"))
        }
        Some(Marker::Others) => Some(Kind::Others),
        Some(Marker::More) => Some(Kind::More),
        Some(Marker::Skip) => Some(Kind::Skip("furniture")),
        Some(Marker::Advert) => Some(Kind::Advert),
        Some(Marker::Summary) => Some(Kind::Summary),
        Some(Marker::Reporter) => Some(Kind::Byline),
        _ => {
            let figures = text.contains(['℃', '°', '%', '▲', '▼']) && text.len() < 120;
            if figures
                && !stops
                && furniture.begins_figures(text.trim_start_matches(['•', '·', '-', '*', ' ']))
            {
                return Some(Kind::Skip("weather or figures"));
            }
            None
        }
    }
}

/// `▶ 관련기사 | …`, `[관련기사] …`: the marker and what it leads to in one line.
fn leads_away(text: &str, first: char) -> bool {
    matches!(first, '▶' | '☞' | '▷' | '►' | '👉' | '→' | '>')
        || (first == '[' && text.contains("] "))
}

/// Words between spaces and the signs that separate what stands in one line.
fn pieces(text: &str) -> impl Iterator<Item = &str> {
    text.split([
        ' ', '\t', '|', '/', '·', '•', '>', '<', ',', ':', '│', 'ㅣ', '┃', '(', ')', '[', ']',
    ])
    .filter(|p| p.chars().any(is_letter))
}

/// A line of labels, or of many short pieces between signs.
fn menu(text: &str, furniture: &Furniture) -> bool {
    let mut all = 0;
    let mut labels = 0;
    let mut longest = 0;
    for piece in pieces(text) {
        all += 1;
        labels +=
            usize::from(furniture.is_label(piece) || piece.bytes().all(|b| b.is_ascii_digit()));
        longest = longest.max(piece.chars().count());
    }
    if all > 0 && labels == all {
        return true;
    }
    let bars = text.matches(['|', '│', 'ㅣ', '┃']).count()
        + text.matches(" > ").count()
        + text.matches(" › ").count();
    let gaps =
        text.matches("  ").count() + text.matches('\t').count() + text.matches(" · ").count();
    (bars >= 2 && longest <= 8)
        || (bars >= 1 && labels * 2 >= all)
        || (bars + gaps >= 2 && labels * 2 >= all)
}

/// Whether `text` begins like an item of a list; what follows the sign.
fn bullet(text: &str) -> Option<&str> {
    let first = text.chars().next()?;
    let rest = &text[first.len_utf8()..];
    if "△▲▽▼○●◎◦•∙·■□◆◇▶▷►☞※★☆❍➀①②③④⑤⑥⑦⑧⑨⑩⑪⑫👉✔".contains(first)
    {
        return Some(rest.trim_start());
    }
    if matches!(first, '-' | '*' | 'ㆍ' | '–' | '+') {
        return rest.starts_with([' ', '\t']).then(|| rest.trim_start());
    }
    if first.is_ascii_digit() {
        let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
        if text.len() - rest.len() <= 2 {
            return rest
                .strip_prefix(". ")
                .or_else(|| rest.strip_prefix(") "))
                .map(str::trim_start);
        }
    }
    None
}

fn is_caption(text: &str, first: char, stops: bool) -> bool {
    let start = text.trim_start_matches(['[', '<', '(', '【', '/', ' ']);
    if start.len() < text.len() || text.starts_with("사진") {
        let photo = start
            .strip_prefix("사진")
            .or_else(|| start.strip_prefix("그래픽"));
        if photo.is_some_and(|rest| {
            rest.starts_with(['=', ']', '>', ')', '】', ':', '|', '설', '제', '/'])
                || rest.starts_with(" =")
        }) {
            return true;
        }
    }
    if matches!(first, '▲' | '△' | '▼' | '◀' | '▶') && text.matches(first).count() == 1 {
        let core = credit_cut(text)
            .trim_end_matches(CLOSERS)
            .trim_end_matches('.');
        if [
            "있다",
            "모습",
            "전경",
            "있는",
            "했다",
            "장면",
            "조감도",
            "촬영",
        ]
        .iter()
        .any(|e| core.ends_with(e))
        {
            return true;
        }
    }
    // A sentence and then its source.
    text.len() <= 600 && credit_cut(text).len() < text.len() && (!stops || text.len() <= 300)
}

/// Whether one of a few short words stands in a short text; quicker than to search for each.
fn has_any(text: &str, words: &[&str]) -> bool {
    let bytes = text.as_bytes();
    (0..bytes.len()).any(|i| {
        words
            .iter()
            .any(|w| bytes[i] == w.as_bytes()[0] && bytes[i..].starts_with(w.as_bytes()))
    })
}

/// `text` without a picture's source at its end: `사진=새솔시`, `(사진 제공=…)`, `ⓒ새벽일보`, `새솔시 제공`.
fn credit_cut(text: &str) -> &str {
    let tail_from = text.len().saturating_sub(90);
    let tail_from = (tail_from..=text.len())
        .find(|&i| text.is_char_boundary(i))
        .unwrap_or(0);
    let tail = &text[tail_from..];
    if !has_any(
        tail,
        &["사진", "ⓒ", "©", "/", "그래픽", "자료", "제공", "캡처"],
    ) {
        return text;
    }
    for mark in [
        "사진=",
        "사진 =",
        "사진:",
        "사진 :",
        "사진|",
        "사진제공",
        "사진 제공",
        "사진출처",
        "사진 출처",
        "ⓒ",
        "©",
        "/사진",
        "그래픽=",
        "자료=",
    ] {
        if let Some(at) = tail.rfind(mark) {
            let rest = &tail[at + mark.len()..];
            // A source is short and is the last thing said.
            let over = rest.trim_end_matches(CLOSERS).trim_end_matches('.');
            if over.chars().count() <= 24 && !over.contains("다.") && !over.ends_with("했다") {
                return text[..tail_from + at]
                    .trim_end_matches(['[', '(', '<', '【', '/', ' ', '|', '▲', '―', '-']);
            }
        }
    }
    // "… 협약식. /새솔시"
    if let Some(at) = tail.rfind('/') {
        let over = &tail[at + 1..];
        let apart = tail[..at].ends_with([' ', '.', ')']);
        if apart && over.chars().count() <= 14 && !over.contains(['.', ' ']) && !over.is_empty() {
            return text[..tail_from + at].trim_end();
        }
    }
    // "… 있다. 새솔시 제공"
    let body = text.trim_end_matches(CLOSERS);
    for word in ["제공", "캡처"] {
        if let Some(before) = body.strip_suffix(word) {
            let at = before.rfind(['.', '/', '(', '[', '|']).map(|i| {
                if before[i..].starts_with('.') {
                    i + 1
                } else {
                    i
                }
            });
            if let Some(at) = at.filter(|&at| before[at..].chars().count() <= 24) {
                return before[..at].trim_end();
            }
        }
    }
    text
}

/// The rank of the best date in `line`, and the date; whether a reporter's name is in it.
fn best_date(line: &str, furniture: &Furniture) -> Option<(Rank, Date)> {
    let mut best: Option<(Rank, Date)> = None;
    let mut from = 0;
    while let Some(found) = date::find(line, from) {
        let before = &line[from..found.span.start];
        let after: &str = line[found.span.end..].trim_start();
        let after = &after[..after.char_indices().nth(9).map_or(after.len(), |(i, _)| i)];
        let near = |marker| {
            let words = furniture.words(marker);
            let label = before.trim_end_matches(|c: char| !is_letter(c));
            let last = label
                .rsplit([' ', '|', '\t', '/', '(', '[', ',', ':'])
                .next()
                .unwrap_or("")
                .to_lowercase();
            let last = last
                .trim_end_matches("시간")
                .trim_end_matches("일시")
                .trim_end_matches('일');
            words.iter().any(|w| {
                // A label behind the date, unless the next date is what it labels.
                let behind = after.to_lowercase();
                let behind = behind
                    .strip_prefix(w.as_str())
                    .map(|rest| rest.trim_start_matches([' ', ':']));
                last.ends_with(w.as_str())
                    || behind.is_some_and(|rest| !rest.starts_with(|c: char| c.is_ascii_digit()))
            })
        };
        let rank = if near(Marker::Updated) {
            Rank::Updated
        } else if near(Marker::Published) {
            Rank::Labelled
        } else if found.time {
            Rank::Time
        } else {
            Rank::Day
        };
        if best.is_none_or(|(r, _)| rank > r) {
            best = Some((rank, found.date));
        }
        from = found.span.end;
    }
    best
}

fn date_or_byline(text: &str, stops: bool, furniture: &Furniture) -> Option<Kind> {
    let digits = text.bytes().any(|b| b.is_ascii_digit());
    let mut ranked = None;
    if digits
        && !stops
        && let Some((rank, _)) = best_date(text, furniture)
    {
        // What is left beside dates, labels and names.
        let mut rest = 0;
        let mut from = 0;
        while let Some(found) = date::find(text, from) {
            rest += loose(&text[from..found.span.start], furniture);
            from = found.span.end;
        }
        rest += loose(&text[from..], furniture);
        let room = match rank {
            Rank::Labelled => 24,
            Rank::Time | Rank::Updated => 16,
            Rank::Day => 8,
        };
        if rest <= room {
            ranked = Some(Kind::Date(rank));
        }
    }
    if ranked.is_some() {
        return ranked;
    }
    byline(text, stops, furniture).then_some(Kind::Byline)
}

/// Letters in `text` that are no label and not part of a reporter's byline.
fn loose(text: &str, furniture: &Furniture) -> usize {
    let mut n = 0;
    let mut last = 0;
    for piece in pieces(text) {
        let size = piece.chars().count();
        if is_reporter(piece, furniture) {
            n -= last;
            last = 0;
        } else if furniture.is_label(piece)
            || piece.contains('@')
            || furniture
                .words(Marker::Published)
                .iter()
                .any(|w| piece.contains(w.as_str()))
            || furniture
                .words(Marker::Updated)
                .iter()
                .any(|w| piece.contains(w.as_str()))
        {
            last = 0;
        } else {
            n += size;
            last = size;
        }
    }
    n
}

/// `기자`, `기자입니다` no, `기자(전주)` yes: the word that follows a reporter's name.
fn is_reporter(piece: &str, furniture: &Furniture) -> bool {
    furniture.words(Marker::Reporter).iter().any(|w| w == piece)
}

fn name_like(piece: &str) -> bool {
    (2..=5).contains(&piece.chars().count()) && piece.chars().all(|c| matches!(c, '가'..='힣'))
}

/// A line that says who wrote it, and nothing else.
fn byline(text: &str, stops: bool, furniture: &Furniture) -> bool {
    let size = text.chars().count();
    if size > 90 {
        return false;
    }
    let mail = text.contains('@')
        && text
            .split([' ', '(', ')', '<', '>', '|', '=', ':'])
            .any(is_mail);
    if mail && !text.contains("다.") {
        return loose(text, furniture) <= 40;
    }
    if stops {
        return false;
    }
    let mut before = 0;
    let mut previous = "";
    let mut pieces = pieces(text).flat_map(|p| p.split('='));
    while let Some(piece) = pieces.next() {
        let joined = furniture.words(Marker::Reporter).iter().find_map(|w| {
            piece
                .strip_suffix(w.as_str())
                .filter(|n| name_like(n) && n.chars().count() >= 2)
        });
        if (is_reporter(piece, furniture) && name_like(previous))
            || joined.is_some_and(|_| before <= 3)
        {
            let rest: Vec<&str> = pieces.collect();
            let rest_is_more = rest.iter().enumerate().all(|(i, p)| {
                furniture.is_label(p)
                    || is_reporter(p, furniture)
                    || rest
                        .get(i + 1)
                        .is_some_and(|next| is_reporter(next, furniture))
                    || p.contains('@')
                    || p.bytes().all(|b| b.is_ascii())
            });
            return before <= 4 && rest_is_more;
        }
        before += 1;
        previous = piece;
    }
    false
}

fn is_mail(token: &str) -> bool {
    token.split_once('@').is_some_and(|(user, host)| {
        !user.is_empty() && host.contains('.') && host.bytes().take_while(u8::is_ascii).count() >= 4
    })
}

// ---------------------------------------------------------------------------------------------------------------------
// Words that lines share.

/// Numbers that are spread already, or nearly: one multiplication hashes them. Only asked, never walked through.
type Set = HashSet<u64, BuildHasherDefault<Spread>>;

#[derive(Default)]
struct Spread(u64);

impl Hasher for Spread {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, bytes: &[u8]) {
        for &b in bytes {
            self.write_u64(u64::from(b));
        }
    }
    fn write_u64(&mut self, n: u64) {
        let mixed = (self.0 ^ n).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        self.0 = mixed ^ (mixed >> 29);
    }
}

/// A number for the letters and digits of a line; how many bytes they are.
fn fingerprint(text: &str) -> (u64, usize) {
    let mut hasher = Spread::default();
    let mut size = 0;
    for c in text.chars().filter(|&c| is_letter(c)) {
        hasher.write_u64(u64::from(u32::from(c)));
        size += c.len_utf8();
    }
    (hasher.0, size)
}

/// The beginnings of words, packed.
#[derive(Debug, Default)]
struct Stems {
    two: Set,
    three: Set,
}

/// Calls `f` with the first two, or three, letters of every word that has as many.
fn stems(text: &str, n: u32, mut f: impl FnMut(u64)) {
    let mut packed = 0_u64;
    let mut length = 0;
    let mut digits = true;
    for c in text.chars().chain([' ']) {
        if is_letter(c) {
            if length < n {
                packed = packed << 21 | u64::from(u32::from(c));
                digits &= c.is_ascii_digit();
                length += 1;
                if length == n && !digits {
                    f(packed);
                }
            }
        } else {
            packed = 0;
            length = 0;
            digits = true;
        }
    }
}

impl Stems {
    fn add_two(&mut self, text: &str) {
        stems(text, 2, |s| {
            self.two.insert(s);
        });
    }

    fn add(&mut self, text: &str) {
        self.add_two(text);
        stems(text, 3, |s| {
            self.three.insert(s);
        });
    }

    /// How many different beginnings (two letters) of `text` are known.
    fn shared(&self, text: &str) -> usize {
        let mut seen = Set::default();
        stems(text, 2, |s| {
            if self.two.contains(&s) {
                seen.insert(s);
            }
        });
        seen.len()
    }

    /// How many different beginnings (three letters) of `text` are known, and how many it has.
    fn kinship(&self, text: &str) -> (usize, usize) {
        let mut seen = Set::default();
        let mut known = 0;
        stems(text, 3, |s| {
            if seen.insert(s) && self.three.contains(&s) {
                known += 1;
            }
        });
        (known, seen.len())
    }

    /// Whether a paragraph is likely to be of the same article. (Of an article's own paragraphs six in ten pass, of
    /// other articles' three in a hundred.)
    fn kin(&self, text: &str) -> bool {
        let (known, all) = self.kinship(text);
        known >= 2 && known * 100 >= all * 10
    }
}

// ---------------------------------------------------------------------------------------------------------------------
// The article among the lines.

struct Walk<'a, 'b> {
    rows: &'b [Row<'a>],
    furniture: &'b Furniture,
    known: &'b Known,
    core: Stems,
    /// Lines that are surely the article's and not yet in `core`.
    trusted: Vec<&'a str>,
    /// The words of the whole piece.
    about: Stems,
    found: Found,
    /// Row, zone and text of what is kept.
    kept: Vec<(usize, Zone, &'a str)>,
}

impl Walk<'_, '_> {
    /// The headline that the page's head gives; not the site's name, which shares no word with the text.
    fn known_title(&self) -> Option<&str> {
        let title = self.known.title.as_deref()?;
        let mut all = 0;
        stems(title, 2, |_| all += 1);
        let shared = self.about.shared(title);
        (self.about.two.is_empty() || (shared > 0 && shared * 5 >= all * 2) || self.on_page(title))
            .then_some(title)
    }

    /// Whether a heading of the page says the same.
    fn on_page(&self, title: &str) -> bool {
        let wanted = fingerprint(title);
        self.rows
            .iter()
            .any(|r| r.hint.heading > 0 && fingerprint(r.text) == wanted)
    }

    fn run(mut self) -> Found {
        let (start, stop) = self.piece();
        let anchor = self.anchor(start, stop);
        let from = anchor.map_or(start, |a| a + 1);
        let first = (from..stop).find(|&i| self.rows[i].prose());
        self.learn(from, stop);
        let title = self.title(start, anchor, first.unwrap_or(stop));
        self.trust(title, from, stop);
        let end = self.body(start, title, anchor, stop, first.is_none());
        self.trim();
        self.dates(start, title, first, end);
        self.emit(title);
        self.found
    }

    /// The rows between two markers that hold the article.
    fn piece(&self) -> (usize, usize) {
        let mut pieces = Vec::new();
        let mut start = 0;
        let mut prose = false;
        for (i, row) in self.rows.iter().enumerate() {
            prose |= row.prose();
            if matches!(row.kind, Kind::Others | Kind::End) || (row.kind == Kind::More && prose) {
                prose = false;
                pieces.push((start, i));
                start = i + usize::from(row.kind == Kind::End);
            }
        }
        pieces.push((start, self.rows.len()));
        let score = |&(start, stop): &(usize, usize)| {
            let rows = &self.rows[start..stop];
            let weight = rows.iter().map(Row::weight).sum::<usize>().min(6000);
            if weight == 0 {
                return 0;
            }
            if self.anchor(start, stop).is_some() {
                return weight + 2400;
            }
            // What follows "most read" is somebody else's, unless it has a header of its own.
            let others = rows
                .first()
                .is_some_and(|r| matches!(r.kind, Kind::Others | Kind::More));
            if others { weight / 4 } else { weight }
        };
        let scores: Vec<usize> = pieces.iter().map(score).collect();
        let best = scores.iter().copied().max().unwrap_or(0);
        if best == 0 {
            // No running text: the first piece with a headline under which a date or a byline stands, else the first.
            let headed = pieces.iter().find(|&&(a, b)| {
                self.rows[a..b]
                    .iter()
                    .any(|r| matches!(r.kind, Kind::Date(Rank::Labelled) | Kind::Byline))
            });
            return headed.copied().unwrap_or_else(|| {
                pieces
                    .into_iter()
                    .find(|&(a, b)| self.rows[a..b].iter().any(|r| r.kind == Kind::Head))
                    .unwrap_or((0, self.rows.len()))
            });
        }
        let chosen = scores.iter().position(|&s| s * 10 >= best * 6).unwrap_or(0);
        let (mut start, stop) = pieces[chosen];
        // A box between the header and the text: the header belongs to the text.
        if self.rows[start..stop]
            .first()
            .is_some_and(|r| matches!(r.kind, Kind::Others | Kind::More))
            && self.anchor(start, stop).is_none()
        {
            for i in (0..chosen).rev() {
                let (a, b) = pieces[i];
                if scores[i] > 0 {
                    break;
                }
                if self.rows[a..b].iter().any(|r| {
                    matches!(
                        r.kind,
                        Kind::Date(Rank::Labelled | Rank::Time) | Kind::Byline
                    )
                }) {
                    start = a;
                    break;
                }
            }
        }
        (start, stop)
    }

    /// The last line of the header: a labelled date or a byline that most of the text follows.
    fn anchor(&self, start: usize, stop: usize) -> Option<usize> {
        let rows = &self.rows[start..stop];
        let all: usize = rows.iter().map(Row::weight).sum();
        let mut before = 0;
        let mut anchor = None;
        for (i, row) in rows.iter().enumerate() {
            let header = matches!(
                row.kind,
                Kind::Date(Rank::Labelled | Rank::Time | Rank::Updated) | Kind::Byline
            );
            if header && before * 2 <= all && before < all {
                // Only lines right under the first one still belong to the header.
                if anchor.is_none_or(|a| i - a <= 6 && before == 0)
                    || (before * 4 <= all && before < 900 && anchor.is_none())
                {
                    anchor = Some(i);
                }
            }
            before += row.weight();
        }
        anchor.map(|a| a + start)
    }

    /// Learns the words of the first paragraphs.
    fn learn(&mut self, from: usize, stop: usize) {
        let mut size = 0;
        let mut any = false;
        for row in &self.rows[from..stop] {
            if any && row.kind == Kind::Byline {
                break;
            }
            if row.prose() {
                self.about.add_two(row.text);
                any = true;
                size += row.text.len();
                if size > 2400 {
                    break;
                }
            }
        }
        if !any {
            for row in self.rows[from..stop]
                .iter()
                .filter(|r| matches!(r.kind, Kind::List | Kind::Head))
                .take(12)
            {
                self.about.add_two(row.text);
            }
        }
    }

    /// Starts again with what is surely the article's: its headline and the paragraphs up to the first heading.
    fn trust(&mut self, title: Option<usize>, from: usize, stop: usize) {
        self.trusted.extend(title.map(|t| self.rows[t].text));
        let mut size = 0;
        let Some(first) = (from..stop).find(|&i| self.rows[i].prose()) else {
            let lines = self.rows[from..stop]
                .iter()
                .filter(|r| matches!(r.kind, Kind::List | Kind::Head));
            self.trusted.extend(lines.take(12).map(|r| r.text));
            return;
        };
        for row in &self.rows[first..stop] {
            if size > 2400 || matches!(row.kind, Kind::Head | Kind::Byline) {
                break;
            }
            if row.prose() {
                self.trusted.push(row.text);
                size += row.text.len();
            }
        }
    }

    /// The words of the trusted lines; gathered when they are first asked for, which on a clean page is never.
    fn core(&mut self) -> &mut Stems {
        if !self.trusted.is_empty() {
            if let Some(title) = self.known_title().map(str::to_owned) {
                self.core.add(&title);
            }
            for text in std::mem::take(&mut self.trusted) {
                self.core.add(text);
            }
        }
        &mut self.core
    }

    /// The row of the headline.
    fn title(&self, start: usize, anchor: Option<usize>, first: usize) -> Option<usize> {
        let mut scratch = String::new();
        if let Some(title) = self.known_title() {
            let mut wanted = String::new();
            key(title, &mut wanted);
            let same = |i: &usize| {
                scratch.clear();
                key(self.rows[*i].text, &mut scratch);
                !scratch.is_empty() && scratch == wanted
            };
            if let Some(i) = (start..self.rows.len().min(first + 1)).rev().find(same) {
                return Some(i);
            }
        }
        let last = anchor.filter(|&a| a < first);
        let headlike = |i: &usize| {
            let row = &self.rows[*i];
            let short =
                row.prose() && row.text.len() < 180 && last.is_some_and(|a| *i < a && a - *i <= 3);
            (row.kind == Kind::Head || short)
                && row.text.chars().count() >= 6
                && (row.text.contains(' ') || row.hint.heading > 0)
                && !(row.hint.link && row.hint.heading == 0)
        };
        let score = |i: usize| {
            let row = &self.rows[i];
            let mut score = 2 * self.about.shared(row.text).min(6);
            if last.is_some_and(|a| {
                i < a
                    && self.rows[i + 1..a]
                        .iter()
                        .filter(|r| matches!(r.kind, Kind::Head | Kind::Prose { .. }))
                        .count()
                        == 0
            }) {
                score += 4;
            }
            score += match row.hint.heading {
                1 => 8,
                2 => 5,
                3 => 2,
                _ => 0,
            };
            score + usize::from(row.text.chars().count() >= 15)
        };
        let range = match last {
            Some(a) if (start..a).any(|i| headlike(&i)) => start..a,
            _ => start..first,
        };
        let scores: Vec<(usize, usize)> = range.filter(headlike).map(|i| (i, score(i))).collect();
        let best = scores.iter().map(|s| s.1).max()?;
        if best < 3 && self.known_title().is_some() {
            return None;
        }
        if best < 2 && scores.len() > 1 {
            return None;
        }
        scores
            .into_iter()
            .find(|s| s.1 * 10 >= best * 7)
            .map(|s| s.0)
    }

    fn drop(&mut self, i: usize, reason: &'static str) {
        if let Some(fate) = self.found.fates.get_mut(self.rows[i].line) {
            *fate = Fate::Dropped(reason);
        }
    }

    fn keep(&mut self, i: usize, zone: Zone) {
        self.kept.push((i, zone, self.rows[i].text));
    }

    /// Walks from the headline to the end of the article; the row at which it is over.
    fn body(
        &mut self,
        start: usize,
        title: Option<usize>,
        anchor: Option<usize>,
        stop: usize,
        bare: bool,
    ) -> usize {
        let rows = self.rows;
        let from = title.map_or(start, |t| t);
        // A caption may stand above the headline.
        if let Some(t) = title {
            let above = t.saturating_sub(3).max(start);
            for (i, row) in rows.iter().enumerate().take(t).skip(above) {
                if row.kind == Kind::Caption && self.core().shared(row.text) >= 2 {
                    self.keep(i, Zone::Caption);
                }
            }
            self.keep(t, Zone::Title);
        }
        let header = anchor.unwrap_or(from);
        let mut content = 0;
        let mut i = title.map_or(start, |t| t + 1);
        while i < rows.len() {
            let row = &rows[i];
            match row.kind {
                Kind::Skip(_) | Kind::Advert | Kind::Date(_) => {}
                Kind::Summary => {
                    let mut j = i + 1;
                    while j < rows.len() && j - i <= 10 {
                        let over = rows[j].blank_before && j > i + 1;
                        if over
                            || matches!(
                                rows[j].kind,
                                Kind::Date(_) | Kind::Byline | Kind::Others | Kind::End
                            )
                        {
                            break;
                        }
                        self.drop(j, "summary made by a machine");
                        j += 1;
                    }
                    i = j;
                    continue;
                }
                Kind::Byline => {
                    if content > 0 && i > header && !bare {
                        match self.goes_on(i) {
                            Some(next) => {
                                i = next;
                                continue;
                            }
                            None => return i,
                        }
                    }
                    if bare && content > 0 {
                        return i;
                    }
                }
                Kind::End => {
                    if content > 0 {
                        return i;
                    }
                }
                Kind::More if content == 0 => {}
                Kind::Others | Kind::More => {
                    if content > 0 || i >= stop {
                        match self.resumes(i) {
                            Some(next) => {
                                for j in i + 1..next {
                                    self.drop(j, "other articles");
                                }
                                i = next;
                                continue;
                            }
                            None => return i,
                        }
                    }
                    // Above the text: what it lists goes until running text begins.
                    let mut j = i + 1;
                    while j < rows.len()
                        && !rows[j].prose()
                        && !matches!(rows[j].kind, Kind::Date(_) | Kind::Byline)
                    {
                        self.drop(j, "other articles");
                        j += 1;
                    }
                    i = j;
                    continue;
                }
                Kind::Head => {
                    let shared = self.core().shared(row.text);
                    let words = row.text.split_whitespace().count();
                    if bare {
                        if !row.hint.link {
                            self.keep(i, Zone::Subhead);
                            content += 1;
                        }
                    } else if content == 0 {
                        if shared > 0 && words >= 2 && !row.hint.link {
                            self.keep(i, Zone::Subhead);
                        }
                    } else if row.hint.link {
                        self.drop(i, "link");
                    } else if shared > 0 {
                        self.keep(i, Zone::Subhead);
                    } else {
                        // A heading that shares no word: a section's name, or another article's headline.
                        let next = rows.get(i + 1);
                        let short = row.text.chars().count() < 12
                            || row.text.starts_with(['[', '<', '■', '◆', '□', '◇']);
                        let leads = next.is_some_and(|n| n.prose() || n.kind == Kind::List);
                        if leads && short {
                            self.keep(i, Zone::Subhead);
                        } else if next.is_some_and(Row::prose) && !self.kin_run(i + 1) {
                            match self.resumes(i) {
                                Some(next) => {
                                    for j in i..next {
                                        self.drop(j, "shares no word with the article");
                                    }
                                    i = next;
                                    continue;
                                }
                                None => return i,
                            }
                        } else {
                            self.drop(i, "shares no word with the article");
                        }
                    }
                }
                Kind::List => {
                    if row.hint.link && content > 0 && !bare {
                        self.drop(i, "link");
                    } else if content > 0
                        || bare
                        || bullet(row.text).is_some()
                        || self.core().shared(row.text) > 0
                    {
                        self.keep(i, Zone::List);
                        content += 1;
                    }
                }
                Kind::Caption => {
                    if content > 0 || title.is_some() || i > header {
                        self.keep(i, Zone::Caption);
                    }
                }
                Kind::Prose { cut } => {
                    if cut
                        && content > 0
                        && row.text.ends_with(['…', '.'])
                        && !self.core().kin(row.text)
                    {
                        self.drop(i, "cut short and shares no word with the article");
                    } else if i < header && content == 0 && title.is_none() {
                        self.drop(i, "above the header");
                    } else {
                        self.keep(i, Zone::Body);
                        content += 1;
                        if content > 1 && rows[i - 1].kind == Kind::Head {
                            self.trusted.push(row.text);
                        }
                    }
                }
            }
            i += 1;
        }
        rows.len()
    }

    /// Whether the paragraphs from row `at` on, up to the next line of another kind, are this article's: one of the first
    /// four shares words with it.
    fn kin_run(&mut self, at: usize) -> bool {
        let rows = self.rows;
        let core = self.core();
        rows[at..]
            .iter()
            .take_while(|r| {
                !matches!(
                    r.kind,
                    Kind::Head | Kind::Others | Kind::More | Kind::End | Kind::Byline
                )
            })
            .filter(|r| r.kind == Kind::Prose { cut: false })
            .take(4)
            .any(|r| core.kin(r.text))
    }

    /// After a byline inside the text: the row where the same article goes on.
    fn goes_on(&mut self, at: usize) -> Option<usize> {
        for j in at + 1..self.rows.len().min(at + 7) {
            match self.rows[j].kind {
                Kind::Others | Kind::More | Kind::End | Kind::Head => return None,
                Kind::Prose { .. } => return self.kin_run(j).then_some(j),
                _ => {}
            }
        }
        None
    }

    /// After other articles' lines: the row where this article goes on.
    fn resumes(&mut self, at: usize) -> Option<usize> {
        let mut strange = 0;
        let mut spaced = true;
        let mut j = at;
        while j + 1 < self.rows.len().min(at + 40) {
            j += 1;
            let row = &self.rows[j];
            let before = &self.rows[j - 1];
            match row.kind {
                Kind::Others | Kind::More if strange == 0 => {}
                Kind::Others | Kind::More | Kind::End | Kind::Byline | Kind::Date(_) => {
                    return None;
                }
                Kind::Head | Kind::List => spaced &= row.blank_before,
                Kind::Prose { .. } => {
                    // A teaser is a headline with its first sentences under it. After a box of headlines comes a blank line.
                    let headline = before.kind == Kind::Head && j > at + 1;
                    let apart = row.blank_before && !(spaced && headline);
                    if self.kin_run(j) && (!headline || apart) {
                        return Some(j);
                    }
                    strange += 1;
                    if strange >= 3 {
                        return None;
                    }
                }
                _ => {}
            }
        }
        None
    }

    /// Headings after the last paragraph head nothing.
    fn trim(&mut self) {
        let running = self
            .kept
            .iter()
            .any(|k| matches!(k.1, Zone::Body | Zone::List));
        if running {
            while let Some(&(i, Zone::Subhead, _)) = self.kept.last() {
                self.kept.pop();
                self.drop(i, "heading without text");
            }
        }
    }

    fn dates(&mut self, start: usize, title: Option<usize>, first: Option<usize>, end: usize) {
        let low = title.map_or(start, |t| t.saturating_sub(8).max(start));
        let high = (end + 3).min(self.rows.len());
        let last = self.kept.last().map_or(0, |k| k.0);
        let mut best: Option<(Rank, Date)> = None;
        for i in low..high {
            let row = &self.rows[i];
            let dated = matches!(row.kind, Kind::Date(_) | Kind::End | Kind::Byline);
            if !dated {
                continue;
            }
            let Some((mut rank, day)) = best_date(row.text, self.furniture) else {
                continue;
            };
            if let Kind::Date(r) = row.kind {
                rank = rank.max(r);
            }
            let header = first.is_none_or(|f| i < f)
                && title.is_none_or(|t| i > t || (t - i <= 2 && rank >= Rank::Time));
            let good = match rank {
                Rank::Labelled => header || first.is_some_and(|f| i < f) || i >= last,
                Rank::Updated => header || i >= end,
                Rank::Time => header || (i >= end.saturating_sub(1) && row.kind != Kind::Byline),
                Rank::Day => header && title.is_some_and(|t| i > t) && row.kind != Kind::End,
            };
            if good && best.is_none_or(|(r, _)| rank > r) {
                best = Some((rank, day));
            }
        }
        self.found.published = best.map(|b| b.1);
        let notices = self
            .rows
            .iter()
            .filter(|r| r.kind == Kind::End || matches!(r.kind, Kind::Skip("element of the page")));
        self.found.outlet = notices
            .filter(|r| r.line >= self.rows[start.min(self.rows.len() - 1)].line)
            .find_map(|r| outlet(r.text));
    }

    fn emit(&mut self, title: Option<usize>) {
        let mut seen = Set::default();
        let known = self.known_title().map(str::to_owned);
        let found = &mut self.found;
        if let Some(t) = title {
            let text = strip_markdown(self.rows[t].text);
            found.title = Some(text);
        }
        if known.is_some() {
            found.title = known;
        }
        if let Some(text) = &found.title {
            seen.insert(fingerprint(text).0);
            add(&mut found.text, &mut found.sentences, text, Zone::Title);
        }
        for &(i, zone, text) in &self.kept {
            let line = self.rows[i].line;
            if Some(i) == title {
                found.fates[line] = Fate::Kept(Zone::Title);
                continue;
            }
            let (print, size) = fingerprint(text);
            if size > 18 && !seen.insert(print) {
                found.fates[line] = Fate::Dropped("repeated");
                continue;
            }
            let text = match zone {
                Zone::Caption => cut_head(credit_cut(text), self.furniture),
                Zone::Body => cut_tail(cut_head(text, self.furniture), self.furniture),
                _ => text,
            };
            if found.outlet.is_none() && zone == Zone::Body {
                found.outlet = dateline_outlet(text);
            }
            if text.contains("](") || text.contains("**") {
                add(
                    &mut found.text,
                    &mut found.sentences,
                    &strip_markdown(text),
                    zone,
                );
            } else {
                add(&mut found.text, &mut found.sentences, text, zone);
            }
            found.fates[line] = Fate::Kept(zone);
        }
    }
}

/// Adds a line and its sentences to the main text.
fn add(text: &mut String, sentences: &mut Vec<Sentence>, line: &str, zone: Zone) {
    let line = line.trim();
    if line.is_empty() {
        return;
    }
    if !text.is_empty() {
        text.push('\n');
    }
    let base = text.len();
    text.push_str(line);
    sentence::split(line, base, zone, sentences);
}

/// Markdown's emphasis and links, without their signs.
fn strip_markdown(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("](") {
        let Some(open) = rest[..at].rfind('[') else {
            out.push_str(&rest[..at + 2]);
            rest = &rest[at + 2..];
            continue;
        };
        let end = rest[at..].find(')').map_or(rest.len(), |n| at + n + 1);
        out.push_str(rest[..open].trim_end_matches('!'));
        if !rest[..open].ends_with('!') {
            out.push_str(&rest[open + 1..at]);
        }
        rest = &rest[end..];
    }
    out.push_str(rest);
    out.replace("**", "")
}

/// `text` without a dateline, an outlet or a reporter's name before its first word.
fn cut_head<'a>(text: &'a str, furniture: &Furniture) -> &'a str {
    let mut text = text;
    for _ in 0..3 {
        let before = text.len();
        if text.starts_with(['(', '[', '【', '<', '〔', '［', '〈']) {
            let open = text.chars().next().map_or(1, char::len_utf8);
            if let Some(end) = text.find([')', ']', '】', '>', '〕', '］', '〉']) {
                let inside = &text[open..end];
                let size = inside.chars().count();
                let reporter = pieces(inside).any(|p| is_reporter(p, furniture));
                let medium = size <= 14
                    && furniture
                        .words(Marker::Outlet)
                        .iter()
                        .any(|w| inside.to_lowercase().contains(w.as_str()));
                if size <= 40 && (inside.contains('=') || reporter || medium) {
                    let close = text[end..].chars().next().map_or(1, char::len_utf8);
                    text = text[end + close..].trim_start_matches([' ', '=', '|', '/', '\u{3000}']);
                }
            }
        }
        let window = text.char_indices().nth(48).map_or(text.len(), |(i, _)| i);
        if let Some(at) = text[..window].find(['=', '|', '┃', 'ㅣ', '│']) {
            let head = &text[..at];
            if pieces(head).any(|p| is_reporter(p, furniture))
                && pieces(head).count() <= 6
                && !head.contains("다.")
            {
                let sign = text[at..].chars().next().map_or(1, char::len_utf8);
                text = text[at + sign..].trim_start();
            }
        }
        if text.len() == before {
            break;
        }
    }
    text
}

/// `text` without a reporter's name, an e-mail address or a copyright notice after its last sentence.
fn cut_tail<'a>(text: &'a str, furniture: &Furniture) -> &'a str {
    let from = text.len().saturating_sub(260);
    let from = (from..=text.len())
        .find(|&i| text.is_char_boundary(i))
        .unwrap_or(0);
    let tail = &text[from..];
    let over = tail.trim_end_matches([' ', '/', '=', ']', ')']);
    let signed = furniture
        .words(Marker::Reporter)
        .iter()
        .any(|w| over.ends_with(w.as_str()));
    if !signed && !has_any(tail, &["@", "저작권", "무단", "ⓒ", "©", "Copy", "사진="]) {
        return text;
    }
    let notice = [
        "저작권자",
        "무단전재",
        "무단 전재",
        "무단복제",
        "ⓒ",
        "©",
        "Copyright",
        "[사진=",
        "(사진=",
    ]
    .iter()
    .filter_map(|m| tail.find(m))
    .min();
    let mail = tail
        .find('@')
        .filter(|_| tail.split([' ', '(', ')', '<', '>', '.', '|']).count() > 0);
    let reporter = furniture
        .words(Marker::Reporter)
        .iter()
        .filter(|w| {
            tail.trim_end_matches([' ', '/', '=', ']', ')'])
                .ends_with(w.as_str())
        })
        .filter_map(|w| tail.rfind(w.as_str()))
        .min();
    let Some(mut mark) = [notice, mail, reporter].into_iter().flatten().min() else {
        return text;
    };
    if Some(mark) == mail {
        // An address inside a sentence stays.
        let after = &tail[mark..];
        if after.contains("다.") || after.contains("요.") {
            return text;
        }
        mark = tail[..mark].rfind([' ', '(', '<', '[', '|']).unwrap_or(0);
    }
    let Some(stop) = tail[..mark].rfind(['.', '!', '?']) else {
        return text;
    };
    let mut end = from + stop + 1;
    while let Some(c) = text[end..]
        .chars()
        .next()
        .filter(|c| matches!(c, '"' | '”' | '’' | '\'' | ')'))
    {
        end += c.len_utf8();
    }
    // Between the last sentence and the mark stands a name, not half an article.
    if text[end..from + mark.max(end - from)].chars().count() > 40 {
        return text;
    }
    &text[..end]
}

/// The medium that a copyright line names.
fn outlet(text: &str) -> Option<String> {
    let at = ["ⓒ", "©", "(c)", "(C)", "&copy;"]
        .iter()
        .filter_map(|m| text.find(m).map(|i| i + m.len()))
        .min()?;
    let rest = text[at..]
        .trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, ' ' | '-' | '.' | ','));
    let end = rest
        .find([',', '.', '|', '>', '(', ']', '·', '/', ':'])
        .unwrap_or(rest.len());
    let name = rest[..end].trim();
    let name = name.split(" 무단").next().unwrap_or(name).trim();
    let name = name.split(" All").next().unwrap_or(name).trim();
    let good = (2..=20).contains(&name.chars().count()) && !name.contains("저작권");
    good.then(|| name.to_owned())
}

/// Nothing yet: the dateline is cut before this is asked.
fn dateline_outlet(_text: &str) -> Option<String> {
    None
}

/// The sentences of a text that comes without a page around it.
pub(super) fn plain(text: &str, title: Option<&str>) -> Vec<Sentence> {
    let mut sentences = Vec::new();
    let mut at = 0;
    for line in text.split('\n') {
        let trimmed = line.trim();
        if !trimmed.is_empty() {
            let stops = trimmed
                .trim_end_matches(CLOSERS)
                .ends_with(['.', '?', '!', '。']);
            let zone = if title == Some(trimmed) {
                Zone::Title
            } else if bullet(trimmed).is_some() && !stops {
                Zone::List
            } else if !stops && trimmed.chars().nth(80).is_none() && !trimmed.contains("다. ") {
                Zone::Subhead
            } else {
                Zone::Body
            };
            sentence::split(line, at, zone, &mut sentences);
        }
        at += line.len() + 1;
    }
    sentences
}
