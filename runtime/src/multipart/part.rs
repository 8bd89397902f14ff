//! A part of a multipart body.

#[cfg(feature = "fs")]
use std::path::PathBuf;

use bytes::Bytes;
use http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use http::{HeaderName, HeaderValue};

use super::extension;
use crate::Body;
use crate::codec::{Encode, Encoder, Violation};
use crate::error::Refusal;

/// A part of a multipart body: a file, bytes, a stream, text or JSON (RFC 7578, section 4).
///
/// Files and streams are sent as they are read. The request has a `Content-Length` when the length
/// of each part is known, and can be tried again unless a part is a stream.
///
/// A file without a name is sent with the name of its property, as most servers take a part without
/// any for text. Its media type is the one that is set, else the documented one, else what the extension
/// of its name tells of, or `application/octet-stream`.
#[derive(Debug)]
pub struct Part {
    pub(super) body: Body,
    pub(super) file_name: Option<String>,
    pub(super) content_type: Option<HeaderValue>,
    pub(super) headers: Vec<(HeaderName, HeaderValue)>,
    /// Content of a file, rather than text or JSON.
    pub(super) is_file: bool,
    pub(super) violations: Vec<Violation>,
    /// The first header that can't be sent.
    pub(super) refusal: Option<Refusal>,
}

impl Part {
    /// A part of this content: bytes, or any [`Body`].
    pub fn new(body: impl Into<Body>) -> Self {
        let (violations, refusal) = (Vec::new(), None);
        let (file_name, content_type, headers) = (None, None, Vec::new());
        let (body, is_file) = (body.into(), true);
        Self { body, file_name, content_type, headers, is_file, violations, refusal }
    }

    /// A part of bytes.
    pub fn bytes(bytes: impl Into<Bytes>) -> Self {
        Self::new(bytes.into())
    }

    /// A file, opened when the request is sent and once more when it is tried again. Its name goes
    /// with it, without the folders.
    #[cfg(feature = "fs")]
    pub fn file(path: impl Into<PathBuf>) -> Self {
        let path: PathBuf = path.into();
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
        Self { file_name: name, ..Self::new(Body::file(path)) }
    }

    /// A part of text.
    pub fn text(text: impl Into<String>) -> Self {
        let text: String = text.into();
        Self { is_file: false, ..Self::new(text) }
    }

    /// A part of JSON, sent as `application/json`.
    pub fn json(value: &dyn Encode) -> Self {
        let mut encoder = Encoder::for_request();
        value.encode(&mut encoder);
        let (json, violations) = encoder.finish();
        let content_type = Some(HeaderValue::from_static("application/json"));
        Self { is_file: false, content_type, violations, ..Self::new(json) }
    }

    /// Sets the file name.
    #[must_use]
    pub fn file_name(mut self, name: impl Into<String>) -> Self {
        self.file_name = Some(name.into());
        self
    }

    /// Sets the media type. One that no header can hold fails the call before anything is sent.
    #[must_use]
    pub fn content_type(mut self, media: impl AsRef<str>) -> Self {
        self.set_header("content-type", media.as_ref());
        self
    }

    /// Sets a header of the part, in place of any by that name. A name or value that no header can
    /// have fails the call before anything is sent.
    #[must_use]
    pub fn header(mut self, name: impl AsRef<str>, value: impl AsRef<str>) -> Self {
        self.set_header(name.as_ref(), value.as_ref());
        self
    }

    fn set_header(&mut self, name: &str, value: &str) {
        let header = HeaderName::try_from(name).ok().zip(HeaderValue::try_from(value).ok());
        match header {
            Some((name, value)) if name == CONTENT_TYPE => self.content_type = Some(value),
            Some((name, value)) => {
                self.headers.retain(|(known, _)| *known != name);
                self.headers.push((name, value));
            }
            None => {
                let subject = format!("header `{}` of a part", name.escape_debug());
                let reason = "has a character that a header can't hold";
                self.refusal.get_or_insert(Refusal::new(subject, reason));
            }
        }
    }

