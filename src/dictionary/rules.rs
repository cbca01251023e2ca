//! The rules that find relations: `relations.csv` says which cue joins whom to what, `cues.csv` holds the words
//! of grammar that the rules lean on (endings, particles, negations, plans, signing verbs, dates).

use std::sync::Arc;

use super::affixes::{Prefixes, Suffixes};
use super::conjugate::{self, beginnings};
use super::{BadRow, Hit, Matcher, Role, Row, Table, TypeId, is_hangul};

/// What the end of a word says about the word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Ending {
    /// No predicate, whatever it looks like.
    Noun,
    /// Ends a sentence or what is quoted.
    Final,
    /// Joins the next clause.
    And,
    /// Stands before the noun that it describes.
    Adnominal,
    /// The same, of what is still to come.
    Future,
    /// A condition.
    Condition,
    /// An aim.
    Purpose,
    /// A plan, a promise.
    Plan,
    /// A denial.
    Not,
    /// A possibility.
    May,
    /// A duty.
    Must,
    /// A noun made of a verb.
    Nominal,
    /// A wish, a request or a question.
    Wish,
    /// A stem that the next word completes.
    Stem,
}

impl Ending {
    /// What a verb's last syllable says by its final consonant: ㄴ (`보탠`) or ㄹ (`보탤`).
    pub(crate) fn drawn(last: char) -> Option<Self> {
        match conjugate::tail(last)? {
            conjugate::N => Some(Self::Adnominal),
            conjugate::R => Some(Self::Future),
            _ => None,
        }
    }
}

/// How a cue has to stand for a rule to hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u16)]
pub enum Form {
    /// With a verb ending that makes its subject the one who acts.
    Active = 1,
    /// With one that makes its subject the one who undergoes.
    Passive = 2,
    /// The cue is a verb of its own.
    Verb = 4,
    /// A bare noun in running text.
    Noun = 8,
    /// A noun with a verb that takes it (`선정에 성공했다`).
    Light = 512,
    /// A bare noun in a headline.
    Headline = 16,
    /// Between the two names, or after both, as an apposition.
    Label = 32,
    /// No cue: the object stands right before the subject.
    Before = 64,
    /// No cue: the object stands in brackets behind the subject.
    Bracket = 128,
    /// No cue: the object heads the line or the column of the subject.
    Column = 256,
    /// A verb of its own that takes a gift: `장학금을 냈다`.
    Gift = 1024,
    /// A verb of its own that takes people: `졸업생을 받았다`.
    People = 2048,
}

/// What a verb makes of the noun that it takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Light {
    /// A verb of its own, as it ends (`신청을 마쳤다`).
    Does,
    /// The subject undergoes (`지원을 받았다`).
    Undergoes,
    /// Only setting out for it (`지정에 나섰다`).
    Tries,
    /// What the verb itself says (`채용을 약속했다`).
    Says(Ending),
}

/// What a rule makes of a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Plan {
    /// A relation with status `planned`.
    Planned,
    /// A relation like any other.
    Done,
    /// Nothing.
    Nothing,
}

/// How far from its cue a rule looks for its object.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scope {
    /// Right beside the cue.
    Beside,
    /// In the cue's own clause; what stands right beside the cue only as its direct object.
    Apart,
    /// In the cue's own clause.
    Clause,
    /// In the clauses before it too.
    Sentence,
    /// In the sentences before it too, where a word such as `이 사업` points there.
    Context,
}

/// Which names may fill one side of a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slot {
    types: u64,
    roles: u32,
}

const BARE: u32 = 1 << 30;
const HEAD: u32 = 1 << 29;

impl Slot {
    /// A slot for names of any type in `types` that stand in any role.
    pub(crate) fn of_types(types: &[TypeId]) -> Self {
        Self {
            types: types.iter().fold(0, |bits, t| bits | 1 << t.0),
            roles: u32::MAX,
        }
    }

    /// Whether a name of this type fits.
    pub fn takes(self, kind: TypeId) -> bool {
        kind.0 < 64 && self.types & 1 << kind.0 != 0
    }

    /// Whether a name of one of these types, as bits, fits.
    pub(crate) fn takes_any(self, types: u64) -> bool {
        self.types & types != 0
    }

    /// Whether a name with this particle fits; `None` is a name without one.
    pub fn has(self, role: Option<Role>) -> bool {
        role.map_or(self.roles & BARE != 0, |r| {
            self.roles & 1 << (r as u32) != 0
        })
    }

    /// Whether a name fits that only describes the noun that has the particle.
    pub fn takes_modifier(self) -> bool {
        self.roles & HEAD != 0
    }

    /// Whether the slot is for the one whom the verb is about.
    pub fn is_grammatical_subject(self) -> bool {
        self.has(Some(Role::Subject)) || self.has(Some(Role::Topic))
    }
}

