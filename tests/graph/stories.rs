//! Near-identical texts are one story; different texts on one event are not.

use ieum::graph::Graph;
use ieum::record::Record;

use crate::records::{article, graph};

const LEAD: &str = "새솔시와 한빛공업고등학교, 지역 기업 여섯 곳이 3일 새솔시청에서 로봇 인재를 함께 기르기로 하고 업무협약을 맺었다.";
const BODY: [&str; 6] = [
    "협약에 따라 학교는 내년 신입생부터 로봇제어과를 새로 열고 기업은 실습 장비와 강사를 보낸다.",
    "시는 기숙사를 고치는 데 드는 12억 원을 내고, 교육지원청은 교재 개발을 맡는다.",
    "참여 기업들은 졸업생을 해마다 스무 명 넘게 뽑겠다고 약속했으며 2학년부터 현장 실습을 연다.",
    "한빛공업고는 1968년 문을 연 뒤 기계와 전기 분야에서 만 명이 넘는 졸업생을 냈다.",
    "시장은 \"배운 곳에서 일하고 사는 길을 넓히겠다\"며 \"세 해 뒤에는 마이스터고 지정에도 도전하겠다\"고 말했다.",
    "교장은 학생들이 고향을 떠나지 않고도 좋은 일자리를 얻게 되기를 바란다고 덧붙였다.",
];
/// The same event, told by somebody who was there.
const OTHER: [&str; 6] = [
    "3일 오후 새솔시청 대회의실, 작업복 차림의 학생 둘이 로봇 팔을 움직여 협약서를 건넸다.",
    "한빛공고 2학년 학생은 집에서 다닐 수 있는 회사가 생긴다니 좋다고 했다.",
    "이날 서명한 곳은 새솔시와 한빛공고, 그리고 로봇 부품을 만드는 기업 여섯 곳이다.",
    "약속은 크지만 풀어야 할 일도 많다. 로봇제어과를 가르칠 교사는 아직 두 명뿐이다.",
    "기업들이 뽑겠다는 스무 명도 경기가 나빠지면 지켜질지 알 수 없다는 걱정이 나온다.",
    "시는 예산 12억 원을 다음 달 의회에 올린다. 의회는 기숙사부터 고쳐야 한다는 태도다.",
];

fn text(lead: &str, body: &[&str]) -> Vec<String> {
    std::iter::once(lead)
        .chain(body.iter().copied())
        .map(str::to_owned)
        .collect()
}

fn page(source: &str, title: &str, text: &[String]) -> Record {
    let mut sentences = vec![title];
    sentences.extend(text.iter().map(String::as_str));
    Record {
        title: Some(title.to_owned()),
        ..article(source, "2025-04-03", &sentences)
    }
}

/// The sources of each story.
fn stories(graph: &Graph) -> Vec<Vec<&str>> {
    let mut stories: Vec<Vec<&str>> = Vec::new();
    for (place, article) in graph.articles.iter().enumerate() {
        let first = article.story as usize;
        if first == place {
            stories.push(vec![&article.source]);
        } else {
            let first = graph.articles[first].source.as_str();
            let story = stories.iter_mut().find(|story| story[0] == first);
            story.expect("told before").push(&article.source);
        }
    }
    stories
}

#[test]
fn copies_are_one_story_and_another_telling_is_not() {
    let original = text(LEAD, &BODY);
    let retitled = page("b", "로봇 인재, 지역이 함께 키운다", &original);
    let new_lead = text(
        "새솔시가 로봇 산업을 이끌 기술 인재를 키우는 데 발 벗고 나섰다.",
        &BODY,
    );
    let cut = text(LEAD, &BODY[..3]);
    let excerpt = text(LEAD, &BODY[..1]);
    let mut edited = original.clone();
    for sentence in &mut edited {
        *sentence = sentence
            .replace("맺었다", "체결했다고 밝혔다")
            .replace("보낸다", "보낼 방침이다")
            .replace("스무 명", "20명")
            .replace("말했다", "강조했다");
    }
    let spaced: Vec<String> = original.iter().map(|s| s.replace(", ", "·")).collect();
    let records = [
        page("a", "새솔시·한빛공고 로봇 인재 협약", &original),
        retitled,
        page("c", "새솔시, 로봇 인재 양성", &new_lead),
        page("d", "새솔시 한빛공고 협약", &cut),
        page("e", "", &excerpt),
        page("f", "한빛공고에 로봇제어과", &edited),
        page("g", "한빛공고에 로봇제어과", &spaced),
        page("x", "스무 명의 약속", &text("", &OTHER)),
    ];
    let expected: [&[&str]; 2] = [&["a", "b", "c", "d", "e", "f", "g"], &["x"]];
    assert_eq!(stories(&graph(&records)), expected);
    let backwards = graph(records.iter().rev());
    assert_eq!(stories(&backwards), expected);
}

#[test]
fn short_texts_have_to_be_equal() {
    let short = |source, text: &str| article(source, "2025-04-03", &[text]);
    let records = [
        short("a", "한빛공고, 로봇제어과 신설"),
        short("b", "한빛공고 로봇제어과 신설!"),
        short("c", "한빛공고, 로봇제어과 폐지"),
        short("d", ""),
        short("e", ""),
        short("f", "…"),
    ];
    let expected: [&[&str]; 5] = [&["a", "b"], &["c"], &["d"], &["e"], &["f"]];
    assert_eq!(stories(&graph(&records)), expected);
}

#[test]
fn a_digest_of_several_stories_is_none_of_the_later_ones() {
    let first = text(LEAD, &BODY);
    let second: Vec<String> = text("", &OTHER);
    let digest = [first.clone(), second.clone()].concat();
    let records = [
        page("a", "하나", &first),
        page("b", "둘", &second),
        page("c", "이 주의 소식", &digest),
    ];
    assert_eq!(stories(&graph(&records)), [&["a", "c"][..], &["b"]]);
}

#[test]
fn stock_phrases_join_nothing() {
    let words: Vec<&str> = BODY
        .iter()
        .chain(&OTHER)
        .flat_map(|s| s.split(' '))
        .collect();
    let mut chance = 1_u64;
    let mut own = || {
        let mut pick = || {
            chance = chance
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            words[(chance >> 33) as usize % words.len()]
        };
        (0..40).map(|_| pick()).collect::<Vec<_>>().join(" ")
    };
    let records: Vec<Record> = (0..300)
        .map(|n| {
            let shared = BODY[n % 6];
            article(&format!("{n:03}"), "", &[&own(), shared, &own()])
        })
        .collect();
    assert_eq!(stories(&graph(&records)).len(), 300);
}
