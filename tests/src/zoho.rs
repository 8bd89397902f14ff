//! A fake of Zoho's accounts server, and of the API behind it: codes, refresh tokens of which a user
//! has at most 20, access tokens, revocation, and a limit of token requests.

use std::collections::{HashMap, HashSet, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use wiremock::ResponseTemplate;

use crate::document::Document;
use crate::manageengine::JSON;
use crate::wire::Server;

/// Id of the registered client.
pub const CLIENT: &str = "1000.CLIENT";
/// Secret of the registered client.
pub const SECRET: &str = "5ecr3t";
/// The most refresh tokens of a user.
const MOST: usize = 20;

/// What the accounts server knows of one user.
#[derive(Default)]
pub struct State {
    /// Codes that were not exchanged yet.
    pub codes: HashSet<String>,
    /// Refresh tokens that are good, the oldest first.
    pub refresh_tokens: VecDeque<String>,
    /// Access tokens that are good.
    pub access_tokens: HashSet<String>,
    /// Number of access tokens given.
    pub given: usize,
    /// Number of access tokens after which there are no more.
    pub limit: Option<usize>,
    /// How long a token request takes.
    pub delay: Duration,
}

/// Both servers, which share what they know.
pub struct Zoho {
    /// Where tokens are given.
    pub accounts: Server,
    /// Where they are taken.
    pub api: Server,
    state: Arc<Mutex<State>>,
}

impl Zoho {
    /// Starts both.
    pub async fn start() -> Self {
        let state = Arc::new(Mutex::new(State::default()));
        let known = Arc::clone(&state);
        let accounts = Server::answering(move |request| {
            let mut state = known.lock().unwrap_or_else(PoisonError::into_inner);
            state.answer(request)
        });
        let known = Arc::clone(&state);
        let devices = Document::of("manageengine").operation("listDevices").reply(200);
        let api = Server::answering(move |request| {
            let state = known.lock().unwrap_or_else(PoisonError::into_inner);
            let sent = request.headers.get("authorization").and_then(|it| it.to_str().ok());
            let token = sent.and_then(|sent| sent.strip_prefix("Zoho-oauthtoken "));
            match token.is_some_and(|token| state.access_tokens.contains(token)) {
                true => ResponseTemplate::new(200).set_body_raw(devices.clone(), JSON),
                false => {
                    ResponseTemplate::new(401).set_body_raw(r#"{"error_code":"COM0013"}"#, JSON)
                }
            }
        });
        Self { accounts: accounts.await, api: api.await, state }
    }

    /// What the accounts server knows.
    pub fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The user consents, and gets a code.
    pub fn consent(&self, code: &str) {
        self.state().codes.insert(code.to_owned());
    }
}

impl State {
    fn answer(&mut self, request: &wiremock::Request) -> ResponseTemplate {
        let form = form(&request.body);
        let reply = match request.url.path() {
            "/oauth/v2/token" => self.token(&form),
            "/oauth/v2/token/revoke" => self.revoke(&form),
            _ => ResponseTemplate::new(404),
        };
        reply.set_delay(self.delay)
    }

    fn token(&mut self, form: &HashMap<String, String>) -> ResponseTemplate {
        let value = |name: &str| form.get(name).map(String::as_str);
        if value("client_id") != Some(CLIENT) || value("client_secret") != Some(SECRET) {
            return refused("invalid_client", None);
        }
        if self.limit.is_some_and(|limit| self.given >= limit) {
            let words = "You have made too many requests continuously.";
            return refused("Access Denied", Some(words));
        }
        match value("grant_type") {
            Some("authorization_code") => {
                if !value("code").is_some_and(|code| self.codes.remove(code)) {
                    return refused("invalid_code", None);
                }
                let refresh = format!("1000.refresh{}", self.given + 1);
                self.refresh_tokens.push_back(refresh.clone());
                if self.refresh_tokens.len() > MOST {
                    self.refresh_tokens.pop_front();
                }
                self.give(Some(&refresh))
            }
            Some("refresh_token") => {
                let is_good = |token: &str| self.refresh_tokens.iter().any(|good| good == token);
                if !value("refresh_token").is_some_and(is_good) {
                    return refused("invalid_code", None);
                }
                self.give(None)
            }
            _ => refused("unsupported_grant_type", None),
        }
    }

    fn give(&mut self, refresh: Option<&str>) -> ResponseTemplate {
        self.given += 1;
        let access = format!("1000.access{}", self.given);
        let refresh = refresh.map(|it| format!(r#""refresh_token":"{it}","#)).unwrap_or_default();
        let body = format!(
            r#"{{"access_token":"{access}",{refresh}"api_domain":"https://www.zohoapis.com","token_type":"Bearer","expires_in":3600}}"#
        );
        self.access_tokens.insert(access);
        ResponseTemplate::new(200).set_body_raw(body, JSON)
    }

    fn revoke(&mut self, form: &HashMap<String, String>) -> ResponseTemplate {
        let token = form.get("refresh_token");
        let at = self.refresh_tokens.iter().position(|good| Some(good) == token);
        match at.and_then(|at| self.refresh_tokens.remove(at)) {
            Some(_) => {
                self.access_tokens.clear();
                ResponseTemplate::new(200).set_body_raw(r#"{"status":"success"}"#, JSON)
            }
            None => refused("invalid_code", None),
        }
    }
}

/// Zoho tells some errors with status 200.
fn refused(code: &str, words: Option<&str>) -> ResponseTemplate {
    let status = if words.is_some() { 400 } else { 200 };
    let words = words.map(|it| format!(r#","error_description":"{it}""#)).unwrap_or_default();
    ResponseTemplate::new(status).set_body_raw(format!(r#"{{"error":"{code}"{words}}}"#), JSON)
}

/// The fields of a form; none of these tests has one that needs decoding.
fn form(body: &[u8]) -> HashMap<String, String> {
    let text = String::from_utf8_lossy(body);
    let pairs = text.split('&').filter_map(|pair| pair.split_once('='));
    pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
}