/// One row of `relations.csv`.
#[derive(Debug, Clone)]
pub struct Rule {
    /// Line in the file.
    pub line: u64,
    /// `selected_for`, …
    pub relation: Arc<str>,
    /// Bits of [`Form`].
    forms: u16,
    /// Who.
    pub subject: Slot,
    /// Whom or what.
    pub object: Slot,
    /// What a plan gives.
    pub plan: Plan,
    /// Whether the rule states the relation or its failure.
    pub states: bool,
    /// How far the object may be away.
    pub scope: Scope,
    /// A marked sentence that states the relation.
    pub example: String,
    /// A marked sentence that does not.
    pub counterexample: String,
}

impl Rule {
    /// Whether the rule holds for a cue in this form.
    ///
    /// What may be a verb of its own may also be a noun that a verb takes; a verb is one whatever it asks to take.
    pub fn takes(&self, form: Form) -> bool {
        let same = match form {
            Form::Light => Form::Active as u16,
            Form::Verb => Form::Gift as u16 | Form::People as u16,
            _ => 0,
        };
        self.forms & (form as u16 | same) != 0
    }
}

/// What a phrase of `cues.csv` means where it stands in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Cue {
    /// What it covers states nothing (`선정 기준`).
    Nothing,
    /// What stands before it in its clause came to nothing (`무산`).
    Failed,
    /// The name before it with `와` does the same (`함께`).
    Joined,
    /// Once more (`재도전`).
    Again,
    /// A list follows (`다음과 같다`).
    Follows,
    /// A programme named before (`이 사업`).
    Programme,
    /// An agreement (`업무협약`).
    Agreement,
    /// Agreeing needs no noun (`맞손`).
    Handshake,
    /// The verb that an agreement goes with (`체결`).
    Signing,
    /// A ceremony at which one signs goes with it (`협약식이 열렸다`).
    Held,
    /// Taking part in an agreement (`이름을 올`).
    Joining,
    /// Only being there (`참석`).
    Attending,
    /// Taking on a part (`약속`).
    Pledge,
    /// By an agreement (`협약에 따라`).
    Accordingly,
    /// Another signing than the one reported (`앞서`).
    Earlier,
    /// Several named before (`두 기관`).
    Both,
    /// Those whom a school sends (`졸업생`).
    Student,
    /// What is handed over and is no gift (`의향서`).
    Message,
    /// Whom one asks in or calls on is there as well (`초청해`).
    Inviting,
    /// The sentence tells of something else (`한편`).
    Besides,
    /// What money goes into and is nobody who gets it (`리모델링에`).
    Project,
}

/// What a word's end or beginning says besides, to the few rules that ask for it (`tail` and `lead` in `cues.csv`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mark {
    /// Joins what is said to who says so (`밝혔다고`, `맺었다며`).
    Saying,
    /// Joins it without saying who goes on (`맺고`).
    Joining,
    /// What follows goes against it (`냈지만`).
    But,
    /// What follows denies what was said (`보도했으나`).
    However,
    /// Was being done when something else happened (`도전하다 탈락했다`).
    Midway,
    /// Only said to be so (`선정됐다는`).
    Hearsay,
    /// Goes on now (`준비하는`).
    Present,
    /// A place where something is done, or what is signed (`에서`, `협약서`).
    From,
    /// With whom as well (`C와도`).
    WithAlso,
    /// Each one of them (`학교마다`).
    EachOne,
    /// Each, after what counts (`특구당`).
    Per,
    /// The sort that those named are of (`학교로는`).
    Among,
    /// Where those named next are (`전북에서는`).
    There,
    /// An occasion (`협약식`).
    Ceremony,
    /// When, how or which part, and nobody (`해마다`, `전기과`).
    Aside,
    /// Not only those before it (`A 외에도`).
    Beside,
    /// A list in order (`A, B 순이다`).
    InOrder,
    /// The speaker's own (`우리`).
    Ours,
    /// Each by itself (`각각`).
    Apart,
    /// Follows a bound noun of one syllable beside particles (`것이라는`, `듯하다`).
    BehindBound,
    /// A sort of bodies, each of them (`학교마다`, `학교별`).
    Sort,
    /// What is given (`장학금`, `기자재`).
    Gift,
    /// A part of a programme in which one takes part (`과정`).
    Course,
    /// Said by somebody to somebody (`뽑았습니다`).
    Polite,
    /// Says no more of a list than that it is one (`대표적이다`).
    Lists,
}

/// A unit or a word of a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateWord {
    /// Behind a year, a month, a day.
    Unit(char),
    /// The year of publication and so many more.
    Year(i16),
    /// The month of publication and so many more.
    Month(i16),
    /// The day of publication and so many more.
    Day(i16),
    /// The day spoken of.
    SameDay,
    /// What follows is past.
    Past,
    /// What follows is to come.
    Coming,
    /// Behind a day: a span or a limit, no day of an event.
    Span,
}

