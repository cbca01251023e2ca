//! What people see: results on standard output, everything else on standard error.

use std::fmt::Display;
use std::io::{self, BufWriter, IsTerminal, StdoutLock, Write};

/// Standard output for results, locked and buffered: [`Write::flush`] it before the command ends, so that a
/// full disk is noticed.
pub fn results() -> BufWriter<StdoutLock<'static>> {
    BufWriter::with_capacity(1 << 16, io::stdout().lock())
}

/// How many columns a line of results may have: those of the terminal, if they go to one.
pub fn width() -> Option<usize> {
    let (columns, _) = io::stdout()
        .is_terminal()
        .then(terminal_size::terminal_size)??;
    Some(usize::from(columns.0))
}

/// Whether results may be coloured: on a terminal that can, unless `NO_COLOR` forbids it.
pub fn color() -> bool {
    let set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    let dumb = std::env::var_os("TERM").is_none_or(|term| term == "dumb");
    io::stdout().is_terminal() && !set("NO_COLOR") && (cfg!(windows) || !dumb)
}

/// A line on standard error. That it cannot be written is no reason to stop.
pub fn note(line: impl Display) {
    let _ = writeln!(io::stderr().lock(), "{line}");
}

/// The last line for an error: what could not be done, then each cause in a line of its own.
pub fn error(error: &anyhow::Error) {
    note(format_args!("error: {error}"));
    let mut last = error.to_string();
    for cause in error.chain().skip(1) {
        let cause = cause.to_string();
        // Some errors repeat their cause in their own words.
        if !last.contains(&cause) {
            note(format_args!("  because: {cause}"));
        }
        last = cause;
    }
}

/// `1 article`, `2 articles`.
pub fn count(n: usize, one: &str, many: &str) -> String {
    let digits = n.to_string();
    let mut grouped = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    format!("{grouped} {}", if n == 1 { one } else { many })
}

/// A value as JSON spells it.
pub fn word(value: &impl serde::Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => word,
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_agree_with_their_noun_and_group_their_digits() {
        assert_eq!(count(1, "edge", "edges"), "1 edge");
        assert_eq!(count(0, "edge", "edges"), "0 edges");
        assert_eq!(count(1_234_567, "edge", "edges"), "1,234,567 edges");
    }
}
