//! Where articles come from: files, folders, JSON lines.

use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use flate2::read::MultiGzDecoder;

use super::archive::Zip;
use super::{Article, decode, feed, html, json, page, sheet};
use crate::dictionary::Furniture;

/// Bytes that one article may have at most. What is longer is no article; it is named, not read.
pub const ARTICLE_LIMIT: u64 = 64 << 20;

/// Bytes that a JSON file which is not line by line may have at most; it is read whole.
pub const JSON_LIMIT: u64 = 1 << 30;

/// Why the paths as a whole cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// Nothing is there.
    #[error("{path}: no such file or folder; check the spelling, or use `-` for JSON lines on standard input", path = path.display())]
    Missing {
        /// The path as given.
        path: PathBuf,
    },
    /// A folder in which no file is.
    #[error("{path}: no file in this folder; give a folder that holds articles (.txt, .html, .json, .jsonl …)", path = path.display())]
    EmptyFolder {
        /// The path as given.
        path: PathBuf,
    },
    /// The system refuses.
    #[error("{path}: {source}; check that you may read it", path = path.display())]
    Unreadable {
        /// The path as given.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
}

/// One file to read, or what stands in the place of one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Input {
    path: PathBuf,
    source: String,
    problem: Option<String>,
}

/// The files that `paths` name: files as they are, folders with all that is in them, sorted by name. Hidden files in
/// folders are left out.
///
/// # Errors
/// A path that does not exist, cannot be opened, or is a folder without a file.
pub fn inputs(paths: &[PathBuf]) -> Result<Vec<Input>, ReadError> {
    let mut inputs = Vec::new();
    for path in paths {
        let meta = std::fs::metadata(path).map_err(|source| match source.kind() {
            std::io::ErrorKind::NotFound => ReadError::Missing { path: path.clone() },
            _ => ReadError::Unreadable {
                path: path.clone(),
                source,
            },
        })?;
        if !meta.is_dir() {
            inputs.push(Input::file(path.clone()));
            continue;
        }
        std::fs::read_dir(path).map_err(|source| ReadError::Unreadable {
            path: path.clone(),
            source,
        })?;
        let before = inputs.len();
        let hidden = |entry: &walkdir::DirEntry| {
            entry.depth() > 0
                && entry
                    .file_name()
                    .to_str()
                    .is_some_and(|n| n.starts_with('.') || n.starts_with("~$"))
        };
        let walk = walkdir::WalkDir::new(path)
            .follow_links(true)
            .sort_by_file_name();
        for entry in walk.into_iter().filter_entry(|e| !hidden(e)) {
            match entry {
                Ok(entry) if entry.file_type().is_dir() => {}
                Ok(entry) if !entry.file_type().is_file() => {
                    let mut input = Input::file(entry.into_path());
                    input.problem = Some("is no ordinary file".to_owned());
                    inputs.push(input);
                }
                Ok(entry) => inputs.push(Input::file(entry.into_path())),
                Err(error) => {
                    let place = error.path().unwrap_or(path).to_path_buf();
                    let problem = if error.loop_ancestor().is_some() {
                        "a link that leads back to its own folder; not followed".to_owned()
                    } else if place.is_symlink() {
                        "a link to a file that is not there".to_owned()
                    } else {
                        error
                            .io_error()
                            .map_or_else(|| error.to_string(), io_problem)
                    };
                    inputs.push(Input {
                        source: source_of(&place),
                        path: place,
                        problem: Some(problem),
                    });
                }
            }
        }
        if inputs.len() == before {
            return Err(ReadError::EmptyFolder { path: path.clone() });
        }
    }
    Ok(inputs)
}

fn source_of(path: &Path) -> String {
    let name = path.to_string_lossy();
    name.strip_prefix("./").unwrap_or(&name).to_owned()
}

fn io_problem(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::NotFound => "the file is no longer there".to_owned(),
        std::io::ErrorKind::PermissionDenied => {
            "the file may not be read: permission denied".to_owned()
        }
        _ => format!("cannot be read: {error}"),
    }
}

