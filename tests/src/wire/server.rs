//! A mock server whose requests are seen byte by byte.

use std::sync::Mutex;

use serde_json::Value;
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, ResponseTemplate};

use super::Request;
use super::tap::{Log, tap};

/// A server on loopback that replies to any request with what it was given.
pub struct Server {
    address: String,
    log: Log,
    // It ends when it is dropped.
    _mock: MockServer,
}

impl Server {
    /// A server that gives the same reply to each request.
    pub async fn replying(reply: ResponseTemplate) -> Self {
        let mock = MockServer::start().await;
        Mock::given(any()).respond_with(reply).mount(&mock).await;
        Self::tapped(mock).await
    }

    /// A server that replies 200 with this JSON text.
    pub async fn ok(media: &str, json: &str) -> Self {
        Self::replying(ResponseTemplate::new(200).set_body_raw(json, media)).await
    }

    /// A server that replies with this status and no body.
    pub async fn status(status: u16) -> Self {
        Self::replying(ResponseTemplate::new(status)).await
    }

    /// A server that gives each reply once, in their order, and 599 after that.
    pub async fn in_turn(replies: Vec<ResponseTemplate>) -> Self {
        let mock = MockServer::start().await;
        let replies = Mutex::new(replies.into_iter());
        let next = move |_: &wiremock::Request| {
            let next = replies.lock().ok().and_then(|mut replies| replies.next());
            next.unwrap_or_else(|| ResponseTemplate::new(599))
        };
        Mock::given(any()).respond_with(next).mount(&mock).await;
        Self::tapped(mock).await
    }

    /// A server whose reply depends on the request.
    pub async fn answering(
        reply: impl Fn(&wiremock::Request) -> ResponseTemplate + Send + Sync + 'static,
    ) -> Self {
        let mock = MockServer::start().await;
        Mock::given(any()).respond_with(reply).mount(&mock).await;
        Self::tapped(mock).await
    }

    async fn tapped(mock: MockServer) -> Self {
        let (address, log) = tap(*mock.address()).await;
        Self { address: format!("http://{address}"), log, _mock: mock }
    }

    /// The address, without a `/` at its end.
    pub fn url(&self) -> &str {
        &self.address
    }

    /// Host and port, as in the header `Host`.
    pub fn host(&self) -> &str {
        self.address.trim_start_matches("http://")
    }

    /// All requests so far.
    pub fn requests(&self) -> Vec<Request> {
        self.log.requests()
    }

    /// The one request that came.
    ///
    /// # Panics
    ///
    /// None came, or several.
    pub fn request(&self) -> Request {
        let mut requests = self.requests();
        assert_eq!(requests.len(), 1, "{requests:#?}");
        requests.remove(0)
    }
}

/// A reply with this status and JSON body.
pub fn json_reply(status: u16, media: &str, body: &Value) -> ResponseTemplate {
    ResponseTemplate::new(status).set_body_raw(body.to_string(), media)
}
