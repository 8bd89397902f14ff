//! Proposes how the list of an operation is read page by page, from its parameters and its reply.
//!
//! A proposal is made only where the document leaves no doubt: which list it is, what is sent, and
//! what ends it. Reading a list wrongly, or only in part, is worse than reading one page.

use tenon_ir as ir;

use super::find::{Found, at, page_type, resolved};
use super::names::{
    ADDRESSES, BESIDE, CURSORS, FIRSTS, LAST_ITEMS, LISTS, MORE, NUMBERS, OFFSETS, SIZES, TOTALS,
    is_called,
};

/// How the list that an operation replies with is read page by page, as far as its document says
/// without `x-pagination`; absent where there is any doubt.
///
/// These are told, in this order: a cursor that the reply gives, the id of the last item with a flag
/// (`starting_after` and `has_more`), the header `Link` (RFC 8288), the address of the next page in
/// the body, an offset, and a page number.
pub fn propose(api: &ir::Api, operation: &ir::Operation) -> Option<ir::Paging> {
    if operation.method != "GET" {
        return None;
    }
    let page = page_type(operation)?;
    let (items, item) = list(api, operation, page)?;
    let (inputs, is_embedded) = (inputs(api, operation), items.starts_with("/_embedded/"));
    let view = View { api, operation, inputs, page, item: &item, is_embedded };
    let step = view.step()?;
    let (size, total, more) = (view.size(), view.total(), view.more());
    Some(ir::Paging { size, items, total, more, step, item })
}

/// An operation whose reply has a list.
struct View<'a> {
    api: &'a ir::Api,
    operation: &'a ir::Operation,
    inputs: Vec<Sent<'a>>,
    page: &'a ir::Type,
    item: &'a ir::Type,
    is_embedded: bool,
}

/// The one list of a page: where it lies, and the type of its items.
fn list(api: &ir::Api, operation: &ir::Operation, page: &ir::Type) -> Option<(String, ir::Type)> {
    let page = resolved(api, page);
    if let ir::Type::List(item) = page {
        return Some((String::new(), (**item).clone()));
    }
    let (within, lists) = holding_lists(api, page);
    let about = subject(operation);
    let known = |wire: &str| LISTS.iter().any(|it| is_called(wire, it)) || about == Some(wire);
    let named: Vec<&(&str, &ir::Type)> = lists.iter().filter(|(wire, _)| known(wire)).collect();
    let (wire, item) = match (lists.as_slice(), named.as_slice()) {
        ([one], _) => one,
        (_, [one]) => one,
        _ => return None,
    };
    Some((format!("{within}{}", pointer(wire)), (*item).clone()))
}

/// The lists of a page, and what they lie in: the page itself, or what it embeds, as HAL has it.
fn holding_lists<'a>(
    api: &'a ir::Api,
    page: &'a ir::Type,
) -> (&'static str, Vec<(&'a str, &'a ir::Type)>) {
    let own = lists(api, page);
    match at(api, page, "/_embedded") {
        Found::Type(embedded) if own.is_empty() => ("/_embedded", lists(api, embedded)),
        _ => ("", own),
    }
}

/// The properties of an object that are lists.
fn lists<'a>(api: &'a ir::Api, ty: &'a ir::Type) -> Vec<(&'a str, &'a ir::Type)> {
    let ir::Type::Item(id) = ty else { return Vec::new() };
    let ir::Kind::Struct(shape) = &api.item(*id).kind else { return Vec::new() };
    let is_about = |field: &&'a ir::Field| !BESIDE.contains(&field.wire.as_str());
    let list = |field: &'a ir::Field| match resolved(api, &field.ty) {
        ir::Type::List(item) => Some((field.wire.as_str(), &**item)),
        _ => None,
    };
    shape.fields.iter().filter(is_about).filter_map(list).collect()
}

