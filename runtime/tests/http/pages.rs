//! Lists page by page, against real servers on loopback: which requests are sent, where a list ends, and
//! what is refused.

use tenon_runtime::op::{
    Call, Json, Operation, PageInput, Paging, Param, RequestBody, Response, Security, Status,
};
use tenon_runtime::{ErrorKind, PageItems, PagingError};

use super::api::{Client, Device};
use super::server::{Act, Server, body, header, json, reply};

/// Any operation whose reply is a page of devices.
#[derive(Debug)]
pub(crate) struct List {
    pub(crate) call: Call,
}
tenon_runtime::endpoint!(List: Json<tenon_runtime::Json>, Json<Device>);
tenon_runtime::paged!(List);

impl tenon_runtime::op::Paged for List {
    type Item = Device;
}

/// `GET /v1/devices` with the parameters `at` and `limit`.
pub(crate) const LIST: Operation = Operation::new("listDevices", "GET", "/v1/devices")
    .params(&[Param::query("at"), Param::query("limit"), Param::header("X-Team")])
    .responses(&[
        Response::json(Status::Code(200), "application/json", 0),
        Response::json(Status::Range(4), "application/json", 0).error(),
    ])
    .security(&[&[Security::new(0, &[])]])
    .idempotent();

/// The same with the credential in the query.
const KEYED: Operation = LIST.security(&[&[Security::new(3, &[])]]);

pub(crate) fn operation(paging: Paging) -> Operation {
    LIST.paging(paging)
}

pub(crate) const AT: PageInput = PageInput::Param(0);

pub(crate) fn list(client: &Client, operation: Operation) -> List {
    List { call: client.core().call(Box::leak(Box::new(operation))) }
}

impl List {
    fn at(self, at: &str) -> Self {
        Self { call: self.call.param(0, &at) }
    }

    fn limit(self, limit: i64) -> Self {
        Self { call: self.call.param(1, &limit) }
    }
}

pub(crate) fn ok(body: &str) -> Act {
    json("200 OK", body)
}

/// `{"items":[{"id":1},…],…}`
pub(crate) fn page(ids: &[i64], more: &str) -> Act {
    ok(&page_text(ids, more))
}

fn page_text(ids: &[i64], more: &str) -> String {
    let items: Vec<String> = ids.iter().map(|id| format!("{{\"id\":{id}}}")).collect();
    format!("{{\"items\":[{}]{more}}}", items.join(","))
}

pub(crate) fn targets(server: &Server) -> Vec<String> {
    let line = |request: String| request.lines().next().unwrap().to_owned();
    let line = |request| line(request).replace(" HTTP/1.1", "").replace("GET /v1/devices", "");
    server.requests().into_iter().map(line).collect()
}

pub(crate) async fn ids(items: PageItems<List>) -> Vec<i64> {
    items.collect().await.unwrap().into_iter().map(|device| device.id).collect()
}

/// Why the list can't be read on.
pub(crate) fn why<E: std::fmt::Debug + 'static>(error: &tenon_runtime::Error<E>) -> PagingError {
    let source = std::error::Error::source(error).unwrap();
    source.downcast_ref::<PagingError>().unwrap().clone()
}

#[tokio::test]
async fn an_offset_grows_by_the_items_until_a_page_is_empty() {
    let acts = [page(&[1, 2], ""), page(&[3], ""), page(&[], "")];
    let server = Server::start(acts).await;
    let call = list(&server.client(), operation(Paging::offset(AT, 0).items("/items")));
    assert_eq!(ids(call.limit(2).items()).await, [1, 2, 3]);
    assert_eq!(targets(&server), ["?limit=2", "?at=2&limit=2", "?at=3&limit=2"]);
    for request in server.requests() {
        assert_eq!(header(&request, "authorization"), Some("Bearer t0ken"));
    }
}

#[tokio::test]
async fn an_offset_ends_at_the_total_and_starts_where_the_caller_says() {
    let acts = [page(&[5, 6], ",\"count\":8"), page(&[7, 8], ",\"count\":\"8\"")];
    let server = Server::start(acts).await;
    let paging = Paging::offset(AT, 0).items("/items").total("/count");
    let mut pages = list(&server.client(), operation(paging)).at("4").pages();
    assert_eq!(pages.total(), None);
    let first = pages.try_next().await.unwrap().unwrap();
    assert_eq!((first.status().as_u16(), pages.total()), (200, Some(8)));
    assert!(pages.try_next().await.unwrap().is_some());
    assert!(pages.token().is_none());
    assert!(pages.try_next().await.unwrap().is_none());
    assert!(pages.next().await.is_none());
    assert_eq!(targets(&server), ["?at=4", "?at=6"]);
}

