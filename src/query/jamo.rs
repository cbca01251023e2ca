//! Nearness of Korean names: 이재용 and 이제용 differ in one of three syllables, but in one of seven letters.

use unicode_normalization::UnicodeNormalization;

use crate::store::fold;

/// A name as letters: folded as for a look-up, Hangul syllables taken apart.
pub fn letters(name: &str) -> String {
    fold(name).nfd().collect()
}

/// How near two names are, both given as [`letters`]: 1 is the same, 0 has nothing in common.
///
/// Edits are counted on letters (a swap of two neighbours is one edit), and a name that begins like the
/// other is a little nearer, since what people mistype or leave out stands mostly at the end.
pub fn nearness(a: &str, b: &str) -> f64 {
    let (long, short) = (a.chars().count(), b.chars().count());
    let (long, short) = (long.max(short), long.min(short));
    if long == 0 {
        return 1.0;
    }
    let edits = 1.0 - strsim::damerau_levenshtein(a, b) as f64 / long as f64;
    let common = a.chars().zip(b.chars()).take_while(|(x, y)| x == y).count();
    let prefix = common as f64 / short.max(1) as f64;
    edits.max(0.0) * 0.75 + prefix * 0.25
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_wrong_vowel_is_one_letter_of_seven() {
        let edits = strsim::damerau_levenshtein(&letters("이재용"), &letters("이제용"));
        assert_eq!(edits, 1);
    }

    #[test]
    fn blanks_forms_and_case_do_not_distinguish_names() {
        assert_eq!(letters("직업교육 혁신지구"), letters("직업교육혁신지구"));
        assert_eq!(letters("ＬＧ화학"), letters("lg화학"));
        let decomposed: String = "익산시".nfd().collect();
        assert_eq!(letters(&decomposed), letters("익산시"));
    }

    #[test]
    fn a_mistyped_name_is_nearer_than_another_name() {
        let typed = letters("이리공업고등학겨");
        let near = nearness(&typed, &letters("이리공업고등학교"));
        let far = nearness(&typed, &letters("익산공업고등학교"));
        assert!(near > 0.9 && near > far, "{near} {far}");
    }

    #[test]
    fn the_nearness_of_nothing_is_defined() {
        assert!((nearness("", "") - 1.0).abs() < f64::EPSILON);
        assert!(nearness("", "ㄱ") <= 0.0);
    }
}
