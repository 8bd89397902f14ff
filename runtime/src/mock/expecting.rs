//! What a test expects of an operation.

use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;

use super::answer::{Content, Given, Mocked};
use super::fault::Fault;
use super::plan::{Expectation, Planned, Times};
use super::received::Received;
use super::report::Problem;
use super::state::{State, code, sendable};
use super::want::Want;
use crate::codec::{self, Encode};
use crate::op::{self, Endpoint, Operation, Response, Streaming};

/// What a call resolves to, as a test gives it.
type Success<E> = <<E as Endpoint>::Success as Given>::Given;

/// A documented error, as a test gives it.
type Failure<E> = <<E as Endpoint>::Failure as Given>::Given;

/// What a test expects of an operation; made by the method of its name.
///
/// An expectation begins with the first thing that is said of it. Of several that fit a call, the
/// first answers which hasn't answered as often as it may. What isn't said is as the document has
/// it: the answer is its example. A call that fits none of an operation's expectations is answered
/// 501; calls of an operation without expectations are answered by the document's example.
pub struct Expecting<E> {
    state: Arc<State>,
    route: usize,
    /// Its index, once there is one.
    expectation: Option<usize>,
    endpoint: PhantomData<fn() -> E>,
}

impl<E: Mocked> Expecting<E> {
    pub(super) fn new(state: Arc<State>) -> Self {
        let mut routes = state.routes.iter();
        let route = routes.position(|route| std::ptr::eq(route.operation(), E::operation()));
        let route = route.unwrap_or(usize::MAX);
        Self { state, route, expectation: None, endpoint: PhantomData }
    }

    /// The calls of the operation so far, those that were refused included.
    pub fn calls(&self) -> Vec<Arc<Received>> {
        let is_own = |call: &&Arc<Received>| {
            call.operation.is_some_and(|operation| std::ptr::eq(operation, E::operation()))
        };
        self.state.lock().calls.iter().filter(is_own).cloned().collect()
    }

    /// Says which calls are meant: `.with(|call| call.path("id", 7).json(&request))`.
    pub fn with(self, want: impl FnOnce(Want) -> Want) -> Self {
        let wanted = want(Want::default());
        self.change(|it| it.want = wanted)
    }

    /// Answers with a success of this value, as the operation's calls resolve to it.
    pub fn reply_ok(self, value: impl Into<Success<E>>) -> Self
    where
        E::Success: Given,
    {
        let (case, content) = E::Success::write(value.into());
        let is_it = |it: &&Response| !it.failure && !it.only_stream && it.case == case;
        self.documented(is_it, None, content)
    }

    /// Answers with a success of this value, as calls of `stream()` resolve to it: the items, or the
    /// bytes.
    pub fn reply_stream(self, value: impl Into<<<E as Streaming>::Stream as Given>::Given>) -> Self
    where
        E: Streaming,
        E::Stream: Given,
    {
        let (case, content) = E::Stream::write(value.into());
        let has_own = E::operation().responses.iter().any(|it| it.only_stream);
        let is_it = |it: &&Response| !it.failure && it.only_stream == has_own && it.case == case;
        self.documented(is_it, None, content)
    }

    /// Answers with a documented error. Its status has to be one that the document lists for it;
    /// otherwise [`verify`](super::Server::verify) says so.
    pub fn reply_error(self, status: u16, error: impl Into<Failure<E>>) -> Self
    where
        E::Failure: Given,
    {
        let (case, content) = E::Failure::write(error.into());
        let fits = |it: &&Response| it.failure && it.case == case;
        self.documented(|it| fits(it) && it.status.rank(status).is_some(), Some(status), content)
    }

    /// Answers with a status and JSON, whatever the document says.
    pub fn reply(self, status: u16, json: impl Encode) -> Self {
        self.reply_bytes(status, "application/json", codec::to_vec(&json))
    }

