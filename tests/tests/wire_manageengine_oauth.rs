//! OAuth 2.0 of ManageEngine MDM, whole: from the user's consent to revocation, against a fake of Zoho's accounts server.
#![allow(clippy::unwrap_used, reason = "an expectation that fails is a test that fails")]

use std::time::Duration;

use mdm_clients::manageengine::oauth::ZOHO_OAUTH;
use mdm_clients::manageengine::{Client, scopes};
use tenon_runtime::{ErrorKind, OAuthClient, OAuthErrorKind, Secret, Token};
use tenon_tests::zoho::{CLIENT, SECRET, Zoho};

fn registered(zoho: &Zoho) -> OAuthClient {
    ZOHO_OAUTH.client(CLIENT).secret(SECRET).origin(zoho.accounts.url())
}

fn client(zoho: &Zoho, token: Token) -> Client {
    Client::builder().base_url(zoho.api.url()).zoho_oauth(token).build().unwrap()
}

/// The header `Authorization` of each call so far.
fn sent(zoho: &Zoho) -> Vec<String> {
    let requests = zoho.api.requests();
    requests.iter().map(|it| it.header("authorization").unwrap().to_owned()).collect()
}

/// The form of each token request so far.
fn asked(zoho: &Zoho) -> Vec<String> {
    zoho.accounts.requests().iter().map(|it| it.text().to_owned()).collect()
}

#[test]
fn the_user_is_sent_to_the_documented_page_of_their_data_centre() {
    let oauth = ZOHO_OAUTH
        .client(CLIENT)
        .redirect_uri("https://me.test/back")
        .scopes([scopes::MDM_ON_DEMAND_MDM_INVENTORY_READ, scopes::MDM_ON_DEMAND_MDM_USER_READ]);
    let authorization = oauth.authorize().unwrap();
    let (page, query) = authorization.url().split_once('?').unwrap();
    assert_eq!(page, "https://accounts.zoho.com/oauth/v2/auth");
    let state = format!("state={}", authorization.state().expose());
    for pair in [
        "response_type=code",
        "client_id=1000.CLIENT",
        &state,
        "redirect_uri=https%3A%2F%2Fme.test%2Fback",
        "scope=MDMOnDemand.MDMInventory.READ%2CMDMOnDemand.MDMUser.READ",
        "access_type=offline",
        "code_challenge_method=S256",
    ] {
        assert!(query.split('&').any(|it| it == pair), "{pair} in {query}");
    }
    for (name, host) in [("eu", "accounts.zoho.eu"), ("in", "accounts.zoho.in")] {
        let authorization = oauth.clone().origin(name).authorize().unwrap();
        let page = format!("https://{host}/oauth/v2/auth?");
        assert!(authorization.url().starts_with(&page), "{}", authorization.url());
    }
}

#[tokio::test]
async fn a_code_of_the_console_begins_it_and_the_token_is_renewed_when_it_is_refused() {
    let zoho = Zoho::start().await;
    zoho.consent("1000.c0de");
    let oauth = registered(&zoho);
    let tokens = oauth.exchange_code("1000.c0de").await.unwrap();
    assert_eq!(tokens.refresh_token, Some(Secret::new("1000.refresh1")));

    let client = client(&zoho, oauth.stored());
    client.devices().list_devices().await.unwrap();
    zoho.state().access_tokens.clear();
    let reply = client.devices().list_devices().await.unwrap();
    assert_eq!(reply.attempts(), 2);
    let token = |number| format!("Zoho-oauthtoken 1000.access{number}");
    assert_eq!(sent(&zoho), [token(1), token(1), token(2)]);
    assert_eq!(
        asked(&zoho),
        [
            "grant_type=authorization_code&code=1000.c0de\
             &client_id=1000.CLIENT&client_secret=5ecr3t",
            "grant_type=refresh_token&refresh_token=1000.refresh1\
             &client_id=1000.CLIENT&client_secret=5ecr3t",
        ]
    );
    let line = |it: &tenon_tests::wire::Request| it.line == "POST /oauth/v2/token";
    assert!(zoho.accounts.requests().iter().all(line));

    // A code is good once.
    let error = oauth_error(&zoho, "1000.c0de").await;
    assert_eq!((error.kind(), error.code()), (OAuthErrorKind::Refused, Some("invalid_code")));
}

