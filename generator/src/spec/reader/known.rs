//! The fields that each object may have: what else stands in one is a slip, or says nothing.
//!
//! A hand-written document is told of each; one of others once of a name and kind of object, as
//! nothing can be done about it there. Extensions (`x-…`) are never told.

use super::super::similar::similar;
use super::super::version::Version;
use super::cx::Cx;
use super::document::is_extension;
use crate::diag::{At, Code};
use crate::source::NodeId;

/// A kind of object, and its fields (OpenAPI 3.2, section 4; those of 3.0 and 3.1 are among them).
pub(super) struct Kind {
    /// What it is called.
    name: &'static str,
    /// Its fields.
    fields: &'static [&'static str],
}

macro_rules! kinds {
    ($($kind:ident = $name:literal: $($field:literal)*;)*) => {
        $(pub(super) static $kind: Kind = Kind { name: $name, fields: &[$($field),*] };)*
    };
}

kinds! {
    DOCUMENT = "a document": "openapi" "$self" "info" "jsonSchemaDialect" "servers" "paths" "webhooks"
        "components" "security" "tags" "externalDocs";
    INFO = "`info`": "title" "summary" "description" "termsOfService" "contact" "license" "version";
    SERVER = "a server": "url" "description" "name" "variables";
    VARIABLE = "a server variable": "enum" "default" "description";
    TAG = "a tag": "name" "summary" "description" "externalDocs" "parent" "kind";
    DOCS = "`externalDocs`": "url" "description";
    COMPONENTS = "`components`": "schemas" "responses" "parameters" "examples" "requestBodies" "headers"
        "securitySchemes" "links" "callbacks" "pathItems" "mediaTypes";
    OPERATION = "an operation": "tags" "summary" "description" "externalDocs" "operationId" "parameters"
        "requestBody" "responses" "callbacks" "deprecated" "security" "servers";
    PARAMETER = "a parameter or header": "name" "in" "description" "required" "deprecated"
        "allowEmptyValue" "style" "explode" "allowReserved" "schema" "example" "examples" "content";
    BODY = "a request body": "description" "content" "required";
    MEDIA = "a media type": "schema" "itemSchema" "example" "examples" "encoding" "prefixEncoding"
        "itemEncoding";
    ENCODING = "the encoding of a property": "contentType" "headers" "encoding" "prefixEncoding"
        "itemEncoding" "style" "explode" "allowReserved";
    RESPONSE = "a response": "summary" "description" "headers" "content" "links";
    DISCRIMINATOR = "a discriminator": "propertyName" "mapping" "defaultMapping";
    SCHEME = "a security scheme": "type" "description" "name" "in" "scheme" "bearerFormat" "flows"
        "openIdConnectUrl" "oauth2MetadataUrl" "deprecated";
    SCHEMA = "a schema": "$id" "$schema" "$ref" "$anchor" "$dynamicRef" "$dynamicAnchor"
        "$recursiveRef" "$recursiveAnchor" "$vocabulary" "$comment" "$defs" "definitions" "id"
        "allOf" "anyOf" "oneOf" "not" "if" "then" "else" "dependentSchemas" "dependencies"
        "prefixItems" "items" "additionalItems" "contains" "properties" "patternProperties"
        "additionalProperties" "propertyNames" "unevaluatedItems" "unevaluatedProperties" "type"
        "enum" "const" "multipleOf" "maximum" "exclusiveMaximum" "minimum" "exclusiveMinimum"
        "maxLength" "minLength" "pattern" "maxItems" "minItems" "uniqueItems" "maxContains"
        "minContains" "maxProperties" "minProperties" "required" "dependentRequired"
        "patternRequired" "title" "description" "default" "deprecated" "readOnly" "writeOnly"
        "example" "examples" "format" "contentEncoding" "contentMediaType" "contentSchema"
        "nullable" "discriminator" "xml" "externalDocs";
}

impl<'t> Cx<'t, '_> {
    /// Tells of the fields of an object that its kind doesn't have.
    pub(super) fn known(&mut self, object: NodeId, kind: &'static Kind) {
        for (key, node) in self.tree.entries(object) {
            if !kind.fields.contains(&key) {
                self.unknown(kind, key, node);
            }
        }
    }

    /// Tells of a field that this kind of object doesn't have, unless it does.
    pub(super) fn unknown(&mut self, kind: &'static Kind, key: &'t str, node: NodeId) {
        // A document of version 2 was levelled, and what it keeps of its own does no harm.
        if is_extension(key) || kind.fields.contains(&key) || self.version(node) == Version::V2 {
            return;
        }
        // A reference may lead to a whole file, whose own keys say what they are.
        if key == "$ref" || !self.is_told(kind, key) {
            return;
        }
        let help = match similar(key, kind.fields.iter().copied()) {
            Some(meant) => format!("did you mean `{meant}`? It is left out"),
            None => "it is left out; fields of your own begin with `x-`".to_owned(),
        };
        self.tell(kind, key, node, help);
    }

    /// Tells of a reference where this kind of object has none, and of what stands beside it.
    pub(super) fn known_reference(&mut self, object: NodeId, kind: &'static Kind) {
        for (key, node) in self.tree.entries(object) {
            if key == "$ref" && self.is_told(kind, key) {
                let help = "it is read as what it refers to; put that in its place".to_owned();
                self.tell(kind, key, node, help);
            } else if key != "$ref" && !is_extension(key) {
                let message = format!("`{key}` stands beside `$ref`, and is left out");
                self.sink
                    .warning(Code::IgnoredSibling, At::Key(node), message)
                    .help("move it to what the reference names");
            }
        }
    }

    fn tell(&mut self, kind: &'static Kind, key: &str, node: NodeId, help: String) {
        let message = format!("`{key}` is no field of {}", kind.name);
        self.sink.remark(Code::UnknownField, At::Key(node), message).help(help);
    }

    /// Documents of others repeat themselves: once of each name is enough.
    fn is_told(&mut self, kind: &'static Kind, key: &'t str) -> bool {
        !self.sink.is_lenient() || self.unknown_fields.insert((kind.name, key))
    }
}
