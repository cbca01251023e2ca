//! What is fuzzed: each target takes any bytes and panics where something that always has to hold does not.
//!
//! cargo-fuzz runs these from `fuzz_targets/`; `cargo test --test fuzz` runs them over `corpus/` and changed copies of
//! it, the same ones every time.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufReader, Cursor};
use std::sync::OnceLock;

use ieum::article::{self, Article, JsonLines};
use ieum::dictionary::{Dictionary, DictionaryError, Matcher, fold_char};
use ieum::export::{self, Format};
use ieum::graph::{Builder, Graph, NoFacts};
use ieum::record::{
    AgreementRecord, EntityRecord, MentionRecord, Record, RelationRecord, SentenceSpan,
};
use ieum::relation::Status;
use ieum::store::{self, Store};

/// A target and the name of its corpus.
pub type Target = (&'static str, fn(&[u8]));

/// All of them.
pub const TARGETS: [Target; 11] = [
    ("decoding", decoding),
    ("html", html),
    ("main_text", main_text),
    ("sentences", sentences),
    ("matching", matching),
    ("mentions", mentions),
    ("dictionaries", dictionaries),
    ("records", records),
    ("partials", partials),
    ("graphml", graphml),
    ("sqlite", sqlite),
];

fn dictionary() -> &'static Dictionary {
    static DICTIONARY: OnceLock<Dictionary> = OnceLock::new();
    DICTIONARY.get_or_init(|| Dictionary::embedded().expect("the dictionaries"))
}

/// The sentences of an article lie in its text, one behind the other, and none is blank.
fn well_formed(article: &Article) {
    let mut passed = 0;
    for sentence in &article.sentences {
        let span = sentence.span.clone();
        assert!(passed <= span.start, "sentences overlap");
        passed = span.end;
        let text = article.text.get(span).expect("a sentence lies in the text");
        assert!(!text.trim().is_empty(), "a sentence is blank");
    }
    assert!(!article.text.contains(['\0', '\u{200b}', '\u{feff}']));
}

/// Files of every ending, in every encoding. The first byte chooses the ending.
pub fn decoding(data: &[u8]) {
    const ENDINGS: [&str; 7] = ["txt", "html", "json", "jsonl", "csv", "xlsx", "tsv"];
    let Some((first, bytes)) = data.split_first() else {
        return;
    };
    let ending = ENDINGS[usize::from(*first) % ENDINGS.len()];
    let furniture = dictionary().furniture();
    let articles = article::in_bytes(&format!("a.{ending}"), bytes, furniture);
    articles.iter().for_each(well_formed);
    // Streamed in small pieces it is the same as in one.
    let whole: Vec<Article> = JsonLines::new(bytes, "a").collect();
    for capacity in [1, 7, 4096] {
        let pieces = JsonLines::new(BufReader::with_capacity(capacity, bytes), "a");
        assert!(pieces.eq(whole.iter().cloned()), "pieces of {capacity}");
    }
}

/// Pages with markup.
pub fn html(data: &[u8]) {
    let article = article::read("a.html", data, dictionary().furniture());
    well_formed(&article);
}

/// Pages without markup; each line is accounted for.
pub fn main_text(data: &[u8]) {
    let (article, lines) = article::read_with_lines("a.txt", data, dictionary().furniture());
    well_formed(&article);
    assert!(!article.text.is_empty() || article.sentences.is_empty());
    assert!(!lines.is_empty() || article.text.is_empty());
}

/// Texts as they are: no letter and no digit is lost between the sentences.
pub fn sentences(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let none = |between: &str| {
        assert!(
            !between.contains(char::is_alphanumeric),
            "`{between}` is in no sentence"
        );
    };
    let mut passed = 0;
    for sentence in article::sentences(&text) {
        none(text.get(passed..sentence.span.start).expect("in order"));
        passed = sentence.span.end;
    }
    none(&text[passed..]);
}

/// Forms, a line each; after an empty line the text. The matcher finds what a plain search finds.
pub fn matching(data: &[u8]) {
    let all = String::from_utf8_lossy(data);
    let (forms, text) = all.split_once("\n\n").unwrap_or((&all, &all));
    let folded = |text: &str| text.chars().filter_map(fold_char).collect::<String>();
    let forms: BTreeSet<String> = forms
        .lines()
        .map(folded)
        .filter(|f| !f.is_empty())
        .collect();
    let text = folded(text);
    let Ok(matcher) = Matcher::new(forms.iter().map(|form| (form.as_str(), true))) else {
        return;
    };
    let mut hits = Vec::new();
    matcher.hits(&text, Some, false, &mut hits);
    let found: BTreeSet<_> = hits
        .iter()
        .map(|hit| (hit.start, hit.end, hit.form))
        .collect();
    let mut naive = BTreeSet::new();
    for (number, form) in (0..).zip(&forms) {
        for (start, _) in text.char_indices() {
            if text[start..].starts_with(form.as_str()) {
                naive.insert((start, start + form.len(), number));
            }
        }
    }
    assert_eq!(found, naive);
}

