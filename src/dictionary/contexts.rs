//! Words beside a name that speak for or against it (`contexts.csv`).

use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;

use super::affixes::Prefixes;
use super::{BadRow, Grammar, Matcher, Table, TypeId, fold_char, table};

/// Where a word stands that says something about a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Side {
    /// The word before the name.
    Before,
    /// The beginning of the word behind the name and its particle.
    Behind,
    /// The end of that word (`*산`), which has three syllables or more.
    Ending,
    /// The particle of the name.
    Particle,
    /// Anywhere in the sentence.
    Sentence,
    /// The text that goes on directly behind the name, its particle and spaces too.
    Onward,
    /// The end of the word before the name (`*업체인`).
    Tail,
    /// Anywhere in the sentence, around two figures: the sign between them and what follows the second (`-승`).
    Result,
}

/// How many [`Side`]s there are.
const SIDES: usize = 8;

/// What stands beside a name.
#[derive(Debug, Clone, Copy)]
pub struct Beside<'a> {
    /// The word before it.
    pub before: &'a str,
    /// The Hangul that is glued to it.
    pub particle: &'a str,
    /// The word behind it and its particle.
    pub behind: &'a str,
    /// The sentence from the name's end on.
    pub onward: &'a str,
}

/// A row of `contexts.csv`, without its word.
#[derive(Debug, Clone)]
struct Row {
    kind: TypeId,
    /// The forms that it speaks of, folded; all of the type, where empty.
    names: Vec<String>,
    /// `None`: the word and the name are one longer name or, in a sentence, the name is somebody else's.
    points: Option<i32>,
}

impl Row {
    fn speaks_of(&self, kind: TypeId, form: &str) -> bool {
        self.kind == kind && (self.names.is_empty() || self.names.iter().any(|n| n == form))
    }
}

/// Words that a text begins with, and what is said of each.
#[derive(Debug, Default)]
struct Beginnings {
    words: Prefixes<u32>,
    rows: Vec<Vec<Row>>,
}

impl Beginnings {
    fn new(rows: FxHashMap<String, Vec<Row>>) -> Self {
        let mut sorted: Vec<(String, Vec<Row>)> = rows.into_iter().collect();
        sorted.sort_by(|a, b| a.0.cmp(&b.0));
        let mut beginnings = Self::default();
        for (word, rows) in sorted {
            beginnings.words.add(&word, beginnings.rows.len() as u32);
            beginnings.rows.push(rows);
        }
        beginnings.words.seal();
        beginnings
    }
}

/// `contexts.csv`, compiled.
#[derive(Debug)]
pub struct Contexts {
    /// By [`Side`], by word.
    rows: [FxHashMap<String, Vec<Row>>; SIDES],
    /// What a word behind a name begins with.
    behind: Beginnings,
    /// What goes on behind a name begins with.
    onward: Beginnings,
    /// Types of which a row says that their names are parts of longer ones.
    joined: Vec<TypeId>,
    /// Words anywhere in the sentence, and for each of them its rows.
    matcher: Matcher,
    anywhere: Vec<Vec<Row>>,
    /// Types and forms that a word anywhere in the sentence can say something about; all forms of a
    /// type under the empty one.
    spoken_of: FxHashSet<(TypeId, String)>,
    /// Types and forms that a word anywhere in the sentence can make somebody else's name.
    lent: Vec<(TypeId, FxHashSet<String>)>,
    /// What follows the figures of a result, by the sign between them.
    results: Vec<(char, Prefixes<TypeId>)>,
}

/// The most digits that a figure of a result has.
const DIGITS: usize = 3;

/// The shortest word whose ending says something, in syllables: 마니산, but not 예산.
const SHORTEST: usize = 3;

/// The longest word and ending that are looked up, in syllables.
const LONGEST: usize = 8;

