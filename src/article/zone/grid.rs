//! Copies of pages whose tables have come apart: one cell a line, row after row.

use std::collections::BTreeMap;

use super::line::{CLOSERS, bullet, classify, stops};
use super::{Hint, Kind, Rank};
use crate::dictionary::{Furniture, is_letter};

/// A table has at most so many columns.
const COLUMNS: usize = 7;
/// A table has at least so many rows below its headings.
const ROWS: usize = 2;
/// The longest cell, in characters.
const CELL: usize = 40;
/// The shortest sentence that counts as running text, in characters.
const SENTENCE: usize = 20;

/// A page whose tables of one cell a line have a row a line, its cells parted by bars; `None` where there is no such table.
///
/// The headings of two to seven columns begin it, and the cells below come out even; what does not stays as it is, since a
/// cell is missing then. Linear in the page; without two headings on end nothing is copied.
pub(super) fn gather(page: &str, furniture: &Furniture) -> Option<String> {
    let mut above = false;
    page.split('\n').find(|line| {
        let before = std::mem::replace(&mut above, furniture.is_column(line.trim()));
        before && above
    })?;
    let lines: Vec<&str> = page.split('\n').collect();
    let mut out = String::with_capacity(page.len() + page.len() / 8);
    let mut scratch = String::new();
    let (mut running, mut found) = (false, false);
    let mut at = 0;
    while at < lines.len() {
        if at > 0 {
            out.push('\n');
        }
        let headed = |at: usize| lines.get(at).is_some_and(|l| furniture.is_column(l.trim()));
        let mut count = 1;
        let mut columns = None;
        if headed(at) && headed(at + 1) {
            let run = lines[at..].iter().map(|line| line.trim());
            let cells: Vec<&str> = run
                .take_while(|line| is_cell(line, furniture, &mut scratch))
                .collect();
            count = cells.len().max(1);
            columns = columns_of(&cells, running, furniture);
        }
        for (n, line) in lines[at..at + count].iter().enumerate() {
            if let Some(columns) = columns {
                out.push_str(match n {
                    0 => "",
                    n if n % columns == 0 => "\n",
                    _ => " | ",
                });
                out.push_str(line.trim());
            } else {
                out.push_str(if n > 0 { "\n" } else { "" });
                out.push_str(line);
            }
        }
        found |= columns.is_some();
        running |= stops(lines[at].trim().trim_end_matches(CLOSERS))
            && lines[at].chars().nth(SENTENCE - 1).is_some();
        at += count;
    }
    found.then_some(out)
}

/// Whether a line can be a cell: a few words that are no sentence, no item of a list, no heading and no furniture.
fn is_cell(line: &str, furniture: &Furniture, scratch: &mut String) -> bool {
    let core = line.trim_end_matches(CLOSERS);
    let numbered = core
        .trim_end_matches('.')
        .ends_with(|c: char| c.is_ascii_digit());
    if line.is_empty()
        || line.chars().nth(CELL).is_some()
        || line.starts_with(['[', '<', '【', '〈', '《', '#'])
        || line.contains(['|', '│', '┃', '\t', '：'])
        || line.contains(": ")
        || bullet(line).is_some_and(|rest| !rest.is_empty())
        || (stops(core) && !numbered)
    {
        return false;
    }
    matches!(
        classify(line, Hint::default(), furniture, scratch).0,
        Kind::Head
            | Kind::List
            | Kind::Date(Rank::Day)
            | Kind::Skip("menu" | "number" | "signs only")
    )
}

/// How many columns the table has whose cells these are, headings first.
fn columns_of(cells: &[&str], running: bool, furniture: &Furniture) -> Option<usize> {
    let headings = cells.iter().take_while(|cell| furniture.is_column(cell));
    let headings = headings.take(COLUMNS).count();
    (2..=headings).rev().find(|&columns| {
        let (head, body) = cells.split_at(columns);
        cells.len().is_multiple_of(columns)
            && body.len() >= ROWS * columns
            && (running || head.iter().any(|cell| !furniture.is_label(cell)))
            && !is_menu(body, furniture)
            // A heading further down only repeats its own: `용접 프로그램` below `프로그램`.
            && body.iter().enumerate().all(|(n, cell)| {
                !furniture.is_column(cell) || cell.ends_with(head[n % columns])
            })
            && upright(head, body)
    })
}

/// Whether most of the cells are labels of a menu.
fn is_menu(body: &[&str], furniture: &Furniture) -> bool {
    let worded = || body.iter().filter(|cell| cell.chars().any(is_letter));
    worded().filter(|cell| furniture.is_label(cell)).count() * 2 > worded().count()
}

