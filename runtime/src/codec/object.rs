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
/// A struct without required fields must have a `Default`: it is filled in place.
#[macro_export]
macro_rules! object {
    ($name:ident $(: $hash:ident)? {
        $(optional $field:ident: $wire:literal $($word:ident)* $([$($rules:tt)*])?),* $(,)?
    } $(rest $rest:ident $([$($rest_rules:tt)*])?)? $(, rules [$($object_rules:tt)*])?) => {
        impl $crate::codec::Decode for $name {
            #[inline]
            fn decode(
                json: &mut $crate::codec::Decoder<'_>,
            ) -> ::core::result::Result<Self, $crate::codec::Fault> {
                let mut value = <Self as ::core::default::Default>::default();
                match $crate::__object!(
                    json,
                    stringify!(
                        $name
                        $(optional $field $wire $($word)* $([$($rules)*])?,)*
                        $(rest $rest $([$($rest_rules)*])?)? $(rules [$($object_rules)*])?
                    ),
                    &mut [$(&mut value.$field),*]
                    $(, &mut value.$rest)?
                ) {
                    ::core::result::Result::Ok(()) => ::core::result::Result::Ok(value),
                    ::core::result::Result::Err(fault) => ::core::result::Result::Err(fault),
                }
            }
        }
        impl $crate::codec::Encode for $name {
            #[inline]
            fn encode(&self, json: &mut $crate::codec::Encoder<'_>) {
                $crate::__object!(
                    json,
                    stringify!(
                        $name
                        $(optional $field $wire $($word)* $([$($rules)*])?,)*
                        $(rest $rest $([$($rest_rules)*])?)? $(rules [$($object_rules)*])?
                    ),
                    &[$(&self.$field),*]
                    $(, &self.$rest)?
                );
            }
        }
        $crate::__members!($name $($hash)?);
        $crate::serde_bridge!($name);
    };
    ($name:ident $(: $hash:ident)? {
        $($(required $required:ident)? $(optional $optional:ident)?
            : $wire:literal $($word:ident)* $([$($rules:tt)*])?),* $(,)?
    } $(rest $rest:ident $([$($rest_rules:tt)*])?)? $(, rules [$($object_rules:tt)*])?) => {
        impl $crate::codec::Decode for $name {
            #[inline]
            fn decode(
                json: &mut $crate::codec::Decoder<'_>,
            ) -> ::core::result::Result<Self, $crate::codec::Fault> {
                let words = stringify!(
                    $name
                    $($(required $required)? $(optional $optional)? $wire $($word)* $([$($rules)*])?,)*
                    $(rest $rest $([$($rest_rules)*])?)? $(rules [$($object_rules)*])?
                );
                $($(let mut $required = ::core::option::Option::None;)?
                $(let mut $optional = ::core::option::Option::None;)?)*
                $(let mut $rest = ::core::default::Default::default();)?
                if let ::core::result::Result::Err(fault) = $crate::__object!(
                    json, words, &mut [$($(&mut $required)? $(&mut $optional)?),*] $(, &mut $rest)?
                ) {
                    return ::core::result::Result::Err(fault);
                }
                let ($($(::core::option::Option::Some($required),)?)*) = ($($($required,)?)*) else {
                    return ::core::result::Result::Err(json.incomplete(words));
                };
                ::core::result::Result::Ok(Self {
                    $($($required,)? $($optional,)?)* $($rest)?
                })
            }
        }
        impl $crate::codec::Encode for $name {
            #[inline]
            fn encode(&self, json: &mut $crate::codec::Encoder<'_>) {
                $crate::__object!(
                    json,
                    stringify!(
                        $name
                        $($(required $required)? $(optional $optional)? $wire $($word)* $([$($rules)*])?,)*
                        $(rest $rest $([$($rest_rules)*])?)? $(rules [$($object_rules)*])?
                    ),
                    &[$($(&self.$required)? $(&self.$optional)?),*]
                    $(, &self.$rest)?
                );
            }
        }
        $crate::__members!($name $($hash)?);
        $crate::serde_bridge!($name);
    };
}

/// What looks at the fields that [`Encode`](crate::codec::Encode) hands over.
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

/// The call that reads or writes an object, with a map for the rest or without.
#[doc(hidden)]
#[macro_export]
macro_rules! __object {
    ($json:ident, $words:expr, $fields:expr) => {
        $json.object($words, $fields)
    };
    ($json:ident, $words:expr, $fields:expr, $rest:expr) => {
        $json.object_with($words, $fields, $rest)
    };
}
