//! `ieum export xlsx`: the tables as sheets of one workbook, for people.
//!
//! Text is written as text, so nothing is run as a formula and no value has to be changed for that; numbers are
//! numbers and days are days.

use std::fs::File;
use std::io::{self, Write};
use std::panic::{self, AssertUnwindSafe};
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use jiff::civil::Date;
use petgraph::visit::EdgeRef;
use petgraph::{Incoming, Outgoing};
use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format as Style, Workbook, Worksheet, XlsxError,
};
use unicode_width::UnicodeWidthStr;

use super::look::counts;
use super::measures::{MEASURES, Read};
use super::nodes::names;
use super::{Format, Loss};
use crate::graph::{ABOUT, Graph, PARTY, Reading, Text};

/// The graph as a workbook.
#[derive(Debug, Clone, Copy, Default)]
pub struct Xlsx;

/// Rows of a sheet, and characters of a cell, that Excel takes.
const ROWS: usize = 1_048_576;
const CELL: usize = 32_767;
/// Columns are so wide at least and at most.
const WIDTH: (usize, usize) = (6, 60);

impl Format for Xlsx {
    fn file(&self) -> &'static str {
        "graph.xlsx"
    }

    fn name(&self) -> &'static str {
        "xlsx"
    }

    fn write(&self, graph: &Graph, out: &mut dyn Write) -> io::Result<Loss> {
        save(graph, &std::env::temp_dir(), out)
    }

    /// The sheets are drafted beside the file, not in the system's temporary folder.
    fn create(&self, graph: &Graph, path: &Path) -> io::Result<Loss> {
        let mut file = File::create_new(path)?;
        let loss = save(graph, path.parent().unwrap_or(Path::new(".")), &mut file)?;
        file.sync_data()?;
        Ok(loss)
    }
}

fn save(graph: &Graph, drafts: &Path, out: &mut dyn Write) -> io::Result<Loss> {
    let made = caught(|| workbook(graph, drafts));
    let (bytes, loss) = made?.map_err(io::Error::other)?;
    out.write_all(&bytes)?;
    out.flush()?;
    Ok(loss)
}

/// What `work` gives, or what it panicked with: the crate below panics where a draft of a sheet cannot be written, as
/// on a full disk. While it works, no panic is printed; one at a time works.
fn caught<T>(work: impl FnOnce() -> T) -> io::Result<T> {
    static ONE: Mutex<()> = Mutex::new(());
    let _one = ONE.lock().unwrap_or_else(PoisonError::into_inner);
    let hook = panic::take_hook();
    panic::set_hook(Box::new(|_| {}));
    let done = panic::catch_unwind(AssertUnwindSafe(work));
    panic::set_hook(hook);
    done.map_err(|payload| {
        let why = payload.downcast_ref::<String>().map(String::as_str);
        let why = why.or_else(|| payload.downcast_ref::<&str>().copied());
        io::Error::other(format!(
            "a draft of a sheet could not be written ({})",
            why.unwrap_or_default()
        ))
    })
}

