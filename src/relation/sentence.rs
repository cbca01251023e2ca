//! One sentence as the rules see it: names and words in a row, each with what its end says.

use std::ops::Range;

use crate::article::Zone;
use crate::dictionary::{Ending, Mark, Meaning, RelationRules, Role, Slot, TypeId};
use crate::mention::Mentions;

/// What stands between a token and the one before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Gap {
    Nothing,
    Space,
    Dash,
    Dot,
    Comma,
    Column,
    Ellipsis,
    Bullet,
}

impl Gap {
    fn of(c: char, rules: &RelationRules) -> Self {
        match c {
            ' ' => Self::Space,
            ',' | '，' | '、' | ';' => Self::Comma,
            '·' | '‧' | '∙' | '・' | 'ㆍ' | '/' | '&' => Self::Dot,
            '-' | '–' | '—' | '∼' | '~' | '↔' => Self::Dash,
            ':' | '：' | '|' | '│' | '\t' | '\n' => Self::Column,
            '…' | '⋯' | '=' => Self::Ellipsis,
            _ if rules.is_bullet(c) => Self::Bullet,
            _ if c.is_whitespace() => Self::Space,
            _ => Self::Nothing,
        }
    }

    /// Whether this keeps two names apart.
    pub(super) fn separates(self) -> bool {
        self > Self::Space
    }
}

/// A name or a word.
#[allow(clippy::struct_excessive_bools)]
#[derive(Debug, Clone, Copy)]
pub(super) struct Token {
    pub(super) start: usize,
    pub(super) end: usize,
    /// The mention that stands here.
    pub(super) mention: Option<usize>,
    pub(super) ending: Option<Ending>,
    pub(super) role: Option<Role>,
    pub(super) gap: Gap,
    /// In what somebody is quoted with.
    pub(super) quoted: bool,
    /// In round brackets.
    pub(super) aside: bool,
    /// Belongs to the list around it (`등`, `비롯해`).
    pub(super) listing: bool,
    /// The group of names that it belongs to.
    pub(super) group: Option<usize>,
    /// A place that only says which of the names after it is meant.
    pub(super) modifier: bool,
}

/// How a group of names comes by its role.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Attach {
    /// The last name has the particle.
    Own,
    /// The list goes on with a word that has it.
    Listed,
    /// The names describe a word that has it.
    Modifier,
}

/// Names that stand together.
#[derive(Debug, Clone)]
pub(super) struct Group {
    pub(super) first: usize,
    pub(super) last: usize,
    /// Into [`Sentence::members`].
    members: Range<usize>,
    pub(super) role: Option<Role>,
    pub(super) attach: Attach,
    /// The token that has the particle, or the last one looked at.
    pub(super) head: usize,
}

/// A sentence, taken apart; reused from one to the next.
#[derive(Debug, Default)]
pub(super) struct Sentence {
    pub(super) span: Range<usize>,
    pub(super) zone: Zone,
    pub(super) tokens: Vec<Token>,
    pub(super) groups: Vec<Group>,
    /// Token indices, group by group.
    members: Vec<usize>,
    names: Vec<Name>,
    /// The first of the article's mentions that may stand in the sentence.
    first: usize,
}

/// A name as it stands in a sentence: all that its tokens and groups are made from, but for its words.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Name {
    /// Number of its mention, from that of the sentence's first on.
    number: usize,
    /// Bytes from the beginning of the sentence on.
    span: Range<usize>,
    extent: Range<usize>,
    role: Option<Role>,
    title: Option<Meaning>,
    kind: TypeId,
}

/// How a sentence was taken apart, as if it began its article's text and mentions.
#[derive(Debug)]
pub(super) struct Reading {
    zone: Zone,
    names: Box<[Name]>,
    tokens: Box<[Token]>,
    groups: Box<[Group]>,
    members: Box<[usize]>,
}

const OPENING: &[char] = &['\'', '‘', '「', '『', '〈', '《', '<', '`'];
const CLOSING: &[char] = &[
    '\'', '"', '’', '”', '」', '』', '》', '〉', '>', ']', ')', '）', '`', '＞',
];

/// Whether quotation marks open in `text` that do not close there.
fn opens(text: &str) -> bool {
    text.split_once(OPENING)
        .is_some_and(|(_, inside)| !inside.contains(CLOSING))
}

impl Sentence {
    /// Turns to the sentence at `span`, in which the mentions `own` stand, none of them before `first`.
    pub(super) fn enter(
        &mut self,
        span: Range<usize>,
        zone: Zone,
        first: usize,
        mentions: &Mentions,
        own: impl Iterator<Item = usize>,
    ) {
        let inside = |r: &Range<usize>| r.start - span.start..r.end - span.start;
        self.names.clear();
        self.names.extend(own.map(|m| {
            let mention = &mentions.mentions[m];
            Name {
                number: m - first,
                span: inside(&mention.span),
                extent: inside(&mention.extent),
                role: mention.role,
                title: mention.title,
                kind: mentions.entities[mention.entity].kind,
            }
        }));
        self.tokens.clear();
        self.groups.clear();
        self.members.clear();
        self.zone = zone;
        self.span = span;
        self.first = first;
    }

