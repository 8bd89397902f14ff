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
    summary::overview(all, &mut out);
    out.push_str("<div class=\"columns\">\n<aside>\n");
    summary::filters(all, &mut out);
    contents(all, &titles, &mut out);
    out.push_str("</aside>\n<main id=\"findings\" tabindex=\"-1\">\n");
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

#[cfg(test)]
mod tests {
    use crate::diff::render::{Compared, Form, render};
    use crate::diff::{Settings, Version, diff};
    use crate::{Config, Input};

    fn version(text: &str) -> Version<'static> {
        let input = Input {
            path: "'><script>.yaml".to_owned(),
            text: text.into(),
            overlays: Vec::new(),
            loader: None,
        };
        let config = Config { name: "a".to_owned(), ..Config::default() };
        Version { input, config }
    }

    fn page(old: &str, new: &str) -> String {
        let report = diff(version(old), version(new), &Settings::default());
        render(&[Compared { name: "<script>".to_owned(), report }], Form::Html)
    }

    #[test]
    fn text_of_documents_is_no_html() {
        let old = "openapi: 3.0.3\ninfo: {title: a, version: '1'}\npaths:\n  /a<script>:\n    get:\n      \
                   tags: ['<script>']\n      operationId: <script>a\n      responses:\n        \
                   '204': {description: a}\n";
        let new = old.replace("{description: a}", "{description: \"</style><script>'\"}");
        let new = new.replace("<script>a", "<script>b");
        let page = page(old, &new);
        assert_eq!(page.matches("<script").count(), 1);
        assert_eq!(page.matches("</style").count(), 1);
        assert!(page.contains("&lt;/style&gt;&lt;script&gt;&#39;"));
        assert!(page.contains("GET /a&lt;script&gt; (&lt;script&gt;b)"));
        assert_eq!(page, self::page(old, &new));
    }

    #[test]
    fn a_page_without_findings_says_so() {
        let page = page("openapi: 3.0.3\n", "openapi: 3.0.3\n");
        assert!(page.contains("Nothing changed."));
        assert!(!page.contains("<form"));
    }
}
