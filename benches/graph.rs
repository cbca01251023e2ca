//! From records to a graph and to files: 20,000 articles that name eight entities each.
//!
//! `cargo bench --bench graph`; `/usr/bin/time -v` on the binary with `--test` shows the memory.

#[path = "generator/chance.rs"]
mod chance;

use std::path::Path;

use chance::Chance;
use divan::Bencher;
use ieum::export;
use ieum::graph::{Builder, Graph, NoFacts};
use ieum::record::{
    AgreementRecord, EntityRecord, MentionRecord, Record, RelationRecord, SentenceSpan,
};
use ieum::relation::{CO_OCCURS, Status};

const ARTICLES: usize = 20_000;

fn main() {
    divan::main();
}

impl Chance {
    /// Small numbers are frequent, as names in the news are.
    fn rank(&mut self, limit: usize) -> usize {
        let (a, b) = (self.below(limit) + 1, self.below(limit) + 1);
        a * b / limit
    }
}

const KINDS: [(&str, usize, &str); 5] = [
    ("city", 250, "시"),
    ("school", 2_000, "고등학교"),
    ("company", 2_500, "테크"),
    ("program", 120, " 혁신지구"),
    ("organization", 900, "교육지원청"),
];
const SYLLABLES: [&str; 16] = [
    "가", "나", "다", "라", "마", "바", "사", "아", "자", "차", "카", "타", "파", "하", "강", "남",
];
const FRAMES: [&str; 12] = [
    "은 31일 시청 회의실에서 지역 인재를 기르기 위한 업무협약을 맺었다고 밝혔다.",
    "과 함께 교육과정을 새로 짜고 실습 장비와 강사를 보내기로 뜻을 모았다.",
    "은 올해 공모에 선정돼 앞으로 3년 동안 예산을 지원받는다.",
    "에서는 학생 스무 명이 현장 교육을 받고 내년 봄 취업할 예정이다.",
    "이 참여하는 협의체는 분기마다 모여 성과를 점검하고 과제를 찾는다.",
    "의 관계자는 배움과 일자리가 이어지는 지역을 만들겠다고 말했다.",
    "은 지난해보다 두 배 많은 기업이 채용을 약속했다고 설명했다.",
    "에 따르면 이번 사업에는 모두 열두 기관이 이름을 올렸다.",
    "은 기숙사와 실습동을 새로 짓는 데 드는 비용의 절반을 내기로 했다.",
    "과 손잡은 학교는 신입생부터 새 교육과정을 적용한다.",
    "이 운영하는 과정은 여섯 달 동안 이어지며 수료하면 자격을 얻는다.",
    "은 다음 달까지 계획서를 내고 심사를 기다린다.",
];

fn name(kind: usize, number: usize) -> String {
    let syllables: String = [number % 16, number / 16 % 16, number / 256 % 16]
        .iter()
        .map(|&s| SYLLABLES[s])
        .collect();
    format!("{syllables}{}", KINDS[kind].2)
}

