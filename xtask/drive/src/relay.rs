//! A relay between a client and its server: passes bytes on, and keeps them.
//!
//! What is recorded is what was sent, not what the client believes it has sent.

use std::io::{Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream, ToSocketAddrs};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use crate::exchange::Exchange;

/// Bytes of both directions.
#[derive(Debug, Default)]
struct Log {
    sent: Vec<u8>,
    received: Vec<u8>,
}

/// A relay to one server.
#[derive(Debug)]
pub(crate) struct Relay {
    /// Its own address, for the client.
    pub(crate) address: String,
    log: Arc<Mutex<Log>>,
}

impl Relay {
    /// Listens on a port of its own, and passes everything on to the server at `url`: `http` only.
    pub(crate) fn to(url: &str) -> std::io::Result<Self> {
        let other = |text| std::io::Error::new(std::io::ErrorKind::InvalidInput, text);
        let rest = url.strip_prefix("http://").ok_or_else(|| other("not an http:// address"))?;
        let (authority, path) = rest.split_once('/').unwrap_or((rest, ""));
        let has_port = authority.rsplit(']').next().is_some_and(|rest| rest.contains(':'));
        let server = if has_port { authority.to_owned() } else { format!("{authority}:80") };
        let server = server.to_socket_addrs()?.next().ok_or_else(|| other("no such host"))?;
        let listener = TcpListener::bind("127.0.0.1:0")?;
        let address = format!("http://{}/{path}", listener.local_addr()?);
        let log = Arc::new(Mutex::new(Log::default()));
        let shared = Arc::clone(&log);
        thread::spawn(move || {
            for client in listener.incoming().map_while(Result::ok) {
                pass(client, server, &shared);
            }
        });
        Ok(Self { address: address.trim_end_matches('/').to_owned(), log })
    }

    /// Forgets what has gone by.
    pub(crate) fn forget(&self) {
        *self.log.lock().unwrap_or_else(PoisonError::into_inner) = Log::default();
    }

    /// What has gone by since.
    pub(crate) fn exchange(&self) -> Exchange {
        let log = self.log.lock().unwrap_or_else(PoisonError::into_inner);
        Exchange::read(&log.sent, &log.received)
    }
}

/// Passes on in both directions until either side ends.
fn pass(client: TcpStream, server: SocketAddr, log: &Arc<Mutex<Log>>) {
    let Ok(server) = TcpStream::connect(server) else { return };
    let (Ok(client_too), Ok(server_too)) = (client.try_clone(), server.try_clone()) else { return };
    let (up, down) = (Arc::clone(log), Arc::clone(log));
    thread::spawn(move || copy(client, server, &up, |log| &mut log.sent));
    thread::spawn(move || copy(server_too, client_too, &down, |log| &mut log.received));
}

/// Bytes are kept before they are passed on: whoever has a reply finds all of it kept.
fn copy(
    mut from: TcpStream,
    mut to: TcpStream,
    log: &Mutex<Log>,
    side: fn(&mut Log) -> &mut Vec<u8>,
) {
    let mut piece = vec![0; 1 << 16];
    while let Ok(length @ 1..) = from.read(&mut piece) {
        let bytes = &piece[..length];
        side(&mut log.lock().unwrap_or_else(PoisonError::into_inner)).extend_from_slice(bytes);
        if to.write_all(bytes).is_err() {
            break;
        }
    }
    // The other side is told; it may have gone already.
    let _ = to.shutdown(Shutdown::Write);
}
