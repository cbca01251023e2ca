//! What was read, dropped, matched and refused in one article, and why: `ieum explain`.
//!
//! The steps are run once more, with somebody who listens ([`crate::watch::Watch`]); they are the same steps, so the
//! record is the one that [`crate::extract`] gives.

mod reason;

use jiff::civil::Date;
use serde::Serialize;

use crate::article::{Article, Fate, LineReport, Sentence, Zone};
use crate::dictionary::{Dictionary, EntryId, Meaning, Origin, Role, fold_char};
use crate::mention::{self, Decision, Mention, Mentions, Why};
use crate::record::Record;
use crate::relation::{self, CO_OCCURS, Outcome, Status};

/// An article, explained.
#[derive(Debug, Clone, Serialize)]
pub struct Explanation {
    /// How its bytes were decoded: the encoding's WHATWG name.
    pub encoding: &'static str,
    /// The lines of the page, and what became of each.
    pub lines: Vec<Line>,
    /// The sentences of the main text, and what was found in each.
    pub sentences: Vec<SentenceNote>,
    /// The signings.
    pub agreements: Vec<Signing>,
    /// What is said of a signing with one party only, which is none.
    pub lonely: Vec<Party>,
    /// What `ieum extract` prints for the article.
    pub record: Record,
}

/// A line of the page.
#[derive(Debug, Clone, Serialize)]
pub struct Line {
    /// From 1.
    pub number: usize,
    /// As it was recognised.
    pub text: String,
    /// Whether it is part of the main text.
    pub kept: bool,
    /// What it is in the main text, or why it is left out.
    pub because: &'static str,
    /// Names in it that do not count, because it is left out.
    pub names: Vec<String>,
}

/// A sentence of the main text.
#[derive(Debug, Clone, Serialize)]
pub struct SentenceNote {
    /// From 0, as in the record.
    pub number: usize,
    /// What the line is that it stands in.
    pub zone: &'static str,
    /// What it says.
    pub text: String,
    /// The names in it.
    pub names: Vec<Name>,
    /// What might have been a name and is none.
    pub refused: Vec<Refused>,
    /// The relations that it states.
    pub relations: Vec<Stated>,
    /// The cues of rules that state nothing here.
    pub cues: Vec<Cue>,
}

/// A row of a dictionary.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Place {
    /// The file.
    pub file: String,
    /// Its line, from 1.
    pub line: u64,
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}", self.file, self.line)
    }
}

/// A name that counts.
#[derive(Debug, Clone, Serialize)]
pub struct Name {
    /// As it stands there.
    pub text: String,
    /// The entity's id.
    pub id: String,
    /// How it was found.
    pub because: &'static str,
    /// The row that it rests on.
    pub row: Option<Place>,
    /// What the particle after it says.
    pub role: Option<Role>,
    /// What the title after it means.
    pub title: Option<Meaning>,
    /// What each of its readings is worth, where there was a choice.
    pub weighed: Vec<Reading>,
}

/// A reading of an ambiguous form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Reading {
    /// What it would be.
    pub id: String,
    /// The sum of `points`.
    pub sum: i32,
    /// How much is wanted, if it is also a common word.
    pub needed: Option<i32>,
    /// Each piece of evidence.
    pub points: Vec<Point>,
}

/// One piece of evidence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Point {
    /// What it is worth.
    pub points: i32,
    /// What it is.
    pub because: &'static str,
}

/// What might have been a name and is none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Refused {
    /// As it stands there.
    pub text: String,
    /// The entities that it might have been; none for what only has the shape of a name.
    pub ids: Vec<String>,
    /// Why it is none, in one word.
    pub reason: &'static str,
    /// Why it is none.
    pub because: String,
    /// What each of its readings is worth, where that decided.
    pub weighed: Vec<Reading>,
    /// Whether a longer form of the same entity stands there: nothing is lost then.
    pub same: bool,
}

/// A relation that a sentence states.
#[derive(Debug, Clone, Serialize)]
pub struct Stated {
    /// The subject's id.
    pub subject: String,
    /// The relation.
    pub relation: String,
    /// The object's id.
    pub object: String,
    /// Fact or plan.
    pub status: Status,
    /// The day of the event.
    pub date: Option<Date>,
    /// The rule; none for what only stands together.
    pub rule: Option<Place>,
    /// The words that the rule rests on.
    pub cue: Option<String>,
}

