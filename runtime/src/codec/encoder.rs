//! The writer of JSON text: scalars, and the bookkeeping of violations.
//!
//! Values come in through [`Encode`]; bytes and the violations found on the way go out. Writing never fails: a value
//! that breaks a rule is written as it is and reported. Objects and lists are written by `write_object.rs`, unions by
//! `write_union.rs`.

use std::fmt::{self, Debug};
use std::hash::{Hash, Hasher};
use std::ops::Range;

use super::check;
use super::member::Visitor;
use super::path;
use super::rule::Rule;
use super::rule_words;
use super::text;
use super::violation::Violation;

/// Bytes that most inputs of calls need no more than: a text that grows is moved.
const ROOM: usize = 128;

/// What a type does to be written as JSON text. Its `Debug` is what that of a struct shows of a field.
pub trait Encode: Debug {
    /// Writes the value.
    fn encode(&self, json: &mut Encoder<'_>);

    /// Whether the value is left out where its field is optional. Only `None` is.
    fn is_absent(&self) -> bool {
        false
    }
}

/// A writer of JSON text (RFC 8259) that checks the documented rules of what it writes.
#[derive(Default)]
pub struct Encoder<'v> {
    pub(super) out: Vec<u8>,
    pub(super) violations: Vec<Violation>,
    /// Where secrets stand in `out`: violations must not quote them.
    secrets: Vec<Range<usize>>,
    purpose: Purpose<'v>,
}

/// What is written for.
#[derive(Default)]
enum Purpose<'v> {
    /// Whole values.
    #[default]
    Whole,
    /// Request bodies.
    Request,
    /// Parameters, forms and parts, where numbers stand as text.
    Input,
    /// Texts that equal values have in common, and no others; not JSON everywhere.
    Identity(Side),
    /// Nothing: the members of the first struct, or the variant of the first union, are looked at.
    Visit(&'v mut dyn Visitor),
}

/// Which of two values is written to be compared.
#[derive(Clone, Copy)]
pub(super) enum Side {
    /// The first, or the only one.
    Left,
    /// The second.
    Right,
}

impl<'v> Encoder<'v> {
    /// A writer of whole values.
    pub fn new() -> Self {
        Self::default()
    }

    /// A writer of request bodies: it leaves out read-only fields.
    pub fn for_request() -> Self {
        Self { purpose: Purpose::Request, out: Vec::with_capacity(ROOM), ..Self::default() }
    }

    /// A writer of what goes out as text in a request: `2.0` is the number `2`, which servers that count in whole
    /// numbers read as well.
    pub fn for_input() -> Self {
        Self { purpose: Purpose::Input, out: Vec::with_capacity(ROOM), ..Self::default() }
    }

    /// A writer of texts to compare and to hash: equal values of one type have the same.
    pub(super) fn for_identity(side: Side) -> Self {
        Self { purpose: Purpose::Identity(side), ..Self::default() }
    }

    /// Writes nothing, and shows the visitor the members of the struct, or the variant of the union, that is to be
    /// written.
    pub(super) fn for_visitor(visitor: &'v mut dyn Visitor) -> Self {
        Self { purpose: Purpose::Visit(visitor), ..Self::default() }
    }

    pub(super) fn is_request(&self) -> bool {
        matches!(self.purpose, Purpose::Request | Purpose::Input)
    }

    pub(super) fn visitor(&mut self) -> Option<&mut (dyn Visitor + 'v)> {
        if let Purpose::Visit(visitor) = &mut self.purpose { Some(*visitor) } else { None }
    }

    pub(super) fn is_identity(&self) -> bool {
        matches!(self.purpose, Purpose::Identity(_))
    }

    /// Writes, where values are compared, what equal ones feed to a hasher although their texts differ.
    pub(crate) fn identified<T: Hash>(&mut self, value: &T) -> bool {
        let is_identity = self.is_identity();
        if is_identity {
            let mut fed = Fed::default();
            value.hash(&mut fed);
            // The length tells where it ends, whatever it holds.
            self.unsigned(fed.0.len() as u64);
            self.out.push(b':');
            self.out.extend_from_slice(&fed.0);
        }
        is_identity
    }
}

/// What is fed to a hasher.
#[derive(Default)]
struct Fed(Vec<u8>);

impl Hasher for Fed {
    fn write(&mut self, bytes: &[u8]) {
        self.0.extend_from_slice(bytes);
    }

    fn finish(&self) -> u64 {
        0
    }
}

impl Debug for Encoder<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Encoder").finish_non_exhaustive()
    }
}