/// What stands in a cell.
enum Cell<'a> {
    Text(&'a str),
    Owned(String),
    Quoted(&'a Text),
    Count(u32),
    Real(f64),
    Day(Option<Date>),
}

fn workbook(graph: &Graph, drafts: &Path) -> Result<(Vec<u8>, Loss), XlsxError> {
    let mut book = Book {
        workbook: Workbook::new(),
        head: Style::new().set_bold().set_background_color("#E8ECF0"),
        date: Style::new().set_num_format("yyyy-mm-dd"),
        loss: Loss::default(),
    };
    book.workbook.set_tempdir(drafts)?;
    // The time of writing would differ each time.
    let created = ExcelDateTime::from_ymd(2024, 1, 1)?;
    book.workbook
        .set_properties(&DocProperties::new().set_creation_datetime(&created));
    book.summary(graph)?;
    book.nodes(graph)?;
    book.edges(graph)?;
    book.agreements(graph)?;
    book.evidence(graph)?;
    book.articles(graph)?;
    let bytes = book.workbook.save_to_buffer()?;
    Ok((bytes, book.loss))
}

struct Book {
    workbook: Workbook,
    head: Style,
    date: Style,
    loss: Loss,
}

impl Book {
    /// A sheet with a header that stays in sight and filters; as many sheets as the rows need.
    fn sheet<'a, R: IntoIterator<Item = Cell<'a>>>(
        &mut self,
        name: &str,
        header: &[&str],
        rows: impl Iterator<Item = R>,
    ) -> Result<(), XlsxError> {
        let mut rows = rows.peekable();
        let mut number = 1;
        loop {
            let title = if number == 1 {
                name.to_owned()
            } else {
                format!("{name} {number}")
            };
            // Rows come in order, so a sheet need not be held in memory.
            let sheet = self.workbook.add_worksheet_with_low_memory()?;
            sheet.set_name(title)?;
            let mut widths: Vec<usize> = header.iter().map(|title| title.width() + 3).collect();
            for (column, title) in (0..).zip(header) {
                sheet.write_string_with_format(0, column, *title, &self.head)?;
            }
            let mut row = 0;
            while row + 1 < ROWS
                && let Some(cells) = rows.next()
            {
                row += 1;
                for ((column, cell), widest) in (0..).zip(cells).zip(&mut widths) {
                    let width = put(sheet, row as u32, column, cell, &self.date, &mut self.loss)?;
                    *widest = (*widest).max(width + 1);
                }
            }
            sheet.set_freeze_panes(1, 0)?;
            sheet.autofilter(0, 0, row as u32, header.len() as u16 - 1)?;
            for (column, width) in (0..).zip(widths) {
                sheet.set_column_width(column, width.clamp(WIDTH.0, WIDTH.1) as f64)?;
            }
            if rows.peek().is_none() {
                return Ok(());
            }
            number += 1;
        }
    }

    fn summary(&mut self, graph: &Graph) -> Result<(), XlsxError> {
        let word = |key: &str| {
            let label = graph.meta.labels.iter().find(|label| label.key == key);
            label.map_or_else(|| key.to_owned(), |label| label.korean.clone())
        };
        let read = graph
            .articles
            .iter()
            .filter(|article| article.status != Reading::Failed);
        let days = || {
            graph
                .articles
                .iter()
                .filter_map(|article| article.published)
        };
        let mut rows = vec![["기사".to_owned(), String::new()].map(Cell::Owned)];
        rows[0][1] = Cell::Count(read.count() as u32);
        let mut add = |name: String, cell| rows.push([Cell::Owned(name), cell]);
        add(
            "같은 기사를 하나로 센 수".to_owned(),
            Cell::Count(graph.stories() as u32),
        );
        add("첫 기사".to_owned(), Cell::Day(days().min()));
        add("마지막 기사".to_owned(), Cell::Day(days().max()));
        add(
            "이름".to_owned(),
            Cell::Count(graph.net.node_count() as u32),
        );
        for (kind, count) in counts(graph) {
            add(format!("이름: {}", word(kind)), Cell::Count(count as u32));
        }
        add(
            "관계".to_owned(),
            Cell::Count(graph.net.edge_count() as u32),
        );
        let mut relations: Vec<&str> = graph.net.edge_weights().map(|edge| &*edge.kind).collect();
        relations.sort_unstable();
        for same in relations.chunk_by(|a, b| a == b) {
            add(
                format!("관계: {}", word(same[0])),
                Cell::Count(same.len() as u32),
            );
        }
        add("ieum".to_owned(), Cell::Text(&graph.meta.version));
        add("사전".to_owned(), Cell::Text(&graph.meta.dictionaries));
        self.sheet("요약", &["항목", "값"], rows.into_iter())
    }

    fn nodes(&mut self, graph: &Graph) -> Result<(), XlsxError> {
        let header = [
            "식별자",
            "이름",
            "종류",
            "사전에 있음",
            "기사에 나온 이름",
            "지역",
            "상위",
            "언급",
            "같은 기사를 하나로",
            "기사",
            "처음",
            "마지막",
        ];
        let header = header.into_iter().chain(MEASURES.map(|m| m.korean));
        let header: Vec<&str> = header.collect();
        let rows = graph.net.node_weights().map(|node| {
            let measure = |read| match read {
                Read::Count(read) => Cell::Count(read(&node.measures)),
                Read::Weight(read) | Read::Share(read) => Cell::Real(read(&node.measures)),
            };
            let measures = MEASURES.map(|of| measure(of.read));
            let own = [
                Cell::Text(&node.id),
                Cell::Text(&node.label),
                Cell::Text(&node.kind),
                Cell::Text(if node.known { "예" } else { "아니요" }),
                Cell::Owned(names(node)),
                Cell::Text(node.attribute("city")),
                Cell::Text(node.attribute("parent")),
                Cell::Count(node.mentions),
                Cell::Count(node.stories),
                Cell::Count(node.articles),
                Cell::Day(node.first_seen),
                Cell::Day(node.last_seen),
            ];
            own.into_iter().chain(measures)
        });
        self.sheet("이름", &header, rows)
    }

    fn edges(&mut self, graph: &Graph) -> Result<(), XlsxError> {
        let header = [
            "주체",
            "관계",
            "대상",
            "무게",
            "상태",
            "같은 기사를 하나로",
            "기사",
            "처음",
            "마지막",
            "주체 식별자",
            "관계 식별자",
            "대상 식별자",
        ];
        let rows = graph.net.edge_references().map(|edge| {
            let (source, target) = (&graph.net[edge.source()], &graph.net[edge.target()]);
            let stated = edge.weight();
            [
                Cell::Text(&source.label),
                Cell::Text(&stated.label),
                Cell::Text(&target.label),
                Cell::Real(stated.weight),
                Cell::Owned(stated.status.to_string()),
                Cell::Count(stated.stories),
                Cell::Count(stated.articles),
                Cell::Day(stated.first_seen),
                Cell::Day(stated.last_seen),
                Cell::Text(&source.id),
                Cell::Text(&stated.kind),
                Cell::Text(&target.id),
            ]
        });
        self.sheet("관계", &header, rows)
    }

    fn agreements(&mut self, graph: &Graph) -> Result<(), XlsxError> {
        let header = ["협약", "날짜", "내용", "당사자", "종류", "기사", "식별자"];
        let signings = graph
            .net
            .node_indices()
            .filter(|&at| graph.net[at].signing.is_some());
        let rows = signings.flat_map(|at| {
            let node = &graph.net[at];
            let about = graph.net.edges_directed(at, Outgoing);
            let about = about.filter(|edge| &*edge.weight().kind == ABOUT);
            let mut about: Vec<_> = about.map(|edge| edge.target()).collect();
            about.sort_unstable();
            let about: Vec<&str> = about
                .iter()
                .map(|&at| graph.net[at].label.as_str())
                .collect();
            let about = about.join(", ");
            let parties = graph.net.edges_directed(at, Incoming);
            let parties = parties.filter(|edge| &*edge.weight().kind == PARTY);
            let mut parties: Vec<_> = parties.map(|e| (e.source(), e.weight().articles)).collect();
            parties.sort_unstable();
            parties.into_iter().map(move |(party, articles)| {
                let party = &graph.net[party];
                [
                    Cell::Text(&node.label),
                    Cell::Day(node.signing.and_then(|signing| signing.date)),
                    Cell::Owned(about.clone()),
                    Cell::Text(&party.label),
                    Cell::Text(&party.kind),
                    Cell::Count(articles),
                    Cell::Text(&node.id),
                ]
            })
        });
        self.sheet("협약", &header, rows)
    }

    fn evidence(&mut self, graph: &Graph) -> Result<(), XlsxError> {
        let header = ["주체", "관계", "대상", "문장", "기사 제목", "날짜", "기사"];
        let rows = graph.net.edge_references().flat_map(|edge| {
            let (source, target) = (&graph.net[edge.source()], &graph.net[edge.target()]);
            let stated = edge.weight();
            stated.evidence.iter().map(move |evidence| {
                let sentence = &graph.sentences[evidence.sentence as usize];
                let article = &graph.articles[sentence.article as usize];
                [
                    Cell::Text(&source.label),
                    Cell::Text(&stated.label),
                    Cell::Text(&target.label),
                    Cell::Quoted(&sentence.text),
                    Cell::Text(article.title.as_deref().unwrap_or_default()),
                    Cell::Day(article.published),
                    Cell::Text(&article.source),
                ]
            })
        });
        self.sheet("근거", &header, rows)
    }

    fn articles(&mut self, graph: &Graph) -> Result<(), XlsxError> {
        let header = [
            "기사",
            "제목",
            "날짜",
            "매체",
            "주소",
            "같은 기사",
            "이름 수",
            "관계 수",
            "상태",
            "문제",
        ];
        let rows = graph.articles.iter().map(|article| {
            let story = &graph.articles[article.story as usize].source;
            [
                Cell::Text(&article.source),
                Cell::Text(article.title.as_deref().unwrap_or_default()),
                Cell::Day(article.published),
                Cell::Text(article.outlet.as_deref().unwrap_or_default()),
                Cell::Text(article.url.as_deref().unwrap_or_default()),
                Cell::Text(if *story == article.source { "" } else { story }),
                Cell::Count(article.entities),
                Cell::Count(article.relations),
                Cell::Text(article.status.as_str()),
                Cell::Text(&article.problem),
            ]
        });
        self.sheet("기사", &header, rows)
    }
}

/// Writes a cell and says how wide it is.
fn put(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    cell: Cell,
    date: &Style,
    loss: &mut Loss,
) -> Result<usize, XlsxError> {
    let text = match cell {
        Cell::Count(count) => {
            sheet.write_number(row, column, count)?;
            return Ok(8);
        }
        Cell::Real(value) => {
            sheet.write_number(row, column, value)?;
            return Ok(10);
        }
        Cell::Day(None) => return Ok(0),
        Cell::Day(Some(day)) => {
            let (year, month) = (u16::try_from(day.year()), day.month().unsigned_abs());
            let excel = year.ok().and_then(|year| {
                ExcelDateTime::from_ymd(year, month, day.day().unsigned_abs()).ok()
            });
            match excel {
                Some(excel) => sheet.write_datetime_with_format(row, column, &excel, date)?,
                // Before 1900: Excel has no such days.
                None => sheet.write_string(row, column, day.to_string())?,
            };
            return Ok(11);
        }
        Cell::Text(text) => text.to_owned(),
        Cell::Owned(text) => text,
        Cell::Quoted(text) => text.read().map_err(XlsxError::IoError)?.into_owned(),
    };
    if text.is_empty() {
        return Ok(0);
    }
    // Excel counts UTF-16 units.
    let mut units = 0;
    let end = text.char_indices().find(|(_, c)| {
        units += c.len_utf16();
        units > CELL
    });
    let kept = end.map_or(text.as_str(), |(end, _)| &text[..end]);
    loss.characters += text[kept.len()..].chars().count();
    sheet.write_string(row, column, kept)?;
    Ok(kept.chars().take(WIDTH.1).collect::<String>().width())
}
