//! Generated code for everything that can come back, against a server: several media types,
//! streams, headers, callbacks and webhooks.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "an expectation that fails is a test that fails"
)]

use std::error::Error as _;

use futures_util::StreamExt;
use serde_json::json;
use tenon_runtime::{ErrorKind, codec};
use tenon_tests::wire::{Server, json_reply};
use wiremock::ResponseTemplate;

use tenon_tests::replies::models::{
    FollowNewsResponse, FollowOrdersAny, Message, Mood, Order, Payment, Push, Search, ServiceLevel,
    ServicePort, Shape, State, StateListed, Ticket, Untold, XLevelHeader,
};
use tenon_tests::replies::talks::{
    ExportOrderReply, GetReportError, GetReportReply, SequenceReply,
};
use tenon_tests::replies::{Client, headers, webhooks};

fn client(server: &Server) -> Client {
    Client::builder().base_url(server.url()).build().unwrap()
}

fn body(media: &str, text: &str) -> ResponseTemplate {
    ResponseTemplate::new(200).set_body_raw(text, media)
}

#[tokio::test]
async fn the_content_type_of_the_reply_decides_its_case() {
    let server = Server::in_turn(vec![
        body("text/csv; charset=utf-8", "id\n7\n"),
        body("application/json", r#"{"id":7}"#),
        body("application/vnd.short+json", "[7]"),
        ResponseTemplate::new(404).set_body_raw("<p>none</p>", "text/html"),
    ])
    .await;
    let client = client(&server);
    let report = || async { client.talks().get_report().await };
    assert_eq!(*report().await.unwrap(), GetReportReply::OkCsv("id\n7\n".to_owned()));
    let GetReportReply::Ok(order) = report().await.unwrap().into_inner() else { panic!() };
    assert_eq!(order.id, 7);
    assert_eq!(*report().await.unwrap(), GetReportReply::OkVndShortJson(vec![7]));
    let error = report().await.unwrap_err();
    assert_eq!(
        error.into_documented(),
        Some(GetReportError::NotFoundHtml("<p>none</p>".to_owned()))
    );
    let accept = "application/json, text/csv, application/vnd.short+json";
    assert_eq!(server.requests()[0].header("accept"), Some(accept));
}

#[tokio::test]
async fn a_caller_may_narrow_what_is_accepted() {
    let server = Server::replying(body("text/csv", "id\n")).await;
    let call = client(&server).talks().get_report().customize().header("accept", "text/csv");
    assert_eq!(*call.await.unwrap(), GetReportReply::OkCsv("id\n".to_owned()));
    assert_eq!(server.request().header("accept"), Some("text/csv"));
}

#[tokio::test]
async fn headers_have_the_types_of_the_document() {
    let reply = json_reply(200, "application/json", &json!({"id": 7}))
        .insert_header("X-Total", "12")
        .insert_header("X-Tags", "a, b")
        .insert_header("X-Level", "high")
        .insert_header("X-Checked-At", "2024-02-29T12:00:00Z")
        .insert_header("X-Meta", r#"{"pages":3}"#)
        .insert_header("X-Pair", "a=1,b=2");
    let missing = json_reply(404, "application/json", &json!({})).insert_header("X-Total", "none");
    let server = Server::in_turn(vec![reply, missing]).await;
    let client = client(&server);

    let reply = client.talks().get_report().await.unwrap();
    assert_eq!(reply.header(headers::X_TOTAL).unwrap(), Some(12));
    assert_eq!(reply.header(headers::X_TAGS).unwrap().unwrap(), ["a", "b"]);
    assert_eq!(reply.header(headers::X_LEVEL).unwrap(), Some(XLevelHeader::High));
    assert!(reply.header(headers::X_CHECKED_AT).unwrap().is_some());
    assert_eq!(reply.header(headers::X_META).unwrap().unwrap().pages, Some(3));
    let pair = reply.header(headers::X_PAIR).unwrap().unwrap();
    assert_eq!((pair.a, pair.b.as_deref()), (Some(1), Some("2")));

    let error = client.talks().get_report().await.unwrap_err();
    assert_eq!(error.header(headers::GET_REPORT_X_TOTAL).unwrap().unwrap(), "none");
    let fault = error.header(headers::X_TOTAL).unwrap_err();
    assert_eq!(fault.to_string(), "at $: expected integer, found `none`");
    assert!(error.header(headers::X_TAGS).unwrap().is_none());
}

#[tokio::test]
async fn json_is_awaited_and_events_are_streamed() {
    let events = "data: {\"text\":\"a\"}\n\ndata: {\"text\":\"b\"}\n\ndata: [DONE]\n\n";
    let server = Server::in_turn(vec![
        body("application/json", r#"{"id":1}"#),
        body("text/event-stream", events),
    ])
    .await;
    let client = client(&server);
    assert_eq!(client.talks().chat().await.unwrap().id, 1);
    let events = client.talks().chat().stream_query(true).stream().await.unwrap().into_inner();
    let pieces: Vec<String> = events.map(|event| event.unwrap().data.text).collect().await;
    assert_eq!(pieces, ["a", "b"]);
    let [whole, streamed] = server.requests().try_into().unwrap();
    assert_eq!(whole.header("accept"), Some("application/json"));
    assert_eq!(streamed.header("accept"), Some("text/event-stream"));
    assert_eq!(streamed.line, "POST /chat?stream=true");
}

#[tokio::test]
async fn a_success_that_is_only_a_stream_is_awaited() {
    let server = Server::in_turn(vec![
        body("text/event-stream", "data: one\n\nid: 4\ndata: [DONE]\n\n"),
        body(
            "text/event-stream",
            "event: order\ndata: {\"id\":7}\n\nevent: note\ndata: hello\n\nevent: note\ndata: 5\n\n",
        ),
        body("application/jsonl", "{\"id\":1}\n{\"id\":2}\n"),
    ])
    .await;
    let client = client(&server);

    let mut log = client.talks().follow_log().await.unwrap();
    assert_eq!(log.next().await.unwrap().unwrap().data, "one");
    assert_eq!(log.next().await.unwrap().unwrap().data, "[DONE]");
    assert!(log.next().await.is_none());
    assert_eq!(log.last_event_id(), Some("4"));

    let mut news = client.talks().follow_news().await.unwrap();
    let order = news.next().await.unwrap().unwrap();
    assert_eq!(order.event.as_deref(), Some("order"));
    let text = |data: &FollowNewsResponse| String::from_utf8(codec::to_vec(data)).unwrap();
    assert!(text(&order.data).contains(r#""data":{"id":7}"#), "{}", text(&order.data));
    let note = news.next().await.unwrap().unwrap().data;
    assert!(text(&note).contains(r#""data":"hello""#), "{}", text(&note));
    let number = news.next().await.unwrap().unwrap().data;
    assert!(text(&number).contains(r#""data":"5""#), "{}", text(&number));

    let mut orders = client.talks().export().await.unwrap();
    assert_eq!(orders.next().await.unwrap().unwrap().id, 1);
    assert_eq!(orders.next().await.unwrap().unwrap().id, 2);
    assert!(orders.next().await.is_none());
    assert_eq!(server.requests()[2].header("accept"), Some("application/x-ndjson"));
}

#[tokio::test]
async fn messages_of_a_gateway_are_read_line_by_line() {
    let lines =
        "{\"result\":{\"id\":1}}\n{\"result\":{\"id\":2}}\n{\"error\":{\"message\":\"gone\"}}\n";
    let server = Server::in_turn(vec![body("application/json", lines)]).await;
    let mut messages = client(&server).talks().messages().await.unwrap();
    assert_eq!(messages.next().await.unwrap().unwrap().result.unwrap().id, 1);
    assert_eq!(messages.next().await.unwrap().unwrap().result.unwrap().id, 2);
    let error = messages.next().await.unwrap().unwrap().error.unwrap();
    assert_eq!(error.message.as_deref(), Some("gone"));
    assert!(messages.next().await.is_none());
    assert_eq!(server.request().header("accept"), Some("application/json"));
}

#[tokio::test]
async fn the_text_of_an_event_is_what_the_document_says_it_holds() {
    let events = "data: {\"id\":7,\ndata: \"name\":\"tea\"}\n\nid: 4\ndata: {\"id\":8}\n\n";
    let server =
        Server::in_turn(vec![body("text/event-stream", events), ResponseTemplate::new(204)]).await;
    let client = client(&server);
    let any = FollowOrdersAny::new().since("1 & 2");
    let call = client.talks().follow_orders().any(any).session("a%20b=1; c");
    let mut orders = call.await.unwrap();
    let order = orders.next().await.unwrap().unwrap().data.data;
    assert_eq!((order.id, order.name.as_deref()), (7, Some("tea")));
    assert_eq!(orders.next().await.unwrap().unwrap().data.data.id, 8);
    assert!(orders.next().await.is_none());
    client.talks().link_order("$.a[1:2]").await.unwrap();

    let [followed, linked] = server.requests().try_into().unwrap();
    assert_eq!(followed.line, "GET /orders?%7B%22since%22%3A%221%20%26%202%22%7D");
    assert_eq!(followed.header("cookie"), Some("session=a%20b=1%3B%20c"));
    assert_eq!(linked.line, "Link /orders?%24.a%5B1%3A2%5D");
}

#[tokio::test]
async fn a_stream_may_be_one_of_several_replies() {
    let server = Server::in_turn(vec![
        body("application/json-seq", "\u{1e}{\"id\":1}\n"),
        json_reply(202, "application/json", &json!(30)),
    ])
    .await;
    let client = client(&server);
    let reply = client.talks().sequence().await.unwrap().into_inner();
    let SequenceReply::Ok(mut orders) = reply else { panic!("{reply:?}") };
    assert_eq!(orders.next().await.unwrap().unwrap().id, 1);
    let reply = client.talks().sequence().await.unwrap().into_inner();
    assert!(matches!(reply, SequenceReply::Accepted(30)), "{reply:?}");
    let accept = "application/json-seq, application/json";
    assert_eq!(server.requests()[0].header("accept"), Some(accept));
}

#[tokio::test]
async fn bytes_are_collected_or_streamed_in_any_of_their_media_types() {
    let server = Server::replying(body("image/jpeg", "JPEG")).await;
    let client = client(&server);
    assert_eq!(client.talks().get_file(1).await.unwrap().into_inner(), "JPEG");
    let mut stream = client.talks().get_file(1).stream().await.unwrap();
    assert_eq!(stream.next().await.unwrap().unwrap(), "JPEG");
    assert!(stream.next().await.is_none());
    for request in server.requests() {
        assert_eq!(request.header("accept"), Some("image/png, image/jpeg"));
    }
}

#[tokio::test]
async fn a_page_that_is_described_once_has_items_of_each_kind() {
    let server = Server::in_turn(vec![
        body("application/json", r#"{"items":[{"id":7,"name":"Ada"}]}"#),
        body("application/json", r#"{"items":[{"text":"a"}]}"#),
        body("application/json", r#"{"items":[{"text":"a"}]}"#),
    ])
    .await;
    let client = client(&server);
    let orders = client.talks().get_order_page().await.unwrap().into_inner();
    assert_eq!((orders.items[0].id, orders.items[0].name.as_deref()), (7, Some("Ada")));
    assert_eq!(codec::to_vec(&orders), br#"{"items":[{"id":7,"name":"Ada"}]}"#);
    assert_eq!(client.talks().get_piece_page().await.unwrap().items[0].text, "a");
    let fault = client.talks().get_order_page().await.unwrap_err();
    assert!(fault.to_string().contains("$.items[0]: expected Order"), "{fault}");
    let lines: Vec<_> = server.requests().into_iter().map(|request| request.line).collect();
    assert_eq!(lines, ["GET /pages/orders", "GET /pages/pieces", "GET /pages/orders"]);
}

#[tokio::test]
async fn what_has_no_body_is_not_decoded() {
    let server = Server::in_turn(vec![
        ResponseTemplate::new(200).insert_header("content-type", "application/json"),
        ResponseTemplate::new(204),
        body("application/atom+xml", "<feed/>"),
    ])
    .await;
    let client = client(&server);
    client.talks().has_file(1).await.unwrap().into_inner();
    client.talks().subscribe().await.unwrap().into_inner();
    assert_eq!(client.talks().feed().await.unwrap().into_inner(), "<feed/>");
    let requests = server.requests();
    assert_eq!(requests[0].line, "HEAD /file/1");
    assert!(
        !requests[0]
            .headers
            .iter()
            .any(|(name, value)| name == "accept" && value == b"application/json")
    );
}

#[test]
fn webhooks_and_callbacks_are_parsed() {
    let order = webhooks::parse_order_paid(br#"{"id":7,"name":"Ada"}"#).unwrap();
    assert_eq!((order.id, order.name.as_deref()), (7, Some("Ada")));
    assert_eq!(codec::to_vec(&order), br#"{"id":7,"name":"Ada"}"#);
    let same: Order = webhooks::parse_on_order(br#"{"id":7}"#).unwrap();
    assert_eq!(same.id, 7);
    let fault = webhooks::parse_on_order(br#"{"id":"7"}"#).unwrap_err();
    assert_eq!(fault.path, "$.id");
    assert!(fault.source().is_none());
    let form = webhooks::parse_order_form(b"id=7&gift=true&items=a+b").unwrap();
    assert_eq!((form.id, form.gift), (7, Some(true)));
    assert_eq!(form.items, ["a b"]);
}

#[tokio::test]
async fn a_file_is_bytes_of_whatever_media_type() {
    let texts =
        [("application/json", "[ 1 ]"), ("text/csv", "id\n7\n"), ("application/pdf", "%PDF")];
    let server = Server::in_turn(texts.map(|(media, text)| body(media, text)).to_vec()).await;
    let client = client(&server);
    for (_, text) in texts {
        let reply = client.talks().export_orders().await.unwrap();
        assert_eq!(&reply.into_inner()[..], text.as_bytes());
    }
    assert_eq!(server.requests()[0].header("accept"), Some("text/csv, application/json"));
}

#[tokio::test]
async fn a_string_of_any_type_is_json_or_the_text_itself_as_the_reply_says() {
    let server = Server::in_turn(vec![
        body("text/plain; charset=utf-8", "\"a\" b"),
        body("application/json", r#""a\nb""#),
        body("application/octet-stream", "a"),
        body("application/problem+json", r#""a""#),
    ])
    .await;
    let client = client(&server);
    for expected in ["\"a\" b", "a\nb", "a", "a"] {
        assert_eq!(*client.talks().get_word().await.unwrap(), expected);
    }
    assert_eq!(server.requests()[0].header("accept"), Some("*/*"));
}

#[tokio::test]
async fn what_a_type_can_only_mean_is_read_as_that() {
    let replies = [
        r#"{"push":"PUSH","port":80,"started":"2024-01-31T10:00:00Z","level":2}"#,
        r#"{"push":"LATER","port":"http"}"#,
    ];
    let server = Server::in_turn(replies.map(|text| body("application/json", text)).to_vec()).await;
    let client = client(&server);
    let service = client.talks().get_service().await.unwrap();
    assert_eq!(service.push, Some(Push::Push));
    assert_eq!(service.port, Some(ServicePort::Integer(80)));
    assert_eq!(service.started.as_ref().unwrap().to_string(), "2024-01-31T10:00:00Z");
    assert_eq!(service.level, Some(ServiceLevel::High));
    let service = client.talks().get_service().await.unwrap();
    assert_eq!(service.push, Some(Push::Unknown("LATER".into())));
    assert_eq!(service.port, Some(ServicePort::String("http".to_owned())));
}

#[tokio::test]
async fn a_range_of_texts_is_text_and_one_of_pictures_is_bytes() {
    let server =
        Server::in_turn(vec![body("text/markdown", "# a"), body("image/gif", "GIF89a")]).await;
    let client = client(&server);
    assert_eq!(*client.talks().get_note().await.unwrap(), "# a");
    assert_eq!(&**client.talks().get_picture().await.unwrap(), b"GIF89a");
    assert_eq!(server.requests()[0].header("accept"), Some("text/*"));
    assert_eq!(server.requests()[1].header("accept"), Some("image/*"));
}

#[tokio::test]
async fn an_object_of_any_type_is_json_whatever_the_server_calls_it() {
    let json = r#"{"id":7}"#;
    let server =
        Server::in_turn(vec![body("text/plain", json), body("application/json", json)]).await;
    let client = client(&server);
    assert_eq!(client.talks().get_any_order().await.unwrap().id, 7);
    assert_eq!(client.talks().get_any_order().await.unwrap().id, 7);
    assert_eq!(server.requests()[0].header("accept"), Some("application/json, */*"));
}

#[tokio::test]
async fn octets_are_bytes_whatever_they_are_called() {
    let octets = b"\x89PNG\xff".as_slice();
    let reply = |media: &str| ResponseTemplate::new(200).set_body_raw(octets, media);
    let server = Server::in_turn(vec![
        reply("application/pdf"),
        reply("application/json"),
        reply("application/octet-stream"),
    ])
    .await;
    let client = client(&server);
    assert_eq!(&**client.talks().export_invoice().await.unwrap(), octets);
    assert_eq!(&**client.talks().export_invoice().await.unwrap(), octets);
    assert_eq!(&**client.talks().export_key().await.unwrap(), octets);
    let accept = "application/octet-stream, application/json";
    assert_eq!(server.requests()[0].header("accept"), Some(accept));
}

#[tokio::test]
async fn octets_with_properties_are_json_when_the_reply_says_so() {
    let json = r#"{"id":7}"#;
    let replies = vec![body("application/octet-stream", json), body("application/json", json)];
    let server = Server::in_turn(replies).await;
    let client = client(&server);
    let export = || async { client.talks().export_order().await.unwrap().into_inner() };
    assert_eq!(export().await, ExportOrderReply::Ok(json.into()));
    let ExportOrderReply::OkJson(order) = export().await else { panic!() };
    assert_eq!(order.id, 7);
}

#[tokio::test]
async fn the_text_of_a_value_is_read_beside_its_json() {
    let server = Server::in_turn(vec![
        body("text/plain", "a \"b\""),
        body("application/json", r#""a""#),
        body("text/plain", "merry"),
        body("application/json", r#""calm""#),
        body("text/plain", "42"),
        body("application/json", "43"),
        body("text/plain", "many"),
        body("text/plain", "a"),
        body("application/json", r#""b""#),
        body("text/html", "<p>"),
    ])
    .await;
    let client = client(&server);
    let talks = client.talks();
    assert_eq!(*talks.get_line().await.unwrap(), "a \"b\"");
    assert_eq!(*talks.get_line().await.unwrap(), "a");
    assert_eq!(*talks.get_mood().await.unwrap(), Mood::Merry);
    assert_eq!(*talks.get_mood().await.unwrap(), Mood::Calm);
    assert_eq!(*talks.get_count().await.unwrap(), 42);
    assert_eq!(*talks.get_count().await.unwrap(), 43);
    assert_eq!(talks.get_count().await.unwrap_err().kind(), ErrorKind::Decode);
    for expected in ["a", "b", "<p>"] {
        assert_eq!(*talks.get_first().await.unwrap(), expected);
    }
    let accept = |at: usize| server.requests()[at].header("accept").unwrap().to_owned();
    assert_eq!(accept(0), "application/json, text/plain");
    assert_eq!(accept(7), "text/plain, */*");
}

#[tokio::test]
async fn text_of_a_reply_is_in_its_charset_and_json_may_begin_with_a_byte_order_mark() {
    let text = |media: &str, bytes: &[u8]| ResponseTemplate::new(200).set_body_raw(bytes, media);
    let server = Server::in_turn(vec![
        text("text/plain; charset=ISO-8859-1", b"caf\xe9 \x80"),
        text("text/plain; charset=iso-8859-1", b"caf\xe9"),
        text("text/plain; charset=utf-16le", b"a\0"),
        text("application/json; charset=utf-8", b"\xef\xbb\xbf{\"id\":7}"),
    ])
    .await;
    let client = client(&server);
    assert_eq!(*client.talks().get_note().await.unwrap(), "café €");
    assert_eq!(*client.talks().get_line().await.unwrap(), "café");
    let error = client.talks().get_note().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode);
    assert!(error.to_string().contains("found text in utf-16le"), "{error}");
    assert_eq!(client.talks().get_any_order().await.unwrap().id, 7);
}

#[tokio::test]
async fn an_alternative_is_what_the_whole_value_says() {
    let text = concat!(
        r#"{"untold":[{"kind":"new","id":"1"},{"kind":"old","reason":"r"}],"#,
        r#""payments":[{"card":null,"bank":"y"},{"card":5,"cents":6},{"card":"x","bank":null}],"#,
        r#""closed":[{"key":"1","id":"2","more":3},{"key":"1"},{"key":"1","more":3}],"#,
        r#""tickets":[{"status":"done","note":"n"},{"status":"new"},{"status":"later"}],"#,
        r#""messages":[{"type":"message","role":"assistant"},{"type":"message","role":"user"},{"type":"note"}],"#,
        r#""states":["stopped","late",{"running":2}],"pairs":[["a",1],["b"]],"#,
        r#""weights":{"total":2.5,"a":1},"pieces":7,"#,
        r#""shapes":[{"kind":"Square"},{"kind":"round"},{"kind":"Triangle"}],"#,
        r#""labels":{"id":"1","x-a":"s","count":5}}"#
    );
    let server = Server::replying(body("application/json", text)).await;
    let read = client(&server).talks().get_alternatives().await.unwrap().into_inner();

    let untold = read.untold.as_deref().unwrap();
    assert!(matches!(untold, [Untold::Created(_), Untold::Deleted(_)]), "{untold:?}");
    let payments = read.payments.as_deref().unwrap();
    assert!(
        matches!(payments, [Payment::Bank(_), Payment::Cash(_), Payment::Card(_)]),
        "{payments:?}"
    );
    let closed = read.closed.as_deref().unwrap();
    assert!(
        matches!(closed, [Search::ById(all), Search::ByKey(_), Search::ByKey(_)] if all.extra.len() == 2),
        "{closed:?}"
    );
    let tickets = read.tickets.as_deref().unwrap();
    assert!(matches!(tickets, [Ticket::Done(_), Ticket::Open(_), Ticket::Open(_)]), "{tickets:?}");
    let messages = read.messages.as_deref().unwrap();
    assert!(
        matches!(messages, [Message::Answer(_), Message::Question(_), Message::Unknown(_)]),
        "{messages:?}"
    );
    let states = read.states.as_deref().unwrap();
    let late = StateListed::Unknown("late".to_owned());
    assert!(
        matches!(states, [State::Listed(StateListed::Stopped), State::Listed(it), State::WithRunning(_)] if *it == late),
        "{states:?}"
    );
    let pairs = read.pairs.as_deref().unwrap();
    assert_eq!(pairs[0], ["a".into(), 1.into()]);
    assert_eq!(pairs[1], ["b".into()]);
    let weights = read.weights.unwrap();
    assert_eq!((weights.total, weights.additional_properties["a"]), (2.5, 1.0));
    assert_eq!(read.pieces, Some(7));
    // The discriminator is that of the base which they extend.
    let shapes = read.shapes.as_deref().unwrap();
    assert!(
        matches!(shapes, [Shape::Square(_), Shape::Circle(_), Shape::Unknown(_)]),
        "{shapes:?}"
    );
    assert_eq!(read.labels.unwrap().additional_properties["count"], json!(5));
}
