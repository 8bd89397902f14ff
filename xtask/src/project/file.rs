//! The project file as it is written.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Deserialize;
use tenon::Config;
use tenon::diag::{At, Code, Sink};
use tenon::source::{self, Tree};
use tenon::spec::Selection;

use super::job::{Job, Overlay};
use crate::choice::{DatesIn, DiffIn, FeaturesIn, PaginationIn, RepeatedIn, UnknownIn};
use crate::lint::settings::{self, AllowIn, Levels};
use crate::version::Number;

/// The whole file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    #[serde(rename = "crate")]
    pub(super) name: String,
    pub(super) version: Option<Number>,
    #[serde(default = "default_description")]
    pub(super) description: String,
    pub(super) output: String,
    #[serde(default)]
    pub(super) lints: Levels,
    pub(super) apis: Vec<Api>,
    #[serde(default)]
    pub(super) diff: DiffIn,
}

fn default_description() -> String {
    "Clients generated from OpenAPI documents".to_owned()
}

/// One of its APIs.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Api {
    pub(super) name: String,
    pub(super) spec: String,
    #[serde(default)]
    pub(super) overlays: Vec<String>,
    #[serde(default)]
    pub(super) include: Vec<String>,
    #[serde(default)]
    pub(super) exclude: Vec<String>,
    #[serde(default)]
    pub(super) dates: DatesIn,
    #[serde(default)]
    pub(super) unknown: UnknownIn,
    #[serde(default)]
    pub(super) repeated: RepeatedIn,
    #[serde(default = "yes")]
    pub(super) mock: bool,
    #[serde(default)]
    pub(super) pagination: PaginationIn,
    #[serde(default)]
    pub(super) features: FeaturesIn,
    #[serde(default)]
    pub(super) names: BTreeMap<String, String>,
    #[serde(default)]
    pub(super) lints: Levels,
    #[serde(default)]
    pub(super) allow: Vec<AllowIn>,
}

/// What is generated of one's own documents has a mock server.
fn yes() -> bool {
    true
}

/// Reads the file into its type. What doesn't fit is an error where it stands.
pub(super) fn typed(text: &[u8], tree: &Tree, sink: &mut Sink) -> Option<File> {
    match serde_yaml::from_slice(text) {
        Ok(file) => Some(file),
        Err(error) => {
            let file = tree.file(tree.root());
            let at = match error.location() {
                Some(place) => At::Span { file, start: place.index(), end: place.index() + 1 },
                None => At::File(file),
            };
            sink.error(Code::ProjectFile, at, error.to_string());
            None
        }
    }
}

/// The APIs of the file.
pub(super) fn jobs(
    apis: Vec<Api>,
    name: &str,
    lints: &Levels,
    base: &Path,
    shown: &str,
) -> Vec<Job> {
    let jobs = apis.into_iter().enumerate().map(|(index, mut api)| {
        let allow = std::mem::take(&mut api.allow);
        let (lints, allowed) = settings::of(lints, &api.lints, allow, index);
        job(api, name, base, shown).linted(lints, allowed)
    });
    jobs.collect()
}

fn job(api: Api, crate_name: &str, base: &Path, project_file: &str) -> Job {
    let document = source::resolve_path(project_file, &api.spec);
    let config = Config {
        module_path: format!("{}::{}", crate_name.replace('-', "_"), api.name),
        name: api.name.clone(),
        source: document.clone(),
        dates: api.dates.into(),
        unknown: api.unknown.into(),
        repeated: api.repeated.into(),
        pagination: api.pagination.into(),
        features: api.features.of_several(),
        names: api.names,
        selection: Selection { include: api.include, exclude: api.exclude },
        mock: api.mock,
        strict: true,
        ..Config::default()
    };
    let overlay = |path: &String| {
        let shown = source::resolve_path(project_file, path);
        Overlay { path: base.join(&shown), shown }
    };
    let overlays = api.overlays.iter().map(overlay).collect();
    Job::new(config, base.to_owned(), document, overlays)
}
