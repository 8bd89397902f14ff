//! What to call each operation with: values for its inputs, chosen by the validator.

use std::collections::HashMap;

use anyhow::Context;
use serde_json::{Map, Value, json};
use tenon::ir::{self, Api};
use tenon::spec::{Operation, Spec};

use super::inputs::{self, Input};
use super::value::Maker;
use crate::examples::is_status;
use crate::schemas::{Direction, Schemas, pointer};
use crate::validator;

/// Calls of a document's operations.
#[derive(Debug)]
pub(super) struct Plan {
    /// Draft and definitions of the document's schemas; formats are asserted.
    pub(super) schemas: Value,
    /// The calls, in the order of the operations.
    pub(super) calls: Vec<Call>,
}

/// A call of an operation.
#[derive(Debug)]
pub(super) struct Call {
    /// Id of the operation.
    pub(super) id: String,
    /// `example`, `minimal` or `full`; `stream` is a full call that reads its reply as it comes.
    pub(super) variant: &'static str,
    /// What the driver is told, or why the call can't be made.
    pub(super) order: Result<Value, String>,
    /// The schema of each reply: its status, and the address.
    pub(super) replies: Vec<(ir::StatusPattern, String)>,
}

/// How often a value is made in another way.
const ATTEMPTS: usize = 4;

/// The ways of calling an operation.
const VARIANTS: [&str; 3] = ["example", "minimal", "full"];

/// Makes the calls of every operation.
pub(super) fn plan(spec: &Spec<'_>, api: &Api) -> anyhow::Result<Plan> {
    let mut schemas = Schemas::new(spec);
    let stated: HashMap<String, &Operation<'_>> =
        spec.operations.iter().map(|it| (pointer(spec.tree, it.at), it)).collect();
    let mut inputs = Vec::new();
    for decided in api.operations() {
        let stated = stated.get(&decided.origin).copied();
        inputs.push(match stated {
            Some(stated) => (
                inputs::inputs(spec, stated, decided, &mut schemas),
                replies(spec, stated, decided, &mut schemas),
            ),
            None => (Err("it isn't in `paths`".to_owned()), Vec::new()),
        });
    }
    let (document, draft) = (schemas.document(), schemas.draft());
    let mut choice = Choice { document: &document, checks: Vec::new(), candidates: Vec::new() };
    for (inputs, _) in &inputs {
        for input in inputs.iter().flatten() {
            choice.offer(input);
        }
    }
    // What has a format is sent in that format.
    let schemas = json!({
        "draft": draft, "formats": true, "document": document, "checks": choice.checks,
    });
    let verdicts = validator::judge(&schemas)?;
    let mut chosen = choice.candidates.iter().map(|candidates| {
        candidates.each_ref().map(|candidates| first_valid(candidates, &choice.checks, &verdicts))
    });
    let mut calls = Vec::new();
    for (operation, (decided, (inputs, replies))) in api.operations().zip(inputs).enumerate() {
        let call = |variant, order| {
            let (id, replies) = (decided.id.clone(), replies.clone());
            Call { id, variant, order, replies }
        };
        match inputs {
            Err(reason) => calls.push(call("full", Err(reason))),
            Ok(inputs) => {
                let values: Vec<_> = chosen.by_ref().take(inputs.len()).collect();
                anyhow::ensure!(values.len() == inputs.len(), "inputs got lost");
                let mut orders: Vec<Result<Value, String>> = Vec::new();
                for (variant, name) in VARIANTS.into_iter().enumerate() {
                    let order = order(operation, &inputs, &values, variant);
                    if !orders.contains(&order) {
                        orders.push(order.clone());
                        calls.push(call(name, order));
                    }
                }
                if decided.stream.is_some() {
                    let order = order(operation, &inputs, &values, VARIANTS.len() - 1);
                    calls.push(call("stream", order.map(streamed)));
                }
            }
        }
    }
    Ok(Plan { schemas: json!({"draft": draft, "formats": true, "document": document}), calls })
}

/// The values that each input may have, by variant.
struct Choice<'a> {
    document: &'a Value,
    checks: Vec<Value>,
    /// By input and variant: numbers of checks.
    candidates: Vec<[Vec<usize>; 3]>,
}

impl Choice<'_> {
    fn offer(&mut self, input: &Input) {
        let example = match input.examples.is_empty() {
            true => self.made(input, true),
            false => input.examples.iter().map(|it| self.given(input, it)).collect(),
        };
        let minimal = self.made(input, false);
        let full = self.made(input, true);
        // Where the least is nothing that could be sent, there is more.
        let either = |first: &[usize], then: &[usize]| -> Vec<usize> {
            first.iter().chain(then).copied().collect()
        };
        self.candidates.push([
            either(&example, &full),
            either(&minimal, &either(&example, &full)),
            either(&full, &example),
        ]);
    }

    fn made(&mut self, input: &Input, full: bool) -> Vec<usize> {
        let Some(address) = &input.schema else {
            return vec![self.check(input, input.otherwise.clone())];
        };
        let schema = json!({"$ref": address});
        let mut values: Vec<Value> = Vec::new();
        for (attempt, examples) in
            (0..ATTEMPTS).flat_map(|attempt| [(attempt, true), (attempt, false)])
        {
            let maker = Maker { document: self.document, full, examples, attempt };
            let value = maker.value(&schema).filter(|value| is_fit(value, input));
            values.extend(value.filter(|value| !values.contains(value)));
        }
        values.into_iter().map(|value| self.check(input, value)).collect()
    }

    fn given(&mut self, input: &Input, example: &Value) -> usize {
        let schema = json!({"$ref": input.schema});
        let maker = Maker { document: self.document, full: true, examples: true, attempt: 0 };
        let value = maker.without_withheld(&schema, example.clone());
        self.check(input, value)
    }

    fn check(&mut self, input: &Input, value: Value) -> usize {
        let schema = input.schema.clone().unwrap_or_default();
        self.checks.push(json!({"schema": schema, "value": value}));
        self.checks.len() - 1
    }
}

