//! Components whose names say where they are defined, as those do that frameworks make: `models.User`
//! of Go, `com.acme.api.UserDto` of Java, `Acme.Api.Models.User` of .NET, `io.k8s.api.core.v1.Pod`,
//! `app__schemas__User` of Pydantic, `v1User` of gRPC.
//!
//! Each is called without that where no other is called so. Of several, each keeps what tells it from
//! the others: one component more renames none but those that end like it.

mod path;

use std::collections::{HashMap, HashSet};

use super::items::TAKEN;
use super::words::{camel, words};
use path::Path;

/// What components are called, where that isn't what they are named.
#[derive(Default)]
pub(in super::super) struct Called(HashMap<String, String>);

impl Called {
    /// That of the components of a document.
    pub(in super::super) fn of(names: &[&str]) -> Called {
        let paths = path::all(names);
        let whole: Vec<String> = names.iter().map(|name| path::whole(name)).collect();
        let mut called: Vec<String> = paths
            .iter()
            .zip(&whole)
            .map(|(path, whole)| path.as_ref().map_or_else(|| whole.clone(), Path::short))
            .collect();
        // Without any path, nothing is left out that could make some alike.
        if paths.iter().any(Option::is_some) {
            for alike in alike(&called) {
                apart(&alike, &paths, &whole, &mut called);
            }
            // What tells some apart may be what others are called.
            for index in alike(&called).into_iter().flatten() {
                called[index].clone_from(&whole[index]);
            }
        }
        let named = names.iter().zip(called).filter(|(name, called)| **name != called);
        Called(named.map(|(name, called)| ((*name).to_owned(), called)).collect())
    }

    /// What a component is called.
    pub(in super::super) fn name<'a>(&'a self, component: &'a str) -> &'a str {
        self.0.get(component).map_or(component, String::as_str)
    }
}

/// Those that would be called alike, or like what each module knows anyway.
fn alike(called: &[String]) -> Vec<Vec<usize>> {
    let mut by_name: HashMap<String, Vec<usize>> = HashMap::new();
    for (index, called) in called.iter().enumerate() {
        by_name.entry(camel(&words(called))).or_default().push(index);
    }
    let is_taken = |name: &str| TAKEN.contains(&name) || name.len() < 2;
    let alike = by_name.into_iter().filter(|(name, them)| them.len() > 1 || is_taken(name));
    let mut alike: Vec<Vec<usize>> = alike.map(|(_, them)| them).collect();
    alike.sort();
    alike
}

/// Gives those that end alike what tells them apart: of the qualifiers that aren't common to all, as many of
/// the last as it takes.
fn apart(alike: &[usize], paths: &[Option<Path>], whole: &[String], called: &mut [String]) {
    let qualifiers: Vec<&[String]> =
        alike.iter().map(|at| paths[*at].as_ref().map_or(&[][..], Path::qualifiers)).collect();
    let kept = match qualifiers.as_slice() {
        [only] => Some(vec![last(only, 1)]),
        all => distinct(all),
    };
    let Some(kept) = kept else {
        return alike.iter().for_each(|at| called[*at].clone_from(&whole[*at]));
    };
    let earliest = earliest(&kept);
    for (position, at) in alike.iter().enumerate() {
        let Some(path) = &paths[*at] else { continue };
        let is_plain = earliest == Some(position) && alike.len() > 1;
        called[*at] = if is_plain { path.short() } else { path.below(kept[position]) };
    }
}

/// The shortest ends of what isn't common to all that no two have in common, if there are such.
fn distinct<'a>(all: &[&'a [String]]) -> Option<Vec<&'a [String]>> {
    let (start, end) = common(all);
    let own: Vec<&[String]> = all.iter().map(|all| &all[start..all.len() - end]).collect();
    let longest = own.iter().map(|own| own.len()).max().unwrap_or(0);
    let ends = |count| own.iter().map(|own| last(own, count)).collect::<Vec<_>>();
    let is_distinct =
        |ends: &Vec<&[String]>| ends.iter().collect::<HashSet<_>>().len() == ends.len();
    (1..=longest).map(ends).find(is_distinct)
}

fn last(all: &[String], count: usize) -> &[String] {
    &all[all.len().saturating_sub(count)..]
}

/// How many qualifiers all have in common: at the start, and at the end.
fn common(all: &[&[String]]) -> (usize, usize) {
    let shortest = all.iter().map(|it| it.len()).min().unwrap_or(0);
    let start = (0..shortest).take_while(|n| all.iter().all(|it| it[*n] == all[0][*n])).count();
    let back = |it: &&[String], n: usize| it[it.len() - 1 - n].clone();
    let is_same = |n: &usize| all.iter().all(|it| back(it, *n) == back(&all[0], *n));
    (start, (0..shortest - start).take_while(is_same).count())
}

/// Of what differs in its version only, the earliest: it was there before the others, and keeps its name
/// when another version is added.
fn earliest(kept: &[&[String]]) -> Option<usize> {
    let version = |kept: &&[String]| match kept {
        [one] => path::version(one),
        _ => None,
    };
    let versions: Vec<_> = kept.iter().map(version).collect::<Option<_>>()?;
    (0..versions.len()).min_by_key(|at| versions[*at])
}
