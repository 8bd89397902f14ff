//! Replies that are read while they come, from a real server.

use std::error::Error as _;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use futures_core::Stream;
use tenon_runtime::op::{
    BytesBody, Call, Core, EventsBody, Json, LinesBody, Operation, Response, Status, StreamBody,
    Streaming, TextEventsBody,
};
use tenon_runtime::{
    Body, BoxError, BoxFuture, Bytes, ErrorKind, EventStream, Reply, ReplyHeader, RetryPolicy,
    StreamError, Transport, TransportError,
};
use tokio::time::{Sleep, sleep};

use super::api::{Client, Device, GetDeviceError};
use super::server::{Act, Server, header, json, reply};

/// JSON, or server-sent events of it.
#[derive(Debug)]
pub struct Chat {
    call: Call,
}
tenon_runtime::endpoint!(Chat: Json<Device>, GetDeviceError);

impl Streaming for Chat {
    type Stream = EventsBody<Device>;
}
tenon_runtime::streaming!(Chat);

static CHAT: Operation = Operation::new("chat", "GET", "/chat")
    .responses(&[
        Response::json(Status::Code(200), "application/json", 0),
        Response::events(Status::Code(200), "text/event-stream", 0).only_stream(),
        Response::json(Status::Code(404), "application/json", 0).error(),
    ])
    .idempotent();

/// Events whose data is text, and nothing else.
#[derive(Debug)]
struct Log {
    call: Call,
}
tenon_runtime::endpoint!(Log: TextEventsBody<String>, GetDeviceError);

static LOG: Operation = Operation::new("log", "GET", "/log")
    .responses(&[Response::events(Status::Code(200), "text/event-stream", 0)])
    .idempotent();

/// Lines of JSON.
#[derive(Debug)]
struct Export {
    call: Call,
}
tenon_runtime::endpoint!(Export: LinesBody<Device>, GetDeviceError);

static EXPORT: Operation = Operation::new("export", "GET", "/export")
    .responses(&[Response::lines(Status::Code(200), "application/x-ndjson", 0)])
    .idempotent();

/// Bytes, collected or not.
#[derive(Debug)]
struct Download {
    call: Call,
}
tenon_runtime::endpoint!(Download: BytesBody, GetDeviceError);

impl Streaming for Download {
    type Stream = StreamBody;
}
tenon_runtime::streaming!(Download);

static DOWNLOAD: Operation = Operation::new("download", "GET", "/file")
    .responses(&[
        Response::bytes(Status::Code(200), "application/octet-stream", 0),
        Response::json(Status::Code(404), "application/json", 0).error(),
    ])
    .idempotent();

fn core(client: &Client) -> &Core {
    client.core()
}

pub fn chat(client: &Client) -> Chat {
    Chat { call: core(client).call(&CHAT) }
}

fn log(client: &Client) -> Log {
    Log { call: core(client).call(&LOG) }
}

fn export(client: &Client) -> Export {
    Export { call: core(client).call(&EXPORT) }
}

fn download(client: &Client) -> Download {
    Download { call: core(client).call(&DOWNLOAD) }
}

const EVENTS: &str = "content-type: text/event-stream; charset=utf-8\r\n";

/// A chunked reply; without its last chunk, it is cut.
fn chunked(headers: &str, chunks: &[&str], is_whole: bool) -> Vec<u8> {
    let mut bytes = format!("HTTP/1.1 200 OK\r\n{headers}transfer-encoding: chunked\r\n\r\n");
    for chunk in chunks {
        bytes += &format!("{:x}\r\n{chunk}\r\n", chunk.len());
    }
    if is_whole {
        bytes += "0\r\n\r\n";
    }
    bytes.into_bytes()
}

async fn texts(events: &mut EventStream<String>) -> Vec<String> {
    let mut texts = Vec::new();
    while let Some(event) = events.next().await {
        texts.push(event.unwrap().data);
    }
    texts
}

