//! The commands with which people measure, understand and extend what ieum finds, as they meet them.

mod dict;
mod evaluate;
mod explain;

use std::path::Path;

use assert_cmd::Command;

/// The program.
fn ieum(arguments: &[&str]) -> Command {
    let mut command = Command::cargo_bin("ieum").expect("the program is built");
    command.args(arguments);
    command
}

/// What the program prints on standard output where all goes well.
fn output(arguments: &[&str]) -> String {
    let done = ieum(arguments).assert().success();
    String::from_utf8(done.get_output().stdout.clone()).expect("UTF-8")
}

fn write(folder: &Path, name: &str, text: &str) -> String {
    let path = folder.join(name);
    std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    std::fs::write(&path, text).expect("a file");
    path.to_str().expect("UTF-8").to_owned()
}
