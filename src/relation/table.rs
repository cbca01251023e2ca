//! Tables: rows whose cells are parted by tabs or bars.

use std::ops::Range;

use super::cue::Hit;
use super::frame::{Pending, Reader};
use super::sentence::Token;
use super::trace::Event;
use crate::article::Zone;
use crate::dictionary::{Form, Mark, Rule, Slot, TypeId};
use crate::watch::Watch;

/// What parts the cells of a row.
const BARS: [char; 3] = ['\t', '|', '│'];

/// A table whose rows are being read.
#[derive(Debug, Clone)]
pub(super) struct Table {
    /// The sentences of its first and of its last row.
    first: usize,
    last: usize,
    /// The columns that say where, by the heading.
    places: Vec<usize>,
    /// The columns whose heading is the cue of a rule (`참여 사업`), and that rule.
    headed: Vec<(usize, usize)>,
    /// Its rows are the list that a sentence announced.
    pub(super) fills: bool,
}

/// The cells of a row, as bytes of it.
fn cells(row: &str) -> impl Iterator<Item = Range<usize>> {
    let mut next = 0;
    row.split(BARS).map(move |cell| {
        let start = next;
        next += cell.len()
            + row[start + cell.len()..]
                .chars()
                .next()
                .map_or(0, char::len_utf8);
        start..start + cell.len()
    })
}

