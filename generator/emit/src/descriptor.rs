//! The static descriptor of an operation: everything that the runtime knows of it.

use proc_macro2::TokenStream;
use quote::quote;
use tenon_ir::{
    Body, Media, Operation, Parameter, Place, Presence, RequestBody, Requirement, Response, Segment,
    StatusPattern, Style,
};

use crate::literal::{ident, index};
use crate::rules;
use crate::scope::Scope;

/// `static LOCK_DEVICE: Operation = …;`
pub(crate) fn item(scope: &Scope<'_>, operation: &Operation) -> TokenStream {
    let (name, ty) = (ident(&operation.constant), scope.op("Operation"));
    let (id, method, path) = (&operation.id, &operation.method, path(operation));
    let server = operation.server.as_ref().map(|url| quote!(.server(#url)));
    let params = operation.params.iter().map(|it| param(scope, it));
    let params = list("params", params.collect());
    let body = operation.body.as_ref().and_then(|it| body(scope, it));
    let responses = operation.responses.iter().map(|it| response(scope, it));
    let responses = list("responses", responses.collect());
    let security = operation.security.iter().map(|it| alternative(scope, it));
    let security = list("security", security.collect());
    let idempotent = operation.idempotent.then(|| quote!(.idempotent()));
    quote! {
        static #name: #ty = #ty::new(#id, #method, #path)
            #server #params #body #responses #security #idempotent;
    }
}

/// `.name(&[…])`, or nothing without items.
fn list(method: &str, items: Vec<TokenStream>) -> TokenStream {
    if items.is_empty() {
        return TokenStream::new();
    }
    let method = crate::literal::named(method);
    quote!(.#method(&[#(#items),*]))
}

/// The path template as the document writes it.
pub(crate) fn path(operation: &Operation) -> String {
    let segments = operation.path.iter().map(|segment| match segment {
        Segment::Text(text) => text.clone(),
        Segment::Param(at) => {
            let wire = operation.params.get(*at).map(|param| param.wire.as_str());
            format!("{{{}}}", wire.unwrap_or_default())
        }
    });
    segments.collect()
}

fn param(scope: &Scope<'_>, param: &Parameter) -> TokenStream {
    let (ty, wire) = (scope.op("Param"), &param.wire);
    let (place, usual) = match param.place {
        Place::Path => (quote!(path), Style::Simple),
        Place::Query => (quote!(query), Style::Form),
        Place::Header => (quote!(header), Style::Simple),
        Place::Cookie => (quote!(cookie), Style::Form),
    };
    let required = param.presence == Presence::Required && param.place != Place::Path;
    let required = required.then(|| quote!(.required()));
    let style = (param.style != usual).then(|| style(scope, param.style));
    // What `explode` is when the document doesn't say (OpenAPI 3.1, section 4.8.12.2.2).
    let explodes = param.style == Style::Form;
    let explode = (param.explode != explodes).then(|| {
        let explode = param.explode;
        quote!(.explode(#explode))
    });
    let reserved = param.allow_reserved.then(|| quote!(.allow_reserved()));
    let rules = rules::method(scope, &param.rules);
    quote!(#ty::#place(#wire) #required #style #explode #reserved #rules)
}

fn style(scope: &Scope<'_>, style: Style) -> TokenStream {
    let name = match style {
        Style::Simple => quote!(Simple),
        Style::Label => quote!(Label),
        Style::Matrix => quote!(Matrix),
        Style::Form => quote!(Form),
        Style::SpaceDelimited => quote!(SpaceDelimited),
        Style::PipeDelimited => quote!(PipeDelimited),
        Style::DeepObject => quote!(DeepObject),
        Style::Json => quote!(Json),
    };
    let ty = scope.op("Style");
    quote!(.style(#ty::#name))
}

fn body(scope: &Scope<'_>, body: &RequestBody) -> Option<TokenStream> {
    let ty = scope.op("RequestBody");
    let (kind, media) = match (&body.content, &body.media) {
        (Body::Empty, _) => return None,
        (Body::Json(_), Media::Exact(media) | Media::Range(media)) => (quote!(json), media),
        (Body::Text, Media::Exact(media) | Media::Range(media)) => (quote!(text), media),
        (Body::Bytes, Media::Exact(media)) => (quote!(bytes), media),
        (Body::Bytes, Media::Range(media)) => (quote!(any_bytes), media),
    };
    let required = (body.presence == Presence::Required).then(|| quote!(.required()));
    let rules = rules::method(scope, &body.rules);
    Some(quote!(.body(#ty::#kind(#media) #required #rules)))
}

fn response(scope: &Scope<'_>, response: &Response) -> TokenStream {
    let (ty, media, case) = (scope.op("Response"), &response.media, index(response.case));
    let status = status(scope, response.status);
    let error = (!response.success).then(|| quote!(.error()));
    match &response.content {
        Body::Empty => quote!(#ty::empty(#status, #case) #error),
        Body::Json(_) => quote!(#ty::json(#status, #media, #case) #error),
        Body::Text => quote!(#ty::text(#status, #media, #case) #error),
        Body::Bytes => quote!(#ty::bytes(#status, #media, #case) #error),
    }
}

fn status(scope: &Scope<'_>, status: StatusPattern) -> TokenStream {
    let ty = scope.op("Status");
    match status {
        StatusPattern::Code(code) => {
            let code = index(usize::from(code));
            quote!(#ty::Code(#code))
        }
        StatusPattern::Range(digit) => {
            let digit = index(usize::from(digit));
            quote!(#ty::Range(#digit))
        }
        StatusPattern::Default => quote!(#ty::Default),
    }
}

fn alternative(scope: &Scope<'_>, requirements: &[Requirement]) -> TokenStream {
    let requirements = requirements.iter().map(|requirement| {
        let (ty, scheme) = (scope.op("Security"), index(requirement.scheme));
        let scopes = &requirement.scopes;
        quote!(#ty::new(#scheme, &[#(#scopes),*]))
    });
    quote!(&[#(#requirements),*])
}
