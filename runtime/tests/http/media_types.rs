//! Media types on the wire: what a request says that its body is, and what it asks for.

use tenon_runtime::op::{Operation, Response, Status};

use super::server::{Server, body, header, json, reply};

#[tokio::test]
async fn text_beyond_ascii_says_its_charset() {
    let server = Server::start(vec![reply("200 OK", "content-type: text/plain\r\n", "")]).await;
    server.client().devices().note("é").await.unwrap();
    let request = server.request();
    assert_eq!(header(&request, "content-type"), Some("text/plain; charset=utf-8"));
    assert_eq!(body(&request), "é");
}

#[tokio::test]
async fn who_asks_for_a_file_takes_errors_in_json() {
    const FILE: Response = Response::bytes(Status::Code(200), "application/pdf", 0);
    const TEXT: Response = Response::text(Status::Code(200), "text/csv", 0);
    const ERROR: Response = Response::json(Status::Range(4), "application/problem+json", 0).error();
    const OTHER: Response = Response::json(Status::Code(200), "application/json", 0);
    let accepted: [(&'static [Response], &str); 4] = [
        (&[FILE, ERROR], "application/pdf, application/problem+json;q=0.1"),
        (&[FILE, TEXT, ERROR], "application/pdf, text/csv, application/problem+json;q=0.1"),
        (&[FILE], "application/pdf"),
        (&[FILE, OTHER, ERROR], "application/pdf, application/json"),
    ];
    for (responses, accept) in accepted {
        let server = Server::start(vec![json("200 OK", "{}")]).await;
        let operation = Operation::new("file", "GET", "/file").responses(responses);
        server.client().devices().any(operation).await.unwrap();
        assert_eq!(header(&server.request(), "accept"), Some(accept));
    }
}
