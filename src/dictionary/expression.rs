//! Expressions that are compiled when a text first asks for them: most articles ask for few, and to compile them all
//! was a fifth of the work of loading the dictionaries.

use std::sync::OnceLock;

use regex::Regex;

/// A regular expression that may not be compiled yet.
#[derive(Debug, Clone)]
pub struct Expression {
    text: String,
    compiled: OnceLock<Option<Regex>>,
}

impl Expression {
    /// One that is compiled on first use. Whoever makes it answers for its being one: an expression that cannot be compiled
    /// finds nothing.
    pub(super) fn later(text: String) -> Self {
        Self {
            text,
            compiled: OnceLock::new(),
        }
    }

    /// One that is compiled at once.
    ///
    /// # Errors
    ///
    /// Where it is no regular expression, or too large a one.
    pub(super) fn now(text: String) -> Result<Self, regex::Error> {
        let compiled = Some(Regex::new(&text)?).into();
        Ok(Self { text, compiled })
    }

    /// The expression compiled; O(its text) the first time.
    pub(crate) fn get(&self) -> Option<&Regex> {
        let compile = || Regex::new(&self.text).ok();
        self.compiled.get_or_init(compile).as_ref()
    }

    /// Whether `text` holds what it describes.
    pub(crate) fn is_match(&self, text: &str) -> bool {
        self.get().is_some_and(|regex| regex.is_match(text))
    }
}
