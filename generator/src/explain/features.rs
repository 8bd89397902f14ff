//! Cargo features: what each part and each file of models is compiled with.

use tenon_ir::{Api, Gate};

/// The features, and the files of models that some of them bring.
pub(super) fn of_api(api: &Api) -> String {
    let Some(features) = &api.features else { return String::new() };
    let mut text = format!("  feature {}: {}\n", features.whole, features.parts.join(", "));
    for family in &api.families {
        let needed = match &family.gate {
            Gate::Always => "always".to_owned(),
            Gate::Whole => features.whole.clone(),
            Gate::Any(parts) => {
                let names = parts.iter().filter_map(|part| features.parts.get(*part));
                names.cloned().collect::<Vec<_>>().join(" or ")
            }
        };
        text += &format!("  models {}: {needed}\n", family.name.as_str());
    }
    text
}
