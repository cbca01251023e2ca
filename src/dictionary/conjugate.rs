//! What the forms of a verb begin with: a cue that is written as a stem (`보태-`) stands for all of them.

const FIRST: u32 = 0xac00;
const LAST: u32 = 0xd7a3;
const TAILS: u32 = 28;
const VOWELS: u32 = 21;

/// The final consonant ㄴ.
pub(super) const N: u32 = 4;
/// The final consonant ㄹ.
pub(super) const R: u32 = 8;

/// Numbers of vowels and of final consonants in the order of the code table.
mod jamo {
    pub(super) const A: u32 = 0;
    pub(super) const AE: u32 = 1;
    pub(super) const EO: u32 = 4;
    pub(super) const E: u32 = 5;
    pub(super) const YEO: u32 = 6;
    pub(super) const O: u32 = 8;
    pub(super) const WA: u32 = 9;
    pub(super) const OE: u32 = 11;
    pub(super) const U: u32 = 13;
    pub(super) const WEO: u32 = 14;
    pub(super) const WAE: u32 = 10;
    pub(super) const EU: u32 = 18;
    pub(super) const I: u32 = 20;

    pub(super) const D: u32 = 7;
    pub(super) const B: u32 = 17;
    pub(super) const S: u32 = 19;
    pub(super) const SS: u32 = 20;
}

/// A syllable, taken apart.
#[derive(Clone, Copy)]
struct Syllable {
    initial: u32,
    vowel: u32,
    tail: u32,
}

impl Syllable {
    fn of(c: char) -> Option<Self> {
        let code = u32::from(c);
        (FIRST..=LAST).contains(&code).then(|| Self {
            initial: (code - FIRST) / (VOWELS * TAILS),
            vowel: (code - FIRST) / TAILS % VOWELS,
            tail: (code - FIRST) % TAILS,
        })
    }

    fn char(self) -> char {
        let code = FIRST + (self.initial * VOWELS + self.vowel) * TAILS + self.tail;
        char::from_u32(code).unwrap_or_default()
    }

    fn with(self, vowel: u32, tail: u32) -> char {
        Self {
            vowel,
            tail,
            ..self
        }
        .char()
    }

    /// Whether the syllable asks for -아 and not for -어.
    fn bright(self) -> bool {
        matches!(self.vowel, jamo::A | jamo::O)
    }
}

/// The number of a syllable's final consonant.
pub(super) fn tail(c: char) -> Option<u32> {
    Syllable::of(c).map(|s| s.tail)
}

/// Whether a syllable ends in ㅆ, as the past of a verb does.
pub(crate) fn is_past(c: char) -> bool {
    tail(c) == Some(jamo::SS)
}

/// What begins behind any stem; behind one that ends in a vowel besides; behind one that ends in a consonant.
const ANY: &[&str] = &[
    "고", "는", "기", "자", "지", "게", "던", "겠", "도록", "거나",
];
const BEHIND_VOWEL: &[&str] = &["며", "면", "니", "므로", "려"];
const BEHIND_CONSONANT: &[&str] = &["은", "을", "으", "습니"];