/// What a cue found in the text stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Use {
    Rule(usize),
    Cue(Cue),
    /// Several named before: index for [`RelationRules::several`].
    Both(u16),
    Date(DateWord),
}

/// What a word may end with.
#[derive(Debug, Clone, Copy)]
enum End {
    Ending(Ending),
    Particle(Role),
}

/// What the end of a word says; small, since the table of them is looked into for every word.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Ends {
    /// Its bytes, and what it says.
    ending: Option<(u16, Ending)>,
    /// Its bytes, whether it is one only as a whole word, and its role.
    particle: Option<(u16, bool, Role)>,
}

impl Ends {
    /// What the end says of a verb.
    pub(crate) fn ending(self) -> Option<Ending> {
        self.ending.map(|(_, ending)| ending)
    }

    /// The particle at the end of `word`, and its role, unless nothing would be left.
    pub(crate) fn particle(self, word: &str) -> Option<(&str, Role)> {
        self.particle
            .map(|(length, _, role)| (usize::from(length), role))
            .filter(|(length, _)| *length < word.len())
            .map(|(length, role)| (&word[word.len() - length..], role))
    }

    /// The role of `word` where all of it is a particle.
    pub(crate) fn is_particle(self, word: &str) -> Option<Role> {
        self.particle
            .filter(|(length, whole, _)| usize::from(*length) == word.len() && !whole)
            .map(|(.., role)| role)
    }
}

/// `relations.csv` and `cues.csv`, compiled.
pub struct RelationRules {
    rules: Vec<Rule>,
    /// Rules without a cue.
    cueless: Vec<usize>,
    uses: Vec<Vec<Use>>,
    cues: Matcher,
    /// Of each cue whether it is a short verb, which begins a word: `두고` is none in `앞두고`.
    begins: Vec<bool>,
    /// The types of those that a word like 두 기관 points to, and how many it says there are.
    several: Vec<(Slot, Option<usize>)>,
    ends: Suffixes<End>,
    /// By the longest form that a word ends with: what its end says where the word is longer, and where it is all.
    ended: Vec<[Ends; 2]>,
    voices: Prefixes<Form>,
    auxiliaries: Prefixes<()>,
    bound: Prefixes<Ending>,
    bound_whole: Prefixes<Ending>,
    light: Prefixes<Light>,
    closers: Prefixes<()>,
    tails: Suffixes<Mark>,
    leads: Prefixes<Mark>,
    betweens: Prefixes<()>,
    programme_heads: Prefixes<()>,
    bodies: Prefixes<()>,
    branches: Suffixes<()>,
    counters: Suffixes<()>,
    measures: Prefixes<()>,
    list_words: Prefixes<()>,
    heads: Suffixes<()>,
    bullets: Vec<char>,
    dates: Prefixes<DateWord>,
}

impl std::fmt::Debug for RelationRules {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("RelationRules")
            .field("rules", &self.rules.len())
            .finish_non_exhaustive()
    }
}

/// The columns that `relations.csv` must have.
pub const RELATION_COLUMNS: &[&str] = &[
    "relation",
    "cue",
    "form",
    "subject_type",
    "subject_role",
    "object_type",
    "object_role",
    "plan",
    "polarity",
    "scope",
    "example",
    "counterexample",
    "note",
];

/// The columns that `cues.csv` must have.
pub const CUE_COLUMNS: &[&str] = &["kind", "form", "meaning", "note"];

fn form_named(name: &str) -> Option<Form> {
    Some(match name {
        "active" => Form::Active,
        "passive" => Form::Passive,
        "verb" => Form::Verb,
        "noun" => Form::Noun,
        "light" => Form::Light,
        "headline" => Form::Headline,
        "label" => Form::Label,
        "before" => Form::Before,
        "bracket" => Form::Bracket,
        "column" => Form::Column,
        "gift" => Form::Gift,
        "people" => Form::People,
        _ => return None,
    })
}

const FORMS: &str =
    "active, passive, verb, gift, people, light, noun, headline, label, before, bracket or column";

fn role_named(name: &str) -> Option<u32> {
    let role = match name {
        "bare" => return Some(BARE),
        "modifier" => return Some(HEAD),
        "any" => return Some(u32::MAX),
        "topic" => Role::Topic,
        "subject" => Role::Subject,
        "object" => Role::Object,
        "with" => Role::With,
        "genitive" => Role::Genitive,
        "as" => Role::As,
        "place" => Role::Place,
        "from" => Role::From,
        "to" => Role::To,
        "also" => Role::Also,
        "only" => Role::Only,
        "copula" => Role::Copula,
        "list" => Role::List,
        "suffix" => Role::Suffix,
        "other" => Role::Other,
        _ => return None,
    };
    Some(1 << (role as u32))
}

