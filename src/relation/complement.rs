//! What a predicate is said of: complements, heads of relative clauses, what words point back to.

use super::frame::{NEAR_MAIN, Reader};
use super::predicate::Predicate;
use super::sentence::{Attach, Gap, Group, Token};
use super::trace::Event;
use super::{SELECTED_FOR, SUPPORTS};
use crate::article::Zone;
use crate::dictionary::{Cue, Ending, Mark, Meaning, Role, Rule, Scope, Slot, TypeId};
use crate::mention::Mention;
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
                // `가 고교 졸업생 40명 뽑는다`
                let students = self.sentence.is_headline()
                    && matches!(self.title(g.last), Some(Meaning::Student | Meaning::Member));
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
                        && self.rules.is_body(self.text(at))
                        && !(self.has(Cue::Both) && self.both_at(at).is_some());
                    if unnamed {
                        return None;
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

    /// What the sentence says at its head that all of it goes into: `P에는 A가 참여하고 B가 3억 원을 댄다`.
    pub(super) fn scene(&self, p: &Predicate, rule: &Rule) -> Vec<usize> {
        let tokens = &self.sentence.tokens;
        let own = (0..p.first)
            .rev()
            .take_while(|t| !matches!(tokens[*t].ending, Some(Ending::Final | Ending::And)))
            .any(|t| self.receives(t));
        if own || p.is_relative() {
            return Vec::new();
        }
        let first = (0..p.first).find(|t| tokens[*t].role.is_some() || tokens[*t].ending.is_some());
        let Some(first) = first.filter(|t| {
            tokens[*t].role == Some(Role::Place)
                && tokens[*t].quoted == tokens[p.first].quoted
                && self.rules.has_tail(self.text(*t), Mark::Scene)
        }) else {
            return Vec::new();
        };
        let named = self.sentence.groups.iter().position(|g| {
            g.head == first && g.role == Some(Role::Place) && g.attach != Attach::Modifier
        });
        match named {
            Some(group) => self.names(group, rule.object, false),
            None if rule.object.takes(TypeId::PROGRAM) && self.points_to_program(first) => {
                self.program.0.into_iter().collect()
            }
            None => Vec::new(),
        }
    }

    /// Whether the headline names the school that was named last.
    fn is_headlined(&self) -> bool {
        let sentences = &self.article.sentences;
        let of_title = |m: &&Mention| sentences[m.sentence].zone == Zone::Title;
        let mut headline = self.mentions.mentions.iter().take_while(of_title);
        headline.any(|m| Some(m.entity) == self.school.0)
    }

    /// The name at `token` without its particle.
    fn named(&self, token: usize) -> &str {
        let mention = self.sentence.tokens[token].mention;
        mention.map_or("", |m| {
            &self.article.text[self.mentions.mentions[m].span.clone()]
        })
    }

    /// Whether the noun that a name describes is only beside what it names: `학교 앞 도로에`.
    fn is_near(&self, g: &Group) -> bool {
        (g.last + 1..=g.head).any(|t| {
            self.sentence.tokens[t].mention.is_none()
                && self.rules.has_tail(self.noun(t), Mark::Near)
        })
    }

    /// Whether what is given stands before the receiver at `token`: `6억 원을 이리공고에 지원한다`, `장비를`.
    pub(super) fn gives_before(&self, token: usize) -> bool {
        let ours = |t: usize| {
            let word = &self.sentence.tokens[t];
            word.mention.is_none() && self.rules.has_tail(self.text(t), Mark::Ours)
        };
        // `24억 원을 저희 학교에`
        // `2억 원을 이 학교에`
        let points = |t: usize| {
            let word = &self.sentence.tokens[t];
            word.mention.is_none()
                && word.ending.is_none()
                && word.role.is_none()
                && self.text(t).chars().count() < 3
        };
        let token = token - usize::from(token > 0 && (ours(token - 1) || points(token - 1)));
        // `경북지역 마이스터고에`
        let place = |t: &usize| {
            let bare = self.sentence.tokens[*t].role.is_none();
            bare && self
                .entity(*t)
                .is_some_and(|e| self.kind(e) == TypeId::CITY)
        };
        let token = token - (0..token).rev().take_while(place).count();
        let before = token
            .checked_sub(1)
            .map(|b| &self.sentence.tokens[b])
            .filter(|b| b.mention.is_none() && b.role == Some(Role::Object));
        before.is_some()
            && (self.token_has(token - 1, Cue::Project)
                || self.sentence.tokens[..token]
                    .iter()
                    .rev()
                    .take_while(|t| t.ending.is_none() && t.role.is_none_or(|r| r != Role::Topic))
                    .any(|t| self.is_sum(t)))
    }

    /// Whether what is given is what the verb at `token` describes: `학교에 지원한 예산은`.
    fn describes_gift(&self, token: usize) -> bool {
        let next = self.sentence.tokens.get(token + 1);
        matches!(
            self.sentence.tokens[token].ending,
            Some(Ending::Adnominal | Ending::Future)
        ) && next.is_some_and(|n| n.mention.is_none() && n.gap == Gap::Space)
            && self.is_gift(token + 1)
    }

    /// The school whose head answers in the article, where the sentence is said by somebody: `2008년에 지정됐습니다`.
    pub(super) fn host(&self) -> Option<usize> {
        let tokens = &self.sentence.tokens;
        let last = (0..tokens.len()).rev().find(|t| !tokens[*t].aside)?;
        let polite =
            tokens[last].mention.is_none() && self.rules.has_tail(self.text(last), Mark::Polite);
        let answers = self.first_school.filter(|_| self.answers);
        // Whose words are quoted must be said.
        let page = self.page_school.filter(|_| !tokens[last].quoted);
        answers.or(page).filter(|_| polite)
    }

    /// Whether whoever is quoted speaks for a school.
    pub(super) fn speaks_for_school(&self) -> bool {
        self.speaker.is_some_and(|e| self.kind(e) == TypeId::SCHOOL)
    }

    /// Who tells what the sentence says, named at its head: `4일 학교에 따르면`.
    fn told_by(&self, before: usize) -> Option<usize> {
        (1..before)
            .find(|t| self.rules.is_closer(self.text(*t)))
            .map(|t| t - 1)
            .filter(|t| *t < 3 && self.sentence.tokens[*t].role == Some(Role::Place))
            .and_then(|t| self.entity(t))
    }

    /// Whether the token is somebody to whom something is given, or may be: not `올해에`, `시청에서`, `학기에 맞춰`.
    pub(super) fn receives(&self, token: usize) -> bool {
        let t = &self.sentence.tokens[token];
        let next = token + 1;
        if self
            .sentence
            .tokens
            .get(next)
            .is_some_and(|n| n.mention.is_none())
            && self.rules.is_closer(self.text(next))
        {
            return false;
        }
        match t.role {
            Some(Role::To) => true,
            Some(Role::Place) => {
                !self.is_when(token)
                    && (t.mention.is_some()
                        || !self.rules.has_tail(self.text(token), Mark::From)
                            && !self.token_has(token, Cue::Project)
                            && !self.is_of_campus(token))
            }
            _ => false,
        }
    }

    /// Whether the word says when: `내년에`, `지난 3월에`.
    pub(super) fn is_when(&self, token: usize) -> bool {
        let t = &self.sentence.tokens[token];
        t.mention.is_none() && (self.is_sum(t) || self.says_when(token))
    }

    /// Whether the word is a date: `올해는`, `다음 달`.
    pub(super) fn says_when(&self, token: usize) -> bool {
        let t = &self.sentence.tokens[token];
        t.mention.is_none()
            && self
                .here
                .iter()
                .any(|h| h.date.is_some() && h.end > t.start && h.start < t.end)
    }

    /// Whether the word is a number, such as a sum: `10억 원씩`.
    pub(super) fn is_sum(&self, token: &Token) -> bool {
        token.mention.is_none() && self.article.text.as_bytes()[token.start].is_ascii_digit()
    }

    /// The programme or school for whose sake something is given: `혁신지구 운영을 위해 5억 원을 지원한다`.
    pub(super) fn benefits(&self, p: &Predicate, rule: &Rule) -> Vec<usize> {
        if !rule.object.has(Some(Role::To)) {
            return Vec::new();
        }
        let tokens = &self.sentence.tokens;
        for at in (1..p.first).rev() {
            if let Some(Ending::Final | Ending::And | Ending::Condition | Ending::Plan) =
                tokens[at].ending
            {
                break;
            }
            // `목포공고가 지정되도록`: whoever is to profit.
            let profits =
                tokens[at].ending == Some(Ending::Purpose) && !self.rules.is_closer(self.text(at));
            let wanted = if self.rules.bound(self.text(at)) == Some(Ending::Purpose) {
                Role::Object
            } else if profits {
                Role::Subject
            } else {
                continue;
            };
            for before in (0..at).rev() {
                if matches!(tokens[before].ending, Some(Ending::Final | Ending::And)) {
                    break;
                }
                let Some(group) = self.group_at(before) else {
                    continue;
                };
                let g = &self.sentence.groups[group];
                let names = self.names(group, rule.object, false);
                if !names.is_empty()
                    && (g.role == Some(wanted)
                        || wanted == Role::Object && g.role == Some(Role::Genitive))
                {
                    return names;
                }
                if matches!(g.role, Some(Role::Topic | Role::Subject)) {
                    break;
                }
            }
        }
        Vec::new()
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

    /// Those whom a number takes up: `세 학교에 2억 원씩 지원한다`.
    pub(super) fn counted_before(&self, p: &Predicate, rule: &Rule) -> Vec<usize> {
        let tokens = &self.sentence.tokens;
        if !self.has(Cue::Both) || rule.scope == Scope::Beside {
            return Vec::new();
        }
        for at in (0..p.first).rev() {
            let token = &tokens[at];
            if matches!(
                token.ending,
                Some(Ending::Final | Ending::And | Ending::Condition)
            ) {
                break;
            }
            // `세 학교에`, `세 학교 학생을`
            let student = token.role.is_none()
                && rule.object.takes_modifier()
                && at + 1 < p.first
                && self.token_has(at + 1, Cue::Student);
            let fits = token.mention.is_none()
                && (student || token.role.is_some_and(|r| rule.object.has(Some(r))))
                && !matches!(token.role, Some(Role::Topic | Role::Subject))
                && token.quoted == tokens[p.first].quoted;
            let gives = rule.scope != Scope::Apart
                || tokens[at + 1..p.first]
                    .iter()
                    .any(|t| t.role == Some(Role::Object) || self.is_sum(t));
            if fits && gives && self.both_at(at).is_some() {
                return self.several(at, rule.object);
            }
        }
        Vec::new()
    }

    /// Whether the verb at `token` tells of what is over: `냈다`.
    pub(super) fn is_past(&self, token: usize) -> bool {
        self.text(token).chars().any(crate::dictionary::is_past)
    }

    /// To whom, or of which school, where the clause before said so of somebody else: `시는 1억 원을 학교에 지원했고,
    /// 교육청은 2억 원을 투입했다`.
    pub(super) fn shared(&self, p: &Predicate, rule: &Rule) -> Vec<usize> {
        let tokens = &self.sentence.tokens;
        let people = rule.object.takes_modifier() && !rule.subject.takes(TypeId::CITY);
        let gives = *rule.relation == *SUPPORTS;
        if !(gives || people) || !rule.object.takes(TypeId::SCHOOL) || p.is_relative() {
            return Vec::new();
        }
        let ends = |t: &usize| {
            tokens[*t].ending == Some(Ending::And)
                && tokens[*t + 1].gap == Gap::Comma
                && *t + 1 < p.first
        };
        let Some(from) = (0..p.first).rev().find(ends) else {
            return Vec::new();
        };
        let own = &tokens[from + 1..p.first];
        // One clause of its own, which names whoever acts, says how much and to nobody.
        let acts = |t: &Token| matches!(t.role, Some(Role::Topic | Role::Subject | Role::Also));
        let named = own.iter().any(|t| t.mention.is_some() && acts(t));
        let counted = (from + 1..p.first).any(|t| {
            let token = &tokens[t];
            token.mention.is_none()
                && token.role == Some(Role::Object)
                && (self.is_sum(token) || self.is_amount(t))
        });
        let other = (from + 1..p.first).any(|t| {
            let school = self
                .entity(t)
                .is_some_and(|e| self.kind(e) == TypeId::SCHOOL && !acts(&tokens[t]));
            let goes = matches!(tokens[t].role, Some(Role::Place | Role::To)) && !self.is_when(t);
            school || goes || self.token_has(t, Cue::Student) || tokens[t].quoted
        });
        if !named || !counted || other || tokens[from].quoted {
            return Vec::new();
        }
        let mut same: Vec<usize> = Vec::new();
        for fact in self.facts.iter().rev() {
            if fact.sentence != self.index {
                break;
            }
            let alike = *self.rules.rules()[fact.rule].relation == *rule.relation;
            if alike && self.kind(fact.object) == TypeId::SCHOOL && !same.contains(&fact.object) {
                same.push(fact.object);
            }
        }
        if same.len() > 1 {
            same.clear();
        }
        same
    }

    /// Whether the object at `token` ends a sum: `12억 원을`.
    fn is_amount(&self, token: usize) -> bool {
        token > 0
            && self.is_sum(&self.sentence.tokens[token - 1])
            && self.sentence.tokens[token - 1].role.is_none()
    }

    /// What goes without saying: `올해는 A와 B가 선정됐다`, right after a sentence on the programme;
    /// `졸업생을 채용했다`, right after one on the school.
    pub(super) fn implied(&self, p: &Predicate, rule: &Rule) -> Vec<usize> {
        if rule.scope != Scope::Context || self.sentence.is_headline() {
            return Vec::new();
        }
        let near = |at: usize| at + 1 >= self.index;
        let shared = self.shared(p, rule);
        if !shared.is_empty() {
            return shared;
        }
        // What an agreement promises is no gift yet: `협약에 따라 … 장비를 빌려준다`.
        if *rule.relation == *SUPPORTS
            && self.signing_at.is_some_and(|at| at + 2 >= self.index)
            && !self.is_past(p.last)
        {
            return Vec::new();
        }
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
            // `방안도 준비한다`: something else.
            let else_is = rule.object.has(Some(Role::Object))
                && (0..p.first)
                    .rev()
                    .map(|t| &self.sentence.tokens[t])
                    .take_while(|t| !matches!(t.ending, Some(Ending::Final | Ending::And)))
                    .any(|t| {
                        t.mention.is_none()
                            && matches!(t.role, Some(Role::Object | Role::Also))
                            && !self.is_sum(t)
                            && !self
                                .sentence
                                .groups
                                .iter()
                                .any(|g| self.sentence.tokens[g.head].start == t.start)
                    });
            if !own && !else_is {
                return vec![fact.object];
            }
        }
        if rule.object.takes(TypeId::SCHOOL) {
            // `A사는 9명을 뽑았다`, right after a sentence with one school.
            let heads = |t: usize| {
                let noun = self.noun(t);
                let token = &self.sentence.tokens[t];
                token.mention.is_none()
                    && (self.is_sum(token) && self.rules.counts(noun)
                        || self.rules.has_tail(noun, Mark::Tally))
            };
            let only = || {
                let mut schools = self.mentions.mentions.iter().filter(|m| {
                    m.sentence == self.school.1 && self.kind(m.entity) == TypeId::SCHOOL
                });
                schools.all(|m| Some(m.entity) == self.school.0)
            };
            // `B사는 1억 원을 기탁했다`: to whom the sentence before was about.
            let given = rule.subject.takes(TypeId::CITY);
            let quoted = self.sentence.tokens[p.first].quoted;
            let voice = self.said_by(p.first).or(self.speaker);
            let voice = voice.filter(|e| quoted && self.kind(*e) == TypeId::SCHOOL);
            let only = || only() || voice.is_some();
            let receiver = (0..p.first)
                .rev()
                .take_while(|t| {
                    let ending = self.sentence.tokens[*t].ending;
                    !matches!(ending, Some(Ending::Final | Ending::And))
                })
                .any(|t| self.receives(t))
                || given && self.for_others(p.first);
            if self.of_other_schools(p.first) || !given && self.for_a_prize(p.first) {
                return Vec::new();
            }
            // `마이스터고 졸업생을`, `특성화고 학생을`: of no school in particular.
            let free = |t: usize| {
                t.checked_sub(1).is_none_or(|b| {
                    let before = &self.sentence.tokens[b];
                    // `해마다`, `매년`, `먼저`
                    // `전기과 학생`, `도제반 학생`: a part of it.
                    let adverb =
                        before.mention.is_none() && self.rules.has_tail(self.text(b), Mark::Aside);
                    adverb
                        || before.role.is_some()
                        || before.ending.is_some()
                        || self.is_sum(before)
                        || before.gap == super::sentence::Gap::Comma
                        || before.mention.is_none()
                            && self
                                .here
                                .iter()
                                .any(|h| h.date.is_some() && h.start == before.start)
                })
            };
            let told = (0..p.first).any(|t| self.token_has(t, Cue::Student) && free(t));
            // `학교에 따르면 A가 500만 원을 기탁했다`
            let teller = self
                .told_by(p.first)
                .filter(|e| given && self.kind(*e) == TypeId::SCHOOL);
            // Whom the sentence before was about, not merely one that it named.
            let page = self.school_still(p.first);
            let about = self.one.school
                || page.is_some()
                || teller.is_some()
                || self.sentence.tokens[p.first].quoted
                || self.school.0.is_some_and(|s| self.topic.contains(&s));
            let student = given && about && (teller.is_some() || only()) && !receiver
                || !given && told && (only() || about)
                || p.attributive.is_some()
                || !given && (0..p.first).any(heads) && only();
            // `우리 졸업생 5명을`, where somebody answers for a school.
            let ours = !given
                && (1..p.first).any(|t| {
                    self.token_has(t, Cue::Student)
                        && self.sentence.tokens[t - 1].mention.is_none()
                        && self.rules.has_tail(self.text(t - 1), Mark::Ours)
                })
                && self.host().is_some();
            // The words of whoever speaks for a school.
            let school = if voice.is_some() {
                voice
            } else if teller.is_some() {
                teller
            } else if ours {
                self.host()
            } else {
                let for_long = if !given && self.is_headlined() {
                    NEAR_MAIN
                } else {
                    3
                };
                let still = self.one.school && self.school.1 + for_long >= self.index
                    || page.is_some() && (!given || self.for_a_school(p.first));
                self.school.0.filter(|_| near(self.school.1) || still)
            };
            return school.filter(|_| student || ours).into_iter().collect();
        }
        let (Some(program), at) = self.program else {
            return Vec::new();
        };
        // Taking part in a signing is told in the same words.
        let only = self.one.program && *rule.relation == *SELECTED_FOR;
        let main = (self.main_program == Some(program) || only) && at + 4 >= self.index;
        if !rule.object.takes(TypeId::PROGRAM)
            || !(near(at) || main)
            || self.signing_at.is_some_and(near) && !self.goes_on(p.first)
        {
            return Vec::new();
        }
        let tokens = &self.sentence.tokens;
        // `서산에 2억 원을 보탠다`
        let school = self.school.0.is_some() && self.school.1 >= at
            || (0..p.first)
                .filter_map(|t| self.entity(t))
                .any(|e| self.kind(e) == TypeId::SCHOOL);
        if *rule.relation == *SUPPORTS && (school || (0..p.first).any(|t| self.receives(t))) {
            return Vec::new();
        }
        let says = (0..p.first)
            .rev()
            .take_while(|t| !matches!(tokens[*t].ending, Some(Ending::Final | Ending::And)))
            .any(|t| {
                let city = |t: usize| self.entity(t).is_some_and(|e| self.kind(e) == TypeId::CITY);
                // `전북에서는 A와 B가 이름을 올렸다`: where, not for what; whatever 경기 is.
                let place = city(t)
                    || self.is_when(t)
                    // `기초지자체로는 A, B가 포함됐다`
                    || tokens[t].mention.is_none() && self.rules.has_tail(self.text(t), Mark::Among)
                    // `통합을 전제로 선정됐다`
                    || t + 1 < p.first
                        && tokens[t].mention.is_none()
                        && self.rules.has_tail(self.text(t + 1), Mark::Among)
                    || t + 1 < p.first
                        && self.rules.has_tail(self.text(t), Mark::There)
                        && tokens[t].mention.is_none()
                        && tokens[t + 1].mention.is_some()
                    || t + 1 < p.first
                        && self.rules.has_tail(self.text(t), Mark::There)
                        // `기업에서는 A와 B가`
                        && (city(t + 1) || tokens[t].mention.is_none() && self.rules.is_body(self.text(t)));
                !place
                    && tokens[t].role.is_some_and(|r| {
                        matches!(r, Role::Place | Role::Object | Role::As | Role::To)
                            && rule.object.has(Some(r))
                            // `방안도 준비한다`
                            || r == Role::Also
                                && rule.object.has(Some(Role::Object))
                                && tokens[t].mention.is_none()
                    })
            });
        if says { Vec::new() } else { vec![program] }
    }
}
