//! The command line: parse, run, print the error, exit status.

fn main() {}
