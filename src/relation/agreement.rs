//! Signings: who signed, about what, when.

use jiff::civil::Date;

use super::Status;
use super::frame::{Actor, Described, Reader};
use super::sentence::{Attach, Gap};
use super::trace::Event;
use crate::article::Zone;
use crate::dictionary::{Cue, DateWord, Ending, Role, Slot, TypeId};
use crate::watch::Watch;

/// A signing as one sentence tells it, or as several do.
#[derive(Debug, Clone)]
pub(super) struct Signing {
    pub(super) sentence: usize,
    pub(super) parties: Vec<usize>,
    pub(super) about: Vec<usize>,
    pub(super) status: Status,
    pub(super) date: Option<Date>,
    /// How many the text says there are (`14개 기관`).
    wanted: usize,
    /// Parties that only the headline names so far.
    pub(super) from_headline: Vec<usize>,
    /// Where each party is said to be one, if somebody listens.
    pub(super) told: Vec<(usize, usize)>,
    /// Told as something that was there before the one reported.
    earlier: bool,
    headline: bool,
}

fn add(to: &mut Vec<usize>, names: impl IntoIterator<Item = usize>) {
    for name in names {
        if !to.contains(&name) {
            to.push(name);
        }
    }
}

const PARTIES: [TypeId; 4] = [
    TypeId::CITY,
    TypeId::SCHOOL,
    TypeId::COMPANY,
    TypeId::ORGANIZATION,
];

