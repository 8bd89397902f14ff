//! Enums of known values, open to values that the document doesn't list.

use tenon_ir::{Enum, EnumBase, EnumVariant, Item};

use crate::docs::Text;
use crate::layout::{Code, quoted, word};
use crate::literal::number;
use crate::markdown::code;

/// `tenon_runtime::text_enum! { pub enum Mode { Wipe = "wipe", .. Unknown } }`
pub(super) fn write(item: &Item, shape: &Enum, out: &mut Code) {
    let text = shape.base == EnumBase::Text;
    out.line(0, if text { "tenon_runtime::text_enum! {" } else { "tenon_runtime::int_enum! {" });
    out.docs(1, &super::docs(item).lines());
    out.line(1, &format!("pub enum {} {{", word(&item.name)));
    for variant in &shape.variants {
        let docs = variant_docs(variant).lines();
        // The macro says by itself what the value is.
        if docs != [format!(" {}.", code(&variant.wire))] {
            out.docs(2, &docs);
        }
        let wire = if text {
            quoted(&variant.wire)
        } else {
            number(&variant.wire).to_string().replace(' ', "")
        };
        out.line(2, &format!("{} = {wire}{},", word(&variant.name), shown(&variant.wire)));
    }
    let open = if shape.open { " open" } else { "" };
    out.line(2, &format!(".. {}{open}", word(&shape.unknown)));
    out.line(1, "}");
    out.line(0, "}");
}

/// What the macro says that the value is, where backticks around it don't make it code.
fn shown(wire: &str) -> String {
    let code = code(wire);
    if code == format!("`{wire}`") { String::new() } else { format!(" shown {}", quoted(&code)) }
}

/// Documentation of a listed value.
pub(crate) fn variant_docs(variant: &EnumVariant) -> Text {
    let mut text = Text::of(&variant.docs, || format!("{}.", code(&variant.wire)));
    if variant.docs.deprecated {
        text.sentence("Deprecated.");
    }
    text.origin(&variant.docs);
    text
}
