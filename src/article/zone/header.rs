//! Where the article stands on its page, its headline and its day of publication.

use jiff::civil::Date;

use super::byline::best_date;
use super::cut::outlet;
use super::walk::Walk;
use super::words::{Stems, fingerprint, stems};
use super::{Kind, Rank, Row};
use crate::dictionary::key;

/// The longest sentence in which a medium speaks of itself, in bytes.
const SLOGAN: usize = 180;

impl Walk<'_, '_> {
    /// The headline that the page's head gives; not the site's name, which shares no word with the text.
    pub(super) fn known_title(&self) -> Option<&str> {
        let title = self.known.title.as_deref()?;
        // A row of the page that is labelled as the headline knows better than the site.
        if let Some(row) = self
            .rows
            .iter()
            .take_while(|r| !r.prose())
            .find(|r| r.hint.labelled)
            && fingerprint(row.text) != fingerprint(title)
        {
            return None;
        }
        let mut all = 0;
        stems(title, 2, |_| all += 1);
        let shared = self.about.shared(title);
        (self.about.two.is_empty() || (shared > 0 && shared * 5 >= all * 2) || self.on_page(title))
            .then_some(title)
    }

    /// Whether a heading of the page says the same.
    fn on_page(&self, title: &str) -> bool {
        let wanted = fingerprint(title);
        self.rows
            .iter()
            .any(|r| r.hint.heading > 0 && fingerprint(r.text) == wanted)
    }

    /// The rows between two markers that hold the article.
    pub(super) fn piece(&self) -> (usize, usize) {
        let mut pieces = Vec::new();
        // Which pieces are cut off a box only by a date.
        let mut below = Vec::new();
        let mut start = 0;
        let mut prose = false;
        for (i, row) in self.rows.iter().enumerate() {
            prose |= row.prose();
            // Below a box's last teaser stands a headline with its date: the article begins there.
            let boxed = self.rows[start..]
                .first()
                .is_some_and(|r| matches!(r.kind, Kind::Others | Kind::More));
            if boxed && prose && row.kind == Kind::Date(Rank::Labelled) {
                let head = (start..i)
                    .rev()
                    .take(4)
                    .take_while(|&j| !self.rows[j].prose());
                if let Some(head) = head.filter(|&j| self.rows[j].kind == Kind::Head).last() {
                    pieces.push((start, head));
                    below.push(pieces.len());
                    start = head;
                    prose = false;
                }
            }
            if matches!(row.kind, Kind::Others | Kind::End) || (row.kind == Kind::More && prose) {
                prose = false;
                pieces.push((start, i));
                start = i + usize::from(row.kind == Kind::End);
            }
        }
        pieces.push((start, self.rows.len()));
        let score = |(n, &(start, stop)): (usize, &(usize, usize))| {
            let rows = &self.rows[start..stop];
            let weight = rows.iter().map(Row::weight).sum::<usize>().min(6000);
            if weight == 0 {
                return 0;
            }
            if self.anchor(start, stop).is_some() && below.binary_search(&n).is_err() {
                return weight + 2400;
            }
            // What follows "most read" is somebody else's, unless it has a header of its own.
            let others = rows
                .first()
                .is_some_and(|r| matches!(r.kind, Kind::Others | Kind::More));
            match below.binary_search(&(n + 1)) {
                Ok(_) => weight / 10,
                Err(_) if others => weight / 4,
                Err(_) => weight,
            }
        };
        let scores: Vec<usize> = pieces.iter().enumerate().map(score).collect();
        let best = scores.iter().copied().max().unwrap_or(0);
        if best == 0 {
            // No running text: the first piece with a headline under which a date or a byline stands, else the first.
            let headed = pieces.iter().find(|&&(a, b)| {
                self.rows[a..b]
                    .iter()
                    .any(|r| matches!(r.kind, Kind::Date(Rank::Labelled) | Kind::Byline))
            });
            return headed.copied().unwrap_or_else(|| {
                pieces
                    .into_iter()
                    .find(|&(a, b)| self.rows[a..b].iter().any(|r| r.kind == Kind::Head))
                    .unwrap_or((0, self.rows.len()))
            });
        }
        let chosen = scores.iter().position(|&s| s * 10 >= best * 6).unwrap_or(0);
        let (mut start, stop) = pieces[chosen];
        // A box between the header and the text: the header belongs to the text.
        if self.rows[start..stop]
            .first()
            .is_some_and(|r| matches!(r.kind, Kind::Others | Kind::More))
            && self
                .anchor(start, stop)
                .is_none_or(|a| self.rows[start..a].iter().any(Row::prose))
        {
            for i in (0..chosen).rev() {
                let (a, b) = pieces[i];
                if scores[i] > 0 {
                    break;
                }
                if self.rows[a..b].iter().any(|r| {
                    matches!(
                        r.kind,
                        Kind::Date(Rank::Labelled | Rank::Time) | Kind::Byline
                    )
                }) {
                    start = a;
                    break;
                }
            }
        }
        (start, stop)
    }