/// A cue, and why no relation comes of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Cue {
    /// The words.
    pub text: String,
    /// The rule.
    pub rule: Place,
    /// Its relation.
    pub relation: String,
    /// Why nothing comes of it, in one word.
    pub reason: &'static str,
    /// Why nothing comes of it.
    pub because: String,
    /// Whether another rule states something by these words.
    pub used: bool,
}

/// A signing.
#[derive(Debug, Clone, Serialize)]
pub struct Signing {
    /// The parties.
    pub parties: Vec<Party>,
    /// Ids of the programmes that it is about.
    pub about: Vec<String>,
    /// Signed, or only announced.
    pub status: Status,
    /// Its day.
    pub date: Option<Date>,
}

/// A party of a signing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Party {
    /// Its id.
    pub id: String,
    /// The sentences that make it a party.
    pub sentences: Vec<usize>,
}

/// Explains an article. `lines` are the lines of its page; without them, those of its text are taken.
///
/// O(page), with the dropped lines searched for names too.
pub fn explain(article: &Article, lines: &[LineReport], dictionary: &Dictionary) -> Explanation {
    let mut names: Vec<mention::Event> = Vec::new();
    let mut rules: Vec<relation::Event> = Vec::new();
    let mentions = mention::find_watched(article, dictionary, &mut names);
    let relations = relation::find_watched(article, &mentions, dictionary, &mut rules);
    let record = Record::new(article, &mentions, &relations, dictionary);
    let teller = Teller {
        article,
        mentions: &mentions,
        dictionary,
    };
    let mut sentences: Vec<SentenceNote> = article
        .sentences
        .iter()
        .enumerate()
        .map(|(number, sentence)| SentenceNote {
            number,
            zone: reason::zone(sentence.zone),
            text: article.text[sentence.span.clone()].to_owned(),
            names: Vec::new(),
            refused: Vec::new(),
            relations: Vec::new(),
            cues: Vec::new(),
        })
        .collect();
    for mention in &mentions.mentions {
        sentences[mention.sentence]
            .names
            .push(teller.name(mention, &names));
    }
    for event in &names {
        let at = article
            .sentences
            .iter()
            .position(|s| s.span.start <= event.span.start && event.span.end <= s.span.end);
        if let (Some(at), Some(refused)) = (at, teller.refused(event))
            && !sentences[at].refused.contains(&refused)
        {
            sentences[at].refused.push(refused);
        }
    }
    for relation in &relations.relations {
        sentences[relation.sentence]
            .relations
            .push(teller.stated(relation, &rules));
    }
    for event in &rules {
        if let relation::Event::Rule { sentence, .. } = event
            && let Some(cue) = teller.cue(event, &rules)
            && !sentences[*sentence].cues.contains(&cue)
        {
            sentences[*sentence].cues.push(cue);
        }
    }
    let told = |told: &relation::Event| match told {
        relation::Event::Signing(told) => Some(teller.parties(told)),
        _ => None,
    };
    let lonely = |told: &relation::Event| match told {
        relation::Event::Lonely(told) => teller.parties(told),
        _ => Vec::new(),
    };
    let agreements = relations
        .agreements
        .iter()
        .zip(rules.iter().filter_map(told))
        .map(|(agreement, mut parties)| Signing {
            parties: {
                // A headline may have named one that turned out to be a part of another.
                parties.retain(|p| agreement.parties.iter().any(|&a| teller.id(a) == p.id));
                parties
            },
            about: agreement.about.iter().map(|&a| teller.id(a)).collect(),
            status: agreement.status,
            date: agreement.date,
        })
        .collect();
    Explanation {
        encoding: article.encoding,
        lines: page(article, lines, dictionary),
        agreements,
        lonely: rules.iter().flat_map(lonely).collect(),
        sentences,
        record,
    }
}

