//! Servers, credentials and error codes of ManageEngine MDM, as they go over the wire.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "an expectation that fails is a test that fails"
)]

use std::error::Error;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use mdm_clients::manageengine::groups::{DeleteGroupError, GetGroupError};
use mdm_clients::manageengine::models::{ErrorCode, ErrorCodeValue};
use mdm_clients::manageengine::oauth::ZOHO_OAUTH;
use mdm_clients::manageengine::{Client, ClientBuilder, Server as Edition, scopes};
use tenon_runtime::{AccessToken, BoxError, ErrorKind, RetryPolicy, Token, TokenSource, json};
use tenon_tests::manageengine::{JSON, client, documented};
use tenon_tests::wire::{Recorder, ResponseTemplate, Server, json_reply};

/// Gives `token-1`, `token-2` and so on.
#[derive(Clone, Default)]
struct Counter(Arc<AtomicUsize>);

impl TokenSource for Counter {
    async fn fetch(&self) -> Result<AccessToken, BoxError> {
        let number = self.0.fetch_add(1, Ordering::SeqCst) + 1;
        Ok(AccessToken::new(format!("token-{number}")).expires_in(Duration::from_secs(3600)))
    }
}

/// The header `Authorization` that a client with this credential sends.
async fn authorization(credential: impl FnOnce(ClientBuilder) -> ClientBuilder) -> String {
    let server = documented("listGroups").await;
    let builder = Client::builder().base_url(server.url());
    credential(builder).build().unwrap().groups().list_groups().await.unwrap();
    server.request().header("authorization").unwrap().to_owned()
}

#[tokio::test]
async fn an_api_key_is_sent_as_it_is() {
    assert_eq!(authorization(|client| client.api_key("0AB1C2D3-E4F5")).await, "0AB1C2D3-E4F5");
}

#[tokio::test]
async fn a_zoho_token_is_sent_with_its_prefix() {
    assert_eq!(
        authorization(|client| client.zoho_token("1000.abc")).await,
        "Zoho-oauthtoken 1000.abc"
    );
}

#[tokio::test]
async fn an_oauth_token_is_sent_with_the_same_prefix() {
    assert_eq!(
        authorization(|client| client.zoho_oauth("1000.abc")).await,
        "Zoho-oauthtoken 1000.abc"
    );
}

