//! From the headline to where the article ends, line by line.

use super::byline::name_like;
use super::caption::credit_cut;
use super::cut::{cut_caption, cut_head, cut_tail, dateline_outlet, strip_markdown};
use super::line::bullet;
use super::words::{Set, Stems, fingerprint};
use super::{Fate, Found, Kind, Known, Row, Zone, add};
use crate::dictionary::{Furniture, is_hangul};

pub(super) struct Walk<'a, 'b> {
    pub(super) rows: &'b [Row<'a>],
    pub(super) furniture: &'b Furniture,
    pub(super) known: &'b Known,
    pub(super) core: Stems,
    /// Lines that are surely the article's and not yet in `core`.
    pub(super) trusted: Vec<&'a str>,
    /// The words of the whole piece.
    pub(super) about: Stems,
    pub(super) found: Found,
    /// Row, zone and text of what is kept.
    pub(super) kept: Vec<(usize, Zone, &'a str)>,
}

impl<'a, 'b> Walk<'a, 'b> {
    pub(super) fn new(
        rows: &'b [Row<'a>],
        furniture: &'b Furniture,
        known: &'b Known,
        found: Found,
    ) -> Self {
        Self {
            rows,
            furniture,
            known,
            core: Stems::default(),
            trusted: Vec::new(),
            about: Stems::default(),
            found,
            kept: Vec::new(),
        }
    }

    pub(super) fn run(mut self) -> Found {
        let (start, stop) = self.piece();
        let anchor = self.anchor(start, stop);
        let start = if anchor.is_none() {
            self.below_slogans(self.below_columns(start, stop), stop)
        } else {
            start
        };
        let from = anchor.map_or(start, |a| a + 1);
        let first = (from..stop).find(|&i| self.rows[i].prose());
        self.learn(from, stop);
        let title = self.title(start, anchor, first.unwrap_or(stop));
        self.trust(title, from, stop);
        let end = self.body(start, title, anchor, stop, first.is_none());
        self.trim();
        self.dates(start, title, first, end);
        self.emit(title);
        self.found
    }

    fn drop(&mut self, i: usize, reason: &'static str) {
        if let Some(fate) = self.found.fates.get_mut(self.rows[i].line) {
            *fate = Fate::Dropped(reason);
        }
    }

    fn keep(&mut self, i: usize, zone: Zone) {
        self.kept.push((i, zone, self.rows[i].text));
    }

    /// Walks from the headline to the end of the article; the row at which it is over.
    fn body(
        &mut self,
        start: usize,
        title: Option<usize>,
        anchor: Option<usize>,
        stop: usize,
        bare: bool,
    ) -> usize {
        let rows = self.rows;
        let from = title.map_or(start, |t| t);
        // A caption may stand above the headline.
        if let Some(t) = title {
            let above = t.saturating_sub(3).max(start);
            for (i, row) in rows.iter().enumerate().take(t).skip(above) {
                if row.kind == Kind::Caption && self.core().shared(row.text) >= 2 {
                    self.keep(i, Zone::Caption);
                }
            }
            self.keep(t, Zone::Title);
        }
        let header = anchor.unwrap_or(from);
        let mut content = 0;
        let mut running = 0;
        let mut i = title.map_or(start, |t| t + 1);
        while i < rows.len() {
            let row = &rows[i];
            match row.kind {
                Kind::Skip(_) | Kind::Advert | Kind::Date(_) => {}
                Kind::List | Kind::Head if content == 0 && i < header && bare_name(row.text) => {
                    self.drop(i, "byline");
                }
                Kind::Head if content == 0 && i < header && self.field(row.text) => {
                    self.drop(i, "header");
                }
                Kind::Summary => {
                    let mut j = i + 1;
                    while j < rows.len() && j - i <= 10 {
                        let listed = rows[j].hint.list && rows[j - 1].hint.list;
                        let over = rows[j].blank_before && j > i + 1 && !listed;
                        if over
                            || matches!(
                                rows[j].kind,
                                Kind::Date(_) | Kind::Byline | Kind::Others | Kind::End
                            )
                        {
                            break;
                        }
                        self.drop(j, "summary made by a machine");
                        j += 1;
                    }
                    i = j;
                    continue;
                }
                // `하늬 기자입니다.`, `[리포트]`: it is only announced.
                Kind::Byline
                    if row.text.ends_with('.')
                        && rows
                            .get(i + 1)
                            .is_some_and(|r| matches!(r.kind, Kind::Skip(_)))
                        && rows.get(i + 2).is_some_and(Row::prose) => {}
                Kind::Byline => {
                    if content > 0 && i > header && !bare {
                        match self.goes_on(i) {
                            Some(next) => {
                                i = next;
                                continue;
                            }
                            None => return i,
                        }
                    }
                    if bare && content > 0 {
                        return i;
                    }
                }
                Kind::End => {
                    if content > 0 {
                        return i;
                    }
                }
                Kind::Comments => {
                    if running >= 2 || (running == 1 && self.goes_on(i).is_none()) {
                        return i;
                    }
                }
                Kind::More if content == 0 => {}
                Kind::Others | Kind::More => {
                    if content > 0 || i >= stop {
                        match self.resumes(i) {
                            Some(next) => {
                                for j in i + 1..next {
                                    self.drop(j, "other articles");
                                }
                                i = next;
                                continue;
                            }
                            None => return i,
                        }
                    }
                    // Above the text: what it lists goes until running text begins.
                    let mut j = i + 1;
                    while j < rows.len()
                        && !rows[j].prose()
                        && !matches!(rows[j].kind, Kind::Date(_) | Kind::Byline)
                    {
                        self.drop(j, "other articles");
                        j += 1;
                    }
                    i = j;
                    continue;
                }
                Kind::Head => {
                    let shared = self.core().shared(row.text);
                    let words = row.text.split_whitespace().count();
                    if bare {
                        if !row.hint.link {
                            self.keep(i, Zone::Subhead);
                            content += 1;
                        }
                    } else if content == 0 {
                        if shared > 0 && words >= 2 && !row.hint.link {
                            self.keep(i, Zone::Subhead);
                        }
                    } else if row.hint.link {
                        self.drop(i, "link");
                    } else if shared > 0 {
                        self.keep(i, Zone::Subhead);
                    } else {
                        // A heading that shares no word: a section's name, or another article's headline.
                        let next = rows.get(i + 1);
                        let short = row.text.chars().count() < 12
                            || row.text.starts_with(['[', '<', '■', '◆', '□', '◇'])
                            || (!row.text.contains(is_hangul)
                                && next.is_some_and(|n| n.text.contains(is_hangul)));
                        let leads = next.is_some_and(|n| n.prose() || n.kind == Kind::List);
                        if leads && short {
                            self.keep(i, Zone::Subhead);
                        } else if next.is_some_and(Row::prose) && !self.kin_run(i + 1) {
                            match self.resumes(i) {
                                Some(next) => {
                                    for j in i..next {
                                        self.drop(j, "shares no word with the article");
                                    }
                                    i = next;
                                    continue;
                                }
                                None if self.kin_sections(i + 1) => self.keep(i, Zone::Subhead),
                                None => return i,
                            }
                        } else {
                            self.drop(i, "shares no word with the article");
                        }
                    }
                }
                Kind::List => {
                    if row.hint.link && content > 0 && !bare {
                        self.drop(i, "link");
                    } else if running > 0 && self.leads_away(i) {
                        self.drop(i, "leads to another article");
                    } else if content > 0
                        || bare
                        || bullet(row.text).is_some()
                        || self.core().shared(row.text) > 0
                    {
                        self.keep(i, Zone::List);
                        content += 1;
                    }
                }
                Kind::Caption => {
                    if content > 0 || title.is_some() || i > header {
                        self.keep(i, Zone::Caption);
                    }
                }
                Kind::Prose { cut } => {
                    if cut
                        && content > 0
                        && row.text.ends_with(['…', '.'])
                        && !self.core().kin(row.text)
                    {
                        self.drop(i, "cut short and shares no word with the article");
                    } else if i < header && content == 0 && title.is_none() {
                        self.drop(i, "above the header");
                    } else {
                        self.keep(i, Zone::Body);
                        content += 1;
                        running += 1;
                        if content > 1 && rows[i - 1].kind == Kind::Head {
                            self.trusted.push(row.text);
                        }
                    }
                }
            }
            i += 1;
        }
        rows.len()
    }

    /// Whether the paragraphs from row `at` on, up to the next line of another kind, are this article's: one of the first
    /// four shares words with it.
    fn kin_run(&mut self, at: usize) -> bool {
        let rows = self.rows;
        let core = self.core();
        rows[at..]
            .iter()
            .take_while(|r| {
                !matches!(
                    r.kind,
                    Kind::Head | Kind::Others | Kind::More | Kind::End | Kind::Byline
                )
            })
            .filter(|r| r.kind == Kind::Prose { cut: false })
            .take(4)
            .any(|r| core.kin(r.text))
    }

    /// Whether the sections from row `at` on are this article's: more paragraphs than headings stand up to the line that
    /// ends it, and one of them shares words with it. A column of teasers has a headline over every paragraph.
    fn kin_sections(&mut self, at: usize) -> bool {
        let rows = self.rows;
        let (mut heads, mut paragraphs) = (1, 0);
        let mut kin = false;
        for row in &rows[at..] {
            match row.kind {
                Kind::Head if row.hint.link => return false,
                Kind::Head => heads += 1,
                Kind::Prose { cut: false } => {
                    paragraphs += 1;
                    kin = kin || (paragraphs <= 12 && self.core().kin(row.text));
                }
                Kind::Skip(_) | Kind::Caption | Kind::List => {}
                _ => break,
            }
        }
        kin && paragraphs >= 2 * heads
    }

    /// After a byline inside the text: the row where the same article goes on.
    fn goes_on(&mut self, at: usize) -> Option<usize> {
        for j in at + 1..self.rows.len().min(at + 7) {
            match self.rows[j].kind {
                Kind::Others | Kind::More | Kind::End | Kind::Comments | Kind::Head => return None,
                Kind::Prose { .. } => return self.kin_run(j).then_some(j),
                _ => {}
            }
        }
        None
    }

    /// After other articles' lines: the row where this article goes on.
    fn resumes(&mut self, at: usize) -> Option<usize> {
        let mut strange = 0;
        let mut spaced = true;
        let mut j = at;
        while j + 1 < self.rows.len().min(at + 40) {
            j += 1;
            let row = &self.rows[j];
            let before = &self.rows[j - 1];
            match row.kind {
                Kind::Others | Kind::More if strange == 0 => {}
                Kind::Others
                | Kind::More
                | Kind::End
                | Kind::Comments
                | Kind::Byline
                | Kind::Date(_) => {
                    return None;
                }
                Kind::Head | Kind::List => spaced &= row.blank_before,
                Kind::Prose { .. } => {
                    // A teaser is a headline with its first sentences under it. After a box of headlines comes a blank line.
                    let headline = before.kind == Kind::Head && j > at + 1;
                    let apart = row.blank_before && !(spaced && headline);
                    // Tight headlines, a blank line, and then running text about the same.
                    let clear = row.blank_before && !spaced;
                    let same = self.kin_run(j) || (clear && self.core().shared(row.text) >= 2);
                    if same && (!headline || apart) {
                        return Some(j);
                    }
                    strange += 1;
                    if strange >= 3 {
                        return None;
                    }
                }
                _ => {}
            }
        }
        None
    }

    /// Whether a line between two paragraphs, with an arrow before it, shares no word with the article.
    fn leads_away(&mut self, i: usize) -> bool {
        let alone = |row: Option<&Row<'_>>| row.is_none_or(|r| r.kind != Kind::List);
        let text = self.rows[i].text;
        text.starts_with(['☞', '👉', '▶', '▷', '►', '→'])
            && !text.contains(':')
            && text.split_whitespace().count() >= 3
            && alone(self.rows.get(i + 1))
            && alone(i.checked_sub(1).and_then(|at| self.rows.get(at)))
            && self.core().shared(text) == 0
    }

    /// `부서명 인재육성과`: a field's name and its value above the text.
    fn field(&self, text: &str) -> bool {
        let mut words = text.split_whitespace();
        words
            .next()
            .is_some_and(|name| self.furniture.field(name).is_some())
            && words.count() <= 2
    }

    /// Headings after the last paragraph head nothing.
    fn trim(&mut self) {
        let running = self
            .kept
            .iter()
            .any(|k| matches!(k.1, Zone::Body | Zone::List));
        if running {
            while let Some(&(i, Zone::Subhead, _)) = self.kept.last() {
                self.kept.pop();
                self.drop(i, "heading without text");
            }
        }
    }

    fn emit(&mut self, title: Option<usize>) {
        let mut seen = Set::default();
        let known = self.known_title().map(str::to_owned);
        let found = &mut self.found;
        if let Some(t) = title {
            let text = strip_markdown(self.rows[t].text);
            found.title = Some(text);
        }
        if known.is_some() {
            found.title = known;
        }
        if let Some(text) = &found.title {
            seen.insert(fingerprint(text).0);
            add(&mut found.text, &mut found.sentences, text, Zone::Title);
        }
        for &(i, zone, text) in &self.kept {
            let line = self.rows[i].line;
            if Some(i) == title {
                found.fates[line] = Fate::Kept(Zone::Title);
                continue;
            }
            let (print, size) = fingerprint(text);
            let twice = zone != Zone::List && i > 0 && self.rows[i - 1].text == self.rows[i].text;
            if twice || (size > 18 && !seen.insert(print)) {
                found.fates[line] = Fate::Dropped("repeated");
                continue;
            }
            if found.outlet.is_none() && zone == Zone::Body {
                found.outlet = dateline_outlet(text);
            }
            let text = match zone {
                Zone::Caption => cut_caption(
                    cut_head(credit_cut(text, self.furniture), self.furniture),
                    self.furniture,
                ),
                Zone::Body => cut_tail(cut_head(text, self.furniture), self.furniture),
                _ => text,
            };
            let text = text.strip_prefix("> ").unwrap_or(text);
            if text.contains("](") || text.contains('*') {
                add(
                    &mut found.text,
                    &mut found.sentences,
                    &strip_markdown(text),
                    zone,
                );
            } else {
                add(&mut found.text, &mut found.sentences, text, zone);
            }
            found.fates[line] = Fate::Kept(zone);
        }
    }
}

/// A line that is one short word: above the date of a page that is who wrote it.
fn bare_name(text: &str) -> bool {
    name_like(bullet(text).unwrap_or(text))
}
