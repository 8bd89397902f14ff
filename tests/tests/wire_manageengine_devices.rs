//! Operations on the devices of ManageEngine MDM, as they go over the wire.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "an expectation that fails is a test that fails"
)]

use mdm_clients::manageengine::Client;
use mdm_clients::manageengine::devices::{
    GetDeviceError, ListDeviceAppsError, ListDeviceLocationsError, ListDeviceProfilesError,
    ListDevicesError,
};
use mdm_clients::manageengine::models::BooleanText;
use tenon_runtime::StatusCode;
use tenon_tests::manageengine::{JSON, assert_get, client, documented, tells_errors_apart};
use tenon_tests::refused;
use tenon_tests::wire::Server;

/// Beyond 2^53: a double would make 9007199254740992 of it.
const DEVICE: i64 = 9_007_199_254_740_993;

#[tokio::test]
async fn list_devices_decodes_the_documented_reply() {
    let server = documented("listDevices").await;
    let reply = client(&server).devices().list_devices().await.unwrap();
    assert_get(&server, "GET /api/v1/devices");
    assert_eq!(reply.status(), StatusCode::OK);
    let devices = reply.devices.as_ref().unwrap();
    assert_eq!(devices.len(), 1);
    let device = &devices[0];
    assert_eq!(device.device_id, Some(9_007_199_254_741_000));
    assert_eq!(device.device_capacity, Some(15.8));
    assert_eq!(device.os_version.as_deref(), Some("4.4.2"));
    assert_eq!(device.is_lost_mode_enabled, Some(false));
    assert_eq!(
        (device.platform_type.as_deref(), device.platform_type_id),
        (Some("android"), Some(2))
    );
    assert_eq!(
        (device.model.as_deref(), device.product_name.as_deref()),
        (Some("Nexus 7"), Some("asus"))
    );
    assert_eq!(device.device_name.as_deref(), Some("admin_Nexus 7"));
    let user = device.user.as_ref().unwrap();
    assert_eq!(
        (user.user_id, user.user_name.as_deref()),
        (Some(9_007_199_254_741_020), Some("user"))
    );
    assert_eq!(user.user_email.as_deref(), Some("example@mdm.manageengine.com"));
}

#[tokio::test]
async fn list_devices_tells_its_documented_errors_apart() {
    let call = async |client: Client| refused!(ListDevicesError, client.devices().list_devices());
    tells_errors_apart("listDevices", call).await;
}

#[tokio::test]
async fn get_device_decodes_the_documented_reply() {
    let server = documented("getDevice").await;
    let reply = client(&server).devices().get_device(DEVICE).await.unwrap();
    assert_get(&server, "GET /api/v1/devices/9007199254740993");
    let device = reply.into_inner();
    assert_eq!(device.user_id, Some(9_007_199_254_741_020));
    assert_eq!(device.name.as_deref(), Some("admin_SM-G935F"));
    assert_eq!(device.added_time, Some(1_534_406_564_170));
    assert_eq!(device.device_capacity, Some(15.8));
    // What is not known is a text, wherever it stands; so are numbers and booleans.
    assert_eq!(
        (device.meid.as_deref(), device.warranty_expiration_date.as_deref()),
        (Some("--"), Some(""))
    );
    assert_eq!(
        (device.used_device_space.as_deref(), device.resource_id.as_deref()),
        (Some("12.4"), Some("2"))
    );
    assert_eq!(device.is_device_locator_enabled, Some(BooleanText::False));
    assert_eq!(device.is_supervised, Some(BooleanText::NotReported));
    assert_eq!(device.is_lost_mode_enabled, Some(false));
    // What stands in `os` stands beside it as well.
    let os = device.os.unwrap();
    assert_eq!((os.os_name.as_deref(), device.os_name.as_deref()), (Some("OREO"), Some("OREO")));
    assert_eq!(
        (os.total_ram_memory.as_deref(), os.added_time),
        (Some("3533.0"), Some(1_534_406_564_170))
    );
    assert_eq!(device.network_usage.unwrap().incoming_wifi_usage.as_deref(), Some("0.0"));
    let sims = device.sims.unwrap();
    assert_eq!(sims.len(), 1);
    assert_eq!(
        (sims[0].current_mcc.as_deref(), sims[0].imei.as_deref()),
        (Some("in"), Some("357327071694307"))
    );
    let network = device.network.unwrap();
    assert_eq!(network.data_roaming_enabled, Some(BooleanText::True));
    assert_eq!(network.wifi_ip.as_deref(), Some("172.23.123.198, FE80::4E66:41FF:FE2F:910"));
    let security = device.security.unwrap();
    assert_eq!(security.passcode_complaint, Some(false));
    assert_eq!(security.passcode_complaint_profiles, Some(BooleanText::True));
    assert_eq!(security.external_storage_encryption, Some(-1));
    assert_eq!(security.hardware_encryption_caps.as_deref(), Some("-1"));
}

