//! Rules: as the macros of the runtime take them, and in words.

use std::fmt::Display;

use tenon_ir::Rule;

use crate::layout::quoted;
use crate::markdown::code;

/// ` [MaxLength(5)]`, or nothing without rules.
pub(crate) fn list(rules: &[Rule]) -> String {
    if rules.is_empty() { String::new() } else { format!(" {}", group(rules)) }
}

/// `[MaxLength(100), UniqueItems]`
pub(crate) fn group(rules: &[Rule]) -> String {
    let rules: Vec<String> = rules.iter().map(entry).collect();
    format!("[{}]", rules.join(", "))
}

fn entry(rule: &Rule) -> String {
    let (name, arguments) = match rule {
        Rule::MinLength(n) => ("MinLength", one(n)),
        Rule::MaxLength(n) => ("MaxLength", one(n)),
        Rule::Pattern(pattern) => ("Pattern", one(quoted(pattern))),
        Rule::Minimum(bound) => ("Minimum", one(quoted(bound))),
        Rule::Maximum(bound) => ("Maximum", one(quoted(bound))),
        Rule::ExclusiveMinimum(bound) => ("ExclusiveMinimum", one(quoted(bound))),
        Rule::ExclusiveMaximum(bound) => ("ExclusiveMaximum", one(quoted(bound))),
        Rule::MultipleOf(step) => ("MultipleOf", one(quoted(step))),
        Rule::MinItems(n) => ("MinItems", one(n)),
        Rule::MaxItems(n) => ("MaxItems", one(n)),
        Rule::UniqueItems => ("UniqueItems", String::new()),
        Rule::MinProperties(n) => ("MinProperties", one(n)),
        Rule::MaxProperties(n) => ("MaxProperties", one(n)),
        Rule::OneOf(values) => ("OneOf", quoted_list(values)),
        Rule::Items(rules) => ("Items", group(rules)),
        Rule::Values(rules) => ("Values", group(rules)),
        Rule::Names(rules) => ("Names", group(rules)),
        Rule::With(names) => ("With", quoted_list(names)),
        Rule::AnyOf(sets) => ("AnyOf", quoted_lists(sets)),
        Rule::ExactlyOneOf(sets) => ("ExactlyOneOf", quoted_lists(sets)),
    };
    format!("{name}{arguments}")
}

/// `(5)`
fn one(argument: impl Display) -> String {
    format!("({argument})")
}

/// `["a", "b"]`
pub(crate) fn quoted_list(values: &[String]) -> String {
    let values: Vec<String> = values.iter().map(|it| quoted(it)).collect();
    format!("[{}]", values.join(", "))
}

fn quoted_lists(sets: &[Vec<String>]) -> String {
    let sets: Vec<String> = sets.iter().map(|names| quoted_list(names)).collect();
    format!("[{}]", sets.join(", "))
}

/// The rules as sentences: `At most 128 characters.`
pub(crate) fn words(rules: &[Rule]) -> Vec<String> {
    match rules {
        [Rule::MinLength(least), Rule::MaxLength(most), rest @ ..] if least == most => {
            let exactly = format!("Exactly {}.", count(*least, "character"));
            std::iter::once(exactly).chain(words(rest)).collect()
        }
        [first, rest @ ..] => sentences(first).into_iter().chain(words(rest)).collect(),
        [] => Vec::new(),
    }
}

fn sentences(rule: &Rule) -> Vec<String> {
    let sentence = match rule {
        Rule::MinLength(n) => format!("At least {}.", count(*n, "character")),
        Rule::MaxLength(n) => format!("At most {}.", count(*n, "character")),
        Rule::Pattern(pattern) => format!("Matches {}.", code(pattern)),
        Rule::Minimum(bound) => format!("At least {}.", code(bound)),
        Rule::Maximum(bound) => format!("At most {}.", code(bound)),
        Rule::ExclusiveMinimum(bound) => format!("More than {}.", code(bound)),
        Rule::ExclusiveMaximum(bound) => format!("Less than {}.", code(bound)),
        Rule::MultipleOf(step) => format!("A multiple of {}.", code(step)),
        Rule::MinItems(n) => format!("At least {}.", count(*n, "item")),
        Rule::MaxItems(n) => format!("At most {}.", count(*n, "item")),
        Rule::UniqueItems => "No item twice.".to_owned(),
        Rule::MinProperties(1) => "At least 1 property.".to_owned(),
        Rule::MinProperties(n) => format!("At least {n} properties."),
        Rule::MaxProperties(1) => "At most 1 property.".to_owned(),
        Rule::MaxProperties(n) => format!("At most {n} properties."),
        Rule::OneOf(values) => format!("One of {}.", one_of(values)),
        Rule::Items(rules) => return of_each("item", rules),
        Rule::Values(rules) => return of_each("value", rules),
        Rule::Names(rules) => return of_each("name", rules),
        Rule::With(names) => match names.split_first() {
            Some((first, others)) => format!("With {} also {}.", code(first), all(others)),
            None => return Vec::new(),
        },
        Rule::AnyOf(sets) => format!("At least one of {}.", any(sets)),
        Rule::ExactlyOneOf(sets) => format!("Exactly one of {}.", any(sets)),
    };
    vec![sentence]
}

fn count(n: u64, noun: &str) -> String {
    if n == 1 { format!("1 {noun}") } else { format!("{n} {noun}s") }
}

fn all(names: &[String]) -> String {
    let names: Vec<String> = names.iter().map(|name| code(name)).collect();
    names.join(" and ")
}

fn any(sets: &[Vec<String>]) -> String {
    let sets: Vec<String> = sets.iter().map(|names| all(names)).collect();
    sets.join(", ")
}

fn one_of(values: &[String]) -> String {
    let values: Vec<String> = values.iter().map(|value| code(value)).collect();
    values.join(", ")
}

fn of_each(noun: &str, rules: &[Rule]) -> Vec<String> {
    words(rules)
        .into_iter()
        .map(|sentence| {
            let mut letters = sentence.chars();
            let first: String = letters.next().into_iter().flat_map(char::to_lowercase).collect();
            format!("Each {noun}: {first}{}", letters.as_str())
        })
        .collect()
}
