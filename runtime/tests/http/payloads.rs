//! Forms, lines and multipart bodies on the wire, byte by byte.

use bytes::Bytes;
use tenon_runtime::op::{Call, Encoding, Operation, RequestBody, Style};
use tenon_runtime::{Body, ErrorKind, Json, Multipart, Part, Refusal};

use super::api::{Any, OK};
use super::requests::Chunks;
use super::server::{Act, Server, body, header, json, reply};

fn ok() -> Vec<Act> {
    vec![json("200 OK", "{}")]
}

fn operation(body: RequestBody) -> Operation {
    Operation::new("send", "PUT", "/").body(body).responses(OK).idempotent()
}

/// A value; its properties are in the order of their names.
fn value(json: &str) -> Json {
    json.parse().unwrap()
}

/// Sends a call of an operation with this body.
async fn send(server: &Server, described: RequestBody, set: impl Fn(Call) -> Call) {
    let any = server.client().devices().any(operation(described));
    Any { call: set(any.call) }.await.unwrap();
}

/// The one request that a body makes, with `B` in place of its boundary.
async fn sent(described: RequestBody, set: impl Fn(Call) -> Call) -> String {
    let server = Server::start(ok()).await;
    send(&server, described, set).await;
    plain(&server.request())
}

/// The request with `B` in place of its boundary.
fn plain(request: &str) -> String {
    let boundary = header(request, "content-type").and_then(|it| it.split_once("boundary="));
    boundary.map_or_else(|| request.to_owned(), |(_, boundary)| request.replace(boundary, "B"))
}

const FORM: &str = "application/x-www-form-urlencoded";
const PARTS: &str = "multipart/form-data";

#[tokio::test]
async fn a_form_is_sent_urlencoded() {
    let request = sent(RequestBody::form(FORM), |call| {
        call.form(&value(
            r#"{"amount":5,"note":"a b&c","tags":["x","y"],"address":{"city":"Zürich"}}"#,
        ))
    });
    let request = request.await;
    assert_eq!(header(&request, "content-type"), Some(FORM));
    let expected =
        "address=%7B%22city%22%3A%22Z%C3%BCrich%22%7D&amount=5&note=a+b%26c&tags=x&tags=y";
    assert_eq!(body(&request), expected);
    assert_eq!(header(&request, "content-length"), Some(expected.len().to_string().as_str()));
}

#[tokio::test]
async fn a_form_of_deep_objects_is_sent_with_brackets() {
    const DEEP: &[Encoding] = &[
        Encoding::styled("metadata", Style::DeepObject, true),
        Encoding::styled("items", Style::DeepObject, true),
        Encoding::styled("fields", Style::Form, false),
    ];
    let request = sent(RequestBody::form(FORM).encoding(DEEP), |call| {
        call.form(&value(
            r#"{"amount":2000,"metadata":{"order id":"6735"},"items":[{"price":"p_1"},{"price":"p_2"}],"fields":["a","b"]}"#,
        ))
    });
    let expected = "amount=2000&fields=a,b&items%5B0%5D%5Bprice%5D=p_1\
                    &items%5B1%5D%5Bprice%5D=p_2&metadata%5Border+id%5D=6735";
    assert_eq!(body(&request.await), expected);
}