/// An article that could not be read.
pub(super) fn unread(source: &str, problem: impl Into<String>) -> Article {
    Article {
        source: source.to_owned(),
        encoding: "UTF-8",
        problems: vec![problem.into()],
        ..Article::default()
    }
}

impl Input {
    fn file(path: PathBuf) -> Self {
        Self {
            source: source_of(&path),
            path,
            problem: None,
        }
    }

    /// The path, as it is shown.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// The path, as it is opened.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Whether its name says that it holds JSON lines.
    pub fn is_json_lines(&self) -> bool {
        self.problem.is_none() && has_ending(&self.source, &["jsonl", "ndjson", "jsonlines"])
    }

    /// The articles in the file, one after the other; a file of JSON lines is never held whole.
    pub fn articles<'a>(&self, furniture: &'a Furniture) -> Box<dyn Iterator<Item = Article> + 'a> {
        let one = |problem: String| -> Box<dyn Iterator<Item = Article> + 'a> {
            Box::new(std::iter::once(unread(&self.source, problem)))
        };
        if let Some(problem) = &self.problem {
            return one(problem.clone());
        }
        let file = match File::open(&self.path) {
            Ok(file) => file,
            Err(error) => return one(io_problem(&error)),
        };
        if self.is_json_lines() {
            return Box::new(JsonLines::new(
                BufReader::with_capacity(1 << 16, file),
                self.source.clone(),
            ));
        }
        if has_ending(&self.source, &["gz"]) {
            return unpacked(file, &self.source, furniture);
        }
        if has_ending(&self.source, &["zip"]) {
            return match Zip::open(BufReader::new(file), &self.source, furniture) {
                Ok(zip) => Box::new(zip),
                Err(problem) => one(problem),
            };
        }
        let limit = limit_of(&self.source);
        let mut bytes = Vec::new();
        if let Err(error) = file.take(limit + 1).read_to_end(&mut bytes) {
            return one(io_problem(&error));
        }
        if bytes.len() as u64 > limit {
            return one(too_long(limit));
        }
        Box::new(in_bytes(&self.source, &bytes, furniture).into_iter())
    }
}

/// Whether a file's name ends in one of these, in any case.
fn has_ending(name: &str, endings: &[&str]) -> bool {
    let ending = Path::new(name)
        .extension()
        .and_then(|e| e.to_str())
        .unwrap_or("");
    endings.iter().any(|e| ending.eq_ignore_ascii_case(e))
}

/// Bytes that a file of this name may have at most: more where it may hold many articles.
pub(super) fn limit_of(name: &str) -> u64 {
    if has_ending(
        name,
        &["json", "jsonl", "ndjson", "jsonlines", "csv", "tsv", "xlsx"],
    ) {
        JSON_LIMIT
    } else {
        ARTICLE_LIMIT
    }
}

/// The articles in a `.gz` file; JSON lines are streamed.
fn unpacked<'a>(
    file: File,
    source: &str,
    furniture: &'a Furniture,
) -> Box<dyn Iterator<Item = Article> + 'a> {
    let mut reader = BufReader::with_capacity(1 << 16, MultiGzDecoder::new(BufReader::new(file)));
    let inner = source
        .get(..source.len().saturating_sub(3))
        .unwrap_or(source);
    if has_ending(inner, &["jsonl", "ndjson", "jsonlines"]) {
        return Box::new(JsonLines::new(reader, source));
    }
    let one = |problem: String| Box::new(std::iter::once(unread(source, problem)));
    let limit = limit_of(inner);
    let mut bytes = Vec::new();
    if let Err(error) = reader.by_ref().take(limit + 1).read_to_end(&mut bytes) {
        return one(format!("cannot be unpacked: {error}"));
    }
    if bytes.len() as u64 > limit {
        return one(too_long(limit));
    }
    let mut articles = in_bytes(inner, &bytes, furniture);
    for article in &mut articles {
        if let Some(rest) = article.source.strip_prefix(inner) {
            article.source = format!("{source}{rest}");
        }
    }
    Box::new(articles.into_iter())
}

pub(super) fn too_long(limit: u64) -> String {
    format!("is longer than {} MB: that is no article", limit >> 20)
}

