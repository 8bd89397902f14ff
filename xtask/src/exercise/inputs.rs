//! The inputs of an operation: where each goes, what describes it, and what the document gives.

use serde_json::{Value, json};
use tenon::ir::{self, Presence};
use tenon::source::NodeId;
use tenon::spec::{Media, Operation, SchemaId, Spec};

use crate::examples::is_place;
use crate::schemas::{Direction, Schemas, json_of};

/// An input of an operation.
#[derive(Debug)]
pub(super) struct Input {
    /// Index of the parameter; absent for the body.
    pub(super) param: Option<usize>,
    pub(super) name: String,
    pub(super) required: bool,
    /// Address of its schema, where there is one.
    pub(super) schema: Option<String>,
    /// What the document gives.
    pub(super) examples: Vec<Value>,
    /// What is sent where there is no schema.
    pub(super) otherwise: Value,
    /// The schema is that of each item of what is sent.
    pub(super) is_list: bool,
}

/// The inputs of an operation, or why it can't be called.
pub(super) fn inputs(
    spec: &Spec<'_>,
    stated: &Operation<'_>,
    decided: &ir::Operation,
    schemas: &mut Schemas<'_>,
) -> Result<Vec<Input>, String> {
    let mut inputs = Vec::new();
    for (index, param) in decided.params.iter().enumerate() {
        let mut parameters = stated.parameters.iter().map(|id| spec.parameter(*id));
        let found = parameters.rfind(|it| it.name == param.wire && is_place(param.place, it.place));
        let found = found.ok_or_else(|| format!("where is the parameter `{}`?", param.wire))?;
        let content = found.content.first().and_then(|media| media.schema);
        inputs.push(Input {
            param: Some(index),
            name: param.wire.clone(),
            required: param.presence == Presence::Required,
            schema: address(spec, schemas, found.schema.or(content)),
            examples: given(spec, &found.examples),
            otherwise: json!("tenon"),
            is_list: false,
        });
    }
    if let (Some(body), Some(id)) = (&decided.body, stated.body)
        && let Some(payload) = body.payloads().first()
    {
        let content = &spec.body(id).content;
        let name = payload.media.name();
        let media = content.iter().find(|media| media.name == name).or(content.first());
        let mut input = content_of(spec, schemas, payload, media)?;
        input.required = body.presence == Presence::Required;
        inputs.push(input);
    }
    Ok(inputs)
}

/// What a body is made of. Files are the texts that their schema admits, as bytes.
fn content_of(
    spec: &Spec<'_>,
    schemas: &mut Schemas<'_>,
    payload: &ir::Payload,
    media: Option<&Media<'_>>,
) -> Result<Input, String> {
    let mut input = Input {
        param: None,
        name: "body".to_owned(),
        required: false,
        schema: None,
        examples: Vec::new(),
        otherwise: json!("tenon"),
        is_list: false,
    };
    match &payload.content {
        ir::Content::Json(_)
        | ir::Content::Form(_)
        | ir::Content::Multipart(ir::Multipart::Value(_) | ir::Multipart::Parts(_)) => {
            input.schema = address(spec, schemas, media.and_then(|media| media.schema));
            input.examples = media.map(|media| given(spec, &media.examples)).unwrap_or_default();
        }
        ir::Content::Lines(_) => {
            input.is_list = true;
            input.schema = address(spec, schemas, media.and_then(|media| line(spec, media)));
        }
        ir::Content::Multipart(ir::Multipart::Open) => {
            input.otherwise = json!({"tenon": "tenon"});
        }
        ir::Content::Text => {
            let examples = media.map(|media| given(spec, &media.examples)).unwrap_or_default();
            input.examples = examples.into_iter().filter(Value::is_string).collect();
            if let (Some(text), Some(_)) = (input.examples.first(), xml(payload)) {
                input.otherwise = text.clone();
            } else if let Some(name) = xml(payload) {
                return Err(format!("a body of `{name}` isn't made here, and has no example"));
            }
        }
        ir::Content::Bytes => {}
    }
    Ok(input)
}

/// The media type of a text that has a form of its own.
fn xml(payload: &ir::Payload) -> Option<&str> {
    let name = payload.media.name();
    (!name.starts_with("text/plain")).then_some(name)
}

/// The schema of a line: of `itemSchema`, of the items of a list, or the schema itself.
fn line(spec: &Spec<'_>, media: &Media<'_>) -> Option<SchemaId> {
    let whole = media.schema.map(|id| {
        let mut at = id;
        for _ in 0..16 {
            at = spec.schema(at).reference.unwrap_or(at);
        }
        spec.schema(at).items.unwrap_or(id)
    });
    media.item_schema.or(whole)
}

fn address(spec: &Spec<'_>, schemas: &mut Schemas<'_>, id: Option<SchemaId>) -> Option<String> {
    id.map(|id| schemas.address(spec.schema(id).at, Direction::Request))
}

fn given(spec: &Spec<'_>, nodes: &[NodeId]) -> Vec<Value> {
    nodes.iter().map(|node| json_of(&spec.tree.to_value(*node))).collect()
}
