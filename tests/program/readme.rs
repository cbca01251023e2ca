//! Every `console` block of the READMEs is run, and says what stands there.
//!
//! After a change that shows in them: `UPDATE_README=1 cargo test readme`, and read the difference.

use std::fs;
use std::process::Command;

use regex::Regex;

use crate::harness::{Folder, root};

const READMES: [&str; 2] = ["README.md", "README.ko.md"];

/// Commands with the output that the README shows under them.
fn shown(readme: &str) -> Vec<(String, String)> {
    let text = fs::read_to_string(root().join(readme)).unwrap();
    let mut shown = Vec::new();
    for block in text.split("```console\n").skip(1) {
        let (block, _) = block.split_once("```").expect("the end of the block");
        for part in block.split("$ ").skip(1) {
            let (command, output) = part.split_once('\n').expect("a line with the command");
            shown.push((command.to_owned(), output.to_owned()));
        }
    }
    shown
}

/// A folder that looks like the project's after the first command.
fn project() -> Folder {
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

#[test]
fn every_command_says_what_the_readmes_show() {
    let program = assert_cmd::cargo::cargo_bin!("ieum");
    let path = format!(
        "{}:{}",
        program.parent().unwrap().display(),
        std::env::var("PATH").unwrap()
    );
    let update = std::env::var_os("UPDATE_README").is_some();
    let seconds = Regex::new(r"in [0-9.]+ s\b").unwrap();
    for readme in READMES {
        let folder = project();
        let shown = shown(readme);
        assert!(shown.len() >= 3, "{readme}");
        for (command, expected) in shown {
            // The same program; only how it is started differs.
            let typed = command.replace("cargo run --release --", "ieum");
            if typed.starts_with("cargo ")
                || typed.starts_with("bash tests/run")
                || typed.starts_with("git ")
            {
                continue;
            }
            let output = Command::new("bash")
                .args(["-c", &format!("{{ {typed}\n}} 2>&1")])
                .env("PATH", &path)
                .current_dir(folder.path(""))
                .output()
                .unwrap();
            let said = String::from_utf8(output.stdout).unwrap();
            let same =
                seconds.replace_all(&said, "in … s") == seconds.replace_all(&expected, "in … s");
            if !same && update {
                let path = root().join(readme);
                let text = fs::read_to_string(&path).unwrap();
                let [old, new] = [&expected, &said].map(|output| format!("$ {command}\n{output}"));
                fs::write(path, text.replacen(&old, &new, 1)).unwrap();
            } else {
                assert!(
                    same,
                    "{readme} shows for `{command}`:\n{expected}\nit says:\n{said}\nif that is right: UPDATE_README=1 cargo test readme"
                );
            }
        }
    }
}

#[test]
fn both_readmes_show_the_same_commands() {
    let commands = |readme| {
        shown(readme)
            .into_iter()
            .map(|(command, _)| command)
            .collect::<Vec<_>>()
    };
    assert_eq!(commands(READMES[0]), commands(READMES[1]));
}

#[test]
fn the_readmes_name_every_column_of_every_table() {
    let files = project().files("output");
    for readme in READMES {
        let text = fs::read_to_string(root().join(readme)).unwrap();
        for (name, bytes) in &files {
            if name.extension().is_some_and(|extension| extension == "csv") {
                let table = String::from_utf8(bytes.clone()).unwrap();
                let header = table.lines().next().unwrap().trim_start_matches('\u{feff}');
                assert!(
                    text.contains(&format!("`{header}`")),
                    "{readme}: {} has {header}",
                    name.display()
                );
            }
        }
    }
}
