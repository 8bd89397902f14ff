//! The generated crate: the features that it has beside those of its APIs.

/// A feature of the generated crate that turns on the one of this name of the runtime.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CrateFeature {
    /// Its name.
    pub name: &'static str,
    /// What it is for: a sentence.
    pub purpose: &'static str,
    /// Which crates have it.
    pub condition: Condition,
}

/// Which crates have a feature.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Condition {
    /// All.
    Always,
    /// Those with a mock server.
    Mocked,
    /// Those of an API whose tokens can be fetched.
    Fetching,
}

impl CrateFeature {
    /// All of them, in the order in which they are listed.
    pub const ALL: [CrateFeature; 10] = [
        of(
            "mock",
            "Mock servers of the APIs, for tests; and records of real traffic.",
            Condition::Mocked,
        ),
        of("oauth2", "Fetches and renews access tokens of OAuth 2.0.", Condition::Fetching),
        of("blocking", "Calls and streams without async.", Condition::Always),
        of("brotli", "Replies in Brotli.", Condition::Always),
        of("gzip", "Replies in gzip.", Condition::Always),
        of("http2", "HTTP/2 where the server offers it.", Condition::Always),
        of("reqwest", "A client of reqwest as transport.", Condition::Always),
        of("tower", "Services of tower as transports, and the reverse.", Condition::Always),
        of("tracing", "Spans for calls and tries, named as OpenTelemetry does.", Condition::Always),
        of("zstd", "Replies in Zstandard.", Condition::Always),
    ];
}

const fn of(name: &'static str, purpose: &'static str, condition: Condition) -> CrateFeature {
    CrateFeature { name, purpose, condition }
}
