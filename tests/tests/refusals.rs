//! Documents too large, too deep or too odd to keep in the repository: each is refused in bounded
//! time and memory, with a place to look at.

// Helpers of tests panic as the tests themselves do.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use tenon::diag::{self, Style};
use tenon::{Config, Input, Outcome};

/// What is said of a document, without a loader for other files.
fn refusal(path: &str, text: impl Into<Vec<u8>>) -> String {
    overlaid(path, text, None)
}

/// The same with an overlay.
fn overlaid(path: &str, text: impl Into<Vec<u8>>, overlay: Option<String>) -> String {
    let overlays = overlay.map(|text| ("overlay.yaml".to_owned(), text.into_bytes()));
    let overlays = overlays.into_iter().collect();
    let input = Input { path: path.to_owned(), text: text.into(), overlays, loader: None };
    let start = Instant::now();
    let outcome = tenon::generate(input, &Config::default());
    assert!(start.elapsed() < Duration::from_secs(10), "{path} took {:?}", start.elapsed());
    assert!(outcome.api.is_none() && outcome.files.is_none(), "{path} is accepted");
    diag::render_all(&outcome.diagnostics, &outcome.tree, Style::Short)
}

fn accepted(path: &str, text: impl Into<Vec<u8>>) -> Outcome {
    let config = Config { name: "sample".to_owned(), ..Config::default() };
    tenon::generate(
        Input { path: path.to_owned(), text: text.into(), overlays: Vec::new(), loader: None },
        &config,
    )
}

const HEAD: &str = "openapi: 3.0.3\ninfo: {title: Odd, version: '1'}\npaths: {}\n";

#[test]
fn aliases_that_multiply_the_document_are_refused() {
    let mut text = format!("{HEAD}x-0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol, lol]\n");
    for level in 1..12 {
        let alias = format!("*a{}", level - 1);
        let aliases = [alias.as_str(); 10].join(", ");
        writeln!(text, "x-{level}: &a{level} [{aliases}]").unwrap();
    }
    insta::assert_snapshot!(refusal("bomb.yaml", text), @"bomb.yaml:9:46: error[T0114]: aliases up to here stand for more than 1000000 nodes");
}

#[test]
fn flow_nesting_of_ten_thousand_levels_is_refused() {
    let text = format!("{HEAD}x-deep: {}{}\n", "[".repeat(10_000), "]".repeat(10_000));
    insta::assert_snapshot!(refusal("deep.yaml", text), @"deep.yaml:4:264: error[T0108]: lists and maps are nested deeper than 512 levels");
}

#[test]
fn block_nesting_of_ten_thousand_levels_is_refused() {
    let mut text = format!("{HEAD}x-deep:\n");
    for level in 1..10_000 {
        writeln!(text, "{}a:", " ".repeat(level)).unwrap();
    }
    insta::assert_snapshot!(refusal("deep.yaml", text), @"deep.yaml:516:513: error[T0108]: lists and maps are nested deeper than 512 levels");
}

#[test]
fn json_nesting_of_ten_thousand_levels_is_refused() {
    let text = format!("{}1{}", "{\"a\":".repeat(10_000), "}".repeat(10_000));
    insta::assert_snapshot!(refusal("deep.json", text), @"deep.json:1:2561: error[T0108]: lists and maps are nested deeper than 512 levels");
}

#[test]
fn schemas_nested_as_deep_as_may_be_are_read() {
    let depth = 240;
    let open = r#"{"type": "object", "properties": {"a": "#.repeat(depth);
    let text = format!(
        r#"{{"openapi": "3.0.3", "info": {{"title": "Deep", "version": "1"}}, "paths": {{}},
        "components": {{"schemas": {{"Deep": {open}{{"type": "string"}}{}}}}}}}"#,
        "}}".repeat(depth)
    );
    let outcome = accepted("deep.json", text);
    assert_eq!(outcome.api.unwrap().items.len(), depth);
    assert!(outcome.files.is_some());
}

/// An overlay that does the same several times, to a target that depends on how often it did.
fn repeated(times: usize, target: impl Fn(usize) -> String, update: &str) -> String {
    let action = |number| format!("- {{target: '{}', update: {update}}}\n", target(number));
    let actions: String = (0..times).map(action).collect();
    format!("overlay: 1.0.0\ninfo: {{title: O, version: '1'}}\nactions:\n{actions}")
}

