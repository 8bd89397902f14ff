//! What the reader makes of a document.
#![allow(clippy::expect_used, clippy::panic, reason = "a helper of a test may fail it")]

use std::collections::BTreeMap;
use tenon::diag::{Code, Diagnostic, Sink};
use tenon::source::{LoadError, Loader, Tree, parse};
use tenon::spec::{self, Place, Spec, StatusKey, Types};

struct Files(BTreeMap<&'static str, String>);

impl Loader for Files {
    fn load(&mut self, path: &str) -> Result<Vec<u8>, LoadError> {
        self.0.get(path).map(|text| text.clone().into_bytes()).ok_or(LoadError::NotFound)
    }
}

fn load(text: &str, files: &[(&'static str, &str)]) -> (Tree, Sink) {
    let mut sink = Sink::new();
    let mut files = Files(files.iter().map(|(path, text)| (*path, (*text).to_owned())).collect());
    let mut tree = parse("apis/api.yaml", text.as_bytes().to_vec(), &mut sink);
    tree.load_references(&mut files, &mut sink);
    spec::level(&mut tree, &mut sink);
    (tree, sink)
}

fn document(rest: &str) -> (Tree, Sink) {
    load(&format!("openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\n{rest}"), &[])
}

fn codes(sink: &Sink) -> Vec<Code> {
    sink.diagnostics().iter().map(|diagnostic: &Diagnostic| diagnostic.code).collect()
}

fn read<'t>(tree: &'t Tree, sink: &mut Sink) -> Spec<'t> {
    let spec = spec::read(tree, sink);
    assert_eq!(codes(sink), [], "{:#?}", sink.diagnostics());
    spec
}

#[test]
fn path_parameters_are_overridden_by_name_and_place() {
    let (tree, mut sink) = document(
        "paths:\n  /a/{id}:\n    parameters:\n    - {name: id, in: path, required: true, schema: {}}\n    \
         - {name: q, in: query, description: shared, schema: {}}\n    - {name: q, in: header, schema: {}}\n    \
         get:\n      parameters: [{name: q, in: query, description: own, schema: {}}]\n    put: {}\n",
    );
    let spec = read(&tree, &mut sink);
    let of = |index: usize| -> Vec<_> {
        let ids = &spec.operations[index].parameters;
        ids.iter().map(|id| spec.parameter(*id)).map(|p| (p.name, p.place, p.description)).collect()
    };
    assert_eq!(
        of(0),
        [("id", Place::Path, None), ("q", Place::Header, None), ("q", Place::Query, Some("own")),]
    );
    assert_eq!(of(1).len(), 3);
    assert_eq!(spec.operations[0].parameters[0], spec.operations[1].parameters[0]);
}

#[test]
fn overloads_stand_in_place_of_their_operation() {
    let (tree, mut sink) = document(
        "paths:\n  /a:\n    post:\n      operationId: both\n      tags: [t]\n      summary: Both\n      \
         responses: {200: {description: OK}}\n      x-overloads:\n      - {operationId: one, summary: One}\n      \
         - {operationId: two, requestBody: {content: {text/plain: {}}}}\n",
    );
    let spec = read(&tree, &mut sink);
    let seen: Vec<_> = spec
        .operations
        .iter()
        .map(|op| (op.id, op.summary, op.tags.len(), op.body.is_some(), op.responses.len()))
        .collect();
    assert_eq!(
        seen,
        [(Some("one"), Some("One"), 1, false, 1), (Some("two"), Some("Both"), 1, true, 1)]
    );
    let base = spec.operations[0].overload_of.expect("a base");
    assert_eq!(tree.pointer(base), "/paths/~1a/post");
    assert_eq!(tree.pointer(spec.operations[1].at), "/paths/~1a/post/x-overloads/1");
}

#[test]
fn statuses_methods_and_path_items_are_read() {
    let (tree, mut sink) = document(
        "paths:\n  /a:\n    $ref: '#/components/pathItems/A'\n    put: {operationId: own}\n\
         components:\n  pathItems:\n    A:\n      summary: Shared\n      put: {operationId: hidden}\n      \
         query: {responses: {'200': {}, 4xx: {}, default: {}, x-a: 1}}\n      trace: {}\n      \
         additionalOperations: {LINK: {operationId: link}}\n",
    );
    let spec = read(&tree, &mut sink);
    let methods: Vec<_> = spec.operations.iter().map(|op| (op.method.as_str(), op.id)).collect();
    assert_eq!(
        methods,
        [("PUT", Some("own")), ("QUERY", None), ("TRACE", None), ("LINK", Some("link"))]
    );
    let keys: Vec<_> = spec.operations[1].responses.iter().map(|(key, _)| *key).collect();
    assert_eq!(keys, [StatusKey::Code(200), StatusKey::Range(4), StatusKey::Default]);
    assert_eq!(spec.operations[1].summary, Some("Shared"));
}

#[test]
fn webhooks_and_callbacks_are_what_the_vendor_calls() {
    let (tree, mut sink) = document(
        "webhooks:\n  created: {post: {operationId: onCreated}}\npaths:\n  /a:\n    post:\n      \
         callbacks:\n        done: {'{$request.body#/url}': {post: {operationId: onDone, callbacks: \
         {again: {$ref: '#/paths/~1a/post/callbacks/done'}}}}}\n",
    );
    let spec = read(&tree, &mut sink);
    let hooks: Vec<_> =
        spec.webhooks.iter().map(|hook| (hook.operation.path, hook.operation.id)).collect();
    assert_eq!(hooks, [("created", Some("onCreated")), ("done", Some("onDone"))]);
    assert_eq!(spec.operations.len(), 1);
}

#[test]
fn references_reach_any_place_of_the_document() {
    let (tree, mut sink) = document(
        "paths:\n  /x/{id}:\n    get:\n      parameters: [{name: id, in: path, required: true, schema: \
         {type: string}}]\n      responses: {200: {content: {application/json: {schema: {type: integer}}}}}\n\
         components:\n  schemas:\n    A: {$ref: '#/paths/~1x~1%7Bid%7D/get/responses/200/content/application~1json/schema'}\n    \
         B: {$ref: '#named'}\n    C: {$anchor: named, type: boolean, $defs: {in: {type: 'null'}}}\n    \
         D: {$ref: '#/components/schemas/B/$defs/in'}\n    E: {$ref: 'https://example.com/e'}\n    \
         F: {$id: 'https://example.com/e', type: number}\n    G: {$dynamicRef: '#node'}\n    \
         H: {$dynamicAnchor: node, type: array}\n",
    );
    let spec = read(&tree, &mut sink);
    let types: Vec<_> = spec
        .components
        .iter()
        .filter_map(|(_, id)| spec.schema(*id).reference)
        .map(|id| spec.schema(id).types)
        .collect();
    assert_eq!(types, [Types::INTEGER, Types::BOOLEAN, Types::NULL, Types::NUMBER, Types::ARRAY]);
}

#[test]
fn schemas_of_too_many_meanings_are_bounded_and_told() {
    let mut text =
        "openapi: 3.1.0\ninfo: {title: T, version: '1'}\ncomponents:\n  schemas:\n".to_owned();
    for n in 0..16 {
        let others: Vec<_> = (0..16)
            .map(|m| {
                format!(
                    "r{m}: {{$ref: '#/components/schemas/S{m}'}}, d{m}: {{$dynamicRef: '#c{m}'}}"
                )
            })
            .collect();
        let properties = others.join(", ");
        text += &format!(
            "    S{n}: {{$defs: {{c: {{$dynamicAnchor: c{n}, type: string}}}}, properties: {{{properties}}}}}\n"
        );
    }
    let (tree, mut sink) = load(&text, &[]);
    let spec = spec::read(&tree, &mut sink);
    let told = sink.diagnostics().iter().filter(|it| it.code == Code::Degraded);
    assert!(told.map(|it| it.message.as_str()).any(|it| it.starts_with("too many meanings")));
    // Those by themselves, and no more than are allowed beside them.
    assert!(spec.schemas.len() < 3_000, "{}", spec.schemas.len());
}

#[test]
fn files_refer_to_each_other_relative_to_themselves() {
    let (tree, mut sink) = load(
        "openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths: {$ref: paths/all.yaml}\ncomponents:\n  \
         schemas:\n    Tree: {$ref: ../shared/models.json#/Tree}\n",
        &[
            ("apis/paths/all.yaml", "/a~b: {$ref: 'a%20b.yaml#/item'}\n"),
            (
                "apis/paths/a b.yaml",
                "item:\n  get:\n    responses:\n      200: {$ref: '../../shared/replies.yaml#/ok'}\n",
            ),
            (
                "shared/replies.yaml",
                "ok:\n  content:\n    application/json:\n      schema: {$ref: models.json#/Tree}\n      \
                 examples: {a: {$ref: models.json#/example}}\n",
            ),
            (
                "shared/models.json",
                r##"{"Tree": {"type": "object", "properties": {"next": {"$ref": "#/Tree"},
                "api": {"$ref": "../apis/api.yaml#/components/schemas/Tree"}}}, "example": {"value": {}}}"##,
            ),
        ],
    );
    let spec = read(&tree, &mut sink);
    assert_eq!(tree.files().len(), 5);
    assert_eq!(spec.operations[0].path, "/a~b");
    let media = &spec.response(spec.operations[0].responses[0].1).content[0];
    assert_eq!(media.examples.len(), 1);
    let shared = media.schema.and_then(|id| spec.schema(id).reference);
    assert_eq!(shared, spec.schema(spec.components[0].1).reference);
    let shared = spec.schema(shared.expect("a reference"));
    let file = tree.source(tree.file(shared.at)).expect("a file");
    assert_eq!(
        (file.path.as_str(), tree.pointer(shared.at)),
        ("shared/models.json", "/Tree".into())
    );
}

