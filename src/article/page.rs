//! One page: plain text, Markdown or HTML.

use super::{Article, Sentence, clean, decode, html, zone};
use crate::dictionary::Furniture;

/// A line of a page and what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineReport {
    /// The line.
    pub text: String,
    /// Whether it is main text, or why not.
    pub fate: zone::Fate,
}

/// Reads one page. `source` is its name, by whose ending HTML is recognised too.
pub fn read(source: &str, bytes: &[u8], furniture: &Furniture) -> Article {
    read_with_lines(source, bytes, furniture).0
}

/// Reads one page; says of each of its lines what became of it.
pub fn read_with_lines(
    source: &str,
    bytes: &[u8],
    furniture: &Furniture,
) -> (Article, Vec<LineReport>) {
    let mut article = Article {
        source: source.to_owned(),
        encoding: "UTF-8",
        ..Article::default()
    };
    if bytes.iter().all(u8::is_ascii_whitespace) {
        article.problems.push("the file is empty".to_owned());
        return (article, Vec::new());
    }
    let decoded = match decode::decode(bytes, html::declared_charset(bytes).as_deref()) {
        Ok(decoded) => decoded,
        Err(problem) => {
            article.problems.push(problem);
            return (article, Vec::new());
        }
    };
    article.encoding = decoded.encoding;
    article.problems.extend(decoded.problem);
    let mut removed = clean::Removed::default();
    let page;
    let (text, hints, known) = if html::is_html(source, &decoded.text) {
        match html::read(&decoded.text, furniture) {
            Ok(read) => page = read,
            Err(problem) => {
                article.problems.push(problem);
                return (article, Vec::new());
            }
        }
        let tidy =
            |text: &Option<String>| clean::line(text.as_deref()?, &mut clean::Removed::default());
        article.published = page.published;
        article.outlet = tidy(&page.outlet);
        article.url = tidy(&page.url);
        let known = zone::Known {
            title: tidy(&page.title),
        };
        (page.text.as_str(), page.hints.as_slice(), known)
    } else {
        page = html::Page::default();
        (decoded.text.as_ref(), [].as_slice(), zone::Known::default())
    };
    let mut text = clean::clean(text, &mut removed);
    if hints.is_empty()
        && let Some(unfolded) = zone::unfold(&text, furniture)
    {
        text = unfolded.into();
    }
    // Cleaning may add line breaks (an entity for one): then the hints no longer fit, and a line without hints is read by its looks.
    let hints = if text.matches('\n').count() == hints.len() {
        hints
    } else {
        &[]
    };
    let mut found = zone::find(&text, hints, &known, furniture);
    if found.sentences.iter().all(|s| s.zone == super::Zone::Title)
        && let Some(body) = &page.article_body
    {
        let body = clean::clean(body, &mut removed);
        found = zone::find(
            &format!("{}\n\n{body}", known.title.as_deref().unwrap_or("")),
            &[],
            &known,
            furniture,
        );
    }
    removed.problems(&mut article.problems);
    let lines = text
        .split('\n')
        .zip(&found.fates)
        .map(|(t, &fate)| LineReport {
            text: t.trim().to_owned(),
            fate,
        });
    let lines = lines.collect();
    article.title = found.title;
    article.published = article.published.or(found.published);
    article.outlet = article.outlet.or(found.outlet);
    article.text = found.text;
    article.sentences = found.sentences;
    if article.sentences.is_empty() {
        article
            .problems
            .push("no main text was found on the page".to_owned());
    }
    debug_assert!(valid(&article.text, &article.sentences));
    (article, lines)
}

