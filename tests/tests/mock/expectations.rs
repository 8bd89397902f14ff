//! Typed expectations: what is answered, how often, how late, and what `verify` says.

use std::time::{Duration, Instant};

use mdm_clients::applivery;
use mdm_clients::applivery::models::{DeviceAction, ErrorResponse, ExecuteActionRequest};
use mdm_clients::applivery::windows_devices::ExecuteActionError;
use mdm_clients::kandji::mock::{Mock, Problem};
use mdm_clients::kandji::models::{LockDeviceRequest, LockDeviceResponse};
use mdm_clients::kandji::{self, Client};
use tenon_runtime::{ErrorKind, RetryPolicy, json};

use super::{DEVICE, parts, raw, request};

#[tokio::test]
async fn a_typed_reply_is_what_the_call_resolves_to() {
    let mock = Mock::start().await.unwrap();
    let wanted = LockDeviceRequest::new().message("Lost");
    let lock = mock.device_actions().lock_device();
    lock.with(|call| call.path("device_id", "a b").json(&wanted))
        .reply_ok(LockDeviceResponse::new().pin("111111"))
        .times(1);
    let devices = mock.client().device_actions();
    let reply = devices.lock_device("a b").body(wanted).await.unwrap();
    assert_eq!(reply.pin.as_deref(), Some("111111"));
    mock.verify().unwrap();
    let calls = mock.device_actions().lock_device().calls();
    assert_eq!(calls.len(), 1);
    assert_eq!(calls[0].path(), "/api/v1/devices/a%20b/action/lock");
    assert_eq!(calls[0].path_param("device_id"), Some("a b"));
    assert_eq!(calls[0].header("authorization"), Some("Bearer mock-credential"));
    let body: LockDeviceRequest = calls[0].json().unwrap();
    assert_eq!(body.message.as_deref(), Some("Lost"));
}

