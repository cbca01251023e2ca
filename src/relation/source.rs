//! Where the object of a rule comes from.

use super::actor::Actor;
use super::complement::Described;
use super::frame::{Fact, Reader};
use super::predicate::Predicate;
use super::sentence::{Attach, Gap, Group, Token};
use super::trace::Event;
use super::{APPLIES_FOR, PARTICIPATES_IN, RUNS, SELECTED_FOR, SUPPORTS};
use crate::dictionary::{Cue, Ending, Form, Mark, Role, Rule, Scope, TypeId};
use crate::watch::Watch;

/// Both sides of a relation: its subjects and its objects.
pub(super) type Sides = (Vec<usize>, Vec<usize>);

/// Where the object of a rule comes from.
///
/// The lists of them below are the order in which they are asked; the first that names something fills the side.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Source {
    /// The complement of the predicate itself: `P에 참여한다`, `이리공고를 지원한다`.
    Complement,
    /// A word that points back to a programme: `이 사업에 참여한다`.
    Pointer,
    /// A number that takes up those named before: `세 학교에 2억 원씩 지원한다`.
    Number,
    /// The school that those who are taken in have left, or that the giver visits: `여수공고를 졸업한 9명을 채용했다`.
    Left,
    /// The one school with which whoever takes people in has an agreement: `A고와 손잡고 10명을 뽑기로 했다`.
    Ally,
    /// The token of the cue, which is a name as well: `P 공모에 참여했다`.
    Cue,
    /// The name right before a noun that describes others: `P 참여 기업은 A다`.
    Beside,
    /// What those who act are said to have failed at: `P에서 탈락한 A는 다시 신청한다`.
    Failed,
    /// What a noun ends up as, at the end of the sentence: `A의 다음 목표는 P다`.
    End,
    /// For whose sake it is done: `혁신지구 운영을 위해 5억 원을 지원한다`.
    Sake,
    /// The topic, where somebody else acts: `P는 중기부가 2008년부터 운영하고 있다`.
    Topic,
    /// What the sentences before make go without saying: `올해는 A와 B가 선정됐다`.
    Context,
    /// What the clause before said so of, of somebody else: `시는 1억 원을 학교에 지원했고, 교육청은 2억 원을 투입했다`.
    Clause,
    /// What the sentence has stated of the same subject: `두 학교에 재료를 제공하고 31명을 채용했다`.
    Stated,
    /// The programme that a clause before names: `A가 P를 운영해 B도 참여한다`.
    Named,
    /// What the sentence says at its head that all of it goes into: `P에는 A가 참여하고 B가 3억 원을 댄다`.
    Scene,
    /// What the next clause describes as well: `A가 주관하고 B가 운영하는 P는`.
    Both,
    /// The names that the predicate describes: `A가 운영하는 P`.
    Names,
    /// The topic of the sentence, whatever describes it.
    Spoken,
    /// The word that the predicate describes, where it stands for a name: `교육부가 지원하는 이 사업은`.
    Word,
    /// A topic that points back to a programme: `이 사업은 교육부가 훈련비를 지원하는 과정이다`.
    TopicPointer,
    /// The programme of which a noun with its clause says who they are: `사업 주관대학인 A`.
    Programme,
    /// Whom the sentence is about as the one to whom it is done: `거제공고 학생 20명은 한화오션에 채용됐다`.
    Undergoer,
    /// Who would be told of, were it told whose people they are: `올해 졸업생은 A에 4명이 채용됐다`.
    People,
    /// The school that the page is about: `교육청 예산 40억 원이 들어갔다`.
    Page,
    /// The programme that is spoken of, where somebody chooses: `앞서 교육부는 A와 B를 선정했다`.
    Chosen,
}

impl Source {
    /// What a predicate with a subject has of its own.
    pub(super) const OWN: [Self; 8] = [
        Self::End,
        Self::Complement,
        Self::Pointer,
        Self::Number,
        Self::Left,
        Self::Ally,
        Self::Cue,
        Self::Beside,
    ];

