//! From bytes to text, without a guess that loses something.

use std::borrow::Cow;

use encoding_rs::{DecoderResult, EUC_KR, Encoding, UTF_8, UTF_16BE, UTF_16LE};

use crate::dictionary::is_hangul;

/// Text and how it was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Decoded<'a> {
    /// The text, without a BOM.
    pub text: Cow<'a, str>,
    /// WHATWG name of the encoding.
    pub encoding: &'static str,
    /// What is missing.
    pub problem: Option<String>,
}

impl<'a> Decoded<'a> {
    fn new(text: impl Into<Cow<'a, str>>, encoding: &'static Encoding) -> Self {
        Self {
            text: text.into(),
            encoding: encoding.name(),
            problem: None,
        }
    }
}

/// Decodes a whole file. `declared` is what the file itself says its charset is.
///
/// # Errors
/// A sentence that names what the bytes are, or the first byte (from 0) that cannot be decoded.
pub(super) fn decode<'a>(bytes: &'a [u8], declared: Option<&str>) -> Result<Decoded<'a>, String> {
    if let Some(kind) = binary_kind(bytes) {
        return Err(format!("is {kind}, not text"));
    }
    if let Some((encoding, n)) = Encoding::for_bom(bytes) {
        let rest = &bytes[n..];
        if encoding == UTF_8 {
            return utf8(rest, n)
                .unwrap_or_else(|at| Err(bad_byte("UTF-8 (by its byte-order mark)", at + n)));
        }
        return strict(rest, encoding)
            .map(|text| Decoded::new(text, encoding))
            .map_err(|at| {
                bad_byte(
                    &format!("{} (by its byte-order mark)", encoding.name()),
                    at + n,
                )
            });
    }
    let failed = match utf8(bytes, 0) {
        Ok(done) => {
            if let Ok(decoded) = &done
                && decoded.text.contains('\0')
            {
                return utf16_by_shape(bytes)
                    .or_else(|| few_nuls(bytes).then_some(done.clone().ok()?))
                    .ok_or_else(|| nul(bytes));
            }
            return done;
        }
        Err(at) => at,
    };
    if bytes.contains(&0) {
        return utf16_by_shape(bytes).ok_or_else(|| nul(bytes));
    }
    // Hangul does not come out of CP949 bytes by chance: so much of it before the first bad byte is broken UTF-8.
    let good = String::from_utf8_lossy(&bytes[..failed]);
    if good.chars().filter(|&c| is_hangul(c)).count() >= 10 {
        return Err(bad_byte("UTF-8", failed));
    }
    if let Some(encoding) = declared.and_then(by_label)
        && encoding != UTF_8
        && let Ok(text) = strict(bytes, encoding)
    {
        return Ok(Decoded::new(text, encoding));
    }
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(&bytes[..bytes.len().min(1 << 20)], true);
    let guess = detector.guess(Some(b"kr"), chardetng::Utf8Detection::Allow);
    let korean = match strict(bytes, EUC_KR) {
        Ok(text) if guess == EUC_KR || text.chars().any(is_hangul) => {
            return Ok(Decoded::new(text, EUC_KR));
        }
        Ok(_) => 0,
        Err(at) => at,
    };
    // Single-byte encodings accept any bytes, so a guess at one says nothing.
    if guess != EUC_KR
        && guess != UTF_8
        && !guess.is_single_byte()
        && let Ok(text) = strict(bytes, guess)
    {
        return Ok(Decoded::new(text, guess));
    }
    Err(format!(
        "cannot be decoded: not UTF-8 (byte {failed}) and not CP949 (byte {korean})"
    ))
}

/// The encoding that a label means; Korean labels that WHATWG does not list too.
fn by_label(label: &str) -> Option<&'static Encoding> {
    let label = label.trim().trim_matches(['"', '\'']);
    Encoding::for_label(label.as_bytes()).or_else(|| {
        [
            "cp949",
            "ms949",
            "uhc",
            "x-windows-949",
            "cp-949",
            "euckr",
            "ksc5601",
        ]
        .iter()
        .any(|l| l.eq_ignore_ascii_case(label))
        .then_some(EUC_KR)
    })
}

fn bad_byte(encoding: &str, at: usize) -> String {
    format!("cannot be decoded as {encoding}: bad byte at {at}")
}

fn nul(bytes: &[u8]) -> String {
    let at = bytes.iter().position(|&b| b == 0).unwrap_or(0);
    format!("is a binary file, not text: NUL at byte {at}")
}

/// Stray NULs in a text, rather than a binary file.
fn few_nuls(bytes: &[u8]) -> bool {
    bytes.iter().map(|&b| usize::from(b == 0)).sum::<usize>() * 100 <= bytes.len()
}

/// Ok: decided. Err: the first bad byte.
fn utf8(bytes: &[u8], skipped: usize) -> Result<Result<Decoded<'_>, String>, usize> {
    match simdutf8::compat::from_utf8(bytes) {
        Ok(text) => Ok(Ok(Decoded::new(text, UTF_8))),
        Err(error) => {
            let at = error.valid_up_to();
            // Three bytes of Hangul before the cut make it UTF-8; one letter in a CP949 file does not.
            if error.error_len().is_none() && !bytes[..at].is_ascii() {
                let text = std::str::from_utf8(&bytes[..at]).map_err(|_| at)?;
                let mut decoded = Decoded::new(text, UTF_8);
                decoded.problem = Some(format!(
                    "ends in the middle of a character at byte {}",
                    at + skipped
                ));
                return Ok(Ok(decoded));
            }
            Err(at)
        }
    }
}

