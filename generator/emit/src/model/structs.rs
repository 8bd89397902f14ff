//! Structs: fields, constructor and setters, the table of their properties.

use tenon_ir::{Field, Item, Presence, Rest, Struct, Type};

use crate::docs::{Text, json};
use crate::layout::{self, Code, quoted, word};
use crate::markdown::code;
use crate::scope::Scope;
use crate::{argument, expr, lints, rules, types};

/// Longest default that is shown in documentation, in bytes.
const LONGEST_DEFAULT: usize = 200;

pub(super) fn write(scope: &Scope<'_>, item: &Item, shape: &Struct, out: &mut Code) {
    definition(scope, item, shape, out);
    if item.usage.request {
        construction(scope, item, shape, out);
    }
    default(scope, item, shape, out);
    table(scope, item, shape, out);
}

fn definition(scope: &Scope<'_>, item: &Item, shape: &Struct, out: &mut Code) {
    out.docs(0, &super::docs(item).lines());
    out.line(0, &super::derives_of_listed(item.derives));
    out.line(0, "#[non_exhaustive]");
    let open = format!("pub struct {} {{", word(&item.name));
    if shape.fields.is_empty() && matches!(shape.rest, Rest::Ignore | Rest::Deny) {
        out.line(0, &format!("{open}}}"));
        return;
    }
    out.line(0, &open);
    for it in &shape.fields {
        field(scope, it, out);
    }
    rest_field(scope, &shape.rest, out);
    out.line(0, "}");
}

fn field(scope: &Scope<'_>, field: &Field, out: &mut Code) {
    out.docs(1, &field_docs(field).lines());
    let ty = types::text(scope, &field.ty);
    let (ty, wraps) = match field.presence {
        Presence::Required => (ty, 0),
        Presence::Optional => (format!("{}<{ty}>", layout::path(&scope.option())), 1),
    };
    if let Some(lint) = lints::complexity_text(&field.ty, wraps) {
        out.line(1, lint);
    }
    out.line(1, &format!("pub {}: {ty},", word(&field.name)));
}

fn rest_field(scope: &Scope<'_>, rest: &Rest, out: &mut Code) {
    const DOCS: &str = "Properties that the document doesn't list";
    match rest {
        Rest::Ignore | Rest::Deny => {}
        Rest::Unknown { name } => {
            let extra = layout::path(&scope.runtime("", "Extra"));
            out.docs(1, &[format!(" {DOCS}.")]);
            out.line(1, &format!("pub {}: {extra},", word(name)));
        }
        Rest::Keep { name, ty, rules } => {
            let mut docs = Text::new(format!("{DOCS}, by name."));
            docs.facts(&rules::words(rules));
            out.docs(1, &docs.lines());
            out.line(1, &format!("pub {}: {},", word(name), types::map_text(scope, ty)));
        }
    }
}

fn field_docs(field: &Field) -> Text {
    let mut text = Text::of(&field.docs, || format!("Property {}.", code(&field.wire)));
    let mut facts = rules::words(&field.rules);
    let default = field.default.as_ref().map(json).filter(|it| it.len() <= LONGEST_DEFAULT);
    facts.extend(default.map(|value| format!("Default: {}.", code(&value))));
    if field.read_only {
        facts.push("Read-only.".to_owned());
    }
    if field.write_only {
        facts.push("Write-only.".to_owned());
    }
    if field.docs.deprecated {
        facts.push("Deprecated.".to_owned());
    }
    text.facts(&facts);
    text.origin(&field.docs);
    text
}

fn is_required(field: &&Field) -> bool {
    field.presence == Presence::Required
}

/// `impl Pet { … }`: the constructor, and the setters in a macro.
fn construction(scope: &Scope<'_>, item: &Item, shape: &Struct, out: &mut Code) {
    construct(scope, &word(&item.name), shape, |field| !field.read_only, out);
}

/// The same for a model that nobody sends: for tests, which make replies of it.
pub(super) fn given(scope: &Scope<'_>, name: &str, shape: &Struct, out: &mut Code) {
    construct(scope, name, shape, |_| true, out);
}

fn construct(
    scope: &Scope<'_>,
    name: &str,
    shape: &Struct,
    is_set: fn(&Field) -> bool,
    out: &mut Code,
) {
    out.blank();
    out.line(0, &format!("impl {name} {{"));
    constructor(scope, name, shape, out);
    let settable = shape.fields.iter().filter(|it| !is_required(it) && is_set(it));
    let mut setters = Code::default();
    for field in settable {
        self::setters(scope, field, &mut setters);
    }
    if let Rest::Keep { name, ty, .. } = &shape.rest {
        let (name, ty) = (word(name), types::map_text(scope, ty));
        setters.line(2, &format!("{name}: {ty} => {name};"));
    }
    let setters = setters.finish();
    if !setters.is_empty() {
        out.blank();
        out.line(1, "tenon_runtime::setters! {");
        out.text(&setters);
        out.line(1, "}");
    }
    out.line(0, "}");
}

