//! Credentials and servers.

use super::docs::{self, Text};
use super::rules::{self, Rule};
use super::walk::{Aspect, Change, Subject, Walk};
use crate::source::{NodeId, Tree};
use crate::spec::{Flow, Operation, Requirement, SchemeKind, SecurityScheme, Server, Spec};
use std::collections::{BTreeMap, BTreeSet};

/// An alternative: scopes by scheme.
type Alternative = BTreeMap<String, BTreeSet<String>>;

/// What is to be had to call an operation: one of these.
fn alternatives(
    stated: Option<&Vec<Vec<Requirement<'_>>>>,
    names: &BTreeMap<String, String>,
) -> Vec<Alternative> {
    let Some(stated) = stated.filter(|stated| !stated.is_empty()) else {
        return vec![Alternative::new()];
    };
    let of = |one: &Requirement<'_>| {
        let name = names.get(one.scheme).cloned().unwrap_or_else(|| one.scheme.to_owned());
        (name, one.scopes.iter().map(|scope| (*scope).to_owned()).collect())
    };
    stated.iter().map(|all| all.iter().map(of).collect()).collect()
}

/// Whoever has `all` has what `needed` asks for.
fn suffices(all: &Alternative, needed: &Alternative) -> bool {
    needed.iter().all(|(scheme, scopes)| all.get(scheme).is_some_and(|had| scopes.is_subset(had)))
}

/// Compares what two versions of an operation ask for.
pub(super) fn of_operation(
    walk: &mut Walk<'_, '_>,
    call: usize,
    was: &Operation<'_>,
    is: &Operation<'_>,
) {
    let names = renamed(walk);
    let own = (was.security.as_ref(), is.security.as_ref());
    let old = alternatives(own.0.or(walk.old.spec.security.as_ref()), &names);
    let new = alternatives(own.1.or(walk.new.spec.security.as_ref()), &BTreeMap::new());
    let set = |list: &[Alternative]| list.iter().cloned().collect::<BTreeSet<_>>();
    if set(&old) == set(&new) {
        return;
    }
    let is_enough = |old: &Alternative| new.iter().any(|new| suffices(old, new));
    let is_free = |list: &[Alternative]| list.iter().any(Alternative::is_empty);
    let (rule, verb) = match old.iter().all(is_enough) {
        true if is_free(&new) => (&rules::SECURITY_RELAXED, "needs no credentials any more"),
        true => (&rules::SECURITY_RELAXED, "takes other credentials too"),
        false if is_free(&old) => (&rules::SECURITY_REQUIRED, "asks for credentials"),
        false => (&rules::SECURITY_REQUIRED, "asks for other credentials"),
    };
    // What the document states for all of its operations is one change.
    let of_all = own.0.is_none() && own.1.is_none();
    let node = |tree: &Tree, at: NodeId| {
        let holder = if of_all { tree.root() } else { at };
        tree.get(holder, "security").unwrap_or(holder)
    };
    let (a, b) = (node(walk.old.tree, was.at), node(walk.new.tree, is.at));
    let subject = match of_all {
        true => "every operation without credentials of its own".to_owned(),
        false => format!("`{} {}`", is.method, is.path),
    };
    let change = Change::new(walk, rule, Some(a), Some(b), verb)
        .about(call)
        .subject(subject)
        .texts(Some(words(&old)), Some(words(&new)));
    // A scheme that no operation names any more has no setter.
    let named = |list: &[Alternative]| list.iter().flat_map(|it| it.keys().cloned()).collect();
    let keys: (BTreeSet<String>, BTreeSet<String>) = (
        named(&alternatives(own.0.or(walk.old.spec.security.as_ref()), &BTreeMap::new())),
        named(&new),
    );
    let change = keys.0.iter().fold(change, |it, key| it.explains(item(key), None, Aspect::Any));
    let change = keys.1.iter().fold(change, |it, key| it.explains(None, item(key), Aspect::Any));
    walk.push(change);
}

