//! The words of [`operation!`](crate::operation!): what they say of an operation, and of the properties of a form.

use super::{
    Encoding, Operation, Param, RequestBody, Response, Retry, Security, Status, Style, paging_words,
};
use crate::codec;
use crate::error::ErrorFields;
use crate::words::{Known, Token, Words};

static ENCODINGS: Known<&'static [Encoding]> = Known::new();

/// The operation of which the words tell.
pub(super) fn operation(words: &'static str) -> Operation {
    let mut words = Words::new(words);
    let mut text = || words.text().unwrap_or_default();
    let mut operation = Operation::new(text(), text(), text());
    while let Some(token) = words.next() {
        match token {
            Token::Word("servers") => operation.servers = words.texts(),
            Token::Word("idempotent") => operation.idempotent = true,
            Token::Word("idempotency_key") => operation.idempotency_key = Some(words.only_text()),
            Token::Word("retry") => operation.retry = Some(retry(&mut words)),
            Token::Word("paging") => operation.paging = paging_words::paging(&mut words),
            Token::Word("params") => operation.params = words.slice(param),
            Token::Word("body") => operation.body = body(&mut words),
            Token::Word("responses") => operation.responses = words.slice(response),
            Token::Word("security") => operation.security = words.slice(alternative),
            _ => {}
        }
    }
    operation
}

/// `(attempts(5) statuses[429, 503])`, or `(never)`
fn retry(words: &mut Words) -> Retry {
    let said = words.group(|words| {
        Some(match words.word()? {
            "never" => Retry::never(),
            "attempts" => Retry::new().attempts(words.group(Words::number).first().copied()?),
            "statuses" => Retry::new().statuses(words.slice(Words::number)),
            _ => return None,
        })
    });
    said.into_iter().fold(Retry::new(), |whole, part| Retry {
        attempts: part.attempts.or(whole.attempts),
        statuses: if part.statuses.is_empty() { whole.statuses } else { part.statuses },
        never: part.never || whole.never,
    })
}

/// `query "limit" required [Minimum("1")]`
fn param(words: &mut Words) -> Option<Param> {
    let place = words.word()?;
    let name = words.text()?;
    let mut param = match place {
        "path" => Param::path(name),
        "query" => Param::query(name),
        "header" => Param::header(name),
        "cookie" => Param::cookie(name),
        _ => return None,
    };
    loop {
        if words.says("required") {
            param = param.required();
        } else if words.says("constant") {
            param = param.constant(json(words.only_text()));
        } else if words.says("style") {
            param = param.style(words.group(style).first().copied()?);
        } else if words.says("explode") {
            param = param.explode(words.group(flag).first().copied()?);
        } else if words.says("allow_reserved") {
            param = param.allow_reserved();
        } else if words.opens('[') {
            param = param.rules(codec::rules(words));
        } else {
            return Some(param);
        }
    }
}

/// A text as JSON. What isn't a text is written the same without its quotes.
fn json(text: &str) -> &'static str {
    serde_json::Value::from(text).to_string().leak()
}

fn style(words: &mut Words) -> Option<Style> {
    Some(match words.word()? {
        "Simple" => Style::Simple,
        "Label" => Style::Label,
        "Matrix" => Style::Matrix,
        "Form" => Style::Form,
        "SpaceDelimited" => Style::SpaceDelimited,
        "PipeDelimited" => Style::PipeDelimited,
        "DeepObject" => Style::DeepObject,
        "Json" => Style::Json,
        "QueryString" => Style::QueryString,
        "QueryJson" => Style::QueryJson,
        "QueryText" => Style::QueryText,
        "Cookie" => Style::Cookie,
        _ => return None,
    })
}

fn flag(words: &mut Words) -> Option<bool> {
    words.word()?.parse().ok()
}

/// The bodies in brackets: the preferred one, with the others.
fn body(words: &mut Words) -> Option<RequestBody> {
    let (first, others) = words.slice(payload).split_first()?;
    Some(first.or(others))
}

/// `json("text/json") required {"tags"(Form true)} [MaxLength(9)]`
fn payload(words: &mut Words) -> Option<RequestBody> {
    let kind = words.word()?;
    let media = words.only_text();
    let mut body = match kind {
        "json" => RequestBody::json(media),
        "text" => RequestBody::text(media),
        "bytes" => RequestBody::bytes(media),
        "any_bytes" => RequestBody::any_bytes(media),
        "lines" => RequestBody::lines(media),
        "form" => RequestBody::form(media),
        "multipart" => RequestBody::multipart(media),
        _ => return None,
    };
    loop {
        if words.says("required") {
            body = body.required();
        } else if words.says("also") {
            body = body.also(words.texts());
        } else if words.opens('{') {
            body = body.encoding(words.slice(encoding));
        } else if words.opens('[') {
            body = body.rules(codec::rules(words));
        } else {
            return Some(body);
        }
    }
}