    /// How the sentence was taken apart.
    pub(super) fn reading(&self) -> Reading {
        let tokens = self.tokens.iter().map(|t| Token {
            start: t.start - self.span.start,
            end: t.end - self.span.start,
            mention: t.mention.map(|m| m - self.first),
            ..*t
        });
        Reading {
            zone: self.zone,
            names: self.names.as_slice().into(),
            tokens: tokens.collect(),
            groups: self.groups.as_slice().into(),
            members: self.members.as_slice().into(),
        }
    }

    /// Takes the sentence apart as one of the same words was, if the same names stand in it.
    pub(super) fn recall(&mut self, reading: &Reading) -> bool {
        if reading.zone != self.zone || *reading.names != *self.names {
            return false;
        }
        self.tokens.extend(reading.tokens.iter().map(|t| Token {
            start: t.start + self.span.start,
            end: t.end + self.span.start,
            mention: t.mention.map(|m| m + self.first),
            ..*t
        }));
        self.groups.extend_from_slice(&reading.groups);
        self.members.extend_from_slice(&reading.members);
        true
    }

    /// Takes the sentence apart.
    pub(super) fn read(&mut self, text: &str, rules: &RelationRules) {
        let span = self.span.clone();
        let names = std::mem::take(&mut self.names);
        let inside = |r: &Range<usize>| r.start + span.start..r.end + span.start;
        let mut state = State {
            gap: Gap::Bullet,
            quoted: false,
            depth: 0,
            closed: false,
        };
        state.gap = Gap::Nothing;
        let mut at = span.start;
        for (index, name) in names.iter().enumerate() {
            let (own, extent) = (inside(&name.span), inside(&name.extent));
            let start = extent.start.min(own.start).max(at);
            self.words(text, at..start.min(span.end), &mut state, rules);
            let mut end = extent.end.max(own.end).min(span.end);
            // `○○고(익산)를`: what the brackets hold stands for itself.
            if let Some(next) = names.get(index + 1).map(|n| inside(&n.span).start)
                && (own.end..end).contains(&next)
                && let Some(bracket) = text[own.end..next].find(['(', '（'])
            {
                end = own.end + bracket;
            }
            if end <= at && at != span.start {
                continue;
            }
            // `○○고(익산)를`: the name before the brackets has the particle.
            let beside = state.depth > 0
                && self.tokens.last().is_some_and(|t| {
                    t.mention.is_some() && text[t.end..start].trim_start().starts_with(['(', '（'])
                });
            // `가 고교(경북 포항)가`: so does what stands before the name there.
            let beside = beside || state.depth > 0 && self.tokens.last().is_some_and(|t| t.aside);
            // `교육센터(부트캠프)는`: the name closes the brackets, the particle is that of both.
            for c in text[start..end].chars() {
                match c {
                    '(' | '（' => state.depth += 1,
                    ')' | '）' => state.depth = state.depth.saturating_sub(1),
                    _ => {}
                }
            }
            self.tokens.push(Token {
                start,
                end,
                mention: Some(self.first + name.number),
                ending: None,
                role: name.role.filter(|r| *r != Role::Suffix),
                gap: state.gap,
                quoted: state.quoted,
                aside: beside || state.depth > 0,
                listing: name.role == Some(Role::Suffix)
                    && text
                        .get(own.end..end)
                        .is_some_and(|tail| rules.is_list_word(tail.trim_start(), true)),
                group: None,
                modifier: false,
            });
            state.gap = Gap::Nothing;
            state.closed = false;
            at = end;
        }
        self.words(text, at..span.end, &mut state, rules);
        self.names = names;
        self.settle(text, rules);
        self.group(text, rules);
    }

    /// The name that a token is.
    fn name(&self, token: &Token) -> Option<&Name> {
        let number = token.mention? - self.first;
        let at = self.names.partition_point(|n| n.number < number);
        self.names.get(at)
    }

    fn kind(&self, token: &Token) -> Option<TypeId> {
        Some(self.name(token)?.kind)
    }

    fn title(&self, token: &Token) -> Option<Meaning> {
        self.name(token)?.title
    }

