//! Calls and streams without async, against real servers.

use std::io::Read;
use std::thread;

use tenon_runtime::{ErrorKind, Method, RetryPolicy, blocking};
use tokio::runtime::Runtime;

use super::api::{Client, Device, GetDeviceError};
use super::server::{Act, Server, json, reply};

/// A server on a runtime of its own: the thread of the test has none.
fn start(acts: impl Into<Vec<Act>>) -> (Runtime, Server) {
    let runtime = tokio::runtime::Builder::new_multi_thread();
    let runtime = { runtime }.worker_threads(1).enable_all().build().unwrap();
    let server = runtime.block_on(Server::start(acts));
    (runtime, server)
}

fn found() -> Act {
    json("200 OK", r#"{"id":1}"#)
}

#[test]
fn a_call_waits_for_its_reply() {
    let acts = vec![
        reply("503 Service Unavailable", "retry-after: 0\r\n", ""),
        found(),
        json("404 Not Found", r#"{"id":4}"#),
    ];
    let (_runtime, server) = start(acts);
    let client = server.client();
    let reply = client.devices().get("1").limit(3).send().wait().unwrap();
    assert_eq!((reply.id, reply.attempts()), (1, 2));
    let error = client.devices().get("1").customize().send().wait().unwrap_err();
    assert_eq!(error.documented(), Some(&GetDeviceError::NotFound(Device { id: 4, name: None })));
}

#[test]
fn time_limits_hold() {
    let (_runtime, server) = start(vec![Act::Hang]);
    let call = server.client().devices().get("1").customize().retry(RetryPolicy::none());
    let call = call.attempt_timeout(std::time::Duration::from_millis(50));
    assert!(call.send().wait().unwrap_err().is_timeout());
}

#[test]
fn many_threads_share_a_client() {
    let (_runtime, server) = start(vec![found()]);
    let client = server.client();
    let threads: Vec<_> = (0..20)
        .map(|_| {
            let client = client.clone();
            thread::spawn(move || client.devices().get("1").send().wait().unwrap().id)
        })
        .collect();
    assert!(threads.into_iter().all(|thread| thread.join().unwrap() == 1));
    assert_eq!(server.requests().len(), 20);
}

#[test]
fn streams_are_iterators_and_bytes_a_reader() {
    let events = "content-type: text/event-stream\r\n";
    let text = "data: {\"id\":1}\n\ndata: x\n\ndata: {\"id\":3}\n\n";
    let long = "long ".repeat(50_000);
    let cut = Act::Reply(b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nabc".to_vec());
    let (_runtime, server) =
        start(vec![reply("200 OK", events, text), reply("200 OK", "", &long), cut]);
    let client = server.client();
    let stream = super::streams::chat(&client).stream().wait().unwrap().into_inner();
    let ids: Vec<Option<i64>> =
        blocking::iter(stream).map(|event| event.ok().map(|event| event.data.id)).collect();
    assert_eq!(ids, [Some(1), None, Some(3)]);

    let bytes = || client.request(Method::GET, "/x").stream_raw().wait().unwrap().into_inner();
    let mut read = String::new();
    blocking::reader(bytes()).read_to_string(&mut read).unwrap();
    assert_eq!(read, long);
    let mut cut = Vec::new();
    let error = blocking::reader(bytes()).read_to_end(&mut cut).unwrap_err();
    assert_eq!(cut, b"abc");
    assert!(error.to_string().contains("the connection failed"), "{error}");
}

#[test]
fn inside_of_an_async_task_it_is_an_error_and_nothing_is_sent() {
    let (runtime, server) = start(vec![found()]);
    let refused = |client: &Client| {
        let error = client.devices().get("1").send().wait().unwrap_err();
        assert_eq!((error.kind(), error.attempts()), (ErrorKind::Blocking, 0));
        assert!(error.to_string().contains("`.await`"), "{error}");
    };
    let client = server.client();
    let own = client.clone();
    runtime.block_on(runtime.spawn(async move { refused(&own) })).unwrap();
    runtime.block_on(async { refused(&client) });
    let one = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    one.block_on(async { refused(&client) });
    let local = tokio::task::LocalSet::new();
    local.block_on(&one, async { refused(&client) });
    assert!(server.requests().is_empty());
    // The task itself goes on.
    let awaited = one.block_on(async {
        refused(&client);
        client.devices().get("1").await.unwrap().id
    });
    assert_eq!(awaited, 1);
}

#[test]
fn where_threads_may_block_it_works() {
    let (runtime, server) = start(vec![found()]);
    let client = server.client();
    let get = move || client.devices().get("1").send().wait().unwrap().id;
    let (spawned, entered) = (get.clone(), get.clone());
    assert_eq!(runtime.block_on(runtime.spawn_blocking(spawned)).unwrap(), 1);
    let guard = runtime.enter();
    assert_eq!(entered(), 1);
    drop(guard);
    let in_place = runtime.spawn(async move { tokio::task::block_in_place(get) });
    assert_eq!(runtime.block_on(in_place).unwrap(), 1);
}
