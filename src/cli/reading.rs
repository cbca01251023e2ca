//! What `build` and `extract` share: articles in, records out, in order.

use std::collections::BTreeMap;
use std::io::{self, BufReader};
use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::thread;

use anyhow::{Context, Result};
use ieum::Extractor;
use ieum::article::{self, Article, Input, JsonLines, Piece};
use ieum::dictionary::Dictionary;
use ieum::record::Record;

use super::parallel;
use super::print;
use super::progress::Progress;

/// Articles that cannot be used are named up to here; then they are counted.
const NAMED: usize = 20;
/// The path that stands for standard input, and what its articles without an id are called after.
const STANDARD_INPUT: &str = "-";

/// Which articles, and how they are read.
#[derive(Debug, clap::Args)]
pub struct ReadingArguments {
    /// Folders, with all that is in them, and files: text, HTML, JSON, JSON lines; `-` reads JSON lines from
    /// standard input
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    #[command(flatten)]
    pub common: Common,
    /// Take an article that cannot be read for an error
    #[arg(long)]
    strict: bool,
}

/// What every command takes that works on articles or records.
#[derive(Debug, clap::Args)]
pub struct Common {
    /// A folder of dictionaries in place of the built-in ones
    #[arg(long, value_name = "DIR")]
    pub dictionaries: Option<PathBuf>,
    /// How many threads to work on [default: one a core]; the result is the same on any number
    #[arg(long, value_name = "N")]
    pub threads: Option<NonZero<usize>>,
}

impl Common {
    /// The dictionaries in the folder that was given, or the built-in ones.
    pub fn dictionary(&self) -> Result<Dictionary> {
        dictionary(self.dictionaries.as_deref())
    }

    /// The number of threads, also for what the library does in parallel.
    pub fn threads(&self) -> NonZero<usize> {
        threads(self.threads)
    }
}

/// The number of threads that was asked for, or one a core.
pub fn threads(asked: Option<NonZero<usize>>) -> NonZero<usize> {
    let threads = asked
        .or_else(|| thread::available_parallelism().ok())
        .unwrap_or(NonZero::<usize>::MIN);
    // The only pool of the process: it cannot be there yet. With too little memory for its threads, this one works.
    let pool = || rayon::ThreadPoolBuilder::new().num_threads(threads.get());
    if pool().build_global().is_err() {
        let _ = pool().num_threads(1).use_current_thread().build_global();
    }
    threads
}

/// The dictionaries in a folder, or the built-in ones.
pub fn dictionary(folder: Option<&Path>) -> Result<Dictionary> {
    match folder {
        Some(folder) => Dictionary::load(folder)
            .with_context(|| format!("cannot use the dictionaries in {}", folder.display())),
        None => Dictionary::embedded().context("cannot use the built-in dictionaries"),
    }
}

/// Articles to be read.
pub struct Reading {
    pub dictionary: &'static Dictionary,
    threads: NonZero<usize>,
    strict: bool,
    inputs: Vec<Source>,
}

enum Source {
    Files(Vec<Input>),
    StandardInput,
}

/// How the reading went.
#[derive(Debug, Default)]
pub struct Tally {
    /// Articles with a text.
    pub read: usize,
    /// Why articles could not be used, and how many each.
    pub unusable: BTreeMap<String, usize>,
}

impl Tally {
    /// How many could not be used.
    pub fn skipped(&self) -> usize {
        self.unusable.values().sum()
    }
}

impl TryFrom<ReadingArguments> for Reading {
    type Error = anyhow::Error;

    fn try_from(typed: ReadingArguments) -> Result<Self> {
        Self::new(&typed.paths, &typed.common, typed.strict)
    }
}

impl Reading {
    /// Finds the articles that `paths` name and loads the dictionaries.
    pub fn new(paths: &[PathBuf], common: &Common, strict: bool) -> Result<Self> {
        let inputs = paths
            .iter()
            .map(|path| {
                if path == Path::new(STANDARD_INPUT) {
                    return Ok(Source::StandardInput);
                }
                article::inputs(std::slice::from_ref(path)).map(Source::Files)
            })
            .collect::<Result<_, _>>()
            .context("cannot read the articles")?;
        Ok(Self {
            inputs,
            // As long as the process: to take it apart at the end would cost more than reading an article.
            dictionary: Box::leak(Box::new(common.dictionary()?)),
            threads: common.threads(),
            strict,
        })
    }

