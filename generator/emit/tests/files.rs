//! Every file of an API that uses every variant of the intermediate representation.

mod fixture;

use tenon_emit::{File, Layout, Manifest, Package, Runtime, emit, emit_crate, emit_root};

fn package() -> Package {
    Package {
        module_path: "pet_shops::pets".to_owned(),
        source: "specs/pets".to_owned(),
        layout: Layout::Module,
    }
}

fn manifest(version: Option<&str>) -> Manifest {
    Manifest {
        name: "pet-shops".to_owned(),
        description: "Clients of pet shops.".to_owned(),
        version: version.map(str::to_owned),
        runtime: match version {
            Some(_) => Runtime::Path("../runtime".to_owned()),
            None => Runtime::Workspace,
        },
        source: "specs".to_owned(),
    }
}

fn paths(files: &[File]) -> Vec<&str> {
    files.iter().map(|file| file.path.as_str()).collect()
}

#[test]
fn each_file_reads_as_written_by_hand() {
    for file in emit(&fixture::api(), &package()) {
        let name = file.path.trim_start_matches("src/").replace('/', "__");
        insta::assert_snapshot!(name, file.text);
    }
}

#[test]
fn the_root_lists_each_api_behind_its_feature() {
    let api = fixture::api();
    for file in emit_root(&[&api], &manifest(None)) {
        insta::assert_snapshot!(format!("root__{}", file.path.replace('/', "__")), file.text);
    }
}

#[test]
fn a_crate_of_its_own_has_the_api_at_its_root() {
    let files = emit_crate(&fixture::api(), &package(), &manifest(Some("0.1.0")));
    insta::assert_snapshot!("crate__Cargo.toml", files[0].text);
    assert!(paths(&files).contains(&"src/lib.rs"));
    assert!(paths(&files).contains(&"src/models/pets.rs"));
}

#[test]
fn each_file_parses() {
    for file in emit(&fixture::api(), &package()) {
        assert!(syn::parse_file(&file.text).is_ok(), "{}", file.path);
    }
}

#[test]
fn equal_input_gives_equal_bytes_whatever_thread_makes_them() {
    let first = emit(&fixture::api(), &package());
    for _ in 0..8 {
        assert_eq!(emit(&fixture::api(), &package()), first);
    }
    assert!(paths(&first).is_sorted());
}

#[test]
fn a_model_that_is_added_touches_one_hunk_of_its_file() {
    let mut api = fixture::api();
    let before = emit(&api, &package());
    let mut item = api.items[fixture::LEVEL].clone();
    item.name = fixture::id("Grade");
    api.items.push(item);
    let after = emit(&api, &package());
    let changed: Vec<_> = before.iter().zip(&after).filter(|(a, b)| a != b).collect();
    assert_eq!(changed.len(), 1);
    let (a, b) = (&changed[0].0.text, &changed[0].1.text);
    let same = a.lines().zip(b.lines()).take_while(|(a, b)| a == b).count();
    let rest: Vec<&str> = a.lines().skip(same).collect();
    assert!(b.lines().collect::<Vec<_>>().ends_with(&rest), "more than one hunk changed");
}

#[test]
fn names_that_are_no_identifiers_and_hostile_text_give_files_that_parse() {
    let mut api = fixture::api();
    api.title = "a\"*/\n#![no_std] `x`".to_owned();
    api.groups[0].tag = "\\\"\u{202e}evil\n*/ ```rust".to_owned();
    api.items[0].name = fixture::id("no identifier");
    api.items[1].docs.description = Some("```\nfn main() {}\n\n    indented\n".to_owned());
    api.groups[0].operations[0].id = "}\n\"".to_owned();
    for file in emit(&api, &package()) {
        assert!(syn::parse_file(&file.text).is_ok(), "{}", file.path);
        assert!(!file.text.contains('\u{202e}'), "{}", file.path);
    }
}
