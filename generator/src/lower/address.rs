//! Where an API lies: the beginning of a path that says nothing of what it is about, such as `/api/v1`.

use crate::spec::Operation;

/// Segments at the start of paths that say where an API lies, not what it is about.
const WORDS: [&str; 2] = ["api", "rest"];

/// What the last segment of a path says of the format of the reply, where that is no parameter.
const FORMATS: [&str; 2] = [".json", ".xml"];

/// What a parameter that is the version is called.
const VERSIONS: [&str; 4] = ["version", "apiVersion", "api-version", "api_version"];

/// The segments of an operation's path.
pub(super) fn segments<'t>(operation: &Operation<'t>) -> Vec<&'t str> {
    let path = operation.path.split(['?', '#']).next().unwrap_or_default();
    // A slash in braces is one of a pattern.
    let mut depth = 0_usize;
    let ends_segment = move |c: char| {
        match c {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        c == '/' && depth == 0
    };
    path.split(ends_segment).filter(|segment| !segment.is_empty()).collect()
}

/// How many of the segments are an address: what stands before a version, and it, or the words that are
/// usual. Some word stays behind them.
pub(super) fn length(segments: &[&str]) -> usize {
    let is_fixed = |segment: &&&str| is_text(segment) || is_version(segment);
    let fixed = segments.iter().take_while(is_fixed).count();
    let says = |segment: &&str| !is_usual(segment);
    let usual = segments[..fixed].iter().position(says).unwrap_or(fixed);
    let version = segments[..fixed].iter().rposition(|segment| is_version(segment));
    let is_followed = |length: &usize| segments[*length..].iter().any(|segment| is_text(segment));
    version.map(|at| at + 1).filter(is_followed).or(Some(usual).filter(is_followed)).unwrap_or(0)
}

/// The words behind the address, as a method that is named by its path has them.
pub(super) fn named(operation: &Operation<'_>) -> Vec<String> {
    let segments = segments(operation);
    let length = length(&segments);
    let mut rest: Vec<String> = segments[length..].iter().map(|it| (*it).to_owned()).collect();
    if let Some(last) = rest.last_mut() {
        *last = without_format(last).to_owned();
    }
    rest
}

/// The segment without what says which format the reply has: `users.json`, `{id}.{format}`.
pub(super) fn without_format(segment: &str) -> &str {
    let parameter = segment.rfind(['.', '{']).map(|at| segment.split_at(at));
    let is_format = |name: &str| {
        let name = name.to_lowercase();
        name.ends_with('}') && (name.contains("format") || name.contains("extension"))
    };
    let known = FORMATS.iter().find_map(|format| segment.strip_suffix(format));
    let rest = known.or_else(|| {
        let (rest, _) = parameter.filter(|(_, name)| is_format(name))?;
        Some(rest.trim_end_matches(['.', '{']))
    });
    rest.filter(|rest| !rest.is_empty()).unwrap_or(segment)
}

/// The segment is no parameter.
pub(super) fn is_text(segment: &str) -> bool {
    !without_format(segment).contains('{')
}

/// The segment mostly says where an API lies: `api`, `v2`.
pub(super) fn is_usual(segment: &str) -> bool {
    WORDS.iter().any(|word| segment.eq_ignore_ascii_case(word)) || is_version(segment)
}

/// `v1`, `v2.1`, `2`, `2024-01-31`, `v{version}`.
pub(super) fn is_version(segment: &str) -> bool {
    let number = segment.strip_prefix(['v', 'V']).unwrap_or(segment);
    let parameter = number.strip_prefix('{').and_then(|rest| rest.strip_suffix('}'));
    let is_parameter =
        parameter.is_some_and(|name| VERSIONS.iter().any(|it| name.eq_ignore_ascii_case(it)));
    is_parameter
        || number.starts_with(|c: char| c.is_ascii_digit())
            && number.chars().all(|c| c.is_ascii_digit() || c == '.' || c == '-')
}
