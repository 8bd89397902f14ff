//! A connection: requests come in, and are answered as the state decides.

use std::sync::Arc;

use http::header::CONTENT_TYPE;
use http::{HeaderValue, StatusCode};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;
use tokio::time::sleep;

use super::fault::{Fault, Faulty};
use super::socket::{Reset, Socket};
use super::state::{Decision, Request, State};
use crate::body::{ReadError, read};
use crate::{Body, BoxError};

/// Accepts connections until it is dropped; they end with it.
pub(super) async fn accept(listener: TcpListener, state: Arc<State>) {
    let mut connections = JoinSet::new();
    loop {
        // A connection that fails while it is accepted concerns nobody.
        if let Ok((stream, _)) = listener.accept().await {
            connections.spawn(connection(stream, state.clone()));
        }
        while connections.try_join_next().is_some() {}
    }
}

async fn connection(stream: TcpStream, state: Arc<State>) {
    let _ = stream.set_nodelay(true);
    let reset = Reset::default();
    let socket = TokioIo::new(Socket { stream, reset: reset.clone() });
    let service = service_fn(|request| answer(request, state.clone(), reset.clone()));
    // How it ends is the client's to tell.
    let _ = http1::Builder::new().serve_connection(socket, service).await;
}

async fn answer(
    request: http::Request<Incoming>,
    state: Arc<State>,
    reset: Reset,
) -> Result<http::Response<Faulty>, BoxError> {
    let (head, body) = request.into_parts();
    let body = read(Body::wrap(body), u64::MAX).await.map_err(|error| match error {
        ReadError::TooLarge => "the request is too large".into(),
        ReadError::Cut(error) => error,
    })?;
    let decision = state.receive(Request {
        method: head.method,
        path: head.uri.path().to_owned(),
        query: head.uri.query().unwrap_or_default().to_owned(),
        headers: head.headers,
        body,
    });
    if !decision.delay.is_zero() {
        sleep(decision.delay).await;
    }
    match decision.fault {
        Some(Fault::Reset) => {
            reset.set();
            Err("the connection is reset here".into())
        }
        Some(Fault::Silent) => std::future::pending().await,
        Some(Fault::Truncated(_) | Fault::Slow { .. }) | None => Ok(response(decision)?),
    }
}

fn response(decision: Decision) -> Result<http::Response<Faulty>, http::Error> {
    let Decision { reply, headers, fault, .. } = decision;
    let mut response = http::Response::new(Faulty::new(reply.body, fault));
    *response.status_mut() = StatusCode::from_u16(reply.status)?;
    if !reply.media.is_empty() {
        response.headers_mut().insert(CONTENT_TYPE, HeaderValue::try_from(reply.media)?);
    }
    response.headers_mut().extend(headers);
    Ok(response)
}
