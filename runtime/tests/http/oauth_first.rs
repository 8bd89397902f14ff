//! The first tokens of a user, and the end of tokens: codes, devices, revocation.

use tenon_runtime::{ClientAuth, OAuth2, OAuthClient, OAuthErrorKind, Secret};

use super::oauth::{call, client, content};
use super::server::{Server, body, header, json};

static SCHEME: OAuth2 = OAuth2::new("Bearer ")
    .authorization_url("https://accounts.test/auth?tenant=1")
    .authorization_params(&[("access_type", "offline")])
    .scope_separator(",")
    .client_auth(ClientAuth::Body)
    .origins(&[("eu", "https://accounts.eu.test")]);

fn registered(server: &Server) -> OAuthClient {
    SCHEME
        .client("the id")
        .secret("s3cret")
        .redirect_uri("http://localhost:8080/back?x=1")
        .scopes(["a.READ", "b.READ"])
        .token_url(format!("{}/token", server.url()))
        .revocation_url(format!("{}/revoke", server.url()))
        .device_url(format!("{}/device", server.url()))
}

/// Both tokens.
fn granted() -> super::server::Act {
    json(
        "200 OK",
        r#"{"access_token":"acc1","refresh_token":"ref1","token_type":"Bearer","expires_in":3600}"#,
    )
}

/// The value of a parameter as it stands in an address.
fn param<'a>(url: &'a str, name: &str) -> Option<&'a str> {
    let pairs = url.split_once('?')?.1.split('&').filter_map(|pair| pair.split_once('='));
    pairs.filter(|(key, _)| *key == name).map(|(_, value)| value).next()
}

#[tokio::test]
async fn a_user_consents_and_the_code_is_exchanged_with_its_proof() {
    let tokens = Server::start(vec![granted()]).await;
    let oauth = registered(&tokens);
    let authorization = oauth.authorize().unwrap();
    let url = authorization.url();
    assert!(url.starts_with("https://accounts.test/auth?tenant=1&response_type=code&"), "{url}");
    assert_eq!(param(url, "client_id"), Some("the+id"));
    assert_eq!(param(url, "state"), Some(authorization.state().expose()));
    assert_eq!(param(url, "code_challenge_method"), Some("S256"));
    assert_eq!(param(url, "redirect_uri"), Some("http%3A%2F%2Flocalhost%3A8080%2Fback%3Fx%3D1"));
    assert_eq!(param(url, "scope"), Some("a.READ%2Cb.READ"));
    assert_eq!(param(url, "access_type"), Some("offline"));
    assert_eq!(param(url, "code_challenge").unwrap().len(), 43);
    assert_ne!(oauth.authorize().unwrap().state(), authorization.state());

    let verifier = authorization.verifier().unwrap().expose().to_owned();
    let state = authorization.state().expose();
    let back = format!("http://localhost:8080/back?x=1&state={state}&code=c%2F0de#top");
    let got = oauth.exchange(&authorization, &back).await.unwrap();
    assert_eq!(
        body(&tokens.request()),
        format!(
            "grant_type=authorization_code&code=c%2F0de&code_verifier={verifier}\
             &client_id=the+id&client_secret=s3cret\
             &redirect_uri=http%3A%2F%2Flocalhost%3A8080%2Fback%3Fx%3D1"
        )
    );
    assert_eq!(got.refresh_token, Some(Secret::new("ref1")));
    let shown = format!("{authorization:?}{got:?}");
    assert!(![&verifier, state, "acc1", "ref1"].iter().any(|it| shown.contains(it)), "{shown}");

    // The tokens are in the store: a client of it asks for no other.
    let api = content().await;
    client(&api, oauth.stored()).devices().any(call()).await.unwrap();
    assert_eq!(header(&api.request(), "authorization"), Some("Zoho-oauthtoken acc1"));
    assert_eq!(tokens.requests().len(), 1);
}

#[test]
fn the_challenge_is_that_of_the_rfc_and_may_be_left_out() {
    let oauth = SCHEME.client("id").authorization_param("access_type", "online");
    let url = oauth.clone().without_pkce().authorize().unwrap().url().to_owned();
    assert_eq!(param(&url, "code_challenge"), None);
    assert_eq!(param(&url, "access_type"), Some("online"));
    assert_eq!(param(&url, "redirect_uri"), None);
    assert_eq!(oauth.without_pkce().authorize().unwrap().verifier(), None);
}

#[test]
fn the_endpoints_of_another_place_are_taken_by_name_or_address() {
    for origin in ["eu", "https://accounts.eu.test", "https://accounts.eu.test/"] {
        let url = SCHEME.client("id").origin(origin).authorize().unwrap().url().to_owned();
        assert!(url.starts_with("https://accounts.eu.test/auth?tenant=1&"), "{url}");
    }
    let error = SCHEME.client("id").origin("us").authorize().unwrap_err();
    assert!(error.to_string().contains("a name that the document lists (eu)"), "{error}");
}

