//! `pattern`: a regular expression of ECMA-262 (JSON Schema Core, section 6.4).
//!
//! Documents hold patterns in the syntax of the language that their server is written in. What means
//! the same in ECMA-262 is written so; what ECMA-262 would read as something else holds nobody to
//! anything, and is reported.

use std::cell::RefCell;
use std::collections::HashMap;

use super::super::cx::Cx;
use super::super::evidence::format::string;
use crate::backtrack::is_slow;
use crate::diag::{At, Code};
use crate::source::{NodeId, Tree};
use regress::Regex;
use tenon_ir as ir;

/// The letters that mean something behind a backslash without the `u` flag, `k` only beside named
/// groups (ECMA-262, section 22.2.1 and annex B.1.2). Others stand for themselves, which nobody means.
const ESCAPES: &str = "bBdDwWsStnvfrcxuk";

/// The longest text that is matched: a pattern may take its time on one.
const LONGEST: usize = 128;

/// Patterns that texts of the document were matched with, none where they aren't to be trusted.
#[derive(Default)]
pub(in super::super) struct Matchers(RefCell<HashMap<String, Option<Regex>>>);

impl Matchers {
    /// The pattern, as it is checked, doesn't match the text.
    pub(in super::super) fn refuses(&self, stated: &str, text: &str) -> bool {
        let mut known = self.0.borrow_mut();
        if !known.contains_key(stated) {
            known.insert(stated.to_owned(), matcher(stated));
        }
        let matcher = known.get(stated).and_then(Option::as_ref);
        text.len() <= LONGEST && matcher.is_some_and(|matcher| matcher.find(text).is_none())
    }
}

fn matcher(stated: &str) -> Option<Regex> {
    let pattern = undelimited(stated).and_then(read).ok().filter(|it| !is_slow(it))?;
    Regex::with_flags(&pattern, "u").or_else(|_| Regex::new(&pattern)).ok()
}

/// A value of the document that a pattern refuses.
pub(in super::super) struct Refused {
    at: NodeId,
    pattern: String,
}

impl Refused {
    /// Says that the value holds.
    pub(in super::super) fn report(&self, cx: &mut Cx<'_, '_>) {
        let shown: String =
            cx.spec.tree.text(self.at).unwrap_or_default().chars().take(LONGEST / 2).collect();
        let message = format!("`{shown}` doesn't match the pattern `{}`", self.pattern);
        cx.sink
            .warning(Code::ExampleFormat, At::Node(self.at), message)
            .help("the pattern isn't checked; mend it, or the value");
    }
}

/// Takes out the patterns that refuse one of these values, or a part of it.
pub(in super::super) fn contradicted(
    matchers: &Matchers,
    tree: &Tree,
    rules: &mut Vec<ir::Rule>,
    shown: &[NodeId],
) -> Vec<Refused> {
    let mut refused = Vec::new();
    rules.retain_mut(|rule| {
        let inner: Vec<NodeId> = match rule {
            ir::Rule::Pattern(pattern) => {
                let is_refused = |at: &&NodeId| {
                    string(tree, **at).is_some_and(|text| matchers.refuses(pattern, text))
                };
                let found = shown.iter().find(is_refused);
                refused.extend(found.map(|at| Refused { at: *at, pattern: pattern.clone() }));
                return found.is_none();
            }
            ir::Rule::Items(_) => shown.iter().flat_map(|at| tree.items(*at)).copied().collect(),
            ir::Rule::Values(_) => {
                shown.iter().flat_map(|at| tree.entries(*at)).map(|(_, at)| at).collect()
            }
            _ => return true,
        };
        if let ir::Rule::Items(rules) | ir::Rule::Values(rules) = rule {
            refused.extend(contradicted(matchers, tree, rules, &inner));
            return !rules.is_empty();
        }
        true
    });
    refused
}

/// The rule of a pattern.
pub(super) fn of(cx: &mut Cx<'_, '_>, at: NodeId) -> Option<ir::Rule> {
    let stated = cx.spec.tree.text(at)?;
    let read = undelimited(stated).and_then(read);
    let (report, pattern) = match read {
        Ok(pattern) if pattern == stated => return Some(ir::Rule::Pattern(pattern)),
        Ok(pattern) => {
            let message = format!("not an ECMA-262 pattern, but what `{pattern}` is there");
            (cx.sink.note(Code::InvalidPattern, At::Node(at), message), Some(pattern))
        }
        Err(why) => {
            let message = format!("not an ECMA-262 pattern: {why}");
            (cx.sink.warning(Code::InvalidPattern, At::Node(at), message), None)
        }
    };
    report.help(match pattern {
        Some(_) => "it is checked like that; write it in the syntax of JavaScript",
        None => "the pattern isn't checked; write it in the syntax of JavaScript",
    });
    pattern.map(ir::Rule::Pattern)
}

/// The pattern without the slashes that JavaScript, Perl and PHP write around it in code. They are
/// those where nothing could match: before the start, or behind the end.
fn undelimited(stated: &str) -> Result<&str, String> {
    let literal = stated.strip_prefix('/').and_then(|rest| rest.rsplit_once('/'));
    let Some((pattern, flags)) = literal else { return Ok(stated) };
    let is_anchored =
        pattern.starts_with('^') || (pattern.ends_with('$') && !pattern.ends_with("\\$"));
    if !is_anchored || !flags.chars().all(|it| it.is_ascii_lowercase()) {
        return Ok(stated);
    }
    // These don't change what a single match is.
    match flags.trim_matches(['u', 'g']) {
        "" => Ok(pattern),
        flags => Err(format!("the flags `{flags}` can't be said in a pattern")),
    }
}

