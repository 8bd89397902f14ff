//! A driver: a program beside a generated crate that calls each operation by its number, with inputs
//! in JSON, and that reads and writes values of the crate's types.
//!
//! It is no part of what users get. It stands on `tenon-drive`, which holds everything that isn't of
//! one API, and is as short as can be: it is compiled to be run once.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use tenon_ir::{Api, Credential, Operation, Type};

use crate::ast;
use crate::docs::Text;
use crate::file::{File, rust_root};
use crate::literal::{ident, named};
use crate::scope::Scope;
use crate::types;

mod body;
mod input;
mod shown;

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
            | Credential::OAuth2(_) => quote!(.#name("secret")),
            Credential::MutualTls | Credential::Transport => quote!(),
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
    let arguments =
        operation.arguments.iter().map(|it| input::argument(scope, operation, module, *it));
    let setters = operation.setters.iter().map(|it| input::setter(scope, operation, module, *it));
    let mutable = (!operation.setters.is_empty()).then(|| quote!(mut));
    let documented = shown::by_reference(module, &operation.failure);
    let streamed = operation.stream.as_ref().map(|stream| {
        let reply = shown::by_value(module, stream, true);
        quote! {
            if inputs.streamed() {
                return Ok(tenon_drive::send_streamed(call, #reply, #documented));
            }
        }
    });
    let send = match shown::is_read(&operation.success) {
        true => {
            let reply = shown::by_value(module, &operation.success, false);
            quote!(tenon_drive::send_and_read(call, #reply, #documented))
        }
        false => {
            let reply = shown::by_reference(module, &operation.success);
            quote!(tenon_drive::send(call, #reply, #documented))
        }
    };
    quote! {
        fn #name(client: &Client, inputs: &Inputs) -> Result<Sent, tenon_runtime::Fault> {
            let #mutable call = client.#handle().#method(#(#arguments),*);
            #(#setters)*
            #streamed
            Ok(#send)
        }
    }
}
