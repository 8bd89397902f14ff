//! Server-sent events (WHATWG HTML, section 9.2.6): bytes become the fields of events.
//!
//! Nothing here waits or decodes JSON. Chunks may end anywhere: inside a character, or between a CR
//! and its LF.

use std::time::Duration;

use bytes::{Buf, Bytes};

use super::source::Split;

const CR: u8 = b'\r';
const LF: u8 = b'\n';
const BOM: &[u8] = "\u{feff}".as_bytes();

/// An event whose data isn't decoded.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct RawEvent {
    pub(super) event: Option<String>,
    pub(super) id: Option<String>,
    pub(super) retry: Option<Duration>,
    pub(super) data: String,
}

/// Reads events line by line.
#[derive(Debug, Default)]
pub(super) struct Events {
    /// The line that isn't complete.
    line: Vec<u8>,
    /// The last line ended with CR: a LF that follows belongs to it.
    after_cr: bool,
    /// Some line is complete, so that a byte order mark can't come any more.
    is_begun: bool,
    event: RawEvent,
    has_data: bool,
    /// The id of the last event that had one.
    pub(super) last_id: Option<String>,
    /// The wait before a reconnection that the server asked for last.
    pub(super) retry: Option<Duration>,
}

impl Split for Events {
    type Item = RawEvent;

    fn take(&mut self, chunk: &mut Bytes) -> Option<RawEvent> {
        while let Some(&first) = chunk.first() {
            if std::mem::take(&mut self.after_cr) && first == LF {
                chunk.advance(1);
                continue;
            }
            let end = chunk.iter().position(|byte| matches!(*byte, CR | LF));
            let Some(end) = end else {
                self.line.extend_from_slice(chunk);
                chunk.clear();
                break;
            };
            self.line.extend_from_slice(&chunk[..end]);
            self.after_cr = chunk[end] == CR;
            chunk.advance(end + 1);
            if let Some(event) = self.end_line() {
                return Some(event);
            }
        }
        None
    }

    /// An event that no blank line ends is not one.
    fn rest(&mut self) -> Option<RawEvent> {
        None
    }

    fn pending(&self) -> usize {
        self.line.len() + self.event.data.len()
    }

    fn size(item: &RawEvent) -> usize {
        item.data.len()
    }
}

impl Events {
    /// Events that come after the one of this id.
    pub(super) fn after(last_id: Option<String>) -> Self {
        Self { last_id, ..Self::default() }
    }

    /// A new connection begins: what was cut off is forgotten, the last id and the wait stay.
    pub(super) fn restart(&mut self) {
        let (last_id, retry) = (self.last_id.take(), self.retry);
        *self = Self { retry, ..Self::after(last_id) };
    }

    /// Takes the line in; a blank one ends the event.
    fn end_line(&mut self) -> Option<RawEvent> {
        let mut line = std::mem::take(&mut self.line);
        if !std::mem::replace(&mut self.is_begun, true) && line.starts_with(BOM) {
            line.drain(..BOM.len());
        }
        let event = if line.is_empty() {
            self.dispatch()
        } else {
            self.field(&String::from_utf8_lossy(&line));
            None
        };
        // The buffer is used again.
        line.clear();
        self.line = line;
        event
    }

