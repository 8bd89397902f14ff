//! What an expectation asks of a call.

use std::fmt;
use std::sync::Arc;

use bytes::Bytes;

use super::received::Received;
use crate::codec::{self, Encode, Json};

/// What an expectation asks of a call; without anything, every call of the operation fits.
#[derive(Clone, Debug, Default)]
#[must_use]
pub struct Want(Vec<Wanted>);

#[derive(Clone)]
enum Wanted {
    Path(String, String),
    Query(String, String),
    Header(String, String),
    Json(Json),
    Body(Bytes),
    When(Arc<dyn Fn(&Received) -> bool + Send + Sync>),
}

impl Want {
    /// This value of a path parameter, decoded.
    pub fn path(self, name: impl Into<String>, value: impl fmt::Display) -> Self {
        self.and(Wanted::Path(name.into(), value.to_string()))
    }

    /// This value of a name in the query, decoded; one of them, if there are several.
    pub fn query(self, name: impl Into<String>, value: impl fmt::Display) -> Self {
        self.and(Wanted::Query(name.into(), value.to_string()))
    }

    /// This value of a header.
    pub fn header(self, name: impl Into<String>, value: impl fmt::Display) -> Self {
        self.and(Wanted::Header(name.into(), value.to_string()))
    }

    /// This body, in JSON: a request model, or a [`Json`](crate::Json). The order of properties
    /// doesn't matter.
    pub fn json(self, body: &dyn Encode) -> Self {
        let json = codec::from_slice(&codec::encode(body, &[]).0).unwrap_or_default();
        self.and(Wanted::Json(json))
    }

    /// These bytes as the body.
    pub fn body(self, body: impl Into<Bytes>) -> Self {
        self.and(Wanted::Body(body.into()))
    }

    /// A request for which this is true.
    pub fn when(self, is: impl Fn(&Received) -> bool + Send + Sync + 'static) -> Self {
        self.and(Wanted::When(Arc::new(is)))
    }

    fn and(mut self, wanted: Wanted) -> Self {
        self.0.push(wanted);
        self
    }

    /// What a call has in another way, each as a phrase.
    pub(super) fn misses(&self, call: &Received) -> Vec<String> {
        self.0.iter().filter_map(|wanted| wanted.miss(call)).collect()
    }
}

impl Wanted {
    fn miss(&self, call: &Received) -> Option<String> {
        let differs = |found: Option<String>| match found {
            Some(found) => format!("{self}, not `{found}`"),
            None => format!("{self}, which it hasn't"),
        };
        match self {
            Self::Path(name, value) => {
                let found = call.path_param(name);
                (found != Some(value)).then(|| differs(found.map(str::to_owned)))
            }
            Self::Query(name, value) => {
                let found = call.query_values(name);
                (!found.contains(value)).then(|| differs(found.into_iter().next()))
            }
            Self::Header(name, value) => {
                let found = call.header(name);
                (found != Some(value)).then(|| differs(found.map(str::to_owned)))
            }
            Self::Json(value) => {
                let found = call.json::<Json>().ok();
                (found.as_ref() != Some(value)).then(|| differs(Some(shown(&call.body))))
            }
            Self::Body(value) => (call.body != *value).then(|| differs(Some(shown(&call.body)))),
            Self::When(is) => (!is(call)).then(|| self.to_string()),
        }
    }
}

/// The beginning of a body.
fn shown(body: &[u8]) -> String {
    const LONGEST: usize = 200;
    let text = String::from_utf8_lossy(body);
    match text.char_indices().nth(LONGEST) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.into_owned(),
    }
}

impl fmt::Display for Wanted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Path(name, value) => write!(f, "path parameter `{name}` is `{value}`"),
            Self::Query(name, value) => write!(f, "query parameter `{name}` is `{value}`"),
            Self::Header(name, value) => write!(f, "header `{name}` is `{value}`"),
            Self::Json(value) => write!(f, "the body is `{value}`"),
            Self::Body(value) => write!(f, "the body is `{}`", shown(value)),
            Self::When(_) => f.write_str("the condition given to `when` holds"),
        }
    }
}

impl fmt::Debug for Wanted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl fmt::Display for Want {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let wanted: Vec<String> = self.0.iter().map(ToString::to_string).collect();
        f.write_str(&wanted.join(", "))
    }
}
