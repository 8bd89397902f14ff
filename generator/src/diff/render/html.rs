//! One page for a browser, which needs nothing else.
//!
//! In: placed reports. Out: one HTML document with its style and its script in it; it asks nothing
//! of the network, which its content security policy says as well. Without scripts all of it can be
//! read; filters and keys are what the script adds. Text of a document gets into it through
//! [`text`] only.

mod finding;
mod lines;
mod sides;
mod summary;
mod text;

use super::{Group, Placed, counted, groups};
use finding::Page;
use sides::Sources;
use text::escape;

const STYLE: &str = include_str!("html/page.css");
const SCRIPT: &str = include_str!("html/page.js");

/// Nothing but what is in the page itself is ever used.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; \
                      img-src data:; base-uri 'none'; form-action 'none'";

pub(super) fn render(all: &[Placed<'_>]) -> String {
    let mut out = head();
    let titles: Vec<Vec<Group<'_>>> = all.iter().map(|it| groups(it.report)).collect();
    out.push_str("<div class=\"columns\">\n<aside>\n");
    summary::filters(all, &mut out);
    contents(all, &titles, &mut out);
    out.push_str("</aside>\n<main id=\"findings\" tabindex=\"-1\">\n");
    summary::overview(all, &mut out);
    let mut page = Page::default();
    for (index, (placed, groups)) in all.iter().zip(&titles).enumerate() {
        api(placed, groups, index, &mut page, &mut out);
    }
    out.push_str("</main>\n</div>\n<script>\n");
    out.push_str(SCRIPT);
    out.push_str("</script>\n</body>\n</html>\n");
    out
}

fn head() -> String {
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n\
         <link rel=\"icon\" href=\"data:,\">\n\
         <title>API changes</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n\
         <a class=\"skip\" href=\"#findings\">Skip to the findings</a>\n\
         <header class=\"page\"><h1>API changes</h1></header>\n"
    )
}

/// Links to the groups.
fn contents(all: &[Placed<'_>], titles: &[Vec<Group<'_>>], out: &mut String) {
    let count: usize = titles.iter().map(Vec::len).sum();
    if count < 2 {
        return;
    }
    out.push_str("<nav aria-label=\"Contents\"><details>\n<summary>Contents</summary>\n");
    for (index, (placed, groups)) in all.iter().zip(titles).enumerate() {
        if all.len() > 1 && !groups.is_empty() {
            out.push_str(&format!("<p>{}</p>\n", escape(placed.name)));
        }
        out.push_str("<ol>\n");
        for (at, group) in groups.iter().enumerate() {
            out.push_str(&format!(
                "<li><a href=\"#g{index}-{at}\">{}</a> <span class=\"muted\">{}</span></li>\n",
                escape(&group.title),
                group.findings.len()
            ));
        }
        out.push_str("</ol>\n");
    }
    out.push_str("</details></nav>\n");
}

fn api<'r>(
    placed: &Placed<'r>,
    groups: &[Group<'r>],
    index: usize,
    page: &mut Page,
    out: &mut String,
) {
    let report = placed.report;
    if report.findings.is_empty() && report.moves.is_empty() && report.unmatched.is_empty() {
        return;
    }
    let sources = (Sources::new(&report.old), Sources::new(&report.new));
    out.push_str(&format!("<section>\n<h2>{}</h2>\n", escape(placed.name)));
    for print in &report.unmatched {
        out.push_str(&format!(
            "<p class=\"alert\">The accepted finding <code>{}</code> matches nothing.</p>\n",
            escape(print)
        ));
    }
    for (at, group) in groups.iter().enumerate() {
        let id = format!("g{index}-{at}");
        out.push_str(&format!(
            "<section class=\"group\" aria-labelledby=\"{id}\">\n<h3 id=\"{id}\">{} \
             <span class=\"muted\">{}</span></h3>\n",
            escape(&group.title),
            counted(group.findings.len(), "finding")
        ));
        for it in &group.findings {
            finding::article(placed, it, &sources, page, out);
        }
        out.push_str("</section>\n");
    }
    moves(placed, out);
    out.push_str("</section>\n");
}

/// What moved, line by line.
fn moves(placed: &Placed<'_>, out: &mut String) {
    let moves = &placed.report.moves;
    if moves.is_empty() {
        return;
    }
    out.push_str("<section class=\"moves\">\n<h3>Moved, with the same meaning</h3>\n");
    let lines: Vec<_> = moves.iter().map(|it| &it.change).collect();
    finding::rust(&lines, true, out);
    out.push_str("</section>\n");
}