async fn oauth_error(zoho: &Zoho, code: &str) -> tenon_runtime::OAuthError {
    registered(zoho).exchange_code(code).await.unwrap_err()
}

#[tokio::test]
async fn the_21st_refresh_token_makes_the_first_void_and_the_error_says_so() {
    let zoho = Zoho::start().await;
    zoho.consent("first");
    let first = registered(&zoho).exchange_code("first").await.unwrap().refresh_token.unwrap();
    for number in 2..=20 {
        let code = format!("code{number}");
        zoho.consent(&code);
        registered(&zoho).exchange_code(code).await.unwrap();
    }
    let running = client(&zoho, registered(&zoho).refresh_token(first.clone()));
    running.devices().list_devices().await.unwrap();

    zoho.consent("21st");
    let last = registered(&zoho).exchange_code("21st").await.unwrap().refresh_token.unwrap();
    // What the void token gave is good until its end.
    running.devices().list_devices().await.unwrap();
    zoho.state().access_tokens.clear();
    let error = running.devices().list_devices().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Auth);
    assert!(error.oauth().unwrap().needs_consent());
    let told = error.to_string();
    for part in [
        "`zoho_oauth`",
        "refused to renew the access token: invalid_code",
        "it was the oldest when its user got more than the 20 that the vendor keeps",
        "have the user consent again",
    ] {
        assert!(told.contains(part), "{told}");
    }
    assert!(!told.contains(first.expose()) && !told.contains(SECRET), "{told}");
    client(&zoho, registered(&zoho).refresh_token(last)).devices().list_devices().await.unwrap();
}

#[tokio::test]
async fn a_revoked_refresh_token_gives_no_more() {
    let zoho = Zoho::start().await;
    zoho.consent("code");
    let oauth = registered(&zoho);
    let refresh = oauth.exchange_code("code").await.unwrap().refresh_token.unwrap();
    oauth.revoke(refresh.clone()).await.unwrap();
    let request = &zoho.accounts.requests()[1];
    assert_eq!(request.line, "POST /oauth/v2/token/revoke");
    assert_eq!(request.text(), "refresh_token=1000.refresh1");
    let client = client(&zoho, oauth.clone().stored());
    let error = client.devices().list_devices().await.unwrap_err();
    assert!(error.oauth().unwrap().needs_consent(), "{error}");
    let error = oauth.revoke(refresh).await.unwrap_err();
    assert_eq!(error.code(), Some("invalid_code"));
}

#[tokio::test]
async fn the_limit_of_token_requests_is_told_and_not_tried_out() {
    let zoho = Zoho::start().await;
    zoho.state().refresh_tokens.push_back("1000.r".into());
    zoho.state().limit = Some(0);
    let client = client(&zoho, registered(&zoho).refresh_token("1000.r"));
    for _ in 0..3 {
        let error = client.devices().list_devices().await.unwrap_err();
        let oauth = error.oauth().unwrap();
        assert!(oauth.is_rate_limited() && error.is_retryable(), "{error}");
        assert!(error.to_string().contains("too many requests continuously"), "{error}");
    }
    assert_eq!((zoho.accounts.requests().len(), zoho.api.requests().len()), (1, 0));
}

#[tokio::test]
async fn a_slow_accounts_server_holds_no_call_beyond_its_time() {
    let zoho = Zoho::start().await;
    zoho.state().refresh_tokens.push_back("1000.r".into());
    zoho.state().delay = Duration::from_millis(400);
    let client = client(&zoho, registered(&zoho).refresh_token("1000.r"));
    let hasty = client.devices().list_devices().customize().timeout(Duration::from_millis(50));
    assert!(hasty.await.unwrap_err().is_timeout());
    // The token that was on its way serves the next.
    client.devices().list_devices().await.unwrap();
    assert_eq!(asked(&zoho).len(), 1);
}

#[tokio::test]
async fn a_wrong_secret_is_told_by_its_code() {
    let zoho = Zoho::start().await;
    let oauth = ZOHO_OAUTH.client(CLIENT).secret("wr0ng").origin(zoho.accounts.url());
    let error = client(&zoho, oauth.refresh_token("r")).devices().list_devices().await.unwrap_err();
    let told = error.to_string();
    assert!(told.contains("invalid_client") && !told.contains("wr0ng"), "{told}");
    assert!(!error.oauth().unwrap().needs_consent());
}
