//! Reading `relations.csv` and `cues.csv`: what the cells may hold, and the forms, compiled.

use super::super::conjugate::beginnings;
use super::super::{BadRow, Matcher, Role, Row, Table};
use super::{
    BARE, Cue, DateWord, End, Ending, Form, HEAD, Light, Mark, Plan, Prefixes, RelationRules, Rule,
    Scope, Slot, Suffixes, Use,
};

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
        "capacity" => Form::Capacity,
        "following" => Form::Following,
        "partner" => Form::Partner,
        _ => return None,
    })
}

const FORMS: &str = "active, passive, verb, gift, people, capacity, following, partner, light, noun, headline, label, before, bracket or column";

fn role_named(name: &str) -> Option<u32> {
    Some(match name {
        "bare" => BARE,
        "modifier" => HEAD,
        "any" => u32::MAX,
        _ => 1 << (particle_role(name)? as u32),
    })
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

const MARKS: &str = "saying, joining, but, however, midway, hearsay, present, from, with_also, each_one, per, among, there, ceremony, aside, beside, in_order, contrasted, school, ours, apart, behind_bound, sort, gift, course, lists, capacity, chosen, proposal, near, town, trade, general, graduated, scene, where, visiting, tally, campus, stranger, contest, we, said, spokesman, next, alone, case, mutual, likewise, seat or polite";

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
        "contrasted" => Mark::Contrasted,
        "school" => Mark::School,
        "where" => Mark::Where,
        "visiting" => Mark::Visiting,
        "ours" => Mark::Ours,
        "apart" => Mark::Apart,
        "behind_bound" => Mark::BehindBound,
        "sort" => Mark::Sort,
        "gift" => Mark::Gift,
        "course" => Mark::Course,
        "lists" => Mark::Lists,
        "polite" => Mark::Polite,
        "capacity" => Mark::Capacity,
        "chosen" => Mark::Chosen,
        "proposal" => Mark::Proposal,
        "near" => Mark::Near,
        "town" => Mark::Town,
        "trade" => Mark::Trade,
        "general" => Mark::General,
        "graduated" => Mark::Graduated,
        "scene" => Mark::Scene,
        "case" => Mark::Case,
        "tally" => Mark::Tally,
        "campus" => Mark::Campus,
        "stranger" => Mark::Stranger,
        "contest" => Mark::Contest,
        "we" => Mark::We,
        "said" => Mark::Said,
        "spokesman" => Mark::Spokesman,
        "next" => Mark::Next,
        "alone" => Mark::Alone,
        "mutual" => Mark::Mutual,
        "likewise" => Mark::Likewise,
        "seat" => Mark::Seat,
        "schools" => Mark::Schools,
        "stage" => Mark::Stage,
        "toward" => Mark::Toward,
        "under" => Mark::Under,
        _ => return None,
    })
}

const LIGHTS: &str = "does, undergoes, tries, or what the verb says: plan, wish, not …";

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

const KINDS: &str = "ending, particle, voice, auxiliary, bound, light, closer, between, branch, body, programme_head, numeral, counter, measure, list_word, et_cetera, introducing, head, bullet, date, \
                     nothing, failed, joined, again, follows, programme, agreement, handshake, signing, joining, \
                     attending, pledge, accordingly, earlier, student, message, inviting, besides, project, held or both";

impl RelationRules {
    /// Compiles both files, adding what is wrong with them to `bad`.
    ///
    /// `types` are the entity types by name, in the order of their [`TypeId`](crate::dictionary::TypeId).
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
            body_ends: Suffixes::default(),
            counters: Suffixes::default(),
            numerals: Prefixes::default(),
            measures: Prefixes::default(),
            list_words: Prefixes::default(),
            et_cetera: Vec::new(),
            introducing: Prefixes::default(),
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
                for cue in relations.list(row, "cue").flat_map(spelled_out) {
                    let Some(stem) = cue.strip_suffix('-') else {
                        phrases.push((cue, Use::Rule(index)));
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
                let named = phrases.len() > before;
                // A column may also be one that its heading names.
                if rule.forms & cueless != 0 && !named {
                    rules.cueless.push(index);
                } else if !named {
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
        rules.body_ends.seal();
        rules.counters.seal();
        rules.numerals.seal();
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
        rules.introducing.seal();
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
            "body" => forms.for_each(|f| {
                self.bodies.add(f, ());
                self.body_ends.add(f, ());
            }),
            "programme_head" => forms.for_each(|f| self.programme_heads.add(f, ())),
            "et_cetera" => self.et_cetera.extend(forms.map(|f| format!(" {f} "))),
            "introducing" => forms.for_each(|f| self.introducing.add(f, ())),
            "list_word" => match meaning {
                "" => forms.for_each(|f| self.list_words.add(f, false)),
                "bare" => forms.for_each(|f| self.list_words.add(f, true)),
                _ => wrong = Some("nothing, or `bare` for right after a name without a particle"),
            },
            "numeral" => match meaning.parse() {
                Ok(number) => forms.for_each(|f| self.numerals.add(f, number)),
                Err(_) => wrong = Some("the number that the word is, such as 7"),
            },
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
                Some(cue) => {
                    phrases.extend(forms.flat_map(spelled_out).map(|f| (f, Use::Cue(cue))));
                }
                None => bad.push(table.bad(row, "kind", KINDS)),
            },
        }
        if let Some(expected) = wrong {
            bad.push(table.bad(row, "meaning", expected));
        }
    }
}

/// The cues that one with alternatives stands for: `{선정/지정}{ /}결과` are four.
fn spelled_out(cue: &str) -> Vec<String> {
    let alternatives = cue
        .split_once('{')
        .and_then(|(before, rest)| Some((before, rest.split_once('}')?)));
    let Some((before, (choices, after))) = alternatives else {
        return vec![cue.to_owned()];
    };
    let after = spelled_out(after);
    choices
        .split('/')
        .flat_map(|choice| after.iter().map(move |a| format!("{before}{choice}{a}")))
        .collect()
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
