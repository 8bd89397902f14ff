//! Scalars and containers: numbers at their limits, strings and escapes, lists, maps, tuples.
#![allow(missing_docs, clippy::expect_used, clippy::panic, clippy::unwrap_used)]

mod codec_support;

use std::collections::BTreeMap;

use codec_support::{Mode, Status};
use tenon_runtime::codec::{Decode, Encode, Fault, from_slice, to_vec};
use tenon_runtime::{Decimal, Ipv4, Ipv6, Json, json};

fn read<T: Decode>(json: &str) -> Result<T, Fault> {
    from_slice(json.as_bytes())
}

fn fault<T: Decode>(json: &str) -> String {
    match read::<T>(json) {
        Ok(_) => panic!("decodes: {json}"),
        Err(fault) => fault.to_string(),
    }
}

fn written(value: &dyn Encode) -> String {
    String::from_utf8(to_vec(value)).unwrap()
}

#[test]
fn integers_reach_to_the_limits_of_their_type_and_no_further() {
    assert_eq!(read::<i32>("-2147483648").unwrap(), i32::MIN);
    assert_eq!(read::<i64>("9223372036854775807").unwrap(), i64::MAX);
    assert_eq!(read::<i64>("-9223372036854775808").unwrap(), i64::MIN);
    assert_eq!(read::<u64>("18446744073709551615").unwrap(), u64::MAX);
    assert_eq!(read::<u32>("4294967295").unwrap(), u32::MAX);
    assert_eq!(
        fault::<i32>("2147483648"),
        "at $: expected integer from -2147483648 to 2147483647, found number 2147483648"
    );
    assert_eq!(
        fault::<i64>(" 9223372036854775808"),
        "at $: expected integer from -9223372036854775808 to 9223372036854775807, found number 9223372036854775808"
    );
    assert_eq!(fault::<u32>("-1"), "at $: expected integer from 0 to 4294967295, found number -1");
    assert!(fault::<i64>("1e400").starts_with("at $: expected integer from"));
    assert!(
        fault::<u64>("99999999999999999999999999999999999999999999999")
            .contains("expected integer from 0")
    );
}

#[test]
fn a_number_without_a_fraction_is_an_integer_however_it_is_written() {
    for text in ["1000", "1000.0", "1e3", "1E+3", "10000e-1", "0.1e4"] {
        assert_eq!(read::<i64>(text).unwrap(), 1000, "{text}");
    }
    assert_eq!(read::<u64>("-0").unwrap(), 0);
    assert_eq!(read::<i64>("9223372036854775807.0").unwrap(), i64::MAX);
    assert_eq!(fault::<i64>("1.5"), "at $: expected integer, found number 1.5");
    assert_eq!(fault::<i64>("1e-1"), "at $: expected integer, found number 1e-1");
    assert_eq!(fault::<i64>("\"1\""), "at $: expected integer, found string \"1\"");
}

#[test]
fn floats_take_integers_and_write_a_fraction() {
    assert_eq!(read::<f64>("1").unwrap(), 1.0);
    assert_eq!(read::<f64>("-0.5e-3").unwrap(), -0.0005);
    assert_eq!(read::<f64>("1e-999").unwrap(), 0.0);
    for (value, text) in
        [(1.0, "1.0"), (0.1, "0.1"), (-2.5, "-2.5"), (1e21, "1e21"), (1e-7, "1e-7"), (-0.0, "-0.0")]
    {
        assert_eq!(read::<f64>(&written(&value)).unwrap().to_bits(), f64::to_bits(value));
        assert_eq!(read::<f64>(text).unwrap().to_bits(), f64::to_bits(value), "{text}");
    }
    assert_eq!(written(&1.0_f64), "1.0");
    assert_eq!(written(&0.1_f32), "0.1");
    assert_eq!(
        fault::<f64>("1e309"),
        "at $: expected number within the range of a double, found number 1e309"
    );
    assert_eq!(read::<f32>("3.4e38").unwrap(), 3.4e38);
    assert_eq!(
        fault::<f32>("1e39"),
        "at $: expected number within the range of a float, found number 1e39"
    );
    assert_eq!(fault::<f64>("true"), "at $: expected number, found true");
}

#[test]
fn numbers_that_are_not_json_are_faults() {
    for text in
        ["01", "1.", ".5", "+1", "-", "1e", "0x10", "NaN", "Infinity", "-Infinity", "1_000", "1,5"]
    {
        assert!(read::<f64>(text).is_err(), "{text}");
        assert!(read::<i64>(text).is_err(), "{text}");
    }
}

