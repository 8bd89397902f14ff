//! Each operation of Kandji, as it goes over the wire.
#![allow(clippy::unwrap_used, reason = "an expectation that fails is a test that fails")]

use mdm_clients::kandji::models::{
    CommandStatus, DeleteUserRequest, EraseDeviceRequest, EraseMode, LockDeviceRequest, RemoteDesktopRequest,
    RestartDeviceRequest, ReturnToService, SetNameRequest, UnlockAccountRequest,
};
use mdm_clients::kandji::{Client, Region};
use tenon_runtime::{ErrorKind, Json, RetryPolicy, StatusCode};
use tenon_tests::document::Document;
use tenon_tests::wire::{Recorder, Request, ResponseTemplate, Server};

const DEVICE: &str = "0bc8f610-5b88-49a6-b9ef-a68bf04e1e59";
const JSON: &str = "application/json";

fn client(server: &Server) -> Client {
    let builder = Client::builder().base_url(server.url()).bearer("t0ken").retry(RetryPolicy::none());
    builder.build().unwrap()
}

/// What every request of this API has.
fn assert_common(server: &Server, request: &Request, line: &str) {
    assert_eq!(request.line, line);
    assert_eq!(request.header("host"), Some(server.host()));
    assert_eq!(request.header("authorization"), Some("Bearer t0ken"));
    assert_eq!(request.header("user-agent"), Some("kandji/v1 tenon/0.1.0"));
}

/// A request to an action of the device, without a body.
fn assert_bare(server: &Server, line: &str) {
    let request = server.request();
    assert_common(server, &request, line);
    request.assert_bodiless();
}

/// A request to an action of the device, with this body.
fn assert_sent(server: &Server, line: &str, body: &str) {
    let request = server.request();
    assert_common(server, &request, line);
    request.assert_json(JSON, body);
}

fn action(name: &str) -> String {
    format!("POST /api/v1/devices/{DEVICE}/action/{name}")
}

#[tokio::test]
async fn clear_passcode_posts_without_a_body() {
    let server = Server::status(200).await;
    let reply = client(&server).device_actions().clear_passcode(DEVICE).await.unwrap();
    assert_eq!(reply.status(), StatusCode::OK);
    assert_bare(&server, &action("clearpasscode"));
}

#[tokio::test]
async fn delete_device_deletes_and_takes_a_204() {
    let server = Server::status(204).await;
    let reply = client(&server).device_actions().delete_device(DEVICE).await.unwrap();
    assert_eq!(reply.status(), StatusCode::NO_CONTENT);
    assert_bare(&server, &format!("DELETE /api/v1/devices/{DEVICE}"));
}

#[tokio::test]
async fn delete_user_sends_the_names_of_the_page() {
    let server = Server::status(200).await;
    let body = DeleteUserRequest::new().delete_all_users(false).force_deletion(true).user_name("jane");
    let reply = client(&server).device_actions().delete_user(DEVICE).body(body).await.unwrap();
    assert_eq!(reply.status(), StatusCode::OK);
    let body = r#"{"DeleteAllUsers":false,"ForceDeletion":true,"UserName":"jane"}"#;
    assert_sent(&server, &action("deleteuser"), body);
}

#[tokio::test]
async fn erase_device_sends_the_options_of_an_iphone() {
    let server = Server::status(200).await;
    let service = ReturnToService::new(true).profile_id("4c6c46ab-70fe-4f22-aee7-472c42b32775");
    let body = EraseDeviceRequest::new()
        .preserve_data_plan(true)
        .disallow_proximity_setup(false)
        .return_to_service(service);
    let reply = client(&server).device_actions().erase_device(DEVICE).body(body).await.unwrap();
    assert_eq!(reply.status(), StatusCode::OK);
    let body = concat!(
        r#"{"PreserveDataPlan":true,"DisallowProximitySetup":false,"#,
        r#""ReturnToService":{"Enabled":true,"ProfileId":"4c6c46ab-70fe-4f22-aee7-472c42b32775"}}"#,
    );
    assert_sent(&server, &action("erase"), body);
}

