//! Names as bytes, a letter each, so that many can be compared in little time.
//!
//! Hangul syllables are taken apart: an initial is 1 to 19, a vowel 20 to 40, a final 41 to 47 and 58 to 77. Digits and
//! Latin letters keep their ASCII code, which lies between and above; what is neither keeps its UTF-8 bytes.

use unicode_normalization::UnicodeNormalization;

use super::fold::fold;

const INITIAL: u32 = 0x1100;
const VOWEL: u32 = 0x1161;
const FINAL: u32 = 0x11a8;

/// A name as letters, folded as for a look-up. Nothing is lost.
pub fn letters(name: &str) -> Vec<u8> {
    let mut letters = Vec::with_capacity(name.len());
    for c in fold(name).nfd() {
        let code = u32::from(c);
        let place = |first: u32, many: u32| code.checked_sub(first).filter(|n| *n < many);
        if let Some(n) = place(INITIAL, 19) {
            letters.push(1 + n as u8);
        } else if let Some(n) = place(VOWEL, 21) {
            letters.push(20 + n as u8);
        } else if let Some(n) = place(FINAL, 27) {
            letters.push(if n < 7 { 41 + n as u8 } else { 51 + n as u8 });
        } else {
            let mut bytes = [0; 4];
            letters.extend_from_slice(c.encode_utf8(&mut bytes).as_bytes());
        }
    }
    letters
}

/// Is it the consonant that a syllable begins with?
pub fn is_initial(letter: u8) -> bool {
    (1..20).contains(&letter)
}

/// Is it the vowel of a syllable?
pub fn is_vowel(letter: u8) -> bool {
    (20..41).contains(&letter)
}

/// Is it the consonant that a syllable ends with?
pub fn is_final(letter: u8) -> bool {
    matches!(letter, 41..=47 | 58..=77)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn syllables_are_taken_apart_and_the_rest_keeps_its_code() {
        assert_eq!(letters("각"), [1, 20, 41]);
        assert_eq!(letters("힣"), [19, 40, 77]);
        assert_eq!(letters("LG 7"), b"lg7");
        assert_eq!(letters("ㄱㅎ"), [1, 19]);
        assert_eq!(letters("韓"), "韓".as_bytes());
    }

    #[test]
    fn every_syllable_has_letters_of_its_own() {
        let all: std::collections::BTreeSet<Vec<u8>> = ('가'..='힣')
            .map(|syllable| letters(&syllable.to_string()))
            .collect();
        assert_eq!(all.len(), 11_172);
        let kinds =
            |l: &u8| u8::from(is_initial(*l)) + u8::from(is_vowel(*l)) + u8::from(is_final(*l));
        assert!(all.iter().flatten().all(|letter| kinds(letter) == 1));
    }
}
