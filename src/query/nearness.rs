//! Nearness of Korean names: 이재용 and 이제용 differ in one of three syllables, but in one of seven letters.

/// Compares one name, as letters, with many.
#[derive(Debug)]
pub struct Nearness {
    wanted: Vec<u8>,
    present: u128,
    /// For each letter, a bit for each place at which it stands.
    places: Vec<u64>,
}

impl Nearness {
    /// Compares with this name, given as [`crate::store::letters`].
    pub fn to(wanted: Vec<u8>) -> Self {
        let present = presence(&wanted);
        let mut places = vec![0; 256];
        for (place, letter) in wanted.iter().enumerate().take(64) {
            places[usize::from(*letter)] |= 1 << place;
        }
        Self {
            wanted,
            present,
            places,
        }
    }

    /// How near another name is: 1 is the same, 0 has nothing in common; nothing when it is below `least`.
    ///
    /// Edits are counted on letters (a swap of two neighbours is one edit), and a name that begins like the
    /// other is a little nearer, since what people mistype or leave out stands mostly at the end.
    /// O(letters) for names of up to 64 letters, O(letters²) for longer ones.
    pub fn of(&self, other: &[u8], least: f64) -> Option<f64> {
        let (long, short) = (self.wanted.len(), other.len());
        let (long, short) = (long.max(short), long.min(short));
        if long == 0 {
            return Some(1.0);
        }
        let common = self.wanted.iter().zip(other);
        let common = common.take_while(|(a, b)| a == b).count();
        let prefix = common as f64 / short.max(1) as f64;
        let near =
            |edits: usize| (1.0 - edits as f64 / long as f64).max(0.0) * 0.75 + prefix * 0.25;
        // A letter that the other name has not costs an edit, and so does one that is too many.
        let missing = |a: u128, b: u128| (a & !b).count_ones() as usize;
        if near(long - short) < least {
            return None;
        }
        let theirs = presence(other);
        let fewest = missing(self.present, theirs).max(missing(theirs, self.present));
        if near(fewest.max(long - short)) < least {
            return None;
        }
        let edits = if (1..=64).contains(&self.wanted.len()) {
            self.edits(other)
        } else {
            edits(&self.wanted, other)
        };
        Some(near(edits)).filter(|near| *near >= least)
    }

    /// What [`edits`] gives, for a name of 1 to 64 letters, a column of its table at a time (Hyyrö 2003).
    fn edits(&self, other: &[u8]) -> usize {
        let length = self.wanted.len();
        let last = 1 << (length - 1);
        let (mut up, mut down, mut diagonal, mut before) = (!0_u64, 0_u64, 0_u64, 0_u64);
        let mut edits = length;
        for letter in other {
            let same = self.places[usize::from(*letter)];
            let swapped = ((!diagonal & same) << 1) & before;
            diagonal = ((same & up).wrapping_add(up) ^ up) | same | down | swapped;
            let (right, left) = (down | !(diagonal | up), diagonal & up);
            edits += usize::from(right & last != 0);
            edits -= usize::from(left & last != 0);
            let right = right << 1 | 1;
            up = left << 1 | !(diagonal | right);
            down = right & diagonal;
            before = same;
        }
        edits
    }
}

/// A bit for each letter that stands in a name.
fn presence(letters: &[u8]) -> u128 {
    letters
        .iter()
        .fold(0, |bits, letter| bits | 1 << (letter & 127))
}

/// The fewest insertions, deletions, replacements and swaps of neighbours that make `b` of `a`.
fn edits(a: &[u8], b: &[u8]) -> usize {
    let mut before: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut row = Vec::with_capacity(above.len());
        row.push(i);
        for j in 1..=b.len() {
            let replaced = above[j - 1] + usize::from(a[i - 1] != b[j - 1]);
            let mut fewest = replaced.min(above[j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                fewest = fewest.min(before[j - 2] + 1);
            }
            row.push(fewest);
        }
        before = std::mem::replace(&mut above, row);
    }
    above[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::letters;

    fn near(a: &str, b: &str) -> f64 {
        Nearness::to(letters(a)).of(&letters(b), 0.0).unwrap()
    }

    #[test]
    fn one_wrong_vowel_is_one_letter_of_seven() {
        assert_eq!(edits(&letters("이재용"), &letters("이제용")), 1);
        assert_eq!(edits(b"ab", b"ba"), 1);
        assert_eq!(edits(b"", b"abc"), 3);
    }

    #[test]
    fn a_mistyped_name_is_nearer_than_another_name() {
        let wrong = near("이리공업고등학겨", "이리공업고등학교");
        let other = near("이리공업고등학겨", "익산공업고등학교");
        assert!(wrong > 0.9 && wrong > other, "{wrong} {other}");
    }

    #[test]
    fn a_column_at_a_time_gives_the_same() {
        let names = [
            "abcd",
            "badc",
            "acbd",
            "ab",
            "dcba",
            "a",
            "",
            "abcdabcdab",
            "aabbccdd",
            "xabcd",
        ];
        for a in names.iter().filter(|a| !a.is_empty()) {
            for b in names {
                let asked = Nearness::to(a.as_bytes().to_vec());
                assert_eq!(
                    asked.edits(b.as_bytes()),
                    edits(a.as_bytes(), b.as_bytes()),
                    "{a} {b}"
                );
            }
        }
    }

    #[test]
    fn what_is_too_far_is_found_out_early_and_never_wrongly() {
        let names = [
            "이리공고",
            "익산시",
            "LG화학",
            "전북특별자치도교육청",
            "고성군",
            "",
        ];
        for a in names {
            for b in names {
                let exact = near(a, b);
                let asked = Nearness::to(letters(a));
                for least in [0.1, 0.3, 0.5, 0.7, 0.9] {
                    let found = asked.of(&letters(b), least);
                    assert_eq!(found.is_some(), exact >= least, "{a} {b} {least}");
                }
            }
        }
    }

    #[test]
    fn the_nearness_of_nothing_is_defined() {
        assert!((near("", "") - 1.0).abs() < f64::EPSILON);
        assert!(near("", "ㄱ") <= 0.0);
    }
}
