//! Token requests: a grant in, tokens out.

use std::fmt::Display;
use std::time::{Duration, SystemTime};

use ::oauth2::basic::{BasicClient, BasicTokenResponse};
use ::oauth2::{
    AuthType, AuthorizationCode, ClientId, ClientSecret, EndpointNotSet, EndpointSet,
    ErrorResponse, ErrorResponseType, PkceCodeVerifier, RedirectUrl, RefreshToken,
    RequestTokenError, Scope, StandardErrorResponse, TokenResponse, TokenUrl,
};
use tokio::time::{Instant, sleep};

use super::client::OAuthClient;
use super::endpoint::{self, Endpoint};
use super::error::{OAuthError, OAuthErrorKind, Step};
use super::http::{Http, HttpError};
use super::store::Tokens;
use crate::auth::Lent;
use crate::{ClientAuth, RetryPolicy, Secret};

/// What tokens are got with.
pub(super) enum Grant<'a> {
    Client,
    Refresh(&'a Secret),
    Code { code: &'a Secret, verifier: Option<&'a Secret>, redirect_uri: Option<&'a String> },
}

pub(super) type Registered =
    BasicClient<EndpointNotSet, EndpointNotSet, EndpointNotSet, EndpointNotSet, EndpointSet>;

/// Asks the token endpoint, again where that may help: renewals and the client's own tokens are
/// asked for up to three times, as nobody is there who would; a code is good for once.
pub(super) async fn ask(
    client: &OAuthClient,
    grant: &Grant<'_>,
    lent: Lent,
) -> Result<Tokens, OAuthError> {
    let step = grant.step();
    let url = endpoint::found(client, grant.endpoint(), &lent, step).await?;
    let registered = registered(client, url, step)?;
    let http = Http::new(lent, client.timeout);
    let policy = RetryPolicy::new();
    let mut made = 0;
    loop {
        made += 1;
        let begun = Instant::now();
        let error = match send(client, &registered, grant, &http).await {
            Ok(reply) => return Ok(tokens(&reply, begun.elapsed())),
            Err(error) => failed(client, error, &http, grant.secrets(), step),
        };
        let asked = error.retry_after();
        let is_soon = asked.is_none_or(|wait| wait <= SOON);
        if !grant.is_repeatable(&error) || !policy.allows(made) || !is_soon {
            return Err(error);
        }
        sleep(policy.delay(made, asked)).await;
    }
}

/// The longest wait for the token endpoint that is worth it: those who wait hold their calls.
const SOON: Duration = Duration::from_secs(5);

/// The client as the crate `oauth2` has it.
pub(super) fn registered(
    client: &OAuthClient,
    token_url: String,
    step: Step,
) -> Result<Registered, OAuthError> {
    let url = TokenUrl::new(token_url)
        .map_err(|_| OAuthError::configuration(step, "the token endpoint is no address"))?;
    let registered = BasicClient::new(ClientId::new(client.id.clone()))
        .set_auth_type(match client.auth {
            ClientAuth::Basic => AuthType::BasicAuth,
            ClientAuth::Body => AuthType::RequestBody,
        })
        .set_token_uri(url);
    Ok(match &client.secret {
        Some(secret) => registered.set_client_secret(ClientSecret::new(secret.expose().to_owned())),
        None => registered,
    })
}

/// The scopes as one: vendors differ in what stands between.
pub(super) fn scope(client: &OAuthClient) -> Option<Scope> {
    let joined = client.scopes.join(client.scheme.scope_separator);
    (!joined.is_empty()).then(|| Scope::new(joined))
}

type Failed<T> = RequestTokenError<HttpError, StandardErrorResponse<T>>;
type Refused = Failed<::oauth2::basic::BasicErrorResponseType>;

async fn send(
    client: &OAuthClient,
    registered: &Registered,
    grant: &Grant<'_>,
    http: &Http,
) -> Result<BasicTokenResponse, Refused> {
    let params = client.token_params.iter();
    match grant {
        Grant::Client => {
            let request = registered.exchange_client_credentials().add_scopes(scope(client));
            let request = params.fold(request, |it, (name, value)| it.add_extra_param(name, value));
            request.request_async(http).await
        }
        Grant::Refresh(token) => {
            let token = RefreshToken::new(token.expose().to_owned());
            let request = registered.exchange_refresh_token(&token);
            let request = params.fold(request, |it, (name, value)| it.add_extra_param(name, value));
            request.request_async(http).await
        }
        Grant::Code { code, verifier, redirect_uri } => {
            let code = AuthorizationCode::new(code.expose().to_owned());
            let mut request = registered.exchange_code(code);
            if let Some(verifier) = verifier {
                let verifier = PkceCodeVerifier::new(verifier.expose().to_owned());
                request = request.set_pkce_verifier(verifier);
            }
            if let Some(uri) = redirect_uri {
                let uri = RedirectUrl::new((*uri).clone())
                    .map_err(|_| RequestTokenError::Other("`redirect_uri(…)`".into()))?;
                request = request.set_redirect_uri(std::borrow::Cow::Owned(uri));
            }
            let request = params.fold(request, |it, (name, value)| it.add_extra_param(name, value));
            request.request_async(http).await
        }
    }
}

/// The tokens of a reply. Their time counts from when the request was sent, `age` ago.
pub(super) fn tokens(reply: &BasicTokenResponse, age: Duration) -> Tokens {
    let lifetime = reply.expires_in().map(|lifetime| lifetime.saturating_sub(age));
    let scopes = reply.scopes().map(|scopes| {
        let scopes: Vec<&str> = scopes.iter().map(|scope| scope.as_str()).collect();
        scopes.join(" ")
    });
    Tokens {
        access_token: Secret::new(reply.access_token().secret()),
        refresh_token: reply.refresh_token().map(|token| Secret::new(token.secret())),
        expires_at: lifetime.and_then(|lifetime| SystemTime::now().checked_add(lifetime)),
        scope: scopes,
    }
}

/// What a failed request means. What the server said is shown without secrets; a reply that can't be
/// read isn't shown, as it may hold tokens.
pub(super) fn failed<'a, T: ErrorResponseType + Display + 'static>(
    client: &'a OAuthClient,
    error: Failed<T>,
    http: &Http,
    mut secrets: Vec<&'a Secret>,
    step: Step,
) -> OAuthError
where
    StandardErrorResponse<T>: ErrorResponse,
{
    use OAuthErrorKind::{Connection, InvalidReply, Timeout};
    let seen = http.seen();
    secrets.extend(&client.secret);
    let error = match error {
        RequestTokenError::ServerResponse(said) => {
            let (code, words) = (said.error().to_string(), said.error_description());
            OAuthError::refused(step, &code, words.map(String::as_str), &secrets)
        }
        RequestTokenError::Request(HttpError::Timeout) => {
            OAuthError::new(Timeout, step, HttpError::Timeout.to_string())
        }
        RequestTokenError::Request(HttpError::TooLarge) => {
            OAuthError::new(InvalidReply, step, HttpError::TooLarge.to_string())
        }
        RequestTokenError::Request(error) => {
            OAuthError::new(Connection, step, error.to_string()).because(error)
        }
        RequestTokenError::Parse(..) | RequestTokenError::Other(_) => {
            OAuthError::new(InvalidReply, step, "the reply is not that of a token endpoint")
        }
    };
    error.at(seen.status, seen.retry_after).limit(client.scheme.max_refresh_tokens)
}

impl<'a> Grant<'a> {
    fn step(&self) -> Step {
        match self {
            Self::Client => Step::Issue,
            Self::Refresh(_) => Step::Renew,
            Self::Code { .. } => Step::Exchange,
        }
    }

    fn endpoint(&self) -> Endpoint {
        match self {
            Self::Refresh(_) => Endpoint::Refresh,
            Self::Client | Self::Code { .. } => Endpoint::Token,
        }
    }

    fn secrets(&self) -> Vec<&'a Secret> {
        match self {
            Self::Client => Vec::new(),
            Self::Refresh(token) => vec![token],
            Self::Code { code, verifier, .. } => {
                let mut secrets = vec![*code];
                secrets.extend(verifier);
                secrets
            }
        }
    }

    /// Asking again at once may help. A limit is not to be tried out.
    fn is_repeatable(&self, error: &OAuthError) -> bool {
        let is_blind = error.is_rate_limited() && error.retry_after().is_none();
        error.is_temporary() && !is_blind && !matches!(self, Self::Code { .. })
    }
}
