//! Typed replies of every kind: streams, texts, bytes, and enums of them.

use tenon_runtime::Bytes;
use tenon_tests::replies::mock::{Mock, Problem};
use tenon_tests::replies::models::{GetReportNotFoundResponse, Order, Piece};
use tenon_tests::replies::talks::{GetReportError, GetReportReply, SequenceReply};

#[tokio::test]
async fn each_case_of_an_enum_is_sent_as_its_media_type() {
    let mock = Mock::start().await.unwrap();
    let report = || mock.talks().get_report();
    report().reply_ok(GetReportReply::OkCsv("a;b".to_owned())).times(1);
    report().reply_ok(GetReportReply::OkVndShortJson(vec![1, 2])).times(1);
    report().reply_ok(GetReportReply::Ok(Order::new(7))).times(1);
    report().reply_error(404, GetReportError::NotFoundHtml("<p>".to_owned())).times(1);
    let reason = GetReportNotFoundResponse::new().reason("gone");
    report().reply_error(404, GetReportError::NotFound(reason)).times(1);
    let talks = mock.client().talks();
    let csv = talks.get_report().await.unwrap();
    assert!(matches!(&*csv, GetReportReply::OkCsv(text) if text == "a;b"));
    assert_eq!(csv.headers()["content-type"], "text/csv");
    let short = talks.get_report().await.unwrap();
    assert!(matches!(&*short, GetReportReply::OkVndShortJson(list) if *list == [1, 2]));
    let json = talks.get_report().await.unwrap();
    assert!(matches!(&*json, GetReportReply::Ok(order) if order.id == 7));
    let html = talks.get_report().await.unwrap_err();
    assert!(matches!(html.documented(), Some(GetReportError::NotFoundHtml(text)) if text == "<p>"));
    let error = talks.get_report().await.unwrap_err();
    assert!(matches!(error.documented(), Some(GetReportError::NotFound(_))));
    mock.verify().unwrap();
}

#[tokio::test]
async fn streams_are_given_by_their_items() {
    let mock = Mock::start().await.unwrap();
    let talks = mock.client().talks();
    mock.talks().export().reply_ok(vec![Order::new(1), Order::new(2).name("x\ny")]);
    let mut orders = talks.export().await.unwrap().into_inner();
    assert_eq!(orders.next().await.unwrap().unwrap().id, 1);
    assert_eq!(orders.next().await.unwrap().unwrap().name.as_deref(), Some("x\ny"));
    assert!(orders.next().await.is_none());
    mock.talks().follow_log().reply_ok(["one".to_owned(), "two\nlines".to_owned()]);
    let mut log = talks.follow_log().await.unwrap().into_inner();
    assert_eq!(log.next().await.unwrap().unwrap().data, "one");
    assert_eq!(log.next().await.unwrap().unwrap().data, "two\nlines");
    mock.talks().chat().with(|call| call.query("stream", true)).reply_stream([Piece::new("hi")]);
    mock.talks().chat().reply_ok(Order::new(3));
    let mut pieces = talks.chat().stream_query(true).stream().await.unwrap().into_inner();
    assert_eq!(pieces.next().await.unwrap().unwrap().data.text, "hi");
    assert_eq!(talks.chat().await.unwrap().id, 3);
    mock.verify().unwrap();
}

#[tokio::test]
async fn bytes_are_given_as_they_are() {
    let mock = Mock::start().await.unwrap();
    let bytes = Bytes::from_static(b"\x89PNG\0\xff");
    mock.talks().get_file().reply_ok(bytes.clone());
    let talks = mock.client().talks();
    assert_eq!(**talks.get_file(1).await.unwrap(), *bytes);
    mock.verify().unwrap();
}

#[tokio::test]
async fn a_stream_that_is_one_of_several_replies_is_told_to_be_given_otherwise() {
    let mock = Mock::start().await.unwrap();
    mock.talks().sequence().reply_ok(SequenceReply::Accepted(4));
    let reply = mock.client().talks().sequence().await.unwrap();
    assert!(matches!(&*reply, SequenceReply::Accepted(4)));
    assert_eq!(reply.status().as_u16(), 202);
    mock.verify().unwrap();
}

#[tokio::test]
async fn an_operation_without_an_example_says_what_to_set() {
    let mock = Mock::start().await.unwrap();
    let error = mock.client().talks().get_report().await.unwrap_err();
    assert_eq!(error.status().unwrap().as_u16(), 501);
    let report = mock.verify().unwrap_err();
    let [Problem::Unexpected { operation, reasons, .. }] = report.problems.as_slice() else {
        unreachable!("{report}")
    };
    assert_eq!(*operation, "getReport");
    let wanted = "the document has no example of its reply: set one with `reply_ok` or `reply`";
    assert_eq!(reasons, &[wanted]);
    // What has no content needs no example.
    mock.client().talks().subscribe().await.unwrap();
    mock.client().talks().has_file(1).await.unwrap();
}

#[tokio::test]
async fn a_value_is_sent_as_json_where_text_or_a_range_is_documented_too() {
    let mock = Mock::start().await.unwrap();
    let talks = mock.client().talks();
    mock.talks().get_word().reply_ok("a \"b\"");
    let word = talks.get_word().await.unwrap();
    assert_eq!(
        (word.as_str(), word.headers()["content-type"].to_str().unwrap()),
        ("a \"b\"", JSON)
    );
    mock.talks().get_line().reply_ok("c");
    let line = talks.get_line().await.unwrap();
    assert_eq!((line.as_str(), line.headers()["content-type"].to_str().unwrap()), ("c", JSON));
    mock.talks().get_first().reply_ok("d");
    assert_eq!(*talks.get_first().await.unwrap(), "d");
    mock.talks().get_any_order().reply_ok(Order::new(7));
    assert_eq!(talks.get_any_order().await.unwrap().id, 7);
    mock.verify().unwrap();
}

const JSON: &str = "application/json";