/// The lines of the page, with the names in those that are left out.
fn page(article: &Article, lines: &[LineReport], dictionary: &Dictionary) -> Vec<Line> {
    if lines.is_empty() {
        return article
            .text
            .lines()
            .enumerate()
            .map(|(n, text)| Line {
                number: n + 1,
                text: text.to_owned(),
                kept: true,
                because: "given as the main text",
                names: Vec::new(),
            })
            .collect();
    }
    let line = |(n, line): (usize, &LineReport)| Line {
        number: n + 1,
        text: line.text.clone(),
        kept: matches!(line.fate, Fate::Kept(_)),
        because: match line.fate {
            Fate::Kept(zone) => reason::zone(zone),
            Fate::Dropped(because) => because,
        },
        names: match line.fate {
            Fate::Kept(_) => Vec::new(),
            Fate::Dropped(_) => names_in(&line.text, dictionary),
        },
    };
    lines.iter().enumerate().map(line).collect()
}

/// Ids of what a line names that is not part of the article.
fn names_in(line: &str, dictionary: &Dictionary) -> Vec<String> {
    if line.is_empty() {
        return Vec::new();
    }
    let article = Article {
        text: line.to_owned(),
        sentences: vec![Sentence {
            span: 0..line.len(),
            zone: Zone::Body,
        }],
        ..Article::default()
    };
    let found = mention::find(&article, dictionary);
    found
        .entities
        .into_iter()
        .map(|e| e.id.to_string())
        .collect()
}

struct Teller<'a> {
    article: &'a Article,
    mentions: &'a Mentions,
    dictionary: &'a Dictionary,
}