impl Contexts {
    /// Reads `contexts.csv`.
    pub fn load(table: &Table, types: &[String], bad: &mut Vec<BadRow>) -> Self {
        let mut rows: [FxHashMap<String, Vec<Row>>; SIDES] = Default::default();
        let mut results: Vec<(char, Prefixes<TypeId>)> = Vec::new();
        for row in &table.rows {
            let Some(kind) = types.iter().position(|t| t == table.cell(row, "type")) else {
                bad.push(table.bad(row, "type", format!("one of {}", types.join(", "))));
                continue;
            };
            let kind = TypeId(kind as u8);
            let Ok(side) = serde_json::from_value::<Side>(table.cell(row, "where").into()) else {
                bad.push(table.bad(
                    row,
                    "where",
                    "before, behind, ending, onward, particle, result, sentence or tail",
                ));
                continue;
            };
            if side == Side::Result {
                if let Err((column, expected)) = add_results(table, row, kind, &mut results) {
                    bad.push(table.bad(row, column, expected));
                }
                continue;
            }
            let points = match table.cell(row, "points") {
                "never" if matches!(side, Side::Before | Side::Behind | Side::Sentence) => None,
                cell => {
                    let Ok(points) = cell.parse() else {
                        bad.push(table.bad(
                            row,
                            "points",
                            "a whole number, or `never` (before, behind, result, sentence)",
                        ));
                        continue;
                    };
                    Some(points)
                }
            };
            let names: Vec<String> = table
                .list(row, "names")
                .map(|n| n.chars().filter_map(fold_char).collect())
                .collect();
            for word in table.list(row, "word") {
                let kept = Row {
                    kind,
                    names: names.clone(),
                    points,
                };
                rows[side as usize]
                    .entry(word.to_owned())
                    .or_default()
                    .push(kept);
            }
        }
        for (_, follows) in &mut results {
            follows.seal();
        }
        let mut beginnings = |side: Side| Beginnings::new(std::mem::take(&mut rows[side as usize]));
        let (behind, onward) = (beginnings(Side::Behind), beginnings(Side::Onward));
        let mut anywhere: Vec<(String, Vec<Row>)> = rows[Side::Sentence as usize].drain().collect();
        anywhere.sort_by(|a, b| a.0.cmp(&b.0));
        let mut spoken_of = FxHashSet::default();
        let mut lent: Vec<(TypeId, FxHashSet<String>)> = Vec::new();
        for row in anywhere.iter().flat_map(|(_, rows)| rows) {
            if row.points.is_none() {
                let names = row.names.iter().cloned();
                match lent.iter_mut().find(|(kind, _)| *kind == row.kind) {
                    Some((_, forms)) => forms.extend(names),
                    None => lent.push((row.kind, names.collect())),
                }
                continue;
            }
            if row.names.is_empty() {
                spoken_of.insert((row.kind, String::new()));
            }
            spoken_of.extend(row.names.iter().map(|n| (row.kind, n.clone())));
        }
        let mut joined: Vec<TypeId> = rows
            .iter()
            .flat_map(FxHashMap::values)
            .chain(&behind.rows)
            .chain(&onward.rows)
            .flatten()
            .filter(|r| r.points.is_none())
            .map(|r| r.kind)
            .collect();
        joined.sort_unstable();
        joined.dedup();
        let matcher = Matcher::new(anywhere.iter().map(|(word, _)| (word.as_str(), true)));
        Self {
            rows,
            behind,
            onward,
            joined,
            spoken_of,
            lent,
            matcher: matcher.unwrap_or_default(),
            anywhere: anywhere.into_iter().map(|(_, rows)| rows).collect(),
            results,
        }
    }

    fn rows(&self, side: Side, word: &str) -> &[Row] {
        self.rows[side as usize]
            .get(word)
            .map_or(&[], Vec::as_slice)
    }

    /// Whether `form` is part of a longer name with the word before it or the one behind it, which
    /// nothing but a particle may follow.
    pub fn is_part(
        &self,
        kind: TypeId,
        form: &str,
        before: &str,
        behind: &str,
        grammar: &Grammar,
    ) -> bool {
        let joins = |rows: &[Row]| {
            rows.iter()
                .any(|r| r.points.is_none() && r.speaks_of(kind, form))
        };
        !before.is_empty() && joins(self.rows(Side::Before, before))
            || self
                .behind
                .words
                .longest_first(behind)
                .any(|(length, word)| {
                    let (word, rest) = (&self.behind.rows[word as usize], &behind[length..]);
                    joins(word)
                        && behind[..length]
                            .chars()
                            .next_back()
                            .is_some_and(|last| grammar.tail(last, kind, rest).is_some())
                })
    }

