//! The command line: parse, run, print the error, exit status.

mod cli;

use std::io;
use std::process::ExitCode;

use clap::error::ErrorKind;
use clap::{CommandFactory, Parser};
use clap_complete::CompleteEnv;

/// Articles are read by making and dropping many small strings; with this one it costs half as much.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Done.
const DONE: u8 = 0;
/// Could not be done.
const COULD_NOT: u8 = 1;
/// Asked wrongly.
const WRONG_USAGE: u8 = 2;

fn main() -> ExitCode {
    // A shell that wants to complete a line is answered here, and nothing else is done.
    CompleteEnv::with_factory(cli::Arguments::command).complete();
    let status = match cli::Arguments::try_parse() {
        Ok(arguments) => match cli::run(arguments) {
            Ok(()) => DONE,
            Err(error) if is_broken_pipe(&error) => DONE,
            Err(error) => {
                cli::print::error(&error);
                if error.is::<cli::WrongUsage>() {
                    WRONG_USAGE
                } else {
                    COULD_NOT
                }
            }
        },
        Err(usage) if usage.kind() == ErrorKind::DisplayVersion => {
            if cli::print_version().is_ok() {
                DONE
            } else {
                COULD_NOT
            }
        }
        // Also `--help`, whose text goes to standard output.
        Err(usage) => {
            let _ = usage.print();
            if usage.use_stderr() {
                WRONG_USAGE
            } else {
                DONE
            }
        }
    };
    ExitCode::from(status)
}

/// Whoever read our output has seen enough.
fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error
        .chain()
        .filter_map(|cause| cause.downcast_ref::<io::Error>())
        .any(|cause| cause.kind() == io::ErrorKind::BrokenPipe)
}
