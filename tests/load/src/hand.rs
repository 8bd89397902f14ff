//! Two calls of Kandji as one would write them by hand: reqwest, and models that derive serde's traits.
//!
//! It does what the generated client does by default and reqwest doesn't, as far as it is a line: a time for
//! the try, no redirects. It has no retries, rules, unknown fields or errors worth the name.

use std::collections::BTreeMap;
use std::ops::Deref;
use std::time::Duration;

use serde::{Deserialize, Deserializer, Serialize, de};
use serde_json::Value;
use tenon_runtime::{DateTime, Uuid};

/// The client.
#[derive(Clone, Debug)]
pub struct Client {
    http: reqwest::Client,
    base: String,
    token: String,
}

/// A date-time of chrono, which doesn't keep its text.
pub type Moment = <DateTime as Deref>::Target;

fn moment<'de, D: Deserializer<'de>>(json: D) -> std::result::Result<Option<Moment>, D::Error> {
    let text: Option<&str> = Deserialize::deserialize(json)?;
    text.map(|text| text.parse().map_err(de::Error::custom)).transpose()
}

/// A page of the commands of a device.
#[derive(Debug, Deserialize)]
pub struct Commands {
    /// Device.
    pub device_id: Option<String>,
    /// Page.
    pub commands: Option<CommandList>,
}

/// A page.
#[derive(Debug, Deserialize)]
pub struct CommandList {
    /// All there are.
    pub count: Option<i64>,
    /// Address of the next page.
    pub next: Option<String>,
    /// Address of the page before.
    pub previous: Option<String>,
    /// Commands.
    pub results: Option<Vec<Command>>,
}

/// A command.
#[derive(Debug, Deserialize)]
#[allow(missing_docs, reason = "they are those of the generated model")]
pub struct Command {
    pub uuid: Option<Uuid>,
    pub command_type: Option<String>,
    pub request_type: Option<String>,
    pub status: Option<i64>,
    pub priority: Option<i64>,
    pub attempts: Option<i64>,
    pub request_requires_network_tether: Option<bool>,
    #[serde(default, deserialize_with = "moment")]
    pub date_requested: Option<Moment>,
    #[serde(default, deserialize_with = "moment")]
    pub last_pushed: Option<Moment>,
    #[serde(default, deserialize_with = "moment")]
    pub date_completed: Option<Moment>,
    pub error_chain: Option<Vec<Value>>,
    pub metadata: Option<BTreeMap<String, Value>>,
    pub user: Option<Value>,
}

/// What a locked device shows.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
#[allow(missing_docs, reason = "they are those of the generated model")]
pub struct Lock {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone_number: Option<String>,
}

/// The outcome of locking.
#[derive(Debug, Deserialize)]
pub struct Locked {
    /// Six digits.
    #[serde(rename = "PIN")]
    pub pin: Option<String>,
}

/// What can fail.
pub type Result<T> = std::result::Result<T, Box<dyn std::error::Error + Send + Sync>>;

impl Client {
    /// A client of this address.
    ///
    /// # Errors
    ///
    /// It can't be built.
    pub fn new(base: &str, token: &str) -> Result<Self> {
        // It fails where another has done so already, and then there is one.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let http = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .user_agent("kandji/v1")
            .timeout(Duration::from_secs(30))
            .build()?;
        Ok(Self { http, base: base.to_owned(), token: token.to_owned() })
    }

    /// Lists commands.
    ///
    /// # Errors
    ///
    /// Anything that goes wrong.
    pub async fn commands(&self, device: &str, limit: i64) -> Result<Commands> {
        let Self { http, base, token } = self;
        let url = format!("{base}/api/v1/devices/{device}/commands?limit={limit}");
        let request = http.get(url).bearer_auth(token).header("accept", "application/json");
        let reply = request.send().await?.error_for_status()?;
        Ok(serde_json::from_slice(&reply.bytes().await?)?)
    }

    /// Locks a device.
    ///
    /// # Errors
    ///
    /// Anything that goes wrong.
    pub async fn lock(&self, device: &str, body: &Lock) -> Result<Locked> {
        let Self { http, base, token } = self;
        let url = format!("{base}/api/v1/devices/{device}/action/lock");
        let request = http.post(url).bearer_auth(token).header("accept", "application/json");
        let request = request.header("content-type", "application/json");
        let reply = request.body(serde_json::to_vec(body)?).send().await?.error_for_status()?;
        Ok(serde_json::from_slice(&reply.bytes().await?)?)
    }
}
