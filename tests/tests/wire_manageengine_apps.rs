//! Operations on the apps of ManageEngine MDM, as they go over the wire.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "an expectation that fails is a test that fails"
)]

use mdm_clients::manageengine::Client;
use mdm_clients::manageengine::apps::{
    AddAppError, AssociateAppWithDeviceError, AssociateAppWithDevicesError,
    AssociateAppWithGroupError, AssociateAppWithGroupsError, DeleteAppError,
    DisassociateAppFromDeviceError, DisassociateAppFromGroupError, GetAppError, ListAppsError,
    UpdateAppError,
};
use mdm_clients::manageengine::models::{
    AddAppRequest, App, AssociateAppRequest, AssociateAppWithDevicesRequest,
    AssociateAppWithGroupsRequest, UpdateAppRequest,
};
use tenon_runtime::StatusCode;
use tenon_tests::manageengine::{
    assert_bare, assert_get, assert_json, assert_json_for_nothing, client, documented,
    tells_errors_apart,
};
use tenon_tests::refused;
use tenon_tests::wire::Server;

/// Beyond 2^53: doubles would run together.
const APP: i64 = 9_007_199_254_740_993;
const DEVICE: i64 = 9_007_199_254_740_995;
const GROUP: i64 = 9_007_199_254_740_997;

/// The body that the page shows, for adding an app and for updating one.
const BODY: &str = concat!(
    r#"{"app_name":"ME MDM","app_type":2,"app_file":91273987129,"app_category_id":2,"supported_devices":3,"#,
    r#""display_image":91273987129,"description":"The is an enterprise app","app_store_country_code":"US","#,
    r#""bundle_identifier":"com.manageengine.mdm.iosagent","prevent_backup":false,"full_image":91273987129}"#,
);

fn new_app() -> AddAppRequest {
    AddAppRequest::new("ME MDM", 2, 2, 3)
        .app_file(91_273_987_129)
        .display_image(91_273_987_129)
        .description("The is an enterprise app")
        .app_store_country_code("US")
        .bundle_identifier("com.manageengine.mdm.iosagent")
        .prevent_backup(false)
        .full_image(91_273_987_129)
}

fn changed_app() -> UpdateAppRequest {
    UpdateAppRequest::new()
        .app_name("ME MDM")
        .app_type(2)
        .app_file(91_273_987_129)
        .app_category_id(2)
        .supported_devices(3)
        .display_image(91_273_987_129)
        .description("The is an enterprise app")
        .app_store_country_code("US")
        .bundle_identifier("com.manageengine.mdm.iosagent")
        .prevent_backup(false)
        .full_image(91_273_987_129)
}

fn silently() -> AssociateAppRequest {
    AssociateAppRequest::new().silent_install(true).notify_user_via_email(true)
}

fn with_devices() -> AssociateAppWithDevicesRequest {
    AssociateAppWithDevicesRequest::new(vec![1, 2, 3])
        .silent_install(true)
        .notify_user_via_email(true)
}

fn with_groups() -> AssociateAppWithGroupsRequest {
    AssociateAppWithGroupsRequest::new(vec![1, 2, 3])
        .silent_install(true)
        .notify_user_via_email(true)
}

/// Every field of the app that the page shows.
fn assert_app(app: &App) {
    assert_eq!((app.app_id, app.app_name.as_deref()), (Some(99_731_238_129), Some("ME MDM")));
    assert_eq!((app.app_category.as_deref(), app.app_type), (Some("Education"), Some(2)));
    assert_eq!(app.bundle_identifier.as_deref(), Some("com.manageengine.mdm.iosagent"));
    assert_eq!((app.version.as_deref(), app.platform_type), (Some("1.1.1"), Some(2)));
    assert_eq!(app.description.as_deref(), Some("The is an enterprise app"));
    assert_eq!(app.icon.as_deref(), Some("https://mdm.manageengine.com/mdm-logo.png"));
    let store = "https://itunes.apple.com/in/app/manageengine-mdm/id720111835?mt=8";
    assert_eq!(app.store_url.as_deref(), Some(store));
    assert_eq!((app.is_app_paid, app.country_code.as_deref()), (Some(false), Some("US")));
    assert_eq!(app.store_id.as_deref(), Some("720111835"));
    assert_eq!((app.added_time, app.modified_time), (Some(192_031_023_091), Some(192_831_120_931)));
}

