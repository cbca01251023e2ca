//! Whole pages in many styles: what is main text, and what is not.

use std::path::Path;

use ieum::article;
use ieum::dictionary::{Furniture, Table};

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

fn furniture() -> Furniture {
    let mut bad = Vec::new();
    let text = include_str!("../dictionaries/furniture.csv");
    let table = Table::read("furniture.csv", text, &["marker"], &mut bad);
    Furniture::load(&table, &mut bad)
}

#[test]
fn pages_nobody_wrote_rules_for() {
    let furniture = furniture();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pages");
    let expected = std::fs::read_to_string(folder.join("expected.tsv")).unwrap();
    let mut seen = 0;
    for row in expected.lines().skip(1) {
        let cells: Vec<&str> = row.split('\t').collect();
        let [page, title, published, holds] = cells[..] else {
            panic!("four cells: {row}");
        };
        let inputs = article::inputs(&[folder.join(page)]).unwrap();
        let article = inputs[0].articles(&furniture).next().unwrap();
        assert_eq!(article.title.as_deref().unwrap_or("-"), title, "{page}");
        let day = article.published.map(|d| d.to_string());
        assert_eq!(day.as_deref().unwrap_or("-"), published, "{page}");
        for part in holds.split('|').map(str::trim) {
            assert!(
                article.text.contains(part),
                "{page} lacks {part}:\n{}",
                article.text
            );
        }
        for name in FURNITURE_ONLY {
            assert!(
                !article.text.contains(name),
                "{page} has {name}:\n{}",
                article.text
            );
        }
        assert!(
            article.title.is_none() || article.text.lines().filter(|l| *l == title).count() == 1,
            "{page}"
        );
        assert_eq!(article.problems, [""; 0], "{page}");
        let mut last = 0;
        for sentence in &article.sentences {
            let text = &article.text[sentence.span.clone()];
            assert!(sentence.span.start >= last && !text.contains('\n') && text.trim() == text);
            last = sentence.span.end;
        }
        seen += 1;
    }
    assert_eq!(
        seen,
        std::fs::read_dir(&folder).unwrap().count() - 1,
        "every page has its row"
    );
}
