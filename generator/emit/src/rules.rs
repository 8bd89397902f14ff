//! Rules: as entries of a static table, and in words.

use proc_macro2::TokenStream;
use quote::quote;
use tenon_ir::Rule;

use crate::literal::whole;
use crate::markdown::code;
use crate::scope::Scope;

/// `&[Rule::MaxLength(100)]`
pub(crate) fn table(scope: &Scope<'_>, rules: &[Rule]) -> TokenStream {
    let rules = rules.iter().map(|rule| entry(scope, rule));
    quote!(&[#(#rules),*])
}

/// `.rules(&[…])`, or nothing without rules.
pub(crate) fn method(scope: &Scope<'_>, rules: &[Rule]) -> TokenStream {
    if rules.is_empty() {
        return TokenStream::new();
    }
    let rules = table(scope, rules);
    quote!(.rules(#rules))
}

fn entry(scope: &Scope<'_>, rule: &Rule) -> TokenStream {
    let name = scope.codec("Rule");
    match rule {
        Rule::MinLength(n) => counted(&name, &quote!(MinLength), *n),
        Rule::MaxLength(n) => counted(&name, &quote!(MaxLength), *n),
        Rule::Pattern(pattern) => quote!(#name::Pattern(#pattern)),
        Rule::Minimum(bound) => quote!(#name::Minimum(#bound)),
        Rule::Maximum(bound) => quote!(#name::Maximum(#bound)),
        Rule::ExclusiveMinimum(bound) => quote!(#name::ExclusiveMinimum(#bound)),
        Rule::ExclusiveMaximum(bound) => quote!(#name::ExclusiveMaximum(#bound)),
        Rule::MultipleOf(step) => quote!(#name::MultipleOf(#step)),
        Rule::MinItems(n) => counted(&name, &quote!(MinItems), *n),
        Rule::MaxItems(n) => counted(&name, &quote!(MaxItems), *n),
        Rule::UniqueItems => quote!(#name::UniqueItems),
        Rule::MinProperties(n) => counted(&name, &quote!(MinProperties), *n),
        Rule::MaxProperties(n) => counted(&name, &quote!(MaxProperties), *n),
        Rule::OneOf(values) => quote!(#name::OneOf(&[#(#values),*])),
        Rule::Items(rules) => nested(scope, &name, &quote!(Items), rules),
        Rule::Values(rules) => nested(scope, &name, &quote!(Values), rules),
    }
}

fn counted(name: &TokenStream, variant: &TokenStream, count: u64) -> TokenStream {
    let count = whole(count);
    quote!(#name::#variant(#count))
}

fn nested(
    scope: &Scope<'_>,
    name: &TokenStream,
    variant: &TokenStream,
    rules: &[Rule],
) -> TokenStream {
    let rules = table(scope, rules);
    quote!(#name::#variant(#rules))
}

/// The rules as sentences: `At most 128 characters.`
pub(crate) fn words(rules: &[Rule]) -> Vec<String> {
    rules.iter().flat_map(sentences).collect()
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
        Rule::OneOf(values) => format!("One of {}.", list(values)),
        Rule::Items(rules) => return of_each("item", rules),
        Rule::Values(rules) => return of_each("value", rules),
    };
    vec![sentence]
}

fn count(n: u64, noun: &str) -> String {
    if n == 1 { format!("1 {noun}") } else { format!("{n} {noun}s") }
}

fn list(values: &[String]) -> String {
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
