//! Formats of texts beside rules that no text of the format satisfies.
//!
//! `format` only annotates, and rules are what values are checked against (JSON Schema Validation,
//! sections 6 and 7.1): a server that wants 24 characters at most takes no UUID, whatever it is called.

use super::super::cx::Cx;
use super::super::merge::Merged;
use crate::diag::{At, Code};
use crate::source::NodeId;
use tenon_ir as ir;

const DATES: [&str; 4] = ["2024-01-31", "1999-12-01", "2000-02-29", "2025-10-07"];

const UUIDS: [&str; 8] = [
    "67e55044-10b1-426f-9247-bb680e5fe0c8",
    "67E55044-10B1-426F-9247-BB680E5FE0C8",
    "67e5504410b1426f9247bb680e5fe0c8",
    "67E5504410B1426F9247BB680E5FE0C8",
    "c232ab00-9414-11ec-b3c8-9f6bdeced846",
    "01890a5d-ac96-774b-bcce-b302099a8057",
    "{67e55044-10b1-426f-9247-bb680e5fe0c8}",
    "urn:uuid:67e55044-10b1-426f-9247-bb680e5fe0c8",
];

const IPV4: [&str; 6] =
    ["192.0.2.1", "10.0.0.1", "172.16.254.1", "127.0.0.1", "0.0.0.0", "255.255.255.255"];

const IPV6: [&str; 6] =
    ["2001:db8:85a3:8d3:1319:8a2e:370:7348", "2001:db8::1", "fe80::1", "fd00::1", "::1", "::"];

/// The format, or any text where a rule refuses all that the type of the format writes.
pub(super) fn within_rules(cx: &mut Cx<'_, '_>, merged: &Merged<'_>, text: ir::Text) -> ir::Text {
    if merged.rules.is_empty() {
        return text;
    }
    let samples = samples(text);
    if samples.is_empty() {
        return text;
    }
    let refuses = |(keyword, at): &&(&str, NodeId)| refuses(cx, keyword, *at, &samples);
    let Some((keyword, at)) = merged.rules.iter().find(refuses).copied() else { return text };
    let format = merged.format.unwrap_or_default();
    cx.sink
        .warning(
            Code::ExampleFormat,
            At::Node(at),
            format!(
                "nothing of the format `{format}` satisfies this `{keyword}`; any text is taken"
            ),
        )
        .help("mend the rule, or drop the `format`");
    ir::Text::Plain
}

fn refuses(cx: &Cx<'_, '_>, keyword: &str, at: NodeId, samples: &[String]) -> bool {
    let tree = cx.spec.tree;
    let mut lengths = samples.iter().map(|sample| sample.len() as i128);
    match keyword {
        "minLength" => tree.integer(at).is_some_and(|least| lengths.all(|length| length < least)),
        "maxLength" => tree.integer(at).is_some_and(|most| lengths.all(|length| length > most)),
        "pattern" => tree.text(at).is_some_and(|pattern| {
            samples.iter().all(|sample| cx.patterns.refuses(pattern, sample))
        }),
        _ => false,
    }
}

/// Texts that the type of a format writes, of each form that it has.
fn samples(text: ir::Text) -> Vec<String> {
    let all = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect();
    match text {
        ir::Text::Plain | ir::Text::Secret => Vec::new(),
        ir::Text::DateTime => date_times(),
        ir::Text::Date => all(&DATES),
        ir::Text::Uuid => all(&UUIDS),
        ir::Text::Ipv4 => all(&IPV4),
        ir::Text::Ipv6 => all(&IPV6),
    }
}

fn date_times() -> Vec<String> {
    let times = ["T00:00:00", "T23:59:58", " 09:41:07"];
    let fractions = ["", ".5", ".123", ".123456", ".1234567", ".123456789"];
    let mut all = Vec::new();
    for (date, time) in DATES.into_iter().zip(times) {
        for fraction in fractions {
            let offsets = ["Z", "+00:00", "-05:00"].into_iter();
            all.extend(offsets.map(|offset| format!("{date}{time}{fraction}{offset}")));
        }
    }
    all
}
