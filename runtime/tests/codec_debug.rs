//! `Debug` of models is what a derive would write.

use tenon_runtime::{Extra, Secret};

tenon_runtime::text_enum! {
    /// What a device does.
    pub enum Mode {
        Wipe = "wipe",
        Self_ = "self",
        .. Unknown
    }
}

tenon_runtime::int_enum! {
    /// How a job ended.
    pub enum Code {
        Good = 0,
        .. Unknown
    }
}

/// A part.
#[derive(Clone, Default)]
pub struct Part {
    /// Its size.
    pub size: Option<f64>,
}

tenon_runtime::object!(Part { optional size: "the size" });

/// A device.
#[derive(Clone)]
pub struct Device {
    /// A reserved word.
    pub r#type: Mode,
    /// Another name on the wire, and rules.
    pub mac_address: Option<Option<String>>,
    /// A model.
    pub parts: Vec<Part>,
    /// What must not be shown.
    pub pin: Option<Secret>,
    /// Further properties.
    pub extra: Extra,
}

tenon_runtime::object!(Device {
    required r#type: "type",
    optional mac_address: "macAddress" nullable [MaxLength(17)],
    required parts: "parts" read_only,
    optional pin: "pin" write_only,
} rest extra);

/// The same by a derive.
mod derived {
    use super::{Extra, Mode, Secret};

    #[derive(Debug)]
    #[expect(dead_code, reason = "the fields are shown")]
    pub(super) struct Part {
        pub(super) size: Option<f64>,
    }

    #[derive(Debug)]
    #[expect(dead_code, reason = "the fields are shown")]
    pub(super) struct Device {
        pub(super) r#type: Mode,
        pub(super) mac_address: Option<Option<String>>,
        pub(super) parts: Vec<Part>,
        pub(super) pin: Option<Secret>,
        pub(super) extra: Extra,
    }
}

#[test]
fn a_struct_is_shown_as_a_derive_shows_it() {
    let pin = Some(Secret::new("1234"));
    let mut extra = Extra::new();
    extra.insert("color", "red");
    let ours = Device {
        r#type: Mode::Wipe,
        mac_address: Some(None),
        parts: vec![Part { size: Some(1.0) }, Part { size: None }],
        pin: pin.clone(),
        extra: extra.clone(),
    };
    let theirs = derived::Device {
        r#type: Mode::Wipe,
        mac_address: Some(None),
        parts: vec![derived::Part { size: Some(1.0) }, derived::Part { size: None }],
        pin,
        extra,
    };
    assert_eq!(format!("{ours:?}"), format!("{theirs:?}"));
    assert_eq!(format!("{ours:#?}"), format!("{theirs:#?}"));
    assert!(!format!("{ours:?}").contains("1234"));
}

#[test]
fn an_enum_is_shown_by_the_name_of_its_variant() {
    assert_eq!(format!("{:?}", Mode::Wipe), "Wipe");
    assert_eq!(format!("{:?}", Mode::Self_), "Self_");
    assert_eq!(format!("{:?}", Mode::from("new")), "Unknown(\"new\")");
    assert_eq!(format!("{:?}", Mode::Unknown("wipe".to_owned())), "Wipe");
    assert_eq!(format!("{:?} {:?}", Code::Good, Code::from(7)), "Good Unknown(7)");
}
