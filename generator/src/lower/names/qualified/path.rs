//! The names of components, read as paths.

use std::collections::HashSet;

/// What a last word says only of its kind: `Orders.Create.Command`.
const ROLES: [&str; 10] = [
    "Command", "Query", "Request", "Response", "Result", "Input", "Output", "Params", "Model",
    "Dto",
];

/// What the name of a generic type of .NET says of the libraries of its arguments.
const COMPILED: &str = "PublicKeyToken=";

/// Packages of Google that have no version.
const GOOGLE: [&str; 5] = ["Api", "Longrunning", "Protobuf", "Rpc", "Type"];

/// A name that says where what it names is defined.
pub(super) struct Path {
    /// The modules it is in, the outermost first.
    outer: Vec<String>,
    /// How many of them say so little that they can be left out.
    silent: usize,
    /// What it is called in there.
    own: String,
    /// The arguments of a generic type.
    arguments: Vec<String>,
}

impl Path {
    /// The modules that may be left out.
    pub(super) fn qualifiers(&self) -> &[String] {
        &self.outer[..self.silent]
    }

    /// It has the look of a type in a package: `models.User`, `v1User`.
    fn is_in_package(&self) -> bool {
        is_capital(&self.own) && self.outer.first().is_some_and(|first| !is_capital(first))
    }

    /// The name without what may be left out.
    pub(super) fn short(&self) -> String {
        self.below(&[])
    }

    /// The name behind these modules.
    pub(super) fn below(&self, modules: &[String]) -> String {
        let kept = modules.iter().chain(&self.outer[self.silent..]);
        let own = kept.chain([&self.own]).map(String::as_str);
        own.chain(self.arguments.iter().map(String::as_str)).collect::<Vec<_>>().join(" ")
    }
}

/// A name with all that it says; that of a generic type of .NET without where its arguments are compiled.
pub(super) fn whole(name: &str) -> String {
    if !name.contains(COMPILED) {
        return name.to_owned();
    }
    let (base, arguments) = generic(name);
    [vec![base], arguments].concat().join(" ")
}

/// Those of the names that are paths. In a document that names most of its components so, all with a dot are;
/// otherwise it may say something else.
pub(super) fn all(names: &[&str]) -> Vec<Option<Path>> {
    let known: HashSet<&str> = names.iter().copied().collect();
    let mut paths: Vec<Option<Path>> = names.iter().map(|name| read(name, &known)).collect();
    let dotted = names.iter().zip(&paths).filter(|(name, path)| path.is_some() && !is_module(name));
    let is_usual = dotted.count() * 2 >= names.len();
    let outer: Vec<Vec<String>> =
        paths.iter().flatten().map(|path| path.outer.clone()).filter(|it| !it.is_empty()).collect();
    let common = common(&outer);
    let packages: HashSet<String> = outer.iter().map(|it| it.join("_")).collect();
    for (name, path) in names.iter().zip(&mut paths) {
        let Some(found) = path else { continue };
        let is_plain = name.contains(COMPILED) || is_module(name) || found.is_in_package();
        if !is_usual && !is_plain {
            *path = None;
            continue;
        }
        found.silent = silent(found, common);
        found.arguments.iter_mut().for_each(|it| *it = argument(it, &packages));
    }
    paths
}

/// How many modules all have in common.
fn common(outer: &[Vec<String>]) -> usize {
    let Some((first, others)) = outer.split_first() else { return 0 };
    let alike = |other: &Vec<String>| first.iter().zip(other).take_while(|(a, b)| a == b).count();
    others.iter().map(alike).min().unwrap_or(first.len())
}

/// How many of the modules can be left out: all of them where they are modules by their look, otherwise
/// those which all components have in common. What is in a class is called after it.
fn silent(path: &Path, common: usize) -> usize {
    let (Some(first), Some(last)) = (path.outer.first(), path.outer.last()) else { return 0 };
    let all = path.outer.len();
    let is_one_class = all == 1 && is_capital(first);
    // Go's types that others don't see begin with a small letter.
    let is_private = !is_capital(first) && path.own.contains(char::is_uppercase);
    match is_capital(&path.own) || (all == 1 && is_private) {
        true if ROLES.contains(&path.own.as_str()) && is_capital(last) => all - 1,
        true if !is_one_class => all,
        false if is_one_class => 0,
        _ => common.min(all),
    }
}

/// Reads a name as a path. A part of it that is a component is no module, but what this is a part of.
fn read(name: &str, known: &HashSet<&str>) -> Option<Path> {
    let (base, arguments) = generic(name);
    let separator = if is_module(&base) { "__" } else { "." };
    let segments: Vec<&str> = match version_in_front(&base) {
        Some(at) => vec![&base[..at], &base[at..]],
        None => of_google(&base).unwrap_or_else(|| base.split(separator).collect()),
    };
    let is_name = |it: &&str| {
        it.starts_with(|c: char| c.is_alphabetic() || c == '_') && !it.contains(char::is_whitespace)
    };
    if !segments.iter().all(is_name) || segments.last().is_some_and(|it| version(it).is_some()) {
        return None;
    }
    let mut own = segments.len() - 1;
    while own > 0 && known.contains(segments[..own].join(separator).as_str()) {
        own -= 1;
    }
    if own == 0 && !name.contains(COMPILED) {
        return None;
    }
    let mut outer = modules(&segments[..own]);
    // The file of a class is called like it.
    if outer.len() > 1 && outer.last().is_some_and(|last| last.eq_ignore_ascii_case(segments[own]))
    {
        outer.pop();
    }
    Some(Path { outer, silent: 0, own: segments[own..].join(" "), arguments })
}

