//! Signings: who signed, about what, when.

use jiff::civil::Date;

use super::Status;
use super::actor::Actor;
use super::complement::Described;
use super::frame::Reader;
use super::sentence::{Attach, Gap, Token};
use super::trace::Event;
use crate::dictionary::{Cue, DateWord, Ending, Mark, Role, Slot, TypeId};
use crate::watch::Watch;

/// A signing as one sentence tells it, or as several do.
#[allow(clippy::struct_excessive_bools)]
#[derive(Debug, Clone)]
pub(super) struct Signing {
    pub(super) sentence: usize,
    pub(super) parties: Vec<usize>,
    pub(super) about: Vec<usize>,
    pub(super) status: Status,
    pub(super) date: Option<Date>,
    /// How many the text says there are (`14개 기관`).
    pub(super) wanted: usize,
    /// Parties that only the headline names so far.
    pub(super) from_headline: Vec<usize>,
    /// Where each party is said to be one, if somebody listens.
    pub(super) told: Vec<(usize, usize)>,
    /// Told as something that was there before the one reported.
    pub(super) earlier: bool,
    pub(super) headline: bool,
    /// Told of a year or a month that is over.
    pub(super) past: bool,
    /// Told beside what the article is about (`한편`).
    pub(super) besides: bool,
}

pub(super) fn add(to: &mut Vec<usize>, names: impl IntoIterator<Item = usize>) {
    for name in names {
        if !to.contains(&name) {
            to.push(name);
        }
    }
}

pub(super) const PARTIES: [TypeId; 4] = [
    TypeId::CITY,
    TypeId::SCHOOL,
    TypeId::COMPANY,
    TypeId::ORGANIZATION,
];

