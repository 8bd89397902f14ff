//! Bodies by media type.

use super::operation::{Ways, body_type};
use super::rules::{self, Rule};
use super::side::Side;
use super::walk::{Aspect, Change, Holder, Source, Subject, Walk};
use super::{docs, operations};
use crate::ir;
use crate::source::NodeId;
use crate::spec::http::{essence, is_json};
use crate::spec::{Media, PartEncoding, StatusKey};

/// Where a body belongs.
pub(super) enum Place {
    /// The request.
    Sent,
    /// The reply with this status.
    Received(StatusKey),
}

impl Place {
    fn subject(&self, call: usize) -> Subject {
        match self {
            Place::Sent => Subject::Input(call, "body".to_owned()),
            Place::Received(key) => Subject::Case(call, super::replies::status(*key)),
        }
    }

    fn directions(&self, ways: Ways) -> u8 {
        match self {
            Place::Sent => ways.sent,
            Place::Received(_) => ways.received,
        }
    }

    fn ty(&self, walk: &Walk<'_, '_>, call: usize, is_new: bool, media: &str) -> Option<ir::Type> {
        match self {
            Place::Sent => sent(walk, call, is_new, media),
            Place::Received(key) => received(walk, call, is_new, *key, media),
        }
    }
}

fn lowered<'w>(walk: &'w Walk<'_, '_>, call: usize, is_new: bool) -> Option<&'w ir::Operation> {
    let side: &Side<'_> = if is_new { walk.new } else { walk.old };
    let at = if is_new { walk.calls[call].new } else { walk.calls[call].old }?;
    Some(side.call(operations::operation(side, at).at)?.1)
}

fn webhook<'w>(walk: &'w Walk<'_, '_>, call: usize, is_new: bool) -> Option<&'w ir::Webhook> {
    let side: &Side<'_> = if is_new { walk.new } else { walk.old };
    let at = if is_new { walk.calls[call].new } else { walk.calls[call].old }?;
    let origin = crate::lower::pointer(side.tree, operations::operation(side, at).at);
    side.api.webhooks.iter().find(|webhook| webhook.origin == origin)
}

/// The type of a request body in the generated client.
pub(super) fn sent(
    walk: &Walk<'_, '_>,
    call: usize,
    is_new: bool,
    media: &str,
) -> Option<ir::Type> {
    if let Some(webhook) = webhook(walk, call, is_new) {
        return body_type(&webhook.content).cloned();
    }
    let body = lowered(walk, call, is_new)?.body.as_ref()?;
    let payloads = body.payloads();
    // Another charset may have been stated than that of what is sent.
    let find = |is: &dyn Fn(&str) -> bool| {
        let label = || body.labels.iter().find(|label| is(&label.media));
        let own = payloads.iter().position(|payload| is(payload.media.name()));
        own.or_else(|| Some(label()?.payload))
    };
    let at = find(&|name| name == media).or_else(|| find(&|name| essence(name) == essence(media)));
    let payload = payloads.get(at?)?;
    payload
        .types()
        .first()
        .copied()
        .cloned()
        .filter(|_| !matches!(payload.content, ir::Content::Multipart(ir::Multipart::Parts(_))))
}

fn received(
    walk: &Walk<'_, '_>,
    call: usize,
    is_new: bool,
    key: StatusKey,
    media: &str,
) -> Option<ir::Type> {
    let status = match key {
        StatusKey::Code(code) => ir::StatusPattern::Code(code),
        StatusKey::Range(digit) => ir::StatusPattern::Range(digit),
        StatusKey::Default => ir::StatusPattern::Default,
    };
    let responses = &lowered(walk, call, is_new)?.responses;
    let of_status = || responses.iter().filter(|it| it.status == status);
    let found = of_status().find(|it| it.media == media).or_else(|| of_status().next())?;
    body_type(&found.content).cloned()
}

