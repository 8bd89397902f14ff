//! Bodies of any size: memory stays bounded in both directions, and progress is told.

use std::pin::Pin;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};
use std::time::Duration;

use futures_core::Stream;
use tenon_runtime::{Body, Bytes, Method, Progress};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio::sync::Notify;

use super::api::Client;
use super::server::{Server, json, reply};

const GIGABYTE: u64 = 1 << 30;
const CHUNK: usize = 64 * 1024;

/// More than the buffers of both sockets and of both sides of HTTP hold together, where kernels let that
/// of a reader grow to 32 MiB and more; far less than what is sent.
const BUFFERS: u64 = 128 << 20;

/// A server that makes a body of so many bytes while it is read, and counts what it has written.
async fn endless(length: u64) -> (String, Arc<AtomicU64>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let written = Arc::new(AtomicU64::new(0));
    let count = written.clone();
    tokio::spawn(async move {
        let (mut connection, _) = listener.accept().await.unwrap();
        let mut buffer = vec![0; CHUNK];
        let _ = connection.read(&mut buffer).await.unwrap();
        let head = format!(
            "HTTP/1.1 200 OK\r\ncontent-type: application/octet-stream\r\n\
             content-length: {length}\r\n\r\n"
        );
        connection.write_all(head.as_bytes()).await.unwrap();
        let chunk = vec![b'x'; CHUNK];
        let mut left = length;
        while left > 0 {
            let size = left.min(CHUNK as u64) as usize;
            if connection.write_all(&chunk[..size]).await.is_err() {
                return;
            }
            left -= size as u64;
            count.fetch_add(size as u64, Ordering::SeqCst);
        }
    });
    (url, written)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_reply_of_a_gigabyte_is_read_as_it_comes() {
    let (url, written) = endless(GIGABYTE).await;
    let client = Client::builder().base_url(url).build().unwrap();
    let told = Arc::new(Mutex::new(None));
    let keep = told.clone();
    let call = client.request(Method::GET, "/file");
    let call = call.on_download(move |progress| *keep.lock().unwrap() = Some(progress));
    let mut stream = call.stream_raw().await.unwrap();
    let (mut read, mut ahead) = (0, 0);
    while let Some(chunk) = stream.next().await {
        read += chunk.unwrap().len() as u64;
        ahead = ahead.max(written.load(Ordering::SeqCst).saturating_sub(read));
    }
    assert_eq!(read, GIGABYTE);
    assert!(ahead < BUFFERS, "the server was {ahead} bytes ahead");
    let told: Progress = told.lock().unwrap().unwrap();
    assert_eq!((told.bytes, told.total), (GIGABYTE, Some(GIGABYTE)));
}

#[tokio::test]
async fn a_reader_that_stops_makes_the_server_stop() {
    let (url, written) = endless(GIGABYTE).await;
    let client = Client::builder().base_url(url).build().unwrap();
    let mut stream = client.request(Method::GET, "/file").stream_raw().await.unwrap();
    stream.next().await.unwrap().unwrap();
    // Long enough for hundreds of megabytes, if anything took them in.
    for _ in 0..20 {
        tokio::time::sleep(Duration::from_millis(20)).await;
        assert!(written.load(Ordering::SeqCst) < BUFFERS);
    }
}

/// A stream that makes its chunks when they are asked for, and counts them.
struct Source {
    left: u64,
    given: Arc<AtomicU64>,
}

impl Stream for Source {
    type Item = Result<Bytes, std::io::Error>;

    fn poll_next(mut self: Pin<&mut Self>, _context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if self.left == 0 {
            return Poll::Ready(None);
        }
        let size = self.left.min(CHUNK as u64);
        self.left -= size;
        self.given.fetch_add(size, Ordering::SeqCst);
        Poll::Ready(Some(Ok(Bytes::from(vec![b'y'; size as usize]))))
    }
}

#[tokio::test]
async fn an_upload_waits_for_a_slow_server_and_is_not_buffered() {
    const LENGTH: u64 = 256 << 20;
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let (given, go_on) = (Arc::new(AtomicU64::new(0)), Arc::new(Notify::new()));
    let (taken, signal) = (given.clone(), go_on.clone());
    let server = tokio::spawn(async move {
        let (mut connection, _) = listener.accept().await.unwrap();
        signal.notified().await;
        let mut buffer = vec![0; CHUNK];
        let (mut received, mut ahead, mut end) = (0, 0, Vec::new());
        while !end.ends_with(b"0\r\n\r\n") {
            let count = connection.read(&mut buffer).await.unwrap();
            received += count as u64;
            ahead = ahead.max(taken.load(Ordering::SeqCst).saturating_sub(received));
            end = [&end[end.len().saturating_sub(5)..], &buffer[..count]].concat();
        }
        connection.write_all(b"HTTP/1.1 204 No Content\r\n\r\n").await.unwrap();
        (received, ahead)
    });
    let client = Client::builder().base_url(url).build().unwrap();
    let body = Body::stream(Source { left: LENGTH, given: given.clone() });
    let call = tokio::spawn(client.devices().upload("a/b", body).send());
    // The server doesn't read: what is taken from the stream is what fits into buffers.
    for _ in 0..20 {
        tokio::time::sleep(Duration::from_millis(10)).await;
        assert!(given.load(Ordering::SeqCst) < BUFFERS);
    }
    go_on.notify_one();
    call.await.unwrap().unwrap();
    let (received, ahead) = server.await.unwrap();
    assert_eq!(given.load(Ordering::SeqCst), LENGTH);
    assert!(received > LENGTH && ahead < BUFFERS, "{received} {ahead}");
}

/// Everything that was told, and who tells it.
fn keep() -> (Arc<Mutex<Vec<Progress>>>, impl Fn(Progress) + Send + Sync + 'static) {
    let told = Arc::new(Mutex::new(Vec::new()));
    let keep = told.clone();
    (told, move |progress| keep.lock().unwrap().push(progress))
}

fn pairs(told: &Mutex<Vec<Progress>>) -> Vec<(u64, Option<u64>)> {
    told.lock().unwrap().iter().map(|progress| (progress.bytes, progress.total)).collect()
}

#[tokio::test]
async fn progress_of_an_upload_is_told_in_steps_and_anew_for_each_try() {
    let acts = [reply("503 Oh", "retry-after: 0\r\n", ""), reply("204 No Content", "", "")];
    let server = Server::start(acts).await;
    let (told, tell) = keep();
    let body = vec![b'z'; 2 * CHUNK + 1];
    let (length, total) = (body.len() as u64, Some(body.len() as u64));
    let call = server.client().devices().upload("a/b", body).customize().on_upload(tell);
    assert_eq!(call.await.unwrap().attempts(), 2);
    let step = CHUNK as u64;
    let one = [(step, total), (2 * step, total), (length, total)];
    assert_eq!(pairs(&told), [one, one].concat());
    for request in server.requests() {
        let wanted = format!("content-length: {length}\r\n");
        assert!(request.contains(&wanted) && request.ends_with("zzz"));
    }
}

#[tokio::test]
async fn progress_of_a_file_and_of_a_stream_is_told() {
    let path = std::env::temp_dir().join(format!("tenon-flow-{}", std::process::id()));
    std::fs::write(&path, vec![b'f'; CHUNK + 10]).unwrap();
    let server = Server::start(vec![reply("204 No Content", "", "")]).await;
    let (told, tell) = keep();
    let call = server.client().devices().upload("a/b", Body::file(&path)).customize();
    call.on_upload(tell).await.unwrap();
    std::fs::remove_file(&path).unwrap();
    let length = CHUNK as u64 + 10;
    assert_eq!(pairs(&told).last(), Some(&(length, Some(length))));
    assert!(server.request().contains(&format!("content-length: {length}\r\n")));

    let server = Server::start(vec![reply("204 No Content", "", "")]).await;
    let (told, tell) = keep();
    let body = Body::stream(Source { left: CHUNK as u64, given: Arc::default() });
    let call = server.client().devices().upload("a/b", body).customize();
    call.on_upload(tell).await.unwrap();
    assert_eq!(pairs(&told), [(CHUNK as u64, None)]);
    assert!(server.request().contains("transfer-encoding: chunked\r\n"));
}

#[tokio::test]
async fn progress_of_a_reply_that_is_read_whole_is_told_too() {
    let server = Server::start(vec![json("200 OK", r#"{"id":1}"#)]).await;
    let (told, tell) = keep();
    server.client().devices().get("1").customize().on_download(tell).await.unwrap();
    assert_eq!(pairs(&told).last(), Some(&(8, Some(8))));
}