    fn words(&mut self, text: &str, range: Range<usize>, state: &mut State, rules: &RelationRules) {
        let mut word: Option<usize> = None;
        let slice = text.get(range.clone()).unwrap_or("");
        let bytes = slice.as_bytes();
        let mut next = 0;
        while let Some(&byte) = bytes.get(next) {
            let offset = next;
            // Three bytes, and all that begin so are Hangul syllables; the few others are seen below.
            let second = bytes.get(next + 1);
            if matches!(byte, 0xeb | 0xec)
                || byte == 0xea && second.is_some_and(|b| *b >= 0xb0)
                || byte == 0xed && second.is_some_and(|b| *b < 0x9e)
            {
                next += 3;
                word.get_or_insert(offset);
                continue;
            }
            let Some(c) = slice[offset..].chars().next() else {
                break;
            };
            next += c.len_utf8();
            let inside = crate::dictionary::is_letter(c)
                || c == '%'
                || (c == '.' || c == ',')
                    && word.is_some()
                    && bytes[..offset].last().is_some_and(u8::is_ascii_digit)
                    && bytes.get(next).is_some_and(u8::is_ascii_digit);
            if inside {
                word.get_or_insert(offset);
                continue;
            }
            if let Some(begin) = word.take() {
                self.word(
                    text,
                    range.start + begin..range.start + offset,
                    state,
                    rules,
                );
            }
            match c {
                '“' => state.quoted = true,
                '”' => {
                    state.quoted = false;
                    state.closed = true;
                }
                '"' => {
                    state.quoted = !state.quoted;
                    state.closed = !state.quoted;
                }
                '(' | '（' => state.depth += 1,
                ')' | '）' => {
                    state.depth = state.depth.saturating_sub(1);
                    state.closed = true;
                }
                _ if CLOSING.contains(&c) => state.closed = true,
                _ => {
                    let gap = Gap::of(c, rules);
                    state.gap = state.gap.max(gap);
                    if gap != Gap::Nothing {
                        state.closed = false;
                    }
                    if c == '.' && slice[offset..].starts_with("..") {
                        state.gap = Gap::Ellipsis;
                    }
                }
            }
        }
        if let Some(begin) = word {
            self.word(text, range.start + begin..range.end, state, rules);
        }
    }

    fn word(&mut self, text: &str, range: Range<usize>, state: &mut State, rules: &RelationRules) {
        let word = &text[range.clone()];
        // `○○고(익산)는`, `'혁신지구'로`: the particle of what the brackets or quotation marks close.
        let ends = rules.ends(word);
        if state.closed
            && state.gap == Gap::Nothing
            && state.depth == 0
            && let Some(role) = ends.is_particle(word)
            && let Some(token) = self.tokens.iter_mut().rev().find(|t| !t.aside)
            && token.role.is_none()
            && token.ending.is_none()
        {
            token.role = Some(role);
            state.closed = false;
            return;
        }
        let ending = ends.ending();
        let listing = rules.is_list_word(word, self.ends_bare(state.gap));
        // `포스코 같은 대기업이`: that is no particle 은.
        let describes = |e: Ending| matches!(e, Ending::Adnominal | Ending::Noun);
        let role = if ending.is_some_and(|e| !listing || describes(e)) {
            None
        } else {
            ends.particle(word).map(|(_, role)| role)
        };
        self.tokens.push(Token {
            start: range.start,
            end: range.end,
            mention: None,
            ending: ending.filter(|e| *e != Ending::Noun && !listing),
            role,
            gap: state.gap,
            quoted: state.quoted,
            aside: state.depth > 0,
            listing,
            group: None,
            modifier: false,
        });
        state.gap = Gap::Nothing;
        state.closed = false;
    }

    /// Whether a name without a particle stands right before the next token, which `gap` parts from it.
    fn ends_bare(&self, gap: Gap) -> bool {
        gap == Gap::Space
            && self
                .tokens
                .last()
                .is_some_and(|t| t.mention.is_some() && t.role.is_none() && !t.listing)
    }

    /// What the next word makes of a verb: `운영하고 있는`, `선정된 가운데`, `지원할 예정`.
    fn settle(&mut self, text: &str, rules: &RelationRules) {
        for i in (0..self.tokens.len().saturating_sub(1)).rev() {
            let Some(ending) = self.tokens[i].ending else {
                continue;
            };
            let next = &self.tokens[i + 1];
            if next.mention.is_some() || next.gap != Gap::Space {
                continue;
            }
            let word = &text[next.start..next.end];
            match ending {
                Ending::And
                | Ending::Stem
                | Ending::Adnominal
                | Ending::Future
                | Ending::Nominal => {
                    // `제출한 계획`: what was done is no plan, whatever noun it describes.
                    let past = ending == Ending::Adnominal
                        && !rules.has_tail(
                            &text[self.tokens[i].start..self.tokens[i].end],
                            Mark::Present,
                        );
                    if let Some(bound) = rules.bound(word)
                        && !(past && bound == Ending::Plan)
                    {
                        // `뽑히지 못하더라도`: neither said nor denied.
                        let open = bound == Ending::Not
                            && self.tokens[i + 1].ending == Some(Ending::Condition);
                        self.tokens[i].ending = Some(match (ending, bound) {
                            _ if open => Ending::Condition,
                            (Ending::Future, Ending::And | Ending::Final) => Ending::Plan,
                            (Ending::And, b) if b != Ending::Not && b != Ending::Wish => {
                                Ending::And
                            }
                            (_, b) => b,
                        });
                        if matches!(ending, Ending::Stem) && self.tokens[i + 1].ending.is_none() {
                            self.tokens[i + 1].ending = Some(Ending::Final);
                        }
                    } else if matches!(ending, Ending::And | Ending::Stem)
                        && rules.is_auxiliary(word)
                    {
                        // The auxiliary decides; the verb itself is no boundary.
                        let decided = self.tokens[i + 1].ending;
                        self.tokens[i].ending = decided.or(Some(ending));
                    }
                }
                _ => {}
            }
        }
    }

