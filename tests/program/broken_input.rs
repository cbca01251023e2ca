//! Broken input: each a named problem and a row in `articles.csv`, the rest of the run unharmed.

use std::collections::BTreeMap;
use std::fs::{File, OpenOptions};
use std::io::{BufWriter, Write};
use std::path::Path;

use ieum::article;
use ieum::dictionary::Furniture;

use crate::harness::{ARTICLE, Folder, archive, workbook};

/// Bytes to flood a reader with: more than one article may have.
const FLOOD: usize = 200 << 20;

/// The status and the problem of each row of `articles.csv`, by the article's name.
fn rows(folder: &Folder) -> BTreeMap<String, (String, String)> {
    let table = std::fs::read(folder.path("output/articles.csv")).unwrap();
    let mut table = csv::Reader::from_reader(table.strip_prefix(b"\xef\xbb\xbf").unwrap());
    let header = table.headers().unwrap().clone();
    let at = |name| header.iter().position(|h| h == name).unwrap();
    let (article, status, problem) = (at("Article"), at("Status"), at("Problem"));
    table
        .records()
        .map(|row| {
            let row = row.unwrap();
            let cell = |n: usize| row[n].to_owned();
            (cell(article), (cell(status), cell(problem)))
        })
        .collect()
}

/// `before`, then so many times the letter a, then `after`; written piece by piece.
fn flood(path: &Path, before: &[u8], after: &[u8]) {
    let mut file = BufWriter::new(File::create(path).unwrap());
    file.write_all(before).unwrap();
    let piece = vec![b'a'; 1 << 20];
    for _ in 0..FLOOD >> 20 {
        file.write_all(&piece).unwrap();
    }
    file.write_all(after).unwrap();
    file.flush().unwrap();
}

