//! The span of a call has the names of OpenTelemetry, and no secrets.

use std::fmt::Debug;
use std::sync::{Arc, Mutex};

use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

use super::server::{Server, json, reply};

/// Keeps every field of every span and event.
#[derive(Clone, Default)]
struct Keep(Arc<Mutex<Vec<(String, String)>>>);

impl Visit for Keep {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        let pair = (field.name().to_owned(), format!("{value:?}"));
        self.0.lock().unwrap().push(pair);
    }
}

impl Subscriber for Keep {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target().starts_with("tenon_runtime")
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        span.record(&mut self.clone());
        Id::from_u64(1)
    }

    fn record(&self, _span: &Id, values: &Record<'_>) {
        values.record(&mut self.clone());
    }

    fn event(&self, event: &Event<'_>) {
        event.record(&mut self.clone());
    }

    fn record_follows_from(&self, _span: &Id, _follows: &Id) {}
    fn enter(&self, _span: &Id) {}
    fn exit(&self, _span: &Id) {}
}

#[tokio::test]
async fn the_span_of_a_call_tells_what_was_sent_without_secrets() {
    let acts = vec![
        reply("503 Service Unavailable", "retry-after: 0\r\n", "hunter2"),
        json("404 Not Found", r#"{"id":1,"name":"hunter2"}"#),
    ];
    let server = Server::start(acts).await;
    let client = server.builder().bearer("hunter2").build().unwrap();
    let keep = Keep::default();
    let guard = tracing::subscriber::set_default(keep.clone());
    let call = client.devices().get("1").trace("hunter2").fields(&["hunter2"]);
    call.await.unwrap_err();
    drop(guard);
    let fields = keep.0.lock().unwrap().clone();
    let value = |name: &str| {
        let found = fields.iter().rev().find(|(key, _)| key == name);
        found.map_or("", |(_, value)| value.trim_matches('"')).to_owned()
    };
    assert_eq!(value("http.request.method"), "GET");
    assert_eq!(value("server.address"), "127.0.0.1");
    assert_eq!(value("url.template"), "/devices/{id}");
    assert_eq!(value("http.response.status_code"), "404");
    assert_eq!(value("http.request.resend_count"), "1");
    assert_eq!(value("error.type"), "404");
    assert_eq!(value("otel.name"), "GET /devices/{id}");
    assert!(!format!("{fields:?}").contains("hunter2"), "{fields:?}");
}