    fn group(&mut self, text: &str, rules: &RelationRules) {
        for i in 0..self.tokens.len().saturating_sub(1) {
            let (a, b) = (&self.tokens[i], &self.tokens[i + 1]);
            // `가 고교, 화성의 나 고교도`
            let listed = a.gap == Gap::Comma
                // `A고를 비롯해 화성의 나 고교가`
                || i > 0 && self.tokens[i - 1].listing
                // `A고와 화성의 나 고교가`
                || i > 0
                    && self.tokens[i - 1].role == Some(Role::With)
                    && self.kind(&self.tokens[i - 1]) == Some(TypeId::SCHOOL)
                || i > 0 && self.tokens[i - 1].modifier && self.tokens[i - 1].gap == Gap::Comma;
            let runs_on = self
                .tokens
                .get(i + 2)
                .is_some_and(|t| t.gap == Gap::Comma && self.kind(t).is_some());
            let owner = a.role == Some(Role::Genitive)
                && self.kind(b) == Some(TypeId::SCHOOL)
                && (listed
                    && matches!(
                        b.role,
                        Some(Role::Topic | Role::Subject | Role::Also | Role::With)
                    )
                    || b.role.is_none() && runs_on);
            let place = self.kind(a) == Some(TypeId::CITY)
                && (a.role.is_none() || owner)
                && !a.listing
                && self.title(a).is_none_or(|t| t == Meaning::Label);
            if place
                && a.aside == b.aside
                && b.gap == Gap::Space
                && self.kind(b).is_some_and(|k| k != TypeId::PROGRAM)
            {
                self.tokens[i].modifier = true;
            }
        }
        for i in 1..self.tokens.len() {
            if self.describes_count(text, i, rules) {
                self.tokens[i].modifier = true;
            }
        }
        for i in 0..self.tokens.len() {
            if self.trade(text, i, rules).is_some() {
                self.tokens[i].modifier = true;
            }
        }
        let mut last: Option<usize> = None;
        let mut last_aside: Option<usize> = None;
        for i in 0..self.tokens.len() {
            let token = &self.tokens[i];
            if token.mention.is_none() || token.modifier {
                continue;
            }
            let before = if token.aside { last_aside } else { last };
            let linked = before.filter(|l| self.linked(text, *l, i, rules));
            let group = if let Some(group) = linked.and_then(|l| self.tokens[l].group) {
                let group_index = group;
                self.groups[group_index].last = i;
                self.groups[group_index].members.end += 1;
                group_index
            } else {
                let start = self.members.len();
                self.groups.push(Group {
                    first: i,
                    last: i,
                    members: start..start + 1,
                    role: None,
                    attach: Attach::Own,
                    head: i,
                });
                self.groups.len() - 1
            };
            // A name in brackets stands for itself; those around it may still belong together.
            if self.groups[group].members.end == self.members.len() + 1 {
                self.members.push(i);
            } else {
                let at = self.groups[group].members.end - 1;
                self.members.insert(at, i);
                for other in self.groups.iter_mut().skip(group + 1) {
                    other.members.start += 1;
                    other.members.end += 1;
                }
            }
            self.tokens[i].group = Some(group);
            if self.tokens[i].aside {
                last_aside = Some(i);
            } else {
                last = Some(i);
                last_aside = None;
            }
        }
        for g in 0..self.groups.len() {
            let last = self.groups[g].last;
            let kind = self.kind(&self.tokens[last]);
            let title = self.title(&self.tokens[last]);
            let program = kind == Some(TypeId::PROGRAM);
            let (role, mut attach, head) = self.noun_phrase(text, last, rules);
            // `이리공고의 경우 포스코에 3명이 채용됐다`
            let case = role == Some(Role::Genitive)
                && self.tokens.get(head + 1).is_some_and(|t| {
                    t.mention.is_none()
                        && t.gap == Gap::Space
                        && rules.has_lead(&text[t.start..t.end], Mark::Case)
                });
            let role = if case { Some(Role::Topic) } else { role };
            // `이리공고 졸업생을`: one of the school's, not the school.
            if matches!(title, Some(Meaning::Student | Meaning::Member)) {
                attach = Attach::Modifier;
            }
            // `LG화학 대산공장이`, `부산대 밀양캠퍼스와`: what a part of it does, the whole does.
            let body = kind.is_some_and(|k| k != TypeId::CITY && k != TypeId::PROGRAM);
            if body && attach == Attach::Modifier && head == last + 1 {
                let word = &text[self.tokens[head].start..self.tokens[head].end];
                if rules.is_branch(rules.stem(word)) {
                    attach = Attach::Own;
                }
            }
            // `△A고 바이오 △B고 로봇 분야가 뽑혔다`: it is they.
            let members = &self.members[self.groups[g].members.clone()];
            let items = members.len() > 1
                && members.iter().all(|t| {
                    let token = &self.tokens[*t];
                    token.gap == Gap::Bullet && !token.aside
                });
            if items
                && attach == Attach::Modifier
                && title.is_none()
                && matches!(role, Some(Role::Topic | Role::Subject | Role::Also))
            {
                attach = Attach::Own;
            }
            // `A 교육장, B 총장, 안산 6개 고교장 등이`: the place describes the last of the list.
            let members = self.groups[g].members.clone();
            let place = kind == Some(TypeId::CITY) && title.is_none();
            if attach == Attach::Modifier
                && place
                && members.len() > 1
                // `A군, B군 등 경기 북부 2개 군이`
                && (self.tokens[last - 1].listing
                    || self.members[members.clone()]
                    .iter()
                    .any(|t| self.kind(&self.tokens[*t]) != Some(TypeId::CITY)))
            {
                attach = Attach::Listed;
                self.tokens[last].modifier = true;
                self.tokens[last].group = None;
                self.groups[g].members.end -= 1;
                self.groups[g].last = self.members[self.groups[g].members.end - 1];
            }
            // `마이스터고 신규 지정을`: still the programme.
            if program
                && attach == Attach::Modifier
                && self.tokens[last + 1..=head]
                    .iter()
                    .all(|t| t.aside || rules.heads_programme(&text[t.start..t.end]))
            {
                attach = Attach::Own;
            }
            let (mut role, mut head) = (role, head);
            // `라이즈의 고교 연계 과정에`: still the programme.
            if program
                && role == Some(Role::Genitive)
                && head == last
                && let Some((to, case)) = self.part_of_programme(text, last, rules)
            {
                role = Some(case);
                attach = Attach::Own;
                head = to;
            }
            let group = &mut self.groups[g];
            group.role = role;
            group.attach = attach;
            group.head = head;
        }
    }

