//! The parts of a multipart body, given as the properties of an object.

use std::collections::BTreeMap;

use tenon_runtime::codec::{Decode, Decoder, from_slice, to_vec};
use tenon_runtime::{Fault, Json, Multipart, Part};

/// The parts of a body.
#[derive(Debug)]
pub struct Parts {
    by_name: BTreeMap<String, Json>,
}

impl Decode for Parts {
    fn decode(decoder: &mut Decoder<'_>) -> Result<Self, Fault> {
        BTreeMap::decode(decoder).map(|by_name| Self { by_name })
    }
}

impl Parts {
    /// A part that has to be there; `read` reads its JSON.
    ///
    /// # Errors
    ///
    /// It isn't there, or isn't what the part takes.
    pub fn required<T>(&self, name: &str, read: fn(&Json) -> Result<T, Fault>) -> Result<T, Fault> {
        self.optional(name, read)?.ok_or_else(|| Fault::new("$", "a part", "nothing", 0))
    }

    /// A part that may be left out.
    ///
    /// # Errors
    ///
    /// It isn't what the part takes.
    pub fn optional<T>(
        &self,
        name: &str,
        read: fn(&Json) -> Result<T, Fault>,
    ) -> Result<Option<T>, Fault> {
        self.by_name.get(name).map(read).transpose()
    }

    /// A body of these parts, where the document doesn't describe them.
    pub fn open(&self) -> Multipart {
        self.by_name
            .iter()
            .fold(Multipart::new(), |body, (name, value)| body.text(name.clone(), content(value)))
    }
}

/// Reads a part that is a value.
///
/// # Errors
///
/// It isn't what the part takes.
pub fn value<T: Decode>(json: &Json) -> Result<T, Fault> {
    from_slice(&to_vec(json))
}

/// Makes a file of a text, or of the JSON that isn't one.
///
/// # Errors
///
/// Never; it is one of several readers.
pub fn file(json: &Json) -> Result<Part, Fault> {
    Ok(Part::bytes(content(json).into_bytes()))
}

/// Makes a file of each item of a list.
///
/// # Errors
///
/// It isn't a list.
pub fn files(json: &Json) -> Result<Vec<Part>, Fault> {
    let items: Vec<Json> = value(json)?;
    items.iter().map(file).collect()
}

fn content(json: &Json) -> String {
    let text = to_vec(json);
    from_slice(&text).unwrap_or_else(|_| String::from_utf8_lossy(&text).into_owned())
}