    /// Where a piece without a date begins that holds the page's headline as a heading with running text below it: what
    /// stands above is a column beside the article.
    pub(super) fn below_columns(&self, start: usize, stop: usize) -> usize {
        let Some(title) = self.known.title.as_deref() else {
            return start;
        };
        let wanted = fingerprint(title);
        let rows = &self.rows[start..stop];
        let Some(at) = rows
            .iter()
            .position(|r| r.hint.heading > 0 && fingerprint(r.text) == wanted)
        else {
            return start;
        };
        let beside = rows[..at].iter().any(Row::prose);
        if beside && rows[at..].iter().any(Row::prose) {
            start + at
        } else {
            start
        }
    }

    /// The last line of the header: a labelled date or a byline that most of the text follows.
    pub(super) fn anchor(&self, start: usize, stop: usize) -> Option<usize> {
        let rows = &self.rows[start..stop];
        let all: usize = rows.iter().map(Row::weight).sum();
        let mut before = 0;
        let mut anchor = None;
        for (i, row) in rows.iter().enumerate() {
            let header = matches!(
                row.kind,
                Kind::Date(Rank::Labelled | Rank::Time | Rank::Updated) | Kind::Byline
            );
            if header && before * 2 <= all && before < all {
                // Only lines right under the first one still belong to the header.
                if anchor.is_none_or(|a| i - a <= 6 && before == 0)
                    || (before * 4 <= all && before < 900 && anchor.is_none())
                {
                    anchor = Some(i);
                }
            }
            before += row.weight();
        }
        anchor.map(|a| a + start)
    }

    /// Where a piece without a date begins below the sentences in which a medium speaks of itself: each stands alone over
    /// a headline, and the text below, which is longer, has hardly one of its words.
    pub(super) fn below_slogans(&self, start: usize, stop: usize) -> usize {
        let mut begin = start;
        for i in start..stop {
            let row = &self.rows[i];
            if !row.prose() {
                continue;
            }
            let headed = self.rows[i + 1..stop]
                .iter()
                .find(|r| !matches!(r.kind, Kind::Skip(_)))
                .is_some_and(|r| r.kind == Kind::Head);
            if !headed || row.text.len() > SLOGAN {
                break;
            }
            let mut below = Stems::default();
            let mut weight = 0;
            for row in self.rows[i + 1..stop].iter().filter(|r| r.prose()) {
                below.add_two(row.text);
                weight += row.text.len();
                if weight > 2400 {
                    break;
                }
            }
            let mut words = 0;
            stems(row.text, 2, |_| words += 1);
            if weight < 2 * row.text.len() || below.shared(row.text) * 4 > words {
                break;
            }
            begin = i + 1;
        }
        begin
    }

    /// Learns the words of the first paragraphs.
    pub(super) fn learn(&mut self, from: usize, stop: usize) {
        let mut size = 0;
        let mut any = false;
        for row in &self.rows[from..stop] {
            if any && row.kind == Kind::Byline {
                break;
            }
            if row.prose() {
                self.about.add_two(row.text);
                any = true;
                size += row.text.len();
                if size > 2400 {
                    break;
                }
            }
        }
        if !any {
            for row in self.rows[from..stop]
                .iter()
                .filter(|r| matches!(r.kind, Kind::List | Kind::Head))
                .take(12)
            {
                self.about.add_two(row.text);
            }
        }
    }

    /// Starts again with what is surely the article's: its headline and the paragraphs up to the first heading.
    pub(super) fn trust(&mut self, title: Option<usize>, from: usize, stop: usize) {
        self.trusted.extend(title.map(|t| self.rows[t].text));
        let mut size = 0;
        let Some(first) = (from..stop).find(|&i| self.rows[i].prose()) else {
            let lines = self.rows[from..stop]
                .iter()
                .filter(|r| matches!(r.kind, Kind::List | Kind::Head));
            self.trusted.extend(lines.take(12).map(|r| r.text));
            return;
        };
        for row in &self.rows[first..stop] {
            if size > 2400 || matches!(row.kind, Kind::Head | Kind::Byline) {
                break;
            }
            if row.prose() {
                self.trusted.push(row.text);
                size += row.text.len();
            }
        }
    }

    /// The words of the trusted lines; gathered when they are first asked for, which on a clean page is never.
    pub(super) fn core(&mut self) -> &mut Stems {
        if !self.trusted.is_empty() {
            if let Some(title) = self.known_title().map(str::to_owned) {
                self.core.add(&title);
            }
            for text in std::mem::take(&mut self.trusted) {
                self.core.add(text);
            }
        }
        &mut self.core
    }

