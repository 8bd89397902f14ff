//! A transport that answers from a record.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use http::header::{CONTENT_ENCODING, CONTENT_LENGTH, HeaderName, HeaderValue, TRANSFER_ENCODING};

use super::Origin;
use super::entry::Entry;
use super::file::{self, Archive};
use super::key::{Content, Key, Plain};
use super::recorder::Recorder;
use super::redaction::Redaction;
use super::scrub::Scrub;
use crate::body::{ReadError, read};
use crate::{Body, BoxError, BoxFuture, Transport, TransportError};

/// A transport that answers from a record, and sends nothing.
///
/// A request is answered by the first exchange of its method, path, query and body that hasn't
/// answered yet; JSON is compared by its value, and secrets aren't compared. The server's name makes
/// no difference. A request that none fits is an error, whose source is an [`Unmatched`].
pub struct Replay {
    redaction: Redaction,
    path: PathBuf,
    entries: Mutex<Vec<Recorded>>,
    is_repeating: bool,
    missing: Option<Recorder>,
}

struct Recorded {
    key: Key,
    entry: Entry,
    is_used: bool,
}

/// No recorded exchange fits a request.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no recorded exchange fits {request}{}", .nearest.as_ref().map(|it| format!(": {it}")).unwrap_or_default())]
#[non_exhaustive]
pub struct Unmatched {
    /// Method, path and query, without secrets.
    pub request: String,
    /// The exchange that comes nearest, and what is different; absent where the record has none.
    pub nearest: Option<String>,
}

impl Replay {
    /// Reads a record.
    ///
    /// # Errors
    ///
    /// The file can't be read, or isn't an HTTP Archive.
    pub fn open(path: impl AsRef<Path>) -> io::Result<Self> {
        let entries = file::read(path.as_ref())?;
        Ok(Self::of(path.as_ref(), entries))
    }

    /// Reads a record, or begins one where there is none; what it doesn't have is sent over the
    /// default transport and added to it, without secrets.
    ///
    /// # Errors
    ///
    /// The file can't be read or written, or is no record of a [`Recorder`]; or the transport can't
    /// be set up.
    #[cfg(feature = "hyper")]
    pub fn record_missing(path: impl AsRef<Path>, redaction: Redaction) -> io::Result<Self> {
        let transport = crate::transport::built_in().map_err(io::Error::other)?;
        Self::record_missing_over(transport, path, redaction)
    }

    /// The same over this transport.
    ///
    /// # Errors
    ///
    /// The file can't be read or written, or is no record of a [`Recorder`].
    pub fn record_missing_over(
        transport: impl Transport,
        path: impl AsRef<Path>,
        redaction: Redaction,
    ) -> io::Result<Self> {
        let path = path.as_ref();
        let recorder = Recorder::with(Arc::new(transport), Archive::open(path)?);
        let replay = Self::open(path)?.redaction(redaction.clone());
        Ok(Self { missing: Some(recorder.redaction(redaction)), ..replay })
    }

    fn of(path: &Path, entries: Vec<Entry>) -> Self {
        let entries = entries.into_iter().map(|entry| {
            let key = entry.key();
            Recorded { key, entry, is_used: false }
        });
        Self {
            redaction: Redaction::new(),
            path: path.to_owned(),
            entries: Mutex::new(entries.collect()),
            is_repeating: false,
            missing: None,
        }
    }

    /// Says what was left out of the record, beside what every record leaves out.
    #[must_use]
    pub fn redaction(mut self, redaction: Redaction) -> Self {
        self.redaction = redaction;
        self
    }

    /// Lets the last exchange that fits a request answer it again and again.
    #[must_use]
    pub fn repeating(mut self) -> Self {
        self.is_repeating = true;
        self
    }

    /// The requests of the record that weren't made: method and address of each.
    pub fn unused(&self) -> Vec<String> {
        let entries = self.entries.lock().unwrap_or_else(PoisonError::into_inner);
        let unused = entries.iter().filter(|recorded| !recorded.is_used);
        unused.map(|it| format!("{} {}", it.entry.method, it.entry.url)).collect()
    }

    async fn exchange(
        &self,
        request: http::Request<Body>,
    ) -> Result<http::Response<Body>, TransportError> {
        let (head, body) = request.into_parts();
        let body = read(body, u64::MAX).await.map_err(|error| match error {
            ReadError::TooLarge => TransportError::refused("the request is too large"),
            ReadError::Cut(error) => TransportError::interrupted(error),
        })?;
        let origin = head.extensions.get::<Origin>().copied();
        let mut scrub = Scrub::new(&self.redaction, origin);
        let plain = Plain::of(&mut scrub, &head, &body);
        let key = plain.key();
        if let Some(entry) = self.take(&key) {
            return response(&entry).map_err(TransportError::refused);
        }
        match &self.missing {
            Some(recorder) => recorder.send(http::Request::from_parts(head, body.into())).await,
            None => Err(TransportError::refused(self.unmatched(&key))),
        }
    }

    fn take(&self, key: &Key) -> Option<Entry> {
        let mut entries = self.entries.lock().unwrap_or_else(PoisonError::into_inner);
        let unused = entries.iter_mut().find(|it| it.key == *key && !it.is_used);
        if let Some(found) = unused {
            found.is_used = true;
            return Some(found.entry.clone());
        }
        let mut used = entries.iter().rev().filter(|_| self.is_repeating);
        used.find(|it| it.key == *key).map(|it| it.entry.clone())
    }

