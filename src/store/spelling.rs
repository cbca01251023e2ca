//! Latin letters as Hangul spells them out: LG is 엘지.

use unicode_normalization::UnicodeNormalization;

/// The names of the letters, in their order.
const NAMES: [&str; 26] = [
    "에이",
    "비",
    "씨",
    "디",
    "이",
    "에프",
    "지",
    "에이치",
    "아이",
    "제이",
    "케이",
    "엘",
    "엠",
    "엔",
    "오",
    "피",
    "큐",
    "알",
    "에스",
    "티",
    "유",
    "브이",
    "더블유",
    "엑스",
    "와이",
    "제트",
];
/// The name with its Latin letters spelled out; none where it has no Latin letter.
pub fn spelled(name: &str) -> Option<String> {
    let name: String = name.nfkc().collect();
    name.contains(|c: char| c.is_ascii_alphabetic()).then(|| {
        let mut spelled = String::new();
        for c in name.chars() {
            match c.to_ascii_lowercase() {
                letter @ 'a'..='z' => spelled.push_str(NAMES[usize::from(letter as u8 - b'a')]),
                _ => spelled.push(c),
            }
        }
        spelled
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_spelled_out_and_the_rest_stays() {
        assert_eq!(spelled("LG화학").as_deref(), Some("엘지화학"));
        assert_eq!(spelled("ｋｔ 2").as_deref(), Some("케이티 2"));
        assert_eq!(spelled("포스코"), None);
    }
}
