//! Enumerations: the traits of a generated enum, from its names.
//!
//! Generated enums are open: a value that the document doesn't list is kept in `Unknown` and written back unchanged.

/// Implements the codec, `serde`, [`Display`](std::fmt::Display), [`FromStr`](std::str::FromStr) and conversions for
/// open enums of strings.
///
/// Each type has `as_str`, `From<String>`, a variant `Unknown(String)`, and a constant `VALUES` of the documented
/// strings. Writing an `Unknown` is a [`Violation`](crate::codec::Violation). `text_enum!(Mode(Other))` is for an enum
/// whose catch-all variant has another name, and
/// `text_enum!(Mode(Unknown) open)` for one of which any value may be sent.
#[macro_export]
macro_rules! text_enum {
    ($name:ident($unknown:ident)) => {
        $crate::text_enum!(@codec $name $unknown true);
    };
    ($name:ident($unknown:ident) open) => {
        $crate::text_enum!(@codec $name $unknown false);
    };
    (@codec $name:ident $unknown:ident $closed:literal) => {
        impl $crate::codec::Decode for $name {
            fn decode(json: &mut $crate::codec::Decoder<'_>) -> ::core::result::Result<Self, $crate::codec::Fault> {
                json.value().map(<Self as ::core::convert::From<::std::string::String>>::from)
            }
        }
        impl $crate::codec::Encode for $name {
            fn encode(&self, json: &mut $crate::codec::Encoder) {
                json.documented(self.as_str(), $closed && ::core::matches!(self, Self::$unknown(_)), Self::VALUES);
            }
        }
        impl ::core::fmt::Display for $name {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.pad(self.as_str())
            }
        }
        impl ::core::convert::AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }
        impl ::core::convert::From<&str> for $name {
            fn from(value: &str) -> Self {
                ::std::string::String::from(value).into()
            }
        }
        impl ::core::str::FromStr for $name {
            type Err = ::core::convert::Infallible;
            fn from_str(value: &str) -> ::core::result::Result<Self, Self::Err> {
                ::core::result::Result::Ok(value.into())
            }
        }
        $crate::serde_bridge!($name);
    };
    ($($name:ident),+ $(,)?) => { $($crate::text_enum!($name(Unknown));)+ };
}

/// Implements the codec, `serde` and [`Display`](std::fmt::Display) for open enums of integers.
///
/// Each type has `as_i64`, `From<i64>`, a variant `Unknown(i64)`, and a constant `VALUES` of the documented
/// numbers. Writing an `Unknown` is a [`Violation`](crate::codec::Violation). `int_enum!(Code(Other))` is for an enum
/// whose catch-all variant has another name, and
/// `int_enum!(Code(Unknown) open)` for one of which any value may be sent.
#[macro_export]
macro_rules! int_enum {
    ($name:ident($unknown:ident)) => {
        $crate::int_enum!(@codec $name $unknown true);
    };
    ($name:ident($unknown:ident) open) => {
        $crate::int_enum!(@codec $name $unknown false);
    };
    (@codec $name:ident $unknown:ident $closed:literal) => {
        impl $crate::codec::Decode for $name {
            fn decode(json: &mut $crate::codec::Decoder<'_>) -> ::core::result::Result<Self, $crate::codec::Fault> {
                json.value().map(<Self as ::core::convert::From<i64>>::from)
            }
        }
        impl $crate::codec::Encode for $name {
            fn encode(&self, json: &mut $crate::codec::Encoder) {
                json.documented_integer(self.as_i64(), $closed && ::core::matches!(self, Self::$unknown(_)), Self::VALUES);
            }
        }
        impl ::core::fmt::Display for $name {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                ::core::fmt::Display::fmt(&self.as_i64(), f)
            }
        }
        $crate::serde_bridge!($name);
    };
    ($($name:ident),+ $(,)?) => { $($crate::int_enum!($name(Unknown));)+ };
}
