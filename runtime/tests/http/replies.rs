//! What is made of the replies of a server.

use std::error::Error as _;

use serde_json::json as value;
use tenon_runtime::{ErrorKind, Fault};
use wiremock::matchers::{body_json, header, method, path, query_param};
use wiremock::{Mock, MockServer, ResponseTemplate};

use super::api::{Client, Device, GetDeviceError};
use super::server::{Act, Server, json, reply};

async fn get(
    act: Act,
) -> Result<tenon_runtime::Reply<Device>, tenon_runtime::Error<GetDeviceError>> {
    let server = Server::start(vec![act]).await;
    let none = tenon_runtime::RetryPolicy::none();
    server.builder().retry(none).build().unwrap().devices().get("1").await
}

#[tokio::test]
async fn a_success_keeps_status_and_headers() {
    let act = reply("200 OK", "content-type: application/json\r\nx-id: 9\r\n", r#"{"id":3}"#);
    let reply = get(act).await.unwrap();
    assert_eq!(reply.status(), 200);
    assert_eq!(reply.headers()["x-id"], "9");
    assert_eq!(reply.attempts(), 1);
    assert_eq!(reply.id, 3);
    assert_eq!(reply.map(|device| device.id).into_inner(), 3);
}

#[tokio::test]
async fn documented_errors_are_typed_by_status() {
    let error = get(json("404 Not Found", r#"{"id":4}"#)).await.unwrap_err();
    assert_eq!(error.documented(), Some(&GetDeviceError::NotFound(Device { id: 4, name: None })));
    assert_eq!(error.kind(), ErrorKind::Documented);
    assert_eq!(error.status().unwrap(), 404);
    assert_eq!(error.body(), Some(&br#"{"id":4}"#[..]));
    assert!(error.source().is_none());
    assert!(error.to_string().starts_with("getDevice: GET http://127.0.0.1:"), "{error}");
    assert!(error.to_string().ends_with("/devices/1: 404 Not Found"), "{error}");

    let error = get(reply("401 Unauthorized", "", "ignored")).await.unwrap_err();
    assert_eq!(error.documented(), Some(&GetDeviceError::Unauthorized));
    assert!(error.is_unauthorized());

    let problem = "content-type: application/problem+json\r\n";
    let error = get(reply("503 Service Unavailable", problem, r#"{"a":[1]}"#)).await.unwrap_err();
    assert_eq!(error.into_documented(), Some(GetDeviceError::Server(value!({"a": [1]}))));
}

#[tokio::test]
async fn a_documented_error_that_does_not_decode_keeps_status_body_and_fault() {
    let error = get(json("404 Not Found", r#"{"id":"x"}"#)).await.unwrap_err();
    assert_eq!(error.documented(), None);
    assert_eq!(error.kind(), ErrorKind::Documented);
    assert_eq!(error.status().unwrap(), 404);
    assert_eq!(error.body(), Some(&br#"{"id":"x"}"#[..]));
    let fault = error.source().unwrap().downcast_ref::<Fault>().unwrap();
    assert_eq!(fault.path, "$.id");
}

#[tokio::test]
async fn a_success_that_violates_its_schema_tells_where() {
    let error = get(json("200 OK", r#"{"id":1,"name":[]}"#)).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode);
    assert!(error.is_decode());
    assert!(error.to_string().contains("$.name"), "{error}");
    assert!(error.source().unwrap().is::<Fault>());
    assert_eq!(error.body(), Some(&br#"{"id":1,"name":[]}"#[..]));
}

#[tokio::test]
async fn invalid_utf_8_and_invalid_json_are_decode_errors() {
    let json_type = "content-type: application/json\r\n";
    let error = get(reply("200 OK", json_type, b"{\"id\":1,\"name\":\"\xff\"}")).await.unwrap_err();
    assert!(error.is_decode(), "{error}");
    for body in ["", "{", "{\"id\":1}x", "nul"] {
        let error = get(reply("200 OK", json_type, body)).await.unwrap_err();
        assert!(error.is_decode(), "{body}: {error}");
    }
    let server =
        Server::start(vec![reply("200 OK", "content-type: text/plain\r\n", b"\xff")]).await;
    let error = server.client().devices().note("x").await.unwrap_err();
    assert!(error.is_decode(), "{error}");
}

#[tokio::test]
async fn a_wrong_content_type_tells_both() {
    let error = get(reply("200 OK", "content-type: text/html\r\n", "<p>")).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::UnexpectedContentType);
    assert!(error.is_decode());
    let text = error.to_string();
    assert!(text.contains("text/html") && text.contains("application/json"), "{text}");
    assert_eq!(error.body(), Some(&b"<p>"[..]));
}

#[tokio::test]
async fn json_without_a_content_type_or_with_a_charset_is_read() {
    assert_eq!(get(reply("200 OK", "", r#"{"id":1}"#)).await.unwrap().id, 1);
    let latin = "content-type: application/json; charset=iso-8859-1\r\n";
    assert_eq!(get(reply("200 OK", latin, r#"{"id":1}"#)).await.unwrap().id, 1);
    let plus = "content-type: application/vnd.test+json\r\n";
    assert_eq!(get(reply("200 OK", plus, r#"{"id":1}"#)).await.unwrap().id, 1);
}

#[tokio::test]
async fn an_undocumented_status_is_an_error_with_its_body() {
    let error = get(json("418 I'm a teapot", r#"{"id":1}"#)).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::UnexpectedStatus);
    assert_eq!(error.status().unwrap(), 418);
    assert_eq!(error.body(), Some(&br#"{"id":1}"#[..]));
    assert_eq!(get(json("202 Accepted", r#"{"id":1}"#)).await.unwrap().status(), 202);
    let error = get(reply("204 No Content", "", "")).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::UnexpectedStatus);
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let target = Server::start(vec![json("200 OK", r#"{"id":1}"#)]).await;
    let location = format!("location: {}/elsewhere\r\n", target.url());
    let error = get(reply("302 Found", &location, "")).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::UnexpectedStatus);
    assert_eq!(error.status().unwrap(), 302);
    assert!(error.headers().contains_key("location"));
    assert!(target.requests().is_empty());
}

#[tokio::test]
async fn bytes_are_handed_over_as_they_are() {
    let bytes: Vec<u8> = (0..=255).collect();
    let server = Server::start(vec![reply("200 OK", "content-type: image/png\r\n", &bytes)]).await;
    assert_eq!(*server.client().devices().raw().await.unwrap(), bytes);
}

#[tokio::test]
async fn a_mock_server_of_others_gets_what_it_expects() {
    let server = MockServer::start().await;
    Mock::given(method("POST"))
        .and(path("/devices"))
        .and(header("content-type", "application/json"))
        .and(body_json(value!({"id": 2, "name": "n"})))
        .respond_with(ResponseTemplate::new(409).set_body_json(value!({"id": 2})))
        .expect(1)
        .mount(&server)
        .await;
    Mock::given(method("GET"))
        .and(path("/devices/a%2Fb"))
        .and(query_param("fields", "x,y"))
        .and(header("authorization", "Bearer t"))
        .respond_with(ResponseTemplate::new(200).set_body_json(value!({"id": 5})))
        .expect(1)
        .mount(&server)
        .await;
    let client = Client::builder().base_url(server.uri()).bearer("t").build().unwrap();
    let device = Device { id: 2, name: Some("n".into()) };
    let error = client.devices().create(device).await.unwrap_err();
    assert_eq!(error.documented(), Some(&Device { id: 2, name: None }));
    let reply = client.devices().get("a/b").fields(&["x", "y"]).send().await.unwrap();
    assert_eq!(reply.id, 5);
}