    /// The points that the words beside `form` give it: the word before it, its particle, the word behind,
    /// and all that goes on behind it.
    pub fn beside(&self, kind: TypeId, form: &str, beside: &Beside<'_>, grammar: &Grammar) -> i32 {
        let Beside {
            before,
            particle,
            behind,
            onward,
        } = *beside;
        let sum = |rows: &[Row]| -> i32 {
            rows.iter()
                .filter(|r| r.speaks_of(kind, form))
                .filter_map(|r| r.points)
                .sum()
        };
        let mut points = sum(self.rows(Side::Particle, particle));
        if !before.is_empty() {
            points += sum(self.rows(Side::Before, before));
            points += before
                .char_indices()
                .rev()
                .take(LONGEST)
                .map(|(at, _)| sum(self.rows(Side::Tail, &before[at..])))
                .sum::<i32>();
        }
        for (beginnings, text) in [(&self.behind, behind), (&self.onward, onward)] {
            beginnings.words.each(text, |_, word| {
                points += sum(&beginnings.rows[word as usize]);
            });
        }
        points + self.ending(kind, form, behind, grammar)
    }

    /// The points that the end of the word behind gives, its particle left away.
    fn ending(&self, kind: TypeId, form: &str, behind: &str, grammar: &Grammar) -> i32 {
        let bare = behind
            .char_indices()
            .skip(SHORTEST)
            .map(|(i, _)| behind.split_at(i))
            .filter(|(word, rest)| {
                word.chars()
                    .next_back()
                    .is_some_and(|last| grammar.particle(last, rest).is_some())
            })
            .map(|(word, _)| word);
        let whole = (behind.chars().count() >= SHORTEST).then_some(behind);
        bare.chain(whole)
            .find_map(|word| {
                let mut rows = word
                    .char_indices()
                    .rev()
                    .take(LONGEST)
                    .flat_map(|(at, _)| self.rows(Side::Ending, &word[at..]))
                    .filter(|r| r.speaks_of(kind, form))
                    .filter_map(|r| r.points)
                    .peekable();
                rows.peek().is_some().then(|| rows.sum())
            })
            .unwrap_or(0)
    }

    /// Whether some names of the type are parts of longer ones, so that [`Self::is_part`] is worth asking.
    pub fn joins(&self, kind: TypeId) -> bool {
        self.joined.contains(&kind)
    }

    /// Whether words anywhere in the sentence can say something about `form`.
    pub fn hears(&self, kind: TypeId, form: &str) -> bool {
        let spoken_of = |form: &str| self.spoken_of.contains(&(kind, form.to_owned()));
        spoken_of("") || spoken_of(form)
    }

    /// Whether a word of the sentence can make `form` somebody else's name: 전북 is a club's beside 승점.
    pub fn may_be_lent(&self, kind: TypeId, form: &str) -> bool {
        self.lent
            .iter()
            .any(|(k, forms)| *k == kind && forms.contains(form))
    }

    /// Whether what is said in the sentence makes `form` somebody else's name.
    pub fn is_lent(&self, kind: TypeId, form: &str, said: &[u32]) -> bool {
        said.iter()
            .flat_map(|&i| &self.anywhere[i as usize])
            .any(|r| r.points.is_none() && r.speaks_of(kind, form))
    }

