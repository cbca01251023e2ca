//! What a shell asks when the tab key is pressed, and the manual.

use std::process::Command;

use crate::harness::{ARTICLE, Folder, Run};

fn graph() -> Folder {
    let folder = Folder::new().with("a.txt", ARTICLE);
    folder.ieum(&["build", "a.txt"]).succeeds();
    folder
}

/// What the tab key offers behind these words, the way bash asks for it.
fn offered(folder: &Folder, words: &[&str]) -> Vec<String> {
    let place = (words.len() - 1).to_string();
    let asked = [&["--", "ieum"], &words[1..]].concat();
    let said = ask(folder, &asked)
        .with("_CLAP_IFS", "\n")
        .with("_CLAP_COMPLETE_INDEX", &place)
        .succeeds();
    said.out.lines().map(str::to_owned).collect()
}

fn ask(folder: &Folder, words: &[&str]) -> Run {
    folder.ieum(words).with("COMPLETE", "bash")
}

#[test]
fn the_tab_key_completes_names_of_the_graph() {
    let folder = graph();
    let names = offered(&folder, &["ieum", "neighbors", "거제공"]);
    assert_eq!(names, ["거제공업고등학교"]);
    let second = offered(&folder, &["ieum", "why", "거제시", "삼성"]);
    assert_eq!(second, ["삼성중공업"]);
    assert_eq!(offered(&folder, &["ieum", "show", "없는이름"]), [""; 0]);
}

#[test]
fn the_tab_key_completes_commands_and_options() {
    let folder = Folder::new();
    assert_eq!(offered(&folder, &["ieum", "neigh"]), ["neighbors"]);
    assert_eq!(
        offered(&folder, &["ieum", "neighbors", "--dep"]),
        ["--depth"]
    );
    assert_eq!(
        offered(&folder, &["ieum", "neighbors", "거"]),
        [""; 0],
        "without a graph"
    );
}

#[test]
fn bash_takes_what_is_printed() {
    let folder = graph();
    let program = assert_cmd::cargo::cargo_bin!("ieum");
    let path = format!(
        "{}:{}",
        program.parent().unwrap().display(),
        std::env::var("PATH").unwrap()
    );
    let script = "source <(ieum completions bash)\n\
                  COMP_WORDS=(ieum neighbors 거제공); COMP_CWORD=2; COMP_TYPE=9\n\
                  _clap_complete_ieum ieum 거제공 neighbors\n\
                  printf '%s\\n' \"${COMPREPLY[@]}\"";
    let done = Command::new("bash")
        .args(["-c", script])
        .env("PATH", path)
        .current_dir(folder.path(""))
        .output()
        .unwrap();
    assert_eq!(String::from_utf8(done.stderr).unwrap(), "");
    assert_eq!(
        String::from_utf8(done.stdout).unwrap().trim(),
        "거제공업고등학교"
    );
}

#[test]
fn every_shell_gets_a_script_of_its_own() {
    let folder = Folder::new();
    for (shell, sign) in [
        ("bash", "complete "),
        ("zsh", "#compdef ieum"),
        ("fish", "complete --keep-order"),
        ("powershell", "Register-ArgumentCompleter"),
    ] {
        let said = folder.ieum(&["completions", shell]).succeeds();
        assert!(said.out.contains(sign), "{shell}: {}", said.out);
        assert_eq!(said.err, "");
    }
    folder.ieum(&["completions", "tcsh"]).ends_with(2);
}

#[test]
fn every_command_has_a_page_in_the_manual() {
    let folder = Folder::new();
    folder.ieum(&["man", "pages"]).succeeds();
    let pages = folder.names("pages");
    for page in ["ieum.1", "ieum-neighbors.1", "ieum-why.1", "ieum-build.1"] {
        assert!(pages.iter().any(|name| name == page), "{pages:?}");
    }
    let files = folder.files("pages");
    let page = String::from_utf8(files[std::path::Path::new("ieum-neighbors.1")].clone()).unwrap();
    assert!(page.contains("\\-\\-depth"), "{page}");
}
