//! What a mock server knows: the routes, the expectations of the test, and the calls so far.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, Method};

use super::fault::Fault;
use super::inspect::{Breach, inspect};
use super::plan::{Expectation, Planned};
use super::received::Received;
use super::report::{Problem, Report};
use super::route::Route;
use super::router::{self, Match};
use crate::Api;
use crate::op::{Content, Operation, Response, Status};

/// A mock server's knowledge; shared by its connections and the test.
#[derive(Debug)]
pub(super) struct State {
    pub(super) api: &'static Api,
    pub(super) routes: Vec<&'static Route>,
    inner: Mutex<Inner>,
    /// The test has asked for the report.
    pub(super) is_verified: AtomicBool,
    pub(super) is_strict: AtomicBool,
}

#[derive(Debug, Default)]
pub(super) struct Inner {
    pub(super) expectations: Vec<Expectation>,
    pub(super) calls: Vec<Arc<Received>>,
    pub(super) problems: Vec<Problem>,
}

/// What becomes of a request.
#[derive(Debug)]
pub(super) struct Decision {
    pub(super) reply: Planned,
    pub(super) headers: HeaderMap,
    pub(super) delay: Duration,
    pub(super) fault: Option<Fault>,
}

/// A request as it came in.
pub(super) struct Request {
    pub(super) method: Method,
    pub(super) path: String,
    pub(super) query: String,
    pub(super) headers: HeaderMap,
    pub(super) body: Bytes,
}

impl State {
    pub(super) fn new(api: &'static Api, groups: &[&'static [Route]]) -> Self {
        Self {
            api,
            routes: groups.iter().flat_map(|group| group.iter()).collect(),
            inner: Mutex::default(),
            is_verified: AtomicBool::new(false),
            is_strict: AtomicBool::new(false),
        }
    }

    pub(super) fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What was found so far, and what is missing.
    pub(super) fn report(&self) -> Result<(), Report> {
        self.is_verified.store(true, Ordering::Release);
        let inner = self.lock();
        let missing = inner.expectations.iter().filter(|it| it.seen < it.times.least);
        let missing = missing.map(|it| {
            let want = it.want.to_string();
            let want = if want.is_empty() { want } else { format!(", where {want}") };
            Problem::Missing {
                operation: self.operation(it.route).map_or("", |operation| operation.id),
                expected: format!("{}{want}", it.times),
                received: it.seen,
            }
        });
        let problems: Vec<Problem> = inner.problems.iter().cloned().chain(missing).collect();
        if problems.is_empty() { Ok(()) } else { Err(Report { problems }) }
    }

    pub(super) fn operation(&self, route: usize) -> Option<&'static Operation> {
        self.routes.get(route).map(|route| route.operation())
    }

    /// Decides what becomes of a request, and keeps it.
    pub(super) fn receive(&self, request: Request) -> Decision {
        let found = router::find(&self.routes, &request.method, &request.path, &request.query);
        let mut call = Received {
            operation: None,
            method: request.method,
            path: request.path,
            raw_query: request.query,
            headers: request.headers,
            body: request.body,
            params: Vec::new(),
        };
        match found {
            Ok(matches) => {
                let (found, breaches) = self.closest(matches, &call);
                call.params = found.params();
                call.operation = self.operation(found.index);
                self.decide(found.index, Arc::new(call), breaches)
            }
            Err(methods) => {
                let call = Arc::new(call);
                let breach = unknown(&call, &methods);
                self.lock().calls.push(call.clone());
                self.refuse(&call, vec![breach])
            }
        }
    }

    /// The route whose operation the call breaks least.
    fn closest(&self, matches: Vec<Match>, call: &Received) -> (Match, Vec<Breach>) {
        let inspected = matches.into_iter().map(|found| {
            let route = self.routes.get(found.index);
            let breaches = route.map(|route| inspect(route, self.api, &found.values, call));
            (found, breaches.unwrap_or_default())
        });
        let closest = inspected.min_by_key(|(_, breaches)| breaches.len());
        closest.unwrap_or_else(|| (Match { index: usize::MAX, values: Vec::new() }, Vec::new()))
    }

    fn decide(&self, route: usize, call: Arc<Received>, breaches: Vec<Breach>) -> Decision {
        let mut inner = self.lock();
        inner.calls.push(call.clone());
        let mut reasons = Vec::new();
        let of_route = inner.expectations.iter_mut().filter(|it| it.route == route);
        for expectation in of_route {
            let misses = expectation.want.misses(&call);
            if !misses.is_empty() {
                reasons.push(format!("expected that {}", misses.join(", and ")));
            } else if expectation.is_spent() {
                reasons.push(format!("expected {} only", expectation.times));
            } else if !breaches.is_empty() && !expectation.unchecked {
                break;
            } else {
                expectation.seen += 1;
                let expected = self.expected(route, expectation);
                drop(inner);
                return expected.unwrap_or_else(|reason| self.unexpected(&call, vec![reason]));
            }
        }
        drop(inner);
        if !breaches.is_empty() {
            return self.refuse(&call, breaches);
        }
        if reasons.is_empty() && self.is_strict.load(Ordering::Acquire) {
            reasons.push("expected no call of it".to_owned());
        }
        if !reasons.is_empty() {
            return self.unexpected(&call, reasons);
        }
        match self.expected(route, &Expectation::new(route)) {
            Ok(decision) => decision,
            Err(reason) => self.unexpected(&call, vec![reason]),
        }
    }

    fn expected(&self, route: usize, expectation: &Expectation) -> Result<Decision, String> {
        // What never arrives needn't be known.
        let is_unsent = matches!(expectation.fault, Some(Fault::Reset | Fault::Silent));
        let reply = match &expectation.reply {
            Some(reply) => reply.clone(),
            None if is_unsent => text(200, ""),
            None => self.routes.get(route).and_then(|route| documented(route)).ok_or(
                "the document has no example of its reply: set one with `reply_ok` or `reply`",
            )?,
        };
        Ok(Decision {
            reply,
            headers: expectation.headers.clone(),
            delay: expectation.delay,
            fault: expectation.fault,
        })
    }

    /// The call breaks the document.
    fn refuse(&self, call: &Received, breaches: Vec<Breach>) -> Decision {
        let status = breaches.first().map_or(400, |breach| breach.status);
        let reasons: Vec<String> = breaches.into_iter().map(|breach| breach.reason).collect();
        let told = format!("the request breaks the document: {}", reasons.join("; "));
        let operation = call.operation.map(|operation| operation.id);
        let problem = Problem::Violation { operation, request: call.line(), reasons };
        self.lock().problems.push(problem);
        decision(text(status, &told))
    }

    /// There is no answer to the call.
    fn unexpected(&self, call: &Received, reasons: Vec<String>) -> Decision {
        let told = format!("the mock server has no answer: {}", reasons.join("; "));
        let operation = call.operation.map_or("", |operation| operation.id);
        let problem = Problem::Unexpected { operation, request: call.line(), reasons };
        self.lock().problems.push(problem);
        decision(text(501, &told))
    }
}

