//! What one line looks like.

use super::byline::{date_or_byline, is_reporter};
use super::caption::{credit_cut, is_caption};
use super::{Hint, Kind, Rank, json};
use crate::dictionary::{Furniture, Marker, is_hangul, is_letter, key};

pub(super) const CLOSERS: &[char] = &[
    '"', '”', '\'', '’', ')', ']', '」', '』', '>', '》', '〉', ' ', '*', '\u{3000}',
];

pub(super) fn classify<'a>(
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
    if summary_and_label(text, first, furniture, scratch) {
        return skip("summary made by a machine", text);
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
        // A sentence and its picture's source, a date and an address behind it.
        let pictures = furniture.words(Marker::Picture);
        let credited = pictures.iter().any(|w| text.contains(w.as_str())) && {
            let rest = credit_cut(text, furniture);
            rest.len() < text.len() && (rest.chars().nth(19).is_some() || tells(rest, furniture))
        };
        if credited {
            return (Kind::Caption, text, hint);
        }
        if let Some(kind) = marked(text, first, stops, furniture, scratch) {
            return (kind, text, hint);
        }
        if let Some(kind) = date_or_byline(text, stops, furniture) {
            return (kind, text, hint);
        }
    }
    match header_field(text, furniture) {
        Some((Some(kind), value)) => {
            hint.labelled = kind == Kind::Head;
            hint.heading = hint.heading.max(u8::from(hint.labelled));
            return (kind, value, hint);
        }
        Some((None, value)) => return (Kind::Prose { cut: false }, value, hint),
        None => {}
    }
    if hint.caption || is_caption(text, first, stops, furniture) {
        return (Kind::Caption, text, hint);
    }
    if let Some(rest) = bullet(text) {
        let arrow = matches!(first, '▶' | '☞' | '▷' | '►' | '👉');
        if !(stops && (arrow || core.ends_with("다.") || text.chars().nth(24).is_some())) {
            // An arrow before a headline leads to another article; before a label it lists.
            if arrow && !rest.contains(':') && rest.split_whitespace().count() >= 3 && hint.link {
                return (Kind::Skip("link"), text, hint);
            }
            if matches!(first, '•' | '·' | '-' | '*') && short && furniture.is_label(rest) {
                return skip("menu", text);
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
    // `만나고 싶었습니다` under a headline is no paragraph, nor is a headline that quotes somebody.
    let spoken = core.ends_with("니다")
        && !text.contains('|')
        && text
            .chars()
            .nth(if core.len() == text.len() { 19 } else { 59 })
            .is_some();
    if hint.heading == 0
        && ((stops && text.chars().nth(9).is_some()) || inner || spoken || text.len() > 330)
    {
        let cut = !stops && !spoken && !text.ends_with(['"', '”', ')', ']', '>']);
        return (Kind::Prose { cut }, text, hint);
    }
    (Kind::Head, text, hint)
}

/// Whether a few words before a picture's source end as a caption does, and are not who took it: `실습동 조감도.`
fn tells(rest: &str, furniture: &Furniture) -> bool {
    let Some(words) = rest.strip_suffix('.') else {
        return false;
    };
    words.chars().nth(3).is_some()
        && !words.contains('@')
        && !pieces(words).any(|p| is_reporter(p, furniture))
}

/// Whether a line ends as a sentence does. A call (`20% 할인!`) is none.
pub(super) fn stops(core: &str) -> bool {
    if core.ends_with(['?', '!']) {
        return core
            .trim_end_matches(['?', '!'])
            .ends_with(['다', '요', '까', '죠', '나', '가', '냐']);
    }
    core.ends_with(['.', '。']) && !core.ends_with("..")
}

/// `제목: …`, `URL: …`, `작성자: …`: a line that names a field as a table's header would, and its value; no kind where the
/// value is the text itself.
fn header_field<'a>(text: &'a str, furniture: &Furniture) -> Option<(Option<Kind>, &'a str)> {
    let (at, sign) = text
        .char_indices()
        .take_while(|&(at, _)| at <= 24)
        .find(|&(_, c)| matches!(c, ':' | '：' | '|' | '\t'))?;
    let value = text[at + sign.len_utf8()..].trim();
    let label = text[..at].trim_matches(['[', ']', '*', ' ', '○', '□', '■', '-']);
    let skip = |reason| Some((Some(Kind::Skip(reason)), text));
    match furniture.field(label) {
        Some(Marker::Others) => return skip("other articles"),
        Some(_) => return skip("header"),
        None => {}
    }
    // A table's row of one cell beside its header, not the row of headers.
    if sign == '\t' || (sign == '|' && (value.contains('|') || value.split(' ').count() < 2)) {
        return None;
    }
    let kind = match json::field(label)? {
        json::Field::Title if !value.is_empty() => Kind::Head,
        json::Field::Published if label != "일시" && label != "날짜" => {
            return Some((Some(Kind::Date(Rank::Labelled)), text));
        }
        json::Field::Url if value.starts_with("http") => return skip("link"),
        json::Field::Outlet => return skip("header"),
        json::Field::Text if value.is_empty() => return skip("header"),
        json::Field::Text if text.starts_with(label) && stops(value) => {
            return Some((None, value));
        }
        _ => return None,
    };
    Some((Some(kind), value))
}

/// Nothing but Markdown links and images.
pub(super) fn markdown_link(text: &str) -> bool {
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
            || furniture.holds(Marker::Rights, key);
        return Some(if marker == Marker::End && notice {
            Kind::End
        } else {
            Kind::Skip("credit")
        });
    }
    // "많이 본 뉴스 더보기 +", "댓글 0", "안내.pdf (312 KB)": the label without its appendix.
    let bare = key.trim_end_matches(|c: char| c.is_ascii_digit());
    let mut appendices = furniture.ends(Marker::Appendix).iter();
    let bare = appendices
        .find_map(|w| bare.strip_suffix(w.as_str()))
        .map_or(bare, |b| b.trim_end_matches(|c: char| c.is_ascii_digit()));
    let marker = furniture.line(key).or_else(|| {
        if bare.len() < key.len() {
            return furniture.line(bare);
        }
        // "3개의 댓글", "댓글 12개"
        let letters: String = key.chars().filter(|c| !c.is_ascii_digit()).collect();
        (letters.len() < key.len())
            .then(|| furniture.line(&letters))
            .flatten()
            .filter(|m| m.0 == Marker::Comments)
    });
    let rest = marker.map_or(0, |(_, n)| key.len().saturating_sub(n));
    let sentence = stops && key.chars().count() > 20;
    match marker.map(|m| m.0) {
        Some(Marker::End)
            if !sentence || furniture.contained(key).is_some_and(|m| m.0 == Marker::End) =>
        {
            Some(Kind::End)
        }
        Some(Marker::Notice) => Some(Kind::Skip("furniture")),
        _ if sentence => furniture
            .contained(key)
            .filter(|m| m.0 == Marker::Notice)
            .map(|_| Kind::Skip("furniture")),
        Some(Marker::Comments) => Some(Kind::Comments),
        // With the headlines beside it, the marker is a line for itself.
        Some(Marker::Others) if rest > 14 * 3 || (rest > 4 * 3 && leads_away(text, first)) => {
            Some(Kind::Skip("other articles"))
        }
        Some(Marker::Others) => Some(Kind::Others),
        Some(Marker::More) => Some(Kind::More),
        Some(Marker::Skip) => Some(Kind::Skip("furniture")),
        Some(Marker::Credit) => Some(Kind::Skip("credit")),
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

/// `[AI 요약] …`, `AI 요약: …`: a machine's summary in the line that names it.
fn summary_and_label(text: &str, first: char, furniture: &Furniture, scratch: &mut String) -> bool {
    let (from, signs): (usize, &[char]) = match first {
        '[' => (1, &[']']),
        '<' => (1, &['>']),
        '(' => (1, &[')']),
        '【' => (first.len_utf8(), &['】']),
        _ => (0, &[':', '|']),
    };
    let window = text.char_indices().nth(24).map_or(text.len(), |(i, _)| i);
    let Some(end) = text[from..window].find(signs) else {
        return false;
    };
    let (label, rest) = text[from..].split_at(end);
    scratch.clear();
    key(label, scratch);
    furniture
        .line(scratch)
        .is_some_and(|m| m.0 == Marker::Summary)
        && rest.chars().skip(1).any(is_letter)
}

/// `▶ 관련기사 | …`, `[관련기사] …`, `함께 읽기: …`: the marker and what it leads to in one line.
fn leads_away(text: &str, first: char) -> bool {
    matches!(first, '▶' | '☞' | '▷' | '►' | '👉' | '→' | '>')
        || (first == '[' && text.contains("] "))
        || text.contains(": ")
}

/// Words between spaces and the signs that separate what stands in one line.
pub(super) fn pieces(text: &str) -> impl Iterator<Item = &str> {
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
    // `강릉 동해 삼척 태백 정선 속초`: no headline is made so.
    let short = |word: &str| word.chars().count() == 2 && word.chars().all(is_hangul);
    if all >= 6 && text.split(' ').all(short) {
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

/// Whether a line is two or more short cells between tabs or bars, and not all of them labels of a menu. Headings of columns
/// may be such labels too (`지역 | 대학`).
pub(super) fn is_table_row(text: &str, furniture: &Furniture) -> bool {
    let text = text.trim_matches(['|', ' ']);
    let cells = || text.split(['\t', '|', '│', '┃']).map(str::trim);
    cells().count() >= 2
        && cells().all(|cell| !cell.is_empty() && cell.chars().nth(40).is_none())
        && (!cells().all(|cell| furniture.is_label(cell))
            || cells().all(|cell| furniture.is_column(cell)))
}

/// Whether a sentence says that a list follows.
pub(super) fn announces(text: &str, furniture: &Furniture) -> bool {
    let words = furniture.words(Marker::Announces);
    let mut letters = String::new();
    key(text, &mut letters);
    text.ends_with(':') || words.iter().any(|w| letters.ends_with(w.as_str()))
}

/// `새솔공고, 한빛여상`: single words between commas.
pub(super) fn is_roster(text: &str, furniture: &Furniture) -> bool {
    let cells = || text.split([',', '·', '、']).map(str::trim);
    text.contains([',', '、'])
        && cells().filter(|cell| !cell.is_empty()).count() >= 2
        && cells().all(|cell| !cell.contains(' ') && cell.chars().nth(16).is_none())
        && !cells().all(|cell| furniture.is_label(cell))
}

/// Whether a line could be a name, or two that belong together: few words and no headline's signs.
pub(super) fn names(text: &str, furniture: &Furniture) -> bool {
    let words = text.split_whitespace().count();
    let short = if text.contains(['-', '–', ':', '(', '/', '↔', '×']) {
        30
    } else {
        16
    };
    words <= 4
        && text.chars().nth(short).is_none()
        && !text.contains(['…', '"', '“', '‘', '\'', '?', '!'])
        && !pieces(text).all(|p| furniture.is_label(p))
}

/// Whether `text` begins like an item of a list; what follows the sign.
pub(super) fn bullet(text: &str) -> Option<&str> {
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
