//! Structs: fields, constructor and setters, the table of their properties.

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use syn::{Attribute, Expr, ImplItem, Path};
use tenon_ir::{Field, Item, Presence, Rest, Struct, Type};

use super::codec;
use crate::ast::{self, Function, Receiver};
use crate::docs::{Text, json};
use crate::literal::{ident, named};
use crate::markdown::code;
use crate::scope::Scope;
use crate::{argument, casing, expr, lints, rules, types};

/// Longest default that is shown in documentation, in bytes.
const LONGEST_DEFAULT: usize = 200;

pub(super) fn items(scope: &Scope<'_>, item: &Item, shape: &Struct) -> Vec<syn::Item> {
    let mut items = vec![definition(scope, item, shape)];
    if item.usage.request {
        items.push(construction(scope, item, shape));
    }
    items.extend(default(scope, item, shape));
    items.push(table(scope, item, shape));
    items.extend(codec::items(item, shape, &constant(item)));
    items
}

fn definition(scope: &Scope<'_>, item: &Item, shape: &Struct) -> syn::Item {
    let derives = super::derives(item.derives);
    let attributes =
        ast::attributes(super::docs(item).lines(), Some(quote!(#derives #[non_exhaustive])));
    let mut fields: Vec<syn::Field> = shape.fields.iter().map(|it| field(scope, it)).collect();
    fields.extend(rest_field(scope, &shape.rest));
    ast::structure(attributes, ident(&item.name), fields)
}

fn field(scope: &Scope<'_>, field: &Field) -> syn::Field {
    let ty = types::rust(scope, &field.ty);
    let (ty, wraps) = match field.presence {
        Presence::Required => (ty, 0),
        Presence::Optional => (types::optional(scope, ty), 1),
    };
    let attributes =
        ast::attributes(field_docs(field).lines(), lints::complexity(&field.ty, wraps));
    ast::public_field(attributes, ident(&field.name), ty)
}

fn rest_field(scope: &Scope<'_>, rest: &Rest) -> Option<syn::Field> {
    match rest {
        Rest::Ignore | Rest::Deny => None,
        Rest::Keep { name, ty, rules } => {
            let mut docs = Text::new("Properties that the document doesn't list, by name.");
            docs.facts(&rules::words(rules));
            let attributes = ast::attributes(docs.lines(), None);
            Some(ast::public_field(attributes, ident(name), types::map(scope, ty)))
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

fn construction(scope: &Scope<'_>, item: &Item, shape: &Struct) -> syn::Item {
    let mut members = vec![constructor(scope, shape)];
    let settable = shape.fields.iter().filter(|it| !is_required(it) && !it.read_only);
    for field in settable {
        setters(scope, field, &mut members);
    }
    members.extend(rest_setter(scope, &shape.rest));
    ast::inherent(ident(&item.name), members)
}

fn constructor(scope: &Scope<'_>, shape: &Struct) -> ImplItem {
    let required: Vec<&Field> = shape.fields.iter().filter(|it| it.is_argument()).collect();
    let default = required.is_empty();
    let docs = match default {
        true => " Creates the value with every optional property left out.",
        false => " Creates the value from its required properties.",
    };
    let body = if default {
        // Not `Self::default()`: a property may be called so.
        ast::call(ast::within(ast::path(named("Default")), named("default")), [])
    } else {
        literal(scope, shape)
    };
    let inputs = required.iter().map(|field| {
        let name = ident(&field.name);
        ast::input(Vec::new(), &name, argument::owned(scope, &field.ty, &name).ty)
    });
    let mut lint = TokenStream::from_iter(lints::arguments(required.len()));
    lint.extend(required.iter().find_map(|field| lints::complexity(&field.ty, 0)));
    let function = Function {
        attrs: ast::attributes(vec![docs.to_owned()], Some(lint)),
        public: true,
        name: named("new"),
        receiver: Receiver::None,
        inputs: inputs.collect(),
        output: ast::ty(ast::path(named("Self"))),
        body: vec![ast::result(body)],
    };
    function.into()
}

/// `Default` of a struct whose required properties are all constants; without any it is derived.
fn default(scope: &Scope<'_>, item: &Item, shape: &Struct) -> Option<syn::Item> {
    if item.derives.default || shape.fields.iter().any(Field::is_argument) {
        return None;
    }
    let (name, trait_name) = (ident(&item.name), ast::path(named("Default")));
    let value = literal(scope, shape);
    ast::items(quote! {
        impl #trait_name for #name {
            fn default() -> Self {
                #value
            }
        }
    })
    .into_iter()
    .next()
}

fn literal(scope: &Scope<'_>, shape: &Struct) -> Expr {
    let values = shape.fields.iter().map(|field| {
        let name = ident(&field.name);
        let value = match field.presence {
            Presence::Required => match &field.constant {
                Some(constant) => ast::other(expr::exact(scope, &field.ty, constant)),
                None => argument::owned(scope, &field.ty, &name).value,
            },
            Presence::Optional => ast::expr(scope.none()),
        };
        (name, value)
    });
    let rest = match &shape.rest {
        Rest::Ignore | Rest::Deny => None,
        Rest::Keep { name, .. } => {
            let new = ast::within(scope.map(), named("new"));
            Some((ident(name), ast::call(new, [])))
        }
    };
    ast::self_literal(values.chain(rest))
}

fn setters(scope: &Scope<'_>, field: &Field, members: &mut Vec<ImplItem>) {
    let (name, some) = (ident(&field.name), scope.some());
    let docs = sets(field.name.as_str());
    let Type::Nullable(inner) = scope.resolve(&field.ty) else {
        let argument = argument::owned(scope, &field.ty, &name);
        let value = ast::call(some, [argument.value]);
        let attributes = setter_attributes(format!("{docs}."), field, &name, Some(&field.ty));
        members.push(setter(attributes, &name, Some(argument.ty), &name, value));
        return;
    };
    let argument = argument::owned(scope, inner, &name);
    let value = ast::call(some.clone(), [ast::call(some.clone(), [argument.value])]);
    let attributes = setter_attributes(format!("{docs}."), field, &name, Some(inner));
    members.push(setter(attributes, &name, Some(argument.ty), &name, value));
    let null = expr::null_setter(&field.name);
    let attributes = setter_attributes(format!("{docs} to `null`."), field, &null, None);
    let value = ast::call(some, [ast::expr(scope.none())]);
    members.push(setter(attributes, &null, None, &name, value));
}

/// What a setter does, without the full stop.
fn sets(field: &str) -> String {
    let plain = field.trim_start_matches("r#");
    format!(" Sets [`{plain}`](field@Self::{plain})")
}

fn setter_attributes(
    docs: String,
    field: &Field,
    method: &Ident,
    ty: Option<&Type>,
) -> Vec<Attribute> {
    let mut others = TokenStream::new();
    others.extend(field.docs.deprecated.then(|| quote!(#[deprecated])));
    others.extend(ty.and_then(|ty| lints::complexity(ty, 0)));
    others.extend(lints::operator(method));
    ast::attributes(vec![docs], Some(others))
}

fn setter(
    attrs: Vec<Attribute>,
    method: &Ident,
    argument: Option<syn::Type>,
    field: &Ident,
    value: Expr,
) -> ImplItem {
    let this = named("self");
    let function = Function {
        attrs,
        public: true,
        name: method.clone(),
        receiver: Receiver::Mutable,
        inputs: argument.map(|ty| ast::input(Vec::new(), field, ty)).into_iter().collect(),
        output: ast::ty(ast::path(named("Self"))),
        body: vec![
            ast::assignment(ast::field(ast::local(&this), field), value),
            ast::result(ast::local(&this)),
        ],
    };
    function.into()
}

fn rest_setter(scope: &Scope<'_>, rest: &Rest) -> Option<ImplItem> {
    match rest {
        Rest::Ignore | Rest::Deny => None,
        Rest::Keep { name, ty, .. } => {
            let attributes = ast::attributes(vec![format!("{}.", sets(name.as_str()))], None);
            let name = ident(name);
            let argument = Some(types::map(scope, ty));
            Some(setter(attributes, &name, argument, &name, ast::local(&name)))
        }
    }
}

fn table(scope: &Scope<'_>, item: &Item, shape: &Struct) -> syn::Item {
    let object = scope.codec("Object");
    let fields = shape.fields.iter().map(|field| entry(scope, field));
    let new = ast::within(object.clone(), named("new"));
    let mut value = ast::call(new, [ast::text(item.name.as_str()), ast::slice(fields)]);
    match &shape.rest {
        Rest::Ignore => {}
        Rest::Deny => value = ast::method(value, "closed", []),
        Rest::Keep { rules, .. } => {
            value = ast::method(value, "rest", []);
            if !rules.is_empty() {
                value = ast::method(value, "rest_rules", [rules::table(scope, rules)]);
            }
        }
    }
    let value = rules::method(scope, value, &shape.rules);
    ast::static_item(constant(item), object, value)
}

fn constant(item: &Item) -> Ident {
    named(&casing::constant(item.name.as_str()))
}

fn entry(scope: &Scope<'_>, field: &Field) -> Expr {
    let ty: Path = scope.codec("Field");
    let new = match field.presence {
        Presence::Required => ast::within(ty, named("required")),
        Presence::Optional => ast::within(ty, named("optional")),
    };
    let mut value = ast::call(new, [ast::text(&field.wire)]);
    if types::accepts_null(scope, &field.ty) {
        value = ast::method(value, "nullable", []);
    }
    value = rules::method(scope, value, &field.rules);
    if field.read_only {
        value = ast::method(value, "read_only", []);
    }
    if field.write_only {
        value = ast::method(value, "write_only", []);
    }
    value
}
