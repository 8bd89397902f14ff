//! Equal documents give equal bytes: in every run, and in whatever order their keys stand.
//!
//! The order of an object's keys means nothing in JSON. Where it means something to a reader, the
//! author's order is kept: that of tags, paths, methods, properties, component schemas, content
//! and examples. Nowhere else does it show.

// Helpers of tests panic as the tests themselves do.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::fmt::Write as _;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::process::Command;

use tenon::diag::{self, Sink, Style};
use tenon::source::{self, NodeId, Tree, Value};
use tenon::{Config, File, Input, ir};

/// Set in a process that only prints the fingerprint of what it generates.
const CHILD: &str = "TENON_DETERMINISM_CHILD";

/// Keys of maps whose order the author chose.
const AUTHORS_ORDER: [&str; 8] = [
    "additionalOperations",
    "callbacks",
    "content",
    "definitions",
    "paths",
    "patternProperties",
    "properties",
    "schemas",
];

/// Keys of values, which are shown as they stand.
const VALUES: [&str; 4] = ["default", "enum", "example", "examples"];

fn specs() -> Vec<(String, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../specs");
    let name = |api: &str| PathBuf::from(api).join("openapi.yaml");
    let read = |api: &str| {
        let path = folder.join(name(api));
        (format!("{api}/openapi.yaml"), std::fs::read(path).unwrap())
    };
    ["applivery", "kandji", "manageengine"].into_iter().map(read).collect()
}

fn generate(path: &str, text: &[u8]) -> tenon::Outcome {
    let config = Config {
        name: "sample".to_owned(),
        module_path: "clients::sample".to_owned(),
        ..Config::default()
    };
    tenon::generate(
        Input { path: path.to_owned(), text: text.to_vec(), overlays: Vec::new(), loader: None },
        &config,
    )
}

fn files(path: &str, text: &[u8]) -> Vec<(String, String)> {
    let outcome = generate(path, text);
    let told = diag::render_all(&outcome.diagnostics, &outcome.tree, Style::Short);
    let files = outcome.files.unwrap_or_else(|| panic!("{path} is refused:\n{told}"));
    files.into_iter().map(|File { path, text }| (path, text)).collect()
}

/// Everything that a run says and writes, in a number.
fn fingerprint(path: &str, text: &[u8]) -> u64 {
    let outcome = generate(path, text);
    let mut hasher = DefaultHasher::new();
    diag::render_all(&outcome.diagnostics, &outcome.tree, Style::Short).hash(&mut hasher);
    for file in outcome.files.unwrap() {
        (file.path, file.text).hash(&mut hasher);
    }
    hasher.finish()
}

fn fingerprints() -> String {
    let of = |(path, text): (String, Vec<u8>)| format!("{path} {}\n", fingerprint(&path, &text));
    specs().into_iter().map(of).collect()
}

/// The maps of the standard library are seeded anew in each thread.
#[test]
fn twenty_threads_give_equal_bytes() {
    let (path, text) = specs().remove(1);
    let first = fingerprint(&path, &text);
    std::thread::scope(|scope| {
        let run = |_| scope.spawn(|| fingerprint(&path, &text));
        let runs: Vec<_> = (0..20).map(run).collect();
        runs.into_iter().for_each(|run| assert_eq!(run.join().unwrap(), first));
    });
}

/// Processes differ in the seeds of their maps and in the addresses of everything.
#[test]
fn fresh_processes_give_equal_bytes() {
    if std::env::var_os(CHILD).is_some() {
        print!("\n{}", fingerprints());
        return;
    }
    let first = fingerprints();
    for _ in 0..3 {
        let mut child = Command::new(std::env::current_exe().unwrap());
        child.args(["--exact", "fresh_processes_give_equal_bytes", "--nocapture"]);
        let output = child.env(CHILD, "1").output().unwrap();
        let output = String::from_utf8(output.stdout).unwrap();
        assert!(output.contains(&first), "{first}\nis not in\n{output}");
    }
}

#[test]
fn the_order_of_keywords_does_not_show() {
    let small = include_str!("determinism/everything.yaml").as_bytes().to_vec();
    for (path, text) in specs().into_iter().chain([("everything.yaml".to_owned(), small)]) {
        let expected = files(&path, &text);
        for seed in 1..4 {
            let shuffled = shuffled(&path, &text, seed, &AUTHORS_ORDER);
            for ((path, found), (_, expected)) in
                files(&path, shuffled.as_bytes()).iter().zip(&expected)
            {
                assert!(
                    found == expected,
                    "{path} differs:\n{}",
                    first_difference(expected, found)
                );
            }
        }
    }
}

