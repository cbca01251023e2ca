//! Cold questions to graphs of 100,000 and 1,000,000 edges: a process each time, as a person at a terminal asks.
//!
//! `cargo bench --bench query`; the graphs stay in the target folder's `tmp`, `/usr/bin/time -v` on the binary shows
//! the memory.

#[path = "generator/chance.rs"]
mod chance;

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use chance::Chance;
use divan::Bencher;
use ieum::graph::{
    AGREEMENT, Article, Edge, EdgeStatus, Evidence, Graph, Label, Name, Naming, Node, PARTY,
    Sentence, Signing,
};
use ieum::relation::Status;
use ieum::store;

fn main() {
    divan::main();
}

const SIZES: [usize; 2] = [100_000, 1_000_000];

impl Chance {
    /// Small numbers are frequent, as names in the news are.
    fn rank(&mut self, limit: usize) -> usize {
        let (a, b, c) = (
            self.below(limit) + 1,
            self.below(limit) + 1,
            self.below(limit) + 1,
        );
        a * b / limit * c / limit
    }
}

/// Types, how many of a hundred nodes they have, and how their names end.
const KINDS: [(&str, usize, &str); 5] = [
    ("city", 2, "시"),
    ("company", 40, "테크"),
    ("organization", 17, "교육지원청"),
    ("program", 1, " 혁신지구"),
    ("school", 40, "공업고등학교"),
];
const SYLLABLES: [&str; 32] = [
    "가", "나", "다", "라", "마", "바", "사", "아", "자", "차", "카", "타", "파", "하", "강", "남",
    "동", "서", "울", "진", "원", "성", "영", "광", "주", "천", "산", "포", "양", "평", "신", "한",
];
const RELATIONS: [(&str, &str); 5] = [
    ("co_occurs", "함께 언급"),
    ("hires_from", "채용"),
    ("participates_in", "참여"),
    ("selected_for", "선정"),
    ("supports", "지원"),
];

fn name(number: usize, ending: &str) -> String {
    let syllables: String = (0..4).map(|n| SYLLABLES[number >> (5 * n) & 31]).collect();
    format!("{syllables}{ending}")
}

/// Eight edges an entity, two articles and ten sentences for ten edges, a party in ten.
fn graph(edges: usize) -> Graph {
    let mut graph = Graph::default();
    "0".clone_into(&mut graph.meta.version);
    graph.meta.labels = RELATIONS
        .map(|(key, korean)| Label {
            key: key.to_owned(),
            korean: korean.to_owned(),
            english: key.replace('_', " "),
        })
        .into();
    let (entities, signings) = (edges / 8, edges / 40);
    let articles = edges / 5;
    let day = |n: usize| {
        format!("20{}-{:02}-{:02}", 20 + n % 6, n % 12 + 1, n % 28 + 1)
            .parse()
            .ok()
    };
    let mut chance = Chance(1);
    for number in 0..articles {
        graph.articles.push(Article {
            source: format!("articles/{number:07}.txt"),
            title: Some(format!("{number}번째 기사의 제목, 지역과 학교가 함께")),
            published: day(number),
            outlet: Some("어느신문".to_owned()),
            story: number as u32,
            ..Article::default()
        });
        for sentence in 0..5 {
            graph.sentences.push(Sentence {
                article: number as u32,
                number: sentence,
                start: sentence * 60,
                end: sentence * 60 + 59,
                text: format!("{number}번째 기사의 문장은 업무협약을 맺고 지역 인재를 함께 기르기로 했다고 밝혔다.").into(),
            });
        }
    }
    let naming = |chance: &mut Chance| {
        let mut seen: Vec<u32> = (0..6).map(|_| chance.below(articles) as u32).collect();
        seen.sort_unstable();
        seen.dedup();
        seen.into_iter()
            .map(|article| Naming {
                article,
                mentions: 2,
            })
            .collect::<Vec<_>>()
    };
    let status = |n: usize| {
        let mut status = EdgeStatus::default();
        status.add(
            if n.is_multiple_of(9) {
                Status::Planned
            } else {
                Status::Done
            },
            day(n),
        );
        status
    };
    for number in 0..signings {
        let seen_in = naming(&mut chance);
        graph.net.add_node(Node {
            id: format!("agreement:{number:08}"),
            label: "협약".to_owned(),
            kind: AGREEMENT.to_owned(),
            stories: 1,
            articles: seen_in.len() as u32,
            seen_in,
            signing: Some(Signing {
                date: day(number),
                status: status(number),
            }),
            ..Node::default()
        });
    }
    for (kind, percent, ending) in KINDS {
        for number in 0..entities * percent / 100 {
            let name = name(number * 7919, ending);
            let short: String = name.chars().take(6).collect();
            let seen_in = naming(&mut chance);
            graph.net.add_node(Node {
                id: format!("{kind}:{name}"),
                label: name.clone(),
                kind: kind.to_owned(),
                known: true,
                names: vec![
                    Name {
                        form: name,
                        count: 5,
                    },
                    Name {
                        form: short.clone(),
                        count: 2,
                    },
                ],
                aliases: vec![format!("{short}교"), format!("{short}고")],
                attributes: vec![("city".to_owned(), "가나시".to_owned())],
                mentions: 7,
                stories: seen_in.len() as u32,
                articles: seen_in.len() as u32,
                seen_in,
                ..Node::default()
            });
        }
    }
    let all = graph.net.node_count();
    let mut pairs: Vec<(usize, usize, usize)> = Vec::with_capacity(edges);
    for number in 0..edges {
        let target = signings + chance.rank(all - signings);
        if number % 10 == 0 {
            pairs.push((target, RELATIONS.len(), chance.below(signings)));
        } else {
            pairs.push((
                signings + chance.below(all - signings),
                chance.below(RELATIONS.len()),
                target,
            ));
        }
    }
    pairs.sort_unstable();
    for (number, (source, relation, target)) in pairs.into_iter().enumerate() {
        let (kind, label) = RELATIONS
            .get(relation)
            .copied()
            .unwrap_or((PARTY, "협약 당사자"));
        let mut evidence: Vec<u32> = (0..2)
            .map(|_| chance.below(graph.sentences.len()) as u32)
            .collect();
        evidence.sort_unstable();
        evidence.dedup();
        let edge = Edge {
            kind: kind.into(),
            label: label.into(),
            weight: evidence.len() as f64,
            status: status(number),
            stories: evidence.len() as u32,
            articles: evidence.len() as u32,
            first_seen: day(number),
            last_seen: day(number + 1),
            evidence: evidence
                .into_iter()
                .map(|sentence| Evidence {
                    sentence,
                    status: Status::Done,
                    date: None,
                })
                .collect(),
        };
        graph
            .net
            .add_edge((source as u32).into(), (target as u32).into(), edge);
    }
    graph
}

