//! The macros that make a union readable and writable, told its variants.

/// Implements [`Decode`](crate::codec::Decode), [`Encode`](crate::codec::Encode), `Debug`, `PartialEq` and serde's traits
/// for an enum of alternatives.
///
/// ```
/// use tenon_runtime::codec::Pick;
///
/// /// A number or a name.
/// #[derive(Clone)]
/// pub enum Key {
///     /// A number.
///     Number(i64),
///     /// A name.
///     Name(String),
/// }
///
/// tenon_runtime::union!(Key: Hash {
///     Number,
///     Name [MaxLength(20)],
/// } picks [Pick::JsonType(&[("number", 0), ("string", 1)])] from [i64 => Number]);
/// ```
///
/// A variant may have rules, or a tag that it is sent with, `Cat tag "kind" "cat"`. `.. Unknown` behind the variants
/// names the one that takes a kind of value which isn't listed. `picks` are the ways to tell the variants apart, and
/// `from [i64 => Number]` the types that the enum is made from.
///
/// `union!(Key: Hash { … })` implements `Eq` and `Hash`, too: it is for enums whose variants have both.
///
/// `union!(Key wide { … })` is for an enum of more than 64 variants: they go by a list, since no tuple that
/// [`Arms`](crate::codec::Arms) knows is as long.
#[macro_export]
macro_rules! union {
    ($name:ident $(: $hash:ident)? $($wide:ident)? {
        $($variant:ident $(tag $property:literal $tag:literal)? $([$($rules:tt)*])?,)*
        $(.. $unknown:ident $(,)?)?
    } $(picks [$($picks:tt)*])? $(from [$($from:ty => $made:ident),* $(,)?])?) => {
        impl $crate::codec::Decode for $name {
            #[inline]
            fn decode(
                json: &mut $crate::codec::Decoder<'_>,
            ) -> ::core::result::Result<Self, $crate::codec::Fault> {
                $crate::__read_arms!(
                    json,
                    &$crate::codec::Union {
                        name: stringify!($name),
                        arms: &[$(stringify!($variant)),*],
                        picks: &[$($($picks)*)?],
                    },
                    $($wide)? ($(Self::$variant,)* $(Self::$unknown,)?)
                )
            }
        }
        impl $crate::codec::Encode for $name {
            #[inline]
            fn encode(&self, json: &mut $crate::codec::Encoder<'_>) {
                match self {
                    $(Self::$variant(value) => json.variant(
                        stringify!($variant),
                        stringify!($(tag $property $tag)? $([$($rules)*])?),
                        value,
                    ),)*
                    $(Self::$unknown(value) => json.variant(stringify!($unknown), "", value),)?
                }
            }
        }
        $($(
            impl ::core::convert::From<$from> for $name {
                #[inline]
                fn from(value: $from) -> Self {
                    Self::$made(::core::convert::Into::into(value))
                }
            }
        )*)?
        $crate::__members!($name $($hash)?);
        $crate::serde_bridge!($name);
    };
}

/// Reads one of the variants.
#[doc(hidden)]
#[macro_export]
macro_rules! __read_arms {
    ($json:ident, $table:expr, ($($variant:path,)*)) => {
        $crate::codec::Arms::read(($($variant,)*), $json, $table)
    };
    ($json:ident, $table:expr, wide ($($variant:path,)*)) => {
        $json.union($table, &[$(&|json| $crate::__decoded!(json, _, $variant)),*])
    };
}

/// Reads a value and makes something of it. It stands for `Result::map`, which would be compiled again for each use.
#[doc(hidden)]
#[macro_export]
macro_rules! __decoded {
    ($json:ident, $from:ty, $make:path) => {
        match <$from as $crate::codec::Decode>::decode($json) {
            ::core::result::Result::Ok(value) => ::core::result::Result::Ok($make(value)),
            ::core::result::Result::Err(fault) => ::core::result::Result::Err(fault),
        }
    };
}

/// Implements [`Decode`](crate::codec::Decode), [`Encode`](crate::codec::Encode), `From` and serde's traits for a struct
/// around one value: `newtype!(Tree(Vec<Tree>) [MaxItems(3)])`, with the rules of the value if it has any.
#[macro_export]
macro_rules! newtype {
    ($name:ident($ty:ty) $([$($rules:tt)*])?) => {
        impl ::core::convert::From<$ty> for $name {
            #[inline]
            fn from(value: $ty) -> Self {
                Self(value)
            }
        }
        impl $crate::codec::Decode for $name {
            #[inline]
            fn decode(
                json: &mut $crate::codec::Decoder<'_>,
            ) -> ::core::result::Result<Self, $crate::codec::Fault> {
                $crate::__decoded!(json, $ty, Self)
            }
        }
        impl $crate::codec::Encode for $name {
            #[inline]
            fn encode(&self, json: &mut $crate::codec::Encoder<'_>) {
                json.checked(stringify!($([$($rules)*])?), &self.0);
            }
        }
        $crate::serde_bridge!($name);
    };
}
