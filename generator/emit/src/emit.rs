//! All files of an API. Each is made by itself, on as many threads as the machine has.

use std::sync::atomic::{AtomicUsize, Ordering};

use tenon_ir::Api;

use crate::file::File;
use crate::package::Package;
use crate::{client, group, headers, mock, model, module, oauth, webhooks};

/// Stack of a thread that formats: types and examples nest.
const STACK: usize = 64 << 20;

/// Writes every file of the API's module.
///
/// The files are in the order of their paths, whatever thread made them.
pub fn emit(api: &Api, package: &Package) -> Vec<File> {
    let jobs = jobs(api);
    let next = AtomicUsize::new(0);
    let work = || {
        let mut files = Vec::new();
        while let Some(job) = jobs.get(next.fetch_add(1, Ordering::Relaxed)) {
            files.extend(job.run(api, package));
        }
        files
    };
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let mut files = Vec::new();
    std::thread::scope(|scope| {
        let spawn =
            |_| std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, work).ok();
        let handles: Vec<_> = (0..threads).filter_map(spawn).collect();
        // Without a single thread to be had, the work is done here.
        if handles.is_empty() {
            files.extend(work());
        }
        for handle in handles {
            match handle.join() {
                Ok(made) => files.extend(made),
                Err(defect) => std::panic::resume_unwind(defect),
            }
        }
    });
    files.sort_by(|a: &File, b: &File| a.path.cmp(&b.path));
    files
}

/// One file.
#[derive(Clone, Copy)]
enum Job {
    Module,
    Client,
    Endpoints,
    Scopes,
    Headers,
    Webhooks,
    WebhookPart(usize),
    Models,
    Mock,
    MockModels,
    MockGroup(usize),
    MockFamily(usize),
    Family(usize),
    Group(usize),
    Part(usize, usize),
}

impl Job {
    fn run(self, api: &Api, package: &Package) -> Option<File> {
        match self {
            Self::Module => Some(module::file(api, package)),
            Self::Client => Some(client::file(api, package)),
            Self::Endpoints => oauth::endpoints_file(api, package),
            Self::Scopes => oauth::scopes_file(api, package),
            Self::Headers => headers::file(api, package),
            Self::Webhooks => webhooks::file(api, package),
            Self::WebhookPart(part) => webhooks::part(api, package, part),
            Self::Models => Some(model::index(api, package)),
            Self::Mock => mock::index(api, package),
            Self::MockModels => mock::models(api, package),
            Self::MockGroup(index) => mock::group(api, package, index),
            Self::MockFamily(index) => mock::family(api, package, index),
            Self::Family(index) => model::family(api, package, index),
            Self::Group(index) => group::file(api, package, index),
            Self::Part(index, part) => group::part(api, package, index, part),
        }
    }
}

/// What there is to do, the largest pieces first so that no thread is left with one at the end.
fn jobs(api: &Api) -> Vec<Job> {
    let mut sizes = vec![0; api.families.len()];
    for item in &api.items {
        if let Some(size) = sizes.get_mut(item.family) {
            *size += 1;
        }
    }
    let families = sizes.into_iter().enumerate().map(|(at, size)| (size, Job::Family(at)));
    let groups = api.groups.iter().enumerate().flat_map(|(at, group)| {
        let jobs = (0..group.parts.len()).map(move |part| (Some(part), Job::Part(at, part)));
        std::iter::once((None, Job::Group(at))).chain(jobs).map(|(part, job)| {
            let own = group.operations.iter().filter(|it| it.part == part);
            (own.count() * 2, job)
        })
    });
    let small = [
        Job::Module,
        Job::Client,
        Job::Endpoints,
        Job::Scopes,
        Job::Headers,
        Job::Webhooks,
        Job::Models,
        Job::Mock,
        Job::MockModels,
    ];
    let mut jobs: Vec<(usize, Job)> = families.chain(groups).collect();
    jobs.extend(small.map(|job| (0, job)));
    let mocked = (0..api.groups.len()).filter(|_| api.mock.is_some());
    jobs.extend(mocked.map(|at| (0, Job::MockGroup(at))));
    let gated = api.mock.is_some() && api.features.is_some();
    let families = (0..api.families.len()).filter(|_| gated);
    jobs.extend(families.map(|at| (0, Job::MockFamily(at))));
    let parts = (0..api.webhook_parts.len()).map(|part| {
        let own = api.webhooks.iter().filter(|it| it.part == Some(part));
        (own.count(), Job::WebhookPart(part))
    });
    jobs.extend(parts);
    jobs.sort_by_key(|(size, _)| std::cmp::Reverse(*size));
    jobs.into_iter().map(|(_, job)| job).collect()
}