/// One article of about 2 KB. Every second one of `copies` repeats an earlier text under another headline.
fn record(number: usize, copies: bool) -> Record {
    let of = if copies && number % 2 == 1 {
        number % 200
    } else {
        number
    };
    let mut chance = Chance(of as u64 + 1);
    let mut record = Record {
        source: format!("articles/{number:06}.txt"),
        title: Some(format!("제목 {number}")),
        published: format!("2024-{:02}-{:02}", number % 12 + 1, number % 28 + 1)
            .parse()
            .ok(),
        ..Record::default()
    };
    let cast: Vec<(String, String, usize)> = (0..8)
        .map(|place| {
            let kind = place % 5;
            let name = name(kind, chance.rank(KINDS[kind].1));
            (format!("{}:{name}", KINDS[kind].0), name, kind)
        })
        .collect();
    let mut place = 0;
    for (id, name, kind) in &cast {
        if record.entities.iter().all(|entity| *entity.id != *id) {
            let kind = KINDS[*kind].0.to_owned();
            let (id, name) = (id.clone(), name.clone());
            record.entities.push(EntityRecord {
                id: id.into(),
                name: name.into(),
                kind: kind.into(),
                known: true,
                mentions: Vec::new(),
            });
        }
    }
    for sentence in 0..16 {
        let start = place;
        let mut named = Vec::new();
        for _ in 0..2 {
            let (id, name, _) = &cast[chance.below(8)];
            let frame = FRAMES[chance.below(12)];
            record.text.push_str(name);
            let length = name.chars().count();
            let entity = record.entities.iter_mut().find(|entity| *entity.id == *id);
            entity.expect("cast").mentions.push(MentionRecord {
                start: place,
                end: place + length,
                text: name.clone(),
                sentence,
            });
            record.text.push_str(frame);
            place += length + frame.chars().count();
            named.push(id.clone());
        }
        record.text.push('\n');
        place += 1;
        record.sentences.push(SentenceSpan {
            start,
            end: place - 1,
        });
        let relation = match chance.below(4) {
            0 => "selected_for",
            1 => "supports",
            _ => CO_OCCURS,
        };
        let [subject, object] = [named[0].clone(), named[1].clone()];
        record.relations.push(RelationRecord {
            subject: subject.into(),
            relation: relation.into(),
            object: object.into(),
            status: Status::Done,
            date: None,
            sentence,
        });
    }
    if chance.below(3) == 0 {
        record.agreements.push(AgreementRecord {
            parties: cast[..2 + chance.below(6)]
                .iter()
                .map(|x| x.0.as_str().into())
                .collect(),
            about: Vec::new(),
            status: Status::Done,
            date: record.published.filter(|_| chance.below(2) == 0),
            sentence: 0,
        });
    }
    record
}

fn records(count: usize, copies: bool) -> Vec<Record> {
    (0..count).map(|number| record(number, copies)).collect()
}

fn builder(records: &[Record]) -> Builder {
    let mut builder = Builder::new();
    for record in records {
        builder.add(record);
    }
    builder
}

fn graph() -> Graph {
    builder(&records(ARTICLES, false)).finish(&NoFacts)
}

#[divan::bench(args = [false, true], max_time = 5)]
fn add(bencher: Bencher, copies: bool) {
    let records = records(ARTICLES, copies);
    bencher.bench_local(|| builder(&records));
}

#[divan::bench(args = [false, true], max_time = 5)]
fn finish(bencher: Bencher, copies: bool) {
    let builder = builder(&records(ARTICLES, copies));
    bencher
        .with_inputs(|| builder.clone())
        .bench_local_values(|builder| builder.finish(&NoFacts));
}

#[divan::bench(args = export::all().iter().map(|f| f.file()).collect::<Vec<_>>(), max_time = 3)]
fn write(bencher: Bencher, file: &str) {
    let graph = graph();
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join(file);
    let format = export::all()
        .into_iter()
        .find(|f| f.file() == file)
        .expect("a format");
    bencher.bench_local(|| {
        let _ = std::fs::remove_file(&path);
        format.create(&graph, &path).expect("written")
    });
}

/// All of it, an article at a time as a build does it, so that the memory is the graph's.
#[divan::bench(args = [false, true], sample_count = 1)]
fn build(bencher: Bencher, copies: bool) {
    let folder = tempfile::tempdir().expect("a folder");
    bencher.bench_local(|| whole(folder.path(), copies));
}

fn whole(folder: &Path, copies: bool) {
    let mut builder = Builder::new();
    for number in 0..ARTICLES {
        builder.add(&record(number, copies));
    }
    let graph = builder.finish(&NoFacts);
    let formats = export::all();
    let output = export::Output::prepare(&folder.join("output"), &formats).expect("a folder");
    export::write(&graph, &formats, output).expect("written");
}