/// The pattern in ECMA-262, or why there is none.
fn read(stated: &str) -> Result<String, String> {
    if is_mask(stated) {
        return Err("it only shows how dates are written".to_owned());
    }
    if Regex::with_flags(stated, "u").is_ok() {
        return Ok(stated.to_owned());
    }
    let pattern = anchored(stated)?;
    // Many documents escape characters in ways that only the older, laxer grammar accepts.
    match Regex::with_flags(&pattern, "u").or_else(|_| Regex::new(&pattern)) {
        Ok(_) => Ok(pattern),
        Err(error) => Err(error.to_string()),
    }
}

/// The pattern consists of the letters for years, months, and so on, such as `yyyy-MM-dd`.
fn is_mask(stated: &str) -> bool {
    let mask = stated.trim_start_matches('^').trim_end_matches('$').to_ascii_lowercase();
    let pairs = ["yy", "mm", "dd", "hh", "ss"].into_iter().filter(|pair| mask.contains(pair));
    pairs.count() >= 2 && mask.chars().all(|letter| "ymdhstzx'-/.:, ".contains(letter))
}

/// The pattern with the anchors of ECMA-262 in place of `\A`, `\z` and `\Z`; what else has no meaning
/// there is an error.
fn anchored(stated: &str) -> Result<String, String> {
    let mut pattern = String::with_capacity(stated.len());
    let mut in_class = false;
    let mut rest = stated.char_indices();
    while let Some((at, next)) = rest.next() {
        let escaped = if next == '\\' { rest.next() } else { None };
        match (next, escaped) {
            ('\\', Some((_, 'A'))) if !in_class => pattern.push('^'),
            ('\\', Some((_, 'z' | 'Z'))) if !in_class => pattern.push('$'),
            ('\\', Some((_, letter))) => {
                let is_braced = matches!(letter, 'x' | 'u') && rest.as_str().starts_with('{');
                if matches!(letter, 'p' | 'P') {
                    let message = "needs the `u` flag, which refuses another part of the pattern";
                    return Err(format!("`\\{letter}` {message}"));
                }
                if is_braced || (letter.is_ascii_alphabetic() && !ESCAPES.contains(letter)) {
                    return Err(format!("`\\{letter}` stands for the letter"));
                }
                pattern.extend([next, letter]);
            }
            ('[', None) if in_class => {
                if let Some(class) = posix(&stated[at..]) {
                    return Err(format!("`{class}` is a set of these characters"));
                }
                pattern.push(next);
            }
            (_, _) => {
                in_class = next == '[' || (in_class && next != ']');
                pattern.push(next);
            }
        }
    }
    Ok(pattern)
}

/// The `[:alpha:]` of POSIX that a text begins with.
fn posix(text: &str) -> Option<&str> {
    let end = text.strip_prefix("[:")?.find(":]")? + "[:".len();
    let is_name = text[2..end].chars().all(|it| it == '^' || it.is_ascii_lowercase());
    is_name.then(|| &text[..end + ":]".len()])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(stated: &str) -> Result<String, String> {
        undelimited(stated).and_then(read)
    }

    #[test]
    fn anchors_and_slashes_of_other_languages_are_those_of_ecma_262() {
        for (stated, expected) in [
            (r"\A[a-z]+\z", "^[a-z]+$"),
            (r"^[a-z]+\Z", "^[a-z]+$"),
            ("/^[a-z]+$/", "^[a-z]+$"),
            (r"/\A\w+$/u", r"^\w+$"),
            (r"^\\A$", r"^\\A$"),
            ("/api/v1/", "/api/v1/"),
            (r"^/a\$/", r"^/a\$/"),
            (r"^[\w\@\-]+\_$", r"^[\w\@\-]+\_$"),
            (r"^\p{L}\u{1F600}$", r"^\p{L}\u{1F600}$"),
            ("^hyyms+$", "^hyyms+$"),
            ("y-m-d", "y-m-d"),
        ] {
            assert_eq!(of(stated).as_deref(), Ok(expected), "{stated}");
        }
    }

    #[test]
    fn what_ecma_262_reads_as_something_else_is_no_pattern() {
        for (stated, why) in [
            (r"^\h+$", r"`\h` stands for the letter"),
            (r"^\p{L}\_$", r"`\p` needs the `u` flag, which refuses another part of the pattern"),
            (r"^\x{41}$", r"`\x` stands for the letter"),
            (r"^[\z]$", r"`\z` stands for the letter"),
            ("^[[:alnum:]]+$", "`[:alnum:]` is a set of these characters"),
            ("^[_[:^space:]]$", "`[:^space:]` is a set of these characters"),
            ("YYYY-MM-DDThh:mm:ssZ", "it only shows how dates are written"),
            ("^dd/MM/yyyy$", "it only shows how dates are written"),
            ("/^a$/i", "the flags `i` can't be said in a pattern"),
            ("(a", "Unbalanced parenthesis"),
        ] {
            assert_eq!(of(stated).as_ref().map_err(String::as_str), Err(why), "{stated}");
        }
        assert!(of("\\").is_err());
    }
}
