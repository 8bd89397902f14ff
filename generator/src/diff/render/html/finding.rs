//! One finding.

use super::super::{Place, Placed, counted};
use super::sides::{self, Sources};
use super::summary::wire_word;
use super::text::{escape, prose};
use crate::diff::finding::{Direction, Finding, OperationName, Rust, RustChange, Wire};
use crate::source::NodeId;
use std::collections::BTreeSet;

/// Most operations that are listed without being asked for.
const MOST: usize = 6;

/// Ids that are taken.
#[derive(Default)]
pub(super) struct Page {
    ids: BTreeSet<String>,
}

impl Page {
    /// The id of a finding: its fingerprint, so that a link goes on to work when others come and go.
    fn id(&mut self, finding: &Finding) -> String {
        let print = escape(&finding.fingerprint);
        let ids = (1_u32..).map(|count| match count {
            1 => format!("f-{print}"),
            _ => format!("f-{print}-{count}"),
        });
        for id in ids {
            if self.ids.insert(id.clone()) {
                return id;
            }
        }
        String::new()
    }
}

/// The finding, with the lines of both documents and of the generated API.
pub(super) fn article(
    placed: &Placed<'_>,
    finding: &Finding,
    sources: &(Sources<'_>, Sources<'_>),
    page: &mut Page,
    out: &mut String,
) {
    let id = page.id(finding);
    let (wire, rust, level) = (finding.wire.name(), finding.rust.name(), finding.level.name());
    out.push_str(&format!(
        "<article class=\"finding {level}\" id=\"{id}\" tabindex=\"-1\" aria-labelledby=\"{id}-h\" \
         data-wire=\"{wire}\" data-rust=\"{rust}\" data-level=\"{level}\">\n\
         <h4 id=\"{id}-h\">{}</h4>\n",
        prose(&finding.message)
    ));
    chips(finding, out);
    out.push_str("<dl>\n");
    reasons(finding, out);
    places(placed, finding, out);
    values(finding, out);
    operations(&finding.operations, out);
    let print = escape(&finding.fingerprint);
    row("Id", &format!("<a href=\"#{id}\"><code>{print}</code></a>"), out);
    out.push_str("</dl>\n");
    let is_open = finding.wire > Wire::Safe || finding.rust == Rust::Major;
    document(placed, finding, sources, is_open, out);
    if !finding.rust_changes.is_empty() {
        let lines: Vec<_> = finding.rust_changes.iter().collect();
        self::rust(&lines, is_open, out);
    }
    out.push_str("</article>\n");
}

fn chips(finding: &Finding, out: &mut String) {
    let level = finding.level.name();
    let wire = match finding.wire {
        Wire::Breaks => "bad",
        Wire::MayBreak => "odd",
        Wire::Safe => "good",
    };
    let rust = match finding.rust {
        Rust::Major => "bad",
        Rust::Minor => "new",
        Rust::Patch => "good",
    };
    out.push_str(&format!(
        "<p class=\"chips\"><span class=\"chip {level}\">{level}</span> \
         <code class=\"code\">{}</code> <span class=\"chip {wire}\">wire: {}</span> \
         <span class=\"chip {rust}\">Rust: {}</span>",
        escape(&finding.code),
        wire_word(finding.wire),
        finding.rust.name()
    ));
    for (is, word) in
        [(finding.docs_only, "documentation only"), (finding.accepted.is_some(), "accepted")]
    {
        if is {
            out.push_str(&format!(" <span class=\"chip\">{word}</span>"));
        }
    }
    out.push_str("</p>\n");
}

fn row(term: &str, html: &str, out: &mut String) {
    out.push_str(&format!("<div><dt>{term}</dt><dd>{html}</dd></div>\n"));
}

fn reasons(finding: &Finding, out: &mut String) {
    let way = match finding.direction {
        Direction::None => String::new(),
        Direction::Both => " <span class=\"muted\">(both ways)</span>".to_owned(),
        way => format!(" <span class=\"muted\">({})</span>", way.name()),
    };
    row("Wire", &format!("{}{way}", prose(&finding.wire_why)), out);
    row("Rust", &prose(&finding.rust_why), out);
    if let Some(reason) = &finding.accepted {
        row("Accepted", &prose(reason), out);
    }
}