    /// Leaves out files that are no articles, by their name.
    pub fn leave_out(&mut self, is_none: impl Fn(&str) -> bool) {
        for source in &mut self.inputs {
            if let Source::Files(files) = source {
                files.retain(|file| !is_none(file.source()));
            }
        }
    }

    /// Whether somebody may wait for each answer before the next question.
    pub fn converses(&self) -> bool {
        self.inputs
            .iter()
            .any(|source| matches!(source, Source::StandardInput))
    }

    /// How many articles there are, where that is known beforehand.
    pub fn expected(&self) -> Option<u64> {
        self.inputs
            .iter()
            .map(|source| match source {
                Source::Files(files) if files.iter().all(|file| !file.is_json_lines()) => {
                    Some(files.len() as u64)
                }
                Source::Files(_) | Source::StandardInput => None,
            })
            .sum()
    }

    /// Extracts every article; `shape`, on any thread, makes of its record what `take` takes, in
    /// the order of the articles. Those that cannot be used are named on standard error.
    pub fn each<T: Send>(
        self,
        progress: &mut Progress,
        shape: impl Fn(Record) -> T + Sync,
        mut take: impl FnMut(T) -> Result<()>,
    ) -> Result<(Tally, &'static Dictionary)> {
        let Self {
            dictionary,
            threads,
            strict,
            inputs,
        } = self;
        let mut tally = Tally::default();
        // As many as threads ever work at once.
        let idle: Mutex<Vec<Extractor<'_>>> = Mutex::default();
        let idle = || idle.lock().unwrap_or_else(PoisonError::into_inner);
        let work = |piece: Piece| -> Vec<_> {
            let articles = piece.articles(dictionary.furniture());
            let mut extractor = idle().pop().unwrap_or_else(|| Extractor::new(dictionary));
            let answer = |article: Article| {
                let record = extractor.extract(&article);
                (unusable(&record), shape(record))
            };
            let answers = articles.into_iter().map(answer).collect();
            idle().push(extractor);
            answers
        };
        let pieces = inputs.into_iter().flat_map(pieces);
        parallel::in_order(threads, pieces, work, |answers| {
            for (unusable, shaped) in answers {
                progress.advance();
                match unusable {
                    None => tally.read += 1,
                    Some((source, reason)) => {
                        if tally.skipped() < NAMED {
                            progress.note(format_args!("cannot use {source}: {reason}"));
                        }
                        *tally.unusable.entry(gist(&reason)).or_default() += 1;
                    }
                }
                take(shaped)?;
            }
            anyhow::Ok(())
        })?;
        if tally.skipped() > NAMED {
            progress.note(format_args!("… and {} more", tally.skipped() - NAMED));
        }
        if strict && tally.skipped() > 0 {
            let skipped = print::count(tally.skipped(), "article", "articles");
            anyhow::bail!("{skipped} could not be used, which --strict does not allow");
        }
        Ok((tally, dictionary))
    }
}

fn pieces(source: Source) -> Box<dyn Iterator<Item = Piece> + Send> {
    match source {
        Source::Files(files) => Box::new(files.into_iter().flat_map(article::pieces)),
        Source::StandardInput => {
            let lines = JsonLines::new(
                BufReader::with_capacity(1 << 16, io::stdin()),
                STANDARD_INPUT,
            );
            Box::new(article::line_pieces(lines))
        }
    }
}

/// The source of an article without text, and why it has none.
fn unusable(record: &Record) -> Option<(String, String)> {
    let nothing = || "there is no text in it".to_owned();
    record.text.trim().is_empty().then(|| {
        let reasons = (!record.problems.is_empty()).then(|| record.problems.join("; "));
        (record.source.clone(), reasons.unwrap_or_else(nothing))
    })
}

/// A reason without what differs from article to article: offsets, columns, advice.
fn gist(reason: &str) -> String {
    let gist = reason.split([':', ';', '(', ',']).next().unwrap_or(reason);
    let words = gist
        .split(' ')
        .filter(|word| !word.chars().any(|c| c.is_ascii_digit()));
    words.collect::<Vec<_>>().join(" ")
}
