//! `client.rs`: what the runtime knows of the API, the client, its builder's own methods.

use proc_macro2::TokenStream;
use quote::quote;
use tenon_ir::{Api, Choices, Credential, Scheme, Segment, Variable};

use crate::ast;
use crate::docs::Text;
use crate::file::{File, rust};
use crate::literal::{Plain, ident, index};
use crate::markdown::{code, literal};
use crate::model;
use crate::package::Package;
use crate::scope::Scope;
use crate::{gate, lints, oauth, policy};

/// `client.rs`
pub(crate) fn file(api: &Api, package: &Package) -> File {
    let scope = Scope::module(api, names(api));
    let descriptor = descriptor(&scope, api);
    let docs = format!(" Client of {}.", package.title(api));
    let groups = groups(api);
    let builder = builder(&scope, api);
    let server = (api.servers.len() > 1).then(|| server_enum(api));
    let choices =
        api.variables.iter().filter_map(|variable| variable.choices.as_ref().map(choices));
    let (imports, group_imports) = (scope.imports(), group_imports(api));
    let file_docs = Text::new(format!("The client of {} and its settings.", package.title(api)));
    let items = quote! {
        #imports
        #group_imports
        tenon_runtime::client! {
            #[doc = #docs]
            Client, ClientBuilder, API
        }
        #groups
        #builder
        #server
        #(#choices)*
        #descriptor
    };
    rust(package.path(api, "client.rs"), &package.source, &file_docs, ast::items(items))
}

/// Types that the file defines or imports from its siblings.
fn names(api: &Api) -> impl Iterator<Item = &str> {
    let choices = api.variables.iter().filter_map(|variable| variable.choices.as_ref());
    let choices = choices.map(|choices| choices.name.as_str());
    let handles = api.groups.iter().map(|group| group.type_name.as_str());
    ["Client", "ClientBuilder", "Server"].into_iter().chain(choices).chain(handles)
}

