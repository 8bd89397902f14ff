//! JSON paths of messages, such as `$.results[0].status` (RFC 9535, normalised loosely for reading).
//!
//! A path starts as `$` and grows from the inside out: each level that a message passes on its way up puts its
//! own step in front. So a text without faults pays nothing for paths.

/// The path of the whole text.
pub(super) const ROOT: &str = "$";

/// Puts the property `name` in front of the steps of `path`.
pub(super) fn prepend_key(path: &mut String, name: &str) {
    let mut chars = name.chars();
    let starts = chars.next().is_some_and(|c| c.is_alphabetic() || c == '_');
    let step = if starts && chars.all(|c| c.is_alphanumeric() || c == '_') {
        format!(".{name}")
    } else {
        format!("[{name:?}]")
    };
    path.insert_str(ROOT.len(), &step);
}

/// Puts the array index `index` in front of the steps of `path`.
pub(super) fn prepend_index(path: &mut String, index: usize) {
    path.insert_str(ROOT.len(), &format!("[{index}]"));
}
