//! Lists page by page, against real servers on loopback: errors in the middle, tokens, reading ahead, time.

use std::time::Duration;

use tenon_runtime::op::{Operation, Paging};
use tenon_runtime::{ErrorKind, PageToken, Pages, PagingError, RetryPolicy};

use super::pages::{AT, List, ids, list, ok, operation, page, targets, why};
use super::server::{Act, Server, json};

#[tokio::test]
async fn an_error_in_the_middle_ends_the_list_and_its_token_leads_back() {
    let paging = Paging::cursor(AT, "/next").items("/items");
    let refused = json("404 Not Found", "{\"id\":404}");
    let acts = [page(&[1, 2], ",\"next\":\"b\""), refused, page(&[3], "")];
    let server = Server::start(acts).await;
    let client = server.client();
    let mut items = list(&client, operation(paging)).items();
    assert_eq!(items.try_next().await.unwrap().unwrap().id, 1);
    assert_eq!(items.try_next().await.unwrap().unwrap().id, 2);
    let error = items.try_next().await.unwrap_err();
    assert_eq!((error.kind(), error.documented().unwrap().id), (ErrorKind::Documented, 404));
    assert!(items.try_next().await.unwrap().is_none());
    let token: PageToken = items.token().unwrap().to_string().parse().unwrap();
    assert_eq!(ids(list(&client, operation(paging)).items().resume(&token)).await, [3]);
    assert_eq!(targets(&server), ["", "?at=b", "?at=b"]);
}

#[tokio::test]
async fn a_page_that_can_not_be_decoded_ends_the_list() {
    let paging = Paging::cursor(AT, "/a~1b/items/next").items("/a~1b/items/list");
    let first = "{\"a/b\":{\"items\":{\"list\":[{\"id\":1}],\"next\":\"b\"}}}";
    let second = "{\"a/b\":{\"items\":{\"list\":[{\"id\":2},{\"id\":\"x\"}],\"next\":\"c\"}}}";
    let server = Server::start([ok(first), ok(second)]).await;
    let mut items = list(&server.client(), operation(paging)).items();
    assert_eq!(items.try_next().await.unwrap().unwrap().id, 1);
    let error = items.try_next().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode);
    let at = "at $[\"a/b\"].items.list[1].id: expected integer";
    assert!(error.to_string().contains(at), "{error}");
    assert!(items.next().await.is_none());
    assert_eq!(items.token().unwrap().to_string().rsplit_once('c').unwrap().1, "ImIi");
    for broken in ["{\"items\":", "", "[1"] {
        let server = Server::start([ok(broken)]).await;
        let paging = Paging::cursor(AT, "/next").items("/items");
        let error = list(&server.client(), operation(paging)).items().collect().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Decode, "{broken}");
        if broken.is_empty() {
            // As a page that may be anything, it is `null`.
            continue;
        }
        let mut pages = list(&server.client(), operation(paging)).pages();
        assert!(pages.next().await.unwrap().unwrap_err().is_decode());
        assert!(pages.next().await.is_none());
    }
}

#[tokio::test]
async fn a_page_is_tried_again_in_the_middle() {
    let acts = [
        page(&[1], ",\"next\":\"b\""),
        json("503 Service Unavailable", "{}"),
        Act::Cut,
        page(&[2], ""),
    ];
    let server = Server::start(acts).await;
    let retry = RetryPolicy::new().attempts(3).base_delay(Duration::ZERO);
    let client = server.builder().retry(retry).build().unwrap();
    let paging = Paging::cursor(AT, "/next").items("/items");
    let pages = list(&client, operation(paging)).pages().collect().await.unwrap();
    let attempts: Vec<u32> = pages.iter().map(tenon_runtime::Reply::attempts).collect();
    assert_eq!(attempts, [1, 3]);
    assert_eq!(targets(&server), ["", "?at=b", "?at=b", "?at=b"]);
}

