//! Holds the body of a request to what the document says of it.

use http::header::CONTENT_TYPE;

use super::inspect::{Breach, steps};
use super::multipart::{self, Part};
use super::received::{Received, decoded, pairs};
use super::route::{BodyCheck, Check, PartCheck, Route};
use super::tree::Tree;
use crate::codec::{self, Violation};
use crate::op::{Encoding, Payload, RequestBody, Style};

/// What is wrong with the body.
pub(super) fn inspect(route: &Route, call: &Received) -> Vec<Breach> {
    let Some(preferred) = &route.operation().body else { return Vec::new() };
    let media =
        call.headers.get(CONTENT_TYPE).map(|value| String::from_utf8_lossy(value.as_bytes()));
    if call.body.is_empty() && media.is_none() {
        let is_missing = preferred.required;
        return is_missing.then(|| Breach::new(400, "the body is missing")).into_iter().collect();
    }
    let bodies = || std::iter::once(preferred).chain(preferred.others);
    let fits = |body: &&RequestBody| {
        let mut names = std::iter::once(&body.media).chain(body.labels);
        media.as_ref().is_some_and(|media| names.any(|name| is_of(media, name)))
    };
    let Some((at, body)) = bodies().enumerate().find(|(_, body)| fits(body)) else {
        let names = bodies().flat_map(|body| std::iter::once(&body.media).chain(body.labels));
        let known: Vec<&str> = names.copied().collect();
        let found = media.as_deref().unwrap_or("none");
        let known = known.join(", ");
        let reason =
            format!("the media type of the body is {found} where the document says {known}");
        return vec![Breach::new(415, reason)];
    };
    let check = route.bodies.get(at).copied().unwrap_or(BodyCheck::Any);
    let media = media.as_deref().unwrap_or_default();
    let wrong = wrong(body, check, media, &call.body);
    wrong.into_iter().map(|reason| Breach::new(400, reason)).collect()
}

/// Whether a media type is a documented one, or of a documented range. Parameters don't count.
fn is_of(media: &str, documented: &str) -> bool {
    let essence =
        |text: &str| text.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let (media, documented) = (essence(media), essence(documented));
    match documented.split_once('*') {
        Some((start, _)) => media.starts_with(start),
        None => media == documented,
    }
}

fn wrong(body: &RequestBody, check: BodyCheck, media: &str, bytes: &[u8]) -> Vec<String> {
    match (check, body.payload) {
        (BodyCheck::Value(check), Payload::Json) => told(check(bytes, false, body.rules)),
        (BodyCheck::Value(check), Payload::Form) => {
            let text = String::from_utf8_lossy(bytes);
            told(form(&text, body.encoding).read(check, body.rules))
        }
        (BodyCheck::Value(check), Payload::Multipart) => match multipart::parse(media, bytes) {
            Ok(parts) => told(of_parts(&parts).read(check, body.rules)),
            Err(reason) => vec![reason.to_owned()],
        },
        (BodyCheck::Lines(check), _) => lines(check, bytes),
        (BodyCheck::Parts(checks), _) => match multipart::parse(media, bytes) {
            Ok(parts) => checks.iter().flat_map(|check| part(check, &parts)).collect(),
            Err(reason) => vec![reason.to_owned()],
        },
        (BodyCheck::Value(_), _) => Vec::new(),
        (BodyCheck::Any, Payload::Text) => {
            let is_text = std::str::from_utf8(bytes).is_ok();
            (!is_text).then(|| "the body isn't text in UTF-8".to_owned()).into_iter().collect()
        }
        (BodyCheck::Any, _) => Vec::new(),
    }
}

fn told(result: Result<Vec<Violation>, codec::Fault>) -> Vec<String> {
    match result {
        Ok(broken) => broken
            .into_iter()
            .map(|it| format!("the body breaks a rule: {}", it.under("body")))
            .collect(),
        Err(fault) => vec![format!("the body isn't what the document says: {fault}")],
    }
}

/// Each line is a value; a text of a sequence has a record separator in front (RFC 7464). Rules of the
/// list as a whole aren't checked.
fn lines(check: Check, bytes: &[u8]) -> Vec<String> {
    let lines = bytes.split(|byte| matches!(byte, b'\n' | 0x1e)).map(<[u8]>::trim_ascii);
    let lines = lines.filter(|line| !line.is_empty()).enumerate();
    let told = lines.flat_map(|(at, line)| {
        let told = told(check(line, false, &[]));
        told.into_iter().map(move |reason| format!("line {}: {reason}", at + 1))
    });
    told.collect()
}

