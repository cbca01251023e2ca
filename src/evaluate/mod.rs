//! Precision, recall and F1 of records against what a reader found: `ieum evaluate`.
//!
//! Everything is counted at article level and summed over the articles (micro average). Names are compared in NFC and
//! without spaces.
//!
//! | what | counts |
//! |---|---|
//! | entities | a (canonical name, type) pair; where the gold says in which parent place (`in`), and the id too, they agree |
//! | relations | a (subject, relation, object) triple; `co_occurs` and what only a dictionary says are left out |
//! | parties | signings are matched one to one by what they share, then each (signing, party); no planned signing |
//! | leaks | names that stand in the page's furniture only, or only look like one (`absent`), and were reported |
//! | titles, dates | where the gold has them: `title`, `published` (null where the page has no day) |
//! | sentences | where the gold has the main text (`text`): its sentences, and those of the text that was kept |
//!
//! A gold article is a JSON object, `NAME.json` or `NAME/gold.json`:
//!
//! ```json
//! {"title": "익산시, 마이스터고 협약", "published": "2024-08-01",
//!  "entities": [{"name": "익산시", "type": "city"}, {"name": "고성군", "type": "city", "in": "경상남도"}],
//!  "relations": [{"s": "익산시", "r": "selected_for", "o": "교육발전특구"}],
//!  "agreements": [["익산시", "이리공업고등학교"]],
//!  "absent": ["안성시"]}
//! ```

mod gold;
mod interval;
mod score;

pub use gold::{Gold, GoldArticle, GoldError, article_name};
pub use interval::{Interval, Intervals};
pub use score::{Counts, Difference, Evaluation, Row, Scorer, Share};

use unicode_normalization::UnicodeNormalization;

/// A name as it is compared: NFC, without spaces.
fn key(name: &str) -> String {
    name.nfc().filter(|c| !c.is_whitespace()).collect()
}
