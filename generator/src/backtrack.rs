//! Patterns that take exponential time where a matcher backtracks, as those of JavaScript, Java,
//! Python and others do. A pattern comes in, what keeps a matcher busy goes out.

mod automaton;
mod parse;

/// Whether a short text can keep a matcher busy.
pub(crate) fn is_slow(pattern: &str) -> bool {
    repeated(pattern).is_some()
}

/// The text that the pattern matches in two ways, so that each one more of it doubles the time.
pub(crate) fn repeated(pattern: &str) -> Option<String> {
    let tree = parse::parse(pattern)?;
    automaton::ambiguous_loop(&tree)
}

#[cfg(test)]
mod tests {
    use super::repeated;

    #[test]
    fn two_ways_through_a_loop_are_found() {
        for pattern in [
            "^(a+)+$",
            "^(a*)*$",
            "^(a|a)*$",
            "^(a|ab|b)*$",
            "^(\\w+\\s?)*$",
            "^([a-z0-9]+-?)+$",
            "^(.*,?)*$",
            "^(a?b?)*$",
            "^(\\d+|[0-9a-f]+)+$",
            "([a-zA-Z]+)*\\d",
            "^(x{1,50})+$",
            "^(([a-z])+.)+[A-Z]([a-z])+$",
        ] {
            assert!(repeated(pattern).is_some(), "{pattern}");
        }
    }

    #[test]
    fn one_way_through_each_loop_is_fine() {
        for pattern in [
            "^[a-z]+$",
            "^[a-z]+(-[a-z]+)*$",
            "^([a-z]+-)*[a-z]+$",
            "^([0-9]{3}-)*[0-9]{4}$",
            "^[0-9a-f]{8}-[0-9a-f]{4}-[1-5][0-9a-f]{3}$",
            "^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z]{2,}$",
            "^(\\d{1,3}\\.){3}\\d{1,3}$",
            "^([^,]+,)*[^,]+$",
            "^(a|b)*$",
            "^.*@.*\\..*$",
            "^\\s*\\S+\\s*$",
            "^(?!.*--)[a-z-]+$",
            "^\"(?:[^\"\\\\]|\\\\.)*\"$",
            "^(/[a-z]+)*/?$",
            "^(ab?)*$",
            "",
        ] {
            assert_eq!(repeated(pattern), None, "{pattern}");
        }
    }

    #[test]
    fn what_is_not_a_pattern_or_too_long_is_left_alone() {
        for pattern in ["(", "[a", "a)", "*", "\\", "(?<n>a)\\k<n>", "(a)\\1"] {
            assert_eq!(repeated(pattern), None, "{pattern}");
        }
        assert_eq!(repeated(&"(a+)+".repeat(500)), None);
        assert_eq!(repeated(&"(".repeat(100_000)), None);
    }
}
