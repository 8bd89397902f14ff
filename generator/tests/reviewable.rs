//! What is generated can be reviewed: an edit of the document changes the lines that it is about.
//!
//! Each test edits one thing in a large document and holds the diff of what is generated to the
//! few places that the edit concerns: nothing is reordered, renamed or moved between files.

// Helpers of tests panic as the tests themselves do.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::BTreeMap;
use std::fmt::Write as _;

use similar::TextDiff;
use tenon::diag::{self, Style};
use tenon::{Config, File, Input};

const RESOURCES: usize = 120;

/// 480 operations in 120 groups, and 360 schemas: a list of resources with the same five methods.
fn document() -> String {
    let mut text = String::from(
        "openapi: 3.0.3\ninfo: {title: Warehouse, version: '1'}\nservers: [{url: 'https://warehouse.test'}]\npaths:\n",
    );
    for at in 0..RESOURCES {
        write!(text, "{}", paths(&name(at))).unwrap();
    }
    text.push_str("components:\n  schemas:\n");
    for at in 0..RESOURCES {
        let next = name((at + 1) % RESOURCES);
        write!(text, "{}", schemas(&name(at), &next)).unwrap();
    }
    text
}

/// Names that spread over the alphabet: `Aabin`, `Acbin`, ….
fn name(at: usize) -> String {
    let letter = |of: usize| char::from(b'a' + u8::try_from(of % 26).unwrap());
    let first = letter(at / 5).to_ascii_uppercase();
    format!("{first}{}bin", letter(at % 5 * 2))
}

fn paths(name: &str) -> String {
    let path = name.to_lowercase();
    format!(
        r##"  /{path}:
    get:
      operationId: list{name}
      tags: [{name}]
      summary: Lists every {name}.
      parameters: [{{name: limit, in: query, schema: {{type: integer}}}}]
      responses: {{'200': {{description: All, content: {{application/json: {{schema: {{type: array, items: {{$ref: '#/components/schemas/{name}'}}}}}}}}}}}}
    post:
      operationId: create{name}
      tags: [{name}]
      summary: Creates a {name}.
      requestBody: {{required: true, content: {{application/json: {{schema: {{$ref: '#/components/schemas/{name}Request'}}}}}}}}
      responses: {{'201': {{description: Made, content: {{application/json: {{schema: {{$ref: '#/components/schemas/{name}'}}}}}}}}}}
  /{path}/{{id}}:
    parameters: [{{name: id, in: path, required: true, schema: {{type: string}}}}]
    get:
      operationId: get{name}
      tags: [{name}]
      summary: Gets a {name}.
      responses: {{'200': {{description: It, content: {{application/json: {{schema: {{$ref: '#/components/schemas/{name}'}}}}}}}}}}
    delete:
      operationId: delete{name}
      tags: [{name}]
      summary: Deletes a {name}.
      responses: {{'204': {{description: Gone}}}}
"##
    )
}

fn schemas(name: &str, next: &str) -> String {
    format!(
        r##"    {name}:
      type: object
      required: [id]
      properties:
        id: {{type: string}}
        state: {{$ref: '#/components/schemas/{name}State'}}
        next: {{$ref: '#/components/schemas/{next}'}}
        {name}Size: {{type: integer, minimum: 0}}
    {name}State: {{type: string, enum: [new, used, {name}]}}
    {name}Request:
      type: object
      properties:
        state: {{$ref: '#/components/schemas/{name}State'}}
        place: {{type: object, properties: {{aisle: {{type: string}}, {name}: {{type: integer}}}}}}
"##
    )
}

fn generate(text: &str) -> BTreeMap<String, String> {
    let config = Config {
        name: "warehouse".to_owned(),
        module_path: "warehouse".to_owned(),
        ..Config::default()
    };
    let input = Input {
        path: "warehouse.yaml".to_owned(),
        text: text.as_bytes().to_vec(),
        overlays: Vec::new(),
        loader: None,
    };
    let outcome = tenon::generate(input, &config);
    let told = diag::render_all(&outcome.diagnostics, &outcome.tree, Style::Short);
    let files = outcome.files.unwrap_or_else(|| panic!("refused:\n{told}"));
    files.into_iter().map(|File { path, text }| (path, text)).collect()
}

