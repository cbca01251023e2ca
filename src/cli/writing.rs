//! What `build` and `assemble` share: a builder in, the output folder out.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use ieum::dictionary::Dictionary;
use ieum::export::{self, ExportError, Format, Output};
use ieum::graph::{Article, Builder, Graph, Reading};

use super::WrongUsage;
use super::print::{self, count};
use super::progress::Progress;

/// Where to write, and what.
#[derive(Debug, clap::Args)]
pub struct WritingArguments {
    /// The folder to write; its old content is replaced as a whole when all is done, foreign files stay
    #[arg(short, long, value_name = "DIR", default_value = "output")]
    output: PathBuf,
    /// Write only these: graphml, csv, sqlite … [default: all]
    #[arg(long, value_name = "LIST", value_delimiter = ',')]
    formats: Vec<String>,
}

/// An output folder that has been prepared.
pub struct Writing {
    shown: PathBuf,
    output: Output,
    formats: Vec<Box<dyn Format>>,
}

impl TryFrom<WritingArguments> for Writing {
    type Error = anyhow::Error;

    /// Everything that can go wrong with the folder goes wrong here, before the long work.
    fn try_from(typed: WritingArguments) -> Result<Self> {
        let formats = if typed.formats.is_empty() {
            export::all()
        } else {
            export::chosen(&typed.formats).map_err(|error| match error {
                ExportError::Unknown { .. } => WrongUsage(error.to_string()).into(),
                other => anyhow::Error::new(other),
            })?
        };
        let output = Output::prepare(&typed.output, &formats)?;
        Ok(Self {
            shown: typed.output,
            output,
            formats,
        })
    }
}

/// So many bytes of sentences stay in memory while a graph is built: those of some 10,000 articles.
const HELD: usize = 8 << 20;

impl Writing {
    /// An empty builder, whose sentences go into a file beside the output where they are many. The file has no name.
    pub fn builder(&self) -> Builder {
        let mut builder = Builder::new();
        if let Ok(file) = tempfile::tempfile_in(self.output.path("")) {
            builder.overflow_into(file, HELD);
        }
        builder
    }

    /// Finishes the graph, writes it, and says so in the last line, to which `skipped` adds what was left out.
    pub fn write(
        self,
        builder: Builder,
        dictionary: &Dictionary,
        progress: Progress,
        skipped: &str,
    ) -> Result<()> {
        progress.stage("building the graph");
        let graph = builder.finish(dictionary);
        if usable(&graph).next().is_none() {
            bail!(
                "there is no article to make a graph of{skipped}; {} stays as it was",
                self.shown.display()
            );
        }
        progress.stage("writing");
        for written in export::write(&graph, &self.formats, self.output)? {
            let lost = written.loss.characters;
            if lost > 0 {
                let lost = count(lost, "character", "characters");
                progress.note(format_args!(
                    "{}: {lost} left out that the format forbids",
                    written.file
                ));
            }
        }
        let took = progress.finish();
        print::note(format_args!(
            "wrote {}: {}{skipped}, in {:.2} s",
            self.shown.display(),
            content(&graph),
            took.as_secs_f64()
        ));
        Ok(())
    }
}

/// `143 nodes (7 agreements) and 311 edges from 18 articles (17 stories)`.
fn content(graph: &Graph) -> String {
    let nodes = graph.net.node_weights();
    let agreements = nodes.filter(|node| node.signing.is_some()).count();
    let stories: BTreeSet<u32> = usable(graph).map(|article| article.story).collect();
    format!(
        "{} ({}) and {} from {} ({})",
        count(graph.net.node_count(), "node", "nodes"),
        count(agreements, "agreement", "agreements"),
        count(graph.net.edge_count(), "edge", "edges"),
        count(usable(graph).count(), "article", "articles"),
        count(stories.len(), "story", "stories"),
    )
}

fn usable(graph: &Graph) -> impl Iterator<Item = &Article> {
    let articles = graph.articles.iter();
    articles.filter(|article| article.status != Reading::Failed)
}

/// Lets `make` write a file beside the place of `file` and moves it there: a file of that name is the old one or the new
/// one, whole.
pub fn whole_file<T>(file: &Path, make: impl FnOnce(&Path) -> Result<T>) -> Result<T> {
    let unwritable = || format!("cannot write {}", file.display());
    let beside = match file.parent() {
        Some(folder) if folder != Path::new("") => folder,
        _ => Path::new("."),
    };
    let draft = tempfile::Builder::new()
        .prefix(".ieum-")
        .tempdir_in(beside)
        .with_context(unwritable)?;
    let path = draft
        .path()
        .join(file.file_name().unwrap_or("draft".as_ref()));
    let outcome = make(&path).with_context(unwritable)?;
    fs::rename(&path, file).with_context(unwritable)?;
    Ok(outcome)
}
