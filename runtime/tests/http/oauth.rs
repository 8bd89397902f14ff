//! Access tokens of OAuth 2.0: what the token endpoint is sent, and what is made of its replies.

use std::error::Error as _;
use std::time::Duration;

use tenon_runtime::op::Security;
use tenon_runtime::{
    ClientAuth, ErrorKind, OAuth2, OAuthClient, OAuthError, OAuthErrorKind, Token,
};

use super::api::{Client, OK};
use super::script::{Script, Step, status};
use super::server::{Act, Server, body, header, json, reply};

/// What the document says is relative, so that the tests' servers can stand in.
static SCHEME: OAuth2 =
    OAuth2::new("Bearer ").token_url("token").refresh_url("/refresh").max_refresh_tokens(20);
static COMMAS: OAuth2 =
    OAuth2::new("Zoho-oauthtoken ").scope_separator(",").client_auth(ClientAuth::Body);

static OAUTH: &[&[Security]] = &[&[Security::new(5, &[])]];

pub fn call() -> tenon_runtime::op::Operation {
    // The servers of these tests close each connection; one that is taken again too late may be
    // replaced.
    let operation = tenon_runtime::op::Operation::new("x", "POST", "/x").responses(OK);
    operation.security(OAUTH).idempotent()
}

/// A client of the API with this credential.
pub fn client(api: &Server, token: Token) -> Client {
    Client::builder().base_url(api.url()).zoho(token).build().unwrap()
}

/// A server of the API that is content with everything.
pub async fn content() -> Server {
    Server::start(vec![json("200 OK", "1")]).await
}

