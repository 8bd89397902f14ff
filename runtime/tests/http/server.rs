//! A server that replies with prepared bytes and keeps the bytes that it got.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use super::api::{Client, ClientBuilder};

/// What a connection gets for its request.
#[derive(Clone, Debug)]
pub enum Act {
    /// These bytes; then the connection is closed.
    Reply(Vec<u8>),
    /// Nothing: the connection is closed.
    Cut,
    /// These bytes; then the connection is reset.
    Reset(Vec<u8>),
    /// Nothing, for an hour.
    Hang,
    /// These bytes, then nothing for an hour.
    Stall(Vec<u8>),
    /// These bytes one by one; then the connection is closed.
    Drip(Vec<u8>),
}

/// A server with one act per connection; the last is repeated.
pub struct Server {
    address: SocketAddr,
    requests: Arc<Mutex<Vec<Vec<u8>>>>,
}

/// A reply with this status line, header lines and body.
pub fn reply(status: &str, headers: &str, body: impl AsRef<[u8]>) -> Act {
    let body = body.as_ref();
    let head = format!("HTTP/1.1 {status}\r\n{headers}content-length: {}\r\n\r\n", body.len());
    Act::Reply([head.as_bytes(), body].concat())
}

/// A reply of JSON.
pub fn json(status: &str, body: &str) -> Act {
    reply(status, "content-type: application/json\r\n", body)
}

impl Server {
    pub async fn start(acts: impl Into<Vec<Act>>) -> Self {
        let acts: Vec<Act> = acts.into();
        Self::start_with(|_| acts).await
    }

    /// A server whose acts know its host and port.
    pub async fn start_with(acts: impl FnOnce(SocketAddr) -> Vec<Act>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let acts = acts(address);
        let requests = Arc::new(Mutex::new(Vec::new()));
        let kept = requests.clone();
        tokio::spawn(async move {
            for number in 0.. {
                let (connection, _) = listener.accept().await.unwrap();
                let act = acts[number.min(acts.len() - 1)].clone();
                tokio::spawn(serve(connection, act, kept.clone()));
            }
        });
        Self { address, requests }
    }

    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// A builder for this server, with a bearer token.
    pub fn builder(&self) -> ClientBuilder {
        Client::builder().base_url(self.url()).bearer("t0ken")
    }

    pub fn client(&self) -> Client {
        self.builder().build().unwrap()
    }

    /// The requests so far, head and body, as text.
    pub fn requests(&self) -> Vec<String> {
        let requests = self.requests.lock().unwrap();
        requests.iter().map(|bytes| String::from_utf8_lossy(bytes).into_owned()).collect()
    }

    /// The only request.
    pub fn request(&self) -> String {
        let requests = self.requests();
        assert_eq!(requests.len(), 1, "{requests:#?}");
        requests.into_iter().next().unwrap()
    }

    /// The first line of the only request, without the protocol.
    pub fn target(&self) -> String {
        let request = self.request();
        let line = request.lines().next().unwrap();
        line.strip_suffix(" HTTP/1.1").unwrap().to_owned()
    }
}

/// A header of a request, by its lower-case name.
pub fn header<'a>(request: &'a str, name: &str) -> Option<&'a str> {
    let head = request.split("\r\n\r\n").next()?;
    let lines = head.lines().skip(1).filter_map(|line| line.split_once(": "));
    lines.filter(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value).next()
}

/// The body of a request.
pub fn body(request: &str) -> &str {
    request.split_once("\r\n\r\n").map_or("", |(_, body)| body)
}

async fn serve(mut connection: TcpStream, act: Act, kept: Arc<Mutex<Vec<Vec<u8>>>>) {
    let mut bytes = Vec::new();
    let mut buffer = vec![0; 65_536];
    while !is_whole(&bytes) {
        let Ok(count) = connection.read(&mut buffer).await else { return };
        if count == 0 {
            break;
        }
        bytes.extend_from_slice(&buffer[..count]);
    }
    kept.lock().unwrap().push(bytes);
    if let Act::Drip(reply) = act {
        let _ = connection.set_nodelay(true);
        for byte in reply {
            let _ = connection.write_all(&[byte]).await;
            let _ = connection.flush().await;
            tokio::task::yield_now().await;
        }
        let _ = connection.shutdown().await;
        return;
    }
    if let Act::Reset(_) = &act {
        // Closing it sends RST, and not FIN.
        let _ = connection.set_zero_linger();
    }
    let (reply, stalls) = match act {
        Act::Reply(reply) | Act::Reset(reply) => (reply, false),
        Act::Cut => (Vec::new(), false),
        Act::Hang => (Vec::new(), true),
        Act::Stall(reply) => (reply, true),
        Act::Drip(_) => (Vec::new(), false),
    };
    let _ = connection.write_all(&reply).await;
    let _ = connection.flush().await;
    if stalls {
        tokio::time::sleep(Duration::from_secs(3600)).await;
    }
    if connection.linger().ok().flatten().is_some() {
        // What was sent has to arrive before the reset throws it away.
        tokio::time::sleep(Duration::from_millis(20)).await;
        return;
    }
    let _ = connection.shutdown().await;
}

/// Whether a request has come to its end.
fn is_whole(bytes: &[u8]) -> bool {
    let text = String::from_utf8_lossy(bytes);
    let Some((head, _)) = text.split_once("\r\n\r\n") else { return false };
    let start = bytes.windows(4).position(|four| four == b"\r\n\r\n").unwrap() + 4;
    if header(&text, "transfer-encoding").is_some() {
        return bytes.ends_with(b"0\r\n\r\n");
    }
    let length: usize = header(head, "content-length").map_or(0, |text| text.parse().unwrap());
    bytes.len() - start >= length
}
