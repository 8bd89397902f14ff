//! Server-sent events that go on after the connection is lost (WHATWG HTML, section 9.2.3).

use std::error::Error as _;
use std::time::Duration;

use tenon_runtime::op::{Call, EventsBody, Operation, Param, Response, Status, TextEventsBody};
use tenon_runtime::{ErrorKind, EventStream, RetryPolicy, StreamError};

use super::api::{Client, Device, GetDeviceError};
use super::server::{Act, Server, header, json, reply};

#[derive(Debug)]
struct Log {
    call: Call,
}
tenon_runtime::endpoint!(Log: TextEventsBody<String>, GetDeviceError);

static LOG: Operation = Operation::new("log", "GET", "/log")
    .params(&[Param::header("Last-Event-ID")])
    .responses(&[
        Response::events(Status::Code(200), "text/event-stream", 0),
        Response::json(Status::Code(404), "application/json", 0).error(),
    ])
    .idempotent();

static CHAT: Operation = Operation::new("chat", "POST", "/chat").responses(&[Response::events(
    Status::Code(200),
    "text/event-stream",
    0,
)]);

#[derive(Debug)]
struct Chat {
    call: Call,
}
tenon_runtime::endpoint!(Chat: EventsBody<Device>, GetDeviceError);

fn log(client: &Client) -> Log {
    Log { call: client.core().call(&LOG) }
}

fn chat(client: &Client) -> Chat {
    Chat { call: client.core().call(&CHAT) }
}

/// A reply of events in chunks, whose end is missing: its connection is cut.
fn cut(text: &str) -> Act {
    let head = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked";
    Act::Reply(format!("{head}\r\n\r\n{:x}\r\n{text}\r\n", text.len()).into())
}

fn whole(text: &str) -> Act {
    reply("200 OK", "content-type: text/event-stream\r\n", text)
}

fn gone() -> Act {
    reply("204 No Content", "", "")
}

fn quick(server: &Server) -> Client {
    let policy = RetryPolicy::new().base_delay(Duration::ZERO);
    server.builder().retry(policy).build().unwrap()
}

async fn rest(events: &mut EventStream<String>) -> Vec<String> {
    let mut texts = Vec::new();
    while let Some(event) = events.next().await {
        texts.push(event.unwrap().data);
    }
    texts
}

fn ids(server: &Server) -> Vec<Option<String>> {
    let requests = server.requests();
    requests.iter().map(|text| header(text, "last-event-id").map(str::to_owned)).collect()
}

#[tokio::test]
async fn a_connection_cut_inside_an_event_is_made_anew_after_the_last_whole_one() {
    let acts = [
        cut("retry: 1\nid: 1\ndata: one\n\nid: 2\ndata: tw"),
        whole("id: 2\ndata: two\n\ndata: three\n\n"),
        Act::Cut,
        whole("id\ndata: four\n\n"),
        gone(),
    ];
    let server = Server::start(acts).await;
    let mut events = log(&quick(&server)).await.unwrap().into_inner().reconnect();
    assert_eq!(rest(&mut events).await, ["one", "two", "three", "four"]);
    assert!(events.next().await.is_none());
    assert_eq!(events.retry(), Some(Duration::from_millis(1)));
    let id = |id: &str| Some(id.to_owned());
    // The last event took the id back.
    assert_eq!(ids(&server), [None, id("1"), id("2"), id("2"), None]);
    let requests = server.requests();
    for request in &requests {
        assert!(request.starts_with("GET /log HTTP/1.1"), "{request}");
        assert_eq!(header(request, "authorization"), header(&requests[0], "authorization"));
        assert_eq!(header(request, "accept"), Some("text/event-stream"));
    }
}

