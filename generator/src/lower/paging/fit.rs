//! Puts what is stated of pages against an operation: its parameters, its body, and its reply.

use super::KEY;
use super::read::{Place, Stated, Step};
use crate::paging::{Found, at, items, page_type, resolved};
use crate::source::NodeId;
use tenon_ir as ir;

/// Something that is stated, and that the operation doesn't have.
pub(super) struct Problem {
    /// Where it is stated.
    pub(super) at: NodeId,
    /// What is wrong.
    pub(super) message: String,
    /// What to do.
    pub(super) help: String,
}

/// What is stated, as this operation has it.
pub(super) fn fit(
    api: &ir::Api,
    operation: &ir::Operation,
    stated: &Stated,
) -> Result<ir::Paging, Vec<Problem>> {
    let Some(page) = page_type(operation) else {
        let message = format!("`{KEY}` needs a reply in JSON, which the operation doesn't have");
        let help = "describe the reply, or leave the extension out".to_owned();
        return Err(vec![Problem { at: stated.at, message, help }]);
    };
    let mut fitting = Fitting { api, operation, page, problems: Vec::new() };
    let (items, item) = fitting.list(stated);
    let step = fitting.step(&stated.step, item.as_ref());
    let size = stated.limit.as_ref().and_then(|limit| fitting.input(limit, false));
    let total = stated.total.as_ref().and_then(|total| fitting.reply(total));
    let more = stated.more.as_ref().and_then(|more| fitting.reply(more));
    match (step, item) {
        (Some(step), Some(item)) if fitting.problems.is_empty() => {
            Ok(ir::Paging { step, size, items, item, total, more })
        }
        _ => Err(fitting.problems),
    }
}

struct Fitting<'a> {
    api: &'a ir::Api,
    operation: &'a ir::Operation,
    page: &'a ir::Type,
    problems: Vec<Problem>,
}

