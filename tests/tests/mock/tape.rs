//! Real traffic is recorded without secrets, and its replay is equal.

use std::fs;
use std::path::PathBuf;

use mdm_clients::kandji;
use mdm_clients::kandji::models::{DeleteUserRequest, LockDeviceRequest, LockDeviceResponse};
use tenon_runtime::tape::{Recorder, Redaction, Replay, Unmatched};
use tenon_runtime::{Bytes, ErrorKind, Json, Part, RetryPolicy, json};
use tenon_tests::payloads::files::CreateFileParts;
use tenon_tests::payloads::models::NewFilePurpose;
use tenon_tests::replies::models::Order;
use tenon_tests::{payloads, replies};

use super::DEVICE;

/// A file of its own for each test.
fn file(name: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("tenon-tape-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    folder.join(format!("{name}.har"))
}

fn kandji(url: &str, transport: impl tenon_runtime::Transport) -> kandji::Client {
    let builder = kandji::Client::builder().base_url(url).bearer("s3cr3t-t0ken");
    builder.transport(transport).retry(RetryPolicy::none()).build().unwrap()
}

/// The causes of an error.
fn unmatched(error: &dyn std::error::Error) -> Option<Unmatched> {
    let mut error = error.source();
    while let Some(one) = error {
        if let Some(unmatched) = one.downcast_ref::<Unmatched>() {
            return Some(unmatched.clone());
        }
        error = one.source();
    }
    None
}

#[tokio::test]
async fn a_replay_gives_what_was_recorded() {
    let path = file("equal");
    let mock = kandji::mock::Mock::start().await.unwrap();
    let lock = || mock.device_actions().lock_device();
    lock().reply_ok(LockDeviceResponse::new().pin("1")).header("x-request-id", "r1").times(1);
    lock().reply_ok(LockDeviceResponse::new().pin("2")).times(1);
    lock().reply(500, json!({"detail": "no"}));
    let recorder = Recorder::create(&path).unwrap().redaction(kandji::mock::redaction());
    let live = kandji(&mock.url(), recorder.clone());
    let body = || LockDeviceRequest::new().message("Lost");
    let talk = async |client: &kandji::Client| {
        let devices = client.device_actions();
        let first = devices.lock_device(DEVICE).body(body()).await.unwrap();
        let second = devices.lock_device(DEVICE).body(body()).await.unwrap();
        let third = devices.lock_device(DEVICE).await.unwrap_err();
        let list = devices.get_device_commands(DEVICE, 5).await.unwrap();
        let bare = devices.shutdown(DEVICE).await.unwrap();
        let heads = [first.headers().clone(), second.headers().clone(), bare.headers().clone()];
        let bodies = (first.into_inner(), second.into_inner(), list.into_inner());
        (heads, bodies, third.status(), third.body().map(<[u8]>::to_vec), bare.status())
    };
    let recorded = talk(&live).await;
    recorder.finish().unwrap();
    drop(mock);
    let replay = kandji("http://elsewhere.example/", Replay::open(&path).unwrap());
    assert_eq!(talk(&replay).await, recorded);
}

#[tokio::test]
async fn the_file_is_an_http_archive_without_secrets() {
    let path = file("secrets");
    let mock = kandji::mock::Mock::start().await.unwrap();
    let echo =
        json!({"PIN": "x", "note": "you sent s3cr3t-t0ken", "nested": {"api_key": "k3y-material"}});
    let lock = mock.device_actions().lock_device();
    lock.reply(200, echo).header("set-cookie", "session=c00kie-value").header("x-plain", "seen");
    let redaction = kandji::mock::redaction().field("UserName");
    let recorder = Recorder::create(&path).unwrap().redaction(redaction);
    let builder = kandji::Client::builder().base_url(mock.url()).bearer("s3cr3t-t0ken");
    let builder = builder.header("x-vendor-token", "h3ader-token").transport(recorder.clone());
    let devices = builder.build().unwrap().device_actions();
    let reply = devices.lock_device(DEVICE).customize();
    let reply = reply.query("access_token", "qu3ry t0ken").query("page", "2").await.unwrap();
    // The caller has everything; only the file hasn't.
    assert_eq!(reply.extra.get("note"), Some(json!("you sent s3cr3t-t0ken")));
    let user = DeleteUserRequest::new().user_name("jane-doe-private");
    devices.delete_user(DEVICE).body(user).await.unwrap();
    recorder.finish().unwrap();
    let text = fs::read_to_string(&path).unwrap();
    let secrets = ["s3cr3t", "c00kie", "k3y-material", "h3ader", "qu3ry", "jane-doe"];
    for secret in secrets {
        assert!(!text.contains(secret), "{secret} stands in the file: {text}");
    }
    assert!(text.contains("REDACTED") && text.contains("page=2") && text.contains("seen"));
    let archive: Json = serde_json::from_str(&text).unwrap();
    assert_eq!(archive["log"]["version"], "1.2");
    let entries = archive["log"]["entries"].as_array().unwrap();
    assert_eq!(entries.len(), 2);
    assert_eq!(entries[0]["request"]["method"], "POST");
    assert_eq!(entries[0]["response"]["status"], 200);
    for key in ["startedDateTime", "time", "cache", "timings"] {
        assert!(entries[0].get(key).is_some(), "{key} is missing");
    }
    assert_eq!(entries[1]["request"]["postData"]["mimeType"], "application/json");
}

#[tokio::test]
async fn secrets_are_taken_out_of_forms_and_parts_and_compared_without() {
    let path = file("parts");
    let mock = payloads::mock::Mock::start().await.unwrap();
    let redaction = || Redaction::new().field("note");
    let recorder = Recorder::create(&path).unwrap().redaction(redaction());
    let files = |transport: Box<dyn FnOnce(payloads::ClientBuilder) -> payloads::ClientBuilder>| {
        transport(payloads::Client::builder().base_url(mock.url())).build().unwrap().files()
    };
    let parts = || {
        let file = Part::bytes(b"GIF\xff\0".as_slice());
        CreateFileParts::new(NewFilePurpose::Avatar, file).note("pr1vate")
    };
    let live = files(Box::new(move |builder| builder.transport(recorder)));
    live.create_file(parts()).await.unwrap();
    let archive: Json = serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
    let data = &archive["log"]["entries"][0]["request"]["postData"];
    assert_eq!(data["_encoding"], "base64");
    assert_eq!(data["mimeType"], "multipart/form-data; boundary=boundary");
    assert!(!fs::read(&path).unwrap().windows(10).any(|it| it == b"cHIxdmF0ZQ"));
    // Another boundary, and another note: neither is compared.
    let replay = Replay::open(&path).unwrap().redaction(redaction()).repeating();
    let replay = files(Box::new(move |builder| builder.transport(replay)));
    replay.create_file(parts()).await.unwrap();
    replay.create_file(parts().note("an0ther")).await.unwrap();
    let other = CreateFileParts::new(NewFilePurpose::Report, Part::bytes("GIF")).note("x");
    let error = replay.create_file(other).await.unwrap_err();
    assert!(unmatched(&error).is_some(), "{error:?}");
}

#[tokio::test]
async fn streams_and_bytes_are_replayed() {
    let path = file("streams");
    let mock = replies::mock::Mock::start().await.unwrap();
    mock.talks().export().reply_ok(vec![Order::new(1), Order::new(2)]);
    mock.talks().follow_log().reply_ok(["one".to_owned(), "two".to_owned()]);
    mock.talks().get_file().reply_ok(Bytes::from_static(b"\x89PNG\0\xff"));
    let recorder = Recorder::create(&path).unwrap();
    let talk = async |builder: replies::ClientBuilder| {
        let talks = builder.build().unwrap().talks();
        let (mut ids, mut log) = (Vec::new(), Vec::new());
        let mut orders = talks.export().await.unwrap().into_inner();
        while let Some(order) = orders.next().await {
            ids.push(order.unwrap().id);
        }
        let mut events = talks.follow_log().await.unwrap().into_inner();
        while let Some(event) = events.next().await {
            log.push(event.unwrap().data);
        }
        (ids, log, talks.get_file(1).await.unwrap().into_inner())
    };
    let builder = || replies::Client::builder().base_url(mock.url());
    let recorded = talk(builder().transport(recorder)).await;
    assert_eq!(recorded.0, [1, 2]);
    assert_eq!(recorded.1, ["one", "two"]);
    let replayed = talk(builder().transport(Replay::open(&path).unwrap())).await;
    assert_eq!(replayed, recorded);
}

#[tokio::test]
async fn a_request_that_isnt_recorded_tells_the_nearest() {
    let path = file("nearest");
    let mock = kandji::mock::Mock::start().await.unwrap();
    let live = kandji(&mock.url(), Recorder::create(&path).unwrap());
    let body = |text: &str| LockDeviceRequest::new().message(text);
    live.device_actions().lock_device("7").body(body("a")).await.unwrap();
    live.device_actions().get_device_commands("7", 5).await.unwrap();
    let replay = kandji(&mock.url(), Replay::open(&path).unwrap());
    let devices = replay.device_actions();
    let told = |error: &dyn std::error::Error| unmatched(error).unwrap().nearest.unwrap();
    let error = devices.lock_device("7").body(body("b")).await.unwrap_err();
    assert_ne!(error.kind(), ErrorKind::Documented);
    let nearest = told(&error);
    assert!(nearest.starts_with("the nearest, number 1 of "), "{nearest}");
    assert!(nearest.ends_with("its body has another value at `/Message`"), "{nearest}");
    let nearest = told(&devices.get_device_commands("7", 6).await.unwrap_err());
    assert!(nearest.ends_with("its query is `limit=5`, not `limit=6`"), "{nearest}");
    devices.get_device_commands("7", 5).await.unwrap();
    let nearest = told(&devices.get_device_commands("7", 5).await.unwrap_err());
    assert!(nearest.ends_with("has been given already"), "{nearest}");
}

#[tokio::test]
async fn what_is_missing_is_recorded_once() {
    let path = file("missing");
    let _ = fs::remove_file(&path);
    let mock = kandji::mock::Mock::start().await.unwrap();
    for calls in [1, 2, 2] {
        let replay = Replay::record_missing(&path, Redaction::new()).unwrap();
        let devices = kandji(&mock.url(), replay).device_actions();
        devices.lock_device("7").await.unwrap();
        if calls == 2 {
            devices.get_device_commands("7", 5).await.unwrap();
        }
        assert_eq!(mock.calls().len(), calls);
    }
}
