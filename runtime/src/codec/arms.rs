//! The variants of a union as a tuple: what makes a value of each.
//!
//! A union lists its variants for the compiler as a tuple of their constructors; how each is read is settled here, once
//! for each length of tuple.

use super::arity::arities;
use super::decoder::{Decode, Decoder};
use super::fault::Fault;
use super::table::Union;

/// The constructors of a union's variants, in order: a tuple of functions from values of the types `V` to the type `U`.
pub trait Arms<U, V> {
    /// Reads a value of the union.
    ///
    /// # Errors
    ///
    /// Those of [`Decoder::union`].
    fn read(self, json: &mut Decoder<'_>, table: &'static Union) -> Result<U, Fault>;
}

macro_rules! arms {
    ($(($type:ident $function:ident $name:ident))*) => {
        impl<U, $($type: Decode, $function: Fn($type) -> U),*> Arms<U, ($($type,)*)> for ($($function,)*) {
            fn read(self, json: &mut Decoder<'_>, table: &'static Union) -> Result<U, Fault> {
                let ($($name,)*) = self;
                json.union(table, &[$(&|json| match $type::decode(json) {
                    Ok(value) => Ok($name(value)),
                    Err(fault) => Err(fault),
                }),*])
            }
        }
    };
}

arities!(arms);
