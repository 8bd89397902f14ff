//! The value of a server variable, in its place in the address.
//!
//! The document's own value may be any text (OpenAPI 3.1, section 4.8.6): a path with its slash, a
//! scheme with what follows it, or nothing. What a caller sets can't do more than that: it ends in the
//! part of the address in which the document's value ends, so that it neither moves the host nor begins
//! another part.

use std::borrow::Cow;

use super::Part;
use crate::api::Variable;
use crate::client::BuildError;

/// Where a variable stands: the address so far, and the rest of the template.
pub(super) struct Place<'a> {
    pub(super) before: &'a str,
    pub(super) after: &'a str,
}

impl Place<'_> {
    /// What is written: the value that was set if it fits, else the document's.
    pub(super) fn value<'v>(
        &self,
        variable: &'v Variable,
        set: Option<&'v str>,
    ) -> Result<Cow<'v, str>, BuildError> {
        let (setter, default) = (variable.setter, variable.default);
        let invalid = |reason| BuildError::InvalidVariable { setter, reason };
        let Some(set) = set.filter(|set| Some(*set) != default) else {
            let default = default.filter(|default| !self.needs_text(default));
            return default.map(Cow::Borrowed).ok_or(BuildError::MissingVariable { setter });
        };
        if self.needs_text(set) {
            return Err(invalid("it is empty"));
        }
        let value = self.opened(default, set);
        match self.misplaced(default, &value) {
            true => Err(invalid("it has a character that would begin another part of the address")),
            false => Ok(value),
        }
    }

    /// The part of the address that it begins in.
    fn part(&self) -> Part {
        Part::behind(self.before)
    }

    /// Nothing follows, or a path.
    fn is_last(&self) -> bool {
        self.after.is_empty() || self.after.starts_with('/')
    }

    /// Nothing of a scheme, or of a label of the host, stands before.
    fn is_first(&self) -> bool {
        let before = self.before;
        self.part() != Part::Path
            && (before.is_empty() || before.ends_with("://") || before.ends_with('.'))
    }

    /// Without the value, a scheme or a label of the host would be empty.
    fn needs_text(&self, value: &str) -> bool {
        let ends = self.is_last() || self.after.starts_with(['.', ':']);
        value.is_empty() && self.is_first() && ends
    }

    /// Whether the document has a path there: its value begins one, or is nothing behind a host.
    fn begins_path(&self, default: Option<&str>) -> bool {
        let is_path = |default: &str| match default {
            "" => self.is_last() && !self.is_first(),
            default => default.starts_with('/'),
        };
        self.part() == Part::Host && default.is_some_and(is_path)
    }

    /// The value with the slash that keeps it out of the host. A port may stand behind a host where
    /// the document has nothing.
    fn opened<'v>(&self, default: Option<&str>, value: &'v str) -> Cow<'v, str> {
        let port = value.strip_prefix(':').filter(|_| default == Some(""));
        let is_port = port.is_some_and(|port| port.bytes().all(|byte| byte.is_ascii_digit()));
        if self.begins_path(default) && !value.is_empty() && !value.starts_with('/') && !is_port {
            Cow::Owned(format!("/{value}"))
        } else {
            Cow::Borrowed(value)
        }
    }

    fn misplaced(&self, default: Option<&str>, value: &str) -> bool {
        let behind = |text: &str| Part::behind(&[self.before, text].concat());
        let host = value.split('/').next().filter(|_| self.part() == Part::Host);
        let default = default.unwrap_or_default();
        let meant = match self.begins_path(Some(default)) {
            true => Part::Path,
            false => behind(default),
        };
        // A whole address is checked as such.
        let is_whole = meant == Part::Scheme && !self.after.starts_with(':');
        let ends = behind(value);
        let is_elsewhere = ends != meant && !(ends < meant && self.is_last());
        let is_wrong = |c: char| c.is_whitespace() || c.is_control() || "?#\\".contains(c);
        value.contains(is_wrong)
            || host.is_some_and(|host| host.contains('@'))
            || (default.ends_with("://") && !value.ends_with("://"))
            || (!is_whole && is_elsewhere)
    }
}