/// The beginnings of the forms of the verb with this `stem`, without its hyphen; a space at the end of one asks for
/// the end of a word. Of verbs that are irregular in a way that the stem does not show both kinds are given, so some
/// are words that nobody writes. `None` where the stem does not end in a syllable.
pub(super) fn beginnings(stem: &str) -> Option<Vec<String>> {
    let last = stem.chars().next_back()?;
    let s = Syllable::of(last)?;
    let head = &stem[..stem.len() - last.len_utf8()];
    let mut forms: Vec<String> = Vec::new();
    let add = |list: &[&str], base: &str, forms: &mut Vec<String>| {
        forms.extend(list.iter().map(|end| format!("{base}{end}")));
    };
    // Behind a vowel, or what is left of a stem in ㄹ: -ㄴ, -ㄴ다, -ㅂ니다; -ㄹ.
    let drawn = |vowel: u32, head: &str, forms: &mut Vec<String>| {
        let (n, r, b) = (s.with(vowel, N), s.with(vowel, R), s.with(vowel, jamo::B));
        forms.extend([
            format!("{head}{n} "),
            format!("{head}{n}다"),
            format!("{head}{n}데"),
            format!("{head}{r} "),
            format!("{head}{b}니"),
        ]);
    };
    // -아, -았 drawn into the syllable.
    let joined = |head: &str, vowel: u32, forms: &mut Vec<String>| {
        let (open, past) = (s.with(vowel, 0), s.with(vowel, jamo::SS));
        forms.extend([
            format!("{head}{open} "),
            format!("{head}{open}서"),
            format!("{head}{past}"),
        ]);
    };
    let apart = |base: &str, bright: bool, forms: &mut Vec<String>| {
        let (open, past) = if bright {
            ('아', '았')
        } else {
            ('어', '었')
        };
        forms.extend([format!("{base}{open}"), format!("{base}{past}")]);
    };
    add(ANY, stem, &mut forms);
    match s.tail {
        0 => {
            add(BEHIND_VOWEL, stem, &mut forms);
            drawn(s.vowel, head, &mut forms);
            match s.vowel {
                jamo::A if last == '하' => {
                    joined(head, jamo::AE, &mut forms);
                    forms.push(format!("{head}하여"));
                }
                jamo::A | jamo::AE | jamo::E | jamo::EO | jamo::YEO => {
                    joined(head, s.vowel, &mut forms);
                    forms.push(format!("{stem}어"));
                }
                jamo::O => joined(head, jamo::WA, &mut forms),
                jamo::U => {
                    joined(head, jamo::WEO, &mut forms);
                    apart(stem, false, &mut forms);
                }
                jamo::I => {
                    joined(head, jamo::YEO, &mut forms);
                    apart(stem, false, &mut forms);
                }
                jamo::OE => {
                    joined(head, jamo::WAE, &mut forms);
                    apart(stem, false, &mut forms);
                }
                jamo::EU => {
                    let before = head.chars().next_back();
                    let bright = before.and_then(Syllable::of).is_some_and(Syllable::bright);
                    let vowel = if bright { jamo::A } else { jamo::EO };
                    joined(head, vowel, &mut forms);
                    // 오르다: 올라.
                    if last == '르'
                        && let Some(b) = before
                        && let Some(syllable) = Syllable::of(b).filter(|b| b.tail == 0)
                    {
                        let shorter = &head[..head.len() - b.len_utf8()];
                        let l = syllable.with(syllable.vowel, R);
                        joined(&format!("{shorter}{l}"), vowel, &mut forms);
                    }
                }
                _ => apart(stem, false, &mut forms),
            }
        }
        R => {
            let open = s.with(s.vowel, 0);
            add(&["며", "면", "려"], stem, &mut forms);
            add(&["는", "니"], &format!("{head}{open}"), &mut forms);
            drawn(s.vowel, head, &mut forms);
            apart(stem, s.bright(), &mut forms);
        }
        tail => {
            add(BEHIND_CONSONANT, stem, &mut forms);
            apart(stem, s.bright(), &mut forms);
            let open = format!("{head}{}", s.with(s.vowel, 0));
            match tail {
                // 돕다: 도와, 도운.
                jamo::B => {
                    add(&["운 ", "울 ", "우며", "우면", "우려"], &open, &mut forms);
                    add(&["와", "왔", "워", "웠"], &open, &mut forms);
                }
                // 짓다: 지은, 지어.
                jamo::S => {
                    add(&["은", "을", "으"], &open, &mut forms);
                    apart(&open, s.bright(), &mut forms);
                }
                // 싣다: 실은, 실어.
                jamo::D => {
                    let open = format!("{head}{}", s.with(s.vowel, R));
                    add(&["은", "을", "으"], &open, &mut forms);
                    apart(&open, s.bright(), &mut forms);
                }
                _ => {}
            }
        }
    }
    forms.sort_unstable();
    forms.dedup();
    Some(forms)
}

#[cfg(test)]
mod tests {
    use super::beginnings;

    #[test]
    fn verbs_of_every_kind() {
        let kinds: [(&str, &[&str]); 10] = [
            (
                "보태",
                &["보태고", "보탠 ", "보탠다", "보탤 ", "보탰", "보태 "],
            ),
            ("주", &["주는", "준 ", "준다", "줬", "주었", "줘서"]),
            ("맡기", &["맡기고", "맡긴 ", "맡겨 ", "맡겼", "맡길 "]),
            ("뽑", &["뽑는", "뽑은", "뽑을", "뽑아", "뽑았"]),
            ("열", &["여는", "연 ", "연다", "열었", "열 ", "열기"]),
            ("오르", &["오른 ", "올라 ", "올랐", "오를 "]),
            ("돕", &["돕는", "도운 ", "도와", "도왔"]),
            ("짓", &["짓는", "지은", "지었", "지어"]),
            ("쓰", &["쓰는", "쓴 ", "썼", "써 "]),
            ("하", &["하는", "한 ", "했", "해 ", "하여"]),
        ];
        for (stem, forms) in kinds {
            let found = beginnings(stem).unwrap();
            for form in forms {
                assert!(
                    found.iter().any(|f| f == form),
                    "{stem}: {form} in {found:?}"
                );
            }
        }
        assert!(
            !beginnings("주")
                .unwrap()
                .iter()
                .any(|f| "준비했다".starts_with(f))
        );
        assert!(
            !beginnings("뽑")
                .unwrap()
                .iter()
                .any(|f| "뽑혔다".starts_with(f))
        );
        assert_eq!(beginnings("A"), None);
    }
}
