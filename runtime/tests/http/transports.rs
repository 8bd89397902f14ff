//! What carries requests: proxies, certificates of one's own, HTTP/2, services of tower.

use tenon_runtime::{BuildError, Method, RetryPolicy};

use super::api::Client;
use super::server::{Server, header, json, reply};
use super::tls::{Https, Identity};

fn failure(result: Result<Client, BuildError>) -> String {
    result.unwrap_err().to_string()
}

#[tokio::test]
async fn requests_go_through_the_proxy() {
    let proxy = Server::start(vec![json("200 OK", r#"{"id":1}"#)]).await;
    let address = proxy.url().replace("http://", "http://user:s3cret@");
    let builder = Client::builder().base_url("http://behind.test:81/api").bearer("t0ken");
    let client = builder.proxy(address).build().unwrap();
    client.devices().get("1").await.unwrap();
    let request = proxy.request();
    assert!(
        request.starts_with("GET http://behind.test:81/api/devices/1 HTTP/1.1\r\n"),
        "{request}"
    );
    assert_eq!(header(&request, "proxy-authorization"), Some("Basic dXNlcjpzM2NyZXQ="));
    assert_eq!(header(&request, "authorization"), Some("Bearer t0ken"));
    assert_eq!(header(&request, "host"), Some("behind.test:81"));
}

#[tokio::test]
async fn https_goes_through_a_tunnel_that_sees_no_credential() {
    let acts = vec![reply("403 Forbidden", "", "")];
    let proxy = Server::start(acts).await;
    let builder = Client::builder().base_url("https://behind.test").bearer("t0ken");
    let policy = RetryPolicy::none();
    let client = builder.proxy(proxy.url()).retry(policy).build().unwrap();
    let error = client.devices().get("1").await.unwrap_err();
    assert!(error.is_connection(), "{error}");
    let request = proxy.request();
    assert!(request.starts_with("CONNECT behind.test:443 HTTP/1.1\r\n"), "{request}");
    assert!(!request.contains("t0ken"));
}

#[test]
fn proxies_and_certificates_that_can_not_be_used_are_told() {
    let ok = || Client::builder().subdomain("acme").only_server();
    let proxy = failure(ok().proxy("http://user:s3cret@[").build());
    assert!(proxy.contains("`proxy(…)`") && !proxy.contains("s3cret"), "{proxy}");
    let certificate = failure(ok().root_certificate("no PEM").build());
    assert!(certificate.contains("`root_certificate(…)`"), "{certificate}");
    let script = super::script::Script::new([]);
    let both = failure(script.builder().proxy("http://p.test").build());
    assert!(both.contains("`transport(…)`"), "{both}");
    assert!(!format!("{:?}", ok().proxy("http://user:s3cret@p.test")).contains("s3cret"));
}

#[tokio::test]
async fn a_server_is_trusted_by_the_certificate_of_its_authority() {
    let identity = Identity::new();
    let server = Https::start(&identity, &["http/1.1"]).await;
    let client = server.builder().root_certificate(identity.root()).build().unwrap();
    let reply = client.request(Method::GET, "/x").await.unwrap();
    assert_eq!(reply["version"], "HTTP/1.1");

    let once = || server.builder().retry(RetryPolicy::none());
    for client in [once().build(), once().root_certificate(Identity::new().root()).build()] {
        let error = client.unwrap().request(Method::GET, "/x").await.unwrap_err();
        assert!(error.is_connection(), "{error}");
    }
    assert_eq!((server.served(), server.connections()), (1, 1));
}

#[cfg(feature = "http2")]
mod http2 {
    use super::*;

    #[tokio::test]
    async fn http2_is_spoken_where_the_server_offers_it() {
        let identity = Identity::new();
        let server = Https::start(&identity, &["h2", "http/1.1"]).await;
        let client = server.builder().root_certificate(identity.root()).build().unwrap();
        let reply = client.request(Method::GET, "/x?a=b").await.unwrap();
        assert_eq!(reply["version"], "HTTP/2.0");
        assert_eq!(reply["target"], "/x?a=b");
        assert_eq!(reply["authorization"], "Bearer t0ken");
        let call = client.request(Method::POST, "/x").body("a/b", vec![b'x'; 300_000]);
        assert_eq!(call.await.unwrap()["length"], 300_000);
        let stream = tenon_runtime::Body::stream(Chunks(100));
        let call = client.request(Method::PUT, "/x").body("a/b", stream);
        assert_eq!(call.await.unwrap()["length"], 100_000);
        assert_eq!(server.connections(), 1);
    }

    #[tokio::test]
    async fn http1_is_spoken_where_the_server_does_not_offer_http2() {
        let identity = Identity::new();
        let server = Https::start(&identity, &["http/1.1"]).await;
        let client = server.builder().root_certificate(identity.root()).build().unwrap();
        assert_eq!(client.request(Method::GET, "/").await.unwrap()["version"], "HTTP/1.1");
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn ten_thousand_calls_at_once_share_a_connection() {
        let identity = Identity::new();
        let server = Https::start(&identity, &["h2"]).await;
        let client = server.builder().root_certificate(identity.root()).build().unwrap();
        client.request(Method::GET, "/first").await.unwrap();
        let calls: Vec<_> = (0..10_000)
            .map(|number| tokio::spawn(client.request(Method::GET, format!("/{number}")).send()))
            .collect();
        for (number, call) in calls.into_iter().enumerate() {
            let reply = call.await.unwrap().unwrap();
            assert_eq!(reply["target"], format!("/{number}"));
            assert_eq!(reply.attempts(), 1);
        }
        assert_eq!((server.served(), server.connections()), (10_001, 1));
    }

    /// So many chunks of a thousand bytes.
    struct Chunks(u32);

    impl futures_core::Stream for Chunks {
        type Item = Result<tenon_runtime::Bytes, std::io::Error>;

        fn poll_next(
            mut self: std::pin::Pin<&mut Self>,
            _context: &mut std::task::Context<'_>,
        ) -> std::task::Poll<Option<Self::Item>> {
            let Some(left) = self.0.checked_sub(1) else { return std::task::Poll::Ready(None) };
            self.0 = left;
            std::task::Poll::Ready(Some(Ok(vec![b'c'; 1000].into())))
        }
    }
}

#[cfg(feature = "tower")]
mod tower {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::task::{Context, Poll};

    use tenon_runtime::tower::{ServiceTransport, TransportService};
    use tenon_runtime::{Body, BoxFuture};
    use tower_service::Service;

    use super::*;

    /// An application: replies with JSON of what it was sent.
    #[derive(Clone)]
    struct App {
        ready: Arc<AtomicUsize>,
    }

    impl Service<http::Request<Body>> for App {
        type Response = http::Response<String>;
        type Error = std::io::Error;
        type Future = BoxFuture<'static, Result<Self::Response, Self::Error>>;

        fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
            // Not ready at first: a caller that doesn't wait would call too early.
            if self.ready.fetch_add(1, Ordering::SeqCst) == 0 {
                context.waker().wake_by_ref();
                return Poll::Pending;
            }
            Poll::Ready(Ok(()))
        }

        fn call(&mut self, request: http::Request<Body>) -> Self::Future {
            assert!(self.ready.load(Ordering::SeqCst) >= 2);
            Box::pin(async move {
                if request.uri().path() == "/devices/broken" {
                    return Err(std::io::Error::other("broken"));
                }
                let reply = http::Response::builder().header("content-type", "application/json");
                Ok(reply.body(r#"{"id":5}"#.to_owned()).unwrap())
            })
        }
    }

    #[tokio::test]
    async fn a_service_is_a_transport() {
        let app = App { ready: Arc::default() };
        let builder = Client::builder().base_url("http://app.test").bearer("t0ken");
        let client = builder.transport(ServiceTransport::new(app)).build().unwrap();
        assert_eq!(client.devices().get("1").await.unwrap().id, 5);
        let policy = RetryPolicy::new().base_delay(std::time::Duration::ZERO);
        let error = client.devices().get("broken").customize().retry(policy).await.unwrap_err();
        assert!(error.is_connection() && error.attempts() == 3, "{error}");
        // It may have acted: a POST isn't tried again.
        let post = client.request(Method::POST, "/devices/broken");
        assert_eq!(post.await.unwrap_err().attempts(), 1);
    }

    /// A layer around a transport.
    #[derive(Clone)]
    struct Layer<S>(S);

    impl<S: Service<http::Request<Body>>> Service<http::Request<Body>> for Layer<S> {
        type Response = S::Response;
        type Error = S::Error;
        type Future = S::Future;

        fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
            self.0.poll_ready(context)
        }

        fn call(&mut self, mut request: http::Request<Body>) -> S::Future {
            request.headers_mut().insert("x-layer", http::HeaderValue::from_static("1"));
            self.0.call(request)
        }
    }

    #[tokio::test]
    async fn a_transport_is_a_service_that_layers_go_around() {
        let server = Server::start(vec![json("200 OK", r#"{"id":1}"#)]).await;
        let layered = || Layer(TransportService::built_in().unwrap());
        let client = server.builder().transport(ServiceTransport::new(layered())).build().unwrap();
        client.devices().get("1").await.unwrap();
        assert_eq!(header(&server.request(), "x-layer"), Some("1"));

        // What the transport says of an error reaches the call: no connection, nothing was sent.
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let nobody = format!("http://{}", listener.local_addr().unwrap());
        drop(listener);
        let builder = Client::builder().base_url(nobody).bearer("t0ken");
        let policy = RetryPolicy::new().base_delay(std::time::Duration::ZERO);
        let builder = builder.transport(ServiceTransport::new(layered())).retry(policy);
        let post = builder.build().unwrap().request(Method::POST, "/x");
        let error = post.await.unwrap_err();
        assert_eq!(error.attempts(), 3, "{error}");
    }

    #[tokio::test]
    async fn a_transport_is_called_as_a_service() {
        let server = Server::start(vec![json("200 OK", r#"{"id":1}"#)]).await;
        let mut service = TransportService::built_in().unwrap();
        let request = http::Request::get(format!("{}/x", server.url())).body(Body::empty());
        let reply = service.call(request.unwrap()).await.unwrap();
        assert_eq!(reply.status(), 200);
    }
}
