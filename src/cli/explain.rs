//! `ieum explain ARTICLE`: what was read, dropped, matched, refused, and why.

use std::io::{self, Read, Write};
use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use clap::ValueEnum;
use ieum::article::{self, Article, LineReport};
use ieum::explain::{Explanation, Reading, SentenceNote, explain};

use super::print::{self, word};

/// Show what was read in an article, what was left out, which names were found or refused, and which rule made
/// each relation
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  ieum explain article.txt                          for people
  ieum explain article.html --format json           for programs: one JSON object an article
  ieum explain article.txt --all                    also what was refused beside a name that counts
  echo '익산시가 이리공고와 협약을 맺었다.' | ieum explain -
  ieum explain article.txt --dictionaries mine      whether the row that I wrote works

A name stands with the row that it rests on (cities.csv:153), a relation with its rule (relations.csv:12) and the
words that the rule rests on. What was refused says why: inside a word, a false friend, or how many points of
evidence it has and how many it needs.")]
pub struct Arguments {
    /// The article; `-` is standard input
    article: PathBuf,
    /// A folder of dictionaries in place of the built-in ones
    #[arg(long, value_name = "DIR")]
    dictionaries: Option<PathBuf>,
    /// Show also what was refused beside a name or a rule that counts
    #[arg(long)]
    all: bool,
    /// What to print
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Indented lines, for people
    Text,
    /// One JSON object an article
    Json,
}

/// Runs the command.
pub fn run(typed: &Arguments) -> Result<()> {
    let shown = typed.article.display().to_string();
    let mut bytes = Vec::new();
    let (source, limit) = if shown == "-" {
        ("standard input", article::ARTICLE_LIMIT)
    } else {
        (shown.as_str(), article::JSON_LIMIT)
    };
    if shown == "-" {
        io::stdin().take(limit + 1).read_to_end(&mut bytes)
    } else {
        std::fs::File::open(&typed.article)
            .and_then(|file| file.take(limit + 1).read_to_end(&mut bytes))
    }
    .with_context(|| format!("cannot read the article in {source}"))?;
    if bytes.len() as u64 > limit {
        bail!(
            "{source} is longer than {} MB: that is no article",
            limit >> 20
        );
    }
    let dictionary = super::reading::dictionary(typed.dictionaries.as_deref())?;
    let furniture = dictionary.furniture();
    let mut out = print::results();
    let mut unread = 0;
    for (n, article) in article::in_bytes(source, &bytes, furniture)
        .iter()
        .enumerate()
    {
        // A page has lines of its own; an article given as JSON brings its text with it.
        let (page, lines) = article::read_with_lines(source, &bytes, furniture);
        let lines: &[LineReport] = if page == *article { &lines } else { &[] };
        unread += usize::from(article.text.is_empty());
        let explained = explain(article, lines, &dictionary);
        match typed.format {
            Format::Json => {
                serde_json::to_writer(&mut out, &explained).map_err(io::Error::from)?;
                writeln!(out)?;
            }
            Format::Text => {
                if n > 0 {
                    writeln!(out)?;
                }
                text(&mut out, article, &explained, typed.all)?;
            }
        }
    }
    out.flush()?;
    drop(out);
    if unread > 0 {
        bail!(
            "no text was found in {}",
            print::count(unread, "article", "articles")
        );
    }
    Ok(())
}

