//! Every `console` block of the READMEs is run, and says what stands there.

use std::fs;

use crate::harness::root;
use crate::transcript::{check, project, shown};

const READMES: [&str; 2] = ["README.md", "README.ko.md"];

#[test]
fn every_command_says_what_the_readmes_show() {
    for readme in READMES {
        check(readme);
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

#[test]
fn the_picture_is_that_of_the_sample_articles() {
    let drawn = project().ieum(&["export", "svg"]).succeeds().out;
    let path = root().join("docs/sample.svg");
    if std::env::var_os("UPDATE_README").is_some() {
        fs::write(&path, &drawn).unwrap();
    }
    assert!(
        fs::read_to_string(path).unwrap() == drawn,
        "docs/sample.svg shows another graph: UPDATE_README=1 cargo test --test program"
    );
}
