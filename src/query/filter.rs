//! What a question wants to hear of.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::tie::Direction;
use crate::graph::EdgeStatus;
use crate::relation::Status;

/// What to look at; the default looks at everything.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Filter {
    /// Entity types to name; none names all. Others are still passed through.
    pub types: BTreeSet<String>,
    /// Relations to follow, [`crate::graph::AGREEMENT`] for a signing in common; none follows all.
    pub relations: BTreeSet<String>,
    /// Follow only relations that point this way.
    pub direction: Option<Direction>,
    /// Follow only what is stated so; none follows all.
    pub statuses: BTreeSet<Status>,
    /// Only what something was said of on this day or later.
    pub since: Option<Date>,
    /// Only what something was said of on this day or earlier.
    pub until: Option<Date>,
    /// Relations of a smaller weight are not followed.
    pub min_weight: f64,
}

impl Filter {
    /// Is this type named?
    pub fn wants_type(&self, kind: &str) -> bool {
        self.types.is_empty() || self.types.contains(kind)
    }

    /// Is this relation followed?
    pub fn wants_relation(&self, relation: &str) -> bool {
        self.relations.is_empty() || self.relations.contains(relation)
    }

    /// Is a relation that points this way followed?
    pub fn wants_direction(&self, direction: Direction) -> bool {
        self.direction.is_none_or(|wanted| wanted == direction)
    }

    /// Is something of this status wanted?
    pub fn wants_status(&self, status: EdgeStatus) -> bool {
        let has = |wanted: &Status| match wanted {
            Status::Done => status.done.is_some(),
            Status::Planned => status.planned.is_some(),
            Status::Dictionary => status.done.is_none() && status.planned.is_none(),
        };
        self.statuses.is_empty() || self.statuses.iter().any(has)
    }

    /// Is there a limit on days?
    pub fn is_dated(&self) -> bool {
        self.since.is_some() || self.until.is_some()
    }

    /// Does the time between these days touch what is wanted? What has no day does not, where days matter.
    pub fn wants_days(&self, first: Option<Date>, last: Option<Date>) -> bool {
        let since = |since: Date| last.or(first).is_some_and(|last| since <= last);
        let until = |until: Date| first.or(last).is_some_and(|first| first <= until);
        self.since.is_none_or(since) && self.until.is_none_or(until)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Option<Date> {
        text.parse().ok()
    }

    #[test]
    fn a_time_touches_another() {
        let year = Filter {
            since: day("2024-01-01"),
            until: day("2024-12-31"),
            ..Filter::default()
        };
        assert!(year.wants_days(day("2023-05-01"), day("2024-01-01")));
        assert!(year.wants_days(day("2024-12-31"), day("2025-03-01")));
        assert!(!year.wants_days(day("2023-05-01"), day("2023-12-31")));
        assert!(!year.wants_days(day("2025-01-01"), None));
        assert!(!year.wants_days(None, None));
        assert!(Filter::default().wants_days(None, None));
    }

    #[test]
    fn what_only_a_dictionary_states_is_neither_done_nor_planned() {
        let done = Filter {
            statuses: [Status::Done].into(),
            ..Filter::default()
        };
        let mut status = EdgeStatus::default();
        assert!(!done.wants_status(status));
        status.add(Status::Planned, None);
        assert!(!done.wants_status(status));
        status.add(Status::Done, None);
        assert!(done.wants_status(status));
    }
}
