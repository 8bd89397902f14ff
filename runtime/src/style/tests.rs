//! The tables of RFC 6570, section 3.2, and of OpenAPI 3.1.1, section 4.8.12.6, row by row.

use super::text_of;
use crate::op::{Param, Style};

/// Values of RFC 6570, section 3.2, by name.
fn value(name: &str) -> &'static str {
    match name {
        "dub" => r#""me/too""#,
        "hello" => r#""Hello World!""#,
        "half" => r#""50%""#,
        "var" => r#""value""#,
        "who" => r#""fred""#,
        "base" => r#""http://example.com/home/""#,
        "path" => r#""/foo/bar""#,
        "list" => r#"["red","green","blue"]"#,
        "keys" => r#"{"semi":";","dot":".","comma":","}"#,
        "v" => "6",
        "empty" => r#""""#,
        "empty_keys" => "{}",
        "undef" => "null",
        _ => unreachable!("no such value: {name}"),
    }
}

/// Rows of the operator's table: the expression, and its expansion unless it is undefined.
fn check(make: fn(&'static str) -> Param, rows: &[(&'static str, Option<&str>)]) {
    for (expression, expected) in rows {
        let name = expression.trim_end_matches('*');
        let param = make(name).explode(*expression != name);
        let actual = text_of(&param, value(name).as_bytes());
        assert_eq!(actual.as_deref(), *expected, "{{{expression}}} in {:?}", param.style);
    }
}

#[test]
fn simple_expansion_is_that_of_rfc_6570() {
    check(
        Param::path,
        &[
            ("var", Some("value")),
            ("hello", Some("Hello%20World%21")),
            ("half", Some("50%25")),
            ("base", Some("http%3A%2F%2Fexample.com%2Fhome%2F")),
            ("dub", Some("me%2Ftoo")),
            ("v", Some("6")),
            ("empty", Some("")),
            ("undef", None),
            ("list", Some("red,green,blue")),
            ("list*", Some("red,green,blue")),
            ("keys", Some("semi,%3B,dot,.,comma,%2C")),
            ("keys*", Some("semi=%3B,dot=.,comma=%2C")),
            ("empty_keys", None),
        ],
    );
}

#[test]
fn reserved_expansion_is_that_of_rfc_6570() {
    check(
        |name| Param::path(name).allow_reserved(),
        &[
            ("var", Some("value")),
            ("hello", Some("Hello%20World!")),
            ("half", Some("50%25")),
            ("base", Some("http://example.com/home/")),
            ("path", Some("/foo/bar")),
            ("empty", Some("")),
            ("list", Some("red,green,blue")),
            ("list*", Some("red,green,blue")),
            ("keys", Some("semi,;,dot,.,comma,,")),
            ("keys*", Some("semi=;,dot=.,comma=,")),
        ],
    );
}

#[test]
fn label_expansion_is_that_of_rfc_6570() {
    check(
        |name| Param::path(name).style(Style::Label),
        &[
            ("who", Some(".fred")),
            ("half", Some(".50%25")),
            ("var", Some(".value")),
            ("empty", Some(".")),
            ("undef", None),
            ("list", Some(".red,green,blue")),
            ("list*", Some(".red.green.blue")),
            ("keys", Some(".semi,%3B,dot,.,comma,%2C")),
            ("keys*", Some(".semi=%3B.dot=..comma=%2C")),
            ("empty_keys", None),
            ("empty_keys*", None),
        ],
    );
}

#[test]
fn path_style_expansion_is_that_of_rfc_6570() {
    check(
        |name| Param::path(name).style(Style::Matrix),
        &[
            ("who", Some(";who=fred")),
            ("half", Some(";half=50%25")),
            ("empty", Some(";empty")),
            ("v", Some(";v=6")),
            ("undef", None),
            ("list", Some(";list=red,green,blue")),
            ("list*", Some(";list=red;list=green;list=blue")),
            ("keys", Some(";keys=semi,%3B,dot,.,comma,%2C")),
            ("keys*", Some(";semi=%3B;dot=.;comma=%2C")),
        ],
    );
}

#[test]
fn form_style_expansion_is_that_of_rfc_6570() {
    check(
        Param::query,
        &[
            ("who", Some("who=fred")),
            ("half", Some("half=50%25")),
            ("empty", Some("empty=")),
            ("v", Some("v=6")),
            ("undef", None),
            ("list", Some("list=red,green,blue")),
            ("list*", Some("list=red&list=green&list=blue")),
            ("keys", Some("keys=semi,%3B,dot,.,comma,%2C")),
            ("keys*", Some("semi=%3B&dot=.&comma=%2C")),
            ("empty_keys", None),
        ],
    );
}

