//! Places beside, behind and above names.

use super::LOCATED_IN;
use super::frame::Reader;
use super::sentence::Gap;
use super::trace::Event;
use crate::article::Zone;
use crate::dictionary::{Form, Mark, Meaning, Role, TypeId};
use crate::watch::Watch;

impl<W: Watch<Event>> Reader<'_, W> {
    /// Whether the particle of the name at `token` stands behind the bracket that the name closes: `(경산시)은`.
    fn closes_brackets(&self, token: usize) -> bool {
        self.sentence.tokens[token].mention.is_some_and(|m| {
            self.article.text[self.mentions.mentions[m].span.end..].starts_with([')', '）'])
        })
    }

    /// Places beside, behind and above names.
    pub(super) fn apply_cueless(&mut self) {
        let rules = self.rules;
        let count = self.sentence.tokens.len();
        for (index, rule) in rules.cueless() {
            // Without the place none of the forms is there.
            if !self.sentence.holds(rule.object) {
                continue;
            }
            let listed = self.sentence.zone == Zone::List
                || self.sentence.tokens.iter().any(|t| t.gap == Gap::Bullet);
            let mut heading: Option<usize> = None;
            if self.is_row() && rule.takes(Form::Column) {
                self.locate_row(index, rule);
            }
            for at in 0..count {
                let token = self.sentence.tokens[at];
                let Some(entity) = self.entity(at) else {
                    continue;
                };
                let kind = self.kind(entity);
                if rule.takes(Form::Before) && rule.object.takes(kind) {
                    self.locate_seat(index, entity, at);
                    self.locate_apart(index, entity, at);
                    self.locate_sort(index, entity, at);
                    let trade = self.sentence.trade(&self.article.text, at, rules);
                    let named = trade.filter(|t| {
                        let mention = self.sentence.tokens[*t].mention;
                        mention.is_some_and(|m| !self.mentions.mentions[m].reference)
                    });
                    if let Some(subject) = named
                        .and_then(|t| self.entity(t))
                        .filter(|e| rule.subject.takes(self.kind(*e)))
                    {
                        self.locate(index, &[subject], entity, at);
                    }
                }
                if rule.takes(Form::Before) && rule.object.takes(kind) && at + 1 < count {
                    let next = &self.sentence.tokens[at + 1];
                    let beside = next.gap == Gap::Space && next.aside == token.aside;
                    // `동해시의 한국골프과학기술대도`; `익산시의 이리공고 지원` is something else.
                    let owned = token.role == Some(Role::Genitive)
                        && !(at > 0
                            && self.sentence.tokens[at - 1].mention.is_some()
                            && !self.sentence.tokens[at - 1].modifier
                            && token.gap != Gap::Comma)
                        && matches!(
                            self.sentence.tokens[at + 1].role,
                            Some(
                                Role::Topic
                                    | Role::Subject
                                    | Role::Also
                                    | Role::With
                                    | Role::Copula
                            )
                        )
                        // `보은의 A고, 상주의 B고, 나주의 C고가`
                        || token.role == Some(Role::Genitive) && token.modifier;
                    if beside
                        && (token.role != Some(Role::Genitive) || owned)
                        && rule.object.has(token.role)
                        && self.title(at).is_none()
                        // `전북지역 대학들이`: whichever are there.
                        && !next
                            .mention
                            .is_some_and(|m| self.mentions.mentions[m].reference)
                        && let Some(subject) = self
                            .entity(at + 1)
                            .filter(|e| rule.subject.takes(self.kind(*e)))
                    {
                        self.locate(index, &[subject], entity, at);
                        if owned && self.parts_list(at + 1) {
                            let followers = self.till_next_place(at + 1);
                            self.locate(index, &followers, entity, at);
                        } else if listed {
                            let mut followers = Vec::new();
                            for t in at + 2..count {
                                let tok = &self.sentence.tokens[t];
                                if tok.aside {
                                    continue;
                                }
                                if tok.gap != Gap::Dot {
                                    break;
                                }
                                match self.entity(t).filter(|e| rule.subject.takes(self.kind(*e))) {
                                    Some(e) => followers.push(e),
                                    None => break,
                                }
                            }
                            self.locate(index, &followers, entity, at);
                        }
                    }
                }
                if rule.takes(Form::Bracket) && rule.object.takes(kind) && token.aside && at > 0 {
                    let next_in = self
                        .sentence
                        .tokens
                        .get(at + 1)
                        .is_some_and(|t| t.aside && t.gap <= Gap::Space && t.mention.is_some());
                    let opener = (0..at)
                        .rev()
                        .take_while(|t| self.sentence.tokens[*t].aside)
                        .last()
                        .unwrap_or(at);
                    let plain = (opener..at).all(|t| self.sentence.tokens[t].mention.is_some());
                    let close = opener > 0
                        && self.article.text[self.sentence.tokens[opener - 1].end
                            ..self.sentence.tokens[opener].start]
                            .trim_start()
                            .starts_with(['(', '（']);
                    if close
                        && plain
                        && !next_in
                        && (token.role.is_none() || self.closes_brackets(at))
                        && let Some(subject) = self
                            .entity(opener - 1)
                            .filter(|e| rule.subject.takes(self.kind(*e)))
                    {
                        self.locate(index, &[subject], entity, at);
                        // `▲가 고교·나 고교(전주)`, `△가 대학-나 대학(부산·사립)`
                        let mut first = opener - 1;
                        let joined =
                            |t: usize| matches!(self.sentence.tokens[t].gap, Gap::Dot | Gap::Dash);
                        while listed && first > 0 && joined(first) {
                            first -= 1;
                        }
                        if self.sentence.tokens[first].gap == Gap::Bullet {
                            let more: Vec<usize> = (first..opener - 1)
                                .filter_map(|t| self.entity(t))
                                .filter(|e| rule.subject.takes(self.kind(*e)))
                                .collect();
                            self.locate(index, &more, entity, at);
                        }
                    }
                }
                if rule.takes(Form::Column) && !token.aside && !self.is_row() {
                    let next = self.sentence.tokens.get(at + 1);
                    let begins = at == 0 || token.gap >= Gap::Ellipsis || token.gap == Gap::Column;
                    let sets = next
                        .is_some_and(|t| t.gap == Gap::Column || t.gap == Gap::Bullet && begins);
                    let pair = at > 0
                        && self.sentence.tokens[at - 1].mention.is_some()
                        && token.gap == Gap::Dot;
                    if rule.object.takes(kind) && token.role.is_none() && begins && sets && !pair {
                        heading = Some(entity);
                    } else if let Some(city) = heading.filter(|_| rule.subject.takes(kind)) {
                        self.locate(index, &[entity], city, at);
                    } else if rule.object.takes(kind) {
                        heading = None;
                    }
                }
            }
        }
    }

    /// Whether places part the list in which the name at `token` stands: `대전의 A와 B, 충북의 C`.
    fn parts_list(&self, token: usize) -> bool {
        let tokens = &self.sentence.tokens;
        let Some(group) = tokens[token].group else {
            return false;
        };
        let members = self.sentence.members(group).iter();
        let placed = members.filter(|t| {
            t.checked_sub(1).is_some_and(|b| {
                let city = self.entity(b).map(|e| self.kind(e)) == Some(TypeId::CITY);
                city && tokens[b].role == Some(Role::Genitive)
            })
        });
        placed.count() > 1
    }

    /// Those who follow the name at `token` in its list, up to the next that has a place of its own.
    fn till_next_place(&self, token: usize) -> Vec<usize> {
        let tokens = &self.sentence.tokens;
        let group = tokens[token].group;
        let members = group.map_or(&[][..], |g| self.sentence.members(g)).iter();
        let behind = members.filter(|t| **t > token && !tokens[**t].aside);
        let own = behind.take_while(|t| !tokens[**t - 1].modifier);
        let names = own.filter_map(|t| self.entity(*t));
        names.filter(|e| self.kind(*e) != TypeId::CITY).collect()
    }

    /// Locates the names of the list that the town at `at` describes: `A고, B고 등 세종시 소재 3개교를`.
    fn locate_sort(&mut self, index: usize, city: usize, at: usize) {
        let tokens = &self.sentence.tokens;
        let Some(next) = tokens.get(at + 1).filter(|_| tokens[at].modifier) else {
            return;
        };
        let rules = self.rules.rules();
        let seated = self.here.iter().any(|h| {
            (next.start..next.end).contains(&h.start)
                && h.rule.is_some_and(|r| *rules[r].relation == *LOCATED_IN)
        });
        let listed = (0..at).rev().find(|t| !tokens[*t].listing);
        let group = listed
            .filter(|t| seated && t + 1 < at)
            .and_then(|t| tokens[t].group);
        if let Some(group) = group {
            let before = self.sentence.members(group).iter().filter(|t| **t < at);
            let names = before.filter_map(|t| self.entity(*t));
            let rule = &rules[index];
            let subjects: Vec<usize> = names
                .filter(|e| rule.subject.takes(self.kind(*e)))
                .collect();
            self.locate(index, &subjects, city, at);
        }
    }

    /// Locates whoever stands behind a part of the town: `순천시 조례동의 여수공고`.
    fn locate_apart(&mut self, index: usize, city: usize, at: usize) {
        let tokens = &self.sentence.tokens;
        let rule = &self.rules.rules()[index];
        let token = &tokens[at];
        if self.title(at).is_some_and(|t| t != Meaning::Label) || token.role.is_some() {
            return;
        }
        let [Some(part), Some(name)] = [1, 2].map(|n| tokens.get(at + n)) else {
            return;
        };
        let plain = [part, name]
            .iter()
            .all(|t| t.gap == Gap::Space && t.aside == token.aside && t.quoted == token.quoted);
        let town = part.mention.is_none()
            && part.ending.is_none()
            && matches!(part.role, None | Some(Role::Genitive))
            && self.rules.has_tail(self.noun(at + 1), Mark::Town);
        let named = name
            .mention
            .is_some_and(|m| !self.mentions.mentions[m].reference);
        let subject = self
            .entity(at + 2)
            .filter(|e| rule.subject.takes(self.kind(*e)));
        if let Some(subject) = subject.filter(|_| plain && town && named) {
            self.locate(index, &[subject], city, at);
        }
    }

    /// Locates those whose seat is said to be the town: `본사가 창원인 A`, `A의 본사는 창원이다`.
    fn locate_seat(&mut self, index: usize, city: usize, at: usize) {
        let tokens = &self.sentence.tokens;
        let rule = &self.rules.rules()[index];
        if tokens[at].role != Some(Role::Copula) {
            return;
        }
        let Some(word) = (0..at).rev().find(|t| !tokens[*t].modifier) else {
            return;
        };
        let seat = tokens[word].mention.is_none()
            && matches!(tokens[word].role, Some(Role::Topic | Role::Subject))
            && self.rules.has_tail(self.noun(word), Mark::Seat);
        if !seat {
            return;
        }
        let owner = word
            .checked_sub(1)
            .and_then(|t| self.group_at(t))
            .filter(|g| {
                let case = self.sentence.groups[*g].role;
                matches!(case, Some(Role::Genitive | Role::Topic | Role::Subject))
            });
        let next = tokens.get(at + 1).filter(|t| t.gap == Gap::Space);
        let group = owner.or(next.and_then(|t| t.group));
        let subjects = group.map_or_else(Vec::new, |g| self.names(g, rule.subject, false));
        if subjects.len() == 1 {
            self.locate(index, &subjects, city, at);
        }
    }

    pub(super) fn locate(&mut self, rule: usize, subjects: &[usize], place: usize, at: usize) {
        self.state_bare(rule, subjects, &[place], (Form::Before, at, at));
    }
}
