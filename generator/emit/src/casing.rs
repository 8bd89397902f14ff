//! Names of private tables, made from the final name of the type they belong to.

/// `LockDeviceRequest` to `LOCK_DEVICE_REQUEST`.
///
/// A name without any lower-case letter would come back as it is, and could stand in the way of a
/// type or a local of that name: it gets the word `TABLE` behind it.
pub(crate) fn constant(name: &str) -> String {
    let letters: Vec<char> = name.trim_start_matches("r#").chars().collect();
    let mut result = String::with_capacity(name.len() + 8);
    for (index, letter) in letters.iter().enumerate() {
        if index > 0 && starts_word(letters[index - 1], *letter, letters.get(index + 1)) {
            result.push('_');
        }
        result.extend(letter.to_uppercase());
    }
    if !letters.iter().any(|letter| letter.is_lowercase()) {
        result.push_str("_TABLE");
    }
    result
}

fn starts_word(before: char, letter: char, after: Option<&char>) -> bool {
    if !letter.is_uppercase() || before == '_' {
        return false;
    }
    !before.is_uppercase() || after.is_some_and(|after| after.is_lowercase())
}

#[cfg(test)]
mod tests {
    use super::constant;

    #[test]
    fn words_are_told_apart_by_case() {
        assert_eq!(constant("LockDeviceRequest"), "LOCK_DEVICE_REQUEST");
        assert_eq!(constant("HTTPError2Body"), "HTTP_ERROR2_BODY");
        assert_eq!(constant("A"), "A_TABLE");
    }
}
