//! A program of a stranger: lists the commands of a device, then locks it.
//!
//! `stranger ADDRESS TOKEN DEVICE` prints a line per command, and the PIN. Everything it uses is public, and comes from
//! `mdm-clients` with the feature `kandji` alone.

use std::error::Error;
use std::process::ExitCode;
use std::time::Duration;

use mdm_clients::kandji::Client;
use mdm_clients::kandji::models::{Command, CommandStatus, LockDeviceRequest};
use mdm_clients::tenon_runtime::{BuildError, Reply, RetryPolicy};

#[tokio::main]
async fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [address, token, device] = arguments.as_slice() else {
        eprintln!("usage: stranger ADDRESS TOKEN DEVICE");
        return ExitCode::from(2);
    };
    match run(address, token, device).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

async fn run(address: &str, token: &str, device: &str) -> Result<(), Box<dyn Error>> {
    let client = connect(address, token)?;
    // The call owns what it needs, so another task can run it.
    let listing = tokio::spawn(client.device_actions().get_device_commands(device, 300).send());
    let lock = LockDeviceRequest::new().message("Lost");
    let reply = client.device_actions().lock_device(device).body(lock).await?;
    let list = listing.await??;
    for command in list.commands.iter().flat_map(|commands| commands.results.iter().flatten()) {
        println!("{}", line(command));
    }
    println!("{}", pin(&reply.map(|reply| reply.pin)));
    Ok(())
}

fn connect(address: &str, token: &str) -> Result<Client, BuildError> {
    let builder =
        Client::builder().base_url(address).bearer(token).timeout(Duration::from_secs(60));
    builder.retry(RetryPolicy::none()).build()
}

fn line(command: &Command) -> String {
    let name = command.request_type.as_deref().unwrap_or("?");
    // The enum may grow: a `match` on it has to say what happens to values that it doesn't know.
    let status = match &command.status {
        Some(CommandStatus::Completed) => "done".to_owned(),
        Some(CommandStatus::Pending | CommandStatus::Running | CommandStatus::NotNow) => {
            "waiting".to_owned()
        }
        Some(CommandStatus::Failed) => "failed".to_owned(),
        Some(CommandStatus::Unknown(number)) => format!("status {number}"),
        Some(_) | None => "unknown".to_owned(),
    };
    format!("{name}: {status}")
}

fn pin(reply: &Reply<Option<String>>) -> String {
    match reply.as_deref() {
        Some(pin) => format!("locked ({}), PIN {pin}", reply.status().as_u16()),
        None => format!("locked ({})", reply.status().as_u16()),
    }
}