#[tokio::test]
async fn awaiting_reads_json_and_stream_reads_events() {
    let events =
        chunked(EVENTS, &["data: {\"id\":1}\n\n", "data: {\"id\":2}\n\ndata: [DONE]\n\n"], true);
    let server = Server::start(vec![json("200 OK", r#"{"id":7}"#), Act::Reply(events)]).await;
    let client = server.client();
    assert_eq!(chat(&client).await.unwrap().id, 7);

    let mut reply = chat(&client).stream().await.unwrap();
    assert_eq!(reply.status(), 200);
    assert_eq!(reply.next().await.unwrap().unwrap().data.id, 1);
    assert_eq!(reply.next().await.unwrap().unwrap().data.id, 2);
    assert!(reply.next().await.is_none());
    assert!(reply.next().await.is_none());

    let requests = server.requests();
    assert_eq!(header(&requests[0], "accept"), Some("application/json"));
    assert_eq!(header(&requests[1], "accept"), Some("text/event-stream"));
}

#[tokio::test]
async fn a_stream_that_drips_byte_by_byte_is_read_all_the_same() {
    let text = "\u{feff}: hello\r\n\r\nevent: a\r\nid: 1\r\nretry: 20\r\ndata: grüße\r\ndata: 🦀\r\n\r\n\
                data: two\n\n\ndata: three\r\rdata: cut off";
    let server = Server::start(vec![Act::Drip(chunked(EVENTS, &[text], true))]).await;
    let mut events = log(&server.client()).await.unwrap();
    let first = events.next().await.unwrap().unwrap();
    assert_eq!((first.event.as_deref(), first.id.as_deref()), (Some("a"), Some("1")));
    assert_eq!(first.retry, Some(Duration::from_millis(20)));
    assert_eq!(first.data, "grüße\n🦀");
    assert_eq!(texts(&mut events).await, ["two", "three"]);
    assert_eq!(events.last_event_id(), Some("1"));
    assert_eq!(header(&server.request(), "accept"), Some("text/event-stream"));
}

#[tokio::test]
async fn done_is_text_where_data_is_text() {
    let body = chunked(EVENTS, &["data: [DONE]\n\ndata: \"x\"\n\n"], true);
    let server = Server::start(vec![Act::Reply(body)]).await;
    let mut events = log(&server.client()).await.unwrap();
    assert_eq!(texts(&mut events).await, ["[DONE]", "\"x\""]);
}

#[tokio::test]
async fn an_event_without_data_is_a_sign_of_life_where_data_is_json() {
    let text = "event: ping\ndata:\n\ndata: {\"id\":1}\n\ndata: \n\n";
    let body = || Act::Reply(chunked(EVENTS, &[text], true));
    let server = Server::start(vec![body(), body()]).await;
    let client = server.client();
    let mut reply = chat(&client).stream().await.unwrap();
    assert_eq!(reply.next().await.unwrap().unwrap().data.id, 1);
    assert!(reply.next().await.is_none());
    let mut events = log(&client).await.unwrap();
    assert_eq!(texts(&mut events).await, ["", "{\"id\":1}", ""]);
}

#[tokio::test]
async fn a_connection_cut_inside_an_event_is_an_error_and_the_end() {
    let body = chunked(EVENTS, &["data: a\n\n", "data: b"], false);
    let server = Server::start(vec![Act::Reply(body)]).await;
    let mut events = log(&server.client()).await.unwrap();
    assert_eq!(events.next().await.unwrap().unwrap().data, "a");
    let error = events.next().await.unwrap().unwrap_err();
    assert!(error.is_cut() && error.source().is_some());
    assert_eq!(error.to_string(), "the connection failed after 1 items");
    assert!(events.next().await.is_none());
    // Nothing is sent again once a stream has begun.
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn an_event_of_another_type_tells_its_place_and_the_stream_goes_on() {
    let text = "data: {\"id\":1}\n\ndata: {\"id\":\"x\"}\n\ndata: {\"id\":3}\n\n";
    let server = Server::start(vec![reply("200 OK", EVENTS, text)]).await;
    let mut events = chat(&server.client()).stream().await.unwrap();
    assert_eq!(events.next().await.unwrap().unwrap().data.id, 1);
    let StreamError::Decode { index, fault } = events.next().await.unwrap().unwrap_err() else {
        panic!("not a fault of decoding");
    };
    assert_eq!((index, fault.path.as_str()), (1, "$.id"));
    assert_eq!(events.next().await.unwrap().unwrap().data.id, 3);
    assert!(events.next().await.is_none());
}

#[tokio::test]
async fn a_huge_event_is_refused_before_it_is_complete() {
    let large = format!("data: {}", "x".repeat(4096));
    let body = chunked(EVENTS, &["data: small\n\n", &large], false);
    let server = Server::start(vec![Act::Stall(body)]).await;
    let client = server.builder().max_reply_bytes(1024).build().unwrap();
    let mut events = log(&client).await.unwrap();
    assert_eq!(events.next().await.unwrap().unwrap().data, "small");
    let error = events.next().await.unwrap().unwrap_err();
    assert!(matches!(error, StreamError::TooLarge { index: 1, limit: 1024 }), "{error}");
    assert!(events.next().await.is_none());
}

#[tokio::test]
async fn a_stream_is_tried_again_before_it_begins() {
    let acts = [
        reply("503 Service Unavailable", "retry-after: 0\r\n", ""),
        Act::Cut,
        reply("200 OK", EVENTS, "data: {\"id\":1}\n\n"),
    ];
    let server = Server::start(acts).await;
    let policy = RetryPolicy::default().base_delay(Duration::from_millis(1));
    let client = server.builder().retry(policy).build().unwrap();
    let mut events = chat(&client).stream().await.unwrap();
    assert_eq!(events.attempts(), 3);
    assert_eq!(events.next().await.unwrap().unwrap().data.id, 1);
}

/// Replies at once with events, the first of which comes after an hour.
struct Late;

struct Hourly(Pin<Box<Sleep>>, bool);

impl Stream for Hourly {
    type Item = Result<Bytes, BoxError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        ready!(self.0.as_mut().poll(context));
        let is_over = std::mem::replace(&mut self.1, true);
        Poll::Ready((!is_over).then(|| Ok(Bytes::from_static(b"data: late\n\n"))))
    }
}

impl Transport for Late {
    fn send(
        &self,
        _request: http::Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        Box::pin(async {
            let body = Body::stream(Hourly(Box::pin(sleep(Duration::from_secs(3600))), false));
            let reply = http::Response::builder().header("content-type", "text/event-stream");
            reply.body(body).map_err(TransportError::refused)
        })
    }
}

#[tokio::test(start_paused = true)]
async fn no_time_limit_of_the_call_cuts_an_open_stream() {
    let limit = Duration::from_secs(5);
    let builder = Client::builder().base_url("http://late.test").bearer("t0ken").transport(Late);
    let client = builder.timeout(limit).attempt_timeout(limit).build().unwrap();
    let mut events = log(&client).await.unwrap();
    // The caller's own limit is the only one, and loses nothing.
    assert!(tokio::time::timeout(limit, events.next()).await.is_err());
    assert_eq!(events.next().await.unwrap().unwrap().data, "late");
    assert!(events.next().await.is_none());
}

#[tokio::test]
async fn documented_errors_of_a_stream_are_read_whole() {
    let acts = [json("404 Not Found", r#"{"id":4}"#), json("200 OK", r#"{"id":4}"#)];
    let server = Server::start(acts).await;
    let error = chat(&server.client()).stream().await.unwrap_err();
    assert_eq!(error.documented(), Some(&GetDeviceError::NotFound(Device { id: 4, name: None })));
    // JSON is documented, and wasn't asked for.
    let error = chat(&server.client()).stream().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::UnexpectedContentType);
    assert_eq!(error.body(), Some(&br#"{"id":4}"#[..]));
}

#[tokio::test]
async fn lines_and_records_are_read_as_they_come() {
    let lines = "content-type: application/x-ndjson\r\n";
    let records = "content-type: application/json-seq\r\n";
    let acts = [
        Act::Drip(chunked(lines, &["{\"id\":1}\n\n{\"id\":", "2}\r\n{\"id\":3}"], true)),
        Act::Drip(chunked(records, &["\u{1e}{\"id\":\n1}\n\u{1e}{\"id\":2}\n"], true)),
        Act::Reply(chunked(lines, &["{\"id\":1}\n[]\n{\"id\":"], false)),
    ];
    let server = Server::start(acts).await;
    for ids in [vec![1, 2, 3], vec![1, 2]] {
        let mut devices = export(&server.client()).await.unwrap();
        for id in ids {
            assert_eq!(devices.next().await.unwrap().unwrap().id, id);
        }
        assert!(devices.next().await.is_none());
    }
    let mut devices = export(&server.client()).await.unwrap();
    assert!(devices.next().await.unwrap().is_ok());
    let error = devices.next().await.unwrap().unwrap_err();
    assert_eq!(error.to_string(), "item 1 isn't what the document says");
    assert_eq!(error.source().unwrap().to_string(), "at $: expected object, found an array");
    // The line that the cut left incomplete isn't taken for one.
    assert!(devices.next().await.unwrap().unwrap_err().is_cut());
}

#[tokio::test]
async fn bytes_are_collected_or_read_as_they_come() {
    let bytes = "content-type: application/octet-stream\r\n";
    let long = "x".repeat(5000);
    let acts = [
        Act::Reply(chunked(bytes, &["abc", "def"], true)),
        reply("200 OK", bytes, &long),
        Act::Reply(chunked(bytes, &["abc"], false)),
        json("404 Not Found", r#"{"id":4}"#),
    ];
    let server = Server::start(acts).await;
    let client = server.builder().max_reply_bytes(1000).build().unwrap();
    assert_eq!(download(&client).await.unwrap().into_inner(), "abcdef");

    // The limit of a reply's size is for what is held in memory.
    let mut stream = download(&client).stream().await.unwrap();
    let mut length = 0;
    while let Some(chunk) = stream.next().await {
        length += chunk.unwrap().len();
    }
    assert_eq!(length, 5000);

    let mut stream = download(&client).stream().await.unwrap();
    assert_eq!(stream.next().await.unwrap().unwrap(), "abc");
    assert!(stream.next().await.unwrap().unwrap_err().is_cut());
    assert!(stream.next().await.is_none());
    assert!(download(&client).stream().await.unwrap_err().documented().is_some());
}

#[tokio::test]
async fn a_customized_call_streams_too_and_may_narrow_what_it_accepts() {
    let text = "data: {\"id\":1}\n\n";
    let server = Server::start(vec![reply("200 OK", EVENTS, text)]).await;
    let call = chat(&server.client()).customize().header("x-trace", "7");
    let events: Reply<EventStream<Device>> = call.stream().await.unwrap();
    let mut events = events.into_inner();
    assert_eq!(events.next().await.unwrap().unwrap().data.id, 1);
    assert_eq!(header(&server.request(), "x-trace"), Some("7"));
}

#[tokio::test]
async fn headers_are_read_by_their_type_from_replies_and_errors() {
    const TOTAL: ReplyHeader<i64> = ReplyHeader::new("x-total");
    const TAGS: ReplyHeader<Vec<String>> = ReplyHeader::list("x-tags");
    let headers = "content-type: application/json\r\nX-Total: 12\r\nX-Tags: a, b\r\nx-tags: c\r\n";
    let acts = [
        reply("200 OK", headers, r#"{"id":1}"#),
        reply("404 Not Found", headers, r#"{"id":1}"#),
        reply("200 OK", "content-type: application/json\r\nx-total: many\r\n", r#"{"id":1}"#),
    ];
    let server = Server::start(acts).await;
    let reply = chat(&server.client()).await.unwrap();
    assert_eq!(reply.header(TOTAL).unwrap(), Some(12));
    assert_eq!(reply.header(TAGS).unwrap().unwrap(), ["a", "b", "c"]);
    let error = chat(&server.client()).await.unwrap_err();
    assert_eq!(error.header(TOTAL).unwrap(), Some(12));
    let reply = chat(&server.client()).await.unwrap();
    assert_eq!(reply.header(TAGS).unwrap(), None);
    let fault = reply.header(TOTAL).unwrap_err();
    assert_eq!(fault.to_string(), "at $: expected integer, found `many`");
}