#[tokio::test]
async fn a_page_number_ends_at_the_flag_the_total_or_an_empty_page() {
    let paging = Paging::number(AT, 1).items("/items").total("/total").more("/more");
    for (acts, ends) in [
        (vec![page(&[1], ",\"more\":true"), page(&[2], ",\"more\":false")], 2),
        (vec![page(&[1], ",\"more\":\"/next\""), page(&[2], ",\"more\":null")], 2),
        (vec![page(&[1], ",\"total\":2"), page(&[2], ",\"total\":2")], 2),
        (vec![page(&[1], ""), page(&[2], ""), page(&[], "")], 3),
        (vec![page(&[1], ""), page(&[2], ""), ok("{}")], 3),
    ] {
        let server = Server::start(acts).await;
        let call = list(&server.client(), operation(paging));
        assert_eq!(ids(call.items()).await, [1, 2]);
        assert_eq!(targets(&server), ["", "?at=2", "?at=3"][..ends]);
    }
    let server = Server::start([page(&[1], ""), page(&[], "")]).await;
    let call = list(&server.client(), operation(Paging::number(AT, 0).items("/items")));
    assert_eq!(ids(call.items()).await, [1]);
    assert_eq!(targets(&server), ["", "?at=1"]);
}

#[tokio::test]
async fn a_total_does_not_end_page_numbers_that_begin_in_the_middle() {
    let acts = [page(&[5], ",\"total\":5"), page(&[], "")];
    let server = Server::start(acts).await;
    let paging = Paging::number(AT, 1).items("/items").total("/total");
    assert_eq!(ids(list(&server.client(), operation(paging)).at("5").items()).await, [5]);
    assert_eq!(targets(&server), ["?at=5", "?at=6"]);
}

#[tokio::test]
async fn an_empty_list_is_one_page() {
    let paging = Paging::offset(AT, 0).items("/items");
    for body in ["{\"items\":[]}", "{\"items\":null}", "{}"] {
        let server = Server::start([ok(body)]).await;
        assert!(ids(list(&server.client(), operation(paging)).items()).await.is_empty());
        let pages = list(&server.client(), operation(paging)).pages().collect().await.unwrap();
        assert_eq!((pages.len(), server.requests().len()), (1, 2));
    }
}

#[tokio::test]
async fn a_cursor_is_sent_as_it_came_even_past_empty_pages() {
    let acts = [
        page(&[1], ",\"meta\":{\"next\":\"a+b/=&ü\"}"),
        page(&[], ",\"meta\":{\"next\":12345678901234567890123}"),
        page(&[2], ",\"meta\":{\"next\":\"\"}"),
    ];
    let server = Server::start(acts).await;
    let paging = Paging::cursor(AT, "/meta/next").items("/items");
    assert_eq!(ids(list(&server.client(), operation(paging)).limit(1).items()).await, [1, 2]);
    let second = "?at=a%2Bb%2F%3D%26%C3%BC&limit=1";
    assert_eq!(targets(&server), ["?limit=1", second, "?at=12345678901234567890123&limit=1"]);
    for end in ["", ",\"meta\":null", ",\"meta\":{\"next\":null}", ",\"meta\":{\"next\":false}"] {
        let server = Server::start([page(&[1], end)]).await;
        assert_eq!(ids(list(&server.client(), operation(paging)).items()).await, [1]);
        assert_eq!(server.requests().len(), 1);
    }
}

#[tokio::test]
async fn a_cursor_that_comes_again_is_an_error_behind_the_page() {
    let paging = Paging::cursor(AT, "/next").items("/items");
    let next = |cursor: &str| format!(",\"next\":\"{cursor}\"");
    let acts = [page(&[1], &next("a")), page(&[2], &next("b")), page(&[3], &next("a"))];
    let server = Server::start(acts).await;
    let mut items = list(&server.client(), operation(paging)).items();
    for id in 1..=3 {
        assert_eq!(items.try_next().await.unwrap().unwrap().id, id);
    }
    let error = items.next().await.unwrap().unwrap_err();
    assert_eq!((error.kind(), error.status().unwrap().as_u16()), (ErrorKind::Paging, 200));
    assert_eq!(why(&error), PagingError::Repeated);
    let url = server.url();
    assert_eq!(
        error.to_string(),
        format!(
            "listDevices: GET {url}/v1/devices: 200 OK, but the list can't be read on: it leads to a page that \
             was read before"
        )
    );
    assert!(items.next().await.is_none());
    assert_eq!(server.requests().len(), 3);

    // The cursor that the caller began with, too.
    let server = Server::start([page(&[1], &next("a"))]).await;
    let mut pages = list(&server.client(), operation(paging)).at("a").pages();
    assert!(pages.next().await.unwrap().is_ok());
    assert_eq!(why(&pages.next().await.unwrap().unwrap_err()), PagingError::Repeated);
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn a_server_that_does_not_heed_the_number_is_an_error() {
    for paging in [Paging::offset(AT, 0), Paging::number(AT, 1)] {
        let server = Server::start([page(&[1, 2], "")]).await;
        let mut pages = list(&server.client(), operation(paging.items("/items"))).pages();
        assert!(pages.next().await.unwrap().is_ok());
        assert!(pages.next().await.unwrap().is_ok());
        assert_eq!(why(&pages.next().await.unwrap().unwrap_err()), PagingError::SamePage);
        assert!(pages.next().await.is_none());
        assert_eq!(server.requests().len(), 2);
    }
}

#[tokio::test]
async fn a_cursor_without_end_ends_after_a_thousand_empty_pages() {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        let (mut connection, _) = listener.accept().await.unwrap();
        let mut buffer = [0; 4096];
        for number in 1.. {
            if connection.read(&mut buffer).await.unwrap() == 0 {
                break;
            }
            let Act::Reply(bytes) = page(&[], &format!(",\"next\":{number}")) else { return };
            connection.write_all(&bytes).await.unwrap();
        }
    });
    let client = Client::builder().base_url(url).bearer("t").build().unwrap();
    let paging = Paging::cursor(AT, "/next").items("/items");
    let error = list(&client, operation(paging)).items().collect().await.unwrap_err();
    assert_eq!(why(&error), PagingError::OnlyEmptyPages(1000));
}

