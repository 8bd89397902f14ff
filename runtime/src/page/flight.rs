//! The call of a page on its way.

use std::pin::Pin;
use std::task::{Context, Poll};

use sync_wrapper::SyncWrapper;
use tokio::runtime::Handle;
use tokio::task::JoinHandle;

use crate::error::{Exchange, RawError, RawReply};
use crate::execute::execute;
use crate::op::{Call, Operation};
use crate::{BoxFuture, ErrorKind};

/// What the call of a page ends with.
pub(super) type Landed = Result<RawReply, RawError>;

/// The call of a page. Dropping it cancels the request.
pub(super) struct Flight {
    operation: &'static Operation,
    way: Way,
}

enum Way {
    /// It goes on while it is polled.
    Polled(SyncWrapper<BoxFuture<'static, Landed>>),
    /// It goes on by itself.
    Task(JoinHandle<Landed>),
}

impl Flight {
    /// Begins when it is first polled.
    pub(super) fn new(operation: &'static Operation, call: Call) -> Self {
        Self { operation, way: Way::Polled(SyncWrapper::new(execute(call))) }
    }

    /// Begins at once, and goes on beside the caller. Without a runtime of tokio around it, it waits
    /// to be polled.
    pub(super) fn ahead(operation: &'static Operation, call: Call) -> Self {
        match Handle::try_current() {
            Ok(runtime) => Self { operation, way: Way::Task(runtime.spawn(execute(call))) },
            Err(_) => Self::new(operation, call),
        }
    }

    pub(super) fn poll(&mut self, context: &mut Context<'_>) -> Poll<Landed> {
        let operation = self.operation;
        match &mut self.way {
            Way::Polled(future) => future.get_mut().as_mut().poll(context),
            Way::Task(task) => Pin::new(task).poll(context).map(|done| {
                done.unwrap_or_else(|error| {
                    let message = "the page that was read ahead was given up";
                    let exchange = Exchange::new(operation);
                    Err(RawError::new(ErrorKind::Connection, exchange, message).because(error))
                })
            }),
        }
    }
}

impl Drop for Flight {
    fn drop(&mut self) {
        if let Way::Task(task) = &self.way {
            task.abort();
        }
    }
}
