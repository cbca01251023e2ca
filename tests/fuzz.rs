//! Every fuzz target over the corpus that lies in the repository, and over changed copies of it: the same ones each time.

#![allow(
    clippy::print_stdout,
    reason = "what was run last, shown where it fails"
)]

#[path = "../benches/generator/chance.rs"]
mod chance;
#[path = "../fuzz/targets.rs"]
mod targets;

use std::fs;
use std::path::Path;

use chance::Chance;

/// Changed copies of each file of a corpus.
const ROUNDS: usize = 24;

/// Pieces that mean something to one reader or another.
const PIECES: [&[u8]; 24] = [
    b"<",
    b"</",
    b"<!--",
    b"<script>",
    b"&#",
    b"]]>",
    b"\"",
    b"\\ud800",
    b"\0",
    b"\xff\xfe",
    b"\xb0\xa1",
    b"\r\n",
    "시장".as_bytes(),
    "협약을 맺었다.".as_bytes(),
    "㈜".as_bytes(),
    "\u{200b}".as_bytes(),
    "\u{1112}\u{1161}".as_bytes(),
    "△".as_bytes(),
    b"[[",
    b"{}",
    b"99999999999999999999",
    b"-1",
    b",,,,",
    b"|",
];

fn changed(file: &[u8], other: &[u8], chance: &mut Chance) -> Vec<u8> {
    let mut bytes = file.to_vec();
    for _ in 0..=chance.below(4) {
        let at = chance.below(bytes.len() + 1);
        let end = at + chance.below((bytes.len() - at).min(64) + 1);
        match chance.below(6) {
            0 => bytes.truncate(at),
            1 if at < bytes.len() => bytes[at] ^= 1 << chance.below(8),
            2 => drop(bytes.drain(at..end)),
            3 => {
                let piece = bytes[at..end].to_vec();
                drop(bytes.splice(at..at, piece));
            }
            4 => {
                let from = chance.below(other.len() + 1);
                let to = from + chance.below((other.len() - from).min(400) + 1);
                drop(bytes.splice(at..end, other[from..to].iter().copied()));
            }
            _ => drop(bytes.splice(at..at, PIECES[chance.below(PIECES.len())].iter().copied())),
        }
    }
    bytes
}

/// The files of a target's corpus, by name.
fn corpus(target: &str) -> Vec<(String, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("fuzz/corpus")
        .join(target);
    let mut files: Vec<_> = fs::read_dir(folder)
        .expect("a corpus")
        .map(|entry| {
            let entry = entry.expect("an entry");
            let bytes = fs::read(entry.path()).expect("a file");
            (entry.file_name().into_string().expect("a name"), bytes)
        })
        .collect();
    files.sort();
    files
}

fn run(target: &str) {
    let (_, function) = targets::TARGETS
        .iter()
        .find(|(name, _)| *name == target)
        .expect("a target");
    let files = corpus(target);
    assert!(files.len() >= 2, "{target}: {} files", files.len());
    function(b"");
    let mut chance = Chance(17);
    for (name, file) in &files {
        // Seen only where it fails.
        println!("{name}");
        function(file);
        for round in 0..ROUNDS {
            println!("{name}, round {round}");
            let (_, other) = &files[chance.below(files.len())];
            function(&changed(file, other, &mut chance));
        }
    }
}

/// A test for each target, so that they run side by side.
macro_rules! targets {
    ($($target:ident)*) => {
        $(
            #[test]
            fn $target() {
                run(stringify!($target));
            }
        )*

        #[test]
        fn every_target_has_a_test_a_corpus_and_a_program() {
            let tested = [$(stringify!($target)),*];
            assert_eq!(targets::TARGETS.map(|(name, _)| name), tested);
            let names = |folder: &str| {
                let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz").join(folder);
                let entries = fs::read_dir(folder).expect("a folder").map(|entry| {
                    entry.expect("an entry").path().file_stem().expect("a name").to_string_lossy().into_owned()
                });
                entries.collect::<std::collections::BTreeSet<_>>()
            };
            assert_eq!(names("fuzz_targets"), names("corpus"));
            assert!(names("corpus").iter().eq(std::collections::BTreeSet::from(tested)));
        }
    };
}

targets! { decoding html main_text sentences matching mentions dictionaries records partials graphml sqlite }
