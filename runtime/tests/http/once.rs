//! What may act twice is sent once, whatever happens to the connection; with an idempotency key, or
//! while nothing has left, it is sent again. Requests are counted where they arrive.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use tenon_runtime::RetryPolicy;
use tenon_runtime::op::{Operation, Param};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

use super::api::Device;
use super::marked::{ERASE, MarkedClient, ORDER, RESPONSES};
use super::server::{Act, Server, header, json};

/// As eager as can be.
fn eager() -> RetryPolicy {
    let statuses = [408, 429, 500, 502, 503, 504];
    RetryPolicy::new().attempts(8).base_delay(Duration::ZERO).statuses(statuses)
}

fn client(url: impl Into<String>) -> MarkedClient {
    let builder = MarkedClient::builder().base_url(url).bearer("t").retry(eager());
    builder.rate_limits(tenon_runtime::RateLimits::none()).build().unwrap()
}

/// Every way in which a reply doesn't come, or not whole.
fn faults() -> Vec<Act> {
    let head = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n";
    vec![
        Act::Cut,
        Act::Reply("HTTP/1.1 20".into()),
        Act::Reply(format!("{head}content-le").into()),
        Act::Reply(format!("{head}content-length: 100\r\n\r\n").into()),
        Act::Reply(format!("{head}content-length: 100\r\n\r\n{{\"id\":").into()),
        Act::Reply(format!("{head}transfer-encoding: chunked\r\n\r\n5\r\n{{\"i").into()),
        Act::Reply("SSH-2.0-OpenSSH_9.9\r\n\r\n".into()),
        json("500 Internal Server Error", "{}"),
        json("503 Service Unavailable", "{}"),
        json("429 Too Many Requests", "{}"),
    ]
}

#[tokio::test]
async fn an_erase_arrives_once_under_every_fault() {
    for act in faults() {
        let server = Server::start(vec![act.clone()]).await;
        let error = client(server.url()).any(ERASE).await.unwrap_err();
        assert_eq!((server.requests().len(), error.attempts()), (1, 1), "{act:?}");
        let own = client(server.url()).any(ERASE).customize().retry(eager());
        own.await.unwrap_err();
        assert_eq!(server.requests().len(), 2, "{act:?}");
        let client = server.builder().retry(eager()).build().unwrap();
        client.devices().create(Device::default()).await.unwrap_err();
        assert_eq!(server.requests().len(), 3, "{act:?}");
    }
}