#[tokio::test]
async fn list_apps_decodes_the_documented_reply() {
    let server = documented("listApps").await;
    let reply = client(&server).apps().list_apps().await.unwrap();
    assert_get(&server, "GET /api/v1/apps");
    let apps = reply.apps.as_ref().unwrap();
    assert_eq!(apps.len(), 1);
    assert_eq!((apps[0].app_id, apps[0].version.as_deref()), (Some(99_731_238_129), Some("1.1.1")));
    assert_eq!((apps[0].added_time, apps[0].store_id.as_deref()), (Some(192_031_023_091), None));
}

#[tokio::test]
async fn list_apps_tells_its_documented_errors_apart() {
    let call = async |client: Client| refused!(ListAppsError, client.apps().list_apps());
    tells_errors_apart("listApps", call).await;
}

#[tokio::test]
async fn get_app_decodes_the_documented_reply() {
    let server = documented("getApp").await;
    let reply = client(&server).apps().get_app(APP).await.unwrap();
    assert_get(&server, "GET /api/v1/apps/9007199254740993");
    assert_app(&reply);
}

#[tokio::test]
async fn get_app_tells_its_documented_errors_apart() {
    let call = async |client: Client| refused!(GetAppError, client.apps().get_app(APP));
    tells_errors_apart("getApp", call).await;
}

#[tokio::test]
async fn add_app_sends_exactly_what_the_page_shows() {
    let server = documented("addApp").await;
    let reply = client(&server).apps().add_app(new_app()).await.unwrap();
    assert_json(&server, "POST /api/v1/apps", BODY);
    assert_app(&reply);
}

#[tokio::test]
async fn add_app_leaves_out_what_is_not_set() {
    let server = documented("addApp").await;
    client(&server).apps().add_app(AddAppRequest::new("A", 0, i64::MAX, 1)).await.unwrap();
    let body = r#"{"app_name":"A","app_type":0,"app_category_id":9223372036854775807,"supported_devices":1}"#;
    assert_json(&server, "POST /api/v1/apps", body);
}

#[tokio::test]
async fn add_app_tells_its_documented_errors_apart() {
    let call = async |client: Client| refused!(AddAppError, client.apps().add_app(new_app()));
    tells_errors_apart("addApp", call).await;
}

#[tokio::test]
async fn update_app_sends_exactly_what_the_page_shows() {
    let server = documented("updateApp").await;
    let reply = client(&server).apps().update_app(changed_app()).await.unwrap();
    assert_json(&server, "POST /api/v1/apps", BODY);
    assert_app(&reply);
}

