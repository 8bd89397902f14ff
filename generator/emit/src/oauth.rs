//! `oauth.rs` and `scopes.rs`: the endpoints and scopes of OAuth 2.0 schemes.

use std::collections::BTreeMap;

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use tenon_ir::{Api, Credential, Scheme, Scope as OAuthScope};

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
    api.schemes.iter().any(|scheme| matches!(scheme.credential, Credential::OAuth2 { .. }))
}

/// Whether the API has scopes to list.
pub(crate) fn has_scopes(api: &Api) -> bool {
    !scopes(api).is_empty()
}

/// `oauth.rs`
pub(crate) fn endpoints_file(api: &Api, package: &Package) -> Option<File> {
    let statics: Vec<TokenStream> = api.schemes.iter().filter_map(endpoints).collect();
    let docs = Text::new("Endpoints of OAuth 2.0 (RFC 6749), as the document gives them.");
    let items = quote!(use tenon_runtime::OAuth2; #(#statics)*);
    let path = package.path(api, "oauth.rs");
    (!statics.is_empty()).then(|| rust(path, &package.source, &docs, ast::items(items)))
}

fn endpoints(scheme: &Scheme) -> Option<TokenStream> {
    let Credential::OAuth2 {
        prefix,
        authorization_url,
        token_url,
        refresh_url,
        revocation_url,
        scopes: _,
    } = &scheme.credential
    else {
        return None;
    };
    let mut docs = Text::of(&scheme.docs, || format!("The security scheme {}.", code(&scheme.key)));
    docs.origin(&scheme.docs);
    let (docs, name) = (docs.outer(), constant(scheme));
    let method = |name: &str, url: &Option<String>| {
        let name = named(name);
        url.as_ref().map(|url| quote!(.#name(#url)))
    };
    let authorization = method("authorization_url", authorization_url);
    let token = method("token_url", token_url);
    let refresh = method("refresh_url", refresh_url);
    let revocation = method("revocation_url", revocation_url);
    Some(quote! {
        #docs
        pub static #name: OAuth2 = OAuth2::new(#prefix) #authorization #token #refresh #revocation;
    })
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
        if let Credential::OAuth2 { scopes, .. } = &scheme.credential {
            for scope in scopes {
                result.entry(scope.name.as_str()).or_insert(scope);
            }
        }
    }
    result
}