#[test]
fn overlays_that_deepen_the_document_without_end_are_refused() {
    let update = format!("{}1{}", "{a: ".repeat(200), "}".repeat(200));
    let overlay = repeated(3, |number| format!("$.x{}", ".a".repeat(number * 199)), &update);
    let text = overlaid("api.yaml", format!("{HEAD}x: {{}}\n"), Some(overlay));
    insta::assert_snapshot!(text, @"overlay.yaml:6:815: error[T0108]: with this update, the document is deeper than 512 levels");
}

#[test]
fn overlays_that_multiply_the_document_are_refused() {
    let overlay = repeated(14, |_| "$..g".to_owned(), "{a: {g: {}}, b: {g: {}}}");
    let text = overlaid("api.yaml", format!("{HEAD}g: {{}}\n"), Some(overlay));
    insta::assert_snapshot!(text, @"overlay.yaml:17:20: error[T0511]: overlays add more than 100000 nodes to the document");
}

#[test]
fn a_target_is_sought_as_deep_as_documents_may_be() {
    let text = format!("{HEAD}x-deep: {}1{}\n", "{a: ".repeat(250), "}".repeat(250));
    let overlay = repeated(1, |_| "$..[?@..b]".to_owned(), "{}");
    insta::assert_snapshot!(overlaid("api.yaml", text, Some(overlay)), @"overlay.yaml:4:12: error[T0513]: the target of this action matches nothing");
}

#[test]
fn a_file_of_more_than_100_mb_is_refused_unread() {
    let text = vec![b' '; 101 * 1024 * 1024];
    insta::assert_snapshot!(refusal("large.yaml", text), @"large.yaml: error[T0101]: 101 MB are more than the 100 MB that are read");
}

#[test]
fn a_nul_character_is_refused() {
    insta::assert_snapshot!(refusal("nul.yaml", format!("{HEAD}x-nul: a\0b\n")), @"nul.yaml:4:9: error[T0105]: the text holds a NUL character");
}

#[test]
fn utf_16_is_read_and_told_of_unless_it_is_broken() {
    let little = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    let big = |text: &str| text.encode_utf16().flat_map(u16::to_be_bytes).collect::<Vec<u8>>();
    let with_mark = format!("\u{feff}{HEAD}");
    for bytes in [little(&with_mark), big(&with_mark), little(HEAD), big(HEAD)] {
        let outcome = accepted("utf16.yaml", bytes);
        assert!(outcome.files.is_some());
        let said = diag::render_all(&outcome.diagnostics, &outcome.tree, Style::Short);
        assert_eq!(said.trim(), "utf16.yaml: warning[T0103]: the file is written in UTF-16");
    }
    let mut broken = little(&with_mark);
    broken.pop();
    insta::assert_snapshot!(refusal("utf16.yaml", broken), @"utf16.yaml: error[T0103]: the file is written in UTF-16");
}

#[test]
fn a_byte_order_mark_of_utf_8_is_no_matter() {
    assert!(accepted("mark.yaml", format!("\u{feff}{HEAD}")).api.is_some());
}

#[test]
fn nothing_at_all_is_refused() {
    insta::assert_snapshot!(refusal("nothing.yaml", ""), @"nothing.yaml: error[T0104]: the file is empty");
    insta::assert_snapshot!(refusal("nothing.json", " \n"), @"nothing.json: error[T0104]: the file is empty");
}

/// Two thousand components, each of which refers to the next.
fn chain(link: &str) -> String {
    let mut text = format!("{HEAD}components:\n  schemas:\n");
    for number in 0..2_000 {
        let next = format!("'#/components/schemas/S{}'", number + 1);
        writeln!(text, "    S{number}: {}", link.replace("NEXT", &next)).unwrap();
    }
    text + "    S2000: {type: object, properties: {a: {type: string}}}\n"
}

#[test]
fn endless_chains_of_references_are_refused() {
    let first = |text: String| refusal("chain.yaml", text).lines().next().unwrap().to_owned();
    insta::assert_snapshot!(first(chain("{$ref: NEXT}")), @"chain.yaml:6:5: error[T0108]: this schema is another through more than 100 others");
    insta::assert_snapshot!(first(chain("{allOf: [{$ref: NEXT}, {minProperties: 1}]}")), @"chain.yaml:56:5: error[T0108]: schemas lead to this one through more than 100 others");
}

#[test]
fn long_chains_of_models_are_followed() {
    for link in ["{oneOf: [{$ref: NEXT}, {type: string}]}", "{properties: {next: {$ref: NEXT}}}"] {
        let input = Input {
            path: "chain.yaml".to_owned(),
            text: chain(link).into(),
            overlays: Vec::new(),
            loader: None,
        };
        assert!(tenon::decide(input, &Config::default()).api.is_some(), "{link}");
    }
}
