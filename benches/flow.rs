//! From text to records to files, on two thousand made-up articles, with the bare search for the same names beside
//! it: what a step costs is best read as a multiple of `scan_bare`.
//!
//! `cargo bench --bench flow`

#[path = "generator/mod.rs"]
mod generator;

use std::path::Path;
use std::sync::LazyLock;

use daachorse::{CharwiseDoubleArrayAhoCorasick, CharwiseDoubleArrayAhoCorasickBuilder};
use divan::Bencher;
use divan::counter::BytesCount;
use generator::Names;
use ieum::article::{self, Article};
use ieum::dictionary::Dictionary;
use ieum::export::{self, Output};
use ieum::graph::{Builder, Graph};
use ieum::record::Record;

const ARTICLES: u64 = 2_000;

static TEXTS: LazyLock<Vec<String>> = LazyLock::new(|| {
    let dictionaries = Path::new(env!("CARGO_MANIFEST_DIR")).join("dictionaries");
    let names = Names::read(&dictionaries);
    (0..ARTICLES).map(|number| names.article(number)).collect()
});
static DICTIONARY: LazyLock<Dictionary> =
    LazyLock::new(|| Dictionary::embedded().expect("good dictionaries"));
static PAGES: LazyLock<Vec<Article>> = LazyLock::new(read_all);
static RECORDS: LazyLock<Vec<Record>> = LazyLock::new(extract_all);

fn main() {
    divan::main();
}

fn bytes() -> BytesCount {
    BytesCount::new(TEXTS.iter().map(String::len).sum::<usize>())
}

fn read_all() -> Vec<Article> {
    let furniture = DICTIONARY.furniture();
    TEXTS
        .iter()
        .map(|text| article::read("made-up.txt", text.as_bytes(), furniture))
        .collect()
}

fn extract_all() -> Vec<Record> {
    PAGES
        .iter()
        .zip(0..)
        .map(|(page, number): (_, u32)| {
            let mut record = ieum::extract(page, &DICTIONARY);
            record.source = format!("{number}.txt");
            record
        })
        .collect()
}

fn assemble() -> Graph {
    let mut builder = Builder::new();
    for record in RECORDS.iter() {
        builder.add(record);
    }
    builder.finish(&*DICTIONARY)
}

/// The least that any search for these names costs: every form that the dictionaries have, overlapping, in texts
/// as they are, and nothing done with what is found.
#[divan::bench]
fn scan_bare(bencher: Bencher) {
    let forms = DICTIONARY.surfaces().iter().map(|surface| &surface.text);
    let automaton: CharwiseDoubleArrayAhoCorasick<u32> =
        CharwiseDoubleArrayAhoCorasickBuilder::new()
            .build(forms)
            .expect("distinct forms");
    bencher.counter(bytes()).bench(|| {
        let hits = |text: &String| automaton.find_overlapping_iter(text).count();
        TEXTS.iter().map(hits).sum::<usize>()
    });
}

/// Bytes to articles: encoding, main text, title, date, sentences.
#[divan::bench]
fn read(bencher: Bencher) {
    LazyLock::force(&DICTIONARY);
    bencher.counter(bytes()).bench(read_all);
}

/// Articles to entities.
#[divan::bench]
fn mentions(bencher: Bencher) {
    LazyLock::force(&PAGES);
    let find = |page| ieum::mention::find(page, &DICTIONARY).entities.len();
    bencher
        .counter(bytes())
        .bench(|| PAGES.iter().map(find).sum::<usize>());
}

/// Articles to records: entities, relations, agreements.
#[divan::bench]
fn extract(bencher: Bencher) {
    LazyLock::force(&PAGES);
    bencher.counter(bytes()).bench(extract_all);
}

/// Records to a graph.
#[divan::bench(name = "assemble")]
fn assemble_all(bencher: Bencher) {
    LazyLock::force(&RECORDS);
    bencher.counter(bytes()).bench(assemble);
}

/// A graph to all files, in place of older ones.
#[divan::bench]
fn export_all(bencher: Bencher) {
    let graph = assemble();
    let folder = tempfile::tempdir().expect("a folder");
    bencher.counter(bytes()).bench(|| {
        let formats = export::all();
        let output = Output::prepare(&folder.path().join("output"), &formats).expect("a folder");
        export::write(&graph, &formats, output).expect("written")
    });
}

/// What every start of the program costs.
#[divan::bench]
fn load_dictionaries(bencher: Bencher) {
    bencher.bench(|| Dictionary::embedded().expect("good dictionaries"));
}