#[tokio::test]
async fn erase_device_sends_the_options_of_the_other_platforms() {
    let options = [
        (EraseDeviceRequest::new().pin("123456"), r#"{"PIN":"123456"}"#),
        (EraseDeviceRequest::new().erase_mode(EraseMode::WipeProtected), r#"{"erase_mode":"WIPE_PROTECTED"}"#),
        (
            EraseDeviceRequest::new().erase_flags("WIPE_EXTERNAL_STORAGE,WIPE_ESIMS"),
            r#"{"erase_flags":"WIPE_EXTERNAL_STORAGE,WIPE_ESIMS"}"#,
        ),
        (EraseDeviceRequest::new(), "{}"),
    ];
    for (body, sent) in options {
        let server = Server::status(200).await;
        client(&server).device_actions().erase_device(DEVICE).body(body).await.unwrap();
        assert_sent(&server, &action("erase"), sent);
    }
}

#[tokio::test]
async fn an_optional_body_is_left_out_whole() {
    let server = Server::status(200).await;
    client(&server).device_actions().erase_device(DEVICE).await.unwrap();
    assert_bare(&server, &action("erase"));
}

#[tokio::test]
async fn get_device_commands_decodes_the_documented_reply() {
    let documented = Document::of("kandji").operation("getDeviceCommands").reply(200);
    let server = Server::ok(JSON, &documented).await;
    let call = client(&server).device_actions().get_device_commands(DEVICE, 300);
    let reply = call.offset(600).await.unwrap();

    let request = server.request();
    let line = format!("GET /api/v1/devices/{DEVICE}/commands?limit=300&offset=600");
    assert_common(&server, &request, &line);
    assert_eq!(request.header("accept"), Some(JSON));
    request.assert_bodiless();

    assert_eq!(reply.device_id.as_deref(), Some(DEVICE));
    let list = reply.commands.as_ref().unwrap();
    assert_eq!((list.count, list.next.as_ref(), list.previous.as_ref()), (Some(41), Some(&None), Some(&None)));
    let commands = list.results.as_ref().unwrap();
    assert_eq!(commands.len(), 3);
    let first = &commands[0];
    assert_eq!(first.uuid.as_ref().unwrap().to_string(), "d2b2eafe-2dc2-4b13-bd2b-f93735f0e59f");
    assert_eq!(first.command_type.as_deref(), Some("ActivationLockBypassCode"));
    assert_eq!(first.status, Some(CommandStatus::Completed));
    assert_eq!((first.priority, first.attempts), (Some(0), Some(1)));
    assert_eq!(first.request_requires_network_tether, Some(false));
    assert_eq!(first.date_requested.as_ref().unwrap().to_string(), "2022-08-18T15:07:22.133248Z");
    assert_eq!(first.error_chain.as_deref(), Some(&[][..]));
    assert_eq!(first.user, Some(Json::Null));
    assert_eq!(commands[1].metadata.as_ref().unwrap()["Items"][0], "MDMOptions");
    assert_eq!((commands[2].status, commands[2].uuid.as_ref()), (None, None));
}

#[tokio::test]
async fn get_device_commands_decodes_every_status_and_error_chains() {
    let json = r#"{"commands":{"results":[
        {"status":1},{"status":2},{"status":3},{"status":4},{"status":5},{"status":6},
        {"error_chain":[{"code":12021,"domain":"MCMDMErrorDomain","localized_description":"Unzulässig"}]}
    ]}}"#;
    let server = Server::ok(JSON, json).await;
    let reply = client(&server).device_actions().get_device_commands(DEVICE, 1).await.unwrap();
    assert_eq!(server.request().line, format!("GET /api/v1/devices/{DEVICE}/commands?limit=1"));
    let commands = reply.into_inner().commands.unwrap().results.unwrap();
    let statuses: Vec<CommandStatus> = commands.iter().filter_map(|command| command.status).collect();
    assert_eq!(
        statuses,
        [
            CommandStatus::Pending,
            CommandStatus::Running,
            CommandStatus::Completed,
            CommandStatus::Failed,
            CommandStatus::NotNow,
            CommandStatus::Unknown(6),
        ]
    );
    let error = &commands[6].error_chain.as_ref().unwrap()[0];
    assert_eq!((error.code, error.domain.as_deref()), (Some(12021), Some("MCMDMErrorDomain")));
    assert_eq!(error.localized_description.as_deref(), Some("Unzulässig"));
    assert_eq!(error.us_english_description, None);
}

