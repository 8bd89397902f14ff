//! Revocation of tokens (RFC 7009).

use ::http::HeaderValue;
use ::oauth2::url::form_urlencoded::{Serializer, byte_serialize};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde_json::Value;

use super::client::OAuthClient;
use super::endpoint::{self, Endpoint};
use super::error::{OAuthError, OAuthErrorKind, Step};
use super::http::{Http, unanswered};
use crate::auth::Lent;
use crate::{ClientAuth, Secret};

/// Revokes a refresh token. Where the vendor names the parameter in its own way, the token is all
/// that is sent.
pub(super) async fn revoke(
    client: &OAuthClient,
    token: &Secret,
    lent: Lent,
) -> Result<(), OAuthError> {
    let url = endpoint::found(client, Endpoint::Revocation, &lent, Step::Revoke).await?;
    let mut form = Serializer::new(String::new());
    let mut authorization = None;
    match client.scheme.revocation_parameter {
        Some(name) => {
            form.append_pair(name, token.expose());
        }
        None => {
            form.append_pair("token", token.expose());
            form.append_pair("token_type_hint", "refresh_token");
            authorization = identify(client, &mut form);
        }
    }
    let http = Http::new(lent, client.timeout);
    let reply = http.post(&url, authorization, form.finish()).await;
    let reply = reply.map_err(|error| unanswered(Step::Revoke, error))?;
    if reply.status().is_success() {
        return Ok(());
    }
    let seen = http.seen();
    let mut secrets = vec![token];
    secrets.extend(&client.secret);
    Err(refused(reply.body(), &secrets).at(seen.status, seen.retry_after))
}

fn refused(body: &[u8], secrets: &[&Secret]) -> OAuthError {
    let json: Value = serde_json::from_slice(body).unwrap_or_default();
    let text = |name: &str| json.get(name).and_then(Value::as_str);
    match text("error") {
        Some(code) => OAuthError::refused(Step::Revoke, code, text("error_description"), secrets),
        None => OAuthError::new(OAuthErrorKind::InvalidReply, Step::Revoke, "the server refused"),
    }
}

/// Tells who the client is (RFC 6749, section 2.3.1).
fn identify(client: &OAuthClient, form: &mut Serializer<'_, String>) -> Option<HeaderValue> {
    match (client.auth, &client.secret) {
        (ClientAuth::Basic, Some(secret)) => {
            let encoded = |text: &str| byte_serialize(text.as_bytes()).collect::<String>();
            let pair = format!("{}:{}", encoded(&client.id), encoded(secret.expose()));
            HeaderValue::try_from(format!("Basic {}", BASE64_STANDARD.encode(pair))).ok()
        }
        (_, secret) => {
            form.append_pair("client_id", &client.id);
            if let Some(secret) = secret {
                form.append_pair("client_secret", secret.expose());
            }
            None
        }
    }
}