#[tokio::test]
async fn a_typed_reply_is_written_as_the_server_would() {
    let mock = Mock::start().await.unwrap();
    let lock = mock.device_actions().lock_device();
    lock.reply_ok(LockDeviceResponse::new().pin("1")).header("x-request-id", "r7");
    let line = format!("POST /api/v1/devices/{DEVICE}/action/lock");
    let reply = raw(mock.address(), &request(&line, &["authorization: Bearer t"], "")).await;
    assert_eq!(parts(&reply), ("HTTP/1.1 200 OK", r#"{"PIN":"1"}"#));
    let head = reply.to_lowercase();
    assert!(head.contains("\r\ncontent-type: application/json\r\n"), "{head}");
    assert!(head.contains("\r\nx-request-id: r7\r\n"), "{head}");
    assert!(head.contains("\r\ncontent-length: 11\r\n"), "{head}");
}

#[tokio::test]
async fn a_documented_error_is_typed_and_has_its_status() {
    let mock = applivery::mock::Mock::start().await.unwrap();
    let body: ErrorResponse = serde_json::from_value(json!({
        "status": false, "error": {"code": 4002, "message": "No such device"},
    }))
    .unwrap();
    mock.windows_devices().execute_action().reply_error(404, ExecuteActionError::NotFound(body));
    let action = ExecuteActionRequest::new(DeviceAction::Install, "507f1f77bcf86cd799439088");
    let error = mock.client().windows_devices().execute_action("acme", "7", action).await;
    let error = error.unwrap_err();
    assert_eq!((error.kind(), error.status().unwrap().as_u16()), (ErrorKind::Documented, 404));
    assert!(matches!(error.documented(), Some(ExecuteActionError::NotFound(_))));
    mock.verify().unwrap();
}

#[tokio::test]
async fn an_error_with_a_status_that_isnt_its_own_is_told() {
    let mock = applivery::mock::Mock::start().await.unwrap();
    let body: ErrorResponse = serde_json::from_value(json!({
        "status": false, "error": {"code": 4002, "message": "No such device"},
    }))
    .unwrap();
    mock.windows_devices().execute_action().reply_error(418, ExecuteActionError::NotFound(body));
    let report = mock.verify().unwrap_err();
    assert!(matches!(report.problems.as_slice(), [Problem::Misuse { .. }]), "{report}");
}

#[tokio::test]
async fn anything_can_be_answered() {
    let mock = Mock::start().await.unwrap();
    let lock = mock.device_actions().lock_device();
    lock.reply(418, json!({"short": "stout"}));
    let error = mock.client().device_actions().lock_device(DEVICE).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::UnexpectedStatus);
    assert_eq!(error.body(), Some(&br#"{"short":"stout"}"#[..]));
}

#[tokio::test]
async fn expectations_answer_in_order_and_as_often_as_they_may() {
    let mock = Mock::start().await.unwrap();
    let pin = |pin: &str| LockDeviceResponse::new().pin(pin);
    mock.device_actions().lock_device().reply_ok(pin("1")).times(1);
    mock.device_actions().lock_device().reply_ok(pin("2")).times(2);
    let devices = mock.client().device_actions();
    for wanted in ["1", "2", "2"] {
        let reply = devices.lock_device(DEVICE).await.unwrap();
        assert_eq!(reply.pin.as_deref(), Some(wanted));
    }
    mock.verify().unwrap();
    let error = devices.lock_device(DEVICE).await.unwrap_err();
    assert_eq!(error.status().unwrap().as_u16(), 501);
    let told = String::from_utf8_lossy(error.body().unwrap()).into_owned();
    let wanted = "the mock server has no answer: expected 1 time only; expected 2 times only";
    assert_eq!(told, wanted);
}

#[tokio::test]
async fn what_is_missing_and_what_nobody_expected_is_told() {
    let mock = Mock::start().await.unwrap();
    let devices = mock.device_actions();
    devices.lock_device().with(|call| call.path("device_id", "x")).times(2);
    devices.get_device_commands().with(|call| call.query("limit", 5)).times(1..);
    let client = mock.client().device_actions();
    client.lock_device("y").await.unwrap_err();
    client.lock_device("x").await.unwrap();
    let told = mock.verify().unwrap_err().to_string();
    let lines: Vec<&str> = told.lines().collect();
    assert_eq!(
        lines,
        [
            "the mock server saw other calls than expected",
            "- lockDevice: POST /api/v1/devices/y/action/lock has no answer: \
             expected that path parameter `device_id` is `x`, not `y`",
            "- lockDevice: expected 2 times, where path parameter `device_id` is `x`, received 1",
            "- getDeviceCommands: expected at least 1 time, where query parameter `limit` is `5`, received 0",
        ]
    );
}

#[tokio::test]
async fn a_strict_server_answers_only_what_is_expected() {
    let mock = Mock::start().await.unwrap();
    mock.strict();
    let error = mock.client().device_actions().lock_device(DEVICE).await.unwrap_err();
    assert_eq!(error.status().unwrap().as_u16(), 501);
    let report = mock.verify().unwrap_err();
    assert!(report.to_string().contains("expected no call of it"), "{report}");
}

#[tokio::test]
async fn conditions_can_be_any_code() {
    let mock = Mock::start().await.unwrap();
    let lock = mock.device_actions().lock_device();
    lock.with(|call| call.when(|received| received.body().is_empty()).header("x-a", "1"));
    let devices = mock.client().device_actions();
    devices.lock_device(DEVICE).customize().header("x-a", "1").await.unwrap();
    let body = LockDeviceRequest::new().message("Lost");
    devices.lock_device(DEVICE).body(body).await.unwrap_err();
}

#[tokio::test]
async fn what_came_is_told_as_it_was_sent_and_any_bytes_are_an_answer() {
    let mock = Mock::start().await.unwrap();
    let commands = mock.device_actions().get_device_commands();
    commands
        .with(|call| {
            call.when(|it| it.raw_query() == "limit=5&tag=a%26b&tag=c")
                .when(|it| it.query_values("tag") == ["a&b", "c"])
                .when(|it| it.query("tag").as_deref() == Some("a&b") && it.path().contains(DEVICE))
        })
        .reply_bytes(200, "application/octet-stream", &b"\xff\x00"[..]);
    let call = mock.client().device_actions().get_device_commands(DEVICE, 5).customize();
    let reply = call.query("tag", "a&b").query("tag", "c").send_raw().await.unwrap();
    assert_eq!(reply.headers()["content-type"], "application/octet-stream");
    assert_eq!(&*reply.into_inner(), b"\xff\x00");
}

#[tokio::test]
async fn a_delay_is_kept() {
    let mock = Mock::start().await.unwrap();
    let delay = Duration::from_millis(80);
    mock.device_actions().lock_device().delay(delay);
    let begun = Instant::now();
    mock.client().device_actions().lock_device(DEVICE).await.unwrap();
    assert!(begun.elapsed() >= delay);
}

#[tokio::test]
async fn a_retried_call_is_seen_as_often_as_it_is_sent() {
    let mock = Mock::start().await.unwrap();
    let commands = || mock.device_actions().get_device_commands();
    commands().reply_status(503).header("retry-after", "0").times(2);
    let client = mock.builder().retry(RetryPolicy::new().attempts(3)).build().unwrap();
    commands().times(1);
    let reply = client.device_actions().get_device_commands(DEVICE, 1).await.unwrap();
    assert!(reply.commands.is_some());
    assert_eq!(mock.calls().len(), 3);
    mock.verify().unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn many_servers_and_calls_go_side_by_side() {
    let servers = (0..16).map(|number: usize| async move {
        let mock = Mock::start().await.unwrap();
        let pin = number.to_string();
        let lock = mock.device_actions().lock_device();
        lock.reply_ok(LockDeviceResponse::new().pin(&*pin)).times(50);
        let client: Client = mock.client();
        let calls =
            (0..50).map(|_| tokio::spawn(client.device_actions().lock_device(DEVICE).send()));
        for call in calls.collect::<Vec<_>>() {
            assert_eq!(call.await.unwrap().unwrap().pin.as_deref(), Some(pin.as_str()));
        }
        mock.verify().unwrap();
        assert_eq!(mock.calls().len(), 50);
    });
    let servers: Vec<_> = servers.map(tokio::spawn).collect();
    for server in servers {
        server.await.unwrap();
    }
}

#[tokio::test]
async fn a_server_that_is_dropped_stops() {
    let mock = Mock::start().await.unwrap();
    let client = mock.builder().retry(RetryPolicy::none()).build().unwrap();
    client.device_actions().lock_device(DEVICE).await.unwrap();
    drop(mock);
    let error = client.device_actions().lock_device(DEVICE).await.unwrap_err();
    assert!(error.is_connection(), "{error}");
}

#[tokio::test]
async fn a_client_of_ones_own_needs_the_address_only() {
    let mock = kandji::mock::Mock::start().await.unwrap();
    let client = Client::builder().base_url(mock.url()).bearer("mine").build().unwrap();
    client.device_actions().shutdown(DEVICE).await.unwrap();
    let calls = mock.device_actions().shutdown().calls();
    assert_eq!(calls[0].header("authorization"), Some("Bearer mine"));
    mock.verify().unwrap();
}