    /// Where else to look, once it is known who acts.
    pub(super) const OTHERWISE: [Self; 9] = [
        Self::Sake,
        Self::Failed,
        Self::Topic,
        Self::Context,
        Self::Clause,
        Self::Stated,
        Self::Named,
        Self::Scene,
        Self::Both,
    ];

    /// Where to look if the predicate describes a noun and it is said who acts.
    pub(super) const DESCRIBED: [Self; 4] =
        [Self::Names, Self::Spoken, Self::Word, Self::TopicPointer];

    /// Where to look if the predicate describes a noun and that is who acts.
    pub(super) const UNSAID: [Self; 2] = [Self::Context, Self::Programme];

    /// Where to look if the rule's object is the one to whom it is done.
    pub(super) const UNDERGONE: [Self; 5] = [
        Self::Undergoer,
        Self::Left,
        Self::People,
        Self::Page,
        Self::Chosen,
    ];
}

/// A predicate whose sides are being looked for.
#[derive(Debug)]
pub(super) struct Case<'r> {
    pub(super) rule: &'r Rule,
    pub(super) p: &'r Predicate,
    /// The names that are its complement.
    pub(super) group: Option<usize>,
    /// What it describes, if it is a clause that describes something.
    pub(super) described: Described,
    /// Who acts, once that is known, and whether the sentence says so.
    pub(super) subjects: Vec<usize>,
    pub(super) overt: bool,
}

impl<'r> Case<'r> {
    pub(super) fn new(rule: &'r Rule, p: &'r Predicate, group: Option<usize>) -> Self {
        Self {
            rule,
            p,
            group,
            described: Described::Nothing,
            subjects: Vec::new(),
            overt: false,
        }
    }
}

