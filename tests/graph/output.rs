//! The output folder: whole at any moment, and nothing else touched.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, BufRead, BufReader, Write};
use std::path::Path;

use ieum::export::{self, Format, Loss, Output, OutputError};
use ieum::graph::Graph;

use crate::records::{graph, iksan};

fn build(graph: &Graph, folder: &Path) -> Result<(), export::ExportError> {
    let formats = export::all();
    let output = Output::prepare(folder, &formats)?;
    export::write(graph, &formats, output).map(drop)
}

/// Every file below a folder, with its content.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let entry = entry.expect("an entry");
        let name = entry.file_name().to_string_lossy().into_owned();
        if entry.path().is_dir() {
            for (below, content) in files(&entry.path()) {
                found.insert(format!("{name}/{below}"), content);
            }
        } else {
            found.insert(name, fs::read(entry.path()).expect("a file"));
        }
    }
    found
}

const OURS: [&str; 11] = [
    ".ieum",
    "README.md",
    "agreements.csv",
    "articles.csv",
    "edges.csv",
    "evidence.csv",
    "graph.gexf",
    "graph.graphml",
    "graph.html",
    "graph.sqlite",
    "nodes.csv",
];

#[test]
fn a_second_build_replaces_the_first_and_leaves_what_is_not_ours() {
    let home = tempfile::tempdir().expect("a folder");
    let folder = home.path().join("deep/output");
    let first = graph([&iksan()]);
    build(&first, &folder).expect("built");
    let once = files(&folder);
    assert_eq!(once.keys().collect::<Vec<_>>(), OURS);
    fs::create_dir_all(folder.join("mine/deeper")).expect("made");
    fs::write(folder.join("mine/deeper/notes.txt"), "내 것").expect("written");
    fs::write(folder.join("picture.png"), "그림").expect("written");
    fs::write(folder.join("nodes.csv"), "edited").expect("written");
    build(&first, &folder).expect("built again");
    let mut twice = files(&folder);
    assert_eq!(
        twice.remove("mine/deeper/notes.txt").as_deref(),
        Some("내 것".as_bytes())
    );
    assert_eq!(
        twice.remove("picture.png").as_deref(),
        Some("그림".as_bytes())
    );
    assert_eq!(twice, once);
    assert!(!folder.join("mine").is_symlink() && !folder.join("picture.png").is_symlink());
    let beside = fs::read_dir(home.path().join("deep"))
        .expect("a folder")
        .count();
    assert_eq!(beside, 1, "nothing is left beside it");
}

#[test]
fn fewer_formats_take_the_other_files_away() {
    let home = tempfile::tempdir().expect("a folder");
    let folder = home.path().join("output");
    build(&graph([&iksan()]), &folder).expect("built");
    let formats = export::chosen(&["sqlite"]).expect("a format");
    let output = Output::prepare(&folder, &formats).expect("ready");
    export::write(&graph([&iksan()]), &formats, output).expect("built");
    let left: Vec<String> = files(&folder).into_keys().collect();
    assert_eq!(left, [".ieum", "README.md", "graph.sqlite"]);
}

#[test]
fn files_with_our_names_that_are_not_ours_are_refused() {
    let home = tempfile::tempdir().expect("a folder");
    let folder = home.path().join("output");
    fs::create_dir(&folder).expect("made");
    fs::write(folder.join("nodes.csv"), "mine").expect("written");
    fs::write(folder.join("README.md"), "# mine").expect("written");
    let error = build(&graph([&iksan()]), &folder)
        .expect_err("refused")
        .to_string();
    assert!(
        error.contains("nodes.csv, README.md") && error.contains("-o"),
        "{error}"
    );
    assert_eq!(files(&folder).len(), 2);
    assert_eq!(fs::read_dir(home.path()).expect("a folder").count(), 1);
}

#[test]
fn the_guide_that_lies_in_the_repository_is_ours() {
    let home = tempfile::tempdir().expect("a folder");
    fs::write(home.path().join("README.md"), export::README).expect("written");
    build(&graph([&iksan()]), home.path()).expect("built");
    let copy = concat!(env!("CARGO_MANIFEST_DIR"), "/output/README.md");
    if let Ok(copy) = fs::read_to_string(copy) {
        assert_eq!(copy, export::README);
    }
}

#[test]
fn what_cannot_be_a_folder_is_refused_before_the_work() {
    let home = tempfile::tempdir().expect("a folder");
    let file = home.path().join("file");
    fs::write(&file, "").expect("written");
    let formats = export::all();
    let prepared = Output::prepare(&file, &formats);
    assert!(matches!(prepared, Err(OutputError::NotAFolder(_))));
    let prepared = Output::prepare(&file.join("below"), &formats);
    assert!(matches!(prepared, Err(OutputError::Unwritable { .. })));
}

#[test]
fn two_builds_do_not_write_into_one_folder() {
    let home = tempfile::tempdir().expect("a folder");
    let folder = home.path().join("output");
    let formats = export::all();
    let first = Output::prepare(&folder, &formats).expect("ready");
    let second = Output::prepare(&folder, &formats);
    assert!(matches!(second, Err(OutputError::Busy(_))));
    drop(first);
    Output::prepare(&folder, &formats).expect("ready again");
}

#[test]
fn a_failing_file_leaves_the_old_output() {
    let home = tempfile::tempdir().expect("a folder");
    let folder = home.path().join("output");
    build(&graph([&iksan()]), &folder).expect("built");
    let before = files(&folder);
    let formats = export::all();
    let output = Output::prepare(&folder, &formats).expect("ready");
    // In the way of a file, as a full disk would be.
    fs::create_dir(output.path("edges.csv")).expect("made");
    let error = export::write(&graph([]), &formats, output)
        .expect_err("fails")
        .to_string();
    assert!(error.contains("edges.csv"), "{error}");
    assert_eq!(files(&folder), before);
    assert_eq!(fs::read_dir(home.path()).expect("a folder").count(), 1);
}

