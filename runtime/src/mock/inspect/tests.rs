//! Parameters in every style, as a client writes them and as others may.

use std::cell::Cell;
use std::collections::BTreeMap;

use bytes::Bytes;
use http::header::COOKIE;
use http::{HeaderMap, HeaderName, HeaderValue, Method};

use super::*;
use crate::api::Scheme;
use crate::codec::{Decode, Encode, Rule};
use crate::mock::check;
use crate::op::Operation;
use crate::style;

static API: Api = Api::new("a", "A", "1").schemes(&[
    Scheme::new("key", "key", Credential::Query { name: "key" }),
    Scheme::new("sid", "sid", Credential::Cookie { name: "sid" }),
]);

type Object = BTreeMap<String, String>;

static NONE: Operation = Operation::new("a", "GET", "/{p}");

thread_local! {
    /// What the route of a test gives as its operation.
    static OPERATION: Cell<&'static Operation> = const { Cell::new(&NONE) };
}

/// What is wrong with a request of one parameter, sent like this.
fn told<T: Decode + Encode>(param: Param, sent: &str) -> Vec<String> {
    let params: &'static [Param] = Vec::leak(vec![param]);
    OPERATION.set(Box::leak(Box::new(NONE.params(params))));
    let checks: &'static [Check] = &*Vec::leak(vec![check::<T> as Check]);
    let route = Route { operation: || OPERATION.get(), params: checks, bodies: &[], examples: &[] };
    let (mut headers, mut query, mut path) = (HeaderMap::new(), String::new(), Vec::new());
    match params[0].place {
        Place::Path => path.push((params[0].name, sent.to_owned())),
        Place::Query => sent.clone_into(&mut query),
        Place::Header => {
            let name = HeaderName::from_static(params[0].name);
            headers.insert(name, HeaderValue::from_str(sent).unwrap());
        }
        Place::Cookie => drop(headers.insert(COOKIE, HeaderValue::from_str(sent).unwrap())),
    }
    let call = Received {
        operation: None,
        method: Method::GET,
        path: "/".to_owned(),
        raw_query: query,
        headers,
        body: Bytes::new(),
        params: Vec::new(),
    };
    inspect(&route, &API, &path, &call).into_iter().map(|breach| breach.reason).collect()
}

/// What a client writes is right, with a credential beside it or without.
fn is_right<T: Decode + Encode>(param: Param, json: &str) {
    let written = style::text_of(&param, json.as_bytes()).unwrap();
    assert_eq!(told::<T>(param, &written), [""; 0], "{written}");
    let credential = match param.place {
        Place::Query => "&key=k",
        Place::Cookie => "; sid=s",
        Place::Path | Place::Header => return,
    };
    assert_eq!(told::<T>(param, &format!("{written}{credential}")), [""; 0], "{written}");
}

const RULES: &[Rule] = &[Rule::MaxLength(3)];

#[test]
fn what_a_client_writes_in_any_style_is_right() {
    let lists = [
        Param::path("p"),
        Param::path("p").style(Style::Label),
        Param::path("p").style(Style::Label).explode(true),
        Param::path("p").style(Style::Matrix),
        Param::path("p").style(Style::Matrix).explode(true),
        Param::query("p"),
        Param::query("p").explode(false),
        Param::query("p").style(Style::SpaceDelimited).explode(false),
        Param::query("p").style(Style::PipeDelimited).explode(false),
        Param::query("p").style(Style::DeepObject),
        Param::header("p"),
        Param::cookie("p").explode(false),
        Param::cookie("p").style(Style::Cookie),
    ];
    let json = [
        Param::path("p").style(Style::Json),
        Param::query("p").style(Style::Json),
        Param::query("p").style(Style::QueryJson),
        Param::header("p").style(Style::Json),
        Param::cookie("p").style(Style::Json),
    ];
    for param in lists.into_iter().chain(json) {
        is_right::<Vec<i64>>(param.required(), "[1,2,3]");
        is_right::<Vec<String>>(param.required(), r#"["a","b c"]"#);
    }
    for param in json {
        is_right::<String>(param.required().rules(RULES), r#""abc""#);
        is_right::<Object>(param.required(), r#"{"a":"b & c","d":"1"}"#);
    }
}

#[test]
fn members_of_an_object_stand_for_themselves() {
    let cookie = Param::cookie("p").required();
    for param in [Param::query("p").required(), cookie, cookie.style(Style::Cookie)] {
        is_right::<Object>(param.explode(true), r#"{"a":"b","c":"1"}"#);
    }
    is_right::<Object>(Param::query("p").required().style(Style::QueryString), r#"{"a":"b c"}"#);
    let missing = "cookie parameter `p` is missing";
    assert_eq!(told::<Object>(cookie.explode(true), "sid=s"), [missing]);
}

#[test]
fn the_whole_query_is_json_or_text() {
    let json = Param::query("p").required().style(Style::QueryJson);
    let missing = "query parameter `p` is missing";
    assert_eq!(told::<Object>(json, "key=k"), [missing]);
    let wrong = told::<Object>(json, "%5B1%5D");
    assert!(wrong[0].starts_with("query parameter `p` isn't what the document says"), "{wrong:?}");
    assert_eq!(told::<i64>(json, "%221%22").len(), 0, "numbers may stand as strings");
    let text = Param::query("p").required().style(Style::QueryText);
    is_right::<String>(text, r#""$.a & b""#);
    is_right::<i64>(text, "7");
    assert_eq!(told::<String>(text, ""), [missing]);
    let long = told::<String>(text.rules(RULES), "%24.a.b");
    assert!(long[0].starts_with("query parameter `p` breaks its rules"), "{long:?}");
    assert_eq!(told::<String>(text.rules(RULES), "%24%24+"), [""; 0]);
}

#[test]
fn a_cookie_of_its_own_style_is_read_as_it_stands() {
    let param = Param::cookie("p").required().rules(RULES);
    assert_eq!(told::<String>(param, "p=%24%24%24"), [""; 0]);
    let long = told::<String>(param.style(Style::Cookie), "p=%24%24%24");
    assert!(long[0].starts_with("cookie parameter `p` breaks its rules"), "{long:?}");
}
