//! How names are looked up.

use unicode_normalization::UnicodeNormalization;

/// The form under which a name is found: NFKC, lower case, letters and digits only.
///
/// `㈜ 이음-테크` and `(주)이음테크` are found by the same form, `주이음테크`.
pub fn fold(name: &str) -> String {
    let letters = name.nfkc().filter(|c| c.is_alphanumeric());
    let folded: String = letters.flat_map(char::to_lowercase).collect();
    // A name of nothing but marks is looked up as it is.
    if folded.is_empty() {
        name.to_owned()
    } else {
        folded
    }
}
