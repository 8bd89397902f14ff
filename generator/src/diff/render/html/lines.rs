//! Two lists of lines, to rows in which they stand side by side.

use similar::{Algorithm, DiffOp, capture_diff_slices};

/// Unchanged lines that are kept around changed ones.
const AROUND: usize = 3;

/// Most rows that are shown.
const MOST: usize = 60;

/// A row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Row {
    /// The same on both sides; the indexes of the two lines.
    Same(usize, usize),
    /// Gone, new, or another.
    Changed(Option<usize>, Option<usize>),
    /// Some unchanged rows are left out.
    Unchanged(usize),
    /// Some rows, of whatever kind, are left out at the end.
    More(usize),
}

/// The rows for two lists of lines. Indentation makes no difference: a part that moved is indented
/// in another way.
pub(super) fn rows(old: &[&str], new: &[&str]) -> Vec<Row> {
    let trimmed = |lines: &[&str]| lines.iter().map(|line| line.trim().to_owned()).collect();
    let (before, after): (Vec<String>, Vec<String>) = (trimmed(old), trimmed(new));
    let mut rows = Vec::new();
    for op in capture_diff_slices(Algorithm::Myers, &before, &after) {
        match op {
            DiffOp::Equal { old_index, new_index, len } => {
                rows.extend((0..len).map(|at| Row::Same(old_index + at, new_index + at)));
            }
            DiffOp::Delete { old_index, old_len, .. } => {
                rows.extend((0..old_len).map(|at| Row::Changed(Some(old_index + at), None)));
            }
            DiffOp::Insert { new_index, new_len, .. } => {
                rows.extend((0..new_len).map(|at| Row::Changed(None, Some(new_index + at))));
            }
            DiffOp::Replace { old_index, old_len, new_index, new_len } => {
                let at = |start: usize, len: usize, at: usize| (at < len).then_some(start + at);
                rows.extend((0..old_len.max(new_len)).map(|row| {
                    Row::Changed(at(old_index, old_len, row), at(new_index, new_len, row))
                }));
            }
        }
    }
    cut(fold(&rows))
}

/// Leaves out what is far from any change; the first line, which names the part, stays.
fn fold(rows: &[Row]) -> Vec<Row> {
    let is_same = |row: &Row| matches!(row, Row::Same(..));
    let mut out = Vec::new();
    let mut done = 0;
    for run in rows.chunk_by(|a, b| is_same(a) == is_same(b)) {
        done += run.len();
        let before = if done == run.len() { 1 } else { AROUND };
        let after = if done == rows.len() { 0 } else { AROUND };
        let before = if after == 0 { AROUND } else { before };
        if !run.first().is_some_and(is_same) || run.len() <= before + after + 1 {
            out.extend_from_slice(run);
            continue;
        }
        let (head, rest) = run.split_at(before);
        let (middle, tail) = rest.split_at(rest.len() - after);
        out.extend_from_slice(head);
        out.push(Row::Unchanged(middle.len()));
        out.extend_from_slice(tail);
    }
    out
}

fn cut(mut rows: Vec<Row>) -> Vec<Row> {
    if rows.len() > MOST + 1 {
        let rest = rows.len() - MOST;
        rows.truncate(MOST);
        rows.push(Row::More(rest));
    }
    rows
}

/// Bytes at the start and at the end of two lines that are the same in both, by whole words.
pub(super) fn shared(old: &str, new: &str) -> (usize, usize) {
    let mut start = width(old.chars().zip(new.chars()));
    if old[start..].starts_with(is_of_word) || new[start..].starts_with(is_of_word) {
        start = old[..start].trim_end_matches(is_of_word).len();
    }
    let (old, new) = (&old[start..], &new[start..]);
    let end = width(old.chars().rev().zip(new.chars().rev()));
    let (head, tail) = old.split_at(old.len() - end);
    if head.ends_with(is_of_word) || new[..new.len() - end].ends_with(is_of_word) {
        return (start, tail.trim_start_matches(is_of_word).len());
    }
    (start, end)
}

fn width(pairs: impl Iterator<Item = (char, char)>) -> usize {
    pairs.take_while(|pair| pair.0 == pair.1).map(|pair| pair.0.len_utf8()).sum()
}

fn is_of_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changed_lines_stand_side_by_side() {
        let rows = rows(&["a:", "  type: string", "  x: 1"], &["a:", "type: integer"]);
        let changed = Row::Changed(Some(1), Some(1));
        assert_eq!(rows, [Row::Same(0, 0), changed, Row::Changed(Some(2), None)]);
    }

    #[test]
    fn what_is_far_from_a_change_is_left_out() {
        let old: Vec<String> = (0..20).map(|line| line.to_string()).collect();
        let old: Vec<&str> = old.iter().map(String::as_str).collect();
        let rows = rows(&old, &old[..19]);
        assert_eq!(rows[..2], [Row::Same(0, 0), Row::Unchanged(15)]);
        assert_eq!(rows[2..4], [Row::Same(16, 16), Row::Same(17, 17)]);
        assert_eq!(rows[5..], [Row::Changed(Some(19), None)]);
        let rows = super::rows(&old, &old);
        assert_eq!(rows[2..], [Row::Same(2, 2), Row::Unchanged(17)]);
    }

    #[test]
    fn the_middle_of_a_line_changed() {
        assert_eq!(shared("maxLength: 10", "maxLength: 15"), (11, 0));
        assert_eq!(shared("f(a: i64) -> T", "f(a: String) -> T"), (5, 6));
        assert_eq!(shared("ä öb", "ä üb"), (3, 0));
        assert_eq!(shared("a a", "a"), (1, 0));
    }
}
