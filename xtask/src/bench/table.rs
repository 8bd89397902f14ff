//! The table of what commands cost, and how peers compare.

use std::fs;
use std::path::Path;

use super::measure::{self, Cost};
use super::{Case, Work};
use crate::report::Look;

/// Shows the medians of each case.
///
/// The ratio of a peer is that to this generator doing the same for the same document: on the clock for generating, and in
/// user seconds for compiling, which takes as many processors as it finds.
pub(super) fn show(cases: &[Case], look: &Look) {
    look.line(&format!(
        "{:<26} {:<16} {:<12} {:>8} {:>8} {:>9} {:>9} {:>7}",
        "document", "generator", "command", "wall s", "user s", "peak MiB", "lines", "ratio"
    ));
    for case in cases {
        let lines = case.out.as_deref().map_or(String::new(), |out| lines(out).to_string());
        let own = cases.iter().find(|own| own.document == case.document && own.work == case.work);
        let ratio = match own {
            Some(own) if own.who != case.who => {
                let of = |case: &Case| match case.work {
                    Work::Generate => median(case, |cost| cost.wall),
                    Work::Check | Work::Build => median(case, |cost| cost.user),
                };
                format!("{:.1}", of(case) / of(own))
            }
            _ => String::new(),
        };
        let what = match case.work {
            Work::Generate => "generate",
            Work::Check => "cargo check",
            Work::Build => "cargo build",
        };
        let (wall, user) = (median(case, |cost| cost.wall), median(case, |cost| cost.user));
        let peak = median(case, |cost| cost.peak);
        look.line(&format!(
            "{:<26} {:<16} {what:<12} {wall:>8.2} {user:>8.2} {peak:>9.0} {lines:>9} {ratio:>7}",
            case.document, case.who
        ));
    }
}

fn median(case: &Case, part: fn(&Cost) -> f64) -> f64 {
    measure::median(case.costs.iter().map(part).collect())
}

/// Lines of the Rust files below a folder.
fn lines(folder: &Path) -> usize {
    let mut count = 0;
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            count += lines(&path);
        } else if path.extension().is_some_and(|it| it == "rs") {
            count += fs::read_to_string(&path).map_or(0, |text| text.lines().count());
        }
    }
    count
}
