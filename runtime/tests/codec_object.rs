//! Objects: presence, null, order, unknown and duplicate properties, paths of faults.
#![allow(missing_docs, clippy::expect_used, clippy::panic, clippy::unwrap_used)]

mod codec_support;

use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::OnceLock;

use codec_support::{Device, Mode, Page};
use tenon_runtime::codec::{Base64, Decimal, Encode, Fault, Json, Pick, from_slice, to_vec};
use tenon_runtime::{DateTime, Extra, Secret, json};

fn read<T: tenon_runtime::codec::Decode>(json: &str) -> Result<T, Fault> {
    from_slice(json.as_bytes())
}

fn fault<T: tenon_runtime::codec::Decode>(json: &str) -> Fault {
    match read::<T>(json) {
        Ok(_) => panic!("decodes: {json}"),
        Err(fault) => fault,
    }
}

fn written(value: &dyn Encode) -> String {
    String::from_utf8(to_vec(value)).unwrap()
}

#[test]
fn optional_fields_that_are_absent_are_not_written_and_required_nullable_ones_are_null() {
    assert_eq!(written(&Device::new(7)), r#"{"id":7,"owner":null}"#);
}

#[test]
fn fields_are_written_in_the_order_of_the_table() {
    let mut device = Device::new(1);
    device.name = Some("a".into());
    device.owner = Some("me".into());
    device.note = Some(Some("n".into()));
    device.tags = Some(vec!["x".into(), "y".into()]);
    device.pin = Some(Secret::new("123456"));
    device.enrolled = Some("2024-01-01T00:00:00.000Z".parse().unwrap());
    device.mode = Some(Mode::WipeCloud);
    device.parent = Some(Box::new(Device::new(2)));
    device.ratio = Some(1.0);
    let text = r#"{"id":1,"name":"a","owner":"me","note":"n","tags":["x","y"],"pin":"123456","enrolled at":"2024-01-01T00:00:00.000Z","mode":"WIPE_CLOUD","parent":{"id":2,"owner":null},"ratio":1.0}"#;
    assert_eq!(written(&device), text);
    assert_eq!(read::<Device>(text).unwrap(), device);
}

#[test]
fn fields_are_read_in_any_order_between_white_space() {
    let device: Device = read(" {\"tags\" : [ ] ,\n\"owner\":\"o\",\t\"id\":1}\r\n").unwrap();
    assert_eq!((device.id, device.owner.as_deref(), device.tags), (1, Some("o"), Some(vec![])));
}

#[test]
fn null_is_absence_for_an_optional_field_that_is_not_nullable() {
    let device: Device =
        read(r#"{"id":1,"owner":null,"name":null,"tags":null,"parent":null}"#).unwrap();
    assert_eq!(device, Device::new(1));
}

#[test]
fn null_and_absence_differ_for_an_optional_nullable_field() {
    for (text, note) in [
        (r#"{"id":1,"owner":null}"#, None),
        (r#"{"id":1,"owner":null,"note":null}"#, Some(None)),
        (r#"{"id":1,"owner":null,"note":"x"}"#, Some(Some("x".to_owned()))),
    ] {
        let device: Device = read(text).unwrap();
        assert_eq!(device.note, note);
        assert_eq!(written(&device), text);
    }
}

#[test]
fn null_is_a_fault_for_a_required_field_that_is_not_nullable() {
    let fault = fault::<Device>(r#"{"id":null,"owner":null}"#);
    assert_eq!(fault.to_string(), "at $.id: expected integer, found null");
    assert_eq!(fault.offset, 6);
}

#[test]
fn missing_required_fields_are_named_together_at_their_object() {
    let found = fault::<Device>(r#"{"id":1,"owner":null,"parent":{}}"#);
    assert_eq!(found.path, "$.parent");
    assert_eq!(
        found.to_string(),
        r#"at $.parent: expected Device with the properties "id", "owner", found an object without"#
    );
    assert_eq!(found.offset, 30);
    let found = fault::<Device>(r#"{"id":1}"#);
    assert_eq!(
        found.to_string(),
        r#"at $: expected Device with the property "owner", found an object without"#
    );
}

#[test]
fn a_required_nullable_field_must_be_there() {
    assert_eq!(fault::<Device>(r#"{"id":1}"#).expected, r#"Device with the property "owner""#);
}

/// Numbers that may stand in quotes, beside one that may not.
#[derive(Clone)]
struct Sums {
    count: i32,
    ratio: Option<Option<f64>>,
    each: Option<Vec<i64>>,
    plain: Option<i32>,
}

tenon_runtime::object!(Sums {
    required count: "count" quoted, optional ratio: "ratio" nullable quoted,
    optional each: "each" quoted, optional plain: "plain",
});

#[test]
fn a_quoted_field_reads_numbers_from_texts_and_writes_numbers() {
    let text = r#"{"count":"-7","ratio":"1.5e1","each":["1",2],"plain":3}"#;
    let sums: Sums = read(text).unwrap();
    assert_eq!((sums.count, sums.ratio), (-7, Some(Some(15.0))));
    assert_eq!(written(&sums), r#"{"count":-7,"ratio":15.0,"each":[1,2],"plain":3}"#);
    assert_eq!(read::<Sums>(r#"{"count":1,"ratio":null}"#).unwrap().ratio, Some(None));
    let refused = fault::<Sums>(r#"{"count":1,"plain":"3"}"#);
    assert_eq!(refused.to_string(), "at $.plain: expected integer, found string \"3\"");
    let refused = fault::<Sums>(r#"{"count":"seven"}"#);
    assert_eq!(refused.to_string(), "at $.count: expected integer, found string \"seven\"");
}

#[test]
fn unknown_properties_are_skipped_whatever_they_hold() {
    let device: Device =
        read(r#"{"x":{"id":"no","deep":[[{"a":"\u00e9\"]}"}],1e5,-0.5,true,null]},"id":1,"":[],"owner":null}"#).unwrap();
    assert_eq!(device, Device::new(1));
}

#[test]
fn what_is_skipped_must_still_be_json_and_utf8() {
    assert!(read::<Device>(r#"{"x":[1,],"id":1,"owner":null}"#).is_err());
    assert!(read::<Device>(r#"{"x":nul,"id":1,"owner":null}"#).is_err());
    assert!(from_slice::<Device>(b"{\"x\":\"\xff\",\"id\":1,\"owner\":null}").is_err());
    assert!(from_slice::<Device>(b"{\"\xff\":1,\"id\":1,\"owner\":null}").is_err());
}

#[test]
fn of_duplicate_properties_the_last_wins() {
    let device: Device = read(r#"{"id":1,"owner":"a","id":2,"owner":"b"}"#).unwrap();
    assert_eq!((device.id, device.owner.as_deref()), (2, Some("b")));
}

#[test]
fn escaped_names_are_the_same_names() {
    assert_eq!(read::<Device>(r#"{"\u0069d":3,"owner":null}"#).unwrap().id, 3);
}

#[test]
fn paths_lead_through_objects_and_arrays_and_quote_odd_names() {
    let text = r#"{"id":1,"owner":null,"parent":{"id":1,"owner":null,"parent":{"id":1,"owner":null,"tags":["a",7]}}}"#;
    let found = fault::<Device>(text);
    assert_eq!(found.to_string(), "at $.parent.parent.tags[1]: expected string, found number 7");
    let found = fault::<Device>(r#"{"id":1,"owner":null,"enrolled at":"today"}"#);
    assert_eq!(
        found.to_string(),
        r#"at $["enrolled at"]: expected date-time (RFC 3339), found string "today""#
    );
    let found = fault::<Vec<Device>>(r#"[{"id":1,"owner":null},{"id":"x","owner":null}]"#);
    assert_eq!(found.to_string(), r#"at $[1].id: expected integer, found string "x""#);
}

#[test]
fn what_is_found_is_quoted_shortly_and_only_when_it_is_a_scalar() {
    for (text, found) in [
        (r#"{"a":"secret"}"#, "an object"),
        ("[1]", "an array"),
        ("true", "true"),
        ("1.5", "number 1.5"),
        (&format!("\"{}\"", "ä".repeat(41)), &format!("string \"{}…\"", "ä".repeat(40))),
        ("\"a\\nb\"", "string \"a\\nb\""),
    ] {
        let actual = if text.starts_with('{') { fault::<i64>(text) } else { fault::<Device>(text) };
        assert_eq!(actual.found, found, "{text}");
    }
}

#[test]
fn properties_beyond_the_fields_are_kept_and_written_after_them() {
    let page: Page = read(r#"{"b":2,"next":"n","a":1}"#).unwrap();
    assert_eq!(page.next.as_deref(), Some("n"));
    assert_eq!(written(&page), r#"{"next":"n","a":1,"b":2}"#);
    assert_eq!(
        fault::<Page>(r#"{"a":"x"}"#).to_string(),
        r#"at $.a: expected integer, found string "x""#
    );
}

#[test]
fn a_kept_property_with_the_name_of_a_field_is_not_written_twice() {
    let mut page = Page { next: Some("n".into()), ..Page::default() };
    page.additional_properties.insert("next".into(), 1);
    assert_eq!(written(&page), r#"{"next":"n"}"#);
}

#[test]
fn requests_leave_out_read_only_fields() {
    struct T {
        id: i64,
        name: String,
        at: Option<i64>,
    }
    tenon_runtime::object!(T {
        required id: "id" read_only,
        required name: "name",
        optional at: "at" read_only,
    });
    let value = T { id: 1, name: "n".into(), at: Some(2) };
    assert_eq!(written(&value), r#"{"id":1,"name":"n","at":2}"#);
    assert_eq!(tenon_runtime::codec::encode(&value, &[]).0, br#"{"name":"n"}"#);
}

#[test]
fn a_write_only_field_may_be_missing_from_a_reply() {
    #[derive(Default)]
    struct T {
        password: Option<String>,
        id: Option<i64>,
    }
    impl tenon_runtime::codec::Decode for T {
        fn decode(json: &mut tenon_runtime::codec::Decoder<'_>) -> Result<Self, Fault> {
            let mut value = Self::default();
            json.object(
                r#"T required password "password" write_only, required id "id""#,
                &mut [&mut value.password, &mut value.id],
            )?;
            Ok(value)
        }
    }
    let value: T = read(r#"{"id":1}"#).unwrap();
    assert_eq!((value.password, value.id), (None, Some(1)));
    assert_eq!(fault::<T>("{}").expected, r#"T with the property "id""#);
}

#[test]
fn a_struct_of_more_than_64_fields_knows_which_are_missing() {
    const MANY: &str = r#"optional x "x", "#;
    let words = format!("Wide {}required y \"last but one\", required z \"last\"", MANY.repeat(68));
    static WORDS: OnceLock<String> = OnceLock::new();
    WORDS.get_or_init(|| words);
    struct Wide;
    impl tenon_runtime::codec::Decode for Wide {
        fn decode(json: &mut tenon_runtime::codec::Decoder<'_>) -> Result<Self, Fault> {
            let mut values: Vec<Option<i64>> = vec![None; 70];
            let mut slots: Vec<&mut dyn tenon_runtime::codec::Slot> =
                values.iter_mut().map(|slot| slot as &mut dyn tenon_runtime::codec::Slot).collect();
            json.object(WORDS.get().unwrap(), &mut slots).map(|()| Self)
        }
    }
    assert!(read::<Wide>(r#"{"last":1,"last but one":2}"#).is_ok());
    let missing = read::<Wide>(r#"{"last but one":2}"#).map(drop).unwrap_err();
    assert_eq!(missing.expected, r#"Wide with the property "last""#);
}

#[test]
fn a_struct_without_fields_is_an_object() {
    #[derive(Clone)]
    struct Empty {}
    tenon_runtime::object!(Empty {});
    #[derive(Clone)]
    struct Open {
        extra: Extra,
    }
    tenon_runtime::object!(Open { } rest extra);
    assert_eq!(written(&read::<Empty>(r#"{"a":1}"#).unwrap()), "{}");
    assert_eq!(written(&read::<Open>(r#"{"a":1}"#).unwrap()), r#"{"a":1}"#);
    assert_eq!(fault::<Empty>("[]").expected, "object");
}

#[test]
fn equal_structs_have_equal_fields_and_equal_hashes() {
    #[derive(Clone)]
    struct Stay {
        from: DateTime,
        price: Option<Decimal>,
        key: Base64,
        guests: Vec<Mode>,
        extra: Extra,
    }
    tenon_runtime::object!(Stay: Hash {
        required from: "from",
        optional price: "price" [Maximum("1")],
        required key: "key",
        required guests: "guests",
    } rest extra);
    let of = |text: &str| read::<Stay>(text).unwrap();
    let hash = |stay: &Stay| {
        let mut state = DefaultHasher::new();
        stay.hash(&mut state);
        state.finish()
    };
    let stay = of(
        r#"{"from":"2026-01-01T01:00:00+01:00","price":2.50,"key":"AA==","guests":["WIPE"],"x":1}"#,
    );
    let same =
        of(r#"{"from":"2026-01-01T00:00:00.000Z","price":2.5,"key":"AA","guests":["WIPE"],"x":1}"#);
    assert!(stay == same && hash(&stay) == hash(&same));
    let others = [
        r#"{"from":"2026-01-01T00:00:01Z","price":2.5,"key":"AA","guests":["WIPE"],"x":1}"#,
        r#"{"from":"2026-01-01T00:00:00Z","key":"AA","guests":["WIPE"],"x":1}"#,
        r#"{"from":"2026-01-01T00:00:00Z","price":2.5,"key":"AQ","guests":["WIPE"],"x":1}"#,
        r#"{"from":"2026-01-01T00:00:00Z","price":2.5,"key":"AA","guests":[],"x":1}"#,
        r#"{"from":"2026-01-01T00:00:00Z","price":2.5,"key":"AA","guests":["WIPE"],"x":2}"#,
    ];
    for other in others.map(of) {
        assert!(stay != other && hash(&stay) != hash(&other), "{other:?}");
    }
}

#[test]
fn floats_in_a_struct_are_equal_as_floats_are() {
    let device = |ratio| {
        let mut device = Device::new(1);
        device.ratio = Some(ratio);
        device
    };
    assert_eq!(device(0.0), device(-0.0));
    assert_eq!(device(f64::INFINITY), device(f64::INFINITY));
    assert_ne!(device(f64::INFINITY), device(f64::NEG_INFINITY));
    assert_ne!(device(f64::NAN), device(f64::NAN));
}

#[test]
fn what_has_the_same_text_is_equal_only_if_it_is_the_same_value() {
    #[derive(Clone)]
    enum Key {
        Name(String),
        Mode(Mode),
    }
    tenon_runtime::union!(Key { Name, Mode, } picks [Pick::JsonType(&[("string", 0)])]);
    #[derive(Clone, Default)]
    struct Bag {
        key: Option<Key>,
        any: Option<Option<Json>>,
        map: Option<Json>,
        modes: Option<Vec<Mode>>,
    }
    tenon_runtime::object!(Bag {
        optional key: "key", optional any: "any" nullable, optional map: "map",
        optional modes: "modes",
    });
    let bag = Bag::default();
    let with_key = |key| Bag { key: Some(key), ..bag.clone() };
    assert_eq!(with_key(Key::Mode(Mode::Wipe)), with_key(Key::Mode(Mode::Wipe)));
    assert_ne!(with_key(Key::Mode(Mode::Wipe)), with_key(Key::Name("WIPE".into())));
    let with_mode = |mode| Bag { modes: Some(vec![mode]), ..bag.clone() };
    assert_ne!(with_mode(Mode::Wipe), with_mode(Mode::Unknown("MELT".into())));
    assert_ne!(with_mode(Mode::Wipe), bag);
    let with_any = |any| Bag { any: Some(any), ..bag.clone() };
    assert_ne!(with_any(None), with_any(Some(Json::Null)));
    assert_ne!(with_any(None), bag);
    let with_map = |text: &str| Bag { map: Some(read(text).unwrap()), ..bag.clone() };
    assert_eq!(
        with_map(r#"{"a":1,"b":{"c":2,"d":[]}}"#),
        with_map(r#"{"b":{"d":[],"c":2},"a":1}"#)
    );
    assert_ne!(with_map(r#"{"a":1,"b":2}"#), with_map(r#"{"a":2,"b":1}"#));
}

#[test]
fn free_form_json_keeps_integers_and_writes_itself_back() {
    for text in [
        "null",
        "true",
        "-9223372036854775808",
        "18446744073709551615",
        "1.5",
        "1.0",
        "-0.0",
        r#""\"\\\b\f\n\r\t\u0001é😀/""#,
        r#"{"a":[1,{"b":null}],"z":{}}"#,
        "[]",
    ] {
        let value: tenon_runtime::Json = read(text).unwrap();
        assert_eq!(written(&value), text);
    }
    assert_eq!(
        read::<tenon_runtime::Json>("18446744073709551616").unwrap(),
        json!(18446744073709551616.0)
    );
    assert_eq!(read::<tenon_runtime::Json>("[1e400]").unwrap_err().path, "$[0]");
}
