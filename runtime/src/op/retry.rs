//! What a document says about repeating an operation.

/// When the document says that calls are tried again (`x-retry`). What it leaves open is as
/// [`RetryPolicy`](crate::RetryPolicy) has it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Retry {
    /// Number of tries, the first included.
    pub attempts: Option<u32>,
    /// Statuses after which a call is tried again; empty where the document doesn't say.
    pub statuses: &'static [u16],
    /// It isn't tried again unless the call itself asks for it.
    pub never: bool,
}

impl Retry {
    /// Nothing is said.
    pub const fn new() -> Self {
        Self { attempts: None, statuses: &[], never: false }
    }

    /// It isn't tried again, whatever the client's policy is.
    pub const fn never() -> Self {
        Self { never: true, ..Self::new() }
    }

    /// Sets the number of tries, the first included.
    pub const fn attempts(mut self, attempts: u32) -> Self {
        self.attempts = Some(attempts);
        self
    }

    /// Sets the statuses after which a call is tried again.
    pub const fn statuses(mut self, statuses: &'static [u16]) -> Self {
        self.statuses = statuses;
        self
    }
}
