//! ECMA-262 regular expressions of the `pattern` keyword (JSON Schema Core, section 6.4).
//!
//! A pattern and a string come in, whether it matches goes out. Each pattern is compiled once per process.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use regress::{Flags, Regex};

/// Compiled patterns; `None` for those that no engine mode accepts.
static COMPILED: Mutex<BTreeMap<&'static str, Option<Arc<Regex>>>> = Mutex::new(BTreeMap::new());

/// Whether `string` has a match of `pattern` anywhere. A pattern that isn't ECMA-262 holds nobody to anything: the
/// generator reports it.
pub(super) fn matches(pattern: &'static str, string: &str) -> bool {
    let regex = {
        let mut compiled = COMPILED.lock().unwrap_or_else(PoisonError::into_inner);
        compiled.entry(pattern).or_insert_with(|| compile(pattern).map(Arc::new)).clone()
    };
    regex.is_none_or(|regex| regex.find(string).is_some())
}

/// With the `u` flag first, as JSON Schema asks; many documents escape characters in ways that only the older,
/// laxer grammar accepts.
fn compile(pattern: &str) -> Option<Regex> {
    let unicode = Flags { unicode: true, ..Flags::default() };
    Regex::with_flags(pattern, unicode).or_else(|_| Regex::new(pattern)).ok()
}
