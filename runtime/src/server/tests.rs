//! Choosing a server, filling it in, and refusing what would change the address.

use super::*;

static API: Api = Api::new("test", "Test", "1")
    .servers(&[
        ServerTemplate::new("Cloud", "https://{subdomain}.{region}.example.com/"),
        ServerTemplate::new("On-premises", "{server_url}/api/{version}"),
    ])
    .variables(&[
        Variable::required("subdomain"),
        Variable::new("region", "api"),
        Variable::required("server_url"),
        Variable::new("version", "v1"),
    ]);

fn choice(set: &[(usize, &str)]) -> Choice {
    let mut choice = Choice { variables: vec![None; API.variables.len()], ..Choice::default() };
    for (index, value) in set {
        choice.variables[*index] = Some((*value).to_owned());
    }
    choice
}

fn address(choice: &Choice) -> Result<String, String> {
    let base = choice.resolve(&API).map_err(|error| error.to_string())?;
    Ok(base.to_string())
}

#[test]
fn addresses_of_operations_follow_what_is_set() {
    static OWN: Api = Api::new("test", "Test", "1")
        .servers(&[
            ServerTemplate::new("Live", "https://api.{site}.example"),
            ServerTemplate::new("Test", "https://api.test.example"),
        ])
        .variables(&[
            Variable::new("site", "us").of_operations(),
            Variable::new("team", "all").of_operations(),
        ]);
    let choice = |template, site: Option<&str>, team: Option<&str>| {
        let variables = vec![site.map(str::to_owned), team.map(str::to_owned)];
        Choice { template, variables, ..Choice::default() }
    };
    let both = |choice: &Choice, urls: &[&str]| {
        let own = choice.resolve_own(&OWN, urls).unwrap();
        (choice.resolve(&OWN).unwrap().to_string(), own.unwrap().to_string())
    };
    let all = &["https://{team}.logs.{site}.example", "https://logs.test.example"][..];
    let shown = |own: (String, String)| format!("{} {}", own.0, own.1);
    let usual = both(&choice(None, None, None), all);
    assert_eq!(shown(usual), "https://api.us.example https://all.logs.us.example");
    let set = both(&choice(None, Some("eu"), Some("a")), all);
    assert_eq!(shown(set), "https://api.eu.example https://a.logs.eu.example");
    let test = both(&choice(Some(1), None, None), all);
    assert_eq!(shown(test), "https://api.test.example https://logs.test.example");
    let one = both(&choice(Some(1), Some("eu"), None), &all[..1]);
    assert_eq!(shown(one), "https://api.test.example https://all.logs.eu.example");
    assert!(choice(None, None, None).resolve_own(&OWN, &[]).is_none());
    let moved = choice(None, None, Some("a/b")).resolve_own(&OWN, all).unwrap();
    assert!(moved.unwrap_err().to_string().contains("another part"));
}

#[test]
fn the_first_server_that_uses_what_is_set_is_chosen() {
    let cloud = "https://acme.api.example.com";
    assert_eq!(address(&choice(&[(0, "acme")])).as_deref(), Ok(cloud));
    let eu = "https://acme.eu.example.com";
    assert_eq!(address(&choice(&[(0, "acme"), (1, "eu")])).as_deref(), Ok(eu));
    let own = "https://mdm.acme.test:8443/x/api/v1";
    assert_eq!(address(&choice(&[(2, "https://mdm.acme.test:8443/x/")])).as_deref(), Ok(own));
}

#[test]
fn a_chosen_server_and_an_address_go_before() {
    let mut chosen = choice(&[(2, "http://localhost")]);
    chosen.template = Some(1);
    assert_eq!(address(&chosen).as_deref(), Ok("http://localhost/api/v1"));
    chosen.base_url = Some("http://127.0.0.1:1/base/".into());
    assert_eq!(address(&chosen).as_deref(), Ok("http://127.0.0.1:1/base"));
}

#[test]
fn missing_and_unused_variables_name_the_method() {
    let missing = address(&choice(&[])).unwrap_err();
    assert!(missing.contains("`subdomain(…)`"), "{missing}");
    let mut chosen = choice(&[(2, "https://x.test"), (0, "acme")]);
    let unused = address(&chosen).unwrap_err();
    assert!(unused.contains("\"Cloud\"") && unused.contains("`server_url(…)`"), "{unused}");
    chosen.template = Some(1);
    let unused = address(&chosen).unwrap_err();
    assert!(unused.contains("\"On-premises\"") && unused.contains("`subdomain(…)`"), "{unused}");
}

#[test]
fn a_value_can_not_leave_its_place_in_the_host() {
    for value in ["evil.test/", "a@b", "a#", "a?b", "a\\b", "a b", "a\r\n", ""] {
        let error = address(&choice(&[(0, value)])).unwrap_err();
        assert!(error.contains("`subdomain(…)`"), "{value:?}: {error}");
    }
}

/// The address of a server with one variable, which has this default.
fn of_one(
    url: &'static str,
    default: Option<&'static str>,
    set: Option<&str>,
) -> Result<String, String> {
    let variable = Variable { default, ..Variable::required("v") };
    let variables: &[Variable] = Box::leak(Box::new([variable]));
    let servers: &[ServerTemplate] = Box::leak(Box::new([ServerTemplate::new("One", url)]));
    let api = Api::new("test", "Test", "1").servers(servers).variables(variables);
    let choice = Choice { variables: vec![set.map(str::to_owned)], ..Choice::default() };
    choice.resolve(&api).map(|base| base.to_string()).map_err(|error| error.to_string())
}

