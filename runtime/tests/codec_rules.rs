//! Rules: each at its boundary, the words of violations, their paths, and what they don't show.
#![allow(missing_docs, clippy::expect_used, clippy::panic, clippy::unwrap_used)]

mod codec_support;

use codec_support::{Device, Mode, Page, Status};
use tenon_runtime::codec::{Rule, Violation, check, check_json, encode, to_vec};
use tenon_runtime::{Json, Secret, json};

/// The violations of a JSON text.
fn broken(rules: &'static [Rule], text: &str) -> Vec<Violation> {
    let mut out = Vec::new();
    check_json(text.as_bytes(), rules, "$", &mut out);
    out
}

/// The words of the only violation.
fn words(rules: &'static [Rule], text: &str) -> String {
    match broken(rules, text).as_slice() {
        [only] => only.to_string(),
        other => panic!("{text}: {other:?}"),
    }
}

fn keeps(rules: &'static [Rule], texts: &[&str]) {
    for text in texts {
        assert_eq!(broken(rules, text), [], "{text}");
    }
}

#[test]
fn lengths_count_unicode_scalar_values() {
    const RULES: &[Rule] = &[Rule::MinLength(2), Rule::MaxLength(3)];
    keeps(
        RULES,
        &["\"ab\"", "\"abc\"", "\"äöü\"", "\"😀😀😀\"", r#""\u0061\n""#, r#""\ud83d\ude00b""#],
    );
    assert_eq!(words(RULES, "\"a\""), "at $: must have at least 2 characters, has 1");
    assert_eq!(words(RULES, "\"😀\""), "at $: must have at least 2 characters, has 1");
    assert_eq!(words(RULES, "\"abcd\""), "at $: must have at most 3 characters, has 4");
    assert_eq!(words(&[Rule::MinLength(1)], "\"\""), "at $: must have at least 1 character, has 0");
}

#[test]
fn a_pattern_matches_anywhere_by_the_rules_of_ecma_262() {
    keeps(&[Rule::Pattern("b")], &["\"abc\""]);
    keeps(&[Rule::Pattern(r"^\d{2}$")], &["\"42\""]);
    keeps(&[Rule::Pattern(r"^\p{Lu}$")], &["\"Ä\""]);
    keeps(&[Rule::Pattern("^.$")], &["\"😀\""]);
    keeps(&[Rule::Pattern("^(?=.*a)(?!b)")], &["\"ca\""]);
    assert_eq!(
        words(&[Rule::Pattern("^[0-9a-f]+$")], "\"xyz\""),
        "at $: must match the pattern ^[0-9a-f]+$, is \"xyz\""
    );
    assert_eq!(broken(&[Rule::Pattern("^a$")], "\"a\\nb\"").len(), 1);
    assert_eq!(broken(&[Rule::Pattern(r"^\d$")], "\"٣\"").len(), 1);
}

#[test]
fn a_pattern_that_only_the_older_grammar_accepts_is_still_checked() {
    keeps(&[Rule::Pattern(r"^\_\-a$")], &["\"_-a\""]);
    assert_eq!(broken(&[Rule::Pattern(r"^\_\-a$")], "\"x\"").len(), 1);
}

#[test]
fn a_pattern_that_is_not_one_holds_nobody_to_anything() {
    keeps(&[Rule::Pattern("(")], &["\"x\""]);
    keeps(&[Rule::Pattern("(?P<x>a)")], &["\"x\""]);
}

#[test]
fn bounds_of_numbers_are_exact() {
    keeps(&[Rule::Minimum("1")], &["1", "1.0", "1.0000000000000000001", "1e3", "1e400"]);
    assert_eq!(
        words(&[Rule::Minimum("1")], "0.99999999999999999999"),
        "at $: must be at least 1, is 0.99999999999999999999"
    );
    keeps(&[Rule::Maximum("9223372036854775807")], &["9223372036854775807", "-1"]);
    assert_eq!(
        words(&[Rule::Maximum("9223372036854775807")], "9223372036854775808"),
        "at $: must be at most 9223372036854775807, is 9223372036854775808"
    );
    keeps(&[Rule::ExclusiveMinimum("0")], &["1e-300"]);
    assert_eq!(
        words(&[Rule::ExclusiveMinimum("0")], "0.0"),
        "at $: must be greater than 0, is 0.0"
    );
    assert_eq!(words(&[Rule::ExclusiveMinimum("0")], "-0"), "at $: must be greater than 0, is -0");
    keeps(&[Rule::ExclusiveMaximum("1.5")], &["1.49"]);
    assert_eq!(
        words(&[Rule::ExclusiveMaximum("1.5")], "1.50"),
        "at $: must be less than 1.5, is 1.50"
    );
}

#[test]
fn multiples_of_decimals_are_told_without_rounding() {
    keeps(&[Rule::MultipleOf("0.01")], &["0.01", "0.07", "4.35", "1.1", "-19.99", "0", "1e20"]);
    assert_eq!(
        words(&[Rule::MultipleOf("0.01")], "0.015"),
        "at $: must be a multiple of 0.01, is 0.015"
    );
    keeps(&[Rule::MultipleOf("60")], &["3600", "-120"]);
    assert_eq!(broken(&[Rule::MultipleOf("60")], "61").len(), 1);
}

#[test]
fn sizes_of_arrays_and_objects() {
    const ITEMS: &[Rule] = &[Rule::MinItems(1), Rule::MaxItems(2)];
    keeps(ITEMS, &["[1]", "[[],{}]"]);
    assert_eq!(words(ITEMS, "[]"), "at $: must have at least 1 item, has 0");
    assert_eq!(words(ITEMS, "[1,2,3]"), "at $: must have at most 2 items, has 3");
    const PROPERTIES: &[Rule] = &[Rule::MinProperties(1), Rule::MaxProperties(2)];
    keeps(PROPERTIES, &[r#"{"a":1}"#, r#"{"a":{"c":1,"d":2,"e":3},"b":2}"#]);
    assert_eq!(words(PROPERTIES, "{}"), "at $: must have at least 1 property, has 0");
    assert_eq!(
        words(PROPERTIES, r#"{"a":1,"b":2,"c":3}"#),
        "at $: must have at most 2 properties, has 3"
    );
}

#[test]
fn items_are_unique_by_value_not_by_spelling() {
    keeps(
        &[Rule::UniqueItems],
        &["[]", "[1,\"1\",true,null]", "[[1],[2]]", r#"[{"a":1},{"a":2}]"#, "[0,false,\"\"]"],
    );
    assert_eq!(
        words(&[Rule::UniqueItems], r#"["a","b","\u0061"]"#),
        "at $: must have no two equal items, has \"a\" twice"
    );
    assert_eq!(
        words(&[Rule::UniqueItems], "[1,1.0]"),
        "at $: must have no two equal items, has 1.0 twice"
    );
    assert_eq!(
        words(&[Rule::UniqueItems], r#"[{"a":1,"b":2},{"b":2,"a":1e0}]"#),
        "at $: must have no two equal items, has an object twice"
    );
    keeps(&[Rule::UniqueItems], &["[9007199254740992,9007199254740993]"]);
}

#[test]
fn enumerations_and_constants() {
    const RULES: &[Rule] = &[Rule::OneOf(&["\"a\"", "1", "null", "[1]"])];
    keeps(RULES, &["\"a\"", "1.0", "null", "[ 1 ]", r#""\u0061""#]);
    assert_eq!(words(RULES, "\"b\""), "at $: must be one of \"a\", 1, null, [1], is \"b\"");
    assert_eq!(words(&[Rule::OneOf(&["\"es\""])], "\"en\""), "at $: must be \"es\", is \"en\"");
    const MANY: &[Rule] =
        &[Rule::OneOf(&["0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13"])];
    assert_eq!(
        words(MANY, "99"),
        "at $: must be one of 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 and 2 more, is 99"
    );
}

#[test]
fn a_rule_says_nothing_about_other_json_types() {
    const RULES: &[Rule] = &[
        Rule::MinLength(5),
        Rule::Pattern("^x$"),
        Rule::Minimum("100"),
        Rule::MultipleOf("7"),
        Rule::MinItems(5),
        Rule::MinProperties(5),
        Rule::Items(&[Rule::MinLength(9)]),
        Rule::Values(&[Rule::MinLength(9)]),
    ];
    keeps(RULES, &["null", "true"]);
    assert_eq!(broken(RULES, "1").len(), 2);
    assert_eq!(broken(RULES, "\"a\"").len(), 2);
    assert_eq!(broken(RULES, "[]").len(), 1);
    assert_eq!(broken(RULES, "{}").len(), 1);
}

#[test]
fn rules_of_items_and_values_name_the_place() {
    const RULES: &[Rule] =
        &[Rule::Items(&[Rule::Values(&[Rule::MaxLength(1)]), Rule::MaxProperties(1)])];
    let mut out = Vec::new();
    check_json(
        br#" [{"a":"x"},{"a b":"xy","c":"z"}] "#,
        RULES,
        "query parameter `filter`",
        &mut out,
    );
    let words: Vec<String> = out.iter().map(ToString::to_string).collect();
    assert_eq!(
        words,
        [
            "at query parameter `filter`[1][\"a b\"]: must have at most 1 character, has 2",
            "at query parameter `filter`[1]: must have at most 1 property, has 2",
        ]
    );
}

#[test]
fn text_that_is_no_json_breaks_no_rule_and_does_not_panic() {
    const RULES: &[Rule] = &[
        Rule::MinLength(9),
        Rule::Minimum("9"),
        Rule::MinItems(9),
        Rule::UniqueItems,
        Rule::Items(&[Rule::MinLength(9)]),
        Rule::Values(&[Rule::MinLength(9)]),
    ];
    keeps(RULES, &["", "[", "{", "\"", "-", "[1,", "{\"a\"", "\u{0}"]);
}

#[test]
fn the_fields_of_a_value_are_checked_with_their_paths_in_the_order_of_the_text() {
    let mut device = Device::new(0);
    device.name = Some("abcdef".into());
    device.owner = Some("x".into());
    device.tags = Some(vec!["ok".into(), "NO".into(), "x".into()]);
    let mut parent = Device::new(-1);
    parent.mode = Some(Mode::Unknown("MELT".into()));
    parent.ratio = Some(f64::NAN);
    device.parent = Some(Box::new(parent));
    let words: Vec<String> = check(&device).iter().map(ToString::to_string).collect();
    assert_eq!(
        words,
        [
            "at $.id: must be at least 1, is 0",
            "at $.name: must have at most 5 characters, has 6",
            "at $.owner: must have at least 2 characters, has 1",
            "at $.tags: must have at most 2 items, has 3",
            "at $.tags[1]: must match the pattern ^[a-z]+$, is \"NO\"",
            "at $.parent.id: must be at least 1, is -1",
            "at $.parent.mode: must be one of \"WIPE\", \"WIPE_CLOUD\", is \"MELT\"",
            "at $.parent.ratio: must be a finite number, is NaN",
        ]
    );
    assert_eq!(
        to_vec(&device),
        br#"{"id":0,"name":"abcdef","owner":"x","tags":["ok","NO","x"],"parent":{"id":-1,"owner":null,"mode":"MELT","ratio":null}}"#
    );
}

#[test]
fn the_null_of_a_nullable_field_breaks_no_rule() {
    assert_eq!(check(&Device::new(1)), []);
}

#[test]
fn violations_in_lists_and_maps_have_their_index_and_name() {
    let pages = vec![
        Page::default(),
        Page { additional_properties: [("a b".into(), 10)].into(), ..Page::default() },
    ];
    let words: Vec<String> = check(&pages).iter().map(ToString::to_string).collect();
    assert_eq!(words, ["at $[1][\"a b\"]: must be at most 9, is 10"]);
    let full = Page {
        additional_properties: (0..4).map(|n| (n.to_string(), n)).collect(),
        ..Page::default()
    };
    assert_eq!(check(&full)[0].to_string(), "at $: must have at most 3 properties, has 4");
}

#[test]
fn rules_of_a_whole_value_are_checked_by_encode() {
    let (json, violations) = encode(&5_i64, &[Rule::Maximum("3")]);
    assert_eq!(json, b"5");
    assert_eq!(
        violations[0].clone().under("query parameter `limit`").to_string(),
        "at query parameter `limit`: must be at most 3, is 5"
    );
    let (json, violations) = encode(&["a", "a"].as_slice(), &[Rule::UniqueItems]);
    assert_eq!((json.as_slice(), violations.len()), (br#"["a","a"]"#.as_slice(), 1));
}

#[test]
fn unlisted_values_of_enums_are_violations_but_are_written() {
    assert_eq!(check(&Mode::Wipe), []);
    assert_eq!(check(&Status::Other(5))[0].to_string(), "at $: must be one of 1, -1, is 5");
    assert_eq!(to_vec(&Status::Other(5)), b"5");
    assert_eq!(check(&Status::Unknown), []);
}

#[test]
fn numbers_that_json_can_not_write_are_null_and_a_violation() {
    for value in [f64::INFINITY, f64::NEG_INFINITY, f64::NAN] {
        assert_eq!(to_vec(&value), b"null");
        assert_eq!(check(&value)[0].rule, Rule::Finite);
    }
    assert_eq!(check(&f32::INFINITY)[0].to_string(), "at $: must be a finite number, is inf");
    assert_eq!(check(&f64::MAX), []);
}

#[test]
fn a_violation_never_shows_a_secret() {
    let mut device = Device::new(1);
    device.pin = Some(Secret::new("hunter2"));
    let shown: Vec<String> = check(&device).iter().map(ToString::to_string).collect();
    assert_eq!(
        shown,
        [
            "at $.pin: must match the pattern ^[0-9]{6}$, is a secret that isn't shown",
            "at $.pin: must have at most 6 characters, has 7",
        ]
    );
    let secrets = [Secret::new("aa"), Secret::new("aa")];
    let (_, violations) =
        encode(&secrets.as_slice(), &[Rule::UniqueItems, Rule::Items(&[Rule::OneOf(&["\"x\""])])]);
    assert_eq!(violations.len(), 3);
    assert!(
        violations.iter().all(|violation| !violation.to_string().contains("aa")),
        "{violations:?}"
    );
}

#[test]
fn a_violation_quotes_at_most_40_characters() {
    let long = format!("\"{}\"", "é".repeat(100));
    let found = &broken(&[Rule::Pattern("^x$")], &long)[0].found;
    assert_eq!(found, &format!("\"{}…\"", "é".repeat(40)));
}

#[test]
fn free_form_values_obey_the_rules_of_their_field() {
    let value: Json = json!({"a": [1, 2, 3]});
    let (_, violations) = encode(&value, &[Rule::Values(&[Rule::MaxItems(2)])]);
    assert_eq!(violations[0].to_string(), "at $.a: must have at most 2 items, has 3");
}

#[test]
fn names_of_properties_obey_their_rules() {
    const RULES: &[Rule] = &[Rule::Names(&[Rule::MaxLength(2), Rule::Pattern("^[a-z]+$")])];
    keeps(RULES, &["{}", r#"{"ab":"LONG"}"#, "[1]", r#""ABC""#]);
    let words: Vec<String> =
        broken(RULES, r#"{"abc":1,"B":2}"#).iter().map(ToString::to_string).collect();
    assert_eq!(
        words,
        [
            "at $.abc: must have at most 2 characters, has 3",
            "at $.B: must match the pattern ^[a-z]+$, is \"B\"",
        ]
    );
}

#[test]
fn properties_that_belong_together_are_there_together() {
    const WITH: &[Rule] = &[Rule::With(&["number", "street", "town"])];
    keeps(WITH, &["{}", r#"{"street":1}"#, r#"{"number":1,"street":1,"town":null}"#, "1"]);
    assert_eq!(
        broken(WITH, r#"{"number":1,"town":2}"#)[0].to_string(),
        r#"at $: must have beside "number" also "street" and "town", has no "street""#
    );
    const ANY: &[Rule] = &[Rule::AnyOf(&[&["a"], &["b", "c"]])];
    keeps(ANY, &[r#"{"a":1}"#, r#"{"b":1,"c":1}"#, r#"{"a":1,"b":1,"c":1}"#, "[]"]);
    assert_eq!(
        broken(ANY, r#"{"b":1}"#)[0].to_string(),
        r#"at $: must have at least one of "a", "b" and "c", has none of them"#
    );
    const SENT: &[Rule] = &[Rule::AnyOf(&[&["a", "b"]])];
    keeps(SENT, &[r#"{"a":1,"b":null}"#, "[]"]);
    assert_eq!(
        broken(SENT, r#"{"a":1}"#)[0].to_string(),
        r#"at $: must have "a" and "b", has no "b""#
    );
    const ONE: &[Rule] = &[Rule::ExactlyOneOf(&[&["a"], &["b"]])];
    keeps(ONE, &[r#"{"a":1}"#, r#"{"b":1}"#]);
    assert_eq!(
        broken(ONE, r#"{"a":1,"b":1}"#)[0].to_string(),
        r#"at $: must have exactly one of "a", "b", has 2 of them"#
    );
    assert_eq!(broken(ONE, "{}")[0].found, "none of them");
}
