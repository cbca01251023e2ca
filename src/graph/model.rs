//! What a graph consists of.

use std::fmt;
use std::sync::{Arc, OnceLock};

use jiff::civil::Date;
use petgraph::Directed;
use petgraph::graph::NodeIndex;

use super::hash::Hasher;
use super::layout::{self, Point};
use super::measures::{self, Measures};
use super::texts::Text;
use crate::relation::Status;

/// The type of the nodes that stand for one signing.
pub const AGREEMENT: &str = "agreement";
/// The relation from a party to its agreement.
pub const PARTY: &str = "party";
/// The relation from an agreement to the programme it is about.
pub const ABOUT: &str = "about";
/// The weight of an edge that only a dictionary states: more than nothing, since Gephi removes edges of weight 0,
/// and less than any story.
pub const DICTIONARY_WEIGHT: f64 = 0.1;

/// The petgraph graph: nodes by id, edges by (source, kind, target).
pub type Net = petgraph::Graph<Node, Edge, Directed, u32>;

/// Everything that the articles state.
#[derive(Debug, Clone, Default)]
pub struct Graph {
    /// Nodes and edges.
    pub net: Net,
    /// The articles, by source.
    pub articles: Vec<Article>,
    /// The sentences that serve as evidence, by article and place.
    pub sentences: Vec<Sentence>,
    /// Where the graph comes from.
    pub meta: Meta,
    /// What [`Graph::layout`] found.
    pub(crate) places: OnceLock<Vec<Point>>,
}

impl Graph {
    /// The node with this id, in O(log n).
    pub fn node(&self, id: &str) -> Option<NodeIndex<u32>> {
        let nodes = self.net.raw_nodes();
        let place = nodes.binary_search_by(|node| node.weight.id.as_str().cmp(id));
        place.ok().map(NodeIndex::new)
    }

    /// Where the nodes stand in a picture, in their order. Found once, for the nodes and edges that are there then;
    /// see [`layout::layout`] for the complexity.
    pub fn layout(&self) -> &[Point] {
        self.places.get_or_init(|| layout::layout(&self.net))
    }

    /// Measures all nodes. See [`measures::measure`] for the complexity.
    pub fn measure(&mut self) {
        let found = measures::measure(&self.net);
        for (node, found) in self.net.node_weights_mut().zip(found) {
            node.measures = found;
        }
    }

    /// The number of stories: near-identical articles are one.
    pub fn stories(&self) -> usize {
        let own = |(place, article): (usize, &Article)| article.story as usize == place;
        self.articles.iter().enumerate().filter(|&x| own(x)).count()
    }
}

/// Where a graph comes from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Meta {
    /// The version of ieum that wrote it.
    pub version: String,
    /// The hash of the dictionaries that were asked for facts; empty for none.
    pub dictionaries: String,
    /// What people read in place of a relation's or a type's identifier.
    pub labels: Vec<Label>,
    /// How many entries the dictionaries have of each type, by type.
    pub entries: Vec<(String, u32)>,
}

/// What people read in place of an identifier.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Label {
    /// A relation or a type.
    pub key: String,
    /// In Korean.
    pub korean: String,
    /// In English.
    pub english: String,
}

/// An entity, or one signing.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Node {
    /// `type:name`, with ` (parent)` after a name that several entities share; `agreement:date:hash` for a signing.
    pub id: String,
    /// The canonical name.
    pub label: String,
    /// The entity type, or [`AGREEMENT`].
    pub kind: String,
    /// False for a name that no dictionary has.
    pub known: bool,
    /// The forms under which texts name it, the most frequent first.
    pub names: Vec<Name>,
    /// The other names that its dictionary gives, in the dictionary's order.
    pub aliases: Vec<String>,
    /// The other columns of its dictionary row (`city`, `parent`, `kind` …), empty ones left out.
    pub attributes: Vec<(String, String)>,
    /// How often it is named.
    pub mentions: u32,
    /// How many stories name it; for a signing, how many report it.
    pub stories: u32,
    /// How many articles name it; for a signing, how many report it.
    pub articles: u32,
    /// The articles that name it. Empty in a graph that was loaded in part.
    pub seen_in: Vec<Naming>,
    /// The first day of publication among its articles.
    pub first_seen: Option<Date>,
    /// The last day of publication among its articles.
    pub last_seen: Option<Date>,
    /// Set for a signing.
    pub signing: Option<Signing>,
    /// How it stands in the graph.
    pub measures: Measures,
}

impl Node {
    /// A column of the dictionary row; empty where there is none.
    pub fn attribute(&self, column: &str) -> &str {
        let found = self.attributes.iter().find(|(key, _)| key == column);
        found.map_or("", |(_, value)| value)
    }
}

/// A form under which texts name an entity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// The form.
    pub form: String,
    /// How often it stands in the texts.
    pub count: u32,
}

/// An article that names an entity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Naming {
    /// Index into [`Graph::articles`].
    pub article: u32,
    /// How often.
    pub mentions: u32,
}

/// What a node of the type [`AGREEMENT`] stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Signing {
    /// The day of the signing, where a text gives it.
    pub date: Option<Date>,
    /// Announced, signed or both.
    pub status: EdgeStatus,
}

