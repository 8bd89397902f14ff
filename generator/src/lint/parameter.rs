//! Parameters: that they are described.

use super::cx::Cx;

/// Parameters of operations have a description, of their own or of their schema.
pub(super) fn description(cx: &mut Cx<'_, '_>) {
    let spec = cx.spec;
    for id in spec.operations.iter().flat_map(|operation| &operation.parameters) {
        let parameter = spec.parameter(*id);
        let of_schema = || {
            let parts = parameter.schema.map(|id| cx.parts(id)).unwrap_or_default();
            parts.into_iter().any(|part| spec.schema(part).description.is_some())
        };
        if parameter.description.is_none() && !of_schema() {
            cx.say(parameter.at, format!("the parameter `{}` has no description", parameter.name))
                .help("say what it means, and in which unit or form it is given");
        }
    }
}
