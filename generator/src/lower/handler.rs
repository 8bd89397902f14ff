//! The function behind an operation, where a framework made the operation's id of its name and of
//! what tells it apart from others: the method and path, the class, a number. What is made of the path
//! says where the API lies, too.

use std::collections::{HashMap, HashSet};

use super::evidence::format::is_digits;
use super::{address, group, names};
use crate::source::NodeId;
use crate::spec::Operation;

/// Half bytes of the shortest id that tools make up: an `ObjectId` of MongoDB, as Azure has it.
const SHORTEST_DIGEST: usize = 24;

/// Words that begin what is done: the id `get.pets`, the path `/pets/getAll`.
const VERBS: [&str; 32] = [
    "add", "cancel", "check", "create", "delete", "download", "fetch", "find", "generate", "get",
    "list", "make", "move", "patch", "post", "put", "register", "remove", "reset", "save",
    "search", "send", "set", "start", "stop", "submit", "sync", "update", "upload", "validate",
    "verify", "resend",
];

/// The ids of a document, each with the tag of its operation.
type Ids<'a> = HashMap<&'a str, Option<String>>;

/// What the functions are called, of the operations whose id says more than that.
#[derive(Default)]
pub(super) struct Handlers {
    /// By operation: the name, and all that is said.
    names: HashMap<NodeId, (String, String)>,
    /// By id, where it says the method too; the id itself, where another operation is called so.
    unique: HashMap<String, String>,
}

impl Handlers {
    /// Those of the operations of a document.
    pub(super) fn of(operations: &[Operation<'_>]) -> Handlers {
        let tag = |it: &Operation<'_>| it.tags.first().map(|tag| (*tag).to_owned());
        let ids = operations.iter().filter_map(|it| Some((it.id?, tag(it)))).collect();
        let mut handlers = Handlers::default();
        let mut times: HashMap<String, usize> = HashMap::new();
        let mut paths = HashSet::new();
        for operation in operations {
            let own = own_id(operation);
            let (stated, of_path) = (called(operation, own), of_path(operation, own));
            let of_function = own.and_then(|id| of_function(id, operation, &ids));
            let name = of_function.map(str::to_owned).or_else(|| of_path.clone());
            *times.entry(name.clone().unwrap_or_else(|| stated.clone())).or_insert(0) += 1;
            // Another version of a path leaves the names of the first as they are.
            if let Some(name) = of_path.clone().filter(|name| paths.insert(name.clone())) {
                handlers.unique.insert(stated.clone(), name);
            }
            if let Some(name) = name {
                let is_of_path = operation.id.and_then(|id| behind_path(id, operation)).is_some();
                let whole = of_path.filter(|it| is_of_path && *it != name).unwrap_or(stated);
                handlers.names.insert(operation.at, (name, whole));
            }
        }
        for operation in operations {
            let Some(id) = operation.id else { continue };
            let Some(name) = with_method(id, operation) else { continue };
            let unique = if times.get(name) == Some(&1) { name } else { id };
            handlers.unique.insert(id.to_owned(), unique.to_owned());
        }
        handlers
    }

    /// The function behind the operation at a node.
    pub(super) fn name(&self, at: NodeId) -> Option<&str> {
        self.names.get(&at).map(|(name, _)| name.as_str())
    }

    /// All that is said of an operation that has such a name.
    pub(super) fn whole(&self, at: NodeId) -> Option<&str> {
        self.names.get(&at).map(|(_, whole)| whole.as_str())
    }

    /// What tells the operation with this id from all others, where a framework made the id of its method.
    pub(super) fn unique(&self, id: &str) -> Option<&str> {
        self.unique.get(id).map(String::as_str)
    }

    /// The title is that which FastAPI makes of an operation's id, for its reply: `Response Read Pets Get`.
    pub(super) fn is_of_reply(&self, title: &str) -> bool {
        let id = title.strip_prefix("Response ").map(|id| id.to_lowercase().replace(' ', "_"));
        id.is_some_and(|id| self.unique.contains_key(&id))
    }
}

/// What names an operation: its id, or its method and path where it has none that says anything.
pub(super) fn stated(operation: &Operation<'_>) -> String {
    called(operation, own_id(operation))
}

fn called(operation: &Operation<'_>, own: Option<&str>) -> String {
    own.map_or_else(|| made_name(operation, operation.path), str::to_owned)
}

/// The id that an author wrote, or a framework made of more than method and path.
fn own_id<'t>(operation: &Operation<'t>) -> Option<&'t str> {
    let says = |id: &&str| {
        !is_digest(id) && !is_path(id, operation) && behind_path(id, operation) != Some("")
    };
    operation.id.filter(says)
}