#[tokio::test]
async fn update_app_sends_a_single_field() {
    let server = documented("updateApp").await;
    client(&server).apps().update_app(UpdateAppRequest::new().description("new")).await.unwrap();
    assert_json(&server, "POST /api/v1/apps", r#"{"description":"new"}"#);
}

#[tokio::test]
async fn update_app_tells_its_documented_errors_apart() {
    let call =
        async |client: Client| refused!(UpdateAppError, client.apps().update_app(changed_app()));
    tells_errors_apart("updateApp", call).await;
}

#[tokio::test]
async fn associate_app_with_device_sends_how_and_takes_a_202() {
    let server = Server::status(202).await;
    let reply =
        client(&server).apps().associate_app_with_device(APP, DEVICE, silently()).await.unwrap();
    let line = "POST /api/v1/apps/9007199254740993/devices/9007199254740995";
    assert_json_for_nothing(
        &server,
        line,
        r#"{"silent_install":true,"notify_user_via_email":true}"#,
    );
    assert_eq!(reply.status(), StatusCode::ACCEPTED);
}

#[tokio::test]
async fn associate_app_with_device_tells_its_documented_errors_apart() {
    let call = async |client: Client| {
        refused!(
            AssociateAppWithDeviceError,
            client.apps().associate_app_with_device(APP, DEVICE, silently())
        )
    };
    tells_errors_apart("associateAppWithDevice", call).await;
}

#[tokio::test]
async fn associate_app_with_devices_sends_the_ids_and_decodes_them() {
    let server = documented("associateAppWithDevices").await;
    let reply =
        client(&server).apps().associate_app_with_devices(APP, with_devices()).await.unwrap();
    let body = r#"{"device_ids":[1,2,3],"silent_install":true,"notify_user_via_email":true}"#;
    assert_json(&server, "POST /api/v1/apps/9007199254740993/devices", body);
    assert_eq!(reply.device_ids.as_deref(), Some(&[1, 2, 3][..]));
}

#[tokio::test]
async fn associate_app_with_devices_tells_its_documented_errors_apart() {
    let call = async |client: Client| {
        refused!(
            AssociateAppWithDevicesError,
            client.apps().associate_app_with_devices(APP, with_devices())
        )
    };
    tells_errors_apart("associateAppWithDevices", call).await;
}

#[tokio::test]
async fn associate_app_with_group_uses_the_singular_path() {
    let server = Server::status(202).await;
    let reply =
        client(&server).apps().associate_app_with_group(APP, GROUP, silently()).await.unwrap();
    let line = "POST /api/v1/apps/9007199254740993/group/9007199254740997";
    assert_json_for_nothing(
        &server,
        line,
        r#"{"silent_install":true,"notify_user_via_email":true}"#,
    );
    assert_eq!(reply.status(), StatusCode::ACCEPTED);
}

#[tokio::test]
async fn associate_app_with_group_tells_its_documented_errors_apart() {
    let call = async |client: Client| {
        refused!(
            AssociateAppWithGroupError,
            client.apps().associate_app_with_group(APP, GROUP, silently())
        )
    };
    tells_errors_apart("associateAppWithGroup", call).await;
}

#[tokio::test]
async fn associate_app_with_groups_sends_the_ids_and_decodes_them() {
    let server = documented("associateAppWithGroups").await;
    let reply = client(&server).apps().associate_app_with_groups(APP, with_groups()).await.unwrap();
    let body = r#"{"group_ids":[1,2,3],"silent_install":true,"notify_user_via_email":true}"#;
    assert_json(&server, "POST /api/v1/apps/9007199254740993/groups", body);
    assert_eq!(reply.group_ids.as_deref(), Some(&[1, 2, 3][..]));
}

#[tokio::test]
async fn associate_app_with_groups_tells_its_documented_errors_apart() {
    let call = async |client: Client| {
        refused!(
            AssociateAppWithGroupsError,
            client.apps().associate_app_with_groups(APP, with_groups())
        )
    };
    tells_errors_apart("associateAppWithGroups", call).await;
}

#[tokio::test]
async fn disassociate_app_from_device_deletes_and_takes_a_204() {
    let server = Server::status(204).await;
    let reply = client(&server).apps().disassociate_app_from_device(APP, DEVICE).await.unwrap();
    assert_bare(&server, "DELETE /api/v1/apps/9007199254740993/devices/9007199254740995");
    assert_eq!(reply.status(), StatusCode::NO_CONTENT);
}

#[tokio::test]
async fn disassociate_app_from_device_tells_its_documented_errors_apart() {
    let call = async |client: Client| {
        refused!(
            DisassociateAppFromDeviceError,
            client.apps().disassociate_app_from_device(APP, DEVICE)
        )
    };
    tells_errors_apart("disassociateAppFromDevice", call).await;
}

#[tokio::test]
async fn disassociate_app_from_group_uses_the_plural_path() {
    let server = Server::status(204).await;
    let reply = client(&server).apps().disassociate_app_from_group(APP, GROUP).await.unwrap();
    assert_bare(&server, "DELETE /api/v1/apps/9007199254740993/groups/9007199254740997");
    assert_eq!(reply.status(), StatusCode::NO_CONTENT);
}

#[tokio::test]
async fn disassociate_app_from_group_tells_its_documented_errors_apart() {
    let call = async |client: Client| {
        refused!(
            DisassociateAppFromGroupError,
            client.apps().disassociate_app_from_group(APP, GROUP)
        )
    };
    tells_errors_apart("disassociateAppFromGroup", call).await;
}

#[tokio::test]
async fn delete_app_deletes_and_takes_a_204() {
    let server = Server::status(204).await;
    let reply = client(&server).apps().delete_app(APP).await.unwrap();
    assert_bare(&server, "DELETE /api/v1/apps/9007199254740993");
    assert_eq!(reply.status(), StatusCode::NO_CONTENT);
}

#[tokio::test]
async fn delete_app_tells_its_documented_errors_apart() {
    let call = async |client: Client| refused!(DeleteAppError, client.apps().delete_app(APP));
    tells_errors_apart("deleteApp", call).await;
}
