//! Calls: methods of the groups, their arguments and setters, what they give back.

use super::{Entry, Key, Shared, Surface, entry, existence};
use crate::diff::walk::{Aspect, Subject};
use crate::ir;

/// Adds an operation.
pub(super) fn add(
    shared: &Shared<'_>,
    number: usize,
    (group, operation): (&ir::Group, &ir::Operation),
    surface: &mut Surface,
) {
    Call { shared, group, operation, number }.add(surface);
}

struct Call<'a> {
    shared: &'a Shared<'a>,
    group: &'a ir::Group,
    operation: &'a ir::Operation,
    number: usize,
}

impl Call<'_> {
    fn subject(&self) -> Subject {
        Subject::Call(self.number)
    }

    fn owned(&self, text: impl Into<String>, shown: impl Into<String>) -> Entry {
        Entry { owner: Some(existence(&self.subject())), ..entry(text, shown) }
    }

    fn put(&self, surface: &mut Surface, aspect: Aspect, which: &str, entry: Entry) {
        let key: Key = (self.subject(), aspect, which.to_owned());
        surface.insert(key, entry);
    }

    fn add(&self, surface: &mut Surface) {
        let operation = self.operation;
        let arguments: Vec<String> =
            operation.arguments.iter().map(|input| self.input_text(*input)).collect();
        let method = format!("client.{}().{}", self.group.name.as_str(), operation.name.as_str());
        let shown = format!("{method}({})", arguments.join(", "));
        surface.insert(existence(&self.subject()), entry("", shown.clone()));
        self.put(surface, Aspect::Name, "method", self.owned(method, shown.clone()));
        let module = self.group.name.as_str();
        let call = format!("{module}::{}", operation.type_name.as_str());
        self.put(surface, Aspect::Name, "type", self.owned(call.clone(), call));
        let order: Vec<String> =
            operation.arguments.iter().map(|input| self.input_key(*input)).collect();
        self.put(surface, Aspect::Order, "arguments", self.owned(order.join("\n"), shown));
        if operation.paging.is_some() {
            let shown = format!("{}: its pages", operation.name.as_str());
            self.put(surface, Aspect::Type, "pages", self.owned("", shown));
        }
        for input in &operation.arguments {
            self.input(*input, true, surface);
        }
        for input in &operation.setters {
            self.input(*input, false, surface);
        }
        for label in operation.body.iter().flat_map(|body| &body.labels) {
            self.label(label, surface);
        }
        self.outcome(&operation.success, "success", surface);
        self.outcome(&operation.failure, "failure", surface);
        if let Some(stream) = &operation.stream {
            self.outcome(stream, "stream", surface);
        }
    }

    /// What an input goes by: parameters of the path by position, others by name.
    fn input_key(&self, input: ir::Input) -> String {
        let ir::Input::Param(at) = input else { return "body".to_owned() };
        let params = &self.operation.params;
        let Some(param) = params.get(at) else { return String::new() };
        let place = format!("{:?}", param.place).to_lowercase();
        let others = params.iter().filter(|other| other.wire == param.wire).count();
        match param.place {
            ir::Place::Path => format!("path #{at}"),
            _ if others > 1 => format!("{place} {}", param.wire),
            _ => format!("parameter {}", param.wire),
        }
    }

    fn input_text(&self, input: ir::Input) -> String {
        match input {
            ir::Input::Body => match &self.operation.body {
                Some(body) => format!("body: {}", self.body(body)),
                None => String::new(),
            },
            ir::Input::Param(at) => match self.operation.params.get(at) {
                Some(param) => {
                    format!("{}: {}", param.name.as_str(), self.shared.shown(&param.ty))
                }
                None => String::new(),
            },
        }
    }

    fn input(&self, input: ir::Input, is_argument: bool, surface: &mut Surface) {
        let (key, name, text, shown) = match input {
            ir::Input::Body => {
                let Some(body) = &self.operation.body else { return };
                let shown = self.body(body);
                ("body".to_owned(), body.name.as_str(), None, shown)
            }
            ir::Input::Param(at) => {
                let Some(param) = self.operation.params.get(at) else { return };
                let types = (self.shared.compared(&param.ty), self.shared.shown(&param.ty));
                let key = self.input_key(input);
                (key, param.name.as_str(), Some(types.0), types.1)
            }
        };
        let method = self.operation.name.as_str();
        let shown = match is_argument {
            true => format!("{method}({name}: {shown})"),
            false => format!("{}::{name}({shown})", self.operation.type_name.as_str()),
        };
        let subject = Subject::Input(self.number, key);
        let call = existence(&self.subject());
        let there =
            Entry { demanded_by: is_argument.then_some(call), ..self.owned("", shown.clone()) };
        surface.insert(existence(&subject), there);
        let own =
            |text: &str| Entry { owner: Some(existence(&subject)), ..entry(text, shown.clone()) };
        let presence = if is_argument { "argument" } else { "setter" };
        surface.insert((subject.clone(), Aspect::Presence, String::new()), own(presence));
        if let Some(text) = text {
            surface.insert((subject.clone(), Aspect::Type, String::new()), own(&text));
        }
        if !is_argument {
            let key = (subject.clone(), Aspect::Presence, "setter".to_owned());
            surface.insert(key, own(name));
        }
        if let (ir::Input::Body, Some(body)) = (input, &self.operation.body) {
            self.parts(body, surface);
        }
    }

    /// The method that names another media type of the body.
    fn label(&self, label: &ir::MediaLabel, surface: &mut Surface) {
        let name = label.name.as_str();
        let shown = format!("{}::{name}()", self.operation.type_name.as_str());
        let body = Subject::Input(self.number, "body".to_owned());
        let entry = self.owned(name, shown);
        surface.insert((body, Aspect::Type, format!("sent as {}", label.media)), entry);
    }

    /// What a body is given as.
    fn body(&self, body: &ir::RequestBody) -> String {
        match &body.sent {
            ir::Sent::One(payload) => {
                format!("{}{}", media(payload), self.content(&payload.content, true))
            }
            ir::Sent::Choice { name, .. } => format!("impl Into<{}>", name.as_str()),
        }
    }

    fn content(&self, content: &ir::Content, shown: bool) -> String {
        let write = |ty: &ir::Type| {
            if shown { self.shared.shown(ty) } else { self.shared.compared(ty) }
        };
        match content {
            ir::Content::Json(ty) => write(ty),
            ir::Content::Lines(ty) => format!("&[{}]", write(ty)),
            ir::Content::Text => "impl Into<String>".to_owned(),
            ir::Content::Bytes => "impl Into<Body>".to_owned(),
            ir::Content::Form(form) | ir::Content::Multipart(ir::Multipart::Value(form)) => {
                write(&form.ty)
            }
            ir::Content::Multipart(ir::Multipart::Parts(parts)) => parts.name.as_str().to_owned(),
            ir::Content::Multipart(ir::Multipart::Open) => "Multipart".to_owned(),
        }
    }

    /// What a body is taken as, the enum of bodies by media type, and the types of parts.
    fn parts(&self, body: &ir::RequestBody, surface: &mut Surface) {
        let key = Subject::Input(self.number, "body".to_owned());
        let mut accepts = |payload: &ir::Payload| {
            let taken = format!("{}{}", media(payload), self.content(&payload.content, false));
            let shown = format!("{}{}", media(payload), self.content(&payload.content, true));
            let entry = self.owned("", format!("{}(body: {shown})", self.operation.name.as_str()));
            surface.insert((key.clone(), Aspect::Type, format!("takes {taken}")), entry);
        };
        match &body.sent {
            ir::Sent::One(payload) => accepts(payload),
            ir::Sent::Choice { cases, .. } => {
                cases.iter().filter(|case| case.from).for_each(|case| accepts(&case.payload));
            }
        }
        if let ir::Sent::Choice { name, cases } = &body.sent {
            for case in cases {
                let content = self.content(&case.payload.content, true);
                let shown = format!("{}::{}({content})", name.as_str(), case.name.as_str());
                let entry = self.owned(self.content(&case.payload.content, false), shown);
                let which = case.name.as_str().to_owned();
                surface.insert((key.clone(), Aspect::Type, which), entry);
            }
        }
        for payload in body.payloads() {
            if let ir::Content::Multipart(ir::Multipart::Parts(parts)) = &payload.content {
                parts.fields.iter().for_each(|field| self.part(parts, field, surface));
            }
        }
    }

    fn part(&self, parts: &ir::Parts, field: &ir::PartField, surface: &mut Surface) {
        let subject = Subject::Input(self.number, format!("part {}", field.encoding.property));
        let (text, shown) = match &field.value {
            ir::PartValue::File => ("Part".to_owned(), "impl Into<Part>".to_owned()),
            ir::PartValue::Files => ("Parts".to_owned(), "Vec<Part>".to_owned()),
            ir::PartValue::Value(ty) => (self.shared.compared(ty), self.shared.shown(ty)),
        };
        let is_argument = field.presence == ir::Presence::Required;
        let function = if is_argument { "new" } else { field.name.as_str() };
        let shown =
            format!("{}::{function}({}: {shown})", parts.name.as_str(), field.name.as_str());
        let body = existence(&Subject::Input(self.number, "body".to_owned()));
        let there =
            Entry { demanded_by: is_argument.then_some(body), ..self.owned("", shown.clone()) };
        surface.insert(existence(&subject), there);
        let own =
            |text: String| Entry { owner: Some(existence(&subject)), ..entry(text, shown.clone()) };
        let entries =
            [(Aspect::Type, own(text)), (Aspect::Presence, own(format!("{:?}", field.presence)))];
        for (aspect, entry) in entries {
            surface.insert((subject.clone(), aspect, String::new()), entry);
        }
        if !is_argument {
            let entry = own(field.name.as_str().to_owned());
            surface.insert((subject, Aspect::Presence, "setter".to_owned()), entry);
        }
    }

    fn outcome(&self, outcome: &ir::Outcome, which: &str, surface: &mut Surface) {
        let subject = Subject::Case(self.number, which.to_owned());
        let (text, shown) = match outcome {
            ir::Outcome::None => ("nothing".to_owned(), "nothing documented".to_owned()),
            ir::Outcome::One(body) => (self.reply(body, false), self.reply(body, true)),
            ir::Outcome::Many { name, .. } => {
                ("one of several".to_owned(), name.as_str().to_owned())
            }
        };
        let method = self.operation.name.as_str();
        let entry = self.owned(text, format!("{method}(…) -> {which} {shown}"));
        surface.insert((subject, Aspect::Type, String::new()), entry);
        let ir::Outcome::Many { name, cases, .. } = outcome else { return };
        let shown = format!("{}::{}", self.group.name.as_str(), name.as_str());
        let call = self.operation.type_name.as_str();
        // Its name follows that of the call.
        let text = name.as_str().strip_prefix(call).unwrap_or(name.as_str());
        self.put(surface, Aspect::Name, which, self.owned(text, shown));
        for case in cases {
            let status = status(case.status);
            let shown = format!(
                "{}::{}({})",
                name.as_str(),
                case.name.as_str(),
                self.reply(&case.content, true)
            );
            let subject = Subject::Case(self.number, status);
            let media = case.media.clone().unwrap_or_default();
            let text = format!("{} {}", case.name.as_str(), self.reply(&case.content, false));
            let entry = self.owned(text, shown);
            surface.insert((subject, Aspect::Type, format!("{which} {media}")), entry);
        }
    }

    fn reply(&self, body: &ir::Body, shown: bool) -> String {
        let write = |ty: &ir::Type| {
            if shown { self.shared.shown(ty) } else { self.shared.compared(ty) }
        };
        match body {
            ir::Body::Empty => "()".to_owned(),
            ir::Body::Json(ty) => write(ty),
            ir::Body::Text => "String".to_owned(),
            ir::Body::Bytes => "Bytes".to_owned(),
            ir::Body::Events(ty, data) => format!("events of {} ({data:?})", write(ty)),
            ir::Body::Lines(ty) => format!("lines of {}", write(ty)),
        }
    }
}

/// A range leaves the media type to the caller.
fn media(payload: &ir::Payload) -> &'static str {
    match &payload.media {
        ir::Media::Exact(_) => "",
        ir::Media::Range(_) => "content type, ",
    }
}

fn status(pattern: ir::StatusPattern) -> String {
    match pattern {
        ir::StatusPattern::Code(code) => code.to_string(),
        ir::StatusPattern::Range(digit) => format!("{digit}XX"),
        ir::StatusPattern::Default => "default".to_owned(),
    }
}
