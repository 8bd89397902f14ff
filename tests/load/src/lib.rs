//! The clients under load.
//!
//! [`soak`] makes many calls at once against a server that fails some of them. [`hand`] is the client of
//! Kandji as one would write it by hand, for the benchmark and the counts of allocations that compare the
//! two; [`fixed`] is the server of both.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "an expectation that fails is a run that fails"
)]

pub mod fixed;
pub mod hand;
mod request;
pub mod soak;

/// A page of the commands of a device: so many, each of half a KiB.
pub fn commands(device: &str, count: usize) -> String {
    const COMMAND: &str = r#"{"uuid":"5e2a1f0c-7d36-4b7e-9c1f-2f6f0a6b8c11","command_type":"SetInitialConfiguration","request_type":"Settings","status":3,"priority":1,"attempts":1,"request_requires_network_tether":false,"date_requested":"2024-05-14T09:26:53.589793Z","last_pushed":"2024-05-14T09:27:01.000000Z","date_completed":"2024-05-14T09:27:44.123456Z","error_chain":[],"metadata":{"profile":"0bc8f610-5b88-49a6-b9ef-a68bf04e1e59","library_item":"Wi-Fi of the head office"},"user":null}"#;
    let results = vec![COMMAND; count].join(",");
    format!(
        r#"{{"device_id":"{device}","commands":{{"count":{count},"next":null,"previous":null,"results":[{results}]}}}}"#
    )
}
