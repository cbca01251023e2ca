use crate::harness::{ARTICLE, Folder};

/// A folder with a graph of one article.
fn graph() -> Folder {
    let folder = Folder::new().with("a.txt", ARTICLE);
    folder.ieum(&["build", "a.txt"]).succeeds();
    folder
}

#[test]
fn the_table_shows_relation_direction_weight_and_article() {
    let said = graph().ieum(&["neighbors", "거제공고"]).succeeds();
    assert_eq!(said.err, "");
    assert_eq!(
        said.out,
        "\
거제공업고등학교 (school): named in 1 article, 1 story; also 거제공고

Neighbor    Type     Relation                Weight  Articles  Latest article
삼성중공업  company  ↔ agreement 2024-03-05       1         1  2024-03-05 거제시, 거제공고와 업무협약
삼성중공업  company  ← hires_from (planned)       1         1  2024-03-05 거제시, 거제공고와 업무협약
거제시      city     ↔ agreement 2024-03-05       1         1  2024-03-05 거제시, 거제공고와 업무협약
거제시      city     → located_in               0.1         0  (dictionary)
마이스터고  program  → about 2024-03-05           1         1  2024-03-05 거제시, 거제공고와 업무협약
"
    );
}

#[test]
fn any_form_of_a_name_will_do() {
    let folder = graph();
    let full = folder
        .ieum(&["neighbors", "거제공업고등학교"])
        .succeeds()
        .out;
    for name in [
        "거제공고",
        "거제 공업 고등학교",
        " 거제공고 ",
        "school:거제공업고등학교",
        "school: 거제 공업고등학교",
    ] {
        assert_eq!(
            folder.ieum(&["neighbors", name]).succeeds().out,
            full,
            "{name}"
        );
    }
}

#[test]
fn csv_has_a_row_for_each_tie() {
    let said = graph()
        .ieum(&[
            "neighbors",
            "거제공고",
            "--relation",
            "hires_from",
            "--format",
            "csv",
        ])
        .succeeds();
    assert_eq!(
        said.out,
        "Id,Name,Type,Steps,From,Relation,Direction,Status,Weight,Stories,Articles,First,Last,Agreements,About,Sources\n\
         company:삼성중공업,삼성중공업,company,1,거제공업고등학교,hires_from,in,planned,1,1,1,2024-03-05,2024-03-05,,,a.txt\n"
    );
}

#[test]
fn json_has_stable_keys() {
    let said = graph()
        .ieum(&[
            "neighbors",
            "거제공고",
            "--type",
            "city",
            "--relation",
            "agreement",
            "--format",
            "json",
        ])
        .succeeds();
    let agreement = said
        .out
        .split("agreement:2024-03-05:")
        .nth(1)
        .unwrap()
        .split('"')
        .next()
        .unwrap();
    assert_eq!(
        said.out,
        format!(
            "{{\"asked\":[{{\"id\":\"school:거제공업고등학교\",\"name\":\"거제공업고등학교\",\"type\":\"school\",\"stories\":1,\
             \"articles\":1,\"names\":[\"거제공고\",\"거제공업고등학교\"]}}],\"neighbors\":[{{\"id\":\"city:거제시\",\
             \"name\":\"거제시\",\"type\":\"city\",\"steps\":1,\"weight\":1.0,\"ties\":[{{\"relation\":\"agreement\",\
             \"label\":\"협약 당사자\",\"direction\":\"both\",\"from\":\"거제공업고등학교\",\"status\":\"done\",\
             \"weight\":1.0,\"stories\":1,\"first\":\"2024-03-05\",\"last\":\"2024-03-05\",\"agreements\":[{{\
             \"date\":\"2024-03-05\",\"id\":\"agreement:2024-03-05:{agreement}\",\"about\":[\"마이스터고\"]}}],\
             \"articles\":[{{\"published\":\"2024-03-05\",\"source\":\"a.txt\",\"title\":\"거제시, 거제공고와 업무협약\"}}]\
             }}]}}],\"left_out\":0}}\n"
        )
    );
}

#[test]
fn a_limit_says_what_it_left_out() {
    let said = graph()
        .ieum(&["neighbors", "거제공고", "--limit", "1"])
        .succeeds();
    assert_eq!(said.out.lines().count(), 5);
    assert_eq!(said.err, "2 more; --limit 0 shows all\n");
}

#[test]
fn two_steps_say_through_whom() {
    let folder = Folder::new()
        .with(
            "a.txt",
            "입력 2024.03.05\n\n거제시는 거제공고를 지원했다.\n",
        )
        .with(
            "b.txt",
            "입력 2024.03.06\n\n삼성중공업은 거제공고 졸업생 10명을 채용했다.\n",
        );
    folder.ieum(&["build", "a.txt", "b.txt"]).succeeds();
    let said = folder
        .ieum(&[
            "neighbors",
            "거제시",
            "--depth",
            "2",
            "--relation",
            "supports,hires_from",
        ])
        .succeeds();
    let rows: Vec<Vec<&str>> = said
        .out
        .lines()
        .skip(3)
        .map(|line| {
            line.split("  ")
                .filter(|c| !c.is_empty())
                .map(str::trim)
                .collect()
        })
        .collect();
    assert_eq!(
        rows[0][..5],
        ["거제공업고등학교", "school", "1", "거제시", "→ supports"]
    );
    assert_eq!(
        rows[1][..5],
        [
            "삼성중공업",
            "company",
            "2",
            "거제공업고등학교",
            "← hires_from"
        ]
    );
}

#[test]
fn a_question_without_an_answer_says_what_there_is() {
    let said = graph()
        .ieum(&["neighbors", "거제공고", "--type", "scool"])
        .succeeds();
    said.explains(&[
        "nothing next to 거제공업고등학교",
        "the types city, company, program",
        "the relations about, agreement, hires_from, located_in",
    ]);
}

#[test]
fn an_unknown_name_gets_the_nearest() {
    let said = graph().ieum(&["neighbors", "거재공고"]).fails();
    assert_eq!(
        said.err,
        "error: `거재공고` is not in the graph; the nearest names are:\n  school:거제공업고등학교  (1 article)\n"
    );
    graph()
        .ieum(&["neighbors", "xyzzy"])
        .fails()
        .explains(&["`xyzzy` is not in the graph"]);
}

#[test]
fn a_name_that_several_share_asks_which() {
    let folder = Folder::new()
        .with(
            "a.txt",
            "입력 2024.03.05\n\n경남 고성군은 5일 교육발전특구에 선정됐다고 밝혔다.\n",
        )
        .with(
            "b.txt",
            "입력 2024.03.06\n\n강원 고성군은 6일 교육발전특구에 선정됐다고 밝혔다.\n",
        );
    folder.ieum(&["build", "a.txt", "b.txt"]).succeeds();
    let said = folder.ieum(&["neighbors", "고성군"]).fails();
    said.explains(&[
        "`고성군` may be any of these; ask for one by its id",
        "city:고성군 (강원특별자치도)  (1 article)",
        "city:고성군 (경상남도)  (1 article)",
    ]);
    for name in [
        "city:고성군 (경상남도)",
        "고성군 (경상남도)",
        "고성군(경상남도)",
    ] {
        let said = folder.ieum(&["neighbors", name]).succeeds();
        assert!(
            said.out
                .starts_with("고성군 (경상남도) (city): named in 1 article"),
            "{}",
            said.out
        );
    }
}
