//! Names of the graph for the shell: what a half typed one may become.

use std::ffi::OsStr;
use std::path::PathBuf;

use clap_complete::engine::{ArgValueCompleter, CompletionCandidate};
use ieum::Graph;
use ieum::query::{Filter, Fit};

/// More are of no use to whoever looks at them.
const ENOUGH: usize = 50;

/// Completes the names of entities.
pub fn completer() -> ArgValueCompleter {
    ArgValueCompleter::new(|typed: &OsStr| names(typed).unwrap_or_default())
}

/// The names that begin with what is typed, those that most stories name first.
fn names(typed: &OsStr) -> Option<Vec<CompletionCandidate>> {
    let typed = typed.to_str()?;
    let graph = Graph::open(folder()).ok()?;
    let (prefix, text) = match typed.split_once(':') {
        Some((kind, text)) => (format!("{kind}:"), text),
        None => (String::new(), typed),
    };
    if text.is_empty() {
        return None;
    }
    let wanted = prefix
        .strip_suffix(':')
        .map(str::to_owned)
        .into_iter()
        .collect();
    let filter = Filter {
        types: wanted,
        ..Filter::default()
    };
    let found = graph.search(text, &filter, ENOUGH).ok()?;
    let candidates = found
        .hits
        .into_iter()
        .filter(|hit| hit.fit < Fit::Near)
        .flat_map(|hit| {
            let names = std::iter::once(hit.entity.name).chain(hit.entity.names);
            // The shell takes only what begins as it is typed.
            let fits = names.filter(|name| name.starts_with(text));
            let help = hit.entity.kind;
            let prefix = prefix.clone();
            fits.take(1)
                .map(move |name| {
                    CompletionCandidate::new(format!("{prefix}{name}"))
                        .help(Some(help.clone().into()))
                })
                .collect::<Vec<_>>()
        });
    Some(candidates.collect())
}

/// The folder that `--graph` names on the line that is being typed.
fn folder() -> PathBuf {
    let mut words = std::env::args_os().skip_while(|word| word != "--graph");
    words.nth(1).map_or_else(|| "output".into(), PathBuf::from)
}
