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
    /// Reads an object with the properties that the words tell, in the same order. Other ones go to `rest`, if there is
    /// one.
    ///
    /// # Errors
    ///
    /// Those of [`Decoder::object`].
    fn read(
        json: &mut Decoder<'_>,
        words: &'static str,
        rest: Option<&mut dyn Rest>,
    ) -> Result<Self, Fault>;
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

/// What a slot was filled with, or what stands for a value that isn't there.
#[doc(hidden)]
pub fn filled<T: Decode>(slot: Option<T>) -> Option<T> {
    match slot {
        None => T::absent(),
        some => some,
    }
}

impl Decoder<'_> {
    /// Reads an object into the fields of a struct, which are described in words as for [`object`](Self::object).
    ///
    /// # Errors
    ///
    /// Those of [`object`](Self::object).
    pub fn fields<F: Fields>(&mut self, words: &'static str) -> Result<F, Fault> {
        F::read(self, words, None)
    }

    /// Like [`fields`](Self::fields), and keeps the properties that the words don't list.
    ///
    /// # Errors
    ///
    /// Those of [`object_with`](Self::object_with).
    pub fn fields_with<F: Fields, R: Rest + Default>(
        &mut self,
        words: &'static str,
    ) -> Result<(F, R), Fault> {
        let mut rest = R::default();
        match F::read(self, words, Some(&mut rest)) {
            Ok(fields) => Ok((fields, rest)),
            Err(fault) => Err(fault),
        }
    }
}

impl Fields for () {
    fn read(
        json: &mut Decoder<'_>,
        words: &'static str,
        rest: Option<&mut dyn Rest>,
    ) -> Result<Self, Fault> {
        json.read_object(words::object(words), &mut [], rest)
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
            fn read(
                json: &mut Decoder<'_>,
                words: &'static str,
                rest: Option<&mut dyn Rest>,
            ) -> Result<Self, Fault> {
                $(let mut $name: Option<$type> = None;)*
                let slots: &mut [&mut dyn Slot] = &mut [$(&mut $name),*];
                json.read_object(words::object(words), slots, rest)?;
                let ($(Some($name),)*) = ($(filled($name),)*) else {
                    return Err(json.incomplete(words));
                };
                Ok(($($name,)*))
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
