//! Each changed line of the public API is told with the change that brings it, and no other.

#![allow(clippy::panic, reason = "a helper of a test may fail it")]

mod common;

use tenon::diff::{Report, Rust, Settings, diff};

use common::version;

const ADMINS: &str = r##"
openapi: 3.1.0
info: {title: T, version: "1"}
paths:
  /admins/{admin_id}:
    get:
      operationId: getAdmin
      tags: [admins]
      parameters: [{name: admin_id, in: path, required: true, schema: {type: string}}]
      responses:
        "200": {description: ok, content: {application/json: {schema: {$ref: "#/components/schemas/Reply"}}}}
components:
  schemas:
    Reply:
      title: A reply
      type: object
      properties:
        name: {type: string}
"##;

/// Compares the document with itself after replacements.
fn changed(replacements: &[(&str, &str)]) -> Report {
    let mut new = ADMINS.to_owned();
    for (old, with) in replacements {
        assert!(new.contains(old), "{old}");
        new = new.replace(old, with);
    }
    diff(version("a.yaml", ADMINS), version("a.yaml", &new), &Settings::default())
}

/// The Rust verdict of the one finding of a rule, and its changed lines.
fn told(report: &Report, rule: &str) -> (Rust, Vec<String>) {
    let mut found = report.findings.iter().filter(|it| it.rule == rule);
    let (Some(finding), None) = (found.next(), found.next()) else {
        panic!("{rule}: {:?}", report.findings)
    };
    let lines = finding.rust_changes.iter().filter_map(|line| line.after.clone());
    (finding.rust, lines.collect())
}

const RENAMED: [(&str, &str); 3] = [
    ("{admin_id}", "{id}"),
    ("name: admin_id", "name: id"),
    ("required: true, schema: {type: string}", "required: true, schema: {type: integer}"),
];

#[test]
fn a_name_that_is_no_part_of_the_api_is_not_blamed_for_another_type() {
    let report = changed(&RENAMED);
    assert_eq!(told(&report, "path-parameter-renamed"), (Rust::Patch, Vec::new()));
    let (rust, lines) = told(&report, "type-narrowed");
    assert_eq!((rust, lines.as_slice()), (Rust::Major, &["get_admin(id: i64)".to_owned()][..]));
}

#[test]
fn what_is_sent_is_not_blamed_for_what_comes() {
    let nullable = ("title: A reply\n      type: object", "type: [object, 'null']");
    let report = changed(&[RENAMED.as_slice(), &[nullable]].concat());
    let (_, lines) = told(&report, "type-narrowed");
    assert_eq!(lines, ["get_admin(id: i64)"]);
    let (_, lines) = told(&report, "became-nullable");
    assert_eq!(lines, ["get_admin(…) -> success Option<Reply>"]);
}

#[test]
fn a_title_is_not_blamed_for_a_property() {
    let report = changed(&[
        ("title: A reply", "title: The reply"),
        ("name: {type: string}", "name: {type: string}\n      required: [name]"),
    ]);
    assert_eq!(told(&report, "title-changed").0, Rust::Patch);
    let (rust, lines) = told(&report, "property-became-required");
    assert!(rust == Rust::Major && lines.contains(&"Reply.name: String".to_owned()), "{lines:?}");
}

#[test]
fn the_only_alternative_beside_null_is_the_property_itself() {
    let report =
        changed(&[("name: {type: string}", "name: {anyOf: [{type: string}, {type: 'null'}]}")]);
    let messages: Vec<&str> = report.findings.iter().map(|it| it.message.as_str()).collect();
    assert_eq!(messages, ["`Reply.name` may be null"]);
}

