//! An extractor that has met other articles gives the records of one that has met none.

use std::fs;

use ieum::article;
use ieum::dictionary::Dictionary;
use ieum::{Extractor, extract};
use proptest::prelude::*;

/// The sentences of the sample articles.
fn sentences(dictionary: &Dictionary) -> Vec<String> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/articles");
    let mut paths: Vec<_> = fs::read_dir(folder)
        .expect("the sample articles")
        .map(|entry| entry.expect("a sample article").path())
        .filter(|path| path.is_file())
        .collect();
    paths.sort();
    let mut sentences = Vec::new();
    for path in paths {
        let bytes = fs::read(&path).expect("a sample article");
        let name = path.to_string_lossy();
        let article = article::read(&name, &bytes, dictionary.furniture());
        let spans = article.sentences.iter().map(|s| s.span.clone());
        sentences.extend(spans.map(|span| article.text[span].to_owned()));
    }
    sentences
}

#[test]
fn what_was_met_before_changes_no_record() {
    let dictionary = Dictionary::embedded().expect("good dictionaries");
    let sentences = sentences(&dictionary);
    assert!(sentences.len() > 200);
    // Few sentences in ever new company, so that each comes again where other names surround it.
    let articles = prop::collection::vec(
        prop::collection::vec(prop::sample::select(sentences), 1..12),
        2..30,
    );
    let config = ProptestConfig::with_cases(24);
    proptest!(config, |(articles in articles)| {
        let mut extractor = Extractor::new(&dictionary);
        for _ in 0..3 {
            for sentences in &articles {
                let text = sentences.join("\n");
                let article = article::read("made-up.txt", text.as_bytes(), dictionary.furniture());
                prop_assert_eq!(extractor.extract(&article), extract(&article, &dictionary));
            }
        }
    });
}