    /// Whether the town at `token` says where those are who have been listed and are counted now: `A고, B고 등 세종시 소재
    /// 3개교를`.
    fn describes_count(&self, text: &str, token: usize, rules: &RelationRules) -> bool {
        let tokens = &self.tokens;
        let town = self.kind(&tokens[token]) == Some(TypeId::CITY)
            && tokens[token].role.is_none()
            && tokens[token - 1].listing
            && tokens[token].gap == Gap::Space;
        let listed = || {
            let mut before = tokens[..token].iter().rev().skip_while(|t| t.listing);
            let last = before.next().and_then(|t| self.kind(t));
            last.is_some_and(|kind| kind != TypeId::CITY && kind != TypeId::PROGRAM)
        };
        let counted = || {
            let behind = tokens[token + 1..].iter().take(3);
            let mut words = behind.take_while(|t| t.mention.is_none() && t.gap == Gap::Space);
            words.any(|t| {
                let word = &text[t.start..t.end];
                rules.counts(rules.stem(word))
            })
        };
        town && listed() && counted()
    }

    /// The business or school behind the place at `token` and what it is there: `나주의 부품업체 세방전지`.
    pub(super) fn trade(&self, text: &str, token: usize, rules: &RelationRules) -> Option<usize> {
        let place = &self.tokens[token];
        if self.kind(place) != Some(TypeId::CITY)
            || place.role != Some(Role::Genitive)
            || self.title(place).is_some()
        {
            return None;
        }
        let words = self.tokens[token + 1..]
            .iter()
            .take(5)
            .position(|t| t.mention.is_some())?;
        let name = token + 1 + words;
        let inner = &self.tokens[token + 1..name];
        let beside =
            |t: &Token| t.gap == Gap::Space && t.aside == place.aside && t.quoted == place.quoted;
        let plain = inner
            .iter()
            .all(|t| beside(t) && t.role.is_none() && t.ending.is_none() && !t.listing);
        let kind = self.kind(&self.tokens[name]);
        let what = inner.last()?;
        (plain
            && beside(&self.tokens[name])
            && matches!(kind, Some(TypeId::COMPANY | TypeId::SCHOOL))
            && rules.has_tail(&text[what.start..what.end], Mark::Trade))
        .then_some(name)
    }

