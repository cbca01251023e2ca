//! `graph.html`: the graph to look at, in one file that needs no network and asks for none.
//!
//! Page, style and script are the files beside this one. The graph stands in the page as JSON that no name can leave:
//! every `<` in it is written as `\u003c`. The script puts text into the page only as text, and a
//! Content-Security-Policy allows just this style and this script.

mod data;
mod sha256;

use std::io::{self, Write};

use super::{Format, Loss};
use crate::graph::Graph;

/// The page.
#[derive(Debug, Clone, Copy, Default)]
pub struct Html;

const PAGE: &str = include_str!("page.html");
const STYLE: &str = include_str!("style.css");
const SCRIPT: &str = include_str!("script.js");

impl Format for Html {
    fn file(&self) -> &'static str {
        "graph.html"
    }

    fn name(&self) -> &'static str {
        "html"
    }

    fn write(&self, graph: &Graph, out: &mut dyn Write) -> io::Result<Loss> {
        let (style_hash, script_hash) = (sha256::base64(STYLE), sha256::base64(SCRIPT));
        for part in PAGE.split("{{") {
            let (name, rest) = part.split_once("}}").unwrap_or(("", part));
            match name {
                "style" => out.write_all(STYLE.as_bytes())?,
                "style hash" => out.write_all(style_hash.as_bytes())?,
                "script" => out.write_all(SCRIPT.as_bytes())?,
                "script hash" => out.write_all(script_hash.as_bytes())?,
                "data" => serde_json::to_writer(Guard(out), &data::Data::of(graph))?,
                _ => {}
            }
            out.write_all(rest.as_bytes())?;
        }
        out.flush()?;
        Ok(Loss::default())
    }
}

/// Writes JSON so that it can stand in a script element. A `<` occurs only in its strings.
struct Guard<'a>(&'a mut dyn Write);

impl Write for Guard<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        for (number, part) in bytes.split(|&byte| byte == b'<').enumerate() {
            if number > 0 {
                self.0.write_all(b"\\u003c")?;
            }
            self.0.write_all(part)?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_script_has_no_way_from_text_to_markup_or_to_the_network() {
        for way in [
            "innerHTML",
            "outerHTML",
            "insertAdjacentHTML",
            "document.write",
            "eval(",
            "Function(",
            "fetch(",
            "XMLHttpRequest",
            "WebSocket",
            "import(",
            "localStorage",
            "javascript:",
        ] {
            assert!(!SCRIPT.contains(way), "{way}");
        }
        assert!(!SCRIPT.contains("</script") && !STYLE.contains("</style"));
        assert!(!PAGE.contains("http://") && !PAGE.contains("https://"));
        assert!(!STYLE.contains("url(") && !STYLE.contains("@import"));
    }

    #[test]
    fn json_cannot_leave_its_element() {
        let mut page = Vec::new();
        serde_json::to_writer(Guard(&mut page), "</script><!-- <b>").expect("written");
        let text = String::from_utf8(page).expect("UTF-8");
        assert!(!text.contains('<'), "{text}");
        let back: String = serde_json::from_str(&text).expect("JSON");
        assert_eq!(back, "</script><!-- <b>");
    }
}
