//! Properties that a schema doesn't list.
#![allow(clippy::unwrap_used, reason = "an expectation that fails is a test that fails")]

use tenon_runtime::codec::{Pick, from_slice, to_vec};
use tenon_runtime::{Extra, Json, json};

/// A pet.
#[derive(Clone)]
pub struct Pet {
    /// Unique.
    pub id: i64,
    /// Whatever else there is.
    pub extra: Extra,
}

tenon_runtime::object!(Pet { required id: "id" } rest extra);

/// A plant.
#[derive(Clone, Default)]
pub struct Plant {
    /// How it is called.
    pub name: Option<String>,
    /// Whatever else there is.
    pub extra: Extra,
}

tenon_runtime::object!(Plant: Hash { optional name: "na\"me" [MaxLength(3)] } rest extra);

/// A being.
#[derive(Clone)]
pub enum Being {
    /// It moves.
    Pet(Pet),
    /// It doesn't.
    Plant(Plant),
    /// It may.
    Unknown(Json),
}

tenon_runtime::union!(Being {
    Pet tag "kind" "pet", Plant tag "kind" "tree", .. Unknown,
} picks [
    Pick::Tag { property: "kind", values: &[("pet", 0), ("tree", 1), ("herb", 1)] },
] from [
    Pet => Pet,
]);

fn round<T: tenon_runtime::codec::Decode + tenon_runtime::codec::Encode>(text: &str) -> String {
    String::from_utf8(to_vec(&from_slice::<T>(text.as_bytes()).unwrap())).unwrap()
}

#[test]
fn what_is_not_listed_is_written_back_as_it_came_behind_the_rest() {
    let text = r#"{"big":123456789012345678901234567890,"id":1,"deep":{"a":[1.50,null]}}"#;
    let written = r#"{"id":1,"big":123456789012345678901234567890,"deep":{"a":[1.50,null]}}"#;
    assert_eq!(round::<Pet>(text), written);
    assert_eq!(round::<Plant>(r#"{"x":1,"na\"me":"a"}"#), r#"{"na\"me":"a","x":1}"#);
}

#[test]
fn a_value_is_there_to_be_read_changed_and_sent() {
    let mut pet: Pet = from_slice(br#"{"id":1,"beta":true,"note":"x"}"#).unwrap();
    assert_eq!(pet.extra.get("beta"), Some(json!(true)));
    assert_eq!(pet.extra.get("id"), None);
    pet.extra.insert("beta", json!({ "on": 1 }));
    assert_eq!(pet.extra.remove("note"), Some(json!("x")));
    let all: Vec<(&str, Json)> = pet.extra.iter().collect();
    assert_eq!(all, [("beta", json!({ "on": 1 }))]);
    assert_eq!(to_vec(&pet), br#"{"id":1,"beta":{"on":1}}"#);
}

#[test]
fn a_listed_name_is_not_written_twice() {
    let mut pet: Pet = from_slice(br#"{"id":1}"#).unwrap();
    pet.extra.insert("id", 2);
    pet.extra.insert("a", 1);
    pet.extra.insert("a", 2);
    assert_eq!((pet.extra.len(), to_vec(&pet)), (2, br#"{"id":1,"a":2}"#.to_vec()));
}

#[test]
fn an_empty_one_is_small_and_emptied_ones_are_equal() {
    assert_eq!(size_of::<Extra>(), size_of::<usize>());
    let mut extra = Extra::new();
    extra.insert("a", 1);
    extra.remove("a");
    assert_eq!(extra, Extra::default());
    assert!(extra.is_empty());
}

#[test]
fn debug_shows_names_only() {
    let pet: Pet = from_slice(br#"{"id":1,"token":"s3cret"}"#).unwrap();
    assert_eq!(format!("{pet:?}"), r#"Pet { id: 1, extra: {"token"} }"#);
}

#[test]
fn the_tag_of_a_union_is_none_of_them() {
    let being: Being = from_slice(br#"{"kind":"pet","id":1}"#).unwrap();
    assert_eq!(being, Being::Pet(Pet { id: 1, extra: Extra::new() }));
    assert_eq!(round::<Being>(r#"{"kind":"pet","id":1}"#), r#"{"kind":"pet","id":1}"#);
}

#[test]
fn one_of_several_tags_of_a_variant_is_written_back() {
    let text = r#"{"kind":"herb","x":1}"#;
    assert_eq!(round::<Being>(text), text);
    assert_eq!(round::<Being>(r#"{"kind":"rock","x":1}"#), r#"{"kind":"rock","x":1}"#);
}

#[test]
fn text_that_is_no_json_is_a_fault_at_its_place() {
    let fault = from_slice::<Pet>(br#"{"id":1,"a":[1,}"#).unwrap_err();
    assert!(fault.to_string().contains("$"), "{fault}");
    assert!(from_slice::<Pet>(b"{\"id\":1,\"a\":\"\xff\"}").is_err());
}
