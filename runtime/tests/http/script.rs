//! A transport that replies from a script, for tests on paused time: no socket may be waited for.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tenon_runtime::{Body, BoxFuture, Transport, TransportError};
use tokio::time::{Instant, sleep};

use super::api::{Client, ClientBuilder};

/// What a try gets.
#[derive(Clone, Debug)]
pub enum Step {
    /// A status, a header, and a body of JSON.
    Reply(u16, Option<(&'static str, String)>, &'static str),
    /// A refused connection.
    NoConnection,
    /// A connection that is cut.
    Cut,
    /// A reply after some time.
    Slow(Duration),
}

pub fn status(status: u16) -> Step {
    Step::Reply(status, None, r#"{"id":1}"#)
}

/// The script, and the moments of its tries.
#[derive(Clone)]
pub struct Script {
    steps: Arc<Mutex<VecDeque<Step>>>,
    tries: Arc<Mutex<Vec<Instant>>>,
}

impl Script {
    pub fn new(steps: impl IntoIterator<Item = Step>) -> Self {
        let steps = Arc::new(Mutex::new(steps.into_iter().collect()));
        Self { steps, tries: Arc::default() }
    }

    pub fn builder(&self) -> ClientBuilder {
        Client::builder().base_url("http://script.test").bearer("t0ken").transport(self.clone())
    }

    pub fn client(&self) -> Client {
        self.builder().build().unwrap()
    }

    pub fn count(&self) -> usize {
        self.tries.lock().unwrap().len()
    }

    /// The waits between the tries.
    pub fn waits(&self) -> Vec<Duration> {
        let tries = self.tries.lock().unwrap();
        tries.windows(2).map(|pair| pair[1] - pair[0]).collect()
    }
}

impl Transport for Script {
    fn send(
        &self,
        _request: http::Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        self.tries.lock().unwrap().push(Instant::now());
        let step = self.steps.lock().unwrap().pop_front().expect("the script is at its end");
        Box::pin(async move {
            match step {
                Step::Reply(status, header, body) => Ok(response(status, header, body)),
                Step::NoConnection => Err(TransportError::connect("connection refused")),
                Step::Cut => Err(TransportError::interrupted("connection reset")),
                Step::Slow(delay) => {
                    sleep(delay).await;
                    Ok(response(200, None, r#"{"id":1}"#))
                }
            }
        })
    }
}

fn response(
    status: u16,
    header: Option<(&'static str, String)>,
    body: &'static str,
) -> http::Response<Body> {
    let mut response = http::Response::builder().status(status);
    response = response.header("content-type", "application/json");
    if let Some((name, value)) = header {
        response = response.header(name, value);
    }
    response.body(body.into()).unwrap()
}
