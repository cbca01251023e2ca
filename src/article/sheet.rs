//! Articles as rows of a table: CSV, TSV, XLSX.

use std::io::Cursor;

use calamine::{Data, Reader};
use unicode_normalization::UnicodeNormalization;

use super::json::{Field, Fields, field};
use super::{Article, decode};

/// The column in which BIGKinds marks what it leaves out of its analyses: the same article twice, and notices.
const LEFT_OUT: &str = "분석제외 여부";

/// Up to so many characters a text from BIGKinds is its excerpt, not the article.
const EXCERPT: usize = 260;

/// What the columns of a table hold.
#[derive(Debug)]
struct Columns {
    fields: Vec<Option<Field>>,
    left_out: Option<usize>,
}

impl Columns {
    /// Understands a header; `None` where it has no column for the text.
    fn new<'a>(header: impl Iterator<Item = &'a str>) -> Option<Self> {
        let mut columns = Self {
            fields: Vec::new(),
            left_out: None,
        };
        for (i, name) in header.enumerate() {
            let name = name.trim().trim_start_matches('\u{feff}');
            if name.nfc().eq(LEFT_OUT.chars()) {
                columns.left_out = Some(i);
            }
            columns.fields.push(field(name));
        }
        columns
            .fields
            .contains(&Some(Field::Text))
            .then_some(columns)
    }

    /// The article in a row; `None` for a row without a value.
    fn article<'a>(
        &self,
        row: impl Iterator<Item = &'a str>,
        place: String,
        encoding: &'static str,
    ) -> Option<Article> {
        let mut fields = Fields::default();
        let mut some = false;
        let mut left_out = None;
        for (i, value) in row.enumerate() {
            some |= !value.trim().is_empty();
            if Some(i) == self.left_out && !value.trim().is_empty() {
                left_out = Some(value.trim().to_owned());
            }
            if let Some(Some(field)) = self.fields.get(i) {
                fields.set(*field, value.to_owned());
            }
        }
        if !some {
            return None;
        }
        if let Some(why) = left_out {
            fields.text = Some(String::new());
            let mut article = fields.article(place, encoding);
            article.problems = vec![format!("left out: `{LEFT_OUT}` says `{why}`")];
            return Some(article);
        }
        let excerpt = self.left_out.is_some()
            && fields
                .text
                .as_ref()
                .is_some_and(|t| (1..=EXCERPT).contains(&t.trim().chars().count()));
        let mut article = fields.article(place, encoding);
        if excerpt {
            article.problems.push(
                "the text is the excerpt that BIGKinds gives, not the whole article".to_owned(),
            );
        }
        Some(article)
    }
}

fn no_text<'a>(header: impl Iterator<Item = &'a str>) -> String {
    let names: Vec<&str> = header
        .map(str::trim)
        .filter(|n| !n.is_empty())
        .take(25)
        .collect();
    format!(
        "no column for the text: found `{}`, expected one called `text`, `body` or `본문`",
        names.join("`, `")
    )
}

/// The articles of a CSV or TSV file with a header. `unread` makes an article of a problem.
pub(super) fn csv(
    source: &str,
    bytes: &[u8],
    unread: impl Fn(&str, String) -> Article,
) -> Vec<Article> {
    let decoded = match decode::decode(bytes, None) {
        Ok(decoded) => decoded,
        Err(problem) => return vec![unread(source, problem)],
    };
    let header = decoded.text.lines().next().unwrap_or("");
    let count = |sign: char| header.matches(sign).count();
    let delimiter = ['\t', ';', '|']
        .into_iter()
        .find(|&c| count(c) > count(','))
        .unwrap_or(',');
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter as u8)
        .flexible(true)
        .from_reader(decoded.text.as_bytes());
    let columns = match reader.headers() {
        Ok(header) => match Columns::new(header.iter()) {
            Some(columns) => columns,
            None => return vec![unread(source, no_text(header.iter()))],
        },
        Err(error) => return vec![unread(source, format!("no CSV header: {error}"))],
    };
    let mut articles = Vec::new();
    for (i, row) in reader.records().enumerate() {
        // As a spreadsheet counts: the header is row 1.
        let place = format!("{source}#{}", i + 2);
        match row {
            Ok(row) => articles.extend(columns.article(row.iter(), place, decoded.encoding)),
            Err(error) => articles.push(unread(&place, format!("not a row of CSV: {error}"))),
        }
    }
    if articles.is_empty() {
        articles.push(unread(
            source,
            "holds no article: there is no row below the header".to_owned(),
        ));
    }
    if let (Some(problem), Some(last)) = (decoded.problem, articles.last_mut()) {
        last.problems.push(problem);
    }
    articles
}

