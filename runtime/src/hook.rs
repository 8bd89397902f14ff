//! Hooks: user code that sees and alters each request and reply.

use crate::BoxError;
use crate::op::Operation;

/// Sees and alters each request before it is sent, and each reply before its body is read. Both
/// happen once per try.
///
/// ```
/// use tenon_runtime::{BoxError, Hook, HookContext};
///
/// struct RequestId;
///
/// impl Hook for RequestId {
///     fn before(
///         &self,
///         context: &HookContext,
///         request: &mut http::request::Parts,
///     ) -> Result<(), BoxError> {
///         let id = format!("{}-{}", context.operation().id, context.attempt());
///         request.headers.insert("x-request-id", id.parse()?);
///         Ok(())
///     }
/// }
/// ```
pub trait Hook: Send + Sync + 'static {
    /// Sees the request as it will be sent, credentials included.
    ///
    /// # Errors
    ///
    /// An error stops the call: nothing is sent, and the error is the source of the call's error.
    fn before(
        &self,
        context: &HookContext,
        request: &mut http::request::Parts,
    ) -> Result<(), BoxError> {
        let (_, _) = (context, request);
        Ok(())
    }

    /// Sees the head of the reply: what it alters is what the call goes on with.
    fn after(&self, context: &HookContext, reply: &mut http::response::Parts) {
        let (_, _) = (context, reply);
    }
}

/// What a hook is told of the call.
#[derive(Clone, Copy, Debug)]
pub struct HookContext {
    pub(crate) operation: &'static Operation,
    pub(crate) attempt: u32,
}

impl HookContext {
    /// The operation that is called.
    pub fn operation(&self) -> &'static Operation {
        self.operation
    }

    /// Which try it is, from 1.
    pub fn attempt(&self) -> u32 {
        self.attempt
    }
}
