//! What stands before a key in `Authorization`, as descriptions tell it.
//!
//! Swagger 2.0 has no scheme for bearer tokens, and many tools describe theirs as a key to this day:
//! ``Pass it as `Authorization: SSWS {API Token}` ``. Who calls the client has the key, and not that word.

/// What stands around a form that a description shows.
const QUOTES: [char; 4] = ['`', '"', '\'', '“'];

/// Words that stand before the form of a drf-spectacular scheme, in small letters.
const REQUIRED: [&str; 3] = ["required prefix", "with prefix", "with the prefix"];

/// Words by which a description may say that the key stands alone.
const ALONE: [&str; 5] = ["without", " not ", "n't", "no need", "no prefix"];

/// The most bytes that a prefix has.
const LONGEST: usize = 32;

/// The text before the key, with the space behind it.
pub(super) fn told(key: &str, description: Option<&str>) -> Option<String> {
    let description = description.unwrap_or_default();
    let small = description.to_lowercase();
    if ALONE.iter().any(|words| small.contains(words)) {
        return None;
    }
    let is_bearer = || has_word(&small, "bearer") || key.to_lowercase().contains("bearer");
    named(description)
        .or_else(|| shown(description))
        .or_else(|| is_bearer().then(|| "Bearer ".to_owned()))
}

/// `required prefix "Token"`
fn named(description: &str) -> Option<String> {
    let small = description.to_ascii_lowercase();
    let start = REQUIRED.iter().find_map(|words| Some(small.find(words)? + words.len()))?;
    let rest = description.get(start..)?.trim_start_matches([' ', ':']);
    let word = rest.trim_start_matches(QUOTES).trim_start_matches('*');
    let end = word.find(|c: char| !is_part(c)).unwrap_or(word.len());
    let is_quoted = word.len() < rest.len() || rest.len() == end;
    let word = word.get(..end).filter(|word| is_scheme(word) && is_quoted)?;
    Some(format!("{word} "))
}

/// `Authorization: SSWS {API Token}`, `Token token=<API_KEY>`
fn shown(description: &str) -> Option<String> {
    let place = description.find(['{', '<'])?;
    let before = &description[..place];
    let start =
        before.rfind(QUOTES).map(|at| at + before[at..].chars().next().map_or(1, char::len_utf8));
    let text = before.get(start.unwrap_or(0)..)?;
    let prefix = text.rsplit_once(": ").map_or(text, |(_, prefix)| prefix);
    let is_form = start.is_some() || prefix.len() < text.len() || text.len() == before.len();
    let (word, rest) = prefix.split_once(' ')?;
    let is_rest = rest.is_empty() || rest.strip_suffix('=').is_some_and(is_scheme);
    (is_form && is_scheme(word) && is_rest && !is_plain_word(word)).then(|| prefix.to_owned())
}

/// A word of a sentence rather than the name of a scheme: `Use {token}`.
fn is_plain_word(word: &str) -> bool {
    let small = word.to_ascii_lowercase();
    [
        "use", "the", "your", "pass", "send", "set", "key", "value", "with", "is", "as", "a", "an",
        "to",
    ]
    .contains(&small.as_str())
}

/// A name that an authentication scheme may have.
fn is_scheme(word: &str) -> bool {
    (2..=LONGEST).contains(&word.len())
        && word.starts_with(|c: char| c.is_ascii_alphabetic())
        && word.chars().all(is_part)
}

fn is_part(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '-' || c == '_'
}

/// The text has the word, not as a part of another.
fn has_word(text: &str, word: &str) -> bool {
    text.split(|c: char| !c.is_alphanumeric()).any(|it| it == word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_before_a_key_is_told() {
        for (description, prefix) in [
            ("Token-based authentication with required prefix \"Token\"", "Token "),
            ("API key authentication with prefix `Acme-Key`", "Acme-Key "),
            ("Token-based authentication with required prefix: Token", "Token "),
            ("Pass it prefixed with SSWS: `Authorization: SSWS {API Token}`.", "SSWS "),
            ("SSWS {API Token}", "SSWS "),
            ("The API Key with format `Token token=<API_KEY>`", "Token token="),
            (
                "JWT Authorization header using the Bearer scheme. Example: \"Bearer 12345\"",
                "Bearer ",
            ),
            ("Example: \"Authorization: Bearer {token}\"", "Bearer "),
            ("Please insert JWT with Bearer into field", "Bearer "),
            ("Your bearer token.", "Bearer "),
        ] {
            assert_eq!(told("key", Some(description)).as_deref(), Some(prefix), "{description}");
        }
        assert_eq!(told("BearerAuth", None).as_deref(), Some("Bearer "));
    }

    #[test]
    fn where_nothing_is_told_the_key_stands_alone() {
        for description in [
            "The API key.",
            "Use {token}",
            "Send the header with {token} in it",
            "Your token, without `Bearer {token}`",
            "Do not write Bearer before it.",
            "A key with prefix as the portal shows it",
            "Represents API Key `Authorization`. Eg: `{\"Authorization\" : \"<API key>\"}`",
            "forbearers",
        ] {
            assert_eq!(told("key", Some(description)), None, "{description}");
        }
        assert_eq!(told("key", None), None);
    }
}
