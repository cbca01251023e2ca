//! `ieum dict check|suggest|add|init`: the dictionaries, where users spend their days.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use clap::{Subcommand, ValueEnum};
use ieum::dictionary::{self, Dictionary, Finding, NewRow};
use ieum::relation;
use ieum::suggest::{Suggestion, Suggestions};

use super::WrongUsage;
use super::print;
use super::progress::Progress;
use super::reading::{Common, Reading};
use super::table::{Look, Table};

/// Check, extend and copy the dictionaries: names, particles, titles, rules
#[derive(Debug, clap::Args)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Check(CheckArguments),
    Suggest(SuggestArguments),
    Add(AddArguments),
    Init(InitArguments),
}

/// Find rows that cannot be used, and rows that are likely to be wrong
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  ieum dict check                                   the built-in dictionaries
  ieum dict check mine                              the folder mine
  ieum dict check mine --format csv >findings.csv   to sort in a spreadsheet

Errors are rows that cannot be used: nothing works until they are right. Warnings are rows that will go wrong in some
texts: one form on two entries that nothing tells apart, a form that is a common word, bears a particle or is too
short, look-alike letters, what a rule makes already, a false friend that hits a true name, a rule that misses its own
example. Exit status: 1 where there are errors, 0 with warnings only.")]
struct CheckArguments {
    /// The folder of dictionaries [default: the built-in ones]
    folder: Option<PathBuf>,
    /// What to print
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
}

/// List names that articles have and no dictionary does, most useful first
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  ieum dict suggest articles/                       what is worth a row
  ieum dict suggest articles/ --type company --format csv >new.csv
                                                    rows to look through and to copy into companies.csv
  ieum dict suggest articles/ --min-articles 2      only what several articles name

Names that most articles have come first, then those in most relations. `Similar` is a known name that is nearly the
same: perhaps what was found is an alias of it.")]
struct SuggestArguments {
    /// Folders and files of articles; `-` reads JSON lines from standard input
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    #[command(flatten)]
    common: Common,
    /// Only names of this type: city, school, company, program, organization …
    #[arg(long = "type", value_name = "TYPE", value_delimiter = ',')]
    types: Vec<String>,
    /// Only names in at least so many articles
    #[arg(long, value_name = "N", default_value_t = 1)]
    min_articles: usize,
    /// Show at most so many names, 0 for all [default: 40 in a table, all otherwise]
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
    /// What to print
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
}

/// Add a row to a dictionary file, if the dictionaries are good with it
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  ieum dict add mine/companies.csv 가온전산 --alias 가온 --ambiguous 가온 --column city=익산시
  ieum dict add mine/false_friends.csv 안성탕면 --column is_not=안성시

The dictionaries of the file's folder are checked with the new row first; where it cannot be used, the file stays as it
is. `ieum dict init mine` makes a folder to begin with.")]
struct AddArguments {
    /// The file, in a folder of dictionaries
    file: PathBuf,
    /// What stands in the column `name`, or in the first one of a file that has no names
    name: String,
    /// Another form of the name; may be given several times
    #[arg(long = "alias", value_name = "FORM")]
    aliases: Vec<String>,
    /// A form that is also a common word and needs support from the text
    #[arg(long, value_name = "FORM")]
    ambiguous: Vec<String>,
    /// A value for another column
    #[arg(long = "column", value_name = "COLUMN=VALUE")]
    columns: Vec<String>,
}

