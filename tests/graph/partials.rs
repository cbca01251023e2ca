//! Records folded into partials, and these into one another.

use ieum::graph::{Builder, NoFacts, PARTIAL, PartialError};
use proptest::prelude::*;

use crate::merge::{bytes, record};
use crate::records::{Says, article, graph};

/// What `fold` writes of a builder.
fn folded(builder: &Builder) -> Vec<u8> {
    let mut written = Vec::new();
    builder.write_partial(&mut written).expect("written");
    written
}

fn unfolded(partial: &[u8]) -> Builder {
    Builder::read_partial(partial).expect("a partial")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_grouping_of_partials_gives_the_same_partial_and_the_same_graph(
        (records, shuffled, cuts) in prop::collection::vec(record(), 0..24).prop_flat_map(|records| {
            let shuffled = Just(records.clone()).prop_shuffle();
            let cuts = prop::collection::vec(0..4_usize, records.len());
            (Just(records), shuffled, cuts)
        })
    ) {
        let mut whole = Builder::new();
        for record in &records {
            whole.add(record);
        }
        let mut parts = vec![Builder::new(); 4];
        for (record, part) in shuffled.iter().zip(&cuts) {
            parts[*part].add(record);
        }
        // The last one comes twice, as after a task that was run again.
        let parts: Vec<Vec<u8>> = parts.iter().map(folded).collect();
        let mut pair = unfolded(&parts[3]);
        pair.merge(unfolded(&parts[1]));
        let mut all = unfolded(&parts[2]);
        all.merge(unfolded(&folded(&pair)));
        all.merge(unfolded(&parts[0]));
        all.merge(unfolded(&parts[3]));
        prop_assert_eq!(folded(&all), folded(&whole));
        let expected = bytes(&graph(&records));
        prop_assert_eq!(bytes(&all.finish(&NoFacts)), expected.clone());
        // With next to no memory for sentences, and from a builder that was taken on.
        let mut small = Builder::new();
        small.overflow_into(tempfile::tempfile().expect("a file"), 200);
        let half = records.len() / 2;
        for record in &records[..half] {
            small.add(record);
        }
        small.merge(unfolded(&parts[0]));
        let mut taken_on = small.clone();
        for record in &records[half..] {
            small.add(record);
            taken_on.add(record);
        }
        prop_assert_eq!(folded(&small), folded(&whole));
        prop_assert_eq!(bytes(&small.finish(&NoFacts)), expected.clone());
        prop_assert_eq!(bytes(&taken_on.finish(&NoFacts)), expected);
    }

    #[test]
    fn sentences_that_no_file_takes_stay_in_memory(records in prop::collection::vec(record(), 1..6)) {
        let mut builder = Builder::new();
        // Opened for reading only.
        builder.overflow_into(std::fs::File::open("Cargo.toml").expect("a file"), 0);
        for record in &records {
            builder.add(record);
        }
        prop_assert_eq!(bytes(&builder.finish(&NoFacts)), bytes(&graph(&records)));
    }

    #[test]
    fn a_damaged_partial_is_refused(cut in any::<prop::sample::Index>(), flip in 0..8_u8) {
        let mut builder = Builder::new();
        for source in ["a", "b"] {
            let said = article(source, "2024-01-02", &["익산시는 이리공고와 협약했다.", "다음 달 시작한다."])
                .names("city:익산시", "익산시")
                .signs("2024-01-01", &["city:익산시", "school:이리공업고등학교"], &[])
                .states("city:익산시", "supports", "school:이리공업고등학교", 1);
            builder.add(&said);
        }
        let whole = folded(&builder);
        let at = cut.index(whole.len());
        prop_assert!(Builder::read_partial(&whole[..at]).is_err());
        // Gzip's header has bytes that say nothing: time, flags, system.
        let header = PARTIAL.len()..PARTIAL.len() + 10;
        if !header.contains(&at) {
            let mut changed = whole.clone();
            changed[at] ^= 1 << flip;
            prop_assert!(Builder::read_partial(&*changed).is_err());
        }
        let mut longer = whole;
        longer.push(0);
        prop_assert!(Builder::read_partial(&*longer).is_err());
    }
}

#[test]
fn a_partial_says_what_is_wrong_with_it() {
    let zipped = |payload: &[u8]| {
        use std::io::Write;
        let mut file = PARTIAL.to_vec();
        let mut out = flate2::write::GzEncoder::new(&mut file, flate2::Compression::fast());
        out.write_all(payload).expect("zipped");
        out.finish().expect("zipped");
        Builder::read_partial(&*file).map_err(|error| error.to_string())
    };
    let says = |payload: &[u8], what: &str| {
        let error = zipped(payload).err().unwrap_or_default();
        assert!(error.contains(what), "{payload:?}: {error}");
    };
    assert!(matches!(
        Builder::read_partial(&b"PK"[..]),
        Err(PartialError::Foreign)
    ));
    assert_eq!(zipped(&[0; 4]).map(|b| b.len()), Ok(0));
    says(&[0; 5], "follows its end");
    says(&[2, 1, b'a', 1, b'a'], "a text that comes twice");
    says(&[1, 1, 0xff], "not UTF-8");
    says(&[0xff; 12], "a number that is too large");
    // Lengths that nothing stands behind: no memory is taken for them.
    says(
        &[1, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f, b'a'],
        "cut short",
    );
    says(&[0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f], "cut short");
    says(&[0, 0, 0, 1, 5], "without what it numbers");
}
