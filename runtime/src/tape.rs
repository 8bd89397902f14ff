//! Records of real traffic, and their replay.
//!
//! A [`Recorder`] is a transport that writes each exchange to a file, without secrets; a [`Replay`]
//! is one that answers from such a file. The format is HAR 1.2 (HTTP Archive), which browsers read,
//! too. Where it has no place for something, a field with `_` before its name has it, as it asks
//! for: `_encoding` of a request's body, `_cut` for a reply that didn't come to its end, and
//! `_leftOut` for the coding of one that couldn't be decoded.
//!
//! Neither knows of a particular API; what else is secret, generated code says in a [`Redaction`].

mod entry;
mod file;
mod key;
mod recorder;
mod redaction;
mod replay;
mod scrub;
mod tee;

pub use recorder::Recorder;
pub use redaction::Redaction;
pub use replay::{Replay, Unmatched};

use crate::api::{Api, Credential};

/// The API that a request belongs to: its transport may know which names hold credentials.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Origin(pub(crate) &'static Api);

impl Origin {
    /// Names of the query parameters that hold credentials.
    fn query_keys(self) -> impl Iterator<Item = &'static str> {
        self.0.schemes.iter().filter_map(|scheme| match scheme.credential {
            Credential::Query { name } => Some(name),
            _ => None,
        })
    }

    /// Names of the headers that hold credentials.
    fn headers(self) -> impl Iterator<Item = &'static str> {
        self.0.schemes.iter().filter_map(|scheme| match scheme.credential {
            Credential::Header { name, .. } => Some(name),
            _ => None,
        })
    }
}
