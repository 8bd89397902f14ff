//! Lines of the changelog that are told in one.
//!
//! In: what is said of each finding, in parts. Out: sentences in Markdown, without a full stop. What
//! one thing gained is one sentence, so is what changed of one property, and so are properties of a
//! model that all changed alike.

use super::changelog::Group;

/// Least properties of a model that are told as one.
const LEAST: usize = 2;

/// What is said of a finding.
#[derive(Clone, Debug)]
pub(super) struct Said {
    /// Where it belongs.
    pub(super) group: Group,
    /// The sentence.
    pub(super) line: Line,
    /// What it does on the wire: sentences without a full stop.
    pub(super) whys: Vec<String>,
}

/// A sentence, in parts that another may share.
#[derive(Clone, Debug)]
pub(super) enum Line {
    /// As it is.
    Plain(String),
    /// What something gained or lost.
    Gain(Gain),
    /// What became of something.
    Told(Told),
}

/// What something gained or lost.
#[derive(Clone, Debug)]
pub(super) struct Gain {
    /// What gained it, and the verb.
    pub(super) who: String,
    /// The kind of one, with an article, and of several; a value of an enum is told by itself.
    pub(super) kind: Option<(&'static str, &'static str)>,
    /// The names, and what is shown of each.
    pub(super) names: Vec<(String, String)>,
}

/// What became of something.
#[derive(Clone, Debug)]
pub(super) struct Told {
    /// What it is.
    pub(super) subject: String,
    /// What happened.
    pub(super) verbs: Vec<String>,
    /// Lines of the public API.
    pub(super) lines: Vec<String>,
    /// The model and the field, where it is one.
    pub(super) field: Option<(String, String)>,
}

/// The sentences, in the order of the findings.
pub(super) fn sentences(all: Vec<Said>) -> Vec<(Group, String)> {
    let mut kept: Vec<Said> = Vec::new();
    for said in all {
        match kept.iter_mut().find(|it| is_one(it, &said)) {
            Some(it) => take(it, said),
            None => kept.push(said),
        }
    }
    alike(&kept)
}

fn is_one(a: &Said, b: &Said) -> bool {
    a.group == b.group
        && match (&a.line, &b.line) {
            (Line::Gain(x), Line::Gain(y)) => {
                x.who == y.who && x.kind == y.kind && a.whys == b.whys
            }
            (Line::Told(x), Line::Told(y)) => x.subject == y.subject,
            _ => false,
        }
}

fn take(it: &mut Said, other: Said) {
    add(&mut it.whys, other.whys);
    match (&mut it.line, other.line) {
        (Line::Gain(all), Line::Gain(gain)) => all.names.extend(gain.names),
        (Line::Told(all), Line::Told(told)) => {
            add(&mut all.verbs, told.verbs);
            add(&mut all.lines, told.lines);
            all.field = all.field.take().or(told.field);
        }
        _ => {}
    }
}

fn add(all: &mut Vec<String>, more: Vec<String>) {
    for text in more {
        if !all.contains(&text) {
            all.push(text);
        }
    }
}

/// Of properties of a model that changed alike, one sentence.
fn alike(all: &[Said]) -> Vec<(Group, String)> {
    let mut forms: Vec<(Group, String, Vec<usize>)> = Vec::new();
    for (at, said) in all.iter().enumerate() {
        let Some(form) = form(said) else { continue };
        match forms.iter_mut().find(|it| it.0 == said.group && it.1 == form) {
            Some(it) => it.2.push(at),
            None => forms.push((said.group, form, vec![at])),
        }
    }
    forms.retain(|it| it.2.len() >= LEAST);
    let mut out = Vec::new();
    for (at, said) in all.iter().enumerate() {
        let shared = forms.iter().find(|it| it.2.contains(&at));
        match shared {
            None => out.push((said.group, text(said))),
            Some((_, form, members)) if members[0] == at => {
                let names: Vec<String> = members.iter().filter_map(|it| field(&all[*it])).collect();
                out.push((said.group, format!("Each of {} {form}", listed(&names))));
            }
            Some(_) => {}
        }
    }
    out
}

fn field(said: &Said) -> Option<String> {
    let Line::Told(Told { field: Some((_, name)), .. }) = &said.line else { return None };
    Some(format!("`{name}`"))
}

