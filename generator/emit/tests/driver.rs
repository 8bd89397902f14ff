//! Drivers: programs that call the operations of a generated crate, or read and write its types.

mod fixture;

use tenon_emit::{Does, Driver, emit_driver};
use tenon_ir::{ItemId, Text, Type};

fn main_of(does: Does<'_>) -> String {
    let driver = Driver { client: "pet-shop", drive: "/xtask/drive", does };
    let files = emit_driver(&fixture::api(), &driver);
    let paths: Vec<&str> = files.iter().map(|file| file.path.as_str()).collect();
    assert_eq!(paths, ["Cargo.toml", "src/main.rs"]);
    files[1].text.clone()
}

#[test]
fn a_driver_of_calls_reads_as_written_by_hand() {
    let text = main_of(Does::Calls);
    assert!(syn::parse_file(&text).is_ok());
    insta::assert_snapshot!(text);
}

#[test]
fn each_operation_has_a_call() {
    let text = main_of(Does::Calls);
    for at in 0..fixture::api().operations().count() {
        assert!(text.contains(&format!("fn call_{at}(")), "{at}");
    }
}

#[test]
fn a_driver_of_values_has_a_type_for_each_number() {
    let level = Type::Item(ItemId(fixture::LEVEL as u32));
    let types = [Type::List(Box::new(level)), Type::Text(Text::Uuid)];
    insta::assert_snapshot!(main_of(Does::Values(&types)));
}
