//! The words of rules: `[MaxLength(5), Items[Pattern("^a")]]`. What isn't one is passed over.

use super::rule::Rule;
use crate::words::{Known, Words};

static KNOWN: Known<&'static [Rule]> = Known::new();

/// The rules that stand in brackets at the beginning of a description.
pub(super) fn of(words: &'static str) -> &'static [Rule] {
    if words.is_empty() { &[] } else { KNOWN.get(words, |words| list(&mut Words::new(words))) }
}

/// The rules that come next, in brackets.
pub(crate) fn list(words: &mut Words) -> &'static [Rule] {
    words.slice(rule)
}

fn rule(words: &mut Words) -> Option<Rule> {
    let count = |words: &mut Words| words.group(Words::number).first().copied();
    let name = words.word()?;
    Some(match name {
        "MinLength" => Rule::MinLength(count(words)?),
        "MaxLength" => Rule::MaxLength(count(words)?),
        "Pattern" => Rule::Pattern(words.only_text()),
        "Minimum" => Rule::Minimum(words.only_text()),
        "Maximum" => Rule::Maximum(words.only_text()),
        "ExclusiveMinimum" => Rule::ExclusiveMinimum(words.only_text()),
        "ExclusiveMaximum" => Rule::ExclusiveMaximum(words.only_text()),
        "MultipleOf" => Rule::MultipleOf(words.only_text()),
        "MinItems" => Rule::MinItems(count(words)?),
        "MaxItems" => Rule::MaxItems(count(words)?),
        "UniqueItems" => Rule::UniqueItems,
        "MinProperties" => Rule::MinProperties(count(words)?),
        "MaxProperties" => Rule::MaxProperties(count(words)?),
        "OneOf" => Rule::OneOf(words.texts()),
        "Items" => Rule::Items(list(words)),
        "Values" => Rule::Values(list(words)),
        "Names" => Rule::Names(list(words)),
        "With" => Rule::With(words.texts()),
        "AnyOf" => Rule::AnyOf(words.slice(some_texts)),
        "ExactlyOneOf" => Rule::ExactlyOneOf(words.slice(some_texts)),
        _ => return None,
    })
}

fn some_texts(words: &mut Words) -> Option<&'static [&'static str]> {
    Some(words.texts()).filter(|texts| !texts.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_rule_is_read() {
        let words = stringify!([
            MinLength(1), MaxLength(2), Pattern("^[a-z(]+$"), Minimum("-1.5"), Maximum("2"),
            ExclusiveMinimum("0"), ExclusiveMaximum("1e3"), MultipleOf("0.1"), MinItems(3), MaxItems(4),
            UniqueItems, MinProperties(5), MaxProperties(6), OneOf["1", "\"a\""],
            Items[MaxLength(7), Items[UniqueItems]], Values[Minimum("8")], Names[Pattern("^x-")],
            With["a", "b"], AnyOf[["a"], ["b", "c"]], ExactlyOneOf[["d"]]
        ]);
        assert_eq!(
            of(words),
            [
                Rule::MinLength(1),
                Rule::MaxLength(2),
                Rule::Pattern("^[a-z(]+$"),
                Rule::Minimum("-1.5"),
                Rule::Maximum("2"),
                Rule::ExclusiveMinimum("0"),
                Rule::ExclusiveMaximum("1e3"),
                Rule::MultipleOf("0.1"),
                Rule::MinItems(3),
                Rule::MaxItems(4),
                Rule::UniqueItems,
                Rule::MinProperties(5),
                Rule::MaxProperties(6),
                Rule::OneOf(&["1", "\"a\""]),
                Rule::Items(&[Rule::MaxLength(7), Rule::Items(&[Rule::UniqueItems])]),
                Rule::Values(&[Rule::Minimum("8")]),
                Rule::Names(&[Rule::Pattern("^x-")]),
                Rule::With(&["a", "b"]),
                Rule::AnyOf(&[&["a"], &["b", "c"]]),
                Rule::ExactlyOneOf(&[&["d"]]),
            ]
        );
    }

    #[test]
    fn what_is_no_rule_is_passed_over() {
        assert_eq!(of("[Odd(1), MaxLength(2)]"), [Rule::MaxLength(2)]);
        assert_eq!(of(""), []);
    }
}
