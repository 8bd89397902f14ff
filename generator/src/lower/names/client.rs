//! Names at the root of an API: client, servers, variables, schemes, groups.

use super::qualified::Called;
use super::scope::Scope;
use super::words::{begin_a_name, camel, module as file, screaming, snake, words};
use tenon_ir as ir;

/// Methods that every client builder has.
const BUILDER: [&str; 21] = [
    "new",
    "build",
    "base_url",
    "server",
    "timeout",
    "attempt_timeout",
    "retry",
    "retry_budget",
    "rate_limits",
    "max_concurrency",
    "max_reply_bytes",
    "user_agent",
    "header",
    "hook",
    "transport",
    "http_client",
    "proxy",
    "root_certificate",
    "variable",
    "template",
    "credential",
];

/// Types that the root of every API has.
const ROOT: [&str; 3] = ["Client", "ClientBuilder", "Server"];

/// Modules and names that an API may have beside the modules of its groups, and methods that every client has, or
/// that a trait has for it.
const MODULES: [&str; 13] = [
    "client",
    "models",
    "oauth",
    "scopes",
    "builder",
    "core",
    "clone",
    "new",
    "shared",
    "request",
    "tenon_runtime",
    "into",
    "try_into",
];

/// Modules that can't be files: the roots of modules and crates, and devices of Windows.
const FILES: [&str; 7] = ["mod", "lib", "main", "aux", "con", "nul", "prn"];

/// What the last word of a tag says only of the class of its handlers.
const HANDLERS: [&str; 2] = ["controller", "api"];

/// Names servers, variables, schemes and groups.
pub(super) fn assign(api: &mut ir::Api) {
    let mut types = Scope::with(&ROOT);
    let mut setters = Scope::with(&BUILDER);
    let mut servers = Scope::default();
    for server in &mut api.servers {
        server.name = servers.take(&[camel(&words(&server.name.0))]);
    }
    for variable in &mut api.variables {
        let name = snake(&words(&variable.wire));
        variable.name = setters.take(&[name.clone(), format!("{name}_variable")]);
        if let Some(choices) = &mut variable.choices {
            let name = camel(&words(&choices.name.0));
            choices.name = types.take(&[name.clone(), format!("{name}Choice")]);
            let mut variants = Scope::default();
            for variant in &mut choices.variants {
                variant.name = variants.take(&[camel(&words(&variant.name.0))]);
            }
        }
    }
    for scheme in &mut api.schemes {
        let name = snake(&words(&scheme.key));
        scheme.name = setters.take(&[name.clone(), format!("{name}_auth")]);
        scopes(&mut scheme.credential);
    }
    groups(api, &mut types);
}

fn scopes(credential: &mut ir::Credential) {
    match credential {
        ir::Credential::OAuth2(oauth) => {
            let mut names = Scope::default();
            for scope in &mut oauth.scopes {
                scope.name = names.take(&[screaming(&words(&scope.value))]);
            }
        }
        ir::Credential::Bearer
        | ir::Credential::Basic
        | ir::Credential::Header { .. }
        | ir::Credential::Query { .. }
        | ir::Credential::Cookie { .. }
        | ir::Credential::MutualTls
        | ir::Credential::Transport => {}
    }
}

/// The words of what a tag is about, without the number in front that puts it in its place, `1. Users`, and
/// without what frameworks call the class of its handlers, `user-controller`, `UsersApi`.
pub(super) fn subject<'a>(tag: &str, words: &'a [String]) -> &'a [String] {
    let number = tag.trim_start_matches(|c: char| c.is_ascii_digit());
    let is_numbered = number.len() < tag.len() && number.starts_with(['.', ')']);
    let words = match words {
        [_, rest @ ..] if is_numbered && begin_a_name(rest) => rest,
        _ => words,
    };
    // What is left of `xAPI` says nothing.
    let says = |about: &[String]| about.iter().any(|word| word.chars().count() > 1);
    match words {
        [about @ .., last] if HANDLERS.contains(&last.as_str()) && says(about) => about,
        _ => words,
    }
}

fn groups(api: &mut ir::Api, types: &mut Scope) {
    let mut modules = Scope::with(&[MODULES.as_slice(), &FILES].concat());
    if let Some(mock) = &mut api.mock {
        *mock = modules.take(&["mock".to_owned()]);
        // A mock server has a method for each group, beside this one.
        modules.insert("start");
    }
    let tags: Vec<&str> = api.groups.iter().map(|group| group.tag.as_str()).collect();
    let called = Called::of(&tags);
    let tags: Vec<Vec<String>> = tags.iter().map(|tag| words(called.name(tag))).collect();
    for (group, tag) in api.groups.iter_mut().zip(&tags) {
        let about = subject(&group.tag, tag);
        let is_free = tag == about || !tags.iter().any(|tag| tag == about);
        let tag = if is_free { about } else { tag.as_slice() };
        let (module, name) = (file(tag), camel(tag));
        let names = [name.clone(), format!("{name}Api")];
        // The type is renamed with its module, so that one is known by the other.
        let from = usize::from(!modules.is_free(&module));
        group.name = modules.take(&[module.clone(), format!("{module}_api")]);
        group.type_name = types.take(&names[from..]);
        let mut parts = Scope::with(&FILES);
        group.parts.iter_mut().for_each(|it| *it = parts.take(&[file(&words(&it.0))]));
    }
    let mut module = |names: [&str; 2]| modules.take(&names.map(str::to_owned));
    api.headers_module = module(["headers", "reply_headers"]);
    api.webhooks_module = module(["webhooks", "webhook_payloads"]);
    let mut parts = Scope::with(&FILES);
    api.webhook_parts.iter_mut().for_each(|it| *it = parts.take(&[file(&words(&it.0))]));
    let mut files = Scope::with(&FILES);
    for family in &mut api.families {
        let group = api.groups.iter().find(|group| group.tag == family.name.0);
        family.name = match group {
            Some(group) if files.is_free(group.name.as_str()) => {
                files.insert(group.name.as_str());
                group.name.clone()
            }
            _ => {
                let name = file(&words(&family.name.0));
                files.take(&[name.clone(), format!("{name}_models")])
            }
        };
    }
}
