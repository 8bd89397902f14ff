//! The macro that makes a struct readable and writable, told its fields and their rules.

/// Implements [`Decode`](crate::codec::Decode), [`Encode`](crate::codec::Encode), `Debug`, `PartialEq` and serde's traits
/// for a struct.
///
/// Each of its fields is listed once, in order: whether it is `required` or `optional`, its name, the name of the
/// property, words for what else holds of it, and its rules.
///
/// ```
/// /// A pet.
/// #[derive(Clone)]
/// pub struct Pet {
///     /// Unique.
///     pub id: i64,
///     /// Its name.
///     pub name: Option<Option<String>>,
///     /// Properties that the document doesn't list.
///     pub extra: tenon_runtime::Extra,
/// }
///
/// tenon_runtime::object!(Pet {
///     required id: "id" [Minimum("1")],
///     optional name: "name" nullable [MinLength(1), MaxLength(20)],
/// } rest extra);
/// ```
///
/// The words are `nullable` (`null` is a value of the field's type), `read_only` (not sent in requests), `write_only`
/// (a reply may leave it out) and `quoted` (a number in it may be a string that shows it). `rest extra` names the field
/// that keeps properties beyond the listed ones: an [`Extra`](crate::Extra) or a map, whose values may have rules,
/// `rest extra [MaxLength(5)]`. `rules [MinProperties(1)]` at the end are those of the object as a whole.
///
/// `object!(Pet: Hash { … })` implements `Eq` and `Hash`, too: it is for structs whose fields have both.
///
/// `object!(Pet wide { … })` is for a struct of more than 64 fields: they go by a list, since no tuple that
/// [`Fields`](crate::codec::Fields) knows is as long.
#[macro_export]
macro_rules! object {
    ($name:ident $(: $hash:ident)? $($wide:ident)? {
        $($(required $required:ident)? $(optional $optional:ident)?
            : $wire:literal $($word:ident)* $([$($rules:tt)*])?),* $(,)?
    } $(rest $rest:ident $([$($rest_rules:tt)*])?)? $(, rules [$($object_rules:tt)*])?) => {
        impl $crate::codec::Decode for $name {
            #[inline]
            fn decode(
                json: &mut $crate::codec::Decoder<'_>,
            ) -> ::core::result::Result<Self, $crate::codec::Fault> {
                $crate::__read_fields!(
                    json,
                    stringify!(
                        $name
                        $($(required $required)? $(optional $optional)? $wire $($word)* $([$($rules)*])?,)*
                        $(rest $rest $([$($rest_rules)*])?)? $(rules [$($object_rules)*])?
                    ),
                    $($wide)? ($($($required)? $($optional)?,)*) $($rest)?
                )
            }
        }
        impl $crate::codec::Encode for $name {
            #[inline]
            fn encode(&self, json: &mut $crate::codec::Encoder<'_>) {
                $crate::__write_fields!(
                    json,
                    stringify!(
                        $name
                        $($(required $required)? $(optional $optional)? $wire $($word)* $([$($rules)*])?,)*
                        $(rest $rest $([$($rest_rules)*])?)? $(rules [$($object_rules)*])?
                    ),
                    $($wide)? ($($(&self.$required)? $(&self.$optional)?,)*) $(&self.$rest)?
                );
            }
        }
        $crate::__members!($name $($hash)?);
        $crate::serde_bridge!($name);
    };
}

/// Reads the fields of a struct, and makes it of them.
#[doc(hidden)]
#[macro_export]
macro_rules! __read_fields {
    ($json:ident, $words:expr, ($($field:ident,)*)) => {
        $json.fields($words, |($($field,)*), ()| Self { $($field),* })
    };
    ($json:ident, $words:expr, ($($field:ident,)*) $rest:ident) => {
        $json.fields($words, |($($field,)*), $rest| Self { $($field,)* $rest })
    };
    ($json:ident, $words:expr, wide ($($field:ident,)*) $($rest:ident)?) => {{
        let words = $words;
        $(let mut $field = ::core::option::Option::None;)*
        $(let mut $rest = ::core::default::Default::default();)?
        if let ::core::result::Result::Err(fault) =
            $crate::__read_slots!($json, words, &mut [$(&mut $field),*] $(, &mut $rest)?)
        {
            return ::core::result::Result::Err(fault);
        }
        $(let ::core::option::Option::Some($field) = $crate::codec::filled($field) else {
            return ::core::result::Result::Err($json.incomplete(words));
        };)*
        ::core::result::Result::Ok(Self { $($field,)* $($rest)? })
    }};
}

/// Reads an object into slots, with a map for the rest or without.
#[doc(hidden)]
#[macro_export]
macro_rules! __read_slots {
    ($json:ident, $words:expr, $slots:expr) => {
        $json.object($words, $slots)
    };
    ($json:ident, $words:expr, $slots:expr, $rest:expr) => {
        $json.object_with($words, $slots, $rest)
    };
}

/// Writes the fields of a struct, with a map of the rest or without.
#[doc(hidden)]
#[macro_export]
macro_rules! __write_fields {
    ($json:ident, $words:expr, ($($value:expr,)*)) => {
        $json.object($words, ($($value,)*))
    };
    ($json:ident, $words:expr, ($($value:expr,)*) $rest:expr) => {
        $json.object_with($words, ($($value,)*), $rest)
    };
    ($json:ident, $words:expr, wide ($($value:expr,)*)) => {
        $json.object($words, &[$($value as &dyn $crate::codec::Encode),*][..])
    };
    ($json:ident, $words:expr, wide ($($value:expr,)*) $rest:expr) => {
        $json.object_with($words, &[$($value as &dyn $crate::codec::Encode),*][..], $rest)
    };
}

/// What looks at the fields, or at the variant, that [`Encode`](crate::codec::Encode) hands over.
#[doc(hidden)]
#[macro_export]
macro_rules! __members {
    ($name:ident) => {
        impl ::core::fmt::Debug for $name {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                $crate::codec::show(self, f)
            }
        }
        impl ::core::cmp::PartialEq for $name {
            #[inline]
            fn eq(&self, other: &Self) -> bool {
                $crate::codec::same(self, other)
            }
        }
    };
    ($name:ident Hash) => {
        $crate::__members!($name);
        impl ::core::cmp::Eq for $name {}
        impl ::core::hash::Hash for $name {
            #[inline]
            fn hash<H: ::core::hash::Hasher>(&self, state: &mut H) {
                $crate::codec::hash(self, state);
            }
        }
    };
}
