//! Made-up articles for measurements: our own sentences, filled with the dictionaries' names.
//!
//! The same number gives the same articles on every machine. Names are drawn unevenly, a few often and most
//! seldom, as in a real pile; a third of the sentences name nobody.

use std::fmt::Write;
use std::path::Path;

/// Sentences with a slot per name: `{type}` and then the particle, which is made to agree.
const SENTENCES: &[&str] = &[
    "{city}은 {day}일 {school}, {company}과 {program} 운영을 위한 업무협약을 체결했다고 밝혔다.",
    "{organization}은 {city}, {school}과 손잡고 {program}을 추진하기로 했다.",
    "{city}에 있는 {school}이 교육부 공모에서 {program}에 최종 선정됐다.",
    "{company}은 내년 봄 {school} 졸업생 {day}명을 채용하기로 약속했다.",
    "협약식에는 {city}장과 {school} 교장, {company} 대표 등 {day}명이 참석했다.",
    "{city}은 {school}에 실습 기자재와 장학금 {day}억 원을 지원한다.",
    "{organization}과 {company}은 {program}에 함께 참여해 현장 교육을 맡는다.",
    "{school}은 {program} 지정을 목표로 다음 달 계획서를 낸다.",
    "{company} 본사를 둔 {city}은 {organization}의 추천을 받아 {program}을 신청했다.",
    "한편 {organization}은 {city}에서 설명회를 열고 {program}의 성과를 알렸다.",
    "학생들은 오전에 이론을 배우고 오후에는 작업장에서 손으로 익힌다.",
    "참석자들은 지역에서 배우고 지역에서 일하는 길을 넓혀야 한다고 입을 모았다.",
    "사업비는 모두 {day}억 원이며 올해 안에 절반을 쓴다.",
    "담당자는 “서두르지 않고 차근차근 준비하겠다”고 말했다.",
    "접수는 누리집에서 하며 자세한 내용은 전화로 물어볼 수 있다.",
];

const HEADLINES: &[&str] = &[
    "{city}·{school}, {program} 업무협약",
    "{school}, {program} 선정",
    "{company}, {school} 학생 채용 약속",
    "{organization}, {program} 본격 추진",
];

/// The dictionaries' names, by type.
pub struct Names {
    types: Vec<(&'static str, Vec<String>)>,
}

impl Names {
    /// Reads the `name` column of the name files.
    pub fn read(dictionaries: &Path) -> Self {
        let types = [
            ("city", "cities.csv"),
            ("school", "schools.csv"),
            ("company", "companies.csv"),
            ("program", "programs.csv"),
            ("organization", "organizations.csv"),
        ];
        let read = |file: &str| {
            let mut reader = csv::ReaderBuilder::new()
                .comment(Some(b'#'))
                .flexible(true)
                .from_path(dictionaries.join(file))
                .expect("a name file");
            let header = reader.headers().expect("a header").clone();
            let name = header
                .iter()
                .position(|c| c.trim_start_matches('\u{feff}') == "name")
                .expect("a name column");
            reader
                .records()
                .map(|row| row.expect("a row")[name].trim().to_owned())
                .collect()
        };
        Self {
            types: types.map(|(kind, file)| (kind, read(file))).into(),
        }
    }

    /// The text of the article with this number: headline, date, some twelve sentences, two kilobytes.
    pub fn article(&self, number: u64) -> String {
        let mut dice = Dice(number.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
        let mut text = String::new();
        self.fill(pick(HEADLINES, &mut dice), &mut dice, &mut text);
        let (month, day) = (1 + dice.below(12), 1 + dice.below(28));
        let _ = write!(text, "\n\n입력 2025.{month:02}.{day:02} 10:00\n\n");
        for sentence in 0..12 {
            self.fill(pick(SENTENCES, &mut dice), &mut dice, &mut text);
            text.push_str(if sentence % 3 == 2 { "\n\n" } else { " " });
        }
        text
    }

    fn fill(&self, template: &str, dice: &mut Dice, text: &mut String) {
        let mut pieces = template.split('{');
        text.push_str(pieces.next().unwrap_or_default());
        for piece in pieces {
            let (slot, rest) = piece.split_once('}').expect("a closing brace");
            if slot == "day" {
                text.push_str(&(2 + dice.below(27)).to_string());
                text.push_str(rest);
                continue;
            }
            let (_, names) = self
                .types
                .iter()
                .find(|(kind, _)| *kind == slot)
                .expect("a type");
            let name = &names[dice.seldom(names.len())];
            text.push_str(name);
            text.push_str(&agree(name, rest));
        }
    }
}

/// The particle that `rest` begins with, in the form that follows `name`.
fn agree(name: &str, rest: &str) -> String {
    let closed = name.chars().last().is_some_and(|c| {
        let syllable = u32::from(c).wrapping_sub(0xAC00);
        syllable < 11172 && syllable % 28 != 0
    });
    for (after_closed, after_open) in [
        ("은 ", "는 "),
        ("이 ", "가 "),
        ("을 ", "를 "),
        ("과 ", "와 "),
    ] {
        if let (Some(tail), false) = (rest.strip_prefix(after_closed), closed) {
            return format!("{after_open}{tail}");
        }
    }
    rest.to_owned()
}

fn pick<'a>(choices: &[&'a str], dice: &mut Dice) -> &'a str {
    choices[dice.below(choices.len())]
}

/// xorshift64*: enough for made-up text.
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D)
    }

    fn below(&mut self, n: usize) -> usize {
        (self.next() >> 33) as usize % n.max(1)
    }

    /// Below `n`; small numbers far more often than large ones.
    fn seldom(&mut self, n: usize) -> usize {
        let first = 1 + self.below(n);
        self.below(first)
    }
}
