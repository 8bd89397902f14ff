//! Older versions read like 3.1.
#![allow(clippy::expect_used, clippy::panic, reason = "a helper of a test may fail it")]

use tenon::diag::{Code, Diagnostic, Sink};
use tenon::source::{NodeId, Tree, parse};
use tenon::spec::{self, Media, Place, Schema, SchemaId, SchemeKind, Spec, StatusKey, Types};

fn level(text: &str) -> (Tree, Sink) {
    let mut sink = Sink::new();
    let mut tree = parse("api.yaml", text.as_bytes().to_vec(), &mut sink);
    spec::level(&mut tree, &mut sink);
    (tree, sink)
}

fn codes(sink: &Sink) -> Vec<Code> {
    sink.diagnostics().iter().map(|diagnostic: &Diagnostic| diagnostic.code).collect()
}

const SWAGGER: &str = r#"
swagger: "2.0"
info: {title: Old, version: 1.10}
host: api.example.com
basePath: /v1
schemes: [http, https]
consumes: [application/json]
produces: [application/json, text/csv]
tags: [{name: things}]
securityDefinitions:
  basic: {type: basic, description: D}
  key: {type: apiKey, in: header, name: X-Key}
  oauth: {type: oauth2, flow: accessCode, authorizationUrl: https://a, tokenUrl: https://t, scopes: {read: Reads}}
security: [{oauth: [read]}]
parameters:
  limit: {name: limit, in: query, type: integer, maximum: 10, exclusiveMaximum: true}
  thing: {name: body, in: body, required: true, schema: {$ref: '#/definitions/Thing'}}
responses:
  Missing: {description: Gone, schema: {$ref: '#/definitions/Error'}}
definitions:
  Thing: {type: object, discriminator: kind, properties: {kind: {type: string, x-nullable: true}}}
  Error: {type: object}
paths:
  /things/{id}:
    parameters:
    - {name: id, in: path, required: true, type: string, pattern: '^a'}
    get:
      operationId: getThing
      parameters:
      - $ref: '#/parameters/limit'
      - {name: ids, in: query, type: array, items: {type: string}, collectionFormat: multi}
      - {name: tags, in: query, type: array, items: {type: string}, collectionFormat: pipes}
      - {name: X-List, in: header, type: array, items: {type: string}}
      responses:
        200:
          description: OK
          schema: {$ref: '#/definitions/Thing'}
          headers: {X-Count: {type: integer, description: How many}}
          examples: {application/json: {kind: a}}
        404: {$ref: '#/responses/Missing'}
    put:
      schemes: [https]
      parameters: [{$ref: '#/parameters/thing'}]
      responses: {204: {description: Done}}
    post:
      consumes: [multipart/form-data]
      parameters:
      - {name: file, in: formData, type: file, required: true}
      - {name: note, in: formData, type: array, items: {type: string}, description: Notes}
      responses: {200: {description: File, schema: {type: file}}}
"#;

fn properties<'s, 't>(spec: &'s Spec<'t>, id: SchemaId) -> Vec<(&'t str, &'s Schema<'t>)> {
    let schema = spec.schema(id);
    schema.properties.iter().map(|(name, id)| (*name, spec.schema(*id))).collect()
}

fn names<'t>(content: &[Media<'t>]) -> Vec<&'t str> {
    content.iter().map(|media| media.name).collect()
}

#[test]
fn swagger_has_servers_components_and_schemes() {
    let (tree, mut sink) = level(SWAGGER);
    let spec = spec::read(&tree, &mut sink);
    assert_eq!(codes(&sink), []);
    assert_eq!((spec.info.title, spec.info.version), ("Old", "1.10"));
    let urls: Vec<_> = spec.servers.iter().map(|server| server.url).collect();
    assert_eq!(urls, ["https://api.example.com/v1", "http://api.example.com/v1"]);
    let components: Vec<_> = spec.components.iter().map(|(name, _)| *name).collect();
    assert_eq!(components, ["Thing", "Error"]);
    assert!(matches!(spec.schemes[0].kind, SchemeKind::Http("basic")));
    assert!(matches!(
        spec.schemes[1].kind,
        SchemeKind::ApiKey { place: Place::Header, name: "X-Key" }
    ));
    let SchemeKind::OAuth2(flows) = &spec.schemes[2].kind else { panic!("oauth2") };
    assert_eq!(flows[0].name, "authorizationCode");
    assert_eq!(flows[0].scopes, [("read", "Reads")]);
    assert_eq!(spec.security.as_ref().map(Vec::len), Some(1));
}

#[test]
fn swagger_parameters_have_schemas_and_styles() {
    let (tree, mut sink) = level(SWAGGER);
    let spec = spec::read(&tree, &mut sink);
    let get = &spec.operations[0];
    let parameters: Vec<_> = get.parameters.iter().map(|id| spec.parameter(*id)).collect();
    let styles: Vec<_> = parameters.iter().map(|p| (p.name, p.style, p.explode)).collect();
    assert_eq!(
        styles,
        [
            ("id", None, None),
            ("limit", None, None),
            ("ids", Some("form"), Some(true)),
            ("tags", Some("pipeDelimited"), Some(false)),
            ("X-List", Some("simple"), Some(false)),
        ]
    );
    let limit = spec.schema(parameters[1].schema.expect("a schema"));
    assert_eq!(limit.types, Types::INTEGER);
    let rules: Vec<_> = limit.rare.iter().flat_map(|rare| &rare.rules).map(|r| r.0).collect();
    assert_eq!(rules, ["exclusiveMaximum"]);
    assert_eq!(tree.pointer(parameters[1].at), "/parameters/limit");
    let id = spec.schema(parameters[0].schema.expect("a schema"));
    assert_eq!(tree.pointer(id.at), "/paths/~1things~1{id}/parameters/0");
}

