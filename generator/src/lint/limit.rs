//! Limits that no value satisfies.

use super::cx::Cx;
use crate::source::NodeId;
use crate::spec::Schema;

/// Pairs of a lower and an upper limit; where one is exclusive, both can't be the same.
const PAIRS: [(&str, &str, bool); 7] = [
    ("minLength", "maxLength", false),
    ("minItems", "maxItems", false),
    ("minProperties", "maxProperties", false),
    ("minimum", "maximum", false),
    ("exclusiveMinimum", "maximum", true),
    ("minimum", "exclusiveMaximum", true),
    ("exclusiveMinimum", "exclusiveMaximum", true),
];

/// Lower limits aren't above upper ones.
pub(super) fn check(cx: &mut Cx<'_, '_>) {
    let spec = cx.spec;
    for schema in &spec.schemas {
        for (lower, upper, exclusive) in PAIRS {
            let (Some((low, at)), Some((high, other))) =
                (limit(cx, schema, lower), limit(cx, schema, upper))
            else {
                continue;
            };
            if low > high || (exclusive && low >= high) {
                let message = format!("`{lower}` and `{upper}` leave no value");
                cx.say(at, message).label(other, "the upper limit").help("correct one of them");
            }
        }
    }
}

fn limit(cx: &Cx<'_, '_>, schema: &Schema<'_>, keyword: &str) -> Option<(f64, NodeId)> {
    let rules = &schema.rare.as_ref()?.rules;
    let (_, at) = rules.iter().find(|(stated, _)| *stated == keyword)?;
    Some((cx.tree.number(*at)?.parse().ok()?, *at))
}
