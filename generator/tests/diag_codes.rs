//! Every code of reading, with the text that it is shown as.
#![allow(clippy::expect_used, clippy::panic, reason = "a helper of a test may fail it")]

use std::collections::{BTreeMap, BTreeSet};
use tenon::diag::{Code, Sink, Style, render_all};
use tenon::source::{FileId, Format, LoadError, Loader, parse};
use tenon::spec;

/// Files in memory.
#[derive(Default)]
struct Files(BTreeMap<&'static str, &'static str>);

impl Loader for Files {
    fn load(&mut self, path: &str) -> Result<Vec<u8>, LoadError> {
        self.0.get(path).map(|text| text.as_bytes().to_vec()).ok_or(LoadError::NotFound)
    }
}

struct Case {
    code: Code,
    path: &'static str,
    text: Vec<u8>,
}

fn case(code: Code, path: &'static str, text: impl Into<Vec<u8>>) -> Case {
    Case { code, path, text: text.into() }
}

/// A document with these lines after its head.
fn document(code: Code, rest: &str) -> Case {
    let head = "openapi: 3.1.0\ninfo: {title: T, version: '1'}\n";
    case(code, "api.yaml", format!("{head}{rest}"))
}

/// An OpenAPI 3.1 document with one operation that has these lines.
fn operation(code: Code, lines: &str) -> Case {
    let lines: String = lines.lines().map(|line| format!("      {line}\n")).collect();
    document(code, &format!("paths:\n  /a:\n    get:\n{lines}"))
}

/// A schema `A` with these lines.
fn schema(code: Code, lines: &str) -> Case {
    let lines: String = lines.lines().map(|line| format!("      {line}\n")).collect();
    document(code, &format!("components:\n  schemas:\n    A:\n{lines}"))
}

fn files() -> Vec<Case> {
    use Code as C;
    vec![
        case(C::FileTooLarge, "large.yaml", vec![b' '; 100 * 1024 * 1024 + 1]),
        case(C::NotUtf8, "api.yaml", b"openapi: 3.1.0\r\ninfo:\r\n  title: \xc3\xa9t\xe9\r\n"),
        case(C::Utf16, "api.yaml", b"\xff\xfeo\0p\0e\0n\0"),
        case(C::EmptyFile, "api.yaml", "# nothing but a comment\n"),
        case(C::NulCharacter, "api.yaml", "openapi: 3.1.0\ninfo: \0\n"),
        case(C::YamlSyntax, "indent.yaml", "info:\n  title: T\n version: 1\n"),
        case(C::YamlSyntax, "tab.yaml", "info:\n\ttitle: T\n"),
        case(C::YamlSyntax, "colon.yaml", "info:\n  title: A title: with a colon\n"),
        case(C::YamlSyntax, "quote.yaml", "info:\n  title: \"T\n"),
        case(C::YamlSyntax, "anchor.yaml", "info: *nowhere\n"),
        case(C::JsonSyntax, "comma.json", "{\"a\": 1,}\n"),
        case(C::JsonSyntax, "end.json", "{\"a\": [1, 2\n"),
        case(C::JsonSyntax, "word.json", "{\"a\": yes}\n"),
        case(C::TooDeep, "deep.json", "[".repeat(600)),
        document(C::DuplicateKey, "paths: {}\ncomponents:\n  schemas:\n    A: {}\n    A: []\n"),
        document(C::KeyNotText, "paths:\n  [a, b]: {}\n"),
        document(C::SeveralDocuments, "paths: {}\n---\nopenapi: 3.1.0\n"),
        document(C::BadMerge, "paths:\n  /a:\n    <<: text\n    get: {}\n"),
        document(C::RecursiveAlias, "x-a: &a\n  b: *a\n"),
        document(C::AliasBomb, &bomb()),
        document(C::LooseIndent, "x-list: [\na\n]\ntags: []\n"),
    ]
}

fn bomb() -> String {
    let mut text = String::from("x-0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for n in 1..8 {
        let all = vec![format!("*a{}", n - 1); 10].join(", ");
        text.push_str(&format!("x-{n}: &a{n} [{all}]\n"));
    }
    text
}

fn references() -> Vec<Case> {
    use Code as C;
    vec![
        schema(C::UnknownRef, "properties:\n  a: {$ref: '#/components/schemas/Aa'}"),
        schema(C::UnknownRef, "$ref: '#/nowhere/near/here'"),
        schema(C::FileNotLoaded, "$ref: missing.yaml#/components/schemas/X"),
        schema(C::NetworkRef, "$ref: https://example.com/schema.json"),
        schema(C::RefCycle, "$ref: '#/components/schemas/A'"),
        schema(C::RefCycle, "allOf:\n- $ref: '#/components/schemas/A'\n- type: object"),
        schema(C::WrongTarget, "description: text\n$ref: '#/info/title'"),
        operation(C::WrongTarget, "responses:\n  200: {$ref: '#/info/title'}"),
        operation(C::RefCycle, "responses:\n  200: {$ref: '#/paths/~1a/get/responses/200'}"),
        case(
            C::IgnoredSibling,
            "api.yaml",
            "openapi: 3.0.3\ninfo: {title: T, version: '1'}\npaths: {}\ncomponents:\n  schemas:\n    \
             A:\n      $ref: '#/components/schemas/B'\n      minLength: 1\n    B: {type: string}\n",
        ),
    ]
}

