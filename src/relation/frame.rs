//! One article as the rules read it: its cues, the sentence in hand, what the sentences before left behind.

use jiff::civil::Date;

use super::about::Note;
use super::cue::{self, Hit};
use super::list::Counted;
use super::predicate::Predicate;
use super::sentence::{Attach, Gap, Sentence};
use super::table::Table;
use super::trace::{Event, Outcome, Unused};
use super::{Kept, Known, READINGS, SELECTED_FOR, Status, date, discourse};
use crate::article::{Article, Zone};
use crate::dictionary::{
    self, Cue, DateWord, Ending, Form, Mark, Meaning, RelationRules, Role, Slot, TypeId,
};
use crate::memo::Place;
use crate::mention::{Mention, Mentions};
use crate::watch::Watch;

/// For how many sentences more than others the programme or the school of the headline stays what is spoken of.
pub(super) const NEAR_MAIN: usize = 5;

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
    /// Told of a year that is over.
    pub(super) past: bool,
    /// Found in a headline's bare noun.
    pub(super) weak: bool,
}

/// A relation that came to nothing, or is over.
#[derive(Debug, Clone)]
pub(super) struct Denied {
    pub(super) rule: usize,
    pub(super) subject: usize,
    pub(super) object: usize,
    pub(super) sentence: usize,
    /// Told of a year that is over: of that sentence, or of none if it is told in passing.
    pub(super) past: Option<usize>,
}

/// A rule that waits for the list that fills one of its sides.
#[derive(Debug, Clone)]
pub(super) struct Pending {
    /// The sentence that announced the list.
    pub(super) sentence: usize,
    pub(super) rule: usize,
    /// The side that is known, and whether it is the object.
    pub(super) known: Vec<usize>,
    pub(super) known_is_object: bool,
    pub(super) status: Status,
    pub(super) date: Option<Date>,
    pub(super) again: bool,
}

/// Reads one article, sentence by sentence.
pub(super) struct Reader<'a, W> {
    pub(super) watch: &'a mut W,
    pub(super) article: &'a Article,
    pub(super) mentions: &'a Mentions,
    pub(super) rules: &'a RelationRules,
    pub(super) sentence: Sentence,
    pub(super) index: usize,
    places: &'a [Option<Place>],
    kept: &'a mut Kept,
    found: Vec<dictionary::Hit>,
    /// All cues of the current sentence.
    pub(super) hits: Vec<Hit>,
    /// Cues of the current sentence that count.
    pub(super) here: Vec<Hit>,
    /// Which kinds of cues are among them, a bit each.
    pub(super) cues: u32,
    /// The predicate that was asked for last: begin and end of its cue, whether that is a verb, and what it is.
    pub(super) predicate: ((usize, usize, bool), Option<Predicate>),
    /// What the sentences before were about, and when they were.
    pub(super) topic: Vec<usize>,
    pub(super) topic_at: usize,
    /// Whom the last sentence was about that says so itself (`A는`), and which it is; who acts is the topic as well.
    pub(super) theme: (Vec<usize>, usize),
    /// Those whom the last sentences were about, one after the other.
    pub(super) topics: Vec<(usize, usize)>,
    /// The names that stood together, latest last.
    pub(super) together: Vec<Vec<usize>>,
    /// The programme and the school named last, and in which sentence.
    pub(super) program: (Option<usize>, usize),
    pub(super) school: (Option<usize>, usize),
    /// The article names one school only.
    pub(super) one_school: bool,
    /// The one school that the page is about.
    pub(super) page_school: Option<usize>,
    /// The programme that the page is about.
    pub(super) page_program: Option<usize>,
    /// The school that the article names first, and whether somebody answers for it (`우리 학교`).
    pub(super) first_school: Option<usize>,
    pub(super) answers: bool,
    /// The programme that the headline names first.
    pub(super) main_program: Option<usize>,
    /// Whom the first sentence is about.
    pub(super) lead: Vec<usize>,
    /// Whose words are quoted, as somebody's who says `우리 학교`.
    pub(super) speaker: Option<usize>,
    /// The last sentence that spoke of a signing.
    pub(super) signing_at: Option<usize>,
    /// The sentence on a signing whose parties take part in something, by which rule and in what.
    pub(super) joiners: Option<(usize, usize, Vec<usize>)>,
    /// The last sentence that told of a gift.
    pub(super) gift_at: Option<usize>,
    /// The last sentence that named further parties of a signing.
    pub(super) parties_at: usize,
    /// A list of parties follows.
    pub(super) parties_follow: bool,
    pub(super) days: Vec<date::Day>,
    pub(super) spoken_of: Option<Date>,
    pub(super) pending: Vec<Pending>,
    /// The table whose rows are being read, or the last one.
    pub(super) table: Option<Table>,
    pub(super) counted: Option<Counted>,
    /// The last of these, as long as no table has said who they are.
    pub(super) told: Option<Counted>,
    /// What the sentences say beside the signings themselves that a signing may be about.
    pub(super) notes: Vec<Note>,
    /// The day of the last sentence that spoke of a signing, and that sentence.
    pub(super) signing_day: Option<(Date, usize)>,
    /// The day of a fragment that sets the scene, and which it is.
    pub(super) scene: Option<(Date, usize)>,
    /// The last sentence that tells what the agreement brings.
    pub(super) accord_at: Option<usize>,
    pub(super) facts: Vec<Fact>,
    pub(super) denied: Vec<Denied>,
    /// The types that the article names, as bits.
    pub(super) types: u64,
}