impl<W: Watch<Event>> Reader<'_, W> {
    /// Finds what the sentence says of signings.
    pub(super) fn sign(&mut self, signings: &mut Vec<Signing>) {
        self.list_parties(signings);
        self.listed_parties(signings);
        let told = self.here.iter().any(|h| {
            matches!(
                h.cue,
                Some(
                    Cue::Agreement
                        | Cue::Handshake
                        | Cue::Accordingly
                        | Cue::Pledge
                        | Cue::Joining
                        | Cue::Signing
                )
            )
        });
        if !told {
            return;
        }
        let slot = Slot::of_types(&PARTIES);
        let mut done: Vec<usize> = Vec::new();
        for i in 0..self.here.len() {
            let hit = self.here[i];
            let Some(token) = self.sentence.token_at(hit.start) else {
                continue;
            };
            if self.sentence.tokens[token].quoted {
                continue;
            }
            let found = match hit.cue {
                Some(Cue::Agreement) => self.signed(token, hit.end),
                Some(Cue::Handshake) => self
                    .predicate(hit.start, hit.end, true)
                    .map(|p| (p.last, p.ending, token)),
                Some(Cue::Signing) if !self.has(Cue::Agreement) && !signings.is_empty() => {
                    self.signs(&hit).map(|p| (p.last, p.ending, token))
                }
                _ => None,
            };
            let Some((verb, ending, noun)) = found else {
                continue;
            };
            if done.contains(&verb) {
                continue;
            }
            done.push(verb);
            let Some(status) = status_of(ending) else {
                continue;
            };
            if self.fails_after(verb.max(noun), ending) {
                // The agreement that the article told of has fallen through.
                if !self.has(Cue::Earlier) {
                    signings.retain(|s| s.earlier);
                }
                continue;
            }
            self.event(noun, verb, ending, status, slot, signings);
        }
        self.extend(slot, signings);
    }

    /// The verb that signs the agreement at `noun`: its token, its ending, the token where the parties end.
    fn signed(&self, noun: usize, end: usize) -> Option<(usize, Option<Ending>, usize)> {
        let tokens = &self.sentence.tokens;
        // `… 맺은 업무협약`
        for at in (noun.saturating_sub(8)..noun).rev() {
            if matches!(tokens[at].ending, Some(Ending::Final | Ending::And)) {
                break;
            }
            if self.token_has(at, Cue::Signing)
                && matches!(tokens[at].ending, Some(Ending::Adnominal))
            {
                return Some((at, Some(Ending::Adnominal), at));
            }
        }
        for at in noun..(noun + 9).min(tokens.len()) {
            if tokens[at].gap >= Gap::Column && at > noun {
                break;
            }
            if at > noun && tokens[at].mention.is_some() {
                break;
            }
            if self.token_has(at, Cue::Signing) && (at > noun || self.after(at, end, Cue::Signing))
            {
                let hit = self.here.iter().find(|h| {
                    h.cue == Some(Cue::Signing)
                        && h.start >= tokens[at].start.max(end)
                        && h.start < tokens[at].end
                })?;
                let p = self.signs(hit)?;
                if p.form == crate::dictionary::Form::Noun && !self.sentence.is_headline() {
                    // `체결 사실`, `체결을 앞두고`: no signing yet.
                    let last = p.last + 1 >= tokens.len();
                    return last.then_some((p.last, None, noun));
                }
                return Some((p.last, p.ending, noun));
            }
            if at > noun && tokens[at].ending.is_some_and(|e| e != Ending::Adnominal) {
                break;
            }
        }
        // A headline ends in the bare noun.
        let rest = &self.article.text[end..tokens[noun].end];
        let ends = tokens.get(noun + 1).is_none_or(|t| t.gap >= Gap::Comma);
        (self.sentence.is_headline() && rest.is_empty() && ends).then_some((noun, None, noun))
    }

    /// What becomes of a signing verb: `체결했다`, `체결을 마쳤다`, `맺은`.
    fn signs(&self, hit: &super::frame::Hit) -> Option<super::frame::Predicate> {
        let token = self.sentence.token_at(hit.end - 1)?;
        let verb = self.sentence.tokens[token].ending.is_some();
        self.predicate(hit.start, hit.end, verb)
            .or_else(|| self.predicate(hit.start, hit.end, true))
    }

    fn after(&self, token: usize, end: usize, cue: Cue) -> bool {
        let t = &self.sentence.tokens[token];
        self.here
            .iter()
            .any(|h| h.cue == Some(cue) && h.start >= end && h.start < t.end)
    }

    fn fails_after(&self, verb: usize, ending: Option<Ending>) -> bool {
        if ending == Some(Ending::Not) {
            return true;
        }
        let tokens = &self.sentence.tokens;
        for (at, token) in tokens.iter().enumerate().skip(verb + 1) {
            if token.quoted {
                continue;
            }
            if self.token_has(at, Cue::Failed) {
                return true;
            }
            if matches!(token.ending, Some(Ending::And | Ending::Final)) {
                return false;
            }
        }
        false
    }

    fn event(
        &mut self,
        noun: usize,
        verb: usize,
        ending: Option<Ending>,
        status: Status,
        slot: Slot,
        signings: &mut Vec<Signing>,
    ) {
        let tokens = &self.sentence.tokens;
        let relative = ending == Some(Ending::Adnominal);
        let mut parties: Vec<usize> = Vec::new();
        let mut subject = false;
        let mut embedded = false;
        let mut start = 0;
        for at in (0..noun.min(verb)).rev() {
            let token = &tokens[at];
            if token.aside || token.quoted {
                continue;
            }
            match token.ending {
                Some(Ending::Final) => {
                    start = at + 1;
                    break;
                }
                Some(Ending::Adnominal | Ending::Future) => embedded = true,
                Some(Ending::And) if relative => {
                    start = at + 1;
                    break;
                }
                Some(Ending::And) => embedded = false,
                _ => {}
            }
            let Some(group) = token.group.filter(|g| self.sentence.groups[*g].last == at) else {
                continue;
            };
            let g = &self.sentence.groups[group];
            let role = g.role;
            if relative && role == Some(Role::Topic) {
                start = at + 1;
                break;
            }
            let takes = match role {
                None if g.attach == Attach::Modifier => {
                    // `A·B 업무협약 체결`
                    self.sentence.is_headline()
                        && g.head >= noun
                        && (g.last + 1 == noun || self.sentence.members(group).len() > 1)
                }
                _ if g.attach == Attach::Modifier => false,
                Some(Role::Topic | Role::Subject | Role::Also) => {
                    let consumed = embedded && role == Some(Role::Subject) && !relative;
                    subject |= !consumed;
                    !consumed
                }
                Some(Role::With) => true,
                None | Some(Role::List) => {
                    g.attach == Attach::Listed
                        || self.sentence.is_headline()
                        || tokens[g.head + 1..]
                            .first()
                            .is_none_or(|t| t.gap.separates())
                        || self.heads_sentence(group)
                }
                _ => false,
            };
            if takes {
                let mut names = self.names(group, slot, true);
                names.extend(self.bracketed(group));
                parties.splice(0..0, names);
            }
        }
        // `김 지사의 방문은 … 맺은 협약의 연속`, or the topic carried on.
        if relative {
            if let Described::Names(group) = self.described(verb) {
                if noun < verb {
                    add(&mut parties, self.names(group, slot, true));
                    subject = true;
                }
            } else if noun <= verb
                && let Described::Word(word) = self.described(verb)
                && tokens[word].role == Some(Role::Topic)
                && let Some(group) = self.named_at_end(word)
            {
                add(&mut parties, self.names(group, slot, true));
            }
        }
        if !subject && !self.sentence.is_headline() {
            let actor = if relative {
                let mut named = Vec::new();
                for (i, g) in self.sentence.groups.iter().enumerate() {
                    if g.last < start && g.attach == Attach::Own {
                        match g.role {
                            Some(Role::Topic | Role::Subject) => named = self.names(i, slot, true),
                            Some(Role::Genitive) if named.is_empty() => {
                                named = self.names(i, slot, true);
                            }
                            _ => {}
                        }
                    }
                }
                if named.is_empty() {
                    Actor::Nobody
                } else {
                    Actor::Names(named)
                }
            } else {
                self.actor(noun, false, slot)
            };
            match actor {
                Actor::Names(names) => add(&mut parties, names),
                Actor::Nobody => add(&mut parties, self.carried(slot)),
                Actor::Other => {}
            }
        }
        let mut unique = Vec::new();
        add(&mut unique, parties);
        let about = self.about(start, noun.max(verb));
        let at = tokens[noun.min(verb)].start;
        let earlier = self.here.iter().any(|h| {
            h.end <= at.max(tokens[verb].start)
                && h.start >= tokens.get(start).map_or(0, |t| t.start)
                && match (h.cue, h.date) {
                    (Some(Cue::Earlier), _) => true,
                    (_, Some(DateWord::Year(n) | DateWord::Month(n))) => n < 0,
                    _ => false,
                }
        }) && (relative && !signings.is_empty()
            || signings.iter().any(|s| !s.headline));
        let date = self.day_before(at);
        let signing = Signing {
            told: self.told(&unique),
            sentence: self.index,
            wanted: self.counted(),
            from_headline: if self.sentence.is_headline() {
                unique.clone()
            } else {
                Vec::new()
            },
            parties: unique,
            about,
            status,
            date,
            earlier,
            headline: self.sentence.is_headline(),
        };
        merge(signing, signings);
    }

    /// The common noun that a cue ending at `end` in `token` describes: `협약 기관은`, `참여기업은`.
    fn attributed(&self, end: usize, token: usize) -> Option<usize> {
        let tokens = &self.sentence.tokens;
        if self
            .rules
            .is_body(&self.article.text[end..tokens[token].end.max(end)])
        {
            return Some(token);
        }
        Some(token + 1).filter(|t| {
            tokens[token].end == end
                && tokens.get(*t).is_some_and(|n| n.mention.is_none())
                && self.rules.is_body(self.text(*t))
        })
    }

    /// Names in the brackets behind the names of a list: `▲A고(가 회사·나 대학) ▲B고(다 회사)`.
    fn bracketed(&self, group: usize) -> Vec<usize> {
        let g = &self.sentence.groups[group];
        let tokens = &self.sentence.tokens;
        if !tokens.iter().any(|t| t.gap == Gap::Bullet && !t.aside) {
            return Vec::new();
        }
        let end = tokens[g.last + 1..]
            .iter()
            .position(|t| !t.aside)
            .map_or(tokens.len(), |n| g.last + 1 + n);
        let slot = Slot::of_types(&[TypeId::SCHOOL, TypeId::COMPANY, TypeId::ORGANIZATION]);
        (g.first..end)
            .filter(|t| tokens[*t].aside && !tokens[g.first].aside)
            .filter_map(|t| self.entity(t))
            .filter(|e| slot.takes(self.kind(*e)))
            .collect()
    }

    /// The largest number of bodies that the sentence gives: `14개 기관`, `기업 10곳`.
    fn counted(&self) -> usize {
        let tokens = &self.sentence.tokens;
        (0..tokens.len())
            .filter(|t| tokens[*t].mention.is_none() && !tokens[*t].quoted)
            .filter_map(|t| {
                let word = self.text(t);
                let digits =
                    word.len() - word.trim_start_matches(|c: char| c.is_ascii_digit()).len();
                let body = |at: Option<usize>| {
                    at.and_then(|t| tokens.get(t)).is_some_and(|n| {
                        n.mention.is_none()
                            && self.rules.is_body(&self.article.text[n.start..n.end])
                    })
                };
                let bodies = body(Some(t + 1))
                    || body(t.checked_sub(1))
                    || self.rules.is_body(word.get(digits + 3..)?);
                (bodies && digits > 0)
                    .then(|| word[..digits].parse().ok())
                    .flatten()
            })
            .max()
            .unwrap_or(0)
    }

    /// Adds the names of a list of items that makes up the number of parties that the signing's sentence gives.
    fn listed_parties(&mut self, signings: &mut [Signing]) {
        let tokens = &self.sentence.tokens;
        let Some(signing) = signings.iter_mut().rfind(|s| !s.earlier && !s.headline) else {
            return;
        };
        let near = signing.sentence < self.index && signing.sentence + 4 >= self.index;
        if !near || signing.parties.len() >= signing.wanted {
            return;
        }
        let item =
            |t: &super::sentence::Token| t.gap == Gap::Bullet && t.mention.is_some() && !t.aside;
        let items = tokens.iter().filter(|t| item(t)).count();
        if items == 0 || items < 2 && self.sentence.is_full() {
            return;
        }
        let slot = Slot::of_types(&PARTIES);
        let mut parties = Vec::new();
        let mut inside = false;
        for (group, g) in self.sentence.groups.iter().enumerate() {
            let first = &tokens[g.first];
            inside = item(first)
                || inside
                    && !first.aside
                    && matches!(first.gap, Gap::Column | Gap::Dash | Gap::Dot | Gap::Comma);
            if inside {
                parties.extend(self.names(group, slot, true));
                parties.extend(self.bracketed(group));
            }
        }
        signing.told.extend(self.told(&parties));
        add(&mut signing.parties, parties);
    }

    /// Adds the names of a list that a sentence before announced as the parties.
    fn list_parties(&mut self, signings: &mut [Signing]) {
        if !self.parties_follow {
            return;
        }
        if self.sentence.is_full() && self.sentence.zone != Zone::List {
            self.parties_follow = false;
            return;
        }
        let Some(signing) = signings.iter_mut().rfind(|s| !s.earlier) else {
            return;
        };
        let every = Slot::of_types(&[TypeId::SCHOOL, TypeId::COMPANY, TypeId::ORGANIZATION]);
        let mut parties = Vec::new();
        for group in 0..self.sentence.groups.len() {
            if !self.sentence.tokens[self.sentence.groups[group].first].aside {
                parties.extend(self.names(group, every, true));
            }
        }
        signing.told.extend(self.told(&parties));
        add(&mut signing.parties, parties);
    }

    /// Whether the group begins the sentence, without a particle.
    fn heads_sentence(&self, group: usize) -> bool {
        let g = &self.sentence.groups[group];
        g.first == 0 && g.attach != Attach::Modifier
    }

    /// The programmes that an agreement is for: those named right before it.
    fn about(&self, start: usize, end: usize) -> Vec<usize> {
        let mut about = Vec::new();
        for at in (start..end).rev() {
            let token = &self.sentence.tokens[at];
            if matches!(token.ending, Some(Ending::And | Ending::Final)) {
                break;
            }
            if let Some(entity) = self.entity(at).filter(|e| self.kind(*e) == TypeId::PROGRAM)
                && !matches!(token.role, Some(Role::Topic | Role::Subject))
                && !token.aside
            {
                about.insert(0, entity);
            }
        }
        let mut unique = Vec::new();
        add(&mut unique, about);
        unique
    }

    /// Adds those whom a later sentence names as parties.
    fn extend(&mut self, slot: Slot, signings: &mut Vec<Signing>) {
        if signings.iter().all(|s| s.earlier) {
            let told = self.here.iter().any(|h| h.cue == Some(Cue::Agreement))
                && self.here.iter().any(|h| h.cue == Some(Cue::Joining))
                && !self.sentence.is_headline();
            if !told {
                return;
            }
            signings.push(Signing {
                told: Vec::new(),
                sentence: self.index,
                parties: Vec::new(),
                wanted: self.counted(),
                from_headline: Vec::new(),
                about: Vec::new(),
                status: Status::Done,
                date: self.days.first().and_then(|d| d.date),
                earlier: false,
                headline: false,
            });
        }
        let Some(index) = signings.iter().rposition(|s| !s.earlier) else {
            return;
        };
        if signings[index].sentence + 6 < self.index {
            return;
        }
        let mut parties: Vec<usize> = Vec::new();
        let mut follow = false;
        let tokens = &self.sentence.tokens;
        for hit in &self.here {
            let Some(token) = self.sentence.token_at(hit.start) else {
                continue;
            };
            if tokens[token].quoted {
                continue;
            }
            match hit.cue {
                // 참여 기관은 A, B다
                Some(Cue::Joining)
                    if signings[index].sentence + 3 >= self.index
                        && self.attributed(hit.end, token).is_some() =>
                {
                    let named = self
                        .attributed(hit.end, token)
                        .filter(|w| tokens[*w].role == Some(Role::Topic))
                        .and_then(|w| self.named_at_end(w));
                    if let Some(group) = named {
                        add(&mut parties, self.names(group, slot, true));
                        add(&mut parties, self.bracketed(group));
                    }
                }
                // 이날 협약에는 A, B가 참여했다
                Some(Cue::Joining) => {
                    let agreement = self
                        .here
                        .iter()
                        .find(|h| matches!(h.cue, Some(Cue::Agreement)) && h.end <= hit.start);
                    let Some(noun) = agreement.and_then(|h| self.sentence.token_at(h.end - 1))
                    else {
                        continue;
                    };
                    if !matches!(
                        tokens[noun].role,
                        Some(Role::Place | Role::Topic | Role::Also | Role::Object)
                    ) {
                        continue;
                    }
                    if (noun + 1..token).any(|t| matches!(tokens[t].ending, Some(Ending::Final))) {
                        continue;
                    }
                    let Some(p) = self.predicate(hit.start, hit.end, true) else {
                        continue;
                    };
                    if status_of(p.ending) != Some(Status::Done)
                        || self.fails_after(p.last, p.ending)
                    {
                        continue;
                    }
                    let relative = p.ending == Some(Ending::Adnominal);
                    match self.actor(p.first, relative, slot) {
                        Actor::Names(names) => {
                            for (i, g) in self.sentence.groups.iter().enumerate() {
                                if self
                                    .sentence
                                    .members(i)
                                    .iter()
                                    .any(|t| self.entity(*t).is_some_and(|e| names.contains(&e)))
                                    && g.last < p.first
                                {
                                    add(&mut parties, self.bracketed(i));
                                }
                            }
                            add(&mut parties, names);
                        }
                        Actor::Nobody if relative => match self.described(p.last) {
                            Described::Names(g) => add(&mut parties, self.names(g, slot, true)),
                            Described::Word(w) if tokens[w].role == Some(Role::Topic) => {
                                if let Some(g) = self.named_at_end(w) {
                                    add(&mut parties, self.names(g, slot, true));
                                }
                            }
                            _ => {}
                        },
                        _ => {}
                    }
                }
                // 협약 기관은 A, B다
                Some(Cue::Agreement) => {
                    let word = self.attributed(hit.end, token);
                    follow |= word.is_some()
                        && (self.has(Cue::Follows)
                            || !self.sentence.is_full() && word == tokens.len().checked_sub(1));
                    let named = word
                        .filter(|w| tokens[*w].role == Some(Role::Topic))
                        .and_then(|w| self.named_at_end(w));
                    if let Some(group) = named {
                        add(&mut parties, self.names(group, slot, true));
                    }
                }
                // … 참석해 … 약속했다
                Some(Cue::Attending) => {
                    let near =
                        self.has(Cue::Agreement) || signings[index].sentence + 2 >= self.index;
                    let pledged = self.here.iter().any(|h| {
                        h.cue == Some(Cue::Pledge)
                            && h.start > hit.end
                            && self
                                .sentence
                                .token_at(h.start)
                                .is_some_and(|t| !tokens[t].quoted)
                    });
                    if !near || !pledged || tokens[token].ending != Some(Ending::And) {
                        continue;
                    }
                    if let Actor::Names(names) = self.actor(token, false, slot) {
                        add(&mut parties, names);
                    }
                }
                // 협약에 따라 A는 …
                Some(Cue::Accordingly) => {
                    for (i, g) in self.sentence.groups.iter().enumerate() {
                        let own = g.attach != Attach::Modifier
                            && matches!(g.role, Some(Role::Topic | Role::Subject))
                            && g.first > token;
                        let nested = (g.head + 1..tokens.len())
                            .find_map(|t| tokens[t].ending)
                            .is_some_and(|e| {
                                e == Ending::Adnominal && g.role == Some(Role::Subject)
                            });
                        if own && !nested && !tokens[g.first].quoted {
                            add(&mut parties, self.names(i, slot, true));
                        }
                    }
                }
                _ => {}
            }
        }
        self.parties_follow = follow;
        let told = self.told(&parties);
        signings[index].told.extend(told);
        add(&mut signings[index].parties, parties);
    }

    /// Where these are said to be parties, if somebody listens.
    fn told(&self, parties: &[usize]) -> Vec<(usize, usize)> {
        if !W::LISTENS {
            return Vec::new();
        }
        parties.iter().map(|&party| (party, self.index)).collect()
    }
}

