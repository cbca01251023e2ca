//! Ids and names that every file can carry.

use std::borrow::Cow;

/// An id, name or type as all files can carry it: one line, no blanks around it, no control characters, not empty,
/// and nothing that a spreadsheet takes for a formula.
pub fn clean(id: &str) -> Cow<'_, str> {
    let formula = |c: char| "=+-@＝＋－＠".contains(c);
    let fine = !id.is_empty()
        && !id.starts_with(|c: char| c.is_whitespace() || formula(c))
        && !id.ends_with(char::is_whitespace)
        && !id.contains(unfit);
    if fine {
        return Cow::Borrowed(id);
    }
    let words = id
        .split(|c: char| c.is_whitespace() || unfit(c))
        .filter(|w| !w.is_empty());
    let joined = words.collect::<Vec<_>>().join(" ");
    match joined.chars().next() {
        None => Cow::Borrowed("?"),
        Some(c) if formula(c) => Cow::Owned(format!("_{joined}")),
        Some(_) => Cow::Owned(joined),
    }
}

/// Characters that XML or a CSV cell cannot carry.
fn unfit(c: char) -> bool {
    c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}' | '\u{2028}' | '\u{2029}')
}
