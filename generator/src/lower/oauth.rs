//! OAuth 2.0 schemes: endpoints of all flows together, and how the vendor departs from the RFCs,
//! which extensions of the scheme tell.

use super::cx::Cx;
use super::value;
use crate::diag::{At, Code};
use crate::spec::{Flow, SecurityScheme};
use tenon_ir as ir;

/// The credential of a scheme with these flows, or of one whose endpoints are found by discovery.
pub(super) fn credential(
    cx: &mut Cx<'_, '_>,
    scheme: &SecurityScheme<'_>,
    flows: &[Flow<'_>],
    discovery: Option<&str>,
) -> ir::Credential {
    let flows = &in_order(flows);
    let at = scheme.at;
    let own = |cx: &mut Cx<'_, '_>, key: &str| value::text(cx, at, key).map(str::to_owned);
    let first = |get: fn(&Flow<'_>) -> Option<String>| flows.iter().find_map(|flow| get(flow));
    one_token_url(cx, scheme, flows);
    ir::Credential::OAuth2(Box::new(ir::OAuth2 {
        prefix: own(cx, "x-prefix").unwrap_or_else(|| "Bearer ".to_owned()),
        flows: flows.iter().map(|flow| in_words(flow.name)).collect(),
        authorization_url: first(|flow| flow.authorization_url.map(str::to_owned)),
        token_url: first(|flow| flow.token_url.map(str::to_owned)),
        refresh_url: first(|flow| flow.refresh_url.map(str::to_owned)),
        revocation_url: own(cx, "x-revocation-url"),
        device_url: first(|flow| flow.device_authorization_url.map(str::to_owned)),
        discovery_url: discovery.filter(|url| !url.is_empty()).map(str::to_owned),
        scope_separator: own(cx, "x-scope-separator"),
        secret_in_body: secret_in_body(cx, scheme),
        revocation_parameter: own(cx, "x-revocation-parameter"),
        authorization_params: value::pairs(cx, at, "x-authorization-parameters"),
        origins: value::pairs(cx, at, "x-origins"),
        max_refresh_tokens: max_refresh_tokens(cx, scheme),
        scopes: scopes(flows),
    }))
}

/// Flows from the most usual to the least, whatever their order in the document.
fn in_order<'a, 't>(flows: &'a [Flow<'t>]) -> Vec<&'a Flow<'t>> {
    const ORDER: [&str; 4] =
        ["authorizationCode", "clientCredentials", "deviceAuthorization", "password"];
    let mut flows: Vec<_> = flows.iter().collect();
    flows.sort_by_key(|flow| {
        let rank = ORDER.iter().position(|name| *name == flow.name);
        (rank.unwrap_or(ORDER.len()), flow.name)
    });
    flows
}

/// Scopes of all flows, once each.
fn scopes(flows: &[&Flow<'_>]) -> Vec<ir::Scope> {
    let mut scopes: Vec<ir::Scope> = Vec::new();
    for (scope, description) in flows.iter().flat_map(|flow| &flow.scopes) {
        if !scopes.iter().any(|known| known.value == *scope) {
            scopes.push(ir::Scope {
                name: ir::Ident((*scope).to_owned()),
                value: (*scope).to_owned(),
                description: (*description).to_owned(),
            });
        }
    }
    scopes.sort_by(|one, other| one.value.cmp(&other.value));
    scopes
}

/// A scheme has one token endpoint in the client; a document may give each flow its own.
fn one_token_url(cx: &mut Cx<'_, '_>, scheme: &SecurityScheme<'_>, flows: &[&Flow<'_>]) {
    let mut urls = flows.iter().filter_map(|flow| Some((flow.name, flow.token_url?)));
    let Some((_, first)) = urls.next() else { return };
    if let Some((name, url)) = urls.find(|(_, url)| *url != first) {
        let message = format!("the flow `{name}` has a token endpoint of its own, `{url}`");
        cx.sink.warning(Code::Degraded, At::Node(scheme.at), message).help(format!(
            "`{first}` is used for every flow; users of this one set `token_url(…)`"
        ));
    }
}

/// `x-token-endpoint-auth-method`, with the names of OpenID Connect (Core 1.0, section 9).
fn secret_in_body(cx: &mut Cx<'_, '_>, scheme: &SecurityScheme<'_>) -> bool {
    const KEY: &str = "x-token-endpoint-auth-method";
    match value::text(cx, scheme.at, KEY) {
        Some("client_secret_post") => true,
        None | Some("client_secret_basic") => false,
        Some(_) => {
            let at = value::stated(cx, scheme.at, KEY).unwrap_or(scheme.at);
            value::invalid(cx, at, KEY, "`client_secret_basic` or `client_secret_post`");
            false
        }
    }
}

/// `x-max-refresh-tokens`
fn max_refresh_tokens(cx: &mut Cx<'_, '_>, scheme: &SecurityScheme<'_>) -> Option<u32> {
    const KEY: &str = "x-max-refresh-tokens";
    let at = value::stated(cx, scheme.at, KEY)?;
    let number = cx.spec.tree.integer(at).and_then(|number| u32::try_from(number).ok());
    if number.is_none() {
        value::invalid(cx, at, KEY, "a whole number");
    }
    number
}

fn in_words(flow: &str) -> String {
    let words = match flow {
        "authorizationCode" => "authorization code",
        "clientCredentials" => "client credentials",
        "deviceAuthorization" => "device authorization",
        other => other,
    };
    words.to_owned()
}