/// The articles in the bytes of a file called `source`: one page, or a JSON file's.
pub fn in_bytes(source: &str, bytes: &[u8], furniture: &Furniture) -> Vec<Article> {
    let first = bytes
        .iter()
        .find(|b| !b.is_ascii_whitespace() && !matches!(b, 0xef | 0xbb | 0xbf | 0xff | 0xfe | 0));
    if has_ending(source, &["json"])
        || (matches!(first, Some(b'{' | b'[')) && looks_like_json(bytes))
    {
        return json_file(source, bytes);
    }
    if has_ending(source, &["csv", "tsv"]) {
        return sheet::csv(source, bytes, unread);
    }
    if has_ending(source, &["xlsx", "xls", "xlsb", "ods"]) {
        return sheet::xlsx(source, bytes, unread);
    }
    if has_ending(source, &["jsonl", "ndjson", "jsonlines"]) {
        return JsonLines::new(bytes, source).collect();
    }
    if first == Some(&b'<')
        && let Ok(decoded) = decode::decode(bytes, html::declared_charset(bytes).as_deref())
        && feed::is_feed(&decoded.text)
    {
        return feed::read(source, &decoded.text, decoded.encoding, furniture);
    }
    vec![page::read(source, bytes, furniture)]
}

/// A text that begins with a bracket is seldom JSON: `[단독] …`.
fn looks_like_json(bytes: &[u8]) -> bool {
    let text = String::from_utf8_lossy(&bytes[..bytes.len().min(4096)]);
    let mut signs = text
        .trim_start_matches('\u{feff}')
        .chars()
        .filter(|c| !c.is_whitespace());
    match (signs.next(), signs.next()) {
        (Some('{'), Some('"' | '}')) | (Some('['), Some('{')) => {
            text.contains(':') || text.contains('}')
        }
        _ => false,
    }
}

/// A JSON object, an array of them, or JSON lines under another name.
fn json_file(source: &str, bytes: &[u8]) -> Vec<Article> {
    let decoded = match decode::decode(bytes, None) {
        Ok(decoded) => decoded,
        Err(problem) => return vec![unread(source, problem)],
    };
    let text = decoded.text.trim();
    if text.is_empty() {
        return vec![unread(source, "the file is empty")];
    }
    if text.starts_with('[') {
        return match serde_json::from_str::<Vec<&serde_json::value::RawValue>>(text) {
            Ok(items) if items.is_empty() => {
                vec![unread(source, "holds no article: the JSON array is empty")]
            }
            Ok(items) => {
                let place = |n: usize| format!("{source}#{}", n + 1);
                items
                    .iter()
                    .enumerate()
                    .map(|(n, item)| json::article(item.get(), place(n), decoded.encoding))
                    .collect()
            }
            Err(error) => vec![unread(source, json::explain(text, &error))],
        };
    }
    let whole = serde_json::from_str::<serde::de::IgnoredAny>(text);
    let lines = text.lines().filter(|l| !l.trim().is_empty()).count();
    let first_is_whole = || {
        text.lines()
            .next()
            .is_some_and(|l| serde_json::from_str::<serde::de::IgnoredAny>(l).is_ok())
    };
    if whole.is_err() && lines > 1 && first_is_whole() {
        return text
            .lines()
            .enumerate()
            .filter(|(_, line)| !line.trim().is_empty())
            .map(|(n, line)| json::article(line, format!("{source}#{}", n + 1), decoded.encoding))
            .collect();
    }
    vec![json::article(text, source.to_owned(), decoded.encoding)]
}

/// One article from one line of JSON lines: line `number` (from 1) of `source`.
pub fn article_from_json_line(line: &[u8], source: &str, number: u64) -> Article {
    let place = format!("{source}#{number}");
    if line.len() as u64 > ARTICLE_LIMIT {
        return unread(&place, too_long(ARTICLE_LIMIT));
    }
    match decode::decode(line, None) {
        Ok(decoded) => {
            let mut article = json::article(&decoded.text, place, decoded.encoding);
            article.problems.extend(decoded.problem);
            article
        }
        Err(problem) => unread(&place, problem),
    }
}