const ROLES: &str = "topic, subject, object, with, genitive, as, place, from, to, also, only, copula, list, suffix, \
                     bare, modifier or any";

fn particle_role(name: &str) -> Option<Role> {
    Some(match name {
        "topic" => Role::Topic,
        "subject" => Role::Subject,
        "object" => Role::Object,
        "with" => Role::With,
        "genitive" => Role::Genitive,
        "as" => Role::As,
        "place" => Role::Place,
        "from" => Role::From,
        "to" => Role::To,
        "also" => Role::Also,
        "only" => Role::Only,
        "copula" => Role::Copula,
        "list" => Role::List,
        "suffix" => Role::Suffix,
        "other" => Role::Other,
        _ => return None,
    })
}

fn ending_named(name: &str) -> Option<Ending> {
    Some(match name {
        "noun" => Ending::Noun,
        "final" => Ending::Final,
        "and" => Ending::And,
        "adnominal" => Ending::Adnominal,
        "future" => Ending::Future,
        "condition" => Ending::Condition,
        "purpose" => Ending::Purpose,
        "plan" => Ending::Plan,
        "not" => Ending::Not,
        "may" => Ending::May,
        "must" => Ending::Must,
        "nominal" => Ending::Nominal,
        "wish" => Ending::Wish,
        "stem" => Ending::Stem,
        _ => return None,
    })
}

const ENDINGS: &str = "noun, final, and, adnominal, future, condition, purpose, plan, not, may, must, nominal, wish or stem";

const MARKS: &str = "saying, joining, but, however, midway, hearsay, present, from, with_also, each_one, per, among, there, ceremony, aside, beside, in_order, ours, apart, behind_bound, sort, gift, course, lists or polite";

fn mark_named(name: &str) -> Option<Mark> {
    Some(match name {
        "saying" => Mark::Saying,
        "joining" => Mark::Joining,
        "but" => Mark::But,
        "however" => Mark::However,
        "midway" => Mark::Midway,
        "hearsay" => Mark::Hearsay,
        "present" => Mark::Present,
        "from" => Mark::From,
        "with_also" => Mark::WithAlso,
        "each_one" => Mark::EachOne,
        "per" => Mark::Per,
        "among" => Mark::Among,
        "there" => Mark::There,
        "ceremony" => Mark::Ceremony,
        "aside" => Mark::Aside,
        "beside" => Mark::Beside,
        "in_order" => Mark::InOrder,
        "ours" => Mark::Ours,
        "apart" => Mark::Apart,
        "behind_bound" => Mark::BehindBound,
        "sort" => Mark::Sort,
        "gift" => Mark::Gift,
        "course" => Mark::Course,
        "lists" => Mark::Lists,
        "polite" => Mark::Polite,
        _ => return None,
    })
}

const LIGHTS: &str = "does, undergoes, tries, or what the verb says: plan, wish, not …";

/// Bytes of a Hangul syllable.
const SYLLABLE: usize = 3;

fn cue_named(name: &str) -> Option<Cue> {
    Some(match name {
        "nothing" => Cue::Nothing,
        "failed" => Cue::Failed,
        "joined" => Cue::Joined,
        "again" => Cue::Again,
        "follows" => Cue::Follows,
        "programme" => Cue::Programme,
        "agreement" => Cue::Agreement,
        "handshake" => Cue::Handshake,
        "signing" => Cue::Signing,
        "held" => Cue::Held,
        "joining" => Cue::Joining,
        "attending" => Cue::Attending,
        "pledge" => Cue::Pledge,
        "accordingly" => Cue::Accordingly,
        "earlier" => Cue::Earlier,
        "both" => Cue::Both,
        "student" => Cue::Student,
        "message" => Cue::Message,
        "inviting" => Cue::Inviting,
        "besides" => Cue::Besides,
        "project" => Cue::Project,
        _ => return None,
    })
}

fn date_named(name: &str) -> Option<DateWord> {
    let (word, number) = name.split_once(['+', '-']).unwrap_or((name, "0"));
    let number: i16 = number.parse().ok()?;
    let number = if name.contains('-') { -number } else { number };
    Some(match word {
        "unit_year" => DateWord::Unit('y'),
        "unit_month" => DateWord::Unit('m'),
        "unit_day" => DateWord::Unit('d'),
        "year" => DateWord::Year(number),
        "month" => DateWord::Month(number),
        "day" => DateWord::Day(number),
        "same_day" => DateWord::SameDay,
        "past" => DateWord::Past,
        "coming" => DateWord::Coming,
        "span" => DateWord::Span,
        _ => return None,
    })
}

