//! What a predicate is said of: complements, heads of relative clauses, what words point back to.

use super::frame::Reader;
use super::predicate::Predicate;
use super::sentence::{Attach, Gap, Group, Token};
use super::trace::Event;
use crate::dictionary::{Cue, Ending, Mark, Meaning, Role, Rule, Scope, Slot, TypeId};
use crate::watch::Watch;

/// What a relative clause describes.
#[derive(Debug, Clone, Copy)]
pub(super) enum Described {
    Names(usize),
    Word(usize),
    Nothing,
}

impl<W: Watch<Event>> Reader<'_, W> {
    /// The names left of `cue` that fit, in the clause or as far as `scope` allows.
    pub(super) fn complement(&self, cue: usize, slot: Slot, scope: Scope) -> Option<usize> {
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
            // `달서구 송현동 언덕에 자리한`
            let near = 2 + usize::from(slot.takes(TypeId::CITY) && !slot.takes(TypeId::SCHOOL));
            if scope == Scope::Beside && steps > near {
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
                        .any(|t| t.role == Some(Role::Object) || self.is_sum(t))
                    && !self.gives_before(g.first)
                    && !self.describes_gift(cue)
                {
                    at = first;
                    continue;
                }
                // The cue itself is what the names describe: `마이스터고 도전`.
                let role = if g.head >= cue { None } else { g.role };
                // `도제학교마다 8000만 원씩`
                let each = role == Some(Role::Other)
                    && self.rules.has_tail(self.text(g.last), Mark::EachOne);
                let role = if each { Some(Role::Place) } else { role };
                // `기회발전특구에 이어 교육발전특구까지 따냈다`
                let role = match role {
                    Some(Role::Until) if self.is_program(group) => Some(Role::Object),
                    role => role,
                };
                // `가 고교 졸업생 40명 뽑는다`
                let students = self.sentence.is_headline()
                    && matches!(self.title(g.last), Some(Meaning::Student | Meaning::Member));
                // `P의 하나로 학교에`: not to the programme.
                let under = role == Some(Role::Genitive)
                    && tokens.get(g.head + 1).is_some_and(|t| t.mention.is_none())
                    && self.rules.has_tail(self.text(g.head + 1), Mark::Under);
                if under {
                    at = first;
                    continue;
                }
                let fits = match g.attach {
                    Attach::Modifier if g.head < cue || students => {
                        slot.has(role) && self.is_of_programme(g)
                            || slot.takes_modifier()
                                && (slot.has(role) || slot.has(Some(Role::Other)))
                                && !self.is_near(g)
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
                    // `학교에 실습실을 꾸며 기증했다`: one thing done.
                    let tight = at + 1 == cue
                        && token.ending == Some(Ending::And)
                        && tokens[cue].gap == Gap::Space
                        && !self.rules.has_tail(self.text(at), Mark::Joining)
                        && !self.rules.has_tail(self.text(at), Mark::Saying);
                    if tight {
                        continue;
                    }
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
                    // `교육청에 따르면 … 지역 기업에 취업했다`: whoever these are.
                    let unnamed = !embedded
                        && !closed
                        && matches!(token.role, Some(Role::Place | Role::To))
                        && slot.has(token.role)
                        && !slot.has(Some(Role::Object))
                        && !self.is_group_head(at)
                        && token.quoted == tokens[cue].quoted
                        && (self.rules.is_body(self.text(at))
                            || self.rules.has_tail(self.noun(at), Mark::Trade))
                        && !(self.has(Cue::Both) && self.both_at(at).is_some());
                    if unnamed {
                        // `A와 협력사에 입사했다`
                        let with = at
                            .checked_sub(1)
                            .and_then(|t| self.group_at(t))
                            .filter(|g| {
                                let g = &self.sentence.groups[*g];
                                g.role == Some(Role::With) && g.attach == Attach::Own
                            });
                        let with = with.filter(|g| !self.names(*g, slot, false).is_empty());
                        if with.is_some() || self.rules.is_body(self.text(at)) {
                            return with;
                        }
                    }
                    // `특성화고 3곳(A고·B고·C고)에`
                    if !embedded
                        && !closed
                        && token.role.is_some_and(|r| slot.has(Some(r)))
                        && let Some(group) = self.appositive(at)
                        && !self.names(group, slot, false).is_empty()
                    {
                        return Some(group);
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

    /// Whether the noun that a programme's name describes is a part of it, or what it makes of those chosen:
    /// `일학습병행 반을`, `특구 시범지역으로`.
    fn is_of_programme(&self, g: &Group) -> bool {
        let tokens = &self.sentence.tokens;
        let Some(between) = tokens.get(g.last + 1..g.head) else {
            return false;
        };
        let noun = self.noun(g.head);
        self.entity(g.last)
            .is_some_and(|e| self.kind(e) == TypeId::PROGRAM)
            && between.len() < 3
            && between.iter().all(|t| {
                t.mention.is_none() && t.role.is_none() && t.ending.is_none() && !t.gap.separates()
            })
            && (self.rules.has_tail(noun, Mark::Chosen)
                || self.rules.has_tail(noun, Mark::Course)
                    && (between.is_empty()
                        || !self.rules.has_tail(self.named(g.last), Mark::Chosen)))
    }

    /// The names in brackets behind a word that only says how many or what they are: `특성화고 3곳(A고·B고·C고)이`.
    pub(super) fn appositive(&self, token: usize) -> Option<usize> {
        let tokens = &self.sentence.tokens;
        let word = &tokens[token];
        let next = tokens.get(token + 1)?;
        let counted = self.rules.counts(self.noun(token)) || self.rules.is_body(self.noun(token));
        let all = counted && word.mention.is_none() && !word.aside && next.aside;
        let mut inside = tokens[token + 1..].iter().take_while(|t| t.aside);
        let plain = inside.all(|t| t.mention.is_some() || t.listing);
        let group = next.group.filter(|_| all && plain)?;
        (self.sentence.groups[group].first == token + 1).then_some(group)
    }

    /// Whether the noun that a name describes is only beside what it names: `학교 앞 도로에`.
    fn is_near(&self, g: &Group) -> bool {
        (g.last + 1..=g.head).any(|t| {
            self.sentence.tokens[t].mention.is_none()
                && self.rules.has_tail(self.noun(t), Mark::Near)
        })
    }

    /// The noun that the predicate ending at `last` describes: names, or a word.
    ///
    /// A common noun before a list in apposition (`학습기업 ▲A가`) gives way to the list.
    pub(super) fn described(&self, last: usize) -> Described {
        let tokens = &self.sentence.tokens;
        let mut word = None;
        for (at, token) in tokens.iter().enumerate().skip(last + 1).take(7) {
            if token.aside || token.modifier || word.is_none() && self.is_when(at) {
                continue;
            }
            // `도교육청이 운영하는 전남 직업교육 혁신지구`: where the programme is.
            let kind = |t: usize| self.entity(t).map(|e| self.kind(e));
            let goes_on = |t: &Token| t.gap == Gap::Space && t.role.is_none() && t.ending.is_none();
            // `… 참여하는 충북 남부권 늘봄학교는`
            let ahead = || {
                let bare = tokens[at + 1..].iter().take(2);
                let bare = bare.take_while(|t| goes_on(t) && t.mention.is_none());
                let name = at + 1 + bare.count();
                tokens.get(name).is_some_and(|t| t.gap == Gap::Space)
                    && kind(name) == Some(TypeId::PROGRAM)
            };
            if kind(at) == Some(TypeId::CITY) && token.role.is_none() && ahead() {
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
            // `훈련비를 지원하는 과정이라 등록금 부담이 없다`
            let says = token.role == Some(Role::Copula)
                && self.rules.has_tail(self.noun(at), Mark::Course);
            if says
                || token
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
        // `가장 많이 뽑은 곳은 A로, …`
        let tokens = &self.sentence.tokens;
        let mut groups = self
            .sentence
            .groups
            .iter()
            .enumerate()
            .skip_while(|(_, g)| g.first <= after);
        // `경남 사천의 A로`
        let place = |g: &Group| {
            matches!(g.role, None | Some(Role::Genitive))
                && self
                    .entity(g.last)
                    .is_some_and(|e| self.kind(e) == TypeId::CITY)
        };
        if let Some((own, g)) = groups.find(|(_, g)| !place(g)) {
            let plain = tokens[after + 1..g.first]
                .iter()
                .all(|t| t.mention.is_some() || t.role.is_none() && t.ending.is_none());
            let next = tokens[g.head + 1..].iter().find(|t| !t.aside);
            let comma = next.is_some_and(|t| t.gap == Gap::Comma);
            // `… 곳은 A이고 B가 뒤를 이었다`
            let joins = g.role == Some(Role::Copula)
                && own < last
                && self
                    .rules
                    .has_tail(self.text(g.head.max(g.last)), Mark::Joining);
            if plain && (g.role == Some(Role::As) && comma || joins) {
                return Some(own);
            }
        }
        let tokens = &self.sentence.tokens;
        let behind = g.head.max(g.last) + 1;
        let rest = tokens[behind..].iter().filter(|t| !t.aside).count();
        let open = g.role.is_none() || g.role == Some(Role::Copula);
        // `… 학교는 A, B 등 세 곳으로 알려졌다`, `A까지 모두 21곳으로 늘었다`
        let count = |t: usize| self.count_at(t).is_some();
        let counted = match g.role {
            Some(Role::As) => g.head > g.last && count(g.head) && rest == 1,
            Some(Role::Until) => rest <= 4 && (behind..tokens.len()).any(count),
            _ => false,
        };
        (open && rest <= 2 || counted).then_some(last)
    }

    /// The lists between token `after` and the last one, `group`, that only places part: `선정된 대학은 수도권에서 A, B,
    /// 영남권에서 C다`.
    pub(super) fn lists_before(&self, group: usize, after: usize) -> Vec<usize> {
        let tokens = &self.sentence.tokens;
        let mut next = self.sentence.groups[group].first;
        let mut lists = Vec::new();
        for at in (0..group).rev() {
            let g = &self.sentence.groups[at];
            if g.first <= after {
                break;
            }
            if tokens[g.first].aside || g.last >= next {
                continue;
            }
            // `수도권에서 A, 충청·강원권에서 B다`: where the next ones are.
            let place = g.role == Some(Role::Place)
                && self
                    .entity(g.last)
                    .is_some_and(|e| self.kind(e) == TypeId::CITY);
            if place {
                continue;
            }
            let between = tokens[g.last + 1..next].iter().filter(|t| !t.aside);
            let only_where = between.clone().count() <= 3
                && between.clone().next().is_some_and(|t| t.gap == Gap::Comma)
                && between
                    .clone()
                    .next_back()
                    .is_some_and(|t| t.role == Some(Role::Place))
                && between.clone().all(|t| t.ending.is_none());
            if tokens[g.last].role.is_some() || g.attach == Attach::Modifier || !only_where {
                break;
            }
            next = g.first;
            lists.insert(0, at);
        }
        lists
    }

    /// The topic of the sentence, where it is of the right type.
    pub(super) fn topic_names(&self, before: usize, slot: Slot) -> Vec<usize> {
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

    /// Whether the word at `token` ends what points to a programme named before: `이 사업은`.
    pub(super) fn points_to_program(&self, token: usize) -> bool {
        let t = &self.sentence.tokens[token];
        self.here.iter().any(|h| {
            h.cue == Some(Cue::Programme) && h.end > t.start && h.end <= t.end && h.start < t.start
        })
    }

    /// The programme that the topic points back to: `이 사업은 교육부가 주관한다`.
    pub(super) fn topic_pointed(&self, before: usize, slot: Slot) -> Vec<usize> {
        let program = self.program.0.filter(|e| slot.takes(self.kind(*e)));
        let points = self.here.iter().any(|h| {
            h.cue == Some(Cue::Programme)
                && self.sentence.token_at(h.end - 1).is_some_and(|t| {
                    let token = &self.sentence.tokens[t];
                    t < before
                        && token.mention.is_none()
                        && token.role == Some(Role::Topic)
                        && token.quoted == self.sentence.tokens[before].quoted
                })
        });
        program.filter(|_| points).into_iter().collect()
    }

    /// The programme that a word such as `이 사업` points back to.
    pub(super) fn pointed(&self, p: &Predicate, rule: &Rule) -> Vec<usize> {
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
            // `육성사업을` is the end of another one's name.
            let whole_word = self
                .sentence
                .token_at(h.start)
                .is_some_and(|t| self.sentence.tokens[t].start == h.start);
            h.cue == Some(Cue::Programme) && whole_word && h.start >= start && h.end <= end && {
                let last = self.sentence.token_at(h.end - 1).unwrap_or(p.first);
                let words = &self.sentence.tokens[last..=p.first.max(last)];
                let own = |t: &&super::sentence::Token| {
                    t.ending.is_none()
                        && (t.start < h.end
                            || t.start >= self.sentence.tokens[p.first].start
                            || self
                                .rules
                                .heads_programme(&self.article.text[t.start..t.end]))
                };
                let words = words.iter().take(3).take_while(own);
                let whole = words.clone().count()
                    == self.sentence.tokens[last..=p.first.max(last)].len().min(3);
                let case = words.clone().find_map(|t| t.role);
                let each = self
                    .rules
                    .has_tail(&self.article.text[h.start..h.end], Mark::Per);
                (case.is_some() || whole) && case.is_none_or(|r| rule.object.has(Some(r)))
                    // `특구마다 30억 원을`
                    || each && rule.object.has(Some(Role::Place))
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
}
