//! Patterns that take exponential time. What isn't a pattern at all is told of by lowering.

use std::collections::HashMap;

use super::cx::Cx;
use crate::backtrack::repeated;
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