/// The explanation for people.
fn text(
    out: &mut impl Write,
    article: &Article,
    explained: &Explanation,
    all: bool,
) -> io::Result<()> {
    let unknown = || "not found".to_owned();
    writeln!(out, "{}", article.source)?;
    writeln!(out, "  encoding   {}", explained.encoding)?;
    writeln!(
        out,
        "  title      {}",
        article.title.clone().unwrap_or_else(unknown)
    )?;
    writeln!(
        out,
        "  published  {}",
        article
            .published
            .map_or_else(unknown, |day| day.to_string())
    )?;
    writeln!(
        out,
        "  outlet     {}",
        article.outlet.clone().unwrap_or_else(unknown)
    )?;
    for problem in &article.problems {
        writeln!(out, "  problem    {problem}")?;
    }
    writeln!(out, "\nlines of the page: + is main text, - is left out")?;
    for line in explained.lines.iter().filter(|line| !line.text.is_empty()) {
        let sign = if line.kept { '+' } else { '-' };
        writeln!(
            out,
            "{:>5} {sign} [{}] {}",
            line.number, line.because, line.text
        )?;
        if !line.names.is_empty() {
            writeln!(out, "        does not count: {}", line.names.join(", "))?;
        }
    }
    writeln!(out, "\nsentences of the main text")?;
    for sentence in &explained.sentences {
        writeln!(out, "[{}] {}", sentence.number, sentence.text)?;
        names(out, sentence, all)?;
        relations(out, sentence, all)?;
    }
    for signing in &explained.agreements {
        let day = signing
            .date
            .map_or_else(|| "no day".to_owned(), |day| day.to_string());
        let status = format!("{:?}", signing.status).to_lowercase();
        writeln!(out, "\nagreement, {status}, {day}")?;
        if !signing.about.is_empty() {
            writeln!(out, "    about {}", signing.about.join(", "))?;
        }
        for party in &signing.parties {
            let told: Vec<String> = party.sentences.iter().map(|n| format!("[{n}]")).collect();
            writeln!(out, "    {}  by {}", party.id, told.join(" "))?;
        }
    }
    for party in &explained.lonely {
        writeln!(
            out,
            "\nno agreement: {} is its only party, by [{}]",
            party.id, party.sentences[0]
        )?;
    }
    Ok(())
}

fn names(out: &mut impl Write, sentence: &SentenceNote, all: bool) -> io::Result<()> {
    for name in &sentence.names {
        let row = name
            .row
            .as_ref()
            .map_or(String::new(), |row| format!(", {row}"));
        let mut after = Vec::new();
        if let Some(title) = name.title {
            after.push(format!("title: {}", word(&title)));
        }
        if let Some(role) = name.role {
            after.push(format!("particle: {}", word(&role)));
        }
        let after = if after.is_empty() {
            String::new()
        } else {
            format!(" ({})", after.join(", "))
        };
        writeln!(
            out,
            "    name {} → {}: {}{row}{after}",
            name.text, name.id, name.because
        )?;
        readings(out, &name.weighed)?;
    }
    for refused in sentence.refused.iter().filter(|r| all || !r.same) {
        let what = match refused.ids.as_slice() {
            [] => "a shape".to_owned(),
            ids => {
                let shown: Vec<&str> = ids.iter().take(3).map(String::as_str).collect();
                let more = ids.len().saturating_sub(3);
                match more {
                    0 => shown.join(", "),
                    more => format!("{} and {more} more", shown.join(", ")),
                }
            }
        };
        writeln!(
            out,
            "    no name {} ({what}): {}",
            refused.text, refused.because
        )?;
        readings(out, &refused.weighed)?;
    }
    Ok(())
}

/// What speaks for each reading.
fn readings(out: &mut impl Write, readings: &[Reading]) -> io::Result<()> {
    for reading in readings {
        let points: Vec<String> = reading
            .points
            .iter()
            .map(|p| format!("{:+} {}", p.points, p.because))
            .collect();
        let needed = reading.needed.map_or(String::new(), |n| format!(" of {n}"));
        writeln!(
            out,
            "        {}: {}{needed} points{}{}",
            reading.id,
            reading.sum,
            if points.is_empty() { "" } else { ": " },
            points.join("; ")
        )?;
    }
    Ok(())
}

fn relations(out: &mut impl Write, sentence: &SentenceNote, all: bool) -> io::Result<()> {
    let mut together = Vec::new();
    for stated in &sentence.relations {
        let Some(rule) = &stated.rule else {
            together.push(format!("{} – {}", stated.subject, stated.object));
            continue;
        };
        let day = stated.date.map_or(String::new(), |day| format!(", {day}"));
        let cue = stated
            .cue
            .as_ref()
            .map_or(String::new(), |cue| format!(" by `{cue}`"));
        writeln!(
            out,
            "    relation {} {} {} ({}{day}): {rule}{cue}",
            stated.subject,
            stated.relation,
            stated.object,
            word(&stated.status)
        )?;
    }
    for cue in sentence.cues.iter().filter(|cue| all || !cue.used) {
        let words = if cue.text.is_empty() {
            String::new()
        } else {
            format!(" `{}`", cue.text)
        };
        writeln!(
            out,
            "    no relation {}{words}: {} ({})",
            cue.relation, cue.because, cue.rule
        )?;
    }
    if !together.is_empty() {
        writeln!(out, "    only together: {}", together.join(", "))?;
    }
    Ok(())
}