/// The modules of a path; those of Go stand in one word where several packages are called alike.
fn modules(outer: &[&str]) -> Vec<String> {
    match outer {
        [one] if !is_capital(one) => one.split('_').map(str::to_owned).collect(),
        _ => outer.iter().map(|it| (*it).to_owned()).collect(),
    }
}

/// A type and its arguments, as .NET has them, Java, and swag for Go: `Page<a.User>`, `api.Page-a_User`.
fn generic(name: &str) -> (String, Vec<String>) {
    let is_compiled = name.contains(COMPILED);
    let parts: Vec<&str> = match name.split_once('-') {
        Some((base, _)) if base.contains('.') && !is_compiled => name.split('-').collect(),
        _ if is_compiled => {
            name.split(['[', ']']).filter_map(|part| part.split(',').next()).collect()
        }
        _ => name.split(['<', '>', '«', '»', '[', ']', ',']).collect(),
    };
    let arity = |part: &str| part.split('`').next().unwrap_or_default().trim().to_owned();
    let mut parts = parts.into_iter().map(arity).filter(|part| !part.is_empty());
    (parts.next().unwrap_or_default(), parts.collect())
}

/// An argument without its modules, if they are some.
fn argument(name: &str, packages: &HashSet<String>) -> String {
    if let Some((outer, own)) = name.rsplit_once('.') {
        return if is_capital(own) { own.to_owned() } else { format!("{outer} {own}") };
    }
    let splits = name.match_indices('_').map(|(at, _)| at);
    let mut own = splits.filter(|at| {
        let outer = name[..*at].trim_start_matches("array_");
        packages.contains(outer)
    });
    match own.next_back() {
        Some(at) if name.starts_with("array_") => format!("array {}", &name[at + 1..]),
        Some(at) => name[at + 1..].to_owned(),
        None => name.to_owned(),
    }
}

/// A name as Pydantic makes it of modules where several classes are called alike: `app__schemas__User`.
fn is_module(name: &str) -> bool {
    let Some((modules, own)) = name.rsplit_once("__") else { return false };
    let is_lower = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    !modules.is_empty() && modules.chars().all(is_lower) && is_capital(own)
}

fn is_capital(name: &str) -> bool {
    name.starts_with(|c: char| c.is_uppercase())
}

/// Where the name begins behind a version, as gRPC's tools write it: `v1beta1User`.
fn version_in_front(name: &str) -> Option<usize> {
    let at = name.find(|c: char| c.is_uppercase())?;
    let is_name = name.chars().all(|c| c.is_alphanumeric() || c == '_');
    (is_name && version(&name[..at]).is_some()).then_some(at)
}

/// The package and name of a message as Google's documents write them: `GoogleCloudPetsV1beta1Dog`.
fn of_google(name: &str) -> Option<Vec<&str>> {
    let starts = || name.match_indices(char::is_uppercase).map(|(at, _)| at).skip(1);
    let rest = name.strip_prefix("Google").filter(|rest| is_capital(rest))?;
    if let Some(own) = GOOGLE.iter().find_map(|package| rest.strip_prefix(package)) {
        return is_capital(own).then(|| vec!["google", &rest[..rest.len() - own.len()], own]);
    }
    starts().zip(starts().skip(1)).find_map(|(from, to)| {
        version(&name[from..to])
            .map(|_| vec!["google", &name[..from], &name[from..to], &name[to..]])
    })
}

/// The order of a version among others: `v1alpha1`, `v1beta2`, `v1`, `v1p1beta1`, `v2`.
pub(super) fn version(text: &str) -> Option<(u32, u32, u8, u32)> {
    let rest = text.strip_prefix(['v', 'V'])?;
    let number = |text: &str| text.parse::<u32>().ok();
    let split = |text: &'_ str| text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (major, rest) = rest.split_at(split(rest));
    let major = number(major)?;
    let (point, stage) = match rest.strip_prefix('p') {
        Some(rest) => (number(&rest[..split(rest)])?, &rest[split(rest)..]),
        None => (0, rest),
    };
    let staged = |name: &str| {
        let rest = stage.strip_prefix(name)?;
        if rest.is_empty() { Some(0) } else { number(rest) }
    };
    match (stage.is_empty(), staged("alpha"), staged("beta")) {
        (true, ..) => Some((major, point, 2, 0)),
        (_, Some(minor), _) => Some((major, point, 0, minor)),
        (_, _, Some(minor)) => Some((major, point, 1, minor)),
        _ => None,
    }
}
