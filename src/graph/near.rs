//! Which texts are near-identical: one story.
//!
//! Two signatures are near when at least half of the samples of the shorter one stand in the opening of the longer one, so that a
//! copy may have another lead, edits and a cut end. Candidates are found by *anchors*, runs of text that both hold
//! unchanged. Where unrelated texts share a run (a stock phrase), its context is widened until it tells them apart,
//! so the work stays close to linear.

use super::signature::Signature;
use super::union::Union;

/// The share of the shorter text's samples that the longer one has to hold.
const SHARE: f64 = 0.5;
/// Fewer samples than this prove nothing: such short texts have to be equal.
const FEWEST: usize = 8;
/// Samples on each side of an anchor that have to be equal too; the next width where too many texts share it.
const WIDTHS: [usize; 4] = [1, 3, 8, 16];
/// So many unlike texts at one anchor call for the next width.
const LEADERS: usize = 8;
/// Anchors that are held in memory at a time: what a million articles need comes in passes.
const AT_ONCE: usize = 4_000_000;

/// An anchor: the hash of its context, the signature, the place in it.
type Anchor = (u64, u32, u32);

/// For each of the `signatures`, which have to be sorted, the first one of its story. O(n log n) in practice.
pub fn groups(signatures: &[Signature]) -> Vec<u32> {
    let mut union = Union::new(signatures.len());
    join_equal(signatures, &mut union);
    let samples: usize = signatures.iter().map(|s| s.samples.len()).sum();
    let passes = (samples / 8 / AT_ONCE + 1) as u64;
    let mut anchors: Vec<Anchor> = Vec::new();
    for pass in 0..passes {
        anchors.clear();
        for (place, signature) in signatures.iter().enumerate() {
            if signature.samples.len() < FEWEST {
                continue;
            }
            for at in signature.anchors() {
                let key = signature.context(at, WIDTHS[0]);
                if key % passes == pass {
                    anchors.push((key, place as u32, at as u32));
                }
            }
        }
        join_sharing(signatures, &mut anchors, 0, &mut union);
    }
    (0..signatures.len() as u32)
        .map(|x| union.find(x))
        .collect()
}

/// Joins texts that are equal but for headline, blanks and punctuation.
fn join_equal(signatures: &[Signature], union: &mut Union) {
    let mut by_whole: Vec<u32> = (0..signatures.len() as u32).collect();
    let whole = |&x: &u32| signatures[x as usize].whole;
    by_whole.sort_unstable_by_key(|x| (whole(x), *x));
    for pair in by_whole.windows(2) {
        if whole(&pair[0]) == whole(&pair[1]) {
            union.join(pair[0], pair[1]);
        }
    }
}

/// Joins what is near among the texts that share an anchor.
fn join_sharing(signatures: &[Signature], anchors: &mut [Anchor], level: usize, union: &mut Union) {
    anchors.sort_unstable();
    for sharing in anchors.chunk_by_mut(|a, b| a.0 == b.0) {
        if join_led(signatures, sharing, level + 1 == WIDTHS.len(), union) {
            continue;
        }
        for anchor in &mut *sharing {
            anchor.0 = signatures[anchor.1 as usize].context(anchor.2 as usize, WIDTHS[level + 1]);
        }
        join_sharing(signatures, sharing, level + 1, union);
    }
}

/// Compares each text with the first one of every story met so far. False when there are too many of these.
fn join_led(signatures: &[Signature], sharing: &[Anchor], last: bool, union: &mut Union) -> bool {
    let mut leaders: Vec<(u32, Sorted<'_>)> = Vec::new();
    for &(_, text, _) in sharing {
        let known = leaders
            .iter()
            .any(|(leader, _)| union.find(*leader) == union.find(text));
        if known {
            continue;
        }
        let mut alone = true;
        let sorted = Sorted::new(&signatures[text as usize]);
        for (leader, of_leader) in &leaders {
            if of_leader.is_near(&sorted) {
                union.join(*leader, text);
                alone = false;
            }
        }
        if alone && leaders.len() < LEADERS {
            leaders.push((text, sorted));
        } else if alone && !last {
            return false;
        }
    }
    true
}

/// A signature, and its samples in order, each with its first place.
struct Sorted<'a> {
    signature: &'a Signature,
    samples: Vec<(u32, u32)>,
}

impl<'a> Sorted<'a> {
    fn new(signature: &'a Signature) -> Self {
        let mut samples: Vec<(u32, u32)> = signature.samples.iter().copied().zip(0..).collect();
        samples.sort_unstable();
        samples.dedup_by_key(|(sample, _)| *sample);
        Self { signature, samples }
    }

    /// Whether one text repeats the other, or the beginning of the other; O(samples).
    fn is_near(&self, other: &Self) -> bool {
        let by_length = |x: &Self| (x.signature.samples.len(), x.signature);
        let (short, long) = if by_length(self) <= by_length(other) {
            (self, other)
        } else {
            (other, self)
        };
        let len = short.signature.samples.len();
        if len < FEWEST {
            return self.signature.whole == other.signature.whole;
        }
        let opening = len + len / 4 + 4;
        let mut rest = long.samples.iter().peekable();
        let shared = short
            .samples
            .iter()
            .filter(|(sample, _)| {
                while rest.next_if(|(other, _)| other < sample).is_some() {}
                rest.peek()
                    .is_some_and(|(other, place)| other == sample && (*place as usize) < opening)
            })
            .count();
        shared as f64 >= SHARE * short.samples.len() as f64
    }
}
