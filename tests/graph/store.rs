//! The SQLite file.

use ieum::store::{self, Store, StoreError};

use crate::records::{graph, iksan};

#[test]
fn an_article_becomes_a_graph_and_a_file() {
    let graph = graph([&iksan(), &iksan()]);
    let ids: Vec<&str> = graph.net.node_weights().map(|n| n.id.as_str()).collect();
    assert_eq!(graph.articles.len(), 1);
    assert!(ids[0].starts_with("agreement:2024-07-31:"), "{ids:?}");
    assert_eq!(
        ids[1..],
        [
            "city:익산시",
            "program:교육발전특구",
            "school:이리공업고등학교"
        ]
    );
    let kinds: Vec<&str> = graph.net.edge_weights().map(|e| &*e.kind).collect();
    assert_eq!(kinds, ["party", "selected_for", "party"]);
    let texts: Vec<_> = graph
        .sentences
        .iter()
        .map(|s| s.text.read().expect("read"))
        .collect();
    assert_eq!(
        texts,
        [
            "익산시는 이리공고와 협약했다.",
            "익산시는 교육발전특구로 선정됐다."
        ]
    );

    let folder = tempfile::tempdir().expect("a folder");
    store::write(&graph, &folder.path().join(store::FILE)).expect("written");
    let store = Store::open(folder.path()).expect("opened");
    let loaded = store.load().expect("loaded");
    assert_eq!(format!("{graph:?}"), format!("{loaded:?}"));
    let found = store.find("이리 공고").expect("found");
    let mut part = store.around(&found, 1).expect("a part");
    assert_eq!(
        part.graph.net.node_count(),
        3,
        "through the agreement to the other party"
    );
    let edges: Vec<_> = part.graph.net.edge_indices().collect();
    store.add_evidence(&mut part, edges).expect("evidence");
    assert_eq!(part.graph.sentences.len(), 1);
    assert_eq!(part.graph.articles[0].source, "a.txt");
}

#[test]
fn what_is_no_graph_is_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join(store::FILE);
    assert!(matches!(
        Store::open(folder.path()),
        Err(StoreError::Missing { .. })
    ));
    for bytes in [&b""[..], b"no graph", &[0; 5000]] {
        std::fs::write(&path, bytes).expect("written");
        assert!(matches!(
            Store::open(&path),
            Err(StoreError::NotOurs { .. })
        ));
    }
    std::fs::remove_file(&path).expect("removed");
    store::write(&graph([&iksan()]), &path).expect("written");
    let whole = std::fs::read(&path).expect("read");
    for length in (0..whole.len()).step_by(701) {
        std::fs::write(&path, &whole[..length]).expect("written");
        assert!(
            Store::open(&path).is_err(),
            "{length} bytes of {}",
            whole.len()
        );
    }
    for at in (0..whole.len()).step_by(97) {
        let mut changed = whole.clone();
        changed[at] ^= 0x55;
        std::fs::write(&path, &changed).expect("written");
        // An error or a graph, never a panic.
        let loaded = Store::open(&path).and_then(|store| {
            store.around(&[0, 1, 2, 3], 2)?;
            store.look_through(|_| true, |_| ())?;
            store.load()
        });
        drop(loaded);
    }
    let mut newer = whole;
    newer[63] = 9;
    std::fs::write(&path, &newer).expect("written");
    assert!(matches!(
        Store::open(&path),
        Err(StoreError::OtherVersion { found: 9, .. })
    ));
}