fn places(placed: &Placed<'_>, finding: &Finding, out: &mut String) {
    let shown = |it: &Place| {
        let text = format!("{}:{}:{}", it.file, it.line, it.column);
        format!("<code>{}</code>", escape(&text))
    };
    let (old, new) = ends(placed, finding);
    for (term, node, place) in
        [("Before", old, placed.old(finding)), ("After", new, placed.new_place(finding))]
    {
        let html = place.filter(|_| node.is_some()).map_or_else(|| "not there".to_owned(), shown);
        row(term, &html, out);
    }
}

/// What stood, and what stands there. Of what came or went, the other document has only what would
/// hold it, of which nothing changed.
fn ends(placed: &Placed<'_>, finding: &Finding) -> (Option<NodeId>, Option<NodeId>) {
    let (Some(old), Some(new)) = (finding.old, finding.new) else {
        return (finding.old, finding.new);
    };
    let (was, is) = (placed.report.old.pointer(old), placed.report.new.pointer(new));
    if holds(&was, &is, finding.old_text.is_none()) {
        return (None, Some(new));
    }
    if holds(&is, &was, finding.new_text.is_none()) {
        return (Some(old), None);
    }
    (Some(old), Some(new))
}

/// One pointer leads to what holds the other. A path goes by its place: its parameters may have
/// other names. What an alternative says, the schema around it may have said before.
fn holds(holder: &str, part: &str, is_absent: bool) -> bool {
    let (holder, part): (Vec<&str>, Vec<&str>) =
        (holder.split('/').collect(), part.split('/').collect());
    let same = |at: usize| at == 2 && holder[1] == "paths" || holder[at] == part[at];
    let is_within = holder.len() < part.len() && (0..holder.len()).all(same);
    let is_composed = || matches!(part[holder.len()], "allOf" | "oneOf" | "anyOf");
    is_within && (is_absent || !is_composed())
}

fn values(finding: &Finding, out: &mut String) {
    let shown = |text: &Option<String>| match text {
        Some(text) => format!("<code>{}</code>", escape(text)),
        None => "nothing".to_owned(),
    };
    if finding.old_text.is_some() || finding.new_text.is_some() {
        let html = format!(
            "{} <span aria-label=\"becomes\" role=\"img\">→</span> {}",
            shown(&finding.old_text),
            shown(&finding.new_text)
        );
        row("Value", &html, out);
    }
}

fn operations(all: &[OperationName], out: &mut String) {
    if all.len() < 2 {
        return;
    }
    let names: Vec<String> =
        all.iter().map(|it| format!("<code>{}</code>", escape(&it.shown()))).collect();
    let count = counted(all.len(), "operation");
    let html = match all.len() > MOST {
        true => format!("<details><summary>{count}</summary>{}</details>", names.join(", ")),
        false => names.join(", "),
    };
    row("Reaches", &html, out);
}

fn opening(is_open: bool, title: &str) -> String {
    let open = if is_open { " open" } else { "" };
    format!("<details class=\"part\"{open}><summary>{title}</summary>\n")
}

fn document(
    placed: &Placed<'_>,
    finding: &Finding,
    sources: &(Sources<'_>, Sources<'_>),
    is_open: bool,
    out: &mut String,
) {
    let (old, new) = ends(placed, finding);
    let old = sources.0.excerpt(old, placed.old(finding));
    let new = sources.1.excerpt(new, placed.new_place(finding));
    if old.is_none() && new.is_none() {
        return;
    }
    out.push_str(&opening(is_open, "Document, before and after"));
    sides::table(old.as_ref(), new.as_ref(), out);
    out.push_str("</details>\n");
}

/// Lines of the generated API, before and after.
pub(super) fn rust(lines: &[&RustChange], is_open: bool, out: &mut String) {
    let title = format!("Generated Rust, {}", counted(lines.len(), "line"));
    out.push_str(&opening(is_open, &title));
    let pairs = lines.iter().map(|it| (it.before.as_deref(), it.after.as_deref()));
    sides::pairs(pairs, out);
    out.push_str("</details>\n");
}
