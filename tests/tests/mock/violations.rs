//! What breaks the document is refused with the reason, and told by `verify`.

use mdm_clients::kandji::mock::{Mock, Problem};
use mdm_clients::kandji::models::EraseDeviceRequest;
use mdm_clients::manageengine;

use super::{DEVICE, parts, raw, request};

const TOKEN: &str = "authorization: Bearer t";
const JSON: &str = "content-type: application/json";

/// What the server answers a request, and that `verify` says the same.
async fn refused(line: &str, headers: &[&str], body: &str) -> String {
    let mock = Mock::start().await.unwrap();
    let reply = raw(mock.address(), &request(line, headers, body)).await;
    let (status, told) = parts(&reply);
    let report = mock.verify().unwrap_err();
    let [Problem::Violation { request, reasons, .. }] = report.problems.as_slice() else {
        unreachable!("{report}")
    };
    assert_eq!(request, line);
    assert_eq!(told, format!("the request breaks the document: {}", reasons.join("; ")));
    format!("{} {}", status.trim_start_matches("HTTP/1.1 "), reasons.join("; "))
}

#[tokio::test]
async fn a_path_or_method_that_isnt_there() {
    let told = refused("GET /api/v1/nothing?a=1", &[TOKEN], "").await;
    assert_eq!(told, "404 Not Found the document has no path `/api/v1/nothing`");
    let told = refused("PUT /api/v1/devices/7", &[TOKEN], "").await;
    assert_eq!(told, "405 Method Not Allowed `/api/v1/devices/7` has no PUT, only DELETE");
}

#[tokio::test]
async fn credentials_that_are_missing_or_have_another_form() {
    let wanted = "401 Unauthorized the credentials are missing: `bearer` wants the header \
                  `authorization` with `Bearer …`";
    assert_eq!(refused("DELETE /api/v1/devices/7", &[], "").await, wanted);
    for header in ["authorization: Basic abc", "authorization: Bearer ", "authorization: s3cret"] {
        assert_eq!(refused("DELETE /api/v1/devices/7", &[header], "").await, wanted);
    }
}

#[tokio::test]
async fn a_token_has_the_prefix_of_its_document() {
    let mock = manageengine::mock::Mock::start().await.unwrap();
    let client = manageengine::Client::builder().base_url(mock.url()).zoho_oauth("mine");
    client.build().unwrap().devices().list_devices().await.unwrap();
    mock.verify().unwrap();
    let calls = mock.devices().list_devices().calls();
    assert_eq!(calls[0].header("authorization"), Some("Zoho-oauthtoken mine"));
}

#[tokio::test]
async fn parameters_that_are_missing_or_wrong() {
    let line = |query: &str| format!("GET /api/v1/devices/7/commands{query}");
    let told = refused(&line(""), &[TOKEN], "").await;
    assert_eq!(told, "400 Bad Request query parameter `limit` is missing");
    let told = refused(&line("?limit=many"), &[TOKEN], "").await;
    let wanted = "400 Bad Request query parameter `limit` isn't what the document says: \
                  at $: expected integer, found string \"many\"";
    assert_eq!(told, wanted);
    let told = refused(&line("?limit=301"), &[TOKEN], "").await;
    let wanted = "400 Bad Request query parameter `limit` breaks its rules: \
                  at limit: must be at most 300, is 301";
    assert_eq!(told, wanted);
}

#[tokio::test]
async fn bodies_that_are_wrong() {
    let line = "POST /api/v1/devices/7/action/erase";
    let told = refused(line, &[TOKEN, "content-type: text/plain"], "{}").await;
    let wanted = "415 Unsupported Media Type the media type of the body is text/plain where the \
                  document says application/json";
    assert_eq!(told, wanted);
    let told = refused(line, &[TOKEN, JSON], "{").await;
    assert!(
        told.starts_with("400 Bad Request the body isn't what the document says: at $"),
        "{told}"
    );
    let told = refused(line, &[TOKEN, JSON], r#"{"PIN":"12345"}"#).await;
    let wanted = "400 Bad Request the body breaks a rule: at body.PIN: must have at least 6 \
                  characters, has 5";
    assert_eq!(told, wanted);
    // Words stand for numbers and booleans in queries and forms, not in JSON.
    let told = refused(line, &[TOKEN, JSON], r#"{"PreserveDataPlan":"true"}"#).await;
    let wanted = "400 Bad Request the body isn't what the document says: at $.PreserveDataPlan: \
                  expected boolean, found string \"true\"";
    assert_eq!(told, wanted);
}

#[tokio::test]
async fn everything_that_is_wrong_is_told_at_once() {
    let told = refused("GET /api/v1/devices/7/commands?offset=x", &[], "").await;
    assert!(told.starts_with("401 Unauthorized the credentials are missing"), "{told}");
    assert!(told.contains("; query parameter `limit` is missing; "), "{told}");
    assert!(told.contains("query parameter `offset` isn't what the document says"), "{told}");
}

#[tokio::test]
async fn a_test_may_ask_for_an_answer_all_the_same() {
    let mock = Mock::start().await.unwrap();
    mock.device_actions().erase_device().unchecked();
    let wrong = EraseDeviceRequest::new().pin("1");
    let call = mock.client().device_actions().erase_device(DEVICE).body(wrong.clone());
    call.customize().unchecked().await.unwrap();
    mock.verify().unwrap();
    let mock = Mock::start().await.unwrap();
    let call = mock.client().device_actions().erase_device(DEVICE).body(wrong);
    let error = call.customize().unchecked().await.unwrap_err();
    assert_eq!(error.status().unwrap().as_u16(), 400);
    assert!(mock.verify().is_err());
}
