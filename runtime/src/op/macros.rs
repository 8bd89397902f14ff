//! The macros that declare operations: what a document says of them is written once, and compactly.

/// Declares an operation: its call, its descriptor, and the enums of what comes back.
///
/// The first line names the descriptor, the call and its outcomes (behind them `pages` and the type of an item, where the
/// reply is a page of a list), the second one gives `operationId`, method and path. Behind them stands what else there is
/// to say of the operation as a whole:
///
/// - `idempotent`, `idempotency_key("x-key")` and `servers("https://a", "https://b")`, as the methods of [`Operation`].
/// - `retry(attempts(5) statuses[429, 503])` or `retry(never)`: the methods of [`Retry`].
/// - `paging(offset(2, 0) items("/data") more("/more"))`: the functions and methods of [`Paging`]. An input of the call is
///   the index of a parameter, `[0, "/page"]` a place in one that is an object, and a JSON pointer alone a place in the
///   body.
///
/// What follows may be left out, but has this order:
///
/// - `params [query "limit" required [Minimum("1")]]`: place and name, then words (the methods of [`Param`]), then
///   rules.
/// - `body [json("text/json") required {"tags"(Form true)} [MaxLength(9)]]`: media types, the preferred one first, each
///   with words, the [`Encoding`]s of properties, and rules.
/// - `responses [200 json, 4XX text("text/plain") 1 error]`: status, kind of content (with the media type unless it is
///   `application/json`), the case of the outcome unless it is 0, and words.
/// - `security [[0 "read"], [1, 2]]`: alternatives, each with the indices of schemes and the scopes of each.
/// - `enum ListPetsError: errors { 1 Refused(json Problem) }`: a case, its variant, how it is read and into what. It
///   has `read once` before the brace where a case is a stream. `enum DeletePetError: errors = ListPetsError;` is an
///   alias of one that another operation has.
///
/// [`Operation`]: crate::op::Operation
/// [`Retry`]: crate::op::Retry
/// [`Paging`]: crate::op::Paging
/// [`Param`]: crate::op::Param
/// [`Encoding`]: crate::op::Encoding
#[macro_export]
macro_rules! operation {
    (
        $(#[$docs:meta])*
        $constant:ident: $call:ident -> $success:ty, $failure:ty $(, stream $stream:ty)? $(, pages $item:ty)?;
        $id:literal $method:literal $path:literal $($flag:ident $(($($flag_value:tt)*))?)*;
        $(params [$($params:tt)*])?
        $(body [$($body:tt)*])?
        $(responses [$($responses:tt)*])?
        $(security [$($security:tt)*])?
        $($(#[$lint:meta])* enum $outcome:ident: $noun:ident $(read $once:ident)?
            $({ $($cases:tt)* })? $(= $same:ident;)?)*
    ) => {
        $(#[$docs])*
        #[must_use = "a call does nothing until it is awaited"]
        pub struct $call($crate::op::Call);

        impl ::core::fmt::Debug for $call {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                $crate::op::show(f, stringify!($call), &self.0)
            }
        }

        $crate::endpoint!($call.0: $success, $failure);

        $(
            impl $crate::op::Streaming for $call {
                type Stream = $stream;
            }

            $crate::streaming!($call);
        )?

        $(
            impl $crate::op::Paged for $call {
                type Item = $item;
            }

            $crate::paged!($call);
        )?

        static $constant: $crate::op::Described = $crate::op::Described::new(stringify!(
            $id $method $path $($flag $(($($flag_value)*))?)*
            $(params [$($params)*])? $(body [$($body)*])? $(responses [$($responses)*])? $(security [$($security)*])?
        ));

        $crate::__mocked!($call $constant);

        $($crate::__outcome!($(#[$lint])* $call $outcome $noun [$($once)?] $({ $($cases)* })? $(= $same)?);)*
    };
}

/// A list of [`Encoding`](crate::op::Encoding)s: `"tags"(Form true) content_type("text/plain") [MaxLength(9)]` is the
/// property, its style and whether it explodes unless it is written as usual, words, and rules.
#[macro_export]
macro_rules! encodings {
    ($($encoding:tt)*) => {
        stringify!([$($encoding)*])
    };
}

/// The enum of what comes back in several cases.
#[doc(hidden)]
#[macro_export]
macro_rules! __outcome {
    ($call:ident $outcome:ident $noun:ident [] = $same:ident) => {
        #[doc = $crate::__outcome_docs!($noun $call)]
        pub type $outcome = $same;
    };
    ($(#[$lint:meta])* $call:ident $outcome:ident $noun:ident [] $cases:tt) => {
        $crate::__outcome!($(#[$lint])* #[derive(Clone, Debug, PartialEq)] $call $outcome $noun $cases);
    };
    ($(#[$lint:meta])* $call:ident $outcome:ident $noun:ident [once] $cases:tt) => {
        $crate::__outcome!($(#[$lint])* #[derive(Debug)] $call $outcome $noun $cases);
    };
    ($(#[$lint:meta])* $call:ident $outcome:ident $noun:ident {
        $($(#[$docs:meta])* $case:literal $variant:ident $(($read:ident $ty:ty))?),* $(,)?
    }) => {
        $(#[$lint])*
        #[doc = $crate::__outcome_docs!($noun $call)]
        #[non_exhaustive]
        pub enum $outcome {
            $($(#[$docs])* $variant $(($ty))?),*
        }

        impl $crate::op::Outcome for $outcome {
            type Value = Self;

            #[allow(unused_variables)]
            #[inline]
            fn read(
                case: usize,
                body: &$crate::op::RawBody<'_>,
            ) -> ::core::result::Result<Self, $crate::Fault> {
                match case {
                    $($case => $crate::__read!(body, Self::$variant $(, $read)?),)*
                    _ => ::core::result::Result::Err($crate::op::undocumented()),
                }
            }
        }

        $crate::__mocked_outcome!($outcome { $($case $variant $(($read))?),* });
    };
}

/// What an enum stands for.
#[doc(hidden)]
#[macro_export]
macro_rules! __outcome_docs {
    (errors $call:ident) => {
        concat!("The documented errors of [`", stringify!($call), "`], by status.")
    };
    ($noun:ident $call:ident) => {
        concat!("The ", stringify!($noun), " of [`", stringify!($call), "`], by status.")
    };
}

/// One case of an enum.
#[doc(hidden)]
#[macro_export]
macro_rules! __read {
    ($body:ident, $variant:path) => {
        ::core::result::Result::Ok($variant)
    };
    ($body:ident, $variant:path, json) => {
        $body.json().map($variant)
    };
    ($body:ident, $variant:path, text) => {
        $body.text().map($variant)
    };
    ($body:ident, $variant:path, $read:ident) => {
        ::core::result::Result::Ok($variant($body.$read()))
    };
}

/// Declares the setters of a call: its optional inputs.
///
/// `limit(limit: i64) => param(0, &limit);` is a setter, and what it does to the [`Call`](crate::op::Call).
#[macro_export]
macro_rules! options {
    ($call:ident; $(
        $(#[$attribute:meta])*
        $setter:ident($($argument:ident: $ty:ty),* $(,)?) => $step:ident $value:tt
            $(.$then:ident $then_value:tt)*;
    )*) => {
        impl $call { $(
            $(#[$attribute])*
            #[inline]
            pub fn $setter(self, $($argument: $ty),*) -> Self {
                Self(self.0.$step $value $(.$then $then_value)*)
            }
        )* }
    };
}

/// Declares the methods of a handle with a field `core`.
///
/// `get_pet(id: i64) -> GetPet = GET_PET.param(0, &id);` is a method that begins the call `GetPet` of the operation
/// `GET_PET`.
#[macro_export]
macro_rules! methods {
    ($handle:ident; $(
        $(#[$attribute:meta])*
        $method:ident($($argument:ident: $ty:ty),* $(,)?) -> $call:ident
            = $constant:ident $(.$step:ident $value:tt)*;
    )*) => {
        impl $handle { $(
            $(#[$attribute])*
            #[inline]
            pub fn $method(&self, $($argument: $ty),*) -> $call {
                $call(self.core.call(&$constant) $(.$step $value)*)
            }
        )* }
    };
}