    /// The word that ends the phrase behind a programme's genitive, and its role, if it is a part of the programme.
    fn part_of_programme(
        &self,
        text: &str,
        last: usize,
        rules: &RelationRules,
    ) -> Option<(usize, Role)> {
        for at in last + 1..(last + 5).min(self.tokens.len()) {
            let word = &self.tokens[at];
            if word.gap != Gap::Space
                || word.ending.is_some()
                || word.listing
                || word.quoted != self.tokens[last].quoted
            {
                return None;
            }
            if let Some(role) = word.role {
                let heads = word.mention.is_none()
                    && !matches!(role, Role::Genitive | Role::With)
                    && rules.has_tail(rules.stem(&text[word.start..word.end]), Mark::Course);
                return heads.then_some((at, role));
            }
        }
        None
    }

    /// Whether the names at `a` and `b` are members of one list.
    fn linked(&self, text: &str, a: usize, b: usize, rules: &RelationRules) -> bool {
        let (from, to) = (&self.tokens[a], &self.tokens[b]);
        if from.aside != to.aside || from.quoted != to.quoted {
            return false;
        }
        let kind = |t: &Token| self.kind(t);
        let program = |t: &Token| kind(t) == Some(TypeId::PROGRAM);
        if program(from) != program(to) {
            return false;
        }
        // ▲A가 500만 원 ▲B가 100만 원
        if to.gap == Gap::Bullet && from.gap == Gap::Bullet {
            return !self.tokens[a + 1..b]
                .iter()
                .any(|t| t.ending == Some(Ending::Final));
        }
        // `포스코, 포항제철공고에 장학금`: the headline's topic, and to whom.
        if matches!(self.zone, Zone::Title | Zone::Subhead)
            && to.gap == Gap::Comma
            && from.role.is_none()
            && matches!(to.role, Some(Role::Place | Role::To | Role::From))
            && self.tokens[..a].iter().all(|t| t.modifier)
        {
            return false;
        }
        // `포스코, A고·B고 졸업생 뽑는다`: so does the list that goes on in another way.
        let other_way = |t: &Token| t.mention.is_some() && t.gap == Gap::Dot;
        if matches!(self.zone, Zone::Title | Zone::Subhead)
            && to.gap == Gap::Comma
            && from.role.is_none()
            && kind(from) != kind(to)
            && self.tokens.get(b + 1).is_some_and(other_way)
            && self.tokens[..a].iter().all(|t| t.modifier)
        {
            return false;
        }
        // `한화오션, 거제공고 졸업생 10명 채용`: who takes whom.
        if matches!(self.zone, Zone::Title | Zone::Subhead)
            && to.gap == Gap::Comma
            && from.role.is_none()
            && kind(from) != kind(to)
            && matches!(self.title(to), Some(Meaning::Student | Meaning::Member))
            && self.tokens[..a].iter().all(|t| t.modifier)
        {
            return false;
        }
        // `포스코, 포항 마이스터고와 협약`: where the school is, which the programme's name stands for.
        if matches!(self.zone, Zone::Title | Zone::Subhead)
            && to.gap == Gap::Comma
            && kind(to) == Some(TypeId::CITY)
            && kind(from) != Some(TypeId::CITY)
            && self
                .tokens
                .get(b + 1)
                .is_some_and(|t| program(t) && t.gap == Gap::Space)
        {
            return false;
        }
        // `전북에서 A와 B, 전남에서 C와 D가`: where the next ones are.
        if to.role == Some(Role::Place)
            && to.gap == Gap::Comma
            && from.role.is_none()
            && kind(from) == Some(TypeId::CITY)
            && kind(to) == Some(TypeId::CITY)
            && self
                .tokens
                .get(b + 1)
                .is_some_and(|t| kind(t) == Some(TypeId::CITY) && t.gap == Gap::Space)
        {
            return false;
        }
        // `A는 B와, C는 D와 함께`: C is the next one.
        let topic = |t: &Token| t.mention.is_some() && t.role == Some(Role::Topic);
        if from.role == Some(Role::With)
            && to.gap == Gap::Comma
            && to.role == Some(Role::Topic)
            && kind(from) != kind(to)
            && self.tokens[..a].iter().any(topic)
        {
            return false;
        }
        // `A대, B대, 충청·강원권에서 C대다`: so are those.
        if to.role == Some(Role::Place)
            && matches!(to.gap, Gap::Comma | Gap::Dot)
            && from.role.is_none()
            && kind(to) == Some(TypeId::CITY)
            && kind(from) != Some(TypeId::CITY)
            && self
                .tokens
                .get(b + 1)
                .is_some_and(|t| t.mention.is_some() && t.gap == Gap::Space)
        {
            return false;
        }
        // `▲A는 B와 ▲C는 D와`: each item is one for itself; `A와 ▲B ▲C` is one list.
        let bullet = |t: &Token| t.gap == Gap::Bullet && !t.aside;
        if from.role == Some(Role::With)
            && self.tokens[a + 1..=b].iter().any(bullet)
            && self.tokens[..=a].iter().any(bullet)
        {
            return false;
        }
        // `A는 가 고교 학생 10명, B는 …`: what A takes, and who is next.
        let counted = matches!(self.title(from), Some(Meaning::Student | Meaning::Member));
        if counted && matches!(to.role, Some(Role::Topic | Role::Subject)) && kind(from) != kind(to)
        {
            return false;
        }
        // `A와 고교·대학 연계 협약을`: two common nouns.
        if to.gap == Gap::Dot
            && b > a + 1
            && self.tokens[b - 1].mention.is_none()
            && !self.tokens[b - 1].listing
            && rules.is_body(&text[to.start..to.end])
        {
            return false;
        }
        // `A는 이리공고와 교육청에서`: with whom, and where.
        if from.role == Some(Role::With) && to.role == Some(Role::Place) && kind(from) != kind(to) {
            return false;
        }
        // `A와 '충북 반도체 협약'을`: what the quotation marks begin is another name's beginning.
        if from.role == Some(Role::With)
            && opens(&text[from.end..to.start])
            && !text[to.end..].starts_with(CLOSING)
        {
            return false;
        }
        let mut separated = from.role == Some(Role::With);
        let mut including = false;
        match from.role {
            None | Some(Role::With | Role::List | Role::Copula) => {}
            Some(Role::Object) => {
                if !self
                    .tokens
                    .get(a + 1)
                    .is_some_and(|t| t.listing && t.gap == Gap::Space)
                {
                    return false;
                }
                separated = true;
                including = true;
            }
            _ => return false,
        }
        let between = &self.tokens[a + 1..b];
        let visible = between.iter().filter(|t| t.aside == to.aside);
        let mut words = 0;
        for (n, token) in visible.clone().enumerate() {
            if token.mention.is_some() {
                if token.modifier {
                    separated |= token.gap.separates() && token.gap != Gap::Ellipsis;
                    continue;
                }
                return false;
            }
            separated |= token.gap.separates() && token.gap != Gap::Ellipsis;
            if token.gap == Gap::Ellipsis || token.gap == Gap::Column {
                return false;
            }
            if token.listing {
                if !including
                    && token
                        .role
                        .is_some_and(|r| r != Role::With && r != Role::Suffix)
                {
                    return false;
                }
                separated = true;
                continue;
            }
            // `A와 함께 B에서`: two roles, not one list.
            if rules.is_closer(&text[token.start..token.end]) {
                return false;
            }
            // `A와 손잡은 B가`: B alone.
            if from.role == Some(Role::With)
                && token.ending == Some(Ending::Adnominal)
                && rules.has_tail(&text[token.start..token.end], Mark::Mutual)
            {
                return false;
            }
            // `A고 3명과 B고 2명이`
            let word = &text[token.start..token.end];
            separated |= token.role == Some(Role::With)
                && rules
                    .particle(word)
                    .is_some_and(|(form, _)| rules.counts(&word[..word.len() - form.len()]));
            words += 1;
            if words > 6 || token.ending.is_some_and(|e| e != Ending::Adnominal) {
                return false;
            }
            let adjacent = b == a + 1 + n + 1;
            let person = adjacent
                && text[token.start..token.end].chars().count() <= 4
                && matches!(self.title(to), Some(Meaning::Head | Meaning::Deputy));
            // `A 등 세종시 소재 3개교를 비롯해 B가`
            let goes_on = token.role == Some(Role::Object)
                && separated
                && self.tokens[a + 1 + n + 1].listing
                && !self.tokens[b].aside;
            including |= goes_on;
            if token
                .role
                .is_some_and(|r| r != Role::With && r != Role::Genitive)
                && !person
                && !including
            {
                return false;
            }
            including = false;
        }
        if to.gap == Gap::Ellipsis || to.gap == Gap::Column {
            return false;
        }
        separated |= to.gap.separates();
        separated
    }

