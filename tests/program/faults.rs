//! What goes wrong from outside: a full disk, a kill, too little memory, another build, files that lie.
//!
//! Whatever it is, the output is the old one or the new one, whole; nothing is left beside it; and the program says
//! what, where and what to do, instead of panicking.

#[path = "../../benches/generator/chance.rs"]
mod chance;

use std::collections::BTreeMap;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::SystemTime;

use ieum::dictionary::Dictionary;
use rusqlite::Connection;

use crate::harness::{ARTICLE, Folder, samples};
use chance::Chance;

type Files = BTreeMap<PathBuf, Vec<u8>>;

/// The program, run by bash in this folder after `set_up`.
fn under(folder: &Folder, set_up: &str, arguments: &[&str]) -> Ended {
    let output = Command::new("bash")
        .args(["-c", &format!("{set_up}\nexec \"$0\" \"$@\"")])
        .arg(assert_cmd::cargo::cargo_bin!("ieum"))
        .args(arguments)
        .current_dir(folder.path(""))
        .stdin(Stdio::null())
        .output()
        .unwrap();
    Ended {
        code: output.status.code(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

/// How a run ended; no code after a signal.
struct Ended {
    code: Option<i32>,
    err: String,
}

impl Ended {
    /// It was done, or it could not be done and says why.
    #[track_caller]
    fn well_or_with(&self, what: &str) -> bool {
        let Self { code, err } = self;
        assert!(!err.contains("panicked"), "{err}");
        let told = err.contains("error: ") && err.contains(what);
        assert!(
            *code == Some(0) || *code == Some(1) && told,
            "{code:?}: {err}"
        );
        *code == Some(0)
    }
}

/// A folder with the output of one article in `output` and of the samples in `new`.
fn two_outputs() -> (Folder, Files, Files) {
    let folder = Folder::new().with("one/good.txt", ARTICLE);
    std::os::unix::fs::symlink(samples(), folder.path("many")).unwrap();
    folder.ieum(&["build", "many", "-o", "new"]).succeeds();
    folder.ieum(&["build", "one"]).succeeds();
    let (old, new) = (folder.files("output"), folder.files("new"));
    (folder, old, new)
}

#[test]
fn a_disk_that_is_full_at_any_write_is_an_error_and_the_old_output_stays() {
    let (folder, old, new) = two_outputs();
    folder.write(
        "records.jsonl",
        folder.ieum(&["extract", "many"]).succeeds().out,
    );
    let beside = folder.names("");
    // Just too little for each of the files, and for what comes before them.
    let mut limits: Vec<usize> = new
        .values()
        .map(|bytes| bytes.len().div_ceil(1024) - 1)
        .collect();
    limits.extend([1, 2, 3, 5, 9, 17, 33]);
    limits.sort_unstable();
    limits.dedup();
    let mut failed = 0;
    for blocks in limits {
        let full = format!("trap '' XFSZ; ulimit -f {blocks}");
        let done = under(&folder, &full, &["build", "many"]).well_or_with("output");
        assert!(!done, "{blocks} KB are not enough");
        failed += 1;
        assert!(folder.files("output") == old, "at {blocks} KB");
        let done = under(&folder, &full, &["fold", "records.jsonl", "-o", "part"])
            .well_or_with("cannot write part");
        assert_eq!(done, folder.path("part").exists());
        let _ = fs::remove_file(folder.path("part"));
        under(
            &folder,
            &full,
            &["export", "xlsx", "--graph", "new", "-o", "x.xlsx"],
        )
        .well_or_with("cannot write x.xlsx");
        let _ = fs::remove_file(folder.path("x.xlsx"));
        assert_eq!(folder.names(""), beside, "at {blocks} KB");
    }
    assert!(failed > 10);
    let full = "exec >/dev/full";
    for arguments in [
        &["extract", "many"][..],
        &["fold", "records.jsonl"],
        &["export", "graphml"],
        &["export", "sqlite"],
        &["neighbors", "거제시"],
        &["stats"],
        &["top"],
        &["agreements", "--format", "csv"],
        &["explain", "one/good.txt"],
        &["completions", "bash"],
    ] {
        let ended = under(&folder, full, arguments);
        assert!(!ended.well_or_with("No space left"), "{arguments:?}");
    }
    assert_eq!(folder.names(""), beside);
}

fn start(folder: &Folder, arguments: &[&str]) -> Child {
    Command::new(assert_cmd::cargo::cargo_bin!("ieum"))
        .args(arguments)
        .current_dir(folder.path(""))
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

/// How many bytes a build has written beside the output so far.
fn written(staging: &Path) -> usize {
    let Ok(entries) = fs::read_dir(staging) else {
        return 0;
    };
    let size = |entry: fs::DirEntry| entry.metadata().map_or(0, |data| data.len() as usize);
    entries.flatten().map(size).sum()
}

#[test]
fn a_build_that_is_killed_at_any_of_a_hundred_moments_leaves_a_whole_output() {
    let (folder, one, many) = two_outputs();
    folder.write("output/mine.txt", "내 것");
    let output = || {
        // A file that is not ours is there all the time, for a moment by way of a link.
        let mine = fs::read(folder.path("output/mine.txt")).unwrap();
        assert_eq!(mine, "내 것".as_bytes());
        let mut files = folder.files("output");
        files.remove(Path::new("mine.txt"));
        files
    };
    let total: usize = many.values().map(Vec::len).sum();
    let staging = folder.path(".output.ieum-new");
    let mut chance = Chance(7);
    let (mut killed, mut seen_many) = (0, 0);
    for round in 0..100 {
        let input = ["many", "one"][round % 2];
        let mut child = start(&folder, &["build", input]);
        // A tenth each: as soon as it runs, when the output changes its place, or when so many bytes are written.
        let moment = chance.below(10);
        let enough = chance.below(total);
        let before = fs::read(folder.path("output/nodes.csv")).unwrap();
        let reached = |child: &mut Child| {
            child.try_wait().unwrap().is_some()
                || match moment {
                    0 => true,
                    1 => fs::read(folder.path("output/nodes.csv")).is_ok_and(|now| now != before),
                    2 => staging.exists(),
                    _ => written(&staging) >= enough,
                }
        };
        while !reached(&mut child) {
            std::thread::yield_now();
        }
        let _ = child.kill();
        if !child.wait().unwrap().success() {
            killed += 1;
        }
        let now = output();
        assert!(
            now == one || now == many,
            "round {round}, {moment}: half an output"
        );
        seen_many += usize::from(now == many);
    }
    assert!(killed >= 50, "{killed}");
    assert!(seen_many > 0);
    folder.ieum(&["build", "many"]).succeeds();
    assert!(output() == many);
    assert_eq!(folder.names(""), ["many", "new", "one", "output"]);
}

#[test]
fn what_happens_while_a_build_reads_is_told_and_harms_nothing() {
    let (folder, old, _) = two_outputs();
    folder.write("in/a.txt", ARTICLE);
    folder.write("in/b.txt", ARTICLE);
    // It has found the files and waits for standard input.
    let waiting = || {
        let child = start(&folder, &["build", "-", "in", "one"]);
        while !folder.path(".output.ieum-new/.ieum-building").exists() {
            std::thread::yield_now();
        }
        child
    };
    let finish = |mut child: Child| {
        let line = format!(
            "{{\"id\": \"line\", \"text\": \"{}\"}}",
            "거제시와 거제공고가 협약했다. ".repeat(9)
        );
        writeln!(child.stdin.take().unwrap(), "{line}").unwrap();
        let output = child.wait_with_output().unwrap();
        (
            output.status.code(),
            String::from_utf8(output.stderr).unwrap(),
        )
    };

    // A second build is refused and does not disturb the first; a file that vanishes is named.
    let first = waiting();
    let second = folder.ieum(&["build", "one"]).fails();
    second.explains(&["another build is writing into", "output", "wait for it"]);
    folder.ieum(&["neighbors", "거제시"]).succeeds();
    fs::remove_file(folder.path("in/a.txt")).unwrap();
    let (code, err) = finish(first);
    assert_eq!(code, Some(0), "{err}");
    assert!(
        err.contains("cannot use in/a.txt: the file is no longer there"),
        "{err}"
    );
    let articles = String::from_utf8(folder.files("output")[Path::new("articles.csv")].clone());
    assert!(articles.unwrap().contains("in/b.txt"));

    // Somebody clears away what is half done.
    folder.ieum(&["build", "one"]).succeeds();
    let robbed = waiting();
    fs::remove_dir_all(folder.path(".output.ieum-new")).unwrap();
    let (code, err) = finish(robbed);
    assert!(
        code == Some(1) && err.contains("error: cannot write"),
        "{code:?} {err}"
    );
    assert!(folder.files("output") == old);

    // The output folder goes: the new one takes its place.
    let orphan = waiting();
    fs::remove_dir_all(folder.path("output")).unwrap();
    let (code, err) = finish(orphan);
    assert_eq!(code, Some(0), "{err}");
    assert_eq!(folder.files("output").len(), old.len());

    // Somebody else's file takes the place of one of ours.
    let guest = waiting();
    fs::remove_dir_all(folder.path("output")).unwrap();
    folder.write("output/nodes.csv", "내 것");
    let (code, err) = finish(guest);
    assert!(
        code == Some(1) && err.contains("nodes.csv"),
        "{code:?} {err}"
    );
    assert_eq!(folder.files("output").len(), 1);
    assert_eq!(folder.names(""), ["in", "many", "new", "one", "output"]);
}

#[test]
fn too_little_memory_is_told_and_leaves_the_old_output() {
    let (folder, old, new) = two_outputs();
    let mut done = 0;
    for megabytes in [40, 60, 80, 120, 160, 200, 260, 320, 400, 600, 4000] {
        let limit = format!("ulimit -c 0; ulimit -v {}", megabytes * 1024);
        let ended = under(&folder, &limit, &["build", "many", "--threads", "2"]);
        assert!(
            !ended.err.contains("panicked"),
            "{megabytes} MB: {}",
            ended.err
        );
        let now = folder.files("output");
        if ended.code == Some(0) {
            assert!(now == new, "{megabytes} MB");
            done += 1;
            folder.ieum(&["build", "one"]).succeeds();
        } else {
            assert!(!ended.err.is_empty(), "{megabytes} MB: {:?}", ended.code);
            assert!(now == old, "{megabytes} MB: {}", ended.err);
        }
    }
    assert!(done > 0);
    folder.ieum(&["build", "one"]).succeeds();
    assert_eq!(folder.names(""), ["many", "new", "one", "output"]);
}

#[test]
fn locale_zone_and_home_make_no_difference() {
    let (folder, _, new) = two_outputs();
    for odd in [
        "export LC_ALL=tr_TR.UTF-8 LANG=ar_EG TZ=Pacific/Apia",
        "export LC_ALL=ko_KR.EUC-KR TZ=:/dev/zero SOURCE_DATE_EPOCH=x",
        "unset HOME LANG LC_ALL PATH TMPDIR; export TZ=Nowhere/City+99 COLUMNS=0 RUST_LOG=trace",
        "export TMPDIR=/nowhere HOME=/dev/null LANGUAGE=xx NO_COLOR=1 TERM=dumb",
        "umask 077; exec <&-",
    ] {
        let ended = under(&folder, odd, &["build", "many"]);
        assert_eq!(ended.code, Some(0), "{odd}: {}", ended.err);
        assert!(folder.files("output") == new, "{odd}");
        let ended = under(
            &folder,
            odd,
            &["timeline", "제주대학교", "--graph", "output"],
        );
        assert_eq!(ended.code, Some(0), "{odd}: {}", ended.err);
    }
    let ended = under(&folder, "exec >&- 2>&-", &["neighbors", "제주대학교"]);
    assert!(
        ended.code == Some(0) || ended.code == Some(1),
        "{:?}",
        ended.code
    );
}

/// All that lies below a folder: files with their bytes, links with where they lead, and when each was changed.
fn state(folder: &Path) -> BTreeMap<PathBuf, (Vec<u8>, SystemTime)> {
    walkdir::WalkDir::new(folder)
        .into_iter()
        .map(Result::unwrap)
        .map(|entry| {
            let data = fs::symlink_metadata(entry.path()).unwrap();
            let bytes = if data.is_file() {
                fs::read(entry.path()).unwrap()
            } else {
                fs::read_link(entry.path()).map_or_else(
                    |_| Vec::new(),
                    |to| to.into_os_string().into_encoded_bytes(),
                )
            };
            (entry.path().to_owned(), (bytes, data.modified().unwrap()))
        })
        .collect()
}

#[test]
fn nothing_outside_the_output_folder_is_touched() {
    let folder = Folder::new().with("work/one/good.txt", ARTICLE);
    for (name, content) in Dictionary::embedded_files() {
        folder.write(&format!("work/names/{name}"), content);
    }
    for around in ["home/.config", "home/.cache", "tmp", "results"] {
        fs::create_dir_all(folder.path(around)).unwrap();
    }
    let path = |name: &str| folder.path(name).to_str().unwrap().to_owned();
    let (home, tmp) = (path("home"), path("tmp"));
    let around = || ["work", "home", "tmp"].map(|name| state(&folder.path(name)));
    let before = around();
    for arguments in [
        &[
            "build",
            "one",
            "-o",
            "../results/graph",
            "--dictionaries",
            "names",
        ][..],
        &["build", "one", "-o", "../results/graph", "--threads", "2"],
        &["extract", "one"],
        &["explain", "one/good.txt"],
        &["neighbors", "거제시", "--graph", "../results/graph"],
        &["export", "gexf", "--graph", "../results/graph"],
        &[
            "export",
            "xlsx",
            "--graph",
            "../results/graph",
            "-o",
            "../results/graph.xlsx",
        ],
        &["dict", "check", "names"],
    ] {
        let ended = Command::new(assert_cmd::cargo::cargo_bin!("ieum"))
            .args(arguments)
            .current_dir(folder.path("work"))
            .env("HOME", &home)
            .env("TMPDIR", &tmp)
            .env("XDG_CACHE_HOME", folder.path("home/.cache"))
            .env("XDG_CONFIG_HOME", folder.path("home/.config"))
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&ended.stderr);
        assert!(ended.status.success(), "{arguments:?}: {said}");
        assert!(around() == before, "{arguments:?}");
        assert_eq!(folder.names(""), ["home", "results", "tmp", "work"]);
    }
    assert_eq!(folder.names("results"), ["graph", "graph.xlsx"]);
}

/// What is asked of a graph that may be anything.
const QUESTIONS: [&[&str]; 9] = [
    &["stats"],
    &["neighbors", "거제시", "--depth", "2"],
    &["show", "거제시"],
    &["why", "거제시", "거제공고"],
    &["search", "거"],
    &["timeline", "거제시"],
    &["path", "거제시", "삼성중공업"],
    &["export", "gexf"],
    &["export", "html"],
];

#[track_caller]
fn questions_end_well(folder: &Folder, what: &str) {
    for question in QUESTIONS {
        let ended = under(folder, "exec >/dev/null", question);
        let err = &ended.err;
        let told = ["graph", "there is no", "no way", "may be any of"]
            .iter()
            .any(|word| err.contains(word));
        assert!(!err.contains("panicked"), "{what}, {question:?}: {err}");
        assert!(
            ended.code == Some(0) || ended.code == Some(1) && err.contains("error: ") && told,
            "{what}, {question:?}: {:?} {err}",
            ended.code
        );
    }
}

#[test]
fn a_graph_that_lies_is_an_error_or_an_answer() {
    let folder = Folder::new().with("one/good.txt", ARTICLE);
    folder.ieum(&["build", "one"]).succeeds();
    let path = folder.path("output/graph.sqlite");
    let whole = fs::read(&path).unwrap();
    for sql in [
        "UPDATE nodes SET label = x'ff00fe'",
        "UPDATE nodes SET id = 7",
        "UPDATE nodes SET mentions = -1",
        "UPDATE nodes SET stories = 9223372036854775807",
        "UPDATE nodes SET page_rank = 9e999",
        "UPDATE nodes SET first_seen = '2024-99-99'",
        "UPDATE nodes SET attributes = '['",
        "UPDATE nodes SET attributes = replace(hex(zeroblob(60000)), '0', '[')",
        "UPDATE nodes SET component = 'x', community = -5",
        "UPDATE nodes SET kind = ''",
        "DELETE FROM nodes WHERE node = 1",
        "DELETE FROM nodes",
        "UPDATE names SET node = 999999999999",
        "UPDATE names SET folded = x'00', name = x'00'",
        "DELETE FROM names",
        "UPDATE lookup SET names = x'ffffffffffffffff'",
        "UPDATE lookup SET names = zeroblob(100000)",
        "DELETE FROM lookup",
        "UPDATE edges SET source = 4294967295",
        "UPDATE edges SET target = -1",
        "UPDATE edges SET target = source",
        "UPDATE edges SET weight = 'heavy'",
        "UPDATE edges SET weight = -9e999",
        "UPDATE edges SET status = 'done; done; done'",
        "UPDATE edges SET kind = 'party'",
        "UPDATE evidence SET sentence = 4294967296",
        "UPDATE evidence SET status = 'maybe'",
        "UPDATE evidence SET date = '-9999-01-01'",
        "UPDATE sentences SET article = 77",
        "UPDATE sentences SET start = 4000000000, \"end\" = 1",
        "UPDATE articles SET story = 99",
        "UPDATE articles SET source = NULL || 'x', status = 'x'",
        "UPDATE articles SET published = 'yesterday'",
        "UPDATE agreements SET parties = 1e18, date = 20240101",
        "UPDATE meta SET value = 'x'",
        "DELETE FROM meta",
        "UPDATE labels SET ko = char(10) || char(27) || '[2J'",
        "CREATE TRIGGER t AFTER INSERT ON meta BEGIN DELETE FROM nodes; END",
        "DROP TABLE evidence",
        "DROP TABLE nodes; CREATE VIEW nodes AS SELECT * FROM articles",
        "PRAGMA user_version = -1",
        "PRAGMA application_id = 5",
    ] {
        fs::write(&path, &whole).unwrap();
        let file = Connection::open(&path).unwrap();
        // Constraints hold some of them off, as they should.
        let _ = file.execute_batch(&format!("PRAGMA ignore_check_constraints = ON; {sql}"));
        file.close().unwrap();
        questions_end_well(&folder, sql);
    }
    let mut chance = Chance(11);
    for round in 0..24 {
        let mut bytes = whole.clone();
        match round % 3 {
            0 => bytes.truncate(chance.below(whole.len())),
            1 => {
                for _ in 0..40 {
                    let at = 100 + chance.below(whole.len() - 100);
                    bytes[at] = chance.below(256) as u8;
                }
            }
            _ => {
                // A page in another's place.
                let (from, to) = (
                    chance.below(whole.len() / 4096),
                    1 + chance.below(whole.len() / 4096 - 1),
                );
                bytes.copy_within(from * 4096..(from + 1) * 4096, to * 4096);
            }
        }
        fs::write(&path, bytes).unwrap();
        questions_end_well(&folder, &format!("round {round}"));
    }
    fs::write(&path, &whole).unwrap();
    let before = folder.names("output");
    questions_end_well(&folder, "whole");
    assert_eq!(folder.names("output"), before);
    assert!(fs::read(&path).unwrap() == whole, "questions write nothing");
}

#[test]
fn records_that_lie_are_an_error_or_a_graph() {
    let folder = Folder::new().with("one/good.txt", ARTICLE);
    let whole = folder.ieum(&["extract", "one"]).succeeds().out;
    let record: serde_json::Value = serde_json::from_str(&whole).unwrap();
    let changed = |path: &str, value: serde_json::Value| {
        let mut record = record.clone();
        *record.pointer_mut(path).unwrap() = value;
        record.to_string()
    };
    let huge = serde_json::json!(u64::MAX);
    let mut lies = vec![
        "[".repeat(100_000),
        format!("{{\"source\":{}", "{\"a\":".repeat(100_000)),
        "{}".to_owned(),
        "null".to_owned(),
        "ieum".to_owned(),
        "ieum partial 1\n".to_owned(),
        "\u{0}".to_owned(),
        changed("/published", "9999-99-99".into()),
        changed("/published", "-9999-01-01".into()),
        changed("/text", "".into()),
        changed("/text", "가".into()),
        changed("/text", 5.into()),
        changed("/source", "".into()),
        changed("/source", "../../etc/passwd\n\u{1b}[2J".into()),
        changed("/sentences/0/start", huge.clone()),
        changed("/sentences/0/end", huge.clone()),
        changed("/sentences/0/end", 0.into()),
        changed("/sentences/0/start", (-1).into()),
        changed("/sentences", serde_json::json!([])),
        changed("/entities/0/id", "".into()),
        changed("/entities/0/id", ":".into()),
        changed("/entities/0/id", "agreement:2024-03-05:00000000".into()),
        changed("/entities/0/id", "a\u{0}b:c\u{fffe}".into()),
        changed("/entities/0/mentions/0/start", huge.clone()),
        changed("/entities/0/mentions/0/sentence", huge.clone()),
        changed("/entities", serde_json::json!([])),
        changed("/agreements/0/parties", serde_json::json!([])),
        changed(
            "/agreements/0/parties",
            serde_json::json!(vec!["x:y"; 5000]),
        ),
        changed("/agreements/0/sentence", huge.clone()),
        changed("/agreements/0/status", "dictionary".into()),
        changed("/agreements/0/date", "0000-01-01".into()),
        changed("/relations/0/sentence", huge),
        changed("/relations/0/relation", "party".into()),
        changed("/relations/0/relation", "".into()),
        changed("/relations/0/status", "dictionary".into()),
        changed("/relations/0/status", "maybe".into()),
        whole.replace("거제시", "\\ud800"),
        whole.replace("거제시", "\\u0000"),
        whole.replace("거제시", &"가".repeat(70_000)),
    ];
    let mut chance = Chance(13);
    for _ in 0..10 {
        let mut at = chance.below(whole.len());
        while !whole.is_char_boundary(at) {
            at -= 1;
        }
        lies.push(whole[..at].to_owned());
    }
    for lie in lies {
        let shown: String = lie.chars().take(200).collect();
        folder.write("records", &lie);
        let partial = lie.starts_with("ieum");
        let place = if partial {
            "records"
        } else {
            "records, line 1"
        };
        let done = under(&folder, "", &["assemble", "records"]);
        let none = done.err.contains("there is no article to make a graph of");
        if done.well_or_with(if none { "stays as it was" } else { place }) {
            questions_end_well(&folder, &shown);
        }
        under(&folder, "exec >part", &["fold", "records"]).well_or_with(place);
    }
    let mut names = folder.names("");
    names.retain(|name| name != "output");
    assert_eq!(names, ["one", "part", "records"]);
}
