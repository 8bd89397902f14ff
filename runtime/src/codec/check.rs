//! Rules against JSON text: bytes and rules in, violations out.
//!
//! It works on the text that is sent, so what is checked is what the server sees, and it needs no code per type. A rule about
//! one JSON type says nothing about the others (JSON Schema Validation, section 6).

use std::cmp::Ordering;
use std::collections::BTreeSet;

use super::canonical;
use super::decoder::{Decode, Decoder};
use super::excerpt;
use super::number::Decimal;
use super::path;
use super::pattern;
use super::rule::Rule;
use super::violation::Violation;

/// Checks one JSON text, such as a parameter's value. `path` names the place in messages and stands for `$`.
///
/// Text that isn't JSON breaks no rule.
pub fn check_json(json: &[u8], rules: &[Rule], path: &str, out: &mut Vec<Violation>) {
    let before = out.len();
    check(json.trim_ascii(), rules, false, out);
    for violation in out.iter_mut().skip(before) {
        violation.move_under(path);
    }
}

/// Checks one value. `hidden`: it is or holds a secret, which no message may quote.
pub(super) fn check(json: &[u8], rules: &[Rule], hidden: bool, out: &mut Vec<Violation>) {
    for rule in rules {
        match rule {
            Rule::Items(rules) => each_item(json, rules, hidden, out),
            Rule::Values(rules) => each_value(json, rules, hidden, out),
            Rule::Names(rules) => each_name(json, rules, out),
            _ => out
                .extend(breach(json, *rule, hidden).map(|found| Violation::at_root(*rule, found))),
        }
    }
}

/// What breaks the rule, if anything does.
fn breach(json: &[u8], rule: Rule, hidden: bool) -> Option<String> {
    let shown =
        || if hidden { "a secret that isn't shown".to_owned() } else { excerpt::brief(json) };
    match rule {
        Rule::MinLength(least) => {
            length(json).filter(|length| *length < least).map(|length| length.to_string())
        }
        Rule::MaxLength(most) => {
            length(json).filter(|length| *length > most).map(|length| length.to_string())
        }
        Rule::Pattern(pattern) => {
            string(json).filter(|text| !pattern::matches(pattern, text)).map(|_| shown())
        }
        Rule::Minimum(bound) => compared(json, bound, |order| order != Ordering::Less).then(shown),
        Rule::Maximum(bound) => {
            compared(json, bound, |order| order != Ordering::Greater).then(shown)
        }
        Rule::ExclusiveMinimum(bound) => {
            compared(json, bound, |order| order == Ordering::Greater).then(shown)
        }
        Rule::ExclusiveMaximum(bound) => {
            compared(json, bound, |order| order == Ordering::Less).then(shown)
        }
        Rule::MultipleOf(divisor) => is_no_multiple(json, divisor).then(shown),
        Rule::MinItems(least) => {
            count(json, b'[').filter(|count| *count < least).map(|count| count.to_string())
        }
        Rule::MaxItems(most) => {
            count(json, b'[').filter(|count| *count > most).map(|count| count.to_string())
        }
        Rule::UniqueItems => repeated(json, hidden),
        Rule::MinProperties(least) => {
            count(json, b'{').filter(|count| *count < least).map(|count| count.to_string())
        }
        Rule::MaxProperties(most) => {
            count(json, b'{').filter(|count| *count > most).map(|count| count.to_string())
        }
        Rule::OneOf(values) => {
            let listed = values.iter().any(|value| canonical::equal(json, value.as_bytes()));
            (!listed).then(shown)
        }
        Rule::Documented(values) => {
            string(json).filter(|text| !values.contains(&text.as_str())).map(|_| shown())
        }
        Rule::DocumentedIntegers(values) => {
            number(json).filter(|number| !integer_listed(number, values)).map(|_| shown())
        }
        Rule::With(names) => absent_beside(json, names),
        Rule::AnyOf([names]) => absent(json, names),
        Rule::AnyOf(sets) => (whole(json, sets)? == 0).then(|| "none of them".to_owned()),
        Rule::ExactlyOneOf(sets) => match whole(json, sets)? {
            0 => Some("none of them".to_owned()),
            1 => None,
            more => Some(format!("{more} of them")),
        },
        // The encoder writes no other numbers, and the others are not about the value itself.
        Rule::Finite | Rule::Items(_) | Rule::Values(_) | Rule::Names(_) => None,
    }
}

fn each_item(json: &[u8], rules: &[Rule], hidden: bool, out: &mut Vec<Violation>) {
    for (index, item) in items(json).into_iter().flatten().enumerate() {
        let before = out.len();
        check(item, rules, hidden, out);
        for violation in out.iter_mut().skip(before) {
            path::prepend_index(&mut violation.path, index);
        }
    }
}

