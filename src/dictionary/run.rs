//! The most frequent shape of a name: a run of characters that ends in a certain word.

use regex_syntax::hir::literal::{ExtractKind, Extractor};
use regex_syntax::hir::{Class, Hir, HirKind, Look};

use super::around::within;

/// An expression such as `(?:^|[^가-힣])([가-힣]{2,8}(?:협회|협의회))` whose match ends where the text does: taken apart,
/// because a look at each character is a tenth of the work of an engine for all expressions.
#[derive(Debug, Clone)]
pub struct Run {
    /// What may stand before the run, as ranges of characters.
    edge: Vec<(char, char)>,
    /// The begin of the text may.
    at_start: bool,
    /// What the run consists of, and of how many characters, its last word left out.
    of: Vec<(char, char)>,
    at_least: u32,
    at_most: u32,
    /// The words of which it ends in one.
    ends: Vec<Box<str>>,
}

impl Run {
    /// The run that `expression` describes as its group 1, or none where it is of another shape.
    pub(super) fn of(expression: &Hir) -> Option<Self> {
        let HirKind::Concat(parts) = expression.kind() else {
            return None;
        };
        let [edge, run] = parts.as_slice() else {
            return None;
        };
        let HirKind::Alternation(edges) = edge.kind() else {
            return None;
        };
        let [start, edge] = edges.as_slice() else {
            return None;
        };
        let at_start = matches!(start.kind(), HirKind::Look(Look::Start));
        let HirKind::Capture(run) = run.kind() else {
            return None;
        };
        let HirKind::Concat(parts) = run.sub.kind() else {
            return None;
        };
        let (HirKind::Repetition(chars), ends) = (parts.first()?.kind(), &parts[1..]) else {
            return None;
        };
        let ends = Extractor::new()
            .kind(ExtractKind::Suffix)
            .extract(&Hir::concat(ends.to_vec()));
        let ends = ends.is_exact().then(|| ends.literals()).flatten()?.iter();
        let text = |end: &[u8]| std::str::from_utf8(end).ok().map(Into::into);
        (at_start && chars.greedy).then_some(())?;
        Some(Self {
            edge: ranges(edge)?,
            at_start,
            of: ranges(&chars.sub)?,
            at_least: chars.min,
            at_most: chars.max?,
            ends: ends
                .map(|end| text(end.as_bytes()))
                .collect::<Option<_>>()?,
        })
    }

    /// Where the run begins that ends with the text: the leftmost place, as an expression finds it. O(length of a run).
    pub fn start(&self, text: &str) -> Option<usize> {
        let ends = self.ends.iter();
        let runs = ends.filter_map(|end| self.longest(text.strip_suffix(&**end)?));
        runs.min()
    }

    /// Where the longest run begins that stands before the last word.
    fn longest(&self, text: &str) -> Option<usize> {
        let mut before = text.char_indices().rev();
        let (mut at, mut best) = (text.len(), None);
        for count in 0..=self.at_most {
            let next = before.next();
            let edge = next.map_or(self.at_start, |(_, c)| within(&self.edge, c));
            if edge && count >= self.at_least {
                best = Some(at);
            }
            match next {
                Some((i, c)) if within(&self.of, c) => at = i,
                _ => break,
            }
        }
        best
    }
}

/// The characters of a class.
fn ranges(class: &Hir) -> Option<Vec<(char, char)>> {
    match class.kind() {
        HirKind::Class(Class::Unicode(class)) => Some(
            class
                .ranges()
                .iter()
                .map(|r| (r.start(), r.end()))
                .collect(),
        ),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use regex::Regex;

    fn run(expression: &str) -> Option<Run> {
        Run::of(&regex_syntax::parse(expression).unwrap())
    }

    #[test]
    fn other_shapes_are_left_to_the_engine() {
        for expression in [
            "([가-다]{2,4}회)",
            "(?:^|[^가-다])([가-다]{2,}회)",
            "(?:^|[^가-다])([가-다]{2,4}?회)",
            "(?:^|[^가-다])([가-다]{2,4}회)[은는]",
            "(?:^|[^가-다])((?:가나|다)[가-다]{2,4}회)",
            "(?:^|[^가-다])([가-다]{2,4}[회원])+",
        ] {
            assert!(run(expression).is_none(), "{expression}");
        }
    }

    proptest! {
        #[test]
        fn a_run_is_what_the_expression_finds(
            text in "[가-다회원 ,A]{0,9}(?:회|의회|원)",
            which in 0..4_usize,
        ) {
            let expression = [
                "(?:^|[^가-다])([가-다]{2,4}(?:회|의회))",
                "(?:^|[^가-다])([가-다회]{0,3}(?:회|원))",
                "(?:^|[ ,])([가-다원A]{1,6}원)",
                "(?:^|[^가-나])([가-다]{1,2}(?:원|다회))",
            ][which];
            let found = Regex::new(&format!("(?:{expression})$")).unwrap();
            let start = found.captures(&text).map(|c| c.get(1).unwrap().start());
            prop_assert_eq!(run(expression).unwrap().start(&text), start);
        }
    }
}
