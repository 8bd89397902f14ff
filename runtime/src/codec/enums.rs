//! Enumerations: a generated enum and its traits, from its names.
//!
//! Generated enums are open: a value that the document doesn't list is kept in `Unknown` and written back unchanged. Two
//! of them are equal when they are the same on the wire.

/// Declares an open enum of strings, with the codec, `serde`, [`Display`](std::fmt::Display),
/// [`FromStr`](std::str::FromStr) and conversions.
///
/// ```
/// tenon_runtime::text_enum! {
///     /// What a device does.
///     pub enum Mode {
///         /// Everything goes.
///         Wipe = "wipe",
///         WipeCloud = "wipe-cloud",
///         .. Unknown
///     }
/// }
///
/// assert_eq!(Mode::from("wipe-cloud"), Mode::WipeCloud);
/// assert_eq!(Mode::VALUES, ["wipe", "wipe-cloud"]);
/// ```
///
/// The last line names the variant that holds any other string. Writing it is a
/// [`Violation`](crate::codec::Violation), except in an enum that says `.. Unknown open`.
#[macro_export]
macro_rules! text_enum {
    ($(#[$attribute:meta])* pub enum $name:ident {
        $($(#[$docs:meta])* $variant:ident = $wire:literal $(shown $shown:literal)?,)* .. $unknown:ident $($open:ident)?
    }) => {
        $(#[$attribute])*
        #[derive(Clone)]
        #[non_exhaustive]
        pub enum $name {
            $($(#[$docs])* #[doc = $crate::__value_docs!($wire $($shown)?)] $variant,)*
            #[doc = $crate::__unknown_docs!($($open)?)]
            $unknown(::std::string::String),
        }

        impl ::core::cmp::PartialEq for $name {
            #[inline]
            fn eq(&self, other: &Self) -> bool {
                self.as_str() == other.as_str()
            }
        }

        impl ::core::cmp::Eq for $name {}

        impl ::core::hash::Hash for $name {
            #[inline]
            fn hash<H: ::core::hash::Hasher>(&self, state: &mut H) {
                ::core::hash::Hash::hash(self.as_str(), state)
            }
        }

        impl ::core::fmt::Debug for $name {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                $crate::codec::show_text(
                    f,
                    self.as_str(),
                    Self::VALUES,
                    stringify!($($variant)* $unknown),
                )
            }
        }

        impl $name {
            /// The documented values, as they are on the wire.
            pub const VALUES: &'static [&'static str] = &[$($wire),*];

            /// The value as it is on the wire.
            #[inline]
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $wire,)*
                    Self::$unknown(value) => value,
                }
            }
        }

        impl ::core::convert::From<&str> for $name {
            #[inline]
            fn from(value: &str) -> Self {
                match value {
                    $($wire => Self::$variant,)*
                    _ => Self::$unknown(::std::string::String::from(value)),
                }
            }
        }

        impl ::core::convert::From<::std::string::String> for $name {
            #[inline]
            fn from(value: ::std::string::String) -> Self {
                Self::from(value.as_str())
            }
        }

        impl $crate::codec::Decode for $name {
            #[inline]
            fn decode(json: &mut $crate::codec::Decoder<'_>) -> ::core::result::Result<Self, $crate::codec::Fault> {
                $crate::codec::decode_text::<Self>(json)
            }
        }

        impl $crate::codec::Encode for $name {
            #[inline]
            fn encode(&self, json: &mut $crate::codec::Encoder<'_>) {
                json.documented(self.as_str(), $crate::__only!($($open)?));
            }
        }

        impl ::core::fmt::Display for $name {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl ::core::convert::AsRef<str> for $name {
            #[inline]
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }

        impl ::core::str::FromStr for $name {
            type Err = ::core::convert::Infallible;
            // Not `Self::Err`: a value may be called so.
            #[inline]
            fn from_str(
                value: &str,
            ) -> ::core::result::Result<Self, ::core::convert::Infallible> {
                ::core::result::Result::Ok(Self::from(value))
            }
        }

        $crate::serde_bridge!($name);
    };
}

/// Declares an open enum of integers, with the codec, `serde` and [`Display`](std::fmt::Display).
///
/// ```
/// tenon_runtime::int_enum! {
///     /// How a job ended.
///     pub enum Code {
///         Good = 0,
///         Bad = -1,
///         .. Unknown
///     }
/// }
///
/// assert_eq!(Code::from(-1), Code::Bad);
/// assert_eq!(Code::Good.as_i64(), 0);
/// ```
///
/// The last line is that of [`text_enum!`](crate::text_enum!).
#[macro_export]
macro_rules! int_enum {
    ($(#[$attribute:meta])* pub enum $name:ident {
        $($(#[$docs:meta])* $variant:ident = $wire:literal $(shown $shown:literal)?,)* .. $unknown:ident $($open:ident)?
    }) => {
        $(#[$attribute])*
        #[derive(Clone, Copy)]
        #[non_exhaustive]
        pub enum $name {
            $($(#[$docs])* #[doc = $crate::__value_docs!($wire $($shown)?)] $variant,)*
            #[doc = $crate::__unknown_docs!($($open)?)]
            $unknown(i64),
        }

        impl ::core::cmp::PartialEq for $name {
            #[inline]
            fn eq(&self, other: &Self) -> bool {
                self.as_i64() == other.as_i64()
            }
        }

        impl ::core::cmp::Eq for $name {}

        impl ::core::hash::Hash for $name {
            #[inline]
            fn hash<H: ::core::hash::Hasher>(&self, state: &mut H) {
                ::core::hash::Hash::hash(&self.as_i64(), state)
            }
        }

        impl ::core::fmt::Debug for $name {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                $crate::codec::show_integer(
                    f,
                    self.as_i64(),
                    Self::VALUES,
                    stringify!($($variant)* $unknown),
                )
            }
        }

        impl $name {
            /// The documented values, as they are on the wire.
            pub const VALUES: &'static [i64] = &[$($wire),*];

            /// The value as it is on the wire.
            #[inline]
            pub fn as_i64(&self) -> i64 {
                match self {
                    $(Self::$variant => $wire,)*
                    Self::$unknown(value) => *value,
                }
            }
        }

        impl ::core::convert::From<i64> for $name {
            #[inline]
            fn from(value: i64) -> Self {
                match value {
                    $($wire => Self::$variant,)*
                    _ => Self::$unknown(value),
                }
            }
        }

        impl $crate::codec::Decode for $name {
            #[inline]
            fn decode(json: &mut $crate::codec::Decoder<'_>) -> ::core::result::Result<Self, $crate::codec::Fault> {
                $crate::codec::decode_integer::<Self>(json)
            }
        }

        impl $crate::codec::Encode for $name {
            #[inline]
            fn encode(&self, json: &mut $crate::codec::Encoder<'_>) {
                json.documented_integer(self.as_i64(), $crate::__only!($($open)?));
            }
        }

        impl ::core::fmt::Display for $name {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                ::core::fmt::Display::fmt(&self.as_i64(), f)
            }
        }

        $crate::serde_bridge!($name);
    };
}

/// The values besides which none may be sent.
#[doc(hidden)]
#[macro_export]
macro_rules! __only {
    (open) => {
        &[]
    };
    () => {
        Self::VALUES
    };
}

/// What the variant for a listed value says of it: the value as code, written otherwise where it can't stand between
/// backticks.
#[doc(hidden)]
#[macro_export]
macro_rules! __value_docs {
    ($wire:literal) => {
        concat!("\n`", $wire, "`.")
    };
    ($wire:literal $shown:literal) => {
        concat!("\n", $shown, ".")
    };
}

/// What the variant for other values says of itself.
#[doc(hidden)]
#[macro_export]
macro_rules! __unknown_docs {
    (open) => {
        "Any other value: the document names the common ones only."
    };
    () => {
        "A value that the document doesn't list."
    };
}