/// Write the built-in dictionaries to a folder, to edit them there
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  ieum dict init mine                               then edit mine/*.csv in any editor or spreadsheet
  ieum dict check mine                              whether they are good
  ieum build articles/ --dictionaries mine          with mine in place of the built-in ones")]
struct InitArguments {
    /// The folder; it is made if need be
    folder: PathBuf,
    /// Overwrite files that are there
    #[arg(long)]
    force: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Aligned columns, for people
    Table,
    /// Comma-separated values with a header
    Csv,
    /// One JSON array
    Json,
}

/// How many suggestions a table shows to people who did not ask for more.
const ENOUGH: usize = 40;

/// Runs the command.
pub fn run(typed: Arguments) -> Result<()> {
    match typed.command {
        Command::Check(typed) => check(&typed),
        Command::Suggest(typed) => suggest(&typed),
        Command::Add(typed) => add(typed),
        Command::Init(typed) => init(&typed),
    }
}

fn check(typed: &CheckArguments) -> Result<()> {
    let files = match &typed.folder {
        Some(folder) => Dictionary::read_folder(folder)?,
        None => Dictionary::embedded_files()
            .iter()
            .map(|&(file, text)| (file.to_owned(), text.to_owned()))
            .collect(),
    };
    let (mut findings, dictionary) = dictionary::check(&files);
    if let Some(dictionary) = &dictionary {
        findings.extend(relation::check_examples(dictionary));
        findings.sort_by(|a, b| (&a.row.file, a.row.line).cmp(&(&b.row.file, b.row.line)));
    }
    let mut out = print::results();
    match typed.format {
        Format::Table => {
            for finding in &findings {
                writeln!(out, "{}", spoken(finding))?;
            }
        }
        Format::Csv => {
            let columns = [
                "Severity", "Problem", "File", "Line", "Column", "Value", "Expected",
            ];
            let mut table = Table::new(&columns);
            for f in &findings {
                table.push(vec![
                    print::word(&f.severity),
                    print::word(&f.problem),
                    f.row.file.clone(),
                    f.row.line.to_string(),
                    f.row.column.clone(),
                    f.row.value.clone(),
                    f.row.expected.clone(),
                ]);
            }
            table.write_csv(&mut out)?;
        }
        Format::Json => {
            serde_json::to_writer(&mut out, &findings).map_err(io::Error::from)?;
            writeln!(out)?;
        }
    }
    out.flush()?;
    drop(out);
    let errors = findings.iter().filter(|f| f.is_error()).count();
    let warnings = findings.len() - errors;
    let entries = dictionary.map_or(0, |d| d.entries().len());
    if errors > 0 {
        bail!(
            "{}; warnings are looked for once there are none",
            print::count(errors, "row cannot be used", "rows cannot be used")
        );
    }
    print::note(format_args!(
        "{} in {}: {}",
        print::count(entries, "entry", "entries"),
        print::count(files.len(), "file", "files"),
        match warnings {
            0 => "nothing wrong, nothing doubtful".to_owned(),
            n => format!(
                "nothing wrong, {}",
                print::count(n, "row is doubtful", "rows are doubtful")
            ),
        }
    ));
    Ok(())
}

/// `warning: companies.csv:12, column aliases: found `대표`, expected …`
fn spoken(finding: &Finding) -> String {
    format!(
        "{}: {} [{}]",
        print::word(&finding.severity),
        finding.row,
        print::word(&finding.problem)
    )
}

fn suggest(typed: &SuggestArguments) -> Result<()> {
    let reading = Reading::new(&typed.paths, &typed.common, false)?;
    let mut progress = Progress::start(reading.expected());
    let mut suggestions = Suggestions::default();
    let (_, dictionary) = reading.each(
        &mut progress,
        |record| record,
        |record| {
            suggestions.add(&record);
            Ok(())
        },
    )?;
    progress.finish();
    if let Some(unknown) = typed.types.iter().find(|t| !dictionary.types().contains(t)) {
        return Err(WrongUsage(format!(
            "--type {unknown}: there is no such type; there are {}",
            dictionary.types().join(", ")
        ))
        .into());
    }
    let mut found = suggestions.finish(dictionary);
    found.retain(|s| {
        s.articles >= typed.min_articles
            && (typed.types.is_empty() || typed.types.contains(&s.kind))
    });
    let limit = match (typed.limit, typed.format) {
        (Some(0), _) | (None, Format::Csv | Format::Json) => usize::MAX,
        (Some(limit), _) => limit,
        (None, Format::Table) => ENOUGH,
    };
    let left_out = found.len().saturating_sub(limit);
    found.truncate(limit);
    let mut out = print::results();
    match typed.format {
        Format::Table => {
            let look = Look {
                width: print::width(),
                ..Look::default()
            };
            people(&found).write_aligned(&mut out, look)?;
        }
        Format::Csv => rows(&found).write_csv(&mut out)?,
        Format::Json => {
            serde_json::to_writer(&mut out, &found).map_err(io::Error::from)?;
            writeln!(out)?;
        }
    }
    out.flush()?;
    drop(out);
    if left_out > 0 {
        print::note(format_args!("{left_out} more; --limit 0 shows all"));
    }
    Ok(())
}

fn people(found: &[Suggestion]) -> Table {
    let mut table = Table::new(&[
        "Name",
        "Type",
        "#Articles",
        "#Facts",
        "#Mentions",
        "Similar",
        "Sentence",
    ]);
    for s in found {
        table.push(vec![
            s.name.clone(),
            s.kind.clone(),
            s.articles.to_string(),
            s.facts.to_string(),
            s.mentions.to_string(),
            s.similar.clone().unwrap_or_default(),
            s.sentence.clone(),
        ]);
    }
    table
}

/// Rows whose first columns are those of a file of names.
fn rows(found: &[Suggestion]) -> Table {
    let columns = [
        "name",
        "aliases",
        "ambiguous",
        "note",
        "type",
        "file",
        "articles",
        "facts",
        "mentions",
        "similar",
        "source",
        "sentence",
    ];
    let mut table = Table::new(&columns);
    for s in found {
        table.push(vec![
            s.name.clone(),
            s.aliases.join("|"),
            String::new(),
            String::new(),
            s.kind.clone(),
            s.file.clone(),
            s.articles.to_string(),
            s.facts.to_string(),
            s.mentions.to_string(),
            s.similar.clone().unwrap_or_default(),
            s.source.clone(),
            s.sentence.clone(),
        ]);
    }
    table
}

fn add(typed: AddArguments) -> Result<()> {
    let column = |typed: &String| match typed.split_once('=') {
        Some((column, value)) => Ok((column.trim().to_owned(), value.trim().to_owned())),
        None => Err(WrongUsage(format!(
            "--column {typed}: write it as COLUMN=VALUE, such as --column city=익산시"
        ))),
    };
    let row = NewRow {
        columns: typed.columns.iter().map(column).collect::<Result<_, _>>()?,
        name: typed.name,
        aliases: typed.aliases,
        ambiguous: typed.ambiguous,
    };
    let (line, findings) = dictionary::add(&typed.file, &row)
        .with_context(|| format!("cannot add {} to {}", row.name, typed.file.display()))?;
    for finding in &findings {
        print::note(spoken(finding));
    }
    print::note(format_args!(
        "added {} as line {line} of {}",
        row.name,
        typed.file.display()
    ));
    Ok(())
}

fn init(typed: &InitArguments) -> Result<()> {
    let files = dictionary::init(&typed.folder, typed.force)?;
    let shown = typed.folder.display();
    print::note(format_args!(
        "wrote {} to {shown}; README.md there says what each holds",
        print::count(files.len(), "file", "files"),
    ));
    let quoted = if typed.folder == Path::new(".") {
        ".".to_owned()
    } else {
        shown.to_string()
    };
    print::note(format_args!(
        "next: edit them, then ieum dict check {quoted}"
    ));
    Ok(())
}
