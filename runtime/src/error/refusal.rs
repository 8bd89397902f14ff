//! Input that can't be put into a request, whatever the rules of the document say.

use std::borrow::Cow;

/// Input that can't be put into a request: sent as it is, it would change the request's shape.
///
/// It is the [`source`](std::error::Error::source) of an
/// [`InvalidInput`](super::ErrorKind::InvalidInput) error. `unchecked()` doesn't lift it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{subject} {reason}")]
pub struct Refusal {
    subject: String,
    reason: Cow<'static, str>,
}

impl Refusal {
    pub(crate) fn new(
        subject: impl std::fmt::Display,
        reason: impl Into<Cow<'static, str>>,
    ) -> Self {
        let (subject, reason) = (subject.to_string(), reason.into());
        Self { subject, reason }
    }

    /// Which input it is, such as ``path parameter `id` ``.
    pub fn subject(&self) -> &str {
        &self.subject
    }

    /// Why it can't be sent.
    pub fn reason(&self) -> &str {
        &self.reason
    }
}
