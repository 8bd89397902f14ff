//! Bodies that are no plain JSON, sent by generated code: what reaches the wire, byte by byte.
//!
//! `generator/tests/samples.rs` keeps the client up to date.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "an expectation that fails is a test that fails"
)]

use std::collections::BTreeMap;

use futures_util::stream;
use tenon_runtime::{Body, Bytes, ErrorKind, Json, Multipart, Part};
use tenon_tests::payloads::Client;
use tenon_tests::payloads::charges::{
    ImportChargesBody, ImportChargesParts, PatchMisplacedParts, SendAmbiguousBody, SetOwnerBody,
};
use tenon_tests::payloads::files::{
    CreateFileParts, CreateMarkupParts, CreateOctetsParts, CreateTableParts,
};
use tenon_tests::payloads::models::{
    Account, Bow, Charge, ChargeItemsItem, Circle, Color, Colors, DropRatePage, DropRateXReason,
    FindChargesKindsItem, FindChargesPage, FindPointPoint, Knot, LogInRequest, Move,
    NewFilePurpose, Owner, Rest, Run, Shape, Square, Tie, Walk,
};
use tenon_tests::wire::{Request, ResponseTemplate, Server};

async fn done() -> Server {
    Server::status(204).await
}

fn client(server: &Server) -> Client {
    Client::builder().base_url(server.url()).build().unwrap()
}

/// The body of the one request as text, with `B` in place of its boundary.
fn parts(server: &Server) -> String {
    unbound(&server.request())
}

fn unbound(request: &Request) -> String {
    let media = request.header("content-type").unwrap();
    let (_, boundary) = media.split_once("boundary=").unwrap();
    request.text().replace(boundary, "B")
}

fn chunks(
    chunks: &[&'static str],
) -> impl futures_util::Stream<Item = std::io::Result<Bytes>> + use<> {
    let chunks: Vec<_> = chunks.iter().map(|it| Ok(Bytes::from_static(it.as_bytes()))).collect();
    stream::iter(chunks)
}

const FORM: &str = "application/x-www-form-urlencoded";

fn charge() -> Charge {
    Charge::new(2000)
        .note("a b&c=ü")
        .metadata(BTreeMap::from([("order id".to_owned(), "6735".to_owned())]))
        .items(vec![ChargeItemsItem::new().price("p_1"), ChargeItemsItem::new().price("p_2")])
        .fields(["a", "b"])
        .tags(["x", "y"])
        .owner(Owner::new("Ada"))
}

#[tokio::test]
async fn a_model_is_sent_as_a_form_in_the_stated_styles() {
    let server = done().await;
    client(&server).charges().create_charge(charge()).await.unwrap();
    let request = server.request();
    assert_eq!(request.header("content-type"), Some(FORM));
    let expected = "amount=2000&note=a+b%26c%3D%C3%BC&metadata%5Border+id%5D=6735\
                    &items%5B0%5D%5Bprice%5D=p_1&items%5B1%5D%5Bprice%5D=p_2&fields=a,b\
                    &tags=x&tags=y&owner=%7B%22name%22%3A%22Ada%22%7D";
    assert_eq!(request.text(), expected);
    assert_eq!(request.header("content-length"), Some(expected.len().to_string().as_str()));
}

#[tokio::test]
async fn rules_of_a_form_are_checked_before_it_is_sent() {
    let server = done().await;
    let error = client(&server).charges().create_charge(Charge::new(0)).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidInput);
    assert_eq!(error.violations()[0].path, "body.amount");
    assert_eq!(server.requests().len(), 0);
}

#[tokio::test]
async fn what_contradicts_the_type_of_a_parameter_keeps_nothing_from_being_sent() {
    let server = done().await;
    let call = client(&server).charges().find_charges();
    let call = call.since("2024-01-31T10:00:00Z".parse().unwrap()).day("01/31/2024");
    let call = call.holder("65b9f2a1c3d4e5f6a7b8c9d0").code("a-1").open(true).least(4_294_967_295);
    call.kinds(&[FindChargesKindsItem::Card]).page(FindChargesPage::V1).await.unwrap();
    let query = "since=2024-01-31T10%3A00%3A00Z&day=01%2F31%2F2024&holder=65b9f2a1c3d4e5f6a7b8c9d0&code=a-1\
                 &kinds=card&open=true&page=1&least=4294967295";
    assert_eq!(server.request().line, format!("GET /charges/find?{query}"));
}