/// The names of the properties of an object, or of the objects that it may be.
fn properties<'a>(api: &'a ir::Api, ty: &'a ir::Type) -> Vec<&'a str> {
    let own = |ty: &'a ir::Type| match resolved(api, ty) {
        ir::Type::Item(id) => match &api.item(*id).kind {
            ir::Kind::Struct(shape) => shape.fields.iter().map(|it| it.wire.as_str()).collect(),
            _ => Vec::new(),
        },
        _ => Vec::new(),
    };
    match resolved(api, ty) {
        ir::Type::Item(id) => match &api.item(*id).kind {
            ir::Kind::Union(union) => union.variants.iter().flat_map(|it| own(&it.ty)).collect(),
            _ => own(ty),
        },
        _ => Vec::new(),
    }
}

fn pointer(wire: &str) -> String {
    format!("/{}", wire.replace('~', "~0").replace('/', "~1"))
}

/// The last segment of the path, which says what is listed.
fn subject(operation: &ir::Operation) -> Option<&str> {
    match operation.path.last()? {
        ir::Segment::Text(text) => text.rsplit('/').find(|segment| !segment.is_empty()),
        ir::Segment::Param(_) => None,
    }
}

/// Something that a call sends.
struct Sent<'a> {
    input: ir::PageInput,
    name: String,
    ty: &'a ir::Type,
    default: Option<u64>,
    rules: &'a [ir::Rule],
    docs: &'a ir::Docs,
}

/// What an operation sends in the query: its parameters, then the properties of those.
fn inputs<'a>(api: &'a ir::Api, operation: &'a ir::Operation) -> Vec<Sent<'a>> {
    let params = operation.params.iter().enumerate();
    let params: Vec<_> = params.filter(|(_, it)| it.place == ir::Place::Query).collect();
    let own = params.iter().filter(|(_, it)| it.style == ir::Style::Form);
    let own = own.map(|(at, it)| Sent::of_param(*at, it));
    own.chain(params.iter().flat_map(|(at, it)| members(api, *at, it))).collect()
}

/// The properties of a parameter, by the names that they have in the query.
fn members<'a>(api: &'a ir::Api, at: usize, param: &'a ir::Parameter) -> Vec<Sent<'a>> {
    let name = |field: &ir::Field| match (param.style, param.explode) {
        (ir::Style::Form, true) => Some(field.wire.clone()),
        (ir::Style::DeepObject, _) => Some(format!("{}[{}]", param.wire, field.wire)),
        _ => None,
    };
    let ir::Type::Item(id) = resolved(api, &param.ty) else { return Vec::new() };
    let ir::Kind::Struct(shape) = &api.item(*id).kind else { return Vec::new() };
    let fields = shape.fields.iter();
    fields.filter_map(|field| Some(Sent::of_member(at, name(field)?, field))).collect()
}

impl<'a> Sent<'a> {
    fn of_param(at: usize, param: &'a ir::Parameter) -> Self {
        Self {
            input: ir::PageInput::Param(at),
            name: param.wire.clone(),
            ty: &param.ty,
            default: default(param.default.as_ref()),
            rules: &param.rules,
            docs: &param.docs,
        }
    }

    fn of_member(at: usize, name: String, field: &'a ir::Field) -> Self {
        Self {
            input: ir::PageInput::Member(at, pointer(&field.wire)),
            name,
            ty: &field.ty,
            default: default(field.default.as_ref()),
            rules: &field.rules,
            docs: &field.docs,
        }
    }
}

