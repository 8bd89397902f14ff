//! Ways past the document: additions to a call, replies as they are, undocumented calls.

use serde::{Deserialize, Serialize};
use tenon_runtime::op::{Operation, RequestBody};
use tenon_runtime::{ErrorKind, Method, RetryPolicy, json as value};

use super::api::{Device, OK};
use super::script::Script;
use super::server::{Act, Server, body, header, json, reply};

fn device() -> Device {
    Device { id: 1, name: Some("a".into()) }
}

#[tokio::test]
async fn extra_fields_join_the_body_and_leave_the_rest_as_it_was() {
    let server = Server::start(vec![json("201 Created", r#"{"id":1}"#)]).await;
    let call = server.client().devices().create(device()).customize();
    let call = call
        .extra_body_field("tag", "lost")
        .extra_body_field("name", value!(null))
        .extra_body_field("/owner/mail", "a@b.test")
        .query("dry run", "1&2")
        .header("x-extra", "7");
    call.await.unwrap();
    let request = server.request();
    let wanted = r#"{"id":1,"name":null,"tag":"lost","owner":{"mail":"a@b.test"}}"#;
    assert_eq!(body(&request), wanted);
    assert_eq!(header(&request, "content-length"), Some(wanted.len().to_string().as_str()));
    assert_eq!(header(&request, "content-type"), Some("application/json"));
    assert_eq!(header(&request, "x-extra"), Some("7"));
    assert_eq!(server.target(), "POST /devices?dry%20run=1%262");
}

#[tokio::test]
async fn an_extra_field_makes_a_body_where_there_is_none_and_is_refused_by_what_is_not_json() {
    let server = Server::start(vec![json("200 OK", r#"{"id":1}"#)]).await;
    server.client().devices().get("1").customize().extra_body_field("a", 1).await.unwrap();
    let request = server.request();
    assert_eq!(body(&request), r#"{"a":1}"#);
    assert_eq!(header(&request, "content-type"), Some("application/json"));

    let call = server.client().devices().note("text").customize().extra_body_field("/a/b", 1);
    let error = call.await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::InvalidInput, 0));
    assert!(error.to_string().contains("extra body field `/a/b`"), "{error}");
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn a_body_is_replaced_by_json_of_any_type() {
    #[derive(Serialize)]
    struct Own {
        rank: u8,
    }
    let server = Server::start(vec![json("201 Created", r#"{"id":1}"#)]).await;
    let client = server.client();
    // What the replaced body breaks doesn't matter any more.
    let broken = Device { id: 1, name: Some("too long a name".into()) };
    client.devices().create(broken).customize().raw_json(&Own { rank: 3 }).await.unwrap();
    assert_eq!(body(&server.request()), r#"{"rank":3}"#);
    assert_eq!(header(&server.request(), "content-type"), Some("application/json"));

    // Where the document has no JSON, the media type follows the body.
    let acts = vec![reply("200 OK", "content-type: text/plain\r\n", "ok")];
    let server = Server::start(acts).await;
    server.client().devices().note("x").customize().raw_json(&value!([1])).await.unwrap();
    assert_eq!(body(&server.request()), "[1]");
    assert_eq!(header(&server.request(), "content-type"), Some("application/json"));
}

#[tokio::test]
async fn a_raw_reply_is_whatever_came_after_the_usual_tries() {
    let acts = vec![
        reply("503 Service Unavailable", "retry-after: 0\r\n", ""),
        reply("418 I'm a teapot", "content-type: text/html\r\nx-a: b\r\n", "<b>\0</b>"),
    ];
    let server = Server::start(acts).await;
    let raw = server.client().devices().get("1").customize().send_raw().await.unwrap();
    assert_eq!((raw.status().as_u16(), raw.attempts()), (418, 2));
    assert_eq!(raw.headers()["x-a"], "b");
    assert_eq!(raw.into_inner(), "<b>\0</b>");

    let act = Act::Stall("HTTP/1.1 500 Oh\r\ncontent-length: 9\r\n\r\nfirst".into());
    let server = Server::start(vec![act]).await;
    let call = server.client().devices().get("1").customize().stream_raw();
    let mut stream = call.await.unwrap();
    assert_eq!(stream.status(), 500);
    assert_eq!(stream.next().await.unwrap().unwrap(), "first");
}

#[tokio::test]
async fn an_undocumented_call_has_what_the_client_has() {
    let acts = vec![
        reply("503 Service Unavailable", "retry-after: 0\r\n", ""),
        json("200 OK", r#"{"id":7,"more":[1.5]}"#),
    ];
    let server = Server::start(acts).await;
    let builder = server.builder().base_url(format!("{}/base", server.url()));
    let client = builder.api_key("k3y").header("x-own", "1").build().unwrap();
    let call = client.request(Method::GET, "/v1/über us?fixed=1").query("a", "b c");
    let reply = call.await.unwrap();
    assert_eq!((reply["id"].as_i64(), reply.attempts()), (Some(7), 2));
    let request = server.requests().pop().unwrap();
    assert!(
        request.starts_with("GET /base/v1/%C3%BCber%20us?fixed=1&a=b%20c HTTP/1.1\r\n"),
        "{request}"
    );
    assert_eq!(header(&request, "authorization"), Some("Bearer t0ken"));
    assert_eq!(header(&request, "x-api-key"), Some("Token k3y"));
    assert_eq!(header(&request, "x-own"), Some("1"));
    assert_eq!(header(&request, "accept"), Some("application/json"));
}

#[tokio::test]
async fn an_undocumented_call_sends_and_reads_any_type() {
    #[derive(Debug, Deserialize, PartialEq)]
    struct Made {
        id: u64,
    }
    let acts = vec![
        json("201 Created", r#"{"id":18446744073709551615}"#),
        reply("204 No Content", "", ""),
        json("200 OK", r#"{"id":"s3cret"}"#),
    ];
    let server = Server::start(acts).await;
    let client = server.client();
    let call = client.request(Method::POST, "/v1/x").json(&value!({"name": "ü"}));
    let made = call.typed::<Made>().await.unwrap();
    assert_eq!(made.into_inner(), Made { id: u64::MAX });
    let request = server.request();
    assert_eq!(body(&request), r#"{"name":"ü"}"#);
    assert_eq!(header(&request, "content-type"), Some("application/json"));

    let call = client.request(Method::DELETE, "v1/x").anonymous().typed::<()>();
    assert_eq!(call.await.unwrap().status(), 204);
    let request = server.requests().pop().unwrap();
    assert!(request.starts_with("DELETE /v1/x HTTP/1.1"), "{request}");
    assert_eq!(header(&request, "authorization"), None);

    let error = client.request(Method::GET, "/v1/x").typed::<Made>().await.unwrap_err();
    assert!(error.is_decode() && !format!("{error} {error:?}").contains("s3cret"), "{error}");
}

#[tokio::test]
async fn errors_of_undocumented_calls_have_status_and_body() {
    let acts = vec![json("404 Not Found", r#"{"id":4}"#), reply("503 Gone Away", "", "")];
    let server = Server::start(acts).await;
    let client = server.builder().retry(RetryPolicy::none()).build().unwrap();
    let error = client.request(Method::GET, "/v1/x").await.unwrap_err();
    assert_eq!(
        (error.kind(), error.status().unwrap().as_u16()),
        (ErrorKind::UnexpectedStatus, 404)
    );
    assert_eq!(error.body(), Some(&br#"{"id":4}"#[..]));

    let purge = Method::from_bytes(b"PURGE").unwrap();
    let error = client.request(purge, "/v1/x").await.unwrap_err();
    let wanted = format!("request: PURGE {}/v1/x: 503", server.url());
    assert!(error.to_string().starts_with(&wanted), "{error}");
    // An unknown method may act twice.
    assert!(!error.is_retryable());
    assert!(server.requests()[1].starts_with("PURGE /v1/x HTTP/1.1"));
}

#[tokio::test]
async fn an_undocumented_call_can_not_leave_the_clients_address() {
    let client = Script::new([]).client();
    for path in ["https://elsewhere.test/x", "/a/../../x", "/a/%2e%2E/x", "/a/.", "/x?a=\n"] {
        let error = client.request(Method::GET, path).await.unwrap_err();
        assert_eq!((error.kind(), error.attempts()), (ErrorKind::InvalidInput, 0), "{path}");
    }
}

#[tokio::test]
async fn other_bodies_of_undocumented_calls_are_sent_as_they_are() {
    let server = Server::start(vec![reply("200 OK", "content-type: image/gif\r\n", "GIF")]).await;
    let call = server.client().request(Method::PUT, "/v1/logo").body("image/gif", "GIF89a");
    assert_eq!(call.send_raw().await.unwrap().into_inner(), "GIF");
    let request = server.request();
    assert_eq!((body(&request), header(&request, "content-type")), ("GIF89a", Some("image/gif")));
    assert_eq!(header(&request, "accept"), Some("*/*"));
}

#[tokio::test]
async fn the_documented_media_type_stays() {
    const VENDOR: Operation = Operation::new("x", "POST", "/x")
        .body(RequestBody::json("application/vnd.x+json"))
        .responses(OK);
    let server = Server::start(vec![json("200 OK", "{}")]).await;
    let call = server.client().devices().any(VENDOR).customize();
    call.extra_body_field("a", 1).await.unwrap();
    assert_eq!(header(&server.request(), "content-type"), Some("application/vnd.x+json"));
}
