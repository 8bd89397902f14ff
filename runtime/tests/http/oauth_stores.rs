//! Where tokens are kept, and that none gets lost.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use tenon_runtime::{BoxError, OAuth2, OAuthErrorKind, TokenStore, Tokens};

use super::oauth::{call, client, content, issued, registered};
use super::script::{Script, Step, status};
use super::server::{Server, body, header, json, reply};

/// A store that notes what happens to it.
#[derive(Clone, Default)]
struct Noted {
    tokens: Arc<Mutex<Option<Tokens>>>,
    saved: Arc<Mutex<Vec<String>>>,
    is_broken: Arc<AtomicBool>,
}

impl Noted {
    fn holding(tokens: Tokens) -> Self {
        Self { tokens: Arc::new(Mutex::new(Some(tokens))), ..Self::default() }
    }

    fn saved(&self) -> Vec<String> {
        self.saved.lock().unwrap().clone()
    }
}

impl TokenStore for Noted {
    async fn load(&self) -> Result<Option<Tokens>, BoxError> {
        Ok(self.tokens.lock().unwrap().clone())
    }

    async fn save(&self, tokens: &Tokens) -> Result<(), BoxError> {
        if self.is_broken.load(Ordering::SeqCst) {
            return Err("the disk is full".into());
        }
        let refresh = tokens.refresh_token.as_ref().map_or("", |token| token.expose());
        let access = tokens.access_token.expose();
        self.saved.lock().unwrap().push(format!("{access} {refresh}"));
        *self.tokens.lock().unwrap() = Some(tokens.clone());
        Ok(())
    }
}

/// New tokens, the refresh token too.
fn replaced(access: &str, refresh: &str) -> super::server::Act {
    let text = format!(
        r#"{{"access_token":"{access}","refresh_token":"{refresh}","token_type":"bearer","expires_in":3600}}"#
    );
    json("200 OK", &text)
}

fn refreshed_with(request: &str) -> &str {
    body(request).split('&').find_map(|pair| pair.strip_prefix("refresh_token=")).unwrap()
}

fn an_hour_ago() -> SystemTime {
    SystemTime::now() - Duration::from_secs(3600)
}

fn in_an_hour() -> SystemTime {
    SystemTime::now() + Duration::from_secs(3600)
}

#[tokio::test]
async fn replaced_refresh_tokens_are_saved_before_use_and_sent_next_time() {
    let store = Noted::default();
    let tokens = Server::start(vec![replaced("acc1", "ref2"), replaced("acc2", "ref3")]).await;
    let api = Server::start(vec![reply("401 Unauthorized", "", ""), json("200 OK", "1")]).await;
    let client = client(&api, registered(&tokens).store(store.clone()).refresh_token("ref1"));
    client.devices().any(call()).await.unwrap();
    assert_eq!(store.saved(), ["acc1 ref2", "acc2 ref3"]);
    let sent = tokens.requests();
    assert_eq!([refreshed_with(&sent[0]), refreshed_with(&sent[1])], ["ref1", "ref2"]);
    // A server that doesn't replace it leaves it in the store.
    let tokens = Server::start(vec![issued("acc3")]).await;
    store.tokens.lock().unwrap().as_mut().unwrap().expires_at = Some(an_hour_ago());
    let oauth = registered(&tokens).store(store.clone()).refresh_token("ref1");
    self::client(&content().await, oauth).devices().any(call()).await.unwrap();
    assert_eq!(refreshed_with(&tokens.request()), "ref3");
    assert_eq!(store.saved()[2], "acc3 ref3");
}

#[tokio::test]
async fn a_stored_access_token_that_is_good_is_used() {
    let store = Noted::holding(Tokens::new("kept").refresh_token("ref1").expires_at(in_an_hour()));
    let (api, tokens) = (content().await, Server::start(vec![issued("acc1")]).await);
    let client = client(&api, registered(&tokens).store(store.clone()).stored());
    client.devices().any(call()).await.unwrap();
    assert_eq!(header(&api.request(), "authorization"), Some("Zoho-oauthtoken kept"));
    assert!(tokens.requests().is_empty() && store.saved().is_empty());

    // Refused by the server, it is renewed, unless another process has done so already.
    let api = Server::start(vec![reply("401 Unauthorized", "", ""), json("200 OK", "1")]).await;
    let client = self::client(&api, registered(&tokens).store(store.clone()).stored());
    client.devices().any(call()).await.unwrap();
    assert_eq!(header(&api.requests()[1], "authorization"), Some("Zoho-oauthtoken acc1"));
    assert_eq!(tokens.requests().len(), 1);

    let api = Server::start(vec![
        json("200 OK", "1"),
        reply("401 Unauthorized", "", ""),
        json("200 OK", "1"),
    ])
    .await;
    let client = self::client(&api, registered(&tokens).store(store.clone()).stored());
    client.devices().any(call()).await.unwrap();
    *store.tokens.lock().unwrap() = Some(Tokens::new("another").expires_at(in_an_hour()));
    client.devices().any(call()).await.unwrap();
    assert_eq!(header(&api.requests()[2], "authorization"), Some("Zoho-oauthtoken another"));
    assert_eq!(tokens.requests().len(), 1);
}

