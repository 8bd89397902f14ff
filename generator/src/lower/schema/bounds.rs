//! The width of a whole number: what its format says, and what its bounds admit.

use super::super::cx::Cx;
use super::super::evidence::format;
use super::super::merge::Merged;
use crate::diag::{At, Code};
use crate::source::NodeId;
use tenon_ir as ir;

/// The ends of 64 bits as JavaScript writes them, whose numbers have 53 bits, and what they are.
const ROUNDED: [(i128, i128); 3] = [
    (-9_223_372_036_854_776_000, i64::MIN as i128),
    (9_223_372_036_854_776_000, i64::MAX as i128),
    (18_446_744_073_709_552_000, u64::MAX as i128),
];

/// The width of a format, or where a bound is past that, one that the bounds admit. One of 64 bits
/// is kept, but for its sign: there is no wider one that a format could name.
pub(super) fn of_format(cx: &mut Cx<'_, '_>, merged: &Merged<'_>, width: ir::Int) -> ir::Type {
    let all = stated(cx, merged);
    let past = |(at, bound): (NodeId, i128)| Some((at, format::wider(width, bound)?.0));
    let is_widest = match width {
        ir::Int::I64 => !is_unsigned(all),
        ir::Int::U64 => true,
        _ => false,
    };
    let past = all.into_iter().flatten().find_map(past).filter(|_| !is_widest);
    let Some((at, wanted)) = past else { return ir::Type::Int(width) };
    let bound = cx.spec.tree.text(at).unwrap_or_default();
    cx.sink
        .warning(
            Code::ExampleFormat,
            At::Node(at),
            format!("the bound `{bound}` is not {wanted}; wider ones are taken"),
        )
        .help("mend the bound, or drop the `format`");
    integer(cx, merged)
}

/// The lower bound and the upper one.
fn stated(cx: &Cx<'_, '_>, merged: &Merged<'_>) -> [Option<(NodeId, i128)>; 2] {
    [
        bound(cx, merged, "minimum", ("exclusiveMinimum", 1)),
        bound(cx, merged, "maximum", ("exclusiveMaximum", -1)),
    ]
}

/// 64 bits, without a sign where the bounds need it; past that, a number of any length.
pub(super) fn integer(cx: &mut Cx<'_, '_>, merged: &Merged<'_>) -> ir::Type {
    let [least, most] = stated(cx, merged);
    let is_signed = |(_, bound): &(NodeId, i128)| i64::try_from(*bound).is_ok();
    let Some((at, _)) = least.into_iter().chain(most).find(|it| !is_signed(it)) else {
        return ir::Type::Int(ir::Int::I64);
    };
    if is_unsigned([least, most]) {
        return ir::Type::Int(ir::Int::U64);
    }
    cx.sink
        .note(Code::Degraded, At::Node(at), "whole numbers within these bounds can be past 64 bits")
        .help(
            "a decimal number holds them; state narrower bounds, or a `format` such as `int64`, \
             if they aren't meant",
        );
    ir::Type::Float(ir::Float::Decimal)
}

/// Nothing below zero is within these bounds, and all that is has 64 bits.
fn is_unsigned([least, most]: [Option<(NodeId, i128)>; 2]) -> bool {
    let holds = |(_, bound): (NodeId, i128)| u64::try_from(bound).is_ok();
    least.is_some_and(holds) && most.is_none_or(holds)
}

/// The bound that one of two keywords states, the other one so much further in. What stands for
/// infinity, such as `1.7976931348623157e308`, is none.
fn bound(
    cx: &Cx<'_, '_>,
    merged: &Merged<'_>,
    inclusive: &str,
    (exclusive, inward): (&str, i128),
) -> Option<(NodeId, i128)> {
    let stated = |name: &str| merged.rules.iter().find(|(keyword, _)| *keyword == name);
    let read = |name| stated(name).and_then(|(_, at)| Some((*at, whole(cx, *at)?)));
    let exclusive = || read(exclusive).map(|(at, bound)| (at, bound.saturating_add(inward)));
    read(inclusive).or_else(exclusive)
}

/// The whole number at a node; of too many digits, the nearest there is.
fn whole(cx: &Cx<'_, '_>, at: NodeId) -> Option<i128> {
    let tree = cx.spec.tree;
    let meant = |stated: i128| {
        let rounded = ROUNDED.iter().find(|(rounded, _)| *rounded == stated);
        rounded.map_or(stated, |(_, meant)| *meant)
    };
    tree.integer(at).map(meant).or_else(|| {
        let text = tree.number(at)?;
        let digits = text.strip_prefix('-').unwrap_or(text);
        let nearest = if digits.len() < text.len() { i128::MIN } else { i128::MAX };
        digits.bytes().all(|byte| byte.is_ascii_digit()).then_some(nearest)
    })
}
