//! A server that does what no HTTP server does: hangs, cuts the connection, sends half a reply.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use super::Request;
use super::tap::Log;

/// What is done once a request is complete. The connection ends with it.
#[derive(Clone, Debug)]
pub enum Act {
    /// Sends these bytes.
    Send(Vec<u8>),
    /// Sends nothing.
    Cut,
    /// Sends nothing, and keeps the connection.
    Hang,
    /// Sends these bytes, and keeps the connection.
    Stall(Vec<u8>),
}

impl Act {
    /// Sends a whole reply: its headers, one per line, and its body.
    pub fn reply(head: &str, body: &[u8]) -> Self {
        let length = body.len();
        let mut bytes =
            format!("HTTP/1.1 {head}\r\nconnection: close\r\ncontent-length: {length}\r\n\r\n")
                .into_bytes();
        bytes.extend_from_slice(body);
        Self::Send(bytes)
    }

    /// Replies 200 with this body of type `application/json`.
    pub fn json(body: &[u8]) -> Self {
        Self::reply("200 OK\r\ncontent-type: application/json", body)
    }
}

/// A server on loopback that plays one act per connection, and the last one again and again.
pub struct Script {
    address: String,
    connections: Arc<AtomicUsize>,
    log: Log,
}

impl Script {
    /// Starts the server.
    ///
    /// # Panics
    ///
    /// There is no act, or no free port.
    pub async fn start(acts: impl IntoIterator<Item = Act>) -> Self {
        let acts: Vec<Act> = acts.into_iter().collect();
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = format!("http://{}", listener.local_addr().expect("an address"));
        let (connections, log) = (Arc::new(AtomicUsize::new(0)), Log::default());
        let (count, shared) = (connections.clone(), log.clone());
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let index = count.fetch_add(1, Ordering::SeqCst);
                let act = acts.get(index).or(acts.last()).expect("an act").clone();
                tokio::spawn(play(stream, act, shared.clone()));
            }
        });
        Self { address, connections, log }
    }

    /// The address, without a `/` at its end.
    pub fn url(&self) -> &str {
        &self.address
    }

    /// Number of connections so far.
    pub fn connections(&self) -> usize {
        self.connections.load(Ordering::SeqCst)
    }

    /// All requests so far.
    pub fn requests(&self) -> Vec<Request> {
        self.log.requests()
    }
}

async fn play(mut stream: TcpStream, act: Act, log: Log) {
    let mut bytes = Vec::new();
    let request = loop {
        let Ok(1..) = stream.read_buf(&mut bytes).await else { return };
        if let Some((request, _)) = Request::parse(&bytes) {
            break request;
        }
    };
    log.push(request);
    // A client that has gone away is no fault of the server.
    match act {
        Act::Send(reply) => {
            let _ = stream.write_all(&reply).await;
            let _ = stream.shutdown().await;
        }
        Act::Stall(reply) => {
            let _ = stream.write_all(&reply).await;
            hang(stream).await;
        }
        Act::Hang => hang(stream).await,
        Act::Cut => {}
    }
}

/// Keeps the connection until the client ends it.
async fn hang(mut stream: TcpStream) {
    let mut rest = Vec::new();
    let _ = stream.read_to_end(&mut rest).await;
}