    /// The row of the headline.
    pub(super) fn title(&self, start: usize, anchor: Option<usize>, first: usize) -> Option<usize> {
        let mut scratch = String::new();
        if let Some(title) = self.known_title() {
            let mut wanted = String::new();
            key(title, &mut wanted);
            let same = |i: &usize| {
                scratch.clear();
                key(self.rows[*i].text, &mut scratch);
                !scratch.is_empty() && scratch == wanted
            };
            if let Some(i) = (start..self.rows.len().min(first + 1)).rev().find(same) {
                return Some(i);
            }
        }
        let last = anchor.filter(|&a| a < first);
        let headlike = |i: &usize| {
            let row = &self.rows[*i];
            let short =
                row.prose() && row.text.len() < 180 && last.is_some_and(|a| *i < a && a - *i <= 3);
            (row.kind == Kind::Head || short)
                && row.text.chars().count() >= 6
                && (row.text.contains(' ') || row.hint.heading > 0)
                && !(row.hint.link && row.hint.heading == 0)
        };
        let rows_above = |i: usize| self.rows[i.saturating_sub(2).max(start)..i].iter();
        let score = |i: usize| {
            let row = &self.rows[i];
            let mut score = 2 * self.about.shared(row.text).min(6);
            // Right above the date, or with nothing between but subheads.
            let mut between = last
                .filter(|&a| i < a)
                .into_iter()
                .flat_map(|a| &self.rows[i + 1..a])
                .filter(|r| matches!(r.kind, Kind::Head | Kind::Prose { .. }))
                .peekable();
            let near = between.peek().is_none()
                || (self.about.shared(row.text) >= 2
                    && between.all(|r| r.kind == Kind::Head && self.about.shared(r.text) > 0));
            if near && last.is_some_and(|a| i < a) {
                score += 4;
            }
            score += match row.hint.heading {
                1 => 8,
                2 => 5,
                3 => 2,
                _ => 0,
            };
            // `[기획] …`
            if row.text.starts_with('[')
                && row.text.contains("] ")
                && self.about.shared(row.text) > 0
            {
                score += 4;
            }
            // A headline that is somebody's words.
            let quoted = row.text.starts_with(['“', '"', '‘', '\''])
                && row.text.ends_with(['”', '"', '’', '\'']);
            if quoted && rows_above(i).all(|r| r.kind != Kind::Head || r.text.chars().count() < 15)
            {
                score += 4;
            }
            score + usize::from(row.text.chars().count() >= 15)
        };
        let range = match last {
            Some(a) if (start..a).any(|i| headlike(&i)) => start..a,
            _ => start..first,
        };
        let scores: Vec<(usize, usize)> = range.filter(headlike).map(|i| (i, score(i))).collect();
        let best = scores.iter().map(|s| s.1).max()?;
        if best < 3 && self.known_title().is_some() {
            return None;
        }
        if best < 2 && scores.len() > 1 {
            return None;
        }
        scores
            .into_iter()
            .find(|s| s.1 * 10 >= best * 7)
            .map(|s| s.0)
    }

    pub(super) fn dates(
        &mut self,
        start: usize,
        title: Option<usize>,
        first: Option<usize>,
        end: usize,
    ) {
        let low = title.map_or(start, |t| t.saturating_sub(8).max(start));
        // The comments have dates of their own.
        let commented = self.rows.get(end).is_some_and(|r| r.kind == Kind::Comments);
        let high = (end + if commented { 0 } else { 6 }).min(self.rows.len());
        let last = self.kept.last().map_or(0, |k| k.0);
        let mut best: Option<(Rank, Date)> = None;
        for i in low..high {
            let row = &self.rows[i];
            let dated = matches!(row.kind, Kind::Date(_) | Kind::End | Kind::Byline);
            if !dated {
                continue;
            }
            let Some((mut rank, day)) = best_date(row.text, self.furniture) else {
                continue;
            };
            if let Kind::Date(r) = row.kind {
                rank = rank.max(r);
            }
            let header = first.is_none_or(|f| i < f)
                && title.is_none_or(|t| {
                    i > t || (rank >= Rank::Time && (t - i <= 2 || rank == Rank::Labelled))
                });
            let good = match rank {
                _ if i >= end + 3 => rank == Rank::Labelled && i >= last,
                Rank::Labelled => header || first.is_some_and(|f| i < f) || i >= last,
                Rank::Updated => header || i >= end,
                Rank::Time => header || (i >= end.saturating_sub(1) && row.kind != Kind::Byline),
                Rank::Day => header && title.is_some_and(|t| i > t) && row.kind != Kind::End,
            };
            if good && best.is_none_or(|(r, _)| rank > r) {
                best = Some((rank, day));
            }
        }
        self.found.published = best.map(|b| b.1);
        let notices = self
            .rows
            .iter()
            .filter(|r| r.kind == Kind::End || matches!(r.kind, Kind::Skip("element of the page")));
        self.found.outlet = notices
            .filter(|r| r.line >= self.rows[start.min(self.rows.len() - 1)].line)
            .find_map(|r| outlet(r.text, self.furniture));
    }
}