/// The folder with a graph of so many edges; made when it is not there.
fn folder(edges: usize) -> PathBuf {
    let folder =
        Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("query-{}-{edges}", store::VERSION));
    let file = folder.join(store::FILE);
    if ieum::Graph::open(&folder).is_err() {
        std::fs::create_dir_all(&folder).expect("a folder");
        let new = folder.join("new");
        let _ = std::fs::remove_file(&new);
        store::write(&graph(edges), &new).expect("written");
        std::fs::rename(new, file).expect("moved");
    }
    folder
}

fn ask(bencher: Bencher, edges: usize, question: &[&str]) {
    let folder = folder(edges);
    bencher.bench_local(|| {
        Command::new(env!("CARGO_BIN_EXE_ieum"))
            .args(question)
            .args(["--graph".as_ref(), folder.as_os_str()])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()
            .expect("started")
    });
}

/// A school as most are: some edges.
const SCHOOL: &str = "남광아가공업고등학교";
/// The same, mistyped.
const MISTYPED: &str = "남굉아가공업고등학겨";

/// The id of who is next to it.
fn other(edges: usize) -> String {
    let graph = ieum::Graph::open(folder(edges)).expect("opened");
    let near = graph.neighbors(SCHOOL).expect("answered");
    near.neighbors[0].id.clone()
}

/// The id of who has the most edges: another than that.
fn hub(edges: usize) -> String {
    let graph = ieum::Graph::open(folder(edges)).expect("opened");
    let ranking = ieum::query::Ranking {
        by: "degree".to_owned(),
        filter: ieum::query::Filter::default(),
        limit: 1,
    };
    graph.top(&ranking).expect("answered").entities[0]
        .entity
        .id
        .clone()
}

#[divan::bench(args = SIZES)]
fn neighbors(bencher: Bencher, edges: usize) {
    ask(bencher, edges, &["neighbors", SCHOOL]);
}

#[divan::bench(args = SIZES)]
fn neighbors_of_a_hub(bencher: Bencher, edges: usize) {
    ask(bencher, edges, &["neighbors", &hub(edges)]);
}

#[divan::bench(args = SIZES)]
fn neighbors_of_an_unknown_name(bencher: Bencher, edges: usize) {
    ask(bencher, edges, &["neighbors", MISTYPED]);
}

#[divan::bench(args = SIZES)]
fn show(bencher: Bencher, edges: usize) {
    ask(bencher, edges, &["show", SCHOOL]);
}

#[divan::bench(args = SIZES)]
fn show_a_hub(bencher: Bencher, edges: usize) {
    ask(bencher, edges, &["show", &hub(edges)]);
}

#[divan::bench(args = SIZES)]
fn why(bencher: Bencher, edges: usize) {
    ask(bencher, edges, &["why", SCHOOL, &other(edges)]);
}

#[divan::bench(args = SIZES)]
fn search(bencher: Bencher, edges: usize) {
    ask(bencher, edges, &["search", "남광"]);
}

#[divan::bench(args = SIZES)]
fn search_for_a_mistyped_name(bencher: Bencher, edges: usize) {
    ask(bencher, edges, &["search", MISTYPED]);
}

#[divan::bench(args = SIZES, sample_count = 5)]
fn path(bencher: Bencher, edges: usize) {
    ask(bencher, edges, &["path", SCHOOL, "신강남가공업고등학교"]);
}

#[divan::bench(args = SIZES, sample_count = 5)]
fn three_strongest_paths(bencher: Bencher, edges: usize) {
    ask(
        bencher,
        edges,
        &[
            "path",
            SCHOOL,
            "신강남가공업고등학교",
            "--strongest",
            "--k",
            "3",
        ],
    );
}

#[divan::bench(args = SIZES, sample_count = 5)]
fn top(bencher: Bencher, edges: usize) {
    ask(bencher, edges, &["top"]);
}

#[divan::bench(args = SIZES, sample_count = 5)]
fn stats(bencher: Bencher, edges: usize) {
    ask(bencher, edges, &["stats"]);
}
