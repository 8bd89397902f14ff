//! The credentials of one try, and how they get into its request.

use std::sync::Arc;

use bytes::Bytes;
use http::header::{AUTHORIZATION, COOKIE, HeaderMap, HeaderName, HeaderValue};

use super::{AuthError, Token};
use crate::api::Credential;
use crate::client::Inner;
use crate::op::Security;
use crate::{Secret, style};

/// The credentials of one try.
#[derive(Default)]
pub(crate) struct Grants(Vec<Grant>);

struct Grant {
    credential: &'static Credential,
    setter: &'static str,
    secret: Arc<Secret>,
    /// The source's token and its number, for a 401.
    fetched: Option<(Token, u64)>,
}

/// Collects the credentials of an alternative; sources may fetch.
pub(crate) async fn obtain(client: &Inner, needed: &[Security]) -> Result<Grants, AuthError> {
    let mut grants = Vec::with_capacity(needed.len());
    for security in needed {
        let scheme = client.api.schemes.get(security.scheme);
        let token = client.tokens.get(security.scheme).and_then(Option::as_ref);
        let (Some(scheme), Some(token)) = (scheme, token) else { continue };
        let setter = scheme.setter;
        let text = token.text(&scheme.credential, || client.lend()).await;
        let text = text.map_err(|source| AuthError::Source { setter, source })?;
        grants.push(Grant {
            credential: &scheme.credential,
            setter,
            secret: text.secret,
            fetched: text.generation.map(|generation| (token.clone(), generation)),
        });
    }
    Ok(Grants(grants))
}

impl Grants {
    /// Throws away the tokens that sources gave. False when there are none: then a 401 is final.
    pub(crate) fn refuse(&self) -> bool {
        let fetched = self.0.iter().filter_map(|grant| grant.fetched.as_ref());
        fetched.map(|(token, generation)| token.refuse(*generation)).count() > 0
    }

    /// Puts the credentials into the headers, and behind the query.
    pub(crate) fn apply(
        &self,
        headers: &mut HeaderMap,
        query: &mut String,
    ) -> Result<(), AuthError> {
        self.0.iter().try_for_each(|grant| grant.apply(headers, query))
    }
}

impl Grant {
    fn apply(&self, headers: &mut HeaderMap, query: &mut String) -> Result<(), AuthError> {
        let secret = self.secret.expose();
        match *self.credential {
            Credential::Bearer => self.header(headers, AUTHORIZATION, "Bearer ")?,
            Credential::Basic => self.header(headers, AUTHORIZATION, "Basic ")?,
            Credential::OAuth2(scheme) => self.header(headers, AUTHORIZATION, scheme.prefix)?,
            Credential::Header { name, prefix } => {
                let name = HeaderName::try_from(name);
                let name = name.map_err(|_| AuthError::Unsendable(self.setter))?;
                self.header(headers, name, prefix)?;
            }
            Credential::Query { name } => {
                if !query.is_empty() {
                    query.push('&');
                }
                style::pair(name, secret, query);
            }
            Credential::Cookie { name } => {
                let mut cookies = headers.get(COOKIE).map_or_else(Vec::new, |value| {
                    let mut cookies = value.as_bytes().to_vec();
                    cookies.extend_from_slice(b"; ");
                    cookies
                });
                cookies.extend_from_slice(style::cookie(name, secret).as_bytes());
                headers.insert(COOKIE, self.value(cookies)?);
            }
            Credential::MutualTls | Credential::Transport => {}
        }
        Ok(())
    }

    fn header(
        &self,
        headers: &mut HeaderMap,
        name: HeaderName,
        prefix: &str,
    ) -> Result<(), AuthError> {
        let secret = self.secret.expose();
        // A vendor's pages may show the key with what stands before it.
        let start = secret.get(..prefix.len());
        let is_there = start.is_some_and(|start| start.eq_ignore_ascii_case(prefix));
        let value = [if is_there { "" } else { prefix }, secret].concat();
        headers.insert(name, self.value(value.into_bytes())?);
        Ok(())
    }

    fn value(&self, bytes: Vec<u8>) -> Result<HeaderValue, AuthError> {
        let value = HeaderValue::from_maybe_shared(Bytes::from(bytes));
        let mut value = value.map_err(|_| AuthError::Unsendable(self.setter))?;
        value.set_sensitive(true);
        Ok(value)
    }
}
