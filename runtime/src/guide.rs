//! How to use a client, topic by topic. The modules hold text only; their examples are compiled, and
//! run where that needs no one else's server.
//!
//! | topic | about |
//! |---|---|
//! | [`errors`] | the documented errors, and what every error tells |
//! | [`models`] | making values; left out or null; what the document doesn't know |
//! | [`pages`] | lists that come in pages |
//! | [`sending`] | retries, limits, time |
//! | [`auth`](crate::auth) | keys, tokens, OAuth 2.0 |
//! | [`bodies`] | uploads, downloads, compression |
//! | [`streams`] | events, JSON lines, bytes |
//! | [`webhooks`] | what the vendor sends to you |
//! | [`escape_hatches`] | ways past the document |
//! | [`transports`] | proxies, certificates, hooks, traces, calls without async |
//! | [`testing`] | a mock server, recordings |
//! | [`features`] | what is compiled |
//! | [`performance`] | what a call costs beside one by hand |
//! | [`comparison`] | beside other generators |

pub mod bodies;
pub mod escape_hatches;
pub mod transports;

/// A topic whose examples have a generated client: they run in the tests of the project, which have
/// one.
macro_rules! topics {
    ($($name:ident: $file:literal),* $(,)?) => { $(
        #[cfg(not(doctest))]
        pub mod $name {
            #![doc = include_str!($file)]
        }
    )* };
}

topics! {
    comparison: "guide/comparison.md",
    errors: "guide/errors.md",
    features: "guide/features.md",
    models: "guide/models.md",
    pages: "guide/pages.md",
    performance: "guide/performance.md",
    sending: "guide/sending.md",
    streams: "guide/streams.md",
    testing: "guide/testing.md",
    webhooks: "guide/webhooks.md",
}
