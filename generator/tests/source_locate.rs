//! Nodes are found again in their text.
#![allow(clippy::expect_used, clippy::panic, reason = "a helper of a test may fail it")]

use tenon::source::{Format, Lines, Located, Position, locate, locate_all};

fn found<'t>(text: &'t str, format: Format, pointer: &str) -> (Option<&'t str>, &'t str) {
    let Located { key, value, .. } = locate(text, format, pointer).expect(pointer);
    (key.map(|key| &text[key]), &text[value])
}

#[test]
fn json_keys_and_values_are_found_with_their_quotes() {
    let text = r#"{"a": {"b/c": [1, "two\""]}, "\u00e9": null, "a2": {}}"#;
    let found = |pointer| found(text, Format::Json, pointer);
    assert_eq!(found("/a/b~1c/1"), (None, r#""two\"""#));
    assert_eq!(found("/a/b~1c"), (Some(r#""b/c""#), r#"[1, "two\""]"#));
    assert_eq!(found("/é"), (Some(r#""\u00e9""#), "null"));
    assert_eq!(found("/a2"), (Some(r#""a2""#), "{}"));
    assert_eq!(found("").1, text);
}

#[test]
fn yaml_keys_and_values_are_found_with_their_quotes() {
    let text = "ä: [x, 'it''s' ] # note\nb:\n  - c: \"d\" # e\n  - |\n    text\n";
    let found = |pointer| found(text, Format::Yaml, pointer);
    assert_eq!(found("/ä"), (Some("ä"), "[x, 'it''s' ]"));
    assert_eq!(found("/ä/1"), (None, "'it''s'"));
    assert_eq!(found("/b/0/c"), (Some("c"), "\"d\""));
    assert!(found("/b/1").1.contains("text"));
}

#[test]
fn what_is_not_there_is_not_found() {
    for pointer in ["/b", "/a/0", "/a/b", "x"] {
        assert_eq!(locate("a: 1", Format::Yaml, pointer), None);
        assert_eq!(locate("{\"a\": 1}", Format::Json, pointer), None);
    }
}

#[test]
fn several_pointers_are_found_in_one_pass() {
    let text = "a: 1\nb: {c: 2}\n";
    let all = locate_all(text, Format::Yaml, &["/b/c", "/a", "/a", "/nope"]);
    let values: Vec<_> =
        all.iter().map(|found| found.as_ref().map(|found| &text[found.value.clone()])).collect();
    assert_eq!(values, [Some("2"), Some("1"), Some("1"), None]);
}

#[test]
fn what_stands_before_an_error_is_found() {
    assert!(locate("a: 1\nb: [\n", Format::Yaml, "/a").is_some());
    assert!(locate("{\"a\": 1, \"b\": ", Format::Json, "/a").is_some());
}

#[test]
fn loosely_indented_lines_are_found_where_they_stand() {
    let text = "a:\n  b: [\nx,\ny\n]\n  c: d\n";
    let found = |pointer| found(text, Format::Yaml, pointer);
    assert_eq!(found("/a/b/1"), (None, "y"));
    assert_eq!(found("/a/c"), (Some("c"), "d"));
}

#[test]
fn aliased_and_complex_keys_do_not_confuse() {
    let text = "? [1, 2]\n: {a: x}\n? &k key\n: v\na: y\n";
    assert_eq!(found(text, Format::Yaml, "/a"), (Some("a"), "y"));
}

#[test]
fn columns_are_characters_and_line_ends_do_not_count() {
    let text = "a: 1\r\nö: ü\r\n\r\nlast";
    let lines = Lines::new(text);
    let position = |needle: &str| lines.position(text.find(needle).expect(needle));
    assert_eq!(position("ü"), Position { line: 2, column: 4 });
    assert_eq!(position("last"), Position { line: 4, column: 1 });
    assert_eq!(&text[lines.line(2)], "ö: ü");
    assert_eq!(&text[lines.line(3)], "");
    assert_eq!(lines.position(1000), Position { line: 4, column: 5 });
}
