//! Multipart bodies: parts that are sent one after the other, each as it is read.
//!
//! Parts come in by property, described by a static table ([`Encoding`]), or by any name; a body
//! and its content type go out. The boundary is drawn when the body is made, so all tries of a call
//! share it. Framing is that of RFC 2046, section 5.1, and RFC 7578.

use bytes::Bytes;
use http::HeaderValue;

use crate::Body;
use crate::codec::{Encode, Encoder, Violation};
use crate::error::Refusal;
use crate::form::{self, Pair};
use crate::op::{self, Encoding};

mod extension;
mod part;

use part::Disposition;
pub use part::Part;

/// A multipart body (RFC 2046, section 5.1), made of parts.
///
/// Where the document describes the parts, generated code has a type for them; this one is for
/// bodies that it leaves open.
///
/// ```
/// # use tenon_runtime::{Multipart, Part};
/// let body = Multipart::new()
///     .text("purpose", "avatar")
///     .part("file", Part::bytes(b"GIF89a".as_slice()).file_name("me.gif").content_type("image/gif"));
/// ```
#[derive(Debug, Default)]
pub struct Multipart {
    table: &'static [Encoding],
    /// Each with its index into the table, which gives the order; those of no index come last.
    parts: Vec<(usize, String, Part)>,
    violations: Vec<(usize, Violation)>,
}

impl Multipart {
    /// A body without parts.
    pub fn new() -> Self {
        Self::default()
    }

    /// A body whose parts the document describes, in the words of [`encodings!`](crate::encodings!).
    pub fn described(words: &'static str) -> Self {
        Self { table: op::encodings(words), ..Self::default() }
    }

    /// Adds a part of text.
    #[must_use]
    pub fn text(self, name: impl Into<String>, text: impl Into<String>) -> Self {
        self.part(name, Part::text(text))
    }

    /// Adds a part of JSON, sent as `application/json`.
    #[must_use]
    pub fn json(self, name: impl Into<String>, value: &dyn Encode) -> Self {
        self.part(name, Part::json(value))
    }

    /// Adds a part.
    #[must_use]
    pub fn part(mut self, name: impl Into<String>, part: impl Into<Part>) -> Self {
        self.push(usize::MAX, name.into(), part.into());
        self
    }

    /// Sets the property at `index` of the table to a value. A list is a part for each item, a list
    /// or object inside of it is JSON. A value that is set again replaces the one before.
    #[must_use]
    pub fn value(mut self, index: usize, value: &dyn Encode) -> Self {
        let Some(encoding) = self.table.get(index) else { return self };
        self.forget(index);
        let json = self.encode(index, encoding, value);
        self.spread(index, encoding.name, &json, Some(encoding));
        self
    }

    /// Sets the property at `index` of the table to a file. One that is set again replaces the one
    /// before.
    #[must_use]
    pub fn file(mut self, index: usize, file: impl Into<Part>) -> Self {
        self.set_files(index, vec![file.into()]);
        self
    }

    /// Sets the property at `index` of the table to files, a part for each.
    #[must_use]
    pub fn files<P: Into<Part>>(
        mut self,
        index: usize,
        files: impl IntoIterator<Item = P>,
    ) -> Self {
        self.set_files(index, files.into_iter().map(Into::into).collect());
        self
    }

    /// The properties of the object in JSON text, each as its parts.
    pub(crate) fn of_json(json: &[u8], table: &'static [Encoding]) -> Self {
        let mut body = Self::new();
        for (name, value) in form::properties(json) {
            let encoding = table.iter().find(|encoding| encoding.name == name);
            body.spread(usize::MAX, &name, value, encoding);
        }
        body
    }

    fn set_files(&mut self, index: usize, files: Vec<Part>) {
        let Some(encoding) = self.table.get(index) else { return };
        self.forget(index);
        if !encoding.rules.is_empty() {
            // Rules of a list of files are about its length.
            self.encode(index, encoding, &vec![None::<bool>; files.len()]);
        }
        for mut file in files {
            if file.content_type.is_none() {
                file.content_type =
                    stated(encoding).or_else(|| file.type_among(encoding.content_type));
            }
            file.complete(encoding.headers);
            self.push(index, encoding.name.to_owned(), file);
        }
    }

