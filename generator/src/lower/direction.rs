//! Properties that travel one way only, in models that travel both.
//!
//! `required` holds for the direction in which a property travels (OpenAPI 3.0, section 4.7.24.2):
//! a required read-only property isn't in requests, a required write-only one isn't in replies. A
//! model that travels that way holds values without it, so there it is optional; what has to be
//! sent all the same is a rule of the object.

use tenon_ir as ir;

/// Makes optional what isn't there in one of the directions of its model.
pub(super) fn relax(api: &mut ir::Api) {
    for item in &mut api.items {
        let usage = item.usage;
        let ir::Kind::Struct(shape) = &mut item.kind else { continue };
        let mut sent = Vec::new();
        for field in &mut shape.fields {
            let (unsent, unread) =
                (usage.request && field.read_only, usage.reply && field.write_only);
            if !unsent && !unread {
                continue;
            }
            if usage.request && !field.read_only && field.presence == ir::Presence::Required {
                sent.push(field.wire.clone());
            }
            field.presence = ir::Presence::Optional;
        }
        if !sent.is_empty() {
            shape.rules.push(ir::Rule::AnyOf(vec![sent]));
        }
    }
}
