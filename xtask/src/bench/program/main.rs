//! A small program, which uses what the features of its crate give.

use mdm_clients::kandji::Client;
#[cfg(feature = "oauth2")]
use mdm_clients::tenon_runtime::OAuth2;
#[cfg(feature = "tower")]
use mdm_clients::tenon_runtime::tower::{ServiceTransport, TransportService};

#[cfg(feature = "oauth2")]
static OAUTH: OAuth2 = OAuth2::new("Bearer ").token_url("https://accounts.example/token");

const DEVICE: &str = "0bc8f610-5b88-49a6-b9ef-a68bf04e1e59";

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let builder = Client::builder().subdomain("acme");
    #[cfg(not(feature = "oauth2"))]
    let builder = builder.bearer("token");
    #[cfg(feature = "oauth2")]
    let builder = builder.bearer(OAUTH.client("id").secret("secret").client_credentials());
    #[cfg(feature = "tower")]
    let builder = builder.transport(ServiceTransport::new(TransportService::built_in()?));
    #[cfg(feature = "reqwest")]
    let builder = builder.http_client(mdm_clients::tenon_runtime::reqwest::Client::new());
    run(builder)
}

#[cfg(feature = "blocking")]
fn run(builder: mdm_clients::kandji::ClientBuilder) -> Result<(), Box<dyn std::error::Error>> {
    let commands = builder.build()?.device_actions().get_device_commands(DEVICE, 5).send().wait()?;
    println!("{}", commands.status());
    Ok(())
}

#[cfg(not(feature = "blocking"))]
fn run(builder: mdm_clients::kandji::ClientBuilder) -> Result<(), Box<dyn std::error::Error>> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        #[cfg(feature = "mock")]
        let builder = {
            let mock = mdm_clients::kandji::mock::Mock::start().await?;
            builder.base_url(mock.url())
        };
        let commands = builder.build()?.device_actions().get_device_commands(DEVICE, 5).await?;
        println!("{}", commands.status());
        Ok(())
    })
}
