//! `ieum export FORMAT`: the graph or a part of it, in any format.

use std::fs;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use clap::ValueEnum;
use clap::builder::PossibleValuesParser;
use ieum::export::{self, Format};
use ieum::graph::Graph;
use ieum::query::Filter;
use ieum::store::Store;

use super::WrongUsage;
use super::ask::{PartArguments, names};
use super::print::{self, count};
use super::writing;

/// Give the graph, or a part of it, to other programs and to eyes
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Formats:
  xlsx                    a workbook: summary, names, relations, agreements, sentences, articles
  svg, html               a figure for a report; a page to look at, search and click
  gexf, graphml           Gephi (gexf has the timeline), networkx, igraph
  json, d3                node-link JSON for networkx (`edges`) and for D3 (`links`)
  neo4j, csv              a folder of tables, for neo4j-admin and for spreadsheets
  turtle, jsonld          RDF in the words of schema.org and PROV-O
  dot, mermaid            Graphviz; Markdown (small parts)
  sqlite                  what `ieum` asks and SQL reads

Examples:
  ieum export xlsx -o graph.xlsx
  ieum export svg --around 이리공고 --depth 2 -o figure.svg
  ieum export gexf --type school,company --since 2024-01-01 -o schools.gexf
  ieum export graphml --agreements pairs -o pairs.graphml
  ieum export csv --project school,company -o two-mode
  ieum export mermaid --around 익산시 --relation agreement

The measures of a part (degree, PageRank, community …) are those within the part.")]
pub struct Arguments {
    /// What to write
    #[arg(value_parser = PossibleValuesParser::new(formats()))]
    format: String,
    /// The folder that `ieum build` wrote
    #[arg(long, value_name = "DIR", default_value = "output")]
    graph: PathBuf,
    /// Only what is near this name; an agreement in common is one step
    #[arg(long, value_name = "NAME", add = names::completer())]
    around: Option<String>,
    /// How many steps away at most
    #[arg(long, value_name = "N", default_value_t = 1, requires = "around", value_parser = clap::value_parser!(u32).range(1..))]
    depth: u32,
    #[command(flatten)]
    part: PartArguments,
    /// Agreements as nodes of their own, or as edges between each two parties
    #[arg(long, value_enum, default_value_t = Agreements::Nodes)]
    agreements: Agreements,
    /// The two-mode network of two types: only what joins one of the one to one of the other
    #[arg(long, value_name = "TYPE,TYPE", value_delimiter = ',')]
    project: Vec<String>,
    /// The file to write; a folder for formats of several files [default: standard output]
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Agreements {
    /// A node for each signing, with an edge for each party
    Nodes,
    /// Edges between the parties, and from them to what it is about
    Pairs,
}

/// The names of the formats, each once.
fn formats() -> Vec<&'static str> {
    let mut names: Vec<&str> = export::every().iter().map(|format| format.name()).collect();
    names.dedup();
    names
}

/// Runs the command.
pub fn run(typed: Arguments) -> Result<()> {
    let mut formats = export::every();
    formats.retain(|format| format.name() == typed.format);
    let several = formats.len() > 1;
    let binary = ["xlsx", "sqlite"].contains(&typed.format.as_str());
    if typed.output.is_none() && several {
        let files: Vec<&str> = formats.iter().map(|format| format.file()).collect();
        return Err(WrongUsage(format!(
            "{} is several files ({}): name a folder for them with -o",
            typed.format,
            files.join(", ")
        ))
        .into());
    }
    if typed.output.is_none() && binary && io::stdout().is_terminal() {
        return Err(WrongUsage(format!(
            "{} is not for a terminal: name a file with -o",
            typed.format
        ))
        .into());
    }
    if ![0, 2].contains(&typed.project.len())
        || (typed.project.len() == 2 && typed.project[0] == typed.project[1])
    {
        return Err(WrongUsage(
            "--project takes two types, as in --project school,company".to_owned(),
        )
        .into());
    }
    let filter = typed.part.filter()?;
    let mut graph = Store::open(&typed.graph)?.load()?;
    if let Some(name) = &typed.around {
        let entity = ieum::Graph::open(&typed.graph)?.entity(name)?;
        graph = graph.around(entity.number.into(), typed.depth);
    }
    if filter != Filter::default() {
        graph = filter.part(&graph);
    }
    graph = match (typed.project.as_slice(), typed.agreements) {
        ([one, two], _) => graph.two_mode(one, two),
        (_, Agreements::Pairs) => graph.pairs(),
        (_, Agreements::Nodes) => graph,
    };
    if graph.net.node_count() == 0 {
        bail!("there is nothing to write: no node of the graph is what was asked for");
    }
    match &typed.output {
        Some(folder) if several => {
            fs::create_dir_all(folder)
                .with_context(|| format!("cannot make {}", folder.display()))?;
            for format in &formats {
                save(&graph, &**format, &folder.join(format.file()))?;
            }
        }
        Some(file) => save(&graph, &*formats[0], file)?,
        None => {
            let mut out = BufWriter::with_capacity(1 << 16, io::stdout().lock());
            let loss = formats[0].write(&graph, &mut out)?;
            out.flush()?;
            tell(loss, "standard output");
            return Ok(());
        }
    }
    let shown = typed.output.unwrap_or_default();
    print::note(format_args!(
        "wrote {}: {} and {}",
        shown.display(),
        count(graph.net.node_count(), "node", "nodes"),
        count(graph.net.edge_count(), "edge", "edges"),
    ));
    Ok(())
}

/// Writes a file in place of an old one.
fn save(graph: &Graph, format: &dyn Format, file: &Path) -> Result<()> {
    let loss = writing::whole_file(file, |path| Ok(format.create(graph, path)?))?;
    tell(loss, &file.display().to_string());
    Ok(())
}

/// Says what the format could not carry.
fn tell(loss: export::Loss, file: &str) {
    if loss.characters > 0 {
        let left_out = count(loss.characters, "character", "characters");
        print::note(format_args!(
            "{file}: {left_out} left out that the format forbids"
        ));
    }
}
