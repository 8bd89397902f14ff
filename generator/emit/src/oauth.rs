//! `oauth.rs` and `scopes.rs`: the endpoints and scopes of OAuth 2.0 schemes.

use std::collections::BTreeMap;

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use tenon_ir::{Api, Credential, OAuth2, Scheme, Scope as OAuthScope};

use crate::ast;
use crate::docs::Text;
use crate::file::{File, rust};
use crate::literal::{Plain, ident, named};
use crate::markdown::{self, code};
use crate::package::Package;

/// Name of the static that holds a scheme's endpoints.
pub(crate) fn constant(scheme: &Scheme) -> Ident {
    named(&scheme.name.plain().to_uppercase())
}

/// Whether the API has endpoints to list.
pub(crate) fn has_endpoints(api: &Api) -> bool {
    api.schemes.iter().any(|scheme| matches!(scheme.credential, Credential::OAuth2(_)))
}

/// Whether the API has scopes to list.
pub(crate) fn has_scopes(api: &Api) -> bool {
    !scopes(api).is_empty()
}

/// `oauth.rs`
pub(crate) fn endpoints_file(api: &Api, package: &Package) -> Option<File> {
    let statics: Vec<TokenStream> =
        api.schemes.iter().filter_map(|scheme| endpoints(package, scheme)).collect();
    let docs = Text::new("Endpoints of OAuth 2.0 (RFC 6749), as the document gives them.");
    let in_body = api.schemes.iter().any(
        |scheme| matches!(&scheme.credential, Credential::OAuth2(oauth) if oauth.secret_in_body),
    );
    let import = if in_body { quote!({ClientAuth, OAuth2}) } else { quote!(OAuth2) };
    let items = quote!(use tenon_runtime::#import; #(#statics)*);
    let path = package.path(api, "oauth.rs");
    (!statics.is_empty()).then(|| rust(path, &package.source, &docs, ast::items(items)))
}

/// What users of a scheme's method may give it.
pub(crate) fn advice(scheme: &Scheme, oauth: &OAuth2) -> String {
    let constant = constant(scheme);
    let told = oauth.discovery_url.as_deref();
    let told = told.map(|url| format!(" The provider tells its endpoints at {}.", code(url)));
    format!(
        "[`{constant}`](super::oauth::{constant}) makes tokens that are renewed by themselves.{}",
        told.unwrap_or_default()
    )
}

fn endpoints(package: &Package, scheme: &Scheme) -> Option<TokenStream> {
    let Credential::OAuth2(oauth) = &scheme.credential else { return None };
    let mut docs = Text::of(&scheme.docs, || format!("The security scheme {}.", code(&scheme.key)));
    if !oauth.flows.is_empty() {
        docs.sentence(&format!("Its flows in the document: {}.", oauth.flows.join(", ")));
    }
    docs.block(usage(package, scheme));
    docs.origin(&scheme.docs);
    let (docs, name, calls) = (docs.outer(), constant(scheme), calls(oauth));
    let prefix = &oauth.prefix;
    Some(quote! {
        #docs
        pub static #name: OAuth2 = OAuth2::new(#prefix) #calls;
    })
}

/// What the document says beside the prefix.
fn calls(oauth: &OAuth2) -> TokenStream {
    let text = |name: &str, value: &Option<String>| {
        let name = named(name);
        value.as_ref().map(|value| quote!(.#name(#value)))
    };
    let pairs = |name: &str, pairs: &[(String, String)]| {
        let name = named(name);
        let items = pairs.iter().map(|(key, value)| quote!((#key, #value)));
        (!pairs.is_empty()).then(|| quote!(.#name(&[#(#items),*])))
    };
    let in_body = oauth.secret_in_body.then(|| quote!(.client_auth(ClientAuth::Body)));
    let number = oauth.max_refresh_tokens.map(proc_macro2::Literal::u32_unsuffixed);
    let calls = [
        text("authorization_url", &oauth.authorization_url),
        pairs("authorization_params", &oauth.authorization_params),
        text("token_url", &oauth.token_url),
        text("refresh_url", &oauth.refresh_url),
        text("revocation_url", &oauth.revocation_url),
        text("revocation_parameter", &oauth.revocation_parameter),
        text("device_url", &oauth.device_url),
        text("discovery_url", &oauth.discovery_url),
        pairs("origins", &oauth.origins),
        text("scope_separator", &oauth.scope_separator),
        in_body,
        number.map(|number| quote!(.max_refresh_tokens(#number))),
    ];
    calls.into_iter().flatten().collect()
}

/// An example of what the feature `oauth2` adds.
fn usage(package: &Package, scheme: &Scheme) -> Vec<String> {
    let (module, constant) = (&package.module_path, constant(scheme));
    let setter = ident(&scheme.name);
    let Credential::OAuth2(oauth) = &scheme.credential else { return Vec::new() };
    if oauth.token_url.is_none() && oauth.discovery_url.is_none() {
        return Vec::new();
    }
    let is_of_client =
        !oauth.flows.is_empty() && oauth.flows.iter().all(|flow| flow == "client credentials");
    let made =
        if is_of_client { "client_credentials()" } else { "refresh_token(\"refresh token\")" };
    let lines = [
        "With the feature `oauth2` of this crate, tokens are fetched and renewed:".to_owned(),
        String::new(),
        "```no_run".to_owned(),
        "# #[cfg(feature = \"oauth2\")] {".to_owned(),
        format!("use {module}::{{Client, oauth::{constant}}};"),
        String::new(),
        format!("let registered = {constant}.client(\"client id\").secret(\"client secret\");"),
        format!("let client = Client::builder().{setter}(registered.{made});"),
        "# }".to_owned(),
        "```".to_owned(),
    ];
    lines.to_vec()
}

/// `scopes.rs`
pub(crate) fn scopes_file(api: &Api, package: &Package) -> Option<File> {
    let constants = scopes(api).into_values().map(|scope| {
        let said = markdown::inline(&scope.description);
        let said = if said.is_empty() { format!("{}.", code(&scope.value)) } else { said };
        let docs = Text::new(said).outer();
        let (name, value) = (ident(&scope.name), &scope.value);
        quote!(#docs pub const #name: &str = #value;)
    });
    let constants: Vec<TokenStream> = constants.collect();
    let docs = Text::new("Scopes of OAuth 2.0 (RFC 6749, section 3.3).");
    let path = package.path(api, "scopes.rs");
    (!constants.is_empty())
        .then(|| rust(path, &package.source, &docs, ast::items(quote!(#(#constants)*))))
}

/// Every scope of every scheme, once each, by name.
fn scopes(api: &Api) -> BTreeMap<&str, &OAuthScope> {
    let mut result = BTreeMap::new();
    for scheme in &api.schemes {
        if let Credential::OAuth2(oauth) = &scheme.credential {
            for scope in &oauth.scopes {
                result.entry(scope.name.as_str()).or_insert(scope);
            }
        }
    }
    result
}
