//! Whole pages in many styles: what is main text, and what is not.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]
#![allow(
    clippy::print_stdout,
    reason = "what was measured is for people to read"
)]

use std::path::Path;

use ieum::article::{self, Article};
use ieum::dictionary::{Dictionary, Furniture};

/// Names that the pages use in menus, teasers, advertisements and comments only; reporters and credits too.
const FURNITURE_ONLY: [&str; 20] = [
    "흰여울",
    "미리내",
    "노루목",
    "윤슬",
    "박하늘",
    "이든",
    "온누리",
    "하람",
    "해솔",
    "글 하늬",
    "무단",
    "구독",
    "℃",
    "저작권",
    "회오리",
    "누룩",
    "김소담",
    "마루한",
    "도래샘",
    "온새미",
];

/// The pages that have a row, with the row's cells: page, title, published, outlet.
fn rows(folder: &Path) -> Vec<Vec<String>> {
    let expected = std::fs::read_to_string(folder.join("expected.tsv")).unwrap();
    let rows = expected.lines().skip(1);
    rows.map(|row| row.split('\t').map(str::to_owned).collect())
        .collect()
}

fn read(path: &Path, furniture: &Furniture) -> Article {
    let inputs = article::inputs(&[path.to_owned()]).unwrap();
    inputs[0].articles(furniture).next().unwrap()
}

#[test]
fn pages_nobody_wrote_rules_for() {
    let dictionary = Dictionary::embedded().unwrap();
    let furniture = dictionary.furniture();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pages");
    let rows = rows(&folder);
    for row in &rows {
        let [page, title, published, outlet] = &row[..] else {
            panic!("four cells: {row:?}");
        };
        let article = read(&folder.join(page), furniture);
        assert_eq!(article.title.as_deref().unwrap_or("-"), title, "{page}");
        let day = article.published.map(|d| d.to_string());
        assert_eq!(day.as_deref().unwrap_or("-"), published, "{page}");
        assert_eq!(article.outlet.as_deref().unwrap_or("-"), outlet, "{page}");
        for name in FURNITURE_ONLY {
            assert!(
                !article.text.contains(name),
                "{page} has {name}:\n{}",
                article.text
            );
        }
        assert!(
            article.title.is_none() || article.text.lines().filter(|l| l == title).count() == 1,
            "{page}"
        );
        assert_eq!(article.problems, [""; 0], "{page}");
        let mut last = 0;
        for sentence in &article.sentences {
            let text = &article.text[sentence.span.clone()];
            assert!(sentence.span.start >= last && !text.contains('\n') && text.trim() == text);
            last = sentence.span.end;
        }
    }
    let files = std::fs::read_dir(&folder).unwrap();
    let pages = files.filter(|f| f.as_ref().unwrap().path().is_file());
    assert_eq!(rows.len(), pages.count() - 1, "every page has its row");
}

/// The letters of each sentence of a text.
fn sentences(text: &str) -> Vec<String> {
    let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect();
    let sentences = article::sentences(text);
    sentences
        .into_iter()
        .map(|s| letters(&text[s.span]))
        .collect()
}

/// Counts the sentences of `got` that `want` has too, each as often as there; says which differ.
fn shared(name: &str, got: &str, want: &str) -> (usize, usize, usize) {
    let (got, want) = (sentences(got), sentences(want));
    let mut left = want.clone();
    let mut right = 0;
    for sentence in &got {
        if let Some(at) = left.iter().position(|s| s == sentence) {
            left.swap_remove(at);
            right += 1;
        } else {
            println!("{name} has too much: {sentence}");
        }
    }
    for sentence in left {
        println!("{name} lacks: {sentence}");
    }
    (right, got.len(), want.len())
}

/// What a reader takes for the article's text against what is taken for it here, sentence by sentence.
#[test]
fn the_main_text_is_what_a_reader_takes_for_it() {
    let dictionary = Dictionary::embedded().unwrap();
    let furniture = dictionary.furniture();
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let mut wanted = Vec::new();
    for row in rows(&tests.join("pages")) {
        let page = tests.join("pages").join(&row[0]);
        let text = tests.join("pages/text").join(page.file_name().unwrap());
        let text = std::fs::read_to_string(text.with_extension("txt")).unwrap();
        let cell = |n: usize| Some(row[n].clone()).filter(|c: &String| c != "-");
        wanted.push((page, cell(1), cell(2), text));
    }
    for file in std::fs::read_dir(tests.join("articles")).unwrap() {
        let page = file.unwrap().path();
        let gold = tests.join("gold").join(page.file_name().unwrap());
        let gold = std::fs::read_to_string(gold.with_extension("json")).unwrap();
        let gold: serde_json::Value = serde_json::from_str(&gold).unwrap();
        let cell = |key: &str| gold[key].as_str().map(str::to_owned);
        let text = cell("text").unwrap();
        wanted.push((page, cell("title"), cell("published"), text));
    }
    let pages = wanted.len();
    let (mut right, mut kept, mut all, mut titles, mut dates) = (0, 0, 0, 0, 0);
    for (page, title, published, text) in wanted {
        let article = read(&page, furniture);
        let name = page.file_name().unwrap().to_str().unwrap();
        let counts = shared(name, &article.text, &text);
        right += counts.0;
        kept += counts.1;
        all += counts.2;
        titles += usize::from(article.title == title);
        dates += usize::from(article.published.map(|d| d.to_string()) == published);
    }
    let (precision, recall) = (right as f64 / kept as f64, right as f64 / all as f64);
    println!(
        "{pages} pages, {all} sentences: precision {precision:.3}, recall {recall:.3}; titles {titles}, dates {dates}"
    );
    assert!(precision >= 0.98, "precision {precision:.3}");
    assert!(recall >= 0.98, "recall {recall:.3}");
    assert!(titles * 100 >= pages * 95, "{titles} of {pages} titles");
    assert!(dates * 100 >= pages * 95, "{dates} of {pages} dates");
}
