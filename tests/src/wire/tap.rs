//! A tap on the line to a server: passes bytes on, and keeps the requests among them.
//!
//! The mock server shows requests as its HTTP library understood them; the tap shows what was sent.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};

use super::Request;

/// Bytes that are passed on at a time.
const PIECE: usize = 16 * 1024;

/// The requests that came over a line, in the order in which they were complete.
#[derive(Clone, Debug, Default)]
pub(super) struct Log(Arc<Mutex<Vec<Request>>>);

impl Log {
    pub(super) fn push(&self, request: Request) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(request);
    }

    pub(super) fn requests(&self) -> Vec<Request> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// Listens on a port of its own, and passes everything on to `server`.
pub(super) async fn tap(server: SocketAddr) -> (SocketAddr, Log) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = listener.local_addr().expect("an address");
    let log = Log::default();
    let shared = log.clone();
    tokio::spawn(async move {
        while let Ok((client, _)) = listener.accept().await {
            tokio::spawn(pass(client, server, shared.clone()));
        }
    });
    (address, log)
}

/// Passes on until either side ends.
async fn pass(client: TcpStream, server: SocketAddr, log: Log) {
    let Ok(server) = TcpStream::connect(server).await else { return };
    let (client_reads, mut client_writes) = client.into_split();
    let (mut server_reads, server_writes) = server.into_split();
    let replies = tokio::io::copy(&mut server_reads, &mut client_writes);
    tokio::select! {
        _ = replies => {}
        () = requests(client_reads, server_writes, &log) => {}
    }
}

/// A request is kept before its last byte reaches the server, hence before there is a reply.
async fn requests(mut client: OwnedReadHalf, mut server: OwnedWriteHalf, log: &Log) {
    let (mut pending, mut piece) = (Vec::new(), vec![0; PIECE]);
    while let Ok(length @ 1..) = client.read(&mut piece).await {
        pending.extend_from_slice(&piece[..length]);
        while let Some((request, used)) = Request::parse(&pending) {
            pending.drain(..used);
            log.push(request);
        }
        if server.write_all(&piece[..length]).await.is_err() {
            return;
        }
    }
}
