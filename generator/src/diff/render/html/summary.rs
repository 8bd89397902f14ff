//! What all of it amounts to, and the filters.

use super::super::{Placed, summary};
use super::text::prose;
use crate::diff::finding::{Finding, Level, Rust, Wire};

const WIRE: [Wire; 3] = [Wire::Breaks, Wire::MayBreak, Wire::Safe];
const RUST: [Rust; 3] = [Rust::Major, Rust::Minor, Rust::Patch];
const LEVELS: [Level; 3] = [Level::Error, Level::Warning, Level::Info];

/// The word for a verdict, as people read it.
pub(super) fn wire_word(wire: Wire) -> &'static str {
    match wire {
        Wire::Breaks => "breaks",
        Wire::MayBreak => "may break",
        Wire::Safe => "safe",
    }
}

/// A sentence, and a table of how many findings there are of each pair of verdicts.
pub(super) fn overview(all: &[Placed<'_>], out: &mut String) {
    out.push_str(&format!(
        "<section class=\"overview\" aria-label=\"Summary\">\n<p class=\"lead\">{}</p>\n",
        prose(&summary(all))
    ));
    if findings(all).next().is_some() {
        matrix(all, out);
    }
    out.push_str("</section>\n");
}

fn findings<'a>(all: &'a [Placed<'_>]) -> impl Iterator<Item = &'a Finding> {
    all.iter().flat_map(|it| &it.report.findings)
}

fn count(all: &[Placed<'_>], test: impl Fn(&Finding) -> bool) -> usize {
    findings(all).filter(|it| test(it)).count()
}

fn matrix(all: &[Placed<'_>], out: &mut String) {
    out.push_str("<table class=\"matrix\"><caption>Findings by verdict</caption>\n<thead><tr><th scope=\"col\">Wire</th>");
    for rust in RUST {
        out.push_str(&format!("<th scope=\"col\">Rust: {}</th>", rust.name()));
    }
    out.push_str("<th scope=\"col\">all</th></tr></thead>\n<tbody>\n");
    for wire in WIRE {
        out.push_str(&format!("<tr><th scope=\"row\">{}</th>", wire_word(wire)));
        for rust in RUST {
            cell(count(all, |it| it.wire == wire && it.rust == rust), out);
        }
        cell(count(all, |it| it.wire == wire), out);
        out.push_str("</tr>\n");
    }
    out.push_str("<tr class=\"all\"><th scope=\"row\">all</th>");
    RUST.into_iter().for_each(|rust| cell(count(all, |it| it.rust == rust), out));
    cell(count(all, |_| true), out);
    out.push_str("</tr>\n</tbody></table>\n");
}

fn cell(count: usize, out: &mut String) {
    let class = if count == 0 { " class=\"none\"" } else { "" };
    out.push_str(&format!("<td{class}>{count}</td>"));
}

/// The filters. They are hidden until the script shows them: without it they do nothing.
pub(super) fn filters(all: &[Placed<'_>], out: &mut String) {
    if findings(all).next().is_none() {
        return;
    }
    out.push_str("<form id=\"filters\" aria-label=\"Filters\" hidden>\n");
    let wire = WIRE.map(|it| (it.name(), wire_word(it), count(all, |one| one.wire == it)));
    let rust = RUST.map(|it| (it.name(), it.name(), count(all, |one| one.rust == it)));
    let level = LEVELS.map(|it| (it.name(), it.name(), count(all, |one| one.level == it)));
    for (name, legend, choices) in
        [("wire", "Wire", wire), ("rust", "Rust", rust), ("level", "Level", level)]
    {
        fieldset(name, legend, &choices, out);
    }
    out.push_str(
        "<p class=\"find\"><label for=\"search\">Words in a finding</label>\n\
         <input type=\"search\" id=\"search\" autocomplete=\"off\" spellcheck=\"false\"></p>\n\
         <p class=\"buttons\"><button type=\"reset\">Show all</button>\n\
         <button type=\"button\" id=\"open\">Open parts</button>\n\
         <button type=\"button\" id=\"close\">Close parts</button></p>\n\
         <p><label><input type=\"checkbox\" id=\"keys\" checked> Keys: <kbd>j</kbd> next, \
         <kbd>k</kbd> previous, <kbd>/</kbd> words</label></p>\n\
         <p id=\"shown\" role=\"status\"></p>\n</form>\n",
    );
}

fn fieldset(name: &str, legend: &str, choices: &[(&str, &str, usize)], out: &mut String) {
    out.push_str(&format!("<fieldset><legend>{legend}</legend>\n"));
    for (value, word, count) in choices {
        out.push_str(&format!(
            "<label><input type=\"checkbox\" name=\"{name}\" value=\"{value}\" checked> {word} \
             <span class=\"muted\">{count}</span></label>\n"
        ));
    }
    out.push_str("</fieldset>\n");
}