/// What is said of a property, with its name left out.
fn form(said: &Said) -> Option<String> {
    let Line::Told(told) = &said.line else { return None };
    let (model, name) = told.field.as_ref()?;
    let without = |line: &String| {
        line.replace(&format!("{model}.{name}: "), &format!("{model}.…: "))
            .replace(&format!("{model}::{name}("), &format!("{model}::…("))
            .replace(&format!("{model}::{name}_null("), &format!("{model}::…_null("))
            .replace(&format!("(…, {name}: "), "(…, …: ")
    };
    let lines: Vec<String> = told.lines.iter().map(without).collect();
    let told = format!("of `{model}` {}: {}", told.verbs.join(" and "), lines.join("; "));
    Some(with(told, &said.whys))
}

fn text(said: &Said) -> String {
    let text = match &said.line {
        Line::Plain(text) => text.clone(),
        Line::Gain(gain) => gained(gain),
        Line::Told(told) => {
            let head = format!("{} {}", told.subject, told.verbs.join(" and "));
            match told.lines.is_empty() {
                true => head,
                false => format!("{head}: {}", told.lines.join("; ")),
            }
        }
    };
    with(text, &said.whys)
}

fn gained(gain: &Gain) -> String {
    let names: Vec<String> = gain.names.iter().map(|(name, _)| name.clone()).collect();
    let shown: Vec<String> = gain.names.iter().map(|(_, shown)| shown.clone()).collect();
    match gain.kind {
        None => format!("{} {}", gain.who, listed(&names)),
        Some((one, _)) if names.len() == 1 => {
            format!("{} {one} {}, {}", gain.who, names.concat(), shown.concat())
        }
        Some((_, many)) => format!("{} {} {many}: {}", gain.who, names.len(), listed(&shown)),
    }
}

fn with(text: String, whys: &[String]) -> String {
    whys.iter().fold(text, |text, why| format!("{text}. {why}"))
}

/// `a, b and c`.
pub(super) fn listed(names: &[String]) -> String {
    match names {
        [one] => one.clone(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
        [] => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(name: &str, verb: &str) -> Said {
        let line = |ty: &str| format!("`M.{name}: {ty}`");
        let told = Told {
            subject: format!("`m.{name}`"),
            verbs: vec![verb.to_owned()],
            lines: vec![format!("{} is now {}", line("i64"), line("String"))],
            field: Some(("M".to_owned(), name.to_owned())),
        };
        Said { group: Group::Breaking, line: Line::Told(told), whys: vec!["It breaks".to_owned()] }
    }

    #[test]
    fn what_became_of_one_property_is_one_sentence() {
        let texts = sentences(vec![told("a", "is new"), told("a", "is old")]);
        let text = "`m.a` is new and is old: `M.a: i64` is now `M.a: String`. It breaks";
        assert_eq!(texts, [(Group::Breaking, text.to_owned())]);
    }

    #[test]
    fn properties_that_changed_alike_are_one_sentence() {
        let all = ["a", "b", "c"].map(|name| told(name, "is new"));
        let text =
            "Each of `a`, `b` and `c` of `M` is new: `M.…: i64` is now `M.…: String`. It breaks";
        assert_eq!(sentences(all.to_vec()), [(Group::Breaking, text.to_owned())]);
        assert_eq!(sentences(all[..1].to_vec()).len(), 1);
    }

    #[test]
    fn what_one_gained_is_one_sentence() {
        let gain = |name: &str, kind| Said {
            group: Group::Added,
            line: Line::Gain(Gain {
                who: "`M` gained".to_owned(),
                kind,
                names: vec![(format!("`{name}`"), format!("`M.{name}: i64`"))],
            }),
            whys: Vec::new(),
        };
        let fields = Some(("an optional field", "optional fields"));
        let texts =
            sentences(vec![gain("a", fields), gain("X", None), gain("b", fields), gain("Y", None)]);
        let texts: Vec<&str> = texts.iter().map(|(_, text)| text.as_str()).collect();
        let expected =
            ["`M` gained 2 optional fields: `M.a: i64` and `M.b: i64`", "`M` gained `X` and `Y`"];
        assert_eq!(texts, expected);
    }
}
