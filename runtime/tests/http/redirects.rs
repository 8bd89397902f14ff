//! Credentials stay where they were sent, wherever a reply points.

use tenon_runtime::ErrorKind;
use tenon_runtime::op::{Operation, Security};

use super::api::{ClientBuilder, OK};
use super::server::{Server, json, reply};

/// Every credential that the runtime sends by itself.
const EVERY: [&[&[Security]]; 6] = [
    &[&[Security::new(0, &[])]],
    &[&[Security::new(1, &[])]],
    &[&[Security::new(2, &[])]],
    &[&[Security::new(3, &[])]],
    &[&[Security::new(4, &[])]],
    &[&[Security::new(5, &[])]],
];

fn with_all(builder: ClientBuilder) -> ClientBuilder {
    let builder = builder.bearer("hunter2").basic("user", "hunter2").api_key("hunter2");
    builder.query_key("hunter2").cookie_key("hunter2").zoho("hunter2")
}

#[tokio::test]
async fn no_credential_follows_a_redirect_to_another_port_or_scheme() {
    let statuses = [
        "301 Moved Permanently",
        "302 Found",
        "303 See Other",
        "307 Temporary Redirect",
        "308 Permanent Redirect",
    ];
    for security in EVERY {
        for status in statuses {
            let elsewhere = Server::start(vec![json("200 OK", "1")]).await;
            // Another port, once with the scheme, which is the weaker of the two, and once without.
            for target in [elsewhere.url(), elsewhere.url().replace("http:", "")] {
                let location = format!("location: {target}/stolen\r\n");
                let server = Server::start(vec![reply(status, &location, "")]).await;
                let client = with_all(server.builder()).build().unwrap();
                for method in ["GET", "POST"] {
                    let operation = Operation::new("x", method, "/x").responses(OK).idempotent();
                    let error =
                        client.devices().any(operation.security(security)).await.unwrap_err();
                    assert_eq!(error.kind(), ErrorKind::UnexpectedStatus);
                    assert!(!format!("{error:?}").contains("hunter2"), "{error:?}");
                }
                assert_eq!(server.requests().len(), 2, "each call was sent once");
            }
            assert!(elsewhere.requests().is_empty());
        }
    }
}

#[cfg(feature = "oauth2")]
#[tokio::test]
async fn no_secret_of_a_token_request_follows_a_redirect() {
    use super::oauth::{call, client, content, registered};
    for status in ["302 Found", "307 Temporary Redirect", "308 Permanent Redirect"] {
        let elsewhere = Server::start(vec![json("200 OK", r#"{"access_token":"a"}"#)]).await;
        let location = format!("location: {}/token\r\n", elsewhere.url());
        let tokens = Server::start(vec![reply(status, &location, "")]).await;
        let api = content().await;
        let client = client(&api, registered(&tokens).refresh_token("r3fresh"));
        let error = client.devices().any(call()).await.unwrap_err();
        assert_eq!(error.oauth().unwrap().status().unwrap().as_u16() / 100, 3);
        assert_eq!(tokens.requests().len(), 1);
        assert!(elsewhere.requests().is_empty() && api.requests().is_empty());
    }
}