/// Both documents have this head, and these schemas; an operation sends and receives each of them.
fn things(schemas: &str) -> String {
    let names = schemas.lines().filter_map(|line| line.strip_prefix("    "));
    let names = names.filter(|line| line.starts_with(|c: char| c.is_uppercase()));
    let mut paths = String::new();
    for name in names.filter_map(|line| line.split(':').next()) {
        let reference = format!("{{$ref: \"#/components/schemas/{name}\"}}");
        let content = format!("content: {{application/json: {{schema: {reference}}}}}");
        paths.push_str(&format!(
            "  /{name}:\n    post:\n      operationId: post{name}\n      requestBody: {{required: true, {content}}}\n      \
             responses: {{\"200\": {{description: ok, {content}}}}}\n"
        ));
    }
    let head = "openapi: 3.0.3\ninfo: {title: T, version: \"1\"}\npaths:\n";
    format!("{head}{paths}components:\n  schemas:\n{schemas}")
}

fn between(old: &str, new: &str) -> Report {
    diff(version("a.yaml", &things(old)), version("a.yaml", &things(new)), &Settings::default())
}

fn messages(report: &Report) -> Vec<&str> {
    report.findings.iter().map(|it| it.message.as_str()).collect()
}

fn moves(report: &Report) -> Vec<&str> {
    report.moves.iter().map(|it| it.message.as_str()).collect()
}

#[test]
fn another_order_of_arguments_is_not_blamed_on_a_new_property() {
    let old = "    A:\n      type: object\n      required: [x, y]\n      properties:\n        \
               x: {type: string}\n        y: {type: string}\n";
    let new = "    A:\n      type: object\n      required: [x, y]\n      properties:\n        \
               y: {type: string}\n        x: {type: string}\n        z: {type: string}\n";
    let report = between(old, new);
    assert_eq!(told(&report, "optional-property-added").0, Rust::Minor);
    let expected = "`A::new(x: String, y: String)` becomes `A::new(y: String, x: String)`";
    assert_eq!(moves(&report), [expected]);
}

#[test]
fn an_extension_that_nothing_reads_and_a_notice_are_not_blamed() {
    let old =
        "    A:\n      type: object\n      properties:\n        x: {type: string, x-mark: 1}\n";
    let new = "    A:\n      type: object\n      properties:\n        \
               x: {type: integer, deprecated: true}\n";
    let report = between(old, new);
    assert_eq!(told(&report, "extension-changed").0, Rust::Patch);
    assert_eq!(told(&report, "deprecated"), (Rust::Minor, Vec::new()));
    assert_eq!(told(&report, "type-changed").0, Rust::Major);
}

#[test]
fn a_bound_is_not_blamed_for_null() {
    let old = "    A:\n      type: object\n      properties:\n        \
               x: {type: integer, minimum: 1, nullable: true}\n";
    let new =
        "    A:\n      type: object\n      properties:\n        x: {type: integer, minimum: 5}\n";
    let report = between(old, new);
    assert_eq!(told(&report, "constraint-tightened"), (Rust::Patch, Vec::new()));
    assert_eq!(told(&report, "became-not-nullable").0, Rust::Major);
}

#[test]
fn properties_that_go_into_alternatives_are_not_removed() {
    let old = "    A:\n      type: object\n      required: [role]\n      properties:\n        \
               role: {type: string}\n        text: {type: string}\n";
    let arm = |name: &str| {
        format!(
            "    {name}:\n      type: object\n      required: [role, {name}]\n      properties:\n        \
             role: {{type: string}}\n        text: {{type: string}}\n        {name}: {{type: string}}\n"
        )
    };
    let references: Vec<String> =
        ["B", "C"].iter().map(|it| format!("{{$ref: \"#/components/schemas/{it}\"}}")).collect();
    let new = format!("    A:\n      oneOf: [{}]\n{}{}", references.join(", "), arm("B"), arm("C"));
    let report = between(old, &new);
    assert!(messages(&report).contains(&"`A` became one of 2 alternatives"));
    let gone = report.findings.iter().find(|it| it.rule.ends_with("property-removed"));
    assert!(gone.is_none(), "{gone:?}");
}