impl<W: Watch<Event>> Reader<'_, W> {
    /// Notes the sentence `index` if it is a row of a table, and what the table's heading says.
    pub(super) fn take_row(&mut self, index: usize) {
        let sentence = &self.article.sentences[index];
        let text = &self.article.text[sentence.span.clone()];
        if sentence.zone != Zone::List || !text.contains(BARS) {
            return;
        }
        match &mut self.table {
            // `(비수도권)` may part the rows.
            Some(table) if table.last + 2 >= index => table.last = index,
            _ => {
                let heads =
                    |cell: Range<usize>| self.rules.has_tail(text[cell].trim(), Mark::Where);
                let columns = cells(text).enumerate();
                let places = columns.filter_map(|(n, cell)| heads(cell).then_some(n));
                let from = sentence.span.start;
                let headed = cells(text).enumerate().flat_map(|(n, cell)| {
                    let cell = from + cell.start..from + cell.end;
                    let within = move |h: &&Hit| cell.contains(&h.start) && h.end <= cell.end;
                    let rules = self.hits.iter().filter(within).filter_map(|h| h.rule);
                    let headed = rules.filter(|r| self.rules.rules()[*r].takes(Form::Column));
                    headed.map(move |rule| (n, rule)).collect::<Vec<_>>()
                });
                let headed = headed.collect();
                self.table = Some(Table {
                    headed,
                    first: index,
                    last: index,
                    places: places.collect(),
                    fills: false,
                });
            }
        }
    }

    /// Whether the sentence is a row of a table.
    pub(super) fn is_row(&self) -> bool {
        self.table.as_ref().is_some_and(|t| t.last == self.index)
    }

    /// Whether the rows of a table behind the sentence `announced` are the list that it announced, so that what stands
    /// below them is not.
    pub(super) fn is_below_table(&self, announced: usize) -> bool {
        let table = self.table.as_ref();
        !self.is_row() && table.is_some_and(|t| t.fills && t.first > announced)
    }

    /// Whether the table begins directly below the sentence `announced`, or goes on behind it.
    pub(super) fn is_table_below(&self, announced: usize) -> bool {
        let table = self.table.as_ref();
        table.is_some_and(|t| t.last > announced && self.only_headings(announced, t.first))
    }

    /// Whether no sentence of the running text stands between two.
    pub(super) fn only_headings(&self, above: usize, below: usize) -> bool {
        let between = self.article.sentences.get(above + 1..below);
        between.is_none_or(|sentences| sentences.iter().all(|s| s.zone != Zone::Body))
    }

    /// The names of a row, cell by cell, those left out in brackets and those that only say which is meant.
    fn row(&self) -> Vec<Vec<(usize, &Token)>> {
        let from = self.sentence.span.start;
        let text = &self.article.text[self.sentence.span.clone()];
        let named = |cell: Range<usize>| {
            let inside = move |t: &&Token| cell.contains(&(t.start - from));
            let tokens = self.sentence.tokens.iter().filter(inside);
            let names = tokens.filter(|t| !t.aside && !t.modifier);
            let names = names.filter_map(|t| Some((self.mentions.mentions[t.mention?].entity, t)));
            names.collect()
        };
        cells(text).map(named).collect()
    }

    /// Those of whom a row tells: the names of its first cell that holds such as `slot` takes. A town only says where,
    /// beside others.
    pub(super) fn row_names(&self, slot: Slot) -> Vec<usize> {
        let takes = |(entity, _): &(usize, &Token)| slot.takes(self.kind(*entity));
        let row = self.row();
        let cells = row.iter().map(|cell| {
            let names = cell.iter().filter(|name| takes(name));
            names.map(|(entity, _)| *entity).collect::<Vec<_>>()
        });
        let mut cells: Vec<_> = cells.filter(|names| !names.is_empty()).collect();
        cells.sort_by_key(|names| names.iter().all(|e| self.kind(*e) == TypeId::CITY));
        cells.into_iter().next().unwrap_or_default()
    }

    /// Whether the sentence is a row, and the heading of one of its columns states the same as the rule, so that the other
    /// columns do not: unless the sentence `announced` names them as well (`참여하는 학교와 기업은 다음과 같다`).
    pub(super) fn is_read_by_column(&self, rule: &Rule, announced: usize) -> bool {
        let Some(table) = self.table.as_ref().filter(|_| self.is_row()) else {
            return false;
        };
        let sentence =
            |index: usize| &self.article.text[self.article.sentences[index].span.clone()];
        let same = |(_, cue): &&(usize, usize)| self.rules.rules()[*cue].relation == rule.relation;
        let Some((own, _)) = table.headed.iter().find(same) else {
            return false;
        };
        // What heads the columns names nobody.
        if table.first == self.index {
            return true;
        }
        let titles = sentence(table.first);
        let mut others = cells(titles).enumerate().filter(|(n, _)| n != own);
        let named_above = |(_, cell): (usize, Range<usize>)| {
            let mut words = sentence(announced).split_whitespace();
            words.any(|word| {
                let noun = self.rules.stem(word);
                noun.len() < word.len() && *noun == *titles[cell.clone()].trim()
            })
        };
        !others.any(named_above)
    }

    /// What is known of the rows of a table that a sentence announced, by the same relation: `참여하는 기업은 아래와 같다`.
    fn announced(&self, rule: &Rule) -> Vec<usize> {
        let rules = self.rules.rules();
        let same = |p: &&Pending| p.known_is_object && rules[p.rule].relation == rule.relation;
        let pending = self.pending.iter().find(same);
        pending.map_or_else(Vec::new, |p| p.known.clone())
    }

    /// States of a row what the headings of its columns say: `학교 | 참여 사업`, `사업 | 참여 기업`. What the column holds is
    /// one side, whoever stands first in the other columns is the other.
    pub(super) fn read_columns(&mut self) {
        let Some(table) = self.table.as_ref().filter(|t| t.first < self.index) else {
            return;
        };
        if !self.is_row() || table.headed.is_empty() {
            return;
        }
        let row = self.row();
        let all_rules = self.rules;
        let mut stated = Vec::new();
        for (column, index) in &table.headed {
            let rule = &all_rules.rules()[*index];
            let Some(cell) = row.get(*column).filter(|cell| !cell.is_empty()) else {
                continue;
            };
            let fits = |slot: Slot| {
                let names = cell.iter().map(|(entity, _)| *entity);
                names
                    .filter(|e| slot.takes(self.kind(*e)))
                    .collect::<Vec<_>>()
            };
            let (objects, subjects) = (fits(rule.object), fits(rule.subject));
            let other = |slot: Slot, own: &[usize]| {
                let mut names = self.row_names(slot);
                names.retain(|e| !own.contains(e));
                names
            };
            let (subjects, objects) = if objects.is_empty() {
                let mut objects = other(rule.object, &subjects);
                if objects.is_empty() {
                    objects = self.announced(rule);
                }
                (subjects, objects)
            } else {
                (other(rule.subject, &objects), objects)
            };
            if let Some(at) = self.sentence.token_at(cell[0].1.start)
                && !subjects.is_empty()
                && !objects.is_empty()
            {
                stated.push((*index, subjects, objects, at));
            }
        }
        for (rule, subjects, objects, at) in stated {
            self.state_bare(rule, &subjects, &objects, (Form::Noun, at, at));
        }
    }

    /// Locates those of whom a row tells in the town of its place column: that before them which is nearest, else that
    /// behind them.
    pub(super) fn locate_row(&mut self, index: usize, rule: &Rule) {
        let row = self.row();
        let town = |cell: &[(usize, &Token)]| match cell {
            [(city, token)] if rule.object.takes(self.kind(*city)) => Some((*city, token.start)),
            _ => None,
        };
        let is_whom = |(entity, _): &&(usize, &Token)| rule.subject.takes(self.kind(*entity));
        let Some(whom) = row.iter().position(|cell| cell.iter().any(|n| is_whom(&n))) else {
            return;
        };
        let headed = self.table.iter().flat_map(|t| t.places.iter().copied());
        let mut places: Vec<usize> = headed.filter(|place| *place != whom).collect();
        if places.is_empty() {
            let leads = |place: &usize| row[..*place].iter().all(|cell| town(cell).is_some());
            places = (0..whom).filter(leads).collect();
        }
        let nearest = |place: &usize| (*place > whom, place.abs_diff(whom));
        places.sort_by_key(nearest);
        let city = places.iter().find_map(|place| town(row.get(*place)?));
        let subjects: Vec<usize> = row[whom].iter().filter(is_whom).map(|(e, _)| *e).collect();
        if let Some((city, start)) = city
            && let Some(at) = self.sentence.token_at(start)
        {
            self.locate(index, &subjects, city, at);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::cells;

    #[test]
    fn cells_are_what_stands_between_bars() {
        for (row, expected) in [
            ("가 | 나│다", vec!["가 ", " 나", "다"]),
            ("\t가|", vec!["", "가", ""]),
            ("가", vec!["가"]),
        ] {
            let cells: Vec<_> = cells(row).map(|cell| &row[cell]).collect();
            assert_eq!(cells, expected);
        }
    }
}