const KINDS: &str = "ending, particle, voice, auxiliary, bound, light, closer, between, branch, body, programme_head, counter, measure, list_word, head, bullet, date, \
                     nothing, failed, joined, again, follows, programme, agreement, handshake, signing, joining, \
                     attending, pledge, accordingly, earlier, student, message, inviting, besides, project, held or both";

impl RelationRules {
    /// Compiles both files, adding what is wrong with them to `bad`.
    ///
    /// `types` are the entity types by name, in the order of their [`TypeId`].
    pub fn load(relations: &Table, cues: &Table, types: &[String], bad: &mut Vec<BadRow>) -> Self {
        let mut rules = Self {
            rules: Vec::new(),
            cueless: Vec::new(),
            uses: Vec::new(),
            cues: Matcher::default(),
            begins: Vec::new(),
            several: Vec::new(),
            ends: Suffixes::default(),
            ended: Vec::new(),
            voices: Prefixes::default(),
            auxiliaries: Prefixes::default(),
            bound: Prefixes::default(),
            bound_whole: Prefixes::default(),
            light: Prefixes::default(),
            closers: Prefixes::default(),
            tails: Suffixes::default(),
            leads: Prefixes::default(),
            betweens: Prefixes::default(),
            programme_heads: Prefixes::default(),
            bodies: Prefixes::default(),
            branches: Suffixes::default(),
            counters: Suffixes::default(),
            measures: Prefixes::default(),
            list_words: Prefixes::default(),
            heads: Suffixes::default(),
            bullets: Vec::new(),
            dates: Prefixes::default(),
        };
        let mut phrases: Vec<(String, Use)> = Vec::new();
        let mut short: Vec<String> = Vec::new();
        for row in &relations.rows {
            if let Some(rule) = rule(relations, row, types, bad) {
                let index = rules.rules.len();
                let before = phrases.len();
                for cue in relations.list(row, "cue") {
                    let Some(stem) = cue.strip_suffix('-') else {
                        phrases.push((cue.to_owned(), Use::Rule(index)));
                        continue;
                    };
                    match beginnings(stem) {
                        Some(forms) => {
                            if stem.chars().count() <= 2 {
                                short.extend(forms.iter().cloned());
                            }
                            phrases.extend(forms.into_iter().map(|f| (f, Use::Rule(index))));
                        }
                        None => bad.push(relations.bad(row, "cue", "a verb's stem before the `-`")),
                    }
                }
                let cueless = Form::Before as u16 | Form::Bracket as u16 | Form::Column as u16;
                if rule.forms & cueless != 0 {
                    rules.cueless.push(index);
                } else if phrases.len() == before {
                    bad.push(relations.bad(row, "cue", "a word, or several with `|` between them"));
                }
                rules.rules.push(rule);
            }
        }
        for row in &cues.rows {
            rules.cue(cues, row, types, &mut phrases, bad);
        }
        let forms = rules.ends.seal_numbered();
        let ended = |form: &String| [false, true].map(|all| rules.all_ends(form, all));
        rules.ended = forms.iter().map(ended).collect();
        rules.heads.seal();
        rules.counters.seal();
        rules.measures.seal();
        rules.voices.seal();
        rules.auxiliaries.seal();
        rules.bound.seal();
        rules.bound_whole.seal();
        rules.light.seal();
        rules.closers.seal();
        rules.tails.seal();
        rules.leads.seal();
        rules.betweens.seal();
        rules.programme_heads.seal();
        rules.bodies.seal();
        rules.branches.seal();
        rules.list_words.seal();
        rules.dates.seal();
        phrases.sort_by(|a, b| a.0.cmp(&b.0));
        short.sort();
        let mut patterns: Vec<String> = Vec::new();
        for (phrase, used) in phrases {
            if patterns.last() != Some(&phrase) {
                rules.begins.push(short.binary_search(&phrase).is_ok());
                patterns.push(phrase);
                rules.uses.push(Vec::new());
            }
            if let Some(uses) = rules.uses.last_mut() {
                uses.push(used);
            }
        }
        match Matcher::new(patterns.iter().map(|p| (p.as_str(), true))) {
            Ok(cues) => rules.cues = cues,
            Err(error) => bad.push(BadRow::new(
                &relations.file,
                0,
                "cue",
                "",
                format!("cues that can be compiled ({error})"),
            )),
        }
        rules
    }