#[tokio::test]
async fn lock_device_sends_the_message_and_decodes_the_pin() {
    let documented = Document::of("kandji").operation("lockDevice").reply(200);
    let server = Server::ok(JSON, &documented).await;
    let body = LockDeviceRequest::new().message("This Mac is lost. \"Anrufen\": ☎").phone_number("1234567890");
    let reply = client(&server).device_actions().lock_device(DEVICE).body(body).await.unwrap();
    assert_eq!(reply.status(), StatusCode::OK);
    assert_eq!(reply.pin.as_deref(), Some("496406"));
    let body = r#"{"Message":"This Mac is lost. \"Anrufen\": ☎","PhoneNumber":"1234567890"}"#;
    assert_sent(&server, &action("lock"), body);
    assert_eq!(server.request().header("accept"), Some(JSON));
}

#[tokio::test]
async fn lock_device_takes_a_reply_without_a_pin() {
    let server = Server::ok(JSON, "{}").await;
    let reply = client(&server).device_actions().lock_device(DEVICE).await.unwrap();
    assert_eq!(reply.pin, None);
    assert_bare(&server, &action("lock"));
}

#[tokio::test]
async fn perform_daily_checkin_posts_without_a_body() {
    let server = Server::status(200).await;
    let reply = client(&server).device_actions().perform_daily_checkin(DEVICE).await.unwrap();
    assert_eq!(reply.status(), StatusCode::OK);
    assert_bare(&server, &action("dailycheckin"));
}

#[tokio::test]
async fn reinstall_agent_posts_without_a_body() {
    let server = Server::status(200).await;
    let reply = client(&server).device_actions().reinstall_agent(DEVICE).await.unwrap();
    assert_eq!(reply.status(), StatusCode::OK);
    assert_bare(&server, &action("reinstallagent"));
}