#[test]
fn what_the_document_says_of_a_variable_holds_whatever_it_is() {
    for (url, default, address) in [
        ("https://a.test{v}", "/sell/v1", "https://a.test/sell/v1"),
        ("https://a.test{v}", "", "https://a.test"),
        ("https://a.test/{v}", "", "https://a.test"),
        ("https://a.test/{v}", "/prod", "https://a.test/prod"),
        ("https://a.test/{v}/x", "/prod/", "https://a.test/prod/x"),
        ("https://a.test/{v}/x", "", "https://a.test/x"),
        ("https://a.test/{v}/x", "/", "https://a.test/x"),
        ("{v}a.test", "https://", "https://a.test"),
        ("{v}/x", "https://a.test/", "https://a.test/x"),
        ("https://{v}", "a.test/api", "https://a.test/api"),
        ("https://a{v}.test/", "", "https://a.test"),
        ("https://a.test/{v}", "caf\u{e9}", "https://a.test/caf%C3%A9"),
    ] {
        assert_eq!(of_one(url, Some(default), None).as_deref(), Ok(address), "{url} {default:?}");
        let again = of_one(url, Some(default), Some(default));
        assert_eq!(again.as_deref(), Ok(address), "{url} {default:?}");
    }
}

#[test]
fn nothing_is_no_value_where_the_address_needs_one() {
    for url in
        ["{v}", "{v}/x", "{v}://a.test", "https://{v}", "https://{v}.test", "https://a.{v}/x"]
    {
        let error = of_one(url, Some(""), None).unwrap_err();
        assert!(error.contains("call `v(…)`"), "{url}: {error}");
    }
}

#[test]
fn a_value_may_do_what_the_document_does() {
    for (url, default, set, address) in [
        ("https://a.test{v}", "/v1", "/v2/x", "https://a.test/v2/x"),
        ("https://a.test{v}", "/v1", "", "https://a.test"),
        ("https://a.test{v}", "", "/v2", "https://a.test/v2"),
        ("https://a.test{v}", "", ":8443", "https://a.test:8443"),
        ("https://a.test/{v}", "/prod", "/dev/", "https://a.test/dev"),
        ("https://a.test/{v}", "prod", "a/b", "https://a.test/a/b"),
        ("{v}a.test", "https://", "http://", "http://a.test"),
        ("{v}", "", "http://b.test/c", "http://b.test/c"),
        ("https://{v}", "a.test/api", "b.test/c", "https://b.test/c"),
        ("https://{v}/x", "a.test/api", "b.test", "https://b.test/x"),
        ("https://a{v}.test", "", "-eu", "https://a-eu.test"),
    ] {
        let found = of_one(url, Some(default), Some(set));
        assert_eq!(found.as_deref(), Ok(address), "{url} {default:?} {set:?}");
    }
}

#[test]
fn a_value_of_the_path_can_not_move_the_host() {
    for default in ["/v1", ""] {
        for set in [".evil.test", "v2", "@evil.test", "evil.test/x"] {
            let address = of_one("https://a.test{v}", Some(default), Some(set));
            assert_eq!(address, Ok(format!("https://a.test/{set}")), "{default:?} {set:?}");
        }
    }
    for (url, default, set) in [
        ("{v}://a.test", "https", "https://evil.test/"),
        ("{v}a.test", "https://", "https://evil.test/"),
        ("{v}a.test", "https://", "https://evil."),
        ("https://a{v}.test", "", "/x"),
        ("https://{v}", "a.test", "b.test/x"),
        ("https://a.test{v}", "/v1", "/x?y"),
        ("https://a.test/{v}", "v1", "../x"),
        ("https://{v}", "a.test/api", "u@b.test/x"),
    ] {
        let error = of_one(url, Some(default), Some(set)).unwrap_err();
        assert!(error.contains("can't"), "{url} {default:?} {set:?}: {error}");
    }
}

#[test]
fn addresses_that_can_not_be_sent_to_are_refused_without_showing_passwords() {
    for url in [
        "example.com",
        "/v1",
        "ftp://example.com",
        "https://user:hunter2@example.com/",
        "user:hunter2@example.com",
        "https://example.com/?token=hunter2",
        "https://example.com/#x",
        "https://example.com/a/../b",
        "https://example.com/%2E%2e",
        "https://exa mple.com",
        "",
    ] {
        let error = parse(url).unwrap_err().to_string();
        assert!(error.contains("base_url"), "{url}: {error}");
        assert!(!error.contains("hunter2"), "{error}");
    }
}

#[test]
fn templates_are_split_at_their_names() {
    assert!(pieces("/a/{b}/c{d}").eq([("/a/", Some("b")), ("/c", Some("d")), ("", None)]));
    assert!(pieces("/a/{b").eq([("/a/{b", None)]));
}

#[test]
fn a_query_begins_outside_of_names() {
    assert_eq!(path_and_query("/a?x={b}&y#z?"), ("/a", Some("x={b}&y")));
    assert_eq!(path_and_query("/a/{b?}/{c#}?"), ("/a/{b?}/{c#}", Some("")));
    assert_eq!(path_and_query("/a#b?c"), ("/a", None));
}

#[test]
fn dots_are_seen_in_each_spelling() {
    for segment in [".", "..", "%2e", "%2E.", ".%2e", "%2e%2E"] {
        assert!(is_dot_segment(segment), "{segment}");
    }
    for segment in ["", "...", "%2e%2e%2e", "a.", ".a", "%2", "%2f", "%25", "é.", ".é"] {
        assert!(!is_dot_segment(segment), "{segment}");
    }
}
