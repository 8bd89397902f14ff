//! Lists in pages, by the clients of the vendors and from a token of another client.
#![allow(clippy::unwrap_used, reason = "an expectation that fails is a test that fails")]

use tenon_runtime::{ErrorKind, PageToken, PagingError};
use tenon_tests::wire::Server;
use tenon_tests::{kandji, manageengine};
use wiremock::ResponseTemplate;

fn reply(status: u16, media: &str, text: impl Into<String>) -> ResponseTemplate {
    let text: String = text.into();
    ResponseTemplate::new(status).set_body_raw(text, media)
}

/// A page of Kandji's commands: their names, and how many there are in all.
fn commands(names: &[&str], count: u64) -> ResponseTemplate {
    let commands: Vec<String> =
        names.iter().map(|name| format!(r#"{{"command_type":"{name}"}}"#)).collect();
    let text = format!(
        r#"{{"device_id":"x","commands":{{"count":{count},"next":null,"previous":null,"results":[{}]}}}}"#,
        commands.join(",")
    );
    reply(200, kandji::JSON, text)
}

fn lines(server: &Server) -> Vec<String> {
    server.requests().into_iter().map(|request| request.line).collect()
}

#[tokio::test]
async fn kandji_commands_are_read_by_offset_up_to_their_count() {
    let server = Server::in_turn(vec![commands(&["a", "b"], 3), commands(&["c"], 3)]).await;
    let client = kandji::client(&server);
    let call = client.device_actions().get_device_commands(kandji::DEVICE, 2);
    let commands = call.items().collect().await.unwrap();
    let names: Vec<&str> = commands.iter().map(|it| it.command_type.as_deref().unwrap()).collect();
    assert_eq!(names, ["a", "b", "c"]);
    let path = format!("GET /api/v1/devices/{}/commands?limit=2", kandji::DEVICE);
    assert_eq!(lines(&server), [path.clone(), format!("{path}&offset=2")]);
    for request in server.requests() {
        assert_eq!(request.header("authorization"), Some("Bearer t0ken"));
        request.assert_bodiless();
    }
}

#[tokio::test]
async fn kandji_commands_go_on_from_a_token() {
    let server = Server::in_turn(vec![commands(&["a", "b"], 4), commands(&["c", "d"], 4)]).await;
    let call = || kandji::client(&server).device_actions().get_device_commands(kandji::DEVICE, 2);
    let mut pages = call().pages();
    let first = pages.try_next().await.unwrap().unwrap();
    assert_eq!(first.commands.as_ref().unwrap().results.as_ref().unwrap().len(), 2);
    assert_eq!(pages.total(), Some(4));
    let token = pages.token().unwrap().to_string();
    let token: PageToken = token.parse().unwrap();
    let rest = call().items().resume(&token).collect().await.unwrap();
    assert_eq!(rest.len(), 2);
    assert!(lines(&server)[1].ends_with("?limit=2&offset=2"));
}

/// A page of ManageEngine's devices, with what its public page on pagination shows.
fn devices(ids: &[i64], next: Option<String>) -> ResponseTemplate {
    let devices: Vec<String> = ids.iter().map(|id| format!(r#"{{"device_id":{id}}}"#)).collect();
    let next = next.map(|next| format!(r#","paging":{{"next":"{next}"}}"#)).unwrap_or_default();
    let text = format!(
        r#"{{"metadata":{{"total_record_count":3}},"devices":[{}]{next}}}"#,
        devices.join(",")
    );
    reply(200, manageengine::JSON, text)
}

#[tokio::test]
async fn manageengine_lists_follow_the_address_of_the_next_page() {
    let server = Server::answering(|request| {
        let host = request.headers.get("host").unwrap().to_str().unwrap();
        match request.url.query() {
            None => {
                let next = format!("http://{host}/api/v1/mdm/devices?limit=2&offset=2");
                devices(&[1, 2], Some(next))
            }
            Some(_) => devices(&[3], None),
        }
    })
    .await;
    let mut items = manageengine::client(&server).devices().list_devices().items();
    let mut ids = Vec::new();
    while let Some(device) = items.try_next().await.unwrap() {
        ids.push(device.device_id.unwrap());
        assert_eq!(items.total(), Some(3));
    }
    assert_eq!(ids, [1, 2, 3]);
    let next = "GET /api/v1/mdm/devices?limit=2&offset=2";
    assert_eq!(lines(&server), ["GET /api/v1/devices", next]);
    for request in server.requests() {
        assert_eq!(request.header("authorization"), Some("Zoho-oauthtoken t0ken"));
    }
}

#[tokio::test]
async fn manageengine_credentials_are_not_sent_to_another_host() {
    let other = Server::status(200).await;
    let next = format!("{}/api/v1/groups?offset=50", other.url());
    let text = format!(r#"{{"groups":[{{"name":"a"}}],"paging":{{"next":"{next}"}}}}"#);
    let server = Server::ok(manageengine::JSON, &text).await;
    let mut items = manageengine::client(&server).groups().list_groups().items();
    assert_eq!(items.try_next().await.unwrap().unwrap().name.as_deref(), Some("a"));
    let error = items.try_next().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Paging);
    let source = std::error::Error::source(&error).unwrap().downcast_ref::<PagingError>();
    assert_eq!(source, Some(&PagingError::OtherOrigin { origin: other.url().to_owned() }));
    assert!(other.requests().is_empty());
    assert!(items.try_next().await.unwrap().is_none());
}

#[tokio::test]
async fn manageengine_errors_in_the_middle_are_the_documented_ones() {
    let server = Server::in_turn(vec![
        devices(&[1], Some("/api/v1/devices?offset=1".to_owned())),
        reply(400, manageengine::JSON, r#"{"error_code":"COM0003"}"#),
    ])
    .await;
    let pages = manageengine::client(&server).devices().list_devices().pages();
    let error = pages.collect().await.unwrap_err();
    assert_eq!((error.kind(), error.status().unwrap().as_u16()), (ErrorKind::Documented, 400));
    assert_eq!(lines(&server), ["GET /api/v1/devices", "GET /api/v1/devices?offset=1"]);
}