fn parameters() -> Vec<Case> {
    use Code as C;
    let a = "{name: a, in: query, schema: {type: string}}";
    vec![
        document(C::UndeclaredPathParameter, "paths:\n  /a/{id}:\n    get: {responses: {}}\n"),
        operation(
            C::UnusedPathParameter,
            "parameters:\n- {name: id, in: path, required: true, schema: {}}",
        ),
        operation(C::DuplicateParameter, &format!("parameters:\n- {a}\n- {a}")),
        operation(C::UnknownValue, "parameters:\n- {name: a, in: body, schema: {}}"),
        operation(C::MissingField, "parameters:\n- {name: a, schema: {}}"),
        document(
            C::OptionalPathParameter,
            "paths:\n  /{id}:\n    parameters:\n    - {name: id, in: path, schema: {}}\n    get: {}\n",
        ),
        operation(C::NoSchema, "parameters:\n- {name: a, in: query}"),
        operation(
            C::SeveralSchemas,
            "parameters:\n- name: a\n  in: query\n  schema: {}\n  content: {text/plain: {}}",
        ),
    ]
}

fn descriptions() -> Vec<Case> {
    use Code as C;
    vec![
        case(C::NotOpenApi, "api.yaml", "# A list.\ninfo: {title: T}\n"),
        case(C::NotOpenApi, "api.json", "[]"),
        case(C::UnknownVersion, "api.yaml", "openapi: 4.0.0\n"),
        case(C::UnknownVersion, "api.yaml", "swagger: '1.2'\n"),
        document(C::WrongKind, "paths: []\n"),
        case(C::MissingField, "api.yaml", "openapi: 3.1.0\ninfo: {version: '1'}\npaths: {}\n"),
        document(
            C::DuplicateOperationId,
            "paths:\n  /a:\n    get: {operationId: one}\n    put: {operationId: one}\n",
        ),
        operation(C::BadStatus, "responses:\n  20x: {description: A}"),
        schema(C::UnknownType, "type: sting"),
        operation(C::UndeclaredScheme, "security:\n- bearer: []"),
        document(C::UnknownValue, "paths:\n  /a:\n    fetch: {}\n"),
        operation(C::UnknownField, "operationID: one"),
        operation(C::UnknownField, "colour: red"),
        document(C::PathWithoutSlash, "paths:\n  devices:\n    get: {}\n"),
        document(C::ComponentName, "components:\n  schemas:\n    'A B': {}\n    C<D>: {}\n"),
    ]
}

fn swagger(code: Code, rest: &str) -> Case {
    let head = "swagger: '2.0'\ninfo: {title: T, version: '1'}\npaths:\n  /a:\n    post:\n";
    let rest: String = rest.lines().map(|line| format!("      {line}\n")).collect();
    case(code, "api.yaml", format!("{head}{rest}"))
}

fn old() -> Vec<Case> {
    use Code as C;
    vec![
        swagger(
            C::CollectionFormat,
            "parameters:\n- name: a\n  in: query\n  type: array\n  items: {type: string}\n  \
             collectionFormat: tsv",
        ),
        swagger(
            C::SeveralBodies,
            "parameters:\n- {name: a, in: body, schema: {}}\n- {name: b, in: formData, type: string}",
        ),
    ]
}

fn read(case: Case) -> (String, BTreeSet<Code>) {
    let mut sink = Sink::new();
    let mut tree = parse(case.path, case.text, &mut sink);
    tree.load_references(&mut Files::default(), &mut sink);
    spec::level(&mut tree, &mut sink);
    spec::read(&tree, &mut sink);
    let diagnostics = sink.into_diagnostics();
    let codes = diagnostics.iter().map(|diagnostic| diagnostic.code).collect();
    (render_all(&diagnostics, &tree, Style::Text { color: false }), codes)
}

#[test]
fn each_is_shown_with_its_place_and_what_to_do() {
    let cases = [files(), references(), parameters(), descriptions(), old()];
    let mut seen = BTreeSet::from([Code::NotStrict]);
    let mut count: BTreeMap<Code, usize> = BTreeMap::new();
    for case in cases.into_iter().flatten() {
        let code = case.code;
        let number = count.entry(code).or_default();
        *number += 1;
        let name = format!("{}_{code:?}_{number}", code.id());
        let (text, codes) = read(case);
        assert_eq!(codes, BTreeSet::from([code]), "{name}:\n{text}");
        insta::assert_snapshot!(name, text);
        seen.insert(code);
    }
    let missing: Vec<_> = Code::ALL
        .iter()
        .filter(|code| code.id().starts_with("T01") || code.id().starts_with("T02"))
        .filter(|code| !seen.contains(code))
        .collect();
    assert_eq!(missing, Vec::<&Code>::new(), "codes without a case");
}

#[test]
fn the_strict_gate_points_at_what_it_refuses() {
    let text = "openapi: 3.0.3\ninfo:\n  title: T\n  version: '1'\npaths:\n  /a:\n    get:\n      \
                parameters: 5\n";
    let mut sink = Sink::new();
    let tree = parse("api.yaml", text.as_bytes().to_vec(), &mut sink);
    spec::strict_document(&tree, &mut sink);
    let text = render_all(sink.diagnostics(), &tree, Style::Text { color: false });
    insta::assert_snapshot!("T0219_NotStrict_1", text);
    let good = br#"{"openapi": "3.0.3", "info": {"title": "T", "version": "1"}, "paths": {}}"#;
    assert_eq!(spec::strict(good, Format::Json), Ok(()));
    assert!(spec::strict(b"openapi: 3.0.3\n", Format::Yaml).is_err());
}

#[test]
fn codes_are_unique_and_explained() {
    let ids: BTreeSet<_> = Code::ALL.iter().map(|code| code.id()).collect();
    assert_eq!(ids.len(), Code::ALL.len());
    for code in Code::ALL {
        assert!(code.id().starts_with('T') && code.id().len() == 5);
        assert!(!code.title().is_empty() && code.explanation().len() > code.title().len());
    }
    assert_eq!(FileId::MAIN.index(), 0);
}