#[tokio::test]
async fn lines_are_sent_one_by_one() {
    let request = sent(RequestBody::lines("application/x-ndjson"), |call| {
        call.lines(&value(r#"[{"a":1},{"a":2}]"#))
    });
    let request = request.await;
    assert_eq!(header(&request, "content-type"), Some("application/x-ndjson"));
    assert_eq!(body(&request), "{\"a\":1}\n{\"a\":2}\n");
}

#[tokio::test]
async fn the_content_type_is_that_of_the_alternative_chosen() {
    const BODY: RequestBody = RequestBody::json("application/json")
        .or(&[RequestBody::form(FORM), RequestBody::text("text/plain")]);
    let json = sent(BODY, |call| call.json(&value(r#"{"a":1}"#))).await;
    assert_eq!(
        (header(&json, "content-type"), body(&json)),
        (Some("application/json"), r#"{"a":1}"#)
    );
    let form = sent(BODY, |call| call.alternative(1).form(&value(r#"{"a":1}"#))).await;
    assert_eq!((header(&form, "content-type"), body(&form)), (Some(FORM), "a=1"));
    let text = sent(BODY, |call| call.alternative(2).text("a")).await;
    assert_eq!((header(&text, "content-type"), body(&text)), (Some("text/plain"), "a"));
}

const UPLOAD: &str = tenon_runtime::encodings![
    "purpose" [MaxLength(8)], "settings", "tags", "file" content_type("image/png"), "more",
    "ids"(Form false),
];

/// The parts of [`UPLOAD`], its files of these bodies.
fn upload(first: Body, second: Body) -> Multipart {
    Multipart::described(UPLOAD)
        .file(3, first)
        .files(
            4,
            [
                Part::new(second).file_name("a \"b\"\r\n.txt").content_type("text/csv"),
                Part::bytes(&b"x"[..]).file_name("日.bin").header("X-Part", "1"),
            ],
        )
        .value(0, &"avatar")
        .value(1, &value(r#"{"a":[1]}"#))
        .value(2, &value(r#"["x","y z"]"#))
        .value(5, &value("[1,2]"))
}

const UPLOADED: &str = "--B\r\n\
    Content-Disposition: form-data; name=\"purpose\"\r\n\r\navatar\r\n--B\r\n\
    Content-Disposition: form-data; name=\"settings\"\r\nContent-Type: application/json\r\n\r\n{\"a\":[1]}\r\n--B\r\n\
    Content-Disposition: form-data; name=\"tags\"\r\n\r\nx\r\n--B\r\n\
    Content-Disposition: form-data; name=\"tags\"\r\n\r\ny z\r\n--B\r\n\
    Content-Disposition: form-data; name=\"file\"; filename=\"file\"\r\nContent-Type: image/png\r\n\r\nabcd\r\n--B\r\n\
    Content-Disposition: form-data; name=\"more\"; filename=\"a %22b%22%0D%0A.txt\"\r\nContent-Type: text/csv\r\n\r\n1,2\n\r\n--B\r\n\
    Content-Disposition: form-data; name=\"more\"; filename=\"日.bin\"\r\nContent-Type: application/octet-stream\r\nx-part: 1\r\n\r\nx\r\n--B\r\n\
    Content-Disposition: form-data; name=\"ids\"\r\n\r\n1,2\r\n--B--\r\n";

#[tokio::test]
async fn a_file_is_of_the_type_that_its_name_tells_of_the_documented_ones_first() {
    const PICTURES: &str = tenon_runtime::encodings![
        "pictures" content_type("image/png, image/jpg, image/x-raw"), "any",
    ];
    let of = |name: &str| Part::bytes(&b"x"[..]).file_name(name);
    let request = sent(RequestBody::multipart(PARTS), |call| {
        let listed = [of("a.PNG"), of("b.jpg"), of("c.x-raw"), of("d.gif"), of("png")];
        let any = [of("e.tar.gz"), of("f.jpeg"), of("g.x-raw"), of("h.").content_type("a/b")];
        call.multipart(Multipart::described(PICTURES).files(0, listed).files(1, any))
    });
    let request = request.await;
    let types = body(&request).lines().filter_map(|line| line.strip_prefix("Content-Type: "));
    let types: Vec<&str> = types.collect();
    let octets = "application/octet-stream";
    assert_eq!(types[..5], ["image/png", "image/jpg", "image/x-raw", "image/gif", octets]);
    assert_eq!(types[5..], ["application/gzip", "image/jpeg", octets, "a/b"]);
}

#[tokio::test]
async fn parts_are_sent_with_a_length_when_each_has_one() {
    let server = Server::start(ok()).await;
    let streams = |call: Call| {
        let first = Body::sized_stream(Chunks(vec!["ab", "cd"]), 4);
        call.multipart(upload(first, Body::sized_stream(Chunks(vec!["1,2\n"]), 4)))
    };
    send(&server, RequestBody::multipart(PARTS), streams).await;
    let request = server.request();
    let sent = body(&request).len().to_string();
    assert_eq!(header(&request, "content-length"), Some(sent.as_str()));
    assert_eq!(header(&request, "transfer-encoding"), None);
    let request = plain(&request);
    assert_eq!(header(&request, "content-type"), Some("multipart/form-data; boundary=B"));
    assert_eq!(body(&request), UPLOADED);
}

#[tokio::test]
async fn parts_are_sent_in_chunks_as_streams_give_them() {
    let server = Server::start(ok()).await;
    let streams = |call: Call| {
        let first = Body::stream(Chunks(vec!["ab", "cd"]));
        call.multipart(upload(first, Body::stream(Chunks(vec!["1,2\n"]))))
    };
    send(&server, RequestBody::multipart(PARTS), streams).await;
    let request = server.request();
    assert_eq!(header(&request, "content-length"), None);
    assert_eq!(header(&request, "transfer-encoding"), Some("chunked"));
    assert!(body(&request).contains("\r\n2\r\nab\r\n2\r\ncd\r\n"), "{request}");
    let head = request.split("\r\n\r\n").next().unwrap();
    let whole = plain(&format!("{head}\r\n\r\n{}", without_chunks(body(&request))));
    assert_eq!(body(&whole), UPLOADED);
}

/// The content of a chunked body (RFC 9112, section 7.1).
fn without_chunks(mut body: &str) -> String {
    let mut out = String::new();
    while let Some((size, rest)) = body.split_once("\r\n") {
        let (chunk, rest) = rest.split_at(usize::from_str_radix(size, 16).unwrap());
        out.push_str(chunk);
        body = rest.strip_prefix("\r\n").unwrap();
    }
    out
}

#[tokio::test]
async fn parts_that_can_be_sent_again_are_with_the_same_boundary() {
    let again =
        vec![reply("503 Service Unavailable", "retry-after: 0\r\n", ""), json("200 OK", "{}")];
    let server = Server::start(again).await;
    send(&server, RequestBody::multipart(PARTS), |call| {
        call.multipart(upload("abcd".into(), Bytes::from("1,2\n").into()))
    })
    .await;
    let requests = server.requests();
    assert_eq!(requests.len(), 2);
    assert_eq!(requests[0], requests[1]);
    assert_eq!(body(&plain(&requests[1])), UPLOADED);
}

#[cfg(feature = "fs")]
#[tokio::test]
async fn a_file_is_a_part_with_its_name_and_opened_anew_for_each_try() {
    let path = std::env::temp_dir().join(format!("tenon-part-{}.txt", std::process::id()));
    std::fs::write(&path, "file content").unwrap();
    let again =
        vec![reply("503 Service Unavailable", "retry-after: 0\r\n", ""), json("200 OK", "{}")];
    let server = Server::start(again).await;
    send(&server, RequestBody::multipart(PARTS), |call| {
        call.multipart(Multipart::new().part("f", Part::file(&path)))
    })
    .await;
    std::fs::remove_file(&path).unwrap();
    let name = path.file_name().unwrap().to_str().unwrap();
    let expected = format!(
        "--B\r\nContent-Disposition: form-data; name=\"f\"; filename=\"{name}\"\r\n\
         Content-Type: text/plain\r\n\r\nfile content\r\n--B--\r\n"
    );
    let requests = server.requests();
    assert_eq!(requests.len(), 2);
    for request in requests {
        let length = body(&request).len().to_string();
        assert_eq!(header(&request, "content-length"), Some(length.as_str()));
        assert_eq!(body(&plain(&request)), expected);
    }
}

#[tokio::test]
async fn parts_with_a_stream_are_sent_once() {
    let again =
        vec![reply("503 Service Unavailable", "retry-after: 0\r\n", ""), json("200 OK", "{}")];
    let server = Server::start(again).await;
    let any = server.client().devices().any(operation(RequestBody::multipart(PARTS)));
    let stream = Body::stream(Chunks(vec!["ab"]));
    let call = any.call.multipart(Multipart::new().part("f", stream).text("t", "x"));
    Any { call }.await.unwrap_err();
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn a_value_is_split_into_parts() {
    const TABLE: &[Encoding] = &[Encoding::new("j").content_type("application/json")];
    let request = sent(RequestBody::multipart(PARTS).encoding(TABLE), |call| {
        call.parts(&value(r#"{"a":"b","n":null,"j":"text","o":{},"l":[true,{"k":1}]}"#))
    });
    let expected = "--B\r\n\
        Content-Disposition: form-data; name=\"a\"\r\n\r\nb\r\n--B\r\n\
        Content-Disposition: form-data; name=\"j\"\r\nContent-Type: application/json\r\n\r\n\"text\"\r\n--B\r\n\
        Content-Disposition: form-data; name=\"l\"\r\n\r\ntrue\r\n--B\r\n\
        Content-Disposition: form-data; name=\"l\"\r\nContent-Type: application/json\r\n\r\n{\"k\":1}\r\n--B\r\n\
        Content-Disposition: form-data; name=\"o\"\r\nContent-Type: application/json\r\n\r\n{}\r\n--B--\r\n";
    assert_eq!(body(&request.await), expected);
}

#[tokio::test]
async fn related_parts_have_no_names_and_the_type_of_the_first_is_told() {
    let request = sent(RequestBody::multipart("multipart/related"), |call| {
        let file = Part::bytes(&b"%PDF"[..]).content_type("application/pdf");
        call.multipart(Multipart::new().json("metadata", &value(r#"{"n":1}"#)).part("file", file))
    });
    let request = request.await;
    let media = "multipart/related; type=\"application/json\"; boundary=B";
    assert_eq!(header(&request, "content-type"), Some(media));
    let expected = "--B\r\nContent-Type: application/json\r\n\r\n{\"n\":1}\r\n\
                    --B\r\nContent-Type: application/pdf\r\n\r\n%PDF\r\n--B--\r\n";
    assert_eq!(body(&request), expected);
}

#[tokio::test]
async fn without_parts_only_the_end_is_sent() {
    let request =
        sent(RequestBody::multipart("multipart/*"), |call| call.multipart(Multipart::new()));
    let request = request.await;
    assert_eq!(header(&request, "content-type"), Some("multipart/form-data; boundary=B"));
    assert_eq!(body(&request), "--B--\r\n");
}

#[tokio::test]
async fn parts_that_break_a_rule_or_can_not_be_sent_fail_the_call() {
    let server = Server::start(ok()).await;
    let call = |parts: Multipart| {
        let any = server.client().devices().any(operation(RequestBody::multipart(PARTS)));
        Any { call: any.call.multipart(parts) }
    };
    let parts = Multipart::described(UPLOAD).value(0, &"too long a text");
    let error = call(parts).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidInput);
    assert_eq!(error.violations()[0].path, "body.purpose");
    let mended = Multipart::described(UPLOAD).value(0, &"too long a text").value(0, &"short");
    call(mended).await.unwrap();
    let injected = Part::text("x").header("x-a", "b\r\nc: d");
    let error = call(Multipart::new().part("p", injected)).await.unwrap_err();
    let refusal = std::error::Error::source(&error).unwrap().downcast_ref::<Refusal>().unwrap();
    assert_eq!(refusal.subject(), "header `x-a` of a part");
    assert_eq!(server.requests().len(), 1);
}
