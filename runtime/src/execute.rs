//! Sends a call: the one program behind every operation, generic over none.
//!
//! In goes a [`Call`] with its inputs encoded, out comes a reply that a documented response stands
//! for, or an error. In between: the request is prepared once, tried as often as it is safe and
//! useful, and the reply is matched to the document. Decoding is left to the typed front.

mod attempt;
mod dispatch;
mod fields;
mod media;
mod prepare;
mod query;
mod resume;
mod target;
mod trace;

use std::borrow::Cow;
use std::time::{Duration, SystemTime};

use http::{StatusCode, Uri};
use tokio::time::{Instant, sleep};

use crate::auth::{AuthError, Grants, choose, configured};
use crate::error::{Exchange, RawError, RawReply};
use crate::op::{Call, CallParts, Content, Security};
use crate::{BoxFuture, RetryBudget, RetryPolicy, retry};

use attempt::Failed;
use prepare::{Prepared, prepare};
pub(crate) use target::NOT_IN_PATH;

/// Sends a call. Nothing happens before the future is polled.
pub(crate) fn execute(call: Call) -> BoxFuture<'static, Result<RawReply, RawError>> {
    let call = call.into_parts();
    Box::pin(async move {
        let run = Run::new(call)?;
        let span = run.span.clone();
        trace::within(span, run.finish()).await
    })
}

/// A call on its way.
struct Run {
    call: Box<CallParts>,
    request: Prepared,
    /// Schemes that each try sends.
    needed: Cow<'static, [Security]>,
    policy: RetryPolicy,
    /// What the last repetition took from the client's budget.
    spent: u32,
    /// End of the whole call.
    deadline: Option<Instant>,
    attempt_timeout: Duration,
    /// A reply of 401 had the tokens fetched anew.
    renewed: bool,
    exchange: Box<Exchange>,
    span: trace::Span,
}

/// The policy of a call: its own, the client's, or what the document says. A client's policy doesn't
/// lift the document's `never`.
fn policy(call: &CallParts) -> RetryPolicy {
    let (settings, operation) = (call.core.settings(), call.operation.retry);
    if let Some(own) = &call.custom().retry {
        return own.clone();
    }
    let said = operation.or(settings.api.retry);
    match &settings.retry {
        Some(policy) if !said.is_some_and(|said| said.never) => policy.clone(),
        _ => RetryPolicy::documented(settings.api.retry, operation),
    }
}

/// What is known of a call before it is sent to this address.
fn exchange(call: &CallParts, uri: Option<Uri>) -> Box<Exchange> {
    let mut exchange = Box::new(Exchange::new(call.operation));
    exchange.api = Some(call.core.api());
    exchange.uri = uri;
    exchange.streaming = call.streaming;
    exchange.raw = call.custom().raw;
    exchange.method = call.custom().target.as_ref().map(|target| target.method.clone());
    exchange
}

/// The end of a call that begins now.
fn deadline(call: &CallParts) -> Option<Instant> {
    let timeout = call.custom().timeout.or(call.core.settings().limits.timeout);
    timeout.and_then(|timeout| Instant::now().checked_add(timeout))
}

/// The schemes that are sent: an alternative of the operation, or all that the client has.
fn needed(call: &CallParts) -> Result<Cow<'static, [Security]>, AuthError> {
    let settings = call.core.settings();
    match call.custom() {
        custom if custom.anonymous => Ok(Cow::Borrowed(&[])),
        custom if custom.target.is_some() => Ok(configured(settings).into()),
        _ => choose(call.operation, settings).map(Cow::Borrowed),
    }
}

/// The reply that a documented response stands for, or the error.
fn outcome(
    exchange: Box<Exchange>,
    failed: Option<Failed>,
    retryable: bool,
    span: &trace::Span,
) -> Result<RawReply, RawError> {
    let result = match failed {
        Some(failed) => Err(failed.into_error(*exchange, retryable)),
        None => dispatch::dispatch(exchange, retryable),
    };
    trace::end(span, &result);
    result
}

/// What comes after a try.
enum Next {
    /// It was the last one. `retryable`: to repeat the call is safe and may help.
    End { failed: Option<Failed>, retryable: bool },
    /// Another, after this time.
    Wait(Duration),
}

impl Run {
    /// Checks everything that can be checked before anything is sent. It is in a box, as futures are
    /// large that hold it, and it moves.
    fn new(mut call: Box<CallParts>) -> Result<Box<Self>, RawError> {
        let mut exchange = exchange(&call, None);
        if !call.custom().unchecked && !call.violations.is_empty() {
            let broken = std::mem::take(&mut call.violations);
            let broken = broken.into_iter().map(|(_, violation)| violation).collect();
            return Err(RawError::violated(*exchange, broken));
        }
        let request = match prepare(&mut call) {
            Ok(request) => request,
            Err(refusal) => return Err(RawError::refused(*exchange, refusal)),
        };
        exchange.uri = Some(request.uri.clone());
        let settings = call.core.settings();
        let needed = match needed(&call) {
            Ok(needed) => needed,
            Err(error) => return Err(Failed::Auth(error).into_error(*exchange, false)),
        };
        let attempt_timeout = call.custom().attempt_timeout;
        Ok(Box::new(Self {
            needed,
            policy: policy(&call),
            spent: 0,
            deadline: deadline(&call),
            attempt_timeout: attempt_timeout.unwrap_or(settings.limits.attempt_timeout),
            renewed: false,
            span: trace::call(&exchange),
            request,
            exchange,
            call,
        }))
    }