/// The properties that stand in brackets at the beginning of a description.
pub(crate) fn encodings(words: &'static str) -> &'static [Encoding] {
    ENCODINGS.get(words, |words| Words::new(words).slice(encoding))
}

/// `"tags"(Form true) content_type("text/plain") [MaxLength(9)]`: a property, and its style unless it is written as
/// usual.
fn encoding(words: &mut Words) -> Option<Encoding> {
    let name = words.text()?;
    let style = if words.opens('(') { words.group(styled).first().copied() } else { None };
    let mut encoding = match style {
        Some((style, explode)) => Encoding::styled(name, style, explode),
        None => Encoding::new(name),
    };
    loop {
        if words.says("allow_reserved") {
            encoding = encoding.allow_reserved();
        } else if words.says("content_type") {
            encoding = encoding.content_type(words.only_text());
        } else if words.says("headers") {
            encoding = encoding.headers(words.slice(header));
        } else if words.opens('[') {
            encoding = encoding.rules(codec::rules(words));
        } else {
            return Some(encoding);
        }
    }
}

fn styled(words: &mut Words) -> Option<(Style, bool)> {
    Some((style(words)?, flag(words)?))
}

fn header(words: &mut Words) -> Option<(&'static str, &'static str)> {
    Some((words.text()?, words.text()?))
}

/// `404 json("text/json") 1 error`: a status, the kind of content, the media type unless it is `application/json`, the
/// case of the outcome unless it is 0, and words.
fn response(words: &mut Words) -> Option<Response> {
    let status = status(words.word()?)?;
    let kind = words.word()?;
    let media = if words.opens('(') { words.only_text() } else { "application/json" };
    let case = words.number().unwrap_or_default();
    let mut response = match kind {
        "empty" => Response::empty(status, case),
        "json" => Response::json(status, media, case),
        "text" => Response::text(status, media, case),
        "bytes" => Response::bytes(status, media, case),
        "events" => Response::events(status, media, case),
        "lines" => Response::lines(status, media, case),
        _ => return None,
    };
    loop {
        if words.says("error") {
            response = response.error();
        } else if words.says("only_stream") {
            response = response.only_stream();
        } else if words.says("fields") {
            response = response.fields(words.group(fields).first().copied()?);
        } else {
            return Some(response);
        }
    }
}

/// `404`, `4XX` or `default`.
fn status(word: &str) -> Option<Status> {
    if word == "default" {
        return Some(Status::Default);
    }
    match word.strip_suffix("XX") {
        Some(digit) => digit.parse().ok().map(Status::Range),
        None => word.parse().ok().map(Status::Code),
    }
}

/// `code "/code" message "/message"`
fn fields(words: &mut Words) -> Option<ErrorFields> {
    let mut fields = ErrorFields::new();
    loop {
        if words.says("code") {
            fields = fields.code(words.text()?);
        } else if words.says("message") {
            fields = fields.message(words.text()?);
        } else {
            return Some(fields).filter(|it| *it != ErrorFields::new());
        }
    }
}

/// `[0, 1 "read" "write"]`: the schemes of an alternative, each with its scopes.
fn alternative(words: &mut Words) -> Option<&'static [Security]> {
    words.opens('[').then(|| words.slice(requirement))
}