/// Decodes all of `bytes`, or says at which byte that fails.
fn strict(bytes: &[u8], encoding: &'static Encoding) -> Result<String, usize> {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let size = decoder
        .max_utf8_buffer_length_without_replacement(bytes.len())
        .unwrap_or(bytes.len() * 3 + 16);
    let mut out = String::with_capacity(size.min(bytes.len() * 2 + 64));
    let mut at = 0;
    loop {
        let (result, read) =
            decoder.decode_to_string_without_replacement(&bytes[at..], &mut out, true);
        at += read;
        match result {
            DecoderResult::InputEmpty => return Ok(out),
            DecoderResult::OutputFull => out.reserve(bytes.len() - at + 64),
            DecoderResult::Malformed(length, more) => {
                return Err(at.saturating_sub(usize::from(length) + usize::from(more)));
            }
        }
    }
}

/// UTF-16 without a BOM: the zero bytes of its spaces and line ends all stand on one side.
fn utf16_by_shape<'a>(bytes: &[u8]) -> Option<Decoded<'a>> {
    let mut zeros = [0_usize; 2];
    for (i, _) in bytes.iter().enumerate().filter(|(_, b)| **b == 0) {
        zeros[i % 2] += 1;
    }
    let encoding = match zeros {
        [0, _] => UTF_16LE,
        [_, 0] => UTF_16BE,
        _ => return None,
    };
    let text = strict(bytes, encoding).ok()?;
    let total = text.chars().count();
    let known = text
        .chars()
        .filter(|&c| c.is_ascii() || is_hangul(c))
        .count();
    (bytes.len().is_multiple_of(2) && known * 10 > total * 8 && !text.contains('\0'))
        .then(|| Decoded::new(text, encoding))
}

/// What a file that is no text is, by its first bytes.
fn binary_kind(bytes: &[u8]) -> Option<&'static str> {
    let kinds: [(&[u8], &str); 9] = [
        (b"%PDF-", "a PDF"),
        (b"\x89PNG", "a PNG picture"),
        (b"\xff\xd8\xff", "a JPEG picture"),
        (b"GIF8", "a GIF picture"),
        (b"\xd0\xcf\x11\xe0", "an old Office or HWP document"),
        (b"PK\x03\x04", "a zip archive"),
        (b"\x1f\x8b", "gzip data"),
        (b"SQLite format 3", "an SQLite database"),
        (b"\x7fELF", "a program"),
    ];
    kinds
        .iter()
        .find(|(start, _)| bytes.starts_with(start))
        .map(|k| k.1)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "새솔시는 3일 똠방마을에서 협약을 맺었다.\n";

    fn utf16(big: bool, bom: bool) -> Vec<u8> {
        let units = TEXT.encode_utf16();
        let units: Vec<u16> = bom.then_some(0xfeff).into_iter().chain(units).collect();
        units
            .iter()
            .flat_map(|u| {
                if big {
                    u.to_be_bytes()
                } else {
                    u.to_le_bytes()
                }
            })
            .collect()
    }

    #[test]
    fn encodings() {
        let cp949 = EUC_KR.encode(TEXT).0.into_owned();
        let bom = [b"\xef\xbb\xbf", TEXT.as_bytes()].concat();
        for (bytes, declared, name) in [
            (TEXT.as_bytes().to_vec(), None, "UTF-8"),
            (bom, None, "UTF-8"),
            (cp949.clone(), None, "EUC-KR"),
            (cp949.clone(), Some("ms949"), "EUC-KR"),
            (cp949, Some("utf-8"), "EUC-KR"),
            (utf16(false, true), None, "UTF-16LE"),
            (utf16(true, true), None, "UTF-16BE"),
            (utf16(false, false), None, "UTF-16LE"),
            (utf16(true, false), None, "UTF-16BE"),
        ] {
            let decoded = decode(&bytes, declared).expect(name);
            assert_eq!((decoded.text.as_ref(), decoded.encoding), (TEXT, name));
            assert_eq!(decoded.problem, None);
        }
        assert_eq!(by_label("UHC"), Some(EUC_KR));
    }

    #[test]
    fn what_is_broken_is_placed() {
        let bytes = &TEXT.as_bytes()[..10];
        let cut = decode(bytes, None).expect("three characters");
        assert_eq!(
            cut.problem.as_deref(),
            Some("ends in the middle of a character at byte 9")
        );

        let mut bad = TEXT.as_bytes().to_vec();
        bad.extend_from_slice(b"\xff\xfe and more");
        let error = decode(&bad, None).expect_err("bad byte");
        assert!(
            error.contains(&format!("bad byte at {}", TEXT.len())),
            "{error}"
        );

        assert!(
            decode(b"%PDF-1.7 ...", None)
                .expect_err("PDF")
                .contains("PDF")
        );
        assert!(
            decode(b"\x01\x00\x00\x00\x02\x03\x00", None)
                .expect_err("binary")
                .contains("NUL at byte 1")
        );
        let error = decode(b"abc \x80\xff\x80 def", None).expect_err("nothing");
        assert!(error.contains("byte 4"), "{error}");
    }

    proptest::proptest! {
        #[test]
        fn any_bytes(bytes: Vec<u8>) {
            let _ = decode(&bytes, Some("cp949"));
        }
    }
}