    async fn finish(mut self: Box<Self>) -> Result<RawReply, RawError> {
        loop {
            let result = self.attempt().await;
            match self.next(result) {
                Next::End { failed, retryable } => return self.end(failed, retryable),
                Next::Wait(delay) => sleep(delay).await,
            }
            trace::resend(&self.exchange);
        }
    }

    /// Makes the outcome of what is known. The request is left with a stream of events, which may want
    /// to be asked for once more.
    fn end(
        mut self: Box<Self>,
        failed: Option<Failed>,
        retryable: bool,
    ) -> Result<RawReply, RawError> {
        if self.exchange.unread.is_none() || !self.request.is_repeatable {
            let Self { exchange, span, .. } = *self;
            return outcome(exchange, failed, retryable, &span);
        }
        let next = exchange(&self.call, Some(self.request.uri.clone()));
        let exchange = std::mem::replace(&mut self.exchange, next);
        let mut result = outcome(exchange, failed, retryable, &self.span);
        if let Ok(reply) = &mut result
            && let Some(unread) = &mut reply.exchange.unread
            && reply.response.content == Content::Events
        {
            unread.last_event_id = self.last_event_id();
            unread.again = Some(self);
        }
        result
    }

    /// Decides what a try leads to. A reply stands in `self.exchange`.
    fn next(&mut self, result: Result<Grants, Failed>) -> Next {
        let status = self.exchange.status;
        self.share_pause();
        match result {
            Ok(grants) if status == Some(StatusCode::UNAUTHORIZED) && self.renews(&grants) => {
                Next::Wait(Duration::ZERO)
            }
            Ok(_) => {
                let is_worth = status.is_some_and(|status| self.policy.covers(status));
                if !is_worth {
                    self.budget().give(self.spent);
                }
                let retryable = is_worth && self.request.is_repeatable;
                self.wait_or_end(retryable, retryable, None)
            }
            Err(failed) => {
                let is_unsent = failed.is_unsent() && self.request.is_replayable;
                let is_safe = self.request.is_repeatable || is_unsent;
                let retryable = failed.is_transient() && is_safe;
                let again = retryable && self.policy.covers_connections();
                self.wait_or_end(again, retryable, Some(failed))
            }
        }
    }

    /// A server that replies 401 hasn't acted on the request, so it is sent once more with new
    /// tokens, whatever its method.
    fn renews(&mut self, grants: &Grants) -> bool {
        // A stream can't be sent again, but the next call shall not send the refused token.
        if self.renewed || !grants.refuse() || !self.request.is_replayable {
            return false;
        }
        self.renewed = true;
        true
    }

    /// Waits for another try, if there is to be one and it is allowed and in time.
    fn wait_or_end(&mut self, again: bool, retryable: bool, failed: Option<Failed>) -> Next {
        match again.then(|| self.delay()).flatten() {
            Some(delay) => Next::Wait(delay),
            None => Next::End { failed, retryable },
        }
    }

    /// The wait before another try, if the policy, the time and the budget allow one.
    fn delay(&mut self) -> Option<Duration> {
        let made = self.exchange.attempts.saturating_sub(u32::from(self.renewed)).max(1);
        if !self.policy.allows(made) {
            return None;
        }
        let asked = self.asked();
        let delay = self.policy.delay(made, asked);
        if !self.is_in_time(delay) {
            return None;
        }
        match self.budget().take(self.exchange.status.is_some()) {
            Some(spent) => self.spent = spent,
            None => {
                self.exchange.is_budget_spent = true;
                return None;
            }
        }
        Some(delay)
    }

    /// The wait that the reply asks for.
    fn asked(&self) -> Option<Duration> {
        retry::retry_after(&self.exchange.headers, SystemTime::now())
    }

    /// What pays for repetitions.
    fn budget(&self) -> &RetryBudget {
        self.call.custom().budget.as_ref().unwrap_or(&self.call.core.settings().budget)
    }

    /// A refusal holds back the other calls of the client, where they are to be.
    fn share_pause(&self) {
        let refusals = [StatusCode::TOO_MANY_REQUESTS, StatusCode::SERVICE_UNAVAILABLE];
        let is_refusal = self.exchange.status.is_some_and(|status| refusals.contains(&status));
        if let Some(pause) = self.call.core.settings().pause.as_ref().filter(|_| is_refusal)
            && let Some(wait) = self.asked()
        {
            pause.extend(wait);
        }
    }

    fn is_in_time(&self, delay: Duration) -> bool {
        let Some(deadline) = self.deadline else { return true };
        Instant::now().checked_add(delay).is_some_and(|at| at < deadline)
    }

    /// The moment at which something begun now has to be done.
    fn limit(&self) -> Option<Instant> {
        let attempt = Instant::now().checked_add(self.attempt_timeout);
        match (attempt, self.deadline) {
            (Some(attempt), Some(deadline)) => Some(attempt.min(deadline)),
            (attempt, deadline) => attempt.or(deadline),
        }
    }

    /// The time for the whole call has run out, and not only that for a try.
    fn is_over(&self) -> bool {
        self.deadline.is_some_and(|deadline| Instant::now() >= deadline)
    }
}
