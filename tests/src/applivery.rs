//! What the wire tests of Applivery share: a client, requests, and what each request has.

use mdm_clients::applivery::Client;
use mdm_clients::applivery::models::{
    CreateBulkCommandsRequest, CreateEnrollmentTokenRequest, DeviceAction, EnrollmentLanguage,
    ExecuteActionRequest, WinPolicyAssignmentRequest,
};
use tenon_runtime::{RetryPolicy, json};

use crate::document::Document;
use crate::wire::{Request, Server};

/// The media type of every body.
pub const JSON: &str = "application/json";

/// The organization of the documented examples.
pub const ORGANIZATION: &str = "507f1f77bcf86cd799439012";

/// The `User-Agent` of a client that sets none.
const AGENT: &str = concat!("applivery/v1 tenon/", env!("CARGO_PKG_VERSION"));

/// A client of this server, which tries once.
///
/// # Panics
///
/// The client can't be built.
pub fn client(server: &Server) -> Client {
    let builder = Client::builder().base_url(server.url()).bearer("t0ken");
    builder.retry(RetryPolicy::none()).build().expect("a client")
}

/// A server that gives the documented reply of an operation.
pub async fn documented(operation: &str) -> Server {
    Server::ok(JSON, &Document::of("applivery").operation(operation).reply(200)).await
}

/// The one request that came, after what every request has is asserted.
///
/// # Panics
///
/// It has something else, or there isn't one.
pub fn sent(server: &Server, line: &str) -> Request {
    let request = server.request();
    assert_eq!(request.line, line);
    assert_eq!(request.header("host"), Some(server.host()));
    assert_eq!(request.header("authorization"), Some("Bearer t0ken"));
    assert_eq!(request.header("accept"), Some(JSON));
    assert_eq!(request.header("user-agent"), Some(AGENT));
    request
}

/// The documented request that installs an application.
pub fn install() -> ExecuteActionRequest {
    ExecuteActionRequest::new(DeviceAction::Install, "507f1f77bcf86cd799439088")
}

/// The documented request that locks two devices.
pub fn lock() -> CreateBulkCommandsRequest {
    let command =
        [("RequestType", json!("DeviceLock")), ("Message", json!("Device locked for security"))];
    let command = command.into_iter().map(|(key, value)| (key.to_owned(), value)).collect();
    CreateBulkCommandsRequest::new()
        .command(command)
        .target_ids(["507f1f77bcf86cd799439016", "507f1f77bcf86cd799439017"])
}

/// The plain request, as the document's example has it.
pub fn token() -> CreateEnrollmentTokenRequest {
    let mut assignment = WinPolicyAssignmentRequest::new(1);
    assignment = assignment.win_policy_id("507f1f77bcf86cd799439012");
    CreateEnrollmentTokenRequest::new(true, "507f1f77bcf86cd799439013")
        .display_name("Reception desk")
        .tags(["reception", "ground-floor"])
        .duration(86_400)
        .language(EnrollmentLanguage::Es)
        .email_text("Follow the link to enroll your computer.")
        .win_policy_id("507f1f77bcf86cd799439011")
        .win_policy_assignments(vec![assignment])
}