#[tokio::test]
async fn a_list_is_resumed_from_a_token_within_a_page() {
    let acts = [page(&[1, 2, 3], ",\"next\":\"b\""), page(&[4], "")];
    let server = Server::start(acts.clone()).await;
    let paging = Paging::cursor(AT, "/next").items("/items");
    let start = list(&server.client(), operation(paging)).items().token().unwrap();
    let mut items = list(&server.client(), operation(paging)).items();
    let mut tokens = vec![items.token().unwrap()];
    assert_eq!(tokens[0], start);
    while items.try_next().await.unwrap().is_some() {
        tokens.extend(items.token());
    }
    assert!(items.token().is_none());
    let rests: [&[i64]; 4] = [&[1, 2, 3, 4], &[2, 3, 4], &[3, 4], &[4]];
    assert_eq!(tokens.len(), rests.len());
    for (token, rest) in tokens.iter().zip(rests) {
        let acts = if rest.len() > 1 { acts.to_vec() } else { acts[1..].to_vec() };
        let server = Server::start(acts).await;
        let token: PageToken = token.to_string().parse().unwrap();
        assert_eq!(
            ids(list(&server.client(), operation(paging)).items().resume(&token)).await,
            rest
        );
    }
}

#[tokio::test]
async fn a_token_of_another_operation_is_an_error_before_anything_is_sent() {
    let server = Server::start([page(&[1], "")]).await;
    let paging = Paging::offset(AT, 0).items("/items");
    let other = Operation::new("listUsers", "GET", "/users").paging(paging);
    let token = list(&server.client(), other).pages().token().unwrap();
    let mut pages = list(&server.client(), operation(paging)).pages().resume(&token);
    let error = pages.next().await.unwrap().unwrap_err();
    assert_eq!((error.kind(), why(&error)), (ErrorKind::InvalidInput, PagingError::ForeignToken));
    assert!(pages.next().await.is_none());
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn one_page_is_read_ahead_on_request() {
    let acts = [page(&[1], ",\"next\":2"), page(&[2], ",\"next\":3"), page(&[3], "")];
    let paging = Paging::cursor(AT, "/next").items("/items");
    let server = Server::start(acts.clone()).await;
    let mut pages = list(&server.client(), operation(paging)).pages().prefetch();
    assert!(server.requests().is_empty());
    for read in 1..=3 {
        assert!(pages.next().await.unwrap().is_ok());
        let ahead = (read + 1).min(3);
        while server.requests().len() < ahead {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
        assert_eq!(server.requests().len(), ahead);
    }
    assert!(pages.next().await.is_none());

    // Without it, a page is read when it is asked for.
    let server = Server::start(acts).await;
    let mut pages = list(&server.client(), operation(paging)).pages();
    assert!(pages.next().await.unwrap().is_ok());
    tokio::time::sleep(Duration::from_millis(20)).await;
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn what_is_read_ahead_is_cancelled_with_the_list() {
    let server = Server::start([page(&[1], ",\"next\":2"), Act::Hang]).await;
    let paging = Paging::cursor(AT, "/next").items("/items");
    let mut items = list(&server.client(), operation(paging)).items().prefetch();
    assert_eq!(items.try_next().await.unwrap().unwrap().id, 1);
    while server.requests().len() < 2 {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    let token = items.token().unwrap();
    assert!(token.to_string().ends_with(".cMg"), "{token}");
    drop(items);
}

#[tokio::test]
async fn time_limits_hold_for_each_page() {
    let server = Server::start([page(&[1], ",\"next\":2"), Act::Hang]).await;
    let paging = Paging::cursor(AT, "/next").items("/items");
    let call = list(&server.client(), operation(paging)).customize();
    let mut pages = call.timeout(Duration::from_millis(80)).pages();
    assert!(pages.next().await.unwrap().is_ok());
    tokio::time::sleep(Duration::from_millis(100)).await;
    assert!(pages.next().await.unwrap().unwrap_err().is_timeout());
    assert!(pages.next().await.is_none());
}

#[tokio::test]
async fn pages_and_items_are_streams() {
    use futures_core::Stream;
    fn is_stream<S: Stream + Send + Sync + Unpin>(_: &S) {}
    let server = Server::start([page(&[1], "")]).await;
    let paging = Paging::offset(AT, 0).items("/items");
    let pages: Pages<List> = list(&server.client(), operation(paging)).pages();
    is_stream(&pages);
    assert_eq!(format!("{pages:?}"), "Pages { operation: \"listDevices\", .. }");
    let mut items = pages.items();
    is_stream(&items);
    let next = std::future::poll_fn(|context| std::pin::Pin::new(&mut items).poll_next(context));
    assert_eq!(next.await.unwrap().unwrap().id, 1);
}

#[tokio::test]
async fn a_call_that_says_nothing_of_pages_has_one() {
    let server = Server::start([ok("[{\"id\":1}]")]).await;
    let mut plain = operation(Paging::link("next"));
    plain.paging = None;
    assert_eq!(ids(list(&server.client(), plain).items()).await, [1]);
    assert_eq!(server.requests().len(), 1);
}
