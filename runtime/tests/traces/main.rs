//! The spans of a call have the names of OpenTelemetry, and no secrets.
//!
//! A program of its own: `tracing` remembers for the whole process whether anybody listens to a
//! span, and may find out while other tests call without listening.

// The API is public in generated code, and so are the macros' items.
#![allow(unreachable_pub)]
// Helpers of tests may panic, as tests do.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
// What is shared has more than is used here.
#![allow(dead_code)]

#[path = "../http/api.rs"]
mod api;
#[path = "../http/server.rs"]
mod server;

use std::collections::BTreeMap;
use std::fmt::Debug;
use std::sync::{Arc, Mutex};

use tenon_runtime::{Method, RetryPolicy};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};
use tracing_core::span::Current;

use api::Client;
use server::{Act, Server, json, reply};

/// Keeps every field of every span and event.
#[derive(Clone, Default)]
struct Keep(Arc<Mutex<Kept>>);

#[derive(Default)]
struct Kept {
    spans: Vec<Span>,
    /// The spans that are entered, the outermost first.
    open: Vec<usize>,
    events: Vec<Fields>,
}

#[derive(Clone, Debug, Default)]
struct Span {
    name: &'static str,
    metadata: Option<&'static Metadata<'static>>,
    parent: Option<usize>,
    fields: Fields,
}

#[derive(Clone, Debug, Default)]
struct Fields(BTreeMap<&'static str, String>);

impl Visit for Fields {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        self.0.insert(field.name(), format!("{value:?}").trim_matches('"').to_owned());
    }
}

impl Span {
    fn field(&self, name: &str) -> &str {
        self.fields.0.get(name).map_or("", String::as_str)
    }
}

impl Subscriber for Keep {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target().starts_with("tenon_runtime")
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        let mut kept = self.0.lock().unwrap();
        let parent = kept.open.last().copied();
        let metadata = span.metadata();
        let mut new = Span {
            name: metadata.name(),
            metadata: Some(metadata),
            parent,
            fields: Fields::default(),
        };
        span.record(&mut new.fields);
        kept.spans.push(new);
        Id::from_u64(kept.spans.len() as u64)
    }

    fn record(&self, span: &Id, values: &Record<'_>) {
        let mut kept = self.0.lock().unwrap();
        values.record(&mut kept.spans[span.into_u64() as usize - 1].fields);
    }

    fn event(&self, event: &Event<'_>) {
        let mut fields = Fields::default();
        event.record(&mut fields);
        self.0.lock().unwrap().events.push(fields);
    }

    fn record_follows_from(&self, _span: &Id, _follows: &Id) {}

    fn enter(&self, span: &Id) {
        self.0.lock().unwrap().open.push(span.into_u64() as usize - 1);
    }

    fn exit(&self, _span: &Id) {
        self.0.lock().unwrap().open.pop();
    }

    fn current_span(&self) -> Current {
        let kept = self.0.lock().unwrap();
        let Some(index) = kept.open.last() else { return Current::none() };
        Current::new(Id::from_u64(*index as u64 + 1), kept.spans[*index].metadata.unwrap())
    }
}

/// The spans of what a future does.
async fn spans(call: impl Future) -> Vec<Span> {
    let keep = Keep::default();
    let guard = tracing::subscriber::set_default(keep.clone());
    call.await;
    drop(guard);
    let kept = keep.0.lock().unwrap();
    let shown = format!("{:?} {:?}", kept.spans, kept.events);
    assert!(!shown.contains("hunter2"), "{shown}");
    kept.spans.clone()
}

