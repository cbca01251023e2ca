//! The tables. A change here is a new [`VERSION`].

/// The file's name in an output folder.
pub const FILE: &str = "graph.sqlite";
/// The version of the tables.
pub const VERSION: i32 = 2;
/// `ieum` in ASCII: SQLite's application id, bytes 68 to 71 of the file.
pub const APPLICATION: i32 = 0x6965_756d;

/// What every connection that writes is set to, so that the same graph gives the same bytes.
pub const SETTINGS: &str = "\
PRAGMA page_size = 4096;
PRAGMA encoding = 'UTF-8';
PRAGMA auto_vacuum = NONE;
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
PRAGMA locking_mode = EXCLUSIVE;
PRAGMA temp_store = MEMORY;
PRAGMA cache_size = -8192;
PRAGMA cache_spill = ON;
";

/// The tables, in the order in which they are made. Dates are `YYYY-MM-DD` or null; node, edge, sentence and article
/// numbers count from 0 in the order of the ids.
pub const TABLES: [(&str, &str); 12] = [
    (
        "meta",
        "CREATE TABLE meta(key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
    ),
    (
        "labels",
        "CREATE TABLE labels(key TEXT PRIMARY KEY, ko TEXT NOT NULL, en TEXT NOT NULL) WITHOUT ROWID",
    ),
    (
        "entries",
        "CREATE TABLE entries(kind TEXT PRIMARY KEY, entries INTEGER NOT NULL) WITHOUT ROWID",
    ),
    (
        "nodes",
        "CREATE TABLE nodes(node INTEGER PRIMARY KEY, id TEXT NOT NULL, label TEXT NOT NULL, \
         kind TEXT NOT NULL, known INTEGER NOT NULL, city TEXT, parent TEXT, \
         mentions INTEGER NOT NULL, stories INTEGER NOT NULL, articles INTEGER NOT NULL, \
         first_seen TEXT, last_seen TEXT, attributes TEXT NOT NULL, degree INTEGER NOT NULL, \
         weighted_degree REAL NOT NULL, page_rank REAL NOT NULL, betweenness REAL NOT NULL, \
         component INTEGER NOT NULL, community INTEGER NOT NULL, core INTEGER NOT NULL)",
    ),
    (
        "names",
        "CREATE TABLE names(folded TEXT NOT NULL, node INTEGER NOT NULL, name TEXT NOT NULL, \
         seen INTEGER NOT NULL, place INTEGER NOT NULL, \
         PRIMARY KEY(folded, node, name)) WITHOUT ROWID",
    ),
    (
        "lookup",
        "CREATE TABLE lookup(part INTEGER PRIMARY KEY, kind TEXT NOT NULL, names BLOB NOT NULL)",
    ),
    (
        "articles",
        "CREATE TABLE articles(article INTEGER PRIMARY KEY, source TEXT NOT NULL, title TEXT, \
         published TEXT, outlet TEXT, url TEXT, story INTEGER NOT NULL, encoding TEXT NOT NULL, \
         entities INTEGER NOT NULL, relations INTEGER NOT NULL, status TEXT NOT NULL, \
         problem TEXT NOT NULL)",
    ),
    (
        "mentions",
        "CREATE TABLE mentions(node INTEGER NOT NULL, article INTEGER NOT NULL, \
         mentions INTEGER NOT NULL, PRIMARY KEY(node, article)) WITHOUT ROWID",
    ),
    (
        "edges",
        "CREATE TABLE edges(edge INTEGER PRIMARY KEY, source INTEGER NOT NULL, \
         kind TEXT NOT NULL, target INTEGER NOT NULL, label TEXT NOT NULL, weight REAL NOT NULL, \
         status TEXT NOT NULL, stories INTEGER NOT NULL, articles INTEGER NOT NULL, \
         first_seen TEXT, last_seen TEXT, planned TEXT, done TEXT)",
    ),
    (
        "agreements",
        "CREATE TABLE agreements(node INTEGER PRIMARY KEY, date TEXT, status TEXT NOT NULL, \
         parties INTEGER NOT NULL, planned TEXT, done TEXT)",
    ),
    (
        "sentences",
        "CREATE TABLE sentences(sentence INTEGER PRIMARY KEY, article INTEGER NOT NULL, \
         number INTEGER NOT NULL, start INTEGER NOT NULL, \"end\" INTEGER NOT NULL, \
         text TEXT NOT NULL)",
    ),
    (
        "evidence",
        "CREATE TABLE evidence(edge INTEGER NOT NULL, sentence INTEGER NOT NULL, \
         status TEXT NOT NULL, date TEXT, PRIMARY KEY(edge, sentence)) WITHOUT ROWID",
    ),
];

/// The indexes, made when the rows are in.
pub const INDEXES: [(&str, &str); 5] = [
    ("nodes_id", "CREATE UNIQUE INDEX nodes_id ON nodes(id)"),
    ("names_node", "CREATE INDEX names_node ON names(node)"),
    ("edges_source", "CREATE INDEX edges_source ON edges(source)"),
    (
        "edges_target",
        "CREATE INDEX edges_target ON edges(target, source)",
    ),
    (
        "articles_source",
        "CREATE UNIQUE INDEX articles_source ON articles(source)",
    ),
];

/// The same for people: names instead of numbers.
pub const VIEWS: [(&str, &str); 3] = [
    (
        "edge_list",
        "CREATE VIEW edge_list AS SELECT s.id AS source, e.kind, t.id AS target, \
         s.label AS source_label, e.label, t.label AS target_label, e.weight, e.status, e.stories, \
         e.articles, e.first_seen, e.last_seen FROM edges e JOIN nodes s ON s.node = e.source \
         JOIN nodes t ON t.node = e.target",
    ),
    (
        "evidence_list",
        "CREATE VIEW evidence_list AS SELECT s.id AS source, e.kind, t.id AS target, \
         a.source AS article, a.title, a.published, v.status, v.date, q.text AS sentence \
         FROM evidence v JOIN edges e ON e.edge = v.edge JOIN nodes s ON s.node = e.source \
         JOIN nodes t ON t.node = e.target JOIN sentences q ON q.sentence = v.sentence \
         JOIN articles a ON a.article = q.article",
    ),
    (
        "agreement_list",
        "CREATE VIEW agreement_list AS SELECT g.id AS agreement, g.label, x.date, x.status, \
         p.id AS party, p.label AS party_label FROM agreements x JOIN nodes g ON g.node = x.node \
         JOIN edges e ON e.target = x.node AND e.kind = 'party' JOIN nodes p ON p.node = e.source",
    ),
];
