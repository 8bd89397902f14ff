//! The members of a struct as others look at them: `==`, `Debug`, hashing.
//!
//! A struct lists its fields for the compiler once, where it is written as JSON; what else there is to do with all of
//! them goes the same way, with an encoder that looks in place of writing.

use std::any::Any;
use std::hash::Hasher;

use super::encoder::{Encode, Encoder};
use super::table::Object;
use super::write_object::Entries;

/// A value that is compared with others of whatever type.
pub trait Comparable: Any {
    /// Whether the other one has the same type and is equal.
    fn is_same(&self, other: &dyn Any) -> bool;
}

impl<T: PartialEq + 'static> Comparable for T {
    fn is_same(&self, other: &dyn Any) -> bool {
        other.downcast_ref() == Some(self)
    }
}

/// A field of a struct: it is written, and compared.
pub trait Member: Encode + Comparable {}

impl<T: Encode + Comparable> Member for T {}

/// The field of a struct that keeps further properties.
pub trait Kept: Entries + Comparable {}

impl<T: Entries + Comparable> Kept for T {}

/// What looks at the members of a struct.
pub(super) trait Visitor {
    /// Is told them, in the order of the table, with what the struct keeps beyond them.
    fn members(&mut self, table: &Object, values: &[&dyn Member], rest: Option<&dyn Kept>);
}

/// Whether two values of one struct of [`object!`](crate::object!) have equal members.
#[doc(hidden)]
pub fn same(one: &dyn Encode, other: &dyn Encode) -> bool {
    let mut comparison = Comparison { other, same: false };
    one.encode(&mut Encoder::for_visitor(&mut comparison));
    comparison.same
}

/// Looks at the members of one struct, and then at those of another one beside them.
struct Comparison<'a> {
    other: &'a dyn Encode,
    same: bool,
}

impl Visitor for Comparison<'_> {
    fn members(&mut self, _: &Object, values: &[&dyn Member], rest: Option<&dyn Kept>) {
        let mut pairing = Pairing { values, rest, same: false };
        self.other.encode(&mut Encoder::for_visitor(&mut pairing));
        self.same = pairing.same;
    }
}

/// The members of one struct, which wait for those of the other.
struct Pairing<'a> {
    values: &'a [&'a dyn Member],
    rest: Option<&'a dyn Kept>,
    same: bool,
}

impl Visitor for Pairing<'_> {
    fn members(&mut self, _: &Object, values: &[&dyn Member], rest: Option<&dyn Kept>) {
        let fields = self.values.iter().zip(values).all(|(ours, theirs)| ours.is_same(*theirs));
        let rest = match (self.rest, rest) {
            (Some(ours), Some(theirs)) => ours.is_same(theirs),
            _ => true,
        };
        self.same = fields && rest;
    }
}

/// Hashes a value of [`object!`](crate::object!): equal ones have equal texts where an [`Encoder`] writes for this.
#[doc(hidden)]
pub fn hash(value: &dyn Encode, state: &mut dyn Hasher) {
    let mut encoder = Encoder::for_hash();
    value.encode(&mut encoder);
    state.write(&encoder.finish().0);
}