#[tokio::test]
async fn without_being_asked_for_there_is_no_reconnection() {
    let server = Server::start(vec![cut("retry: 1\nid: 1\ndata: one\n\n")]).await;
    let mut events = log(&quick(&server)).await.unwrap();
    assert_eq!(events.next().await.unwrap().unwrap().data, "one");
    assert!(events.next().await.unwrap().unwrap_err().is_cut());
    assert!(events.next().await.is_none());
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn the_callers_own_id_is_sent_until_the_server_gives_another() {
    let acts = [cut("retry: 1\n\n"), cut("id: 8\ndata: x\n\n"), gone()];
    let server = Server::start(acts).await;
    let call = log(&quick(&server)).customize().header("last-event-id", "7");
    let mut events = call.await.unwrap().into_inner().reconnect();
    assert_eq!(events.last_event_id(), Some("7"));
    assert_eq!(rest(&mut events).await, ["x"]);
    let id = |id: &str| Some(id.to_owned());
    assert_eq!(ids(&server), [id("7"), id("7"), id("8")]);
}

#[tokio::test]
async fn a_reply_that_is_no_stream_ends_the_stream_with_its_error() {
    let acts = [whole("retry: 1\ndata: x\n\n"), json("404 Not Found", r#"{"id":4}"#)];
    let server = Server::start(acts).await;
    let mut events = log(&quick(&server)).await.unwrap().into_inner().reconnect();
    assert_eq!(events.next().await.unwrap().unwrap().data, "x");
    let error = events.next().await.unwrap().unwrap_err();
    assert!(matches!(error, StreamError::Reconnect { received: 1, .. }), "{error}");
    assert!(error.source().unwrap().to_string().contains("404 Not Found"), "{error:?}");
    assert!(events.next().await.is_none());
    assert_eq!(server.requests().len(), 2);

    let acts =
        [whole("retry: 1\ndata: x\n\n"), reply("200 OK", "content-type: text/html\r\n", "x")];
    let server = Server::start(acts).await;
    let mut events = log(&quick(&server)).await.unwrap().into_inner().reconnect();
    assert!(events.next().await.unwrap().is_ok());
    let error = events.next().await.unwrap().unwrap_err();
    assert!(error.source().unwrap().to_string().contains("text/html"), "{error:?}");
}

#[tokio::test]
async fn a_reconnection_is_tried_as_often_as_the_policy_allows() {
    let refused = reply("503 Service Unavailable", "retry-after: 0\r\n", "");
    let acts = [whole("retry: 1\ndata: x\n\n"), refused];
    let server = Server::start(acts).await;
    let mut events = log(&quick(&server)).await.unwrap().into_inner().reconnect();
    assert!(events.next().await.unwrap().is_ok());
    let error = events.next().await.unwrap().unwrap_err();
    assert!(error.source().unwrap().to_string().contains("tried 3 times"), "{error:?}");
    assert!(events.next().await.is_none());
    assert_eq!(server.requests().len(), 4);
}

#[tokio::test]
async fn what_may_act_twice_is_not_sent_again_unless_it_has_a_key() {
    let first = || cut("retry: 1\nid: 1\ndata: {\"id\":1}\n\n");
    let server = Server::start(vec![first()]).await;
    let mut events = chat(&quick(&server)).await.unwrap().into_inner().reconnect();
    assert_eq!(events.next().await.unwrap().unwrap().data.id, 1);
    assert!(events.next().await.unwrap().unwrap_err().is_cut());
    assert_eq!(server.requests().len(), 1);

    let server = Server::start(vec![first(), whole("data: {\"id\":2}\n\ndata: [DONE]\n\n")]).await;
    let call = chat(&quick(&server)).customize().idempotency_key("k");
    let mut events = call.await.unwrap().into_inner().reconnect();
    assert_eq!(events.next().await.unwrap().unwrap().data.id, 1);
    assert_eq!(events.next().await.unwrap().unwrap().data.id, 2);
    // `[DONE]` is the end for good.
    assert!(events.next().await.is_none());
    assert!(events.next().await.is_none());
    assert_eq!(ids(&server), [None, Some("1".to_owned())]);
    assert_eq!(header(&server.requests()[1], "idempotency-key"), Some("k"));
}

#[tokio::test(start_paused = true)]
async fn the_wait_is_the_servers_or_three_seconds() {
    use super::script::Script;
    use super::script::Step::Reply;
    let events = |text| Reply(200, Some(("x-accel-buffering", "no".into())), text);
    let script = Script::new([
        events("data: x\n\n"),
        events("retry: 700\n\n"),
        events("data: y\n\n"),
        Reply(204, None, ""),
    ]);
    let client = script.builder().hook(Rename).build().unwrap();
    let mut stream = log(&client).await.unwrap().into_inner().reconnect();
    assert_eq!(rest(&mut stream).await, ["x", "y"]);
    let waits: Vec<u128> = script.waits().iter().map(Duration::as_millis).collect();
    assert_eq!(waits, [3000, 700, 700]);
}

/// Makes events of the script's JSON.
struct Rename;

impl tenon_runtime::Hook for Rename {
    fn after(&self, _: &tenon_runtime::HookContext, reply: &mut http::response::Parts) {
        let events = http::HeaderValue::from_static("text/event-stream");
        reply.headers.insert("content-type", events);
    }
}

#[tokio::test]
async fn an_id_that_no_header_can_hold_is_told() {
    let server = Server::start(vec![whole("retry: 1\nid: \u{1}\ndata: x\n\n")]).await;
    let mut events = log(&quick(&server)).await.unwrap().into_inner().reconnect();
    assert!(events.next().await.unwrap().is_ok());
    let error = events.next().await.unwrap().unwrap_err();
    let source = error
        .source()
        .unwrap()
        .downcast_ref::<tenon_runtime::Error<tenon_runtime::op::Undocumented>>();
    assert_eq!(source.unwrap().kind(), ErrorKind::InvalidInput);
}

#[tokio::test]
async fn a_silent_connection_is_lost_after_the_limit() {
    let head = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n\r\n";
    let stalled = Act::Stall(format!("{head}retry: 1\nid: 1\ndata: x\n\n: alive\n").into());
    let server = Server::start(vec![stalled.clone(), whole("data: y\n\n"), gone()]).await;
    let limit = Duration::from_millis(50);
    let events = log(&quick(&server)).await.unwrap().into_inner();
    let mut events = events.max_silence(limit).reconnect();
    assert_eq!(rest(&mut events).await, ["x", "y"]);
    assert_eq!(ids(&server)[1].as_deref(), Some("1"));

    let server = Server::start(vec![stalled]).await;
    let mut events = log(&quick(&server)).await.unwrap().into_inner().max_silence(limit);
    assert!(events.next().await.unwrap().is_ok());
    let error = events.next().await.unwrap().unwrap_err();
    assert!(error.is_cut() && error.source().unwrap().to_string().contains("said nothing"));
    assert!(events.next().await.is_none());
}

#[tokio::test]
async fn the_time_that_a_reader_takes_is_no_silence() {
    let head = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n\r\n";
    let server = Server::start(vec![Act::Stall(format!("{head}data: x\n\n").into())]).await;
    let limit = Duration::from_millis(300);
    let mut events = log(&quick(&server)).await.unwrap().into_inner().max_silence(limit);
    assert!(events.next().await.unwrap().is_ok());
    tokio::time::sleep(2 * limit).await;
    // It has only begun to wait.
    assert!(tokio::time::timeout(limit / 10, events.next()).await.is_err());
    assert!(events.next().await.unwrap().unwrap_err().is_cut());
}
