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

/// Records of compressed replies, in a file that the next one replaces.
#[cfg(feature = "mock")]
mod recorded {
    use std::error::Error;
    use std::path::PathBuf;

    use serde_json::Value;
    use tenon_runtime::tape::{Recorder, Replay};
    use tenon_runtime::{Method, RetryPolicy, Transport};

    use super::super::api::Client;
    use super::{CODINGS, Coding, DEVICE, Server, compressed};

    fn file(name: &str) -> PathBuf {
        std::env::temp_dir().join(format!("tenon-coding-{}-{name}.har", std::process::id()))
    }

    fn over(transport: impl Transport) -> Client {
        let builder = Client::builder().base_url("http://127.0.0.1:9/").bearer("a");
        builder.transport(transport).retry(RetryPolicy::none()).build().unwrap()
    }

    /// Records one reply in this coding; what the call gave, and the file.
    async fn record(coding: &Coding) -> (Option<Vec<u8>>, PathBuf) {
        let path = file(coding.name);
        let server = Server::start(vec![compressed(coding, coding.device)]).await;
        let recorder = Recorder::create(&path).unwrap();
        let client = server.builder().transport(recorder.clone()).build().unwrap();
        let reply = client.request(Method::GET, "/x").send_raw().await;
        recorder.finish().unwrap();
        (reply.ok().map(|reply| reply.into_inner().to_vec()), path)
    }

    #[tokio::test]
    async fn what_the_transport_decodes_is_recorded_and_replayed_decoded() {
        for coding in CODINGS.iter().filter(|coding| coding.is_on) {
            let (reply, path) = record(coding).await;
            assert_eq!(reply.unwrap(), DEVICE.as_bytes());
            let har: Value = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
            let response = &har["log"]["entries"][0]["response"];
            assert_eq!(response["content"]["text"], DEVICE);
            assert_eq!(response["content"]["size"], DEVICE.len());
            assert!(!response["headers"].to_string().contains("content-encoding"));
            let client = over(Replay::open(&path).unwrap());
            let replayed = client.request(Method::GET, "/x").send_raw().await.unwrap();
            assert_eq!(replayed.headers().get("content-encoding"), None);
            assert_eq!(&*replayed.into_inner(), DEVICE.as_bytes());
        }
    }

    #[tokio::test]
    async fn what_nobody_decodes_is_left_out_and_a_replay_says_so() {
        for coding in CODINGS.iter().filter(|coding| !coding.is_on) {
            let (_, path) = record(coding).await;
            let har: Value = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
            let response = &har["log"]["entries"][0]["response"];
            assert_eq!(response["content"]["_leftOut"], coding.name);
            assert_eq!(
                (&response["content"]["size"], &response["bodySize"]),
                (&0.into(), &(-1).into())
            );
            let client = over(Replay::open(&path).unwrap());
            let error = client.request(Method::GET, "/x").send_raw().await.unwrap_err();
            let cause = error.source().and_then(Error::source).unwrap().to_string();
            assert!(cause.contains(&format!("which came in `{}`", coding.name)), "{cause}");
        }
    }

    /// Browsers save the decoded text under the headers that came.
    #[tokio::test]
    async fn a_record_of_a_browser_is_replayed_without_its_coding() {
        let path = file("browser");
        let har = serde_json::json!({"log": {"version": "1.2", "entries": [{
            "startedDateTime": "2026-01-01T00:00:00Z",
            "request": {"method": "GET", "url": "https://acme.example/x", "headers": []},
            "response": {
                "status": 200,
                "headers": [
                    {"name": "content-encoding", "value": "br"},
                    {"name": "content-length", "value": "9"},
                ],
                "content": {"size": DEVICE.len(), "mimeType": "application/json", "text": DEVICE},
            },
        }]}});
        std::fs::write(&path, har.to_string()).unwrap();
        let client = over(Replay::open(&path).unwrap());
        let reply = client.request(Method::GET, "/x").send_raw().await.unwrap();
        assert_eq!(reply.headers().get("content-encoding"), None);
        assert_eq!(reply.headers()["content-length"], DEVICE.len().to_string());
        assert_eq!(&*reply.into_inner(), DEVICE.as_bytes());
    }
}
