//! From cues to relations: finds who fills the two sides of a rule.

use jiff::civil::Date;

use super::sentence::{Attach, Gap, Sentence};
use super::trace::{Event, Outcome, Unused};
use super::{Status, date};
use crate::article::{Article, Zone};
use crate::dictionary::{
    Cue, DateWord, Ending, Form, Light, Meaning, Plan, RelationRules, Role, Rule, Scope, Slot,
    TypeId, Use,
};
use crate::mention::Mentions;
use crate::watch::Watch;

/// A cue in the text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Hit {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) rule: Option<usize>,
    pub(super) cue: Option<Cue>,
    pub(super) date: Option<DateWord>,
    /// Of several named before: which types, how many.
    both: Option<(Slot, Option<usize>)>,
}

/// A relation, stated once.
#[derive(Debug, Clone)]
pub(super) struct Fact {
    pub(super) subject: usize,
    pub(super) object: usize,
    pub(super) rule: usize,
    pub(super) status: Status,
    pub(super) date: Option<Date>,
    pub(super) sentence: usize,
    /// Once more, after a failure.
    pub(super) again: bool,
    /// Found in a headline's bare noun.
    pub(super) weak: bool,
}

/// A rule that waits for the list that fills one of its sides.
#[derive(Debug, Clone)]
struct Pending {
    rule: usize,
    /// The side that is known, and whether it is the object.
    known: Vec<usize>,
    known_is_object: bool,
    status: Status,
    date: Option<Date>,
    again: bool,
}

/// What stands at the end of a cue.
#[derive(Debug, Clone, Copy)]
pub(super) struct Predicate {
    pub(super) form: Form,
    pub(super) ending: Option<Ending>,
    /// First and last token.
    pub(super) first: usize,
    pub(super) last: usize,
    pub(super) failed: bool,
    /// Only set out for.
    tried: bool,
    /// A bare noun before those whom it describes: `참여 기업은`.
    attributive: Option<usize>,
}

impl Predicate {
    /// Whether a noun follows that the predicate describes.
    fn is_relative(&self) -> bool {
        self.form != Form::Noun && matches!(self.ending, Some(Ending::Adnominal | Ending::Future))
    }
}

/// Who acts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Actor {
    Names(Vec<usize>),
    /// Somebody who is no entity.
    Other,
    Nobody,
}

/// Reads one article, sentence by sentence.
pub(super) struct Reader<'a, W> {
    pub(super) watch: &'a mut W,
    pub(super) article: &'a Article,
    pub(super) mentions: &'a Mentions,
    pub(super) rules: &'a RelationRules,
    pub(super) sentence: Sentence,
    pub(super) index: usize,
    pub(super) hits: Vec<Hit>,
    /// Cues of the current sentence that count.
    pub(super) here: Vec<Hit>,
    /// What the sentences before were about, and when they were.
    topic: Vec<usize>,
    topic_at: usize,
    /// The names that stood together, latest last.
    together: Vec<Vec<usize>>,
    /// The programme and the school named last, and in which sentence.
    program: (Option<usize>, usize),
    school: (Option<usize>, usize),
    /// The last sentence that spoke of a signing.
    signing_at: Option<usize>,
    /// A list of parties follows.
    pub(super) parties_follow: bool,
    pub(super) days: Vec<date::Day>,
    spoken_of: Option<Date>,
    pending: Vec<Pending>,
    pub(super) facts: Vec<Fact>,
    pub(super) denied: Vec<(usize, usize, usize)>,
}

impl<'a, W: Watch<Event>> Reader<'a, W> {
    pub(super) fn new(
        article: &'a Article,
        mentions: &'a Mentions,
        rules: &'a RelationRules,
        watch: &'a mut W,
    ) -> Self {
        let mut hits = Vec::new();
        for (start, end, uses) in rules.scan(&article.text) {
            for used in uses {
                let mut hit = Hit {
                    start,
                    end,
                    rule: None,
                    cue: None,
                    date: None,
                    both: None,
                };
                match *used {
                    Use::Rule(rule) => hit.rule = Some(rule),
                    Use::Cue(cue) => hit.cue = Some(cue),
                    Use::Both(slot, number) => {
                        hit.cue = Some(Cue::Both);
                        hit.both = Some((slot, number));
                    }
                    Use::Date(date) => hit.date = Some(date),
                }
                hits.push(hit);
            }
        }
        hits.sort_by_key(|h| (h.start, h.end));
        Self {
            watch,
            article,
            mentions,
            rules,
            sentence: Sentence::default(),
            index: 0,
            hits,
            here: Vec::new(),
            topic: Vec::new(),
            topic_at: 0,
            together: Vec::new(),
            program: (None, 0),
            school: (None, 0),
            signing_at: None,
            parties_follow: false,
            days: Vec::new(),
            spoken_of: None,
            pending: Vec::new(),
            facts: Vec::new(),
            denied: Vec::new(),
        }
    }

