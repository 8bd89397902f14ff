//! The function behind an operation, where a framework made the operation's id of its name and of
//! what tells it apart from others: the method and path, the class, a number.

use std::collections::HashMap;

use super::evidence::format::is_digits;
use crate::source::NodeId;
use crate::spec::Operation;

/// The ids of a document, each with the tag of its operation.
type Ids<'a> = HashMap<&'a str, Option<String>>;

/// What the functions are called, of the operations whose id says more than that.
#[derive(Default)]
pub(super) struct Handlers {
    /// By operation.
    names: HashMap<NodeId, String>,
    /// By id, where it says the method too; the id itself, where another operation is called so.
    unique: HashMap<String, String>,
}

impl Handlers {
    /// Those of the operations of a document.
    pub(super) fn of(operations: &[Operation<'_>]) -> Handlers {
        let tag = |it: &Operation<'_>| it.tags.first().map(|tag| (*tag).to_owned());
        let ids = operations.iter().filter_map(|it| Some((it.id?, tag(it)))).collect();
        let mut handlers = Handlers::default();
        let mut times: HashMap<&str, usize> = HashMap::new();
        for operation in operations {
            let Some(id) = operation.id else { continue };
            let name = name(id, operation, &ids);
            *times.entry(name.unwrap_or(id)).or_insert(0) += 1;
            if let Some(name) = name {
                handlers.names.insert(operation.at, name.to_owned());
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
        self.names.get(&at).map(String::as_str)
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

/// The name of the function, if the id says more.
fn name<'t>(id: &'t str, operation: &Operation<'_>, ids: &Ids<'_>) -> Option<&'t str> {
    let name = with_method(id, operation)
        .or_else(|| before_number(id, operation, ids))
        .or_else(|| behind_class(id, operation))?;
    name.starts_with(char::is_alphabetic).then_some(name)
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
/// `app.controllers.pet_controller.read` of Connexion; and `pets.show` of Laravel, tagged `Pet`.
fn behind_class<'t>(id: &'t str, operation: &Operation<'_>) -> Option<&'t str> {
    let at = id.rfind(['.', '#', '/']).or_else(|| id.find("Controller_").map(|at| at + 10))?;
    let (class, name) = (id.get(..at)?, id.get(at + 1..)?);
    let is_controller = class.to_lowercase().ends_with("controller");
    let is_of_tag = operation.tags.first().is_some_and(|tag| is_plural(class, tag));
    (is_controller || is_of_tag).then_some(name)
}

/// One word is the plural of the other, whatever their case. What is called like the tag itself is left to
/// all names.
fn is_plural(one: &str, other: &str) -> bool {
    let (one, other) = (one.to_lowercase(), other.to_lowercase());
    one.strip_suffix('s') == Some(&other) || other.strip_suffix('s') == Some(&one)
}
