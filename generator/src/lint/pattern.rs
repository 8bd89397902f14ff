//! Patterns that take exponential time where a matcher backtracks, as those of JavaScript, Java,
//! Python and others do. What isn't a pattern at all is told of by lowering.

mod automaton;
mod parse;

use std::collections::HashMap;

use super::cx::Cx;
use crate::source::NodeId;

/// No pattern is catastrophic.
pub(super) fn check(cx: &mut Cx<'_, '_>) {
    let spec = cx.spec;
    let mut judged: HashMap<&str, Option<String>> = HashMap::new();
    let mut found: Vec<(NodeId, String)> = Vec::new();
    for rare in spec.schemas.iter().filter_map(|schema| schema.rare.as_deref()) {
        let stated = rare.rules.iter().filter(|(keyword, _)| *keyword == "pattern");
        for node in stated.map(|(_, node)| *node) {
            let Some(pattern) = cx.tree.text(node) else { continue };
            let attack = judged.entry(pattern).or_insert_with(|| repeated(pattern));
            found.extend(attack.clone().map(|attack| (node, attack)));
        }
    }
    for (node, attack) in found {
        let message = format!("the pattern takes exponential time on many `{attack}` in a row");
        cx.say(node, message)
            .help("let each repetition begin with something that the one inside can't match");
    }
}

/// Whether a short text can keep a matcher busy.
pub(crate) fn is_slow(pattern: &str) -> bool {
    repeated(pattern).is_some()
}

/// The text that the pattern matches in two ways, so that each one more of it doubles the time.
fn repeated(pattern: &str) -> Option<String> {
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
