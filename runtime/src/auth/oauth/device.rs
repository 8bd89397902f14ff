//! Authorization of devices without a browser (RFC 8628).

use std::fmt;
use std::time::Duration;

use ::oauth2::{DeviceAuthorizationUrl, StandardDeviceAuthorizationResponse};
use tokio::time::sleep;

use super::client::OAuthClient;
use super::endpoint::{self, Endpoint};
use super::error::{OAuthError, Step};
use super::http::Http;
use super::request::{failed, registered, scope, tokens};
use super::store::Tokens;
use crate::Secret;
use crate::auth::Lent;

/// A device that waits for its user to consent elsewhere. `Debug` shows no secret.
pub struct DeviceLogin {
    client: OAuthClient,
    lent: Lent,
    details: StandardDeviceAuthorizationResponse,
}

/// Asks for the codes of a device.
pub(super) async fn begin(client: &OAuthClient, lent: Lent) -> Result<DeviceLogin, OAuthError> {
    let step = Step::Device;
    let url = endpoint::found(client, Endpoint::Device, &lent, step).await?;
    let unusable = |_| OAuthError::configuration(step, "`device_url(…)` got no address");
    let url = DeviceAuthorizationUrl::new(url).map_err(unusable)?;
    let token_url = endpoint::found(client, Endpoint::Token, &lent, step).await?;
    let registered = registered(client, token_url, step)?.set_device_authorization_url(url);
    let http = Http::new(lent.clone(), client.timeout);
    let request = registered.exchange_device_code().add_scopes(scope(client));
    let details: Result<StandardDeviceAuthorizationResponse, _> =
        request.request_async(&http).await;
    let details = details.map_err(|error| failed(client, error, &http, Vec::new(), step))?;
    Ok(DeviceLogin { client: client.clone(), lent, details })
}

impl DeviceLogin {
    /// The code that the user types.
    pub fn user_code(&self) -> &str {
        self.details.user_code().secret()
    }

    /// Where the user types it.
    pub fn verification_uri(&self) -> &str {
        self.details.verification_uri()
    }

    /// An address that holds the code already, for a picture to be scanned, if the server gave one.
    pub fn verification_uri_complete(&self) -> Option<&str> {
        self.details.verification_uri_complete().map(|uri| uri.secret().as_str())
    }

    /// How long the code is good.
    pub fn expires_in(&self) -> Duration {
        self.details.expires_in()
    }

    /// Waits until the user has answered, asking the server as often as it allows. The tokens are
    /// saved in the store.
    ///
    /// # Errors
    ///
    /// The user refused (`access_denied`), the code expired (`expired_token`), there was no reply,
    /// or the store failed.
    pub async fn wait(self) -> Result<Tokens, OAuthError> {
        let (client, step) = (&self.client, Step::Device);
        let token_url = endpoint::found(client, Endpoint::Token, &self.lent, step).await?;
        let registered = registered(client, token_url, step)?;
        let http = Http::new(self.lent.clone(), client.timeout);
        let request = registered.exchange_device_access_token(&self.details);
        let reply = request.request_async(&http, sleep, None).await;
        let code = Secret::new(self.details.device_code().secret());
        let reply = reply.map_err(|error| failed(client, error, &http, vec![&code], step))?;
        let tokens = tokens(&reply, Duration::ZERO);
        client.save(&tokens, step).await?;
        Ok(tokens)
    }
}

impl fmt::Debug for DeviceLogin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DeviceLogin")
            .field("verification_uri", &self.verification_uri())
            .finish_non_exhaustive()
    }
}
