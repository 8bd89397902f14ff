//! What looks at a value by the list of members that it gives its encoder: `==`, hashing, and `Debug`.
//!
//! A struct lists its fields, and a union its variants, where it is written as JSON; what else there is to do with all of
//! them goes the same way, with an encoder that writes otherwise or looks in place of writing.

use std::hash::Hasher;

use super::encoder::{Encode, Encoder, Side};
use super::table::Object;
use super::write_object::Entries;

/// What looks at the members of a struct, or at the variant of a union.
pub(super) trait Visitor {
    /// Is told them, in the order of the table, with what the struct keeps beyond them.
    fn members(&mut self, table: &Object, values: &[&dyn Encode], rest: Option<&dyn Entries>);

    /// Is told the name of a variant, with its content.
    fn variant(&mut self, name: &str, value: &dyn Encode);
}

/// Whether two values of one type of [`object!`](crate::object!) or [`union!`](crate::union!) are equal.
#[doc(hidden)]
pub fn same<T: Encode>(one: &T, other: &T) -> bool {
    identity(one, Side::Left) == identity(other, Side::Right)
}

/// Hashes a value of [`object!`](crate::object!) or [`union!`](crate::union!).
#[doc(hidden)]
pub fn hash<T: Encode, H: Hasher>(value: &T, state: &mut H) {
    state.write(&identity(value, Side::Left));
}

/// A text that equal values of one type have, and no others.
fn identity(value: &dyn Encode, side: Side) -> Vec<u8> {
    let mut encoder = Encoder::for_identity(side);
    value.encode(&mut encoder);
    encoder.finish().0
}