    /// JSON text of a value; what it breaks is kept under the name of its property.
    fn encode(&mut self, index: usize, encoding: &Encoding, value: &dyn Encode) -> Vec<u8> {
        let mut encoder = Encoder::for_input();
        encoder.write_checked(encoding.rules, value);
        let (json, violations) = encoder.finish();
        let root = format!("$.{}", encoding.name);
        let violations = violations.into_iter().map(|it| (index, it.under(&root)));
        self.violations.extend(violations);
        json
    }

    fn forget(&mut self, index: usize) {
        self.parts.retain(|(other, ..)| *other != index);
        self.violations.retain(|(other, _)| *other != index);
    }

    /// Adds the parts that a value is written as.
    fn spread(&mut self, index: usize, name: &str, json: &[u8], encoding: Option<&Encoding>) {
        let media = encoding.and_then(stated);
        for pair in form::pairs(name, json, encoding) {
            let Pair { name, texts, delimiter, json } = pair;
            let mut part = Part::text(texts.join(&delimiter.to_string()));
            let usual = json.then(|| HeaderValue::from_static("application/json"));
            part.content_type = media.clone().or(usual);
            part.complete(encoding.map_or(&[], |encoding| encoding.headers));
            self.push(index, name, part);
        }
    }

    fn push(&mut self, index: usize, name: String, mut part: Part) {
        let root = format!("$.{name}");
        let violations = part.violations.drain(..).map(|it| (index, it.under(&root)));
        self.violations.extend(violations);
        self.parts.push((index, name, part));
    }

    /// The body, its content type, and the rules that its values break.
    pub(crate) fn finish(mut self, media: &str) -> Finished {
        self.parts.sort_by_key(|(index, ..)| *index);
        let boundary = format!("tenon-{:016x}{:016x}", fastrand::u64(..), fastrand::u64(..));
        let content_type = self.content_type(media, &boundary);
        let disposition = match content_type.starts_with("multipart/related") {
            true => Disposition::None,
            false => Disposition::FormData,
        };
        let mut refusal = None;
        let mut bodies = Vec::with_capacity(2 * self.parts.len() + 1);
        let mut before = format!("--{boundary}");
        for (_, name, part) in self.parts {
            let head = part.head(&name, disposition);
            bodies.push(Bytes::from([before.as_bytes(), b"\r\n", &head].concat()).into());
            refusal = refusal.or(part.refusal);
            bodies.push(part.body);
            before = format!("\r\n--{boundary}");
        }
        bodies.push(format!("{before}--\r\n").into());
        let violations = self.violations.into_iter().map(|(_, violation)| violation).collect();
        Finished { body: Body::chain(bodies), content_type, violations, refusal }
    }

    /// The documented media type with the boundary; a range is `multipart/form-data`.
    fn content_type(&self, media: &str, boundary: &str) -> String {
        let media = media.split(';').next().unwrap_or_default().trim();
        let media = if media.contains('*') { "multipart/form-data" } else { media };
        let root =
            self.parts.first().and_then(|(.., part)| part.content_type.as_ref()?.to_str().ok());
        match (media, root) {
            // The type of the root part has to be told (RFC 2387, section 3.1).
            ("multipart/related", Some(root)) => {
                format!("{media}; type=\"{root}\"; boundary={boundary}")
            }
            _ => format!("{media}; boundary={boundary}"),
        }
    }
}

/// A multipart body that is ready to be sent.
pub(crate) struct Finished {
    pub(crate) body: Body,
    pub(crate) content_type: String,
    pub(crate) violations: Vec<Violation>,
    pub(crate) refusal: Option<Refusal>,
}

/// The media type that the document states for a property, when it is exactly one.
fn stated(encoding: &Encoding) -> Option<HeaderValue> {
    let media = encoding.content_type;
    let is_one = !media.is_empty() && !media.contains(['*', ',']);
    is_one.then(|| HeaderValue::from_str(media).ok()).flatten()
}
