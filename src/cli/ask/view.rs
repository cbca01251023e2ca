//! One way out for every answer: a table for people, CSV or JSON for programs.

use std::collections::BTreeMap;
use std::io::{self, Write};

use anyhow::Result;
use clap::ValueEnum;
use ieum::graph::Label;
use serde::Serialize;

use crate::cli::print;
use crate::cli::table::{Look, Table, cut, wrap};

/// What to print.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Aligned columns, for people
    Table,
    /// Comma-separated values with a header
    Csv,
    /// One JSON object
    Json,
}

/// The language of tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Lang {
    /// Korean
    Ko,
    /// English, with relations and types as `--relation` and `--type` name them
    En,
}

impl Lang {
    /// The language of messages that the environment asks for.
    pub fn of_the_locale() -> Self {
        let set = ["LC_ALL", "LC_MESSAGES", "LANG"];
        let locale = set
            .iter()
            .filter_map(std::env::var_os)
            .find(|value| !value.is_empty());
        match locale {
            Some(locale) if locale.to_string_lossy().starts_with("ko") => Self::Ko,
            _ => Self::En,
        }
    }
}

/// An answer that can be shown in every format. The keys of its JSON and the columns of its rows are stable.
pub trait Answer: Serialize {
    /// The answer for people.
    fn people(&self, page: &mut Page<'_>) -> io::Result<()>;
    /// The answer for programs that read tables.
    fn rows(&self) -> Table;
}

/// How answers are shown.
pub struct View {
    format: Format,
    lang: Lang,
    width: Option<usize>,
    color: bool,
    labels: BTreeMap<String, String>,
}

impl View {
    pub fn new(
        format: Format,
        lang: Lang,
        width: Option<usize>,
        color: bool,
        labels: Vec<Label>,
    ) -> Self {
        let labels = labels.into_iter().map(|label| match lang {
            Lang::Ko => (label.key, label.korean),
            Lang::En => (label.key, label.english),
        });
        Self {
            format,
            lang,
            width,
            color,
            labels: labels.collect(),
        }
    }

    /// Prints the answer, then on standard error what the page left out.
    pub fn print(&self, answer: &impl Answer) -> Result<()> {
        let mut out = print::results();
        let mut notes = Vec::new();
        match self.format {
            Format::Table => {
                let mut page = Page {
                    out: &mut out,
                    view: self,
                    notes: Vec::new(),
                };
                answer.people(&mut page)?;
                notes = page.notes;
            }
            Format::Csv => answer.rows().write_csv(&mut out)?,
            Format::Json => {
                serde_json::to_writer(&mut out, answer).map_err(io::Error::from)?;
                writeln!(out)?;
            }
        }
        out.flush()?;
        drop(out);
        for note in notes {
            print::note(note);
        }
        Ok(())
    }

    /// One of two wordings.
    pub fn say<'a>(&self, english: &'a str, korean: &'a str) -> &'a str {
        match self.lang {
            Lang::En => english,
            Lang::Ko => korean,
        }
    }

    /// Says that a limit left something out.
    pub fn left_out(&self, n: usize) {
        if n > 0 {
            match self.lang {
                Lang::En => print::note(format_args!("{n} more; --limit 0 shows all")),
                Lang::Ko => print::note(format_args!("{n}건 더 있음; --limit 0으로 모두 봄")),
            }
        }
    }
}

/// What people read.
pub struct Page<'a> {
    out: &'a mut dyn Write,
    view: &'a View,
    notes: Vec<String>,
}

impl Page<'_> {
    pub fn korean(&self) -> bool {
        self.view.lang == Lang::Ko
    }

    /// One of two wordings.
    pub fn say<'a>(&self, english: &'a str, korean: &'a str) -> &'a str {
        self.view.say(english, korean)
    }

    /// A relation or a type: its Korean name, or its identifier, which can be typed.
    pub fn word(&self, key: &str) -> String {
        match self.view.labels.get(key) {
            Some(label) if self.korean() => label.clone(),
            _ => key.to_owned(),
        }
    }

    /// A relation or a type for a sentence, in the language of the page.
    pub fn spoken(&self, key: &str) -> String {
        self.view
            .labels
            .get(key)
            .cloned()
            .unwrap_or_else(|| key.replace('_', " "))
    }

    /// `1 article`, `기사 1건`.
    pub fn count(&self, n: usize, one: &str, many: &str, korean: &str) -> String {
        if self.korean() {
            format!("{korean} {}", print::count(n, "건", "건").replace(' ', ""))
        } else {
            print::count(n, one, many)
        }
    }

    /// A line, cut at the edge.
    pub fn line(&mut self, line: &str) -> io::Result<()> {
        match self.view.width {
            Some(width) => writeln!(self.out, "{}", cut(line, width)),
            None => writeln!(self.out, "{line}"),
        }
    }

    /// A heading: who or what this is about; broken into lines at the edge.
    pub fn heading(&mut self, line: &str) -> io::Result<()> {
        let lines = self
            .view
            .width
            .map_or_else(|| vec![line.to_owned()], |width| wrap(line, width));
        for line in lines {
            if self.view.color {
                writeln!(self.out, "\u{1b}[1m{line}\u{1b}[0m")?;
            } else {
                writeln!(self.out, "{line}")?;
            }
        }
        Ok(())
    }

    /// A text behind `indent` blanks, broken into lines at the edge.
    pub fn text(&mut self, indent: usize, text: &str) -> io::Result<()> {
        let blanks = " ".repeat(indent);
        let lines = self.view.width.map_or_else(
            || vec![text.to_owned()],
            |width| wrap(text, width.saturating_sub(indent).max(8)),
        );
        for line in lines {
            let line = self.marked(&line);
            writeln!(self.out, "{blanks}{line}")?;
        }
        Ok(())
    }

    /// What stands between « and » is emphasised where there is colour.
    fn marked(&self, line: &str) -> String {
        if self.view.color {
            line.replace('«', "\u{1b}[1m").replace('»', "\u{1b}[0m")
        } else {
            line.to_owned()
        }
    }

    /// An empty line.
    pub fn blank(&mut self) -> io::Result<()> {
        writeln!(self.out)
    }

    /// A table; what found no room is told in the end.
    pub fn table(&mut self, table: &Table) -> io::Result<()> {
        let look = Look {
            width: self.view.width,
            korean: self.korean(),
            color: self.view.color,
        };
        let narrow = table.write_aligned(self.out, look)?;
        if !narrow.is_empty() {
            let columns = narrow.join(", ");
            self.notes.push(if self.korean() {
                format!("자리가 없어 뺀 열: {columns}; --width 200이나 --format csv로 봄")
            } else {
                format!("no room for {columns}; --width 200 or --format csv shows them")
            });
        }
        Ok(())
    }

    /// Something to say on standard error when the answer is out.
    pub fn note(&mut self, note: String) {
        if !self.notes.contains(&note) {
            self.notes.push(note);
        }
    }
}