    pub(super) fn text(&self, token: usize) -> &'a str {
        let token = &self.sentence.tokens[token];
        &self.article.text[token.start..token.end]
    }

    pub(super) fn entity(&self, token: usize) -> Option<usize> {
        self.sentence.tokens[token]
            .mention
            .map(|m| self.mentions.mentions[m].entity)
    }

    pub(super) fn kind(&self, entity: usize) -> TypeId {
        self.mentions.entities[entity].kind
    }

    pub(super) fn title(&self, token: usize) -> Option<Meaning> {
        self.sentence.tokens[token]
            .mention
            .and_then(|m| self.mentions.mentions[m].title)
    }

    /// The entities of a group that fit, leaving out those of which only a part or a place is meant.
    pub(super) fn names(&self, group: usize, slot: Slot, acting: bool) -> Vec<usize> {
        let mut names = Vec::new();
        for &token in self.sentence.members(group) {
            let Some(entity) = self.entity(token) else {
                continue;
            };
            let part = match self.title(token) {
                Some(Meaning::Facility | Meaning::Relative | Meaning::Person) => true,
                Some(Meaning::Student | Meaning::Member) => acting,
                _ => false,
            };
            if !part && slot.takes(self.kind(entity)) && !names.contains(&entity) {
                names.push(entity);
            }
        }
        names
    }

    /// Takes up the sentence `index`; false if it holds nothing to look at.
    pub(super) fn enter(&mut self, index: usize, mentions: &mut usize, hits: &mut usize) -> bool {
        let span = self.article.sentences[index].span.clone();
        let first = *mentions;
        while self
            .mentions
            .mentions
            .get(*mentions)
            .is_some_and(|m| m.sentence <= index)
        {
            *mentions += 1;
        }
        while self.hits.get(*hits).is_some_and(|h| h.start < span.start) {
            *hits += 1;
        }
        let from = *hits;
        while self.hits.get(*hits).is_some_and(|h| h.start < span.end) {
            *hits += 1;
        }
        self.index = index;
        let own = first..*mentions;
        if own.is_empty()
            && self.pending.is_empty()
            && !self.hits[from..*hits].iter().any(|h| {
                matches!(
                    h.cue,
                    Some(Cue::Follows | Cue::Both | Cue::Programme | Cue::Agreement)
                )
            })
        {
            self.here.clear();
            return false;
        }
        self.here.clear();
        for i in from..*hits {
            let hit = self.hits[i];
            if hit.end > span.end || hit.cue == Some(Cue::Nothing) {
                continue;
            }
            let inside_name = self.mentions.mentions[own.clone()].iter().any(|m| {
                // `다섯 대학은` means five, whatever 대학 alone points to.
                hit.start < m.span.end
                    && hit.end > m.span.start
                    && !(m.reference && hit.both.is_some())
            });
            let covered = self.hits[from..*hits]
                .iter()
                .any(|n| n.cue == Some(Cue::Nothing) && n.start <= hit.start && n.end >= hit.end);
            if !inside_name && (!covered || hit.date.is_some()) {
                self.here.push(hit);
            } else if inside_name {
                self.unused(&hit, Unused::InName);
            } else {
                self.unused(&hit, Unused::InPhrase);
            }
        }
        let zone = self.article.sentences[index].zone;
        self.sentence.read(
            &self.article.text,
            span.clone(),
            zone,
            self.mentions,
            own.filter(|m| {
                let mention = &self.mentions.mentions[*m];
                !(mention.reference
                    && self.here.iter().any(|h| {
                        h.both.is_some() && h.start < mention.span.end && h.end > mention.span.start
                    }))
            }),
            self.rules,
        );
        let mut days = std::mem::take(&mut self.days);
        date::days(
            &self.article.text,
            span,
            &self.here,
            self.rules,
            self.article.published,
            self.spoken_of,
            &mut days,
        );
        self.days = days;
        true
    }

    /// Remembers what the next sentence may lean on.
    pub(super) fn leave(&mut self) {
        if let Some(day) = self.days.iter().find_map(|d| d.date) {
            self.spoken_of = Some(day);
        }
        let mut topic: Option<Vec<usize>> = None;
        let every = Slot::of_types(&[
            TypeId::CITY,
            TypeId::SCHOOL,
            TypeId::COMPANY,
            TypeId::ORGANIZATION,
        ]);
        let mut at = 0;
        while at < self.sentence.tokens.len() {
            let token = &self.sentence.tokens[at];
            if token.quoted || token.aside {
                at += 1;
                continue;
            }
            if let Some(group) = token.group.filter(|_| !token.modifier) {
                let g = &self.sentence.groups[group];
                let headline = g.role.is_none() && at == 0 && self.sentence.is_headline();
                let acting = matches!(g.role, Some(Role::Topic | Role::Subject))
                    && g.attach != Attach::Modifier;
                if acting || headline {
                    let names = self.names(group, every, true);
                    let own_topic = g.role == Some(Role::Topic);
                    if !names.is_empty() && (topic.is_none() || own_topic) {
                        topic = Some(names);
                        if own_topic {
                            break;
                        }
                    }
                }
                at = g.last.max(at) + 1;
                continue;
            }
            if token.mention.is_none() && token.role == Some(Role::Topic) && topic.is_none() {
                topic = Some(Vec::new());
                break;
            }
            at += 1;
        }
        if let Some(topic) = topic {
            self.topic = topic;
            self.topic_at = self.index;
        }
        for group in 0..self.sentence.groups.len() {
            if self.sentence.members(group).len() > 1 {
                let names = self.names(group, every, true);
                if names.len() > 1 {
                    self.together.push(names);
                }
            }
        }
        for token in &self.sentence.tokens {
            if let Some(m) = token.mention {
                let entity = self.mentions.mentions[m].entity;
                match self.kind(entity) {
                    TypeId::PROGRAM => self.program = (Some(entity), self.index),
                    TypeId::SCHOOL => self.school = (Some(entity), self.index),
                    _ => {}
                }
            }
        }
        if self.has(Cue::Agreement) || self.has(Cue::Handshake) {
            self.signing_at = Some(self.index);
        }
    }

    fn cue_in(&self, cue: Cue, from: usize, to: usize) -> bool {
        self.here
            .iter()
            .any(|h| h.cue == Some(cue) && h.start >= from && h.end <= to)
    }

    pub(super) fn has(&self, cue: Cue) -> bool {
        self.here.iter().any(|h| h.cue == Some(cue))
    }

    /// Whether a cue of this kind begins in the token.
    pub(super) fn token_has(&self, token: usize, cue: Cue) -> bool {
        let t = &self.sentence.tokens[token];
        self.here
            .iter()
            .any(|h| h.cue == Some(cue) && h.start >= t.start && h.start < t.end)
    }

    /// What becomes of the words `start..end` where they stand.
    pub(super) fn predicate(&self, start: usize, end: usize, verb: bool) -> Option<Predicate> {
        let first = self.sentence.token_at(start)?;
        let mut last = self.sentence.token_at(end - 1)?;
        let token = &self.sentence.tokens[last];
        let rest = &self.article.text[end..token.end.max(end)];
        // `참여 기업은`, `참여기업:`
        let described = if rest.is_empty() {
            let next = self.sentence.tokens.get(last + 1);
            next.is_some_and(|t| {
                t.mention.is_none()
                    && t.gap == Gap::Space
                    && self.rules.is_body(&self.article.text[t.start..t.end])
            })
        } else {
            self.rules.is_body(rest)
        };
        if described && !verb {
            let word = if rest.is_empty() { last + 1 } else { last };
            return Some(Predicate {
                form: Form::Light,
                ending: Some(Ending::Adnominal),
                first,
                last,
                failed: false,
                tried: false,
                attributive: Some(word),
            });
        }
        let mut ending = token.ending;
        let (mut tried, mut undergone) = (false, false);
        let form = if verb {
            // `포항시 소재 에코프로`
            let before_name = self.sentence.tokens.get(last + 1);
            if ending.is_none()
                && before_name.is_some_and(|t| t.mention.is_some() && t.gap == Gap::Space)
            {
                ending = Some(Ending::Adnominal);
            }
            Form::Verb
        } else if rest.is_empty() || self.rules.is_particle(rest).is_some() {
            ending = None;
            let role = self.rules.is_particle(rest);
            if role.is_none_or(|r| {
                matches!(
                    r,
                    Role::Object
                        | Role::Place
                        | Role::Subject
                        | Role::Genitive
                        | Role::As
                        | Role::Also
                )
            }) {
                for next in last + 1..(last + 5).min(self.sentence.tokens.len()) {
                    let t = &self.sentence.tokens[next];
                    if t.mention.is_some() || t.gap >= Gap::Comma {
                        break;
                    }
                    let closes = t.ending.is_some()
                        || self
                            .sentence
                            .tokens
                            .get(next + 1)
                            .is_none_or(|n| n.gap >= Gap::Comma);
                    if let Some(light) = self.rules.light(self.text(next)).filter(|_| closes) {
                        tried = light == Light::Tries;
                        undergone = light == Light::Undergoes;
                        ending = Some(match light {
                            _ if t.ending == Some(Ending::Not) => Ending::Not,
                            Light::Says(ending) => ending,
                            _ => t.ending.unwrap_or(Ending::Final),
                        });
                        last = next;
                        break;
                    }
                    if t.ending.is_some() {
                        break;
                    }
                }
            }
            match ending {
                None => Form::Noun,
                Some(_) if undergone => Form::Passive,
                Some(_) => Form::Light,
            }
        } else {
            self.rules.voice(rest)?
        };
        let mut failed = ending == Some(Ending::Not);
        if !failed
            && matches!(
                ending,
                None | Some(Ending::Purpose | Ending::Stem | Ending::Nominal)
            )
        {
            for next in last + 1..self.sentence.tokens.len() {
                if self.token_has(next, Cue::Failed) {
                    failed = true;
                    break;
                }
                if matches!(
                    self.sentence.tokens[next].ending,
                    Some(Ending::And | Ending::Final | Ending::Condition | Ending::Adnominal)
                ) {
                    break;
                }
            }
        }
        Some(Predicate {
            form,
            ending,
            first,
            last,
            failed,
            tried,
            attributive: None,
        })
    }

    fn group_at(&self, token: usize) -> Option<usize> {
        let t = &self.sentence.tokens[token];
        t.group
            .filter(|g| !t.modifier && self.sentence.groups[*g].last == token)
    }

    /// The names of a group, and of those before it that share its verb: `A에 5명, B에 3명이 취업했다`.
    fn names_shared(&self, group: usize, slot: Slot, acting: bool) -> Vec<usize> {
        let tokens = &self.sentence.tokens;
        let mut names = self.names(group, slot, acting);
        let mut group = group;
        while group > 0 && !names.is_empty() {
            let (g, before) = (
                &self.sentence.groups[group],
                &self.sentence.groups[group - 1],
            );
            let between = &tokens[(before.head + 1).min(g.first)..g.first];
            let apart =
                tokens[g.first].gap.separates() || between.iter().any(|t| t.gap.separates());
            let same = before.role == g.role
                && g.role.is_some()
                && before.attach != Attach::Modifier
                && tokens[before.first].quoted == tokens[g.first].quoted;
            if !same || !apart || between.iter().any(|t| t.ending.is_some()) {
                break;
            }
            for name in self.names(group - 1, slot, acting) {
                if !names.contains(&name) {
                    names.push(name);
                }
            }
            group -= 1;
        }
        names
    }

    /// Whether a group without a particle stands like the topic of a headline: `포항시, …`.
    fn heads_line(&self, group: usize) -> bool {
        let g = &self.sentence.groups[group];
        if g.role.is_some() || self.sentence.tokens[g.first].aside {
            return false;
        }
        let first = (0..g.first)
            .rev()
            .find(|t| !self.sentence.tokens[*t].modifier);
        let begins = first.is_none() || self.sentence.tokens[g.first].gap >= Gap::Column;
        let next = self.sentence.tokens[g.last + 1..]
            .iter()
            .find(|t| t.aside == self.sentence.tokens[g.last].aside);
        let set_off = next
            .is_none_or(|t| t.gap == Gap::Comma || t.gap == Gap::Ellipsis || t.gap == Gap::Column)
            || g.attach == Attach::Listed;
        let beside_program = next.is_some_and(|t| {
            t.mention
                .is_some_and(|m| self.kind(self.mentions.mentions[m].entity) == TypeId::PROGRAM)
        });
        begins && (set_off || beside_program && self.sentence.is_headline())
            || self.sentence.is_headline()
                && set_off
                && self.sentence.tokens[g.last + 1..]
                    .first()
                    .is_some_and(|t| t.gap == Gap::Comma)
    }

    /// Who does what the predicate at `cue` says.
    pub(super) fn actor(&self, cue: usize, relative: bool, slot: Slot) -> Actor {
        let tokens = &self.sentence.tokens;
        let quoted = tokens[cue].quoted;
        let mut embedded = false;
        let mut crossed = false;
        let mut outside = false;
        let mut own: Option<usize> = None;
        let mut consumed: Option<usize> = None;
        let mut other = false;
        let mut at = cue;
        while at > 0 {
            at -= 1;
            let token = &tokens[at];
            if token.aside && !tokens[cue].aside {
                continue;
            }
            if token.quoted != quoted {
                if !quoted {
                    continue;
                }
                outside = true;
            }
            if let Some(group) = self.group_at(at) {
                let g = &self.sentence.groups[group];
                let role = if g.attach == Attach::Modifier {
                    None
                } else {
                    g.role
                };
                let names = || self.names(group, slot, true);
                let result = match role {
                    Some(Role::Topic | Role::Also) if !relative => {
                        let names = if outside {
                            names()
                        } else {
                            self.names_shared(group, slot, true)
                        };
                        if names.is_empty() && self.is_program(group) {
                            // A programme that is spoken of does nothing.
                            None
                        } else if names.is_empty() {
                            Some(Actor::Other)
                        } else {
                            Some(Actor::Names(names))
                        }
                    }
                    Some(Role::Topic) => Some(Actor::Nobody),
                    Some(Role::Subject) if outside => {
                        let names = names();
                        (!names.is_empty()).then_some(Actor::Names(names))
                    }
                    Some(Role::Subject) => {
                        if embedded {
                            embedded = false;
                            consumed = Some(group);
                            None
                        } else if crossed && !relative {
                            if own.is_none() && !names().is_empty() {
                                own = Some(group);
                            }
                            None
                        } else {
                            let names = self.names_shared(group, slot, true);
                            Some(if names.is_empty() {
                                Actor::Other
                            } else {
                                Actor::Names(names)
                            })
                        }
                    }
                    None if self.heads_line(group) && !relative => {
                        let names = names();
                        (!names.is_empty()).then_some(Actor::Names(names))
                    }
                    _ => None,
                };
                if let Some(mut result) = result {
                    if let (Actor::Other, Some(own)) = (&result, own) {
                        result = Actor::Names(self.names(own, slot, true));
                    }
                    return result;
                }
                at = g.first;
                continue;
            }
            if token.mention.is_some() {
                continue;
            }
            match token.ending {
                Some(Ending::Final) if !outside => {
                    if relative {
                        return Actor::Nobody;
                    }
                    crossed = true;
                }
                Some(Ending::And | Ending::Condition | Ending::Purpose | Ending::Plan) => {
                    crossed = true;
                }
                Some(Ending::Adnominal | Ending::Future) => embedded = true,
                _ => {}
            }
            if token.ending.is_none() || token.role.is_some() {
                match token.role {
                    Some(Role::Topic | Role::Subject)
                        if !outside && !self.is_group_head(at) && self.both_at(at).is_some() =>
                    {
                        let names = self.several(at, slot);
                        return if names.is_empty() {
                            Actor::Other
                        } else {
                            Actor::Names(names)
                        };
                    }
                    Some(Role::Topic | Role::Subject) if self.is_group_head(at) => {}
                    Some(Role::Topic) => {
                        if relative {
                            return Actor::Nobody;
                        }
                        return match own {
                            Some(own) => Actor::Names(self.names(own, slot, true)),
                            None => Actor::Other,
                        };
                    }
                    Some(Role::Subject) => {
                        if embedded {
                            embedded = false;
                        } else if crossed {
                            other = true;
                        } else if !outside {
                            return Actor::Other;
                        }
                    }
                    _ => {}
                }
            }
        }
        // `영동군이 지난해 탈락한 특구에 도전한다`: the subject of both.
        let own = own.or(consumed.filter(|_| !relative && !other));
        match own.map(|own| self.names(own, slot, true)) {
            Some(names) if !names.is_empty() => Actor::Names(names),
            None if other => Actor::Other,
            _ => Actor::Nobody,
        }
    }

    /// The word for several named before that ends at `token`: `두 기관은`, `5개 대학은`.
    fn both_at(&self, token: usize) -> Option<(Slot, Option<usize>)> {
        let tokens = &self.sentence.tokens;
        let from = token
            .checked_sub(1)
            .filter(|t| tokens[*t].mention.is_none() && tokens[*t].role.is_none())
            .unwrap_or(token);
        let (start, end) = (tokens[from].start, tokens[token].end);
        let hit = self
            .here
            .iter()
            .find(|h| h.both.is_some() && h.start >= start && h.start < end)?;
        let (slot, number) = hit.both?;
        // `5개 대학`: the number stands before the word.
        let before = &self.article.text[tokens[from].start..hit.start.max(tokens[from].start)];
        Some((slot, number.or_else(|| before.parse().ok())))
    }

    /// The names that such a word stands for: the last ones of its type that stood together.
    fn several(&self, token: usize, slot: Slot) -> Vec<usize> {
        let Some((of, number)) = self.both_at(token) else {
            return Vec::new();
        };
        let own = self
            .sentence
            .groups
            .iter()
            .enumerate()
            .filter(|(_, g)| g.last < token)
            .map(|(i, _)| self.names(i, of, true));
        let own: Vec<Vec<usize>> = own.filter(|n| n.len() > 1).collect();
        own.iter()
            .rev()
            .chain(self.together.iter().rev())
            .map(|names| {
                names
                    .iter()
                    .copied()
                    .filter(|e| of.takes(self.kind(*e)))
                    .collect::<Vec<_>>()
            })
            .find(|names| names.len() > 1 && number.is_none_or(|n| n == names.len()))
            .or_else(|| {
                // As many as the article has named so far.
                let start = self.sentence.tokens[token].start;
                let mut named = Vec::new();
                for m in self
                    .mentions
                    .mentions
                    .iter()
                    .take_while(|m| m.span.start < start)
                {
                    if of.takes(self.kind(m.entity)) && !named.contains(&m.entity) {
                        named.push(m.entity);
                    }
                }
                (number == Some(named.len())).then_some(named)
            })
            .unwrap_or_default()
            .into_iter()
            .filter(|e| slot.takes(self.kind(*e)))
            .collect()
    }

    /// Whether the particle at `token` belongs to a list of names before it.
    fn is_group_head(&self, token: usize) -> bool {
        self.sentence
            .groups
            .iter()
            .any(|g| g.head == token && g.attach != Attach::Modifier)
    }

    fn is_program(&self, group: usize) -> bool {
        self.sentence.members(group).iter().any(|t| {
            self.entity(*t)
                .is_some_and(|e| self.kind(e) == TypeId::PROGRAM)
        })
    }

    /// What the sentences before were about.
    pub(super) fn carried(&self, slot: Slot) -> Vec<usize> {
        if self.topic.is_empty()
            || self.sentence.is_headline()
            || self.index <= self.topic_at
            || self.index > self.topic_at + 2
        {
            return Vec::new();
        }
        if matches!(
            self.article.sentences[self.topic_at].zone,
            Zone::Title | Zone::Subhead
        ) {
            return Vec::new();
        }
        // A sentence without names in between may have changed the topic.
        for sentence in &self.article.sentences[self.topic_at + 1..self.index] {
            let changed = self.article.text[sentence.span.clone()]
                .split_whitespace()
                .take(8)
                .any(|w| {
                    self.rules.ending(w).is_none()
                        && self
                            .rules
                            .particle(w)
                            .is_some_and(|(_, r)| r == Role::Topic)
                });
            if changed {
                return Vec::new();
            }
        }
        self.topic
            .iter()
            .copied()
            .filter(|e| slot.takes(self.kind(*e)))
            .collect()
    }

    /// The names left of `cue` that fit, in the clause or as far as `scope` allows.
    fn complement(&self, cue: usize, slot: Slot, scope: Scope) -> Option<usize> {
        let tokens = &self.sentence.tokens;
        let mut embedded = false;
        let mut closed = false;
        let mut governed = false;
        let mut steps = 0;
        let mut at = cue;
        while at > 0 {
            at -= 1;
            steps += 1;
            let token = &tokens[at];
            if token.aside && !tokens[cue].aside {
                continue;
            }
            if token.quoted != tokens[cue].quoted {
                // A name in quotation marks is one; a speech is none.
                if token.mention.is_none() {
                    continue;
                }
            }
            if scope == Scope::Beside && steps > 2 {
                return None;
            }
            if let Some(group) = self.group_at(at) {
                let g = &self.sentence.groups[group];
                let case = g.role.filter(|r| !matches!(r, Role::Genitive | Role::With));
                let first = g.first;
                if closed {
                    if !governed || case.is_none() {
                        governed |= g.role != Some(Role::Genitive);
                        at = first;
                        continue;
                    }
                    closed = false;
                    governed = false;
                }
                if embedded && case.is_some() && g.role != Some(Role::Topic) {
                    embedded = false;
                    at = first;
                    continue;
                }
                // `학교에 지원한` is applying; `학교에 예산을 지원한` is giving.
                if scope == Scope::Apart
                    && matches!(g.role, Some(Role::Place | Role::To))
                    && !tokens[g.head + 1..cue]
                        .iter()
                        .any(|t| t.role == Some(Role::Object))
                {
                    at = first;
                    continue;
                }
                // The cue itself is what the names describe: `마이스터고 도전`.
                let role = if g.head >= cue { None } else { g.role };
                let fits = match g.attach {
                    Attach::Modifier if g.head < cue => {
                        slot.takes_modifier() && (slot.has(role) || slot.has(Some(Role::Other)))
                    }
                    _ => slot.has(role),
                };
                if fits && !self.names(group, slot, false).is_empty() {
                    return Some(group);
                }
                at = first;
                continue;
            }
            if token.mention.is_some() {
                continue;
            }
            let alone = self.token_has(at, Cue::Joined)
                && tokens[..at]
                    .last()
                    .is_none_or(|t| t.role != Some(Role::With));
            if self.rules.is_closer(self.text(at)) && !alone {
                closed = true;
                governed = false;
                continue;
            }
            match token.ending {
                Some(
                    Ending::Final
                    | Ending::And
                    | Ending::Condition
                    | Ending::Plan
                    | Ending::Purpose,
                ) => {
                    if scope < Scope::Sentence {
                        return None;
                    }
                    closed = false;
                    embedded = false;
                }
                Some(Ending::Adnominal | Ending::Future) => embedded = true,
                _ => {
                    let case = token
                        .role
                        .filter(|r| !matches!(r, Role::Genitive | Role::With));
                    if case.is_some()
                        && scope == Scope::Beside
                        && !self.sentence.groups.iter().any(|g| g.head == at)
                    {
                        return None;
                    }
                    // The particle of a list belongs to the names in it.
                    if case.is_some() && !self.sentence.groups.iter().any(|g| g.head == at) {
                        if closed {
                            if governed {
                                closed = false;
                                governed = false;
                            } else {
                                governed = true;
                            }
                        }
                        embedded = false;
                    }
                }
            }
        }
        None
    }

    /// The noun that the predicate ending at `last` describes: names, or a word.
    ///
    /// A common noun before a list in apposition (`학습기업 ▲A가`) gives way to the list.
    pub(super) fn described(&self, last: usize) -> Described {
        let tokens = &self.sentence.tokens;
        let mut word = None;
        for (at, token) in tokens.iter().enumerate().skip(last + 1).take(7) {
            if token.aside || token.modifier {
                continue;
            }
            if let Some(group) = token.group {
                let g = &self.sentence.groups[group];
                if word.is_some() && g.first != at {
                    return Described::Nothing;
                }
                return Described::Names(group);
            }
            if token.ending.is_some() && token.ending != Some(Ending::Adnominal) {
                break;
            }
            word = Some(at);
            if token
                .role
                .is_some_and(|r| r != Role::Genitive && r != Role::With && r != Role::Copula)
            {
                return Described::Word(at);
            }
        }
        word.map_or(Described::Nothing, Described::Word)
    }

    /// The names that a sentence of the shape `선정된 곳은 …다` ends with.
    pub(super) fn named_at_end(&self, after: usize) -> Option<usize> {
        let last = self.sentence.groups.iter().rposition(|g| {
            g.first > after
                && !self.sentence.tokens[g.first].aside
                && !self.sentence.tokens[g.first].quoted
        })?;
        let g = &self.sentence.groups[last];
        let open = g.role.is_none() || g.role == Some(Role::Copula);
        let near = self.sentence.tokens[g.head.max(g.last) + 1..]
            .iter()
            .filter(|t| !t.aside)
            .count()
            <= 2;
        (open && near).then_some(last)
    }

    /// A day before `end` that is not somebody else's.
    pub(super) fn day_before(&self, end: usize) -> Option<Date> {
        self.days
            .iter()
            .rfind(|d| d.end <= end)
            .and_then(|d| d.date)
    }

    /// Runs every rule whose cue stands in the sentence.
    pub(super) fn apply(&mut self) {
        self.fill_list();
        let here = std::mem::take(&mut self.here);
        self.here.clone_from(&here);
        for hit in &here {
            if let Some(rule) = hit.rule {
                self.apply_rule(rule, hit);
            }
        }
        self.here = here;
        self.apply_cueless();
    }

    fn apply_rule(&mut self, index: usize, hit: &Hit) {
        let rules = self.rules;
        let rule = &rules.rules()[index];
        if rule.takes(Form::Label) {
            self.label(index, rule, hit);
            return;
        }
        let Some(predicate) = self.predicate(hit.start, hit.end, rule.takes(Form::Verb)) else {
            self.unused(hit, Unused::NoVerb);
            return;
        };
        let form = predicate.form;
        let bare = form == Form::Noun
            && rule.takes(Form::Headline)
            && self.sentence.is_headline()
            && self.ends_headline(predicate.last);
        let attributive = predicate.attributive.is_some() && rule.scope == Scope::Context;
        if predicate.attributive.is_some() && !attributive
            || !rule.takes(form) && !bare && !attributive
        {
            self.unused(hit, Unused::Form(form));
            return;
        }
        let status = match predicate.ending {
            None
            | Some(
                Ending::Final
                | Ending::And
                | Ending::Adnominal
                | Ending::Nominal
                | Ending::Noun
                | Ending::Not,
            ) => Some(Status::Done),
            Some(Ending::Plan | Ending::Future) => match rule.plan {
                Plan::Planned => Some(Status::Planned),
                Plan::Done => Some(Status::Done),
                Plan::Nothing => None,
            },
            _ => None,
        };
        let Some(status) = status.filter(|_| !predicate.tried || rule.plan != Plan::Nothing) else {
            self.unused(hit, Unused::Ending(predicate.ending));
            return;
        };
        let Some((subjects, objects)) = self.sides(index, rule, &predicate, status) else {
            if W::LISTENS {
                let scope = rule.scope.min(Scope::Sentence);
                let object = self.complement(predicate.first, rule.object, scope);
                self.unused(
                    hit,
                    if object.is_none() {
                        Unused::NoObject
                    } else {
                        Unused::NoSubject
                    },
                );
            }
            return;
        };
        // `교육부, … 18곳 선정`: the headline of who selects.
        let counted = (predicate.first.saturating_sub(4)..predicate.first)
            .any(|t| self.sentence.tokens[t].mention.is_none() && self.rules.counts(self.text(t)));
        if bare && counted {
            return;
        }
        let denied = predicate.failed || !rule.states;
        let date = self.day_before(self.sentence.tokens[predicate.first].start);
        self.state(
            index, &subjects, &objects, status, date, denied, bare, &predicate,
        );
    }

    /// Tells who listens that a rule's cue states nothing.
    fn unused(&mut self, hit: &Hit, why: Unused) {
        if let Some(rule) = hit.rule {
            self.watch.see(|| Event::Rule {
                rule: self.rules.rules()[rule].line,
                sentence: self.index,
                span: hit.start..hit.end,
                what: Outcome::Nothing(why),
            });
        }
    }

    #[allow(clippy::too_many_arguments)]
    fn state(
        &mut self,
        rule: usize,
        subjects: &[usize],
        objects: &[usize],
        status: Status,
        date: Option<Date>,
        denied: bool,
        weak: bool,
        predicate: &Predicate,
    ) {
        let again = {
            let end = self.sentence.tokens[predicate.last].end;
            let start = self.sentence.tokens[predicate.first.saturating_sub(4)].start;
            self.cue_in(Cue::Again, start, end.max(start))
        };
        for &subject in subjects {
            for &object in objects {
                if subject == object {
                    continue;
                }
                self.watch.see(|| Event::Rule {
                    rule: self.rules.rules()[rule].line,
                    sentence: self.index,
                    span: self.sentence.tokens[predicate.first].start
                        ..self.sentence.tokens[predicate.last].end,
                    what: if denied {
                        Outcome::Denied(subject, object)
                    } else {
                        Outcome::Stated(subject, object, status)
                    },
                });
                if denied {
                    self.denied.push((rule, subject, object));
                } else {
                    self.facts.push(Fact {
                        subject,
                        object,
                        rule,
                        status,
                        date,
                        sentence: self.index,
                        again,
                        weak,
                    });
                }
            }
        }
    }

    /// Whether nothing weighty follows in a headline.
    fn ends_headline(&self, last: usize) -> bool {
        self.sentence
            .tokens
            .get(last + 1)
            .is_none_or(|t| t.gap >= Gap::Comma || t.gap == Gap::Dot)
    }

    fn sides(
        &mut self,
        index: usize,
        rule: &Rule,
        p: &Predicate,
        status: Status,
    ) -> Option<(Vec<usize>, Vec<usize>)> {
        if !rule.subject.is_grammatical_subject() {
            let subject =
                self.complement(p.first, rule.subject, rule.scope.min(Scope::Sentence))?;
            let head = p.is_relative().then(|| self.described(p.last));
            if let Some(Described::Names(g)) = head
                && rule.object.is_grammatical_subject()
            {
                let (subjects, objects) = (
                    self.names_shared(subject, rule.subject, true),
                    self.names(g, rule.object, false),
                );
                return (!subjects.is_empty() && !objects.is_empty())
                    .then_some((subjects, objects));
            }
            let object = self.complement(p.first, rule.object, rule.scope.min(Scope::Sentence));
            let objects = match object {
                Some(g) => self.names_shared(g, rule.object, false),
                None => self.pointed(p, rule),
            };
            let objects = if objects.is_empty() && rule.object.is_grammatical_subject() {
                match self.actor(p.first, p.is_relative(), rule.object) {
                    Actor::Names(names) => names,
                    Actor::Other => Vec::new(),
                    Actor::Nobody if p.is_relative() => match self.described(p.last) {
                        Described::Names(g) => self.names(g, rule.object, false),
                        _ => Vec::new(),
                    },
                    Actor::Nobody => self.carried(rule.object),
                }
            } else {
                objects
            };
            let subjects = self.names_shared(subject, rule.subject, true);
            return (!subjects.is_empty() && !objects.is_empty()).then_some((subjects, objects));
        }
        let object = self.complement(p.first, rule.object, rule.scope.min(Scope::Sentence));
        let mut objects = object
            .map(|g| self.names_shared(g, rule.object, false))
            .unwrap_or_default();
        // `이리공고의 마이스터고 지정을 지원했다`: both.
        if rule.object.has(Some(Role::Genitive)) {
            let before = object.and_then(|g| self.sentence.groups[g].first.checked_sub(1));
            if let Some(owner) = before.and_then(|t| self.group_at(t))
                && self.sentence.groups[owner].role == Some(Role::Genitive)
            {
                objects.extend(self.names(owner, rule.object, false));
            }
        }
        if objects.is_empty() {
            objects = self.pointed(p, rule);
        }
        if p.is_relative() {
            return self.relative(index, rule, p, status, objects);
        }
        // `이리공고의 마이스터고 도전`, `익산시 교육발전특구 도전`
        if p.form == Form::Noun && rule.subject.has(Some(Role::Genitive)) {
            let before = object.map_or(p.first, |g| self.sentence.groups[g].first);
            if let Some(group) = before.checked_sub(1).and_then(|t| self.group_at(t)) {
                let g = &self.sentence.groups[group];
                let beside = g.role == Some(Role::Genitive) && g.attach == Attach::Own
                    || g.role.is_none()
                        && g.head == g.last
                        && self.sentence.tokens[before].gap == Gap::Space;
                let names = self.names(group, rule.subject, true);
                if beside && !names.is_empty() && !objects.is_empty() {
                    return Some((names, objects));
                }
            }
        }
        let mut overt = true;
        let mut subjects = match self.actor(p.first, false, rule.subject) {
            Actor::Names(names) => names,
            Actor::Other => return None,
            Actor::Nobody if self.sentence.tokens[p.first].quoted => return None,
            Actor::Nobody => {
                overt = false;
                self.carried(rule.subject)
            }
        };
        if subjects.is_empty() {
            return None;
        }
        self.join(p.first, rule.subject, &mut subjects);
        if objects.is_empty() && rule.scope != Scope::Beside {
            // `P는 중기부가 2008년부터 운영하고 있다`
            objects = self.topic_names(p.first, rule.object);
            objects.retain(|o| !subjects.contains(o));
        }
        if objects.is_empty() && overt {
            objects = self.implied(p, rule);
        }
        (!objects.is_empty()).then_some((subjects, objects))
    }

    /// The topic of the sentence, where it is of the right type.
    fn topic_names(&self, before: usize, slot: Slot) -> Vec<usize> {
        for (i, g) in self.sentence.groups.iter().enumerate().rev() {
            let token = &self.sentence.tokens[g.first];
            let aside_topic = token.aside
                && g.first > 0
                && self.sentence.tokens[g.first - 1].role == Some(Role::Topic)
                && !self.sentence.tokens[g.first - 1].aside;
            if g.last < before
                && (!token.aside || aside_topic)
                && token.quoted == self.sentence.tokens[before].quoted
                && (g.role == Some(Role::Topic) || aside_topic)
            {
                let names = self.names(i, slot, false);
                if !names.is_empty() {
                    return names;
                }
            }
        }
        Vec::new()
    }

    fn relative(
        &mut self,
        index: usize,
        rule: &Rule,
        p: &Predicate,
        status: Status,
        mut objects: Vec<usize>,
    ) -> Option<(Vec<usize>, Vec<usize>)> {
        let described = p
            .attributive
            .map_or_else(|| self.described(p.last), Described::Word);
        match self.actor(p.first, true, rule.subject) {
            Actor::Names(mut subjects) => {
                self.join(p.first, rule.subject, &mut subjects);
                if rule.scope == Scope::Beside
                    && objects.is_empty()
                    && rule.object.takes(TypeId::PROGRAM)
                {
                    return None;
                }
                if objects.is_empty()
                    && let Described::Names(g) = described
                {
                    objects = self.names(g, rule.object, false);
                }
                if objects.is_empty() {
                    objects = self.topic_names(p.first, rule.object);
                }
                (!objects.is_empty()).then_some((subjects, objects))
            }
            Actor::Other => None,
            Actor::Nobody => {
                if let Described::Names(g) = described {
                    let subjects = self.names(g, rule.subject, true);
                    return (!subjects.is_empty() && !objects.is_empty())
                        .then_some((subjects, objects));
                }
                let Described::Word(word) = described else {
                    return None;
                };
                if rule.scope == Scope::Context && objects.is_empty() {
                    let last = if rule.object.takes(TypeId::PROGRAM) {
                        self.program
                    } else {
                        self.school
                    };
                    objects.extend(last.0.filter(|e| rule.object.takes(self.kind(*e))));
                }
                if objects.is_empty() {
                    return None;
                }
                let heading = word + 1 == self.sentence.tokens.len() && !self.sentence.is_full();
                if self.has(Cue::Follows) || heading {
                    self.pending.push(Pending {
                        rule: index,
                        known: objects,
                        known_is_object: true,
                        status,
                        date: self.day_before(self.sentence.tokens[p.first].start),
                        again: false,
                    });
                    return None;
                }
                let group = if self
                    .sentence
                    .tokens
                    .get(word + 1)
                    .is_some_and(|t| t.gap == Gap::Column)
                {
                    self.sentence.tokens[word + 1].group?
                } else if self.sentence.tokens[word].role == Some(Role::Topic) {
                    self.named_at_end(word)?
                } else {
                    return None;
                };
                let subjects = self.names(group, rule.subject, true);
                (!subjects.is_empty()).then_some((subjects, objects))
            }
        }
    }

    /// The programme that a word such as `이 사업` points back to.
    fn pointed(&self, p: &Predicate, rule: &Rule) -> Vec<usize> {
        if !rule.object.takes(TypeId::PROGRAM) || rule.scope == Scope::Beside {
            return Vec::new();
        }
        let mut from = p.first;
        while from > 0 {
            let token = &self.sentence.tokens[from - 1];
            if matches!(token.ending, Some(Ending::Final | Ending::And)) && from < p.first {
                break;
            }
            from -= 1;
        }
        let (start, end) = (
            self.sentence.tokens[from].start,
            self.sentence.tokens[p.last].end,
        );
        let points = self.here.iter().any(|h| {
            h.cue == Some(Cue::Programme) && h.start >= start && h.end <= end && {
                let last = self.sentence.token_at(h.end - 1).unwrap_or(p.first);
                let case = self.sentence.tokens[last..=p.first.max(last)]
                    .iter()
                    .take(3)
                    .take_while(|t| t.ending.is_none())
                    .find_map(|t| t.role);
                case.is_none_or(|r| rule.object.has(Some(r)))
            }
        });
        if points {
            // In this sentence first, then before.
            let named = (0..p.first)
                .rev()
                .filter_map(|t| self.entity(t))
                .find(|e| self.kind(*e) == TypeId::PROGRAM);
            return named.or(self.program.0).into_iter().collect();
        }
        Vec::new()
    }

    /// What goes without saying: `올해는 A와 B가 선정됐다`, right after a sentence on the programme;
    /// `졸업생을 채용했다`, right after one on the school.
    fn implied(&self, p: &Predicate, rule: &Rule) -> Vec<usize> {
        if rule.scope != Scope::Context || self.sentence.is_headline() {
            return Vec::new();
        }
        let near = |at: usize| at + 1 >= self.index;
        // The sentence before said the same of others.
        let same = self
            .facts
            .iter()
            .rev()
            .take_while(|f| near(f.sentence))
            .find(|f| {
                self.rules.rules()[f.rule].relation == rule.relation
                    && f.sentence < self.index
                    && rule.object.takes(self.kind(f.object))
            });
        if let Some(fact) = same {
            let own = self.sentence.tokens[..p.first]
                .iter()
                .filter_map(|t| t.mention)
                .any(|m| {
                    rule.object
                        .takes(self.kind(self.mentions.mentions[m].entity))
                });
            if !own {
                return vec![fact.object];
            }
        }
        if rule.object.takes(TypeId::SCHOOL) {
            let student = self.has(Cue::Student) || p.attributive.is_some();
            return self
                .school
                .0
                .filter(|_| student && near(self.school.1))
                .into_iter()
                .collect();
        }
        let (Some(program), at) = self.program else {
            return Vec::new();
        };
        // Taking part in a signing is told in the same words.
        if !rule.object.takes(TypeId::PROGRAM) || !near(at) || self.signing_at.is_some_and(near) {
            return Vec::new();
        }
        let other = self.sentence.tokens[..p.first]
            .iter()
            .rev()
            .take_while(|t| !matches!(t.ending, Some(Ending::Final | Ending::And)));
        let says = other.into_iter().any(|t| {
            t.role.is_some_and(|r| {
                matches!(r, Role::Place | Role::Object | Role::As | Role::To)
                    && rule.object.has(Some(r))
            })
        });
        if says { Vec::new() } else { vec![program] }
    }

    /// Adds those who do it together with the subject.
    pub(super) fn join(&self, cue: usize, slot: Slot, subjects: &mut Vec<usize>) {
        for (i, g) in self.sentence.groups.iter().enumerate() {
            if g.last >= cue || g.role != Some(Role::With) || g.attach == Attach::Modifier {
                continue;
            }
            let after = g.head.max(g.last);
            let joined = (after + 1..(after + 3).min(self.sentence.tokens.len()))
                .any(|t| self.token_has(t, Cue::Joined));
            if joined {
                for name in self.names(i, slot, true) {
                    if !subjects.contains(&name) {
                        subjects.push(name);
                    }
                }
            }
        }
    }

    /// `교육부 공모사업인 P`, `P는 교육부 공모사업이다`, `교육부 주관 P`
    fn label(&mut self, index: usize, rule: &Rule, hit: &Hit) {
        let Some(first) = self.sentence.token_at(hit.start) else {
            return;
        };
        let Some(last) = self.sentence.token_at(hit.end - 1) else {
            return;
        };
        let subject = (first.saturating_sub(2)..first)
            .rev()
            .find_map(|t| self.group_at(t))
            .filter(|g| {
                let g = &self.sentence.groups[*g];
                self.sentence.tokens[g.last].gap <= Gap::Comma
                    && rule.subject.has(self.sentence.tokens[g.last].role)
                    && !self.sentence.tokens[g.last + 1..=first]
                        .iter()
                        .any(|t| t.gap.separates())
                    && !self.sentence.tokens[g.last + 1..first]
                        .iter()
                        .any(|t| t.ending.is_some())
            });
        let Some(subject) = subject else {
            return;
        };
        let subjects = self.names(subject, rule.subject, true);
        let mut objects = Vec::new();
        for at in last + 1..(last + 4).min(self.sentence.tokens.len()) {
            let token = &self.sentence.tokens[at];
            if let Some(g) = token.group {
                objects = self.names(g, rule.object, false);
                break;
            }
            if token.ending.is_some_and(|e| e != Ending::Adnominal)
                || token.role.is_some_and(|r| r != Role::Copula)
            {
                break;
            }
        }
        if objects.is_empty() {
            objects = self.topic_names(first, rule.object);
        }
        if objects.is_empty() {
            // `P(교육부 공모사업)에`, `P 등 교육부 공모사업에`
            let token = &self.sentence.tokens[first];
            let before = self.sentence.groups[subject].first;
            if let Some(g) = (before.saturating_sub(2)..before)
                .rev()
                .find_map(|t| self.sentence.tokens[t].group)
                && (token.aside || self.sentence.groups[g].attach == Attach::Listed)
            {
                objects = self.names(g, rule.object, false);
            }
        }
        if subjects.is_empty() || objects.is_empty() {
            return;
        }
        let predicate = Predicate {
            form: Form::Label,
            ending: None,
            first,
            last,
            failed: false,
            tried: false,
            attributive: None,
        };
        self.state(
            index,
            &subjects,
            &objects,
            Status::Done,
            None,
            false,
            false,
            &predicate,
        );
    }

    /// Places beside, behind and above names.
    fn apply_cueless(&mut self) {
        let rules = self.rules;
        let count = self.sentence.tokens.len();
        for rule in rules.cueless() {
            let Some(index) = rules.rules().iter().position(|r| std::ptr::eq(r, rule)) else {
                continue;
            };
            let listed = self.sentence.zone == Zone::List
                || self.sentence.tokens.iter().any(|t| t.gap == Gap::Bullet);
            let mut heading: Option<usize> = None;
            for at in 0..count {
                let token = self.sentence.tokens[at];
                let Some(entity) = self.entity(at) else {
                    continue;
                };
                let kind = self.kind(entity);
                if rule.takes(Form::Before) && rule.object.takes(kind) && at + 1 < count {
                    let next = &self.sentence.tokens[at + 1];
                    let beside = next.gap == Gap::Space && next.aside == token.aside;
                    if beside
                        && rule.object.has(token.role)
                        && self.title(at).is_none()
                        && let Some(subject) = self
                            .entity(at + 1)
                            .filter(|e| rule.subject.takes(self.kind(*e)))
                    {
                        self.locate(index, &[subject], entity, at);
                        if listed {
                            let mut followers = Vec::new();
                            for t in at + 2..count {
                                let tok = &self.sentence.tokens[t];
                                if tok.aside {
                                    continue;
                                }
                                if tok.gap != Gap::Dot {
                                    break;
                                }
                                match self.entity(t).filter(|e| rule.subject.takes(self.kind(*e))) {
                                    Some(e) => followers.push(e),
                                    None => break,
                                }
                            }
                            self.locate(index, &followers, entity, at);
                        }
                    }
                }
                if rule.takes(Form::Bracket) && rule.object.takes(kind) && token.aside && at > 0 {
                    let next_in = self
                        .sentence
                        .tokens
                        .get(at + 1)
                        .is_some_and(|t| t.aside && t.gap <= Gap::Space && t.mention.is_some());
                    let opener = (0..at)
                        .rev()
                        .take_while(|t| self.sentence.tokens[*t].aside)
                        .last()
                        .unwrap_or(at);
                    let plain = (opener..at).all(|t| self.sentence.tokens[t].mention.is_some());
                    let close = opener > 0
                        && self.article.text[self.sentence.tokens[opener - 1].end
                            ..self.sentence.tokens[opener].start]
                            .trim_start()
                            .starts_with(['(', '（']);
                    if close
                        && plain
                        && !next_in
                        && token.role.is_none()
                        && let Some(subject) = self
                            .entity(opener - 1)
                            .filter(|e| rule.subject.takes(self.kind(*e)))
                    {
                        self.locate(index, &[subject], entity, at);
                    }
                }
                if rule.takes(Form::Column) && !token.aside {
                    let next = self.sentence.tokens.get(at + 1);
                    let begins = at == 0 || token.gap >= Gap::Ellipsis || token.gap == Gap::Column;
                    let sets = next
                        .is_some_and(|t| t.gap == Gap::Column || t.gap == Gap::Bullet && begins);
                    let pair = at > 0
                        && self.sentence.tokens[at - 1].mention.is_some()
                        && token.gap == Gap::Dot;
                    if rule.object.takes(kind) && token.role.is_none() && begins && sets && !pair {
                        heading = Some(entity);
                    } else if let Some(city) = heading.filter(|_| rule.subject.takes(kind)) {
                        self.locate(index, &[entity], city, at);
                    } else if rule.object.takes(kind) {
                        heading = None;
                    }
                }
            }
        }
    }

    fn locate(&mut self, rule: usize, subjects: &[usize], place: usize, at: usize) {
        let predicate = Predicate {
            form: Form::Before,
            ending: None,
            first: at,
            last: at,
            failed: false,
            tried: false,
            attributive: None,
        };
        self.state(
            rule,
            subjects,
            &[place],
            Status::Done,
            None,
            false,
            false,
            &predicate,
        );
    }

    /// Gives the names of a list to the rule that announced it.
    fn fill_list(&mut self) {
        if self.pending.is_empty() {
            return;
        }
        if self.sentence.is_full() && self.sentence.zone != Zone::List {
            self.pending.clear();
            return;
        }
        let rules = self.rules;
        for pending in std::mem::take(&mut self.pending) {
            let rule = &rules.rules()[pending.rule];
            let slot = if pending.known_is_object {
                rule.subject
            } else {
                rule.object
            };
            let mut found = Vec::new();
            for at in 0..self.sentence.tokens.len() {
                let token = &self.sentence.tokens[at];
                if token.aside || token.modifier {
                    continue;
                }
                if let Some(entity) = self.entity(at).filter(|e| slot.takes(self.kind(*e))) {
                    found.push((at, entity));
                }
            }
            // In a list of schools the cities only say where.
            let schools = found.iter().any(|(_, e)| self.kind(*e) != TypeId::CITY);
            for (at, entity) in found {
                if schools && self.kind(entity) == TypeId::CITY {
                    continue;
                }
                let predicate = Predicate {
                    form: Form::Noun,
                    ending: None,
                    first: at,
                    last: at,
                    failed: false,
                    tried: false,
                    attributive: None,
                };
                let (subjects, objects) = if pending.known_is_object {
                    (vec![entity], pending.known.clone())
                } else {
                    (pending.known.clone(), vec![entity])
                };
                self.state(
                    pending.rule,
                    &subjects,
                    &objects,
                    pending.status,
                    pending.date,
                    false,
                    false,
                    &predicate,
                );
                if let Some(fact) = self.facts.last_mut() {
                    fact.again |= pending.again;
                }
            }
            self.pending.push(pending);
        }
    }
}

/// What a relative clause describes.
#[derive(Debug, Clone, Copy)]
pub(super) enum Described {
    Names(usize),
    Word(usize),
    Nothing,
}