/// Values of the OpenAPI table: empty string, string, array, object.
const COLORS: [&str; 4] =
    [r#""""#, r#""blue""#, r#"["blue","black","brown"]"#, r#"{"R":100,"G":200,"B":150}"#];

fn row(param: Param, expected: [Option<&str>; 4]) {
    for (json, expected) in COLORS.iter().zip(expected) {
        // What the table calls not applicable isn't checked.
        let Some(expected) = expected else { continue };
        assert_eq!(text_of(&param, json.as_bytes()).as_deref(), Some(expected), "{param:?}");
    }
}

#[test]
fn styles_are_those_of_the_openapi_table() {
    let path = |style, explode| Param::path("color").style(style).explode(explode);
    let query = |style, explode| Param::query("color").style(style).explode(explode);
    row(
        path(Style::Matrix, false),
        [
            Some(";color"),
            Some(";color=blue"),
            Some(";color=blue,black,brown"),
            Some(";color=R,100,G,200,B,150"),
        ],
    );
    row(
        path(Style::Matrix, true),
        [
            Some(";color"),
            Some(";color=blue"),
            Some(";color=blue;color=black;color=brown"),
            Some(";R=100;G=200;B=150"),
        ],
    );
    row(
        path(Style::Label, false),
        [Some("."), Some(".blue"), Some(".blue,black,brown"), Some(".R,100,G,200,B,150")],
    );
    row(
        path(Style::Label, true),
        [Some("."), Some(".blue"), Some(".blue.black.brown"), Some(".R=100.G=200.B=150")],
    );
    for param in [path(Style::Simple, false), Param::header("color")] {
        row(param, [Some(""), Some("blue"), Some("blue,black,brown"), Some("R,100,G,200,B,150")]);
        row(
            param.explode(true),
            [Some(""), Some("blue"), Some("blue,black,brown"), Some("R=100,G=200,B=150")],
        );
    }
    row(
        query(Style::Form, false),
        [
            Some("color="),
            Some("color=blue"),
            Some("color=blue,black,brown"),
            Some("color=R,100,G,200,B,150"),
        ],
    );
    row(
        query(Style::Form, true),
        [
            Some("color="),
            Some("color=blue"),
            Some("color=blue&color=black&color=brown"),
            Some("R=100&G=200&B=150"),
        ],
    );
    row(
        query(Style::SpaceDelimited, false),
        [None, None, Some("color=blue%20black%20brown"), Some("color=R%20100%20G%20200%20B%20150")],
    );
    row(
        query(Style::PipeDelimited, false),
        [None, None, Some("color=blue%7Cblack%7Cbrown"), Some("color=R%7C100%7CG%7C200%7CB%7C150")],
    );
    row(
        query(Style::DeepObject, true),
        [None, None, None, Some("color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150")],
    );
}

fn written(param: Param, json: &str) -> Option<String> {
    text_of(&param, json.as_bytes())
}

#[test]
fn delimited_styles_that_explode_are_the_form_style() {
    let list = r#"["a","b"]"#;
    for style in [Style::SpaceDelimited, Style::PipeDelimited] {
        let param = Param::query("q").style(style).explode(true);
        assert_eq!(written(param, list).as_deref(), Some("q=a&q=b"));
    }
}

#[test]
fn deep_objects_go_down_and_skip_null() {
    let param = Param::query("filter").style(Style::DeepObject).explode(true);
    let json = r#"{"a":{"b":[1,{"c d":true}]},"none":null,"text":"x&y","empty":[]}"#;
    let expected = "filter%5Ba%5D%5Bb%5D%5B0%5D=1&filter%5Ba%5D%5Bb%5D%5B1%5D%5Bc%20d%5D=true\
                    &filter%5Btext%5D=x%26y";
    assert_eq!(written(param, json).as_deref(), Some(expected));
    assert_eq!(written(param, "{}"), None);
}

#[test]
fn members_of_members_are_json_text() {
    assert_eq!(written(Param::query("q"), "[[1,2],3,null]").as_deref(), Some("q=%5B1%2C2%5D&q=3"));
}

#[test]
fn a_list_in_an_object_repeats_its_own_parameter() {
    let page = r#"{"page":0,"sort":["name,asc","id"],"none":[],"by":[[1],{"a":2},null]}"#;
    let expected = "page=0&sort=name%2Casc&sort=id&by=%5B1%5D&by=%7B%22a%22%3A2%7D";
    assert_eq!(written(Param::query("q"), page).as_deref(), Some(expected));
    let joined = "q=sort,%5B%22id%22%5D";
    let param = Param::query("q").explode(false);
    assert_eq!(written(param, r#"{"sort":["id"]}"#).as_deref(), Some(joined));
    assert_eq!(written(Param::header("q").explode(true), r#"{"a":[1]}"#).as_deref(), Some("a=[1]"));
}

#[test]
fn numbers_keep_their_digits() {
    let json = "[9223372036854775807,1.0,1e400,-0.10]";
    let expected = "9223372036854775807,1.0,1e400,-0.10";
    assert_eq!(written(Param::path("n"), json).as_deref(), Some(expected));
}

#[test]
fn json_content_is_encoded_whole() {
    let json = r#"{"a":["ü +"]}"#;
    let in_query = "q=%7B%22a%22%3A%5B%22%C3%BC%20%2B%22%5D%7D";
    assert_eq!(written(Param::query("q").style(Style::Json), json).as_deref(), Some(in_query));
    let in_header = r#"{"a":["\u00fc +"]}"#;
    assert_eq!(written(Param::header("q").style(Style::Json), json).as_deref(), Some(in_header));
    let beyond = Param::header("q").style(Style::Json);
    assert_eq!(written(beyond, "\"\u{1f600}\u{7f}\"").as_deref(), Some(r#""\ud83d\ude00\u007f""#));
    assert_eq!(written(Param::path("q").style(Style::Json), json).as_deref(), Some(&in_query[2..]));
}

#[test]
fn a_space_is_percent_encoded_and_a_plus_too() {
    assert_eq!(written(Param::query("q"), r#""a b+c""#).as_deref(), Some("q=a%20b%2Bc"));
}

#[test]
fn allow_reserved_keeps_what_can_not_end_the_value() {
    let param = Param::query("q").allow_reserved();
    let json = r##""a/b?c:d@e!f$g(h)*i,j;k=l%41%4x%""##;
    let expected = "q=a/b?c:d@e!f$g(h)*i,j;k=l%41%254x%25";
    assert_eq!(written(param, json).as_deref(), Some(expected));
    assert_eq!(written(param, r##""#[]&+'\"""##).as_deref(), Some("q=%23%5B%5D%26%2B%27%22"));
}

#[test]
fn names_are_encoded_but_for_what_some_apis_compare_raw() {
    assert_eq!(written(Param::query("$filter"), "1").as_deref(), Some("$filter=1"));
    assert_eq!(written(Param::query("page[size]"), "1").as_deref(), Some("page%5Bsize%5D=1"));
    assert_eq!(written(Param::query("a&b"), "1").as_deref(), Some("a%26b=1"));
}

#[test]
fn cookies_are_pairs() {
    assert_eq!(written(Param::cookie("c"), r#"["a;b","c"]"#).as_deref(), Some("c=a%3Bb; c=c"));
    let together = Param::cookie("c").explode(false);
    assert_eq!(written(together, r#"["a","b"]"#).as_deref(), Some("c=a,b"));
}

#[test]
fn a_cookie_of_its_own_style_is_written_as_it_stands() {
    let param = Param::cookie("c").style(Style::Cookie);
    assert_eq!(written(param, r#""a%20b=/é""#).as_deref(), Some("c=a%20b=/%C3%A9"));
    assert_eq!(
        written(param, r#"["a+b","c; d=e\r\n"]"#).as_deref(),
        Some("c=a+b; c=c%3B%20d=e%0D%0A")
    );
    assert_eq!(written(param, r#"{"x":1,"y":"!"}"#).as_deref(), Some("x=1; y=!"));
}

#[test]
fn non_latin_text_is_encoded_as_utf_8() {
    assert_eq!(written(Param::path("p"), r#""é/日""#).as_deref(), Some("%C3%A9%2F%E6%97%A5"));
}

#[test]
fn a_query_string_is_the_properties_of_its_value() {
    let param = Param::query("any").style(Style::QueryString);
    let json = r#"{"q":"a b","tags":["x","y"],"none":null,"in":{"k":1}}"#;
    let expected = "q=a+b&tags=x&tags=y&in=%7B%22k%22%3A1%7D";
    assert_eq!(written(param, json).as_deref(), Some(expected));
    assert_eq!(written(param, "{}"), None);
}

#[test]
fn a_query_string_of_other_content_is_the_value() {
    let json = Param::query("any").style(Style::QueryJson);
    let expected = "%7B%22a%22%3A%5B1%2C%22x%20%26%22%5D%7D";
    assert_eq!(written(json, r#"{"a":[1,"x &"]}"#).as_deref(), Some(expected));
    assert_eq!(written(json, r#""x""#).as_deref(), Some("%22x%22"));
    // The example of OpenAPI 3.2, section 4.12.6.
    let text = Param::query("any").style(Style::QueryText);
    assert_eq!(written(text, r#""$.a.b[1:1]""#).as_deref(), Some("%24.a.b%5B1%3A1%5D"));
    assert_eq!(written(text, "null"), None);
}