#[test]
fn each_is_named_and_the_good_ones_are_used() {
    let folder = Folder::new().with("in/good.txt", ARTICLE);
    let cut = &ARTICLE.as_bytes()[..=ARTICLE.find("밝혔다").unwrap()];
    let cut_problem = format!(
        "ends in the middle of a character at byte {}",
        cut.len() - 1
    );
    let mut bad = ARTICLE.as_bytes().to_vec();
    bad.remove(ARTICLE.find("거제공업").unwrap());
    let bad_problem = format!(
        "cannot be decoded as UTF-8: bad byte at {}",
        ARTICLE.find("거제공업").unwrap()
    );
    let deep = format!(
        "<html><body>{}{ARTICLE}{}</body></html>",
        "<div>".repeat(100_000),
        "</div>".repeat(100_000)
    );
    let nested = format!(
        "{{\"text\": {}1{}}}",
        "[".repeat(100_000),
        "]".repeat(100_000)
    );
    let without = workbook(&[
        vec!["이름".to_owned(), "나이".to_owned()],
        vec!["가".to_owned(), "3".to_owned()],
    ]);
    let only_header = workbook(&[vec!["제목".to_owned(), "본문".to_owned()]]);
    let bomb = archive(&[
        ("bomb.txt", &vec![b'a'; 65 << 20]),
        ("good.txt", ARTICLE.as_bytes()),
    ]);
    let outside = archive(&[
        ("../up.txt", ARTICLE.as_bytes()),
        ("/root.txt", ARTICLE.as_bytes()),
        ("C:\\c.txt", ARTICLE.as_bytes()),
    ]);
    let noise: Vec<u8> = (0..=255).cycle().take(4096).collect();

    // File, its bytes, the article's name behind it, status, what the problem says.
    let cases: Vec<(&str, Vec<u8>, &str, &str, &str)> = vec![
        ("cut.txt", cut.to_vec(), "", "partial", &cut_problem),
        ("bad-byte.txt", bad, "", "failed", &bad_problem),
        (
            "binary.txt",
            noise,
            "",
            "failed",
            "is a binary file, not text: NUL at byte 0",
        ),
        (
            "picture.txt",
            b"\x89PNG\r\n\x1a\n and so on".to_vec(),
            "",
            "failed",
            "is a PNG picture, not text",
        ),
        (
            "report.pdf",
            b"%PDF-1.7\n".to_vec(),
            "",
            "failed",
            "is a PDF, not text",
        ),
        ("empty.txt", Vec::new(), "", "failed", "the file is empty"),
        ("empty.json", Vec::new(), "", "failed", "the file is empty"),
        (
            "blank.html",
            b" \n\n".to_vec(),
            "",
            "failed",
            "the file is empty",
        ),
        (
            "deep.html",
            deep.into_bytes(),
            "",
            "failed",
            "HTML nested 100002 elements deep; at most 2000 are read",
        ),
        (
            "deep.json",
            nested.into_bytes(),
            "",
            "failed",
            "not an article as JSON",
        ),
        (
            "surrogate.json",
            br#"{"text": "\ud800"}"#.to_vec(),
            "",
            "failed",
            "a lone surrogate in the JSON at byte 10",
        ),
        (
            "nul.json",
            "{\"text\": \"거제시\\u0000는 거제공고와 협약을 맺었다.\"}".into(),
            "",
            "partial",
            "1 NUL character",
        ),
        (
            "raw-nul.json",
            b"{\"text\": \"a\0b\"}".to_vec(),
            "",
            "failed",
            "NUL at byte 11",
        ),
        (
            "half.json",
            b"{\"text\": \"a".to_vec(),
            "",
            "failed",
            "not an article as JSON: EOF while parsing a string at line 1 column 11",
        ),
        (
            "columns.xlsx",
            without,
            "",
            "failed",
            "no column for the text: found `이름`, `나이`, expected one called `text`, `body` or `본문`",
        ),
        (
            "columns.csv",
            "이름,나이\n가,3\n".into(),
            "",
            "failed",
            "no column for the text: found `이름`, `나이`",
        ),
        (
            "rows.xlsx",
            only_header,
            "",
            "failed",
            "there is no row below the header",
        ),
        (
            "no.xlsx",
            b"PK\x03\x04 and no more".to_vec(),
            "",
            "failed",
            "not a spreadsheet that can be read",
        ),
        (
            "no.zip",
            b"PK\x03\x04 and no more".to_vec(),
            "",
            "failed",
            "not a zip archive that can be read",
        ),
        (
            "nothing.zip",
            archive(&[]),
            "",
            "failed",
            "the archive is empty",
        ),
        (
            "bomb.zip",
            bomb,
            "#bomb.txt",
            "failed",
            "is longer than 64 MB",
        ),
        ("bomb.zip", Vec::new(), "#good.txt", "ok", ""),
        (
            "outside.zip",
            outside,
            "#../up.txt",
            "failed",
            "its path leads out of the archive; not read",
        ),
        (
            "outside.zip",
            Vec::new(),
            "#/root.txt",
            "failed",
            "its path leads out of the archive",
        ),
        (
            "outside.zip",
            Vec::new(),
            "#C:\\c.txt",
            "failed",
            "its path leads out of the archive",
        ),
        (
            "no.txt.gz",
            b"\x1f\x8b and no more".to_vec(),
            "",
            "failed",
            "cannot be unpacked",
        ),
    ];
    for (name, bytes, inside, ..) in &cases {
        // A second row of the same archive has no bytes of its own.
        if !bytes.is_empty() || inside.is_empty() {
            folder.write(&format!("in/{name}"), bytes);
        }
    }
    folder.ieum(&["build", "in"]).succeeds();
    let rows = rows(&folder);
    assert_eq!(rows["in/good.txt"], ("ok".to_owned(), String::new()));
    for (name, _, inside, status, says) in &cases {
        let row = rows.get(&format!("in/{name}{inside}"));
        let (got, problem) = row.unwrap_or_else(|| panic!("no row for {name}{inside}"));
        assert!(
            got == status && problem.contains(says),
            "{name}: {got}: {problem}"
        );
        assert!(problem.is_empty() == says.is_empty(), "{name}: {problem}");
    }
    assert_eq!(rows.len(), cases.len() + 1);
    folder.ieum(&["neighbors", "거제시"]).succeeds();
}