#[test]
fn the_order_of_paths_and_components_shows_only_in_the_order_of_items() {
    let kept = AUTHORS_ORDER.into_iter().filter(|key| !["paths", "schemas"].contains(key));
    let kept: Vec<&str> = kept.collect();
    for (path, text) in specs() {
        let expected = files(&path, &text);
        for seed in 1..3 {
            let found = files(&path, shuffled(&path, &text, seed, &kept).as_bytes());
            for ((path, found), (expected_path, expected)) in found.iter().zip(&expected) {
                assert_eq!(path, expected_path);
                let (found, expected) = (sorted(found), sorted(expected));
                assert!(found == expected, "{path}:\n{}", first_difference(&expected, &found));
            }
        }
    }
}

#[test]
fn the_items_of_an_api_have_the_same_names_in_any_order_of_components() {
    let names = |text: &[u8]| {
        let api = generate("everything.yaml", text).api.unwrap();
        let mut names: Vec<(String, ir::Ident)> =
            api.items.into_iter().map(|item| (item.origin, item.name)).collect();
        names.sort();
        names
    };
    let text = include_bytes!("determinism/everything.yaml");
    for seed in 1..10 {
        let shuffled = shuffled("everything.yaml", text, seed, &["properties", "content"]);
        assert_eq!(names(shuffled.as_bytes()), names(text));
    }
}

/// The lines of a text in the order of the alphabet.
fn sorted(text: &str) -> String {
    let mut lines: Vec<&str> = text.lines().collect();
    lines.sort_unstable();
    lines.join("\n")
}

fn first_difference(expected: &str, found: &str) -> String {
    let mut lines = expected.lines().zip(found.lines());
    let (expected, found) = lines.find(|(expected, found)| expected != found).unwrap_or_default();
    format!("-{expected}\n+{found}")
}

/// The document as JSON, with the entries of each map in another order, but for maps under these
/// keys.
fn shuffled(path: &str, text: &[u8], seed: u64, kept: &[&str]) -> String {
    let tree = source::parse(path, text.to_vec(), &mut Sink::new());
    let mut shuffle =
        Shuffle { tree: &tree, state: seed, kept, verbatim: false, text: String::new() };
    shuffle.write(tree.root(), "");
    shuffle.text
}

struct Shuffle<'a> {
    tree: &'a Tree,
    state: u64,
    kept: &'a [&'a str],
    /// Inside of a value.
    verbatim: bool,
    text: String,
}

impl Shuffle<'_> {
    fn write(&mut self, node: NodeId, key: &str) {
        match self.tree.value(node) {
            Value::Scalar(_) => self.scalar(node),
            Value::List(items) => {
                let items = items.to_vec();
                self.all(items.into_iter().map(|item| (None, item)).collect(), ('[', ']'), key);
            }
            Value::Map(entries) => {
                let entries = entries.map(|(key, node)| (Some(key.to_owned()), node));
                let mut entries: Vec<(Option<String>, NodeId)> = entries.collect();
                if !self.is_kept(node, key) {
                    (1..entries.len()).rev().for_each(|at| entries.swap(at, self.below(at + 1)));
                }
                self.all(entries, ('{', '}'), key);
            }
        }
    }

    /// The map's order is the author's: also that of the methods of a path.
    fn is_kept(&self, node: NodeId, key: &str) -> bool {
        let methods = ["get", "put", "post", "delete", "patch"];
        self.verbatim
            || self.kept.contains(&key)
            || methods.iter().any(|method| self.tree.get(node, method).is_some())
    }

    fn all(
        &mut self,
        entries: Vec<(Option<String>, NodeId)>,
        (open, close): (char, char),
        key: &str,
    ) {
        self.text.push(open);
        for (at, (name, node)) in entries.into_iter().enumerate() {
            if at > 0 {
                self.text.push_str(",\n");
            }
            match name {
                Some(name) => {
                    write!(self.text, "{}: ", quoted(&name)).unwrap();
                    let outside = self.verbatim;
                    self.verbatim |= VALUES.contains(&name.as_str());
                    self.write(node, &name);
                    self.verbatim = outside;
                }
                None => self.write(node, key),
            }
        }
        self.text.push(close);
    }

    fn scalar(&mut self, node: NodeId) {
        match self.tree.to_value(node) {
            ir::Value::Null => self.text.push_str("null"),
            ir::Value::Bool(value) => self.text.push_str(if value { "true" } else { "false" }),
            ir::Value::Number(text) => self.text.push_str(&text),
            ir::Value::Text(text) => self.text.push_str(&quoted(&text)),
            ir::Value::List(_) | ir::Value::Object(_) => unreachable!("a scalar"),
        }
    }

    /// A number below `limit` (xorshift).
    fn below(&mut self, limit: usize) -> usize {
        self.state ^= self.state << 13;
        self.state ^= self.state >> 7;
        self.state ^= self.state << 17;
        (self.state % limit as u64) as usize
    }
}

fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