/// The articles of a stream of JSON lines, in constant memory.
#[derive(Debug)]
pub struct JsonLines<R> {
    reader: R,
    source: String,
    number: u64,
    line: Vec<u8>,
    over: bool,
    /// Whether the next line has been read already, all of it.
    ready: bool,
    /// The byte order mark of UTF-16, which every line is given: lines end in two bytes there.
    wide: Option<[u8; 2]>,
}

/// Where in `chunk` a line of UTF-16 has ended: its last byte. `length` bytes of the line came before, the last of them
/// is `previous`.
fn wide_end(chunk: &[u8], mark: [u8; 2], length: u64, previous: u8) -> Option<usize> {
    let newline = if mark == [0xff, 0xfe] {
        [b'\n', 0]
    } else {
        [0, b'\n']
    };
    (0..chunk.len()).find(|&i| {
        let before = if i == 0 { previous } else { chunk[i - 1] };
        (length + i as u64) % 2 == 1 && [before, chunk[i]] == newline
    })
}

impl<R: BufRead> JsonLines<R> {
    /// Reads from `reader`; articles without an id are called `source#1`, `source#2` …
    pub fn new(reader: R, source: impl Into<String>) -> Self {
        Self {
            reader,
            source: source.into(),
            number: 0,
            line: Vec::new(),
            over: false,
            ready: false,
            wide: None,
        }
    }

    /// The next line that is not blank, with its number; `Err` is its problem.
    fn next_line(&mut self) -> Option<Result<(), String>> {
        while !self.over {
            self.line.clear();
            self.number += 1;
            let mut long = false;
            let (mut length, mut previous) = (0, 0);
            loop {
                let chunk = match self.reader.fill_buf() {
                    Ok(chunk) => chunk,
                    Err(error) if error.kind() == std::io::ErrorKind::Interrupted => continue,
                    Err(error) => {
                        self.over = true;
                        return Some(Err(io_problem(&error)));
                    }
                };
                if chunk.is_empty() {
                    self.over = true;
                    break;
                }
                // A pipe may give the two bytes of the mark one at a time.
                let mark = match (length, chunk) {
                    (0, &[first, second, ..]) => Some([first, second]),
                    (1, &[second, ..]) => Some([previous, second]),
                    _ => None,
                };
                if self.number == 1
                    && let Some([0xff, 0xfe] | [0xfe, 0xff]) = mark
                {
                    self.wide = mark;
                }
                let end = match self.wide {
                    None => memchr::memchr(b'\n', chunk),
                    Some(mark) => wide_end(chunk, mark, length, previous),
                };
                if length == 0 && self.number > 1 {
                    self.line.extend(self.wide.into_iter().flatten());
                }
                let taken = end.unwrap_or(chunk.len());
                length += taken as u64;
                previous = chunk.last().copied().unwrap_or(0);
                long |= (self.line.len() + taken) as u64 > ARTICLE_LIMIT;
                if !long {
                    self.line.extend_from_slice(&chunk[..taken]);
                }
                let used = end.map_or(taken, |e| e + 1);
                self.ready = self.wide.is_none() && memchr::memchr(b'\n', &chunk[used..]).is_some();
                self.reader.consume(used);
                if end.is_some() {
                    break;
                }
            }
            if long {
                self.line = Vec::new();
                return Some(Err(too_long(ARTICLE_LIMIT)));
            }
            if self.number == 1 && self.line.starts_with(b"\xef\xbb\xbf") {
                self.line.drain(..3);
            }
            let blank = match self.wide {
                None => self.line.iter().all(u8::is_ascii_whitespace),
                Some(mark) => {
                    // The first byte of the line break is still there.
                    if self.line.len() % 2 == 1 {
                        self.line.pop();
                    }
                    let text = self.line.strip_prefix(&mark).unwrap_or(&self.line);
                    text.iter().all(|&b| b == 0 || b.is_ascii_whitespace())
                }
            };
            if !blank {
                return Some(Ok(()));
            }
        }
        None
    }

