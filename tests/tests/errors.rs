//! What errors of the generated clients tell the people who read them.
#![allow(clippy::unwrap_used, reason = "an expectation that fails is a test that fails")]

use std::error::Error as _;

use tenon_runtime::RetryPolicy;
use tenon_tests::wire::{Act, ResponseTemplate, Script, Server};
use tenon_tests::{applivery, kandji, manageengine};

fn refusal(status: u16, body: &str) -> ResponseTemplate {
    ResponseTemplate::new(status).set_body_raw(body, "application/json")
}

#[tokio::test]
async fn manageengine_tells_its_code_and_description() {
    let body = r#"{"error_code":1002,"error_description":"Unknown ID","localized_error_description":"Inconnu"}"#;
    let reply = refusal(404, body).insert_header("x-request-id", "r-1");
    let server = Server::in_turn(vec![reply]).await;
    let client = manageengine::client(&server);
    let error = client.devices().get_device(7).await.unwrap_err();
    assert_eq!((error.code(), error.message()), (Some("1002"), Some("Unknown ID")));
    assert_eq!(error.request_id(), Some("r-1"));
    let text = error.to_string().replace(server.url(), "");
    assert_eq!(
        text,
        "getDevice: GET /api/v1/devices/7: 404 Not Found, code 1002: Unknown ID \
         (request id r-1)"
    );
    assert!(error.documented().is_some() && error.source().is_none());
}

#[tokio::test]
async fn applivery_tells_them_from_within_its_body() {
    let body = r#"{"status":false,"error":{"code":4004,"message":"Invalid token"}}"#;
    let server = Server::in_turn(vec![refusal(401, body)]).await;
    let client = applivery::client(&server);
    let token = applivery::token();
    let call = client
        .windows_enrollment_tokens()
        .create_win_enrollment_token(applivery::ORGANIZATION, token);
    let error = call.await.unwrap_err();
    assert!(error.is_unauthorized());
    assert_eq!((error.code(), error.message()), (Some("4004"), Some("Invalid token")));
    assert!(error.to_string().ends_with("401 Unauthorized, code 4004: Invalid token"), "{error}");
}

#[tokio::test]
async fn kandji_marks_nothing_and_its_bodies_stay_out() {
    let reply =
        refusal(403, r#"{"detail":"t0ken is not allowed"}"#).insert_header("cf-ray", "8-FRA");
    let server = Server::in_turn(vec![reply]).await;
    let error =
        kandji::client(&server).device_actions().lock_device(kandji::DEVICE).await.unwrap_err();
    assert_eq!((error.code(), error.message()), (None, None));
    assert!(error.to_string().ends_with("(request id 8-FRA)"), "{error}");
    assert!(!format!("{error} {error:?}").contains("allowed"), "{error:?}");
}

#[tokio::test]
async fn an_erase_or_a_lock_arrives_once_whatever_happens_to_the_reply() {
    let head = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 99\r\n";
    let cuts = [
        Act::Cut,
        Act::Send("HTTP/1.1 2".into()),
        Act::Send(head.into()),
        Act::Send(format!("{head}\r\n{{\"PI").into()),
        Act::reply("503 Service Unavailable\r\nretry-after: 0", b""),
        Act::reply("429 Too Many Requests\r\nretry-after: 0", b""),
    ];
    for act in cuts {
        let server = Script::start([act.clone()]).await;
        let policy = RetryPolicy::new().attempts(9).base_delay(std::time::Duration::ZERO);
        let builder = mdm_clients::kandji::Client::builder().base_url(server.url());
        let client = builder.bearer("t0ken").retry(policy).build().unwrap();
        let actions = client.device_actions();
        let lock = actions.lock_device(kandji::DEVICE).await.unwrap_err();
        assert_eq!((lock.attempts(), server.requests().len()), (1, 1), "{act:?}");
        let erase = actions.erase_device(kandji::DEVICE).await.unwrap_err();
        assert_eq!((erase.attempts(), server.requests().len()), (1, 2), "{act:?}");
        assert!(!lock.is_retryable() && !erase.is_retryable());
        assert_eq!(server.connections(), 2, "{act:?}");
    }
}