/// `api_pets_id_get`: the whole path and the method, where the path has more than the words that say what it is
/// about.
fn is_path(id: &str, operation: &Operation<'_>) -> bool {
    let method = operation.method.to_ascii_lowercase();
    // Most ids end in another word: that is seen without taking them apart.
    let words = id.trim_end_matches(|c: char| !c.is_alphanumeric());
    if !words.to_ascii_lowercase().ends_with(&method) {
        return false;
    }
    let has_more =
        operation.path.contains('{') || address::length(&address::segments(operation)) > 0;
    let whole = format!("{} {method}", operation.path);
    has_more && names::method_words(&whole) == names::method_words(id)
}

/// The id is a hash or a UUID, as tools make them up where authors state none: it says nothing.
fn is_digest(id: &str) -> bool {
    let digits: Vec<char> = id.chars().filter(|c| *c != '-').collect();
    digits.len() >= SHORTEST_DIGEST && digits.iter().all(char::is_ascii_hexdigit)
}

/// The words of a method and path.
fn made_name(operation: &Operation<'_>, path: &str) -> String {
    let path = path.replace('{', " by ").replace(['}', '/'], " ");
    format!("{} {path}", operation.method.to_ascii_lowercase())
}

/// The name of the function, if the id says more.
fn of_function<'t>(id: &'t str, operation: &Operation<'_>, ids: &Ids<'_>) -> Option<&'t str> {
    let name = with_method(id, operation)
        .or_else(|| behind_path(id, operation))
        .or_else(|| before_number(id, operation, ids))
        .or_else(|| behind_class(id, operation))?;
    name.starts_with(char::is_alphabetic).then_some(name)
}

/// The name without where the API lies: of the operation's own id that a framework made of the path, and of the
/// path where there is none.
fn of_path(operation: &Operation<'_>, own: Option<&str>) -> Option<String> {
    let made = || {
        action(operation)
            .unwrap_or_else(|| made_name(operation, &address::named(operation).join("/")))
    };
    let Some(id) = own else {
        let short = made();
        let whole = called(operation, own);
        return (names::method_words(&short) != names::method_words(&whole)).then_some(short);
    };
    match behind_path(id, operation) {
        Some(name) => Some(format!("{} {name}", made())),
        None => without_address(id, operation),
    }
}

/// What is done, where the path says so itself, and to what: `/pets/getAll`, `/Pets/FindPetById/{id}`.
fn action(operation: &Operation<'_>) -> Option<String> {
    let segments = address::named(operation);
    let at = segments.iter().position(|segment| !address::is_text(segment));
    let (fixed, rest) = segments.split_at(at.unwrap_or(segments.len()));
    if rest.iter().any(|segment| address::is_text(segment)) {
        return None;
    }
    let last = fixed.last()?;
    let words = names::method_words(last);
    let (verb, object) = words.split_once('_')?;
    // `update-requests` and `/UpdateRequests` are rather things.
    let is_done = fixed.len() > 1 || last.starts_with(char::is_lowercase);
    if !is_done || last.contains(['-', '_']) {
        return None;
    }
    let says = |part: &str| object.split('_').any(|word| part == word || is_plural(part, word));
    let is_told = fixed.len() > 1 && says(&names::method_words(&fixed[fixed.len() - 2]));
    let fixed = if is_told { &fixed[fixed.len() - 1..] } else { fixed };
    let rest = if says("by") { &[] } else { rest };
    let path = [fixed, rest].concat().join(" ").replace('{', " by ").replace('}', " ");
    VERBS.contains(&verb).then_some(path)
}

/// `getApiV1Users` and `api_v1_users_list` of a path `/api/v1/users`.
fn without_address(id: &str, operation: &Operation<'_>) -> Option<String> {
    let segments = address::segments(operation);
    let (address, rest) = segments.split_at(address::length(&segments));
    let subject = names::method_words(rest.first().filter(|segment| !segment.contains('{'))?);
    let id = names::method_words(id);
    let words: Vec<&str> = id.split('_').collect();
    let is_subject = |word: &str| subject.starts_with(word) || word.starts_with(&subject);
    (0..address.len()).find_map(|from| {
        let said = names::method_words(&address[from..].join(" "));
        let said: Vec<&str> = said.split('_').collect();
        let start = [0, 1].into_iter().find(|start| {
            words
                .get(*start..)
                .and_then(|rest| rest.strip_prefix(&said[..]))
                .is_some_and(|rest| rest.first().is_some_and(|word| is_subject(word)))
        })?;
        Some([&words[..start], &words[start + said.len()..]].concat().join(" "))
    })
}

