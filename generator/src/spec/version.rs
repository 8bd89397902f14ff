//! The version that a document states.

use crate::diag::{At, Code, Sink};
use crate::source::{FileId, NodeId, Tree};

/// Version of the specification that a document is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Version {
    /// Swagger 2.0.
    V2,
    /// OpenAPI 3.0.
    V3_0,
    /// OpenAPI 3.1.
    V3_1,
    /// OpenAPI 3.2.
    V3_2,
}

/// The version that the document at `root` states, or none and an error.
pub fn version(tree: &Tree, root: NodeId, sink: &mut Sink) -> Option<Version> {
    let found = stated(tree, root);
    if let Some(Ok(version)) = found {
        return Some(version);
    }
    let file = tree.file(root);
    if let Some(Err(node)) = found {
        let text = tree.text(node).unwrap_or("nothing");
        sink.error(Code::UnknownVersion, node, format!("the version `{text}` isn't known"))
            .help("known are `swagger: \"2.0\"` and `openapi: 3.0.x`, `3.1.x` and `3.2.x`");
        return None;
    }
    let at = if file == FileId::MAIN && tree.is_map(root) {
        tree.entries(root).next().map_or(At::File(file), |(_, first)| At::Key(first))
    } else {
        At::File(file)
    };
    sink.error(Code::NotOpenApi, at, "neither `openapi` nor `swagger` stands at the top")
        .help("an OpenAPI document starts with `openapi: 3.1.0`, followed by `info` and `paths`");
    None
}

/// The version at the top of a file; an unknown one as the node that states it.
pub(super) fn stated(tree: &Tree, root: NodeId) -> Option<Result<Version, NodeId>> {
    if let Some(node) = tree.get(root, "openapi") {
        let text = tree.text(node).unwrap_or_default().trim();
        let minor = text.strip_prefix("3.").map(|rest| rest.split(['.', '-']).next());
        return Some(match minor.flatten() {
            Some("0") => Ok(Version::V3_0),
            Some("1") => Ok(Version::V3_1),
            Some("2") => Ok(Version::V3_2),
            _ => Err(node),
        });
    }
    let node = tree.get(root, "swagger")?;
    let text = tree.text(node).unwrap_or_default().trim();
    Some(if matches!(text, "2.0" | "2" | "2.0.0") { Ok(Version::V2) } else { Err(node) })
}
