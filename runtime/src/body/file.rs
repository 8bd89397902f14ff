//! A file as a body, read in chunks while it is sent.

use std::io;
use std::path::Path;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures_core::Stream;
use tokio::fs::File;
use tokio::io::{AsyncRead, ReadBuf};

use super::stream::StreamBody;

/// Bytes of a chunk: large enough that a system call per chunk costs little.
const CHUNK: usize = 64 * 1024;

/// Opens a file. Its length is fixed now: one that shrinks or grows afterwards fails the request.
pub(super) async fn open(path: &Path) -> io::Result<StreamBody<Chunks>> {
    let file = File::open(path).await?;
    let length = file.metadata().await?.len();
    let chunks = Chunks { file, buffer: vec![0; CHUNK] };
    Ok(StreamBody::new(chunks, Some(length)))
}

/// The chunks of an open file.
pub(super) struct Chunks {
    file: File,
    buffer: Vec<u8>,
}

impl Stream for Chunks {
    type Item = io::Result<Bytes>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = self.get_mut();
        let mut buffer = ReadBuf::new(&mut this.buffer);
        if let Err(error) = ready!(Pin::new(&mut this.file).poll_read(context, &mut buffer)) {
            return Poll::Ready(Some(Err(error)));
        }
        let chunk = buffer.filled();
        Poll::Ready((!chunk.is_empty()).then(|| Ok(Bytes::copy_from_slice(chunk))))
    }
}