impl Fitting<'_> {
    fn step(&mut self, step: &Step, item: Option<&ir::Type>) -> Option<ir::PageStep> {
        Some(match step {
            Step::Offset(place, first) => {
                let input = self.input(place, true)?;
                let first = first.or_else(|| self.default(&input)).unwrap_or(0);
                ir::PageStep::Offset { input, first }
            }
            Step::Page(place, first) => {
                let input = self.input(place, true)?;
                let first = first.or_else(|| self.default(&input)).unwrap_or(1);
                ir::PageStep::Number { input, first }
            }
            Step::Cursor(place, next) => {
                let input = self.input(place, false);
                let next = self.reply(next);
                ir::PageStep::Cursor { input: input?, next: next? }
            }
            Step::LastItem(place, last) => {
                let input = self.input(place, false);
                let id = self.within(item?, last, "an item");
                ir::PageStep::LastItem { input: input?, id: id? }
            }
            Step::Address(next) => ir::PageStep::Address { next: self.reply(next)? },
            Step::Link(relation) => ir::PageStep::Link { relation: relation.clone() },
        })
    }

    /// Where the items lie, and what they are.
    fn list(&mut self, stated: &Stated) -> (String, Option<ir::Type>) {
        let Some(place) = &stated.items else {
            let item = items(self.api, self.page, "");
            if item.is_none() {
                let message = format!("`{KEY}` doesn't say where the items lie");
                self.problem(stated.at, message, "add `items: …`: the reply isn't a list itself");
            }
            return (String::new(), item);
        };
        let Some(pointer) = self.reply(place) else { return (String::new(), None) };
        let item = items(self.api, self.page, &pointer);
        if item.is_none() {
            let message = format!("`items` leads to `{pointer}`, which isn't a list");
            self.problem(place.at, message, "name the property that is an array");
        }
        (pointer, item)
    }

    /// A place in the reply.
    fn reply(&mut self, place: &Place) -> Option<String> {
        self.within(self.page, place, "the reply")
    }

    fn within(&mut self, ty: &ir::Type, place: &Place, of: &str) -> Option<String> {
        let pointer = pointer(&place.text);
        if let Found::Nothing = at(self.api, ty, &pointer) {
            let message = format!("`{}` leads to `{pointer}`, which {of} doesn't have", place.key);
            self.problem(place.at, message, "name a property, or write a JSON pointer to one");
            return None;
        }
        Some(pointer)
    }

    /// A parameter, a place in one (`pageable/page`), or behind a `/` a place in the body.
    fn input(&mut self, place: &Place, is_number: bool) -> Option<ir::PageInput> {
        let (ty, input) = match place.text.starts_with('/') {
            true => (self.in_body(place)?, ir::PageInput::Body(place.text.clone())),
            false => self.in_params(place)?,
        };
        if is_number && !self.can_be_number(&ty, &input) {
            let message = format!("`{}` has to be a number, and `{}` isn't", place.key, place.text);
            self.problem(place.at, message, "of what isn't a number, use `cursor`");
            return None;
        }
        Some(input)
    }

    /// The parameter of that name; or what is in the one whose name stands before the first `/`.
    fn in_params(&mut self, place: &Place) -> Option<(ir::Type, ir::PageInput)> {
        let params = &self.operation.params;
        if let Some(index) = params.iter().position(|param| param.wire == place.text) {
            return Some((params[index].ty.clone(), ir::PageInput::Param(index)));
        }
        let slash = place.text.find('/').unwrap_or(place.text.len());
        let (wire, pointer) = place.text.split_at(slash);
        let index = params.iter().position(|param| param.wire == wire);
        let found = index.map(|index| (index, at(self.api, &params[index].ty, pointer)));
        let (index, ty) = match found {
            Some((index, Found::Type(ty))) => (index, ty.clone()),
            Some((index, Found::Anything)) => (index, ir::Type::Json),
            Some((_, Found::Nothing)) | None => {
                let message = format!(
                    "`{}` names the parameter `{}`, which the operation doesn't have",
                    place.key, place.text
                );
                let help = "name one of its parameters, or write a JSON pointer into its body";
                self.problem(place.at, message, help);
                return None;
            }
        };
        Some((ty, ir::PageInput::Member(index, pointer.to_owned())))
    }

    /// The type of what is sent at a place in the body.
    fn in_body(&mut self, place: &Place) -> Option<ir::Type> {
        let sent = self.operation.body.as_ref().map(|body| &body.sent);
        let found = match sent {
            Some(ir::Sent::One(ir::Payload { content: ir::Content::Json(ty), .. })) => {
                at(self.api, ty, &place.text)
            }
            Some(ir::Sent::One(_) | ir::Sent::Choice { .. }) | None => Found::Nothing,
        };
        match found {
            Found::Type(ty) => Some(ty.clone()),
            Found::Anything => Some(ir::Type::Json),
            Found::Nothing => {
                let message = format!(
                    "`{}` leads to `{}`, which no JSON body of the operation has",
                    place.key, place.text
                );
                let help = "write a JSON pointer into its body, or name a parameter";
                self.problem(place.at, message, help);
                None
            }
        }
    }

    /// A parameter may be described as a text; a place in a body is sent as what it is.
    fn can_be_number(&self, ty: &ir::Type, input: &ir::PageInput) -> bool {
        match resolved(self.api, ty) {
            ir::Type::Int(_) | ir::Type::Float(_) | ir::Type::Json => true,
            ir::Type::Text(_) => !matches!(input, ir::PageInput::Body(_)),
            _ => false,
        }
    }

    /// The documented default of a parameter, where it can be the number of a first page or item.
    fn default(&self, input: &ir::PageInput) -> Option<u64> {
        let ir::PageInput::Param(index) = input else { return None };
        let documented = self.operation.params.get(*index)?.default.as_ref();
        let default = crate::paging::default(documented)?;
        (default < 2).then_some(default)
    }

    fn problem(&mut self, at: NodeId, message: String, help: &str) {
        self.problems.push(Problem { at, message, help: help.to_owned() });
    }
}

/// A JSON pointer, or the name of a property.
fn pointer(text: &str) -> String {
    match text.is_empty() || text.starts_with('/') {
        true => text.to_owned(),
        false => format!("/{}", text.replace('~', "~0").replace('/', "~1")),
    }
}
