//! Examples of calls: doctests that compile, and are not run.

use proc_macro2::TokenStream;
use quote::quote;
use tenon_ir::{Api, Expr, Group, Input, Operation, OperationExample, Type};

use crate::literal::{ident, named};
use crate::package::Package;
use crate::scope::Scope;
use crate::{ast, body, expr, file};

/// The fenced lines of an operation's example.
pub(crate) fn lines(
    api: &Api,
    package: &Package,
    group: &Group,
    operation: &Operation,
) -> Option<Vec<String>> {
    let example = operation.example.as_ref()?;
    let scope = Scope::doctest(api);
    let call = call(&scope, group, operation, example);
    let module = package.module_path.as_str();
    let imports = file::print(ast::items(imports(&scope, module, group)));
    let body = file::print(ast::items(function(operation, &call)));
    let mut lines = vec!["```no_run".to_owned()];
    if operation.docs.deprecated {
        lines.push("# #[allow(deprecated)]".to_owned());
    }
    lines.push(format!(
        "# async fn example(client: &{module}::Client) -> Result<(), Box<dyn std::error::Error>> {{"
    ));
    lines.extend(imports.trim().lines().map(str::to_owned));
    if !imports.is_empty() {
        lines.push(String::new());
    }
    lines.extend(statements(&body).map(str::to_owned));
    lines.extend(["# Ok(())", "# }", "```"].map(str::to_owned));
    Some(lines)
}

/// Imports of what the call uses.
fn imports(scope: &Scope<'_>, module: &str, group: &Group) -> TokenStream {
    let path: TokenStream = module.parse().unwrap_or_default();
    let models = scope.imported_models();
    let models = models.iter().map(|name| named(name));
    let models = (models.len() > 0).then(|| quote!(use #path::models::{#(#models),*};));
    // The runtime is reached through the generated crate: users need no dependency of their own.
    let root = named(module.split("::").next().unwrap_or_default());
    let json = scope.imports_json().then(|| quote!(use #root::tenon_runtime::json;));
    let runtime = scope.imported_runtime();
    let runtime = runtime.iter().map(|name| named(name));
    let runtime = (runtime.len() > 0).then(|| quote!(use #root::tenon_runtime::{#(#runtime),*};));
    let name = ident(&group.name);
    let group = scope.imports_group().then(|| quote!(use #path::#name;));
    quote!(#group #models #json #runtime)
}

/// A function that the formatter can print, for the sake of its statements.
fn function(operation: &Operation, call: &TokenStream) -> TokenStream {
    if operation.paging.is_some() {
        return quote! {
            async fn example() {
                let mut items = #call.items();
                while let Some(item) = items.try_next().await? {
                    println!("{item:?}");
                }
            }
        };
    }
    quote! {
        async fn example() {
            let reply = #call.await?;
        }
    }
}

/// The formatted statements of the function, one indentation less deep.
fn statements(function: &str) -> impl Iterator<Item = &str> {
    let inner = function.lines().skip_while(|line| !line.starts_with("async")).skip(1);
    inner.take_while(|line| *line != "}").map(|line| line.strip_prefix("    ").unwrap_or(line))
}

fn call(
    scope: &Scope<'_>,
    group: &Group,
    operation: &Operation,
    example: &OperationExample,
) -> TokenStream {
    let (handle, method) = (ident(&group.name), ident(&operation.name));
    let mut given = example.arguments.iter().peekable();
    let named_media = example.arguments.len() > operation.arguments.len();
    let arguments = operation.arguments.iter().map(|input| {
        let media = media(operation, *input).map(|usual| {
            match (named_media, given.next_if(|_| named_media)) {
                (true, Some(media)) => expr::text(media),
                _ => quote!(#usual),
            }
        });
        let value = given.next().map(|it| value(scope, group, operation, *input, it));
        let values = media.into_iter().chain(value);
        quote!(#(#values),*)
    });
    let arguments: Vec<TokenStream> = arguments.collect();
    let setters = example.setters.iter().map(|(name, it)| {
        let method = ident(name);
        let input =
            operation.setters.iter().find(|input| input_name(operation, **input) == Some(name));
        let value = input.map(|input| {
            let media = media(operation, *input).map(|usual| quote!(#usual,));
            let value = value(scope, group, operation, *input, it);
            quote!(#media #value)
        });
        quote!(.#method(#value))
    });
    quote!(client.#handle().#method(#(#arguments),*) #(#setters)*)
}

fn input_name(operation: &Operation, input: Input) -> Option<&tenon_ir::Ident> {
    match input {
        Input::Param(at) => operation.params.get(at).map(|param| &param.name),
        Input::Body => operation.body.as_ref().map(|body| &body.name),
    }
}

/// A media type to name with the body, where the operation takes one.
fn media(operation: &Operation, input: Input) -> Option<&'static str> {
    match input {
        Input::Body => operation.body.as_ref().and_then(body::media),
        Input::Param(_) => None,
    }
}

fn value(
    scope: &Scope<'_>,
    group: &Group,
    operation: &Operation,
    input: Input,
    expr: &Expr,
) -> TokenStream {
    match (input, &operation.body) {
        (Input::Param(at), _) => match operation.params.get(at) {
            Some(param) => expr::borrowed(scope, &param.ty, expr),
            None => expr::borrowed(scope, &Type::Json, expr),
        },
        (Input::Body, Some(request)) => body::example(scope, request, expr, &group.name),
        (Input::Body, None) => TokenStream::new(),
    }
}