fn descriptor(scope: &Scope<'_>, api: &Api) -> TokenStream {
    let ty = scope.runtime("", "Api");
    let (name, title) = (api.name.plain(), &api.title);
    let version = &api.version;
    let servers = api.servers.iter().map(|server| {
        let (ty, name) = (scope.runtime("", "ServerTemplate"), server.name.as_str());
        let url = url(api, &server.url);
        quote!(#ty::new(#name, #url))
    });
    let variables = api.variables.iter().map(|it| variable(scope, it));
    let variables = (!api.variables.is_empty()).then(|| quote!(.variables(&[#(#variables),*])));
    let schemes = api.schemes.iter().map(|it| scheme(scope, it));
    let schemes = (!api.schemes.is_empty()).then(|| quote!(.schemes(&[#(#schemes),*])));
    let value = quote! {
        #ty::new(#name, #title, #version).servers(&[#(#servers),*]) #variables #schemes
    };
    let value = policy::of_api(scope, api, ast::other(value));
    quote! {
        /// What the runtime knows of the API.
        static API: #ty = #value;
    }
}

/// The template as the document writes it.
pub(crate) fn url(api: &Api, segments: &[Segment]) -> String {
    let segments = segments.iter().map(|segment| match segment {
        Segment::Text(text) => text.clone(),
        Segment::Param(at) => {
            let wire = api.variables.get(*at).map(|variable| variable.wire.as_str());
            format!("{{{}}}", wire.unwrap_or_default())
        }
    });
    segments.collect()
}

fn variable(scope: &Scope<'_>, variable: &Variable) -> TokenStream {
    let (ty, wire) = (scope.runtime("", "Variable"), &variable.wire);
    let new = match &variable.default {
        Some(default) => quote!(#ty::new(#wire, #default)),
        None => quote!(#ty::required(#wire)),
    };
    let name = variable.name.plain();
    let setter = (name != wire).then(|| quote!(.setter(#name)));
    let of_operations = variable.of_operations.then(|| quote!(.of_operations()));
    quote!(#new #setter #of_operations)
}

fn scheme(scope: &Scope<'_>, scheme: &Scheme) -> TokenStream {
    let (ty, credential) = (scope.runtime("", "Scheme"), scope.runtime("", "Credential"));
    let (key, name) = (&scheme.key, scheme.name.plain());
    let what = match &scheme.credential {
        Credential::Bearer => quote!(Bearer),
        Credential::Basic => quote!(Basic),
        Credential::Header { name, prefix } => quote!(Header { name: #name, prefix: #prefix }),
        Credential::Query { name } => quote!(Query { name: #name }),
        Credential::Cookie { name } => quote!(Cookie { name: #name }),
        Credential::OAuth2(_) => {
            let constant = oauth::constant(scheme);
            quote!(OAuth2(&super::oauth::#constant))
        }
        Credential::MutualTls => quote!(MutualTls),
        Credential::Transport => quote!(Transport),
    };
    quote!(#ty::new(#key, #name, #credential::#what))
}

fn group_imports(api: &Api) -> TokenStream {
    let groups = api.groups.iter().enumerate();
    let mut groups: Vec<_> =
        groups.map(|(index, group)| (&group.name, &group.type_name, index)).collect();
    groups.sort();
    let imports = groups.into_iter().map(|(module, name, index)| {
        let (module, name, gate) = (ident(module), ident(name), gate::of_group(api, index));
        quote!(#gate use super::#module::#name;)
    });
    imports.collect()
}

fn groups(api: &Api) -> Option<TokenStream> {
    let methods = api.groups.iter().enumerate().map(|(index, group)| {
        let (name, ty) = (ident(&group.name), ident(&group.type_name));
        let gate = gate::of_group(api, index);
        let docs = Text::of(&group.docs, || format!("Operations of “{}”.", literal(&group.tag)));
        let docs = docs.first_paragraph().outer();
        let shadow = lints::handle_method(&name.to_string(), 0);
        let shadow = shadow.and_then(|lint| lint.parse::<TokenStream>().ok());
        quote! {
            #docs
            #gate
            #shadow
            pub fn #name(&self) -> #ty {
                #ty::new(self.core())
            }
        }
    });
    (!api.groups.is_empty()).then(|| quote!(impl Client { #(#methods)* }))
}

fn builder(scope: &Scope<'_>, api: &Api) -> Option<TokenStream> {
    let server = (api.servers.len() > 1).then(|| {
        quote! {
            /// Sets the server, of those that the document lists.
            pub fn server(self, server: Server) -> Self {
                self.template(server as usize)
            }
        }
    });
    let variables = api.variables.iter().enumerate().map(|(at, it)| variable_setter(scope, at, it));
    let schemes =
        api.schemes.iter().enumerate().filter_map(|(at, it)| scheme_setter(scope, at, it));
    let methods: TokenStream = server.into_iter().chain(variables).chain(schemes).collect();
    (!methods.is_empty()).then(|| quote!(impl ClientBuilder { #methods }))
}

fn variable_setter(scope: &Scope<'_>, at: usize, variable: &Variable) -> TokenStream {
    let (name, at) = (ident(&variable.name), index(at));
    let wire = code(&variable.wire);
    let mut docs = Text::new(format!("Sets the server variable {wire}."));
    docs.append(&Text::of(&variable.docs, String::new));
    let fact = match &variable.default {
        Some(default) => format!("It is {} unless it is set.", code(default)),
        None => "It has to be set for a server that uses it.".to_owned(),
    };
    docs.facts(&[fact]);
    docs.origin(&variable.docs);
    let docs = docs.outer();
    let (ty, value) = match &variable.choices {
        Some(choices) => {
            let ty = ident(&choices.name);
            (quote!(#ty), quote!(#name.as_str().to_owned()))
        }
        None => {
            let (into, string) = (scope.into(), scope.string());
            (quote!(impl #into<#string>), quote!(#name.into()))
        }
    };
    quote! {
        #docs
        pub fn #name(self, #name: #ty) -> Self {
            self.variable(#at, #value)
        }
    }
}

fn scheme_setter(scope: &Scope<'_>, at: usize, scheme: &Scheme) -> Option<TokenStream> {
    let (name, at) = (ident(&scheme.name), index(at));
    let docs = scheme_docs(scheme)?.outer();
    let (into, token) = (scope.into(), scope.runtime("", "Token"));
    Some(match &scheme.credential {
        Credential::Basic => {
            let (string, secret) = (scope.string(), scope.runtime("", "Secret"));
            quote! {
                #docs
                pub fn #name(self, user: impl #into<#string>, password: impl #into<#secret>) -> Self {
                    self.credential(#at, #token::basic(user, password))
                }
            }
        }
        Credential::MutualTls => {
            let (string, secret) = (scope.string(), scope.runtime("", "Secret"));
            quote! {
                #docs
                pub fn #name(self, certificates: impl #into<#string>, key: impl #into<#secret>) -> Self {
                    self.credential(#at, #token::certificate(certificates, key))
                }
            }
        }
        Credential::Bearer
        | Credential::Header { .. }
        | Credential::Query { .. }
        | Credential::Cookie { .. }
        | Credential::OAuth2(_)
        | Credential::Transport => quote! {
            #docs
            pub fn #name(self, token: impl #into<#token>) -> Self {
                self.credential(#at, token.into())
            }
        },
    })
}

/// What the documentation of a scheme's method says; nothing where there is no method.
fn scheme_docs(scheme: &Scheme) -> Option<Text> {
    let what = match &scheme.credential {
        Credential::Bearer => "the bearer token, sent in `Authorization`".to_owned(),
        Credential::Basic => "the user name and password, sent in `Authorization`".to_owned(),
        Credential::Header { name, prefix } => {
            let behind = match prefix.trim() {
                "" => String::new(),
                word => format!(" behind {}", code(word)),
            };
            format!("the key that is sent in the header {}{behind}", code(name))
        }
        Credential::Query { name } => {
            format!("the key that is sent as the query parameter {}", code(name))
        }
        Credential::Cookie { name } => format!("the key that is sent in the cookie {}", code(name)),
        Credential::OAuth2(_) => "the OAuth 2.0 access token, or what provides it".to_owned(),
        Credential::MutualTls => {
            "the certificate that the client shows, and its private key, both in PEM form"
                .to_owned()
        }
        Credential::Transport => return None,
    };
    let mut docs = Text::new(format!("Sets {what}."));
    docs.append(&Text::of(&scheme.docs, String::new));
    docs.facts(&[format!("The security scheme {}.", code(&scheme.key))]);
    if let Credential::OAuth2(oauth) = &scheme.credential {
        docs.sentence(&oauth::advice(scheme, oauth));
    }
    docs.origin(&scheme.docs);
    Some(docs)
}

fn server_enum(api: &Api) -> TokenStream {
    let variants = api.servers.iter().map(|server| {
        let address = code(&url(api, &server.url));
        let mut docs = Text::of(&server.docs, || format!("{address}."));
        if !docs.says(&address) {
            docs.facts(&[format!("{address}.")]);
        }
        docs.origin(&server.docs);
        let (docs, name) = (docs.outer(), ident(&server.name));
        quote!(#docs #name)
    });
    quote! {
        /// The servers that the document lists.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum Server { #(#variants),* }
    }
}

fn choices(choices: &Choices) -> TokenStream {
    let name = ident(&choices.name);
    let variants = choices.variants.iter().map(|variant| {
        let (docs, name) = (model::variant_docs(variant).outer(), ident(&variant.name));
        quote!(#docs #name)
    });
    let names: Vec<_> = choices.variants.iter().map(|it| ident(&it.name)).collect();
    let wires = choices.variants.iter().map(|it| &it.wire);
    quote! {
        /// Values of a server variable.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum #name { #(#variants),* }
        impl #name {
            /// The value as it stands in the address.
            pub const fn as_str(self) -> &'static str {
                match self { #(Self::#names => #wires),* }
            }
        }
    }
}