fn requirement(words: &mut Words) -> Option<Security> {
    let scheme = words.number()?;
    let scopes: Vec<&'static str> = std::iter::from_fn(|| words.text()).collect();
    Some(Security::new(scheme, Vec::leak(scopes)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codec::Rule;
    use crate::op::{Content, Payload, Place};

    #[test]
    fn what_holds_for_the_whole_operation_is_read() {
        let listed = operation(stringify!(
            "listPets" "GET" "/pets/{id}" servers("https://a.test", "https://b.test/{region}")
            idempotent idempotency_key("x-key") retry(attempts(5) statuses[429, 503])
            paging(link("next") items("/pets"))
            params [path "id"]
        ));
        assert_eq!((listed.id, listed.method, listed.path), ("listPets", "GET", "/pets/{id}"));
        assert_eq!(listed.servers, ["https://a.test", "https://b.test/{region}"]);
        assert!(listed.idempotent);
        assert_eq!(listed.idempotency_key, Some("x-key"));
        let retry = Retry::new().attempts(5).statuses(&[429, 503]);
        assert_eq!(listed.retry, Some(retry));
        assert_eq!(listed.paging.map(|paging| paging.items), Some("/pets"));
        assert_eq!(listed.params.len(), 1);
        let never = operation(stringify!("never" "POST" "/" retry(never)));
        assert_eq!(never.retry, Some(Retry::never()));
        let plain = operation(stringify!("plain" "POST" "/"));
        assert!(!plain.idempotent && plain.retry.is_none() && plain.paging.is_none());
    }

    #[test]
    fn parameters_are_read() {
        let words = stringify!(params [
            path "id" [MaxLength(5), UniqueItems], query "q" required style(DeepObject) explode(true),
            query "r" allow_reserved explode(false), header "style", cookie "c" style(Cookie),
            header "v" required constant("\"1\" a"),
        ]);
        let [id, q, r, header, cookie, v] = operation(words).params else {
            panic!("{:?}", operation(words))
        };
        assert_eq!((id.name, id.place, id.required), ("id", Place::Path, true));
        assert_eq!(id.rules, [Rule::MaxLength(5), Rule::UniqueItems]);
        assert_eq!((q.style, q.explode, q.required), (Style::DeepObject, true, true));
        assert_eq!((r.style, r.explode, r.allow_reserved), (Style::Form, false, true));
        assert_eq!((header.name, header.style, header.rules), ("style", Style::Simple, &[][..]));
        assert_eq!((cookie.style, cookie.explode), (Style::Cookie, true));
        assert_eq!((v.required, v.constant), (true, Some(r#""\"1\" a""#)));
    }

    #[test]
    fn bodies_are_read() {
        let words = stringify!(body [
            json("application/json") required also["text/json"] [MinProperties(1)],
            multipart("multipart/form-data") {
                "tags"(Form false) allow_reserved, "note" [MaxLength(9)],
                "file" content_type("image/png") headers["X-A" "1"] [MinItems(2)],
            },
            any_bytes("*/*"),
        ]);
        let body = operation(words).body.unwrap();
        assert_eq!(
            (body.media, body.payload, body.required),
            ("application/json", Payload::Json, true)
        );
        assert_eq!((body.labels, body.rules), (&["text/json"][..], &[Rule::MinProperties(1)][..]));
        let [form, any] = body.others else { panic!("{body:?}") };
        let [tags, note, file] = form.encoding else { panic!("{form:?}") };
        assert_eq!(
            (tags.style, tags.explode, tags.allow_reserved),
            (Some(Style::Form), false, true)
        );
        assert_eq!((note.style, note.rules), (None, &[Rule::MaxLength(9)][..]));
        assert_eq!(
            (file.style, file.content_type, file.headers),
            (None, "image/png", &[("X-A", "1")][..])
        );
        assert_eq!(file.rules, [Rule::MinItems(2)]);
        assert!(any.any && any.payload == Payload::Bytes);
    }

    #[test]
    fn responses_and_security_are_read() {
        let words = stringify!(
            responses [200 json, 204 empty 1, 4XX text("text/plain") error,
                default json 1 error fields(code "/c" message "/m"), 200 events("text/event-stream") only_stream]
            security [[], [0 "read" "write", 1]]
        );
        let operation = operation(words);
        let [ok, none, failed, other, events] = operation.responses else {
            panic!("{operation:?}")
        };
        assert_eq!((ok.status, ok.media, ok.case), (Status::Code(200), "application/json", 0));
        assert_eq!((none.status, none.media, none.case), (Status::Code(204), "", 1));
        assert_eq!(
            (failed.status, failed.media, failed.failure),
            (Status::Range(4), "text/plain", true)
        );
        assert_eq!((other.status, other.case), (Status::Default, 1));
        assert_eq!(other.fields, Some(ErrorFields::new().code("/c").message("/m")));
        assert!(events.only_stream && events.content == Content::Events);
        let [anonymous, both] = operation.security else { panic!("{operation:?}") };
        assert!(anonymous.is_empty());
        assert_eq!((both[0].scheme, both[0].scopes), (0, &["read", "write"][..]));
        assert_eq!((both[1].scheme, both[1].scopes), (1, &[][..]));
    }
}