/// Compares the bodies of a request or reply.
pub(super) fn compare(
    walk: &mut Walk<'_, '_>,
    call: usize,
    place: &Place,
    old: (NodeId, &[Media<'_>]),
    new: (NodeId, &[Media<'_>]),
    ways: Ways,
) {
    let cx = Cx { call, place, ways };
    let mut gone: Vec<&Media<'_>> = old.1.iter().collect();
    let mut come: Vec<&Media<'_>> = new.1.iter().collect();
    let exact = |a: &Media<'_>, b: &Media<'_>| a.name.eq_ignore_ascii_case(b.name);
    for (a, b) in take(&mut gone, &mut come, exact) {
        content(walk, &cx, a, b);
    }
    let same = |a: &Media<'_>, b: &Media<'_>| essence(a.name) == essence(b.name);
    for (a, b) in take(&mut gone, &mut come, same) {
        told(walk, &cx, &rules::MEDIA_TYPE_PARAMETERS, (a, b));
        content(walk, &cx, a, b);
    }
    for (a, b) in take(&mut gone, &mut come, |a, b| covers(b.name, a.name)) {
        told(walk, &cx, &rules::MEDIA_TYPE_WIDENED, (a, b));
        content(walk, &cx, a, b);
    }
    for (a, b) in take(&mut gone, &mut come, |a, b| covers(a.name, b.name)) {
        told(walk, &cx, &rules::MEDIA_TYPE_NARROWED, (a, b));
        content(walk, &cx, a, b);
    }
    for (a, b) in replaced(&gone, &come) {
        content(walk, &cx, a, b);
    }
    for media in gone {
        let ty = place.ty(walk, call, false, media.name);
        let gone = walk.gone(ty.as_ref());
        let verb = format!("lost the media type `{}`", media.name);
        let nodes = (Some(media.at), Some(new.0));
        let subject = super::names::shown(walk.new.tree, new.0);
        let change = cx.change(walk, &rules::MEDIA_TYPE_REMOVED, nodes, verb, media.name);
        walk.push(change.subject(subject).texts(Some(media.name.to_owned()), None).taking(gone));
    }
    for media in come {
        let verb = format!("got the media type `{}`", media.name);
        let nodes = (Some(old.0), Some(media.at));
        let subject = super::names::shown(walk.new.tree, new.0);
        let change = cx.change(walk, &rules::MEDIA_TYPE_ADDED, nodes, verb, media.name);
        walk.push(change.subject(subject).texts(None, Some(media.name.to_owned())));
    }
}

/// Where a body belongs, and how it travels.
struct Cx<'a> {
    call: usize,
    place: &'a Place,
    ways: Ways,
}

impl Cx<'_> {
    fn change(
        &self,
        walk: &Walk<'_, '_>,
        rule: &'static Rule,
        nodes: (Option<NodeId>, Option<NodeId>),
        verb: String,
        detail: &str,
    ) -> Change {
        let subject = self.place.subject(self.call);
        let change = Change::new(walk, rule, nodes.0, nodes.1, verb)
            .of_call(self.call, self.place.directions(self.ways))
            .detail(detail);
        change.explains(Some(subject.clone()), Some(subject), Aspect::Any)
    }
}

fn take<'m, 't>(
    gone: &mut Vec<&'m Media<'t>>,
    come: &mut Vec<&'m Media<'t>>,
    same: impl Fn(&Media<'_>, &Media<'_>) -> bool,
) -> Vec<(&'m Media<'t>, &'m Media<'t>)> {
    let mut found = Vec::new();
    for old in gone.clone() {
        if let Some(at) = come.iter().position(|new| same(old, new)) {
            found.push((old, come.remove(at)));
            gone.retain(|other| !std::ptr::eq(*other, old));
        }
    }
    found
}

/// Media types of JSON in whose place another of JSON came: what they hold is compared all the same.
fn replaced<'m, 't>(
    gone: &[&'m Media<'t>],
    come: &[&'m Media<'t>],
) -> Vec<(&'m Media<'t>, &'m Media<'t>)> {
    let are_json = |a: &Media<'_>, b: &Media<'_>| is_json(a.name) && is_json(b.name);
    take(&mut gone.to_vec(), &mut come.to_vec(), are_json)
}

/// A range takes in a media type.
fn covers(range: &str, name: &str) -> bool {
    let (range, name) = (essence(range), essence(name));
    match range.strip_suffix('*') {
        Some("*/") => true,
        Some(start) => name.starts_with(start),
        None => false,
    }
}

fn told(
    walk: &mut Walk<'_, '_>,
    cx: &Cx<'_>,
    rule: &'static Rule,
    (a, b): (&Media<'_>, &Media<'_>),
) {
    let verb = format!("had the media type `{}`, has `{}`", a.name, b.name);
    let change = cx.change(walk, rule, (Some(a.at), Some(b.at)), verb, b.name);
    walk.push(change.texts(Some(a.name.to_owned()), Some(b.name.to_owned())));
}

fn content(walk: &mut Walk<'_, '_>, cx: &Cx<'_>, a: &Media<'_>, b: &Media<'_>) {
    let types =
        (cx.place.ty(walk, cx.call, false, a.name), cx.place.ty(walk, cx.call, true, b.name));
    let subject = cx.place.subject(cx.call);
    for (old, new) in [(a.schema, b.schema), (a.item_schema, b.item_schema)] {
        match (old, new) {
            (None, None) => {}
            (Some(x), Some(y)) => {
                let source = Source::Call(cx.call, cx.place.directions(cx.ways));
                let holder = Holder::Items(Some(subject.clone()), Some(subject.clone()));
                let (old, new) = (([x], types.0.as_ref()), ([y], types.1.as_ref()));
                walk.pair((&old.0, old.1), (&new.0, new.1), Some((source, holder)));
            }
            (x, _) => {
                let (rule, verb) = match x {
                    None => (&rules::CONTENT_ADDED, "says what it is"),
                    Some(_) => (&rules::CONTENT_REMOVED, "doesn't say any more what it is"),
                };
                let nodes = (Some(a.at), Some(b.at));
                let change = cx.change(walk, rule, nodes, verb.to_owned(), b.name);
                let gone = walk.gone(types.0.as_ref());
                walk.push(change.taking(gone));
            }
        }
    }
    if let Some(change) = docs::example(walk, (a.at, &a.examples), (b.at, &b.examples)) {
        walk.push(change.of_call(cx.call, cx.place.directions(cx.ways)).detail("example"));
    }
    encodings(walk, cx, a, b);
}

fn encodings(walk: &mut Walk<'_, '_>, cx: &Cx<'_>, a: &Media<'_>, b: &Media<'_>) {
    let words = |it: &PartEncoding<'_>| {
        let style =
            it.style.map(|style| format!("{style} {}", it.explode.unwrap_or(style == "form")));
        let explode = it.explode.filter(|_| it.style.is_none()).map(|it| it.to_string());
        let style = style.or(explode).unwrap_or_default();
        let reserved = if it.allow_reserved { " reserved" } else { "" };
        format!("{} {style}{reserved}", it.content_type.unwrap_or_default()).trim().to_owned()
    };
    let find = |media: &Media<'_>, name: &str| {
        let found = media.encoding.iter().find(|it| it.property == name);
        found.map(words).filter(|it| !it.is_empty())
    };
    let mut names: Vec<&str> = a.encoding.iter().chain(&b.encoding).map(|it| it.property).collect();
    names.sort_unstable();
    names.dedup();
    for name in names {
        let (was, is) = (find(a, name), find(b, name));
        let described = |media: &Media<'_>, side: &Side<'_>| {
            let schema = media.schema.map(|id| super::flat::flatten(side, &[id]));
            schema.is_some_and(|flat| flat.properties.iter().any(|(known, _)| *known == name))
        };
        // A property that came or went brings or takes its encoding.
        if was != is && described(a, walk.old) && described(b, walk.new) {
            let verb = format!("has another encoding of `{name}`");
            let nodes = (Some(a.at), Some(b.at));
            let change = cx.change(walk, &rules::PART_ENCODING_CHANGED, nodes, verb, name);
            let part = Subject::Input(cx.call, format!("part {name}"));
            let change = change.explains(Some(part.clone()), Some(part), Aspect::Any);
            walk.push(change.texts(was, is));
        }
    }
}
