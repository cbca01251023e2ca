//! One fixed hash. What it gives is written into ids and decides stories, so it must never change, with no crate
//! and no Rust release.

const A: u64 = 0x9e37_79b9_7f4a_7c15;
const B: u64 = 0xd6e8_feb8_6659_fd93;

/// Mixes two words into one that depends on every bit of both.
pub fn mix(a: u64, b: u64) -> u64 {
    let product = u128::from(a ^ A).wrapping_mul(u128::from(b ^ B));
    let folded = (product as u64) ^ ((product >> 64) as u64);
    (folded ^ (folded >> 29)).wrapping_mul(B) ^ (folded >> 32)
}

/// The hash of a row of values, each kept apart from the next.
#[derive(Debug, Clone, Copy, Default)]
pub struct Hasher(u64);

impl Hasher {
    /// Adds a number.
    pub fn number(&mut self, value: u64) {
        self.0 = mix(self.0, value);
    }

    /// Adds a text and its length.
    pub fn text(&mut self, text: &str) {
        let words = text.as_bytes().chunks_exact(8);
        let mut last = [0; 8];
        last[..words.remainder().len()].copy_from_slice(words.remainder());
        for word in words {
            let mut bytes = [0; 8];
            bytes.copy_from_slice(word);
            self.number(u64::from_le_bytes(bytes));
        }
        self.number(u64::from_le_bytes(last));
        self.number(text.len() as u64);
    }

    /// Adds a text that may be missing.
    pub fn option(&mut self, text: Option<&str>) {
        self.number(u64::from(text.is_some()));
        self.text(text.unwrap_or_default());
    }

    /// What came out.
    pub fn finish(self) -> u64 {
        mix(self.0, A)
    }
}

/// The hash of one text.
pub fn text(text: &str) -> u64 {
    let mut hasher = Hasher::default();
    hasher.text(text);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stays_what_it_is() {
        assert_eq!(text(""), text(""));
        assert_ne!(text("가나다"), text("가나라"));
        assert_ne!(text("a\0"), text("a"));
        // Ids in files rest on these: they may not change.
        assert_eq!(
            [text(""), text("이음"), text("city:익산시")],
            [
                12_229_124_616_956_726_945,
                6_200_189_312_843_289_883,
                81_949_756_145_267_976
            ]
        );
    }
}