/// The articles of a spreadsheet: the first sheet that has a column for the text.
pub(super) fn xlsx(
    source: &str,
    bytes: &[u8],
    unread: impl Fn(&str, String) -> Article,
) -> Vec<Article> {
    let mut book = match calamine::open_workbook_auto_from_rs(Cursor::new(bytes)) {
        Ok(book) => book,
        Err(error) => {
            return vec![unread(
                source,
                format!("not a spreadsheet that can be read: {error}"),
            )];
        }
    };
    let mut problem = "holds no sheet with a row".to_owned();
    for name in book.sheet_names() {
        let range = match book.worksheet_range(&name) {
            Ok(range) => range,
            Err(error) => {
                problem = format!("sheet `{name}` cannot be read: {error}");
                continue;
            }
        };
        let top = range.start().map_or(0, |s| s.0 as usize);
        // Some exports put a title above the header.
        for (skip, header) in range.rows().enumerate().take(10) {
            let header: Vec<String> = header.iter().map(text).collect();
            let Some(columns) = Columns::new(header.iter().map(String::as_str)) else {
                if skip == 0 {
                    problem = no_text(header.iter().map(String::as_str));
                }
                continue;
            };
            let mut articles = Vec::new();
            for (i, row) in range.rows().enumerate().skip(skip + 1) {
                let cells: Vec<String> = row.iter().map(text).collect();
                let place = format!("{source}#{}", top + i + 1);
                articles.extend(columns.article(cells.iter().map(String::as_str), place, "UTF-8"));
            }
            if articles.is_empty() {
                "holds no article: there is no row below the header".clone_into(&mut problem);
                break;
            }
            return articles;
        }
    }
    vec![unread(source, problem)]
}

