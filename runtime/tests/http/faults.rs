//! Servers that misbehave on a real connection.

use std::error::Error as _;
use std::time::Duration;

use tenon_runtime::{ErrorKind, RetryPolicy};

use super::api::{Client, Device};
use super::server::{Act, Server, json};

/// The head of a reply that announces 100 bytes, and the first of them.
const CUT_SHORT: &str =
    "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{\"id\":";

fn quick() -> RetryPolicy {
    RetryPolicy::new().base_delay(Duration::ZERO)
}

#[tokio::test]
async fn a_connection_cut_in_the_body_is_tried_again_where_that_is_safe() {
    let cut = || Act::Reply(CUT_SHORT.into());
    let server = Server::start(vec![cut(), json("200 OK", r#"{"id":1}"#)]).await;
    let client = server.builder().retry(quick()).build().unwrap();
    assert_eq!(client.devices().get("1").await.unwrap().attempts(), 2);

    let server = Server::start(vec![cut()]).await;
    let client = server.builder().retry(quick()).build().unwrap();
    let error = client.devices().get("1").await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Connection, 3));
    assert!(error.is_retryable() && error.source().is_some());
    assert_eq!(error.body(), None);

    let server = Server::start(vec![cut()]).await;
    let client = server.builder().retry(quick()).build().unwrap();
    let error = client.devices().create(Device::default()).await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Connection, 1));
    assert!(!error.is_retryable());
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn a_connection_cut_before_the_reply_is_not_repeated_for_a_post() {
    let server = Server::start(vec![Act::Cut]).await;
    let client = server.builder().retry(quick()).build().unwrap();
    let error = client.devices().create(Device::default()).await.unwrap_err();
    assert!(error.is_connection());
    assert_eq!(server.requests().len(), 1);
    client.devices().get("1").await.unwrap_err();
    assert_eq!(server.requests().len(), 4);
}

#[tokio::test]
async fn a_connection_reset_in_the_body_is_as_one_that_is_cut() {
    let server = Server::start(vec![Act::Reset(CUT_SHORT.into())]).await;
    let client = server.builder().retry(quick()).build().unwrap();
    let error = client.devices().get("1").await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Connection, 3));
    let error = client.devices().create(Device::default()).await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Connection, 1));
    assert_eq!(server.requests().len(), 4);
    // A stream tells it where it happens.
    let mut stream = client.devices().get("1").customize().stream_raw().await.unwrap();
    let mut text = Vec::new();
    let error = loop {
        match stream.next().await.unwrap() {
            Ok(chunk) => text.extend_from_slice(&chunk),
            Err(error) => break error,
        }
    };
    assert!(error.is_cut() && b"{\"id\":".starts_with(&text));
    assert!(stream.next().await.is_none());
}

#[tokio::test]
async fn no_connection_is_a_connection_error() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    let builder = Client::builder().base_url(format!("http://{address}")).bearer("t0ken");
    let client = builder.retry(quick()).build().unwrap();
    let error = client.devices().get("1").await.unwrap_err();
    assert!(error.is_connection(), "{error:?}");
    assert!(error.to_string().contains("can't connect"), "{error}");
    assert_eq!(error.attempts(), 3);
}

#[tokio::test]
async fn a_reply_that_announces_too_many_bytes_is_refused_unread() {
    let act = Act::Stall(
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 101\r\n\r\n".into(),
    );
    let server = Server::start(vec![act]).await;
    let client = server.builder().max_reply_bytes(100).build().unwrap();
    let error = client.devices().get("1").await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::TooLarge, 1));
    assert_eq!(error.status().unwrap(), 200);
    assert!(error.to_string().contains("100 bytes"), "{error}");
}

#[tokio::test]
async fn a_reply_that_grows_too_large_is_refused_on_the_way() {
    let chunk = format!("65\r\n{}\r\n", "x".repeat(0x65));
    let head =
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n";
    let server = Server::start(vec![Act::Stall(format!("{head}{chunk}").into())]).await;
    let client = server.builder().max_reply_bytes(100).build().unwrap();
    let error = client.devices().get("1").await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::TooLarge);
}

#[tokio::test]
async fn a_reply_of_exactly_the_limit_is_read() {
    let body = format!("{{\"id\":1,\"name\":\"{}\"}}", "x".repeat(100));
    let server = Server::start(vec![json("200 OK", &body)]).await;
    let client = server.builder().max_reply_bytes(body.len() as u64).build().unwrap();
    client.devices().get("1").await.unwrap();
    let client = server.builder().max_reply_bytes(body.len() as u64 - 1).build().unwrap();
    client.devices().get("1").await.unwrap_err();
}

#[tokio::test]
async fn a_server_that_hangs_runs_into_the_time_limit() {
    for act in [Act::Hang, Act::Stall(CUT_SHORT.into())] {
        let server = Server::start(vec![act]).await;
        let call = server.client().devices().get("1").customize();
        let call = call.attempt_timeout(Duration::from_millis(100)).retry(quick().attempts(2));
        let error = call.await.unwrap_err();
        assert!(error.is_timeout() && error.is_retryable(), "{error}");
        assert_eq!(server.requests().len(), 2);
    }
}

#[tokio::test]
async fn what_is_not_http_is_a_connection_error() {
    let server = Server::start(vec![Act::Reply("SSH-2.0-OpenSSH_9.9\r\n\r\n".into())]).await;
    let client = server.builder().retry(RetryPolicy::none()).build().unwrap();
    let error = client.devices().get("1").await.unwrap_err();
    assert!(error.is_connection(), "{error}");
}

#[tokio::test]
async fn dropping_a_call_ends_it() {
    let server = Server::start(vec![Act::Hang]).await;
    let call = server.client().devices().get("1").send();
    assert!(tokio::time::timeout(Duration::from_millis(50), call).await.is_err());
    let unsent = server.client().devices().get("2").send();
    drop(unsent);
    assert!(server.requests().iter().all(|request| request.starts_with("GET /devices/1 ")));
}

#[tokio::test]
async fn trailing_chunks_make_one_body() {
    let head =
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n";
    let chunks = "3\r\n{\"i\r\n2\r\nd\"\r\n3\r\n:5}\r\n0\r\n\r\n";
    let server = Server::start(vec![Act::Reply(format!("{head}{chunks}").into())]).await;
    assert_eq!(server.client().devices().get("1").await.unwrap().id, 5);
}
