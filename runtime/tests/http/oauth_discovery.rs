//! Endpoints that the provider tells (OpenID Connect Discovery 1.0).

use std::net::SocketAddr;

use tenon_runtime::{OAuth2, OAuthClient, OAuthErrorKind};

use super::oauth::{call, client, content, issued};
use super::script::{Script, Step};
use super::server::{Act, Server, json, reply};

static OIDC: OAuth2 = OAuth2::new("Bearer ");
const WELL_KNOWN: &str = "/.well-known/openid-configuration";

/// The configuration of an issuer on this server, whose endpoints are there too.
fn configuration(address: SocketAddr, issuer: &str) -> Act {
    let at = format!("http://{address}");
    let text = format!(
        r#"{{"issuer":"{at}{issuer}","authorization_endpoint":"{at}/authorize",
            "token_endpoint":"{at}/token","revocation_endpoint":"{at}/revoke",
            "device_authorization_endpoint":"{at}/device","jwks_uri":"{at}/keys"}}"#
    );
    json("200 OK", &text)
}

/// A client whose provider is this server.
fn registered(provider: &Server, issuer: &str) -> OAuthClient {
    let url = format!("{}{issuer}{WELL_KNOWN}", provider.url());
    OIDC.client("id").secret("s3cret").discovery_url(url)
}

fn targets(server: &Server) -> Vec<String> {
    let line = |request: &String| request.split(" HTTP/").next().unwrap().to_owned();
    server.requests().iter().map(line).collect()
}

#[tokio::test]
async fn endpoints_are_asked_for_once_when_they_are_needed() {
    let provider = Server::start_with(|at| {
        vec![configuration(at, "/a"), issued("acc1"), reply("200 OK", "", "")]
    });
    let (provider, api) = (provider.await, content().await);
    let registered = registered(&provider, "/a");
    let client = client(&api, registered.clone().client_credentials());
    client.devices().any(call()).await.unwrap();
    registered.revoke("r3fresh").await.unwrap();
    let asked = format!("GET /a{WELL_KNOWN}");
    assert_eq!(targets(&provider), [asked.as_str(), "POST /token", "POST /revoke"]);
}

#[tokio::test]
async fn an_authorization_goes_where_the_provider_says_once_it_was_asked() {
    let provider = Server::start_with(|at| vec![configuration(at, ""), issued("acc1")]).await;
    let registered = registered(&provider, "").redirect_uri("http://localhost/back");
    let error = registered.authorize().unwrap_err();
    assert_eq!(error.kind(), OAuthErrorKind::Configuration);
    assert!(error.to_string().contains("`discover()`"), "{error}");
    registered.discover().await.unwrap();
    registered.discover().await.unwrap();
    let authorization = registered.authorize().unwrap();
    let place = format!("{}/authorize?", provider.url());
    assert!(authorization.url().starts_with(&place), "{}", authorization.url());
    let back = format!("?code=c0de&state={}", authorization.state().expose());
    let tokens = registered.exchange(&authorization, &back).await.unwrap();
    assert_eq!(tokens.access_token.expose(), "acc1");
    let asked = format!("GET {WELL_KNOWN}");
    assert_eq!(targets(&provider), [asked.as_str(), "POST /token"]);
}

#[tokio::test]
async fn another_issuer_gets_no_secret() {
    for issuer in ["/other", "/a/b", "//"] {
        let provider = Server::start_with(|at| vec![configuration(at, issuer)]).await;
        let error = registered(&provider, "/a").discover().await.unwrap_err();
        assert_eq!(error.kind(), OAuthErrorKind::InvalidReply);
        assert!(error.to_string().contains("the issuer is"), "{error}");
        let api = content().await;
        let client = client(&api, registered(&provider, "/a").refresh_token("r3fresh"));
        client.devices().any(call()).await.unwrap_err();
        assert!(targets(&provider).iter().all(|target| target.starts_with("GET ")));
    }
    // Section 4.1: the slash at its end isn't in the address.
    let provider = Server::start_with(|at| vec![configuration(at, "/a/")]).await;
    registered(&provider, "/a").discover().await.unwrap();
}

#[tokio::test]
async fn nothing_is_sent_without_tls_to_another_machine() {
    let script = Script::new([Step::Reply(200, None, "{}")]);
    for url in [
        "http://accounts.example/.well-known/openid-configuration",
        "https://accounts.example/configuration",
        "accounts.example/.well-known/openid-configuration",
    ] {
        let registered = OIDC.client("id").discovery_url(url).transport(script.clone());
        let error = registered.discover().await.unwrap_err();
        assert_eq!(error.kind(), OAuthErrorKind::Configuration, "{error}");
    }
    let missing = OIDC.client("id").transport(script.clone()).discover().await.unwrap_err();
    assert!(missing.to_string().contains("`discovery_url(…)`"), "{missing}");
    assert_eq!(script.count(), 0);

    let text =
        r#"{"issuer":"https://accounts.example","token_endpoint":"http://accounts.example/token"}"#;
    let script = Script::new([Step::Reply(200, None, text)]);
    let url = "https://accounts.example/.well-known/openid-configuration";
    let registered = OIDC.client("id").discovery_url(url).transport(script.clone());
    let error = registered.discover().await.unwrap_err();
    assert_eq!(error.kind(), OAuthErrorKind::InvalidReply);
    assert!(error.to_string().contains("`token_endpoint`"), "{error}");
}

#[tokio::test]
async fn a_redirect_is_not_followed_and_a_failure_is_not_kept() {
    let elsewhere = content().await;
    let location = format!("location: {}/x\r\n", elsewhere.url());
    let provider = Server::start_with(|at| {
        let broken = reply("503 Service Unavailable", "retry-after: 2\r\n", "");
        let text = json("200 OK", "[]");
        vec![reply("302 Found", &location, ""), broken, text, configuration(at, "")]
    });
    let provider = provider.await;
    let registered = registered(&provider, "");
    let error = registered.discover().await.unwrap_err();
    assert_eq!(error.status().map(|status| status.as_u16()), Some(302));
    let error = registered.discover().await.unwrap_err();
    assert!(error.is_temporary() && error.retry_after().is_some(), "{error}");
    assert_eq!(registered.discover().await.unwrap_err().kind(), OAuthErrorKind::InvalidReply);
    registered.discover().await.unwrap();
    assert!(elsewhere.requests().is_empty());
}

#[tokio::test]
async fn what_the_caller_or_the_document_gives_needs_no_provider() {
    let (tokens, api) = (Server::start(vec![issued("acc1")]).await, content().await);
    let nowhere = "https://accounts.invalid/.well-known/openid-configuration";
    let registered = OIDC.client("id").discovery_url(nowhere).token_url(tokens.url());
    client(&api, registered.client_credentials()).devices().any(call()).await.unwrap();
    assert_eq!(targets(&tokens), ["POST /"]);
}