#[tokio::test]
async fn the_last_id_leads_on_while_there_is_more() {
    let acts = [page(&[1, 2], ",\"has_more\":true"), page(&[3], ",\"has_more\":false")];
    let server = Server::start(acts).await;
    let paging = Paging::last_item(AT, "/id").items("/items").more("/has_more");
    assert_eq!(ids(list(&server.client(), operation(paging)).limit(2).items()).await, [1, 2, 3]);
    assert_eq!(targets(&server), ["?limit=2", "?at=2&limit=2"]);

    let server = Server::start([ok("{\"items\":[{\"name\":\"x\"}],\"has_more\":true}")]).await;
    let mut pages = list(&server.client(), operation(paging)).pages();
    assert!(pages.next().await.unwrap().is_ok());
    assert_eq!(
        why(&pages.next().await.unwrap().unwrap_err()),
        PagingError::NoId { pointer: "/id" }
    );
}

fn next(address: &str) -> String {
    format!(",\"paging\":{{\"next\":\"{address}\"}}")
}

#[tokio::test]
async fn an_address_at_another_origin_is_not_followed() {
    let elsewhere = Server::start(vec![Act::Cut]).await;
    let url = elsewhere.url();
    let server = Server::start([page(&[1], &next(&format!("{url}/v1/devices?cursor=a")))]).await;
    let paging = Paging::address("/paging/next").items("/items");
    let mut pages = list(&server.client(), operation(paging)).pages();
    assert!(pages.next().await.unwrap().is_ok());
    let error = pages.next().await.unwrap().unwrap_err();
    assert_eq!(why(&error), PagingError::OtherOrigin { origin: url });
    assert!(!format!("{error} {error:?}").contains("cursor"), "{error:?}");
    assert!(pages.next().await.is_none());
    assert_eq!((server.requests().len(), elsewhere.requests().len()), (1, 0));
}

#[tokio::test]
async fn an_address_in_the_body_is_followed_as_it_stands() {
    let own = Server::start_with(|host| {
        vec![
            page(&[1], &next(&format!("//{host}/v1/devices?limit=1&cursor=a%2Fb"))),
            page(&[2], &next("/v1/devices?cursor=2#top")),
            page(&[3], &next("?cursor=3")),
            page(&[4], &next("other/../devices?cursor=\\u00fc{|}")),
            page(&[5], &next(&format!("HTTP://{host}/v1/devices?cursor=5 6"))),
        ]
    })
    .await;
    let paging = Paging::address("/paging/next").items("/items");
    let call = list(&own.client(), operation(paging)).limit(1);
    let call = call.customize().header("x-team", "7").query("extra", "1");
    let mut items = call.items();
    for id in 1..=5 {
        assert_eq!(items.try_next().await.unwrap().unwrap().id, id);
    }
    // An address has no space.
    let error = items.try_next().await.unwrap_err();
    let place = "`/paging/next` of the reply".to_owned();
    assert_eq!(why(&error), PagingError::Unusable { place, expected: "address" });
    let last = "?cursor=%C3%BC%7B%7C%7D";
    assert_eq!(
        targets(&own),
        ["?limit=1&extra=1", "?limit=1&cursor=a%2Fb", "?cursor=2", "?cursor=3", last]
    );
    for request in own.requests() {
        assert_eq!(header(&request, "authorization"), Some("Bearer t0ken"));
        assert_eq!(header(&request, "x-team"), Some("7"));
    }
}