#[test]
fn a_broken_file_is_reported_once() {
    let (tree, mut sink) = load(
        "openapi: 3.1.0\ninfo: {title: T, version: '1'}\ncomponents:\n  schemas:\n    \
         A: {$ref: bad.json#/A}\n    B: {$ref: bad.json#/B}\n    C: {$ref: no.json}\n    D: {$ref: no.json}\n",
        &[("apis/bad.json", "{\"A\": ")],
    );
    spec::read(&tree, &mut sink);
    assert_eq!(codes(&sink), [Code::JsonSyntax, Code::FileNotLoaded]);
}

#[test]
fn a_tree_of_ten_thousand_schemas_in_a_row_is_read() {
    let mut text = String::from("components:\n  schemas:\n");
    for n in 0..10_000 {
        text.push_str(&format!(
            "    S{n}: {{allOf: [{{$ref: '#/components/schemas/S{}'}}]}}\n",
            n + 1
        ));
    }
    text.push_str("    S10000: {type: object}\n");
    let (tree, mut sink) = document(&text);
    assert_eq!(read(&tree, &mut sink).components.len(), 10_001);
}

#[test]
fn mappings_name_components_or_references() {
    let (tree, mut sink) = document(
        "components:\n  schemas:\n    A: {}\n    P:\n      discriminator:\n        propertyName: kind\n        \
         mapping: {a: A, b: '#/components/schemas/A'}\n",
    );
    let spec = read(&tree, &mut sink);
    let rare = spec.schema(spec.components[1].1).rare.as_ref().expect("rare");
    let discriminator = rare.discriminator.as_ref().expect("a discriminator");
    let a = spec.components[0].1;
    assert_eq!(discriminator.mapping, [("a", a), ("b", a)]);
}

