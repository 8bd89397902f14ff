//! Transports and services of [tower](https://docs.rs/tower-service), each as the other.
//!
//! [`ServiceTransport`] sends a client's requests with any service: layers of tower around a
//! transport, or an application under test. [`TransportService`] is a transport as a service, to put
//! layers around.
//!
//! ```
//! use std::task::{Context, Poll};
//!
//! use tenon_runtime::tower::{ServiceTransport, TransportService};
//! use tenon_runtime::{Body, BuildError, http};
//! use tower_service::Service;
//!
//! /// A layer by hand: names the sender of each request.
//! #[derive(Clone)]
//! struct Named<S>(S);
//!
//! impl<S: Service<http::Request<Body>>> Service<http::Request<Body>> for Named<S> {
//!     type Response = S::Response;
//!     type Error = S::Error;
//!     type Future = S::Future;
//!
//!     fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
//!         self.0.poll_ready(context)
//!     }
//!
//!     fn call(&mut self, mut request: http::Request<Body>) -> S::Future {
//!         request.headers_mut().insert("x-sender", http::HeaderValue::from_static("nightly"));
//!         self.0.call(request)
//!     }
//! }
//!
//! # #[cfg(feature = "hyper")]
//! # fn build() -> Result<(), BuildError> {
//! let transport = ServiceTransport::new(Named(TransportService::built_in()?));
//! // Client::builder().transport(transport)
//! # Ok(())
//! # }
//! ```

use std::fmt;
use std::future::poll_fn;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};

use bytes::Bytes;
use tower_service::Service;

use super::{BoxFuture, Transport, TransportError};
use crate::{Body, BoxError};

/// A transport that sends with a service of tower.
///
/// Each request has a clone of the service, which is awaited until it is ready. Errors that are
/// [`TransportError`]s, as those of a [`TransportService`] below, stay what they are; of any other
/// it is assumed that the server may have acted, so that only what is safe to send twice is tried
/// again.
pub struct ServiceTransport<S> {
    // A lock, as services needn't be `Sync`; it is held while the service is cloned.
    service: Mutex<S>,
}

impl<S> ServiceTransport<S> {
    /// Sends with this service.
    pub fn new(service: S) -> Self {
        Self { service: Mutex::new(service) }
    }
}

impl<S> fmt::Debug for ServiceTransport<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ServiceTransport")
    }
}

impl<S, B> Transport for ServiceTransport<S>
where
    S: Service<http::Request<Body>, Response = http::Response<B>> + Clone + Send + 'static,
    S::Future: Send,
    S::Error: Into<BoxError>,
    B: http_body::Body<Data = Bytes> + Send + 'static,
    B::Error: Into<BoxError> + 'static,
{
    fn send(
        &self,
        request: http::Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        let mut service = self.service.lock().unwrap_or_else(PoisonError::into_inner).clone();
        Box::pin(async move {
            poll_fn(|context| service.poll_ready(context)).await.map_err(failed)?;
            let reply = service.call(request).await.map_err(failed)?;
            Ok(reply.map(Body::wrap))
        })
    }
}

fn failed(error: impl Into<BoxError>) -> TransportError {
    match error.into().downcast::<TransportError>() {
        Ok(error) => *error,
        Err(error) => TransportError::interrupted(error),
    }
}

/// A transport as a service of tower. It is always ready.
#[derive(Clone)]
pub struct TransportService {
    transport: Arc<dyn Transport>,
}

impl TransportService {
    /// Sends with this transport.
    pub fn new(transport: impl Transport) -> Self {
        let transport = Arc::new(transport);
        Self { transport }
    }

    /// Sends with the transport that a client has when it is given none.
    ///
    /// # Errors
    ///
    /// It couldn't be set up.
    #[cfg(feature = "hyper")]
    pub fn built_in() -> Result<Self, crate::BuildError> {
        super::built_in().map(Self::new)
    }
}

impl fmt::Debug for TransportService {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TransportService")
    }
}

impl Service<http::Request<Body>> for TransportService {
    type Response = http::Response<Body>;
    type Error = TransportError;
    type Future = BoxFuture<'static, Result<http::Response<Body>, TransportError>>;

    fn poll_ready(&mut self, _context: &mut Context<'_>) -> Poll<Result<(), TransportError>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: http::Request<Body>) -> Self::Future {
        let transport = self.transport.clone();
        Box::pin(async move { transport.send(request).await })
    }
}
