//! What an error tells people: operation, status, the vendor's words, the request's id, the tries.

use std::error::Error as _;

use tenon_runtime::op::{Call, Json, Operation, Undocumented};
use tenon_runtime::{ErrorKind, RateLimits, RetryPolicy};

use super::marked::{MarkedClient, PING, RESPONSES};
use super::server::{Act, Server, json, reply};

fn client(server: &Server) -> MarkedClient {
    let builder = MarkedClient::builder().base_url(server.url()).bearer("hunter2");
    builder.rate_limits(RateLimits::none()).build().unwrap()
}

/// The error of `ping` and its text without the address.
async fn failed(act: Act) -> (tenon_runtime::Error<Undocumented>, String) {
    let server = Server::start(vec![act]).await;
    let call = client(&server).ping().customize().retry(RetryPolicy::none());
    let error = call.await.unwrap_err();
    let text = error.to_string().replace(&server.url(), "");
    (error, text)
}

#[tokio::test]
async fn the_vendors_code_message_and_request_id_are_told() {
    let body = r#"{"error_code":1002,"error_description":"Unknown ID","secret":"hunter2"}"#;
    let headers = "content-type: application/json\r\nx-ticket: T-7\r\nx-request-id: other\r\n";
    let (error, text) = failed(reply("404 Not Found", headers, body)).await;
    assert_eq!(text, "ping: GET /ping: 404 Not Found, code 1002: Unknown ID (request id T-7)");
    assert_eq!((error.code(), error.message()), (Some("1002"), Some("Unknown ID")));
    assert_eq!(error.request_id(), Some("T-7"));
    assert!(!format!("{error:?}").contains("hunter2"), "{error:?}");
}

#[tokio::test]
async fn an_undocumented_status_tells_them_too() {
    let body = r#"{"error_code":"COM0002","error_description":"API Limit Exceeded"}"#;
    let headers = "content-type: application/json\r\ncf-ray: abc-FRA\r\nretry-after: 9\r\n";
    let (error, text) = failed(reply("429 Too Many Requests", headers, body)).await;
    assert_eq!(
        text,
        "ping: GET /ping: 429 Too Many Requests, which the document doesn't list, code COM0002: \
         API Limit Exceeded (request id abc-FRA)"
    );
    assert!(error.is_rate_limited() && !error.is_unauthorized());
    assert_eq!(error.retry_after().unwrap().as_secs(), 9);
}

#[tokio::test]
async fn a_response_may_have_its_own_places() {
    let body = r#"{"error_code":1,"problems":[{"text":"too\r\nlong"}]}"#;
    let (error, text) = failed(json("422 Unprocessable Entity", body)).await;
    assert!(text.ends_with("422 Unprocessable Entity: too  long"), "{text}");
    assert_eq!(error.code(), None);
}

#[tokio::test]
async fn without_anything_marked_nothing_is_said() {
    for body in ["", "null", "[1]", "nonsense", r#"{"error_code":{"a":"hunter2"}}"#] {
        let (error, text) = failed(json("404 Not Found", body)).await;
        assert_eq!(text, "ping: GET /ping: 404 Not Found", "{body}");
        assert_eq!((error.code(), error.message(), error.request_id()), (None, None, None));
    }
}

#[tokio::test]
async fn replies_have_a_request_id_as_well() {
    let headers = "content-type: application/json\r\nx-ticket: T-8\r\n";
    let server = Server::start(vec![reply("200 OK", headers, "{}")]).await;
    assert_eq!(client(&server).ping().await.unwrap().request_id(), Some("T-8"));
}

#[tokio::test]
async fn tries_and_sources_are_told_to_the_last() {
    let server = Server::start(vec![Act::Cut]).await;
    let policy = RetryPolicy::new().base_delay(std::time::Duration::ZERO);
    let call = client(&server).ping().customize().retry(policy);
    let error = call.await.unwrap_err();
    assert!(error.to_string().ends_with("(tried 3 times)"), "{error}");
    let mut chain = Vec::new();
    let mut source = error.source();
    while let Some(cause) = source {
        chain.push(cause.to_string());
        source = cause.source();
    }
    // The transport, hyper-util, hyper.
    assert!(chain.len() >= 2, "{chain:?}");
    assert!(chain.iter().all(|text| !text.contains("hunter2")), "{chain:?}");
}

/// A model with a property that is only ever sent.
struct Account {
    id: i64,
    pin: Option<i64>,
}
tenon_runtime::object!(Account { required id: "id", optional pin: "pin" write_only });

struct GetAccount {
    call: Call,
}
tenon_runtime::endpoint!(GetAccount: Json<Account>, Undocumented);

static GET: Operation = PING.responses(RESPONSES);

async fn undecodable(body: &str) -> String {
    let server = Server::start(vec![json("200 OK", body)]).await;
    let client = client(&server);
    let call = GetAccount { call: client.core().call(&GET) };
    let error = call.await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode);
    let source = error.source().unwrap().to_string();
    error.to_string().replace(&server.url(), "") + " | " + &source
}

#[tokio::test]
async fn a_decode_error_tells_path_expectation_and_excerpt() {
    assert_eq!(
        undecodable(r#"{"id":"seven","name":"hunter2"}"#).await,
        "ping: GET /ping: 200 OK, but the body isn't what the document says at $.id: expected \
         integer, found string \"seven\" | at \
         $.id: expected integer, found string \
         \"seven\""
    );
    let long = undecodable(&format!(r#"{{"id":"{}"}}"#, "x".repeat(1000))).await;
    assert!(long.contains(&format!("found string \"{}…\"", "x".repeat(40))), "{long}");
    assert!(undecodable(r#"{"id":{"a":"hunter2"}}"#).await.contains("found an object"));
}

#[tokio::test]
async fn what_is_only_ever_sent_is_not_quoted() {
    let text = undecodable(r#"{"id":1,"pin":"hunter2"}"#).await;
    assert!(text.contains("at $.pin: expected integer"), "{text}");
    assert!(text.contains("found what isn't shown") && !text.contains("hunter2"), "{text}");
}
