//! What generated clients do when the server or the line between fails.
#![allow(clippy::unwrap_used, reason = "an expectation that fails is a test that fails")]

use std::error::Error as _;
use std::time::{Duration, Instant, SystemTime};

use mdm_clients::kandji::models::LockDeviceRequest;
use mdm_clients::kandji::{Client, ClientBuilder};
use tenon_runtime::{ErrorKind, Fault, RetryPolicy};
use tenon_tests::wire::{Act, ResponseTemplate, Script, Server};
use tokio::net::TcpSocket;

const DEVICE: &str = "0bc8f610";
const JSON: &str = "application/json";

fn settings(url: &str) -> ClientBuilder {
    let policy = RetryPolicy::new().base_delay(Duration::from_millis(1));
    Client::builder().base_url(url).bearer("t0ken").retry(policy)
}

fn client(url: &str) -> Client {
    settings(url).build().unwrap()
}

fn ok() -> ResponseTemplate {
    ResponseTemplate::new(200).set_body_raw("{}", JSON)
}

#[tokio::test]
async fn a_get_is_tried_again_after_a_503() {
    let server = Server::in_turn(vec![ResponseTemplate::new(503), ok()]).await;
    let reply = client(server.url()).device_actions().get_device_commands(DEVICE, 1).await.unwrap();
    assert_eq!(reply.attempts(), 2);
    let requests = server.requests();
    assert_eq!(requests.len(), 2);
    assert_eq!(requests[0], requests[1]);
}

#[tokio::test]
async fn a_delete_is_tried_again_and_gives_up_after_three_tries() {
    let server = Server::status(502).await;
    let error = client(server.url()).device_actions().delete_device(DEVICE).await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::UnexpectedStatus, 3));
    assert!(error.is_retryable());
    assert!(error.to_string().ends_with("(tried 3 times)"), "{error}");
    assert_eq!(server.requests().len(), 3);
}

#[tokio::test]
async fn a_status_that_no_repetition_mends_is_final() {
    for status in [400, 401, 404, 409, 500, 501] {
        let server = Server::status(status).await;
        let error = client(server.url()).device_actions().delete_device(DEVICE).await.unwrap_err();
        assert_eq!((error.attempts(), error.is_retryable()), (1, false));
        assert_eq!(server.requests().len(), 1);
    }
}

#[tokio::test]
async fn a_post_is_never_tried_again() {
    for status in [408, 429, 502, 503, 504] {
        let server = Server::status(status).await;
        let error = client(server.url()).device_actions().lock_device(DEVICE).await.unwrap_err();
        assert_eq!((error.attempts(), error.is_retryable()), (1, false));
        assert_eq!(server.requests().len(), 1);
    }
}

#[tokio::test]
async fn a_post_with_an_idempotency_key_is_tried_again_with_the_same_key() {
    let server = Server::in_turn(vec![ResponseTemplate::new(503), ok()]).await;
    let call = client(server.url())
        .device_actions()
        .lock_device(DEVICE)
        .customize()
        .idempotency_key("k-1");
    assert_eq!(call.await.unwrap().attempts(), 2);
    let requests = server.requests();
    let keys: Vec<_> = requests.iter().map(|request| request.header("idempotency-key")).collect();
    assert_eq!(keys, [Some("k-1"), Some("k-1")]);
}

#[tokio::test]
async fn erasing_over_a_cut_connection_sends_exactly_one_request() {
    let script = Script::start([Act::Cut]).await;
    let error = client(script.url()).device_actions().erase_device(DEVICE).await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Connection, 1));
    assert!(!error.is_retryable());
    assert_eq!((script.requests().len(), script.connections()), (1, 1));
    assert_eq!(script.requests()[0].line, "POST /api/v1/devices/0bc8f610/action/erase");
}

#[tokio::test]
async fn a_get_over_a_cut_connection_is_tried_again() {
    let script = Script::start([Act::Cut, Act::Cut, Act::json(b"{}")]).await;
    let reply = client(script.url()).device_actions().get_device_commands(DEVICE, 1).await.unwrap();
    assert_eq!((reply.attempts(), script.requests().len()), (3, 3));
}

