//! Each operation of Kandji, as it goes over the wire.
#![allow(clippy::unwrap_used, reason = "an expectation that fails is a test that fails")]

use mdm_clients::kandji::models::{
    CommandStatus, DeleteUserRequest, EraseDeviceRequest, EraseMode, LockDeviceRequest,
    RemoteDesktopRequest, RestartDeviceRequest, ReturnToService, SetNameRequest,
    UnlockAccountRequest,
};
use tenon_runtime::{Json, StatusCode};
use tenon_tests::document::Document;
use tenon_tests::kandji::{DEVICE, JSON, action, assert_bare, assert_json, client, sent};
use tenon_tests::wire::Server;

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
    let body =
        DeleteUserRequest::new().delete_all_users(false).force_deletion(true).user_name("jane");
    let reply = client(&server).device_actions().delete_user(DEVICE).body(body).await.unwrap();
    assert_eq!(reply.status(), StatusCode::OK);
    let body = r#"{"DeleteAllUsers":false,"ForceDeletion":true,"UserName":"jane"}"#;
    assert_json(&server, &action("deleteuser"), body);
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
    assert_json(&server, &action("erase"), body);
}

#[tokio::test]
async fn erase_device_sends_the_options_of_the_other_platforms() {
    let options = [
        (EraseDeviceRequest::new().pin("123456"), r#"{"PIN":"123456"}"#),
        (
            EraseDeviceRequest::new().erase_mode(EraseMode::WipeProtected),
            r#"{"erase_mode":"WIPE_PROTECTED"}"#,
        ),
        (
            EraseDeviceRequest::new().erase_flags("WIPE_EXTERNAL_STORAGE,WIPE_ESIMS"),
            r#"{"erase_flags":"WIPE_EXTERNAL_STORAGE,WIPE_ESIMS"}"#,
        ),
        (EraseDeviceRequest::new(), "{}"),
    ];
    for (body, sent) in options {
        let server = Server::status(200).await;
        client(&server).device_actions().erase_device(DEVICE).body(body).await.unwrap();
        assert_json(&server, &action("erase"), sent);
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

    let line = format!("GET /api/v1/devices/{DEVICE}/commands?limit=300&offset=600");
    let request = sent(&server, &line);
    assert_eq!(request.header("accept"), Some(JSON));
    request.assert_bodiless();

    assert_eq!(reply.device_id.as_deref(), Some(DEVICE));
    let list = reply.commands.as_ref().unwrap();
    assert_eq!(
        (list.count, list.next.as_ref(), list.previous.as_ref()),
        (Some(41), Some(&None), Some(&None))
    );
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
    let statuses: Vec<CommandStatus> =
        commands.iter().filter_map(|command| command.status).collect();
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
    let body = LockDeviceRequest::new()
        .message("This Mac is lost. \"Anrufen\": ☎")
        .phone_number("1234567890");
    let reply = client(&server).device_actions().lock_device(DEVICE).body(body).await.unwrap();
    assert_eq!(reply.status(), StatusCode::OK);
    assert_eq!(reply.pin.as_deref(), Some("496406"));
    let body = r#"{"Message":"This Mac is lost. \"Anrufen\": ☎","PhoneNumber":"1234567890"}"#;
    let request = sent(&server, &action("lock"));
    assert_eq!(request.header("accept"), Some(JSON));
    request.assert_json(JSON, body);
}

#[tokio::test]
async fn lock_device_takes_a_reply_without_a_pin() {
    let server = Server::ok(JSON, "{}").await;
    let reply = client(&server).device_actions().lock_device(DEVICE).await.unwrap();
    assert_eq!(reply.pin, None);
    let request = sent(&server, &action("lock"));
    assert_eq!(request.header("accept"), Some(JSON));
    request.assert_bodiless();
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
    for (on, sent) in
        [(true, r#"{"EnableRemoteDesktop":true}"#), (false, r#"{"EnableRemoteDesktop":false}"#)]
    {
        let server = Server::status(200).await;
        let body = RemoteDesktopRequest::new().enable_remote_desktop(on);
        let reply =
            client(&server).device_actions().remote_desktop(DEVICE).body(body).await.unwrap();
        assert_eq!(reply.status(), StatusCode::OK);
        assert_json(&server, &action("remotedesktop"), sent);
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
    assert_json(&server, &action("restart"), r#"{"RebuildKernelCache":false,"NotifyUser":true}"#);
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
    assert_json(&server, &action("setname"), r#"{"DeviceName":"Reception Mac mini"}"#);
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
    assert_json(&server, &action("unlockaccount"), r#"{"UserName":"jane"}"#);
}

#[tokio::test]
async fn update_inventory_posts_without_a_body() {
    let server = Server::status(200).await;
    let reply = client(&server).device_actions().update_inventory(DEVICE).await.unwrap();
    assert_eq!(reply.status(), StatusCode::OK);
    assert_bare(&server, &action("updateinventory"));
}