impl<'a, W: Watch<Event>> Reader<'a, W> {
    pub(super) fn new(
        article: &'a Article,
        mentions: &'a Mentions,
        rules: &'a RelationRules,
        (places, kept): (&'a [Option<Place>], &'a mut Kept),
        watch: &'a mut W,
    ) -> Self {
        Self {
            watch,
            article,
            mentions,
            rules,
            sentence: Sentence::default(),
            index: 0,
            places,
            kept,
            found: Vec::new(),
            hits: Vec::new(),
            here: Vec::new(),
            cues: 0,
            predicate: ((0, 0, false), None),
            topic: Vec::new(),
            topic_at: 0,
            theme: (Vec::new(), 0),
            topics: Vec::new(),
            together: Vec::new(),
            program: (None, 0),
            school: (None, 0),
            one_school: {
                let schools = mentions.entities.iter();
                schools.filter(|e| e.kind == TypeId::SCHOOL).count() == 1
            },
            page_school: discourse::school_of_page(article, mentions),
            page_program: discourse::program_of_page(mentions),
            first_school: {
                let mut named = mentions.mentions.iter().map(|m| m.entity);
                named.find(|e| mentions.entities[*e].kind == TypeId::SCHOOL)
            },
            answers: {
                let text = &article.text;
                mentions.mentions.iter().any(|m| {
                    let before = text[..m.span.start].trim_end();
                    let ours = before.rsplit([' ', '\n', '“', '"']).next();
                    m.reference && ours.is_some_and(|w| rules.has_tail(w, Mark::Ours))
                })
            },
            main_program: None,
            lead: Vec::new(),
            speaker: None,
            signing_at: None,
            joiners: None,
            gift_at: None,
            parties_at: 0,
            parties_follow: false,
            days: Vec::new(),
            spoken_of: None,
            pending: Vec::new(),
            table: None,
            counted: None,
            told: None,
            notes: Vec::new(),
            signing_day: None,
            scene: None,
            accord_at: None,
            facts: Vec::new(),
            denied: Vec::new(),
            types: mentions
                .entities
                .iter()
                .fold(0, |bits, e| bits | 1 << e.kind.0.min(63)),
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
        self.add_names(&mut names, group, slot, acting);
        names
    }

    /// Adds those of [`Self::names`] that `names` has not.
    pub(super) fn add_names(&self, names: &mut Vec<usize>, group: usize, slot: Slot, acting: bool) {
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
    }

    /// Takes up the sentence `index`; false if it holds nothing to look at.
    pub(super) fn enter(&mut self, index: usize, mentions: &mut usize) -> bool {
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
        let place = self.scan(index, span.clone());
        self.index = index;
        self.take_row(index);
        let own = first..*mentions;
        if own.is_empty()
            && self.pending.is_empty()
            && !self.hits.iter().any(|h| {
                matches!(
                    h.cue,
                    Some(Cue::Follows | Cue::Both | Cue::Programme | Cue::Agreement)
                ) || h.rule.is_some()
                    && [self.program, self.school].iter().any(|(named, at)| {
                        let main = *named == self.main_program;
                        named.is_some() && at + 1 + NEAR_MAIN * usize::from(main) >= index
                    })
            })
        {
            self.here.clear();
            self.cues = 0;
            return false;
        }
        self.here.clear();
        let (article, rules) = (self.article, self.rules);
        for i in 0..self.hits.len() {
            let hit = self.hits[i];
            let hits = &self.hits;
            if hit.cue == Some(Cue::Nothing) {
                continue;
            }
            // Mentions do not overlap, so their ends rise as they do.
            let names = &self.mentions.mentions[own.clone()];
            let behind = &names[names.partition_point(|m| m.span.end <= hit.start)..];
            let mut over = behind.iter().take_while(|m| m.span.start < hit.end);
            // `다섯 대학은` means five, whatever 대학 alone points to.
            // `본교를 둔` is where it is, whatever 본교 alone points to.
            let longer = |m: &Mention| {
                hit.rule.is_some() && hit.start <= m.span.start && hit.end > m.span.end
            };
            let inside_name = over.any(|m| {
                !(m.reference
                    && (hit.both.is_some() || longer(m) || is_sort(m, article, rules, hits)))
            });
            // `참여 의사를 전달`: words that are handed over, whatever else they say.
            // `교육부 P 공모에 도전`: whose it is stays said.
            let label = |r: usize| self.rules.rules()[r].takes(Form::Label);
            let stays =
                hit.date.is_some() || hit.cue == Some(Cue::Message) || hit.rule.is_some_and(label);
            if !inside_name && (!hit.covered || stays) {
                self.here.push(hit);
            } else if inside_name {
                self.unused(&hit, Unused::InName);
            } else {
                self.unused(&hit, Unused::InPhrase);
            }
        }
        self.cues = self
            .here
            .iter()
            .filter_map(|h| h.cue)
            .fold(0, |bits, cue| bits | 1 << cue as u32);
        let zone = self.article.sentences[index].zone;
        let hits = &self.hits;
        let names = own.filter(|m| {
            let mention = &self.mentions.mentions[*m];
            !(mention.reference
                && (is_kind(mention, article, rules)
                    || is_sort(mention, article, rules, hits)
                    || self.here.iter().any(|h| {
                        let (start, end) = (mention.span.start, mention.span.end);
                        h.both.is_some() && h.start < end && h.end > start
                            || h.rule.is_some() && h.start <= start && h.end > end
                    })))
        });
        self.sentence
            .enter(span.clone(), zone, first, self.mentions, names);
        let kept = place.and_then(|p| self.kept.get(p));
        let mut readings = kept.iter().flat_map(|known| &known.readings);
        if !readings.any(|reading| self.sentence.recall(reading)) {
            self.sentence.read(&article.text, rules);
            if let Some(known) = place.and_then(|p| self.kept.get_mut(p)) {
                known.readings.truncate(READINGS - 1);
                known.readings.push(self.sentence.reading());
            }
        }
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

    /// Finds the cues of the sentence at `span`, by where they stand; the place of the sentence among those that came
    /// again.
    fn scan(&mut self, index: usize, span: std::ops::Range<usize>) -> Option<Place> {
        self.hits.clear();
        let place = self.places.get(index).copied().flatten();
        if let Some(known) = place.and_then(|p| self.kept.get(p)) {
            self.hits.extend_from_slice(&known.cues);
        } else {
            self.found.clear();
            let text = &self.article.text[span.clone()];
            self.rules.scan(text, &mut self.found);
            cue::list(&mut self.found, self.rules, &mut self.hits);
            if let Some(place) = place {
                let known = Known {
                    cues: self.hits.as_slice().into(),
                    readings: Vec::new(),
                };
                self.kept.put(place, known);
            }
        }
        for hit in &mut self.hits {
            hit.start += span.start;
            hit.end += span.start;
        }
        place
    }

    /// Whether a cue tells of a choice: `새로 지정된 곳은 41곳이다`.
    pub(super) fn grants(&self, hit: &Hit) -> bool {
        hit.rule
            .is_some_and(|r| *self.rules.rules()[r].relation == *SELECTED_FOR)
    }

    /// Remembers what the next sentence may lean on.
    pub(super) fn leave(&mut self) {
        if let Some(day) = self.days.iter().find_map(|d| d.date) {
            self.spoken_of = Some(day);
            if !self.sentence.is_full() && !self.sentence.is_headline() {
                self.scene = Some((day, self.index));
            }
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
                // `△가 고교(중구)=…`
                let headed = token.gap == Gap::Bullet
                    && g.role.is_none()
                    && self.sentence.tokens[g.last + 1..]
                        .iter()
                        .find(|t| !t.aside)
                        .is_some_and(|t| t.gap == Gap::Ellipsis);
                let headline = g.role.is_none() && at == 0 && self.sentence.is_headline() || headed;
                let acting = matches!(g.role, Some(Role::Topic | Role::Subject))
                    && g.attach != Attach::Modifier;
                // `거제시도 바쁘다`: whoever heads the sentence.
                let heads = || {
                    g.role == Some(Role::Also)
                        && g.attach != Attach::Modifier
                        && self.sentence.tokens[..at]
                            .iter()
                            .all(|t| t.role.is_none() && t.ending.is_none())
                };
                // `학과 개편을 마친 A.`
                let fragment = || {
                    g.role.is_none()
                        && g.last + 1 == self.sentence.tokens.len()
                        && self.sentence.zone == Zone::Body
                        && !self.is_row()
                };
                if acting || headline || heads() || fragment() {
                    let names = self.names(group, every, true);
                    let own_topic = g.role == Some(Role::Topic);
                    if !names.is_empty() && (topic.is_none() || own_topic) {
                        if own_topic {
                            self.theme = (names.clone(), self.index);
                        }
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
                topic = Some(self.of_whom(at, every));
                break;
            }
            at += 1;
        }
        if let Some(topic) = topic {
            if let [one] = *topic {
                self.topics.push((one, self.index));
            }
            if self.lead.is_empty() && !self.sentence.is_headline() {
                self.lead.clone_from(&topic);
            }
            self.topic = topic;
            self.topic_at = self.index;
        }
        self.remember_together(every);
        // `이번 공모에는 …`: still the same one.
        let more = |f: &Fact| f.sentence == self.index && Some(f.object) == self.program.0;
        if self.program.0.is_some()
            && (self.has(Cue::Programme)
                || self.facts.iter().rev().take(30).any(more)
                || self.here.iter().any(|h| self.grants(h)))
        {
            self.program.1 = self.index;
        }
        let mut topical = false;
        for (at, token) in self.sentence.tokens.iter().enumerate() {
            if let Some(m) = token.mention {
                let ours = self.mentions.mentions[m].reference && token.quoted;
                if ours && at > 0 && self.rules.has_tail(self.text(at - 1), Mark::Ours) {
                    self.speaker = self.entity(at);
                }
                let entity = self.mentions.mentions[m].entity;
                match self.kind(entity) {
                    // `도제학교 졸업생이면 된다`
                    TypeId::PROGRAM
                        // `교육부의 마이스터고와는 별개로`: not what is spoken of.
                        if self.is_contrasted(at)
                            || self.program.0.is_some() && self.token_has(at, Cue::Student)
                            || self.sentence.tokens.len() > at + 1
                                && self.token_has(at + 1, Cue::Student)
                            // `특성화고와 마이스터고·일반고를 대상으로`: a sort of schools.
                            || self.program.0.is_some_and(|p| p != entity) && self.among_sorts(at)
                            // `마이스터고 수준으로 키운다`, where the headline names another one.
                            || self.main_program.is_some_and(|p| p != entity)
                                && token.group.is_some_and(|g| {
                                    self.sentence.groups[g].attach == Attach::Modifier
                                }) => {}
                    TypeId::PROGRAM => {
                        if self.sentence.is_headline() && self.main_program.is_none() {
                            self.main_program = Some(entity);
                        }
                        // `부트캠프는 K-디지털 트레이닝의 하나다`: the former.
                        if !topical {
                            self.program = (Some(entity), self.index);
                        }
                        topical |= token.role == Some(Role::Topic);
                    }
                    TypeId::SCHOOL => self.school = (Some(entity), self.index),
                    _ => {}
                }
            }
        }
        if self.has(Cue::Agreement) || self.has(Cue::Handshake) {
            self.signing_at = Some(self.index);
        }
    }

    /// Whether the name at `token` only says from what something differs: `마이스터고와는 별개로`.
    fn is_contrasted(&self, token: usize) -> bool {
        let tokens = &self.sentence.tokens;
        let next = tokens.get(token + 1).filter(|t| t.mention.is_none());
        matches!(tokens[token].role, Some(Role::With | Role::Topic))
            && next.is_some_and(|t| {
                let word = &self.article.text[t.start..t.end];
                self.rules.has_lead(word, Mark::Contrasted)
            })
    }

    /// Whose what is spoken of at `token` is, at the head of a sentence: `A시의 고민은 깊다`.
    fn of_whom(&self, token: usize, slot: Slot) -> Vec<usize> {
        let text = self.text(token);
        let first = self.sentence.groups.first();
        let head = first.filter(|g| {
            let between = g.last + 1..token;
            g.role == Some(Role::Genitive)
                && g.attach == Attach::Own
                && (0..g.first).all(|t| self.sentence.tokens[t].modifier)
                && between.len() < 3
                && between.clone().all(|t| {
                    let word = &self.sentence.tokens[t];
                    word.role.is_none() && word.ending.is_none()
                })
        });
        // `A시의 기업은`: they, and not the town.
        let others = self.rules.is_body(text)
            || self.rules.has_tail(self.noun(token), Mark::Trade)
            || self.token_has(token, Cue::Student);
        if head.is_some() && !others {
            self.names(0, slot, true)
        } else {
            Vec::new()
        }
    }

    /// Whether the name at `token` stands among words for sorts of bodies: `특성화고와 마이스터고·일반고`.
    fn among_sorts(&self, token: usize) -> bool {
        let tokens = &self.sentence.tokens;
        let sort = |t: usize| {
            tokens[t].mention.is_none() && self.rules.has_tail(self.noun(t), Mark::Trade)
        };
        let before = token.checked_sub(1).is_some_and(|t| {
            (tokens[token].gap == Gap::Dot || tokens[t].role == Some(Role::With)) && sort(t)
        });
        let behind = tokens.get(token + 1).is_some_and(|next| {
            (next.gap == Gap::Dot || tokens[token].role == Some(Role::With)) && sort(token + 1)
        });
        before || behind
    }

    /// Remembers the names that stand together, for words such as `두 학교`.
    fn remember_together(&mut self, every: Slot) {
        // `A는 가 고교 22명을, B는 나 고교 8명을 뽑았다`: both schools.
        let schools_only = Slot::of_types(&[TypeId::SCHOOL]);
        let mut schools: Vec<usize> = Vec::new();
        for group in 0..self.sentence.groups.len() {
            if !self.sentence.tokens[self.sentence.groups[group].first].quoted {
                self.add_names(&mut schools, group, schools_only, false);
            }
        }
        if schools.len() > 1 {
            self.together.push(schools);
        }
        for group in 0..self.sentence.groups.len() {
            if self.sentence.members(group).len() > 1 {
                let names = self.names(group, every, true);
                if names.len() > 1 {
                    self.together.push(names);
                }
            }
        }
        // `A고는 가 회사와, B고는 나 회사와 …`: those whom it is about, one after the other.
        let mut topics: Vec<usize> = Vec::new();
        for (group, g) in self.sentence.groups.iter().enumerate() {
            let first = &self.sentence.tokens[g.first];
            if g.role == Some(Role::Topic)
                && g.attach != Attach::Modifier
                && !(first.quoted || first.aside)
            {
                self.add_names(&mut topics, group, every, true);
            }
        }
        if topics.len() > 1 {
            self.together.push(topics);
        }
        // `A가 B, C와 연합해`: three of them.
        let mut company: Vec<usize> = Vec::new();
        for (group, g) in self.sentence.groups.iter().enumerate() {
            let first = &self.sentence.tokens[g.first];
            if matches!(g.role, Some(Role::Topic | Role::Subject | Role::With))
                && g.attach != Attach::Modifier
                && !(first.quoted || first.aside)
            {
                self.add_names(&mut company, group, every, true);
            }
        }
        if company.len() > 2 {
            self.together.insert(0, company);
        }
        // `A에 31억 원, B에 12억 원이 들어갔다`: both.
        let mut places: Vec<usize> = Vec::new();
        for (group, g) in self.sentence.groups.iter().enumerate() {
            if matches!(g.role, Some(Role::Place | Role::To)) && g.attach == Attach::Own {
                self.add_names(&mut places, group, schools_only, true);
            }
        }
        if places.len() > 1 {
            self.together.push(places);
        }
    }

    pub(super) fn cue_in(&self, cue: Cue, from: usize, to: usize) -> bool {
        self.has(cue)
            && self
                .here
                .iter()
                .any(|h| h.cue == Some(cue) && h.start >= from && h.end <= to)
    }

    pub(super) fn has(&self, cue: Cue) -> bool {
        self.cues & 1 << cue as u32 != 0
    }

    /// Whether a cue of this kind begins in the token.
    pub(super) fn token_has(&self, token: usize, cue: Cue) -> bool {
        let t = &self.sentence.tokens[token];
        self.has(cue)
            && self
                .here
                .iter()
                .any(|h| h.cue == Some(cue) && h.start >= t.start && h.start < t.end)
    }

    /// A day before `end` that is not somebody else's.
    pub(super) fn day_before(&self, end: usize) -> Option<Date> {
        self.days
            .iter()
            .rfind(|d| d.end <= end)
            .and_then(|d| d.date)
    }

    pub(super) fn group_at(&self, token: usize) -> Option<usize> {
        let t = &self.sentence.tokens[token];
        t.group
            .filter(|g| !t.modifier && self.sentence.groups[*g].last == token)
    }

    /// Whether the particle at `token` belongs to a list of names before it.
    pub(super) fn is_group_head(&self, token: usize) -> bool {
        self.sentence
            .groups
            .iter()
            .any(|g| g.head == token && g.attach != Attach::Modifier)
    }

    pub(super) fn is_program(&self, group: usize) -> bool {
        self.sentence.members(group).iter().any(|t| {
            self.entity(*t)
                .is_some_and(|e| self.kind(e) == TypeId::PROGRAM)
        })
    }

    /// Tells who listens that a rule's cue states nothing.
    pub(super) fn unused(&mut self, hit: &Hit, why: Unused) {
        if let Some(rule) = hit.rule {
            self.watch.see(|| Event::Rule {
                rule: self.rules.rules()[rule].line,
                sentence: self.index,
                span: hit.start..hit.end,
                what: Outcome::Nothing(why),
            });
        }
    }

    /// States as done, on no certain day, what no verb says: what stands at `at` does.
    pub(super) fn state_bare(
        &mut self,
        rule: usize,
        subjects: &[usize],
        objects: &[usize],
        (form, first, last): (Form, usize, usize),
    ) {
        let predicate = Predicate::bare(form, first, last);
        self.state(
            rule,
            subjects,
            objects,
            Status::Done,
            None,
            false,
            false,
            &predicate,
        );
    }

    #[allow(clippy::too_many_arguments)]
    pub(super) fn state(
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
        // `지난해 탈락한 A고는 올해 …`: told of the year before, and so not of this one.
        let within = |at: usize| {
            let tokens = &self.sentence.tokens;
            predicate.is_relative()
                || !tokens[..predicate.first].iter().any(|t| {
                    t.start > at
                        && matches!(t.ending, Some(Ending::Adnominal))
                        && self.rules.bound(&self.article.text[t.end..]).is_none()
                })
        };
        let past = self
            .here
            .iter()
            .any(|h| matches!(h.date, Some(DateWord::Year(n)) if n < 0) && within(h.start));
        // In a clause of its own it is not what the sentence says.
        let denied_at = past.then_some(if predicate.is_relative() {
            usize::MAX
        } else {
            self.index
        });
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
                    self.denied.push(Denied {
                        rule,
                        subject,
                        object,
                        sentence: self.index,
                        past: denied_at,
                    });
                } else {
                    self.facts.push(Fact {
                        subject,
                        object,
                        rule,
                        status,
                        date,
                        sentence: self.index,
                        again,
                        past,
                        weak,
                    });
                }
            }
        }
    }
}