#[test]
fn strings_are_escaped_and_unescaped() {
    for (value, text) in [
        ("", r#""""#),
        ("plain ä 😀 \u{7f} \u{2028}", "\"plain ä 😀 \u{7f} \u{2028}\""),
        ("\"\\/\u{8}\u{c}\n\r\t\u{0}\u{1f}", r#""\"\\/\b\f\n\r\t\u0000\u001f""#),
    ] {
        assert_eq!(written(&value), text);
        assert_eq!(read::<String>(text).unwrap(), value);
    }
    assert_eq!(read::<String>(r#""\u00e9\ud83d\ude00\/""#).unwrap(), "é😀/");
}

#[test]
fn broken_strings_are_faults_with_words_and_offset() {
    for (text, expected) in [
        (&b"\"abc"[..], "the rest of the string"),
        (b"\"a\\x\"", "a JSON escape"),
        (b"\"\xff\"", "UTF-8"),
        (b"\"\xc3\x28\"", "UTF-8"),
        (b"\"a\nb\"", "control characters only in escaped form"),
    ] {
        let fault = from_slice::<String>(text).unwrap_err();
        assert_eq!(fault.expected, expected, "{text:?}");
        assert!(fault.offset <= text.len());
    }
}

#[test]
fn half_of_a_surrogate_pair_is_the_replacement_character() {
    assert_eq!(from_slice::<String>(br#""\ud800""#).unwrap(), "\u{fffd}");
    assert_eq!(from_slice::<String>(br#""a\ud800\u0041""#).unwrap(), "a\u{fffd}A");
    let json = from_slice::<Json>(br#"{"\udc00":["\ud83d\ude00\ud83d"]}"#).unwrap();
    assert_eq!(json, json!({"\u{fffd}": ["\u{1f600}\u{fffd}"]}));
    assert!(from_slice::<String>(br#""\ud8""#).is_err());
}

#[test]
fn other_scalars() {
    assert!(read::<bool>("true").unwrap());
    assert!(!read::<bool>(" false ").unwrap());
    assert_eq!(fault::<bool>("\"true\""), "at $: expected boolean, found string \"true\"");
    read::<()>("null").unwrap();
    assert_eq!(written(&()), "null");
    assert_eq!(fault::<()>("0"), "at $: expected null, found number 0");
    assert_eq!(read::<Option<i64>>("null").unwrap(), None);
    assert_eq!(read::<Option<i64>>("1").unwrap(), Some(1));
    assert_eq!(*read::<Box<i64>>("1").unwrap(), 1);
}

#[test]
fn lists_and_maps() {
    let list: Vec<Option<i64>> = read("[1,null, 2]").unwrap();
    assert_eq!(list, [Some(1), None, Some(2)]);
    assert_eq!(written(&list), "[1,null,2]");
    assert_eq!(written(&["a", "b"].as_slice()), r#"["a","b"]"#);
    let map: BTreeMap<String, Vec<bool>> = read(r#"{"b":[true],"a":[]}"#).unwrap();
    assert_eq!(written(&map), r#"{"a":[],"b":[true]}"#);
    assert_eq!(fault::<Vec<i64>>(r#"{"a":1}"#), "at $: expected array, found an object");
    assert_eq!(
        fault::<BTreeMap<String, i64>>(r#"{"a":1,"b":"x"}"#),
        "at $.b: expected integer, found string \"x\""
    );
    assert_eq!(
        fault::<BTreeMap<String, Vec<i64>>>(r#"{"a b":[1,true]}"#),
        "at $[\"a b\"][1]: expected integer, found true"
    );
}

#[test]
fn tuples_take_their_items_in_order_and_skip_the_rest() {
    let tuple: (i64, String, Option<bool>) = read(r#"[1,"a",null,{"more":[]}]"#).unwrap();
    assert_eq!(tuple, (1, "a".to_owned(), None));
    assert_eq!(written(&tuple), r#"[1,"a",null]"#);
    assert_eq!(fault::<(i64, i64)>("[1]"), "at $: expected array of 2 items, found an array of 1");
    assert_eq!(fault::<(i64, i64)>("[1,\"x\"]"), "at $[1]: expected integer, found string \"x\"");
    let twelve =
        (1_i64, 2_i64, 3_i64, 4_i64, 5_i64, 6_i64, 7_i64, 8_i64, 9_i64, 10_i64, 11_i64, 12_i64);
    assert_eq!(
        read::<(i64, i64, i64, i64, i64, i64, i64, i64, i64, i64, i64, i64)>(&written(&twelve))
            .unwrap(),
        twelve
    );
    assert_eq!(read::<(i64,)>("[5]").unwrap(), (5,));
}

#[test]
fn enums_are_open_and_write_themselves_back() {
    assert_eq!(read::<Mode>("\"WIPE\"").unwrap(), Mode::Wipe);
    let unknown: Mode = read("\"MELT\"").unwrap();
    assert_eq!(unknown, Mode::Unknown("MELT".into()));
    assert_eq!(written(&unknown), "\"MELT\"");
    assert_eq!((unknown.to_string(), unknown.as_ref()), ("MELT".to_owned(), "MELT"));
    assert_eq!(Mode::from("WIPE"), Mode::Wipe);
    assert_eq!("WIPE_CLOUD".parse::<Mode>().unwrap(), Mode::WipeCloud);
    assert_eq!(format!("{:>6}", Mode::Wipe), "  WIPE");
    assert_eq!(fault::<Mode>("1"), "at $: expected string, found number 1");
    assert_eq!(
        read::<Vec<Status>>("[1,-1,7,1.0]").unwrap(),
        [Status::Pending, Status::Unknown, Status::Other(7), Status::Pending]
    );
    assert_eq!(Status::Other(7).to_string(), "7");
    assert_eq!(written(&Status::Unknown), "-1");
}

#[test]
fn a_text_has_one_value_and_an_end() {
    assert_eq!(fault::<i64>("1 2"), "at $: expected the end of the text, found a number");
    assert_eq!(fault::<i64>(""), "at $: expected a JSON value, found the end of the text");
    assert_eq!(
        fault::<Vec<i64>>("[1"),
        "at $[1]: expected the rest of the array, found the end of the text"
    );
    assert_eq!(
        fault::<Vec<i64>>("[1 2]"),
        "at $[1]: expected a comma or the end of the array, found a number"
    );
    assert_eq!(fault::<Vec<i64>>("[1,]"), "at $[1]: expected a value after the comma, found `]`");
    assert_eq!(
        fault::<BTreeMap<String, i64>>("{\"a\" 1}"),
        "at $: expected a colon, found a number"
    );
    assert_eq!(
        fault::<BTreeMap<String, i64>>("{a:1}"),
        "at $: expected the name of a property, found a"
    );
}

#[test]
fn a_byte_order_mark_is_ignored_before_a_text_and_nowhere_else() {
    assert_eq!(read::<i64>("\u{feff}1").unwrap(), 1);
    let twice = "\u{feff}\u{feff}1";
    assert_eq!(fault::<i64>(twice), "at $: expected integer, found the byte 0xEF");
    assert_eq!(
        fault::<i64>("1\u{feff}"),
        "at $: expected the end of the text, found the byte 0xEF"
    );
}

#[test]
fn decimals_keep_their_digits() {
    for text in ["0", "-0", "1.50", "100000000000000000000.10", "1e400", "0.1E-3"] {
        let number: Decimal = from_slice(text.as_bytes()).unwrap();
        assert_eq!(String::from_utf8(to_vec(&number)).unwrap(), text);
        assert_eq!(number.to_string(), text);
        assert_eq!(text.parse::<Decimal>().unwrap().as_str(), text);
    }
    let (short, long): (Decimal, Decimal) = ("1.5".parse().unwrap(), "1.50".parse().unwrap());
    assert_eq!(short, long);
    assert!("1.49".parse::<Decimal>().unwrap() < short && Decimal::from(2) > short);
    assert_eq!(short.to_f64(), 1.5);
    for text in ["", " 1", "1 ", "+1", ".5", "\"1\"", "NaN", "null", "1,5"] {
        assert!(text.parse::<Decimal>().is_err(), "{text}");
    }
    assert!(from_slice::<Decimal>(b"\"1.5\"").is_err());
}

#[test]
fn narrow_integers_refuse_what_they_cannot_hold() {
    assert_eq!(from_slice::<i8>(b"-128").unwrap(), -128);
    assert_eq!(from_slice::<u8>(b"255").unwrap(), 255);
    assert_eq!(from_slice::<i16>(b"-32768").unwrap(), -32768);
    assert_eq!(from_slice::<u16>(b"65535").unwrap(), 65535);
    assert!(from_slice::<i8>(b"128").is_err() && from_slice::<u8>(b"-1").is_err());
    assert!(from_slice::<i16>(b"32768").is_err() && from_slice::<u16>(b"65536").is_err());
    assert_eq!((to_vec(&200_u8), to_vec(&-5_i16)), (b"200".to_vec(), b"-5".to_vec()));
}

#[test]
fn addresses_are_written_as_they_were() {
    for text in ["\"192.0.2.1\"", "\"0.0.0.0\""] {
        let address: Ipv4 = from_slice(text.as_bytes()).unwrap();
        assert_eq!(to_vec(&address), text.as_bytes());
    }
    for text in ["\"::1\"", "\"2001:0DB8::0001\"", "\"::ffff:192.0.2.1\""] {
        let address: Ipv6 = from_slice(text.as_bytes()).unwrap();
        assert_eq!(to_vec(&address), text.as_bytes());
    }
    for text in ["\"10.0.0.0/8\"", "\"256.0.0.1\"", "\"::1\"", "\"\""] {
        assert!(from_slice::<Ipv4>(text.as_bytes()).is_err(), "{text}");
    }
    for text in ["\"::1%eth0\"", "\"192.0.2.1\"", "\"[::1]\""] {
        assert!(from_slice::<Ipv6>(text.as_bytes()).is_err(), "{text}");
    }
}
