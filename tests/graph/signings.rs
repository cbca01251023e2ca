//! Reports of one signing are one node.

use ieum::graph::{Graph, PARTY};
use ieum::record::Record;
use ieum::relation::Status;
use petgraph::Incoming;

use crate::records::{Says, article, graph};

const A: &str = "city:새솔시";
const B: &str = "school:한빛공업고등학교";
const C: &str = "company:이음로봇";
const D: &str = "company:솔전자";
const E: &str = "organization:새솔상공회의소";
const P: &str = "program:마이스터고";
const Q: &str = "program:교육발전특구";

fn report(source: &str, published: &str) -> Record {
    article(
        source,
        published,
        &[&format!("{source} 기사는 협약을 전했다.")],
    )
}

/// Each signing as `date, parties, articles`.
fn signings(graph: &Graph) -> Vec<String> {
    let told = graph
        .net
        .node_indices()
        .filter(|&at| graph.net[at].signing.is_some());
    let told = told.map(|at| {
        let node = &graph.net[at];
        let parties = graph.net.edges_directed(at, Incoming);
        let parties = parties.filter(|edge| &*edge.weight().kind == PARTY).count();
        let date = node.signing.and_then(|signing| signing.date);
        let sources: Vec<&str> = node
            .seen_in
            .iter()
            .map(|seen| graph.articles[seen.article as usize].source.as_str())
            .collect();
        let date = date.map_or("-".to_owned(), |date| date.to_string());
        format!("{date}, {parties}, {}", sources.join(" "))
    });
    let mut told: Vec<String> = told.collect();
    told.sort();
    told
}

#[test]
fn reports_join_or_stay_apart() {
    let day = "2025-04-03";
    let cases: [(&str, Vec<Record>, &[&str]); 15] = [
        (
            "same day, shared parties",
            vec![
                report("a", day).signs(day, &[A, B, C, D, E], &[P]),
                report("b", "2025-04-04").signs(day, &[A, B], &[]),
            ],
            &["2025-04-03, 5, a b"],
        ),
        (
            "same parties on two days",
            vec![
                report("a", day).signs(day, &[A, B], &[]),
                report("b", day).signs("2025-04-02", &[A, B], &[]),
            ],
            &["2025-04-02, 2, b", "2025-04-03, 2, a"],
        ),
        (
            "one shared party",
            vec![
                report("a", day).signs(day, &[A, B], &[]),
                report("b", day).signs(day, &[A, C], &[]),
            ],
            &["2025-04-03, 2, a", "2025-04-03, 2, b"],
        ),
        (
            "two of five shared",
            vec![
                report("a", day).signs(day, &[A, B, C, D, E], &[]),
                report("b", day).signs(day, &[A, B, "x:1", "x:2", "x:3"], &[]),
            ],
            &["2025-04-03, 5, a", "2025-04-03, 5, b"],
        ),
        (
            "different subjects",
            vec![
                report("a", day).signs(day, &[A, B], &[P]),
                report("b", day).signs(day, &[A, B], &[Q]),
            ],
            &["2025-04-03, 2, a", "2025-04-03, 2, b"],
        ),
        (
            "a report without subject does not join two subjects",
            vec![
                report("a", day).signs(day, &[A, B], &[P]),
                report("b", day).signs(day, &[A, B], &[Q]),
                report("c", day).signs(day, &[A, B], &[]),
            ],
            &["2025-04-03, 2, a", "2025-04-03, 2, b c"],
        ),
        (
            "two signings of one article",
            vec![
                report("a", day)
                    .signs(day, &[A, B, C], &[])
                    .signs("", &[A, B], &[]),
            ],
            &["-, 2, a", "2025-04-03, 3, a"],
        ),
        (
            "an unknown day goes to the known one",
            vec![
                report("a", day).signs(day, &[A, B], &[]),
                report("b", "2025-05-20").signs("", &[A, B], &[]),
            ],
            &["2025-04-03, 2, a b"],
        ),
        (
            "an unknown day goes to the nearest",
            vec![
                report("a", day).signs(day, &[A, B], &[]),
                report("b", "2024-04-20").signs("2024-04-19", &[A, B], &[]),
                report("c", "2025-04-10").signs("", &[A, B], &[]),
            ],
            &["2024-04-19, 2, b", "2025-04-03, 2, a c"],
        ),
        (
            "what is published before the signing tells of another",
            vec![
                report("a", day).signs(day, &[A, B], &[]),
                report("b", "2025-03-20").signs("", &[A, B], &[]),
            ],
            &["-, 2, b", "2025-04-03, 2, a"],
        ),
        (
            "an announcement is published before",
            vec![
                report("a", day).signs(day, &[A, B], &[]),
                planned(report("b", "2025-03-20").signs("", &[A, B], &[])),
            ],
            &["2025-04-03, 2, a b"],
        ),
        (
            "unknown days near each other",
            vec![
                report("a", "2025-04-03").signs("", &[A, B, C], &[]),
                report("b", "2025-04-20").signs("", &[A, B], &[]),
                report("c", "2025-09-20").signs("", &[A, B, C], &[]),
            ],
            &["-, 3, a b", "-, 3, c"],
        ),
        (
            "no day at all",
            vec![
                report("a", day).signs(day, &[A, B, C], &[]),
                report("b", "").signs("", &[A, B, C], &[]),
            ],
            &["2025-04-03, 3, a b"],
        ),
        (
            "an unknown day does not join two days",
            vec![
                report("a", "2025-04-03").signs("2025-04-03", &[A, B], &[]),
                report("b", "2025-04-04").signs("2025-04-04", &[A, B], &[]),
                report("c", "2025-04-05").signs("", &[A, B], &[]),
            ],
            &["2025-04-03, 2, a", "2025-04-04, 2, b c"],
        ),
        (
            "copies",
            (0..40)
                .map(|n| report(&format!("{n:02}"), day).signs(day, &[A, B], &[P]))
                .collect(),
            &[
                "2025-04-03, 2, 00 01 02 03 04 05 06 07 08 09 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30 31 32 33 34 35 36 37 38 39",
            ],
        ),
    ];
    for (what, records, expected) in cases {
        assert_eq!(signings(&graph(&records)), expected, "{what}");
        assert_eq!(
            signings(&graph(records.iter().rev())),
            expected,
            "{what}, backwards"
        );
    }
}

fn planned(mut record: Record) -> Record {
    for agreement in &mut record.agreements {
        agreement.status = Status::Planned;
    }
    record
}

#[test]
fn a_signing_says_who_what_and_since_when() {
    let records = [
        planned(report("a", "2025-03-20").signs("", &[A, B], &[])),
        report("b", "2025-04-04").signs("2025-04-03", &[B, A, C], &[P]),
        report("c", "2025-04-05").signs("2025-04-03", &[B, A], &[P]),
    ];
    let graph = graph(&records);
    let node = graph
        .net
        .node_weights()
        .find(|n| n.signing.is_some())
        .expect("a signing");
    assert_eq!(node.label, "2025-04-03 agreement (한빛공업고등학교 외 2)");
    let status = node.signing.expect("a signing").status.to_string();
    assert_eq!(status, "planned 2025-03-20; done 2025-04-03");
    assert_eq!((node.articles, node.stories), (3, 3));
    let mut id = node.id.split(':');
    assert_eq!(
        (id.next(), id.next()),
        (Some("agreement"), Some("2025-04-03"))
    );
    assert_eq!(id.next().map(str::len), Some(8));
}