fn words(list: &[Alternative]) -> String {
    let one = |all: &Alternative| {
        let parts = all.iter().map(|(scheme, scopes)| match scopes.len() {
            0 => scheme.clone(),
            _ => {
                let scopes: Vec<&str> = scopes.iter().map(String::as_str).collect();
                format!("{scheme} ({})", scopes.join(", "))
            }
        });
        let parts: Vec<String> = parts.collect();
        if parts.is_empty() { "none".to_owned() } else { parts.join(" and ") }
    };
    list.iter().map(one).collect::<Vec<_>>().join(", or ")
}

fn scheme<'s, 't>(spec: &'s Spec<'t>, key: &str) -> Option<&'s SecurityScheme<'t>> {
    spec.schemes.iter().find(|scheme| scheme.key == key)
}

/// Schemes whose key changed and nothing else, from the old key to the new.
fn renamed(walk: &Walk<'_, '_>) -> BTreeMap<String, String> {
    let (old, new) = (&walk.old.spec, &walk.new.spec);
    let gone = old.schemes.iter().filter(|it| scheme(new, it.key).is_none());
    let mut come: Vec<&SecurityScheme<'_>> =
        new.schemes.iter().filter(|it| scheme(old, it.key).is_none()).collect();
    let mut names = BTreeMap::new();
    for it in gone {
        let same = |other: &&SecurityScheme<'_>| kind(&other.kind) == kind(&it.kind);
        if let Some(at) = come.iter().position(same) {
            names.insert(it.key.to_owned(), come.remove(at).key.to_owned());
        }
    }
    names
}

/// How a credential is sent, as words.
fn kind(kind: &SchemeKind<'_>) -> String {
    match kind {
        SchemeKind::ApiKey { place, name } => format!("a key in {place:?} `{name}`"),
        SchemeKind::Http(scheme) => format!("HTTP {}", scheme.to_lowercase()),
        SchemeKind::OAuth2(_) => "OAuth 2.0".to_owned(),
        SchemeKind::OpenIdConnect(_) => "OpenID Connect".to_owned(),
        SchemeKind::MutualTls => "mutual TLS".to_owned(),
    }
}

fn item(key: &str) -> Option<Subject> {
    Some(Subject::Other(format!("scheme {key}")))
}

/// Compares the security schemes.
pub(super) fn schemes(walk: &mut Walk<'_, '_>) {
    let (before, after) = (walk.old, walk.new);
    let names = renamed(walk);
    for old in &before.spec.schemes {
        let key = names.get(old.key).map_or(old.key, String::as_str);
        let Some(new) = scheme(&after.spec, key) else {
            let change =
                Change::new(walk, &rules::SCHEME_REMOVED, Some(old.at), None, "was removed");
            walk.push(change.explains(item(old.key), None, Aspect::Any));
            continue;
        };
        if key != old.key {
            let verb = format!("was called `{}`", old.key);
            let change =
                Change::new(walk, &rules::SCHEME_RENAMED, Some(old.at), Some(new.at), verb);
            let change = change.texts(Some(old.key.to_owned()), Some(key.to_owned()));
            walk.push(change.explains(item(old.key), item(key), Aspect::Any));
        }
        one(walk, old, new);
    }
    for new in &after.spec.schemes {
        let is_known =
            scheme(&before.spec, new.key).is_some() || names.values().any(|name| name == new.key);
        if !is_known {
            let change = Change::new(walk, &rules::SCHEME_ADDED, None, Some(new.at), "was added");
            walk.push(change.explains(None, item(new.key), Aspect::Any));
        }
    }
}