const CHILD: &str = "IEUM_TEST_BUILDS_INTO";

/// A format that says when its file begins and when it is written.
struct Told(Box<dyn Format>);

impl Format for Told {
    fn file(&self) -> &'static str {
        self.0.file()
    }

    fn name(&self) -> &'static str {
        self.0.name()
    }

    fn write(&self, graph: &Graph, out: &mut dyn Write) -> io::Result<Loss> {
        self.0.write(graph, out)
    }

    fn create(&self, graph: &Graph, path: &Path) -> io::Result<Loss> {
        tell();
        let loss = self.0.create(graph, path);
        tell();
        loss
    }
}

const STEP: &str = "a step";

/// Past what catches the output of tests.
fn tell() {
    writeln!(io::stderr(), "{STEP}").expect("told");
}

/// Builds again and again, one graph after the other, until it is killed, and tells every step. Only as a child of the
/// next test.
#[test]
#[ignore = "runs until it is killed"]
fn endless_builds() {
    let Some(folder) = std::env::var_os(CHILD) else {
        return;
    };
    let graphs = [graph([&iksan()]), graph([])];
    let told = |format| Box::new(Told(format)) as Box<dyn Format>;
    let formats: Vec<_> = export::all().into_iter().map(told).collect();
    for turn in 0.. {
        let output = Output::prepare(Path::new(&folder), &formats).expect("ready");
        tell();
        export::write(&graphs[turn % 2], &formats, output).expect("built");
        tell();
    }
}

#[test]
fn a_killed_build_leaves_a_whole_output_and_nothing_of_others_is_lost() {
    let home = tempfile::tempdir().expect("a folder");
    let folder = home.path().join("output");
    let mut whole = Vec::new();
    for graph in [graph([&iksan()]), graph([])] {
        let other = home.path().join("other");
        build(&graph, &other).expect("built");
        whole.push(files(&other));
        fs::remove_dir_all(&other).expect("removed");
    }
    fs::create_dir_all(folder.join("mine")).expect("made");
    fs::write(folder.join("mine/notes.txt"), "내 것").expect("written");
    fs::write(folder.join("picture.png"), "그림").expect("written");
    build(&graph([]), &folder).expect("built");
    // None where the folder changes its place just now.
    let edges = || fs::read(folder.join("edges.csv")).ok();
    // Every step of two builds: ready, the ten files, done. Each alone, and with the next change of place behind it.
    let steps = 2 * 2 * (export::all().len() + 1);
    for (step, swaps) in (1..=steps).flat_map(|step| [(step, false), (step, true)]) {
        let mut child = std::process::Command::new(std::env::current_exe().expect("this test"))
            .args(["--exact", "output::endless_builds", "--ignored"])
            .env(CHILD, &folder)
            .stdout(std::process::Stdio::null())
            .stderr(std::process::Stdio::piped())
            .spawn()
            .expect("a child");
        let mut lines = BufReader::new(child.stderr.take().expect("what it tells")).lines();
        let told = lines.by_ref().take(step);
        let told: Vec<String> = told.map(|line| line.expect("a line")).collect();
        assert_eq!(told, vec![STEP; step]);
        let before = edges();
        while swaps && edges() == before {
            assert!(child.try_wait().expect("a state").is_none(), "step {step}");
            std::thread::yield_now();
        }
        child.kill().expect("killed");
        child.wait().expect("ended");
        let mut found = files(&folder);
        let notes = found.remove("mine/notes.txt");
        assert_eq!(notes.as_deref(), Some("내 것".as_bytes()), "step {step}");
        let picture = found.remove("picture.png");
        assert_eq!(picture.as_deref(), Some("그림".as_bytes()), "step {step}");
        assert!(whole.contains(&found), "step {step}: {:?}", found.keys());
    }
    build(&graph([]), &folder).expect("built");
    assert!(!folder.join("mine").is_symlink() && !folder.join("picture.png").is_symlink());
    assert_eq!(fs::read_dir(home.path()).expect("a folder").count(), 1);
}

#[test]
fn what_a_killed_build_left_behind_is_put_in_order() {
    // Killed after the exchange: the old output, with what is not ours, lies beside the new one.
    let home = tempfile::tempdir().expect("a folder");
    let folder = home.path().join("output");
    let aside = home.path().join(".output.ieum-new");
    build(&graph([]), &aside).expect("built");
    fs::create_dir(aside.join("mine")).expect("made");
    fs::write(aside.join("mine/notes.txt"), "내 것").expect("written");
    fs::write(aside.join("picture.png"), "그림").expect("written");
    build(&graph([&iksan()]), &home.path().join("new")).expect("built");
    fs::rename(home.path().join("new"), &folder).expect("moved");
    let formats = export::all();
    drop(Output::prepare(&folder, &formats).expect("ready"));
    assert_eq!(
        fs::read_to_string(folder.join("mine/notes.txt")).expect("kept"),
        "내 것"
    );
    assert_eq!(
        fs::read_to_string(folder.join("picture.png")).expect("kept"),
        "그림"
    );
    assert_eq!(fs::read_dir(home.path()).expect("a folder").count(), 1);
    // Killed between the two moves of a system without exchange.
    fs::rename(&folder, home.path().join(".output.ieum-old")).expect("moved");
    drop(Output::prepare(&folder, &formats).expect("ready"));
    assert_eq!(
        fs::read_to_string(folder.join("picture.png")).expect("kept"),
        "그림"
    );
    assert!(folder.join("nodes.csv").exists());
}
