use super::*;

const PLAIN: &[Encoding] = &[];

#[test]
fn a_form_is_written_as_the_whatwg_serializer_does() {
    for (json, expected) in [
        (r#"{}"#, ""),
        (r#"{"a":"b"}"#, "a=b"),
        (r#"{"a b":"c d"}"#, "a+b=c+d"),
        (r#"{"a":"*-._~'()!"}"#, "a=*-._%7E%27%28%29%21"),
        (r#"{"a":"1+1=2&x"}"#, "a=1%2B1%3D2%26x"),
        (r#"{"a":"ü日"}"#, "a=%C3%BC%E6%97%A5"),
        (r#"{"a":"\r\n"}"#, "a=%0D%0A"),
        (r#"{"a":"","b":true,"c":1.50,"d":null}"#, "a=&b=true&c=1.50"),
    ] {
        assert_eq!(urlencoded(json.as_bytes(), PLAIN), expected, "{json}");
    }
}

#[test]
fn without_an_encoding_a_list_is_written_item_by_item_and_an_object_as_json() {
    let json = br#"{"l":[1,"a b",null],"o":{"k":[1]},"lo":[{"k":1},{"k":2}],"e":[]}"#;
    let expected = "l=1&l=a+b&o=%7B%22k%22%3A%5B1%5D%7D&lo=%7B%22k%22%3A1%7D&lo=%7B%22k%22%3A2%7D";
    assert_eq!(urlencoded(json, PLAIN), expected);
}

#[test]
fn each_style_is_written_as_in_a_query() {
    let list = r#"{"p":["a,b","c d"]}"#;
    let object = r#"{"p":{"R":100,"G":[1,{"x":null,"y":2}]}}"#;
    for (json, style, explode, expected) in [
        (list, Style::Form, true, "p=a%2Cb&p=c+d"),
        (list, Style::Form, false, "p=a%2Cb,c+d"),
        (list, Style::SpaceDelimited, false, "p=a%2Cb+c+d"),
        (list, Style::PipeDelimited, false, "p=a%2Cb%7Cc+d"),
        (list, Style::DeepObject, true, "p%5B0%5D=a%2Cb&p%5B1%5D=c+d"),
        (object, Style::Form, true, "R=100&G=%5B1%2C%7B%22x%22%3Anull%2C%22y%22%3A2%7D%5D"),
        (
            object,
            Style::DeepObject,
            true,
            "p%5BR%5D=100&p%5BG%5D%5B0%5D=1&p%5BG%5D%5B1%5D%5By%5D=2",
        ),
    ] {
        let table = [Encoding::styled("p", style, explode)];
        assert_eq!(urlencoded(json.as_bytes(), &table), expected, "{style:?} {explode}");
    }
}

#[test]
fn reserved_characters_stay_where_the_document_allows_them() {
    let table = [Encoding::styled("p", Style::Form, true).allow_reserved()];
    let json = br#"{"p":"https://a.b/?c=d&e=f+g#h[%41%]"}"#;
    assert_eq!(urlencoded(json, &table), "p=https://a.b/?c=d%26e=f%2Bg#h[%41%25]");
}

#[test]
fn a_list_that_is_said_to_be_json_is_one_value() {
    let table = [Encoding::new("p").content_type("application/json")];
    assert_eq!(urlencoded(br#"{"p":[1,2],"q":[1,2]}"#, &table), "p=%5B1%2C2%5D&q=1&q=2");
}

#[test]
fn lines_are_json_and_a_sequence_has_its_separators() {
    assert_eq!(lines(br#"[{"a":1},"x",[2]]"#, "application/x-ndjson"), b"{\"a\":1}\n\"x\"\n[2]\n");
    assert_eq!(lines(b"[1,2]", "application/json-seq"), b"\x1e1\n\x1e2\n");
    assert_eq!(lines(b"[]", "application/jsonl"), b"");
}