#[tokio::test]
async fn a_call_has_a_span_and_each_try_one_in_it() {
    let acts = vec![
        reply("503 Service Unavailable", "retry-after: 0\r\nx-a: hunter2\r\n", "hunter2"),
        json("404 Not Found", r#"{"id":1,"name":"hunter2"}"#),
    ];
    let server = Server::start(acts).await;
    let client = server.builder().bearer("hunter2").build().unwrap();
    let call = client.devices().get("1").trace("hunter2").fields(&["hunter2"]);
    let spans = spans(async { call.await.unwrap_err() }).await;
    let [call, first, second] = &spans[..] else { panic!("{spans:#?}") };
    assert_eq!((call.name, call.field("otel.kind")), ("call", "internal"));
    assert_eq!((call.field("tenon.api"), call.field("tenon.operation")), ("devices", "getDevice"));
    assert_eq!((call.field("tenon.attempts"), call.field("error.type")), ("2", "404"));
    assert_eq!((first.parent, second.parent), (Some(0), Some(0)));
    let url = server.url();
    let (host, port) = url["http://".len()..].split_once(':').unwrap();
    let full = format!("{}/devices/1", server.url());
    for span in [first, second] {
        assert_eq!(span.name, "http.client.request");
        for (name, value) in [
            ("otel.kind", "client"),
            ("otel.name", "GET /devices/{id}"),
            ("otel.status_code", "ERROR"),
            ("http.request.method", "GET"),
            ("http.request.method_original", ""),
            ("url.full", &full),
            ("url.scheme", "http"),
            ("url.template", "/devices/{id}"),
            ("server.address", host),
            ("server.port", port),
            ("network.protocol.version", "1.1"),
        ] {
            assert_eq!(span.field(name), value, "{name}");
        }
    }
    let told = |span: &Span| {
        ["http.response.status_code", "error.type", "http.request.resend_count"]
            .map(|name| span.field(name).to_owned())
    };
    assert_eq!(told(first), ["503", "503", ""]);
    assert_eq!(told(second), ["404", "404", "1"]);
}

#[tokio::test]
async fn what_failed_is_told_without_a_status_and_successes_have_no_error() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let nobody = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let builder = Client::builder().base_url(nobody).query_key("hunter2").bearer("hunter2");
    let client = builder.retry(RetryPolicy::none()).build().unwrap();
    let call = client.request(Method::GET, "/x?token=hunter2").query("a", "hunter2");
    let refused = spans(async { call.await.unwrap_err() }).await;
    assert_eq!(refused[0].field("error.type"), "connection");
    assert_eq!(refused[1].field("error.type"), "connection");
    assert_eq!(refused[1].field("http.response.status_code"), "");
    assert!(refused[1].field("url.full").ends_with("/x"));

    let server = Server::start(vec![Act::Hang]).await;
    let call = server.client().devices().get("1").customize().retry(RetryPolicy::none());
    let call = call.attempt_timeout(std::time::Duration::from_millis(20));
    let late = spans(async { call.await.unwrap_err() }).await;
    assert_eq!(late[1].field("error.type"), "timeout");

    let server = Server::start(vec![json("200 OK", r#"{"id":1,"name":"hunter2"}"#)]).await;
    let fine = spans(async { server.client().devices().get("1").await.unwrap() }).await;
    for span in &fine {
        assert_eq!((span.field("error.type"), span.field("otel.status_code")), ("", ""));
    }
    assert_eq!(fine[1].field("http.response.status_code"), "200");
}

#[tokio::test]
async fn unknown_methods_are_others_and_undocumented_paths_no_names() {
    let server = Server::start(vec![json("200 OK", "{}")]).await;
    let purge = Method::from_bytes(b"PURGE").unwrap();
    let client = server.client();
    let spans = spans(async { client.request(purge, "/users/hunter3").await.unwrap() }).await;
    assert_eq!(spans[1].field("http.request.method"), "_OTHER");
    assert_eq!(spans[1].field("http.request.method_original"), "PURGE");
    assert_eq!((spans[1].field("otel.name"), spans[1].field("url.template")), ("HTTP", ""));
}

#[tokio::test]
async fn hooks_run_in_the_span_of_their_try() {
    struct Parent;
    impl tenon_runtime::Hook for Parent {
        fn before(
            &self,
            _: &tenon_runtime::HookContext,
            request: &mut http::request::Parts,
        ) -> Result<(), tenon_runtime::BoxError> {
            let id = tracing::Span::current().id().map_or(0, |id| id.into_u64());
            request.headers.insert("x-span", id.into());
            Ok(())
        }
    }
    let server = Server::start(vec![json("200 OK", r#"{"id":1}"#)]).await;
    let client = server.builder().hook(Parent).build().unwrap();
    spans(async { client.devices().get("1").await.unwrap() }).await;
    // The call has the first span, its try the second.
    assert_eq!(server::header(&server.request(), "x-span"), Some("2"));
}
