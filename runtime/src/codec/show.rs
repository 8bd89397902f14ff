//! `Debug` of structs and enumerations, as a derive would write it.
//!
//! A value comes in that hands its fields to an encoder; text goes out. So a struct lists its fields for the compiler once,
//! not for JSON and for `Debug`.

use std::fmt;

use super::encoder::{Encode, Encoder};
use super::table::Object;
use super::write_object::Entries;

/// Writes the `Debug` text of a struct of [`object!`](crate::object!).
///
/// # Errors
///
/// Those of the formatter.
#[doc(hidden)]
pub fn show(value: &dyn Encode, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let mut encoder = Encoder::for_show(f.alternate());
    value.encode(&mut encoder);
    f.write_str(&String::from_utf8_lossy(&encoder.finish().0))
}

/// Writes the `Debug` text of a value of [`text_enum!`](crate::text_enum!), whose variants have these names; the last one
/// is that of `unknown` values.
///
/// # Errors
///
/// Those of the formatter.
#[doc(hidden)]
pub fn show_text(
    f: &mut fmt::Formatter<'_>,
    value: &str,
    unknown: bool,
    values: &[&str],
    names: &str,
) -> fmt::Result {
    let at = values.iter().position(|other| !unknown && *other == value);
    show_variant(f, &value, at, names)
}

/// Writes the `Debug` text of a value of [`int_enum!`](crate::int_enum!), in the same way.
///
/// # Errors
///
/// Those of the formatter.
#[doc(hidden)]
pub fn show_integer(
    f: &mut fmt::Formatter<'_>,
    value: i64,
    unknown: bool,
    values: &[i64],
    names: &str,
) -> fmt::Result {
    let at = values.iter().position(|other| !unknown && *other == value);
    show_variant(f, &value, at, names)
}

fn show_variant(
    f: &mut fmt::Formatter<'_>,
    value: &dyn fmt::Debug,
    at: Option<usize>,
    names: &str,
) -> fmt::Result {
    let mut names = names.split_whitespace().map(|name| name.strip_prefix("r#").unwrap_or(name));
    match at {
        Some(at) => f.write_str(names.nth(at).unwrap_or_default()),
        None => f.debug_tuple(names.next_back().unwrap_or_default()).field(value).finish(),
    }
}

impl Encoder {
    /// Writes the fields of a struct as `Debug` shows them.
    pub(super) fn show_object(
        &mut self,
        table: &Object,
        values: &[&dyn Encode],
        rest: Option<&dyn Entries>,
    ) {
        let shown = Shown { table, values, rest };
        let text = if self.shows_lines() { format!("{shown:#?}") } else { format!("{shown:?}") };
        self.raw(&text);
    }
}

/// The fields of a struct.
struct Shown<'a> {
    table: &'a Object,
    values: &'a [&'a dyn Encode],
    rest: Option<&'a dyn Entries>,
}

impl fmt::Debug for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct(self.table.name());
        for (field, value) in self.table.fields().iter().zip(self.values) {
            shown.field(field.ident, value);
        }
        if let Some(rest) = &self.rest {
            shown.field(self.table.rest_ident(), rest);
        }
        shown.finish()
    }
}