#[test]
fn swagger_bodies_and_forms_are_request_bodies() {
    let (tree, mut sink) = level(SWAGGER);
    let spec = spec::read(&tree, &mut sink);
    let put = spec.body(spec.operations[1].body.expect("a body"));
    assert!(put.required);
    assert_eq!(names(&put.content), ["application/json"]);
    assert_eq!(tree.pointer(put.at), "/parameters/thing");
    assert_eq!(spec.operations[1].servers.len(), 1);
    let post = spec.body(spec.operations[2].body.expect("a body"));
    assert_eq!(names(&post.content), ["multipart/form-data"]);
    let form = post.content[0].schema.expect("a schema");
    assert_eq!(spec.schema(form).required, ["file"]);
    let fields = properties(&spec, form);
    assert_eq!((fields[0].0, fields[0].1.format), ("file", Some("binary")));
    assert_eq!((fields[1].0, fields[1].1.types), ("note", Types::ARRAY));
    assert_eq!(post.content[0].encoding[0].explode, Some(false));
}

#[test]
fn swagger_responses_have_content_headers_and_examples() {
    let (tree, mut sink) = level(SWAGGER);
    let spec = spec::read(&tree, &mut sink);
    let get = &spec.operations[0];
    assert_eq!(get.responses[0].0, StatusKey::Code(200));
    let ok = spec.response(get.responses[0].1);
    assert_eq!(names(&ok.content), ["application/json", "text/csv"]);
    assert_eq!(ok.content[0].examples.len(), 1);
    let header = spec.parameter(ok.headers[0]);
    assert_eq!((header.name, header.description), ("X-Count", Some("How many")));
    let missing = spec.response(get.responses[1].1);
    assert_eq!(missing.component, Some("Missing"));
    assert_eq!(tree.pointer(missing.at), "/responses/Missing");
    let file = spec.response(spec.operations[2].responses[0].1);
    assert_eq!(names(&file.content), ["application/json", "text/csv"]);
    let thing = spec.schema(spec.components[0].1);
    let discriminator = thing.rare.as_ref().and_then(|rare| rare.discriminator.as_ref());
    assert_eq!(discriminator.map(|discriminator| discriminator.property), Some("kind"));
    assert!(properties(&spec, spec.components[0].1)[0].1.types.contains(Types::NULL));
}

const V3_0: &str = r##"
openapi: 3.0.3
info: {title: T, version: "1"}
paths: {}
components:
  schemas:
    Typed: {type: string, nullable: true}
    Listed: {type: string, nullable: true, enum: [a]}
    Bounds: {type: integer, minimum: 1, exclusiveMinimum: true, maximum: 9, exclusiveMaximum: false}
    Target: {type: object, properties: {a: {}}}
    Beside: {$ref: '#/components/schemas/Target', nullable: true, description: D, type: object}
    All: {allOf: [{$ref: '#/components/schemas/Target'}], nullable: true, title: T}
    One: {oneOf: [{type: string}, {type: integer}], nullable: true}
    Untyped: {properties: {a: {}}, nullable: true}
    Anything: {nullable: true}
    Example: {type: string, example: x}
"##;

#[test]
fn nullable_is_the_type_null() {
    let (tree, mut sink) = level(V3_0);
    let spec = spec::read(&tree, &mut sink);
    assert_eq!(codes(&sink), []);
    let schema = |name: &str| {
        let found = spec.components.iter().find(|(known, _)| *known == name);
        spec.schema(found.expect(name).1)
    };
    assert_eq!(schema("Typed").types, Types::STRING.with(Types::NULL));
    assert_eq!(schema("Untyped").types, Types::OBJECT.with(Types::NULL));
    assert_eq!(schema("Anything").types, Types::default());
    let listed = schema("Listed");
    assert_eq!(listed.values.last(), Some(&NodeId::NULL));
    let one = schema("One");
    assert_eq!(spec.schema(one.one_of[2]).types, Types::NULL);
    for name in ["Beside", "All"] {
        let both = schema(name);
        assert_eq!(both.any_of.len(), 2, "{name}");
        assert_eq!(spec.schema(both.any_of[1]).types, Types::NULL, "{name}");
        let inner = spec.schema(both.any_of[0]);
        assert!(inner.reference.is_some() || inner.all_of.len() == 1, "{name}");
        assert_eq!((inner.at, inner.title, inner.description), (both.at, None, None), "{name}");
    }
    assert_eq!(schema("Beside").description, Some("D"));
    assert_eq!(schema("All").title, Some("T"));
    assert_eq!(schema("Example").examples.len(), 1);
}

#[test]
fn boolean_bounds_are_exclusive_ones() {
    let (tree, mut sink) = level(V3_0);
    let spec = spec::read(&tree, &mut sink);
    let bounds = spec.components.iter().find(|(name, _)| *name == "Bounds").expect("Bounds").1;
    let rules = &spec.schema(bounds).rare.as_ref().expect("rules").rules;
    let rules: Vec<_> = rules.iter().map(|(rule, node)| (*rule, tree.integer(*node))).collect();
    assert_eq!(rules, [("maximum", Some(9)), ("exclusiveMinimum", Some(1))]);
}

#[test]
fn beside_a_reference_3_1_honours_everything() {
    let text = V3_0.replace("3.0.3", "3.1.0");
    let (tree, mut sink) = level(&text);
    let spec = spec::read(&tree, &mut sink);
    let beside = spec.components.iter().find(|(name, _)| *name == "Beside").expect("Beside").1;
    let inner = spec.schema(spec.schema(beside).any_of[0]);
    assert_eq!(inner.types, Types::OBJECT);
    assert!(inner.reference.is_some());
}