#[tokio::test]
async fn a_connection_that_is_cut_in_the_body_is_an_error_of_the_connection() {
    let half = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{\"PIN\":".to_vec();
    let script = Script::start([Act::Send(half.clone())]).await;
    let error = client(script.url()).device_actions().lock_device(DEVICE).await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Connection, 1));
    assert_eq!(error.status().unwrap(), 200);
    assert_eq!(error.body(), None);

    let script = Script::start([Act::Send(half), Act::json(b"{}")]).await;
    let reply = client(script.url()).device_actions().get_device_commands(DEVICE, 1).await.unwrap();
    assert_eq!((reply.attempts(), script.requests().len()), (2, 2));
}

#[tokio::test]
async fn chunks_without_an_end_are_an_error_of_the_connection() {
    let half = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n2\r\n{}\r\n";
    let script = Script::start([Act::Send(half.to_vec())]).await;
    let error = client(script.url()).device_actions().lock_device(DEVICE).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Connection);
}

#[tokio::test]
async fn no_server_is_an_error_of_the_connection() {
    // A port that is taken, and where nobody listens.
    let socket = TcpSocket::new_v4().unwrap();
    socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
    let url = format!("http://{}", socket.local_addr().unwrap());
    let error = client(&url).device_actions().get_device_commands(DEVICE, 1).await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Connection, 3));
    assert!(error.is_connection() && error.is_retryable());
}

#[tokio::test]
async fn what_is_no_http_is_an_error_of_the_connection() {
    let script = Script::start([Act::Send(b"SSH-2.0-OpenSSH_9.6\r\n".to_vec())]).await;
    let error = client(script.url()).device_actions().lock_device(DEVICE).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Connection);
}

#[tokio::test]
async fn retry_after_in_seconds_is_waited_for() {
    let busy = ResponseTemplate::new(429).insert_header("retry-after", "1");
    let server = Server::in_turn(vec![busy, ok()]).await;
    let start = Instant::now();
    client(server.url()).device_actions().get_device_commands(DEVICE, 1).await.unwrap();
    assert!(start.elapsed() >= Duration::from_secs(1), "{:?}", start.elapsed());
    assert_eq!(server.requests().len(), 2);
}

#[tokio::test]
async fn retry_after_as_a_date_is_waited_for() {
    let date = httpdate::fmt_http_date(SystemTime::now() + Duration::from_secs(2));
    let busy = ResponseTemplate::new(503).insert_header("retry-after", date.as_str());
    let server = Server::in_turn(vec![busy, ok()]).await;
    let reply = client(server.url()).device_actions().get_device_commands(DEVICE, 1).await.unwrap();
    assert_eq!(reply.attempts(), 2);
    assert!(SystemTime::now() >= httpdate::parse_http_date(&date).unwrap());
}

#[tokio::test]
async fn retry_after_is_told_where_it_is_not_waited_for() {
    let busy = ResponseTemplate::new(429).insert_header("retry-after", "3600");
    let server = Server::in_turn(vec![busy.clone(), ok(), busy]).await;

    // A longer wait than the policy allows is cut down to it.
    let policy = RetryPolicy::new().max_delay(Duration::from_millis(5));
    let client = settings(server.url()).retry(policy).build().unwrap();
    let reply = client.device_actions().get_device_commands(DEVICE, 1).await.unwrap();
    assert_eq!(reply.attempts(), 2);

    // A wait that the time for the call has no room for isn't begun.
    let call = client.device_actions().get_device_commands(DEVICE, 1).customize();
    let call = call
        .timeout(Duration::from_secs(60))
        .retry(RetryPolicy::new().max_delay(Duration::from_secs(7200)));
    let error = call.await.unwrap_err();
    assert_eq!((error.attempts(), error.retry_after()), (1, Some(Duration::from_secs(3600))));
    assert_eq!((error.status().unwrap().as_u16(), error.is_retryable()), (429, true));
}

