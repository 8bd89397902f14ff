//! What a client of Applivery refuses to send, and how it sends what is odd.
#![allow(clippy::unwrap_used, reason = "an expectation that fails is a test that fails")]

use mdm_clients::applivery::Client;
use mdm_clients::applivery::models::{CreateEnrollmentTokenRequest, WinPolicyAssignmentRequest};
use tenon_runtime::{ErrorKind, Violation};
use tenon_tests::applivery::{ORGANIZATION, client, documented, install, lock, token};
use tenon_tests::wire::Recorder;

/// Places and rules of violations.
fn broken(violations: &[Violation]) -> Vec<(&str, String)> {
    violations
        .iter()
        .map(|violation| (violation.path.as_str(), violation.rule.to_string()))
        .collect()
}

#[tokio::test]
async fn a_hostile_target_type_stays_in_its_segment() {
    for (target, encoded) in [
        ("device/../../users", "device%2F..%2F..%2Fusers"),
        ("a?b=c&d#e", "a%3Fb%3Dc%26d%23e"),
        ("%2f é", "%252f%20%C3%A9"),
    ] {
        let server = documented("createBulkCommands").await;
        client(&server)
            .apple_commands()
            .create_bulk_commands(ORGANIZATION, target, lock())
            .await
            .unwrap();
        let line = format!(
            "POST /v1/organizations/{ORGANIZATION}/mdm/apple/enterprise/commands/{encoded}"
        );
        assert_eq!(server.request().line, line);
    }
}

#[tokio::test]
async fn ids_that_break_their_pattern_are_never_sent_unless_asked_for() {
    let server = documented("executeAction").await;
    let call = || client(&server).windows_devices().execute_action("a/", "no way", install());
    let error = call().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidInput);
    let organization = r"the pattern ^(([a-fA-F0-9]{24})|([a-zA-Z0-9\-]{3,}))$".to_owned();
    let device = r"the pattern ^(([a-fA-F0-9]{24})|(\w{1,}))$".to_owned();
    let expected = [
        ("path parameter `organizationId`", organization),
        ("path parameter `winDeviceId`", device),
    ];
    assert_eq!(broken(error.violations()), expected);
    assert!(
        error.to_string().contains("`organizationId`") && error.to_string().contains("{3,}"),
        "{error}"
    );
    assert_eq!(server.requests(), []);

    call().customize().unchecked().await.unwrap();
    let line = "POST /v1/organizations/a%2F/mdm/windows/enterprise/devices/no%20way/action";
    assert_eq!(server.request().line, line);
}

#[tokio::test]
async fn a_body_that_breaks_its_rules_is_never_sent_unless_asked_for() {
    let server = documented("createWinEnrollmentToken").await;
    // 129 characters of two bytes each: what counts is characters.
    let long = "é".repeat(129);
    let body = CreateEnrollmentTokenRequest::new(true, "me")
        .display_name(&long)
        .tags([long.as_str(), "short"])
        .duration(59)
        .language("en".into());
    let call = || {
        client(&server)
            .windows_enrollment_tokens()
            .create_win_enrollment_token(ORGANIZATION, body.clone())
    };
    let error = call().await.unwrap_err();
    assert_eq!(
        broken(error.violations()),
        [
            ("body.displayName", "at most 128 characters".to_owned()),
            ("body.tags[0]", "at most 128 characters".to_owned()),
            ("body.duration", "at least 60".to_owned()),
            ("body.language", r#""es""#.to_owned()),
            ("body.mdmUserId", "the pattern ^[a-fA-F0-9]{24}$".to_owned()),
        ]
    );
    assert!(error.to_string().contains("body.displayName breaks the rule"), "{error}");
    assert!(!error.to_string().contains('é'), "{error}");
    assert_eq!(server.requests(), []);

    call().customize().unchecked().await.unwrap();
    assert!(server.request().text().contains(r#""duration":59,"language":"en""#));
}

#[tokio::test]
async fn a_name_of_128_characters_and_an_empty_one_keep_the_rules() {
    for name in ["é".repeat(128), String::new()] {
        let server = documented("createWinEnrollmentToken").await;
        let body = token().display_name(&name);
        let call = client(&server)
            .windows_enrollment_tokens()
            .create_win_enrollment_token(ORGANIZATION, body);
        call.await.unwrap();
        assert!(server.request().text().contains(&format!(r#""displayName":"{name}""#)));
    }
}

#[tokio::test]
async fn priorities_beyond_two_to_the_53rd_are_exact() {
    let server = documented("createWinEnrollmentToken").await;
    let assignments = vec![WinPolicyAssignmentRequest::new(9_007_199_254_740_993)];
    let body = token().win_policy_assignments(assignments);
    let call =
        client(&server).windows_enrollment_tokens().create_win_enrollment_token(ORGANIZATION, body);
    call.await.unwrap();
    assert!(server.request().text().contains(r#"[{"priority":9007199254740993}]"#));
}

#[tokio::test]
async fn the_server_is_the_vendors_unless_it_is_set() {
    let recorder = Recorder::default();
    let client = Client::builder().bearer("t0ken").transport(recorder.clone()).build().unwrap();
    client.windows_devices().execute_action("acme-corp", "X1", install()).await.unwrap();
    let address = "https://api.applivery.io/v1/organizations/acme-corp/mdm/windows/enterprise/devices/X1/action";
    assert_eq!(recorder.request().uri.to_string(), address);
}
