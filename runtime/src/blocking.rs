//! Calls and streams without async, under the feature `blocking`.
//!
//! Every call has the same methods as ever: [`wait`](crate::op::Sending::wait) stands where `.await`
//! would. Streams become iterators with [`iter`], bytes a reader with [`reader`].
//!
//! ```
//! # use tenon_runtime::{Core, Error, Json, Method, op::Undocumented};
//! # fn send(client: Core) -> Result<(), Error<Undocumented>> {
//! let reply = client.request(Method::GET, "/v1/devices").send().wait()?;
//! println!("{}: {}", reply.status(), reply["count"]);
//! # Ok(())
//! # }
//! ```
//!
//! ```
//! # use std::io::Read;
//! # use tenon_runtime::{Bytes, ByteStream, EventStream, Json, StreamError, blocking};
//! # fn read(events: EventStream<Json>, bytes: ByteStream) -> Result<(), Box<dyn std::error::Error>> {
//! for event in blocking::iter(events) {
//!     println!("{}", event?.data);
//! }
//! let mut text = String::new();
//! blocking::reader(bytes).read_to_string(&mut text)?;
//! # Ok(())
//! # }
//! ```
//!
//! The calling thread does the work of its own call. Sockets and timers are minded by one thread
//! that all clients of the process share; it is started by the first call and never ends.
//!
//! A thread that runs async tasks must not be blocked: all others would wait. From inside of a task
//! of tokio, [`wait`](crate::op::Sending::wait) sends nothing and returns an error of the kind
//! [`Blocking`](crate::ErrorKind::Blocking); `tokio::task::spawn_blocking` is where it works. So do
//! readers; iterators, which have no error to return, block all the same.

use std::io::{self, Read};
use std::pin::{Pin, pin};
use std::sync::{Arc, OnceLock};
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, Thread};

use bytes::{Buf, Bytes};
use futures_core::Stream;
use tokio::runtime::{Builder, Runtime};

use crate::ByteStream;

/// The items of a stream, one by one: of events, lines, chunks, pages.
pub fn iter<S: Stream + Unpin>(stream: S) -> Iter<S> {
    Iter { stream }
}

/// A reader of the bytes of a reply.
pub fn reader(bytes: ByteStream) -> Reader {
    Reader { bytes, chunk: Bytes::new() }
}

/// The items of a stream; made by [`iter`].
#[derive(Debug)]
pub struct Iter<S> {
    stream: S,
}

impl<S> Iter<S> {
    /// The stream: what it knows, such as the id of the last event.
    pub fn get_ref(&self) -> &S {
        &self.stream
    }
}

impl<S: Stream + Unpin> Iterator for Iter<S> {
    type Item = S::Item;

    fn next(&mut self) -> Option<S::Item> {
        let next = std::future::poll_fn(|context| Pin::new(&mut self.stream).poll_next(context));
        match runtime() {
            Ok(runtime) => block_on(runtime, next),
            // What needs no timer and no new connection goes on without.
            Err(_) => drive(next),
        }
    }
}

/// The bytes of a reply; made by [`reader`].
#[derive(Debug)]
pub struct Reader {
    bytes: ByteStream,
    chunk: Bytes,
}

impl Read for Reader {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.chunk.is_empty() && !buffer.is_empty() {
            let runtime = usable().map_err(io::Error::other)?;
            match block_on(runtime, self.bytes.next()) {
                Some(chunk) => self.chunk = chunk.map_err(io::Error::other)?,
                None => return Ok(0),
            }
        }
        let count = self.chunk.len().min(buffer.len());
        self.chunk.copy_to_slice(&mut buffer[..count]);
        Ok(count)
    }
}

/// Why a thread can't wait.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Unusable {
    /// It runs async tasks.
    #[error(
        "a blocking call inside of an async task would stop the others: use `.await`, or \
             `tokio::task::spawn_blocking`"
    )]
    InTask,
    /// The thread that minds sockets couldn't be started.
    #[error("the thread for blocking calls couldn't be started")]
    NoThread(#[source] &'static io::Error),
}

/// Waits for a future, unless the thread runs async tasks.
pub(crate) fn wait<F: Future>(future: F) -> Result<F::Output, Unusable> {
    Ok(block_on(usable()?, future))
}

fn usable() -> Result<&'static Runtime, Unusable> {
    if is_in_task() {
        return Err(Unusable::InTask);
    }
    runtime().map_err(Unusable::NoThread)
}

/// Sockets and timers: one thread for all clients of the process.
fn runtime() -> Result<&'static Runtime, &'static io::Error> {
    static RUNTIME: OnceLock<io::Result<Runtime>> = OnceLock::new();
    let start = || {
        let mut builder = Builder::new_multi_thread();
        builder.worker_threads(1).thread_name("tenon-blocking").enable_all().build()
    };
    RUNTIME.get_or_init(start).as_ref()
}

/// Whether tokio polls this very code. It gives each poll of a task a budget, and everything that
/// may block, such as the threads of `spawn_blocking`, none: a budget is used up by using it.
fn is_in_task() -> bool {
    const MORE_THAN_A_BUDGET: u32 = 1024;
    let mut context = Context::from_waker(Waker::noop());
    (0..MORE_THAN_A_BUDGET).any(|_| {
        let unit = pin!(tokio::task::consume_budget());
        unit.poll(&mut context).is_pending()
    })
}

fn block_on<F: Future>(runtime: &Runtime, future: F) -> F::Output {
    let _guard = runtime.enter();
    drive(future)
}

/// Polls a future on this thread, which sleeps in between.
fn drive<F: Future>(future: F) -> F::Output {
    let waker = Waker::from(Arc::new(Unpark(thread::current())));
    let mut context = Context::from_waker(&waker);
    let mut future = pin!(future);
    loop {
        match future.as_mut().poll(&mut context) {
            Poll::Ready(output) => return output,
            Poll::Pending => thread::park(),
        }
    }
}

struct Unpark(Thread);

impl Wake for Unpark {
    fn wake(self: Arc<Self>) {
        self.0.unpark();
    }
}
