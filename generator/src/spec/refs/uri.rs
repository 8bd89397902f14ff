//! Addresses that identify schemas: what a relative one means beside another (RFC 3986, section 5.2).
//!
//! Such an address is a name. Nothing is fetched from it.

/// The reference `target`, without a fragment, as it reads below `base`; as it is when there is no
/// base.
pub(super) fn join(base: &str, target: &str) -> String {
    if target.is_empty() {
        return base.to_owned();
    }
    if base.is_empty() || scheme(target).is_some() {
        return target.to_owned();
    }
    let (head, path) = split(base);
    if let Some(rest) = target.strip_prefix("//") {
        let scheme = scheme(base).map_or_else(String::new, |scheme| format!("{scheme}:"));
        return format!("{scheme}//{rest}");
    }
    if target.starts_with('/') {
        return format!("{head}{}", without_dots(target));
    }
    let is_bare = path.is_empty() && !head.is_empty();
    let folder = match path.rfind('/') {
        Some(slash) => &path[..=slash],
        None if is_bare => "/",
        None => "",
    };
    format!("{head}{}", without_dots(&format!("{folder}{target}")))
}

/// `https` of `https://example.com`.
fn scheme(text: &str) -> Option<&str> {
    let (scheme, _) = text.split_once(':')?;
    let is_name = |c: char| c.is_ascii_alphanumeric() || "+-.".contains(c);
    let is_scheme = scheme.starts_with(|c: char| c.is_ascii_alphabetic());
    (is_scheme && scheme.chars().all(is_name)).then_some(scheme)
}

/// Scheme and authority, and the path without a query.
fn split(text: &str) -> (&str, &str) {
    let start = scheme(text).map_or(0, |scheme| scheme.len() + 1);
    let authority = text[start..].strip_prefix("//");
    let head = match authority {
        Some(rest) => start + 2 + rest.find(['/', '?']).unwrap_or(rest.len()),
        None => start,
    };
    let (head, path) = text.split_at(head);
    (head, path.split('?').next().unwrap_or_default())
}

/// The path with `.` and `..` taken (RFC 3986, section 5.2.4).
fn without_dots(path: &str) -> String {
    let mut steps: Vec<&str> = Vec::new();
    let mut rest = path.split('/').peekable();
    while let Some(step) = rest.next() {
        let is_last = rest.peek().is_none();
        match step {
            "." if is_last => steps.push(""),
            "." => {}
            ".." => {
                if steps.len() > 1 {
                    steps.pop();
                }
                if is_last {
                    steps.push("");
                }
            }
            step => steps.push(step),
        }
    }
    steps.join("/")
}

#[cfg(test)]
mod tests {
    use super::join;

    #[test]
    fn the_examples_of_rfc_3986_are_joined() {
        let base = "http://a/b/c/d;p?q";
        for (target, joined) in [
            ("g:h", "g:h"),
            ("g", "http://a/b/c/g"),
            ("./g", "http://a/b/c/g"),
            ("g/", "http://a/b/c/g/"),
            ("/g", "http://a/g"),
            ("//g", "http://g"),
            ("g;x=1/./y", "http://a/b/c/g;x=1/y"),
            ("g;x=1/../y", "http://a/b/c/y"),
            ("", "http://a/b/c/d;p?q"),
            (".", "http://a/b/c/"),
            ("./", "http://a/b/c/"),
            ("..", "http://a/b/"),
            ("../g", "http://a/b/g"),
            ("../..", "http://a/"),
            ("../../g", "http://a/g"),
            ("../../../g", "http://a/g"),
            ("/../g", "http://a/g"),
        ] {
            assert_eq!(join(base, target), joined, "{target}");
        }
    }

    #[test]
    fn names_without_a_path_and_bases_without_a_scheme_are_joined() {
        for (base, target, joined) in [
            ("", "tree", "tree"),
            ("urn:uuid:1", "urn:uuid:2", "urn:uuid:2"),
            ("https://example.com", "tree", "https://example.com/tree"),
            ("https://example.com/é", "tree", "https://example.com/tree"),
            ("schemas/a", "b", "schemas/b"),
        ] {
            assert_eq!(join(base, target), joined, "{base} {target}");
        }
    }
}
