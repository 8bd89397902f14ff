//! The mock servers of generated clients, as a test of a user's calls them: over loopback.
#![allow(clippy::unwrap_used, reason = "an expectation that fails is a test that fails")]

mod bodies;
mod defaults;
mod expectations;
mod faults;
mod replies;
mod tape;
mod violations;

use std::net::SocketAddr;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// The device of the documented examples.
const DEVICE: &str = "0bc8f610-5b88-49a6-b9ef-a68bf04e1e59";

/// Sends these bytes, and gives everything that comes back until the connection ends.
async fn raw(address: SocketAddr, request: &str) -> String {
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut reply = Vec::new();
    stream.read_to_end(&mut reply).await.unwrap();
    String::from_utf8(reply).unwrap()
}

/// A request with these headers and this body, after which the connection ends.
fn request(line: &str, headers: &[&str], body: &str) -> String {
    let headers: String = headers.iter().map(|header| format!("{header}\r\n")).collect();
    let length = body.len();
    format!(
        "{line} HTTP/1.1\r\nhost: mock\r\nconnection: close\r\ncontent-length: {length}\r\n{headers}\r\n{body}"
    )
}

/// Status line and body of a reply.
fn parts(reply: &str) -> (&str, &str) {
    let (head, body) = reply.split_once("\r\n\r\n").unwrap();
    (head.lines().next().unwrap(), body)
}