impl<W: Watch<Event>> Reader<'_, W> {
    /// What the first of these sources that has something names as the object.
    pub(super) fn object_from(&self, sources: &[Source], case: &Case) -> Vec<usize> {
        let mut named = sources.iter().map(|source| self.object_in(*source, case));
        named.find(|names| !names.is_empty()).unwrap_or_default()
    }

    fn object_in(&self, source: Source, case: &Case) -> Vec<usize> {
        let Case { rule, p, .. } = *case;
        let others = |mut names: Vec<usize>| {
            names.retain(|o| !case.subjects.contains(o));
            names
        };
        match source {
            Source::Complement => self.complement_names(case),
            Source::Pointer => self.pointed(p, rule),
            Source::Number => self.counted_before(p, rule),
            Source::Left => self.left_or_visited(case),
            Source::Ally => self.ally(case),
            Source::Cue => {
                let own = self.entity(p.first).into_iter();
                own.filter(|e| rule.object.takes(self.kind(*e))).collect()
            }
            Source::Beside => self.beside_attribute(case),
            Source::Sake => others(self.benefits(p, rule)),
            Source::Failed => self.failed_object(case),
            Source::End => self.end_object(case),
            Source::Topic => self.topic_object(case),
            Source::Context => self.context_object(case),
            Source::Clause if case.overt => others(self.shared(p, rule)),
            Source::Stated => self.stated_object(case),
            Source::Named if case.overt && *rule.relation == *PARTICIPATES_IN => {
                let mut names = self.named_before(p, rule);
                names.retain(|o| {
                    let mut here = self.facts_here();
                    !here.any(|f| f.object == *o && case.subjects.contains(&f.subject))
                });
                names
            }
            Source::Scene if case.overt && *rule.relation == *SUPPORTS => {
                others(self.scene(p, rule))
            }
            Source::Both if case.overt => others(self.described_by_both(p, rule)),
            Source::Names => match case.described {
                Described::Names(g) => self.names(g, rule.object, false),
                _ => Vec::new(),
            },
            Source::Spoken => self.topic_names(p.first, rule.object),
            Source::Word => self.word_object(case),
            Source::TopicPointer => self.topic_pointed(p.first, rule.object),
            Source::Programme => self.programme_object(case),
            Source::Undergoer => self.undergoer(case),
            Source::People => self.people_object(case),
            Source::Page => self.page_object(case),
            Source::Chosen => self.chosen_for(case).into_iter().collect(),
            Source::Clause | Source::Named | Source::Scene | Source::Both => Vec::new(),
        }
    }

    /// What the sentence in hand has stated so far, the last first.
    pub(super) fn facts_here(&self) -> impl Iterator<Item = &Fact> {
        let here = self.facts.iter().rev();
        here.take_while(|f| f.sentence == self.index)
    }

    /// The complement of the predicate, if the relation is told of it.
    pub(super) fn object_group(&self, rule: &Rule, p: &Predicate) -> Option<usize> {
        let group = self.complement(p.first, rule.object, rule.scope.min(Scope::Sentence))?;
        let g = &self.sentence.groups[group];
        let beside = rule.scope == Scope::Beside;
        let other = match &*rule.relation {
            // `P로 지정된 뒤 학과를 개설했다`: that is what is run. `P 공모를 맡았다`: that is not the programme.
            // `P 지정을 이끌었다`: nor is that.
            RUNS => {
                self.has_own_object(group, p)
                    || beside && self.is_granting(group)
                    || p.form == Form::Verb && self.is_choosing(group)
            }
            // `P 발대식에 참여했다`, `P 지정에 힘을 보탠다`: that is not taking part.
            PARTICIPATES_IN => self.is_occasion(group) || self.is_granting(group),
            // `사업비 2억 원을 P에 지원했다`: that is giving.
            APPLIES_FOR => beside && (self.gives_before(g.first) || self.describes_gift(p.last)),
            // `학교에서 특강을 지원했다`: where, and not to whom.
            SUPPORTS => {
                g.role == Some(Role::Place) && self.rules.has_tail(self.text(g.head), Mark::From)
            }
            _ => false,
        };
        (!other).then_some(group)
    }

    fn complement_names(&self, case: &Case) -> Vec<usize> {
        let Some(group) = case.group else {
            return Vec::new();
        };
        let rule = case.rule;
        let mut objects = self.names_shared(group, rule.object, false);
        super::agreement::add(&mut objects, self.came_before(group, rule.object));
        let g = &self.sentence.groups[group];
        // `포항지역 직업계고 학생들에게`: not to the city.
        if *rule.relation == *SUPPORTS && g.attach == Attach::Modifier {
            objects.retain(|o| self.kind(*o) != TypeId::CITY);
        }
        // `이리공고의 마이스터고 지정을 지원했다`: both.
        if rule.object.has(Some(Role::Genitive))
            && let Some(owner) = g.first.checked_sub(1).and_then(|t| self.group_at(t))
            && self.sentence.groups[owner].role == Some(Role::Genitive)
        {
            objects.extend(self.names(owner, rule.object, false));
        }
        objects
    }

    fn left_or_visited(&self, case: &Case) -> Vec<usize> {
        let Case { rule, p, .. } = *case;
        if !rule.subject.is_grammatical_subject() {
            return self.left_school(p.first, rule.object);
        }
        if p.is_relative() {
            return Vec::new();
        }
        if *rule.relation != *SUPPORTS {
            return self.left_school(p.first, rule.object);
        }
        // `A는 여수공고를 찾아 장학금을 건넸다`
        let mut visited = self.object_of(p.first, rule.object, Mark::Visiting);
        let elsewhere = (0..p.first).any(|t| self.receives(t));
        visited.retain(|e| self.kind(*e) == TypeId::SCHOOL && !elsewhere);
        visited
    }

    fn ally(&self, case: &Case) -> Vec<usize> {
        let Case { rule, p, .. } = *case;
        let hires = rule.object.takes(TypeId::SCHOOL)
            && rule.object.takes_modifier()
            && rule.subject.is_grammatical_subject()
            && !rule.subject.takes(TypeId::CITY);
        let allied = self.has(Cue::Agreement) || self.has(Cue::Handshake) || self.has(Cue::Joined);
        if !hires || !allied || p.is_relative() || self.of_other_schools(p.first) {
            return Vec::new();
        }
        let tokens = &self.sentence.tokens;
        let bond = |t: usize| {
            [Cue::Agreement, Cue::Handshake, Cue::Joined]
                .iter()
                .any(|cue| self.token_has(t, *cue))
        };
        let mut schools = Vec::new();
        for (group, g) in self.sentence.groups.iter().enumerate() {
            let joined = g.head < p.first
                && g.role == Some(Role::With)
                && g.attach == Attach::Own
                && tokens[g.first].quoted == tokens[p.first].quoted
                && (g.head + 1..p.first)
                    .take_while(|t| tokens[*t].mention.is_none())
                    .any(bond);
            if joined {
                self.add_names(&mut schools, group, rule.object, false);
            }
        }
        let counted = (0..p.first).any(|t| {
            let token = &tokens[t];
            token.mention.is_none()
                && token.role == Some(Role::Object)
                && (self.token_has(t, Cue::Student)
                    || self.is_sum(token) && self.rules.counts(self.noun(t)))
        });
        schools.truncate(usize::from(schools.len() == 1 && counted));
        schools
    }

    fn beside_attribute(&self, case: &Case) -> Vec<usize> {
        let Case { rule, p, .. } = *case;
        let group = p.first.checked_sub(1).and_then(|t| self.group_at(t));
        let Some(group) = group.filter(|_| p.attributive.is_some()) else {
            return Vec::new();
        };
        let g = &self.sentence.groups[group];
        let beside = self.sentence.tokens[p.first].gap == Gap::Space
            && (g.attach == Attach::Modifier
                || g.role.is_none()
                // `P의 참여기업은`
                || *rule.relation == *PARTICIPATES_IN && g.role == Some(Role::Genitive));
        if beside {
            self.names(group, rule.object, false)
        } else {
            Vec::new()
        }
    }

    fn failed_object(&self, case: &Case) -> Vec<usize> {
        let mut names = Vec::new();
        if *case.rule.relation == *APPLIES_FOR && self.has(Cue::Again) {
            let here = self.denied.iter().rev();
            let here = here.take_while(|d| d.sentence == self.index);
            let of = here.filter(|d| case.subjects.contains(&d.subject));
            super::agreement::add(&mut names, of.map(|d| d.object));
        }
        names
    }

    fn end_object(&self, case: &Case) -> Vec<usize> {
        let Case { rule, p, .. } = *case;
        if !rule.object.has(Some(Role::Copula)) {
            return Vec::new();
        }
        let group = self.named_at_end(p.last);
        let group = group.filter(|g| self.sentence.groups[*g].attach == Attach::Own);
        group.map_or_else(Vec::new, |g| self.names(g, rule.object, false))
    }

    fn topic_object(&self, case: &Case) -> Vec<usize> {
        let Case { rule, p, .. } = *case;
        if rule.scope == Scope::Beside {
            return Vec::new();
        }
        let tokens = &self.sentence.tokens;
        let mut objects = self.topic_names(p.first, rule.object);
        // `학교는 교과를 짜고, 기업은 자리를 마련한다`: two things done.
        if !rule.object.takes(TypeId::PROGRAM)
            && tokens[..p.first]
                .iter()
                .any(|t| t.ending == Some(Ending::And) && t.quoted == tokens[p.first].quoted)
        {
            objects.clear();
        }
        if *rule.relation == *SUPPORTS {
            // `A시는 12억 원을, B는 5억 원을 지원한다`: two who give.
            let topical = |g: &Group| {
                let acts = |e: usize| case.subjects.contains(&e);
                g.role == Some(Role::Topic) && self.entity(g.last).is_some_and(acts)
            };
            if self.sentence.groups.iter().any(topical) {
                objects.clear();
            }
            // `시는 학교에 1억 원을 지원했고, 교육청은 도로에 2억 원을 투입했다`: not to who gave before.
            let gives = |f: &Fact| *self.rules.rules()[f.rule].relation == *SUPPORTS;
            objects.retain(|o| !self.facts_here().any(|f| f.subject == *o && gives(f)));
        }
        if objects.is_empty() && case.overt {
            objects = self.topic_pointed(p.first, rule.object);
        }
        objects.retain(|o| !case.subjects.contains(o));
        objects
    }

    fn context_object(&self, case: &Case) -> Vec<usize> {
        let Case { rule, p, .. } = *case;
        let asks = if p.is_relative() {
            // `1차 때 지정된 충주시를 더하면`
            *rule.relation == *SELECTED_FOR && matches!(case.described, Described::Names(_))
        } else {
            // `또 졸업생 15명을 채용하기로 했다`
            let of_school = || rule.object.takes(TypeId::SCHOOL) && self.has(Cue::Student);
            // `거제공고는 마이스터고다. 2010년 지정됐다`
            let still = || {
                p.form == Form::Passive
                    && self.topic_at + 1 == self.index
                    && self.program.1 == self.topic_at
            };
            case.overt || of_school() || still()
        };
        // `A는 B와 함께한다`: that is all it says of A.
        let with = |t: usize| {
            self.group_at(t)
                .is_some_and(|g| self.sentence.groups[g].role == Some(Role::With))
        };
        let only_with =
            *rule.relation == *PARTICIPATES_IN && p.first.checked_sub(1).is_some_and(with);
        if asks && !only_with {
            self.implied(p, rule)
        } else {
            Vec::new()
        }
    }

    fn stated_object(&self, case: &Case) -> Vec<usize> {
        let Case { rule, p, .. } = *case;
        let slot = rule.object;
        let stated = |fits: &dyn Fn(&Fact) -> bool| {
            let mut names = Vec::new();
            let of = self.facts.iter().filter(|f| {
                f.sentence == self.index
                    && case.subjects.contains(&f.subject)
                    && slot.takes(self.kind(f.object))
                    && fits(f)
            });
            super::agreement::add(&mut names, of.map(|f| f.object));
            names
        };
        // `두 학교에 재료를 제공하고 31명을 채용했다`: of those just named.
        let people = |t: usize| {
            let token = &self.sentence.tokens[t];
            token.role == Some(Role::Object)
                && self.is_sum(token)
                && self.rules.counts(self.noun(t))
        };
        let counts = case.overt
            && !slot.takes(TypeId::PROGRAM)
            && !slot.takes(TypeId::CITY)
            && (p.first.saturating_sub(2)..p.first).any(people);
        if counts {
            let names = stated(&|_| true);
            if !names.is_empty() {
                return names;
            }
        }
        // `P에 선정돼 지금까지 운영하고 있다`
        if *rule.relation == *RUNS && p.form == Form::Active && !self.has_object(p.first) {
            return stated(&|f| *self.rules.rules()[f.rule].relation == *SELECTED_FOR);
        }
        // `A고 졸업생 10명을 뽑고 장학금도 전달했다`
        if *rule.relation == *SUPPORTS && self.gives_too(p.first) {
            return stated(&|f| self.kind(f.object) == TypeId::SCHOOL);
        }
        Vec::new()
    }

    fn word_object(&self, case: &Case) -> Vec<usize> {
        let Case { rule, p, .. } = *case;
        let Described::Word(word) = case.described else {
            return Vec::new();
        };
        if rule.object.takes(TypeId::PROGRAM) {
            // `교육부가 지원하는 이 사업은`
            let points = self.points_to_program(word);
            // `교육부가 훈련비를 지원하는 사업으로, …`: the one that the sentence before was about.
            let defines = || {
                [RUNS, SUPPORTS].contains(&&*rule.relation)
                    && self.program.1 + 1 == self.index
                    && self.defines(word)
            };
            let program = self.program.0.filter(|_| points || defines());
            return program.into_iter().collect();
        }
        // `A가 지난해 데려간 졸업생만 14명이다`
        if rule.object.takes_modifier()
            && rule.object.takes(TypeId::SCHOOL)
            && self.token_has(word, Cue::Student)
        {
            let near = self
                .school
                .0
                .filter(|_| self.one_school && self.school.1 + 1 >= self.index);
            return self.school_still(p.first).or(near).into_iter().collect();
        }
        Vec::new()
    }

    fn programme_object(&self, case: &Case) -> Vec<usize> {
        let Case { rule, p, .. } = *case;
        let spoken_of = rule.scope == Scope::Context
            && p.form == Form::Verb
            && [RUNS, PARTICIPATES_IN].contains(&&*rule.relation)
            && matches!(case.described, Described::Names(_))
            && self.program.1 + 2 >= self.index;
        self.program.0.filter(|_| spoken_of).into_iter().collect()
    }

    fn undergoer(&self, case: &Case) -> Vec<usize> {
        let Case { rule, p, .. } = *case;
        let scope = rule.scope.min(Scope::Sentence);
        let counts = || rule.object.takes_modifier() && self.only_counts(p.first);
        let group = self
            .complement(p.first, rule.object, scope)
            // `창원기계공고에서는 현대로템에 9명이 들어갔다`
            .or_else(|| {
                counts()
                    .then(|| self.at_school(p.first, rule.object))
                    .flatten()
            })
            // `천안공고 졸업생 14명이 도제반을 거쳐 현대모비스에 입사했다`
            .or_else(|| {
                counts()
                    .then(|| self.complement(p.first, rule.object, Scope::Sentence))
                    .flatten()
            });
        match group {
            Some(group) => self.names_shared(group, rule.object, false),
            None => self.pointed(p, rule),
        }
    }

    fn chosen_for(&self, case: &Case) -> Option<usize> {
        let Case { rule, p, .. } = *case;
        let (program, at) = (self.program.0?, self.program.1);
        let chooses = *rule.relation == *SELECTED_FOR
            && p.form == Form::Active
            && !p.is_relative()
            && !self.sentence.is_headline();
        let main = self.main_program == Some(program) || self.page_program == Some(program);
        let near = at + 1 >= self.index || main && at + 4 >= self.index;
        let signing = self.signing_at.is_some_and(|at| at + 1 >= self.index);
        // `A를 우수기관으로 선정했다`: as something else.
        let as_other = || {
            self.clause(p.first).any(|t| {
                let token = &self.sentence.tokens[t];
                token.mention.is_none() && token.role == Some(Role::As)
            })
        };
        let named = || (0..self.sentence.groups.len()).any(|g| self.is_program(g));
        (chooses && near && !signing && !as_other() && !named()).then_some(program)
    }

    fn people_object(&self, case: &Case) -> Vec<usize> {
        let Case { rule, p, .. } = *case;
        let others = rule.object.takes_modifier() && self.of_other_schools(p.first);
        if others || !rule.object.is_grammatical_subject() {
            return Vec::new();
        }
        let near = |school: bool| self.school.0.filter(|_| school).into_iter();
        match self.actor(p.first, p.is_relative(), rule.object) {
            Actor::Names(names) => names,
            Actor::Other if self.only_counts(p.first) => {
                if self.sentence.tokens[p.first].quoted && self.speaks_for_school() {
                    return self.speaker.into_iter().collect();
                }
                // `올해 졸업생은 A에 4명이 채용됐습니다`
                if let Some(host) = self.host() {
                    let fits = rule.object.takes(self.kind(host));
                    return Some(host).filter(|_| fits).into_iter().collect();
                }
                let carried = self.carried(rule.object);
                // No school is the topic, but one was spoken of.
                let spoken_of = carried.is_empty()
                    && rule.object.takes(TypeId::SCHOOL)
                    && (self.school.1 + 1 + 2 * usize::from(self.one_school) >= self.index
                        || self.school_still(p.first).is_some());
                carried.into_iter().chain(near(spoken_of)).collect()
            }
            Actor::Other => Vec::new(),
            Actor::Nobody if p.is_relative() => match self.described(p.last) {
                Described::Names(g) => self.names(g, rule.object, false),
                // `이 회사에 들어간 졸업생만 216명이다`
                Described::Word(w) if self.token_has(w, Cue::Student) => {
                    self.at_school(p.first, rule.object).map_or_else(
                        || near(self.school.1 + 1 >= self.index).collect(),
                        |school| self.names(school, rule.object, false),
                    )
                }
                _ => Vec::new(),
            },
            Actor::Nobody => {
                let behind = self.subject_behind(p, rule.object);
                if behind.is_empty() {
                    self.carried(rule.object)
                } else {
                    behind
                }
            }
        }
    }

    /// The school of the page, right after a sentence on it.
    fn page_object(&self, case: &Case) -> Vec<usize> {
        let Case { rule, p, .. } = *case;
        let receives =
            |t: usize| self.receives(t) || self.sentence.tokens[t].role == Some(Role::Topic);
        let page = *rule.relation == *SUPPORTS
            && !rule.object.is_grammatical_subject()
            && !p.is_relative()
            && p.ending == Some(Ending::Final)
            && self.school.1 + 2 >= self.index
            && !(0..p.first).any(receives)
            && !self.for_others(p.first)
            && rule.object.takes(TypeId::SCHOOL)
            && !self.sentence.is_headline();
        let school = page.then(|| self.school_still(p.first)).flatten();
        school.into_iter().collect()
    }

    /// The programme that a clause before names, where no word says in what one takes part: `A가 P를 운영해 B도 참여한다`.
    fn named_before(&self, p: &Predicate, rule: &Rule) -> Vec<usize> {
        let tokens = &self.sentence.tokens;
        let quoted = tokens[p.first].quoted;
        let ends =
            |t: &usize| tokens[*t].ending == Some(Ending::And) && tokens[*t].quoted == quoted;
        let Some(from) = (0..p.first).rev().find(ends) else {
            return Vec::new();
        };
        let own = tokens[from + 1..p.first]
            .iter()
            .any(|t| matches!(t.role, Some(Role::Place | Role::Object | Role::To)));
        let named = (0..from)
            .rev()
            .take_while(|t| tokens[*t].ending != Some(Ending::Final))
            .filter(|t| tokens[*t].quoted == quoted && tokens[*t].role == Some(Role::Object))
            .find_map(|t| self.entity(t))
            .filter(|e| !own && rule.object.takes(self.kind(*e)));
        named.into_iter().collect()
    }

    /// What the next clause describes as well: `A가 주관하고 B가 운영하는 P는`.
    fn described_by_both(&self, p: &Predicate, rule: &Rule) -> Vec<usize> {
        let tokens = &self.sentence.tokens;
        if p.ending != Some(Ending::And) || !rule.object.takes(TypeId::PROGRAM) {
            return Vec::new();
        }
        let Some(next) = (p.last + 1..tokens.len()).find(|t| tokens[*t].ending.is_some()) else {
            return Vec::new();
        };
        let own = tokens[p.last + 1..next].iter().any(|t| {
            matches!(t.role, Some(Role::Object | Role::Topic)) || t.quoted != tokens[p.last].quoted
        });
        match self.described(next) {
            Described::Names(group)
                if !own
                    && matches!(
                        tokens[next].ending,
                        Some(Ending::Adnominal | Ending::Future)
                    ) =>
            {
                self.names(group, rule.object, false)
            }
            _ => Vec::new(),
        }
    }

    /// Whether what the names belong to is an occasion: `P 발대식에`.
    fn is_occasion(&self, group: usize) -> bool {
        let g = &self.sentence.groups[group];
        (g.last..=g.head.max(g.last)).any(|t| self.is_ceremony(t))
    }

    /// Whether the programme is only the one for which somebody is chosen: `P 지정을`.
    fn is_choosing(&self, group: usize) -> bool {
        let g = &self.sentence.groups[group];
        let last = &self.sentence.tokens[g.last];
        let name = last.mention.map(|m| self.mentions.mentions[m].span.end);
        let within = name.unwrap_or(last.end)..self.sentence.tokens[g.head].end;
        self.here
            .iter()
            .any(|h| within.contains(&h.start) && self.grants(h))
    }

    /// Whether the noun that the names describe is about choosing: `P 공모를`, `P 선정을`.
    fn is_granting(&self, group: usize) -> bool {
        let g = &self.sentence.groups[group];
        let last = &self.sentence.tokens[g.last];
        let name = last.mention.map(|m| self.mentions.mentions[m].span.end);
        let (from, to) = (name.unwrap_or(last.end), self.sentence.tokens[g.head].end);
        self.here.iter().any(|h| {
            let rule = h.rule.map(|r| &self.rules.rules()[r]);
            h.start >= from
                && h.start < to
                && rule.is_some_and(|r| {
                    [SELECTED_FOR, APPLIES_FOR].contains(&&*r.relation) || r.takes(Form::Label)
                })
        })
    }

    /// Whether a clause ends behind the names, and the predicate's own clause has an object of its own.
    fn has_own_object(&self, group: usize, p: &Predicate) -> bool {
        let from = self.sentence.groups[group].head + 1;
        let words = self.sentence.tokens.get(from..p.first).unwrap_or(&[]);
        let ends = |t: &Token| matches!(t.ending, Some(Ending::And | Ending::Final));
        words.iter().any(ends)
            && words
                .iter()
                .rev()
                .take_while(|t| !ends(t))
                .any(|t| t.mention.is_none() && t.role == Some(Role::Object))
    }

    /// Whether the clause before `cue` goes on from another one with a gift to nobody else: `…를 뽑고 장학금도`.
    fn gives_too(&self, cue: usize) -> bool {
        let tokens = &self.sentence.tokens;
        let Some(from) = (0..cue).rev().find(|t| {
            tokens[*t]
                .ending
                .is_some_and(|e| !matches!(e, Ending::Adnominal | Ending::Future))
        }) else {
            return false;
        };
        let given = |t: usize| {
            matches!(tokens[t].role, Some(Role::Object | Role::Also))
                && (self.is_of_campus(t) || t > 0 && self.is_gift(t) && self.is_of_campus(t - 1))
        };
        tokens[from].ending == Some(Ending::And)
            && self.rules.has_tail(self.text(from), Mark::Joining)
            && (from + 1..cue).any(given)
            && !(from + 1..cue).any(|t| self.receives(t))
            && !self.for_others(cue)
    }

    /// Whether the clause before `cue` has an object.
    fn has_object(&self, cue: usize) -> bool {
        let tokens = &self.sentence.tokens;
        (0..cue)
            .rev()
            .take_while(|t| {
                !matches!(tokens[*t].ending, Some(Ending::Final | Ending::And)) || *t + 1 == cue
            })
            .any(|t| tokens[t].role == Some(Role::Object))
    }

    /// Whether the word at `token` says what goes without saying is, at the head of a sentence: `사업으로`, `사업이다`.
    fn defines(&self, token: usize) -> bool {
        let tokens = &self.sentence.tokens;
        let word = &tokens[token];
        let ends = match word.role {
            Some(Role::Copula) => true,
            Some(Role::As) => tokens.get(token + 1).is_some_and(|t| t.gap == Gap::Comma),
            _ => false,
        };
        ends && word.mention.is_none()
            && self.rules.has_tail(self.noun(token), Mark::Course)
            && !self.sentence.is_headline()
            && tokens[..token].iter().all(|t| {
                !t.quoted
                    && !matches!(t.role, Some(Role::Topic | Role::Also | Role::Place))
                    && matches!(t.ending, None | Some(Ending::Adnominal))
            })
    }
}