impl<W: Watch<Event>> Reader<'_, W> {
    /// Finds what the sentence says of signings.
    pub(super) fn sign(&mut self, signings: &mut Vec<Signing>) {
        let known = self.joining_signing(signings).map(|s| s.parties.clone());
        self.read_signings(signings);
        if let Some(known) = known {
            self.state_joiners(signings, &known);
        }
    }

    fn read_signings(&mut self, signings: &mut Vec<Signing>) {
        self.list_parties(signings);
        self.listed_parties(signings);
        self.tasks(signings);
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
            // `업무 제휴`: the noun is the last word.
            let at = if hit.cue == Some(Cue::Agreement) {
                hit.end - 1
            } else {
                hit.start
            };
            let Some(token) = self.sentence.token_at(at) else {
                continue;
            };
            let quoted = self.sentence.tokens[token].quoted;
            let found = match hit.cue {
                // `다음 달 협약을 맺고 … 논의할 계획이다`
                Some(Cue::Agreement) => self.signed(token, hit.end).map(|(verb, ending, noun)| {
                    let foreseen = self.is_to_come(verb) && self.only_foreseen(verb);
                    (
                        verb,
                        if foreseen { Some(Ending::Plan) } else { ending },
                        noun,
                    )
                }),
                Some(Cue::Handshake) => self.predicate(hit.start, hit.end, true).map(|p| {
                    let ending = p.ending.filter(|_| !self.only_foreseen(p.last));
                    (p.last, ending.or(p.ending.and(Some(Ending::Plan))), token)
                }),
                Some(Cue::Signing) if !self.has(Cue::Agreement) && !signings.is_empty() => {
                    self.signs(&hit).map(|p| (p.last, p.ending, token))
                }
                _ => None,
            };
            let Some((verb, ending, noun)) = found else {
                continue;
            };
            // `"지난달 두 학교가 협약을 맺었습니다"`: what is said is told as done, or is none.
            let open = |t: &Token| {
                t.quoted && matches!(t.ending, Some(Ending::Plan | Ending::Wish | Ending::Future))
            };
            let told = ending == Some(Ending::Final)
                || ending == Some(Ending::And)
                    && (self.is_past(verb) || !self.sentence.tokens[verb..].iter().any(open));
            if quoted && (!told || hit.cue == Some(Cue::Handshake)) {
                continue;
            }
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
                    let named: Vec<usize> = (0..self.sentence.tokens.len())
                        .filter_map(|t| self.entity(t))
                        .filter(|e| slot.takes(self.kind(*e)))
                        .collect();
                    let shared = |s: &Signing| {
                        named.len() < 2
                            || s.parties.iter().filter(|p| named.contains(p)).count() > 1
                    };
                    signings.retain(|s| s.earlier || !shared(s));
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
        // `이번 협약은 A와 B가 함께 맺었다`
        let topic = tokens[noun].role == Some(Role::Topic);
        let reach = if topic { tokens.len() } else { noun + 9 };
        let mut swapped = false;
        let ceremony = self.has(Cue::Held) && self.is_ceremony(noun);
        for at in noun..reach.min(tokens.len()) {
            if tokens[at].gap >= Gap::Column && at > noun {
                break;
            }
            // `협약을 지난 1월 교육청과 체결했다`
            let with = tokens[noun].role == Some(Role::Object)
                && tokens[at]
                    .group
                    .is_some_and(|g| self.sentence.groups[g].role == Some(Role::With))
                || swapped;
            if at > noun && tokens[at].mention.is_some() && !topic && !tokens[at].modifier {
                // `협약식이 7일 시청에서 열렸다`
                let place = ceremony && tokens[at].role == Some(Role::Place);
                if !with && !place {
                    break;
                }
                swapped |= with;
            }
            let held = ceremony && at > noun && self.token_has(at, Cue::Held);
            let verb = if held { Cue::Held } else { Cue::Signing };
            if self.token_has(at, verb) && (at > noun || self.after(at, end, Cue::Signing)) {
                let hit = self.here.iter().find(|h| {
                    h.cue == Some(verb)
                        && h.start >= tokens[at].start.max(end)
                        && h.start < tokens[at].end
                })?;
                let p = self.signs(hit)?;
                // `이번 협약은 A와 B가 먼저 맺은 협약에 이은 것이다`
                if (topic || held) && p.ending == Some(Ending::Adnominal) {
                    return None;
                }
                if p.form == crate::dictionary::Form::Noun && !self.sentence.is_headline() {
                    // `체결 사실`, `체결을 앞두고`: no signing yet.
                    let last = p.last + 1 >= tokens.len();
                    return last.then_some((p.last, None, noun));
                }
                let end = if topic || swapped { p.first } else { noun };
                return Some((p.last, p.ending, end));
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

    /// Whether a day before the verb is still to come: `다음 달`, `오는 9일`.
    fn is_to_come(&self, verb: usize) -> bool {
        let end = self.sentence.tokens[verb].start;
        let mut dates = self.here.iter().filter(|h| h.end <= end);
        dates.any(|h| match h.date {
            Some(DateWord::Year(n) | DateWord::Month(n) | DateWord::Day(n)) => n > 0,
            Some(DateWord::Coming) => true,
            _ => false,
        })
    }

    /// Whether what follows the verb is only to come: `손잡고 인재 양성에 나설 전망이다`.
    fn only_foreseen(&self, verb: usize) -> bool {
        let tokens = &self.sentence.tokens;
        let Some((last, between)) = tokens[verb + 1..].split_last() else {
            return false;
        };
        tokens[verb].ending == Some(Ending::And)
            && self.rules.bound(&self.article.text[last.start..last.end]) == Some(Ending::Plan)
            && between
                .iter()
                .all(|t| !matches!(t.ending, Some(Ending::And | Ending::Final)))
    }

    /// What becomes of a signing verb: `체결했다`, `체결을 마쳤다`, `맺은`.
    fn signs(&self, hit: &super::cue::Hit) -> Option<super::predicate::Predicate> {
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

    pub(super) fn fails_after(&self, verb: usize, ending: Option<Ending>) -> bool {
        if ending == Some(Ending::Not) {
            return true;
        }
        let tokens = &self.sentence.tokens;
        // `체결했다고 보도했으나, 사실과 다르다`
        let told =
            tokens.get(verb).is_some() && self.rules.has_tail(self.text(verb), Mark::Joining);
        for (at, token) in tokens.iter().enumerate().skip(verb + 1) {
            if token.quoted {
                continue;
            }
            if self.token_has(at, Cue::Failed) {
                return true;
            }
            let but = told && self.rules.has_tail(self.text(at), Mark::However);
            if matches!(token.ending, Some(Ending::And | Ending::Final)) && !but {
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
        let (mut topical, mut also) = (false, false);
        let mut purpose = false;
        let mut signed = false;
        let mut before: Option<(usize, Vec<usize>)> = None;
        let mut start = 0;
        for at in (0..noun.min(verb)).rev() {
            let token = &tokens[at];
            if token.aside || token.quoted && !tokens[noun].quoted {
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
                // `B는 A와 과정을 만들었고, C는 D와 손을 잡았다`: others do so.
                Some(Ending::And)
                    if topical
                        && tokens.get(at + 1).is_some_and(|t| t.gap == Gap::Comma)
                        && (0..at).rev().any(|t| {
                            self.group_at(t)
                                .is_some_and(|g| self.sentence.groups[g].role == Some(Role::Topic))
                        }) =>
                {
                    start = at + 1;
                    break;
                }
                // `A가 S와 맺은 데 이어 B도 S와 맺었다`: two signings.
                Some(Ending::And)
                    if also
                        && self.token_has(at, Cue::Signing)
                        && (at + 1..(at + 3).min(noun)).any(|t| {
                            tokens[t].mention.is_none()
                                && self.rules.has_lead(self.text(t), Mark::Next)
                        }) =>
                {
                    start = at + 1;
                    break;
                }
                Some(Ending::And) => {
                    embedded = false;
                    // `A와 맺었고 올해는 B와 맺었다`: A signed the other one.
                    signed |= self.token_has(at, Cue::Signing);
                }
                Some(Ending::Purpose) => purpose |= subject,
                _ => {}
            }
            let Some(group) = token.group.filter(|g| self.sentence.groups[*g].last == at) else {
                if !signed && self.has(Cue::Both) && self.signs_with(at) {
                    parties.splice(0..0, self.several(at, slot));
                }
                continue;
            };
            let g = &self.sentence.groups[group];
            let role = g.role;
            if relative && role == Some(Role::Topic) {
                start = at + 1;
                break;
            }
            let several = self.sentence.members(group).len() > 1;
            // `A와 B 간 업무협약이`, `A와 B의 업무협약이`
            let between = several
                && tokens.get(g.last + 1).is_some_and(|t| t.mention.is_none())
                && (g.attach == Attach::Modifier && self.rules.is_between(self.text(g.last + 1))
                    || role == Some(Role::Genitive)
                        && g.last + 4 > noun
                        && tokens[g.last + 1..noun].iter().all(|t| {
                            t.mention.is_none() && t.ending.is_none() && t.role.is_none()
                        }));
            let takes = match role {
                _ if self.is_beside(group) => false,
                _ if between => {
                    subject = true;
                    true
                }
                None if g.attach == Attach::Modifier => {
                    // `A·B 업무협약 체결`
                    self.sentence.is_headline() && g.head >= noun && (g.last + 1 == noun || several)
                }
                _ if g.attach == Attach::Modifier => false,
                Some(Role::Topic | Role::Subject | Role::Also) => {
                    let consumed =
                        (embedded && !relative || purpose) && role == Some(Role::Subject);
                    subject |= !consumed;
                    topical |= role == Some(Role::Topic);
                    also |= role == Some(Role::Also);
                    before = before.or(Some(self.came_before(group, slot))
                        .filter(|b| !b.is_empty())
                        .map(|b| (group, b)));
                    !consumed
                }
                // `B의 손을 잡았다`
                Some(Role::Genitive) => g.head + 1 == noun && self.token_has(noun, Cue::Handshake),
                Some(Role::With) => !signed,
                // `하림을 초청해 약정을 맺었다`
                Some(Role::Object) => {
                    !signed
                        && g.attach == Attach::Own
                        && g.head + 1 < noun
                        && self.token_has(g.head + 1, Cue::Inviting)
                }
                None | Some(Role::List) if self.before_programme(group) => false,
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
                if noun < verb || self.sentence.groups[group].attach != Attach::Modifier {
                    self.add_names(&mut parties, group, slot, true);
                    subject = true;
                }
            } else if noun <= verb
                && let Described::Word(word) = self.described(verb)
                && tokens[word].role == Some(Role::Topic)
                && let Some(group) = self.named_at_end(word)
            {
                self.add_names(&mut parties, group, slot, true);
            }
        }
        // `협약식이 열렸다` tells by itself of nobody who signs.
        let held = tokens[noun].mention.is_none() && tokens[noun].role == Some(Role::Subject);
        let quoted = tokens[noun].quoted;
        let also_object = tokens[noun].role == Some(Role::Also);
        if let Some(host) = self.host().filter(|_| quoted && !subject && !held) {
            // `저희는` goes without saying, whoever did something before.
            add(&mut parties, [host]);
        } else if !subject && !self.sentence.is_headline() && !held {
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
                // `저희는 A와 협약을 맺었습니다`
                Actor::Nobody if self.host().is_some() => add(&mut parties, self.host()),
                Actor::Nobody => {
                    let mut carried = self.carried(slot);
                    // `학교는 … 모았다. A가 … 써 줬다. B와 협약도 맺었다`: still the school.
                    let (theme, at) = &self.theme;
                    if also_object
                        && !carried.is_empty()
                        && *at < self.topic_at
                        && at + 3 >= self.index
                    {
                        carried = theme
                            .iter()
                            .copied()
                            .filter(|e| slot.takes(self.kind(*e)))
                            .collect();
                    }
                    // With whom, but not who: whom the article is about.
                    if carried.is_empty()
                        && !parties.is_empty()
                        && !self.sentence.tokens[noun].quoted
                    {
                        add(&mut parties, self.lead.iter().copied());
                    } else {
                        add(&mut parties, carried);
                    }
                }
                Actor::Other => {}
            }
        }
        let mut unique = Vec::new();
        add(&mut unique, parties);
        let about = self.about(start, noun.max(verb));
        let at = tokens[noun.min(verb)].start;
        let past = self.here.iter().any(|h| {
            h.end <= at.max(tokens[verb].start)
                && h.start >= tokens.get(start).map_or(0, |t| t.start)
                && match (h.cue, h.date) {
                    (Some(Cue::Earlier), _) => true,
                    (_, Some(DateWord::Year(n) | DateWord::Month(n))) => n < 0,
                    _ => false,
                }
        });
        let earlier =
            past && (relative && !signings.is_empty() || signings.iter().any(|s| !s.headline));
        let earlier = earlier || self.is_other(&unique, start, at, signings);
        let date = self.day_before(at).or_else(|| self.day_told(earlier));
        // `오는 12일 협약을 체결한다`
        let status = match (date, self.article.published) {
            (Some(day), Some(published)) if day > published => Status::Planned,
            _ => status,
        };
        let each = self.each_alone(&unique, start, noun, slot);
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
            past,
            headline: self.sentence.is_headline(),
            besides: self.has(Cue::Besides),
        };
        if let Some(last) = self.joins_in(&signing, signings) {
            last.told.extend(&signing.told);
            add(&mut last.parties, signing.parties);
            return;
        }
        // `A에 이어 B도 S와 맺었다`: A did so before.
        if let Some((group, names)) = before {
            let later = self.names(group, slot, true);
            let mut own = signing.clone();
            own.parties.retain(|p| !later.contains(p));
            add(&mut own.parties, names);
            (own.earlier, own.date) = (true, None);
            own.told = self.told(&own.parties);
            signings.push(own);
        }
        for with in &each {
            let mut own = signing.clone();
            own.parties.retain(|p| p == with || !each.contains(p));
            merge(own, signings);
        }
        if each.is_empty() {
            merge(signing, signings);
        }
    }

    /// Whether the word at `token` is for several named before with whom somebody signs: `이들 세 기업과`, `두 학교, A와`.
    fn signs_with(&self, token: usize) -> bool {
        let tokens = &self.sentence.tokens;
        let with = |role| matches!(role, Some(Role::With));
        let listed = || {
            let next = tokens.get(token + 1).filter(|t| t.gap == Gap::Comma);
            let group = next.and_then(|t| t.group).map(|g| &self.sentence.groups[g]);
            tokens[token].role.is_none()
                && group.is_some_and(|g| with(g.role) && g.attach != Attach::Modifier)
        };
        tokens[token].mention.is_none()
            && (with(tokens[token].role) || listed())
            && self.both_at(token).is_some()
    }

    /// The signing just told of that others join: `A고와 B고도 서명에 동참했다`.
    fn joins_in<'s>(&self, new: &Signing, signings: &'s mut [Signing]) -> Option<&'s mut Signing> {
        let groups = || self.sentence.groups.iter().enumerate();
        let also = new.parties.iter().all(|p| {
            groups().any(|(i, g)| {
                g.role == Some(Role::Also)
                    && self
                        .sentence
                        .members(i)
                        .iter()
                        .any(|t| self.entity(*t) == Some(*p))
            })
        });
        // `협약서에`: the one of which the sentence before told.
        let paper = self
            .here
            .iter()
            .filter(|h| h.cue == Some(Cue::Agreement))
            .any(|h| {
                self.rules
                    .has_tail(&self.article.text[h.start..h.end], Mark::From)
            });
        let paper = paper || !self.has(Cue::Agreement);
        let joins = also && paper || self.tells_of_a_sort();
        let plain = joins && !new.earlier && !new.headline;
        let last = signings.last_mut().filter(|_| plain)?;
        (!last.headline && last.sentence < self.index && last.sentence + 2 >= self.index)
            .then_some(last)
    }

    /// Whether the clause from `start` tells of another signing than the last one: `지난 9월 C와도 … 맺은 바 있다`.
    fn is_other(&self, parties: &[usize], start: usize, end: usize, signings: &[Signing]) -> bool {
        let Some(last) = signings.iter().rfind(|s| !s.headline && !s.earlier) else {
            return false;
        };
        let new = |p: &usize| !last.parties.contains(p);
        if last.parties.len() < 2 || parties.len() < 2 || !parties.iter().any(new) {
            return false;
        }
        let text = &self.article.text;
        let tokens = &self.sentence.tokens;
        let from = tokens.get(start).map_or(end, |t| t.start);
        let also = tokens.iter().filter(|t| t.start >= from && t.end <= end);
        let also = also
            .filter(|t| t.mention.is_some())
            .any(|t| self.rules.has_tail(&text[t.start..t.end], Mark::WithAlso));
        also || self.months_ago(from, end)
            || (0..self.sentence.groups.len()).any(|g| self.is_beside(g))
    }

    /// Whether the names are those beside whom others did it: `A 외에도 B, C와 협약을 맺었다`.
    fn is_beside(&self, group: usize) -> bool {
        let g = &self.sentence.groups[group];
        let text = &self.article.text;
        let next = self.sentence.tokens.get(g.last + 1);
        next.is_some_and(|t| self.rules.has_lead(&text[t.start..t.end], Mark::Beside))
            || self.rules.has_tail(self.text(g.last), Mark::Beside)
    }

    /// Whether a month or a year before the article's is named between `from` and `end`, and no day.
    fn months_ago(&self, from: usize, end: usize) -> bool {
        let text = &self.article.text;
        let month = |at: usize| {
            let rest = text[at..end.max(at)].trim_start();
            let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
            digits > 0 && matches!(self.rules.date_unit(&rest[digits..]), Some(('m', _)))
        };
        let year = |t: &Token| {
            let word = &text[t.start..t.end];
            let number = word.get(..4).and_then(|n| n.parse::<i16>().ok());
            let unit = word.get(4..).and_then(|rest| self.rules.date_unit(rest));
            matches!(unit, Some(('y', _)))
                && number.is_some_and(|n| self.article.published.is_some_and(|p| n < p.year()))
        };
        let within = |at: usize| at >= from && at < end;
        self.days.iter().all(|d| !within(d.end))
            && (self
                .here
                .iter()
                .any(|h| within(h.start) && h.date == Some(DateWord::Past) && month(h.end))
                || self
                    .sentence
                    .tokens
                    .iter()
                    .any(|t| within(t.start) && year(t)))
    }

    /// Those with whom somebody signs one by one: `A는 B, C와 각각 협약을 맺었다`.
    fn each_alone(&self, parties: &[usize], start: usize, noun: usize, slot: Slot) -> Vec<usize> {
        let apart = |t: &usize| {
            self.sentence.tokens[*t].mention.is_none()
                && self.rules.has_tail(self.text(*t), Mark::Apart)
        };
        let Some(word) = (start..noun).rev().find(apart) else {
            return Vec::new();
        };
        let with = self.sentence.groups.iter().enumerate().filter(|(_, g)| {
            g.role == Some(Role::With) && g.attach != Attach::Modifier && g.head < word
        });
        let mut names = Vec::new();
        for (i, g) in with {
            // `A와 B는 각각`: who signs, not with whom.
            if g.head >= start {
                self.add_names(&mut names, i, slot, true);
            }
        }
        names.retain(|n| parties.contains(n));
        if names.len() > 1 && names.len() + 1 == parties.len() {
            names
        } else {
            Vec::new()
        }
    }

    /// Whether the group is a place that says where a school named by its programme is: `태백 마이스터고 학생`.
    fn before_programme(&self, group: usize) -> bool {
        let g = &self.sentence.groups[group];
        let kind = |t: usize| self.entity(t).map(|e| self.kind(e));
        g.first == g.last
            && kind(g.first) == Some(TypeId::CITY)
            && self
                .sentence
                .tokens
                .get(g.last + 1)
                .is_some_and(|t| t.gap == Gap::Space && kind(g.last + 1) == Some(TypeId::PROGRAM))
    }

    /// Whether the group begins the sentence, without a particle.
    fn heads_sentence(&self, group: usize) -> bool {
        let g = &self.sentence.groups[group];
        g.first == 0 && g.attach != Attach::Modifier
    }

    /// Where these are said to be parties, if somebody listens.
    pub(super) fn told(&self, parties: &[usize]) -> Vec<(usize, usize)> {
        if !W::LISTENS {
            return Vec::new();
        }
        parties.iter().map(|&party| (party, self.index)).collect()
    }
}

pub(super) fn status_of(ending: Option<Ending>) -> Option<Status> {
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
        // `지난해 A와 협약을 맺었고 올해는 B와 맺었다`
        let apart = |a: &Signing, b: &Signing| a.parties.iter().any(|p| !b.parties.contains(p));
        if old.sentence == new.sentence && !new.headline && apart(old, &new) && apart(&new, old) {
            return false;
        }
        // One that is to come, with somebody else.
        if old.status == Status::Done
            && new.status == Status::Planned
            && !old.headline
            && !new.parties.is_empty()
            && new.parties.iter().any(|p| !old.parties.contains(p))
        {
            return false;
        }
        // `지난해 A와 협약을 맺었다. 이번에는 B와 맺었다`: told in either order.
        let told_first = old.past && !new.past && !old.headline && old.sentence < new.sentence;
        if (old.earlier || told_first)
            && old.parties.len() > 1
            && apart(old, &new)
            && apart(&new, old)
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