    /// The types whose bare names are somebody else's by a result that the sentence tells: `5-4로`, `82-75 승`,
    /// `5대4로 눌렀다`; O(text).
    pub fn results(&self, sentence: &str) -> Vec<TypeId> {
        let mut types = Vec::new();
        for (sign, follows) in &self.results {
            for (at, sign) in sentence.match_indices(*sign) {
                let (before, behind) = (&sentence[..at], sentence[at + sign.len()..].trim_start());
                let left = before.bytes().rev().take_while(u8::is_ascii_digit).count();
                let right = behind.bytes().take_while(u8::is_ascii_digit).count();
                if (1..=DIGITS).contains(&left)
                    && (1..=DIGITS).contains(&right)
                    && !before[..before.len() - left].ends_with('-')
                {
                    follows.each(behind[right..].trim_start(), |_, kind| types.push(kind));
                }
            }
        }
        types
    }

    /// Whether `text` begins with what stands between the figures of a result.
    pub fn parts_figures(&self, text: &str) -> bool {
        self.results.iter().any(|(sign, _)| text.starts_with(*sign))
    }

    /// The words of a sentence that say something, each once, for [`Self::around`]; O(text).
    pub fn said(&self, sentence: &str) -> Vec<u32> {
        let mut hits = Vec::new();
        self.matcher.hits(sentence, Some, true, &mut hits);
        let mut said: Vec<u32> = hits.iter().map(|hit| hit.form).collect();
        said.sort_unstable();
        said.dedup();
        said
    }

    /// The points that what is said in the sentence gives `form`.
    pub fn around(&self, kind: TypeId, form: &str, said: &[u32]) -> i32 {
        said.iter()
            .flat_map(|&i| &self.anywhere[i as usize])
            .filter(|r| r.speaks_of(kind, form))
            .filter_map(|r| r.points)
            .sum()
    }
}

/// Keeps the words of a row that speaks of results; else the column that is wrong and what would be right in it.
fn add_results(
    table: &Table,
    row: &table::Row,
    kind: TypeId,
    results: &mut Vec<(char, Prefixes<TypeId>)>,
) -> Result<(), (&'static str, &'static str)> {
    if table.list(row, "names").next().is_some() {
        return Err(("names", "nothing: a result speaks of all names of the type"));
    }
    if table.cell(row, "points") != "never" {
        return Err(("points", "`never`: what a result says is not counted"));
    }
    for word in table.list(row, "word") {
        let mut rest = word.chars();
        let Some(sign) = rest.next().filter(|_| !rest.as_str().is_empty()) else {
            return Err((
                "word",
                "the sign between two figures and what follows the second (`-승`)",
            ));
        };
        let at = results.iter().position(|(s, _)| *s == sign);
        let at = at.unwrap_or_else(|| {
            results.push((sign, Prefixes::default()));
            results.len() - 1
        });
        results[at].1.add(rest.as_str(), kind);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn load(rows: &str, bad: &mut Vec<BadRow>) -> Contexts {
        let text = format!("word,where,type,names,points\n{rows}");
        let table = Table::read("contexts.csv", &text, &["word"], bad);
        Contexts::load(&table, &["city".into(), "school".into()], bad)
    }

    #[test]
    fn a_result_is_two_figures_a_sign_and_what_follows() {
        let mut bad = Vec::new();
        let contexts = load("-로|-승|대로 눌렀,result,city,,never\n", &mut bad);
        assert_eq!(bad, []);
        for (sentence, told) in [
            ("5-4로 이겼다", true),
            ("82-75 승", true),
            ("5대 4로 눌렀다", true),
            ("5대4로 나타났다", false),
            ("010-123-4로 전화", false),
            ("1234-5로", false),
            ("5-로", false),
        ] {
            let types = if told { vec![TypeId(0)] } else { Vec::new() };
            assert_eq!(contexts.results(sentence), types, "{sentence}");
        }
        assert!(contexts.parts_figures("대 4로") && !contexts.parts_figures(":4로"));
    }

    #[test]
    fn rows_of_results_that_say_too_little_or_too_much() {
        let mut bad = Vec::new();
        load(
            "-,result,city,,never\n-승,result,city,서울,never\n-승,result,city,,4\n-승,result,place,,never\n",
            &mut bad,
        );
        let told: Vec<_> = bad.iter().map(|b| (b.line, b.column.as_str())).collect();
        assert_eq!(
            told,
            [(2, "word"), (3, "names"), (4, "points"), (5, "type")]
        );
    }
}