fn unknown(call: &Received, methods: &[&str]) -> Breach {
    if methods.is_empty() {
        let reason = format!("the document has no path `{}`", call.path);
        return Breach { status: 404, reason };
    }
    let reason = format!("`{}` has no {}, only {}", call.path, call.method, methods.join(", "));
    Breach { status: 405, reason }
}

fn decision(reply: Planned) -> Decision {
    Decision { reply, headers: HeaderMap::new(), delay: Duration::ZERO, fault: None }
}

fn text(status: u16, text: &str) -> Planned {
    let media = "text/plain; charset=utf-8".to_owned();
    Planned { status, media, body: Bytes::copy_from_slice(text.as_bytes()) }
}

/// The document's reply to a call that succeeds: its example, or none if it has no content.
fn documented(route: &Route) -> Option<Planned> {
    let responses = route.operation().responses.iter();
    let successes: Vec<&Response> = responses.filter(|it| !it.failure && !it.only_stream).collect();
    let example = route.examples.iter().find(|example| example.status / 100 == 2);
    let empty = successes.iter().find(|it| it.content == Content::Empty);
    match (example.or(route.examples.first()), empty) {
        (Some(example), _) => Some(Planned {
            status: example.status,
            media: sendable(example.media),
            body: Bytes::from_static(example.body.as_bytes()),
        }),
        (None, Some(empty)) => {
            Some(Planned { status: code(empty.status), media: String::new(), body: Bytes::new() })
        }
        // The document says nothing of a success.
        (None, None) if successes.is_empty() => {
            Some(Planned { status: 200, media: String::new(), body: Bytes::new() })
        }
        (None, None) => None,
    }
}

/// A status of those that a response stands for.
pub(super) fn code(status: Status) -> u16 {
    match status {
        Status::Code(code) => code,
        Status::Range(digit) => u16::from(digit) * 100,
        Status::Default => 200,
    }
}

/// A media type to send where the document may name a range.
pub(super) fn sendable(media: &str) -> String {
    if media.contains('*') { "application/octet-stream".to_owned() } else { media.to_owned() }
}
