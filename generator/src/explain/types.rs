//! Types, rules and values on one line each.

use tenon_ir::{Api, Body, Encoding, EventData, Float, Int, Presence, Rule, Text, Type, Value};

use super::name;

/// The Rust type, as a reader of the generated code knows it.
pub(super) fn ty(api: &Api, kind: &Type) -> String {
    match kind {
        Type::Bool => "bool".to_owned(),
        Type::Int(int) => int_name(*int).to_owned(),
        Type::Float(Float::F64) => "f64".to_owned(),
        Type::Float(Float::Decimal) => "Decimal".to_owned(),
        Type::Text(text) => text_name(*text).to_owned(),
        Type::Bytes(Encoding::Base64) => "Base64".to_owned(),
        Type::Bytes(Encoding::Base64Url) => "Base64Url".to_owned(),
        Type::Json => "Json".to_owned(),
        Type::Unit => "()".to_owned(),
        Type::List(item) => format!("Vec<{}>", ty(api, item)),
        Type::Tuple(places) => {
            let places: Vec<_> = places.iter().map(|place| ty(api, place)).collect();
            format!("({})", places.join(", "))
        }
        Type::Map(value) => format!("Map<{}>", ty(api, value)),
        Type::Nullable(value) => format!("Nullable<{}>", ty(api, value)),
        Type::Boxed(value) => format!("Box<{}>", ty(api, value)),
        Type::Item(id) => name(api, *id).to_owned(),
    }
}

/// A type that may be left out.
pub(super) fn present(api: &Api, kind: &Type, presence: Presence) -> String {
    match presence {
        Presence::Required => ty(api, kind),
        Presence::Optional => format!("Option<{}>", ty(api, kind)),
    }
}

fn int_name(int: Int) -> &'static str {
    match int {
        Int::I8 => "i8",
        Int::I16 => "i16",
        Int::I32 => "i32",
        Int::I64 => "i64",
        Int::U8 => "u8",
        Int::U16 => "u16",
        Int::U32 => "u32",
        Int::U64 => "u64",
    }
}

fn text_name(text: Text) -> &'static str {
    match text {
        Text::Plain => "String",
        Text::DateTime => "DateTime",
        Text::Date => "Date",
        Text::Uuid => "Uuid",
        Text::Ipv4 => "Ipv4",
        Text::Ipv6 => "Ipv6",
        Text::Secret => "Secret",
    }
}

/// The content of a request or reply.
pub(super) fn body(api: &Api, body: &Body) -> String {
    match body {
        Body::Empty => "()".to_owned(),
        Body::Json(kind) => ty(api, kind),
        Body::Text => "text".to_owned(),
        Body::Bytes => "bytes".to_owned(),
        Body::Events(kind, data) => {
            let data = match data {
                EventData::Json => "",
                EventData::Text => " (text)",
                EventData::Whole => " (whole)",
            };
            format!("events of {}{data}", ty(api, kind))
        }
        Body::Lines(kind) => format!("lines of {}", ty(api, kind)),
    }
}

/// Rules, each after two spaces.
pub(super) fn rules(rules: &[Rule]) -> String {
    rules.iter().map(|rule| format!("  {}", rule_text(rule))).collect()
}

fn rule_text(rule: &Rule) -> String {
    match rule {
        Rule::MinLength(least) => format!("length >= {least}"),
        Rule::MaxLength(most) => format!("length <= {most}"),
        Rule::Pattern(pattern) => format!("pattern {pattern:?}"),
        Rule::Minimum(least) => format!(">= {least}"),
        Rule::Maximum(most) => format!("<= {most}"),
        Rule::ExclusiveMinimum(bound) => format!("> {bound}"),
        Rule::ExclusiveMaximum(bound) => format!("< {bound}"),
        Rule::MultipleOf(factor) => format!("multiple of {factor}"),
        Rule::MinItems(least) => format!("items >= {least}"),
        Rule::MaxItems(most) => format!("items <= {most}"),
        Rule::UniqueItems => "unique items".to_owned(),
        Rule::MinProperties(least) => format!("properties >= {least}"),
        Rule::MaxProperties(most) => format!("properties <= {most}"),
        Rule::OneOf(values) => format!("one of {}", values.join(" ")),
        Rule::Items(each) => format!("each item({} )", rules(each)),
        Rule::Names(each) => format!("each name({} )", rules(each)),
        Rule::With(names) => format!("with {}", names.join(" + ")),
        Rule::AnyOf(sets) if sets.len() == 1 => format!("with {}", sets_of(sets)),
        Rule::AnyOf(sets) => format!("any of {}", sets_of(sets)),
        Rule::ExactlyOneOf(sets) => format!("exactly one of {}", sets_of(sets)),
        Rule::Values(each) => format!("each value({} )", rules(each)),
    }
}

/// A documented default, after two spaces.
pub(super) fn default(value: Option<&Value>) -> String {
    value.map(|value| format!("  default {}", json(value))).unwrap_or_default()
}

/// A value as JSON.
fn json(value: &Value) -> String {
    match value {
        Value::Null => "null".to_owned(),
        Value::Bool(value) => value.to_string(),
        Value::Number(text) => text.clone(),
        Value::Text(text) => format!("{text:?}"),
        Value::List(values) => {
            format!("[{}]", values.iter().map(json).collect::<Vec<_>>().join(", "))
        }
        Value::Object(entries) => {
            let entries: Vec<_> =
                entries.iter().map(|(key, value)| format!("{key:?}: {}", json(value))).collect();
            format!("{{{}}}", entries.join(", "))
        }
    }
}

fn sets_of(sets: &[Vec<String>]) -> String {
    sets.iter().map(|names| names.join(" + ")).collect::<Vec<_>>().join(" | ")
}
