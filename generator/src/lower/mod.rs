//! Lowering: from what the document says to what the client is.
//!
//! Every decision of the pipeline falls here, one file per decision, names last.
//! It reads the [`Spec`] and writes [`ir::Api`]; it knows no Rust syntax and prints nothing.

mod accept;
mod address;
mod alternatives;
mod array;
mod auth;
mod body;
mod constant;
mod cx;
mod derive;
mod direction;
mod docs;
mod encoding;
mod enums;
mod evidence;
mod example;
mod family;
mod graph;
mod group;
mod handler;
mod header;
mod held;
mod link;
mod media;
mod merge;
mod names;
mod oauth;
mod object;
mod operation;
mod origin;
mod paging;
mod param;
mod part_header;
mod parted;
mod parts;
mod places;
mod policy;
mod quoted;
mod repeated;
mod reply;
mod rules;
mod schema;
mod server;
mod size;
mod stream;
mod union;
mod unmodelled;
mod value;
mod volume;
mod webhook;

pub(crate) use derive::type_eq;
pub(crate) use evidence::format::{is_date, is_date_time};
pub(crate) use graph::reachable;
pub(crate) use names::method_words;
pub use names::module_name;
pub(crate) use origin::pointer;

use crate::config::{Config, Repeated};
use crate::diag::Sink;
use crate::spec::Spec;
use cx::Cx;
use tenon_ir as ir;

/// Decides the shape of the client.
///
/// What can't be expressed becomes a diagnostic and the honest fallback: any JSON value.
pub(crate) fn lower(spec: &Spec<'_>, config: &Config, sink: &mut Sink) -> ir::Api {
    let mut cx = Cx::new(spec, config, sink);
    held::find(&mut cx);
    evidence::implied::find(&mut cx);
    schema::components(&mut cx);
    let servers = server::servers(&mut cx);
    let schemes = auth::schemes(&mut cx);
    let mut groups = group::groups(&mut cx, &schemes);
    let errors = policy::errors(&mut cx, &mut groups);
    let mut webhooks = webhook::all(&mut cx);
    let webhook_parts = webhook::divide(&mut webhooks);
    union::decide(&mut cx);
    evidence::apply(&mut cx);
    unmodelled::report(&mut cx);
    let mut api = ir::Api {
        name: ir::Ident(config.name.clone()),
        title: spec.info.title.to_owned(),
        version: spec.info.version.to_owned(),
        docs: docs::of_document(&mut cx),
        servers,
        variables: std::mem::take(&mut cx.variables),
        schemes: schemes.into_iter().map(|scheme| scheme.lowered).collect(),
        dates: config.dates,
        limits: server::limits(&mut cx),
        retry: policy::retry(&mut cx, spec.tree.root()),
        errors,
        request_id: policy::request_id(&mut cx),
        features: None,
        groups,
        headers: std::mem::take(&mut cx.headers).into_iter().map(|(_, header)| header).collect(),
        headers_module: ir::Ident(String::new()),
        webhooks,
        webhooks_module: ir::Ident(String::new()),
        mock: config.mock.then(|| ir::Ident(String::new())),
        webhook_parts,
        items: std::mem::take(&mut cx.items),
        families: Vec::new(),
    };
    graph::break_cycles(&mut api, &mut cx);
    match config.repeated {
        Repeated::Shared => repeated::share(&mut api, &mut cx),
        Repeated::Apart => {
            let each: Vec<usize> = (0..api.items.len()).collect();
            enums::told::fill(&mut api, &cx, &each);
        }
    }
    size::bound(&mut api);
    parted::leave_out(&mut api, &mut cx);
    graph::mark_usage(&mut api);
    direction::relax(&mut api);
    constant::fill(&mut api);
    derive::derive(&mut api);
    derive::payloads(&mut api);
    family::sort(&mut api, &cx);
    paging::decide(&mut api, &mut cx);
    names::assign(&mut api, &mut cx);
    example::attach(&mut api, &cx);
    api
}