/// Whether cells that end alike stand below one another. Where cells are missing (a town written once for all its schools)
/// and the rest comes out even by chance, they do not.
fn upright(head: &[&str], body: &[&str]) -> bool {
    let rows = body.len() / head.len();
    let mut ends: BTreeMap<char, [usize; COLUMNS]> = BTreeMap::new();
    for (n, cell) in body.iter().enumerate() {
        // Figures, and the signs that stand for none, are alike.
        let last = cell.chars().rev().find(|&c| is_letter(c));
        let end = last.filter(|_| !cell.starts_with(|c: char| c.is_ascii_digit()));
        ends.entry(end.unwrap_or('0')).or_default()[n % head.len()] += 1;
    }
    ends.iter().all(|(&end, counts)| {
        let all: usize = counts.iter().sum();
        let full = || (0..head.len()).filter(|&n| counts[n] * 2 > rows);
        let kind = |n: usize| head[n].chars().next_back();
        let first = full().next().and_then(kind);
        all < rows.max(2)
            || (full().map(|n| counts[n]).sum::<usize>() * 4 >= all * 3
                && (end == '0' || full().all(|n| kind(n) == first)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_of_one_cell_a_line() {
        let furniture = Furniture::shipped();
        let text = "새솔교육청은 3일 학교 세 곳을 새로 선정했다고 밝혔다.";
        for (page, rows) in [
            // What is above and below stays as it is.
            (
                "□ 선정 결과\n시도\n학교명\n현재 학과\n새솔\n새솔공고\n기계과\n가온\n가온상고\n금융과\n□ 앞으로",
                Some(
                    "□ 선정 결과\n시도 | 학교명 | 현재 학과\n새솔 | 새솔공고 | 기계과\n가온 | 가온상고 | 금융과\n□ 앞으로",
                ),
            ),
            (
                "연 번\n학교명\n인원(명)\n 1\n새솔공고 \n20\n2\n가온상고\n-\n\n  끝\n",
                Some("연 번 | 학교명 | 인원(명)\n1 | 새솔공고 | 20\n2 | 가온상고 | -\n\n  끝\n"),
            ),
            // A first cell that could be a heading.
            (
                "프로그램\n주관기관\n용접 프로그램\n새솔공고\n목공 프로그램\n가온공고",
                Some("프로그램 | 주관기관\n용접 프로그램 | 새솔공고\n목공 프로그램 | 가온공고"),
            ),
            // A missing cell, and so many that it comes out even.
            (
                "시도\n학교명\n학과\n새솔\n새솔공고\n기계과\n가온\n가온상고",
                None,
            ),
            ("지역\n학교명\n새솔\n새솔공고\n한솔공고\n다솔공고", None),
            (
                "지역\n학교명\n학과\n새솔\n새솔공고\n기계과\n한솔공고\n전자과\n다솔공고\n건축과\n나솔공고\n토목과",
                None,
            ),
            // One row, one heading, sentences, lists, menus.
            ("시도\n학교명\n새솔\n새솔공고", None),
            ("학교명\n새솔공고\n가온공고\n나래공고", None),
            ("지역\n학교명\n새솔에 있다.\n새솔공고\n가온\n가온공고", None),
            ("지역\n학교명\n- 새솔\n- 새솔공고\n- 가온\n- 가온공고", None),
            ("홈\n뉴스\n지역\n대학\n새솔\n새솔대\n가온\n가온대", None),
            ("기업\n지역\n정치\n경제\n문화\n스포츠", None),
        ] {
            assert_eq!(gather(page, &furniture).as_deref(), rows, "{page}");
        }
        // Words of menus are headings below running text.
        let page = "지역\n대학\n새솔\n새솔대\n가온\n가온대";
        assert_eq!(gather(page, &furniture), None);
        assert_eq!(
            gather(&format!("{text}\n{page}"), &furniture),
            Some(format!("{text}\n지역 | 대학\n새솔 | 새솔대\n가온 | 가온대"))
        );
    }

    proptest::proptest! {
        #[test]
        fn every_letter_stays(page in "((시도|지역|학교명|현재 학과|인원)\n){0,4}(([가-나]{1,2}(시|고|과)|[0-9]{1,2}|-|시도|학교명|\\PC{0,5})\n){0,30}") {
            let letters = |text: &str| {
                let kept = text.chars().filter(|c| !c.is_whitespace() && *c != '|');
                kept.collect::<String>()
            };
            if let Some(rows) = gather(&page, &Furniture::shipped()) {
                proptest::prop_assert_eq!(letters(&rows), letters(&page));
                proptest::prop_assert!(rows.split('\n').count() < page.split('\n').count());
            }
        }
    }
}
