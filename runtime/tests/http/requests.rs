//! What reaches the wire, byte by byte.

use bytes::Bytes;
use tenon_runtime::op::{Operation, Param, RequestBody, Style};
use tenon_runtime::{Body, ErrorKind, Refusal};

use super::api::{Any, Device, OK};
use super::server::{Server, body, header, json, reply};

fn empty() -> Vec<super::server::Act> {
    vec![reply("204 No Content", "", "")]
}

fn device() -> Vec<super::server::Act> {
    vec![json("200 OK", r#"{"id":1,"name":"a"}"#)]
}

#[tokio::test]
async fn a_request_is_sent_whole() {
    let server = Server::start(device()).await;
    let reply = server
        .client()
        .devices()
        .get("a b")
        .fields(&["x,y", "z"])
        .limit(10)
        .trace("tra ce")
        .theme("da;rk")
        .await
        .unwrap();
    assert_eq!(*reply, Device { id: 1, name: Some("a".into()) });
    assert_eq!(server.target(), "GET /devices/a%20b?fields=x%2Cy,z&limit=10");
    let request = server.request();
    assert_eq!(header(&request, "x-trace"), Some("tra ce"));
    assert_eq!(header(&request, "cookie"), Some("theme=da%3Brk"));
    assert_eq!(header(&request, "accept"), Some("application/json"));
    assert_eq!(header(&request, "authorization"), Some("Bearer t0ken"));
    let agent = format!("devices/1.2.3 tenon/{}", env!("CARGO_PKG_VERSION"));
    assert_eq!(header(&request, "user-agent"), Some(agent.as_str()));
    assert_eq!(header(&request, "content-type"), None);
    assert_eq!(header(&request, "content-length"), None);
    assert_eq!(body(&request), "");
}

#[tokio::test]
async fn path_values_reach_the_wire_as_they_were_written() {
    for (value, written) in [
        ("a/b", "a%2Fb"),
        ("..%2f", "..%252f"),
        ("%2e%2e", "%252e%252e"),
        ("../x", "..%2Fx"),
        ("...", "..."),
        ("a?b#c", "a%3Fb%23c"),
        ("\r\n\0", "%0D%0A%00"),
        ("\\..\\", "%5C..%5C"),
        ("~-._", "~-._"),
        ("'()*!", "%27%28%29%2A%21"),
        ("|^`{}<>\"[]", "%7C%5E%60%7B%7D%3C%3E%22%5B%5D"),
        ("ü日", "%C3%BC%E6%97%A5"),
    ] {
        let server = Server::start(device()).await;
        server.client().devices().get(value).await.unwrap();
        assert_eq!(server.target(), format!("GET /devices/{written}"), "{value:?}");
    }
}

/// Sends an operation, and gives the first line that the server got.
async fn target(operation: Operation, set: impl Fn(Any) -> Any) -> String {
    let server = Server::start(device()).await;
    set(server.client().devices().any(operation)).await.unwrap();
    server.target()
}

fn param(call: Any, index: usize, value: &str) -> Any {
    let value: tenon_runtime::Json = value.parse().unwrap();
    Any { call: call.call.param(index, &value) }
}

#[tokio::test]
async fn styles_reach_the_wire_as_they_were_written() {
    const PATH: &[Param] = &[
        Param::path("l").style(Style::Label).explode(true),
        Param::path("m").style(Style::Matrix),
        Param::path("s").allow_reserved(),
    ];
    let operation = Operation::new("x", "GET", "/{l}/a{m}/{s}").params(PATH).responses(OK);
    let sent = target(operation, |call| {
        let call = param(call, 0, r#"["a","b"]"#);
        let call = param(call, 1, r#"["c","d"]"#);
        param(call, 2, r#""e/f:g@!$&'()*+,;=""#)
    });
    assert_eq!(sent.await, "GET /.a.b/a;m=c,d/e/f:g@!$&'()*+,;=");

    const QUERY: &[Param] = &[
        Param::query("f"),
        Param::query("p").style(Style::PipeDelimited).explode(false),
        Param::query("d").style(Style::DeepObject),
        Param::query("r").allow_reserved(),
        Param::query("j").style(Style::Json),
    ];
    let operation = Operation::new("x", "GET", "/q?fixed=1").params(QUERY).responses(OK);
    let sent = target(operation, |call| {
        let call = param(call, 0, r#"["a b","c+d&e"]"#);
        let call = param(call, 1, r#"["a","b"]"#);
        let call = param(call, 2, r#"{"k":"v"}"#);
        let call = param(call, 3, r#""a/b?c:d@e!$()*,;='""#);
        param(call, 4, r#"{"a":"'<>"}"#)
    });
    let expected = "GET /q?fixed=1&f=a%20b&f=c%2Bd%26e&p=a%7Cb&d%5Bk%5D=v\
                    &r=a/b?c:d@e!$()*,;=%27&j=%7B%22a%22%3A%22%27%3C%3E%22%7D";
    assert_eq!(sent.await, expected);
}

#[tokio::test]
async fn a_path_template_is_sent_without_its_fragment_and_with_illegal_text_encoded() {
    let operation = Operation::new("x", "GET", "/a b/ü/%20#variant").responses(OK);
    assert_eq!(target(operation, |call| call).await, "GET /a%20b/%C3%BC/%20");
    let operation = Operation::new("x", "GET", "no-slash").responses(OK);
    assert_eq!(target(operation, |call| call).await, "GET /no-slash");
}

#[tokio::test]
async fn a_known_parameter_is_sent_unless_it_is_set() {
    const PARAMS: &[Param] = &[
        Param::path("version").constant(r#""v 1""#),
        Param::query("Action").required().constant(r#""Add""#),
        Param::query("level").required().constant("2"),
        Param::header("X-Target").required().constant(r#""Queues.Add""#),
    ];
    let operation = || Operation::new("x", "GET", "/{version}/q").params(PARAMS).responses(OK);
    let server = Server::start(device()).await;
    server.client().devices().any(operation()).await.unwrap();
    assert_eq!(server.target(), "GET /v%201/q?Action=Add&level=2");
    assert_eq!(header(&server.request(), "x-target"), Some("Queues.Add"));
    let sent = target(operation(), |call| param(param(call, 0, r#""v2""#), 1, r#""Drop""#));
    assert_eq!(sent.await, "GET /v2/q?Action=Drop&level=2");
}

#[tokio::test]
async fn an_undefined_parameter_is_not_sent() {
    const PARAMS: &[Param] = &[Param::query("q"), Param::header("h"), Param::cookie("c")];
    let server = Server::start(device()).await;
    let operation = Operation::new("x", "GET", "/").params(PARAMS).responses(OK);
    let call = server.client().devices().any(operation);
    param(param(param(call, 0, "[]"), 1, "null"), 2, "{}").await.unwrap();
    assert_eq!(server.target(), "GET /");
    let request = server.request();
    assert_eq!((header(&request, "h"), header(&request, "cookie")), (None, None));
}

/// The refusal of a call that must not be sent.
fn refusal<E: std::fmt::Debug>(error: tenon_runtime::Error<E>) -> Refusal {
    assert_eq!(error.kind(), ErrorKind::InvalidInput, "{error}");
    assert!(error.violations().is_empty());
    let source = std::error::Error::source(&error).unwrap();
    source.downcast_ref::<Refusal>().unwrap().clone()
}

#[tokio::test]
async fn path_values_that_would_change_the_path_are_refused() {
    let server = Server::start(device()).await;
    for value in [".", "..", ""] {
        let error = server.client().devices().get(value).await.unwrap_err();
        assert!(error.to_string().contains("path parameter `id`"), "{error}");
        assert_eq!(refusal(error).subject(), "path parameter `id`");
        // `unchecked` lifts rules, not this.
        let call = server.client().devices().get(value).customize().unchecked();
        refusal(call.await.unwrap_err());
    }
    const PAIR: &[Param] = &[Param::path("a"), Param::path("b").allow_reserved()];
    for (template, a, b) in [
        ("/{a}{b}", r#"".""#, r#"".""#),
        ("/{a}/{b}", r#""x""#, r#""y/../z""#),
        ("/{a}/{b}", r#""x""#, r#""y/%2E%2e/z""#),
        ("/{a}/.{b}/z", r#""x""#, r#"".""#),
    ] {
        let operation = Operation::new("x", "GET", template).params(PAIR).responses(OK);
        let call = server.client().devices().any(operation);
        let error = param(param(call, 0, a), 1, b).await.unwrap_err();
        assert_eq!(refusal(error).subject(), "path parameter `b`", "{template} {a} {b}");
    }
    const LABEL: &[Param] = &[Param::path("a").style(Style::Label)];
    let operation = Operation::new("x", "GET", "/{a}/b").params(LABEL).responses(OK);
    let call = server.client().devices().any(operation);
    refusal(param(call, 0, r#""""#).await.unwrap_err());
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn header_values_that_would_begin_another_header_are_refused() {
    let server = Server::start(device()).await;
    for value in ["a\r\nX-Evil: 1", "a\nb", "a\0b", "\u{7f}"] {
        let error = server.client().devices().get("1").trace(value).await.unwrap_err();
        assert_eq!(refusal(error).subject(), "header parameter `X-Trace`", "{value:?}");
        let call = server.client().devices().get("1").customize().header("x-own", value);
        assert_eq!(refusal(call.await.unwrap_err()).subject(), "header `x-own`");
        let call = server.client().devices().create(Device::default()).customize();
        let error = call.idempotency_key(value).await.unwrap_err();
        assert_eq!(refusal(error).subject(), "the idempotency key");
    }
    let call = server.client().devices().get("1").customize().header("bad name", "x");
    refusal(call.await.unwrap_err());
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn an_address_that_is_too_long_is_refused() {
    let server = Server::start(device()).await;
    let error = server.client().devices().get("x".repeat(70_000)).await.unwrap_err();
    assert_eq!(refusal(error).subject(), "the request's address");
}

#[tokio::test]
async fn input_that_breaks_a_rule_is_sent_only_when_asked_for() {
    let server = Server::start(device()).await;
    let error = server.client().devices().get("1").limit(301).await.unwrap_err();
    assert!(error.is_invalid_input());
    assert_eq!(error.violations().len(), 1);
    assert_eq!(error.violations()[0].path, "query parameter `limit`");
    let text = error.to_string();
    assert!(text.contains("query parameter `limit`") && text.contains("300"), "{text}");
    assert!(server.requests().is_empty());

    // A value that is set again replaces the one before, and what it broke.
    server.client().devices().get("1").limit(301).limit(300).await.unwrap();
    server.client().devices().get("1").limit(301).customize().unchecked().await.unwrap();
    assert_eq!(server.requests().len(), 2);

    let device = Device { id: 1, name: Some("too long a name".into()) };
    let error = server.client().devices().create(device).await.unwrap_err();
    assert_eq!(error.violations()[0].path, "body.name");
    assert!(!error.to_string().contains("too long a name"), "{error}");
}

#[tokio::test]
async fn a_json_body_is_sent_with_its_length_and_type() {
    let server = Server::start(vec![json("201 Created", r#"{"id":7}"#)]).await;
    let device = Device { id: 7, name: Some("ü".into()) };
    let reply = server.client().devices().create(device).await.unwrap();
    assert_eq!((reply.status().as_u16(), reply.id), (201, 7));
    let request = server.request();
    assert_eq!(server.target(), "POST /devices");
    assert_eq!(header(&request, "content-type"), Some("application/json"));
    assert_eq!(header(&request, "content-length"), Some("20"));
    assert_eq!(body(&request), r#"{"id":7,"name":"ü"}"#);
}

#[tokio::test]
async fn a_post_without_a_body_has_the_length_zero() {
    const BODY: Operation = Operation::new("x", "POST", "/").responses(OK);
    let server = Server::start(device()).await;
    server.client().devices().any(BODY.body(RequestBody::json("application/json"))).await.unwrap();
    let request = server.request();
    assert_eq!(header(&request, "content-length"), Some("0"));
    assert_eq!(header(&request, "content-type"), None);
}

/// A stream of chunks.
pub struct Chunks(pub Vec<&'static str>);

impl futures_core::Stream for Chunks {
    type Item = Result<Bytes, std::io::Error>;

    fn poll_next(
        mut self: std::pin::Pin<&mut Self>,
        _context: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Self::Item>> {
        let chunk =
            (!self.0.is_empty()).then(|| Ok(Bytes::from_static(self.0.remove(0).as_bytes())));
        std::task::Poll::Ready(chunk)
    }
}

#[tokio::test]
async fn a_stream_is_sent_in_chunks_or_with_its_length() {
    let server = Server::start(empty()).await;
    let stream = Body::stream(Chunks(vec!["ab", "cd"]));
    server.client().devices().upload("text/csv", stream).await.unwrap();
    let request = server.request();
    assert_eq!(header(&request, "content-type"), Some("text/csv"));
    assert_eq!(header(&request, "transfer-encoding"), Some("chunked"));
    assert_eq!(body(&request), "2\r\nab\r\n2\r\ncd\r\n0\r\n\r\n");

    let server = Server::start(empty()).await;
    let stream = Body::sized_stream(Chunks(vec!["ab", "cd"]), 4);
    server.client().devices().upload("image/png", stream).await.unwrap();
    let request = server.request();
    assert_eq!(header(&request, "content-length"), Some("4"));
    assert_eq!(header(&request, "transfer-encoding"), None);
    assert_eq!(body(&request), "abcd");
}

#[tokio::test]
async fn a_stream_of_another_length_than_declared_fails_the_call() {
    for length in [3, 5] {
        let server = Server::start(empty()).await;
        let stream = Body::sized_stream(Chunks(vec!["ab", "cd"]), length);
        let error = server.client().devices().upload("text/csv", stream).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Connection, "{error}");
        assert!(!error.is_retryable());
    }
}

#[cfg(feature = "fs")]
#[tokio::test]
async fn a_file_is_sent_with_its_length_and_opened_anew_for_each_try() {
    let path = std::env::temp_dir().join(format!("tenon-upload-{}", std::process::id()));
    std::fs::write(&path, "file content").unwrap();
    let server = Server::start(vec![
        reply("503 Service Unavailable", "retry-after: 0\r\n", ""),
        reply("204 No Content", "", ""),
    ])
    .await;
    server.client().devices().upload("text/plain", Body::file(&path)).await.unwrap();
    std::fs::remove_file(&path).unwrap();
    let requests = server.requests();
    assert_eq!(requests.len(), 2);
    for request in &requests {
        assert_eq!(header(request, "content-length"), Some("12"));
        assert_eq!(body(request), "file content");
    }
    let error =
        server.client().devices().upload("text/plain", Body::file(&path)).await.unwrap_err();
    assert!(error.is_invalid_input(), "{error}");
}

#[tokio::test]
async fn text_is_sent_as_it_is() {
    let server =
        Server::start(vec![reply("200 OK", "content-type: text/plain\r\n", "héllo")]).await;
    let reply = server.client().devices().note("a\nb").await.unwrap();
    assert_eq!(reply.into_inner(), "héllo");
    let request = server.request();
    assert_eq!(header(&request, "content-type"), Some("text/plain"));
    assert_eq!(body(&request), "a\nb");
}

#[tokio::test]
async fn a_call_can_be_customized() {
    let server = Server::start(vec![json("201 Created", r#"{"id":7}"#)]).await;
    let client =
        server.builder().header("x-default", "1").header("x-both", "client").build().unwrap();
    let call = client.devices().create(Device::default()).customize();
    call.header("X-Both", "call")
        .header("content-type", "application/vnd.test+json")
        .query("dry run", "a&b")
        .idempotency_key("k-1")
        .raw_body(r#"{"other":true}"#)
        .await
        .unwrap();
    assert_eq!(server.target(), "POST /devices?dry%20run=a%26b");
    let request = server.request();
    assert_eq!(header(&request, "x-default"), Some("1"));
    assert_eq!(header(&request, "x-both"), Some("call"));
    assert_eq!(header(&request, "content-type"), Some("application/vnd.test+json"));
    assert_eq!(header(&request, "idempotency-key"), Some("k-1"));
    assert_eq!(body(&request), r#"{"other":true}"#);
}

#[tokio::test]
async fn an_operation_goes_to_its_own_server_unless_the_address_is_set() {
    let own = Server::start(device()).await;
    let address: &'static str = format!("{}/own/", own.url()).leak();
    let operation = Operation::new("x", "GET", "/y").responses(OK).servers(vec![address].leak());
    let client = super::api::Client::builder().subdomain("acme").build().unwrap();
    client.devices().any(operation).await.unwrap();
    assert_eq!(own.target(), "GET /own/y");

    let set = Server::start(device()).await;
    set.client().devices().any(operation).await.unwrap();
    assert_eq!(set.target(), "GET /y");
}
