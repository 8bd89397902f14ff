//! Uploading a file to ManageEngine MDM, as it goes over the wire.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "an expectation that fails is a test that fails"
)]

use futures_util::stream;
use mdm_clients::manageengine::Client;
use mdm_clients::manageengine::files::UploadFileError;
use tenon_runtime::{Body, Bytes, ErrorKind, RetryPolicy};
use tenon_tests::manageengine::{JSON, client, documented, sent, tells_errors_apart};
use tenon_tests::refused;
use tenon_tests::wire::{ResponseTemplate, Server};

const LINE: &str = "POST /api/v1/files";
const NAME: &str = "filename=check.png";

/// Bytes that are neither text nor of a round number.
fn image() -> Vec<u8> {
    (0..=255).cycle().take(100_003).collect()
}

/// The image as a stream, in pieces of this length.
fn pieces(
    length: usize,
) -> impl futures_util::Stream<Item = Result<Bytes, std::io::Error>> + Send + 'static {
    let pieces: Vec<_> =
        image().chunks(length).map(|piece| Ok(Bytes::copy_from_slice(piece))).collect();
    stream::iter(pieces)
}

#[tokio::test]
async fn upload_file_sends_the_bytes_with_their_own_type_and_name() {
    let server = documented("uploadFile").await;
    let reply = client(&server).files().upload_file(NAME, "image/png", image()).await.unwrap();
    let request = sent(&server, LINE);
    assert_eq!(request.header("content-type"), Some("image/png"));
    assert_eq!(request.header("content-disposition"), Some("filename=check.png"));
    assert_eq!(request.header("content-length"), Some("100003"));
    assert_eq!(request.header("accept"), Some(JSON));
    request.assert_names(&["content-disposition", "content-length", "content-type"]);
    assert!(request.body == image());
    assert_eq!((reply.file_id, reply.file_name.as_deref()), (Some(123_124), Some("check.png")));
    assert_eq!(
        (reply.content_type.as_deref(), reply.content_length),
        (Some("image/png"), Some(1479))
    );
    assert_eq!(reply.expiry_time, Some(15_987_913_528));
}

#[tokio::test]
async fn upload_file_streams_what_has_no_known_length_in_chunks() {
    let server = documented("uploadFile").await;
    let body = Body::stream(pieces(1000));
    client(&server)
        .files()
        .upload_file(NAME, "application/vnd.android.package-archive", body)
        .await
        .unwrap();
    let request = sent(&server, LINE);
    assert_eq!(request.header("content-type"), Some("application/vnd.android.package-archive"));
    assert_eq!(request.header("transfer-encoding"), Some("chunked"));
    request.assert_names(&["content-disposition", "content-type", "transfer-encoding"]);
    assert!(request.body == image());
}

#[tokio::test]
async fn upload_file_streams_what_has_a_known_length_with_it() {
    let server = documented("uploadFile").await;
    let body = Body::sized_stream(pieces(4096), 100_003);
    client(&server).files().upload_file(NAME, "image/png", body).await.unwrap();
    let request = sent(&server, LINE);
    assert_eq!(request.header("content-length"), Some("100003"));
    assert_eq!(request.header("transfer-encoding"), None);
    assert!(request.body == image());
}

#[tokio::test]
async fn upload_file_reads_a_file_while_it_is_sent() {
    let server = documented("uploadFile").await;
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../specs/manageengine/openapi.yaml");
    let body = Body::file(path);
    client(&server)
        .files()
        .upload_file("filename=openapi.yaml", "application/yaml", body)
        .await
        .unwrap();
    let request = sent(&server, LINE);
    let bytes = std::fs::read(path).unwrap();
    assert_eq!(request.header("content-length"), Some(bytes.len().to_string().as_str()));
    assert!(request.body == bytes);
}

#[tokio::test]
async fn upload_file_sends_an_empty_file() {
    let server = documented("uploadFile").await;
    client(&server).files().upload_file("filename=empty", "text/plain", Vec::new()).await.unwrap();
    let request = sent(&server, LINE);
    assert_eq!(request.header("content-type"), Some("text/plain"));
    assert_eq!(request.header("content-length"), Some("0"));
    assert!(request.body.is_empty());
}

#[tokio::test]
async fn upload_file_tells_its_documented_errors_apart() {
    let call = async |client: Client| {
        refused!(
            UploadFileError,
            client.files().upload_file(NAME, "image/png", "1231231234916349eq")
        )
    };
    tells_errors_apart("uploadFile", call).await;
}

#[tokio::test]
async fn a_stream_of_another_length_than_declared_fails_the_upload() {
    for declared in [100_002, 100_004] {
        let server = documented("uploadFile").await;
        let body = Body::sized_stream(pieces(1000), declared);
        let error = client(&server).files().upload_file(NAME, "image/png", body).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Connection);
        assert_eq!(server.requests(), []);
    }
}

#[tokio::test]
async fn an_upload_that_is_refused_is_not_sent_again() {
    let server = Server::replying(ResponseTemplate::new(503)).await;
    let client = Client::builder()
        .base_url(server.url())
        .api_key("k3y")
        .retry(RetryPolicy::new())
        .build()
        .unwrap();
    let error = client
        .files()
        .upload_file(NAME, "image/png", Body::stream(pieces(1000)))
        .await
        .unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::UnexpectedStatus, 1));
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn a_file_name_can_not_begin_another_header() {
    let server = documented("uploadFile").await;
    let names = ["filename=a\r\nX-Evil: 1", "filename=a\nb", "filename=a\0b"];
    for name in names {
        let error =
            client(&server).files().upload_file(name, "image/png", image()).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidInput);
        assert!(error.to_string().contains("`Content-Disposition`"), "{error}");
    }
    let error = client(&server)
        .files()
        .upload_file(NAME, "image/png\r\nX-Evil: 1", image())
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidInput);
    assert_eq!(server.requests(), []);
}

#[tokio::test]
async fn a_file_name_is_sent_as_it_is() {
    for name in
        ["filename=a b; c.png", "attachment; filename=\"ä.png\"; filename*=UTF-8''%C3%A4.png"]
    {
        let server = documented("uploadFile").await;
        client(&server).files().upload_file(name, "image/png", image()).await.unwrap();
        assert_eq!(sent(&server, LINE).header("content-disposition"), Some(name));
    }
}