fn each_value(json: &[u8], rules: &[Rule], hidden: bool, out: &mut Vec<Violation>) {
    // A text that isn't an object has no values.
    let _ = Decoder::new(json).entries(&mut |name, value| {
        let before = out.len();
        check(value, rules, hidden, out);
        for violation in out.iter_mut().skip(before) {
            path::prepend_key(&mut violation.path, name);
        }
    });
}

fn each_name(json: &[u8], rules: &[Rule], out: &mut Vec<Violation>) {
    // A text that isn't an object has no names.
    let _ = Decoder::new(json).entries(&mut |name, _| {
        let before = out.len();
        let mut text = Vec::new();
        super::text::write_string(&mut text, name);
        check(&text, rules, false, out);
        for violation in out.iter_mut().skip(before) {
            path::prepend_key(&mut violation.path, name);
        }
    });
}

/// The names of an object's properties; `None` when it isn't an object.
fn names(json: &[u8]) -> Option<Vec<String>> {
    if json.first() != Some(&b'{') {
        return None;
    }
    let mut names = Vec::new();
    Decoder::new(json).entries(&mut |name, _| names.push(name.to_owned())).ok()?;
    Some(names)
}

/// What is missing beside the first of these properties, if that is there.
fn absent_beside(json: &[u8], wanted: &[&str]) -> Option<String> {
    let (first, others) = wanted.split_first()?;
    names(json)?.iter().any(|known| known == first).then(|| absent(json, others)).flatten()
}

/// What is missing of these properties.
fn absent(json: &[u8], wanted: &[&str]) -> Option<String> {
    let there = names(json)?;
    let absent = wanted.iter().find(|name| !there.iter().any(|known| known == *name))?;
    Some(format!("no {absent:?}"))
}

/// How many of the sets of properties are there whole.
fn whole(json: &[u8], sets: &[&[&str]]) -> Option<usize> {
    let there = names(json)?;
    let has = |name: &&str| there.iter().any(|known| known == name);
    Some(sets.iter().filter(|names| names.iter().all(has)).count())
}

fn string(json: &[u8]) -> Option<String> {
    if json.first() != Some(&b'"') {
        return None;
    }
    String::decode(&mut Decoder::new(json)).ok()
}

fn length(json: &[u8]) -> Option<u64> {
    let mut decoder = Decoder::new(json);
    let text = decoder.str().ok()?;
    u64::try_from(text.chars().count()).ok()
}

fn number(json: &[u8]) -> Option<Decimal> {
    std::str::from_utf8(json).ok().and_then(Decimal::parse)
}

fn integer_listed(number: &Decimal, values: &[i64]) -> bool {
    number
        .to_integer()
        .is_some_and(|number| values.iter().any(|value| i128::from(*value) == number))
}

/// Whether the value is a number on the wrong side of `bound`.
fn compared(json: &[u8], bound: &str, right: fn(Ordering) -> bool) -> bool {
    let Ok(value) = std::str::from_utf8(json) else { return false };
    if let (Ok(value), Ok(bound)) = (value.parse::<i64>(), bound.parse()) {
        // As most are.
        return !right(value.cmp(&bound));
    }
    matches!((Decimal::parse(value), Decimal::parse(bound)), (Some(value), Some(bound)) if !right(value.cmp(&bound)))
}

fn is_no_multiple(json: &[u8], divisor: &str) -> bool {
    let (Some(value), Some(divisor)) = (number(json), Decimal::parse(divisor)) else {
        return false;
    };
    value.is_multiple_of(&divisor) == Some(false)
}

/// The number of items or properties of a value that starts with `open`.
fn count(json: &[u8], open: u8) -> Option<u64> {
    if json.first() != Some(&open) {
        return None;
    }
    let mut count = 0;
    let mut decoder = Decoder::new(json);
    if open == b'[' {
        count = u64::try_from(items(json)?.len()).ok()?;
    } else {
        decoder.entries(&mut |_, _| count += 1).ok()?;
    }
    Some(count)
}

/// The texts of an array's items; `None` when it isn't an array.
fn items(json: &[u8]) -> Option<Vec<&[u8]>> {
    let mut items = Vec::new();
    let mut decoder = Decoder::new(json);
    let read = decoder.array(&mut |json, _| {
        let start = json.position()?;
        json.skip()?;
        items.push((start, json.offset()));
        Ok(())
    });
    read.ok()?;
    Some(items.into_iter().filter_map(|(start, end)| json.get(start..end)).collect())
}

fn repeated(json: &[u8], hidden: bool) -> Option<String> {
    let mut seen = BTreeSet::new();
    let twice = items(json)?
        .into_iter()
        .find(|item| canonical::of(item).is_some_and(|text| !seen.insert(text)))?;
    Some(if hidden {
        "an item twice".to_owned()
    } else {
        format!("{} twice", excerpt::brief(twice))
    })
}
