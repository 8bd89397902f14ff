//! What the drivers of generated crates stand on.
//!
//! A driver is a program that is generated beside a client: it knows each operation by a number and
//! calls it with inputs in JSON, and it reads and writes values of the client's types. Orders come
//! in as lines of JSON, answers go out as such. Nothing here knows a particular API.

mod answer;
mod exchange;
mod inputs;
mod parts;
mod relay;
mod values;

pub use answer::{
    Answer, Sent, Shown, at_once, bytes, counted, counted_bytes, json, nothing, send,
    send_and_read, send_streamed, text, unread,
};
pub use inputs::Inputs;
pub use parts::{Parts, file, files, value};
pub use tenon_runtime;
pub use values::{Round, round};

use std::io::{BufRead, Write};
use std::process::ExitCode;
use std::time::Duration;

use serde_json::{Value, json as object};
use tenon_runtime::Fault;

/// Calls one operation: fails when an input isn't what the operation takes.
pub type Call<Client> = fn(&Client, &Inputs) -> Result<Sent, Fault>;

/// Time for one call.
const LIMIT: Duration = Duration::from_secs(20);

/// Calls operations of the server at the address that is the first argument. A line of the input is
/// `{"call": 0, "params": {"0": "…"}, "body": "…"}` with texts of JSON, and `"stream": true` where the
/// reply is asked for as a stream; each is answered by a line.
pub fn calls<Client>(
    client: fn(&str) -> Result<Client, String>,
    calls: &[Call<Client>],
) -> ExitCode {
    let server = std::env::args().nth(1).unwrap_or_default();
    let answers = || -> Result<(), String> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        let runtime = runtime.map_err(|error| error.to_string())?;
        let relay = relay::Relay::to(&server).map_err(|error| format!("{server}: {error}"))?;
        let client = client(&relay.address)?;
        each_line(|order| {
            let call =
                order["call"].as_u64().and_then(|call| calls.get(usize::try_from(call).ok()?));
            let Some(call) = call else { return object!({"fault": "no such call"}) };
            let inputs = Inputs::new(order);
            relay.forget();
            match call(&client, &inputs) {
                Err(fault) => object!({"fault": fault.to_string()}),
                Ok(sent) => {
                    let answer =
                        runtime.block_on(async { tokio::time::timeout(LIMIT, sent).await });
                    let answer = answer.unwrap_or_else(|_| Answer::late());
                    answer.told(relay.exchange())
                }
            }
        })
    };
    done(answers())
}

/// Reads values and writes them again. A line of the input is `{"type": 0, "value": "…"}` with a
/// text of JSON; each is answered by `{"value": "…"}` or `{"fault": "…"}`.
pub fn values(types: &[Round]) -> ExitCode {
    done(each_line(|order| {
        let round =
            order["type"].as_u64().and_then(|index| types.get(usize::try_from(index).ok()?));
        let Some(round) = round else { return object!({"fault": "no such type"}) };
        values::answer(*round, order["value"].as_str().unwrap_or_default())
    }))
}

fn done(result: Result<(), String>) -> ExitCode {
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn each_line(mut answer: impl FnMut(&Value) -> Value) -> Result<(), String> {
    let mut out = std::io::stdout().lock();
    for line in std::io::stdin().lock().lines() {
        let line = line.map_err(|error| error.to_string())?;
        let order = serde_json::from_str(&line).map_err(|error| error.to_string())?;
        let answer = answer(&order);
        writeln!(out, "{answer}").and_then(|()| out.flush()).map_err(|error| error.to_string())?;
    }
    Ok(())
}