fn one(walk: &mut Walk<'_, '_>, old: &SecurityScheme<'_>, new: &SecurityScheme<'_>) {
    let text = Text {
        keyword: "description",
        old: (old.at, old.description),
        new: (new.at, new.description),
    };
    if let Some(change) = docs::text(walk, &text) {
        walk.push(change);
    }
    if kind(&old.kind) != kind(&new.kind) {
        let (was, is) = (kind(&old.kind), kind(&new.kind));
        let verb = format!("was {was}, is {is}");
        let change = Change::new(walk, &rules::SCHEME_CHANGED, Some(old.at), Some(new.at), verb);
        let change = change.texts(Some(was), Some(is));
        return walk.push(change.explains(item(old.key), item(new.key), Aspect::Any));
    }
    if let (SchemeKind::OAuth2(a), SchemeKind::OAuth2(b)) = (&old.kind, &new.kind) {
        flows(walk, (old.at, a), (new.at, b));
    }
    if let (SchemeKind::OpenIdConnect(a), SchemeKind::OpenIdConnect(b)) = (&old.kind, &new.kind)
        && a != b
    {
        let verb = format!("was `{a}`, is `{b}`");
        let change = Change::new(walk, &rules::OAUTH_URL_CHANGED, Some(old.at), Some(new.at), verb);
        walk.push(change.detail("openIdConnectUrl"));
    }
}

fn flows(walk: &mut Walk<'_, '_>, old: (NodeId, &[Flow<'_>]), new: (NodeId, &[Flow<'_>])) {
    for b in new.1 {
        let Some(a) = old.1.iter().find(|flow| flow.name == b.name) else {
            flow(
                walk,
                &rules::SCHEME_CHANGED,
                (old.0, new.0),
                format!("got the flow {}", b.name),
                b.name,
            );
            continue;
        };
        let urls = [
            ("authorization", a.authorization_url, b.authorization_url),
            ("token", a.token_url, b.token_url),
            ("refresh", a.refresh_url, b.refresh_url),
        ];
        for (name, was, is) in urls.into_iter().filter(|(_, was, is)| was != is) {
            let word = |url: Option<&str>| url.unwrap_or("none").to_owned();
            let verb = format!("had the {name} address `{}`, has `{}`", word(was), word(is));
            flow(
                walk,
                &rules::OAUTH_URL_CHANGED,
                (old.0, new.0),
                verb,
                &format!("{} {name}", b.name),
            );
        }
        scopes(walk, (old.0, a), (new.0, b));
    }
    for a in old.1.iter().filter(|a| !new.1.iter().any(|b| a.name == b.name)) {
        flow(
            walk,
            &rules::SCHEME_CHANGED,
            (old.0, new.0),
            format!("lost the flow {}", a.name),
            a.name,
        );
    }
}

fn flow(
    walk: &mut Walk<'_, '_>,
    rule: &'static Rule,
    (old, new): (NodeId, NodeId),
    verb: String,
    detail: &str,
) {
    let change = Change::new(walk, rule, Some(old), Some(new), verb).detail(detail);
    let scope = Some(Subject::Other(format!("scope {detail}")));
    walk.push(change.explains(scope.clone(), scope, Aspect::Any));
}

fn scopes(walk: &mut Walk<'_, '_>, old: (NodeId, &Flow<'_>), new: (NodeId, &Flow<'_>)) {
    let find = |flow: &Flow<'_>, name: &str| {
        flow.scopes.iter().find(|(known, _)| *known == name).map(|(_, text)| (*text).to_owned())
    };
    for (name, text) in &old.1.scopes {
        match find(new.1, name) {
            None => flow(
                walk,
                &rules::OAUTH_SCOPE_REMOVED,
                (old.0, new.0),
                format!("lost the scope `{name}`"),
                name,
            ),
            Some(is) if is != *text => {
                let verb = format!("describes the scope `{name}` otherwise");
                flow(walk, &rules::DESCRIPTION_CHANGED, (old.0, new.0), verb, name);
            }
            Some(_) => {}
        }
    }
    for (name, _) in new.1.scopes.iter().filter(|(name, _)| find(old.1, name).is_none()) {
        flow(
            walk,
            &rules::OAUTH_SCOPE_ADDED,
            (old.0, new.0),
            format!("got the scope `{name}`"),
            name,
        );
    }
}

/// Compares the servers of the document.
pub(super) fn servers(walk: &mut Walk<'_, '_>) {
    let (before, after) = (walk.old, walk.new);
    let roots = (before.tree.root(), after.tree.root());
    for change in lists(walk, &before.spec.servers, &after.spec.servers, roots) {
        walk.push(change);
    }
}

