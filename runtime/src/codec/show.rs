//! `Debug` of structs, unions and enumerations, as a derive would write it.
//!
//! A value comes in that hands its fields or its variant to an encoder; text goes out.

use std::fmt;

use super::encoder::{Encode, Encoder};
use super::member::Visitor;
use super::table::Object;
use super::write_object::Entries;

/// Writes the `Debug` text of a value of [`object!`](crate::object!) or [`union!`](crate::union!).
///
/// # Errors
///
/// Those of the formatter.
#[doc(hidden)]
pub fn show<T: Encode>(value: &T, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    show_value(value, f)
}

fn show_value(value: &dyn Encode, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let mut show = Show { f, result: Ok(()) };
    value.encode(&mut Encoder::for_visitor(&mut show));
    show.result
}

/// Shows the members of a struct, or the variant of a union.
struct Show<'a, 'f> {
    f: &'a mut fmt::Formatter<'f>,
    result: fmt::Result,
}

impl Visitor for Show<'_, '_> {
    fn members(&mut self, table: &Object, values: &[&dyn Encode], rest: Option<&dyn Entries>) {
        let mut shown = self.f.debug_struct(table.name);
        for (field, value) in table.fields.iter().zip(values) {
            shown.field(field.ident, value);
        }
        if let Some(rest) = &rest {
            shown.field(table.rest, rest);
        }
        self.result = shown.finish();
    }

    fn variant(&mut self, name: &str, value: &dyn Encode) {
        self.result = self.f.debug_tuple(name).field(&value).finish();
    }
}

/// Writes the `Debug` text of a value of [`text_enum!`](crate::text_enum!), whose variants have these names; the last one
/// is that of values which aren't listed.
///
/// # Errors
///
/// Those of the formatter.
#[doc(hidden)]
pub fn show_text(
    f: &mut fmt::Formatter<'_>,
    value: &str,
    values: &[&str],
    names: &str,
) -> fmt::Result {
    let at = values.iter().position(|other| *other == value);
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
    values: &[i64],
    names: &str,
) -> fmt::Result {
    let at = values.iter().position(|other| *other == value);
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
