//! Models as generated code writes them, for the tests of the codec.
#![allow(dead_code, missing_docs, unreachable_pub)]

use std::collections::BTreeMap;

use tenon_runtime::codec::{
    Decode, Decoder, Encode, Encoder, Fault, Field, Object, Pick, Rule, Union,
};
use tenon_runtime::{DateTime, Json, Secret};

/// Every combination of presence and nullability, a secret, a date, nesting.
#[derive(Clone, Debug, PartialEq)]
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

pub static DEVICE: Object = Object::new(
    "Device",
    &[
        Field::required("id").rules(&[Rule::Minimum("1")]),
        Field::optional("name").rules(&[Rule::MinLength(1), Rule::MaxLength(5)]),
        Field::required("owner").nullable().rules(&[Rule::MinLength(2)]),
        Field::optional("note").nullable(),
        Field::optional("tags")
            .rules(&[Rule::MaxItems(2), Rule::Items(&[Rule::Pattern("^[a-z]+$")])]),
        Field::optional("pin").rules(&[Rule::Pattern("^[0-9]{6}$"), Rule::MaxLength(6)]),
        Field::optional("enrolled at"),
        Field::optional("mode"),
        Field::optional("parent"),
        Field::optional("ratio"),
    ],
);

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

impl Decode for Device {
    fn decode(json: &mut Decoder<'_>) -> Result<Self, Fault> {
        let (mut id, mut name, mut owner, mut note, mut tags) = (None, None, None, None, None);
        let (mut pin, mut enrolled, mut mode, mut parent, mut ratio) =
            (None, None, None, None, None);
        json.object(
            &DEVICE,
            &mut [
                &mut id,
                &mut name,
                &mut owner,
                &mut note,
                &mut tags,
                &mut pin,
                &mut enrolled,
                &mut mode,
                &mut parent,
                &mut ratio,
            ],
        )?;
        Ok(Self {
            id: json.required(id, &DEVICE, 0)?,
            name,
            owner: json.required(owner, &DEVICE, 2)?,
            note,
            tags,
            pin,
            enrolled,
            mode,
            parent,
            ratio,
        })
    }
}

impl Encode for Device {
    fn encode(&self, json: &mut Encoder) {
        json.object(
            &DEVICE,
            &[
                &self.id,
                &self.name,
                &self.owner,
                &self.note,
                &self.tags,
                &self.pin,
                &self.enrolled,
                &self.mode,
                &self.parent,
                &self.ratio,
            ],
        );
    }
}

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

tenon_runtime::serde_bridge!(Device, Page);

/// Fields beside any others.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Page {
    pub next: Option<String>,
    pub additional_properties: BTreeMap<String, i64>,
}

static PAGE: Object = Object::new("Page", &[Field::optional("next")])
    .rest()
    .rest_rules(&[Rule::Maximum("9")])
    .rules(&[Rule::MaxProperties(3)]);

impl Decode for Page {
    fn decode(json: &mut Decoder<'_>) -> Result<Self, Fault> {
        let mut value = Self::default();
        json.object_with(&PAGE, &mut [&mut value.next], &mut value.additional_properties)?;
        Ok(value)
    }
}

impl Encode for Page {
    fn encode(&self, json: &mut Encoder) {
        json.object_with(&PAGE, &[&self.next], &self.additional_properties);
    }
}

/// Told apart by a tag that the variants don't carry; open.
#[derive(Clone, Debug, PartialEq)]
pub enum Pet {
    Page(Page),
    Device(Device),
    Unknown(Json),
}

static PET: Union = Union::new("Pet", &["Page", "Device"])
    .picks(&[Pick::Tag { property: "type", values: &[("page", 0), ("device", 1)] }])
    .open();

impl Decode for Pet {
    fn decode(json: &mut Decoder<'_>) -> Result<Self, Fault> {
        json.union(
            &PET,
            &[
                |json| json.value().map(Self::Page),
                |json| json.value().map(Self::Device),
                |json| json.value().map(Self::Unknown),
            ],
        )
    }
}

impl Encode for Pet {
    fn encode(&self, json: &mut Encoder) {
        match self {
            Self::Page(value) => json.tagged("type", "page", value),
            Self::Device(value) => json.tagged("type", "device", value),
            Self::Unknown(value) => value.encode(json),
        }
    }
}