/// A parameter can't be written as nothing at all.
fn is_fit(value: &Value, input: &Input) -> bool {
    let is_nothing = match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.is_empty(),
        Value::Object(entries) => entries.is_empty(),
        Value::Bool(_) | Value::Number(_) => false,
    };
    input.param.is_none() || !is_nothing
}

fn first_valid(candidates: &[usize], checks: &[Value], verdicts: &[Value]) -> Option<Value> {
    let has = |wanted: Value| {
        candidates.iter().find(|index| verdicts.get(**index) == Some(&wanted)).copied()
    };
    // Where the schema can't be used, nothing speaks against the first.
    let chosen = has(Value::Bool(true)).or_else(|| has(Value::Null))?;
    checks.get(chosen).map(|check| check["value"].clone())
}

/// The call that reads its reply as a stream.
fn streamed(mut order: Value) -> Value {
    order["stream"] = json!(true);
    order
}

fn order(
    operation: usize,
    inputs: &[Input],
    values: &[[Option<Value>; 3]],
    variant: usize,
) -> Result<Value, String> {
    let mut order = json!({"call": operation, "params": {}});
    for (input, values) in inputs.iter().zip(values) {
        if !input.required && VARIANTS[variant] == "minimal" {
            continue;
        }
        match (&values[variant], input.param) {
            (Some(value), Some(index)) => {
                order["params"][index.to_string()] = json!(value.to_string())
            }
            (Some(value), None) if input.is_list => {
                order["body"] = json!(json!([value]).to_string());
            }
            (Some(value), None) => order["body"] = json!(value.to_string()),
            (None, _) if input.required => {
                return Err(format!("no value of `{}` is valid by its schema", input.name));
            }
            (None, _) => {}
        }
    }
    Ok(order)
}

fn replies(
    spec: &Spec<'_>,
    stated: &Operation<'_>,
    decided: &ir::Operation,
    schemas: &mut Schemas<'_>,
) -> Vec<(ir::StatusPattern, String)> {
    let mut replies = Vec::new();
    for response in &decided.responses {
        let found = stated.responses.iter().find(|(key, _)| is_status(response.status, *key));
        let Some((_, id)) = found else { continue };
        let content = &spec.response(*id).content;
        let media = content.iter().find(|media| media.name == response.media);
        if let Some(schema) = media.or(content.first()).and_then(|media| media.schema) {
            let address = schemas.address(spec.schema(schema).at, Direction::Reply);
            replies.push((response.status, address));
        }
    }
    replies
}

impl Call {
    /// The address of the schema of a reply with this status: exact before range before default.
    pub(super) fn reply(&self, status: u64) -> Option<&str> {
        let is_exact = |it: &ir::StatusPattern| matches!(it, ir::StatusPattern::Code(code) if u64::from(*code) == status);
        let is_range = |it: &ir::StatusPattern| matches!(it, ir::StatusPattern::Range(digit) if u64::from(*digit) == status / 100);
        let find = |is: &dyn Fn(&ir::StatusPattern) -> bool| {
            self.replies.iter().find(|(it, _)| is(it)).map(|(_, address)| address.as_str())
        };
        find(&is_exact)
            .or_else(|| find(&is_range))
            .or_else(|| find(&|it| *it == ir::StatusPattern::Default))
    }
}

/// The orders that can be given, each with the number of its call.
pub(super) fn orders(plan: &Plan) -> (Vec<usize>, Vec<Value>) {
    let calls = plan.calls.iter().enumerate();
    calls.filter_map(|(at, call)| Some((at, call.order.as_ref().ok()?.clone()))).unzip()
}

/// Whether a value is valid by a schema of the plan; none where the schema can't be used.
pub(super) fn is_valid(plan: &Plan, schema: &str, value: &Value) -> anyhow::Result<Option<bool>> {
    let mut checks: Map<String, Value> = plan.schemas.as_object().cloned().unwrap_or_default();
    checks.insert("checks".to_owned(), json!([{"schema": schema, "value": value}]));
    let verdicts = validator::judge(&Value::Object(checks))?;
    let verdict = verdicts.first().context("no verdict")?;
    Ok((!verdict.is_null()).then_some(verdict == &Value::Bool(true)))
}