impl Encoder<'_> {
    /// The text, and the violations in its order.
    pub fn finish(self) -> (Vec<u8>, Vec<Violation>) {
        (self.out, self.violations)
    }

    /// Writes `null`.
    pub fn null(&mut self) {
        self.out.extend_from_slice(b"null");
    }

    /// Writes `null` for what isn't there: where values are compared, it isn't the value `null`.
    pub fn none(&mut self) {
        if self.is_identity() {
            self.out.extend_from_slice(b"none");
        } else {
            self.null();
        }
    }

    /// Writes `true` or `false`.
    pub fn boolean(&mut self, value: bool) {
        self.out.extend_from_slice(if value { b"true" } else { b"false" });
    }

    /// Writes an integer.
    pub fn integer(&mut self, value: i64) {
        self.out.extend_from_slice(itoa::Buffer::new().format(value).as_bytes());
    }

    /// Writes an integer without a sign.
    pub fn unsigned(&mut self, value: u64) {
        self.out.extend_from_slice(itoa::Buffer::new().format(value).as_bytes());
    }

    /// Writes the shortest decimal that reads back as `value`, with a fraction or exponent (`1.0`). JSON has no
    /// infinity and no NaN: they are written as `null` and are a violation.
    pub fn float(&mut self, value: f64) {
        if value.is_finite() {
            self.number(zmij::Buffer::new().format_finite(value));
        } else {
            self.not_finite(value);
        }
    }

    /// Like [`float`](Self::float), with the digits that an `f32` needs.
    pub fn float32(&mut self, value: f32) {
        if value.is_finite() {
            self.number(zmij::Buffer::new().format_finite(value));
        } else {
            self.not_finite(value.into());
        }
    }

    /// Writes a string.
    pub fn str(&mut self, value: &str) {
        text::write_string(&mut self.out, value);
    }

    /// Writes text that is JSON already.
    pub(super) fn raw(&mut self, json: &str) {
        self.out.extend_from_slice(json.as_bytes());
    }

    /// Writes a string that no message may quote.
    pub fn secret(&mut self, value: &str) {
        let start = self.out.len();
        self.str(value);
        self.secrets.push(start..self.out.len());
    }

    /// Writes the string of an enum. That it is none of `values`, where there are any, is a violation.
    pub fn documented(&mut self, value: &str, values: &'static [&'static str]) {
        self.str(value);
        if !values.is_empty() && !values.contains(&value) {
            let found = super::excerpt::quote(value);
            self.violations.push(Violation::at_root(Rule::Documented(values), found));
        }
    }

    /// Writes the number of an enum, in the same way.
    pub fn documented_integer(&mut self, value: i64, values: &'static [i64]) {
        self.integer(value);
        if !values.is_empty() && !values.contains(&value) {
            self.violations
                .push(Violation::at_root(Rule::DocumentedIntegers(values), value.to_string()));
        }
    }

    /// Writes a value and checks it against rules of its own, told in the words that [`object!`](crate::object!) has
    /// for them.
    pub fn checked(&mut self, rules: &'static str, value: &dyn Encode) {
        self.write_checked(rule_words::of(rules), value);
    }

    pub(crate) fn write_checked(&mut self, rules: &[Rule], value: &dyn Encode) {
        let start = self.out.len();
        value.encode(self);
        self.check_from(start, rules);
    }

    /// Checks what was written since `start`.
    pub(super) fn check_from(&mut self, start: usize, rules: &[Rule]) {
        if rules.is_empty() || self.is_identity() {
            return;
        }
        let written = self.out.get(start..).unwrap_or_default();
        let hidden = self.secrets.iter().any(|secret| secret.end > start);
        check::check(written, rules, hidden, &mut self.violations);
    }

    /// Tells the violations since the `before`th that they are inside the property `name`.
    pub(super) fn locate_key(&mut self, before: usize, name: &str) {
        for violation in self.violations.iter_mut().skip(before) {
            path::prepend_key(&mut violation.path, name);
        }
    }

    /// Tells the violations since the `before`th that they are inside the item `index`.
    pub(super) fn locate_index(&mut self, before: usize, index: usize) {
        for violation in self.violations.iter_mut().skip(before) {
            path::prepend_index(&mut violation.path, index);
        }
    }

    /// Inserts bytes at `at`, before what was written there.
    pub(super) fn insert(&mut self, at: usize, bytes: Vec<u8>) {
        let length = bytes.len();
        self.out.splice(at..at, bytes);
        for secret in self.secrets.iter_mut().filter(|secret| secret.start >= at) {
            *secret = secret.start + length..secret.end + length;
        }
    }

    fn number(&mut self, text: &str) {
        let text = match (&self.purpose, text.strip_suffix(".0")) {
            (Purpose::Input, Some("-0")) => "0",
            (Purpose::Input, Some(whole)) => whole,
            // The two zeros are equal.
            (Purpose::Identity(_), Some("-0")) => "0.0",
            _ => text,
        };
        self.out.extend_from_slice(text.as_bytes());
    }

    fn not_finite(&mut self, value: f64) {
        let found = value.to_string();
        if let Purpose::Identity(side) = self.purpose {
            // What isn't a number equals nothing, not even itself.
            let side = if value.is_nan() { side as u8 } else { 0 };
            self.out.extend_from_slice(found.as_bytes());
            self.out.push(side);
            return;
        }
        self.null();
        self.violations.push(Violation::at_root(Rule::Finite, found));
    }
}