#[test]
fn a_trait_is_lost_by_what_holds_the_change_and_by_nothing_else() {
    let text = |x: &str, y: &str| {
        format!(
            "    A:\n      type: object\n      properties:\n        b: {{$ref: \"#/components/schemas/B\"}}\n    \
             B:\n      type: object\n      properties:\n        x: {{type: {x}}}\n    \
             C:\n      type: object\n      properties:\n        y: {{type: {y}}}\n"
        )
    };
    let report = between(&text("string", "string"), &text("number", "number"));
    let lost = |message: &str| -> Vec<String> {
        let finding = report.findings.iter().find(|it| it.message == message);
        let lines = finding.into_iter().flat_map(|it| &it.rust_changes);
        let lines = lines.filter(|line| line.after.is_none());
        lines.filter_map(|line| line.before.clone()).collect()
    };
    let traits = |all: Vec<String>| -> Vec<String> {
        all.into_iter().filter(|line| line.starts_with("impl")).collect()
    };
    assert_eq!(
        traits(lost("`B.x` was string, is number")),
        ["impl Eq + Hash for A", "impl Eq + Hash for B"]
    );
    assert_eq!(traits(lost("`C.y` was string, is number")), ["impl Eq + Hash for C"]);
}

#[test]
fn a_schema_that_others_are_made_of_is_removed_with_a_finding() {
    let base = "    A:\n      allOf: [{$ref: \"#/components/schemas/base\"}]\n      properties:\n        \
                y: {type: string}\n    base:\n      type: object\n      properties:\n        x: {type: string}\n";
    let new = "    A:\n      type: object\n      properties:\n        y: {type: string}\n        \
               x: {type: string}\n";
    let report = between(base, new);
    assert_eq!((messages(&report), moves(&report)), (vec!["`base` was removed"], Vec::new()));
}

#[test]
fn a_model_that_is_named_after_a_renamed_one_is_renamed_with_it() {
    let old = "    A:\n      type: object\n      properties:\n        kind: {type: string, enum: [x, y]}\n";
    let report = between(old, &old.replace("    A:", "    Chest:"));
    let (_, lines) = told(&report, "schema-renamed");
    assert_eq!(lines, ["models::Chest", "models::ChestKind"]);
}

#[test]
fn a_path_parameter_keeps_its_place_when_the_path_is_renamed() {
    let report = changed(&[("/admins/{admin_id}", "/people/{id}"), ("name: admin_id", "name: id")]);
    assert_eq!(
        messages(&report),
        [
            "path `/people/{id}` was `/admins/{admin_id}`",
            "path `/people/{id}` has `id` where it had `admin_id`"
        ]
    );
}

#[test]
fn a_schema_of_another_kind_is_one_line() {
    let old = "    A: {type: string}\n";
    let report = between(old, "    A: {type: string, enum: [x, y]}\n");
    let finding = report.findings.iter().find(|it| it.rule == "became-enum");
    let lines = finding.into_iter().flat_map(|it| &it.rust_changes);
    let lines: Vec<_> = lines.filter(|line| line.before.is_some()).cloned().collect();
    let told = (lines.first().and_then(|it| it.before.as_deref()), lines.len());
    assert_eq!(told, (Some("pub type A = String"), 1), "{lines:?}");
}

#[test]
fn a_place_in_a_body_and_a_component_are_told_in_words() {
    let body = |schema: &str| {
        format!(
            "openapi: 3.0.3\ninfo: {{title: T, version: \"1\"}}\npaths:\n  /a:\n    post:\n      operationId: a\n      \
             parameters: [{{$ref: \"#/components/parameters/page_size\"}}]\n      requestBody: {{content: {{application/json: \
             {{schema: {schema}}}}}}}\n      responses: {{\"204\": {{description: ok}}}}\ncomponents:\n  parameters:\n    \
             page_size: {{name: size, in: query, schema: {{type: integer}}}}\n"
        )
    };
    let old = body("{type: object, properties: {x: {type: string}}}");
    let new = old.replace("x: {type: string}", "x: {type: string}, y: {type: string}");
    let new = new.replace("{name: size,", "{name: size, deprecated: true,");
    let report = diff(version("a.yaml", &old), version("a.yaml", &new), &Settings::default());
    assert_eq!(
        messages(&report),
        [
            "`y` in the request body of `POST /a` was added",
            "query parameter `size` (`page_size`) became deprecated"
        ]
    );
}

