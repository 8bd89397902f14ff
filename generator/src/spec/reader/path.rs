//! Path templates: the parameters that they name (RFC 6570, of which OpenAPI takes the simplest).

/// The names in braces, in order; decorations of RFC 6570 (`{+name}`, `{name*}`) are left out.
pub(super) fn names(path: &str) -> Vec<&str> {
    let mut names = Vec::new();
    let mut rest = path;
    while let Some((_, after)) = rest.split_once('{') {
        let Some((name, after)) = after.split_once('}') else { break };
        names.push(name);
        rest = after;
    }
    names
}

/// The name of a template without RFC 6570's decorations.
pub(super) fn bare(name: &str) -> &str {
    name.trim_start_matches(['+', '#', '.', '/', ';', '?', '&']).trim_end_matches('*')
}

/// Whether the path names the parameter.
pub(super) fn has(path: &str, parameter: &str) -> bool {
    names(path).iter().any(|name| *name == parameter || bare(name) == parameter)
}