fn constructor(scope: &Scope<'_>, name: &str, shape: &Struct, out: &mut Code) {
    let required: Vec<&Field> = shape.fields.iter().filter(|it| it.is_argument()).collect();
    let default = required.is_empty();
    out.docs(
        1,
        &[match default {
            true => " Creates the value with every optional property left out.",
            false => " Creates the value from its required properties.",
        }
        .to_owned()],
    );
    for lint in lints::arguments_text(required.len())
        .into_iter()
        .chain(lints::constructor_text(name))
        .chain(required.iter().find_map(|field| lints::complexity_text(&field.ty, 0)))
    {
        out.line(1, lint);
    }
    let inputs: Vec<String> = required
        .iter()
        .map(|field| {
            let name = word(&field.name);
            let ty = argument::owned(scope, &field.ty, &name).ty;
            format!("{name}: {ty}")
        })
        .collect();
    out.line(1, "#[inline]");
    out.listed(1, "pub fn new(", &inputs, ") -> Self {");
    if default {
        // Not `Self::default()`: a property may be called so.
        out.line(2, "Default::default()");
    } else {
        out.packed(2, "Self { ", &values(scope, shape), " }");
    }
    out.line(1, "}");
}

/// `Default` of a struct whose required properties are all constants; without any it is derived.
fn default(scope: &Scope<'_>, item: &Item, shape: &Struct, out: &mut Code) {
    if item.derives.default || shape.fields.iter().any(Field::is_argument) {
        return;
    }
    out.blank();
    out.line(0, &format!("impl Default for {} {{", word(&item.name)));
    out.line(1, "#[inline]");
    out.line(1, "fn default() -> Self {");
    out.packed(2, "Self { ", &values(scope, shape), " }");
    out.line(1, "}");
    out.line(0, "}");
}

/// The fields of a new value.
fn values(scope: &Scope<'_>, shape: &Struct) -> Vec<String> {
    let fields = shape.fields.iter().map(|field| {
        let name = word(&field.name);
        let value = match field.presence {
            Presence::Required => match &field.constant {
                Some(constant) => layout::tokens(expr::exact(scope, &field.ty, constant)),
                None => argument::owned(scope, &field.ty, &name).value,
            },
            Presence::Optional => layout::path(&scope.none()),
        };
        if value == name { name } else { format!("{name}: {value}") }
    });
    let rest = match &shape.rest {
        Rest::Ignore | Rest::Deny => None,
        Rest::Unknown { name } => {
            let extra = layout::path(&scope.runtime("", "Extra"));
            Some(format!("{}: {extra}::new()", word(name)))
        }
        Rest::Keep { name, .. } => {
            Some(format!("{}: {}::new()", word(name), layout::path(&scope.map())))
        }
    };
    fields.chain(rest).collect()
}

/// `name: impl Into<String> => Some(name.into());`
fn setters(scope: &Scope<'_>, field: &Field, out: &mut Code) {
    let (name, some) = (word(&field.name), layout::path(&scope.some()));
    let nullable = match scope.resolve(&field.ty) {
        Type::Nullable(inner) => Some(inner),
        _ => None,
    };
    let ty = nullable.map_or(&field.ty, |inner| inner);
    let argument = argument::owned(scope, ty, &name);
    let value = match nullable {
        Some(_) => format!("{some}({some}({}))", argument.value),
        None => format!("{some}({})", argument.value),
    };
    attributes(field, lints::complexity_text(ty, 0), lints::operator_text(&name), out);
    let line = format!("{name}: {} => {value};", argument.ty);
    if line.chars().count() + 8 <= layout::WIDTH {
        out.line(2, &line);
    } else {
        out.line(2, &format!("{name}: {}", argument.ty));
        out.line(3, &format!("=> {value};"));
    }
    if nullable.is_some() {
        let null = expr::null_setter(&field.name).to_string();
        attributes(field, None, lints::operator_text(&null), out);
        let none = layout::path(&scope.none());
        out.line(2, &format!("{null} => {name}: {some}({none});"));
    }
}

fn attributes(
    field: &Field,
    complexity: Option<&'static str>,
    operator: Option<&'static str>,
    out: &mut Code,
) {
    let deprecated = field.docs.deprecated.then_some("#[deprecated]");
    for attribute in deprecated.into_iter().chain(complexity).chain(operator) {
        out.line(2, attribute);
    }
}

/// `tenon_runtime::object!(Pet: Hash { required id: "id" });`
fn table(scope: &Scope<'_>, item: &Item, shape: &Struct, out: &mut Code) {
    let fields: Vec<String> = shape.fields.iter().map(|field| entry(scope, field)).collect();
    let mut close = match &shape.rest {
        Rest::Ignore | Rest::Deny => " }".to_owned(),
        Rest::Unknown { name } => format!(" }} rest {}", word(name)),
        Rest::Keep { name, rules, .. } => {
            format!(" }} rest {}{}", word(name), rules::list(rules))
        }
    };
    if !shape.rules.is_empty() {
        close.push_str(&format!(", rules {}", rules::group(&shape.rules)));
    }
    close.push_str(");");
    out.blank();
    let open = format!("tenon_runtime::object!({} {{ ", super::listed(item, fields.len()));
    out.packed(0, &open, &fields, &close);
}

/// `optional name: "name" nullable [MaxLength(5)]`
fn entry(scope: &Scope<'_>, field: &Field) -> String {
    let presence = match field.presence {
        Presence::Required => "required",
        Presence::Optional => "optional",
    };
    let mut text = format!("{presence} {}: {}", word(&field.name), quoted(&field.wire));
    let words = [
        (types::accepts_null(scope, &field.ty), " nullable"),
        (field.read_only, " read_only"),
        (field.write_only, " write_only"),
        (field.quoted, " quoted"),
    ];
    for (_, word) in words.into_iter().filter(|(holds, _)| *holds) {
        text.push_str(word);
    }
    text.push_str(&rules::list(&field.rules));
    text
}