/// The names and values of a form, in their places.
pub(super) fn form(text: &str, table: &[Encoding]) -> Tree {
    let mut members: Vec<(Vec<String>, Vec<String>)> = Vec::new();
    for (name, value) in pairs(text) {
        let (steps, texts) = placed(name, value, table);
        match members.iter_mut().find(|(other, _)| *other == steps) {
            Some((_, known)) => known.extend(texts),
            None => members.push((steps, texts)),
        }
    }
    let mut tree = Tree::Object(Vec::new());
    for (steps, texts) in members {
        match <[String; 1]>::try_from(texts) {
            Ok([only]) => tree.put(&steps, only),
            Err(several) => {
                for (index, text) in several.into_iter().enumerate() {
                    tree.put(&[&*steps, &[index.to_string()]].concat(), text);
                }
            }
        }
    }
    tree.indexed()
}

/// Where a pair belongs, and the texts that it holds.
fn placed(name: String, value: &str, table: &[Encoding]) -> (Vec<String>, Vec<String>) {
    let of = |style: Style| move |it: &&Encoding| it.style == Some(style);
    let deep = table.iter().filter(of(Style::DeepObject)).find_map(|it| {
        let rest = steps(name.strip_prefix(it.name)?)?;
        Some([vec![it.name.to_owned()], rest].concat())
    });
    if let Some(steps) = deep {
        return (steps, vec![decoded(value)]);
    }
    let stated = table.iter().find(|it| it.name == name && it.style.is_some() && !it.explode);
    let separators: &[&str] = match stated.and_then(|it| it.style) {
        None => &[],
        Some(Style::SpaceDelimited) => &["+", "%20"],
        Some(Style::PipeDelimited) => &["|", "%7C"],
        Some(_) => &[","],
    };
    let one = separators.iter().fold(value.to_owned(), |text, it| text.replace(it, ","));
    let texts = match separators {
        [] => vec![decoded(value)],
        _ => one.split(',').map(decoded).collect(),
    };
    (vec![name], texts)
}

/// Parts that are the properties of a value.
fn of_parts(parts: &[Part<'_>]) -> Tree {
    let mut names: Vec<&str> = Vec::new();
    for part in parts {
        if !names.contains(&part.name.as_str()) {
            names.push(&part.name);
        }
    }
    let members = names.into_iter().map(|name| {
        let texts = parts.iter().filter(|part| part.name == name);
        let texts = texts.map(|part| String::from_utf8_lossy(part.body).into_owned());
        (name.to_owned(), Tree::of_texts(texts.collect()))
    });
    Tree::Object(members.collect())
}

/// What is wrong with the parts of a name.
fn part(check: &PartCheck, parts: &[Part<'_>]) -> Vec<String> {
    let name = check.encoding.name;
    let Some(tree) = of_name(&check.encoding, parts) else {
        // The members of an exploded object are parts of their own names.
        let is_spread = check.encoding.style == Some(Style::Form) && check.encoding.explode;
        let is_missing = check.required && !is_spread;
        return is_missing.then(|| format!("the part `{name}` is missing")).into_iter().collect();
    };
    let Some(read) = check.check else { return Vec::new() };
    match tree.read(read, &[]) {
        Ok(broken) => broken.into_iter().map(|it| it.under(name).to_string()).collect(),
        Err(fault) => vec![format!("the part `{name}` isn't what the document says: {fault}")],
    }
}

/// The texts of the parts of a name, as their encoding puts them; absent without any.
fn of_name(encoding: &Encoding, parts: &[Part<'_>]) -> Option<Tree> {
    let text = |part: &Part<'_>| String::from_utf8_lossy(part.body).into_owned();
    if encoding.style == Some(Style::DeepObject) {
        let members = parts
            .iter()
            .filter_map(|part| Some((steps(part.name.strip_prefix(encoding.name)?)?, text(part))));
        return super::inspect::tree(members);
    }
    let texts = parts.iter().filter(|part| part.name == encoding.name).map(text);
    let texts: Vec<String> = texts.collect();
    let delimiter = match encoding.style.filter(|_| !encoding.explode) {
        None => None,
        Some(Style::SpaceDelimited) => Some(' '),
        Some(Style::PipeDelimited) => Some('|'),
        Some(_) => Some(','),
    };
    let split = |delimiter: char| {
        let pieces = texts.iter().flat_map(|text| text.split(delimiter));
        pieces.map(str::to_owned).collect()
    };
    (!texts.is_empty()).then(|| Tree::of_texts(delimiter.map_or_else(|| texts.clone(), split)))
}
