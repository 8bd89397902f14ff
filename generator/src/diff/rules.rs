//! The rules: every kind of change that is told, and what it does to callers.
//!
//! A rule has a verdict for each direction in which what changed can travel. Its Rust verdict isn't
//! here: that depends on the code, and is found there. `rules.tsv` beside this file lists the same
//! rules with their nearest relatives in oasdiff; a test holds the two together.

use super::finding::{Direction, Wire};

/// A kind of change.
#[derive(Debug, PartialEq, Eq)]
pub struct Rule {
    /// Stable name: the code without its direction.
    pub name: &'static str,
    /// What it does where the caller sends what changed, and why.
    pub request: Option<Verdict>,
    /// What it does where the caller receives it, and why.
    pub reply: Option<Verdict>,
    /// What it does where nothing travels, and why.
    pub none: Option<Verdict>,
    /// It is about documentation only.
    pub docs: bool,
}

/// What a change does to callers, and a sentence that says why.
pub type Verdict = (Wire, &'static str);

impl Rule {
    /// The verdict in a direction: of both, the worse.
    pub fn verdict(&self, direction: Direction) -> Verdict {
        let unused = (Wire::Safe, "No operation sends or receives it.");
        let found = match direction {
            Direction::Request => self.request,
            Direction::Reply => self.reply,
            Direction::None => self.none.or(Some(unused)),
            Direction::Both => match (self.request, self.reply) {
                (Some(request), Some(reply)) if reply.0 > request.0 => Some(reply),
                (request, reply) => request.or(reply),
            },
        };
        found.or(self.none).unwrap_or(unused)
    }

    /// The code of a finding in this direction.
    pub fn code(&self, direction: Direction) -> String {
        match direction {
            Direction::Request => format!("request-{}", self.name),
            Direction::Reply => format!("reply-{}", self.name),
            Direction::Both | Direction::None => self.name.to_owned(),
        }
    }
}

const fn breaks(why: &'static str) -> Option<Verdict> {
    Some((Wire::Breaks, why))
}

const fn may(why: &'static str) -> Option<Verdict> {
    Some((Wire::MayBreak, why))
}

const fn safe(why: &'static str) -> Option<Verdict> {
    Some((Wire::Safe, why))
}

/// Rules with a verdict for each direction, for none, and about documentation only.
macro_rules! rules {
    (
        travels { $($both:ident = $both_name:literal: $request:expr, $reply:expr;)* }
        stays { $($none:ident = $none_name:literal: $neutral:expr;)* }
        docs { $($docs:ident = $docs_name:literal;)* }
    ) => {
        $(pub(super) static $both: Rule = Rule {
            name: $both_name, request: $request, reply: $reply, none: None, docs: false,
        };)*
        $(pub(super) static $none: Rule = Rule {
            name: $none_name, request: None, reply: None, none: $neutral, docs: false,
        };)*
        $(pub(super) static $docs: Rule = Rule {
            name: $docs_name, request: SAME, reply: SAME, none: SAME, docs: true,
        };)*
        /// Every rule.
        pub static RULES: &[&Rule] = &[$(&$both,)* $(&$none,)* $(&$docs),*];
    };
}

const SAME: Option<Verdict> = safe("The bytes on the wire are the same.");
const NARROWER: Option<Verdict> = breaks("Values that callers send so far are refused.");
const WIDER: Option<Verdict> = safe("What callers send so far is still taken.");
const LESS: Option<Verdict> = safe("What comes is within what came before.");
const MORE: Option<Verdict> = breaks("Values come that callers were told never come.");
const STATED: Option<Verdict> = may(
    "Values that callers send so far may be refused, unless the rule held before it was stated.",
);
const UNLISTED: Option<Verdict> =
    may("Callers that take only the values listed before meet another.");
const NO_RULE: Option<Verdict> = safe("It is no rule for what callers send or receive.");
const EFFECT: Option<Verdict> =
    breaks("A caller that leaves it out now gets what another value brings.");

rules! {
    travels {
        // Types
        TYPE_CHANGED = "type-changed": NARROWER, MORE;
        TYPE_WIDENED = "type-widened": WIDER, MORE;
        TYPE_NARROWED = "type-narrowed": NARROWER, LESS;
        FORMAT_CHANGED = "format-changed": NARROWER, MORE;
        FORMAT_ADDED = "format-added": NARROWER, LESS;
        FORMAT_REMOVED = "format-removed": WIDER, MORE;
        BECAME_NULLABLE = "became-nullable": WIDER,
            breaks("Callers that expect a value meet `null`.");
        BECAME_NOT_NULLABLE = "became-not-nullable": breaks("`null` is refused from now on."), LESS;
        ENCODING_CHANGED = "content-encoding-changed":
            breaks("What callers send so far is read in another way."),
            breaks("What comes has to be read in another way.");
        CONTENT_TYPE_CHANGED = "content-media-type-changed":
            breaks("What callers send so far is read in another way."),
            breaks("What comes has to be read in another way.");
        // Values
        ENUM_VALUE_ADDED = "enum-value-added": WIDER, UNLISTED;
        ENUM_VALUE_REMOVED = "enum-value-removed":
            breaks("Callers that send this value are refused."), LESS;
        BECAME_ENUM = "became-enum": NARROWER, LESS;
        ENUM_REMOVED = "enum-removed": WIDER, UNLISTED;
        EXTENSIBLE_VALUE_ADDED = "extensible-enum-value-added": WIDER,
            safe("Callers were told that other values may come.");
        EXTENSIBLE_VALUE_REMOVED = "extensible-enum-value-removed":
            breaks("Callers that send this value are refused."), LESS;
        CONST_ADDED = "const-added": NARROWER, LESS;
        CONST_REMOVED = "const-removed": WIDER, MORE;
        CONST_CHANGED = "const-changed": NARROWER, MORE;
        DEFAULT_ADDED = "default-added":
            safe("A default describes what the server does with a property that is left out."),
            NO_RULE;
        DEFAULT_REMOVED = "default-removed":
            safe("A default describes what the server does with a property that is left out."),
            NO_RULE;
        DEFAULT_CHANGED = "default-changed": may(
            "A caller that leaves it out now gets what another value brings."), NO_RULE;
        PARAMETER_DEFAULT_ADDED = "parameter-default-added": EFFECT, SAME;
        PARAMETER_DEFAULT_REMOVED = "parameter-default-removed": EFFECT, SAME;
        PARAMETER_DEFAULT_CHANGED = "parameter-default-changed": EFFECT, SAME;
        // Constraints
        CONSTRAINT_ADDED = "constraint-added": STATED, LESS;
        CONSTRAINT_REMOVED = "constraint-removed": WIDER, MORE;
        CONSTRAINT_TIGHTENED = "constraint-tightened": NARROWER, LESS;
        CONSTRAINT_LOOSENED = "constraint-loosened": WIDER, MORE;
        PATTERN_ADDED = "pattern-added": NARROWER, LESS;
        PATTERN_REMOVED = "pattern-removed": WIDER, NO_RULE;
        PATTERN_CHANGED = "pattern-changed":
            may("Whether values that callers send so far still match can't be told."), NO_RULE;
        PATTERN_WIDENED = "pattern-widened": WIDER, NO_RULE;
        CONDITION_ADDED = "condition-added": NARROWER, LESS;
        CONDITION_REMOVED = "condition-removed": WIDER, MORE;
        CONDITION_CHANGED = "condition-changed": NARROWER, MORE;
        // Properties
        REQUIRED_PROPERTY_ADDED = "required-property-added":
            breaks("Callers that don't send it are refused."),
            safe("Callers ignore properties that they don't know.");
        OPTIONAL_PROPERTY_ADDED = "optional-property-added":
            safe("Callers needn't send it."), safe("Callers ignore properties that they don't know.");
        PROPERTY_REMOVED = "property-removed":
            may("Callers that send it are ignored or refused, as the server likes."),
            may("It could be missing before; callers that count on it never see it again.");
        REQUIRED_PROPERTY_REMOVED = "required-property-removed":
            may("Callers that send it are ignored or refused, as the server likes."),
            breaks("Callers count on it.");
        PROPERTY_REMOVED_AFTER_SUNSET = "property-removed-after-sunset":
            safe("It was announced to end before today."),
            safe("It was announced to end before today.");
        PROPERTY_RENAMED = "property-renamed":
            breaks("The server knows it by its new name only."),
            breaks("It comes under its new name only.");
        PROPERTY_BECAME_REQUIRED = "property-became-required":
            breaks("Callers that leave it out are refused."), safe("It always comes from now on.");
        PROPERTY_BECAME_OPTIONAL = "property-became-optional":
            safe("Callers may go on sending it."), breaks("Callers count on it, and it may be missing.");
        BECAME_READ_ONLY = "property-became-read-only":
            may("Callers that send it are ignored or refused, as the server likes."), SAME;
        BECAME_NOT_READ_ONLY = "property-became-not-read-only":
            safe("Callers needn't send it."), SAME;
        BECAME_WRITE_ONLY = "property-became-write-only": SAME,
            may("Callers that count on it don't get it any more.");
        BECAME_NOT_WRITE_ONLY = "property-became-not-write-only": SAME,
            safe("Callers ignore properties that they don't know.");
        ADDITIONAL_CLOSED = "additional-properties-closed":
            breaks("Callers that send other properties are refused."), LESS;
        ADDITIONAL_OPENED = "additional-properties-opened": WIDER,
            safe("Callers ignore properties that they don't know.");
        ADDITIONAL_TYPED = "additional-properties-typed": NARROWER, LESS;
        ADDITIONAL_UNTYPED = "additional-properties-untyped": WIDER, MORE;
        PATTERN_PROPERTY_ADDED = "pattern-property-added": NARROWER, LESS;
        PATTERN_PROPERTY_REMOVED = "pattern-property-removed": WIDER, MORE;
        // Composition
        VARIANT_ADDED = "variant-added": WIDER, MORE;
        VARIANT_REMOVED = "variant-removed": NARROWER, LESS;
        BECAME_UNION = "became-union": may(
            "Whether one of the alternatives takes what callers send so far can't be told."), MORE;
        UNION_REMOVED = "union-removed": NARROWER,
            may("Whether what comes is one of the former alternatives can't be told.");
        UNION_KIND_CHANGED = "union-kind-changed":
            may("A value that satisfies several alternatives is judged otherwise."), SAME;
        DISCRIMINATOR_ADDED = "discriminator-added": NO_RULE, NO_RULE;
        DISCRIMINATOR_REMOVED = "discriminator-removed": NO_RULE, NO_RULE;
        DISCRIMINATOR_CHANGED = "discriminator-property-changed":
            may("The kind of a value is told by another property."),
            may("The kind of a value is told by another property.");
        MAPPING_ADDED = "discriminator-mapping-added": WIDER, NO_RULE;
        MAPPING_REMOVED = "discriminator-mapping-removed":
            may("The value may not be understood any more."), NO_RULE;
        MAPPING_CHANGED = "discriminator-mapping-changed":
            may("The value stands for another kind."), may("The value stands for another kind.");
        PLACE_ADDED = "tuple-place-added": WIDER, MORE;
        PLACE_REMOVED = "tuple-place-removed": NARROWER, LESS;
        // Parameters and bodies
        REQUIRED_PARAMETER_ADDED = "required-parameter-added":
            breaks("Callers that don't send it are refused."), SAME;
        OPTIONAL_PARAMETER_ADDED = "optional-parameter-added": safe("Callers needn't send it."), SAME;
        PARAMETER_REMOVED = "parameter-removed":
            may("Callers that send it are ignored or refused, as the server likes."), SAME;
        PARAMETER_REMOVED_AFTER_SUNSET = "parameter-removed-after-sunset":
            safe("It was announced to end before today."), SAME;
        PARAMETER_RENAMED = "parameter-renamed":
            breaks("The server knows it by its new name only."), SAME;
        PATH_PARAMETER_RENAMED = "path-parameter-renamed":
            safe("The name of a path parameter isn't sent."), SAME;
        PARAMETER_MOVED = "parameter-moved":
            breaks("The server looks for it in another part of the request."), SAME;
        PARAMETER_BECAME_REQUIRED = "parameter-became-required":
            breaks("Callers that leave it out are refused."), SAME;
        PARAMETER_BECAME_OPTIONAL = "parameter-became-optional":
            safe("Callers may go on sending it."), SAME;
        PARAMETER_STYLE_CHANGED = "parameter-style-changed":
            breaks("The server reads what callers send in another way."), SAME;
        REQUIRED_BODY_ADDED = "required-body-added":
            breaks("Callers that send none are refused."), SAME;
        OPTIONAL_BODY_ADDED = "optional-body-added": safe("Callers needn't send one."), SAME;
        BODY_REMOVED = "body-removed":
            breaks("What callers send isn't taken any more."), SAME;
        BODY_BECAME_REQUIRED = "body-became-required":
            breaks("Callers that send none are refused."), SAME;
        BODY_BECAME_OPTIONAL = "body-became-optional": safe("Callers may go on sending it."), SAME;
        MEDIA_TYPE_ADDED = "media-type-added": WIDER,
            safe("Callers say by `Accept` what they want.");
        MEDIA_TYPE_REMOVED = "media-type-removed":
            breaks("Callers that send this media type are refused."),
            breaks("Callers that want this media type don't get it any more.");
        MEDIA_TYPE_WIDENED = "media-type-widened": WIDER,
            breaks("Callers may get a media type that they don't know.");
        MEDIA_TYPE_NARROWED = "media-type-narrowed":
            breaks("Callers that send another media type of the range are refused."), LESS;
        MEDIA_TYPE_PARAMETERS = "media-type-parameters-changed": SAME, SAME;
        CONTENT_ADDED = "content-schema-added":
            breaks("What callers send so far may not be what is described now."),
            safe("What comes is described from now on.");
        CONTENT_REMOVED = "content-schema-removed": WIDER,
            may("What comes isn't described any more.");
        PART_ENCODING_CHANGED = "part-encoding-changed":
            breaks("The server reads the part in another way."), SAME;
        // Replies
        SUCCESS_STATUS_ADDED = "success-status-added": SAME,
            safe("Callers take any status of success.");
        SUCCESS_STATUS_REMOVED = "success-status-removed": SAME,
            breaks("Callers that wait for this status never see it.");
        ERROR_STATUS_ADDED = "error-status-added": SAME, safe("Any call may fail.");
        ERROR_STATUS_REMOVED = "error-status-removed": SAME, LESS;
        HEADER_ADDED = "header-added": SAME, safe("Callers ignore headers that they don't know.");
        REQUIRED_HEADER_REMOVED = "required-header-removed": SAME, breaks("Callers count on it.");
        HEADER_REMOVED = "header-removed": SAME,
            may("It could be missing before; callers that count on it never see it again.");
        HEADER_BECAME_REQUIRED = "header-became-required": SAME,
            safe("It always comes from now on.");
        HEADER_BECAME_OPTIONAL = "header-became-optional": SAME,
            breaks("Callers count on it, and it may be missing.");
        LINK_CHANGED = "link-changed": SAME, safe("Links only tell what can be called next.");
        // Life cycle
        DEPRECATED = "deprecated": SAME, SAME;
        REACTIVATED = "reactivated": SAME, SAME;
        SUNSET_ADDED = "sunset-added": SAME, SAME;
        SUNSET_REMOVED = "sunset-removed": SAME, SAME;
        SUNSET_EARLIER = "sunset-earlier":
            may("Callers have less time than they were told."),
            may("Callers have less time than they were told.");
        SUNSET_LATER = "sunset-later": SAME, SAME;
        SUNSET_INVALID = "sunset-invalid": SAME, SAME;
        STABILITY_LOWERED = "stability-lowered":
            may("It may change without notice from now on."),
            may("It may change without notice from now on.");
        STABILITY_RAISED = "stability-raised": SAME, SAME;
        EXTENSION_CHANGED = "extension-changed": SAME, SAME;
    }
    stays {
        OPERATION_ADDED = "operation-added": safe("Callers don't know it yet.");
        OPERATION_REMOVED = "operation-removed": breaks("Calls of it fail.");
        OPERATION_REMOVED_AFTER_SUNSET = "operation-removed-after-sunset":
            safe("It was announced to end before today.");
        PATH_CHANGED = "path-changed": breaks("Calls go to an address that isn't served any more.");
        METHOD_CHANGED = "method-changed":
            breaks("Calls use a method that isn't served any more.");
        OPERATION_ID_CHANGED = "operation-id-changed": safe("An operationId isn't sent.");
        TAG_CHANGED = "operation-tag-changed": safe("Tags aren't sent.");
        TAG_RENAMED = "tag-renamed": safe("Tags aren't sent.");
        WEBHOOK_ADDED = "webhook-added": safe("It comes only to those who ask for it.");
        WEBHOOK_REMOVED = "webhook-removed": breaks("Receivers that wait for it never get it.");
        SCHEME_RENAMED = "security-scheme-renamed": safe("Keys of security schemes aren't sent.");
        SECURITY_REQUIRED = "security-required":
            breaks("Calls with the credentials that were enough are refused.");
        SECURITY_RELAXED = "security-relaxed": safe("Calls with the former credentials are still taken.");
        SCHEME_ADDED = "security-scheme-added": safe("It is declared; what needs it says so itself.");
        SCHEME_REMOVED = "security-scheme-removed":
            safe("No operation is called with it; where one was, that is told.");
        SCHEME_CHANGED = "security-scheme-changed":
            breaks("Credentials are sent in another way.");
        OAUTH_URL_CHANGED = "oauth-url-changed":
            may("Tokens are fetched at another address.");
        OAUTH_SCOPE_ADDED = "oauth-scope-added": safe("What needs it says so itself.");
        OAUTH_SCOPE_REMOVED = "oauth-scope-removed":
            may("Tokens that ask for it may be refused.");
        SERVER_ADDED = "server-added": safe("The former addresses are still served.");
        SERVER_REMOVED = "server-removed": may("Callers of this address may not reach it any more.");
        SERVER_CHANGED = "server-changed": may("Callers of the former address may not reach it any more.");
        SERVER_DEFAULT_CHANGED = "server-default-changed": may("The first server is where clients go by themselves.");
        SERVER_VARIABLE_CHANGED = "server-variable-changed": may("The address is made in another way.");
        SCHEMA_ADDED = "schema-added": safe("No operation sends or receives it.");
        SCHEMA_REMOVED = "schema-removed": safe("No operation sends or receives it.");
        SCHEMA_RENAMED = "schema-renamed": safe("Names of schemas aren't sent.");
        VERSION_CHANGED = "version-changed": safe("The version of the document isn't sent.");
    }
    docs {
        DESCRIPTION_CHANGED = "description-changed";
        TITLE_CHANGED = "title-changed";
        EXAMPLE_CHANGED = "example-changed";
    }
}