/// Compares the servers of an operation.
pub(super) fn servers_of_operation(
    walk: &mut Walk<'_, '_>,
    call: usize,
    was: &Operation<'_>,
    is: &Operation<'_>,
) {
    for change in lists(walk, &was.servers, &is.servers, (was.at, is.at)) {
        walk.push(change.about(call));
    }
}

/// The enum of servers, and what takes it.
fn enumeration() -> Option<Subject> {
    Some(Subject::Other("servers".to_owned()))
}

fn lists(
    walk: &Walk<'_, '_>,
    old: &[Server<'_>],
    new: &[Server<'_>],
    holders: (NodeId, NodeId),
) -> Vec<Change> {
    let mut changes = Vec::new();
    let mut gone: Vec<&Server<'_>> = old.iter().collect();
    let mut come: Vec<&Server<'_>> = new.iter().collect();
    let mut both = Vec::new();
    for a in old {
        if let Some(at) = come.iter().position(|b| b.url == a.url) {
            both.push((a, come.remove(at)));
            gone.retain(|other| !std::ptr::eq(*other, a));
        }
    }
    if let ([a], [b]) = (gone.as_slice(), come.as_slice()) {
        let verb = format!("was `{}`, is `{}`", a.url, b.url);
        let change = Change::new(walk, &rules::SERVER_CHANGED, Some(a.at), Some(b.at), verb);
        let change = change.subject("server").explains(enumeration(), enumeration(), Aspect::Any);
        changes.push(change.texts(Some(a.url.to_owned()), Some(b.url.to_owned())));
        both.push((a, b));
        (gone, come) = (Vec::new(), Vec::new());
    } else if let (Some(a), Some(b)) = (old.first(), new.first())
        && a.url != b.url
        && old.iter().any(|it| it.url == b.url)
    {
        let verb = format!("was `{}`, is `{}`", a.url, b.url);
        let change =
            Change::new(walk, &rules::SERVER_DEFAULT_CHANGED, Some(a.at), Some(b.at), verb);
        let change = change.explains(enumeration(), enumeration(), Aspect::Any);
        changes.push(change.subject("the first server"));
    }
    for a in gone {
        let verb = format!("was removed: `{}`", a.url);
        let change = Change::new(walk, &rules::SERVER_REMOVED, Some(a.at), Some(holders.1), verb);
        changes.push(change.subject("server").detail(a.url).explains(
            enumeration(),
            None,
            Aspect::Any,
        ));
    }
    for b in come {
        let verb = format!("was added: `{}`", b.url);
        let change = Change::new(walk, &rules::SERVER_ADDED, Some(holders.0), Some(b.at), verb);
        changes.push(change.subject("server").detail(b.url).explains(
            None,
            enumeration(),
            Aspect::Any,
        ));
    }
    for (a, b) in both {
        changes.extend(variables(walk, a, b));
        let text =
            Text { keyword: "description", old: (a.at, a.description), new: (b.at, b.description) };
        changes.extend(docs::text(walk, &text));
    }
    changes
}

fn variables(walk: &Walk<'_, '_>, old: &Server<'_>, new: &Server<'_>) -> Vec<Change> {
    let words = |server: &Server<'_>, name: &str| {
        let found = server.variables.iter().find(|it| it.name == name)?;
        let default = found.default.unwrap_or_default();
        Some(format!("default `{default}`, of {:?}", found.values))
    };
    let names: BTreeSet<&str> =
        old.variables.iter().chain(&new.variables).map(|it| it.name).collect();
    let mut changes = Vec::new();
    for name in names {
        let (was, is) = (words(old, name), words(new, name));
        if was == is {
            continue;
        }
        let verb = format!("has another variable `{name}`");
        let change =
            Change::new(walk, &rules::SERVER_VARIABLE_CHANGED, Some(old.at), Some(new.at), verb);
        let subject = Some(Subject::Other(format!("variable {name}")));
        let change = change.subject("server").detail(name).texts(was, is);
        changes.push(change.explains(subject.clone(), subject, Aspect::Any));
    }
    changes
}