#[tokio::test]
async fn remote_desktop_says_on_or_off() {
    for (on, sent) in [(true, r#"{"EnableRemoteDesktop":true}"#), (false, r#"{"EnableRemoteDesktop":false}"#)] {
        let server = Server::status(200).await;
        let body = RemoteDesktopRequest::new().enable_remote_desktop(on);
        let reply = client(&server).device_actions().remote_desktop(DEVICE).body(body).await.unwrap();
        assert_eq!(reply.status(), StatusCode::OK);
        assert_sent(&server, &action("remotedesktop"), sent);
    }
}

#[tokio::test]
async fn renew_mdm_profile_posts_without_a_body() {
    let server = Server::status(200).await;
    let reply = client(&server).device_actions().renew_mdm_profile(DEVICE).await.unwrap();
    assert_eq!(reply.status(), StatusCode::OK);
    assert_bare(&server, &action("renewmdmprofile"));
}

#[tokio::test]
async fn restart_device_sends_its_options() {
    let server = Server::status(200).await;
    let body = RestartDeviceRequest::new().rebuild_kernel_cache(false).notify_user(true);
    let reply = client(&server).device_actions().restart_device(DEVICE).body(body).await.unwrap();
    assert_eq!(reply.status(), StatusCode::OK);
    assert_sent(&server, &action("restart"), r#"{"RebuildKernelCache":false,"NotifyUser":true}"#);
}

#[tokio::test]
async fn send_blankpush_posts_without_a_body() {
    let server = Server::status(200).await;
    let reply = client(&server).device_actions().send_blankpush(DEVICE).await.unwrap();
    assert_eq!(reply.status(), StatusCode::OK);
    assert_bare(&server, &action("blankpush"));
}

#[tokio::test]
async fn set_name_sends_the_name() {
    let server = Server::status(200).await;
    let body = SetNameRequest::new().device_name("Reception Mac mini");
    let reply = client(&server).device_actions().set_name(DEVICE).body(body).await.unwrap();
    assert_eq!(reply.status(), StatusCode::OK);
    assert_sent(&server, &action("setname"), r#"{"DeviceName":"Reception Mac mini"}"#);
}

#[tokio::test]
async fn shutdown_posts_without_a_body() {
    let server = Server::status(200).await;
    let reply = client(&server).device_actions().shutdown(DEVICE).await.unwrap();
    assert_eq!(reply.status(), StatusCode::OK);
    assert_bare(&server, &action("shutdown"));
}

#[tokio::test]
async fn unlock_account_sends_the_user() {
    let server = Server::status(200).await;
    let body = UnlockAccountRequest::new().user_name("jane");
    let reply = client(&server).device_actions().unlock_account(DEVICE).body(body).await.unwrap();
    assert_eq!(reply.status(), StatusCode::OK);
    assert_sent(&server, &action("unlockaccount"), r#"{"UserName":"jane"}"#);
}

#[tokio::test]
async fn update_inventory_posts_without_a_body() {
    let server = Server::status(200).await;
    let reply = client(&server).device_actions().update_inventory(DEVICE).await.unwrap();
    assert_eq!(reply.status(), StatusCode::OK);
    assert_bare(&server, &action("updateinventory"));
}

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
        let error = client(&server).device_actions().get_device_commands(DEVICE, limit).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidInput);
        assert_eq!(error.violations().len(), 1);
        assert_eq!(error.violations()[0].path, "query parameter `limit`");
        assert_eq!(error.violations()[0].rule.to_string(), rule);
        assert!(error.to_string().contains("`limit`") && error.to_string().contains(rule), "{error}");
    }
    assert_eq!(server.requests(), []);

    let call = client(&server).device_actions().get_device_commands(DEVICE, 301).offset(-1);
    call.customize().unchecked().await.unwrap();
    assert_eq!(server.request().line, format!("GET /api/v1/devices/{DEVICE}/commands?limit=301&offset=-1"));
}

#[tokio::test]
async fn every_broken_rule_of_a_body_is_named() {
    let server = Server::status(200).await;
    let body = EraseDeviceRequest::new().pin("12345").erase_flags("WIPE_ALL").erase_mode("WIPE_TWICE".into());
    let error = client(&server).device_actions().erase_device(DEVICE).body(body.clone()).await.unwrap_err();
    let paths: Vec<&str> = error.violations().iter().map(|violation| violation.path.as_str()).collect();
    assert_eq!(paths, ["body.PIN", "body.erase_mode", "body.erase_flags"]);
    assert_eq!(error.violations()[0].rule.to_string(), "at least 6 characters");
    assert!(!error.to_string().contains("12345"), "{error}");
    assert_eq!(server.requests(), []);

    client(&server).device_actions().erase_device(DEVICE).body(body).customize().unchecked().await.unwrap();
    let sent = r#"{"PIN":"12345","erase_mode":"WIPE_TWICE","erase_flags":"WIPE_ALL"}"#;
    assert_sent(&server, &action("erase"), sent);
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
        let mut builder = Client::builder().subdomain("acme").bearer("t0ken").transport(recorder.clone());
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
    let call = call.header("x-request-id", "7").query("dry run", "yes&no").raw_body(r#"{"Message": 1}"#);
    call.await.unwrap();
    let request = server.request();
    assert_eq!(request.line, format!("{}?dry%20run=yes%26no", action("lock")));
    assert_eq!(request.header("x-request-id"), Some("7"));
    request.assert_json(JSON, r#"{"Message": 1}"#);
}
