//! Models as generated code writes them, for the tests of the codec.
#![allow(dead_code, missing_docs, unreachable_pub)]

use std::collections::BTreeMap;

use tenon_runtime::codec::Pick;
use tenon_runtime::{DateTime, Json, Secret};

/// Every combination of presence and nullability, a secret, a date, nesting.
#[derive(Clone)]
pub struct Device {
    pub id: i64,
    pub name: Option<String>,
    pub owner: Option<String>,
    pub note: Option<Option<String>>,
    pub tags: Option<Vec<String>>,
    pub pin: Option<Secret>,
    pub enrolled: Option<DateTime>,
    pub mode: Option<Mode>,
    pub parent: Option<Box<Device>>,
    pub ratio: Option<f64>,
}

impl Device {
    pub fn new(id: i64) -> Self {
        Self {
            id,
            name: None,
            owner: None,
            note: None,
            tags: None,
            pin: None,
            enrolled: None,
            mode: None,
            parent: None,
            ratio: None,
        }
    }
}

tenon_runtime::object!(Device {
    required id: "id" [Minimum("1")],
    optional name: "name" [MinLength(1), MaxLength(5)],
    required owner: "owner" nullable [MinLength(2)],
    optional note: "note" nullable,
    optional tags: "tags" [MaxItems(2), Items[Pattern("^[a-z]+$")]],
    optional pin: "pin" [Pattern("^[0-9]{6}$"), MaxLength(6)],
    optional enrolled: "enrolled at",
    optional mode: "mode",
    optional parent: "parent",
    optional ratio: "ratio",
});

tenon_runtime::text_enum! {
    /// An open enum of strings.
    pub enum Mode {
        Wipe = "WIPE",
        WipeCloud = "WIPE_CLOUD",
        .. Unknown
    }
}

tenon_runtime::int_enum! {
    /// An open enum of integers whose catch-all has another name.
    pub enum Status {
        Pending = 1,
        Unknown = -1,
        .. Other
    }
}

/// Fields beside any others.
#[derive(Clone, Default)]
pub struct Page {
    pub next: Option<String>,
    pub additional_properties: BTreeMap<String, i64>,
}

tenon_runtime::object!(Page {
    optional next: "next",
} rest additional_properties [Maximum("9")], rules [MaxProperties(3)]);

/// Told apart by a tag that the variants don't carry; open.
#[derive(Clone)]
pub enum Pet {
    Page(Page),
    Device(Device),
    Unknown(Json),
}

tenon_runtime::union!(Pet {
    Page tag "type" "page", Device tag "type" "device", .. Unknown,
} picks [Pick::Tag { property: "type", values: &[("page", 0), ("device", 1)] }]);