    /// The next line's bytes, still to be understood, or what stands for a line that cannot be read.
    pub(super) fn next_raw(&mut self) -> Option<Result<Vec<u8>, Box<Article>>> {
        Some(match self.next_line()? {
            Ok(()) => Ok(std::mem::take(&mut self.line)),
            Err(problem) => Err(Box::new(self.unread(problem))),
        })
    }

    /// Whether the next line can be had without waiting for whoever writes it.
    pub(super) fn is_ready(&self) -> bool {
        self.ready
    }

    /// What the lines are called after, and the number of the last one.
    pub(super) fn place(&self) -> (&str, u64) {
        (&self.source, self.number)
    }

    fn unread(&self, problem: String) -> Article {
        unread(&format!("{}#{}", self.source, self.number), problem)
    }
}

impl<R: BufRead> Iterator for JsonLines<R> {
    type Item = Article;

    fn next(&mut self) -> Option<Article> {
        Some(match self.next_line()? {
            Ok(()) => article_from_json_line(&self.line, &self.source, self.number),
            Err(problem) => self.unread(problem),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &[u8]) -> Vec<Article> {
        JsonLines::new(text, "stdin").collect()
    }

    fn sources(articles: &[Article]) -> Vec<&str> {
        articles.iter().map(|a| a.source.as_str()).collect()
    }

    #[test]
    fn json_lines() {
        let text = "{\"id\":\"a\",\"title\":\"협약\",\"published\":\"2024-05-03\",\"text\":\"새솔시가 맺었다.\\n많이 본 뉴스\"}\n\n\
            {\"date\":20240503,\"body\":\"새솔시다.\",\"extra\":[1]}\n{\"text\":\"\\ud800\"}\nnone\n{\"id\":7,\"text\":\"가\\u0000나\"}\n{\"title\":\"ㄱ\"}\n{\"id\":\"z\",\"text\":[1]}";
        let articles = lines(text.as_bytes());
        assert_eq!(
            sources(&articles),
            ["a", "stdin#3", "stdin#4", "stdin#5", "7", "stdin#7", "z"]
        );
        assert_eq!(articles[0].text, "새솔시가 맺었다.\n많이 본 뉴스");
        assert_eq!(articles[0].published, articles[1].published);
        assert!(
            articles[2].problems[0].contains("surrogate"),
            "{:?}",
            articles[2].problems
        );
        assert!(articles[3].problems[0].contains("JSON"));
        assert_eq!(
            (articles[4].text.as_str(), articles[4].problems[0].as_str()),
            ("가나", "1 NUL character was removed")
        );
        assert!(articles[5].problems[0].contains("`text`"));
        assert!(!articles[6].problems.is_empty());
    }

    #[test]
    fn lines_of_utf_16() {
        let text = "\u{feff}{\"text\":\"새솔시가 맺었다.\"}\r\n\n{\"id\":\"b\",\"text\":\"ਊ 는 줄이 아니다.\"}\n";
        for order in [u16::to_le_bytes, u16::to_be_bytes] {
            let bytes: Vec<u8> = text.encode_utf16().flat_map(order).collect();
            // However the reader cuts them.
            for size in [1, 2, 3, 7, 4096] {
                let reader = std::io::BufReader::with_capacity(size, bytes.as_slice());
                let articles: Vec<Article> = JsonLines::new(reader, "stdin").collect();
                assert_eq!(sources(&articles), ["stdin#1", "b"], "{size}");
                assert_eq!(articles[1].text, "ਊ 는 줄이 아니다.");
                assert!(articles.iter().all(|a| a.problems.is_empty()));
            }
        }
    }

    #[test]
    fn a_line_too_long_is_named_and_passed_over() {
        let mut text = vec![b'a'; ARTICLE_LIMIT as usize + 10];
        text.extend_from_slice(b"\n{\"text\":\"next\"}\n");
        let articles = lines(&text);
        assert_eq!(sources(&articles), ["stdin#1", "stdin#2"]);
        assert!(articles[0].problems[0].contains("64 MB"));
        assert_eq!(articles[1].text, "next");
    }

    #[test]
    fn json_files() {
        let furniture = Furniture::default();
        let read = |name, text: &str| in_bytes(name, text.as_bytes(), &furniture);
        assert_eq!(
            sources(&read(
                "a.json",
                "[{\"text\":\"가\"},{\"id\":\"b\",\"text\":\"나\"}]"
            )),
            ["a.json#1", "b"]
        );
        assert_eq!(sources(&read("a.json", "{\n\"text\":\"가\"}")), ["a.json"]);
        assert_eq!(
            sources(&read("a.json", "{\"text\":\"가\"}\n{\"text\":\"나\"}\n")),
            ["a.json#1", "a.json#2"]
        );
        assert_eq!(sources(&read("a.txt", "{\"text\":\"가\"}")), ["a.txt"]);
        assert!(!read("a.json", "").first().unwrap().problems.is_empty());
        assert_eq!(
            read("a.txt", "[단독] 새솔시 협약\n새솔시는 협약을 맺었다.")[0]
                .text
                .lines()
                .count(),
            2
        );
    }

    #[test]
    fn paths() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        assert!(matches!(
            inputs(&[root.join("none")]),
            Err(ReadError::Missing { .. })
        ));
        assert!(matches!(
            inputs(&[root.to_path_buf()]),
            Err(ReadError::EmptyFolder { .. })
        ));
        std::fs::create_dir(root.join("b")).unwrap();
        for name in ["z.txt", "a.txt", "b/c.txt", ".hidden"] {
            std::fs::write(root.join(name), "새솔시는 협약을 맺었다.").unwrap();
        }
        #[cfg(unix)]
        std::os::unix::fs::symlink(root, root.join("b/loop")).unwrap();
        let found = inputs(&[root.to_path_buf()]).unwrap();
        let names: Vec<_> = found
            .iter()
            .map(|i| i.source().rsplit('/').next().unwrap())
            .collect();
        assert_eq!(names, ["a.txt", "c.txt", "loop", "z.txt"]);
        std::fs::remove_file(root.join("z.txt")).unwrap();
        let furniture = Furniture::default();
        let problems: Vec<_> = found
            .iter()
            .map(|i| i.articles(&furniture).next().unwrap().problems.len())
            .collect();
        assert_eq!(problems, [0, 0, 1, 1]);
    }

    #[test]
    fn gzip() {
        use std::io::Write;
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in [
            ("a.txt.gz", "새솔시는 협약을 맺었다."),
            (
                "b.jsonl.gz",
                "{\"text\":\"하나다.\"}\n{\"text\":\"둘이다.\"}\n",
            ),
        ] {
            let file = File::create(folder.path().join(name)).unwrap();
            let mut gz = flate2::write::GzEncoder::new(file, flate2::Compression::fast());
            gz.write_all(text.as_bytes()).unwrap();
            gz.finish().unwrap();
        }
        std::fs::write(folder.path().join("c.txt.gz"), b"\x1f\x8b broken").unwrap();
        let furniture = Furniture::default();
        let found = inputs(&[folder.path().to_path_buf()]).unwrap();
        let articles: Vec<_> = found.iter().flat_map(|i| i.articles(&furniture)).collect();
        let names: Vec<_> = articles
            .iter()
            .map(|a| a.source.rsplit('/').next().unwrap())
            .collect();
        assert_eq!(
            names,
            ["a.txt.gz", "b.jsonl.gz#1", "b.jsonl.gz#2", "c.txt.gz"]
        );
        assert_eq!(articles[0].text, "새솔시는 협약을 맺었다.");
        assert!(articles[3].problems[0].contains("unpacked"));
    }

    proptest::proptest! {
        #[test]
        fn any_bytes(bytes: Vec<u8>) {
            for name in ["a.json", "a.txt", "a.html", "a.csv", "a.xlsx", "a.jsonl"] {
                let articles = in_bytes(name, &bytes, &Furniture::default());
                assert!(!articles.is_empty() || has_ending(name, &["jsonl"]));
            }
            article_from_json_line(&bytes, "stdin", 1);
        }
    }
}
