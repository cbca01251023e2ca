//! XML 1.0, an element a line, from which what XML forbids is left out.

use std::borrow::Cow;
use std::io::{self, Write};

use quick_xml::Writer;
use quick_xml::events::attributes::Attribute;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};
use quick_xml::name::QName;

use super::Loss;

/// Bytes that are held before they are written.
const CHUNK: usize = 1 << 16;

/// Writes elements, one a line, and leaves out what XML 1.0 forbids.
pub struct Xml<'a> {
    writer: Writer<Vec<u8>>,
    out: &'a mut dyn Write,
    removed: usize,
}

impl<'a> Xml<'a> {
    /// Writes the declaration.
    pub fn new(out: &'a mut dyn Write) -> io::Result<Self> {
        let mut xml = Self {
            writer: Writer::new(Vec::with_capacity(2 * CHUNK)),
            out,
            removed: 0,
        };
        xml.event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
        xml.line()?;
        Ok(xml)
    }

    fn event(&mut self, event: Event) -> io::Result<()> {
        self.writer.write_event(event)
    }

    /// Ends a line.
    fn line(&mut self) -> io::Result<()> {
        let held = self.writer.get_mut();
        held.push(b'\n');
        if held.len() > CHUNK {
            self.out.write_all(held)?;
            held.clear();
        }
        Ok(())
    }

    fn start<'e>(&mut self, name: &'e str, attributes: &[(&str, &str)]) -> BytesStart<'e> {
        let mut start = BytesStart::new(name);
        for (key, value) in attributes {
            let value = escaped(value, &mut self.removed);
            start.push_attribute(Attribute {
                key: QName(key),
                value,
            });
        }
        start
    }

    /// Begins an element.
    pub fn open(&mut self, name: &str, attributes: &[(&str, &str)]) -> io::Result<()> {
        let start = self.start(name, attributes);
        self.event(Event::Start(start))?;
        self.line()
    }

    /// An element without content.
    pub fn empty(&mut self, name: &str, attributes: &[(&str, &str)]) -> io::Result<()> {
        let start = self.start(name, attributes);
        self.event(Event::Empty(start))?;
        self.line()
    }

    /// Ends an element.
    pub fn close(&mut self, name: &str) -> io::Result<()> {
        self.event(Event::End(BytesEnd::new(name)))?;
        self.line()
    }

    /// A value under the element `start`, which names its key; nothing for an empty one.
    pub fn data(&mut self, start: &str, value: &str) -> io::Result<()> {
        if value.is_empty() {
            return Ok(());
        }
        self.event(Event::Start(BytesStart::from_content(start, "data".len())))?;
        let text = escaped(value, &mut self.removed);
        self.event(Event::Text(BytesText::from_escaped(text)))?;
        self.event(Event::End(BytesEnd::new("data")))?;
        self.line()
    }

    /// An element with text.
    pub fn text(&mut self, name: &str, attributes: &[(&str, &str)], text: &str) -> io::Result<()> {
        let start = self.start(name, attributes);
        self.event(Event::Start(start))?;
        let text = escaped(text, &mut self.removed);
        self.event(Event::Text(BytesText::from_escaped(text)))?;
        self.event(Event::End(BytesEnd::new(name)))?;
        self.line()
    }

    /// Writes what is held back.
    pub fn finish(self) -> io::Result<Loss> {
        self.out.write_all(self.writer.get_ref())?;
        self.out.flush()?;
        Ok(Loss {
            characters: self.removed,
        })
    }
}

/// The text as it may stand in an element and in an attribute.
fn escaped<'t>(text: &'t str, removed: &mut usize) -> Cow<'t, str> {
    // U+FFFE and U+FFFF are EF BF BE and EF BF BF.
    let odd = |byte: u8| byte < 0x20 || matches!(byte, 0xef | b'&' | b'<' | b'>' | b'"');
    if !text.bytes().fold(false, |found, byte| found | odd(byte)) {
        return Cow::Borrowed(text);
    }
    let mut escaped = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\t' => escaped.push_str("&#9;"),
            '\n' => escaped.push_str("&#10;"),
            '\r' => escaped.push_str("&#13;"),
            '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => *removed += 1,
            c => escaped.push(c),
        }
    }
    Cow::Owned(escaped)
}