fn status_of(ending: Option<Ending>) -> Option<Status> {
    match ending {
        None
        | Some(
            Ending::Final
            | Ending::And
            | Ending::Adnominal
            | Ending::Nominal
            | Ending::Noun
            | Ending::Not,
        ) => Some(Status::Done),
        Some(Ending::Plan | Ending::Future) => Some(Status::Planned),
        _ => None,
    }
}

/// Adds a signing, or adds to the one that it is.
fn merge(new: Signing, signings: &mut Vec<Signing>) {
    let same = signings.iter().rposition(|old| {
        if old.earlier != new.earlier {
            return false;
        }
        if let (Some(a), Some(b)) = (old.date, new.date)
            && a != b
        {
            return false;
        }
        let shared = old
            .parties
            .iter()
            .filter(|p| new.parties.contains(p))
            .count();
        let bare = old.parties.len() < 2 || new.parties.len() < 2;
        shared > 0 || old.headline || (bare && !new.earlier)
    });
    match same {
        Some(at) => {
            let old = &mut signings[at];
            let better =
                old.headline || (new.parties.len() > old.parties.len() && old.parties.len() < 2);
            if new.headline {
                let first = new.parties.iter().filter(|p| !old.parties.contains(p));
                old.from_headline.extend(first);
            } else {
                old.from_headline.retain(|p| !new.parties.contains(p));
            }
            old.told.extend(&new.told);
            add(&mut old.parties, new.parties.iter().copied());
            add(&mut old.about, new.about.iter().copied());
            old.date = old.date.or(new.date);
            old.wanted = old.wanted.max(new.wanted);
            if better {
                old.sentence = new.sentence;
            }
            if old.status != new.status {
                old.status = if old.headline {
                    new.status
                } else {
                    Status::Done
                };
            }
            old.headline &= new.headline;
        }
        None => signings.push(new),
    }
}