impl View<'_> {
    fn step(&self) -> Option<ir::PageStep> {
        let cursor = self.cursor().or_else(|| self.last_item());
        let address = || self.link().or_else(|| self.address());
        let counted = || self.scim().or_else(|| self.offset()).or_else(|| self.number());
        cursor.or_else(address).or_else(counted)
    }

    /// What is sent in the query by the first of these names that there is.
    fn sent(&self, names: &[&str]) -> Option<&Sent<'_>> {
        names.iter().find_map(|name| self.inputs.iter().find(|it| is_called(&it.name, name)))
    }

    /// The first of these places that has a value of such a type.
    fn place(&self, pointers: &[&str], is: fn(&ir::Type) -> bool) -> Option<String> {
        let fits = |pointer: &String| match at(self.api, self.page, pointer) {
            Found::Type(ty) => is(ty),
            Found::Anything | Found::Nothing => false,
        };
        pointers.iter().filter_map(|pointer| self.written(pointer)).find(fits)
    }

    /// A pointer of plain names as the document writes them.
    fn written(&self, plain_pointer: &str) -> Option<String> {
        let mut written = String::new();
        for step in plain_pointer.split('/').skip(1) {
            let Found::Type(ty) = at(self.api, self.page, &written) else { return None };
            // What isn't listed is as it is everywhere.
            let name = properties(self.api, ty).into_iter().find(|name| is_called(name, step));
            written.push_str(&pointer(name.unwrap_or(step)));
        }
        Some(written)
    }

    fn size(&self) -> Option<ir::PageInput> {
        self.sent(&SIZES).map(|sent| sent.input.clone())
    }

    fn total(&self) -> Option<String> {
        self.place(&TOTALS, is_number).or_else(|| {
            self.rest_framework()?;
            self.place(&["/count"], is_number)
        })
    }

    fn more(&self) -> Option<String> {
        self.place(&MORE, |ty| *ty == ir::Type::Bool)
    }

    /// The shape that Django REST framework gives to pages: `next` is an address or null, and `count`
    /// counts all items, unless a cursor leads through them.
    fn rest_framework(&self) -> Option<String> {
        let next = self.place(&["/next"], is_text)?;
        self.place(&["/previous"], is_text)?;
        self.place(&["/results"], |ty| matches!(ty, ir::Type::List(_)))?;
        let is_counted = self.place(&["/count"], is_number).is_some();
        (is_counted || self.sent(&["cursor"]).is_some()).then_some(next)
    }

    fn cursor(&self) -> Option<ir::PageStep> {
        CURSORS.iter().find_map(|(name, places)| {
            let sent = self.sent(&[name])?;
            let next = self.place(places, is_scalar)?;
            // The id of the last item is there on the last page, too.
            if next.rsplit('/').next().is_some_and(|step| is_called(step, "lastid")) {
                self.more()?;
            }
            // A list that can be counted, too, has markers for those only who ask for them.
            if *name == "marker" {
                self.sent(&OFFSETS).is_none().then_some(())?;
            }
            let ty = resolved(self.api, sent.ty);
            let may_count = OFFSETS.contains(name);
            (is_text(ty) || (is_number(ty) && !may_count)).then_some(())?;
            Some(ir::PageStep::Cursor { input: sent.input.clone(), next })
        })
    }

    fn last_item(&self) -> Option<ir::PageStep> {
        let input = self.sent(&LAST_ITEMS)?.input.clone();
        self.more()?;
        let has_id = match self::at(self.api, self.item, "/id") {
            Found::Type(ty) => is_scalar(ty),
            Found::Anything | Found::Nothing => false,
        };
        let id = "/id".to_owned();
        has_id.then_some(ir::PageStep::LastItem { input, id })
    }

    /// A reply with the header `Link`, to a call that can ask for a page.
    fn link(&self) -> Option<ir::PageStep> {
        let mut headers = self.operation.headers.iter().filter_map(|at| self.api.headers.get(*at));
        let has_link = headers.any(|header| header.wire.eq_ignore_ascii_case("link"));
        let pages = self.sent(&NUMBERS).is_some() || self.sent(&SIZES).is_some();
        (has_link && pages).then(|| ir::PageStep::Link { relation: "next".to_owned() })
    }

    fn address(&self) -> Option<ir::PageStep> {
        let stated = self.place(&ADDRESSES, is_text).filter(|next| self.declares(next));
        let next = stated.or_else(|| self.rest_framework())?;
        Some(ir::PageStep::Address { next })
    }

    /// What is there isn't just any entry of a map: every resource of HAL has links, but only those
    /// that embed a list have a next page.
    fn declares(&self, pointer: &str) -> bool {
        let mut holders = pointer.match_indices('/').filter_map(|(at, _)| pointer.get(..at));
        let is_map =
            |holder: &str| matches!(at(self.api, self.page, holder), Found::Type(ir::Type::Map(_)));
        self.is_embedded || !holders.any(is_map)
    }

    /// A list of SCIM, whose first item has the number 1 (RFC 7644, section 3.4.2.4).
    fn scim(&self) -> Option<ir::PageStep> {
        let sent = self.sent(&["startindex"])?;
        self.place(&["/resources"], |ty| matches!(ty, ir::Type::List(_)))?;
        self.place(&["/totalresults"], is_number)?;
        let is_count = is_number(resolved(self.api, sent.ty));
        is_count.then_some(ir::PageStep::Offset { input: sent.input.clone(), first: 1 })
    }

    fn offset(&self) -> Option<ir::PageStep> {
        let sent = self.sent(&OFFSETS)?;
        let size = self.sent(&SIZES)?;
        // Beside the number of a page, its size says nothing of an offset.
        if size.name.starts_with("page") && self.sent(&NUMBERS).is_some() {
            return None;
        }
        let is_int = matches!(resolved(self.api, sent.ty), ir::Type::Int(_));
        let first = sent.default.unwrap_or(0);
        (is_int && first == 0).then_some(ir::PageStep::Offset { input: sent.input.clone(), first })
    }

    /// The number of the first of the pages that Spring Data describes, each by its own number.
    fn spring_data(&self) -> Option<u64> {
        self.place(&["/content"], |ty| matches!(ty, ir::Type::List(_)))?;
        for name in ["/number", "/totalpages", "/totalelements", "/numberofelements"] {
            self.place(&[name], is_number)?;
        }
        Some(0)
    }

    /// Where the document doesn't say which number the first page has, any guess may lose one.
    fn number(&self) -> Option<ir::PageStep> {
        let sent = self.sent(&NUMBERS)?;
        self.size()?;
        let is_int = matches!(resolved(self.api, sent.ty), ir::Type::Int(_));
        let least = sent.rules.iter().any(|rule| *rule == ir::Rule::Minimum("1".to_owned()));
        let said = || least.then_some(1).or_else(|| told(sent.docs));
        let first = sent.default.or_else(said).or_else(|| self.spring_data());
        let first = first.filter(|first| *first < 2)?;
        is_int.then_some(ir::PageStep::Number { input: sent.input.clone(), first })
    }
}

/// The documented default, where it is a number.
pub(crate) fn default(documented: Option<&ir::Value>) -> Option<u64> {
    match documented? {
        ir::Value::Number(text) | ir::Value::Text(text) => text.parse().ok(),
        ir::Value::Null | ir::Value::Bool(_) | ir::Value::List(_) | ir::Value::Object(_) => None,
    }
}

/// The number of the first page, where a description tells it.
fn told(docs: &ir::Docs) -> Option<u64> {
    let texts = docs.summary.iter().chain(&docs.description);
    let text = texts.map(|text| text.to_lowercase()).collect::<Vec<_>>().join(" ");
    let mut firsts = FIRSTS.iter().filter(|(words, _)| text.contains(words)).map(|(_, at)| *at);
    let first = firsts.next()?;
    firsts.all(|other| other == first).then_some(first)
}

fn is_number(ty: &ir::Type) -> bool {
    matches!(ty, ir::Type::Int(_) | ir::Type::Float(_))
}

fn is_text(ty: &ir::Type) -> bool {
    matches!(ty, ir::Type::Text(_))
}

fn is_scalar(ty: &ir::Type) -> bool {
    is_number(ty) || is_text(ty)
}
