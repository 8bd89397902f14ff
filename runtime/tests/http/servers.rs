//! Servers whose variables are more than words: where requests go.

use tenon_runtime::op::Operation;
use tenon_runtime::{Api, ServerTemplate, Variable};

use super::api::{Devices, OK};
use super::server::{Server, header, json};

static API: Api = Api::new("shops", "Shops", "1")
    .servers(&[ServerTemplate::new("Own", "{protocol}{host}{basePath}/{stage}")])
    .variables(&[
        Variable::new("protocol", "http://"),
        Variable::required("host"),
        Variable::new("basePath", "/sell/v1"),
        Variable::new("stage", ""),
        Variable::new("zone", "uploads").of_operations(),
    ]);

tenon_runtime::client! {
    /// Client of the shops API.
    Client, ClientBuilder, API
}

async fn sent(set: impl Fn(ClientBuilder) -> ClientBuilder) -> String {
    let server = Server::start(vec![json("200 OK", "1")]).await;
    let host = server.url().replace("http://", "");
    let client = set(Client::builder().variable(1, host.clone())).build().unwrap();
    let operation = Operation::new("x", "GET", "/x").responses(OK);
    Devices::new(client.core()).any(operation).await.unwrap();
    let request = server.request();
    assert_eq!(header(&request, "host"), Some(host.as_str()));
    server.target()
}

#[tokio::test]
async fn requests_go_where_the_document_says() {
    assert_eq!(sent(|builder| builder).await, "GET /sell/v1/x");
    assert_eq!(sent(|builder| builder.variable(3, "/prod/".into())).await, "GET /sell/v1/prod/x");
    assert_eq!(sent(|builder| builder.variable(2, String::new())).await, "GET /x");
}

#[tokio::test]
async fn a_value_of_the_path_is_sent_to_the_same_host() {
    let evil = sent(|builder| builder.variable(2, ".evil.test/v2".into())).await;
    assert_eq!(evil, "GET /.evil.test/v2/x");
}

#[tokio::test]
async fn an_operation_s_own_server_has_the_variables_of_the_client() {
    let server = Server::start(vec![json("200 OK", "1")]).await;
    let host = server.url().replace("http://", "");
    let client = Client::builder().variable(1, host).variable(4, "files".into()).build().unwrap();
    let operation = Operation::new("x", "GET", "/x").responses(OK);
    let operation = operation.servers(&["http://{host}/{zone}/own"]);
    Devices::new(client.core()).any(operation).await.unwrap();
    assert_eq!(server.target(), "GET /files/own/x");
}