    fn unmatched(&self, key: &Key) -> Unmatched {
        let entries = self.entries.lock().unwrap_or_else(PoisonError::into_inner);
        let nearest = entries.iter().enumerate().max_by_key(|(index, it)| {
            (likeness(key, &it.key), !it.is_used, std::cmp::Reverse(*index))
        });
        let nearest = nearest.map(|(index, it)| {
            let what = match differences(key, &it.key) {
                same if same.is_empty() => "has been given already".to_owned(),
                differences => format!("differs: {}", differences.join("; ")),
            };
            format!("the nearest, number {} of {}, {what}", index + 1, self.path.display())
        });
        let mark = if key.query.is_empty() { "" } else { "?" };
        let request = format!("{} {}{mark}{}", key.method, key.path, key.query);
        Unmatched { request, nearest }
    }
}

/// How much of two keys is equal; the path counts most.
fn likeness(a: &Key, b: &Key) -> u8 {
    let path = 8 * u8::from(a.path == b.path);
    let method = 4 * u8::from(a.method == b.method);
    path + method + 2 * u8::from(a.query == b.query) + u8::from(a.body == b.body)
}

fn differences(wanted: &Key, recorded: &Key) -> Vec<String> {
    let texts = [
        ("method", &wanted.method, &recorded.method),
        ("path", &wanted.path, &recorded.path),
        ("query", &wanted.query, &recorded.query),
    ];
    let texts = texts.into_iter().filter(|(_, wanted, recorded)| wanted != recorded);
    let mut told: Vec<String> = texts
        .map(|(what, wanted, recorded)| format!("its {what} is `{recorded}`, not `{wanted}`"))
        .collect();
    if wanted.body != recorded.body {
        told.push(body_difference(&wanted.body, &recorded.body));
    }
    told
}

fn body_difference(wanted: &Content, recorded: &Content) -> String {
    match (wanted, recorded) {
        (Content::Json(wanted), Content::Json(recorded)) => {
            format!("its body has another value at `{}`", pointer(wanted, recorded))
        }
        (Content::Bytes(wanted), Content::Bytes(recorded)) => {
            let pairs = wanted.iter().zip(recorded);
            let at = pairs.take_while(|(a, b)| a == b).count();
            format!("its body is another from byte {at} on")
        }
        _ => "its body is of another kind".to_owned(),
    }
}

/// JSON pointer to the first difference.
fn pointer(a: &serde_json::Value, b: &serde_json::Value) -> String {
    use serde_json::Value;
    let step = |key: &str, a: &Value, b: &Value| format!("/{key}{}", pointer(a, b));
    match (a, b) {
        (Value::Object(a), Value::Object(b)) => {
            let mut keys = a.keys().chain(b.keys());
            let key = keys.find(|key| a.get(*key) != b.get(*key));
            key.map_or_else(String::new, |key| {
                let null = Value::Null;
                step(key, a.get(key).unwrap_or(&null), b.get(key).unwrap_or(&null))
            })
        }
        (Value::Array(a), Value::Array(b)) if a.len() == b.len() => {
            let at = a.iter().zip(b).position(|(a, b)| a != b);
            at.map_or_else(String::new, |at| step(&at.to_string(), &a[at], &b[at]))
        }
        _ => String::new(),
    }
}

/// The reply of an exchange. Its length is that of what is given, which is decoded (HAR 1.2,
/// “content”), and how it was cut into chunks is no longer known.
fn response(entry: &Entry) -> Result<http::Response<Body>, BoxError> {
    if let Some(coding) = &entry.coding {
        let message = format!("the record has no body of this reply, which came in `{coding}`");
        return Err(message.into());
    }
    let body: Body = match entry.is_cut {
        false => entry.reply.clone().into(),
        true => Body::wrap(Cut(Some(entry.reply.clone()))),
    };
    let mut response = http::Response::new(body);
    *response.status_mut() = http::StatusCode::from_u16(entry.status)?;
    for (name, value) in &entry.reply_headers {
        let name = HeaderName::try_from(name)?;
        let value = match name {
            TRANSFER_ENCODING | CONTENT_ENCODING => continue,
            CONTENT_LENGTH if !entry.reply.is_empty() && !entry.is_cut => {
                HeaderValue::from(entry.reply.len())
            }
            _ => HeaderValue::try_from(value)?,
        };
        response.headers_mut().append(name, value);
    }
    Ok(response)
}

/// The beginning of a reply, and then the failure that the record has there.
struct Cut(Option<Bytes>);

impl http_body::Body for Cut {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: std::pin::Pin<&mut Self>,
        _context: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Result<http_body::Frame<Bytes>, BoxError>>> {
        std::task::Poll::Ready(Some(match self.0.take() {
            Some(bytes) => Ok(http_body::Frame::data(bytes)),
            None => Err("the recorded connection failed here".into()),
        }))
    }
}

impl Transport for Replay {
    fn send(
        &self,
        request: http::Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        Box::pin(self.exchange(request))
    }
}

impl fmt::Debug for Replay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Replay").field("path", &self.path).finish_non_exhaustive()
    }
}
