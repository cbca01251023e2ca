//! The rules that find relations: `relations.csv` says which cue joins whom to what, `cues.csv` holds the words
//! of grammar that the rules lean on (endings, particles, negations, plans, signing verbs, dates).

mod ask;
mod load;

use std::sync::Arc;

use super::affixes::{Prefixes, Suffixes};
use super::{Matcher, Role, TypeId, conjugate};
pub use load::{CUE_COLUMNS, RELATION_COLUMNS};

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
    /// A verb of its own beside a word that says as what: `참여기업으로 이름을 올렸다`.
    Capacity = 4096,
    /// A verb of its own by which others do what was told right before: `B가 뒤를 이었다`.
    Following = 8192,
    /// A verb of its own by which those with whom somebody does it take part in what that one was chosen for: `A는 B와 함께
    /// 과정을 꾸린다`.
    Partner = 16384,
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
            Form::Verb => {
                Form::Gift as u16
                    | Form::People as u16
                    | Form::Capacity as u16
                    | Form::Following as u16
            }
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
    /// It says that what stands before is something else: `마이스터고와는 별개로`.
    Contrasted,
    /// A noun for schools: `특성화고`, `대학`.
    School,
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
    /// As what one takes part (`참여기업`).
    Capacity,
    /// What those become whom a programme chooses (`시범지역`).
    Chosen,
    /// What bodies hand in together or alone, or form to that end (`연합 모델`, `컨소시엄`).
    Proposal,
    /// Beside or before something, and not it (`학교 앞`).
    Near,
    /// A part of a town (`조례동`).
    Town,
    /// What a business or a school is (`농업회사법인`).
    Trade,
    /// Bodies of a sort and none of them (`지자체`).
    General,
    /// Has left a school (`졸업하고`).
    Graduated,
    /// What all that a sentence says goes into (`이 사업에는`).
    Scene,
    /// Makes what it is of the topic (`A의 경우`).
    Case,
    /// Goes somewhere, to do there what is told next (`찾아`).
    Visiting,
    /// Heads the column of a table that says where (`소재지`).
    Where,
    /// How many people, in a word (`셋을`).
    Tally,
    /// What only a school has (`실습동`), or only those in it need (`장학금`).
    Campus,
    /// People who are no school's (`이웃`).
    Stranger,
    /// Where people are chosen for a prize (`경진대회`).
    Contest,
    /// Whoever speaks (`저희`).
    We,
    /// What somebody says, told beside the words (`말했다`, `A의 설명이다`).
    Said,
    /// Who speaks for a body (`취업부장`).
    Spokesman,
    /// Comes after somebody else (`A에 이어`, `A뿐 아니라`).
    Next,
    /// Nobody else (`A만`).
    Alone,
    /// Describes whoever does it with the one before (`A와 손잡은 B`).
    Mutual,
    /// As well as those before (`B 역시`).
    Likewise,
    /// The part of a body that is where the body is (`본사`).
    Seat,
    /// A programme for which only schools are chosen, by its name (`마이스터고`).
    Schools,
    /// What a programme makes of those whom it chooses, and nothing else does (`관리지역`).
    Stage,
    /// What the money of the clause behind goes into (`짓는 데`).
    Toward,
    /// Done as a part of what stands before it (`P의 일환으로`).
    Under,
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
    body_ends: Suffixes<()>,
    branches: Suffixes<()>,
    counters: Suffixes<()>,
    numerals: Prefixes<usize>,
    measures: Prefixes<()>,
    /// With the spaces around each.
    et_cetera: Vec<String>,
    introducing: Prefixes<()>,
    list_words: Prefixes<bool>,
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