/// Whether a word such as 대학 means those of whom the cue right before it is told: `본지정 대학에 뽑혔다`.
fn is_sort(mention: &Mention, article: &Article, rules: &RelationRules, hits: &[Hit]) -> bool {
    let start = mention.span.start;
    let text = &article.text;
    rules.is_body(&text[mention.span.clone()])
        && text[..start].ends_with(' ')
        && hits.iter().any(|h| {
            let noun = h.rule.is_some_and(|r| !rules.rules()[r].takes(Form::Verb));
            noun && h.end + 1 == start
        })
}

/// Whether a word such as 학교 means whichever a clause before it describes: `지정된 학교는`, `지정된 비수도권 대학에`.
fn is_kind(mention: &Mention, article: &Article, rules: &RelationRules) -> bool {
    let text = &article.text;
    let each = || rules.has_lead(&text[mention.span.end..], Mark::Sort);
    let described = || {
        let before = text[..mention.span.start].strip_suffix(' ');
        let line = before.and_then(|b| b.rsplit('\n').next()).unwrap_or("");
        let mut words = line.rsplit(' ');
        let nearest = words.next().unwrap_or("");
        let ending = rules.ending(nearest).or_else(|| {
            // Not `본사를 둔 이 회사는`.
            let plain = rules.particle(nearest).is_none() && nearest.chars().nth(1).is_some();
            words.next().filter(|_| plain).and_then(|w| rules.ending(w))
        });
        matches!(ending, Some(Ending::Adnominal | Ending::Future))
    };
    rules.is_body(&text[mention.span.clone()]) && (each() || described())
}
