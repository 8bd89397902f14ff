//! What a text means, in YAML and in JSON.
#![allow(clippy::expect_used, clippy::panic, reason = "a helper of a test may fail it")]

use tenon::diag::{Code, Diagnostic, Sink};
use tenon::source::{FileId, NodeId, Scalar, Tree, Value, parse};

fn tree(path: &str, text: &str) -> (Tree, Vec<Diagnostic>) {
    let mut sink = Sink::new();
    let tree = parse(path, text.as_bytes().to_vec(), &mut sink);
    (tree, sink.into_diagnostics())
}

fn yaml(text: &str) -> Tree {
    let (tree, diagnostics) = tree("a.yaml", text);
    assert_eq!(diagnostics, [], "{text}");
    tree
}

fn json(text: &str) -> Tree {
    let (tree, diagnostics) = tree("a.json", text);
    assert_eq!(diagnostics, [], "{text}");
    tree
}

fn codes(diagnostics: &[Diagnostic]) -> Vec<Code> {
    diagnostics.iter().map(|diagnostic| diagnostic.code).collect()
}

fn at(tree: &Tree, pointer: &str) -> NodeId {
    tree.find(FileId::MAIN, pointer).expect(pointer)
}

#[test]
fn yaml_and_json_give_the_same_values() {
    let json = json(r#"{"a": [1, 2.5, true, null, "x\n\u00e9\"y"], "b": {"": {}, "c d": []}}"#);
    let yaml =
        yaml("a:\n- 1\n- 2.5\n- true\n- null\n- \"x\\n\\xe9\\\"y\"\nb:\n  \"\": {}\n  c d: []\n");
    assert_eq!(json.to_value(json.root()), yaml.to_value(yaml.root()));
}

#[test]
fn escapes_are_resolved_and_other_texts_are_slices() {
    let tree = json(r#"{"a\/b": "\ud83d\ude00 \t", "plain": "text"}"#);
    assert_eq!(tree.text(at(&tree, "/a~1b")), Some("😀 \t"));
    assert_eq!(tree.text(at(&tree, "/plain")), Some("text"));
}

#[test]
fn scalars_stay_text_until_asked() {
    let tree = yaml("version: 1.10\ncountry: NO\nflag: yes\nbig: 123456789012345678901234567890\n");
    let text = |pointer| tree.text(at(&tree, pointer));
    assert_eq!(text("/version"), Some("1.10"));
    assert_eq!(text("/country"), Some("NO"));
    assert_eq!(tree.bool(at(&tree, "/country")), None);
    assert_eq!(tree.bool(at(&tree, "/flag")), None);
    assert_eq!(tree.integer(at(&tree, "/big")), Some(123_456_789_012_345_678_901_234_567_890));
    assert_eq!(tree.number(at(&tree, "/version")), Some("1.10"));
}

#[test]
fn numbers_of_yaml_have_a_json_form() {
    let tree = yaml("[0x1F, 0o17, +5, .5, 5., 007, -.5e3, .inf, 1e3, 3.0, '5']");
    let number = |index: usize| tree.number(tree.items(tree.root())[index]);
    let numbers: Vec<_> = (0..11).map(number).collect();
    let expected = ["31", "15", "5", "0.5", "5", "7", "-0.5e3"].map(Some);
    assert_eq!(numbers[..7], expected);
    assert_eq!(numbers[7..], [None, Some("1e3"), Some("3.0"), None]);
    let integer = |index: usize| tree.integer(tree.items(tree.root())[index]);
    assert_eq!(
        [integer(8), integer(9), integer(3), integer(0)],
        [Some(1000), Some(3), None, Some(31)]
    );
}

#[test]
fn null_is_plain_only() {
    let tree = yaml("a: null\nb: ~\nc:\nd: 'null'\ne: !!str null\n");
    let is_null = |pointer| tree.is_null(at(&tree, pointer));
    assert!(is_null("/a") && is_null("/b") && is_null("/c"));
    assert!(!is_null("/d") && !is_null("/e"));
    assert_eq!(tree.text(at(&tree, "/e")), Some("null"));
}

#[test]
fn keys_that_look_like_numbers_or_flags_are_text() {
    let tree = yaml("200: a\n1.0: b\non: c\ntrue: d\n");
    let keys: Vec<_> = tree.entries(tree.root()).map(|(key, _)| key).collect();
    assert_eq!(keys, ["200", "1.0", "on", "true"]);
    assert_eq!(tree.text(at(&tree, "/200")), Some("a"));
}

#[test]
fn aliases_share_nodes_and_keep_the_place_of_the_anchor() {
    let tree = yaml("a: &x\n  k: v\nb: *x\nc: [*x]\n");
    assert_eq!(at(&tree, "/a"), at(&tree, "/b"));
    assert_eq!(tree.pointer(at(&tree, "/c/0")), "/a");
    assert_eq!(tree.pointer(at(&tree, "/b/k")), "/a/k");
}

#[test]
fn scalars_and_keys_can_be_anchored() {
    let tree = yaml("&k key: &v value\nother: *v\nb:\n  *k : x\n");
    assert_eq!(tree.text(at(&tree, "/other")), Some("value"));
    assert_eq!(tree.text(at(&tree, "/b/key")), Some("x"));
}

#[test]
fn merge_keys_yield_to_what_is_stated_and_to_earlier_ones() {
    let tree = yaml(
        "one: &one {a: 1, b: 1}\ntwo: &two {b: 2, c: 2}\nx:\n  <<: [*one, *two]\n  a: own\n\
         y: {<<: {d: inline}, e: 5}\nz: {\"<<\": literal}\n",
    );
    let entry = |pointer| tree.text(at(&tree, pointer)).expect(pointer);
    assert_eq!([entry("/x/a"), entry("/x/b"), entry("/x/c")], ["own", "1", "2"]);
    assert_eq!([entry("/y/d"), entry("/y/e"), entry("/z/<<")], ["inline", "5", "literal"]);
    assert_eq!(tree.pointer(at(&tree, "/y/d")), "/y/<</d");
}

#[test]
fn of_equal_keys_the_first_holds_unless_it_is_empty() {
    let (tree, diagnostics) = tree("a.yaml", "a: 1\nb:\na: 2\nb: 3\n");
    assert_eq!(codes(&diagnostics), [Code::DuplicateKey, Code::DuplicateKey]);
    assert_eq!(tree.text(at(&tree, "/a")), Some("1"));
    assert_eq!(tree.text(at(&tree, "/b")), Some("3"));
}

#[test]
fn equal_keys_of_maps_without_a_common_key_are_one() {
    let text = "a: {b: 1}\na: {c: 2}\nd: {e: 1}\nd: {e: 2, f: 3}\ng: &g {h: 1}\ng: {i: 2}\ng: {j: 3}\n\
                k: {l: 1}\nk: *g\n";
    let (tree, diagnostics) = tree("a.yaml", text);
    assert_eq!(codes(&diagnostics), [Code::DuplicateKey; 5]);
    assert_eq!(tree.text(at(&tree, "/a/b")), Some("1"));
    assert_eq!(tree.text(at(&tree, "/a/c")), Some("2"));
    assert_eq!(tree.pointer(at(&tree, "/a/c")), "/a/c");
    let has = |pointer| tree.find(FileId::MAIN, pointer).is_some();
    assert_eq!(
        ["/d/e", "/d/f", "/g/i", "/g/j", "/k/i"].map(has),
        [true, false, true, false, false]
    );
}

#[test]
fn large_maps_are_found_by_hash() {
    let mut text: String = (0..100).map(|n| format!("key{n}: {n}\n")).collect();
    text.push_str("key99: again\n");
    let (tree, diagnostics) = tree("a.yaml", &text);
    assert_eq!(codes(&diagnostics), [Code::DuplicateKey]);
    for n in 0..100 {
        let node = tree.get(tree.root(), &format!("key{n}"));
        assert_eq!(node.and_then(|node| tree.integer(node)), Some(n));
    }
    assert_eq!(tree.get(tree.root(), "key100"), None);
}

#[test]
fn a_flow_mapping_in_a_yaml_file_may_look_like_json() {
    let tree = yaml("{a: 1, 'b': [x, y]}\n");
    assert_eq!(tree.text(at(&tree, "/b/1")), Some("y"));
}

#[test]
fn json_without_an_extension_is_known_by_its_first_character() {
    let (tree, diagnostics) = tree("openapi", "\u{feff} {\"a\": \"b\"}");
    assert_eq!(diagnostics, []);
    assert_eq!(tree.text(at(&tree, "/a")), Some("b"));
}

#[test]
fn pointers_are_escaped_both_ways() {
    let tree = yaml("paths:\n  /a~b/{c d}: {get: x}\n  ö: [1]\n");
    let node = at(&tree, "/paths/~1a~0b~1{c d}/get");
    assert_eq!(tree.pointer(node), "/paths/~1a~0b~1{c d}/get");
    assert_eq!(tree.find(FileId::MAIN, "/paths/~1a~0b~1%7Bc%20d%7D/get"), Some(node));
    assert!(tree.find(FileId::MAIN, "/paths/%C3%B6/0").is_some());
    assert_eq!(tree.find(FileId::MAIN, "/paths/ö/1"), None);
    assert_eq!(tree.find(FileId::MAIN, "paths"), None);
    assert_eq!(tree.find(FileId::MAIN, ""), Some(tree.root()));
}

#[test]
fn an_alias_bomb_costs_little_and_is_reported() {
    let mut text = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for n in 1..30 {
        let all = vec![format!("*a{}", n - 1); 10].join(", ");
        text.push_str(&format!("a{n}: &a{n} [{all}]\n"));
    }
    let (tree, diagnostics) = tree("a.yaml", &text);
    assert_eq!(codes(&diagnostics), [Code::AliasBomb]);
    assert!(tree.len() < 1000);
    // What is left can be written out.
    tree.to_value(tree.root());
}

#[test]
fn a_merge_bomb_costs_little() {
    let mut text = String::from("a0: &a0 {");
    text.extend((0..200).map(|n| format!("k{n}: x, ")));
    text.push_str("}\n");
    for n in 0..30_000 {
        text.push_str(&format!("b{n}: {{<<: *a0}}\n"));
    }
    let (_, diagnostics) = tree("a.yaml", &text);
    assert_eq!(codes(&diagnostics), [Code::AliasBomb]);
}

#[test]
fn an_alias_of_itself_is_null() {
    let (tree, diagnostics) = tree("a.yaml", "a: &a\n  b: *a\n");
    assert_eq!(codes(&diagnostics), [Code::RecursiveAlias]);
    assert!(tree.is_null(at(&tree, "/a/b")));
}

#[test]
fn nesting_of_ten_thousand_levels_is_refused() {
    let deep = 10_000;
    let block: String = (0..deep).map(|n| format!("{}a:\n", " ".repeat(n))).collect();
    let texts = [
        ("json lists", "a.json", format!("{}{}", "[".repeat(deep), "]".repeat(deep))),
        ("json maps", "a.json", format!("{}1{}", "{\"a\":".repeat(deep), "}".repeat(deep))),
        ("flow lists", "a.yaml", format!("a: {}{}", "[".repeat(deep), "]".repeat(deep))),
        ("flow maps", "a.yaml", format!("a: {}1{}", "{a: ".repeat(deep), "}".repeat(deep))),
        ("block maps", "a.yaml", block),
        ("block lists", "a.yaml", format!("{}x\n", "- ".repeat(deep))),
    ];
    for (name, path, text) in texts {
        let (tree, diagnostics) = tree(path, &text);
        assert_eq!(codes(&diagnostics), [Code::TooDeep], "{name}");
        assert!(tree.is_null(tree.root()), "{name}");
    }
}

#[test]
fn nesting_through_aliases_counts() {
    let mut text = String::from("a0: &a0 [x]\n");
    for n in 1..10_000 {
        text.push_str(&format!("a{n}: &a{n} [*a{}]\n", n - 1));
    }
    let (tree, diagnostics) = tree("a.yaml", &text);
    assert!(codes(&diagnostics).contains(&Code::TooDeep));
    tree.to_value(tree.root());
}

#[test]
fn lines_in_brackets_and_quotes_may_stand_to_the_left() {
    let text = "a:\n  list: [\n1, {x: 'it''s\nlong'}, # note ]\n]\n  quoted: \"one\n two\"\n  \
                plain: [not closed\n  more]\n  block: |\n    [ left\n    \" alone\nb: end\n";
    let (tree, diagnostics) = tree("a.yaml", text);
    assert_eq!(codes(&diagnostics), [Code::LooseIndent]);
    assert_eq!(tree.text(at(&tree, "/a/list/1/x")), Some("it's long"));
    assert_eq!(tree.text(at(&tree, "/a/quoted")), Some("one two"));
    assert_eq!(tree.text(at(&tree, "/a/plain/0")), Some("not closed more"));
    assert_eq!(tree.text(at(&tree, "/a/block")), Some("[ left\n\" alone\n"));
    assert_eq!(tree.text(at(&tree, "/b")), Some("end"));
}

#[test]
fn made_nodes_answer_with_the_place_they_were_made_from() {
    let (mut tree, _) = tree("a.yaml", "a: {b: c}\n");
    let (a, b) = (at(&tree, "/a"), at(&tree, "/a/b"));
    let key = tree.new_key("new");
    let list = tree.make_list(a, &[b]);
    let map = tree.make_map(a, &[(key, list)]);
    assert_eq!(tree.get(map, "new"), Some(list));
    assert_eq!(tree.pointer(list), "/a");
    assert_eq!(tree.pointer(tree.items(list)[0]), "/a/b");
    let text = tree.make_text(b, "true");
    assert_eq!((tree.text(text), tree.bool(text)), (Some("true"), None));
}

#[test]
fn values_tell_quoted_from_plain() {
    let tree = yaml("[true, 'true']");
    let scalar = |index: usize| match tree.value(tree.items(tree.root())[index]) {
        Value::Scalar(scalar) => scalar,
        other => panic!("{other:?}"),
    };
    assert_eq!(scalar(0), Scalar { text: "true", plain: true });
    assert_eq!(scalar(1), Scalar { text: "true", plain: false });
}