#[test]
fn a_reply_of_an_error_is_not_blamed_for_what_comes_otherwise() {
    let nullable = ("title: A reply\n      type: object", "type: [object, 'null']");
    let error = ("      responses:\n", "      responses:\n        \"400\": {description: no}\n");
    let report = changed(&[nullable, error]);
    let (_, lines) = told(&report, "error-status-added");
    assert!(!lines.is_empty() && lines.iter().all(|line| !line.contains("success")), "{lines:?}");
    assert_eq!(told(&report, "became-nullable").0, Rust::Major);
}

#[test]
fn what_tells_alternatives_apart_comes_with_them() {
    let old = "    A:\n      type: object\n      additionalProperties: false\n      required: [kind]\n      \
               properties: {kind: {type: string}}\n";
    let arm = |name: &str| {
        format!(
            "    {name}:\n      type: object\n      required: [kind, {name}]\n      \
             properties: {{kind: {{type: string, enum: [{name}]}}, {name}: {{type: string}}}}\n"
        )
    };
    let new = format!(
        "    A:\n      oneOf: [{{$ref: \"#/components/schemas/B\"}}, {{$ref: \"#/components/schemas/C\"}}]\n      \
         discriminator: {{propertyName: kind}}\n{}{}",
        arm("B"),
        arm("C")
    );
    let report = between(old, &new);
    let of_a: Vec<&str> = messages(&report).into_iter().filter(|it| it.starts_with("`A")).collect();
    assert_eq!(of_a, ["`A` became one of 2 alternatives"]);
}

#[test]
fn a_constant_that_is_gone_makes_an_argument() {
    let old = "    A:\n      type: object\n      required: [kind]\n      properties:\n        \
               kind: {type: string, enum: [only]}\n";
    let report = between(old, &old.replace("[only]}", "[only, other]}"));
    assert_eq!((messages(&report).len(), moves(&report)), (1, Vec::new()));
}

#[test]
fn a_setter_that_became_an_argument_is_one_line() {
    let parameter = (
        "required: true, schema: {type: string}}]",
        "required: true, schema: {type: string}}, {name: size, in: query, schema: {type: integer}}]",
    );
    let mut old = ADMINS.to_owned();
    old = old.replace(parameter.0, parameter.1);
    let new = old.replace("in: query,", "in: query, required: true,");
    let report = diff(version("a.yaml", &old), version("a.yaml", &new), &Settings::default());
    let lines: Vec<_> = report.findings.iter().flat_map(|it| &it.rust_changes).collect();
    assert_eq!(lines.len(), 1, "{lines:?}");
    let line = (lines[0].before.as_deref(), lines[0].after.as_deref());
    assert_eq!(line, (Some("GetAdmin::size(i64)"), Some("get_admin(size: i64)")));
}

#[test]
fn another_media_type_of_the_same_bytes_brings_the_method_that_names_it() {
    let body = |more: &str| {
        let content = format!("{{application/json: {{schema: {{type: integer}}}}{more}}}");
        ADMINS.replace(
            "      responses:",
            &format!("      requestBody: {{content: {content}}}\n      responses:"),
        )
    };
    let (old, new) = (body(""), body(", text/json: {schema: {type: integer}}"));
    let compare = |old: &str, new: &str| {
        diff(version("a.yaml", old), version("a.yaml", new), &Settings::default())
    };
    let (rust, lines) = told(&compare(&old, &new), "media-type-added");
    assert_eq!((rust, lines), (Rust::Minor, vec!["GetAdmin::sent_as_text_json()".to_owned()]));
    let (rust, _) = told(&compare(&new, &old), "media-type-removed");
    assert_eq!(rust, Rust::Major);
}