/// A cell as text: dates as dates, whole numbers without a point.
fn text(cell: &Data) -> String {
    match cell {
        Data::Empty => String::new(),
        Data::String(s) | Data::DateTimeIso(s) | Data::DurationIso(s) => s.clone(),
        Data::Int(n) => n.to_string(),
        Data::Float(n) => format!("{n}"),
        Data::Bool(b) => b.to_string(),
        Data::DateTime(moment) => {
            let (year, month, day, ..) = moment.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}")
        }
        Data::Error(error) => error.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unread(source: &str, problem: String) -> Article {
        Article {
            source: source.to_owned(),
            problems: vec![problem],
            ..Article::default()
        }
    }

    #[test]
    fn tables() {
        for text in [
            "title,date,text,extra\n협약,2024-05-03,\"새솔시는 \"\"협약\"\"을 맺었다.\n끝이다.\",1\n,,,\n",
            "\u{feff}제목\t일자\t본문\n협약\t20240503\t\"새솔시는 \"\"협약\"\"을 맺었다.\n끝이다.\"\n",
            "일자;제목;언론사;본문\n2024.05.03;협약;;\"새솔시는 \"\"협약\"\"을 맺었다.\n끝이다.\"\n",
        ] {
            let articles = csv("a.csv", text.as_bytes(), unread);
            assert_eq!(articles.len(), 1, "{articles:?}");
            assert_eq!(articles[0].source, "a.csv#2");
            assert_eq!(articles[0].text, "새솔시는 \"협약\"을 맺었다.\n끝이다.");
            assert_eq!(
                articles[0].published.map(|d| d.to_string()).as_deref(),
                Some("2024-05-03")
            );
            assert_eq!(articles[0].problems, [""; 0]);
        }
        let cp949 = encoding_rs::EUC_KR
            .encode("제목,본문\n협약,새솔시다.\n")
            .0
            .into_owned();
        assert_eq!(csv("a.csv", &cp949, unread)[0].text, "새솔시다.");
    }

    #[test]
    fn bigkinds() {
        let header = "뉴스 식별자,일자,언론사,기고자,제목,본문,URL,분석제외 여부";
        let text = format!(
            "{header}\n01100101.20130515100000019,20130515,새벽일보,,협약,새솔시는…,http://a.example,\n2,20130515,,,협약,새솔시는…,,중복\n"
        );
        let articles = csv("a.csv", text.as_bytes(), unread);
        assert_eq!(
            (articles[0].source.as_str(), articles[0].outlet.as_deref()),
            ("a.csv#2", Some("새벽일보"))
        );
        assert!(articles[0].problems[0].contains("excerpt"));
        assert_eq!(
            articles[1].problems,
            ["left out: `분석제외 여부` says `중복`"]
        );
        assert_eq!(articles[1].text, "");
    }

    #[test]
    fn what_is_missing_is_named() {
        assert!(
            csv("a.csv", "a,b\n1,2\n".as_bytes(), unread)[0].problems[0].contains("found `a`, `b`")
        );
        assert!(csv("a.csv", b"text\n", unread)[0].problems[0].contains("no row"));
        assert!(
            xlsx("a.xlsx", b"PK\x03\x04 broken", unread)[0].problems[0]
                .contains("not a spreadsheet")
        );
    }

    #[test]
    fn a_spreadsheet() {
        let bytes = book(
            "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>일자</t></is></c><c r=\"B1\" t=\"inlineStr\"><is><t>본문</t></is></c></row>\
             <row r=\"3\"><c r=\"A3\"><v>20191121</v></c><c r=\"B3\" t=\"inlineStr\"><is><t>새솔시는 협약을 맺었다.</t></is></c></row>",
        );
        let articles = xlsx("a.xlsx", &bytes, unread);
        assert_eq!(articles.len(), 1, "{articles:?}");
        assert_eq!(
            (articles[0].source.as_str(), articles[0].text.as_str()),
            ("a.xlsx#3", "새솔시는 협약을 맺었다.")
        );
        assert_eq!(
            articles[0].published.map(|d| d.to_string()).as_deref(),
            Some("2019-11-21")
        );
        let other = book("<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>이름</t></is></c></row>");
        assert!(xlsx("a.xlsx", &other, unread)[0].problems[0].contains("found `이름`"));
    }

    /// The smallest workbook with one sheet.
    fn book(rows: &str) -> Vec<u8> {
        use std::io::Write;
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        let head = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>";
        let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
        let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
        let package = "http://schemas.openxmlformats.org/package/2006";
        for (name, xml) in [
            (
                "[Content_Types].xml",
                format!("<Types xmlns=\"{package}/content-types\"></Types>"),
            ),
            (
                "_rels/.rels",
                format!(
                    "<Relationships xmlns=\"{package}/relationships\"><Relationship Id=\"r1\" Type=\"{office}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
                ),
            ),
            (
                "xl/_rels/workbook.xml.rels",
                format!(
                    "<Relationships xmlns=\"{package}/relationships\"><Relationship Id=\"r1\" Type=\"{office}/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>"
                ),
            ),
            (
                "xl/workbook.xml",
                format!(
                    "<workbook xmlns=\"{main}\" xmlns:r=\"{office}\"><sheets><sheet name=\"s\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>"
                ),
            ),
            (
                "xl/worksheets/sheet1.xml",
                format!("<worksheet xmlns=\"{main}\"><sheetData>{rows}</sheetData></worksheet>"),
            ),
        ] {
            zip.start_file(name, zip::write::SimpleFileOptions::default())
                .unwrap();
            zip.write_all(format!("{head}{xml}").as_bytes()).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }
}
