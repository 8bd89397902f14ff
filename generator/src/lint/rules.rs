//! The table of rules.

use super::cx::Cx;
use super::{
    Level, body, component, date, default, deprecated, discriminator, enumeration, example, fix,
    idempotency, info, keyword, limit, link, list, nullable, operation, overlap, pagination,
    parameter, path, pattern, reply, scope, security, server, source, tag, text, version,
};
use crate::diag::Code;
use crate::spec::similar;

/// A rule.
pub struct Rule {
    /// Its name in a project file.
    pub name: &'static str,
    /// The code of its findings, which tells what they are about.
    pub code: Code,
    /// How much its findings matter, unless the project says otherwise.
    pub level: Level,
    /// Looks at the document.
    pub(super) check: fn(&mut Cx<'_, '_>),
}

impl Rule {
    /// Whether `--fix` mends its findings, or some of them.
    pub fn is_fixable(&self) -> bool {
        fix::is_fixable(self.code)
    }
}

macro_rules! rules {
    ($($level:ident $name:literal $code:ident $check:path;)*) => {
        /// Every rule, in the order of codes.
        pub const RULES: &[Rule] = &[
            $(Rule { name: $name, code: Code::$code, level: Level::$level, check: $check },)*
        ];
    };
}

rules! {
    Warn  "operation-id"             NoOperationId          operation::id;
    Warn  "operation-id-case"        OperationIdCase        operation::case;
    Warn  "operation-summary"        NoSummary              operation::summary;
    Info  "operation-description"    NoDescription          operation::description;
    Info  "operation-tag"            NoTag                  tag::missing;
    Warn  "tag-undeclared"           UndeclaredTag          tag::undeclared;
    Warn  "tag-unused"               UnusedTag              tag::unused;
    Off   "operation-source"         NoSource               source::check;
    Warn  "reply-success"            NoSuccess              reply::success;
    Info  "reply-error"              NoErrorReply           reply::failure;
    Info  "body-of-get"              BodyOfGet              body::of_get;
    Warn  "body-of-empty-reply"      BodyOfEmpty            reply::empty;
    Info  "deprecated-replacement"   NoReplacement          deprecated::check;
    Info  "idempotency-key"          IdempotencyKey         idempotency::check;
    Warn  "security"                 NoSecurity             security::missing;
    Warn  "security-scope"           UndeclaredScope        scope::check;
    Warn  "url-insecure"             InsecureUrl            security::insecure;
    Warn  "server"                   NoServer               server::missing;
    Warn  "server-slash"             ServerSlash            server::slash;
    Warn  "server-placeholder"       ServerPlaceholder      server::placeholder;
    Warn  "server-variable"          ServerVariable         server::variable;
    Warn  "path-template"            PathTemplate           path::template;
    Warn  "path-identical"           IdenticalPaths         overlap::identical;
    Warn  "path-ambiguous"           AmbiguousPaths         overlap::ambiguous;
    Info  "path-slash"               PathSlash              path::slash;
    Info  "info-description"         NoInfoDescription      info::description;
    Info  "info-contact"             NoContact              info::contact;
    Info  "info-license"             NoLicense              info::license;
    Warn  "text-space"               OuterSpace             text::space;
    Info  "text-empty"               EmptyText              text::empty;
    Info  "parameter-description"    NoParameterDescription parameter::description;
    Info  "tag-description"          NoTagDescription       tag::description;
    Warn  "array-items"              MissingItems           keyword::items;
    Warn  "nullable-type"            NullableWithoutType    nullable::without_type;
    Warn  "enum-type"                EnumType               enumeration::types;
    Info  "enum-null"                EnumNull               enumeration::null;
    Warn  "listed-twice"             ListedTwice            list::check;
    Warn  "limit-order"              LimitOrder             limit::check;
    Warn  "keyword-type"             KeywordType            keyword::types;
    Warn  "default-valid"            DefaultMismatch        default::check;
    Warn  "example-valid"            InvalidExample         example::valid;
    Info  "example"                  NoExample              example::missing;
    Info  "date-form"                DateForm               date::form;
    Warn  "pattern-slow"             SlowPattern            pattern::check;
    Info  "body-schema"              NoBodySchema           body::schema;
    Warn  "discriminator-property"   DiscriminatorProperty  discriminator::check;
    Warn  "component-unused"         UnusedComponent        component::unused;
    Warn  "link-target"              LinkTarget             link::check;
    Info  "date-undeclared"          UndeclaredDate         date::undeclared;
    Info  "pagination"               UndeclaredPages        pagination::check;
    Warn  "example-twice"          ExampleTwice           example::twice;
    Warn  "keyword-version"        KeywordVersion         version::check;
}

/// The rule with this code, if it is one's.
pub fn rule_of(code: Code) -> Option<&'static Rule> {
    RULES.iter().find(|rule| rule.code == code)
}

/// The code that a project file means by a rule's name, or by the code's id (`T0404`).
///
/// # Errors
///
/// There is no such rule; what was probably meant, if something is close.
pub fn named(name: &str) -> Result<Code, Option<&'static str>> {
    if let Some(rule) = RULES.iter().find(|rule| rule.name == name) {
        return Ok(rule.code);
    }
    if let Some(code) = Code::ALL.iter().find(|code| code.id() == name) {
        return Ok(*code);
    }
    let ids = Code::ALL.iter().map(|code| code.id()).filter(|_| name.starts_with('T'));
    Err(similar(name, RULES.iter().map(|rule| rule.name).chain(ids)))
}