#[tokio::test]
async fn get_device_sends_the_ends_of_the_range_of_ids() {
    for id in [0, i64::MAX, i64::MIN] {
        let server = Server::ok(JSON, &format!(r#"{{"user_id":{id}}}"#)).await;
        let reply = client(&server).devices().get_device(id).await.unwrap();
        assert_get(&server, &format!("GET /api/v1/devices/{id}"));
        assert_eq!(reply.user_id, Some(id));
    }
}

#[tokio::test]
async fn get_device_tells_its_documented_errors_apart() {
    let call = async |client: Client| refused!(GetDeviceError, client.devices().get_device(DEVICE));
    tells_errors_apart("getDevice", call).await;
}

#[tokio::test]
async fn list_device_apps_decodes_the_documented_reply() {
    let server = documented("listDeviceApps").await;
    let reply = client(&server).devices().list_device_apps(DEVICE).await.unwrap();
    assert_get(&server, "GET /api/v1/devices/9007199254740993/apps");
    assert_eq!(reply.apps, reply.installed_apps);
    let app = &reply.apps.as_ref().unwrap()[0];
    assert_eq!(
        (app.app_id, app.app_name.as_deref()),
        (Some(9_007_199_254_741_340), Some("ZVoice"))
    );
    assert_eq!(app.identifier.as_deref(), Some("com.zoho.inhouse.zvoice"));
    assert_eq!(app.app_version.as_deref(), Some("1.0.6"));
}

#[tokio::test]
async fn list_device_apps_tells_its_documented_errors_apart() {
    let call = async |client: Client| {
        refused!(ListDeviceAppsError, client.devices().list_device_apps(DEVICE))
    };
    tells_errors_apart("listDeviceApps", call).await;
}

#[tokio::test]
async fn list_device_profiles_decodes_the_documented_reply() {
    let server = documented("listDeviceProfiles").await;
    let reply = client(&server).devices().list_device_profiles(DEVICE).await.unwrap();
    assert_get(&server, "GET /api/v1/devices/9007199254740993/profiles");
    let reply = reply.into_inner();
    let provisioning = &reply.provisioning_profiles.unwrap()[0];
    assert_eq!(provisioning.prov_expiry_date, Some(1_539_348_973_000));
    assert_eq!(provisioning.prov_name.as_deref(), Some("Zoho Card Scanner iMessage Exension"));
    assert_eq!(provisioning.installed_source, Some(0));
    let configuration = &reply.configuration_profiles.unwrap()[0];
    assert_eq!(configuration.payload_has_rem_password, Some(false));
    assert_eq!(configuration.payload_version, Some(1));
    let payload = &configuration.payloadcontent.as_ref().unwrap()[0];
    assert_eq!(payload.payload_uuid.as_deref(), Some("4b665f25-b8f0-4b03-b5d7-586c8da14f68"));
    assert_eq!(payload.payload_display_name.as_deref(), Some("MDM Profile"));
}

#[tokio::test]
async fn list_device_profiles_tells_its_documented_errors_apart() {
    let call = async |client: Client| {
        refused!(ListDeviceProfilesError, client.devices().list_device_profiles(DEVICE))
    };
    tells_errors_apart("listDeviceProfiles", call).await;
}

#[tokio::test]
async fn list_device_locations_decodes_the_documented_reply() {
    let server = documented("listDeviceLocations").await;
    let reply = client(&server).devices().list_device_locations(DEVICE).await.unwrap();
    assert_get(&server, "GET /api/v1/devices/9007199254740993/locations");
    let location = &reply.locations.as_ref().unwrap()[0];
    assert_eq!((location.latitude, location.longitude), (Some(12.8308), Some(80.0491)));
    assert_eq!(location.located_time, Some(1_534_406_564_167));
    assert_eq!(location.added_time, Some(1_534_406_564_170));
}

#[tokio::test]
async fn list_device_locations_tells_its_documented_errors_apart() {
    let call = async |client: Client| {
        refused!(ListDeviceLocationsError, client.devices().list_device_locations(DEVICE))
    };
    tells_errors_apart("listDeviceLocations", call).await;
}
