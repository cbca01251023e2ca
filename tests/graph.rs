//! Records become one graph, whatever their order.

use ieum::graph::{Builder, NoFacts};
use ieum::record::Record;
use ieum::store::{self, Store};

fn record(json: &str) -> Record {
    serde_json::from_str(json).expect("a record")
}

fn iksan() -> Record {
    record(
        r#"{"source": "a.txt", "title": "제목", "published": "2024-08-01", "outlet": null, "url": null,
        "text": "익산시는 이리공고와 협약했다. 익산시는 교육발전특구로 선정됐다.",
        "sentences": [{"start": 0, "end": 16}, {"start": 17, "end": 35}],
        "entities": [
          {"id": "city:익산시", "name": "익산시", "type": "city", "known": true, "mentions": [
            {"start": 0, "end": 3, "text": "익산시", "sentence": 0},
            {"start": 17, "end": 20, "text": "익산시", "sentence": 1}]},
          {"id": "school:이리공업고등학교", "name": "이리공업고등학교", "type": "school", "known": true, "mentions": [
            {"start": 5, "end": 9, "text": "이리공고", "sentence": 0}]},
          {"id": "program:교육발전특구", "name": "교육발전특구", "type": "program", "known": true, "mentions": [
            {"start": 22, "end": 28, "text": "교육발전특구", "sentence": 1}]}],
        "relations": [
          {"subject": "city:익산시", "relation": "selected_for", "object": "program:교육발전특구",
           "status": "done", "date": null, "sentence": 1},
          {"subject": "school:이리공업고등학교", "relation": "co_occurs", "object": "city:익산시",
           "status": "done", "date": null, "sentence": 0}],
        "agreements": [{"parties": ["city:익산시", "school:이리공업고등학교"], "about": [], "status": "done",
          "date": "2024-07-31", "sentence": 0}],
        "problems": []}"#,
    )
}

#[test]
fn an_article_becomes_a_graph_and_a_file() {
    let mut builder = Builder::new();
    builder.add(&iksan());
    builder.add(&iksan());
    let graph = builder.finish(&NoFacts);
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
    let texts: Vec<&str> = graph.sentences.iter().map(|s| &*s.text).collect();
    assert_eq!(
        texts,
        [
            "익산시는 이리공고와 협약했다.",
            "익산시는 교육발전특구로 선정됐다."
        ]
    );

    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join(store::FILE);
    store::write(&graph, &path).expect("written");
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
