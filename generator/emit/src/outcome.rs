//! What an operation gives back: the types of its replies, and enums where there are several.

use tenon_ir::{Body, Case, EventData, Operation, Outcome, StatusPattern, Type};

use crate::docs::Text;
use crate::layout::{self, Code, word};
use crate::markdown::code;
use crate::scope::Scope;
use crate::{lints, types};

/// The outcome type of a successful reply.
pub(crate) fn success(scope: &Scope<'_>, operation: &Operation) -> String {
    outcome(scope, &operation.success, "Empty")
}

/// The outcome type of a documented error.
pub(crate) fn failure(scope: &Scope<'_>, operation: &Operation) -> String {
    outcome(scope, &operation.failure, "Undocumented")
}

/// The outcome type of a reply that is read while it comes.
pub(crate) fn stream(scope: &Scope<'_>, outcome: &Outcome) -> String {
    match outcome {
        Outcome::One(Body::Bytes) => layout::path(&scope.op("StreamBody")),
        Outcome::None | Outcome::One(_) | Outcome::Many { .. } => {
            self::outcome(scope, outcome, "Empty")
        }
    }
}

fn outcome(scope: &Scope<'_>, outcome: &Outcome, none: &'static str) -> String {
    let of =
        |adapter, ty| format!("{}<{}>", layout::path(&scope.op(adapter)), types::text(scope, ty));
    match outcome {
        Outcome::None => layout::path(&scope.op(none)),
        Outcome::One(Body::Empty) => layout::path(&scope.op("Empty")),
        Outcome::One(Body::Json(ty)) => of("Json", ty),
        Outcome::One(Body::Text) => layout::path(&scope.op("TextBody")),
        Outcome::One(Body::Bytes) => layout::path(&scope.op("BytesBody")),
        Outcome::One(Body::Events(ty, EventData::Json)) => of("EventsBody", ty),
        Outcome::One(Body::Events(ty, EventData::Text)) => of("TextEventsBody", ty),
        Outcome::One(Body::Events(ty, EventData::Whole)) => of("WholeEventsBody", ty),
        Outcome::One(Body::Lines(ty)) => of("LinesBody", ty),
        Outcome::Many { name, .. } => word(name),
    }
}

/// The enums of an operation's replies and errors.
pub(crate) fn write(scope: &Scope<'_>, operation: &Operation, out: &mut Code) {
    enumeration(scope, &operation.success, "replies", out);
    enumeration(scope, &operation.failure, "errors", out);
    if let Some(stream) = &operation.stream {
        enumeration(scope, stream, "streams", out);
    }
}

/// `enum CreatePetError: errors { … }`, or `enum DeletePetError: errors = CreatePetError;`
fn enumeration(scope: &Scope<'_>, outcome: &Outcome, noun: &str, out: &mut Code) {
    let Outcome::Many { name, cases, same } = outcome else { return };
    if let Some(same) = same {
        out.line(1, &format!("enum {}: {noun} = {};", word(name), word(same)));
        return;
    }
    if let Some(lint) =
        lints::variants_text(scope, cases.iter().map(|case| content_type(&case.content)))
    {
        out.line(1, lint);
    }
    // A stream is read once, so that there can't be two of it.
    let is_stream = |case: &Case| matches!(case.content, Body::Events(..) | Body::Lines(_));
    let once = if cases.iter().any(is_stream) { " read once" } else { "" };
    out.line(1, &format!("enum {}: {noun}{once} {{", word(name)));
    for (at, case) in cases.iter().enumerate() {
        out.docs(2, &case_docs(case).lines());
        out.line(2, &format!("{at} {}{},", word(&case.name), content(scope, &case.content)));
    }
    out.line(1, "}");
}

/// How the content of a case is read, and what into.
fn content(scope: &Scope<'_>, content: &Body) -> String {
    let of = |read, stream, ty| {
        let stream = layout::path(&scope.runtime("", stream));
        format!("({read} {stream}<{}>)", types::text(scope, ty))
    };
    match content {
        Body::Empty => String::new(),
        Body::Json(ty) => format!("(json {})", types::text(scope, ty)),
        Body::Text => format!("(text {})", layout::path(&scope.string())),
        Body::Bytes => format!("(bytes {})", layout::path(&scope.runtime("", "Bytes"))),
        Body::Events(ty, EventData::Json) => of("events", "EventStream", ty),
        Body::Events(ty, EventData::Text) => of("text_events", "EventStream", ty),
        Body::Events(ty, EventData::Whole) => of("whole_events", "EventStream", ty),
        Body::Lines(ty) => of("lines", "LineStream", ty),
    }
}

/// A type as large as the content.
fn content_type(content: &Body) -> &Type {
    match content {
        Body::Empty => &Type::Unit,
        Body::Json(ty) => ty,
        Body::Text | Body::Bytes | Body::Events(..) | Body::Lines(_) => &Type::Json,
    }
}

fn case_docs(case: &Case) -> Text {
    let mut status = status_words(case.status);
    if let Some(media) = &case.media {
        status.push_str(&format!(" as {}", code(media)));
    }
    let silent = case.docs.summary.is_none() && case.docs.description.is_none();
    let mut text = match case.status {
        _ if !silent => Text::of(&case.docs, || "No description.".to_owned()),
        StatusPattern::Code(_) | StatusPattern::Range(_) => Text::new(format!("Status {status}.")),
        StatusPattern::Default => Text::new(format!("{status}.")),
    };
    if !silent {
        text.lead(&status);
    }
    text.origin(&case.docs);
    text
}

/// A status in documentation.
pub(crate) fn status_words(status: StatusPattern) -> String {
    match status {
        StatusPattern::Code(code) => code.to_string(),
        StatusPattern::Range(digit) => format!("{digit}XX"),
        StatusPattern::Default => "Any other status".to_owned(),
    }
}
