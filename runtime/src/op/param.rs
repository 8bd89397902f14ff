//! The static descriptor of a parameter.

use std::fmt;

use crate::codec::Rule;

/// A parameter (OpenAPI 3.1, section 4.8.12).
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Param {
    /// Name on the wire.
    pub name: &'static str,
    /// Where it is written.
    pub place: Place,
    /// How it is written.
    pub style: Style,
    /// Each item of an array or object stands for itself.
    pub explode: bool,
    /// Reserved characters of RFC 3986 stay as they are.
    pub allow_reserved: bool,
    /// It can't be left out.
    pub required: bool,
    /// What is sent of it unless the caller sets it: JSON text.
    pub constant: Option<&'static str>,
    /// Rules of the value.
    pub rules: &'static [Rule],
}

impl Param {
    const fn new(name: &'static str, place: Place, style: Style, explode: bool) -> Self {
        Self {
            name,
            place,
            style,
            explode,
            allow_reserved: false,
            required: false,
            constant: None,
            rules: &[],
        }
    }

    /// A part of the path: required, style `simple`, not exploded.
    pub const fn path(name: &'static str) -> Self {
        let mut param = Self::new(name, Place::Path, Style::Simple, false);
        param.required = true;
        param
    }

    /// A part of the query: style `form`, exploded.
    pub const fn query(name: &'static str) -> Self {
        Self::new(name, Place::Query, Style::Form, true)
    }

    /// A header: style `simple`, not exploded.
    pub const fn header(name: &'static str) -> Self {
        Self::new(name, Place::Header, Style::Simple, false)
    }

    /// A cookie: style `form`, exploded.
    pub const fn cookie(name: &'static str) -> Self {
        Self::new(name, Place::Cookie, Style::Form, true)
    }

    /// Declares that it can't be left out.
    pub const fn required(mut self) -> Self {
        self.required = true;
        self
    }

    /// Sets what is sent of it unless the caller sets it: JSON text.
    pub const fn constant(mut self, json: &'static str) -> Self {
        self.constant = Some(json);
        self
    }

    /// Sets the style, and with it `explode` to what it is by default: only styles of forms explode
    /// (OpenAPI 3.1, section 4.8.12.2.2). Set it after the style where it is another.
    pub const fn style(mut self, style: Style) -> Self {
        self.style = style;
        self.explode = matches!(style, Style::Form | Style::Cookie);
        self
    }

    /// Sets whether each item of an array or object stands for itself.
    pub const fn explode(mut self, explode: bool) -> Self {
        self.explode = explode;
        self
    }

    /// Keeps reserved characters of RFC 3986 as they are.
    pub const fn allow_reserved(mut self) -> Self {
        self.allow_reserved = true;
        self
    }

    /// Sets the rules of the value.
    pub const fn rules(mut self, rules: &'static [Rule]) -> Self {
        self.rules = rules;
        self
    }
}

/// Says which parameter it is, as messages do: ``query parameter `limit` ``.
impl fmt::Display for Param {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let place = match self.place {
            Place::Path => "path",
            Place::Query => "query",
            Place::Header => "header",
            Place::Cookie => "cookie",
        };
        write!(f, "{place} parameter `{}`", self.name)
    }
}

/// Part of the request that holds a parameter (`in`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// The path.
    Path,
    /// The query string.
    Query,
    /// A header.
    Header,
    /// The `Cookie` header.
    Cookie,
}

/// How a parameter is written (OpenAPI 3.1, section 4.8.12.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Style {
    /// `a,b`: simple expansion (RFC 6570, section 3.2.2).
    Simple,
    /// `.a,b`: label expansion (RFC 6570, section 3.2.5).
    Label,
    /// `;name=a,b`: path-style parameters (RFC 6570, section 3.2.7).
    Matrix,
    /// `name=a,b`: form-style query (RFC 6570, section 3.2.8).
    Form,
    /// `name=a%20b`.
    SpaceDelimited,
    /// `name=a%7Cb`.
    PipeDelimited,
    /// `name%5Bkey%5D=a`, nested objects and arrays included.
    DeepObject,
    /// JSON text (`content: application/json`).
    Json,
    /// The properties of the value are the whole query, written as a form is (OpenAPI 3.2
    /// `querystring`, with content of `application/x-www-form-urlencoded`).
    QueryString,
    /// The value as JSON text is the whole query, percent-encoded (OpenAPI 3.2 `querystring`, with
    /// content of JSON).
    QueryJson,
    /// The text of the value is the whole query, percent-encoded (OpenAPI 3.2 `querystring`, with
    /// other content).
    QueryText,
    /// `name=a; name=b`, as it stands: what needs an escape comes escaped (OpenAPI 3.2, section
    /// 4.12.2.2). What would end the value is percent-encoded all the same.
    Cookie,
}
