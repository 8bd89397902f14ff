//! The macros that declare a mock server.

/// Declares the mock server of an API.
///
/// `mock! { super::Client; secrets ["pin"]; device_actions: DeviceActions }` declares `Mock`, with a
/// method per group that gives the handle of the module of its name; and how real traffic is
/// recorded, without the properties of these names.
#[macro_export]
macro_rules! mock {
    ($client:ty; secrets [$($secret:literal),* $(,)?]; $($(#[$gate:meta])* $group:ident: $handle:ident),* $(,)?) => {
        pub use $crate::mock::{Expecting, Fault, Problem, Received, Report, Server, Times, Want};
        pub use $crate::tape::{Recorder, Redaction, Replay};

        /// Names of properties and parameters that the document describes as passwords.
        pub static SECRETS: &[&str] = &[$($secret),*];

        /// What is left out of records of the API: [`SECRETS`], and what
        /// [`Redaction`]($crate::tape::Redaction) leaves out by itself.
        pub fn redaction() -> $crate::tape::Redaction {
            $crate::tape::Redaction::new().fields(SECRETS.iter().copied())
        }

        /// A mock server of the API.
        ///
        /// Each group of operations is a method, and so is each operation on what that gives.
        #[derive(Debug)]
        pub struct Mock {
            server: $crate::mock::Server<$client>,
        }

        impl Mock {
            /// Starts a mock server, on a port of its own of the loopback interface.
            ///
            /// # Errors
            ///
            /// There is no port to be had.
            ///
            /// # Panics
            ///
            /// When it is called outside of a Tokio runtime that has its I/O and time enabled.
            pub async fn start() -> ::std::io::Result<Self> {
                let server = $crate::mock::Server::start(&[$($(#[$gate])* &$group::ROUTES),*]).await?;
                ::core::result::Result::Ok(Self { server })
            }

            $(
                #[doc = concat!("The operations of [`", stringify!($handle), "`](", stringify!($group), "::", stringify!($handle), ").")]
                $(#[$gate])*
                pub fn $group(&self) -> $group::$handle {
                    $group::$handle::new(self.server.core())
                }
            )*
        }

        impl ::core::ops::Deref for Mock {
            type Target = $crate::mock::Server<$client>;

            fn deref(&self) -> &Self::Target {
                &self.server
            }
        }
    };
}

/// Declares the operations of a group that a mock server answers.
///
/// `lock_device LockDevice(String) [Value(LockDeviceRequest)] {200 "application/json" "{}"};` is the
/// method and the call, the types of its parameters and bodies, and documented replies.
#[macro_export]
macro_rules! mock_group {
    ($handle:ident; $(
        $method:ident $call:ident ($($param:ty),* $(,)?) [$($body:ident $body_type:tt),* $(,)?]
        {$($status:literal $media:literal $example:literal),* $(,)?};
    )*) => {
        #[doc = concat!("What a test expects of the operations of [`", stringify!($handle), "`](calls::", stringify!($handle), ").")]
        #[derive(Clone, Debug)]
        pub struct $handle {
            #[allow(dead_code)]
            core: $crate::mock::Core,
        }

        impl $handle {
            pub(super) fn new(core: &$crate::mock::Core) -> Self {
                Self { core: core.clone() }
            }

            $(
                #[doc = concat!("Expects calls of [`", stringify!($call), "`](calls::", stringify!($call), ").")]
                pub fn $method(&self) -> $crate::mock::Expecting<calls::$call> {
                    self.core.expect()
                }
            )*
        }

        pub(super) static ROUTES: [$crate::mock::Route; 0 $(+ $crate::__one!($method))*] = [$(
            $crate::mock::Route {
                operation: <calls::$call as $crate::mock::Mocked>::operation,
                params: &[$($crate::mock::check::<$param>),*],
                bodies: &[$($crate::__mock_body!($body $body_type)),*],
                examples: &[$(
                    $crate::mock::Example { status: $status, media: $media, body: $example }
                ),*],
            }
        ),*];
    };
}

/// One, for each of something.
#[doc(hidden)]
#[macro_export]
macro_rules! __one {
    ($each:ident) => {
        1
    };
}

/// A property, with its style or without.
#[doc(hidden)]
#[macro_export]
macro_rules! __encoding {
    ($name:literal) => {
        $crate::op::Encoding::new($name)
    };
    ($name:literal $style:ident $explode:literal) => {
        $crate::op::Encoding::styled($name, $crate::op::Style::$style, $explode)
    };
}

/// The type of a body.
#[doc(hidden)]
#[macro_export]
macro_rules! __mock_body {
    (Any ()) => {
        $crate::mock::BodyCheck::Any
    };
    (Value ($ty:ty)) => {
        $crate::mock::BodyCheck::Value($crate::mock::check::<$ty>)
    };
    (Lines ($ty:ty)) => {
        $crate::mock::BodyCheck::Lines($crate::mock::check::<$ty>)
    };
    (Parts ($($name:literal $(($($style:tt)*))? $presence:ident $kind:ident $(($ty:ty))?),* $(,)?)) => {
        $crate::mock::BodyCheck::Parts(&[$(
            $crate::mock::PartCheck {
                encoding: $crate::__encoding!($name $($($style)*)?),
                required: $crate::__mock_presence!($presence),
                check: $crate::__mock_part!($($ty)?),
            }
        ),*])
    };
}

/// Whether a part is required.
#[doc(hidden)]
#[macro_export]
macro_rules! __mock_presence {
    (required) => {
        true
    };
    (optional) => {
        false
    };
}

/// The type of a part, unless it is a file.
#[doc(hidden)]
#[macro_export]
macro_rules! __mock_part {
    () => {
        ::core::option::Option::None
    };
    ($ty:ty) => {
        ::core::option::Option::Some($crate::mock::check::<$ty>)
    };
}
