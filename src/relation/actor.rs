//! Who does what a predicate says.

use super::frame::Reader;
use super::sentence::{Attach, Gap};
use super::trace::Event;
use crate::article::Zone;
use crate::dictionary::{Cue, Ending, Mark, Role, Slot, TypeId, is_hangul};
use crate::watch::Watch;

/// Who acts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Actor {
    Names(Vec<usize>),
    /// Somebody who is no entity.
    Other,
    Nobody,
}

impl<W: Watch<Event>> Reader<'_, W> {
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
        // `교육청은 A고가 … 선정됐다고 밝혔다`: whom the sentence is about is the one who says so.
        let reported = (cue..tokens.len().saturating_sub(1)).any(|t| {
            tokens[t].ending == Some(Ending::Final)
                && tokens[t].quoted == quoted
                && self.rules.has_tail(self.text(t), Mark::Saying)
        });
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
                    Some(Role::Topic) if reported && !relative && !outside && own.is_some() => {
                        own.map(|own| Actor::Names(self.names(own, slot, true)))
                    }
                    // `교육청은 A고가 B와 연합체를 이뤄 다음 달 여는 공모에 신청한다고 밝혔다`
                    Some(Role::Topic)
                        if reported
                            && !relative
                            && !outside
                            && consumed.is_some_and(|g| self.bonds(g, cue, slot)) =>
                    {
                        consumed.map(|g| Actor::Names(self.names(g, slot, true)))
                    }
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
                    // `A도 참여하는 P`, `A까지 참여한 P`
                    Some(Role::Also | Role::Until) if !outside && !embedded && !crossed => {
                        let mut names = self.names_shared(group, slot, true);
                        // `익산까지 넓혔다`: as far as there.
                        let so_far = role == Some(Role::Until);
                        names.retain(|n| !so_far || self.kind(*n) != TypeId::CITY);
                        (!names.is_empty()).then_some(Actor::Names(names))
                    }
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
                            let mut names = self.names_shared(group, slot, true);
                            // `일반대에서는 A가, 전문대에서는 B가 이끄는 연합이 선정됐다`
                            if let Some(last) = consumed.filter(|_| !relative) {
                                let all = self.names_shared(last, slot, true);
                                if names.iter().all(|n| all.contains(n)) {
                                    names = all;
                                }
                            }
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
                // `교육부가 주관하며, 선정된 대학은`: another clause.
                Some(Ending::And)
                    if relative && tokens.get(at + 1).is_some_and(|t| t.gap == Gap::Comma) =>
                {
                    return Actor::Nobody;
                }
                // `교육부가 주관하고 공단이 공모한 P에 선정됐다`: both describe it.
                Some(Ending::And)
                    if !relative
                        && !crossed
                        && consumed.is_some_and(|g| self.sentence.groups[g].first == at + 1) =>
                {
                    embedded = true;
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
                        if !outside
                            && !embedded
                            && self
                                .appositive(at)
                                .is_some_and(|g| !self.names(g, slot, true).is_empty()) =>
                    {
                        let group = self.appositive(at);
                        return Actor::Names(
                            group.map_or_else(Vec::new, |g| self.names(g, slot, true)),
                        );
                    }
                    Some(Role::Topic | Role::Subject)
                        if !outside && !self.is_group_head(at) && self.both_at(at).is_some() =>
                    {
                        let names = self.several(at, slot);
                        return if names.is_empty() {
                            own.map_or(Actor::Other, |own| {
                                Actor::Names(self.names(own, slot, true))
                            })
                        } else {
                            Actor::Names(names)
                        };
                    }
                    Some(Role::Topic | Role::Subject) if self.is_group_head(at) => {}
                    // `올해는 P에 신청한다`: when.
                    Some(Role::Topic) if self.says_when(at) => {}
                    // `저희는 P를 운영합니다`
                    Some(Role::Topic | Role::Subject | Role::Also)
                        if !relative
                            && !outside
                            && !embedded
                            && own.is_none()
                            && self.is_speaker(at) =>
                    {
                        if !quoted {
                            return self
                                .host()
                                .map_or(Actor::Other, |host| Actor::Names(vec![host]));
                        }
                        match self.said_by(cue).filter(|e| slot.takes(self.kind(*e))) {
                            Some(speaker) => return Actor::Names(vec![speaker]),
                            None => outside = true,
                        }
                    }
                    // `지역 고교도 합류한다`: others than those the sentence is about.
                    Some(Role::Also)
                        if !relative
                            && !outside
                            && !crossed
                            && !embedded
                            && !self.is_group_head(at)
                            && self.rules.is_body(self.text(at)) =>
                    {
                        return Actor::Other;
                    }
                    Some(Role::Topic | Role::Subject)
                        if !outside && own.is_none() && self.called(at, slot).is_some() =>
                    {
                        return Actor::Names(self.called(at, slot).unwrap_or_default());
                    }
                    Some(Role::Topic | Role::Subject)
                        if !outside && !crossed && self.proposed_by(at, slot).is_some() =>
                    {
                        return Actor::Names(self.proposed_by(at, slot).unwrap_or_default());
                    }
                    Some(Role::Topic | Role::Subject)
                        if !outside && !embedded && !crossed && self.beside(at, slot).is_some() =>
                    {
                        return Actor::Names(self.beside(at, slot).unwrap_or_default());
                    }
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
        if own.is_none() && consumed.is_none() && !other {
            let body = self.acting_at(cue, slot);
            if !body.is_empty() {
                return Actor::Names(body);
            }
        }
        // `A가 2명을 채용했고, B에서 8명을 뽑아 갔다`: B did.
        if own.is_some() && !relative && slot.takes(TypeId::COMPANY) && !slot.takes(TypeId::SCHOOL)
        {
            let body = self.counted_at(cue, slot);
            if !body.is_empty() {
                return Actor::Names(body);
            }
        }
        if own.is_none() && consumed.is_none() && !other && !relative {
            let only = self.only_named(cue, slot);
            if !only.is_empty() {
                return Actor::Names(only);
            }
        }
        // `영동군이 지난해 탈락한 특구에 도전한다`: the subject of both.
        let own = own.or(consumed.filter(|_| !relative && !other));
        match own.map(|own| self.names_shared(own, slot, true)) {
            Some(names) if !names.is_empty() => Actor::Names(names),
            None if other => Actor::Other,
            _ => Actor::Nobody,
        }
    }

    /// Whether whoever the group names forms a bond before the cue, and so acts there as well: `A고가 B와 연합체를 이뤄`.
    fn bonds(&self, group: usize, cue: usize, slot: Slot) -> bool {
        let from = self.sentence.groups[group].head + 1;
        let tokens = &self.sentence.tokens;
        let bond = |t: usize| {
            tokens[t].ending == Some(Ending::And)
                && self.cue_in(Cue::Joined, tokens[t - 1].start, tokens[t].end)
        };
        (from.max(1)..cue).any(bond) && !self.names(group, slot, true).is_empty()
    }

    /// Those of whom alone it is said: `A만 P에 선정됐다`.
    fn only_named(&self, cue: usize, slot: Slot) -> Vec<usize> {
        let tokens = &self.sentence.tokens;
        let open = |t: &usize| !matches!(tokens[*t].ending, Some(Ending::Final | Ending::And));
        let group = (0..cue).rev().take_while(open).find_map(|t| {
            let group = self.group_at(t)?;
            let alone = self.sentence.groups[group].role == Some(Role::Only)
                && self.sentence.groups[group].attach == Attach::Own
                && self.rules.has_tail(self.text(t), Mark::Alone);
            alone.then_some(group)
        });
        group.map_or_else(Vec::new, |g| self.names(g, slot, true))
    }

    /// Those whom the sentence introduces by their name: `A라고 장비를 만드는 회사가`, `A라는 회사가`.
    fn called(&self, token: usize, slot: Slot) -> Option<Vec<usize>> {
        let tokens = &self.sentence.tokens;
        if !self.rules.is_body(self.text(token)) {
            return None;
        }
        for at in (token.saturating_sub(8)..token).rev() {
            if let Some(group) = self.group_at(at) {
                let copula = self.sentence.groups[group].role == Some(Role::Copula);
                let names = self.names(group, slot, true);
                return (copula && !names.is_empty()).then_some(names);
            }
            let ends = tokens[at].ending.is_some_and(|e| e != Ending::Adnominal);
            if ends || matches!(tokens[at].role, Some(Role::Topic | Role::Subject)) {
                return None;
            }
        }
        None
    }

    /// Whose proposal the word at `token` is, or who formed what it names: `A와 B가 함께 낸 연합 모델이`, `A 컨소시엄이`.
    fn proposed_by(&self, token: usize, slot: Slot) -> Option<Vec<usize>> {
        let tokens = &self.sentence.tokens;
        if !self.rules.has_tail(self.noun(token), Mark::Proposal) {
            return None;
        }
        let mut formed = false;
        for at in (0..token).rev() {
            if let Some(group) = self.group_at(at) {
                let g = &self.sentence.groups[group];
                let owns = match g.role {
                    Some(Role::Subject) => formed,
                    Some(Role::Genitive) => !formed,
                    None => !formed && g.head == token,
                    _ => false,
                };
                let names = self.names(group, slot, true);
                if owns && !names.is_empty() {
                    return Some(names);
                }
                if matches!(g.role, Some(Role::Topic | Role::Subject)) {
                    return None;
                }
                continue;
            }
            let word = &tokens[at];
            match word.ending {
                Some(Ending::Adnominal) => formed = true,
                Some(Ending::Final | Ending::Condition) => return None,
                _ if matches!(word.role, Some(Role::Topic | Role::Subject)) => return None,
                _ => {}
            }
        }
        None
    }

    /// The body at which it is done, where nobody else does it: `한국산업인력공단에서 운영하는 P`.
    fn acting_at(&self, cue: usize, slot: Slot) -> Vec<usize> {
        let tokens = &self.sentence.tokens;
        if !slot.is_grammatical_subject() {
            return Vec::new();
        }
        for at in (cue.saturating_sub(4)..cue).rev() {
            if let Some(group) = self.group_at(at) {
                let g = &self.sentence.groups[group];
                let here = g.role == Some(Role::Place)
                    && g.attach == Attach::Own
                    && tokens[at].quoted == tokens[cue].quoted
                    && self.rules.has_tail(self.text(at), Mark::From);
                let mut names = self.names_shared(group, slot, true);
                // `군에서 3억 원을 내줬다`
                let gives = slot.takes(TypeId::CITY)
                    && !slot.takes(TypeId::SCHOOL)
                    && tokens[at]
                        .mention
                        .is_some_and(|m| self.mentions.mentions[m].reference);
                names.retain(|n| gives || self.kind(*n) != TypeId::CITY);
                return if here { names } else { Vec::new() };
            }
            if tokens[at].ending.is_some() || tokens[at].mention.is_some() {
                break;
            }
        }
        Vec::new()
    }

    /// The schools in brackets behind the name of a programme that only says of what sort they are: `마이스터고(A고, B고)를
    /// 지원한다`.
    fn sort_in_brackets(&self, group: usize, slot: Slot) -> Vec<usize> {
        let g = &self.sentence.groups[group];
        if !(slot.takes(TypeId::SCHOOL) && slot.takes(TypeId::PROGRAM) && self.is_program(group)) {
            return Vec::new();
        }
        let behind = g.last + 1..self.sentence.tokens.len();
        let inside = behind.take_while(|t| self.sentence.tokens[*t].aside);
        let names = inside.filter_map(|t| self.entity(t));
        names.filter(|e| self.kind(*e) == TypeId::SCHOOL).collect()
    }

    /// The body at which so many are taken in, in a clause of its own: `B에서 8명을 뽑아 갔다`.
    fn counted_at(&self, cue: usize, slot: Slot) -> Vec<usize> {
        let tokens = &self.sentence.tokens;
        let Some(people) = cue.checked_sub(1).filter(|t| {
            tokens[*t].role == Some(Role::Object)
                && self.is_sum(&tokens[*t])
                && self.rules.counts(self.noun(*t))
        }) else {
            return Vec::new();
        };
        match people.checked_sub(1).and_then(|t| self.group_at(t)) {
            Some(_) => self.acting_at(cue, slot),
            None => Vec::new(),
        }
    }

    /// The names of a group, and of those before it that share its verb: `A에 5명, B에 3명이 취업했다`.
    pub(super) fn names_shared(&self, group: usize, slot: Slot, acting: bool) -> Vec<usize> {
        let tokens = &self.sentence.tokens;
        let sort = self.sort_in_brackets(group, slot);
        if !sort.is_empty() {
            return sort;
        }
        let mut names = self.names(group, slot, acting);
        let mut group = group;
        while group > 0 && !names.is_empty() {
            let g = &self.sentence.groups[group];
            // `전북에서는 A·B가, 충남에서는 C가`
            let place = &self.sentence.groups[group - 1];
            let where_at = group > 1
                && place.role == Some(Role::Place)
                && place.head + 1 == g.first
                && tokens[place.first].gap == Gap::Comma
                && self.sentence.members(group - 1).iter().all(|t| {
                    self.entity(*t)
                        .is_some_and(|e| self.kind(e) == TypeId::CITY)
                });
            let previous = group - 1 - usize::from(where_at);
            let before = &self.sentence.groups[previous];
            let between = &tokens[(before.head + 1).min(g.first)..g.first];
            let apart = where_at
                || tokens[g.first].gap.separates()
                || between.iter().any(|t| t.gap.separates());
            // `전북에서 A와 B, 충남에서 C가`: the last one's particle is that of all.
            let bare = where_at && before.role.is_none();
            // `가 고교 출신 18명과 나 고교 출신 7명이`
            let heads = |g: &super::sentence::Group| {
                g.head > g.last && self.rules.counts(self.noun(g.head))
            };
            let counted = before.role == Some(Role::With)
                && before.head + 1 == g.first
                && heads(before)
                && heads(g);
            if counted {
                let of_these: Vec<usize> = self.sentence.members(previous).to_vec();
                for name in of_these.iter().filter_map(|t| self.entity(*t)) {
                    if slot.takes(self.kind(name)) && !names.contains(&name) {
                        names.push(name);
                    }
                }
                group = previous;
                continue;
            }
            let same = (before.role == g.role || bare)
                && g.role.is_some()
                && before.attach != Attach::Modifier
                && tokens[before.first].quoted == tokens[g.first].quoted;
            // `A가 2명, 정비회사인 B가 4명을`: what B is.
            let described = between.last().is_some_and(|t| {
                t.ending == Some(Ending::Adnominal)
                    && self
                        .rules
                        .particle(&self.article.text[t.start..t.end])
                        .is_some_and(|(_, role)| role == Role::Copula)
            });
            let open = &between[..between.len() - usize::from(described)];
            if !same || !apart || open.iter().any(|t| t.ending.is_some()) {
                break;
            }
            for name in self.names(previous, slot, acting) {
                if !names.contains(&name) {
                    names.push(name);
                }
            }
            group = previous;
        }
        names
    }

    /// Whether a group without a particle stands like the topic of a headline: `포항시, …`.
    pub(super) fn heads_line(&self, group: usize) -> bool {
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

    /// Those whom `와` joins to somebody who is no entity: `A와 지역 기업이`.
    fn beside(&self, token: usize, slot: Slot) -> Option<Vec<usize>> {
        let tokens = &self.sentence.tokens;
        for at in (token.saturating_sub(4)..token).rev() {
            if let Some(group) = self.group_at(at) {
                let g = &self.sentence.groups[group];
                let joined = g.role == Some(Role::With) && g.attach == Attach::Own;
                let names = self.names(group, slot, true);
                return (joined && !names.is_empty()).then_some(names);
            }
            let word = &tokens[at];
            if word.mention.is_some()
                || word.ending.is_some_and(|e| e != Ending::Adnominal)
                || word.role.is_some()
                || self.rules.is_closer(self.text(at))
                || self.token_has(at, Cue::Joined)
            {
                return None;
            }
        }
        None
    }

    /// The word for several named before that ends at `token`: `두 기관은`, `5개 대학은`.
    pub(super) fn both_at(&self, token: usize) -> Option<(Slot, Option<usize>)> {
        let tokens = &self.sentence.tokens;
        let from = token
            .checked_sub(1)
            .filter(|t| tokens[*t].mention.is_none() && tokens[*t].role.is_none())
            .unwrap_or(token);
        let (start, end) = (tokens[from].start, tokens[token].end);
        let hit = self.here.iter().find(|h| {
            // `아이들이` is not `이들이`, `12곳이` not `2곳이`.
            let begins = self.article.text[h.start..].starts_with(|c: char| c.is_ascii_digit());
            let inside = self.article.text[..h.start]
                .ends_with(|c: char| is_hangul(c) || begins && c.is_ascii_digit());
            // `기업 네 곳은` are three words.
            let here = h.start >= start || h.end > tokens[token].start;
            h.both.is_some() && here && h.start < end && h.end <= end && !inside
        })?;
        let (slot, number) = self.rules.several(hit.both?);
        // `5개 대학`: the number stands before the word.
        let before = &self.article.text[tokens[from].start..hit.start.max(tokens[from].start)];
        Some((slot, number.or_else(|| before.parse().ok())))
    }

    /// The names that such a word stands for: the last ones of its type that stood together.
    pub(super) fn several(&self, token: usize, slot: Slot) -> Vec<usize> {
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
            .or_else(|| self.last_topics(of, number?))
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

    /// So many of a type, each of whom one of the sentences right before was about: `A는 … . B는 … . 두 회사는 …`.
    fn last_topics(&self, of: Slot, number: usize) -> Option<Vec<usize>> {
        let mut names: Vec<usize> = Vec::new();
        let near = self.topics.iter().rev();
        for (topic, at) in near.take_while(|(_, at)| at + number + 1 >= self.index) {
            if of.takes(self.kind(*topic)) && !names.contains(topic) && *at < self.index {
                names.push(*topic);
            }
        }
        names.reverse();
        (number > 1 && names.len() == number).then_some(names)
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

    /// Who stands in brackets behind the word for a union of those whom one of `subjects` leads: `A대 컨소시엄(B대, C대)과 D대가`.
    fn consortium(&self, cue: usize, slot: Slot, subjects: &[usize]) -> Vec<usize> {
        let tokens = &self.sentence.tokens;
        let mut members = Vec::new();
        for at in 0..cue {
            let leads = self
                .entity(at)
                .filter(|e| subjects.contains(e) && !tokens[at].aside);
            let united = tokens
                .get(at + 1)
                .is_some_and(|t| t.listing && t.mention.is_none());
            let Some(leader) = leads.filter(|_| united) else {
                continue;
            };
            let inside = (at + 2..cue).take_while(|t| tokens[*t].aside);
            let names = inside.filter_map(|t| self.entity(t));
            members.extend(
                names.filter(|e| slot.takes(self.kind(*e)) && self.kind(*e) == self.kind(leader)),
            );
        }
        members
    }

    /// Adds those who do it together with the subject, or did it before.
    pub(super) fn join(&self, cue: usize, slot: Slot, subjects: &mut Vec<usize>) {
        let own = |g: &usize| {
            let group = &self.sentence.groups[*g];
            let mut names = self
                .sentence
                .members(*g)
                .iter()
                .filter_map(|t| self.entity(*t));
            group.last < cue && names.any(|e| subjects.contains(&e))
        };
        if let Some(last) = (1..self.sentence.groups.len()).rev().find(own) {
            let before = self.came_before(last, slot);
            super::agreement::add(subjects, before);
        }
        let members = self.consortium(cue, slot, subjects);
        super::agreement::add(subjects, members);
        for (i, g) in self.sentence.groups.iter().enumerate() {
            if g.last >= cue || g.role != Some(Role::With) || g.attach == Attach::Modifier {
                continue;
            }
            let after = g.head.max(g.last);
            let joined = (after + 1..(after + 3).min(self.sentence.tokens.len()))
                .find(|t| self.token_has(*t, Cue::Joined));
            // `B와 함께 한 해를 마무리하고 P에 도전한다`: the first only.
            let tokens = &self.sentence.tokens;
            let over = |from: usize| {
                let mut object = false;
                tokens[..cue].iter().skip(from + 1).any(|t| {
                    // `B와 연합체를 이뤄 공모에 나섰다`: together in all.
                    let bond = self.cue_in(Cue::Joined, t.start, t.end);
                    object |= t.mention.is_none() && t.role == Some(Role::Object) && !bond;
                    object
                        && t.ending == Some(Ending::And)
                        && self
                            .rules
                            .has_tail(&self.article.text[t.start..t.end], Mark::Joining)
                })
            };
            // `A와 연합체를 이룬 B는 뽑힌 반면, C는 떨어졌다`: not with C.
            let parted = |from: usize| {
                (from..cue).any(|t| {
                    matches!(tokens[t].ending, Some(Ending::And | Ending::Final))
                        && self
                            .sentence
                            .groups
                            .iter()
                            .any(|g| g.first > t && g.last < cue && g.role == Some(Role::Topic))
                })
            };
            // `A는 B와 함께 P에 선정됐으며, 사업을 함께 운영한다`: together again.
            let again = cue
                .checked_sub(1)
                .is_some_and(|t| self.token_has(t, Cue::Joined) && tokens[t].mention.is_none());
            let joined = joined.is_some_and(|t| (again || !over(t)) && !parted(t));
            if joined {
                for name in self.names(i, slot, true) {
                    if !subjects.contains(&name) {
                        subjects.push(name);
                    }
                }
            }
        }
    }
}
