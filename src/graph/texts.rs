//! The sentences that serve as evidence: held in memory, or, where there are many, in a file.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt;
use std::fs::File;
use std::hash::BuildHasherDefault;
use std::io;
use std::sync::Arc;

use super::hash;
use super::intern::Mixed;

/// A sentence's text: [`Text::read`] gives it.
#[derive(Clone)]
pub struct Text(Place);

#[derive(Clone)]
enum Place {
    Held(Arc<str>),
    /// In a file without a name, which goes with the last text in it.
    Filed {
        file: Arc<File>,
        start: u64,
        length: u32,
    },
}

impl Text {
    /// The text.
    ///
    /// # Errors
    /// Those of the file that texts are kept in while a large graph is built; none where they are held in memory, as in
    /// every graph that was loaded.
    pub fn read(&self) -> io::Result<Cow<'_, str>> {
        match &self.0 {
            Place::Held(text) => Ok(Cow::Borrowed(text)),
            Place::Filed {
                file,
                start,
                length,
            } => {
                let mut bytes = vec![0; *length as usize];
                read_at(file, &mut bytes, *start)?;
                let text = String::from_utf8(bytes);
                text.map(Cow::Owned).map_err(io::Error::other)
            }
        }
    }
}

impl From<Arc<str>> for Text {
    fn from(text: Arc<str>) -> Self {
        Self(Place::Held(text))
    }
}

impl From<String> for Text {
    fn from(text: String) -> Self {
        Self(Place::Held(text.into()))
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        Self(Place::Held(text.into()))
    }
}

impl Default for Text {
    fn default() -> Self {
        Self::from("")
    }
}

impl fmt::Debug for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.read() {
            Ok(text) => fmt::Debug::fmt(&text, f),
            Err(error) => fmt::Debug::fmt(&error, f),
        }
    }
}

/// The same text, wherever it is kept.
impl PartialEq for Text {
    fn eq(&self, other: &Self) -> bool {
        matches!((self.read(), other.read()), (Ok(a), Ok(b)) if a == b)
    }
}

impl Eq for Text {}

/// Texts by number, each kept once.
#[derive(Debug, Default)]
pub struct Texts {
    kept: Vec<Text>,
    places: HashMap<u64, u32, BuildHasherDefault<Mixed>>,
    /// Those before this one are filed.
    filed: usize,
    /// Bytes that are held in memory, of the limit.
    held: usize,
    overflow: Option<Overflow>,
}

/// Where texts go that are too many for memory.
#[derive(Debug)]
struct Overflow {
    file: Arc<File>,
    length: u64,
    limit: usize,
}

/// The file stays the original's to write: a clone reads what is in it.
impl Clone for Texts {
    fn clone(&self) -> Self {
        Self {
            kept: self.kept.clone(),
            places: self.places.clone(),
            overflow: None,
            ..*self
        }
    }
}

/// Bytes that are written at once.
const WRITTEN: usize = 1 << 16;

impl Texts {
    /// Whether a limit is set.
    pub fn overflows(&self) -> bool {
        self.overflow.is_some()
    }

    /// Keeps no more than about `limit` bytes in memory and the others in `file`, which is empty and nobody else's.
    pub fn overflow_into(&mut self, file: File, limit: usize) {
        self.overflow = Some(Overflow {
            file: Arc::new(file),
            length: 0,
            limit,
        });
    }

    /// The number of `text`, which is added if it is new.
    pub fn add(&mut self, text: &str) -> u32 {
        self.place(text, || text.into())
    }

    fn place(&mut self, text: &str, keep: impl FnOnce() -> Text) -> u32 {
        let mut key = hash::text(text);
        while let Some(&place) = self.places.get(&key) {
            if self.get(place).read().is_ok_and(|known| known == text) {
                return place;
            }
            key = key.wrapping_add(1);
        }
        let number = self.kept.len() as u32;
        let text_kept = keep();
        if matches!(text_kept.0, Place::Held(_)) {
            self.held += text.len();
        }
        self.kept.push(text_kept);
        self.places.insert(key, number);
        if self.overflow.as_ref().is_some_and(|o| self.held > o.limit) {
            self.file();
        }
        number
    }

    /// Files the texts that are held. Where that cannot be done, memory has to do.
    fn file(&mut self) {
        let Some(overflow) = &mut self.overflow else {
            return;
        };
        let mut bytes = Vec::with_capacity(2 * WRITTEN);
        while self.filed < self.kept.len() {
            let rest = &mut self.kept[self.filed..];
            // As many as are written at once, and then go from memory.
            let mut count = 0;
            bytes.clear();
            for text in &*rest {
                if bytes.len() >= WRITTEN {
                    break;
                }
                count += 1;
                if let Place::Held(held) = &text.0 {
                    bytes.extend_from_slice(held.as_bytes());
                }
            }
            if write_at(&overflow.file, &bytes, overflow.length).is_err() {
                self.overflow = None;
                return;
            }
            for text in &mut rest[..count] {
                let Place::Held(held) = &text.0 else { continue };
                let length = held.len();
                text.0 = Place::Filed {
                    file: overflow.file.clone(),
                    start: overflow.length,
                    length: length as u32,
                };
                overflow.length += length as u64;
                self.held = self.held.saturating_sub(length);
            }
            self.filed += count;
        }
    }

    /// Forgets how to find a number by its text: none is added any more.
    pub fn close(&mut self) {
        self.places = HashMap::default();
    }

    /// The text with this number.
    pub fn get(&self, place: u32) -> &Text {
        &self.kept[place as usize]
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.kept.len()
    }

    /// Adds all of `other`; gives the new number of each.
    pub fn merge(&mut self, other: &Self) -> Vec<u32> {
        let number = |text: &Text| {
            if let Ok(read) = text.read() {
                return self.place(&read, || text.clone());
            }
            // Whoever reads it later is told.
            self.kept.push(text.clone());
            self.kept.len() as u32 - 1
        };
        other.kept.iter().map(number).collect()
    }
}

#[cfg(unix)]
fn read_at(file: &File, bytes: &mut [u8], start: u64) -> io::Result<()> {
    std::os::unix::fs::FileExt::read_exact_at(file, bytes, start)
}

#[cfg(unix)]
fn write_at(file: &File, bytes: &[u8], start: u64) -> io::Result<()> {
    std::os::unix::fs::FileExt::write_all_at(file, bytes, start)
}

#[cfg(not(unix))]
fn read_at(_file: &File, _bytes: &mut [u8], _start: u64) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

/// Memory has to do.
#[cfg(not(unix))]
fn write_at(_file: &File, _bytes: &[u8], _start: u64) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}