/// How much a reviewer has to read: in how many places, and how many lines of each kind.
#[derive(Debug, Default, PartialEq)]
struct Review {
    files: Vec<String>,
    places: usize,
    removed: usize,
    added: usize,
}

/// What an edit of the document, which must be one that changes something, does to the files.
fn review(edit: impl Fn(&str) -> String) -> Review {
    let old_text = document();
    let new_text = edit(&old_text);
    assert_ne!(old_text, new_text, "the edit finds nothing");
    let (old, new) = (generate(&old_text), generate(&new_text));
    let mut review = Review::default();
    let none = String::new();
    let mut paths: Vec<&String> = old.keys().chain(new.keys()).collect();
    paths.sort();
    paths.dedup();
    for path in paths {
        compare(path, old.get(path).unwrap_or(&none), new.get(path).unwrap_or(&none), &mut review);
    }
    review
}

fn compare(path: &str, old: &str, new: &str, review: &mut Review) {
    if old == new {
        return;
    }
    review.files.push(path.to_owned());
    let diff = TextDiff::from_lines(old, new);
    for operation in diff.ops() {
        let (tag, old, new) = operation.as_tag_tuple();
        if tag != similar::DiffTag::Equal {
            review.places += 1;
            review.removed += old.len();
            review.added += new.len();
        }
    }
}

/// The paths of these files of the API.
fn at(files: &[&str]) -> Vec<String> {
    files.iter().map(|file| format!("src/warehouse/{file}.rs")).collect()
}

#[test]
fn a_new_property_is_a_field_and_a_row_of_its_table() {
    let edited = review(|text| {
        text.replacen("        MebinSize:", "        colour: {type: string}\n        MebinSize:", 1)
    });
    assert_eq!(edited.files, at(&["models/shared"]));
    assert!(edited.places <= 2 && edited.removed <= 1 && edited.added <= 3, "{edited:?}");
}

#[test]
fn a_new_value_is_one_line() {
    let edited = review(|text| text.replace("used, Mebin]", "used, old, Mebin]"));
    let line = Review { files: at(&["models/shared"]), places: 1, removed: 0, added: 1 };
    assert_eq!(edited, line);
}

#[test]
fn another_description_is_one_line() {
    let edited = review(|text| text.replace("Gets a Mebin.", "Gets one Mebin."));
    let line = Review { files: at(&["mebin"]), places: 1, removed: 1, added: 1 };
    assert_eq!(edited, line);
}

#[test]
fn resources_added_in_the_middle_only_add_lines() {
    let edited = review(|text| {
        let (before, paths, schemas) = ("  /mebin:\n", paths("Mdbin"), schemas("Mdbin", "Mebin"));
        text.replacen(before, &format!("{paths}{before}"), 1).replacen(
            "    Mebin:\n",
            &format!("{schemas}    Mebin:\n"),
            1,
        )
    });
    assert_eq!(edited.files, at(&["client", "mdbin", "mod", "models/mdbin", "models/mod"]));
    assert_eq!(edited.removed, 0, "{edited:?}");
    assert!(edited.places <= 7, "{edited:?}");
}

#[test]
fn a_renamed_operation_changes_its_own_lines() {
    let edited = review(|text| text.replacen("createMebin", "addMebin", 1));
    assert_eq!(edited.files, at(&["mebin"]));
    assert!(edited.places <= 3 && edited.removed <= 5 && edited.added <= 5, "{edited:?}");
}

#[test]
fn a_renamed_schema_changes_where_it_stands_and_where_it_is_used() {
    let edited = review(|text| text.replace("MebinState", "MebinStatus"));
    assert_eq!(edited.files, at(&["models/mebin", "models/shared"]));
    assert!(edited.places <= 5 && edited.removed <= 6 && edited.added <= 6, "{edited:?}");
}

#[test]
fn removed_operations_take_along_only_what_they_alone_used() {
    let edited = review(|text| text.replacen(&paths("Mebin"), "", 1));
    let files = ["client", "mebin", "mod", "models/mebin", "models/mod", "models/unused"];
    assert_eq!(edited.files, at(&files));
    assert!(edited.places <= 10 && edited.added <= 40, "{edited:?}");
}
