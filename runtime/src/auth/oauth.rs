//! OAuth 2.0 (RFC 6749): a scheme of the document and a registered client in, access tokens out.
//!
//! Requests and replies are those of the crate `oauth2`; they go through a [`Transport`] of ours.
//! What is added: where the vendor departs from the RFC, renewal, and stores.
//!
//! [`Transport`]: crate::Transport

mod authorization;
mod client;
mod device;
mod discovery;
mod endpoint;
mod error;
mod http;
mod request;
mod revoke;
mod source;
mod store;

pub use authorization::Authorization;
pub use client::OAuthClient;
pub use device::DeviceLogin;
pub use error::{OAuthError, OAuthErrorKind};
pub use store::{MemoryStore, TokenStore, Tokens};
