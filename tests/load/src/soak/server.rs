//! The server of a soak: counts each request that reaches it, and does what the plan says.
//!
//! It closes no connection but by a fault that the client sees, so that none is found closed when it is
//! used again, and each try of the client is a request here.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::AbortHandle;

use super::plan::{Fault, Kind, Plan};
use crate::{commands, request};

/// Between the pieces of a head, and before a late reply.
const PAUSE: Duration = Duration::from_millis(5);

/// A server on loopback. It stops accepting when it is dropped.
pub(super) struct Server {
    address: String,
    tries: Arc<[AtomicU32]>,
    accepting: AbortHandle,
}

impl Server {
    pub(super) async fn start(plan: Plan) -> io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = format!("http://{}", listener.local_addr()?);
        let tries: Arc<[AtomicU32]> = (0..plan.calls).map(|_| AtomicU32::new(0)).collect();
        let counts = tries.clone();
        let accepting = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let counts = counts.clone();
                // A client that has gone away is no fault of the server.
                tokio::spawn(async move { serve(stream, plan, &counts).await.ok() });
            }
        });
        Ok(Self { address, tries, accepting: accepting.abort_handle() })
    }

    pub(super) fn url(&self) -> &str {
        &self.address
    }

    /// Number of requests that came of a call.
    pub(super) fn tries(&self, call: usize) -> u32 {
        self.tries[call].load(Ordering::SeqCst)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

/// Serves a connection up to its end, or up to a fault that ends it.
async fn serve(mut stream: TcpStream, plan: Plan, tries: &[AtomicU32]) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let mut bytes = Vec::new();
    loop {
        let call = loop {
            if let Some((call, length)) = parse(&bytes) {
                bytes.drain(..length);
                break call;
            }
            if stream.read_buf(&mut bytes).await? == 0 {
                return Ok(());
            }
        };
        let attempt = tries[call].fetch_add(1, Ordering::SeqCst) + 1;
        let reply = reply(plan.kind(call), call);
        match plan.fault(call, attempt) {
            None => stream.write_all(&reply).await?,
            Some(fault) if !act(&mut stream, fault, &reply).await? => return Ok(()),
            Some(_) => {}
        }
    }
}

/// Does what goes wrong. Whether the connection can be used again.
async fn act(stream: &mut TcpStream, fault: Fault, reply: &[u8]) -> io::Result<bool> {
    match fault {
        Fault::ResetBefore => stream.set_zero_linger()?,
        Fault::ResetBody => {
            stream.write_all(HALF).await?;
            stream.set_zero_linger()?;
        }
        Fault::Truncated => stream.write_all(HALF).await?,
        Fault::Busy => stream.write_all(BUSY).await?,
        Fault::BusyForNow => stream.write_all(BUSY_FOR_NOW).await?,
        Fault::Delay => {
            tokio::time::sleep(PAUSE * 4).await;
            stream.write_all(reply).await?;
        }
        Fault::SlowHead => {
            let (head, rest) = reply.split_at(24);
            for piece in head.chunks(6) {
                stream.write_all(piece).await?;
                tokio::time::sleep(PAUSE).await;
            }
            stream.write_all(rest).await?;
        }
    }
    Ok(!matches!(fault, Fault::ResetBefore | Fault::ResetBody | Fault::Truncated))
}

const HALF: &[u8] =
    b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 64\r\n\r\n{\"device_id\":";
const BUSY: &[u8] = b"HTTP/1.1 503 Service Unavailable\r\ncontent-length: 0\r\n\r\n";
const BUSY_FOR_NOW: &[u8] =
    b"HTTP/1.1 503 Service Unavailable\r\nretry-after: 0\r\ncontent-length: 0\r\n\r\n";

/// The call that a whole request is of, by the id of its device, and the length of the request.
fn parse(bytes: &[u8]) -> Option<(usize, usize)> {
    let (path, length) = request::parse(bytes)?;
    let id = path.split('/').nth(4).expect("the id of a device");
    Some((id.parse().expect("the number of a call"), length))
}

/// The reply to a call; it names the call where it can.
fn reply(kind: Kind, call: usize) -> Vec<u8> {
    let body = match kind {
        Kind::List => commands(&call.to_string(), 4),
        Kind::Lock => format!(r#"{{"PIN":"{:06}"}}"#, call % 1_000_000),
        Kind::Delete => return b"HTTP/1.1 204 No Content\r\n\r\n".to_vec(),
        Kind::Erase => String::new(),
    };
    let length = body.len();
    let head = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length:";
    format!("{head} {length}\r\n\r\n{body}").into_bytes()
}