    fn field(&mut self, line: &str) {
        let (name, value) = line.split_once(':').unwrap_or((line, ""));
        let value = value.strip_prefix(' ').unwrap_or(value);
        match name {
            "event" => self.event.event = Some(value.to_owned()).filter(|name| !name.is_empty()),
            "data" => {
                if std::mem::replace(&mut self.has_data, true) {
                    self.event.data.push('\n');
                }
                self.event.data.push_str(value);
            }
            "id" if !value.contains('\0') => self.event.id = Some(value.to_owned()),
            "retry" if !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit()) => {
                let wait = value.parse().map_or(Duration::MAX, Duration::from_millis);
                self.event.retry = Some(wait);
                self.retry = Some(wait);
            }
            // A comment has no name; other fields are ignored.
            _ => {}
        }
    }

    /// The event, if it has data. Its id counts from now on: one of an event that is cut off doesn't,
    /// or the event would be passed over when the stream is resumed.
    fn dispatch(&mut self) -> Option<RawEvent> {
        let event = std::mem::take(&mut self.event);
        if let Some(id) = &event.id {
            self.last_id = Some(id.clone()).filter(|id| !id.is_empty());
        }
        std::mem::take(&mut self.has_data).then_some(event)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every event of a text that comes in chunks of `size` bytes.
    fn read(bytes: &[u8], size: usize) -> Vec<RawEvent> {
        let mut events = Events::default();
        let mut found = Vec::new();
        for chunk in bytes.chunks(size) {
            let mut chunk = Bytes::copy_from_slice(chunk);
            while let Some(event) = events.take(&mut chunk) {
                found.push(event);
            }
        }
        found.extend(events.rest());
        found
    }

    fn data(text: &str) -> Vec<String> {
        let whole = read(text.as_bytes(), text.len().max(1));
        for size in 1..text.len() {
            assert_eq!(read(text.as_bytes(), size), whole, "in chunks of {size}");
        }
        whole.into_iter().map(|event| event.data).collect()
    }

    #[test]
    fn the_examples_of_the_specification_are_read_as_it_says() {
        assert_eq!(data("data: YHOO\ndata: +2\ndata: 10\n\n"), ["YHOO\n+2\n10"]);
        let text = ": test stream\n\ndata: first event\nid: 1\n\ndata:second event\nid\n\n\
                    data:  third event\n\n";
        assert_eq!(data(text), ["first event", "second event", " third event"]);
        let ids: Vec<_> = read(text.as_bytes(), 7).into_iter().map(|event| event.id).collect();
        assert_eq!(ids, [Some("1".to_owned()), Some(String::new()), None]);
        // The last block lacks its blank line.
        assert_eq!(data("data\n\ndata\ndata\n\ndata:"), ["", "\n"]);
        assert_eq!(data("data:test\n\ndata: test\n\n"), ["test", "test"]);
    }

    #[test]
    fn lines_end_with_cr_lf_or_both() {
        assert_eq!(data("data: a\r\rdata: b\r\n\r\ndata: c\n\n"), ["a", "b", "c"]);
        assert_eq!(data("data: a\r\n\ndata: b\n\r\ndata: c\r\r\n"), ["a", "b", "c"]);
    }

    #[test]
    fn a_byte_order_mark_counts_at_the_start_only() {
        assert_eq!(data("\u{feff}data: a\n\n\u{feff}data: b\n\n"), ["a"]);
    }

    #[test]
    fn characters_may_be_cut_and_broken_ones_are_replaced() {
        assert_eq!(data("data: grüße 🦀\n\n"), ["grüße 🦀"]);
        let event = read(b"data: \xff\xfe!\n\n", 3);
        assert_eq!(event[0].data, "\u{fffd}\u{fffd}!");
    }

    #[test]
    fn fields_are_told_apart() {
        let text =
            "event: done\nid: 7\nretry: 1500\nother: x\ndata\n\nretry: 1a\nid: a\0b\ndata: y\n\n";
        let events = read(text.as_bytes(), 5);
        assert_eq!(events[0].event.as_deref(), Some("done"));
        assert_eq!(events[0].retry, Some(Duration::from_millis(1500)));
        assert_eq!(events[1], RawEvent { data: "y".to_owned(), ..RawEvent::default() });
    }

    #[test]
    fn the_id_of_an_event_that_is_cut_off_does_not_count() {
        let mut events = Events::default();
        assert!(events.take(&mut Bytes::from_static(b"id: 4\ndata: x\n\n")).is_some());
        assert!(events.take(&mut Bytes::from_static(b"id: 5\ndata: y\n")).is_none());
        assert_eq!(events.last_id.as_deref(), Some("4"));
        events.restart();
        let event = events.take(&mut Bytes::from_static(b"data: z\n\n")).unwrap();
        assert_eq!((event.id, event.data.as_str()), (None, "z"));
        assert_eq!(events.last_id.as_deref(), Some("4"));
        // An id counts even where the event has no data.
        assert!(events.take(&mut Bytes::from_static(b"id: 6\n\n")).is_none());
        assert_eq!(events.last_id.as_deref(), Some("6"));
    }

    #[test]
    fn the_last_id_stays_until_another_comes() {
        let mut events = Events::default();
        let mut chunk = Bytes::from_static(b"id: 4\n\ndata: x\n\nid\ndata: y\n\n");
        assert!(events.take(&mut chunk).is_some());
        assert_eq!(events.last_id.as_deref(), Some("4"));
        assert!(events.take(&mut chunk).is_some());
        assert_eq!(events.last_id, None);
    }
}
