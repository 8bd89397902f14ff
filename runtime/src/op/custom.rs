//! What a call has that its operation doesn't say: the caller's changes for this call alone.

use std::fmt;
use std::sync::LazyLock;
use std::time::Duration;

use http::{HeaderName, HeaderValue, Method};

use crate::body::Observer;
use crate::error::Refusal;
use crate::{RetryBudget, RetryPolicy};

/// What the caller changed for this call alone.
#[derive(Clone, Default)]
pub(crate) struct Custom {
    pub(crate) timeout: Option<Duration>,
    pub(crate) attempt_timeout: Option<Duration>,
    pub(crate) retry: Option<RetryPolicy>,
    pub(crate) budget: Option<RetryBudget>,
    /// The client's rate limits don't hold the call back.
    pub(crate) hurries: bool,
    pub(crate) headers: Vec<(HeaderName, HeaderValue)>,
    pub(crate) query: Vec<(String, String)>,
    /// Additions to a body of JSON: a name or JSON pointer, and JSON text.
    pub(crate) fields: Vec<(String, Vec<u8>)>,
    pub(crate) idempotency_key: Option<String>,
    pub(crate) unchecked: bool,
    pub(crate) on_upload: Option<Observer>,
    pub(crate) on_download: Option<Observer>,
    /// Where an undocumented call goes.
    pub(crate) target: Option<Target>,
    /// No credential is sent, although the operation or the client has some.
    pub(crate) anonymous: bool,
    /// The reply is handed over whatever it is.
    pub(crate) raw: bool,
    /// The first input that can't be sent.
    pub(crate) refusal: Option<Refusal>,
}

/// Nothing is changed.
static NONE: LazyLock<Custom> = LazyLock::new(Custom::default);

/// Method and path that the document doesn't know.
#[derive(Clone)]
pub(crate) struct Target {
    pub(crate) method: Method,
    /// Path below the client's address, and a query.
    pub(crate) path: String,
}

impl Custom {
    /// What a call has that nobody changed.
    pub(super) fn none() -> &'static Self {
        &NONE
    }

    /// Sets a header, or remembers why it can't be sent.
    pub(super) fn header(&mut self, name: &str, value: &str) {
        let header = HeaderName::try_from(name).ok().zip(HeaderValue::try_from(value).ok());
        match header {
            Some(header) => self.headers.push(header),
            None => {
                let subject = format!("header `{}`", name.escape_debug());
                self.refuse(subject, "has a character that a header can't hold");
            }
        }
    }

    /// JSON text of a value of the caller's, or nothing and a refusal.
    pub(super) fn json(
        &mut self,
        subject: &str,
        value: &(impl serde::Serialize + ?Sized),
    ) -> Option<Vec<u8>> {
        match serde_json::to_vec(value) {
            Ok(json) => Some(json),
            Err(_) => {
                self.refuse(subject, "has no JSON form");
                None
            }
        }
    }

    fn refuse(&mut self, subject: impl fmt::Display, reason: &'static str) {
        self.refusal.get_or_insert(Refusal::new(subject, reason));
    }
}