    /// Which of the stated media types the name of the file tells of: `image/jpeg` for `me.jpg`.
    pub(super) fn type_among(&self, stated: &str) -> Option<HeaderValue> {
        let extension = self.extension()?;
        let known = extension::media_type(&extension);
        let is_named = |media: &&str| match media.rsplit_once('/') {
            Some((_, subtype)) => subtype.eq_ignore_ascii_case(&extension),
            None => false,
        };
        let stated = || stated.split(',').map(str::trim);
        let is_known = |media: &&str| known.is_some_and(|known| media.eq_ignore_ascii_case(known));
        let media = stated().find(is_known).or_else(|| stated().find(is_named))?;
        HeaderValue::from_str(media).ok()
    }

    /// What stands behind the last dot of the file's name, in small letters.
    fn extension(&self) -> Option<String> {
        let (_, extension) = self.file_name.as_deref()?.rsplit_once('.')?;
        Some(extension.to_ascii_lowercase())
    }

    /// The media type of a file of which nobody has stated any (RFC 7578, section 4.4).
    fn usual_type(&self) -> HeaderValue {
        let known = self.extension().and_then(|extension| extension::media_type(&extension));
        HeaderValue::from_static(known.unwrap_or("application/octet-stream"))
    }

    /// Adds the headers that the document gives and the caller doesn't.
    pub(super) fn complete(&mut self, documented: &[(&str, &str)]) {
        for (name, value) in documented {
            if !self.headers.iter().any(|(known, _)| known.as_str().eq_ignore_ascii_case(name)) {
                self.set_header(name, value);
            }
        }
    }

    /// The lines before the content, the empty one included.
    pub(super) fn head(&self, name: &str, disposition: Disposition) -> Vec<u8> {
        let mut head = Vec::new();
        let own = self.headers.iter().any(|(name, _)| *name == CONTENT_DISPOSITION);
        if !own && disposition == Disposition::FormData {
            let name = quoted(name);
            head.extend(format!("Content-Disposition: form-data; name=\"{name}\"").into_bytes());
            if let Some(file) = self.sent_file_name(&name) {
                head.extend(format!("; filename=\"{file}\"").into_bytes());
            }
            head.extend(b"\r\n");
        }
        let usual = || self.is_file.then(|| self.usual_type());
        if let Some(media) = self.content_type.clone().or_else(usual) {
            line(&mut head, "Content-Type", &media);
        }
        for (name, value) in &self.headers {
            line(&mut head, name.as_str(), value);
        }
        head.extend(b"\r\n");
        head
    }

    fn sent_file_name(&self, name: &str) -> Option<String> {
        let usual = self.is_file.then(|| name.to_owned());
        self.file_name.as_deref().map(quoted).or(usual)
    }
}

/// How a part says which property it is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Disposition {
    /// By the `name` of `Content-Disposition: form-data`.
    FormData,
    /// By its place alone.
    None,
}

fn line(head: &mut Vec<u8>, name: &str, value: &HeaderValue) {
    head.extend(name.as_bytes());
    head.extend(b": ");
    head.extend(value.as_bytes());
    head.extend(b"\r\n");
}

/// A name in quotes, as browsers write it: what would end it is percent-encoded, all else is UTF-8
/// (HTML, section 4.10.21.8; RFC 7578, section 4.2).
fn quoted(name: &str) -> String {
    name.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A")
}

impl From<Body> for Part {
    fn from(body: Body) -> Self {
        Self::new(body)
    }
}

impl From<Bytes> for Part {
    fn from(bytes: Bytes) -> Self {
        Self::new(bytes)
    }
}

impl From<Vec<u8>> for Part {
    fn from(bytes: Vec<u8>) -> Self {
        Self::new(bytes)
    }
}

impl From<&'static [u8]> for Part {
    fn from(bytes: &'static [u8]) -> Self {
        Self::new(bytes)
    }
}

impl<const N: usize> From<&'static [u8; N]> for Part {
    fn from(bytes: &'static [u8; N]) -> Self {
        Self::new(bytes)
    }
}

/// Text, which isn't a file.
impl From<String> for Part {
    fn from(text: String) -> Self {
        Self::text(text)
    }
}

/// Text, which isn't a file.
impl From<&str> for Part {
    fn from(text: &str) -> Self {
        Self::text(text)
    }
}
