//! A driver: a program beside a generated crate that calls each operation by its number, with inputs
//! in JSON, and that reads and writes values of the crate's types.
//!
//! It is no part of what users get. It stands on `tenon-drive`, which holds everything that isn't of
//! one API, and is as short as can be: it is compiled to be run once.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use tenon_ir::{
    Api, Body, Content, Credential, Form, Input, Media, Multipart, Operation, Outcome, Sent, Type,
};

use crate::ast;
use crate::docs::Text;
use crate::file::{File, rust_root};
use crate::literal::{ident, index, named};
use crate::scope::Scope;
use crate::types;

/// What a driver is made for.
#[derive(Clone, Debug)]
pub struct Driver<'a> {
    /// Package of the generated crate; its folder lies beside the driver's.
    pub client: &'a str,
    /// Folder of `tenon-drive`.
    pub drive: &'a str,
    /// What it does.
    pub does: Does<'a>,
}

/// What a driver does.
#[derive(Clone, Copy, Debug)]
pub enum Does<'a> {
    /// Calls each operation, by its place in [`Api::operations`].
    Calls,
    /// Reads and writes values of these types, by their place in the list.
    Values(&'a [Type]),
}

/// The name of a driver's package.
pub fn driver_name(client: &str) -> String {
    format!("{client}-driver")
}

