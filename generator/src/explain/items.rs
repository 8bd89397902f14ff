//! Models: a line for the item, and one for each field, value or alternative.

use tenon_ir::{
    Api, Derives, Enum, EnumBase, Field, Item, Kind, Newtype, Pick, Rest, Struct, Tag, Union, Usage,
};

use super::types::{default, present, rules, ty};

/// The block of one item.
pub(super) fn item(api: &Api, item: &Item) -> String {
    let (word, rest, lines) = match &item.kind {
        Kind::Struct(kind) => ("struct", rules(&kind.rules), struct_lines(api, kind)),
        Kind::Enum(kind) => ("enum", enum_base(kind), enum_lines(kind)),
        Kind::Union(kind) => ("union", String::new(), union_lines(api, kind)),
        Kind::Newtype(kind) => ("newtype", newtype(api, kind), String::new()),
        Kind::Alias(kind) => ("alias", format!(" = {}", ty(api, kind)), String::new()),
    };
    let family = api.families.get(item.family).map_or("?", |family| family.name.as_str());
    format!(
        "{word} {}{rest}\n  {}  {}family {family}  at {}\n{lines}",
        item.name.as_str(),
        usage(item.usage),
        derives(item.derives),
        item.origin,
    )
}

fn usage(usage: Usage) -> &'static str {
    match (usage.request, usage.reply) {
        (true, true) => "request and reply",
        (true, false) => "request",
        (false, true) => "reply",
        (false, false) => "unused",
    }
}

fn derives(derives: Derives) -> String {
    let names = [(derives.copy, "Copy"), (derives.eq, "Eq"), (derives.default, "Default")];
    let held: Vec<_> =
        names.into_iter().filter(|(holds, _)| *holds).map(|(_, name)| name).collect();
    if held.is_empty() { String::new() } else { format!("{}  ", held.join(" ")) }
}

fn newtype(api: &Api, kind: &Newtype) -> String {
    format!("({}){}", ty(api, &kind.ty), rules(&kind.rules))
}

fn struct_lines(api: &Api, kind: &Struct) -> String {
    let fields: String = kind.fields.iter().map(|field| field_line(api, field)).collect();
    let rest = match &kind.rest {
        Rest::Ignore | Rest::Unknown { .. } => String::new(),
        Rest::Deny => "  no other properties\n".to_owned(),
        Rest::Keep { name, ty: kind, rules: each } => {
            format!(
                "  {}: Map<{}>  every other property{}\n",
                name.as_str(),
                ty(api, kind),
                rules(each)
            )
        }
    };
    fields + &rest
}

fn field_line(api: &Api, field: &Field) -> String {
    let mut line = format!(
        "  {}: {}  {:?}{}",
        field.name.as_str(),
        present(api, &field.ty, field.presence),
        field.wire,
        rules(&field.rules),
    );
    for (holds, word) in [
        (field.read_only, "  read only"),
        (field.write_only, "  write only"),
        (field.quoted, "  may stand in quotes"),
        (field.docs.deprecated, "  deprecated"),
    ] {
        if holds {
            line += word;
        }
    }
    if field.constant.is_some() {
        line += "  set by `new`";
    }
    line + &default(field.default.as_ref()) + "\n"
}

fn enum_base(kind: &Enum) -> String {
    match kind.base {
        EnumBase::Text => ": text".to_owned(),
        EnumBase::Int => ": integer".to_owned(),
    }
}

fn enum_lines(kind: &Enum) -> String {
    let value = |wire: &str| match kind.base {
        EnumBase::Text => format!("{wire:?}"),
        EnumBase::Int => wire.to_owned(),
    };
    let listed = kind
        .variants
        .iter()
        .map(|variant| format!("  {} = {}\n", variant.name.as_str(), value(&variant.wire)));
    let admitted = if kind.open { ", which the document admits" } else { "" };
    listed.collect::<String>() + &format!("  {} = any other{admitted}\n", kind.unknown.as_str())
}

fn union_lines(api: &Api, kind: &Union) -> String {
    let mut text = String::new();
    for variant in &kind.variants {
        text += &format!(
            "  {}({}){}",
            variant.name.as_str(),
            ty(api, &variant.ty),
            rules(&variant.rules)
        );
        if let Some((property, value)) = &variant.tag {
            text += &format!("  tagged {property:?} = {}", tag(value));
        }
        text += "\n";
    }
    if let Some(unknown) = &kind.unknown {
        text += &format!("  {}(Json)  any other tag\n", unknown.as_str());
    }
    kind.picks.iter().for_each(|pick| text += &format!("  by {}\n", pick_text(kind, pick)));
    text
}

fn tag(value: &Tag) -> String {
    match value {
        Tag::Text(text) => format!("{text:?}"),
        Tag::Int(number) => number.to_string(),
        Tag::Bool(flag) => flag.to_string(),
    }
}

fn pick_text(kind: &Union, pick: &Pick) -> String {
    let name = |index: usize| kind.variants.get(index).map_or("?", |variant| variant.name.as_str());
    let arms: Vec<String> = match pick {
        Pick::Tag { property, values } => {
            let arms: Vec<_> =
                values.iter().map(|(value, index)| format!("{value:?} {}", name(*index))).collect();
            return format!("property {property:?}: {}", arms.join(", "));
        }
        Pick::JsonType(types) => {
            types.iter().map(|(kind, index)| format!("{kind} {}", name(*index))).collect()
        }
        Pick::Property(properties) => properties
            .iter()
            .map(|(property, index)| format!("{property:?} {}", name(*index)))
            .collect(),
        Pick::Values(values) => {
            values.iter().map(|(value, index)| format!("{value} {}", name(*index))).collect()
        }
        Pick::Constant(constants) => constants
            .iter()
            .map(|(property, value, index)| format!("{property:?} = {value} {}", name(*index)))
            .collect(),
        Pick::Names(known) | Pick::Closed(known) => {
            known.iter().map(|(_, index)| name(*index).to_owned()).collect()
        }
    };
    let word = match pick {
        Pick::Tag { .. } | Pick::JsonType(_) => "JSON type",
        Pick::Property(_) => "presence",
        Pick::Constant(_) => "constant",
        Pick::Values(_) => "value",
        Pick::Names(_) => "the most known properties",
        Pick::Closed(_) => "no unknown properties",
    };
    format!("{word}: {}", arms.join(", "))
}
