//! Credentials: where they are sent, and which of the alternatives.

use tenon_runtime::ErrorKind;
use tenon_runtime::op::{Operation, Security};

use super::api::{Client, ClientBuilder, OK};
use super::server::{Server, header, json};

/// For each scheme, the requirement of it alone.
pub static ONLY: [&[&[Security]]; 6] = [
    &[&[Security::new(0, &[])]],
    &[&[Security::new(1, &[])]],
    &[&[Security::new(2, &[])]],
    &[&[Security::new(3, &[])]],
    &[&[Security::new(4, &[])]],
    &[&[Security::new(5, &["scope"])]],
];

/// An operation with these alternatives.
pub fn needs(security: &'static [&'static [Security]]) -> Operation {
    Operation::new("x", "POST", "/x").responses(OK).security(security)
}

async fn sent(
    security: &'static [&'static [Security]],
    set: impl Fn(ClientBuilder) -> ClientBuilder,
) -> String {
    let server = Server::start(vec![json("200 OK", "1")]).await;
    let client = set(Client::builder().base_url(server.url())).build().unwrap();
    client.devices().any(needs(security)).await.unwrap();
    server.request()
}

#[tokio::test]
async fn each_scheme_is_sent_in_its_place() {
    let request = sent(ONLY[0], |builder| builder.bearer("a")).await;
    assert_eq!(header(&request, "authorization"), Some("Bearer a"));
    let basic = |builder: ClientBuilder| builder.basic("Aladdin", "open sesame");
    let request = sent(ONLY[1], basic).await;
    assert_eq!(header(&request, "authorization"), Some("Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=="));
    let request = sent(ONLY[2], |builder| builder.api_key("a")).await;
    assert_eq!(header(&request, "x-api-key"), Some("Token a"));
    let request = sent(ONLY[3], |builder| builder.query_key("a&b")).await;
    assert!(request.starts_with("POST /x?api%20key=a%26b HTTP/1.1\r\n"), "{request}");
    let request = sent(ONLY[4], |builder| builder.cookie_key("a;b")).await;
    assert_eq!(header(&request, "cookie"), Some("session=a%3Bb"));
    // What a cookie can hold stands as the vendor gave it (RFC 6265, section 4.1.1).
    let request = sent(ONLY[4], |builder| builder.cookie_key("s%3Aab+/c==\"")).await;
    assert_eq!(header(&request, "cookie"), Some("session=s%3Aab+/c==%22"));
    let request = sent(ONLY[5], |builder| builder.zoho("a")).await;
    assert_eq!(header(&request, "authorization"), Some("Zoho-oauthtoken a"));
}

#[tokio::test]
async fn a_key_that_comes_with_what_stands_before_it_is_sent_as_it_is() {
    let request = sent(ONLY[0], |builder| builder.bearer("bearer a")).await;
    assert_eq!(header(&request, "authorization"), Some("bearer a"));
    let request = sent(ONLY[2], |builder| builder.api_key("Token a")).await;
    assert_eq!(header(&request, "x-api-key"), Some("Token a"));
    let request = sent(ONLY[2], |builder| builder.api_key("Tokena")).await;
    assert_eq!(header(&request, "x-api-key"), Some("Token Tokena"));
}

#[tokio::test]
async fn an_operation_without_security_sends_no_credential() {
    let request = sent(&[], |builder| builder.bearer("a").query_key("b")).await;
    assert_eq!(header(&request, "authorization"), None);
    assert!(request.starts_with("POST /x HTTP/1.1\r\n"));
}

#[tokio::test]
async fn the_first_alternative_that_is_configured_is_sent() {
    const EITHER: &[&[Security]] =
        &[&[], &[Security::new(0, &[])], &[Security::new(2, &[]), Security::new(3, &[])]];
    let request = sent(EITHER, |builder| builder.bearer("a").api_key("b").query_key("c")).await;
    assert_eq!(header(&request, "authorization"), Some("Bearer a"));
    assert_eq!(header(&request, "x-api-key"), None);
    let request = sent(EITHER, |builder| builder.api_key("b").query_key("c")).await;
    assert_eq!(header(&request, "x-api-key"), Some("Token b"));
    assert!(request.starts_with("POST /x?api%20key=c "));
    // Half an alternative doesn't count, and anonymous calls are allowed.
    let request = sent(EITHER, |builder| builder.api_key("b")).await;
    assert_eq!(header(&request, "x-api-key"), None);
    const CARRIED: &[&[Security]] = &[&[Security::new(0, &[])], &[Security::new(6, &[])]];
    sent(CARRIED, |builder| builder).await;
}

#[tokio::test]
async fn alternatives_of_or_and_and_are_told_as_they_are() {
    const BOTH: &[&[Security]] = &[&[Security::new(0, &[]), Security::new(3, &[])]];
    const EITHER: &[&[Security]] =
        &[&[Security::new(5, &[])], &[Security::new(2, &[]), Security::new(6, &[])]];
    let cases = [
        (BOTH, "call `bearer(…)` and `query_key(…)` on"),
        (EITHER, "call `zoho(…)`, or `api_key(…)` on"),
        (ONLY[4], "call `cookie_key(…)` on"),
    ];
    for (security, told) in cases {
        let server = Server::start(vec![json("200 OK", "1")]).await;
        // Of two that belong together, one isn't enough.
        let builder = Client::builder().base_url(server.url());
        let client = if security.len() == 1 && security[0].len() == 2 {
            builder.bearer("half")
        } else {
            builder
        };
        let client = client.build().unwrap();
        let error = client.devices().any(needs(security)).await.unwrap_err();
        assert_eq!((error.kind(), error.attempts()), (ErrorKind::Auth, 0));
        assert!(error.to_string().contains(told), "{error}");
        assert!(server.requests().is_empty());
    }
    let request = sent(BOTH, |builder| builder.bearer("a").query_key("b")).await;
    assert_eq!(header(&request, "authorization"), Some("Bearer a"));
    assert!(request.starts_with("POST /x?api%20key=b "), "{request}");
    // What is left to the transport comes with what isn't.
    let request = sent(EITHER, |builder| builder.api_key("a")).await;
    assert_eq!(header(&request, "x-api-key"), Some("Token a"));
}

#[tokio::test]
async fn a_missing_credential_names_the_methods_before_anything_is_sent() {
    let server = Server::start(vec![json("200 OK", "1")]).await;
    let client = Client::builder().base_url(server.url()).api_key("half").build().unwrap();
    let error = client.devices().get("1").await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Auth);
    assert!(error.is_unauthorized());
    let text = error.to_string();
    assert!(text.contains("`bearer(…)`, or `basic(…)` and `api_key(…)`"), "{text}");
    assert!(server.requests().is_empty());
}
