//! The macro that writes setters.
//!
//! Like all that only users call, setters are `#[inline]`: a crate compiles those it calls, and the client none.

/// Declares setters, inside the `impl` of a struct.
///
/// ```
/// /// A message.
/// #[derive(Default)]
/// pub struct Message {
///     /// Its text.
///     pub text: Option<String>,
///     /// Who sent it.
///     pub sender: Option<Option<String>>,
/// }
///
/// impl Message {
///     tenon_runtime::setters! {
///         text: impl Into<String> => Some(text.into());
///         sender: impl Into<String> => Some(Some(sender.into()));
///         sender_null => sender: Some(None);
///     }
/// }
///
/// assert_eq!(Message::default().text("hello").text.as_deref(), Some("hello"));
/// ```
#[macro_export]
macro_rules! setters {
    ($($(#[$attribute:meta])* $method:ident $(: $ty:ty => $value:expr)? $(=> $field:ident: $null:expr)?;)*) => {
        $(
            #[doc = $crate::__setter_docs!($($field)?)]
            $(#[$attribute])*
            #[inline]
            pub fn $method(mut self $(, $method: $ty)?) -> Self {
                $(self.$method = $value;)?
                $(self.$field = $null;)?
                self
            }
        )*
    };
}

/// What a setter does.
#[doc(hidden)]
#[macro_export]
macro_rules! __setter_docs {
    () => {
        "Sets the property of this name."
    };
    ($field:ident) => {
        "Sets the property to `null`."
    };
}