/// Any text as an article: what its record says stands in the text.
pub fn mentions(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let line = serde_json::json!({"id": "a", "date": "2024-03-05", "text": text}).to_string();
    let article = article::article_from_json_line(line.as_bytes(), "a", 1);
    well_formed(&article);
    let record = ieum::extract(&article, dictionary());
    let letters: Vec<char> = record.text.chars().collect();
    for entity in &record.entities {
        for mention in &entity.mentions {
            assert!(
                letters[mention.start..mention.end]
                    .iter()
                    .copied()
                    .eq(mention.text.chars())
            );
            let sentence = &record.sentences[mention.sentence];
            assert!(sentence.start <= mention.start && mention.end <= sentence.end);
        }
    }
    let named = |id: &str| record.entities.iter().any(|entity| *entity.id == *id);
    for relation in &record.relations {
        assert!(named(&relation.subject) && named(&relation.object));
        assert!(relation.sentence < record.sentences.len());
    }
    for agreement in &record.agreements {
        assert!(agreement.parties.len() > 1 && agreement.sentence < record.sentences.len());
        assert!(
            agreement
                .parties
                .iter()
                .chain(&agreement.about)
                .all(|id| named(id))
        );
    }
    let line = serde_json::to_vec(&record).expect("a record is JSON");
    assert_eq!(
        serde_json::from_slice::<Record>(&line).expect("a record"),
        record
    );
}

/// A dictionary file: the first byte chooses which, the rest is its content. It is taken, or its bad rows are named.
pub fn dictionaries(data: &[u8]) {
    let Some((first, content)) = data.split_first() else {
        return;
    };
    let embedded = Dictionary::embedded_files();
    // Small ones: to compile all names takes long.
    let mut files: BTreeMap<String, String> = embedded
        .iter()
        .map(|(name, content)| {
            let lines = content.split_inclusive('\n').take(60);
            ((*name).to_owned(), lines.collect())
        })
        .collect();
    let (name, _) = embedded[usize::from(*first) % embedded.len()];
    let content = String::from_utf8_lossy(content).into_owned();
    let lines = content.lines().count() as u64;
    files.insert(name.to_owned(), content);
    if let Err(DictionaryError::BadRows(rows)) = Dictionary::from_files(&files) {
        assert!(!rows.is_empty());
        for row in rows.iter().filter(|row| row.file == name) {
            assert!(row.line <= lines.max(1), "{row:?}");
        }
    }
}

/// Lines of JSON that may be records: they make a graph in any order, or none.
pub fn records(data: &[u8]) {
    let lines = data.split(|byte| *byte == b'\n');
    let records: Vec<Record> = lines
        .filter_map(|line| serde_json::from_slice(line).ok())
        .collect();
    let (mut forwards, mut backwards) = (Builder::new(), Builder::new());
    for record in &records {
        forwards.add(record);
    }
    for record in records.iter().rev() {
        backwards.add(record);
    }
    let (one, two) = (folded(&forwards), folded(&backwards));
    assert_eq!(one, two, "the order of the records shows");
    written(&forwards.finish(&NoFacts));
}

/// What `fold` may have written: it is refused, or it makes a graph.
pub fn partials(data: &[u8]) {
    if let Ok(builder) = Builder::read_partial(data) {
        let again = folded(&builder);
        let read = Builder::read_partial(&*again).expect("what was written is read");
        assert_eq!(folded(&read), again);
        written(&builder.finish(&NoFacts));
    }
}

fn folded(builder: &Builder) -> Vec<u8> {
    let mut bytes = Vec::new();
    builder.write_partial(&mut bytes).expect("written");
    bytes
}

/// Every file of the graph can be written, and XML is well-formed.
fn written(graph: &Graph) {
    let files: [&dyn Format; 8] = [
        &export::GraphMl,
        &export::Gexf,
        &export::Nodes,
        &export::Edges,
        &export::Agreements,
        &export::Evidences,
        &export::Articles,
        &export::NodeLink,
    ];
    for format in files {
        let mut bytes = Vec::new();
        format.write(graph, &mut bytes).expect("written");
        let text = std::str::from_utf8(&bytes).expect("UTF-8");
        match format.name() {
            "graphml" | "gexf" => assert_eq!(nodes(text), graph.net.node_count()),
            "json" => drop(serde_json::from_str::<serde_json::Value>(text).expect("JSON")),
            _ => {
                let mut rows = csv::Reader::from_reader(Cursor::new(text));
                assert!(rows.records().all(|row| row.is_ok()));
            }
        }
    }
}