#[tokio::test]
async fn the_link_header_is_followed() {
    let links = [
        "link: </v1/devices?at=1>; rel=\"first prev\", </v1/devices?at=2&x=1,2>; title=\"a, b\"; rel=\"next\"\r\n",
        "link: </help>; rel=help\r\nLink: <?at=3>;rel=next\r\n",
        "link: </v1/devices?at=1>; rel=\"first\"\r\n",
    ];
    let head = "content-type: application/json\r\n";
    let page = |link: &str, id: i64| {
        reply("200 OK", &format!("{head}{link}"), format!("[{{\"id\":{id}}}]"))
    };
    let server = Server::start([page(links[0], 1), page(links[1], 2), page(links[2], 3)]).await;
    let call = list(&server.client(), operation(Paging::link("next")));
    assert_eq!(ids(call.limit(1).items()).await, [1, 2, 3]);
    assert_eq!(targets(&server), ["?limit=1", "?at=2&x=1,2", "?at=3"]);
}

#[tokio::test]
async fn a_credential_in_the_query_is_neither_doubled_nor_kept() {
    let next = ",\"next\":\"/v1/devices?at=2&api+key=s3cret&x=1\"";
    let server = Server::start([page(&[1], next), page(&[2], "")]).await;
    let client = server.builder().query_key("s3cret").build().unwrap();
    let own = KEYED.paging(Paging::address("/next").items("/items"));
    let mut pages = list(&client, own).pages();
    assert!(pages.next().await.unwrap().is_ok());
    let token = pages.token().unwrap().to_string();
    assert!(!token.contains("czNjcmV0") && !token.contains("s3cret"), "{token}");
    assert!(pages.next().await.unwrap().is_ok());
    assert_eq!(targets(&server), ["?api%20key=s3cret", "?at=2&x=1&api%20key=s3cret"]);
}

#[tokio::test]
async fn a_cursor_in_the_body_leaves_the_rest_of_it_as_it_is() {
    static SEARCH: Operation = Operation::new("search", "POST", "/search")
        .body(RequestBody::json("application/json"))
        .responses(&[Response::json(Status::Code(200), "application/json", 0)])
        .idempotency_key("idempotency-key")
        .paging(Paging::cursor(PageInput::Body("/page/cursor"), "/next").items("/items"));
    let acts = [page(&[1], ",\"next\":\"c\""), page(&[2], "")];
    let server = Server::start(acts.clone()).await;
    let search = |server: &Server| List { call: server.client().core().call(&SEARCH) };
    let query: tenon_runtime::Json = tenon_runtime::json!({"q": "mac", "page": {"size": 2}});
    let call = List { call: search(&server).call.json(&query) };
    assert_eq!(ids(call.customize().idempotency_key("k1").items()).await, [1, 2]);
    let requests = server.requests();
    let bodies: Vec<&str> = requests.iter().map(|request| body(request)).collect();
    assert_eq!(
        bodies,
        [
            "{\"page\":{\"size\":2},\"q\":\"mac\"}",
            "{\"page\":{\"size\":2,\"cursor\":\"c\"},\"q\":\"mac\"}"
        ]
    );
    let keys: Vec<_> = requests.iter().map(|it| header(it, "idempotency-key").unwrap()).collect();
    assert_eq!(keys[0], "k1");
    assert!(keys[1].len() == 36, "each page has a key of its own: {keys:?}");

    // Without a body, there is one from the second page on.
    let server = Server::start(acts).await;
    assert_eq!(ids(search(&server).items()).await, [1, 2]);
    let requests = server.requests();
    assert_eq!((body(&requests[0]), body(&requests[1])), ("", "{\"page\":{\"cursor\":\"c\"}}"));
    assert_eq!(header(&requests[1], "content-type"), Some("application/json"));
}

#[tokio::test]
async fn a_page_in_an_object_of_the_query_leaves_its_other_properties_as_they_are() {
    let paging = Paging::number(PageInput::Member(0, "/page"), 0).items("/items");
    let server = Server::start([page(&[1], ""), page(&[2], ""), page(&[], "")]).await;
    let sort = tenon_runtime::json!({"page": 3, "size": 1, "sort": ["name,asc"]});
    let mut list = list(&server.client(), operation(paging));
    list.call = list.call.param(0, &sort);
    assert_eq!(ids(list.items()).await, [1, 2]);
    let sent = |page: u8| format!("?page={page}&size=1&sort=name%2Casc");
    assert_eq!(targets(&server), [sent(3), sent(4), sent(5)]);

    let server = Server::start([page(&[1], ""), page(&[], "")]).await;
    let list = self::list(&server.client(), operation(paging));
    assert_eq!(ids(list.items()).await, [1]);
    assert_eq!(targets(&server), ["", "?page=1"]);
}
