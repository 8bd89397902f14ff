//! What is left out of a record.

use std::collections::BTreeSet;

/// Headers that hold credentials, whatever the API.
const HEADERS: [&str; 4] = ["authorization", "proxyauthorization", "cookie", "setcookie"];

/// Names of query parameters, parts of forms and properties that hold secrets, whatever the API.
const NAMES: [&str; 16] = [
    "password",
    "passwd",
    "passphrase",
    "secret",
    "clientsecret",
    "token",
    "accesstoken",
    "refreshtoken",
    "idtoken",
    "authtoken",
    "sessiontoken",
    "apikey",
    "apitoken",
    "privatekey",
    "clientassertion",
    "codeverifier",
];

/// Words of a header's name that make it a credential's.
const WORDS: [&str; 5] = ["token", "secret", "password", "apikey", "accesskey"];

/// What is left out of a record: names of headers, and of query parameters, parts of forms and
/// properties of JSON. Upper and lower case, `-` and `_` make no difference.
///
/// By itself it leaves out `Authorization`, cookies, headers whose names tell of tokens, secrets,
/// passwords or API keys, headers that are marked sensitive, what the API's security schemes send,
/// and the usual names of passwords and tokens. A credential that was found in a header or query is
/// left out of the URL, the headers and the bodies of its exchange wherever it stands.
#[derive(Clone, Debug, Default)]
#[must_use]
pub struct Redaction {
    headers: BTreeSet<String>,
    names: BTreeSet<String>,
}

impl Redaction {
    /// What every record leaves out.
    pub fn new() -> Self {
        Self::default()
    }

    /// Leaves out the values of a header.
    pub fn header(mut self, name: &str) -> Self {
        self.headers.insert(plain(name));
        self
    }

    /// Leaves out the values of a query parameter, a part of a form, or a property of JSON.
    pub fn field(mut self, name: &str) -> Self {
        self.names.insert(plain(name));
        self
    }

    /// Leaves out the values of these names.
    pub fn fields<'a>(self, names: impl IntoIterator<Item = &'a str>) -> Self {
        names.into_iter().fold(self, Self::field)
    }

    pub(super) fn has_header(&self, name: &str) -> bool {
        let name = plain(name);
        HEADERS.contains(&name.as_str())
            || WORDS.iter().any(|word| name.contains(word))
            || self.headers.contains(&name)
    }

    pub(super) fn has_field(&self, name: &str) -> bool {
        let name = plain(name);
        NAMES.contains(&name.as_str()) || self.names.contains(&name)
    }
}

fn plain(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