#[tokio::test]
async fn a_token_source_is_asked_once_for_many_calls() {
    let server = documented("listGroups").await;
    let source = Counter::default();
    let token = Token::source(source.clone());
    let client = Client::builder().base_url(server.url()).zoho_oauth(token).build().unwrap();
    for _ in 0..3 {
        client.groups().list_groups().await.unwrap();
    }
    let requests = server.requests();
    let sent: Vec<_> =
        requests.iter().filter_map(|request| request.header("authorization")).collect();
    assert_eq!(sent, ["Zoho-oauthtoken token-1"; 3]);
    assert_eq!(source.0.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn a_token_that_is_refused_is_fetched_anew_once_even_for_a_post() {
    let refusal = json!({"error_code": "COM0013"});
    let refusal = json_reply(401, JSON, &refusal);
    let server = Server::in_turn(vec![refusal.clone(), ResponseTemplate::new(202)]).await;
    let token = Token::source(Counter::default());
    let client = Client::builder().base_url(server.url()).zoho_oauth(token).build().unwrap();
    let reply = client.groups().add_group_member(1, 2).await.unwrap();
    assert_eq!(reply.attempts(), 2);
    let requests = server.requests();
    assert_eq!(requests[0].header("authorization"), Some("Zoho-oauthtoken token-1"));
    assert_eq!(requests[1].header("authorization"), Some("Zoho-oauthtoken token-2"));

    let server = Server::replying(refusal).await;
    let token = Token::source(Counter::default());
    let client = Client::builder().base_url(server.url()).zoho_oauth(token).build().unwrap();
    let error = client.groups().delete_group(1).await.unwrap_err();
    assert!(error.is_unauthorized());
    assert!(matches!(error.documented(), Some(DeleteGroupError::Unauthorized(_))));
    assert_eq!(server.requests().len(), 2);
}

#[tokio::test]
async fn a_call_without_a_credential_names_the_three_ways_to_set_one() {
    let server = documented("listGroups").await;
    let client = Client::builder().base_url(server.url()).build().unwrap();
    let error = client.groups().list_groups().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Auth);
    for method in ["`api_key(…)`", "`zoho_token(…)`", "`zoho_oauth(…)`"] {
        assert!(error.to_string().contains(method), "{error}");
    }
    assert_eq!(server.requests(), []);
}

#[test]
fn the_endpoints_and_scopes_of_oauth_are_those_of_the_page() {
    assert_eq!(ZOHO_OAUTH.prefix, "Zoho-oauthtoken ");
    assert_eq!(ZOHO_OAUTH.authorization_url, Some("https://accounts.zoho.com/oauth/v2/auth"));
    assert_eq!(ZOHO_OAUTH.token_url, Some("https://accounts.zoho.com/oauth/v2/token"));
    assert_eq!(ZOHO_OAUTH.refresh_url, Some("https://accounts.zoho.com/oauth/v2/token"));
    assert_eq!(ZOHO_OAUTH.revocation_url, Some("https://accounts.zoho.com/oauth/v2/token/revoke"));
    assert_eq!(scopes::MDM_ON_DEMAND_MDM_INVENTORY_READ, "MDMOnDemand.MDMInventory.READ");
    assert_eq!(scopes::MDM_ON_DEMAND_FULLACCESS_ALL, "MDMOnDemand.fullaccess.all");
}

#[tokio::test]
async fn the_cloud_is_called_unless_a_server_url_is_set() {
    for builder in [Client::builder(), Client::builder().server(Edition::Cloud)] {
        let recorder = Recorder::default();
        let client = builder.zoho_token("t0ken").transport(recorder.clone()).build().unwrap();
        client.devices().list_devices().await.unwrap();
        assert_eq!(
            recorder.request().uri.to_string(),
            "https://mdm.manageengine.com/api/v1/devices"
        );
    }
}

#[tokio::test]
async fn a_server_url_leads_to_the_server_on_premises() {
    for slash in ["", "/"] {
        let server = documented("listDevices").await;
        let url = format!("{}{slash}", server.url());
        let client = Client::builder().server_url(url).api_key("k3y").build().unwrap();
        client.devices().list_devices().await.unwrap();
        let request = server.request();
        assert_eq!(request.line, "GET /api/v1/mdm/devices");
        assert_eq!(request.header("host"), Some(server.host()));
        assert_eq!(request.header("authorization"), Some("k3y"));
    }
}

#[test]
fn the_server_on_premises_needs_its_url_and_the_cloud_has_none() {
    let error = Client::builder().server(Edition::OnPremises).api_key("k3y").build().unwrap_err();
    assert!(error.to_string().contains("`server_url(…)`"), "{error}");
    let builder = Client::builder().server(Edition::Cloud).server_url("https://mdm.acme.example");
    let error = builder.api_key("k3y").build().unwrap_err();
    assert!(error.to_string().contains("has no use for `server_url(…)`"), "{error}");
    let error =
        Client::builder().server_url("mdm.acme.example").api_key("k3y").build().unwrap_err();
    assert!(error.to_string().contains("server"), "{error}");
}

/// The code in the body of a 404.
async fn code(json: &str) -> ErrorCodeValue {
    let server = Server::replying(ResponseTemplate::new(404).set_body_raw(json, JSON)).await;
    let builder =
        Client::builder().base_url(server.url()).api_key("k3y").retry(RetryPolicy::none());
    let error = builder.build().unwrap().groups().get_group(1).await.unwrap_err();
    match error.into_documented() {
        Some(GetGroupError::NotFound(body)) => body.error_code.unwrap(),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn error_codes_are_named_constants_numbers_or_what_the_page_does_not_list() {
    let named = ErrorCodeValue::from(ErrorCode::UnknownResource);
    assert_eq!(code(r#"{"error_code":"COM0008"}"#).await, named);
    let odd = ErrorCodeValue::from(ErrorCode::DeviceLicenseLimitReached);
    assert_eq!(code(r#"{"error_code":"COM00020"}"#).await, odd);
    assert_eq!(code(r#"{"error_code":1002}"#).await, ErrorCodeValue::from(1002_i64));
    let unknown = ErrorCodeValue::from(ErrorCode::Unknown("COM9999".to_owned()));
    assert_eq!(code(r#"{"error_code":"COM9999"}"#).await, unknown);
}

#[tokio::test]
async fn an_error_whose_body_is_not_what_the_document_says_keeps_its_status() {
    let replies = [
        ("text/html", "<h1>Not Found</h1>", ErrorKind::UnexpectedContentType),
        (JSON, r#"{"error_code":"#, ErrorKind::Documented),
        (JSON, r#"{"error_code":["COM0008"]}"#, ErrorKind::Documented),
        (JSON, "", ErrorKind::Documented),
    ];
    for (media, body, kind) in replies {
        let reply = ResponseTemplate::new(404).set_body_raw(body, media);
        let server = Server::replying(reply).await;
        let error = client(&server).groups().get_group(1).await.unwrap_err();
        assert_eq!((error.kind(), error.status().unwrap().as_u16()), (kind, 404));
        assert!(error.documented().is_none());
        assert_eq!(error.body(), Some(body.as_bytes()));
        assert_eq!(error.source().is_some(), kind == ErrorKind::Documented);
    }
}

#[tokio::test]
async fn a_success_of_another_status_is_read_as_the_documented_one() {
    for status in [200, 201, 202, 204] {
        let server = Server::status(status).await;
        let reply = client(&server).groups().add_group_member(1, 2).await.unwrap();
        assert_eq!(reply.status().as_u16(), status);
    }
    let server =
        Server::replying(ResponseTemplate::new(201).set_body_raw(r#"{"name":"MDM"}"#, JSON)).await;
    let reply = client(&server).groups().get_group(1).await.unwrap();
    assert_eq!(reply.name.as_deref(), Some("MDM"));
    // Where the document has a body, a success without one isn't it.
    let server = Server::status(204).await;
    let error = client(&server).groups().get_group(1).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::UnexpectedStatus);
}
