//! Ways past the document, with a generated client: on the wire, and in types.
#![allow(clippy::unwrap_used, reason = "an expectation that fails is a test that fails")]

use mdm_clients::kandji::models::{LockDeviceRequest, SetNameRequest};
use tenon_runtime::{Json, Method, json};
use tenon_tests::kandji::{DEVICE, JSON, action, client, sent};
use tenon_tests::wire::Server;

#[tokio::test]
async fn a_call_has_fields_that_the_document_does_not_know() {
    let server = Server::ok(JSON, "{}").await;
    let body = LockDeviceRequest::new().message("Lost");
    let call = client(&server).device_actions().lock_device(DEVICE).body(body).customize();
    call.extra_body_field("/Footnote/Size", 12).await.unwrap();
    let body = r#"{"Message":"Lost","Footnote":{"Size":12}}"#;
    sent(&server, &action("lock")).assert_json(JSON, body);
}

#[tokio::test]
async fn a_call_of_an_operation_that_the_document_does_not_know() {
    let server = Server::status(204).await;
    let call = client(&server).request(Method::POST, "/api/v1/undocumented");
    let reply = call.json(&json!({"a": 1})).await.unwrap();
    assert_eq!(reply.into_inner(), Json::Null);
    sent(&server, "POST /api/v1/undocumented").assert_json(JSON, r#"{"a":1}"#);
}

#[tokio::test]
async fn models_are_sent_and_read_by_undocumented_calls() {
    let server = Server::ok(JSON, r#"{"DeviceName":"b"}"#).await;
    let call =
        client(&server).request(Method::PUT, "/x").json(&SetNameRequest::new().device_name("a"));
    let reply = call.typed::<SetNameRequest>().await.unwrap();
    assert_eq!(reply.into_inner(), SetNameRequest::new().device_name("b"));
    sent(&server, "PUT /x").assert_json(JSON, r#"{"DeviceName":"a"}"#);
}