#[tokio::test]
async fn a_try_that_takes_too_long_ends_and_a_get_is_tried_again() {
    let script = Script::start([Act::Hang]).await;
    let client = settings(script.url()).attempt_timeout(Duration::from_millis(50)).build().unwrap();
    let error = client.device_actions().get_device_commands(DEVICE, 1).await.unwrap_err();
    assert!(error.is_timeout() && error.is_retryable());
    assert_eq!(error.attempts(), 3);

    let error = client.device_actions().erase_device(DEVICE).await.unwrap_err();
    assert!(error.is_timeout() && !error.is_retryable());
    assert_eq!(error.attempts(), 1);
}

#[tokio::test]
async fn a_body_that_stalls_runs_out_of_time_too() {
    let half = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{"
        .to_vec();
    let script = Script::start([Act::Stall(half)]).await;
    let call = client(script.url()).device_actions().lock_device(DEVICE).customize();
    let error = call.attempt_timeout(Duration::from_millis(500)).await.unwrap_err();
    assert_eq!((error.kind(), error.body()), (ErrorKind::Timeout, None));
}

#[tokio::test]
async fn the_time_for_the_whole_call_ends_all_tries() {
    let script = Script::start([Act::Hang]).await;
    let policy = RetryPolicy::new().attempts(u32::MAX).base_delay(Duration::from_millis(1));
    let client =
        settings(script.url()).retry(policy).timeout(Duration::from_millis(200)).build().unwrap();
    let start = Instant::now();
    let error = client.device_actions().get_device_commands(DEVICE, 1).await.unwrap_err();
    assert!(error.is_timeout() && !error.is_retryable());
    assert_eq!(error.attempts(), 1);
    assert!(error.to_string().contains("the time for the call ran out"), "{error}");
    assert!(start.elapsed() >= Duration::from_millis(200));

    let call = client.device_actions().get_device_commands(DEVICE, 1).customize();
    let error = call
        .timeout(Duration::from_secs(1))
        .attempt_timeout(Duration::from_millis(20))
        .await
        .unwrap_err();
    assert!(error.is_timeout() && error.attempts() > 1, "{error}");
}

#[tokio::test]
async fn a_reply_with_more_bytes_than_allowed_is_refused() {
    let pin = format!(r#"{{"PIN":"{}"}}"#, "1".repeat(2000));
    let chunked = format!(
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n{:x}\r\n{pin}\r\n0\r\n\r\n",
        pin.len()
    );
    for act in [Act::json(pin.as_bytes()), Act::Send(chunked.into_bytes())] {
        let script = Script::start([act]).await;
        let allowed = |bytes| settings(script.url()).max_reply_bytes(bytes).build().unwrap();
        let error = allowed(2009).device_actions().lock_device(DEVICE).await.unwrap_err();
        assert_eq!((error.kind(), error.body()), (ErrorKind::TooLarge, None));
        assert!(error.to_string().contains("more than 2009 bytes"), "{error}");
        let reply = allowed(2010).device_actions().lock_device(DEVICE).await.unwrap();
        assert_eq!(reply.pin.as_ref().map(String::len), Some(2000));
    }
}

#[tokio::test]
async fn a_reply_of_another_content_type_is_refused_but_kept() {
    let html = "<html>Sign in</html>";
    let server =
        Server::replying(ResponseTemplate::new(200).set_body_raw(html, "text/html; charset=utf-8"))
            .await;
    let error = client(server.url()).device_actions().lock_device(DEVICE).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::UnexpectedContentType);
    assert!(error.is_decode());
    assert!(
        error.to_string().contains("text/html where the document says application/json"),
        "{error}"
    );
    assert_eq!(error.body(), Some(html.as_bytes()));
    assert_eq!(error.headers()["content-type"], "text/html; charset=utf-8");
}

#[tokio::test]
async fn a_reply_of_any_json_type_or_of_none_is_read() {
    for media in ["application/json; charset=utf-8", "Application/JSON", "application/problem+json"]
    {
        let server = Server::ok(media, r#"{"PIN":"496406"}"#).await;
        let reply = client(server.url()).device_actions().lock_device(DEVICE).await.unwrap();
        assert_eq!(reply.pin.as_deref(), Some("496406"));
    }
    let script = Script::start([Act::reply("200 OK", br#"{"PIN":"496406"}"#)]).await;
    let reply = client(script.url()).device_actions().lock_device(DEVICE).await.unwrap();
    assert_eq!(reply.pin.as_deref(), Some("496406"));
}

/// The fault of a 200 with this body, which isn't what the document says.
async fn fault(body: &[u8]) -> Fault {
    let script = Script::start([Act::json(body)]).await;
    let error =
        client(script.url()).device_actions().get_device_commands(DEVICE, 1).await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Decode, 1));
    assert_eq!(error.status().unwrap(), 200);
    assert_eq!(error.body(), Some(body));
    let fault: &Fault = error.source().unwrap().downcast_ref().unwrap();
    assert!(error.to_string().contains(&fault.path), "{error}");
    fault.clone()
}

#[tokio::test]
async fn invalid_utf8_is_refused_where_it_stands() {
    let fault = fault(b"{\"commands\":{\"results\":[{\"command_type\":\"a\xffb\"}]}}").await;
    assert_eq!(fault.path, "$.commands.results[0].command_type");
}

#[tokio::test]
async fn json_that_ends_early_or_late_is_refused() {
    assert_eq!(
        fault(br#"{"commands":{"results":[{"priority":1"#).await.path,
        "$.commands.results[0]"
    );
    assert_eq!(fault(b"{}{}").await.path, "$");
    assert_eq!(fault(b"").await.path, "$");
    assert_eq!(fault(b"null").await.path, "$");
}

#[tokio::test]
async fn a_reply_that_violates_its_schema_is_refused_where_it_does() {
    for (body, path, expected) in [
        (
            r#"{"commands":{"results":[{},{"status":"three"}]}}"#,
            "$.commands.results[1].status",
            "integer",
        ),
        (r#"{"commands":{"count":1.5}}"#, "$.commands.count", "integer"),
        (r#"{"commands":{"results":{}}}"#, "$.commands.results", "array"),
        (r#"{"device_id":7}"#, "$.device_id", "string"),
        (
            r#"{"commands":{"results":[{"uuid":"no"}]}}"#,
            "$.commands.results[0].uuid",
            "UUID (RFC 9562)",
        ),
        (
            r#"{"commands":{"results":[{"last_pushed":"soon"}]}}"#,
            "$.commands.results[0].last_pushed",
            "date-time (RFC 3339)",
        ),
        ("[]", "$", "object"),
    ] {
        let fault = fault(body.as_bytes()).await;
        assert_eq!((fault.path.as_str(), &*fault.expected), (path, expected));
    }
}

#[tokio::test]
async fn nesting_without_end_is_refused() {
    let deep = format!(r#"{{"commands":{{"results":[{{"user":{}}}]}}}}"#, "[".repeat(100_000));
    let script = Script::start([Act::json(deep.as_bytes())]).await;
    let error =
        client(script.url()).device_actions().get_device_commands(DEVICE, 1).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode);
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let other = Server::status(200).await;
    let moved = ResponseTemplate::new(302).insert_header("location", other.url());
    let server = Server::replying(moved).await;
    let error = client(server.url()).device_actions().shutdown(DEVICE).await.unwrap_err();
    assert_eq!(
        (error.kind(), error.status().unwrap().as_u16()),
        (ErrorKind::UnexpectedStatus, 302)
    );
    assert_eq!(other.requests(), []);
}

#[tokio::test]
async fn a_status_that_is_not_documented_is_told() {
    let server =
        Server::replying(ResponseTemplate::new(418).set_body_raw("short and stout", "text/plain"))
            .await;
    let body = LockDeviceRequest::new().message("m");
    let error =
        client(server.url()).device_actions().lock_device(DEVICE).body(body).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::UnexpectedStatus);
    assert_eq!(error.body(), Some(&b"short and stout"[..]));
    let url = format!("{}/api/v1/devices/{DEVICE}/action/lock", server.url());
    let message =
        format!("lockDevice: POST {url}: 418 I'm a teapot, which the document doesn't list");
    assert_eq!(error.to_string(), message);
}
