//! A transport that sends nothing: for addresses that no test may call.

use std::sync::{Arc, Mutex, PoisonError};

use tenon_runtime::http::{Request, Response, StatusCode, header::CONTENT_TYPE, request::Parts};
use tenon_runtime::{Body, BoxFuture, Transport, TransportError};

/// Keeps the head of each request, and replies 200 with `{}`. Clones share what they keep.
#[derive(Clone, Default)]
pub struct Recorder(Arc<Mutex<Vec<Parts>>>);

impl Recorder {
    /// The one request that was to be sent.
    ///
    /// # Panics
    ///
    /// There was none, or there were several.
    pub fn request(&self) -> Parts {
        let requests = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        assert_eq!(requests.len(), 1, "{requests:#?}");
        requests[0].clone()
    }
}

impl Transport for Recorder {
    fn send(
        &self,
        request: Request<Body>,
    ) -> BoxFuture<'_, Result<Response<Body>, TransportError>> {
        let (head, _) = request.into_parts();
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(head);
        Box::pin(async {
            let reply =
                Response::builder().status(StatusCode::OK).header(CONTENT_TYPE, "application/json");
            reply.body(Body::from("{}")).map_err(TransportError::refused)
        })
    }
}