/// Writes the driver of an API's crate.
pub fn emit_driver(api: &Api, driver: &Driver<'_>) -> Vec<File> {
    let scope = Scope::module(api, []);
    let body = match driver.does {
        Does::Calls => calls(&scope, api, driver),
        Does::Values(types) => values(&scope, types),
    };
    // A file beside the models writes `models::Pet`, and so does this one.
    let imports = scope.outside_imports();
    let client = named(&driver.client.replace('-', "_"));
    let limit = crate::package::recursion_limit([api]);
    let items = ast::items(quote! {
        use #client::models;
        #imports
        #body
    });
    let docs = Text::new(format!("The driver of `{}`.", driver.client));
    let allow = quote!(#![allow(deprecated, unused, clippy::all)] #limit);
    let main = rust_root("src/main.rs".to_owned(), driver.client, &docs, Some(allow), items);
    vec![manifest(driver), main]
}

fn manifest(driver: &Driver<'_>) -> File {
    let Driver { client, drive, .. } = driver;
    let name = driver_name(client);
    let text = format!(
        "[package]\nname = {name:?}\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[dependencies]\n\
         {client} = {{ path = \"../{client}\" }}\ntenon-drive = {{ path = {drive:?} }}\n\
         tenon-runtime = {{ path = {runtime:?} }}\n",
        runtime = format!("{drive}/../../runtime"),
    );
    File { path: "Cargo.toml".to_owned(), text }
}

fn values(scope: &Scope<'_>, types: &[Type]) -> TokenStream {
    let rounds = types.iter().map(|ty| {
        let ty = types::rust(scope, ty);
        quote!(tenon_drive::round::<#ty>)
    });
    quote! {
        static TYPES: &[tenon_drive::Round] = &[#(#rounds),*];
        fn main() -> std::process::ExitCode {
            tenon_drive::values(TYPES)
        }
    }
}

fn calls(scope: &Scope<'_>, api: &Api, driver: &Driver<'_>) -> TokenStream {
    let crate_name = named(&driver.client.replace('-', "_"));
    let operations = api
        .groups
        .iter()
        .flat_map(|group| group.operations.iter().map(move |operation| (group, operation)));
    let functions = operations.enumerate().map(|(at, (group, operation))| {
        let (name, handle) = (format_ident!("call_{at}"), ident(&group.name));
        let module = quote!(#crate_name::#handle);
        call(scope, operation, &name, &handle, &module)
    });
    let functions: TokenStream = functions.collect();
    let names = (0..api.operations().count()).map(|at| format_ident!("call_{at}"));
    let credentials = api.schemes.iter().map(|scheme| {
        let name = ident(&scheme.name);
        match &scheme.credential {
            Credential::Basic => quote!(.#name("tenon", "secret")),
            Credential::Bearer
            | Credential::Header { .. }
            | Credential::Query { .. }
            | Credential::Cookie { .. }
            | Credential::OAuth2 { .. } => quote!(.#name("secret")),
            Credential::Transport => quote!(),
        }
    });
    quote! {
        use #crate_name::Client;
        use tenon_drive::{Inputs, Sent};
        fn client(server: &str) -> Result<Client, String> {
            let builder = Client::builder().base_url(server) #(#credentials)*;
            builder.build().map_err(|error| error.to_string())
        }
        #functions
        static CALLS: &[tenon_drive::Call<Client>] = &[#(#names),*];
        fn main() -> std::process::ExitCode {
            tenon_drive::calls(client, CALLS)
        }
    }
}

fn call(
    scope: &Scope<'_>,
    operation: &Operation,
    name: &proc_macro2::Ident,
    handle: &proc_macro2::Ident,
    module: &TokenStream,
) -> TokenStream {
    let method = ident(&operation.name);
    let arguments: Option<Vec<TokenStream>> = operation
        .arguments
        .iter()
        .map(|input| argument(scope, operation, module, *input))
        .collect();
    let Some(arguments) = arguments else { return undriven(name) };
    let setters = operation.setters.iter().map(|input| setter(scope, operation, module, *input));
    let mutable = (!operation.setters.is_empty()).then(|| quote!(mut));
    let reply = shown(module, &operation.success);
    let documented = shown(module, &operation.failure);
    quote! {
        fn #name(client: &Client, inputs: &Inputs) -> Result<Sent, tenon_runtime::Fault> {
            let #mutable call = client.#handle().#method(#(#arguments),*);
            #(#setters)*
            Ok(tenon_drive::send(call, #reply, #documented))
        }
    }
}

/// A call that needs what a driver can't be told.
fn undriven(name: &proc_macro2::Ident) -> TokenStream {
    quote! {
        fn #name(client: &Client, inputs: &Inputs) -> Result<Sent, tenon_runtime::Fault> {
            Err(tenon_runtime::Fault::new("$", "a body that isn't made of parts", "parts", 0))
        }
    }
}

fn argument(
    scope: &Scope<'_>,
    operation: &Operation,
    module: &TokenStream,
    input: Input,
) -> Option<TokenStream> {
    match input {
        Input::Param(at) => {
            let (ty, borrow) = taken(scope, &operation.params.get(at)?.ty);
            let at = index(at);
            Some(quote!(#borrow inputs.required::<#ty>(#at)?))
        }
        Input::Body => body(scope, operation, module, |ty| quote!(inputs.body::<#ty>()?)),
    }
}

fn setter(
    scope: &Scope<'_>,
    operation: &Operation,
    module: &TokenStream,
    input: Input,
) -> Option<TokenStream> {
    match input {
        Input::Param(at) => {
            let param = operation.params.get(at)?;
            let (ty, borrow) = taken(scope, &param.ty);
            let (at, name) = (index(at), ident(&param.name));
            Some(quote! {
                if let Some(value) = inputs.optional::<#ty>(#at)? {
                    call = call.#name(#borrow value);
                }
            })
        }
        Input::Body => {
            let (name, mut of) = (ident(&operation.body.as_ref()?.name), quote!(()));
            let value = body(scope, operation, module, |ty| {
                of = quote!(#ty);
                quote!(value)
            })?;
            Some(quote! {
                if let Some(value) = inputs.optional_body::<#of>()? {
                    call = call.#name(#value);
                }
            })
        }
    }
}

/// The type of a parameter's value, and how it is handed over.
fn taken(scope: &Scope<'_>, ty: &Type) -> (syn::Type, Option<TokenStream>) {
    let borrow = matches!(scope.resolve(ty), Type::List(_)).then(|| quote!(&));
    (types::rust(scope, unboxed(ty)), borrow)
}

fn unboxed(ty: &Type) -> &Type {
    match ty {
        Type::Boxed(inner) => inner,
        other => other,
    }
}

/// The arguments for a body; `read` reads a value of the type that it is given.
///
/// Of several media types the preferred one is sent. There are none for a body of parts: it can't be
/// told in JSON.
fn body(
    scope: &Scope<'_>,
    operation: &Operation,
    module: &TokenStream,
    read: impl FnOnce(syn::Type) -> TokenStream,
) -> Option<TokenStream> {
    let body = operation.body.as_ref()?;
    let payload = *body.payloads().first()?;
    let text = || ast::ty(ast::path(named("String")));
    let (value, borrow) = match &payload.content {
        Content::Json(ty)
        | Content::Form(Form { ty, .. })
        | Content::Multipart(Multipart::Value(Form { ty, .. })) => {
            let (ty, borrow) = taken(scope, ty);
            (read(ty), borrow)
        }
        Content::Lines(ty) => {
            (read(ast::generic(scope.vec(), [types::rust(scope, ty)])), Some(quote!(&)))
        }
        Content::Text => (read(text()), None),
        Content::Bytes => {
            let value = read(text());
            (quote!(tenon_runtime::Body::from(#value)), None)
        }
        Content::Multipart(Multipart::Parts(_) | Multipart::Open) => return None,
    };
    Some(match &body.sent {
        Sent::One(_) => {
            let media = match &payload.media {
                Media::Exact(_) => None,
                Media::Range(_) => Some(quote!("application/octet-stream",)),
            };
            quote!(#media #borrow #value)
        }
        Sent::Choice { name, cases } => {
            let (name, case) = (ident(name), ident(&cases.first()?.name));
            quote!(#module::#name::#case(#value))
        }
    })
}

/// The function that shows what comes back.
fn shown(module: &TokenStream, outcome: &Outcome) -> TokenStream {
    match outcome {
        Outcome::None | Outcome::One(Body::Empty) => quote!(tenon_drive::nothing),
        Outcome::One(Body::Json(_)) => quote!(tenon_drive::json),
        Outcome::One(Body::Text) => quote!(tenon_drive::text),
        Outcome::One(Body::Bytes) => quote!(tenon_drive::bytes),
        Outcome::One(Body::Events(..) | Body::Lines(_)) => quote!(tenon_drive::stream),
        Outcome::Many { name, cases, .. } => {
            let outcome = ident(name);
            let arms = cases.iter().map(|case| {
                let name = ident(&case.name);
                match &case.content {
                    Body::Empty => quote!(#module::#outcome::#name => tenon_drive::nothing(&())),
                    Body::Json(_) => {
                        quote!(#module::#outcome::#name(value) => tenon_drive::json(value))
                    }
                    Body::Text => {
                        quote!(#module::#outcome::#name(value) => tenon_drive::text(value))
                    }
                    Body::Bytes => {
                        quote!(#module::#outcome::#name(value) => tenon_drive::bytes(value))
                    }
                    Body::Events(..) | Body::Lines(_) => {
                        quote!(#module::#outcome::#name(value) => tenon_drive::stream(value))
                    }
                }
            });
            quote!(|value| match value { #(#arms,)* _ => tenon_drive::nothing(&()) })
        }
    }
}
