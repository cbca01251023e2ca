//! `ieum stats`: what the graph holds.

use std::io;
use std::path::PathBuf;

use anyhow::Result;
use ieum::query::{Stats, Unmatched};

use super::words::day;
use super::{Answer, Page, ViewArguments};
use crate::cli::table::Table;
use crate::cli::{WrongUsage, reading};

/// How many articles without a name are listed.
const NAMED: usize = 10;

/// What the graph holds: articles, entities by type, relations; and how much of the dictionaries the articles name
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  ieum stats
  ieum stats --graph old --format json
  ieum stats --format csv >stats.csv
  ieum stats --unmatched company                 the companies of the dictionary that no article names

`By pattern` counts names that no dictionary has: `ieum dict suggest` makes rows of them.
`Never named` counts the dictionary's entries that no article names; --unmatched lists them.")]
pub struct Arguments {
    /// List the dictionary's entries of this type that no article names
    #[arg(long, value_name = "TYPE")]
    unmatched: Option<String>,
    /// The folder of dictionaries that the graph was built with, for --unmatched [default: the built-in ones]
    #[arg(long, value_name = "DIR", requires = "unmatched")]
    dictionaries: Option<PathBuf>,
    #[command(flatten)]
    view: ViewArguments,
}

/// Runs the command.
pub fn run(typed: &Arguments) -> Result<()> {
    let Some(kind) = &typed.unmatched else {
        let (graph, view) = typed.view.open()?;
        return view.print(&graph.stats()?);
    };
    let dictionary = reading::dictionary(typed.dictionaries.as_deref())?;
    if !dictionary.types().contains(kind) {
        let known = dictionary.types().join(", ");
        let wrong = format!("no type `{kind}` in the dictionaries: one of {known}");
        return Err(WrongUsage(wrong).into());
    }
    let of_type = dictionary
        .entries()
        .iter()
        .filter(|entry| dictionary.type_name(entry.kind) == kind.as_str())
        .map(|entry| &*entry.id);
    let (graph, view) = typed.view.open()?;
    view.print(&graph.unmatched(kind, of_type)?)
}

/// The name in an identifier.
fn name(id: &str) -> &str {
    id.split_once(':').map_or(id, |(_, name)| name)
}

impl Answer for Unmatched {
    fn people(&self, page: &mut Page<'_>) -> io::Result<()> {
        let unmatched = self.unmatched.len();
        let heading = if page.korean() {
            format!(
                "사전의 {} {}개 가운데 기사에 안 나온 {unmatched}개",
                page.word(&self.kind),
                self.entries
            )
        } else {
            format!(
                "{unmatched} of the dictionary's {} entries of type {} that no article names",
                self.entries, self.kind
            )
        };
        page.heading(&heading)?;
        for id in &self.unmatched {
            page.text(2, name(id))?;
        }
        Ok(())
    }

    fn rows(&self) -> Table {
        let mut table = Table::new(&["Id", "Name", "Type"]);
        for id in &self.unmatched {
            table.push(vec![id.clone(), name(id).to_owned(), self.kind.clone()]);
        }
        table
    }
}