#[tokio::test]
async fn a_list_is_sent_line_by_line() {
    let server = done().await;
    let charges = [Charge::new(1), Charge::new(2).note("\n")];
    client(&server).charges().create_charges(&charges).await.unwrap();
    let request = server.request();
    assert_eq!(request.header("content-type"), Some("application/x-ndjson"));
    assert_eq!(request.text(), "{\"amount\":1}\n{\"amount\":2,\"note\":\"\\n\"}\n");
}

#[tokio::test]
async fn each_media_type_is_sent_with_its_own_content() {
    let bytes = || Body::from(vec![1, 2]);
    let map = || BTreeMap::from([("a".to_owned(), 1_i64)]);
    let form = tenon_tests::payloads::models::ImportChargesFormRequest::new("u v");
    let cases: Vec<(ImportChargesBody, &str, &str)> = vec![
        (Charge::new(1).into(), "application/json", r#"{"amount":1}"#),
        (map().into(), "application/merge-patch+json", r#"{"a":1}"#),
        (form.into(), FORM, "url=u+v"),
        ("a;b".into(), "text/csv", "a;b"),
        (bytes().into(), "application/octet-stream", "\u{1}\u{2}"),
    ];
    for (body, media, text) in cases {
        let server = done().await;
        client(&server).charges().import_charges().body(body).await.unwrap();
        let request = server.request();
        assert_eq!((request.header("content-type"), request.text()), (Some(media), text));
    }
    let server = done().await;
    let table = ImportChargesParts::new(Part::bytes("1,2").file_name("a.csv"));
    client(&server).charges().import_charges().body(table).await.unwrap();
    let expected = "--B\r\nContent-Disposition: form-data; name=\"table\"; filename=\"a.csv\"\r\n\
                    Content-Type: text/csv\r\n\r\n1,2\r\n--B--\r\n";
    assert_eq!(parts(&server), expected);
    let server = done().await;
    client(&server).charges().import_charges().await.unwrap();
    let request = server.request();
    assert_eq!((request.header("content-type"), request.text()), (None, ""));
    assert_eq!(request.header("content-length"), Some("0"));
}

#[tokio::test]
async fn contents_of_one_type_are_told_apart_by_their_variant() {
    let server = done().await;
    let charges = client(&server).charges();
    charges.send_ambiguous(SendAmbiguousBody::Json("ab".to_owned())).await.unwrap();
    charges.send_ambiguous(SendAmbiguousBody::Text("a".to_owned())).await.unwrap();
    // The rules are those of JSON.
    let error = charges.send_ambiguous(SendAmbiguousBody::Json("a".to_owned())).await.unwrap_err();
    assert_eq!(error.violations()[0].path, "body");
    let requests = server.requests();
    let sent: Vec<_> = requests.iter().map(|it| (it.header("content-type"), it.text())).collect();
    assert_eq!(sent, [(Some("application/json"), "\"ab\""), (Some("text/plain"), "a")]);
}

fn upload(first: Body, second: Body) -> CreateFileParts {
    CreateFileParts::new(NewFilePurpose::Avatar, first)
        .attachments([
            Part::new(second).file_name("ü\".txt").content_type("text/plain"),
            "x".into(),
        ])
        .thumbnail(Part::bytes("P").header("X-Size", "1"))
        .owner(Owner::new("Ada").roles(["r"]))
        .note("hi")
        .tags(&["a", "b"])
        .ids(&[1, 2])
}

const UPLOADED: &str = "--B\r\n\
    Content-Disposition: form-data; name=\"purpose\"\r\n\r\navatar\r\n--B\r\n\
    Content-Disposition: form-data; name=\"note\"\r\n\r\nhi\r\n--B\r\n\
    Content-Disposition: form-data; name=\"owner\"\r\nContent-Type: application/json\r\n\r\n\
    {\"name\":\"Ada\",\"roles\":[\"r\"]}\r\n--B\r\n\
    Content-Disposition: form-data; name=\"tags\"\r\n\r\na\r\n--B\r\n\
    Content-Disposition: form-data; name=\"tags\"\r\n\r\nb\r\n--B\r\n\
    Content-Disposition: form-data; name=\"ids\"\r\n\r\n1,2\r\n--B\r\n\
    Content-Disposition: form-data; name=\"file\"; filename=\"file\"\r\n\
    Content-Type: application/octet-stream\r\n\r\nabcd\r\n--B\r\n\
    Content-Disposition: form-data; name=\"attachments\"; filename=\"ü%22.txt\"\r\n\
    Content-Type: text/plain\r\n\r\nefg\r\n--B\r\n\
    Content-Disposition: form-data; name=\"attachments\"\r\n\r\nx\r\n--B\r\n\
    Content-Disposition: form-data; name=\"thumbnail\"; filename=\"thumbnail\"\r\n\
    Content-Type: image/png\r\nx-size: 1\r\n\r\nP\r\n--B--\r\n";

#[tokio::test]
async fn parts_are_streamed_in_the_order_of_the_document() {
    let server = done().await;
    let unsized_stream = Body::stream(chunks(&["ab", "cd"]));
    let body = upload(unsized_stream, Body::stream(chunks(&["efg"])));
    client(&server).files().create_file(body).await.unwrap();
    assert_eq!(server.request().header("transfer-encoding"), Some("chunked"));
    assert_eq!(parts(&server), UPLOADED);

    let server = done().await;
    let sized = Body::sized_stream(chunks(&["ab", "cd"]), 4);
    client(&server).files().create_file(upload(sized, "efg".into())).await.unwrap();
    let request = server.request();
    let length = request.body.len().to_string();
    assert_eq!(request.header("content-length"), Some(length.as_str()));
    assert_eq!(unbound(&request), UPLOADED);
}

#[tokio::test]
async fn parts_are_sent_again_when_they_can_be() {
    let replies = vec![
        ResponseTemplate::new(503).insert_header("retry-after", "0"),
        ResponseTemplate::new(204),
    ];
    let server = Server::in_turn(replies).await;
    let call = client(&server).files().create_file(upload("abcd".into(), "efg".into()));
    call.customize().idempotency_key("k").await.unwrap();
    let requests = server.requests();
    assert_eq!(requests.len(), 2);
    assert_eq!(requests[0], requests[1]);
    assert_eq!(unbound(&requests[1]), UPLOADED);
}

#[tokio::test]
async fn rules_of_parts_are_checked_before_they_are_sent() {
    let server = done().await;
    let body = upload("a".into(), "b".into()).note("longer than it may be");
    let error = client(&server).files().create_file(body).await.unwrap_err();
    assert_eq!(error.violations()[0].path, "body.note");
    let body = upload("a".into(), "b".into()).attachments([b"1", b"2", b"3"]);
    let error = client(&server).files().create_file(body).await.unwrap_err();
    assert_eq!(
        error.violations()[0].to_string(),
        "at body.attachments: must have at most 2 items, has 3"
    );
    assert_eq!(server.requests().len(), 0);
}

#[tokio::test]
async fn a_model_without_files_is_sent_as_parts() {
    let server = done().await;
    client(&server).files().describe_file(Owner::new("Ada").roles(["a"])).await.unwrap();
    let expected = "--B\r\nContent-Disposition: form-data; name=\"name\"\r\n\r\nAda\r\n\
                    --B\r\nContent-Disposition: form-data; name=\"roles\"\r\n\r\na\r\n--B--\r\n";
    assert_eq!(parts(&server), expected);
}

#[tokio::test]
async fn parts_that_the_document_leaves_open_are_any() {
    let server = done().await;
    let metadata: Json = "{}".parse().unwrap();
    let body = Multipart::new().json("metadata", &metadata).part("media", b"GIF89a");
    client(&server).files().create_related(body).await.unwrap();
    let expected = "--B\r\nContent-Type: application/json\r\n\r\n{}\r\n\
                    --B\r\nContent-Type: application/octet-stream\r\n\r\nGIF89a\r\n--B--\r\n";
    assert_eq!(parts(&server), expected);
}

#[tokio::test]
async fn a_path_is_filled_as_its_decorations_say() {
    let server = done().await;
    let addresses = client(&server).addresses();
    addresses.read_tree("a/b c/..d?e#f").await.unwrap();
    addresses.cancel_topic("projects/p/topics/t%2F1").await.unwrap();
    addresses.find_point(FindPointPoint::new(1, 2), "a/b").await.unwrap();
    addresses.read_number(7).await.unwrap();
    addresses.read_part("a/b", "c").await.unwrap();
    let lines: Vec<String> = server.requests().into_iter().map(|it| it.line).collect();
    let expected = [
        "GET /addresses/files/a/b%20c/..d%3Fe%23f",
        "POST /addresses/names/projects/p/topics/t%2F1:cancel",
        "GET /addresses/at;x=1;y=2/is.a%2Fb",
        "GET /addresses/numbers/7/x",
        "GET /addresses/owners/a%2Fb/c",
    ];
    assert_eq!(lines, expected);
    for path in ["..", "a/../b", "./a", "a/%2e%2E"] {
        let error = addresses.read_tree(path).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidInput, "{path}");
    }
}

#[tokio::test]
async fn whole_numbers_have_no_fraction_and_lists_in_an_object_repeat_their_own_parameter() {
    let server =
        Server::in_turn(vec![ResponseTemplate::new(200), ResponseTemplate::new(404)]).await;
    let page = DropRatePage::new().least(20.0).sort(["name,asc", "id"]);
    let drop_rate = |rate: f64| {
        let reason = DropRateXReason::new().text("zu spät");
        client(&server).addresses().drop_rate(rate).page(page.clone()).x_reason(reason)
    };
    // The document lists failures only: any success is one.
    drop_rate(7.0).await.unwrap();
    let error = drop_rate(0.25).await.unwrap_err();
    assert_eq!(error.status().map(|status| status.as_u16()), Some(404));
    let requests = server.requests();
    let lines: Vec<&str> = requests.iter().map(|it| it.line.as_str()).collect();
    let expected = [
        "DELETE /addresses/rates/7?least=20&sort=name%2Casc&sort=id",
        "DELETE /addresses/rates/0.25?least=20&sort=name%2Casc&sort=id",
    ];
    assert_eq!(lines, expected);
    assert_eq!(requests[0].header("x-reason"), Some(r#"{"text":"zu sp\u00e4t"}"#));
}

#[tokio::test]
async fn parameters_in_the_query_of_a_path_are_filled_in() {
    let server = done().await;
    let addresses = client(&server).addresses();
    addresses.run_action("a&b=c/d").limit(5).await.unwrap();
    addresses.run_action("").await.unwrap();
    addresses.search_addresses("x").page(2).await.unwrap();
    let lines: Vec<String> = server.requests().into_iter().map(|it| it.line).collect();
    let expected = [
        "GET /addresses/actions?v=1&action=a%26b%3Dc%2Fd&limit=5",
        "GET /addresses/actions?v=1&action=",
        "GET /addresses/search?q=x&page=2",
    ];
    assert_eq!(lines, expected);
}

fn list() -> Colors {
    ["blue", "black", "brown"].map(str::to_owned).to_vec().into()
}

fn color() -> Color {
    Color::new().r(100).g(200).b(150)
}

/// What the call of these parameters reached the wire with: the request line and what is said after
/// it, in the styles' order.
fn said(request: &Request) -> [&str; 3] {
    let header = |name| request.header(name).unwrap();
    [request.line.split(' ').nth(1).unwrap(), header("x-colors"), header("cookie")]
}

#[tokio::test]
async fn each_style_is_written_as_the_table_has_it() {
    // OpenAPI 3.1, section 4.8.12.4.
    let cases: [(Colors, [&str; 3]); 2] = [
        (
            list(),
            [
                "/colors/blue,black,brown/.blue,black,brown/;matrix=blue,black,brown\
                 ?form=blue&form=black&form=brown&spaces=blue%20black%20brown\
                 &pipes=blue%7Cblack%7Cbrown&deep%5BR%5D=100&deep%5BG%5D=200&deep%5BB%5D=150",
                "blue,black,brown",
                "cookie=blue; cookie=black; cookie=brown",
            ],
        ),
        (
            color().into(),
            [
                "/colors/R,100,G,200,B,150/.R,100,G,200,B,150/;matrix=R,100,G,200,B,150\
                 ?R=100&G=200&B=150&spaces=R%20100%20G%20200%20B%20150\
                 &pipes=R%7C100%7CG%7C200%7CB%7C150\
                 &deep%5BR%5D=100&deep%5BG%5D=200&deep%5BB%5D=150",
                "R,100,G,200,B,150",
                "R=100; G=200; B=150",
            ],
        ),
    ];
    for (of, expected) in cases {
        let server = done().await;
        let call = client(&server).charges().send_colors(of.clone(), of.clone(), of.clone());
        let call = call.form(of.clone()).spaces(of.clone()).pipes(of.clone()).deep(color());
        call.x_colors(of.clone()).cookie(of).await.unwrap();
        assert_eq!(said(&server.request()), expected);
    }
}

#[tokio::test]
async fn each_style_is_written_as_stated_where_explode_is_another() {
    let cases: [(Colors, [&str; 3]); 2] = [
        (
            list(),
            [
                "/colors/blue,black,brown/.blue.black.brown\
                 /;matrix=blue;matrix=black;matrix=brown?form=blue,black,brown\
                 &spaces=blue&spaces=black&spaces=brown&pipes=blue&pipes=black&pipes=brown\
                 &deep%5BR%5D=100&deep%5BG%5D=200&deep%5BB%5D=150",
                "blue,black,brown",
                "cookie=blue,black,brown",
            ],
        ),
        (
            color().into(),
            [
                "/colors/R=100,G=200,B=150/.R=100.G=200.B=150/;R=100;G=200;B=150\
                 ?form=R,100,G,200,B,150&R=100&G=200&B=150&R=100&G=200&B=150\
                 &deep%5BR%5D=100&deep%5BG%5D=200&deep%5BB%5D=150",
                "R=100,G=200,B=150",
                "cookie=R,100,G,200,B,150",
            ],
        ),
    ];
    for (of, expected) in cases {
        let server = done().await;
        let call = client(&server).charges();
        let call = call.send_colors_otherwise(of.clone(), of.clone(), of.clone());
        let call = call.form(of.clone()).spaces(of.clone()).pipes(of.clone()).deep(color());
        call.x_colors(of.clone()).cookie(of).await.unwrap();
        assert_eq!(said(&server.request()), expected);
    }
}

#[tokio::test]
async fn a_discriminator_that_may_be_left_out_is_sent() {
    let circle = || Circle::new().radius(1.0);
    for (shape, sent) in [
        (circle(), r#"{"kind":"Circle","radius":1.0}"#),
        (circle().kind("round"), r#"{"kind":"round","radius":1.0}"#),
    ] {
        let server = Server::ok("application/json", sent).await;
        let reply = client(&server).charges().exchange_shape(shape).await.unwrap();
        assert_eq!(server.request().text(), sent);
        let is_listed = matches!(&*reply, Shape::Circle(read) if read.radius == Some(1.0));
        assert_eq!(is_listed, sent.contains("Circle"));
    }
    // What only the server may send is left to it.
    let server = Server::ok("application/json", r#"{"kind":"square","side":2}"#).await;
    let reply = client(&server).charges().exchange_shape(Square::new().side(2.0)).await.unwrap();
    assert_eq!(server.request().text(), r#"{"side":2.0}"#);
    assert!(matches!(&*reply, Shape::Square(read) if read.kind.as_deref() == Some("square")));
}

#[tokio::test]
async fn what_has_to_be_sent_and_no_reply_has_is_missed_before_it_is_sent() {
    let server = Server::ok("application/json", r#"{"id":"1","name":"n"}"#).await;
    let client = client(&server);
    let add = |account: Account| async { client.charges().add_account(account).await };

    let error = add(Account::new("n")).await.unwrap_err();
    let missed = r#"at body: must have "password", has no "password""#;
    assert_eq!(error.violations()[0].to_string(), missed);
    assert!(server.requests().is_empty());
    let added = add(Account::new("n").password("p")).await.unwrap();
    assert_eq!(server.request().text(), r#"{"name":"n","password":"p"}"#);
    assert_eq!((added.id.as_deref(), added.password.as_deref()), (Some("1"), None));
}

#[tokio::test]
async fn a_discriminator_may_be_a_number_or_a_boolean() {
    let moves: [(Move, &str); 3] = [
        (Walk::new().steps(3).into(), r#"{"speed":1,"steps":3}"#),
        (Run::new().steps(4).into(), r#"{"speed":2,"steps":4}"#),
        (Rest::new().minutes(5).into(), r#"{"speed":false,"minutes":5}"#),
    ];
    for (sent, text) in moves {
        let server = Server::ok("application/json", text).await;
        let reply = client(&server).charges().exchange_move(sent.clone()).await.unwrap();
        assert_eq!(server.request().text(), text);
        assert_eq!(std::mem::discriminant(&*reply), std::mem::discriminant(&sent));
    }
    let server = Server::ok("application/json", r#"{"speed":3}"#).await;
    let reply = client(&server).charges().exchange_move(Walk::new()).await.unwrap();
    assert!(matches!(&*reply, Move::Unknown(_)));
}

#[tokio::test]
async fn an_alternative_may_state_its_value_of_the_discriminator() {
    let ties: [(Tie, &str); 2] = [
        (Knot::new().loops(2).into(), r##"{"kind":"#Ties.Knot","loops":2}"##),
        (Bow::new().into(), r##"{"kind":"#Ties.Bow"}"##),
    ];
    for (sent, text) in ties {
        let server = Server::ok("application/json", text).await;
        let reply = client(&server).charges().exchange_tie(sent.clone()).await.unwrap();
        assert_eq!(server.request().text(), text);
        assert_eq!(std::mem::discriminant(&*reply), std::mem::discriminant(&sent));
    }
}

#[tokio::test]
async fn a_parameter_that_is_a_credential_is_sent_once() {
    let server = done().await;
    let client = Client::builder().base_url(server.url()).key("k").build().unwrap();
    client.charges().list_keys().like("a").await.unwrap();
    assert_eq!(server.request().line, "GET /keys?like=a&key=k");
}

#[tokio::test]
async fn an_authorization_that_no_scheme_writes_is_a_parameter() {
    let server = done().await;
    let call = client(&server).charges().add_key("Token t");
    assert!(!format!("{call:?}").contains("Token t"));
    call.await.unwrap();
    assert_eq!(server.request().header("authorization"), Some("Token t"));
}

#[tokio::test]
async fn the_same_bytes_are_sent_as_another_documented_media_type_on_demand() {
    let server = done().await;
    let client = client(&server);
    let charges = client.charges();
    let ada = || Owner::new("Ada");
    charges.patch_owner(ada()).await.unwrap();
    charges.patch_owner(ada()).sent_as_json().await.unwrap();
    charges.patch_owner(ada()).sent_as_apply_patch_yaml().await.unwrap();
    client.files().set_picture().sent_as_image_jpeg().body(b"JFIF".as_slice()).await.unwrap();
    client.files().set_picture().sent_as_image_jpeg().await.unwrap();
    let sent: Vec<_> = server.requests();
    let sent: Vec<_> = sent.iter().map(|it| (it.header("content-type"), it.text())).collect();
    let json = r#"{"name":"Ada"}"#;
    let expected = [
        (Some("application/merge-patch+json"), json),
        (Some("application/json"), json),
        (Some("application/apply-patch+yaml"), json),
        (Some("image/jpeg"), "JFIF"),
        (None, ""),
    ];
    assert_eq!(sent, expected);
}

#[tokio::test]
async fn an_object_is_sent_as_json_where_it_is_called_a_patch_too() {
    let server = done().await;
    let charges = client(&server).charges();
    charges.add_owner(Owner::new("Ada")).await.unwrap();
    charges.add_owner(Owner::new("Ada")).sent_as_json_patch_json().await.unwrap();
    let sent = server.requests();
    let sent: Vec<_> = sent.iter().map(|it| it.header("content-type")).collect();
    assert_eq!(sent, [Some("application/json"), Some("application/json-patch+json")]);
}

#[tokio::test]
async fn octets_are_sent_as_they_are_and_not_called_json_unless_they_have_to_be() {
    let server = done().await;
    let files = client(&server).files();
    let octets = b"%PDF\xff".as_slice();
    files.set_scan(octets).await.unwrap();
    files.set_scan(octets).sent_as_json().await.unwrap();
    let media: Vec<_> =
        server.requests().iter().map(|it| it.header("content-type").map(str::to_owned)).collect();
    assert_eq!(media, [Some("application/pdf".to_owned()), Some("application/json".to_owned())]);
    assert!(server.requests().iter().all(|it| it.body == octets));
}

#[tokio::test]
async fn another_media_type_is_that_of_one_body_among_several() {
    let server = done().await;
    let client = client(&server);
    let set = |body: SetOwnerBody| client.charges().set_owner(body).sent_as_json();
    set(Owner::new("Ada").into()).await.unwrap();
    assert_eq!(server.request().header("content-type"), Some("application/json"));
    let patch = vec![BTreeMap::from([("op".to_owned(), Json::from("test"))])];
    let error = set(patch.into()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidInput);
    assert!(error.to_string().contains("isn't one that is sent as `application/json`"), "{error}");
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn xml_is_text_that_the_caller_writes_in_parts_and_parameters_too() {
    let server = done().await;
    let body = CreateMarkupParts::new("<meta><x>1</x></meta>").note("n");
    let call = client(&server).files().create_markup(body).xml("<x>1</x>");
    call.any(tenon_runtime::json!({"a": [1, "b"]})).await.unwrap();
    let request = server.request();
    let query = "xml=%3Cx%3E1%3C%2Fx%3E&any=%7B%22a%22%3A%5B1%2C%22b%22%5D%7D";
    assert_eq!(request.line, format!("POST /markup?{query}"));
    let expected = "--B\r\nContent-Disposition: form-data; name=\"meta\"\r\n\
         Content-Type: application/xml\r\n\r\n<meta><x>1</x></meta>\r\n--B\r\n\
         Content-Disposition: form-data; name=\"note\"\r\n\r\nn\r\n--B--\r\n";
    assert_eq!(unbound(&request), expected);
}

#[tokio::test]
async fn parts_have_the_media_type_and_the_headers_that_the_document_gives() {
    let server = done().await;
    let files = client(&server).files();
    let body = CreateTableParts::new(Part::text("a;b")).name("# t");
    files.create_table(body).await.unwrap();
    let own =
        Part::text("a").content_type("text/plain").header("x-rows", "1").header("x-other", "2");
    files.create_table(CreateTableParts::new(own)).await.unwrap();
    let [usual, own] = server.requests().try_into().unwrap();
    let expected = "--B\r\nContent-Disposition: form-data; name=\"table\"\r\n\
         Content-Type: text/csv\r\nx-kind: table\r\nx-rows: 10\r\n\r\na;b\r\n--B\r\n\
         Content-Disposition: form-data; name=\"name\"\r\n\
         Content-Type: text/markdown\r\nx-kind: name\r\n\r\n# t\r\n--B--\r\n";
    assert_eq!(unbound(&usual), expected);
    let expected = "--B\r\nContent-Disposition: form-data; name=\"table\"\r\n\
         Content-Type: text/plain\r\nx-rows: 1\r\nx-other: 2\r\nx-kind: table\r\n\r\na\r\n--B--\r\n";
    assert_eq!(unbound(&own), expected);
}

#[tokio::test]
async fn a_part_without_an_encoding_is_a_file_of_any_octets() {
    let server = done().await;
    let octets = Part::bytes(vec![0xff, 0, 0xfe]).file_name("a.bin");
    let body = CreateOctetsParts::new(octets).picture(Part::bytes(vec![0x89])).line("a");
    client(&server).files().create_octets(body).await.unwrap();
    let request = server.request();
    // What isn't UTF-8 is read as one character for each of its bytes.
    let latin: String = request.body.iter().map(|byte| char::from(*byte)).collect();
    let (_, boundary) = request.header("content-type").unwrap().split_once("boundary=").unwrap();
    let expected = "--B\r\nContent-Disposition: form-data; name=\"octets\"; filename=\"a.bin\"\r\n\
         Content-Type: application/octet-stream\r\n\r\n\u{ff}\0\u{fe}\r\n--B\r\n\
         Content-Disposition: form-data; name=\"picture\"; filename=\"picture\"\r\n\
         Content-Type: image/png\r\n\r\n\u{89}\r\n--B\r\n\
         Content-Disposition: form-data; name=\"line\"\r\n\r\na\r\n--B--\r\n";
    assert_eq!(latin.replace(boundary, "B"), expected);
}

#[tokio::test]
async fn text_is_sent_in_utf_8_and_named_so_whatever_charset_is_documented() {
    let server = done().await;
    client(&server).files().send_latin("é").await.unwrap();
    let request = server.request();
    assert_eq!(request.header("content-type"), Some("text/plain; charset=utf-8"));
    assert_eq!(request.body, [0xc3, 0xa9]);
}

#[tokio::test]
async fn media_types_that_are_none_are_sent_as_what_is_meant() {
    let reply = ResponseTemplate::new(200).set_body_raw(r#"{"token":"t"}"#, "application/json");
    let server = Server::replying(reply).await;
    let reply = client(&server).files().log_in(LogInRequest::new("Ada L")).await.unwrap();
    assert_eq!(reply.token, "t");
    let request = server.request();
    assert_eq!(request.header("content-type"), Some("application/x-www-form-urlencoded"));
    assert_eq!(request.header("accept"), Some("application/json"));
    assert_eq!(request.text(), "user=Ada+L");
}

#[tokio::test]
async fn the_length_of_a_body_is_its_own_whatever_parameter_names_it() {
    let server = done().await;
    client(&server).files().send_sized("hello").await.unwrap();
    let request = server.request();
    assert_eq!(request.header("content-length"), Some("5"));
    assert_eq!(request.text(), "hello");
}

#[tokio::test]
async fn bodies_and_replies_that_the_document_describes_elsewhere_are_sent_and_read() {
    let server = Server::ok("application/json", "7").await;
    let charges = client(&server).charges();
    let number = charges.add_misplaced(Charge::new(5)).tags(&["a", "b"]).await.unwrap();
    assert_eq!(*number, 7);
    let request = server.request();
    assert_eq!(request.line, "POST /charges/misplaced?tags=a%7Cb");
    assert_eq!(request.header("content-type"), Some("application/json"));
    assert_eq!(request.text(), r#"{"amount":5}"#);

    let server = Server::ok("application/json", r#"{"amount":5}"#).await;
    let charges = client(&server).charges();
    let charge = charges.set_misplaced().body(Owner::new("Ada")).await.unwrap();
    assert_eq!(charge.amount, 5);
    assert_eq!(server.request().text(), r#"{"name":"Ada"}"#);

    let server = done().await;
    let body = PatchMisplacedParts::new(Part::text("a")).note("n");
    client(&server).charges().patch_misplaced(body).await.unwrap();
    assert!(parts(&server).contains("name=\"file\""));
}
