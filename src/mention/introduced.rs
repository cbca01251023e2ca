//! Short forms that an article introduces itself: `이리공업고등학교(이하 ‘이리공고’)`, `한국항공우주산업(KAI)`.

use crate::dictionary::RelationRules;

/// The short forms in a bracket that follows a name directly; `inside` is what stands in the bracket.
///
/// A bracket introduces by a word of `cues.csv` (이하), or by being one word in Latin capitals.
pub fn short_forms<'a>(inside: &'a str, rules: &RelationRules) -> Vec<&'a str> {
    let bare = |form: &'_ str| -> Option<(usize, usize)> {
        let quotes: &[char] = &['‘', '’', '\'', '"', '“', '”', ' ', '「', '」'];
        let trimmed = form.trim_matches(quotes);
        (!trimmed.is_empty()).then(|| {
            let start = trimmed.as_ptr() as usize - form.as_ptr() as usize;
            (start, start + trimmed.len())
        })
    };
    let latin = |form: &str| {
        (2..=12).contains(&form.len())
            && (form.chars().all(|c| c.is_ascii_alphanumeric() || c == '-') || versioned(form))
            && form.chars().filter(char::is_ascii_uppercase).count() >= 2
    };
    let mut forms = Vec::new();
    let mut introduced = false;
    for part in inside.split([',', '·', 'ㆍ', '/']) {
        let Some((start, end)) = bare(part) else {
            continue;
        };
        let mut form = &part[start..end];
        if let Some(rest) = rules.introduced(form) {
            introduced = true;
            let Some((s, e)) = bare(rest) else { continue };
            form = &rest[s..e];
        }
        let length = form.chars().count();
        if latin(form) || introduced && (2..=15).contains(&length) {
            forms.push(form);
        }
    }
    forms
}

/// Whether a number stands behind a word of letters: `LINC 3.0`.
fn versioned(form: &str) -> bool {
    form.split_once(' ').is_some_and(|(word, number)| {
        let figure = |c: char| c.is_ascii_digit() || c == '.';
        word.chars().all(|c| c.is_ascii_alphabetic())
            && number.starts_with(|c: char| c.is_ascii_digit())
            && number.chars().all(figure)
    })
}

#[cfg(test)]
mod tests {
    use super::short_forms;
    use crate::dictionary::Dictionary;

    #[test]
    fn brackets_that_introduce_and_that_do_not() {
        let dictionary = Dictionary::embedded().unwrap();
        for (inside, expected) in [
            ("이하 ‘이리공고’", vec!["이리공고"]),
            ("이하 이리공고", vec!["이리공고"]),
            ("KAI", vec!["KAI"]),
            ("RISE·이하 라이즈", vec!["RISE", "라이즈"]),
            ("이하 하이브·HiVE 사업", vec!["하이브", "HiVE 사업"]),
            ("교장 김주영", vec![]),
            ("경남", vec![]),
            ("LINC 3.0", vec!["LINC 3.0"]),
            ("HTML 5 CSS", vec![]),
            ("2024", vec![]),
        ] {
            assert_eq!(
                short_forms(inside, dictionary.rules()),
                expected,
                "{inside}"
            );
        }
    }
}
