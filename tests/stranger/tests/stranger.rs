//! What a stranger expects of a generated client, and of a program that is built on it.
#![allow(clippy::unwrap_used, reason = "an expectation that fails is a test that fails")]

use std::process::{Command as Process, Output};

use mdm_clients::kandji::models::{
    Command, CommandStatus, EraseDeviceRequest, EraseMode, GetDeviceCommandsResponse,
    ReturnToService,
};
use mdm_clients::kandji::{Client, ClientBuilder, Region};
use mdm_clients::tenon_runtime::{Error, ErrorKind, Reply};
use serde::{Deserialize, Serialize};
use serde_json::json;
use wiremock::matchers::{body_json, header, method, path, query_param};
use wiremock::{Mock, MockServer, ResponseTemplate};

/// A type of the stranger's own, with generated ones in it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Job {
    id: u32,
    erase: EraseDeviceRequest,
    last: Option<Command>,
    #[serde(default)]
    modes: Vec<EraseMode>,
}

fn job() -> Job {
    let service = ReturnToService::new(true);
    let erase = EraseDeviceRequest::new().pin("123456").return_to_service(service);
    Job { id: 7, erase, last: None, modes: vec![EraseMode::Wipe, "WIPE_TWICE".into()] }
}

#[test]
fn generated_types_stand_in_types_of_the_strangers_own() {
    let json = json!({
        "id": 7,
        "erase": {"PIN": "123456", "ReturnToService": {"Enabled": true}},
        "last": null,
        "modes": ["WIPE", "WIPE_TWICE"],
    });
    assert_eq!(serde_json::to_value(job()).unwrap(), json);
    assert_eq!(serde_json::from_value::<Job>(json).unwrap(), job());
    let command: Command = serde_json::from_str(r#"{"status":3,"attempts":2}"#).unwrap();
    assert_eq!((command.status, command.attempts), (Some(CommandStatus::Completed), Some(2)));
}

#[test]
fn a_wrong_type_inside_of_the_strangers_own_is_told_with_its_place() {
    let wrong = json!({"id": 7, "erase": {"ReturnToService": {"Enabled": "yes"}}});
    let error = serde_json::from_value::<Job>(wrong).unwrap_err();
    assert!(error.to_string().contains("ReturnToService.Enabled"), "{error}");
}

#[test]
fn clients_calls_and_futures_can_go_to_other_threads() {
    fn is_shared<T: Send + Sync + Clone + 'static>(value: T) -> T {
        value
    }
    fn is_sent<T: Send + 'static>(value: T) -> T {
        value
    }
    let client = is_shared(
        Client::builder().subdomain("acme").region(Region::Eu).bearer("t").build().unwrap(),
    );
    let actions = is_shared(client.device_actions());
    let call = is_sent(actions.erase_device("x"));
    drop(is_sent(call.send()));
    drop(is_sent(actions.erase_device("x").customize().send()));
    drop(is_sent(async move { actions.shutdown("x").await }));
    fn assert_error<T: std::error::Error + Send + Sync + 'static>() {}
    assert_error::<mdm_clients::tenon_runtime::BuildError>();
}

/// A function of the stranger's own can name what a call resolves to.
async fn commands<E>(
    call: impl Future<Output = Result<Reply<GetDeviceCommandsResponse>, Error<E>>>,
) -> Result<Vec<Command>, ErrorKind> {
    let reply = call.await.map_err(|error| error.kind())?;
    Ok(reply.into_inner().commands.and_then(|list| list.results).unwrap_or_default())
}

#[tokio::test]
async fn a_call_resolves_to_types_that_can_be_named() {
    let server = server().await;
    let builder: ClientBuilder = Client::builder().base_url(server.uri());
    let client = builder.bearer("t0ken").build().unwrap();
    let listed =
        commands(client.device_actions().get_device_commands("d-1", 300).send()).await.unwrap();
    assert_eq!(listed.len(), 3);
    let refused = commands(client.device_actions().get_device_commands("d-1", 301).send()).await;
    assert_eq!(refused.unwrap_err(), ErrorKind::InvalidInput);
}

async fn server() -> MockServer {
    let server = MockServer::start().await;
    let commands = json!({"commands": {"results": [
        {"request_type": "DeviceLock", "status": 3},
        {"request_type": "Settings", "status": 9},
        {},
    ]}});
    Mock::given(method("GET"))
        .and(path("/api/v1/devices/d-1/commands"))
        .and(query_param("limit", "300"))
        .and(header("authorization", "Bearer t0ken"))
        .respond_with(ResponseTemplate::new(200).set_body_json(commands))
        .mount(&server)
        .await;
    Mock::given(method("POST"))
        .and(path("/api/v1/devices/d-1/action/lock"))
        .and(header("authorization", "Bearer t0ken"))
        .and(body_json(json!({"Message": "Lost"})))
        .respond_with(ResponseTemplate::new(200).set_body_json(json!({"PIN": "496406"})))
        .mount(&server)
        .await;
    server
}

async fn run(arguments: Vec<String>) -> Output {
    let run = move || Process::new(env!("CARGO_BIN_EXE_stranger")).args(arguments).output();
    tokio::task::spawn_blocking(run).await.unwrap().unwrap()
}

#[tokio::test]
async fn the_program_runs() {
    let server = server().await;
    let output = run(vec![server.uri(), "t0ken".into(), "d-1".into()]).await;
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "");
    let lines = "DeviceLock: done\nSettings: status 9\n?: unknown\nlocked (200), PIN 496406\n";
    assert_eq!(String::from_utf8(output.stdout).unwrap(), lines);
    assert!(output.status.success());
}

#[tokio::test]
async fn the_program_tells_what_the_server_refused_and_no_secret() {
    let server = server().await;
    let output = run(vec![server.uri(), "an0ther".into(), "d-1".into()]).await;
    let message = String::from_utf8(output.stderr).unwrap();
    assert!(
        message.starts_with("lockDevice: POST ") && message.contains("404 Not Found"),
        "{message}"
    );
    assert!(!message.contains("an0ther"), "{message}");
    assert_eq!(output.status.code(), Some(1));
}

#[tokio::test]
async fn a_stranger_tests_against_the_mock_server_of_the_crate() {
    use mdm_clients::kandji::mock::Mock;
    use mdm_clients::kandji::models::{CommandList, LockDeviceResponse};

    let mock = Mock::start().await.unwrap();
    let list = CommandList::new().results(vec![Command::new().request_type("EraseDevice")]);
    let reply = GetDeviceCommandsResponse::new().commands(list);
    mock.device_actions().get_device_commands().reply_ok(reply).times(1);
    let lock = mock.device_actions().lock_device().with(|call| call.path("device_id", "7"));
    lock.reply_ok(LockDeviceResponse::new().pin("111111")).times(1);
    let program = env!("CARGO_BIN_EXE_stranger");
    let arguments = [mock.url(), "mine".to_owned(), "7".to_owned()];
    let run = move || Process::new(program).args(arguments).output().unwrap();
    let output: Output = tokio::task::spawn_blocking(run).await.unwrap();
    let told = String::from_utf8(output.stdout).unwrap();
    assert_eq!(told, "EraseDevice: unknown\nlocked (200), PIN 111111\n");
    mock.verify().unwrap();
    let commands = mock.device_actions().get_device_commands().calls();
    assert_eq!(commands[0].query("limit").as_deref(), Some("300"));
}
