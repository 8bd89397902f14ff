//! Reads the body of a reply whole, up to a limit.

use std::future::poll_fn;
use std::pin::Pin;

use bytes::{Bytes, BytesMut};
use http_body::Body as _;

use super::Body;
use crate::BoxError;

/// Why a body couldn't be read.
#[derive(Debug)]
pub(crate) enum ReadError {
    /// It has more bytes than the limit.
    TooLarge,
    /// The connection failed on the way.
    Cut(BoxError),
}

/// Reads a body. One of a single chunk isn't copied.
pub(crate) async fn read(mut body: Body, limit: u64) -> Result<Bytes, ReadError> {
    let mut first = Bytes::new();
    let mut all = BytesMut::new();
    let mut length = 0_u64;
    while let Some(frame) = poll_fn(|context| Pin::new(&mut body).poll_frame(context)).await {
        let Ok(chunk) = frame.map_err(ReadError::Cut)?.into_data() else { continue };
        length = length.saturating_add(chunk.len() as u64);
        if length > limit {
            return Err(ReadError::TooLarge);
        }
        if first.is_empty() && all.is_empty() {
            first = chunk;
        } else {
            all.extend_from_slice(&std::mem::take(&mut first));
            all.extend_from_slice(&chunk);
        }
    }
    Ok(if all.is_empty() { first } else { all.freeze() })
}
