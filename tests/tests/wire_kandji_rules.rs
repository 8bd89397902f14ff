//! What a client of Kandji refuses to send, where it sends it, and what it makes of undocumented errors.
#![allow(clippy::unwrap_used, reason = "an expectation that fails is a test that fails")]

use mdm_clients::kandji::models::EraseDeviceRequest;
use mdm_clients::kandji::{Client, Region};
use tenon_runtime::{BoxError, ErrorKind, Hook, HookContext, http};
use tenon_tests::kandji::{DEVICE, JSON, action, assert_bare, assert_json, client};
use tenon_tests::wire::{Recorder, ResponseTemplate, Server};

#[tokio::test]
async fn a_hostile_device_id_stays_in_its_segment() {
    for (id, encoded) in [
        ("a/b?c=d&e#f", "a%2Fb%3Fc%3Dd%26e%23f"),
        ("../../users", "..%2F..%2Fusers"),
        ("100%", "100%25"),
        ("%2e%2e", "%252e%252e"),
        ("a b\r\nX-Evil: 1", "a%20b%0D%0AX-Evil%3A%201"),
        ("日本;=\"<>\\^`{|}", "%E6%97%A5%E6%9C%AC%3B%3D%22%3C%3E%5C%5E%60%7B%7C%7D"),
        ("A-Z_a.z~0", "A-Z_a.z~0"),
    ] {
        let server = Server::status(200).await;
        client(&server).device_actions().shutdown(id).await.unwrap();
        assert_bare(&server, &format!("POST /api/v1/devices/{encoded}/action/shutdown"));
    }
}

#[tokio::test]
async fn a_device_id_that_would_change_the_path_is_never_sent() {
    let server = Server::status(200).await;
    for id in ["", ".", ".."] {
        let error = client(&server).device_actions().shutdown(id).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidInput);
        assert!(error.to_string().contains("path parameter `device_id`"), "{error}");
        // Neither does it help to ask for it.
        let call = client(&server).device_actions().shutdown(id).customize().unchecked();
        assert!(call.await.unwrap_err().is_invalid_input());
    }
    assert_eq!(server.requests(), []);
}

#[tokio::test]
async fn a_limit_out_of_range_is_never_sent_unless_asked_for() {
    let server = Server::ok(JSON, "{}").await;
    for (limit, rule) in [(301, "at most 300"), (0, "at least 1")] {
        let error =
            client(&server).device_actions().get_device_commands(DEVICE, limit).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidInput);
        assert_eq!(error.violations().len(), 1);
        assert_eq!(error.violations()[0].path, "query parameter `limit`");
        assert_eq!(error.violations()[0].rule.to_string(), rule);
        assert!(
            error.to_string().contains("`limit`") && error.to_string().contains(rule),
            "{error}"
        );
    }
    assert_eq!(server.requests(), []);

    let call = client(&server).device_actions().get_device_commands(DEVICE, 301).offset(-1);
    call.customize().unchecked().await.unwrap();
    assert_eq!(
        server.request().line,
        format!("GET /api/v1/devices/{DEVICE}/commands?limit=301&offset=-1")
    );
}

#[tokio::test]
async fn every_broken_rule_of_a_body_is_named() {
    let server = Server::status(200).await;
    let body = EraseDeviceRequest::new()
        .pin("12345")
        .erase_flags("WIPE_ALL")
        .erase_mode("WIPE_TWICE".into());
    let error =
        client(&server).device_actions().erase_device(DEVICE).body(body.clone()).await.unwrap_err();
    let paths: Vec<&str> =
        error.violations().iter().map(|violation| violation.path.as_str()).collect();
    assert_eq!(paths, ["body.PIN", "body.erase_mode", "body.erase_flags"]);
    assert_eq!(error.violations()[0].rule.to_string(), "at least 6 characters");
    assert!(!error.to_string().contains("12345"), "{error}");
    assert_eq!(server.requests(), []);

    client(&server)
        .device_actions()
        .erase_device(DEVICE)
        .body(body)
        .customize()
        .unchecked()
        .await
        .unwrap();
    let sent = r#"{"PIN":"12345","erase_mode":"WIPE_TWICE","erase_flags":"WIPE_ALL"}"#;
    assert_json(&server, &action("erase"), sent);
}

#[tokio::test]
async fn errors_that_are_not_documented_keep_what_the_server_said() {
    let body = r#"{"detail":"Invalid token."}"#;
    for status in [400, 401, 403, 404, 500] {
        let server = Server::replying(ResponseTemplate::new(status).set_body_raw(body, JSON)).await;
        let error = client(&server).device_actions().lock_device(DEVICE).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::UnexpectedStatus);
        assert_eq!(error.status().map(|status| status.as_u16()), Some(status));
        assert_eq!(error.body(), Some(body.as_bytes()));
        assert_eq!(error.headers()["content-type"], JSON);
        assert!(error.documented().is_none());
        assert_eq!(error.is_unauthorized(), status == 401);
    }
}