    fn cue(
        &mut self,
        table: &Table,
        row: &Row,
        types: &[String],
        phrases: &mut Vec<(String, Use)>,
        bad: &mut Vec<BadRow>,
    ) {
        let kind = table.cell(row, "kind");
        let meaning = table.cell(row, "meaning");
        let mut forms = table.list(row, "form").peekable();
        if forms.peek().is_none() {
            bad.push(table.bad(row, "form", "a word, or several with `|` between them"));
            return;
        }
        let mut wrong = None;
        match kind {
            "ending" => match ending_named(meaning) {
                Some(e) => forms.for_each(|f| self.ends.add(f, End::Ending(e))),
                None => wrong = Some(ENDINGS),
            },
            "particle" => match particle_role(meaning) {
                Some(role) => forms.for_each(|f| self.ends.add(f, End::Particle(role))),
                None => wrong = Some(ROLES),
            },
            "voice" => match form_named(meaning) {
                Some(form @ (Form::Active | Form::Passive)) => {
                    forms.for_each(|f| self.voices.add(f, form));
                }
                _ => wrong = Some("active or passive"),
            },
            "bound" => match ending_named(meaning) {
                Some(e) => forms.for_each(|f| match f.strip_suffix('$') {
                    Some(whole) => self.bound_whole.add(whole, e),
                    None => self.bound.add(f, e),
                }),
                None => wrong = Some(ENDINGS),
            },
            "light" => {
                let light = match meaning {
                    "does" => Some(Light::Does),
                    "undergoes" => Some(Light::Undergoes),
                    "tries" => Some(Light::Tries),
                    other => ending_named(other).map(Light::Says),
                };
                match light {
                    Some(light) => forms.for_each(|f| self.light.add(f, light)),
                    None => wrong = Some(LIGHTS),
                }
            }
            "auxiliary" => forms.for_each(|f| self.auxiliaries.add(f, ())),
            "closer" => forms.for_each(|f| self.closers.add(f, ())),
            "tail" => match mark_named(meaning) {
                Some(mark) => forms.for_each(|f| self.tails.add(f, mark)),
                None => wrong = Some(MARKS),
            },
            "lead" => match mark_named(meaning) {
                Some(mark) => forms.for_each(|f| self.leads.add(f, mark)),
                None => wrong = Some(MARKS),
            },
            "between" => forms.for_each(|f| self.betweens.add(f, ())),
            "branch" => forms.for_each(|f| self.branches.add(f, ())),
            "body" => forms.for_each(|f| self.bodies.add(f, ())),
            "programme_head" => forms.for_each(|f| self.programme_heads.add(f, ())),
            "list_word" => forms.for_each(|f| self.list_words.add(f, ())),
            "counter" => forms.for_each(|f| self.counters.add(f, ())),
            "measure" => forms.for_each(|f| self.measures.add(f, ())),
            "head" => forms.for_each(|f| self.heads.add(f, ())),
            "bullet" => self.bullets.extend(forms.filter_map(|f| f.chars().next())),
            "date" => match date_named(meaning) {
                Some(date @ (DateWord::Unit(_) | DateWord::Span)) => {
                    forms.for_each(|f| self.dates.add(f, date));
                }
                Some(date) => phrases.extend(forms.map(|f| (f.to_owned(), Use::Date(date)))),
                None => {
                    wrong = Some(
                        "unit_year, unit_month, unit_day, year+N, month+N, day+N, same_day, past, coming or span",
                    );
                }
            },
            _ => match cue_named(kind) {
                Some(Cue::Both) => {
                    let (names, number) = meaning.split_once('=').unwrap_or((meaning, ""));
                    let mut slot = Slot {
                        types: 0,
                        roles: u32::MAX,
                    };
                    for name in names.split('|').map(str::trim).filter(|n| !n.is_empty()) {
                        match types.iter().position(|t| t == name) {
                            Some(at) if at < 64 => slot.types |= 1 << at,
                            _ => wrong = Some("types, and a number behind `=`: `school=2`"),
                        }
                    }
                    let number = number.parse().ok();
                    if let Ok(index) = u16::try_from(self.several.len()) {
                        phrases.extend(forms.map(|f| (f.to_owned(), Use::Both(index))));
                        self.several.push((slot, number));
                    }
                }
                Some(cue) => phrases.extend(forms.map(|f| (f.to_owned(), Use::Cue(cue)))),
                None => bad.push(table.bad(row, "kind", KINDS)),
            },
        }
        if let Some(expected) = wrong {
            bad.push(table.bad(row, "meaning", expected));
        }
    }

    /// The rules, in file order.
    pub fn rules(&self) -> &[Rule] {
        &self.rules
    }

    /// The rules that need no cue, each with its index.
    pub(crate) fn cueless(&self) -> impl Iterator<Item = (usize, &Rule)> {
        self.cueless.iter().map(|&i| (i, &self.rules[i]))
    }

    /// Adds all cues in `text`, by their end.
    pub(crate) fn scan(&self, text: &str, hits: &mut Vec<Hit>) {
        let old = hits.len();
        self.cues.hits(text, Some, true, hits);
        let mut seen = 0;
        hits.retain_mut(|hit| {
            seen += 1;
            if seen <= old {
                return true;
            }
            // The space that asks for the end of a word is no part of it.
            hit.end -= usize::from(text.as_bytes()[hit.end - 1] == b' ');
            !(self.begins[hit.form as usize] && text[..hit.start].ends_with(is_hangul))
        });
    }