#[test]
fn keywords_of_3_1_have_their_places() {
    let (tree, mut sink) = document(
        "components:\n  schemas:\n    A:\n      type: [array, 'null']\n      prefixItems: [{type: string}, true]\n      \
         items: false\n      const: null\n      examples: [1, null]\n      not: {}\n      if: {}\n      \
         contentEncoding: base64\n      patternProperties: {'^x': {}}\n      propertyNames: {pattern: a}\n      \
         maxItems: 3\n      minItems: 1\n      unevaluatedProperties: false\n",
    );
    let spec = read(&tree, &mut sink);
    let schema = spec.schema(spec.components[0].1);
    assert_eq!(schema.types, Types::ARRAY.with(Types::NULL));
    assert_eq!(schema.items.map(|id| spec.schema(id).always), Some(Some(false)));
    assert_eq!(schema.additional.map(|id| spec.schema(id).always), Some(Some(false)));
    assert!(schema.constant.is_some());
    assert_eq!(schema.examples.len(), 2);
    let rare = schema.rare.as_ref().expect("rare");
    assert_eq!(rare.prefix_items.len(), 2);
    let names = |list: &[(&'static str, _)]| list.iter().map(|(name, _)| *name).collect::<Vec<_>>();
    assert_eq!(names(&rare.rules), ["minItems", "maxItems"]);
    assert_eq!(names(&rare.unmodelled), ["not", "if"]);
    assert_eq!(rare.content_encoding, Some("base64"));
    assert!(rare.property_names.is_some() && rare.pattern_properties.len() == 1);
}

#[test]
fn an_operation_reached_twice_keeps_its_id_once() {
    let (tree, mut sink) =
        document("paths:\n  /a: {get: {operationId: a}}\n  /b: {$ref: '#/paths/~1a'}\n");
    let spec = read(&tree, &mut sink);
    let ids: Vec<_> = spec.operations.iter().map(|op| (op.path, op.id)).collect();
    assert_eq!(ids, [("/a", Some("a")), ("/b", None)]);
}

#[test]
fn servers_and_security_stand_at_each_level() {
    let (tree, mut sink) = document(
        "servers: [{url: 'https://{r}.x', x-name: main, variables: {r: {default: eu, enum: [eu, us]}}}]\n\
         security: [{a: [], b: [s]}, {}]\npaths:\n  /a:\n    servers: [{url: /item}]\n    \
         get: {security: []}\n    put: {servers: [{url: /own}]}\n\
         components:\n  securitySchemes:\n    a: {type: http, scheme: bearer}\n    b: {type: mutualTLS}\n",
    );
    let spec = read(&tree, &mut sink);
    assert_eq!(spec.servers[0].name, Some("main"));
    assert_eq!(spec.servers[0].variables[0].values, ["eu", "us"]);
    let sizes = spec.security.as_ref().map(|all| all.iter().map(Vec::len).collect::<Vec<_>>());
    assert_eq!(sizes, Some(vec![2, 0]));
    assert_eq!(spec.operations[0].security.as_ref().map(Vec::len), Some(0));
    assert!(spec.operations[1].security.is_none());
    assert_eq!(spec.operations[0].servers[0].url, "/item");
    assert_eq!(spec.operations[1].servers[0].url, "/own");
}
