//! What may stand in a cell that people open in a spreadsheet.
//!
//! A spreadsheet runs a cell that begins with `=`, `+`, `-` or `@` as a formula, and a name or a headline comes from
//! whoever wrote the page. Such a cell gets a `'` before it. That changes the value, so it is done only for text;
//! never for the ids in `Id`, `Source`, `Target` and `Agreement`, which Gephi joins by and which always begin with
//! their type. Labels in nodes.csv and edges.csv get it too, though Gephi then shows the `'`: these two files are
//! opened in spreadsheets as well, no name in a dictionary begins like that, and a formula that runs is worse.
//! GraphML and SQLite always hold the unchanged value.

use std::borrow::Cow;

/// The text on one line, with a `'` before it where a spreadsheet would take it for a formula.
pub fn text(text: &str) -> Cow<'_, str> {
    // Control characters are below 0x20, 0x7f, or begin with 0xc2. Looking at all bytes is quicker than stopping.
    let odd = |byte: u8| byte < 0x20 || byte == 0x7f || byte == 0xc2;
    let plain = !text.bytes().fold(false, |found, byte| found | odd(byte));
    let line = if !plain && text.contains(char::is_control) {
        let words = text.split(|c: char| c.is_control());
        let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
        Cow::Owned(words.join(" "))
    } else {
        Cow::Borrowed(text)
    };
    let first = line
        .chars()
        .find(|c| !c.is_whitespace() && !INVISIBLE.contains(c));
    if first.is_some_and(|c| FORMULA.contains(&c)) {
        return Cow::Owned(format!("'{line}"));
    }
    line
}

const FORMULA: [char; 8] = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];
const INVISIBLE: [char; 5] = ['\u{200b}', '\u{200c}', '\u{200d}', '\u{2060}', '\u{feff}'];

#[cfg(test)]
mod tests {
    use super::text;

    #[test]
    fn formulas_are_text() {
        for (cell, expected) in [
            ("=1+1", "'=1+1"),
            ("+82-2", "'+82-2"),
            ("-3", "'-3"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\t=1", "'=1"),
            ("\r=1", "'=1"),
            ("  =1", "'  =1"),
            ("\u{a0}=1", "'\u{a0}=1"),
            ("\u{feff}=1", "'\u{feff}=1"),
            ("＝1", "'＝1"),
            ("익산시\n=1", "익산시 =1"),
            ("익산시", "익산시"),
            ("a-b", "a-b"),
            ("", ""),
        ] {
            assert_eq!(text(cell), expected, "{cell:?}");
        }
    }
}
