//! The program as its users meet it: arguments in; output, messages, files and exit status out.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod harness;
mod transcript;

/// Broken input is named, and the rest of the run unharmed.
mod broken_input;
/// Articles become files; what they hold.
mod build;
/// The same bytes on every run, on any number of threads, from any order of inputs.
mod determinism;
/// The graph and its parts in every format.
mod export;
/// Articles become records and records a graph.
mod extract;
/// What goes wrong from outside.
#[cfg(target_os = "linux")]
mod faults;
/// One article in every format and encoding.
mod formats;
/// The sample articles against their gold.
mod gold;
/// Names become answers.
mod neighbors;
/// What the transcripts and the cookbook show is what the program answers.
mod questions;
/// What the READMEs show is what the program does.
mod readme;
/// The tab key and the manual.
mod shell;
/// Wrong input is explained and loses nothing.
mod wrong_input;