    /// Answers with a status and no body, whatever the document says.
    pub fn reply_status(self, status: u16) -> Self {
        self.reply_bytes(status, "", Bytes::new())
    }

    /// Answers with a status, a media type and bytes, whatever the document says.
    pub fn reply_bytes(self, status: u16, media: &str, body: impl Into<Bytes>) -> Self {
        let reply = Planned { status, media: media.to_owned(), body: body.into() };
        self.change(|it| it.reply = Some(reply))
    }

    /// Adds a header to the answer.
    pub fn header(self, name: &str, value: &str) -> Self {
        let mut is_sendable = true;
        let this = self.change(|it| is_sendable = it.header(name, value));
        if !is_sendable {
            this.misuse(format!("the header `{}` can't be sent", name.escape_debug()));
        }
        this
    }

    /// Says how often such calls come: `1`, `1..`, `0..=3`. After so many the expectation answers no
    /// more, and [`verify`](super::Server::verify) tells if there were fewer. Without this, it may
    /// be any number.
    pub fn times(self, times: impl Into<Times>) -> Self {
        let times = times.into();
        self.change(|it| it.times = times)
    }

    /// Answers so long after the request has come in.
    pub fn delay(self, delay: Duration) -> Self {
        self.change(|it| it.delay = delay)
    }

    /// Lets something go wrong with the answer.
    pub fn fault(self, fault: Fault) -> Self {
        self.change(|it| it.fault = Some(fault))
    }

    /// Answers even calls that break the document.
    pub fn unchecked(self) -> Self {
        self.change(|it| it.unchecked = true)
    }

    /// The content as the first documented response that `is_it` sends it; JSON as such, where
    /// there is text of the same value, too.
    fn documented(
        self,
        is_it: impl Fn(&&Response) -> bool,
        status: Option<u16>,
        content: Content,
    ) -> Self {
        let responses = E::operation().responses.iter().filter(is_it);
        let is_json = matches!(content, Content::Json(_));
        let response = responses.min_by_key(|it| is_json && it.content == op::Content::Text);
        if let (None, Some(status)) = (response, status) {
            self.misuse(format!("the document doesn't list this error for the status {status}"));
        }
        if content == Content::Once {
            self.misuse("a stream can't be given: use `reply_stream` or `reply_bytes`".to_owned());
        }
        let media = response.map_or("application/json", |response| response.media);
        let body = body(content, media);
        let media = match body {
            None => String::new(),
            Some(_) if is_json && media.contains('*') => "application/json".to_owned(),
            Some(_) => sendable(media),
        };
        let status = status.or(response.map(|response| code(response.status))).unwrap_or(200);
        self.change(|it| it.reply = Some(Planned { status, media, body: body.unwrap_or_default() }))
    }

    fn misuse(&self, reason: String) {
        let operation = E::operation().id;
        self.state.lock().problems.push(Problem::Misuse { operation, reason });
    }

    fn change(mut self, change: impl FnOnce(&mut Expectation)) -> Self {
        let mut inner = self.state.lock();
        let at = *self.expectation.get_or_insert(inner.expectations.len());
        if at == inner.expectations.len() {
            inner.expectations.push(Expectation::new(self.route));
        }
        if let Some(expectation) = inner.expectations.get_mut(at) {
            change(expectation);
        }
        drop(inner);
        self
    }
}

/// The bytes of a content; absent when there is none.
fn body(content: Content, media: &str) -> Option<Bytes> {
    match content {
        Content::Empty | Content::Once => None,
        Content::Bytes(bytes) | Content::Json(bytes) => Some(bytes),
        Content::Lines(lines) => {
            let list = [b"[", &*lines.join(&b","[..]), b"]"].concat();
            Some(crate::form::lines(&list, media).into())
        }
    }
}

impl<E: Mocked> fmt::Debug for Expecting<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let operation: &Operation = E::operation();
        f.debug_struct("Expecting").field("operation", &operation.id).finish_non_exhaustive()
    }
}
