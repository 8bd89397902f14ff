//! Unions: an enum of alternatives, how they are picked and written, and what each is made from.

use tenon_ir::{Item, Pick, Tag, Text as Format, Type, Union, UnionVariant};

use crate::docs::Text;
use crate::layout::{self, Code, quoted, word};
use crate::scope::Scope;
use crate::{argument, lints, rules, types};

pub(super) fn write(scope: &Scope<'_>, item: &Item, shape: &Union, out: &mut Code) {
    definition(scope, item, shape, out);
    out.blank();
    table(scope, item, shape, out);
}

fn definition(scope: &Scope<'_>, item: &Item, shape: &Union, out: &mut Code) {
    out.docs(0, &super::docs(item).lines());
    out.line(0, &super::derives_of_listed(item.derives));
    let unknown = shape.unknown.iter().map(|_| &Type::Json);
    let types = shape.variants.iter().map(|it| &it.ty).chain(unknown);
    if let Some(lint) = lints::variants_text(scope, types) {
        out.line(0, lint);
    }
    out.line(0, "#[non_exhaustive]");
    out.line(0, &format!("pub enum {} {{", word(&item.name)));
    for variant in &shape.variants {
        out.docs(1, &variant_docs(scope, variant).lines());
        if let Some(lint) = lints::complexity_text(&variant.ty, 0) {
            out.line(1, lint);
        }
        out.line(1, &format!("{}({}),", word(&variant.name), types::text(scope, &variant.ty)));
    }
    if let Some(unknown) = &shape.unknown {
        out.docs(1, &[" A kind of value that the document doesn't list.".to_owned()]);
        let json = layout::path(&scope.runtime("", "Json"));
        out.line(1, &format!("{}({json}),", word(unknown)));
    }
    out.line(0, "}");
}

fn variant_docs(scope: &Scope<'_>, variant: &UnionVariant) -> Text {
    let mut text = Text::of(&variant.docs, || sentence(scope, &variant.ty));
    let mut facts = rules::words(&variant.rules);
    if variant.docs.deprecated {
        facts.push("Deprecated.".to_owned());
    }
    text.facts(&facts);
    text.origin(&variant.docs);
    text
}

/// What a variant holds, when the document doesn't say.
fn sentence(scope: &Scope<'_>, ty: &Type) -> String {
    let phrase = match ty {
        Type::Bool => "`true` or `false`",
        Type::Int(_) => "A whole number",
        Type::Float(_) => "A number",
        Type::Text(Format::Plain) => "A string",
        Type::Text(Format::DateTime) => "A date and time",
        Type::Text(Format::Date) => "A date",
        Type::Text(Format::Uuid) => "A UUID",
        Type::Text(Format::Ipv4) => "An IPv4 address",
        Type::Text(Format::Ipv6) => "An IPv6 address",
        Type::Text(Format::Secret) => "A secret",
        Type::Bytes(_) => "Bytes",
        Type::Json => "Any JSON value",
        Type::Unit => "`null`",
        Type::List(_) | Type::Tuple(_) => "An array",
        Type::Map(_) => "An object",
        Type::Nullable(inner) | Type::Boxed(inner) => return sentence(scope, inner),
        Type::Item(id) => {
            let name = scope.api.item(*id).name.as_str();
            return format!("See [`{name}`].");
        }
    };
    format!("{phrase}.")
}

/// `tenon_runtime::union!(Key { Number, Name, } picks [Pick::JsonType(…)] from [i64 => Number]);`
fn table(scope: &Scope<'_>, item: &Item, shape: &Union, out: &mut Code) {
    let mut variants: Vec<String> = shape.variants.iter().map(written).collect();
    variants.extend(shape.unknown.as_ref().map(|unknown| format!(".. {}", word(unknown))));
    let picks: Vec<String> = shape.picks.iter().map(|it| pick(scope, it)).collect();
    let made = shape.variants.iter().filter(|variant| variant.from);
    let made: Vec<String> = made.flat_map(|variant| conversions(scope, variant)).collect();
    let mut open = format!("tenon_runtime::union!({} {{", super::listed(item, variants.len()));
    for (next, items) in [("}", variants), (" picks [", picks), (" from [", made)] {
        if next != "}" && items.is_empty() {
            continue;
        }
        if next != "}" {
            open.push_str(next);
        }
        out.line(0, &open);
        out.packed_lines(1, &items);
        open = if next == "}" { "}".to_owned() } else { "]".to_owned() };
    }
    open.push_str(");");
    out.line(0, &open);
}

/// A variant, and what it is sent with.
fn written(variant: &UnionVariant) -> String {
    let tag = variant.tag.as_ref();
    let tag = tag.map(|(property, tag)| format!(" tag {} {}", quoted(property), literal(tag)));
    let rules = rules::list(&variant.rules);
    format!("{}{}{rules}", word(&variant.name), tag.unwrap_or_default())
}

fn literal(tag: &Tag) -> String {
    match tag {
        Tag::Text(text) => quoted(text),
        Tag::Int(number) => number.to_string(),
        Tag::Bool(flag) => flag.to_string(),
    }
}

/// The types that a variant is made from.
fn conversions(scope: &Scope<'_>, variant: &UnionVariant) -> Vec<String> {
    let name = word(&variant.name);
    let ty = match &variant.ty {
        Type::Boxed(inner) => inner,
        ty => ty,
    };
    let mut made = vec![format!("{} => {name}", types::text(scope, ty))];
    if argument::is_plain_text(scope, &variant.ty) {
        made.push(format!("&str => {name}"));
    }
    made
}

fn pick(scope: &Scope<'_>, pick: &Pick) -> String {
    let name = layout::path(&scope.codec("Pick"));
    let pair = |(text, at): (&str, usize)| format!("({}, {at})", quoted(text));
    match pick {
        Pick::Tag { property, values } => {
            let values = values.iter().map(|(text, at)| pair((text, *at)));
            let values = values.collect::<Vec<_>>().join(", ");
            format!("{name}::Tag {{ property: {}, values: &[{values}] }}", quoted(property))
        }
        Pick::JsonType(types) => {
            let types = types.iter().map(|(ty, at)| pair((ty, *at)));
            format!("{name}::JsonType(&[{}])", types.collect::<Vec<_>>().join(", "))
        }
        Pick::Property(properties) => {
            let properties = properties.iter().map(|(property, at)| pair((property, *at)));
            format!("{name}::Property(&[{}])", properties.collect::<Vec<_>>().join(", "))
        }
        Pick::Constant(constants) => {
            let constants = constants.iter().map(|(property, value, at)| {
                format!("({}, {}, {at})", quoted(property), quoted(value))
            });
            format!("{name}::Constant(&[{}])", constants.collect::<Vec<_>>().join(", "))
        }
        Pick::Values(values) => {
            let values = values.iter().map(|(value, at)| pair((value, *at)));
            format!("{name}::Values(&[{}])", values.collect::<Vec<_>>().join(", "))
        }
        Pick::Names(known) => format!("{name}::Names(&[{}])", names(known)),
        Pick::Closed(closed) => format!("{name}::Closed(&[{}])", names(closed)),
    }
}

/// The names that each alternative has.
fn names(by_variant: &[(Vec<String>, usize)]) -> String {
    let listed = by_variant.iter().map(|(names, at)| {
        let names: Vec<String> = names.iter().map(|name| quoted(name)).collect();
        format!("(&[{}], {at})", names.join(", "))
    });
    listed.collect::<Vec<_>>().join(", ")
}
