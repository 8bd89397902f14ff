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
fn dots_are_seen_in_each_spelling() {
    for segment in [".", "..", "%2e", "%2E.", ".%2e", "%2e%2E"] {
        assert!(is_dot_segment(segment), "{segment}");
    }
    for segment in ["", "...", "%2e%2e%2e", "a.", ".a", "%2", "%2f", "%25", "é.", ".é"] {
        assert!(!is_dot_segment(segment), "{segment}");
    }
}