    /// What a cue stands for.
    pub(crate) fn uses(&self, cue: u32) -> &[Use] {
        &self.uses[cue as usize]
    }

    /// What types those have that a [`Use::Both`] points to, and how many it says there are.
    pub(crate) fn several(&self, index: u16) -> (Slot, Option<usize>) {
        self.several[usize::from(index)]
    }

    /// What the end of `word` says, both as a verb's and as a noun's.
    pub(crate) fn ends(&self, word: &str) -> Ends {
        self.ends
            .deepest(word)
            .map(|(form, length)| self.ended[form as usize][usize::from(length == word.len())])
            .unwrap_or_default()
    }

    /// What the end of a word says that ends with `form`, or that is all of it.
    fn all_ends(&self, form: &str, all: bool) -> Ends {
        let mut ends = Ends::default();
        // The longest of each kind; of two that are the same the first counts.
        self.ends.each(form, |length, whole, end| {
            let Ok(length) = u16::try_from(length) else {
                return; // Nobody writes such a word.
            };
            match end {
                _ if whole && !all => {}
                End::Ending(ending) => {
                    if ends.ending.is_none_or(|(longest, _)| length > longest) {
                        ends.ending = Some((length, ending));
                    }
                }
                End::Particle(role) => {
                    if ends.particle.is_none_or(|(longest, ..)| length > longest) {
                        ends.particle = Some((length, whole, role));
                    }
                }
            }
        });
        ends
    }

    /// What the end of `word` says.
    pub(crate) fn ending(&self, word: &str) -> Option<Ending> {
        self.ends(word).ending()
    }

    /// The particle that `word` ends with, and its role, unless nothing would be left.
    pub(crate) fn particle<'a>(&self, word: &'a str) -> Option<(&'a str, Role)> {
        self.ends(word).particle(word)
    }

    /// The role of a particle.
    pub(crate) fn is_particle(&self, word: &str) -> Option<Role> {
        self.ends(word).is_particle(word)
    }

    /// Whether what follows a cue makes it a verb, and which.
    pub(crate) fn voice(&self, rest: &str) -> Option<Form> {
        self.voices.longest(rest)
    }

    /// Whether the word is a unit of what is counted (`명`).
    pub(crate) fn is_unit(&self, word: &str) -> bool {
        let mut unit = false;
        self.counters
            .each(word, |length, _, ()| unit |= length == word.len());
        unit
    }

    /// Whether a word only completes the verb before it.
    pub(crate) fn is_auxiliary(&self, word: &str) -> bool {
        self.auxiliaries.longest(word).is_some()
    }

    /// What a noun makes of the verb that describes it.
    pub(crate) fn bound(&self, word: &str) -> Option<Ending> {
        self.bound_whole.exact(word).or_else(|| {
            let (length, ending) = self.bound.longest_first(word).next()?;
            // `운영하는 바이오 과정`, `참여하는 수업`: the beginning of another noun.
            let rest = &word[length..];
            let noun = length == SYLLABLE
                && matches!(ending, Ending::And | Ending::May)
                && !rest.is_empty()
                && self.is_particle(rest).is_none()
                && !self.has_lead(rest, Mark::BehindBound);
            (!noun).then_some(ending)
        })
    }

    /// What a verb makes of the noun that it takes (`신청을 마쳤다`).
    pub(crate) fn light(&self, word: &str) -> Option<Light> {
        self.light.longest(word)
    }

    /// Whether the end of `word` is marked so.
    pub(crate) fn has_tail(&self, word: &str, mark: Mark) -> bool {
        let mut found = false;
        self.tails.each(word, |_, _, m| found |= m == mark);
        found
    }

    /// Whether the beginning of `text` is marked so.
    pub(crate) fn has_lead(&self, text: &str, mark: Mark) -> bool {
        let mut found = false;
        self.leads.each(text, |_, m| found |= m == mark);
        found
    }

    /// Whether the word closes a phrase of its own (`통해`).
    pub(crate) fn is_closer(&self, word: &str) -> bool {
        self.closers.exact(word).is_some()
    }

    /// Whether the word makes what follows the names before it something that is between them (`A와 B 간 협약`).
    pub(crate) fn is_between(&self, word: &str) -> bool {
        self.betweens.exact(word).is_some()
    }

    /// Whether `word` names a part of a business at some place: 대산공장.
    pub(crate) fn is_branch(&self, word: &str) -> bool {
        self.branches.longest(word).is_some()
    }

    /// Whether the word is a common noun for those who take part: 기업, 학교.
    pub(crate) fn is_body(&self, word: &str) -> bool {
        self.bodies.longest(word).is_some()
    }

    /// Whether the word counts (`18곳`).
    pub(crate) fn counts(&self, word: &str) -> bool {
        word.starts_with(|c: char| c.is_ascii_digit()) && self.counters.longest(word).is_some()
    }

    /// How many bytes of `text` are the unit of a figure that stands behind a name in a list (`서울 3명`).
    pub(crate) fn measure(&self, text: &str) -> Option<usize> {
        let mut longest = None;
        self.measures
            .each(text, |length, ()| longest = Some(length));
        longest
    }

    /// Whether a programme's name and this word together still mean the programme (`… 신규 지정을`).
    pub(crate) fn heads_programme(&self, word: &str) -> bool {
        self.programme_heads.longest(word).is_some()
    }

    /// Whether the word belongs to the list around it (`비롯해`, `등`).
    pub(crate) fn is_list_word(&self, word: &str) -> bool {
        self.list_words.longest(word).is_some()
    }

    /// Whether the word is a person's title.
    pub(crate) fn is_head(&self, word: &str) -> bool {
        self.heads.longest(word).is_some()
    }

    /// Whether the character begins an item of a list.
    pub(crate) fn is_bullet(&self, c: char) -> bool {
        self.bullets.contains(&c)
    }

    /// Whether what follows a day makes it a span or a limit.
    pub(crate) fn is_span(&self, text: &str) -> bool {
        let mut span = false;
        self.dates.each(text, |_, d| span |= d == DateWord::Span);
        span
    }

    /// The unit of a date that `text` begins with, and its length.
    pub(crate) fn date_unit(&self, text: &str) -> Option<(char, usize)> {
        let mut longest = None;
        self.dates.each(text, |length, d| {
            if let DateWord::Unit(unit) = d {
                longest = Some((unit, length));
            }
        });
        longest
    }
}

