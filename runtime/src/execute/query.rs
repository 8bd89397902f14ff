//! The query of a request: the fixed one of the path template, then parameters, then the caller's own.

use crate::op::{CallParts, Place};
use crate::style;

/// Writes `?` and the query behind an address, if there is one.
pub(super) fn write(call: &CallParts, fixed: &str, address: &mut String) {
    let start = address.len();
    piece(address, start, |address| address.push_str(fixed));
    for (param, json) in call.params().filter(|(param, _)| param.place == Place::Query) {
        piece(address, start, |address| {
            style::write(param, json, address);
        });
    }
    for (name, value) in &call.custom().query {
        piece(address, start, |address| style::pair(name, value, address));
    }
}

/// Writes a piece and what stands before it, unless it is empty.
fn piece(address: &mut String, start: usize, write: impl FnOnce(&mut String)) {
    let before = address.len();
    address.push(if before == start { '?' } else { '&' });
    write(address);
    if address.len() == before + 1 {
        address.truncate(before);
    }
}