pub fn issued(access: &str) -> Act {
    let text = format!(r#"{{"access_token":"{access}","token_type":"Bearer","expires_in":3600}}"#);
    json("200 OK", &text)
}

/// The client as registered, whose token endpoint is this server.
pub fn registered(tokens: &Server) -> OAuthClient {
    COMMAS.client("the id").secret("s3cret&").token_url(format!("{}/token", tokens.url()))
}

/// The error that a call ends with when the token endpoint acts like this.
async fn failure(act: Act) -> (tenon_runtime::Error<tenon_runtime::op::Undocumented>, Server) {
    let (api, tokens) = (content().await, Server::start(vec![act]).await);
    let client = client(&api, registered(&tokens).refresh_token("r3fresh"));
    let error = client.devices().any(call()).await.unwrap_err();
    assert!(api.requests().is_empty());
    (error, tokens)
}

#[tokio::test]
async fn a_refresh_token_is_sent_as_the_rfc_has_it() {
    let (api, tokens) = (content().await, Server::start(vec![issued("acc1")]).await);
    let client = client(&api, registered(&tokens).refresh_token("r3fresh+/"));
    client.devices().any(call()).await.unwrap();
    client.devices().any(call()).await.unwrap();
    let request = tokens.request();
    assert!(request.starts_with("POST /token HTTP/1.1\r\n"), "{request}");
    let form = "application/x-www-form-urlencoded";
    assert_eq!(header(&request, "content-type"), Some(form));
    assert_eq!(header(&request, "accept"), Some("application/json"));
    assert_eq!(header(&request, "authorization"), None);
    let agent = concat!("devices/1.2.3 tenon/", env!("CARGO_PKG_VERSION"));
    assert_eq!(header(&request, "user-agent"), Some(agent));
    assert_eq!(
        body(&request),
        "grant_type=refresh_token&refresh_token=r3fresh%2B%2F\
         &client_id=the+id&client_secret=s3cret%26"
    );
    for request in api.requests() {
        assert_eq!(header(&request, "authorization"), Some("Zoho-oauthtoken acc1"));
    }
}

#[tokio::test]
async fn client_credentials_join_scopes_and_identify_the_client_as_told() {
    let (api, tokens) = (content().await, Server::start(vec![issued("acc1")]).await);
    let scoped = |client: OAuthClient| client.scopes(["a.READ", "b.READ"]);
    let own = scoped(registered(&tokens)).token_param("audience", "it").client_credentials();
    client(&api, own).devices().any(call()).await.unwrap();
    assert_eq!(
        body(&tokens.request()),
        "grant_type=client_credentials&scope=a.READ%2Cb.READ\
         &client_id=the+id&client_secret=s3cret%26&audience=it"
    );

    // RFC 6749, section 2.3.1: both are encoded like a form before they are put together.
    let tokens = Server::start(vec![issued("acc1")]).await;
    let basic = SCHEME.client("the id").secret("s3cret&").token_url(tokens.url());
    client(&api, scoped(basic).client_credentials()).devices().any(call()).await.unwrap();
    let request = tokens.request();
    // `the+id:s3cret%26`
    assert_eq!(header(&request, "authorization"), Some("Basic dGhlK2lkOnMzY3JldCUyNg=="));
    assert_eq!(body(&request), "grant_type=client_credentials&scope=a.READ+b.READ");

    let tokens = Server::start(vec![issued("acc1")]).await;
    let public = SCHEME.client("public").token_url(tokens.url()).client_credentials();
    client(&api, public).devices().any(call()).await.unwrap();
    let request = tokens.request();
    assert_eq!(header(&request, "authorization"), None);
    assert_eq!(body(&request), "grant_type=client_credentials&client_id=public");
}

#[tokio::test]
async fn token_requests_take_the_client_s_transport_or_their_own() {
    let token = r#"{"access_token":"own","token_type":"bearer"}"#;
    let (own, api) = (Script::new([Step::Reply(200, None, token)]), content().await);
    let oauth = SCHEME.client("id").token_url("https://accounts.test").transport(own.clone());
    client(&api, oauth.client_credentials()).devices().any(call()).await.unwrap();
    assert_eq!(own.count(), 1);
    assert_eq!(header(&api.request(), "authorization"), Some("Zoho-oauthtoken own"));

    let script = Script::new([Step::Reply(200, None, token), status(200)]);
    let oauth = SCHEME.client("id").token_url("https://accounts.test").client_credentials();
    script.builder().zoho(oauth).build().unwrap().devices().any(call()).await.unwrap();
    assert_eq!(script.count(), 2);
}

#[tokio::test]
async fn endpoints_without_a_host_are_those_of_the_client_s_server() {
    let server = Server::start(vec![issued("acc1"), json("200 OK", "1")]).await;
    let builder = Client::builder().base_url(format!("{}/v1", server.url()));
    let builder = builder.zoho(SCHEME.client("id").client_credentials());
    builder.build().unwrap().devices().any(call()).await.unwrap();
    assert!(server.requests()[0].starts_with("POST /v1/token "), "{:?}", server.requests());

    let server = Server::start(vec![issued("acc1"), json("200 OK", "1")]).await;
    client(&server, SCHEME.client("id").refresh_token("r")).devices().any(call()).await.unwrap();
    assert!(server.requests()[0].starts_with("POST /refresh "), "{:?}", server.requests());
}

#[tokio::test]
async fn a_void_refresh_token_tells_what_happened_and_what_to_do() {
    let text = r#"{"error":"invalid_grant","error_description":"no r3fresh,\nor s3cret&"}"#;
    let (error, tokens) = failure(json("400 Bad Request", text)).await;
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Auth, 0));
    assert!(error.is_unauthorized() && !error.is_retryable());
    let told = error.to_string();
    let expected = "the token of `zoho` couldn't be fetched: the authorization server refused to \
                    renew the access token: invalid_grant: no [redacted], or [redacted] \
                    (400 Bad Request); the refresh token is void: it was revoked or replaced; \
                    have the user consent again, and keep the new one";
    assert!(told.contains(expected), "{told}");
    let oauth = error.oauth().unwrap();
    assert_eq!((oauth.kind(), oauth.code()), (OAuthErrorKind::Refused, Some("invalid_grant")));
    assert!(oauth.needs_consent() && !oauth.is_temporary());
    assert_eq!(oauth.status().unwrap(), 400);
    // The chain of sources leads to it too.
    let source = error.source().unwrap().source().unwrap();
    assert!(source.downcast_ref::<OAuthError>().is_some());
    let shown = format!("{error:?}{source:?}");
    for secret in ["r3fresh", "s3cret"] {
        assert!(!shown.contains(secret) && !told.contains(secret), "{shown}");
    }
    assert_eq!(tokens.requests().len(), 1, "a refusal is final");
}

