//! Operations on the groups of ManageEngine MDM, as they go over the wire.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "an expectation that fails is a test that fails"
)]

use mdm_clients::manageengine::Client;
use mdm_clients::manageengine::groups::{
    AddGroupMemberError, AddGroupMembersError, CreateGroupError, DeleteGroupError, GetGroupError,
    ListGroupMembersError, ListGroupsError, RemoveGroupMemberError,
};
use mdm_clients::manageengine::models::{AddGroupMembersRequest, CreateGroupRequest};
use tenon_runtime::StatusCode;
use tenon_tests::manageengine::{
    JSON, assert_bare, assert_get, assert_json, client, documented, tells_errors_apart,
};
use tenon_tests::refused;
use tenon_tests::wire::Server;

/// Beyond 2^53: doubles would run together.
const GROUP: i64 = 9_007_199_254_740_993;
const MEMBER: i64 = 9_007_199_254_740_995;

fn group() -> CreateGroupRequest {
    CreateGroupRequest::new("MDM", 1).domain("ZOHOCORP").description("Group for MDM")
}

fn members() -> AddGroupMembersRequest {
    AddGroupMembersRequest::new(vec![12, 213_123, 21_312])
}

#[tokio::test]
async fn list_groups_decodes_the_documented_reply() {
    let server = documented("listGroups").await;
    let reply = client(&server).groups().list_groups().await.unwrap();
    assert_get(&server, "GET /api/v1/groups");
    let group = &reply.groups.as_ref().unwrap()[0];
    assert_eq!((group.group_id, group.name.as_deref()), (Some(99_731_238_129), Some("MDM")));
    assert_eq!((group.group_type, group.domain.as_deref()), (Some(1), Some("ZOHOCORP")));
    assert_eq!(group.description, None);
}

#[tokio::test]
async fn list_groups_tells_its_documented_errors_apart() {
    let call = async |client: Client| refused!(ListGroupsError, client.groups().list_groups());
    tells_errors_apart("listGroups", call).await;
}

#[tokio::test]
async fn get_group_decodes_the_documented_reply() {
    let server = documented("getGroup").await;
    let reply = client(&server).groups().get_group(GROUP).await.unwrap();
    assert_get(&server, "GET /api/v1/groups/9007199254740993");
    assert_eq!(
        (reply.group_id, reply.description.as_deref()),
        (Some(99_731_238_129), Some("Group for MDM"))
    );
}

#[tokio::test]
async fn get_group_tells_its_documented_errors_apart() {
    let call = async |client: Client| refused!(GetGroupError, client.groups().get_group(GROUP));
    tells_errors_apart("getGroup", call).await;
}

#[tokio::test]
async fn create_group_sends_the_documented_body_and_decodes_the_reply() {
    let server = documented("createGroup").await;
    let reply = client(&server).groups().create_group(group()).await.unwrap();
    let body = r#"{"name":"MDM","group_type":1,"domain":"ZOHOCORP","description":"Group for MDM"}"#;
    assert_json(&server, "POST /api/v1/groups", body);
    assert_eq!((reply.group_id, reply.name.as_deref()), (Some(99_731_238_129), Some("MDM")));
}

