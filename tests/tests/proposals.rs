//! What is proposed as `x-pagination` says, once it is written into the document, what was proposed.
#![allow(clippy::unwrap_used, reason = "an expectation that fails is a test that fails")]

use std::fs;
use std::path::Path;

use tenon::ir::{Api, Paging};
use tenon::paging::{extension, propose};
use tenon::{Config, Input, Pagination};

fn decide(text: &[u8], overlay: Option<String>, pagination: Pagination) -> Api {
    let config = Config { name: "sample".to_owned(), pagination, ..Config::default() };
    let overlays = overlay.into_iter().map(|text| ("overlay.yaml".to_owned(), text.into_bytes()));
    let input = Input {
        path: "sample.yaml".to_owned(),
        text: text.to_vec(),
        overlays: overlays.collect(),
        loader: None,
    };
    let outcome = tenon::decide(input, &config);
    assert!(outcome.diagnostics.iter().all(|it| it.code.id() != "T0415"), "{outcome:?}");
    outcome.api.unwrap()
}

fn pages(api: &Api) -> Vec<(String, Option<Paging>)> {
    api.operations().map(|operation| (operation.id.clone(), operation.paging.clone())).collect()
}

#[test]
fn a_proposal_can_be_written_down() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("cases/pagination");
    let mut written = 0;
    for case in ["inferred_link", "inferred_cursor", "inferred_last_item", "inferred_rest"] {
        let text = fs::read(folder.join(format!("{case}.yaml"))).unwrap();
        let plain = decide(&text, None, Pagination::Stated);
        let inferred = decide(&text, None, Pagination::Inferred);
        let mut overlay =
            "overlay: 1.0.0\ninfo: {title: Pages, version: '1'}\nactions:\n".to_owned();
        for operation in plain.operations() {
            assert_eq!(operation.paging, None);
            let Some(paging) = propose(&plain, operation) else { continue };
            let path = operation.origin.rsplit('/').nth(1).unwrap().replace("~1", "/");
            let method = operation.method.to_lowercase();
            let said = extension(&paging, operation);
            overlay += &format!("  - target: $.paths['{path}'].{method}\n");
            overlay += &format!("    update: {{x-pagination: {said}}}\n");
            written += 1;
        }
        let stated = decide(&text, Some(overlay), Pagination::Stated);
        assert_eq!(pages(&stated), pages(&inferred), "{case}");
    }
    assert_eq!(written, 22);
}