/// Whether the sentences are in order, apart from each other, on character boundaries and within a line.
fn valid(text: &str, sentences: &[Sentence]) -> bool {
    let mut last = 0;
    sentences.iter().all(|s| {
        let good = s.span.start >= last
            && text
                .get(s.span.clone())
                .is_some_and(|t| !t.is_empty() && !t.contains('\n') && t.trim().len() == t.len());
        last = s.span.end;
        good
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{Zone, zone::Fate};

    fn article(page: &str) -> Article {
        read("page.txt", page.as_bytes(), &Furniture::shipped())
    }

    const BODY: &str = "새솔시는 3일 새솔공업고와 반도체 인력 양성 협약을 맺었다.\n\n협약에는 한빛전자와 새솔상공회의소가 함께했다.";

    #[test]
    fn a_clean_page() {
        let page = format!(
            "새솔시, 새솔공업고와 반도체 협약\n\n입력 2024.05.03 10:24\n\n{BODY}\n\n김가람 기자 garam@saebyeok.example\n<저작권자 ⓒ 새벽일보, 무단 전재 및 재배포 금지>\n"
        );
        let article = article(&page);
        assert_eq!(
            article.title.as_deref(),
            Some("새솔시, 새솔공업고와 반도체 협약")
        );
        assert_eq!(
            article.published.map(|d| d.to_string()).as_deref(),
            Some("2024-05-03")
        );
        assert_eq!(article.outlet.as_deref(), Some("새벽일보"));
        assert_eq!(
            article.text,
            format!(
                "새솔시, 새솔공업고와 반도체 협약\n{}",
                BODY.replace("\n\n", "\n")
            )
        );
        assert_eq!(article.problems, [""; 0]);
        assert_eq!(
            article.sentences.iter().map(|s| s.zone).collect::<Vec<_>>(),
            [Zone::Title, Zone::Body, Zone::Body]
        );
    }

    #[test]
    fn a_caption_with_its_source_does_not_end_the_article() {
        let (first, second) = BODY.split_once("\n\n").unwrap();
        for caption in [
            "실습동 조감도. [사진=새솔시] 2024.05.03 garam@saebyeok.example",
            "새솔공고 전경. (사진=새솔시교육청) garam@saebyeok.example",
            "반도체 실습실. 사진=새솔공업고 제공",
        ] {
            let page =
                format!("새솔시, 새솔공업고와 반도체 협약\n\n{first}\n\n{caption}\n\n{second}\n");
            let article = article(&page);
            let said = caption.split_inclusive('.').next().unwrap();
            assert!(article.text.contains(said), "{caption}: {}", article.text);
            assert!(
                article.text.ends_with(second),
                "{caption}: {}",
                article.text
            );
            assert!(
                !article.text.contains("사진"),
                "{caption}: {}",
                article.text
            );
        }
        let byline = "김가람 기자. 사진=박누리 garam@saebyeok.example";
        let page = format!("새솔시, 새솔공업고와 반도체 협약\n\n{first}\n\n{second}\n\n{byline}\n");
        assert!(article(&page).text.ends_with(second));
    }

    #[test]
    fn what_is_not_the_article() {
        let title = "새솔시, 새솔공업고와 반도체 협약";
        let [first, second] = [
            &BODY[..BODY.find('\n').unwrap()],
            &BODY[BODY.rfind('\n').unwrap() + 1..],
        ];
        let want = format!("{title}\n{first}\n{second}");
        for page in [
            // Weather and a menu above, a box below whose teasers read like articles.
            format!(
                "2025.06.10 (화)\n• 맑음강릉 20.3℃\n기상청 제공\n교육\n{title}\n{first}\n{second}\n최신기사\n더보기\n가온군, 마을학교 열어\n가온군은 7일 마을학교를 열었다. 주민 80명이 찾았다.\n"
            ),
            // A box between the header and the text.
            format!(
                "{title}\n등록 2024-05-03 10:24\n많이 본 뉴스\n1 가온군 산불 진화\n2 나래군 축제 개막\n\n{first}\n{second}\n"
            ),
            // An advertisement and a link inside the text.
            format!(
                "{title}\n\n{first}\n\n[AD] 누리백화점 봄 세일\n▶ 이 기사와 함께 본 기사  가온항 새 단장 / 나래천 불꽃축제 연기\n\n{second}\n"
            ),
            // A most-read list above the headline.
            format!(
                "많이 본 뉴스\n1 가온군 산불 진화\n2 나래군 축제 개막\n\n{title}\n박누리 기자 | 승인 2024.05.03 10:24 | 댓글 0\n{first}\n{second}\n박누리 기자\n가온군은 7일 마을학교를 열었다. 주민 80명이 찾았다.\n"
            ),
            // A summary by a machine, Markdown pictures, tags.
            format!(
                "# {title}\n\nAI 요약\n가온군과 새솔시가 협약을 맺었다는 내용이다.\n\n![가온군 사진](https://a.example/1.jpg)\n\n{first}\n\n{second}\n\n#가온군 #나래군\n댓글 3\n"
            ),
            // Dateline, agency and reporter before the text, and behind it.
            format!(
                "{title}\n\n(가온=새벽통신) 박누리 기자 = {first}\n\n{second} 박누리 기자 nuri@saebyeok.example\n"
            ),
            format!(
                "{title}\n\n[새벽뉴스] {first}\n\n{second}\n\nⓒ 새벽뉴스\n이 시각 주요뉴스\n가온군 산불 진화\n"
            ),
        ] {
            assert_eq!(article(&page).text, want, "{page}");
        }
    }

    #[test]
    fn short_ones() {
        let one = "[속보] 새솔공업고 마이스터고 지정\n\n새솔공업고가 3일 마이스터고로 지정됐다.\n";
        assert_eq!(
            article(one).text,
            "[속보] 새솔공업고 마이스터고 지정\n새솔공업고가 3일 마이스터고로 지정됐다."
        );
        let list = "새벽일보\n정치 | 경제 | 사회\n직업교육 선도학교 명단\n입력 2024-05-03\n△새솔 새솔공업고 △가온 가온상업고\n△나래 나래농업고\n저작권자 ⓒ 새벽일보\n많이 본 기사\n가온군 산불\n";
        let list = article(list);
        assert_eq!(list.title.as_deref(), Some("직업교육 선도학교 명단"));
        assert_eq!(
            list.sentences.iter().map(|s| s.zone).collect::<Vec<_>>(),
            [Zone::Title, Zone::List, Zone::List]
        );
        assert!(!list.text.contains("산불"));
    }

    #[test]
    fn html() {
        let page = r#"<!DOCTYPE html><html><head><title>새솔시 협약 - 새벽일보</title><meta property="og:site_name" content="새벽일보">
<meta property="og:title" content="새솔시, 새솔공업고와 협약 - 새벽일보"><meta property="article:published_time" content="2024-05-02T23:30:00Z">
<link rel="canonical" href="https://a.example/1"></head><body><nav><a>가온군</a></nav><header><h1><a href="/">새벽일보</a></h1></header>
<h2>새솔시, 새솔공업고와 협약</h2><figure><img><figcaption>새솔시와 학교가 협약을 맺고 있다. 새솔시 제공</figcaption></figure>
<div id="articleBody">(새솔=새벽통신) 박누리 기자 = 새솔시는 3일 새솔공업고와 산&middot;학 협약을 맺었다.<br><br>한빛전자도 함께했다.<div class="ad_box">가온군 축제로 오세요.</div><br>
<br>박누리 기자</div><div class="related"><a href="2">나래군, 축제 열어</a></div><footer>© 새벽일보 | 다온시</footer></body></html>"#;
        let article = read("a.html", page.as_bytes(), &Furniture::shipped());
        assert_eq!(
            article.text,
            "새솔시, 새솔공업고와 협약\n새솔시와 학교가 협약을 맺고 있다.\n새솔시는 3일 새솔공업고와 산·학 협약을 맺었다.\n한빛전자도 함께했다."
        );
        assert_eq!(
            article.published.map(|d| d.to_string()).as_deref(),
            Some("2024-05-03")
        );
        assert_eq!(
            (article.outlet.as_deref(), article.url.as_deref()),
            (Some("새벽일보"), Some("https://a.example/1"))
        );
    }

    #[test]
    fn a_page_that_is_one_line() {
        let text =
            "새솔시는 3일 새솔공업고와 반도체 인력 양성 협약을 맺었다. 2025.01.02. 문을 연다.";
        for header in [
            "새솔시, 새솔공업고와 협약 입력 2024.05.03 10:24 ",
            "새솔시, 새솔공업고와 협약 | 박누리 기자 | 승인 2024-05-03 10:24 | 수정 2024-05-04 09:00 | ",
            "새솔시, 새솔공업고와 협약 2024.05.03 ",
            "새솔시, 새솔공업고와 협약 등록 : 2024. 5. 3. 박누리 기자 nuri@a.example ",
        ] {
            let article = article(&format!("{header}{text}"));
            assert_eq!(
                article.text,
                format!("새솔시, 새솔공업고와 협약\n{text}"),
                "{header}"
            );
            let day = article.published.map(|d| d.to_string());
            assert_eq!(day.as_deref(), Some("2024-05-03"), "{header}");
        }
        // A sentence that begins with a day is a sentence.
        for text in [
            text,
            "새솔시는 2024년 5월 3일 협약을 맺었다.",
            "새솔시는 2024.05.03.까지 신청을 받는다.",
        ] {
            let article = article(text);
            assert_eq!((article.title, article.text.as_str()), (None, text));
        }
    }

    #[test]
    fn what_is_no_link() {
        let page = "[단독](주)새솔, 채용 협약\n\n새솔시는 [새솔공업고](https://a.example/1)와 협약을 맺었다.\n";
        assert_eq!(
            article(page).text,
            "[단독](주)새솔, 채용 협약\n새솔시는 새솔공업고와 협약을 맺었다."
        );
        // A table of headers names no headline.
        let page = "<html><head><title>새솔시 협약 소식</title></head><body><h1>새솔시 협약 소식</h1><p>새솔시는 3일 협약을 맺었다.</p><table><tr><td>제목</td><td>작성자</td><td>등록일</td></tr></table></body></html>";
        let article = read("a.html", page.as_bytes(), &Furniture::shipped());
        assert_eq!(article.title.as_deref(), Some("새솔시 협약 소식"));
    }

    #[test]
    fn nesting_is_refused_not_followed() {
        let page = format!(
            "<html><body>{}새솔시{}</body></html>",
            "<div>".repeat(100_000),
            "</div>".repeat(100_000)
        );
        let article = read("deep.html", page.as_bytes(), &Furniture::shipped());
        assert!(
            article.problems[0].contains("nested"),
            "{:?}",
            article.problems
        );
        let page = format!(
            "<html><body>{}<p>새솔시는 3일 협약을 맺었다.{}</body></html>",
            "<div>".repeat(1900),
            "</div>".repeat(1900)
        );
        assert_eq!(
            read("a.html", page.as_bytes(), &Furniture::shipped()).text,
            "새솔시는 3일 협약을 맺었다."
        );
    }

    #[test]
    fn empty_and_broken() {
        assert_eq!(article(" \n").problems, ["the file is empty"]);
        assert!(article("\u{0}\u{1}\u{2}\u{0}").problems[0].contains("binary"));
        assert_eq!(
            article("- - -\n").problems,
            ["no main text was found on the page"]
        );
    }

    #[test]
    fn every_line_has_a_fate() {
        let page = "새솔시, 협약\n\n새솔시는 3일 협약을 맺었다.\n댓글쓰기\n";
        let (_, lines) = read_with_lines("a.txt", page.as_bytes(), &Furniture::shipped());
        let fates: Vec<_> = lines.iter().map(|l| l.fate).collect();
        assert_eq!(fates[0], Fate::Kept(Zone::Title));
        assert_eq!(fates[2], Fate::Kept(Zone::Body));
        assert_eq!(fates[3], Fate::Dropped("end of the article"));
        assert_eq!(lines.len(), 5);
    }

    proptest::proptest! {
        #[test]
        fn any_page(page in "([가-힣]{1,5}[ .,|]|다\\.|\n|기자|입력 2024-05-03|많이 본|ⓒ|△|<[a-z/]{1,6}>|&[a-z]+;|\\PC){0,60}") {
            for name in ["a.txt", "a.html"] {
                let article = read(name, page.as_bytes(), &Furniture::shipped());
                assert!(valid(&article.text, &article.sentences));
            }
        }

        #[test]
        fn any_bytes(bytes: Vec<u8>) {
            let article = read("a.txt", &bytes, &Furniture::shipped());
            assert!(!article.problems.is_empty() || !article.sentences.is_empty());
        }
    }
}
