//! The macro that makes a struct readable and writable, told the names of its fields.

/// Implements [`Decode`](crate::codec::Decode), [`Encode`](crate::codec::Encode) and serde's traits for a struct.
///
/// `object!(Pet, PET, [id, name, tag], required { id, name })` is for a struct with the table `PET`, all of its
/// fields in the order of the table, and those of them that are required. `object!(Pet, PET, [name, tag])` is for a
/// struct without required fields that has a `Default`: it is filled in place. `rest extra` at the end names the map
/// that keeps properties beyond the fields.
#[macro_export]
macro_rules! object {
    ($name:ident, $table:ident, [$($field:ident),* $(,)?] $(, rest $rest:ident)?) => {
        impl $crate::codec::Decode for $name {
            #[allow(unused_mut)]
            fn decode(
                json: &mut $crate::codec::Decoder<'_>,
            ) -> ::core::result::Result<Self, $crate::codec::Fault> {
                let mut value = <Self as ::core::default::Default>::default();
                $crate::__object!(json, &$table, &mut [$(&mut value.$field),*] $(, &mut value.$rest)?)?;
                ::core::result::Result::Ok(value)
            }
        }
        $crate::__object_encode!($name, $table, [$($field),*] $(, $rest)?);
    };
    ($name:ident, $table:ident, [$($field:ident),* $(,)?], required { $($required:ident),* $(,)? } $(, rest $rest:ident)?) => {
        impl $crate::codec::Decode for $name {
            fn decode(
                json: &mut $crate::codec::Decoder<'_>,
            ) -> ::core::result::Result<Self, $crate::codec::Fault> {
                $(let mut $field = ::core::option::Option::None;)*
                $(let mut $rest = ::std::collections::BTreeMap::new();)?
                $crate::__object!(json, &$table, &mut [$(&mut $field),*] $(, &mut $rest)?)?;
                let ($(::core::option::Option::Some($required),)*) = ($($required,)*) else {
                    return ::core::result::Result::Err(json.incomplete(&$table));
                };
                ::core::result::Result::Ok(Self { $($field,)* $($rest)? })
            }
        }
        $crate::__object_encode!($name, $table, [$($field),*] $(, $rest)?);
    };
}

/// The call that reads or writes an object, with a map for the rest or without.
#[doc(hidden)]
#[macro_export]
macro_rules! __object {
    ($json:ident, $table:expr, $fields:expr) => {
        $json.object($table, $fields)
    };
    ($json:ident, $table:expr, $fields:expr, $rest:expr) => {
        $json.object_with($table, $fields, $rest)
    };
}

/// The half that writes.
#[doc(hidden)]
#[macro_export]
macro_rules! __object_encode {
    ($name:ident, $table:ident, [$($field:ident),*] $(, $rest:ident)?) => {
        impl $crate::codec::Encode for $name {
            fn encode(&self, json: &mut $crate::codec::Encoder) {
                $crate::__object!(json, &$table, &[$(&self.$field),*] $(, &self.$rest)?);
            }
        }
        $crate::serde_bridge!($name);
    };
}
