//! Each fault, as the bytes and as the client has it.

use std::time::{Duration, Instant};

use mdm_clients::kandji::mock::{Fault, Mock};
use mdm_clients::kandji::models::LockDeviceResponse;
use tenon_runtime::RetryPolicy;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use super::{DEVICE, parts, raw, request};

fn lock() -> String {
    let line = format!("POST /api/v1/devices/{DEVICE}/action/lock");
    request(&line, &["authorization: Bearer t"], "")
}

#[tokio::test]
async fn a_reset_is_a_reset() {
    let mock = Mock::start().await.unwrap();
    mock.device_actions().lock_device().fault(Fault::Reset);
    let mut stream = TcpStream::connect(mock.address()).await.unwrap();
    stream.write_all(lock().as_bytes()).await.unwrap();
    let error = stream.read_to_end(&mut Vec::new()).await.unwrap_err();
    assert_eq!(error.kind(), std::io::ErrorKind::ConnectionReset);
    let error = mock.client().device_actions().lock_device(DEVICE).await.unwrap_err();
    assert!(error.is_connection(), "{error}");
    // A lock may act twice, so that it isn't tried again.
    assert_eq!(error.attempts(), 1);
    assert_eq!(mock.calls().len(), 2);
}

#[tokio::test]
async fn a_truncated_answer_ends_early() {
    let mock = Mock::start().await.unwrap();
    let reply = LockDeviceResponse::new().pin("123456");
    mock.device_actions().lock_device().reply_ok(reply).fault(Fault::Truncated(5));
    let reply = raw(mock.address(), &lock()).await;
    assert_eq!(parts(&reply), ("HTTP/1.1 200 OK", r#"{"PIN"#));
    assert!(reply.contains("content-length: 16\r\n"), "{reply}");
    let error = mock.client().device_actions().lock_device(DEVICE).await.unwrap_err();
    assert!(error.is_connection(), "{error}");
    assert_eq!(error.status().unwrap().as_u16(), 200);
}

#[tokio::test]
async fn an_answer_that_is_truncated_at_its_end_isnt_complete() {
    let mock = Mock::start().await.unwrap();
    let reply = LockDeviceResponse::new().pin("1");
    mock.device_actions().lock_device().reply_ok(reply).fault(Fault::Truncated(11));
    let reply = raw(mock.address(), &lock()).await;
    assert_eq!(parts(&reply).1, r#"{"PIN":"1"}"#);
    let error = mock.client().device_actions().lock_device(DEVICE).await.unwrap_err();
    assert!(error.is_connection(), "{error}");
}

#[tokio::test]
async fn a_slow_answer_comes_at_its_rate() {
    let mock = Mock::start().await.unwrap();
    let reply = LockDeviceResponse::new().pin("123456");
    let slow = Fault::Slow { bytes_per_second: 160 };
    mock.device_actions().lock_device().reply_ok(reply).fault(slow);
    let begun = Instant::now();
    let reply = raw(mock.address(), &lock()).await;
    assert_eq!(parts(&reply).1, r#"{"PIN":"123456"}"#);
    // 16 bytes, 8 in each twentieth of a second.
    assert!(begun.elapsed() >= Duration::from_millis(99));
    let client = mock.builder().attempt_timeout(Duration::from_millis(20));
    let client = client.retry(RetryPolicy::none()).build().unwrap();
    let error = client.device_actions().lock_device(DEVICE).await.unwrap_err();
    assert!(error.is_timeout(), "{error}");
}

#[tokio::test]
async fn silence_is_a_timeout() {
    let mock = Mock::start().await.unwrap();
    mock.device_actions().lock_device().fault(Fault::Silent);
    let client = mock.builder().attempt_timeout(Duration::from_millis(30)).build().unwrap();
    let error = client.device_actions().lock_device(DEVICE).await.unwrap_err();
    assert!(error.is_timeout(), "{error}");
    assert_eq!(mock.calls().len(), 1);
}

#[tokio::test]
async fn what_is_safe_to_repeat_survives_a_fault() {
    let mock = Mock::start().await.unwrap();
    let commands = || mock.device_actions().get_device_commands();
    commands().fault(Fault::Reset).times(1);
    commands().fault(Fault::Truncated(10)).times(1);
    commands().times(1);
    let reply = mock.client().device_actions().get_device_commands(DEVICE, 1).await.unwrap();
    assert!(reply.commands.is_some());
    mock.verify().unwrap();
}
