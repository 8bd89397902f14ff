//! What `operation!` and `client!` declare for the mock server, under the feature `mock` of this
//! crate; without it, nothing.

/// Ties a call to its descriptor.
#[cfg(feature = "mock")]
#[doc(hidden)]
#[macro_export]
macro_rules! __mocked {
    ($call:ident $constant:ident) => {
        impl $crate::mock::Mocked for $call {
            fn operation() -> &'static $crate::op::Operation {
                &$constant
            }
        }
    };
}

/// Without the feature `mock`, nothing is declared.
#[cfg(not(feature = "mock"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __mocked {
    ($call:ident $constant:ident) => {};
}

/// Writes an enum of what comes back.
#[cfg(feature = "mock")]
#[doc(hidden)]
#[macro_export]
macro_rules! __mocked_outcome {
    ($outcome:ident { $($case:literal $variant:ident $(($read:ident))?),* $(,)? }) => {
        impl $crate::mock::Given for $outcome {
            type Given = Self;

            fn write(given: Self) -> (usize, $crate::mock::Content) {
                match given {
                    $($crate::__mocked_case!(given $variant $($read)?) =>
                        ($case, $crate::__mocked_content!(given $($read)?)),)*
                }
            }
        }
    };
}

/// Without the feature `mock`, nothing is declared.
#[cfg(not(feature = "mock"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __mocked_outcome {
    ($($tokens:tt)*) => {};
}

/// The pattern of a case.
#[doc(hidden)]
#[macro_export]
macro_rules! __mocked_case {
    ($given:ident $variant:ident) => {
        Self::$variant
    };
    ($given:ident $variant:ident $read:ident) => {
        Self::$variant($given)
    };
}

/// The content of a case.
#[doc(hidden)]
#[macro_export]
macro_rules! __mocked_content {
    ($given:ident) => {
        $crate::mock::Content::Empty
    };
    ($given:ident json) => {
        $crate::mock::Content::json(&$given)
    };
    ($given:ident $read:ident) => {
        $crate::mock::Content::$read($given)
    };
}

/// Lets a mock server make a client.
#[cfg(feature = "mock")]
#[doc(hidden)]
#[macro_export]
macro_rules! __mocked_client {
    ($client:ident $builder:ident $api:expr) => {
        impl $crate::mock::MockedClient for $client {
            type Builder = $builder;
            const API: &'static $crate::Api = &$api;

            fn of_builder(builder: $crate::client::Builder) -> $builder {
                $builder { builder }
            }

            fn of_core(core: $crate::Core) -> Self {
                Self { core }
            }
        }
    };
}

/// Without the feature `mock`, nothing is declared.
#[cfg(not(feature = "mock"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __mocked_client {
    ($client:ident $builder:ident $api:expr) => {};
}