fn rule(table: &Table, row: &Row, types: &[String], bad: &mut Vec<BadRow>) -> Option<Rule> {
    let before = bad.len();
    let relation = table.cell(row, "relation");
    if relation.is_empty() {
        bad.push(table.bad(row, "relation", "the relation's name"));
    }
    let mut forms = 0;
    for name in table.list(row, "form") {
        match form_named(name) {
            Some(form) => forms |= form as u16,
            None => bad.push(table.bad(row, "form", FORMS)),
        }
    }
    if forms == 0 && before == bad.len() {
        bad.push(table.bad(row, "form", FORMS));
    }
    let subject = slot(table, row, ["subject_type", "subject_role"], types, bad);
    let object = slot(table, row, ["object_type", "object_role"], types, bad);
    let plan = match table.cell(row, "plan") {
        "planned" => Plan::Planned,
        "done" => Plan::Done,
        "nothing" => Plan::Nothing,
        _ => {
            bad.push(table.bad(row, "plan", "planned, done or nothing"));
            Plan::Nothing
        }
    };
    let states = match table.cell(row, "polarity") {
        "yes" => true,
        "no" => false,
        _ => {
            bad.push(table.bad(row, "polarity", "yes or no"));
            true
        }
    };
    let scope = match table.cell(row, "scope") {
        "beside" => Scope::Beside,
        "apart" => Scope::Apart,
        "clause" => Scope::Clause,
        "sentence" => Scope::Sentence,
        "context" => Scope::Context,
        _ => {
            bad.push(table.bad(row, "scope", "beside, apart, clause, sentence or context"));
            Scope::Clause
        }
    };
    for column in ["example", "counterexample"] {
        if table.cell(row, column).is_empty() {
            bad.push(table.bad(
                row,
                column,
                "a sentence with its names marked: `[city:익산시]는 …`",
            ));
        }
    }
    (bad.len() == before).then(|| Rule {
        line: row.line,
        relation: relation.into(),
        forms,
        subject,
        object,
        plan,
        states,
        scope,
        example: table.cell(row, "example").to_owned(),
        counterexample: table.cell(row, "counterexample").to_owned(),
    })
}

fn slot(
    table: &Table,
    row: &Row,
    columns: [&str; 2],
    types: &[String],
    bad: &mut Vec<BadRow>,
) -> Slot {
    let mut slot = Slot { types: 0, roles: 0 };
    for name in table.list(row, columns[0]) {
        match types.iter().position(|t| t == name) {
            Some(at) if at < 64 => slot.types |= 1 << at,
            _ => bad.push(table.bad(row, columns[0], format!("types among {}", types.join(", ")))),
        }
    }
    for name in table.list(row, columns[1]) {
        match role_named(name) {
            Some(bits) => slot.roles |= bits,
            None => bad.push(table.bad(row, columns[1], ROLES)),
        }
    }
    if slot.types == 0 {
        bad.push(table.bad(row, columns[0], format!("types among {}", types.join(", "))));
    }
    if slot.roles == 0 {
        bad.push(table.bad(row, columns[1], ROLES));
    }
    slot
}