#[tokio::test]
async fn a_redirect_of_somebody_else_is_refused_before_anything_is_sent() {
    let tokens = Server::start(vec![granted()]).await;
    let oauth = registered(&tokens);
    let authorization = oauth.authorize().unwrap();
    let state = authorization.state().expose().to_owned();
    for back in [
        "https://a.test/?code=c".to_owned(),
        "https://a.test/?code=c&state=".to_owned(),
        format!("https://a.test/?code=c&state={state}x"),
        format!("https://a.test/?code=c#state={state}"),
        format!("?state={state}"),
        String::new(),
    ] {
        let error = oauth.exchange(&authorization, &back).await.unwrap_err();
        assert_eq!(error.kind(), OAuthErrorKind::InvalidRedirect, "{back}: {error}");
    }
    let back = format!("?error=access_denied&error_description=The+user+said+no&state={state}");
    let error = oauth.exchange(&authorization, &back).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "the authorization server refused to authorize the client: access_denied: The user said no"
    );
    assert!(tokens.requests().is_empty());
}

#[tokio::test]
async fn a_code_of_the_vendor_s_console_needs_no_redirect() {
    let tokens = Server::start(vec![granted()]).await;
    let oauth = SCHEME.client("id").secret("s").token_url(tokens.url());
    oauth.exchange_code("1000.c0de").await.unwrap();
    assert_eq!(
        body(&tokens.request()),
        "grant_type=authorization_code&code=1000.c0de&client_id=id&client_secret=s"
    );

    let refused = json("400 Bad Request", r#"{"error":"invalid_code"}"#);
    let tokens = Server::start(vec![refused]).await;
    let error = SCHEME.client("id").token_url(tokens.url()).exchange_code("c").await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "the authorization server refused to exchange the code: invalid_code (400 Bad Request)"
    );
    assert!(!error.needs_consent());
}

#[tokio::test]
async fn a_device_waits_for_its_user() {
    let codes = r#"{"device_code":"dev1","user_code":"WD-JB","verification_uri":"https://a.test",
                    "expires_in":600,"interval":1}"#;
    let pending = json("400 Bad Request", r#"{"error":"authorization_pending"}"#);
    let server = Server::start(vec![json("200 OK", codes), pending, granted()]).await;
    let login = registered(&server).device_login().await.unwrap();
    assert_eq!((login.user_code(), login.verification_uri()), ("WD-JB", "https://a.test"));
    assert_eq!((login.verification_uri_complete(), login.expires_in().as_secs()), (None, 600));
    assert!(!format!("{login:?}").contains("dev1"));
    let got = login.wait().await.unwrap();
    assert_eq!(got.access_token, Secret::new("acc1"));
    let requests = server.requests();
    assert!(requests[0].starts_with("POST /device "), "{requests:?}");
    assert_eq!(body(&requests[0]), "scope=a.READ%2Cb.READ&client_id=the+id&client_secret=s3cret");
    assert!(requests[1].starts_with("POST /token "), "{requests:?}");
    assert_eq!(
        body(&requests[2]),
        "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Adevice_code&device_code=dev1\
         &client_id=the+id&client_secret=s3cret"
    );

    let complete = codes.replace(
        r#""expires_in""#,
        r#""verification_uri_complete":"https://a.test/WD-JB","expires_in""#,
    );
    let server = Server::start(vec![json("200 OK", &complete)]).await;
    let login = registered(&server).device_login().await.unwrap();
    assert_eq!(login.verification_uri_complete(), Some("https://a.test/WD-JB"));

    let denied = json("400 Bad Request", r#"{"error":"access_denied"}"#);
    let server = Server::start(vec![json("200 OK", codes), denied]).await;
    let error = registered(&server).device_login().await.unwrap().wait().await.unwrap_err();
    assert_eq!(error.code(), Some("access_denied"));
}

#[tokio::test]
async fn a_token_is_revoked_as_the_rfc_or_the_vendor_has_it() {
    static BASIC: OAuth2 = OAuth2::new("Bearer ");
    static VENDOR: OAuth2 = OAuth2::new("Bearer ").revocation_parameter("refresh_token");
    let server = Server::start(vec![json("200 OK", "{}")]).await;
    let url = || format!("{}/revoke", server.url());
    BASIC.client("id").secret("s&").revocation_url(url()).revoke("r1").await.unwrap();
    registered(&server).revoke("r2").await.unwrap();
    VENDOR.client("id").secret("s").revocation_url(url()).revoke("r3").await.unwrap();
    let requests = server.requests();
    assert!(requests.iter().all(|request| request.starts_with("POST /revoke ")));
    // `id:s%26`
    assert_eq!(header(&requests[0], "authorization"), Some("Basic aWQ6cyUyNg=="));
    assert_eq!(body(&requests[0]), "token=r1&token_type_hint=refresh_token");
    assert_eq!(
        body(&requests[1]),
        "token=r2&token_type_hint=refresh_token&client_id=the+id&client_secret=s3cret"
    );
    assert_eq!(body(&requests[2]), "refresh_token=r3");

    let text = r#"{"error":"invalid_token","error_description":"what is ref1?"}"#;
    let server = Server::start(vec![json("200 OK", text)]).await;
    let error = registered(&server).revoke("ref1").await.unwrap_err();
    assert_eq!(
        (error.code(), error.description()),
        (Some("invalid_token"), Some("what is [redacted]?"))
    );
}
