//! Every form that is searched for, compiled, and what each of them is.

use std::collections::BTreeMap;

use super::{EntryId, Matcher, Surface};

/// What a form is searched for; small, because every hit asks for it.
#[derive(Debug, Clone, Copy)]
pub struct FormUse {
    surface: u32,
    extra: u16,
    /// Its length in Unicode scalar values; 255 for longer ones too.
    pub length: u8,
    /// Whether it says something inside a word too: a false friend, or the trigger of a pattern.
    pub inside: bool,
}

const NONE: u32 = u32::MAX;
const NOTHING_ELSE: u16 = u16::MAX;

impl FormUse {
    /// The name that it is: index into [`super::Dictionary::surfaces`].
    pub fn surface(self) -> Option<u32> {
        (self.surface != NONE).then_some(self.surface)
    }
}

/// A name from this many characters on is itself also before a word that no list knows.
///
/// Names of two and three syllables (안성, 서울대, 포스코) begin countless other words; from four on a
/// chance match is as good as unseen, so a compound may go on behind it or before it.
pub const LONG: u8 = 4;

/// What a form is besides a name.
#[derive(Debug, Clone, Default)]
pub struct FormExtra {
    /// A false friend: the entries that it is not; all, where empty.
    pub false_friend: Option<Vec<EntryId>>,
    /// A word that points to a body: index into [`super::Dictionary::references`].
    pub reference: Option<u32>,
    /// Patterns that it is a trigger of: indices into [`super::Dictionary::patterns`].
    pub patterns: Vec<u32>,
}

/// All forms, sorted, with the matcher that finds them.
#[derive(Debug)]
pub struct Forms {
    uses: Vec<FormUse>,
    extras: Vec<FormExtra>,
    matcher: Matcher,
}

impl Forms {
    /// Joins the names, sorted by their text, with what else is searched for; O(n log n).
    ///
    /// # Errors
    ///
    /// Says why where there are too many forms to number or to compile.
    pub(super) fn new(
        surfaces: &[Surface],
        others: BTreeMap<String, FormExtra>,
    ) -> Result<Self, String> {
        if others.len() >= usize::from(NOTHING_ELSE) {
            return Err(format!(
                "{} words that are no names are more than {NOTHING_ELSE}",
                others.len()
            ));
        }
        let mut texts: Vec<&str> = Vec::with_capacity(surfaces.len() + others.len());
        let mut uses = Vec::with_capacity(surfaces.len() + others.len());
        let (others, extras): (Vec<String>, Vec<FormExtra>) = others.into_iter().unzip();
        let mut rest = others.iter().zip(0..).peekable();
        for (surface, number) in surfaces.iter().zip(0..) {
            while let Some((text, extra)) = rest.next_if(|(t, _)| **t < surface.text) {
                texts.push(text);
                uses.push((NONE, extra));
            }
            let same = rest.next_if(|(t, _)| **t == surface.text);
            texts.push(&surface.text);
            uses.push((number, same.map_or(NOTHING_ELSE, |(_, extra)| extra)));
        }
        for (text, extra) in rest {
            texts.push(text);
            uses.push((NONE, extra));
        }
        let uses = uses
            .into_iter()
            .zip(&texts)
            .map(|((surface, extra), text)| {
                let more = extras.get(usize::from(extra));
                FormUse {
                    surface,
                    extra,
                    length: u8::try_from(text.chars().count()).unwrap_or(u8::MAX),
                    inside: more
                        .is_some_and(|m| m.false_friend.is_some() || !m.patterns.is_empty()),
                }
            })
            .collect::<Vec<_>>();
        let inside = |used: &FormUse| used.inside || used.length >= LONG;
        let matcher = Matcher::new(texts.into_iter().zip(uses.iter().map(inside)))?;
        Ok(Self {
            uses,
            extras,
            matcher,
        })
    }

    /// The compiled matcher; [`Self::form`] says what each of its forms is.
    pub fn matcher(&self) -> &Matcher {
        &self.matcher
    }

    /// What the form of that number is searched for.
    #[inline]
    pub fn form(&self, form: u32) -> FormUse {
        self.uses[form as usize]
    }

    /// What else the form is.
    pub fn extra(&self, form: FormUse) -> Option<&FormExtra> {
        self.extras.get(usize::from(form.extra))
    }
}
