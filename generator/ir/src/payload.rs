//! Request bodies: what is sent, in which media types.

use crate::{Docs, Ident, Presence, Rule, Style, Type};

/// A request body (OpenAPI 3.1, section 4.8.13).
#[derive(Clone, Debug, PartialEq)]
pub struct RequestBody {
    /// Argument or setter name: `body`.
    pub name: Ident,
    /// Whether it may be left out.
    pub presence: Presence,
    /// What is sent.
    pub sent: Sent,
    /// Other media types that the same bytes may be sent as: a method of the call for each.
    pub labels: Vec<MediaLabel>,
    /// Documentation.
    pub docs: Docs,
}

/// A media type that a body is sent as when the caller says so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MediaLabel {
    /// Method of the call: `sent_as_merge_patch_json`.
    pub name: Ident,
    /// Media type.
    pub media: String,
    /// Index of the payload, among [`RequestBody::payloads`].
    pub payload: usize,
}

impl RequestBody {
    /// Everything that can be sent, the preferred one first.
    pub fn payloads(&self) -> Vec<&Payload> {
        match &self.sent {
            Sent::One(payload) => vec![payload],
            Sent::Choice { cases, .. } => cases.iter().map(|case| &case.payload).collect(),
        }
    }
}

/// What a request body is.
#[derive(Clone, Debug, PartialEq)]
pub enum Sent {
    /// Always the same content.
    One(Payload),
    /// An enum by media type.
    Choice {
        /// Name of the enum, in the group's module.
        name: Ident,
        /// Its variants, the preferred one first.
        cases: Vec<PayloadCase>,
    },
}

/// A variant of an enum of request bodies.
#[derive(Clone, Debug, PartialEq)]
pub struct PayloadCase {
    /// Variant name: `Multipart`.
    pub name: Ident,
    /// What is sent.
    pub payload: Payload,
    /// `From<content>` can be implemented: no other variant has the same Rust type.
    pub from: bool,
}

/// Content of a request in one media type.
#[derive(Clone, Debug, PartialEq)]
pub struct Payload {
    /// Media type sent as `Content-Type`.
    pub media: Media,
    /// What is sent.
    pub content: Content,
    /// Rules of the whole value, checked before sending.
    pub rules: Vec<Rule>,
}

impl Payload {
    /// The parts, where they have a type of their own.
    pub fn parts(&self) -> Option<&Parts> {
        match &self.content {
            Content::Multipart(Multipart::Parts(parts)) => Some(parts),
            Content::Json(_)
            | Content::Text
            | Content::Bytes
            | Content::Lines(_)
            | Content::Form(_)
            | Content::Multipart(Multipart::Value(_) | Multipart::Open) => None,
        }
    }

    /// The types that the content is made of.
    pub fn types(&self) -> Vec<&Type> {
        match &self.content {
            Content::Json(ty) | Content::Lines(ty) => vec![ty],
            Content::Text | Content::Bytes | Content::Multipart(Multipart::Open) => Vec::new(),
            Content::Form(form) | Content::Multipart(Multipart::Value(form)) => vec![&form.ty],
            Content::Multipart(Multipart::Parts(parts)) => {
                let types = parts.fields.iter().filter_map(|field| match &field.value {
                    PartValue::Value(ty) => Some(ty),
                    PartValue::File | PartValue::Files => None,
                });
                types.collect()
            }
        }
    }
}

/// A media type of a body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Media {
    /// One that is known: `application/json`.
    Exact(String),
    /// A range (`*/*`, `image/*`): the caller names the type.
    Range(String),
}

impl Media {
    /// The media type or range as the document writes it.
    pub fn name(&self) -> &str {
        match self {
            Self::Exact(name) | Self::Range(name) => name,
        }
    }
}

/// Kinds of request content.
#[derive(Clone, Debug, PartialEq)]
pub enum Content {
    /// JSON of this type.
    Json(Type),
    /// Text.
    Text,
    /// A stream of bytes.
    Bytes,
    /// JSON values of this type, one after the other.
    Lines(Type),
    /// `application/x-www-form-urlencoded`.
    Form(Form),
    /// `multipart/form-data` and its relatives.
    Multipart(Multipart),
}

/// A value whose properties are written one by one.
#[derive(Clone, Debug, PartialEq)]
pub struct Form {
    /// Type of the value.
    pub ty: Type,
    /// Properties that are not written as usual.
    pub encoding: Vec<PropertyEncoding>,
}

/// How a property is written (OpenAPI 3.1, section 4.8.15).
#[derive(Clone, Debug, PartialEq)]
pub struct PropertyEncoding {
    /// Property.
    pub property: String,
    /// Style and `explode`, when the document states one.
    pub style: Option<(Style, bool)>,
    /// RFC 3986 reserved characters stay as they are (`allowReserved`).
    pub allow_reserved: bool,
    /// Media type of the value or part, as stated.
    pub content_type: Option<String>,
    /// Headers of the part whose values the document knows.
    pub headers: Vec<(String, String)>,
}

/// A body of parts.
#[derive(Clone, Debug, PartialEq)]
pub enum Multipart {
    /// A value without files: each property is a part.
    Value(Form),
    /// Parts with a type of their own, as there are files among them.
    Parts(Box<Parts>),
    /// Any parts: the document doesn't describe them.
    Open,
}

/// The type of a body of parts.
#[derive(Clone, Debug, PartialEq)]
pub struct Parts {
    /// Type name, in the group's module: `UploadFileParts`.
    pub name: Ident,
    /// Parts in the document's order.
    pub fields: Vec<PartField>,
    /// Parts beyond the listed ones may be sent.
    pub open: bool,
    /// Pointer of the schema that describes them, in the document.
    pub origin: String,
    /// Documentation.
    pub docs: Docs,
}

/// A part, or the parts of a list.
#[derive(Clone, Debug, PartialEq)]
pub struct PartField {
    /// Argument or setter name.
    pub name: Ident,
    /// What it holds.
    pub value: PartValue,
    /// Whether it may be left out.
    pub presence: Presence,
    /// How it is written; the property is its name on the wire.
    pub encoding: PropertyEncoding,
    /// Headers that the document describes for the part, where the caller can give them.
    pub headers: Vec<String>,
    /// Documented default, for the documentation: a client doesn't send it.
    pub default: Option<crate::Value>,
    /// Rules checked before sending.
    pub rules: Vec<Rule>,
    /// Documentation.
    pub docs: Docs,
}

/// What a part holds.
#[derive(Clone, Debug, PartialEq)]
pub enum PartValue {
    /// The content of a file.
    File,
    /// The content of several files, a part for each.
    Files,
    /// A value; a list is a part for each item.
    Value(Type),
}