/// How many `node` elements there are in well-formed XML of allowed characters.
fn nodes(text: &str) -> usize {
    use quick_xml::events::Event;
    let allowed = |c: char| matches!(c, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..);
    assert!(text.chars().all(allowed), "a character that XML forbids");
    let mut reader = quick_xml::Reader::from_str(text);
    let mut nodes = 0;
    loop {
        match reader.read_event().expect("well-formed") {
            Event::Eof => return nodes,
            Event::Start(tag) | Event::Empty(tag) => {
                nodes += usize::from(tag.name().as_ref() == "node");
                assert!(tag.attributes().all(|attribute| attribute.is_ok()));
            }
            _ => {}
        }
    }
}

/// Names, a line each, in every place of a record that holds text.
pub fn graphml(data: &[u8]) {
    let text = String::from_utf8_lossy(data).into_owned();
    let names: Vec<&str> = text.split('\n').collect();
    let entities = names.iter().map(|name| EntityRecord {
        id: format!("city:{name}").into(),
        name: (*name).into(),
        kind: (*name).into(),
        known: false,
        mentions: vec![MentionRecord {
            start: 0,
            end: 1,
            text: (*name).to_owned(),
            sentence: 0,
        }],
    });
    let relations = names.windows(2).map(|pair| RelationRecord {
        subject: format!("city:{}", pair[0]).into(),
        relation: pair[1].into(),
        object: format!("city:{}", pair[1]).into(),
        status: Status::Done,
        date: None,
        sentence: 0,
    });
    let parties = names
        .iter()
        .take(4)
        .map(|name| format!("city:{name}").into());
    let mut builder = Builder::new();
    builder.add(&Record {
        source: text.clone(),
        title: Some(text.clone()),
        outlet: Some(text.clone()),
        sentences: vec![SentenceSpan {
            start: 0,
            end: text.chars().count(),
        }],
        entities: entities.collect(),
        relations: relations.collect(),
        agreements: vec![AgreementRecord {
            parties: parties.collect(),
            about: Vec::new(),
            status: Status::Planned,
            date: None,
            sentence: 0,
        }],
        problems: vec![text.clone()],
        text,
        ..Record::default()
    });
    written(&builder.finish(&NoFacts));
}

/// Changes to a graph file: four bytes each, three of a place and one of a value; an odd length cuts the file there.
pub fn sqlite(data: &[u8]) {
    static WHOLE: OnceLock<Vec<u8>> = OnceLock::new();
    let whole = WHOLE.get_or_init(|| {
        let text = "거제시는 5일 거제공업고등학교, 삼성중공업과 마이스터고 운영을 위한 업무협약을 체결했다. 삼성중공업은 \
                    거제공고 졸업생 10명을 채용하기로 했다.";
        let line = serde_json::json!({"id": "a", "date": "2024-03-05", "text": text}).to_string();
        let article = article::article_from_json_line(line.as_bytes(), "a", 1);
        let mut builder = Builder::new();
        builder.add(&ieum::extract(&article, dictionary()));
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join(store::FILE);
        store::write(&builder.finish(dictionary()), &path).expect("written");
        std::fs::read(path).expect("read")
    });
    let mut bytes = whole.clone();
    let changes = data.chunks_exact(4);
    let place = |change: &[u8]| {
        let number = change
            .iter()
            .take(3)
            .fold(0, |n, byte| n << 8 | usize::from(*byte));
        number % whole.len()
    };
    let cut = changes.remainder();
    for change in changes {
        bytes[place(change)] = change[3];
    }
    if !cut.is_empty() {
        bytes.truncate(place(cut));
    }
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join(store::FILE);
    std::fs::write(&path, &bytes).expect("written");
    // Any of them may be refused; none may panic.
    if let Ok(store) = Store::open(&path) {
        let _ = store.counts();
        let _ = store.meta();
        let _ = store.around(&[0, 1, 2, u32::MAX], 2);
        let _ = store.look_through(|_| true, |_| ());
        if let Ok(graph) = store.load() {
            written(&graph);
        }
    }
    if let Ok(graph) = ieum::Graph::open(&path) {
        let _ = graph.neighbors("거제시");
        let _ = graph.search("거제", &ieum::query::Filter::default(), 5);
    }
    assert!(
        std::fs::read(&path).expect("read") == bytes,
        "reading writes"
    );
}