impl Teller<'_> {
    fn id(&self, entity: usize) -> String {
        self.mentions.entities[entity].id.to_string()
    }

    fn ids(&self, entries: &[EntryId]) -> Vec<String> {
        let id = |&e: &EntryId| self.dictionary.entry(e).id.to_string();
        entries.iter().map(id).collect()
    }

    fn rule(line: u64) -> Place {
        Place {
            file: "relations.csv".to_owned(),
            line,
        }
    }

    fn readings(&self, weighed: &[mention::Weighed]) -> Vec<Reading> {
        let reading = |w: &mention::Weighed| Reading {
            id: self.dictionary.entry(w.entry).id.to_string(),
            sum: w.sum,
            needed: w.needed,
            points: w
                .points
                .iter()
                .map(|&(points, because)| Point { points, because })
                .collect(),
        };
        weighed.iter().map(reading).collect()
    }

    /// How a name was found.
    fn name(&self, mention: &Mention, events: &[mention::Event]) -> Name {
        let entity = &self.mentions.entities[mention.entity];
        let text = &self.article.text[mention.span.clone()];
        let here = || events.iter().filter(|e| e.span == mention.span);
        let weighed = here().find_map(|e| match &e.what {
            Decision::Weighed(weighed, _) => Some(self.readings(weighed)),
            _ => None,
        });
        let shape = here().find_map(|e| match e.what {
            Decision::Shaped(line) => Some(line),
            _ => None,
        });
        let folded: String = text.chars().filter_map(fold_char).collect();
        let sense = self.dictionary.surface(&folded).and_then(|surface| {
            let own = |s: &&crate::dictionary::Sense| Some(s.entry) == entity.entry;
            surface.senses.iter().find(own)
        });
        let entry = entity.entry.map(|e| {
            let (file, line) = self.dictionary.entry(e).place.clone();
            let file = file.to_string();
            Place { file, line }
        });
        let (because, row) = if here().any(|e| e.what == Decision::Introduced) {
            ("a short form that the article introduces", entry)
        } else if here().any(|e| e.what == Decision::Shared) {
            ("it shares the end of the name behind it", entry)
        } else if mention.reference {
            ("a word that points back", entry)
        } else if let Some(sense) = sense {
            let because = match sense.origin {
                Origin::Name => "the name itself",
                Origin::Alias => "an alias",
                Origin::Derived => "a short form by rule",
            };
            (because, entry)
        } else if let Some(line) = shape {
            let file = "patterns.csv".to_owned();
            ("the shape of a name", Some(Place { file, line }))
        } else if self
            .dictionary
            .references()
            .iter()
            .any(|r| r.form == folded)
        {
            ("a word that stands for the body of a place", entry)
        } else {
            ("a name found elsewhere in the article", entry)
        };
        Name {
            text: text.to_owned(),
            id: entity.id.to_string(),
            because,
            row,
            role: mention.role,
            title: mention.title,
            weighed: weighed.unwrap_or_default(),
        }
    }

    /// What an event refuses, unless the same place holds a name that counts.
    fn refused(&self, event: &mention::Event) -> Option<Refused> {
        let text = self.article.text[event.span.clone()].to_owned();
        let quote = |span: &std::ops::Range<usize>| self.article.text[span.clone()].to_owned();
        let counts = |m: &&Mention| m.span == event.span;
        let (reason, because, weighed) = match &event.what {
            // Two rows may see the same name; one of them is enough.
            Decision::Refused(_) if self.mentions.mentions.iter().any(|m| counts(&m)) => {
                return None;
            }
            Decision::Refused(why) => {
                let (reason, because) = reason::refused(why, quote);
                (reason, because, Vec::new())
            }
            Decision::Weighed(weighed, None) => {
                let several = weighed.len() > 1;
                let (reason, because) = reason::doubtful(weighed, several);
                (reason, because, self.readings(weighed))
            }
            _ => return None,
        };
        let same = match &event.what {
            Decision::Refused(Why::Overlapped(by)) => self
                .mentions
                .mentions
                .iter()
                .filter(|m| m.span == *by)
                .any(|m| {
                    let entry = self.mentions.entities[m.entity].entry;
                    event.entries.is_empty() || entry.is_some_and(|e| event.entries.contains(&e))
                }),
            _ => false,
        };
        Some(Refused {
            text,
            ids: self.ids(&event.entries),
            reason,
            because,
            weighed,
            same,
        })
    }

    fn stated(&self, relation: &relation::Relation, events: &[relation::Event]) -> Stated {
        let cue = events.iter().find_map(|event| match event {
            relation::Event::Rule {
                rule,
                sentence,
                span,
                what: Outcome::Stated(subject, object, _),
            } if Some(*rule) == relation.rule
                && *sentence == relation.sentence
                && (*subject, *object) == (relation.subject, relation.object) =>
            {
                Some(self.article.text[span.clone()].to_owned())
            }
            _ => None,
        });
        Stated {
            subject: self.id(relation.subject),
            relation: relation.kind.to_string(),
            object: self.id(relation.object),
            status: relation.status,
            date: relation.date,
            rule: relation
                .rule
                .map(Self::rule)
                .filter(|_| &*relation.kind != CO_OCCURS),
            cue,
        }
    }

    fn cue(&self, event: &relation::Event, events: &[relation::Event]) -> Option<Cue> {
        let relation::Event::Rule {
            rule,
            sentence,
            span,
            what,
        } = event
        else {
            return None;
        };
        let row = self
            .dictionary
            .rules()
            .rules()
            .iter()
            .find(|r| r.line == *rule)?;
        let (reason, because) = match what {
            Outcome::Stated(..) => return None,
            Outcome::Denied(subject, object) => {
                reason::denied(&self.id(*subject), &self.id(*object))
            }
            Outcome::Void(subject, object) => reason::void(&self.id(*subject), &self.id(*object)),
            Outcome::Nothing(why) => reason::unused(*why),
        };
        let used = events.iter().any(|other| match other {
            relation::Event::Rule {
                sentence: s,
                span: by,
                what: Outcome::Stated(..),
                ..
            } => s == sentence && by.start < span.end && span.start < by.end,
            _ => false,
        });
        Some(Cue {
            text: match what {
                // A fact does not keep its words; the sentence is told anyway.
                Outcome::Void(..) => String::new(),
                _ => self.article.text[span.clone()].to_owned(),
            },
            rule: Self::rule(*rule),
            relation: row.relation.to_string(),
            reason,
            because,
            used: used && matches!(what, Outcome::Nothing(_)),
        })
    }

    fn parties(&self, told: &[(usize, usize)]) -> Vec<Party> {
        let mut parties: Vec<Party> = Vec::new();
        for &(entity, sentence) in told {
            let id = self.id(entity);
            match parties.iter_mut().find(|p| p.id == id) {
                Some(party) if party.sentences.contains(&sentence) => {}
                Some(party) => party.sentences.push(sentence),
                None => parties.push(Party {
                    id,
                    sentences: vec![sentence],
                }),
            }
        }
        parties
    }
}
