//! The fields of a struct as a tuple: what a generated struct is read into, and what it is written from.
//!
//! A struct lists its fields for the compiler as a tuple; that each of them can be read and written is settled here, once
//! for each length of tuple, so that the crate of the struct only has to name them.

use super::arity::arities;
use super::decoder::{Decode, Decoder};
use super::encoder::{Encode, Encoder};
use super::fault::Fault;
use super::read_object::{Rest, Slot};
use super::words;
use super::write_object::Entries;

/// The values of a struct's fields, in order: a tuple.
pub trait Fields: Sized {
    /// Reads an object with the properties that the words tell, in the same order, and makes a value of them and of what
    /// is kept of other ones.
    ///
    /// # Errors
    ///
    /// Those of [`Decoder::object`].
    fn read<R: Kept, T>(
        json: &mut Decoder<'_>,
        words: &'static str,
        make: fn(Self, R) -> T,
    ) -> Result<T, Fault>;
}

/// What a struct keeps of the properties that it has no fields for: nothing, or a [`Rest`].
pub trait Kept: Default {
    /// Where they go, if anywhere.
    fn rest(&mut self) -> Option<&mut dyn Rest>;
}

impl Kept for () {
    fn rest(&mut self) -> Option<&mut dyn Rest> {
        None
    }
}

impl<R: Rest + Default> Kept for R {
    fn rest(&mut self) -> Option<&mut dyn Rest> {
        Some(self)
    }
}

/// References to the values of a struct's fields, in order: a tuple, or a list where there are too many for one.
pub trait Values {
    /// Writes an object with the properties that the words tell, in the same order, and those of `rest` behind them.
    fn write(self, json: &mut Encoder<'_>, words: &'static str, rest: Option<&dyn Entries>);
}

impl Values for &[&dyn Encode] {
    fn write(self, json: &mut Encoder<'_>, words: &'static str, rest: Option<&dyn Entries>) {
        json.write_object(words, self, rest);
    }
}

/// Calls a function whose room on the stack is its own: what is inside of a value has been read by then, so that it takes
/// none on each level of nesting.
#[inline(never)]
fn apart<T>(make: impl FnOnce() -> Result<T, Fault>) -> Result<T, Fault> {
    make()
}

/// What a slot was filled with, or what stands for a value that isn't there.
#[doc(hidden)]
pub fn filled<T: Decode>(slot: Option<T>) -> Option<T> {
    match slot {
        None => T::absent(),
        some => some,
    }
}

impl Decoder<'_> {
    /// Reads an object, which is described in words as for [`object`](Self::object), and makes a struct of the values of
    /// its fields and of what it keeps of other properties.
    ///
    /// # Errors
    ///
    /// Those of [`object`](Self::object).
    pub fn fields<F: Fields, R: Kept, T>(
        &mut self,
        words: &'static str,
        make: fn(F, R) -> T,
    ) -> Result<T, Fault> {
        F::read(self, words, make)
    }
}

impl Fields for () {
    fn read<R: Kept, T>(
        json: &mut Decoder<'_>,
        words: &'static str,
        make: fn(Self, R) -> T,
    ) -> Result<T, Fault> {
        let mut kept = R::default();
        json.read_object(words::object(words), &mut [], kept.rest())?;
        Ok(make((), kept))
    }
}

impl Values for () {
    fn write(self, json: &mut Encoder<'_>, words: &'static str, rest: Option<&dyn Entries>) {
        json.write_object(words, &[], rest);
    }
}

macro_rules! fields {
    ($(($type:ident $other:ident $name:ident))*) => {
        impl<$($type: Decode),+> Fields for ($($type,)*) {
            fn read<R: Kept, T>(
                json: &mut Decoder<'_>,
                words: &'static str,
                make: fn(Self, R) -> T,
            ) -> Result<T, Fault> {
                let mut kept = R::default();
                $(let mut $name: Option<$type> = None;)*
                let slots: &mut [&mut dyn Slot] = &mut [$(&mut $name),*];
                json.read_object(words::object(words), slots, kept.rest())?;
                apart(|| {
                    let ($(Some($name),)*) = ($(filled($name.take()),)*) else {
                        return Err(json.incomplete(words));
                    };
                    Ok(make(($($name,)*), std::mem::take(&mut kept)))
                })
            }
        }

        impl<$($type: Encode),+> Values for ($(&$type,)*) {
            fn write(
                self,
                json: &mut Encoder<'_>,
                words: &'static str,
                rest: Option<&dyn Entries>,
            ) {
                let ($($name,)*) = self;
                json.write_object(words, &[$($name),*], rest);
            }
        }
    };
}

arities!(fields);
