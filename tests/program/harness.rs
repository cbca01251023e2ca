//! A folder to work in and a way to call the program.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Output;

use assert_cmd::Command;
use tempfile::TempDir;

/// The project's root.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The sample articles.
pub fn samples() -> PathBuf {
    root().join("tests/articles")
}

/// An empty folder that is removed after the test.
pub struct Folder(TempDir);

impl Folder {
    pub fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// Writes a file, with the folders above it.
    #[must_use]
    pub fn with(self, name: &str, content: impl AsRef<[u8]>) -> Self {
        self.write(name, content);
        self
    }

    pub fn write(&self, name: &str, content: impl AsRef<[u8]>) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }

    /// The program, to be run in this folder.
    pub fn ieum(&self, arguments: &[&str]) -> Run {
        let mut command = assert_cmd::cargo::cargo_bin_cmd!("ieum");
        command.current_dir(self.0.path()).args(arguments);
        // What is said does not depend on who runs the tests.
        command.env("LC_ALL", "C");
        Run(command)
    }

    /// The files below `name`, by path, with their bytes.
    pub fn files(&self, name: &str) -> BTreeMap<PathBuf, Vec<u8>> {
        let top = self.path(name);
        walkdir::WalkDir::new(&top)
            .into_iter()
            .map(Result::unwrap)
            .filter(|entry| entry.file_type().is_file())
            .map(|entry| {
                let path = entry.path().strip_prefix(&top).unwrap().to_owned();
                (path, fs::read(entry.path()).unwrap())
            })
            .collect()
    }

    /// The names of what lies in this folder.
    pub fn names(&self, name: &str) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(self.path(name))
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }
}

/// A call of the program.
pub struct Run(Command);

impl Run {
    #[must_use]
    pub fn stdin(mut self, text: &str) -> Self {
        self.0.write_stdin(text);
        self
    }

    /// Sets a variable of its environment.
    #[must_use]
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.0.env(name, value);
        self
    }

    /// Runs it; it has to end with this status.
    #[track_caller]
    pub fn ends_with(mut self, status: i32) -> Said {
        let Output {
            stdout,
            stderr,
            status: ended,
        } = self.0.output().unwrap();
        let said = Said {
            out: String::from_utf8(stdout).unwrap(),
            err: String::from_utf8(stderr).unwrap(),
        };
        assert_eq!(
            ended.code(),
            Some(status),
            "stdout:\n{}\nstderr:\n{}",
            said.out,
            said.err
        );
        said
    }

    #[track_caller]
    pub fn succeeds(self) -> Said {
        self.ends_with(0)
    }

    /// It could not; and it said nothing on standard output.
    #[track_caller]
    pub fn fails(self) -> Said {
        let said = self.ends_with(1);
        assert_eq!(said.out, "");
        said
    }
}

/// What the program said.
pub struct Said {
    pub out: String,
    pub err: String,
}

impl Said {
    /// Standard error holds all of these.
    #[track_caller]
    pub fn explains(&self, parts: &[&str]) -> &Self {
        for part in parts {
            assert!(self.err.contains(part), "no `{part}` in:\n{}", self.err);
        }
        self
    }
}

/// A small article of our own that names a city, a school, a company and a programme.
pub const ARTICLE: &str = "\
거제시, 거제공고와 업무협약

입력 2024.03.05 10:00

거제시는 5일 거제공업고등학교, 삼성중공업과 마이스터고 운영을 위한 업무협약을 체결했다고 밝혔다.

삼성중공업은 거제공고 졸업생 10명을 채용하기로 했다.
";

/// The smallest workbook with one sheet of these rows, all of them text.
pub fn workbook(rows: &[Vec<String>]) -> Vec<u8> {
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let package = "http://schemas.openxmlformats.org/package/2006";
    let related = |kind: &str, target: &str| {
        format!(
            "<Relationships xmlns=\"{package}/relationships\"><Relationship Id=\"r1\" Type=\"{office}/{kind}\" Target=\"{target}\"/></Relationships>"
        )
    };
    let mut sheet = String::new();
    for row in rows {
        sheet += "<row>";
        for cell in row {
            sheet += "<c t=\"inlineStr\"><is><t>";
            sheet += cell;
            sheet += "</t></is></c>";
        }
        sheet += "</row>";
    }
    let parts = [
        (
            "[Content_Types].xml",
            format!("<Types xmlns=\"{package}/content-types\"></Types>"),
        ),
        ("_rels/.rels", related("officeDocument", "xl/workbook.xml")),
        (
            "xl/_rels/workbook.xml.rels",
            related("worksheet", "worksheets/sheet1.xml"),
        ),
        (
            "xl/workbook.xml",
            format!(
                "<workbook xmlns=\"{main}\" xmlns:r=\"{office}\"><sheets><sheet name=\"s\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>"
            ),
        ),
        (
            "xl/worksheets/sheet1.xml",
            format!("<worksheet xmlns=\"{main}\"><sheetData>{sheet}</sheetData></worksheet>"),
        ),
    ];
    let parts = parts.map(|(name, xml)| (name, xml.into_bytes()));
    archive(&parts.each_ref().map(|(name, xml)| (*name, xml.as_slice())))
}

/// A zip archive of these files.
pub fn archive(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in files {
        zip.start_file(*name, zip::write::SimpleFileOptions::default())
            .unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}