#[tokio::test]
async fn an_erase_arrives_once_when_no_reply_comes_in_time() {
    let head = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 9\r\n\r\n{";
    for act in [Act::Hang, Act::Stall(head.into())] {
        let server = Server::start(vec![act]).await;
        let call = client(server.url()).any(ERASE).customize().retry(eager());
        let error = call.attempt_timeout(Duration::from_millis(100)).await.unwrap_err();
        assert!(error.is_timeout() && !error.is_retryable(), "{error}");
        assert_eq!(server.requests().len(), 1);
    }
}

#[tokio::test]
async fn a_key_is_the_same_in_each_try_and_another_in_each_call() {
    for act in faults()
        .into_iter()
        .filter(|act| !matches!(act, Act::Reply(reply) if reply.starts_with(b"SSH")))
    {
        let server = Server::start(vec![act.clone(), act.clone(), json("200 OK", "{}")]).await;
        let client = client(server.url());
        let reply = client.any(ORDER).await.unwrap();
        assert_eq!(reply.attempts(), 3, "{act:?}");
        client.any(ORDER).await.unwrap();
        let requests = server.requests();
        let keys: Vec<_> = requests.iter().map(|it| header(it, "x-request-key").unwrap()).collect();
        assert_eq!((keys[0], keys[0]), (keys[1], keys[2]));
        assert_ne!(keys[2], keys[3]);
        for key in keys {
            assert_eq!(uuid::Uuid::parse_str(key).unwrap().get_version_num(), 4);
        }
    }
}

#[tokio::test]
async fn the_callers_key_goes_before_a_made_one() {
    let server = Server::start(vec![Act::Cut, json("200 OK", "{}")]).await;
    let client = client(server.url());
    client.any(ORDER).customize().idempotency_key("mine").await.unwrap();
    client.any(ORDER).customize().header("X-Request-Key", "header").await.unwrap();
    let requests = server.requests();
    let keys: Vec<_> = requests.iter().map(|it| header(it, "x-request-key")).collect();
    assert_eq!(keys, [Some("mine"), Some("mine"), Some("header")]);

    let declared = ORDER.params(const { &[Param::header("X-Request-Key")] });
    let mut call = client.any(declared);
    call.call = call.call.param(0, &"parameter");
    call.await.unwrap();
    let last = server.requests().pop().unwrap();
    assert_eq!(last.matches("x-request-key: ").count(), 1, "{last}");
    assert_eq!(header(&last, "x-request-key"), Some("parameter"));
}

#[tokio::test]
async fn an_operation_without_a_key_sends_none() {
    let server = Server::start(vec![json("200 OK", "{}")]).await;
    client(server.url()).any(Operation::new("a", "POST", "/a").responses(RESPONSES)).await.unwrap();
    assert!(!server.request().to_lowercase().contains("key"), "{}", server.request());
}

#[tokio::test]
async fn a_refused_connection_is_tried_again_and_the_request_arrives_once() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    let policy = RetryPolicy::new().attempts(10_000).base_delay(Duration::from_millis(5));
    let builder = MarkedClient::builder().base_url(format!("http://{address}")).bearer("t");
    let builder = builder.retry_budget(tenon_runtime::RetryBudget::unlimited());
    let builder = builder.rate_limits(tenon_runtime::RateLimits::none());
    let client = builder.retry(policy.max_delay(Duration::from_millis(10))).build().unwrap();
    let call = Operation::new("lock", "POST", "/lock").responses(RESPONSES);
    let call = tokio::spawn(client.any(call).send());
    tokio::time::sleep(Duration::from_millis(50)).await;
    let seen = keep_alive(address, usize::MAX).await;
    let reply = call.await.unwrap().unwrap();
    assert!(reply.attempts() > 1);
    assert_eq!(seen.load(Ordering::SeqCst), 1);
}

/// A server that keeps connections, and closes each without a word at the request after `replies`.
/// It counts the POST requests.
async fn keep_alive(address: SocketAddr, replies: usize) -> Arc<AtomicUsize> {
    let listener = TcpListener::bind(address).await.unwrap();
    let seen = Arc::new(AtomicUsize::new(0));
    let posts = seen.clone();
    tokio::spawn(async move {
        loop {
            let (mut connection, _) = listener.accept().await.unwrap();
            let posts = posts.clone();
            tokio::spawn(async move {
                let mut buffer = vec![0; 65_536];
                for number in 0.. {
                    let Ok(count @ 1..) = connection.read(&mut buffer).await else { return };
                    if buffer[..count].starts_with(b"POST") {
                        posts.fetch_add(1, Ordering::SeqCst);
                    }
                    if number == replies {
                        return;
                    }
                    let reply = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n\
                                 content-length: 2\r\n\r\n{}";
                    connection.write_all(reply.as_bytes()).await.unwrap();
                }
            });
        }
    });
    seen
}

#[tokio::test]
async fn a_kept_connection_that_is_closed_at_the_request_brings_it_once() {
    let free = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    let seen = keep_alive(free, 1).await;
    let client = client(format!("http://{free}"));
    client.ping().await.unwrap();
    let error = client.any(ERASE).await.unwrap_err();
    assert!(error.is_connection() && !error.is_retryable(), "{error}");
    assert_eq!(seen.load(Ordering::SeqCst), 1);
}