/// A relation between two nodes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Edge {
    /// The relation: `selected_for`, [`PARTY`], `co_occurs` …
    pub kind: Arc<str>,
    /// The relation for people, as the dictionary names it; [`Edge::kind`] where it does not.
    pub label: Arc<str>,
    /// The number of stories, or [`DICTIONARY_WEIGHT`].
    pub weight: f64,
    /// Fact, plan, both, or from a dictionary only.
    pub status: EdgeStatus,
    /// How many stories state it.
    pub stories: u32,
    /// How many articles state it.
    pub articles: u32,
    /// The first day that speaks of it: the day of the event for a fact that has one, else that of publication.
    pub first_seen: Option<Date>,
    /// The last such day.
    pub last_seen: Option<Date>,
    /// The sentences that state it, by sentence.
    pub evidence: Vec<Evidence>,
}

/// The id of an edge, the same in every build: `e` and a hash of its ends and its relation.
pub fn edge_id(source: &str, kind: &str, target: &str) -> String {
    let mut hasher = Hasher::default();
    for text in [source, kind, target] {
        hasher.text(text);
    }
    format!("e{:016x}", hasher.finish())
}

/// One sentence that states an edge.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Evidence {
    /// Index into [`Graph::sentences`].
    pub sentence: u32,
    /// As a fact or as a plan.
    pub status: Status,
    /// The day the text gives for the event.
    pub date: Option<Date>,
}

/// How certain all texts together are of something, and since when.
///
/// As text: `done`, `planned`, `dictionary` (no text states it), or both in the order of their days:
/// `planned 2024-01-02; done 2024-07-31`, where an unknown day is left out.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct EdgeStatus {
    /// A text announces it; the day of the first announcement's publication.
    pub planned: Option<Option<Date>>,
    /// A text states it as a fact; the first day of the event, or of publication where no text gives the event's.
    pub done: Option<Option<Date>>,
}

impl EdgeStatus {
    /// Adds what one text says.
    pub fn add(&mut self, status: Status, day: Option<Date>) {
        let slot = match status {
            Status::Done => &mut self.done,
            Status::Planned => &mut self.planned,
            Status::Dictionary => return,
        };
        *slot = Some(match (*slot).flatten() {
            Some(known) => Some(day.map_or(known, |day| day.min(known))),
            None => day,
        });
    }
}

impl fmt::Display for EdgeStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (planned, done) = match (self.planned, self.done) {
            (None, None) => return f.write_str("dictionary"),
            (Some(_), None) => return f.write_str("planned"),
            (None, Some(_)) => return f.write_str("done"),
            (Some(planned), Some(done)) => (planned, done),
        };
        let say = |f: &mut fmt::Formatter<'_>, word, day: Option<Date>| match day {
            Some(day) => write!(f, "{word} {day}"),
            None => f.write_str(word),
        };
        let done_first = matches!((planned, done), (Some(planned), Some(done)) if done < planned);
        let parts = [("planned", planned), ("done", done)];
        let [first, second] = if done_first {
            [parts[1], parts[0]]
        } else {
            parts
        };
        say(f, first.0, first.1)?;
        f.write_str("; ")?;
        say(f, second.0, second.1)
    }
}

impl std::str::FromStr for EdgeStatus {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let mut status = Self::default();
        if text == "dictionary" {
            return Ok(status);
        }
        for part in text.split("; ") {
            let (word, day) = part.split_once(' ').unwrap_or((part, ""));
            let day = match day {
                "" => None,
                day => Some(day.parse().map_err(|_| format!("no day: `{day}`"))?),
            };
            match word {
                "planned" => status.planned = Some(day),
                "done" => status.done = Some(day),
                other => return Err(format!("no status: `{other}`")),
            }
        }
        Ok(status)
    }
}

/// An article that was read, or could not be.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Article {
    /// Where it came from; unique.
    pub source: String,
    /// Its headline.
    pub title: Option<String>,
    /// The day of publication.
    pub published: Option<Date>,
    /// The medium.
    pub outlet: Option<String>,
    /// The address.
    pub url: Option<String>,
    /// Index into [`Graph::articles`] of the first article of its story: its own, unless it repeats another's text.
    pub story: u32,
    /// The encoding of its bytes; empty where the record does not say.
    pub encoding: String,
    /// How many entities it names.
    pub entities: u32,
    /// How many relations and signings it states, `co_occurs` not counted.
    pub relations: u32,
    /// Whether it could be used.
    pub status: Reading,
    /// What could not be used and why, several joined by `; `.
    pub problem: String,
}

/// Whether an article could be used.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reading {
    /// All of it.
    #[default]
    Ok,
    /// It was read, and something in it could not be used.
    Partial,
    /// There is no text to use.
    Failed,
}

impl Reading {
    /// Its name in the files.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Partial => "partial",
            Self::Failed => "failed",
        }
    }
}

/// A sentence that serves as evidence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// Index into [`Graph::articles`].
    pub article: u32,
    /// Its number in the article, from 0.
    pub number: u32,
    /// Where it begins in the article's text, in Unicode scalar values.
    pub start: u32,
    /// Where it has ended.
    pub end: u32,
    /// The sentence as it stands there; copies share it.
    pub text: Text,
}
