//! The macro that puts a generated client around the core.

/// Declares a client and its builder.
///
/// `client! { /// Docs. Client, ClientBuilder, API }` declares both structs and the methods that
/// every API has. Generated code adds those of its own servers, credentials and tags.
#[macro_export]
macro_rules! client {
    ($(#[$docs:meta])* $client:ident, $builder:ident, $api:expr) => {
        $(#[$docs])*
        ///
        /// Clones are cheap and share connections, fetched tokens, and the counts of rate limits and
        /// repetitions.
        #[derive(Clone)]
        pub struct $client {
            core: $crate::Core,
        }

        impl $client {
            /// Begins a client: set the server and credentials, then call `build`.
            pub fn builder() -> $builder {
                $builder { builder: $crate::client::Builder::new(&$api) }
            }

            /// Begins a call that the document doesn't know, with this client's address,
            /// credentials, retries, limits and hooks. The path follows the address, and may have
            /// a query. The reply is read as JSON; `typed` and `send_raw` read others.
            pub fn request(
                &self,
                method: $crate::Method,
                path: impl ::core::convert::Into<::std::string::String>,
            ) -> $crate::op::Customized<$crate::op::Request> {
                self.core.request(method, path)
            }

            /// What all calls share.
            #[doc(hidden)]
            pub fn core(&self) -> &$crate::Core {
                &self.core
            }
        }

        impl ::core::fmt::Debug for $client {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                ::core::fmt::Debug::fmt(&self.core, f)
            }
        }

        #[doc = concat!("The settings of a [`", stringify!($client), "`].")]
        #[derive(Clone, Debug)]
        #[must_use = "settings do nothing until `build` is called"]
        pub struct $builder {
            builder: $crate::client::Builder,
        }

        #[allow(dead_code)]
        impl $builder {
            /// Sets the address that requests go to, in place of the document's servers, their
            /// variables and the addresses that single operations have. It begins with `https://`
            /// or `http://` and may have a path.
            pub fn base_url(self, url: impl ::core::convert::Into<::std::string::String>) -> Self {
                Self { builder: self.builder.base_url(url.into()) }
            }

            /// Sets the time for a whole call: every try, the waits between them, and the fetching
            /// of tokens. There is no such limit by default. A reply that is a stream counts up to
            /// its head: once begun, it isn't cut.
            pub fn timeout(self, timeout: ::core::time::Duration) -> Self {
                Self { builder: self.builder.timeout(timeout) }
            }

            /// Sets the time for each try, from the first byte sent to the last one read. It is 30
            /// seconds by default: large uploads and downloads need more. A reply that is a stream
            /// counts up to its head.
            pub fn attempt_timeout(self, timeout: ::core::time::Duration) -> Self {
                Self { builder: self.builder.attempt_timeout(timeout) }
            }

            /// Sets when calls are tried again. By default those that are safe to repeat are tried
            /// three times, unless the document says otherwise.
            pub fn retry(self, policy: $crate::RetryPolicy) -> Self {
                Self { builder: self.builder.retry(policy) }
            }

            /// Sets how many repetitions the client may make while hardly any call succeeds: 500
            /// tokens by default, for which a hundred calls are tried once more.
            pub fn retry_budget(self, budget: $crate::RetryBudget) -> Self {
                Self { builder: self.builder.retry_budget(budget) }
            }

            /// Sets how often requests may be sent. By default the limits are kept that the
            /// document states for everyone, if it states any.
            pub fn rate_limits(self, limits: $crate::RateLimits) -> Self {
                Self { builder: self.builder.rate_limits(limits) }
            }

            /// Sets how many requests may be on their way at once, of this client and its clones;
            /// there is no such limit by default. Others wait, first come, first served. A reply
            /// that is a stream counts until it is read or dropped.
            pub fn max_concurrency(self, requests: usize) -> Self {
                Self { builder: self.builder.max_concurrency(requests) }
            }

            /// Sets the most bytes that the body of a reply may have: 64 MiB by default. A longer
            /// one is an error. Of a stream, each event or line may have so many.
            pub fn max_reply_bytes(self, bytes: u64) -> Self {
                Self { builder: self.builder.max_reply_bytes(bytes) }
            }

            /// Sets the `User-Agent`, in place of the API's and this library's names and versions.
            pub fn user_agent(
                self,
                agent: impl ::core::convert::Into<::std::string::String>,
            ) -> Self {
                self.header("user-agent", agent)
            }

            /// Adds a header to every request. What an operation sends by the same name goes
            /// before it.
            pub fn header(
                self,
                name: impl ::core::convert::Into<::std::string::String>,
                value: impl ::core::convert::Into<::std::string::String>,
            ) -> Self {
                Self { builder: self.builder.header(name.into(), value.into()) }
            }

            /// Adds code that sees and alters each request and reply. Hooks run in the order in
            /// which they were added.
            pub fn hook(self, hook: impl $crate::Hook) -> Self {
                Self { builder: self.builder.hook(::std::sync::Arc::new(hook)) }
            }

            /// Sets what carries requests to the server.
            pub fn transport(self, transport: impl $crate::Transport) -> Self {
                Self { builder: self.builder.transport(::std::sync::Arc::new(transport)) }
            }

            /// Builds the client.
            ///
            /// # Errors
            ///
            /// A server variable is missing or unused, the address can't be read, or a header or
            /// credential can't be sent. The error says which method to call.
            pub fn build(self) -> ::core::result::Result<$client, $crate::BuildError> {
                self.builder.build().map(|core| $client { core })
            }

            fn template(self, index: usize) -> Self {
                Self { builder: self.builder.template(index) }
            }

            fn variable(self, index: usize, value: ::std::string::String) -> Self {
                Self { builder: self.builder.variable(index, value) }
            }

            fn credential(self, index: usize, token: $crate::Token) -> Self {
                Self { builder: self.builder.credential(index, token) }
            }
        }

        $crate::__connection!($builder);
        $crate::__http_client!($builder);
        $crate::__mocked_client!($client $builder $api);
    };
}

/// The part of a builder that needs the feature `hyper` of this crate.
#[cfg(feature = "hyper")]
#[doc(hidden)]
#[macro_export]
macro_rules! __connection {
    ($builder:ident) => {
        impl $builder {
            /// Sends through this proxy, in place of one that the environment names
            /// (`HTTPS_PROXY` and the like): `http://host:port`, with `user:password@` where it
            /// asks for them.
            pub fn proxy(self, url: impl ::core::convert::Into<$crate::Secret>) -> Self {
                Self { builder: self.builder.proxy(url.into()) }
            }

            /// Trusts the servers of these certificates (PEM) beside those that the platform
            /// trusts: of a company's own authority, say. It adds to what was given before.
            pub fn root_certificate(
                self,
                pem: impl ::core::convert::Into<::std::string::String>,
            ) -> Self {
                Self { builder: self.builder.root_certificate(pem.into()) }
            }
        }
    };
}

/// Without the feature `hyper`, there is no such part.
#[cfg(not(feature = "hyper"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __connection {
    ($builder:ident) => {};
}

/// The part of a builder that needs the feature `reqwest` of this crate.
#[cfg(feature = "reqwest")]
#[doc(hidden)]
#[macro_export]
macro_rules! __http_client {
    ($builder:ident) => {
        impl $builder {
            /// Sends with this client of reqwest: for what this builder has no method for.
            ///
            /// Turn its redirects off (`redirect::Policy::none()`): it would send the credentials
            /// in query strings and in headers other than `Authorization` and `Cookie` along to
            /// wherever a reply points.
            pub fn http_client(self, client: $crate::reqwest::Client) -> Self {
                Self { builder: self.builder.http_client(client) }
            }
        }
    };
}

/// Without the feature `reqwest`, there is no such part.
#[cfg(not(feature = "reqwest"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __http_client {
    ($builder:ident) => {};
}
