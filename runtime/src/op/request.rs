//! Calls that the document doesn't know: any method and path, with what the client has.

use std::convert::Infallible;
use std::fmt;
use std::marker::PhantomData;

use http::Method;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::codec::{self, Fault, Json};
use crate::{Body, Core};

use super::{
    Call, Customized, Endpoint, Operation, Outcome, RawBody, Response, Status, Target, Undocumented,
};

/// A call that the document doesn't know; made by `request()` of a client, and sent as
/// [`Customized`] calls are.
///
/// It goes to the client's address, and has its credentials, retries, rate limits, time limits and
/// hooks. What the client is configured with is sent: each credential in its place, the first where
/// two have the same.
/// A method that is idempotent (RFC 9110, section 9.2.2) is tried again; another isn't unless it has
/// an idempotency key.
///
/// A reply of 2xx is read as JSON: as [`Json`], or as any type that serde reads. An empty one reads
/// as `null`. Any other status is an error of the kind
/// [`UnexpectedStatus`](crate::ErrorKind::UnexpectedStatus), which has the body.
/// [`send_raw`](Customized::send_raw) reads replies that aren't JSON.
///
/// ```
/// # use tenon_runtime::{Core, Error, Method, json, op::Undocumented};
/// # async fn send(client: Core) -> Result<(), Error<Undocumented>> {
/// let reply = client
///     .request(Method::POST, "/v1/undocumented")
///     .query("dry_run", "true")
///     .json(&json!({ "name": "x" }))
///     .await?;
/// println!("{}: {}", reply.status(), reply["id"]);
///
/// let ids = client.request(Method::GET, "/v1/ids").typed::<Vec<u64>>().await?;
/// println!("{:?}", ids.first());
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
pub struct Request<T = Json> {
    call: Call,
    reply: PhantomData<fn() -> T>,
}

impl Request {
    pub(crate) fn begin(core: &Core, method: Method, path: String) -> Customized<Self> {
        let mut call = core.call(operation(&method));
        call.custom().target = Some(Target { method, path });
        Customized::new(Self { call, reply: PhantomData })
    }
}

impl<T: DeserializeOwned> Endpoint for Request<T> {
    type Success = Typed<T>;
    type Failure = Undocumented;

    fn into_call(self) -> Call {
        self.call
    }
}

impl<T> Customized<Request<T>> {
    /// Sets the body to a value in JSON.
    pub fn json(self, value: &(impl Serialize + ?Sized)) -> Self {
        self.raw_json(value)
    }

    /// Sets the body to bytes, a stream or a file of this media type.
    pub fn body(mut self, content_type: &str, body: impl Into<Body>) -> Self {
        self.call = self.call.bytes(body).content_type(content_type);
        self
    }

    /// Sends no credential.
    pub fn anonymous(mut self) -> Self {
        self.call.custom().anonymous = true;
        self
    }

    /// Reads the reply as this type.
    pub fn typed<U: DeserializeOwned>(self) -> Customized<Request<U>> {
        let Self { call, .. } = self;
        Customized { call, endpoint: PhantomData }
    }
}

/// The outcome of replies in JSON that serde reads.
pub struct Typed<T>(PhantomData<fn() -> T>, Infallible);

impl<T> fmt::Debug for Typed<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Typed")
    }
}

impl<T: DeserializeOwned> Outcome for Typed<T> {
    type Value = T;

    fn read(_case: usize, body: &RawBody<'_>) -> Result<T, Fault> {
        let bytes = body.bytes();
        let text = if bytes.is_empty() { b"null" } else { codec::without_mark(&bytes) };
        // The words of serde quote values, which may be secrets.
        serde_json::from_slice(text).map_err(|error| {
            let (expected, found) = match error.is_data() {
                true => ("a value of the type asked for", "another"),
                false => ("JSON", "other text"),
            };
            let place = format!("{found}, at line {} column {}", error.line(), error.column());
            Fault::new("$", expected, place, 0)
        })
    }
}

/// What there is to say of an undocumented call.
const fn undocumented(method: &'static str) -> Operation {
    const REPLY: &[Response] = &[Response::json(Status::Range(2), "application/json", 0)];
    Operation::new("request", method, "").responses(REPLY)
}

/// The known methods, and the idempotent ones among them (RFC 9110, section 9.2.2; PATCH is of
/// RFC 5789). The last stands for all others.
static OPERATIONS: [Operation; 9] = [
    undocumented("GET").idempotent(),
    undocumented("HEAD").idempotent(),
    undocumented("POST"),
    undocumented("PUT").idempotent(),
    undocumented("DELETE").idempotent(),
    undocumented("PATCH"),
    undocumented("OPTIONS").idempotent(),
    undocumented("TRACE").idempotent(),
    undocumented("_OTHER"),
];

fn operation(method: &Method) -> &'static Operation {
    let [known @ .., other] = &OPERATIONS;
    known.iter().find(|operation| operation.method == method.as_str()).unwrap_or(other)
}
