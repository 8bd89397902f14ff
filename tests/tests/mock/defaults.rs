//! Without an expectation, each operation answers with what the document shows, and the client reads it.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use mdm_clients::{applivery, kandji, manageengine};
use tenon_runtime::json;
use tenon_runtime::mock::Server;

use super::DEVICE;

/// Every operation was called, and nothing was wrong.
fn assert_complete<C>(mock: &Server<C>) {
    mock.verify().unwrap();
    let all: BTreeSet<&str> = mock.operations().map(|operation| operation.id).collect();
    let calls = mock.calls();
    let called: BTreeSet<&str> =
        calls.iter().filter_map(|call| call.operation()).map(|operation| operation.id).collect();
    assert_eq!(called, all);
}

#[tokio::test]
async fn every_operation_of_kandji_answers() {
    use kandji::models::{
        DeleteUserRequest, EraseDeviceRequest, LockDeviceRequest, RemoteDesktopRequest,
        RestartDeviceRequest, SetNameRequest, UnlockAccountRequest,
    };
    let mock = kandji::mock::Mock::start().await.unwrap();
    let device = mock.client().device_actions();
    device.clear_passcode(DEVICE).await.unwrap();
    device.delete_device(DEVICE).await.unwrap();
    let user = DeleteUserRequest::new().delete_all_users(false).user_name("jane");
    device.delete_user(DEVICE).body(user).await.unwrap();
    device.erase_device(DEVICE).body(EraseDeviceRequest::new().pin("123456")).await.unwrap();
    let commands = device.get_device_commands(DEVICE, 300).offset(300).await.unwrap();
    assert_eq!(commands.commands.as_ref().unwrap().count, Some(41));
    let lock = device.lock_device(DEVICE).body(LockDeviceRequest::new().message("Lost")).await;
    assert_eq!(lock.unwrap().pin.as_deref(), Some("496406"));
    device.perform_daily_checkin(DEVICE).await.unwrap();
    device.reinstall_agent(DEVICE).await.unwrap();
    device.remote_desktop(DEVICE).body(RemoteDesktopRequest::new()).await.unwrap();
    device.renew_mdm_profile(DEVICE).await.unwrap();
    device.restart_device(DEVICE).body(RestartDeviceRequest::new()).await.unwrap();
    device.send_blankpush(DEVICE).await.unwrap();
    device.set_name(DEVICE).body(SetNameRequest::new()).await.unwrap();
    device.shutdown(DEVICE).await.unwrap();
    device.unlock_account(DEVICE).body(UnlockAccountRequest::new()).await.unwrap();
    device.update_inventory(DEVICE).await.unwrap();
    assert_complete(&mock);
}

#[tokio::test]
async fn every_operation_of_applivery_answers() {
    use applivery::models::{
        CreateBulkCommandsRequest, CreateEnrollmentTokenRequest, DeviceAction, ExecuteActionRequest,
    };
    let mock = applivery::mock::Mock::start().await.unwrap();
    let client = mock.client();
    let command = BTreeMap::from([("RequestType".to_owned(), json!("DeviceLock"))]);
    let commands = CreateBulkCommandsRequest::new().command(command).target_ids(["7"]);
    client.apple_commands().create_bulk_commands("acme", "device", commands).await.unwrap();
    let install = ExecuteActionRequest::new(DeviceAction::Install, "507f1f77bcf86cd799439088");
    client.windows_devices().execute_action("acme", "7", install).await.unwrap();
    let token = CreateEnrollmentTokenRequest::new(true, "507f1f77bcf86cd799439013");
    client.windows_enrollment_tokens().create_win_enrollment_token("acme", token).await.unwrap();
    assert_complete(&mock);
}

#[tokio::test]
async fn every_operation_of_manageengine_answers() {
    use manageengine::models::{
        AddAppRequest, AddGroupMembersRequest, AssociateAppRequest, AssociateAppWithDevicesRequest,
        AssociateAppWithGroupsRequest, CreateGroupRequest, UpdateAppRequest,
    };
    let mock = manageengine::mock::Mock::start().await.unwrap();
    let client = mock.client();
    let (apps, groups, devices) = (client.apps(), client.groups(), client.devices());
    apps.list_apps().await.unwrap();
    apps.add_app(AddAppRequest::new("ME MDM", 2, 2, 3)).await.unwrap();
    apps.update_app(UpdateAppRequest::new().app_name("ME MDM")).await.unwrap();
    apps.get_app(7).await.unwrap();
    apps.delete_app(7).await.unwrap();
    apps.associate_app_with_device(7, 8, AssociateAppRequest::new()).await.unwrap();
    apps.disassociate_app_from_device(7, 8).await.unwrap();
    let to = AssociateAppWithDevicesRequest::new(vec![1, 2]);
    apps.associate_app_with_devices(7, to).await.unwrap();
    apps.associate_app_with_group(7, 8, AssociateAppRequest::new()).await.unwrap();
    let to = AssociateAppWithGroupsRequest::new(vec![1, 2]);
    apps.associate_app_with_groups(7, to).await.unwrap();
    apps.disassociate_app_from_group(7, 8).await.unwrap();
    devices.list_devices().await.unwrap();
    devices.get_device(7).await.unwrap();
    devices.list_device_apps(7).await.unwrap();
    devices.list_device_profiles(7).await.unwrap();
    devices.list_device_locations(7).await.unwrap();
    let file = client.files().upload_file("filename=a.png", "application/octet-stream", "bytes");
    file.await.unwrap();
    groups.list_groups().await.unwrap();
    groups.create_group(CreateGroupRequest::new("MDM", 1)).await.unwrap();
    groups.get_group(7).await.unwrap();
    groups.delete_group(7).await.unwrap();
    groups.list_group_members(7).await.unwrap();
    groups.add_group_members(7, AddGroupMembersRequest::new(vec![1, 2])).await.unwrap();
    groups.add_group_member(7, 12).await.unwrap();
    groups.remove_group_member(7, 12).await.unwrap();
    assert_complete(&mock);
}
