//! Requests of every kind are understood, and held to what the document says of them.

use std::collections::BTreeMap;

use tenon_runtime::{Body, Multipart, Part};
use tenon_tests::payloads::charges::{ImportChargesBody, ImportChargesParts};
use tenon_tests::payloads::files::CreateFileParts;
use tenon_tests::payloads::mock::Mock;
use tenon_tests::payloads::models::{
    Charge, ChargeItemsItem, ImportChargesFormRequest, NewFilePurpose, Owner,
};

use super::{parts, raw, request};

fn charge() -> Charge {
    Charge::new(2000)
        .note("a b&c=ü,7")
        .metadata(BTreeMap::from([("order id".to_owned(), "6735".to_owned())]))
        .items(vec![ChargeItemsItem::new().price("1"), ChargeItemsItem::new().price("p_2")])
        .fields(["a", "b"])
        .tags(["7"])
        .owner(Owner::new("12"))
}

#[tokio::test]
async fn forms_lines_and_queries_are_read_as_their_types() {
    let mock = Mock::start().await.unwrap();
    let charges = mock.client().charges();
    charges.create_charge(charge()).await.unwrap();
    charges.create_charge(Charge::new(1).note("true").tags(["1", "2"])).await.unwrap();
    charges.search_charges().filter(charge()).await.unwrap();
    charges.search_charges().await.unwrap();
    charges.create_charges(&[Charge::new(1), Charge::new(2).note("\n")]).await.unwrap();
    let map = BTreeMap::from([("a".to_owned(), 1_i64)]);
    let bodies: [ImportChargesBody; 6] = [
        charge().into(),
        map.into(),
        ImportChargesFormRequest::new("u v").into(),
        "a;b".into(),
        Body::from(vec![1, 2, 255]).into(),
        ImportChargesParts::new(Part::bytes("1,2").file_name("a.csv")).into(),
    ];
    for body in bodies {
        charges.import_charges().body(body).await.unwrap();
    }
    charges.import_charges().await.unwrap();
    mock.verify().unwrap();
}

#[tokio::test]
async fn parts_are_read_as_their_types() {
    let mock = Mock::start().await.unwrap();
    let files = mock.client().files();
    let parts = CreateFileParts::new(NewFilePurpose::Avatar, Part::bytes(b"\xff\r\n--".as_slice()))
        .note("1")
        .owner(Owner::new("Ada").roles(["x"]))
        .tags(&["a", "2"])
        .ids(&[1, 2]);
    files.create_file(parts).await.unwrap();
    files.describe_file(Owner::new("7").roles(["1"])).await.unwrap();
    files.create_related(Multipart::new().part("any", Part::bytes("x"))).await.unwrap();
    mock.verify().unwrap();
}

/// What the server answers a body of this media type.
async fn told(line: &str, media: &str, body: &str) -> String {
    let mock = Mock::start().await.unwrap();
    let media = format!("content-type: {media}");
    let reply = raw(mock.address(), &request(line, &[&media], body)).await;
    parts(&reply).1.replace("the request breaks the document: ", "")
}

#[tokio::test]
async fn what_is_wrong_with_a_form_is_told() {
    let form = "application/x-www-form-urlencoded";
    let told = |body: &'static str| told("POST /charges", form, body);
    let wanted = "the body breaks a rule: at body.amount: must be at least 1, is 0";
    assert_eq!(told("amount=0&tags=x").await, wanted);
    let missing = told("note=x").await;
    assert!(missing.starts_with("the body isn't what the document says: at $"), "{missing}");
    assert!(missing.contains("amount"), "{missing}");
    let wrong = told("amount=much").await;
    assert!(wrong.contains("at $.amount: expected integer, found string"), "{wrong}");
    assert_eq!(told("amount=1&owner=%7B%22name%22%3A%22Ada%22%7D&metadata%5Ba%5D=1").await, "");
    let wrong = told("amount=1&owner=Ada").await;
    assert!(wrong.contains("at $.owner: expected "), "{wrong}");
}

#[tokio::test]
async fn what_is_wrong_with_lines_and_parts_is_told() {
    let lines = told("POST /charges/bulk", "application/x-ndjson", "{\"amount\":1}\n{}\n").await;
    assert!(lines.starts_with("line 2: the body isn't what the document says: "), "{lines}");
    let body = "--x\r\ncontent-disposition: form-data; name=\"purpose\"\r\n\r\nnone of them\r\n\
                --x\r\ncontent-disposition: form-data; name=\"ids\"\r\n\r\nseven\r\n--x--\r\n";
    let parts = told("POST /files", "multipart/form-data; boundary=x", body).await;
    assert!(parts.contains("the part `file` is missing"), "{parts}");
    assert!(parts.contains("the part `ids` isn't what the document says: "), "{parts}");
    let cut = told("POST /files", "multipart/form-data; boundary=x", &body[..40]).await;
    assert_eq!(cut, "the last boundary is missing");
    assert_eq!(told("POST /files", "application/json", "{}").await.lines().count(), 1);
    let mock = Mock::start().await.unwrap();
    let reply = raw(mock.address(), &request("POST /files", &[], "")).await;
    assert!(reply.ends_with("the body is missing"), "{reply}");
}
