//! `ieum search TEXT`: names, also mistyped ones.

use std::io;

use anyhow::Result;
use ieum::query::{Fit, Hits};

use super::words::{cell, told_apart};
use super::{Answer, Limit, Page, TypeArguments, ViewArguments};
use crate::cli::table::Table;
use crate::cli::{WrongUsage, print};

/// How many a table shows to people who did not ask for more.
const ENOUGH: usize = 20;

/// Find names: by their beginning, a part, their initial consonants, or nearly as they are written
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  ieum search 이리                     what begins with it, then what it stands in
  ieum search ㅇㄹㄱㄱ                 by the consonants that the syllables begin with
  ieum search 거재공고                 mistyped: a letter or two differ
  ieum search 엘지 --type company      LG, spelled out
  ieum search 공고 --limit 0 --format json

What fits best comes first, then what most stories name.")]
pub struct Arguments {
    /// A part of a name; blanks, marks and case do not matter
    text: String,
    #[command(flatten)]
    types: TypeArguments,
    #[command(flatten)]
    limit: Limit,
    #[command(flatten)]
    view: ViewArguments,
}

/// Runs the command.
pub fn run(typed: Arguments) -> Result<()> {
    if typed.text.trim().is_empty() {
        return Err(WrongUsage("the text is empty".to_owned()).into());
    }
    let limit = typed.limit.or(ENOUGH, typed.view.look.format);
    let (graph, view) = typed.view.open()?;
    let hits = graph.search(&typed.text, &typed.types.filter(), limit)?;
    view.print(&hits)?;
    view.left_out(hits.left_out);
    if hits.hits.is_empty() {
        print::note(view.say("no name is like that", "비슷한 이름이 없음"));
    }
    Ok(())
}

fn fit(page: &Page<'_>, fit: Fit) -> &'static str {
    match fit {
        Fit::Same => page.say("same", "일치"),
        Fit::Begins => page.say("begins", "앞부분"),
        Fit::Inside => page.say("inside", "일부"),
        Fit::Initials => page.say("initials", "초성"),
        Fit::Unfinished => page.say("unfinished", "입력 중"),
        Fit::Near => page.say("near", "비슷함"),
    }
}

impl Answer for Hits {
    fn people(&self, page: &mut Page<'_>) -> io::Result<()> {
        if self.hits.is_empty() {
            return Ok(());
        }
        let mut table = Table::new(&[
            "Name|이름",
            "Type|유형",
            "?Fit|맞음",
            "#Articles|기사",
            "?Also|다른 이름",
        ]);
        for hit in &self.hits {
            let entity = &hit.entity;
            table.push(vec![
                told_apart(&entity.id).to_owned(),
                page.word(&entity.kind),
                fit(page, hit.fit).to_owned(),
                entity.articles.to_string(),
                entity.also(),
            ]);
        }
        page.table(&table)
    }

    fn rows(&self) -> Table {
        let mut table = Table::new(&["Id", "Name", "Type", "Fit", "Stories", "Articles", "Names"]);
        for hit in &self.hits {
            let entity = &hit.entity;
            table.push(vec![
                entity.id.clone(),
                entity.name.clone(),
                entity.kind.clone(),
                print::word(&hit.fit),
                entity.stories.to_string(),
                entity.articles.to_string(),
                cell(entity.names.iter().map(String::as_str)),
            ]);
        }
        table
    }
}
