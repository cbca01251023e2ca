//! How much of what a reader finds in the sample articles the program finds too. Counted as in the gold:
//! per article, by canonical name.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use serde_json::Value;

use crate::harness::{Folder, root, samples};

/// Hits, of how many found, of how many wanted.
#[derive(Default)]
struct Score {
    hits: usize,
    found: usize,
    wanted: usize,
}

impl Score {
    fn add<T: Ord>(&mut self, found: &BTreeSet<T>, wanted: &BTreeSet<T>) {
        self.hits += found.intersection(wanted).count();
        self.found += found.len();
        self.wanted += wanted.len();
    }

    fn f1(&self) -> f64 {
        2.0 * self.hits as f64 / (self.found + self.wanted) as f64
    }
}

/// Blanks do not distinguish names.
fn key(name: &Value) -> String {
    name.as_str().unwrap().split_whitespace().collect()
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

#[test]
fn the_samples_are_understood() {
    let said = Folder::new()
        .ieum(&["extract", samples().to_str().unwrap()])
        .succeeds();
    let records: Vec<Value> = said
        .out
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(records.len(), 28);

    let (mut entities, mut relations, mut parties) =
        (Score::default(), Score::default(), Score::default());
    let mut leaks = Vec::new();
    for record in &records {
        let source = std::path::Path::new(record["source"].as_str().unwrap());
        let name = source.file_stem().unwrap().to_str().unwrap();
        let gold = fs::read_to_string(root().join(format!("tests/gold/{name}.json"))).unwrap();
        let gold: Value = serde_json::from_str(&gold).unwrap();

        let names: BTreeMap<&str, String> = list(&record["entities"])
            .iter()
            .map(|entity| (entity["id"].as_str().unwrap(), key(&entity["name"])))
            .collect();
        let by_id = |id: &Value| names[id.as_str().unwrap()].clone();
        let kinds = |side: &Value| -> BTreeSet<(String, String)> {
            list(&side["entities"])
                .iter()
                .map(|e| (key(&e["name"]), key(&e["type"])))
                .collect()
        };
        entities.add(&kinds(record), &kinds(&gold));
        let absent: BTreeSet<String> = list(&gold["absent"]).iter().map(key).collect();
        leaks.extend(
            names
                .values()
                .filter(|name| absent.contains(*name))
                .map(|leak| format!("{leak} in {name}")),
        );

        let stated = list(&record["relations"])
            .iter()
            .filter(|r| r["relation"] != "co_occurs")
            .map(|r| {
                (
                    by_id(&r["subject"]),
                    key(&r["relation"]),
                    by_id(&r["object"]),
                )
            })
            .collect();
        let wanted = list(&gold["relations"])
            .iter()
            .map(|r| (key(&r["s"]), key(&r["r"]), key(&r["o"])))
            .collect();
        relations.add(&stated, &wanted);

        // The samples hold at most one signing that shares a party with another: the union serves.
        let signed = list(&record["agreements"])
            .iter()
            .filter(|a| a["status"] == "done")
            .flat_map(|a| list(&a["parties"]).iter().map(by_id))
            .collect();
        let wanted = list(&gold["agreements"])
            .iter()
            .flat_map(|a| list(a).iter().map(key))
            .collect();
        parties.add(&signed, &wanted);
    }
    println!(
        "F1: entities {:.3}, relations {:.3}, parties {:.3}; leaks: {leaks:?}",
        entities.f1(),
        relations.f1(),
        parties.f1()
    );
    assert!(entities.f1() >= 0.95, "entities {:.3}", entities.f1());
    assert!(relations.f1() >= 0.80, "relations {:.3}", relations.f1());
    assert!(parties.f1() >= 0.90, "parties {:.3}", parties.f1());
    assert!(
        leaks.is_empty(),
        "named only by furniture or by a false friend, and reported: {leaks:?}"
    );
}

#[test]
fn articles_without_vocational_education_stay_without_relations() {
    let folder = Folder::new();
    for name in ["auction-unrelated.html", "mimetic-words-unrelated.txt"] {
        let path = samples().join(name);
        let said = folder.ieum(&["extract", path.to_str().unwrap()]).succeeds();
        let record: Value = serde_json::from_str(&said.out).unwrap();
        assert!(list(&record["relations"]).is_empty(), "{name}");
        assert!(list(&record["agreements"]).is_empty(), "{name}");
    }
}
