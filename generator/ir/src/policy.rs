//! How calls behave beyond one request and one reply: repetitions, and what errors say.

/// When calls are tried again (`x-retry`).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Retry {
    /// Number of tries, the first included.
    pub attempts: Option<u32>,
    /// Statuses after which a call is tried again; empty where the document doesn't say.
    pub statuses: Vec<u16>,
    /// Calls aren't tried again, whatever the client's settings are.
    pub never: bool,
}

/// Where the body of an error tells the vendor's code and message, as JSON pointers (RFC 6901).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ErrorFields {
    /// Place of the code (`x-error-code`).
    pub code: Option<String>,
    /// Place of the message (`x-error-message`).
    pub message: Option<String>,
}
