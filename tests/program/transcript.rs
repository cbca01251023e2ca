//! Pages that show commands with what they say: every `console` block is run, and says what stands there.
//!
//! After a change that shows in them: `UPDATE_README=1 cargo test --test program`, and read the difference.

use std::fs;
use std::process::Command;

use regex::Regex;

use crate::harness::{Folder, root};

/// Commands with the output that a page shows under them.
pub fn shown(page: &str) -> Vec<(String, String)> {
    let text = fs::read_to_string(root().join(page)).unwrap();
    let mut shown = Vec::new();
    for block in text.split("```console\n").skip(1) {
        let (block, _) = block.split_once("```").expect("the end of the block");
        for part in format!("\n{block}").split("\n$ ").skip(1) {
            let (command, output) = part.split_once('\n').unwrap_or((part, ""));
            let output = if output.is_empty() || output.ends_with('\n') {
                output.to_owned()
            } else {
                format!("{output}\n")
            };
            shown.push((command.to_owned(), output));
        }
    }
    shown
}

/// A folder that looks like the project's after the first command.
pub fn project() -> Folder {
    let folder = Folder::new();
    for part in ["tests/articles", "dictionaries"] {
        for entry in fs::read_dir(root().join(part)).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_str().unwrap();
            folder.write(&format!("{part}/{name}"), fs::read(&path).unwrap());
        }
    }
    folder.ieum(&["build", "tests/articles"]).succeeds();
    folder
}

/// Runs what a page shows, in order, in a folder that looks like the project's.
pub fn check(page: &str) {
    let program = assert_cmd::cargo::cargo_bin!("ieum");
    let path = format!(
        "{}:{}",
        program.parent().unwrap().display(),
        std::env::var("PATH").unwrap()
    );
    let update = std::env::var_os("UPDATE_README").is_some();
    let seconds = Regex::new(r"in [0-9.]+ s\b").unwrap();
    let folder = project();
    let shown = shown(page);
    assert!(shown.len() >= 3, "{page}");
    for (command, expected) in shown {
        // The same program; only how it is started differs.
        let typed = command.replace("cargo run --release --", "ieum");
        if ["cargo ", "bash tests/run", "git "]
            .iter()
            .any(|own| typed.starts_with(own))
        {
            continue;
        }
        let output = Command::new("bash")
            .args(["-c", &format!("{{ {typed}\n}} 2>&1")])
            .env("PATH", &path)
            .env("LC_ALL", "C")
            .current_dir(folder.path(""))
            .output()
            .unwrap();
        let said = String::from_utf8(output.stdout).unwrap();
        let same = seconds.replace_all(&said, "in … s") == seconds.replace_all(&expected, "in … s");
        if !same && update {
            let path = root().join(page);
            let text = fs::read_to_string(&path).unwrap();
            let [old, new] = [&expected, &said].map(|output| format!("$ {command}\n{output}"));
            assert!(text.contains(&old), "{page}: {old}");
            fs::write(path, text.replacen(&old, &new, 1)).unwrap();
        } else {
            assert!(
                same,
                "{page} shows for `{command}`:\n{expected}\nit says:\n{said}\nif that is right: UPDATE_README=1 cargo test --test program"
            );
        }
    }
}