#[test]
fn a_line_of_two_hundred_megabytes_is_named_and_passed_over() {
    let folder = Folder::new();
    std::fs::create_dir(folder.path("in")).unwrap();
    flood(&folder.path("in/long.txt"), ARTICLE.as_bytes(), b"");
    let next = serde_json::json!({"id": "next", "text": ARTICLE});
    flood(
        &folder.path("in/long.jsonl"),
        b"{\"text\": \"",
        format!("\"}}\n{next}\n").as_bytes(),
    );
    folder.ieum(&["build", "in"]).succeeds();
    let rows = rows(&folder);
    for name in ["in/long.txt", "in/long.jsonl#1"] {
        assert_eq!(rows[name].0, "failed");
        assert!(rows[name].1.contains("is longer than 64 MB"), "{rows:?}");
    }
    assert_eq!(rows["next"].0, "ok");
}

#[cfg(unix)]
#[test]
fn links_and_pipes_do_not_hold_the_run_up() {
    let folder = Folder::new().with("in/good.txt", ARTICLE);
    let link = |to: &str, name: &str| std::os::unix::fs::symlink(to, folder.path(name)).unwrap();
    link("../in", "in/loop");
    link("nowhere.txt", "in/broken.txt");
    let made = std::process::Command::new("mkfifo")
        .arg(folder.path("in/pipe.txt"))
        .status();
    assert!(made.unwrap().success());
    folder.ieum(&["build", "in"]).succeeds();
    let rows = rows(&folder);
    let problem = |name: &str| rows[name].1.as_str();
    assert_eq!(rows["in/good.txt"].0, "ok");
    assert!(
        problem("in/loop").contains("leads back to its own folder"),
        "{rows:?}"
    );
    assert!(
        problem("in/broken.txt").contains("a link to a file that is not there"),
        "{rows:?}"
    );
    assert!(
        problem("in/pipe.txt").contains("is no ordinary file"),
        "{rows:?}"
    );
}

/// A file of JSON lines, of which the first is read before `change` is done to the file; the problems of the others.
fn changed_while_it_is_read(change: impl Fn(&Path)) -> Vec<String> {
    let folder = Folder::new();
    let filler = "가".repeat(40_000);
    let line = serde_json::json!({"text": filler}).to_string();
    folder.write("a.jsonl", format!("{line}\n{line}\n{line}\n"));
    let path = folder.path("a.jsonl");
    let inputs = article::inputs(std::slice::from_ref(&path)).unwrap();
    let furniture = Furniture::default();
    let mut articles = inputs[0].articles(&furniture);
    assert_eq!(articles.next().unwrap().problems, [""; 0]);
    change(&path);
    articles.map(|a| a.problems.join("; ")).collect()
}

#[test]
fn a_file_that_changes_while_it_is_read_is_read_as_far_as_it_goes() {
    let grown = changed_while_it_is_read(|path| {
        let mut file = OpenOptions::new().append(true).open(path).unwrap();
        file.write_all(b"{\"text\": \"one more\"}\n{\"te").unwrap();
    });
    assert_eq!(grown[..3], ["", "", ""]);
    assert!(grown[3].contains("not an article as JSON"), "{grown:?}");

    let cut = changed_while_it_is_read(|path| {
        let file = OpenOptions::new().write(true).open(path).unwrap();
        file.set_len(200_000).unwrap();
    });
    assert_eq!(cut.len(), 1, "{cut:?}");
    assert!(
        cut[0].contains("middle of a character") || cut[0].contains("JSON"),
        "{cut:?}"
    );

    #[cfg(unix)]
    assert_eq!(
        changed_while_it_is_read(|path| std::fs::remove_file(path).unwrap()),
        ["", ""]
    );
}

#[test]
fn a_file_that_is_gone_when_its_turn_comes_is_named() {
    let folder = Folder::new()
        .with("in/a.txt", ARTICLE)
        .with("in/b.txt", ARTICLE);
    let inputs = article::inputs(&[folder.path("in")]).unwrap();
    std::fs::remove_file(folder.path("in/a.txt")).unwrap();
    let furniture = Furniture::default();
    let problems: Vec<Vec<String>> = inputs
        .iter()
        .flat_map(|i| i.articles(&furniture))
        .map(|a| a.problems)
        .collect();
    assert_eq!(
        problems,
        [vec!["the file is no longer there".to_owned()], Vec::new()]
    );
}
