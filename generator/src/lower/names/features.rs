//! Names of Cargo features: each part is called as its module.

use super::scope::Scope;
use crate::config::Features;
use tenon_ir as ir;

/// Names that no tag gets, as a crate of its own has features of these names anyway.
fn reserved() -> Scope {
    let own = ir::CrateFeature::ALL.iter().map(|feature| feature.name);
    Scope::with(&own.chain(["default", "full"]).collect::<Vec<_>>())
}

/// Names the features of the groups and of the webhooks, which are named already.
pub(super) fn assign(api: &mut ir::Api, features: Features) {
    let plain = |name: &ir::Ident| name.as_str().trim_start_matches("r#").to_owned();
    let (whole, prefix, mut taken) = match features {
        Features::Api => return,
        Features::Tags => ("full".to_owned(), String::new(), reserved()),
        Features::PrefixedTags => {
            (plain(&api.name), format!("{}-", plain(&api.name)), Scope::default())
        }
    };
    let webhooks = (!api.webhooks.is_empty()).then_some(&api.webhooks_module);
    let modules = api.groups.iter().map(|group| &group.name).chain(webhooks);
    let mut feature = |module: &ir::Ident| {
        let name = format!("{prefix}{}", plain(module).replace('_', "-"));
        let name = name.trim_end_matches('-').to_owned();
        taken.take_text(&[name.clone(), format!("{name}-tag")])
    };
    let parts = modules.map(&mut feature).collect();
    api.features = Some(ir::Features { whole, parts });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_tag_takes_a_feature_that_the_crate_has_anyway() {
        let mut taken = reserved();
        for (name, feature) in
            [("devices", "devices"), ("mock", "mock-tag"), ("mock", "mock-tag-2")]
        {
            assert_eq!(taken.take_text(&[name.to_owned(), format!("{name}-tag")]), feature);
        }
    }
}