/// What stands behind the method and path: `getPage` of `get-/users_getPage`, nothing of `get-/users`.
fn behind_path<'t>(id: &'t str, operation: &Operation<'_>) -> Option<&'t str> {
    let at = id.find('/').filter(|at| *at > 0)?;
    let method = id[..at].trim_end_matches(['-', '_', ' ', ':']);
    let is_of_method = method.eq_ignore_ascii_case(&operation.method);
    let rest = id[at..].strip_prefix(operation.path).filter(|_| is_of_method)?;
    match rest.strip_prefix('_') {
        Some(name) if name.starts_with(char::is_alphabetic) => Some(name),
        Some(path) if path == operation.path => Some(""),
        _ => rest.is_empty().then_some(""),
    }
}

/// The name of the function, if the id says the method too.
fn with_method<'t>(id: &'t str, operation: &Operation<'_>) -> Option<&'t str> {
    let name = before_address(id, operation).or_else(|| before_method(id, &operation.method))?;
    name.starts_with(char::is_alphabetic).then_some(name)
}

/// `read_pet_pets__id__get`, as FastAPI has it.
fn before_address<'t>(id: &'t str, operation: &Operation<'_>) -> Option<&'t str> {
    let id = id.strip_suffix(&operation.method.to_lowercase())?.strip_suffix('_')?;
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let path = operation.path.chars().map(|c| if is_word(c) { c } else { '_' });
    id.strip_suffix(&path.collect::<String>())
}

/// `readPetUsingGET` and `readPetUsingGET_1`, as Springfox has it.
fn before_method<'t>(id: &'t str, method: &str) -> Option<&'t str> {
    let (name, rest) = id.rsplit_once("Using")?;
    let number = rest.strip_prefix(&method.to_uppercase())?;
    (number.is_empty() || is_number(number)).then_some(name)
}

/// `read_1` beside a `read` of another tag, as Springdoc, Micronaut and others have it.
fn before_number<'t>(id: &'t str, operation: &Operation<'_>, ids: &Ids<'_>) -> Option<&'t str> {
    let name = id.get(..id.rfind('_')?)?;
    let is_elsewhere = ids.get(name)?.as_deref() != operation.tags.first().copied();
    (is_elsewhere && is_number(id.get(name.len()..)?)).then_some(name)
}

/// `_1`
fn is_number(text: &str) -> bool {
    text.strip_prefix('_').is_some_and(is_digits)
}

/// `PetController_read` as NestJS has it, `App.PetController.show` of OpenApiSpex,
/// `app.controllers.pet_controller.read` of Connexion; `pets.show` of Laravel, tagged `Pet`; and
/// `shop.pets.list` of Google, tagged `pets`.
fn behind_class<'t>(id: &'t str, operation: &Operation<'_>) -> Option<&'t str> {
    let at = id.rfind(['.', '#', '/']).or_else(|| id.find("Controller_").map(|at| at + 10))?;
    let (class, name) = (id.get(..at)?, id.get(at + 1..)?);
    let is_controller = class.to_lowercase().ends_with("controller");
    let tag = operation.tags.first();
    let is_of_tag = tag.is_some_and(|tag| is_plural(class, tag));
    let plain = (is_controller || is_of_tag).then_some(name);
    let subject = || tag.copied().unwrap_or_else(|| group::subject(operation));
    plain.or_else(|| behind_tag(id, subject()))
}

/// What stands behind the tag in an id of words with dots between them; in `get.pets.toys`, the words are
/// those of a sentence.
fn behind_tag<'t>(id: &'t str, tag: &str) -> Option<&'t str> {
    let tag = names::method_words(tag);
    let ends = || id.match_indices('.').map(|(at, _)| at);
    let is_tag = |part: &str| {
        let part = names::method_words(part);
        part == tag || is_plural(&part, &tag)
    };
    let behind = |start: usize| {
        let end = ends().find(|end| *end > start && is_tag(&id[start..*end]))?;
        Some(&id[end + 1..])
    };
    let name = ends().find_map(|at| behind(at + 1))?;
    let first = id.split('.').next().unwrap_or_default();
    (!VERBS.contains(&first.to_lowercase().as_str())).then_some(name)
}

/// One word is the plural of the other, whatever their case. What is called like the tag itself is left to
/// all names.
fn is_plural(one: &str, other: &str) -> bool {
    let (one, other) = (one.to_lowercase(), other.to_lowercase());
    let is_of = |many: &str, one: &str| {
        let stem = many.strip_suffix("ies").map(|stem| format!("{stem}y"));
        many.strip_suffix('s') == Some(one) || stem.as_deref() == Some(one)
    };
    is_of(&one, &other) || is_of(&other, &one)
}