impl Answer for Stats {
    fn people(&self, page: &mut Page<'_>) -> io::Result<()> {
        let articles = page.count(self.articles as usize, "article", "articles", "기사");
        let stories = page.count(self.stories as usize, "story", "stories", "보도");
        let nodes = page.count(self.nodes as usize, "node", "nodes", "노드");
        let agreements = page.count(self.agreements as usize, "agreement", "agreements", "협약");
        let edges = page.count(self.edges as usize, "edge", "edges", "관계");
        page.heading(&format!(
            "{articles} ({stories}), {nodes} ({agreements}), {edges}"
        ))?;
        if let (Some(first), Some(last)) = (self.first, self.last) {
            let published = page.say("published", "발행");
            page.text(0, &format!("{published} {first} – {last}"))?;
        }
        page.blank()?;
        let mut table = Table::new(&[
            "Type|유형",
            "#Entities|대상",
            "#By pattern|사전 밖",
            "?#In dictionary|사전",
            "?#Never named|안 나옴",
        ]);
        for of in &self.types {
            let covered = self.coverage.iter().find(|covered| covered.kind == of.kind);
            let cell =
                |value: Option<u64>| value.map_or_else(String::new, |value| value.to_string());
            table.push(vec![
                page.word(&of.kind),
                of.entities.to_string(),
                of.by_pattern.to_string(),
                cell(covered.map(|covered| covered.entries)),
                cell(covered.map(|covered| covered.unmatched)),
            ]);
        }
        page.table(&table)?;
        page.blank()?;
        let mut table = Table::new(&[
            "Relation|관계",
            "#Edges|관계 수",
            "#Done|사실",
            "?#Planned|예정",
            "?#Dictionary|사전",
        ]);
        for of in &self.relations {
            table.push(vec![
                page.word(&of.relation),
                of.edges.to_string(),
                of.done.to_string(),
                of.planned.to_string(),
                of.dictionary.to_string(),
            ]);
        }
        page.table(&table)?;
        let mut told = Vec::new();
        let mut tell = |n: u64, english: &str, korean: &str| {
            if n > 0 {
                let articles = page.count(n as usize, "article", "articles", "기사");
                told.push(format!("{articles}: {}", page.say(english, korean)));
            }
        };
        tell(self.failed, "could not be read", "읽지 못함");
        tell(self.partial, "could be read in part", "일부만 읽음");
        tell(
            self.without_relations,
            "names and no relation",
            "이름만 있고 관계가 없음",
        );
        tell(self.empty.len() as u64, "no name", "이름이 없음");
        if !told.is_empty() {
            page.blank()?;
        }
        for line in told {
            page.text(0, &line)?;
        }
        for source in self.empty.iter().take(NAMED) {
            page.text(2, source)?;
        }
        let more = self.empty.len().saturating_sub(NAMED);
        if more > 0 {
            page.note(if page.korean() {
                format!("이름 없는 기사 {more}건 더 있음; --format json으로 봄")
            } else {
                format!("{more} more articles with no name; --format json lists them")
            });
        }
        Ok(())
    }

    fn rows(&self) -> Table {
        let mut table = Table::new(&["Section", "Key", "Measure", "Value"]);
        let mut row = |section: &str, key: &str, measure: &str, value: String| {
            table.push(vec![
                section.to_owned(),
                key.to_owned(),
                measure.to_owned(),
                value,
            ]);
        };
        row("graph", "", "version", self.version.clone());
        row("graph", "", "dictionaries", self.dictionaries.clone());
        row("graph", "", "first", day(self.first));
        row("graph", "", "last", day(self.last));
        for (measure, value) in [
            ("nodes", self.nodes),
            ("edges", self.edges),
            ("agreements", self.agreements),
            ("articles", self.articles),
            ("stories", self.stories),
            ("partial", self.partial),
            ("failed", self.failed),
            ("without_relations", self.without_relations),
            ("empty", self.empty.len() as u64),
        ] {
            row("graph", "", measure, value.to_string());
        }
        for of in &self.types {
            for (measure, value) in [
                ("entities", of.entities),
                ("by_pattern", of.by_pattern),
                ("stories", of.stories),
            ] {
                row("type", &of.kind, measure, value.to_string());
            }
        }
        for of in &self.coverage {
            for (measure, value) in [
                ("entries", of.entries),
                ("matched", of.matched),
                ("unmatched", of.unmatched),
            ] {
                row("dictionary", &of.kind, measure, value.to_string());
            }
        }
        for of in &self.relations {
            let counts = [
                ("edges", of.edges),
                ("done", of.done),
                ("planned", of.planned),
                ("dictionary", of.dictionary),
            ];
            for (measure, value) in counts {
                row("relation", &of.relation, measure, value.to_string());
            }
        }
        for source in &self.empty {
            row("article", source, "empty", "1".to_owned());
        }
        table
    }
}
