//! Documents whose meaning is larger than their text are read in bounded time and memory.
#![allow(clippy::unwrap_used, reason = "an expectation that fails is a test that fails")]

use std::fmt::Write as _;

use tenon::diag::Code;
use tenon::{Config, Input, Outcome, Pagination};

/// A document of OpenAPI 3.1 with these schemas.
fn generate(schemas: &str) -> Outcome {
    let head = "openapi: 3.1.0\ninfo: {title: T, version: '1'}\ncomponents:\n  schemas:\n";
    let text = format!("{head}{schemas}").into_bytes();
    let input = Input { path: "api.yaml".to_owned(), text, overlays: Vec::new(), loader: None };
    let pagination = Pagination::Inferred;
    tenon::decide(input, &Config { name: "sample".to_owned(), pagination, ..Config::default() })
}

fn is_degraded(outcome: &Outcome) -> bool {
    outcome.diagnostics.iter().any(|it| it.code == Code::Degraded && it.at.is_some())
}

#[test]
fn unions_of_unions_are_given_up_where_they_multiply() {
    let arms = |union: usize| {
        let arm = |arm: usize| format!("{{type: object, properties: {{a{union}_{arm}: {{}}}}}}");
        format!("{{oneOf: [{}]}}", (0..8).map(arm).collect::<Vec<_>>().join(", "))
    };
    let all = (0..8).map(arms).collect::<Vec<_>>().join(", ");
    let outcome = generate(&format!("    All: {{allOf: [{all}]}}\n"));
    assert!(outcome.api.unwrap().items.len() < 50_000);
}

#[test]
fn unions_that_lead_to_unions_end() {
    let mut schemas = String::new();
    for at in 0..30 {
        let pair = |a: usize, b: usize| {
            format!(
                "{{allOf: [{{$ref: '#/components/schemas/A{a}'}}, {{$ref: '#/components/schemas/A{b}'}}]}}"
            )
        };
        let (first, second) = (pair(at + 1, at + 2), pair(at + 2, at + 3));
        writeln!(schemas, "    A{at}: {{oneOf: [{first}, {second}]}}").unwrap();
    }
    for at in 30..34 {
        writeln!(schemas, "    A{at}: {{type: object, properties: {{p{at}: {{}}}}}}").unwrap();
    }
    let outcome = generate(&schemas);
    assert!(is_degraded(&outcome));
    assert!(outcome.api.is_some());
}

#[test]
fn unions_of_all_those_before_them_are_looked_through_once() {
    let (last, mut schemas) = (40, String::new());
    for at in 0..=last {
        let own = format!("{{type: object, properties: {{p{at}: {{}}}}}}");
        let before = (0..at).map(|it| format!("{{$ref: '#/components/schemas/A{it}'}}, "));
        writeln!(schemas, "    A{at}: {{oneOf: [{}{own}]}}", before.collect::<String>()).unwrap();
    }
    let reply = format!("{{schema: {{$ref: '#/components/schemas/A{last}'}}}}");
    let replies = format!("{{'200': {{description: '', content: {{application/json: {reply}}}}}}}");
    let page = "{name: page, in: query, schema: {type: integer}}";
    let list = format!("{{operationId: list, parameters: [{page}], responses: {replies}}}");
    writeln!(schemas, "paths:\n  /a: {{get: {list}}}").unwrap();
    assert!(generate(&schemas).api.is_some());
}
