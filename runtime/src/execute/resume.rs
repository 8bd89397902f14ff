//! Sends the request of a stream once more, for the events that come after the last one.

use http::{HeaderName, HeaderValue};

use super::{Run, deadline, trace};
use crate::BoxFuture;
use crate::error::{RawError, RawReply, Refusal};
use crate::stream::Again;

const LAST_EVENT_ID: HeaderName = HeaderName::from_static("last-event-id");

impl Again for Run {
    fn again(
        mut self: Box<Self>,
        last_event_id: Option<String>,
    ) -> BoxFuture<'static, Result<RawReply, RawError>> {
        // The one that the call began with is of no use any more.
        self.request.headers.remove(LAST_EVENT_ID);
        if let Some(custom) = &mut self.call.custom {
            custom.headers.retain(|(name, _)| name != LAST_EVENT_ID);
        }
        if let Some(id) = last_event_id {
            match HeaderValue::from_bytes(id.as_bytes()) {
                Ok(value) => self.request.headers.insert(LAST_EVENT_ID, value),
                Err(_) => return Box::pin(async { Err(self.unsendable()) }),
            };
        }
        self.renewed = false;
        self.spent = 0;
        self.deadline = deadline(&self.call);
        self.span = trace::call(&self.exchange);
        let span = self.span.clone();
        Box::pin(trace::within(span, self.finish()))
    }
}

impl Run {
    /// The id that the request has: the caller's, or that of a parameter.
    pub(super) fn last_event_id(&self) -> Option<String> {
        let own = self.call.custom().headers.iter().rev().find(|(name, _)| name == LAST_EVENT_ID);
        let value = own.map(|(_, value)| value).or(self.request.headers.get(LAST_EVENT_ID))?;
        String::from_utf8(value.as_bytes().to_vec()).ok()
    }

    fn unsendable(self) -> RawError {
        let refusal =
            Refusal::new("the id of the last event", "has a character that a header can't hold");
        RawError::refused(*self.exchange, refusal)
    }
}