#[tokio::test]
async fn the_server_variables_make_the_documented_hosts() {
    for (region, host) in [
        (None, "https://acme.api.kandji.io"),
        (Some(Region::Us), "https://acme.api.kandji.io"),
        (Some(Region::Eu), "https://acme.api.eu.kandji.io"),
    ] {
        let recorder = Recorder::default();
        let mut builder =
            Client::builder().subdomain("acme").bearer("t0ken").transport(recorder.clone());
        if let Some(region) = region {
            builder = builder.region(region);
        }
        builder.build().unwrap().device_actions().shutdown(DEVICE).await.unwrap();
        let request = recorder.request();
        let address = format!("{host}/api/v1/devices/{DEVICE}/action/shutdown");
        assert_eq!((request.method.as_str(), request.uri.to_string()), ("POST", address));
        assert_eq!(request.headers["authorization"], "Bearer t0ken");
    }
}

#[test]
fn a_client_without_a_subdomain_is_not_built() {
    let error = Client::builder().bearer("t0ken").build().unwrap_err();
    assert!(error.to_string().contains("`subdomain(…)`"), "{error}");
}

#[test]
fn a_subdomain_can_not_lead_to_another_host() {
    for subdomain in ["", "evil.example/", "evil.example#", "user@evil", "a b", "a?b"] {
        let error = Client::builder().subdomain(subdomain).bearer("t0ken").build().unwrap_err();
        assert!(error.to_string().contains("`subdomain(…)`"), "{error}");
    }
}

#[tokio::test]
async fn a_call_without_a_credential_is_never_sent() {
    let server = Server::status(200).await;
    let client = Client::builder().base_url(server.url()).build().unwrap();
    let error = client.device_actions().shutdown(DEVICE).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Auth);
    assert!(error.to_string().contains("`bearer(…)`"), "{error}");
    assert_eq!(server.requests(), []);
}

#[tokio::test]
async fn one_call_can_be_sent_in_its_own_way() {
    let server = Server::ok(JSON, "{}").await;
    let call = client(&server).device_actions().lock_device(DEVICE).customize();
    let call =
        call.header("x-request-id", "7").query("dry run", "yes&no").raw_body(r#"{"Message": 1}"#);
    call.await.unwrap();
    let request = server.request();
    assert_eq!(request.line, format!("{}?dry%20run=yes%26no", action("lock")));
    assert_eq!(request.header("x-request-id"), Some("7"));
    assert_eq!(request.header("content-type"), Some(JSON));
    assert_eq!(request.text(), r#"{"Message": 1}"#);
}

/// Signs requests, and counts the tries.
struct Signature;

impl Hook for Signature {
    fn before(
        &self,
        context: &HookContext,
        request: &mut http::request::Parts,
    ) -> Result<(), BoxError> {
        if context.operation().id == "eraseDevice" {
            return Err("erasing is not for this program".into());
        }
        let target = request.uri.path_and_query().map_or("", |target| target.as_str());
        let signature = format!("{} {} {target}", context.attempt(), request.method);
        request.headers.insert("x-signature", signature.parse()?);
        Ok(())
    }

    fn after(&self, _: &HookContext, reply: &mut http::response::Parts) {
        reply.headers.insert("x-seen", http::HeaderValue::from_static("yes"));
    }
}

#[tokio::test]
async fn a_hook_sees_and_alters_each_request_and_reply() {
    let server = Server::in_turn(vec![
        ResponseTemplate::new(503).insert_header("retry-after", "0"),
        ResponseTemplate::new(200).set_body_raw("{}", JSON),
    ])
    .await;
    let client =
        Client::builder().base_url(server.url()).bearer("t0ken").hook(Signature).build().unwrap();
    let reply = client.device_actions().get_device_commands("a b", 1).await.unwrap();
    assert_eq!(reply.headers()["x-seen"], "yes");
    let requests = server.requests();
    let signatures: Vec<_> =
        requests.iter().map(|request| request.header("x-signature").unwrap()).collect();
    assert_eq!(
        signatures,
        [
            "1 GET /api/v1/devices/a%20b/commands?limit=1",
            "2 GET /api/v1/devices/a%20b/commands?limit=1"
        ]
    );

    let error = client.device_actions().erase_device(DEVICE).await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Hook, 0));
    assert_eq!(server.requests().len(), 2);
}
