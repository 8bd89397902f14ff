//! Compressed replies, each behind its feature: asked for, decoded as they come, and measured by
//! what comes out.

use std::sync::{Arc, Mutex};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use tenon_runtime::{ErrorKind, Method};

use super::server::{Act, Server, header};

/// A kind of compression, and two texts in it: [`DEVICE`], and a device whose name has 262,144
/// characters.
struct Coding {
    name: &'static str,
    is_on: bool,
    device: &'static str,
    bomb: &'static str,
}

const DEVICE: &str = r#"{"id":1,"name":"compress"}"#;
const DEVICE_WITH_A_LONG_NAME: u64 = 262_144 + 18;

const CODINGS: [Coding; 3] = [
    Coding {
        name: "gzip",
        is_on: cfg!(feature = "gzip"),
        device: "H4sIAAAAAAACA6tWykxRsjLUUcpLzE1VslJKzs8tKEotLlaqBQAmQ2SwGgAAAA==",
        bomb: "H4sIAAAAAAACA+3BoQ3AIAAEwF1e12DZhgQEotUkDbvjmeHu/syeWp587R2pWQAAAAAAAAAAAAAAAAAAAAAAAAAAAA\
     AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\
     AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\
     AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\
     AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAl+wD01ReFRIABAA=",
    },
    Coding {
        name: "br",
        is_on: cfg!(feature = "brotli"),
        device: "iwyAeyJpZCI6MSwibmFtZSI6ImNvbXByZXNzIn0D",
        bomb: "WxEAhN9x4MbuQLhOkISlSMxepeE1iw5ZnwZEEl0ukww4YEUnhnHu/YBp",
    },
    Coding {
        name: "zstd",
        is_on: cfg!(feature = "zstd"),
        device: "KLUv/SQa0QAAeyJpZCI6MSwibmFtZSI6ImNvbXByZXNzIn2n5nGX",
        bomb: "KLUv/aQSAAQAzAAAiHsiaWQiOjEsIm5hbWUiOiJ4AQDZ/3OwBAIAEHhFAAAQIn0BAAgAAvzur+s=",
    },
];

/// A reply in this coding.
fn compressed(coding: &Coding, text: &str) -> Act {
    let body = STANDARD.decode(text).unwrap();
    let head = format!(
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-encoding: {}\r\n\
         content-length: {}\r\n\r\n",
        coding.name,
        body.len()
    );
    Act::Reply([head.as_bytes(), &body].concat())
}

#[tokio::test]
async fn what_a_feature_decodes_is_asked_for_and_nothing_else() {
    let server = Server::start(vec![Act::Cut]).await;
    server.client().request(Method::POST, "/x").await.unwrap_err();
    let mut accepted: Vec<&str> =
        CODINGS.iter().filter(|coding| coding.is_on).map(|coding| coding.name).collect();
    accepted.sort_unstable();
    let request = server.request();
    let sent = header(&request, "accept-encoding").unwrap_or_default();
    let mut sent: Vec<&str> = sent.split(',').map(str::trim).filter(|it| !it.is_empty()).collect();
    sent.sort_unstable();
    assert_eq!(sent, accepted);
}

#[tokio::test]
async fn compressed_replies_are_read_whole_or_as_they_come() {
    for coding in CODINGS.iter().filter(|coding| coding.is_on) {
        let server = Server::start(vec![compressed(coding, coding.device)]).await;
        let client = server.client();
        let totals = Arc::new(Mutex::new(Vec::new()));
        let told = totals.clone();
        let call = client.devices().get("1").customize();
        let call = call.on_download(move |progress| told.lock().unwrap().push(progress));
        assert_eq!(call.await.unwrap().name.as_deref(), Some("compress"));
        // What comes out is counted, and nobody knows how much that will be.
        let last = *totals.lock().unwrap().last().unwrap();
        assert_eq!((last.bytes, last.total), (DEVICE.len() as u64, None));
        let mut stream = client.request(Method::GET, "/x").stream_raw().await.unwrap();
        let mut text = Vec::new();
        while let Some(chunk) = stream.next().await {
            text.extend_from_slice(&chunk.unwrap());
        }
        assert_eq!(text, DEVICE.as_bytes(), "{}", coding.name);
    }
}

#[tokio::test]
async fn a_limit_counts_what_comes_out() {
    for coding in CODINGS.iter().filter(|coding| coding.is_on) {
        let server = Server::start(vec![compressed(coding, coding.bomb)]).await;
        let limited = |bytes| server.builder().max_reply_bytes(bytes).build().unwrap();
        let error = limited(100_000).request(Method::GET, "/x").await.unwrap_err();
        assert_eq!((error.kind(), error.attempts()), (ErrorKind::TooLarge, 1), "{}", coding.name);
        let get = |bytes| limited(bytes).request(Method::GET, "/x").send_raw();
        assert!(get(DEVICE_WITH_A_LONG_NAME - 1).await.is_err());
        let raw = get(DEVICE_WITH_A_LONG_NAME).await.unwrap();
        assert_eq!(raw.len() as u64, DEVICE_WITH_A_LONG_NAME);
    }
}

#[tokio::test]
async fn a_compressed_reply_that_is_cut_or_broken_is_a_connection_error() {
    for coding in CODINGS.iter().filter(|coding| coding.is_on) {
        let whole = STANDARD.decode(coding.bomb).unwrap();
        let half = STANDARD.encode(&whole[..whole.len() / 2]);
        for text in [half.as_str(), "AAAAAAAAAAAAAAAA"] {
            let server = Server::start(vec![compressed(coding, text)]).await;
            let error = server.client().request(Method::POST, "/x").await.unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Connection, "{}: {error}", coding.name);
        }
    }
}

/// Bytes as they went over the line, for a checksum.
#[tokio::test]
async fn compression_can_be_declined_for_a_call() {
    let server = Server::start(vec![Act::Reply(
        b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n\x1f\x8b".to_vec(),
    )])
    .await;
    let call = server.client().request(Method::GET, "/x").header("accept-encoding", "identity");
    assert_eq!(&*call.send_raw().await.unwrap().into_inner(), b"\x1f\x8b");
    assert_eq!(header(&server.request(), "accept-encoding"), Some("identity"));
}