#[tokio::test]
async fn create_group_leaves_out_what_is_not_set() {
    let server = documented("createGroup").await;
    client(&server)
        .groups()
        .create_group(CreateGroupRequest::new("A \"b\"\u{1}", -1))
        .await
        .unwrap();
    assert_json(&server, "POST /api/v1/groups", r#"{"name":"A \"b\"\u0001","group_type":-1}"#);
}

#[tokio::test]
async fn create_group_tells_its_documented_errors_apart() {
    let call =
        async |client: Client| refused!(CreateGroupError, client.groups().create_group(group()));
    tells_errors_apart("createGroup", call).await;
}

#[tokio::test]
async fn list_group_members_decodes_the_documented_reply() {
    let server = documented("listGroupMembers").await;
    let reply = client(&server).groups().list_group_members(GROUP).await.unwrap();
    assert_get(&server, "GET /api/v1/groups/9007199254740993/members");
    assert_eq!(reply.member_ids.as_deref(), Some(&[12, 213_123, 21_312][..]));
}

#[tokio::test]
async fn list_group_members_tells_its_documented_errors_apart() {
    let call = async |client: Client| {
        refused!(ListGroupMembersError, client.groups().list_group_members(GROUP))
    };
    tells_errors_apart("listGroupMembers", call).await;
}

#[tokio::test]
async fn add_group_members_sends_the_documented_body_and_decodes_the_reply() {
    let server = documented("addGroupMembers").await;
    let reply = client(&server).groups().add_group_members(GROUP, members()).await.unwrap();
    assert_json(
        &server,
        "POST /api/v1/groups/9007199254740993/members",
        r#"{"member_ids":[12,213123,21312]}"#,
    );
    assert_eq!(reply.member_ids.as_deref(), Some(&[12, 213_123, 21_312][..]));
}

#[tokio::test]
async fn add_group_members_keeps_large_ids_exact_both_ways() {
    let ids = [9_007_199_254_740_993, i64::MAX, 0];
    let json = r#"{"member_ids":[9007199254740993,9223372036854775807,0]}"#;
    let server = Server::ok(JSON, json).await;
    let body = AddGroupMembersRequest::new(ids.to_vec());
    let reply = client(&server).groups().add_group_members(i64::MAX, body).await.unwrap();
    assert_json(&server, "POST /api/v1/groups/9223372036854775807/members", json);
    assert_eq!(reply.member_ids.as_deref(), Some(&ids[..]));
}

#[tokio::test]
async fn add_group_members_tells_its_documented_errors_apart() {
    let call = async |client: Client| {
        refused!(AddGroupMembersError, client.groups().add_group_members(GROUP, members()))
    };
    tells_errors_apart("addGroupMembers", call).await;
}

#[tokio::test]
async fn add_group_member_posts_without_a_body_and_takes_a_202() {
    let server = Server::status(202).await;
    let reply = client(&server).groups().add_group_member(GROUP, MEMBER).await.unwrap();
    assert_bare(&server, "POST /api/v1/groups/9007199254740993/members/9007199254740995");
    assert_eq!(reply.status(), StatusCode::ACCEPTED);
}

#[tokio::test]
async fn add_group_member_tells_its_documented_errors_apart() {
    let call = async |client: Client| {
        refused!(AddGroupMemberError, client.groups().add_group_member(GROUP, MEMBER))
    };
    tells_errors_apart("addGroupMember", call).await;
}

#[tokio::test]
async fn remove_group_member_deletes_and_takes_a_204() {
    let server = Server::status(204).await;
    let reply = client(&server).groups().remove_group_member(GROUP, MEMBER).await.unwrap();
    assert_bare(&server, "DELETE /api/v1/groups/9007199254740993/members/9007199254740995");
    assert_eq!(reply.status(), StatusCode::NO_CONTENT);
}

#[tokio::test]
async fn remove_group_member_tells_its_documented_errors_apart() {
    let call = async |client: Client| {
        refused!(RemoveGroupMemberError, client.groups().remove_group_member(GROUP, MEMBER))
    };
    tells_errors_apart("removeGroupMember", call).await;
}

#[tokio::test]
async fn delete_group_deletes_and_takes_a_204() {
    let server = Server::status(204).await;
    let reply = client(&server).groups().delete_group(GROUP).await.unwrap();
    assert_bare(&server, "DELETE /api/v1/groups/9007199254740993");
    assert_eq!(reply.status(), StatusCode::NO_CONTENT);
}

#[tokio::test]
async fn delete_group_tells_its_documented_errors_apart() {
    let call =
        async |client: Client| refused!(DeleteGroupError, client.groups().delete_group(GROUP));
    tells_errors_apart("deleteGroup", call).await;
}