#[tokio::test]
async fn a_store_that_fails_loses_nothing() {
    let store = Noted::default();
    store.is_broken.store(true, Ordering::SeqCst);
    let (api, tokens) = (content().await, Server::start(vec![replaced("acc1", "ref2")]).await);
    let client = client(&api, registered(&tokens).store(store.clone()).refresh_token("ref1"));
    for _ in 0..2 {
        let error = client.devices().any(call()).await.unwrap_err();
        let oauth = error.oauth().unwrap();
        assert_eq!(oauth.kind(), OAuthErrorKind::Store);
        let source = std::error::Error::source(oauth).unwrap().to_string();
        assert_eq!(source, "the disk is full");
    }
    assert!(api.requests().is_empty());
    store.is_broken.store(false, Ordering::SeqCst);
    client.devices().any(call()).await.unwrap();
    assert_eq!((store.saved(), tokens.requests().len()), (vec!["acc1 ref2".to_owned()], 1));
}

#[tokio::test]
async fn a_stored_refresh_token_that_is_void_gives_way_to_a_newer_one() {
    let store = Noted::holding(Tokens::new("old").refresh_token("void").expires_at(an_hour_ago()));
    let void = json("400 Bad Request", r#"{"error":"invalid_grant"}"#);
    let tokens = Server::start(vec![void.clone(), issued("acc1"), void]).await;
    let oauth = registered(&tokens).store(store.clone());
    let api = content().await;
    client(&api, oauth.refresh_token("newer")).devices().any(call()).await.unwrap();
    assert_eq!(store.saved(), ["acc1 newer"]);
    let sent: Vec<String> =
        tokens.requests().iter().map(|request| refreshed_with(request).to_owned()).collect();
    assert_eq!(sent, ["void", "newer"]);
}

/// A store that another process writes to, between the first time it is loaded and the second.
struct Shared(Arc<Mutex<Vec<Tokens>>>);

impl TokenStore for Shared {
    async fn load(&self) -> Result<Option<Tokens>, BoxError> {
        Ok(self.0.lock().unwrap().pop())
    }

    async fn save(&self, _: &Tokens) -> Result<(), BoxError> {
        Err("nothing is to be saved".into())
    }
}

#[tokio::test]
async fn what_another_process_saved_is_used_when_it_was_faster() {
    let old = Tokens::new("old").refresh_token("ref1").expires_at(an_hour_ago());
    let new = Tokens::new("new").refresh_token("ref2").expires_at(in_an_hour());
    let void = json("400 Bad Request", r#"{"error":"invalid_grant"}"#);
    let (api, tokens) = (content().await, Server::start(vec![void]).await);
    let store = Shared(Arc::new(Mutex::new(vec![new, old])));
    let client = client(&api, registered(&tokens).store(store).stored());
    client.devices().any(call()).await.unwrap();
    assert_eq!(header(&api.request(), "authorization"), Some("Zoho-oauthtoken new"));
    assert_eq!(refreshed_with(&tokens.request()), "ref1");
}

#[tokio::test]
async fn a_caller_that_leaves_loses_no_replaced_refresh_token() {
    // The reply is on its way when the only caller's time is up.
    let store = Noted::default();
    let slow = wiremock::ResponseTemplate::new(200).set_delay(Duration::from_millis(300));
    let slow = slow.set_body_raw(
        r#"{"access_token":"acc1","refresh_token":"ref2","token_type":"bearer"}"#,
        "application/json",
    );
    let tokens = wiremock::MockServer::start().await;
    wiremock::Mock::given(wiremock::matchers::any())
        .respond_with(slow)
        .expect(1)
        .mount(&tokens)
        .await;
    let api = content().await;
    let oauth = super::api::OAUTH.client("id").token_url(tokens.uri()).store(store.clone());
    let client = client(&api, oauth.refresh_token("ref1"));
    let hasty = client.devices().any(call()).customize().timeout(Duration::from_millis(100));
    assert!(hasty.await.unwrap_err().is_timeout());
    assert!(store.saved().is_empty());
    client.devices().any(call()).await.unwrap();
    assert_eq!(store.saved(), ["acc1 ref2"]);
    tokens.verify().await;
}

#[test]
fn tokens_are_written_and_read_again() {
    let end = SystemTime::UNIX_EPOCH + Duration::from_secs(1_800_000_000);
    let tokens = Tokens::new("a\"").refresh_token("r").expires_at(end);
    let text = tokens.to_json();
    assert_eq!(text, r#"{"access_token":"a\"","expires_at":1800000000,"refresh_token":"r"}"#);
    assert_eq!(Tokens::from_json(&text).unwrap(), tokens);
    for text in ["", "[]", "{}", r#"{"access_token":1}"#] {
        let error = Tokens::from_json(text).unwrap_err();
        assert!(error.to_string().starts_with("stored tokens"), "{error}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_token_is_renewed_its_leeway_before_its_end() {
    static SCHEME: OAuth2 = OAuth2::new("Bearer ").token_url("https://accounts.test/token");
    const TOKEN: &str = r#"{"access_token":"a","token_type":"bearer","expires_in":1000}"#;
    let token = || Step::Reply(200, None, TOKEN);
    // A call at the beginning, one just before the renewal, one just after it.
    for (leeway, renewal) in [(100, 900), (30, 970), (5000, 500)] {
        let steps = [token(), status(200), status(200), token(), status(200)];
        let script = Script::new(steps);
        let oauth = SCHEME.client("id").leeway(Duration::from_secs(leeway));
        let client = script.builder().zoho(oauth.client_credentials()).build().unwrap();
        for (wait, sent) in [(0, 2), (renewal - 10, 3), (20, 5)] {
            tokio::time::sleep(Duration::from_secs(wait)).await;
            client.devices().any(call()).await.unwrap();
            assert_eq!(script.count(), sent, "{wait} s later, leeway {leeway} s");
        }
    }
}
