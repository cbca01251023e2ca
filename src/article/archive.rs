//! Archives: what is in a `.zip`, and what a `.gz` was made of.

use std::collections::VecDeque;
use std::io::{Read, Seek};
use std::path::{Component, Path};

use zip::ZipArchive;

use super::input::{JSON_LIMIT, in_bytes, limit_of, too_long, unread};
use super::{Article, decode};
use crate::dictionary::Furniture;

/// Bytes that all the files of an archive may unpack to.
const ARCHIVE_LIMIT: u64 = 4 << 30;

/// The articles in a zip archive, one file after the other.
pub(super) struct Zip<'a, R> {
    archive: ZipArchive<R>,
    source: String,
    furniture: &'a Furniture,
    next: usize,
    ready: VecDeque<Article>,
    unpacked: u64,
}

impl<'a, R: Read + Seek> Zip<'a, R> {
    /// Opens an archive.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn open(reader: R, source: &str, furniture: &'a Furniture) -> Result<Self, String> {
        let archive = ZipArchive::new(reader)
            .map_err(|e| format!("not a zip archive that can be read: {e}"))?;
        if archive.is_empty() {
            return Err("holds no file: the archive is empty".to_owned());
        }
        Ok(Self {
            archive,
            source: source.to_owned(),
            furniture,
            next: 0,
            ready: VecDeque::new(),
            unpacked: 0,
        })
    }

    /// The articles of the file number `i`; none for a folder.
    fn unpack(&mut self, i: usize) -> Vec<Article> {
        let mut file = match self.archive.by_index(i) {
            Ok(file) => file,
            Err(error) => {
                return vec![unread(
                    &format!("{}#{}", self.source, i + 1),
                    format!("cannot be unpacked: {error}"),
                )];
            }
        };
        // Korean Windows writes names in CP949 and does not say so.
        let name = match decode::decode(file.name_raw(), None) {
            Ok(decoded) => decoded.text.into_owned(),
            Err(_) => String::from_utf8_lossy(file.name_raw()).into_owned(),
        };
        if name.ends_with(['/', '\\']) {
            return Vec::new();
        }
        let source = format!("{}#{name}", self.source);
        let hidden = name
            .split(['/', '\\'])
            .any(|part| part.starts_with('.') && part != "." && part != "..");
        if name.contains("__MACOSX") || hidden {
            return Vec::new();
        }
        let outside = |c: Component| !matches!(c, Component::Normal(_) | Component::CurDir);
        let slashed = name.replace('\\', "/");
        if Path::new(&slashed).components().any(outside) || slashed.as_bytes().get(1) == Some(&b':')
        {
            return vec![unread(
                &source,
                "its path leads out of the archive; not read",
            )];
        }
        let limit = limit_of(&name).min(JSON_LIMIT);
        let mut bytes = Vec::new();
        let read = file.by_ref().take(limit + 1).read_to_end(&mut bytes);
        self.unpacked += bytes.len() as u64;
        if let Err(error) = read {
            return vec![unread(&source, format!("cannot be unpacked: {error}"))];
        }
        if bytes.len() as u64 > limit {
            return vec![unread(&source, too_long(limit))];
        }
        if bytes.starts_with(b"PK\x03\x04") && !name.to_lowercase().ends_with(".xlsx")
            || bytes.starts_with(b"\x1f\x8b")
        {
            return vec![unread(
                &source,
                "an archive inside an archive; unpack it first",
            )];
        }
        in_bytes(&source, &bytes, self.furniture)
    }
}

impl<R: Read + Seek> Iterator for Zip<'_, R> {
    type Item = Article;

    fn next(&mut self) -> Option<Article> {
        loop {
            if let Some(article) = self.ready.pop_front() {
                return Some(article);
            }
            if self.next >= self.archive.len() {
                return None;
            }
            if self.unpacked > ARCHIVE_LIMIT {
                let left = self.archive.len() - self.next;
                self.next = self.archive.len();
                let problem = format!(
                    "unpacks to more than {} GB: {left} of its files were not read",
                    ARCHIVE_LIMIT >> 30
                );
                return Some(unread(&self.source, problem));
            }
            let i = self.next;
            self.next += 1;
            let articles = self.unpack(i);
            self.ready.extend(articles);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Write};

    use super::*;

    fn archive(files: &[(&str, &[u8])]) -> Vec<u8> {
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in files {
            zip.start_file(*name, zip::write::SimpleFileOptions::default())
                .unwrap();
            zip.write_all(bytes).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    #[test]
    fn files_of_every_kind() {
        let furniture = Furniture::default();
        let bytes = archive(&[
            ("가/a.txt", "새솔시는 협약을 맺었다.".as_bytes()),
            (
                "b.jsonl",
                "{\"text\":\"하나다.\"}\n{\"id\":\"둘\",\"text\":\"둘이다.\"}\n".as_bytes(),
            ),
            ("../out.txt", b"out"),
            ("in.zip", b"PK\x03\x04"),
            (".DS_Store", b"\0\0"),
            ("c.csv", "본문\n셋이다.\n".as_bytes()),
        ]);
        let articles: Vec<_> = Zip::open(Cursor::new(bytes), "x.zip", &furniture)
            .unwrap()
            .collect();
        let sources: Vec<_> = articles.iter().map(|a| a.source.as_str()).collect();
        assert_eq!(
            sources,
            [
                "x.zip#가/a.txt",
                "x.zip#b.jsonl#1",
                "둘",
                "x.zip#../out.txt",
                "x.zip#in.zip",
                "x.zip#c.csv#2"
            ]
        );
        let problems: Vec<_> = articles.iter().map(|a| a.problems.len()).collect();
        assert_eq!(problems, [0, 0, 0, 1, 1, 0]);
        assert!(Zip::open(Cursor::new(b"PK".to_vec()), "x.zip", &furniture).is_err());
    }

    #[test]
    fn a_bomb_is_named() {
        let furniture = Furniture::default();
        let bytes = archive(&[
            ("bomb.txt", &vec![b'a'; 65 << 20]),
            ("a.txt", "새솔시다.".as_bytes()),
        ]);
        assert!(bytes.len() < 1 << 20);
        let articles: Vec<_> = Zip::open(Cursor::new(bytes), "x.zip", &furniture)
            .unwrap()
            .collect();
        assert!(
            articles[0].problems[0].contains("64 MB"),
            "{:?}",
            articles[0].problems
        );
        assert_eq!(articles[1].problems, [""; 0]);
    }
}