    fn noun_phrase(
        &self,
        text: &str,
        last: usize,
        rules: &RelationRules,
    ) -> (Option<Role>, Attach, usize) {
        let token = &self.tokens[last];
        let next = |i: usize| {
            self.tokens[i + 1..]
                .iter()
                .position(|t| t.aside == token.aside)
                .map(|n| i + 1 + n)
        };
        let mut at = last;
        let including = token.role == Some(Role::Object)
            && next(last)
                .is_some_and(|n| self.tokens[n].listing && self.tokens[n].gap == Gap::Space);
        if token.role.is_some() && !including {
            return (token.role, Attach::Own, last);
        }
        let mut attach = if including || token.listing {
            Some(Attach::Listed)
        } else {
            None
        };
        for _ in 0..12 {
            let Some(n) = next(at) else {
                return (None, attach.unwrap_or(Attach::Own), at);
            };
            let word = &self.tokens[n];
            // `A 역시 P에 선정됐다`
            if attach.is_none()
                && word.mention.is_none()
                && word.gap == Gap::Space
                && rules.has_tail(&text[word.start..word.end], Mark::Likewise)
            {
                return (Some(Role::Also), Attach::Own, last);
            }
            // `A 5명, B 3명이`: heads counted behind a name.
            let counts = word.mention.is_none()
                && rules.counts(&text[word.start..word.end])
                && attach != Some(Attach::Modifier);
            if counts && word.gap == Gap::Space && word.ending.is_none() {
                at = n;
                // `7교(공립 6교, 사립 1교)가`
                let particle = rules.particle(&text[word.start..word.end]).map(|(_, r)| r);
                if let Some(role) = particle.or(word.role) {
                    return (Some(role), attach.unwrap_or(Attach::Own), at);
                }
                continue;
            }
            if attach.is_none() {
                attach = Some(if word.listing || word.gap.separates() {
                    Attach::Listed
                } else {
                    Attach::Modifier
                });
            }
            if word.gap >= Gap::Column || word.quoted != token.quoted {
                return (None, attach.unwrap_or(Attach::Own), at);
            }
            if word.mention.is_some() && !word.modifier {
                return (
                    None,
                    if at == last && !token.listing {
                        Attach::Own
                    } else {
                        attach.unwrap_or(Attach::Own)
                    },
                    at,
                );
            }
            at = n;
            if word.listing {
                if let Some(role) = word.role.filter(|r| *r != Role::Suffix) {
                    return (Some(role), Attach::Listed, at);
                }
                attach = attach
                    .filter(|a| *a == Attach::Modifier)
                    .or(Some(Attach::Listed));
                continue;
            }
            match word.ending {
                Some(Ending::Adnominal) if attach == Some(Attach::Listed) => continue,
                Some(_) => return (None, attach.unwrap_or(Attach::Own), at),
                None => {}
            }
            // `학교 생활관 증축과 실습동 개축에`
            if word.role == Some(Role::With)
                && attach == Some(Attach::Modifier)
                && next(n).is_some_and(|m| {
                    let (word, after) = (&self.tokens[m], self.tokens.get(m + 1));
                    word.mention.is_none()
                        && word.gap == Gap::Space
                        && word.ending.is_none()
                        && word.role.is_none()
                        && !rules.is_closer(&text[word.start..word.end])
                        && after.is_some_and(|t| t.role == Some(Role::Place))
                })
                && !rules.is_head(&text[word.start..word.end])
            {
                continue;
            }
            // `A, B 등 지역의 중견기업과 강소기업이`
            let sorts = attach == Some(Attach::Listed)
                && word.mention.is_none()
                && next(n).is_some_and(|m| {
                    let after = &self.tokens[m];
                    let body = |t: &Token| {
                        let word = &text[t.start..t.end];
                        rules.ends_in_body(rules.stem(word))
                    };
                    let plain = after.mention.is_none() && after.gap == Gap::Space;
                    plain
                        && (word.role == Some(Role::Genitive)
                            || word.role == Some(Role::With) && body(word) && body(after))
                });
            if sorts {
                continue;
            }
            if word.role.is_some() {
                // `안산시 이민근 시장은`: a person named by the body he heads.
                let stem = rules
                    .particle(&text[word.start..word.end])
                    .map_or(&text[word.start..word.end], |(p, _)| {
                        &text[word.start..word.end - p.len()]
                    });
                let person =
                    attach == Some(Attach::Modifier) && at <= last + 2 && rules.is_head(stem);
                return (
                    word.role,
                    if person {
                        Attach::Own
                    } else {
                        attach.unwrap_or(Attach::Own)
                    },
                    at,
                );
            }
        }
        (None, attach.unwrap_or(Attach::Own), at)
    }

    /// Whether a name of one of the slot's types stands in it.
    pub(super) fn holds(&self, slot: Slot) -> bool {
        self.names.iter().any(|n| slot.takes(n.kind))
    }

    /// The tokens of a group's names.
    pub(super) fn members(&self, group: usize) -> &[usize] {
        &self.members[self.groups[group].members.clone()]
    }

    /// The token that holds the byte `at`.
    pub(super) fn token_at(&self, at: usize) -> Option<usize> {
        let i = self.tokens.partition_point(|t| t.end <= at);
        self.tokens.get(i).filter(|t| t.start <= at).map(|_| i)
    }

    /// Whether the sentence reads like a headline.
    pub(super) fn is_headline(&self) -> bool {
        matches!(self.zone, Zone::Title | Zone::Subhead)
    }

    /// Whether a sentence ends in it.
    pub(super) fn is_full(&self) -> bool {
        self.tokens
            .iter()
            .rev()
            .take(3)
            .any(|t| t.ending == Some(Ending::Final))
    }
}

struct State {
    gap: Gap,
    quoted: bool,
    depth: usize,
    closed: bool,
}