#[tokio::test]
async fn an_error_with_status_200_is_an_error() {
    let (error, _) = failure(json("200 OK", r#"{"error":"invalid_code"}"#)).await;
    let oauth = error.oauth().unwrap();
    assert_eq!((oauth.code(), oauth.status().unwrap().as_u16()), (Some("invalid_code"), 200));
    assert!(oauth.needs_consent());
}

#[tokio::test]
async fn what_is_no_reply_of_a_token_endpoint_is_not_shown() {
    let page = reply("200 OK", "content-type: text/html\r\n", "<p>r3fresh</p>");
    let odd = json("200 OK", r#"{"token":"hunter2"}"#);
    let moved = reply("302 Found", "location: http://127.0.0.1:1/\r\n", "");
    for act in [page, odd, moved] {
        let (error, tokens) = failure(act).await;
        assert_eq!(error.oauth().unwrap().kind(), OAuthErrorKind::InvalidReply);
        let shown = format!("{error}{error:?}");
        assert!(!shown.contains("r3fresh") && !shown.contains("hunter2"), "{shown}");
        assert_eq!(tokens.requests().len(), 1);
    }
}

#[tokio::test]
async fn replies_that_depart_from_the_rfc_are_understood() {
    let text = r#"{"access_token":"acc1","expires_in":"3600","refresh_token":null,"scope":""}"#;
    let tokens =
        Server::start(vec![reply("201 Created", "content-type: text/plain\r\n", text)]).await;
    let api = content().await;
    client(&api, registered(&tokens).refresh_token("r")).devices().any(call()).await.unwrap();
    assert_eq!(header(&api.request(), "authorization"), Some("Zoho-oauthtoken acc1"));
}

#[tokio::test]
async fn a_token_endpoint_that_is_busy_for_a_moment_is_asked_again() {
    let busy = reply("503 Service Unavailable", "retry-after: 0\r\n", "");
    let (api, tokens) = (content().await, Server::start(vec![busy, Act::Cut, issued("a")]).await);
    let client = client(&api, registered(&tokens).refresh_token("r3fresh"));
    client.devices().any(call()).await.unwrap();
    assert_eq!((tokens.requests().len(), api.requests().len()), (3, 1));
}

#[tokio::test]
async fn too_many_token_requests_are_not_made_more() {
    let limit = reply("429 Too Many Requests", "retry-after: 600\r\n", r#"{"error":"slow_down"}"#);
    let (api, tokens) = (content().await, Server::start(vec![limit]).await);
    let client = client(&api, registered(&tokens).refresh_token("r3fresh"));
    for _ in 0..3 {
        let error = client.devices().any(call()).await.unwrap_err();
        assert_eq!(error.retry_after(), Some(Duration::from_secs(600)));
        assert!(error.is_retryable() && error.oauth().unwrap().is_temporary());
        assert!(error.to_string().contains("slow_down (429 Too Many Requests)"), "{error}");
        assert!(error.to_string().contains("it asks to wait for 600 s"), "{error}");
    }
    assert_eq!((tokens.requests().len(), api.requests().len()), (1, 0));
}

#[tokio::test]
async fn the_deadline_of_a_call_holds_while_the_token_endpoint_is_slow() {
    let (api, tokens) = (content().await, Server::start(vec![Act::Hang]).await);
    let client = client(&api, registered(&tokens).refresh_token("r3fresh"));
    for _ in 0..3 {
        let call = client.devices().any(call()).customize().timeout(Duration::from_millis(50));
        let error = call.await.unwrap_err();
        assert!(error.is_timeout(), "{error}");
        assert!(error.to_string().contains("token source took too long"), "{error}");
    }
    // One request waits on behalf of all.
    assert_eq!((tokens.requests().len(), api.requests().len()), (1, 0));
}

#[tokio::test]
async fn a_token_request_has_a_time_of_its_own() {
    let (api, tokens) = (content().await, Server::start(vec![Act::Hang]).await);
    let oauth = registered(&tokens).timeout(Duration::from_millis(20)).refresh_token("r3fresh");
    let error = client(&api, oauth).devices().any(call()).await.unwrap_err();
    assert_eq!(error.oauth().unwrap().kind(), OAuthErrorKind::Timeout);
    assert_eq!(tokens.requests().len(), 3);
}

#[tokio::test]
async fn a_401_renews_once_and_the_call_is_sent_once_more() {
    let tokens = Server::start(vec![issued("acc1"), issued("acc2")]).await;
    let api = Server::start(vec![reply("401 Unauthorized", "", ""), json("200 OK", "1")]).await;
    let client = client(&api, registered(&tokens).refresh_token("r"));
    assert_eq!(client.devices().any(call()).await.unwrap().attempts(), 2);
    let sent: Vec<String> = api
        .requests()
        .iter()
        .map(|request| header(request, "authorization").unwrap().to_owned())
        .collect();
    assert_eq!(sent, ["Zoho-oauthtoken acc1", "Zoho-oauthtoken acc2"]);

    let tokens = Server::start(vec![issued("acc1"), issued("acc2")]).await;
    let api = Server::start(vec![reply("401 Unauthorized", "", "")]).await;
    let client = self::client(&api, registered(&tokens).refresh_token("r"));
    assert_eq!(client.devices().any(call()).await.unwrap_err().attempts(), 2);
    assert_eq!((tokens.requests().len(), api.requests().len()), (2, 2));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn fifty_calls_wait_for_one_token_request() {
    let (api, tokens) = (content().await, Server::start(vec![issued("acc1")]).await);
    let client = client(&api, registered(&tokens).refresh_token("r"));
    let calls: Vec<_> =
        (0..50).map(|_| tokio::spawn(client.devices().any(call()).send())).collect();
    for (number, call) in calls.into_iter().enumerate() {
        if number == 0 {
            // Whoever leads may leave.
            call.abort();
        } else {
            call.await.unwrap().unwrap();
        }
    }
    assert_eq!(tokens.requests().len(), 1);
}

#[tokio::test]
async fn what_is_missing_is_told_before_anything_is_sent() {
    static PLAIN: OAuth2 = OAuth2::new("Bearer ").token_url("http://accounts.test/token");
    static NONE: OAuth2 = OAuth2::new("Bearer ");
    static PLACES: OAuth2 = OAuth2::new("Bearer ")
        .token_url("https://accounts.test/token")
        .origins(&[("eu", "https://accounts.eu.test"), ("in", "https://accounts.in.test")]);
    let cases = [
        (NONE.client("id").client_credentials(), "no address for it: call `token_url(…)`"),
        (NONE.client("id").refresh_token("r"), "no address for it: call `refresh_url(…)`"),
        (NONE.client("id").token_url("nowhere").client_credentials(), "`token_url(…)` got no"),
        (PLAIN.client("id").client_credentials(), "an address without TLS: call `token_url(…)`"),
        (PLACES.client("id").origin("us").client_credentials(), "document lists (eu, in)"),
        (NONE.client("id").stored(), "there is no refresh token: the store is empty"),
    ];
    for (token, told) in cases {
        let api = content().await;
        let error = client(&api, token).devices().any(call()).await.unwrap_err();
        assert!(error.to_string().contains(told), "{error}");
        assert_eq!(error.oauth().unwrap().kind(), OAuthErrorKind::Configuration);
        assert!(api.requests().is_empty());
    }
}

#[test]
fn what_is_registered_is_shown_without_its_secret() {
    let shown = format!("{:?}", SCHEME.client("id").secret("hunter2").token_url("https://a.test"));
    assert!(shown.contains("\"id\"") && !shown.contains("hunter2"), "{shown}");
}
